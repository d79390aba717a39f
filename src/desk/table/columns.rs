//! Columns: where the header of a sheet is, and what each column holds.
//!
//! Comes in: a sheet, and the columns that the command line names. Goes out: a [`Layout`]. Words of headers are
//! recognised by the tables below; a column that is not recognised is kept, as comments.

use super::grid::{Row, Sheet};
use super::names::Names;
use super::options::{Kind, Options, ROLES, Role};
use crate::forms::spreadsheet::{column_index, column_name};
use crate::remark::{Place, Refused, Remark, RemarkKind};
use crate::text::{Bilingual, strip_width};
use crate::words::squeeze;

/// Words that are a whole header, with how sure they are: of two columns the surer one has the role.
const WHOLE: &[(Role, usize, &[&str])] = &[
    (
        Role::Serial,
        3,
        &["序号", "编号", "序", "行号", "no", "no.", "#"],
    ),
    (
        Role::Province,
        3,
        &["省", "省份", "省级", "省(市、区)", "省(区、市)", "province"],
    ),
    (Role::Prefecture, 4, &["原文归属", "heading"]),
    (
        Role::Prefecture,
        3,
        &[
            "市",
            "地市",
            "州市",
            "市州",
            "地级市",
            "市级",
            "所属市",
            "所属地市",
            "所属州市",
            "所属市州",
            "设区市",
            "设区的市",
            "盟市",
            "所在市",
            "市名",
            "市名称",
            "市地",
            "地州市",
            "市别",
            "归属",
            "prefecture",
        ],
    ),
    (Role::Prefecture, 1, &["地区", "所属地区", "城市"]),
    (
        Role::County,
        4,
        &["原文印作", "printed_name", "县名", "县级单位"],
    ),
    (
        Role::County,
        3,
        &[
            "县",
            "县区",
            "区县",
            "县市",
            "县市区",
            "市县",
            "旗县",
            "旗县区",
            "试点县",
            "试点县区",
            "试点单位",
            "县级资助中心",
            "县级资助机构",
            "县资助中心",
            "被考核单位",
            "考核单位",
            "县区名称",
            "县名称",
            "区",
            "county",
        ],
    ),
    (
        Role::County,
        1,
        &["单位", "单位名称", "名称", "名单", "资助中心", "name"],
    ),
    (
        Role::Grade,
        3,
        &[
            "等次",
            "等级",
            "考核结果",
            "评定",
            "评定结果",
            "考核等次",
            "考核等级",
            "档次",
            "评价结果",
            "评定等次",
            "评定等级",
            "考核档次",
            "grade",
        ],
    ),
    (Role::Grade, 1, &["结果", "结论"]),
    (
        Role::Date,
        3,
        &[
            "日期",
            "受理日期",
            "办理日期",
            "场次日期",
            "受理时间",
            "办理时间",
            "具体日期",
            "date",
        ],
    ),
    (Role::Date, 1, &["时间", "日程"]),
    (
        Role::Place,
        3,
        &[
            "地点",
            "受理地点",
            "办理地点",
            "场所",
            "场次地点",
            "受理点",
            "办理点",
            "place",
        ],
    ),
    (Role::Place, 1, &["学校", "受理学校", "地址", "受理单位"]),
    (
        Role::Service,
        3,
        &[
            "业务",
            "事项",
            "业务类型",
            "办理业务",
            "办理事项",
            "受理业务",
            "受理事项",
            "业务类别",
            "service",
        ],
    ),
    (Role::Service, 1, &["内容", "类别", "类型", "受理内容"]),
    (Role::Morning, 3, &["上午", "上午名额", "morning"]),
    (Role::Afternoon, 3, &["下午", "下午名额", "afternoon"]),
    (
        Role::Phone,
        3,
        &[
            "电话",
            "咨询电话",
            "联系电话",
            "办公电话",
            "服务电话",
            "联系方式",
            "phone",
        ],
    ),
];

