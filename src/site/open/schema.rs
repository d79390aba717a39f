//! Building blocks for the JSON Schemas (draft 2020-12) of the API. Rows are described by the same columns that write
//! them.
//!
//! Comes in: columns and titles. Goes out: schemas as JSON.

use serde_json::{Map, Value, json};

use crate::tables::table::{Field, Type};

/// A member of an object: its key and its schema.
pub type Member = (&'static str, Value);

/// An object with exactly these members.
pub fn object(title: &str, members: Vec<Member>) -> Value {
    let required: Vec<&str> = members.iter().map(|(key, _)| *key).collect();
    let properties: Map<String, Value> = members
        .iter()
        .map(|(key, schema)| ((*key).to_owned(), schema.clone()))
        .collect();
    json!({
        "type": "object",
        "title": title,
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

/// A row of a table.
pub fn row(title: &str, fields: &[Field]) -> Value {
    object(title, members(fields))
}

/// The members of an object that has a value for each column.
pub fn members(fields: &[Field]) -> Vec<Member> {
    fields.iter().map(|f| (f.key, member(f))).collect()
}

fn member(field: &Field) -> Value {
    let mut out = Map::new();
    let plain = match field.kind {
        Type::Text | Type::Url | Type::Day => "string",
        Type::List => "array",
        Type::Number => "integer",
        Type::Flag => "boolean",
    };
    let kind = if field.required {
        plain.into()
    } else {
        json!([plain, "null"])
    };
    out.insert("type".into(), kind);
    out.insert("title".into(), field.title.into());
    out.insert("description".into(), field.about.into());
    match field.kind {
        Type::Url => out.insert("format".into(), "uri".into()),
        Type::Day => out.insert("format".into(), "date".into()),
        Type::List => out.insert("items".into(), json!({ "type": "string" })),
        _ => None,
    };
    if !field.one_of.is_empty() {
        let mut values: Vec<Value> = field.one_of.iter().map(|v| v.clone().into()).collect();
        if !field.required {
            values.push(Value::Null);
        }
        out.insert("enum".into(), values.into());
    }
    if let Some(pattern) = field.pattern {
        out.insert("pattern".into(), pattern.into());
    }
    Value::Object(out)
}

/// A list of `items`.
pub fn list(title: &str, items: Value) -> Value {
    json!({ "type": "array", "title": title, "items": items })
}

/// A text.
pub fn text(title: &str) -> Value {
    json!({ "type": "string", "title": title })
}

/// A text or null.
pub fn maybe_text(title: &str) -> Value {
    json!({ "type": ["string", "null"], "title": title })
}

/// A list of texts.
pub fn texts(title: &str) -> Value {
    list(title, json!({ "type": "string" }))
}

/// An absolute address.
pub fn url(title: &str) -> Value {
    json!({ "type": "string", "format": "uri", "title": title })
}

/// An absolute address or null.
pub fn maybe_url(title: &str) -> Value {
    json!({ "type": ["string", "null"], "format": "uri", "title": title })
}

/// A day.
pub fn day(title: &str) -> Value {
    json!({ "type": "string", "format": "date", "title": title })
}

/// A day or null.
pub fn maybe_day(title: &str) -> Value {
    json!({ "type": ["string", "null"], "format": "date", "title": title })
}

/// A whole number from 0.
pub fn number(title: &str) -> Value {
    json!({ "type": "integer", "minimum": 0, "title": title })
}

/// A boolean.
pub fn flag(title: &str) -> Value {
    json!({ "type": "boolean", "title": title })
}

/// A complete schema with its address.
pub fn document(id: &str, about: &str, schema: Value, definitions: Vec<(&str, Value)>) -> Value {
    let mut out = Map::new();
    out.insert(
        "$schema".into(),
        "https://json-schema.org/draft/2020-12/schema".into(),
    );
    out.insert("$id".into(), id.into());
    out.insert("description".into(), about.into());
    if let Value::Object(members) = schema {
        out.extend(members);
    }
    if !definitions.is_empty() {
        let definitions: Map<String, Value> = definitions
            .into_iter()
            .map(|(name, schema)| (name.to_owned(), schema))
            .collect();
        out.insert("$defs".into(), definitions.into());
    }
    Value::Object(out)
}
