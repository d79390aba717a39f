//! Proof by mutation: changes every fact of every source, one at a time, and counts how many changes a check notices.
//!
//! Comes in: the sources of a site without errors. Goes out: a [`Proof`] with the changes that nobody notices. A change is
//! noticed if judging the sources with it reports anything that is not reported without it. The files on disk are not
//! touched.

mod edits;

pub use edits::{Edit, Kind};

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Config;
use crate::diag::{Diagnostic, Sink, SourceId, Span};
use crate::evidence;
use crate::link;
use crate::lints;
use crate::model::{self, DocumentId};
use crate::pipeline::{self, Kept};
use crate::rules;
use crate::sources::{SourceFile, Sources};
use crate::watch::Unwatched;

/// What a proof found.
#[derive(Debug, Default)]
pub struct Proof {
    /// Changes tried and noticed, by kind.
    pub kinds: BTreeMap<Kind, Tally>,
    /// Changes that were not noticed, in the order of the files.
    pub survivors: Vec<Survivor>,
}

/// Changes tried and noticed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    pub tried: usize,
    pub noticed: usize,
}

/// A change that was not noticed.
#[derive(Debug)]
pub struct Survivor {
    pub kind: Kind,
    /// Where the fact is.
    pub span: Span,
    pub before: String,
    pub after: String,
}

impl Proof {
    /// Changes of all kinds.
    pub fn total(&self) -> Tally {
        self.kinds
            .values()
            .fold(Tally::default(), |sum, tally| Tally {
                tried: sum.tried + tally.tried,
                noticed: sum.noticed + tally.noticed,
            })
    }
}

/// Tries every change. `sources` must have no errors.
pub fn prove(sources: &Sources, config: &Config) -> Proof {
    let base = Base::new(sources, config);
    let all: Vec<(SourceId, Vec<Edit>)> = edits::all(sources, &base.model);
    let tried: Vec<(SourceId, Edit, bool)> = all
        .into_par_iter()
        .flat_map_iter(|(file, edits)| edits.into_iter().map(move |edit| (file, edit)))
        .map_init(
            || sources.clone(),
            |own, (file, edit)| {
                let noticed = base.notices(own, file, &edit);
                (file, edit, noticed)
            },
        )
        .collect();
    let mut proof = Proof::default();
    for (file, edit, noticed) in tried {
        let tally = proof.kinds.entry(edit.kind).or_default();
        tally.tried += 1;
        if noticed {
            tally.noticed += 1;
            continue;
        }
        proof.survivors.push(Survivor {
            kind: edit.kind,
            span: Span::new(file, edit.range.clone()),
            before: sources.file(file).text[edit.range].to_owned(),
            after: edit.with,
        });
    }
    proof
}

/// The site without a change.
struct Base<'a> {
    sources: &'a Sources,
    kept: Kept,
    model: model::Model,
    said: Vec<Diagnostic>,
}

impl<'a> Base<'a> {
    fn new(sources: &'a Sources, config: &Config) -> Self {
        let mut sink = Sink::default();
        let (judged, kept) = pipeline::judge_again(sources, config, None, &Unwatched, &mut sink);
        Self {
            sources,
            kept,
            model: judged.into_model(),
            said: sink.into_sorted(sources),
        }
    }

    /// Whether the sources with a change give other diagnostics. `own` are sources equal to those of the base; they are
    /// equal again afterwards.
    fn notices(&self, own: &mut Sources, file: SourceId, edit: &Edit) -> bool {
        let index = file.0 as usize;
        let same = &self.sources.files[index];
        let (range, with) = (edit.range.clone(), &edit.with);
        let (before, after) = (&same.text[..range.start], &same.text[range.end..]);
        own.files[index] = Arc::new(SourceFile {
            path: same.path.clone(),
            text: format!("{before}{with}{after}"),
        });
        let noticed = self.differs(own, file);
        own.files[index] = same.clone();
        noticed
    }

    fn differs(&self, own: &Sources, file: SourceId) -> bool {
        let mut sink = Sink::default();
        if rules::is_rule_file(&own.file(file).path) {
            // Nothing else depends on a self-check.
            rules::check_one(&self.model, own, file, &mut sink);
            return self.is_new(&sink);
        }
        let before = Some((self.sources, self.kept.loaded()));
        let (written, _) = model::load_again(own, before, &mut sink);
        if self.is_new(&sink) {
            return true;
        }
        let links = link::link(&written, own, &mut sink);
        let one = written
            .documents
            .iter()
            .position(|document| document.source == file);
        evidence::check_terms(&written, own, &mut sink);
        if let Some(one) = one.map(DocumentId::new) {
            evidence::check_one(&written, own, one, &mut sink);
            lints::run_one(&written, &links, own, one, &mut sink);
        }
        if self.is_new(&sink) {
            return true;
        }
        let model = links.model(written, None);
        rules::compile_again(&model, own, self.kept.rules(), &mut sink);
        self.is_new(&sink)
    }

    /// Whether anything is reported that the base does not report.
    fn is_new(&self, sink: &Sink) -> bool {
        let reported = sink.reported();
        reported.iter().any(|one| {
            let mut known = self.said.iter();
            !known.any(|base| base.code == one.code && base.message == one.message)
        })
    }
}
