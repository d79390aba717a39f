//! Forms: the fields that a source file has, with what is written in each.
//!
//! Comes in: the shape of a file and its text. Goes out: [`Field`]s, ready to be shown. What a form has no field for (a list within a
//! list) is shown as it is written in the file. It decides nothing about values; [`super::posted`] turns answers into changes.

use std::collections::BTreeMap;

use serde::Serialize;

use super::condition::Condition;
use super::name::name;
use super::patch::Written;
use super::value::{COMMA, Path, Step, Value};
use crate::model::decode::UNSTATED;
use crate::model::shape::{Form, Shape, Slot};
use crate::rules::shape::CITED_CONDITION;
use crate::sources::keys;
use crate::text::Lang;

/// How a field is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Control {
    /// One line.
    Line,
    /// Several lines of one text.
    Area,
    /// One item a line.
    Lines,
    /// One of the options.
    Choice,
    /// As it is written in the file.
    Yaml,
    /// `word: words` a line.
    Pairs,
    /// An option a line: its name, or `name: words`.
    Options,
    /// `heading: names` a line, or 无.
    Headings,
    /// Rows of a condition.
    Condition,
    /// Fields of a mapping.
    Group,
    /// Entries that can be added and taken out.
    List,
    /// Entries with names.
    Named,
}

/// What a key is called in one mapping, where its name says several things.
struct OwnWords {
    of: &'static str,
    key: &'static str,
    /// Label and explanation.
    zh: [&'static str; 2],
    en: [&'static str; 2],
}

const OWN_WORDS: [OwnWords; 9] = [
    OwnWords {
        of: "checked",
        key: "by",
        zh: ["谁", "谁对照原文核对的"],
        en: ["who", "who compared it with the official text"],
    },
    OwnWords {
        of: "release",
        key: "by",
        zh: ["谁", "谁决定公开的"],
        en: ["who", "who decided to publish it"],
    },
    OwnWords {
        of: "consent",
        key: "by",
        zh: ["谁", "谁决定公开这个姓名的"],
        en: ["who", "who decided to publish the name"],
    },
    OwnWords {
        of: "approval",
        key: "by",
        zh: ["谁", "谁批准的"],
        en: ["who", "who approved it"],
    },
    OwnWords {
        of: "omitted",
        key: "what",
        zh: ["略去了什么", "如：两名工作人员的姓名和电话"],
        en: [
            "what was left out",
            "such as names and telephones of two people",
        ],
    },
    OwnWords {
        of: "omitted",
        key: "why",
        zh: ["为什么", "如：个人信息"],
        en: ["why", "such as personal data"],
    },
    OwnWords {
        of: "notice",
        key: "title",
        zh: ["标题", "文件的标题，照原文"],
        en: ["title", "the title as in the official text"],
    },
    OwnWords {
        of: "notice",
        key: "source",
        zh: ["文字从哪里来", "网址，或者谁给的文件"],
        en: ["where the text is from", "an address, or who gave the file"],
    },
    OwnWords {
        of: "notice",
        key: "kind",
        zh: ["文种", "通知、办法、意见……"],
        en: ["genre", "what kind of document it is"],
    },
];

/// A problem of a value, as the caller words it.
pub type Problem = serde_json::Value;

/// A field of a form.
#[derive(Debug, Clone, Serialize)]
pub struct Field {
    /// Name in the form: the way to the value.
    pub name: String,
    /// English name of the key; the name itself where the author chooses it.
    pub key: String,
    pub label: String,
    pub help: String,
    pub control: Control,
    pub value: String,
    pub options: Vec<String>,
    pub required: bool,
    /// Whether something is written.
    pub filled: bool,
    /// Whether 未载明 is written in the place of a list, and whether it may be.
    pub unstated: bool,
    pub may_be_unstated: bool,
    pub fields: Vec<Field>,
    pub entries: Vec<Entry>,
    pub condition: Option<Condition>,
    pub problems: Vec<Problem>,
    /// What is to be confirmed about the value; empty if nothing is.
    pub open: String,
    /// How many names of a list the text states; empty if it does not.
    pub stated: String,
}

/// An entry of a list.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    pub name: String,
    /// Its first words, by which it is found.
    pub title: String,
    /// Not in the file yet.
    pub is_new: bool,
    pub fields: Vec<Field>,
    /// Problems within it.
    pub wrong: usize,
}

/// What a form is made of.
pub struct Source<'a> {
    pub file: &'a Written<'a>,
    pub value: &'a Value,
    pub lang: Lang,
    /// Problems by the way to their value.
    pub problems: &'a BTreeMap<Path, Vec<Problem>>,
    /// What is to be confirmed, by the way to the value.
    pub open: &'a BTreeMap<Path, String>,
    /// Lists that get one more entry, with what it begins with: by the name of the list.
    pub new: &'a [(String, Value)],
}

