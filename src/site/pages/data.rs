//! Pages of the open data: the description of a dataset, its files, and its rows.
//!
//! Comes in: the [`Tables`] that the files are made of. Goes out: views.

use super::view::*;
use crate::atlas::Facts;
use crate::atlas::routes;
use crate::model::date::chinese;
use crate::model::{DocumentId, Whose};
use crate::tables::workbook::kind;
use crate::tables::{Cell, Dataset, Format, Part, Resource, Tables, Type, VolumeOf};

/// Columns among whose values a reader may choose.
const CHOSEN: [&str; 7] = [
    "province",
    "prefecture",
    "kind",
    "genre",
    "audience",
    "year",
    "grade",
];

/// With more pages than this, a table links to the first, the last and those around the page that is shown.
const MOST_PARTS: usize = 40;

/// How many pages on each side of the one that is shown are linked then.
const AROUND: usize = 3;

/// A page of a dataset that is not a document's.
#[derive(Debug, Clone)]
pub struct DataPage {
    pub path: String,
    /// Number of the dataset.
    pub dataset: usize,
    /// Table and part, on the further pages of a table.
    pub further: Option<(usize, usize)>,
}

impl DataPage {
    /// The tables that the page shows, with the rows of each.
    pub fn shown<'t>(&self, tables: &'t Tables) -> impl Iterator<Item = (&'t Resource, &'t Part)> {
        let further = self.further;
        let all = tables.datasets[self.dataset].resources.iter().enumerate();
        all.filter_map(move |(number, resource)| match further {
            None => Some((resource, resource.parts.first()?)),
            Some((table, part)) => (table == number).then(|| (resource, &resource.parts[part])),
        })
    }
}

/// All pages of the datasets of the whole site. A list has its page among the documents.
pub fn pages(tables: &Tables) -> Vec<DataPage> {
    let mut pages = Vec::new();
    for (number, dataset) in tables.datasets.iter().enumerate() {
        if dataset.document.is_some() {
            continue;
        }
        pages.push(DataPage {
            path: dataset.page.clone(),
            dataset: number,
            further: None,
        });
        for (r, resource) in dataset.resources.iter().enumerate() {
            let further = resource.parts.iter().enumerate().skip(1);
            pages.extend(further.map(|(p, part)| DataPage {
                path: part.page.clone(),
                dataset: number,
                further: Some((r, p)),
            }));
        }
    }
    pages
}

/// Makes views of tables.
#[derive(Debug, Clone, Copy)]
pub struct Views<'a> {
    pub facts: &'a Facts<'a>,
    pub tables: &'a Tables,
}

