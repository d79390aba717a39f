#![no_main]
//! See `targets::reader`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mingbai_fuzz::targets::reader(bytes));
