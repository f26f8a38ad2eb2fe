//! Paths to documents, in order.
//!
//! In: paths of files and folders; `-`, or none at all, is standard input. Out: an iterator of documents. Folders are
//! walked in the order of their names, links are followed, what begins with a dot is left out. A file that cannot be
//! opened or read is a failure in its place, with the path as its id, and the walk goes on.

use super::json::Values;
use super::stream::Stream;
use super::{Kind, Options, Origin, Raw, detect};
use crate::article::{Failure, Id};
use crate::error::{Error, Result};
use std::collections::VecDeque;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use walkdir::{DirEntry, WalkDir};

/// Documents of an input.
pub struct Source {
    options: Options,
    arguments: VecDeque<PathBuf>,
    /// A stream that takes the place of paths.
    stream: Option<Box<dyn Read + Send>>,
    walk: Option<Box<dyn Iterator<Item = walkdir::Result<DirEntry>> + Send>>,
    open: Option<Open>,
    /// Whether there is one input only, and that no folder and no feed of lines.
    single: bool,
    count: Arc<AtomicU64>,
}

/// The input that is being read.
struct Open {
    stream: Stream,
    path: Option<Arc<Path>>,
    cut: Cut,
}

/// How an input falls into documents.
enum Cut {
    Whole(Kind),
    /// The number of the last line.
    Lines(u64),
    Values(Values),
}

impl Source {
    /// Documents of files, folders and standard input (`-`, or no path at all).
    pub fn new(paths: Vec<PathBuf>, options: Options) -> Source {
        let mut arguments = VecDeque::from(paths);
        if arguments.is_empty() {
            arguments.push_back(PathBuf::from("-"));
        }
        Source {
            single: arguments.len() == 1 && options.kind != Some(Kind::Jsonl),
            options,
            arguments,
            stream: None,
            walk: None,
            open: None,
            count: Arc::default(),
        }
    }

    /// Documents of a stream, such as the body of a request.
    pub fn of_stream(bytes: impl Read + Send + 'static, options: Options) -> Source {
        let mut source = Source::new(Vec::new(), options);
        source.arguments.clear();
        source.stream = Some(Box::new(bytes));
        source
    }

    /// Whether this may be one article: one path, no folder, no lines of JSON. Known once the first document came.
    pub fn is_single(&self) -> bool {
        self.single
    }

