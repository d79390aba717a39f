//! Finds personal data and marks of secrecy in texts and in files.
//!
//! Comes in: a text, or the bytes of a file. Goes out: [`Finding`]s with the bytes where they are, and what a file says
//! besides its text ([`inside`]). Everything is a pure function; what is done with a finding is decided by whoever asks.
//!
//! ```text
//! text  ---signs---> digits in groups --numbers--> identity, mobile and card numbers
//!       ---words---> places --mail, marks--> mailboxes of private providers, marks of secrecy
//!       ---names---> names of persons next to a role or a number
//! bytes --inside---> texts of a container, a document, a picture --> the same
//! ```
//!
//! A text without digits, `@` and the words of marks costs one look at each byte.

#![warn(missing_docs)]

mod mail;
mod marks;
mod numbers;
mod signs;

pub mod inside;
pub mod names;
mod surnames;

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

/// What was found. The order is that of certainty: the first wins where two overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An identity card number (GB 11643).
    Identity,
    /// The number of a bank card.
    Card,
    /// A mobile number.
    Mobile,
    /// A mailbox of a private provider.
    Mailbox,
    /// A mark of secrecy.
    Secrecy,
}

impl Kind {
    /// Its name in Chinese and English, with the article.
    pub fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::Identity => ("身份证号码", "an identity card number"),
            Self::Card => ("银行卡号", "a bank card number"),
            Self::Mobile => ("手机号码", "a mobile number"),
            Self::Mailbox => ("个人邮箱", "a personal email address"),
            Self::Secrecy => ("密级或内部标志", "a mark of secrecy"),
        }
    }
}

/// Something that must not be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The bytes in the text, with everything that was put between the signs.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Kind,
    /// What a reader gets: the digits, the address, the words. Two ways to write one number have the same key.
    pub key: String,
}

/// What a place may be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hint {
    Mail,
    Mark,
    /// A reference or an escape, which may be any sign.
    Written,
}

/// The words of a text near which mailboxes and marks may be.
struct Hints {
    words: AhoCorasick,
    means: Vec<Hint>,
}

static HINTS: LazyLock<Hints> = LazyLock::new(|| {
    const AT: [&str; 10] = ["@", "＠", "﹫", "%40", "&commat", "艾特", "at]", "(at)", "（at）", "#at#"];
    const WRITTEN: [&str; 4] = ["&#", "\\u", "\\x", "\\U"];
    let mut list: Vec<(&str, Hint)> = Vec::new();
    list.extend(AT.iter().chain(&mail::STEMS).map(|word| (*word, Hint::Mail)));
    list.extend(marks::HINTS.iter().map(|word| (*word, Hint::Mark)));
    list.extend(WRITTEN.iter().map(|word| (*word, Hint::Written)));
    let words = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostFirst)
        .build(list.iter().map(|(word, _)| word))
        .expect("a few words");
    Hints {
        words,
        means: list.into_iter().map(|(_, hint)| hint).collect(),
    }
});

/// Everything in a text that must not be published, apart from names ([`names`]), in order.
pub fn find(text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    numbers::find(text, &mut found);
    // Escapes come in rows; what is near was read with the first.
    let (mut mail_read, mut mark_read) = (0, 0);
    for hit in HINTS.words.find_iter(text) {
        const MAIL: usize = 100;
        const MARK: usize = 48;
        let place = hit.start()..hit.end();
        let hint = HINTS.means[hit.pattern().as_usize()];
        let is_written = hint == Hint::Written;
        if hint == Hint::Mail || is_written && place.start >= mail_read {
            mail_read = place.start + MAIL;
            mail::find(text, place.clone(), &mut found);
        }
        if hint == Hint::Mark || is_written && place.start >= mark_read {
            mark_read = place.start + MARK;
            marks::find(text, place, &mut found);
        }
    }
    found.sort_by_key(|one| (one.range.start, one.kind, one.range.end));
    found.dedup_by(|next, first| {
        next.range.start < first.range.end && first.key.contains(&next.key)
    });
    found
}

/// A name or other words as they are compared: without blanks and signs that cannot be seen, letters in lower case.
pub fn bare(words: &str) -> String {
    let plain = signs::Plain::new(words, 0..words.len());
    plain.chars.into_iter().filter(|c| *c != '\n').collect()
}

/// Where a text that was found elsewhere comes from: the first place with the same letters and digits, whatever is
/// between them. Nothing if they are far apart.
pub fn trace(text: &str, key: &str) -> Option<Range<usize>> {
    const WIDEST: usize = 400;
    let plain = signs::Plain::new(text, 0..text.len());
    let is_number = key.bytes().all(|b| b.is_ascii_digit() || b == b'X');
    let keeps = [
        |c: char| c.is_alphanumeric(),
        |c: char| c.is_ascii_digit() || c == 'x',
    ];
    keeps[..1 + usize::from(is_number)].iter().find_map(|keep| {
        let wanted: Vec<char> = key.to_lowercase().chars().filter(|c| keep(*c)).collect();
        let kept: Vec<usize> = (0..plain.chars.len()).filter(|at| keep(plain.chars[*at])).collect();
        kept.windows(wanted.len().max(1)).find_map(|places| {
            let fits = places.iter().zip(&wanted).all(|(at, c)| plain.chars[*at] == *c);
            let range = plain.bytes(*places.first()?..*places.last()? + 1);
            (fits && range.len() <= WIDEST).then_some(range)
        })
    })
}
