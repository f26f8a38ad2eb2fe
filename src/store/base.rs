//! The file itself: opened, checked, brought to the newest schema.
//!
//! In: a path. Out: a connection to a database that is known to be one of ours and whole, or an error that says what it
//! is instead; a file that is refused is left as it was. The schema's number stands in SQLite's `user_version`, its
//! owner in `application_id`.

use super::columns::Remembered;
use super::numbers::{Among, Gathered};
use crate::error::{Error, Result, Trouble};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The number of the newest schema, kept in `user_version`.
pub const FORMAT: i64 = 4;

/// "atch", in `application_id`.
const OWNER: i64 = 0x6174_6368;

/// What brings a database from one schema to the next; the first one starts from an empty file.
const MIGRATIONS: [&str; FORMAT as usize] = [
    include_str!("schema/1.sql"),
    include_str!("schema/2.sql"),
    include_str!("schema/3.sql"),
    include_str!("schema/4.sql"),
];

/// How long to wait for another writer.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long to wait for readers to be done, until what is written can go into a log.
const SHORT_PATIENCE: Duration = Duration::from_millis(200);
/// Statements that a connection keeps compiled.
const STATEMENTS: usize = 128;
/// Articles and quotes fill such pages well, and a batch is written with fewer calls than in smaller ones.
const PAGE_SIZE: i64 = 8192;

/// Reads a quote database. Many may read while one writes; each sees whole batches only.
#[derive(Debug)]
pub struct Reader {
    pub(super) connection: Connection,
    pub(super) file: PathBuf,
    pub(super) gathered: Gathered,
    pub(super) among: Among,
    pub(super) remembered: Option<Remembered>,
}

impl Reader {
    /// Opens a database to read. It must be there already.
    pub fn open(file: &Path) -> Result<Reader> {
        let about = file.metadata().and_then(|about| match about.is_dir() {
            true => Err(std::io::ErrorKind::IsADirectory.into()),
            false => Ok(about),
        });
        about.map_err(|cause| {
            let name = file.display().to_string();
            Error::Read { name, cause }
        })?;
        let open = |connection: rusqlite::Result<Connection>| {
            let connection = connection.map_err(|cause| trouble(file, cause))?;
            prepare(&connection, file)?;
            whole(&connection, file)?;
            match format(&connection, file)? {
                FORMAT => Ok(connection),
                0 => Err(foreign(file)),
                older => {
                    let detail = format!("it has schema {older}; an ingest brings it to schema {FORMAT}");
                    Err(refused(file, Trouble::OlderSchema, detail))
                }
            }
        };
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = match open(Connection::open_with_flags(file, flags)) {
            // The first batch of all was cut off; only whoever may write can undo it.
            Err(Error::Database {
                trouble: Trouble::ReadOnly,
                ..
            }) if beside(file, "-journal").exists() => {
                let undo = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE);
                let undone = undo.and_then(|undo| undo.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())));
                undone.map_err(|cause| trouble(file, cause))?;
                open(Connection::open_with_flags(file, flags))?
            }
            // Where nothing may be written, the index that readers share cannot be made. Without a log beside it, the
            // file is all there is, and nobody changes it.
            Err(Error::Database {
                trouble: Trouble::ReadOnly | Trouble::CannotOpen,
                ..
            }) if !["-wal", "-journal"].iter().any(|log| beside(file, log).exists()) => {
                let flags = flags | OpenFlags::SQLITE_OPEN_URI;
                open(Connection::open_with_flags(immutable(file), flags))?
            }
            opened => opened?,
        };
        Reader::of(connection, file)
    }

    /// Reads what is open.
    pub(super) fn of(connection: Connection, file: &Path) -> Result<Reader> {
        Ok(Reader {
            gathered: Gathered::register(&connection).map_err(|cause| trouble(file, cause))?,
            among: Among::register(&connection).map_err(|cause| trouble(file, cause))?,
            remembered: None,
            connection,
            file: file.to_owned(),
        })
    }

    /// The same, for whoever asks again and again: what most facets are counted by and some that takes long to be counted is
    /// remembered, with others who read this file.
    pub fn remembering(self, together: &Remembered) -> Reader {
        Reader {
            remembered: Some(together.clone()),
            ..self
        }
    }

    /// The file it reads.
    pub fn file(&self) -> &Path {
        &self.file
    }

    pub(super) fn failed(&self, cause: rusqlite::Error) -> Error {
        trouble(&self.file, cause)
    }

    /// Answers several questions as of one moment, whatever is written meanwhile.
    pub(crate) fn at_once<T>(&self, ask: impl FnOnce() -> Result<T>) -> Result<T> {
        // Some of them are several questions themselves.
        if !self.connection.is_autocommit() {
            return ask();
        }
        // It ends with the answer; nothing was changed.
        let _moment = self
            .connection
            .unchecked_transaction()
            .map_err(|cause| self.failed(cause))?;
        ask()
    }

    /// Reads the whole file and says what is wrong with it; nothing if it is sound.
    pub fn check(&self) -> Result<Vec<String>> {
        let failed = |cause| self.failed(cause);
        let mut wrong = Vec::new();
        let mut statement = self.connection.prepare("PRAGMA integrity_check").map_err(failed)?;
        let lines = statement.query_map([], |row| row.get::<_, String>(0)).map_err(failed)?;
        for line in lines {
            match line.map_err(failed)? {
                line if line == "ok" => {}
                line => wrong.push(line),
            }
        }
        let mut statement = self.connection.prepare("PRAGMA foreign_key_check").map_err(failed)?;
        let lines = statement
            .query_map([], |row| {
                let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
                Ok(format!("a row of {table} points to none of {parent}"))
            })
            .map_err(failed)?;
        for line in lines {
            wrong.push(line.map_err(failed)?);
        }
        let sql = "SELECT key, text, text_hash FROM articles WHERE text IS NOT NULL";
        let mut statement = self.connection.prepare(sql).map_err(failed)?;
        let mut rows = statement.query([]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            let (text, hash): (String, Option<String>) = (row.get(1).map_err(failed)?, row.get(2).map_err(failed)?);
            if hash.is_none_or(|hash| hash != super::words::text_hash(&text)) {
                let key: String = row.get(0).map_err(failed)?;
                wrong.push(format!("the text of {key} is not the one that was stored"));
            }
        }
        Ok(wrong)
    }
}

