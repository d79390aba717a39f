//! Views of self-checks: the page that asks, the page that shows the whole rule set, and their list.
//!
//! Comes in: the atlas and a [`LinkedCheck`]. Goes out: finished words, and the data that the page's script needs
//! to call the module (`data`). The interview without script is made from the same functions as the module. The
//! picture of the rules is drawn by `picture`.

mod conditions;
mod data;
mod picture;
mod plain;
mod values;

pub use plain::plain;

use jiff::civil::Date;
use std::collections::{BTreeSet, HashMap};

use self::conditions::Places;
use super::parts::{day_in, day_view};
use super::view::*;
use crate::atlas::Facts;
use crate::atlas::routes;
use crate::model::{Citation, DocumentId, Place};
use crate::rules::LinkedCheck;
use crate::rules::diagram::{NodeId, TERMINALS};
use crate::rules::known::show_known;
use crate::rules::language::Language;
use crate::rules::place_of;
use crate::rules::self_check::*;
use crate::rules::value::{Scale, show_in};
use crate::rules::variables::Variable;
use crate::text::counted;

/// At most this many paths are listed one by one.
const MOST_PATHS: usize = 400;

/// The places and other options that no rule names.
fn unlisted(language: Language) -> &'static str {
    language.of("上面没有列出的县（市、区）", "those not listed above")
}

/// The list of all self-checks.
pub fn list(facts: &Facts) -> ChecksView {
    ChecksView {
        checks: (0..facts.check_count()).map(|i| item(facts, i)).collect(),
    }
}

/// A self-check as an item of a list.
pub fn item(facts: &Facts, index: usize) -> CheckItem {
    let notice = facts.check(index).notice;
    let check = &facts.check(index).check;
    CheckItem {
        url: routes::check(&check.id),
        title: check.title.value.clone(),
        description: check.description.clone(),
        source: facts.document_link(notice),
        questions: check.questions.iter().filter(|q| !q.doubt).count(),
    }
}

/// Links to some checks, as other pages show them.
pub fn links(facts: &Facts, wanted: impl Fn(&LinkedCheck) -> bool) -> Vec<Link> {
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
pub fn cited(check: &LinkedCheck) -> BTreeSet<DocumentId> {
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
    for (decision, view) in compiled.check.decision_ids().zip(&mut page.decisions) {
        view.picture_html = picture::draw(compiled, decision);
        view.paths = builder.paths(decision, &view.outcomes);
    }
    page.provisions = provisions(&page.decisions);
    page.values = compiled
        .check
        .computed_ids()
        .map(|id| builder.value(id))
        .collect();
    page
}

/// The page of the worked cases.
pub fn examples(facts: &Facts, today: Date, index: usize) -> ExamplesPage {
    let compiled = facts.check(index);
    let check = &compiled.check;
    let builder = Builder {
        facts,
        today,
        compiled,
        check,
    };
    ExamplesPage {
        lang: check.language.tag(),
        source: facts.document_link(compiled.notice),
        version: builder.version(),
        proof: builder.proof(),
        examples: check
            .examples
            .iter()
            .map(|example| builder.example(example))
            .collect(),
    }
}

/// Every provision once: results share them.
fn provisions(decisions: &[DecisionView]) -> Vec<ProvisionRow> {
    let mut seen = BTreeSet::new();
    let outcomes = decisions.iter().flat_map(|decision| &decision.outcomes);
    let attributes = outcomes.flat_map(|outcome| &outcome.attributes);
    let all = attributes.flat_map(|a| a.items.iter().map(move |item| (a.label, item)));
    all.filter(|(_, item)| seen.insert(&item.id))
        .map(|(label, item)| ProvisionRow {
            label,
            text: item.text.clone(),
            cite: item.cite.clone(),
        })
        .collect()
}

struct Builder<'a> {
    facts: &'a Facts<'a>,
    today: Date,
    compiled: &'a LinkedCheck,
    check: &'a SelfCheck,
}

