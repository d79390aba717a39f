#![no_main]
//! See `targets::import_html`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mingbai_fuzz::targets::import_html(bytes));
