//! Evidence: what a source file says, compared with what the official words say.
//!
//! Comes in: the entries of every file ([`Entry`]) and the official texts. Goes out: diagnostics, nothing else. Each entry
//! is compared with its quotation, or with its clause if it has none: days (`days`), numbers (`numbers`), names
//! (`names`) and the words that carry the force of a rule (`prose`). `mingbai-reading` reads both sides; this module
//! only says which reading may answer for which value.
//!
//! Quotations that are not in their clause were reported by `link`, and values of the wrong form by `model`. Such entries
//! are not compared.

mod channel;
mod channels;
mod days;
mod denial;
mod document;
mod english;
mod force;
mod formulas;
mod labels;
mod life;
mod marks;
mod names;
mod negation;
mod numbers;
mod omitted;
mod order;
mod places;
mod polarity;
mod prose;
mod rewords;
mod say;
mod sentence;
mod unstated;
mod values;
mod words;
mod years;

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

pub use channel::names_both_ways;
pub use days::{End as DayOf, gives_day, kind_of as bound_kind};

use mingbai_forms::entries::{Entry, EntryValue, entries};
use mingbai_rules::self_check::Verdict;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use self::document::Official;
use self::places::Places;
use self::words::Words;
use self::years::Years;
use crate::diag::{Sink, SourceId, Span, Spanned, codes};
use crate::link::{LookedUp, Names};
use crate::memo::{Clean, Keyed, Silent, Texts};
use crate::model::date::parse_bound;
use crate::model::{Citation, ClauseId, Document, DocumentId, Model, Phase, Regions, Written};
use crate::sources::bounds::SITE;
use crate::sources::{Sources, yaml};

const GLOSSARY: &str = "data/glossary.yaml";

/// What one entry is compared with.
struct Case<'a> {
    entry: &'a Entry,
    /// The quotation; the clause if there is none.
    words: &'a Words<'a>,
    /// The words of the entries that this one names: the provisions of an outcome, and its condition.
    named: Vec<&'a Words<'a>>,
    /// The clauses that all these words are in, its own first.
    clauses: Vec<&'a Words<'a>>,
    /// The numbers of the clause and of those directly below it: what 第二类 may mean.
    numbers: &'a HashSet<u32>,
    years: &'a Years,
    /// The title of the document that is cited.
    title: &'a str,
    here: &'a Here<'a>,
}

/// Where a file applies.
struct Here<'a> {
    regions: &'a Regions,
    /// The places that the file and its source name as their region, and the title of the source.
    places: Vec<&'a str>,
}

impl<'a> Case<'a> {
    fn new(
        here: &'a Here<'a>,
        entry: &'a Entry,
        cited: &'a Cited<'a>,
        named: &[&'a Cited<'a>],
    ) -> Self {
        let clauses = std::iter::once(cited).chain(named.iter().copied());
        let clauses = clauses.map(|cited| &*cited.clause);
        Self {
            entry,
            words: cited.words(),
            named: named.iter().map(|cited| cited.words()).collect(),
            clauses: clauses.collect(),
            numbers: &cited.numbers,
            years: &cited.years,
            title: cited.title,
            here,
        }
    }

    /// What an outcome concludes.
    fn verdict(&self) -> Option<Verdict> {
        let word = self.entry.value("verdict")?;
        let mut words = Verdict::WORDS.iter();
        words
            .find(|(one, _)| *one == word.value)
            .map(|(_, verdict)| *verdict)
    }

    /// Everything that a sentence may rest on.
    fn all_words(&self) -> impl Iterator<Item = &'a Words<'a>> {
        std::iter::once(self.words).chain(self.named.iter().copied())
    }

