//! A stream of anything: the first byte says what it is told to be, compression and the like are found out.
#![no_main]

use attache::input::{Kind, Options, Raw, Source};
use std::io::Cursor;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else {
        return;
    };
    let kinds = [None, Some(Kind::Jsonl), Some(Kind::Json), Some(Kind::Text), Some(Kind::Html)];
    let options = Options {
        kind: kinds[usize::from(*first) % kinds.len()],
        max_size: 1 << 16,
        ..Options::default()
    };
    let source = Source::of_stream(Cursor::new(bytes.to_vec()), options);
    for document in source.take(100) {
        if let Ok(article) = document.and_then(Raw::read) {
            attache_fuzz::check(&article);
        }
    }
});
