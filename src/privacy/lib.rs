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

#![forbid(unsafe_code)]
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

use aho_corasick::AhoCorasick;
use aho_corasick::packed::{Config, MatchKind, Searcher};

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
}

/// The words of a text near which mailboxes and marks may be.
struct Hints {
    /// Many bytes at a time, where the processor can.
    quick: Option<Searcher>,
    /// Everywhere else.
    any: Option<AhoCorasick>,
    means: Vec<Hint>,
}

impl Hints {
    fn each(&self, text: &str, mut see: impl FnMut(Range<usize>, Hint)) {
        let mut hit = |start: usize, end: usize, word: usize| see(start..end, self.means[word]);
        if let Some(words) = &self.quick {
            words
                .find_iter(text)
                .for_each(|found| hit(found.start(), found.end(), found.pattern().as_usize()));
        } else if let Some(words) = &self.any {
            words
                .find_iter(text)
                .for_each(|found| hit(found.start(), found.end(), found.pattern().as_usize()));
        }
    }
}

static HINTS: LazyLock<Hints> = LazyLock::new(|| {
    // A sign of its own (@) is seen with the digits. All words here have three bytes or more, which is quick.
    const AT: [&str; 12] = [
        "＠", "﹫", "%40", "艾特", "at]", "(at)", "（at）", "#at#", "AT]", "(AT)", "（AT）", "At]",
    ];
    let mut list: Vec<(&str, Hint)> = Vec::new();
    list.extend(
        AT.iter()
            .chain(&mail::STEMS)
            .map(|word| (*word, Hint::Mail)),
    );
    list.extend(marks::HINTS.iter().map(|word| (*word, Hint::Mark)));
    let quick = Config::new()
        .match_kind(MatchKind::LeftmostFirst)
        .builder()
        .extend(list.iter().map(|(word, _)| word))
        .build();
    let any = match &quick {
        Some(_) => None,
        None => Some(AhoCorasick::new(list.iter().map(|(word, _)| word)).expect("a few words")),
    };
    Hints {
        quick,
        any,
        means: list.into_iter().map(|(_, hint)| hint).collect(),
    }
});

/// Everything in a text that must not be published, apart from names ([`names`]), in order.
pub fn find(text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut seen = Vec::new();
    numbers::find(text, &mut found, &mut seen);
    signs_of_their_own(text, &seen, &mut found);
    // What is near was judged with the first of several words.
    let (mut mail_read, mut mark_read) = (0, 0);
    HINTS.each(text, |place, hint| match hint {
        Hint::Mail if place.start >= mail_read && mail::may_be(text, place.clone()) => {
            mail_read = place.start + mail::AHEAD;
            mail::find(text, place, &mut found);
        }
        Hint::Mark if place.start >= mark_read => {
            mark_read = marks::find(text, place, &mut found);
        }
        _ => {}
    });
    found.sort_by_key(|one| (one.range.start, one.kind, one.range.end));
    found.dedup_by(|next, first| {
        next.range.start < first.range.end && first.key.contains(&next.key)
    });
    found
}

/// What is around `@`, and around references and escapes, which may be any sign. They come in rows; what is near was read
/// with the first.
fn signs_of_their_own(text: &str, seen: &[usize], found: &mut Vec<Finding>) {
    const MARK: usize = 48;
    let bytes = text.as_bytes();
    let (mut sign_read, mut mail_read, mut mark_read) = (0, 0, 0);
    for &at in seen {
        let place = at..at + 1;
        if bytes[at] == b'@' {
            if at >= sign_read && mail::may_be(text, place.clone()) {
                sign_read = at + mail::AHEAD;
                mail::find(text, place, found);
            }
            continue;
        }
        let next = bytes.get(at + 1).copied();
        let is_written = match bytes[at] {
            b'&' => {
                next == Some(b'#')
                    || text[at..].starts_with("&commat")
                    || text[at..].starts_with("&starf")
            }
            _ => matches!(next, Some(b'u' | b'x' | b'U')),
        };
        if is_written && at >= mail_read {
            mail_read = at + mail::AHEAD;
            mail::find(text, place.clone(), found);
        }
        if is_written && at >= mark_read {
            mark_read = at + MARK;
            marks::find(text, place, found);
        }
    }
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
        let kept: Vec<usize> = (0..plain.chars.len())
            .filter(|at| keep(plain.chars[*at]))
            .collect();
        kept.windows(wanted.len().max(1)).find_map(|places| {
            let fits = places
                .iter()
                .zip(&wanted)
                .all(|(at, c)| plain.chars[*at] == *c);
            let range = plain.bytes(*places.first()?..*places.last()? + 1);
            (fits && range.len() <= WIDEST).then_some(range)
        })
    })
}
