//! Who speaks: lists of speakers, and all about one.
//!
//! In: a filter or a speaker's number. Out: speakers with how much they are quoted, and for one of them the offices seen
//! with their days, the months, whom and what they speak about, and who quotes them.

use super::base::Reader;
use super::facets::{Count, Facet, Month};
use super::filter::Filter;
use super::fitting::Counted;
use crate::error::Result;
use rusqlite::{Row, params};
use rustc_hash::FxHashMap as HashMap;
use serde::Serialize;
use std::cmp::Reverse;

/// Somebody who is quoted or mentioned.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Speaker {
    /// The number.
    pub id: i64,
    /// The name.
    pub name: String,
    /// `person`, `organization` …
    pub kind: Option<String>,
    /// Wikidata's identifier.
    pub wikidata: Option<String>,
    /// ISO 3166 code.
    pub country: Option<String>,
    /// How many quotes.
    pub quotes: u64,
    /// The first day quoted.
    pub first: Option<String>,
    /// The last day quoted.
    pub last: Option<String>,
}

/// An office in which somebody was quoted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfficeSeen {
    /// Its name.
    pub office: String,
    /// The first day.
    pub first: Option<String>,
    /// The last day.
    pub last: Option<String>,
    /// How many quotes.
    pub quotes: u64,
}

/// All about one speaker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpeakerPage {
    /// Who.
    pub speaker: Speaker,
    /// Offices in which they were quoted, in the order of time.
    pub offices: Vec<OfficeSeen>,
    /// Quotes by month.
    pub months: Vec<Month>,
    /// Whom and what they speak about.
    pub about: Vec<Count>,
    /// Who speaks about them.
    pub spoken_of_by: Vec<Count>,
    /// Which outlets quote them.
    pub outlets: Vec<Count>,
}

/// Of each list on a page, so many.
const LISTED: usize = 20;

/// How often and from when to when.
const SPEAKER_AND_DAY: Counted = Counted {
    each: "q.speaker_id, q.date, q.date",
    sum: "q.speaker_id, min(q.date), max(q.date)",
    group: "q.speaker_id",
    of_all: None,
};

/// How often and when somebody was quoted.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) quotes: u64,
    pub(super) first: Option<String>,
    pub(super) last: Option<String>,
}

impl Seen {
    pub(super) fn add(&mut self, quotes: u64, first: Option<&str>, last: Option<&str>) {
        self.quotes += quotes;
        if let Some(first) = first
            && self.first.as_deref().is_none_or(|earlier| first < earlier)
        {
            self.first = Some(first.to_owned());
        }
        if let Some(last) = last
            && self.last.as_deref().is_none_or(|later| last > later)
        {
            self.last = Some(last.to_owned());
        }
    }
}

impl Reader {
    /// Speakers of the quotes that fit, the one quoted most first.
    pub fn speakers(&self, filter: &Filter, limit: usize, offset: usize) -> Result<Vec<Speaker>> {
        let mut seen: HashMap<i64, Seen> = HashMap::default();
        self.at_once(|| {
            let conditions = self.conditions(filter)?;
            let fit = self.fitting(&conditions)?;
            let mut see = |row: &Row, quotes| {
                if let Some(id) = row.get_ref(1)?.as_i64_or_null()? {
                    let seen = seen.entry(id).or_default();
                    seen.add(
                        quotes,
                        row.get_ref(2)?.as_str_or_null()?,
                        row.get_ref(3)?.as_str_or_null()?,
                    );
                }
                Ok(())
            };
            self.each(&conditions, fit.as_ref(), &SPEAKER_AND_DAY, &mut see)?;
            self.each_joint(&conditions, fit.as_ref(), "c.speaker_id, q.date, q.date", see)?;
            let mut most: Vec<(i64, Seen)> = seen.into_iter().collect();
            most.sort_unstable_by_key(|(id, seen)| (Reverse(seen.quotes), *id));
            let mut speakers = Vec::new();
            for (id, seen) in most.into_iter().skip(offset).take(limit) {
                let sql = "SELECT id, name, kind, wikidata, country, ?2, ?3, ?4 FROM speakers WHERE id = ?1";
                let values = params![id, seen.quotes as i64, seen.first, seen.last];
                speakers.extend(self.rows(sql, values, read)?);
            }
            Ok(speakers)
        })
    }

