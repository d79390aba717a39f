//! The sentences of this module: what the file says, what the words say, and the value that would be right.

use mingbai_reading::{Number, Reading, What};

use super::denial::piece_around;
use super::{Case, Value};
use crate::diag::{Diagnostic, codes};

/// Why a day does not fit, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Why {
    Bound,
    End,
    Year,
    Day,
}

/// At most this many words are listed.
const MOST: usize = 6;

fn with_words(diagnostic: Diagnostic, case: &Case<'_>) -> Diagnostic {
    match (case.words.quoted, &case.entry.clause) {
        (Some(span), _) => diagnostic.also(span, "引文", "the quotation"),
        (None, Some(clause)) => diagnostic.also(clause.span, "所引条款", "the cited clause"),
        (None, None) => diagnostic,
    }
}

/// The day is there, but not as the file says it.
pub(super) fn day(
    case: &Case<'_>,
    value: &Value,
    words: &str,
    why: Why,
    right: Option<String>,
) -> Diagnostic {
    let (zh, en) = match why {
        Why::Day => (
            format!("引文写的是“{words}”，不是“{}”", value.value),
            format!("the words say “{words}”, which is not {}", value.value),
        ),
        Why::Year => (
            format!("“{words}”不是这一年的日子（{}）", value.value),
            format!("“{words}” is not a day of this year ({})", value.value),
        ),
        Why::Bound => (
            format!(
                "“{words}”说的不是“{}”：是不是期限、是上限还是下限不一样",
                value.value
            ),
            format!(
                "“{words}” does not say {}: one is a bound and the other is not, or the bounds differ",
                value.value
            ),
        ),
        Why::End => (
            format!("“{words}”是一段时间的另一头，不是“{}”", value.value),
            format!(
                "“{words}” is the other end of the period, not {}",
                value.value
            ),
        ),
    };
    let code = if why == Why::Day {
        &codes::DATE_NOT_IN_QUOTE
    } else {
        &codes::DAY_DIFFERS
    };
    let diagnostic = with_words(Diagnostic::new(code, value.span, zh, en), case);
    match right {
        Some(right) => diagnostic
            .hint(
                format!("按原文写作：{right}"),
                format!("the words give: {right}"),
            )
            .fix(value.span, right.to_string()),
        None => diagnostic.hint(
            "对照原文改正，或引用写有这个日子的那一句",
            "correct it from the official text, or quote the sentence that gives this day",
        ),
    }
}

/// The words do not give the day.
pub(super) fn no_day<'a>(
    case: &Case<'_>,
    value: &Value,
    said: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let said: Vec<&str> = said.take(MOST).collect();
    let diagnostic = Diagnostic::new(
        &codes::DATE_NOT_IN_QUOTE,
        value.span,
        format!("引文中没有这个日期（{}）", value.value),
        format!("the quotation does not contain this date ({})", value.value),
    );
    let diagnostic = with_words(diagnostic, case);
    if said.is_empty() {
        return diagnostic.hint(
            "改正日期，或引用写有日期的那句原文",
            "correct the date, or quote the sentence that contains it",
        );
    }
    diagnostic.hint(
        format!("引文里的日子是：{}", said.join("、")),
        format!("the days of the quotation are: {}", said.join(", ")),
    )
}

/// The words do not give the number.
pub(super) fn number(
    case: &Case<'_>,
    value: &Value,
    said: &[&str],
    right: Option<Number>,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &codes::NUMBER_DIFFERS,
        value.span,
        format!("引文没有说“{}”这个数", value.value),
        format!("the words do not give the number {}", value.value),
    );
    let diagnostic = with_words(diagnostic, case);
    match right {
        Some(right) => diagnostic
            .hint(
                format!("按原文写作：{right}"),
                format!("the words give: {right}"),
            )
            .fix(value.span, right.to_string()),
        None => listed(diagnostic, said),
    }
}

/// The words do not have the name.
pub(super) fn name(case: &Case<'_>, value: &Value, said: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &codes::NAME_DIFFERS,
        value.span,
        format!("引文里没有“{}”", value.value),
        format!("the words do not contain “{}”", value.value),
    );
    listed(with_words(diagnostic, case), said)
}

