//! Tables: columns, each drawn once with its key, its words, its constraints and where its values come from.
//!
//! Comes in: handles of rows (indices into the model). Goes out: [`Table`], which makes a row when it is asked for it
//! and keeps none. CSV, workbooks, JSON, the data package, the schemas of the API and the tables on pages are all
//! made from it.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::atlas::Atlas;
use crate::atlas::links::CiteView;
use crate::atlas::routes;
use crate::model::{Citation, Document, DocumentId, Found, Model, Place};

/// A value. [`Cell::Empty`]: the text does not say (原文未载明), or the column does not apply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell<'a> {
    Empty,
    Text(Cow<'a, str>),
    List(Vec<Cow<'a, str>>),
    Number(i64),
    Day(Date),
    Flag(bool),
}

/// Between the items of a list, where a list is written as text.
const BETWEEN: &str = "；";

impl<'a> Cell<'a> {
    pub fn text(value: &'a str) -> Self {
        if value.is_empty() {
            Self::Empty
        } else {
            Self::Text(Cow::Borrowed(value))
        }
    }

    pub fn words(value: String) -> Self {
        if value.is_empty() {
            Self::Empty
        } else {
            Self::Text(Cow::Owned(value))
        }
    }

    pub fn maybe(value: Option<&'a str>) -> Self {
        value.map_or(Self::Empty, Self::text)
    }

    pub fn list(values: impl IntoIterator<Item = &'a str>) -> Self {
        let list: Vec<Cow<str>> = values.into_iter().map(Cow::Borrowed).collect();
        if list.is_empty() {
            Self::Empty
        } else {
            Self::List(list)
        }
    }

    pub fn number(value: impl TryInto<i64>) -> Self {
        value.try_into().map_or(Self::Empty, Self::Number)
    }

    pub fn day(value: Option<Date>) -> Self {
        value.map_or(Self::Empty, Self::Day)
    }

    /// The value as text; nothing for an empty one.
    pub fn plain(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Empty => None,
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::List(items) => Some(Cow::Owned(items.join(BETWEEN))),
            Self::Number(number) => Some(Cow::Owned(number.to_string())),
            Self::Day(day) => Some(Cow::Owned(day.to_string())),
            Self::Flag(flag) => Some(Cow::Borrowed(if *flag { "true" } else { "false" })),
        }
    }
}

impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Empty => out.serialize_none(),
            Self::Text(text) => out.serialize_str(text),
            Self::List(items) => out.collect_seq(items),
            Self::Number(number) => out.serialize_i64(*number),
            Self::Day(day) => out.collect_str(day),
            Self::Flag(flag) => out.serialize_bool(*flag),
        }
    }
}

/// Text for a cell of a spreadsheet. A program that opens the file would run what begins with `=`, `+`, `-`, `@` (also
/// full-width, also behind white space), a tab or a line break: an apostrophe is put in front. It is put in front of
/// text that begins with an apostrophe too, so that the rule can be turned round: who takes one apostrophe off the
/// front of every text that has one has the plain values.
pub fn guarded(text: &str) -> Cow<'_, str> {
    let invisible = |c: char| c.is_whitespace() || c.is_control() || "\u{200b}\u{feff}".contains(c);
    let runs = text.starts_with(['\'', '\t', '\r', '\n'])
        || text
            .trim_start_matches(invisible)
            .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if runs {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    Text,
    /// An absolute address.
    Url,
    /// Several texts: an array in JSON, one text with `；` between them elsewhere.
    List,
    Number,
    Day,
    Flag,
}

/// What a value names in another table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refers {
    /// `regions.code`
    Region,
    /// `documents.id`
    Document,
}

/// A column without its values.
#[derive(Debug, Clone)]
pub struct Field {
    /// English, in small letters: the head of the column in CSV, the member in JSON.
    pub key: &'static str,
    /// Chinese: the head of the column in workbooks and on pages.
    pub title: &'static str,
    pub about: &'static str,
    pub kind: Type,
    pub required: bool,
    pub unique: bool,
    pub one_of: Vec<String>,
    pub pattern: Option<&'static str>,
    pub refers: Option<Refers>,
    /// Whether the table on the page has it; the files have every column.
    pub shown: bool,
}

