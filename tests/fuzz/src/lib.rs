//! What is fuzzed, for cargo-fuzz. The ordinary tests include the same files (`tests/fuzz_targets.rs`).

pub mod targets;
