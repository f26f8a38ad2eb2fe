//! How the process ends.

use attache::Error;
use std::io::{self, ErrorKind};
use std::process::ExitCode;

/// What the exit code says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Everything asked for was done.
    Done = 0,
    /// Some records failed; the others were written.
    SomeFailed = 1,
    /// Wrong usage, or an error that ended the work.
    Fatal = 2,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

/// How the work ended, once that was written: whoever reads no further is told by the exit code all the same.
pub(crate) fn told(written: io::Result<()>, exit: Exit) -> Result<Exit, Error> {
    match written {
        Err(cause) if cause.kind() != ErrorKind::BrokenPipe => Err(Error::Write(cause)),
        _ => Ok(exit),
    }
}

/// Whether the reader of the output went away (`attache … | head -1`): then all it wanted is done.
pub(crate) fn is_closed_pipe(error: &Error) -> bool {
    matches!(error, Error::Write(cause) | Error::Save { cause, .. } if cause.kind() == ErrorKind::BrokenPipe)
}
