//! Self-checks of a site: the rule files among the sources, compiled with what the model knows.
//!
//! Comes in: [`Sources`] and [`Model`]. Goes out: [`Compiled`] checks and diagnostics. The compiler is `mingbai_rules`, all of
//! which is here under its own names; this module finds the files and answers the compiler's questions (`site_world`).

mod site_world;

pub use mingbai_rules::*;
pub use site_world::place_of;

use std::collections::HashMap;

use rayon::prelude::*;

use self::self_check::SelfCheck;
use self::site_world::Site;
use crate::diag::{Sink, SourceId, Span};
use crate::model::{self, Model};
use crate::sources::{SourceFile, Sources};

/// Checks that were compiled before, by their ids.
pub type Earlier = HashMap<String, Made>;

/// A check, what became of it and what was reported.
#[derive(Debug, Clone)]
pub struct Made {
    check: SelfCheck,
    compiled: Option<Compiled>,
    sink: Sink,
}

/// Compiles every rule file.
///
/// # Diagnostics
/// Those of decoding and citing, and MB03xx.
pub fn compile(model: &Model, sources: &Sources, sink: &mut Sink) -> Vec<Compiled> {
    compile_again(model, sources, &Earlier::new(), sink).0
}

/// Compiles every rule file, but takes a check that is equal to what it was before from `earlier`. All are read, and their
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
    let done: Vec<(Option<Made>, Sink)> = files
        .into_par_iter()
        .map(|(id, file)| {
            let mut sink = Sink::default();
            let made = one(model, sources, id, file, earlier, &mut sink);
            (made, sink)
        })
        .collect();
    let mut checks = Vec::new();
    let mut next = Earlier::new();
    for (made, before) in done {
        let cited = !before.has_errors();
        sink.extend(before);
        let Some(made) = made else { continue };
        sink.extend(made.sink.clone());
        if cited && !made.sink.has_errors() {
            checks.extend(made.compiled.clone());
        }
        next.insert(made.check.id.clone(), made);
    }
    (checks, next)
}

/// Reads, cites and compiles one rule file; to the sink goes what is reported before compiling.
fn one(
    model: &Model,
    sources: &Sources,
    source: SourceId,
    file: &SourceFile,
    earlier: &Earlier,
    sink: &mut Sink,
) -> Option<Made> {
    let check = read_check(model, sources, source, file, sink)?;
    cite(&check, &Site { model, sources }, sink);
    if let Some(made) = earlier.get(&check.id)
        && made.check == check
    {
        return Some(made.clone());
    }
    let mut sink = Sink::default();
    Some(Made {
        compiled: compile_check(check.clone(), &mut sink),
        check,
        sink,
    })
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
) -> Option<SelfCheck> {
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    let id = name.strip_suffix(".yaml").unwrap_or(name);
    if !model::is_id(id) {
        let start = Span::new(source, 0..0);
        sink.push(model::bad_file_name(start, id));
        return None;
    }
    read(id, source, &file.text, &Site { model, sources }, sink)
}
