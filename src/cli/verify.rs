//! What a draft quotes, against its sources.
//!
//! In: a draft, and databases or plain articles to compare with; those are read into a database in memory. Out: each
//! passage with what became of it, for people or for programs; the exit code says whether all of them hold, so that it
//! can stop a publication.

use super::ask::plain;
use super::exit::{Exit, told};
use super::extract::threads;
use super::gazetteer;
use super::ingest::{self, Became};
use anstyle::{AnsiColor, Style};
use attache::input::{Options, Source};
use attache::store::{
    Change, Check, Counts, Edit, Finding, Incoming, Kind, Note, Prepared, Preparer, Reader, Relation, Run, Verdict,
    Verification, Verifier, Writer,
};
use attache::{Error, Extractor};
use clap::ValueEnum;
use jiff::civil::Date;
use std::io::{self, Write};
use std::path::PathBuf;

pub(super) const HELP: &str = "\
What is checked: the words between quotation marks, passage by passage. Case, punctuation, the shape of marks, spelling
by house style (colour, color; five, 5; per cent, %) and cuts at either end are no change, unless what turns the sense is
cut off: a \"not\", a doubt, a condition, or somebody else whose words they are. An ellipsis may leave words out, [brackets] may add or replace some; the words concerned are shown.
Indirect speech is counted, not checked.

  verbatim       a source has these words, and names no other speaker
  altered        a source has them with changes: another word, number, name or tense, a \"not\" more or less, words added,
                 dropped without an ellipsis, put together from two places; an ellipsis or a bracket that changes the sense
  unmarked       a source has these words as its own or as its report of what the speaker said, not as a quotation
  other_speaker  a source has these words, said by somebody else, or by somebody whom it does not name
  not_found      no source has them

Sources may be whatever attache reads; the draft itself is never its own source.
Exit codes: 0 all passages are verbatim, 1 some are not, 2 wrong usage or an error that ended the work.

Examples:
  attache verify draft.txt --db quotes.db
  attache verify draft.html --against transcript.txt wire/ --format json";

/// What was asked for.
#[derive(clap::Args)]
#[command(group(clap::ArgGroup::new("sources").required(true).multiple(true).args(["db", "against"])))]
pub(crate) struct Args {
    /// The draft; - is standard input
    draft: PathBuf,
    /// A database to compare with, several if given more than once
    #[arg(long, value_name = "FILE")]
    db: Vec<PathBuf>,
    /// Files and folders of articles to compare with
    #[arg(long, value_name = "PATH", num_args = 1..)]
    against: Vec<PathBuf>,
    /// Day of publication, of a draft that does not say
    #[arg(long, value_parser = attache::article::parse_date)]
    date: Option<Date>,
    /// How to write what was found
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    #[command(flatten)]
    tables: gazetteer::Tables,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, coloured on a terminal (NO_COLOR turns that off)
    Text,
    /// One JSON array, an object for each draft
    Json,
    /// One JSON object a line for each draft
    Jsonl,
}

pub(crate) fn run(args: &Args) -> Result<Exit, Error> {
    let extractor = gazetteer::extractor(&args.tables.files)?;
    let run = Run {
        version: attache::VERSION.to_owned(),
        gazetteer: format!("{:016x}", extractor.gazetteer().fingerprint()),
        options: String::new(),
    };
    let mut readers = args
        .db
        .iter()
        .map(|db| Reader::open(db))
        .collect::<Result<Vec<_>, _>>()?;
    if !args.against.is_empty() {
        readers.push(read_sources(args, &extractor, &run)?);
    }
    let verifier = Verifier::new(readers);
    let mut found = Vec::new();
    for draft in drafts(args, &extractor, &run)? {
        found.push(verifier.verify(&draft)?);
    }
    let exit = match found.iter().all(|verification| verification.holds) {
        true => Exit::Done,
        false => Exit::SomeFailed,
    };
    told(write(&found, args.format), exit)
}

