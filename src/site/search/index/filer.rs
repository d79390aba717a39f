//! Filing: parts as they are listed become terms.
//!
//! Comes in: parts, and the parts of documents, which are made here. Goes out: the terms of all, and what is shown of each part. Parts are
//! taken a chunk at a time: what they are found by is given back as soon as their terms are known. What was filed of a document in an
//! earlier index of the same process is taken over if everything that it was made from is the same ([`Kept`]).

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize, Serializer};

use super::postings::Collected;
use super::shown::Shown;
use super::terms::{PartTerms, Vocabulary};
use crate::atlas::{Again, Answers, Facts, Made};
use crate::memo::{Key, Keyed, Shared};
use crate::model::DocumentId;
use crate::search::Words;
use crate::search::entries::{DocumentEntries, Filing, Part};
use crate::search::fold::Folder;

/// Parts whose terms are collected at once.
const CHUNK: usize = 512;

/// A part that was filed.
#[derive(Debug, Serialize, Deserialize)]
struct Filed {
    part: Shared<Shown>,
    terms: PartTerms,
}

/// What was filed of each document, by its id. Where that is too much for the memory next to the site, nothing of it is written.
#[derive(Debug, Default, Clone, Deserialize)]
pub struct Kept(Shared<HashMap<String, Made<Parts>>>);

/// Bytes of what is written of it, about.
const LARGEST: usize = 100_000_000;

impl Kept {
    fn size(&self) -> usize {
        let parts = self.0.0.values().flat_map(|made| made.rest().0.iter());
        parts
            .map(|filed| filed.part.0.size() + filed.terms.size())
            .sum()
    }
}

impl Serialize for Kept {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if self.size() > LARGEST {
            return HashMap::<String, Made<Parts>>::new().serialize(to);
        }
        self.0.serialize(to)
    }
}

/// The parts of a document.
type Parts = Shared<Box<[Filed]>>;

/// What is known when an index is made again.
#[derive(Clone, Copy)]
pub struct Known<'k> {
    pub answers: &'k Answers<'k>,
    /// The key of the words of the search.
    pub words: Key,
    /// What an earlier index left.
    pub earlier: Option<(&'k Kept, &'k Again)>,
}

/// Everything that was filed.
pub struct Listed {
    /// What is shown of each part.
    pub parts: Vec<Arc<Shown>>,
    /// Number of parts before those of single counties' documents.
    pub wide: usize,
    /// Number of parts of self-checks, which are the first.
    pub checks: usize,
    /// Where each term is.
    pub found: Collected,
    /// What the next index may take over, if it was asked for.
    pub kept: Kept,
}

/// Files everything that is listed.
pub struct Filer<'a> {
    facts: Facts<'a>,
    vocabulary: Vocabulary<'a>,
    is_large: bool,
    /// Pages that are left out.
    hidden: &'a HashSet<&'a str>,
    known: Option<Known<'a>>,
    kept: HashMap<String, Made<Parts>>,
    found: Collected,
    parts: Vec<Arc<Shown>>,
    checks: usize,
    wide: Option<usize>,
}

impl<'a> Filer<'a> {
    /// Nothing so far. `terms`: words whose sounds are filed. What is filed is kept for the next index if `known` is given.
    pub fn new(
        facts: &Facts<'a>,
        (words, folder): (&'a Words, &'a Folder),
        terms: &[String],
        is_large: bool,
        hidden: &'a HashSet<&'a str>,
        known: Option<Known<'a>>,
    ) -> Self {
        Self {
            facts: *facts,
            vocabulary: Vocabulary::new(folder, words, terms),
            is_large,
            hidden,
            known,
            kept: HashMap::new(),
            found: Collected::default(),
            parts: Vec::new(),
            checks: 0,
            wide: None,
        }
    }

    /// Everything that was filed.
    pub fn finish(self) -> Listed {
        Listed {
            wide: self.wide.unwrap_or(self.parts.len()),
            checks: self.checks,
            parts: self.parts,
            found: self.found,
            kept: Kept(Shared(Arc::new(self.kept))),
        }
    }

    fn is_local(&self) -> bool {
        self.is_large && self.wide.is_some()
    }

    /// The terms of a part, if it is on no hidden page.
    fn file(&self, part: Part) -> Option<Filed> {
        let part = part.without(|page| self.hidden.contains(page))?;
        let terms = PartTerms::of(&part, &self.vocabulary, self.is_local());
        Some(Filed {
            part: Shared(Arc::new(Shown::of(&part))),
            terms,
        })
    }

    fn add(&mut self, filed: &[Filed]) {
        let is_local = self.is_local();
        for one in filed {
            self.found.add(&one.terms, self.parts.len(), is_local);
            self.parts.push(one.part.0.clone());
        }
    }

    /// What is filed of a document, taken over or made.
    fn document(&self, id: DocumentId, entries: &DocumentEntries) -> (String, Made<Parts>) {
        let name = self.facts.document(id).id.clone();
        let file = |facts: &Facts| -> Parts {
            let parts = entries.of(facts, id).into_iter();
            let filed: Box<[Filed]> = parts.filter_map(|part| self.file(part)).collect();
            Shared(Arc::new(filed))
        };
        let Some(known) = &self.known else {
            return (name, Made::unasked(file(&self.facts)));
        };
        let said = entries.said_of(id);
        let keyed = Keyed::new()
            .key(known.words)
            .number(usize::from(self.is_large) + usize::from(self.is_local()));
        let key = said
            .fold(keyed, |keyed, (clause, level, text)| {
                keyed.number(clause).number(usize::from(level)).text(text)
            })
            .done();
        let made = known.earlier.and_then(|(kept, again)| {
            let made = kept.0.0.get(&name)?;
            made.again(key, again, known.answers)
        });
        let made = made.unwrap_or_else(|| {
            let notebook = self.facts.notebook();
            let filed = file(&self.facts.noting(&notebook));
            Made::new(key, notebook.questions(), known.answers, filed)
        });
        (name, made)
    }
}

impl Filing for Filer<'_> {
    fn parts(&mut self, parts: Vec<Part>) {
        let mut parts = parts.into_iter().peekable();
        while parts.peek().is_some() {
            let chunk: Vec<Part> = parts.by_ref().take(CHUNK).collect();
            let filed: Vec<Option<Filed>> =
                chunk.into_par_iter().map(|part| self.file(part)).collect();
            let filed: Vec<Filed> = filed.into_iter().flatten().collect();
            self.add(&filed);
        }
    }

    fn documents(&mut self, ids: &[DocumentId], entries: &DocumentEntries) {
        for chunk in ids.chunks(CHUNK) {
            let made: Vec<(String, Made<Parts>)> = chunk
                .par_iter()
                .map(|id| self.document(*id, entries))
                .collect();
            for (name, made) in made {
                self.add(&made.rest().0);
                if self.known.is_some() {
                    self.kept.insert(name, made);
                }
            }
        }
    }

    fn end_of_checks(&mut self) {
        self.checks = self.parts.len();
    }

    fn end_of_wide(&mut self) {
        self.wide = Some(self.parts.len());
    }
}
