#![no_main]
//! See `targets::notice`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mingbai_fuzz::targets::notice(bytes));
