//! Views of self-checks: the page that asks, the page that shows the whole rule set, and their list.
//!
//! Comes in: the atlas and a [`SelfCheck`]. Goes out: finished words, and the data that the page's script needs
//! to talk to the module (`data`). The interview without script is read off the same diagram as the module. The
//! picture of the rules is drawn by `picture`.

mod data;
mod picture;

use jiff::civil::Date;
use std::collections::BTreeSet;

use super::common::day_view;
use super::view::*;
use crate::atlas::Facts;
use crate::atlas::routes;
use crate::model::{Citation, DocumentId, Place};
use crate::rules::SelfCheck;
use crate::rules::check::*;
use crate::rules::diagram::{NodeId, TERMINALS};
use crate::rules::place_of;
use crate::rules::value::{show, show_known};
use crate::rules::variables::Variable;

/// So many paths are listed one by one.
const MOST_PATHS: usize = 400;

/// The counties that no rule names.
const UNLISTED: &str = "上面没有列出的县（市、区）";

/// The list of all self-checks.
pub fn list(facts: &Facts) -> ChecksView {
    ChecksView {
        checks: (0..facts.check_count()).map(|i| item(facts, i)).collect(),
    }
}

pub fn item(facts: &Facts, index: usize) -> CheckItem {
    let notice = facts.check(index).notice;
    let check = &facts.check(index).check;
    CheckItem {
        url: routes::check(&check.id),
        title: check.title.value.clone(),
        description: check.description.clone(),
        source: facts.document_link(notice),
        questions: check.facts.iter().filter(|fact| !fact.doubt).count(),
    }
}

/// Links to some checks, as other pages show them.
pub fn links(facts: &Facts, wanted: impl Fn(&SelfCheck) -> bool) -> Vec<Link> {
    facts
        .checks()
        .iter()
        .filter(|compiled| wanted(compiled))
        .map(|compiled| Link {
            url: routes::check(&compiled.check.id),
            text: compiled.check.title.value.clone(),
        })
        .collect()
}

/// The checks whose rules cite a document.
pub fn citing(facts: &Facts, document: DocumentId) -> Vec<Link> {
    links(facts, |check| cited(check).contains(&document))
}

/// The checks for a place: those of the place itself and of what contains it.
pub fn at(facts: &Facts, place: Place) -> Vec<Link> {
    links(facts, |check| {
        check
            .check
            .place
            .is_some_and(|wider| facts.regions().contains(place_of(wider), place))
    })
}

/// All documents that a check cites.
pub fn cited(check: &SelfCheck) -> BTreeSet<DocumentId> {
    let cited = check.cites().map(|cite| cite.document);
    cited.chain([check.notice]).collect()
}

/// The page that asks.
pub fn page(facts: &Facts, today: Date, index: usize) -> CheckPage {
    let compiled = facts.check(index);
    Builder {
        facts,
        today,
        compiled,
        check: &compiled.check,
    }
    .page()
}

/// The page of the whole rule set.
pub fn rules(facts: &Facts, today: Date, index: usize) -> CheckPage {
    let compiled = facts.check(index);
    let builder = Builder {
        facts,
        today,
        compiled,
        check: &compiled.check,
    };
    let mut page = builder.page();
    page.html = String::new();
    for (decision, view) in page.decisions.iter_mut().enumerate() {
        view.picture_html = picture::draw(compiled, decision);
        view.paths = builder.paths(decision, &view.outcomes);
    }
    page.examples_table = builder
        .check
        .examples
        .iter()
        .map(|example| builder.example(example))
        .collect();
    page
}

struct Builder<'a> {
    facts: &'a Facts<'a>,
    today: Date,
    compiled: &'a SelfCheck,
    check: &'a Check,
}

