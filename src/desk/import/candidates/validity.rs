//! When the document begins and ends to be in force, and what it abolishes.
//!
//! Comes in: a paragraph. Goes out: [`Validity`]. A file has keys for the two days; a length (有效期5年), 自发布之日起 without a date
//! and 同时废止 are left to a person, with the clause and the words.

use std::ops::Range;

use jiff::civil::Date;
use mingbai_reading::{Bound, Day, NameKind, TimeUnit, Vague, What, Year};

use super::Context;
use super::days::date;
use super::paragraph::{Paragraph, before, is_validity};

/// What the text says about its own life.
#[derive(Debug, Default)]
pub(in crate::import) struct Validity {
    /// `in_force`, with clause and words.
    pub in_force: Option<Dated>,
    /// `expires`, with clause and words.
    pub expires: Option<Dated>,
    /// What a person must work out, in whole sentences.
    pub open: Vec<String>,
}

/// A day, and where it is printed.
#[derive(Debug)]
pub(in crate::import) struct Dated {
    pub day: Date,
    pub clause: String,
    pub words: String,
}

/// Finds what a paragraph says about the life of its document.
pub(super) fn find(p: &Paragraph, context: &Context, validity: &mut Validity) {
    for reading in &p.readings {
        let at = reading.span.clone();
        let follows = follows(p, at.end);
        match &reading.what {
            What::Day(day) if day.bound == Bound::From && begins(follows) => {
                let words = p.words[p.trimmed(p.piece(at.start))].to_owned();
                match printed_day(day) {
                    Some(day) => {
                        validity.in_force = Some(Dated {
                            day,
                            clause: p.label.clone(),
                            words,
                        });
                    }
                    None => validity.open.push(format!(
                        "{}写“{words}”：看不出是哪一年，查明以后写 in_force: 日期",
                        p.label
                    )),
                }
            }
            What::NotADay(Vague::FromIssue) if begins(follows) => {
                from_issue(p, context, &at, validity);
            }
            What::Day(day) if is_validity(before(p, &at)) => {
                if let Some(day) = printed_day(day) {
                    validity.expires = Some(Dated {
                        day,
                        clause: p.label.clone(),
                        words: p.words[p.trimmed(p.piece(at.start))].to_owned(),
                    });
                }
            }
            What::Duration(length)
                if matches!(length.unit, TimeUnit::Year | TimeUnit::Month)
                    && is_validity(before(p, &at)) =>
            {
                let words = &p.words[p.trimmed(p.piece(at.start))];
                validity.open.push(format!(
                    "{}写“{words}”：从施行的那一天算出最后有效的一天，写 expires: 日期",
                    p.label
                ));
            }
            _ => {}
        }
    }
    abolished(p, context, validity);
}

/// 自发布之日起施行: the day of issue need not be the day of publication, so a person says which day it is.
fn from_issue(p: &Paragraph, context: &Context, at: &Range<usize>, validity: &mut Validity) {
    let words = &p.words[p.trimmed(p.piece(at.start))];
    let issued = match context.layout.issued {
        Some(day) => format!("成文日期是 {day}"),
        None => "没有找到成文日期".to_owned(),
    };
    validity.open.push(format!(
        "施行日期，据{}“{words}”，{issued}：查明发布的日期以后，写 in_force: 日期",
        p.label
    ));
}

/// `《…办法》（文号）同时废止`: each title, and the notice of this site that it is.
fn abolished(p: &Paragraph, context: &Context, validity: &mut Validity) {
    let Some(at) = p.words.find("废止") else {
        return;
    };
    let sentence = p.sentence(at);
    let words = &p.words[p.trimmed(sentence.clone())];
    let titles: Vec<&str> = p
        .readings_in(sentence.start..at)
        .filter(|r| matches!(&r.what, What::Name(name) if name.kind == NameKind::Paper))
        .map(|r| &p.words[r.span.clone()])
        .filter(|title| title.starts_with('《'))
        .collect();
    if titles.is_empty() {
        validity.open.push(format!(
            "{}写“{words}”：被废止的文件如果本站收录了，在它的文件里写 repealed（废止）",
            p.label
        ));
    }
    for title in titles {
        let name = title.trim_matches(['《', '》']);
        let ours =
            context.model.documents.iter().find(|document| {
                crate::text::fold(&document.title.value) == crate::text::fold(name)
            });
        let advice = match ours {
            Some(document) => format!(
                "本站收录了它，在 content/notices/{}.md 里写 repealed（废止）",
                document.id
            ),
            None => "本站没有收录它；收录了，就在它的文件里写 repealed（废止）".to_owned(),
        };
        validity.open.push(format!(
            "{}写“{words}”：这份文件废止{title}；{advice}",
            p.label
        ));
    }
}

/// The words after a place, up to the next comma.
fn follows<'a>(p: &Paragraph<'a>, at: usize) -> &'a str {
    let end = p.piece(at.saturating_sub(1)).end.max(at);
    &p.words[at..end]
}

fn begins(follows: &str) -> bool {
    let near: String = follows.chars().take(5).collect();
    ["施行", "执行", "实施", "生效"]
        .iter()
        .any(|word| near.contains(word))
}

/// The day, if its year is printed with it.
fn printed_day(day: &Day) -> Option<Date> {
    match day.year {
        Year::Printed(year) | Year::Carried(year) => date(year, day.month?, day.day?),
        _ => None,
    }
}
