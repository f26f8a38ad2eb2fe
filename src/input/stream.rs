//! Bytes of a file or of standard input, decompressed.
//!
//! In: a path. Out: a buffered stream of its bytes; gzip and Zstandard are told by their first bytes, whatever the name.
//! Bytes are counted before decompression, so that progress can be shown against the size of the files.

use crate::error::{Error, Result};
use flate2::read::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

const BUFFER: usize = 1 << 16;
const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
/// What begins an input and says what it is; byte order marks are looked at by others, who get them whole.
const MAGIC: [&[u8]; 5] = [GZIP, ZSTD, b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"];

pub(super) type Bytes = Box<dyn Read + Send>;

/// An input that is being read.
pub(super) struct Stream {
    /// What it is called in errors.
    pub(super) name: String,
    /// How long it is, where that is known beforehand.
    pub(super) length: Option<u64>,
    from: BufReader<Bytes>,
}

impl Stream {
    /// Opens a file, or standard input.
    pub(super) fn open(path: Option<&Path>, count: &Arc<AtomicU64>) -> Result<Stream> {
        let name = path.map_or_else(|| "standard input".to_owned(), |path| path.display().to_string());
        let opened = match path {
            None => Ok((None, Box::new(io::stdin()) as Bytes)),
            Some(path) => File::open(path).and_then(|file| {
                let about = file.metadata()?;
                if about.is_dir() {
                    return Err(io::ErrorKind::IsADirectory.into());
                }
                Ok((about.is_file().then_some(about.len()), Box::new(file) as Bytes))
            }),
        };
        Stream::begin(name, opened, count)
    }

    /// A stream that somebody else opened.
    pub(super) fn of(bytes: Bytes, count: &Arc<AtomicU64>) -> Result<Stream> {
        Stream::begin("the input".to_owned(), Ok((None, bytes)), count)
    }

    fn begin(name: String, opened: io::Result<(Option<u64>, Bytes)>, count: &Arc<AtomicU64>) -> Result<Stream> {
        let unpacked = opened.and_then(|(length, bytes)| {
            let count = Arc::clone(count);
            unpack(Box::new(Counted { bytes, count }), length)
        });
        match unpacked {
            Ok((length, from)) => Ok(Stream { name, length, from }),
            Err(cause) => Err(Error::Read { name, cause }),
        }
    }

    /// Reads on until `decide` has enough, and puts everything back. `decide` sees all bytes so far, how many of them it
    /// has seen before, and whether they are all there are.
    pub(super) fn peek<T>(&mut self, mut decide: impl FnMut(&[u8], usize, bool) -> Option<T>) -> Result<Option<T>> {
        let mut head = Vec::new();
        let (mut seen, mut whole) = (0, false);
        let decision = loop {
            let read = self.fill()?;
            whole |= read.is_empty();
            let length = read.len();
            head.extend_from_slice(read);
            self.consume(length);
            let decision = decide(&head, seen, whole);
            seen = head.len();
            if whole || decision.is_some() {
                break decision;
            }
        };
        let rest = std::mem::replace(&mut self.from, buffered(Box::new(io::empty())));
        let room = BUFFER.max(head.len());
        let head = Cursor::new(head);
        // A terminal that has come to its end would be asked for more.
        let all: Bytes = if whole {
            Box::new(head)
        } else {
            Box::new(head.chain(rest))
        };
        self.from = BufReader::with_capacity(room, all);
        // One read fetches what was put back, so that `buffer` shows what is there without waiting.
        self.fill()?;
        Ok(decision)
    }

    /// The bytes that can be had without waiting for more.
    pub(super) fn buffer(&self) -> &[u8] {
        self.from.buffer()
    }

    /// The next bytes, none at the end.
    pub(super) fn fill(&mut self) -> Result<&[u8]> {
        self.from.fill_buf().map_err(|cause| Error::Read {
            name: self.name.clone(),
            cause,
        })
    }

    /// Marks bytes of `fill` as read.
    pub(super) fn consume(&mut self, count: usize) {
        self.from.consume(count);
    }

    /// All that is left, or the error that it is more than `limit`.
    pub(super) fn whole(&mut self, limit: u64) -> Result<Vec<u8>> {
        let too_large = Error::TooLarge { limit };
        // Told by its length, a file is refused before it is read.
        if self.length.is_some_and(|length| length > limit) {
            return Err(too_large);
        }
        let mut bytes = Vec::new();
        let read = (&mut self.from).take(limit.saturating_add(1)).read_to_end(&mut bytes);
        match read {
            Ok(_) if bytes.len() as u64 > limit => Err(too_large),
            Ok(_) => Ok(bytes),
            Err(cause) => Err(self.failed(cause)),
        }
    }

    /// Appends the rest of a line and its end to `line`, of which no more than `limit` bytes are kept; says how many
    /// bytes the line has, 0 at the end of the input.
    pub(super) fn line(&mut self, line: &mut Vec<u8>, limit: u64) -> Result<u64> {
        let kept = (&mut self.from).take(limit.saturating_add(2)).read_until(b'\n', line);
        let mut length = kept.map_err(|cause| self.failed(cause))? as u64;
        if length > 0 && line.last() != Some(&b'\n') && length > limit {
            length += self.from.skip_until(b'\n').map_err(|cause| self.failed(cause))? as u64;
        }
        Ok(length)
    }

    fn failed(&self, cause: io::Error) -> Error {
        let name = self.name.clone();
        Error::Read { name, cause }
    }
}

fn buffered(bytes: Bytes) -> BufReader<Bytes> {
    BufReader::with_capacity(BUFFER, bytes)
}

/// The bytes that a stream holds, decompressed if its first bytes say that they are compressed.
fn unpack(mut bytes: Bytes, length: Option<u64>) -> io::Result<(Option<u64>, BufReader<Bytes>)> {
    let mut head = Vec::new();
    // Waits for more only while that can still turn out to be one of these: a feed of short lines gets its answers.
    while MAGIC
        .iter()
        .any(|magic| head.len() < magic.len() && magic.starts_with(&head))
    {
        let mut next = [0];
        match bytes.read(&mut next) {
            Ok(0) => break,
            Ok(_) => head.push(next[0]),
            Err(why) if why.kind() == io::ErrorKind::Interrupted => {}
            Err(why) => return Err(why),
        }
    }
    let (gzip, zstd) = (head.starts_with(GZIP), head.starts_with(ZSTD));
    let bytes = Cursor::new(head).chain(bytes);
    Ok(if gzip {
        (None, buffered(Box::new(MultiGzDecoder::new(Filling(bytes)))))
    } else if zstd {
        (
            None,
            buffered(Box::new(zstd::stream::read::Decoder::new(Filling(bytes))?)),
        )
    } else {
        (length, buffered(Box::new(bytes)))
    })
}

/// Reads as much as there is room for. How much a decoder still gives of what stands before damage depends on the pieces
/// that it gets; of a pipe they would be others each time.
struct Filling<R>(R);

impl<R: Read> Read for Filling<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let mut length = 0;
        while length < to.len() {
            match self.0.read(&mut to[length..]) {
                Ok(0) => break,
                Ok(read) => length += read,
                Err(why) if why.kind() == io::ErrorKind::Interrupted => {}
                // It comes again when there is nothing before it.
                Err(_) if length > 0 => break,
                Err(why) => return Err(why),
            }
        }
        Ok(length)
    }
}

/// Counts what is read from a file.
struct Counted {
    bytes: Bytes,
    count: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(to)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