/// What a handle of a row leads to.
pub trait Record: Copy + Send + Sync + 'static {
    /// Unique in its table and stable: the anchor of the row on the page.
    fn id(self, atlas: &Atlas) -> String;

    /// The document that carries the row.
    fn document(self) -> Option<DocumentId>;

    /// Where the official text says so.
    fn citation<'a>(self, _atlas: &Atlas<'a>) -> Option<&'a Citation> {
        None
    }

    /// The same, found, with the words quoted.
    fn clause<'a>(self, atlas: &Atlas<'a>) -> Option<Clause<'a>> {
        let cite = self.citation(atlas)?;
        let found = atlas.model.resolve(self.document()?, cite).ok()?;
        let quote = cite.quote.as_ref().map(|q| q.value.as_str());
        Clause::new(atlas, found, quote)
    }
}

/// The clause that a row stands on.
#[derive(Debug, Clone, Copy)]
pub struct Clause<'a> {
    pub document: DocumentId,
    pub anchor: &'a str,
    pub label: &'a str,
    pub quote: Option<&'a str>,
}

impl<'a> Clause<'a> {
    pub fn new(atlas: &Atlas<'a>, found: Found, quote: Option<&'a str>) -> Option<Self> {
        let body = atlas.model.documents[found.document].body.as_ref()?;
        let clause = &body.clauses[found.clause];
        Some(Self {
            document: found.document,
            anchor: &clause.anchor,
            label: &clause.label,
            quote,
        })
    }

    fn view(&self, atlas: &Atlas) -> CiteView {
        CiteView {
            url: format!(
                "{}#{}",
                routes::document(atlas.model, self.document),
                self.anchor
            ),
            label: self.label.to_owned(),
            notice: atlas.short_title(self.document),
            quote: self.quote.map(str::to_owned),
        }
    }
}

/// A row being read: its handle and what was looked up once for all its columns.
#[derive(Debug, Clone, Copy)]
pub struct At<'a, R> {
    pub atlas: &'a Atlas<'a>,
    pub row: R,
    pub clause: Option<Clause<'a>>,
}

impl<'a, R: Record> At<'a, R> {
    fn new(atlas: &'a Atlas<'a>, row: R) -> Self {
        Self {
            atlas,
            row,
            clause: row.clause(atlas),
        }
    }

    pub fn model(&self) -> &'a Model {
        self.atlas.model
    }

    /// The document that carries the row.
    pub fn document(&self) -> Option<&'a Document> {
        self.row
            .document()
            .map(|index| &*self.atlas.model.documents[index])
    }
}

type Read<R> = Box<dyn for<'a> Fn(&At<'a, R>) -> Cell<'a> + Send + Sync>;
type LinkTo<R> = Box<dyn for<'a> Fn(&At<'a, R>) -> Option<String> + Send + Sync>;

/// A column: what it is, and how its value is read off a row.
pub struct Column<R> {
    field: Field,
    cell: Read<R>,
    link: Option<LinkTo<R>>,
}

impl<R> Column<R> {
    pub fn new(
        key: &'static str,
        title: &'static str,
        kind: Type,
        about: &'static str,
        cell: impl for<'a> Fn(&At<'a, R>) -> Cell<'a> + Send + Sync + 'static,
    ) -> Self {
        Self {
            field: Field {
                key,
                title,
                about,
                kind,
                required: false,
                unique: false,
                one_of: Vec::new(),
                pattern: None,
                refers: None,
                shown: false,
            },
            cell: Box::new(cell),
            link: None,
        }
    }

    /// Never empty.
    pub fn required(mut self) -> Self {
        self.field.required = true;
        self
    }

    /// Never empty, never twice.
    pub fn unique(mut self) -> Self {
        self.field.unique = true;
        self.required()
    }

    pub fn one_of<S: Into<String>>(mut self, values: impl IntoIterator<Item = S>) -> Self {
        self.field.one_of = values.into_iter().map(Into::into).collect();
        self
    }

    pub fn pattern(mut self, pattern: &'static str) -> Self {
        self.field.pattern = Some(pattern);
        self
    }

    pub fn refers(mut self, to: Refers) -> Self {
        self.field.refers = Some(to);
        self
    }

    /// The table on the page has this column.
    pub fn shown(mut self) -> Self {
        self.field.shown = true;
        self
    }

    /// On the page the value leads to a page (a site path).
    pub fn leads(
        mut self,
        link: impl for<'a> Fn(&At<'a, R>) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        self.link = Some(Box::new(link));
        self
    }
}