    /// Compares every value of the entry.
    fn judge(&self, sink: &mut Sink) {
        let mut said = Sink::default();
        // Days in the wrong order and sums that do not add up were reported.
        let is_compared =
            !matches!(self.entry.section, "windows" | "quotas") || !self.is_inconsistent();
        let own = self
            .entry
            .values
            .iter()
            .filter(|value| value.within.is_empty());
        for value in own.filter(|_| is_compared) {
            self.judge_value(value, &mut said);
        }
        if self.entry.section == "values" {
            self.judge_parts(&mut said);
        }
        rewords::compare(self, &mut said);
        marks::compare_what(self, &mut said);
        let Some(reason) = self.entry.value("derived") else {
            sink.extend(said);
            return;
        };
        // A number that the words imply is not compared; readers see the reason. Digits in a sentence are never implied.
        let mut implied = false;
        for one in said.into_reported() {
            let digits = self.entry.values.iter().any(|value| {
                let place = one
                    .span
                    .range()
                    .start
                    .checked_sub(value.text.span.range().start);
                let rest = place.and_then(|at| value.text.value.get(at..));
                value.key == "text"
                    && rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
            });
            if one.code == &codes::NUMBER_DIFFERS && !digits {
                implied = true;
            } else {
                sink.push(one);
            }
        }
        if !implied {
            sink.push(say::needless(reason));
        }
    }

    /// Compares what a computed value has below it: cases that cite nothing else, and the cells and heads of a table.
    fn judge_parts(&self, sink: &mut Sink) {
        for value in &self.entry.values {
            match (value.within, value.key) {
                ("cases", "is") | ("table", "cells") => formulas::compare(self, &value.text, sink),
                ("cases", "when") | ("table", "heads") => {
                    numbers::compare_constant(self, &value.text, sink);
                }
                _ => {}
            }
        }
    }

    /// Whether the last day is before the first, or morning and afternoon are not the day.
    fn is_inconsistent(&self) -> bool {
        let day = |key| {
            let value: &Spanned<String> = self.entry.value(key)?;
            parse_bound(&value.value, value.span).ok()?.day()
        };
        let number = |key| self.entry.value(key)?.value.trim().parse::<u64>().ok();
        let is_swapped =
            matches!((day("from"), day("until")), (Some(from), Some(until)) if until < from);
        let sum = (number("per_day"), number("morning"), number("afternoon"));
        is_swapped
            || matches!(sum, (Some(day), Some(morning), Some(afternoon)) if morning.saturating_add(afternoon) != day)
    }

    fn judge_value(&self, value: &EntryValue, sink: &mut Sink) {
        let text = &value.text;
        match (self.entry.section, value.key) {
            ("windows", "from") => days::compare(self, days::End::From, text, sink),
            ("windows", "until") => days::compare(self, days::End::Until, text, sink),
            ("deadlines", "by") => days::compare(self, days::End::Deadline, text, sink),
            ("quotas", "per_day" | "morning" | "afternoon")
            | ("stated", "count")
            | ("grades", "stated") => {
                numbers::compare(self, value.key, text, sink);
            }
            ("stated", "rate") => numbers::compare_share(self, text, sink),
            (_, "phone") => numbers::compare_phone(self, text, sink),
            ("values", "formula") | ("cases", "is") => formulas::compare(self, text, sink),
            ("outcomes", "when") => numbers::compare_limits(self, text, sink),
            ("conditions" | "values" | "cases", "when" | "value") => {
                numbers::compare_constant(self, text, sink)
            }
            ("venues" | "groups", "what") | ("forms", "items") => names::compare(self, text, sink),
            ("cites", "number") => names::compare_number(self, text, sink),
            ("cites", "title") => names::compare(self, text, sink),
            ("grades", "grade") => names::compare_grade(self, text, sink),
            ("channels", "what") => sentence::compare_channel(self, text, sink),
            ("", "title" | "programme") => sentence::compare_name(self, text, sink),
            ("omitted", "what") => {
                sentence::compare_name(self, text, sink);
                omitted::compare(self, text, sink);
            }
            ("contacts", "office") if self.entry.quote.is_some() => {
                names::compare_office(self, text, sink);
            }
            ("windows" | "deadlines" | "stages", "what")
            | ("summary" | "guide" | "period" | "outcomes" | "provisions", "text")
            | ("windows" | "deadlines" | "channels" | "forms", "who" | "note")
            | ("quotas", "group")
            | ("contacts", "duty" | "note")
            | ("", "about")
            | ("cites" | "attachments", "note") => sentence::compare(self, text, sink),
            _ => {}
        }
    }
}

