//! A county's schedule: `data/schedules/<id>.yaml`.

use std::fmt::Write;

use super::file::{NewFile, topics_line};
use crate::edit::value::Value;
use crate::model::DocumentKind;
use crate::schema;
use crate::template::fill;
use crate::text::Lang;
use crate::written::scalar;

/// A time in which something can be done, with the words of the notice that say so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowAnswer {
    pub what: String,
    pub who: Option<String>,
    /// As [`super::answers::date_words`] returns it.
    pub from: String,
    pub until: String,
    pub clause: String,
    pub quote: String,
}

/// A list of a schedule besides its windows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntriesAnswer {
    /// `venues`
    pub key: &'static str,
    pub entries: Vec<Value>,
}

/// What is known of a schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleAnswers {
    pub id: String,
    pub title: String,
    /// Whole name of the county.
    pub county: String,
    pub year: i16,
    /// Id of the notice.
    pub source: String,
    pub topics: Vec<String>,
    pub windows: Vec<WindowAnswer>,
    pub entries: Vec<EntriesAnswer>,
}

impl ScheduleAnswers {
    /// The source file of these answers.
    pub fn file(&self, lang: Lang) -> NewFile {
        let text = fill(
            include_str!("schedule.yaml"),
            lang,
            &[
                ("modeline", &schema::modeline("schedule")),
                ("title", &scalar(&self.title)),
                ("county", &scalar(&self.county)),
                ("year", &self.year.to_string()),
                ("source", &self.source),
                ("topics", &topics_line(&self.topics)),
                ("windows", &windows(&self.windows)),
            ],
        );
        let text = self
            .entries
            .iter()
            .fold(text, |text, list| put(&text, list));
        NewFile {
            path: format!("{}/{}.yaml", DocumentKind::Schedule.sources(), self.id),
            text,
        }
    }
}

/// The file with a list in the place of the lines that show how it would be written.
fn put(text: &str, list: &EntriesAnswer) -> String {
    let whole = Value::Map(vec![(
        list.key.to_owned(),
        Value::List(list.entries.clone()),
    )]);
    let written: Vec<String> = whole.block();
    let (key, example) = (format!("{}:", list.key), format!("# {}:", list.key));
    let mut out: Vec<&str> = Vec::new();
    let mut in_example = false;
    for line in text.lines() {
        in_example = line.starts_with(&example) || in_example && line.starts_with("#   ");
        if line.starts_with(&example) || line.starts_with(&key) {
            out.extend(written.iter().map(String::as_str));
        } else if !in_example {
            out.push(line);
        }
    }
    out.join("\n") + "\n"
}

fn windows(windows: &[WindowAnswer]) -> String {
    if windows.is_empty() {
        return "windows: 未载明".to_owned();
    }
    let mut out = String::from("windows:");
    for window in windows {
        let mut line = |key: &str, value: &str| {
            // Writing into a string cannot fail.
            write!(out, "\n{key}: {}", scalar(value)).unwrap_or_default();
        };
        line("  - what", &window.what);
        if let Some(who) = &window.who {
            line("    who", who);
        }
        line("    from", &window.from);
        line("    until", &window.until);
        line("    clause", &window.clause);
        line("    quote", &window.quote);
    }
    out
}
