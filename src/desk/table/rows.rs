//! Rows: what stands below the header, told apart.
//!
//! Comes in: a sheet and its layout. Goes out: [`Content`], the entries of a list or the sessions of a schedule, as
//! printed and in their order. Rows of totals, notes and headings are no entries; each is said in a remark, and totals
//! are compared with what was counted.

use std::collections::BTreeMap;

use super::columns::{Layout, Role, first_place};
use super::grid::{Cell, Nature, Row, Sheet, address, letters, one_line, squeeze};
use super::names::Names;
use super::running::{self, Section};
use super::{Kind, Options, Remark, RemarkKind, workbook};
use crate::text::strip_width;

/// A county of a list.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// `C12`, or the line of a text.
    pub place: String,
    pub heading: Option<String>,
    /// The heading stands beside the name, or in a merged cell or above the rows: it was not filled into a blank.
    pub trusted: bool,
    pub name: String,
    pub grade: Option<String>,
    /// What other columns say, for comments.
    pub notes: Vec<String>,
}

/// A value of a session as it was printed.
#[derive(Debug, Clone)]
pub(super) struct Field {
    pub place: String,
    pub text: String,
    pub nature: Nature,
}

/// A session of a schedule.
#[derive(Debug, Clone)]
pub(super) struct Session {
    pub place: String,
    pub fields: BTreeMap<Role, Field>,
    pub notes: Vec<String>,
}

/// A number that stands in a heading.
#[derive(Debug, Clone)]
pub(super) struct StatedCount {
    pub place: String,
    pub grade: Option<String>,
    pub heading: Option<String>,
    pub count: usize,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Content {
    pub titles: Vec<String>,
    pub entries: Vec<Entry>,
    pub sessions: Vec<Session>,
    /// Grades in their order, those without a county among them.
    pub grades: Vec<String>,
    pub stated: Vec<StatedCount>,
}

impl Content {
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.sessions.is_empty() && self.grades.is_empty()
    }

    pub fn add_grade(&mut self, grade: &str) {
        if !self.grades.iter().any(|g| g == grade) {
            self.grades.push(grade.to_owned());
        }
    }

    /// Compares the numbers of headings with the rows below them, and says how many there are.
    pub fn check_counts(&self, remarks: &mut Vec<Remark>) {
        for stated in &self.stated {
            let counted = self
                .entries
                .iter()
                .filter(|e| stated.grade.is_none() || e.grade == stated.grade)
                .filter(|e| stated.heading.is_none() || e.heading == stated.heading)
                .count();
            let what = stated
                .heading
                .as_ref()
                .or(stated.grade.as_ref())
                .map_or("", String::as_str);
            remarks.push(compared(&stated.place, what, stated.count, counted));
        }
        if self.entries.is_empty() {
            let count = self.sessions.len();
            remarks.push(Remark::new(
                RemarkKind::Count,
                "",
                format!("共 {count} 场"),
                format!("{count} sessions"),
            ));
            return;
        }
        let count = self.entries.len();
        let by_grade: Vec<String> = self
            .grades
            .iter()
            .map(|grade| {
                let count = self
                    .entries
                    .iter()
                    .filter(|e| e.grade.as_ref() == Some(grade))
                    .count();
                format!("{grade} {count}")
            })
            .collect();
        let (zh, en) = if by_grade.is_empty() {
            (String::new(), String::new())
        } else {
            (
                format!("：{}", by_grade.join("、")),
                format!(": {}", by_grade.join(", ")),
            )
        };
        remarks.push(Remark::new(
            RemarkKind::Count,
            "",
            format!("共 {count} 个{zh}。stated（原文数目）要照抄原文，这里不代填"),
            format!("{count} names{en}. `stated` must be copied from the official text and is not filled in"),
        ));
    }
}

/// A stated number beside the counted one.
pub(super) fn compared(place: &str, what: &str, said: usize, counted: usize) -> Remark {
    if said == counted {
        Remark::new(
            RemarkKind::Count,
            place,
            format!("{what}写着 {said} 个，名单里也是 {counted} 个"),
            format!("{what}: {said} stated, {counted} counted"),
        )
    } else {
        Remark::new(
            RemarkKind::CountDiffers,
            place,
            format!("{what}写着 {said} 个，名单里却是 {counted} 个"),
            format!("{what}: {said} stated, but {counted} counted"),
        )
    }
}

