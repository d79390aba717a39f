//! What the conditions of a check distinguish, question by question, and by which answers formulas are taken apart.
//!
//! Comes in: a [`SelfCheck`]. Goes out: [`Distinctions`], of which variables are made.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Variable, part};
use crate::arithmetic::Extent;
use crate::comparison::{RELATIONS, Relations};
use crate::derived::{self, Cell, Parted, Pure};
use crate::formula::{DIFFERENCE, Definition, Formula};
use crate::self_check::*;
use crate::value::{Interval, Scale, Value, extent};

/// At most this many terms of formulas are compared by all conditions together.
const MOST_TERMS: usize = 20_000;

/// Answers are taken apart at most so often, each time because formulas were taken apart by other answers.
const MOST_ROUNDS: usize = 4;

/// With more limits than this, each row of a table has its own.
const MANY_LIMITS: usize = 30;

/// What the conditions distinguish, question by question.
#[derive(Default)]
pub struct Distinctions<'a> {
    options: BTreeMap<QuestionId, Vec<&'a [bool]>>,
    cuts: BTreeMap<QuestionId, BTreeSet<Value>>,
    orders: BTreeMap<(QuestionId, QuestionId), Vec<Relations>>,
    years: BTreeSet<(QuestionId, QuestionId)>,
    /// Questions that formulas ask.
    asked: BTreeSet<QuestionId>,
    /// Questions that say how many members a group has.
    counts: BTreeSet<QuestionId>,
    /// Questions that select rows of tables with limits.
    rows: BTreeSet<QuestionId>,
    /// The questions by whose answers formulas are taken apart.
    parted: Parted,
    /// The questions by whose answers nothing is taken apart: all comparisons with them become one variable.
    joint: BTreeSet<QuestionId>,
    derived: Vec<Derived>,
    /// Where a question passes limits that tables give.
    limits: BTreeMap<QuestionId, BTreeSet<Value>>,
    /// How many terms were compared.
    terms: usize,
    /// A formula has too many cases.
    pub is_too_large: bool,
}

/// A formula of several questions, and the numbers that it is compared with.
struct Derived {
    name: String,
    term: Pure,
    scale: Scale,
    unit: String,
    cuts: BTreeSet<i64>,
    cells: BTreeSet<Cell>,
}

impl<'a> Distinctions<'a> {
    /// Answers that are compared with fixed values and with other answers are taken apart, until no more have to be.
    pub fn of(check: &'a SelfCheck, joint: &BTreeSet<QuestionId>) -> Self {
        let mut this = Self::taken_apart(check, Parted::new(), joint);
        for _ in 0..MOST_ROUNDS {
            let parted = this.to_part(check);
            if parted.keys().any(|question| this.rows.contains(question)) {
                // The limits of all rows together do not cut any more.
                for (question, limits) in std::mem::take(&mut this.limits) {
                    let cuts = this.cuts.entry(question).or_default();
                    cuts.retain(|cut| !limits.contains(cut));
                }
            }
            if parted == this.parted || this.is_too_large {
                return this;
            }
            let cuts = std::mem::take(&mut this.cuts);
            this = Self::taken_apart(check, parted, joint);
            // Where a part ends, nothing in it says why.
            for (question, cuts) in cuts {
                this.cuts.entry(question).or_default().extend(cuts);
            }
        }
        this.is_too_large = true;
        this
    }

    /// The questions by whose answers formulas have to be taken apart, and their parts.
    fn to_part(&self, check: &SelfCheck) -> Parted {
        let mut questions: BTreeSet<QuestionId> = self.counts.clone();
        // With many limits, those of each row are cuts of their own.
        if self
            .limits
            .values()
            .any(|limits| limits.len() > MANY_LIMITS)
        {
            questions.extend(&self.rows);
        }
        let parted = self.parted.keys();
        questions.extend(parted.filter(|question| self.rows.contains(question)));
        let derived = self.derived.iter();
        let ordered = self.orders.keys().flat_map(|(a, b)| [*a, *b]);
        let compared = derived.flat_map(|derived| derived.term.questions.iter().map(|(q, _)| *q));
        let compared = compared.chain(ordered).chain(self.parted.keys().copied());
        questions.extend(
            compared
                .filter(|question| self.cuts.get(question).is_some_and(|cuts| !cuts.is_empty())),
        );
        let parts = |question: QuestionId| {
            let cuts: Vec<Value> = self
                .cuts
                .get(&question)
                .into_iter()
                .flatten()
                .copied()
                .collect();
            let classes = 0..=cuts.len();
            let parts = classes.map(|class| extent(part(&check[question], &cuts, class)));
            (question, parts.collect())
        };
        questions.retain(|question| !self.joint.contains(question));
        questions.into_iter().map(parts).collect()
    }

