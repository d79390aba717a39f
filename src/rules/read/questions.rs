//! Questions and doubts: from YAML to [`Question`]s.

use std::collections::{HashMap, HashSet};

use mingbai_forms::decode::{Fields, one_of, text, wrong_type};
use mingbai_forms::keys;
use mingbai_forms::yaml::{Kind, Node};

use super::{MOST_QUESTIONS, Name, Reader, default_unit};
use crate::answer::{parse_range, value_of};
use crate::diag::{Span, Spanned};
use crate::language::Language;
use crate::messages::reading;
use crate::self_check::*;
use crate::shape;
use crate::value::{Interval, Scale};
use crate::world::Level;

const MOST_OPTIONS: usize = 100;

/// Types of questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Type {
    YesNo,
    Choice,
    Place(Level),
    County,
    Measured(Scale),
}

impl Type {
    const ALL: [Self; 9] = [
        Self::YesNo,
        Self::Choice,
        Self::Measured(Scale::Number),
        Self::Measured(Scale::Money),
        Self::Measured(Scale::Decimal),
        Self::Measured(Scale::Date),
        Self::Place(Level::Province),
        Self::Place(Level::Prefecture),
        Self::County,
    ];

    /// Its English word; the Chinese one is in the table of keys.
    fn key(self) -> &'static str {
        match self {
            Self::YesNo => "yes/no",
            Self::Choice => "choice",
            Self::Place(Level::Province) => "province",
            Self::Place(Level::Prefecture) => "prefecture",
            Self::County => "county",
            Self::Measured(Scale::Number) => "number",
            Self::Measured(Scale::Money) => "money",
            Self::Measured(Scale::Decimal) => "decimal",
            Self::Measured(Scale::Date) => "date",
        }
    }

    /// The keys that only some types have.
    fn has(self, key: &str) -> bool {
        match key {
            "options" => self == Self::Choice,
            "range" => matches!(self, Self::Measured(_)),
            "unit" => matches!(
                self,
                Self::Measured(Scale::Number | Scale::Money | Scale::Decimal)
            ),
            "default" => self == Self::Measured(Scale::Date),
            "region" | "elsewhere" => matches!(self, Self::Place(_) | Self::County),
            _ => true,
        }
    }
}

