//! JSON Schemas of source files, so that an editor completes and checks while somebody types.
//!
//! Comes in: the shapes by which the parser opens mappings, and the table of keys. Goes out: one schema for each kind
//! of file, and the line by which a file names its schema. It holds no knowledge of its own about any key.
//!
//! The draft is 07: YAML language servers are built on a JSON language service that understands it wholly, and of
//! later drafts only parts. The parser reads every scalar as the text that was written; an editor takes `2023` for a
//! number. So wherever text is allowed, numbers and truth values are allowed, too.
//!
//! What needs a second look (days in order, quotations, names of places) no schema can say: `mingbai check` does.

mod pattern;

use serde_json::{Map, Value, json};

use crate::model::decode::UNSTATED;
use crate::model::shape::{self, Form, Rule, Shape, Slot};
use crate::rules;
use crate::search::words;
use crate::sources::keys;

/// A kind of file that has a schema.
#[derive(Debug)]
pub struct Kind {
    pub name: &'static str,
    /// Where such files are, seen from the site folder.
    pub place: &'static str,
    /// What the whole file is.
    pub root: Form,
}

/// The kinds, in the order in which a site is made.
pub const KINDS: &[Kind] = &[
    kind("site", "data/site.yaml", &shape::SITE),
    Kind {
        name: "topics",
        place: "data/topics.yaml",
        root: Form::List(&Form::Map(&shape::TOPIC)),
    },
    Kind {
        name: "glossary",
        place: "data/glossary.yaml",
        root: Form::List(&Form::Map(&shape::TERM)),
    },
    Kind {
        name: "approvals",
        place: "data/approvals.yaml",
        root: Form::List(&Form::Map(&shape::APPROVAL)),
    },
    kind("notice", "content/notices/*.md", &shape::NOTICE),
    kind("schedule", "data/schedules/*.yaml", &shape::SCHEDULE),
    kind("pilot-list", "data/pilots/*.yaml", &shape::PILOT_LIST),
    kind("assessment", "data/assessments/*.yaml", &shape::ASSESSMENT),
    kind("check", "data/checks/*.yaml", &rules::shape::CHECK),
    kind("page", "content/pages/*.md", &shape::PAGE),
    kind("search", "data/search.yaml", &words::WORDS),
    kind("editions", "data/regions/editions.yaml", &shape::EDITIONS),
    kind("regions", "data/regions/*.yaml", &shape::PROVINCE),
    kind("extras", "data/regions/extras.yaml", &shape::EXTRAS),
];

const fn kind(name: &'static str, place: &'static str, shape: &'static Shape) -> Kind {
    Kind {
        name,
        place,
        root: Form::Map(shape),
    }
}

/// The first words of every schema: they identify a file as ours, which may be overwritten.
pub const MARK: &str = "{\n  \"$comment\": \"mingbai schema\"";

/// The kind of a name.
pub fn find(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}

/// The schemas by file name, for the folder `.schemas/` of a site.
pub fn all() -> Vec<(String, String)> {
    KINDS
        .iter()
        .map(|kind| (kind.file_name(), kind.text()))
        .collect()
}

/// The first line of a file of a kind, ended with a line break: which schema an editor checks it with. In Markdown it
/// is the first line inside the front matter. Empty for a kind that does not exist.
pub fn modeline(kind: &str) -> String {
    find(kind).map_or_else(String::new, |kind| {
        let up = "../".repeat(kind.place.matches('/').count());
        format!(
            "# yaml-language-server: $schema={up}.schemas/{}\n",
            kind.file_name()
        )
    })
}

/// The kind of the source file at this path of a site.
pub fn kind_of(path: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| match kind.place.split_once('*') {
        None => kind.place == path,
        Some((folder, ending)) => {
            let name = path
                .strip_prefix(folder)
                .and_then(|rest| rest.strip_suffix(ending));
            name.is_some_and(|name| !name.is_empty() && !name.contains('/'))
        }
    })
}

impl Kind {
    /// `schedule.schema.json`
    pub fn file_name(&self) -> String {
        format!("{}.schema.json", self.name)
    }

    /// What files of this kind are, in Chinese and in English.
    pub fn title(&self) -> (&'static str, &'static str) {
        match self.root {
            Form::Map(shape) => shape.title,
            Form::List(Form::Map(shape)) => shape.title,
            _ => (self.name, self.name),
        }
    }

    /// The schema.
    pub fn schema(&self) -> Value {
        let mut schema = Map::new();
        schema.insert("$comment".into(), json!("mingbai schema"));
        schema.insert(
            "$schema".into(),
            json!("http://json-schema.org/draft-07/schema#"),
        );
        let (zh, en) = self.title();
        schema.insert("title".into(), json!(zh));
        schema.insert("description".into(), json!(format!("{zh} / {en}")));
        let mut definitions = Definitions::default();
        schema.insert("allOf".into(), json!([definitions.some(&self.root)]));
        definitions
            .made
            .insert("nothing".into(), pattern::nothing());
        schema.insert("definitions".into(), Value::Object(definitions.made));
        Value::Object(schema)
    }

