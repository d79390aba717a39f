//! Answers: what was filled into a form, as changes of the file.
//!
//! Comes in: the shape of a file, what it says, and the posted fields by name. Goes out: [`Change`]s, none for a field that was left as it
//! was. A field that was not posted is not touched.

use super::align;
use super::condition::Condition;
use super::form::{is_list, lines_of, options_of, pairs_of, shape_of, written as of_file};
use std::collections::BTreeSet;

pub use super::name::Posted;
use super::name::{name, path as way};
use super::patch::{Change, Written};
use super::value::{COMMA, Path, Step, Value};
use crate::model::decode::UNSTATED;
use crate::model::shape::{Form, Shape};

/// After the name of a field: set once what is to be confirmed about it was confirmed.
pub const CONFIRMED: &str = "/@confirmed";

/// After the name of an entry: `remove` if it is to go.
pub const ENTRY: &str = "/@";
/// After the name of a list: set if the official text states none.
pub const NONE: &str = "/@none";

/// After the name of a new entry: its name as it was typed.
pub const AS: &str = "/@as";

/// What the answers change.
pub struct Answers<'a> {
    pub file: &'a Written<'a>,
    pub value: &'a Value,
    pub posted: &'a Posted,
}

impl Answers<'_> {
    /// The changes, in an order in which every way is right when its turn comes.
    pub fn changes(&self, root: &Form) -> Vec<Change> {
        let mut out = Vec::new();
        match root {
            Form::Map(shape) => self.shape(shape, &Path::new(), Some(self.value), &mut out),
            form => self.form(form, &Path::new(), of_file(self.value), &[], &mut out),
        }
        out
    }

    fn get(&self, path: &[Step]) -> Option<String> {
        let posted = self.posted.get(&name(path))?;
        Some(posted.replace("\r\n", "\n"))
    }

    fn is_set(&self, path: &[Step], mark: &str, value: &str) -> bool {
        let name = format!("{}{mark}", name(path));
        self.posted.get(&name).is_some_and(|posted| posted == value)
    }

    fn shape(&self, shape: &Shape, path: &Path, value: Option<&Value>, out: &mut Vec<Change>) {
        let mut before: Vec<String> = Vec::new();
        for slot in shape.keys() {
            let mut path = path.clone();
            path.push(Step::Key(slot.key.to_owned()));
            let value = value.and_then(|value| value.at(&path[path.len() - 1..]));
            self.form(&slot.form, &path, value, &before, out);
            before.push(slot.key.to_owned());
        }
    }

    fn form(
        &self,
        form: &Form,
        path: &Path,
        value: Option<&Value>,
        before: &[String],
        out: &mut Vec<Change>,
    ) {
        let written = value.filter(|value| **value != Value::Nothing);
        let is_text = written.is_none_or(|value| value.text().is_some());
        let put = |new: Value, out: &mut Vec<Change>| {
            out.push(Change::Set {
                path: path.clone(),
                value: new,
                before: before.to_vec(),
            });
        };
        match form {
            form if form.is_one_value() && is_text => {
                let Some(posted) = self.get(path) else { return };
                let old = written.and_then(Value::text).unwrap_or_default();
                let new = posted.trim();
                if new == old.trim() {
                    return;
                }
                if new.is_empty() {
                    out.push(Change::Remove { path: path.clone() });
                } else {
                    put(Value::Text(new.to_owned()), out);
                }
            }
            Form::Texts | Form::List(Form::Text | Form::Word(_)) if lines_of(written).is_some() => {
                self.lines(path, written, &put, out);
            }
            Form::Map(shape) | Form::OneOrMore(shape) if matches!(written, Some(Value::Map(_))) => {
                self.map(shape, path, written, out);
            }
            Form::Map(shape) if written.is_none() => {
                if let Some(new) = self.new_map(shape, path) {
                    put(new, out);
                }
            }
            Form::List(Form::Map(shape)) | Form::OneOrMore(shape)
                if is_list(written) || written.and_then(Value::text) == Some(UNSTATED) =>
            {
                self.list(shape, path, written, &put, out);
            }
            Form::Listed if is_text || pairs_of(form, written).is_some() => {
                self.listed(form, path, written, &put, out);
            }
            Form::Names(Form::Text | Form::Texts, _) if pairs_of(form, written).is_some() => {
                self.pairs(form, path, written, before, out);
            }
            Form::Options if options_of(written).is_some() => {
                self.options(path, written, before, out);
            }
            Form::Condition if written.is_none_or(|value| Condition::of(value).is_some()) => {
                if let Some(new) = Condition::posted(self.posted, path) {
                    new.changes(path, written, before, out);
                }
            }
            Form::Names(form @ (Form::Map(_) | Form::Condition), _)
                if written.is_none_or(|v| matches!(v, Value::Map(_))) =>
            {
                self.named(form, path, written, out);
            }
            _ => self.yaml(path, value, before, out),
        }
    }

    /// A mapping. Without a value it goes with its key.
    fn map(&self, shape: &Shape, path: &Path, written: Option<&Value>, out: &mut Vec<Change>) {
        let mut within = Vec::new();
        self.shape(shape, path, written, &mut within);
        let is_removal = |change: &Change| matches!(change, Change::Remove { path: at } if at.len() == path.len() + 1);
        let keys = match written {
            Some(Value::Map(entries)) => entries.len(),
            _ => 0,
        };
        let is_emptied = keys > 0 && within.len() == keys && within.iter().all(is_removal);
        if is_emptied && !path.is_empty() {
            out.push(Change::Remove { path: path.clone() });
        } else {
            out.extend(within);
        }
    }

    fn lines(
        &self,
        path: &Path,
        written: Option<&Value>,
        put: &dyn Fn(Value, &mut Vec<Change>),
        out: &mut Vec<Change>,
    ) {
        let Some(posted) = self.get(path) else { return };
        let old = lines_of(written).unwrap_or_default();
        let new: Vec<&str> = posted
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        if new == old {
            return;
        }
        let text = |line: &str| Value::Text(line.to_owned());
        match (written, new.as_slice()) {
            (_, []) => out.push(Change::Remove { path: path.clone() }),
            (Some(Value::List(_)), _) if !old.is_empty() => {
                // What stayed keeps what is written about it.
                let set = |_, next: usize, path, out: &mut Vec<Change>| {
                    out.push(Change::Set {
                        path,
                        value: text(new[next]),
                        before: Vec::new(),
                    });
                };
                align::changes(path, &old, &new, set, |next| Some(text(new[next])), out);
            }
            (Some(Value::Text(_)) | None, [one]) => put(text(one), out),
            _ => put(Value::List(new.into_iter().map(text).collect()), out),
        }
    }

    /// A mapping that is not there yet. Nothing if nothing was filled in.
    fn new_map(&self, shape: &Shape, path: &Path) -> Option<Value> {
        let mut entries = Vec::new();
        for slot in shape.keys() {
            let mut path = path.clone();
            path.push(Step::Key(slot.key.to_owned()));
            let mut made = Vec::new();
            self.form(&slot.form, &path, None, &[], &mut made);
            let value = made.into_iter().find_map(|change| match change {
                Change::Set {
                    path: at, value, ..
                } if at == path => Some(value),
                Change::Write { path: at, yaml, .. } if at == path => super::patch::value_of(&yaml),
                _ => None,
            });
            entries.extend(value.map(|value| (slot.key.to_owned(), value)));
        }
        (!entries.is_empty()).then_some(Value::Map(entries))
    }

    fn list(
        &self,
        shape: &Shape,
        path: &Path,
        written: Option<&Value>,
        put: &dyn Fn(Value, &mut Vec<Change>),
        out: &mut Vec<Change>,
    ) {
        let items = match written {
            Some(Value::List(items)) => items.as_slice(),
            Some(Value::Text(text)) if text == UNSTATED => &[],
            None => &[],
            _ => return self.yaml(path, written, &[], out),
        };
        let item = |i: usize| [path.as_slice(), &[Step::Item(i)]].concat();
        let is_gone = |i: usize| self.is_set(&item(i), ENTRY, "remove");
        let new: Vec<Value> = self
            .numbers(path)
            .into_iter()
            .filter(|&i| i >= items.len() && !is_gone(i))
            .filter_map(|i| self.new_map(shape, &item(i)))
            .collect();
        let gone: Vec<usize> = (0..items.len()).filter(|&i| is_gone(i)).collect();
        let none = self.is_set(path, NONE, "1");
        if gone.len() == items.len() && new.is_empty() {
            let was_none = written.and_then(Value::text) == Some(UNSTATED);
            let asked = self
                .posted
                .contains_key(&format!("{}{NONE}/asked", name(path)));
            if none && !was_none {
                put(Value::Text(UNSTATED.to_owned()), out);
            } else if !none && (was_none && asked || !items.is_empty()) {
                out.push(Change::Remove { path: path.clone() });
            }
            return;
        }
        for (i, value) in items.iter().enumerate().filter(|(i, _)| !gone.contains(i)) {
            self.shape(shape, &item(i), Some(value), out);
        }
        if items.is_empty() {
            return put(Value::List(new), out);
        }
        for (i, value) in new.into_iter().enumerate() {
            out.push(Change::Insert {
                list: path.clone(),
                at: items.len() + i,
                value,
            });
        }
        for i in gone.into_iter().rev() {
            out.push(Change::Remove { path: item(i) });
        }
    }

    /// The numbers of the entries of a list that were posted.
    fn numbers(&self, path: &Path) -> Vec<usize> {
        let lead = if path.is_empty() {
            String::new()
        } else {
            format!("{}/", name(path))
        };
        let rest = self
            .posted
            .keys()
            .filter_map(|name| name.strip_prefix(&lead));
        let mut numbers: Vec<usize> = rest
            .filter_map(|rest| rest.split('/').next()?.parse().ok())
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// Names grouped by heading, or one word.
    fn listed(
        &self,
        form: &Form,
        path: &Path,
        written: Option<&Value>,
        put: &dyn Fn(Value, &mut Vec<Change>),
        out: &mut Vec<Change>,
    ) {
        let Some(posted) = self.get(path) else { return };
        let posted = posted.trim();
        let was_text = written.and_then(Value::text);
        if was_text.is_some_and(|text| text.trim() == posted) {
            return;
        }
        if posted.is_empty() {
            if written.is_some() {
                out.push(Change::Remove { path: path.clone() });
            }
        } else if !posted.contains(['\n', ':', '：']) {
            put(Value::Text(posted.to_owned()), out);
        } else if was_text.is_some() {
            put(map_of(form, &pairs_in(posted)), out);
        } else {
            self.pairs(form, path, written, &[], out);
        }
    }

    /// Options of a question, a line each.
    fn options(
        &self,
        path: &Path,
        written: Option<&Value>,
        before: &[String],
        out: &mut Vec<Change>,
    ) {
        let Some(posted) = self.get(path) else { return };
        let lines: Vec<&str> = posted
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        let with_words = lines
            .iter()
            .filter(|line| line.contains([':', '：']))
            .count();
        let put = |value: Value, out: &mut Vec<Change>| {
            out.push(Change::Set {
                path: path.clone(),
                value,
                before: before.to_vec(),
            });
        };
        match written {
            Some(Value::Map(_)) if with_words == lines.len() => {
                self.pairs(&Form::Options, path, written, before, out);
            }
            Some(Value::List(_)) | None if with_words == 0 => {
                self.lines(path, written, &put, out);
            }
            _ => {
                // An option without words is called what its name says.
                let pairs = lines.iter().map(|line| match line.split_once([':', '：']) {
                    Some((name, words)) => (name.trim(), words.trim()),
                    None => (*line, *line),
                });
                let pairs = pairs.map(|(name, words)| (name.to_owned(), words.to_owned()));
                put(map_of(&Form::Options, &pairs.collect::<Vec<_>>()), out);
            }
        }
    }

    fn pairs(
        &self,
        form: &Form,
        path: &Path,
        written: Option<&Value>,
        before: &[String],
        out: &mut Vec<Change>,
    ) {
        let Some(posted) = self.get(path) else { return };
        let old = pairs_of(form, written).unwrap_or_default();
        // A line that is not a pair, or a name that occurs twice, is not dropped: the file says what was typed, and the check what is wrong.
        let lines = posted
            .lines()
            .filter(|line| !line.trim().is_empty())
            .count();
        let named: BTreeSet<String> = pairs_in(&posted)
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        if named.len() != lines {
            return out.push(Change::Write {
                path: path.clone(),
                yaml: posted.trim_matches('\n').to_owned(),
                before: before.to_vec(),
            });
        }
        let new = pairs_in(&posted);
        if new == old {
            return;
        }
        if new.is_empty() {
            return out.push(Change::Remove { path: path.clone() });
        }
        if old.is_empty() {
            return out.push(Change::Set {
                path: path.clone(),
                value: map_of(form, &new),
                before: before.to_vec(),
            });
        }
        let is_same_set = new.len() == old.len() && new.iter().all(|pair| old.contains(pair));
        if is_same_set {
            // Only their order is another one.
            return out.push(Change::Set {
                path: path.clone(),
                value: map_of(form, &new),
                before: before.to_vec(),
            });
        }
        let key = |name: &str| [path.as_slice(), &[Step::Key(name.to_owned())]].concat();
        let mut names: Vec<String> = old.iter().map(|(name, _)| name.clone()).collect();
        for (name, words) in &new {
            if old
                .iter()
                .all(|(other, said)| other != name || said != words)
            {
                out.push(Change::Set {
                    path: key(name),
                    value: text_of(form, words),
                    before: names.clone(),
                });
            }
            names.push(name.clone());
        }
        for (name, _) in &old {
            if new.iter().all(|(other, _)| other != name) {
                out.push(Change::Remove { path: key(name) });
            }
        }
    }

    fn named(&self, form: &Form, path: &Path, written: Option<&Value>, out: &mut Vec<Change>) {
        let entries = match written {
            Some(Value::Map(entries)) => entries.as_slice(),
            _ => &[],
        };
        let mut names: Vec<String> = Vec::new();
        let mut gone = Vec::new();
        for (key, value) in entries {
            let path = [path.as_slice(), &[Step::Key(key.clone())]].concat();
            names.push(key.clone());
            if self.is_set(&path, ENTRY, "remove") {
                gone.push(Change::Remove { path });
            } else if let Some(shape) = shape_of(form, Some(value)) {
                self.shape(shape, &path, Some(value), out);
            } else {
                self.form(form, &path, Some(value), &[], out);
            }
        }
        let depth = path.len();
        let posted = self.posted.keys().map(|name| way(name));
        for at in posted.filter(|at| at.starts_with(path) && at.len() > depth + 1) {
            let Step::Key(key) = &at[depth] else { continue };
            let key = key.trim();
            if key.is_empty() || names.iter().any(|name| super::value::same_key(name, key)) {
                continue;
            }
            let at = at[..=depth].to_vec();
            if let Some(value) = shape_of(form, None).and_then(|shape| self.new_map(shape, &at)) {
                // A name may be a word of the format as well: it is written as it was typed.
                let typed = self.posted.get(&format!("{}{AS}", name(&at)));
                let typed = typed.map_or(key, |typed| typed.trim());
                let at = [&at[..depth], &[Step::Key(typed.to_owned())]].concat();
                out.push(Change::Set {
                    path: at,
                    value,
                    before: names.clone(),
                });
            }
            names.push(key.to_owned());
        }
        out.extend(gone);
    }

    /// A value as it is written.
    fn yaml(&self, path: &Path, value: Option<&Value>, before: &[String], out: &mut Vec<Change>) {
        let Some(posted) = self.get(path) else { return };
        let old = self.file.source_of(path).unwrap_or_default();
        if posted.trim() == old.replace("\r\n", "\n").trim() {
            return;
        }
        out.push(if posted.trim().is_empty() && value.is_some() {
            Change::Remove { path: path.clone() }
        } else {
            Change::Write {
                path: path.clone(),
                yaml: posted.trim_matches('\n').to_owned(),
                before: before.to_vec(),
            }
        });
    }
}

/// `name: words` a line.
fn pairs_in(posted: &str) -> Vec<(String, String)> {
    let pairs = posted.lines().filter_map(|line| {
        let (name, words) = line.split_once([':', '：'])?;
        let (name, words) = (name.trim(), words.trim());
        (!name.is_empty() && !words.is_empty()).then(|| (name.to_owned(), words.to_owned()))
    });
    pairs.collect()
}

/// The words of a name: of some forms, several texts.
fn text_of(form: &Form, words: &str) -> Value {
    let text = |words: &str| Value::Text(words.trim().to_owned());
    match form {
        Form::Names(Form::Texts, _) if words.contains(COMMA) => {
            Value::List(words.split(COMMA).map(text).collect())
        }
        _ => text(words),
    }
}

fn map_of(form: &Form, pairs: &[(String, String)]) -> Value {
    let entries = pairs.iter();
    Value::Map(
        entries
            .map(|(name, words)| (name.clone(), text_of(form, words)))
            .collect(),
    )
}
