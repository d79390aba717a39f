//! The reader of official text, measured: the five real texts against facts that were entered by hand, and invented
//! sentences of other subjects whose readings were written before the reader was run on them.

#![expect(
    clippy::disallowed_types,
    clippy::disallowed_macros,
    reason = "a measurement prints its shares, which are not facts of a text"
)]

use std::collections::BTreeMap;
use std::path::Path;

use mingbai::reading::{
    Amount, Bound, Day, Duration, End, Force, Limit, Money, NameKind, Number, Part, Reading,
    ShareValue, TimeUnit, Vague, What, Year, read,
};
use mingbai::text::fold;

const TEXTS: [&str; 5] = [
    "shanxi-2020-renewal",
    "youyu-2023-plan",
    "national-2023-guide",
    "hunan-2017-rescue",
    "henan-2018-assessment",
];

fn file(path: &str) -> String {
    std::fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests")
            .join(path),
    )
    .expect("a file of the tests")
}

// ---------------------------------------------------------------- meanings in one line

fn number(number: Number) -> String {
    let digits = number.digits.to_string();
    let scale = usize::from(number.scale);
    if scale == 0 {
        return digits;
    }
    let padded = format!("{digits:0>width$}", width = scale + 1);
    let (whole, part) = padded.split_at(padded.len() - scale);
    format!("{whole}.{part}")
}

fn limit(limit: Limit) -> &'static str {
    match limit {
        Limit::Exactly => "",
        Limit::About => " ~",
        Limit::AtLeast => " >=",
        Limit::AtMost => " <=",
        Limit::MoreThan => " >",
        Limit::LessThan => " <",
    }
}

fn with(name: &str, words: &str) -> String {
    if words.is_empty() {
        String::new()
    } else {
        format!(" {name} {words}")
    }
}

fn day(day: &Day) -> String {
    let mut out = match &day.year {
        Year::Printed(year) => year.to_string(),
        Year::Carried(year) => format!("({year})"),
        Year::This => "this".to_owned(),
        Year::Next => "next".to_owned(),
        Year::Last => "last".to_owned(),
        Year::Every => "every".to_owned(),
        Year::Of(event) => format!("of {event}"),
        Year::Unsaid => "-".to_owned(),
    };
    match (day.month, day.day) {
        (Some(month), Some(day)) => out.push_str(&format!("-{month:02}-{day:02}")),
        (Some(month), None) => out.push_str(&format!("-{month:02}")),
        (None, Some(day)) => out.push_str(&format!("-x-{day:02}")),
        (None, None) => {}
    }
    out.push_str(match day.part {
        None => "",
        Some(Part::Start) => " 初",
        Some(Part::First) => " 上旬",
        Some(Part::Second) => " 中旬",
        Some(Part::Third) => " 下旬",
        Some(Part::Middle) => " 中",
        Some(Part::Last) => " 底",
    });
    out.push_str(match day.bound {
        Bound::On => "",
        Bound::From => " from",
        Bound::NotBefore => " not-before",
        Bound::Before => " before",
        Bound::Until => " until",
        Bound::NotAfter => " not-after",
        Bound::After => " after",
    });
    out.push_str(match day.end {
        End::Alone => "",
        End::First => " first",
        End::Last => " last",
    });
    out
}

fn duration(duration: &Duration) -> String {
    let unit = match duration.unit {
        TimeUnit::Minute => "minute",
        TimeUnit::Hour => "hour",
        TimeUnit::Day => "day",
        TimeUnit::WorkingDay => "working-day",
        TimeUnit::Week => "week",
        TimeUnit::Month => "month",
        TimeUnit::Quarter => "quarter",
        TimeUnit::Term => "term",
        TimeUnit::Year => "year",
    };
    let value = number(duration.value);
    format!(
        "{value} {unit}{}{}",
        limit(duration.limit),
        with("from", &duration.from)
    )
}

fn amount(amount: &Amount) -> String {
    let value = number(amount.value);
    let unit = if amount.unit.is_empty() {
        String::new()
    } else {
        format!(" {}", amount.unit)
    };
    format!(
        "{value}{unit}{}{}{}{}",
        limit(amount.limit),
        with("per", &amount.per),
        with("group", &amount.group),
        with("of", &amount.of)
    )
}

fn money(money: &Money) -> String {
    let yuan = Number {
        digits: money.fen,
        scale: 2,
    };
    let yuan = number(yuan);
    let yuan = yuan.trim_end_matches('0').trim_end_matches('.');
    format!("{yuan}{}{}", limit(money.limit), with("per", &money.per))
}

