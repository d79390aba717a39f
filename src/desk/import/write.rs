//! The file: front matter with comments that teach, and the official text.
//!
//! Comes in: what was recognised. Goes out: `File`, and where in it there are marks that are not in the source. What is
//! not certain is after `# 待核：`; where an entry follows as a comment, it is valid once `# ` is taken away.

use std::ops::Range;

use super::candidates::{self, Candidates, Section};
use super::layout::Layout;
use super::parts::{Cells, Line, Paragraph, Request, Role};
use super::yaml::Yaml;
use super::{schedule, signs, trial};
use crate::diag::{Sink, SourceId};
use crate::model::clause::{Body, Mode};
use crate::remark::{Place, Remark, RemarkKind};
use crate::written::{list, scalar};

/// A file, and what in it is not the source's.
#[derive(Debug)]
pub(super) struct File {
    pub text: String,
    /// Where the official text begins.
    pub body: usize,
    /// Marks that were added to the official text, in bytes of the file, in order.
    pub added: Vec<Range<usize>>,
    /// The title as written in the front matter.
    pub title: String,
    /// What a schedule would have, and the path of its county.
    pub schedule: Option<(Candidates, String)>,
}

/// Writes the file of a document.
pub(super) fn write(
    request: &Request,
    lines: &[Line],
    layout: &Layout,
    remarks: &mut Vec<Remark>,
) -> File {
    let official = Official::of(lines, &layout.paragraphs, remarks);
    let mut sink = Sink::default();
    let range = 0..official.text.len();
    let body = Body::parse(
        SourceId(0),
        &official.text,
        range,
        Mode::Official,
        &mut sink,
    );
    numbering(&official, sink, lines, layout, remarks);
    let regions = &request.model.regions;
    let struck: Vec<String> = remarks
        .iter()
        .filter(|remark| remark.kind == RemarkKind::Struck && !remark.text.is_empty())
        .map(|remark| remark.text.clone())
        .collect();
    let mut found = if official.text.len() <= candidates::LONGEST_TEXT {
        candidates::find(&body, &official.text, layout, request.model, &struck)
    } else {
        remarks.push(Remark::new(
            Place::Whole,
            RemarkKind::Left,
            (
                "文字太长，没有找受理窗口、时限、电话这些",
                "the text is too long: windows, deadlines and telephones were not looked for",
            ),
        ));
        Candidates::default()
    };
    let county = schedule::county(&found, layout, regions);
    trial::run(&mut found, &official.text, layout, county, regions);
    let county = schedule::county(&found, layout, regions).map(str::to_owned);
    report(&found, &official, lines, layout, remarks);
    let mut text = front_matter(request, layout, &found, county.is_some(), &struck, &body);
    text.push('\n');
    let start = text.len();
    text.push_str(&official.text);
    let added = official
        .added
        .into_iter()
        .map(|range| range.start + start..range.end + start)
        .collect();
    File {
        text,
        body: start,
        added,
        title: layout.title.clone(),
        schedule: county.map(|county| (found, county)),
    }
}

/// The official text as Markdown.
#[derive(Debug, Default)]
struct Official {
    text: String,
    added: Vec<Range<usize>>,
    /// Where each paragraph begins, and its index.
    starts: Vec<(usize, usize)>,
}

impl Official {
    fn of(lines: &[Line], paragraphs: &[Paragraph], remarks: &mut Vec<Remark>) -> Self {
        let mut official = Self::default();
        for (i, paragraph) in paragraphs.iter().enumerate() {
            if matches!(paragraph.role, Role::Front(_)) {
                continue;
            }
            if !official.text.is_empty() {
                official.text.push('\n');
            }
            official.starts.push((official.text.len(), i));
            let before = official.added.len();
            match &paragraph.table {
                Some(table) => official.table(table),
                None => {
                    if matches!(paragraph.role, Role::Annex | Role::Named) {
                        official.add("# ");
                    } else {
                        official.guard_start(&paragraph.text);
                    }
                    official.words(&paragraph.text);
                    official.text.push('\n');
                }
            }
            let escaped = official.added[before..]
                .iter()
                .any(|range| &official.text[range.clone()] == "\\");
            if escaped {
                remarks.push(Remark::new(place_of(lines, paragraph), RemarkKind::Differs, (
                        "这一段里有对 Markdown 有意义的符号，前面加了“\\”，网页上不显示",
                        "this paragraph contains Markdown characters; each now has a \\ before it, which is not shown on the page",
                    )).about(&paragraph.text));
            }
        }
        official
    }

