//! Many documents to standard output, on several threads, in order.
//!
//! In: documents and what makes the lines of one. Out: the lines, each as soon as all before it are written; progress on
//! standard error if that is a terminal. An interrupt ends between two lines, never within one.

use super::exit::Exit;
use super::extract::OnError;
use attache::Error;
use attache::article::Failure;
use attache::batch::{Step, guarded, ordered};
use attache::input::{Raw, Source};
use attache::output::Style;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

/// Documents are handed to the threads in portions of so many bytes.
const PORTION: usize = 1 << 16;
/// How long an interrupt waits for a reader of the output that does not take it.
const PATIENCE: Duration = Duration::from_secs(2);
/// What a shell takes for the end by an interrupt.
const INTERRUPTED: i32 = 130;

/// How the batch is run.
pub(super) struct Batch<'g> {
    pub(super) threads: usize,
    pub(super) on_error: OnError,
    pub(super) exit_zero: bool,
    /// The size of all input in bytes, if known.
    pub(super) size: Option<u64>,
    /// How the records are written.
    pub(super) style: Style<'g>,
}

/// A document, or why there is none.
type Document = Result<Raw, Failure>;

/// What became of a portion of documents.
#[derive(Default)]
struct Portion {
    lines: Vec<u8>,
    records: u64,
    failed: u64,
    /// The failure that ends the work, behind the lines.
    end: Option<Failure>,
}

/// Runs `extract` on all documents; it appends the lines of one to the output.
pub(super) fn run(
    batch: Batch,
    first: Vec<Document>,
    mut source: Source,
    extract: impl Fn(Document, &mut Vec<u8>) -> Result<(), Failure> + Sync,
) -> Result<Exit, Error> {
    let progress = Progress::new(batch.size, &source);
    let output = Arc::new(Output::default());
    // Without a handler an interrupt ends the process at once, which is no worse than before.
    let _ = ctrlc::set_handler({
        let output = Arc::clone(&output);
        move || output.interrupt()
    });
    let portions = Some(first)
        .filter(|first| !first.is_empty())
        .into_iter()
        .chain(std::iter::from_fn(move || source.next_batch(PORTION)));
    let weigh = |portion: &Vec<Document>| portion.iter().flatten().map(|raw| raw.len() as u64).sum();
    let work = |portion: Vec<Document>| work(portion, &batch, &extract);
    let (mut records, mut failed, mut end) = (0, 0, None);
    let written = ordered(batch.threads, portions, weigh, work, |step| {
        let portion = match step {
            Step::Idle => return output.flush().map_err(Some),
            Step::Done(portion) => portion,
        };
        output
            .write(&portion.lines, portion.records - portion.failed)
            .map_err(Some)?;
        records += portion.records;
        failed += portion.failed;
        progress.show(records);
        match portion.end {
            None => Ok(()),
            Some(failure) => {
                end = Some(failure);
                Err(None)
            }
        }
    });
    progress.finish();
    if let Err(Some(error)) = written {
        return Err(error);
    }
    output.flush()?;
    if let Some(Failure { id, error }) = end {
        let name = id.map_or_else(String::new, |id| format!(" ({id})"));
        eprintln!("attache: record {records}{name}: {error}");
        return Ok(Exit::Fatal);
    }
    if failed == 0 {
        return Ok(Exit::Done);
    }
    let places = match batch.on_error {
        OnError::Skip => "they were left out",
        _ => "their places hold the errors",
    };
    eprintln!("attache: {failed} of {records} records failed; {places}");
    Ok(if batch.exit_zero { Exit::Done } else { Exit::SomeFailed })
}

fn work(
    portion: Vec<Document>,
    batch: &Batch,
    extract: &(impl Fn(Document, &mut Vec<u8>) -> Result<(), Failure> + Sync),
) -> Portion {
    let mut done = Portion::default();
    for document in portion {
        done.records += 1;
        let before = done.lines.len();
        let result = guarded(|| extract(document, &mut done.lines));
        let Err(failure) = result.unwrap_or_else(|error| Err(Failure { id: None, error })) else {
            continue;
        };
        done.lines.truncate(before);
        done.failed += 1;
        match batch.on_error {
            OnError::Skip => {}
            OnError::Fail => {
                done.end = Some(failure);
                break;
            }
            OnError::Record => {
                if let Err(cause) = batch.style.failure(&failure, &mut done.lines) {
                    let error = Error::Write(cause);
                    done.end = Some(Failure { id: failure.id, error });
                    break;
                }
            }
        }
    }
    done
}

/// Standard output; whoever holds it writes whole lines.
struct Output {
    to: Mutex<BufWriter<Stdout>>,
    written: AtomicU64,
}

impl Default for Output {
    fn default() -> Self {
        Output {
            to: Mutex::new(BufWriter::with_capacity(1 << 16, io::stdout())),
            written: AtomicU64::new(0),
        }
    }
}

impl Output {
    fn lock(&self) -> MutexGuard<'_, BufWriter<Stdout>> {
        self.to.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self, lines: &[u8], records: u64) -> Result<(), Error> {
        self.lock().write_all(lines).map_err(Error::Write)?;
        self.written.fetch_add(records, Ordering::Relaxed);
        Ok(())
    }

    fn flush(&self) -> Result<(), Error> {
        self.lock().flush().map_err(Error::Write)
    }

    /// Ends the process between two lines.
    fn interrupt(&self) {
        let start = Instant::now();
        let mut held = loop {
            match self.to.try_lock() {
                Ok(held) => break held,
                Err(TryLockError::Poisoned(held)) => break held.into_inner(),
                // The reader of the output is stuck, and was told to end as well.
                Err(TryLockError::WouldBlock) if start.elapsed() > PATIENCE => std::process::exit(INTERRUPTED),
                Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(5)),
            }
        };
        let _ = held.flush();
        let written = self.written.load(Ordering::Relaxed);
        eprintln!("\nattache: interrupted; {written} records are written");
        std::process::exit(INTERRUPTED);
    }
}

/// A line on the terminal that tells how far the work is.
struct Progress {
    bar: Option<ProgressBar>,
    read: Arc<AtomicU64>,
}

impl Progress {
    /// Shown when standard error is a terminal and the records go elsewhere.
    fn new(size: Option<u64>, source: &Source) -> Progress {
        let shown = io::stderr().is_terminal() && !io::stdout().is_terminal();
        Progress {
            bar: shown.then(|| bar(size)),
            read: source.bytes_read(),
        }
    }

    fn show(&self, records: u64) {
        if let Some(bar) = &self.bar {
            bar.set_message(records.to_string());
            bar.set_position(self.read.load(Ordering::Relaxed));
        }
    }

    fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn bar(size: Option<u64>) -> ProgressBar {
    let (bar, template) = match size {
        Some(size) => (
            ProgressBar::new(size),
            "{msg} articles, {bytes_per_sec}, {eta} left {wide_bar}",
        ),
        None => (ProgressBar::no_length(), "{msg} articles, {bytes}, {bytes_per_sec}"),
    };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.with_style(style)
}
