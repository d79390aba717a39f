//! The atlas: who is mentioned where. Made once from the model, read by every page.
//!
//! Comes in: the model and `today`. Goes out: for each place the documents and rows about it, for each notice
//! what cites it and what data were made from it. It holds indices only.

pub mod agenda;
mod answers;
mod asked;
mod facts;
pub mod identity;
pub mod links;
pub mod routes;
mod words;

pub use answers::{Again, Answers, Made, Named, sources_of};
pub use asked::{Asked, Question};
pub use facts::Facts;
pub use words::Words;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use typed_index_collections::TiVec;

use self::agenda::Agenda;
use crate::model::{
    DocumentId, DocumentKind, Kind, Model, Place, PrefectureId, ProvinceId, TopicId, UnitId, Whose,
};

/// What the sources say of one county-level unit (of today: former units are gathered under their successor).
#[derive(Debug, Default)]
pub struct UnitFacts {
    /// (assessment, grade, row)
    pub grades: Vec<(DocumentId, usize, usize)>,
    /// (pilot list, row)
    pub pilots: Vec<(DocumentId, usize)>,
    pub schedules: Vec<DocumentId>,
    /// Notices of the unit itself.
    pub notices: Vec<DocumentId>,
}

/// What is mentioned where, as ids; see the module.
impl UnitFacts {
    /// Every document that names the unit; one may come several times.
    pub fn documents(&self) -> impl Iterator<Item = DocumentId> {
        let own = self.schedules.iter().chain(&self.notices).copied();
        let pilots = self.pilots.iter().map(|(id, _)| *id);
        own.chain(pilots)
            .chain(self.grades.iter().map(|(id, ..)| *id))
    }
}

/// Who is mentioned where: ids only. Asked through [`Facts`].
#[derive(Debug)]
pub struct Atlas {
    units: BTreeMap<UnitId, UnitFacts>,
    /// Documents of a prefecture, province or the country itself.
    by_place: BTreeMap<Place, Vec<DocumentId>>,
    by_topic: TiVec<TopicId, Vec<DocumentId>>,
    /// Data files made from a notice.
    made_from: BTreeMap<DocumentId, Vec<DocumentId>>,
    /// Notices that cite a notice, with the index of the citation.
    cited_by: BTreeMap<DocumentId, Vec<(DocumentId, usize)>>,
    /// Mistakes of this site, the newest correction first: (document, number among its corrections).
    corrected: Vec<(DocumentId, usize)>,
    /// Notices that a notice repealed or replaced.
    ended: BTreeMap<DocumentId, Vec<DocumentId>>,
    prefectures: BTreeSet<PrefectureId>,
    provinces: BTreeSet<ProvinceId>,
    /// Notices, newest first.
    notices: Vec<DocumentId>,
    pilots: Vec<DocumentId>,
    schedules: Vec<DocumentId>,
    assessments: Vec<DocumentId>,
    /// (document, window)
    windows: Vec<(DocumentId, usize)>,
    /// (document, deadline)
    deadlines: Vec<(DocumentId, usize)>,
    /// Whose calendar has which events.
    agenda: Agenda,
    /// The words of the glossary.
    words: Words,
}

impl Atlas {
    /// Collects what is mentioned where.
    pub fn new(model: &Model) -> Self {
        let mut atlas = Self {
            units: BTreeMap::new(),
            by_place: BTreeMap::new(),
            by_topic: model.topics.iter().map(|_| Vec::new()).collect(),
            made_from: BTreeMap::new(),
            cited_by: BTreeMap::new(),
            ended: BTreeMap::new(),
            corrected: Vec::new(),
            prefectures: BTreeSet::new(),
            provinces: BTreeSet::new(),
            notices: Vec::new(),
            pilots: Vec::new(),
            schedules: Vec::new(),
            assessments: Vec::new(),
            windows: Vec::new(),
            deadlines: Vec::new(),
            agenda: Agenda::default(),
            words: Words::new(&model.glossary),
        };
        for index in newest_first(model) {
            atlas.enter(model, index);
        }
        let day =
            |(document, number): &(DocumentId, usize)| model.documents[*document].slips[*number].on;
        atlas.corrected.sort_by_key(|at| std::cmp::Reverse(day(at)));
        let units: Vec<UnitId> = atlas.units.keys().copied().collect();
        for unit in units {
            let unit = &model.regions.units[unit];
            atlas.prefectures.insert(unit.prefecture);
            atlas.provinces.insert(unit.province);
        }
        for place in atlas.by_place.keys() {
            match *place {
                Place::Prefecture(i) => {
                    atlas.prefectures.insert(i);
                    atlas
                        .provinces
                        .insert(model.regions.prefectures[i].province);
                }
                Place::Province(i) => {
                    atlas.provinces.insert(i);
                }
                _ => {}
            }
        }
        atlas
            .prefectures
            .retain(|&i| !model.regions.prefectures[i].is_heading());
        let places = atlas
            .units
            .keys()
            .map(|&i| Place::Unit(i))
            .chain(atlas.prefectures.iter().map(|&i| Place::Prefecture(i)))
            .chain(atlas.provinces.iter().map(|&i| Place::Province(i)));
        atlas.agenda = Agenda::new(model, places);
        atlas
    }

