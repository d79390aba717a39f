//! Candidates: deadlines, windows and cited documents that the text seems to give.
//!
//! Comes in: the clause tree of the text. Goes out: entries of the front matter, each with its clause and the words
//! quoted, to be confirmed by a person. An entry that the checks would refuse is not offered.

use jiff::civil::Date;

use super::signs;
use crate::diag::{SourceId, Span};
use crate::evidence::gives_day;
use crate::link::Names;
use crate::model::clause::{Block, BlockKind, Body};
use crate::model::date::parse_bound;
use crate::model::{ClauseId, Kind, Model};
use crate::text::{fold, strip_width};
use crate::words::squeeze;

/// An entry of a list: keys, values, and a comment after a value.
#[derive(Debug)]
pub(super) struct Entry {
    /// Its position in the text, in bytes.
    pub at: usize,
    pub values: Vec<(&'static str, String, Option<&'static str>)>,
}

impl Entry {
    /// The value of a key, or nothing.
    pub fn value(&self, key: &str) -> &str {
        self.values
            .iter()
            .find(|(name, ..)| *name == key)
            .map_or("", |(_, value, _)| value)
    }
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    pub windows: Vec<Entry>,
    pub deadlines: Vec<Entry>,
    pub cites: Vec<Entry>,
    /// 自2027年5月1日起施行
    pub in_force: Option<String>,
}

/// Words in an entry that only a person can fill in.
const TO_FILL: &str = "待填写";

/// Looks through the text. `year` is that of the document, for dates without one.
pub(super) fn find(
    body: &Body,
    text: &str,
    year: Option<i16>,
    title: &str,
    model: &Model,
) -> Candidates {
    let mut finder = Finder {
        body,
        text,
        year,
        title: fold(title),
        model,
        found: Candidates::default(),
        cited: Vec::new(),
        at: 0,
    };
    for block in &body.blocks {
        if matches!(block.kind, BlockKind::Clause | BlockKind::Paragraph)
            && !text[block.whole()].starts_with("附件：")
        {
            finder.block(block);
        }
    }
    finder.finish()
}

struct Finder<'a> {
    body: &'a Body,
    text: &'a str,
    year: Option<i16>,
    title: String,
    model: &'a Model,
    found: Candidates,
    cited: Vec<Cited>,
    /// Where the block begins that is looked at.
    at: usize,
}

struct Cited {
    at: usize,
    title: String,
    number: Option<String>,
    clause: String,
}

/// A date in a sentence, in characters.
#[derive(Debug, Clone, Copy)]
struct Hit {
    start: usize,
    end: usize,
    year: Option<i16>,
    month: u32,
    /// None: the end of the month.
    day: Option<u32>,
    yearly: bool,
}

