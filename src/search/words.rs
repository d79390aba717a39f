//! Words: what people say instead of what texts say (`data/search.yaml`).
//!
//! Comes in: `data/search.yaml`. Goes out: [`Words`]. Synonyms are filed with the texts when the index is made;
//! phrases that ask for something (什么时候) and phrases that carry nothing (请问) go to the browser as well, because
//! they are taken out of questions.

use crate::diag::{Sink, Spanned};
use crate::model::decode::Fields;
use crate::sources::{Sources, yaml};

/// What a question asks for beside its subject.
pub const INTENTS: [&str; 4] = ["time", "papers", "contact", "place"];

/// A row of synonyms.
#[derive(Debug, Clone)]
pub struct Synonym {
    /// Words of texts, any of which calls for the others.
    pub texts: Vec<Spanned<String>>,
    /// What people say.
    pub also: Vec<Spanned<String>>,
}

/// The vocabulary of the search.
#[derive(Debug, Default)]
pub struct Words {
    pub synonyms: Vec<Synonym>,
    /// Phrases by intent, in the order of [`INTENTS`].
    pub intents: [Vec<String>; 4],
    pub stop: Vec<String>,
    /// Characters that carry little in a question: 我, 要, 还.
    pub light: String,
    /// Subjects of which the site says nothing, whatever else the question has in common with it: 房贷.
    pub other: Vec<String>,
    /// Characters that people take for each other in names of places, in groups: 荥荣.
    pub alike: Vec<Vec<char>>,
    /// Words with their readings: 还款 huan kuan.
    pub readings: Vec<(String, Vec<String>)>,
}

/// Reads `data/search.yaml`; a site without it has a search without synonyms.
///
/// # Diagnostics
/// Those of decoding.
pub fn load(sources: &Sources, sink: &mut Sink) -> Words {
    let mut words = Words::default();
    let Some((id, file)) = sources
        .find("data/search.yaml")
        .filter(|(id, _)| sources.is_readable(*id))
    else {
        return words;
    };
    let Some(node) = yaml::parse(id, &file.text, 0..file.text.len(), sink) else {
        return words;
    };
    let known = [
        "synonyms", "intents", "stop", "light", "other", "alike", "pinyin",
    ];
    let Some(fields) = Fields::open(&node, &known, sink) else {
        return words;
    };
    words.synonyms = fields.list("synonyms", sink, |node, sink| {
        let fields = Fields::open(node, &["texts", "also"], sink)?;
        fields.require("texts", sink);
        fields.require("also", sink);
        Some(Synonym {
            texts: fields.texts("texts", sink),
            also: fields.texts("also", sink),
        })
    });
    if let Some(intents) = fields.get("intents")
        && let Some(intents) = Fields::open(intents, &INTENTS, sink)
    {
        for (at, intent) in INTENTS.iter().enumerate() {
            words.intents[at] = values(intents.texts(intent, sink));
        }
    }
    words.stop = values(fields.texts("stop", sink));
    words.light = fields
        .text("light", sink)
        .map_or_else(String::new, |t| t.value)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    words.other = values(fields.texts("other", sink));
    words.alike = values(fields.texts("alike", sink))
        .iter()
        .map(|group| group.chars().filter(|c| !c.is_whitespace()).collect())
        .collect();
    words.readings = fields
        .texts("pinyin", sink)
        .into_iter()
        .filter_map(|row| {
            let mut parts = row.value.split_whitespace().map(str::to_owned);
            Some((parts.next()?, parts.collect()))
        })
        .collect();
    words
}

fn values(texts: Vec<Spanned<String>>) -> Vec<String> {
    texts.into_iter().map(|text| text.value).collect()
}
