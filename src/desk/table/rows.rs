//! Rows: what is below the header, classified.
//!
//! Comes in: a sheet and its layout. Goes out: [`Content`], the entries of a list or the sessions of a schedule, as
//! printed and in their order. Rows of totals, notes and headings are not entries; each is reported in a remark, and totals
//! are compared with what was counted.

use std::collections::BTreeMap;

use super::columns::Layout;
use super::content::{Content, Entry, Field, Session, StatedCount, number_in};
use super::grid::{Cell, Row, Sheet};
use super::names::Names;
use super::options::{Kind, Options, Role};
use super::section::{Section, section};
use crate::forms::spreadsheet::column_name;
use crate::remark::{Place, Remark, RemarkKind};
use crate::text::strip_width;
use crate::words::{one_line, squeeze};

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
    filled: BTreeMap<Role, Vec<Place>>,
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
    sheet.say_hidden(remarks);
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
        // 表一 and 附件 are not titles.
        for cell in row.cells.values() {
            self.content.titles.push(cell.line());
        }
        self.outside(row, "表头上面的文字", "text above the header");
    }

    fn outside(&mut self, row: &Row, zh: &str, en: &str) {
        self.remarks.push(Remark::new(
            row.place(),
            RemarkKind::Outside,
            (
                format!("{zh}，没有写进名单：{}", row.line()),
                format!("{en}, not added to the list: {}", row.line()),
            ),
        ));
    }

    fn row(&mut self, row: &Row) {
        if self.repeats_header(row) {
            self.outside(row, "又一次表头", "a repeated header");
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
        let place = Place::Cell(row.number, *column);
        if self.kind != Kind::Schedule
            && (!in_main || wide || !self.names.is_name(&cell.text))
            && let Some(section) = section(&cell.text, self.names)
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

    fn section(&mut self, place: &Place, section: Section, cell: &Cell) {
        self.remarks.push(Remark::new(
            place.clone(),
            RemarkKind::Outside,
            (
                format!("作为小标题，管下面各行：{}", cell.line()),
                format!("treated as a heading for the rows below: {}", cell.line()),
            ),
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
                place: place.clone(),
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
        let place = Place::Cell(row.number, column);
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
                place.clone(),
                RemarkKind::Filled,
                (
                    format!(
                        "“{}”照上一行算：{}",
                        cell.line(),
                        above
                            .as_ref()
                            .map_or_else(String::new, |f| one_line(&f.text))
                    ),
                    format!(
                        "\"{}\" means the same as the row above: {}",
                        cell.line(),
                        above
                            .as_ref()
                            .map_or_else(String::new, |f| one_line(&f.text))
                    ),
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
                    column_name(c.index)
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
                row.place(),
                RemarkKind::Outside,
                (
                    format!("写着没有单位：{}", row.line()),
                    format!("states that there are none: {}", row.line()),
                ),
            ));
            return;
        }
        let (heading, trusted) = self.heading_of(row);
        let place = county.place.clone();
        let pieces = self.pieces(&county.text);
        self.say_divided(&county, &pieces);
        self.count(row, pieces.len());
        for (own, name) in pieces {
            let (heading, name, trusted) = match (own, &heading) {
                // Two prefectures for one name: the column's is used, and the name stays as printed.
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

    /// The prefecture of a row, and whether it is printed in it.
    fn heading_of(&mut self, row: &Row) -> (Option<String>, bool) {
        let prefecture = self.value(row, Role::Prefecture, self.heading.is_none());
        let (heading, trusted) = match prefecture {
            Some((field, printed)) => {
                // A printed prefecture ends what a heading above the rows says.
                self.heading = None;
                (Some(field.text), printed)
            }
            None => (self.heading.clone(), true),
        };
        let known = |text: String| self.names.heading(&text).unwrap_or_else(|| squeeze(&text));
        (heading.map(known), trusted)
    }

    /// Says that a cell was not taken as one name exactly as printed.
    fn say_divided(&mut self, county: &Field, pieces: &[(Option<String>, String)]) {
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
                county.place.clone(),
                RemarkKind::Divided,
                (
                    format!("“{cell}”读作：{}", list.join("；")),
                    format!("\"{cell}\" was read as: {}", list.join("; ")),
                ),
            ));
        }
    }

    /// The names in a cell, each with the prefecture before it. A name that is only broken into lines
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
            place: row.place(),
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
            row.place(),
            RemarkKind::Unread,
            (
                format!("这一行{zh}，没有写进文件：{}", row.line()),
                format!("this row {en} and was not added: {}", row.line()),
            ),
        ));
    }

    fn total(&mut self, row: &Row) {
        self.outside(row, "合计行", "a total row");
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
            let place = Place::Cell(row.number, *column);
            let rows_too = u64::try_from(rows).unwrap_or(u64::MAX);
            if said == rows_too || (said == sum && sum > 0) {
                self.remarks.push(Remark::new(
                    place,
                    RemarkKind::Count,
                    (
                        format!("合计 {said}，数下来相符"),
                        format!("total {said} matches the count"),
                    ),
                ));
            } else {
                let (zh, en) = if sum > 0 {
                    (
                        format!("，这一列加起来是 {sum}"),
                        format!("; the column adds up to {sum}"),
                    )
                } else {
                    (String::new(), String::new())
                };
                self.remarks.push(Remark::new(
                    place,
                    RemarkKind::CountDiffers,
                    (
                        format!("合计写着 {said}，数下来是 {rows} 个{zh}"),
                        format!("total {said}, but {rows} rows were counted{en}"),
                    ),
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

    /// Serial numbers are not written; gaps in them are reported.
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
                            Place::Cell(*row, column),
                            RemarkKind::Gap,
                            (
                                format!("序号从 {before} 到 {now}，不相连"),
                                format!("serial number {now} follows {before}"),
                            ),
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
            Place::Column(column),
            RemarkKind::Outside,
            (
                format!("序号不写进文件：{}", list.join("、")),
                format!(
                    "serial numbers are not written to the file: {}",
                    list.join(", ")
                ),
            ),
        ));
    }

    fn say_filled(&mut self) {
        for (role, places) in std::mem::take(&mut self.filled) {
            let column = self.layout.column_with(role);
            let column = column.map_or(Place::Whole, Place::Column);
            let list: Vec<String> = places.iter().map(Place::to_string).collect();
            let list = list.join("、");
            self.remarks.push(Remark::new(
                column,
                RemarkKind::Filled,
                (
                    format!("空格照上一行填了：{list}"),
                    format!("blank cells were filled from the row above: {list}"),
                ),
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
            Place::Whole,
            kind,
            (
                format!("省一列写着：{list}"),
                format!("the province column contains: {list}"),
            ),
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
