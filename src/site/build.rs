//! Build script: creates the table of files that are built into the program, the theme and the regions. Cargo runs it
//! again when one of them is changed, added or removed.
//!
//! Comes in: `themes/mingbai/` and `data/regions/`. Goes out, in the output folder of Cargo: `built_in.z`, all files one after
//! the other, packed, and `built_in.rs`, the array `LENGTHS` of (path in a site, bytes) in path order.
//! `src/site/sources/built_in.rs` includes both.

#![forbid(unsafe_code)]

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use flate2::Compression;
use flate2::write::ZlibEncoder;

/// The folders to build in. The screenshot of the theme is in none of them.
const FOLDERS: [&str; 6] = [
    "data/regions",
    "themes/mingbai/components",
    "themes/mingbai/gallery",
    "themes/mingbai/static",
    "themes/mingbai/styles",
    "themes/mingbai/templates",
];

/// A file next to those folders.
const SHEET: &str = "themes/mingbai/style.css";

#[expect(
    clippy::disallowed_macros,
    reason = "cargo reads on stdout which files the table depends on"
)]
fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../..");
    let mut paths = Vec::new();
    for folder in FOLDERS {
        println!("cargo::rerun-if-changed={}", root.join(folder).display());
        list(&root, &root.join(folder), &mut paths)?;
    }
    println!("cargo::rerun-if-changed={}", root.join(SHEET).display());
    paths.push(SHEET.to_owned());
    paths.sort();
    let mut table = format!("static LENGTHS: [(&str, usize); {}] = [\n", paths.len());
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    for path in &paths {
        let bytes = fs::read(root.join(path))?;
        packer.write_all(&bytes)?;
        writeln!(table, "    ({path:?}, {}),", bytes.len()).map_err(io::Error::other)?;
    }
    table.push_str("];\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("built_in.z"), packer.finish()?)?;
    fs::write(out.join("built_in.rs"), table)
}

/// The files in a folder, as paths from the root with `/`, without hidden files.
fn list(root: &Path, folder: &Path, paths: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with(['.', '~']));
        if path.is_dir() {
            list(root, &path, paths)?;
        } else if !hidden {
            let relative = path.strip_prefix(root).unwrap_or(&path);
            paths.push(relative.to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(())
}