    /// How many bytes were read so far, before decompression. Goes on counting while another thread reads.
    pub fn bytes_read(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.count)
    }

    /// The next documents: at least one, and more until they have `bytes` bytes or the next one must be waited for.
    pub fn next_batch(&mut self, bytes: usize) -> Option<Vec<std::result::Result<Raw, Failure>>> {
        let mut batch = vec![self.next()?];
        let mut size = length(batch.first());
        while size < bytes && self.is_ready() {
            let Some(next) = self.next() else { break };
            batch.push(next);
            size += length(batch.last());
        }
        Some(batch)
    }

    /// Whether the next document can be had without waiting for a pipe.
    fn is_ready(&self) -> bool {
        match &self.open {
            None => true,
            Some(open) => {
                let file = open.stream.length.is_some();
                file || matches!(open.cut, Cut::Lines(_)) && open.stream.buffer().contains(&b'\n')
            }
        }
    }

    /// The next document of the open input.
    fn next_document(&mut self) -> Option<std::result::Result<Raw, Failure>> {
        let open = self.open.as_mut()?;
        let limit = self.options.max_size;
        let (kind, line, bytes) = match &mut open.cut {
            Cut::Whole(kind) => {
                let (kind, bytes) = (*kind, open.stream.whole(limit));
                let path = open.path.clone();
                self.open = None;
                return Some(self.raw(Origin { path, line: None }, kind, bytes));
            }
            Cut::Lines(number) => {
                let (read, bytes) = next_line(&mut open.stream, limit, *number);
                *number = read;
                (Kind::Jsonl, *number, bytes)
            }
            Cut::Values(values) => match values.next(&mut open.stream, limit) {
                Ok(None) => (Kind::Json, 0, Ok(None)),
                Ok(Some((line, value))) => (Kind::Json, line, value.map(Some)),
                Err(error) => (Kind::Json, 0, Err(error)),
            },
        };
        let path = open.path.clone();
        // What cannot be read any more has no further lines.
        if matches!(bytes, Ok(None) | Err(Error::Read { .. })) {
            self.open = None;
        }
        let origin = Origin { path, line: Some(line) };
        bytes.transpose().map(|bytes| self.raw(origin, kind, bytes))
    }

    fn raw(&self, origin: Origin, kind: Kind, bytes: Result<Vec<u8>>) -> std::result::Result<Raw, Failure> {
        match bytes {
            Ok(bytes) => Ok(Raw {
                origin,
                kind,
                bytes,
                date: self.options.date,
            }),
            Err(error) => {
                // A record that was never read has no id; a file that broke off is known by its path.
                let broken = matches!(error, Error::Read { .. });
                let id = if broken {
                    origin.path.as_deref().map(id_of)
                } else {
                    origin.id()
                };
                Err(Failure { id, error })
            }
        }
    }

    /// The next file of a folder, or the next path given.
    fn next_path(&mut self) -> Option<std::result::Result<PathBuf, Failure>> {
        loop {
            if let Some(walk) = &mut self.walk {
                match walk.next() {
                    None => self.walk = None,
                    Some(Ok(entry)) if entry.file_type().is_file() => {
                        let database = self.options.database.as_deref();
                        if !database.is_some_and(|database| belongs(entry.path(), database)) {
                            return Some(Ok(entry.into_path()));
                        }
                    }
                    Some(Ok(_)) => {}
                    Some(Err(why)) => return Some(Err(unreadable(why))),
                }
                continue;
            }
            let path = self.arguments.pop_front()?;
            if !path.is_dir() {
                return Some(Ok(path));
            }
            self.single = false;
            self.walk = Some(Box::new(walk(path)));
        }
    }

    fn start(&mut self, path: PathBuf) -> std::result::Result<(), Failure> {
        let path: Option<Arc<Path>> = (path != Path::new("-")).then(|| path.into());
        let stream = Stream::open(path.as_deref(), &self.count);
        self.begin(path, stream)
    }

    fn begin(&mut self, path: Option<Arc<Path>>, stream: Result<Stream>) -> std::result::Result<(), Failure> {
        let failed = |error| Failure {
            id: path.as_deref().map(id_of),
            error,
        };
        let mut stream = stream.map_err(failed)?;
        let kind = match self.options.kind {
            Some(kind) => kind,
            None => detect(&mut stream, path.as_deref(), self.options.max_size).map_err(failed)?,
        };
        let cut = match kind {
            Kind::Jsonl => Cut::Lines(0),
            Kind::Json => Cut::Values(Values::default()),
            kind => Cut::Whole(kind),
        };
        self.single &= !matches!(cut, Cut::Lines(_));
        self.open = Some(Open { stream, path, cut });
        Ok(())
    }
}

impl Iterator for Source {
    type Item = std::result::Result<Raw, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.open.is_some() {
                match self.next_document() {
                    None => continue,
                    document => return document,
                }
            }
            let started = match self.stream.take() {
                Some(bytes) => self.begin(None, Stream::of(bytes, &self.count)),
                None => match self.next_path()? {
                    Ok(path) => self.start(path),
                    Err(failure) => Err(failure),
                },
            };
            if let Err(failure) = started {
                return Some(Err(failure));
            }
        }
    }
}

/// How many bytes files and folders hold, as far as they can be read; `None` if standard input is among them.
pub fn size(paths: &[PathBuf]) -> Option<u64> {
    let of_path = |path: &PathBuf| {
        let files = walk(path.clone()).flatten().filter(|entry| entry.file_type().is_file());
        files
            .filter_map(|file| file.metadata().ok())
            .map(|about| about.len())
            .sum::<u64>()
    };
    let piped = paths.is_empty() || paths.iter().any(|path| path == Path::new("-"));
    (!piped).then(|| paths.iter().map(of_path).sum())
}

