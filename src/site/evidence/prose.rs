//! Sentences in everyday words: they may rephrase the official words, but not add or change a number, a day, a name or
//! what a rule demands.
//!
//! A sentence is read like the official text. Each of its readings must be among those of what it cites. Pieces of a
//! sentence that speak about the text itself (原文没有写 …) are not compared: they say that nothing is there.

use std::ops::Range;

use mingbai_reading::{
    Amount, Bound, Day, Force, Name, NameKind, Ordinal, Reading, Vague, What, Year,
};
use mingbai_rules::self_check::Verdict;

use super::denial::{is_denial, piece_around};
use super::words::{Words, titles};
use super::{Case, Value, channels, force, names, numbers, polarity, say};
use crate::diag::Sink;
use crate::text::first_chars;

/// Compares the days, numbers and names of a sentence.
///
/// # Diagnostics
/// MB0901 for a day, MB0902 for a number, MB0903 for a name.
pub(super) fn compare_facts(case: &Case<'_>, value: &Value, readings: &[Reading], sink: &mut Sink) {
    for reading in readings {
        if !matches!(reading.what, What::Force(_)) {
            compare_reading(case, value, reading, sink);
        }
    }
    compare_rest(case, value, readings, sink);
}

/// Compares what a sentence demands and negates, and its channels.
///
/// # Diagnostics
/// MB0903, MB0904.
pub(super) fn compare_marks(case: &Case<'_>, value: &Value, readings: &[Reading], sink: &mut Sink) {
    if affirms_a_refusal(case, &value.value) {
        let first = value.value.chars().next().map_or(0, char::len_utf8);
        sink.push(say::part(case, value, 0..first));
    }
    // 所有学生 names people and demands nothing.
    let mut names = ["who", "group"]
        .iter()
        .flat_map(|key| case.entry.values(key));
    if !names.any(|own| own.span == value.span) {
        for reading in readings {
            if matches!(reading.what, What::Force(_)) {
                compare_reading(case, value, reading, sink);
            }
        }
    }
    compare_lost(case, value, readings, sink);
    channels::compare(case, value, sink);
    polarity::compare(case, value, sink);
}

const PRINCIPLE: &str = "原则上";

/// 原则上 and 只 of the quotation are in the sentence that says the same.
fn compare_lost(case: &Case<'_>, value: &Value, readings: &[Reading], sink: &mut Sink) {
    const AFTER: usize = 2;
    if case.words.quoted.is_none() {
        return;
    }
    let follows = |rest: &str| {
        let next = first_chars(rest, AFTER);
        !next.is_empty() && value.value.contains(next)
    };
    for force in [Force::InPrinciple, Force::Only] {
        let has = readings.iter().any(|one| one.what == What::Force(force));
        let mut said = case.words.readings().iter();
        let lost = said.find(|reading| {
            let rest = &case.words.text[reading.span.end..];
            reading.what == What::Force(force)
                && rest.starts_with(char::is_alphabetic)
                && follows(rest)
        });
        if let Some(lost) = lost.filter(|_| !has) {
            sink.push(say::lost(case, value, &case.words.text[lost.span.clone()]));
            return;
        }
    }
    // 原则上不超过 is read as one limit.
    let mut principles = case.words.text.split(PRINCIPLE).skip(1);
    if !value.value.contains(PRINCIPLE) && principles.any(follows) {
        sink.push(say::lost(case, value, PRINCIPLE));
    }
}

/// Whether an outcome that refuses begins with 能 or 可以.
fn affirms_a_refusal(case: &Case<'_>, sentence: &str) -> bool {
    let refuses = case.verdict() == Some(Verdict::No);
    let asks = sentence.starts_with("能不能") || sentence.starts_with("能否");
    refuses && !asks && (sentence.starts_with('能') || sentence.starts_with("可以"))
}

fn compare_reading(case: &Case<'_>, value: &Value, reading: &Reading, sink: &mut Sink) {
    if is_opposite(case, &value.value, reading) {
        sink.push(say::sentence(case, value, reading, None));
        return;
    }
    if concludes(case, &value.value, reading) || is_no_claim(case, &value.value, reading) {
        return;
    }
    let mut meanings = std::iter::once(&reading.what).chain(&reading.others);
    if !meanings.any(|what| is_said(case, &value.value, reading, what)) {
        sink.push(say::sentence(case, value, reading, nearest(case, reading)));
    }
}

