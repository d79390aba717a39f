//! Views of notices.

use std::cell::Cell;
use std::collections::HashMap;
use std::ops::Range;

use jiff::civil::Date;

use super::documents::{Made, summary};
use super::found::{Mark, Marks};
use super::official;
use super::parts::{self, day_view};
use super::texts::text;
use super::view::*;
use crate::atlas::Facts;
use crate::atlas::routes;
use crate::diag::Sink;
use crate::model::{Attachment, Audience, DocumentId, Ended, Kind, Notice};

/// The page of a notice.
pub fn notice(
    facts: &Facts,
    today: Date,
    index: DocumentId,
    notice: &Notice,
    root: &str,
    sink: &mut Sink,
) -> Made<NoticeView> {
    let document = facts.document(index);
    let mut marks: Vec<(Range<usize>, Mark)> = Vec::new();
    let mut slips = Vec::new();
    if let Some(body) = facts.body(index) {
        for slip in &document.slips {
            // Mistakes of this site are in the box above the page.
            let Some(clause) = slip.clause else {
                continue;
            };
            let number = marks.len() + 1;
            marks.push((
                body.clauses[clause].blocks.clone(),
                Mark {
                    printed: slip.printed.value.clone(),
                    right: slip.right.clone(),
                    number,
                    named: Cell::new(false),
                },
            ));
            let anchor = &body.clauses[clause];
            slips.push(SlipView {
                id: format!("slip-{number}"),
                note_id: Some(format!("slip-note-{number}")),
                printed: slip.printed.value.clone(),
                right: slip.right.clone(),
                why: slip.why.clone(),
                since: facts.since(index, slip),
                cite: CiteView {
                    url: format!("{}#slip-{number}", routes::document(facts, index)),
                    label: anchor.label.clone(),
                    notice: facts.short_title(index),
                    ..CiteView::default()
                },
            });
        }
    }
    let marks = Marks::new(marks);
    let out = facts
        .body(index)
        .map(|body| text(facts, body, root, Some(&marks), 3, false, sink))
        .unwrap_or_default();
    let mut links = out.links;
    let made = facts.made_from(index);
    let mut windows = parts::windows_of(facts, today, index);
    for &data in made {
        windows.extend(parts::windows_of(facts, today, data));
    }
    let summary = summary(facts, index, root, &document.summary, &mut links, sink);
    let cited_by = facts.cited_by(index);
    let (text, annexes) = official::split(out.blocks);
    let numbers = numbers_within(&notice.attachments);
    let mut view = NoticeView {
        life: super::life::of(facts, index),
        checks: super::self_checks::citing(facts, index),
        leaflet: super::leaflets::address(facts, index).unwrap_or_default(),
        id: document.id.clone(),
        title: document.title.value.clone(),
        kind: notice
            .genre
            .map_or_else(String::new, |g| g.text().to_owned()),
        number: notice.number.as_ref().map(|n| n.value.clone()),
        letterhead: notice.letterhead.clone(),
        issuers: notice.issuers.clone(),
        addressees: notice.addressees.clone(),
        copies: notice.copies.clone(),
        issued: notice.issued.map(day_view),
        printed: notice.printed_on.map(day_view),
        publicity: notice.publicity.map(|p| p.text().to_owned()),
        release: notice.release.as_ref().map(|r| ReleaseView {
            by: r.by.clone(),
            on: day_view(r.on),
            basis: r.basis.clone(),
        }),
        state: parts::document_state(today, document),
        meta: meta(facts, today, index, notice),
        summary,
        toc: out.toc,
        sections: Vec::new(),
        text,
        annexes,
        windows,
        students: parts::deadlines_for(facts, today, index, Audience::Students),
        offices: parts::deadlines_for(facts, today, index, Audience::Offices),
        cites: notice
            .cites
            .iter()
            .map(|cited| {
                let target = cited.notice.as_ref().map(|notice| notice.value);
                CitedView {
                    number: cited.number.as_ref().map(|n| n.value.clone()),
                    title: cited.title.value.clone(),
                    page: target.map(|t| facts.document_link(t)),
                    state: target.map(|t| parts::document_state(today, facts.document(t))),
                    note: cited.note.clone(),
                    cite: facts.cite(&cited.cite),
                }
            })
            .collect(),
        cited_by: cited_by
            .iter()
            .map(|&(i, _)| parts::item(facts, today, i))
            .collect(),
        attachments: notice
            .attachments
            .iter()
            .enumerate()
            .map(|(i, attachment)| {
                let part = attachment.part.and_then(|clause| {
                    let clauses = facts.clauses(index)?;
                    Some(Link {
                        url: format!(
                            "{}#{}",
                            routes::document(facts, index),
                            clauses[clause].anchor
                        ),
                        text: "本页".into(),
                    })
                });
                let data = attachment
                    .data
                    .as_ref()
                    .map(|data| facts.document_link(data.value));
                let file = attachment.file.as_ref().map(|file| Link {
                    url: file.value.clone(),
                    text: "文件".into(),
                });
                AttachmentView {
                    number: numbers[i],
                    title: attachment.title.value.clone(),
                    within: attachment.within.as_ref().map(|w| w.value.clone()),
                    link: part.or(file).or(data),
                    note: attachment.note.clone(),
                }
            })
            .collect(),
        contacts: document
            .contacts
            .iter()
            .map(|c| parts::contact(facts, c))
            .collect(),
        slips,
        omitted: notice
            .omitted
            .iter()
            .map(|o| OmittedView {
                what: o.what.clone(),
                why: o.why.clone(),
                cite: o.cite.as_ref().map(|c| facts.cite(c)),
            })
            .collect(),
        data_pages: made.iter().map(|&i| facts.document_link(i)).collect(),
        source: notice.provenance.clone(),
        checked: document.checked.as_ref().map(|c| day_view(c.on)),
        checked_by: document.checked.as_ref().and_then(|c| c.by.clone()),
        cover: cover(&notice.attachments, &numbers),
        has_code: out.has_code,
    };
    view.sections = official::sections(&view);
    Made { view, links }
}

