//! A notice: its points, its facts and its official text.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::{Ask, Draft, document_draft};
use crate::atlas::routes;
use crate::diag::Sink;
use crate::model::{Code, Document, DocumentId, Notice};
use crate::pages::documents::Made;
use crate::pages::life;
use crate::pages::linked::{self, Graph, Head, Node};
use crate::pages::notices;
use crate::pages::parts;

/// The page of a notice.
pub fn draft(ask: &Ask, index: DocumentId, notice: &Notice, sink: &mut Sink) -> Draft {
    let document = ask.facts.document(index);
    if let Some(withdrawn) = &document.life.withdrawn {
        let view = life::tombstone(ask.facts, index, notice, withdrawn);
        let made = Made {
            view,
            links: Vec::new(),
        };
        return Draft {
            template: "withdrawn.html",
            ..document_draft(document, "本站已经撤下。", made)
        };
    }
    let made = notices::notice(ask.facts, ask.today, index, notice, ask.root, sink);
    let number = notice.number.as_ref();
    let number = number.map_or_else(String::new, |n| format!("{}。", n.value));
    document_draft(document, &number, made)
}

/// Adds the notice itself and its windows.
pub fn linked(graph: Graph, ask: &Ask, head: &Head, index: DocumentId, notice: &Notice) -> Graph {
    // Nothing is left to describe.
    if ask.facts.document(index).life.withdrawn.is_some() {
        return graph;
    }
    graph
        .and(legislation(ask, head, index, notice))
        .extend(linked::events(ask.facts, index))
}

/// The notice as `Legislation`.
fn legislation(ask: &Ask, head: &Head, index: DocumentId, notice: &Notice) -> Value {
    let facts = ask.facts;
    let today = ask.today;
    let document = facts.document(index);
    let address = |index| head.address(&routes::document(facts, index));
    let place = document
        .place
        .map(|place| linked::area(facts, place, false));
    // Only what the document's own terms say; the others are not declared in force by us.
    let force = match parts::document_state(today, document).code {
        Code::InForce => Some("https://schema.org/InForce"),
        Code::Closed | Code::Upcoming | Code::Repealed | Code::Replaced => {
            Some("https://schema.org/NotInForce")
        }
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
    let ended = facts.ended_by(index).iter();
    let ended = ended.map(|&notice| json!(address(notice)));
    let made = facts.made_from(index).iter();
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
        .maybe("expires", expires(document, notice).map(|d| d.to_string()))
        .maybe("legislationLegalForce", force)
        .list(
            "legislationPassedBy",
            linked::organizations(&notice.issuers),
        )
        .maybe("legislationJurisdiction", place)
        .list("keywords", linked::topics(facts, document))
        .list("citation", citations.collect())
        .list("legislationRepeals", ended.collect())
        .list("workExample", made.collect());
    node.done()
}

/// The last day of a document: its own, or the one before it was ended.
fn expires(document: &Document, notice: &Notice) -> Option<Date> {
    let ending = document
        .ending
        .and_then(|ending| ending.since.yesterday().ok());
    notice.expires.into_iter().chain(ending).min()
}