impl Builder<'_> {
    /// What has become of the documents that it is based on.
    fn life(&self) -> LifeView {
        let cited = cited(self.compiled).into_iter();
        let ended = cited.flat_map(|id| super::life::based_on(self.facts, id, "这份自查"));
        LifeView {
            ended: ended.collect(),
            ..LifeView::default()
        }
    }

    fn page(&self) -> CheckPage {
        let (facts, check) = (self.facts, self.check);
        let language = check.language;
        let lines = conditions::lines(check);
        let places = conditions::places(&lines);
        let topics = self.compiled.topics.iter();
        let topics = topics.map(|&topic| Link {
            url: routes::topic(facts, topic, 1),
            text: facts.topic(topic).name.clone(),
        });
        let checked = check.checked.as_ref();
        CheckPage {
            id: check.id.clone(),
            lang: language.tag(),
            life: self.life(),
            leaflet: routes::leaflet(&routes::check(&check.id)),
            office: facts.site().office().to_owned(),
            description: check.description.clone(),
            source: facts.document_link(self.compiled.notice),
            documents: cited(self.compiled)
                .into_iter()
                .map(|document| facts.document_link(document))
                .collect(),
            topics: topics.collect(),
            version: self.version(),
            by: checked
                .and_then(|checked| checked.by.clone())
                .unwrap_or_default(),
            wasm: ModuleView {
                url: routes::module(&check.id),
                bytes: self.compiled.emitted.bytes.len(),
            },
            rules: Link::new(
                &routes::rules(&check.id),
                language.of("全部规则和路径", "all rules and paths"),
            ),
            examples: Link {
                url: routes::examples(&check.id),
                text: format!(
                    "{}{}",
                    check.examples.len(),
                    language.of(" 个例子", " examples")
                ),
            },
            chooses: data::chooses(check),
            html: data::script(self.facts.regions(), self.compiled, &lines),
            questions: check
                .questions
                .iter()
                .filter(|question| !question.doubt)
                .map(|question| self.question(question))
                .collect(),
            readings: {
                let counts = self.doubts().map(|doubt| doubt.domain.options().len());
                let count = common_count(counts);
                language.of(
                    readings_in_words(count),
                    count.map_or("several".to_owned(), |count| count.to_string()),
                )
            },
            doubts: self
                .doubts()
                .map(|doubt| DoubtView {
                    name: doubt.name.value.clone(),
                    ask: doubt.ask.clone(),
                    readings: words_of(doubt),
                    cite: doubt.cite.as_ref().map(|cite| self.cite(cite)),
                })
                .collect(),
            decisions: check
                .decision_ids()
                .map(|decision| self.decision(decision, &places))
                .collect(),
            is_list: check.is_list(),
            conditions: lines.into_iter().map(|line| self.condition(line)).collect(),
            provisions: Vec::new(),
            values: Vec::new(),
            proof: self.proof(),
        }
    }

    fn doubts(&self) -> impl Iterator<Item = &Question> {
        self.check
            .questions
            .iter()
            .filter(|question| question.doubt)
    }

    /// The day on which the rules were compared with the text.
    fn version(&self) -> DateView {
        let checked = self.check.checked.as_ref();
        let day = checked.map_or(self.today, |checked| checked.on);
        DateView {
            text: day_in(self.check.language, day),
            ..day_view(day)
        }
    }

    /// The clause that says so, by its document's short name.
    fn cite(&self, citation: &Citation) -> CiteView {
        self.facts.cite(self.compiled.cite(citation))
    }

    fn condition(&self, line: conditions::Line) -> ConditionView {
        let cite = self.check[line.condition].cite.as_ref();
        ConditionView {
            anchor: conditions::anchor(line.condition),
            name: line.name,
            text: line.text,
            depth: line.depth,
            cite: cite.map(|cite| self.cite(cite)),
        }
    }

    fn proof(&self) -> String {
        let (tried, score) = (self.compiled.tried, self.compiled.score);
        let (sheets, edits, noticed) = (tried.sheets, score.edits, score.noticed);
        let examples = self.check.examples.len();
        let language = self.check.language;
        let sheets = if tried.all {
            language.of(
                format!("生成网站时，程序在全部 {sheets} 种答法上和规则逐一核对过"),
                format!("When this site was made, the program was compared with the rules on all {sheets} sheets of answers"),
            )
        } else {
            language.of(
                format!("生成网站时，程序在 {sheets} 种随机答法上和规则核对过"),
                format!("When this site was made, the program was compared with the rules on {sheets} random sheets of answers"),
            )
        };
        language.of(
            format!("{sheets}，{examples} 个例子全部算对；规则改动一处的 {edits} 种改法，例子发现了 {noticed} 种。"),
            format!("{sheets}; all {examples} examples came out; of {edits} small edits of the rules the examples notice {noticed}. "),
        )
    }

    fn question(&self, question: &Question) -> QuestionView {
        let language = self.check.language;
        let (kind, options) = match &question.domain {
            Domain::Options { style, options } => match style {
                Style::YesNo => (language.of("是否", "yes or no").to_owned(), Vec::new()),
                Style::County => {
                    let count = options.len();
                    let words = language.of(
                        format!("县（{count} 个可选）"),
                        format!("county, one of {count}"),
                    );
                    (words, Vec::new())
                }
                Style::Choice | Style::Reading => {
                    (language.of("单选", "one of").to_owned(), words_of(question))
                }
            },
            Domain::Range {
                scale,
                bounds,
                unit,
            } => {
                let name = match scale {
                    Scale::Number => language.of("整数", "whole number"),
                    Scale::Money => language.of("金额", "amount"),
                    Scale::Decimal => language.of("小数", "decimal"),
                    Scale::Date => language.of("日期", "day"),
                };
                let end = |value| show_in(language, unit, value);
                let range = language.range(&end(bounds.lo), &end(bounds.hi));
                (
                    format!("{name}{}{range}", language.of("，", ", ")),
                    Vec::new(),
                )
            }
        };
        QuestionView {
            name: question.name.value.clone(),
            ask: question.ask.clone(),
            why: question.why.clone(),
            help: question.help.clone(),
            kind,
            options,
            cite: question.cite.as_ref().map(|cite| self.cite(cite)),
        }
    }

    fn decision(&self, id: DecisionId, places: &Places) -> DecisionView {
        let decision = &self.check[id];
        let root = self.compiled.interview.decision(id);
        let index = id.index();
        let mut nodes = self.compiled.interview.diagram.below(&[root]);
        nodes.reverse();
        nodes.sort_by_key(|&node| node == root);
        let numbers: HashMap<NodeId, usize> = nodes.iter().copied().zip(0..).collect();
        let anchor = |node: NodeId| match numbers.get(&node) {
            Some(number) => format!("s{index}-{number}"),
            None => format!("o{index}-{node}"),
        };
        DecisionView {
            name: decision.name.value.clone(),
            ask: decision.ask.clone(),
            overlap: decision.overlap.clone(),
            anchor: format!("d{index}"),
            steps: nodes
                .into_iter()
                .map(|node| StepView {
                    first: node == root,
                    ..self.step(node, &anchor)
                })
                .collect(),
            start: anchor(root),
            outcomes: (0..decision.outcomes.len())
                .map(|outcome| self.outcome(id, outcome, places))
                .collect(),
            picture_html: String::new(),
            paths: PathsView::default(),
        }
    }

    fn step(&self, node: NodeId, anchor: &dyn Fn(NodeId) -> String) -> StepView {
        let diagram = &self.compiled.interview.diagram;
        let variable = &self.compiled.interview.variables[diagram.level(node)];
        let first = &self.check[variable.first()];
        let name = |question: QuestionId| self.check[question].name.value.as_str();
        let language = self.check.language;
        let compare = |left: &str, right: &str| {
            language.of(
                format!("“{left}”和“{right}”比，是高还是低？"),
                format!("Is “{left}” above or below “{right}”?"),
            )
        };
        let (ask, help) = match variable {
            Variable::Order { left, right, .. } => (
                compare(name(*left), name(*right)),
                Some(format!("{} {}", first.ask, self.check[*right].ask)),
            ),
            Variable::SameYear { left, right } => (
                language.of(
                    format!("“{}”和“{}”在同一年吗？", name(*left), name(*right)),
                    format!(
                        "Are “{}” and “{}” in the same year?",
                        name(*left),
                        name(*right)
                    ),
                ),
                Some(format!("{} {}", first.ask, self.check[*right].ask)),
            ),
            Variable::Derived { name, term, .. } => {
                let asked = term
                    .questions
                    .iter()
                    .map(|(q, _)| self.check[*q].ask.as_str());
                let ask = match variable.difference() {
                    Some((left, right)) => compare(left, right),
                    None => language.of(
                        format!("“{name}”是多少？"),
                        format!("How much is “{name}”?"),
                    ),
                };
                (ask, Some(asked.collect::<Vec<_>>().join(" ")))
            }
            Variable::Joint(joint) => self.ask_joint(&joint.questions),
            _ if first.doubt => {
                let count = first.domain.options().len();
                let words = language.of(
                    format!("原文有{}种读法：", counted(count)),
                    format!("The text can be read in {count} ways: "),
                );
                (words + &first.ask, None)
            }
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
        choices.sort_by_key(|choice| choice.text == unlisted(language));
        // 是 before 否.
        if first.domain.is_yes_no() {
            choices.reverse();
        }
        StepView {
            first: false,
            anchor: anchor(node),
            ask,
            help,
            choices,
        }
    }

    /// What is asked of several comparisons at once, and the questions that they are about.
    fn ask_joint(&self, questions: &[QuestionId]) -> (String, Option<String>) {
        let asked = questions.iter().map(|q| self.check[*q].ask.as_str());
        let language = self.check.language;
        let ask = language.of("下面哪一种说得对？", "Which of these is so?");
        (ask.to_owned(), Some(asked.collect::<Vec<_>>().join(" ")))
    }

    /// A class as a choice: the full wording of its options.
    fn class_text(&self, variable: &Variable, class: usize) -> String {
        let Variable::Options { question, class_of } = variable else {
            return variable.class_words(self.check, class);
        };
        let options = self.check[*question].domain.options();
        let mine: Vec<&str> = options
            .iter()
            .zip(class_of)
            .filter(|(_, c)| **c == class)
            .map(|(option, _)| option.words.as_str())
            .collect();
        // The many counties that no rule names are described by those that the other choices name.
        if mine.len() > 40 {
            return unlisted(self.check.language).to_owned();
        }
        self.check.language.list(&mine)
    }

    fn outcome(&self, decision: DecisionId, index: usize, places: &Places) -> OutcomeView {
        let check = self.check;
        let outcome = &check[decision].outcomes[index];
        let attributes = Attribute::ALL.into_iter().filter_map(|attribute| {
            let items: Vec<ProvisionView> = outcome
                .attributes
                .iter()
                .filter(|(other, _)| *other == attribute)
                .map(|(_, provision)| ProvisionView {
                    id: format!("p{}", provision.index()),
                    text: check[*provision].text.clone(),
                    cite: self.cite(&check[*provision].cite),
                })
                .collect();
            (!items.is_empty()).then_some(AttributeView {
                key: attribute,
                label: attribute.label(check.language),
                items,
            })
        });
        let condition = outcome.when.map(|when| conditions::named_root(check, when));
        OutcomeView {
            anchor: format!("o{}-{index}", decision.index()),
            name: outcome.name.value.clone(),
            verdict: outcome.verdict,
            verdict_text: outcome.verdict.text(check.language),
            text: outcome.text.clone(),
            condition: condition.map(|condition| places[&condition].to_string()),
            cite: self.cite(&outcome.cite),
            values: outcome.values.iter().map(|id| self.value(*id)).collect(),
            attributes: attributes.collect(),
        }
    }

    // ------------------------------------------------------------ for officials

    /// Every way through a decision, question by question.
    fn paths(&self, decision: DecisionId, outcomes: &[OutcomeView]) -> PathsView {
        let program = &self.compiled.interview;
        let root = program.decision(decision);
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
                        .questions()
                        .into_iter()
                        .map(|question| self.check[question].name.value.as_str())
                        .collect();
                    names.join(self.check.language.of("与", " and "))
                })
                .collect(),
            rows,
        }
    }

    fn example(&self, example: &Example) -> ExampleView {
        let language = self.check.language;
        let answers = example.answers.iter().map(|(question, known)| {
            let question = &self.check[*question];
            language.is(
                &question.name.value,
                &show_known(language, question, *known),
            )
        });
        let expected = example.expect.iter().map(|(decision, outcomes)| {
            let decision = &self.check[*decision];
            let names: Vec<&str> = outcomes
                .value
                .iter()
                .map(|outcome| decision.outcomes[outcome.index()].name.value.as_str())
                .collect();
            language.is(&decision.name.value, &language.either(&names))
        });
        let values = example.values.iter().map(|(id, range)| {
            let computed = &self.check[*id];
            language.is(
                &computed.name.value,
                &computed.show_range(language, range.value),
            )
        });
        let missing = example.missing.iter().map(|missing| {
            let names: Vec<&str> = missing
                .value
                .iter()
                .map(|question| self.check[*question].name.value.as_str())
                .collect();
            if names.is_empty() {
                language.of("不缺问题", "nothing is missing").to_owned()
            } else {
                language.is(language.of("还缺", "missing"), &language.list(&names))
            }
        });
        ExampleView {
            name: example.name.value.clone(),
            answers: answers.collect(),
            expected: expected.chain(values).chain(missing).collect(),
        }
    }
}

fn words_of(question: &Question) -> Vec<String> {
    question
        .domain
        .options()
        .iter()
        .map(|option| option.words.clone())
        .collect()
}

/// The count that all have in common.
pub fn common_count(mut counts: impl Iterator<Item = usize>) -> Option<usize> {
    let first = counts.next()?;
    counts.all(|count| count == first).then_some(first)
}

/// A number of readings before 种: 两, 三; 几 if there is not one number.
pub fn readings_in_words(count: Option<usize>) -> String {
    count.map_or_else(|| "几".to_owned(), counted)
}