/// Whether a word is the answer of an outcome: 可以 where the person fits, 不能 where not.
fn concludes(case: &Case<'_>, sentence: &str, reading: &Reading) -> bool {
    let Some(verdict) = case.verdict() else {
        return false;
    };
    let fits = verdict == Verdict::Yes;
    let answers = match reading.what {
        What::Force(Force::May) => fits,
        What::Force(Force::MustNot) => !fits,
        _ => false,
    };
    answers && is_in_answer(sentence, reading)
}

/// Whether a word is a whole answer (可以。) that the verdict is not.
fn is_opposite(case: &Case<'_>, sentence: &str, reading: &Reading) -> bool {
    let is_modal = matches!(
        reading.what,
        What::Force(Force::May | Force::Must | Force::MustNot)
    );
    is_modal
        && case.verdict().is_some()
        && reading.span.start == 0
        && sentence[reading.span.end..].starts_with(['。', '，'])
        && !concludes(case, sentence, reading)
}

/// Whether a word is in the first piece of a sentence.
fn is_in_answer(sentence: &str, reading: &Reading) -> bool {
    !sentence[..reading.span.start].contains(['。', '，'])
}

/// Whether a word of obligation demands nothing by itself.
pub(super) fn is_soft(words: &str) -> bool {
    matches!(words, "要" | "请" | "需要" | "需")
}

/// Compares what was not read: digits, titles and words in quotation marks are in the clause as they are.
pub(super) fn compare_rest(case: &Case<'_>, value: &Value, readings: &[Reading], sink: &mut Sink) {
    let text = value.value.as_str();
    let read_until = |at: usize| {
        let around = readings.iter().find(|reading| reading.span.contains(&at));
        around.map(|reading| reading.span.end)
    };
    let is_date = |c: char| c.is_ascii_digit() || matches!(c, '年' | '月' | '日');
    let mut at = 0;
    while let Some(start) = text[at..]
        .find(|c: char| c.is_ascii_digit())
        .map(|i| at + i)
    {
        if let Some(end) = read_until(start) {
            at = end;
            continue;
        }
        let rest = &text[start..];
        // 2月31日 is not a day, and must not be taken apart: 31日 may be in the clause.
        let run = rest
            .find(|c: char| !is_date(c))
            .map_or(rest, |end| &rest[..end]);
        at = start + run.len();
        let digits = run.find(|c: char| !c.is_ascii_digit()).unwrap_or(run.len());
        if is_afternoon_said(case, text, start, at) {
            continue;
        }
        if !case
            .clauses
            .iter()
            .any(|clause| clause.has_run(run, digits))
        {
            sink.push(say::unread(case, value, start..at));
        }
    }
    for (open, close) in [('“', '”'), ('《', '》')] {
        for (start, _) in text.match_indices(open) {
            let inner = &text[start + open.len_utf8()..];
            let Some(end) = inner.find(close) else {
                continue;
            };
            let words = &inner[..end];
            if words.chars().count() >= 2 && !case.clauses.iter().any(|clause| clause.affirm(words))
            {
                sink.push(say::unread(
                    case,
                    value,
                    start..start + open.len_utf8() + end,
                ));
            }
        }
    }
    compare_titles(case, value, sink);
}

/// Whether 下午5点 is 17:00 in the clause.
fn is_afternoon_said(case: &Case<'_>, text: &str, start: usize, end: usize) -> bool {
    let is_afternoon = ["下午", "晚上", "晚"]
        .iter()
        .any(|part| text[..start].ends_with(part));
    let is_hour = text[end..].starts_with(['点', '时', ':', '：']);
    let hour = text[start..end]
        .parse::<u8>()
        .ok()
        .filter(|hour| *hour < 12);
    hour.filter(|_| is_afternoon && is_hour)
        .is_some_and(|hour| {
            let hour = (hour + 12).to_string();
            case.clauses.iter().any(|clause| clause.has_number(&hour))
        })
}

