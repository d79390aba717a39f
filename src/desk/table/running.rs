//! Lists in running text.
//!
//! Comes in: text. Goes out: the same [`Content`] that tables give. Found are paragraphs `郑州市：二七区、中原区。`,
//! headings `一、考核优秀单位`, `（一）优秀单位（122个）`, `太原市（3个）：`, and rows `1 太原市 清徐县` of a table that was
//! copied into text. Lines that are broken in the middle of a list are joined. Other text is left alone.

use super::content::{Content, Entry, StatedCount, compared};
use super::names::Names;
use super::options::{Kind, Options};
use super::section::{LONGEST_NAME, section};
use crate::remark::{Place, Refused, Remark, RemarkKind};
use crate::text::strip_width;
use crate::words::{one_line, squeeze};

/// Texts that show province and year.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.lines().chain(text.split(|c: char| {
        c.is_whitespace() || matches!(c, '、' | '：' | ':' | '。' | '，' | '；' | '|' | '\t')
    }))
}

/// A list whose end has not been seen.
#[derive(Debug)]
struct Open {
    line: usize,
    heading: Option<String>,
    names: String,
}

struct Reading<'a> {
    names: &'a Names<'a>,
    content: Content,
    grade: Option<String>,
    open: Option<Open>,
    /// Lines that were taken, and those between them that were not.
    taken: Option<(usize, usize)>,
    passed: Vec<(usize, String)>,
    last_serial: Option<u64>,
    remarks: &'a mut Vec<Remark>,
}

/// Finds the lists.
pub(super) fn read(
    text: &str,
    options: &Options,
    names: &Names,
    remarks: &mut Vec<Remark>,
) -> Result<(Kind, Content), Refused> {
    let mut reading = Reading {
        names,
        content: Content::default(),
        grade: None,
        open: None,
        taken: None,
        passed: Vec::new(),
        last_serial: None,
        remarks,
    };
    for (line, text) in (1..).zip(text.lines()) {
        reading.line(line, text.trim().trim_start_matches('\u{feff}'));
    }
    reading.close();
    let Reading {
        content,
        taken,
        remarks,
        ..
    } = reading;
    if content.entries.is_empty() {
        return Err(Refused::input(
            "文字里没有找到名单。名单写成“郑州市：二七区、中原区。”这样，一市一段；或者把名单放进表格再导入",
            "no list was found in the text. Write one paragraph for each prefecture, such as 郑州市：二七区、中原区。, or put the list into a table and import that",
        ));
    }
    if let Some((first, last)) = taken {
        remarks.push(Remark::new(Place::Whole, RemarkKind::Reading, (format!("名单在第 {first} 行到第 {last} 行；其余是正文，没有写进文件"), format!(
                "the lists are in lines {first} to {last}; the rest of the text was not imported"
            ))));
    }
    let kind = options.kind.unwrap_or(if content.grades.is_empty() {
        Kind::Pilots
    } else {
        Kind::Assessment
    });
    if kind == Kind::Schedule {
        return Err(Refused::input(
            "文字里的名单只能做成试点名单（pilot-list）或考核结果（assessment）",
            "a list in text can only become a pilot-list or an assessment",
        ));
    }
    stated_in_text(text, &content, remarks);
    content.check_counts(remarks);
    Ok((kind, content))
}