/// A row as its page shows it.
#[derive(Debug)]
pub struct Shown<'a> {
    pub id: String,
    /// Values of the columns shown, with the page that each leads to.
    pub cells: Vec<(Cell<'a>, Option<String>)>,
    pub cite: Option<CiteView>,
}

type Maker<'a, T> = Box<dyn Fn(usize) -> T + Send + Sync + 'a>;

/// A table with any handles.
pub struct Table<'a> {
    pub fields: Vec<Field>,
    rows: usize,
    read: Maker<'a, Vec<Cell<'a>>>,
    show: Maker<'a, Shown<'a>>,
    id: Maker<'a, String>,
    document: Maker<'a, Option<DocumentId>>,
}

impl fmt::Debug for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table")
            .field("fields", &self.fields)
            .field("rows", &self.rows)
            .finish_non_exhaustive()
    }
}

impl<'a> Table<'a> {
    pub fn new<R: Record>(atlas: &'a Atlas<'a>, columns: Vec<Column<R>>, rows: Vec<R>) -> Self {
        let fields = columns.iter().map(|c| c.field.clone()).collect();
        let count = rows.len();
        let handles: Arc<[R]> = rows.into();
        let (ids, documents) = (Arc::clone(&handles), Arc::clone(&handles));
        let both = Arc::new((columns, handles));
        let other = Arc::clone(&both);
        Self {
            fields,
            rows: count,
            id: Box::new(move |index| ids[index].id(atlas)),
            document: Box::new(move |index| documents[index].document()),
            read: Box::new(move |index| {
                let (columns, rows) = &*both;
                let at = At::new(atlas, rows[index]);
                columns.iter().map(|column| (column.cell)(&at)).collect()
            }),
            show: Box::new(move |index| {
                let (columns, rows) = &*other;
                let row = rows[index];
                let at = At::new(atlas, row);
                let shown = columns.iter().filter(|column| column.field.shown);
                Shown {
                    id: row.id(atlas),
                    cells: shown
                        .map(|c| ((c.cell)(&at), c.link.as_ref().and_then(|link| link(&at))))
                        .collect(),
                    cite: at.clause.map(|clause| clause.view(atlas)),
                }
            }),
        }
    }

    pub fn len(&self) -> usize {
        self.rows
    }

    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Makes row `index`, a value for each field.
    pub fn row(&self, index: usize) -> Vec<Cell<'a>> {
        (self.read)(index)
    }

    /// What tells row `index` apart.
    pub fn id(&self, index: usize) -> String {
        (self.id)(index)
    }

    /// The document that carries row `index`.
    pub fn document(&self, index: usize) -> Option<DocumentId> {
        (self.document)(index)
    }

    /// Makes row `index` as its page shows it.
    pub fn shown(&self, index: usize) -> Shown<'a> {
        (self.show)(index)
    }

    /// Makes row `index` as a JSON object.
    pub fn object(&self, index: usize) -> Object<'_, 'a> {
        Object {
            fields: &self.fields,
            cells: self.row(index),
        }
    }

    pub fn objects(&self) -> impl Iterator<Item = Object<'_, 'a>> {
        (0..self.rows).map(|index| self.object(index))
    }
}

/// A row with its keys.
#[derive(Debug)]
pub struct Object<'t, 'a> {
    fields: &'t [Field],
    cells: Vec<Cell<'a>>,
}

impl Serialize for Object<'_, '_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let mut map = out.serialize_map(Some(self.fields.len()))?;
        for (field, cell) in self.fields.iter().zip(&self.cells) {
            map.serialize_entry(field.key, cell)?;
        }
        map.end()
    }
}

/// The address of a place on a page, as people copy it.
pub fn address(atlas: &Atlas, path: &str, anchor: &str) -> String {
    let url = routes::canonical(&atlas.model.site.base_url, path);
    if anchor.is_empty() {
        url
    } else {
        format!("{url}#{anchor}")
    }
}