/// The articles given on the command line, in a database of their own. What cannot be read is told, and is no source.
fn read_sources(args: &Args, extractor: &Extractor, run: &Run) -> Result<Reader, Error> {
    let preparer = Preparer::new(extractor, run, None, None);
    let mut writer = Writer::in_memory(run)?;
    let mut articles = 0_u64;
    let source = Source::new(args.against.clone(), Options::default());
    ingest::each(source, threads(None), &preparer, |became| {
        match became {
            Became::Known(_) => {}
            Became::Ready(ready) => {
                writer.add(ready)?;
                articles += 1;
            }
            Became::Failed(failure) => ingest::tell(failure),
        }
        Ok(true)
    })?;
    if articles == 0 {
        let why = "there is nothing to compare with: no source could be read";
        return Err(Error::Query(why.to_owned()));
    }
    writer.into_reader()
}

/// The draft, or all of them where a file holds several. One that cannot be read ends the work.
fn drafts(args: &Args, extractor: &Extractor, run: &Run) -> Result<Vec<Incoming>, Error> {
    let preparer = Preparer::new(extractor, run, None, None);
    let options = Options {
        date: args.date,
        ..Options::default()
    };
    let mut drafts = Vec::new();
    for raw in Source::new(vec![args.draft.clone()], options) {
        match preparer.prepare(raw.map_err(|failure| failure.error)?)? {
            Prepared::Ready(draft) => drafts.push(draft.into_incoming()),
            Prepared::Known(_) => {}
            Prepared::Failed(failure) => return Err(failure.error),
        }
    }
    if drafts.is_empty() {
        return Err(Error::Empty);
    }
    Ok(drafts)
}

fn write(found: &[Verification], format: Format) -> io::Result<()> {
    // Colours only where they are shown.
    let mut to = io::BufWriter::new(anstream::AutoStream::auto(io::stdout().lock()));
    match format {
        Format::Text => found.iter().try_for_each(|verification| text(&mut to, verification))?,
        Format::Json => {
            serde_json::to_writer(&mut to, found)?;
            writeln!(to)?;
        }
        Format::Jsonl => {
            for verification in found {
                serde_json::to_writer(&mut to, verification)?;
                writeln!(to)?;
            }
        }
    }
    to.flush()
}

const GOOD: Style = AnsiColor::Green.on_default();
const BAD: Style = AnsiColor::Red.on_default();
const DOUBT: Style = AnsiColor::Yellow.on_default();
const FAINT: Style = Style::new().dimmed();

fn text(to: &mut dyn Write, found: &Verification) -> io::Result<()> {
    for check in &found.checks {
        let (style, sign) = match check.holds {
            true if check.notes.is_empty() => (GOOD, "ok"),
            true => (DOUBT, "ok, but"),
            false => (BAD, "WRONG"),
        };
        let who = check
            .speaker
            .as_deref()
            .or(check.mention.as_deref())
            .unwrap_or("nobody named");
        writeln!(to, "{style}{sign}: {}{style:#}", verdict(check.verdict))?;
        writeln!(to, "  {}: “{}”", plain(who), plain(&check.text))?;
        for note in &check.notes {
            writeln!(to, "  {DOUBT}note: {}{DOUBT:#}", note_text(*note))?;
        }
        let shown = if check.holds { 2 } else { 3 };
        for finding in check.sources.iter().take(shown) {
            source(to, check, finding)?;
        }
        writeln!(to)?;
    }
    let Counts {
        indirect, too_short, ..
    } = found.counts;
    let wrong = found.checks.iter().filter(|check| !check.holds).count();
    let style = if wrong == 0 { GOOD } else { BAD };
    let name = found
        .id
        .as_deref()
        .map(|id| format!("{}: ", plain(id)))
        .unwrap_or_default();
    match found.checks.len() {
        0 => write!(to, "{DOUBT}{name}nothing was checked{DOUBT:#}")?,
        all => write!(to, "{style}{name}{} of {all} passages hold{style:#}", all - wrong)?,
    }
    if indirect > 0 {
        write!(to, "; indirect quotes, not checked: {indirect}")?;
    }
    if too_short > 0 {
        write!(to, "; too short to check: {too_short}")?;
    }
    writeln!(to)
}