    /// A mark that is not the source's.
    fn add(&mut self, mark: &str) {
        let start = self.text.len();
        self.text.push_str(mark);
        self.added.push(start..self.text.len());
    }

    /// Words at the start of a paragraph that would make it something else.
    fn guard_start(&mut self, words: &str) {
        let list = ["- ", "+ ", "* "]
            .iter()
            .any(|mark| words.starts_with(mark));
        let heading = words.starts_with('#');
        let fence = words.starts_with("```") || words.starts_with("~~~");
        let begins = words.starts_with(['|', '>']);
        // Signs that `words` guards anyway are not guarded twice.
        if (list && !words.starts_with('*'))
            || heading
            || begins
            || (fence && words.starts_with('~') && words.matches('~').count() < 2)
        {
            self.add("\\");
        }
    }

    /// Words with a `\` before every sign that Markdown would eat.
    fn words(&mut self, words: &str) {
        let chars: Vec<char> = words.chars().collect();
        let tildes = chars.iter().filter(|c| **c == '~').count();
        for (i, &c) in chars.iter().enumerate() {
            let next = chars.get(i + 1).copied();
            let before = i.checked_sub(1).map(|k| chars[k]);
            let letters = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            let eaten = match c {
                '*' | '`' => true,
                '_' => !(letters(before) && letters(next)),
                '~' => tildes > 1,
                '<' => {
                    next.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
                }
                '\\' => next.is_none_or(|c| c.is_ascii_punctuation() || c == '\n'),
                ']' => matches!(next, Some('(' | '[' | ':')),
                '&' => next.is_some_and(|c| c.is_ascii_alphanumeric() || c == '#'),
                _ => false,
            };
            if eaten {
                self.add("\\");
            }
            self.text.push(c);
        }
    }

    fn table(&mut self, rows: &Cells) {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let is_number = |column: usize| {
            rows.len() > 1
                && rows[1..].iter().all(|row| {
                    row.get(column).is_some_and(|cell| {
                        !cell.is_empty() && cell.bytes().all(|b| b.is_ascii_digit())
                    })
                })
        };
        for (i, row) in rows.iter().enumerate() {
            self.add("| ");
            for column in 0..columns {
                if column > 0 {
                    self.add(" | ");
                }
                self.cell(row.get(column).map_or("", String::as_str));
            }
            self.add(" |");
            self.text.push('\n');
            if i == 0 {
                let rules: Vec<&str> = (0..columns)
                    .map(|column| if is_number(column) { "---:" } else { "---" })
                    .collect();
                self.add(&format!("| {} |", rules.join(" | ")));
                self.text.push('\n');
            }
        }
    }

    fn cell(&mut self, cell: &str) {
        for piece in cell.split_inclusive('|') {
            let words = piece.strip_suffix('|').unwrap_or(piece);
            // A backslash of the source before the bar would swallow our mark.
            self.words(words);
            if piece.len() > words.len() {
                self.add("\\");
                self.text.push('|');
            }
        }
    }

    fn paragraph_at(&self, byte: usize) -> Option<usize> {
        let at = self.starts.partition_point(|(start, _)| *start <= byte);
        at.checked_sub(1).map(|at| self.starts[at].1)
    }
}

/// What the clause parser says, and numbers that it does not take.
fn numbering(
    official: &Official,
    sink: Sink,
    lines: &[Line],
    layout: &Layout,
    remarks: &mut Vec<Remark>,
) {
    struct Text<'a>(&'a str);
    impl crate::diag::SourceMap for Text<'_> {
        fn path(&self, _: SourceId) -> &str {
            ""
        }
        fn text(&self, _: SourceId) -> &str {
            self.0
        }
    }
    for diagnostic in sink.into_sorted(&Text(&official.text)) {
        let paragraph = official
            .paragraph_at(diagnostic.span.range().start)
            .map(|i| &layout.paragraphs[i]);
        let place = paragraph.map_or(Place::Whole, |p| place_of(lines, p));
        let text = paragraph.map_or_else(String::new, |p| short(&p.text));
        remarks.push(Remark::new(place, RemarkKind::Left, diagnostic.message).about(&text));
    }
    for paragraph in &layout.paragraphs {
        if paragraph.role == Role::Text && signs::is_unknown_numbering(&paragraph.text) {
            remarks.push(
                Remark::new(
                    place_of(lines, paragraph),
                    RemarkKind::Left,
                    (
                        "编号的写法认不出，没有算作条款",
                        "numbering not recognised; not treated as a clause",
                    ),
                )
                .about(&short(&paragraph.text)),
            );
        }
    }
}

