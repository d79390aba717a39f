//! See `targets::front_matter`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mingbai_fuzz::targets::front_matter(bytes));
