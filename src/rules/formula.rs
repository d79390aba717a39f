//! Computed values: what a rule file says of an amount, a number or a day that the rules work out.
//!
//! Comes in: nothing (types only). Goes out: [`Computed`] and its parts, made by `read` and never changed afterwards. All
//! arithmetic is on whole numbers: fen, days as `yyyymmdd`, counts. What an operation does is in `arithmetic.rs`.

use mingbai_forms::{Citation, ids};

pub use crate::arithmetic::{Op, Rounding};

use jiff::civil::Date;

use crate::arithmetic::{Extent, Fault};
use crate::comparison::{Comparison, Relations};
use crate::diag::{Span, Spanned};
use crate::language::Language;
use crate::value::{Interval, Scale, Value, show_cents, show_hundredths};

ids! {
    /// A question or a doubt of a self-check.
    QuestionId,
    /// A condition, named or not, of a self-check.
    ConditionId,
    /// A condition that has a name.
    NamedId,
    /// A decision of a self-check.
    DecisionId,
    /// An outcome of one decision.
    OutcomeId,
    /// A provision of a self-check.
    ProvisionId,
    /// A computed value of a self-check.
    ComputedId,
}

/// What a condition says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    All(Vec<ConditionId>),
    Any(Vec<ConditionId>),
    Not(ConditionId),
    Named(NamedId),
    /// Of as many members as a question says, from the first on, one at least or every one.
    Members {
        count: QuestionId,
        is_every: bool,
        /// The condition of each member, also of those that there may not be.
        each: Vec<ConditionId>,
    },
    /// One of the options marked.
    Options {
        question: QuestionId,
        allowed: Vec<bool>,
    },
    /// In one of the intervals. Without any it never holds.
    Within {
        question: QuestionId,
        intervals: Vec<Interval>,
    },
    /// `left` compares with `right` in one of the relations.
    Order {
        left: QuestionId,
        right: QuestionId,
        relations: Relations,
    },
    SameYear {
        left: QuestionId,
        right: QuestionId,
    },
    /// `question` compares so with the value that holds on the date `by`.
    Dated {
        question: QuestionId,
        by: QuestionId,
        comparison: Comparison,
        /// In order, without gap or overlap, over all dates that can be answered.
        periods: Vec<Dated>,
    },
    /// The result of a formula lies in one of the extents, which are in order and do not touch.
    Formula {
        /// What is compared, in words.
        name: String,
        formula: Formula,
        scale: Scale,
        unit: String,
        within: Vec<Extent>,
    },
}

/// The value of a parameter in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated {
    pub period: Period,
    pub value: Value,
}

/// Days from `from` on, up to but not including `until`; without `until` for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    pub from: Date,
    pub until: Option<Date>,
}

impl Test {
    /// The questions that a condition asks directly; those of the values that it compares are not among them.
    pub fn asks(&self) -> Vec<QuestionId> {
        match self {
            Self::Options { question, .. } | Self::Within { question, .. } => vec![*question],
            Self::Order { left, right, .. } | Self::SameYear { left, right } => {
                vec![*left, *right]
            }
            Self::Dated { question, by, .. } => vec![*question, *by],
            Self::Formula { formula, .. } => formula.asks(),
            Self::Members { count, .. } => vec![*count],
            Self::All(_) | Self::Any(_) | Self::Not(_) | Self::Named(_) => Vec::new(),
        }
    }

    /// The same test with other questions.
    pub fn with_questions(&mut self, other: impl Fn(QuestionId) -> QuestionId) {
        match self {
            Self::Options { question, .. } | Self::Within { question, .. } => {
                *question = other(*question);
            }
            Self::Order { left, right, .. } | Self::SameYear { left, right } => {
                *left = other(*left);
                *right = other(*right);
            }
            Self::Dated { question, by, .. } => {
                *question = other(*question);
                *by = other(*by);
            }
            Self::Formula { formula, .. } => formula.with_questions(&other),
            Self::Members { count, .. } => *count = other(*count),
            Self::All(_) | Self::Any(_) | Self::Not(_) | Self::Named(_) => {}
        }
    }
}

impl Period {
    /// Whether a day lies in it.
    pub fn contains(self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }

    /// Its days as an interval of answers to a question that can be answered up to `last`.
    pub fn interval(self, last: Value) -> Option<Interval> {
        let until = match self.until {
            Some(until) => Value::Date(until).previous()?,
            None => last,
        };
        Interval::new(Value::Date(self.from), until)
    }
}

/// Why a value cannot be computed for everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unsound {
    /// Some result does not exist.
    Fault(Fault),
    /// Some result is below zero.
    BelowZero,
    /// The value goes up with a question in one place of a formula and down in another.
    BothWays(QuestionId),
    /// A formula asks a question whose order to another one selects the formula.
    Compared(QuestionId),
}