fn source(to: &mut dyn Write, check: &Check, finding: &Finding) -> io::Result<()> {
    let place = &finding.article;
    let address = place.url.as_deref().or(place.id.as_deref());
    let parts = [
        place.outlet.as_deref(),
        place.date.as_deref(),
        address,
        place.title.as_deref(),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().map(plain).collect();
    let who = finding.speaker.as_deref().or(finding.mention.as_deref());
    let who = who.map_or_else(|| "in the text".to_owned(), plain);
    writeln!(to, "  {FAINT}{}{FAINT:#}", parts.join(", "))?;
    writeln!(to, "    {who}: “{}”", plain(&finding.text))?;
    if finding.speakers == Relation::Other && check.verdict != Verdict::OtherSpeaker {
        writeln!(to, "    {BAD}said by somebody else there{BAD:#}")?;
    }
    let elided = finding
        .pieces
        .iter()
        .any(|piece| matches!(piece.edit, Edit::Elided | Edit::Replaced));
    if !finding.changes.is_empty() || elided {
        write!(to, "    the draft: ")?;
        for piece in &finding.pieces {
            let text = plain(&piece.text);
            match piece.edit {
                Edit::Added => write!(to, "{GOOD}{{+{text}+}}{GOOD:#}")?,
                Edit::Dropped => write!(to, "{BAD}[-{text}-]{BAD:#} ")?,
                Edit::Elided => write!(to, "{FAINT}<{text}>{FAINT:#}")?,
                Edit::Replaced => write!(to, "{FAINT}<{text}>{FAINT:#} ")?,
                _ => write!(to, "{text}")?,
            }
        }
        writeln!(to)?;
    }
    for change in &finding.changes {
        writeln!(to, "    {BAD}{}{BAD:#}", change_text(change))?;
    }
    Ok(())
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Verbatim => "verbatim",
        Verdict::Altered => "altered",
        Verdict::Unmarked => "the source's report, not a quotation",
        Verdict::OtherSpeaker => "said by somebody else",
        Verdict::NotFound => "in no source",
    }
}

fn note_text(note: Note) -> &'static str {
    match note {
        Note::SpeakerNotKnown => "the speaker is not known on both sides; only the words were checked",
        Note::NoMarks => "the source has the words without quotation marks",
        Note::Denied => "the source says that this was not said, or only imagines it",
        Note::SourcesDisagree => "another source says that somebody else said it",
        _ => "see the sources",
    }
}

fn change_text(change: &Change) -> String {
    let what = match change.kind {
        Kind::Negation => "a negation more or less",
        Kind::Number => "a number",
        Kind::Name => "a name",
        Kind::Opposite => "the opposite",
        Kind::Form => "another form of the word",
        Kind::Swapped => "other words",
        Kind::Added => "words added",
        Kind::Dropped => "words left out without an ellipsis",
        Kind::Ellipsis => "the ellipsis hides what changes the sense, or too much",
        Kind::Bracket => "the bracket changes the sense, or stands for too much",
        Kind::Cut => "the cut leaves out what turns the sense",
        Kind::Stitched => "put together from two places",
        _ => "a change",
    };
    let (ours, theirs) = (plain(&change.draft), plain(&change.source));
    match (ours.is_empty(), theirs.is_empty()) {
        (false, false) => format!("{what}: “{ours}” for “{theirs}”"),
        (false, true) => format!("{what}: “{ours}”"),
        _ => format!("{what}: “{theirs}”"),
    }
}
