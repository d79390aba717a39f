//! Files built into the program: the theme `mingbai` and the regions.
//!
//! Comes in: the paths of a site folder. Goes out: the built-in files that complete it.
//!
//! The theme is completed file by file. A site that wants a different notice page has only `templates/notice.html`,
//! and gets every other file from the program. The regions are completed as a whole, because the lists of the
//! provinces and `editions.yaml` refer to the same editions, and lists of different years must not be mixed. Only
//! `extras.yaml` (development zones, groupings) is independent: a site may add its own to the built-in lists.

use std::collections::BTreeSet;
use std::io::Read;
use std::sync::LazyLock;

use flate2::read::ZlibDecoder;

include!(concat!(env!("OUT_DIR"), "/built_in.rs"));

/// The files of [`LENGTHS`], one after the other, packed: a third of their size, unpacked in three milliseconds.
static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/built_in.z"));

static FILES: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut files = Vec::new();
    ZlibDecoder::new(PACKED)
        .read_to_end(&mut files)
        .expect("the build script packed them");
    files
});

/// The folder of the built-in theme in a site.
pub const THEME: &str = "themes/mingbai/";
const REGIONS: &str = "data/regions/";
const EXTRAS: &str = "data/regions/extras.yaml";

/// A built-in file.
#[derive(Debug, Clone, Copy)]
pub struct BuiltIn {
    /// Its path in a site folder.
    pub path: &'static str,
    pub bytes: &'static [u8],
}

/// All built-in files, in path order.
pub fn files() -> impl Iterator<Item = BuiltIn> {
    let mut rest = FILES.as_slice();
    LENGTHS.iter().map(move |&(path, length)| {
        let (bytes, after) = rest.split_at(length);
        rest = after;
        BuiltIn { path, bytes }
    })
}

/// The built-in files that complete a site with these paths.
pub fn missing(paths: &BTreeSet<&str>) -> Vec<BuiltIn> {
    let own_regions = paths
        .iter()
        .any(|path| path.starts_with(REGIONS) && *path != EXTRAS);
    files()
        .filter(|file| !paths.contains(file.path))
        .filter(|file| !(own_regions && file.path.starts_with(REGIONS)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn completed(paths: &[&str]) -> BTreeSet<&'static str> {
        let paths: BTreeSet<&str> = paths.iter().copied().collect();
        missing(&paths).into_iter().map(|file| file.path).collect()
    }

    #[test]
    fn a_site_without_theme_and_regions_gets_both() {
        let files = completed(&["data/site.yaml"]);
        for path in [
            "themes/mingbai/templates/base.html",
            "themes/mingbai/components/cite/cite.html",
            "themes/mingbai/style.css",
            "data/regions/editions.yaml",
            "data/regions/extras.yaml",
            "data/regions/14.yaml",
        ] {
            assert!(files.contains(path), "{path}");
        }
        assert!(!files.contains("data/site.yaml"));
    }

    #[test]
    fn a_file_of_the_site_replaces_the_built_in_one() {
        let files = completed(&["themes/mingbai/templates/notice.html"]);
        assert!(!files.contains("themes/mingbai/templates/notice.html"));
        assert!(files.contains("themes/mingbai/templates/base.html"));
    }

    #[test]
    fn regions_of_site_and_program_are_never_mixed() {
        let files = completed(&["data/regions/editions.yaml", "data/regions/14.yaml"]);
        assert!(files.iter().all(|path| !path.starts_with("data/regions/")));
        let files = completed(&["data/regions/extras.yaml"]);
        assert!(files.contains("data/regions/14.yaml"));
        assert!(!files.contains("data/regions/extras.yaml"));
    }
}
