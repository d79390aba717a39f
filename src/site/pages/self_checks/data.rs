//! The data for the script of a self-check: the module, the layout of its memory (drawn in `rules::wasm`), and the texts
//! of the questions. The script takes what the page shows anyway (outcomes, conditions) from the page.
//!
//! Keys are short because every reader downloads them:
//! `k` kind (`y` yes/no, `c` choice, `n` number, `m` money, `d` date, `r` county, `x` doubt), `n` name, `a` question, `w` why, `h` help,
//! `s` first word, `v` variables, `o` options with their classes, `lo` `hi` range, `u` unit, `t` preset with today.

use base64::Engine;
use serde_json::{Map, Value, json};

use super::ConditionView;
use crate::rules::Compiled;
use crate::rules::check::*;
use crate::rules::variables::Variable;
use crate::rules::wasm::{ABI, Slot};

/// The finished `<script>` element.
pub fn script(compiled: &Compiled, conditions: &[(ConditionView, ClauseId)]) -> String {
    let Compiled {
        check,
        program,
        emitted,
        order,
        ..
    } = compiled;
    let facts: Vec<Value> = (0..check.facts.len())
        .map(|fact| Value::Object(fact_data(compiled, fact)))
        .collect();
    let decisions: Vec<Value> = check
        .decisions
        .iter()
        .zip(&emitted.decisions)
        .map(|(decision, node)| json!({"n": decision.name.value, "r": node}))
        .collect();
    let clauses: Vec<Value> = conditions
        .iter()
        .map(|(view, clause)| json!([emitted.clauses[*clause], view.anchor]))
        .collect();
    debug_assert_eq!(program.clauses.len(), emitted.clauses.len());
    let mut data = json!({
        "abi": ABI,
        "wasm": base64::engine::general_purpose::STANDARD.encode(&emitted.bytes),
        "at": emitted.at,
        "words": emitted.words,
        "order": order,
        "facts": facts,
        "decisions": decisions,
        "clauses": clauses,
    });
    if let Some(tick) = check.tick.as_ref().filter(|_| compiled.ticked) {
        data["tick"] = json!({"a": tick.ask, "f": tick.facts});
    }
    // `<` could end the element.
    let text = data.to_string().replace('<', "\\u003c");
    format!("<script type=\"application/json\" id=\"check-data\">{text}</script>")
}

fn fact_data(compiled: &Compiled, index: FactId) -> Map<String, Value> {
    let fact = &compiled.check.facts[index];
    let mut map = Map::new();
    let mut put = |key: &str, value: Value| {
        map.insert(key.to_owned(), value);
    };
    let kind = match &fact.domain {
        Domain::Options { style, .. } => match style {
            Style::YesNo => "y",
            Style::Choice => "c",
            Style::County => "r",
            Style::Reading => "x",
        },
        Domain::Range { scale, .. } => match scale {
            Scale::Number => "n",
            Scale::Money => "m",
            Scale::Date => "d",
        },
    };
    put("k", json!(kind));
    put("n", json!(fact.name.value));
    put("a", json!(fact.ask));
    if !fact.why.is_empty() {
        put("w", json!(fact.why));
    }
    if let Some(help) = &fact.help {
        put("h", json!(help));
    }
    let variables: Vec<usize> = (0..compiled.program.variables.len())
        .filter(|level| compiled.program.variables[*level].facts().contains(&index))
        .collect();
    match compiled.emitted.slots[index] {
        Some(Slot::Mask(word) | Slot::Range(word)) => put("s", json!(word)),
        None => {}
    }
    put("v", json!(variables));
    match &fact.domain {
        Domain::Options { style, options } => {
            let class = |option: usize| {
                variables
                    .first()
                    .map_or(0, |level| match &compiled.program.variables[*level] {
                        Variable::Options { class_of, .. } => class_of[option],
                        _ => 0,
                    })
            };
            let list = |group: Option<&str>| -> Vec<Value> {
                options
                    .iter()
                    .enumerate()
                    .filter(|(_, option)| group.is_none_or(|group| option.group == group))
                    .map(|(index, option)| json!([option.words, class(index)]))
                    .collect()
            };
            if *style == Style::County {
                let mut groups: Vec<&str> = Vec::new();
                for option in options {
                    if !groups.contains(&option.group.as_str()) {
                        groups.push(&option.group);
                    }
                }
                let groups: Vec<Value> = groups
                    .into_iter()
                    .map(|group| json!([group, list(Some(group))]))
                    .collect();
                put("o", json!(groups));
            } else {
                put("o", json!(list(None)));
            }
        }
        Domain::Range { lo, hi, unit, .. } => {
            put("lo", json!(lo));
            put("hi", json!(hi));
            if !unit.is_empty() {
                put("u", json!(unit));
            }
        }
    }
    if fact.today {
        put("t", json!(1));
    }
    map
}
