//! This year's schedule from last year's: who, where and how are proposed again, every day and every citation is left out.
//!
//! Comes in: last year's file, the year, and the notice of this year. Goes out: a new file, a draft in which what was arranged
//! last year waits as proposals. Nothing of it holds until a person finds it in this year's text.

use super::value::{Step, Value};
use crate::new::NewFile;
use crate::text::Bilingual;
use crate::written::{comment, scalar};

/// What this year's notice says by itself: never taken over.
const OF_A_TEXT: [&str; 11] = [
    "from",
    "until",
    "by",
    "date",
    "clause",
    "quote",
    "derived",
    "rewords",
    "per_day",
    "morning",
    "afternoon",
];
/// Lists that are proposed again.
const LISTS: [&str; 8] = [
    "windows", "venues", "channels", "quotas", "forms", "groups", "contacts", "guide",
];

/// This year's file. `last` is last year's schedule.
///
/// # Errors
/// If `last` is not a schedule.
pub fn next_year(id: &str, last: &Value, year: i16, source: &str) -> Result<NewFile, Bilingual> {
    let of = |key: &str| last.at(&[Step::Key(key.to_owned())]);
    let text = |key: &str| of(key).and_then(Value::text);
    let (Some(title), Some(county), Some(before)) = (text("title"), text("county"), text("year"))
    else {
        return Err(Bilingual::new(
            "这个文件不是受理安排".to_owned(),
            "this file is not a schedule".to_owned(),
        ));
    };
    let mut out = crate::schema::modeline("schedule");
    let mut line = |words: &str| {
        out.push_str(words);
        out.push('\n');
    };
    line(&format!(
        "title: {}",
        scalar(&title.replace(before, &year.to_string()))
    ));
    line(&format!("county: {}", scalar(county)));
    line(&format!("year: {year}"));
    line(&format!("source: {}", scalar(source)));
    if let Some(Value::List(topics)) = of("topics") {
        line(&format!("topics: {}", Value::List(topics.clone()).flow()));
    }
    line(&comment(&format!(
        "待核：从{before}年的安排抄来，每一条都要在{year}年的文件里找到原话；全部看过以后，删去这一行"
    )));
    for key in LISTS {
        out.push_str(&proposed(last, key, before));
    }
    let path = format!("data/schedules/{id}.yaml");
    Ok(NewFile { path, text: out })
}

/// This year's file that is there already (its document was imported), with last year's lists of which it says nothing as
/// proposals. `now` is what it says.
pub fn with_last_year(text: &str, now: &Value, last: &Value) -> String {
    let before = last.at(&[Step::Key("year".to_owned())]);
    let before = before.and_then(Value::text).unwrap_or_default();
    let mut out = text.to_owned();
    if !out.ends_with('\n') {
        out.push('\n');
    }
    for key in LISTS {
        let is_said = now.at(&[Step::Key(key.to_owned())]).is_some();
        let is_proposed = text
            .lines()
            .any(|line| line.starts_with(&format!("# {key}:")));
        if !is_said && !is_proposed {
            out.push_str(&proposed(last, key, before));
        }
    }
    out
}

/// A list of last year as a comment; nothing if it had none.
fn proposed(last: &Value, key: &str, before: &str) -> String {
    let Some(Value::List(items)) = last.at(&[Step::Key(key.to_owned())]) else {
        return String::new();
    };
    let items: Vec<Value> = items.iter().filter_map(without_facts).collect();
    if items.is_empty() {
        return String::new();
    }
    let count = items.len();
    let head = comment(&format!(
        "待核：{before}年有这{count}条，今年的文件里也有的，采用后补上日期、条款和原文"
    ));
    let lines = Value::List(items).lines(2);
    let lines: String = lines.map(|words| format!("#   {words}\n")).collect();
    format!("{head}\n# {key}:\n{lines}")
}

/// An entry without what only a text can say. Nothing if nothing is left.
fn without_facts(item: &Value) -> Option<Value> {
    let Value::Map(entries) = item else {
        return None;
    };
    let kept = entries.iter().filter(|(key, value)| {
        let is_fact = OF_A_TEXT
            .iter()
            .any(|other| super::value::same_key(other, key));
        !is_fact && matches!(value, Value::Text(_) | Value::List(_))
    });
    let kept: Vec<(String, Value)> = kept.cloned().collect();
    (!kept.is_empty()).then_some(Value::Map(kept))
}
