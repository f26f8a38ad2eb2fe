//! Articles and records into a quote database.
//!
//! In: whatever `attache` reads, or records it printed. Out: the database, and a closing line with what was added,
//! unchanged, replaced and failed; what failed is told on standard error.

use super::exit::{Exit, told};
use super::extract::threads;
use super::gazetteer;
use super::say::say;
use attache::article::{Failure, Id};
use attache::batch::{Step, guarded, ordered};
use attache::input::{Options, Raw, Source};
use attache::store::{Known, Prepared, Preparer, Reader, Ready, Run, Writer};
use attache::{Error, Extractor, VERSION};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;
use std::collections::HashMap;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::thread::{self, ThreadId};
use std::time::Duration;

pub(super) const HELP: &str = "\
An article that is there already, the same, is passed over without being read. One that changed (same URL, else same id)
gets new quotes; the old ones are kept in its history. An ingest that was interrupted goes on when it is started again.

Example:
  attache ingest --db quotes.db articles/ more.jsonl.gz";

/// What was asked for.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The database; made if it is not there
    #[arg(long, value_name = "FILE")]
    db: PathBuf,
    /// Files and folders of articles, or of records that attache printed [default: standard input]
    paths: Vec<PathBuf>,
    /// Day of publication, for articles that do not say
    #[arg(long, value_parser = attache::article::parse_date)]
    date: Option<Date>,
    /// The outlet, for articles that name none
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// How many threads to read with [default: all cores]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    #[command(flatten)]
    tables: gazetteer::Tables,
}

/// Documents are handed to the threads in portions of so many bytes: some articles. The smaller they are, the less is left
/// to be written when the last one has been read.
const PORTION: usize = 1 << 14;
/// How many failures are told one by one.
const TOLD: u64 = 20;

pub(crate) fn run(args: &Args) -> Result<Exit, Error> {
    let extractor = gazetteer::extractor(&args.tables.files)?;
    let run = Run {
        version: VERSION.to_owned(),
        gazetteer: format!("{:016x}", extractor.gazetteer().fingerprint()),
        options: options(args),
    };
    let mut writer = Writer::open(&args.db, &run)?;
    fill(args, &extractor, &run, &mut writer)?;
    let closing = writer.finish()?;
    let line = format!(
        "{} added, {} unchanged, {} replaced, {} failed",
        closing.added, closing.unchanged, closing.replaced, closing.failed
    );
    let exit = match closing.failed {
        0 => Exit::Done,
        _ => Exit::SomeFailed,
    };
    told(writeln!(io::stdout(), "{line}"), exit)
}

fn fill(args: &Args, extractor: &Extractor, run: &Run, writer: &mut Writer) -> Result<(), Error> {
    let preparer = Preparer::new(extractor, run, args.outlet.as_deref(), Some(Reader::open(&args.db)?));
    let options = Options {
        date: args.date,
        database: Some(args.db.clone()),
        ..Options::default()
    };
    // Hidden by itself where standard error is no terminal.
    let progress = ProgressBar::no_length();
    if let Ok(style) = ProgressStyle::with_template("{human_pos} articles, {per_sec}, {elapsed}") {
        progress.set_style(style);
    }
    progress.enable_steady_tick(Duration::from_millis(200));
    let source = Source::new(args.paths.clone(), options);
    let mut failures = 0;
    each(source, threads(args.threads), &preparer, |became| {
        match became {
            Became::Known(known) if !writer.unchanged(known)? => return Ok(false),
            Became::Known(_) => {}
            Became::Ready(ready) => {
                writer.add(ready)?;
            }
            Became::Failed(failure) => {
                writer.failure();
                failures += 1;
                if failures <= TOLD {
                    progress.suspend(|| tell(failure));
                }
            }
        }
        progress.inc(1);
        Ok(true)
    })?;
    progress.finish_and_clear();
    if failures > TOLD {
        say(format_args!("and {} more", failures - TOLD));
    }
    Ok(())
}

/// What became of a document.
pub(super) enum Became<'p> {
    Known(&'p Known),
    Ready(&'p Ready),
    Failed(Failure),
}

/// Makes documents ready on so many threads; hands over, in order, what became of each. One that was known is handed over
/// again, anew, if the answer is that it is not any more.
pub(super) fn each(
    mut source: Source,
    threads: usize,
    preparer: &Preparer,
    mut sink: impl FnMut(Became) -> Result<bool, Error>,
) -> Result<(), Error> {
    let portions = std::iter::from_fn(move || source.next_batch(PORTION));
    let weigh = |portion: &Vec<Document>| portion.iter().flatten().map(|raw| raw.len() as u64).sum();
    let prepare = |document: Document| match document {
        Ok(raw) => {
            let origin = raw.origin.clone();
            let prepared = guarded(|| preparer.prepare(raw));
            match prepared.unwrap_or_else(|error| Ok(Prepared::Failed(Failure { id: None, error }))) {
                // What has no name is found by its place.
                Ok(Prepared::Failed(Failure { id: None, error })) => Ok(Prepared::Failed(Failure {
                    id: Some(Id::Text(origin.to_string())),
                    error,
                })),
                prepared => prepared,
            }
        }
        Err(failure) => Ok(Prepared::Failed(failure)),
    };
    // What is stored goes back to the thread that made it: memory that another one frees slows both down.
    let spent: Mutex<HashMap<ThreadId, Vec<Box<Ready>>>> = Mutex::default();
    let lock = || spent.lock().unwrap_or_else(PoisonError::into_inner);
    let work = |portion: Vec<Document>| {
        let maker = thread::current().id();
        let spent = lock().remove(&maker);
        drop(spent);
        (maker, portion.into_iter().map(prepare).collect::<Vec<_>>())
    };
    ordered(threads, portions, weigh, work, |step| {
        let Step::Done((maker, portion)) = step else {
            return Ok(());
        };
        let mut stored = Vec::new();
        for prepared in portion {
            let made = match prepared? {
                Prepared::Known(known) if sink(Became::Known(&known))? => continue,
                Prepared::Known(known) => preparer.prepare_anew(*known),
                Prepared::Ready(ready) => Ok(ready),
                Prepared::Failed(failure) => Err(failure),
            };
            match made {
                Ok(ready) => {
                    sink(Became::Ready(&ready))?;
                    stored.push(ready);
                }
                Err(failure) => {
                    sink(Became::Failed(failure))?;
                }
            }
        }
        lock().entry(maker).or_default().append(&mut stored);
        Ok(())
    })
}

/// Says on standard error why a document could not be read.
pub(super) fn tell(failure: Failure) {
    let id = failure.id.map(|id| format!("{id}: ")).unwrap_or_default();
    say(format_args!("{id}{}", failure.error));
}

/// A document, or why there is none.
type Document = Result<Raw, Failure>;

/// The options that change what is stored, for the run's row.
fn options(args: &Args) -> String {
    let date = args.date.map(|date| format!("--date {date}"));
    let outlet = args.outlet.as_ref().map(|outlet| format!("--outlet {outlet}"));
    let given: Vec<String> = [date, outlet].into_iter().flatten().collect();
    given.join(" ")
}