impl Finder<'_> {
    fn block(&mut self, block: &Block) {
        let words = &self.text[block.whole()];
        self.at = block.whole().start;
        // No paragraph of a document is this long.
        if words.len() > 100_000 {
            return;
        }
        let Some(label) = self.label_of(block.clause) else {
            return;
        };
        self.cites(words, &label);
        for sentence in words.split_inclusive(['。', '；', '！', '？', '\n']) {
            self.dates(sentence, &label);
        }
    }

    /// How a clause is cited so that it is found again; the one around it where two have the same number.
    fn label_of(&self, clause: ClauseId) -> Option<String> {
        let mut at = Some(clause);
        while let Some(i) = at {
            let label = &self.body.clauses[i].label;
            if self.body.find(label) == Some(i) {
                return Some(label.clone());
            }
            at = self.body.clauses[i].parent;
        }
        None
    }

    fn stands(&self, label: &str, quote: &str) -> bool {
        self.body
            .find(label)
            .is_some_and(|clause| self.body.folded(clause, self.text).contains(&fold(quote)))
    }

    fn dates(&mut self, sentence: &str, label: &str) {
        let chars: Vec<char> = sentence.chars().collect();
        let hits = dates_in(&chars);
        let mut skip = None;
        for (i, hit) in hits.iter().enumerate() {
            if skip == Some(i) {
                continue;
            }
            let next = hits.get(i + 1);
            if let Some(last) = next.filter(|last| is_range(&chars, hit, last)) {
                self.window(&chars, hit, last, label);
                skip = Some(i + 1);
            } else if begins_force(&chars, hit) {
                let day = hit.year.zip(hit.day);
                self.found.in_force = day
                    .and_then(|(year, day)| signs::date(year, hit.month, day))
                    .map(|day| day.to_string());
            } else if let Some(sense) = sense(&chars, hit) {
                self.deadline(&chars, hit, sense, label);
            }
        }
    }

    /// The date as the file writes it, and whether its year is the document's.
    fn written(&self, hit: &Hit) -> Option<(String, Option<&'static str>)> {
        let Some(day) = hit.day else {
            return Some((format!("{}月底", hit.month), NO_YEAR));
        };
        if hit.yearly {
            return Some((format!("每年 {:02}-{day:02}", hit.month), None));
        }
        let (year, note) = match (hit.year, self.year) {
            (Some(year), _) => (year, None),
            (None, Some(year)) => (year, Some("原文没有写年份，这是文件的年份")),
            (None, None) => return Some((format!("{}月{day}日", hit.month), NO_YEAR)),
        };
        Some((signs::date(year, hit.month, day)?.to_string(), note))
    }

    /// Whether the checks will take this date with these words.
    fn holds(&self, date: &str, quote: &str, label: &str) -> bool {
        let bound = parse_bound(date, Span::new(SourceId(0), 0..0));
        bound.is_ok_and(|bound| gives_day(quote, &bound))
            && self.stands(label, quote)
            && crate::lints::find_personal_data(quote).is_empty()
    }

    fn entry(&self, values: Vec<(&'static str, String, Option<&'static str>)>) -> Entry {
        Entry {
            at: self.at,
            values,
        }
    }

    fn deadline(&mut self, chars: &[char], hit: &Hit, sense: &str, label: &str) {
        let Some((date, note)) = self.written(hit) else {
            return;
        };
        let by = format!("{sense}{date}");
        let (from, to) = piece_around(chars, hit.start, hit.end);
        let to = before_personal_data(chars, from, to);
        if to < hit.end {
            return;
        }
        let quote: String = chars[from..to].iter().collect();
        let quote = without_number(quote.trim()).to_owned();
        if !self.holds(&by, &quote, label) {
            return;
        }
        let before: String = chars[from..hit.start].iter().collect();
        let after: String = chars[hit.end..to].iter().collect();
        let (who, what) = who_and_what(&before, &after, &quote);
        self.found.deadlines.push(self.entry(vec![
            ("by", by, note),
            ("who", who, None),
            ("for", "机构".to_owned(), Some("或者 学生和家长")),
            ("what", what, None),
            ("clause", label.to_owned(), None),
            ("quote", quote, None),
        ]));
    }

    fn window(&mut self, chars: &[char], first: &Hit, last: &Hit, label: &str) {
        let first = Hit {
            year: first.year.or(last.year),
            ..*first
        };
        let last = Hit {
            year: last.year.or(first.year),
            ..*last
        };
        let (Some((from, note)), Some((until, _))) = (self.written(&first), self.written(&last))
        else {
            return;
        };
        // A window that ends before it begins is a slip of the text or of ours.
        if matches!((from.parse::<Date>(), until.parse::<Date>()), (Ok(a), Ok(b)) if a > b) {
            return;
        }
        let (start, _) = piece_around(chars, first.start, first.end);
        let (_, end) = piece_around(chars, last.start, last.end);
        let quote: String = chars[start..end.max(last.end)].iter().collect();
        let quote = without_number(quote.trim()).to_owned();
        if !self.holds(&from, &quote, label) || !self.holds(&until, &quote, label) {
            return;
        }
        let before: String = chars[start..first.start].iter().collect();
        let what = without_number(before.trim())
            .trim_end_matches(['：', ':', '为', '是', '从', '自', '于', '在'])
            .trim_end_matches("时间")
            .trim()
            .to_owned();
        let heading = self.body.find(label).and_then(|clause| {
            let heading = self.body.clauses[clause].heading.as_deref()?;
            Some(heading.trim_end_matches("时间").to_owned())
        });
        let what = Some(what)
            .filter(|what| !what.is_empty())
            .or(heading.filter(|words| !words.is_empty()))
            .unwrap_or_else(|| TO_FILL.to_owned());
        self.found.windows.push(self.entry(vec![
            ("what", what, None),
            ("from", from, note),
            ("until", until, None),
            ("clause", label.to_owned(), None),
            ("quote", quote, None),
        ]));
    }

    /// 《…》（文号）, 关于…的通知（文号）.
    fn cites(&mut self, words: &str, label: &str) {
        let mut rest = words;
        while let Some(at) = rest.find('《') {
            let inner = &rest[at + '《'.len_utf8()..];
            let Some(end) = end_of_book_title(inner) else {
                break;
            };
            let title = inner[..end].replace('\n', "");
            let following = &inner[end + '》'.len_utf8()..];
            self.cite(&title, number_after(following), label);
            rest = following;
        }
        // Numbers of documents that are named without book-title marks.
        let mut from = 0;
        while let Some((range, number)) = signs::document_number(&words[from..]) {
            let (start, end) = (from + range.start, from + range.end);
            from = end;
            if self
                .cited
                .iter()
                .any(|c| c.number.as_ref() == Some(&number))
            {
                continue;
            }
            let before = words[..start].trim_end_matches(['（', '(']);
            let before = before
                .rfind(['。', '；', '》'])
                .map_or(before, |at| &before[at..]);
            if let Some(at) = before.rfind("关于")
                && signs::ends_title(&before[at..])
            {
                self.cite(&before[at..], Some(number), label);
            }
        }
    }

    fn cite(&mut self, title: &str, number: Option<String>, label: &str) {
        let known = self
            .cited
            .iter_mut()
            .find(|c| fold(&c.title) == fold(title));
        if let Some(known) = known {
            if known.number.is_none() && number.is_some() {
                known.number = number;
                known.clause = label.to_owned();
                known.at = self.at;
            }
            return;
        }
        let own = self.title.contains(&fold(title));
        let short = title.chars().count() < 6;
        if own || (number.is_none() && (short || !signs::ends_title(title))) {
            return;
        }
        self.cited.push(Cited {
            at: self.at,
            title: title.to_owned(),
            number,
            clause: label.to_owned(),
        });
    }

    fn finish(mut self) -> Candidates {
        for cited in std::mem::take(&mut self.cited) {
            let mut entry = Vec::new();
            let at = cited.at;
            if let Some(number) = &cited.number {
                entry.push(("number", number.clone(), None));
            }
            if let Some(notice) = self.our_notice(&cited) {
                entry.push(("notice", notice, Some("本站收录的这一份")));
            }
            entry.insert(0, ("title", cited.title, None));
            entry.push(("clause", cited.clause, None));
            self.found.cites.push(Entry { at, values: entry });
        }
        self.found
    }

    /// The notice of this site that has the number, or else the title.
    fn our_notice(&self, cited: &Cited) -> Option<String> {
        let by_number = cited
            .number
            .as_ref()
            .and_then(|number| Names::new(self.model).by_number(number));
        let by_title = || {
            self.model.documents.position(|document| {
                matches!(document.kind, Kind::Notice(_))
                    && fold(&document.title.value) == fold(&cited.title)
            })
        };
        let found = by_number.or_else(by_title)?;
        Some(self.model.documents[found].id.clone())
    }
}

