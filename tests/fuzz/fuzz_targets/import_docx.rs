#![no_main]
//! See `targets::import_docx`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mingbai_fuzz::targets::import_docx(bytes));