    fn taken_apart(check: &'a SelfCheck, parted: Parted, joint: &BTreeSet<QuestionId>) -> Self {
        let mut this = Self {
            parted,
            joint: joint.clone(),
            ..Self::default()
        };
        for condition in &check.conditions {
            this.add(check, &condition.test);
        }
        for computed in &check.computed {
            for head in computed.definition.heads() {
                this.add(check, head);
            }
            for written in computed.definition.formulas() {
                this.ask(check, &written.formula);
            }
        }
        this
    }

    fn add(&mut self, check: &SelfCheck, test: &'a Test) {
        match test {
            Test::Options { question, allowed } => {
                self.options.entry(*question).or_default().push(allowed);
            }
            Test::Within {
                question,
                intervals,
            } => {
                self.cuts.entry(*question).or_default();
                for interval in intervals {
                    self.cut(check, *question, *interval);
                }
            }
            Test::Order {
                left,
                right,
                relations,
            } => {
                let (pair, relations) = if left < right {
                    ((*left, *right), *relations)
                } else {
                    ((*right, *left), relations.mirrored())
                };
                let is_apart =
                    |q: &QuestionId| self.parted.contains_key(q) || self.joint.contains(q);
                if [pair.0, pair.1].iter().any(is_apart) {
                    self.asked.extend([pair.0, pair.1]);
                    self.compare_two(check, pair, relations);
                    return;
                }
                self.orders.entry(pair).or_default().push(relations);
            }
            Test::SameYear { left, right } => {
                self.years.insert((*left.min(right), *left.max(right)));
            }
            Test::Dated {
                question,
                by,
                comparison,
                periods,
            } => {
                self.cuts.entry(*question).or_default();
                self.cuts.entry(*by).or_default();
                let bounds = check[*question].domain.bounds();
                for dated in periods {
                    self.cut_days(check, *by, dated.period);
                    if let Some(interval) = comparison.interval(dated.value, bounds) {
                        self.cut(check, *question, interval);
                    }
                }
            }
            Test::Formula {
                name,
                formula,
                scale,
                unit,
                within,
            } => {
                self.ask(check, formula);
                let rows = self.rows_of(check, formula);
                self.rows.extend(&rows);
                let ends = within
                    .iter()
                    .flat_map(|part| [part.lo, part.hi.saturating_add(1)]);
                let of = (name.as_str(), *scale, unit.as_str());
                self.compare(check, of, formula, &ends.collect::<Vec<i64>>());
            }
            Test::Members { count, .. } => self.count(check, *count),
            Test::All(_) | Test::Any(_) | Test::Not(_) | Test::Named(_) => {}
        }
    }

    /// Two questions as their difference.
    fn compare_two(
        &mut self,
        check: &SelfCheck,
        pair: (QuestionId, QuestionId),
        relations: Relations,
    ) {
        let name = |question: QuestionId| check[question].name.value.as_str();
        let name = format!("{}{DIFFERENCE}{}", name(pair.0), name(pair.1));
        let (scale, unit) = match &check[pair.0].domain {
            Domain::Range {
                scale: Scale::Date, ..
            } => (Scale::Number, ""),
            domain => (domain.scale().unwrap_or(Scale::Number), domain.unit()),
        };
        let formula = derived::difference(check, pair.0, pair.1);
        let [less, equal, greater] = RELATIONS.map(|relation| relations.contains(relation));
        let mut ends = Vec::new();
        ends.extend((less != equal).then_some(0));
        ends.extend((equal != greater).then_some(1));
        self.compare(check, (&name, scale, unit), &formula, &ends);
    }