/// Compares every document with the official text that it cites.
///
/// # Diagnostics
/// MB0228, MB0901 to MB0904.
pub fn check(model: &Model<Written>, sources: &Sources, sink: &mut Sink) {
    let texts = Texts::of(sources);
    check_again(model, sources, &texts, &Clean::default(), sink);
}

/// As [`check`], but a document that had nothing to report, and that with all it looked up is as it was, is not compared again. Goes
/// out: the documents that have nothing to report.
///
/// # Diagnostics
/// As for [`check`].
pub fn check_again(
    model: &Model<Written>,
    sources: &Sources,
    texts: &Texts,
    earlier: &Clean,
    sink: &mut Sink,
) -> Clean {
    let names = Names::new(model);
    let reported: HashSet<Span> = sink.reported().iter().map(|one| one.span).collect();
    let ground = texts.together(|id| is_for_all(&sources.file(id).path));
    let key = |document: &Document<Written>, asked: &[Box<str>]| {
        let own = Keyed::new().key(ground).key(texts.of_file(document.source));
        let found = asked.iter().map(|id| names.document(id));
        let sources = found.map(|id| id.map(|id| texts.of_file(model.documents[id].source)));
        let keyed = sources.fold(own, |keyed, key| keyed.key(key.unwrap_or_default()));
        keyed.done()
    };
    let said: Vec<(Sink, Option<(String, Silent)>)> = model
        .documents
        .raw
        .par_iter()
        .map(|document| {
            let path = &sources.file(document.source).path;
            if let Some(silent) = earlier.silent(path)
                && silent.key == key(document, &silent.asked)
            {
                return (Sink::default(), Some((path.clone(), silent.clone())));
            }
            let mut sink = Sink::default();
            let looked_up = LookedUp::default();
            check_document(
                model,
                &names.noting(&looked_up),
                sources,
                document,
                &mut sink,
            );
            let asked = looked_up.into_ids();
            let key = key(document, &asked);
            let silent = sink
                .is_empty()
                .then(|| (path.clone(), Silent { asked, key }));
            (sink, silent)
        })
        .collect();
    let mut of_terms = Sink::default();
    check_glossary(model, &names, sources, &mut of_terms);
    let (said, clean): (Vec<Sink>, Vec<_>) = said.into_iter().unzip();
    // What is wrong for another reason is reported once.
    let said = said.into_iter().chain([of_terms]);
    let said = said.flat_map(Sink::into_reported);
    for one in said.filter(|one| !reported.contains(&one.span)) {
        sink.push(one);
    }
    Clean::of(clean.into_iter().flatten())
}

/// Whether every comparison may read a file: the names of places and the limits.
fn is_for_all(path: &str) -> bool {
    path.starts_with("data/regions/") || path == SITE
}

/// Compares the terms of the glossary.
///
/// # Diagnostics
/// As for [`check`].
pub fn check_terms<P: Phase>(model: &Model<P>, sources: &Sources, sink: &mut Sink) {
    check_glossary(model, &Names::new(model), sources, sink);
}

fn check_glossary<P: Phase>(
    model: &Model<P>,
    names: &Names<'_, P>,
    sources: &Sources,
    sink: &mut Sink,
) {
    if let Some((id, _)) = sources.find(GLOSSARY) {
        check_file(model, names, sources, id, sink);
    }
}

/// Compares one document.
///
/// # Diagnostics
/// As for [`check`].
pub fn check_one(model: &Model<Written>, sources: &Sources, id: DocumentId, sink: &mut Sink) {
    check_document(
        model,
        &Names::new(model),
        sources,
        &model.documents[id],
        sink,
    );
}

