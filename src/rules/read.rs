//! Reading: from a YAML tree to a [`Check`] with all names resolved.
//!
//! Comes in: one file of `data/checks/` and the [`Model`] (notices, lists, regions). Goes out: the check, or
//! nothing where something was wrong; every problem of the file is said, each once. What conditions say is read
//! by `conditions`, worked cases by `cases`.

mod cases;
mod conditions;

use std::collections::HashMap;

use super::answer::{not_a_value, parse_range, value_of};
use super::check::*;
use super::value;
use crate::diag::{Code, Diagnostic, Sink, SourceId, Span, Spanned, codes};
use crate::model::decode::{Fields, one_of, text, wrong_type};
use crate::model::{Citation, Model, Place, checked};
use crate::sources::keys;
use crate::sources::yaml::{Kind, Node};
use crate::text::nearest;

/// So many questions and doubts, conditions, outcomes of a decision, decisions, rules and examples are taken.
const MOST_FACTS: usize = 60;
const MOST_CONDITIONS: usize = 500;
const MOST_OUTCOMES: usize = 32;
const MOST_DECISIONS: usize = 16;
const MOST_PROVISIONS: usize = 500;
const MOST_EXAMPLES: usize = 2_000;
const MOST_OPTIONS: usize = 30;

/// What a name in a condition may mean.
#[derive(Debug, Clone, Copy)]
enum Name {
    Fact(FactId),
    Parameter(usize),
    Condition(usize),
}

/// A threshold that holds for periods.
struct Parameter {
    name: String,
    scale: Scale,
    by: FactId,
    /// from, until, value
    values: Vec<(i32, i32, i32)>,
}

struct Reader<'a> {
    model: &'a Model,
    sink: &'a mut Sink,
    facts: Vec<Fact>,
    parameters: Vec<Parameter>,
    conditions: Vec<(Spanned<String>, ClauseId)>,
    clauses: Vec<Clause>,
    provisions: Vec<Provision>,
    names: HashMap<String, Name>,
    /// Names whose definition failed: what uses them is not blamed.
    failed: Vec<String>,
}

/// Reads a check.
///
/// # Diagnostics
/// Those of decoding, and MB0301 to MB0306, MB0313, MB0314, MB0316.
pub fn read(
    model: &Model,
    id: &str,
    source: SourceId,
    node: &Node,
    sink: &mut Sink,
) -> Option<Check> {
    let before = sink.count();
    let check = Reader {
        model,
        sink,
        facts: Vec::new(),
        parameters: Vec::new(),
        conditions: Vec::new(),
        clauses: Vec::new(),
        provisions: Vec::new(),
        names: HashMap::new(),
        failed: Vec::new(),
    }
    .check(id, source, node);
    // A check with a fault in it is not judged further: what follows from the fault would be said too.
    check.filter(|_| sink.count() == before)
}

