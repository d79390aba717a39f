//! The facts of a document that are in no clause: year, dates, number, offices, region.
//!
//! They are compared with the title, with the lines that the file copies from masthead and signature (`as_printed`), and
//! with the text (GB/T 9704-2012, 7.2 to 7.4: what is in 版头, 主体 and 版记).

use std::collections::HashSet;
use std::ops::Range;

use jiff::civil::Date;
use mingbai_forms::entries::Entry;
use mingbai_reading::{TimeUnit, What, Year, read};

use super::words::Words;
use super::years::printed;
use super::{Value, say};
use crate::diag::Sink;
use crate::model::date::parse_day;
use crate::model::decode::UNSTATED;
use crate::model::{Body, Document, Kind, Phase, Regions};
use crate::text::{book_titles, fold};

/// The official text that a document is or that it is based on.
pub(super) struct Official<'a> {
    /// Title, copied lines and text.
    lines: Vec<Words<'a>>,
    /// The lines that are copied from masthead, signature and imprint, with the title.
    front: Vec<Words<'a>>,
    /// The years of its title.
    years: Vec<i16>,
    /// The year of its date.
    issued: Option<i16>,
    /// Where it applies, as its file says.
    region: Option<&'a str>,
}

impl<'a> Official<'a> {
    /// The official text of a notice, given its file's text.
    pub fn of<P: Phase>(notice: &'a Document<P>, text: &'a str) -> Self {
        let root = notice.entries.first();
        let copied = || root.into_iter().flat_map(|root| root.values("as_printed"));
        let mut front = vec![Words::new(&notice.title.value, None)];
        front.extend(copied().map(|line| Words::new(&line.value, Some(line.span))));
        if copied().next().is_none() {
            // What is not copied is taken from the file's own list of issuers.
            let issuers = root.into_iter().flat_map(|root| root.values("issuers"));
            front.extend(issuers.map(|issuer| Words::new(&issuer.value, Some(issuer.span))));
        }
        let mut lines = front.clone();
        if let Some(body) = &notice.body {
            lines.push(Words::new(body.whole(text), None));
        }
        let issued = match &notice.kind {
            Kind::Notice(kind) => kind.issued.map(Date::year),
            _ => None,
        };
        Self {
            lines,
            front,
            years: printed(&notice.title.value),
            issued,
            region: root
                .and_then(|root| root.value("region"))
                // A place that was not found was reported.
                .filter(|_| notice.place.is_some())
                .map(|region| region.value.as_str())
                .filter(|region| *region != UNSTATED),
        }
    }

    fn contain(&self, words: &str) -> bool {
        self.lines.iter().any(|line| line.contain(words))
    }

    /// Whether the title or a copied line has the words; a line of the imprint only where it is asked for.
    fn front_contains(&self, words: &str, imprint: bool) -> bool {
        let mut lines = self
            .front
            .iter()
            .filter(|line| is_imprint(&line.text) == imprint);
        lines.any(|line| line.contain(words))
    }

    /// The days that the copied lines print, in the signature or in the imprint.
    fn days(&self, imprint: bool) -> Vec<Date> {
        let lines = self
            .front
            .iter()
            .filter(|line| is_imprint(&line.text) == imprint);
        lines.flat_map(days_of).collect()
    }

    /// The days that the whole text prints with their years.
    fn all_days(&self) -> Vec<Date> {
        self.lines.iter().flat_map(days_of).collect()
    }
}

/// The days of a text that are printed with their years.
pub(super) fn days_of<'a>(words: &'a Words<'_>) -> impl Iterator<Item = Date> + use<'a> {
    words.meanings().filter_map(|(_, what)| {
        let What::Day(day) = what else { return None };
        let (Year::Printed(year) | Year::Carried(year)) = day.year else {
            return None;
        };
        let month = i8::try_from(day.month?).ok()?;
        Date::new(year, month, i8::try_from(day.day?).ok()?).ok()
    })
}

