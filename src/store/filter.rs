//! Which quotes are meant: what people filter by, as conditions of a query.
//!
//! In: a [`Filter`], with names as people write them. Out: SQL whose every value is bound; nothing a user writes is ever
//! part of the SQL. And which of the names nobody has.

use super::base::Reader;
use super::matching::{MOST_WORDS, full_text};
use super::numbers::Numbers;
use super::words::fold_name;
use crate::error::{Error, Result};
use crate::gazetteer::{Gazetteer, PlaceKind, Sense};
use jiff::civil::Date;
use rusqlite::types::Value;
use std::cell::OnceCell;

/// Which quotes. An empty filter means all of them (all that stand: none that a correction took away).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Words that must be there; `"two words"` together, `-word` not there, `begin*` with any end, `OR` between two.
    pub words: Option<String>,
    /// Who said it, alone or with others: a name, a surname or a Wikidata identifier.
    pub speaker: Option<String>,
    /// Who said it, alone or with others, by number.
    pub speaker_id: Option<i64>,
    /// Words of the office of whoever said it, alone or with others.
    pub office: Option<String>,
    /// The country of whoever said it, alone or with others: an ISO code or a name.
    pub country: Option<String>,
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
    /// The outlet.
    pub outlet: Option<String>,
    /// `direct`, `mixed` or `indirect`.
    pub kind: Option<String>,
    /// Whom or what it mentions: a name, a surname or a Wikidata identifier.
    pub about: Option<String>,
    /// The lowest confidence.
    pub min_confidence: Option<f64>,
}

/// What stands in the names of offices and tells none from another.
const LITTLE: [&str; 7] = ["a", "an", "and", "for", "in", "of", "the"];
/// What offices are called by in short and seldom named by.
const SHORT: [(&str, &str); 4] = [
    ("us", "united states"),
    ("uk", "united kingdom"),
    ("eu", "european union"),
    ("un", "united nations"),
];

/// Conditions on `quotes q`, and what is bound to them.
#[derive(Debug, Default)]
pub(super) struct Conditions {
    /// The full-text query, if words were asked for.
    pub(super) matching: Option<String>,
    /// The quotes that have the words, once they were looked for.
    pub(super) words: OnceCell<Numbers>,
    /// Joined by AND; the first one is always there.
    pub(super) sql: Vec<String>,
    pub(super) values: Vec<Value>,
    /// Those of the time and the outlet once more, on `articles a`.
    pub(super) of_articles: Vec<String>,
    /// Whether an index leads to the quotes: by who says it, in which office, or whom it mentions.
    pub(super) narrow: bool,
    /// The numbers of whom they must mention, if that was asked for.
    pub(super) about: Option<String>,
    /// Whether the speaker is among them.
    pub(super) speakers: Option<Vec<i64>>,
    /// If some quotes are theirs who say them with a speaker: which condition may be of either, and the two that lead to
    /// other quotes each, of the speakers and of those who are with them.
    either: Option<(usize, [String; 2])>,
    /// Whether that condition names the speakers.
    of_speakers: bool,
    /// Whether the index of speakers is enough to check them all.
    pub(super) indexed: bool,
}

impl Conditions {
    /// All of them, for a WHERE.
    pub(super) fn all(&self) -> String {
        self.sql.join(" AND ")
    }

    /// The same, each of which an index leads to; no quote fits two of them.
    pub(super) fn ways(&self) -> Vec<String> {
        let Some((at, ways)) = &self.either else {
            return vec![self.all()];
        };
        let way = |way: &String| {
            let mut sql = self.sql.clone();
            sql[*at].clone_from(way);
            sql.join(" AND ")
        };
        ways.iter().map(way).collect()
    }

    /// Some columns of the quotes that fit, as a query.
    pub(super) fn query(&self, columns: &str) -> String {
        let ways = self.ways().into_iter();
        let ways: Vec<String> = ways
            .map(|way| format!("SELECT {columns} FROM quotes q WHERE {way}"))
            .collect();
        ways.join(" UNION ALL ")
    }

