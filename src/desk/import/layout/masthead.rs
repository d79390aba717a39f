//! The head of a document above its title: letterhead, issuers, number, and the marks that belong to nobody's text.
//!
//! Comes in: the first paragraphs. Goes out: `letterhead`, `issuers`, `number`, what is not certain about them, and
//! the paragraph at which the title begins. Rules, stars, copy numbers, secrecy, urgency and signers are taken out and named; the
//! name of a signer goes nowhere.

use super::reader::{ISSUERS, Reader};
use crate::import::marks::{self, Mark, mark};
use crate::import::parts::{Cells, Role};
use crate::import::signs;
use crate::remark::{Remark, RemarkKind};
use crate::words::squeeze;

/// The most paragraphs above a title.
const MOST: usize = 16;

impl Reader<'_> {
    /// Reads what is above the title. Returns the paragraph after it.
    pub(super) fn masthead(&mut self, from: usize) -> usize {
        let count = self.layout.paragraphs.len();
        let mut organs: Vec<usize> = Vec::new();
        let mut at = from;
        let mut is_below_signer = false;
        while at < count.min(from + MOST) {
            let text = squeeze(self.text(at));
            let is_name = is_below_signer && marks::is_names(self.text(at));
            is_below_signer = is_name;
            if is_name {
                self.drop(at, Mark::Signer);
            } else if let Some(found) = mark(&text) {
                self.mark(at, found);
                is_below_signer = found == Mark::Signer;
            } else if self.number_of(at).is_some() && self.is_head(at) {
                is_below_signer = text.contains("签发");
                self.number(at);
            } else if let Some(names) = self.table_of_organs(at) {
                self.layout.issuers.extend(names);
                self.front(at, "issuers", ISSUERS);
                organs.push(at);
            } else if let Some(name) = letterhead(&text) {
                self.letterhead(at, &text, &name);
                organs.push(at);
            } else if signs::organs(&self.source(at)).is_some() && self.is_head(at) {
                organs.push(at);
            } else {
                break;
            }
            at += 1;
        }
        self.issuers_of_head(&organs);
        self.layout.has_head = at > from;
        at
    }

    /// Whether something that only a head has follows before anything that ends like a title.
    fn is_head(&self, at: usize) -> bool {
        for i in at..(at + 8).min(self.layout.paragraphs.len()) {
            let text = squeeze(self.text(i));
            let is_mark = matches!(
                mark(&text),
                Some(Mark::Rule | Mark::Signer | Mark::Secrecy | Mark::Urgency | Mark::Copy)
            );
            if is_mark || self.number_of(i).is_some() || letterhead(&text).is_some() {
                return true;
            }
            let goes_on = i == at
                || signs::organs(&self.source(i)).is_some()
                || self.table_of_organs(i).is_some();
            if !goes_on {
                return false;
            }
        }
        false
    }

    /// The number of a line that holds nothing else, or only a signer or a rule.
    pub(super) fn number_of(&self, at: usize) -> Option<String> {
        let text = self.text(at);
        signs::number_line(text).or_else(|| {
            let plain = squeeze(text);
            let (range, number) = signs::document_number(&plain)?;
            let rest = &plain[range.end..];
            let is_sign = rest.is_empty() || marks::is_signer(rest) || mark(rest).is_some();
            (range.start == 0 && is_sign).then_some(number)
        })
    }

    /// The names of a table that holds nothing but organs and 文件: joint heads are typed as tables.
    fn table_of_organs(&self, at: usize) -> Option<Vec<String>> {
        let paragraph = self.layout.paragraphs.get(at)?;
        let table: &Cells = paragraph.table.as_ref()?;
        let cells: Vec<String> = table.iter().flatten().map(|cell| squeeze(cell)).collect();
        let mut names = Vec::new();
        for cell in cells
            .iter()
            .filter(|cell| !cell.is_empty() && *cell != "文件")
        {
            let bare = cell.strip_suffix("文件").unwrap_or(cell);
            names.extend(signs::organs(bare)?);
        }
        (!names.is_empty() && cells.len() <= 24).then_some(names)
    }

    /// A mark that is taken out. A secrecy mark is also kept in mind.
    fn mark(&mut self, at: usize, found: Mark) {
        let text = squeeze(self.text(at));
        let is_secret = found == Mark::Secrecy || text.contains('密') && found == Mark::Urgency;
        if is_secret {
            self.layout.secrecy = Some(text);
        }
        self.drop(at, found);
    }

    /// Takes a mark out of the text, and names it.
    pub(super) fn drop(&mut self, at: usize, found: Mark) {
        let Some(paragraph) = self.layout.paragraphs.get_mut(at) else {
            return;
        };
        paragraph.role = Role::Front("mark");
        let kind = RemarkKind::Removed;
        let remark =
            crate::import::parts::covering(self.lines, &paragraph.lines, kind, found.words());
        self.remarks.push(remark);
    }

    fn letterhead(&mut self, at: usize, text: &str, name: &str) {
        if name.is_empty() {
            self.front(
                at,
                "letterhead",
                ("发文机关标志里的“文件”", "文件 of the letterhead"),
            );
            return;
        }
        self.layout.letterhead = Some(text.to_owned());
        self.front(at, "letterhead", ("发文机关标志", "letterhead"));
    }

    /// The organs of a head with several lines are its issuers; a letterhead names one of them.
    fn issuers_of_head(&mut self, organs: &[usize]) {
        let mut names: Vec<String> = Vec::new();
        for &at in organs {
            let text = squeeze(&self.source(at));
            let is_letterhead = self.layout.paragraphs[at].role == Role::Front("letterhead");
            if let Some(name) = letterhead(&text).filter(|name| is_letterhead && !name.is_empty()) {
                names.push(name);
            } else if self.layout.paragraphs[at].role == Role::Text {
                names.extend(signs::organs(&self.source(at)).unwrap_or_default());
                self.front(at, "issuers", ISSUERS);
            }
        }
        let is_joint = names.len() > 1;
        if organs.len() > 1 && is_joint {
            // 甲局 / 乙局文件: the word 文件 belongs to both.
            self.layout.letterhead = None;
            self.layout.issuers.extend(names);
            self.layout.doubts.issuers = Some("几个机关联合发文，从版头认出来的");
        } else if self.layout.letterhead.is_none() {
            self.layout.issuers.extend(names);
        }
    }

    /// Takes the number of a line.
    pub(super) fn number(&mut self, at: usize) {
        let Some(number) = self.number_of(at) else {
            return;
        };
        let printed = squeeze(self.text(at));
        if printed != number && signs::number_line(&printed).is_some() {
            let place = self.lines[self.layout.paragraphs[at].lines[0]]
                .place
                .clone();
            self.remarks.push(
                Remark::new(
                    place,
                    RemarkKind::Differs,
                    (
                        format!("文号写作 {number}"),
                        format!("the document number was written as {number}"),
                    ),
                )
                .about(&printed),
            );
        }
        if self
            .layout
            .number
            .as_ref()
            .is_some_and(|known| *known != number)
        {
            self.layout.doubts.number = Some("版头里有两个文号");
        } else {
            self.layout.number = Some(number);
        }
        self.front(at, "number", ("文号", "document number"));
    }
}

/// The organ of a letterhead: `甲县教育局文件`; nothing of `文件` alone.
fn letterhead(text: &str) -> Option<String> {
    let name = text.strip_suffix("文件")?;
    let name = name.trim_end_matches(['（', '(', '）', ')']);
    let is_name = name.is_empty()
        || (2..=40).contains(&name.chars().count())
            && !name.contains("关于")
            && !name.contains(['《', '，', '。'])
            && (signs::ends_like_organ(name)
                || name.ends_with(['会', '组', '室', '局', '厅', '处', '站']));
    is_name.then(|| name.to_owned())
}
