//! The static JSON API: the contents of the pages, for programs, under a prefix with a version.
//!
//! Comes in: the atlas, the datasets and their files. Goes out: files in `api/v1/`, and a JSON Schema for each kind
//! of file. Rows are rows of the tables. Lists of the whole country are split into pages of [`PER_PAGE`], each with
//! the address of the next, so that no file grows with the site.

mod schemas;

use jiff::civil::Date;
use std::collections::HashMap;
use std::ops::Range;

use rayon::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

use typed_index_collections::{TiSlice, TiVec};

use super::Files;
use super::package::{self, Download};
use crate::atlas::Facts;
use crate::atlas::routes::{self, API};
use crate::memo::{Key, Keyed};
use crate::model::{Block, BlockKind, Body, ClauseId, DocumentId, Kind, Place, UnitId};
use crate::pages::markdown::{self, Sort};
use crate::tables::Format;
use crate::tables::json::{to_bytes, with_written, write};
use crate::tables::table::{Table, address, region_code};
use crate::tables::workbook::kind;
use crate::tables::{Dataset, Resource};

/// The number of items on one page of a list.
const PER_PAGE: usize = 500;

/// The tables with rows of a document, in the order in which the file of a document shows them.
const OF_A_DOCUMENT: [&str; 10] = [
    "windows",
    "deadlines",
    "schedules/facts",
    "schedules/quotas",
    "schedules/sessions",
    "schedules/contacts",
    "documents/citations",
    "documents/attachments",
    "stated",
    "corrections",
];

fn document(id: &str) -> String {
    format!("{API}documents/{id}.json")
}

fn county(id: &str) -> String {
    format!("{API}counties/{id}.json")
}

struct Api<'t> {
    today: Date,
    datasets: &'t [Dataset],
    tables: HashMap<&'t str, &'t Resource>,
    /// The rows of each table in [`OF_A_DOCUMENT`], by document.
    of_document: Vec<HashMap<DocumentId, Vec<usize>>>,
    /// The row of each document in the register.
    register: HashMap<DocumentId, usize>,
    /// The row of each code in the regions.
    codes: HashMap<String, usize>,
    files: HashMap<&'t str, &'t Download>,
    out: &'t dyn Files,
}

/// Shows all files of the API to `out`. `files` are the files of the tables, whose sizes and hashes it lists; `all` is their key.
pub fn files(
    facts: &Facts,
    today: Date,
    datasets: &[Dataset],
    files: &[Download],
    all: Key,
    out: &dyn Files,
) {
    let tables: HashMap<&str, &Resource> = datasets
        .iter()
        .flat_map(|d| &d.resources)
        .map(|r| (r.name.as_str(), r))
        .collect();
    let of_document = OF_A_DOCUMENT
        .iter()
        .map(|name| {
            let mut rows: HashMap<DocumentId, Vec<usize>> = HashMap::new();
            if let Some(resource) = tables.get(name) {
                for row in 0..resource.table.len() {
                    if let Some(document) = resource.table.document(row) {
                        rows.entry(document).or_default().push(row);
                    }
                }
            }
            rows
        })
        .collect();
    let register = tables.get("documents").map_or_else(HashMap::new, |r| {
        let rows = 0..r.table.len();
        rows.filter_map(|row| Some((r.table.document(row)?, row)))
            .collect()
    });
    let codes = tables.get("regions").map_or_else(HashMap::new, |r| {
        (0..r.table.len())
            .map(|row| (r.table.id(facts, row), row))
            .collect()
    });
    let api = Api {
        today,
        datasets,
        tables,
        of_document,
        register,
        codes,
        files: files.iter().map(|f| (f.path.as_str(), f)).collect(),
        out,
    };
    let nothing = Key::default();
    out.file(format!("{API}index.json"), nothing, &|facts| {
        api.index(facts)
    });
    api.lists(facts);
    for dataset in datasets {
        let name = dataset.key().key(all).done();
        let make = |facts: &Facts| api.dataset(facts, dataset);
        out.listing(routes::api_dataset(&dataset.id), name, &make);
    }
    let documents: Vec<DocumentId> = facts.documents().collect();
    documents.into_par_iter().for_each(|index| {
        let path = document(&facts.document(index).id);
        out.file(path, nothing, &|facts| api.document(facts, index));
    });
    let units: Vec<UnitId> = facts.units().keys().copied().collect();
    units.into_par_iter().for_each(|unit| {
        let path = county(&facts.regions().units[unit].id);
        out.file(path, nothing, &|facts| api.county(facts, unit));
    });
    api.schemas(facts);
}

