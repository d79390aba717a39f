//! Computed values: from YAML to a formula, cases or a table.
//!
//! Types and units come first, for all values: a formula may use a value that is defined below it.

use mingbai_forms::decode::{Fields, one_of, text, wrong_type};
use mingbai_forms::yaml::{Kind, Node};

use super::conditions::{find_cycle, shortened};
use super::{MOST_VALUES, Name, Reader, default_unit, no_citation};
use crate::answer::{parse_compared, parse_range};
use crate::diag::{Span, Spanned};
use crate::formula::{Case, Computed, ComputedId, Definition, Formula, Head, Side, Table, Written};
use crate::messages::{formulas as messages, reading};
use crate::self_check::*;
use crate::shape;
use crate::value::{self, Interval, Scale, Value, show};

/// At most this many cells of a table, and cases of a value.
const MOST_CELLS: usize = 600;
const MOST_CASES: usize = 100;

/// What is read of a value before its formula.
pub(super) type Header = (Scale, String);

/// A value whose definition is not read yet: its name, and its keys if it is a mapping.
pub(super) type Opened<'n> = (&'n Spanned<String>, Option<Fields<'n>>);

impl Reader<'_> {
    /// Enters the names of all values, with their types and units.
    pub(super) fn open_values<'n>(&mut self, fields: &Fields<'n>) -> Vec<Opened<'n>> {
        let entries = self.entries(fields, "values", MOST_VALUES);
        let mut opened = Vec::new();
        for (index, (name, node)) in entries.into_iter().enumerate() {
            self.define(name, Name::Computed(ComputedId::new(index)));
            let fields = Fields::open(node, &shape::COMPUTED, self.sink);
            let header = fields.as_ref().and_then(|fields| self.header(fields));
            if header.is_none() {
                self.failed.push(name.value.clone());
            }
            self.headers
                .push(header.unwrap_or((Scale::Number, String::new())));
            opened.push((name, fields));
        }
        opened
    }

    pub(super) fn read_values(&mut self, opened: &[Opened]) -> Vec<Computed> {
        let mut computed = Vec::new();
        for (index, (name, fields)) in opened.iter().enumerate() {
            let read = fields
                .as_ref()
                .map(|fields| self.computed(name, fields, index));
            computed.push(read.unwrap_or_else(|| self.unread_value(name)));
        }
        self.find_circle(&computed);
        computed
    }

    fn header(&mut self, fields: &Fields) -> Option<Header> {
        let written = fields.required_text("type", self.sink)?;
        let types = [
            ("整数", Scale::Number),
            ("金额", Scale::Money),
            ("小数", Scale::Decimal),
            ("日期", Scale::Date),
            ("number", Scale::Number),
            ("money", Scale::Money),
            ("decimal", Scale::Decimal),
            ("date", Scale::Date),
        ];
        let scale = one_of(&written, &types, self.sink)?;
        let unit = fields.text("unit", self.sink).map(|unit| unit.value);
        Some((
            scale,
            unit.unwrap_or_else(|| default_unit(self.language, scale).to_owned()),
        ))
    }

    /// What is kept of a value that could not be read.
    fn unread_value(&mut self, name: &Spanned<String>) -> Computed {
        self.failed.push(name.value.clone());
        Computed {
            name: name.clone(),
            ask: String::new(),
            scale: Scale::Number,
            unit: String::new(),
            definition: Definition::Formula(Written {
                text: name.clone(),
                formula: Formula::Constant(0),
            }),
            cite: no_citation(name.span),
        }
    }

    fn computed(&mut self, name: &Spanned<String>, fields: &Fields, index: usize) -> Computed {
        let ask = fields.required_text("ask", self.sink);
        let cite = self.cite(fields);
        let (scale, unit) = self.headers[index].clone();
        let definition = self.definition(name, fields, index);
        if definition.is_none() {
            self.failed.push(name.value.clone());
        }
        Computed {
            name: name.clone(),
            ask: ask.map(|ask| ask.value).unwrap_or_default(),
            scale,
            unit,
            definition: definition.unwrap_or_else(|| self.unread_value(name).definition),
            cite: cite.unwrap_or_else(|| no_citation(name.span)),
        }
    }

    /// # Diagnostics
    /// MB0318.
    fn definition(
        &mut self,
        name: &Spanned<String>,
        fields: &Fields,
        index: usize,
    ) -> Option<Definition> {
        let ways = ["formula", "cases", "table"];
        let written = ways.iter().filter(|way| fields.get(way).is_some());
        if written.count() != 1 {
            if !fields.is_incomplete() {
                self.sink.push(messages::one_definition(name.span));
            }
            return None;
        }
        if let Some(text) = fields.text("formula", self.sink) {
            let formula = self.written(&text, index);
            return formula.map(Definition::Formula);
        }
        if fields.get("cases").is_some() {
            return self.cases(name, fields, index).map(Definition::Cases);
        }
        let table = Fields::open(fields.get("table")?, &shape::TABLE, self.sink)?;
        self.table(&table, index).map(Definition::Table)
    }

    fn written(&mut self, text: &Spanned<String>, index: usize) -> Option<Written> {
        let (scale, unit) = self.headers[index].clone();
        let formula = self.formula(text, scale, &unit)?;
        let text = text.clone();
        Some(Written { text, formula })
    }

    fn cases(
        &mut self,
        name: &Spanned<String>,
        fields: &Fields,
        index: usize,
    ) -> Option<Vec<Case>> {
        self.filled(fields, "cases");
        let mut nodes = Vec::new();
        fields.list("cases", self.sink, |node, _| {
            nodes.push(node);
            Some(())
        });
        if nodes.len() > MOST_CASES {
            self.too_many(name.span, nodes.len(), MOST_CASES);
            return None;
        }
        let last = nodes.len().checked_sub(1)?;
        let cases = nodes.into_iter().enumerate();
        // All are read, so that every problem is reported.
        let cases: Vec<Option<Case>> = cases
            .map(|(place, node)| self.case(name, node, place == last, index))
            .collect();
        cases.into_iter().collect()
    }

    fn case(
        &mut self,
        name: &Spanned<String>,
        node: &Node,
        last: bool,
        index: usize,
    ) -> Option<Case> {
        let fields = Fields::open(node, &shape::CASE, self.sink)?;
        fields.require("when", self.sink);
        let is = fields.required_text("is", self.sink);
        let cite = self.optional_cite(&fields);
        let when = fields
            .get("when")
            .map(|when| self.when(when, Some(name), last));
        let is = self.written(&is?, index)?;
        // Without a condition, what is written was reported.
        let when = when?;
        (last || when.is_some()).then_some(())?;
        Some(Case {
            span: fields.span,
            when,
            is,
            cite,
        })
    }

    fn table(&mut self, fields: &Fields, index: usize) -> Option<Table> {
        for key in ["rows", "cells"] {
            fields.require(key, self.sink);
        }
        self.filled(fields, "cells");
        if let Some(node) = fields.get("cells")
            && !matches!(node.kind, Kind::Map(_) | Kind::Broken)
        {
            self.sink.push(wrong_type(
                node,
                "行头和它的格，每行一个",
                "`head: cells`, one on each line",
            ));
        }
        let rows = fields.text("rows", self.sink);
        let rows = rows.and_then(|rows| self.asked(&rows));
        let columns = match fields.text("columns", self.sink) {
            Some(columns) => Some(self.asked(&columns)?),
            None => None,
        };
        let heads = fields.texts("heads", self.sink);
        let rows = rows?;
        let columns = match columns {
            Some(columns) => {
                let span = fields.key_span("heads").unwrap_or(fields.span);
                Some(self.side(columns, heads, span)?)
            }
            None => None,
        };
        let wanted = columns.as_ref().map_or(1, |columns| columns.heads.len());
        let Kind::Map(lines) = &fields.get("cells")?.kind else {
            return None;
        };
        if lines.len() * wanted > MOST_CELLS {
            self.too_many(fields.span, lines.len() * wanted, MOST_CELLS);
            return None;
        }
        let span = fields.key_span("cells").unwrap_or(fields.span);
        let heads = lines.iter().map(|(head, _)| head.clone()).collect();
        let rows = self.side(rows, heads, span);
        let cells = lines
            .iter()
            .map(|(head, node)| self.row(head, node, wanted, index));
        let cells: Vec<Option<Vec<Written>>> = cells.collect();
        Some(Table {
            rows: rows?,
            columns,
            cells: cells.into_iter().collect::<Option<_>>()?,
        })
    }

    /// # Diagnostics
    /// MB0323.
    fn row(
        &mut self,
        head: &Spanned<String>,
        node: &Node,
        wanted: usize,
        index: usize,
    ) -> Option<Vec<Written>> {
        let cells: Vec<Spanned<String>> = match &node.kind {
            Kind::List(items) => items
                .iter()
                .map(|item| text(item, self.sink))
                .collect::<Option<_>>()?,
            _ => vec![text(node, self.sink)?],
        };
        if cells.len() != wanted {
            self.sink
                .push(messages::cells(head.span, cells.len(), wanted));
            return None;
        }
        let cells: Vec<Option<Written>> =
            cells.iter().map(|cell| self.written(cell, index)).collect();
        cells.into_iter().collect()
    }

    /// The heads of rows or columns, which have every answer once.
    ///
    /// # Diagnostics
    /// MB0302, MB0323.
    fn side(
        &mut self,
        question: QuestionId,
        texts: Vec<Spanned<String>>,
        span: Span,
    ) -> Option<Side> {
        let heads: Vec<Option<Head>> = texts
            .into_iter()
            .map(|text| {
                let test = self.head(question, &text)?;
                Some(Head { text, test })
            })
            .collect();
        let heads: Vec<Head> = heads.into_iter().collect::<Option<_>>()?;
        let side = Side { question, heads };
        self.every_answer_once(&side, span)?;
        Some(side)
    }

    /// What a head says of its question.
    fn head(&mut self, question: QuestionId, text: &Spanned<String>) -> Option<Test> {
        let asked = self[question].clone();
        match &asked.domain {
            Domain::Options { options, .. } => {
                let mut allowed = vec![false; options.len()];
                for word in text.value.split('、') {
                    let word = Spanned::new(word.trim().to_owned(), text.span);
                    let option = crate::answer::value_of(&asked, &word, self.sink)?;
                    if let Value::Option(option) = option {
                        allowed[option.index()] = true;
                    }
                }
                Some(Test::Options { question, allowed })
            }
            Domain::Range {
                scale,
                bounds,
                unit,
            } => {
                let range = parse_range(*scale, unit, &text.value)
                    .and_then(|(lo, hi)| Interval::new(lo, hi));
                let compared = || {
                    let (comparison, limit) = parse_compared(*scale, unit, &text.value)?;
                    comparison.interval(limit, *bounds)
                };
                let exact = || value::parse(*scale, unit, &text.value).map(Interval::exactly);
                let found = range.or_else(compared).or_else(exact);
                let found =
                    found.filter(|found| bounds.contains(found.lo) && bounds.contains(found.hi));
                let Some(found) = found else {
                    self.sink.push(messages::bad_head(text));
                    return None;
                };
                Some(Test::Within {
                    question,
                    intervals: vec![found],
                })
            }
        }
    }

    /// # Diagnostics
    /// MB0323.
    fn every_answer_once(&mut self, side: &Side, span: Span) -> Option<()> {
        let asked = self[side.question].clone();
        let message = match &asked.domain {
            Domain::Options { options, .. } => option_fault(side, options, &asked, span),
            Domain::Range { bounds, unit, .. } => range_fault(side, *bounds, unit, &asked, span),
        };
        match message {
            Some(message) => {
                self.sink.push(message);
                None
            }
            None => Some(()),
        }
    }

    /// Values may use conditions, and conditions compare values: none may use itself.
    ///
    /// # Diagnostics
    /// MB0305.
    fn find_circle(&mut self, computed: &[Computed]) {
        // A circle of conditions alone was reported.
        if self.is_circular {
            return;
        }
        let count = computed.len();
        let mut uses: Vec<Vec<usize>> = Vec::new();
        for value in computed {
            let mut used: Vec<usize> = value
                .definition
                .values()
                .iter()
                .map(|id| id.index())
                .collect();
            for root in value.definition.conditions() {
                used.extend(self.used_in(root, count));
            }
            uses.push(used);
        }
        for condition in &self.named {
            uses.push(self.used_in(condition.root, count));
        }
        if let Some(cycle) = find_cycle(&uses) {
            let name = |index: &usize| match computed.get(*index) {
                Some(value) => &value.name,
                None => &self.named[*index - count].name,
            };
            let way: Vec<&str> = cycle
                .iter()
                .map(|index| name(index).value.as_str())
                .collect();
            let message = reading::cycle(name(&cycle[0]).span, &shortened(&way));
            self.sink.push(message);
            self.is_circular = true;
        }
    }

    /// The values and named conditions that a condition uses; those of conditions after the `count` values.
    fn used_in(&self, root: ConditionId, count: usize) -> Vec<usize> {
        let named = self.named_in(Some(root)).into_iter();
        let mut used: Vec<usize> = named.map(|named| named + count).collect();
        let mut stack = vec![root];
        while let Some(condition) = stack.pop() {
            match &self.conditions[condition.index()].test {
                Test::All(list) | Test::Any(list) | Test::Members { each: list, .. } => {
                    stack.extend(list);
                }
                Test::Not(one) => stack.push(*one),
                Test::Formula { formula, .. } => {
                    used.extend(formula.values().iter().map(|value| value.index()));
                }
                _ => {}
            }
        }
        used
    }

    /// The computed values that an outcome shows.
    pub(super) fn shown_values(&mut self, fields: &Fields) -> Vec<ComputedId> {
        let mut found = Vec::new();
        for name in fields.texts("values", self.sink) {
            found.extend(self.value_of_name(&name));
        }
        found
    }

    /// # Diagnostics
    /// MB0301.
    pub(super) fn value_of_name(&mut self, name: &Spanned<String>) -> Option<ComputedId> {
        match self.meaning(&name.value) {
            Some(Name::Computed(id)) => Some(id),
            Some(_) => {
                self.sink.push(reading::not_a_value_name(name));
                None
            }
            None => {
                self.unknown_name(name);
                None
            }
        }
    }

    /// What an example expects of a value: one, or `LOW 至 HIGH`.
    ///
    /// # Diagnostics
    /// MB0301, MB0304.
    pub(super) fn expected_value(
        &mut self,
        name: &Spanned<String>,
        node: &Node,
    ) -> Option<(ComputedId, Spanned<crate::arithmetic::Extent>)> {
        let id = self.value_of_name(name)?;
        let written = text(node, self.sink)?;
        let (scale, unit) = self.headers[id.index()].clone();
        let parse = |text: &str| super::formulas::number(scale, &unit, text.trim());
        let ends = written
            .value
            .split_once('至')
            .or_else(|| written.value.split_once(" to "));
        let found = match ends {
            Some((lo, hi)) => parse(lo).zip(parse(hi)).filter(|(lo, hi)| lo <= hi),
            None => parse(&written.value).map(|one| (one, one)),
        };
        let Some((lo, hi)) = found else {
            crate::answer::not_a_value(scale, &unit, &written, self.sink);
            return None;
        };
        let extent = crate::arithmetic::Extent { lo, hi };
        Some((id, Spanned::new(extent, written.span)))
    }
}

