//! All about one statement, and all about one article.
//!
//! In: a number. Out: a statement with its appearances, its variants and who is said to have said it; an article with
//! its text, quotes, entities and what it was before.

use super::base::Reader;
use super::compare::{Piece, differences};
use super::search::Hit;
use crate::error::Result;
use crate::offsets::{Converter, Offsets};
use rusqlite::{Row, params};
use serde::Serialize;

/// A statement: one thing said, wherever it appears.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StatementPage {
    /// Its number.
    pub id: i64,
    /// Its words, as most articles have them.
    pub text: String,
    /// Who said it, by number.
    pub speaker_id: Option<i64>,
    /// Who said it, by most articles.
    pub speaker: Option<String>,
    /// The first day.
    pub first: Option<String>,
    /// The last day.
    pub last: Option<String>,
    /// In how many quotes.
    pub appearances: u64,
    /// In how many articles that are no copies of each other.
    pub independent: u64,
    /// Its wordings, the commonest first.
    pub variants: Vec<Variant>,
    /// If articles disagree on who said it: whom they name.
    pub conflicts: Vec<Conflict>,
    /// Where it stands, in the order of time.
    pub quotes: Vec<Appearance>,
}

/// One wording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Variant {
    /// Its number among the statement's.
    pub id: i64,
    /// The words.
    pub text: String,
    /// In how many quotes.
    pub appearances: u64,
    /// The words beside those of the commonest wording; of the first wordings only, as many as appearances.
    pub pieces: Vec<Piece>,
}

/// Whom some articles name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// The speaker's number.
    pub speaker_id: i64,
    /// The speaker's name.
    pub speaker: String,
    /// In how many quotes.
    pub appearances: u64,
}

/// A quote of a statement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Appearance {
    /// The quote.
    #[serde(flatten)]
    pub hit: Hit,
    /// The number of its wording.
    pub variant: Option<i64>,
    /// The article that its article is a copy of.
    pub copy_of: Option<i64>,
}

/// An article.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ArticlePage {
    /// Its number.
    pub id: i64,
    /// The user's identifier.
    pub record_id: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Day of publication.
    pub date: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The outlet.
    pub outlet: Option<String>,
    /// `article`, `transcript` or `statement`.
    pub form: Option<String>,
    /// What offsets count: `char`, unless the record came with other ones and without its text.
    pub offsets: String,
    /// The text, if it was stored.
    pub text: Option<String>,
    /// The article that this one is a copy of.
    pub copy_of: Option<i64>,
    /// Its sentences.
    pub sentences: Vec<(u32, u32)>,
    /// What is said in it, in order, what a correction took away too.
    pub quotes: Vec<ArticleQuote>,
    /// Who and what is mentioned, in order.
    pub mentions: Vec<Mentioned>,
    /// What it was before, the latest first.
    pub history: Vec<History>,
}

/// A quote in its article.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ArticleQuote {
    /// The quote.
    #[serde(flatten)]
    pub hit: Hit,
    /// Its number in the record.
    pub number: u32,
    /// Where it stands.
    pub spans: Vec<(u32, u32)>,
    /// The verbatim parts.
    pub quoted: Vec<(u32, u32)>,
    /// Where the cue stands.
    pub cue_at: Option<(u32, u32)>,
    /// Where the speaker is mentioned.
    pub mention_at: Option<(u32, u32)>,
    /// Whether a correction says that it is no quote.
    pub retracted: bool,
    /// The construction.
    pub rule: String,
    /// What sort of speech.
    pub attitude: Option<String>,
    /// Why the speaker is hidden.
    pub reason: Option<String>,
    /// Who else may have said it, the likeliest first.
    pub alternatives: Vec<Alternative>,
}

/// Somebody else who may have said a quote.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alternative {
    /// Who, by number.
    pub speaker_id: Option<i64>,
    /// Who.
    pub speaker: Option<String>,
    /// How the article calls them at this place.
    pub mention: Option<String>,
    /// How likely.
    pub probability: f64,
}

/// A mention in an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mentioned {
    /// Whom, by number.
    pub speaker_id: i64,
    /// Whom.
    pub name: String,
    /// `person`, `place` …
    pub kind: Option<String>,
    /// Where it starts.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// `name`, `pronoun` …
    pub form: String,
    /// The words.
    pub text: String,
}

/// What an article was before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct History {
    /// When it was replaced, UTC.
    pub replaced: String,
    /// Headline.
    pub title: Option<String>,
    /// Day of publication.
    pub date: Option<String>,
    /// The text.
    pub text: Option<String>,
    /// Its quotes, as JSON.
    pub quotes: String,
}

