//! What the theme's scripts have from this crate: constants, and functions that read the records of the index.
//!
//! Comes in: [`ranking`], `records`, [`mod@format`]. Goes out: the lines that are in `search.js`, `search-more.js` and `search-facts.js`
//! between [`BEGIN`] and [`END`]. `tests/search.rs` compares them with the scripts and, with `MINGBAI_BLESS=1`, puts them
//! there. The rest of the scripts is written by hand.

use crate::format::{self, ENTRY, PART};
use crate::ranking::{self, Constant, EntryKind, Intent};
use crate::records::{Fact, Head, Item, Manifest, Place, Record, State};

/// The line before the generated lines.
pub const BEGIN: &str = "  // ---- generated from src/search (ranking.rs, records.rs): MINGBAI_BLESS=1 cargo test --test search ----";
/// The line after the generated lines.
pub const END: &str = "  // ---- end of what is generated ----";

/// Columns of a line of comment.
const COLUMNS: usize = 120;

/// Constants of the form of the index.
const FORM: [Constant; 3] = [
    Constant {
        name: "FORMAT",
        value: format::FORMAT as i64,
        doc: " The format of the index.",
    },
    Constant {
        name: "PLACE_BITS",
        value: format::PLACE_BITS as i64,
        doc: " Bits of an entry's place in its part.",
    },
    Constant {
        name: "INHERITED",
        value: format::INHERITED as i64,
        doc: " The place of what the entries of a part inherit.",
    },
];

/// Constants of `search.js`.
const MAIN: &[&str] = &[
    "MAX_QUESTION_CHARACTERS",
    "MAX_UNITS",
    "MAX_PHRASE_CHARACTERS",
    "FACTOR_WHOLE",
    "FACTOR_HALF",
    "MAX_SHELVES",
    "MAX_SHELVES_LONG",
    "LONG_QUESTION_UNITS",
    "PLAN_COMMON_PAIR",
    "PLAN_PAIR",
    "PLAN_WORD",
    "ENOUGH_FOR_HELP",
    "ENOUGH_FOR_COMMON",
    "ENOUGH_STRONG",
    "LIGHT_KNOWN_DIVISOR",
    "LIGHT_UNKNOWN_DIVISOR",
    "UNKNOWN_UNIT_EIGHTHS",
    "UNKNOWN_UNIT_EIGHTHS_LONG",
    "UNKNOWN_UNIT_EIGHTHS_LONGEST",
    "INTENT_WEIGHT",
    "SHARED_POINTS_DIVISOR",
    "NUMBER_FACTOR",
    "LOCAL_DIVISOR",
    "LIFTED_CHECK_TENTHS",
    "COMMON_PIECE_DIVISOR",
    "WHOLE_TITLE_FACTOR",
    "TITLE_ORDERED_CHARACTERS",
    "TITLE_ORDERED_TENTHS",
    "TITLE_LOOSE_CHARACTERS",
    "TITLE_LOOSE_TWENTIETHS",
    "TITLE_ALL_CHARACTERS",
    "TITLE_HALVES",
    "TEXT_DIVISOR",
    "OPEN_DIVISOR",
    "ENDED_DIVISOR",
    "SURE_BY_SCORE",
    "SURE_BY_COVERED",
    "SURE_BY_UNKNOWN",
    "SURE_BY_LENGTH",
    "SURE_BY_DIRECT",
    "SURE_BY_TITLED",
    "SURE_BY_PHRASED",
    "SURE_FROM",
    "SURE_SCORE",
    "SURE_UNITS",
    "WINDOW",
    "WINDOW_BOXES",
    "MAX_RESULTS",
    "MAX_EXCERPT_CHARACTERS",
    "MAX_FIRST_EXCERPT_CHARACTERS",
    "PAGE_TENTHS",
    "CHECK_TENTHS",
    "AREA_TENTHS",
    "EVIDENT_DIVISOR",
    "SURE_AREA_PERCENT",
    "PLACE_COVERED_LESS",
    "MAX_CORRECTED_UNITS",
    "MAX_PLACE_CHARACTERS",
    "MIN_ABSENT_PLACE_CHARACTERS",
    "LEVEL_OWN_NUMBER",
    "LEVEL_NAMED",
    "LEVEL_TOPIC",
];

