//! The vocabulary of a site: `data/search.yaml`, as [`mingbai_search::words`] reads it.

pub use mingbai_search::words::*;

use crate::diag::Sink;
use crate::sources::{Sources, yaml};

/// Reads `data/search.yaml`; a site without it has a search without synonyms.
///
/// # Diagnostics
/// Those of [`read`].
pub fn load(sources: &Sources, sink: &mut Sink) -> Words {
    sources
        .find("data/search.yaml")
        .filter(|(id, _)| sources.is_readable(*id))
        .and_then(|(id, file)| yaml::parse(id, &file.text, 0..file.text.len(), sink))
        .map_or_else(Words::default, |node| read(&node, sink))
}