impl Views<'_> {
    /// How many misprints of its text a document notes.
    fn misprints(&self, index: DocumentId) -> usize {
        let slips = self.facts.document(index).slips.iter();
        slips.filter(|slip| slip.whose == Whose::Text).count()
    }

    /// A page.
    pub fn page(&self, page: &DataPage) -> DataView {
        let dataset = &self.tables.datasets[page.dataset];
        let view = self.view(dataset);
        match page.further {
            None => DataView {
                title: dataset.title.clone(),
                description: dataset.about.clone(),
                parent: None,
                sorts: (0..dataset.resources.len()).any(|r| is_long(&dataset.resources[r], 0)),
                tables: (0..dataset.resources.len())
                    .map(|r| self.table(dataset, r, 0))
                    .collect(),
                dataset: view,
            },
            Some((r, p)) => {
                let resource = &dataset.resources[r];
                let title = format!("{}：{}", resource.title, resource.parts[p].title);
                DataView {
                    description: format!("{title}。{}", dataset.about),
                    title,
                    parent: Some(view.page.clone()),
                    sorts: is_long(resource, p),
                    tables: vec![self.table(dataset, r, p)],
                    dataset: view,
                }
            }
        }
    }

    /// All datasets.
    pub fn all(&self) -> impl Iterator<Item = DatasetView> {
        self.tables
            .datasets
            .iter()
            .map(|dataset| self.view(dataset))
    }

    /// The files of a table that is in one volume.
    fn files(&self, dataset: &Dataset, resource: &Resource) -> Vec<FileView> {
        match resource.volumes.as_slice() {
            [volume] => self.files_of(VolumeOf {
                dataset,
                resource,
                volume,
            }),
            _ => Vec::new(),
        }
    }

    /// The volumes of a table that is in several.
    fn volumes(&self, dataset: &Dataset, resource: &Resource) -> Vec<VolumeView> {
        let volumes = resource.volumes.iter();
        let volumes = volumes.filter(|_| resource.volumes.len() > 1);
        volumes
            .map(|volume| VolumeView {
                title: volume.title.clone(),
                rows: volume.rows.len(),
                files: self.files_of(VolumeOf {
                    dataset,
                    resource,
                    volume,
                }),
            })
            .collect()
    }

    fn files_of(&self, of: VolumeOf) -> Vec<FileView> {
        Format::ALL
            .into_iter()
            .map(|format| {
                let url = of.volume.path(format);
                FileView {
                    size: size(self.tables.size(self.facts, of, format)),
                    url,
                    media: format.media_type(),
                    format: match format {
                        Format::Csv => "CSV",
                        Format::Xlsx => "XLSX",
                        Format::Json => "JSON",
                    },
                    about: match format {
                        Format::Csv => "通用的表格文本",
                        Format::Xlsx => "用 Excel、WPS 打开",
                        Format::Json => "给程序用",
                    },
                }
            })
            .collect()
    }

    /// The dataset that a list is.
    pub fn of_document(&self, document: DocumentId) -> Option<DatasetView> {
        let dataset = self.tables.of_document(document)?;
        Some(self.view(dataset))
    }

    /// What is to be said of a dataset.
    pub fn view(&self, dataset: &Dataset) -> DatasetView {
        DatasetView {
            page: Link {
                url: dataset.page.clone(),
                text: dataset.title.clone(),
            },
            about: dataset.about.clone(),
            issuers: dataset.issuers.clone(),
            one_source: dataset.document.is_some(),
            cite: dataset.cite.clone(),
            method: dataset.method.clone(),
            limits: dataset.limits.clone(),
            licence: dataset.licence.clone(),
            changed: dataset.changed.map(|day| DateView {
                iso: Some(day.to_string()),
                text: chinese(day),
            }),
            corrections: dataset.document.map_or(0, |i| self.misprints(i)),
            resources: dataset
                .resources
                .iter()
                .map(|resource| ResourceView {
                    title: resource.title.clone(),
                    rows: resource.table.len(),
                    files: self.files(dataset, resource),
                    volumes: resource.volumes.len(),
                    fields: resource
                        .table
                        .fields
                        .iter()
                        .map(|field| FieldView {
                            key: field.key,
                            title: field.title,
                            kind: kind(field.kind),
                            about: field.about,
                            values: field.one_of.clone(),
                        })
                        .collect(),
                })
                .collect(),
            api: routes::api_dataset(&dataset.id),
        }
    }

    fn table(&self, dataset: &Dataset, number: usize, part: usize) -> DataTableView {
        let resource = &dataset.resources[number];
        let rows = resource.parts[part].rows.clone();
        let fields = resource.table.fields.iter().filter(|field| field.shown);
        let shown: Vec<_> = rows
            .clone()
            .map(|row| resource.table.shown(self.facts, row))
            .collect();
        let several = resource.parts.len() > 1;
        let all = resource.table.len();
        DataTableView {
            id: format!("table-{}", number + 1),
            sort_name: is_long(resource, part).then(|| match number {
                0 => String::new(),
                _ => format!("table-{}", number + 1),
            }),
            title: resource.title.clone(),
            caption: if several {
                let part = &resource.parts[part].title;
                format!(
                    "{}（{part}，{} 行；全部 {all} 行）",
                    resource.title,
                    rows.len()
                )
            } else {
                format!("{}（{all} 行）", resource.title)
            },
            columns: fields
                .map(|field| DataColumnView {
                    key: field.key,
                    title: field.title,
                    number: field.kind == Type::Number,
                    chosen: CHOSEN.contains(&field.key),
                })
                .collect(),
            cited: shown.iter().any(|row| row.cite.is_some()),
            rows: shown
                .into_iter()
                .map(|row| DataRowView {
                    id: row.id,
                    cells: row
                        .cells
                        .into_iter()
                        .map(|(cell, link)| {
                            let text = printed(&cell);
                            // Nothing leads nowhere.
                            let url = link.filter(|_| !text.is_empty()).unwrap_or_default();
                            Link { url, text }
                        })
                        .collect(),
                    cite: row.cite,
                })
                .collect(),
            parts: parts(resource, number, part),
            files: self.files(dataset, resource),
            volumes: if part == 0 {
                self.volumes(dataset, resource)
            } else {
                Vec::new()
            },
        }
    }
}

/// Links to the pages of table `number`, of which page `shown` is shown: all, or, of many, the first, the last and those
/// around it.
fn parts(resource: &Resource, number: usize, shown: usize) -> Vec<PartView> {
    let last = resource.parts.len() - 1;
    let is_linked = |part: usize| {
        last <= MOST_PARTS || part == 0 || part == last || part.abs_diff(shown) <= AROUND
    };
    let mut parts: Vec<PartView> = Vec::new();
    let mut skips = false;
    for (i, part) in resource.parts.iter().enumerate() {
        if last == 0 || !is_linked(i) {
            skips = true;
            continue;
        }
        parts.push(PartView {
            url: (i != shown).then(|| format!("{}#table-{}", part.page, number + 1)),
            text: part.title.clone(),
            skips,
        });
        skips = false;
    }
    parts
}

/// A value as people read it.
fn printed(cell: &Cell) -> String {
    match cell {
        Cell::Flag(flag) => if *flag { "是" } else { "否" }.to_owned(),
        Cell::Day(day) => chinese(*day),
        cell => cell.plain().unwrap_or_default().into_owned(),
    }
}

/// `980 字节`, `12.3 kB`, `4.5 MB`
fn size(bytes: usize) -> String {
    let tenths = |unit: usize| format!("{}.{}", bytes / unit, bytes % unit * 10 / unit);
    match bytes {
        0..1000 => format!("{bytes} 字节"),
        1000..1_000_000 => format!("{} kB", tenths(1000)),
        _ => format!("{} MB", tenths(1_000_000)),
    }
}

/// Whether a part of a table has so many rows that sorting and filtering help.
fn is_long(resource: &Resource, part: usize) -> bool {
    resource.parts[part].rows.len() > 7
}

#[cfg(test)]
mod tests {
    #[test]
    fn sizes_are_given_in_words() {
        assert_eq!(super::size(980), "980 字节");
        assert_eq!(super::size(12_345), "12.3 kB");
        assert_eq!(super::size(4_560_000), "4.5 MB");
    }
}