/// 取值: a value that the rules compute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Computed {
    pub name: Spanned<String>,
    /// What it is, as a page says it: `每年最多可以领多少`.
    pub ask: String,
    pub scale: Scale,
    pub unit: String,
    pub definition: Definition,
    pub cite: Citation,
}

/// How a value is worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Definition {
    Formula(Written),
    /// In order; the first whose condition holds. The last has none.
    Cases(Vec<Case>),
    Table(Table),
}

/// A formula, and how it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub text: Spanned<String>,
    pub formula: Formula,
}

/// One case of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    pub span: Span,
    pub when: Option<ConditionId>,
    pub is: Written,
    /// The clause of this case, if it is another one than that of the value.
    pub cite: Option<Citation>,
}

/// A table: one row for each part of the answers to a question, and perhaps one column for each part of another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub rows: Side,
    pub columns: Option<Side>,
    /// Row by row; one cell a row where there are no columns.
    pub cells: Vec<Vec<Written>>,
}

/// The heads of rows or columns. Every answer to the question fits exactly one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    pub question: QuestionId,
    pub heads: Vec<Head>,
}

/// The head of a row or a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub text: Spanned<String>,
    /// [`Test::Options`] or [`Test::Within`].
    pub test: Test,
}

/// What is computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Formula {
    Constant(i64),
    /// The answer to a question about a number, an amount or a date.
    Ask(QuestionId),
    /// 1 where a condition holds, else 0.
    Holds(ConditionId),
    /// The value of a parameter on the date `by`.
    Parameter {
        by: QuestionId,
        /// In order, without gap or overlap.
        periods: Vec<Dated>,
    },
    Value(ComputedId),
    Make(Op, Vec<Formula>),
    /// The sum of as many parts, from the first on, as a question says: one part a member of a group.
    First(QuestionId, Vec<Formula>),
}

impl Computed {
    /// A number of a module as the value that it is: `16000元`, `2049年9月1日`.
    pub fn show(&self, language: Language, number: i64) -> String {
        show_number(language, self.scale, &self.unit, number)
    }

    /// What is still possible of it: one value, or two with 至 between them.
    pub fn show_range(&self, language: Language, range: Extent) -> String {
        match range.is_exact() {
            true => self.show(language, range.lo),
            false => language.range(
                &self.show(language, range.lo),
                &self.show(language, range.hi),
            ),
        }
    }

    /// Everything that it cites.
    pub fn citations(&self) -> impl Iterator<Item = &Citation> {
        let cases: &[Case] = match &self.definition {
            Definition::Cases(cases) => cases,
            _ => &[],
        };
        let of_cases = cases.iter().filter_map(|case| case.cite.as_ref());
        std::iter::once(&self.cite).chain(of_cases)
    }
}

impl Definition {
    /// All formulas, in the order of the file.
    pub fn formulas(&self) -> Vec<&Written> {
        match self {
            Self::Formula(written) => vec![written],
            Self::Cases(cases) => cases.iter().map(|case| &case.is).collect(),
            Self::Table(table) => table.cells.iter().flatten().collect(),
        }
    }

    /// All formulas, to be changed.
    pub fn formulas_mut(&mut self) -> Vec<&mut Written> {
        match self {
            Self::Formula(written) => vec![written],
            Self::Cases(cases) => cases.iter_mut().map(|case| &mut case.is).collect(),
            Self::Table(table) => table.cells.iter_mut().flatten().collect(),
        }
    }

    /// The conditions that it asks directly.
    pub fn conditions(&self) -> Vec<ConditionId> {
        let mut found = Vec::new();
        if let Self::Cases(cases) = self {
            found.extend(cases.iter().filter_map(|case| case.when));
        }
        let formulas = self.formulas().into_iter();
        found.extend(formulas.flat_map(|written| written.formula.conditions()));
        found
    }

    /// The values that it uses directly.
    pub fn values(&self) -> Vec<ComputedId> {
        let formulas = self.formulas().into_iter();
        formulas
            .flat_map(|written| written.formula.values())
            .collect()
    }

    /// The same with other questions.
    pub fn with_questions(&mut self, other: impl Fn(QuestionId) -> QuestionId) {
        for written in self.formulas_mut() {
            written.formula.with_questions(&other);
        }
        if let Self::Table(table) = self {
            for side in [Some(&mut table.rows), table.columns.as_mut()]
                .into_iter()
                .flatten()
            {
                side.question = other(side.question);
                for head in &mut side.heads {
                    head.test.with_questions(&other);
                }
            }
        }
    }

