//! What is written into a file: texts, lists and mappings, and the way to one of them.
//!
//! Comes in: values of a form. Goes out: lines of YAML, or the same in brackets. It knows no file.

use super::super::written::{item, scalar};
use crate::sources::keys;
use crate::sources::yaml::{Kind, Node};

/// In the place of what somebody has still to choose: nothing else is lost for it, and the check asks for it.
pub const OPEN: &str = "未选";
/// Between several texts in one line of a form.
pub const COMMA: char = '、';

/// A value as text, list or mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A key without a value.
    Nothing,
    Text(String),
    List(Vec<Value>),
    /// Entries in their order.
    Map(Vec<(String, Value)>),
}

/// A step to a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The value of a key, in either language.
    Key(String),
    /// An item of a list, from 0.
    Item(usize),
}

/// The way from the whole file to a value.
pub type Path = Vec<Step>;

/// Whether two names mean the same key.
pub fn same_key(one: &str, other: &str) -> bool {
    one == other || keys::canonical(one).is_some_and(|key| Some(key) == keys::canonical(other))
}

impl Value {
    /// The value of a tree that was read. Nothing if part of it could not be read.
    pub fn of(node: &Node) -> Option<Self> {
        Some(match &node.kind {
            Kind::Empty => Self::Nothing,
            Kind::Text(text) => Self::Text(text.clone()),
            Kind::List(items) => Self::List(items.iter().map(Self::of).collect::<Option<_>>()?),
            Kind::Map(entries) => {
                let entries = entries.iter();
                let entries = entries.map(|(key, node)| Some((key.value.clone(), Self::of(node)?)));
                Self::Map(entries.collect::<Option<_>>()?)
            }
            Kind::Broken => return None,
        })
    }

    /// The text of a single value.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value at the end of a way.
    pub fn at(&self, path: &[Step]) -> Option<&Self> {
        let Some((step, rest)) = path.split_first() else {
            return Some(self);
        };
        match (self, step) {
            (Self::Map(entries), Step::Key(key)) => {
                let mut entries = entries.iter();
                entries.find(|(name, _)| same_key(name, key))?.1.at(rest)
            }
            (Self::List(items), Step::Item(index)) => items.get(*index)?.at(rest),
            _ => None,
        }
    }

    /// The same, to be changed.
    pub(super) fn at_mut(&mut self, path: &[Step]) -> Option<&mut Self> {
        let Some((step, rest)) = path.split_first() else {
            return Some(self);
        };
        match (self, step) {
            (Self::Map(entries), Step::Key(key)) => {
                let mut entries = entries.iter_mut();
                let (_, value) = entries.find(|(name, _)| same_key(name, key))?;
                value.at_mut(rest)
            }
            (Self::List(items), Step::Item(index)) => items.get_mut(*index)?.at_mut(rest),
            _ => None,
        }
    }

    /// In brackets, on one line.
    pub(super) fn flow(&self) -> String {
        let joined = |parts: Vec<String>| parts.join(", ");
        match self {
            Self::Nothing => "~".to_owned(),
            Self::Text(text) => item(text),
            Self::List(items) => {
                format!("[{}]", joined(items.iter().map(Self::flow).collect()))
            }
            Self::Map(entries) => {
                let entries = entries.iter();
                let entries =
                    entries.map(|(key, value)| format!("{}: {}", item(key), value.flow()));
                format!("{{{}}}", joined(entries.collect()))
            }
        }
    }

    /// What follows `key:` in a mapping whose keys begin at the column `indent`: ` value`, or lines below it.
    pub(super) fn after_key(&self, indent: usize) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => format!(" {}", scalar(text)),
            _ if self.fits_a_line() => format!(" {}", self.flow()),
            Self::List(_) | Self::Map(_) => {
                let lead = " ".repeat(indent + 2);
                let lines = self.lines(indent + 2);
                format!(
                    "\n{}",
                    lines
                        .map(|line| format!("{lead}{line}"))
                        .collect::<Vec<_>>()
                        .join("\n")
                )
            }
        }
    }

    /// Lists of texts are written in brackets, and so is what is empty.
    fn fits_a_line(&self) -> bool {
        match self {
            Self::List(items) => items.iter().all(|item| matches!(item, Self::Text(_))),
            Self::Map(entries) => entries.is_empty(),
            _ => true,
        }
    }

    /// The lines of a mapping from the left margin.
    pub(crate) fn block(&self) -> Vec<String> {
        self.lines(0).collect()
    }

    /// The lines of a list or mapping whose first sign is at the column `indent`, without the blanks that lead to it.
    pub(super) fn lines(&self, indent: usize) -> std::vec::IntoIter<String> {
        let mut out: Vec<String> = Vec::new();
        let whole = |text: String, out: &mut Vec<String>| {
            // What is deeper has its blanks from the left margin.
            let mut lines = text.split('\n');
            out.extend(lines.next().map(str::to_owned));
            out.extend(lines.map(|line| line.get(indent..).unwrap_or_default().to_owned()));
        };
        match self {
            Self::Map(entries) if !entries.is_empty() => {
                for (key, value) in entries {
                    whole(
                        format!("{}:{}", item(key), value.after_key(indent)),
                        &mut out,
                    );
                }
            }
            Self::List(items) if !items.is_empty() => {
                for value in items {
                    let lines = value.lines(indent + 2);
                    for (i, line) in lines.enumerate() {
                        out.push(format!("{}{line}", if i == 0 { "- " } else { "  " }));
                    }
                }
            }
            other => out.push(other.flow()),
        }
        out.into_iter()
    }
}