    /// Whether some quotes that fit may be theirs who say them with a speaker.
    pub(super) fn is_either(&self) -> bool {
        self.either.is_some()
    }

    /// The quotes that the speakers who were asked for say with one who is none of them, if there are any.
    pub(super) fn joint(&self) -> Option<&str> {
        let either = self.either.as_ref().filter(|_| self.of_speakers);
        either.map(|(_, [_, joint])| &**joint)
    }

    /// Of quotes that one of these says. `joint` is whether they say any with a speaker.
    fn must_be_said_by(&mut self, ids: Vec<i64>, joint: bool) {
        let these = list(&ids);
        if joint {
            self.must_be_of_either("speaker_id", &these);
            self.of_speakers = true;
        } else {
            self.sql.push(format!("q.speaker_id IN ({these})"));
        }
        self.speakers = Some(ids);
        self.narrow = true;
    }

    /// Of quotes whose speaker has one of these in a column, or somebody who says it too.
    fn must_be_of_either(&mut self, column: &str, these: &str) {
        let own = format!("q.{column} IN ({these})");
        let with = format!("SELECT quote_id FROM co_speakers WHERE {column} IN ({these})");
        // The sign keeps SQLite from the index of the column, where nearly all are none of these.
        let joint = format!("q.id IN ({with}) AND (+{own}) IS NOT TRUE");
        let at = self.sql.len();
        // Of one quote it is looked up by that, and not by each of these, who may be thousands.
        let one = format!("SELECT 1 FROM co_speakers WHERE quote_id = q.id AND +{column} IN ({these})");
        self.sql.push(format!("({own} OR EXISTS ({one}))"));
        self.either.get_or_insert((at, [own, joint]));
        self.narrow = true;
    }

    /// Of quotes that mention one of these.
    pub(super) fn must_mention(&mut self, ids: &[i64]) {
        let ids = list(ids);
        self.sql.push(format!(
            "q.id IN (SELECT quote_id FROM about WHERE speaker_id IN ({ids}))"
        ));
        self.about = Some(ids);
        self.narrow = true;
    }

    fn bind(&mut self, condition: &str, value: impl Into<Value>) {
        self.values.push(value.into());
        self.sql
            .push(condition.replace('?', &format!("?{}", self.values.len())));
    }

    /// Binds what is the same of all quotes of an article.
    fn bind_of_article(&mut self, column: &str, condition: &str, value: impl Into<Value>) {
        self.bind(&format!("q.{column} {condition}"), value);
        let condition = condition.replace('?', &format!("?{}", self.values.len()));
        self.of_articles.push(format!("a.{column} {condition}"));
    }
}