/// Opens a database to write; makes it if there is none. The caller holds the only writer's place from its first
/// transaction on.
pub(super) fn open_to_write(file: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(file, flags).map_err(|cause| trouble(file, cause))?;
    prepare(&connection, file)?;
    whole(&connection, file)?;
    let failed = |cause| trouble(file, cause);
    let found = format(&connection, file)?;
    if found < FORMAT {
        if connection.is_readonly("main").map_err(failed)? {
            return Err(refused(file, Trouble::ReadOnly, "it may not be written to"));
        }
        // Of a file that has pages already it changes nothing.
        connection.pragma_update(None, "page_size", PAGE_SIZE).map_err(failed)?;
        // To wait for the disk is not worth it while there is nothing to lose; the first batch waits for these pages too.
        if found == 0 {
            connection.pragma_update(None, "synchronous", "off").map_err(failed)?;
        }
        let migration = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(failed)?;
        // Somebody else may have come first.
        let found = format(&migration, file)?;
        for step in &MIGRATIONS[found as usize..] {
            migration.execute_batch(step).map_err(failed)?;
        }
        migration.pragma_update(None, "application_id", OWNER).map_err(failed)?;
        migration.pragma_update(None, "user_version", FORMAT).map_err(failed)?;
        migration.commit().map_err(failed)?;
        // Of the first batch the journal is synced once: it undoes some empty tables.
        let synchronous = if found == 0 { "normal" } else { "full" };
        let set = connection.pragma_update(None, "synchronous", synchronous);
        set.map_err(failed)?;
    }
    // What a long ingest writes is what its batches change of pages all over the indexes: the fewer of them and the more of
    // them in the log, the less goes to the disk.
    // Pages of a file mapped into memory are checked anew at each access, those in the cache once.
    let settings = "PRAGMA mmap_size = 0; PRAGMA cache_size = -196608; PRAGMA wal_autocheckpoint = 32000;";
    connection.execute_batch(settings).map_err(failed)?;
    unchecked(&connection).map_err(failed)?;
    Ok(connection)
}

/// Rows point only to what the writer has found or makes in the same transaction: to look that up again for each key took a
/// tenth of the time. `Reader::check` does.
fn unchecked(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch("PRAGMA foreign_keys = OFF")
}