/// Numbers that the text states outside the lists: `优秀单位122个`, `30个县（市、区）`.
fn stated_in_text(text: &str, content: &Content, remarks: &mut Vec<Remark>) {
    let plain = strip_width(&squeeze(text));
    for grade in &content.grades {
        let counted = content
            .entries
            .iter()
            .filter(|e| e.grade.as_ref() == Some(grade))
            .count();
        let mut said = Vec::new();
        for (at, found) in plain.match_indices(&format!("{grade}单位")) {
            // 不合格单位 is not 合格单位.
            if grade == "合格" && plain[..at].ends_with(['不', '本']) {
                continue;
            }
            let digits: String = plain[at + found.len()..]
                .chars()
                .take_while(char::is_ascii_digit)
                .collect();
            let ends = plain[at + found.len() + digits.len()..].starts_with('个');
            if let (true, Ok(number)) = (ends, digits.parse::<usize>())
                && !said.contains(&number)
            {
                said.push(number);
                remarks.push(compared(
                    &Place::Whole,
                    &format!("{grade}单位"),
                    number,
                    counted,
                ));
            }
        }
    }
    let all = content.entries.len();
    let mut said = Vec::new();
    for what in ["个县", "个县级", "个试点县"] {
        for (at, _) in plain.match_indices(what) {
            let digits: String = plain[..at]
                .chars()
                .rev()
                .take_while(char::is_ascii_digit)
                .collect();
            let digits: String = digits.chars().rev().collect();
            if let Ok(number) = digits.parse::<usize>()
                && !said.contains(&number)
            {
                said.push(number);
                if number == all {
                    remarks.push(compared(&Place::Whole, "正文", number, all));
                } else {
                    // It may count something else; a reader must judge.
                    remarks.push(Remark::new(Place::Whole, RemarkKind::CountDiffers, (format!("正文里有“{number}个县…”，名单里一共是 {all} 个；说的是不是同一件事，请核对"), format!("the text mentions {number} counties, but the lists have {all}: check whether both count the same thing"))));
                }
            }
        }
    }
}

