//! The leaflet of a notice.

use jiff::civil::Date;

use super::items::{Items, about, answers, asked, checks, points, section, source, unnamed};
use super::sheet::{Ranked, Sheet};
use crate::atlas::Facts;
use crate::diag::Spanned;
use crate::model::clause::Level;
use crate::model::{
    Audience, Bound, BoundKind, Deadline, Document, DocumentId, Notice, When, Window,
    document_course,
};
use crate::pages::life;
use crate::pages::parts::day_view;
use crate::pages::self_checks;
use crate::pages::view::{LeafletItem, LeafletTime};
use crate::rules::language::Language;

/// What the leaflet says.
pub fn sheet(facts: &Facts, today: Date, index: DocumentId, notice: &Notice) -> Sheet {
    let document = facts.document(index);
    let items = Items::new(facts, index);
    let windows = windows(facts, index);
    let times = times(today, document, &windows, &items);
    let warning = notice.release.as_ref().map(|release| {
        format!(
            "此件依申请公开，不是主动公开；本站登出，是{}在{}决定的。",
            release.by,
            day_view(release.on).text
        )
    });
    let late = document_course(document).over_since().map(|day| {
        let ending = document.ending.filter(|ending| ending.since <= day);
        if let Some(ending) = ending {
            return (day, life::sentence(facts, ending));
        }
        let words = match (notice.expires, document.year()) {
            (None, Some(year)) => format!("这份文件安排的是{year}年的工作，只作参考。"),
            _ => "这份文件已经过了失效日期，只作参考。".into(),
        };
        (day, words)
    });
    let genre = notice.genre.map_or("文件", |genre| genre.text());
    Sheet {
        about: about(facts, document.place, genre),
        title: document.title.value.clone(),
        warning,
        late,
        open: open(document, notice, &windows, times.is_empty()),
        times,
        sections: sections(facts, index, notice, &items),
        sources: vec![source(facts, Language::Chinese, index)],
        checked: document.checked.as_ref().map(|checked| checked.on),
        page: facts.document_link(index),
        ..Sheet::default()
    }
}

/// Whether there is more to say than the headings of the text.
pub fn says_something(facts: &Facts, index: DocumentId, notice: &Notice) -> bool {
    let document = facts.document(index);
    let has_own = !document.summary.is_empty()
        || !document.contacts.is_empty()
        || !notice.attachments.is_empty();
    has_own
        || for_students(document).next().is_some()
        || !windows(facts, index).is_empty()
        || !self_checks::citing(facts, index).is_empty()
}

fn for_students(document: &Document) -> impl Iterator<Item = &Deadline> {
    let due = document.deadlines.iter();
    due.filter(|deadline| deadline.audience == Audience::Students)
}

/// The windows of a notice and of the data made from it.
fn windows<'a>(facts: &Facts<'a>, index: DocumentId) -> Vec<&'a Window> {
    let made = facts.made_from(index).iter().copied();
    std::iter::once(index)
        .chain(made)
        .flat_map(|one| &facts.document(one).windows)
        .collect()
}

fn times(today: Date, document: &Document, windows: &[&Window], items: &Items) -> Vec<LeafletTime> {
    let due = for_students(document).map(|deadline| items.deadline(today, deadline));
    let mut times = items.windows(today, windows.iter().copied());
    times.extend(due);
    times
}

/// Whether a bound is absent, or only says in which direction a day lies.
fn is_vague(bound: Option<&Spanned<Bound>>, kind: BoundKind) -> bool {
    bound.is_none_or(|bound| bound.value.kind == kind && matches!(bound.value.when, When::Day(_)))
}

/// What the text leaves open.
fn open(document: &Document, notice: &Notice, windows: &[&Window], no_times: bool) -> Vec<String> {
    let is_vague_start = |window: &&Window| is_vague(window.from.as_ref(), BoundKind::NotAfter);
    let is_vague_end = |window: &&Window| is_vague(window.until.as_ref(), BoundKind::NotBefore);
    let open = [
        (windows.iter().any(is_vague_start), "具体哪天开始"),
        (windows.iter().any(is_vague_end), "具体哪天截止"),
        (no_times, "学生和家长办理的日期"),
        (!document.contacts.iter().any(answers), "联系电话"),
    ];
    let open = open.into_iter().filter(|(is_open, _)| *is_open);
    let open = open.map(|(_, what)| what.to_owned());
    open.chain(unnamed(notice)).collect()
}

fn sections(facts: &Facts, index: DocumentId, notice: &Notice, items: &Items) -> Vec<Ranked> {
    let document = facts.document(index);
    let points = points(facts, index).into_iter();
    let contacts = &document.contacts;
    // Offices without a number to call can wait.
    let can_wait = !contacts.is_empty() && contacts.iter().all(|one| one.phone.is_none());
    let contacts = contacts.iter().map(|one| items.contact(one));
    let annexes = notice.attachments.iter().map(|attachment| LeafletItem {
        text: attachment.title.value.clone(),
        note: attachment.note.clone(),
        ..LeafletItem::default()
    });
    let self_checks = self_checks::citing(facts, index);
    let chapters = chapters(facts, index, items).into_iter();
    [
        section(0, "要点", points.map(|point| items.point(point))),
        Some(asked(u8::from(can_wait), "打电话问谁", contacts)),
        section(1, "先自查一下", checks(&self_checks)),
        section(1, "附表和附件", annexes),
        section(2, "文件讲什么", chapters),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The outermost headings of the text: chapters, or 一、二、三.
fn chapters(facts: &Facts, index: DocumentId, items: &Items) -> Vec<LeafletItem> {
    let Some(clauses) = facts.clauses(index) else {
        return Vec::new();
    };
    let headed = || {
        let clauses = clauses.iter();
        clauses.filter_map(|clause| Some((clause, clause.heading.as_deref()?)))
    };
    let numbered = headed().filter(|(clause, _)| clause.level > Level::Part);
    let outermost = numbered.map(|(clause, _)| clause.level).min();
    headed()
        .filter(|(clause, _)| Some(clause.level) == outermost)
        .map(|(clause, heading)| items.heading(index, heading, &clause.anchor, &clause.label))
        .collect()
}