/// A title after a word that is before a title in the clause must be that title (打印首贷《申请表》); of two titles in
/// the clause, a sentence does not name one twice and the other never; and a title is not one character off.
fn compare_titles(case: &Case<'_>, value: &Value, sink: &mut Sink) {
    let own = titles(&value.value);
    if own.is_empty() {
        return;
    }
    let said: Vec<(&str, &str)> = case
        .all_words()
        .flat_map(Words::titles)
        .map(|(before, title)| (before.as_str(), title.as_str()))
        .collect();
    for (before, title) in &own {
        let same: Vec<&str> = said
            .iter()
            .filter(|(b, _)| before.chars().count() == 2 && b == before)
            .map(|(_, t)| *t)
            .collect();
        let twice = own.iter().filter(|(_, other)| other == title).count() > 1;
        let lost = said
            .iter()
            .any(|(_, other)| own.iter().all(|(_, own)| own != other));
        let is_quoted = said.iter().any(|(_, other)| other == title);
        let is_like = said.iter().any(|(_, other)| differ_in_one(title, other));
        if (!same.is_empty() && !same.contains(title)) || (twice && lost) || (!is_quoted && is_like)
        {
            let start = value.value.find(title).unwrap_or_default();
            sink.push(say::part(case, value, start..start + title.len()));
        }
    }
}

/// Whether two titles differ in one character: 申请表Ⅰ and 申请表Ⅱ.
fn differ_in_one(one: &str, other: &str) -> bool {
    let pairs = one.chars().zip(other.chars());
    one.chars().count() == other.chars().count() && pairs.filter(|(a, b)| a != b).count() == 1
}

/// Whether a reading asserts nothing: it is in a piece that says what the text does not say, or is a word that
/// everyday speech needs.
fn is_no_claim(case: &Case<'_>, sentence: &str, reading: &Reading) -> bool {
    let words = &sentence[reading.span.clone()];
    let after = &sentence[reading.span.end..];
    match &reading.what {
        // 不 and 没有 are compared with what they negate.
        What::Force(Force::Not) => true,
        What::Name(name) => is_no_name(sentence, name, &reading.span),
        What::Force(_) | What::NotADay(_) | What::Ordinal(_)
            if is_denial(sentence, &reading.span) =>
        {
            true
        }
        // 要 asks for nothing by itself.
        What::Force(Force::Must) => is_soft(words),
        // 可以。 answers the question.
        What::Force(Force::May) => case.verdict().is_some() && after.starts_with(['。', '，']),
        // 只写了 speaks about the text.
        What::Force(Force::Only) => ["写", "说", "有名字"]
            .iter()
            .any(|verb| after.starts_with(verb)),
        // 除了 … 还: nothing is excepted.
        What::Force(Force::Except) => after.contains('还'),
        // A mobile number is reported as personal data.
        What::Phone(phone) => phone.len() == 11 && phone.starts_with('1'),
        // 一份, 一年: an article.
        What::Amount(amount) => is_article(amount, words),
        What::Duration(_) => words.starts_with('一'),
        What::NotADay(vague) => *vague == Vague::Soon,
        _ => false,
    }
}

/// Channels are compared by themselves; the site may tell readers whom to ask; 这时证明 is not a paper.
fn is_no_name(sentence: &str, name: &Name, span: &Range<usize>) -> bool {
    const ASKING: &[&str] = &["请问", "请先问", "再问", "先问", "，问", "或问"];
    let piece = piece_around(sentence, span);
    let before = &sentence[..span.end];
    let asks = ASKING.iter().any(|words| {
        before
            .rfind(words)
            .is_some_and(|at| at + words.len() > piece.start)
    });
    name.kind == NameKind::Channel
        || asks
        || name.words.contains(['这', '那'])
        || name.words.starts_with("没有")
        || is_denial(sentence, span)
}

fn is_article(amount: &Amount, words: &str) -> bool {
    words.starts_with('一') && amount.value.digits == 1 && amount.value.scale == 0
}

/// The official words with a meaning of the same kind, if there is one.
fn nearest<'a>(case: &'a Case<'_>, reading: &Reading) -> Option<&'a str> {
    let kind = std::mem::discriminant(&reading.what);
    let mut same = case.all_words().flat_map(Words::meanings);
    same.find(|(_, what)| std::mem::discriminant(*what) == kind)
        .map(|(words, _)| words)
}