/// Constants of `search-more.js`.
const MORE: &[&str] = &[
    "MAX_UNITS",
    "MAX_SYLLABLE_LETTERS",
    "MAX_SYLLABLE_CUTS",
    "FACTOR_WHOLE",
    "FACTOR_SECOND",
    "FACTOR_CORRECTED",
    "MAX_CORRECTION_SHELVES",
    "MAX_PLACE_CHARACTERS",
    "MIN_ABSENT_PLACE_CHARACTERS",
    "ISSUER_TAIL_CHARACTERS",
];

/// Constants of `search-facts.js`.
const FACTS: &[&str] = &[
    "MAX_UNITS",
    "MAX_CARD_FACTS",
    "MAX_STRANGE_CHARACTERS",
    "MAX_STRANGE_PIECE",
    "MAX_MEANINGS",
    "RESULTS_WITH_EVIDENCE",
    "MAX_AFTER_PHRASE",
    "PHONE_DIGITS",
    "PLAIN_FREQUENCY_DIVISOR",
    "LEVEL_TOPIC",
    "LEVEL_AREA",
];

/// The generated lines of `search.js`, between [`BEGIN`] and [`END`].
pub fn main() -> String {
    let mut out = String::new();
    for constant in FORM.iter().chain(chosen(MAIN)) {
        write_constant(constant, &mut out);
    }
    out.push_str("  // Signs between the parts of a box, and between the entries of a part.\n");
    for (name, sign) in [("PART_SIGN", PART), ("ENTRY_SIGN", ENTRY)] {
        out.push_str(&format!("  const {name} = '{}';\n", escaped(sign)));
    }
    let taken_out = Intent::ALL
        .into_iter()
        .filter(|intent| intent.is_taken_out());
    let taken_out: Vec<Intent> = taken_out.collect();
    write_intents(
        "Phrases of these are taken out of questions.",
        "TAKEN_OUT",
        &taken_out,
        &mut out,
    );
    write_intents(
        "These are answered by a number or a day.",
        "NUMBERS",
        Intent::NUMBERS,
        &mut out,
    );
    let of_all: Vec<Intent> = Intent::OF_SITE
        .iter()
        .chain(Intent::EVIDENT)
        .copied()
        .chain([Intent::Meaning])
        .collect();
    write_intents(
        "Questions for these may have a card without a place.",
        "ANYWHERE",
        &of_all,
        &mut out,
    );
    write_place_ends(&mut out);
    out.push_str("  // Kinds of entries.\n  const ");
    let kinds = EntryKind::ALL.map(|kind| format!("{} = '{}'", kind.name(), kind.letter()));
    out.push_str(&kinds.join(", "));
    out.push_str(";\n");
    write_reader::<Manifest>(&mut out);
    write_reader::<Head>(&mut out);
    write_reader::<Item>(&mut out);
    write_reader::<State>(&mut out);
    out
}

/// The generated lines of `search-more.js`.
pub fn more() -> String {
    let mut out = String::new();
    for constant in chosen(MORE) {
        write_constant(constant, &mut out);
    }
    write_place_ends(&mut out);
    out
}

/// The generated lines of `search-facts.js`.
pub fn facts() -> String {
    let mut out = String::new();
    for constant in chosen(FACTS) {
        write_constant(constant, &mut out);
    }
    let used = [
        Intent::Time,
        Intent::Contact,
        Intent::Place,
        Intent::Amount,
        Intent::Meaning,
        Intent::Hours,
        Intent::Address,
    ];
    let names = used.map(|intent| format!("{} = {}", intent.name().to_uppercase(), intent.index()));
    write_comment("What questions ask for.", "  ", &mut out);
    out.push_str(&format!("  const {};\n", names.join(", ")));
    for (doc, name, intents) in [
        ("What is asked of a place.", "OF_PLACES", Intent::OF_PLACES),
        (
            "What is asked of the whole site if no place is named.",
            "OF_SITE",
            Intent::OF_SITE,
        ),
        (
            "What a question asks for before anything else.",
            "FIRST",
            Intent::FIRST,
        ),
        (
            "What the first results must have so that they answer.",
            "EVIDENT",
            Intent::EVIDENT,
        ),
    ] {
        write_intents(doc, name, intents, &mut out);
    }
    for (doc, name, words) in [
        (
            "What was asked, after the name of a place.",
            "WORDS",
            Intent::ALL.map(Intent::words),
        ),
        (
            "What is not written.",
            "UNWRITTEN",
            Intent::ALL.map(Intent::unwritten),
        ),
    ] {
        write_comment(doc, "  ", &mut out);
        out.push_str(&format!(
            "  const {name} = '{}'.split(' ');\n",
            words.join(" ")
        ));
    }
    write_reader::<Place>(&mut out);
    write_reader::<Fact>(&mut out);
    out
}