/// A row with the address of the file that says more about it.
#[derive(Serialize)]
struct Linked<T> {
    #[serde(flatten)]
    row: T,
    api: String,
}

#[derive(Serialize)]
struct Page<'a> {
    schema: String,
    title: &'a str,
    generated: String,
    total: usize,
    page: usize,
    pages: usize,
    next: Option<String>,
}

/// A clause with the clauses below it.
#[derive(Serialize)]
struct ClauseView {
    id: String,
    label: String,
    marker: String,
    heading: Option<String>,
    text: String,
    url: String,
    clauses: Vec<ClauseView>,
}

/// What a list says about a county.
#[derive(Serialize)]
struct ListedView<'a> {
    document: &'a str,
    programme: &'a str,
    year: Option<i16>,
    grade: Option<&'a str>,
    name: &'a str,
    printed_name: &'a str,
    page: String,
    api: String,
}

#[derive(Serialize)]
struct FieldView<'a> {
    key: &'a str,
    title: &'a str,
    description: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
    required: bool,
}

impl Api<'_> {
    fn url(facts: &Facts, path: &str) -> String {
        address(facts, path, "")
    }

    fn schema_url(facts: &Facts, name: &str) -> String {
        Self::url(facts, &format!("{API}schemas/{name}.json"))
    }

    fn table(&self, name: &str) -> Option<&Table> {
        self.tables.get(name).map(|resource| &resource.table)
    }

    fn generated(&self) -> String {
        self.today.to_string()
    }

    fn index(&self, facts: &Facts) -> Vec<u8> {
        let site = &facts.site();
        let endpoints: Vec<Value> = ENDPOINTS
            .iter()
            .map(|(name, path, title)| {
                json!({
                    "name": name,
                    "title": title,
                    "url": format!("{}{API}{path}", site.base_url),
                    "schema": Self::schema_url(facts, name),
                })
            })
            .collect();
        let index = json!({
            "schema": Self::schema_url(facts, "index"),
            "title": site.title,
            "version": "v1",
            "generated": self.generated(),
            "site": &*site.base_url,
            "licence": site.licence,
            "data_package": Self::url(facts, routes::PACKAGE),
            "data_pages": Self::url(facts, "data/index.html"),
            "endpoints": endpoints,
        });
        package::pretty(&index)
    }

    /// A list in pages: `documents.json`, `documents-2.json` …
    fn list(
        &self,
        (name, title): (&str, &str),
        (total, key): (usize, impl Fn(Range<usize>) -> Key + Sync),
        item: impl for<'f> Fn(&'f Facts<'f>, usize, &mut Vec<u8>) + Sync,
    ) {
        let path = |page: usize| match page {
            1 => format!("{API}{name}.json"),
            page => format!("{API}{name}-{page}.json"),
        };
        let pages = total.div_ceil(PER_PAGE).max(1);
        (1..=pages).into_par_iter().for_each(|page| {
            let rows: Range<usize> = (page - 1) * PER_PAGE..(page * PER_PAGE).min(total);
            let shown = Keyed::new().number(total).key(key(rows.clone())).done();
            self.out.file(path(page), shown, &|facts| {
                let head = Page {
                    schema: Self::schema_url(facts, name),
                    title,
                    generated: self.generated(),
                    total,
                    page,
                    pages,
                    next: (page < pages).then(|| Self::url(facts, &path(page + 1))),
                };
                let items = rows.clone();
                let items = items.map(|row| {
                    let item = &item;
                    move |out: &mut Vec<u8>| item(facts, row, out)
                });
                with_written(&head, "items", items)
            });
        });
    }

    fn lists(&self, facts: &Facts) {
        let rows_of = |table: &Table| {
            let keys: Vec<String> = (0..table.len()).map(|row| table.id(facts, row)).collect();
            move |rows: Range<usize>| key_of(&keys[rows])
        };
        if let Some(table) = self.table("documents") {
            let item = |facts: &Facts, row: usize, out: &mut Vec<u8>| {
                let api = Self::url(facts, &document(&table.id(facts, row)));
                let row = table.object(facts, row);
                write(&Linked { row, api }, out);
            };
            self.list(
                ("documents", "文件目录"),
                (table.len(), rows_of(table)),
                item,
            );
        }
        for (name, title) in [("windows", "受理窗口"), ("deadlines", "时限")] {
            if let Some(table) = self.table(name) {
                let item = |facts: &Facts, row: usize, out: &mut Vec<u8>| {
                    write(&table.object(facts, row), out);
                };
                self.list((name, title), (table.len(), rows_of(table)), item);
            }
        }
        let units: Vec<UnitId> = facts.units().keys().copied().collect();
        let codes = units
            .iter()
            .map(|unit| facts.regions().units[*unit].id.clone());
        let codes: Vec<String> = codes.collect();
        let regions = self.table("regions");
        self.list(
            ("counties", "有内容的县（市、区）"),
            (codes.len(), |rows| key_of(&codes[rows])),
            |facts, i, out| {
                let row = regions.zip(self.codes.get(&codes[i]));
                let row = row.map(|(table, &row)| table.object(facts, row));
                let api = Self::url(facts, &county(&codes[i]));
                write(&Linked { row, api }, out);
            },
        );
        let about =
            |dataset: &Dataset| format!("{} {} {}", dataset.id, dataset.title, dataset.about);
        let datasets: Vec<String> = self.datasets.iter().map(about).collect();
        self.list(
            ("datasets", "数据集"),
            (datasets.len(), |rows| key_of(&datasets[rows])),
            |facts, i, out| {
                let dataset = &self.datasets[i];
                let item = json!({
                    "id": dataset.id,
                    "title": dataset.title,
                    "about": dataset.about,
                    "page": Self::url(facts, &dataset.page),
                    "api": Self::url(facts, &routes::api_dataset(&dataset.id)),
                });
                write(&item, out);
            },
        );
    }

    fn dataset(&self, facts: &Facts, dataset: &Dataset) -> Vec<u8> {
        let resources: Vec<Value> = dataset
            .resources
            .iter()
            .map(|resource| {
                let volumes = resource.volumes.iter();
                let files: Vec<Value> = volumes
                    .flat_map(|volume| Format::ALL.map(|format| (volume, format)))
                    .filter_map(|(volume, format)| {
                        let file = self.files.get(volume.path(format).as_str())?;
                        Some(json!({
                            "part": Some(&volume.title).filter(|title| !title.is_empty()),
                            "format": format.ending(),
                            "mediatype": format.media_type(),
                            "url": Self::url(facts, &file.path),
                            "bytes": file.size,
                            "sha256": file.sha256,
                        }))
                    })
                    .collect();
                let fields: Vec<FieldView> = resource
                    .table
                    .fields
                    .iter()
                    .map(|field| FieldView {
                        key: field.key,
                        title: field.title,
                        description: field.about,
                        kind: kind(field.kind),
                        required: field.required,
                    })
                    .collect();
                json!({
                    "name": resource.name,
                    "title": resource.title,
                    "rows": resource.table.len(),
                    "key": resource.key,
                    "fields": fields,
                    "files": files,
                })
            })
            .collect();
        let rows = |name: &str| -> Vec<Value> {
            let at = OF_A_DOCUMENT.iter().position(|n| *n == name);
            at.zip(dataset.document)
                .map_or_else(Vec::new, |(at, document)| self.rows(facts, at, document))
        };
        let cite = dataset.cite.as_ref().map(|cite| {
            let (path, anchor) = cite.url.split_once('#').unwrap_or((&cite.url, ""));
            json!({
                "notice": cite.notice,
                "clause": cite.label,
                "url": address(facts, path, anchor),
            })
        });
        let value = json!({
            "schema": Self::schema_url(facts, "dataset"),
            "generated": self.generated(),
            "id": dataset.id,
            "title": dataset.title,
            "about": dataset.about,
            "page": Self::url(facts, &dataset.page),
            "issuers": dataset.issuers,
            "cite": cite,
            "method": dataset.method,
            "limits": dataset.limits,
            "licence": dataset.licence,
            "changed": dataset.changed.map(|day| day.to_string()),
            "stated": rows("stated"),
            "corrections": rows("corrections"),
            "resources": resources,
        });
        package::pretty(&value)
    }

    /// The rows of a document in table `at` of [`OF_A_DOCUMENT`].
    fn rows(&self, facts: &Facts, at: usize, document: DocumentId) -> Vec<Value> {
        let Some(table) = self.table(OF_A_DOCUMENT[at]) else {
            return Vec::new();
        };
        let rows = self.of_document[at].get(&document);
        rows.into_iter()
            .flatten()
            .map(|&row| value(&table.object(facts, row)))
            .collect()
    }

    fn document(&self, facts: &Facts, index: DocumentId) -> Vec<u8> {
        let this = facts.document(index);
        let mut out = serde_json::Map::new();
        out.insert("schema".into(), Self::schema_url(facts, "document").into());
        out.insert("generated".into(), self.generated().into());
        let row = self.table("documents").and_then(|table| {
            let row = *self.register.get(&index)?;
            Some(value(&table.object(facts, row)))
        });
        out.insert("document".into(), row.unwrap_or_default());
        let made = facts.made_from(index);
        let made: Vec<&str> = made
            .iter()
            .map(|&i| facts.document(i).id.as_str())
            .collect();
        out.insert("made_from_it".into(), made.into());
        let is_list = matches!(this.kind, Kind::Pilots(_) | Kind::Assessment(_));
        let dataset = is_list.then(|| {
            Self::url(
                facts,
                &routes::api_dataset(&format!("{}/{}", this.kind.folder(), this.id)),
            )
        });
        out.insert("dataset".into(), dataset.into());
        for (at, name) in OF_A_DOCUMENT.iter().enumerate() {
            out.insert(member(name).into(), self.rows(facts, at, index).into());
        }
        // The text of a notice is official and has clauses; the text of a schedule is written by its author.
        let body = facts.body(index);
        let source = body.map(|body| (body, facts.text(body.source)));
        let (clauses, remarks) = match (source, &this.kind) {
            (Some((body, source)), Kind::Notice(_)) => {
                let page = Self::url(facts, &routes::document(facts, index));
                (tree(body, source, &page), None)
            }
            (Some((body, source)), _) => {
                let said: Vec<String> = body.blocks.iter().map(|b| said(b, source)).collect();
                (Vec::new(), Some(said.join("\n")))
            }
            (None, _) => (Vec::new(), None),
        };
        out.insert("remarks".into(), remarks.into());
        out.insert("clauses".into(), value(&clauses));
        let mut bytes = to_bytes(&out);
        bytes.push(b'\n');
        bytes
    }

    fn county(&self, facts: &Facts, unit: UnitId) -> Vec<u8> {
        let regions = &facts.regions();
        let here = facts.named(unit);
        let code = &regions.units[unit].id;
        let own: Vec<DocumentId> = here
            .notices
            .iter()
            .chain(&here.schedules)
            .copied()
            .collect();
        let ids = |list: &[DocumentId]| -> Vec<&str> {
            list.iter()
                .map(|&i| facts.document(i).id.as_str())
                .collect()
        };
        let wider: Vec<Place> = regions
            .chain(Place::Unit(unit))
            .into_iter()
            .skip(1)
            .collect();
        let binding: Vec<DocumentId> = wider
            .iter()
            .flat_map(|place| facts.at(*place).iter().copied())
            .collect();
        let codes: Vec<&str> = wider
            .iter()
            .map(|&place| region_code(facts, place))
            .collect();
        let mut out = serde_json::Map::new();
        out.insert("schema".into(), Self::schema_url(facts, "county").into());
        out.insert("generated".into(), self.generated().into());
        let row = self.table("regions").zip(self.codes.get(code.as_str()));
        let row = row.map(|(table, &row)| value(&table.object(facts, row)));
        out.insert("region".into(), row.unwrap_or_default());
        out.insert("wider_regions".into(), codes.into());
        out.insert("documents".into(), ids(&own).into());
        out.insert("binding_documents".into(), ids(&binding).into());
        out.insert("listed".into(), value(&listed(facts, unit)));
        for (at, name) in OF_A_DOCUMENT.iter().enumerate().take(OF_A_COUNTY) {
            let rows: Vec<Value> = own.iter().flat_map(|&i| self.rows(facts, at, i)).collect();
            out.insert(member(name).into(), rows.into());
        }
        let mut bytes = to_bytes(&out);
        bytes.push(b'\n');
        bytes
    }
}

