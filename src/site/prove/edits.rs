//! The changes that a proof tries: every fact of a file, changed in each way in which people get facts wrong.
//!
//! Comes in: the sources and their model. Goes out: [`Edit`]s, made from the YAML of each file without the reader of the
//! official text, so that a mistake of the reader cannot hide a fact from its own proof.

use std::ops::Range;

use mingbai_forms::entries::{Entry, EntryValue, entries};

use crate::diag::{Sink, SourceId, Span};
use crate::model::Model;
use crate::rules::is_rule_file;
use crate::sources::{SourceFile, Sources, split, yaml};
use crate::text::book_titles;

/// A change of one fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub kind: Kind,
    /// Byte range in the file.
    pub range: Range<usize>,
    pub with: String,
}

/// What a change changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A day, month or year by one.
    Day,
    /// First and last day exchanged.
    Ends,
    /// 不早于, 不晚于 added, removed or exchanged.
    Bound,
    /// A number by one, times ten, with two digits exchanged.
    Number,
    /// 名 for 元, 日 for 工作日.
    Unit,
    /// Two digits of a telephone number.
    Phone,
    /// Another county, grade, paper, venue, channel or office of the site.
    Name,
    /// 全部 for 部分, 必须 for 可以.
    Force,
    /// A 不 dropped or added.
    Not,
    /// The clause before or after.
    Clause,
}

impl Kind {
    /// In Chinese and English.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Day => ("日子", "days"),
            Self::Ends => ("首尾颠倒", "ends exchanged"),
            Self::Bound => ("上限下限", "bounds"),
            Self::Number => ("数目", "numbers"),
            Self::Unit => ("单位", "units"),
            Self::Phone => ("电话", "telephones"),
            Self::Name => ("名称", "names"),
            Self::Force => ("分寸", "force of rules"),
            Self::Not => ("否定", "negations"),
            Self::Clause => ("条款", "clauses"),
        }
    }
}

/// Keys whose values are not facts: words of the official text themselves, and the site's own words.
const NOT_FACTS: &[&str] = &[
    "quote",
    "source",
    "basis",
    "why",
    "help",
    "ask",
    "for",
    "description",
    "id",
    "pinyin",
    "aliases",
    "usual",
    "range",
    "file",
    "part",
    "within",
    "unstated",
    "data",
    "checked",
    "release",
    "formerly",
    "topics",
    "short",
    "kind",
    "type",
    "verdict",
    "overlap",
    "benefit",
    "documents",
    "form",
    "time",
    "next",
    "caution",
    "answers",
    "expect",
    "holds",
    "missing",
    "name",
    "notice",
    "on",
    "differs",
    "derived",
    "right",
    "printed",
    "publicity",
    "elsewhere",
    "default",
    "options",
    "unit",
    "questions",
    "index_number",
    "letterhead",
    "as_printed",
];

/// Every change of every file of facts.
pub fn all(sources: &Sources, model: &Model) -> Vec<(SourceId, Vec<Edit>)> {
    let mut files: Vec<(SourceId, Vec<Entry>)> = Vec::new();
    for (id, file) in sources.numbered() {
        if is_file_of_facts(&file.path) && !sources.built_in.contains(&id) {
            files.push((id, entries_of(id, file)));
        }
    }
    let names = Names::of(&files, sources);
    let edits = files.iter().map(|(id, entries)| {
        let mut maker = Maker {
            file: sources.file(*id),
            model,
            names: &names,
            edits: Vec::new(),
        };
        // A term without a source is explained by the site itself.
        let is_term = sources.file(*id).path.ends_with("glossary.yaml");
        for entry in entries
            .iter()
            .filter(|one| !is_term || one.clause.is_some())
        {
            maker.entry(entry);
        }
        (*id, maker.edits)
    });
    edits.collect()
}

fn is_file_of_facts(path: &str) -> bool {
    let folders = [
        "content/notices/",
        "data/pilots/",
        "data/schedules/",
        "data/assessments/",
        "data/glossary.yaml",
    ];
    folders.iter().any(|folder| path.starts_with(folder)) || is_rule_file(path)
}

fn entries_of(id: SourceId, file: &SourceFile) -> Vec<Entry> {
    let range = if file.path.ends_with(".md") {
        split(&file.text).map(|parts| parts.yaml)
    } else {
        Some(0..file.text.len())
    };
    let node = range.and_then(|range| yaml::parse(id, &file.text, range, &mut Sink::default()));
    node.map(|node| entries(&node)).unwrap_or_default()
}