    /// The schema as a file.
    pub fn text(&self) -> String {
        format!("{:#}\n", self.schema())
    }
}

/// Scalars of an editor's YAML that are text to the parser.
fn scalars() -> Vec<&'static str> {
    vec!["string", "number", "boolean"]
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{name}") })
}

/// Schemas of shapes, made once each, however often they are used.
#[derive(Default)]
struct Definitions {
    made: Map<String, Value>,
}

impl Definitions {
    fn shape(&mut self, shape: &'static Shape) -> Value {
        if !self.made.contains_key(shape.name) {
            self.made.insert(shape.name.to_owned(), Value::Null);
            let schema = self.mapping(shape);
            self.made.insert(shape.name.to_owned(), schema);
        }
        reference(shape.name)
    }

    /// A mapping: its keys under both names, never both at once.
    fn mapping(&mut self, shape: &'static Shape) -> Value {
        let mut properties = Map::new();
        let mut dependencies = Map::new();
        let mut holds = Vec::new();
        for slot in shape.keys() {
            let value = self.slot(slot);
            for name in names(slot.key) {
                properties.insert(name.to_owned(), value.clone());
            }
            if let [english, chinese] = names(slot.key)[..] {
                dependencies.insert(
                    chinese.to_owned(),
                    json!({ "not": { "required": [english] } }),
                );
            }
            if slot.required {
                holds.push(any_of_names(slot.key, |name| json!({ "required": [name] })));
            }
        }
        holds.extend(shape.rules.iter().map(|asked| rule(shape, asked)));
        let mut schema = json!({
            "title": shape.title.0,
            "description": format!("{} / {}", shape.title.0, shape.title.1),
            "type": "object",
            "properties": properties,
            "additionalProperties": false,
            "dependencies": dependencies,
        });
        if !holds.is_empty() {
            schema["allOf"] = Value::Array(holds);
        }
        schema
    }

    /// What follows a key, with what the key means.
    fn slot(&mut self, slot: &Slot) -> Value {
        let mut value = if slot.required {
            self.known(slot)
        } else {
            self.any(&slot.form)
        };
        if let (Some(key), Some(object)) = (keys::find(slot.key), value.as_object_mut()) {
            // A reference hides its neighbours.
            if let Some(reference) = object.remove("$ref") {
                object.insert("allOf".into(), json!([{ "$ref": reference }]));
            }
            object.insert("title".into(), json!(key.chinese));
            object.insert(
                "description".into(),
                json!(format!(
                    "{}\n\n{}: {}",
                    key.about.0, key.english, key.about.1
                )),
            );
        }
        value
    }

    /// A value, or nothing.
    fn any(&mut self, form: &Form) -> Value {
        let mut value = self.some(form);
        match form {
            Form::Text | Form::Texts => {
                if let Some(types) = value["type"].as_array_mut() {
                    types.push(json!("null"));
                }
                value
            }
            _ => json!({ "anyOf": [value, reference("nothing")] }),
        }
    }

    /// A value that must be there: blank text is none.
    fn filled(&mut self, form: &Form) -> Value {
        let mut value = self.some(form);
        match form {
            Form::Text | Form::Texts => {
                value["pattern"] = json!("\\S");
                value["patternErrorMessage"] = json!("这里不能空着 / nothing is written here");
                value
            }
            Form::Condition => json!({ "allOf": [value], "pattern": "\\S" }),
            _ => value,
        }
    }

    /// Days and numbers without which an entry says nothing.
    fn known(&mut self, slot: &Slot) -> Value {
        let value = self.filled(&slot.form);
        if slot.may_be_unstated() {
            value
        } else {
            json!({ "allOf": [value, { "not": { "const": UNSTATED } }] })
        }
    }

    /// A value where something is written.
    fn some(&mut self, form: &Form) -> Value {
        match *form {
            Form::Text => json!({ "type": scalars() }),
            Form::Texts => {
                let mut types = scalars();
                types.push("array");
                json!({ "type": types, "items": { "type": scalars() } })
            }
            Form::Day => pattern::day(),
            Form::Bound => pattern::bound(),
            Form::Whole(most) => pattern::whole(most),
            Form::Rate => pattern::rate(),
            Form::Address => pattern::address(),
            Form::Id => pattern::id(),
            Form::Word(words) => json!({ "enum": words }),
            Form::Map(shape) => self.shape(shape),
            Form::OneOrMore(shape) => {
                let one = self.shape(shape);
                json!({ "anyOf": [one, { "type": "array", "items": one }] })
            }
            Form::List(item) => {
                let items = self.some(item);
                json!({ "anyOf": [{ "type": "array", "items": items }, { "const": UNSTATED }] })
            }
            Form::Names(item, some) => {
                let value = self.some(item);
                json!({ "type": "object", "minProperties": usize::from(some), "additionalProperties": value })
            }
            Form::Listed => json!({
                "anyOf": [
                    { "type": "object", "additionalProperties": self.some(&Form::Texts) },
                    { "const": "无" },
                ],
            }),
            Form::Options => {
                let text = self.some(&Form::Text);
                json!({ "type": ["array", "object"], "items": text, "additionalProperties": text })
            }
            Form::Condition => self.condition(),
        }
    }