fn check_document(
    model: &Model<Written>,
    names: &Names<'_, Written>,
    sources: &Sources,
    document: &Document<Written>,
    sink: &mut Sink,
) {
    let source = document.kind.source();
    let source = source.map_or(&document.id, |source| &source.value);
    let source = names.document(source);
    if let (Some(source), Some(root)) = (source, document.entries.first()) {
        let official = &model.documents[source];
        // That the source is not a notice was reported.
        if official.kind.source().is_some() {
            return;
        }
        let text = &sources.file(official.source).text;
        document::compare(
            &model.regions,
            document,
            root,
            &Official::of(official, text),
            sink,
        );
    }
    compare(model, names, sources, source, &document.entries, sink);
}

/// Compares a file outside the documents (a self-check, the glossary) with the official text that it cites.
///
/// # Diagnostics
/// As for [`check`].
pub fn check_file<P: Phase>(
    model: &Model<P>,
    names: &Names<'_, P>,
    sources: &Sources,
    file: SourceId,
    sink: &mut Sink,
) {
    let text = &sources.file(file).text;
    // What the parser says was reported.
    let Some(node) = yaml::parse(file, text, 0..text.len(), &mut Sink::default()) else {
        return;
    };
    let entries = entries(&node);
    let source = entries.first().and_then(|root| root.value("source"));
    let source = source.and_then(|source| names.document(&source.value));
    if let (Some(source), Some(root)) = (source, entries.first()) {
        let notice = &model.documents[source];
        let text = &sources.file(notice.source).text;
        document::compare_check(&model.regions, root, &Official::of(notice, text), sink);
    }
    compare(model, names, sources, source, &entries, sink);
}

fn compare<P: Phase>(
    model: &Model<P>,
    names: &Names<'_, P>,
    sources: &Sources,
    source: Option<DocumentId>,
    entries: &[Entry],
    sink: &mut Sink,
) {
    let site = Site {
        model,
        names,
        sources,
        source,
        words: RefCell::default(),
        numbers: RefCell::default(),
        years: RefCell::default(),
        places: RefCell::default(),
    };
    let root = entries.first();
    let notice = source.map(|source| &model.documents[source]);
    let roots = root
        .into_iter()
        .chain(notice.and_then(|notice| notice.entries.first()));
    let regions = roots.flat_map(|root| {
        ["region", "county"]
            .into_iter()
            .filter_map(|key| root.value(key))
    });
    let places = regions.chain(notice.map(|notice| &notice.title));
    let here = Here {
        regions: &model.regions,
        places: places.map(|place| place.value.as_str()).collect(),
    };
    let cited: Vec<Option<Cited<'_>>> = entries.iter().map(|entry| site.cited(entry)).collect();
    let by_name = names_of(entries);
    let body = source.and_then(|source| model.documents[source].body.as_ref());
    if let Some(body) = body {
        let text = &sources.file(body.source).text;
        document::compare_lists(body, entries, sink);
        for entry in entries {
            labels::compare(body, text, entry, sink);
        }
    }
    for (entry, own) in entries.iter().zip(&cited) {
        unstated::compare(&site, entry, sink);
        let Some(own) = own else { continue };
        if let Some(root) = root.filter(|_| life::is_end(entry)) {
            life::compare(&model.documents[own.document], root, entry, own, sink);
        }
        let named = named_by(entry, &by_name);
        let named: Vec<&Cited<'_>> = named
            .into_iter()
            .filter_map(|at| cited[at].as_ref())
            .collect();
        // A note may speak of a document of the site.
        let notice = entry.value("notice");
        let notice = notice.and_then(|id| names.document(&id.value));
        let notice = notice.map(|id| Words::new(&model.documents[id].title.value, None));
        let mut said = Sink::default();
        let mut case = Case::new(&here, entry, own, &named);
        case.clauses.extend(&notice);
        case.judge(&mut said);
        let is_sound = said.is_empty();
        sink.extend(said);
        if is_sound {
            let is_sound = |narrow: &Cited<'_>| {
                let mut said = Sink::default();
                Case::new(&here, entry, narrow, &named).judge(&mut said);
                said.is_empty()
            };
            site.compare_place(entry, own, is_sound, sink);
        }
    }
}

