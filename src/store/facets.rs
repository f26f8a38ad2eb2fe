//! Counts of quotes: how many fit, by whatever they can be told apart by, by month, by outlet.
//!
//! In: a [`Filter`] and facets. Out: values with how many quotes have them, most first. Which quotes fit is looked for
//! once (`fitting`), and all facets are counted in one walk over an index; where nothing but a speaker is asked for, SQLite
//! sums up each, and of all quotes what their articles know is enough.

use super::base::Reader;
use super::columns::{Columns, Tally, Texts, add, add_month, add_text, month_of};
use super::filter::{Conditions, Filter};
use super::fitting::Counted;
use super::numbers::Numbers;
use super::together::OTHER_COUNTRY;
use crate::error::Result;
use crate::plot::Bar;
use rusqlite::params_from_iter;
use rustc_hash::FxHashMap as HashMap;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What quotes are told apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facet {
    /// Who said it, alone or with others.
    Speaker,
    /// The speaker's office.
    Office,
    /// The country of whoever said it, alone or with others.
    Country,
    /// The outlet.
    Outlet,
    /// The month, `2017-04`.
    Month,
    /// `direct`, `mixed`, `indirect`.
    Type,
    /// Whom or what it mentions.
    About,
}

/// A value, and how many quotes have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Count {
    /// The number of the speaker, office or outlet; none for other values.
    pub id: Option<i64>,
    /// Its name.
    pub name: String,
    /// How many quotes.
    pub quotes: u64,
}

/// How many quotes fit, and by what they can be told apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Survey {
    /// How many.
    pub count: u64,
    /// The values of each facet that was asked for, in the order asked.
    pub facets: Vec<Vec<Count>>,
}

/// The quotes of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Month {
    /// `2017-04`.
    pub month: String,
    /// How many.
    pub quotes: u64,
    /// How many of them of sources that the text hides.
    pub anonymous: u64,
}

/// How many quotes an outlet printed, and of whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outlet {
    /// Its name; none for articles that name none.
    pub outlet: Option<String>,
    /// How many.
    pub quotes: u64,
    /// How many of them of sources that the text hides.
    pub anonymous: u64,
}

/// To look up fewer quotes than this is not worth remembering all of them.
const MANY: u64 = 2000;

/// What is told apart by one walk.
const OF_QUOTES: Counted = Counted::alike("q.speaker_id, q.date, q.source_id, q.type");
const SPEAKER: Counted = Counted::alike("q.speaker_id");
const OUTLET: Counted = Counted {
    of_all: Some(
        "SELECT sum(direct + mixed + indirect) quotes, source_id FROM articles GROUP BY source_id HAVING quotes > 0",
    ),
    ..Counted::alike("q.source_id")
};
const OUTLET_AND_HIDDEN: Counted = Counted {
    each: "q.source_id, q.anonymous",
    sum: "q.source_id, sum(q.anonymous)",
    group: "q.source_id",
    of_all: Some(
        "SELECT sum(direct + mixed + indirect) quotes, source_id, sum(anonymous) FROM articles
         GROUP BY source_id HAVING quotes > 0",
    ),
};
const DAY_AND_TYPE: Counted = Counted {
    of_all: Some(
        "SELECT sum(direct) quotes, date, 'direct' FROM articles GROUP BY date HAVING quotes > 0 UNION ALL
         SELECT sum(mixed) quotes, date, 'mixed' FROM articles GROUP BY date HAVING quotes > 0 UNION ALL
         SELECT sum(indirect) quotes, date, 'indirect' FROM articles GROUP BY date HAVING quotes > 0",
    ),
    ..Counted::alike("q.date, q.type")
};
const DAY_AND_HIDDEN: Counted = Counted {
    each: "q.date, q.anonymous",
    sum: "q.date, sum(q.anonymous)",
    group: "q.date",
    of_all: Some(
        "SELECT sum(direct + mixed + indirect) quotes, date, sum(anonymous) FROM articles
         GROUP BY date HAVING quotes > 0",
    ),
};

impl Month {
    /// As a bar of a plot, the anonymous ones told apart.
    pub fn bar(&self) -> Bar {
        Bar {
            label: self.month.clone(),
            value: self.quotes,
            part: self.anonymous,
        }
    }
}

