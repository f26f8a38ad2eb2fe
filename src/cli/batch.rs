//! Many documents to one output, on several threads, in order.
//!
//! In: documents, numbered from 1, and what makes of one what is written. Out: that, each as soon as all before it are
//! written; progress on standard error if that is a terminal. An interrupt ends between two articles, never within one.

use super::exit::Exit;
use super::extract::OnError;
use super::say::{say, say_interrupted};
use super::sink::{Made, Sink};
use super::stop;
use attache::Error;
use attache::article::Failure;
use attache::batch::{Step, guarded, ordered};
use attache::input::{Raw, Source};
use attache::output::Style;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

/// Documents are handed to the threads in portions of so many bytes.
const PORTION: usize = 1 << 16;
/// How long an interrupt waits for a reader of the output that does not take it.
const PATIENCE: Duration = Duration::from_secs(2);

/// How the batch is run.
pub(super) struct Batch<'g> {
    pub(super) threads: usize,
    pub(super) on_error: OnError,
    pub(super) exit_zero: bool,
    /// The size of all input in bytes, if known.
    pub(super) size: Option<u64>,
    /// How the articles are written.
    pub(super) style: Style<'g>,
}

/// A document, or why there is none.
type Document = Result<Raw, Failure>;

/// What became of a portion of documents.
#[derive(Default)]
struct Portion {
    made: Made,
    records: u64,
    failed: u64,
    /// Failures that have no place among what was made, with the numbers of their documents.
    told: Vec<(u64, Failure)>,
    /// The failure that ends the work, behind what was made.
    end: Option<Failure>,
}

