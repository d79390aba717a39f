//! Memory between runs: what was found out under which inputs, so that it need not be found out again.
//!
//! Comes in: inputs. Goes out: their [`Key`]s, and [`Clean`]: the checks that had nothing to report. A key is a hash of everything
//! that a result depends on, with names instead of the numbers of a run, so that it means the same in the next run and in another
//! process. What a check asked for is recorded while it runs; nobody keeps lists of dependencies by hand.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use rayon::prelude::*;
use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

use crate::diag::SourceId;
use crate::sources::Sources;

/// A hash of inputs: the first half of a SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Key([u8; 16]);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A key in the making. Each part is hashed with its length, so that `ab`, `c` is not `a`, `bc`.
#[derive(Clone, Default)]
pub struct Keyed(Sha256);

impl Keyed {
    /// Nothing so far.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text.
    #[must_use]
    pub fn text(self, text: &str) -> Self {
        self.bytes(text.as_bytes())
    }

    /// Adds bytes.
    #[must_use]
    pub fn bytes(mut self, bytes: &[u8]) -> Self {
        self.add(bytes);
        self
    }

    /// Adds another key.
    #[must_use]
    pub fn key(mut self, key: Key) -> Self {
        self.0.update(key.0);
        self
    }

    /// Adds a number.
    #[must_use]
    pub fn number(mut self, number: usize) -> Self {
        self.0.update(number.to_le_bytes());
        self
    }

    /// Adds bytes, in place.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes.len().to_le_bytes());
        self.0.update(bytes);
    }

    /// The key.
    pub fn done(self) -> Key {
        let mut key = [0; 16];
        key.copy_from_slice(&self.0.finalize()[..16]);
        Key(key)
    }
}

/// The key of each text of the sources: of its path, its text and whether it can be read.
#[derive(Debug, Default)]
pub struct Texts(Vec<Key>);

impl Texts {
    /// The keys of all texts.
    pub fn of(sources: &Sources) -> Self {
        Self::again(sources, None)
    }

    /// The keys of all texts. Those of files that are shared with earlier sources are known.
    pub fn again(sources: &Sources, before: Option<(&Sources, &Self)>) -> Self {
        let files = sources.files.par_iter().enumerate();
        let keys = files.map(|(at, file)| {
            let id = SourceId(u32::try_from(at).unwrap_or(u32::MAX));
            let is_readable = sources.is_readable(id);
            let known = before.and_then(|(old, texts)| {
                let at = match old.files.get(at) {
                    Some(same) if Arc::ptr_eq(same, file) => at,
                    _ => old.find(&file.path)?.0.0 as usize,
                };
                let id = SourceId(u32::try_from(at).ok()?);
                let is_same =
                    Arc::ptr_eq(&old.files[at], file) && old.is_readable(id) == is_readable;
                is_same.then(|| texts.0[at])
            });
            known.unwrap_or_else(|| {
                let key = Keyed::new().text(&file.path).text(&file.text);
                key.number(usize::from(is_readable)).done()
            })
        });
        Self(keys.collect())
    }

    /// The key of a text.
    pub fn of_file(&self, id: SourceId) -> Key {
        self.0[id.0 as usize]
    }

    /// The key of all texts for which `is_meant`, in the order of their paths.
    pub fn together(&self, is_meant: impl Fn(SourceId) -> bool) -> Key {
        let ids = (0..self.0.len()).map(|at| SourceId(u32::try_from(at).unwrap_or(u32::MAX)));
        let meant = ids.filter(|id| is_meant(*id));
        meant
            .fold(Keyed::new(), |keyed, id| keyed.key(self.of_file(id)))
            .done()
    }
}

/// The checks of files that had nothing to report, by the path of the file.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub struct Clean(HashMap<String, Silent>);

/// A check that had nothing to report.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Silent {
    /// The names that it looked up, in their order.
    pub asked: Box<[Box<str>]>,
    /// The key of the file, of what else is the same for all, and of what these names stood for.
    pub key: Key,
}

impl Clean {
    /// The check of a file in an earlier run, if it had nothing to report.
    pub fn silent(&self, path: &str) -> Option<&Silent> {
        self.0.get(path)
    }

    /// Takes over other checks.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// The checks of these files.
    pub fn of(silent: impl IntoIterator<Item = (String, Silent)>) -> Self {
        Self(silent.into_iter().collect())
    }
}

/// Something that several runs share; what was written of it is read as one of its own.
#[derive(Debug, Default)]
pub struct Shared<T>(pub Arc<T>);

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: Serialize> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(to)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Shared<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Self(Arc::new(T::deserialize(from)?)))
    }
}

/// Bytes, which are written and read as a whole and not as a list of numbers.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Bytes(pub Box<[u8]>);

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Whole;
        impl Visitor<'_> for Whole {
            type Value = Bytes;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("bytes")
            }

            fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> Result<Bytes, E> {
                Ok(Bytes(bytes.into()))
            }
        }
        from.deserialize_bytes(Whole)
    }
}
