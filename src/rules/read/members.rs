//! Members of a household: the same questions of each, as many members as another question says.
//!
//! Every question of a group becomes one question a member, and what is said of a member is read once for each of them. So the rest
//! of the compiler knows questions and conditions only.

use std::collections::HashMap;

use mingbai_forms::decode::Fields;
use mingbai_forms::yaml::{Kind, Node};

use super::{Name, Reader};
use crate::diag::Spanned;
use crate::messages::{members, reading};
use crate::self_check::*;
use crate::shape;
use crate::value::Scale;

/// At most this many members.
const MOST_MEMBERS: i64 = 12;
/// At most this many groups.
const MOST_GROUPS: usize = 4;
/// At most this many questions of a member, and conditions.
const MOST_FIELDS: usize = 20;

/// A group that is read.
pub(super) struct Members {
    name: Spanned<String>,
    pub count: QuestionId,
    /// The most members there can be.
    most: usize,
    /// Of each question of the group, that of the first member; those of the others follow it, one a question of the group.
    fields: Vec<QuestionId>,
    /// What its conditions are for each member.
    conditions: HashMap<String, Vec<ConditionId>>,
}

impl Members {
    /// What the check keeps of it.
    pub(super) fn group(self) -> Group {
        Group {
            name: self.name,
            count: self.count,
        }
    }

    /// The question of one member.
    fn question(&self, field: usize, number: usize) -> QuestionId {
        QuestionId::new(self.fields[field].index() + number * self.fields.len())
    }

    /// The questions of all members.
    pub(super) fn questions_of(&self, field: usize) -> Vec<QuestionId> {
        let numbers = 0..self.most;
        numbers.map(|number| self.question(field, number)).collect()
    }
}

