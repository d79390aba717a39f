//! Variables: questions cut into the classes of values that the conditions distinguish.
//!
//! Comes in: a [`SelfCheck`]. Goes out: its [`Variable`]s, at most one a question, each with at most 200 classes. Two
//! options that no condition distinguishes are one class; numbers are cut at the thresholds; two questions that are
//! compared with each other make one variable of up to three classes. As long as no person
//! is asked a question for two variables they are independent, and what a diagram over them says of sets is exact.

mod distinctions;
pub mod joint;
mod together;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use distinctions::Distinctions;
use joint::Joint;

use crate::answer;
use crate::arithmetic::Extent;
pub use crate::class_set::MOST_CLASSES;

use crate::class_set::ClassSet;
use crate::comparison::{RELATIONS, Relations};
use crate::derived::{self, Cell, Pure};
use crate::diag::{Sink, Spanned};
use crate::formula::Unsound;
use crate::formula::{Formula, show_number, sides};
use crate::known::show_known;
use crate::messages::{formulas, judging as messages};
use crate::self_check::*;
use crate::value::extent;
use crate::value::{Interval, OptionId, Scale, Value};

/// Sets of variables are 64 bits, one of which stays free.
const MOST_VARIABLES: usize = 63;

/// One or two questions, and the classes of their answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Variable {
    /// Class of each option.
    Options {
        question: QuestionId,
        class_of: Vec<usize>,
    },
    /// Class `i` holds the values from `cuts[i - 1]` (included) to `cuts[i]` (excluded). `parted`: formulas that are compared are taken
    /// apart by its classes.
    Cuts {
        question: QuestionId,
        cuts: Vec<Value>,
        parted: bool,
    },
    /// Class of each relation of `left` to `right`, in the order of [`RELATIONS`].
    Order {
        left: QuestionId,
        right: QuestionId,
        class_of: [usize; 3],
    },
    /// Class 0: different years, class 1: the same.
    SameYear { left: QuestionId, right: QuestionId },
    /// A formula of several questions. Class `i` holds the results from `cuts[i - 1]` (included) to `cuts[i]` (excluded).
    Derived {
        /// What conditions call it.
        name: String,
        term: Pure,
        /// What its results are.
        scale: Scale,
        unit: String,
        cuts: Vec<i64>,
        /// Where it is used: parts of the answers to other questions, or of its own. Variables that share a question are never used
        /// by the same person.
        cells: Vec<Cell>,
    },
    /// Several of these that share questions.
    Joint(Joint),
}

impl Variable {
    /// How many classes it has.
    pub fn classes(&self) -> usize {
        match self {
            Self::Options { class_of, .. } => class_of.iter().max().map_or(0, |most| most + 1),
            Self::Cuts { cuts, .. } => cuts.len() + 1,
            Self::Order { class_of, .. } => class_of.iter().max().map_or(0, |most| most + 1),
            Self::SameYear { .. } => 2,
            Self::Derived { cuts, .. } => cuts.len() + 1,
            Self::Joint(joint) => joint.classes.len(),
        }
    }

    /// Its questions: one, or the two that are compared.
    pub fn questions(&self) -> Vec<QuestionId> {
        match self {
            Self::Options { question, .. } | Self::Cuts { question, .. } => vec![*question],
            Self::Order { left, right, .. } | Self::SameYear { left, right } => {
                vec![*left, *right]
            }
            Self::Derived { term, .. } => term.questions.iter().map(|(q, _)| *q).collect(),
            Self::Joint(joint) => joint.questions.clone(),
        }
    }

    /// The first of its questions, which gives it its place.
    pub fn first(&self) -> QuestionId {
        match self {
            Self::Options { question, .. } | Self::Cuts { question, .. } => *question,
            Self::Order { left, .. } | Self::SameYear { left, .. } => *left,
            Self::Derived { term, .. } => term.questions[0].0,
            Self::Joint(joint) => joint.questions[0],
        }
    }

    /// Whether nobody is asked a question for both.
    fn is_apart(&self, other: &Self, question: QuestionId) -> bool {
        match (self, other) {
            (Self::Derived { cells, .. }, Self::Derived { cells: others, .. }) => {
                let mut cells = cells.iter();
                cells.all(|cell| others.iter().all(|other| derived::are_apart(cell, other)))
            }
            // Its class is known before the formula is looked at, or it has one only.
            (Self::Cuts { .. }, Self::Derived { cells, .. })
            | (Self::Derived { cells, .. }, Self::Cuts { .. }) => {
                let is_one = self.classes() == 1 || other.classes() == 1;
                is_one || cells.iter().all(|cell| cell.contains_key(&question))
            }
            (Self::Cuts { cuts, .. }, Self::Joint(_))
            | (Self::Joint(_), Self::Cuts { cuts, .. }) => cuts.is_empty(),
            _ => false,
        }
    }