fn write_place_ends(out: &mut String) {
    out.push_str("  // Characters with which names of places end.\n");
    out.push_str(&format!(
        "  const PLACE_ENDS = '{}';\n",
        ranking::PLACE_ENDS
    ));
}

/// A list of intents, as their numbers.
fn write_intents(doc: &str, name: &str, intents: &[Intent], out: &mut String) {
    write_comment(doc, "  ", out);
    let numbers: Vec<String> = intents
        .iter()
        .map(|intent| intent.index().to_string())
        .collect();
    out.push_str(&format!("  const {name} = [{}];\n", numbers.join(", ")));
}

/// A script with `lines` between its marks; nothing if it does not have the marks.
pub fn put(script: &str, lines: &str) -> Option<String> {
    let (before, rest) = script.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n{lines}{END}{after}"))
}

fn chosen(names: &[&str]) -> impl Iterator<Item = &'static Constant> {
    ranking::ALL
        .iter()
        .filter(move |constant| names.contains(&constant.name))
}

fn write_constant(constant: &Constant, out: &mut String) {
    write_comment(&constant.doc.replace('`', ""), "  ", out);
    out.push_str(&format!(
        "  const {} = {};\n",
        constant.name, constant.value
    ));
}

/// A comment, in lines that are not too long.
fn write_comment(text: &str, indent: &str, out: &mut String) {
    let mut line = format!("{indent}//");
    for word in text.split_whitespace().filter(|word| !word.is_empty()) {
        if line.chars().count() + 1 + word.chars().count() > COLUMNS {
            out.push_str(&line);
            out.push('\n');
            line = format!("{indent}//");
        }
        line.push(' ');
        line.push_str(word);
    }
    out.push_str(&line);
    out.push('\n');
}

/// The function that reads a record: an object, or null if the number of fields is wrong.
fn write_reader<R: Record>(out: &mut String) {
    let name = R::NAME;
    out.push_str(&format!("  const read{name} = (text) => {{\n"));
    let sign = escaped(R::SIGN);
    out.push_str(&format!("    const fields = text.split('{sign}');\n"));
    let refusal = match R::OPEN {
        true => String::new(),
        false => format!("fields.length !== {} ? null : ", R::WIDTH),
    };
    out.push_str(&format!("    return {refusal}{{\n"));
    for field in R::fields() {
        write_comment(&field.doc.replace(['[', ']', '`'], ""), "      ", out);
        out.push_str(&format!("      {}: {},\n", camel(field.name), field.script));
    }
    out.push_str("    };\n  };\n");
}

/// A sign in a string of a script.
fn escaped(sign: char) -> String {
    if sign.is_control() {
        format!("\\x{:02x}", u32::from(sign))
    } else {
        sign.to_string()
    }
}

/// `box_bits` as scripts say it: `boxBits`.
fn camel(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut is_start = false;
    for c in name.chars() {
        match c {
            '_' => is_start = true,
            c if is_start => {
                out.push(c.to_ascii_uppercase());
                is_start = false;
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_in_the_lists_is_a_constant() {
        for name in MAIN.iter().chain(MORE).chain(FACTS) {
            assert!(ranking::ALL.iter().any(|c| c.name == *name), "{name}");
        }
        for constant in ranking::ALL {
            let name = constant.name;
            assert!(
                [MAIN, MORE, FACTS].iter().any(|list| list.contains(&name)),
                "{name}"
            );
        }
    }

    #[test]
    fn names_and_signs_are_those_of_scripts() {
        assert_eq!(camel("box_bits"), "boxBits");
        assert_eq!(camel("url"), "url");
        assert_eq!(escaped('\u{1f}'), "\\x1f");
        assert_eq!(escaped('|'), "|");
    }

    #[test]
    fn a_reader_names_each_field_by_its_place() {
        let mut out = String::new();
        write_reader::<Item>(&mut out);
        assert!(out.contains("text.split('\\x1f')"), "{out}");
        assert!(out.contains("fields.length !== 5 ? null"), "{out}");
        assert!(out.contains("      heading: fields[2],\n"), "{out}");
        let mut out = String::new();
        write_reader::<Manifest>(&mut out);
        assert!(out.contains("      boxBits: +fields[5],\n"), "{out}");
        assert!(out.contains("[14, 16, 18, 20"), "{out}");
    }
}