/// The names of a site that can be exchanged.
struct Names {
    /// Key and words.
    of_key: Vec<(&'static str, String)>,
}

/// Keys whose values are names of one kind each.
const NAME_KEYS: &[(&str, &str)] = &[
    ("venues", "what"),
    ("channels", "what"),
    ("forms", "items"),
    ("contacts", "office"),
    ("", "issuers"),
    ("grades", "grade"),
];

/// Words in sentences that can be exchanged.
const CHANNELS: &[&str] = &["远程", "现场"];

impl Names {
    fn of(files: &[(SourceId, Vec<Entry>)], sources: &Sources) -> Self {
        let mut of_key: Vec<(&'static str, String)> = Vec::new();
        let mut add = |key: &'static str, words: &str| {
            if !of_key.iter().any(|(k, w)| *k == key && w == words) {
                of_key.push((key, words.to_owned()));
            }
        };
        for (id, entries) in files {
            for entry in entries {
                for value in &entry.values {
                    if let Some((_, key)) = NAME_KEYS
                        .iter()
                        .find(|(section, key)| (*section, *key) == (entry.section, value.key))
                    {
                        let key = if *key == "issuers" { "office" } else { key };
                        add(key, &value.text.value);
                    }
                }
            }
            for title in titles(&sources.file(*id).text) {
                add("items", title);
            }
        }
        for channel in CHANNELS {
            add("channel", channel);
        }
        Self { of_key }
    }

    /// Another name of a kind, the same each time.
    fn other(&self, key: &str, words: &str) -> Option<&str> {
        let same: Vec<&str> = self
            .of_key
            .iter()
            .filter(|(k, _)| *k == key)
            .map(|(_, w)| w.as_str())
            .collect();
        let at = same
            .iter()
            .position(|other| *other == words)
            .map_or(0, |at| at + 1);
        let later = same.iter().cycle().skip(at).take(same.len());
        later
            .copied()
            .find(|other| *other != words && !other.contains(words) && !words.contains(other))
    }
}

/// The titles in 《》 of a text, each on one line.
fn titles(text: &str) -> impl Iterator<Item = &str> {
    let titles = book_titles(text).map(|title| &text[title]);
    titles.filter(|title| !title.contains('\n'))
}

struct Maker<'a> {
    file: &'a SourceFile,
    model: &'a Model,
    names: &'a Names,
    edits: Vec<Edit>,
}

