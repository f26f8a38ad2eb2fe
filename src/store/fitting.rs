//! Which quotes fit, found once for all that is counted of them.
//!
//! In: conditions. Out: [`Numbers`], a bit for each quote that fits; and walks over what is to be counted. Words are read
//! from the full-text index alone, other conditions from whichever index has them. Few quotes are then looked up one by
//! one; for many, an index that holds what is counted is read from end to end, each entry checked by its bit: that passes
//! over sixteen quotes in the time that one row takes to be found.

use super::base::Reader;
use super::columns::state;
use super::filter::{Conditions, list};
use super::numbers::Numbers;
use crate::error::Result;
use rusqlite::{Row, params_from_iter};

/// In the time of one look-up, an index is read this much further.
const ONE_BY_ONE: u64 = 16;
/// Quotes of articles that are known are looked up in so much less time than others.
const TOGETHER: u64 = 4;
/// So many hits of a full-text search are looked up by their rows, whatever an index may have.
const FEW: u64 = 3000;

/// What is counted of quotes.
pub(super) struct Counted {
    /// Of one quote.
    pub(super) each: &'static str,
    /// The same summed up, of the quotes of a group.
    pub(super) sum: &'static str,
    /// What makes a group.
    pub(super) group: &'static str,
    /// How many quotes there are of each group of all, and what is counted, from what articles know of theirs.
    pub(super) of_all: Option<&'static str>,
}

impl Counted {
    /// What is the same of each quote of a group.
    pub(super) const fn alike(columns: &'static str) -> Self {
        Counted {
            each: columns,
            sum: columns,
            group: columns,
            of_all: None,
        }
    }
}

impl Reader {
    /// The quotes that fit; none if an index of speakers tells as quickly which those are: all, or those of a speaker.
    pub(super) fn fitting(&self, conditions: &Conditions) -> Result<Option<Numbers>> {
        let own = usize::from(conditions.speakers.is_some());
        if conditions.matching.is_none() && conditions.sql.len() == 1 + own {
            return Ok(None);
        }
        self.numbers(conditions).map(Some)
    }

    /// The quotes that fit.
    pub(super) fn numbers(&self, conditions: &Conditions) -> Result<Numbers> {
        let all = conditions.all();
        let Some(words) = self.words(conditions)? else {
            return self.without_words(conditions);
        };
        let mut fit = words.clone();
        if conditions.sql.len() == 1 {
            self.remove_gone(&mut fit)?;
            return Ok(fit);
        }
        let mut both = Numbers::default();
        if fit.len() <= FEW || (!conditions.indexed && self.are_few(&fit)?) {
            let sql = format!(
                "SELECT 1 FROM quotes q WHERE q.id = ?{} AND {all}",
                conditions.values.len() + 1
            );
            let mut one = self
                .connection
                .prepare_cached(&sql)
                .map_err(|cause| self.failed(cause))?;
            for id in fit.iter() {
                let values = conditions.values.iter().cloned().chain([id.into()]);
                if one
                    .exists(params_from_iter(values))
                    .map_err(|cause| self.failed(cause))?
                {
                    both.insert(id);
                }
            }
        } else {
            both = fit.and(&self.without_words(conditions)?);
        }
        Ok(both)
    }

