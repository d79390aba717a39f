//! Worked cases: answers and what must follow from them.

use mingbai_forms::decode::{Fields, text};
use mingbai_forms::keys;
use mingbai_forms::yaml::{Kind, Node};

use super::{MOST_EXAMPLES, Name, Reader};
use crate::answer::known_of;
use crate::diag::Spanned;
use crate::messages::{members, reading};
use crate::self_check::*;
use crate::shape;
use crate::text::nearest;
use crate::value::Interval;

impl Reader<'_> {
    pub(super) fn examples(&mut self, fields: &Fields, decisions: &[Decision]) -> Vec<Example> {
        let mut nodes = Vec::new();
        fields.list("examples", self.sink, |node, _| {
            nodes.push(node);
            Some(())
        });
        if nodes.len() > MOST_EXAMPLES {
            self.too_many(fields.span, nodes.len(), MOST_EXAMPLES);
            return Vec::new();
        }
        nodes
            .into_iter()
            .filter_map(|node| self.example(node, decisions))
            .collect()
    }

    fn example(&mut self, node: &Node, decisions: &[Decision]) -> Option<Example> {
        let fields = Fields::open(node, &shape::EXAMPLE, self.sink)?;
        let name = fields.required_text("name", self.sink);
        fields.require("expect", self.sink);
        let mut answers = Vec::new();
        for (question, node) in self.pairs(&fields, "answers") {
            match (self.names.get(&question.value), &node.kind) {
                (Some(Name::Field(group, field)), Kind::List(list)) => {
                    let questions = self.groups[*group].questions_of(*field);
                    if list.len() > questions.len() {
                        self.too_many(node.span, list.len(), questions.len());
                    }
                    for (question, node) in questions.into_iter().zip(list) {
                        answers.extend(self.known(question, node));
                    }
                }
                _ => answers.extend(self.answer(&question, node)),
            }
        }
        let mut expect = Vec::new();
        for (decision, node) in self.pairs(&fields, "expect") {
            expect.extend(self.expected(&decision, node, decisions));
        }
        let mut certain = Vec::new();
        for attribute in Attribute::ALL {
            for name in fields.texts(attribute.key(), self.sink) {
                if let Some(provision) = self.provision(&name) {
                    certain.push((attribute, Spanned::new(provision, name.span)));
                }
            }
        }
        let mut values = Vec::new();
        for (value, node) in self.pairs(&fields, "values") {
            values.extend(self.expected_value(&value, node));
        }
        let mut holds = Vec::new();
        for (condition, node) in self.pairs(&fields, "holds") {
            holds.extend(self.state(&condition, node));
        }
        Some(Example {
            missing: self.missing(&fields),
            name: name?,
            answers,
            expect,
            certain,
            values,
            holds,
        })
    }

    /// What is known of a question; nothing for 不知道.
    fn answer(
        &mut self,
        question: &Spanned<String>,
        node: &Node,
    ) -> Option<(QuestionId, Interval)> {
        let id = self.asked(question)?;
        if matches!(node.kind, Kind::List(_)) {
            self.sink.push(reading::one_answer(node.span));
            return None;
        }
        self.known(id, node)
    }

    fn known(&mut self, id: QuestionId, node: &Node) -> Option<(QuestionId, Interval)> {
        let answer = text(node, self.sink)?;
        if keys::word(&answer.value) == Some("unknown") {
            return None;
        }
        let known = known_of(&self.questions[id.index()], &answer, self.sink)?;
        Some((id, known))
    }

    /// The state that a named condition must have.
    fn state(&mut self, name: &Spanned<String>, node: &Node) -> Option<(NamedId, Spanned<Truth>)> {
        let state = text(node, self.sink)?;
        let truth = match keys::word(&state.value) {
            Some("yes") => Truth::True,
            Some("no") => Truth::False,
            Some("open") => Truth::Open,
            _ => {
                self.sink.push(reading::unknown_state(&state));
                return None;
            }
        };
        match self.names.get(&name.value) {
            Some(Name::Condition(id)) => Some((*id, Spanned::new(truth, state.span))),
            Some(_) => {
                self.sink.push(reading::not_a_condition(name));
                None
            }
            None => {
                self.unknown_name(name);
                None
            }
        }
    }

    /// The questions that must be missing; `missing: []` says that none is.
    fn missing(&mut self, fields: &Fields) -> Option<Spanned<Vec<QuestionId>>> {
        let node = fields.get("missing")?;
        let names = fields.texts("missing", self.sink);
        let mut questions: Vec<QuestionId> =
            names.iter().filter_map(|name| self.asked(name)).collect();
        questions.sort_unstable();
        questions.dedup();
        let span = fields.key_span("missing").unwrap_or(node.span);
        Some(Spanned::new(questions, span))
    }

    /// The question of a name.
    ///
    /// # Diagnostics
    /// MB0301, and what [`reading::not_a_question`] says.
    pub(super) fn asked(&mut self, name: &Spanned<String>) -> Option<QuestionId> {
        match self.names.get(&name.value).copied() {
            Some(Name::Question(id)) => Some(id),
            Some(Name::Field(..)) => {
                self.sink.push(members::of_a_member(name));
                None
            }
            Some(_) => {
                self.sink.push(reading::not_a_question(name));
                None
            }
            None => {
                self.unknown_name(name);
                None
            }
        }
    }

    /// The outcomes that must still be possible.
    fn expected(
        &mut self,
        name: &Spanned<String>,
        node: &Node,
        decisions: &[Decision],
    ) -> Option<(DecisionId, Spanned<Vec<OutcomeId>>)> {
        let found = decisions.iter().position(|d| d.name.value == name.value);
        let Some(index) = found else {
            if !self.is_excused(&name.value) {
                let known = decisions.iter().map(|d| d.name.value.as_str());
                let near = nearest(&name.value, known);
                self.sink.push(reading::unknown_decision(name, near));
            }
            return None;
        };
        let names: Vec<Spanned<String>> = match &node.kind {
            Kind::List(items) => items
                .iter()
                .filter_map(|item| text(item, self.sink))
                .collect(),
            _ => text(node, self.sink).into_iter().collect(),
        };
        let known: Vec<&str> = decisions[index]
            .outcomes
            .iter()
            .map(|outcome| outcome.name.value.as_str())
            .collect();
        let mut outcomes = Vec::new();
        for name in &names {
            match known.iter().position(|known| *known == name.value) {
                Some(outcome) => outcomes.push(OutcomeId::new(outcome)),
                None => {
                    if !self.is_excused(&name.value) {
                        self.sink.push(reading::unknown_outcome(name, &known));
                    }
                    return None;
                }
            }
        }
        outcomes.sort_unstable();
        outcomes.dedup();
        Some((DecisionId::new(index), Spanned::new(outcomes, node.span)))
    }

    fn pairs<'n>(&mut self, fields: &Fields<'n>, key: &str) -> Vec<(Spanned<String>, &'n Node)> {
        self.entries(fields, key, usize::MAX)
            .into_iter()
            .map(|(name, node)| (name.clone(), node))
            .collect()
    }
}
