//! Plain English: words of the old house dialect must not come back, in messages, comments, names and documents.
//!
//! CONTRIBUTING.md ("Words") gives the rules with examples. Each pattern here is precise enough to have no false alarms;
//! if one occurs, add the exception to the pattern.

use std::fs;
use std::path::{Path, PathBuf};

/// Words that follow each other, and what to write instead.
struct Pattern {
    words: &'static [&'static str],
    /// Words that make it plain English if they come directly before.
    unless_after: &'static [&'static str],
    /// Words that make it plain English if they come directly after.
    unless_before: &'static [&'static str],
    instead: &'static str,
}

const fn never(words: &'static [&'static str], instead: &'static str) -> Pattern {
    unless(words, &[], &[], instead)
}

const fn unless(
    words: &'static [&'static str],
    unless_after: &'static [&'static str],
    unless_before: &'static [&'static str],
    instead: &'static str,
) -> Pattern {
    Pattern {
        words,
        unless_after,
        unless_before,
        instead,
    }
}

const LEFT: &[&str] = &["left", "leave", "leaves", "leaving"];
const THERE: &[&str] = &["there"];
const LONGER: &[&str] = &["longer", "more", "less", "later", "earlier", "fewer", "one"];
const FOR: &[&str] = &["for", "alone", "out", "still"];
const NOT_A: &str = "is not a …";
const DISTINGUISH: &str = "distinguish";
const FIX: &str = "fix, correct";
const IS: &str = "is, appears, is in";

#[rustfmt::skip]
const PATTERNS: &[Pattern] = &[
    never(&["mend"], FIX), never(&["mends"], FIX), never(&["mended"], FIX), never(&["mending"], FIX),
    never(&["anew"], "again"),
    unless(&["behind"], LEFT, &[], "after"),
    never(&["beside"], "next to, in addition to"),
    unless(&["is", "no"], THERE, LONGER, NOT_A), unless(&["are", "no"], THERE, LONGER, NOT_A),
    unless(&["was", "no"], THERE, LONGER, NOT_A), unless(&["were", "no"], THERE, LONGER, NOT_A),
    never(&["told", "apart"], DISTINGUISH), never(&["tell", "apart"], DISTINGUISH), never(&["tells", "apart"], DISTINGUISH),
    never(&["is", "told"], "is reported"), never(&["are", "told"], "are reported"), never(&["told", "from"], DISTINGUISH),
    never(&["told", "by"], "recognised by"),
    unless(&["stands"], &[], FOR, IS), unless(&["stand"], &[], FOR, IS), unless(&["stood"], &[], FOR, IS),
    never(&["how-manieth"], "number, ordinal"),
    never(&["lest"], "so that … not"),
    never(&["for", "ever"], "forever"),
    never(&["is", "wanted"], "is required, is expected"), never(&["are", "wanted"], "are required, are expected"),
    never(&["to", "be", "had"], "available"),
    never(&["turned", "round"], "reversed"),
    never(&["whereof"], "of which"), never(&["thereof"], "of it"), never(&["wherein"], "in which"),
];

/// Words that are not used in names.
const NOT_IN_NAMES: [&str; 8] = [
    "mend", "mends", "mended", "anew", "behind", "beside", "lest", "told",
];

/// Folders whose comments and names are plain.
const PLAIN: [&str; 2] = ["src", "tests"];

/// Documents in English, apart from their code.
const DOCUMENTS: [&str; 2] = ["README.md", "content/pages/for-counties-en.md"];

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the repository can be read") {
        let path = entry.expect("the repository can be read").path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            out.push(path);
        }
    }
}

/// The Rust files in a folder: path from the root of the repository, and text.
fn rust(folder: &str) -> Vec<(String, String)> {
    let mut paths = Vec::new();
    sources(&repository().join(folder), &mut paths);
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.strip_prefix(repository()).unwrap_or(&path);
        let text = fs::read_to_string(&path).expect("a UTF-8 text");
        (name.to_string_lossy().replace('\\', "/"), text)
    };
    paths.into_iter().map(read).collect()
}

/// A part of a Rust file, with the line on which it begins.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    /// The text of one string literal.
    Text(usize, String),
    /// The text of a line comment, with the comments on the lines before it if they belong together.
    Comment(usize, String),
    /// A name.
    Name(usize, String),
}

