//! Self-checks of a site: the rule files among the sources, compiled with what the model knows.
//!
//! Comes in: [`Sources`] and [`Model`]. Goes out: [`Compiled`] checks and diagnostics. The compiler is `mingbai_rules`, all of
//! which is here under its own names; this module finds the files and answers the compiler's questions (`site_world`).

mod site_world;

pub use mingbai_rules::*;
pub use site_world::place_of;

use std::collections::HashMap;
use std::ops::Deref;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use self::check::Check;
use self::site_world::Site;
use crate::diag::{Sink, SourceId, Span};
use crate::link::Known;
use crate::model::{self, Citation, Cite, DocumentId, Model, TopicId};
use crate::sources::{SourceFile, Sources};

/// A compiled self-check, with what its file names.
#[derive(Debug)]
pub struct SelfCheck {
    pub compiled: Compiled,
    /// The notice that its citations mean.
    pub notice: DocumentId,
    pub topics: Vec<TopicId>,
    /// Its citations, by the place of each in the file.
    cites: HashMap<Span, Cite>,
}

impl Deref for SelfCheck {
    type Target = Compiled;

    fn deref(&self) -> &Compiled {
        &self.compiled
    }
}

impl SelfCheck {
    /// None if something that it names was not found: why was reported.
    fn new(compiled: Compiled, known: &Known) -> Option<Self> {
        let sink = &mut Sink::default();
        let check = &compiled.check;
        let notice = known.notice(&check.notice, sink)?;
        let topics = check.topics.iter();
        let topics = topics.map(|topic| known.topic(topic, sink));
        let topics = topics.collect::<Option<_>>()?;
        let cites = check.citations().map(|citation| {
            let cite = known.cite(Some(notice), citation, sink)?;
            Some((citation.clause.span, cite))
        });
        let cites = cites.collect::<Option<_>>()?;
        Some(Self {
            notice,
            topics,
            cites,
            compiled,
        })
    }

    /// What one of its citations refers to.
    pub fn cite(&self, citation: &Citation) -> &Cite {
        &self.cites[&citation.clause.span]
    }

    /// Everything that it cites, in no order.
    pub fn cites(&self) -> impl Iterator<Item = &Cite> {
        self.cites.values()
    }
}

/// Checks that were compiled, by everything that their rules say, with what was said of them.
pub type Earlier = HashMap<String, (Option<Compiled>, Sink)>;

/// Compiles every rule file.
///
/// # Diagnostics
/// Those of decoding and citing, and MB03xx.
pub fn compile(model: &Model, sources: &Sources, sink: &mut Sink) -> Vec<SelfCheck> {
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
) -> (Vec<SelfCheck>, Earlier) {
    let files: Vec<(SourceId, &SourceFile)> = sources
        .numbered()
        .filter(|(id, file)| is_rule_file(&file.path) && sources.is_readable(*id))
        .collect();
    let next = Mutex::new(Earlier::new());
    let site = Site::new(model, sources);
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
            (one(&site, id, file, &compile, &mut sink), sink)
        })
        .collect();
    let mut checks = Vec::new();
    for (check, said) in done {
        sink.extend(said);
        checks.extend(check.and_then(|check| SelfCheck::new(check, &site.known)));
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
    read_one(&Site::new(model, sources), source, file, sink)
}

fn read_one(site: &Site, source: SourceId, file: &SourceFile, sink: &mut Sink) -> Option<Check> {
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    let id = name.strip_suffix(".yaml").unwrap_or(name);
    if !model::is_id(id) {
        let start = Span::new(source, 0..0);
        sink.push(model::bad_file_name(start, id));
        return None;
    }
    read(id, source, &file.text, site, sink)
}

fn one(
    site: &Site,
    source: SourceId,
    file: &SourceFile,
    compile: &dyn Fn(Check) -> (Option<Compiled>, Sink),
    sink: &mut Sink,
) -> Option<Compiled> {
    let check = read_one(site, source, file, sink)?;
    let before = sink.count();
    cite(&check, site, sink);
    let compiled = if sink.has_errors() {
        compile_check(check, sink)?
    } else {
        let (compiled, said) = compile(check);
        sink.extend(said);
        compiled?
    };
    (sink.count() == before || !sink.has_errors()).then_some(compiled)
}
