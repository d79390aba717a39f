//! Reads the site folder.
//!
//! Comes in: the path of a folder. Goes out: [`Sources`], and on request a [`Snapshot`] that tells whether the folder is
//! still as it was read. A missing theme or missing regions are taken from the program. Hidden files and folders are
//! ignored. A file that is not plain, has a bad name, is of a kind that is not published or is not UTF-8 is a diagnostic for
//! its author; a folder that cannot be listed is an error of the operator and ends the run.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::io::Read as _;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use std::{fmt, fs, io, path::Path, path::PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use walkdir::WalkDir;

use super::bounds::{self, Sums};
use super::plain::{self, NotPlain, Stamp};
use super::uses::{Use, use_of};
use super::{BinaryFile, SourceFile, Sources, built_in, kinds, names};
use crate::diag::{Diagnostic, Sink, SourceId, Span, codes};
use crate::text::Bilingual;
use mingbai_forms::limits::Limits;
use mingbai_forms::signs;

/// The folders of a site.
pub const FOLDERS: [&str; 3] = ["content", "data", "themes"];
/// The maximum size of a file: offsets are 32 bits wide.
const MAX_FILE_SIZE: u64 = u32::MAX as u64;

/// The maximum size of a text named on the command line.
const MAX_TEXT_SIZE: u64 = 8 * 1024 * 1024;

/// The maximum size of an office document.
const MAX_DOCUMENT_SIZE: u64 = 64 * 1024 * 1024;

/// Why a folder of the site is not entered.
const LINKED: &str = "this folder is a link and was not read; move the folder itself here";

/// A read error, with the path where it happened.
#[derive(Debug)]
pub struct ReadError {
    pub path: PathBuf,
    pub error: io::Error,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.error)
    }
}

impl std::error::Error for ReadError {}

impl ReadError {
    /// The message for the operator.
    pub fn words(&self) -> Bilingual {
        let words = if self.error.kind() == io::ErrorKind::NotFound && self.path.is_dir() {
            Bilingual::new(
                "不是网站文件夹：里面没有 content、data 或 themes",
                self.error.to_string(),
            )
        } else if self.error.to_string() == LINKED {
            Bilingual::new("这个文件夹是一个链接，没有读；把文件夹本身移到这里", LINKED)
        } else {
            Bilingual::of_io(&self.error)
        };
        words.at(self.path.display())
    }
}

/// Whether there is a folder at this path.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// The path of a folder without links; nothing if it is not there.
pub fn canonical(path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok()
}

/// The folders of a site ([`FOLDERS`]) that exist.
pub fn present_folders(site: &Path) -> Vec<PathBuf> {
    let folders = FOLDERS.iter().map(|folder| site.join(folder));
    folders.filter(|folder| folder.is_dir()).collect()
}

/// Reads one text file named on the command line.
///
/// # Errors
/// If the file cannot be read, is not UTF-8, or has more than 8 MiB; the error contains the path.
pub fn read_file(path: &Path) -> Result<String, ReadError> {
    let trouble = |error| ReadError {
        path: path.to_owned(),
        error,
    };
    let file = fs::File::open(path).map_err(trouble)?;
    read_text(file).map_err(trouble)
}

/// Reads a text to its end, from a file or another program.
///
/// # Errors
/// If it cannot be read, is not UTF-8, or has more than 8 MiB.
pub fn read_text(from: impl io::Read) -> io::Result<String> {
    let mut bytes = Vec::new();
    from.take(MAX_TEXT_SIZE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_TEXT_SIZE {
        let words = "the text is larger than 8 MiB";
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, words));
    }
    let invalid = |error| io::Error::new(io::ErrorKind::InvalidData, error);
    String::from_utf8(bytes).map(normalise).map_err(invalid)
}