/// Whether the words, or the clauses around them, have a meaning.
fn is_said(case: &Case<'_>, sentence: &str, reading: &Reading, what: &What) -> bool {
    match what {
        What::Ordinal(ordinal) if is_numbered(case, ordinal) => return true,
        // 9月25日以前不能停办 says 不得早于9月25日.
        What::Day(day) if day.bound != Bound::On && is_negated(sentence, reading) => {
            let day = What::Day(Day {
                bound: Bound::On,
                ..day.clone()
            });
            return is_said(case, sentence, reading, &day);
        }
        What::Force(one) => {
            // The first words of an outcome are its answer, for which it cites its own clause; the rest may rest on its
            // provisions.
            let is_answer = case.verdict().is_some() && is_in_answer(sentence, reading);
            let named = if is_answer {
                &[]
            } else {
                case.named.as_slice()
            };
            let clauses = if is_answer {
                &case.clauses[..1]
            } else {
                case.clauses.as_slice()
            };
            let words = std::iter::once(case.words).chain(named.iter().copied());
            let clauses = clauses.iter().copied();
            return force::is_said(*one, sentence, &reading.span, words, clauses);
        }
        _ => {}
    }
    case.all_words().any(|words| is_in(case, what, words))
        || case.clauses.iter().any(|clause| is_in(case, what, clause))
}

/// Whether the piece of a sentence around a reading negates something.
fn is_negated(sentence: &str, reading: &Reading) -> bool {
    let piece = piece_around(sentence, &reading.span);
    sentence[piece].contains(['不', '未', '没'])
}

/// Whether 第二类 is the second of the clauses cited, or 第一次 is 首.
fn is_numbered(case: &Case<'_>, ordinal: &Ordinal) -> bool {
    let is_first = ordinal.unit == "次" && ordinal.first == 1 && ordinal.last == 1;
    (ordinal.first..=ordinal.last).all(|number| case.numbers.contains(&number))
        || (is_first && case.clauses.iter().any(|words| words.contain("首")))
}

/// Whether the words have a meaning.
fn is_in(case: &Case<'_>, what: &What, words: &Words<'_>) -> bool {
    match what {
        What::Day(day) => is_day_in(case, day, words),
        What::Amount(_)
        | What::Duration(_)
        | What::Money(_)
        | What::Share(_)
        | What::Ordinal(_) => is_number_in(what, words),
        What::DocumentNumber(number) => words.contain(number),
        What::Phone(phone) => words.contain(phone),
        What::Mailbox(mailbox) => words.folded().to_lowercase().contains(mailbox.as_str()),
        What::Name(name) => names::is_said(case, name, words),
        // Compared with what it governs.
        What::Force(_) => false,
        What::NotADay(vague) => words
            .meanings()
            .any(|(_, said)| matches!(said, What::NotADay(other) if other == vague)),
    }
}

/// Whether the words have the same numbers, with the same unit and limit where both sides print one.
fn is_number_in(what: &What, words: &Words<'_>) -> bool {
    let limit = numbers::limit(what);
    numbers::values(what).into_iter().all(|number| {
        words.with_number(number).any(|said| {
            let same_limit =
                limit.is_none() || numbers::limit(said).is_none() || limit == numbers::limit(said);
            numbers::has_number(said, number)
                && same_limit
                && numbers::is_same_unit(what, said)
                && numbers::is_same_per(what, said)
        })
    })
}

fn is_day_in(case: &Case<'_>, day: &Day, words: &Words<'_>) -> bool {
    if day.month.is_none() {
        // A year alone: in the words, or the year of the document.
        return match &day.year {
            Year::Printed(year) => {
                let of_document = case.years.resolve(&Year::Unsaid);
                of_document.is_some_and(|years| years.contains(year))
                    || words.text.contains(&format!("{year}年"))
            }
            _ => true,
        };
    }
    words.days_of(day.month).any(|said| match said {
        What::Day(said) => is_same_day(case, day, said),
        _ => false,
    })
}

fn is_same_day(case: &Case<'_>, day: &Day, said: &Day) -> bool {
    if said.month != day.month
        || (day.day.is_some() && said.day != day.day)
        || (day.part.is_some() && said.part != day.part)
        || is_turned(day.bound, said.bound)
    {
        return false;
    }
    match (&day.year, &said.year) {
        (Year::Printed(year) | Year::Carried(year), other) => case.years.may_be(other, *year),
        (Year::Every, other) => *other == Year::Every,
        _ => true,
    }
}

/// Whether one bound is before a day and the other after it.
fn is_turned(one: Bound, other: Bound) -> bool {
    let is_before = |bound| matches!(bound, Bound::Before | Bound::Until | Bound::NotAfter);
    let is_after = |bound| matches!(bound, Bound::After | Bound::From | Bound::NotBefore);
    (is_before(one) && is_after(other)) || (is_after(one) && is_before(other))
}
