#![no_main]
//! See `targets::rules`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mingbai_fuzz::targets::rules(bytes));