    /// Whether it is used for a person of whom these answers are known.
    pub fn is_used_by(&self, person: &BTreeMap<QuestionId, Value>) -> bool {
        let Self::Derived { cells, .. } = self else {
            return true;
        };
        let fits = |(question, part): (&QuestionId, &Extent)| {
            let value = person.get(question).map(|value| value.word());
            value.is_none_or(|value| part.lo <= value && value <= part.hi)
        };
        cells.iter().any(|cell| cell.iter().all(fits))
    }

    /// The questions whose answers decide where it is used.
    pub fn parts(&self) -> BTreeSet<QuestionId> {
        match self {
            Self::Derived { cells, .. } => cells.iter().flat_map(|c| c.keys().copied()).collect(),
            _ => BTreeSet::new(),
        }
    }

    /// Whether something is true of it, or of one of those that it is made of.
    pub fn some(&self, is: &dyn Fn(&Self) -> bool) -> bool {
        match self {
            Self::Joint(joint) => joint.members.iter().any(is),
            _ => is(self),
        }
    }

    /// Whether it is about one question only.
    pub fn is_single(&self) -> bool {
        matches!(self, Self::Options { .. } | Self::Cuts { .. })
    }

    /// Whether it is about a question.
    pub fn has(&self, question: QuestionId) -> bool {
        self.questions().contains(&question)
    }

    /// Values of its questions that lie in a class: one a question.
    pub fn representative(&self, check: &SelfCheck, class: usize) -> Vec<Value> {
        let bounds = |question: QuestionId| check[question].domain.bounds();
        match self {
            Self::Options { class_of, .. } => {
                let mut options = class_of.iter();
                let option = options
                    .position(|c| *c == class)
                    .expect("every class of options has an option");
                vec![Value::Option(OptionId::new(option))]
            }
            Self::Cuts { question, cuts, .. } => vec![match class.checked_sub(1) {
                None => bounds(*question).lo,
                Some(below) => cuts[below],
            }],
            Self::Order {
                left,
                right,
                class_of,
            } => {
                let (a, b) = (bounds(*left), bounds(*right));
                let middle = a.lo.max(b.lo);
                match class_of.iter().position(|c| *c == class) {
                    Some(0) => vec![a.lo, b.hi],
                    Some(1) => vec![middle, middle],
                    _ => vec![a.hi, b.lo],
                }
            }
            Self::SameYear { left, right } => {
                let (a, b) = (bounds(*left), bounds(*right));
                let middle = a.lo.max(b.lo);
                match class {
                    1 => vec![middle, middle],
                    _ if a.lo.year() != b.hi.year() => vec![a.lo, b.hi],
                    _ => vec![a.hi, b.lo],
                }
            }
            Self::Derived { term, cuts, .. } => {
                let from = class.checked_sub(1).map_or(i64::MIN, |below| cuts[below]);
                let answers = term.reach(check, from).into_iter();
                answers.map(|(_, value)| value).collect()
            }
            Self::Joint(joint) => joint.answers(check, class),
        }
    }

    /// The classes that are still possible.
    pub fn possible(&self, known: &[Interval]) -> ClassSet {
        match self {
            Self::Options { question, class_of } => {
                let known = known[question.index()];
                let options = class_of.iter().enumerate();
                let options =
                    options.filter(|(at, _)| known.contains(Value::Option(OptionId::new(*at))));
                options.map(|(_, class)| *class).collect()
            }
            Self::Cuts { question, cuts, .. } => {
                let known = known[question.index()];
                let class = |value: Value| cuts.iter().filter(|cut| **cut <= value).count();
                (class(known.lo)..=class(known.hi)).collect()
            }
            Self::Order {
                left,
                right,
                class_of,
            } => {
                let (a, b) = (known[left.index()], known[right.index()]);
                let relations = [a.lo < b.hi, a.lo <= b.hi && b.lo <= a.hi, a.hi > b.lo];
                let relations = relations.iter().zip(class_of);
                let relations = relations.filter(|(possible, _)| **possible);
                relations.map(|(_, class)| *class).collect()
            }
            Self::SameYear { left, right } => {
                let years = |known: Interval| (known.lo.year(), known.hi.year());
                let (a, b) = (years(known[left.index()]), years(known[right.index()]));
                let same = a.0 <= b.1 && b.0 <= a.1;
                let different = a.0 != b.1 || a.1 != b.0;
                let classes = [different, same].into_iter().enumerate();
                let classes = classes.filter(|(_, possible)| *possible);
                classes.map(|(class, _)| class).collect()
            }
            Self::Derived { term, cuts, .. } => {
                let known = |question: QuestionId| extent(known[question.index()]);
                let class = |end: i64| cuts.iter().filter(|cut| **cut <= end).count();
                // A result that does not exist is reported where the rules are judged.
                let range = term.extent(&known);
                let range =
                    range.map_or((0, cuts.len()), |range| (class(range.lo), class(range.hi)));
                (range.0..=range.1).collect()
            }
            Self::Joint(joint) => {
                let people = joint.people(known).into_iter().enumerate();
                let somebody = people.filter(|(_, person)| person.is_some());
                somebody.map(|(class, _)| class).collect()
            }
        }
    }

