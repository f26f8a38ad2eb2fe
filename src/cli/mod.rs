//! The command line: arguments in, a command run, an exit code out.
//!
//! One command, one file. Clap ends here: each command gets a plain struct of what was asked.

#[cfg(feature = "store")]
mod ask;
mod batch;
#[cfg(feature = "store")]
mod correct;
mod eval;
mod exit;
mod explain;
#[cfg(feature = "store")]
mod export;
mod extract;
mod fit;
mod gazetteer;
#[cfg(feature = "store")]
mod ingest;
#[cfg(feature = "serve")]
mod log;
mod manual;
mod say;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod sink;
#[cfg(feature = "store")]
mod stats;
mod stop;
#[cfg(feature = "store")]
mod verify;

pub(crate) use exit::{Exit, is_closed_pipe};
pub(crate) use say::say;
pub(crate) use stop::unless_ending;

use attache::{Error, Offsets};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::io::{self, Write};
use std::path::PathBuf;

/// Reads English news and says who said what.
///
/// Takes articles and prints one JSON object for each: its sentences, the people, places, organizations and
/// offices it names, and each quote with its speaker, cue and confidence. Works offline.
#[derive(Parser)]
#[command(version, args_conflicts_with_subcommands = true, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    extract: extract::ExtractArgs,
}