/// How the rows are read.
struct Reading<'a> {
    sheet: &'a Sheet,
    layout: &'a Layout,
    kind: Kind,
    names: &'a Names<'a>,
    content: Content,
    heading: Option<String>,
    grade: Option<String>,
    /// The last value of each column, for blanks and for 同上.
    above: BTreeMap<Role, Field>,
    filled: BTreeMap<Role, Vec<String>>,
    /// Rows since the last subtotal, and all.
    since: usize,
    all: usize,
    sums: BTreeMap<u32, Sum>,
    serials: Vec<(u32, String)>,
    provinces: Vec<String>,
    remarks: &'a mut Vec<Remark>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    since: u64,
    all: u64,
}

pub(super) fn read(
    sheet: &Sheet,
    layout: &Layout,
    kind: Kind,
    options: &Options,
    names: &Names,
    remarks: &mut Vec<Remark>,
) -> Content {
    workbook::say_hidden(sheet, remarks);
    let mut reading = Reading {
        sheet,
        layout,
        kind,
        names,
        content: Content::default(),
        heading: None,
        grade: None,
        above: BTreeMap::new(),
        filled: BTreeMap::new(),
        since: 0,
        all: 0,
        sums: BTreeMap::new(),
        serials: Vec::new(),
        provinces: Vec::new(),
        remarks,
    };
    for row in &sheet.rows[..layout.header.start] {
        reading.title(row);
    }
    for row in &sheet.rows[layout.header.end..] {
        reading.row(row);
    }
    reading.say_serials();
    reading.say_filled();
    reading.say_provinces(options);
    let Reading {
        content, remarks, ..
    } = reading;
    content.check_counts(remarks);
    content
}