/// The provisions and conditions of a file, by name.
fn names_of(entries: &[Entry]) -> HashMap<&str, Vec<usize>> {
    let mut names: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, entry) in entries.iter().enumerate() {
        if let Some(name) = &entry.name
            && matches!(entry.section, "provisions" | "conditions")
        {
            names.entry(&name.value).or_default().push(at);
        }
    }
    names
}

/// The entries that an outcome names, its provisions and its condition, in the order of the file.
fn named_by(entry: &Entry, by_name: &HashMap<&str, Vec<usize>>) -> Vec<usize> {
    const KEYS: [&str; 8] = [
        "when",
        "benefit",
        "documents",
        "form",
        "office",
        "time",
        "next",
        "caution",
    ];
    if entry.section != "outcomes" {
        return Vec::new();
    }
    let names = entry
        .values
        .iter()
        .filter(|value| KEYS.contains(&value.key));
    let named = names.filter_map(|value| by_name.get(value.text.value.as_str()));
    let mut named: Vec<usize> = named.flatten().copied().collect();
    named.sort_unstable();
    named.dedup();
    named
}

/// Clauses that were read, by where they are in memory.
type Read<'a> = FxHashMap<(*const u8, usize), Rc<Words<'a>>>;
/// The numbers of clauses.
type Numbers = FxHashMap<(DocumentId, ClauseId), Rc<HashSet<u32>>>;

/// Where the citations of a file lead.
struct Site<'a, P: Phase> {
    model: &'a Model<P>,
    names: &'a Names<'a, P>,
    sources: &'a Sources,
    source: Option<DocumentId>,
    /// Most clauses are cited more than once.
    words: RefCell<Read<'a>>,
    numbers: RefCell<Numbers>,
    years: RefCell<FxHashMap<DocumentId, Years>>,
    places: RefCell<FxHashMap<DocumentId, Rc<Places<'a>>>>,
}

/// What an entry cites.
struct Cited<'a> {
    document: DocumentId,
    id: ClauseId,
    label: &'a str,
    title: &'a str,
    quote: Option<Words<'a>>,
    clause: Rc<Words<'a>>,
    numbers: Rc<HashSet<u32>>,
    years: Years,
}

impl<'a> Cited<'a> {
    /// The quotation; the clause if there is none.
    fn words(&self) -> &Words<'a> {
        self.quote.as_ref().unwrap_or(&self.clause)
    }
}

impl<'a, P: Phase> Site<'a, P> {
    /// A clause, which is read once.
    fn words(&self, text: &'a str) -> Rc<Words<'a>> {
        let mut words = self.words.borrow_mut();
        let words = words.entry((text.as_ptr(), text.len()));
        words
            .or_insert_with(|| Rc::new(Words::new(text, None)))
            .clone()
    }

    /// The numbers of a clause and of those directly below it; nothing for a document without a text.
    fn numbers(&self, document: DocumentId, clause: ClauseId) -> Option<Rc<HashSet<u32>>> {
        let body = self.model.documents[document].body.as_ref()?;
        let mut numbers = self.numbers.borrow_mut();
        let numbers = numbers.entry((document, clause));
        let near = || Rc::new(body.numbers_near(clause).into_iter().collect());
        Some(numbers.or_insert_with(near).clone())
    }

    /// The years of a document.
    fn years(&self, document: DocumentId) -> Years {
        let mut years = self.years.borrow_mut();
        let years = years.entry(document);
        years
            .or_insert_with(|| Years::of(&self.model.documents[document]))
            .clone()
    }

    /// Where the words of a document are; its text is folded once.
    fn places(&self, document: DocumentId) -> Option<Rc<Places<'a>>> {
        let body = self.model.documents[document].body.as_ref()?;
        let mut places = self.places.borrow_mut();
        let places = places.entry(document);
        let text = &self.sources.file(body.source).text;
        Some(
            places
                .or_insert_with(|| Rc::new(Places::new(body, text)))
                .clone(),
        )
    }