    /// Cuts answers where a formula that they decide passes a number.
    fn compare(
        &mut self,
        check: &SelfCheck,
        (name, scale, unit): (&str, Scale, &str),
        formula: &Formula,
        ends: &[i64],
    ) {
        if self.is_too_large {
            return;
        }
        let terms = derived::terms(check, &self.parted, formula).filter(|terms| {
            self.terms += terms.len();
            self.terms <= MOST_TERMS
        });
        let Some(terms) = terms else {
            self.is_too_large = true;
            return;
        };
        for (term, cells) in terms {
            // What is used in a part of other answers does not cut its question for everybody.
            let is_used_in_turn = |question: QuestionId| {
                let is_of_others = |cell: &Cell| !cell.is_empty() && !cell.contains_key(&question);
                cells.iter().all(is_of_others)
            };
            match term.questions.len() {
                0 => {}
                1 if !is_used_in_turn(term.questions[0].0) => {
                    let question = term.questions[0].0;
                    self.cuts.entry(question).or_default();
                    let is_of_rows = !self.rows_of(check, formula).is_empty();
                    for end in ends {
                        let cut = derived::cut(check, &term, *end);
                        self.cut_at(check, question, cut);
                        if is_of_rows {
                            self.limits.entry(question).or_default().extend(cut);
                        }
                    }
                }
                _ => {
                    let known = |q: QuestionId| extent(check[q].domain.bounds());
                    let range = term.extent(&known).unwrap_or(Extent { lo: 0, hi: 0 });
                    let cuts = ends
                        .iter()
                        .copied()
                        .filter(|end| range.lo < *end && *end <= range.hi);
                    let cuts: BTreeSet<i64> = cuts.collect();
                    // One question may pass other numbers in each part.
                    let is_one = term.questions.len() == 1;
                    let cells: BTreeSet<Cell> = cells.into_iter().collect();
                    let is_same = |other: &&mut Derived| {
                        other.term == term && (!is_one || other.cells == cells)
                    };
                    match self.derived.iter_mut().find(is_same) {
                        Some(other) => {
                            other.cuts.extend(cuts);
                            other.cells.extend(cells);
                        }
                        // In a part of the answers it may never pass any of the numbers.
                        None if cuts.is_empty() => {}
                        None => self.derived.push(Derived {
                            name: name.to_owned(),
                            scale,
                            unit: unit.to_owned(),
                            cells,
                            cuts,
                            term,
                        }),
                    }
                }
            }
        }
    }

    /// The questions that select the rows of the tables of a formula, of those that are measured.
    fn rows_of(&self, check: &SelfCheck, formula: &Formula) -> BTreeSet<QuestionId> {
        let values = formula.values().into_iter();
        let rows = values.filter_map(|value| match &check[value].definition {
            Definition::Table(table) => Some(table.rows.question),
            _ => None,
        });
        rows.filter(|question| check[*question].domain.scale().is_some())
            .collect()
    }

    /// What a formula asks, and the periods of its parameters.
    fn ask(&mut self, check: &SelfCheck, formula: &Formula) {
        formula.each(&mut |part| match part {
            Formula::Ask(question) => {
                self.asked.insert(*question);
            }
            Formula::Parameter { by, periods } => {
                self.cuts.entry(*by).or_default();
                for dated in periods {
                    self.cut_days(check, *by, dated.period);
                }
            }
            Formula::First(count, _) => self.count(check, *count),
            _ => {}
        });
    }

    /// Each number of members is a class of its own.
    fn count(&mut self, check: &SelfCheck, count: QuestionId) {
        self.counts.insert(count);
        let bounds = check[count].domain.bounds();
        for number in bounds.lo.word()..=bounds.hi.word() {
            self.cut_at(check, count, Some(Value::Number(number)));
        }
    }

    /// Cuts a question at both ends of an interval.
    fn cut(&mut self, check: &SelfCheck, question: QuestionId, interval: Interval) {
        self.cut_at(check, question, Some(interval.lo));
        self.cut_at(check, question, interval.hi.next());
    }

    fn cut_days(&mut self, check: &SelfCheck, question: QuestionId, period: Period) {
        let day = |day: Date| Some(Value::Date(day));
        self.cut_at(check, question, day(period.from));
        self.cut_at(check, question, period.until.and_then(day));
    }

    /// Cuts a question below a value, if there are answers on both sides.
    fn cut_at(&mut self, check: &SelfCheck, question: QuestionId, cut: Option<Value>) {
        let bounds = check[question].domain.bounds();
        if let Some(cut) = cut
            && bounds.lo < cut
            && cut <= bounds.hi
        {
            self.cuts.entry(question).or_default().insert(cut);
        }
    }

