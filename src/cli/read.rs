//! `mingbai read`: what the program reads in an official text, for authors who want to know what it sees.
//!
//! A notice is read clause by clause, without its front matter; any other text as a whole.

use std::io;
use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use super::voice::Voice;
use super::{CLEAN, OutputFormat};
use crate::diag::{Sink, SourceId};
use crate::model::clause::{Body, Mode};
use crate::reading::{
    Bound, Day, End, Limit, Part, Reading, ShareValue, TimeUnit, What, Year, read,
};
use crate::sources;
use crate::text::{Bilingual, Lang};

#[derive(Debug, Args)]
pub(super) struct ReadArgs {
    /// 文本或公文的来源文件；- 表示从标准输入读 / a text or the source file of a notice; - for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// 输出的格式 / output format
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    format: OutputFormat,
}

/// A reading with its place in the file.
struct Found {
    /// The label of the clause; empty for a text without clauses.
    clause: String,
    line: usize,
    column: usize,
    reading: Reading,
}

pub(super) fn run(args: &ReadArgs, voice: Voice) -> u8 {
    let text = match text_of(args) {
        Ok(text) => text,
        Err(words) => return voice.trouble(&words),
    };
    let found = find(&text);
    voice.print(&match args.format {
        OutputFormat::Text => as_text(&text, &found, voice.lang),
        OutputFormat::Json => as_json(args, &text, &found),
    });
    CLEAN
}

fn text_of(args: &ReadArgs) -> Result<String, Bilingual> {
    if args.file.as_os_str() != "-" {
        return sources::read_file(&args.file)
            .map_err(|error| with_way_out(error.words(), &error.error));
    }
    sources::read_text(io::stdin())
        .map_err(|error| with_way_out(Bilingual::of_io(&error).at("-"), &error))
}

/// Adds what to do if the bytes are not a text in UTF-8.
fn with_way_out(words: Bilingual, error: &io::Error) -> Bilingual {
    if error.kind() != io::ErrorKind::InvalidData {
        return words;
    }
    Bilingual::new(
        format!(
            "{}。这里只读 UTF-8 文本；Word 文件和其他编码请先用 mingbai import 转成来源文件",
            words.zh
        ),
        format!(
            "{}; only UTF-8 text is read here: convert Word files and other encodings with `mingbai import` first",
            words.en
        ),
    )
}

/// Reads a text: a notice clause by clause, anything else as a whole.
fn find(text: &str) -> Vec<Found> {
    let mut pieces = Vec::new();
    match sources::split(text) {
        Some(parts) => {
            let body = Body::parse(
                SourceId(0),
                text,
                parts.body,
                Mode::Official,
                &mut Sink::default(),
            );
            for block in &body.blocks {
                pieces.push((body.clauses[block.clause].label.clone(), block.whole()));
            }
        }
        None => pieces.push((String::new(), 0..text.len())),
    }
    let mut at = Cursor::default();
    let mut found = Vec::new();
    for (clause, piece) in pieces {
        for mut reading in read(&text[piece.clone()]) {
            reading.span = reading.span.start + piece.start..reading.span.end + piece.start;
            let (line, column) = at.place(text, reading.span.start);
            found.push(Found {
                clause: clause.clone(),
                line,
                column,
                reading,
            });
        }
    }
    found
}

/// Counts lines and columns while the places come in order.
#[derive(Default)]
struct Cursor {
    line: usize,
    /// Characters of the line before `at`.
    characters: usize,
    at: usize,
}

impl Cursor {
    /// The line and column of a byte, both from 1; columns count characters.
    fn place(&mut self, text: &str, byte: usize) -> (usize, usize) {
        if byte < self.at {
            *self = Self::default();
        }
        for c in text[self.at..byte].chars() {
            self.characters += 1;
            if c == '\n' {
                self.line += 1;
                self.characters = 0;
            }
        }
        self.at = byte;
        (self.line + 1, self.characters + 1)
    }
}

