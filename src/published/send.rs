//! Sending: a built site to the place from which a server shows it, so that no page there ever leads to a file that is not.
//!
//! Comes in: the manifest of the site, its files, and a [`Place`]. Goes out: a place with exactly these files. Only what differs is
//! sent: first what pages need, then pages, the start last; what is no longer part of the site goes at the end, and the manifest says last that
//! all is there. A journal at the place says what a run has sent and is about to send, so that one that was cut off is
//! taken up again, and repeated as often as one likes.

use std::collections::BTreeMap;

use crate::manifest::{Entry, Manifest, SIGNATURE, SUMS};
use crate::text::Bilingual;

/// The journal of a run that is not finished.
pub const JOURNAL: &str = ".mingbai-sending";
/// As many files are sent between two lines of the journal.
const BATCH: usize = 64;

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

    /// Takes a file away. If there is none, nothing happens.
    ///
    /// # Errors
    /// If it is still there, or nobody knows.
    fn remove(&mut self, path: &str) -> Result<(), Bilingual>;

    /// Whether nothing at all is there.
    ///
    /// # Errors
    /// If the place cannot be reached.
    fn is_empty(&mut self) -> Result<bool, Bilingual>;
}

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sent {
    /// Files that were sent.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// Files that were taken away.
    pub removed: usize,
    /// Files that were there already.
    pub same: usize,
}

/// What is at the place, as far as it is known.
#[derive(Debug, Default)]
struct There {
    /// Files with the hash that was sent. One that was being sent when a run was cut off has none.
    files: BTreeMap<String, Option<[u8; 32]>>,
}

/// Sends a site with the signature of its manifest, if it has one. `file` gives the bytes of each of its files; `said` hears of every file (how many were sent, of how many).
///
/// # Errors
/// If the place holds something that is not a site of this program, cannot be reached, or `file` gives other bytes than the manifest says.
pub fn send(
    site: &Manifest,
    signature: Option<&[u8]>,
    file: &dyn Fn(&str) -> Result<Vec<u8>, Bilingual>,
    place: &mut dyn Place,
    said: &mut dyn FnMut(usize, usize),
) -> Result<Sent, Bilingual> {
    let mut there = look(place)?;
    let is_same = |path: &str, entry: &Entry, there: &There| {
        there.files.get(path) == Some(&Some(entry.sha256))
    };
    let mut wanted: Vec<(&String, &Entry)> = site
        .files
        .iter()
        .filter(|(path, entry)| !is_same(path, entry, &there))
        .collect();
    let gone: Vec<String> = there
        .files
        .keys()
        .filter(|path| !site.files.contains_key(*path))
        .cloned()
        .collect();
    // Pages that need something go before it.
    let mut gone = gone;
    gone.sort_by_key(|path| std::cmp::Reverse(rank(path)));
    let mut sent = Sent {
        same: site.files.len() - wanted.len(),
        ..Sent::default()
    };
    let new = site.text();
    let is_signed = place.read(SIGNATURE)?.as_deref() == signature;
    if wanted.is_empty()
        && gone.is_empty()
        && is_signed
        && place.read(SUMS)?.as_deref() == Some(new.as_bytes())
    {
        return Ok(sent);
    }
    wanted.sort_by_key(|(path, _)| (rank(path), path.as_str()));
    let all = wanted.len();
    for batch in wanted.chunks(BATCH) {
        for (path, _) in batch {
            there.files.insert((*path).clone(), None);
        }
        place.write(JOURNAL, there.text().as_bytes())?;
        for (path, entry) in batch {
            let bytes = file(path)?;
            if Entry::of(&bytes).sha256 != entry.sha256 {
                let words = Bilingual::new(
                    "和清单说的不一样：生成以后被改过，请重新生成",
                    "is not as the manifest says: it was changed after the build; build again",
                );
                return Err(words.at(path));
            }
            place.write(path, &bytes)?;
            there.files.insert((*path).clone(), Some(entry.sha256));
            sent.files += 1;
            sent.bytes += bytes.len() as u64;
            said(sent.files, all);
        }
    }
    if !gone.is_empty() {
        // From here on nobody knows whether they are there.
        there
            .files
            .extend(gone.iter().map(|path| (path.clone(), None)));
        place.write(JOURNAL, there.text().as_bytes())?;
        for path in &gone {
            place.remove(path)?;
            sent.removed += 1;
        }
    }
    match signature {
        Some(signature) => place.write(SIGNATURE, signature)?,
        None => place.remove(SIGNATURE)?,
    }
    place.write(SUMS, new.as_bytes())?;
    place.remove(JOURNAL)?;
    Ok(sent)
}

/// What pages need comes first, the start of the site last.
fn rank(path: &str) -> u8 {
    let is_page = path.ends_with(".html");
    match path {
        "index.html" => 3,
        _ if is_page => 2,
        _ if path.starts_with("assets/") || path.starts_with("search/") => 0,
        _ => 1,
    }
}

/// What an earlier run left at the place.
fn look(place: &mut dyn Place) -> Result<There, Bilingual> {
    let text =
        |bytes: Option<Vec<u8>>| bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let journal = text(place.read(JOURNAL)?).and_then(|text| There::read(&text));
    if let Some(there) = journal {
        return Ok(there);
    }
    let Some(sums) = text(place.read(SUMS)?) else {
        if place.is_empty()? {
            return Ok(There::default());
        }
        return Err(Bilingual::new(
            "那里有别的文件，不是明白发布的网站；请换一个空的地方",
            "there are other files there, and no site published by mingbai; choose an empty place",
        ));
    };
    let known = Manifest::read(&sums)?.files.into_iter();
    Ok(There {
        files: known
            .map(|(path, entry)| (path, Some(entry.sha256)))
            .collect(),
    })
}

impl There {
    const FIRST: &str = "# mingbai sending 1";
    const UNKNOWN: &str = "?";

    fn text(&self) -> String {
        let known: BTreeMap<String, Entry> = self
            .files
            .iter()
            .filter_map(|(path, hash)| {
                Some((
                    path.clone(),
                    Entry {
                        size: None,
                        sha256: (*hash)?,
                    },
                ))
            })
            .collect();
        let unknown = self
            .files
            .iter()
            .filter(|(_, hash)| hash.is_none())
            .map(|(path, _)| path);
        let mut out = format!("{}\n", Self::FIRST);
        for path in unknown {
            out.push_str(&format!("{} {path}\n", Self::UNKNOWN));
        }
        out.push_str(&Manifest::new(known).text());
        // A journal that was cut off while it was written does not end so.
        out.push_str("# end\n");
        out
    }

    fn read(text: &str) -> Option<Self> {
        let rest = text
            .strip_prefix(Self::FIRST)?
            .strip_prefix('\n')?
            .strip_suffix("# end\n")?;
        let at = rest.find("# mingbai manifest")?;
        let (unknown, known) = rest.split_at(at);
        let mut files: BTreeMap<String, Option<[u8; 32]>> = unknown
            .lines()
            .filter_map(|line| line.strip_prefix(Self::UNKNOWN)?.strip_prefix(' '))
            .map(|path| (path.to_owned(), None))
            .collect();
        let known = Manifest::read(known).ok()?.files;
        files.extend(
            known
                .into_iter()
                .map(|(path, entry)| (path, Some(entry.sha256))),
        );
        Some(Self { files })
    }
}