    /// The variables that they make.
    pub fn variables(self, check: &SelfCheck) -> Vec<Variable> {
        let options = self.options.into_iter().map(|(question, tests)| {
            let size = check[question].domain.options().len();
            let rows = (0..size).map(|option| tests.iter().map(|test| test[option]).collect());
            let class_of = classes(rows);
            Variable::Options { question, class_of }
        });
        let parted = &self.parted;
        let cuts = self
            .cuts
            .into_iter()
            .map(|(question, cuts)| Variable::Cuts {
                question,
                cuts: cuts.into_iter().collect(),
                parted: parted.contains_key(&question),
            });
        let orders = self.orders.into_iter().map(|((left, right), tests)| {
            let row = |relation| tests.iter().map(|test| test.contains(relation)).collect();
            let class_of = classes(RELATIONS.into_iter().map(row));
            Variable::Order {
                left,
                right,
                class_of: [class_of[0], class_of[1], class_of[2]],
            }
        });
        let years = self.years.into_iter();
        let years = years.map(|(left, right)| Variable::SameYear { left, right });
        let mut list: Vec<Variable> = options.chain(cuts).chain(orders).chain(years).collect();
        let derived = with_one_core(check, self.derived);
        list.extend(derived.into_iter().map(|derived| Variable::Derived {
            name: derived.name,
            term: derived.term,
            scale: derived.scale,
            unit: derived.unit,
            cuts: derived.cuts.into_iter().collect(),
            cells: derived.cells.into_iter().collect(),
        }));
        // A question that only formulas ask has one class; so has one that several formulas ask in turn.
        for question in self.asked {
            let of: Vec<&Variable> = list.iter().filter(|v| v.has(question)).collect();
            if of.len() != 1 && !of.iter().any(|variable| variable.is_single()) {
                list.push(Variable::Cuts {
                    question,
                    cuts: Vec::new(),
                    parted: false,
                });
            }
        }
        list
    }
}

/// Formulas that are used by the same person and differ in numbers only are one variable: `甲 + 乙` of `甲 + 乙 + 2` and `(甲 + 乙) ÷ 3`.
fn with_one_core(check: &SelfCheck, derived: Vec<Derived>) -> Vec<Derived> {
    let cores: Vec<Pure> = derived.iter().map(|one| derived::core(&one.term)).collect();
    let meet = |a: usize, b: usize| {
        let mut cells = derived[a].cells.iter();
        a != b
            && cells.any(|one| {
                derived[b]
                    .cells
                    .iter()
                    .any(|two| !derived::are_apart(one, two))
            })
    };
    let all = 0..derived.len();
    let is_shared: Vec<bool> = all
        .clone()
        .map(|a| all.clone().any(|b| cores[a] == cores[b] && meet(a, b)))
        .collect();
    let mut list: Vec<Derived> = Vec::new();
    for ((one, core), is_shared) in derived.into_iter().zip(cores).zip(is_shared) {
        if !is_shared {
            list.push(one);
            continue;
        }
        let one_of = one.cells.clone();
        let cuts = one.cuts.iter();
        let cuts: BTreeSet<i64> = cuts
            .filter_map(|cut| one.term.cut_of_core(&core, *cut))
            .collect();
        let is_met = |other: &&mut Derived| {
            let mut cells = other.cells.iter();
            let mut meets = |one: &Cell| one_of.iter().any(|two| !derived::are_apart(one, two));
            other.term == core && cells.any(&mut meets)
        };
        if let Some(other) = list.iter_mut().find(is_met) {
            other.cuts.extend(cuts);
            other.cells.extend(one.cells);
            continue;
        }
        let names = core
            .questions
            .iter()
            .map(|(q, _)| check[*q].name.value.as_str());
        let domain = &check[core.questions[0].0].domain;
        let is_sum = matches!(core.formula, Formula::Make(crate::formula::Op::Add, _));
        list.push(Derived {
            name: names
                .collect::<Vec<_>>()
                .join(if is_sum { " + " } else { "、" }),
            scale: domain.scale().filter(|_| is_sum).unwrap_or(one.scale),
            unit: domain.unit().to_owned(),
            cuts,
            cells: one.cells,
            term: core,
        });
    }
    list
}

/// Numbers rows so that equal rows have equal numbers, in the order of first appearance.
fn classes(rows: impl Iterator<Item = Vec<bool>>) -> Vec<usize> {
    let mut seen: Vec<Vec<bool>> = Vec::new();
    rows.map(|row| {
        seen.iter()
            .position(|other| *other == row)
            .unwrap_or_else(|| {
                seen.push(row);
                seen.len() - 1
            })
    })
    .collect()
}
