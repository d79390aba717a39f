//! Watching a site folder: when to look again, and at what.
//!
//! Comes in: the system's news of the folder. Goes out: calls of [`Preview::look`], each after a moment of quiet, with the
//! paths that were touched. Where the system has no news (network drives, limits), and while the folder cannot be
//! read, it looks once a second.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, ModifyKind, RenameMode};
use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::Preview;
use crate::sources::{FOLDERS, Touched, canonical, present_folders};

/// Editors write in several steps: this long nothing must happen.
const QUIET: Duration = Duration::from_millis(30);
/// The same, after a file was closed or got its name: that is the last step.
const QUIET_CLOSED: Duration = Duration::from_millis(4);
/// A program that writes without end is not waited for longer.
const PATIENCE: Duration = Duration::from_millis(300);
/// How often to look where the system does not notify.
const POLL: Duration = Duration::from_secs(1);

/// Watches the folder of `preview` until the preview is closed.
pub fn watch(preview: &Arc<Preview>) {
    let mut touched = Touched::default();
    loop {
        let news = News::of(preview.site());
        // What changed before the watch began is seen now.
        preview.look(&touched);
        loop {
            if preview.is_closed() {
                return;
            }
            let reported = news.as_ref().filter(|_| !preview.is_in_trouble());
            match reported.map_or_else(|| pause(preview), |news| news.wait(preview)) {
                Some(reported) => {
                    let site = preview.site();
                    let again = reported.paths.iter().any(|path| is_root(site, path));
                    touched = reported.touched();
                    // A folder of the site came or went: it is to be watched, too.
                    if again || preview.is_in_trouble() {
                        touched = touched.or_anything();
                        break;
                    }
                    preview.look(&touched);
                }
                None => break,
            }
        }
    }
}

/// Without news: a second, then everything is looked at.
fn pause(preview: &Preview) -> Option<Reported> {
    preview.sleep(POLL);
    Some(Reported::default())
}

fn is_root(site: &Path, path: &Path) -> bool {
    path == site || FOLDERS.iter().any(|folder| path == site.join(folder))
}

/// What the system reported.
#[derive(Default)]
struct Reported {
    paths: HashSet<PathBuf>,
    /// Whether news may have been lost.
    is_incomplete: bool,
}

impl Reported {
    fn touched(self) -> Touched {
        if self.is_incomplete || self.paths.is_empty() {
            Touched::Anything(self.paths)
        } else {
            Touched::Only(self.paths)
        }
    }
}

/// The system's news of a folder.
struct News {
    /// The site folder as it was given, and as the system may name it.
    site: PathBuf,
    named: Vec<PathBuf>,
    events: Receiver<notify::Result<Event>>,
    /// Ends the news when dropped.
    _watcher: RecommendedWatcher,
}

impl News {
    /// Nothing where the system cannot notify.
    fn of(site: &Path) -> Option<Self> {
        let (sender, events) = channel();
        let mut watcher =
            RecommendedWatcher::new(sender, Config::default().with_follow_symlinks(false)).ok()?;
        watcher.watch(site, RecursiveMode::NonRecursive).ok()?;
        for folder in present_folders(site) {
            watcher.watch(&folder, RecursiveMode::Recursive).ok()?;
        }
        let absolute = std::path::absolute(site).ok();
        Some(Self {
            site: site.to_owned(),
            named: absolute.into_iter().chain(canonical(site)).collect(),
            events,
            _watcher: watcher,
        })
    }

    /// A path as the reader of the site names it.
    fn path(&self, path: PathBuf) -> PathBuf {
        let rest = self
            .named
            .iter()
            .find_map(|site| path.strip_prefix(site).ok());
        rest.map_or(path.clone(), |rest| self.site.join(rest))
    }

    /// Waits for changes and then for quiet. Nothing if the news has ended.
    fn wait(&self, preview: &Preview) -> Option<Reported> {
        let mut reported = Reported::default();
        let mut first: Option<Instant> = None;
        let mut quiet = QUIET;
        loop {
            let wait = if first.is_some() { quiet } else { POLL };
            match self.events.recv_timeout(wait) {
                Ok(Ok(event)) if is_change(event.kind) => {
                    first.get_or_insert_with(Instant::now);
                    quiet = if is_last(event.kind) {
                        QUIET_CLOSED
                    } else {
                        QUIET
                    };
                    reported.is_incomplete |= event.need_rescan();
                    let paths = event.paths.into_iter();
                    reported.paths.extend(paths.map(|path| self.path(path)));
                }
                Ok(Ok(_)) => {}
                // News was lost, perhaps for good: the watch begins again.
                Ok(Err(_)) => return None,
                Err(RecvTimeoutError::Timeout) if first.is_some() || preview.is_closed() => {
                    return Some(reported);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return None,
            }
            if first.is_some_and(|first| first.elapsed() > PATIENCE) {
                return Some(reported);
            }
        }
    }
}

/// Whether a file is whole after this change.
fn is_last(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::Access(AccessKind::Close(AccessMode::Write))
            | EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Both))
    )
}

/// Reading is not a change.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        _ => true,
    }
}
