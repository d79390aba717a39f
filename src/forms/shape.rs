//! Shapes: which keys a mapping of a source file may have, and the form of each value.
//!
//! The decoder opens every mapping with its shape ([`super::decode::Fields::open`]) and cannot read a key that is not
//! in it. The JSON Schemas for editors are made from the same tables. A shape describes only keys and forms. Other
//! checks (dates in order, quotations, region names) are made by the code that reads the values.
//!
//! [`crate::keys`] says what each key means, in both languages.

mod documents;
mod site;

pub use documents::*;
pub use site::*;

/// A mapping with fixed keys.
#[derive(Debug)]
pub struct Shape {
    /// The name of its definition in a JSON Schema.
    pub name: &'static str,
    /// The title, in Chinese and English.
    pub title: (&'static str, &'static str),
    /// The keys, in groups that several shapes may share.
    pub slots: &'static [&'static [Slot]],
    /// Conditions that involve several keys.
    pub rules: &'static [Rule],
}

/// A key and the form of its value.
#[derive(Debug)]
pub struct Slot {
    pub key: &'static str,
    pub form: Form,
    pub required: bool,
}

/// Keys whose value an official text may omit.
pub(super) const MAY_BE_UNSTATED: [&str; 5] = ["number", "issuers", "issued", "publicity", "phone"];

impl Slot {
    /// Whether the value may be 未载明. A required day or number is what its entry is about. Without it, the entry
    /// would have no meaning and would be dropped silently.
    pub fn may_be_unstated(&self) -> bool {
        let is_point = matches!(self.form, Form::Day | Form::Bound | Form::Whole(_));
        !(self.required && is_point) || MAY_BE_UNSTATED.contains(&self.key)
    }
}

/// The form of a value.
#[derive(Debug, Clone, Copy)]
pub enum Form {
    /// Text. Numbers and dates without quotes are also text.
    Text,
    /// A text, a list of texts, or 未载明.
    Texts,
    /// A day, or 未载明.
    Day,
    /// A day, perhaps as a bound (不早于, 不晚于, 每年 …), or 未载明.
    Bound,
    /// A whole number up to this maximum, or 未载明.
    Whole(u64),
    /// A percentage.
    Rate,
    /// An address that begins with https:// or http://.
    Address,
    /// Lower-case letters, digits and hyphens.
    Id,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A mapping.
    Map(&'static Shape),
    /// A list, or 未载明.
    List(&'static Form),
    /// A mapping, or a list of such mappings.
    OneOrMore(&'static Shape),
    /// A mapping whose keys the author chooses and whose values all have this form; if `true`, it must not be empty.
    Names(&'static Form, bool),
    /// Names grouped by heading (太原市: 清徐县、阳曲县), or 无.
    Listed,
    /// Options of a question: texts in a list or a mapping.
    Options,
    /// A condition: a word, a list under 全部 or 任一, or a comparison.
    Condition,
}

/// A condition on several keys of one mapping.
#[derive(Debug, Clone, Copy)]
pub enum Rule {
    /// At least one of these keys is required.
    OneOf(&'static [&'static str]),
    /// If the first key is present, the others are required.
    With(&'static str, &'static [&'static str]),
    /// If the first key is absent, the others are required.
    Unless(&'static str, &'static [&'static str]),
    /// Either the first key or all others are required, not both.
    Either(&'static str, &'static [&'static str]),
    /// The list of this key has at least one item.
    Filled(&'static str),
    /// The first key is allowed only if the second has one of these values.
    Only(&'static str, &'static str, &'static [&'static str]),
    /// If the first key has one of these values, the last is required.
    Needs(&'static str, &'static [&'static str], &'static str),
}

impl Form {
    /// Whether the form is a single value, neither a list nor a mapping.
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
            | Self::OneOrMore(_)
            | Self::Condition => false,
        }
    }
}

impl Shape {
    /// The keys, in the order in which they are shown.
    pub fn keys(&self) -> impl Iterator<Item = &'static Slot> + use<> {
        self.slots.iter().flat_map(|group| group.iter())
    }

    /// The slot of a key, given its English name.
    pub fn slot(&self, key: &str) -> Option<&'static Slot> {
        self.keys().find(|slot| slot.key == key)
    }
}

/// Words of a sentence, each with the words of the text that they reword.
pub const REWORDS: Slot = may("rewords", Form::Names(&Form::Text, true));

/// A required key.
pub const fn must(key: &'static str, form: Form) -> Slot {
    Slot {
        key,
        form,
        required: true,
    }
}

/// An optional key.
pub const fn may(key: &'static str, form: Form) -> Slot {
    Slot {
        key,
        form,
        required: false,
    }
}
