//! Views of documents: notice, pilot list, schedule, assessment, and pages of plain text.

use crate::pages::parts;
use std::cell::Cell;
use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;

use super::glossary;
use super::guide;
use super::markdown::{self, Context, InternalLink, Mark};
use super::official;
use super::parts::day_view;
use super::view::*;
use crate::atlas::Facts;
use crate::atlas::routes;
use crate::diag::Sink;
use crate::model::{
    Attachment, Audience, BlockKind, Body, ClauseId, Document, DocumentId, Kind, Notice, Point,
    Schedule, TextPage, window_course,
};

/// A text rendered for a page, with the links to check.
#[derive(Debug, Default)]
pub struct TextOut {
    pub blocks: Vec<BlockView>,
    pub toc: Vec<TocItem>,
    pub links: Vec<InternalLink>,
    pub has_code: bool,
}

/// Renders a text. `marks` are the slips by the clause that contains them; `base` is the level of the outermost headings.
pub fn text(
    facts: &Facts,
    body: &Body,
    root: &str,
    marks: &[(ClauseId, Mark)],
    base: u8,
    sink: &mut Sink,
) -> TextOut {
    let source = facts.text(body.source);
    let mut out = TextOut::default();
    // Heading levels of the open clauses: the next heading is one below its nearest ancestor that has one.
    let mut levels: BTreeMap<ClauseId, u8> = BTreeMap::new();
    let mut anchors = HashSet::new();
    let mut caption = String::new();
    let mut last_level = base.saturating_sub(1);
    for (number, block) in body.blocks.iter().enumerate() {
        let clause = &body.clauses[block.clause];
        let first = clause.blocks.start == number;
        let (mut above, mut at) = (None, clause.parent);
        while let Some(parent) = at {
            above = above.or(levels.get(&parent).copied());
            at = body.clauses[parent].parent;
        }
        let active: Vec<&Mark> = marks
            .iter()
            .filter(|(c, _)| body.clauses[*c].blocks.contains(&number))
            .map(|(_, mark)| mark)
            .collect();
        let words = source[block.whole()].trim();
        let context = Context {
            source: body.source,
            text: source,
            root,
            marks: &active,
            caption: if caption.is_empty() { "表" } else { &caption },
            terms: &[],
        };
        let attachments = words.starts_with("附件：") || words.starts_with("附件:");
        let rendered = match block.kind {
            BlockKind::Markdown => markdown::blocks(block.text.clone(), &context, sink),
            _ => markdown::inline(block.text.clone(), attachments, &context, sink),
        };
        let heading = match block.kind {
            BlockKind::Heading(level) => {
                let level = (level.saturating_sub(2) + base)
                    .clamp(base, last_level + 1)
                    .min(6);
                last_level = level;
                Some(level)
            }
            _ if block.is_heading => {
                let level = above.map_or(base, |l| l + 1).min(6);
                levels.insert(block.clause, level);
                last_level = level;
                Some(level)
            }
            _ => None,
        };
        let named = first && clause.level == crate::model::clause::Level::Part && clause.number > 0;
        let id = if !named && let BlockKind::Heading(_) = block.kind {
            Some(heading_anchor(
                &plain(&source[block.text.clone()]),
                &mut anchors,
            ))
        } else {
            first.then(|| clause.anchor.clone())
        };
        if heading.is_some() || !matches!(block.kind, BlockKind::Markdown) {
            caption = source[block.text.clone()]
                .trim()
                .trim_end_matches(['：', ':', '。'])
                .chars()
                .take(40)
                .collect();
        }
        if let Some(level) = heading {
            let marker = source[block.marker.clone()].trim();
            let text = format!(
                "{marker}{}{}",
                if marker.ends_with(['章', '节', '条']) {
                    " "
                } else {
                    ""
                },
                plain(&source[block.text.clone()])
            );
            if let Some(id) = &id {
                out.toc.push(TocItem {
                    id: id.clone(),
                    text,
                    depth: level.saturating_sub(base) + 1,
                });
            }
        } else if first
            && clause.heading.is_some()
            && block.kind == BlockKind::Clause
            && clause.level <= crate::model::clause::Level::Bracketed
        {
            let text = format!(
                "{}{}",
                source[block.marker.clone()].trim(),
                clause.heading.as_deref().map(plain).unwrap_or_default()
            );
            let level = above.map_or(1, |l| l.saturating_sub(base) + 2);
            out.toc.push(TocItem {
                id: clause.anchor.clone(),
                text,
                depth: level,
            });
        }
        out.has_code |= rendered.has_code;
        out.links.extend(rendered.links);
        let run_in_range = block.run_in.clone();
        let run_in = if run_in_range.is_empty() {
            String::new()
        } else {
            plain(&source[run_in_range])
        };
        let label = match block.kind {
            BlockKind::Heading(_) => plain(&source[block.text.clone()]),
            _ => clause.label.clone(),
        };
        let marker = source[block.marker.clone()].trim();
        out.blocks.push(BlockView {
            id,
            kind: match block.kind {
                BlockKind::Part => BlockSort::Part,
                BlockKind::Clause => BlockSort::Clause,
                BlockKind::Paragraph => BlockSort::Para,
                BlockKind::Heading(_) => BlockSort::Heading,
                BlockKind::Markdown => BlockSort::Html,
            },
            heading,
            marker: marker.to_owned(),
            face: official::face(clause.level, marker),
            run_in,
            html: rendered.html,
            label,
        });
    }
    out
}

