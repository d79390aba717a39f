//! Conditions: from YAML nodes to [`Condition`]s.
//!
//! One entry a mapping, and nothing is combined silently, so that every condition keeps its own line. What is on
//! the right of a question is read by `operands`.

use mingbai_forms::decode::{Fields, text};
use mingbai_forms::keys;
use mingbai_forms::yaml::{Kind, Node};

use super::questions::yes_no;
use super::{MOST_CONDITIONS, MOST_UNREAD, Name, Reader};
use crate::diag::{Span, Spanned};
use crate::messages::{members, reading};
use crate::self_check::*;
use crate::shape;
use crate::value::Interval;

/// At most this many conditions of a cycle are named.
const MOST_SHOWN: usize = 12;

/// At most this many conditions, members included.
const MOST_MEMBERS: usize = 2_000;

impl Reader<'_> {
    pub(super) fn read_conditions(&mut self, fields: &Fields, household: &[Fields]) {
        let entries = self.entries(fields, "conditions", MOST_CONDITIONS);
        // Names first: a condition may use one that is defined below it.
        for (index, (name, _)) in entries.iter().enumerate() {
            self.define(name, Name::Condition(NamedId::new(index)));
        }
        self.conditions_of_members(household);
        let mut roots = Vec::new();
        for (name, node) in &entries {
            let root = self.condition_or_unread(node);
            roots.push(((*name).clone(), root));
        }
        let names: Vec<&str> = roots.iter().map(|(name, _)| name.value.as_str()).collect();
        let uses: Vec<Vec<usize>> = roots.iter().map(|(_, root)| self.named_in(*root)).collect();
        if let Some(cycle) = find_cycle(&uses) {
            let way: Vec<&str> = cycle.iter().map(|&index| names[index]).collect();
            let span = roots[cycle[0]].0.span;
            self.sink.push(reading::cycle(span, &shortened(&way)));
            self.is_circular = true;
        }
        // Without a root there were too many, and nothing is judged.
        let roots = roots.into_iter();
        self.named = roots
            .filter_map(|(name, root)| Some(NamedCondition { name, root: root? }))
            .collect();
    }

    /// Reads a condition. One that cannot be read is replaced by one of which nothing is known.
    pub(super) fn condition_or_unread(&mut self, node: &Node) -> Option<ConditionId> {
        self.condition(node).or_else(|| self.unread(node.span))
    }

    /// A condition of which nothing is known: a question that nobody answers. What is judged of the other conditions holds
    /// whatever it was meant to say. None if there are too many.
    pub(super) fn unread(&mut self, span: Span) -> Option<ConditionId> {
        self.unread += 1;
        if self.unread > MOST_UNREAD {
            return None;
        }
        let question = QuestionId::new(self.questions.len());
        self.questions.push(Question {
            name: Spanned::new(String::new(), span),
            ask: String::new(),
            why: String::new(),
            help: None,
            usual: None,
            cite: None,
            domain: yes_no(self.language),
            doubt: true,
            today: false,
            member: None,
        });
        let allowed = vec![false, true];
        self.add(span, Test::Options { question, allowed })
    }

    /// The named conditions that a condition uses.
    pub(super) fn named_in(&self, root: Option<ConditionId>) -> Vec<usize> {
        let mut found = Vec::new();
        let mut stack: Vec<ConditionId> = root.into_iter().collect();
        while let Some(condition) = stack.pop() {
            match &self.conditions[condition.index()].test {
                Test::All(list) | Test::Any(list) | Test::Members { each: list, .. } => {
                    stack.extend(list);
                }
                Test::Not(one) => stack.push(*one),
                Test::Named(name) => found.push(name.index()),
                _ => {}
            }
        }
        found
    }

    /// Adds a condition.
    ///
    /// # Diagnostics
    /// MB0314, once.
    pub(super) fn add(&mut self, span: Span, test: Test) -> Option<ConditionId> {
        if self.conditions.len() >= MOST_MEMBERS {
            if !self.too_many_conditions {
                self.too_many(span, MOST_MEMBERS + 1, MOST_MEMBERS);
            }
            self.too_many_conditions = true;
            return None;
        }
        self.conditions.push(Condition {
            span,
            test,
            cite: None,
            redundant: None,
            repeated: self.member.is_some_and(|(_, number)| number > 0),
        });
        Some(ConditionId::new(self.conditions.len() - 1))
    }

    /// Reads a condition, with or without a citation of its own.
    ///
    /// # Diagnostics
    /// MB0301 to MB0304.
    pub(super) fn condition(&mut self, node: &Node) -> Option<ConditionId> {
        let problem = match &node.kind {
            Kind::Map(map) if has_key(map, &["when"]) => return self.cited_condition(node),
            Kind::Text(word) => {
                let name = Spanned::new(word.trim().to_owned(), node.span);
                return self.name_alone(&name);
            }
            Kind::Map(map) if map.len() == 1 => {
                let (key, value) = &map[0];
                return match keys::canonical(&key.value) {
                    Some("not") => {
                        let inner = self.condition_or_unread(value)?;
                        self.add(key.span, Test::Not(inner))
                    }
                    Some("all") => self.combined(Test::All, key, value),
                    Some("any") => self.combined(Test::Any, key, value),
                    Some("any_member") => self.of_members(key, false, value),
                    Some("every_member") => self.of_members(key, true, value),
                    _ => self.compared(key, value),
                };
            }
            Kind::Map(map) if has_key(map, &["clause", "quote"]) => {
                reading::condition_and_citation(node.span)
            }
            Kind::Map(_) => reading::several_things(node.span),
            Kind::Empty => reading::no_condition(node.span),
            Kind::Broken => return None,
            Kind::List(_) => reading::bare_list(node.span),
        };
        self.sink.push(problem);
        None
    }

    /// `{when: …, clause: …, quote: …}`, `{when: …, redundant: …}`
    fn cited_condition(&mut self, node: &Node) -> Option<ConditionId> {
        let fields = Fields::open(node, &shape::CITED_CONDITION, self.sink)?;
        let redundant = fields.text("redundant", self.sink);
        let cite = if redundant.is_some() {
            self.optional_cite(&fields)
        } else {
            self.cite(&fields)
        };
        fields.require("when", self.sink);
        let condition = self.condition_or_unread(fields.get("when")?)?;
        let read = &mut self.conditions[condition.index()];
        read.cite = cite;
        read.redundant = redundant;
        Some(condition)
    }

    /// `{all: […]}`, `{any: […]}`
    fn combined(
        &mut self,
        made: fn(Vec<ConditionId>) -> Test,
        key: &Spanned<String>,
        value: &Node,
    ) -> Option<ConditionId> {
        let Kind::List(items) = &value.kind else {
            let message = reading::list_expected(value.span, &key.value);
            self.sink.push(message);
            return None;
        };
        if items.len() < 2 {
            self.sink.push(reading::two_expected(key));
            return None;
        }
        // All are read, so that every problem is reported.
        let members = items.iter().map(|item| self.condition_or_unread(item));
        let members: Vec<Option<ConditionId>> = members.collect();
        let members = members.into_iter().collect::<Option<_>>()?;
        self.add(key.span, made(members))
    }

    /// A name that stands alone: a yes/no question answered 是, or a condition.
    fn name_alone(&mut self, name: &Spanned<String>) -> Option<ConditionId> {
        match self.meaning(&name.value) {
            Some(Name::Condition(id)) => self.add(name.span, Test::Named(id)),
            Some(Name::Member(condition)) => Some(condition),
            Some(Name::Field(..)) => {
                self.sink.push(members::of_a_member(name));
                None
            }
            Some(Name::Question(question)) if self[question].domain.is_yes_no() => {
                let allowed = vec![false, true];
                self.add(name.span, Test::Options { question, allowed })
            }
            Some(_) => {
                self.sink.push(reading::value_expected(name));
                None
            }
            None => {
                self.unknown_name(name);
                None
            }
        }
    }

    /// `name: value`
    fn compared(&mut self, key: &Spanned<String>, value: &Node) -> Option<ConditionId> {
        let question = match self.meaning(&key.value) {
            Some(Name::Question(question)) => question,
            Some(Name::Computed(id)) => {
                let items = self.items(value)?;
                let is_list = matches!(value.kind, Kind::List(_));
                return self.value_compared(key.span, id, &items, is_list);
            }
            Some(Name::Field(..)) => {
                self.sink.push(members::of_a_member(key));
                return None;
            }
            Some(Name::Condition(_) | Name::Parameter(_) | Name::Member(_)) => {
                self.sink.push(reading::no_value_allowed(key));
                return None;
            }
            None => {
                self.unknown_name(key);
                return None;
            }
        };
        let items = self.items(value)?;
        match self[question].domain.clone() {
            Domain::Options { style, options } => {
                self.among(key.span, question, style, &options, &items)
            }
            Domain::Range { .. } if matches!(value.kind, Kind::List(_)) => {
                let mut values = Vec::new();
                for item in &items {
                    values.push(Interval::exactly(self.literal(question, item)?));
                }
                self.within(key.span, question, values)
            }
            Domain::Range { .. } => self.measured(key.span, question, &items[0]),
        }
    }

    /// A text, or a list of texts.
    fn items(&mut self, value: &Node) -> Option<Vec<Spanned<String>>> {
        match &value.kind {
            Kind::List(items) => items.iter().map(|item| text(item, self.sink)).collect(),
            _ => Some(vec![text(value, self.sink)?]),
        }
    }

    /// A question that lies in one of the intervals; those that touch become one.
    pub(super) fn within(
        &mut self,
        span: Span,
        question: QuestionId,
        mut intervals: Vec<Interval>,
    ) -> Option<ConditionId> {
        intervals.sort_unstable();
        let mut merged: Vec<Interval> = Vec::new();
        for interval in intervals {
            match merged.last_mut() {
                Some(last) if last.hi.next().is_none_or(|next| interval.lo <= next) => {
                    last.hi = last.hi.max(interval.hi);
                }
                _ => merged.push(interval),
            }
        }
        let intervals = merged;
        self.add(
            span,
            Test::Within {
                question,
                intervals,
            },
        )
    }
}

