//! A text in blocks: official texts and pages of the site itself.

use serde::Serialize;

/// One paragraph, heading or table of an official text, in order, flat.
#[derive(Debug, Clone, Serialize)]
pub struct BlockView {
    /// Anchor (`c1-3`, `a1-c2`); null for further paragraphs of the clause above.
    pub id: Option<String>,
    pub kind: BlockSort,
    /// 2..=6 when the whole paragraph is a heading (`一、认真组织…`), else null (run it in as a paragraph).
    pub heading: Option<u8>,
    /// Numbering as printed, `一、` `（一）` `1.` `第一章`; empty for none.
    pub marker: String,
    /// The typeface of `marker`; null without one.
    pub face: Option<Face>,
    /// Run-in heading (`续贷受理时间。`) to set in bold before `html`; empty for none.
    pub run_in: String,
    /// Block HTML for [`BlockSort::Html`], inline HTML for the others. Finished.
    pub html: String,
    /// How people cite this clause: `一（三）`.
    pub label: String,
}

/// The typeface that GB/T 9704 gives the numbers of a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Face {
    /// 第一章
    Zhang,
    /// 第一节
    Jie,
    /// 第一条
    Tiao,
    /// 一、
    Han,
    /// （一）
    Paren,
    /// All others.
    Num,
}

/// A section of a page, for its contents list.
#[derive(Debug, Clone, Serialize)]
pub struct SectionLink {
    pub id: &'static str,
    pub text: &'static str,
}

/// What a block of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockSort {
    /// An annex begins.
    Part,
    Clause,
    Para,
    Heading,
    Html,
}

/// An entry of the contents list of a text.
#[derive(Debug, Clone, Serialize)]
pub struct TocItem {
    pub id: String,
    pub text: String,
    pub depth: u8,
}

/// `page.html`: about, method, accessibility, open data, for counties
#[derive(Debug, Clone, Serialize)]
pub struct TextView {
    pub title: String,
    pub lang: Option<&'static str>,
    pub toc: Vec<TocItem>,
    pub text: Vec<BlockView>,
    pub has_code: bool,
}