/// Reads one file named on the command line, whatever its format.
///
/// # Errors
/// If the file cannot be read or is too large for an office document; the error contains the path.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, ReadError> {
    let trouble = |error| ReadError {
        path: path.to_owned(),
        error,
    };
    let size = fs::metadata(path).map_err(trouble)?.len();
    if size > MAX_DOCUMENT_SIZE {
        let words = "the file is larger than 64 MiB";
        return Err(trouble(io::Error::new(io::ErrorKind::FileTooLarge, words)));
    }
    fs::read(path).map_err(trouble)
}

/// A document in an old office format (`.doc`, `.wps`) as the bytes of a `.docx`, made by LibreOffice. Nothing if LibreOffice is not
/// installed, cannot read the document, or takes longer than two minutes.
pub fn as_docx(path: &Path) -> Option<Vec<u8>> {
    let path = fs::canonicalize(path).ok()?;
    let folder = std::env::temp_dir().join(format!("mingbai-office-{}", std::process::id()));
    fs::create_dir(&folder).ok()?;
    let converted = convert(&path, &folder);
    // Best effort: the folder is in the place for temporary files.
    fs::remove_dir_all(&folder).unwrap_or_default();
    converted
}

fn convert(path: &Path, folder: &Path) -> Option<Vec<u8>> {
    const LONGEST: Duration = Duration::from_secs(120);
    const STEP: Duration = Duration::from_millis(50);
    // A profile of its own: the one of a person may be open in a window.
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let start = |program: &str| {
        Command::new(program)
            .args([
                "--headless",
                "--norestore",
                &profile,
                "--convert-to",
                "docx",
                "--outdir",
            ])
            .arg(folder)
            .arg(path)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
    };
    let mut office = start("soffice").or_else(|_| start("libreoffice")).ok()?;
    let began = Instant::now();
    while office.try_wait().ok()?.is_none() {
        if began.elapsed() > LONGEST {
            office.kill().ok()?;
            office.wait().ok()?;
            return None;
        }
        std::thread::sleep(STEP);
    }
    let made = folder.join(path.file_stem()?).with_extension("docx");
    read_bytes(&made).ok()
}

/// Reads a site folder.
///
/// # Errors
/// If a folder or file cannot be read, or the folder is not a site (it has none of `content/`, `data/`, `themes/`).
///
/// # Diagnostics
/// MB0106 for a text file that is not UTF-8, MB0114 for one with a control character, MB0115 for one that is over a limit; MB0111, MB0112 and MB0113 for a file that is not plain, has a bad name or is
/// of a kind that is not published.
pub fn read(site: &Path, sink: &mut Sink) -> Result<Sources, ReadError> {
    Ok(read_noting(site, sink)?.0)
}

/// Reads a site folder, and notes what it was like.
///
/// # Errors
/// As for [`read`].
///
/// # Diagnostics
/// As for [`read`].
pub fn read_noting(site: &Path, sink: &mut Sink) -> Result<(Sources, Snapshot), ReadError> {
    let mut listed = list(site)?;
    refuse_over(&mut listed)?;
    let read = read_files(listed.into_iter().map(|file| (file, None)).collect())?;
    let stamps = read.iter().map(|file| (file.path.clone(), file.stamp()));
    let snapshot = Snapshot(stamps.collect());
    let found = read
        .into_iter()
        .map(|file| Found::of(file.relative, file.content));
    let (sources, _) = classify(found.collect(), &HashMap::new(), sink);
    Ok((sources, snapshot))
}

/// What a site folder was like when it was read.
#[derive(Debug, Serialize, Deserialize)]
pub struct Snapshot(Vec<(PathBuf, Option<Stamp>)>);

impl Snapshot {
    /// Whether the stamp of each file tells it from every later state: two changes within one tick of the disk's clock leave the same
    /// stamp, so each must be older than the time at which reading began, in seconds and nanoseconds since 1970.
    pub fn is_older_than(&self, time: (i64, i64)) -> bool {
        let stamps = self.0.iter().map(|(_, stamp)| stamp.as_ref());
        stamps
            .into_iter()
            .all(|stamp| stamp.is_some_and(|stamp| stamp.is_before(time)))
    }

