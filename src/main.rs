//! The `mingbai` command: hands the arguments to [`mingbai::cli::run`] and returns its exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    mingbai::cli::run(std::env::args_os())
}
