//! Self-checks of a site: the rule files among the sources, compiled with what the model knows.
//!
//! Comes in: [`Sources`] and [`Model`]. Goes out: [`Compiled`] checks and diagnostics. The compiler is `mingbai_rules`, all of
//! which is here under its own names; this module finds the files and answers the compiler's questions (`site_world`).

mod site_world;

pub use mingbai_rules::*;
pub use site_world::place_of;

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use self::check::Check;
use self::site_world::Site;
use crate::diag::{Sink, SourceId, Span};
use crate::model::{self, Model};
use crate::sources::{SourceFile, Sources};

/// Checks that were compiled, by everything that their rules say, with what was said of them.
pub type Earlier = HashMap<String, (Option<Compiled>, Sink)>;

/// Compiles every rule file.
///
/// # Diagnostics
/// Those of decoding and citing, and MB03xx.
pub fn compile(model: &Model, sources: &Sources, sink: &mut Sink) -> Vec<Compiled> {
    compile_again(model, sources, &Earlier::new(), sink).0
}

/// Compiles every rule file, but takes checks that say what they said before from `earlier`. They are read, and their
/// citations checked, in any case. Also gives those for the next time.
///
/// # Diagnostics
/// Those of [`compile`].
pub fn compile_again(
    model: &Model,
    sources: &Sources,
    earlier: &Earlier,
    sink: &mut Sink,
) -> (Vec<Compiled>, Earlier) {
    let files: Vec<(SourceId, &SourceFile)> = sources
        .numbered()
        .filter(|(id, file)| is_rule_file(&file.path) && sources.is_readable(*id))
        .collect();
    let next = Mutex::new(Earlier::new());
    let done: Vec<(Option<Compiled>, Sink)> = files
        .into_par_iter()
        .map(|(id, file)| {
            let mut sink = Sink::default();
            let compile = |check: Check| {
                // Derived, so that nothing that a check says is missing in it.
                let name = format!("{check:?}");
                let made = earlier.get(&name).cloned().unwrap_or_else(|| {
                    let mut sink = Sink::default();
                    (compile_check(check, &mut sink), sink)
                });
                let mut next = next.lock().unwrap_or_else(PoisonError::into_inner);
                next.insert(name, made.clone());
                made
            };
            (one(model, sources, id, file, &compile, &mut sink), sink)
        })
        .collect();
    let mut checks = Vec::new();
    for (check, said) in done {
        sink.extend(said);
        checks.extend(check);
    }
    let next = next.into_inner().unwrap_or_else(PoisonError::into_inner);
    (checks, next)
}

/// `data/checks/*.yaml`
pub fn is_rule_file(path: &str) -> bool {
    path.strip_prefix("data/checks/")
        .is_some_and(|name| !name.contains('/') && name.ends_with(".yaml"))
}

/// Reads one rule file without compiling it: for comparing two versions.
pub fn read_check(
    model: &Model,
    sources: &Sources,
    source: SourceId,
    file: &SourceFile,
    sink: &mut Sink,
) -> Option<Check> {
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    let id = name.strip_suffix(".yaml").unwrap_or(name);
    if !model::is_id(id) {
        let start = Span::new(source, 0..0);
        sink.push(model::bad_file_name(start, id));
        return None;
    }
    read(id, source, &file.text, &Site { model, sources }, sink)
}

fn one(
    model: &Model,
    sources: &Sources,
    source: SourceId,
    file: &SourceFile,
    compile: &dyn Fn(Check) -> (Option<Compiled>, Sink),
    sink: &mut Sink,
) -> Option<Compiled> {
    let check = read_check(model, sources, source, file, sink)?;
    let before = sink.count();
    cite(&check, &Site { model, sources }, sink);
    let compiled = if sink.has_errors() {
        compile_check(check, sink)?
    } else {
        let (compiled, said) = compile(check);
        sink.extend(said);
        compiled?
    };
    (sink.count() == before || !sink.has_errors()).then_some(compiled)
}
