//! The site as the world of its self-checks: what rule files may name.
//!
//! Comes in: names as written in a rule file. Goes out: places, counties and judgements of citations, from model and sources.

use mingbai_rules::world::{County, Level, PlaceId, World};

use crate::diag::{Diagnostic, Sink, Spanned, codes};
use crate::link::Known;
use crate::model::region::Heading;
use crate::model::{
    Citation, DocumentId, EditionId, Kind, Model, Place, PrefectureId, ProvinceId, UnitId,
};
use crate::sources::Sources;
use crate::text::nearest;

/// The site.
pub(super) struct Site<'a> {
    pub model: &'a Model,
    pub sources: &'a Sources,
    pub known: Known<'a>,
}

impl<'a> Site<'a> {
    /// The world of the rules: the documents and divisions of a site.
    pub fn new(model: &'a Model, sources: &'a Sources) -> Self {
        let known = Known::new(model, sources);
        Self {
            model,
            sources,
            known,
        }
    }

    /// The edition of the regions at the end of a year.
    fn edition(&self, year: Option<i16>) -> Option<EditionId> {
        let day = jiff::civil::Date::new(year?, 12, 31).ok()?;
        self.model.regions.edition_on(day)
    }

    /// # Diagnostics
    /// MB0208, MB0209, MB0226; none where the regions themselves are at fault.
    fn find_place(
        &self,
        path: &Spanned<String>,
        edition: Option<EditionId>,
        sink: &mut Sink,
    ) -> Option<Place> {
        let regions = &self.model.regions;
        match regions.find_place(path, edition) {
            Ok(place) => Some(place),
            Err(diagnostic) => {
                if regions.sound {
                    sink.push(*diagnostic);
                }
                None
            }
        }
    }

    /// The place of a region and its county-level units at the end of a year.
    ///
    /// # Diagnostics
    /// As [`Self::find_place`]; MB0226 without an edition.
    fn units(
        &self,
        region: &Spanned<String>,
        year: Option<i16>,
        sink: &mut Sink,
    ) -> Option<(Place, Vec<UnitId>)> {
        let regions = &self.model.regions;
        if !regions.sound {
            return None;
        }
        let Some(edition) = self.edition(year) else {
            sink.push(regions.no_edition(region.span, year.is_some()));
            return None;
        };
        let place = self.find_place(region, Some(edition), sink)?;
        Some((place, regions.units_within(place, edition)))
    }

    /// What is the prefecture of a unit: a city that is a province is its own, and so is a county that has none.
    fn prefecture(&self, id: UnitId) -> Place {
        let unit = &self.model.regions.units[id];
        match self.model.regions.prefectures[unit.prefecture].heading() {
            Some(Heading::OfCity) => Place::Province(unit.province),
            Some(Heading::OfProvince) => Place::Unit(id),
            None => Place::Prefecture(unit.prefecture),
        }
    }

    fn county(&self, id: UnitId) -> County {
        let regions = &self.model.regions;
        let unit = &regions.units[id];
        County {
            code: unit.id.clone(),
            name: unit.name.clone(),
            prefecture: regions.prefectures[unit.prefecture].name.clone(),
            path: regions.whole_name(Place::Unit(id)),
        }
    }
}

impl World for Site<'_> {
    fn place(&self, path: &Spanned<String>, year: Option<i16>, sink: &mut Sink) -> Option<PlaceId> {
        let place = self.find_place(path, self.edition(year), sink)?;
        Some(id_of(place))
    }

    fn counties(
        &self,
        region: &Spanned<String>,
        year: Option<i16>,
        sink: &mut Sink,
    ) -> Option<Vec<County>> {
        let (_, units) = self.units(region, year, sink)?;
        let units = units.into_iter();
        Some(units.map(|unit| self.county(unit)).collect())
    }

    fn divisions(
        &self,
        region: &Spanned<String>,
        level: Level,
        year: Option<i16>,
        sink: &mut Sink,
    ) -> Option<Vec<String>> {
        let regions = &self.model.regions;
        let (place, units) = self.units(region, year, sink)?;
        let mut places: Vec<Place> = match level {
            // Some provinces have no units in the register.
            Level::Province => regions.provinces.keys().map(Place::Province).collect(),
            Level::Prefecture => units
                .into_iter()
                .map(|unit| self.prefecture(unit))
                .collect(),
        };
        places.retain(|one| regions.contains(place, *one));
        // Units are ordered by code, so that those of a prefecture follow each other.
        places.dedup();
        let names = places.into_iter();
        Some(names.map(|place| regions.name(place).to_owned()).collect())
    }

    /// # Diagnostics
    /// MB0215 if no pilot list has this id.
    fn members(&self, list: &Spanned<String>, sink: &mut Sink) -> Option<Vec<County>> {
        let model = self.model;
        let kind = |index: DocumentId| &model.documents[index].kind;
        if let Some(Kind::Pilots(list)) = self.known.names.document(&list.value).map(kind) {
            let rows = list.rows.iter();
            return Some(rows.map(|row| self.county(row.unit)).collect());
        }
        // Why a list could not be loaded was reported there.
        if !self.known.has_failed(&list.value) {
            let known = model
                .documents
                .iter()
                .filter(|document| matches!(document.kind, Kind::Pilots(_)))
                .map(|document| document.id.as_str());
            sink.push(
                Diagnostic::new(
                    &codes::UNKNOWN_DOCUMENT,
                    list.span,
                    format!("没有编号为“{}”的试点名单", list.value),
                    format!("no pilot list has the id \"{}\"", list.value),
                )
                .did_you_mean_or(
                    nearest(&list.value, known),
                    "写 data/pilots 下的文件名，不带 .yaml",
                    "write the name of a file in data/pilots, without .yaml",
                ),
            );
        }
        None
    }

    fn check_notice(&self, notice: &Spanned<String>, sink: &mut Sink) {
        self.known.basis(notice, sink);
    }

    fn check_topic(&self, topic: &Spanned<String>, sink: &mut Sink) {
        self.known.topic(topic, sink);
    }

    fn check_citation(&self, notice: &Spanned<String>, citation: &Citation, sink: &mut Sink) {
        let source = self.known.names.document(&notice.value);
        self.known.cite(source, citation, sink);
    }
}

/// How many kinds of [`Place`] there are.
const KINDS: usize = 4;

/// A place as the rules keep it: its kind and its index in one number.
fn id_of(place: Place) -> PlaceId {
    let (kind, index) = match place {
        Place::Country => (0, 0),
        Place::Province(id) => (1, id.index()),
        Place::Prefecture(id) => (2, id.index()),
        Place::Unit(id) => (3, id.index()),
    };
    PlaceId(u32::try_from(index * KINDS + kind).expect("there are fewer than 2^30 places"))
}

/// The place that a check concerns.
pub fn place_of(id: PlaceId) -> Place {
    let id = id.0 as usize;
    let index = id / KINDS;
    match id % KINDS {
        0 => Place::Country,
        1 => Place::Province(ProvinceId::new(index)),
        2 => Place::Prefecture(PrefectureId::new(index)),
        _ => Place::Unit(UnitId::new(index)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_comes_back_as_it_went() {
        for place in [
            Place::Country,
            Place::Province(ProvinceId::new(0)),
            Place::Province(ProvinceId::new(31)),
            Place::Prefecture(PrefectureId::new(0)),
            Place::Unit(UnitId::new(1)),
            Place::Unit(UnitId::new(40_000)),
        ] {
            assert_eq!(place_of(id_of(place)), place);
        }
    }
}
