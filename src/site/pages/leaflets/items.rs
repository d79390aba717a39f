//! Items of a leaflet, from facts of the model.
//!
//! Comes in: facts with their citations. Goes out: what one line or one section of a sheet says. A citation of the sheet's
//! own document names the clause only.

use jiff::civil::Date;

use super::fit;
use crate::atlas::Facts;
use crate::atlas::routes;
use crate::diag::Spanned;
use crate::model::{
    Bound, BoundKind, Cite, Contact, Deadline, DocumentId, Fact, Kind, Notice, Place, Point, Scale,
    Window, deadline_course, window_course,
};
use crate::pages::markdown::{self, Sort};
use crate::pages::parts::{day_in, day_view};
use crate::pages::view::{
    LeafletCite, LeafletDay, LeafletItem, LeafletSection, LeafletTime, Link, StateView,
};
use crate::rules::language::Language;

use super::sheet::Ranked;

/// Windows are merged while their names together have fewer characters than this.
const LONGEST_MERGED: usize = 24;

/// A section; none if there is nothing to say.
pub fn section(rank: u8, title: &str, items: impl Iterator<Item = LeafletItem>) -> Option<Ranked> {
    Some(asked(rank, title, items)).filter(|(_, section)| !section.items.is_empty())
}

/// A section that people look for in any case: without items it says 原文未载明.
pub fn asked(rank: u8, title: &str, items: impl Iterator<Item = LeafletItem>) -> Ranked {
    let section = LeafletSection {
        title: title.to_owned(),
        items: items.collect(),
        more: Vec::new(),
        shown: None,
    };
    (rank, section)
}

/// `山西省 · 朔州市 · 右玉县`, and what the sheet is.
pub fn about(facts: &Facts, place: Option<Place>, what: &str) -> String {
    let regions = facts.regions();
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

/// `（上午30名、下午30名）`
pub fn halves(morning: Option<u32>, afternoon: Option<u32>) -> String {
    match (morning, afternoon) {
        (Some(morning), Some(afternoon)) => format!("（上午{morning}名、下午{afternoon}名）"),
        (Some(morning), None) => format!("（上午{morning}名）"),
        (None, Some(afternoon)) => format!("（下午{afternoon}名）"),
        (None, None) => String::new(),
    }
}

/// Self-checks, as links to their pages.
pub fn checks(links: &[Link]) -> impl Iterator<Item = LeafletItem> {
    links.iter().map(|link| LeafletItem {
        text: link.text.clone(),
        cites: vec![LeafletCite {
            url: link.url.clone(),
            label: "网页上做".into(),
        }],
        ..LeafletItem::default()
    })
}

/// Whether a contact says anything about its number: gives it, or why it is withheld.
pub fn answers(contact: &Contact) -> bool {
    contact.phone.is_some() || contact.note.is_some()
}

/// What every official document has and this one does not give.
pub fn unnamed(notice: &Notice) -> impl Iterator<Item = String> {
    [
        ("发文机关", notice.issuers.is_empty()),
        ("文号", notice.number.is_none()),
        ("成文日期", notice.issued.is_none()),
    ]
    .into_iter()
    .filter(|(_, open)| *open)
    .map(|(name, _)| name.to_owned())
}

/// `《…》（晋教助学〔2020〕7号），山西省学生助学贷款管理中心，2020年7月15日`
pub fn source(facts: &Facts, language: Language, index: DocumentId) -> String {
    let document = facts.document(index);
    if language == Language::English {
        return fit::source(&in_english(&document.title.value, &document.kind));
    }
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

/// What a document says of itself, in a sentence of an English sheet.
fn in_english(title: &str, kind: &Kind) -> String {
    let mut parts = vec![title.to_owned()];
    if let Kind::Notice(notice) = kind {
        parts.extend(notice.number.as_ref().map(|number| number.value.clone()));
        parts.extend(notice.issuers.iter().cloned());
        parts.extend(notice.issued.map(|day| day_in(Language::English, day)));
    }
    parts.join(", ")
}

/// Points for students and for everybody; those for offices only if there are no others.
pub fn points<'a>(facts: &Facts<'a>, index: DocumentId) -> Vec<&'a Point> {
    let points = &facts.document(index).summary;
    let all = points.iter().all(Point::is_for_offices);
    let mine = points.iter().filter(|point| all || !point.is_for_offices());
    mine.collect()
}

/// Makes items of a sheet.
pub struct Items<'a> {
    facts: &'a Facts<'a>,
    /// The document whose clauses are cited without its name, by that name.
    own: String,
    language: Language,
}

impl<'a> Items<'a> {
    /// Items of a sheet that extracts a document.
    pub fn new(facts: &'a Facts<'a>, own: DocumentId) -> Self {
        Self {
            facts,
            own: facts.short_title(own),
            language: Language::Chinese,
        }
    }

