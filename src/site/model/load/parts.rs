//! Loads the parts of documents: one function per mapping of a file.
//!
//! Comes in: decoded fields. Goes out: typed parts.

use jiff::civil::Date;

use crate::diag::{Diagnostic, Sink, Spanned, codes};
use crate::model::Written;
use crate::model::decode::{Fields, UNSTATED, text, wrong_type};
use crate::model::document::*;
use crate::model::shape::{self, Shape};
use crate::sources::yaml::{Kind as YamlKind, Node};

pub(super) fn values(list: Vec<Spanned<String>>) -> Vec<String> {
    list.into_iter().map(|item| item.value).collect()
}

/// Reports a document number that is not in the standard format: `晋教助学〔2020〕7号`.
pub(super) fn check_number(number: &Spanned<String>, sink: &mut Sink) {
    let value = &number.value;
    if is_standard_number(value) {
        return;
    }
    let corrected: String = crate::text::strip_width(value)
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '[' | '【' | '(' | '﹝' | '<' | '《' => '〔',
            ']' | '】' | ')' | '﹞' | '>' | '》' => '〕',
            c => c,
        })
        .collect();
    let diagnostic = Diagnostic::new(
        &codes::BAD_NUMBER,
        number.span,
        format!("文号“{value}”写法不规范"),
        format!("document number \"{value}\" is not in the standard format"),
    );
    sink.push(if is_standard_number(&corrected) {
        diagnostic.hint(format!("写作 {corrected}"), format!("write {corrected}"))
    } else {
        diagnostic.hint(
            "写成 晋教助学〔2020〕7号 这样：机关代字、六角括号里的年份、序号、“号”；原文没有文号的写“未载明”",
            "write it like 晋教助学〔2020〕7号; if the text has no number, write 未载明",
        )
    });
}

/// Whether a number has the standard format `晋教助学〔2020〕7号`. Numbers of national standards (`GB/T 16180－2014`)
/// have their own format and are accepted.
fn is_standard_number(value: &str) -> bool {
    if value.starts_with("GB") || value.starts_with("DA/T") || value.starts_with("JY/T") {
        return true;
    }
    let Some((words, rest)) = value.split_once('〔') else {
        return false;
    };
    let Some((year, rest)) = rest.split_once('〕') else {
        return false;
    };
    let Some(serial) = rest.strip_suffix('号') else {
        return false;
    };
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    !words.is_empty()
        && !words.contains(char::is_whitespace)
        && year.len() == 4
        && digits(year)
        && digits(serial)
}

pub(super) fn citation(fields: &Fields, sink: &mut Sink) -> Option<Citation> {
    Citation::read(fields, sink)
}

/// A citation with a required quotation.
fn quoted(fields: &Fields, sink: &mut Sink) -> Option<Citation> {
    fields.require("quote", sink);
    citation(fields, sink)
}

fn string(fields: &Fields, key: &str, sink: &mut Sink) -> Option<String> {
    fields.text(key, sink).map(|t| t.value)
}

pub(super) fn point(node: &Node, sink: &mut Sink) -> Option<Point<Written>> {
    let fields = Fields::open(node, &shape::POINT, sink)?;
    Some(Point {
        text: fields.required_text("text", sink)?,
        audience: string(&fields, "for", sink),
        cite: citation(&fields, sink)?,
    })
}

pub(super) fn window(node: &Node, sink: &mut Sink) -> Option<Window<Written>> {
    let fields = Fields::open(node, &shape::WINDOW, sink)?;
    let (from, until) = (fields.bound("from", sink), fields.bound("until", sink));
    if let (Some(first), Some(last)) = (
        from.as_ref().and_then(|b| b.value.day()),
        until.as_ref().and_then(|b| b.value.day()),
    ) && last < first
    {
        let (from, until) = (
            from.as_ref().map_or(fields.span, |b| b.span),
            until.as_ref().map_or(fields.span, |b| b.span),
        );
        sink.push(
            Diagnostic::new(
                &codes::WINDOW_ORDER,
                until,
                "截止早于开始",
                "the window ends before it starts",
            )
            .also(from, "开始", "start")
            .hint(
                "对照原文，看是否写反了，或年份有误",
                "compare with the official text; the dates may be swapped, or a year may be wrong",
            ),
        );
    }
    Some(Window {
        what: fields.required_text("what", sink)?.value,
        who: string(&fields, "who", sink),
        from,
        until,
        note: string(&fields, "note", sink),
        cite: quoted(&fields, sink)?,
        ending: None,
    })
}

