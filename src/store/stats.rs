//! How much a database holds.
//!
//! In: nothing, or a filter. Out: counts of everything, the days, the bytes, most of them from an index alone; or of the
//! quotes that fit.

use super::base::Reader;
use super::columns::state;
use super::filter::Filter;
use super::fitting::Counted;
use super::speakers::Seen;
use crate::error::Result;
use rustc_hash::FxHashSet as HashSet;
use serde::Serialize;

/// How much there is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Articles.
    pub articles: u64,
    /// Articles that are copies of others.
    pub copies: u64,
    /// Quotes.
    pub quotes: u64,
    /// Quotes that are given to a speaker, be it a group.
    pub attributed: u64,
    /// Quotes of sources that the text hides.
    pub anonymous: u64,
    /// Statements.
    pub statements: u64,
    /// Statements that different articles give to different speakers.
    pub conflicts: u64,
    /// Speakers quoted.
    pub speakers: u64,
    /// Corrections that stand.
    pub corrections: u64,
    /// The first day.
    pub first: Option<String>,
    /// The last day.
    pub last: Option<String>,
    /// Bytes of the articles' texts.
    pub text_bytes: u64,
    /// Bytes of the file.
    pub file_bytes: u64,
}

/// How many quotes fit a filter, and whose they are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Found {
    /// Quotes.
    pub quotes: u64,
    /// Quotes that are given to a speaker, be it a group.
    pub attributed: u64,
    /// Quotes of sources that the text hides.
    pub anonymous: u64,
    /// Speakers quoted.
    pub speakers: u64,
    /// The first day.
    pub first: Option<String>,
    /// The last day.
    pub last: Option<String>,
}

/// What the index of speakers has of each.
const SPEAKER_HIDDEN_AND_DAYS: Counted = Counted {
    each: "q.speaker_id, q.anonymous, q.date, q.date",
    sum: "q.speaker_id, sum(q.anonymous), min(q.date), max(q.date)",
    group: "q.speaker_id",
    of_all: None,
};

/// How many are quoted together with others alone.
const ONLY_WITH_OTHERS: &str =
    "SELECT count(DISTINCT c.speaker_id) FROM co_speakers c CROSS JOIN quotes q ON q.id = c.quote_id
    WHERE q.retracted = 0 AND NOT EXISTS
      (SELECT 1 FROM quotes o WHERE o.speaker_id = c.speaker_id AND o.retracted = 0)";

/// Statements of which no quote stands: to look at each one takes ten times as long.
const RETRACTED_STATEMENTS: &str = "SELECT count(*) FROM statements
    WHERE id IN (SELECT statement_id FROM quotes WHERE retracted = 1) AND appearances = 0";

impl Reader {
    /// How much there is of what fits.
    pub fn found(&self, filter: &Filter) -> Result<Found> {
        let (mut found, mut speakers, mut seen) = (Found::default(), HashSet::default(), Seen::default());
        self.at_once(|| {
            let conditions = self.conditions(filter)?;
            let fit = self.fitting(&conditions)?;
            self.each(&conditions, fit.as_ref(), &SPEAKER_HIDDEN_AND_DAYS, |row, quotes| {
                if let Some(speaker) = row.get::<_, Option<i64>>(1)? {
                    speakers.insert(speaker);
                    found.attributed += quotes;
                }
                found.anonymous += row.get::<_, i64>(2)?.unsigned_abs();
                seen.add(
                    quotes,
                    row.get_ref(3)?.as_str_or_null()?,
                    row.get_ref(4)?.as_str_or_null()?,
                );
                Ok(())
            })?;
            self.each_joint(&conditions, fit.as_ref(), "c.speaker_id", |row, _| {
                speakers.insert(row.get(1)?);
                Ok(())
            })
        })?;
        Ok(Found {
            quotes: seen.quotes,
            speakers: speakers.len() as u64,
            first: seen.first,
            last: seen.last,
            ..found
        })
    }

    /// How much there is of everything.
    pub fn stats(&self) -> Result<Stats> {
        let Some(remembered) = &self.remembered else {
            return self.stats_anew();
        };
        self.at_once(|| {
            let state = state(&self.connection).map_err(|cause| self.failed(cause))?;
            match remembered.stats(state) {
                Some(stats) => Ok(stats),
                None => {
                    let stats = self.stats_anew()?;
                    remembered.keep_stats(state, &stats);
                    Ok(stats)
                }
            }
        })
    }

    fn stats_anew(&self) -> Result<Stats> {
        let number = |sql: &str| -> Result<u64> {
            let number = self.rows(sql, [], |row| row.get::<_, Option<i64>>(0))?;
            Ok(number.into_iter().flatten().next().unwrap_or_default() as u64)
        };
        let days = "SELECT min(date), max(date) FROM articles WHERE direct + mixed + indirect > 0";
        let days = self.rows(days, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let (first, last) = days.into_iter().next().unwrap_or_default();
        let (attributed, speakers) = match self.columns(None)? {
            Some(columns) => {
                let speakers = columns.speakers(None);
                (speakers.values().sum(), speakers.len() as u64)
            }
            None => (
                number("SELECT count(*) FROM quotes WHERE retracted = 0 AND speaker_id IS NOT NULL")?,
                number("SELECT count(DISTINCT speaker_id) FROM quotes WHERE retracted = 0")?,
            ),
        };
        Ok(Stats {
            articles: number("SELECT count(*) FROM articles")?,
            copies: number("SELECT count(*) FROM articles WHERE copy_of IS NOT NULL")?,
            quotes: number("SELECT sum(direct + mixed + indirect) FROM articles")?,
            attributed,
            anonymous: number("SELECT sum(anonymous) FROM articles")?,
            statements: number("SELECT count(*) FROM statements")? - number(RETRACTED_STATEMENTS)?,
            conflicts: number("SELECT count(*) FROM statements WHERE conflict = 1")?,
            speakers: speakers + number(ONLY_WITH_OTHERS)?,
            corrections: number("SELECT count(*) FROM corrections WHERE reverted IS NULL")?,
            first,
            last,
            text_bytes: number("SELECT sum(octet_length(text)) FROM articles")?,
            file_bytes: number("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")?,
        })
    }
}
