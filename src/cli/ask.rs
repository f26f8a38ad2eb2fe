//! Questions to a quote database: quotes, speakers, months.
//!
//! In: the database and a filter. Out: on standard output, for people or for programs.

use super::exit::Exit;
use super::extract::probability;
use super::say::say;
use attache::Error;
use attache::export::header;
use attache::plot::{Bar, columns};
use attache::store::{CoSpeaker, Filter, Hit, Month, Reader};
use clap::ValueEnum;
use jiff::civil::Date;
use serde::Serialize;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

/// Which quotes.
#[derive(clap::Args)]
pub(crate) struct Which {
    /// The database
    #[arg(long, value_name = "FILE")]
    pub(super) db: PathBuf,
    /// Who said it: a name, a surname or a Wikidata identifier
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,
    /// Words of the speaker's office
    #[arg(long, value_name = "WORDS")]
    office: Option<String>,
    /// The speaker's country: an ISO code or a name
    #[arg(long, value_name = "COUNTRY")]
    country: Option<String>,
    /// The first day, or a month or year from its first day on: 2017-04-12, 2017-04 or 2017
    #[arg(long, value_parser = attache::article::first_day, value_name = "DATE")]
    from: Option<Date>,
    /// The last day, or a month or year to its last day
    #[arg(long, value_parser = attache::article::last_day, value_name = "DATE")]
    to: Option<Date>,
    /// The outlet
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// How much of it stands between quotation marks
    #[arg(long = "type", value_parser = ["direct", "mixed", "indirect"])]
    kind: Option<String>,
    /// Whom or what it mentions
    #[arg(long, value_name = "NAME")]
    about: Option<String>,
    /// The lowest confidence, from 0 to 1
    #[arg(long, value_name = "P", value_parser = probability::<f64>)]
    min_confidence: Option<f64>,
}

/// For people, who would else wonder.
const NOTHING: &str = "nothing found";

/// How answers are written.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// One JSON array
    Json,
    /// One JSON object a line
    Jsonl,
    /// A table
    Csv,
}

/// Which answers, how many, and how they are written.
#[derive(clap::Args)]
pub(crate) struct Listed {
    #[command(flatten)]
    which: Which,
    /// How many
    #[arg(long, default_value_t = 20)]
    limit: usize,
    /// How to write them
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(clap::Args)]
pub(crate) struct SearchArgs {
    /// Words that must be there; "two words" together, -word not there, begin*, OR; after -- if the first
    /// begins with a hyphen
    words: Vec<String>,
    #[command(flatten)]
    listed: Listed,
}

#[derive(clap::Args)]
pub(crate) struct TimelineArgs {
    /// Who: a name, a surname or a Wikidata identifier [default: everybody]
    #[arg(conflicts_with = "speaker")]
    name: Option<String>,
    #[command(flatten)]
    which: Which,
    /// Write the plot as SVG
    #[arg(long)]
    svg: bool,
}

impl Which {
    pub(super) fn filter(&self, words: &[String]) -> Filter {
        Filter {
            words: (!words.is_empty()).then(|| words.join(" ")),
            speaker: self.speaker.clone(),
            speaker_id: None,
            office: self.office.clone(),
            country: self.country.clone(),
            from: self.from,
            to: self.to,
            outlet: self.outlet.clone(),
            kind: self.kind.clone(),
            about: self.about.clone(),
            min_confidence: self.min_confidence,
        }
    }

    /// The database, to be asked with a filter; whoever made that is told which of its names nobody has.
    pub(super) fn reader(&self, filter: &Filter) -> Result<Reader, Error> {
        let reader = Reader::open(&self.db)?;
        for (what, name) in reader.unknown(filter)? {
            say(format_args!("no {what} is known as {name:?}"));
        }
        Ok(reader)
    }
}

pub(crate) fn search(args: &SearchArgs) -> Result<Exit, Error> {
    let Listed { which, limit, format } = &args.listed;
    let filter = which.filter(&args.words);
    let hits = which.reader(&filter)?.search(&filter, *limit, 0)?;
    write(&hits, *format, |to, hit: &Hit| {
        let who = hit.speaker.as_deref().or(hit.mention.as_deref()).unwrap_or("unknown");
        let others = hit.co_speakers.iter().map(CoSpeaker::called);
        let who = std::iter::once(who).chain(others).collect::<Vec<_>>().join(" and ");
        let place = [hit.outlet.as_deref(), hit.date.as_deref()].into_iter().flatten();
        let place = place.map(|part| format!(", {}", plain(part))).collect::<String>();
        writeln!(
            to,
            "{}: {}\n    quote {}{place}\n",
            plain(&who),
            plain(&hit.text),
            hit.id
        )
    })
}

pub(crate) fn speakers(args: &Listed) -> Result<Exit, Error> {
    let filter = args.which.filter(&[]);
    let speakers = args.which.reader(&filter)?.speakers(&filter, args.limit, 0)?;
    write(&speakers, args.format, |to, speaker| {
        writeln!(to, "{:>7}  {}", speaker.quotes, plain(&speaker.name))
    })
}

pub(crate) fn timeline(args: &TimelineArgs) -> Result<Exit, Error> {
    let mut filter = args.which.filter(&[]);
    filter.speaker = filter.speaker.or_else(|| args.name.clone());
    let months = args.which.reader(&filter)?.timeline(&filter)?;
    if months.is_empty() && !args.svg {
        say(NOTHING);
    }
    let most = months.iter().map(|month| month.quotes).max().unwrap_or(1);
    let mut to = BufWriter::new(io::stdout().lock());
    let written = if args.svg {
        let bars: Vec<Bar> = months.iter().map(Month::bar).collect();
        let whose = filter.speaker.map(|name| format!(" of {name}")).unwrap_or_default();
        writeln!(to, "{}", columns(&format!("Quotes{whose} by month"), &bars))
    } else {
        months.iter().try_for_each(|month| {
            let width = (month.quotes * 50).div_ceil(most) as usize;
            writeln!(to, "{}  {} {}", month.month, "█".repeat(width), month.quotes)
        })
    };
    written.and_then(|()| to.flush()).map_err(Error::Write)?;
    Ok(Exit::Done)
}

/// Without signs that steer a terminal, on one line.
pub(super) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Writes a list to standard output.
pub(super) fn write<T: Serialize + Default>(
    items: &[T],
    format: Format,
    text: impl Fn(&mut dyn Write, &T) -> io::Result<()>,
) -> Result<Exit, Error> {
    if items.is_empty() && matches!(format, Format::Text) {
        say(NOTHING);
    }
    let mut to = BufWriter::new(io::stdout().lock());
    match format {
        Format::Text => items.iter().try_for_each(|item| text(&mut to, item)),
        Format::Json => serde_json::to_writer(&mut to, items)
            .map_err(io::Error::from)
            .and_then(|()| writeln!(to)),
        Format::Jsonl => items.iter().try_for_each(|item| {
            serde_json::to_writer(&mut to, item)?;
            writeln!(to)
        }),
        Format::Csv => {
            let mut table = csv::WriterBuilder::new().has_headers(false).from_writer(&mut to);
            table
                .write_record(header::<T>()?)
                .map_err(|why| Error::Write(why.into()))?;
            let rows = items.iter().try_for_each(|item| table.serialize(item));
            rows.map_err(io::Error::from).and_then(|()| table.flush())
        }
    }
    .and_then(|()| to.flush())
    .map_err(Error::Write)?;
    Ok(Exit::Done)
}