    /// A condition: a name, a comparison, several below 全部 or 任一, or one with its citation.
    fn condition(&mut self) -> Value {
        const NAME: &str = "condition";
        if self.made.contains_key(NAME) {
            return reference(NAME);
        }
        self.made.insert(NAME.to_owned(), Value::Null);
        let cited = self.shape(&rules::shape::CITED_CONDITION);
        let several = json!({ "type": "array", "minItems": 2, "items": reference(NAME) });
        let mut properties = Map::new();
        for (key, value) in [
            ("not", reference(NAME)),
            ("all", several.clone()),
            ("any", several),
            ("when", json!(false)),
        ] {
            let about = keys::find(key).map_or(("", ""), |key| key.about);
            let value = match value {
                Value::Object(_) => json!({
                    "allOf": [value],
                    "description": format!("{}\n\n{key}: {}", about.0, about.1),
                }),
                refused => refused,
            };
            for name in names(key) {
                properties.insert(name.to_owned(), value.clone());
            }
        }
        let compared = self.some(&Form::Texts);
        self.made.insert(
            NAME.to_owned(),
            json!({
                "title": "条件",
                "description": "条件 / a condition",
                "anyOf": [
                    { "type": scalars() },
                    cited,
                    {
                        "type": "object",
                        "minProperties": 1,
                        "maxProperties": 1,
                        "properties": properties,
                        "additionalProperties": compared,
                    },
                ],
            }),
        );
        reference(NAME)
    }
}

/// Both names of a key.
fn names(key: &'static str) -> Vec<&'static str> {
    [Some(key), keys::alias(key)]
        .into_iter()
        .flatten()
        .collect()
}

fn any_of_names(key: &'static str, of: impl Fn(&str) -> Value) -> Value {
    let list: Vec<Value> = names(key).into_iter().map(of).collect();
    json!({ "anyOf": list })
}

/// Something is written after the key, under either name; an empty list of texts is nothing.
fn written(shape: &Shape, key: &'static str) -> Value {
    match shape.slot(key).map(|slot| &slot.form) {
        Some(Form::Texts) => other_than(key, &json!({ "enum": [UNSTATED, []] })),
        _ => other_than(key, &json!(false)),
    }
}

/// As [`written`], and a number is not 未载明.
fn stated(shape: &Shape, key: &'static str) -> Value {
    match shape.slot(key).map(|slot| &slot.form) {
        Some(Form::Whole(_)) => other_than(key, &json!({ "const": UNSTATED })),
        _ => written(shape, key),
    }
}

fn other_than(key: &'static str, refused: &Value) -> Value {
    any_of_names(key, |name| {
        json!({
            "required": [name],
            "properties": { name: { "not": { "anyOf": [reference("nothing"), refused] } } },
        })
    })
}

/// The key has one of these words.
fn is_one_of(key: &'static str, words: &[&str]) -> Value {
    any_of_names(key, |name| {
        json!({
            "required": [name],
            "properties": { name: { "enum": words } },
        })
    })
}

/// What a rule asks of a mapping.
fn rule(shape: &Shape, rule: &Rule) -> Value {
    let each = |keys: &[&'static str]| -> Vec<Value> {
        keys.iter().map(|key| written(shape, key)).collect()
    };
    match *rule {
        Rule::OneOf(keys) => {
            let each: Vec<Value> = keys.iter().map(|key| stated(shape, key)).collect();
            json!({ "anyOf": each })
        }
        Rule::With(first, others) => {
            json!({ "if": stated(shape, first), "then": { "allOf": each(others) } })
        }
        Rule::Unless(first, others) => {
            json!({ "if": written(shape, first), "else": { "allOf": each(others) } })
        }
        Rule::Either(first, others) => {
            json!({
                "if": written(shape, first),
                "then": { "not": { "anyOf": each(others) } },
                "else": { "allOf": each(others) },
            })
        }
        Rule::Filled(key) => {
            let mut properties = Map::new();
            for name in names(key) {
                properties.insert(name.to_owned(), json!({ "minItems": 1 }));
            }
            json!({ "properties": properties })
        }
        Rule::Only(key, by, words) => json!({
            "if": any_of_names(key, |name| json!({ "required": [name] })),
            "then": is_one_of(by, words),
        }),
        Rule::Needs(by, words, key) => {
            json!({ "if": is_one_of(by, words), "then": written(shape, key) })
        }
    }
}
