//! Leaflets (明白卡): one A4 page for each schedule, notice and self-check, to pin to a wall or take away.
//!
//! Comes in: the facts, and a document or a self-check. Goes out: [`LeafletView`]. Steps: collect what is said, in the
//! order in which people ask for it, and list what the text leaves open ([`schedule`], [`notice`], [`check`]) -> keep what fits on
//! the page ([`fit`]) and say what does not -> draw the QR code of the web page ([`qr`], [`sheet`]).
//!
//! A leaflet says nothing that its web page does not say, and every item has its clause. What concerns only offices is left
//! to the web page: leaflets are for students and parents.

mod check;
mod fit;
mod items;
mod notice;
mod qr;
mod schedule;
mod sheet;

use jiff::civil::Date;

use super::view::LeafletView;
use crate::atlas::{Facts, routes};
use crate::model::{DocumentId, Kind};

/// The leaflet of a document; pilot lists and assessments have none.
pub fn document(facts: &Facts, today: Date, index: DocumentId) -> Option<LeafletView> {
    let sheet = match &facts.document(index).kind {
        Kind::Notice(notice) => notice::sheet(facts, today, index, notice),
        Kind::Schedule(schedule) => schedule::sheet(facts, today, index, schedule),
        Kind::Pilots(_) | Kind::Assessment(_) => return None,
    };
    Some(sheet.lay_out(facts, today))
}

/// The leaflet of a self-check.
pub fn check(facts: &Facts, today: Date, index: usize) -> LeafletView {
    check::sheet(facts, index).lay_out(facts, today)
}

/// Whether a document has a leaflet. A notice of which a leaflet could only repeat the headings has none.
pub fn has(facts: &Facts, index: DocumentId) -> bool {
    match &facts.document(index).kind {
        Kind::Notice(notice) => notice::says_something(facts, index, notice),
        Kind::Schedule(_) => true,
        Kind::Pilots(_) | Kind::Assessment(_) => false,
    }
}

/// The address of the leaflet of a document, if it has one.
pub fn address(facts: &Facts, index: DocumentId) -> Option<String> {
    has(facts, index).then(|| routes::leaflet(&routes::document(facts, index)))
}
