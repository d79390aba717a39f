#![no_main]
//! See `targets::import_text`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mingbai_fuzz::targets::import_text(bytes));