    /// All documents of a kind, newest first.
    pub fn of_kind(&self, kind: DocumentKind) -> &[DocumentId] {
        match kind {
            DocumentKind::Notice => &self.notices,
            DocumentKind::Pilots => &self.pilots,
            DocumentKind::Schedule => &self.schedules,
            DocumentKind::Assessment => &self.assessments,
        }
    }

    fn enter(&mut self, model: &Model, index: DocumentId) {
        let document = &model.documents[index];
        self.windows
            .extend((0..document.windows.len()).map(|i| (index, i)));
        self.deadlines
            .extend((0..document.deadlines.len()).map(|i| (index, i)));
        let slips = document.slips.iter().enumerate();
        let own = slips.filter(|(_, slip)| slip.whose == Whose::Site);
        self.corrected
            .extend(own.map(|(number, _)| (index, number)));
        for by in document.life.ended().filter_map(|ended| ended.by.as_ref()) {
            let all = self.ended.entry(by.value).or_default();
            if !all.contains(&index) {
                all.push(index);
            }
        }
        let topics: BTreeSet<TopicId> = document.topics.iter().copied().collect();
        for topic in topics {
            self.by_topic[topic].push(index);
        }
        if let Some(notice) = document.kind.source() {
            self.made_from.entry(notice.value).or_default().push(index);
        }
        match document.place {
            Some(Place::Unit(unit)) => {
                let facts = self.units.entry(model.regions.current(unit)).or_default();
                match document.kind {
                    Kind::Schedule(_) => facts.schedules.push(index),
                    _ => facts.notices.push(index),
                }
            }
            Some(place) => self.by_place.entry(place).or_default().push(index),
            None => {}
        }
        match &document.kind {
            Kind::Notice(notice) => {
                self.notices.push(index);
                for (i, cited) in notice.cites.iter().enumerate() {
                    let target = cited.notice.as_ref().map(|notice| notice.value);
                    if let Some(target) = target.filter(|&t| t != index) {
                        self.cited_by.entry(target).or_default().push((index, i));
                    }
                }
            }
            Kind::Pilots(list) => {
                self.pilots.push(index);
                for (row, listed) in list.rows.iter().enumerate() {
                    self.units
                        .entry(model.regions.current(listed.unit))
                        .or_default()
                        .pilots
                        .push((index, row));
                }
            }
            Kind::Schedule(_) => self.schedules.push(index),
            Kind::Assessment(assessment) => {
                self.assessments.push(index);
                for (grade, g) in assessment.grades.iter().enumerate() {
                    for (row, listed) in g.rows.iter().enumerate() {
                        self.units
                            .entry(model.regions.current(listed.unit))
                            .or_default()
                            .grades
                            .push((index, grade, row));
                    }
                }
            }
        }
    }
}

/// Documents from the newest to the oldest; those without a date by the end of their year, those without
/// either last; ties by id, so that the order never depends on how files were read.
fn newest_first(model: &Model) -> Vec<DocumentId> {
    let mut order: Vec<DocumentId> = model.documents.keys().collect();
    order.sort_by_cached_key(|&i| std::cmp::Reverse((date_of(model, i), std::cmp::Reverse(i))));
    order
}

/// The day by which a document is sorted.
pub fn date_of(model: &Model, index: DocumentId) -> Option<Date> {
    let document = &model.documents[index];
    let issued = match &document.kind {
        Kind::Notice(notice) => notice.issued,
        // A source that is not a notice was reported; it may even be the document itself.
        kind => kind
            .source()
            .and_then(|source| match &model.documents[source.value].kind {
                Kind::Notice(notice) => notice.issued,
                _ => None,
            }),
    };
    issued.or_else(|| {
        document
            .year()
            .and_then(|year| Date::new(year, 12, 31).ok())
    })
}