impl Source<'_> {
    /// The fields of the whole file.
    pub fn fields(&self, root: &Form) -> Vec<Field> {
        match root {
            Form::Map(shape) => self.shape(shape, &Path::new(), Some(self.value)),
            form => {
                let mut field = self.field(form, &Path::new(), written(self.value));
                field.label = String::new();
                vec![field]
            }
        }
    }

    /// One more entry of a list of the file, with what it begins with, as the entry of this number. Nothing if there is no such list.
    pub fn another(&self, root: &Form, list: &str, index: usize, value: &Value) -> Option<Entry> {
        let Form::Map(shape) = root else { return None };
        let slot = shape.slot(list)?;
        let (Form::List(Form::Map(shape)) | Form::OneOrMore(shape)) = &slot.form else {
            return None;
        };
        let path = vec![Step::Key(list.to_owned()), Step::Item(index)];
        Some(self.entry(shape, &path, value, true, title_of(value)))
    }

    fn shape(&self, shape: &Shape, path: &Path, value: Option<&Value>) -> Vec<Field> {
        let fields = shape.keys().map(|slot| {
            let mut field = self.slot(slot, path, value);
            let own = OWN_WORDS
                .iter()
                .find(|own| own.of == shape.name && own.key == slot.key);
            if let Some(own) = own {
                let [label, help] = if self.lang == Lang::En {
                    own.en
                } else {
                    own.zh
                };
                (field.label, field.help) = (label.to_owned(), help.to_owned());
            }
            field
        });
        fields.collect()
    }

    fn slot(&self, slot: &Slot, above: &Path, around: Option<&Value>) -> Field {
        let mut path = above.clone();
        path.push(Step::Key(slot.key.to_owned()));
        let value = around.and_then(|value| value.at(&path[above.len()..]));
        let mut field = self.field(&slot.form, &path, value);
        field.required = slot.required;
        field.may_be_unstated = slot.may_be_unstated();
        let known = keys::find(slot.key);
        let words = known.map(|key| (key.chinese, key.about.0, key.english, key.about.1));
        if let Some((chinese, about, english, about_english)) = words {
            let in_english = self.lang == Lang::En;
            field.label = if in_english {
                english.replace('_', " ")
            } else {
                chinese.to_owned()
            };
            field.help = if in_english { about_english } else { about }.to_owned();
        }
        field
    }

    /// A field for a value of this form.
    fn field(&self, form: &Form, path: &Path, value: Option<&Value>) -> Field {
        let key = match path.last() {
            Some(Step::Key(key)) => key.clone(),
            _ => String::new(),
        };
        let mut field = Field {
            name: name(path),
            label: key.clone(),
            key,
            help: String::new(),
            control: Control::Line,
            value: String::new(),
            options: Vec::new(),
            required: false,
            filled: value.is_some_and(|value| *value != Value::Nothing),
            unstated: value.and_then(Value::text) == Some(UNSTATED),
            may_be_unstated: false,
            fields: Vec::new(),
            entries: Vec::new(),
            condition: None,
            problems: Vec::new(),
            open: self.open.get(path).cloned().unwrap_or_default(),
            stated: String::new(),
        };
        field.control = self.fill(&mut field, form, path, value);
        field.problems = self.problems_of(path, field.control);
        field
    }

    /// Puts what is written into a field. How it is filled in.
    fn fill(&self, field: &mut Field, form: &Form, path: &Path, value: Option<&Value>) -> Control {
        let written = value.filter(|value| **value != Value::Nothing);
        let is_text = written.is_none_or(|value| value.text().is_some());
        if let Some(text) = written.and_then(Value::text) {
            text.clone_into(&mut field.value);
        }
        match form {
            Form::Word(words) if is_text => {
                field.options = words.iter().map(|&word| word.to_owned()).collect();
                if !field.value.is_empty() && !words.contains(&field.value.as_str()) {
                    field.options.push(field.value.clone());
                }
                Control::Choice
            }
            form if form.is_one_value() && is_text => {
                if field.value.contains('\n') {
                    Control::Area
                } else {
                    Control::Line
                }
            }
            Form::Texts | Form::List(Form::Text | Form::Word(_)) if lines_of(written).is_some() => {
                field.value = lines_of(written).unwrap_or_default().join("\n");
                Control::Lines
            }
            Form::Map(shape) if written.is_none_or(|value| matches!(value, Value::Map(_))) => {
                field.fields = self.shape(shape, path, written);
                Control::Group
            }
            Form::OneOrMore(shape) if matches!(written, Some(Value::Map(_))) => {
                field.fields = self.shape(shape, path, written);
                Control::Group
            }
            Form::List(Form::Map(shape)) | Form::OneOrMore(shape)
                if field.unstated || is_list(written) =>
            {
                field.entries = self.entries(shape, path, written);
                field.value = String::new();
                Control::List
            }
            Form::Names(Form::Text | Form::Texts, _) if pairs_of(form, written).is_some() => {
                field.value = pair_lines(&pairs_of(form, written).unwrap_or_default());
                Control::Pairs
            }
            Form::Listed if is_text => Control::Headings,
            Form::Listed if pairs_of(form, written).is_some() => {
                field.value = pair_lines(&pairs_of(form, written).unwrap_or_default());
                field.stated = self.stated(path).unwrap_or_default();
                Control::Headings
            }
            Form::Options if options_of(written).is_some() => {
                let options = options_of(written).unwrap_or_default();
                let lines = options.iter().map(|(name, words)| match words {
                    Some(words) => format!("{name}: {words}"),
                    None => name.clone(),
                });
                field.value = lines.collect::<Vec<_>>().join("\n");
                Control::Options
            }
            Form::Condition if written.is_none_or(|value| Condition::of(value).is_some()) => {
                field.condition = Some(
                    written
                        .and_then(Condition::of)
                        .unwrap_or_else(Condition::empty),
                );
                field.value = String::new();
                Control::Condition
            }
            Form::Names(form @ (Form::Map(_) | Form::Condition), _)
                if written.is_none_or(|v| matches!(v, Value::Map(_))) =>
            {
                field.entries = self.named(form, path, written);
                Control::Named
            }
            _ => {
                field.value = self.file.source_of(path).unwrap_or_default();
                Control::Yaml
            }
        }
    }

    /// How many names the text states of the list at a way: of its grade, or of all.
    fn stated(&self, path: &Path) -> Option<String> {
        let key = |name: &str| Step::Key(name.to_owned());
        let around = self.value.at(&path[..path.len().saturating_sub(1)])?;
        let grade = around.at(&[key("grade")]).and_then(Value::text);
        let Some(Value::List(stated)) = self.value.at(&[key("stated")]) else {
            return None;
        };
        let of = |entry: &Value, name: &str| {
            let value = entry.at(&[key(name)]).and_then(Value::text);
            value.map(str::to_owned)
        };
        let wanted = grade.unwrap_or("全部");
        let entry = stated
            .iter()
            .find(|entry| of(entry, "of").as_deref().unwrap_or("全部") == wanted)?;
        of(entry, "count")
    }

    fn entries(&self, shape: &Shape, path: &Path, value: Option<&Value>) -> Vec<Entry> {
        let items = match value {
            Some(Value::List(items)) => items.as_slice(),
            _ => &[],
        };
        let own = name(path);
        let new = self.new.iter().filter(|(list, _)| *list == own);
        let all = items
            .iter()
            .map(|item| (item, false))
            .chain(new.map(|(_, value)| (value, true)));
        all.enumerate()
            .map(|(index, (item, is_new))| {
                let mut path = path.clone();
                path.push(Step::Item(index));
                self.entry(shape, &path, item, is_new, title_of(item))
            })
            .collect()
    }

    fn named(&self, form: &Form, path: &Path, value: Option<&Value>) -> Vec<Entry> {
        let items = match value {
            Some(Value::Map(entries)) => entries.as_slice(),
            _ => &[],
        };
        let own = name(path);
        let nothing = Value::Map(Vec::new());
        let new = self
            .new
            .iter()
            .filter(|(list, _)| *list == own)
            .filter_map(|(_, value)| value.text());
        let all = items.iter().map(|(key, item)| (key.as_str(), item, false));
        all.chain(new.map(|key| (key, &nothing, true)))
            .map(|(key, item, is_new)| {
                let mut path = path.clone();
                // A name may be a word of the format as well (结论); ways have its English form.
                let step = keys::canonical(key).unwrap_or(key);
                path.push(Step::Key(step.to_owned()));
                let fields = match shape_of(form, Some(item)) {
                    Some(shape) => self.shape(shape, &path, Some(item)),
                    None => vec![self.field(form, &path, Some(item))],
                };
                self.entry_of(fields, &path, is_new, key.to_owned())
            })
            .collect()
    }

    fn entry(
        &self,
        shape: &Shape,
        path: &Path,
        item: &Value,
        is_new: bool,
        title: String,
    ) -> Entry {
        self.entry_of(self.shape(shape, path, Some(item)), path, is_new, title)
    }

    fn entry_of(&self, fields: Vec<Field>, path: &Path, is_new: bool, title: String) -> Entry {
        Entry {
            name: name(path),
            title,
            is_new,
            fields,
            wrong: self
                .problems
                .iter()
                .filter(|(at, _)| at.starts_with(path))
                .map(|(_, list)| list.len())
                .sum(),
        }
    }

    /// The problems that are shown at a field: its own, and those below it that no field of their own shows.
    fn problems_of(&self, path: &Path, control: Control) -> Vec<Problem> {
        let is_leaf = !matches!(control, Control::Group | Control::List | Control::Named);
        let here = |at: &Path| *at == *path || is_leaf && at.starts_with(path);
        let found = self.problems.iter().filter(|(at, _)| here(at));
        found.flat_map(|(_, list)| list.iter().cloned()).collect()
    }
}