/// What pilot lists and assessments say about a county.
fn listed<'a>(facts: &Facts<'a>, unit: UnitId) -> Vec<ListedView<'a>> {
    let here = facts.named(unit);
    let view = |index: DocumentId, programme: &'a str, grade, listed: &'a crate::model::Listed| {
        let document = facts.document(index);
        let unit = &facts.regions().units[listed.unit];
        let folder = document.kind.folder();
        ListedView {
            document: &document.id,
            programme,
            year: document.year(),
            grade,
            name: &unit.name,
            printed_name: &listed.printed.value,
            page: address(facts, &routes::document(facts, index), &unit.id),
            api: Api::url(
                facts,
                &routes::api_dataset(&format!("{folder}/{}", document.id)),
            ),
        }
    };
    let pilots = here.pilots.iter().filter_map(|&(index, row)| {
        let Kind::Pilots(list) = &facts.document(index).kind else {
            return None;
        };
        Some(view(index, &list.programme, None, &list.rows[row]))
    });
    let grades = here.grades.iter().filter_map(|&(index, grade, row)| {
        let Kind::Assessment(assessment) = &facts.document(index).kind else {
            return None;
        };
        let grade = &assessment.grades[grade];
        Some(view(
            index,
            &assessment.programme,
            Some(grade.grade.as_str()),
            &grade.rows[row],
        ))
    });
    pilots.chain(grades).collect()
}