impl Reading<'_> {
    fn title(&mut self, row: &Row) {
        // 表一 and 附件 are no titles.
        for cell in row.cells.values() {
            self.content.titles.push(cell.line());
        }
        self.outside(row, "表头上面的文字", "text above the header");
    }

    fn outside(&mut self, row: &Row, zh: &str, en: &str) {
        self.remarks.push(Remark::new(
            RemarkKind::Outside,
            first_place(row),
            format!("{zh}，没有写进名单：{}", row.line()),
            format!("{en}, not in the list: {}", row.line()),
        ));
    }

    fn row(&mut self, row: &Row) {
        if self.repeats_header(row) {
            self.outside(row, "又一次表头", "the header again");
            return;
        }
        if is_total(row) {
            self.total(row);
            return;
        }
        if self.section_or_note(row) {
            return;
        }
        if let Some(serial) = self.layout.column_with(Role::Serial)
            && let Some(cell) = row.cells.get(&serial)
        {
            self.serials.push((row.number, cell.line()));
        }
        if self.kind == Kind::Schedule {
            self.session(row);
        } else {
            self.entries(row);
        }
    }

    fn repeats_header(&self, row: &Row) -> bool {
        self.layout.header.clone().any(|at| {
            let header = &self.sheet.rows[at];
            row.cells.len() > 1
                && row.cells.len() == header.cells.len()
                && row
                    .cells
                    .iter()
                    .zip(&header.cells)
                    .all(|(a, b)| squeeze(&a.1.text) == squeeze(&b.1.text))
        })
    }

    /// Rows of one cell: headings of prefectures or grades, notes.
    fn section_or_note(&mut self, row: &Row) -> bool {
        let mut cells = row.cells.iter();
        let (Some((column, cell)), None) = (cells.next(), cells.next()) else {
            return false;
        };
        let main = if self.kind == Kind::Schedule {
            Role::Date
        } else {
            Role::County
        };
        let in_main = self.layout.column_with(main) == Some(*column);
        let wide = self.sheet.merges.right(row.number, *column) > *column;
        let place = address(row.number, *column);
        if self.kind != Kind::Schedule
            && (!in_main || wide || !self.names.is_name(&cell.text))
            && let Some(section) = running::section(&cell.text, self.names)
        {
            self.section(&place, section, cell);
            return true;
        }
        let note = is_note(&cell.text);
        if note || !in_main && !self.merged_main(row, main) || wide {
            self.outside(row, "表里的说明", "a note in the table");
            return true;
        }
        false
    }

    /// Whether the main column shows a merged cell from above.
    fn merged_main(&self, row: &Row, main: Role) -> bool {
        self.layout
            .column_with(main)
            .is_some_and(|column| self.sheet.merged(row.number, column).is_some())
    }

    fn section(&mut self, place: &str, section: Section, cell: &Cell) {
        self.remarks.push(Remark::new(
            RemarkKind::Outside,
            place,
            format!("作为小标题，管下面各行：{}", cell.line()),
            format!("taken as a heading of the rows below: {}", cell.line()),
        ));
        if let Some(grade) = &section.grade {
            self.content.add_grade(grade);
            self.grade = Some(grade.clone());
            self.heading = None;
        }
        if let Some(heading) = &section.heading {
            self.heading = Some(heading.clone());
        }
        self.above.remove(&Role::Prefecture);
        self.above.remove(&Role::Grade);
        if let Some(count) = section.count {
            self.content.stated.push(StatedCount {
                place: place.to_owned(),
                grade: self.grade.clone(),
                heading: section.heading,
                count,
            });
        }
    }

    /// The value of a column in a row: its own, that of a merged area, that of the row above where it says 同上 or
    /// (if `fill`) is blank. And whether it is printed.
    fn value(&mut self, row: &Row, role: Role, fill: bool) -> Option<(Field, bool)> {
        let column = self.layout.column_with(role)?;
        let place = address(row.number, column);
        let own = row.cells.get(&column);
        let same = own.is_some_and(|cell| says_same(&cell.text));
        if let Some(cell) = own.filter(|_| !same) {
            let field = Field {
                place,
                text: cell.text.clone(),
                nature: cell.nature,
            };
            self.above.insert(role, field.clone());
            return Some((field, true));
        }
        if own.is_none()
            && let Some(cell) = self.sheet.merged(row.number, column)
        {
            let field = Field {
                place,
                text: cell.text.clone(),
                nature: cell.nature,
            };
            return Some((field, true));
        }
        if !same && !fill {
            return None;
        }
        let above = self.above.get(&role).cloned();
        if let Some(cell) = own {
            self.remarks.push(Remark::new(
                RemarkKind::Filled,
                place.clone(),
                format!(
                    "“{}”照上一行算：{}",
                    cell.line(),
                    above
                        .as_ref()
                        .map_or_else(String::new, |f| one_line(&f.text))
                ),
                format!(
                    "\"{}\" taken as the row above: {}",
                    cell.line(),
                    above
                        .as_ref()
                        .map_or_else(String::new, |f| one_line(&f.text))
                ),
            ));
        } else if above.is_some() {
            self.filled.entry(role).or_default().push(place.clone());
        }
        above.map(|field| (Field { place, ..field }, same))
    }

    /// What other columns hold.
    fn notes(&self, row: &Row) -> Vec<String> {
        self.layout
            .columns
            .iter()
            .filter(|c| c.role == Role::Other)
            .filter_map(|c| {
                let cell = row
                    .cells
                    .get(&c.index)
                    .or_else(|| self.sheet.merged(row.number, c.index))?;
                let words = if c.words.is_empty() {
                    letters(c.index)
                } else {
                    c.words.clone()
                };
                Some(format!("{words}：{}", cell.line()))
            })
            .collect()
    }

    fn entries(&mut self, row: &Row) {
        if let Some((field, _)) = self.value(row, Role::Province, false)
            && !self.provinces.contains(&field.text)
        {
            self.provinces.push(field.text);
        }
        let Some((county, _)) = self.value(row, Role::County, false) else {
            self.unread(row, "没有县名", "has no county");
            return;
        };
        let grade = self.value(row, Role::Grade, self.grade.is_none());
        let grade = grade
            .map(|(field, _)| squeeze(&field.text))
            .or_else(|| self.grade.clone());
        if let Some(grade) = &grade {
            self.content.add_grade(grade);
        }
        let mut notes = self.notes(row);
        if matches!(squeeze(&county.text).as_str(), "无" | "—" | "-" | "/") && grade.is_some() {
            self.remarks.push(Remark::new(
                RemarkKind::Outside,
                first_place(row),
                format!("写着没有单位：{}", row.line()),
                format!("says that there is none: {}", row.line()),
            ));
            return;
        }
        let prefecture = self.value(row, Role::Prefecture, self.heading.is_none());
        let (heading, trusted) = match prefecture {
            Some((field, printed)) => {
                // A printed prefecture ends what a heading above the rows says.
                self.heading = None;
                (Some(field.text), printed)
            }
            None => (self.heading.clone(), true),
        };
        let heading =
            heading.map(|text| self.names.heading(&text).unwrap_or_else(|| squeeze(&text)));
        let place = county.place.clone();
        let pieces = self.pieces(&county.text);
        let cell = one_line(&county.text);
        let whole = pieces.len() == 1
            && pieces
                .iter()
                .all(|(own, name)| own.is_none() && *name == cell);
        if !whole {
            let list: Vec<String> = pieces
                .iter()
                .map(|(own, name)| {
                    own.as_ref()
                        .map_or_else(|| name.clone(), |own| format!("{own} {name}"))
                })
                .collect();
            self.remarks.push(Remark::new(
                RemarkKind::Divided,
                place.clone(),
                format!("“{cell}”读作：{}", list.join("；")),
                format!("\"{cell}\" was read as: {}", list.join("; ")),
            ));
        }
        self.count(row, pieces.len());
        for (own, name) in pieces {
            let (heading, name, trusted) = match (own, &heading) {
                // Two prefectures for one name: the column's stands, and the name stays as it is printed.
                (Some(own), Some(column)) if own != *column && trusted => {
                    (Some(column.clone()), format!("{own}{name}"), true)
                }
                (Some(own), _) => (Some(own), name, true),
                (None, column) => (column.clone(), name, trusted),
            };
            self.content.entries.push(Entry {
                place: place.clone(),
                heading,
                trusted,
                name,
                grade: grade.clone(),
                notes: std::mem::take(&mut notes),
            });
        }
    }

    /// The names in a cell, each with the prefecture that stands before it. A name that is only broken into lines
    /// stays one.
    fn pieces(&self, text: &str) -> Vec<(Option<String>, String)> {
        let whole = one_line(text);
        if text.contains('\n') && self.names.is_name(&whole) {
            return vec![(None, squeeze(text))];
        }
        let list: Vec<&str> = text
            .split(['、', '，', ',', '；', ';', '\n'])
            .map(str::trim)
            .filter(|piece| !piece.is_empty())
            .collect();
        let list = if list.is_empty() {
            vec![whole.as_str()]
        } else {
            list
        };
        list.into_iter()
            .map(|piece| self.names.divide(&one_line(piece)))
            .collect()
    }

    fn session(&mut self, row: &Row) {
        let mut fields = BTreeMap::new();
        for (role, fill) in [
            (Role::Date, true),
            (Role::Place, true),
            (Role::Service, true),
            (Role::Morning, false),
            (Role::Afternoon, false),
            (Role::Phone, false),
        ] {
            if let Some((field, _)) = self.value(row, role, fill) {
                fields.insert(role, field);
            }
        }
        self.count(row, 1);
        let session = Session {
            place: first_place(row),
            fields,
            notes: self.notes(row),
        };
        self.content.sessions.push(session);
    }

    /// Counts a row for the totals.
    fn count(&mut self, row: &Row, names: usize) {
        self.since += names;
        self.all += names;
        for (column, cell) in &row.cells {
            if let Some(number) = number_in(&cell.text) {
                let sum = self.sums.entry(*column).or_default();
                sum.since = sum.since.saturating_add(number);
                sum.all = sum.all.saturating_add(number);
            }
        }
    }

    fn unread(&mut self, row: &Row, zh: &str, en: &str) {
        self.remarks.push(Remark::new(
            RemarkKind::Unread,
            first_place(row),
            format!("这一行{zh}，没有写进文件：{}", row.line()),
            format!("this row {en} and was not written: {}", row.line()),
        ));
    }

    fn total(&mut self, row: &Row) {
        self.outside(row, "合计行", "a row of totals");
        let part = row
            .cells
            .values()
            .any(|cell| squeeze(&cell.text).contains("小计") || self.names.is_name(&cell.text));
        for (column, cell) in &row.cells {
            let Some(said) = number_in(&cell.text) else {
                continue;
            };
            let sum = self.sums.get(column).copied().unwrap_or_default();
            let (rows, sum) = if part {
                (self.since, sum.since)
            } else {
                (self.all, sum.all)
            };
            let place = address(row.number, *column);
            let rows_too = u64::try_from(rows).unwrap_or(u64::MAX);
            if said == rows_too || (said == sum && sum > 0) {
                self.remarks.push(Remark::new(
                    RemarkKind::Count,
                    place,
                    format!("合计 {said}，数下来相符"),
                    format!("total {said}, as counted"),
                ));
            } else {
                let (zh, en) = if sum > 0 {
                    (
                        format!("，这一列加起来是 {sum}"),
                        format!(", the column adds up to {sum}"),
                    )
                } else {
                    (String::new(), String::new())
                };
                self.remarks.push(Remark::new(
                    RemarkKind::CountDiffers,
                    place,
                    format!("合计写着 {said}，数下来是 {rows} 个{zh}"),
                    format!("total {said}, but {rows} were counted{en}"),
                ));
            }
        }
        if part {
            self.since = 0;
            for sum in self.sums.values_mut() {
                sum.since = 0;
            }
        }
        self.above.remove(&Role::Prefecture);
    }

    /// Running numbers are not written; gaps in them are said.
    fn say_serials(&mut self) {
        let Some(column) = self.layout.column_with(Role::Serial) else {
            return;
        };
        let mut runs: Vec<(String, String)> = Vec::new();
        let mut last: Option<u64> = None;
        for (row, text) in &self.serials {
            let number: Option<u64> = strip_width(text).parse().ok();
            match (last, number) {
                (Some(before), Some(now)) if now == before.saturating_add(1) => {
                    if let Some(run) = runs.last_mut() {
                        run.1 = text.clone();
                    }
                }
                (before, now) => {
                    runs.push((text.clone(), text.clone()));
                    if let (Some(before), Some(now)) = (before, now)
                        && now != 1
                    {
                        self.remarks.push(Remark::new(
                            RemarkKind::Gap,
                            address(*row, column),
                            format!("序号从 {before} 到 {now}，不相连"),
                            format!("running number {now} follows {before}"),
                        ));
                    }
                }
            }
            last = number.or(last);
        }
        if runs.is_empty() {
            return;
        }
        let list: Vec<String> = runs
            .into_iter()
            .map(|(from, to)| {
                if from == to {
                    from
                } else {
                    format!("{from}–{to}")
                }
            })
            .collect();
        self.remarks.push(Remark::new(
            RemarkKind::Outside,
            letters(column),
            format!("序号不写进文件：{}", list.join("、")),
            format!("running numbers are not written: {}", list.join(", ")),
        ));
    }

    fn say_filled(&mut self) {
        for (role, places) in std::mem::take(&mut self.filled) {
            let column = self
                .layout
                .column_with(role)
                .map(letters)
                .unwrap_or_default();
            let list = places.join("、");
            self.remarks.push(Remark::new(
                RemarkKind::Filled,
                column,
                format!("空格照上一行填了：{list}"),
                format!("blanks were filled from the row above: {list}"),
            ));
        }
    }

    fn say_provinces(&mut self, options: &Options) {
        if self.provinces.is_empty() {
            return;
        }
        let list: Vec<String> = self.provinces.iter().map(|text| one_line(text)).collect();
        let list = list.join("、");
        let fits = options.region.as_deref().is_none_or(|region| {
            self.provinces
                .iter()
                .all(|p| region.starts_with(p.as_str()))
        });
        let kind = if fits {
            RemarkKind::Outside
        } else {
            RemarkKind::Value
        };
        self.remarks.push(Remark::new(
            kind,
            "",
            format!("省一列写着：{list}"),
            format!("the column of provinces says: {list}"),
        ));
    }
}