    /// The tests of the heads of a table.
    pub fn heads(&self) -> Vec<&Test> {
        let Self::Table(table) = self else {
            return Vec::new();
        };
        let sides = [Some(&table.rows), table.columns.as_ref()];
        let heads = sides.into_iter().flatten().flat_map(|side| &side.heads);
        heads.map(|head| &head.test).collect()
    }
}

impl Formula {
    /// Calls `see` with this formula and all its parts.
    pub fn each(&self, see: &mut impl FnMut(&Self)) {
        see(self);
        if let Self::Make(_, parts) | Self::First(_, parts) = self {
            for part in parts {
                part.each(see);
            }
        }
    }

    /// The questions that it asks directly.
    pub fn asks(&self) -> Vec<QuestionId> {
        let mut found = Vec::new();
        self.each(&mut |part| match part {
            Self::Ask(question)
            | Self::Parameter { by: question, .. }
            | Self::First(question, _) => found.push(*question),
            _ => {}
        });
        found
    }

    /// The conditions that it asks directly.
    pub fn conditions(&self) -> Vec<ConditionId> {
        let mut found = Vec::new();
        self.each(&mut |part| {
            if let Self::Holds(condition) = part {
                found.push(*condition);
            }
        });
        found
    }

    /// The values that it uses directly.
    pub fn values(&self) -> Vec<ComputedId> {
        let mut found = Vec::new();
        self.each(&mut |part| {
            if let Self::Value(value) = part {
                found.push(*value);
            }
        });
        found
    }

    /// The same with other questions.
    pub fn with_questions(&mut self, other: &impl Fn(QuestionId) -> QuestionId) {
        self.each_mut(&mut |part| match part {
            Self::Ask(question)
            | Self::Parameter { by: question, .. }
            | Self::First(question, _) => {
                *question = other(*question);
            }
            _ => {}
        });
    }

    /// Calls `change` with this formula and all its parts, parts first.
    pub fn each_mut(&mut self, change: &mut impl FnMut(&mut Self)) {
        if let Self::Make(_, parts) | Self::First(_, parts) = self {
            for part in parts {
                part.each_mut(change);
            }
        }
        change(self);
    }
}

/// A number of a module as the value that it is: `16000元`, `2049年9月1日`.
pub fn show_number(language: Language, scale: Scale, unit: &str, number: i64) -> String {
    match scale {
        Scale::Number => language.measured(&number.to_string(), unit),
        Scale::Decimal => language.measured(&show_hundredths(number), unit),
        Scale::Money => language.measured(&show_cents(number), unit),
        Scale::Date => language.day(number / 10_000, number / 100 % 100, number % 100),
    }
}

/// The two sides of a comparison, of the name of their difference (`A − B`).
pub fn sides(name: &str) -> Option<(&str, &str)> {
    name.split_once(DIFFERENCE)
}

/// Between the names of two things that are compared, in the name of their difference.
pub const DIFFERENCE: &str = " − ";

/// A test of a formula in words: `补助：不低于100元`, `收入低于标准`.
pub fn show_test(
    language: Language,
    name: &str,
    scale: Scale,
    unit: &str,
    within: &[Extent],
) -> String {
    let holds = |number: i64| {
        within
            .iter()
            .any(|part| part.lo <= number && number <= part.hi)
    };
    let ends = within.iter().flat_map(|part| [part.lo, part.hi]);
    let is_sign = ends
        .clone()
        .all(|end| matches!(end, -1..=1) || end.unsigned_abs() > i64::MAX.unsigned_abs() / 2);
    match sides(name).filter(|_| is_sign) {
        Some((left, right)) => {
            let relations = Relations {
                less: holds(-1),
                equal: holds(0),
                greater: holds(1),
            };
            language.between(left, relations.text(language), right)
        }
        None => language.is(name, &show_extents(language, scale, unit, within)),
    }
}

/// Where a result must lie, in words: `不低于5000元`, `5至8`.
fn show_extents(language: Language, scale: Scale, unit: &str, within: &[Extent]) -> String {
    let is_limit = |end: i64| end.unsigned_abs() < i64::MAX.unsigned_abs() / 2;
    let show = |number: i64| show_number(language, scale, unit, number);
    let parts: Vec<String> = within
        .iter()
        .map(|part| match (is_limit(part.lo), is_limit(part.hi)) {
            (true, true) if part.lo == part.hi => show(part.lo),
            (true, true) => language.range(&show(part.lo), &show(part.hi)),
            (true, false) => format!("{}{}", language.of("不低于", "at least "), show(part.lo)),
            (false, true) => format!("{}{}", language.of("不高于", "at most "), show(part.hi)),
            (false, false) => language.unlimited(),
        })
        .collect();
    language.list(&parts)
}