    /// The question of which its classes are parts, and the answers of one; nothing for other variables.
    pub fn answers_of(&self, check: &SelfCheck, class: usize) -> Option<(QuestionId, Interval)> {
        match self {
            Self::Derived { term, cuts, .. } => match term.formula {
                Formula::Ask(question) => {
                    let bounds = check[question].domain.bounds();
                    let cuts = cuts.iter().map(|cut| derived::like(bounds.lo, *cut));
                    let cuts: Vec<Value> = cuts.collect();
                    Some((question, part(&check[question], &cuts, class)))
                }
                _ => None,
            },
            Self::Cuts { question, .. } => Some((*question, self.part(check, class)?)),
            _ => None,
        }
    }

    /// The answers of a class of a question that is cut; nothing for other variables.
    pub fn part(&self, check: &SelfCheck, class: usize) -> Option<Interval> {
        match self {
            Self::Cuts { question, cuts, .. } => Some(part(&check[*question], cuts, class)),
            _ => None,
        }
    }

    /// A class in words, for pages and counter-examples: `建档立卡是`, `收入低于贫困线`.
    pub fn words(&self, check: &SelfCheck, class: usize) -> String {
        let name = |question: QuestionId| check[question].name.value.as_str();
        let words = self.class_words(check, class);
        let language = check.language;
        match self {
            Self::Options { question, .. } | Self::Cuts { question, .. } => {
                language.is(name(*question), &words)
            }
            Self::Order { left, right, .. } => language.between(name(*left), &words, name(*right)),
            Self::SameYear { left, right } => {
                let both = language.between(name(*left), language.of("与", "and"), name(*right));
                language.of(format!("{both}{words}"), format!("{both}: {words}"))
            }
            Self::Derived { name, .. } => match self.difference() {
                Some((left, right)) => language.between(left, &words, right),
                None => language.is(name, &words),
            },
            Self::Joint(_) => words,
        }
    }

    /// The names of the two sides, if it only tells which of them is greater.
    pub fn difference(&self) -> Option<(&str, &str)> {
        match self {
            Self::Derived { name, cuts, .. } if cuts.iter().all(|cut| matches!(cut, 0 | 1)) => {
                sides(name)
            }
            _ => None,
        }
    }

    /// A class in words without the question: `是`, `一级或二级`, `2020年7月27日及以后`, `低于`.
    pub fn class_words(&self, check: &SelfCheck, class: usize) -> String {
        let language = check.language;
        match self {
            Self::Options { question, class_of } => {
                let options = check[*question].domain.options();
                let names: Vec<&str> = options
                    .iter()
                    .zip(class_of)
                    .filter(|(_, c)| **c == class)
                    .map(|(option, _)| option.name.as_str())
                    .collect();
                match names.len() {
                    0..=6 => language.list(&names),
                    // Of a long list of counties the first two and the number are named.
                    count => {
                        let two = language.list(&names[..2]);
                        language.of(
                            format!("{two}等{count}个"),
                            format!("{two} and others, {count} in all"),
                        )
                    }
                }
            }
            Self::Cuts { question, cuts, .. } => {
                let question = &check[*question];
                show_known(language, question, part(question, cuts, class))
            }
            Self::Order { class_of, .. } => {
                let [less, equal, greater] = class_of.map(|c| c == class);
                let relations = Relations {
                    less,
                    equal,
                    greater,
                };
                relations.text(language).to_owned()
            }
            Self::SameYear { .. } if class == 1 => language.of("同年", "same year").to_owned(),
            Self::SameYear { .. } => language.of("不同年", "different years").to_owned(),
            Self::Derived {
                scale, unit, cuts, ..
            } => {
                let show = |number: i64| show_number(language, *scale, unit, number);
                let from = class.checked_sub(1).map(|below| cuts[below]);
                let until = cuts.get(class);
                if self.difference().is_some() {
                    let relations = Relations {
                        less: from.is_none(),
                        equal: from.is_none_or(|from| from <= 0)
                            && until.is_none_or(|until| *until > 0),
                        greater: until.is_none(),
                    };
                    return relations.text(language).to_owned();
                }
                let from = from
                    .map(|from| format!("{}{}", language.of("不低于", "at least "), show(from)));
                let until =
                    until.map(|until| format!("{}{}", language.of("低于", "below "), show(*until)));
                let limits: Vec<String> = from.into_iter().chain(until).collect();
                match limits.is_empty() {
                    true => language.unlimited(),
                    false => language.list(&limits),
                }
            }
            Self::Joint(joint) => {
                let members = joint.members.iter().zip(&joint.classes[class].of);
                let words: Vec<String> = members
                    .map(|(member, class)| member.words(check, *class))
                    .collect();
                words.join(language.of("，", ", "))
            }
        }
    }

