//! What most facets are counted by, of all quotes, in memory.
//!
//! In: a connection. Out: how many quotes, of certain ones or of all, have which speaker, outlet, month and type, and whom
//! they mention. To read it takes as long as to count the facets of one common word by the indexes; each of these takes a
//! tenth of that from then on. So a server remembers it until something is written: 25 MB for a million quotes. With it, how
//! much there is of everything, and which quotes have the commonest words.

use super::numbers::Numbers;
use super::stats::Stats;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Result};
use rustc_hash::FxHashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Of more quotes than this, nothing is remembered: a hundred megabytes.
const MOST: i64 = 4_000_000;

/// How many quotes have which number.
pub(super) type Tally = FxHashMap<i64, u64>;
/// How many quotes have which text.
pub(super) type Texts = FxHashMap<String, u64>;

/// Words that are remembered: a hundred kilobytes each in a million quotes.
const MOST_WORDS: usize = 32;
/// What fewer quotes have is soon looked for again.
const COMMON: u64 = 30_000;

/// What several readers of one database remember together.
#[derive(Debug, Clone, Default)]
pub struct Remembered(Arc<Known>);

#[derive(Debug, Default)]
struct Known {
    /// None if they cannot be remembered.
    columns: Mutex<AsOf<Option<Option<Arc<Columns>>>>>,
    stats: Mutex<AsOf<Option<Stats>>>,
    words: Mutex<AsOf<FxHashMap<String, Numbers>>>,
}

/// What is another one after each batch of an ingest that changed a quote, and after each correction.
pub(super) type State = [i64; 4];

/// What is known of a state of the database.
#[derive(Debug, Default)]
struct AsOf<T> {
    state: State,
    known: T,
}

impl<T: Default> AsOf<T> {
    /// What is known of this state.
    fn at(&mut self, state: State) -> &mut T {
        if self.state != state {
            *self = AsOf {
                state,
                known: T::default(),
            };
        }
        &mut self.known
    }
}

/// All quotes that stand.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// By number.
    quotes: Vec<Told>,
    /// Who is mentioned, and in which quote; in this order.
    about: Vec<(u32, u32)>,
    /// Names of months and types, by number; the first one is none.
    months: Names,
    types: Names,
}

/// What is told of a quote, by number; 0 is none. Without a type there is no such quote.
#[derive(Debug, Clone, Copy, Default)]
struct Told {
    speaker: u32,
    source: u32,
    month: u16,
    kind: u16,
}

#[derive(Debug, Default)]
struct Names {
    numbers: FxHashMap<String, u16>,
    /// The one asked for last: mostly the same again.
    last: (String, u16),
}

impl Remembered {
    /// What is remembered of the present state; read anew if something was written. None if there is too much.
    pub(super) fn columns(&self, connection: &Connection) -> Result<Option<Arc<Columns>>> {
        let state = state(connection)?;
        // Whoever comes meanwhile waits for what is being read.
        let mut known = lock(&self.0.columns);
        let known = known.at(state);
        if let Some(columns) = known {
            return Ok(columns.clone());
        }
        let columns = Columns::read(connection)?.map(Arc::new);
        *known = Some(columns.clone());
        Ok(columns)
    }

    /// How much there is in this state, if that was counted.
    pub(super) fn stats(&self, state: State) -> Option<Stats> {
        lock(&self.0.stats).at(state).clone()
    }

    /// How much there is.
    pub(super) fn keep_stats(&self, state: State, stats: &Stats) {
        *lock(&self.0.stats).at(state) = Some(stats.clone());
    }

    /// Which quotes have certain words in this state, if they were looked for.
    pub(super) fn words(&self, state: State, matching: &str) -> Option<Numbers> {
        lock(&self.0.words).at(state).get(matching).cloned()
    }

