#![no_main]
//! See `targets::import_csv`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mingbai_fuzz::targets::import_csv(bytes));
