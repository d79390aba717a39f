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

pub use index::{Kept, Known};
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
    index_again(facts, today, words, &HashSet::new(), None, sink).0
}

/// Makes the index of a site without what is on the pages `hidden`. What is `known` of an earlier index is taken over where it is the same;
/// then goes out also what the next index may take over.
///
/// # Diagnostics
/// MB0601 for synonyms whose words are in no text.
pub fn index_again(
    facts: &Facts,
    today: Date,
    words: &Words,
    hidden: &HashSet<&str>,
    known: Option<Known>,
    sink: &mut Sink,
) -> (Vec<Asset>, Kept) {
    let folder = folder(facts.regions());
    let mut terms: Vec<String> = Vec::new();
    for topic in facts.topics() {
        terms.push(topic.name.clone());
        terms.extend(topic.aliases.iter().cloned());
    }
    for synonym in &words.synonyms {
        terms.extend(synonym.texts.iter().map(|t| t.value.clone()));
    }
    let large = entries::is_large(facts);
    let mut filer = index::Filer::new(facts, (words, &folder), &terms, large, hidden, known);
    entries::list(facts, today, &mut filer);
    let (absent, absent_provinces) = (absent(facts), absent_provinces(facts));
    let place_facts = facts::list(facts, today);
    let listed = filer.finish();
    let input = index::Input {
        parts: &listed.parts,
        wide: listed.wide,
        checks: listed.checks,
        words,
        folder: &folder,
        absent: &absent,
        absent_provinces: &absent_provinces,
        facts: &place_facts,
        large,
    };
    let (files, unused) = index::files(&input, listed.found);
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
    (files, listed.kept)
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
