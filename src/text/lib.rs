//! Text: properties of Chinese text that do not depend on its subject.
//!
//! Comes in: strings. Goes out: folded strings, numerals, similar names, and diagnostics. This crate knows no
//! notices, no counties and no files.

#![forbid(unsafe_code)]

pub mod diag;

mod comments;
mod difference;
mod ends;
mod escape;
mod fence;
mod fold;
mod grams;
mod lang;
mod nearest;
mod numeral;
mod pinyin;
mod radicals;
mod titles;
mod uuid;
mod visible;

pub use comments::{Comments, blanked};
pub use difference::difference;
pub use ends::{first_chars, last_chars};
pub use escape::{attribute, escape, escape_into};
pub use fence::{Closing, Fence};
pub use fold::{
    begins_in_chinese, contains_folded, fold, fold_into, is_chinese, is_cjk, join_soft,
};
pub use grams::{Haystack, Places};
pub use lang::Lang;
pub use nearest::nearest;
pub use numeral::{counted, ideographs, parse_numeral, strip_width};
pub use pinyin::plain_pinyin;
pub use radicals::usual_ideograph;
pub use titles::book_titles;
pub use uuid::uuid;
pub use visible::{is_hidden, is_noncharacter, visible, visible_name};

/// A sentence in both languages of mingbai.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bilingual {
    pub zh: String,
    pub en: String,
}

impl Bilingual {
    /// A sentence in Chinese and English.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            zh: zh.into(),
            en: en.into(),
        }
    }
}