impl Reader<'_> {
    pub(super) fn read_questions(&mut self, fields: &Fields, year: Option<i16>) {
        for (name, node) in self.entries(fields, "questions", MOST_QUESTIONS) {
            let question = self.question(name, node, year);
            self.define_question(name, question);
        }
    }

    fn define_question(&mut self, name: &Spanned<String>, question: Option<Question>) {
        match question {
            Some(question) => {
                let id = QuestionId::new(self.questions.len());
                self.define(name, Name::Question(id));
                self.questions.push(question);
            }
            None => self.failed.push(name.value.clone()),
        }
    }

    pub(super) fn question(
        &mut self,
        name: &Spanned<String>,
        node: &Node,
        year: Option<i16>,
    ) -> Option<Question> {
        let fields = Fields::open(node, &shape::QUESTION, self.sink)?;
        let ask = fields.required_text("ask", self.sink);
        let why = fields.required_text("why", self.sink);
        let cite = self.optional_cite(&fields);
        let written = fields.required_text("type", self.sink)?;
        let types: Vec<(&str, Type)> = Type::ALL
            .iter()
            .flat_map(|kind| [(keys::chinese_word(kind.key()), *kind), (kind.key(), *kind)])
            .collect();
        let kind = one_of(&written, &types, self.sink)?;
        self.only_with(&fields, kind);
        let domain = self.domain(&fields, kind, year)?;
        let today = self.preset(&fields, kind);
        let mut question = Question {
            name: name.clone(),
            // What is missing was reported; conditions can still use the question.
            ask: ask.map(|t| t.value).unwrap_or_default(),
            why: why.map(|t| t.value).unwrap_or_default(),
            help: fields.text("help", self.sink).map(|t| t.value),
            usual: None,
            cite,
            domain,
            doubt: false,
            today,
            member: None,
        };
        if let Some(usual) = fields.text("usual", self.sink) {
            question.usual = value_of(&question, &usual, self.sink);
        }
        Some(question)
    }

    fn domain(&mut self, fields: &Fields, kind: Type, year: Option<i16>) -> Option<Domain> {
        let (style, options) = match kind {
            Type::YesNo => return Some(yes_no(self.language)),
            Type::Choice => (Style::Choice, self.options(fields, "options")?),
            Type::Place(level) => (Style::Choice, self.divisions(fields, level, year)?),
            Type::County => (Style::County, self.counties(fields, year)?),
            Type::Measured(scale) => return self.range(fields, scale),
        };
        Some(Domain::Options { style, options })
    }

    /// Whether the answer is preset with the reader's own date.
    ///
    /// # Diagnostics
    /// MB0304.
    fn preset(&mut self, fields: &Fields, kind: Type) -> bool {
        let Some(word) = fields.text("default", self.sink) else {
            return false;
        };
        let today = keys::word(&word.value) == Some("today") && kind == Type::Measured(Scale::Date);
        if !today {
            self.sink.push(reading::bad_default(&word));
        }
        today
    }

    /// Keys that belong to one type of question only.
    ///
    /// # Diagnostics
    /// MB0201.
    fn only_with(&mut self, fields: &Fields, kind: Type) {
        for key in ["options", "range", "unit", "default", "region", "elsewhere"] {
            if let Some(span) = fields.key_span(key)
                && !kind.has(key)
            {
                let words = (keys::chinese_word(kind.key()), kind.key());
                let message = reading::key_of_another_type(span, key, words);
                self.sink.push(message);
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
            self.sink.push(reading::option_twice(*span, &twice.name));
            return None;
        }
        if !(2..=MOST_OPTIONS).contains(&options.len()) {
            let message = reading::number_of_options(node.span, options.len(), MOST_OPTIONS);
            self.sink.push(message);
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
                path: county.path,
            })
            .collect();
        name_apart(&mut options);
        self.elsewhere(fields, region.span, options)
    }

    fn divisions(
        &mut self,
        fields: &Fields,
        level: Level,
        year: Option<i16>,
    ) -> Option<Vec<Choice>> {
        let region = fields.required_text("region", self.sink)?;
        if !self.dated {
            return None;
        }
        let names = self.world.divisions(&region, level, year, self.sink)?;
        let options = names.iter().map(|name| choice(name, name)).collect();
        self.elsewhere(fields, region.span, options)
    }

    /// The places of a region, and the option for other places.
    ///
    /// # Diagnostics
    /// MB0304 if there are fewer than two.
    fn elsewhere(
        &mut self,
        fields: &Fields,
        region: Span,
        mut options: Vec<Choice>,
    ) -> Option<Vec<Choice>> {
        if let Some(elsewhere) = fields.text("elsewhere", self.sink) {
            options.push(choice(&elsewhere.value, &elsewhere.value));
        }
        if options.len() < 2 {
            self.sink.push(reading::too_few_places(region));
            return None;
        }
        Some(options)
    }

    fn range(&mut self, fields: &Fields, scale: Scale) -> Option<Domain> {
        let unit = fields.text("unit", self.sink).map_or_else(
            || default_unit(self.language, scale).to_owned(),
            |unit| unit.value,
        );
        let written = fields.required_text("range", self.sink)?;
        let bounds = parse_range(scale, &unit, &written.value)
            .filter(|(lo, hi)| lo < hi)
            .map(|(lo, hi)| Interval { lo, hi });
        let Some(bounds) = bounds else {
            self.sink.push(reading::bad_range(scale, &written));
            return None;
        };
        Some(Domain::Range {
            scale,
            bounds,
            unit,
        })
    }

    pub(super) fn doubts(&mut self, fields: &Fields) {
        for (name, node) in self.entries(fields, "doubts", MOST_QUESTIONS) {
            let doubt = self.doubt(name, node);
            self.define_question(name, doubt);
        }
        if self.questions.len() > MOST_QUESTIONS {
            let count = self.questions.len();
            let span = fields.key_span("doubts").unwrap_or(fields.span);
            self.too_many(span, count, MOST_QUESTIONS);
        }
    }

    fn doubt(&mut self, name: &Spanned<String>, node: &Node) -> Option<Question> {
        let fields = Fields::open(node, &shape::DOUBT, self.sink)?;
        let ask = fields.required_text("ask", self.sink);
        let cite = self.cite(&fields);
        let options = self.options(&fields, "readings")?;
        Some(Question {
            name: name.clone(),
            ask: ask.map(|t| t.value).unwrap_or_default(),
            why: String::new(),
            help: None,
            usual: None,
            cite,
            domain: Domain::Options {
                style: Style::Reading,
                options,
            },
            doubt: true,
            today: false,
            member: None,
        })
    }

    /// The questions that the author wants to be asked before all others.
    pub(super) fn ask_first(&mut self, fields: &Fields) -> Vec<QuestionId> {
        let mut first = Vec::new();
        for name in fields.texts("ask_first", self.sink) {
            match self.names.get(&name.value).copied() {
                Some(Name::Question(id)) if first.contains(&id) => {
                    self.sink.push(reading::asked_twice(&name));
                }
                Some(Name::Question(id)) if !self[id].doubt => first.push(id),
                Some(_) => self.sink.push(reading::not_askable(&name)),
                None => self.unknown_name(&name),
            }
        }
        first
    }

    /// One tick list, or several in a list.
    pub(super) fn tick_lists(&mut self, fields: &Fields) -> Vec<TickList> {
        let Some(node) = fields.get("tick_list") else {
            return Vec::new();
        };
        let nodes = match &node.kind {
            Kind::List(nodes) => nodes.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let mut ticks: Vec<TickList> = Vec::new();
        for node in nodes {
            let ticked: Vec<QuestionId> = ticks.iter().flat_map(|t| t.questions.clone()).collect();
            ticks.extend(self.tick_list(node, ticked));
        }
        ticks
    }

    /// `ticked`: the questions of the lists before it.
    fn tick_list(&mut self, node: &Node, mut ticked: Vec<QuestionId>) -> Option<TickList> {
        let fields = Fields::open(node, &shape::TICK_LIST, self.sink)?;
        let ask = fields.required_text("ask", self.sink);
        fields.require("questions", self.sink);
        let mut questions = Vec::new();
        for name in fields.texts("questions", self.sink) {
            match self.names.get(&name.value).copied() {
                Some(Name::Question(id)) if ticked.contains(&id) => {
                    self.sink.push(reading::ticked_twice(&name));
                }
                Some(Name::Question(id)) if self[id].domain.is_yes_no() => {
                    ticked.push(id);
                    questions.push(id);
                }
                Some(_) => self.sink.push(reading::not_tickable(&name)),
                None => self.unknown_name(&name),
            }
        }
        Some(TickList {
            span: fields.span,
            ask: ask?.value,
            questions,
        })
    }
}