impl Maker<'_> {
    fn push(&mut self, kind: Kind, range: Range<usize>, with: impl Into<String>) {
        let with = with.into();
        if self
            .file
            .text
            .get(range.clone())
            .is_some_and(|before| before != with)
        {
            self.edits.push(Edit { kind, range, with });
        }
    }

    fn entry(&mut self, entry: &Entry) {
        if let Some(clause) = &entry.clause {
            self.clause(&clause.value, clause.span);
        }
        if let (Some(from), Some(until)) = (entry.value("from"), entry.value("until")) {
            self.push_both(from.span.range(), until.span.range());
        }
        for value in &entry.values {
            let is_fact = !NOT_FACTS.contains(&value.key) && !NOT_FACTS.contains(&value.within);
            // The title of a self-check is a question.
            let is_question = value.key == "title" && is_rule_file(&self.file.path);
            if is_fact
                && !is_question
                && entry.section != "examples"
                && entry.section != "questions"
                && entry.section != "tick_list"
            {
                self.value(entry, value);
            }
        }
    }

    /// Exchanges two values.
    fn push_both(&mut self, first: Range<usize>, second: Range<usize>) {
        if first.end > second.start {
            return;
        }
        let text = &self.file.text;
        let (a, b) = (&text[first.clone()], &text[second.clone()]);
        let between = &text[first.end..second.start];
        let with = format!("{b}{between}{a}");
        self.push(Kind::Ends, first.start..second.end, with);
    }

    fn clause(&mut self, label: &str, span: Span) {
        let (document, label) = match label.split_once('#') {
            Some((document, label)) => (Some(document), label),
            None => (None, label),
        };
        // The neighbours in whichever document has the clause: the next label and the one before it.
        let bodies = self
            .model
            .documents
            .iter()
            .filter(|d| document.is_none_or(|id| d.id == id));
        let file = self.file;
        let own = |id: &str| {
            file.path.contains(&format!("/{id}.")) || file.text.contains(&format!("source: {id}\n"))
        };
        let body = bodies
            .filter(|d| document.is_some() || own(&d.id))
            .find_map(|d| d.body.as_ref().filter(|body| body.find(label).is_some()));
        let Some(body) = body else { return };
        let Some(at) = body.find(label).map(usize::from) else {
            return;
        };
        let labels: Vec<&str> = body.labels().collect();
        let prefix = document.map(|id| format!("{id}#")).unwrap_or_default();
        for other in [at.checked_sub(1), Some(at + 1)].into_iter().flatten() {
            if let Some(other) = labels.get(other) {
                self.push(Kind::Clause, span.range(), format!("{prefix}{other}"));
            }
        }
    }

    fn value(&mut self, entry: &Entry, value: &EntryValue) {
        let span = value.text.part(0..value.text.value.len());
        let range = span.range();
        // Folded or escaped text: its pieces have no place of their own.
        if self.file.text.get(range.clone()) != Some(value.text.value.as_str()) {
            return;
        }
        let text = value.text.value.as_str();
        match value.key {
            "from" | "until" | "by" | "issued" | "printed_on" | "published" | "in_force"
            | "expires" | "since" | "date" => {
                self.day(text, &range);
                self.bound(text, &range);
            }
            "phone" => self.phone(text, &range),
            "counties" => self.counties(text, &range),
            "county" | "region" => self.place(text, &range),
            _ => {
                self.numbers(text, &range);
                self.name(entry, value, &range);
                self.sentence(text, &range);
            }
        }
    }

    /// Day, month and year by one, if the day exists.
    fn day(&mut self, text: &str, range: &Range<usize>) {
        let Some(at) = text.find(|c: char| c.is_ascii_digit()) else {
            return;
        };
        let Ok(day) = text[at..].trim().parse::<jiff::civil::Date>() else {
            return self.numbers(text, range);
        };
        let spans = [
            jiff::Span::new().days(1),
            jiff::Span::new().months(1),
            jiff::Span::new().years(1),
        ];
        for span in spans {
            for other in [day.checked_add(span), day.checked_sub(span)]
                .into_iter()
                .flatten()
            {
                self.push(Kind::Day, range.start + at..range.end, other.to_string());
            }
        }
    }

    fn bound(&mut self, text: &str, range: &Range<usize>) {
        let bounds = ["不早于 ", "不晚于 "];
        match bounds.iter().position(|bound| text.starts_with(bound)) {
            Some(at) => {
                let bare = &text[bounds[at].len()..];
                self.push(Kind::Bound, range.clone(), bare);
                self.push(
                    Kind::Bound,
                    range.clone(),
                    format!("{}{bare}", bounds[1 - at]),
                );
            }
            None => {
                for bound in bounds {
                    self.push(Kind::Bound, range.clone(), format!("{bound}{text}"));
                }
            }
        }
    }

    fn phone(&mut self, text: &str, range: &Range<usize>) {
        let digits: Vec<(usize, char)> = text
            .char_indices()
            .filter(|(_, c)| c.is_ascii_digit())
            .collect();
        for pair in digits.windows(2) {
            let [(a, x), (b, y)] = pair else { continue };
            if x != y && b - a == 1 {
                self.push(
                    Kind::Phone,
                    range.start + a..range.start + b + 1,
                    format!("{y}{x}"),
                );
            }
        }
    }

    /// Each number: by one, times ten, two digits exchanged.
    fn numbers(&mut self, text: &str, range: &Range<usize>) {
        let mut at = 0;
        while let Some(start) = text[at..]
            .find(|c: char| c.is_ascii_digit())
            .map(|start| at + start)
        {
            let end = text[start..]
                .find(|c: char| !c.is_ascii_digit())
                .map_or(text.len(), |end| start + end);
            at = end;
            let digits = &text[start..end];
            let place = range.start + start..range.start + end;
            let Ok(number) = digits.parse::<u64>() else {
                continue;
            };
            let width = digits.len();
            let fixed = |number: u64| format!("{number:0width$}");
            self.push(Kind::Number, place.clone(), fixed(number.saturating_add(1)));
            if number > 0 {
                self.push(Kind::Number, place.clone(), fixed(number - 1));
            }
            self.push(Kind::Number, place.clone(), format!("{digits}0"));
            if let Some(swapped) = swapped(digits) {
                self.push(Kind::Number, place.clone(), swapped);
            }
            self.unit(&text[end..], range.start + end);
        }
    }

    /// Another unit after a number.
    fn unit(&mut self, rest: &str, at: usize) {
        const UNITS: &[(&str, &str)] = &[
            ("个工作日", "个月"),
            ("工作日", "日"),
            ("万元", "元"),
            ("元", "万元"),
            ("名", "元"),
            ("个月", "年"),
            ("小时", "天"),
            ("个", "万个"),
            ("天", "个月"),
            ("%", "‰"),
        ];
        if let Some((unit, other)) = UNITS.iter().find(|(unit, _)| rest.starts_with(unit)) {
            self.push(Kind::Unit, at..at + unit.len(), *other);
        }
    }

    fn name(&mut self, entry: &Entry, value: &EntryValue, range: &Range<usize>) {
        let listed = NAME_KEYS
            .iter()
            .find(|(section, key)| (*section, *key) == (entry.section, value.key));
        if let Some((_, key)) = listed {
            let key = if *key == "issuers" { "office" } else { key };
            if let Some(other) = self.names.other(key, &value.text.value) {
                self.push(Kind::Name, range.clone(), other);
            }
        }
    }

    /// Papers and channels in a sentence; 全部, 必须; 不.
    fn sentence(&mut self, text: &str, range: &Range<usize>) {
        const PAIRS: &[(&str, &str)] = &[
            ("全部", "部分"),
            ("部分", "全部"),
            ("必须", "可以"),
            ("可以", "必须"),
            ("不得", "可以"),
            ("应当", "可以"),
        ];
        for title in titles(text).map(str::to_owned).collect::<Vec<_>>() {
            for (at, _) in text.match_indices(title.as_str()) {
                if let Some(other) = self.names.other("items", &title) {
                    self.push(
                        Kind::Name,
                        range.start + at..range.start + at + title.len(),
                        other,
                    );
                }
            }
        }
        for channel in CHANNELS {
            for (at, _) in text.match_indices(channel) {
                if let Some(other) = self.names.other("channel", channel) {
                    self.push(
                        Kind::Name,
                        range.start + at..range.start + at + channel.len(),
                        other,
                    );
                }
            }
        }
        for (word, other) in PAIRS {
            for (at, _) in text.match_indices(word) {
                self.push(
                    Kind::Force,
                    range.start + at..range.start + at + word.len(),
                    *other,
                );
            }
        }
        for (at, _) in text.match_indices('不') {
            let is_word = ["不得", "不同", "不良", "不过"]
                .iter()
                .any(|word| text[at..].starts_with(word));
            if !is_word {
                self.push(
                    Kind::Not,
                    range.start + at..range.start + at + '不'.len_utf8(),
                    "",
                );
            }
        }
        for verb in ["需要", "可以", "能", "办理", "受理", "审核", "提供"] {
            if let Some(at) = text.find(verb)
                && !text[..at].ends_with(['不', '才', '就', '都', '只', '可', '非', '统', '功'])
            {
                self.push(Kind::Not, range.start + at..range.start + at, "不");
            }
        }
    }

    /// Each county of a list: another county of the same site.
    fn counties(&mut self, text: &str, range: &Range<usize>) {
        let mut at = 0;
        for piece in text.split('、') {
            let start = range.start + at;
            at += piece.len() + '、'.len_utf8();
            let name = piece.trim();
            let lead = piece.len() - piece.trim_start().len();
            let units = &self.model.regions.units;
            let position = units.iter().position(|unit| unit.name == name).unwrap_or(0);
            let other = units
                .iter()
                .skip(position + 1)
                .find(|unit| unit.name != name)
                .map(|unit| unit.name.clone());
            if let Some(other) = other {
                let start = start + lead;
                self.push(Kind::Name, start..start + name.len(), other);
            }
        }
    }

    /// Another province, prefecture or county.
    fn place(&mut self, text: &str, range: &Range<usize>) {
        let Some(last) = text.split_whitespace().last() else {
            return;
        };
        let start = range.end - last.len();
        let regions = &self.model.regions;
        let units: Vec<&str> = regions
            .units
            .iter()
            .map(|unit| unit.name.as_str())
            .collect();
        let provinces: Vec<&str> = regions
            .provinces
            .iter()
            .map(|one| one.name.as_str())
            .collect();
        for names in [units, provinces] {
            if let Some(at) = names.iter().position(|name| *name == last) {
                for other in [at.checked_sub(1), Some(at + 1)].into_iter().flatten() {
                    if let Some(other) = names.get(other) {
                        self.push(Kind::Name, start..range.end, *other);
                    }
                }
            }
        }
    }
}

/// The digits with the first unequal neighbours exchanged.
fn swapped(digits: &str) -> Option<String> {
    let mut all: Vec<char> = digits.chars().collect();
    let at = all.windows(2).position(|pair| pair[0] != pair[1])?;
    all.swap(at, at + 1);
    Some(all.into_iter().collect())
}