/// What a file says; nothing of a file without a value, which is read as a mapping without keys.
pub(super) fn written(whole: &Value) -> Option<&Value> {
    Some(whole).filter(|whole| **whole != Value::Map(Vec::new()))
}

pub(super) fn is_list(value: Option<&Value>) -> bool {
    value.is_none_or(|value| match value {
        Value::List(items) => items.iter().all(|item| matches!(item, Value::Map(_))),
        _ => false,
    })
}

/// The items of a list of texts, or the one text. Nothing if it is neither, or an item has several lines.
pub(super) fn lines_of(value: Option<&Value>) -> Option<Vec<String>> {
    let items: Vec<String> = match value {
        None | Some(Value::Nothing) => Vec::new(),
        Some(Value::Text(text)) => vec![text.clone()],
        Some(Value::List(items)) => {
            let items = items.iter().map(|item| item.text().map(str::to_owned));
            items.collect::<Option<_>>()?
        }
        Some(Value::Map(_)) => return None,
    };
    let is_line = |item: &String| !item.contains('\n') && item.trim() == item && !item.is_empty();
    items.iter().all(is_line).then_some(items)
}

/// The shape of an entry with a name. Nothing for a condition without a citation, which is one field.
pub(super) fn shape_of(form: &Form, value: Option<&Value>) -> Option<&'static Shape> {
    let when = [Step::Key("when".to_owned())];
    match form {
        Form::Map(shape) => Some(shape),
        Form::Condition => {
            let is_cited = value
                .is_none_or(|value| value.at(&when).is_some() || *value == Value::Map(Vec::new()));
            is_cited.then_some(&CITED_CONDITION)
        }
        _ => None,
    }
}

