//! What pages say of the life of a document: banners of what was repealed or replaced, corrections of this site, and what is left of a
//! document that was withdrawn.
//!
//! Comes in: the facts. Goes out: views. The states themselves are in `model/status.rs`.

use super::parts::day_view;
use super::view::*;
use crate::atlas::{Facts, routes};
use crate::model::{Document, DocumentId, End, Ending, Kind, Notice, Slip, Whose, Withdrawn};

/// What is said of a document on its own page, and on pages that show what it says.
pub fn of(facts: &Facts, index: DocumentId) -> LifeView {
    let document = facts.document(index);
    let own = facts.text_of(index) == index;
    let ended = match own {
        true => ended_of(facts, index, None),
        false => based_on(facts, facts.text_of(index), "本页"),
    };
    let ends = match own {
        true => facts.ended_by(index),
        false => &[],
    };
    LifeView {
        ended,
        ends: ends.iter().map(|&one| facts.document_link(one)).collect(),
        corrections: corrections(document),
    }
}

/// What is said of the notice that something is based on, if it no longer holds.
pub fn based_on(facts: &Facts, notice: DocumentId, what: &str) -> Vec<EndedView> {
    ended_of(facts, notice, Some(what))
}

/// By what a notice was ended; `what`: the page that is based on it.
fn ended_of(facts: &Facts, notice: DocumentId, what: Option<&str>) -> Vec<EndedView> {
    let Some(ended) = facts.ended(notice) else {
        return Vec::new();
    };
    let since = day_view(ended.since.value).text;
    let (passive, verb) = words(ended.end);
    let subject = match what {
        None => "本文件".to_owned(),
        Some(what) => format!("{what}依据的《{}》", facts.short_title(notice)),
    };
    vec![EndedView {
        head: format!("{subject}自{since}起{passive}"),
        verb,
        notice: what.map(|_| facts.document_link(notice)),
        by: match &ended.by {
            Some(by) => facts.document_link(by.value),
            None => Link {
                url: String::new(),
                text: ended.title.clone().unwrap_or_default(),
            },
        },
        number: match &ended.by {
            Some(by) => match &facts.document(by.value).kind {
                Kind::Notice(notice) => notice.number.as_ref().map(|number| number.value.clone()),
                _ => None,
            },
            None => ended.number.clone(),
        },
        note: ended.note.clone(),
        cite: ended.cite.as_ref().map(|cite| facts.cite(cite)),
    }]
}

/// How an end is said of a document, and of the one that ended it.
pub fn words(end: End) -> (&'static str, &'static str) {
    match end {
        End::Repealed => ("废止", "废止"),
        End::Replaced => ("被代替", "代替"),
    }
}

/// A sentence on an end: `自2024年7月1日起废止，见《…》`.
pub fn sentence(facts: &Facts, ending: Ending) -> String {
    let since = day_view(ending.since).text;
    let (passive, _) = words(ending.end);
    let by = match facts.ended(ending.notice) {
        Some(ended) => match &ended.by {
            Some(by) => facts.document(by.value).title.value.clone(),
            None => ended.title.clone().unwrap_or_default(),
        },
        None => String::new(),
    };
    let name = facts.short_title(ending.notice);
    format!("《{name}》自{since}起{passive}，现在看《{by}》。")
}

/// Corrections of this site, the newest first.
fn corrections(document: &Document) -> Vec<CorrectionView> {
    let slips = document.slips.iter().enumerate();
    let own = slips.filter(|(_, slip)| slip.whose == Whose::Site);
    let mut own: Vec<(usize, &Slip)> = own.collect();
    own.sort_by_key(|(number, slip)| (std::cmp::Reverse(slip.on), *number));
    let view = |(number, slip): (usize, &Slip)| {
        Some(CorrectionView {
            id: routes::correction(number),
            on: day_view(slip.on?),
            what: slip.what.clone(),
            printed: slip.printed.value.clone(),
            right: slip.right.clone(),
            why: slip.why.clone(),
        })
    };
    own.into_iter().filter_map(view).collect()
}

/// The page of a notice that was withdrawn.
pub fn tombstone(
    facts: &Facts,
    index: DocumentId,
    notice: &Notice,
    withdrawn: &Withdrawn,
) -> WithdrawnView {
    let document = facts.document(index);
    WithdrawnView {
        title: document.title.value.clone(),
        kind: notice
            .genre
            .map_or_else(String::new, |genre| genre.text().to_owned()),
        number: notice.number.as_ref().map(|number| number.value.clone()),
        issuers: notice.issuers.clone(),
        issued: notice.issued.map(day_view),
        on: day_view(withdrawn.on),
        by: withdrawn.by.clone(),
        why: withdrawn.why.clone(),
        contact: facts.site().contact.clone(),
        life: of(facts, index),
    }
}
