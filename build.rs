//! Tells the linker to keep functions of the same code once: a fiftieth of the program.
//!
//! Only where Rust links with its own linker, which knows the option: on Linux on x86-64, since Rust 1.90, unless a distribution
//! leaves that linker out.

#![forbid(unsafe_code)]

use std::env;
use std::path::Path;
use std::process::Command;

#[expect(
    clippy::disallowed_macros,
    reason = "cargo reads on stdout what to tell the linker"
)]
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    const TARGET: &str = "x86_64-unknown-linux-gnu";
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let root = Command::new(rustc).args(["--print", "sysroot"]).output();
    let Ok(root) = root.map(|said| String::from_utf8_lossy(&said.stdout).trim().to_owned()) else {
        return;
    };
    let linker = Path::new(&root)
        .join("lib/rustlib")
        .join(TARGET)
        .join("bin/rust-lld");
    if env::var("TARGET").is_ok_and(|target| target == TARGET) && linker.is_file() {
        println!("cargo::rustc-link-arg-bins=-Wl,--icf=all");
    }
}