/// Whether a copied line belongs to the imprint (版记, GB/T 9704-2012, 7.4): 抄送 and 印发.
fn is_imprint(line: &str) -> bool {
    let folded = fold(line);
    folded.starts_with("抄送") || folded.ends_with("印发")
}

/// Compares the facts at the head of a file.
///
/// # Diagnostics
/// MB0903, MB0905.
pub(super) fn compare<P: Phase>(
    regions: &Regions,
    document: &Document<P>,
    root: &Entry,
    official: &Official<'_>,
    sink: &mut Sink,
) {
    let is_notice = matches!(document.kind, Kind::Notice(_));
    compare_year(is_notice, &document.title.value, root, official, sink);
    // A place that was not found was reported.
    if document.place.is_some() {
        compare_place(regions, root, official, sink);
    }
    compare_title(is_notice, root, official, sink);
    compare_parts(document, official, sink);
    if is_notice {
        compare_head(root, official, sink);
    }
}

/// Compares the facts at the head of a self-check.
///
/// # Diagnostics
/// MB0905.
pub(super) fn compare_check(
    regions: &Regions,
    root: &Entry,
    official: &Official<'_>,
    sink: &mut Sink,
) {
    // A self-check of a later year may rest on an older text.
    let own = root.value("title").map(|title| printed(&title.value));
    let own = own.filter(|years| !years.is_empty());
    compare_years(root, &[own.as_ref().unwrap_or(&official.years)], sink);
    compare_place(regions, root, official, sink);
}

/// Titles of attachments are in the text; a grade has one list; a misprint is listed once for each clause.
fn compare_parts<P: Phase>(document: &Document<P>, official: &Official<'_>, sink: &mut Sink) {
    let mut grades: HashSet<&str> = HashSet::new();
    let mut slips: HashSet<(&str, &str)> = HashSet::new();
    for entry in document.entries.iter() {
        if let (Some(clause), Some(printed)) = (&entry.clause, entry.value("printed")) {
            let slip = (clause.value.as_str(), printed.value.as_str());
            if !slips.insert(slip) {
                sink.push(say::twice(clause));
            }
        }
        let title = entry
            .value("title")
            .filter(|_| entry.section == "attachments" && entry.value("part").is_some());
        if let Some(title) = title.filter(|title| !official.contain(&title.value)) {
            sink.push(say::head(title));
        }
        if let Some(grade) = entry.value("grade").filter(|_| entry.section == "grades")
            && !grades.insert(&grade.value)
        {
            sink.push(say::head(grade));
        }
    }
}

/// The list of each grade is in the clause that the file cites, if one clause has them all.
pub(super) fn compare_lists(body: &Body, entries: &[Entry], sink: &mut Sink) {
    let Some(whole) = entries.first().and_then(|root| root.clause.as_ref()) else {
        return;
    };
    let blocks = |label: &str| Some(body.clauses[body.find(label)?].blocks.clone());
    let has = |outer: &Range<usize>, list: &Value| {
        let inner = blocks(&list.value);
        inner.is_none_or(|inner| outer.start <= inner.start && inner.end <= outer.end)
    };
    let grades = entries.iter().filter(|entry| entry.section == "grades");
    let lists: Vec<&Value> = grades.filter_map(|entry| entry.value("list")).collect();
    let mut clauses = body.clauses.iter();
    let is_one = clauses.any(|clause| lists.iter().all(|list| has(&clause.blocks, list)));
    let outside =
        blocks(&whole.value).and_then(|outer| lists.iter().find(|list| !has(&outer, list)));
    if let Some(list) = outside.filter(|_| is_one) {
        sink.push(say::outside(whole, list));
    }
}