/// A sentence says something that the words do not say.
pub(super) fn sentence(
    case: &Case<'_>,
    value: &Value,
    reading: &Reading,
    near: Option<&str>,
) -> Diagnostic {
    let part = value
        .value
        .get(reading.span.clone())
        .unwrap_or(&value.value);
    let code = match reading.what {
        What::Day(_) => &codes::DAY_DIFFERS,
        What::Amount(_)
        | What::Duration(_)
        | What::Money(_)
        | What::Share(_)
        | What::Ordinal(_) => &codes::NUMBER_DIFFERS,
        What::DocumentNumber(_) | What::Phone(_) | What::Mailbox(_) | What::Name(_) => {
            &codes::NAME_DIFFERS
        }
        What::Force(_) | What::NotADay(_) => &codes::SENTENCE_ADDS,
    };
    let diagnostic = Diagnostic::new(
        code,
        value.part(reading.span.clone()),
        format!("原文没有说“{part}”"),
        format!("the official words do not say “{part}”"),
    );
    let diagnostic = with_words(diagnostic, case);
    match near {
        Some(near) => listed(diagnostic, &[near]),
        None => diagnostic.hint(
            "照原文的意思改，或引用说了这一点的那一句",
            "write what the text says, or quote the sentence that says this",
        ),
    }
}

/// A sentence negates what the words affirm (`adds`), or affirms what they negate.
pub(super) fn negation(
    case: &Case<'_>,
    value: &Value,
    part: std::ops::Range<usize>,
    adds: bool,
) -> Diagnostic {
    let (zh, en) = if adds {
        (
            "这里说“不”，原文没有否定",
            "this negates what the official words do not negate",
        )
    } else {
        ("原文否定的，这里没有否定", "the official words negate this")
    };
    let diagnostic = Diagnostic::new(&codes::SENTENCE_ADDS, value.part(part), zh, en);
    with_words(diagnostic, case).hint(
        "对照原文，看是不是多了或者少了一个“不”",
        "compare with the official text: a 不 may be missing or may have been added",
    )
}

fn listed(diagnostic: Diagnostic, said: &[&str]) -> Diagnostic {
    if said.is_empty() {
        return diagnostic.hint(
            "对照原文改正，或引用写有它的那一句",
            "correct it from the official text, or quote the sentence that contains it",
        );
    }
    let said = &said[..said.len().min(MOST)];
    diagnostic.hint(
        format!("原文写的是：{}", said.join("、")),
        format!("the text says: {}", said.join(", ")),
    )
}

/// The year is not one of those that the official text prints.
pub(super) fn year(value: &Value, said: &[i16]) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &codes::YEAR_DIFFERS,
        value.span,
        format!("“{}”与原文的年份不符", value.value),
        format!("{} differs from the year of the official text", value.value),
    );
    let years: Vec<String> = said.iter().map(|year| format!("{year}年")).collect();
    let plain: Vec<String> = said.iter().map(i16::to_string).collect();
    diagnostic.hint(
        format!("标题或落款写的是：{}", years.join("、")),
        format!("the title or the signature says: {}", plain.join(", ")),
    )
}

/// The place is not named by the official text.
pub(super) fn place(value: &Value) -> Diagnostic {
    Diagnostic::new(
        &codes::YEAR_DIFFERS,
        value.span,
        format!("原文没有提到“{}”", value.value),
        format!("the official text does not name {}", value.value),
    )
    .hint(
        "标题、发文机关或正文里要有这个地方；对照原文改正",
        "the title, the issuers or the text must name this place; correct it from the official text",
    )
}

/// The document that a file is based on applies to another place.
pub(super) fn other_place(value: &Value, region: &str) -> Diagnostic {
    Diagnostic::new(
        &codes::YEAR_DIFFERS,
        value.span,
        format!("所依据的文件适用于“{region}”，不是“{}”", value.value),
        format!(
            "the document that this is based on applies to {region}, not to {}",
            value.value
        ),
    )
    .hint(
        "改正地区，或在 source（依据文件）里写这个地方适用的文件",
        "correct the place, or name in `source` a document that applies to it",
    )
}

/// A number or an office of the head is not in the lines that are copied.
pub(super) fn head(value: &Value) -> Diagnostic {
    Diagnostic::new(
        &codes::NAME_DIFFERS,
        value.span,
        format!("原文没有写“{}”", value.value),
        format!("the official text does not contain {}", value.value),
    )
    .hint(
        "对照版头、落款、版记改正；照录的行写在 as_printed（照录）里",
        "correct it from the masthead, signature or imprint; copy those lines into `as_printed`",
    )
}

