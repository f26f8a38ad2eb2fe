//! What a quote database holds, in figures.
//!
//! In: the database and a filter. Out: how much there is, who is quoted how often, and which share of the quotes comes of
//! sources that the text hides, by outlet and by month: tables for people, or one JSON object.

use super::ask::{Which, plain};
use super::exit::Exit;
use attache::Error;
use attache::store::{Filter, Found, Month, Outlet, Speaker, Stats};
use clap::ValueEnum;
use serde::Serialize;
use std::io::{self, BufWriter, Write};

/// Which quotes are counted, and how the counts are written.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    which: Which,
    /// How many speakers and outlets
    #[arg(long, default_value_t = 20)]
    limit: usize,
    /// How to write them
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// Tables for people
    Text,
    /// One JSON object
    Json,
}

/// All that is counted.
#[derive(Serialize)]
struct Counted {
    /// The database as a whole, whatever was asked for.
    database: Stats,
    /// What fits, all of it if nothing was asked for; so are the lists.
    found: Found,
    speakers: Vec<Speaker>,
    outlets: Vec<Outlet>,
    months: Vec<Month>,
}

pub(crate) fn run(args: &Args) -> Result<Exit, Error> {
    let filter = args.which.filter(&[]);
    let reader = args.which.reader(&filter)?;
    let database = match args.format {
        // To count all there is takes longer than what fits.
        Format::Text if filter != Filter::default() => Stats {
            quotes: reader.count(&Filter::default())?,
            ..Stats::default()
        },
        _ => reader.stats()?,
    };
    let counted = Counted {
        database,
        found: reader.found(&filter)?,
        speakers: reader.speakers(&filter, args.limit, 0)?,
        outlets: reader.outlets(&filter, args.limit)?,
        months: reader.timeline(&filter)?,
    };
    let mut to = BufWriter::new(io::stdout().lock());
    match args.format {
        Format::Text => counted.text(&mut to, filter == Filter::default()),
        Format::Json => serde_json::to_writer(&mut to, &counted)
            .map_err(io::Error::from)
            .and_then(|()| writeln!(to)),
    }
    .and_then(|()| to.flush())
    .map_err(Error::Write)?;
    Ok(Exit::Done)
}

impl Counted {
    fn text(&self, to: &mut impl Write, whole: bool) -> io::Result<()> {
        let (all, found) = (&self.database, &self.found);
        let mut figures = match whole {
            true => vec![
                (all.articles, "articles"),
                (all.copies, "of them copies of others"),
                (all.quotes, "quotes"),
                (all.attributed, "of them with a speaker"),
                (all.anonymous, "of them of hidden sources"),
                (all.statements, "statements"),
                (all.conflicts, "of them given to different speakers"),
                (all.speakers, "speakers"),
                (all.corrections, "corrections"),
            ],
            false => vec![
                (found.quotes, "quotes that fit"),
                (found.attributed, "of them with a speaker"),
                (found.anonymous, "of them of hidden sources"),
                (found.speakers, "speakers"),
            ],
        };
        figures.retain(|&(count, what)| count > 0 || !what.starts_with("of them"));
        for (count, what) in figures {
            writeln!(to, "{count:>9}  {what}")?;
        }
        if let (Some(first), Some(last)) = (&found.first, &found.last) {
            writeln!(to, "           from {first} to {last}")?;
        }
        if !whole {
            writeln!(to, "           of {} quotes in the database", all.quotes)?;
        }
        writeln!(to, "\n   quotes  speaker")?;
        for speaker in &self.speakers {
            writeln!(to, "{:>9}  {}", speaker.quotes, plain(&speaker.name))?;
        }
        let outlets = self.outlets.iter().map(|outlet| {
            let name = outlet.outlet.as_deref().unwrap_or("(unknown)");
            (name, outlet.quotes, outlet.anonymous)
        });
        shares(to, "outlet", outlets)?;
        let months = self.months.iter();
        shares(
            to,
            "month",
            months.map(|month| (&*month.month, month.quotes, month.anonymous)),
        )
    }
}

/// A table of quotes, and of those of hidden sources.
fn shares<'r>(to: &mut impl Write, head: &str, rows: impl Iterator<Item = (&'r str, u64, u64)>) -> io::Result<()> {
    writeln!(to, "\n   quotes   hidden   share  {head}")?;
    for (name, quotes, hidden) in rows {
        let share = 100.0 * hidden as f64 / quotes as f64;
        writeln!(to, "{quotes:>9}{hidden:>9}{share:>7.1}%  {}", plain(name))?;
    }
    Ok(())
}
