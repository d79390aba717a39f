//! The parts of an official document (GB/T 9704): letterhead, number, title, addressees, text, attachments, signature,
//! date, copies, annexes.
//!
//! Comes in: paragraphs. Goes out: `Layout`, what the front matter says, and the paragraphs with their roles. What is
//! found nowhere is left empty; what is only probable gets a remark.

mod masthead;
mod reader;
mod tail;

use jiff::civil::Date;

pub(super) use self::reader::Layout;
use self::reader::{ISSUED, ISSUERS, Reader};
use super::marks::mark;
use super::parts::{Line, Paragraph, Role};
use super::places_named::path_of;
use super::signs;
use super::space::{In, join, tidy};
use crate::model::Regions;
use crate::model::clause::paragraph_number;
use crate::remark::{Place, Remark, RemarkKind};
use crate::words::squeeze;

/// Tells the parts of a document apart.
pub(super) fn recognise(
    lines: &[Line],
    paragraphs: Vec<Paragraph>,
    regions: &Regions,
    remarks: &mut Vec<Remark>,
) -> Layout {
    let mut layout = Layout {
        paragraphs,
        ..Layout::default()
    };
    let mut reader = Reader {
        lines,
        layout: &mut layout,
        remarks,
        regions,
    };
    let body = reader.head();
    tail::read(&mut reader, body);
    reader.named_sections();
    reader.personal();
    if layout.issuers.is_empty() {
        layout.issuers = issuers_of_title(&layout.title);
    }
    layout.year = year_of(&layout.title);
    layout.region = region_of(&layout, regions);
    layout
}

/// The most paragraphs before the text.
const HEAD: usize = 14;

impl Reader<'_> {
    /// Letterhead, number, title, addressees: the paragraph at which the text begins.
    fn head(&mut self) -> usize {
        let count = self.layout.paragraphs.len();
        let mut at = 0;
        // The annex of a notice that is not here.
        if count > 1 && signs::annex(self.text(0)).is_some_and(|(_, words)| words.is_empty()) {
            self.front(
                0,
                "source",
                (
                    "题头“附件”：这份文字是另一份通知的附件，写在 source 里",
                    "heading 附件: this text is an annex of another notice; noted in `source`",
                ),
            );
            at = 1;
        }
        at = self.masthead(at);
        at = self.title(at);
        self.below_title(at)
    }

    /// The lines of the title. Returns the paragraph after them.
    fn title(&mut self, from: usize) -> usize {
        /// The most lines of a title.
        const MOST: usize = 5;
        let mut title = String::new();
        let mut end = None;
        for i in from..(from + MOST).min(self.layout.paragraphs.len()) {
            let words = self.text(i);
            let is_line = !words.is_empty()
                && !signs::ends_sentence(words)
                && paragraph_number(words).is_none()
                && mark(words).is_none()
                && signs::number_line(words).is_none()
                && words.chars().count() <= 120;
            if !is_line {
                break;
            }
            for line in self.layout.paragraphs[i].lines.clone() {
                join(&mut title, &tidy(&self.lines[line].text, In::Title));
            }
            if signs::ends_title(&title) {
                end = Some(i + 1);
                // `（试行）` on a line of its own belongs to it.
                let next = self.text(i + 1);
                let following = next.starts_with(['（', '('])
                    && next.chars().count() <= 8
                    && signs::publicity(next).is_none()
                    && signs::day_of(next).is_none();
                if following {
                    title.push_str(&squeeze(next));
                    end = Some(i + 2);
                }
                break;
            }
        }
        let sure = end.is_some();
        let end = end.unwrap_or_else(|| {
            let first = self.text(from);
            let short = !first.is_empty()
                && mark(first).is_none()
                && first.chars().count() <= 60
                && !signs::ends_sentence(first)
                && paragraph_number(first).is_none();
            title = if short {
                let mut first = String::new();
                for line in self.layout.paragraphs[from].lines.clone() {
                    join(&mut first, &tidy(&self.lines[line].text, In::Title));
                }
                first
            } else {
                String::new()
            };
            from + usize::from(short)
        });
        for i in from..end {
            self.front(i, "title", ("标题", "title"));
        }
        if !sure {
            let words = if title.is_empty() {
                ("没有找到标题，请补上", "no title was found: add one")
            } else {
                (
                    "把第一行当作标题；标题末尾没有“通知”“方案”这样的文种，请核对",
                    "the first line was used as the title, but it does not end with a genre (通知, 方案): check it",
                )
            };
            let place = self
                .layout
                .paragraphs
                .get(from)
                .map_or(Place::Whole, |p| self.lines[p.lines[0]].place.clone());
            self.remarks
                .push(Remark::new(place, RemarkKind::Unsure, words).about(&title));
        }
        self.layout.doubts.title = self.doubt_of_title(&title, sure);
        self.layout.title = title;
        end
    }

    /// Why a title is not certain.
    fn doubt_of_title(&self, title: &str, sure: bool) -> Option<&'static str> {
        if !sure {
            Some("标题末尾没有“通知”“方案”这样的文种")
        } else if self.layout.has_head && !self.begins_like_title(title) {
            Some("从版头下面认出来的，看是不是多了或者少了一行")
        } else {
            None
        }
    }

    /// Whether a title below a head begins as titles do: 关于, its issuers, or the place that it is about.
    fn begins_like_title(&self, title: &str) -> bool {
        let before = title.split("关于").next().unwrap_or_default();
        let place = path_of(title, self.regions, None).is_some();
        let issuer = self
            .layout
            .issuers
            .iter()
            .any(|name| title.starts_with(name.as_str()));
        let head = self.layout.letterhead.as_deref().unwrap_or_default();
        let begins = title.contains("关于")
            && (before.is_empty() || signs::organs(before).is_some() || head.starts_with(before));
        begins || place || issuer
    }

    /// What may be between title and text: issuers, date, number, addressees.
    fn below_title(&mut self, from: usize) -> usize {
        let mut at = from;
        while at < self.layout.paragraphs.len().min(HEAD) {
            let words = self.text(at).to_owned();
            if words.is_empty() {
                break;
            }
            if let Some(organs) = signs::organs(&self.source(at)) {
                self.layout.issuers.extend(organs);
                self.front(at, "issuers", ISSUERS);
            } else if let Some(day) = signs::day_of(&words) {
                self.layout.issued = Some(day);
                self.front(at, "issued", ISSUED);
            } else if self.layout.number.is_none() && self.number_of(at).is_some() {
                self.number(at);
            } else if let Some(found) = mark(&words) {
                self.drop(at, found);
            } else {
                break;
            }
            at += 1;
        }
        let words = squeeze(self.text(at));
        let names = words
            .strip_prefix("主送：")
            .or_else(|| words.strip_prefix("主送:"))
            .unwrap_or(&words);
        let is_address = names.ends_with(['：', ':'])
            && names.chars().count() <= 200
            && paragraph_number(names).is_none()
            && (signs::names_an_organ(names) || names.starts_with('各') || names.contains("单位"))
            && ![
                "如下", "通知", "指引", "方案", "要求", "根据", "为了", "现将",
            ]
            .iter()
            .any(|word| names.contains(word))
            && !names.contains('。');
        if is_address {
            self.layout.addressees = names
                .trim_end_matches(['：', ':'])
                .split(['，', ',', '；'])
                .map(str::to_owned)
                .filter(|name| !name.is_empty())
                .collect();
            self.front(at, "addressees", ("主送机关", "addressees"));
            at += 1;
        }
        at
    }

    /// `工作联系信息：`, below which numbering restarts: a section with a name.
    fn named_sections(&mut self) {
        for at in 0..self.layout.paragraphs.len() {
            let words = self.text(at);
            let is_name = words.ends_with(['：', ':'])
                && words.chars().count() <= 16
                && paragraph_number(words).is_none()
                && ["联系", "咨询", "电话"]
                    .iter()
                    .any(|word| words.contains(word));
            let restarts = paragraph_number(self.text(at + 1)).is_some_and(|(_, n, _)| n == 1);
            if is_name && restarts {
                self.layout.paragraphs[at].role = Role::Named;
            }
        }
    }

    /// Persons and telephones are named, not taken out: that is the editor's to decide.
    fn personal(&mut self) {
        for at in 0..self.layout.paragraphs.len() {
            let words = self.text(at);
            let has_phone = signs::ends_with_phone(words) && words.chars().count() <= 80;
            let found = !crate::lints::find_personal_data(words).is_empty();
            if !has_phone && !found {
                continue;
            }
            let place = self.lines[self.layout.paragraphs[at].lines[0]]
                .place
                .clone();
            let (zh, en) = if found {
                (
                    "像是个人的手机号、证件号或私人邮箱：公开以前要略去，原处写〔此处略去……〕",
                    "this looks like a private phone number, ID number or email address: remove it before publishing and write 〔此处略去……〕 instead",
                )
            } else {
                (
                    "有电话，前面像是姓名的，姓名和直拨电话公开以前要略去，原处写〔此处略去……〕",
                    "a telephone number: remove names and direct numbers before publishing and write 〔此处略去……〕 instead",
                )
            };
            let words = words.to_owned();
            self.remarks
                .push(Remark::new(place, RemarkKind::Unsure, (zh, en)).about(&words));
            self.layout.contacts.push(at);
        }
    }
}

