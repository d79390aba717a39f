//! What a web server must know of a site, as ready configuration.
//!
//! Comes in: a site and its plan of pages. Goes out: the text of an nginx file or a Caddyfile; the files `_headers` and
//! `_redirects` for hosts of static sites; compressed copies. All say the same: the content policy of [`policy`],
//! how long a file may be kept, what moved and what was withdrawn. It serves nothing and writes nothing.

mod caddy;
mod nginx;
mod rules;

use std::io::Write as _;

use flate2::{Compression, GzBuilder};
use mingbai_published::served::{LONG, SHORT};

use crate::assets::Asset;
use crate::model::{Site, WITHDRAWN};
use crate::pages::Job;
use crate::policy;

/// Which configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file for `conf.d` or `sites-enabled` of nginx.
    Nginx,
    /// A Caddyfile.
    Caddy,
    /// The file `_headers`.
    Headers,
    /// The file `_redirects`.
    Redirects,
}

/// Where the site is and where the server listens.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// The folder of the built site, as an absolute path.
    pub root: String,
    /// Address and port, instead of 80 on all addresses.
    pub listen: Option<String>,
}

/// What a server must know of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hosted {
    /// The host of the base address.
    host: String,
    /// The path of the base address: begins and ends with a slash.
    base: String,
    /// Former addresses with new ones, below the base.
    moved: Vec<(String, String)>,
    /// Addresses of what was withdrawn.
    withdrawn: Vec<String>,
    is_compressed: bool,
}

/// Headers that are the same for every file, besides the content policy.
const HEADERS: [(&str, &str); 5] = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    (
        "Permissions-Policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("X-Frame-Options", "DENY"),
];

/// Folders of open data, which pages of other sites may read.
const OPEN: [&str; 2] = ["data", "api"];

impl Hosted {
    /// What a server must know of a site with these pages.
    pub fn new(site: &Site, jobs: &[Job]) -> Self {
        let moved = jobs.iter().filter_map(|job| {
            let to = job.kind.moved_to()?;
            Some((job.path.clone(), to.to_owned()))
        });
        let withdrawn = site
            .redirects
            .iter()
            .filter(|moved| moved.to.value == WITHDRAWN)
            .map(|moved| moved.from.value.trim_start_matches('/').to_owned());
        let host = site.base_url.host();
        // nginx has the port at `listen`, and an address in brackets is not a name.
        let host = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
            _ => host,
        };
        Self {
            host: host.to_owned(),
            base: site.base_url.path().to_owned(),
            moved: moved.collect(),
            withdrawn: withdrawn.collect(),
            is_compressed: site.hosting.compressed,
        }
    }

    /// Whether the base address can be written into configuration as it is.
    pub fn is_plain(&self) -> bool {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~/".contains(c);
        self.base.chars().all(is_plain)
    }

    /// The configuration.
    pub fn config(&self, kind: Kind, place: &Place) -> String {
        match kind {
            Kind::Nginx => nginx::file(self, place),
            Kind::Caddy => caddy::file(self, place),
            Kind::Headers => rules::headers(self),
            Kind::Redirects => rules::redirects(self),
        }
    }

    /// `_headers` and `_redirects`, as files of the site.
    pub fn rules(&self) -> [Asset; 2] {
        let place = Place::default();
        [("_headers", Kind::Headers), ("_redirects", Kind::Redirects)].map(|(path, kind)| Asset {
            path: path.to_owned(),
            bytes: self.config(kind, &place).into_bytes(),
        })
    }

    /// The address of a file, as a path of the host.
    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }
}

/// Endings of files that are worth compressing.
const PACKED: [&str; 10] = [
    ".html", ".css", ".js", ".svg", ".json", ".xml", ".csv", ".ics", ".txt", ".wasm",
];
/// Below this size, nothing is gained.
const SMALLEST: usize = 256;

/// The compressed copy of a file, if that is smaller. The bytes are the same in every build.
pub(crate) fn packed(path: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    if bytes.len() < SMALLEST || !PACKED.iter().any(|ending| path.ends_with(ending)) {
        return None;
    }
    let mut out = GzBuilder::new().write(Vec::new(), Compression::best());
    out.write_all(bytes).ok()?;
    let packed = out.finish().ok()?;
    (packed.len() < bytes.len()).then_some(packed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_the_same_bytes_and_only_of_what_becomes_smaller() {
        let html = "<p>一二三四五</p>".repeat(50).into_bytes();
        assert_eq!(packed("b.png", &html), None);
        assert_eq!(packed("c.html", b"<p>"), None);
        let packed = packed("a.html", &html).expect("smaller");
        let mut back = Vec::new();
        std::io::copy(&mut flate2::read::GzDecoder::new(&packed[..]), &mut back).expect("gzip");
        assert_eq!(back, html);
        // No time and no name in the head, or two builds would differ.
        assert_eq!(packed[3..8], [0, 0, 0, 0, 0]);
    }
}
