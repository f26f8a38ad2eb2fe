//! Where bytes come from: a file or standard input, whole or line by line, never more than an article may have.

use attache::Error;
use attache::article::MAX_BYTES;
use std::fs::File;
use std::io::{self, BufRead, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

/// A file, or standard input (also called `-`).
pub(crate) struct Input {
    name: String,
    /// Its length, if that is known beforehand.
    bytes: Option<u64>,
    stream: Box<dyn Read>,
}

impl Input {
    pub(crate) fn open(file: Option<&PathBuf>) -> Result<Input, Error> {
        match file {
            Some(path) if path.as_path() != Path::new("-") => {
                let name = path.display().to_string();
                match File::open(path).and_then(|file| Ok((file.metadata()?.len(), file))) {
                    Ok((bytes, file)) => Ok(Input {
                        name,
                        bytes: Some(bytes),
                        stream: Box::new(file),
                    }),
                    Err(cause) => Err(Error::Read { name, cause }),
                }
            }
            _ => {
                let stdin = io::stdin().lock();
                if stdin.is_terminal() {
                    eprintln!("attache: reading from the terminal; Ctrl-D on a line of its own ends the text");
                }
                Ok(Input {
                    name: "standard input".to_owned(),
                    bytes: None,
                    stream: Box::new(stdin),
                })
            }
        }
    }

    /// All of it.
    pub(crate) fn whole(self) -> Result<Vec<u8>, Error> {
        // Told by its length, a file is refused before its first byte is read.
        if self.bytes.is_some_and(|bytes| bytes > MAX_BYTES) {
            return Err(Error::TooLarge { limit: MAX_BYTES });
        }
        let mut bytes = Vec::new();
        match self.stream.take(MAX_BYTES + 1).read_to_end(&mut bytes) {
            Ok(_) if bytes.len() as u64 > MAX_BYTES => Err(Error::TooLarge { limit: MAX_BYTES }),
            Ok(_) => Ok(bytes),
            Err(cause) => Err(Error::Read { name: self.name, cause }),
        }
    }

    /// Line by line.
    pub(crate) fn lines(self) -> Lines {
        Lines {
            name: self.name,
            stream: io::BufReader::with_capacity(1 << 16, self.stream),
            line: Vec::new(),
        }
    }
}

/// Lines of an input, read into one buffer.
pub(crate) struct Lines {
    name: String,
    stream: io::BufReader<Box<dyn Read>>,
    line: Vec<u8>,
}

impl Lines {
    /// The next line without its end, or `None` after the last one. The inner error is the line's own: go on after it.
    ///
    /// Before it waits for more input it flushes `output`: whoever feeds lines one by one gets each answer at once.
    pub(crate) fn next(&mut self, output: &mut impl Write) -> Result<Option<Result<&[u8], Error>>, Error> {
        self.line.clear();
        if !self.stream.buffer().contains(&b'\n') {
            output.flush().map_err(Error::Write)?;
        }
        let failed = |cause| Error::Read {
            name: self.name.clone(),
            cause,
        };
        let stream = &mut self.stream;
        let read = stream.take(MAX_BYTES + 1).read_until(b'\n', &mut self.line);
        if read.map_err(failed)? == 0 {
            return Ok(None);
        }
        if self.line.last() == Some(&b'\n') {
            self.line.pop();
        } else if self.line.len() as u64 > MAX_BYTES {
            stream.skip_until(b'\n').map_err(failed)?;
            return Ok(Some(Err(Error::TooLarge { limit: MAX_BYTES })));
        }
        Ok(Some(Ok(&self.line)))
    }
}
