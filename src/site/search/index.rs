//! The index: from entries to files.
//!
//! Comes in: [`Part`]s, the vocabulary. Goes out: the scripts of [`super::format`]. Steps: the terms of each part
//! (`terms`, their keys in `keys`), the entries that a term leads to (`postings`), files (`write`). The same input gives
//! the same bytes.

mod keys;
mod postings;
mod terms;
mod write;

use super::Words;
use super::entries::Part;
use super::facts::PlaceFacts;
use super::fold::Folder;
use super::question::Phrases;
use crate::assets::Asset;

/// Everything the index is made from.
pub struct Input<'a> {
    /// What can be found.
    pub parts: &'a [Part],
    /// Number of parts before those of single counties' documents.
    pub wide: usize,
    /// Number of parts of self-checks, which are the first.
    pub checks: usize,
    /// The vocabulary.
    pub words: &'a Words,
    /// How texts are folded.
    pub folder: &'a Folder,
    /// Words whose sounds are filed.
    pub terms: &'a [String],
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
pub fn files(input: &Input) -> (Vec<Asset>, Vec<usize>) {
    let phrases = Phrases::new(input.folder, input.words).shrunk();
    let (terms, unused) = postings::terms(input, &phrases);
    (write::files(input, &phrases, &terms), unused)
}
