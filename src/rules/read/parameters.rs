//! Parameters: thresholds that hold for periods, each with its source.

use mingbai_forms::decode::{Fields, one_of};
use mingbai_forms::yaml::Node;

use super::{MOST_QUESTIONS, Name, Parameter, ParameterId, Reader, default_unit};
use crate::answer::not_a_value;
use crate::diag::{Span, Spanned};
use crate::messages::reading;
use crate::self_check::*;
use crate::shape;
use crate::value::{self, Interval, Scale, Value};

/// A value of a parameter as it was read, and where its first day is.
struct Written {
    dated: Dated,
    span: Span,
}

impl Reader<'_> {
    pub(super) fn parameters(&mut self, fields: &Fields) {
        for (name, node) in self.entries(fields, "parameters", MOST_QUESTIONS) {
            match self.parameter(name, node) {
                Some(parameter) => {
                    let id = ParameterId::new(self.parameters.len());
                    self.define(name, Name::Parameter(id));
                    self.parameters.push(parameter);
                }
                None => self.failed.push(name.value.clone()),
            }
        }
    }

    fn parameter(&mut self, name: &Spanned<String>, node: &Node) -> Option<Parameter> {
        let fields = Fields::open(node, &shape::PARAMETER, self.sink)?;
        let written = fields.required_text("type", self.sink);
        let types = [
            ("整数", Scale::Number),
            ("金额", Scale::Money),
            ("小数", Scale::Decimal),
            ("number", Scale::Number),
            ("money", Scale::Money),
            ("decimal", Scale::Decimal),
        ];
        let scale = written.and_then(|written| one_of(&written, &types, self.sink));
        let by = fields.required_text("by", self.sink);
        let by = by.and_then(|by| self.date_question(&by));
        fields.require("values", self.sink);
        // Without a type no value can be read.
        let scale = scale?;
        let written_unit = fields.text("unit", self.sink).map(|unit| unit.value);
        let unit = written_unit
            .clone()
            .unwrap_or_else(|| default_unit(self.language, scale).to_owned());
        let values = self.values(&fields, scale, &unit);
        let (by, values) = by.zip(values)?;
        self.covered(name, by, &values)?;
        Some(Parameter {
            name: name.clone(),
            scale,
            unit: written_unit,
            by,
            values: values.into_iter().map(|value| value.dated).collect(),
        })
    }

    /// The date question that selects the period.
    ///
    /// # Diagnostics
    /// MB0301, MB0304.
    fn date_question(&mut self, by: &Spanned<String>) -> Option<QuestionId> {
        match self.names.get(&by.value).copied() {
            Some(Name::Question(id)) if self[id].domain.scale() == Some(Scale::Date) => Some(id),
            Some(_) => {
                self.sink.push(reading::not_a_date_question(by));
                None
            }
            None => {
                self.unknown_name(by);
                None
            }
        }
    }

    /// The values with their periods, in the order of their first days.
    fn values(&mut self, fields: &Fields, scale: Scale, unit: &str) -> Option<Vec<Written>> {
        let mut items = Vec::new();
        fields.list("values", self.sink, |item, _| {
            items.push(item);
            Some(())
        });
        // All are read, so that every problem is reported.
        let values = items.into_iter().map(|item| self.value(item, scale, unit));
        let values: Vec<Option<Written>> = values.collect();
        let mut values = values.into_iter().collect::<Option<Vec<Written>>>()?;
        values.sort_by_key(|value| value.dated.period);
        Some(values)
    }

    fn value(&mut self, item: &Node, scale: Scale, unit: &str) -> Option<Written> {
        let fields = Fields::open(item, &shape::VALUE, self.sink)?;
        for key in ["from", "value"] {
            fields.require(key, self.sink);
        }
        // Where it comes from: a clause of this site, or the name of a document that is not on it.
        if fields.text("source", self.sink).is_none() {
            let cite = self.cite(&fields);
            self.cites.extend(cite);
        }
        let from = fields.day("from", self.sink);
        let until = match fields.get("until") {
            Some(_) => Some(fields.day("until", self.sink)),
            None => None,
        };
        let amount = fields.text("value", self.sink)?;
        let Some(value) = value::parse(scale, unit, &amount.value) else {
            not_a_value(scale, unit, &amount, self.sink);
            return None;
        };
        let from = from?;
        // What was written and is not a day was reported, and is not the same as no end.
        let until = match until {
            Some(until) => Some(until?),
            None => None,
        };
        if let Some(until) = &until
            && until.value < from.value
        {
            self.sink.push(reading::period_backwards(until.span));
            return None;
        }
        // The last day is written; the first day after it is kept. After the last day that can be written nothing comes.
        let after = until.and_then(|until| until.value.tomorrow().ok());
        Some(Written {
            dated: Dated {
                period: Period {
                    from: from.value,
                    until: after,
                },
                value,
            },
            span: from.span,
        })
    }

    /// Every date that can be answered lies in exactly one period.
    ///
    /// # Diagnostics
    /// MB0316.
    fn covered(
        &mut self,
        name: &Spanned<String>,
        by: QuestionId,
        values: &[Written],
    ) -> Option<()> {
        let Interval { lo, hi } = self[by].domain.bounds();
        // The first day that can be answered and has no value yet; nothing if all have.
        let mut open = Some(lo);
        let mut before: Option<&Written> = None;
        for value in values {
            let period = value.dated.period;
            let from = Value::Date(period.from);
            if open.is_some_and(|open| from > open) {
                break;
            }
            if let Some(before) = before
                && before.dated.period.contains(period.from)
            {
                let endless = before.dated.period.until.is_none();
                let message =
                    reading::periods_overlap(&name.value, value.span, (before.span, endless));
                self.sink.push(message);
                return None;
            }
            before = Some(value);
            // A period may end before the first date that can be answered.
            let after = period.until.map(Value::Date);
            open = open.zip(after).map(|(open, after)| open.max(after));
        }
        match open {
            Some(day) if day <= hi => {
                let asked = &self.questions[by.index()];
                self.sink.push(reading::no_period(name, asked, day));
                None
            }
            _ => Some(()),
        }
    }
}