fn place_of(lines: &[Line], paragraph: &Paragraph) -> Place {
    paragraph
        .lines
        .first()
        .map_or(Place::Whole, |&i| lines[i].place.clone())
}

fn short(text: &str) -> String {
    const MOST: usize = 30;
    let head: String = text.chars().take(MOST).collect();
    if head.len() < text.len() {
        format!("{head}……")
    } else {
        head
    }
}

fn report(
    found: &Candidates,
    official: &Official,
    lines: &[Line],
    layout: &Layout,
    remarks: &mut Vec<Remark>,
) {
    for section in Section::ALL {
        for entry in found.of(section) {
            let place = official
                .paragraph_at(entry.at)
                .map_or(Place::Whole, |i| place_of(lines, &layout.paragraphs[i]));
            let (key, alias, clause) = (section.key(), section.words(), entry.value("clause"));
            let said = (
                format!("像是{alias}（{key}），条款 {clause}"),
                format!("perhaps one of `{key}`, clause {clause}"),
            );
            remarks.push(Remark::new(place, RemarkKind::Candidate, said).about(entry.words()));
        }
    }
}

/// The front matter, with the two lines around it.
fn front_matter(
    request: &Request,
    layout: &Layout,
    found: &Candidates,
    has_schedule: bool,
    struck: &[String],
    body: &Body,
) -> String {
    let mut out = Yaml::default();
    out.line("---");
    out.say(&format!(
        "由 mingbai import 从“{}”写成。标着“待核”的地方要有人看过：对的，去掉行首的“# ”（连同各行）；不对的，改正或者删去。",
        request.name
    ));
    out.say("键写英文、写中文（标题、文号……）都可以；原文没有的写“未载明”，不要补。");
    out.say(
        "summary（要点）由人来写：用平常话，一句一条，每条注明 clause（条款）和 quote（原文）。",
    );
    if has_schedule {
        out.say("受理窗口、名额、地点写在 data/schedules 的文件里，一起导入了；这一页自动显示。");
    }
    if layout.title.is_empty() {
        out.check("没有找到标题，请补上 title: ……");
    } else {
        out.value("title", &layout.title, layout.doubts.title);
    }
    match &layout.number {
        Some(number) => out.value("number", number, layout.doubts.number),
        None => out.value("number", "未载明", Some("没有找到文号")),
    }
    out.genre(&layout.title);
    if let Some(letterhead) = &layout.letterhead {
        out.value("letterhead", letterhead, None);
    }
    if layout.issuers.is_empty() {
        out.value("issuers", "未载明", Some("没有找到落款"));
    } else {
        if let Some(words) = layout.doubts.issuers {
            out.check(&format!("发文机关：{words}"));
        }
        out.list("issuers", &layout.issuers);
    }
    out.list("addressees", &layout.addressees);
    out.list("copies", &layout.copies);
    match layout.issued {
        Some(day) => out.value("issued", &day.to_string(), None),
        None => out.value("issued", "未载明", Some("没有找到成文日期")),
    }
    if let Some(day) = layout.printed_on {
        if layout.issued.is_some_and(|issued| issued > day) {
            out.check("印发日期早于成文日期，照原文核对");
            out.commented(&format!("printed_on: {day}"));
        } else {
            out.value("printed_on", &day.to_string(), None);
        }
    }
    if let Some(year) = layout.year {
        out.value("year", &year.to_string(), None);
    }
    out.validity(&found.validity);
    if let Some(secrecy) = &layout.secrecy {
        out.check(&format!(
            "原文标着“{secrecy}”：涉密的、内部的文件不得上网。已经解密或者可以公开的，写 release: {{by: 谁决定, on: 日期, basis: 依据}}"
        ));
    }
    out.publicity(layout);
    out.region(layout);
    out.topics(layout, body, request);
    out.attachments(layout);
    for section in Section::ALL {
        let is_elsewhere = has_schedule && section.is_of_schedule();
        if !is_elsewhere && !section.is_only_of_schedule() {
            out.candidates(section, found);
        }
    }
    for words in &found.open {
        out.check(words);
    }
    for words in struck {
        out.check(&format!(
            "原文里“{words}”有删除线，下面的正文照录了，没有划线；作废的从正文里删去，原处写〔此处略去……〕，并写 omitted:"
        ));
    }
    if !layout.contacts.is_empty() {
        out.check(&format!(
            "原文有 {} 处电话、姓名或邮箱。个人的姓名、直拨电话、私人邮箱要从下面的正文里略去，原处写〔此处略去……〕，并写 omitted:（what、why、clause）；单位的公用电话写进 contacts:（office、duty、phone）",
            layout.contacts.len()
        ));
    }
    let annexed = layout
        .paragraphs
        .iter()
        .any(|p| p.role == Role::Front("source"));
    let note = if annexed {
        "；题头写着“附件”二字，印发它的通知不在这份文字里"
    } else {
        ""
    };
    out.value(
        "source",
        &format!(
            "从文件“{}”导入的文字，还没有与原件逐字核对{note}。",
            request.name
        ),
        None,
    );
    out.check("与原件逐字核对以后，改写 source，并加一行 checked: {on: 核对日期, by: 谁核对的}");
    out.line("---");
    out.text
}

