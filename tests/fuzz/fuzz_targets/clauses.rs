#![no_main]
//! See `targets::clauses`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mingbai_fuzz::targets::clauses(bytes));
