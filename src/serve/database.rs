//! The quote database behind the pages.
//!
//! In: a file and questions to it. Out: answers, each from one of a few connections that only read, so that an ingest can
//! write meanwhile. Who may correct is decided here too: whoever holds the token that this server's own pages carry.

use super::app::App;
use super::limits::Limits;
use super::pool::Pool;
use super::problem::Problem;
use crate::error::{Error, Result as Read};
use crate::store::{Reader, Remembered};
use axum::http::HeaderMap;
use axum::http::header::{HOST, ORIGIN};
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// Connections that read at once.
const READERS: usize = 4;

pub(crate) struct Database {
    pub(crate) file: PathBuf,
    pub(crate) read_only: bool,
    token: String,
    reads: Pool,
    /// They wait for whoever else writes, and nobody waits for them.
    pub(crate) writes: Pool,
    idle: Mutex<Vec<Reader>>,
    remembered: Remembered,
    /// Whether a page was asked for since what is remembered was last looked after.
    asked: Arc<AtomicBool>,
}

/// How long after something was written it is read anew for the pages to come.
const PAUSE: Duration = Duration::from_secs(1);

impl Database {
    /// Opens it once, to know now rather than later if that fails.
    pub(crate) fn open(file: PathBuf, read_only: bool, limits: &Limits) -> Read<Database> {
        let remembered = Remembered::default();
        let first = Reader::open(&file)?.remembering(&remembered);
        let asked = Arc::new(AtomicBool::new(true));
        look_after(&file, &remembered, &asked);
        // The keys that make states differ come from the operating system.
        let part = |at: u8| format!("{:016x}", RandomState::new().hash_one(at));
        Ok(Database {
            file,
            read_only,
            token: part(0) + &part(1),
            reads: Pool::new(READERS, limits),
            writes: Pool::new(1, limits),
            idle: Mutex::new(vec![first]),
            remembered,
            asked,
        })
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Reader>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Another connection.
    fn reader(&self) -> Read<Reader> {
        Ok(Reader::open(&self.file)?.remembering(&self.remembered))
    }

    /// What a form must carry to correct; none if nothing may be corrected.
    pub(crate) fn token(&self) -> Option<&str> {
        (!self.read_only).then_some(&self.token)
    }

    /// Whether a request may change the database: it comes from a page of this server, or from no page at all, and holds
    /// the token.
    pub(crate) fn may_write(&self, headers: &HeaderMap, token: &str) -> Result<(), Problem> {
        if self.read_only {
            return Err(Problem::forbidden("read_only", "this server was started to read only"));
        }
        let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
        let own = match (text("sec-fetch-site"), text(ORIGIN.as_str())) {
            (Some(site), _) => site == "same-origin",
            (None, Some(origin)) => {
                let host = origin.split_once("://").map(|(_, host)| host);
                host.is_some() && host == text(HOST.as_str())
            }
            (None, None) => true,
        };
        if own && token == self.token {
            return Ok(());
        }
        let message = "this form does not come from a page of this server, or the server was started anew since";
        Err(Problem::forbidden("foreign_form", message))
    }
}

/// Reads on a thread of its own what pages will ask for: at once, so that the first one need not wait for it, and again when
/// pages are asked for and something was written. It ends with the database; what fails is told by the pages.
fn look_after(file: &Path, remembered: &Remembered, asked: &Arc<AtomicBool>) {
    let (file, remembered, asked) = (file.to_owned(), remembered.clone(), Arc::downgrade(asked));
    thread::spawn(move || -> Read<()> {
        let reader = Reader::open(&file)?.remembering(&remembered);
        while let Some(asked) = asked.upgrade() {
            if asked.swap(false, Ordering::Relaxed) {
                // Somebody may be writing; then it is read the next time.
                let _ = reader.stats();
            }
            drop(asked);
            thread::sleep(PAUSE);
        }
        Ok(())
    });
}

/// Asks the database. There is no such page without one.
pub(crate) async fn ask<T: Send + 'static>(
    app: &Arc<App>,
    question: impl FnOnce(&Reader) -> Read<T> + Send + 'static,
) -> Result<T, Problem> {
    let worker = app.clone();
    let database = of(app)?;
    let work = move || -> Result<T, Problem> {
        let database = of(&worker)?;
        database.asked.store(true, Ordering::Relaxed);
        let idle = database.idle().pop();
        let reader = idle.map_or_else(|| database.reader(), Ok)?;
        let answer = question(&reader);
        // One that failed may be broken; the next question gets a new one. A question that was wrong breaks nothing.
        if matches!(answer, Ok(_) | Err(Error::Query(_))) {
            database.idle().push(reader);
        }
        Ok(answer?)
    };
    database.reads.run(work).await?
}

/// The database, if there is one.
pub(crate) fn of(app: &App) -> Result<&Database, Problem> {
    app.database
        .as_ref()
        .ok_or_else(|| Problem::not_found("page: the server was started without a database"))
}
