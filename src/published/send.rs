//! Sending: a built site to the place from which a server shows it, so that no page there ever leads to a file that is not.
//!
//! Comes in: the manifest of the site, its files, and a [`Place`]. Goes out: a place with exactly these files. Only what differs is
//! sent: first what pages need, then pages, the start last; what is no longer part of the site goes at the end, and the manifest says last that
//! all is there. A journal at the place says what a run has sent and is about to send, so that one that was cut off is
//! taken up again, and repeated as often as one likes. Two runs at once are kept apart ([`turn`]), and the site of somebody else is
//! not replaced unless that is asked for.

use std::collections::BTreeMap;

use crate::manifest::{Entry, Manifest, SIGNATURE, SUMS};
use crate::place::{NEW, OURS, Place};
use crate::text::Bilingual;
use crate::turn::{self, LOCK, Sender, Turn};

/// The journal of a run that is not finished.
pub const JOURNAL: &str = ".mingbai-sending";
/// Says whose site it is, and is sent before everything else.
const ABOUT: &str = "data/datapackage.json";
/// As many files are sent between two lines of the journal,
const BATCH: usize = 64;
/// and as many bytes, unless one file has more.
const BATCH_BYTES: usize = 16 << 20;

/// What is to be sent.
pub struct Order<'a> {
    /// The manifest of the site.
    pub site: &'a Manifest,
    /// The signature of the manifest, if it has one.
    pub signature: Option<&'a [u8]>,
    /// Gives the bytes of each file.
    pub file: &'a dyn Fn(&str) -> Result<Vec<u8>, Bilingual>,
    /// Who sends it.
    pub sender: Sender<'a>,
    /// Whether the site of somebody else may be replaced.
    pub replace: bool,
    /// Whether every file at the place is looked at, instead of trusting the manifest there.
    pub verify: bool,
    /// Hears how many files were sent, of how many.
    pub said: &'a dyn Fn(usize, usize),
}

/// What a run did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sent {
    /// Files that were sent.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// Files that were taken away.
    pub removed: usize,
    /// Files that were there already.
    pub same: usize,
    /// With `verify`: files that were gone or changed although the manifest at the place has them.
    pub damaged: Vec<String>,
    /// With `verify`: files of nobody knows whom, which were left alone.
    pub strange: Vec<String>,
}

/// What is at the place, as far as it is known.
#[derive(Debug, Default)]
struct There {
    /// Files with the hash that was sent. One that was being sent when a run was cut off has none.
    files: BTreeMap<String, Option<[u8; 32]>>,
}

/// Sends a site.
///
/// # Errors
/// If the place holds something that is not this site, cannot be reached, somebody else sends, or a file has other bytes than the manifest says.
pub fn send(order: &Order, place: &mut dyn Place) -> Result<Sent, Bilingual> {
    // Nothing is written at a place that is refused, nor at one that is up to date.
    let there = look(place)?;
    check_owner(order, place)?;
    let new = order.site.text();
    if !order.verify && is_done(order, &there, &new, place)? {
        if turn::is_left(&order.sender, place)? {
            place.remove(JOURNAL)?;
            place.remove(LOCK)?;
        }
        return Ok(Sent {
            same: order.site.files.len(),
            ..Sent::default()
        });
    }
    let mut turn = Turn::take(&order.sender, place)?;
    // Somebody else may have sent something meanwhile.
    let mut there = look(place)?;
    check_owner(order, place)?;
    let mut sent = Sent::default();
    if order.verify {
        check_files(order, place, &mut there, &mut sent)?;
    }
    if !is_done(order, &there, &new, place)? {
        fill(order, place, &mut there, &mut sent, &mut turn)?;
        clear(order, place, &mut there, &mut sent)?;
        match order.signature {
            Some(signature) => place.write(SIGNATURE, signature)?,
            None => place.remove(SIGNATURE)?,
        }
        place.write(SUMS, new.as_bytes())?;
    }
    place.remove(JOURNAL)?;
    turn.end(place)?;
    sent.same = order.site.files.len() - sent.files;
    Ok(sent)
}

/// Whether all of the site is there and nothing else of it.
fn is_done(
    order: &Order,
    there: &There,
    new: &str,
    place: &mut dyn Place,
) -> Result<bool, Bilingual> {
    let files = &order.site.files;
    Ok(files.len() == there.files.len()
        && files.iter().all(|(path, entry)| there.has(path, entry))
        && place.read(JOURNAL)?.is_none()
        && place.read(SIGNATURE)?.as_deref() == order.signature
        && place.read(SUMS)?.as_deref() == Some(new.as_bytes()))
}

/// Sends what differs.
fn fill(
    order: &Order,
    place: &mut dyn Place,
    there: &mut There,
    sent: &mut Sent,
    turn: &mut Turn,
) -> Result<(), Bilingual> {
    let mut wanted: Vec<(&String, &Entry)> = order.site.files.iter().collect();
    wanted.retain(|(path, entry)| !there.has(path, entry));
    wanted.sort_by_key(|(path, _)| (rank(path), path.as_str()));
    let all = wanted.len();
    for same_rank in wanted.chunk_by(|(a, _), (b, _)| rank(a) == rank(b)) {
        let mut rest = same_rank;
        while !rest.is_empty() {
            let mut batch: Vec<(String, Vec<u8>)> = Vec::new();
            let mut size = 0;
            for (path, entry) in rest.iter().take(BATCH) {
                if size > BATCH_BYTES {
                    break;
                }
                let bytes = as_promised(order, path, entry)?;
                size += bytes.len();
                batch.push(((*path).clone(), bytes));
            }
            let (now, later) = rest.split_at(batch.len());
            rest = later;
            for (path, _) in now {
                there.files.insert((*path).clone(), None);
            }
            turn.keep(place)?;
            place.write(JOURNAL, there.text().as_bytes())?;
            place.write_all(batch)?;
            for (path, entry) in now {
                there.files.insert((*path).clone(), Some(entry.sha256));
            }
            sent.files += now.len();
            sent.bytes += size as u64;
            (order.said)(sent.files, all);
        }
    }
    Ok(())
}