impl Reader {
    /// How many quotes fit, and the values of facets among them, most first, `limit` at most of each. All are counted at
    /// one moment, and what fits is looked for once.
    pub fn survey(&self, filter: &Filter, facets: &[Facet], limit: usize) -> Result<Survey> {
        self.at_once(|| {
            let conditions = self.conditions(filter)?;
            let fit = self.fitting(&conditions)?;
            self.surveyed(&conditions, fit.as_ref(), facets, limit)
        })
    }

    pub(super) fn surveyed(
        &self,
        conditions: &Conditions,
        fit: Option<&Numbers>,
        facets: &[Facet],
        limit: usize,
    ) -> Result<Survey> {
        Ok(Survey {
            count: self.counted(conditions, fit)?,
            facets: self.values(conditions, fit, facets, limit)?,
        })
    }

    /// The values of a facet among the quotes that fit, most first, `limit` at most.
    pub fn facet(&self, filter: &Filter, facet: Facet, limit: usize) -> Result<Vec<Count>> {
        self.at_once(|| {
            let conditions = self.conditions(filter)?;
            let fit = self.fitting(&conditions)?;
            let values = self.values(&conditions, fit.as_ref(), &[facet], limit)?;
            Ok(values.into_iter().flatten().collect())
        })
    }

    /// How many quotes fit.
    pub fn count(&self, filter: &Filter) -> Result<u64> {
        self.at_once(|| {
            let conditions = self.conditions(filter)?;
            self.counted(&conditions, self.fitting(&conditions)?.as_ref())
        })
    }

    fn counted(&self, conditions: &Conditions, fit: Option<&Numbers>) -> Result<u64> {
        if let Some(fit) = fit {
            return Ok(fit.len());
        }
        let sql = match &conditions.speakers {
            Some(_) => format!("SELECT count(*) FROM ({})", conditions.query("1")),
            None => "SELECT coalesce(sum(direct + mixed + indirect), 0) FROM articles".to_owned(),
        };
        let counts = self.rows(&sql, params_from_iter(&conditions.values), |row| row.get::<_, i64>(0))?;
        Ok(counts.first().map_or(0, |&count| count as u64))
    }

    pub(super) fn values(
        &self,
        conditions: &Conditions,
        fit: Option<&Numbers>,
        facets: &[Facet],
        limit: usize,
    ) -> Result<Vec<Vec<Count>>> {
        let tallies = self.tallies(conditions, fit, facets)?;
        let values = facets.iter().map(|&facet| match facet {
            Facet::Speaker => {
                let mut speakers = tallies.speakers.clone();
                self.each_joint(conditions, fit, "c.speaker_id", |row, quotes| {
                    add(&mut speakers, row.get_ref(1)?, quotes)
                })?;
                self.named(&speakers, "speakers", limit)
            }
            Facet::Office => self.named(&tallies.offices, "offices", limit),
            Facet::Outlet => self.named(&tallies.outlets, "sources", limit),
            Facet::About => self.named(&tallies.about, "speakers", limit),
            Facet::Month => Ok(plain(tallies.months.clone(), limit)),
            Facet::Type => Ok(plain(tallies.types.clone(), limit)),
            Facet::Country => {
                let mut countries = HashMap::default();
                let sql = "SELECT id, country FROM speakers WHERE country IS NOT NULL";
                self.visit(sql, [], |row| {
                    if let Some(&quotes) = tallies.speakers.get(&row.get(0)?) {
                        add_text(&mut countries, row.get_ref(1)?, quotes)?;
                    }
                    Ok(())
                })?;
                self.each_joint(conditions, fit, OTHER_COUNTRY, |row, quotes| {
                    add_text(&mut countries, row.get_ref(1)?, quotes)
                })?;
                Ok(plain(countries, limit))
            }
        });
        values.collect()
    }