/// The words on one line, without the blanks that the layout puts between them.
fn words(text: &str, reading: &Reading) -> String {
    text[reading.span.clone()]
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

fn as_text(text: &str, found: &[Found], lang: Lang) -> String {
    let mut out = String::new();
    let mut clause = "";
    for one in found {
        if one.clause != clause {
            clause = &one.clause;
            out.push_str(&format!("{clause}\n"));
        }
        let what = &one.reading.what;
        let (zh, en) = what.kind();
        let mut meaning = what.words();
        for other in &one.reading.others {
            let (other_zh, other_en) = other.kind();
            let other = other.words();
            meaning
                .zh
                .push_str(&format!("；也可能是{other_zh}：{}", other.zh));
            meaning
                .en
                .push_str(&format!("; or {other_en}: {}", other.en));
        }
        out.push_str(&format!(
            "{}:{}  {}  {}  = {}\n",
            one.line,
            one.column,
            lang.line(zh, en),
            words(text, &one.reading),
            meaning.line(lang)
        ));
    }
    let count = found.len();
    let noun = if count == 1 { "reading" } else { "readings" };
    out.push_str(&lang.line(&format!("共读出 {count} 处"), &format!("{count} {noun}")));
    out.push('\n');
    out
}

fn as_json(args: &ReadArgs, text: &str, found: &[Found]) -> String {
    let meaning = |what: &What| {
        let words = what.words();
        json!({"type": what.key(), "value": value(what), "zh": words.zh, "en": words.en})
    };
    let one = |found: &Found| {
        let mut object = meaning(&found.reading.what);
        object["clause"] = json!(found.clause);
        object["line"] = json!(found.line);
        object["column"] = json!(found.column);
        object["start"] = json!(found.reading.span.start);
        object["end"] = json!(found.reading.span.end);
        object["words"] = json!(&text[found.reading.span.clone()]);
        object["others"] = found.reading.others.iter().map(meaning).collect();
        object
    };
    let readings: Vec<Value> = found.iter().map(one).collect();
    format!(
        "{}\n",
        json!({"file": args.file.display().to_string(), "readings": readings})
    )
}

/// The meaning for programs. Numbers that may have a point are strings.
fn value(what: &What) -> Value {
    match what {
        What::Day(day) => day_value(day),
        What::Duration(duration) => json!({
            "number": duration.value.to_string(),
            "unit": unit_key(duration.unit),
            "limit": limit_key(duration.limit),
            "from": duration.from,
        }),
        What::Amount(amount) => json!({
            "number": amount.value.to_string(),
            "unit": amount.unit,
            "limit": limit_key(amount.limit),
            "per": amount.per,
            "group": amount.group,
            "of": amount.of,
        }),
        What::Money(money) => json!({
            "yuan": money.yuan().to_string(),
            "limit": limit_key(money.limit),
            "per": money.per,
        }),
        What::Share(share) => match share.value {
            ShareValue::Percent(value) => json!({
                "percent": value.to_string(),
                "limit": limit_key(share.limit),
                "group": share.group,
            }),
            ShareValue::Fraction(numerator, denominator) => json!({
                "numerator": numerator,
                "denominator": denominator,
                "limit": limit_key(share.limit),
                "group": share.group,
            }),
        },
        What::Ordinal(ordinal) => {
            json!({"first": ordinal.first, "last": ordinal.last, "unit": ordinal.unit})
        }
        What::DocumentNumber(words) | What::Phone(words) | What::Mailbox(words) => json!(words),
        What::Name(name) => json!(name.words),
        What::Force(force) => json!(force.key()),
        What::NotADay(vague) => json!(vague.key()),
    }
}

fn day_value(day: &Day) -> Value {
    let (source, year, event) = match &day.year {
        Year::Printed(year) => ("printed", Some(*year), ""),
        Year::Carried(year) => ("carried", Some(*year), ""),
        Year::This => ("this", None, ""),
        Year::Next => ("next", None, ""),
        Year::Last => ("last", None, ""),
        Year::Every => ("every", None, ""),
        Year::Of(event) => ("of", None, event.as_str()),
        Year::Unsaid => ("none", None, ""),
    };
    json!({
        "year": year,
        "year_from": source,
        "event": event,
        "month": day.month,
        "day": day.day,
        "part": day.part.map(part_key),
        "bound": bound_key(day.bound),
        "end": match day.end {
            End::Alone => "alone",
            End::First => "first",
            End::Last => "last",
        },
    })
}

fn part_key(part: Part) -> &'static str {
    match part {
        Part::Start => "start",
        Part::First => "first_third",
        Part::Second => "second_third",
        Part::Third => "last_third",
        Part::Middle => "middle",
        Part::Last => "end",
    }
}

fn bound_key(bound: Bound) -> &'static str {
    match bound {
        Bound::On => "on",
        Bound::From => "from",
        Bound::NotBefore => "not_before",
        Bound::Before => "before",
        Bound::Until => "until",
        Bound::NotAfter => "not_after",
        Bound::After => "after",
    }
}

fn limit_key(limit: Limit) -> &'static str {
    match limit {
        Limit::Exactly => "exactly",
        Limit::About => "about",
        Limit::AtLeast => "at_least",
        Limit::AtMost => "at_most",
        Limit::MoreThan => "more_than",
        Limit::LessThan => "less_than",
    }
}

fn unit_key(unit: TimeUnit) -> &'static str {
    match unit {
        TimeUnit::Minute => "minute",
        TimeUnit::Hour => "hour",
        TimeUnit::Day => "day",
        TimeUnit::WorkingDay => "working_day",
        TimeUnit::Week => "week",
        TimeUnit::Month => "month",
        TimeUnit::Quarter => "quarter",
        TimeUnit::Term => "term",
        TimeUnit::Year => "year",
    }
}