/// The kind and the meaning of a reading.
fn meaning(what: &What) -> (&'static str, String) {
    match what {
        What::Day(what) => ("day", day(what)),
        What::Duration(what) => ("duration", duration(what)),
        What::Amount(what) => ("count", amount(what)),
        What::Money(what) => ("money", money(what)),
        What::Share(share) => {
            let value = match share.value {
                ShareValue::Percent(value) => format!("{}%", number(value)),
                ShareValue::Fraction(numerator, denominator) => {
                    format!("{numerator}/{denominator}")
                }
            };
            (
                "share",
                format!(
                    "{value}{}{}",
                    limit(share.limit),
                    with("group", &share.group)
                ),
            )
        }
        What::Ordinal(ordinal) if ordinal.first == ordinal.last => {
            ("ordinal", format!("{} {}", ordinal.first, ordinal.unit))
        }
        What::Ordinal(ordinal) => (
            "ordinal",
            format!("{}-{} {}", ordinal.first, ordinal.last, ordinal.unit),
        ),
        What::DocumentNumber(words) => ("number", words.clone()),
        What::Phone(digits) => ("phone", digits.clone()),
        What::Mailbox(address) => ("mailbox", address.clone()),
        What::Name(name) => {
            let kind = match name.kind {
                NameKind::Paper => "paper",
                NameKind::Channel => "channel",
                NameKind::Place => "place",
                NameKind::Office => "office",
            };
            (kind, name.words.clone())
        }
        What::Force(force) => {
            let force = match force {
                Force::All => "all",
                Force::Part => "part",
                Force::Half => "half",
                Force::Must => "must",
                Force::May => "may",
                Force::MustNot => "must-not",
                Force::InPrinciple => "in-principle",
                Force::Only => "only",
                Force::Except => "except",
                Force::Not => "not",
            };
            ("force", force.to_owned())
        }
        What::NotADay(vague) => {
            let vague = match vague {
                Vague::ToBeAnnounced => "to-be-announced",
                Vague::FromIssue => "from-issue",
                Vague::Season => "season",
                Vague::Soon => "soon",
            };
            ("not-a-day", vague.to_owned())
        }
    }
}

/// The parts of a meaning that a fact may leave open: `group`, `of`, `from`.
fn agrees(found: &str, expected: &str) -> bool {
    let strip = |found: &str, name: &str| {
        if expected.contains(name) {
            return found.to_owned();
        }
        found.split(name).next().unwrap_or(found).to_owned()
    };
    if found == expected {
        return true;
    }
    // `of` is last, `group` before it.
    let without_of = strip(found, " of ");
    let without_group = if expected.contains(" group ") {
        without_of
    } else {
        match without_of.split_once(" group ") {
            Some((before, after)) => match after.split_once(" of ") {
                Some((_, of)) => format!("{before} of {of}"),
                None => before.to_owned(),
            },
            None => without_of,
        }
    };
    if without_group == expected {
        return true;
    }
    // 单位 of a count may be 部门 and the thing empty, or the other way round.
    !expected.contains(" from ")
        && found.starts_with(|c: char| c.is_ascii_digit())
        && found.split(" from ").next() == Some(expected)
}

// ---------------------------------------------------------------- measuring

#[derive(Debug, Default, Clone, Copy)]
struct Score {
    expected: usize,
    found: usize,
    right: usize,
}

impl Score {
    fn recall(self) -> f64 {
        share(self.right, self.expected)
    }

    fn precision(self) -> f64 {
        share(self.right, self.found)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a few hundred facts")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        1.0
    } else {
        part as f64 / whole as f64
    }
}

struct Fact<'a> {
    kind: &'a str,
    words: &'a str,
    meaning: String,
}

fn facts(lines: &str) -> Vec<Fact<'_>> {
    lines
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with(['#', '>']))
        .map(|line| {
            let mut parts = line.splitn(3, " | ").map(str::trim);
            let kind = parts.next().unwrap_or_default();
            let words = parts.next().unwrap_or_else(|| panic!("not a fact: {line}"));
            Fact {
                kind,
                words,
                meaning: parts.next().map_or_else(|| fold(words), str::to_owned),
            }
        })
        .collect()
}