    /// Whether the folder still has the same files, and none was saved since.
    pub fn is_current(&self, site: &Path) -> bool {
        let mut now = list(site).unwrap_or_default();
        // What is over a limit was not read the first time either.
        if refuse_over(&mut now).is_err() {
            return false;
        }
        now.len() == self.0.len()
            && now.iter().zip(&self.0).all(|(now, (path, stamp))| {
                // A file that is not plain has no stamp, and was reported.
                now.path == *path && now.entry.as_ref().ok() == stamp.as_ref()
            })
    }
}

/// The files of a folder as last read, so that the next run reads only changed files from disk.
#[derive(Debug, Default)]
pub struct SourceCache {
    files: HashMap<PathBuf, (Stamp, Sound)>,
    built_in: HashMap<&'static str, Sound>,
    last: Option<Last>,
}

/// What was read last.
#[derive(Debug)]
struct Last {
    sources: Sources,
    sums: Sums,
}

/// A file with which nothing was wrong, as it is shared by the runs.
#[derive(Debug, Clone)]
enum Sound {
    Text(Arc<SourceFile>),
    Copy(Arc<BinaryFile>),
}

/// A sound file with its path, and whether it is built in.
type SoundFile = (String, (Sound, bool));

/// What may have changed in a folder since it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Touched {
    /// Anything; the paths are those of files that were certainly written.
    Anything(HashSet<PathBuf>),
    /// These files, and nothing else.
    Only(HashSet<PathBuf>),
}

impl Default for Touched {
    fn default() -> Self {
        Self::Anything(HashSet::new())
    }
}

impl Touched {
    /// The same files, and perhaps others.
    #[must_use]
    pub fn or_anything(self) -> Self {
        match self {
            Self::Only(written) | Self::Anything(written) => Self::Anything(written),
        }
    }
}

/// Reads a site folder again. The result is the same as that of [`read`], but files that have not changed are those of
/// `cache`. Files that were touched are read in any case, because two changes within one tick of the disk's clock leave the
/// same stamp. If it is known that nothing else changed, only they are looked at.
///
/// # Errors
/// As for [`read`].
///
/// # Diagnostics
/// As for [`read`].
pub fn read_again(
    site: &Path,
    cache: &mut SourceCache,
    touched: &Touched,
    sink: &mut Sink,
) -> Result<Sources, ReadError> {
    let written = match touched {
        Touched::Only(written) => {
            if let Some(sources) = read_only(site, cache, written) {
                return Ok(sources);
            }
            written
        }
        Touched::Anything(written) => written,
    };
    // After an error, everything is read again.
    let SourceCache {
        files,
        built_in,
        last,
    } = std::mem::take(cache);
    let mut listed = list(site)?;
    let (limits, sums) = refuse_over(&mut listed)?;
    let is_known = last.is_some_and(|last| last.sources.limits == limits);
    let mut known = if is_known { files } else { HashMap::new() };
    let listed = listed.into_iter().map(|file| {
        let known = known.remove(&file.path);
        let known =
            known.filter(|(stamp, _)| file.entry == Ok(*stamp) && !written.contains(&file.path));
        (file, known)
    });
    let read = read_files(listed.collect())?;
    let mut places = Vec::with_capacity(read.len());
    let mut found: Vec<Found> = Vec::with_capacity(read.len());
    for file in read {
        let stamp = file.stamp();
        places.push((file.relative.clone(), file.path, stamp));
        found.push(Found::of(file.relative, file.content));
    }
    let (sources, sound) = classify(found, &built_in, sink);
    let mut sound: HashMap<String, (Sound, bool)> = sound.into_iter().collect();
    let files = places.into_iter().filter_map(|(relative, path, stamp)| {
        let (sound, _) = sound.remove(&relative)?;
        Some((path, (stamp?, sound)))
    });
    cache.files = files.collect();
    let ours = built_in::files().filter_map(|file| {
        let (sound, _) = sound
            .remove(file.path)
            .filter(|(_, is_built_in)| *is_built_in)?;
        Some((file.path, sound))
    });
    cache.built_in = ours.collect();
    cache.last = Some(Last {
        sources: sources.clone(),
        sums,
    });
    Ok(sources)
}