/// The bytes of a file, which must be those of the manifest.
fn as_promised(order: &Order, path: &str, entry: &Entry) -> Result<Vec<u8>, Bilingual> {
    let bytes = (order.file)(path)?;
    if Entry::of(&bytes).sha256 == entry.sha256 {
        return Ok(bytes);
    }
    let words = Bilingual::new(
        "和清单说的不一样：生成以后被改过，请重新生成",
        "is not as the manifest says: it was changed after the build; build again",
    );
    Err(words.at(path))
}

/// Takes away what is no longer part of the site.
fn clear(
    order: &Order,
    place: &mut dyn Place,
    there: &mut There,
    sent: &mut Sent,
) -> Result<(), Bilingual> {
    let mut gone: Vec<String> = there.files.keys().cloned().collect();
    gone.retain(|path| !order.site.files.contains_key(path));
    if gone.is_empty() {
        return Ok(());
    }
    // Pages that need something go before it.
    gone.sort_by_key(|path| std::cmp::Reverse(rank(path)));
    // From here on nobody knows whether they are there.
    there
        .files
        .extend(gone.iter().map(|path| (path.clone(), None)));
    place.write(JOURNAL, there.text().as_bytes())?;
    for path in &gone {
        place.remove(path)?;
        sent.removed += 1;
    }
    Ok(())
}

/// What pages need comes first, the start of the site last.
fn rank(path: &str) -> u8 {
    let is_page = path.ends_with(".html");
    match path {
        ABOUT => 0,
        "index.html" => 4,
        _ if is_page => 3,
        _ if path.starts_with("assets/") || path.starts_with("search/") => 1,
        _ => 2,
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

/// Whose site this is: its title and its address, which may be empty.
fn owner(package: &[u8]) -> Option<(String, String)> {
    let package: serde_json::Value = serde_json::from_slice(package).ok()?;
    let source = package.get("sources")?.get(0)?;
    let of = |name: &str| Some(source.get(name)?.as_str()?.to_owned());
    Some((of("title")?, of("path").unwrap_or_default()))
}

/// Whether the place has this site, or none.
fn check_owner(order: &Order, place: &mut dyn Place) -> Result<(), Bilingual> {
    if order.replace || !order.site.files.contains_key(ABOUT) {
        return Ok(());
    }
    let there = place.read(ABOUT)?.and_then(|bytes| owner(&bytes));
    let (Some((old, from)), Some((new, to))) = (there, owner(&(order.file)(ABOUT)?)) else {
        return Ok(());
    };
    let is_same = if from.is_empty() || to.is_empty() {
        old == new
    } else {
        from == to
    };
    if is_same {
        return Ok(());
    }
    Err(Bilingual::new(
        format!(
            "那里已经有另一个网站“{old}”（{from}），这一个是“{new}”（{to}）；请换一个地方，确实要换掉它就加 --replace"
        ),
        format!(
            "another site is there already, \"{old}\" ({from}), and this one is \"{new}\" ({to}); choose another place, or add --replace to replace it"
        ),
    ))
}

/// Looks at every file at the place.
fn check_files(
    order: &Order,
    place: &mut dyn Place,
    there: &mut There,
    sent: &mut Sent,
) -> Result<(), Bilingual> {
    let listed = place.list()?;
    for path in listed.keys() {
        let name = path.rsplit('/').next().unwrap_or(path);
        if there.files.contains_key(path) || [SUMS, SIGNATURE].contains(&path.as_str()) {
            continue;
        }
        if name.starts_with(OURS) {
            // What a run that was cut off was writing.
            if path.contains('/') || name.starts_with(NEW) {
                place.remove(path)?;
            }
        } else if order.site.files.contains_key(path) {
            there.files.insert(path.clone(), None);
        } else {
            sent.strange.push(path.clone());
        }
    }
    let known: Vec<(String, [u8; 32])> = there
        .files
        .iter()
        .filter_map(|(path, hash)| Some((path.clone(), (*hash)?)))
        .collect();
    for (path, hash) in known {
        let bytes = if listed.contains_key(&path) {
            place.read(&path)?
        } else {
            None
        };
        match bytes {
            Some(bytes) if Entry::of(&bytes).sha256 == hash => continue,
            Some(_) => there.files.insert(path.clone(), None),
            None => there.files.remove(&path),
        };
        sent.damaged.push(path);
    }
    Ok(())
}

impl There {
    const FIRST: &str = "# mingbai sending 1";
    const UNKNOWN: &str = "?";

    /// Whether a file is there as the manifest has it.
    fn has(&self, path: &str, entry: &Entry) -> bool {
        self.files.get(path) == Some(&Some(entry.sha256))
    }

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
