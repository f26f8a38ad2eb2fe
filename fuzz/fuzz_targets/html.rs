//! Web pages.
#![no_main]

use attache::input::{Kind, read_bytes};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(article) = read_bytes(bytes, Some(Kind::Html)) {
        attache_fuzz::check(&article);
    }
});
