//! The records of the index: every field with its place, name, type and meaning, once.
//!
//! Comes in: values. Goes out: text with the fields divided by signs, and back; the list of the fields, from which
//! [`crate::script`] writes the reading half for the browser. Numbers, postings and files are those of
//! [`mod@crate::format`].
//!
//! A box holds parts, a part a [`Head`] and its [`Item`]s; the entry file of the index is a [`Manifest`].

use crate::format::{self, FIELD, Posting};
use crate::ranking::Intent;

/// A type of a field: how it is written, and how a script reads it.
pub trait Value: Sized {
    /// Fields that a value takes.
    const WIDTH: usize = 1;
    /// Writes the fields.
    fn write(&self, fields: &mut Vec<String>);
    /// Reads them.
    fn read(fields: &[&str]) -> Option<Self>;
    /// The expression that reads the field `at` of the script's `fields`.
    fn script(at: usize) -> String;
}

impl Value for String {
    fn write(&self, fields: &mut Vec<String>) {
        fields.push(self.clone());
    }
    fn read(fields: &[&str]) -> Option<Self> {
        Some((*fields.first()?).to_owned())
    }
    fn script(at: usize) -> String {
        format!("fields[{at}]")
    }
}

impl Value for u32 {
    fn write(&self, fields: &mut Vec<String>) {
        fields.push(self.to_string());
    }
    fn read(fields: &[&str]) -> Option<Self> {
        fields.first()?.parse().ok()
    }
    fn script(at: usize) -> String {
        format!("+fields[{at}]")
    }
}

/// `1`, or nothing. A script gets the number 1, or one that counts as false.
impl Value for bool {
    fn write(&self, fields: &mut Vec<String>) {
        fields.push(if *self { "1" } else { "" }.to_owned());
    }
    fn read(fields: &[&str]) -> Option<Self> {
        Some(*fields.first()? == "1")
    }
    fn script(at: usize) -> String {
        format!("+fields[{at}]")
    }
}

/// A year, or nothing.
impl Value for Option<i16> {
    fn write(&self, fields: &mut Vec<String>) {
        fields.push(self.map_or_else(String::new, |year| year.to_string()));
    }
    fn read(fields: &[&str]) -> Option<Self> {
        let text = fields.first()?;
        match text.is_empty() {
            true => Some(None),
            false => text.parse().ok().map(Some),
        }
    }
    fn script(at: usize) -> String {
        format!("fields[{at}]")
    }
}

/// Words divided by blanks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordList(pub Vec<String>);

impl Value for WordList {
    fn write(&self, fields: &mut Vec<String>) {
        fields.push(self.0.join(" "));
    }
    fn read(fields: &[&str]) -> Option<Self> {
        let words = fields.first()?.split(' ').filter(|word| !word.is_empty());
        Some(Self(words.map(str::to_owned).collect()))
    }
    fn script(at: usize) -> String {
        format!("words(fields[{at}])")
    }
}

/// The phrases that ask for something, and the entries that say it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IntentRecord {
    /// Phrases: 什么时候.
    pub phrases: WordList,
    /// Entries with the level of the match.
    pub entries: Vec<Posting>,
}

impl Value for [IntentRecord; Intent::COUNT] {
    const WIDTH: usize = 2 * Intent::COUNT;
    fn write(&self, fields: &mut Vec<String>) {
        for intent in self {
            intent.phrases.write(fields);
            let mut postings = String::new();
            format::write_postings(&intent.entries, &mut postings);
            fields.push(postings);
        }
    }
    fn read(fields: &[&str]) -> Option<Self> {
        let mut intents = Self::default();
        for (intent, fields) in intents.iter_mut().zip(fields.chunks_exact(2)) {
            intent.phrases = WordList::read(fields)?;
            intent.entries = format::read_postings(fields[1])?;
        }
        Some(intents)
    }
    fn script(at: usize) -> String {
        let places: Vec<String> = (0..Intent::COUNT)
            .map(|n| (at + 2 * n).to_string())
            .collect();
        format!(
            "[{}].map((at) => ({{ phrases: words(fields[at]), entries: postings(fields[at + 1], 0) }}))",
            places.join(", ")
        )
    }
}

/// A field as it is in a record.
#[derive(Debug, Clone)]
pub struct Field {
    /// The name in Rust, `box_bits`; a script says `boxBits`.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// The expression by which a script reads it.
    pub script: String,
}

/// A record: fields in a fixed order, divided by a sign.
pub trait Record: Sized {
    /// The name, and that of the script's function, `read` before it.
    const NAME: &'static str;
    /// The sign between the fields.
    const SIGN: char;
    /// Number of fields.
    const WIDTH: usize;
    /// Whether empty fields at the end are left out.
    const OPEN: bool;
    /// The fields in their order.
    fn fields() -> Vec<Field>;
    /// Writes the record.
    fn write(&self) -> String;
    /// Reads it; nothing if the number of fields or one of them is wrong.
    fn read(text: &str) -> Option<Self>;
}

