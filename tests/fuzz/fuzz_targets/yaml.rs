#![no_main]
//! See `targets::yaml`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mingbai_fuzz::targets::yaml(bytes));
