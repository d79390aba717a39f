//! Facts: what pages, tables and the index may ask of the model and the atlas. What was asked can be noted.
//!
//! Comes in: the linked model, the atlas, the compiled self-checks. Goes out: answers by reference. [`Facts::noting`] gives the same
//! facts with a notebook ([`Asked`]): the sources that a page is made from are those of the documents that it asked for, so nobody
//! keeps lists of dependencies by hand. The day is not a fact: a function that needs it takes it as an argument.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use jiff::civil::Date;
use typed_index_collections::TiSlice;

use super::agenda::Agenda;
use super::{Atlas, UnitFacts, Words, date_of, identity};
use crate::diag::SourceId;
use crate::model::{
    Cite, Clause, Document, DocumentId, DocumentKind, Model, Place, PrefectureId, ProvinceId,
    Regions, Site, Term, TextPage, TextPageId, Topic, TopicId, UnitId,
};
use crate::rules::LinkedCheck;
use crate::sources::Sources;
use mingbai_forms::limits::Limits;

/// What may be asked. Cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    model: &'a Model,
    atlas: &'a Atlas,
    checks: &'a [LinkedCheck],
    sources: &'a Sources,
    asked: Option<&'a Asked>,
}

/// A notebook of what was asked.
#[derive(Debug)]
pub struct Asked {
    /// A bit for each document.
    documents: Box<[AtomicU64]>,
    /// A bit for each self-check.
    checks: Box<[AtomicU64]>,
    /// A bit for each plain page.
    pages: Box<[AtomicU64]>,
    glossary: AtomicBool,
}

const BITS: usize = u64::BITS as usize;

fn bits(count: usize) -> Box<[AtomicU64]> {
    (0..count.div_ceil(BITS))
        .map(|_| AtomicU64::new(0))
        .collect()
}

/// Sets bit `index`. Relaxed: whoever reads the notebook has waited for whoever wrote it.
fn set(bits: &[AtomicU64], index: usize) {
    bits[index / BITS].fetch_or(1 << (index % BITS), Ordering::Relaxed);
}

/// The bits that are set, ascending. Words without any are passed over: most pages ask for few of many documents.
fn all_set(bits: &[AtomicU64]) -> impl Iterator<Item = usize> {
    bits.iter().enumerate().flat_map(|(word, bits)| {
        let mut rest = bits.load(Ordering::Relaxed);
        std::iter::from_fn(move || {
            let lowest = (rest != 0).then(|| rest.trailing_zeros() as usize)?;
            rest &= rest - 1;
            Some(word * BITS + lowest)
        })
    })
}

impl Asked {
    /// The sources of everything that was asked for, ascending.
    pub fn sources(&self, facts: &Facts) -> Vec<SourceId> {
        let model = facts.model;
        let documents = all_set(&self.documents);
        let documents = documents.map(|number| model.documents.raw[number].source);
        let checks = all_set(&self.checks).map(|number| facts.checks[number].check.source);
        let pages = all_set(&self.pages).map(|number| model.pages.raw[number].source);
        let glossary = self.glossary.load(Ordering::Relaxed);
        let glossary = glossary
            .then(|| facts.sources.find("data/glossary.yaml"))
            .flatten()
            .map(|(id, _)| id);
        let all = documents.chain(checks).chain(pages).chain(glossary);
        let mut all: Vec<SourceId> = all.collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

impl<'a> Facts<'a> {
    /// The facts of a site: its model, its atlas, its self-checks.
    pub fn new(
        model: &'a Model,
        atlas: &'a Atlas,
        checks: &'a [LinkedCheck],
        sources: &'a Sources,
    ) -> Self {
        Self {
            model,
            atlas,
            checks,
            sources,
            asked: None,
        }
    }

    /// An empty notebook for these facts.
    pub fn notebook(&self) -> Asked {
        Asked {
            documents: bits(self.model.documents.len()),
            checks: bits(self.checks.len()),
            pages: bits(self.model.pages.len()),
            glossary: AtomicBool::new(false),
        }
    }

    /// The same facts; what is asked of them is noted.
    pub fn noting<'b>(&self, asked: &'b Asked) -> Facts<'b>
    where
        'a: 'b,
    {
        Facts {
            asked: Some(asked),
            ..*self
        }
    }

    fn note_document(&self, id: DocumentId) {
        if let Some(asked) = self.asked {
            set(&asked.documents, id.index());
        }
    }

    /// Everything that documents say is asked for.
    pub fn note_all(&self) {
        if self.asked.is_some() {
            self.documents().for_each(|id| self.note_document(id));
        }
    }

    /// A document.
    pub fn document(&self, id: DocumentId) -> &'a Document {
        self.note_document(id);
        &self.model.documents[id]
    }