/// The key of some texts.
fn key_of(texts: &[String]) -> Key {
    let keyed = texts
        .iter()
        .fold(Keyed::new(), |keyed, text| keyed.text(text));
    keyed.done()
}

/// The number of tables in [`OF_A_DOCUMENT`] that the file of a county also contains.
const OF_A_COUNTY: usize = 6;

/// `schedules/quotas` -> `quotas`
fn member(table: &str) -> &str {
    table.rsplit('/').next().unwrap_or(table)
}

fn value(view: &impl Serialize) -> Value {
    serde_json::to_value(view).expect("views have only texts as keys")
}

/// The clauses of a text, each with the clauses below it.
fn tree(body: &Body, source: &str, page: &str) -> Vec<ClauseView> {
    let mut own: TiVec<ClauseId, Vec<&Block>> = vec![Vec::new(); body.clauses.len()].into();
    for block in &body.blocks {
        own[block.clause].push(block);
    }
    let mut below: TiVec<ClauseId, Vec<ClauseId>> = vec![Vec::new(); body.clauses.len()].into();
    let mut top = Vec::new();
    for (i, clause) in body.clauses.iter_enumerated() {
        match clause.parent {
            Some(parent) => below[parent].push(i),
            None => top.push(i),
        }
    }
    top.into_iter()
        .map(|i| branch(i, body, source, page, &own, &below))
        .filter(|c| !(c.text.is_empty() && c.clauses.is_empty()))
        .collect()
}

