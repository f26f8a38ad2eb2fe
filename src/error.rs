//! What can go wrong: one error type for the whole library.
//!
//! Every error has a stable code, for programs that read error records, and a message that says what was expected and
//! what came instead. Whoever shows an error shows it once; the library never prints.

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};
use std::{fmt, io};

/// A result with an [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

/// What went wrong.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// A file or stream cannot be read.
    Read {
        /// Its name.
        name: String,
        /// Why.
        cause: io::Error,
    },
    /// The output cannot be written.
    Write(io::Error),
    /// A file of the user's choice cannot be written.
    Save {
        /// Its name.
        name: String,
        /// Why.
        cause: io::Error,
    },
    /// There is no text at all.
    Empty,
    /// A NUL byte: this is no text.
    Binary {
        /// Where the byte stands.
        at: usize,
    },
    /// Not UTF-8.
    Encoding {
        /// Where the first wrong byte stands.
        at: usize,
    },
    /// A document of too many bytes.
    TooLarge {
        /// How many it may have.
        limit: u64,
    },
    /// Not JSON.
    Json(String),
    /// A field that is no string, or no object where one is needed.
    Type {
        /// The field's name; none for the record itself.
        field: Option<&'static str>,
        /// The types it may have.
        wanted: &'static str,
        /// The type it has.
        found: &'static str,
    },
    /// A JSON record without `text`.
    MissingText,
    /// A date that cannot be read.
    Date(String),
    /// A day, month or year to search by that cannot be read.
    Period(String),
    /// A fault of this program, not of the input.
    Internal(String),
    /// A line of annotations or predictions that cannot be read.
    Line {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        what: String,
    },
    /// A server that cannot have its address.
    Listen {
        /// The address asked for.
        address: std::net::SocketAddr,
        /// Why not.
        cause: io::Error,
    },
    /// A table that cannot be read.
    Table {
        /// The file.
        file: String,
        /// The line, from 1, the header included.
        line: usize,
        /// What is wrong with it.
        what: String,
    },
    /// A record of schema `attache/1` that does not keep to it.
    Record(String),
    /// A quote database that cannot be used.
    Database {
        /// The file.
        file: String,
        /// What sort of trouble.
        trouble: Trouble,
        /// What is wrong.
        detail: String,
    },
    /// A question that cannot be asked.
    Query(String),
}

/// What can be wrong with a quote database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Trouble {
    /// Another program writes to it.
    Busy,
    /// It may not be written to.
    ReadOnly,
    /// There is no room left for it.
    Full,
    /// It is broken.
    Damaged,
    /// It is no quote database.
    Foreign,
    /// It cannot be opened.
    CannotOpen,
    /// It was made by an earlier version.
    OlderSchema,
    /// It was made by a later version.
    NewerSchema,
    /// Anything else.
    Other,
}

impl Trouble {
    fn code(self) -> &'static str {
        match self {
            Trouble::Busy => "database_busy",
            Trouble::ReadOnly => "database_read_only",
            Trouble::Full => "database_full",
            Trouble::Damaged => "database_damaged",
            Trouble::Foreign => "not_a_quote_database",
            Trouble::CannotOpen => "database_cannot_open",
            Trouble::OlderSchema => "database_older",
            Trouble::NewerSchema => "database_newer",
            Trouble::Other => "database",
        }
    }
}

impl Error {
    /// A name for this sort of error that stays the same from version to version.
    pub fn code(&self) -> &'static str {
        match self {
            Error::Read { .. } => "read",
            Error::Write(_) | Error::Save { .. } => "write",
            Error::Empty => "empty",
            Error::Binary { .. } => "binary",
            Error::Encoding { .. } => "invalid_utf8",
            Error::TooLarge { .. } => "too_large",
            Error::Json(_) => "invalid_json",
            Error::Type { .. } => "wrong_type",
            Error::MissingText => "missing_text",
            Error::Date(_) | Error::Period(_) => "invalid_date",
            Error::Internal(_) => "internal",
            Error::Line { .. } => "invalid_line",
            Error::Listen { .. } => "listen",
            Error::Table { .. } => "invalid_table",
            Error::Record(_) => "invalid_record",
            Error::Database { trouble, .. } => trouble.code(),
            Error::Query(_) => "invalid_query",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Read { name, cause } => write!(f, "cannot read {name}: {cause}"),
            Error::Write(cause) => write!(f, "cannot write the output: {cause}"),
            Error::Save { name, cause } => write!(f, "cannot write {name}: {cause}"),
            Error::Empty => write!(f, "the input is empty: nothing but white space in it"),
            Error::Binary { at } => write!(f, "the input is binary, not text: a NUL byte at byte {at}"),
            Error::Encoding { at } => write!(f, "the input is not UTF-8: wrong from byte {at} on"),
            Error::TooLarge { limit } => {
                let (size, unit) = match limit {
                    limit if limit % (1 << 20) == 0 => (limit >> 20, "MiB"),
                    limit if *limit == u64::from(u32::MAX) => (4, "GiB"),
                    limit => (*limit, "bytes"),
                };
                write!(f, "the input is too large: an article may have at most {size} {unit}")
            }
            Error::Listen { address, cause } => write!(f, "cannot listen on {address}: {cause}"),
            Error::Json(why) => write!(f, "not JSON: {why}"),
            Error::Type {
                field: None,
                wanted,
                found,
            } => write!(f, "a record must be {wanted}, not {found}"),
            Error::Type {
                field: Some(field),
                wanted,
                found,
            } => write!(f, "`{field}` must be {wanted}, not {found}"),
            Error::MissingText => write!(f, "the record has no `text`"),
            Error::Internal(what) => write!(f, "a fault of attache itself, please report it: {what}"),
            Error::Line { file, line, what } | Error::Table { file, line, what } => write!(f, "{file}:{line}: {what}"),
            Error::Record(why) => write!(f, "not a record of schema attache/1: {why}"),
            Error::Database { file, detail, .. } => write!(f, "cannot use the database {file}: {detail}"),
            Error::Query(why) => f.write_str(why),
            Error::Period(given) => write!(f, "no such date: {given:?} (write 2017-04-12, 2017-04 or 2017)"),
            Error::Date(given) => write!(
                f,
                "no such date: {given:?} (write 2017-04-12, or a time stamp such as 2017-04-12T09:30:00Z)"
            ),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Read { cause, .. }
            | Error::Write(cause)
            | Error::Save { cause, .. }
            | Error::Listen { cause, .. } => Some(cause),
            _ => None,
        }
    }
}

impl Serialize for Error {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Error", 2)?;
        object.serialize_field("code", self.code())?;
        object.serialize_field("message", &format_args!("{self}"))?;
        object.end()
    }
}
