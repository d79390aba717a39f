//! Volumes: the files of a table. A table of the whole country is not one file, but one for each province, and, where
//! that is still too large, for each province and year.
//!
//! Comes in: a table. Goes out: [`Volume`]s, which together have each row once. So no download grows with the country.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::Format;
use super::table::Table;
use crate::atlas::Facts;
use crate::model::DocumentId;

/// The largest number of rows of one file: 2 MB as CSV, 4 MB as JSON.
const MOST_ROWS: usize = 10_000;

/// The code of what is of no province, in the names of files.
const COUNTRY: &str = "00";

/// The rows of one file in each format.
#[derive(Debug)]
pub struct Volume {
    /// `schedules/sessions`; of a table in several volumes: `schedules/sessions/14`, `schedules/sessions/14-2023`
    pub name: String,
    /// `山西省`, `山西省 2023年`; empty if the volume is the whole table
    pub title: String,
    /// Numbers of rows of the table, ascending.
    pub rows: Vec<usize>,
    /// The sizes of its files that have been made, in the order of [`Format::ALL`].
    pub(super) sizes: [OnceLock<usize>; 3],
}

impl Volume {
    /// All rows of a table.
    pub fn whole(name: &str, table: &Table) -> Self {
        Self::new(name.to_owned(), String::new(), (0..table.len()).collect())
    }

    fn new(name: String, title: String, rows: Vec<usize>) -> Self {
        Self {
            name,
            title,
            rows,
            sizes: Default::default(),
        }
    }

    /// Says how large a file is, which was made.
    pub fn has_size(&self, format: Format, bytes: usize) {
        self.sizes[format as usize].get_or_init(|| bytes);
    }

    /// `data/schedules/quotas.csv`
    pub fn path(&self, format: Format) -> String {
        format!("data/{}.{}", self.name, format.ending())
    }
}

/// The volumes of the table `name`: one if the table has at most [`MOST_ROWS`] rows.
pub fn volumes(facts: &Facts, name: &str, table: &Table) -> Vec<Volume> {
    if table.len() <= MOST_ROWS {
        return vec![Volume::whole(name, table)];
    }
    let document = |row: &usize| table.document(*row);
    let by_province = grouped(0..table.len(), |row| province(facts, document(row)));
    let by_province = by_province.into_iter();
    let volumes = by_province.flat_map(|((code, province), rows)| {
        let name = format!("{name}/{code}");
        if rows.len() <= MOST_ROWS {
            return vec![Volume::new(name, province, rows)];
        }
        let by_year = grouped(rows.into_iter(), |row| {
            document(row).and_then(|id| facts.year_of(id))
        });
        let by_year = by_year.into_iter().rev();
        let volumes = by_year.map(|(year, rows)| {
            let (year, words) = year.map_or_else(
                || ("undated".to_owned(), "没有年份".to_owned()),
                |year| (year.to_string(), format!("{year}年")),
            );
            Volume::new(
                format!("{name}-{year}"),
                format!("{province} {words}"),
                rows,
            )
        });
        volumes.collect()
    });
    volumes.collect()
}

fn grouped<K: Ord>(
    rows: impl Iterator<Item = usize>,
    key: impl Fn(&usize) -> K,
) -> BTreeMap<K, Vec<usize>> {
    let mut groups: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for row in rows {
        groups.entry(key(&row)).or_default().push(row);
    }
    groups
}

/// Code and name of the province of a document.
fn province(facts: &Facts, document: Option<DocumentId>) -> (String, String) {
    let regions = facts.regions();
    let place = document.and_then(|id| facts.document(id).place);
    let province = place.and_then(|place| regions.province_of(place));
    province.map_or_else(
        || (COUNTRY.to_owned(), "全国".to_owned()),
        |id| {
            let province = &regions.provinces[id];
            (province.code.clone(), province.name.clone())
        },
    )
}