impl Reader<'_> {
    /// What a name means where it is written: for the member that is spoken of, if there is one.
    pub(super) fn meaning(&self, name: &str) -> Option<Name> {
        let found = self.names.get(name).copied();
        let Some((group, number)) = self.member else {
            return found;
        };
        let of = &self.groups[group];
        match found {
            Some(Name::Field(other, field)) if other == group => {
                Some(Name::Question(of.question(field, number)))
            }
            None => {
                let condition = of.conditions.get(name)?.get(number);
                condition.map(|condition| Name::Member(*condition))
            }
            found => found,
        }
    }

    /// The group of whose members some names speak.
    pub(super) fn group_of<'n>(&self, names: impl Iterator<Item = &'n str>) -> Option<usize> {
        let mut names = names;
        names.find_map(|name| match self.names.get(name) {
            Some(Name::Field(group, _)) => Some(*group),
            _ => {
                let mut groups = self.groups.iter();
                groups.position(|group| group.conditions.contains_key(name))
            }
        })
    }

    /// The most members of a group.
    pub(super) fn members_of(&self, group: usize) -> usize {
        self.groups[group].most
    }

    /// The groups, with the questions of their members; their conditions are read with the others.
    pub(super) fn read_members<'n>(
        &mut self,
        fields: &Fields<'n>,
        year: Option<i16>,
    ) -> Vec<Fields<'n>> {
        let mut opened = Vec::new();
        for (name, node) in self.entries(fields, "household", MOST_GROUPS) {
            let of = Fields::open(node, &shape::HOUSEHOLD, self.sink);
            let read = of.filter(|of| self.group(name, of, year).is_some());
            match read {
                Some(read) => opened.push(read),
                None => self.unsure = true,
            }
        }
        opened
    }

    fn group(&mut self, name: &Spanned<String>, fields: &Fields, year: Option<i16>) -> Option<()> {
        let count = fields.required_text("count", self.sink);
        fields.require("questions", self.sink);
        let mut questions = Vec::new();
        for (name, node) in self.entries(fields, "questions", MOST_FIELDS) {
            questions.push((name.clone(), self.question(name, node, year)?));
        }
        let count = count?;
        let Some(Name::Question(asked)) = self.names.get(&count.value).copied() else {
            self.unknown_name(&count);
            return None;
        };
        let bounds = match &self[asked].domain {
            Domain::Range {
                scale: Scale::Number,
                bounds,
                ..
            } => Some((bounds.lo.word(), bounds.hi.word())),
            _ => None,
        };
        let Some((_, most)) = bounds.filter(|(lo, hi)| *lo >= 0 && *hi <= MOST_MEMBERS) else {
            self.sink
                .push(members::not_a_number_of_members(&count, MOST_MEMBERS));
            return None;
        };
        let (most, group) = (usize::try_from(most).ok()?, self.groups.len());
        let first = self.questions.len();
        for number in 1..=most {
            for (name, question) in &questions {
                self.question_of_member(name, question, group, number);
            }
        }
        for (field, (name, _)) in questions.iter().enumerate() {
            self.define(name, Name::Field(group, field));
        }
        self.groups.push(Members {
            name: name.clone(),
            count: asked,
            most,
            fields: (first..first + questions.len())
                .map(QuestionId::new)
                .collect(),
            conditions: HashMap::new(),
        });
        Some(())
    }

    fn question_of_member(
        &mut self,
        name: &Spanned<String>,
        question: &Question,
        group: usize,
        number: usize,
    ) {
        let field = name.value.clone();
        let language = self.language;
        let own = language.of(
            format!("第{number}人的{field}"),
            format!("{field} of person {number}"),
        );
        let name = Spanned::new(own, name.span);
        self.define(&name, Name::Question(QuestionId::new(self.questions.len())));
        self.questions.push(Question {
            name,
            ask: language.of(
                format!("第{number}人：{}", question.ask),
                format!("Person {number}: {}", question.ask),
            ),
            member: Some(Member {
                group,
                number,
                field,
            }),
            ..question.clone()
        });
    }

    /// The conditions of each group, for each member. One may use those above it.
    pub(super) fn conditions_of_members(&mut self, household: &[Fields]) {
        for (group, fields) in household.iter().enumerate() {
            for (name, node) in self.entries(fields, "conditions", MOST_FIELDS) {
                if self.names.contains_key(&name.value)
                    || self.groups[group].conditions.contains_key(&name.value)
                {
                    self.sink.push(reading::name_in_use(name));
                    continue;
                }
                let each = self.each(group, node);
                let conditions = &mut self.groups[group].conditions;
                match each {
                    Some(each) => drop(conditions.insert(name.value.clone(), each)),
                    None => self.failed.push(name.value.clone()),
                }
            }
        }
    }

    /// A condition for each member. What is wrong with it is said once.
    fn each(&mut self, group: usize, node: &Node) -> Option<Vec<ConditionId>> {
        let mut each = Vec::new();
        let before = self.sink.count();
        for number in 0..self.members_of(group) {
            self.member = Some((group, number));
            let condition = self.condition(node);
            self.member = None;
            each.push(condition?);
            if self.sink.count() > before {
                return None;
            }
        }
        Some(each)
    }

    /// `{any_member: condition}`, `{every_member: condition}`
    pub(super) fn of_members(
        &mut self,
        key: &Spanned<String>,
        is_every: bool,
        value: &Node,
    ) -> Option<ConditionId> {
        let mut names = Vec::new();
        names_in(value, &mut names);
        let group = self.group_of(names.into_iter());
        let Some(group) = group.filter(|_| self.member.is_none()) else {
            if self.unsure {
                return None;
            }
            self.sink.push(members::no_member(key));
            return None;
        };
        let each = self.each(group, value)?;
        let count = self.groups[group].count;
        self.add(
            key.span,
            Test::Members {
                count,
                is_every,
                each,
            },
        )
    }
}

/// All words of a condition that may be names.
fn names_in<'n>(node: &'n Node, names: &mut Vec<&'n str>) {
    match &node.kind {
        Kind::Text(text) => names.push(text.trim()),
        Kind::List(list) => list.iter().for_each(|node| names_in(node, names)),
        Kind::Map(map) => {
            for (key, node) in map {
                names.push(&key.value);
                names_in(node, names);
            }
        }
        _ => {}
    }
}