pub(super) fn deadline(node: &Node, sink: &mut Sink) -> Option<Deadline<Written>> {
    let fields = Fields::open(node, &shape::DEADLINE, sink)?;
    for key in ["by", "for"] {
        fields.require(key, sink);
    }
    Some(Deadline {
        by: fields.bound("by", sink)?,
        who: fields.required_text("who", sink)?.value,
        audience: fields.one_of("for", Audience::ALL, sink)?.value,
        what: fields.required_text("what", sink)?.value,
        cite: quoted(&fields, sink)?,
        ending: None,
    })
}

pub(super) fn contact(node: &Node, sink: &mut Sink) -> Option<Contact<Written>> {
    let fields = Fields::open(node, &shape::CONTACT, sink)?;
    let cite = fields.get("clause").and_then(|_| citation(&fields, sink));
    Some(Contact {
        office: fields.required_text("office", sink)?.value,
        duty: string(&fields, "duty", sink),
        phone: fields.stated_text("phone", sink).map(|t| t.value),
        note: string(&fields, "note", sink),
        cite,
    })
}

pub(super) fn cited(node: &Node, sink: &mut Sink) -> Option<Cited<Written>> {
    let fields = Fields::open(node, &shape::CITED, sink)?;
    let number = fields.stated_text("number", sink);
    if let Some(number) = &number {
        check_number(number, sink);
    }
    Some(Cited {
        number,
        title: fields.required_text("title", sink)?,
        notice: fields.text("notice", sink),
        note: string(&fields, "note", sink),
        cite: citation(&fields, sink)?,
    })
}

pub(super) fn attachment(node: &Node, sink: &mut Sink) -> Option<Attachment<Written>> {
    let fields = Fields::open(node, &shape::ATTACHMENT, sink)?;
    Some(Attachment {
        title: fields.required_text("title", sink)?,
        within: fields.text("within", sink),
        part: fields.text("part", sink),
        data: fields.text("data", sink),
        file: fields.text("file", sink),
        note: string(&fields, "note", sink),
    })
}

pub(super) fn omitted(node: &Node, sink: &mut Sink) -> Option<Omitted<Written>> {
    let fields = Fields::open(node, &shape::OMITTED, sink)?;
    let cite = fields.get("clause").and_then(|_| citation(&fields, sink));
    Some(Omitted {
        what: fields.required_text("what", sink)?.value,
        why: fields.required_text("why", sink)?.value,
        cite,
    })
}

pub(super) fn consent(node: &Node, sink: &mut Sink) -> Option<Consent> {
    let fields = Fields::open(node, &shape::CONSENT, sink)?;
    let name = fields.required_text("name", sink);
    let release = decision(&fields, sink);
    Some(Consent {
        name: name?.value,
        release: release?,
    })
}

pub(super) fn release(node: &Node, sink: &mut Sink) -> Option<Release> {
    let fields = Fields::open(node, &shape::RELEASE, sink)?;
    decision(&fields, sink)
}

fn decision(fields: &Fields, sink: &mut Sink) -> Option<Release> {
    fields.require("on", sink);
    Some(Release {
        by: fields.required_text("by", sink)?.value,
        basis: fields.required_text("basis", sink)?.value,
        on: fields.day("on", sink)?.value,
    })
}

/// What has become of a notice.
///
/// # Diagnostics
/// MB0234 if it ended before it was issued.
pub(super) fn life(
    fields: &Fields,
    issued: Option<&Spanned<Date>>,
    sink: &mut Sink,
) -> Life<Written> {
    let mut ended = |key: &str, end: End| {
        let ended = ended(fields.get(key)?, end, sink)?;
        if let Some(issued) = issued.filter(|issued| ended.since.value < issued.value) {
            let (zh, en) = match end {
                End::Repealed => ("废止", "repealed"),
                End::Replaced => ("被代替", "replaced"),
            };
            sink.push(
                Diagnostic::new(
                    &codes::LIFE_ORDER,
                    ended.since.span,
                    format!("{zh}的日子早于成文日期"),
                    format!("the document was {en} before it was issued"),
                )
                .also(issued.span, "成文日期", "issued")
                .hint(
                    "对照两份原文，看是不是写反了，或年份有误",
                    "compare with both official texts; the documents may be swapped, or a year may be wrong",
                ),
            );
        }
        Some(ended)
    };
    let repealed = ended("repealed", End::Repealed);
    let replaced = ended("replaced", End::Replaced);
    Life {
        repealed,
        replaced,
        withdrawn: fields
            .get("withdrawn")
            .and_then(|node| withdrawn(node, sink)),
    }
}