impl Builder<'_> {
    fn page(&self) -> CheckPage {
        let (facts, check) = (self.facts, self.check);
        let conditions = self.conditions();
        let topics = self.compiled.topics.iter();
        let topics = topics.map(|&topic| Link {
            url: routes::topic(facts, topic, 1),
            text: facts.topic(topic).name.clone(),
        });
        let checked = check.checked.as_ref();
        CheckPage {
            id: check.id.clone(),
            leaflet: routes::leaflet(&routes::check(&check.id)),
            description: check.description.clone(),
            source: facts.document_link(self.compiled.notice),
            documents: cited(self.compiled)
                .into_iter()
                .map(|document| facts.document_link(document))
                .collect(),
            topics: topics.collect(),
            region: check.place.map(|place| facts.place_link(place_of(place))),
            version: day_view(checked.map_or(self.today, |checked| checked.on)),
            by: checked
                .and_then(|checked| checked.by.clone())
                .unwrap_or_default(),
            wasm: ModuleView {
                url: routes::module(&check.id),
                bytes: self.compiled.emitted.bytes.len(),
            },
            rules: Link {
                url: routes::rules(&check.id),
                text: "全部规则、路径和例子".to_owned(),
            },
            html: data::script(self.compiled, &conditions),
            questions: check
                .facts
                .iter()
                .filter(|fact| !fact.doubt)
                .map(|fact| self.question(fact))
                .collect(),
            doubts: check
                .facts
                .iter()
                .filter(|fact| fact.doubt)
                .map(|fact| DoubtView {
                    name: fact.name.value.clone(),
                    ask: fact.ask.clone(),
                    readings: words_of(fact),
                    cite: fact.cite.as_ref().map(|cite| self.cite(cite)),
                })
                .collect(),
            decisions: (0..check.decisions.len())
                .map(|decision| self.decision(decision))
                .collect(),
            conditions: conditions.into_iter().map(|(view, _)| view).collect(),
            proof: self.proof(),
            examples_table: Vec::new(),
        }
    }

    /// The clause that says so, by its document's short name.
    fn cite(&self, citation: &Citation) -> CiteView {
        self.facts.cite(self.compiled.cite(citation))
    }

    fn proof(&self) -> String {
        let (tried, score) = (self.compiled.tried, self.compiled.score);
        let sheets = if tried.all {
            format!(
                "生成网站时，程序在全部 {} 种答法上和规则逐一核对过",
                tried.sheets
            )
        } else {
            format!(
                "生成网站时，程序在 {} 种随机答法上和规则核对过",
                tried.sheets
            )
        };
        format!(
            "{sheets}，{} 个例子全部算对；规则改动一处的 {} 种改法，例子发现了 {} 种。",
            self.check.examples.len(),
            score.edits,
            score.noticed
        )
    }

    fn question(&self, fact: &Fact) -> QuestionView {
        let (kind, options) = match &fact.domain {
            Domain::Options { style, options } => match style {
                Style::YesNo => ("是否".to_owned(), Vec::new()),
                Style::County => (format!("县（{} 个可选）", options.len()), Vec::new()),
                _ => ("单选".to_owned(), words_of(fact)),
            },
            Domain::Range {
                scale,
                lo,
                hi,
                unit,
            } => {
                let name = match scale {
                    Scale::Number => "整数",
                    Scale::Money => "金额",
                    Scale::Date => "日期",
                };
                let range = format!("{}至{}", show(*scale, unit, *lo), show(*scale, unit, *hi));
                (format!("{name}，{range}"), Vec::new())
            }
        };
        QuestionView {
            name: fact.name.value.clone(),
            ask: fact.ask.clone(),
            why: fact.why.clone(),
            help: fact.help.clone(),
            kind,
            options,
            cite: fact.cite.as_ref().map(|cite| self.cite(cite)),
        }
    }

    fn decision(&self, index: usize) -> DecisionView {
        let decision = &self.check.decisions[index];
        let root = self.compiled.program.decisions[index];
        let anchor = |node: NodeId| {
            if node < TERMINALS {
                format!("o{index}-{node}")
            } else {
                format!("s{index}-{}", node - TERMINALS)
            }
        };
        let mut nodes = self.compiled.program.diagram.below(&[root]);
        nodes.reverse();
        DecisionView {
            name: decision.name.value.clone(),
            ask: decision.ask.clone(),
            overlap: decision.overlap.clone(),
            anchor: format!("d{index}"),
            steps: nodes
                .into_iter()
                .map(|node| self.step(node, &anchor))
                .collect(),
            start: anchor(root),
            outcomes: (0..decision.outcomes.len())
                .map(|outcome| self.outcome(index, outcome))
                .collect(),
            picture_html: String::new(),
            paths: PathsView::default(),
        }
    }

    fn step(&self, node: NodeId, anchor: &dyn Fn(NodeId) -> String) -> StepView {
        let diagram = &self.compiled.program.diagram;
        let variable = &self.compiled.program.variables[diagram.level(node)];
        let facts = variable.facts();
        let first = &self.check.facts[facts[0]];
        let name = |fact: usize| self.check.facts[fact].name.value.as_str();
        let (ask, help) = match variable {
            Variable::Order { left, right, .. } => (
                format!("“{}”和“{}”比，是高还是低？", name(*left), name(*right)),
                Some(format!("{} {}", first.ask, self.check.facts[*right].ask)),
            ),
            Variable::SameYear { left, right } => (
                format!("“{}”和“{}”在同一年吗？", name(*left), name(*right)),
                Some(format!("{} {}", first.ask, self.check.facts[*right].ask)),
            ),
            _ if first.doubt => (format!("原文有两种读法：{}", first.ask), None),
            _ => (first.ask.clone(), first.help.clone()),
        };
        let mut choices: Vec<StepChoice> = diagram
            .children(node)
            .iter()
            .enumerate()
            .map(|(class, &child)| StepChoice {
                text: self.class_text(variable, class),
                target: anchor(child),
            })
            .collect();
        // What the other choices do not name comes last.
        choices.sort_by_key(|choice| choice.text == UNLISTED);
        // 是 before 否.
        if matches!(
            first.domain,
            Domain::Options {
                style: Style::YesNo,
                ..
            }
        ) {
            choices.reverse();
        }
        StepView {
            anchor: anchor(node),
            ask,
            help,
            choices,
        }
    }

    /// A class as a choice: the full wording of its options.
    fn class_text(&self, variable: &Variable, class: usize) -> String {
        let Variable::Options { fact, class_of } = variable else {
            return variable.class_words(self.check, class);
        };
        let options = self.check.facts[*fact].domain.options();
        let mine: Vec<&str> = options
            .iter()
            .zip(class_of)
            .filter(|(_, c)| **c == class)
            .map(|(option, _)| option.words.as_str())
            .collect();
        // The many counties that no rule names are told by those that the other choices name.
        if mine.len() > 40 {
            return UNLISTED.to_owned();
        }
        mine.join("、")
    }

    fn outcome(&self, decision: usize, index: usize) -> OutcomeView {
        let outcome = &self.check.decisions[decision].outcomes[index];
        let attributes = ATTRIBUTES
            .iter()
            .enumerate()
            .filter_map(|(key, (name, label))| {
                let items: Vec<ProvisionView> = outcome
                    .attributes
                    .iter()
                    .filter(|(attribute, _)| *attribute == key)
                    .map(|(_, provision)| ProvisionView {
                        id: format!("p{provision}"),
                        text: self.check.provisions[*provision].text.clone(),
                        cite: self.cite(&self.check.provisions[*provision].cite),
                    })
                    .collect();
                (!items.is_empty()).then_some(AttributeView {
                    key: name,
                    label,
                    items,
                })
            });
        OutcomeView {
            anchor: format!("o{decision}-{index}"),
            name: outcome.name.value.clone(),
            verdict: outcome.verdict.key(),
            verdict_text: outcome.verdict.text(),
            text: outcome.text.clone(),
            condition: outcome
                .when
                .map(|when| clause_anchor(self.named_root(when))),
            otherwise: outcome.when.is_none(),
            cite: self.cite(&outcome.cite),
            attributes: attributes.collect(),
        }
    }

    /// The clause that a bare name stands for.
    fn named_root(&self, mut clause: ClauseId) -> ClauseId {
        while let Test::Named(name) = self.check.clauses[clause].test {
            clause = self.check.conditions[name].1;
        }
        clause
    }

    /// Every condition in words: named ones first, then those that outcomes spell out themselves.
    fn conditions(&self) -> Vec<(ConditionView, ClauseId)> {
        let mut list = Vec::new();
        for (name, root) in &self.check.conditions {
            self.condition(*root, Some(name.value.clone()), 0, &mut list);
        }
        for decision in &self.check.decisions {
            for outcome in &decision.outcomes {
                if let Some(when) = outcome.when
                    && !matches!(self.check.clauses[when].test, Test::Named(_))
                {
                    self.condition(when, Some(outcome.name.value.clone()), 0, &mut list);
                }
            }
        }
        list
    }

    fn condition(
        &self,
        clause: ClauseId,
        name: Option<String>,
        depth: usize,
        list: &mut Vec<(ConditionView, ClauseId)>,
    ) {
        let test = &self.check.clauses[clause].test;
        list.push((
            ConditionView {
                anchor: clause_anchor(clause),
                name,
                text: self.words(test),
                depth,
                cite: self.check.clauses[clause]
                    .cite
                    .as_ref()
                    .map(|cite| self.cite(cite)),
            },
            clause,
        ));
        match test {
            Test::All(members) | Test::Any(members) => {
                for &member in members {
                    self.condition(member, None, depth + 1, list);
                }
            }
            Test::Not(member) if !self.is_short(*member) => {
                self.condition(*member, None, depth + 1, list);
            }
            _ => {}
        }
    }

    /// Whether a clause is said in one line.
    fn is_short(&self, clause: ClauseId) -> bool {
        !matches!(self.check.clauses[clause].test, Test::All(_) | Test::Any(_))
    }

    fn words(&self, test: &Test) -> String {
        let name = |fact: usize| self.check.facts[fact].name.value.as_str();
        match test {
            Test::All(_) => "以下全部成立".to_owned(),
            Test::Any(_) => "以下至少一项成立".to_owned(),
            Test::Not(member) if self.is_short(*member) => {
                format!("不成立：{}", self.words(&self.check.clauses[*member].test))
            }
            Test::Not(_) => "以下不成立".to_owned(),
            Test::Named(index) => self.check.conditions[*index].0.value.clone(),
            Test::Options { fact, allowed } => {
                let options: Vec<&str> = self.check.facts[*fact]
                    .domain
                    .options()
                    .iter()
                    .zip(allowed)
                    .filter(|(_, allowed)| **allowed)
                    .map(|(option, _)| option.name.as_str())
                    .collect();
                format!("{}：{}", name(*fact), options.join("、"))
            }
            Test::Within { fact, ranges } => {
                let ranges: Vec<String> = ranges
                    .iter()
                    .map(|range| show_known(&self.check.facts[*fact], *range))
                    .collect();
                format!("{}：{}", name(*fact), ranges.join("、"))
            }
            Test::Order {
                left,
                right,
                allowed,
            } => {
                let word = match allowed {
                    [true, false, false] => "低于",
                    [true, true, false] => "不高于",
                    [false, true, false] => "等于",
                    [false, true, true] => "不低于",
                    [false, false, true] => "高于",
                    _ => "不等于",
                };
                format!("{}{word}{}", name(*left), name(*right))
            }
            Test::SameYear { left, right } => {
                format!("{}与{}同年", name(*left), name(*right))
            }
            Test::Dated { fact, by, periods } => {
                let periods: Vec<String> = periods
                    .iter()
                    .map(|period| {
                        let date = (period.from, period.until);
                        let value = (period.lo, period.hi);
                        format!(
                            "{}为{}的，{}为{}",
                            name(*by),
                            show_known(&self.check.facts[*by], date),
                            name(*fact),
                            show_known(&self.check.facts[*fact], value)
                        )
                    })
                    .collect();
                periods.join("；")
            }
        }
    }

    // ------------------------------------------------------------ for officials

    /// Every way through a decision, question by question.
    fn paths(&self, decision: usize, outcomes: &[OutcomeView]) -> PathsView {
        let program = &self.compiled.program;
        let root = program.decisions[decision];
        let support = program.diagram.support(root);
        let levels: Vec<usize> = (0..program.variables.len())
            .filter(|level| support & 1 << level != 0)
            .collect();
        let mut rows = Vec::new();
        let mut stack: Vec<(NodeId, Vec<Option<usize>>)> =
            vec![(root, vec![None; program.variables.len()])];
        while let Some((node, way)) = stack.pop() {
            if rows.len() >= MOST_PATHS {
                break;
            }
            if node < TERMINALS {
                let outcome = &outcomes[node as usize];
                rows.push(PathView {
                    cells: levels
                        .iter()
                        .map(|&level| {
                            way[level].map_or_else(
                                || "—".to_owned(),
                                |class| program.variables[level].class_words(self.check, class),
                            )
                        })
                        .collect(),
                    outcome: Link {
                        url: format!("{}#{}", routes::check(&self.check.id), outcome.anchor),
                        text: outcome.name.clone(),
                    },
                    verdict: outcome.verdict,
                    cite: outcome.cite.clone(),
                });
                continue;
            }
            let level = program.diagram.level(node);
            for (class, &child) in program.diagram.children(node).iter().enumerate().rev() {
                let mut way = way.clone();
                way[level] = Some(class);
                stack.push((child, way));
            }
        }
        PathsView {
            columns: levels
                .iter()
                .map(|&level| {
                    let names: Vec<&str> = program.variables[level]
                        .facts()
                        .into_iter()
                        .map(|fact| self.check.facts[fact].name.value.as_str())
                        .collect();
                    names.join("与")
                })
                .collect(),
            rows,
        }
    }

    fn example(&self, example: &Example) -> ExampleView {
        let answers = example.answers.iter().map(|(fact, known)| {
            let fact = &self.check.facts[*fact];
            format!("{}：{}", fact.name.value, show_known(fact, *known))
        });
        let expected = example.expect.iter().map(|(decision, outcomes)| {
            let decision = &self.check.decisions[*decision];
            let names: Vec<&str> = outcomes
                .value
                .iter()
                .map(|outcome| decision.outcomes[*outcome].name.value.as_str())
                .collect();
            format!("{}：{}", decision.name.value, names.join("或"))
        });
        let missing = example.missing.iter().map(|missing| {
            let names: Vec<&str> = missing
                .value
                .iter()
                .map(|fact| self.check.facts[*fact].name.value.as_str())
                .collect();
            if names.is_empty() {
                "不缺问题".to_owned()
            } else {
                format!("还缺：{}", names.join("、"))
            }
        });
        ExampleView {
            name: example.name.value.clone(),
            answers: answers.collect(),
            expected: expected.chain(missing).collect(),
        }
    }
}

/// `k12`
fn clause_anchor(clause: ClauseId) -> String {
    format!("k{clause}")
}

fn words_of(fact: &Fact) -> Vec<String> {
    fact.domain
        .options()
        .iter()
        .map(|option| option.words.clone())
        .collect()
}
