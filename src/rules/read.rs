//! Reading: from a YAML tree to a [`Check`] with all names resolved.
//!
//! Comes in: one file of `data/checks/` and the [`Model`] (notices, lists, regions). Goes out: the check, or
//! nothing where something was wrong; every problem of the file is said, each once. What conditions say is read
//! by `conditions`, worked cases by `cases`.

mod cases;
mod conditions;
mod parameters;
mod questions;

use std::collections::{HashMap, HashSet};

use super::check::*;
use crate::diag::{Code, Diagnostic, Sink, SourceId, Span, Spanned, codes};
use crate::shape;
use crate::text::nearest;
use crate::world::{PlaceId, World};
use mingbai_forms::decode::{Fields, wrong_type};
use mingbai_forms::keys;
use mingbai_forms::yaml::{Kind, Node};
use mingbai_forms::{Citation, checked};

/// So many questions and doubts, conditions, outcomes of a decision, decisions, rules and examples are taken.
const MOST_FACTS: usize = 60;
const MOST_CONDITIONS: usize = 500;
const MOST_OUTCOMES: usize = 32;
const MOST_DECISIONS: usize = 16;
const MOST_PROVISIONS: usize = 500;
const MOST_EXAMPLES: usize = 2_000;

/// What a name in a condition may mean.
#[derive(Debug, Clone, Copy)]
enum Name {
    Fact(FactId),
    Parameter(usize),
    Condition(usize),
}

/// A threshold that holds for periods.
struct Parameter {
    name: Spanned<String>,
    scale: Scale,
    /// If it was written.
    unit: Option<String>,
    by: FactId,
    /// from, until, value
    values: Vec<(i32, i32, i32)>,
}

struct Reader<'a> {
    world: &'a dyn World,
    sink: &'a mut Sink,
    facts: Vec<Fact>,
    parameters: Vec<Parameter>,
    conditions: Vec<(Spanned<String>, ClauseId)>,
    clauses: Vec<Clause>,
    provisions: Vec<Provision>,
    names: HashMap<String, Name>,
    /// Names whose definition failed: what uses them is not blamed.
    failed: Vec<String>,
    /// A whole list of definitions could not be read: no name is known to be wrong.
    unsure: bool,
    /// The year was given soundly, or not at all.
    dated: bool,
    /// That there are too many clauses was said.
    too_many_clauses: bool,
    /// Citations of parameters.
    cites: Vec<Citation>,
    used_parameters: HashSet<usize>,
}

/// Reads a check.
///
/// # Diagnostics
/// Those of decoding, and MB0301 to MB0306, MB0313, MB0314, MB0316.
pub fn read(
    world: &dyn World,
    id: &str,
    source: SourceId,
    node: &Node,
    sink: &mut Sink,
) -> Option<Check> {
    let before = sink.count();
    let check = Reader {
        world,
        sink,
        facts: Vec::new(),
        parameters: Vec::new(),
        conditions: Vec::new(),
        clauses: Vec::new(),
        provisions: Vec::new(),
        names: HashMap::new(),
        failed: Vec::new(),
        unsure: false,
        dated: true,
        too_many_clauses: false,
        cites: Vec::new(),
        used_parameters: HashSet::new(),
    }
    .check(id, source, node);
    // A check with a fault in it is not judged further: what follows from the fault would be said too.
    check.filter(|_| sink.count() == before)
}

impl Reader<'_> {
    fn check(mut self, id: &str, source: SourceId, node: &Node) -> Option<Check> {
        let fields = Fields::open(node, &shape::CHECK, self.sink)?;
        let title = fields.required_text("title", self.sink);
        let description = fields.required_text("description", self.sink);
        let notice = fields.required_text("source", self.sink);
        for key in ["region", "checked", "questions", "decisions", "examples"] {
            fields.require(key, self.sink);
        }
        for key in ["questions", "decisions", "examples"] {
            self.filled(&fields, key);
        }
        let year = fields.number::<i16>("year", self.sink).map(|y| y.value);
        self.dated = year.is_some() || fields.get("year").is_none();
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
            cites: self.cites,
            idle: {
                let used = self.used_parameters;
                let idle = self.parameters.into_iter().enumerate();
                idle.filter(|(index, _)| !used.contains(index))
                    .map(|(_, parameter)| parameter.name)
                    .collect()
            },
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

    fn place(&mut self, fields: &Fields, year: Option<i16>) -> Option<PlaceId> {
        let path = fields.text("region", self.sink)?;
        if self.dated {
            self.world.place(&path, year, self.sink)
        } else {
            // The year is at fault, and was reported; what cannot be found without one is not.
            self.world.place(&path, None, &mut Sink::default())
        }
    }

    /// Something stands in a list or a mapping.
    ///
    /// # Diagnostics
    /// MB0202.
    fn filled(&mut self, fields: &Fields, key: &str) {
        let empty = |node: &Node| match &node.kind {
            Kind::List(list) => list.is_empty(),
            Kind::Map(map) => map.is_empty(),
            _ => false,
        };
        if let Some(node) = fields.get(key)
            && empty(node)
        {
            let alias = keys::alias(key).unwrap_or(key);
            self.say(
                &codes::MISSING_KEY,
                fields.key_span(key).unwrap_or(node.span),
                format!("“{key}”（{alias}）里一项也没有"),
                format!("there is nothing in \"{key}\""),
                ("至少写一项", "write one at least"),
            );
            self.unsure = true;
        }
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
            self.unsure = true;
            return Vec::new();
        };
        if map.len() > most {
            let span = fields.key_span(key).unwrap_or(node.span);
            self.too_many(span, map.len(), most);
            self.unsure = true;
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
            self.failed.push(name.value.clone());
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

    /// Whether nobody is to be blamed for using a name that is not known.
    fn is_excused(&self, name: &str) -> bool {
        self.unsure || self.failed.iter().any(|failed| failed == name)
    }

    /// # Diagnostics
    /// MB0301, unless the name's own definition failed.
    fn unknown_name(&mut self, name: &Spanned<String>) {
        if self.is_excused(&name.value) {
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

    fn read_provisions(&mut self, fields: &Fields) {
        for (name, node) in self.entries(fields, "provisions", MOST_PROVISIONS) {
            let Some(fields) = Fields::open(node, &shape::PROVISION, self.sink) else {
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
        if found.is_none() && !self.is_excused(&name.value) {
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
            let Some(fields) = Fields::open(node, &shape::DECISION, self.sink) else {
                self.failed.push(name.value.clone());
                continue;
            };
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
                self.failed.push(name.value.clone());
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
                self.failed.push(name.value.clone());
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
        let fields = Fields::open(node, &shape::OUTCOME, self.sink)?;
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
        if let Some(name) = &name
            && (text.is_none() || cite.is_none() || verdict.is_none())
        {
            self.failed.push(name.value.clone());
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
}

fn default_unit(scale: Scale) -> &'static str {
    match scale {
        Scale::Money => "元",
        Scale::Number | Scale::Date => "",
    }
}