/// Words inside a longer header, in the order in which they are searched for.
const PARTS: &[(Role, &[&str])] = &[
    (Role::Phone, &["电话", "联系方式"]),
    (Role::Morning, &["上午"]),
    (Role::Afternoon, &["下午"]),
    (Role::Grade, &["等次", "等级", "考核结果", "评定结果"]),
    (Role::Date, &["日期", "受理时间", "办理时间"]),
    (Role::Place, &["地点", "场所"]),
    (Role::Service, &["业务", "事项"]),
    (
        Role::County,
        &[
            "县市区",
            "县区",
            "区县",
            "旗县",
            "县名",
            "县级",
            "试点县",
            "县(",
            "县、市",
            "市、县",
            "(市、区)",
            "(县、区)",
        ],
    ),
    (
        Role::Prefecture,
        &["地市", "市州", "州市", "设区市", "盟市", "所属市", "所在市"],
    ),
];

/// Longer cells are not headers.
const LONGEST_HEADER: usize = 16;
/// The header is searched for in this many rows with content.
const LOOKED_AT: usize = 30;
const PART_SCORE: usize = 2;
/// More than all recognised words of a row together.
const NAMED_SCORE: usize = 100;

/// What a header says, and how sure that is.
fn recognise(words: &str) -> Option<(Role, usize)> {
    let plain = strip_width(&squeeze(words)).to_lowercase();
    if plain.is_empty() || plain.chars().count() > LONGEST_HEADER {
        return None;
    }
    let bare = without_brackets(&plain);
    let whole = |text: &str| {
        WHOLE
            .iter()
            .find(|(_, _, list)| list.contains(&text))
            .map(|(role, score, _)| (*role, *score))
    };
    whole(&plain).or_else(|| whole(&bare)).or_else(|| {
        PARTS
            .iter()
            .find(|(_, list)| list.iter().any(|part| plain.contains(part)))
            .map(|(role, _)| (*role, PART_SCORE))
    })
}