/// Reads these files again, if nothing has to be decided about the others: each is a text that was sound and still is.
fn read_only(site: &Path, cache: &mut SourceCache, written: &HashSet<PathBuf>) -> Option<Sources> {
    let last = cache.last.as_ref()?;
    // What is wrong with a file is said by the run that reads it.
    if !last.sources.unreadable.is_empty() {
        return None;
    }
    let limits = &last.sources.limits;
    let (mut sources, mut sums) = (last.sources.clone(), last.sums.clone());
    let mut files = Vec::new();
    for path in written {
        let (before, known) = cache.files.get(path)?;
        let Sound::Text(old) = known else { return None };
        if old.path == bounds::SITE || use_of(&old.path) != Use::Text {
            return None;
        }
        let listed = one(site, path.clone()).ok()??;
        sums.remove(&old.path, before.size);
        let size = listed.entry.ok()?.size;
        if sums.add(&old.path, size, limits).is_some() {
            return None;
        }
        let (stamp, bytes) = plain::read(path).ok()?.ok()?;
        let (id, _) = sources.find(&old.path)?;
        let mut sink = Sink::default();
        let text = text(id, &old.path, bytes, limits, &mut sink).ok()?;
        let file = Arc::new(SourceFile {
            path: old.path.clone(),
            text,
        });
        if !sink.is_empty() || stamp.size != size || !sources.is_readable(id) {
            return None;
        }
        sources.files[id.0 as usize] = file.clone();
        files.push((path.clone(), (stamp, Sound::Text(file))));
    }
    cache.files.extend(files);
    cache.last = Some(Last {
        sources: sources.clone(),
        sums,
    });
    Some(sources)
}

/// What was found at a path.
struct Listed {
    /// With `/`, from the site folder.
    relative: String,
    path: PathBuf,
    entry: Result<Stamp, NotPlain>,
}

/// The content of a plain file.
enum Content {
    /// Its bytes.
    Read(Vec<u8>),
    /// What it became in the last run.
    Known(Sound),
}

/// What was read at a path.
struct Read {
    relative: String,
    path: PathBuf,
    content: Result<(Stamp, Content), NotPlain>,
}

impl Read {
    fn stamp(&self) -> Option<Stamp> {
        self.content.as_ref().ok().map(|(stamp, _)| *stamp)
    }
}

/// Every file in path order, from disk or from the last run.
fn read_files(listed: Vec<(Listed, Option<(Stamp, Sound)>)>) -> Result<Vec<Read>, ReadError> {
    listed
        .into_par_iter()
        .map(|(file, known)| {
            let content = match (file.entry, known) {
                (Err(other), _) => Ok(Err(other)),
                (Ok(_), Some((stamp, sound))) => Ok(Ok((stamp, Content::Known(sound)))),
                (Ok(_), None) => match plain::read(&file.path) {
                    Ok(Ok((stamp, bytes))) => Ok(Ok((stamp, Content::Read(bytes)))),
                    Ok(Err(other)) => Ok(Err(other)),
                    Err(error) => Err(error),
                },
            };
            match content {
                Ok(content) => Ok(Read {
                    relative: file.relative,
                    path: file.path,
                    content,
                }),
                Err(error) => Err(ReadError {
                    path: file.path,
                    error,
                }),
            }
        })
        .collect()
}

