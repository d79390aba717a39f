//! Lints: checks of documents that involve more than one file.
//!
//! Comes in: the [`Model`] and the text of the sources. Goes out: diagnostics, nothing else. Each lint has its own file.
//! A fact that failed to load is not reported again here. (A self-check, 自查, is a different thing: `rules`.)

mod advice;
mod divisions;
mod example;
mod life;
mod lists;
mod mastheads;
mod personal_data;
mod slips;
mod totals;

pub use advice::advise;
pub use divisions::check as divisions;
pub use example::{Unmarked, check as example, check_again as example_again};
pub use life::check as life;
pub use mastheads::check as mastheads;
pub use personal_data::{
    Searched, check as private, check_again as private_again, find as find_personal_data,
    find_names, report as report_private,
};
pub use totals::{Compared, Counts, Figure, figure, figures, percent, rate};

use rayon::prelude::*;

use crate::diag::Sink;
use crate::link::Links;
use crate::model::{DocumentId, Model, Written};
use crate::sources::Sources;

/// Runs every check on every document, including those that could not be linked.
pub fn run(model: &Model<Written>, links: &Links, sources: &Sources, sink: &mut Sink) {
    let said: Vec<Sink> = (0..model.documents.len())
        .into_par_iter()
        .map(DocumentId::new)
        .map(|document| {
            let mut sink = Sink::default();
            run_one(model, links, sources, document, &mut sink);
            sink
        })
        .collect();
    for said in said {
        sink.extend(said);
    }
}

/// Runs the checks of one document.
pub fn run_one(
    model: &Model<Written>,
    links: &Links,
    sources: &Sources,
    document: DocumentId,
    sink: &mut Sink,
) {
    slips::check(&model.documents[document], sink);
    if lists::check(model, &links.lists[document], sources, document, sink) {
        totals::check(model, document, sink);
    }
}