/// Gives counties of one name longer names: with the prefecture, or with all of the path where that is not enough.
fn name_apart(options: &mut [Choice]) {
    let count = |names: Vec<&str>| {
        let mut count: HashMap<String, usize> = HashMap::new();
        for name in names {
            *count.entry(name.to_owned()).or_default() += 1;
        }
        count
    };
    let names = count(options.iter().map(|o| o.name.as_str()).collect());
    let longer = count(options.iter().map(|o| two_last(&o.path)).collect());
    for option in options {
        if names[&option.name] > 1 {
            let two = two_last(&option.path);
            let name = if longer[two] > 1 { &option.path } else { two };
            option.name = name.to_owned();
        }
    }
}

/// `石家庄市 桥西区` of `河北省 石家庄市 桥西区`
fn two_last(path: &str) -> &str {
    let mut spaces = path.rmatch_indices(' ').map(|(at, _)| at);
    spaces.nth(1).map_or(path, |at| &path[at + 1..])
}

/// 否 and 是.
pub(super) fn yes_no(language: Language) -> Domain {
    Domain::Options {
        style: Style::YesNo,
        options: language
            .of(["否", "是"], ["No", "Yes"])
            .map(|word| choice(word, word))
            .into(),
    }
}

fn choice(name: &str, words: &str) -> Choice {
    Choice {
        name: name.trim().to_owned(),
        words: words.trim().to_owned(),
        group: String::new(),
        county: None,
        path: String::new(),
    }
}
