//! Packs the list of packages and the texts of their licences, and tells the linker to keep functions of the same code once: a
//! fiftieth of the program.
//!
//! The second only where Rust links with its own linker, which knows the option: on Linux on x86-64, since Rust 1.90, unless a distribution
//! leaves that linker out.

#![forbid(unsafe_code)]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

use flate2::Compression;
use flate2::write::ZlibEncoder;

/// What `mingbai licences` prints.
const PACKED: [&str; 3] = ["packages.tsv", "stores.tsv", "licences.txt"];

#[expect(
    clippy::disallowed_macros,
    reason = "cargo reads on stdout what to tell the linker"
)]
fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    for name in PACKED {
        let path = format!("src/cli/third_party/{name}");
        println!("cargo::rerun-if-changed={path}");
        let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
        packer.write_all(&fs::read(path)?)?;
        fs::write(out.join(name), packer.finish()?)?;
    }
    const TARGET: &str = "x86_64-unknown-linux-gnu";
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let root = Command::new(rustc).args(["--print", "sysroot"]).output();
    let Ok(root) = root.map(|said| String::from_utf8_lossy(&said.stdout).trim().to_owned()) else {
        return Ok(());
    };
    let linker = Path::new(&root)
        .join("lib/rustlib")
        .join(TARGET)
        .join("bin/rust-lld");
    if env::var("TARGET").is_ok_and(|target| target == TARGET) && linker.is_file() {
        println!("cargo::rustc-link-arg-bins=-Wl,--icf=all");
    }
    Ok(())
}