    /// Which quotes have certain words: kept if they are many.
    pub(super) fn keep_words(&self, state: State, matching: &str, quotes: &Numbers) {
        if quotes.len() < COMMON {
            return;
        }
        let mut known = lock(&self.0.words);
        let known = known.at(state);
        if known.len() >= MOST_WORDS {
            known.clear();
        }
        known.insert(matching.to_owned(), quotes.clone());
    }
}

fn lock<T>(known: &Mutex<T>) -> MutexGuard<'_, T> {
    known.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The present state.
pub(super) fn state(connection: &Connection) -> Result<State> {
    let sql = "SELECT (SELECT count(*) FROM runs), (SELECT coalesce(sum(added + replaced), 0) FROM runs),
                      (SELECT count(*) FROM corrections), (SELECT count(reverted) FROM corrections)";
    let mut state = connection.prepare_cached(sql)?;
    state.query_row([], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]))
}

impl Columns {
    /// Reads them; none if there are too many, or if a number is out of bounds.
    fn read(connection: &Connection) -> Result<Option<Columns>> {
        let last: i64 = connection.query_row("SELECT coalesce(max(id), 0) FROM quotes", [], |row| row.get(0))?;
        if last > MOST {
            return Ok(None);
        }
        let mut columns = Columns::default();
        columns.quotes.resize(last as usize + 1, Told::default());
        // In the order of an index that has all of it.
        let mut all = connection.prepare(
            "SELECT id, speaker_id, source_id, date, type FROM quotes INDEXED BY quotes_speaker WHERE retracted = 0",
        )?;
        let mut rows = all.query([])?;
        while let Some(row) = rows.next()? {
            let (id, speaker, source) = (row.get::<_, i64>(0)?, number(row.get(1)?), number(row.get(2)?));
            let month = row.get_ref(3)?.as_str_or_null()?.map(month_of);
            let (month, kind) = (
                columns.months.number(month),
                columns.types.number(row.get_ref(4)?.as_str_or_null()?),
            );
            let place = usize::try_from(id).ok().and_then(|id| columns.quotes.get_mut(id));
            let (Some(place), Some(speaker), Some(source), Some(month), Some(kind)) =
                (place, speaker, source, month, kind)
            else {
                return Ok(None);
            };
            *place = Told {
                speaker,
                source,
                month,
                kind,
            };
        }
        let mut all = connection.prepare("SELECT speaker_id, quote_id FROM about ORDER BY speaker_id")?;
        let mut rows = all.query([])?;
        while let Some(row) = rows.next()? {
            let (Some(whom), Some(quote)) = (number(row.get(0)?), number(row.get(1)?)) else {
                return Ok(None);
            };
            columns.about.push((whom, quote));
        }
        Ok(Some(columns))
    }

    /// How many quotes each speaker says, of certain quotes or of all.
    pub(super) fn speakers(&self, fit: Option<&Numbers>) -> Tally {
        tally(&self.count(fit, |told| told.speaker as usize))
    }

    /// How many quotes each outlet printed.
    pub(super) fn outlets(&self, fit: Option<&Numbers>) -> Tally {
        tally(&self.count(fit, |told| told.source as usize))
    }

    /// How many quotes are of each month.
    pub(super) fn months(&self, fit: Option<&Numbers>) -> Texts {
        self.months.texts(&self.count(fit, |told| told.month.into()))
    }

    /// How many quotes are of each type.
    pub(super) fn types(&self, fit: Option<&Numbers>) -> Texts {
        self.types.texts(&self.count(fit, |told| told.kind.into()))
    }

    /// How many quotes mention somebody.
    pub(super) fn about(&self, fit: Option<&Numbers>) -> Tally {
        let stands = |quote: u32| self.quotes.get(quote as usize).is_some_and(|told| told.kind > 0);
        let fits = |quote: u32| stands(quote) && fit.is_none_or(|fit| fit.contains(quote.into()));
        let mentions = self.about.chunk_by(|one, next| one.0 == next.0);
        let counts = mentions.map(|of| {
            let quotes = of.iter().filter(|&&(_, quote)| fits(quote)).count();
            (i64::from(of[0].0), quotes as u64)
        });
        counts.collect()
    }

