//! The index: from entries to files.
//!
//! Comes in: parts as they are listed, the vocabulary. Goes out: the scripts of [`super::format`]. Steps: filing ([`Filer`]), the terms
//! of each part (`terms`, their keys in `keys`), the entries that a term leads to (`postings`), files (`write`). The same input
//! gives the same bytes. What was filed of a document is [`Kept`] for the next index, if it is asked for.

mod filer;
mod keys;
mod postings;
mod shown;
mod terms;
mod write;

pub use filer::{Filer, Kept, Known};
pub use postings::Collected;
pub use shown::Shown;

use std::sync::Arc;

use super::Words;
use super::facts::PlaceFacts;
use super::fold::Folder;
use super::question::Phrases;
use crate::assets::Asset;

/// Everything the index is made from.
pub struct Input<'a> {
    /// What is shown of what can be found.
    pub parts: &'a [Arc<Shown>],
    /// Number of parts before those of single counties' documents.
    pub wide: usize,
    /// Number of parts of self-checks, which are the first.
    pub checks: usize,
    /// The vocabulary.
    pub words: &'a Words,
    /// How texts are folded.
    pub folder: &'a Folder,
    /// Names of places of which the site has nothing, and the pages of their provinces.
    pub absent: &'a [(String, Option<String>)],
    /// Short names of provinces of which the site has nothing.
    pub absent_provinces: &'a [String],
    /// Facts of places.
    pub facts: &'a [PlaceFacts],
    /// Whether the site is large: fewer entries a term, less text an entry, larger shelves.
    pub large: bool,
}

/// Makes the files of the index; also gives the rows of synonyms whose words are nowhere.
pub fn files(input: &Input, found: Collected) -> (Vec<Asset>, Vec<usize>) {
    let phrases = Phrases::new(input.folder, input.words).shrunk();
    let (terms, unused) = postings::terms(input, &phrases, found);
    (write::files(input, &phrases, &terms), unused)
}
