//! The entry of a list: keys, values, and what is open about a value.
//!
//! Comes in: values. Goes out: lines of YAML, without the mark of a comment. It finds nothing.

use crate::written::{before_comment, comment, list, scalar};

/// A list of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::import) enum Section {
    Windows,
    Venues,
    Channels,
    Quotas,
    Forms,
    Deadlines,
    Contacts,
    Cites,
}

impl Section {
    /// All lists, in the order in which files have them.
    pub const ALL: [Self; 8] = [
        Self::Windows,
        Self::Venues,
        Self::Channels,
        Self::Quotas,
        Self::Forms,
        Self::Deadlines,
        Self::Contacts,
        Self::Cites,
    ];

    /// The key of the list.
    pub fn key(self) -> &'static str {
        match self {
            Self::Windows => "windows",
            Self::Venues => "venues",
            Self::Channels => "channels",
            Self::Quotas => "quotas",
            Self::Forms => "forms",
            Self::Deadlines => "deadlines",
            Self::Contacts => "contacts",
            Self::Cites => "cites",
        }
    }

    /// What it is called in a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::Windows => "受理窗口",
            Self::Venues => "办理地点",
            Self::Channels => "办理渠道",
            Self::Quotas => "名额",
            Self::Forms => "要交的材料",
            Self::Deadlines => "时限",
            Self::Contacts => "联系方式",
            Self::Cites => "引用的文件",
        }
    }

    /// Whether the schedule of a county has this list rather than its notice.
    pub fn is_of_schedule(self) -> bool {
        self == Self::Windows || self.is_only_of_schedule()
    }

    /// Whether a notice cannot have it.
    pub fn is_only_of_schedule(self) -> bool {
        matches!(
            self,
            Self::Venues | Self::Channels | Self::Quotas | Self::Forms
        )
    }
}

/// What a key is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::import) enum Value {
    Text(String),
    Items(Vec<String>),
    /// Nothing yet: in its place is the question that must be answered first.
    Open(String),
}

/// A comment after a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Note {
    /// To be confirmed: the file stays a draft as long as the comment is there.
    Open(&'static str),
    /// An explanation.
    Hint(&'static str),
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::import) struct Field {
    pub key: &'static str,
    pub value: Value,
    note: Option<Note>,
}

impl Field {
    /// A value in words.
    pub(super) fn text(key: &'static str, value: impl Into<String>) -> Self {
        Self {
            key,
            value: Value::Text(value.into()),
            note: None,
        }
    }

    pub(super) fn items(key: &'static str, items: Vec<String>) -> Self {
        Self {
            key,
            value: Value::Items(items),
            note: None,
        }
    }

    /// A question in the place of a value.
    pub(super) fn open(key: &'static str, question: String) -> Self {
        Self {
            key,
            value: Value::Open(question),
            note: None,
        }
    }

    /// A value that only a person can give.
    pub fn missing(key: &'static str, question: &'static str) -> Self {
        Self {
            key,
            value: Value::Text("待填写".to_owned()),
            note: Some(Note::Open(question)),
        }
    }

    pub(super) fn noted(self, note: Option<Note>) -> Self {
        Self { note, ..self }
    }

    /// Whether a person has to say what it is.
    pub fn is_open(&self) -> bool {
        matches!(self.note, Some(Note::Open(_)))
    }

    fn line(&self) -> String {
        let value = match &self.value {
            Value::Text(text) if self.note.is_some() => before_comment(text),
            Value::Text(text) => scalar(text),
            Value::Items(items) => list(items),
            Value::Open(question) => return comment(&format!("待核：{question}")),
        };
        let note = match &self.note {
            Some(Note::Open(words)) => format!("  {}", comment(&format!("待核：{words}"))),
            Some(Note::Hint(words)) => format!("  {}", comment(words)),
            None => String::new(),
        };
        format!("{}: {value}{note}", self.key)
    }
}

/// An entry of a list.
#[derive(Debug, Clone)]
pub(in crate::import) struct Entry {
    /// Its position in the text, in bytes.
    pub at: usize,
    pub fields: Vec<Field>,
}

impl Entry {
    /// The value of a key, or nothing.
    pub fn value(&self, key: &str) -> &str {
        let field = self.fields.iter().find(|field| field.key == key);
        match field.map(|field| &field.value) {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }

    /// The words that somebody who confirms it looks for in the source.
    pub fn words(&self) -> &str {
        ["quote", "title"]
            .into_iter()
            .map(|key| self.value(key))
            .find(|words| !words.is_empty())
            .unwrap_or_default()
    }

    /// The lines of the entry, one for each field.
    pub fn lines(&self) -> impl Iterator<Item = String> + '_ {
        self.fields.iter().enumerate().map(|(i, field)| {
            let lead = if i == 0 { "  - " } else { "    " };
            format!("{lead}{}", field.line())
        })
    }

    /// Whether the other says the same of the same words.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        let own = |entry: &Self| -> Vec<Field> {
            let fields = entry.fields.iter();
            fields.filter(|f| f.key != "clause").cloned().collect()
        };
        own(self) == own(other)
    }
}
