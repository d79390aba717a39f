//! Tables and columns. A column is defined once, with its key, its description, its constraints, and how to read its
//! value.
//!
//! Comes in: handles of rows (indices into the model). Goes out: [`Table`], which makes a row on request and keeps
//! none. CSV, workbooks, JSON, the data package, the schemas of the API and the tables on pages are all made from it.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::atlas::Facts;
use crate::atlas::links::CiteView;
use crate::atlas::routes;
use crate::memo::{Key, Keyed};
use crate::model::{Cite, ClauseId, Document, DocumentId, Place, Regions};

/// A value. [`Cell::Empty`] means that the text does not give it (原文未载明) or that the column does not apply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell<'a> {
    Empty,
    Text(Cow<'a, str>),
    List(Vec<Cow<'a, str>>),
    Number(i64),
    Day(Date),
    Flag(bool),
}

/// The separator between the items of a list that is written as text.
const BETWEEN: &str = "；";

impl<'a> Cell<'a> {
    /// A text; empty if it has no characters.
    pub fn text(value: &'a str) -> Self {
        if value.is_empty() {
            Self::Empty
        } else {
            Self::Text(Cow::Borrowed(value))
        }
    }

    /// A text that was composed; empty if it has no characters.
    pub fn words(value: String) -> Self {
        if value.is_empty() {
            Self::Empty
        } else {
            Self::Text(Cow::Owned(value))
        }
    }

    /// A text that may be absent.
    pub fn maybe(value: Option<&'a str>) -> Self {
        value.map_or(Self::Empty, Self::text)
    }

    /// A list of texts; empty if it has no items.
    pub fn list(values: impl IntoIterator<Item = &'a str>) -> Self {
        let list: Vec<Cow<str>> = values.into_iter().map(Cow::Borrowed).collect();
        if list.is_empty() {
            Self::Empty
        } else {
            Self::List(list)
        }
    }

    /// A whole number; empty if it is too large.
    pub fn number(value: impl TryInto<i64>) -> Self {
        value.try_into().map_or(Self::Empty, Self::Number)
    }

    /// A day that may be absent.
    pub fn day(value: Option<Date>) -> Self {
        value.map_or(Self::Empty, Self::Day)
    }

    /// The value as text; nothing if it is empty.
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

/// Escapes text for a cell of a spreadsheet. A spreadsheet program would execute text that begins with `=`, `+`, `-`,
/// `@` (also full-width, also after white space), a tab or a line break, so an apostrophe is put before it. An
/// apostrophe is also put before text that begins with one, so that the rule can be reversed: removing one leading
/// apostrophe from every text that has one gives the original values.
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

/// The type of the values of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    Text,
    /// An absolute address.
    Url,
    /// Several texts: an array in JSON, and one text with `；` between the items in other formats.
    List,
    Number,
    Day,
    Flag,
}

/// The column of another table that the values refer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refers {
    /// `regions.code`
    Region,
    /// `documents.id`
    Document,
}

/// The definition of a column, without its values.
#[derive(Debug, Clone)]
pub struct Field {
    /// The English name, in lower case: the header in CSV and the member in JSON.
    pub key: &'static str,
    /// The Chinese name: the header in workbooks and on pages.
    pub title: &'static str,
    pub about: &'static str,
    pub kind: Type,
    pub required: bool,
    pub unique: bool,
    pub one_of: Vec<String>,
    pub pattern: Option<&'static str>,
    pub refers: Option<Refers>,
    /// Whether the table on the page has this column. Files have every column.
    pub shown: bool,
}

/// The handle of a row, and what can be found from it.
pub trait Record: Copy + Send + Sync + 'static {
    /// A stable id, unique in its table: the anchor of the row on the page.
    fn id(self, facts: &Facts) -> String;

    /// The document that contains the row.
    fn document(self) -> Option<DocumentId>;

    /// The citation for the row.
    fn citation<'a>(self, _atlas: &Facts<'a>) -> Option<&'a Cite> {
        None
    }

    /// The cited clause, with the quotation.
    fn clause<'a>(self, facts: &Facts<'a>) -> Option<Clause<'a>> {
        Clause::cited(facts, self.citation(facts)?)
    }
}

/// The clause that a row is based on.
#[derive(Debug, Clone, Copy)]
pub struct Clause<'a> {
    pub document: DocumentId,
    pub anchor: &'a str,
    pub label: &'a str,
    pub quote: Option<&'a str>,
}