/// Splits a Rust file into strings, comments and names.
fn parts(text: &str) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::new();
    let mut rest = text;
    let mut line = 1;
    let mut comment_ended = 0;
    while let Some(c) = rest.chars().next() {
        let taken = if let Some(comment) = rest.strip_prefix("//") {
            let words = comment.lines().next().unwrap_or_default();
            let plain = words.trim_start_matches(['/', '!']);
            match out.last_mut() {
                Some(Part::Comment(_, before)) if comment_ended + 1 == line => {
                    before.push('\n');
                    before.push_str(plain);
                }
                _ => out.push(Part::Comment(line, plain.to_owned())),
            }
            comment_ended = line;
            2 + words.len()
        } else if c == '"'
            || rest.starts_with("r\"")
            || rest.starts_with("r#\"")
            || rest.starts_with("r##")
        {
            let (opening, length, content) = literal(rest);
            out.push(Part::Text(
                line,
                rest[opening..opening + content].to_owned(),
            ));
            length
        } else if c == '\'' {
            character(rest)
        } else if c.is_ascii_alphabetic() || c == '_' {
            let length = rest
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .unwrap_or(rest.len());
            out.push(Part::Name(line, rest[..length].to_owned()));
            length
        } else {
            c.len_utf8()
        };
        line += rest[..taken].matches('\n').count();
        rest = &rest[taken..];
    }
    out
}

/// A string literal at the start of a text: bytes of its opening, of all of it, and of its content.
fn literal(text: &str) -> (usize, usize, usize) {
    let hashes = text[1..].len() - text[1..].trim_start_matches('#').len();
    if text.starts_with('r') {
        let opening = hashes + 2;
        let closing = format!("\"{}", "#".repeat(hashes));
        let content = text[opening..].find(&closing).expect("a closed literal");
        return (opening, opening + content + closing.len(), content);
    }
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return (1, at + 1, at - 1),
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    panic!("a literal is not closed");
}

/// The bytes of a character literal at the start of a text, or of the sign of a lifetime.
fn character(text: &str) -> usize {
    let mut signs = text.char_indices().skip(1);
    match signs.next() {
        Some((_, '\\')) => text[3..].find('\'').map_or(1, |at| at + 4),
        Some((_, _)) => match signs.next() {
            Some((at, '\'')) => at + 1,
            _ => 1,
        },
        None => 1,
    }
}

/// The words of a text in lower case, with the line of each, counted from 0. Code in backticks is left out.
fn words(text: &str) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    for (number, piece) in text.split('`').enumerate() {
        let before = text
            .split('`')
            .take(number)
            .map(|p| p.matches('\n').count());
        let first: usize = before.sum();
        if number % 2 == 1 && text.matches('`').count().is_multiple_of(2) {
            out.push((first, "`".to_owned()));
            continue;
        }
        for (line, row) in piece.split('\n').enumerate() {
            let word = |w: &str| (first + line, w.to_ascii_lowercase());
            let is_word = |c: char| c.is_ascii_alphabetic() || c == '-' || c == '\'';
            // Sentences end a row of words.
            for sentence in row.split_inclusive(['.', ';', ':', ',', '(', ')', '"']) {
                let found = sentence.split(|c| !is_word(c)).filter(|w| !w.is_empty());
                out.extend(found.map(word));
                if sentence.ends_with(['.', ';', ':', ',', '(', ')', '"']) {
                    out.push((first + line, String::new()));
                }
            }
        }
    }
    out
}