/// From now on what is written goes into a log first, so that others can read meanwhile. What comes into a database that
/// is still empty is written once instead of twice: there is nothing to read, and the journal that undoes it is short.
/// Returns whether that is so now: not if it is empty, or if somebody reads it just now.
pub(super) fn keep_log(connection: &Connection) -> rusqlite::Result<bool> {
    let mode: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    // Nothing is written to a file.
    if mode == "memory" {
        return Ok(true);
    }
    let any = "SELECT EXISTS (SELECT 1 FROM articles)";
    if !connection.query_row(any, [], |row| row.get(0))? {
        return Ok(false);
    }
    connection.busy_timeout(SHORT_PATIENCE)?;
    let kept = connection.pragma_update(None, "journal_mode", "wal");
    connection.busy_timeout(PATIENCE)?;
    match kept {
        Err(cause) if cause.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => Ok(false),
        kept => {
            kept?;
            connection.pragma_update(None, "synchronous", "normal")?;
            Ok(true)
        }
    }
}

/// A database in memory, for sources that are only compared with.
pub(super) fn in_memory() -> Result<Connection> {
    let file = Path::new("memory");
    let failed = |cause| trouble(file, cause);
    let connection = Connection::open_in_memory().map_err(failed)?;
    for step in MIGRATIONS {
        connection.execute_batch(step).map_err(failed)?;
    }
    unchecked(&connection).map_err(failed)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

fn prepare(connection: &Connection, file: &Path) -> Result<()> {
    let failed = |cause| trouble(file, cause);
    connection.busy_timeout(PATIENCE).map_err(failed)?;
    let settings = "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 268435456;";
    connection.execute_batch(settings).map_err(failed)?;
    // Else a statement is compiled anew each time that something else is bound to its LIMIT.
    let stable = connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true);
    stable.map_err(failed)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(())
}

/// The schema's number: 0 for an empty file. Refuses databases of others and of later versions.
fn format(connection: &Connection, file: &Path) -> Result<i64> {
    let failed = |cause| trouble(file, cause);
    let (owner, version) = (
        number(connection, file, "application_id")?,
        number(connection, file, "user_version")?,
    );
    let tables: i64 = connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(failed)?;
    match (owner, version) {
        (0, 0) if tables == 0 => Ok(0),
        (OWNER, version) if version > FORMAT => {
            let detail =
                format!("it has schema {version}, and this version of attache knows no later one than {FORMAT}");
            Err(refused(file, Trouble::NewerSchema, detail))
        }
        (OWNER, version) if version > 0 => Ok(version),
        _ => Err(foreign(file)),
    }
}

fn foreign(file: &Path) -> Error {
    refused(file, Trouble::Foreign, "it is a database, but not one of attache's")
}

fn refused(file: &Path, trouble: Trouble, detail: impl Into<String>) -> Error {
    Error::Database {
        file: file.display().to_string(),
        trouble,
        detail: detail.into(),
    }
}

/// A pragma that is a number.
fn number(connection: &Connection, file: &Path, pragma: &str) -> Result<i64> {
    let value = connection.pragma_query_value(None, pragma, |row| row.get(0));
    value.map_err(|cause| trouble(file, cause))
}

/// Refuses a file that is shorter than it says it is. (What a log beside it holds comes on top.)
fn whole(connection: &Connection, file: &Path) -> Result<()> {
    if beside(file, "-wal").metadata().is_ok_and(|log| log.len() > 0) {
        return Ok(());
    }
    let said = number(connection, file, "page_count")? * number(connection, file, "page_size")?;
    let there = file.metadata().map_or(0, |file| file.len() as i64);
    if there < said {
        let detail = format!("it ends after {there} bytes of {said}");
        return Err(refused(file, Trouble::Damaged, detail));
    }
    Ok(())
}

fn beside(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn immutable(file: &Path) -> String {
    let path = file.display().to_string();
    let path = path.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    format!("file:{path}?immutable=1")
}

/// An error of SQLite, in our words.
pub(super) fn trouble(file: &Path, cause: rusqlite::Error) -> Error {
    let trouble = match cause.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Trouble::Busy,
        Some(ErrorCode::ReadOnly) => Trouble::ReadOnly,
        Some(ErrorCode::DiskFull) => Trouble::Full,
        Some(ErrorCode::DatabaseCorrupt) => Trouble::Damaged,
        Some(ErrorCode::NotADatabase) => Trouble::Foreign,
        Some(ErrorCode::CannotOpen) => Trouble::CannotOpen,
        _ => Trouble::Other,
    };
    let detail = match trouble {
        Trouble::Busy => "another program is writing to it; try again when that is done".to_owned(),
        Trouble::Foreign => "it is no SQLite database".to_owned(),
        _ => cause.to_string(),
    };
    refused(file, trouble, detail)
}
