//! Operands: what is on the right of a question in a condition.
//!
//! Comparisons are words with one or two operands (`低于 3000`, `介于 1 和 4`, `同年 受灾日期`, `在名单 shanxi-2020-remote`); an
//! option stands alone. Each word is read once, into an [`Operator`].

use jiff::civil::Date;
use mingbai_forms::keys;

use super::{Name, ParameterId, Reader};
use crate::answer::{not_a_value, value_of};
use crate::comparison::Comparison;
use crate::diag::{Span, Spanned};
use crate::messages::{members, reading};
use crate::self_check::*;
use crate::text::Bilingual;
use crate::value::{self, Interval, Scale, Value};

/// What the first word of an operand says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Compare(Comparison),
    Between,
    SameYear,
    InList,
}

/// Words of a number in Chinese.
const NUMERALS: &str = "零〇一二两三四五六七八九十百千万亿元";

impl Operator {
    /// All that have a word; longer words are before those that they contain.
    fn all() -> impl Iterator<Item = Self> {
        let comparisons = Comparison::WITH_A_WORD.into_iter().map(Self::Compare);
        comparisons.chain([Self::Between, Self::SameYear, Self::InList])
    }

    /// Its English word; the Chinese one is in the table of keys.
    fn key(self) -> &'static str {
        match self {
            Self::Compare(comparison) => comparison.key(),
            Self::Between => "between",
            Self::SameYear => "same_year",
            Self::InList => "in_list",
        }
    }

    /// The operator that a text begins with, and what follows it.
    pub(super) fn of(text: &str) -> Option<(Self, &str)> {
        Self::all().find_map(|operator| {
            let english = operator.key();
            let rest = text.strip_prefix(keys::chinese_word(english)).or_else(|| {
                text.strip_prefix(english)
                    .filter(|rest| rest.starts_with(' '))
            })?;
            Some((operator, rest.trim()))
        })
    }
}

/// The end of a text, with its own place.
pub(super) fn rest_of(written: &Spanned<String>, rest: &str) -> Spanned<String> {
    let at = written.value.len() - rest.len();
    Spanned::new(rest.to_owned(), written.part(at..written.value.len()))
}

/// `1 和 4`, `1 and 4`
pub(super) fn two_values(text: &str) -> Option<(&str, &str)> {
    text.split_once('和').or_else(|| text.split_once(" and "))
}