impl Reader<'_> {
    fn check(mut self, id: &str, source: SourceId, node: &Node) -> Option<Check> {
        let fields = Fields::open(
            node,
            &[
                "title",
                "short",
                "description",
                "source",
                "year",
                "region",
                "topics",
                "checked",
                "questions",
                "doubts",
                "parameters",
                "conditions",
                "provisions",
                "tick_list",
                "decisions",
                "examples",
            ],
            self.sink,
        )?;
        let title = fields.required_text("title", self.sink);
        let description = fields.required_text("description", self.sink);
        let notice = fields.required_text("source", self.sink);
        for key in ["region", "checked", "questions", "decisions", "examples"] {
            fields.require(key, self.sink);
        }
        let year = fields.number::<i16>("year", self.sink).map(|y| y.value);
        let place = self.place(&fields, year);
        let checked = checked(&fields, self.sink);
        self.questions(&fields, year);
        self.doubts(&fields);
        self.parameters(&fields);
        self.read_provisions(&fields);
        self.read_conditions(&fields);
        let decisions = self.decisions(&fields);
        let tick = fields
            .get("tick_list")
            .and_then(|node| self.tick_list(node));
        let examples = self.examples(&fields, &decisions);
        Some(Check {
            id: id.to_owned(),
            source,
            span: fields.span,
            title: title?,
            short: fields.text("short", self.sink).map(|t| t.value),
            description: description?.value,
            notice: notice?,
            place,
            topics: fields.texts("topics", self.sink),
            checked,
            facts: self.facts,
            conditions: self.conditions,
            clauses: self.clauses,
            provisions: self.provisions,
            decisions,
            tick,
            examples,
        })
    }

    fn say(
        &mut self,
        code: &'static Code,
        span: Span,
        zh: impl Into<String>,
        en: impl Into<String>,
        hint: (&str, &str),
    ) {
        let diagnostic = Diagnostic::new(code, span, zh, en);
        self.sink.push(if hint.0.is_empty() {
            diagnostic
        } else {
            diagnostic.hint(hint.0, hint.1)
        });
    }

    fn place(&mut self, fields: &Fields, year: Option<i16>) -> Option<Place> {
        let path = fields.text("region", self.sink)?;
        let edition = self.edition(year);
        match self.model.regions.find_place(&path, edition) {
            Ok(place) => Some(place),
            Err(_) if !self.model.regions.sound => None,
            Err(diagnostic) => {
                self.sink.push(*diagnostic);
                None
            }
        }
    }

    fn edition(&self, year: Option<i16>) -> Option<crate::model::region::EditionIndex> {
        let day = jiff::civil::Date::new(year?, 12, 31).ok()?;
        self.model.regions.edition_on(day)
    }

    /// The entries of a mapping from names to definitions, in order.
    ///
    /// # Diagnostics
    /// MB0203 if it is no mapping, MB0314 if it has too many entries.
    fn entries<'n>(
        &mut self,
        fields: &Fields<'n>,
        key: &str,
        most: usize,
    ) -> Vec<(&'n Spanned<String>, &'n Node)> {
        let Some(node) = fields.get(key) else {
            return Vec::new();
        };
        let Kind::Map(map) = &node.kind else {
            self.sink.push(wrong_type(
                node,
                "分项（每项写作“名称: ……”）",
                "a mapping from names to definitions",
            ));
            return Vec::new();
        };
        if map.len() > most {
            let span = fields.key_span(key).unwrap_or(node.span);
            self.too_many(span, map.len(), most);
            return Vec::new();
        }
        map.iter().map(|(name, node)| (name, node)).collect()
    }

    fn too_many(&mut self, span: Span, count: usize, most: usize) {
        self.say(
            &codes::TOO_LARGE,
            span,
            format!("这里有 {count} 项，最多可以有 {most} 项"),
            format!("{count} entries here, at most {most} are taken"),
            (
                "拆成几份自查，各管一件事",
                "divide it into several checks, each for one matter",
            ),
        );
    }

    /// Enters a name that conditions may use.
    ///
    /// # Diagnostics
    /// MB0306.
    fn define(&mut self, name: &Spanned<String>, meaning: Name) {
        let reserved = name.value.trim().is_empty()
            || name.value.contains('#')
            || keys::word(&name.value).is_some_and(|word| word == "otherwise")
            || matches!(
                keys::canonical(&name.value),
                Some("all" | "any" | "not" | "when")
            );
        if reserved {
            self.say(
                &codes::NAME_TAKEN,
                name.span,
                format!("“{}”不能作名称", name.value),
                format!("\"{}\" cannot be a name", name.value),
                (
                    "全部、任一、不是、当、其余有固定的意思，名称里也不能有 #",
                    "all, any, not, when and otherwise have a meaning of their own, and # is not taken",
                ),
            );
        } else if self.names.contains_key(&name.value) {
            self.say(
                &codes::NAME_TAKEN,
                name.span,
                format!("名称“{}”已经用过", name.value),
                format!("the name \"{}\" is already in use", name.value),
                (
                    "问题、存疑、参数和条件的名称不能相同，改一个",
                    "questions, doubts, parameters and conditions need different names: change one",
                ),
            );
        } else {
            self.names.insert(name.value.clone(), meaning);
        }
    }

    /// A citation with its words, or what is missing of it.
    fn cite(&mut self, fields: &Fields) -> Option<Citation> {
        fields.require("quote", self.sink);
        Some(Citation {
            clause: fields.required_text("clause", self.sink)?,
            quote: fields.text("quote", self.sink),
        })
    }

    fn optional_cite(&mut self, fields: &Fields) -> Option<Citation> {
        if fields.get("clause").is_none() && fields.get("quote").is_none() {
            return None;
        }
        self.cite(fields)
    }

    // ------------------------------------------------------------ facts

    fn questions(&mut self, fields: &Fields, year: Option<i16>) {
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
        let fields = Fields::open(
            node,
            &[
                "ask",
                "type",
                "why",
                "help",
                "usual",
                "options",
                "range",
                "unit",
                "default",
                "region",
                "elsewhere",
                "clause",
                "quote",
            ],
            self.sink,
        )?;
        let ask = fields.required_text("ask", self.sink);
        let why = fields.required_text("why", self.sink);
        let cite = self.optional_cite(&fields);
        let written = fields.required_text("type", self.sink)?;
        let types: Vec<(&str, &str)> = TYPES
            .iter()
            .flat_map(|(english, chinese)| [(*chinese, *english), (*english, *english)])
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
                let word = |english: &str| {
                    TYPES
                        .iter()
                        .find(|(name, _)| *name == english)
                        .map_or("", |(_, chinese)| *chinese)
                };
                self.say(
                    &codes::UNKNOWN_KEY,
                    span,
                    format!("类型是“{}”的问题没有“{key}”这一项", word(kind)),
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
        let options: Vec<Choice> = match &node.kind {
            Kind::List(items) => items
                .iter()
                .filter_map(|item| text(item, self.sink))
                .map(|name| choice(&name.value, &name.value))
                .collect(),
            Kind::Map(map) => map
                .iter()
                .filter_map(|(name, node)| Some(choice(&name.value, &text(node, self.sink)?.value)))
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
        let mut seen = std::collections::HashSet::new();
        if let Some(twice) = options.iter().find(|o| !seen.insert(o.name.as_str())) {
            let name = twice.name.clone();
            self.say(
                &codes::NAME_TAKEN,
                node.span,
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
        Some(options)
    }

    fn counties(&mut self, fields: &Fields, year: Option<i16>) -> Option<Vec<Choice>> {
        let regions = &self.model.regions;
        let path = fields.required_text("region", self.sink)?;
        if !regions.sound {
            return None;
        }
        let Some(edition) = self.edition(year) else {
            self.sink
                .push(regions.no_edition(path.span, year.is_some()));
            return None;
        };
        let place = match regions.find_place(&path, Some(edition)) {
            Ok(place) => place,
            Err(diagnostic) => {
                self.sink.push(*diagnostic);
                return None;
            }
        };
        let mut options: Vec<Choice> = regions
            .units_within(place, edition)
            .into_iter()
            .map(|unit| Choice {
                name: regions.units[unit].name.clone(),
                words: regions.units[unit].name.clone(),
                group: regions.prefectures[regions.units[unit].prefecture]
                    .name
                    .clone(),
                unit: Some(unit),
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
                path.span,
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

    fn doubts(&mut self, fields: &Fields) {
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
            self.too_many(fields.span, count, MOST_FACTS);
        }
    }

    fn doubt(&mut self, name: &Spanned<String>, node: &Node) -> Option<Fact> {
        let fields = Fields::open(node, &["ask", "readings", "clause", "quote"], self.sink)?;
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

    // ------------------------------------------------------------ parameters

    fn parameters(&mut self, fields: &Fields) {
        for (name, node) in self.entries(fields, "parameters", MOST_FACTS) {
            match self.parameter(name, node) {
                Some(parameter) => {
                    self.define(name, Name::Parameter(self.parameters.len()));
                    self.parameters.push(parameter);
                }
                None => self.failed.push(name.value.clone()),
            }
        }
    }

    fn parameter(&mut self, name: &Spanned<String>, node: &Node) -> Option<Parameter> {
        let fields = Fields::open(node, &["type", "by", "unit", "values"], self.sink)?;
        let written = fields.required_text("type", self.sink)?;
        let scale = one_of(
            &written,
            &[
                ("整数", Scale::Number),
                ("金额", Scale::Money),
                ("number", Scale::Number),
                ("money", Scale::Money),
            ],
            self.sink,
        )?;
        let unit = fields
            .text("unit", self.sink)
            .map_or_else(|| default_unit(scale).to_owned(), |unit| unit.value);
        fields.require("values", self.sink);
        let by = fields.required_text("by", self.sink)?;
        let question = match self.names.get(&by.value) {
            Some(Name::Fact(fact)) if self.facts[*fact].domain.scale() == Some(Scale::Date) => {
                *fact
            }
            Some(_) => {
                self.say(
                    &codes::BAD_VALUE,
                    by.span,
                    format!("“{}”不是日期问题", by.value),
                    format!("\"{}\" is no question for a date", by.value),
                    (
                        "写按哪一个日期问题取值",
                        "name the date question that selects the period",
                    ),
                );
                return None;
            }
            None => {
                self.unknown_name(&by);
                return None;
            }
        };
        let (lo, hi) = self.facts[question].domain.bounds();
        let mut values: Vec<(Spanned<(i32, i32)>, i32)> = Vec::new();
        let mut items = Vec::new();
        fields.list("values", self.sink, |item, _| {
            items.push(item);
            Some(())
        });
        for item in items {
            let fields = Fields::open(
                item,
                &["from", "until", "value", "clause", "quote", "source"],
                self.sink,
            )?;
            for key in ["from", "until", "value"] {
                fields.require(key, self.sink);
            }
            // Where it comes from: a clause of this site, or the name of a document that is not on it.
            if fields.text("source", self.sink).is_none() {
                self.cite(&fields);
            }
            let from = fields.day("from", self.sink);
            let until = fields.day("until", self.sink);
            let amount = fields.text("value", self.sink)?;
            let Some(amount_value) = value::parse(scale, &unit, &amount.value) else {
                not_a_value(scale, &unit, &amount, self.sink);
                return None;
            };
            let (from, until) = (from?, until?);
            let period = (value::from_date(from.value), value::from_date(until.value));
            if period.0 > period.1 {
                self.say(
                    &codes::DATE_ORDER,
                    until.span,
                    "截止日期早于开始日期",
                    "the end lies before the start",
                    (
                        "对照原文，看是否写反了",
                        "compare with the official text: perhaps they were swapped",
                    ),
                );
                return None;
            }
            values.push((Spanned::new(period, from.span), amount_value));
        }
        values.sort_by_key(|(period, _)| period.value);
        // Every date that can be answered lies in exactly one period.
        let mut at = lo;
        for (period, _) in &values {
            let (from, until) = period.value;
            if from > at {
                break;
            }
            if from < at && at != lo {
                self.say(
                    &codes::NO_PERIOD,
                    period.span,
                    format!("“{}”的两个时段重叠", name.value),
                    format!("two periods of \"{}\" overlap", name.value),
                    ("每一天只能有一个值", "every day has one value only"),
                );
                return None;
            }
            at = value::next(Scale::Date, until);
        }
        if at <= hi {
            let missing = value::show(Scale::Date, "", at);
            let asked = &self.facts[question];
            self.sink.push(
                Diagnostic::new(
                    &codes::NO_PERIOD,
                    name.span,
                    format!("“{}”在{missing}没有值", name.value),
                    format!("\"{}\" has no value on {missing}", name.value),
                )
                .also(
                    asked.name.span,
                    format!("“{}”可以答到这一天", asked.name.value),
                    "this question can be answered with that day",
                )
                .hint(
                    "补上有依据的时段，或缩小日期问题的范围；不会拿最近的值代替",
                    "add a period that has a source, or narrow the range of the date question; the nearest value is never taken",
                ),
            );
            return None;
        }
        Some(Parameter {
            name: name.value.clone(),
            scale,
            by: question,
            values: values
                .into_iter()
                .map(|(period, value)| (period.value.0, period.value.1, value))
                .collect(),
        })
    }

    /// # Diagnostics
    /// MB0301, unless the name's own definition failed.
    fn unknown_name(&mut self, name: &Spanned<String>) {
        if self.failed.contains(&name.value) {
            return;
        }
        let known = self.names.keys().map(String::as_str);
        let mut known: Vec<&str> = known.collect();
        known.sort_unstable();
        let near = nearest(&name.value, known.iter().copied());
        self.sink.push(
            Diagnostic::new(
                &codes::UNKNOWN_NAME,
                name.span,
                format!("没有叫“{}”的问题或条件", name.value),
                format!("no question or condition is called \"{}\"", name.value),
            )
            .did_you_mean_or(
                near,
                "先在 questions 或 conditions 下定义它",
                "define it under questions or conditions first",
            ),
        );
    }

    // ------------------------------------------------------------ provisions and decisions

    fn read_provisions(&mut self, fields: &Fields) {
        for (name, node) in self.entries(fields, "provisions", MOST_PROVISIONS) {
            let Some(fields) = Fields::open(node, &["text", "clause", "quote"], self.sink) else {
                continue;
            };
            let text = fields.required_text("text", self.sink);
            let cite = self.cite(&fields);
            if let (Some(text), Some(cite)) = (text, cite) {
                self.provisions.push(Provision {
                    name: name.clone(),
                    text: text.value,
                    cite,
                });
            } else {
                self.failed.push(name.value.clone());
            }
        }
    }

    fn provision(&mut self, name: &Spanned<String>) -> Option<usize> {
        let found = self
            .provisions
            .iter()
            .position(|provision| provision.name.value == name.value);
        if found.is_none() && !self.failed.contains(&name.value) {
            let near = nearest(
                &name.value,
                self.provisions.iter().map(|p| p.name.value.as_str()),
            )
            .map(str::to_owned);
            self.sink.push(
                Diagnostic::new(
                    &codes::UNKNOWN_NAME,
                    name.span,
                    format!("没有叫“{}”的规定", name.value),
                    format!("no provision is called \"{}\"", name.value),
                )
                .did_you_mean_or(
                    near.as_deref(),
                    "先在 provisions 下定义它",
                    "define it under provisions first",
                ),
            );
        }
        found
    }

    fn decisions(&mut self, fields: &Fields) -> Vec<Decision> {
        let mut list = Vec::new();
        for (name, node) in self.entries(fields, "decisions", MOST_DECISIONS) {
            let Some(fields) = Fields::open(node, &["ask", "overlap", "outcomes"], self.sink)
            else {
                continue;
            };
            let ask = fields.required_text("ask", self.sink);
            fields.require("outcomes", self.sink);
            let mut nodes = Vec::new();
            fields.list("outcomes", self.sink, |node, _| {
                nodes.push(node);
                Some(())
            });
            if nodes.len() > MOST_OUTCOMES {
                self.too_many(name.span, nodes.len(), MOST_OUTCOMES);
                continue;
            }
            let last = nodes.len().saturating_sub(1);
            let mut outcomes: Vec<Outcome> = Vec::new();
            for (i, node) in nodes.into_iter().enumerate() {
                if let Some(outcome) = self.outcome(node, i == last) {
                    let taken = outcomes
                        .iter()
                        .any(|other| other.name.value == outcome.name.value);
                    if taken {
                        self.say(
                            &codes::NAME_TAKEN,
                            outcome.name.span,
                            format!("这个判断已经有结果“{}”", outcome.name.value),
                            format!(
                                "this decision already has an outcome \"{}\"",
                                outcome.name.value
                            ),
                            ("改一个名称", "change one of the names"),
                        );
                    }
                    outcomes.push(outcome);
                }
            }
            if outcomes.is_empty() {
                continue;
            }
            list.push(Decision {
                name: name.clone(),
                ask: ask.map(|t| t.value).unwrap_or_default(),
                overlap: fields.text("overlap", self.sink).map(|t| t.value),
                outcomes,
            });
        }
        list
    }

    fn outcome(&mut self, node: &Node, last: bool) -> Option<Outcome> {
        let mut known = vec!["name", "when", "verdict", "text", "clause", "quote"];
        known.extend(ATTRIBUTES.map(|(key, _)| key));
        let fields = Fields::open(node, &known, self.sink)?;
        let name = fields.required_text("name", self.sink);
        let text = fields.required_text("text", self.sink);
        let cite = self.cite(&fields);
        fields.require("verdict", self.sink);
        let verdict = fields.one_of(
            "verdict",
            &[
                ("符合", Verdict::Yes),
                ("不符合", Verdict::No),
                ("看情况", Verdict::Depends),
                ("fits", Verdict::Yes),
                ("fits_not", Verdict::No),
                ("depends", Verdict::Depends),
            ],
            self.sink,
        );
        fields.require("when", self.sink);
        let node = fields.get("when");
        let otherwise = node.is_some_and(
            |node| matches!(&node.kind, Kind::Text(word) if keys::word(word) == Some("otherwise")),
        );
        let when = match node {
            Some(node) if !otherwise => {
                let clause = self.condition(node);
                if last && clause.is_some() {
                    self.say(
                        &codes::NO_OTHERWISE,
                        name.as_ref().map_or(node.span, |name| name.span),
                        "最后一个结果要写“when: 其余”，说明以上都不符合时怎么办",
                        "the last outcome needs \"when: otherwise\": what holds if none of the others does",
                        (
                            "在最后加一个结果，写“when: 其余”",
                            "add an outcome at the end with \"when: otherwise\"",
                        ),
                    );
                }
                clause
            }
            Some(node) => {
                if !last {
                    self.say(
                        &codes::NO_OTHERWISE,
                        node.span,
                        "“其余”后面还有别的结果，它们永远轮不到",
                        "outcomes behind \"otherwise\" are never reached",
                        ("把“其余”移到最后", "move \"otherwise\" to the end"),
                    );
                }
                None
            }
            None => None,
        };
        let mut attributes = Vec::new();
        for (index, (key, _)) in ATTRIBUTES.iter().enumerate() {
            for name in fields.texts(key, self.sink) {
                if let Some(provision) = self.provision(&name) {
                    attributes.push((index, provision));
                }
            }
        }
        Some(Outcome {
            name: name?,
            when,
            verdict: verdict?.value,
            text: text?.value,
            cite: cite?,
            attributes,
        })
    }

    fn tick_list(&mut self, node: &Node) -> Option<TickList> {
        let fields = Fields::open(node, &["ask", "questions"], self.sink)?;
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

/// Types of questions: (English name, Chinese word).
const TYPES: [(&str, &str); 6] = [
    ("yes/no", "是否"),
    ("choice", "单选"),
    ("number", "整数"),
    ("money", "金额"),
    ("date", "日期"),
    ("county", "县"),
];

fn choice(name: &str, words: &str) -> Choice {
    Choice {
        name: name.trim().to_owned(),
        words: words.trim().to_owned(),
        group: String::new(),
        unit: None,
    }
}

fn default_unit(scale: Scale) -> &'static str {
    match scale {
        Scale::Money => "元",
        Scale::Number | Scale::Date => "",
    }
}