impl<'a> Clause<'a> {
    /// The clause of a citation, with the quotation.
    pub fn cited(facts: &Facts<'a>, cite: &'a Cite) -> Option<Self> {
        let quote = cite.quote.as_ref().map(|q| q.value.as_str());
        Self::new(facts, cite.document, cite.clause, quote)
    }

    /// A clause with what cites it; nothing if the document has no text.
    pub fn new(
        facts: &Facts<'a>,
        document: DocumentId,
        clause: ClauseId,
        quote: Option<&'a str>,
    ) -> Option<Self> {
        let clause = &facts.clauses(document)?[clause];
        Some(Self {
            document,
            anchor: &clause.anchor,
            label: &clause.label,
            quote,
        })
    }

    fn view(&self, facts: &Facts) -> CiteView {
        CiteView {
            url: format!("{}#{}", routes::document(facts, self.document), self.anchor),
            label: self.label.to_owned(),
            notice: facts.short_title(self.document),
            quote: self.quote.map(str::to_owned),
            unstated: None,
            derived: None,
        }
    }
}

/// A row that is being read: its handle, and values that all columns need.
#[derive(Debug, Clone, Copy)]
pub struct At<'a, R> {
    pub facts: &'a Facts<'a>,
    pub row: R,
    /// The day that states refer to.
    pub today: Date,
    pub clause: Option<Clause<'a>>,
}

impl<'a, R: Record> At<'a, R> {
    fn new(facts: &'a Facts<'a>, today: Date, row: R) -> Self {
        Self {
            facts,
            row,
            today,
            clause: row.clause(facts),
        }
    }

    /// The document that contains the row.
    pub fn document(&self) -> Option<&'a Document> {
        self.row.document().map(|index| self.facts.document(index))
    }
}

type Read<R> = Box<dyn for<'a> Fn(&At<'a, R>) -> Cell<'a> + Send + Sync>;
type LinkTo<R> = Box<dyn for<'a> Fn(&At<'a, R>) -> Option<String> + Send + Sync>;

/// A column: its definition, and how to read its value from a row.
pub struct Column<R> {
    field: Field,
    cell: Read<R>,
    link: Option<LinkTo<R>>,
}

impl<R> Column<R> {
    /// A column whose values may be empty.
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

    /// The values are never empty.
    pub fn required(mut self) -> Self {
        self.field.required = true;
        self
    }

    /// The values are never empty and all different.
    pub fn unique(mut self) -> Self {
        self.field.unique = true;
        self.required()
    }

    /// The values that are allowed.
    pub fn one_of<S: Into<String>>(mut self, values: impl IntoIterator<Item = S>) -> Self {
        self.field.one_of = values.into_iter().map(Into::into).collect();
        self
    }

    /// A regular expression that every value matches.
    pub fn pattern(mut self, pattern: &'static str) -> Self {
        self.field.pattern = Some(pattern);
        self
    }

    /// The values refer to a column of another table.
    pub fn refers(mut self, to: Refers) -> Self {
        self.field.refers = Some(to);
        self
    }

    /// The table on the page has this column.
    pub fn shown(mut self) -> Self {
        self.field.shown = true;
        self
    }

    /// On the page, the value is a link to a site path.
    pub fn leads(
        mut self,
        link: impl for<'a> Fn(&At<'a, R>) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        self.link = Some(Box::new(link));
        self
    }
}

/// A row as the page shows it.
#[derive(Debug)]
pub struct Shown<'a> {
    pub id: String,
    /// The values of the columns on the page, with their links.
    pub cells: Vec<(Cell<'a>, Option<String>)>,
    pub cite: Option<CiteView>,
}

type Row = Box<dyn for<'f> Fn(&'f Facts<'f>, usize) -> Vec<Cell<'f>> + Send + Sync>;
type Show = Box<dyn for<'f> Fn(&'f Facts<'f>, usize) -> Shown<'f> + Send + Sync>;
type Id = Box<dyn Fn(&Facts, usize) -> String + Send + Sync>;
type Of = Box<dyn Fn(usize) -> Option<DocumentId> + Send + Sync>;

/// A table; the type of its handles is hidden. It has no values: whoever reads a row brings the facts, in which can be noted what
/// the row is made from.
pub struct Table {
    pub fields: Vec<Field>,
    rows: usize,
    read: Row,
    show: Show,
    id: Id,
    document: Of,
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table")
            .field("fields", &self.fields)
            .field("rows", &self.rows)
            .finish_non_exhaustive()
    }
}