    /// Items of a sheet in a language.
    pub fn in_language(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// A clause, short.
    pub fn cite(&self, cite: &Cite) -> LeafletCite {
        let name = self.facts.short_title(cite.document);
        let cite = self.facts.cite(cite);
        let place = if name == self.own {
            cite.label
        } else {
            let label = &cite.label;
            self.language
                .of(format!("《{name}》{label}"), format!("{name}, {label}"))
        };
        LeafletCite {
            url: cite.url,
            label: match cite.unstated {
                Some(_) => self.language.of(
                    format!("未载明，看过{place}"),
                    format!("not stated in {place}"),
                ),
                None => place,
            },
        }
    }

    /// A fact in its own words.
    pub fn fact(&self, fact: &Fact) -> LeafletItem {
        LeafletItem {
            who: fact.who.clone(),
            text: fact.what.clone(),
            note: fact.note.clone(),
            cites: vec![self.cite(&fact.cite)],
            ..LeafletItem::default()
        }
    }

    /// A point of the summary. For whom the whole sheet is, is not repeated.
    pub fn point(&self, point: &Point) -> LeafletItem {
        LeafletItem {
            who: point.audience.clone().filter(|_| !point.is_for_public()),
            text: markdown::plain(&point.text.value, Sort::Words),
            cites: vec![self.cite(&point.cite)],
            ..LeafletItem::default()
        }
    }

    /// An office and its number.
    pub fn contact(&self, contact: &Contact) -> LeafletItem {
        LeafletItem {
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
            cites: contact.cite.iter().map(|cite| self.cite(cite)).collect(),
            ..LeafletItem::default()
        }
    }

    /// A deadline.
    pub fn deadline(&self, today: Date, deadline: &Deadline) -> LeafletTime {
        LeafletTime {
            what: deadline.what.clone(),
            who: Some(deadline.who.clone()),
            days: vec![day("期限", Some(&deadline.by.value))],
            state: StateView::on(&deadline_course(deadline), Scale::Deadline, today),
            note: None,
            cites: vec![self.cite(&deadline.cite)],
        }
    }

    /// Windows; those of the same days for the same people are one: 贷款受理、合同变更.
    pub fn windows<'w>(
        &self,
        today: Date,
        windows: impl Iterator<Item = &'w Window>,
    ) -> Vec<LeafletTime> {
        let mut merged: Vec<Vec<&Window>> = Vec::new();
        for window in windows {
            let fits = |group: &&mut Vec<&Window>| is_same(group[0], window);
            match merged.iter_mut().find(fits) {
                Some(group) if length(group) + length(&[window]) < LONGEST_MERGED => {
                    group.push(window);
                }
                _ => merged.push(vec![window]),
            }
        }
        let time = |group: &Vec<&Window>| self.merged(today, group);
        merged.iter().map(time).collect()
    }

    /// Windows of the same days, as one.
    fn merged(&self, today: Date, group: &[&Window]) -> LeafletTime {
        let first = group[0];
        let mut cites: Vec<&Cite> = Vec::new();
        for window in group {
            if !cites.iter().any(|cite| cite.is_same_clause(&window.cite)) {
                cites.push(&window.cite);
            }
        }
        LeafletTime {
            what: names(group).join("、"),
            who: first.who.clone(),
            days: vec![
                day("开始", first.from.as_ref().map(|bound| &bound.value)),
                day("截止", first.until.as_ref().map(|bound| &bound.value)),
            ],
            state: StateView::on(&window_course(first), Scale::Window, today),
            note: first.note.clone(),
            cites: cites.into_iter().map(|cite| self.cite(cite)).collect(),
        }
    }

    /// The heading of a clause of the sheet's own document.
    pub fn heading(
        &self,
        index: DocumentId,
        heading: &str,
        anchor: &str,
        label: &str,
    ) -> LeafletItem {
        LeafletItem {
            text: markdown::plain(heading, Sort::Printed),
            cites: vec![LeafletCite {
                url: format!("{}#{anchor}", routes::document(self.facts, index)),
                label: label.to_owned(),
            }],
            ..LeafletItem::default()
        }
    }
}

/// Whether two windows have the same days, people and note.
fn is_same(a: &Window, b: &Window) -> bool {
    let same = |a: &Option<Spanned<Bound>>, b: &Option<Spanned<Bound>>| {
        a.as_ref().map(|a| &a.value) == b.as_ref().map(|b| &b.value)
    };
    same(&a.from, &b.from) && same(&a.until, &b.until) && a.who == b.who && a.note == b.note
}

/// The names of windows, each once: a notice and the schedule made from it may both name a window.
fn names<'w>(group: &[&'w Window]) -> Vec<&'w str> {
    let mut names: Vec<&str> = Vec::new();
    for window in group {
        if !names.contains(&window.what.as_str()) {
            names.push(&window.what);
        }
    }
    names
}

fn length(group: &[&Window]) -> usize {
    names(group).join("、").chars().count()
}

fn day(label: &'static str, bound: Option<&Bound>) -> LeafletDay {
    let sense = match bound {
        Some(Bound {
            kind: BoundKind::NotBefore,
            ..
        }) => "不早于",
        Some(Bound {
            kind: BoundKind::NotAfter,
            ..
        }) => "不晚于",
        _ => "",
    };
    LeafletDay {
        label,
        sense,
        day: bound.map(|bound| bound.when.text()),
        iso: bound.and_then(Bound::day).map(|day| day.to_string()),
    }
}