impl Reader<'_> {
    /// A question with options: those that are allowed.
    pub(super) fn among(
        &mut self,
        span: Span,
        question: QuestionId,
        style: Style,
        options: &[Choice],
        items: &[Spanned<String>],
    ) -> Option<ConditionId> {
        let mut allowed = vec![false; options.len()];
        for item in items {
            match Operator::of(&item.value) {
                Some((Operator::InList, id)) if style == Style::County => {
                    self.listed(&rest_of(item, id), options, &mut allowed)?;
                }
                Some((operator, _)) if !options.iter().any(|o| o.name == item.value) => {
                    let with_list = operator == Operator::InList;
                    let message = reading::options_compared(item.span, with_list);
                    self.sink.push(message);
                    return None;
                }
                _ => {
                    let asked = &self.questions[question.index()];
                    if let Value::Option(option) = value_of(asked, item, self.sink)? {
                        allowed[option.index()] = true;
                    }
                }
            }
        }
        self.add(span, Test::Options { question, allowed })
    }

    /// Marks the counties of a list.
    fn listed(
        &mut self,
        id: &Spanned<String>,
        options: &[Choice],
        allowed: &mut [bool],
    ) -> Option<()> {
        for county in self.world.members(id, self.sink)? {
            let found = options
                .iter()
                .position(|option| option.county.as_ref() == Some(&county.code));
            let Some(index) = found else {
                let message = reading::listed_county(id.span, &county.name);
                self.sink.push(message);
                return None;
            };
            allowed[index] = true;
        }
        Some(())
    }

    /// A comparison of a number, an amount or a date.
    pub(super) fn measured(
        &mut self,
        span: Span,
        question: QuestionId,
        written: &Spanned<String>,
    ) -> Option<ConditionId> {
        let equal = Operator::Compare(Comparison::Equal);
        let (operator, operand) = Operator::of(&written.value).unwrap_or((equal, &written.value));
        let operand = rest_of(written, operand);
        if operand.value.is_empty() {
            self.sink.push(reading::no_operand(written));
            return None;
        }
        match operator {
            Operator::Between => self.between(span, question, &operand),
            Operator::SameYear => self.same_year(span, question, &operand),
            Operator::InList => {
                self.sink.push(reading::list_of_measured(written.span));
                None
            }
            Operator::Compare(comparison) => self.comparison(span, question, comparison, &operand),
        }
    }

    fn between(
        &mut self,
        span: Span,
        question: QuestionId,
        operand: &Spanned<String>,
    ) -> Option<ConditionId> {
        let domain = &self[question].domain;
        let scale = domain.scale()?;
        let parse = |text: &str| value::parse(scale, domain.unit(), text);
        let interval =
            two_values(&operand.value).and_then(|(lo, hi)| Interval::new(parse(lo)?, parse(hi)?));
        let Some(interval) = interval else {
            self.sink.push(reading::bad_between(operand));
            return None;
        };
        self.within(span, question, vec![interval])
    }

    fn same_year(
        &mut self,
        span: Span,
        question: QuestionId,
        operand: &Spanned<String>,
    ) -> Option<ConditionId> {
        if self[question].domain.scale() != Some(Scale::Date) {
            self.sink.push(reading::same_year_of_measured(span));
            return None;
        }
        match self.meaning(&operand.value) {
            Some(Name::Question(right))
                if self[right].domain.scale() == Some(Scale::Date) && right != question =>
            {
                let left = question;
                self.add(span, Test::SameYear { left, right })
            }
            Some(_) => {
                self.sink.push(reading::not_another_date(operand));
                None
            }
            None => {
                let year = self.literal(question, operand)?.year()?;
                let first = Date::new(year, 1, 1).ok()?;
                let days = Interval {
                    lo: Value::Date(first),
                    hi: Value::Date(first.last_of_year()),
                };
                self.within(span, question, vec![days])
            }
        }
    }

    /// A comparison with a value, another question or a parameter.
    fn comparison(
        &mut self,
        span: Span,
        question: QuestionId,
        comparison: Comparison,
        operand: &Spanned<String>,
    ) -> Option<ConditionId> {
        match self.meaning(&operand.value) {
            Some(Name::Question(right)) => {
                self.comparable(question, right, operand.span)?;
                let relations = comparison.relations();
                self.add(
                    span,
                    Test::Order {
                        left: question,
                        right,
                        relations,
                    },
                )
            }
            Some(Name::Parameter(id)) => {
                self.used_parameters.insert(id);
                self.comparable_with(question, id, operand.span)?;
                let parameter = &self.parameters[id.index()];
                let test = Test::Dated {
                    question,
                    by: parameter.by,
                    comparison,
                    periods: parameter.values.clone(),
                };
                self.add(span, test)
            }
            Some(Name::Computed(value)) => {
                self.compared_with_value(span, question, comparison, value, operand.span)
            }
            Some(Name::Field(..)) => {
                self.sink.push(members::of_a_member(operand));
                None
            }
            Some(Name::Condition(_) | Name::Member(_)) => {
                self.sink.push(reading::condition_compared(operand));
                None
            }
            None => {
                let value = self.literal(question, operand)?;
                let bounds = self[question].domain.bounds();
                let interval = comparison.interval(value, bounds);
                self.within(span, question, interval.into_iter().collect())
            }
        }
    }

    /// Whether a question can be compared with another one.
    ///
    /// # Diagnostics
    /// MB0304.
    fn comparable(&mut self, left: QuestionId, right: QuestionId, span: Span) -> Option<()> {
        let (a, b) = (&self[left].domain, &self[right].domain);
        let message = if left == right {
            reading::compared_with_itself(span, &self[left])
        } else if a.scale() != b.scale() || a.unit() != b.unit() {
            reading::other_question(span, &self.describe(left), &self.describe(right))
        } else {
            return Some(());
        };
        self.sink.push(message);
        None
    }

    /// Whether a question can be compared with a parameter.
    ///
    /// # Diagnostics
    /// MB0304.
    fn comparable_with(&mut self, left: QuestionId, id: ParameterId, span: Span) -> Option<()> {
        let parameter = &self.parameters[id.index()];
        let name = &parameter.name.value;
        let domain = &self[left].domain;
        let message = if domain.scale() != Some(parameter.scale) {
            reading::other_type(span, name)
        } else if let Some(unit) = &parameter.unit
            && unit != domain.unit()
        {
            let right = reading::named_with_unit(name, unit);
            reading::other_unit(span, &self.describe(left), &right)
        } else {
            return Some(());
        };
        self.sink.push(message);
        None
    }

    /// A value written in a condition; names that are close to it are suggested.
    pub(super) fn literal(
        &mut self,
        question: QuestionId,
        written: &Spanned<String>,
    ) -> Option<Value> {
        let domain = &self.questions[question.index()].domain;
        let (scale, unit) = (domain.scale()?, domain.unit());
        let value = value::parse(scale, unit, &written.value);
        if value.is_none() {
            let digits = written.value.contains(|c: char| c.is_ascii_digit());
            let numeral = written.value.chars().all(|c| NUMERALS.contains(c));
            if digits || numeral {
                not_a_value(scale, unit, written, self.sink);
            } else {
                self.unknown_name(written);
            }
        }
        value
    }

    fn describe(&self, question: QuestionId) -> Bilingual {
        let question = &self[question];
        reading::named_with_unit(&question.name.value, question.domain.unit())
    }
}
