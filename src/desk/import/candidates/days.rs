//! Windows and deadlines: the days of a paragraph that open or limit something.
//!
//! Comes in: a paragraph. Goes out: entries of `windows` and `deadlines`. A day keeps the bound that its words give
//! (不得早于, 前), by the rule of the comparison with the words. A day whose year the document does not settle is left
//! without one, and its entry stays open until a person has added it.

use std::ops::Range;

use jiff::civil::Date;
use mingbai_reading::{Bound, Day, End, Part, What, Year};

use super::actors::{self, Act};
use super::entry::Note;
use super::paragraph::{Paragraph, before, is_validity};
use super::{Candidates, Context, Field, Section, Years};
use crate::evidence::{DayOf, bound_kind};
use crate::model::date::BoundKind;

/// A day of a paragraph.
struct Said<'a> {
    span: Range<usize>,
    day: &'a Day,
}

/// A day as a file writes it.
pub(super) struct Written {
    pub text: String,
    pub note: Option<Note>,
    /// The day, if its year is settled.
    pub day: Option<Date>,
}

/// Finds the windows and the deadlines of a paragraph.
pub(super) fn find(p: &Paragraph, context: &Context, found: &mut Candidates) {
    let days: Vec<Said> = p
        .readings
        .iter()
        .filter_map(|reading| match &reading.what {
            What::Day(day) if day.month.is_some() && !context.is_struck(p, &reading.span) => {
                Some(Said {
                    span: reading.span.clone(),
                    day,
                })
            }
            _ => None,
        })
        .collect();
    let mut at = 0;
    while let Some(first) = days.get(at) {
        let last = days.get(at + 1);
        at += 1;
        if let Some(last) = last.filter(|last| is_range(first, last)) {
            at += 1;
            if !is_past(p, last.span.end) && is_arranged(p, context, first) {
                window(p, context, found, first, Some(last));
            }
            continue;
        }
        if opens(p, first) {
            match last.filter(|last| closes(p, last)) {
                Some(last) => window(p, context, found, first, Some(last)),
                None if first.day.bound == Bound::From => window(p, context, found, first, None),
                None => {}
            }
        }
        if is_limit(p, first) {
            deadline(p, context, found, first);
        }
    }
}

fn is_range(first: &Said, last: &Said) -> bool {
    first.day.end == End::First && last.day.end == End::Last
}

/// Whether people can do something in a window: 放假 and 降雨 have first and last days, too.
fn is_arranged(p: &Paragraph, context: &Context, said: &Said) -> bool {
    const WORDS: [&str; 25] = [
        "受理", "申请", "办理", "报名", "申报", "登记", "缴费", "变更", "公示", "领取", "预约",
        "提交", "填报", "审核", "开放", "征集", "报到", "确认", "咨询", "续贷", "贷款", "发放",
        "认定", "回执", "汇算",
    ];
    let sentence = &p.words[p.sentence(said.span.start)];
    let heading = context.heading(p.clause).unwrap_or_default();
    WORDS
        .iter()
        .any(|word| sentence.contains(word) || heading.contains(word))
}

/// Whether a sentence reports what was done.
fn is_past(p: &Paragraph, at: usize) -> bool {
    let rest = at..p.sentence(at.saturating_sub(1)).end.max(at);
    ["进行了", "开展了", "完成了", "召开了", "举办了", "组织了"]
        .iter()
        .any(|words| p.words[rest.clone()].contains(words))
}

/// Whether something can be applied for from a day on: 7月27日前启动受理, 7月17日起受理.
fn opens(p: &Paragraph, said: &Said) -> bool {
    let follows = &p.words[said.span.end
        ..p.piece(said.span.end.saturating_sub(1))
            .end
            .max(said.span.end)];
    let may = matches!(
        said.day.bound,
        Bound::From | Bound::Before | Bound::NotAfter | Bound::On
    ) && said.day.end == End::Alone;
    let starts = ["启动", "开始", "开放", "开通"]
        .iter()
        .any(|word| follows.contains(word));
    let accepts = ["受理", "申请", "报名", "办理"]
        .iter()
        .any(|word| follows.contains(word));
    may && accepts && (starts || said.day.bound == Bound::From)
}

/// Whether it can be applied for until a day.
fn closes(p: &Paragraph, said: &Said) -> bool {
    let piece = p.piece(said.span.start);
    let ends = ["截止", "结束", "停止"]
        .iter()
        .any(|word| p.words[piece.clone()].contains(word));
    ends && said.day.end == End::Alone && said.day.bound != Bound::From
}

/// Whether a number was counted on a day: 截至2024年12月31日，全县共有…
fn is_count(p: &Paragraph, said: &Said) -> bool {
    let words = &p.words[said.span.clone()];
    let rest = &p.words[said.span.end..p.sentence(said.span.start).end];
    let is_until = ["截至", "截止到", "截止"]
        .iter()
        .any(|word| words.contains(word));
    is_until
        && ["共", "累计", "已", "总计", "合计"]
            .iter()
            .any(|word| rest.contains(word))
}

