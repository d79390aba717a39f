//! See `targets::clauses`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mingbai_fuzz::targets::clauses(bytes));
