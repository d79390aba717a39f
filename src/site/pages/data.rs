//! Pages of the open data: what a dataset is, where it can be had, its rows.
//!
//! Comes in: a [`Shelf`], which the open data fill in from the same tables as the files. Goes out: types only, as in
//! [`view`](super::view).

use serde::Serialize;

use super::view::{CiteView, DateView, Link};
use crate::model::DocumentId;

/// The open data as pages know them. Views are made when their page is.
pub trait Shelf: Sync {
    /// Pages of data; the index of all datasets is not among them.
    fn pages(&self) -> Vec<String>;

    /// The page `number` of [`Shelf::pages`].
    fn page(&self, number: usize) -> DataView;

    /// All datasets, those of the whole site first.
    fn datasets(&self) -> Vec<DatasetView>;

    /// The dataset that a list is.
    fn of_document(&self, document: DocumentId) -> Option<DatasetView>;
}

/// `dataset.html`: a dataset of the whole site, or a further page of one of its tables.
#[derive(Debug, Clone, Serialize)]
pub struct DataView {
    pub title: String,
    pub description: String,
    /// The page of the dataset, from its further pages.
    pub parent: Option<Link>,
    pub dataset: DatasetView,
    pub tables: Vec<DataTableView>,
}

/// `data.html`: all datasets.
#[derive(Debug, Clone, Serialize)]
pub struct DataIndexView {
    pub site: Vec<DatasetView>,
    pub lists: Vec<DatasetView>,
    pub licence: Option<String>,
    /// Path and size of the data package.
    pub package: Link,
    pub api: Link,
}

/// What is to be said of a dataset.
#[derive(Debug, Clone, Serialize)]
pub struct DatasetView {
    pub page: Link,
    pub about: String,
    pub issuers: Vec<String>,
    /// Whether it was made from one document, so that its issuer can be named.
    pub one_source: bool,
    pub cite: Option<CiteView>,
    pub method: String,
    pub limits: Vec<String>,
    pub licence: Option<String>,
    pub changed: Option<DateView>,
    /// How many corrections its list has; they stand on its page.
    pub corrections: usize,
    pub resources: Vec<ResourceView>,
    /// Path of its file in the API.
    pub api: String,
}

/// A table and its files.
#[derive(Debug, Clone, Serialize)]
pub struct ResourceView {
    pub title: String,
    pub rows: usize,
    pub files: Vec<FileView>,
    pub fields: Vec<FieldView>,
}

#[derive(Debug, Clone, Serialize)]
pub struct FileView {
    pub url: String,
    /// `CSV`, `XLSX`, `JSON`
    pub format: &'static str,
    /// `text/csv`
    pub media: &'static str,
    /// What it opens in.
    pub about: &'static str,
    /// `12.3 kB`
    pub size: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct FieldView {
    pub key: &'static str,
    pub title: &'static str,
    pub kind: &'static str,
    pub about: &'static str,
    pub values: Vec<String>,
}

/// The rows of a table that stand on one page.
#[derive(Debug, Clone, Serialize)]
pub struct DataTableView {
    /// Anchor of its heading.
    pub id: String,
    pub title: String,
    pub caption: String,
    pub columns: Vec<DataColumnView>,
    pub rows: Vec<DataRowView>,
    /// Whether rows say where they stand.
    pub cited: bool,
    /// Its pages, if there are several; that of this page has no `url`.
    pub parts: Vec<Link>,
    pub files: Vec<FileView>,
}

#[derive(Debug, Clone, Serialize)]
pub struct DataColumnView {
    /// Its name in the files and in the address of a sorted or filtered table.
    pub key: &'static str,
    pub title: &'static str,
    pub number: bool,
    /// Whether a reader may choose among its values.
    pub chosen: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct DataRowView {
    /// Anchor.
    pub id: String,
    /// One a column; an empty text stands for 原文未载明.
    pub cells: Vec<Link>,
    pub cite: Option<CiteView>,
}
