//! The data for the script of a self-check: the module, the layout of its memory (drawn in `rules::wasm`), and the texts
//! of the questions. The script takes what the page shows anyway (outcomes, conditions) from the page.
//!
//! The one definition of this data is the list of records below. Every reader downloads it, so fields are sent under short
//! names; the script gives them their long names again. A test writes the lines that do so from the records and holds that
//! `check.js` contains them.

use std::collections::HashMap;

use base64::Engine;
use serde::Serialize;

use super::conditions::Line;
use crate::model::Regions;
use crate::rules::Compiled;
use crate::rules::self_check::*;
use crate::rules::value::Scale;
use crate::rules::variables::Variable;
use crate::rules::wasm::{ABI, Slot};
use crate::text::plain_pinyin;

/// Declares records: each field with its long name, its short one and its type.
macro_rules! records {
    ($($(#[$doc:meta])* $record:ident { $($(#[$note:meta])* $field:ident $short:literal : $type:ty),+ $(,)? })+) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Serialize)]
            struct $record<'a> {
                $($(#[$note])* #[serde(rename = $short)] $field: $type,)+
            }
        )+

        /// The records, and the short and long names of their fields.
        #[cfg(test)]
        const RECORDS: &[(&str, &[(&str, &str)])] = &[
            $((stringify!($record), &[$(($short, stringify!($field))),+])),+
        ];
    };
}

records! {
    /// Everything.
    Data {
        /// The version of the contract with the module.
        abi "abi": u32,
        /// The module, in base64.
        module "wasm": String,
        /// Word at which the results begin.
        results "at": usize,
        /// How many words hold what is known.
        words "words": usize,
        /// The order in which to ask, as indices into the questions.
        order "order": Vec<usize>,
        questions "facts": Vec<Question<'a>>,
        decisions "decisions": Vec<Decision<'a>>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        values "values": Vec<Value<'a>>,
        /// Of each condition that the page lists its node, below zero where the condition is the negation of what the node says.
        conditions "clauses": Vec<isize>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        ticks "ticks": Vec<Tick<'a>>,
    }
    /// A question or a doubt.
    Question {
        kind "k": Kind,
        name "n": &'a str,
        ask "a": &'a str,
        #[serde(skip_serializing_if = "str::is_empty")]
        why "w": &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        help "h": Option<&'a str>,
        /// The first word of its range; nothing for a question with options, whose word is its mask.
        #[serde(skip_serializing_if = "Option::is_none")]
        word "s": Option<usize>,
        /// Its masks, by their words.
        masks "v": Vec<usize>,
        #[serde(skip_serializing_if = "Option::is_none")]
        options "o": Option<Options<'a>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        lowest "lo": Option<i64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        highest "hi": Option<i64>,
        #[serde(skip_serializing_if = "str::is_empty")]
        unit "u": &'a str,
        /// 1: preset with today.
        #[serde(skip_serializing_if = "is_zero")]
        today "t": u8,
    }
    /// A decision.
    Decision {
        name "n": &'a str,
        /// Its nodes: one a part of its outcomes.
        nodes "r": &'a [usize],
    }
    /// A computed value.
    Value {
        kind "k": Kind,
        name "n": &'a str,
        #[serde(skip_serializing_if = "str::is_empty")]
        unit "u": &'a str,
        /// The word at which its range begins; 0 for a value that no outcome shows.
        range "g": usize,
        /// Its node.
        node "r": usize,
    }
    /// A page of boxes in front.
    Tick {
        ask "a": &'a str,
        questions "f": Vec<usize>,
        /// How many questions, in the order in which to ask, come before it.
        after "p": usize,
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_zero(number: &u8) -> bool {
    *number == 0
}

/// What kind of question it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
enum Kind {
    #[serde(rename = "y")]
    YesNo,
    #[serde(rename = "c")]
    Choice,
    #[serde(rename = "r")]
    County,
    #[serde(rename = "x")]
    Doubt,
    #[serde(rename = "n")]
    Number,
    #[serde(rename = "m")]
    Money,
    #[serde(rename = "e")]
    Decimal,
    #[serde(rename = "d")]
    Date,
}

/// Whether a question has so many options that one is found by typing.
pub fn chooses(check: &SelfCheck) -> bool {
    let mut kinds = check.questions.iter().map(|one| Kind::of(&one.domain));
    kinds.any(|kind| matches!(kind, Kind::County))
}

impl Kind {
    fn of(domain: &Domain) -> Self {
        match domain {
            Domain::Options { style, options } => match style {
                Style::YesNo => Self::YesNo,
                Style::Choice if options.len() > MOST_BUTTONS => Self::County,
                Style::Choice => Self::Choice,
                Style::County => Self::County,
                Style::Reading => Self::Doubt,
            },
            Domain::Range { scale, .. } => Self::measured(*scale),
        }
    }

    fn measured(scale: Scale) -> Self {
        match scale {
            Scale::Number => Self::Number,
            Scale::Money => Self::Money,
            Scale::Decimal => Self::Decimal,
            Scale::Date => Self::Date,
        }
    }
}

/// An option: its words and its class; that of a county also its reading, by which it can be typed.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Item<'a> {
    Words(&'a str, usize),
    Read(&'a str, usize, String),
}

/// A choice of more options is offered as a list that opens, like the counties.
const MOST_BUTTONS: usize = 15;

/// The options of a question, or those of a county question by prefecture.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Options<'a> {
    List(Vec<Item<'a>>),
    Groups(Vec<(&'a str, Vec<Item<'a>>)>),
}

/// The finished `<script>` element.
pub fn script(regions: &Regions, compiled: &Compiled, lines: &[Line]) -> String {
    let data = serde_json::to_string(&data(regions, compiled, lines));
    // `<` could end the element.
    let text = data
        .expect("a record of texts and numbers is JSON")
        .replace('<', "\\u003c");
    format!("<script type=\"application/json\" id=\"check-data\">{text}</script>")
}

fn data<'a>(regions: &Regions, compiled: &'a Compiled, lines: &[Line]) -> Data<'a> {
    let Compiled { check, emitted, .. } = compiled;
    let indices = |questions: &[QuestionId]| questions.iter().map(|q| q.index()).collect();
    Data {
        abi: ABI,
        module: base64::engine::general_purpose::STANDARD.encode(&emitted.bytes),
        results: emitted.at,
        words: emitted.words,
        order: indices(&compiled.order),
        questions: check
            .question_ids()
            .map(|id| question(regions, compiled, id))
            .collect(),
        decisions: check
            .decisions
            .iter()
            .zip(&emitted.decisions)
            .map(|(decision, nodes)| Decision {
                name: &decision.name.value,
                nodes,
            })
            .collect(),
        values: check
            .computed_ids()
            .map(|id| Value {
                kind: Kind::measured(check[id].scale),
                name: &check[id].name.value,
                unit: &check[id].unit,
                range: emitted.range(id).unwrap_or(0),
                node: emitted.values[id.index()].unwrap_or(0),
            })
            .collect(),
        conditions: lines
            .iter()
            .map(|line| {
                let (node, negated) = emitted.conditions[line.condition.index()];
                // A module has at most 4,096 bytes, so that a node has a small number.
                node as isize * if negated { -1 } else { 1 }
            })
            .collect(),
        ticks: compiled
            .ticked
            .iter()
            .map(|&at| &check.ticks[at])
            .map(|tick| Tick {
                ask: &tick.ask,
                questions: indices(&tick.questions),
                after: check.first.len(),
            })
            .collect(),
    }
}

fn question<'a>(regions: &Regions, compiled: &'a Compiled, id: QuestionId) -> Question<'a> {
    let question = &compiled.check[id];
    let bounds = match &question.domain {
        Domain::Options { .. } => None,
        Domain::Range { bounds, .. } => Some(*bounds),
    };
    let variables = compiled.program.variables.iter().enumerate();
    let of = variables.filter(|(_, variable)| variable.has(id));
    let masks = of.flat_map(|(level, _)| compiled.emitted.spans[level].clone());
    Question {
        kind: Kind::of(&question.domain),
        name: &question.name.value,
        ask: &question.ask,
        why: &question.why,
        help: question.help.as_deref(),
        word: compiled.emitted.slot(id).and_then(|slot| match slot {
            Slot::Mask(_) => None,
            Slot::Range(word) | Slot::Wide(word) => Some(word),
        }),
        masks: masks.collect(),
        options: options(regions, compiled, id),
        lowest: bounds.map(|bounds| bounds.lo.word()),
        highest: bounds.map(|bounds| bounds.hi.word()),
        unit: question.domain.unit(),
        today: u8::from(question.today),
    }
}

/// The readings of all counties, by their codes.
fn readings(regions: &Regions) -> HashMap<&str, &str> {
    let units = regions.units.iter();
    units.map(|unit| (&*unit.id, &*unit.pinyin)).collect()
}

fn options<'a>(regions: &Regions, compiled: &'a Compiled, id: QuestionId) -> Option<Options<'a>> {
    let Domain::Options { style, options } = &compiled.check[id].domain else {
        return None;
    };
    let level = compiled.program.level_of(id);
    let class_of = level.map(|level| match &compiled.program.variables[level] {
        Variable::Options { class_of, .. } => class_of.as_slice(),
        _ => &[],
    });
    // A question that no condition asks has one class.
    let class = |option: usize| class_of.map_or(0, |class_of| class_of[option]);
    let readings = match style {
        Style::County => readings(regions),
        _ => HashMap::new(),
    };
    let item = |index: usize, option: &'a Choice| {
        let code = option.county.as_deref().unwrap_or_default();
        match readings.get(code) {
            Some(reading) => Item::Read(&option.words, class(index), plain_pinyin(reading)),
            None => Item::Words(&option.words, class(index)),
        }
    };
    let options = options.iter().enumerate();
    let items = options.map(|(index, option)| (option, item(index, option)));
    let name = compiled.check[id].name.value.as_str();
    match Kind::of(&compiled.check[id].domain) {
        Kind::County if *style == Style::Choice => {
            let items = items.map(|(_, item)| item).collect();
            return Some(Options::Groups(vec![(name, items)]));
        }
        Kind::County => {}
        _ => return Some(Options::List(items.map(|(_, item)| item).collect())),
    }
    let mut groups: Vec<(&str, Vec<Item>)> = Vec::new();
    for (option, item) in items {
        let group = option.group.as_str();
        match groups.iter_mut().find(|(name, _)| *name == group) {
            Some((_, list)) => list.push(item),
            None => groups.push((group, vec![item])),
        }
    }
    Some(Options::Groups(groups))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::wasm::{LINK, PART, WORDS};

    /// The kinds, with what the script calls them.
    const KINDS: [(&str, Kind); 8] = [
        ("YES_NO", Kind::YesNo),
        ("CHOICE", Kind::Choice),
        ("COUNTY", Kind::County),
        ("DOUBT", Kind::Doubt),
        ("NUMBER", Kind::Number),
        ("MONEY", Kind::Money),
        ("DECIMAL", Kind::Decimal),
        ("DATE", Kind::Date),
    ];

    /// The lines of `check.js` that name what is in the data, one a record, and the constants of the contract.
    fn script_functions() -> Vec<String> {
        let mut lines = vec![
            format!("const ABI = {ABI};"),
            format!("const WORDS_A_RESULT = {WORDS};"),
            format!("const LINK = {LINK};"),
            format!("const PART = {PART};"),
        ];
        let kinds: Vec<String> = KINDS
            .iter()
            .map(|(name, kind)| format!("{name} = {}", serde_json::json!(kind)))
            .collect();
        lines.push(format!("const {};", kinds.join(", ").replace('"', "'")));
        for (record, fields) in RECORDS {
            let sent: Vec<String> = fields
                .iter()
                .map(|(short, long)| match short == long {
                    true => (*long).to_owned(),
                    false => format!("{short}: {long}"),
                })
                .collect();
            let names: Vec<&str> = fields.iter().map(|(_, long)| *long).collect();
            lines.push(format!(
                "const read{record} = ({{{}}}) => ({{{}}});",
                sent.join(", "),
                names.join(", ")
            ));
        }
        lines
    }

    #[test]
    fn the_script_names_what_stands_in_its_data() {
        let script = include_str!("../../../../themes/mingbai/static/check.js");
        let lines: Vec<&str> = script.lines().map(str::trim).collect();
        for line in script_functions() {
            assert!(
                lines.contains(&line.as_str()),
                "check.js needs this line:\n  {line}"
            );
        }
    }
}