const EXAMPLES: &str = "\
Examples:
  attache --date 2017-04-12 article.txt           one article, one JSON object
  curl -s … | attache                             a page or a text from a pipe
  attache articles/ more/*.html > said.jsonl      files and folders, one line of JSON for each article
  attache --jsonl < articles.jsonl > said.jsonl   one object a line in, one a line out, same order
  attache articles/ --output said.csv             a table, a row for each quote; whole or not there at all
  attache explain article.txt                     every stage, to see where an answer comes from

Inputs are plain text, web pages and JSON, each as it is or compressed (gzip, Zstandard). In JSON an article needs `text`;
`id`, `title`, `date`, `url`, `author` and `site` may be there; other fields are passed through. What cannot be read
becomes {\"id\":…,\"error\":{\"code\":…,\"message\":…}} in its place.

Exit codes: 0 all done, 1 some records failed, 2 wrong usage or an error that ended the work, 128 + N ended by the signal N
(130 interrupted). A closed pipe counts as done.";

#[derive(Subcommand)]
enum Command {
    /// Print the script by which a shell completes arguments: attache completions bash > attache.bash
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Say who really said a quote of a quote database, or that it is none
    #[cfg(feature = "store")]
    #[command(after_help = correct::HELP)]
    Correct(correct::CorrectArgs),
    /// List the corrections in a quote database, the newest first, or take one back
    #[cfg(feature = "store")]
    Corrections(correct::CorrectionsArgs),
    /// Measure predictions against articles that people annotated
    #[command(after_help = MEASURES)]
    Eval(EvalArgs),
    /// Read articles and say who said what: the same as without a command
    #[command(after_help = EXAMPLES)]
    Extract(extract::ExtractArgs),
    /// Print what each stage makes of an article
    Explain(ExplainArgs),
    /// Write a quote database as JSONL, CSV, Parquet, linked data or lines of Quotebank
    #[cfg(feature = "store")]
    #[command(after_help = export::HELP)]
    Export(export::Args),
    /// Fit word lists and weights on annotated articles
    Fit(FitArgs),
    /// Ask what is known of names and offices, check a table of your own, find gaps
    #[command(after_help = TABLE)]
    Gazetteer {
        #[command(subcommand)]
        question: GazetteerQuestion,
    },
    /// Put articles, or records extracted before, into a quote database
    #[cfg(feature = "store")]
    #[command(after_help = ingest::HELP)]
    Ingest(ingest::Args),
    /// Find quotes in a quote database, the best first
    #[cfg(feature = "store")]
    Search(ask::SearchArgs),
    /// List who is quoted in a quote database, most quoted first
    #[cfg(feature = "store")]
    Speakers(ask::Listed),
    /// Plot by month how often somebody is quoted in a quote database
    #[cfg(feature = "store")]
    Timeline(ask::TimelineArgs),
    /// Print the page of the manual on attache, or on one of its commands: attache man | man -l -
    Man {
        /// The command
        command: Option<String>,
    },
    /// Check what a draft quotes against its sources, word for word
    #[cfg(feature = "store")]
    #[command(after_help = verify::HELP)]
    Verify(verify::Args),
    /// Print the JSON Schema of the output
    Schema,
    /// Answer over HTTP: pages to read, an API to ask
    #[cfg(feature = "serve")]
    #[command(after_help = SERVE)]
    Serve(ServeArgs),
    /// Count a quote database: who is quoted how often, how many sources are hidden
    #[cfg(feature = "store")]
    Stats(stats::Args),
}

#[cfg(feature = "serve")]
const SERVE: &str = "\
Pages: / and /search, each speaker, statement and article of the database (.json behind a path gives the same as JSON);
/try marks the quotes of an article that is pasted in.
API: POST /extract takes an article (text/plain, text/html, or application/json as a line of JSONL) and gives its record;
POST /extract/batch takes JSONL and gives JSONL; GET /openapi.json describes it all, GET /healthz and GET /metrics (Prometheus)
tell how it goes. Each request is a line on standard error.

There is no login. On the loopback address only programs of this machine reach it; give another address only where
everybody who reaches it may use it. Ctrl-C stops it after the requests under way.";

const TABLE: &str = "\
A table of your own is tab-separated text with a header line that names its columns, in any order, of which it may have
any: action (add, remove), kind (person if empty; country, capital, region, city, seat; office; anything else is a kind of
organization), id, name, aliases, country, gender, tier, demonyms, metonyms, population, role, and for people office,
start, end, as_of (2017-04-12, 2017-04 or 2017). Lists are joined by |. Lines that begin with # are comments. JSON does
as well: objects with these keys, one a line or in an array; a list may be an array of strings.

A row with a known id corrects: cells that are not empty replace, aliases are added. A row with another id, or none, adds.
A person's row with an office adds a tenure, or sets the end of the one with the same start; with remove, removes it.";

const MEASURES: &str = "\
What is measured, as precision, recall and F1:
  quoted       quotations (what stands between two marks) that are speech: found, and with the right mention
  quoted.det   the same, whoever speaks; quoted5 and quoted5.det: quotations of five words and more only
  relations    attributions of any type: content that shares at least half of what both cover, and the right mention;
               then recall by type: direct, mixed, indirect
  content      characters inside anything said or thought
  names        with --resolved, quotations whose speaker got the right person's name
An attribution that was annotated without a source counts neither for nor against.

With --errors, standard error tells of each kind how many there are, and the first ones, a line each: missed, spurious,
speaker and name of quotations; relation missed, relation spurious, relation source and relation borders.";

#[derive(Subcommand)]
enum GazetteerQuestion {
    /// All that a name can mean, the likeliest first, and why
    Lookup {
        /// A full name or a surname
        name: String,
        /// The day on which it was said
        #[arg(long, value_parser = attache::article::parse_date)]
        date: Option<Date>,
        #[command(flatten)]
        tables: gazetteer::Tables,
    },
    /// Who held an office on a day
    Holder {
        /// An id, or words such as "French foreign minister"
        office: String,
        /// The day
        #[arg(long, value_parser = attache::article::parse_date)]
        date: Date,
        #[command(flatten)]
        tables: gazetteer::Tables,
    },
    /// What is wrong or doubtful in tables of your own
    Lint {
        /// The tables, each checked against those before it
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        #[command(flatten)]
        tables: gazetteer::Tables,
    },
    /// Speakers that an extraction did not know, most frequent first
    Gaps {
        /// Records, one a line [default: standard input]
        file: Option<PathBuf>,
    },
    /// How much is known
    Stats {
        #[command(flatten)]
        tables: gazetteer::Tables,
    },
}

impl GazetteerQuestion {
    /// The question, and the user's tables.
    fn parts(self) -> (gazetteer::Question, Vec<PathBuf>) {
        use gazetteer::Question;
        match self {
            GazetteerQuestion::Lookup { name, date, tables } => (Question::Lookup { name, date }, tables.files),
            GazetteerQuestion::Holder { office, date, tables } => (Question::Holder { office, date }, tables.files),
            GazetteerQuestion::Lint { files, tables } => (Question::Lint { tables: files }, tables.files),
            GazetteerQuestion::Gaps { file } => (Question::Gaps { file }, Vec::new()),
            GazetteerQuestion::Stats { tables } => (Question::Stats, tables.files),
        }
    }
}

#[derive(Args)]
struct EvalArgs {
    /// A folder with text/ID.txt and attributions/ID_ANNOTATOR.ann (brat standoff, offsets in code points), of several
    /// annotators the first one counts; or with ID.txt and ID.ann side by side, as brat has them; or with NAME.marked:
    /// examples, one a line, marked as in [1:Ann Doe] <1:said> {1:“No.”}
    gold: PathBuf,
    /// Records, one a line, each with the `id` of its article; - is standard input. Without them attache reads the
    /// articles itself, undated
    predictions: Option<PathBuf>,
    /// Who the annotated sources are: a table of ID, start, end and name (several joined by |), tab-separated
    #[arg(long, value_name = "NAMES.tsv")]
    resolved: Option<PathBuf>,
    /// Count the errors by kind and show the first N of each, on standard error
    #[arg(long, value_name = "N")]
    errors: Option<usize>,
    /// Print the scores as one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
struct ExplainArgs {
    /// The article [default: standard input]
    file: Option<PathBuf>,
    /// Day of publication: 2017-04-12 or a time stamp
    #[arg(long, value_parser = attache::article::parse_date)]
    date: Option<Date>,
    #[command(flatten)]
    tables: gazetteer::Tables,
}

#[derive(Args)]
struct FitArgs {
    /// Folders with text/ID.txt and attributions/ID_ANNOTATOR.ann (brat standoff), or with NAME.marked
    #[arg(required = true)]
    gold: Vec<PathBuf>,
    /// The folder of tables, read and written
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// Write nothing; print how well everything does on articles left out of the fit, in four parts
    #[arg(long)]
    cross_validate: bool,
    /// Print so many faults of each kind to standard error
    #[arg(long, value_name = "N", requires = "cross_validate")]
    errors: Option<usize>,
}

#[cfg(feature = "serve")]
#[derive(Args)]
struct ServeArgs {
    /// The address and port to listen on; port 0 takes any that is free
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    listen: std::net::SocketAddr,
    /// The quote database to show
    #[arg(long, value_name = "FILE")]
    db: Option<PathBuf>,
    /// Refuse corrections
    #[arg(long, requires = "db")]
    read_only: bool,
    #[command(flatten)]
    tables: gazetteer::Tables,
}

#[derive(Clone, Copy, ValueEnum)]
enum Unit {
    /// Unicode code points, as in Python
    Char,
    /// Bytes of UTF-8, as in Rust and Go
    Byte,
    /// UTF-16 code units, as in JavaScript and Java
    Utf16,
}

impl From<Unit> for Offsets {
    fn from(unit: Unit) -> Offsets {
        match unit {
            Unit::Char => Offsets::Char,
            Unit::Byte => Offsets::Byte,
            Unit::Utf16 => Offsets::Utf16,
        }
    }
}

/// Runs the command that the process was started with.
pub(crate) fn run() -> Result<Exit, Error> {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(stop) => {
            // Help and version come this way too; clap knows which stream each belongs to.
            let printed = stop.print().and_then(|()| io::stdout().flush());
            if stop.use_stderr() {
                return Ok(Exit::Fatal);
            }
            return printed.map(|()| Exit::Done).map_err(Error::Write);
        }
    };
    match cli.command {
        #[cfg(feature = "store")]
        Some(Command::Correct(args)) => correct::correct(&args),
        #[cfg(feature = "store")]
        Some(Command::Corrections(args)) => correct::corrections(&args),
        #[cfg(feature = "store")]
        Some(Command::Stats(args)) => stats::run(&args),
        #[cfg(feature = "store")]
        Some(Command::Export(args)) => export::run(&args),
        Some(Command::Explain(args)) => explain::run(&explain::Config {
            file: args.file,
            date: args.date,
            gazetteer: args.tables.files,
        }),
        Some(Command::Eval(args)) => eval::run(&eval::Config {
            gold: args.gold,
            predictions: args.predictions,
            resolved: args.resolved,
            errors: args.errors,
            json: args.json,
        }),
        Some(Command::Gazetteer { question }) => {
            let (question, tables) = question.parts();
            gazetteer::run(&tables, &question)
        }
        Some(Command::Fit(args)) => fit::run(&fit::Config {
            gold: args.gold,
            data: args.data,
            cross_validate: args.cross_validate,
            errors: args.errors,
        }),
        #[cfg(feature = "store")]
        Some(Command::Ingest(args)) => ingest::run(&args),
        #[cfg(feature = "store")]
        Some(Command::Search(args)) => ask::search(&args),
        #[cfg(feature = "store")]
        Some(Command::Speakers(args)) => ask::speakers(&args),
        #[cfg(feature = "store")]
        Some(Command::Timeline(args)) => ask::timeline(&args),
        Some(Command::Completions { shell }) => manual::completions(shell),
        Some(Command::Man { command }) => manual::page(command.as_deref()),
        #[cfg(feature = "store")]
        Some(Command::Verify(args)) => verify::run(&args),
        Some(Command::Schema) => schema::run(),
        #[cfg(feature = "serve")]
        Some(Command::Serve(args)) => serve::run(&serve::Config {
            listen: args.listen,
            database: args.db,
            read_only: args.read_only,
            gazetteer: args.tables.files,
        }),
        Some(Command::Extract(args)) => extract::run(args.config()),
        None => extract::run(cli.extract.config()),
    }
}
