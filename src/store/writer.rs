//! Records into the database, in whole batches.
//!
//! In: records made [`Ready`], each with a hash of the input it came from. Out: what became of each: added, unchanged,
//! replaced. A batch is one transaction: a process that is killed leaves all of it or nothing, and an ingest started
//! anew finds what is there by key and hash, and goes on behind it. The rows of an article are written by `rows`.

use super::base;
use super::copies::Originals;
use super::ingest::Known;
use super::ready::Ready;
use super::rows;
use super::shingles::Shingles;
use super::sketches::Sketches;
use super::statements;
use super::tallies::Tallies;
use super::versions::{Stored, Versions};
use super::vocabulary::{self, Vocabulary};
use crate::error::{Error, Result};
use jiff::Timestamp;
use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::thread::{self, ScopedJoinHandle};
use std::time::{Duration, Instant};

/// Articles in one transaction, at most.
const BATCH: usize = 4096;
/// Rows of each kind that are remembered: some tens of megabytes.
const MOST_IDS: usize = 200_000;
/// So many speakers are read in the time that a few articles take.
const FEW_SPEAKERS: usize = 10_000;
/// How long a transaction keeps others from writing, at most, if articles keep coming.
const PATIENCE: Duration = Duration::from_secs(4);
/// How long the door stays open for them then: whoever waits looks each tenth of a second.
const DOOR: Duration = Duration::from_millis(120);

/// With what an ingest is done; kept with all it adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The version of attache.
    pub version: String,
    /// Which gazetteer, so that two that differ are told apart.
    pub gazetteer: String,
    /// The options, as given.
    pub options: String,
}

/// What became of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is new.
    Added,
    /// It was there, the same.
    Unchanged,
    /// It was there, different; its quotes are new, and the history keeps the old ones.
    Replaced,
}

/// What an ingest did, in articles.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Closing {
    /// New ones.
    pub added: u64,
    /// Known ones.
    pub unchanged: u64,
    /// Changed ones.
    pub replaced: u64,
    /// Ones that could not be read.
    pub failed: u64,
}

/// Writes a quote database. One at a time may write; others wait some seconds for the end of a batch.
#[derive(Debug)]
pub struct Writer {
    connection: Connection,
    file: PathBuf,
    run: Run,
    /// When it began.
    started: String,
    /// Its row's number; 0 until the first batch makes that.
    run_id: i64,
    memory: Memory,
    /// How many batches there were in this run.
    batches: i64,
    /// What others have written: a number that changes with it.
    foreign: i64,
    batch: Option<(usize, Instant)>,
    /// When others could write last.
    let_in: Instant,
    /// Whether what is written goes into a log first.
    logged: bool,
    versions: Versions,
    closing: Closing,
}

/// What is remembered from one article to the next.
#[derive(Debug, Default)]
pub(super) struct Memory {
    pub(super) ids: Ids,
    /// The numbers that the next quote, the next statement and the next speaker get.
    pub(super) next_quote: i64,
    pub(super) next_statement: i64,
    pub(super) next_speaker: i64,
    /// Of statements whose first quote names somebody: whom.
    pub(super) first_speakers: FxHashMap<i64, i64>,
    pub(super) sketches: Sketches,
    pub(super) shingles: Shingles,
    pub(super) vocabulary: Vocabulary,
    pub(super) originals: Originals,
    pub(super) tallies: Tallies,
    /// Whether there are corrections.
    pub(super) corrected: bool,
}

/// Rows that were looked up before. None of them is ever deleted. Forgotten when there are too many.
#[derive(Debug, Default)]
pub(super) struct Ids {
    pub(super) speakers: FxHashMap<String, i64>,
    /// Whether these are all speakers there are: then nobody else is looked for.
    pub(super) all_speakers: bool,
    pub(super) sources: FxHashMap<String, i64>,
    pub(super) offices: FxHashMap<String, i64>,
}

impl Ids {
    /// Begins with all speakers, if there are few.
    fn of(connection: &Connection) -> rusqlite::Result<Ids> {
        let mut ids = Ids::default();
        let mut read = connection.prepare_cached("SELECT key, id FROM speakers LIMIT ?1")?;
        let mut rows = read.query([FEW_SPEAKERS as i64])?;
        while let Some(row) = rows.next()? {
            ids.speakers.insert(row.get(0)?, row.get(1)?);
        }
        ids.all_speakers = ids.speakers.len() < FEW_SPEAKERS;
        Ok(ids)
    }

    fn limit(&mut self) {
        self.all_speakers &= self.speakers.len() <= MOST_IDS;
        for ids in [&mut self.speakers, &mut self.sources, &mut self.offices] {
            if ids.len() > MOST_IDS {
                ids.clear();
            }
        }
    }
}