/// Numbers of a title are in the official text, or are the year of the file. A title negates nothing that the title of
/// the text does not.
fn compare_title(is_notice: bool, root: &Entry, official: &Official<'_>, sink: &mut Sink) {
    let Some(title) = root.value("title") else {
        return;
    };
    // Nothing is copied that the title of a notice could be compared with.
    if is_notice && root.values("as_printed").count() == 0 {
        return;
    }
    let is_own = |line: &&Words<'_>| !is_notice || line.text != title.value;
    let front = || official.front.iter().filter(is_own);
    let negates = |text: &str| text.contains(['不', '未']);
    let is_negated = negates(&title.value) && !front().any(|line| negates(&line.text));
    let year = root.value("year").map_or("", |year| year.value.trim());
    let runs = title.value.split(|c: char| !c.is_ascii_digit());
    let is_said = |run: &str| {
        let mut lines = official.lines.iter().filter(is_own);
        run == year || lines.any(|line| line.has_run(run, run.len()))
    };
    let mut runs = runs.filter(|run| !run.is_empty());
    let mut named = book_titles(&title.value);
    let is_named = |name: &str| {
        let mut lines = official.lines.iter().filter(is_own);
        lines.any(|line| line.contain(name))
    };
    let is_misprinted = is_notice && differs_from_print(&title.value, root);
    if is_negated
        || is_misprinted
        || !runs.all(is_said)
        || !named.all(|range| is_named(&title.value[range]))
    {
        sink.push(say::head(title));
    }
}

/// Whether the copied lines have half of the title of a notice, but not the whole.
fn differs_from_print(title: &str, root: &Entry) -> bool {
    let copied: String = root
        .values("as_printed")
        .map(|line| fold(&line.value))
        .collect();
    let title = fold(title);
    let middle = title.char_indices().nth(title.chars().count() / 2);
    let (first, last) = title.split_at(middle.map_or(0, |(at, _)| at));
    let has = |half: &str| half.chars().count() > 2 && copied.contains(half);
    (has(first) || has(last)) && !copied.contains(&title)
}

/// The year of the file is one that its title and the official text print. A text without a year may hold for many years;
/// a notice without one is of the year of its date.
fn compare_year(
    is_notice: bool,
    title: &str,
    root: &Entry,
    official: &Official<'_>,
    sink: &mut Sink,
) {
    let own = printed(title);
    let issued: Vec<i16> = official.issued.into_iter().collect();
    if is_notice && own.is_empty() && official.years.is_empty() {
        compare_years(root, &[&issued], sink);
    } else {
        compare_years(root, &[&own, &official.years], sink);
    }
}

/// The year of a file is in each of these lists that is not empty.
fn compare_years(root: &Entry, expected: &[&[i16]], sink: &mut Sink) {
    let Some(value) = root.value("year") else {
        return;
    };
    let Ok(year) = value.value.trim().parse::<i16>() else {
        return;
    };
    let other = |years: &&&[i16]| !years.is_empty() && !years.contains(&year);
    if let Some(years) = expected.iter().find(other) {
        sink.push(say::year(value, years));
    }
}

/// The place is in the title, the issuers or the text. A text that names no place leaves it open.
fn compare_place(regions: &Regions, root: &Entry, official: &Official<'_>, sink: &mut Sink) {
    let place = root.value("region").or_else(|| root.value("county"));
    let Some(value) = place else { return };
    let Some(last) = value.value.split_whitespace().last() else {
        return;
    };
    let stem = last.trim_end_matches(['省', '市', '县', '区']);
    let is_said = match last {
        "全国" => true,
        _ => {
            official.contain(last)
                || (stem.chars().count() >= 2
                    && official.front.iter().any(|line| line.contain(stem)))
        }
    };
    // A county lies in a province that its text need not name: only a place of the same rank is another one.
    let names_other = || {
        let names = regions.names_of_rank(last);
        let mut lines = official.front.iter();
        lines.any(|line| names.iter().any(|name| names_place(line, name)))
    };
    // A place that was not found was reported.
    if !is_said && regions.has_name(last) && names_other() {
        sink.push(say::place(value));
    } else if let Some(region) = official.region.filter(|one| !is_near(one, &value.value)) {
        sink.push(say::other_place(value, region));
    }
}