    /// The quotes that have the words that were asked for, those too that a correction took away; looked for once.
    pub(super) fn words<'c>(&self, conditions: &'c Conditions) -> Result<Option<&'c Numbers>> {
        let Some(matching) = &conditions.matching else {
            return Ok(None);
        };
        if conditions.words.get().is_none() {
            let words = self.having(matching)?;
            return Ok(Some(conditions.words.get_or_init(|| words)));
        }
        Ok(conditions.words.get())
    }

    /// The quotes that have certain words. Those of the commonest are remembered: a letter that words begin with is a third
    /// of a second's work in a million quotes.
    fn having(&self, matching: &str) -> Result<Numbers> {
        let sql = "SELECT gather(rowid) FROM quotes_fts WHERE quotes_fts MATCH ?1";
        let Some(remembered) = &self.remembered else {
            return self.gather(sql, [matching]);
        };
        let state = state(&self.connection).map_err(|cause| self.failed(cause))?;
        if let Some(quotes) = remembered.words(state, matching) {
            return Ok(quotes);
        }
        let quotes = self.gather(sql, [matching])?;
        remembered.keep_words(state, matching, &quotes);
        Ok(quotes)
    }

    /// The quotes that fit, words aside.
    fn without_words(&self, conditions: &Conditions) -> Result<Numbers> {
        if let (Some(ids), 2) = (&conditions.about, conditions.sql.len()) {
            // Their rows have nothing to add.
            let sql = format!("SELECT gather(quote_id) FROM about WHERE speaker_id IN ({ids})");
            let mut fit = self.gather(&sql, [])?;
            self.remove_gone(&mut fit)?;
            return Ok(fit);
        }
        let mut all = conditions.all();
        let mut from = "quotes q".to_owned();
        let mut rows_are_read = true;
        if !conditions.narrow {
            let of_articles = conditions.of_articles.join(" AND ");
            let articles = "articles a CROSS JOIN quotes q ON q.article_id = a.id";
            if of_articles.is_empty() || !self.are_few_of(conditions, &of_articles)? {
                from = format!("quotes q INDEXED BY {SPEAKERS}");
            } else if conditions.sql.len() == 1 + conditions.of_articles.len() {
                rows_are_read = false;
                (from, all) = (articles.to_owned(), of_articles);
            } else {
                (from, all) = (articles.to_owned(), format!("{of_articles} AND {all}"));
            }
        }
        let sql = match conditions.narrow {
            true => format!("SELECT gather(id) FROM ({})", conditions.query("q.id AS id")),
            false => format!("SELECT gather(q.id) FROM {from} WHERE {all}"),
        };
        let mut fit = self.gather(&sql, params_from_iter(&conditions.values))?;
        if !rows_are_read {
            self.remove_gone(&mut fit)?;
        }
        Ok(fit)
    }

    /// What a query gathers.
    fn gather(&self, sql: &str, values: impl rusqlite::Params) -> Result<Numbers> {
        self.visit(sql, values, |_| Ok(()))?;
        Ok(self.gathered.take())
    }

    /// Takes out what a correction took away, which is little.
    fn remove_gone(&self, fit: &mut Numbers) -> Result<()> {
        self.visit("SELECT id FROM quotes WHERE retracted = 1", [], |row| {
            fit.remove(row.get(0)?);
            Ok(())
        })
    }

    /// Whether some articles have so few quotes that each is better looked up than all are passed by.
    fn are_few_of(&self, conditions: &Conditions, of_articles: &str) -> Result<bool> {
        let mut quotes = 0_i64;
        let given = conditions.values.len();
        // What is bound and not asked for here is bound all the same.
        let sql = format!("SELECT sum(direct + mixed + indirect), ?{given} FROM articles a WHERE {of_articles}");
        self.visit(&sql, params_from_iter(&conditions.values), |row| {
            quotes = row.get::<_, Option<i64>>(0)?.unwrap_or_default();
            Ok(())
        })?;
        Ok(quotes.unsigned_abs().saturating_mul(TOGETHER) < self.last_number()?)
    }

    /// Shows what is counted, from the second column on, and of how many quotes it is: of one after the other, or summed up
    /// if it is not known by number which ones fit.
    pub(super) fn each(
        &self,
        conditions: &Conditions,
        fit: Option<&Numbers>,
        counted: &Counted,
        mut visit: impl FnMut(&Row, u64) -> rusqlite::Result<()>,
    ) -> Result<()> {
        let Counted {
            each,
            sum,
            group,
            of_all,
        } = counted;
        let Some(fit) = fit else {
            let ways = match of_all {
                Some(of_all) if conditions.speakers.is_none() => vec![(*of_all).to_owned()],
                _ => {
                    let ways = conditions.ways().into_iter();
                    let counts = |way| format!("SELECT count(*), {sum} FROM quotes q WHERE {way} GROUP BY {group}");
                    ways.map(counts).collect()
                }
            };
            return ways.iter().try_for_each(|sql| {
                self.visit(sql, params_from_iter(&conditions.values), |row| {
                    let quotes: i64 = row.get(0)?;
                    visit(row, quotes as u64)
                })
            });
        };
        // Those of a speaker stand together in an index that has everything, and others are not passed by.
        let (few, speakers) = match &conditions.speakers {
            Some(ids) => (fit.len() <= FEW, format!("AND q.speaker_id IN ({})", list(ids))),
            None => (self.are_few(fit)?, String::new()),
        };
        if few {
            let sql = format!("SELECT q.id, {each} FROM quotes q WHERE q.id = ?1");
            return self.one_by_one(fit, &sql, |row| visit(row, 1));
        }
        // What this index knows of days, outlets and types passes others by before they are handed out.
        let (fits, values) = if conditions.narrow {
            (format!("q.retracted = 0 {speakers}"), &[][..])
        } else {
            (conditions.all(), &conditions.values[..])
        };
        let sql = format!("SELECT q.id, {each} FROM quotes q INDEXED BY {SPEAKERS} WHERE {fits} AND among(q.id)");
        self.along(fit, &sql, params_from_iter(values), |row| visit(row, 1))?;
        let Some(joint) = conditions.joint() else { return Ok(()) };
        let sql = format!("SELECT q.id, {each} FROM quotes q WHERE q.retracted = 0 AND {joint} AND among(q.id)");
        self.along(fit, &sql, [], |row| visit(row, 1))
    }

    /// Shows what is counted of those who say quotes with a speaker (`c`), of quotes that fit, as `each` does: of one after
    /// the other. They are so few that all are gone through.
    pub(super) fn each_joint(
        &self,
        conditions: &Conditions,
        fit: Option<&Numbers>,
        counted: &str,
        mut visit: impl FnMut(&Row, u64) -> rusqlite::Result<()>,
    ) -> Result<()> {
        let joint = format!(
            "SELECT q.id, {counted} FROM co_speakers c CROSS JOIN quotes q ON q.id = c.quote_id
             WHERE c.speaker_id IS NOT NULL AND c.speaker_id IS NOT q.speaker_id"
        );
        match fit {
            Some(fit) => {
                let mut some = Numbers::default();
                let all = "SELECT quote_id FROM co_speakers WHERE speaker_id IS NOT NULL AND among(quote_id)";
                self.along(fit, all, [], |row| {
                    some.insert(row.get(0)?);
                    Ok(())
                })?;
                self.one_by_one(&some, &format!("{joint} AND q.id = ?1"), |row| visit(row, 1))
            }
            None => {
                let sql = format!("{joint} AND {}", conditions.all());
                self.visit(&sql, params_from_iter(&conditions.values), |row| visit(row, 1))
            }
        }
    }

    /// Whether quotes are so few that they are better looked up one by one than passed by.
    pub(super) fn are_few(&self, fit: &Numbers) -> Result<bool> {
        Ok(fit.len().saturating_mul(ONE_BY_ONE) < self.last_number()?)
    }

    /// The highest number of a quote: about as many as there are.
    pub(super) fn last_number(&self) -> Result<u64> {
        let last = self.rows("SELECT max(id) FROM quotes", [], |row| row.get::<_, Option<i64>>(0))?;
        Ok(last.into_iter().flatten().next().unwrap_or_default().unsigned_abs())
    }

    /// Asks the same of each quote.
    pub(super) fn one_by_one(
        &self,
        fit: &Numbers,
        sql: &str,
        mut visit: impl FnMut(&Row) -> rusqlite::Result<()>,
    ) -> Result<()> {
        fit.iter().try_for_each(|id| self.visit(sql, [id], &mut visit))
    }

    /// Shows all rows of a query that leaves out, by `among`, those whose quotes do not fit.
    pub(super) fn along(
        &self,
        fit: &Numbers,
        sql: &str,
        values: impl rusqlite::Params,
        visit: impl FnMut(&Row) -> rusqlite::Result<()>,
    ) -> Result<()> {
        self.among.choose(fit);
        self.visit(sql, values, visit)
    }

    /// Shows all rows of a query.
    pub(super) fn visit(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
        mut visit: impl FnMut(&Row) -> rusqlite::Result<()>,
    ) -> Result<()> {
        let done = self.connection.prepare_cached(sql).and_then(|mut statement| {
            let mut rows = statement.query(values)?;
            while let Some(row) = rows.next()? {
                visit(row)?;
            }
            Ok(())
        });
        done.map_err(|cause| self.failed(cause))
    }
}

/// The index that begins with speakers, and has all that is counted of a quote.
const SPEAKERS: &str = "quotes_speaker";
