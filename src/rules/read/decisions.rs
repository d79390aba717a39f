//! Decisions: from YAML to outcomes in order, each with its condition.

use mingbai_forms::decode::Fields;
use mingbai_forms::keys;
use mingbai_forms::yaml::{Kind, Node};

use super::{MOST_DECISIONS, MOST_OUTCOMES, Reader, no_citation};
use crate::diag::Spanned;
use crate::messages::reading;
use crate::self_check::*;
use crate::shape;

impl Reader<'_> {
    pub(super) fn decisions(&mut self, fields: &Fields) -> Vec<Decision> {
        let mut list = Vec::new();
        for (name, node) in self.entries(fields, "decisions", MOST_DECISIONS) {
            match self.decision(name, node) {
                Some(decision) => list.push(decision),
                None => self.failed.push(name.value.clone()),
            }
        }
        list
    }

    fn decision(&mut self, name: &Spanned<String>, node: &Node) -> Option<Decision> {
        let fields = Fields::open(node, &shape::DECISION, self.sink)?;
        let ask = fields.required_text("ask", self.sink);
        fields.require("outcomes", self.sink);
        self.filled(&fields, "outcomes");
        let mut nodes = Vec::new();
        fields.list("outcomes", self.sink, |node, _| {
            nodes.push(node);
            Some(())
        });
        if nodes.len() > MOST_OUTCOMES {
            self.too_many(name.span, nodes.len(), MOST_OUTCOMES);
            return None;
        }
        let last = nodes.len().saturating_sub(1);
        let mut outcomes: Vec<Outcome> = Vec::new();
        for (i, node) in nodes.into_iter().enumerate() {
            if let Some(outcome) = self.outcome(node, i == last) {
                let mut others = outcomes.iter().map(|other| &other.name.value);
                if !outcome.name.value.is_empty()
                    && others.any(|other| *other == outcome.name.value)
                {
                    self.sink.push(reading::outcome_twice(&outcome.name));
                }
                outcomes.push(outcome);
            }
        }
        if outcomes.is_empty() {
            return None;
        }
        Some(Decision {
            name: name.clone(),
            // What is missing was reported; its outcomes are still known to examples.
            ask: ask.map(|t| t.value).unwrap_or_default(),
            overlap: fields.text("overlap", self.sink).map(|t| t.value),
            outcomes,
        })
    }

    fn outcome(&mut self, node: &Node, last: bool) -> Option<Outcome> {
        let fields = Fields::open(node, &shape::OUTCOME, self.sink)?;
        let name = fields.required_text("name", self.sink);
        let text = fields.required_text("text", self.sink);
        let cite = self.cite(&fields);
        fields.require("verdict", self.sink);
        let verdict = fields.one_of("verdict", Verdict::WORDS, self.sink);
        fields.require("when", self.sink);
        let when = match fields.get("when") {
            Some(node) => self.when(node, name.as_ref(), last),
            None if last => None,
            None => self.unread(fields.span),
        };
        let mut attributes = Vec::new();
        for attribute in Attribute::ALL {
            for name in fields.texts(attribute.key(), self.sink) {
                if let Some(provision) = self.provision(&name) {
                    attributes.push((attribute, provision));
                }
            }
        }
        let values = self.shown_values(&fields);
        // What is missing was reported; the outcome keeps its place among the others.
        Some(Outcome {
            name: name.unwrap_or_else(|| Spanned::new(String::new(), fields.span)),
            when,
            verdict: verdict.map_or(Verdict::Depends, |verdict| verdict.value),
            text: text.map(|text| text.value).unwrap_or_default(),
            cite: cite.unwrap_or_else(|| no_citation(fields.span)),
            attributes,
            values,
        })
    }

    /// The condition of an outcome; nothing for 其余, which only the last one may have.
    ///
    /// # Diagnostics
    /// MB0307.
    pub(super) fn when(
        &mut self,
        node: &Node,
        name: Option<&Spanned<String>>,
        last: bool,
    ) -> Option<ConditionId> {
        let otherwise =
            matches!(&node.kind, Kind::Text(word) if keys::word(word) == Some("otherwise"));
        if otherwise {
            if !last {
                self.sink.push(reading::otherwise_not_last(node.span));
                return self.unread(node.span);
            }
            return None;
        }
        let condition = self.condition_or_unread(node);
        if last && condition.is_some() {
            let span = name.map_or(node.span, |name| name.span);
            self.sink.push(reading::no_otherwise(span));
        }
        condition
    }
}