    /// How many quotes have which number.
    fn count(&self, fit: Option<&Numbers>, of: impl Fn(&Told) -> usize) -> Vec<u64> {
        let mut counts = Vec::new();
        let mut add = |told: &Told| {
            let at = of(told);
            if told.kind > 0 {
                if at >= counts.len() {
                    counts.resize(at + 1, 0);
                }
                counts[at] += 1;
            }
        };
        match fit {
            Some(fit) => {
                let fit = fit.iter().filter_map(|id| usize::try_from(id).ok());
                fit.filter_map(|id| self.quotes.get(id)).for_each(add);
            }
            None => self.quotes.iter().for_each(&mut add),
        }
        counts
    }
}

impl Names {
    /// The number of a name.
    fn number(&mut self, name: Option<&str>) -> Option<u16> {
        let Some(name) = name else { return Some(0) };
        if self.last.1 > 0 && self.last.0 == name {
            return Some(self.last.1);
        }
        let number = match self.numbers.get(name) {
            Some(&number) => number,
            None => {
                let number = u16::try_from(self.numbers.len() + 1).ok()?;
                self.numbers.insert(name.to_owned(), number);
                number
            }
        };
        self.last.1 = number;
        name.clone_into(&mut self.last.0);
        Some(number)
    }

    /// The names with how many quotes have them, of which the numbers are known.
    fn texts(&self, counts: &[u64]) -> Texts {
        let named = self.numbers.iter();
        let counted = named.filter_map(|(name, &number)| Some((name.clone(), *counts.get(usize::from(number))?)));
        some(counted)
    }
}

/// A number above 0, or 0 for none.
fn number(id: Option<i64>) -> Option<u32> {
    match id {
        None => Some(0),
        Some(id) => u32::try_from(id).ok().filter(|&id| id > 0),
    }
}

fn tally(counts: &[u64]) -> Tally {
    some((0_i64..).zip(counts.iter().copied()).skip(1))
}

/// What at least one quote has.
fn some<K: Eq + Hash>(counts: impl Iterator<Item = (K, u64)>) -> FxHashMap<K, u64> {
    counts.filter(|&(_, quotes)| quotes > 0).collect()
}

/// Adds quotes to those that have a number, if there is one.
pub(super) fn add(tally: &mut Tally, id: ValueRef, quotes: u64) -> Result<()> {
    if let Some(id) = id.as_i64_or_null()? {
        *tally.entry(id).or_default() += quotes;
    }
    Ok(())
}

/// Adds quotes to those that have a text, if there is one.
pub(super) fn add_text(texts: &mut Texts, text: ValueRef, quotes: u64) -> Result<()> {
    if let Some(text) = text.as_str_or_null()? {
        match texts.get_mut(text) {
            Some(all) => *all += quotes,
            None => {
                texts.insert(text.to_owned(), quotes);
            }
        }
    }
    Ok(())
}

/// Adds quotes to those of the month of a day.
pub(super) fn add_month(months: &mut Texts, day: ValueRef, quotes: u64) -> Result<()> {
    let month = day.as_str_or_null()?.map(month_of);
    add_text(months, month.into(), quotes)
}

/// `2017-04` of a day.
pub(super) fn month_of(day: &str) -> &str {
    day.get(..7).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_are_remembered_until_something_is_written() {
        let remembered = Remembered::default();
        let (mut few, mut many) = (Numbers::default(), Numbers::default());
        few.insert(7);
        (0..COMMON as i64).for_each(|number| many.insert(number));
        let state = [1, 9, 0, 0];
        remembered.keep_words(state, "rare", &few);
        remembered.keep_words(state, "the", &many);
        let known = |state, words: &str| remembered.words(state, words).map(|quotes| quotes.len());
        assert_eq!((known(state, "rare"), known(state, "the")), (None, Some(COMMON)));
        assert_eq!(known([2, 9, 0, 0], "the"), None);
    }
}
