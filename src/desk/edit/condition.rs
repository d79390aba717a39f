//! Conditions of self-checks as forms: rows that say one thing each, and groups of rows.
//!
//! Comes in: a condition as it is written, or the fields of its rows. Goes out: [`Condition`]s, and the [`Change`]s that make one of
//! the other. What no row can show (a condition within another that has a citation of its own) is left to the file's own notation.

use serde::Serialize;

use super::align;
use super::name::{Posted, name};
use super::patch::Change;
use super::value::{COMMA, OPEN, Path, Step, Value};
use crate::sources::keys;

/// After the name of a condition: its first row.
pub const ROOT: &str = "/@if";
/// What a row compares with, apart from [`HOLDS`] and [`IS`].
pub const OPERATORS: [&str; 7] = [
    "below",
    "at_most",
    "at_least",
    "above",
    "between",
    "same_year",
    "in_list",
];
/// The operator of a row that has no value: a condition, or a question that is answered with yes.
pub const HOLDS: &str = "holds";
/// The operator of a row with options or values, one of which must be the answer.
pub const IS: &str = "is";
/// Groups of rows: all, at least one, not all, none; of a member of the household, of every member.
pub const GROUPS: [&str; 6] = [
    "all",
    "any",
    "not_all",
    "none",
    "any_member",
    "every_member",
];
/// As deep are groups within groups that are shown as rows.
const DEEPEST: usize = 8;
/// The most rows of a group that are read from a form.
const MOST: usize = 300;
/// More new rows than this are written at once.
const AT_ONCE: usize = 40;

/// A condition as a form shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Condition {
    Row {
        negated: bool,
        /// A question, a condition or a computed value; empty in a new row.
        subject: String,
        /// [`HOLDS`], [`IS`], or one of [`OPERATORS`].
        operator: String,
        /// What it is compared with.
        value: String,
    },
    Group {
        /// One of [`GROUPS`].
        kind: &'static str,
        members: Vec<Condition>,
    },
}

impl Condition {
    /// A row in which nothing is written.
    pub fn empty() -> Self {
        Self::row(false, "", HOLDS, "")
    }

    fn row(negated: bool, subject: &str, operator: &str, value: &str) -> Self {
        Self::Row {
            negated,
            subject: subject.to_owned(),
            operator: operator.to_owned(),
            value: value.to_owned(),
        }
    }

    /// A condition as it is written. Nothing if no rows can show it.
    pub fn of(value: &Value) -> Option<Self> {
        Self::within(value, 0)
    }

    fn within(value: &Value, depth: usize) -> Option<Self> {
        if depth > DEEPEST {
            return None;
        }
        let (key, inner) = match value {
            Value::Nothing => return (depth == 0).then(Self::empty),
            Value::Text(name) => return is_plain(name).then(|| Self::row(false, name, HOLDS, "")),
            Value::Map(entries) => match entries.as_slice() {
                [(key, inner)] => (key, inner),
                _ => return None,
            },
            Value::List(_) => return None,
        };
        let members = |inner: &Value| match inner {
            // A group without a row could not be given back as it is.
            Value::List(items) if !items.is_empty() => items
                .iter()
                .map(|item| Self::within(item, depth + 1))
                .collect::<Option<Vec<_>>>(),
            _ => None,
        };
        let group = |kind, members| Some(Self::Group { kind, members });
        match keys::canonical(key) {
            Some("all") => group("all", members(inner)?),
            Some("any") => group("any", members(inner)?),
            Some("any_member") => group("any_member", vec![Self::within(inner, depth + 1)?]),
            Some("every_member") => group("every_member", vec![Self::within(inner, depth + 1)?]),
            Some("when") => None,
            Some("not") => match Self::within(inner, depth + 1)? {
                Self::Row {
                    negated: false,
                    subject,
                    operator,
                    value,
                } => Some(Self::row(true, &subject, &operator, &value)),
                Self::Group {
                    kind: "all",
                    members,
                } => group("not_all", members),
                Self::Group {
                    kind: "any",
                    members,
                } => group("none", members),
                _ => None,
            },
            _ if is_plain(key) => compared(key, inner),
            _ => None,
        }
    }

    /// A condition as it is to be written. Nothing for rows in which nothing is written.
    fn value(&self) -> Option<Value> {
        let one = |key: &str, value| Value::Map(vec![(key.to_owned(), value)]);
        match self {
            Self::Row { subject, .. } if subject.is_empty() => None,
            Self::Row {
                negated,
                subject,
                operator,
                value,
            } => {
                let row = match operator.as_str() {
                    HOLDS => Value::Text(subject.clone()),
                    _ => one(subject, operand(subject, operator, value)),
                };
                Some(if *negated { one("not", row) } else { row })
            }
            Self::Group { kind, members } => {
                let mut members: Vec<Value> = members.iter().filter_map(Self::value).collect();
                match *kind {
                    _ if members.is_empty() => None,
                    // One alone needs no group.
                    "all" | "any" if members.len() == 1 => members.pop(),
                    "not_all" | "none" if members.len() == 1 => Some(one("not", members.remove(0))),
                    "any_member" | "every_member" => {
                        let inner = match members.len() {
                            1 => members.remove(0),
                            _ => one("all", Value::List(members)),
                        };
                        Some(one(kind, inner))
                    }
                    "not_all" => Some(one("not", one("all", Value::List(members)))),
                    "none" => Some(one("not", one("any", Value::List(members)))),
                    kind => Some(one(kind, Value::List(members))),
                }
            }
        }
    }

