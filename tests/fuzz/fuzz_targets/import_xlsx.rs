//! See `targets::import_xlsx`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mingbai_fuzz::targets::import_xlsx(bytes));
