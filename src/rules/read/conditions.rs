//! Conditions: from YAML nodes to clauses.
//!
//! One entry a mapping, and nothing is combined silently, so that every clause keeps its own line. Comparisons
//! are words with one or two operands (`低于 3000`, `介于 1 和 4`, `同年 受灾日期`, `在名单 shanxi-2020-remote`).

use super::{MOST_CONDITIONS, Name, Reader};
use crate::answer::{not_a_value, value_of};
use crate::check::*;
use crate::diag::{Span, Spanned, codes};
use crate::shape;
use crate::value;
use mingbai_forms::decode::{Fields, text};
use mingbai_forms::keys;
use mingbai_forms::yaml::{Kind, Node};

/// Comparisons, longer words before those that they contain.
const COMPARISONS: [&str; 7] = [
    "at_least",
    "at_most",
    "below",
    "above",
    "between",
    "same_year",
    "in_list",
];

/// Of these a number in words is made.
const NUMERALS: &str = "零〇一二两三四五六七八九十百千万亿元";

/// So many conditions of a circle are named.
const MOST_SHOWN: usize = 12;

/// So many clauses, members included.
const MOST_CLAUSES: usize = 2_000;

impl Reader<'_> {
    pub(super) fn read_conditions(&mut self, fields: &Fields) {
        let entries = self.entries(fields, "conditions", MOST_CONDITIONS);
        // Names first: a condition may use one that is defined below it.
        for (index, (name, _)) in entries.iter().enumerate() {
            self.define(name, Name::Condition(index));
            self.conditions.push(((*name).clone(), 0));
        }
        for (index, (name, node)) in entries.iter().enumerate() {
            match self.condition(node) {
                Some(clause) => self.conditions[index].1 = clause,
                None => self.failed.push(name.value.clone()),
            }
        }
        self.find_cycles();
    }

    /// # Diagnostics
    /// MB0305.
    fn find_cycles(&mut self) {
        // 0 not seen, 1 on the way, 2 done.
        let mut state = vec![0_u8; self.conditions.len()];
        for start in 0..self.conditions.len() {
            let mut stack = vec![(start, self.named_in(start), 0_usize)];
            if state[start] != 0 {
                continue;
            }
            state[start] = 1;
            while let Some((at, uses, next)) = stack.last_mut() {
                let Some(&used) = uses.get(*next) else {
                    state[*at] = 2;
                    stack.pop();
                    continue;
                };
                *next += 1;
                match state[used] {
                    0 => {
                        state[used] = 1;
                        let uses = self.named_in(used);
                        stack.push((used, uses, 0));
                    }
                    1 => {
                        let from = stack
                            .iter()
                            .position(|(at, ..)| *at == used)
                            .unwrap_or_default();
                        let way: Vec<&str> = stack[from..]
                            .iter()
                            .map(|(at, ..)| self.conditions[*at].0.value.as_str())
                            .chain([self.conditions[used].0.value.as_str()])
                            .collect();
                        // A long way is not read to its end.
                        let way = if way.len() > MOST_SHOWN {
                            format!(
                                "{} → …… → {}",
                                way[..MOST_SHOWN - 2].join(" → "),
                                way[way.len() - 1]
                            )
                        } else {
                            way.join(" → ")
                        };
                        let span = self.conditions[used].0.span;
                        self.say(
                            &codes::CONDITION_CYCLE,
                            span,
                            format!("条件绕了一圈：{way}"),
                            format!("conditions in a circle: {way}"),
                            (
                                "让其中一个条件直接写出它要问的问题",
                                "let one of them say directly what it asks",
                            ),
                        );
                        return;
                    }
                    _ => {}
                }
            }
        }
    }

    /// The named conditions that a condition uses.
    fn named_in(&self, condition: usize) -> Vec<usize> {
        let mut found = Vec::new();
        let mut stack = vec![self.conditions[condition].1];
        while let Some(clause) = stack.pop() {
            match self.clauses.get(clause).map(|clause| &clause.test) {
                Some(Test::All(list) | Test::Any(list)) => stack.extend(list),
                Some(Test::Not(one)) => stack.push(*one),
                Some(Test::Named(name)) => found.push(*name),
                _ => {}
            }
        }
        found
    }

    fn clause(&mut self, span: Span, test: Test) -> Option<ClauseId> {
        if self.clauses.len() >= MOST_CLAUSES {
            if !self.too_many_clauses {
                self.too_many(span, MOST_CLAUSES + 1, MOST_CLAUSES);
            }
            self.too_many_clauses = true;
            return None;
        }
        self.clauses.push(Clause {
            span,
            test,
            cite: None,
        });
        Some(self.clauses.len() - 1)
    }

    /// Reads a condition, with or without a citation of its own.
    ///
    /// # Diagnostics
    /// MB0301 to MB0304.
    pub(super) fn condition(&mut self, node: &Node) -> Option<ClauseId> {
        if let Kind::Map(map) = &node.kind
            && map
                .iter()
                .any(|(key, _)| keys::canonical(&key.value) == Some("when"))
        {
            let fields = Fields::open(node, &shape::CITED_CONDITION, self.sink)?;
            let cite = self.cite(&fields);
            fields.require("when", self.sink);
            let clause = self.condition(fields.get("when")?)?;
            self.clauses[clause].cite = cite;
            return Some(clause);
        }
        match &node.kind {
            Kind::Text(word) => {
                let name = Spanned::new(word.trim().to_owned(), node.span);
                self.named(&name)
            }
            Kind::Map(map) if map.len() == 1 => {
                let (key, value) = &map[0];
                match keys::canonical(&key.value) {
                    Some("not") => {
                        let inner = self.condition(value)?;
                        self.clause(key.span, Test::Not(inner))
                    }
                    Some(word @ ("all" | "any")) => self.combined(word, key, value),
                    _ => self.compared(key, value),
                }
            }
            Kind::Map(map)
                if map.iter().any(|(key, _)| {
                    matches!(keys::canonical(&key.value), Some("clause" | "quote"))
                }) =>
            {
                self.say(
                    &codes::BAD_CONDITION,
                    node.span,
                    "条件和它的出处写在了一起",
                    "a condition and its citation are mixed",
                    (
                        "把条件本身写在“when:”（当）后面，与“clause:”“quote:”并列",
                        "write the condition itself behind \"when:\", beside \"clause:\" and \"quote:\"",
                    ),
                );
                None
            }
            Kind::Map(_) => {
                self.say(
                    &codes::BAD_CONDITION,
                    node.span,
                    "一个条件里写了几件事，没有说是都要符合还是有一件就行",
                    "several things in one condition: whether all or any of them must hold is not said",
                    (
                        "每件事另起一行，以“- ”开头，放在“全部:”或“任一:”下面",
                        "put each on a line of its own beginning with \"- \", below \"all:\" or \"any:\"",
                    ),
                );
                None
            }
            Kind::Empty => {
                self.say(
                    &codes::BAD_CONDITION,
                    node.span,
                    "这里没有写条件",
                    "no condition is written here",
                    (
                        "写问题或条件的名称，或“问题: 值”；不要的话，删去这一行",
                        "write the name of a question or a condition, or \"question: value\"; or remove the line",
                    ),
                );
                None
            }
            Kind::List(_) => {
                self.say(
                    &codes::BAD_CONDITION,
                    node.span,
                    "这里应当是一个条件",
                    "a condition is expected here",
                    (
                        "几个条件要放在“全部:”（都要符合）或“任一:”（有一个就行）下面",
                        "several conditions go below \"all:\" or \"any:\"",
                    ),
                );
                None
            }
        }
    }

    fn combined(&mut self, word: &str, key: &Spanned<String>, value: &Node) -> Option<ClauseId> {
        let Kind::List(items) = &value.kind else {
            self.say(
                &codes::BAD_CONDITION,
                value.span,
                format!("“{}”下面应当是列表", key.value),
                format!("a list is expected below \"{}\"", key.value),
                (
                    "每个条件一行，以“- ”开头",
                    "one condition a line, each beginning with \"- \"",
                ),
            );
            return None;
        };
        if items.len() < 2 {
            self.say(
                &codes::BAD_CONDITION,
                key.span,
                format!("“{}”下面至少要有两个条件", key.value),
                format!("\"{}\" needs at least two conditions", key.value),
                (
                    "只有一个条件时直接写它",
                    "where there is only one, write it directly",
                ),
            );
            return None;
        }
        let members: Vec<Option<ClauseId>> =
            items.iter().map(|item| self.condition(item)).collect();
        let members: Vec<ClauseId> = members.into_iter().collect::<Option<_>>()?;
        self.clause(
            key.span,
            if word == "all" {
                Test::All(members)
            } else {
                Test::Any(members)
            },
        )
    }

    /// A name that stands alone: a yes/no question answered 是, or a condition.
    fn named(&mut self, name: &Spanned<String>) -> Option<ClauseId> {
        match self.names.get(&name.value).copied() {
            Some(Name::Condition(index)) => self.clause(name.span, Test::Named(index)),
            Some(Name::Fact(fact))
                if matches!(
                    self.facts[fact].domain,
                    Domain::Options {
                        style: Style::YesNo,
                        ..
                    }
                ) =>
            {
                self.clause(
                    name.span,
                    Test::Options {
                        fact,
                        allowed: vec![false, true],
                    },
                )
            }
            Some(_) => {
                self.say(
                    &codes::BAD_CONDITION,
                    name.span,
                    format!("“{}”不是“是否”问题，要写出取哪个值", name.value),
                    format!("\"{}\" is no yes/no question: say which value", name.value),
                    (
                        "写作“名称: 选项”或“名称: 低于 3000”",
                        "write \"name: option\" or \"name: below 3000\"",
                    ),
                );
                None
            }
            None => {
                self.unknown_name(name);
                None
            }
        }
    }

    /// `name: value`
    fn compared(&mut self, key: &Spanned<String>, value: &Node) -> Option<ClauseId> {
        let fact = match self.names.get(&key.value).copied() {
            Some(Name::Fact(fact)) => fact,
            Some(Name::Condition(_) | Name::Parameter(_)) => {
                self.say(
                    &codes::BAD_CONDITION,
                    key.span,
                    format!("“{}”不是问题，后面不能写值", key.value),
                    format!("\"{}\" is no question and takes no value", key.value),
                    (
                        "条件成立就只写名称，不成立写“不是: 名称”",
                        "write the name alone, or \"not: name\"",
                    ),
                );
                return None;
            }
            None => {
                self.unknown_name(key);
                return None;
            }
        };
        let items: Vec<Spanned<String>> = match &value.kind {
            Kind::List(items) => items
                .iter()
                .map(|item| text(item, self.sink))
                .collect::<Option<_>>()?,
            _ => vec![text(value, self.sink)?],
        };
        match self.facts[fact].domain.clone() {
            Domain::Options { style, options } => {
                self.among(key.span, fact, style, &options, &items)
            }
            Domain::Range { scale, .. } if matches!(value.kind, Kind::List(_)) => {
                let mut ranges = Vec::new();
                for item in &items {
                    let value = self.literal(fact, item)?;
                    ranges.push((value, value));
                }
                self.within(key.span, fact, scale, ranges)
            }
            Domain::Range { scale, .. } => self.measured(key.span, fact, scale, &items[0]),
        }
    }

    fn among(
        &mut self,
        span: Span,
        fact: FactId,
        style: Style,
        options: &[Choice],
        items: &[Spanned<String>],
    ) -> Option<ClauseId> {
        let mut allowed = vec![false; options.len()];
        for item in items {
            match comparison(&item.value) {
                Some(("in_list", id)) if style == Style::County => {
                    let at = item.value.len() - id.len();
                    let place = Spanned::new(id.to_owned(), item.part(at..item.value.len()));
                    self.listed(&place, options, &mut allowed)?;
                }
                Some((word, _)) if !options.iter().any(|o| o.name == item.value) => {
                    let (zh, en) = if word == "in_list" {
                        (
                            "“在名单”只能用在县的问题上",
                            "\"in_list\" is for county questions only",
                        )
                    } else {
                        (
                            "只有整数、金额和日期能比大小",
                            "only numbers, amounts and dates can be compared",
                        )
                    };
                    self.say(
                        &codes::BAD_CONDITION,
                        item.span,
                        zh,
                        en,
                        (
                            "有选项的问题写作“问题: 选项”或“问题: [选项, 选项]”",
                            "for a question with options write \"question: option\" or \"question: [option, option]\"",
                        ),
                    );
                    return None;
                }
                _ => {
                    let fact = self.facts[fact].clone();
                    let index = value_of(&fact, item, self.sink)?;
                    allowed[usize::try_from(index).unwrap_or_default()] = true;
                }
            }
        }
        self.clause(span, Test::Options { fact, allowed })
    }

    /// Marks the counties of a pilot list.
    fn listed(
        &mut self,
        id: &Spanned<String>,
        options: &[Choice],
        allowed: &mut [bool],
    ) -> Option<()> {
        for county in self.world.members(id, self.sink)? {
            let found = options
                .iter()
                .position(|option| option.county.as_ref() == Some(&county.code));
            match found {
                Some(index) => allowed[index] = true,
                None => {
                    self.say(
                        &codes::UNKNOWN_OPTION,
                        id.span,
                        format!("名单里的“{}”不在这个问题的选项里", county.name),
                        format!(
                            "\"{}\" of the list is no option of this question",
                            county.name
                        ),
                        (
                            "问题的地区要包含名单的地区，年度要与名单一致",
                            "the question's region must contain the list's, and the year be the same",
                        ),
                    );
                    return None;
                }
            }
        }
        Some(())
    }

    fn within(
        &mut self,
        span: Span,
        fact: FactId,
        scale: Scale,
        mut ranges: Vec<Known>,
    ) -> Option<ClauseId> {
        ranges.sort_unstable();
        let mut merged: Vec<Known> = Vec::new();
        for (lo, hi) in ranges {
            match merged.last_mut() {
                Some(last) if lo <= value::next(scale, last.1) => last.1 = last.1.max(hi),
                _ => merged.push((lo, hi)),
            }
        }
        self.clause(
            span,
            Test::Within {
                fact,
                ranges: merged,
            },
        )
    }

    /// A comparison of a number, an amount or a date.
    fn measured(
        &mut self,
        span: Span,
        fact: FactId,
        scale: Scale,
        written: &Spanned<String>,
    ) -> Option<ClauseId> {
        let (word, operand) = comparison(&written.value).unwrap_or(("", &written.value));
        let at = written.value.len() - operand.len();
        let operand = Spanned::new(operand.to_owned(), written.part(at..written.value.len()));
        if operand.value.is_empty() {
            self.say(
                &codes::BAD_VALUE,
                written.span,
                format!("“{}”后面没有写值", written.value),
                format!("no value is written behind \"{}\"", written.value),
                (
                    "写一个值，或另一个问题、参数的名称",
                    "write a value, or name another question or a parameter",
                ),
            );
            return None;
        }
        let (least, most) = self.facts[fact].domain.bounds();
        match word {
            "between" => {
                let unit = self.unit(fact);
                let Some((lo, hi)) = between(&operand.value)
                    .and_then(|(lo, hi)| {
                        Some((
                            value::parse(scale, &unit, lo)?,
                            value::parse(scale, &unit, hi)?,
                        ))
                    })
                    .filter(|(lo, hi)| lo <= hi)
                else {
                    self.say(
                        &codes::BAD_VALUE,
                        operand.span,
                        format!("“{}”不是从小到大的两个值", operand.value),
                        format!("\"{}\" is no pair from low to high", operand.value),
                        (
                            "写作“介于 1 和 4”，两头都算",
                            "write \"between 1 and 4\", both included",
                        ),
                    );
                    return None;
                };
                self.within(span, fact, scale, vec![(lo, hi)])
            }
            "in_list" => {
                self.say(
                    &codes::BAD_CONDITION,
                    written.span,
                    "“在名单”只能用在县的问题上",
                    "\"in_list\" is for county questions only",
                    ("换成类型是“县”的问题", "take a question of the type county"),
                );
                None
            }
            "same_year" => self.same_year(span, fact, scale, &operand),
            _ => {
                if let Some(name) = self.names.get(&operand.value).copied() {
                    return self.against(span, fact, scale, word, name, &operand);
                }
                let value = self.literal(fact, &operand)?;
                let range = match word {
                    "below" => (least, value::previous(scale, value)),
                    "at_most" => (least, value),
                    "above" => (value::next(scale, value), most),
                    "at_least" => (value, most),
                    _ => (value, value),
                };
                self.within(span, fact, scale, vec![range])
            }
        }
    }

    fn unit(&self, fact: FactId) -> String {
        match &self.facts[fact].domain {
            Domain::Range { unit, .. } => unit.clone(),
            Domain::Options { .. } => String::new(),
        }
    }

    /// A value written in a condition; names that are close to it are suggested.
    fn literal(&mut self, fact: FactId, written: &Spanned<String>) -> Option<i32> {
        let Domain::Range { scale, unit, .. } = self.facts[fact].domain.clone() else {
            return None;
        };
        let value = value::parse(scale, &unit, &written.value);
        if value.is_none() {
            let digits = written.value.contains(|c: char| c.is_ascii_digit());
            let numeral = written.value.chars().all(|c| NUMERALS.contains(c));
            if digits || numeral {
                not_a_value(scale, &unit, written, self.sink);
            } else {
                self.unknown_name(written);
            }
        }
        value
    }

    fn same_year(
        &mut self,
        span: Span,
        fact: FactId,
        scale: Scale,
        operand: &Spanned<String>,
    ) -> Option<ClauseId> {
        if scale != Scale::Date {
            self.say(
                &codes::BAD_VALUE,
                span,
                "“同年”只能用在日期问题上",
                "\"same_year\" is for date questions only",
                (
                    "数和金额用“低于”“高于”“介于”等来比",
                    "compare numbers and amounts with below, above, between …",
                ),
            );
            return None;
        }
        match self.names.get(&operand.value).copied() {
            Some(Name::Fact(right))
                if self.facts[right].domain.scale() == Some(scale) && right != fact =>
            {
                self.clause(span, Test::SameYear { left: fact, right })
            }
            Some(_) => {
                self.say(
                    &codes::BAD_VALUE,
                    operand.span,
                    format!("“{}”不是另一个日期问题", operand.value),
                    format!("\"{}\" is no other date question", operand.value),
                    (
                        "写另一个日期问题的名称，或一个日期",
                        "name another date question, or write a date",
                    ),
                );
                None
            }
            None => {
                let day = self.literal(fact, operand)?;
                let year = day / 10_000 * 10_000;
                self.within(span, fact, scale, vec![(year + 101, year + 1231)])
            }
        }
    }

    /// A comparison with another question or a parameter.
    fn against(
        &mut self,
        span: Span,
        fact: FactId,
        scale: Scale,
        word: &str,
        name: Name,
        operand: &Spanned<String>,
    ) -> Option<ClauseId> {
        let allowed = match word {
            "below" => [true, false, false],
            "at_most" => [true, true, false],
            "above" => [false, false, true],
            "at_least" => [false, true, true],
            _ => [false, true, false],
        };
        match name {
            Name::Fact(right) => {
                let same = self.facts[right].domain.scale() == Some(scale)
                    && self.unit(right) == self.unit(fact);
                if right == fact {
                    let name = &self.facts[fact].name.value;
                    let (zh, en) = (
                        format!("“{name}”不能和自己比"),
                        format!("\"{name}\" cannot be compared with itself"),
                    );
                    self.say(
                        &codes::BAD_VALUE,
                        operand.span,
                        zh,
                        en,
                        (
                            "写一个值，或另一个问题、参数的名称",
                            "write a value, or name another question or a parameter",
                        ),
                    );
                    return None;
                }
                if !same {
                    let (left, other) = (self.describe(fact), self.describe(right));
                    self.say(
                        &codes::BAD_VALUE,
                        operand.span,
                        format!("{left}不能和{other}比"),
                        format!("{left} cannot be compared with {other}"),
                        (
                            "两个问题的类型和单位要相同",
                            "both questions need the same type and unit",
                        ),
                    );
                    return None;
                }
                self.clause(
                    span,
                    Test::Order {
                        left: fact,
                        right,
                        allowed,
                    },
                )
            }
            Name::Parameter(index) => {
                self.used_parameters.insert(index);
                let parameter = &self.parameters[index];
                let other_unit = parameter
                    .unit
                    .as_ref()
                    .filter(|unit| parameter.scale == scale && **unit != self.unit(fact));
                if let Some(unit) = other_unit {
                    let left = self.describe(fact);
                    let right = format!("“{}”（{unit}）", parameter.name.value);
                    self.say(
                        &codes::BAD_VALUE,
                        operand.span,
                        format!("{left}不能和{right}比"),
                        format!("{left} cannot be compared with {right}"),
                        (
                            "问题和参数的单位要相同",
                            "question and parameter need the same unit",
                        ),
                    );
                    return None;
                }
                if parameter.scale != scale {
                    let name = parameter.name.value.clone();
                    self.say(
                        &codes::BAD_VALUE,
                        operand.span,
                        format!("参数“{name}”的类型和问题不同"),
                        format!("the parameter \"{name}\" is of another type than the question"),
                        (
                            "整数只能和整数比，金额只能和金额比",
                            "compare a number with a number, an amount with an amount",
                        ),
                    );
                    return None;
                }
                let (least, most) = self.facts[fact].domain.bounds();
                let by = parameter.by;
                let periods = parameter
                    .values
                    .iter()
                    .map(|&(from, until, value)| {
                        let (lo, hi) = match word {
                            "below" => (least, value.saturating_sub(1)),
                            "at_most" => (least, value),
                            "above" => (value.saturating_add(1), most),
                            "at_least" => (value, most),
                            _ => (value, value),
                        };
                        Dated {
                            from,
                            until,
                            lo,
                            hi,
                        }
                    })
                    .collect();
                self.clause(span, Test::Dated { fact, by, periods })
            }
            Name::Condition(_) => {
                self.say(
                    &codes::BAD_CONDITION,
                    operand.span,
                    format!("“{}”是条件，不能拿来比大小", operand.value),
                    format!(
                        "\"{}\" is a condition and cannot be compared with",
                        operand.value
                    ),
                    (
                        "右边写一个值，或另一个问题、参数的名称",
                        "write a value, or name another question or a parameter",
                    ),
                );
                None
            }
        }
    }

    fn describe(&self, fact: FactId) -> String {
        let unit = self.unit(fact);
        let name = &self.facts[fact].name.value;
        if unit.is_empty() {
            format!("“{name}”")
        } else {
            format!("“{name}”（{unit}）")
        }
    }
}

/// The comparison that a text begins with (its English name) and what follows it.
fn comparison(text: &str) -> Option<(&'static str, &str)> {
    COMPARISONS.iter().find_map(|english| {
        let rest = text.strip_prefix(keys::chinese_word(english)).or_else(|| {
            text.strip_prefix(english)
                .filter(|rest| rest.starts_with(' '))
        })?;
        Some((*english, rest.trim()))
    })
}

/// `1 和 4`, `1 and 4`
fn between(text: &str) -> Option<(&str, &str)> {
    text.split_once('和').or_else(|| text.split_once(" and "))
}
