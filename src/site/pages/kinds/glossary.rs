//! Terms of banks and offices in plain words.

use super::{Ask, Draft, PageKind, sources};
use crate::atlas::Atlas;
use crate::diag::{Sink, SourceId};
use crate::pages::glossary;
use crate::pages::plan::Plan;

#[derive(Debug)]
struct Glossary;

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    if !plan.atlas.model.glossary.is_empty() {
        plan.add(Glossary);
    }
}

impl PageKind for Glossary {
    fn path(&self, _: &Atlas) -> String {
        glossary::PATH.into()
    }

    fn inputs(&self, atlas: &Atlas) -> Vec<SourceId> {
        let terms = atlas.model.glossary.iter();
        let defined = terms.filter_map(|term| term.defined.as_ref());
        let cited = defined.map(|defined| defined.source.value);
        let mut from = sources(atlas, cited);
        from.extend(atlas.sources.find("data/glossary.yaml").map(|(id, _)| id));
        from
    }

    fn draft(&self, ask: &Ask, _: &mut Sink) -> Option<Draft> {
        let view = glossary::view(ask.atlas);
        let description = "名词解释：文件和银行常用的词，用平常话说一遍。";
        Some(Draft::new("glossary.html", "术语", description, &view))
    }
}