    /// One speaker.
    pub fn speaker(&self, id: i64) -> Result<Option<Speaker>> {
        // Asked for beside the speaker, since a left join would read the row of each quote.
        let sql = "SELECT id, name, kind, wikidata, country, own.quotes + joint.quotes,
                     min(coalesce(own.first, joint.first), coalesce(joint.first, own.first)),
                     max(coalesce(own.last, joint.last), coalesce(joint.last, own.last))
                   FROM speakers,
                     (SELECT count(*) AS quotes, min(date) AS first, max(date) AS last FROM quotes
                      WHERE speaker_id = ?1 AND retracted = 0) AS own,
                     (SELECT count(*) AS quotes, min(q.date) AS first, max(q.date) AS last
                      FROM co_speakers c CROSS JOIN quotes q ON q.id = c.quote_id
                      WHERE c.speaker_id = ?1 AND q.retracted = 0 AND q.speaker_id IS NOT ?1) AS joint
                   WHERE id = ?1";
        Ok(self.rows(sql, [id], read)?.pop())
    }

    /// All about one speaker.
    pub fn speaker_page(&self, id: i64) -> Result<Option<SpeakerPage>> {
        self.at_once(|| self.page_of(id))
    }

    fn page_of(&self, id: i64) -> Result<Option<SpeakerPage>> {
        let Some(speaker) = self.speaker(id)? else {
            return Ok(None);
        };
        let mut of_them = self.conditions(&Filter::default())?;
        of_them.must_mention(&[id]);
        let fit = self.numbers(&of_them)?;
        let spoken_of_by = self.values(&of_them, Some(&fit), &[Facet::Speaker], LISTED)?;
        let own = Filter {
            speaker_id: Some(id),
            ..Filter::default()
        };
        let own_conditions = self.conditions(&own)?;
        let mut told = self.values(&own_conditions, None, &[Facet::About, Facet::Outlet], LISTED)?;
        let outlets = told.pop().unwrap_or_default();
        Ok(Some(SpeakerPage {
            speaker,
            offices: self.offices(id)?,
            months: self.timeline(&own)?,
            about: told.pop().unwrap_or_default(),
            spoken_of_by: spoken_of_by.into_iter().flatten().collect(),
            outlets,
        }))
    }

    /// The offices in which somebody was quoted, in the order of time.
    fn offices(&self, speaker: i64) -> Result<Vec<OfficeSeen>> {
        let own = format!("FROM quotes q WHERE q.speaker_id = {speaker} AND q.retracted = 0");
        self.visit(&format!("SELECT gather(q.id) {own}"), [], |_| Ok(()))?;
        let quotes = self.gathered.take();
        let figures = "SELECT q.office_id, min(q.date), max(q.date), count(*)";
        let offices = if self.are_few(&quotes)? {
            format!("{figures} {own} AND q.office_id IS NOT NULL GROUP BY q.office_id")
        } else {
            // The index of offices has all that is asked for: rows would take three times as long.
            self.among.choose(&quotes);
            let all = "FROM quotes q WHERE q.retracted = 0 AND q.office_id IS NOT NULL";
            format!("{figures} {all} AND among(q.id) GROUP BY q.office_id")
        };
        let sql = format!(
            "WITH seen(office, first, last, quotes) AS ({offices})
             SELECT o.name, first, last, quotes FROM seen JOIN offices o ON o.id = seen.office ORDER BY first, o.name"
        );
        self.rows(&sql, [], |row| {
            Ok(OfficeSeen {
                office: row.get(0)?,
                first: row.get(1)?,
                last: row.get(2)?,
                quotes: row.get::<_, i64>(3)? as u64,
            })
        })
    }
}

fn read(row: &Row) -> rusqlite::Result<Speaker> {
    Ok(Speaker {
        id: row.get(0)?,
        name: row.get(1)?,
        kind: row.get(2)?,
        wikidata: row.get(3)?,
        country: row.get(4)?,
        quotes: row.get::<_, i64>(5)? as u64,
        first: row.get(6)?,
        last: row.get(7)?,
    })
}
