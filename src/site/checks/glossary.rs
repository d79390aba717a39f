//! Definitions of the glossary that come from official texts: the clause is there and the words stand in it.
//!
//! MB0215, MB0216, MB0217.

use super::{citations, references};
use crate::diag::Sink;
use crate::model::Model;
use crate::sources::Sources;

pub fn check(model: &Model, sources: &Sources, sink: &mut Sink) {
    for defined in model.glossary.iter().filter_map(|t| t.defined.as_ref()) {
        references::notice(model, &defined.source, sink);
        if let Some(source) = model.document(&defined.source.value) {
            citations::check_citation(model, sources, Some(source), &defined.cite, sink);
        }
    }
}
