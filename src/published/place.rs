//! What a place is to which a site can be sent.
//!
//! Comes in: paths and bytes. Goes out: what is there. A file is there whole or not at all; nothing else is promised.

use std::collections::BTreeMap;

use crate::text::Bilingual;

/// What every file of this program at a place begins with that is not a file of the site.
pub const OURS: &str = ".mingbai-";
/// Before the name of a file that is being written.
pub const NEW: &str = ".mingbai-new-";

/// Where a site is shown from.
pub trait Place {
    /// The bytes of a file; nothing if there is none.
    ///
    /// # Errors
    /// If the place cannot be reached.
    fn read(&mut self, path: &str) -> Result<Option<Vec<u8>>, Bilingual>;

    /// Writes a file, or replaces it. Whoever reads it gets the old or the new one, whole.
    ///
    /// # Errors
    /// If it was not written, or nobody knows whether it was.
    fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), Bilingual>;

    /// Writes several files, in any order.
    ///
    /// # Errors
    /// If one was not written, or nobody knows whether it was.
    fn write_all(&mut self, files: Vec<(String, Vec<u8>)>) -> Result<(), Bilingual> {
        files
            .iter()
            .try_for_each(|(path, bytes)| self.write(path, bytes))
    }

    /// Writes a file if there is none; says whether it did.
    ///
    /// # Errors
    /// If the place cannot be reached.
    fn claim(&mut self, path: &str, bytes: &[u8]) -> Result<bool, Bilingual> {
        if self.read(path)?.is_some() {
            return Ok(false);
        }
        self.write(path, bytes)?;
        Ok(true)
    }

    /// Takes a file away, and what a run that was killed left of it under another name. If there is none, nothing happens.
    ///
    /// # Errors
    /// If it is still there, or nobody knows.
    fn remove(&mut self, path: &str) -> Result<(), Bilingual>;

    /// Whether nothing at all is there, except files of this program ([`OURS`]).
    ///
    /// # Errors
    /// If the place cannot be reached.
    fn is_empty(&mut self) -> Result<bool, Bilingual>;

    /// Every file that is there, with its size.
    ///
    /// # Errors
    /// If the place cannot be reached.
    fn list(&mut self) -> Result<BTreeMap<String, u64>, Bilingual>;
}
