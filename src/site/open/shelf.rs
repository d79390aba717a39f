//! The shelf: the same tables as the files, for the pages that print them.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::datasets::{Dataset, Part, Resource};
use super::table::Type;
use super::workbook::kind;
use super::{Format, api, datasets};
use crate::assets::Asset;
use crate::model::DocumentId;
use crate::model::date::chinese;
use crate::pages::atlas::Atlas;
use crate::pages::data::{
    self, DataColumnView, DataRowView, DataTableView, DataView, DatasetView, FieldView, FileView,
    ResourceView,
};
use crate::pages::view::{DateKind, DateView, Link};

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

/// Datasets, the sizes of their files, and which rows stand on which page.
pub struct Shelf<'a> {
    atlas: &'a Atlas<'a>,
    datasets: Vec<Dataset<'a>>,
    /// Sizes of files by path, once all of them are made.
    sizes: OnceLock<HashMap<String, usize>>,
    pages: Vec<ShelfPage>,
}

struct ShelfPage {
    path: String,
    dataset: usize,
    /// Table and part, on the further pages of a table.
    further: Option<(usize, usize)>,
}

impl<'a> Shelf<'a> {
    pub fn new(atlas: &'a Atlas<'a>) -> Self {
        let datasets = datasets(atlas);
        let mut pages = Vec::new();
        for (d, dataset) in datasets.iter().enumerate() {
            // A list has its page among the documents.
            if dataset.document.is_some() {
                continue;
            }
            pages.push(ShelfPage {
                path: dataset.page.clone(),
                dataset: d,
                further: None,
            });
            for (r, resource) in dataset.resources.iter().enumerate() {
                for (p, part) in resource.parts.iter().enumerate().skip(1) {
                    pages.push(ShelfPage {
                        path: part.page.clone(),
                        dataset: d,
                        further: Some((r, p)),
                    });
                }
            }
        }
        Self {
            atlas,
            datasets,
            sizes: OnceLock::new(),
            pages,
        }
    }

    /// Nothing, for a run that is not written.
    pub fn empty(atlas: &'a Atlas<'a>) -> Self {
        Self {
            atlas,
            datasets: Vec::new(),
            sizes: OnceLock::new(),
            pages: Vec::new(),
        }
    }

    /// Takes the sizes from the files, so that a page need not make a file to tell its size.
    pub fn weigh(&self, files: &[Asset]) {
        let sizes = files.iter().map(|f| (f.path.clone(), f.bytes.len()));
        if !files.is_empty() {
            self.sizes.get_or_init(|| sizes.collect());
        }
    }

    /// The size of a file. One that is not made yet is made for it.
    fn weight(&self, dataset: &Dataset, resource: &Resource, format: Format) -> usize {
        match self.sizes.get() {
            Some(sizes) => {
                let size = sizes.get(&resource.path(format));
                size.copied().unwrap_or_default()
            }
            None => resource.bytes(self.atlas, dataset, format).len(),
        }
    }

    fn files(&self, dataset: &Dataset, resource: &Resource) -> Vec<FileView> {
        Format::ALL
            .into_iter()
            .map(|format| {
                let url = resource.path(format);
                FileView {
                    size: size(self.weight(dataset, resource, format)),
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

    fn view(&self, dataset: &Dataset) -> DatasetView {
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
                bound: DateKind::Exact,
            }),
            corrections: dataset
                .document
                .map_or(0, |i| self.atlas.model.documents[i].slips.len()),
            resources: dataset
                .resources
                .iter()
                .map(|resource| ResourceView {
                    title: resource.title.clone(),
                    rows: resource.table.len(),
                    files: self.files(dataset, resource),
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
            api: api::dataset(&dataset.id),
        }
    }

    fn table(&self, dataset: &Dataset, number: usize, part: usize) -> DataTableView {
        let resource = &dataset.resources[number];
        let rows = resource.parts[part].rows.clone();
        let fields = resource.table.fields.iter().filter(|field| field.shown);
        let shown: Vec<_> = rows.clone().map(|row| resource.table.shown(row)).collect();
        let several = resource.parts.len() > 1;
        let all = resource.table.len();
        DataTableView {
            id: format!("table-{}", number + 1),
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
            parts: if several {
                resource
                    .parts
                    .iter()
                    .enumerate()
                    .map(|(i, p)| self.part(p, i == part, number))
                    .collect()
            } else {
                Vec::new()
            },
            files: self.files(dataset, resource),
        }
    }

    fn part(&self, part: &Part, current: bool, table: usize) -> Link {
        Link {
            url: if current {
                String::new()
            } else {
                format!("{}#table-{}", part.page, table + 1)
            },
            text: part.title.clone(),
        }
    }
}

/// A value as people read it.
fn printed(cell: &super::Cell) -> String {
    match cell {
        super::Cell::Flag(flag) => if *flag { "是" } else { "否" }.to_owned(),
        super::Cell::Day(day) => chinese(*day),
        cell => cell.plain().unwrap_or_default().into_owned(),
    }
}

impl data::Shelf for Shelf<'_> {
    fn pages(&self) -> Vec<String> {
        self.pages.iter().map(|page| page.path.clone()).collect()
    }

    fn page(&self, number: usize) -> DataView {
        let page = &self.pages[number];
        let dataset = &self.datasets[page.dataset];
        let view = self.view(dataset);
        match page.further {
            None => DataView {
                title: dataset.title.clone(),
                description: dataset.about.clone(),
                parent: None,
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
                    tables: vec![self.table(dataset, r, p)],
                    dataset: view,
                }
            }
        }
    }

    fn datasets(&self) -> Vec<DatasetView> {
        self.datasets.iter().map(|d| self.view(d)).collect()
    }

    fn of_document(&self, document: DocumentId) -> Option<DatasetView> {
        let dataset = self
            .datasets
            .iter()
            .find(|d| d.document == Some(document))?;
        Some(self.view(dataset))
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

#[cfg(test)]
mod tests {
    #[test]
    fn sizes_are_told_in_words() {
        assert_eq!(super::size(980), "980 字节");
        assert_eq!(super::size(12_345), "12.3 kB");
        assert_eq!(super::size(4_560_000), "4.5 MB");
    }
}