/// The first option that no head has, or that two have.
fn option_fault(
    side: &Side,
    options: &[Choice],
    asked: &Question,
    span: Span,
) -> Option<crate::diag::Diagnostic> {
    for (index, option) in options.iter().enumerate() {
        let has =
            |head: &&Head| matches!(&head.test, Test::Options { allowed, .. } if allowed[index]);
        let mut having = side.heads.iter().filter(has);
        match (having.next(), having.next()) {
            (None, _) => return Some(messages::gap(span, asked, &option.name)),
            (Some(first), Some(second)) => {
                let message = messages::heads_overlap(&second.text, &first.text, &option.name);
                return Some(message);
            }
            _ => {}
        }
    }
    None
}

/// The first answer of a range that no head has, or that two have.
fn range_fault(
    side: &Side,
    bounds: Interval,
    unit: &str,
    asked: &Question,
    span: Span,
) -> Option<crate::diag::Diagnostic> {
    let mut parts: Vec<(Interval, &Head)> = Vec::new();
    for head in &side.heads {
        if let Test::Within { intervals, .. } = &head.test {
            parts.extend(intervals.iter().map(|interval| (*interval, head)));
        }
    }
    parts.sort_by_key(|(interval, _)| *interval);
    // The first answer that no head has so far.
    let mut open = Some(bounds.lo);
    let mut before: Option<&Head> = None;
    for (interval, head) in parts {
        match (open, before) {
            (Some(open), _) if interval.lo > open => {
                return Some(messages::gap(span, asked, &show(unit, open)));
            }
            (open, Some(before)) if open.is_none_or(|open| interval.lo < open) => {
                let at = show(unit, interval.lo);
                return Some(messages::heads_overlap(&head.text, &before.text, &at));
            }
            _ => {}
        }
        open = interval.hi.next();
        before = Some(head);
    }
    let open = open.filter(|open| *open <= bounds.hi)?;
    Some(messages::gap(span, asked, &show(unit, open)))
}