/// A date is not one of those that are copied.
pub(super) fn date(value: &Value, said: &[jiff::civil::Date]) -> Diagnostic {
    let said: Vec<String> = said.iter().map(ToString::to_string).collect();
    Diagnostic::new(
        &codes::YEAR_DIFFERS,
        value.span,
        format!("照录的行里没有“{}”这个日子", value.value),
        format!("the copied lines do not print the day {}", value.value),
    )
    .hint(
        format!("照录的日子是：{}", said.join("、")),
        format!("the copied days are: {}", said.join(", ")),
    )
}

/// A reason for a number that the words imply, where they print it.
pub(super) fn needless(reason: &Value) -> Diagnostic {
    Diagnostic::new(
        &codes::NEEDLESS_DERIVED,
        reason.span,
        "原文写着这个数，却写了推出的理由",
        "the words print the number, but a reason why they imply it is given",
    )
    .hint("删去 derived（推出）", "remove `derived`")
}

/// Digits or quoted words of a sentence are not in the clause.
pub(super) fn unread(case: &Case<'_>, value: &Value, part: std::ops::Range<usize>) -> Diagnostic {
    let words = value
        .value
        .get(part.clone())
        .unwrap_or_default()
        .trim_start_matches('“');
    let diagnostic = Diagnostic::new(
        &codes::NUMBER_DIFFERS,
        value.part(part.clone()),
        format!("所引条款里没有“{words}”"),
        format!("the cited clause does not contain “{words}”"),
    );
    listed(with_words(diagnostic, case), &[])
}

/// The quotation is in a clause further in.
pub(super) fn wide(quote: &Value, label: &str) -> Diagnostic {
    Diagnostic::new(
        &codes::WIDE_CLAUSE,
        quote.span,
        format!("这句话在更里面的一条“{label}”里"),
        format!("the words are in a clause further in, {label}"),
    )
    .hint(
        format!("改写 clause: {label}"),
        format!("write clause: {label}"),
    )
}

/// A part of a sentence names what the words do not name.
pub(super) fn part(case: &Case<'_>, value: &Value, range: std::ops::Range<usize>) -> Diagnostic {
    let words = value.value.get(range.clone()).unwrap_or_default();
    let diagnostic = Diagnostic::new(
        &codes::NAME_DIFFERS,
        value.part(range.clone()),
        format!("原文这里说的不是“{words}”"),
        format!("the official words do not say “{words}” here"),
    );
    listed(with_words(diagnostic, case), &[])
}

/// The text states what an entry says it does not.
pub(super) fn stated(fact: &Value, words: &str) -> Diagnostic {
    Diagnostic::new(
        &codes::SENTENCE_ADDS,
        fact.span,
        format!("原文里有这样的事实：“{words}”"),
        format!("the text states such a fact: “{words}”"),
    )
    .hint(
        "引用写有它的那一句；它说的是别的事的，把 fact 改为“其他”",
        "quote the sentence that states it; if it is about something else, write `fact: 其他`",
    )
}

/// The words do not decide whether a word of a sentence is right.
pub(super) fn undecided(
    case: &Case<'_>,
    value: &Value,
    range: std::ops::Range<usize>,
) -> Diagnostic {
    let word = value.value.get(range.clone()).unwrap_or_default();
    let piece = value
        .value
        .get(piece_around(&value.value, &range))
        .unwrap_or(word);
    let diagnostic = Diagnostic::new(
        &codes::UNDECIDED,
        value.part(range),
        format!("从所引的原文读不出这里的“{word}”对不对"),
        format!("the cited words do not decide whether “{word}” is right here"),
    );
    with_words(diagnostic, case).hint(
        format!("用原文的说法，或写明改写的是原文哪几个字：rewords: {{{piece}: 原文的字}}"),
        format!(
            "use the words of the text, or name the words that this rewords: rewords: {{{piece}: words of the text}}"
        ),
    )
}

/// Words that are said to reword the text are not in the sentence.
pub(super) fn not_in_sentence(ours: &Value) -> Diagnostic {
    Diagnostic::new(
        &codes::NAME_DIFFERS,
        ours.span,
        format!("这一项的句子里没有“{}”", ours.value),
        format!("no sentence of this entry contains “{}”", ours.value),
    )
    .hint(
        "对照原文看句子改得对不对，再照句子改这几个字",
        "compare the sentence with the official text, then write the words as the sentence has them",
    )
}

/// Words that the text does not have are not in a piece that says so.
pub(super) fn not_denied(official: &Value) -> Diagnostic {
    Diagnostic::new(
        &codes::SENTENCE_ADDS,
        official.span,
        "这几个字所在的半句没有说“原文没有写”",
        "the piece of the sentence with these words does not say that the text lacks them",
    )
    .hint(
        "写出它们改写的是原文哪几个字，或在这半句里说明“原文没有写”",
        "name the words of the text that they reword, or say in this piece that the text does not state it (原文没有写)",
    )
}