/// Compares readings with facts: the scores of the kinds, and what differs in words.
fn compare(
    text: &str,
    readings: &[Reading],
    facts: &[Fact],
    kinds: &[&'static str],
    scores: &mut BTreeMap<&'static str, Score>,
    differences: &mut Vec<String>,
) {
    let mut rest: Vec<(&'static str, String, String)> = readings
        .iter()
        .map(|reading| {
            let (kind, meaning) = meaning(&reading.what);
            (kind, fold(&text[reading.span.clone()]), meaning)
        })
        .filter(|(kind, ..)| kinds.contains(kind))
        .collect();
    for (kind, ..) in &rest {
        scores.entry(kind).or_default().found += 1;
    }
    for fact in facts {
        let kind = kinds
            .iter()
            .find(|kind| **kind == fact.kind)
            .unwrap_or_else(|| panic!("kind {}", fact.kind));
        let score = scores.entry(kind).or_default();
        score.expected += 1;
        let words = fold(fact.words);
        let at = rest.iter().position(|(found, said, meaning)| {
            found == kind && *said == words && agrees(meaning, &fact.meaning)
        });
        match at {
            Some(at) => {
                score.right += 1;
                rest.remove(at);
            }
            None => differences.push(format!(
                "  missing {} | {} | {}",
                fact.kind, fact.words, fact.meaning
            )),
        }
    }
    for (kind, words, meaning) in rest {
        differences.push(format!("  found   {kind} | {words} | {meaning}"));
    }
}

const NUMBERS: [&str; 9] = [
    "day", "duration", "count", "money", "share", "ordinal", "number", "phone", "mailbox",
];

fn print(title: &str, scores: &BTreeMap<&'static str, Score>) {
    println!("{title}");
    for (kind, score) in scores {
        println!(
            "  {kind:<12} expected {:>3}  found {:>3}  right {:>3}  recall {:.3}  precision {:.3}",
            score.expected,
            score.found,
            score.right,
            score.recall(),
            score.precision()
        );
    }
}

fn assert_bars(
    scores: &BTreeMap<&'static str, Score>,
    recall: f64,
    precision: f64,
    differences: &[String],
) {
    for (kind, score) in scores {
        assert!(
            score.recall() >= recall && score.precision() >= precision,
            "{kind}: recall {:.3}, precision {:.3}\n{}",
            score.recall(),
            score.precision(),
            differences.join("\n")
        );
    }
}

#[test]
fn the_five_texts_are_read_as_entered_by_hand() {
    /// Ordinals and periods of the five texts were not entered.
    const KINDS: [&str; 7] = [
        "day", "count", "money", "share", "number", "phone", "mailbox",
    ];
    let (mut scores, mut differences) = (BTreeMap::new(), Vec::new());
    for name in TEXTS {
        let text = file(&format!("import/{name}.txt"));
        let lines = file(&format!("reading/{name}.txt"));
        differences.push(name.to_owned());
        compare(
            &text,
            &read(&text),
            &facts(&lines),
            &KINDS,
            &mut scores,
            &mut differences,
        );
    }
    print("five texts", &scores);
    println!("{}", differences.join("\n"));
    assert_bars(&scores, 0.97, 0.95, &differences);
}

/// The sentences of a file, each with its facts.
fn sentences(lines: &str) -> Vec<(&str, &str)> {
    lines
        .split("\n> ")
        .skip(1)
        .map(|block| block.split_once('\n').unwrap_or((block, "")))
        .collect()
}

fn measure(name: &str, kinds: &[&'static str]) -> (BTreeMap<&'static str, Score>, Vec<String>) {
    let lines = file(&format!("reading/{name}.txt"));
    let (mut scores, mut differences) = (BTreeMap::new(), Vec::new());
    let (mut whole, mut all) = (0, 0);
    for (sentence, block) in sentences(&lines) {
        let before = differences.len();
        differences.push(sentence.to_owned());
        compare(
            sentence,
            &read(sentence),
            &facts(block),
            kinds,
            &mut scores,
            &mut differences,
        );
        all += 1;
        if differences.len() == before + 1 {
            differences.pop();
            whole += 1;
        }
    }
    print(
        &format!("{name}: {whole} of {all} sentences read completely"),
        &scores,
    );
    println!("{}", differences.join("\n"));
    (scores, differences)
}

#[test]
fn invented_sentences_of_many_subjects_are_read() {
    let (scores, differences) = measure("sentences", &NUMBERS);
    assert_bars(&scores, 0.97, 0.95, &differences);
}

#[test]
fn further_invented_sentences_are_read() {
    let (scores, differences) = measure("more", &NUMBERS);
    assert_bars(&scores, 0.97, 0.95, &differences);
}

#[test]
fn names_of_papers_channels_places_and_offices_are_read() {
    const KINDS: [&str; 6] = ["paper", "channel", "place", "office", "phone", "count"];
    let (scores, differences) = measure("names", &KINDS);
    assert_bars(&scores, 0.9, 0.9, &differences);
}

#[test]
fn words_of_obligation_are_read_and_words_that_contain_them_are_not() {
    const KINDS: [&str; 5] = ["force", "not-a-day", "day", "count", "share"];
    let (scores, differences) = measure("words", &KINDS);
    assert_bars(&scores, 0.97, 0.95, &differences);
}
