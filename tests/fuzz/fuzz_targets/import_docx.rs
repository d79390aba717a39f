//! See `targets::import_docx`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mingbai_fuzz::targets::import_docx(bytes));