    /// The words that an entry cites; nothing if they were not found, which was reported.
    fn cited(&self, entry: &'a Entry) -> Option<Cited<'a>> {
        if let Some(cited) = unstated::cited(self, entry) {
            return Some(cited);
        }
        let citation = Citation {
            clause: entry.clause.clone()?,
            quote: entry.quote.clone(),
            unstated: None,
            derived: None,
        };
        // The words that end a document are those of the other one.
        let key = if life::is_end(entry) {
            "notice"
        } else {
            "source"
        };
        let own = entry.value(key);
        let own = own.and_then(|source| self.names.document(&source.value));
        let found = self.names.resolve(own.or(self.source), &citation).ok()?;
        let body = self.model.documents[found.document].body.as_ref()?;
        let text = &self.sources.file(body.source).text;
        let clause = self.words(body.written(found.clause, text));
        let quote = match &entry.quote {
            Some(quote) if !clause.contain(&quote.value) => return None,
            Some(quote) => Some(Words::new(&quote.value, Some(quote.span))),
            None => None,
        };
        Some(Cited {
            document: found.document,
            id: found.clause,
            label: &body.clauses[found.clause].label,
            title: &self.model.documents[found.document].title.value,
            quote,
            clause,
            numbers: self.numbers(found.document, found.clause)?,
            years: self.years(found.document),
        })
    }

    /// Compares where the words of an entry are with the clause that it cites: a clause further in is suggested if the
    /// entry says nothing beyond it, and a longer quotation if another clause has the same words.
    fn compare_place(
        &self,
        entry: &'a Entry,
        own: &Cited<'a>,
        is_sound: impl Fn(&Cited<'a>) -> bool,
        sink: &mut Sink,
    ) {
        let copied = match entry.section {
            "cites" => entry.value("title"),
            "slips" => entry.value("printed"),
            _ => None,
        };
        let Some(words) = entry.quote.as_ref().or(copied) else {
            return;
        };
        let Some(places) = self.places(own.document) else {
            return;
        };
        let found = places.of(&words.value);
        let inside: Vec<_> = found
            .iter()
            .filter_map(|clause| places.between(*clause, own.id))
            .collect();
        if let [path] = inside.as_slice()
            && !places.are_in_paragraph(&words.value)
        {
            let narrow = path.iter().filter_map(|clause| self.narrowed(own, *clause));
            if let Some(narrow) = narrow.into_iter().find(|narrow| is_sound(narrow)) {
                sink.push(say::wide(words, narrow.label));
                return;
            }
        }
        let is_divided = inside.len() > 1 && inside.iter().all(|path| !path.is_empty());
        if entry.quote.is_some() && (is_divided || inside.len() < found.len()) {
            let body = self.model.documents[own.document].body.as_ref();
            let other = found.iter().find(|clause| **clause != own.id);
            if let Some((body, other)) = body.zip(other) {
                sink.push(say::elsewhere(words, &body.clauses[*other].label));
            }
        }
    }

    /// The same words, cited from a clause further in.
    fn narrowed(&self, cited: &Cited<'a>, clause: ClauseId) -> Option<Cited<'a>> {
        let body = self.model.documents[cited.document].body.as_ref()?;
        let text = &self.sources.file(body.source).text;
        let label = body.clauses[clause].label.as_str();
        (body.find(label) == Some(clause)).then(|| Cited {
            document: cited.document,
            id: clause,
            label,
            title: cited.title,
            quote: cited.quote.clone(),
            clause: self.words(body.written(clause, text)),
            numbers: self.numbers(cited.document, clause).unwrap_or_default(),
            years: cited.years.clone(),
        })
    }
}

/// A value and where it is.
type Value = Spanned<String>;
