//! Leaflets (明白卡): one A4 page for each schedule, notice and self-check, to pin to a wall or take away.
//!
//! Comes in: the atlas, and a document or a self-check. Goes out: [`LeafletView`]. Steps: collect the facts, in the
//! order in which people ask for them -> list what the text leaves open -> keep what fits on the page ([`fit`]) and say what
//! does not -> draw the QR code of the web page ([`qr`]).
//!
//! A leaflet says nothing that its web page does not say, and every item has its clause. What concerns only offices is left
//! to the web page: leaflets are for students and parents.

mod fit;
mod qr;

use crate::pages::common;
use jiff::civil::Date;

use super::common::day_view;
use super::view::*;
use super::{documents, markdown, self_checks};
use crate::atlas::Facts;
use crate::atlas::routes;
use crate::diag::{Sink, Spanned};
use crate::model::{
    Audience, Bound, BoundKind, DocumentId, Kind, Notice, Place, When, clause::Level,
    document_course,
};
use crate::rules::place_of;

/// Stands on every sheet.
const ASK: &str = "出门前先问清楚：问受理的学生资助管理机构，不花钱。";

/// What a sheet says, before it is known what fits.
#[derive(Default)]
struct Sheet {
    about: String,
    title: String,
    lead: Option<String>,
    warning: String,
    /// What must be known from a day on: that it is over.
    late: Option<(Date, String)>,
    times: Vec<LeafletTime>,
    /// With their ranks: those of rank 0 go before all others.
    sections: Vec<(u8, LeafletSection)>,
    /// What the text does not say, in a few words each.
    open: Vec<String>,
    /// What it says in two ways, as questions.
    doubts: Vec<String>,
    sources: Vec<String>,
    /// Day on which the text was compared.
    checked: Option<DateView>,
    /// The page that the code leads to, and the document's own, if it is another one.
    page: Link,
    document: Option<Link>,
}

/// The leaflet of a document; pilot lists and assessments have none.
pub fn document(
    facts: &Facts,
    today: Date,
    index: DocumentId,
    root: &str,
    sink: &mut Sink,
) -> Option<LeafletView> {
    let sheet = match &facts.document(index).kind {
        Kind::Notice(notice) => of_notice(facts, today, index, notice),
        Kind::Schedule(_) => of_schedule(facts, today, index, root, sink)?,
        _ => return None,
    };
    Some(finish(facts, today, sheet))
}

/// The leaflet of a self-check.
pub fn check(facts: &Facts, today: Date, index: usize) -> LeafletView {
    finish(facts, today, of_check(facts, today, index))
}

/// Whether a document has a leaflet.
pub fn has(kind: &Kind) -> bool {
    matches!(kind, Kind::Notice(_) | Kind::Schedule(_))
}

// ---------------------------------------------------------------- what is said