/// Whether one of these keys is in a mapping.
fn has_key(map: &[(Spanned<String>, Node)], wanted: &[&str]) -> bool {
    map.iter()
        .filter_map(|(key, _)| keys::canonical(&key.value))
        .any(|key| wanted.contains(&key))
}

/// How far the search for a cycle is with a condition.
#[derive(Clone, Copy, PartialEq)]
enum Visit {
    New,
    /// On the way from the start to where the search is.
    OnTheWay,
    Done,
}

/// The first cycle among conditions that use others: its members in order, the first one again at the end.
pub(super) fn find_cycle(uses: &[Vec<usize>]) -> Option<Vec<usize>> {
    let mut visits = vec![Visit::New; uses.len()];
    for start in 0..uses.len() {
        if visits[start] != Visit::New {
            continue;
        }
        visits[start] = Visit::OnTheWay;
        // Conditions on the way, and how many of those that each uses were followed.
        let mut way = vec![(start, 0)];
        while let Some((at, followed)) = way.last_mut() {
            let Some(&used) = uses[*at].get(*followed) else {
                visits[*at] = Visit::Done;
                way.pop();
                continue;
            };
            *followed += 1;
            match visits[used] {
                Visit::New => {
                    visits[used] = Visit::OnTheWay;
                    way.push((used, 0));
                }
                Visit::OnTheWay => {
                    let way = way.iter().map(|(at, _)| *at);
                    let cycle = way.skip_while(|at| *at != used);
                    return Some(cycle.chain([used]).collect());
                }
                Visit::Done => {}
            }
        }
    }
    None
}

/// The names of a cycle; the middle of a long one is left out.
pub(super) fn shortened(way: &[&str]) -> String {
    match way {
        [first @ .., last] if way.len() > MOST_SHOWN => {
            format!("{} → …… → {last}", first[..MOST_SHOWN - 2].join(" → "))
        }
        _ => way.join(" → "),
    }
}