    /// Counts what facets need, in one walk if the quotes that fit are known by number.
    fn tallies(&self, conditions: &Conditions, fit: Option<&Numbers>, facets: &[Facet]) -> Result<Tallies> {
        let mut tallies = Tallies::default();
        let asked = |facet| facets.contains(&facet);
        let speakers = asked(Facet::Speaker) || asked(Facet::Country);
        let (months, outlets, types) = (asked(Facet::Month), asked(Facet::Outlet), asked(Facet::Type));
        let own = match &conditions.speakers {
            Some(_) if fit.is_none() && self.remembered.is_some() => Some(self.numbers(conditions)?),
            _ => None,
        };
        let these = fit.or(own.as_ref());
        let columns = self.columns(these)?;
        if let Some(columns) = &columns {
            tallies.speakers = when(speakers, || columns.speakers(these));
            tallies.months = when(months, || columns.months(these));
            tallies.outlets = when(outlets, || columns.outlets(these));
            tallies.types = when(types, || columns.types(these));
        } else if fit.is_some() {
            if speakers || months || outlets || types {
                self.each(conditions, fit, &OF_QUOTES, |row, quotes| {
                    if speakers {
                        add(&mut tallies.speakers, row.get_ref(1)?, quotes)?;
                    }
                    if months {
                        add_month(&mut tallies.months, row.get_ref(2)?, quotes)?;
                    }
                    if outlets {
                        add(&mut tallies.outlets, row.get_ref(3)?, quotes)?;
                    }
                    if types {
                        add_text(&mut tallies.types, row.get_ref(4)?, quotes)?;
                    }
                    Ok(())
                })?;
            }
        } else {
            // Each by the index that has it in order, and is summed up without leaving SQLite.
            if speakers {
                self.each(conditions, None, &SPEAKER, |row, quotes| {
                    add(&mut tallies.speakers, row.get_ref(1)?, quotes)
                })?;
            }
            if outlets {
                self.each(conditions, None, &OUTLET, |row, quotes| {
                    add(&mut tallies.outlets, row.get_ref(1)?, quotes)
                })?;
            }
            if months || types {
                self.each(conditions, None, &DAY_AND_TYPE, |row, quotes| {
                    add_month(&mut tallies.months, row.get_ref(1)?, quotes)?;
                    add_text(&mut tallies.types, row.get_ref(2)?, quotes)
                })?;
            }
        }
        if asked(Facet::Office) {
            let offices = (
                "id",
                "office_id",
                "quotes WHERE retracted = 0 AND office_id IS NOT NULL",
            );
            self.apart(&mut tallies.offices, conditions, fit, offices)?;
        }
        if asked(Facet::About) {
            let mentioned = ("quote_id", "speaker_id", "about WHERE speaker_id IS NOT NULL");
            match columns {
                Some(columns) => tallies.about = columns.about(these),
                None => self.apart(&mut tallies.about, conditions, fit, mentioned)?,
            }
        }
        Ok(tallies)
    }

    /// What quotes are counted by, if it is remembered, and many or all are to be counted.
    pub(super) fn columns(&self, fit: Option<&Numbers>) -> Result<Option<Arc<Columns>>> {
        match &self.remembered {
            Some(all) if fit.is_none_or(|fit| fit.len() >= MANY) => {
                all.columns(&self.connection).map_err(|cause| self.failed(cause))
            }
            _ => Ok(None),
        }
    }

    /// Counts what stands apart from the rest: given are the columns of the quote and of the value, and where they are.
    fn apart(
        &self,
        tally: &mut Tally,
        conditions: &Conditions,
        fit: Option<&Numbers>,
        (quote, value, from): (&str, &str, &str),
    ) -> Result<()> {
        let own;
        let fit = match fit {
            Some(fit) => fit,
            None if conditions.speakers.is_none() => {
                let sql = format!("SELECT count(*), {value} FROM {from} GROUP BY {value}");
                self.visit(&sql, [], |row| {
                    tally.insert(row.get(1)?, row.get::<_, i64>(0)? as u64);
                    Ok(())
                })?;
                // Those that a correction took away were counted too, where that is not told.
                let sql =
                    format!("SELECT {value} FROM {from} AND {quote} IN (SELECT id FROM quotes WHERE retracted = 1)");
                return self.visit(&sql, [], |row| {
                    if let Some(quotes) = tally.get_mut(&row.get(0)?) {
                        *quotes = quotes.saturating_sub(1);
                    }
                    Ok(())
                });
            }
            None => {
                own = self.numbers(conditions)?;
                &own
            }
        };
        let visit = |row: &rusqlite::Row| add(tally, row.get_ref(1)?, row.get::<_, i64>(0)? as u64);
        if self.are_few(fit)? {
            let one = format!("SELECT 1, {value} FROM {from} AND {quote} = ?1");
            self.one_by_one(fit, &one, visit)
        } else {
            let all = format!("SELECT count(*), {value} FROM {from} AND among({quote}) GROUP BY {value}");
            self.along(fit, &all, [], visit)
        }
    }

