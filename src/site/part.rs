//! A part of a site: which pages and files one of several processes makes.
//!
//! Comes in: `2/4`. Goes out: a [`Part`], which says of every path whether it is its own. That depends on the path and the number of
//! parts alone, so that every path is made once, wherever the parts are made.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The most parts that a site is made in.
const MOST: usize = 10_000;

/// One of several parts, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Which one: 1 is the first.
    pub number: usize,
    /// How many there are.
    pub of: usize,
}

impl Part {
    /// Whether a path is made in this part: its hash modulo the number of parts says so.
    pub fn has(&self, path: &str) -> bool {
        let hash = Sha256::digest(path.as_bytes());
        let mut first = [0; 8];
        first.copy_from_slice(&hash[..8]);
        u64::from_be_bytes(first) % self.of as u64 == self.number as u64 - 1
    }

    /// Whether what gives the sizes of downloads, and these, are made in this part: they need each other.
    pub fn has_downloads(&self) -> bool {
        self.has("data/")
    }

    /// Whether the search index is made in this part.
    pub fn has_index(&self) -> bool {
        self.has("search/")
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

impl FromStr for Part {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers = text.split_once('/');
        let numbers = numbers.and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
        let fits = |(number, of): &(usize, usize)| (1..=*of).contains(number) && *of <= MOST;
        let part = numbers.filter(fits).map(|(number, of)| Self { number, of });
        part.ok_or_else(|| {
            format!("写作 2/4：四份里的第二份，最多 {MOST} 份 / write 2/4 for the second of four, at most {MOST}")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_is_in_one_part() {
        let paths = (0..1000).map(|i| format!("notices/n{i}.html"));
        let paths: Vec<String> = paths.chain(["data/".into(), "search/".into()]).collect();
        for of in [1, 2, 3, 7] {
            let parts = (1..=of).map(|number| Part { number, of });
            let parts: Vec<Part> = parts.collect();
            for path in &paths {
                assert_eq!(parts.iter().filter(|part| part.has(path)).count(), 1);
            }
            let least = parts
                .iter()
                .map(|part| paths.iter().filter(|path| part.has(path)).count());
            assert!(
                least.min() > Some(1000 / of * 3 / 4),
                "{of} parts are uneven"
            );
        }
    }

    #[test]
    fn what_is_not_a_part_is_refused() {
        assert_eq!("2/4".parse(), Ok(Part { number: 2, of: 4 }));
        for text in [
            "0/4", "5/4", "1/0", "2", "a/b", "1/10001", "-1/4", "1/4/2", "",
        ] {
            assert!(text.parse::<Part>().is_err(), "{text}");
        }
    }
}