impl Table {
    /// A table of these rows.
    pub fn new<R: Record>(today: Date, columns: Vec<Column<R>>, rows: Vec<R>) -> Self {
        let fields = columns.iter().map(|c| c.field.clone()).collect();
        let count = rows.len();
        let handles: Arc<[R]> = rows.into();
        let (ids, documents) = (Arc::clone(&handles), Arc::clone(&handles));
        let both = Arc::new((columns, handles));
        let other = Arc::clone(&both);
        Self {
            fields,
            rows: count,
            id: Box::new(move |facts, index| ids[index].id(facts)),
            document: Box::new(move |index| documents[index].document()),
            read: Box::new(move |facts, index| {
                let (columns, rows) = &*both;
                let at = At::new(facts, today, rows[index]);
                columns.iter().map(|column| (column.cell)(&at)).collect()
            }),
            show: Box::new(move |facts, index| {
                let (columns, rows) = &*other;
                let row = rows[index];
                let at = At::new(facts, today, row);
                let shown = columns.iter().filter(|column| column.field.shown);
                Shown {
                    id: row.id(facts),
                    cells: shown
                        .map(|c| ((c.cell)(&at), c.link.as_ref().and_then(|link| link(&at))))
                        .collect(),
                    cite: at.clause.map(|clause| clause.view(facts)),
                }
            }),
        }
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether the table has no rows.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Makes row `index`: a value for each column.
    pub fn row<'f>(&self, facts: &'f Facts<'f>, index: usize) -> Vec<Cell<'f>> {
        (self.read)(facts, index)
    }

    /// The id of row `index`.
    pub fn id(&self, facts: &Facts, index: usize) -> String {
        (self.id)(facts, index)
    }

    /// The document that contains row `index`.
    pub fn document(&self, index: usize) -> Option<DocumentId> {
        (self.document)(index)
    }

    /// Makes row `index` as the page shows it.
    pub fn shown<'f>(&self, facts: &'f Facts<'f>, index: usize) -> Shown<'f> {
        (self.show)(facts, index)
    }

    /// Makes row `index` as a JSON object.
    pub fn object<'f>(&self, facts: &'f Facts<'f>, index: usize) -> Object<'_, 'f> {
        Object {
            fields: &self.fields,
            cells: self.row(facts, index),
        }
    }

    /// The key of which rows these are: the same rows of the same documents are read from the same facts.
    pub fn key(&self, facts: &Facts, rows: impl Iterator<Item = usize>) -> Key {
        let ids = rows.map(|index| self.id(facts, index));
        ids.fold(Keyed::new(), |keyed, id| keyed.text(&id)).done()
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

/// The absolute address of a place on a page.
pub fn address(facts: &Facts, path: &str, anchor: &str) -> String {
    let url = routes::canonical(&facts.site().base_url, path);
    if anchor.is_empty() {
        url
    } else {
        format!("{url}#{anchor}")
    }
}

/// The columns of the citation: clause, quotation and address.
pub fn source_columns<R: Record>() -> Vec<Column<R>> {
    vec![
        Column::new(
            "source",
            "来源文件",
            Type::Text,
            "写明这件事的文件，用文件编号表示",
            |at: &At<R>| Cell::maybe(at.clause.map(|c| at.facts.document(c.document).id.as_str())),
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
                    let path = routes::document(at.facts, c.document);
                    Cell::words(address(at.facts, &path, c.anchor))
                })
            },
        ),
    ]
}

/// The columns of the place that a document applies to.
pub fn place_columns<R: Record>() -> Vec<Column<R>> {
    let named = |at: &At<R>, level: fn(&Place) -> bool| {
        let place = at.document().and_then(|d| d.place)?;
        at.facts.regions().chain(place).into_iter().find(level)
    };
    let name = move |at: &At<R>, level: fn(&Place) -> bool| {
        named(at, level)
            .filter(|place| !heading(at.facts.regions(), *place))
            .map_or(Cell::Empty, |place| {
                Cell::words(at.facts.regions().name(place).to_owned())
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
                    .map_or(Cell::Empty, |p| Cell::text(region_code(at.facts, p)))
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
            at.facts.place_page(place)
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

fn heading(regions: &Regions, place: Place) -> bool {
    matches!(place, Place::Prefecture(i) if regions.prefectures[i].is_heading())
}

/// The code of a place in the table `regions`.
pub fn region_code<'a>(facts: &Facts<'a>, place: Place) -> &'a str {
    match place {
        Place::Country => "CN",
        Place::Province(i) => &facts.regions().provinces[i].code,
        Place::Prefecture(i) => &facts.regions().prefectures[i].code,
        Place::Unit(i) => &facts.regions().units[i].id,
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
