//! A notice: its points, its facts and its official text.

use crate::pages::common;
use serde_json::{Value, json};

use super::{Ask, Draft, PageKind, document_draft, document_graph, first_point};
use crate::atlas::Facts;
use crate::atlas::routes;
use crate::diag::{Sink, Span};
use crate::model::{Code, DocumentId, Kind};
use crate::pages::documents;
use crate::pages::linked::{self, Graph, Head, Node};
use crate::pages::plan::Plan;

/// The page of a document, by its id.
#[derive(Debug)]
struct NoticePage(DocumentId);

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    for index in plan.facts.documents() {
        if matches!(plan.facts.document(index).kind, Kind::Notice(_)) {
            plan.add(NoticePage(index));
        }
    }
}

impl PageKind for NoticePage {
    fn path(&self, facts: &Facts) -> String {
        routes::document(facts, self.0)
    }

    fn origin(&self, facts: &Facts) -> Option<Span> {
        Some(Span::new(facts.document(self.0).source, 0..0))
    }

    fn draft(&self, ask: &Ask, sink: &mut Sink) -> Option<Draft> {
        let document = ask.facts.document(self.0);
        let Kind::Notice(notice) = &document.kind else {
            return None;
        };
        let made = documents::notice(ask.facts, ask.today(), self.0, notice, ask.root, sink);
        let number = notice
            .number
            .as_ref()
            .map_or_else(String::new, |n| format!("{}。", n.value));
        let description = format!("{number}{}", first_point(document));
        Some(document_draft(
            document,
            &description,
            &made.view,
            made.links,
        ))
    }

    fn linked(&self, ask: &Ask, head: &Head) -> Graph {
        document_graph(ask, head, self.0)
            .maybe_and(self.legislation(ask, head))
            .extend(linked::events(ask.facts, self.0))
    }
}

impl NoticePage {
    /// The notice as `Legislation`.
    fn legislation(&self, ask: &Ask, head: &Head) -> Option<Value> {
        let facts = ask.facts;
        let today = ask.today();
        let document = facts.document(self.0);
        let Kind::Notice(notice) = &document.kind else {
            return None;
        };
        let address = |index| head.address(&routes::document(facts, index));
        let place = document
            .place
            .map(|place| linked::area(facts, place, false));
        // Only what the document's own terms say; the others are not declared in force by us.
        let force = match common::document_state(today, document).code {
            Code::InForce => Some("https://schema.org/InForce"),
            Code::Closed | Code::Upcoming => Some("https://schema.org/NotInForce"),
            _ => None,
        };
        let citations = notice.cites.iter().map(|cited| {
            Node::new("Legislation")
                .with("name", cited.title.value.as_str())
                .maybe(
                    "legislationIdentifier",
                    cited.number.as_ref().map(|n| n.value.as_str()),
                )
                .maybe(
                    "url",
                    cited.notice.as_ref().map(|notice| address(notice.value)),
                )
                .done()
        });
        let made = facts.made_from(self.0).iter();
        let made = made.map(|&data| json!(address(data)));
        let node = Node::new("Legislation")
            .with("@id", head.own())
            .with("url", head.canonical)
            .with("name", document.title.value.as_str())
            .with("inLanguage", "zh-CN")
            .maybe(
                "legislationIdentifier",
                notice.number.as_ref().map(|n| n.value.as_str()),
            )
            .maybe("legislationType", notice.genre.map(|g| g.text()))
            .maybe("legislationDate", notice.issued.map(|d| d.to_string()))
            .maybe("datePublished", notice.published.map(|d| d.to_string()))
            .maybe(
                "legislationDateOfApplicability",
                notice.in_force.map(|d| d.to_string()),
            )
            .maybe("expires", notice.expires.map(|d| d.to_string()))
            .maybe("legislationLegalForce", force)
            .list(
                "legislationPassedBy",
                linked::organizations(&notice.issuers),
            )
            .maybe("legislationJurisdiction", place)
            .list("keywords", linked::topics(facts, document))
            .list("citation", citations.collect())
            .list("workExample", made.collect());
        Some(node.done())
    }
}
