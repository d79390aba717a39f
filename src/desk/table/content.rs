//! What a list or a schedule holds, whether it came from a sheet or from running text.
//!
//! Comes in: entries and sessions, added one by one by [`super::rows`] or [`super::running`]. Goes out: [`Content`], and remarks
//! that compare what was counted with what is stated. It judges no name and writes no file.

use std::collections::BTreeMap;

use super::grid::Nature;
use super::options::Role;
use crate::remark::{Place, Remark, RemarkKind};
use crate::text::strip_width;
use crate::words::squeeze;

/// A county of a list.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// `C12`, or the line of a text.
    pub place: Place,
    pub heading: Option<String>,
    /// The heading is printed next to the name, in a merged cell or above the rows: it was not filled into a blank.
    pub trusted: bool,
    pub name: String,
    pub grade: Option<String>,
    /// What other columns say, for comments.
    pub notes: Vec<String>,
}

/// A value of a session as it was printed.
#[derive(Debug, Clone)]
pub(super) struct Field {
    pub place: Place,
    pub text: String,
    pub nature: Nature,
}

/// A session of a schedule.
#[derive(Debug, Clone)]
pub(super) struct Session {
    pub place: Place,
    pub fields: BTreeMap<Role, Field>,
    pub notes: Vec<String>,
}

/// A number in a heading.
#[derive(Debug, Clone)]
pub(super) struct StatedCount {
    pub place: Place,
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
    /// Whether the table gave nothing.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.sessions.is_empty() && self.grades.is_empty()
    }

    /// Adds a grade, unless it is known.
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
                Place::Whole,
                RemarkKind::Count,
                (format!("共 {count} 场"), format!("{count} sessions")),
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
        remarks.push(Remark::new(Place::Whole, RemarkKind::Count, (format!("共 {count} 个{zh}。stated（原文数目）要照抄原文，这里不代填"), format!("{count} names{en}. Copy `stated` from the official text; it is not filled in here"))));
    }
}

/// Compares a stated number with the counted one.
pub(super) fn compared(place: &Place, what: &str, said: usize, counted: usize) -> Remark {
    if said == counted {
        Remark::new(
            place.clone(),
            RemarkKind::Count,
            (
                format!("{what}写着 {said} 个，名单里也是 {counted} 个"),
                format!("{what}: the text states {said}, and the list has {counted}"),
            ),
        )
    } else {
        Remark::new(
            place.clone(),
            RemarkKind::CountDiffers,
            (
                format!("{what}写着 {said} 个，名单里却是 {counted} 个"),
                format!("{what}: the text states {said}, but the list has {counted}"),
            ),
        )
    }
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