/// Where a text uses a pattern: line, counted from 0, and what to write instead.
fn faults(text: &str) -> Vec<(usize, String)> {
    let words = words(text);
    let mut out = Vec::new();
    for start in 0..words.len() {
        for pattern in PATTERNS {
            let end = start + pattern.words.len();
            let Some(found) = words.get(start..end) else {
                continue;
            };
            let same = found.iter().zip(pattern.words).all(|((_, a), b)| a == b);
            let is = |place: Option<&(usize, String)>, list: &[&str]| {
                place.is_some_and(|(_, word)| list.contains(&word.as_str()))
            };
            let before = start.checked_sub(1).and_then(|at| words.get(at));
            if same
                && !is(before, pattern.unless_after)
                && !is(words.get(end), pattern.unless_before)
            {
                let phrase = pattern.words.join(" ");
                out.push((
                    words[start].0,
                    format!("\"{phrase}\": write {}", pattern.instead),
                ));
            }
        }
    }
    if text.trim_start().starts_with("So many ") {
        out.push((0, "\"So many …\": write At most, The number of".to_owned()));
    }
    out
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

fn without_tests(text: &str) -> &str {
    text.split("\n#[cfg(test)]\nmod tests")
        .next()
        .unwrap_or(text)
}

#[test]
fn messages_are_in_plain_english() {
    let mut found = Vec::new();
    for (file, text) in rust("src") {
        for part in parts(without_tests(&text)) {
            if let Part::Text(line, text) = part {
                let faults = faults(&text);
                found.extend(
                    faults
                        .iter()
                        .map(|(at, what)| format!("{file}:{}: {what}", line + at)),
                );
            }
        }
    }
    none(&found);
}

#[test]
fn comments_and_names_are_in_plain_english() {
    let mut found = Vec::new();
    for (file, text) in PLAIN.iter().flat_map(|folder| rust(folder)) {
        for part in parts(&text) {
            match part {
                Part::Text(..) => {}
                Part::Comment(line, text) => {
                    let faults = faults(&text);
                    found.extend(
                        faults
                            .iter()
                            .map(|(at, what)| format!("{file}:{}: {what}", line + at)),
                    );
                }
                Part::Name(line, name) => {
                    let parts = parts_of_name(&name);
                    if parts
                        .iter()
                        .any(|part| NOT_IN_NAMES.contains(&part.as_str()))
                    {
                        found.push(format!("{file}:{line}: the name {name}"));
                    }
                }
            }
        }
    }
    none(&found);
}

/// `windowState`, `WindowState`, `window_state` -> window, state
fn parts_of_name(name: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut was_lower = false;
    for c in name.chars() {
        if c == '_' || (c.is_ascii_uppercase() && was_lower) {
            out.push(String::new());
        }
        was_lower = c.is_ascii_lowercase();
        if c != '_'
            && let Some(last) = out.last_mut()
        {
            last.push(c.to_ascii_lowercase());
        }
    }
    out
}

#[test]
fn documents_are_in_plain_english() {
    let mut found = Vec::new();
    for name in DOCUMENTS {
        let text = fs::read_to_string(repository().join(name)).expect("a document");
        let mut is_code = false;
        let lines = text.lines().map(|line| {
            let fence = line.starts_with("```");
            is_code ^= fence;
            if is_code || fence { "" } else { line }
        });
        let prose = lines.collect::<Vec<_>>().join("\n");
        let faults = faults(&prose);
        found.extend(
            faults
                .iter()
                .map(|(at, what)| format!("{name}:{}: {what}", at + 1)),
        );
    }
    none(&found);
}

#[test]
fn patterns_find_the_dialect_and_nothing_else() {
    let dialect = [
        "an id that is no\nnotice",
        "the text behind a key",
        "So many keys can be listed",
        "mend it",
        "the words must stand in it",
        "each is told once",
        "what tells apart two columns",
    ];
    for text in dialect {
        assert_eq!(faults(text).len(), 1, "{text}: {:?}", faults(text));
    }
    let plain = [
        "there is no page",
        "it is no longer valid",
        "nothing is left behind",
        "{id} stands for an id",
        "amend, commend, standard",
        "the name is `mend`",
        "the answer is. No more",
        "not so many keys",
    ];
    for text in plain {
        assert_eq!(faults(text), [], "{text}");
    }
}

#[test]
fn strings_comments_and_names_are_found_in_rust() {
    let text = "/// One\n/// two\nfn f<'a>(c: char) { g('\"', '\\'', \"a \\\" b // c\", r#\"d\"e\"#) } // end\n";
    let name = |line, name: &str| Part::Name(line, name.to_owned());
    let expected = [
        Part::Comment(1, " One\n two".to_owned()),
        name(3, "fn"),
        name(3, "f"),
        name(3, "a"),
        name(3, "c"),
        name(3, "char"),
        name(3, "g"),
        Part::Text(3, "a \\\" b // c".to_owned()),
        Part::Text(3, "d\"e".to_owned()),
        Part::Comment(3, " end".to_owned()),
    ];
    assert_eq!(parts(text), expected);
    assert_eq!(parts_of_name("is_ToldApart"), ["is", "told", "apart"]);
}