impl Reader {
    pub(super) fn conditions(&self, filter: &Filter) -> Result<Conditions> {
        let mut conditions = Conditions {
            sql: vec!["q.retracted = 0".to_owned()],
            indexed: filter.office.is_none(),
            ..Conditions::default()
        };
        if let Some(words) = &filter.words {
            conditions.matching = full_text(words)?;
        }
        let mut speakers = filter.speaker_id.map(|id| vec![id]);
        if let Some(name) = &filter.speaker {
            speakers = Some(self.meant(name)?);
        }
        if let Some(ids) = speakers {
            let sql = format!(
                "SELECT EXISTS (SELECT 1 FROM co_speakers WHERE speaker_id IN ({}))",
                list(&ids)
            );
            let joint = self.rows(&sql, [], |row| row.get(0))?.pop();
            conditions.must_be_said_by(ids, joint.unwrap_or_default());
        }
        if let Some(about) = &filter.about {
            conditions.must_mention(&self.meant(about)?);
        }
        if let Some(office) = &filter.office {
            if office.split_whitespace().count() > MOST_WORDS {
                return Err(Error::Query(format!("an office may have {MOST_WORDS} words at most")));
            }
            let offices = list(&self.offices_called(office)?);
            conditions.must_be_of_either("office_id", &offices);
        }
        if let Some(country) = &filter.country {
            let codes = self.countries(country)?;
            let mut places = Vec::new();
            for code in codes {
                conditions.values.push(code.into());
                places.push(format!("?{}", conditions.values.len()));
            }
            let places = places.join(", ");
            let speakers = format!("SELECT id FROM speakers WHERE country IN ({places})");
            conditions.must_be_of_either("speaker_id", &speakers);
        }
        if let Some(from) = filter.from {
            conditions.bind_of_article("date", ">= ?", from.to_string());
        }
        if let Some(to) = filter.to {
            conditions.bind_of_article("date", "<= ?", to.to_string());
        }
        if let Some(outlet) = &filter.outlet {
            let sql = "IN (SELECT id FROM sources WHERE name = ? COLLATE NOCASE)";
            conditions.bind_of_article("source_id", sql, outlet.trim().to_owned());
        }
        if let Some(kind) = &filter.kind {
            conditions.bind("q.type = ?", kind.clone());
        }
        if let Some(least) = filter.min_confidence {
            conditions.bind("q.confidence >= ?", least);
        }
        Ok(conditions)
    }

    /// Who is meant by a name: an identifier, a whole name, a surname, else words of a name.
    pub(super) fn meant(&self, name: &str) -> Result<Vec<i64>> {
        let folded = fold_name(name);
        let ids = |sql: &str, value: &str| self.rows(sql, [value], |row| row.get::<_, i64>(0));
        let wikidata = ids(
            "SELECT id FROM speakers WHERE key = ?1 OR key GLOB ?1 || ':*'",
            &wikidata(name),
        )?;
        if !wikidata.is_empty() || folded.is_empty() {
            return Ok(wikidata);
        }
        // Somebody whom one article names by the surname alone does not hide whom others name in full.
        let whole =
            "SELECT id FROM speakers WHERE folded = ?1 OR (last_word = ?1 AND last_word <> folded AND kind = 'person')";
        let whole = ids(whole, &folded)?;
        if !whole.is_empty() {
            return Ok(whole);
        }
        if !folded.contains(' ') {
            // A name of this word alone was looked for just now.
            let last = ids(
                "SELECT id FROM speakers WHERE last_word = ?1 AND last_word <> folded",
                &folded,
            )?;
            if !last.is_empty() {
                return Ok(last);
            }
        }
        let sql = "SELECT id FROM speakers WHERE instr(' ' || folded || ' ', ' ' || ?1 || ' ')";
        ids(sql, &folded)
    }

    /// The countries called so, by their codes; of what is no country's name, where the places called so lie.
    fn countries(&self, country: &str) -> Result<Vec<String>> {
        let (country, gazetteer) = (country.trim(), Gazetteer::builtin());
        let code = country.to_ascii_uppercase();
        if gazetteer.country_place(&code).is_some() {
            return Ok(vec![code]);
        }
        let countries = gazetteer.named(country).into_iter().filter_map(|sense| match sense {
            Sense::Place(place) => Some(gazetteer.place(place)),
            _ => None,
        });
        let codes = countries.filter(|place| place.kind == PlaceKind::Country);
        let codes: Vec<String> = codes.filter_map(|place| place.country.map(str::to_owned)).collect();
        if !codes.is_empty() {
            return Ok(codes);
        }
        let sql = "SELECT DISTINCT country FROM speakers WHERE country IS NOT NULL AND
                   (country = ?2 OR folded = ?1 AND kind IN ('place', 'organization'))";
        self.rows(sql, [fold_name(country), code], |row| row.get(0))
    }