/// Runs `extract` on all documents; it adds what it makes of one.
pub(super) fn run(
    batch: Batch,
    sink: Sink,
    first: Vec<Document>,
    mut source: Source,
    extract: impl Fn(u64, Document, &mut Made) -> Result<(), Failure> + Sync,
) -> Result<Exit, Error> {
    let progress = Progress::new(batch.size, &source, &sink);
    let output = Arc::new(Output::begin(sink, &batch.style)?);
    stop::before_end({
        let output = Arc::clone(&output);
        move || output.interrupt()
    });
    let portions = Some(first)
        .filter(|first| !first.is_empty())
        .into_iter()
        .chain(std::iter::from_fn(move || source.next_batch(PORTION)));
    let mut count = 0;
    let portions = portions.map(move |portion: Vec<Document>| {
        let before = count;
        count += portion.len() as u64;
        (before, portion)
    });
    let weigh = |(_, portion): &(u64, Vec<Document>)| portion.iter().flatten().map(|raw| raw.len() as u64).sum();
    let work = |(before, portion)| work(before, portion, &batch, &extract);
    let (mut records, mut failed, mut end) = (0, 0, None);
    let written = ordered(batch.threads, portions, weigh, work, |step| {
        let portion = match step {
            Step::Idle => return output.flush().map_err(Some),
            Step::Done(portion) => portion,
        };
        let articles = portion.records - portion.failed;
        output.write(portion.made, articles).map_err(Some)?;
        progress.tell(&portion.told);
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
        stop::unless_ending();
        // The handler of interrupts holds the output too: a file without its name would stay.
        drop(output.lock().take());
        return Err(error);
    }
    if let Some(failure) = end {
        // The articles before it are whole, and on a stream they stay.
        let sink = output.lock().take();
        output.give_up(sink)?;
        tell(records, &failure);
        return Ok(Exit::Fatal);
    }
    output.finish()?;
    if failed == 0 {
        return Ok(Exit::Done);
    }
    let places = match batch.on_error {
        OnError::Record if batch.style.format.holds_failures() => "their places hold the errors",
        _ => "they were left out",
    };
    say(format_args!("{failed} of {records} records failed; {places}"));
    Ok(if batch.exit_zero { Exit::Done } else { Exit::SomeFailed })
}

/// Says on standard error what became of a document.
fn tell(number: u64, Failure { id, error }: &Failure) {
    let name = id.as_ref().map_or_else(String::new, |id| format!(" ({id})"));
    say(format_args!("record {number}{name}: {error}"));
}

fn work(
    first: u64,
    portion: Vec<Document>,
    batch: &Batch,
    extract: &(impl Fn(u64, Document, &mut Made) -> Result<(), Failure> + Sync),
) -> Portion {
    let mut done = Portion::default();
    for document in portion {
        done.records += 1;
        let number = first + done.records;
        let before = done.made.bytes.len();
        let result = guarded(|| extract(number, document, &mut done.made));
        let Err(failure) = result.unwrap_or_else(|error| Err(Failure { id: None, error })) else {
            continue;
        };
        done.made.bytes.truncate(before);
        done.failed += 1;
        match batch.on_error {
            OnError::Skip => {}
            OnError::Fail => {
                done.end = Some(failure);
                break;
            }
            OnError::Record if !batch.style.format.holds_failures() => done.told.push((number, failure)),
            OnError::Record => {
                if let Err(cause) = batch.style.failure(&failure, &mut done.made.bytes) {
                    let error = Error::Write(cause);
                    done.end = Some(Failure { id: failure.id, error });
                    break;
                }
            }
        }
    }
    done
}

/// The output; whoever holds it writes whole articles. It is gone once it has come to its end.
struct Output {
    to: Mutex<Option<Sink>>,
    /// What stands behind the last article.
    end: Vec<u8>,
    written: AtomicU64,
}

impl Output {
    fn begin(mut sink: Sink, style: &Style) -> Result<Self, Error> {
        let (mut begin, mut end) = (Vec::new(), Vec::new());
        style.begin(&mut begin).map_err(Error::Write)?;
        style.end(&mut end).map_err(Error::Write)?;
        sink.write(begin.into())?;
        Ok(Output {
            to: Mutex::new(Some(sink)),
            end,
            written: AtomicU64::new(0),
        })
    }

    fn lock(&self) -> MutexGuard<'_, Option<Sink>> {
        self.to.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self, made: Made, articles: u64) -> Result<(), Error> {
        // Whoever writes without a pause would not let an interrupt come to its turn.
        stop::unless_ending();
        self.lock().as_mut().map_or(Ok(()), |sink| sink.write(made))?;
        self.written.fetch_add(articles, Ordering::Relaxed);
        Ok(())
    }

    fn flush(&self) -> Result<(), Error> {
        self.lock().as_mut().map_or(Ok(()), Sink::flush)
    }

    /// Ends it: a file gets its name.
    fn finish(&self) -> Result<(), Error> {
        // Held to the end: an interrupt waits for it.
        let mut held = self.lock();
        let Some(mut sink) = held.take() else { return Ok(()) };
        sink.write(self.end.clone().into())?;
        sink.finish()
    }

    /// Ends it before all is there; says whether what was written stays.
    fn give_up(&self, sink: Option<Sink>) -> Result<bool, Error> {
        match sink {
            Some(mut sink) if sink.is_kept() => {
                sink.write(self.end.clone().into())?;
                sink.finish()?;
                Ok(true)
            }
            // A file without its name goes with the sink.
            Some(_) => Ok(false),
            None => Ok(true),
        }
    }

    /// Ends it between two articles, for good: the process ends next.
    fn interrupt(&self) {
        let start = Instant::now();
        let mut held = loop {
            match self.to.try_lock() {
                Ok(held) => break held,
                Err(TryLockError::Poisoned(held)) => break held.into_inner(),
                // The reader of the output is stuck, and was told to end as well.
                Err(TryLockError::WouldBlock) if start.elapsed() > PATIENCE => return,
                Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(5)),
            }
        };
        // Held to the end: nobody else may write or give a file its name any more.
        let sink = held.take();
        let written = self.written.load(Ordering::Relaxed);
        let stays = self.give_up(sink).unwrap_or(true);
        match stays {
            false => say_interrupted("nothing is"),
            true => say_interrupted(format_args!("{written} records are")),
        }
        // Not before the process has ended may anybody write.
        std::mem::forget(held);
    }
}

/// A line on the terminal that tells how far the work is.
struct Progress {
    bar: Option<ProgressBar>,
    read: Arc<AtomicU64>,
}

impl Progress {
    /// Shown when standard error is a terminal and the output goes elsewhere.
    fn new(size: Option<u64>, source: &Source, sink: &Sink) -> Progress {
        let shown = io::stderr().is_terminal() && !sink.is_terminal();
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

    /// Tells of failures without writing into the line.
    fn tell(&self, failures: &[(u64, Failure)]) {
        let all = || failures.iter().for_each(|(number, failure)| tell(*number, failure));
        self.bar.as_ref().map_or_else(all, |bar| bar.suspend(all));
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