impl Reader {
    /// All about a statement; of its appearances, the first `limit`.
    pub fn statement(&self, id: i64, limit: usize) -> Result<Option<StatementPage>> {
        self.at_once(|| self.statement_page(id, limit))
    }

    fn statement_page(&self, id: i64, limit: usize) -> Result<Option<StatementPage>> {
        let sql =
            "SELECT st.speaker_id, s.name, st.first_seen, st.last_seen, st.appearances, st.independent, st.conflict
                   FROM statements st LEFT JOIN speakers s ON s.id = st.speaker_id WHERE st.id = ?1";
        let page = self.rows(sql, [id], |row| {
            let page = StatementPage {
                id,
                text: String::new(),
                speaker_id: row.get(0)?,
                speaker: row.get(1)?,
                first: row.get(2)?,
                last: row.get(3)?,
                appearances: row.get::<_, i64>(4)? as u64,
                independent: row.get::<_, i64>(5)? as u64,
                variants: Vec::new(),
                conflicts: Vec::new(),
                quotes: Vec::new(),
            };
            Ok((page, row.get(6)?))
        })?;
        let Some((page, in_conflict)) = page.into_iter().next() else {
            return Ok(None);
        };
        // All quotes of a variant have the same words; their marks may differ.
        let sql = "SELECT variant, text, quotes FROM variants WHERE statement_id = ?1
                   ORDER BY quotes DESC, length(text) DESC, variant";
        let mut variants = self.rows(sql, [id], |row| {
            Ok(Variant {
                id: row.get(0)?,
                text: row.get(1)?,
                appearances: row.get::<_, i64>(2)? as u64,
                pieces: Vec::new(),
            })
        })?;
        if let Some(commonest) = variants.first().map(|variant| variant.text.clone()) {
            for variant in variants.iter_mut().take(limit) {
                variant.pieces = differences(&commonest, &variant.text);
            }
        }
        let sql = "SELECT s.id, s.name, count(*) FROM quotes q JOIN speakers s ON s.id = q.speaker_id
                   WHERE q.statement_id = ?1 AND q.retracted = 0 GROUP BY s.id ORDER BY count(*) DESC, s.id";
        let named = |row: &Row| {
            Ok(Conflict {
                speaker_id: row.get(0)?,
                speaker: row.get(1)?,
                appearances: row.get::<_, i64>(2)? as u64,
            })
        };
        let conflicts = if in_conflict {
            self.rows(sql, [id], named)?
        } else {
            Vec::new()
        };
        let sql = "SELECT q.id, q.variant, a.copy_of FROM quotes q JOIN articles a ON a.id = q.article_id
                   WHERE q.statement_id = ?1 AND q.retracted = 0 ORDER BY q.date, q.id LIMIT ?2";
        let mut quotes = Vec::new();
        for (quote, variant, copy_of) in self.rows(sql, params![id, limit as i64], |row| {
            Ok((row.get::<_, i64>(0)?, row.get(1)?, row.get(2)?))
        })? {
            quotes.extend(self.quote(quote)?.map(|hit| Appearance { hit, variant, copy_of }));
        }
        let text = match variants.first() {
            Some(variant) => variant.text.clone(),
            // Corrections took all of it away.
            None => {
                let sql = "SELECT text FROM quotes WHERE statement_id = ?1 ORDER BY id LIMIT 1";
                self.rows(sql, [id], |row| row.get(0))?.pop().unwrap_or_default()
            }
        };
        Ok(Some(StatementPage {
            text,
            variants,
            conflicts,
            quotes,
            ..page
        }))
    }

    /// All about an article.
    pub fn article(&self, id: i64) -> Result<Option<ArticlePage>> {
        // Places are those of the text that was read with them.
        self.at_once(|| self.article_page(id))
    }

