//! Parameters: thresholds that hold for periods, each with its source.

use super::{MOST_FACTS, Name, Parameter, Reader, default_unit};
use crate::answer::not_a_value;
use crate::check::*;
use crate::diag::{Diagnostic, Spanned, codes};
use crate::shape;
use crate::value;
use mingbai_forms::decode::{Fields, one_of};
use mingbai_forms::yaml::Node;

impl Reader<'_> {
    pub(super) fn parameters(&mut self, fields: &Fields) {
        for (name, node) in self.entries(fields, "parameters", MOST_FACTS) {
            match self.parameter(name, node) {
                Some(parameter) => {
                    self.define(name, Name::Parameter(self.parameters.len()));
                    self.parameters.push(parameter);
                }
                None => self.failed.push(name.value.clone()),
            }
        }
    }

    fn parameter(&mut self, name: &Spanned<String>, node: &Node) -> Option<Parameter> {
        let fields = Fields::open(node, &shape::PARAMETER, self.sink)?;
        let written = fields.required_text("type", self.sink)?;
        let scale = one_of(
            &written,
            &[
                ("整数", Scale::Number),
                ("金额", Scale::Money),
                ("number", Scale::Number),
                ("money", Scale::Money),
            ],
            self.sink,
        )?;
        let written_unit = fields.text("unit", self.sink).map(|unit| unit.value);
        let unit = written_unit
            .clone()
            .unwrap_or_else(|| default_unit(scale).to_owned());
        fields.require("values", self.sink);
        let by = fields.required_text("by", self.sink)?;
        let question = match self.names.get(&by.value) {
            Some(Name::Fact(fact)) if self.facts[*fact].domain.scale() == Some(Scale::Date) => {
                *fact
            }
            Some(_) => {
                self.say(
                    &codes::BAD_VALUE,
                    by.span,
                    format!("“{}”不是日期问题", by.value),
                    format!("\"{}\" is no question for a date", by.value),
                    (
                        "写按哪一个日期问题取值",
                        "name the date question that selects the period",
                    ),
                );
                return None;
            }
            None => {
                self.unknown_name(&by);
                return None;
            }
        };
        let (lo, hi) = self.facts[question].domain.bounds();
        let mut values: Vec<(Spanned<(i32, i32)>, i32)> = Vec::new();
        let mut items = Vec::new();
        fields.list("values", self.sink, |item, _| {
            items.push(item);
            Some(())
        });
        for item in items {
            let fields = Fields::open(item, &shape::VALUE, self.sink)?;
            for key in ["from", "until", "value"] {
                fields.require(key, self.sink);
            }
            // Where it comes from: a clause of this site, or the name of a document that is not on it.
            if fields.text("source", self.sink).is_none() {
                let cite = self.cite(&fields);
                self.cites.extend(cite);
            }
            let from = fields.day("from", self.sink);
            let until = fields.day("until", self.sink);
            let amount = fields.text("value", self.sink)?;
            let Some(amount_value) = value::parse(scale, &unit, &amount.value) else {
                not_a_value(scale, &unit, &amount, self.sink);
                return None;
            };
            let (from, until) = (from?, until?);
            let period = (value::from_date(from.value), value::from_date(until.value));
            if period.0 > period.1 {
                self.say(
                    &codes::DATE_ORDER,
                    until.span,
                    "截止日期早于开始日期",
                    "the end lies before the start",
                    (
                        "对照原文，看是否写反了",
                        "compare with the official text: perhaps they were swapped",
                    ),
                );
                return None;
            }
            values.push((Spanned::new(period, from.span), amount_value));
        }
        values.sort_by_key(|(period, _)| period.value);
        // Every date that can be answered lies in exactly one period.
        let mut at = lo;
        let mut before: Option<i32> = None;
        for (period, _) in &values {
            let (from, until) = period.value;
            if from > at {
                break;
            }
            if before.is_some_and(|before| from <= before) {
                self.say(
                    &codes::NO_PERIOD,
                    period.span,
                    format!("“{}”的两个时段重叠", name.value),
                    format!("two periods of \"{}\" overlap", name.value),
                    ("每一天只能有一个值", "every day has one value only"),
                );
                return None;
            }
            before = Some(until);
            // A period may end before the first date that can be answered.
            at = at.max(value::next(Scale::Date, until));
        }
        if at <= hi {
            let missing = value::show(Scale::Date, "", at);
            let asked = &self.facts[question];
            self.sink.push(
                Diagnostic::new(
                    &codes::NO_PERIOD,
                    name.span,
                    format!("“{}”在{missing}没有值", name.value),
                    format!("\"{}\" has no value on {missing}", name.value),
                )
                .also(
                    asked.name.span,
                    format!("“{}”可以答到这一天", asked.name.value),
                    "this question can be answered with that day",
                )
                .hint(
                    "补上有依据的时段，或缩小日期问题的范围；不会拿最近的值代替",
                    "add a period that has a source, or narrow the range of the date question; the nearest value is never taken",
                ),
            );
            return None;
        }
        Some(Parameter {
            name: name.clone(),
            scale,
            unit: written_unit,
            by: question,
            values: values
                .into_iter()
                .map(|(period, value)| (period.value.0, period.value.1, value))
                .collect(),
        })
    }
}
