//! Character references (`&amp;`, `&#20013;`) for `minify-html`.
//!
//! `minify-html` takes its tables from the package `minify-html-common`. Its trie of character references has 255 places
//! in every node, nearly all empty, and adds 10 MB of zeros to a program. This package takes its place, through
//! `[patch.crates-io]` of the workspace: the references are found in a sorted list, everything else comes from the
//! published package. The items have the names that `minify-html` imports.
//!
//! Remove it when a published version has smaller tables.

#![forbid(unsafe_code)]

pub use published::{spec, whitespace};

pub mod r#gen {
    //! The tables.

    pub use published::r#gen::{attrs, codepoints};

    pub mod entities {
        //! The character references of the HTML standard.

        use crate::pattern::TrieNodeMatch;
        use std::cmp::Ordering;
        use std::sync::LazyLock;

        /// What a character reference stands for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum EntityType {
            /// The characters of a named reference, in UTF-8.
            Named(&'static [u8]),
            /// A decimal number begins: `&#` and one digit.
            Dec,
            /// A hexadecimal number begins: `&#x` and one digit.
            Hex,
        }

        /// The named references whose characters are longer in UTF-8 than the reference.
        pub static SHORTER_ENCODED_ENTITIES_ENCODED: &[&[u8]] = &[b"&nGt;", b"&nLt;"];
        /// The characters of [`SHORTER_ENCODED_ENTITIES_ENCODED`], in the same order.
        pub static SHORTER_ENCODED_ENTITIES_DECODED: &[&[u8]] =
            &["\u{226B}\u{20D2}".as_bytes(), "\u{226A}\u{20D2}".as_bytes()];

        /// All named references, and the beginnings of numeric ones.
        pub static ENTITY: LazyLock<Entities> = LazyLock::new(|| {
            let mut named: Vec<_> = entities::ENTITIES
                .iter()
                .map(|entity| (entity.entity.as_bytes(), entity.characters.as_bytes()))
                .collect();
            named.sort_unstable();
            Entities { named }
        });

        /// A list of references by their names, `&` included.
        pub struct Entities {
            named: Vec<(&'static [u8], &'static [u8])>,
        }

        impl Entities {
            /// The longest reference at the start of `text`, or how many bytes of `text` begin some reference.
            pub fn longest_matching_prefix(&self, text: &[u8]) -> TrieNodeMatch<EntityType> {
                match text {
                    [b'&', b'#', b'x', digit, ..] if digit.is_ascii_hexdigit() => {
                        return TrieNodeMatch::Found {
                            len: 4,
                            value: EntityType::Hex,
                        };
                    }
                    [b'&', b'#', b'x', ..] => return TrieNodeMatch::NotFound { reached: 3 },
                    [b'&', b'#', digit, ..] if digit.is_ascii_digit() => {
                        return TrieNodeMatch::Found {
                            len: 3,
                            value: EntityType::Dec,
                        };
                    }
                    [b'&', b'#', ..] => return TrieNodeMatch::NotFound { reached: 2 },
                    _ => {}
                }
                // The names that begin with the bytes read so far. The list is sorted, so they follow each other and the
                // name that is equal to these bytes is the first of them.
                let mut alive = self.named.as_slice();
                let mut found = None;
                let mut reached = 0;
                for &byte in text {
                    let at = |name: &[u8]| {
                        name.get(reached)
                            .map_or(Ordering::Less, |own| own.cmp(&byte))
                    };
                    let start = alive.partition_point(|(name, _)| at(name).is_lt());
                    let end = alive.partition_point(|(name, _)| at(name).is_le());
                    if start == end {
                        break;
                    }
                    alive = &alive[start..end];
                    reached += 1;
                    if let Some((name, characters)) = alive.first()
                        && name.len() == reached
                    {
                        found = Some(TrieNodeMatch::Found {
                            len: reached,
                            value: EntityType::Named(characters),
                        });
                    }
                }
                found.unwrap_or(TrieNodeMatch::NotFound { reached })
            }
        }
    }
}

pub mod pattern {
    //! Search in bytes.

    use aho_corasick::AhoCorasick;

    /// What is at the start of a text.
    #[derive(Debug, PartialEq, Eq)]
    pub enum TrieNodeMatch<V> {
        /// A pattern of `len` bytes.
        Found { len: usize, value: V },
        /// No pattern; the first `reached` bytes begin one.
        NotFound { reached: usize },
    }

    /// A set of patterns, each with the bytes that take its place.
    pub struct Replacer {
        patterns: AhoCorasick,
        replacements: Vec<Vec<u8>>,
    }

    impl Replacer {
        /// `replacements` has one entry for each pattern, in their order.
        pub fn new(patterns: AhoCorasick, replacements: Vec<Vec<u8>>) -> Self {
            Self {
                patterns,
                replacements,
            }
        }

        /// `text` with every pattern replaced.
        pub fn replace_all(&self, text: &[u8]) -> Vec<u8> {
            self.patterns.replace_all_bytes(text, &self.replacements)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::r#gen::entities::{
        ENTITY, EntityType, SHORTER_ENCODED_ENTITIES_DECODED, SHORTER_ENCODED_ENTITIES_ENCODED,
    };
    use super::pattern::TrieNodeMatch;
    use published::r#gen::entities::{ENTITY as PUBLISHED, EntityType as Published};
    use published::pattern::TrieNodeMatch as Match;

    /// What the published table says of `text`.
    fn published(text: &[u8]) -> TrieNodeMatch<EntityType> {
        match PUBLISHED.longest_matching_prefix(text) {
            Match::NotFound { reached } => TrieNodeMatch::NotFound { reached },
            Match::Found { len, value } => TrieNodeMatch::Found {
                len,
                value: match value {
                    Published::Named(characters) => EntityType::Named(characters),
                    Published::Dec => EntityType::Dec,
                    Published::Hex => EntityType::Hex,
                },
            },
        }
    }

    #[test]
    fn every_reference_and_every_beginning_of_one_is_read_as_by_the_published_table() {
        let numbers = [
            "&#",
            "&#1",
            "&#x",
            "&#xF",
            "&#xg",
            "&#X1",
            "&",
            "",
            "A",
            "&#x1F600;",
        ];
        let names = entities::ENTITIES.iter().map(|entity| entity.entity);
        let mut compared = 0;
        for text in names.chain(numbers) {
            for end in 0..=text.len() {
                for after in ["", ";", "a", "=", "中", "\u{0}"] {
                    let text = format!("{}{after}", &text[..end]);
                    assert_eq!(
                        ENTITY.longest_matching_prefix(text.as_bytes()),
                        published(text.as_bytes()),
                        "{text:?}"
                    );
                    compared += 1;
                }
            }
        }
        assert!(compared > 100_000, "{compared}");
    }

    #[test]
    fn the_shorter_references_are_all_that_are_shorter() {
        let mut shorter: Vec<_> = entities::ENTITIES
            .iter()
            .filter(|entity| entity.entity.len() < entity.characters.len())
            .map(|entity| (entity.entity.as_bytes(), entity.characters.as_bytes()))
            .collect();
        shorter.sort_unstable();
        let own = SHORTER_ENCODED_ENTITIES_ENCODED.iter().copied();
        let own: Vec<_> = own
            .zip(SHORTER_ENCODED_ENTITIES_DECODED.iter().copied())
            .collect();
        assert_eq!(own, shorter);
    }
}