fn ended(node: &Node, end: End, sink: &mut Sink) -> Option<Ended<Written>> {
    let fields = Fields::open(node, &shape::ENDED, sink)?;
    fields.require("since", sink);
    let by = fields.text("notice", sink);
    let title = fields.text("title", sink);
    if by.is_none() && title.is_none() {
        fields.require("title", sink);
    }
    let number = fields.stated_text("number", sink);
    if let Some(number) = &number {
        check_number(number, sink);
    }
    // The words of a document that is here are quoted.
    if by.is_some() {
        for key in ["clause", "quote"] {
            fields.require(key, sink);
        }
    }
    let cite = by.as_ref().and_then(|_| citation(&fields, sink));
    Some(Ended {
        end,
        by,
        title: title.map(|title| title.value),
        number: number.map(|number| number.value),
        since: fields.day("since", sink)?,
        note: string(&fields, "note", sink),
        cite,
    })
}

fn withdrawn(node: &Node, sink: &mut Sink) -> Option<Withdrawn> {
    let fields = Fields::open(node, &shape::WITHDRAWN, sink)?;
    fields.require("on", sink);
    Some(Withdrawn {
        span: fields.span,
        by: fields.required_text("by", sink)?.value,
        why: fields.required_text("why", sink)?.value,
        on: fields.day("on", sink)?.value,
    })
}

/// Mistakes of this site.
pub(super) fn own_corrections(fields: &Fields, sink: &mut Sink) -> Vec<Slip<Written>> {
    let one = |node: &Node, sink: &mut Sink| slip(node, &shape::OWN_CORRECTION, sink);
    fields.list("corrections", sink, one)
}

pub(super) fn slip(node: &Node, shape: &'static Shape, sink: &mut Sink) -> Option<Slip<Written>> {
    let fields = Fields::open(node, shape, sink)?;
    let has = |key: &str| shape.slot(key).is_some();
    let is_own = !has("clause");
    if shape.slot("clause").is_some_and(|slot| slot.required) {
        fields.require("clause", sink);
    }
    let whose = match has("whose") {
        true => fields
            .one_of("whose", Whose::ALL, sink)
            .map(|whose| whose.value),
        false if is_own => Some(Whose::Site),
        false => None,
    };
    let whose = whose.unwrap_or(Whose::Text);
    if whose == Whose::Site {
        for key in ["on", "why"] {
            fields.require(key, sink);
        }
    }
    let printed = fields.required_text("printed", sink)?;
    let right = fields.required_text("right", sink)?;
    if right.value == printed.value {
        sink.push(
            Diagnostic::new(
                &codes::SLIP_NOT_FOUND,
                right.span,
                "更正与原样相同",
                "the corrected words are the same as the printed words",
            )
            .hint(
                "写上正确的字样，或删去这一条",
                "write the correct words, or delete the entry",
            ),
        );
    }
    let optional = |key: &str, sink: &mut Sink| has(key).then(|| fields.text(key, sink)).flatten();
    Some(Slip {
        whose,
        what: optional("what", sink).map(|what| what.value),
        clause: optional("clause", sink),
        printed,
        right: right.value,
        why: string(&fields, "why", sink),
        on: fields.day("on", sink).map(|day| day.value),
    })
}

/// The corrections of a list, and whether all of them could be read.
pub(super) fn corrections(fields: &Fields, sink: &mut Sink) -> (Vec<Slip<Written>>, bool) {
    let before = sink.count();
    let slips = fields.list("corrections", sink, |node, sink| {
        slip(node, &shape::CORRECTION, sink)
    });
    let sound = sink.count() == before && !fields.is_incomplete();
    (slips, sound)
}