/// The organs with which a title begins: `河南省教育厅 国家开发银行河南省分行关于…`.
fn issuers_of_title(title: &str) -> Vec<String> {
    title
        .split_once("关于")
        .and_then(|(organs, _)| signs::organs(organs))
        .unwrap_or_default()
}

/// The one year that a title names as the year of the work; a 年度 is that of what is reported on.
fn year_of(title: &str) -> Option<i16> {
    let plain = crate::text::strip_width(&squeeze(title));
    let mut years: Vec<i16> = plain
        .match_indices('年')
        .filter(|(at, _)| !plain[at + '年'.len_utf8()..].starts_with('度'))
        .filter_map(|(at, _)| {
            let before = &plain[..at];
            let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            (digits == 4).then(|| before[at - 4..].parse().ok())?
        })
        .filter(|year| (1990..=2100).contains(year))
        .collect();
    years.dedup();
    <[i16; 1]>::try_from(years).ok().map(|[year]| year)
}

/// The place that the issuers, or else the title, name: the whole path, and the words.
fn region_of(layout: &Layout, regions: &Regions) -> Option<(String, String)> {
    const COUNTRY: [&str; 6] = ["全国", "国家", "教育部", "财政部", "国务院", "中国"];
    let edition = layout
        .issued
        .or_else(|| Date::new(layout.year?, 12, 31).ok())
        .and_then(|day| regions.edition_on(day));
    let title = std::iter::once(&layout.title);
    let named = layout
        .issuers
        .iter()
        .chain(title)
        .find_map(|words| Some((path_of(words, regions, edition)?, words.clone())));
    if named.is_some() {
        return named;
    }
    let organ = layout
        .issuers
        .iter()
        .find(|organ| COUNTRY.iter().any(|start| organ.starts_with(start)))?;
    Some(("全国".to_owned(), organ.clone()))
}