fn branch(
    index: ClauseId,
    body: &Body,
    source: &str,
    page: &str,
    own: &TiSlice<ClauseId, Vec<&Block>>,
    below: &TiSlice<ClauseId, Vec<ClauseId>>,
) -> ClauseView {
    let clause = &body.clauses[index];
    let first = own[index].first();
    let words = |range: &Range<usize>| markdown::plain(&source[range.clone()], Sort::Printed);
    let texts: Vec<String> = own[index].iter().map(|block| said(block, source)).collect();
    ClauseView {
        id: clause.anchor.clone(),
        label: clause.label.clone(),
        marker: first.map_or_else(String::new, |block| {
            words(&block.marker)
                .trim_start_matches('#')
                .trim()
                .to_owned()
        }),
        heading: clause
            .heading
            .as_deref()
            .map(|h| markdown::plain(h, Sort::Printed)),
        text: texts
            .into_iter()
            .filter(|t| !t.is_empty())
            .collect::<Vec<_>>()
            .join("\n"),
        url: format!("{page}#{}", clause.anchor),
        clauses: below[index]
            .iter()
            .map(|&i| branch(i, body, source, page, own, below))
            .collect(),
    }
}

/// A block as the page shows it, with its number.
fn said(block: &Block, source: &str) -> String {
    if block.kind == BlockKind::Markdown {
        return markdown::plain(&source[block.text.clone()], Sort::PrintedBlocks);
    }
    let marker = source[block.marker.clone()].trim_start_matches('#').trim();
    let start = if block.run_in.is_empty() {
        block.text.start
    } else {
        block.run_in.start
    };
    let text = markdown::plain(&source[start..block.text.end], Sort::Printed);
    format!("{marker}{text}")
}

/// The name, the path and the description of each schema.
const ENDPOINTS: [(&str, &str, &str); 9] = [
    (
        "documents",
        "documents.json",
        "文件目录，每页 500 份，next 是下一页",
    ),
    (
        "document",
        "documents/{id}.json",
        "一份文件：要素、条款全文、时间、引用、更正",
    ),
    (
        "counties",
        "counties.json",
        "有内容的县（市、区），每页 500 个",
    ),
    (
        "county",
        "counties/{code}.json",
        "一个县：受理时间、名额、名单里怎么说",
    ),
    ("datasets", "datasets.json", "数据集，每页 500 个"),
    (
        "dataset",
        "datasets/{id}.json",
        "一个数据集：说明、字段、下载文件",
    ),
    ("windows", "windows.json", "全部受理窗口，每页 500 个"),
    ("deadlines", "deadlines.json", "全部时限，每页 500 个"),
    ("index", "index.json", "本接口的目录"),
];
