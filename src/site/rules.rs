//! Self-checks of a site: the rule files among the sources, compiled with what the model knows.
//!
//! Comes in: [`Sources`] and [`Model`]. Goes out: [`Compiled`] checks and diagnostics. The compiler is `mingbai_rules`, all of
//! which is here under its own names; this module finds the files and answers the compiler's questions (`site_world`).

pub mod changes;
mod site_world;

pub use mingbai_rules::*;
pub use site_world::place_of;

use std::collections::HashMap;
use std::ops::Deref;

use rayon::prelude::*;

use self::self_check::SelfCheck;
use self::site_world::Site;
use crate::diag::{Sink, SourceId, Span, codes};
use crate::evidence;
use crate::link::Known;
use crate::model::{self, Citation, Cite, DocumentId, Model, TopicId};
use crate::sources::{SourceFile, Sources};

/// A compiled self-check, with what its file names.
#[derive(Debug)]
pub struct LinkedCheck {
    pub compiled: Compiled,
    /// The notice that its citations mean.
    pub notice: DocumentId,
    pub topics: Vec<TopicId>,
    /// Its citations, by the place of each in the file.
    cites: HashMap<Span, Cite>,
}

impl Deref for LinkedCheck {
    type Target = Compiled;

    fn deref(&self) -> &Compiled {
        &self.compiled
    }
}

impl LinkedCheck {
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
pub fn compile(model: &Model, sources: &Sources, sink: &mut Sink) -> Vec<LinkedCheck> {
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
) -> (Vec<LinkedCheck>, Earlier) {
    let files: Vec<(SourceId, &SourceFile)> = sources
        .numbered()
        .filter(|(id, file)| is_rule_file(&file.path) && sources.is_readable(*id))
        .collect();
    let site = Site::new(model, sources);
    let done: Vec<(Option<Made>, Sink)> = files
        .into_par_iter()
        .map(|(id, file)| {
            let mut sink = Sink::default();
            let made = one(&site, id, file, earlier, &mut sink);
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
        if cited
            && !made.sink.has_errors()
            && let Some(compiled) = made.compiled.clone()
        {
            checks.extend(LinkedCheck::new(compiled, &site.known));
        }
        next.insert(made.check.id.clone(), made);
    }
    (checks, next)
}

/// Reads, cites and compiles one rule file; to the sink goes what is reported before compiling.
fn one(
    site: &Site,
    source: SourceId,
    file: &SourceFile,
    earlier: &Earlier,
    sink: &mut Sink,
) -> Option<Made> {
    let check = read_one(site, source, file, sink)?;
    cite(&check, site, sink);
    evidence::check_file(site.model, &site.known.names, site.sources, source, sink);
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

/// Reads, cites and compiles one rule file and reports what is wrong with it. The check and what became of it; nothing if it cannot be read.
///
/// # Diagnostics
/// Those of [`compile`].
pub fn check_one(
    model: &Model,
    sources: &Sources,
    file: SourceId,
    sink: &mut Sink,
) -> Option<(SelfCheck, Option<Compiled>)> {
    let site = Site::new(model, sources);
    let made = one(&site, file, sources.file(file), &Earlier::new(), sink)?;
    sink.extend(made.sink);
    Some((made.check, made.compiled))
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
    read_one(&Site::new(model, sources), source, file, sink)
}

fn read_one(
    site: &Site,
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
    if file.text.trim().is_empty() {
        sink.push(model::empty(&codes::MISSING_KEY, source));
        return None;
    }
    read(id, source, &file.text, site, sink)
}
