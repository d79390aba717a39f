//! The preview: a server on the loopback address that rebuilds when a source changes.
//!
//! Comes in: a site folder, a day, a port. Goes out: web pages for the browsers of this machine and, for the terminal, a
//! [`Report`] of each run. Steps, one file each: something changed (`watch`) -> sources, pages, problems
//! (`preview`, `problems`) -> requests and answers (`http`, `server`), with the script and the style
//! that keep a page up to date (`live`). Nothing here writes to disk, and no state is shared beyond the [`Preview`].
//!
//! What makes it quick: all sources are judged each time, but files that did not change are not loaded again; pages that a
//! browser shows are made next, one by one; everything else is made after them. So nothing has to be
//! known about which page depends on what, and what is shown is what a build would write.

mod desk;
mod http;
mod live;
mod preview;
mod problems;
mod server;
mod site;
mod watch;

pub use desk::Desk;
pub use preview::{Preview, Report, Run, Served, Settings};
pub use problems::{Problem, Problems};
pub use server::{Server, Taken};
pub use watch::watch;

/// A short name of content, the same in every run of the program.
fn version(bytes: &[u8]) -> String {
    use std::hash::{DefaultHasher, Hasher};
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    format!("{:016x}", hasher.finish())
}
