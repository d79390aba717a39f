//! What a leaflet says, and how it is laid out.
//!
//! Comes in: a [`Sheet`]. Goes out: [`LeafletView`]. The layout does not depend on the day of the build: everything that is
//! shown on some day has its room on that day, so that a page printed later is the page that a build of that day makes.

use jiff::civil::Date;

use super::fit::{Early, LeftOut};
use super::{fit, qr};
use crate::atlas::Facts;
use crate::atlas::routes;
use crate::pages::parts::day_in;
use crate::pages::self_checks::readings_in_words;
use crate::pages::view::{LeafletLine, LeafletSection, LeafletTime, LeafletView, Link, ShownView};
use crate::rules::language::Language;

/// At the foot of every sheet.
const ASK: (&str, &str) = (
    "出门前先问清楚：问受理的学生资助管理机构，不花钱。",
    "Ask before you go; asking costs nothing.",
);

/// How to read a sheet, in small type.
const HOW_TO_READ: (&str, &str) = (
    "［］里是原文的条款；其余是本站的白话，办理以原文和经办机构的答复为准。",
    "In brackets: the clauses of the text. The rest is in our words; what counts is the text and what the office says.",
);

/// A day whose words are as long as those of any other day.
const LONGEST_DAY: Date = Date::constant(2000, 12, 28);

/// At most this many sources are named; a self-check may cite many documents.
const MOST_SOURCES: usize = 3;

/// A section and its rank: those of rank 0 are kept first.
pub type Ranked = (u8, LeafletSection);

/// What a leaflet says, before it is known what fits.
#[derive(Default)]
pub struct Sheet {
    pub language: Language,
    pub about: String,
    pub title: String,
    pub lead: Option<String>,
    pub warning: Option<String>,
    /// What must be known from a day on: that it is over.
    pub late: Option<(Date, String)>,
    pub times: Vec<LeafletTime>,
    pub sections: Vec<Ranked>,
    /// What the text does not say, in a few words each.
    pub open: Vec<String>,
    /// What it says in two ways, as questions.
    pub doubts: Vec<String>,
    /// In how many ways each of them can be read, if that is the same for all.
    pub readings: Option<usize>,
    pub sources: Vec<String>,
    /// The day on which the text was compared.
    pub checked: Option<Date>,
    /// The page that the code leads to.
    pub page: Link,
    /// The document's own page, if that is another one.
    pub document: Option<Link>,
}

impl Sheet {
    /// Decides what fits, and says what does not.
    pub fn lay_out(mut self, facts: &Facts, today: Date) -> LeafletView {
        let (title, title_size) = fit::title(&self.title);
        let lead = self.lead.take().map(|lead| fit::sentence(&lead));
        let warning = self.warning.take().map(|words| fit::sentence(&words));
        let late = self.late.take();
        let late = late.map(|(day, words)| (day, fit::sentence(&words)));
        let (ask_about, ask) = self.question();
        let language = self.language;
        let of = |(chinese, english): (&'static str, &'static str)| language.of(chinese, english);
        let ask = format!("{ask}{}", of(ASK));
        let address = routes::canonical(&facts.site().base_url, &self.page.url);
        let site = &facts.site().title;
        let mut small = std::mem::take(&mut self.sources);
        small.truncate(MOST_SOURCES);
        small.push(of(HOW_TO_READ).into());
        small.push(made_on(language, site, self.checked, LONGEST_DAY));
        let late_words = late.as_ref().map(|(_, words)| words);
        let warnings: Vec<&String> = warning.iter().chain(late_words).collect();
        let warnings = (!warnings.is_empty()).then(|| warnings.into_iter().cloned().collect());
        let asked = format!("{}：{ask}", ask_about.as_deref().unwrap_or_default());
        let room = |warnings: Option<&String>| {
            fit::room(&fit::Fixed {
                about: &self.about,
                title: &title,
                title_size,
                lead: lead.as_deref(),
                warning: warnings.map(String::as_str),
                ask: &asked,
                address: &address,
                small: &small,
            })
        };
        let early = late.as_ref().map(|(day, _)| Early {
            room: room(warning.as_ref()),
            before: ShownView::before(*day, today),
            since: ShownView::since(*day, today),
        });
        let room = room(warnings.as_ref());
        small.pop();
        small.push(made_on(language, site, self.checked, today));
        let (days_size, times_more, height) = fit::times(&mut self.times, room);
        let early = early.map(|early| Early {
            room: early.room.saturating_sub(height),
            ..early
        });
        let room = room.saturating_sub(height);
        let fitted = fit::sections(&mut self.sections, room, early.as_ref());
        LeafletView {
            about: self.about,
            title,
            title_size,
            text_size: fitted.class,
            lead,
            warning,
            late: late.map(|(day, text)| LeafletLine {
                text,
                shown: ShownView::since(day, today),
            }),
            times: self.times,
            days_size,
            times_more,
            sections: self.sections.into_iter().map(|(_, one)| one).collect(),
            ask_about,
            ask,
            more: more(language, times_more, &fitted.left_out, early.as_ref()),
            lang: language.tag(),
            qr_html: qr::svg(language, &address).unwrap_or_default(),
            address,
            page: self.page,
            document: self.document,
            small,
        }
    }

    /// What to ask about, and the sentence.
    fn question(&self) -> (Option<String>, String) {
        if !self.open.is_empty() {
            let open = fit::clipped(&self.open.join("、"));
            return (Some("原文没有写明".to_owned()), format!("{open}。"));
        }
        if !self.doubts.is_empty() {
            let doubts = fit::clipped(&self.doubts.concat());
            let readings = readings_in_words(self.readings);
            let about = match self.language {
                Language::Chinese => format!("原文有{readings}种读法"),
                Language::English => "The text can be read in several ways".to_owned(),
            };
            return (Some(about), doubts);
        }
        (None, String::new())
    }
}

/// When the text was compared, and the sheet made.
fn made_on(language: Language, site: &str, checked: Option<Date>, made: Date) -> String {
    let day = |day| day_in(language, day);
    let checked = checked.map(day).map_or_else(String::new, |on| {
        language.of(
            format!("原文核对：{on}。"),
            format!("Text compared: {on}. "),
        )
    });
    let made = day(made);
    fit::source(&language.of(
        format!("{checked}制卡：{made}，{site}。"),
        format!("{checked}Sheet made: {made}, {site}."),
    ))
}

/// What the web page says and the sheet does not.
fn more(
    language: Language,
    times: usize,
    left_out: &[LeftOut],
    early: Option<&Early>,
) -> Vec<LeafletLine> {
    let line = |shown: &Option<ShownView>, count: fn(&LeftOut) -> usize| {
        let times = (times > 0).then(|| format!("什么时候（{times}项）"));
        let sections = left_out.iter().filter(|one| count(one) > 0);
        let sections = sections.map(|one| {
            let (title, count) = (&one.title, count(one));
            language.of(
                format!("{title}（{count}项）"),
                format!("{title} ({count})"),
            )
        });
        let all: Vec<String> = times.into_iter().chain(sections).collect();
        (!all.is_empty()).then(|| LeafletLine {
            text: match language {
                Language::Chinese => fit::more(&all.join("、")),
                Language::English => format!("More on the web page: {}.", all.join(", ")),
            },
            shown: shown.clone(),
        })
    };
    let lines = match early {
        Some(early) if left_out.iter().any(|one| one.always != one.early) => [
            line(&early.before, |one| one.early),
            line(&early.since, |one| one.always),
        ],
        _ => [line(&None, |one| one.always), None],
    };
    lines.into_iter().flatten().collect()
}