fn walk(path: PathBuf) -> impl Iterator<Item = walkdir::Result<DirEntry>> + Send {
    let visible = |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".");
    let walk = WalkDir::new(path).follow_links(true).sort_by_file_name();
    walk.into_iter().filter_entry(visible)
}

/// Whether a file is a database, or what SQLite keeps beside it.
fn belongs(file: &Path, database: &Path) -> bool {
    let (Some(name), Some(of)) = (file.file_name(), database.file_name()) else {
        return false;
    };
    let rest = name.as_encoded_bytes().strip_prefix(of.as_encoded_bytes());
    let beside = matches!(rest, Some(b"" | b"-wal" | b"-shm" | b"-journal"));
    // The folder of a bare name is the one where we are.
    let folder = |path: &Path| path.parent().and_then(|folder| folder.join(".").canonicalize().ok());
    beside && folder(file) == folder(database)
}

/// The kind of an input, by as much of it as that needs.
fn detect(stream: &mut Stream, path: Option<&Path>, limit: u64) -> Result<Kind> {
    let found = stream.peek(|head, seen, whole| {
        // Long lines come in pieces; only a piece that ends one can change the answer.
        if seen > 1 << 12 && !whole && !head[seen..].contains(&b'\n') && (head.len() as u64) <= limit {
            return None;
        }
        detect::kind(head, path, whole).or_else(|| (head.len() as u64 > limit).then_some(Kind::Jsonl))
    })?;
    Ok(found.unwrap_or(Kind::Text))
}

/// The next line that holds something, without its end, and its number.
fn next_line(stream: &mut Stream, limit: u64, mut number: u64) -> (u64, Result<Option<Vec<u8>>>) {
    let mut line = Vec::new();
    loop {
        line.clear();
        let length = match stream.line(&mut line, limit) {
            Ok(0) => return (number, Ok(None)),
            Ok(length) => length,
            Err(error) => return (number, Err(error)),
        };
        number += 1;
        if line.last() == Some(&b'\n') {
            line.pop();
        }
        if length > limit && line.len() as u64 > limit {
            return (number, Err(Error::TooLarge { limit }));
        }
        if !line.trim_ascii().is_empty() {
            return (number, Ok(Some(line)));
        }
    }
}

fn length(document: Option<&std::result::Result<Raw, Failure>>) -> usize {
    match document {
        Some(Ok(raw)) => raw.len(),
        _ => 0,
    }
}

fn id_of(path: &Path) -> Id {
    Id::Text(path.display().to_string())
}

fn unreadable(why: walkdir::Error) -> Failure {
    let path = why.path().map(Path::to_owned).unwrap_or_default();
    let name = path.display().to_string();
    let cause = match why.loop_ancestor() {
        Some(above) => io::Error::other(format!("a link back to {}", above.display())),
        None => why
            .into_io_error()
            .unwrap_or_else(|| io::Error::other("it cannot be walked")),
    };
    Failure {
        id: Some(id_of(&path)),
        error: Error::Read { name, cause },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn walks_folders_in_order_and_says_what_failed() {
        let folder = std::env::temp_dir().join(format!("attache-source-{}", std::process::id()));
        fs::create_dir_all(folder.join("b/.git")).unwrap();
        for (name, text) in [
            ("b/2.txt", "Two."),
            ("b/1.jsonl", "{\"text\":\"One.\"}\n\n{\"text\":1}\n"),
            ("b/.git/x", "Hidden."),
            ("a.json", "[{\"text\":\"A.\",\"id\":7}]"),
            ("c.bin", "\0"),
        ] {
            fs::write(folder.join(name), text).unwrap();
        }
        let missing = folder.join("none");
        let source = Source::new(vec![folder.clone(), missing], Options::default());
        let mut seen = Vec::new();
        for raw in source {
            seen.push(match raw.and_then(Raw::read) {
                Ok(article) => article.text,
                Err(failure) => failure.error.code().to_owned(),
            });
        }
        fs::remove_dir_all(folder).unwrap();
        assert_eq!(seen, ["A.", "One.", "wrong_type", "Two.", "binary", "read"]);
    }
}