    /// A class as the answer of an example: the question and what to write; nothing for a comparison of two questions.
    pub fn answer(&self, check: &SelfCheck, class: usize) -> Option<(QuestionId, String)> {
        match self {
            Self::Options { question, class_of } => {
                let option = class_of.iter().position(|c| *c == class)?;
                let known = Interval::exactly(Value::Option(OptionId::new(option)));
                Some((
                    *question,
                    answer::write(check.language, &check[*question], known),
                ))
            }
            Self::Cuts { question, cuts, .. } => {
                let asked = &check[*question];
                Some((
                    *question,
                    answer::write(check.language, asked, part(asked, cuts, class)),
                ))
            }
            Self::Order { .. } | Self::SameYear { .. } | Self::Derived { .. } | Self::Joint(_) => {
                None
            }
        }
    }

    /// For each class, whether a condition on the questions of this variable holds there; nothing for other conditions.
    pub fn holding(&self, check: &SelfCheck, test: &Test) -> Option<Vec<bool>> {
        match (self, test) {
            (
                Self::Options { question, class_of },
                Test::Options {
                    question: asked,
                    allowed,
                },
            ) if question == asked => Some(self.by_first(class_of, |option| allowed[option])),
            (
                Self::Cuts { question, .. },
                Test::Within {
                    question: asked,
                    intervals,
                },
            ) if question == asked => Some(self.by_value(check, |value| {
                intervals.iter().any(|interval| interval.contains(value))
            })),
            (
                Self::Order {
                    left,
                    right,
                    class_of,
                },
                Test::Order {
                    left: a,
                    right: b,
                    relations,
                },
            ) if (left, right) == (a, b) || (left, right) == (b, a) => {
                let relations = if left == a {
                    *relations
                } else {
                    relations.mirrored()
                };
                Some(self.by_first(class_of, |index| relations.contains(RELATIONS[index])))
            }
            (Self::SameYear { left, right }, Test::SameYear { left: a, right: b })
                if (left, right) == (a, b) || (left, right) == (b, a) =>
            {
                Some(vec![false, true])
            }
            (Self::Joint(joint), test) => {
                let members = joint.members.iter().enumerate();
                let mut held =
                    members.filter_map(|(at, member)| Some((at, member.holding(check, test)?)));
                let (member, holds) = held.next()?;
                Some(joint.by_member(member, &holds))
            }
            _ => None,
        }
    }

    /// For each class of a date, whether it lies in a period.
    pub fn in_period(&self, check: &SelfCheck, by: QuestionId, period: Period) -> Vec<bool> {
        let is_in = |value: Value| matches!(value, Value::Date(day) if period.contains(day));
        match self {
            Self::Joint(joint) => {
                let asked = joint
                    .questions
                    .iter()
                    .position(|asked| *asked == by)
                    .unwrap_or(0);
                let classes = 0..self.classes();
                classes
                    .map(|class| is_in(joint.answers(check, class)[asked]))
                    .collect()
            }
            _ => self.by_value(check, is_in),
        }
    }

    /// For each class, what holds of its lowest value: cuts are such that it holds of all.
    fn by_value(&self, check: &SelfCheck, holds: impl Fn(Value) -> bool) -> Vec<bool> {
        (0..self.classes())
            .map(|class| holds(self.representative(check, class)[0]))
            .collect()
    }

