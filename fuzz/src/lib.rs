//! What the fuzz targets check, the laws that the tests of the crate check too: of an article, [`sound`], and of a stream,
//! [`stream`].

use attache::{Article, Extractor};
use std::sync::LazyLock;

#[path = "../../tests/laws/sound.rs"]
mod sound;
#[path = "../../tests/laws/stream.rs"]
mod stream;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

/// Panics if a law is broken.
pub fn check(article: &Article) {
    check_with(&EXTRACTOR, article);
}

/// The same, read by somebody who knows other names.
pub fn check_with(extractor: &Extractor, article: &Article) {
    sound::article(extractor, article);
}

/// Checks the documents of a stream; the first byte says what it is told to be and in what pieces it comes.
pub fn check_stream(bytes: &[u8]) {
    let Some((&first, bytes)) = bytes.split_first() else {
        return;
    };
    let kinds = stream::KINDS.len();
    let kind = stream::KINDS[usize::from(first) % kinds];
    stream::check(bytes, 1 + usize::from(first) / kinds, kind);
    for document in stream::source(bytes, usize::MAX, kind).take(100) {
        if let Ok(article) = document.and_then(attache::input::Raw::read) {
            check(&article);
        }
    }
}