    /// The ids of all documents.
    pub fn documents(&self) -> impl Iterator<Item = DocumentId> + use<'a> {
        self.model.documents.keys()
    }

    /// The official text of a document, from its source.
    pub fn text(&self, source: SourceId) -> &'a str {
        &self.sources.file(source).text
    }

    /// UUID of something that a document says, or, without words, of the document.
    pub fn uuid_of(&self, document: DocumentId, words: &[&str]) -> String {
        self.note_document(document);
        identity::of(self.model, document, words)
    }

    /// UUID of a file of the site, by its address.
    pub fn uuid_of_file(&self, path: &str) -> String {
        identity::of_file(self.model, path)
    }

    /// The day by which a document is sorted.
    pub fn sort_date(&self, document: DocumentId) -> Option<Date> {
        self.note_document(document);
        date_of(self.model, document)
    }

    /// The year whose work a document arranges; where it gives none, that of its date.
    pub fn year_of(&self, document: DocumentId) -> Option<i16> {
        let day = || self.sort_date(document).map(|day| day.year());
        self.document(document).year().or_else(day)
    }

    /// The document whose text says what a document says: itself, or the notice that it was made from.
    pub fn text_of(&self, document: DocumentId) -> DocumentId {
        self.note_document(document);
        self.model.text_of(document)
    }

    /// The clause that a citation is about; none if its document has no text.
    pub fn clause(&self, cite: &Cite) -> Option<&'a Clause> {
        self.note_document(cite.document);
        self.model.clause(cite)
    }

    /// Name and address of the site.
    pub fn site(&self) -> &'a Site {
        &self.model.site
    }

    /// The divisions of the country.
    pub fn regions(&self) -> &'a Regions {
        &self.model.regions
    }

    /// All topics.
    pub fn topics(&self) -> &'a TiSlice<TopicId, Topic> {
        &self.model.topics
    }

    /// A topic.
    pub fn topic(&self, id: TopicId) -> &'a Topic {
        &self.model.topics[id]
    }

    /// The limits of the site.
    pub fn limits(&self) -> &'a Limits {
        &self.sources.limits
    }

    /// All terms.
    pub fn glossary(&self) -> &'a [Term] {
        if let Some(asked) = self.asked {
            asked.glossary.store(true, Ordering::Relaxed);
        }
        &self.model.glossary
    }

    /// The words of all terms.
    pub fn words(&self) -> &'a Words {
        self.glossary();
        &self.atlas.words
    }

    /// A plain page.
    pub fn text_page(&self, id: TextPageId) -> &'a TextPage {
        if let Some(asked) = self.asked {
            set(&asked.pages, id.index());
        }
        &self.model.pages[id]
    }

    /// The ids of all plain pages.
    pub fn text_pages(&self) -> impl Iterator<Item = TextPageId> + use<'a> {
        self.model.pages.keys()
    }

    /// How many self-checks there are.
    pub fn check_count(&self) -> usize {
        self.checks.len()
    }

    /// A self-check, in the order of their ids.
    pub fn check(&self, number: usize) -> &'a LinkedCheck {
        if let Some(asked) = self.asked {
            set(&asked.checks, number);
        }
        &self.checks[number]
    }

    /// All self-checks.
    pub fn checks(&self) -> &'a [LinkedCheck] {
        for number in 0..self.checks.len() {
            self.check(number);
        }
        self.checks
    }

    /// What the documents say of a unit of today; none if they do not name it.
    pub fn unit(&self, unit: UnitId) -> Option<&'a UnitFacts> {
        let facts = self.atlas.units.get(&unit)?;
        if self.asked.is_some() {
            facts.documents().for_each(|id| self.note_document(id));
        }
        Some(facts)
    }

    /// As [`Self::unit`], of a unit that a document names.
    ///
    /// # Panics
    /// For another unit: it has no page.
    pub fn named(&self, unit: UnitId) -> &'a UnitFacts {
        self.unit(unit).expect("a unit with a page is named")
    }

    /// Every unit that a document names.
    pub fn units(&self) -> &'a BTreeMap<UnitId, UnitFacts> {
        &self.atlas.units
    }

    /// Whether a unit of today has a page.
    pub fn has_unit(&self, unit: UnitId) -> bool {
        self.atlas.units.contains_key(&unit)
    }

    /// The documents of a prefecture, a province or the country itself, newest first.
    pub fn at(&self, place: Place) -> &'a [DocumentId] {
        self.list(self.atlas.by_place.get(&place))
    }

    /// The documents of a topic, newest first.
    pub fn of_topic(&self, topic: TopicId) -> &'a [DocumentId] {
        self.list(Some(&self.atlas.by_topic[topic]))
    }

    /// The data files made from a notice.
    pub fn made_from(&self, notice: DocumentId) -> &'a [DocumentId] {
        self.list(self.atlas.made_from.get(&notice))
    }

    fn list(&self, list: Option<&'a Vec<DocumentId>>) -> &'a [DocumentId] {
        let list = list.map_or(&[][..], Vec::as_slice);
        list.iter().for_each(|&id| self.note_document(id));
        list
    }

    /// The notices that cite a notice, with the number of the citation.
    pub fn cited_by(&self, notice: DocumentId) -> &'a [(DocumentId, usize)] {
        let list = self.atlas.cited_by.get(&notice);
        let list = list.map_or(&[][..], Vec::as_slice);
        list.iter().for_each(|&(id, _)| self.note_document(id));
        list
    }

    /// Prefectures with a page.
    pub fn prefectures(&self) -> &'a BTreeSet<PrefectureId> {
        &self.atlas.prefectures
    }

    /// Provinces with a page.
    pub fn provinces(&self) -> &'a BTreeSet<ProvinceId> {
        &self.atlas.provinces
    }

    /// All documents of a kind, newest first.
    pub fn of_kind(&self, kind: DocumentKind) -> &'a [DocumentId] {
        self.atlas.of_kind(kind)
    }

    /// Every window: document, number.
    pub fn windows(&self) -> &'a [(DocumentId, usize)] {
        &self.atlas.windows
    }

    /// Every deadline: document, number.
    pub fn deadlines(&self) -> &'a [(DocumentId, usize)] {
        &self.atlas.deadlines
    }

    /// Whose calendar has which events.
    pub fn agenda(&self) -> &'a Agenda {
        &self.atlas.agenda
    }
}
