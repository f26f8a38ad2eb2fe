//! The figures of statements: how often, in how many articles and outlets, from when to when, and by whom.
//!
//! In: the quotes that come, and word of statements that lose or change one. Out: the figures of each statement that was
//! touched, written when a batch ends; nothing of an ingest is decided by them. What was counted of a statement with many
//! quotes is kept, and what comes is added to it: to count a wire story afresh with each batch would take the square of its
//! prints. A statement that loses a quote is counted afresh, by the same addition.

use super::statements::Seen;
use rusqlite::{Connection, Result, params};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Statements with fewer quotes are counted afresh each time.
const MANY: i64 = 16;
/// Numbers that are kept of all of them together: some tens of megabytes.
const MOST: usize = 2_000_000;

/// The statements that were touched, and what is known of those with many quotes.
#[derive(Debug, Default)]
pub(super) struct Tallies {
    touched: BTreeSet<i64>,
    known: FxHashMap<i64, Tally>,
}

impl Tallies {
    /// A quote of this number came, in an article that counts as this original.
    pub(super) fn add(&mut self, statement: i64, quote: i64, original: i64, seen: &Seen) {
        self.touched.insert(statement);
        if let Some(tally) = self.known.get_mut(&statement) {
            tally.add(quote, original, seen);
        }
    }

    /// A quote goes, or what is known of it changes.
    pub(super) fn afresh(&mut self, statement: i64) {
        self.touched.insert(statement);
        self.known.remove(&statement);
    }

    /// A statement that nobody says any more goes.
    pub(super) fn forget(&mut self, statement: i64) {
        self.touched.remove(&statement);
        self.known.remove(&statement);
    }

    /// Writes the figures of what was touched.
    pub(super) fn write(&mut self, connection: &Connection) -> Result<()> {
        let sql =
            "UPDATE statements SET first_seen = ?2, last_seen = ?3, appearances = ?4, independent = ?5, outlets = ?6,
                          conflict = ?7, speaker_id = ?8 WHERE id = ?1";
        let mut update = connection.prepare_cached(sql)?;
        for statement in std::mem::take(&mut self.touched) {
            let tally = match self.known.remove(&statement) {
                Some(tally) => tally,
                None => Tally::count(connection, statement)?,
            };
            let (first, last) = tally.days.as_ref().map(|(first, last)| (first, last)).unzip();
            update.execute(params![
                statement,
                first,
                last,
                tally.standing,
                tally.articles.len() as i64,
                tally.outlets.len() as i64,
                tally.disagree(),
                tally.speaker(),
            ])?;
            if tally.standing >= MANY {
                self.known.insert(statement, tally);
            }
        }
        if self.known.values().map(Tally::size).sum::<usize>() > MOST {
            self.known.clear();
        }
        Ok(())
    }
}

/// What is counted of a statement: its quotes that stand.
#[derive(Debug, Default)]
struct Tally {
    standing: i64,
    /// The first and the last.
    days: Option<(String, String)>,
    outlets: FxHashSet<i64>,
    /// Copies count as their original.
    articles: FxHashSet<i64>,
    /// Those that name a speaker.
    naming: FxHashSet<i64>,
    speakers: BTreeMap<i64, Named>,
}

/// What is counted of one who is said to have said it.
#[derive(Debug)]
struct Named {
    quotes: i64,
    first_quote: i64,
    articles: FxHashSet<i64>,
}

impl Tally {
    /// Counts all quotes of a statement.
    fn count(connection: &Connection, statement: i64) -> Result<Tally> {
        let sql = "SELECT q.id, coalesce(a.copy_of, a.id), q.speaker_id, q.date, q.source_id, q.retracted
                   FROM quotes q JOIN articles a ON a.id = q.article_id WHERE q.statement_id = ?1";
        let mut read = connection.prepare_cached(sql)?;
        let mut rows = read.query([statement])?;
        let mut tally = Tally::default();
        while let Some(row) = rows.next()? {
            let seen = Seen {
                speaker: row.get(2)?,
                date: row.get_ref(3)?.as_str_or_null()?,
                source: row.get(4)?,
                retracted: row.get(5)?,
            };
            tally.add(row.get(0)?, row.get(1)?, &seen);
        }
        Ok(tally)
    }

    fn add(&mut self, quote: i64, original: i64, seen: &Seen) {
        if seen.retracted {
            return;
        }
        self.standing += 1;
        self.articles.insert(original);
        self.outlets.extend(seen.source);
        if let Some(day) = seen.date {
            let (first, last) = self.days.get_or_insert_with(|| (day.to_owned(), day.to_owned()));
            if day < first.as_str() {
                day.clone_into(first);
            } else if day > last.as_str() {
                day.clone_into(last);
            }
        }
        if let Some(speaker) = seen.speaker {
            self.naming.insert(original);
            let named = self.speakers.entry(speaker).or_insert_with(|| Named {
                quotes: 0,
                first_quote: quote,
                articles: FxHashSet::default(),
            });
            named.quotes += 1;
            named.first_quote = named.first_quote.min(quote);
            named.articles.insert(original);
        }
    }

    /// Who says it in most quotes; of several the one who says it in the first.
    fn speaker(&self) -> Option<i64> {
        let speakers = self.speakers.iter();
        let most = speakers.max_by_key(|(_, named)| (named.quotes, Reverse(named.first_quote)));
        most.map(|(&speaker, _)| speaker)
    }

    /// Whether no speaker is named by all articles that name one: an article that gives the same words to two is no
    /// conflict.
    fn disagree(&self) -> bool {
        let most = self.speakers.values().map(|named| named.articles.len()).max();
        most.is_some_and(|most| self.naming.len() > most)
    }

    fn size(&self) -> usize {
        let speakers = self.speakers.values().map(|named| named.articles.len());
        self.articles.len() + self.outlets.len() + self.naming.len() + speakers.sum::<usize>()
    }
}