    fn article_page(&self, id: i64) -> Result<Option<ArticlePage>> {
        let sql = "SELECT a.record_id, a.url, a.title, a.date, a.author, s.name, a.form, a.offsets, a.text, a.copy_of,
                          a.sentences FROM articles a LEFT JOIN sources s ON s.id = a.source_id WHERE a.id = ?1";
        let page = self.rows(sql, [id], |row| {
            Ok(ArticlePage {
                id,
                record_id: row.get(0)?,
                url: row.get(1)?,
                title: row.get(2)?,
                date: row.get(3)?,
                author: row.get(4)?,
                outlet: row.get(5)?,
                form: row.get(6)?,
                offsets: row.get(7)?,
                text: row.get(8)?,
                copy_of: row.get(9)?,
                sentences: spans(row, 10)?,
                quotes: Vec::new(),
                mentions: Vec::new(),
                history: Vec::new(),
            })
        })?;
        let Some(page) = page.into_iter().next() else {
            return Ok(None);
        };
        let mentions = self.mentions_of(id, page.text.as_deref())?;
        let sql = "SELECT replaced, title, date, text, quotes FROM history WHERE article_id = ?1 ORDER BY id DESC";
        let history = self.rows(sql, [id], |row| {
            Ok(History {
                replaced: row.get(0)?,
                title: row.get(1)?,
                date: row.get(2)?,
                text: row.get(3)?,
                quotes: row.get(4)?,
            })
        })?;
        Ok(Some(ArticlePage {
            quotes: self.quotes_of(id)?,
            mentions,
            history,
            ..page
        }))
    }

    /// As the view `mentions` tells them, which counts an article's characters anew for each.
    fn mentions_of(&self, article: i64, text: Option<&str>) -> Result<Vec<Mentioned>> {
        let text = text.unwrap_or_default();
        let places = Converter::new(text, Offsets::Char);
        let words = |start, end| {
            let range = places.byte(start)? as usize..places.byte(end)? as usize;
            text.get(range).map(str::to_owned)
        };
        let sql = "WITH whom AS MATERIALIZED
                     (SELECT e.key AS entity, s.id, s.name, s.kind FROM articles a JOIN json_each(a.entities) e
                      JOIN speakers s ON s.id = e.value WHERE a.id = ?1)
                   SELECT w.id, w.name, w.kind, m.value ->> 1 AS start, m.value ->> 2 AS stop, m.value ->> 3, m.value ->> 4
                   FROM articles a JOIN json_each(a.mentions) m JOIN whom w ON w.entity = m.value ->> 0
                   WHERE a.id = ?1 ORDER BY start, stop, w.id";
        self.rows(sql, [article], |row| {
            let (start, end) = (row.get(3)?, row.get(4)?);
            let own: Option<String> = row.get(6)?;
            Ok(Mentioned {
                speaker_id: row.get(0)?,
                name: row.get(1)?,
                kind: row.get(2)?,
                start,
                end,
                form: row.get(5)?,
                text: own.or_else(|| words(start, end)).unwrap_or_default(),
            })
        })
    }

    fn quotes_of(&self, article: i64) -> Result<Vec<ArticleQuote>> {
        let sql = "SELECT id, number, spans, quoted, cue_start, cue_end, mention_start, mention_end, retracted, rule,
                          attitude, reason FROM quotes WHERE article_id = ?1 ORDER BY number";
        let rows = self.rows(sql, [article], |row| {
            let at = |from: usize, to: usize| -> rusqlite::Result<Option<(u32, u32)>> {
                Ok(row.get::<_, Option<u32>>(from)?.zip(row.get::<_, Option<u32>>(to)?))
            };
            Ok((
                row.get::<_, i64>(0)?,
                row.get(1)?,
                (spans(row, 2)?, spans(row, 3)?),
                (at(4, 5)?, at(6, 7)?),
                row.get(8)?,
                (row.get(9)?, row.get(10)?, row.get(11)?),
            ))
        })?;
        let sql = "SELECT o.speaker_id, s.name, o.mention, o.probability FROM alternatives o
                   LEFT JOIN speakers s ON s.id = o.speaker_id WHERE o.quote_id = ?1 ORDER BY o.number";
        let alternatives = |quote: i64| {
            self.rows(sql, [quote], |row| {
                Ok(Alternative {
                    speaker_id: row.get(0)?,
                    speaker: row.get(1)?,
                    mention: row.get(2)?,
                    probability: row.get(3)?,
                })
            })
        };
        let mut quotes = Vec::new();
        for (id, number, (spans, quoted), (cue_at, mention_at), retracted, (rule, attitude, reason)) in rows {
            quotes.push(ArticleQuote {
                hit: self.stored(id)?,
                number,
                spans,
                quoted,
                cue_at,
                mention_at,
                retracted,
                rule,
                attitude,
                reason,
                alternatives: alternatives(id)?,
            });
        }
        Ok(quotes)
    }
}

/// Places from a column of JSON.
pub(super) fn spans(row: &Row, column: usize) -> rusqlite::Result<Vec<(u32, u32)>> {
    let json = row.get_ref(column)?.as_str().unwrap_or_default();
    let wrong = |why: serde_json::Error| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(why))
    };
    serde_json::from_str(json).map_err(wrong)
}
