//! Checks: what takes more than one file to judge.
//!
//! Comes in: the [`Model`] and the sources' texts. Goes out: diagnostics, nothing else. One check, one file.
//! A fact that failed to load is silent here: its cause was reported where it failed.

mod advice;
mod citations;
mod example;
mod glossary;
mod lists;
mod personal_data;
mod references;
mod slips;
mod totals;

pub use advice::advise;
pub use citations::check_citation;
pub use personal_data::find as find_personal_data;
pub use references::{notice as check_notice, topic as check_topic};
pub use totals::{Compared, Figure, count, figures, percent, rate};

use rayon::prelude::*;

use crate::diag::Sink;
use crate::model::{DocumentId, Model};
use crate::sources::Sources;

/// Runs every check over every document.
pub fn run(model: &Model, sources: &Sources, sink: &mut Sink) {
    let said: Vec<Sink> = (0..model.documents.len())
        .into_par_iter()
        .map(DocumentId::new)
        .map(|document| {
            let mut sink = Sink::default();
            references::check(model, sources, document, &mut sink);
            citations::check(model, sources, document, &mut sink);
            slips::check(model, sources, document, &mut sink);
            if lists::check(model, sources, document, &mut sink) {
                totals::check(model, document, &mut sink);
            }
            sink
        })
        .collect();
    for said in said {
        sink.extend(said);
    }
    glossary::check(model, sources, sink);
    let said: Vec<Sink> = sources
        .files
        .par_iter()
        .enumerate()
        .map(|(i, file)| personal_data::check(i, file))
        .collect();
    for said in said {
        sink.extend(said);
    }
    example::check(&model.site.base_url, sources, sink);
}