/// The count or percentage that a text states.
pub(super) fn stated(node: &Node, sink: &mut Sink) -> Option<Stated<Written>> {
    let fields = Fields::open(node, &shape::STATED, sink)?;
    let count = fields.number::<usize>("count", sink);
    let value = if fields.get("rate").is_some() {
        let text = fields.text("rate", sink)?;
        match parse_rate(&text.value) {
            Some((scaled, decimals)) => Spanned::new(
                StatedValue::Rate {
                    printed: text.value,
                    scaled,
                    decimals,
                },
                text.span,
            ),
            None => {
                sink.push(
                    Diagnostic::new(
                        &codes::BAD_NUMERAL,
                        text.span,
                        format!("“{}”不是百分数", text.value),
                        format!("\"{}\" is not a percentage", text.value),
                    )
                    .hint(
                        "带百分号，小数照原文写，如 72.62%",
                        "write it with the % sign and the same decimals as the text, such as 72.62%",
                    ),
                );
                return None;
            }
        }
    } else {
        fields.require("count", sink);
        if let Some(text) = fields.text("count", &mut Sink::default())
            && text.value == UNSTATED
        {
            fields.refuse_unstated("count", text.span, sink);
        }
        count?.map(StatedValue::Count)
    };
    let of_text = fields.text("of", sink);
    let of_span = of_text.as_ref().map(|of| of.span);
    let of = match of_text.as_ref().map(|of| of.value.as_str()) {
        None | Some("全部") => Counted::All,
        Some("县级单位") => Counted::Counties,
        Some("开发区") => Counted::Zones,
        Some("市级中心") => Counted::CityCentres,
        Some(grade) => Counted::Grade(grade.to_owned()),
    };
    Some(Stated {
        what: fields.required_text("what", sink)?.value,
        value,
        of,
        of_span,
        differs: fields.text("differs", sink),
        cite: quoted(&fields, sink)?,
    })
}

/// `72.62%` -> (7262, 2)
fn parse_rate(text: &str) -> Option<(u64, u32)> {
    let plain = crate::text::strip_width(text);
    let number = plain.strip_suffix('%')?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty()
        || whole.len() > 3
        || fraction.len() > 6
        || !digits(whole)
        || !digits(fraction)
    {
        return None;
    }
    Some((
        format!("{whole}{fraction}").parse().ok()?,
        u32::try_from(fraction.len()).ok()?,
    ))
}

pub(super) fn fact(node: &Node, sink: &mut Sink) -> Option<Fact<Written>> {
    let fields = Fields::open(node, &shape::FACT, sink)?;
    let (what, words) = (string(&fields, "what", sink), string(&fields, "text", sink));
    let items = values(fields.texts("items", sink));
    if what.is_none() && words.is_none() && items.is_empty() {
        fields.require("what", sink);
    }
    // An entry of a guide has a name (`what`) and a text (`text`); the text is the statement.
    let (what, items) = match (what, words) {
        (Some(what), Some(words)) => (what, vec![words]),
        (what, words) => (what.or(words).unwrap_or_default(), items),
    };
    Some(Fact {
        who: string(&fields, "who", sink),
        what,
        items,
        note: string(&fields, "note", sink),
        cite: quoted(&fields, sink)?,
    })
}

pub(super) fn quota(node: &Node, sink: &mut Sink) -> Option<Quota<Written>> {
    let fields = Fields::open(node, &shape::QUOTA, sink)?;
    fields.require("per_day", sink);
    let (morning, afternoon) = (
        fields.number::<u32>("morning", sink),
        fields.number::<u32>("afternoon", sink),
    );
    let per_day = fields.number::<u32>("per_day", sink)?;
    if let (Some(morning), Some(afternoon)) = (&morning, &afternoon) {
        let sum = u64::from(morning.value) + u64::from(afternoon.value);
        if sum != u64::from(per_day.value) {
            sink.push(
                Diagnostic::new(
                    &codes::QUOTA_SUM,
                    per_day.span,
                    format!("每日 {} 名，而上午与下午之和是 {sum} 名", per_day.value),
                    format!(
                        "{} per day, but morning and afternoon add up to {sum}",
                        per_day.value
                    ),
                )
                .hint(
                    "对照原文改正其中一个",
                    "correct the wrong number from the official text",
                ),
            );
        }
    }
    Some(Quota {
        group: fields.required_text("group", sink)?.value,
        per_day: per_day.value,
        morning: morning.map(|n| n.value),
        afternoon: afternoon.map(|n| n.value),
        cite: quoted(&fields, sink)?,
    })
}

