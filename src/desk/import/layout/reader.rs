//! What is recognised of a document, and access to its paragraphs while it is.
//!
//! Comes in: lines and paragraphs. Goes out: [`Layout`], filled by [`super`] and [`super::tail`] through [`Reader`]. It decides
//! nothing itself.

use jiff::civil::Date;

use crate::import::parts::{Line, Paragraph, Role, covering};
use crate::model::Regions;
use crate::remark::{Remark, RemarkKind};

/// The title of an attachment, and where the attachment is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::import) struct Attachment {
    pub title: String,
    /// The annex of the text that it is, from 1.
    pub part: Option<usize>,
    /// The annex that lists it, from 1.
    pub within: Option<usize>,
}

/// What was recognised.
#[derive(Debug, Default)]
pub(in crate::import) struct Layout {
    pub paragraphs: Vec<Paragraph>,
    pub title: String,
    pub number: Option<String>,
    pub letterhead: Option<String>,
    pub issuers: Vec<String>,
    pub addressees: Vec<String>,
    pub copies: Vec<String>,
    pub issued: Option<Date>,
    pub printed_on: Option<Date>,
    pub publicity: Option<&'static str>,
    pub attachments: Vec<Attachment>,
    /// The place, and the words that name it.
    pub region: Option<(String, String)>,
    pub year: Option<i16>,
    /// Paragraphs with persons and telephone numbers.
    pub contacts: Vec<usize>,
    /// 机密★1年
    pub secrecy: Option<String>,
    /// Whether something was recognised above the title.
    pub has_head: bool,
    pub doubts: Doubts,
}

/// What is not certain of the head, and why.
#[derive(Debug, Default)]
pub(in crate::import) struct Doubts {
    pub title: Option<&'static str>,
    pub number: Option<&'static str>,
    pub issuers: Option<&'static str>,
}

/// The document while its parts are recognised.
pub(in crate::import) struct Reader<'a> {
    pub lines: &'a [Line],
    pub layout: &'a mut Layout,
    pub remarks: &'a mut Vec<Remark>,
    pub regions: &'a Regions,
}

impl Reader<'_> {
    /// The words of a paragraph that is still part of the text; else nothing.
    pub fn text(&self, at: usize) -> &str {
        self.layout
            .paragraphs
            .get(at)
            .filter(|p| p.role == Role::Text)
            .map_or("", |p| &p.text)
    }

    /// The words of a paragraph as the source has them.
    pub fn source(&self, at: usize) -> String {
        let Some(paragraph) = self.layout.paragraphs.get(at) else {
            return String::new();
        };
        let words: Vec<String> = paragraph
            .lines
            .iter()
            .map(|&i| self.lines[i].words())
            .collect();
        words.join("\n")
    }

    /// Takes a paragraph out of the text, for a key of the front matter.
    pub fn front(&mut self, at: usize, key: &'static str, words: (&str, &str)) {
        let Some(paragraph) = self.layout.paragraphs.get_mut(at) else {
            return;
        };
        paragraph.role = Role::Front(key);
        let remark = covering(self.lines, &paragraph.lines, RemarkKind::Moved, words);
        self.remarks.push(remark);
    }
}

pub(super) const ISSUERS: (&str, &str) = ("发文机关", "issuers");
pub(super) const ISSUED: (&str, &str) = ("成文日期", "date of the document");