/// Whether a line names a place. A short name (蔚县) is the first word of the line, or follows a larger place.
fn names_place(line: &Words<'_>, name: &str) -> bool {
    let folded = line.folded();
    let is_short = name.chars().count() < 3;
    let mut places = folded.match_indices(name);
    places.any(|(at, _)| !is_short || at == 0 || folded[..at].ends_with(['省', '市', '州', '盟']))
}

/// Whether two places are in one province; the country is near every place.
fn is_near(one: &str, other: &str) -> bool {
    let first = |path: &str| path.split_whitespace().next().map(str::to_owned);
    let (one, other) = (first(one), first(other));
    one == other || [one, other].contains(&Some("全国".to_owned()))
}

/// Number, dates and offices of a notice.
fn compare_head(root: &Entry, official: &Official<'_>, sink: &mut Sink) {
    let stated = |key: &'static str| root.values(key).filter(|value| value.value != UNSTATED);
    let copied = root.values("as_printed").count() > 0;
    for key in ["number", "letterhead", "issuers", "addressees", "copies"] {
        let mut before: Vec<&str> = Vec::new();
        for value in stated(key) {
            let is_said = if copied {
                official.front_contains(&value.value, key == "copies")
            } else {
                true
            };
            if !is_said || before.contains(&value.value.as_str()) {
                sink.push(say::head(value));
            }
            before.push(&value.value);
        }
    }
    for (key, imprint) in [("issued", false), ("printed_on", true)] {
        let days = official.days(imprint);
        for value in stated(key) {
            let Ok(day) = parse_day(&value.value, value.span) else {
                continue;
            };
            if !days.is_empty() && !days.contains(&day) {
                sink.push(say::date(value, &days));
            }
        }
    }
    compare_validity(root, official, sink);
    compare_number_year(stated("number").next(), stated("issued").next(), sink);
}

/// 自2026年1月1日起施行，有效期至2030年12月31日, or 有效期5年.
fn compare_validity(root: &Entry, official: &Official<'_>, sink: &mut Sink) {
    let day = |key: &str| {
        let value = root.value(key)?;
        Some((value, parse_day(&value.value, value.span).ok()?))
    };
    let days = official.all_days();
    let in_force = day("in_force");
    if let Some((value, day)) = in_force
        && ["施行", "实施", "生效"]
            .iter()
            .any(|verb| official.contain(verb))
        && !days.is_empty()
        && !days.contains(&day)
    {
        sink.push(say::date(value, &days));
    }
    let Some((value, expires)) = day("expires") else {
        return;
    };
    if days.contains(&expires) || !official.contain("有效期") {
        return;
    }
    let years = official.lines.iter().flat_map(Words::meanings);
    let years = years.filter_map(|(_, what)| match what {
        What::Duration(length) if length.unit == TimeUnit::Year && length.value.scale == 0 => {
            Some(length.value.digits)
        }
        _ => None,
    });
    let is_end = |years: i64| {
        let (_, from) = in_force?;
        let end = from
            .checked_add(jiff::Span::new().try_years(years).ok()?)
            .ok()?;
        (end == expires || end.yesterday().ok()? == expires).then_some(())
    };
    if !years.into_iter().any(|years| is_end(years).is_some()) {
        sink.push(say::date(value, &days));
    }
}

/// The year in a document number is the year of its date.
fn compare_number_year(number: Option<&Value>, issued: Option<&Value>, sink: &mut Sink) {
    let (Some(number), Some(issued)) = (number, issued) else {
        return;
    };
    let Ok(day) = parse_day(&issued.value, issued.span) else {
        return;
    };
    let year = read(&number.value)
        .into_iter()
        .find_map(|reading| match reading.what {
            What::DocumentNumber(number) => year_of(&number),
            _ => None,
        });
    // A document of the first days of a year may still carry the number of the year before.
    if let Some(year) = year
        && day.year() != year
        && day.year() != year + 1
    {
        sink.push(say::year(number, &[day.year()]));
    }
}

/// `晋教助学〔2020〕7号` -> 2020
fn year_of(number: &str) -> Option<i16> {
    let (_, rest) = number.split_once('〔')?;
    rest.split_once('〕')?.0.parse().ok()
}