/// Whether something must be done by a day.
fn is_limit(p: &Paragraph, said: &Said) -> bool {
    let lead = before(p, &said.span);
    let follows = &p.words[said.span.end..];
    if said.day.end != End::Alone
        || is_validity(lead)
        || is_count(p, said)
        || follows.starts_with("出生")
    {
        return false;
    }
    match said.day.bound {
        Bound::Before | Bound::Until | Bound::NotAfter | Bound::NotBefore => true,
        Bound::From | Bound::After => false,
        Bound::On => {
            // 每年6月和12月 are two times, not limits.
            let recurs = matches!(said.day.year, Year::Every | Year::This)
                && !follows.starts_with(['和', '、', '及']);
            recurs
                || ["截止", "期限", "时限", "最迟", "结点", "节点"]
                    .iter()
                    .any(|word| lead.contains(word))
        }
    }
}

fn deadline(p: &Paragraph, context: &Context, found: &mut Candidates, said: &Said) {
    let quote = quote(p, &said.span, &said.span);
    let printed = &p.words[said.span.clone()];
    let Some(by) = context.years.written(DayOf::Deadline, said, p) else {
        if bound_kind(DayOf::Deadline, said.day).is_some() {
            found.open.push(format!(
                "像是时限：{}写“{printed}”，写不成年月日；要写进 deadlines 的，照原文查明是哪一天",
                p.label
            ));
        }
        return;
    };
    if quote.end < said.span.end || quote.start > said.span.start {
        return;
    }
    let Act { who, what } = actors::act(p, &quote, &said.span);
    let (audience, other) = actors::audience(who.as_deref().unwrap_or_default());
    let who = who.map_or_else(
        || Field::missing("who", "这一句没有写由谁来办"),
        |who| Field::text("who", who),
    );
    let fields = vec![
        Field::text("by", by.text).noted(by.note),
        who,
        Field::text("for", audience).noted(Some(Note::Hint(other))),
        Field::text("what", what),
    ];
    found.push(Section::Deadlines, p.entry(fields, quote));
}

fn window(
    p: &Paragraph,
    context: &Context,
    found: &mut Candidates,
    first: &Said,
    last: Option<&Said>,
) {
    let end = last.unwrap_or(first);
    let quote = quote(p, &first.span, &end.span);
    if quote.end < end.span.end || quote.start > first.span.start {
        return;
    }
    let written = |said: &Said, of| context.years.written(of, said, p);
    let from = written(first, DayOf::From);
    let until = last.map(|last| written(last, DayOf::Until));
    let day = |written: &Option<Written>| written.as_ref().and_then(|written| written.day);
    // A window that ends before it begins is a misprint of the text or a mistake of ours.
    let last_day = until.as_ref().and_then(day);
    if matches!((day(&from), last_day), (Some(a), Some(b)) if a > b) {
        return;
    }
    let mut fields = vec![what(p, context, &quote, first)];
    let is_settled = day(&from).is_some() && (until.is_none() || last_day.is_some());
    match from.filter(|_| is_settled) {
        Some(from) => {
            fields.push(Field::text("from", from.text).noted(from.note));
            fields.extend(
                until
                    .flatten()
                    .map(|until| Field::text("until", until.text)),
            );
        }
        None => {
            let printed = &p.words[first.span.start..end.span.end];
            fields.push(Field::open(
                "from",
                format!("原文只写“{printed}”，看不出是哪一年哪一天；查明以后补 from: 和 until:，写成“年-月-日”"),
            ));
        }
    }
    found.push(Section::Windows, p.entry(fields, quote));
}

/// What can be done in a window: the words before it, or else the heading of the clause.
fn what(p: &Paragraph, context: &Context, quote: &Range<usize>, first: &Said) -> Field {
    let before = p.words[quote.start..first.span.start].trim();
    let bare = before
        .trim_end_matches([
            '：', ':', '为', '是', '从', '自', '于', '在', '定', '（', '(',
        ])
        .trim_end_matches("时间")
        .trim_end_matches(['应', '当', '须', '可', '要', '请'])
        .trim();
    let heading = || {
        let heading = context.heading(p.clause)?.trim_end_matches('。');
        let heading = heading.trim_end_matches("时间");
        Some(heading.to_owned()).filter(|words| !words.is_empty())
    };
    // 各地可在…的情况下 is not a name.
    let is_name =
        !bare.is_empty() && bare.chars().count() <= 24 && !bare.ends_with(['可', '应', '须', '要']);
    let name = Some(bare.to_owned()).filter(|_| is_name).or_else(heading);
    name.map_or_else(
        || Field::missing("what", "这一段时间办什么"),
        |name| Field::text("what", name),
    )
}

