//! What the templates of the open data may read: datasets, their tables and files.

use serde::Serialize;

use super::{CiteView, DateView, Link};

/// `dataset.html`: a dataset of the whole site, or a further page of one of its tables.
#[derive(Debug, Clone, Serialize)]
pub struct DataView {
    pub title: String,
    pub description: String,
    /// The page of the dataset, from its further pages.
    pub parent: Option<Link>,
    pub dataset: DatasetView,
    pub tables: Vec<DataTableView>,
    /// Whether one of them is sorted and filtered by its script.
    pub sorts: bool,
}

/// `data.html`: all datasets.
#[derive(Debug, Clone, Serialize)]
pub struct DataIndexView {
    pub site: Vec<DatasetView>,
    /// The newest lists and results.
    pub lists: Vec<DatasetView>,
    /// Where the others are.
    pub more_lists: Vec<Link>,
    pub licence: Option<String>,
    /// The addresses of all files of tables.
    pub downloads: Link,
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
    /// The number of corrections in its list; its page shows them.
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
    /// None if the table is in several volumes.
    pub files: Vec<FileView>,
    /// How many volumes the table is in.
    pub volumes: usize,
    pub fields: Vec<FieldView>,
}

/// One volume of a table of the whole country.
#[derive(Debug, Clone, Serialize)]
pub struct VolumeView {
    /// `山西省 2023年`
    pub title: String,
    pub rows: usize,
    pub files: Vec<FileView>,
}

/// A file of a table.
#[derive(Debug, Clone, Serialize)]
pub struct FileView {
    pub url: String,
    /// `CSV`, `XLSX`, `JSON`
    pub format: &'static str,
    /// `text/csv`
    #[serde(skip)]
    pub media: &'static str,
    /// What it opens in.
    pub about: &'static str,
    /// `12.3 kB`
    pub size: String,
}

/// A column of a table, as described on the page.
#[derive(Debug, Clone, Serialize)]
pub struct FieldView {
    pub key: &'static str,
    pub title: &'static str,
    pub kind: &'static str,
    pub about: &'static str,
    pub values: Vec<String>,
}

/// The rows of a table on one page.
#[derive(Debug, Clone, Serialize)]
pub struct DataTableView {
    /// Anchor of its heading.
    pub id: String,
    pub title: String,
    pub caption: String,
    pub columns: Vec<DataColumnView>,
    pub rows: Vec<DataRowView>,
    /// Whether rows have citations.
    pub cited: bool,
    /// The name of the table for its script, which is put before its names in the address; null for a short table.
    pub sort_name: Option<String>,
    /// Its pages, if there are several.
    pub parts: Vec<PartView>,
    /// None if the table is in several volumes.
    pub files: Vec<FileView>,
    /// The volumes of the table, on its first page.
    pub volumes: Vec<VolumeView>,
}

/// One of the pages of a table.
#[derive(Debug, Clone, Serialize)]
pub struct PartView {
    /// Null for the page that is shown.
    pub url: Option<String>,
    pub text: String,
    /// Whether pages before it are left out.
    pub skips: bool,
}

/// A column that the table on the page shows.
#[derive(Debug, Clone, Serialize)]
pub struct DataColumnView {
    /// Its name in the files and in the address of a sorted or filtered table.
    pub key: &'static str,
    pub title: &'static str,
    pub number: bool,
    /// Whether a reader may choose among its values.
    pub chosen: bool,
}

/// A row that the table on the page shows.
#[derive(Debug, Clone, Serialize)]
pub struct DataRowView {
    /// Anchor.
    pub id: String,
    /// One a column; an empty text stands for 原文未载明.
    pub cells: Vec<Link>,
    pub cite: Option<CiteView>,
}