const NO_YEAR: Option<&str> = Some("原文没有写年份，照原文写");

/// All dates with a month in a sentence.
fn dates_in(chars: &[char]) -> Vec<Hit> {
    let plain: Vec<char> = strip_width(&chars.iter().collect::<String>())
        .chars()
        .collect();
    let mut hits: Vec<Hit> = Vec::new();
    for at in 0..plain.len() {
        match plain[at] {
            '月' => hits.extend(date_around(&plain, at)),
            // 7月17日至25日
            '日' => {
                let Some((day, start)) = number_before(&plain, at) else {
                    continue;
                };
                let known = hits.iter().any(|hit| hit.end > start);
                if let Some(last) = hits.last().filter(|_| !known).copied()
                    && is_link(&plain[last.end..start])
                {
                    hits.push(Hit {
                        start,
                        end: at + 1,
                        day: Some(day),
                        ..last
                    });
                }
            }
            _ => {}
        }
    }
    hits
}

/// The number right before `at`, of one or two digits, and where it begins.
fn number_before(plain: &[char], at: usize) -> Option<(u32, usize)> {
    let start = (0..at)
        .rev()
        .take_while(|&i| plain[i].is_ascii_digit())
        .last()?;
    let digits: String = plain[start..at].iter().collect();
    (digits.len() <= 2).then(|| Some((digits.parse().ok()?, start)))?
}

