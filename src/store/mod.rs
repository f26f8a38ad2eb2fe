//! The quote database: one SQLite file that any tool can read.
//!
//! In: records of schema `attache/1` ([`Incoming`]) through a [`Writer`], one at a time, in transactions. Out: what a
//! [`Reader`] is asked: quotes, speakers, statements, articles, counts. The same thing said in several articles is one
//! statement with many appearances (`same` tells, `statements` keeps it, `tallies` counts). What people corrected stands
//! apart from what was extracted (`corrections`). What is in `schema` is the contract on the tables.

mod align;
mod base;
mod columns;
mod compare;
mod copies;
mod corrections;
mod extracted;
mod facets;
mod filter;
mod fitting;
mod incoming;
mod ingest;
mod many;
mod matching;
mod meaning;
mod names;
mod numbers;
mod packed;
mod pages;
mod postings;
mod quotes;
mod ready;
mod rows;
mod same;
mod search;
mod shingles;
mod sketches;
mod somebody;
mod speakers;
mod spelling;
mod statements;
mod stats;
mod table;
mod tallies;
mod together;
mod verify;
mod versions;
mod vocabulary;
mod wording;
mod words;
mod writer;

pub use base::{FORMAT, Reader};
pub use columns::Remembered;
pub use compare::{Change, Edit, Kind, Piece, differences};
pub use corrections::{Corrected, Correction, Remedy};
pub use facets::{Count, Facet, Month, Outlet, Survey};
pub use filter::Filter;
pub use incoming::{Incoming, IncomingAlternative, IncomingEntity, IncomingMention, IncomingQuote, Place};
pub use ingest::{Known, Prepared, Preparer};
pub use pages::{
    Alternative, Appearance, ArticlePage, ArticleQuote, Conflict, History, Mentioned, StatementPage, Variant,
};
pub use ready::Ready;
pub use same::{alike, same_statement};
pub use search::{Hit, MARK_END, MARK_START};
pub use somebody::{By, Meant};
pub use speakers::{OfficeSeen, Speaker, SpeakerPage};
pub use stats::{Found, Stats};
#[cfg(feature = "parquet")]
pub(crate) use table::written;
pub use table::{Order, Row};
pub use together::CoSpeaker;
#[cfg(feature = "parquet")]
pub(crate) use together::names;
pub use verify::{Check, Counts, Finding, Note, Relation, Verdict, Verification, Verifier, Where};
#[cfg(feature = "serve")]
pub(crate) use words::hash64;
pub use writer::{Closing, Outcome, Run, Writer};
