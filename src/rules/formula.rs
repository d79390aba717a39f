//! Computed values: what a rule file says of an amount, a number or a day that the rules work out.
//!
//! Comes in: nothing (types only). Goes out: [`Computed`] and its parts, made by `read` and never changed afterwards. All
//! arithmetic is on whole numbers: fen, days as `yyyymmdd`, counts. What an operation does is in `arithmetic.rs`.

use mingbai_forms::{Citation, ids};

use crate::arithmetic::Extent;
use crate::diag::{Span, Spanned};
use crate::self_check::{ConditionId, Dated, QuestionId, Test};
use crate::value::Scale;

ids! {
    /// A computed value of a self-check.
    ComputedId,
}

/// 取值: a value that the rules compute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Computed {
    pub name: Spanned<String>,
    /// What it is, as a page says it: `每年最多可以贷多少`.
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
}

/// An operation on whole numbers. Days are `yyyymmdd`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Op {
    /// Of two or more.
    Add,
    Subtract,
    Multiply,
    Divide(Rounding),
    /// The least of two or more.
    Least,
    /// The greatest of two or more.
    Greatest,
    /// A day and a number of days.
    AddDays,
    /// A day and a number of months; the last day of the month where that has no such day.
    AddMonths,
    /// Days from the first day to the second.
    DaysBetween,
    /// Whole years from the first day to the second.
    YearsBetween,
    /// Whole months from the first day to the second.
    MonthsBetween,
    Year,
    FirstOfMonth,
    EndOfMonth,
    EndOfYear,
    /// A day of the same year: month × 100 + day.
    InYear(i32),
}

/// What happens to the rest of a division.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rounding {
    Down,
    Up,
    /// Halves go up.
    Nearest,
}

impl Computed {
    /// A number of a module as the value that it is: `16000元`, `2049年9月1日`.
    pub fn show(&self, number: i64) -> String {
        show_number(self.scale, &self.unit, number)
    }

    /// What is still possible of it: one value, or two with 至 between them.
    pub fn show_range(&self, range: Extent) -> String {
        match range.is_exact() {
            true => self.show(range.lo),
            false => format!("{}至{}", self.show(range.lo), self.show(range.hi)),
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
        if let Self::Make(_, parts) = self {
            for part in parts {
                part.each(see);
            }
        }
    }

    /// The questions that it asks directly.
    pub fn asks(&self) -> Vec<QuestionId> {
        let mut found = Vec::new();
        self.each(&mut |part| match part {
            Self::Ask(question) | Self::Parameter { by: question, .. } => found.push(*question),
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
            Self::Ask(question) | Self::Parameter { by: question, .. } => {
                *question = other(*question);
            }
            _ => {}
        });
    }

    /// Calls `change` with this formula and all its parts, parts first.
    pub fn each_mut(&mut self, change: &mut impl FnMut(&mut Self)) {
        if let Self::Make(_, parts) = self {
            for part in parts {
                part.each_mut(change);
            }
        }
        change(self);
    }
}

/// A number of a module as the value that it is: `16000元`, `2049年9月1日`.
pub fn show_number(scale: Scale, unit: &str, number: i64) -> String {
    match scale {
        Scale::Number => format!("{number}{unit}"),
        Scale::Money => {
            let sign = if number < 0 { "-" } else { "" };
            let (yuan, fen) = (number.unsigned_abs() / 100, number.unsigned_abs() % 100);
            match fen {
                0 => format!("{sign}{yuan}{unit}"),
                _ => format!("{sign}{yuan}.{fen:02}{unit}"),
            }
        }
        Scale::Date => {
            let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
            format!("{year}年{month}月{day}日")
        }
    }
}

/// Where a result must lie, in words: `不低于5000元`, `5至8`.
pub fn show_extents(scale: Scale, unit: &str, within: &[Extent]) -> String {
    let is_limit = |end: i64| end.unsigned_abs() < i64::MAX.unsigned_abs() / 2;
    let show = |number: i64| show_number(scale, unit, number);
    let parts = within
        .iter()
        .map(|part| match (is_limit(part.lo), is_limit(part.hi)) {
            (true, true) if part.lo == part.hi => show(part.lo),
            (true, true) => format!("{}至{}", show(part.lo), show(part.hi)),
            (true, false) => format!("不低于{}", show(part.lo)),
            (false, true) => format!("不高于{}", show(part.hi)),
            (false, false) => "不限".to_owned(),
        });
    parts.collect::<Vec<_>>().join("、")
}
