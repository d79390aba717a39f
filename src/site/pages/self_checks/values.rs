//! Computed values in words: formulas as they are written, cases line by line, tables as tables.

use super::plain::plain;
use super::{Builder, CaseView, TableRowView, TableView, ValueView, conditions};
use crate::rules::formula::{ComputedId, Definition, Side, Table};
use crate::rules::value::Scale;

impl Builder<'_> {
    /// A computed value and how it is worked out.
    pub(super) fn value(&self, id: ComputedId) -> ValueView {
        let computed = &self.check[id];
        let language = self.check.language;
        let mut view = ValueView {
            index: id.index(),
            name: computed.name.value.clone(),
            ask: computed.ask.clone(),
            unit: match computed.scale {
                Scale::Date => String::new(),
                Scale::Number | Scale::Money | Scale::Decimal => computed.unit.clone(),
            },
            formula: None,
            words: computed.name.value.clone(),
            cases: Vec::new(),
            table: None,
            cite: self.cite(&computed.cite),
        };
        match &computed.definition {
            Definition::Formula(written) => {
                view.words = plain(language, &written.text.value);
                view.formula = Some(written.text.value.clone());
            }
            Definition::Cases(cases) => {
                let cases = cases.iter().map(|case| CaseView {
                    when: case.when.map_or_else(
                        || language.of("其余", "otherwise").to_owned(),
                        |when| conditions::whole(self.check, when),
                    ),
                    is: case.is.text.value.clone(),
                    cite: case.cite.as_ref().map(|cite| self.cite(cite)),
                });
                view.cases = cases.collect();
            }
            Definition::Table(table) => view.table = Some(self.table(table)),
        }
        view
    }

    fn table(&self, table: &Table) -> TableView {
        let name = |side: &Side| self.check[side.question].name.value.clone();
        let heads = |side: &Side| -> Vec<String> {
            let heads = side.heads.iter();
            heads.map(|head| head.text.value.clone()).collect()
        };
        let corner = match &table.columns {
            Some(columns) => self
                .check
                .language
                .list(&[name(&table.rows), name(columns)]),
            None => name(&table.rows),
        };
        let rows = heads(&table.rows).into_iter().zip(&table.cells);
        TableView {
            corner,
            heads: table.columns.as_ref().map(heads).unwrap_or_default(),
            rows: rows
                .map(|(head, cells)| TableRowView {
                    head,
                    cells: cells.iter().map(|cell| cell.text.value.clone()).collect(),
                })
                .collect(),
        }
    }
}