    /// A condition as it was posted. Nothing if it was not in the form; a row without a subject is dropped.
    pub fn posted(posted: &Posted, path: &[Step]) -> Option<Self> {
        let root = format!("{}{ROOT}", name(path));
        let is_there = posted.contains_key(&format!("{root}/subject"))
            || posted.contains_key(&format!("{root}/kind"));
        is_there.then(|| Self::row_of(posted, &root, 0).unwrap_or_else(Self::empty))
    }

    fn row_of(posted: &Posted, at: &str, depth: usize) -> Option<Self> {
        if depth > DEEPEST + 3 {
            return None;
        }
        let of = |key: &str| {
            let value = posted.get(&format!("{at}/{key}"));
            value.map(|value| value.trim()).unwrap_or_default()
        };
        let subject = match of("subject") {
            "" if !of("value").is_empty() => OPEN,
            subject => subject,
        };
        let own = (!subject.is_empty()).then(|| {
            let (negated, operator) = match of("operator").strip_prefix('!') {
                Some(operator) => (true, operator),
                None => (false, of("operator")),
            };
            let value = of("value");
            let is_known = operator == IS || OPERATORS.contains(&operator);
            // A value without an operator is one that the answer is to be.
            let operator = match operator {
                operator if is_known => operator,
                _ if value.is_empty() => HOLDS,
                _ => IS,
            };
            Self::row(negated, subject, operator, value)
        });
        let mut members: Vec<Self> = own.clone().into_iter().collect();
        for index in 0..MOST {
            let at = format!("{at}/{index}");
            if !posted.contains_key(&format!("{at}/subject"))
                && !posted.contains_key(&format!("{at}/kind"))
            {
                break;
            }
            members.extend(Self::row_of(posted, &at, depth + 1));
        }
        match GROUPS.into_iter().find(|kind| *kind == of("kind")) {
            Some(kind) => (!members.is_empty()).then_some(Self::Group { kind, members }),
            // A group that is one row again.
            None if members.len() > 1 => Some(Self::Group {
                kind: "all",
                members,
            }),
            None => members.pop(),
        }
    }

    /// The changes that make this condition of the one at a way; none if they are the same.
    pub fn changes(
        &self,
        path: &Path,
        old: Option<&Value>,
        before: &[String],
        out: &mut Vec<Change>,
    ) {
        let was = old.map_or_else(|| Some(Self::empty()), Self::of);
        if was.as_ref() == Some(self) {
            return;
        }
        let Some(value) = self.value() else {
            if old.is_some() {
                out.push(Change::Remove { path: path.clone() });
            }
            return;
        };
        if let Some((old, was)) = old.zip(was.as_ref())
            && self.changes_within(path, old, was, out)
        {
            return;
        }
        out.push(Change::Set {
            path: path.clone(),
            value,
            before: before.to_vec(),
        });
    }

    /// The changes within what is written, if the condition has the same form as before; whether it has.
    fn changes_within(&self, path: &Path, old: &Value, was: &Self, out: &mut Vec<Change>) -> bool {
        let Some((key, inner)) = only(old) else {
            return false;
        };
        let within = [path.as_slice(), &[Step::Key(key.to_owned())]].concat();
        match (was, self) {
            (
                Self::Group {
                    kind: before,
                    members: was,
                },
                Self::Group { kind, members },
            ) if matches!(*kind, "any_member" | "every_member") => {
                match (was.as_slice(), members.as_slice()) {
                    ([_], [one]) if before == kind => {
                        one.changes(&within, Some(inner), &[], out);
                        true
                    }
                    _ => false,
                }
            }
            (
                Self::Group {
                    kind: before,
                    members: was,
                },
                Self::Group { kind, members },
            ) => changes_of_group(path, old, (before, was), (kind, members), out),
            (
                Self::Row { negated: true, .. },
                Self::Row {
                    negated: true,
                    subject,
                    operator,
                    value,
                },
            ) => {
                let plain = Self::row(false, subject, operator, value);
                plain.changes(&within, Some(inner), &[], out);
                true
            }
            (
                Self::Row {
                    negated: false,
                    subject: before,
                    ..
                },
                Self::Row {
                    negated: false,
                    subject,
                    ..
                },
            ) if before == subject => {
                let value = self.value();
                let Some((_, value)) = value.as_ref().and_then(only) else {
                    return false;
                };
                changes_of_operand(&within, inner, value, out);
                true
            }
            _ => false,
        }
    }
}