/// The anchor of a heading without a number, made of its words: it stays where it is when a heading is added before it. Of headings with
/// the same words, the later ones are counted.
fn heading_anchor(words: &str, used: &mut HashSet<String>) -> String {
    /// The most characters of a heading that an address has.
    const MOST: usize = 40;
    let pieces = words.split(|c: char| !c.is_alphanumeric());
    let pieces: Vec<&str> = pieces.filter(|piece| !piece.is_empty()).collect();
    let slug: String = pieces.join("-").to_lowercase().chars().take(MOST).collect();
    let plain = format!("s-{slug}");
    let mut anchor = plain.clone();
    let mut count = 1;
    while !used.insert(anchor.clone()) {
        count += 1;
        anchor = format!("{plain}-{count}");
    }
    anchor
}

/// Words without Markdown marks.
fn plain(words: &str) -> String {
    words.trim().replace(['*', '`', '\\'], "")
}

/// What a finished document page needs in addition to its view.
#[derive(Debug)]
pub struct Made<T> {
    pub view: T,
    pub links: Vec<InternalLink>,
}

/// The summary of a document in plain language.
pub fn summary(
    facts: &Facts,
    index: DocumentId,
    root: &str,
    points: &[Point],
    links: &mut Vec<InternalLink>,
    sink: &mut Sink,
) -> Vec<SummaryView> {
    let document = facts.document(index);
    let source = facts.text(document.source);
    let terms = glossary::links(facts);
    points
        .iter()
        .map(|point| {
            // The value may be quoted or folded in the file: render the value, and report at the whole of it.
            let context = Context {
                source: document.source,
                text: &point.text.value,
                root,
                marks: &[],
                caption: "",
                terms: &terms,
            };
            let mut own = Sink::default();
            let rendered = markdown::inline(0..point.text.value.len(), false, &context, &mut own);
            for mut diagnostic in own.into_reported() {
                diagnostic.span = point.text.span;
                sink.push(diagnostic);
            }
            debug_assert!(point.text.span.range().end <= source.len());
            links.extend(rendered.links.into_iter().map(|link| InternalLink {
                span: point.text.span,
                ..link
            }));
            SummaryView {
                html: rendered.html,
                who: point.audience.clone(),
                cite: facts.cite(&point.cite),
            }
        })
        .collect()
}

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
    let mut marks: Vec<(ClauseId, Mark)> = Vec::new();
    let mut slips = Vec::new();
    if let Some(body) = &document.body {
        for slip in &document.slips {
            let Some(clause) = slip.clause else {
                continue;
            };
            let number = marks.len() + 1;
            marks.push((
                clause,
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
    let out = document
        .body
        .as_ref()
        .map(|body| text(facts, body, root, &marks, 3, sink))
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
    let mut view = NoticeView {
        checks: super::self_checks::citing(facts, index),
        leaflet: routes::leaflet(&routes::document(facts, index)),
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
                    let body = document.body.as_ref()?;
                    Some(Link {
                        url: format!(
                            "{}#{}",
                            routes::document(facts, index),
                            body.clauses[clause].anchor
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
                    number: number_within(&notice.attachments, i),
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
        cover: cover(&notice.attachments),
        has_code: out.has_code,
    };
    view.sections = official::sections(&view);
    Made { view, links }
}

/// Numbers count up from 1 within the document's own list and within that of each annex.
fn number_within(attachments: &[Attachment], index: usize) -> u32 {
    let list = attachments[index].within.as_ref().map(|w| &w.value);
    let before = attachments[..index]
        .iter()
        .filter(|a| a.within.as_ref().map(|w| &w.value) == list)
        .count();
    u32::try_from(before + 1).unwrap_or(u32::MAX)
}

/// The attachments of the document itself, as they are listed below its text.
fn cover(attachments: &[Attachment]) -> Vec<CoverLine> {
    let own = (0..attachments.len()).filter(|&i| attachments[i].within.is_none());
    let one = own.clone().count() == 1;
    own.map(|i| CoverLine {
        number: (!one).then(|| number_within(attachments, i)),
        title: attachments[i].title.value.clone(),
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
    for (name, value) in [("施行日期", notice.in_force), ("失效日期", notice.expires)] {
        if value.is_some() {
            rows.push(day(name, value));
        }
    }
    rows.extend(notice.consents.iter().map(parts::consent_row));
    rows
}

pub(super) fn source_item(facts: &Facts, today: Date, index: DocumentId) -> DocItem {
    parts::item(facts, today, facts.text_of(index))
}

pub(super) fn place_of(facts: &Facts, document: &Document) -> Link {
    document
        .place
        .map_or_else(Link::default, |p| facts.place_link(p))
}

/// The day from which on everything is over that a schedule arranges: its windows, or where it has none, its sessions.
/// Nothing if that day never comes.
pub fn over_since(document: &Document, schedule: &Schedule) -> Option<Date> {
    if document.windows.is_empty() {
        let last = schedule.sessions.iter().map(|session| session.date).max();
        return last.and_then(|day| day.tomorrow().ok());
    }
    let windows = document.windows.iter().map(window_course);
    let days: Option<Vec<Date>> = windows.map(|course| course.over_since()).collect();
    days.and_then(|days| days.into_iter().max())
}

/// A schedule's page.
pub fn schedule(
    facts: &Facts,
    today: Date,
    index: DocumentId,
    root: &str,
    sink: &mut Sink,
) -> Option<Made<ScheduleView>> {
    let mut made = schedule_facts(facts, today, index, root, sink)?;
    if let Some(body) = &facts.document(index).body {
        let out = text(facts, body, root, &[], 3, sink);
        made.view.body = out.blocks;
        made.links.extend(out.links);
    }
    Some(made)
}

/// A schedule without its free text, for pages that show its facts.
pub fn schedule_facts(
    facts: &Facts,
    today: Date,
    index: DocumentId,
    root: &str,
    sink: &mut Sink,
) -> Option<Made<ScheduleView>> {
    let document = facts.document(index);
    let Kind::Schedule(schedule) = &document.kind else {
        return None;
    };
    let mut links = Vec::new();
    let views = |list: &[crate::model::Fact]| {
        list.iter()
            .map(|f| parts::fact(facts, f))
            .collect::<Vec<_>>()
    };
    let view = ScheduleView {
        title: document.title.value.clone(),
        page: facts.document_link(index),
        leaflet: routes::leaflet(&routes::document(facts, index)),
        year: schedule.year,
        place: place_of(facts, document),
        summary: summary(facts, index, root, &document.summary, &mut links, sink),
        windows: parts::windows_of(facts, today, index),
        over: over_since(document, schedule).and_then(|day| ShownView::since(day, today)),
        channels: views(&schedule.channels),
        venues: views(&schedule.venues),
        quotas: schedule
            .quotas
            .iter()
            .map(|q| QuotaView {
                group: q.group.clone(),
                per_day: q.per_day,
                morning: q.morning,
                afternoon: q.afternoon,
                cite: facts.cite(&q.cite),
            })
            .collect(),
        groups: views(&schedule.groups),
        forms: views(&schedule.forms),
        sessions: schedule
            .sessions
            .iter()
            .map(|s| SessionView {
                date: day_view(s.date),
                place: s.place.clone(),
                service: s.service.clone(),
                morning: s.morning,
                afternoon: s.afternoon,
                phone: s.phone.clone(),
            })
            .collect(),
        contacts: document
            .contacts
            .iter()
            .map(|c| parts::contact(facts, c))
            .collect(),
        guide: guide::answers(facts, index, schedule)
            .into_iter()
            .map(|answer| GuideRow {
                name: answer.element.name(),
                value: answer.value,
                cite: answer.cite.map(|cite| facts.cite(cite)),
            })
            .collect(),
        src: first_cited(document, schedule)
            .map_or_else(String::new, |cited| facts.short_title(cited)),
        source: source_item(facts, today, index),
        body: Vec::new(),
    };
    Some(Made { view, links })
}

/// The document that the first fact of a schedule cites.
fn first_cited(document: &Document, schedule: &Schedule) -> Option<DocumentId> {
    let windows = document.windows.iter().map(|window| &window.cite);
    let facts = schedule.channels.iter().chain(&schedule.venues);
    let mut cites = windows.chain(facts.map(|fact| &fact.cite));
    cites.next().map(|cite| cite.document)
}

/// A plain page.
pub fn page(facts: &Facts, page: &TextPage, root: &str, sink: &mut Sink) -> Made<TextView> {
    let out = text(facts, &page.body, root, &[], 2, sink);
    Made {
        view: TextView {
            title: page.title.clone(),
            lang: page.lang,
            toc: out.toc,
            text: out.blocks,
            has_code: out.has_code,
        },
        links: out.links,
    }
}