/// The words around days that are enough to understand them: whole pieces, and one more where a day ends its piece.
fn quote(p: &Paragraph, first: &Range<usize>, last: &Range<usize>) -> Range<usize> {
    let start = p.piece(first.start).start;
    let mut end = p.piece(last.end.saturating_sub(1)).end;
    let rest = p.words[last.end..end].chars().count();
    if rest <= 4 && end < p.sentence(last.start).end {
        end = p.piece(end).end;
    }
    p.trimmed(start..end)
}

impl Years {
    /// A day as the file writes it; nothing if its words cannot be written.
    fn written(&self, of: DayOf, said: &Said, p: &Paragraph) -> Option<Written> {
        let (day, printed) = (said.day, &p.words[said.span.clone()]);
        let bound = match bound_kind(of, day)? {
            BoundKind::Exact => "",
            BoundKind::NotBefore => "不早于 ",
            BoundKind::NotAfter => "不晚于 ",
        };
        let month = day.month?;
        let words = |why: &'static str| {
            Some(Written {
                text: format!("{bound}{}", as_printed(printed)?),
                note: Some(Note::Open(why)),
                day: None,
            })
        };
        let yearly = |note| {
            let text = match day.day {
                Some(of_month) => format!("{bound}每年 {month:02}-{of_month:02}"),
                None => format!("{bound}每年 {month}月"),
            };
            Some(Written {
                text,
                note,
                day: None,
            })
        };
        let is_whole = day.day.is_some() && day.part.is_none();
        if day.year == Year::Every && day.part.is_none() {
            return yearly(None);
        }
        if day.year == Year::This && self.is_lasting && day.part.is_none() {
            return yearly(Some(Note::Open("原文写“当年”，这里作每年")));
        }
        // The digits of a year that the reader has not taken for one: 177.2024年7月1日.
        let is_cut = p.words[..said.span.start].ends_with('年');
        let has_year = day.year != Year::Unsaid || is_cut;
        if !is_whole {
            return if has_year {
                None
            } else {
                words("原文没有写全年月日，照原文写")
            };
        }
        if is_cut || matches!(day.year, Year::Of(_)) {
            return None;
        }
        let Some((year, note)) = self.resolve(day) else {
            return words("原文没有写年份，照原文写；查明以后写成“年-月-日”");
        };
        let date = date(year, month, day.day?)?;
        // 1月31日 in a text of December is next year's.
        let is_unsettled = day.year == Year::Unsaid
            && self.work.is_none()
            && self.issued.is_some_and(|issued| date < issued);
        if is_unsettled {
            return words("原文没有写年份，照成文的那一年算已经过去；查明以后写成“年-月-日”");
        }
        Some(Written {
            text: format!("{bound}{date}"),
            note,
            day: Some(date),
        })
    }

    /// The year of a day, and where it comes from.
    fn resolve(&self, day: &Day) -> Option<(i16, Option<Note>)> {
        let here = self.work.or_else(|| self.issued.map(Date::year));
        let of_document = Some(Note::Hint("原文没有写年份，这是文件的年份"));
        match day.year {
            Year::Printed(year) | Year::Carried(year) => Some((year, None)),
            Year::This | Year::Unsaid => Some((here?, of_document)),
            Year::Next => Some((here? + 1, Some(Note::Hint("原文写“次年”，从文件的年份算")))),
            Year::Last => Some((here? - 1, Some(Note::Hint("原文写“去年”，从文件的年份算")))),
            Year::Every | Year::Of(_) => None,
        }
    }
}

pub(super) fn date(year: i16, month: u8, day: u8) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// `6月底` of `于6月底之前`: month and day in the digits of the text.
fn as_printed(words: &str) -> Option<String> {
    let plain = crate::text::strip_width(words);
    let month = plain.find('月')?;
    let start = plain[..month]
        .rfind(|c: char| !c.is_ascii_digit())
        .map_or(0, |at| {
            at + plain[at..].chars().next().map_or(0, char::len_utf8)
        });
    let rest = &plain[month + '月'.len_utf8()..];
    let part = [
        Part::First,
        Part::Second,
        Part::Third,
        Part::Last,
        Part::Start,
        Part::Middle,
    ]
    .into_iter()
    .flat_map(words_of)
    .find(|word| rest.starts_with(**word))
    .map(|word| word.len());
    let days = rest
        .find('日')
        .filter(|at| rest[..*at].chars().all(|c| c.is_ascii_digit()));
    let end = days.map(|at| at + '日'.len_utf8()).or(part).unwrap_or(0);
    (start < month).then(|| format!("{}月{}", &plain[start..month], &rest[..end]))
}

fn words_of(part: Part) -> &'static [&'static str] {
    match part {
        Part::Start => &["初"],
        Part::First => &["上旬"],
        Part::Second => &["中旬"],
        Part::Third => &["下旬"],
        Part::Middle => &["中"],
        Part::Last => &["底", "末"],
    }
}
