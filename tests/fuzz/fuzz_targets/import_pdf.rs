//! See `targets::import_pdf`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mingbai_fuzz::targets::import_pdf(bytes));