macro_rules! records {
    ($(
        $(#[doc = $record_doc:literal])+
        $Record:ident divided by $sign:expr, open: $open:literal {
            $( $(#[doc = $doc:literal])+ $field:ident: $type:ty, )+
        }
    )+) => { $(
        $(#[doc = $record_doc])+
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub struct $Record {
            $( $(#[doc = $doc])+ pub $field: $type, )+
        }

        impl Record for $Record {
            const NAME: &'static str = stringify!($Record);
            const SIGN: char = $sign;
            const WIDTH: usize = 0 $( + <$type as Value>::WIDTH )+;
            const OPEN: bool = $open;

            fn fields() -> Vec<Field> {
                let mut end = 0;
                let mut place = |width: usize| {
                    end += width;
                    end - width
                };
                vec![$( Field {
                    name: stringify!($field),
                    doc: concat!($($doc),+),
                    script: <$type as Value>::script(place(<$type as Value>::WIDTH)),
                } ),+]
            }

            fn write(&self) -> String {
                let mut fields = Vec::with_capacity(Self::WIDTH);
                $( self.$field.write(&mut fields); )+
                let text = fields.join(&Self::SIGN.to_string());
                match Self::OPEN {
                    true => text.trim_end_matches(Self::SIGN).to_owned(),
                    false => text,
                }
            }

            fn read(text: &str) -> Option<Self> {
                let mut fields: Vec<&str> = text.split(Self::SIGN).collect();
                if Self::OPEN && fields.len() < Self::WIDTH {
                    fields.resize(Self::WIDTH, "");
                }
                if fields.len() != Self::WIDTH {
                    return None;
                }
                let mut rest = fields.as_slice();
                let mut take = |width: usize| rest.split_off(..width);
                Some(Self { $(
                    $field: <$type as Value>::read(take(<$type as Value>::WIDTH)?)?
                ),+ })
            }
        }
    )+ };
}

records! {
    /// The entry file of the index: what is known before anything is asked.
    Manifest divided by FIELD, open: false {
        /// [`format::FORMAT`] of the index.
        format: u32,
        /// The folder of all other files: the hash of what is in it.
        version: String,
        /// Number of shelves.
        shelves: u32,
        /// Number of shelves with names of places of which the site has nothing.
        place_shelves: u32,
        /// Number of shelves with the facts of places.
        fact_shelves: u32,
        /// Parts in a box, as a power of two.
        box_bits: u32,
        /// Whether terms are on two shelves.
        twice: bool,
        /// In a large site: number of parts before the documents of single counties; else 0.
        wide: u32,
        /// Number of parts of self-checks, which are the first.
        checks: u32,
        /// Magnitude of the number of entries.
        size: u32,
        /// Common ideographs, by which no pair is filed.
        common: String,
        /// Characters that carry little in a question.
        light: String,
        /// Short names of provinces of which the site has nothing: 甘肃.
        absent: WordList,
        /// Phrases that are taken out of questions.
        stop: WordList,
        /// What questions ask for, in the order of `Intent::ALL`.
        intents: [IntentRecord; Intent::COUNT],
    }

    /// A page, or what the entries of a part have in common.
    Head divided by FIELD, open: false {
        /// Letter of the kind of entry.
        kind: String,
        /// Address below the root of the site; empty if the part is not a page.
        url: String,
        /// Title.
        title: String,
        /// Where it belongs: `山西省 朔州市`, or kind and year.
        path: String,
        /// A sentence that says what it is.
        text: String,
        /// Date in words.
        date: String,
        /// [`State`], or nothing.
        state: String,
        /// Province, for the filter.
        province: String,
        /// Year, for the filter.
        year: String,
    }

    /// An entry of a part.
    Item divided by FIELD, open: false {
        /// Letter of the kind of entry.
        kind: String,
        /// `#c1-3`, or the address of a page of its own.
        url: String,
        /// Heading, or the title of the page.
        heading: String,
        /// Text.
        text: String,
        /// [`State`], or nothing.
        state: String,
    }

    /// A place of which facts are known, before these.
    Place divided by FIELD, open: false {
        /// The number of its entry; 0 for the whole site.
        entry: u32,
        /// Its name.
        name: String,
        /// The address of its page.
        url: String,
        /// Whom its facts distinguish, each with what people say: `续贷 再贷 接着贷|首贷 第一次贷款`.
        groups: String,
    }

    /// A fact about a place: the answer to a question.
    Fact divided by FIELD, open: true {
        /// Letters of what it answers ([`Intent::letter`]).
        asks: String,
        /// `n`: it says that the texts do not say it. `l`: it holds for places that no list names. `-`: it needs a 没 in the
        /// question.
        sort: String,
        /// The year for which it holds, or nothing.
        year: String,
        /// Words that a question must have, divided by blanks: any of them.
        about: String,
        /// What it says, in words.
        text: String,
        /// [`State`], or nothing.
        state: String,
        /// The words of the official text.
        quote: String,
        /// The document and the clause.
        source: String,
        /// The address of the clause.
        url: String,
    }

    /// The states of an entry on all days.
    State divided by '|', open: true {
        /// What the states are of: `window`, `deadline` or `document`.
        scale: String,
        /// Codes, and the days from which on they hold: `upcoming 2023-07-17 open 2023-09-26 closed`.
        days: String,
    }
}

impl Manifest {
    /// Reads the payload of the entry file; nothing if it is of another format or damaged.
    pub fn open(payload: &str) -> Option<Self> {
        let manifest = Self::read(payload)?;
        let sound = manifest.format == format::FORMAT
            && manifest.shelves > 0
            && manifest.place_shelves > 0
            && manifest.fact_shelves > 0
            && manifest.box_bits < 8;
        sound.then_some(manifest)
    }
}

impl State {
    /// Whether another document ended it by a day, or the site no longer publishes it.
    pub fn is_ended(&self, today: &str) -> bool {
        mingbai_forms::state::is_ended(mingbai_forms::state::code_on(&self.days, today))
    }

    /// Whether a window is open, or a document in force, on a day (`2023-07-17`).
    pub fn holds(&self, today: &str) -> bool {
        mingbai_forms::state::holds(mingbai_forms::state::code_on(&self.days, today))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_has_the_fields_of_format_2() {
        let fields = [
            "2",
            "0a1b2c3d4e",
            "12",
            "3",
            "4",
            "0",
            "1",
            "0",
            "2",
            "19",
            "县区",
            "我要",
            "甘肃 四川",
            "请问 一下",
            "什么时候",
            "#2",
        ];
        let mut text = fields.join("\u{1f}");
        text.push_str(&"\u{1f}".repeat(2 * Intent::COUNT - 2));
        let manifest = Manifest::open(&text).expect("a sound manifest");
        assert_eq!(Manifest::WIDTH, 14 + 2 * Intent::COUNT);
        assert_eq!(manifest.version, "0a1b2c3d4e");
        assert_eq!(
            (
                manifest.shelves,
                manifest.place_shelves,
                manifest.fact_shelves
            ),
            (12, 3, 4)
        );
        assert!(manifest.twice);
        assert_eq!((manifest.wide, manifest.checks, manifest.size), (0, 2, 19));
        assert_eq!(manifest.absent.0, ["甘肃", "四川"]);
        assert_eq!(manifest.stop.0, ["请问", "一下"]);
        assert_eq!(manifest.intents[0].phrases.0, ["什么时候"]);
        // `#`: level 2, one entry; `2`: the number 16.
        assert_eq!(manifest.intents[0].entries, [(16, 2)]);
        assert_eq!(manifest.write(), text);
    }

    #[test]
    fn fields_at_the_end_of_a_fact_may_be_left_out() {
        let fact = Fact {
            asks: "d".into(),
            text: "教育局一楼大厅".into(),
            ..Fact::default()
        };
        assert_eq!(fact.write(), "d\u{1f}\u{1f}\u{1f}\u{1f}教育局一楼大厅");
        assert_eq!(Fact::read(&fact.write()), Some(fact));
    }

    #[test]
    fn another_format_or_number_of_fields_is_refused() {
        let sound = Manifest {
            format: format::FORMAT,
            shelves: 1,
            place_shelves: 1,
            fact_shelves: 1,
            ..Manifest::default()
        };
        assert!(Manifest::open(&sound.write()).is_some());
        assert!(Manifest::open(&sound.write().replacen('2', "3", 1)).is_none());
        assert!(Manifest::open(&format!("{}\u{1f}", sound.write())).is_none());
        assert!(Manifest::open("").is_none());
    }

    #[test]
    fn a_state_holds_while_a_window_is_open_or_a_document_in_force() {
        let window = State {
            scale: "window".into(),
            days: "upcoming 2023-07-17 open 2023-09-30 today 2023-10-01 closed".into(),
        };
        assert_eq!(window.write(), format!("window|{}", window.days));
        assert_eq!(State::read(&window.write()), Some(window.clone()));
        assert!(window.holds("2023-07-17") && window.holds("2023-09-30"));
        assert!(!window.holds("2023-07-16") && !window.holds("2023-10-01"));
        let document = State {
            scale: "document".into(),
            days: "upcoming 2023-07-01 in-force 2025-01-01 closed".into(),
        };
        assert!(!document.holds("2023-06-30"));
        assert!(document.holds("2023-07-01") && document.holds("2024-12-31"));
        assert!(!document.holds("2025-01-01"));
    }
}