/// 合计, 小计 … in one of the first cells.
fn is_total(row: &Row) -> bool {
    row.cells.values().take(3).any(|cell| {
        let plain = squeeze(&cell.text);
        plain.chars().count() <= 12
            && ["合计", "小计", "总计", "共计"]
                .iter()
                .any(|word| plain.starts_with(word) || plain.ends_with(word))
    })
}

/// Words below or between the rows, and no name.
fn is_note(text: &str) -> bool {
    let plain = squeeze(text);
    let starts = [
        "注",
        "说明",
        "备注",
        "填表",
        "制表",
        "联系人",
        "附",
        "数据来源",
        "单位：",
        "审核",
        "负责人",
        "咨询电话",
        "※",
        "*",
    ];
    starts.iter().any(|word| plain.starts_with(word))
        || plain.contains('。') && !plain.contains('、')
        || plain.chars().count() > 60 && !plain.contains('、')
}

/// 同上, 〃: as the row above.
fn says_same(text: &str) -> bool {
    matches!(
        squeeze(text).as_str(),
        "同上" | "〃" | "″" | "\"" | "”" | "″″"
    )
}

/// The number in `30`, `30个`, `合计30名`; nothing where there are several, or none.
pub(super) fn number_in(text: &str) -> Option<u64> {
    let plain = squeeze(&strip_width(text));
    let mut numbers = plain
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty());
    let (Some(number), None) = (numbers.next(), numbers.next()) else {
        return None;
    };
    let rest = plain.replacen(number, "", 1);
    (number.len() <= 9 && rest.chars().all(|c| "个名人县合小总共计:：".contains(c)))
        .then(|| number.parse().ok())
        .flatten()
}