/// The number of each attachment: numbers count up from 1 within the document's own list and within that of each annex.
fn numbers_within(attachments: &[Attachment]) -> Vec<u32> {
    let mut counts: HashMap<Option<&str>, u32> = HashMap::new();
    let numbers = attachments.iter().map(|attachment| {
        let list = attachment
            .within
            .as_ref()
            .map(|within| within.value.as_str());
        let count = counts.entry(list).or_default();
        *count += 1;
        *count
    });
    numbers.collect()
}

/// The attachments of the document itself, as they are listed below its text.
fn cover(attachments: &[Attachment], numbers: &[u32]) -> Vec<CoverLine> {
    let own = attachments.iter().zip(numbers);
    let own = own.filter(|(attachment, _)| attachment.within.is_none());
    let one = own.clone().count() == 1;
    own.map(|(attachment, number)| CoverLine {
        number: (!one).then_some(*number),
        title: attachment.title.value.clone(),
    })
    .collect()
}

/// The rows that government sites show of a document, in their order.
fn meta(facts: &Facts, today: Date, index: DocumentId, notice: &Notice) -> Vec<MetaRow> {
    let document = facts.document(index);
    let row = |name, value: Option<String>| MetaRow {
        name,
        value,
        links: Vec::new(),
        iso: None,
        state: None,
        note: None,
    };
    let day = |name, day: Option<Date>| MetaRow {
        iso: day.map(|d| d.to_string()),
        ..row(name, day.map(|d| day_view(d).text))
    };
    let joined = |list: &[String]| (!list.is_empty()).then(|| list.join("、"));
    let topics: Vec<Link> = document
        .topics
        .iter()
        .copied()
        .map(|i| Link {
            url: routes::topic(facts, i, 1),
            text: facts.topic(i).name.clone(),
        })
        .collect();
    // A number that the text itself does not give may be known from a document that cites it.
    let number_note = notice.number.is_none().then(|| {
        let mut citing = facts.cited_by(index).iter();
        citing.find_map(|&(from, i)| {
            let Kind::Notice(other) = &facts.document(from).kind else {
                return None;
            };
            let number = other.cites[i].number.as_ref()?;
            let from = facts.short_title(from);
            Some(format!("{from}以“{}”引用本文", number.value))
        })
    });
    let mut rows = vec![
        row("索引号", notice.index_number.clone()),
        MetaRow {
            links: topics,
            ..row("主题分类", None)
        },
        row("发文机关", joined(&notice.issuers)),
        day("成文日期", notice.issued),
        row("标题", Some(document.title.value.clone())),
        MetaRow {
            note: number_note.flatten(),
            ..row("发文字号", notice.number.as_ref().map(|n| n.value.clone()))
        },
        day("印发日期", notice.printed_on),
        day("发布日期", notice.published),
        row("公开方式", notice.publicity.map(|p| p.text().to_owned())),
        MetaRow {
            state: Some(parts::document_state(today, document)),
            ..row("有效性", None)
        },
    ];
    if let Some(place) = document.place {
        rows.push(MetaRow {
            links: vec![facts.place_link(place)],
            ..row("适用地区", None)
        });
    }
    if let Some(year) = document.year() {
        rows.push(row("适用年度", Some(format!("{year}年"))));
    }
    let ended = |ended: &Option<Ended>| ended.as_ref().map(|ended| ended.since.value);
    for (name, value) in [
        ("施行日期", notice.in_force),
        ("失效日期", notice.expires),
        ("废止日期", ended(&document.life.repealed)),
        ("被代替日期", ended(&document.life.replaced)),
    ] {
        if value.is_some() {
            rows.push(day(name, value));
        }
    }
    rows.extend(notice.consents.iter().map(parts::consent_row));
    rows
}
