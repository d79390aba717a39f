//! Search: an index of everything the site says, asked in the browser without a server.
//!
//! Comes in: the [`Facts`], `data/search.yaml`. Goes out: the files of the index, in the form of [`mod@format`] and
//! [`records`]. Steps: what can be found ([`entries`]), its terms, pruned and divided into files (`index`). How texts and
//! questions become terms, and how results are ranked, is in `mingbai-search`, which knows nothing of a site.

pub mod entries;
pub mod facts;
mod index;
pub mod words;

use jiff::civil::Date;

use std::collections::{BTreeMap, BTreeSet, HashSet};

pub use mingbai_search::{
    Words, engine, fold, format, question, ranking, records, script, sound, tokens,
};

use crate::assets::Asset;
use crate::atlas::Facts;
use crate::diag::{Diagnostic, Sink, codes};
use crate::model::{Place, ProvinceId, Regions, UnitKind};

/// The folding of a site: with the variant characters of its place names.
pub fn folder(regions: &Regions) -> fold::Folder {
    fold::Folder::new(regions.variants())
}

/// Makes the index of a site.
///
/// # Diagnostics
/// MB0601 for synonyms whose words are in no text.
pub fn index(facts: &Facts, today: Date, words: &Words, sink: &mut Sink) -> Vec<Asset> {
    index_without(facts, today, words, &HashSet::new(), sink)
}

/// Makes the index of a site without what is on the pages `hidden`.
///
/// # Diagnostics
/// MB0601 for synonyms whose words are in no text.
pub fn index_without(
    facts: &Facts,
    today: Date,
    words: &Words,
    hidden: &HashSet<&str>,
    sink: &mut Sink,
) -> Vec<Asset> {
    let entries::Listed {
        parts,
        checks,
        wide,
    } = entries::list(facts, today).without(hidden);
    let folder = folder(facts.regions());
    let mut terms: Vec<String> = Vec::new();
    for topic in facts.topics() {
        terms.push(topic.name.clone());
        terms.extend(topic.aliases.iter().cloned());
    }
    for synonym in &words.synonyms {
        terms.extend(synonym.texts.iter().map(|t| t.value.clone()));
    }
    let (files, unused) = index::files(&index::Input {
        parts: &parts,
        wide,
        checks,
        words,
        folder: &folder,
        terms: &terms,
        absent: &absent(facts),
        absent_provinces: &absent_provinces(facts),
        facts: &facts::list(facts, today),
        large: entries::is_large(facts),
    });
    for row in unused {
        let synonym = &words.synonyms[row];
        let Some(first) = synonym.texts.first() else {
            continue;
        };
        sink.push(
            Diagnostic::new(
                &codes::WORD_NOWHERE,
                first.span,
                format!("没有哪份文件里有“{}”，这一行不起作用", first.value),
                format!("no text has \"{}\": this row does nothing", first.value),
            )
            .hint(
                "改成文件里有的词，或删去这一行",
                "write a word that the texts have, or remove the row",
            ),
        );
    }
    files
}

/// Short names of provinces of which the site has nothing.
fn absent_provinces(facts: &Facts) -> Vec<String> {
    let regions = facts.regions();
    let provinces = regions.provinces.iter_enumerated();
    let absent = provinces.filter(|(id, _)| !facts.has_page(Place::Province(*id)));
    absent
        .map(|(_, province)| {
            let names = entries::place_names(&province.name, "", 1);
            names
                .last()
                .map_or_else(|| province.name.clone(), |name| name.text.clone())
        })
        .collect()
}

/// Whole names of places of which the site has nothing, with the page of the province if it has one; a name that another
/// place with a page also has is not among them.
fn absent(facts: &Facts) -> Vec<(String, Option<String>)> {
    let regions = &facts.regions();
    let here: BTreeSet<&str> = facts
        .units()
        .keys()
        .flat_map(|&u| {
            std::iter::once(u).chain(regions.predecessors(u).into_iter().map(|(i, _)| i))
        })
        .map(|u| regions.units[u].name.as_str())
        .chain(
            facts
                .prefectures()
                .iter()
                .map(|&p| regions.prefectures[p].name.as_str()),
        )
        .chain(
            facts
                .provinces()
                .iter()
                .map(|&p| regions.provinces[p].name.as_str()),
        )
        .collect();
    let units = regions
        .units
        .iter()
        .filter(|u| u.kind == UnitKind::County)
        .map(|u| (u.name.as_str(), Some(u.province)));
    let wider = regions
        .prefectures
        .iter()
        .filter(|p| !p.is_heading())
        .map(|p| (p.name.as_str(), Some(p.province)))
        .chain(regions.provinces.iter().map(|p| (p.name.as_str(), None)));
    // Of two places of the same name, no province is known.
    let mut all: BTreeMap<&str, Option<ProvinceId>> = BTreeMap::new();
    for (name, province) in units.chain(wider) {
        let known = all.entry(name).or_insert(province);
        *known = known.filter(|known| Some(*known) == province);
    }
    let page = |province: ProvinceId| facts.place_page(Place::Province(province));
    all.into_iter()
        .filter(|(name, _)| name.chars().count() > 2 && !here.contains(name))
        .map(|(name, province)| (name.to_owned(), province.and_then(page)))
        .collect()
}