/// Names with their texts; several texts of a name are joined by [`COMMA`]. Nothing if it is not a mapping of texts, or one of them
/// does not fit into a line.
pub(super) fn pairs_of(form: &Form, value: Option<&Value>) -> Option<Vec<(String, String)>> {
    let entries = match value {
        None | Some(Value::Nothing) => return Some(Vec::new()),
        Some(Value::Map(entries)) => entries,
        _ => return None,
    };
    let is_many = matches!(form, Form::Names(Form::Texts, _));
    let fits = |part: &str| part.trim() == part && !part.is_empty() && !part.contains('\n');
    let pairs = entries.iter().map(|(name, value)| {
        let text = match value {
            Value::Text(text) if !is_many || !text.contains(COMMA) => text.clone(),
            Value::List(items) if is_many && !items.is_empty() => {
                let items: Vec<&str> = items.iter().map(Value::text).collect::<Option<_>>()?;
                let is_one = |item: &&str| fits(item) && !item.contains(COMMA);
                items.iter().all(is_one).then(|| items.join("、"))?
            }
            _ => return None,
        };
        let fits = fits(name) && fits(&text) && !name.contains([':', '：']);
        fits.then(|| (name.clone(), text))
    });
    pairs.collect()
}

fn pair_lines(pairs: &[(String, String)]) -> String {
    let lines = pairs.iter().map(|(name, words)| format!("{name}: {words}"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Options with their wordings, if they have one. Nothing if one of them does not fit into a line.
pub(super) fn options_of(value: Option<&Value>) -> Option<Vec<(String, Option<String>)>> {
    match value {
        Some(Value::Map(_)) => {
            let pairs = pairs_of(&Form::Options, value)?.into_iter();
            Some(pairs.map(|(name, words)| (name, Some(words))).collect())
        }
        Some(Value::Text(_)) => None,
        _ => {
            let names = lines_of(value)?;
            let is_name = |name: &String| !name.contains([':', '：']);
            let all = names.iter().all(is_name);
            all.then(|| names.into_iter().map(|name| (name, None)).collect())
        }
    }
}

/// The words by which an entry is found in a list.
fn title_of(item: &Value) -> String {
    let of = |key: &str| item.at(&[Step::Key(key.to_owned())]).and_then(Value::text);
    let first = [
        "what", "name", "text", "group", "office", "title", "ask", "grade", "printed", "id",
    ];
    let items = item.at(&[Step::Key("items".to_owned())]);
    let items = items.and_then(|items| match items {
        Value::List(items) => items.first()?.text(),
        item => item.text(),
    });
    let first = first.into_iter().find_map(of).or(items).unwrap_or_default();
    let who = of("who").or_else(|| of("for")).unwrap_or_default();
    let days: Vec<&str> = ["from", "until", "by", "per_day", "on"]
        .into_iter()
        .filter_map(of)
        .collect();
    let parts = [first.to_owned(), who.to_owned(), days.join(" — ")];
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}