impl Writer {
    /// Opens a database, makes it if there is none, and begins a run.
    pub fn open(file: &Path, run: &Run) -> Result<Writer> {
        Ok(Writer::begin(base::open_to_write(file)?, file, run))
    }

    /// A database in memory, for sources that a draft is only compared with.
    pub fn in_memory(run: &Run) -> Result<Writer> {
        Ok(Writer::begin(base::in_memory()?, Path::new("memory"), run))
    }

    fn begin(connection: Connection, file: &Path, run: &Run) -> Writer {
        Writer {
            connection,
            file: file.to_owned(),
            run: run.clone(),
            started: now(),
            run_id: 0,
            logged: false,
            memory: Memory::default(),
            batches: 0,
            foreign: 0,
            batch: None,
            let_in: Instant::now(),
            versions: Versions::default(),
            closing: Closing::default(),
        }
    }

    /// Counts an input that is known, if it is no change. It is one if another version of the same article, before it in
    /// this run, has replaced what was there: then it is to be prepared anew and added.
    pub fn unchanged(&mut self, known: &Known) -> Result<bool> {
        let still = match known.only {
            Some(article) if self.closing.replaced == 0 => {
                self.versions.reach_only(article);
                true
            }
            _ => self.is_there(known).map_err(|cause| self.failed(cause))?,
        };
        self.closing.unchanged += u64::from(still);
        Ok(still)
    }

    fn is_there(&mut self, known: &Known) -> rusqlite::Result<bool> {
        let stored = Stored::find(&self.connection, &known.key)?;
        Ok(stored.is_some_and(|stored| self.versions.reach(&stored, &known.hash, self.run_id)))
    }

    /// Counts an input that could not be read.
    pub fn failure(&mut self) {
        self.closing.failed += 1;
    }

    /// Stores a record. A full batch is committed at once.
    pub fn add(&mut self, ready: &Ready) -> Result<Outcome> {
        self.start()?;
        let outcome = self.store(ready).map_err(|cause| self.failed(cause))?;
        match outcome {
            Outcome::Added => self.closing.added += 1,
            Outcome::Unchanged => self.closing.unchanged += 1,
            Outcome::Replaced => self.closing.replaced += 1,
        }
        if let Some((articles, since)) = &mut self.batch {
            *articles += 1;
            if *articles >= BATCH || since.elapsed() > PATIENCE {
                self.commit()?;
                if self.let_in.elapsed() > PATIENCE {
                    thread::sleep(DOOR);
                    self.let_in = Instant::now();
                }
            }
        }
        Ok(outcome)
    }

    fn store(&mut self, ready: &Ready) -> rusqlite::Result<Outcome> {
        let Some(stored) = Stored::find(&self.connection, &ready.key)? else {
            rows::add(&self.connection, &mut self.memory, self.run_id, None, ready)?;
            return Ok(Outcome::Added);
        };
        if self.versions.reach(&stored, &ready.input_hash, self.run_id) {
            return Ok(Outcome::Unchanged);
        }
        let superseded = self.versions.superseded(&stored, self.run_id);
        // A record without its text takes away none that is here.
        let with_text = match ready.incoming.text {
            None => stored.text(&self.connection)?.and_then(|text| ready.with_text(text)),
            Some(_) => None,
        };
        let ready = with_text.as_ref().unwrap_or(ready);
        let (connection, memory) = (&self.connection, &mut self.memory);
        let before = rows::clear(connection, memory, stored.article, superseded, &ready.incoming)?;
        rows::add(connection, memory, self.run_id, Some(before), ready)?;
        statements::bury(connection, memory)?;
        self.number()?;
        Ok(Outcome::Replaced)
    }

    /// Makes sure that a transaction is open.
    fn start(&mut self) -> Result<()> {
        if self.batch.is_none() {
            self.begin_batch().map_err(|cause| self.failed(cause))?;
        }
        Ok(())
    }

    fn begin_batch(&mut self) -> rusqlite::Result<()> {
        if !self.logged {
            // Where somebody reads just now, it is tried again with the next batch.
            self.logged = base::keep_log(&self.connection)?;
        }
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        self.batch = Some((0, Instant::now()));
        if self.run_id == 0 {
            let sql = "INSERT INTO runs(started, version, gazetteer, options) VALUES (?1, ?2, ?3, ?4)";
            let Run {
                version,
                gazetteer,
                options,
            } = &self.run;
            let row = params![self.started, version, gazetteer, options];
            self.connection.execute(sql, row)?;
            self.run_id = self.connection.last_insert_rowid();
        }
        self.recall()
    }

