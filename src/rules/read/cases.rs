//! Worked cases: answers and what must follow from them.

use super::{MOST_EXAMPLES, Name, Reader};
use crate::answer::known_of;
use crate::check::*;
use crate::diag::{Diagnostic, Spanned, codes};
use crate::shape;
use crate::text::nearest;
use mingbai_forms::decode::{Fields, text};
use mingbai_forms::keys;
use mingbai_forms::yaml::{Kind, Node};

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
            let Some(fact) = self.asked(&question) else {
                continue;
            };
            if matches!(node.kind, Kind::List(_)) {
                self.say(
                    &codes::WRONG_TYPE,
                    node.span,
                    "一个例子里，一个问题只能有一个回答",
                    "in one example a question has one answer",
                    (
                        "几种回答写成几个例子；不知道的不用写",
                        "make an example of each; what is not known need not be written",
                    ),
                );
                continue;
            }
            let Some(answer) = text(node, self.sink) else {
                continue;
            };
            if keys::word(&answer.value) == Some("unknown") {
                continue;
            }
            if let Some(known) = known_of(&self.facts[fact], &answer, self.sink) {
                answers.push((fact, known));
            }
        }
        let mut expect = Vec::new();
        for (decision, node) in self.pairs(&fields, "expect") {
            if let Some(found) = self.expected(&decision, node, decisions) {
                expect.push(found);
            }
        }
        let mut certain = Vec::new();
        for (index, (key, _)) in ATTRIBUTES.iter().enumerate() {
            for name in fields.texts(key, self.sink) {
                if let Some(provision) = self.provision(&name) {
                    certain.push((index, Spanned::new(provision, name.span)));
                }
            }
        }
        let mut holds = Vec::new();
        for (condition, node) in self.pairs(&fields, "holds") {
            let Some(state) = text(node, self.sink) else {
                continue;
            };
            let truth = match keys::word(&state.value) {
                Some("yes") => Truth::True,
                Some("no") => Truth::False,
                Some("open") => Truth::Open,
                _ => {
                    self.say(
                        &codes::UNKNOWN_OPTION,
                        state.span,
                        format!("条件的状态不能是“{}”", state.value),
                        format!("a condition cannot be \"{}\"", state.value),
                        ("写 是、否 或 未定", "write yes, no or open"),
                    );
                    continue;
                }
            };
            match self.names.get(&condition.value) {
                Some(Name::Condition(index)) => {
                    holds.push((*index, Spanned::new(truth, state.span)));
                }
                Some(_) => self.say(
                    &codes::UNKNOWN_NAME,
                    condition.span,
                    format!("“{}”不是条件", condition.value),
                    format!("\"{}\" is no condition", condition.value),
                    (
                        "这里写 conditions 下的名称",
                        "write a name that stands under conditions",
                    ),
                ),
                None => self.unknown_name(&condition),
            }
        }
        // `missing: []` says that nothing is missing.
        let missing = match fields.get("missing") {
            None => None,
            Some(node) => {
                let mut facts = Vec::new();
                for name in fields.texts("missing", self.sink) {
                    if let Some(fact) = self.asked(&name) {
                        facts.push(fact);
                    }
                }
                facts.sort_unstable();
                facts.dedup();
                let span = fields.key_span("missing").unwrap_or(node.span);
                Some(Spanned::new(facts, span))
            }
        };
        Some(Example {
            name: name?,
            answers,
            expect,
            certain,
            holds,
            missing,
        })
    }

    /// The question of a name.
    fn asked(&mut self, name: &Spanned<String>) -> Option<FactId> {
        match self.names.get(&name.value).copied() {
            Some(Name::Fact(fact)) => Some(fact),
            Some(_) => {
                self.say(
                    &codes::UNKNOWN_NAME,
                    name.span,
                    format!("“{}”不是问题", name.value),
                    format!("\"{}\" is no question", name.value),
                    (
                        "这里写 questions 下的名称",
                        "write a name that stands under questions",
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

    fn expected(
        &mut self,
        name: &Spanned<String>,
        node: &Node,
        decisions: &[Decision],
    ) -> Option<(usize, Spanned<Vec<usize>>)> {
        let found = decisions.iter().position(|d| d.name.value == name.value);
        if found.is_none() && self.is_excused(&name.value) {
            return None;
        }
        let Some(index) = found else {
            let near = nearest(&name.value, decisions.iter().map(|d| d.name.value.as_str()));
            self.sink.push(
                Diagnostic::new(
                    &codes::UNKNOWN_NAME,
                    name.span,
                    format!("没有叫“{}”的判断", name.value),
                    format!("no decision is called \"{}\"", name.value),
                )
                .did_you_mean_or(
                    near,
                    "这里写 decisions 下的名称",
                    "write a name that stands under decisions",
                ),
            );
            return None;
        };
        let names: Vec<Spanned<String>> = match &node.kind {
            Kind::List(items) => items
                .iter()
                .filter_map(|item| text(item, self.sink))
                .collect(),
            _ => text(node, self.sink).into_iter().collect(),
        };
        let mut outcomes = Vec::new();
        for name in &names {
            let known = decisions[index].outcomes.iter();
            match known
                .clone()
                .position(|outcome| outcome.name.value == name.value)
            {
                Some(outcome) => outcomes.push(outcome),
                None if self.is_excused(&name.value) => return None,
                None => {
                    let known: Vec<&str> = known.map(|o| o.name.value.as_str()).collect();
                    self.sink.push(
                        Diagnostic::new(
                            &codes::UNKNOWN_NAME,
                            name.span,
                            format!("这个判断没有结果“{}”", name.value),
                            format!("this decision has no outcome \"{}\"", name.value),
                        )
                        .did_you_mean_or(
                            nearest(&name.value, known.iter().copied()),
                            format!("可能的结果：{}", known.join("、")),
                            format!("outcomes: {}", known.join(", ")),
                        ),
                    );
                    return None;
                }
            }
        }
        outcomes.sort_unstable();
        outcomes.dedup();
        Some((index, Spanned::new(outcomes, node.span)))
    }

    fn pairs<'n>(&mut self, fields: &Fields<'n>, key: &str) -> Vec<(Spanned<String>, &'n Node)> {
        self.entries(fields, key, usize::MAX)
            .into_iter()
            .map(|(name, node)| (name.clone(), node))
            .collect()
    }
}