    /// For each class, what holds of the first member that is in it.
    fn by_first(&self, class_of: &[usize], holds: impl Fn(usize) -> bool) -> Vec<bool> {
        (0..self.classes())
            .map(|class| {
                class_of
                    .iter()
                    .position(|c| *c == class)
                    .is_some_and(&holds)
            })
            .collect()
    }
}

/// The level of the variable that a question belongs to: its own, if it has one.
pub fn level_of(variables: &[Variable], question: QuestionId) -> Option<usize> {
    let has = |single: bool| {
        let mut variables = variables.iter();
        variables.position(|variable| variable.has(question) && (!single || variable.is_single()))
    };
    has(true).or_else(|| has(false))
}

/// Makes the variables of a check, in the order of their first questions.
///
/// # Diagnostics
/// MB0313, MB0314.
pub fn variables(check: &SelfCheck, sink: &mut Sink) -> Option<Vec<Variable>> {
    let before = sink.count();
    let distinctions = Distinctions::of(check, &BTreeSet::new());
    if distinctions.is_too_large {
        sink.push(messages::entangled(check));
    }
    let mut list = distinctions.variables(check);
    if let Some(joined) = together::joined(check, &list) {
        list = joined;
    }
    if list.len() > MOST_VARIABLES && sink.count() == before {
        sink.push(messages::entangled(check));
    }
    for variable in &list {
        for message in inexact(check, variable) {
            sink.push(message);
        }
    }
    for id in check.question_ids() {
        if !together::sharing(&list, id).is_empty() {
            sink.push(messages::shared_question(&check[id]));
        }
    }
    for variable in &list {
        if variable.classes() > MOST_CLASSES {
            let question = &check[variable.first()];
            sink.push(messages::too_many_classes(
                question,
                variable.classes(),
                MOST_CLASSES,
            ));
        }
    }
    // What decides where a formula is used comes before it.
    list.sort_by_key(|variable| {
        let member = |question: &QuestionId| check[*question].member.as_ref();
        let parts = variable.parts();
        let own = member(&variable.first());
        // Fewer members are what is left of more, if the last one comes first; what is said of all of them comes before.
        let place = own.map(|member| (member.group, Reverse(member.number)));
        let rank = match (own.is_some(), parts.is_empty()) {
            (false, true) => 0,
            (true, false) if parts.iter().all(|part| member(part).is_none()) => 1,
            (true, true) => 2,
            _ => 3,
        };
        (rank, place, variable.questions())
    });
    (sink.count() == before).then_some(list)
}

/// Why a comparison of a formula is not exact, or why some of its results do not exist.
fn inexact(check: &SelfCheck, variable: &Variable) -> Vec<crate::diag::Diagnostic> {
    let (name, term, scale, cuts) = match variable {
        Variable::Derived {
            name,
            term,
            scale,
            cuts,
            ..
        } => (name, term, scale, cuts),
        Variable::Joint(joint) => {
            let members = joint.members.iter();
            return members.flat_map(|member| inexact(check, member)).collect();
        }
        _ => return Vec::new(),
    };
    let place = check.conditions.iter().find(
        |condition| matches!(&condition.test, Test::Formula { name: other, .. } if other == name),
    );
    let span = place.map_or(check.span, |condition| condition.span);
    let name = Spanned::new(name.clone(), span);
    let mut found = Vec::new();
    for (question, up) in &term.questions {
        if up.is_none() {
            found.push(formulas::both_ways(&name, &check[*question]));
        }
    }
    if !found.is_empty() {
        return found;
    }
    let known = |question: QuestionId| extent(check[question].domain.bounds());
    if let Err(fault) = term.extent(&known) {
        return vec![formulas::no_result(&name, Unsound::Fault(fault))];
    }
    // A class is never jumped over.
    let step = term.step(check);
    let near = cuts
        .windows(2)
        .any(|pair| derived::apart(*scale, pair[0], pair[1]) < step);
    if near {
        return vec![formulas::too_near(&name)];
    }
    found
}

/// The values of a class between cuts.
fn part(question: &Question, cuts: &[Value], class: usize) -> Interval {
    let bounds = question.domain.bounds();
    let lo = match class.checked_sub(1) {
        None => bounds.lo,
        Some(below) => cuts[below],
    };
    // A cut lies above the lowest value, so there is one before it.
    let below = cuts.get(class).and_then(|cut| cut.previous());
    let hi = below.unwrap_or(bounds.hi);
    Interval { lo, hi }
}