fn date_around(plain: &[char], at: usize) -> Option<Hit> {
    let (month, mut start) = number_before(plain, at)?;
    if !(1..=12).contains(&month) {
        return None;
    }
    let mut hit = Hit {
        start,
        end: at + 1,
        year: None,
        month,
        day: None,
        yearly: false,
    };
    if start >= 5 && plain[start - 1] == '年' {
        let year: String = plain[start - 5..start - 1].iter().collect();
        if year.bytes().all(|b| b.is_ascii_digit()) {
            hit.year = year.parse().ok();
            start -= 5;
        }
    }
    if start >= 2 && plain[start - 2..start] == ['每', '年'] {
        hit.yearly = true;
        start -= 2;
    } else if start >= 3 && plain[start - 3..start] == ['每', '年', '的'] {
        hit.yearly = true;
        start -= 3;
    }
    hit.start = start;
    if plain.get(at + 1) == Some(&'底') {
        hit.end = at + 2;
        return (!hit.yearly && hit.year.is_none()).then_some(hit);
    }
    let digits: String = plain[at + 1..]
        .iter()
        .take_while(|c| c.is_ascii_digit())
        .take(3)
        .collect();
    let end = at + 1 + digits.len();
    if digits.is_empty() || plain.get(end) != Some(&'日') {
        return None;
    }
    hit.day = Some(digits.parse().ok().filter(|day| (1..=31).contains(day))?);
    hit.end = end + 1;
    Some(hit)
}

fn is_link(between: &[char]) -> bool {
    let words: String = between.iter().filter(|c| !c.is_whitespace()).collect();
    [
        "至", "到", "—", "--", "-", "－", "~", "～", "——", "―", "–", "\\~",
    ]
    .contains(&words.as_str())
}

fn is_range(chars: &[char], first: &Hit, last: &Hit) -> bool {
    first.day.is_some() && last.day.is_some() && is_link(&chars[first.end..last.start])
}

/// 自…起施行
fn begins_force(chars: &[char], hit: &Hit) -> bool {
    let after: String = chars[hit.end..].iter().take(3).collect();
    ["起施行", "起执行", "起实施", "起生效"].contains(&after.as_str())
}

/// What the words around a date make of it: `不早于 `, nothing, or no deadline at all.
fn sense(chars: &[char], hit: &Hit) -> Option<&'static str> {
    let before: String = chars[hit.start.saturating_sub(5)..hit.start]
        .iter()
        .collect();
    let after: String = chars[hit.end..].iter().take(2).collect();
    if before.ends_with("早于") {
        return Some("不早于 ");
    }
    let limit = ["前", "之前", "以前", "截止", "止"]
        .iter()
        .any(|word| after.starts_with(word));
    (limit || before.ends_with("晚于") || before.ends_with("最迟") || before.ends_with("截至"))
        .then_some("")
}