/// A county's schedule. The code leads to the county's page, which goes on to say what holds when the year of the sheet
/// is over.
fn of_schedule(
    facts: &Facts,
    today: Date,
    index: DocumentId,
    root: &str,
    sink: &mut Sink,
) -> Option<Sheet> {
    let view = documents::schedule_facts(facts, today, index, root, sink)?.view;
    let document = facts.document(index);
    let notice = facts.text_of(index);
    let own = facts.short_title(notice);
    let cite = |cite: &CiteView| short(cite, &own);
    let fact = |fact: &FactView| LeafletItem {
        who: fact.who.clone(),
        text: fact.what.clone(),
        note: fact.note.clone(),
        cites: vec![cite(&fact.cite)],
        ..LeafletItem::default()
    };
    let channels = view.channels.iter().map(fact);
    let venues = view.venues.iter().map(fact);
    let forms = view.forms.iter().map(|form| LeafletItem {
        text: String::new(),
        ticks: form.items.clone(),
        ..fact(form)
    });
    let quotas = view.quotas.iter().map(|quota| LeafletItem {
        who: Some(quota.group.clone()),
        text: format!(
            "每天{}名{}",
            quota.per_day,
            halves(quota.morning, quota.afternoon)
        ),
        cites: vec![cite(&quota.cite)],
        ..LeafletItem::default()
    });
    let sessions = view.sessions.iter().map(|session| LeafletItem {
        who: Some(session.date.text.clone()),
        text: format!(
            "{}　{}{}",
            session.place,
            session.service,
            halves(session.morning, session.afternoon)
        ),
        note: session.phone.as_ref().map(|phone| format!("电话{phone}")),
        ..LeafletItem::default()
    });
    let Kind::Schedule(schedule) = &document.kind else {
        return None;
    };
    let guide = schedule.guide.iter().map(|guide| LeafletItem {
        who: Some(guide.what.clone()),
        text: guide.items.join("；"),
        note: guide.note.clone(),
        cites: vec![cite(&facts.cite(&guide.cite))],
        ..LeafletItem::default()
    });
    let groups = view.groups.iter().map(fact);
    let mut sections = vec![
        (0, section("怎么办", channels)),
        (0, section("在哪里办", venues)),
        (0, section("带什么", forms)),
        (0, section("一天办多少人", quotas)),
        (0, section("分场次受理", sessions)),
        (0, section("打电话问谁", contacts(&view.contacts, &own))),
        (1, section("还要知道", guide)),
    ];
    // Points that say the same as the facts above rest on the same clauses.
    let said: Vec<&LeafletCite> = sections
        .iter()
        .flat_map(|(_, section)| &section.items)
        .flat_map(|item| &item.cites)
        .collect();
    let points: Vec<LeafletItem> = points(facts, index, &own)
        .filter(|point| !point.cites.iter().any(|cite| said.contains(&cite)))
        .collect();
    sections.extend([
        (1, section("要点", points.into_iter())),
        (
            1,
            section("先自查一下", checks(&document_checks(facts, index))),
        ),
        (2, section("预申请通过的是哪些学生", groups)),
    ]);
    // An empty section is a question that the text leaves open; sessions answer for times, places and numbers to call.
    sections.retain(|(_, section)| {
        !section.items.is_empty()
            || match section.title.as_str() {
                "在哪里办" | "打电话问谁" => view.sessions.is_empty(),
                title => title == "带什么",
            }
    });
    let late = documents::over_since(document, schedule).map(|day| {
        let words = format!(
            "这是{}年的安排，受理已经结束，只作参考。新的安排请看网页。",
            view.year
        );
        (day, words)
    });
    let mut open: Vec<String> = view
        .guide
        .iter()
        .filter(|row| row.value.is_none())
        .map(|row| row.name.to_owned())
        .collect();
    // That a number is withheld, or stands with its session, is no silence of the text.
    let phones = view.sessions.iter().any(|s| s.phone.is_some())
        || view.contacts.iter().any(|c| c.note.is_some());
    open.retain(|name| !(phones && name == "联系电话"));
    open.extend(unnamed(facts, notice));
    let times = merged(
        common::windows_of(facts, today, index)
            .into_iter()
            .map(|window| time(window, &own)),
    );
    let page = match document.place {
        Some(place @ Place::Unit(_)) => facts.place_link(place),
        _ => facts.document_link(index),
    };
    let own_page = facts.document_link(index);
    let checked = document
        .checked
        .as_ref()
        .or(facts.document(notice).checked.as_ref());
    Some(Sheet {
        about: about(facts, document.place, &format!("{}年受理安排", view.year)),
        title: document.title.value.clone(),
        late,
        times,
        sections,
        open,
        sources: vec![source(facts, notice)],
        checked: checked.map(|checked| day_view(checked.on)),
        document: (own_page.url != page.url).then_some(own_page),
        page,
        ..Sheet::default()
    })
}