    /// The offices whose names have all these words.
    fn offices_called(&self, words: &str) -> Result<Vec<i64>> {
        let wanted = words_of_office(words);
        let mut offices: Vec<(i64, String)> =
            self.rows("SELECT id, name FROM offices", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        offices.retain(|(_, name)| {
            let there = words_of_office(name);
            wanted.iter().all(|word| there.contains(word))
        });
        Ok(offices.into_iter().map(|(id, _)| id).collect())
    }

    /// What a filter names that nothing in the database is called, each behind what it should be.
    pub fn unknown<'f>(&self, filter: &'f Filter) -> Result<Vec<(&'static str, &'f str)>> {
        let sources = |name: &str| {
            let sql = "SELECT id FROM sources WHERE name = ?1 COLLATE NOCASE";
            self.rows(sql, [name.trim()], |row| row.get::<_, i64>(0))
        };
        type Known<'k> = &'k dyn Fn(&str) -> Result<bool>;
        let names: [(&str, &Option<String>, Known); 5] = [
            ("speaker", &filter.speaker, &|name| Ok(!self.meant(name)?.is_empty())),
            ("office", &filter.office, &|name| {
                Ok(!self.offices_called(name)?.is_empty())
            }),
            ("country", &filter.country, &|name| {
                Ok(!self.countries(name)?.is_empty())
            }),
            ("outlet", &filter.outlet, &|name| Ok(!sources(name)?.is_empty())),
            ("name", &filter.about, &|name| Ok(!self.meant(name)?.is_empty())),
        ];
        let mut unknown = Vec::new();
        for (what, name, is_known) in names {
            if let Some(name) = name.as_deref()
                && !is_known(name)?
            {
                unknown.push((what, name));
            }
        }
        Ok(unknown)
    }

    /// All rows of a query.
    pub(super) fn rows<T>(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
        read: impl FnMut(&rusqlite::Row) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let rows = self.connection.prepare_cached(sql).and_then(|mut statement| {
            let rows = statement.query_map(values, read)?;
            rows.collect()
        });
        rows.map_err(|cause| self.failed(cause))
    }
}

/// "Q7747" or "q7747" as identifiers are written; anything else is none, and empty.
pub(super) fn wikidata(name: &str) -> String {
    let name = name.trim();
    let digits = name.strip_prefix(['Q', 'q']).unwrap_or_default();
    if !digits.is_empty() && digits.len() < 40 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        format!("Q{digits}")
    } else {
        String::new()
    }
}

pub(super) fn list(ids: &[i64]) -> String {
    let ids: Vec<String> = ids.iter().map(i64::to_string).collect();
    ids.join(", ")
}

/// The words that tell an office from others, each in the singular.
fn words_of_office(name: &str) -> Vec<String> {
    let folded = fold_name(&name.replace('.', ""));
    let words = folded.split(' ').filter(|word| !LITTLE.contains(word));
    let long = |word: &'_ str| SHORT.iter().find(|(short, _)| *short == word).map(|(_, long)| *long);
    let singular = |word: &str| {
        let word = word.strip_suffix("'s").unwrap_or(word);
        match word.strip_suffix("ies") {
            Some(stem) => format!("{stem}y"),
            None if word.ends_with("ss") || word.len() < 4 => word.to_owned(),
            None => word.strip_suffix('s').unwrap_or(word).to_owned(),
        }
    };
    words
        .flat_map(|word| long(word).unwrap_or(word).split(' '))
        .map(singular)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_is_known_by_its_words() {
        let has = |office: &str, asked: &str| {
            let there = words_of_office(office);
            words_of_office(asked).iter().all(|word| there.contains(word))
        };
        for (asked, wanted) in [
            ("president", true),
            ("US president", true),
            ("the U.S. presidents", true),
            ("united states president", true),
            ("pres", false),
            ("UK president", false),
        ] {
            assert_eq!(has("President of the United States", asked), wanted, "{asked}");
        }
        assert!(!has("presidential candidate", "president"));
        assert!(!has("Member of the Republican Party", "rep"));
        assert!(!has("President of Russia", "us president"));
        assert!(has("Secretary of Homeland Security", "secretaries of security"));
    }
}
