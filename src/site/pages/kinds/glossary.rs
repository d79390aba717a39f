//! Terms of banks and offices in plain words.

use super::{Ask, Draft, PageKind};
use crate::atlas::{Facts, routes};
use crate::diag::Sink;
use crate::pages::glossary;
use crate::pages::plan::Plan;

#[derive(Debug)]
struct Glossary;

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    if !plan.facts.glossary().is_empty() {
        plan.add(Glossary);
    }
}

impl PageKind for Glossary {
    fn path(&self, _: &Facts) -> String {
        routes::GLOSSARY.into()
    }

    fn draft(&self, ask: &Ask, _: &mut Sink) -> Option<Draft> {
        let view = glossary::view(ask.facts);
        let description = "名词解释：文件和银行常用的词，用平常话说一遍。";
        Some(Draft::new("glossary.html", "术语", description, &view))
    }
}
