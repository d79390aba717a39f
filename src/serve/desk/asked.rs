//! What a self-check asks, as its form shows it: its questions with their options, the names that conditions can use.
//!
//! Comes in: the values of a rule file. Goes out: names, and questions ready to be shown. It compiles nothing.

use serde_json::{Value as Json, json};

use crate::desk::edit::value::{Step, Value};

/// In front of the names of answers in the form.
pub(super) const ANSWER: &str = "@try/";

/// What conditions of a self-check can be about, and what they can be compared with.
pub(super) fn names_in(check: &Value) -> (Vec<String>, Vec<String>) {
    let key = |name: &str| Step::Key(name.to_owned());
    let names = |value: Option<&Value>| -> Vec<String> {
        match value {
            Some(Value::Map(entries)) => entries.iter().map(|(name, _)| name.clone()).collect(),
            Some(Value::List(items)) => items
                .iter()
                .filter_map(Value::text)
                .map(str::to_owned)
                .collect(),
            _ => Vec::new(),
        }
    };
    let mut subjects: Vec<String> = ["conditions", "questions", "doubts", "values"]
        .into_iter()
        .flat_map(|list| names(check.at(&[key(list)])))
        .collect();
    if let Some(Value::Map(groups)) = check.at(&[key("household")]) {
        for (_, group) in groups {
            subjects.extend(names(group.at(&[key("conditions")])));
            subjects.extend(names(group.at(&[key("questions")])));
        }
    }
    let mut values = Vec::new();
    for (list, options) in [("questions", "options"), ("doubts", "readings")] {
        for name in names(check.at(&[key(list)])) {
            values.extend(names(check.at(&[
                key(list),
                Step::Key(name.clone()),
                key(options),
            ])));
        }
    }
    values.extend(names(check.at(&[key("parameters")])));
    subjects.push(crate::sources::keys::chinese_word("otherwise").to_owned());
    values.sort_unstable();
    values.dedup();
    (subjects, values)
}

/// The questions of a self-check, as the form has them: name, words, and the options if it has some.
pub(super) fn questions(check: &Value) -> Vec<Json> {
    let key = |name: &str| Step::Key(name.to_owned());
    let Some(Value::Map(entries)) = check.at(&[key("questions")]) else {
        return Vec::new();
    };
    let all = entries.iter().map(|(name, question)| {
        let of = |name: &str| question.at(&[key(name)]);
        let options: Vec<(String, String)> = match of("options") {
            Some(Value::Map(options)) => options
                .iter()
                .map(|(name, words)| (name.clone(), words.text().unwrap_or(name).to_owned()))
                .collect(),
            Some(Value::List(options)) => options
                .iter()
                .filter_map(Value::text)
                .map(|name| (name.to_owned(), name.to_owned()))
                .collect(),
            _ => Vec::new(),
        };
        let same = |word: &str| (word.to_owned(), word.to_owned());
        let options = match of("type").and_then(Value::text) {
            Some("是否") => ["是", "否"].map(same).to_vec(),
            Some("yes/no") => ["yes", "no"].map(same).to_vec(),
            _ => options,
        };
        let about = of("range")
            .and_then(Value::text)
            .or(of("unit").and_then(Value::text));
        let options = options
            .into_iter()
            .map(|(name, words)| json!({ "name": name, "words": words }));
        json!({
            "name": format!("{ANSWER}{name}"),
            "ask": of("ask").and_then(Value::text).unwrap_or(name),
            "options": options.collect::<Vec<_>>(),
            "about": about,
        })
    });
    all.collect()
}