impl Yaml {
    fn genre(&mut self, title: &str) {
        match signs::genre(title) {
            Some((genre, true)) => self.value("kind", genre, None),
            Some((genre, false)) => {
                self.value(
                    "kind",
                    genre,
                    Some("标题里的文种与这个相近，本站只用这几种"),
                );
            }
            None => {
                let words: Vec<&str> = crate::model::Genre::ALL.iter().map(|(w, _)| *w).collect();
                self.check(&format!(
                    "认不出文种，请补上 kind: ……，可取：{}",
                    words.join("、")
                ));
            }
        }
    }

    fn publicity(&mut self, layout: &Layout) {
        match layout.publicity {
            Some(publicity) => {
                self.value("publicity", publicity, None);
                if publicity != "主动公开" {
                    self.check(&format!(
                        "{publicity}的文件，没有公开的决定不能上网；有决定的，写 release: {{by: 谁决定, on: 日期, basis: 依据}}"
                    ));
                }
            }
            None => self.value("publicity", "未载明", Some("没有找到公开方式")),
        }
    }

    fn region(&mut self, layout: &Layout) {
        match &layout.region {
            Some((region, words)) => {
                self.value("region", region, Some(&format!("据“{words}”推定")));
            }
            None => self.check("看不出适用的地区，请补上 region: 省 市 县（全国的写“全国”）"),
        }
    }

    fn topics(&mut self, layout: &Layout, body: &Body, request: &Request) {
        let mut words = layout.title.clone();
        for clause in &body.clauses {
            words.push('\n');
            words.push_str(clause.heading.as_deref().unwrap_or_default());
        }
        let topics: Vec<String> = request
            .model
            .topics
            .iter()
            .filter(|topic| words.contains(&topic.name))
            .map(|topic| topic.name.clone())
            .collect();
        if topics.is_empty() {
            self.check("补上 topics:（主题），从 data/topics.yaml 里选");
        } else {
            self.check("主题，从标题里找出来的，可能不全");
            self.commented(&format!("topics: {}", list(&topics)));
        }
    }

    fn attachments(&mut self, layout: &Layout) {
        if layout.attachments.is_empty() {
            return;
        }
        let annex = |number: usize| match number {
            1 => "附件".to_owned(),
            number => format!("附件{number}"),
        };
        self.line("attachments:");
        for attachment in &layout.attachments {
            self.line(&format!("  - title: {}", scalar(&attachment.title)));
            if let Some(part) = attachment.part {
                self.line(&format!("    part: {}", annex(part)));
            }
            if let Some(within) = attachment.within {
                self.line(&format!("    within: {}", annex(within)));
            }
        }
    }

    fn validity(&mut self, validity: &candidates::Validity) {
        for (key, words, dated) in [
            ("in_force", "施行日期", &validity.in_force),
            ("expires", "失效日期", &validity.expires),
        ] {
            if let Some(dated) = dated {
                self.check(&format!(
                    "{words}，据{}“{}”，照原文核对；是别的文件的就删去",
                    dated.clause, dated.words
                ));
                self.commented(&format!("{key}: {}", dated.day));
            }
        }
        for words in &validity.open {
            self.check(words);
        }
    }
}