/// Refuses the files with which a limit is over, before they are read. The limits, and what was counted.
fn refuse_over(listed: &mut [Listed]) -> Result<(Limits, Sums), ReadError> {
    let mut limits = Limits::default();
    let sets = listed.iter().find(|file| file.relative == bounds::SITE);
    if let Some(file) = sets.filter(|file| is_small(file, &limits)) {
        let content = plain::read(&file.path).map_err(|error| ReadError {
            path: file.path.clone(),
            error,
        })?;
        if let Ok((_, bytes)) = content {
            limits = bounds::limits(&normalise(String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    let mut sums = Sums::default();
    for file in listed {
        if let Ok(stamp) = &file.entry
            && let Some(over) = sums.add(&file.relative, stamp.size, &limits)
        {
            file.entry = Err(NotPlain::Over(limits, over));
        }
    }
    Ok((limits, sums))
}

/// Whether a file may be read by the limits that hold if a site sets none.
fn is_small(file: &Listed, limits: &Limits) -> bool {
    let size = file.entry.as_ref().map(|stamp| stamp.size);
    size.is_ok_and(|size| {
        let sums = &mut Sums::default();
        sums.add(&file.relative, size, limits).is_none()
    })
}

/// A file that was found, or is built in.
struct Found {
    path: String,
    content: Result<Content, NotPlain>,
    is_built_in: bool,
}

impl Found {
    fn of(path: String, content: Result<(Stamp, Content), NotPlain>) -> Self {
        Self {
            path,
            content: content.map(|(_, content)| content),
            is_built_in: false,
        }
    }
}

/// What became of a file.
#[derive(Default)]
struct Became {
    text: Option<Arc<SourceFile>>,
    copy: Option<Arc<BinaryFile>>,
    is_unreadable: bool,
    is_built_in: bool,
    said: Sink,
}

/// Sorts the files into text and files to copy, checks what they are and how they are named, and adds built-in files; those of `ours` are
/// known. Goes out also: the files with which nothing is wrong, by their paths, and whether they are built in.
fn classify(
    read: Vec<Found>,
    ours: &HashMap<&'static str, Sound>,
    sink: &mut Sink,
) -> (Sources, Vec<SoundFile>) {
    let all = with_built_in(read, ours);
    let mut sources = Sources {
        limits: limits_of(&all),
        ..Sources::default()
    };
    let mut next = 0;
    let numbered: Vec<(Found, SourceId, Option<Diagnostic>)> = all
        .into_iter()
        .map(|found| {
            let id =
                SourceId(u32::try_from(next).expect("a site folder has fewer than 2^32 files"));
            let refused = refused(&found, id);
            next += usize::from(refused.is_some() || use_of(&found.path) != Use::Copy);
            (found, id, refused)
        })
        .collect();
    let limits = sources.limits;
    let became: Vec<Became> = numbered
        .into_par_iter()
        .map(|(found, id, refused)| became(found, id, refused, &limits))
        .collect();
    let mut sound = Vec::with_capacity(became.len());
    for one in became {
        let id = SourceId(u32::try_from(sources.files.len()).unwrap_or(u32::MAX));
        if one.said.is_empty() && !one.is_unreadable {
            let file = one
                .copy
                .clone()
                .map(|copy| (copy.path.clone(), Sound::Copy(copy)));
            let text = || {
                Some((
                    one.text.as_ref()?.path.clone(),
                    Sound::Text(one.text.clone()?),
                ))
            };
            let file = file.or_else(text);
            sound.extend(file.map(|(path, file)| (path, (file, one.is_built_in))));
        }
        sink.extend(one.said);
        if one.is_unreadable {
            sources.unreadable.insert(id);
        }
        sources.binaries.extend(one.copy);
        if let Some(text) = one.text {
            if one.is_built_in {
                sources.built_in.insert(id);
            }
            sources.files.push(text);
        }
    }
    (sources, sound)
}

/// The files with those that are built in, in path order.
fn with_built_in(read: Vec<Found>, known: &HashMap<&'static str, Sound>) -> Vec<Found> {
    let present: BTreeSet<&str> = read.iter().map(|found| found.path.as_str()).collect();
    let ours = built_in::missing(&present);
    let ours = ours.into_iter().map(|file| {
        let known = known.get(file.path).cloned();
        Found {
            path: file.path.to_owned(),
            content: Ok(known.map_or_else(|| Content::Read(file.bytes.to_vec()), Content::Known)),
            is_built_in: true,
        }
    });
    let mut all: Vec<Found> = ours.collect();
    all.extend(read);
    all.sort_by(|a, b| a.path.cmp(&b.path));
    all
}

/// The limits that the site sets.
fn limits_of(all: &[Found]) -> Limits {
    let sets = all.iter().find(|found| found.path == bounds::SITE);
    match sets.map(|found| &found.content) {
        Some(Ok(Content::Read(bytes))) => {
            bounds::limits(&normalise(String::from_utf8_lossy(bytes).into_owned()))
        }
        Some(Ok(Content::Known(Sound::Text(file)))) => bounds::limits(&file.text),
        _ => Limits::default(),
    }
}

/// Why a file is not read: what it is, what it is called, or its kind.
fn refused(found: &Found, id: SourceId) -> Option<Diagnostic> {
    let path = found.path.as_str();
    match &found.content {
        Err(other) => Some(other.report(id)),
        // Nothing was wrong with it.
        Ok(Content::Known(_)) => None,
        Ok(Content::Read(_)) => names::check(id, path).or_else(|| match use_of(path) {
            Use::Publish => kinds::check(id, path),
            _ if path.starts_with("themes/") => kinds::check(id, path),
            _ => None,
        }),
    }
}

/// What becomes of a file.
fn became(found: Found, id: SourceId, refused: Option<Diagnostic>, limits: &Limits) -> Became {
    let Found {
        path,
        content,
        is_built_in,
    } = found;
    let mut became = Became {
        is_built_in,
        ..Became::default()
    };
    let is_copy = use_of(&path) == Use::Copy;
    let empty = |path: String| {
        let text = String::new();
        Some(Arc::new(SourceFile { path, text }))
    };
    let bytes = match content {
        Ok(Content::Known(Sound::Text(file))) => {
            became.text = Some(file);
            return became;
        }
        Ok(Content::Known(Sound::Copy(file))) => {
            became.copy = Some(file);
            became.text = empty(path).filter(|_| !is_copy);
            return became;
        }
        Ok(Content::Read(bytes)) => bytes,
        Err(_) => Vec::new(),
    };
    if refused.is_some() {
        became.said.push(refused);
        became.is_unreadable = true;
        became.text = empty(path);
        return became;
    }
    match use_of(&path) {
        Use::Text => {
            let text = text(id, &path, bytes, limits, &mut became.said);
            became.is_unreadable = text.is_err();
            let text = text.unwrap_or_else(|shown| shown);
            became.text = Some(Arc::new(SourceFile { path, text }));
        }
        Use::Nothing => became.text = empty(path),
        Use::Copy | Use::Publish => {
            became.text = empty(path.clone()).filter(|_| !is_copy);
            became.copy = Some(Arc::new(BinaryFile {
                path,
                bytes,
                built_in: is_built_in,
            }));
        }
    }
    became
}

/// The text of a file that is within the limits, or what can be shown of it.
///
/// # Diagnostics
/// MB0106, MB0114, MB0115.
fn text(
    id: SourceId,
    path: &str,
    bytes: Vec<u8>,
    limits: &Limits,
    sink: &mut Sink,
) -> Result<String, String> {
    let text = decode(id, bytes, sink)?;
    let over = bounds::check(id, path, &text, limits);
    match over.filter(|_| !path.starts_with("themes/")) {
        None => Ok(text),
        Some(over) => {
            sink.push(over);
            Err(text)
        }
    }
}

/// The text of a file, or what can be shown of a file that is not UTF-8 or contains control characters.
///
/// # Diagnostics
/// MB0106, MB0114.
fn decode(id: SourceId, bytes: Vec<u8>, sink: &mut Sink) -> Result<String, String> {
    let error = match String::from_utf8(bytes) {
        Ok(text) => {
            let text = normalise(text);
            let Some((at, c)) = text.char_indices().find(|(_, c)| signs::is_forbidden(*c)) else {
                return Ok(text);
            };
            let end = at + c.len_utf8();
            sink.push(signs::check(&text[at..end], Span::new(id, at..end)));
            return Err(text);
        }
        Err(error) => error,
    };
    let (sound, rest) = error.as_bytes().split_at(error.utf8_error().valid_up_to());
    let sound = normalise(String::from_utf8_lossy(sound).into_owned());
    let rest = normalise(String::from_utf8_lossy(rest).into_owned());
    // The first character that could not be decoded.
    let end = sound.len() + rest.chars().next().map_or(0, char::len_utf8);
    sink.push(
        Diagnostic::new(
            &codes::UNREADABLE,
            Span::new(id, sound.len()..end),
            "文件不是 UTF-8 编码，从这里开始读不出来",
            "the file is not UTF-8 text; it cannot be read from here on",
        )
        .hint(
            "多半存成了 GBK：在编辑器中另存为 UTF-8 编码",
            "it was probably saved as GBK; save it as UTF-8 in your editor",
        ),
    );
    Err(sound + &rest)
}

/// Removes the byte-order mark and CR LF line ends of Windows editors: both are layout.
fn normalise(text: String) -> String {
    let text = match text.strip_prefix('\u{FEFF}') {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    }
}

/// Whether a file was left behind by a system or an editor.
fn is_litter(name: &str) -> bool {
    name.starts_with(['.', '~'])
        || name.ends_with(['~'])
        || (name.starts_with('#') && name.ends_with('#'))
        || [".tmp", ".bak", ".swp"]
            .iter()
            .any(|ending| name.ends_with(ending))
        // Vim tries whether it may write with a file of this name.
        || ["Thumbs.db", "desktop.ini", "4913"].contains(&name)
}

/// All files of the site in path order. Links are listed and not followed.
fn list(site: &Path) -> Result<Vec<Listed>, ReadError> {
    let mut listed = Vec::new();
    let mut found = false;
    for folder in FOLDERS {
        let root = site.join(folder);
        let walk = match plain::look(&root) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Ok(Some(Err(_))) => {
                return Err(ReadError {
                    path: root,
                    error: io::Error::other(LINKED),
                });
            }
            Ok(Some(Ok(_))) => continue,
            Ok(None) => WalkDir::new(&root),
            Err(error) => return Err(ReadError { path: root, error }),
        };
        found = true;
        let walk = walk.follow_root_links(false).into_iter();
        for entry in
            walk.filter_entry(|e| e.depth() == 0 || !is_litter(&e.file_name().to_string_lossy()))
        {
            let entry = entry.map_err(|error| ReadError {
                path: error.path().unwrap_or(&root).to_owned(),
                error: error
                    .into_io_error()
                    .unwrap_or_else(|| io::Error::other("a folder contains itself")),
            })?;
            let path = entry.into_path();
            listed.extend(one(site, path)?);
        }
    }
    if !found {
        return Err(ReadError {
            path: site.to_owned(),
            error: io::Error::new(
                io::ErrorKind::NotFound,
                "not a site folder: it has no content/, data/ or themes/",
            ),
        });
    }
    listed.sort_by(|a, b| (&a.relative, &a.path).cmp(&(&b.relative, &b.path)));
    Ok(listed)
}

/// What is at a path below the site folder; nothing for a folder.
fn one(site: &Path, path: PathBuf) -> Result<Option<Listed>, ReadError> {
    let entry = match plain::look(&path) {
        Ok(Some(entry)) => entry,
        Ok(None) => return Ok(None),
        Err(error) => return Err(ReadError { path, error }),
    };
    if entry.as_ref().is_ok_and(|stamp| stamp.size > MAX_FILE_SIZE) {
        return Err(ReadError {
            path,
            error: io::Error::other("file is larger than 4 GiB"),
        });
    }
    let relative = path.strip_prefix(site).unwrap_or(&path);
    let relative: Vec<_> = relative
        .components()
        .map(|c| c.as_os_str().to_string_lossy().into_owned())
        .collect();
    Ok(Some(Listed {
        relative: relative.join("/"),
        path,
        entry,
    }))
}