fn of_notice(facts: &Facts, today: Date, index: DocumentId, notice: &Notice) -> Sheet {
    let document = facts.document(index);
    let own = facts.short_title(index);
    let made = facts.made_from(index);
    let sources = || std::iter::once(index).chain(made.iter().copied());
    let mut open: Vec<String> = Vec::new();
    // A bound that is absent, a ceiling for the first day or a floor for the last day.
    let vague = |bound: &Option<Spanned<Bound>>, kind: BoundKind| {
        bound.as_ref().is_none_or(|bound| {
            bound.value.kind == kind && matches!(bound.value.when, When::Day(_))
        })
    };
    let windows = || sources().flat_map(|i| &facts.document(i).windows);
    if windows().any(|w| vague(&w.from, BoundKind::NotAfter)) {
        open.push("具体哪天开始".into());
    }
    if windows().any(|w| vague(&w.until, BoundKind::NotBefore)) {
        open.push("具体哪天截止".into());
    }
    let due = document
        .deadlines
        .iter()
        .enumerate()
        .filter(|(_, deadline)| deadline.audience == Audience::Students)
        .map(|(number, _)| {
            let view = common::deadline(facts, today, index, number);
            LeafletTime {
                what: view.what.clone(),
                who: Some(view.who.clone()),
                days: vec![day("期限", Some(&view.by))],
                state: view.state,
                note: None,
                cites: vec![short(&view.cite, &own)],
            }
        });
    let mut times = merged(
        sources()
            .flat_map(|i| common::windows_of(facts, today, i))
            .map(|window| time(window, &own)),
    );
    times.extend(due);
    if times.is_empty() {
        open.push("学生和家长办理的日期".into());
    }
    let contact_views: Vec<ContactView> = document
        .contacts
        .iter()
        .map(|contact| common::contact(facts, contact))
        .collect();
    if !contact_views
        .iter()
        .any(|contact| contact.phone.is_some() || contact.note.is_some())
    {
        open.push("联系电话".into());
    }
    open.extend(unnamed(facts, index));
    let chapters = document.body.iter().flat_map(|body| {
        // The outermost numbers of the text: chapters, or 一、二、三.
        let outermost = body
            .clauses
            .iter()
            .filter(|clause| clause.level > Level::Part && clause.heading.is_some())
            .map(|clause| clause.level)
            .min();
        body.clauses
            .iter()
            .filter(move |clause| Some(clause.level) == outermost)
            .filter_map(|clause| {
                Some(LeafletItem {
                    text: markdown::plain(clause.heading.as_deref()?, true),
                    cites: vec![LeafletCite {
                        url: format!("{}#{}", routes::document(facts, index), clause.anchor),
                        label: clause.label.clone(),
                    }],
                    ..LeafletItem::default()
                })
            })
    });
    let annexes = notice.attachments.iter().map(|attachment| LeafletItem {
        text: attachment.title.value.clone(),
        note: attachment.note.clone(),
        ..LeafletItem::default()
    });
    let mut sections = vec![
        (0, section("要点", points(facts, index, &own))),
        // Offices without a number to call can wait.
        (
            u8::from(!contact_views.is_empty() && contact_views.iter().all(|c| c.phone.is_none())),
            section("打电话问谁", contacts(&contact_views, &own)),
        ),
        (
            1,
            section("先自查一下", checks(&self_checks::citing(facts, index))),
        ),
        (1, section("附表和附件", annexes)),
        (2, section("文件讲什么", chapters)),
    ];
    sections.retain(|(_, s)| !s.items.is_empty() || s.title == "打电话问谁");
    let warning = notice.release.as_ref().map_or_else(String::new, |release| {
        format!(
            "此件依申请公开，不是主动公开；本站登出，是{}在{}决定的。",
            release.by,
            day_view(release.on).text
        )
    });
    let late = document_course(document).over_since().map(|day| {
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
        times,
        sections,
        open,
        sources: vec![source(facts, index)],
        checked: document.checked.as_ref().map(|c| day_view(c.on)),
        page: facts.document_link(index),
        ..Sheet::default()
    }
}

fn of_check(facts: &Facts, today: Date, index: usize) -> Sheet {
    let check = &facts.check(index).check;
    let view = self_checks::page(facts, today, index);
    let own = facts.short_title(facts.check(index).notice);
    let outcomes = || {
        view.decisions
            .iter()
            .flat_map(|decision| &decision.outcomes)
    };
    // What outcomes ask for, each thing once, in their order.
    let asked = |keys: &[&str]| {
        let mut seen: Vec<&str> = Vec::new();
        let mut items: Vec<LeafletItem> = Vec::new();
        for attribute in outcomes().flat_map(|outcome| &outcome.attributes) {
            if !keys.contains(&attribute.key) {
                continue;
            }
            for provision in &attribute.items {
                if !seen.contains(&provision.id.as_str()) {
                    seen.push(&provision.id);
                    items.push(LeafletItem {
                        ticks: vec![provision.text.clone()],
                        cites: vec![short(&provision.cite, &own)],
                        ..LeafletItem::default()
                    });
                }
            }
        }
        items
    };
    let questions = view.questions.iter().map(|question| LeafletItem {
        text: question.ask.clone(),
        ticks: match question.options.as_slice() {
            [] if question.kind == "是否" => vec!["是".into(), "否".into()],
            options if options.iter().map(|o| o.chars().count()).sum::<usize>() <= 60 => {
                options.to_vec()
            }
            _ => Vec::new(),
        },
        ..LeafletItem::default()
    });
    let mut sections = vec![
        (0, section("会问的问题", questions)),
        (
            1,
            section("可能要带", asked(&["documents", "form"]).into_iter()),
        ),
    ];
    for decision in &view.decisions {
        let outcomes = decision.outcomes.iter().map(|outcome| LeafletItem {
            who: Some(outcome.verdict_text.to_owned()),
            text: outcome.text.clone(),
            cites: vec![short(&outcome.cite, &own)],
            ..LeafletItem::default()
        });
        sections.push((2, section(&decision.ask, outcomes)));
    }
    sections.retain(|(_, section)| !section.items.is_empty());
    Sheet {
        about: about(facts, check.place.map(place_of), "自查"),
        title: check.title.value.clone(),
        lead: Some(check.description.clone()),
        warning:
            "自查的结果只供参考，以原文和受理机构的答复为准。扫码就能自查，回答不离开您的手机。"
                .into(),
        sections,
        doubts: view.doubts.iter().map(|doubt| doubt.ask.clone()).collect(),
        sources: self_checks::cited(facts.check(index))
            .into_iter()
            .map(|document| source(facts, document))
            .collect(),
        checked: check.checked.as_ref().map(|checked| day_view(checked.on)),
        page: Link {
            url: routes::check(&check.id),
            text: check.title.value.clone(),
        },
        ..Sheet::default()
    }
}

// ---------------------------------------------------------------- pieces

fn section(title: &str, items: impl Iterator<Item = LeafletItem>) -> LeafletSection {
    LeafletSection {
        title: title.to_owned(),
        items: items.collect(),
        more: 0,
    }
}

/// `山西省 · 朔州市 · 右玉县`, and what the sheet is.
fn about(facts: &Facts, place: Option<Place>, what: &str) -> String {
    let regions = &facts.regions();
    let mut chain = place.map_or_else(Vec::new, |place| regions.chain(place));
    chain.reverse();
    let mut out: Vec<String> = chain
        .into_iter()
        .filter(|one| *one != Place::Country || place == Some(Place::Country))
        .filter(|one| !matches!(one, Place::Prefecture(i) if regions.prefectures[*i].is_heading()))
        .map(|one| regions.name(one).to_owned())
        .collect();
    out.push(what.to_owned());
    fit::about(&out.join(" · "))
}

fn short(cite: &CiteView, own: &str) -> LeafletCite {
    LeafletCite {
        url: cite.url.clone(),
        label: if cite.notice == own {
            cite.label.clone()
        } else {
            format!("《{}》{}", cite.notice, cite.label)
        },
    }
}

fn day(label: &'static str, day: Option<&DateView>) -> LeafletDay {
    let sense = match day.map(|day| day.bound) {
        Some(DateKind::NotBefore) => "不早于",
        Some(DateKind::NotAfter) => "不晚于",
        _ => "",
    };
    LeafletDay {
        label,
        sense,
        day: day.map(|day| day.text.strip_prefix(sense).unwrap_or(&day.text).to_owned()),
        iso: day.and_then(|day| day.iso.clone()),
    }
}

fn halves(morning: Option<u32>, afternoon: Option<u32>) -> String {
    match (morning, afternoon) {
        (Some(morning), Some(afternoon)) => format!("（上午{morning}名、下午{afternoon}名）"),
        (Some(morning), None) => format!("（上午{morning}名）"),
        (None, Some(afternoon)) => format!("（下午{afternoon}名）"),
        (None, None) => String::new(),
    }
}

/// Points for students and for everybody; those for offices only if there are no others.
fn points(facts: &Facts, index: DocumentId, own: &str) -> impl Iterator<Item = LeafletItem> {
    let points = &facts.document(index).summary;
    let offices = |audience: &Option<String>| {
        audience.as_deref().is_some_and(|word| {
            !word.contains("学生") && !word.contains("家长") && !word.contains("毕业生")
        })
    };
    let all = points.iter().all(|point| offices(&point.audience));
    points
        .iter()
        .filter(|point| all || !offices(&point.audience))
        .map(|point| LeafletItem {
            // For whom the whole sheet is, need not be said again.
            who: point
                .audience
                .clone()
                .filter(|word| word != "学生和家长" && word != "学生"),
            text: markdown::plain(&point.text.value, true),
            cites: vec![short(&facts.cite(&point.cite), own)],
            ..LeafletItem::default()
        })
        .collect::<Vec<_>>()
        .into_iter()
}

fn contacts(contacts: &[ContactView], own: &str) -> impl Iterator<Item = LeafletItem> {
    contacts.iter().map(|contact| LeafletItem {
        who: Some(match &contact.duty {
            Some(duty) => format!("{}（{duty}）", contact.office),
            None => contact.office.clone(),
        }),
        // A number that is withheld is not one that the text does not give.
        text: match (&contact.phone, &contact.note) {
            (Some(phone), _) => phone.clone(),
            (None, Some(_)) => String::new(),
            (None, None) => "电话：原文未载明".into(),
        },
        note: contact.note.clone(),
        cites: contact.cite.iter().map(|cite| short(cite, own)).collect(),
        ..LeafletItem::default()
    })
}

fn document_checks(facts: &Facts, index: DocumentId) -> Vec<Link> {
    facts
        .document(index)
        .place
        .map_or_else(Vec::new, |place| self_checks::at(facts, place))
}

fn checks(links: &[Link]) -> impl Iterator<Item = LeafletItem> {
    links.iter().map(|link| LeafletItem {
        text: link.text.clone(),
        cites: vec![LeafletCite {
            url: link.url.clone(),
            label: "网页上做".into(),
        }],
        ..LeafletItem::default()
    })
}

fn time(window: WindowView, own: &str) -> LeafletTime {
    LeafletTime {
        days: vec![
            day("开始", window.from.as_ref()),
            day("截止", window.until.as_ref()),
        ],
        what: window.what,
        who: window.who,
        state: window.state,
        note: window.note,
        cites: vec![short(&window.cite, own)],
    }
}

/// Windows of the same days for the same people are one: 贷款受理、合同变更.
fn merged(times: impl Iterator<Item = LeafletTime>) -> Vec<LeafletTime> {
    let mut out: Vec<LeafletTime> = Vec::new();
    for time in times {
        match out
            .iter_mut()
            .find(|one| one.days == time.days && one.who == time.who && one.note == time.note)
        {
            Some(one) if one.what.chars().count() + time.what.chars().count() < 24 => {
                // A notice and the schedule made from it may both name a window.
                if !one.what.split('、').any(|what| what == time.what) {
                    one.what = format!("{}、{}", one.what, time.what);
                }
                for cite in time.cites {
                    if !one.cites.contains(&cite) {
                        one.cites.push(cite);
                    }
                }
            }
            _ => out.push(time),
        }
    }
    out
}

/// Of a notice: what every official document has, and this one has not.
fn unnamed(facts: &Facts, index: DocumentId) -> Vec<String> {
    let Kind::Notice(notice) = &facts.document(index).kind else {
        return Vec::new();
    };
    [
        ("发文机关", notice.issuers.is_empty()),
        ("文号", notice.number.is_none()),
        ("成文日期", notice.issued.is_none()),
    ]
    .into_iter()
    .filter(|(_, open)| *open)
    .map(|(name, _)| name.to_owned())
    .collect()
}

/// `《…》（晋教助学〔2020〕7号），山西省学生助学贷款管理中心，2020年7月15日`
fn source(facts: &Facts, index: DocumentId) -> String {
    let document = facts.document(index);
    let mut out = format!("《{}》", document.title.value);
    if let Kind::Notice(notice) = &document.kind {
        let or_open = |value: Option<String>, name: &str| {
            value.unwrap_or_else(|| format!("{name}原文未载明"))
        };
        let number = notice.number.as_ref().map(|n| n.value.clone());
        let issuers = (!notice.issuers.is_empty()).then(|| notice.issuers.join("、"));
        out.push_str(&format!(
            "，{}，{}，{}",
            or_open(number, "文号"),
            or_open(issuers, "发文机关"),
            or_open(notice.issued.map(|d| day_view(d).text), "成文日期"),
        ));
    }
    fit::source(&out)
}

// ---------------------------------------------------------------- the sheet

/// A day that takes as much room as any.
const LONGEST_DAY: Date = Date::constant(2000, 12, 28);

/// When the text was compared, and the sheet made.
fn made_on(site: &str, checked: Option<&str>, day: Date) -> String {
    let checked = checked.map_or_else(String::new, |day| format!("原文核对：{day}。"));
    fit::source(&format!("{checked}制卡：{}，{site}。", day_view(day).text))
}

fn finish(facts: &Facts, today: Date, sheet: Sheet) -> LeafletView {
    let (title, title_size) = fit::title(&sheet.title);
    let lead = sheet.lead.map(|lead| fit::sentence(&lead));
    let warning = (!sheet.warning.is_empty()).then(|| fit::sentence(&sheet.warning));
    let late = sheet.late.map(|(day, words)| LateView {
        text: fit::sentence(&words),
        shown: ShownView::since(day, today),
    });
    // What fits is decided on the day of the making, as for every print; the words about time are those of the reader's
    // day on the screen.
    let late_now = late.iter().filter(|late| !late.shown.hidden);
    let warnings: Vec<&str> = warning
        .iter()
        .chain(late_now.map(|late| &late.text))
        .map(String::as_str)
        .collect();
    let warnings = (!warnings.is_empty()).then(|| warnings.concat());
    let (ask_about, ask) = match (sheet.open.is_empty(), sheet.doubts.is_empty()) {
        (false, _) => (
            Some("原文没有写明"),
            format!("{}。", fit::clipped(&sheet.open.join("、"))),
        ),
        (true, false) => (Some("原文有两种读法"), fit::clipped(&sheet.doubts.concat())),
        _ => (None, String::new()),
    };
    let address = routes::canonical(&facts.site().base_url, &sheet.page.url);
    let mut small = sheet.sources;
    // A self-check may rest on many documents: the sheet names three.
    small.truncate(3);
    small.push("［］里是原文的条款；其余是本站的白话，办理以原文和经办机构的答复为准。".into());
    let checked = sheet.checked.map(|checked| checked.text);
    let made = |day| made_on(&facts.site().title, checked.as_deref(), day);
    // No day takes more room than this one, so that what fits does not depend on the day.
    small.push(made(LONGEST_DAY));
    let room = fit::room(&fit::Fixed {
        about: &sheet.about,
        title: &title,
        title_size,
        lead: lead.as_deref(),
        warning: warnings.as_deref(),
        ask: &format!("{}：{ask}{ASK}", ask_about.unwrap_or_default()),
        address: &address,
        small: &small,
    });
    small.pop();
    small.push(made(today));
    let (mut times, mut sections) = (sheet.times, sheet.sections);
    let (days_size, times_more, taken) = fit::times(&mut times, room);
    let (text_size, left_out) = fit::sections(&mut sections, room.saturating_sub(taken));
    let mut more: Vec<String> = Vec::new();
    if times_more > 0 {
        more.push(format!("什么时候（{times_more}项）"));
    }
    more.extend(
        left_out
            .iter()
            .map(|(title, count)| format!("{title}（{count}项）")),
    );
    LeafletView {
        about: sheet.about,
        title,
        title_size,
        text_size,
        lead,
        warning,
        late,
        times,
        days_size,
        times_more,
        sections: sections.into_iter().map(|(_, section)| section).collect(),
        ask_about,
        ask: format!("{ask}{ASK}"),
        more: (!more.is_empty()).then(|| fit::more(&more.join("、"))),
        qr_html: qr::svg(&address).unwrap_or_default(),
        address,
        page: sheet.page,
        document: sheet.document,
        small,
    }
}