/// `县(市、区)` -> `县`
fn without_brackets(text: &str) -> String {
    let mut depth = 0usize;
    text.chars()
        .filter(|c| match c {
            '(' => {
                depth += 1;
                false
            }
            ')' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

#[derive(Debug, Clone)]
pub(super) struct Column {
    pub index: u32,
    /// Words of its header; empty where it has none.
    pub words: String,
    pub role: Role,
    score: usize,
}

/// Header and columns of a sheet.
#[derive(Debug, Clone, Default)]
pub(super) struct Layout {
    /// The rows of the header, as places in `Sheet::rows`; data begin at the second. Empty where there is none.
    pub header: std::ops::Range<usize>,
    pub columns: Vec<Column>,
    /// How well the header was recognised; 0 is not at all.
    pub score: usize,
}

impl Layout {
    /// Looks for the header: the row with the surest words; the first of equals.
    /// A row with words that the command line names as headers is surer than any other.
    pub fn find(sheet: &Sheet, options: &Options, names: &Names) -> Self {
        let mut best = (0, 0);
        for (at, row) in sheet.rows.iter().take(LOOKED_AT).enumerate() {
            let named = options
                .columns
                .iter()
                .filter(|(_, words)| {
                    row.cells
                        .values()
                        .any(|c| squeeze(&c.text) == squeeze(words))
                })
                .count();
            let score = score(row, names) + named * NAMED_SCORE;
            if score > best.0 {
                best = (score, at);
            }
        }
        let (score, at) = best;
        let header = if score == 0 {
            0..0
        } else {
            header_rows(sheet, at, names)
        };
        let mut layout = Self {
            columns: sheet
                .columns()
                .into_iter()
                .map(|index| column(sheet, &header, index, names))
                .collect(),
            header,
            score,
        };
        layout.one_column_each();
        layout
    }

    /// Of several columns with the same role only the surest keeps it.
    fn one_column_each(&mut self) {
        for (role, ..) in ROLES {
            let best = self
                .columns
                .iter()
                .filter(|c| c.role == role)
                .map(|c| c.score)
                .max();
            let mut taken = false;
            for column in self.columns.iter_mut().filter(|c| c.role == role) {
                if taken || Some(column.score) != best {
                    column.role = Role::Other;
                } else {
                    taken = true;
                }
            }
        }
    }

    /// Gives columns the roles that the command line asks for.
    pub fn map(&mut self, options: &Options, sheet: &Sheet) -> Result<(), Refused> {
        for (role, wanted) in &options.columns {
            let by_words = || {
                self.columns
                    .iter()
                    .position(|c| squeeze(&c.words) == squeeze(wanted))
            };
            let by_letters = column_index(wanted)
                .and_then(|index| self.columns.iter().position(|c| c.index == index));
            let Some(at) = by_words().or(by_letters) else {
                let seen = self.seen(sheet);
                return Err(Refused::input(
                    format!("没有列“{wanted}”。{}", seen.zh),
                    format!("there is no column \"{wanted}\". {}", seen.en),
                ));
            };
            for column in &mut self.columns {
                if column.role == *role {
                    column.role = Role::Other;
                }
            }
            self.columns[at].role = *role;
        }
        Ok(())
    }

    /// The headers that were seen, and how to name a column.
    pub fn seen(&self, sheet: &Sheet) -> Bilingual {
        let list: Vec<String> = self
            .columns
            .iter()
            .map(|column| {
                if column.words.is_empty() {
                    column_name(column.index)
                } else {
                    format!("{} {}", column_name(column.index), column.words)
                }
            })
            .collect();
        let list = list.join("；");
        Bilingual::new(
            format!(
                "工作表“{}”里看到的列：{list}。可以指明哪一列是什么，如 --column county=B 或 --column grade=考核结果（{}）",
                sheet.name,
                Role::all_names()
            ),
            format!(
                "Columns of sheet \"{}\": {list}. Name the columns, for example --column county=B or --column grade=考核结果 ({})",
                sheet.name,
                Role::all_names()
            ),
        )
    }

    /// Whether some column has a role.
    pub fn has(&self, role: Role) -> bool {
        self.columns.iter().any(|c| c.role == role)
    }

    /// The first column with a role.
    pub fn column_with(&self, role: Role) -> Option<u32> {
        self.columns
            .iter()
            .find(|c| c.role == role)
            .map(|c| c.index)
    }

    /// Leaves only the roles that a document of this kind has, and says what every column was taken for.
    pub fn settle(&mut self, kind: Kind, sheet: &Sheet, remarks: &mut Vec<Remark>) {
        for column in &mut self.columns {
            if !column.role.serves(kind) {
                column.role = Role::Other;
            }
        }
        let (mut zh, mut en) = (Vec::new(), Vec::new());
        for column in &self.columns {
            let (name_en, name_zh) = column.role.names();
            let place = column_name(column.index);
            zh.push(format!("{place}“{}”→{name_zh}", column.words));
            en.push(format!("{place} \"{}\" → {name_en}", column.words));
        }
        let place = self
            .header
            .clone()
            .next_back()
            .and_then(|at| sheet.rows.get(at))
            .map_or(Place::Whole, |row| Place::Row(row.number));
        remarks.push(Remark::new(
            place,
            RemarkKind::Columns,
            (
                format!("各列：{}", zh.join("，")),
                format!("columns: {}", en.join(", ")),
            ),
        ));
        let kept: Vec<String> = self
            .columns
            .iter()
            .filter(|c| c.role == Role::Other)
            .map(|c| format!("{}“{}”", column_name(c.index), c.words))
            .collect();
        if !kept.is_empty() {
            remarks.push(Remark::new(Place::Whole, RemarkKind::Kept, (format!(
                    "这些列在{}里没有相应的键，内容作为注释写在旁边：{}",
                    kind.words().zh,
                    kept.join("、")
                ), format!(
                    "{} has no key for these columns; their contents were written as comments: {}",
                    kind.words().en,
                    kept.join(", ")
                ))));
        }
    }
}

fn score(row: &Row, names: &Names) -> usize {
    let mut roles: Vec<(Role, usize)> = Vec::new();
    for cell in row.cells.values() {
        if squeeze(&cell.text).chars().count() > 2 * LONGEST_HEADER || names.is_name(&cell.text) {
            return 0;
        }
        if let Some((role, sure)) = recognise(&cell.text)
            && !roles.iter().any(|(r, _)| *r == role)
        {
            roles.push((role, sure));
        }
    }
    // Serial numbers alone are not a header.
    if roles.iter().all(|(role, _)| *role == Role::Serial) {
        return 0;
    }
    roles.iter().map(|(_, sure)| sure).sum()
}

/// One row, or two where the second one divides what the first one joins.
fn header_rows(sheet: &Sheet, at: usize, names: &Names) -> std::ops::Range<usize> {
    let one = at..at + 1;
    let row = &sheet.rows[at];
    if divides(sheet, at, names) {
        return at..at + 2;
    }
    // The surer row may be the lower one.
    if at > 0 && divides(sheet, at - 1, names) && sheet.rows[at - 1].cells.len() > 1 {
        return at - 1..at + 1;
    }
    let bottom = row
        .cells
        .keys()
        .map(|column| sheet.merges.bottom(row.number, *column))
        .max()
        .unwrap_or(row.number);
    // A header that is merged over rows without content of their own.
    if bottom > row.number {
        let end = sheet.rows.partition_point(|r| r.number <= bottom);
        if sheet.rows[at + 1..end.max(at + 1)]
            .iter()
            .all(|r| score(r, names) > 0)
        {
            return at..end.max(at + 1);
        }
    }
    one
}

/// Whether the row below `at` goes on with the header: a header's cell is merged sideways above at least two of its
/// cells, or (in a text) its cells are headers and lie where the upper row is blank.
fn divides(sheet: &Sheet, at: usize, names: &Names) -> bool {
    let (Some(upper), Some(lower)) = (sheet.rows.get(at), sheet.rows.get(at + 1)) else {
        return false;
    };
    if lower.number != upper.number + 1
        || lower
            .cells
            .values()
            .any(|cell| names.is_name(&cell.text) || cell.text.chars().count() > LONGEST_HEADER)
    {
        return false;
    }
    let lower_is_header = lower
        .cells
        .values()
        .filter(|cell| recognise(&cell.text).is_some_and(|(role, _)| role != Role::Serial))
        .count();
    let merged_sideways = upper.cells.keys().any(|column| {
        let right = sheet.merges.right(upper.number, *column);
        right > *column && lower.cells.range(*column..=right).count() > 1
    });
    let fills_blanks = lower
        .cells
        .keys()
        .any(|column| !upper.cells.contains_key(column))
        && lower
            .cells
            .keys()
            .all(|column| !upper.cells.contains_key(column) || merges_none(sheet, upper, *column));
    lower_is_header > 0 && upper.cells.len() > 1 && (merged_sideways || fills_blanks)
}

/// In a text nothing is merged: the first cell of a joined header is above the first of its parts.
fn merges_none(sheet: &Sheet, upper: &Row, column: u32) -> bool {
    sheet.merges.origin(upper.number, column).is_none() && !upper.cells.contains_key(&(column + 1))
}

fn column(sheet: &Sheet, header: &std::ops::Range<usize>, index: u32, names: &Names) -> Column {
    let mut words: Vec<String> = Vec::new();
    for row in &sheet.rows[header.clone()] {
        let own = row.cells.get(&index);
        let cell = own.or_else(|| sheet.merged(row.number, index)).or_else(|| {
            // In a text a joined header is above its first part only.
            let first = row.number == sheet.rows[header.start].number && header.len() > 1;
            first
                .then(|| row.cells.range(..index).next_back())
                .flatten()
                .filter(|(left, _)| divided_below(sheet, header, **left, index))
                .map(|(_, cell)| cell)
        });
        if let Some(cell) = cell
            && words.last() != Some(&cell.line())
        {
            words.push(cell.line());
        }
    }
    let joined = words.join(" ");
    let found = words
        .iter()
        .rev()
        .filter(|word| !names.is_name(word))
        .find_map(|word| recognise(word))
        .or_else(|| recognise(&joined));
    let (role, score) = found.unwrap_or((Role::Other, 0));
    Column {
        index,
        words: joined,
        role,
        score,
    }
}

/// Whether the lower row of a header has cells from `left` to `index`: parts of what is above `left`.
fn divided_below(sheet: &Sheet, header: &std::ops::Range<usize>, left: u32, index: u32) -> bool {
    let lower = &sheet.rows[header.end - 1];
    (left..=index).all(|column| lower.cells.contains_key(&column))
}

/// What the table becomes: as asked for, else by its columns.
pub(super) fn kind(options: &Options, layout: &Layout) -> Result<Kind, Refused> {
    let found = if layout.has(Role::Date) && layout.has(Role::Place) {
        Some(Kind::Schedule)
    } else if layout.has(Role::County) && layout.has(Role::Grade) {
        Some(Kind::Assessment)
    } else if layout.has(Role::County) {
        Some(Kind::Pilots)
    } else {
        None
    };
    let kind = match options.kind.or(found) {
        Some(kind) => kind,
        None => return Err(missing_column(layout, Role::County)),
    };
    let needed: &[Role] = match kind {
        Kind::Pilots => &[Role::County],
        Kind::Assessment => &[Role::County, Role::Grade],
        Kind::Schedule => &[Role::Date, Role::Place],
    };
    if let Some(role) = needed.iter().find(|role| !layout.has(**role)) {
        // The table may give grades as headings between the rows.
        if *role != Role::Grade {
            return Err(missing_column(layout, *role));
        }
    }
    Ok(kind)
}

fn missing_column(layout: &Layout, role: Role) -> Refused {
    let (en, zh) = role.names();
    let list: Vec<String> = layout
        .columns
        .iter()
        .map(|c| {
            format!("{} {}", column_name(c.index), c.words)
                .trim()
                .to_owned()
        })
        .collect();
    let (zh_list, en_list) = if list.is_empty() {
        ("（空表）".to_owned(), "(none)".to_owned())
    } else {
        (list.join("；"), list.join("; "))
    };
    Refused::input(
        format!(
            "认不出哪一列是“{zh}”。看到的列：{zh_list}。请指明，如 --column {en}=B 或 --column {en}=表头的字；没有表头的，用列的字母"
        ),
        format!(
            "no column was recognised as {en}. Columns: {en_list}. Name it, for example --column {en}=B or --column {en}=HEADER TEXT; without a header, use the column letter"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_recognised_by_their_words() {
        for (words, role) in [
            ("序号", Role::Serial),
            ("所 属 市", Role::Prefecture),
            ("州市", Role::Prefecture),
            ("县（市、区）", Role::County),
            ("试点县（市、区）", Role::County),
            ("县(市、区)名称", Role::County),
            ("单位名称", Role::County),
            ("考核结果", Role::Grade),
            ("考核等次（2018年度）", Role::Grade),
            ("受理地点", Role::Place),
            ("咨询电话", Role::Phone),
            ("县级咨询电话", Role::Phone),
            ("上午（名）", Role::Morning),
        ] {
            assert_eq!(
                recognise(words).map(|(role, _)| role),
                Some(role),
                "{words}"
            );
        }
        for words in [
            "备注",
            "联系人",
            "",
            "河南省2018年度县（市、区）生源地信用助学贷款工作考核结果",
        ] {
            assert_eq!(recognise(words), None, "{words}");
        }
    }
}