/// A clause that a note names is not a clause, or does not speak of what the note is about.
pub(super) fn part_of_note(note: &Value, range: std::ops::Range<usize>) -> Diagnostic {
    let label = note.value.get(range.clone()).unwrap_or_default();
    Diagnostic::new(
        &codes::NAME_DIFFERS,
        note.part(range),
        format!("原文的“{label}”没有说到这一项"),
        format!("clause {label} of the text does not speak of this entry"),
    )
    .hint(
        "对照原文，写说到它的那一条",
        "name the clause of the text that speaks of it",
    )
}

/// A misprint is listed twice for one clause.
pub(super) fn twice(clause: &Value) -> Diagnostic {
    Diagnostic::new(
        &codes::NAME_DIFFERS,
        clause.span,
        format!("“{}”的同一处误字列了两次", clause.value),
        format!("the same misprint of {} is listed twice", clause.value),
    )
    .hint(
        "这个误字在另一条里，就写那一条；多余的，删去",
        "name the other clause that has the misprint, or remove this entry",
    )
}

/// The quotation is in another clause too.
pub(super) fn elsewhere(quote: &Value, label: &str) -> Diagnostic {
    Diagnostic::new(
        &codes::QUOTED_ELSEWHERE,
        quote.span,
        format!("“{label}”里也有这句引文，条款写错了看不出来"),
        format!("{label} has the same words, so that a wrong clause would not be noticed"),
    )
    .hint(
        "多引几个字，引到只有这一条有的",
        "quote more words, until only the cited clause has them",
    )
}

/// The clause from which something was left out has no mark.
pub(super) fn unmarked(clause: &Value) -> Diagnostic {
    Diagnostic::new(
        &codes::NAME_DIFFERS,
        clause.span,
        format!("“{}”里没有标明略去了什么", clause.value),
        format!("{} has no mark that something was left out", clause.value),
    )
    .hint(
        "在略去的地方写〔此处略去……〕，或写有这个标记的那一条",
        "write 〔此处略去……〕 where it was left out, or name the clause that has this mark",
    )
}

/// The marks of a clause name another number.
pub(super) fn other_sum(value: &Value, sum: u64) -> Diagnostic {
    Diagnostic::new(
        &codes::NUMBER_DIFFERS,
        value.span,
        format!("原文里标明略去的合计是 {sum}"),
        format!("the marks in the text add up to {sum}"),
    )
    .hint(
        "对照原文里的〔此处略去……〕改正",
        "correct it from the marks 〔此处略去……〕 in the text",
    )
}

/// The clause that a file cites does not have one of its lists.
pub(super) fn outside(clause: &Value, list: &Value) -> Diagnostic {
    Diagnostic::new(
        &codes::NAME_DIFFERS,
        clause.span,
        format!("名单“{}”不在“{}”里", list.value, clause.value),
        format!("the list {} is not in {}", list.value, clause.value),
    )
    .also(list.span, "名单", "the list")
    .hint(
        "写有全部名单的那一部分，例如：附件",
        "name the part that has all the lists, such as 附件",
    )
}

/// The values of a sentence are not in the order of the words.
pub(super) fn order(case: &Case<'_>, value: &Value, range: std::ops::Range<usize>) -> Diagnostic {
    let words = value.value.get(range.clone()).unwrap_or_default();
    let diagnostic = Diagnostic::new(
        &codes::UNDECIDED,
        value.part(range),
        format!("“{words}”的先后和原文不一样，读不出是不是写颠倒了"),
        format!("“{words}” is not where the text has it: two values may have been exchanged"),
    );
    with_words(diagnostic, case).hint(
        "照原文的先后写，或者用 rewords 写明它改写的是原文哪几个字",
        "give the values in the order of the text, or name the words that this rewords in `rewords`",
    )
}

/// A word that limits a rule is in the words and not in the sentence.
pub(super) fn lost(case: &Case<'_>, value: &Value, word: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &codes::SENTENCE_ADDS,
        value.span,
        format!("原文有“{word}”，这里没有"),
        format!("the official words have “{word}”, which the sentence leaves out"),
    );
    with_words(diagnostic, case).hint(
        format!("写上“{word}”；引文里它说的是别的事的，少引几个字"),
        format!("add “{word}”, or quote fewer words if it belongs to something else"),
    )
}