pub(super) fn session(node: &Node, sink: &mut Sink) -> Option<Session> {
    let fields = Fields::open(node, &shape::SESSION, sink)?;
    fields.require("date", sink);
    Some(Session {
        date: fields.day("date", sink)?.value,
        place: fields.required_text("place", sink)?.value,
        service: fields.required_text("service", sink)?.value,
        morning: fields.number("morning", sink).map(|n| n.value),
        afternoon: fields.number("afternoon", sink).map(|n| n.value),
        phone: fields.stated_text("phone", sink).map(|t| t.value),
    })
}

pub(super) fn grade(node: &Node, sink: &mut Sink) -> Option<Grade<Written>> {
    let fields = Fields::open(node, &shape::GRADE, sink)?;
    for key in ["list", "counties"] {
        fields.require(key, sink);
    }
    let stated = fields.number::<usize>("stated", sink);
    let cite = if stated.is_some() {
        Some(quoted(&fields, sink)?)
    } else {
        None
    };
    let list = Citation {
        clause: fields.text("list", sink)?,
        quote: None,
        unstated: None,
        derived: None,
    };
    let printed = printed_list(fields.get("counties")?, sink)?;
    Some(Grade {
        grade: fields.required_text("grade", sink)?.value,
        stated,
        cite,
        list,
        printed,
        rows: Vec::new(),
    })
}

/// The names of a list by heading (`太原市: 清徐县、阳曲县`), each with its own span. `无` is an empty list.
pub(super) fn printed_list(node: &Node, sink: &mut Sink) -> Option<PrintedList> {
    let map = match &node.kind {
        YamlKind::Map(map) => map,
        YamlKind::Text(word) if word == "无" => return Some(Vec::new()),
        _ => {
            sink.push(wrong_type(
                node,
                "按市分列的名单（太原市: 清徐县、阳曲县）",
                "names by prefecture (太原市: 清徐县、阳曲县)",
            ));
            return None;
        }
    };
    map.iter()
        .map(|(heading, names)| {
            let names = match &names.kind {
                YamlKind::List(items) => items
                    .iter()
                    .map(|item| text(item, sink))
                    .collect::<Option<_>>()?,
                _ => split_names(&text(names, sink)?),
            };
            Some((heading.clone(), names))
        })
        .collect()
}

/// Splits `灵丘县、浑源县`. Each name has its own span if the source writes them on one line as they are.
fn split_names(names: &Spanned<String>) -> Vec<Spanned<String>> {
    let mut at = 0;
    names
        .value
        .split('、')
        .map(|name| {
            let trimmed = name.trim();
            let lead = name.len() - name.trim_start().len();
            let span = names.part(at + lead..at + lead + trimmed.len());
            at += name.len() + '、'.len_utf8();
            Spanned::new(trimmed.to_owned(), span)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{SourceId, Span};

    #[test]
    fn document_numbers_have_one_form() {
        for number in [
            "晋教助学〔2020〕7号",
            "教资助函〔2019〕192号",
            "GB/T 16180－2014",
        ] {
            assert!(is_standard_number(number), "{number}");
        }
        for number in [
            "教助中心【2023】16号",
            "教助中心[2023]16号",
            "教助中心〔23〕16号",
            "教助中心〔2023〕16",
            "〔2023〕16号",
            "教助 中心〔2023〕16号",
        ] {
            assert!(!is_standard_number(number), "{number}");
        }
    }

    #[test]
    fn percentages_are_exact() {
        assert_eq!(parse_rate("72.62%"), Some((7262, 2)));
        assert_eq!(parse_rate("100%"), Some((100, 0)));
        assert_eq!(parse_rate("0.5％"), Some((5, 1)));
        for text in ["72.62", "%", "1e3%", "-1%", "72.6.2%"] {
            assert_eq!(parse_rate(text), None, "{text}");
        }
    }

    #[test]
    fn listed_names_keep_their_places() {
        let names = Spanned::new(
            "灵丘县、 浑源县".to_owned(),
            Span::new(SourceId(0), 10..10 + "灵丘县、 浑源县".len()),
        );
        let split = split_names(&names);
        assert_eq!(split[1].value, "浑源县");
        assert_eq!(split[1].span.range(), 10 + 9 + 3 + 1..10 + 9 + 3 + 1 + 9);
    }
}
