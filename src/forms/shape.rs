//! Shapes: what may stand in a mapping of a source file, written down once.
//!
//! The parser opens every mapping with its shape ([`super::decode::Fields::open`]) and reads only keys that stand in
//! it; the schemas for editors are made of the same tables. A shape says keys and forms of values; what needs a second
//! look (days in order, words that stand in a clause, names in the regions) is the business of those who read it.
//!
//! What a key means, in both languages, stands in [`crate::keys`].

mod documents;
mod site;

pub use documents::*;
pub use site::*;

/// A mapping with fixed keys.
#[derive(Debug)]
pub struct Shape {
    /// Name among the definitions of a schema.
    pub name: &'static str,
    /// What it is, in Chinese and in English.
    pub title: (&'static str, &'static str),
    /// The keys, in groups that several shapes may share.
    pub slots: &'static [&'static [Slot]],
    /// What holds between keys.
    pub rules: &'static [Rule],
}

/// A key and what may stand behind it.
#[derive(Debug)]
pub struct Slot {
    pub key: &'static str,
    pub form: Form,
    pub required: bool,
}

/// Keys whose value an official text may leave out.
pub(super) const MAY_BE_UNSTATED: [&str; 5] = ["number", "issuers", "issued", "publicity", "phone"];

impl Slot {
    /// Whether 未载明 may stand here. A day or a number that must be there is what its entry is about: without it
    /// the entry would say nothing, and drop out without a word.
    pub fn may_be_unstated(&self) -> bool {
        let is_point = matches!(self.form, Form::Day | Form::Bound | Form::Whole(_));
        !(self.required && is_point) || MAY_BE_UNSTATED.contains(&self.key)
    }
}

/// What may stand behind a key.
#[derive(Debug, Clone, Copy)]
pub enum Form {
    /// One piece of text; numbers and dates written without quotes are text too.
    Text,
    /// A text, a list of texts, or 未载明.
    Texts,
    /// A day, or 未载明.
    Day,
    /// A day with its sense (不早于, 不晚于, 每年 …), or 未载明.
    Bound,
    /// A whole number up to this one, or 未载明.
    Whole(u64),
    /// A percentage.
    Rate,
    /// An address with https:// or http://.
    Address,
    /// Small letters, digits and hyphens.
    Id,
    /// One of several words.
    Word(&'static [&'static str]),
    /// A mapping.
    Map(&'static Shape),
    /// A list, or 未载明.
    List(&'static Form),
    /// Names of the author's own, each with the same form behind it; at least one if `true`.
    Names(&'static Form, bool),
    /// Names by heading: 太原市: 清徐县、阳曲县; or 无.
    Listed,
    /// Options: texts in a list or a mapping.
    Options,
    /// A condition: a word, a list below 全部 or 任一, a comparison.
    Condition,
}

/// What holds between the keys of one mapping.
#[derive(Debug, Clone, Copy)]
pub enum Rule {
    /// One of these must be there.
    OneOf(&'static [&'static str]),
    /// If the first is there, so must be the others.
    With(&'static str, &'static [&'static str]),
    /// If the first is not there, the others must be.
    Unless(&'static str, &'static [&'static str]),
    /// The list behind the key has at least one item.
    Filled(&'static str),
    /// The first may be there only where the second is one of these words.
    Only(&'static str, &'static str, &'static [&'static str]),
    /// Where the first is one of these words, the last must be there.
    Needs(&'static str, &'static [&'static str], &'static str),
}

impl Form {
    /// Whether one value stands there: neither a list nor a mapping.
    pub fn is_one_value(&self) -> bool {
        match self {
            Self::Text
            | Self::Day
            | Self::Bound
            | Self::Whole(_)
            | Self::Rate
            | Self::Address
            | Self::Id
            | Self::Word(_) => true,
            Self::Texts
            | Self::Map(_)
            | Self::List(_)
            | Self::Names(..)
            | Self::Listed
            | Self::Options
            | Self::Condition => false,
        }
    }
}

impl Shape {
    /// The keys in the order in which they are shown.
    pub fn keys(&self) -> impl Iterator<Item = &'static Slot> + use<> {
        self.slots.iter().flat_map(|group| group.iter())
    }

    /// The slot of a key's English name.
    pub fn slot(&self, key: &str) -> Option<&'static Slot> {
        self.keys().find(|slot| slot.key == key)
    }
}

/// A key that must be there.
pub const fn must(key: &'static str, form: Form) -> Slot {
    Slot {
        key,
        form,
        required: true,
    }
}

/// A key that may be there.
pub const fn may(key: &'static str, form: Form) -> Slot {
    Slot {
        key,
        form,
        required: false,
    }
}
