#![no_main]
//! See `targets::page`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mingbai_fuzz::targets::page(bytes));