/// The changes of a group of rows; whether they could be made row by row.
fn changes_of_group(
    path: &Path,
    old: &Value,
    (before, was): (&str, &[Condition]),
    (kind, members): (&str, &[Condition]),
    out: &mut Vec<Change>,
) -> bool {
    let filled = members.iter().filter(|one| one.value().is_some()).count();
    if filled < 2 || filled > was.len() + AT_ONCE {
        return false;
    }
    let Some((mut way, items)) = list_of(old, before) else {
        return false;
    };
    if before != kind {
        // 全部 becomes 任一: the word alone is another one.
        if !matches!((before, kind), ("all", "any") | ("any", "all")) {
            return false;
        }
        let to = kind.to_owned();
        out.push(Change::Rename {
            path: [path.as_slice(), &way].concat(),
            to: to.clone(),
        });
        way = vec![Step::Key(to)];
    }
    let list = [path.as_slice(), &way].concat();
    align::changes(
        &list,
        was,
        members,
        |at, next, path, out| members[next].changes(&path, items.get(at), &[], out),
        |next| members[next].value(),
        out,
    );
    true
}

/// The changes of what a row compares with. Of several options, those that stay are left as they are written.
fn changes_of_operand(path: &Path, old: &Value, new: &Value, out: &mut Vec<Change>) {
    let set = |path, value: &Value| Change::Set {
        path,
        value: value.clone(),
        before: Vec::new(),
    };
    match (old, new) {
        (Value::List(was), Value::List(new)) => align::changes(
            path,
            was,
            new,
            |_, next, path, out| out.push(set(path, &new[next])),
            |next| new.get(next).cloned(),
            out,
        ),
        _ => out.push(set(path.clone(), new)),
    }
}

/// The only entry of a mapping.
fn only(value: &Value) -> Option<(&str, &Value)> {
    match value {
        Value::Map(entries) => match entries.as_slice() {
            [(key, inner)] => Some((key, inner)),
            _ => None,
        },
        _ => None,
    }
}

/// The list of the members of a group of this kind, and the way to it.
fn list_of<'v>(value: &'v Value, kind: &str) -> Option<(Path, &'v [Value])> {
    let (key, inner) = only(value)?;
    let step = Step::Key(key.to_owned());
    match (keys::canonical(key)?, kind, inner) {
        ("not", "not_all", inner) => {
            let (way, items) = list_of(inner, "all")?;
            Some(([vec![step], way].concat(), items))
        }
        ("not", "none", inner) => {
            let (way, items) = list_of(inner, "any")?;
            Some(([vec![step], way].concat(), items))
        }
        (key, kind, Value::List(items)) if key == kind => Some((vec![step], items)),
        _ => None,
    }
}

/// `question: option`, `question: [one, other]`, `question: below 3`
fn compared(subject: &str, value: &Value) -> Option<Condition> {
    match value {
        Value::Nothing => Some(Condition::row(false, subject, IS, "")),
        Value::Text(text) if !is_plain(text) => None,
        Value::Text(text) => {
            let operator = OPERATORS.into_iter().find_map(|operator| {
                let rest = text
                    .strip_prefix(keys::chinese_word(operator))
                    .or_else(|| text.strip_prefix(operator))?;
                let is_word = rest.starts_with(|c: char| c == ' ' || c.is_ascii_digit());
                is_word.then(|| (operator, rest.trim()))
            });
            let (operator, value) = operator.unwrap_or((IS, text));
            let is_list = operator == IS && value.contains(COMMA);
            (!is_list).then(|| Condition::row(false, subject, operator, value))
        }
        Value::List(items) if items.len() > 1 => {
            let items: Vec<&str> = items.iter().map(Value::text).collect::<Option<_>>()?;
            let fits = |item: &&str| is_plain(item) && !item.contains(COMMA);
            let joined = items.join(&COMMA.to_string());
            items
                .iter()
                .all(fits)
                .then(|| Condition::row(false, subject, IS, &joined))
        }
        Value::List(_) | Value::Map(_) => None,
    }
}

/// What is on the right of a subject.
fn operand(subject: &str, operator: &str, value: &str) -> Value {
    if operator != IS {
        let is_chinese = subject.chars().chain(value.chars()).any(|c| !c.is_ascii());
        let word = if is_chinese {
            keys::chinese_word(operator)
        } else {
            operator
        };
        return Value::Text(format!("{word} {value}").trim().to_owned());
    }
    let items: Vec<&str> = value
        .split(COMMA)
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .collect();
    match items.as_slice() {
        [] => Value::Nothing,
        [one] => Value::Text((*one).to_owned()),
        _ => Value::List(
            items
                .iter()
                .map(|&item| Value::Text(item.to_owned()))
                .collect(),
        ),
    }
}

/// Whether a text is one that a line of a form gives back as it is.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.trim() == text && !text.contains(['\n', '\r'])
}
