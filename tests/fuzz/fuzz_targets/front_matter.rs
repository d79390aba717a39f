#![no_main]
//! See `targets::front_matter`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mingbai_fuzz::targets::front_matter(bytes));