/// The columns that say where a fact stands.
pub fn source_columns<R: Record>() -> Vec<Column<R>> {
    vec![
        Column::new(
            "source",
            "来源文件",
            Type::Text,
            "写明这件事的文件，用文件编号表示",
            |at: &At<R>| {
                Cell::maybe(
                    at.clause
                        .map(|c| at.atlas.model.documents[c.document].id.as_str()),
                )
            },
        )
        .refers(Refers::Document),
        Column::new(
            "clause",
            "条款",
            Type::Text,
            "写明这件事的条款，与网页上的写法一样",
            |at: &At<R>| Cell::maybe(at.clause.map(|c| c.label)),
        ),
        Column::new(
            "quote",
            "原文",
            Type::Text,
            "条款里的原话，照录；没有摘引的为空",
            |at: &At<R>| Cell::maybe(at.clause.and_then(|c| c.quote)),
        ),
        Column::new(
            "url",
            "条款网址",
            Type::Url,
            "打开网页直接到这一条",
            |at: &At<R>| {
                at.clause.map_or(Cell::Empty, |c| {
                    let path = routes::document(at.atlas.model, c.document);
                    Cell::words(address(at.atlas, &path, c.anchor))
                })
            },
        ),
    ]
}

/// The columns that say where a document applies.
pub fn place_columns<R: Record>() -> Vec<Column<R>> {
    let named = |at: &At<R>, level: fn(&Place) -> bool| {
        let place = at.document().and_then(|d| d.place)?;
        at.atlas.model.regions.chain(place).into_iter().find(level)
    };
    let name = move |at: &At<R>, level: fn(&Place) -> bool| {
        named(at, level)
            .filter(|place| !heading(at.atlas.model, *place))
            .map_or(Cell::Empty, |place| {
                Cell::words(at.atlas.model.regions.name(place).to_owned())
            })
    };
    vec![
        Column::new(
            "region_code",
            "区划代码",
            Type::Text,
            "适用地区的代码，按文件当时的区划；CN 是全国",
            |at: &At<R>| {
                at.document()
                    .and_then(|d| d.place)
                    .map_or(Cell::Empty, |p| Cell::text(region_code(at.atlas.model, p)))
            },
        )
        .refers(Refers::Region),
        Column::new(
            "region",
            "地区",
            Type::Text,
            "适用地区的名称，按文件当时的区划",
            move |at: &At<R>| name(at, |_| true),
        )
        .shown()
        .leads(|at: &At<R>| {
            let place = at.document()?.place?;
            Some(at.atlas.place_link(place).url).filter(|url| !url.is_empty())
        }),
        Column::new(
            "province",
            "省",
            Type::Text,
            "所在的省级行政区；全国的文件为空",
            move |at: &At<R>| name(at, |place| matches!(place, Place::Province(_))),
        )
        .shown(),
        Column::new(
            "prefecture",
            "市",
            Type::Text,
            "所在的地级行政区；全国、全省的文件和省直辖的县为空",
            move |at: &At<R>| name(at, |place| matches!(place, Place::Prefecture(_))),
        ),
    ]
}

fn heading(model: &Model, place: Place) -> bool {
    matches!(place, Place::Prefecture(i) if model.regions.prefectures[i].is_heading())
}

/// The code of a place in `regions`.
pub fn region_code(model: &Model, place: Place) -> &str {
    match place {
        Place::Country => "CN",
        Place::Province(i) => &model.regions.provinces[i].code,
        Place::Prefecture(i) => &model.regions.prefectures[i].code,
        Place::Unit(i) => &model.regions.units[i].id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_made_harmless_and_can_be_had_back() {
        for text in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "＝1",
            "＋1",
            "－1",
            "＠1",
            " =1",
            "'=1",
            "'",
            "\u{feff}=1",
            "\n=1",
        ] {
            let safe = guarded(text);
            assert!(safe.starts_with('\''), "{text:?}");
            assert_eq!(safe.strip_prefix('\''), Some(text));
        }
        for text in ["右玉县", "72.62%", "410102", "6月底", "a=b", ""] {
            assert_eq!(guarded(text), text);
        }
    }
}
