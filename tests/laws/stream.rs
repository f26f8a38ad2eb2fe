//! The law of streams: documents are the same in whatever pieces their bytes come, with whatever kind they are told to be.

use attache::article::Failure;
use attache::input::{Kind, Options, Raw, Source};
use std::io::{Cursor, Read, Result};

/// Small, so that there are inputs which are larger.
const MAX_SIZE: u64 = 1 << 16;

/// What an input may be told to hold.
pub(crate) const KINDS: [Option<Kind>; 5] = [
    None,
    Some(Kind::Jsonl),
    Some(Kind::Json),
    Some(Kind::Text),
    Some(Kind::Html),
];

/// Panics if it matters that bytes told to be of this kind come in pieces of this size.
pub(crate) fn check(bytes: &[u8], piece: usize, kind: Option<Kind>) {
    let at_once = told(source(bytes, usize::MAX, kind));
    assert_eq!(at_once, told(source(bytes, piece, kind)), "{kind:?}, pieces of {piece}");
}

/// Documents of bytes that come in pieces.
pub(crate) fn source(bytes: &[u8], piece: usize, kind: Option<Kind>) -> Source {
    let options = Options {
        kind,
        max_size: MAX_SIZE,
        ..Options::default()
    };
    let bytes = Cursor::new(bytes.to_vec());
    Source::of_stream(Pieces { bytes, piece }, options)
}

/// All that can be told of documents, whether they were read or not.
fn told(source: Source) -> Vec<String> {
    let failed = |Failure { id, error }| format!("{id:?}: {}: {error}", error.code());
    let document = |document: std::result::Result<Raw, Failure>| match document {
        Ok(raw) => {
            let origin = raw.origin.clone();
            format!("{origin:?}: {:?}", raw.read().map_err(failed))
        }
        Err(failure) => failed(failure),
    };
    source.take(100).map(document).collect()
}

/// A reader such as a slow pipe.
struct Pieces {
    bytes: Cursor<Vec<u8>>,
    piece: usize,
}

impl Read for Pieces {
    fn read(&mut self, to: &mut [u8]) -> Result<usize> {
        let length = to.len().min(self.piece);
        self.bytes.read(&mut to[..length])
    }
}