/// The words around a date that are enough to understand it: from the comma before to the comma after the next piece.
fn piece_around(chars: &[char], start: usize, end: usize) -> (usize, usize) {
    let is_border = |c: char| matches!(c, '，' | ',' | '。' | '；' | '：' | ':' | '\n');
    let mut from = (0..start)
        .rev()
        .find(|&i| is_border(chars[i]))
        .map_or(0, |i| i + 1);
    // A label (`受理时间：`) belongs to its date.
    if start <= from + 1 && from > 0 && matches!(chars[from - 1], '：' | ':') {
        from = (0..from - 1)
            .rev()
            .find(|&i| is_border(chars[i]))
            .map_or(0, |i| i + 1);
    }
    // A comma within brackets ends nothing.
    // 8：30 is a time of day.
    let is_time = |i: usize| {
        matches!(chars[i], '：' | ':')
            && i > 0
            && chars[i - 1].is_ascii_digit()
            && chars.get(i + 1).is_some_and(char::is_ascii_digit)
    };
    let border = |from: usize| {
        let mut depth = 0usize;
        (from..chars.len())
            .find(|&i| {
                match chars[i] {
                    '（' | '(' | '“' | '《' => depth += 1,
                    '）' | ')' | '”' | '》' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                depth == 0 && is_border(chars[i]) && !is_time(i)
            })
            .unwrap_or(chars.len())
    };
    let mut to = border(end);
    // `7月18日前，` alone says nothing.
    if to < end + 4 && to < chars.len() && matches!(chars[to], '，' | ',') {
        to = border(to + 1);
    }
    (from, to)
}

/// The end of a piece, drawn in to before a private number or mailbox.
fn before_personal_data(chars: &[char], from: usize, to: usize) -> usize {
    let words: String = chars[from..to].iter().collect();
    match crate::lints::find_personal_data(&words).first() {
        Some((start, ..)) => from + words[..*start].chars().count(),
        None => to,
    }
}

/// A piece without the number of the paragraph at its head.
fn without_number(text: &str) -> &str {
    crate::model::clause::paragraph_number(text)
        .map_or(text, |(_, _, len)| text[len..].trim_start())
}

/// Who must act and what must be done, as far as the words show it.
fn who_and_what(before: &str, after: &str, quote: &str) -> (String, String) {
    const JOINTS: [&str; 22] = [
        "不得早于",
        "不得晚于",
        "不早于",
        "不晚于",
        "早于",
        "最迟于",
        "务必于",
        "务必在",
        "全部于",
        "要于",
        "应于",
        "须于",
        "请于",
        "应在",
        "要在",
        "须在",
        "于",
        "在",
        "要",
        "应",
        "须",
        "请",
    ];
    const ENDS: [&str; 9] = [
        "机构",
        "高校",
        "培养单位",
        "单位",
        "中心",
        "部门",
        "学校",
        "各地",
        "教育局",
    ];
    let rest = after
        .trim_start_matches(['前', '之', '以', '截', '止'])
        .trim_start_matches(['，', ',', ' ']);
    let mut who = without_number(before.trim()).trim();
    for joint in JOINTS {
        if let Some(bare) = who.strip_suffix(joint) {
            who = bare;
            break;
        }
    }
    if (2..=24).contains(&who.chars().count()) {
        let what = if rest.is_empty() { quote } else { rest };
        return (who.to_owned(), what.to_owned());
    }
    let head: String = rest.chars().take(24).collect();
    let end_in = |head: &str| {
        ENDS.iter()
            .filter_map(|end| head.find(end).map(|at| at + end.len()))
            .min()
    };
    let mut end = end_in(&head);
    // 各高校、各研究生培养单位
    while let Some(at) = end
        && let Some(more) = head[at..].strip_prefix('、')
        && let Some(next) = end_in(more)
    {
        end = Some(at + '、'.len_utf8() + next);
    }
    let (who, what) = match end {
        Some(end) => (
            &rest[..end],
            rest[end..].trim_start_matches(['要', '应', '须', '，']),
        ),
        None => (TO_FILL, rest),
    };
    let what = if what.is_empty() { quote } else { what };
    (who.to_owned(), what.to_owned())
}

/// Where a book title ends that may hold others.
fn end_of_book_title(inner: &str) -> Option<usize> {
    let mut depth = 1;
    for (at, c) in inner.char_indices() {
        match c {
            '《' => depth += 1,
            '》' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return (at > 0 && at < 400).then_some(at);
        }
    }
    None
}

/// The document number in the bracket directly after a title.
fn number_after(following: &str) -> Option<String> {
    let inner = following.trim_start().strip_prefix(['（', '('])?;
    let head: String = inner.chars().take(40).collect();
    let head = head.split(['）', ')']).next().unwrap_or_default().trim();
    if head.starts_with("GB") {
        return Some(head.to_owned());
    }
    let plain = squeeze(&inner.chars().take(40).collect::<String>());
    let (at, number) = signs::document_number(&plain)?;
    (at.start == 0).then_some(number)
}