    /// What a batch begins with.
    fn recall(&mut self) -> rusqlite::Result<()> {
        let (connection, memory) = (&self.connection, &mut self.memory);
        let ask = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
        let foreign = ask("PRAGMA data_version")?;
        if foreign != std::mem::replace(&mut self.foreign, foreign) {
            // What somebody else wrote between two batches is not what was remembered.
            (memory.sketches, memory.shingles) = (Sketches::default(), Shingles::default());
            (memory.originals, memory.tallies) = (Originals::default(), Tallies::default());
            memory.first_speakers.clear();
            memory.ids = Ids::of(connection)?;
        }
        memory.corrected = ask("SELECT EXISTS (SELECT 1 FROM corrections)")? != 0;
        memory.ids.limit();
        if memory.first_speakers.len() > MOST_IDS {
            memory.first_speakers.clear();
        }
        self.number()
    }

    /// The next rows get the numbers behind the last ones that are there: what a process begun just now would give them.
    fn number(&mut self) -> rusqlite::Result<()> {
        let Memory {
            next_quote,
            next_statement,
            next_speaker,
            ..
        } = &mut self.memory;
        for (next, table) in [
            (next_quote, "quotes"),
            (next_statement, "statements"),
            (next_speaker, "speakers"),
        ] {
            let sql = format!("SELECT coalesce(max(id), 0) + 1 FROM {table}");
            let mut last = self.connection.prepare_cached(&sql)?;
            *next = last.query_row([], |row| row.get(0))?;
        }
        Ok(())
    }

    /// Ends the batch: all that was added so far is in the database for good.
    pub fn commit(&mut self) -> Result<()> {
        self.start()?;
        self.settle(false).map_err(|cause| self.failed(cause))?;
        self.commit_batch()
    }

    fn commit_batch(&mut self) -> Result<()> {
        let done = self.connection.execute_batch("COMMIT");
        done.map_err(|cause| self.failed(cause))?;
        self.batch = None;
        Ok(())
    }

    /// Writes what was gathered in memory; after the last batch, what the planner of queries goes by too.
    fn settle(&mut self, last: bool) -> rusqlite::Result<()> {
        let connection = &self.connection;
        let Memory {
            vocabulary,
            shingles,
            tallies,
            ..
        } = &mut self.memory;
        self.batches += 1;
        let batch = self.run_id << 24 | self.batches;
        let logged = self.logged;
        // At the end of an ingest nobody else has anything to do.
        thread::scope(|scope| {
            let words = scope.spawn(|| vocabulary.take());
            let changed = scope.spawn(|| shingles.changed());
            tallies.write(connection)?;
            if last {
                connection.execute_batch("PRAGMA analysis_limit = 200; PRAGMA optimize")?;
            }
            vocabulary::write(connection, batch, &joined(words))?;
            // What will not change any more goes into the file while the other thread is still at work.
            if !logged {
                connection.cache_flush()?;
            }
            joined(changed).write(connection)
        })?;
        shingles.limit(connection)?;
        let Closing {
            added,
            unchanged,
            replaced,
            failed,
        } = self.closing;
        let sql = "UPDATE runs SET added = ?2, unchanged = ?3, replaced = ?4, failed = ?5 WHERE id = ?1";
        let figures = params![
            self.run_id,
            added as i64,
            unchanged as i64,
            replaced as i64,
            failed as i64
        ];
        connection.prepare_cached(sql)?.execute(figures)?;
        Ok(())
    }

    /// Ends the run. Without this, all but the last batch is kept, and the run has no end.
    pub fn finish(mut self) -> Result<Closing> {
        self.start()?;
        let sql = "UPDATE runs SET finished = ?2 WHERE id = ?1";
        let ended = self.connection.execute(sql, params![self.run_id, now()]);
        ended
            .and_then(|_| self.settle(true))
            .map_err(|cause| self.failed(cause))?;
        // Some hundred thousand pieces.
        let memory = std::mem::take(&mut self.memory);
        thread::scope(|scope| {
            scope.spawn(|| drop(memory));
            self.commit_batch()
        })?;
        // So that all of it is in one file; if others read just now, the log stays a while longer.
        let _ = self.connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
        Ok(self.closing)
    }

    /// What was written, to be read; for databases in memory, which nobody else can open.
    pub fn into_reader(mut self) -> Result<super::Reader> {
        self.commit()?;
        super::Reader::of(self.connection, &self.file)
    }

    fn failed(&self, cause: rusqlite::Error) -> Error {
        base::trouble(&self.file, cause)
    }
}

fn joined<T>(thread: ScopedJoinHandle<T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

pub(super) fn now() -> String {
    let mut stamp = Timestamp::now().to_string();
    // To the second.
    if let Some(point) = stamp.find('.') {
        stamp.replace_range(point.., "Z");
    }
    stamp
}
