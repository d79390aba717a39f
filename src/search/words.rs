//! Words: what people say instead of what texts say (`data/search.yaml`).
//!
//! Comes in: the parsed `data/search.yaml`. Goes out: [`Words`]. Synonyms go into the index with the texts;
//! phrases that ask for something (什么时候) and phrases that carry nothing (请问) go to the browser as well, because
//! they are taken out of questions.

use mingbai_forms::decode::Fields;
use mingbai_forms::shape::Form::{List, Map, Text, Texts};
use mingbai_forms::shape::{Shape, may, must};
use mingbai_forms::yaml::Node;
use mingbai_text::diag::{Diagnostic, Sink, Spanned, codes};

use crate::fold::is_han;
use crate::ranking::{Intent, MAX_PHRASE_CHARACTERS};

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
    /// Rows of synonyms.
    pub synonyms: Vec<Synonym>,
    /// Phrases by intent, in the order of [`Intent::ALL`].
    pub intents: [Vec<String>; Intent::COUNT],
    /// Phrases that carry nothing: 请问.
    pub stop: Vec<String>,
    /// Characters that carry little in a question: 我, 要, 还.
    pub light: String,
    /// Characters that people take for each other in names of places, in groups: 荥荣.
    pub alike: Vec<Vec<char>>,
    /// Words with their readings: 还款 huan kuan.
    pub readings: Vec<(String, Vec<String>)>,
}

/// `data/search.yaml`.
pub static WORDS: Shape = Shape {
    name: "search",
    title: ("搜索用的词", "words of the search"),
    slots: &[&[
        may("synonyms", List(&Map(&SYNONYM))),
        may("intents", Map(&ASKING)),
        may("stop", Texts),
        may("light", Text),
        may("alike", Texts),
        may("pinyin", Texts),
    ]],
    rules: &[],
};

/// A row of synonyms in `data/search.yaml`.
pub static SYNONYM: Shape = Shape {
    name: "synonym",
    title: ("同义词", "a row of synonyms"),
    slots: &[&[must("texts", Texts), must("also", Texts)]],
    rules: &[],
};

/// Phrases that ask, by intent: the keys are the names of [`Intent::ALL`].
pub static ASKING: Shape = Shape {
    name: "asking",
    title: ("问什么", "phrases that ask"),
    slots: &[&[
        may("time", Texts),
        may("papers", Texts),
        may("contact", Texts),
        may("place", Texts),
        may("quota", Texts),
        may("way", Texts),
        may("who", Texts),
        may("amount", Texts),
        may("meaning", Texts),
        may("count", Texts),
        may("which", Texts),
        may("office", Texts),
        may("hours", Texts),
        may("address", Texts),
        may("duration", Texts),
    ]],
    rules: &[],
};

/// Reads the parsed `data/search.yaml`.
///
/// # Diagnostics
/// Those of decoding, MB0602 for a reading that does not fit its word, MB0603 for a phrase that cannot be used.
pub fn read(node: &Node, sink: &mut Sink) -> Words {
    let mut words = Words::default();
    let Some(fields) = Fields::open(node, &WORDS, sink) else {
        return words;
    };
    words.synonyms = fields.list("synonyms", sink, synonym);
    if let Some(intents) = fields.get("intents")
        && let Some(intents) = Fields::open(intents, &ASKING, sink)
    {
        for intent in Intent::ALL {
            words.intents[intent.index()] = phrases(intents.texts(intent.name(), sink), sink);
        }
    }
    words.stop = phrases(fields.texts("stop", sink), sink);
    words.light = fields
        .text("light", sink)
        .map_or_else(String::new, |t| t.value)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    words.alike = fields
        .texts("alike", sink)
        .iter()
        .map(|group| group.value.chars().filter(|c| !c.is_whitespace()).collect())
        .collect();
    words.readings = fields
        .texts("pinyin", sink)
        .into_iter()
        .filter_map(|row| reading(&row, sink))
        .collect();
    words
}

fn synonym(node: &Node, sink: &mut Sink) -> Option<Synonym> {
    let fields = Fields::open(node, &SYNONYM, sink)?;
    fields.require("texts", sink);
    fields.require("also", sink);
    let mut also = fields.texts("also", sink);
    also.retain(|phrase| {
        let length = phrase.value.chars().count();
        check_phrase(phrase, (2..=MAX_PHRASE_CHARACTERS).contains(&length), sink)
    });
    Some(Synonym {
        texts: fields.texts("texts", sink),
        also,
    })
}

/// `还款 huan kuan`: a word with one syllable for each character.
fn reading(row: &Spanned<String>, sink: &mut Sink) -> Option<(String, Vec<String>)> {
    let mut parts = row.value.split_whitespace().map(str::to_owned);
    let word = parts.next()?;
    let sounds: Vec<String> = parts.collect();
    let plain = |s: &String| s.bytes().all(|b| b.is_ascii_lowercase());
    let (characters, syllables) = (word.chars().count(), sounds.len());
    if characters == syllables && sounds.iter().all(plain) {
        return Some((word, sounds));
    }
    let (zh, en) = if characters == syllables {
        (
            format!("“{word}”的音要用小写字母写，不带声调"),
            format!("the syllables of \"{word}\" are written in lower-case letters, without tones"),
        )
    } else {
        (
            format!("“{word}”的字数是 {characters}，音的个数是 {syllables}"),
            format!("characters of \"{word}\": {characters}; syllables: {syllables}"),
        )
    };
    sink.push(Diagnostic::new(&codes::BAD_READING, row.span, zh, en).hint(
        "写成：还款 huan kuan（小写字母，ü 写 v，不带声调）",
        "write: 还款 huan kuan (lower-case letters, v for ü, no tones)",
    ));
    None
}

/// Phrases of ideographs; others are reported.
fn phrases(texts: Vec<Spanned<String>>, sink: &mut Sink) -> Vec<String> {
    texts
        .into_iter()
        .filter(|phrase| {
            let is_sound = phrase.value.chars().all(is_han)
                && (1..=MAX_PHRASE_CHARACTERS).contains(&phrase.value.chars().count());
            check_phrase(phrase, is_sound, sink)
        })
        .map(|phrase| phrase.value)
        .collect()
}

/// Whether a phrase can be used; if not, says so.
fn check_phrase(phrase: &Spanned<String>, is_sound: bool, sink: &mut Sink) -> bool {
    if !is_sound {
        sink.push(
            Diagnostic::new(
                &codes::EMPTY_PHRASE,
                phrase.span,
                format!("“{}”不能作搜索的说法", phrase.value),
                format!("\"{}\" cannot be a phrase of the search", phrase.value),
            )
            .hint(
                "写两到十个字的说法，不带标点和空格",
                "write two to ten characters, without signs and blanks",
            ),
        );
    }
    is_sound
}
