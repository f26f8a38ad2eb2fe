//! Lines of a file or of standard input, for commands that read records: never more of one than an article may have.

use super::say::say;
use attache::Error;
use attache::article::MAX_BYTES;
use std::fs::File;
use std::io::{self, BufRead, IsTerminal, Read};
use std::path::{Path, PathBuf};

/// Says what is waited for, if standard input is a terminal.
pub(super) fn tell_of_terminal() {
    if io::stdin().is_terminal() {
        say("reading from the terminal; Ctrl-D on a line of its own ends the text");
    }
}

/// Lines of an input, read into one buffer.
pub(crate) struct Lines {
    name: String,
    stream: io::BufReader<Box<dyn Read>>,
    line: Vec<u8>,
}

impl Lines {
    /// Opens a file, or standard input (also called `-`).
    pub(crate) fn open(file: Option<&PathBuf>) -> Result<Lines, Error> {
        let (name, stream): (String, Box<dyn Read>) = match file {
            Some(path) if path.as_path() != Path::new("-") => {
                let name = path.display().to_string();
                match File::open(path) {
                    Ok(file) => (name, Box::new(file)),
                    Err(cause) => return Err(Error::Read { name, cause }),
                }
            }
            _ => {
                tell_of_terminal();
                ("standard input".to_owned(), Box::new(io::stdin().lock()))
            }
        };
        Ok(Lines {
            name,
            stream: io::BufReader::with_capacity(1 << 16, stream),
            line: Vec::new(),
        })
    }

    /// The next line without its end, or `None` after the last one. The inner error is the line's own: go on after it.
    pub(crate) fn next(&mut self) -> Result<Option<Result<&[u8], Error>>, Error> {
        self.line.clear();
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