impl Reading<'_> {
    fn line(&mut self, number: usize, text: &str) {
        if text.is_empty() {
            return;
        }
        if self.table_row(number, text)
            || self.paragraph(number, text)
            || self.goes_on(number, text)
        {
            return;
        }
        if let Some(section) = section(text, self.names).filter(|s| s.grade.is_some()) {
            self.close();
            self.take(number);
            self.remarks.push(Remark::new(
                Place::Line(number),
                RemarkKind::Outside,
                (
                    format!("作为等次的标题：{}", one_line(text)),
                    format!("treated as the heading of a grade: {}", one_line(text)),
                ),
            ));
            if let Some(grade) = &section.grade {
                self.content.add_grade(grade);
            }
            self.state_count(number, section.grade.clone(), None, section.count);
            self.grade = section.grade;
            return;
        }
        if self.grade.is_some() && matches!(text.trim_end_matches('。'), "无") {
            self.close();
            self.take(number);
            return;
        }
        self.close();
        self.passed.push((number, one_line(text)));
    }

    fn state_count(
        &mut self,
        line: usize,
        grade: Option<String>,
        heading: Option<String>,
        count: Option<usize>,
    ) {
        if let Some(count) = count {
            self.content.stated.push(StatedCount {
                place: Place::Line(line),
                grade,
                heading,
                count,
            });
        }
    }

    /// Notes that a line belongs to the lists; lines skipped in between are reported.
    fn take(&mut self, line: usize) {
        let passed = std::mem::take(&mut self.passed);
        self.taken = match self.taken {
            None => Some((line, line)),
            Some((first, _)) => {
                for (number, text) in passed {
                    self.remarks.push(Remark::new(
                        Place::Line(number),
                        RemarkKind::Outside,
                        (
                            format!("名单中间的文字，没有写进名单：{text}"),
                            format!("text between the lists, not added to them: {text}"),
                        ),
                    ));
                }
                Some((first, line))
            }
        };
    }

    /// `1 太原市 清徐县`, with tabs, bars or spaces between.
    fn table_row(&mut self, number: usize, text: &str) -> bool {
        let cells: Vec<&str> = if text.contains(['\t', '|']) {
            text.split(['\t', '|'])
                .map(str::trim)
                .filter(|cell| !cell.is_empty())
                .collect()
        } else {
            text.split_whitespace().collect()
        };
        if cells.len() < 2 || text.contains(['：', '。']) {
            return false;
        }
        let serial = strip_width(cells[0]).parse::<u64>().ok();
        let at = usize::from(serial.is_some());
        let (Some(heading), true) = (self.names.heading(cells[at]), cells.len() > at + 1) else {
            return false;
        };
        let tabbed = text.contains(['\t', '|']);
        let name = if tabbed {
            cells[at + 1].to_owned()
        } else {
            cells[at + 1..].join(" ")
        };
        self.close();
        self.take(number);
        if let (Some(last), Some(now)) = (self.last_serial, serial)
            && now != last.saturating_add(1)
            && now != 1
        {
            self.remarks.push(Remark::new(
                Place::Line(number),
                RemarkKind::Gap,
                (
                    format!("序号从 {last} 到 {now}，不相连"),
                    format!("serial number {now} follows {last}"),
                ),
            ));
        }
        self.last_serial = serial.or(self.last_serial);
        let notes = if tabbed && cells.len() > at + 2 {
            vec![cells[at + 2..].join(" ")]
        } else {
            Vec::new()
        };
        self.entry(number, Some(heading), &name, notes);
        true
    }

    fn entry(&mut self, line: usize, heading: Option<String>, name: &str, notes: Vec<String>) {
        self.content.entries.push(Entry {
            place: Place::Line(line),
            trusted: true,
            heading,
            name: one_line(name),
            grade: self.grade.clone(),
            notes,
        });
    }

    /// `郑州市：二七区、中原区。`, perhaps several in one line.
    fn paragraph(&mut self, line: usize, text: &str) -> bool {
        let Some((head, _)) = text.split_once(['：', ':']) else {
            return false;
        };
        let Some(first) = section(head, self.names) else {
            return false;
        };
        let prose = |names: &str| {
            names
                .split(['、', '，', '。', '；'])
                .any(|name| name.chars().count() > LONGEST_NAME)
        };
        if first.heading.is_none() && prose(text) {
            return false;
        }
        let mut rest = text;
        let mut found = false;
        while let Some((head, after)) = rest.split_once(['：', ':']) {
            let Some(section) = section(head, self.names) else {
                break;
            };
            let end = after.find(['。', '；', ';']);
            let names = &after[..end.unwrap_or(after.len())];
            if prose(names) {
                break;
            }
            self.close();
            self.take(line);
            found = true;
            if let Some(grade) = &section.grade {
                self.content.add_grade(grade);
                self.grade = Some(grade.clone());
            }
            let grade = self.grade.clone();
            self.state_count(line, grade, section.heading.clone(), section.count);
            if squeeze(names) != "无" {
                self.open = Some(Open {
                    line,
                    heading: section.heading,
                    names: names.trim().to_owned(),
                });
            }
            let Some(end) = end else { return true };
            self.close();
            let sign = after[end..].chars().next().map_or(0, char::len_utf8);
            rest = after[end + sign..].trim_start();
        }
        if found && !rest.trim().is_empty() {
            self.remarks.push(Remark::new(
                Place::Line(line),
                RemarkKind::Unread,
                (
                    format!("名单后面还有文字，没有写进名单：{}", one_line(rest)),
                    format!("text after the list, not added to it: {}", one_line(rest)),
                ),
            ));
        }
        found
    }

    /// A line that goes on with a list whose end has not been seen.
    fn goes_on(&mut self, number: usize, text: &str) -> bool {
        let Some(open) = &mut self.open else {
            return false;
        };
        let end = text.find('。');
        let names = &text[..end.unwrap_or(text.len())];
        let first = names.split('、').next().unwrap_or("");
        let broken = open.names.rsplit('、').next().unwrap_or("");
        let joins = self.names.is_name(&format!("{broken}{first}"));
        let follows = open.names.ends_with('、') && self.names.is_name(first);
        let list = names.contains('、')
            && names
                .split('、')
                .all(|name| name.chars().count() <= LONGEST_NAME);
        if !(joins || follows || list) || section(text, self.names).is_some() {
            return false;
        }
        open.names.push_str(names.trim());
        self.take(number);
        if let Some(end) = end {
            self.close();
            let rest = text[end..].trim_start_matches('。').trim();
            if !rest.is_empty() {
                self.passed.push((number, rest.to_owned()));
            }
        }
        true
    }

    /// The open list is whole: its names become entries.
    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        for name in open.names.split('、') {
            let name = name.trim().trim_matches(['，', ',']);
            if name.is_empty() {
                continue;
            }
            for name in self.by_and(name) {
                self.entry(open.line, open.heading.clone(), &name, Vec::new());
            }
        }
    }

    /// `中原区和新郑市` are two.
    fn by_and(&self, name: &str) -> Vec<String> {
        for word in ["和", "及", "以及"] {
            if let Some((a, b)) = name.split_once(word)
                && self.names.is_name(a)
                && self.names.is_name(b)
            {
                return vec![a.trim().to_owned(), b.trim().to_owned()];
            }
        }
        vec![name.to_owned()]
    }
}
