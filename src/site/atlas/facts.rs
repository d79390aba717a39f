//! Facts: what pages, tables and the index may ask of the model and the atlas. What was asked can be noted.
//!
//! Comes in: the linked model, the atlas, the compiled self-checks. Goes out: answers by reference. [`Facts::noting`] gives the same
//! facts with a notebook ([`Asked`]) in which every question is noted, so nobody keeps lists by hand of what a page is made from.
//! The day is not a fact: a function that needs it takes it as an argument.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use typed_index_collections::TiSlice;

use super::agenda::{Agenda, Scope};
use super::asked::{Asked, Question};
use super::{Atlas, UnitFacts, Words, date_of, identity};
use crate::diag::SourceId;
use crate::model::{
    Audience, Body, Cite, Clause, ClauseId, Document, DocumentId, DocumentKind, Ended, Model,
    Place, PrefectureId, ProvinceId, Regions, Site, Term, TextPage, TextPageId, Topic, TopicId,
    UnitId,
};
use crate::rules::LinkedCheck;
use crate::sources::Sources;
use mingbai_forms::limits::Limits;

/// What may be asked. Cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    pub(super) model: &'a Model,
    atlas: &'a Atlas,
    pub(super) checks: &'a [LinkedCheck],
    pub(super) sources: &'a Sources,
    asked: Option<&'a Asked>,
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
        Asked::new(self.model.documents.len())
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

    fn note(&self, question: Question) {
        if let Some(asked) = self.asked {
            asked.note(question);
        }
    }

    fn note_document(&self, id: DocumentId) {
        self.note(Question::Document(id));
    }

    /// What was asked before is asked again.
    pub fn note_again(&self, questions: &[Question]) {
        questions.iter().for_each(|question| self.note(*question));
    }

    /// Everything that documents say is asked for.
    pub fn note_all(&self) {
        self.note(Question::Everything);
    }

    /// A document. Its text is asked for with [`Self::body`].
    pub fn document(&self, id: DocumentId) -> &'a Document {
        self.note_document(id);
        &self.model.documents[id]
    }

    /// The text of a document.
    pub fn body(&self, id: DocumentId) -> Option<&'a Body> {
        self.note(Question::Body(id));
        self.model.documents[id].body.as_deref()
    }

    /// The clauses of the text of a document: what they are called, not what they say.
    pub fn clauses(&self, id: DocumentId) -> Option<&'a TiSlice<ClauseId, Clause>> {
        self.note_document(id);
        let body = self.model.documents[id].body.as_ref()?;
        Some(&body.clauses)
    }

    /// The ids of all documents.
    pub fn documents(&self) -> impl Iterator<Item = DocumentId> + use<'a> {
        self.note(Question::Documents);
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
        self.note(Question::Glossary);
        &self.model.glossary
    }

    /// The words of all terms.
    pub fn words(&self) -> &'a Words {
        self.glossary();
        &self.atlas.words
    }

    /// A plain page.
    pub fn text_page(&self, id: TextPageId) -> &'a TextPage {
        self.note(Question::TextPage(id));
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
        self.note(Question::Check(number));
        &self.checks[number]
    }

    /// All self-checks.
    pub fn checks(&self) -> &'a [LinkedCheck] {
        self.note(Question::Checks);
        (0..self.checks.len()).for_each(|number| self.note(Question::Check(number)));
        self.checks
    }

    /// What the documents say of a unit of today; none if they do not name it.
    pub fn unit(&self, unit: UnitId) -> Option<&'a UnitFacts> {
        self.note(Question::Unit(unit));
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
        self.note(Question::Units);
        &self.atlas.units
    }

    /// Whether a unit of today has a page.
    pub fn has_unit(&self, unit: UnitId) -> bool {
        self.note(Question::HasUnit(unit));
        self.atlas.units.contains_key(&unit)
    }

    /// The documents of a prefecture, a province or the country itself, newest first.
    pub fn at(&self, place: Place) -> &'a [DocumentId] {
        self.note(Question::At(place));
        self.list(self.atlas.by_place.get(&place))
    }

    /// The documents of a topic, newest first.
    pub fn of_topic(&self, topic: TopicId) -> &'a [DocumentId] {
        self.note(Question::OfTopic(topic));
        self.list(Some(&self.atlas.by_topic[topic]))
    }

    /// The data files made from a notice.
    pub fn made_from(&self, notice: DocumentId) -> &'a [DocumentId] {
        self.note(Question::MadeFrom(notice));
        self.list(self.atlas.made_from.get(&notice))
    }

    fn list(&self, list: Option<&'a Vec<DocumentId>>) -> &'a [DocumentId] {
        let list = list.map_or(&[][..], Vec::as_slice);
        list.iter().for_each(|&id| self.note_document(id));
        list
    }

    /// The notices that cite a notice, with the number of the citation.
    pub fn cited_by(&self, notice: DocumentId) -> &'a [(DocumentId, usize)] {
        self.note(Question::CitedBy(notice));
        let list = self.atlas.cited_by.get(&notice);
        let list = list.map_or(&[][..], Vec::as_slice);
        list.iter().for_each(|&(id, _)| self.note_document(id));
        list
    }

    /// Every mistake of this site, the newest correction first: document, number among its corrections.
    pub fn corrected(&self) -> &'a [(DocumentId, usize)] {
        self.note(Question::Corrected);
        &self.atlas.corrected
    }

    /// The notices that a notice repealed or replaced.
    pub fn ended_by(&self, notice: DocumentId) -> &'a [DocumentId] {
        self.note(Question::EndedBy(notice));
        self.list(self.atlas.ended.get(&notice))
    }

    /// The document that ended a notice, with what the notice says of it; both are asked for.
    pub fn ended(&self, notice: DocumentId) -> Option<&'a Ended> {
        let ended = self.document(notice).life.ended().next()?;
        if let Some(by) = &ended.by {
            self.note_document(by.value);
        }
        Some(ended)
    }

    /// Prefectures with a page.
    pub fn prefectures(&self) -> &'a BTreeSet<PrefectureId> {
        self.note(Question::Prefectures);
        &self.atlas.prefectures
    }

    /// Provinces with a page.
    pub fn provinces(&self) -> &'a BTreeSet<ProvinceId> {
        self.note(Question::Provinces);
        &self.atlas.provinces
    }

    /// All documents of a kind, newest first.
    pub fn of_kind(&self, kind: DocumentKind) -> &'a [DocumentId] {
        self.note(Question::OfKind(kind));
        self.atlas.of_kind(kind)
    }

    /// Every window: document, number.
    pub fn windows(&self) -> &'a [(DocumentId, usize)] {
        self.note(Question::Windows);
        &self.atlas.windows
    }

    /// Every deadline: document, number.
    pub fn deadlines(&self) -> &'a [(DocumentId, usize)] {
        self.note(Question::Deadlines);
        &self.atlas.deadlines
    }

    /// Whose calendar has which events. Everything that documents say is asked for.
    pub fn agenda(&self) -> &'a Agenda {
        self.note(Question::Everything);
        &self.atlas.agenda
    }

    /// How many events a calendar has.
    pub fn event_count(&self, scope: Scope, audience: Audience) -> usize {
        self.note(Question::Calendar(scope));
        self.atlas.agenda.of(scope, audience).len()
    }
}