    /// The largest counts, with names.
    fn named(&self, tally: &Tally, table: &str, limit: usize) -> Result<Vec<Count>> {
        let mut largest: Vec<(i64, u64)> = tally.iter().map(|(&id, &quotes)| (id, quotes)).collect();
        largest.retain(|&(_, quotes)| quotes > 0);
        largest.sort_unstable_by_key(|&(id, quotes)| (Reverse(quotes), id));
        largest.truncate(limit);
        let sql = format!("SELECT name FROM {table} WHERE id = ?1");
        let mut counts = Vec::with_capacity(largest.len());
        for (id, quotes) in largest {
            let names = self.rows(&sql, [id], |row| row.get(0))?;
            counts.extend(names.into_iter().map(|name| Count {
                id: Some(id),
                name,
                quotes,
            }));
        }
        Ok(counts)
    }

    /// Quotes that fit, month by month, in order; months without any are not there.
    pub fn timeline(&self, filter: &Filter) -> Result<Vec<Month>> {
        let mut months: BTreeMap<String, (u64, u64)> = BTreeMap::new();
        self.at_once(|| {
            let conditions = self.conditions(filter)?;
            let fit = self.fitting(&conditions)?;
            self.each(&conditions, fit.as_ref(), &DAY_AND_HIDDEN, |row, quotes| {
                let Some(day) = row.get_ref(1)?.as_str_or_null()? else {
                    return Ok(());
                };
                let month = month_of(day);
                if !months.contains_key(month) {
                    months.insert(month.to_owned(), (0, 0));
                }
                if let Some((all, hidden)) = months.get_mut(month) {
                    *all += quotes;
                    *hidden += row.get::<_, i64>(2)? as u64;
                }
                Ok(())
            })
        })?;
        let month = |(month, (quotes, anonymous))| Month {
            month,
            quotes,
            anonymous,
        };
        Ok(months.into_iter().map(month).collect())
    }

    /// Outlets of the quotes that fit, the one with most first, `limit` at most.
    pub fn outlets(&self, filter: &Filter, limit: usize) -> Result<Vec<Outlet>> {
        let mut outlets: HashMap<Option<i64>, (u64, u64)> = HashMap::default();
        self.at_once(|| {
            let conditions = self.conditions(filter)?;
            let fit = self.fitting(&conditions)?;
            self.each(&conditions, fit.as_ref(), &OUTLET_AND_HIDDEN, |row, quotes| {
                let (all, hidden) = outlets.entry(row.get(1)?).or_default();
                *all += quotes;
                *hidden += row.get::<_, i64>(2)? as u64;
                Ok(())
            })?;
            let mut largest: Vec<_> = outlets.into_iter().collect();
            largest.sort_unstable_by_key(|&(id, (quotes, _))| (Reverse(quotes), id));
            largest.truncate(limit);
            let outlet = |(id, (quotes, anonymous))| {
                let names = self.rows("SELECT name FROM sources WHERE id = ?1", [id], |row| row.get(0))?;
                Ok(Outlet {
                    outlet: names.into_iter().next(),
                    quotes,
                    anonymous,
                })
            };
            largest.into_iter().map(outlet).collect()
        })
    }
}

#[derive(Default)]
struct Tallies {
    speakers: Tally,
    offices: Tally,
    outlets: Tally,
    about: Tally,
    months: Texts,
    types: Texts,
}

/// The largest counts of what is its own name.
fn plain(texts: Texts, limit: usize) -> Vec<Count> {
    let count = |(name, quotes)| Count { id: None, name, quotes };
    let mut counts: Vec<Count> = texts.into_iter().map(count).collect();
    counts.sort_unstable_by(|a, b| b.quotes.cmp(&a.quotes).then_with(|| a.name.cmp(&b.name)));
    counts.truncate(limit);
    counts
}

/// What is not asked for is not counted.
fn when<T: Default>(asked: bool, count: impl FnOnce() -> T) -> T {
    if asked { count() } else { T::default() }
}
