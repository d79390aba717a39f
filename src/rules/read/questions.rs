//! Questions and doubts: from YAML to [`Fact`]s.

use std::collections::HashSet;

use super::{MOST_FACTS, Name, Reader, default_unit};
use crate::answer::{parse_range, value_of};
use crate::check::*;
use crate::diag::{Span, Spanned, codes};
use crate::shape;
use mingbai_forms::decode::{Fields, one_of, text, wrong_type};
use mingbai_forms::keys;
use mingbai_forms::yaml::{Kind, Node};

const MOST_OPTIONS: usize = 30;

impl Reader<'_> {
    pub(super) fn questions(&mut self, fields: &Fields, year: Option<i16>) {
        for (name, node) in self.entries(fields, "questions", MOST_FACTS) {
            match self.question(name, node, year) {
                Some(fact) => {
                    self.define(name, Name::Fact(self.facts.len()));
                    self.facts.push(fact);
                }
                None => self.failed.push(name.value.clone()),
            }
        }
    }

    fn question(&mut self, name: &Spanned<String>, node: &Node, year: Option<i16>) -> Option<Fact> {
        let fields = Fields::open(node, &shape::QUESTION, self.sink)?;
        let ask = fields.required_text("ask", self.sink);
        let why = fields.required_text("why", self.sink);
        let cite = self.optional_cite(&fields);
        let written = fields.required_text("type", self.sink)?;
        let types: Vec<(&str, &str)> = TYPES
            .iter()
            .flat_map(|english| {
                [
                    (keys::chinese_word(english), *english),
                    (*english, *english),
                ]
            })
            .collect();
        let kind = one_of(&written, &types, self.sink)?;
        self.only_with(&fields, kind);
        let domain = match kind {
            "yes/no" => Domain::Options {
                style: Style::YesNo,
                options: ["否", "是"].map(|word| choice(word, word)).to_vec(),
            },
            "choice" => Domain::Options {
                style: Style::Choice,
                options: self.options(&fields, "options")?,
            },
            "county" => Domain::Options {
                style: Style::County,
                options: self.counties(&fields, year)?,
            },
            _ => self.range(&fields, kind)?,
        };
        let today = match fields.text("default", self.sink) {
            Some(word) if keys::word(&word.value) == Some("today") && kind == "date" => true,
            Some(word) => {
                self.say(
                    &codes::BAD_VALUE,
                    word.span,
                    format!("默认值不能是“{}”", word.value),
                    format!("\"{}\" cannot be the default", word.value),
                    (
                        "默认值只能写“今天”，而且只用在日期问题上",
                        "the default can only be \"today\", and only of a date",
                    ),
                );
                false
            }
            None => false,
        };
        let mut fact = Fact {
            name: name.clone(),
            ask: ask?.value,
            why: why?.value,
            help: fields.text("help", self.sink).map(|t| t.value),
            usual: None,
            cite,
            domain,
            doubt: false,
            today,
        };
        if let Some(usual) = fields.text("usual", self.sink) {
            fact.usual = Some(value_of(&fact, &usual, self.sink)?);
        }
        Some(fact)
    }

    /// Keys that belong to one type of question only.
    ///
    /// # Diagnostics
    /// MB0201.
    fn only_with(&mut self, fields: &Fields, kind: &str) {
        for (key, kinds) in [
            ("options", &["choice"][..]),
            ("range", &["number", "money", "date"]),
            ("unit", &["number", "money"]),
            ("default", &["date"]),
            ("region", &["county"]),
            ("elsewhere", &["county"]),
        ] {
            if let Some(span) = fields.key_span(key)
                && !kinds.contains(&kind)
            {
                self.say(
                    &codes::UNKNOWN_KEY,
                    span,
                    format!(
                        "类型是“{}”的问题没有“{key}”这一项",
                        keys::chinese_word(kind)
                    ),
                    format!("a question of type {kind} has no \"{key}\""),
                    (
                        "删去这一行，或改正类型",
                        "remove this line, or mend the type",
                    ),
                );
            }
        }
    }

    /// Options: a mapping from names to wordings, or a list of names.
    fn options(&mut self, fields: &Fields, key: &str) -> Option<Vec<Choice>> {
        fields.require(key, self.sink);
        let node = fields.get(key)?;
        let options: Vec<(Span, Choice)> = match &node.kind {
            Kind::List(items) => items
                .iter()
                .filter_map(|item| text(item, self.sink))
                .map(|name| (name.span, choice(&name.value, &name.value)))
                .collect(),
            Kind::Map(map) => map
                .iter()
                .filter_map(|(name, node)| {
                    let words = text(node, self.sink)?;
                    Some((name.span, choice(&name.value, &words.value)))
                })
                .collect(),
            _ => {
                self.sink.push(wrong_type(
                    node,
                    "选项（列表，或“名称: 说明”）",
                    "options (a list, or name: wording)",
                ));
                return None;
            }
        };
        let mut seen = HashSet::new();
        if let Some((span, twice)) = options.iter().find(|(_, o)| !seen.insert(o.name.as_str())) {
            let name = twice.name.clone();
            self.say(
                &codes::NAME_TAKEN,
                *span,
                format!("选项“{name}”写了两次"),
                format!("the option \"{name}\" stands twice"),
                ("删去一个", "remove one"),
            );
            return None;
        }
        if !(2..=MOST_OPTIONS).contains(&options.len()) {
            let count = options.len();
            self.say(
                &codes::TOO_LARGE,
                node.span,
                format!("这里有 {count} 个选项，应当有 2 至 {MOST_OPTIONS} 个"),
                format!("{count} options; 2 to {MOST_OPTIONS} are taken"),
                (
                    "只有一个选项的不用问，选项太多的分成两个问题",
                    "one option need not be asked; divide too many into two questions",
                ),
            );
            return None;
        }
        Some(options.into_iter().map(|(_, option)| option).collect())
    }

    fn counties(&mut self, fields: &Fields, year: Option<i16>) -> Option<Vec<Choice>> {
        let region = fields.required_text("region", self.sink)?;
        if !self.dated {
            return None;
        }
        let counties = self.world.counties(&region, year, self.sink)?;
        let mut options: Vec<Choice> = counties
            .into_iter()
            .map(|county| Choice {
                words: county.name.clone(),
                name: county.name,
                group: county.prefecture,
                county: Some(county.code),
            })
            .collect();
        let names: Vec<String> = options.iter().map(|o| o.name.clone()).collect();
        for option in &mut options {
            if names.iter().filter(|name| **name == option.name).count() > 1 {
                option.name = format!("{} {}", option.group, option.name);
            }
        }
        if let Some(elsewhere) = fields.text("elsewhere", self.sink) {
            options.push(choice(&elsewhere.value, &elsewhere.value));
        }
        if options.len() < 2 {
            self.say(
                &codes::BAD_VALUE,
                region.span,
                "这个地区不够两个县，没有可选的",
                "this region has fewer than two counties to choose from",
                ("写省或地级市", "write a province or a prefecture"),
            );
            return None;
        }
        Some(options)
    }

    fn range(&mut self, fields: &Fields, kind: &str) -> Option<Domain> {
        let scale = match kind {
            "number" => Scale::Number,
            "money" => Scale::Money,
            _ => Scale::Date,
        };
        let unit = fields
            .text("unit", self.sink)
            .map_or_else(|| default_unit(scale).to_owned(), |unit| unit.value);
        let written = fields.required_text("range", self.sink)?;
        match parse_range(scale, &unit, &written.value) {
            Some((lo, hi)) if lo < hi => Some(Domain::Range {
                scale,
                lo,
                hi,
                unit,
            }),
            _ => {
                let form = match scale {
                    Scale::Number => ("写作“1 至 10”", "write it like \"1 to 10\""),
                    Scale::Money => (
                        "写作“0 至 100000”，以元为单位，最多两位小数，最大 21474836.47",
                        "write it like \"0 to 100000\", in yuan, at most two decimals and 21474836.47",
                    ),
                    Scale::Date => (
                        "写作“2020-01-01 至 2030-12-31”",
                        "write it like \"2020-01-01 to 2030-12-31\"",
                    ),
                };
                self.say(
                    &codes::BAD_VALUE,
                    written.span,
                    format!("“{}”不能作范围，要从小到大写两个值", written.value),
                    format!("\"{}\" is no range from low to high", written.value),
                    form,
                );
                None
            }
        }
    }

    pub(super) fn doubts(&mut self, fields: &Fields) {
        for (name, node) in self.entries(fields, "doubts", MOST_FACTS) {
            match self.doubt(name, node) {
                Some(fact) => {
                    self.define(name, Name::Fact(self.facts.len()));
                    self.facts.push(fact);
                }
                None => self.failed.push(name.value.clone()),
            }
        }
        if self.facts.len() > MOST_FACTS {
            let count = self.facts.len();
            let span = fields.key_span("doubts").unwrap_or(fields.span);
            self.too_many(span, count, MOST_FACTS);
        }
    }

    fn doubt(&mut self, name: &Spanned<String>, node: &Node) -> Option<Fact> {
        let fields = Fields::open(node, &shape::DOUBT, self.sink)?;
        let ask = fields.required_text("ask", self.sink);
        let cite = self.cite(&fields);
        let options = self.options(&fields, "readings")?;
        Some(Fact {
            name: name.clone(),
            ask: ask?.value,
            why: String::new(),
            help: None,
            usual: None,
            cite: Some(cite?),
            domain: Domain::Options {
                style: Style::Reading,
                options,
            },
            doubt: true,
            today: false,
        })
    }

    pub(super) fn tick_list(&mut self, node: &Node) -> Option<TickList> {
        let fields = Fields::open(node, &shape::TICK_LIST, self.sink)?;
        let ask = fields.required_text("ask", self.sink);
        fields.require("questions", self.sink);
        let mut facts = Vec::new();
        for name in fields.texts("questions", self.sink) {
            match self.names.get(&name.value) {
                Some(Name::Fact(fact))
                    if matches!(
                        self.facts[*fact].domain,
                        Domain::Options {
                            style: Style::YesNo,
                            ..
                        }
                    ) =>
                {
                    facts.push(*fact);
                }
                Some(_) => self.say(
                    &codes::BAD_CONDITION,
                    name.span,
                    format!("勾选页上只能有“是否”问题，“{}”不是", name.value),
                    format!(
                        "only yes/no questions can be ticked, \"{}\" is none",
                        name.value
                    ),
                    ("从勾选页中删去", "remove it from the tick list"),
                ),
                None => self.unknown_name(&name),
            }
        }
        Some(TickList {
            span: fields.span,
            ask: ask?.value,
            facts,
        })
    }
}

/// Types of questions, by their English names.
const TYPES: [&str; 6] = ["yes/no", "choice", "number", "money", "date", "county"];

fn choice(name: &str, words: &str) -> Choice {
    Choice {
        name: name.trim().to_owned(),
        words: words.trim().to_owned(),
        group: String::new(),
        county: None,
    }
}
