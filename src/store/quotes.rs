//! The rows of an article's quotes.
//!
//! In: quotes, with their statements, speakers and offices. Out: rows of quotes, of their words in the full-text index, of
//! co_speakers, about and statements, gathered and inserted together. Whoever asks the database about a statement while an
//! article is stored inserts first what waits of it.

use super::incoming::{IncomingQuote, IncomingSpeaker};
use super::many::{Many, Table, flag, number, place, text};
use super::ready::ReadyQuote;
use super::statements::{Belongs, Seen};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Result, params};
use std::sync::LazyLock;

static QUOTES: LazyLock<Table> = LazyLock::new(|| Table::new(&format!("quotes({COLUMNS})")));
/// Quotes that keep a number that they had before.
static NUMBERED: LazyLock<Table> = LazyLock::new(|| Table::new(&format!("quotes({COLUMNS}, id)")));
const COLUMNS: &str = "key, article_id, number, statement_id, variant, type, text, speaker_id, extracted_speaker_id, \
                       office_id, date, source_id, retracted, anonymous, reason, attitude, negated, hypothetical, within, \
                       mention, mention_form, mention_start, mention_end, cue, cue_start, cue_end, spans, quoted, \
                       sentence, confidence, rule, alternatives";
static CO_SPEAKERS: LazyLock<Table> = LazyLock::new(|| {
    Table::new("co_speakers(quote_id, number, speaker_id, office_id, mention, mention_start, mention_end)")
});
static ABOUT: LazyLock<Table> = LazyLock::new(|| Table::new("about(speaker_id, quote_id)"));
static STATEMENTS: LazyLock<Table> =
    LazyLock::new(|| Table::new("statements(speaker_id, first_seen, last_seen, appearances, independent, outlets)"));

/// So many quotes wait at most.
const FULL: usize = 32;

/// The rows of an article's quotes that wait to be inserted.
#[derive(Debug)]
pub(super) struct QuoteRows<'r> {
    /// Whether the quotes come with numbers.
    numbered: bool,
    quotes: Many<'static, 'r>,
    /// The statements of the quotes that wait.
    of: Vec<i64>,
    words: Vec<(i64, &'r str)>,
    co_speakers: Many<'static, 'r>,
    about: Many<'static, 'r>,
    statements: Many<'static, 'r>,
}

/// What a quote's row has besides the record.
#[derive(Debug)]
pub(super) struct Placed {
    pub(super) id: i64,
    pub(super) article: i64,
    pub(super) belongs: Belongs,
    pub(super) extracted_speaker: Option<i64>,
    pub(super) office: Option<i64>,
}

impl<'r> QuoteRows<'r> {
    /// None yet. `numbered`: quotes may have other numbers than those that follow the last one there.
    pub(super) fn new(numbered: bool) -> QuoteRows<'r> {
        QuoteRows {
            numbered,
            quotes: Many::into(if numbered { &NUMBERED } else { &QUOTES }),
            of: Vec::new(),
            words: Vec::new(),
            co_speakers: Many::into(&CO_SPEAKERS),
            about: Many::into(&ABOUT),
            statements: Many::into(&STATEMENTS),
        }
    }

    /// A quote.
    pub(super) fn add(
        &mut self,
        connection: &Connection,
        quote: &'r IncomingQuote,
        made: &'r ReadyQuote,
        placed: &Placed,
        seen: &Seen<'r>,
    ) -> Result<()> {
        let belongs = placed.belongs;
        let said_by = quote.speaker.as_ref();
        let reason = said_by.and_then(|speaker| speaker.reason.as_ref());
        let mention = said_by.and_then(|speaker| speaker.mention.as_ref());
        let cue = quote.cue.as_ref();
        let row = [
            number(made.key),
            number(placed.article),
            number(i64::from(quote.id)),
            number(belongs.variant.statement),
            number(belongs.variant.number),
            text(&*quote.kind),
            text(quote.text.as_str()),
            number(seen.speaker),
            number(placed.extracted_speaker),
            number(placed.office),
            text(seen.date),
            number(seen.source),
            flag(seen.retracted),
            flag(said_by.is_some_and(|speaker| speaker.anonymous)),
            text(reason.map(|reason| reason.text.as_str())),
            text(quote.attitude.as_deref()),
            flag(quote.negated),
            flag(quote.hypothetical),
            place(quote.within),
            text(mention.map(|mention| mention.text.as_str())),
            text(mention.and_then(|mention| mention.form.as_deref())),
            place(mention.map(|mention| mention.start)),
            place(mention.map(|mention| mention.end)),
            text(cue.map(|cue| cue.text.as_str())),
            place(cue.map(|cue| cue.start)),
            place(cue.map(|cue| cue.end)),
            text(made.spans.as_str()),
            text(made.quoted.as_str()),
            place(quote.sentence),
            ValueRef::Real(quote.confidence),
            text(&*quote.rule),
            text(made.alternatives.as_deref()),
        ];
        self.words.push((placed.id, &quote.text));
        if self.numbered {
            self.quotes.push(row.into_iter().chain([number(placed.id)]));
            self.quotes.insert(connection)
        } else {
            self.quotes.push(row);
            self.of.push(belongs.variant.statement);
            match self.of.len() {
                FULL => self.show(connection, belongs.variant.statement),
                _ => Ok(()),
            }
        }
    }

    /// Somebody who says a quote too.
    pub(super) fn co_speaker(
        &mut self,
        quote: i64,
        at: i64,
        speaker: Option<i64>,
        office: Option<i64>,
        named: &'r IncomingSpeaker,
    ) {
        let mention = named.mention.as_ref();
        self.co_speakers.push([
            number(quote),
            number(at),
            number(speaker),
            number(office),
            text(mention.map(|mention| mention.text.as_str())),
            place(mention.map(|mention| mention.start)),
            place(mention.map(|mention| mention.end)),
        ]);
    }

    /// Somebody whom a quote is about.
    pub(super) fn about(&mut self, speaker: i64, quote: i64) {
        self.about.push([number(speaker), number(quote)]);
    }

    /// A new statement, as its first quote tells of it.
    pub(super) fn statement(&mut self, seen: &Seen<'r>) {
        self.statements.push([
            number(seen.speaker),
            text(seen.date),
            text(seen.date),
            number(1),
            number(1),
            flag(seen.source.is_some()),
        ]);
    }

    /// Inserts the quotes if one of this statement waits.
    pub(super) fn show(&mut self, connection: &Connection, statement: i64) -> Result<()> {
        if self.of.contains(&statement) {
            self.of.clear();
            self.quotes.insert(connection)?;
        }
        Ok(())
    }

    /// Inserts all that waits.
    pub(super) fn insert(mut self, connection: &Connection) -> Result<()> {
        self.statements.insert(connection)?;
        self.quotes.insert(connection)?;
        self.co_speakers.insert(connection)?;
        self.about.insert(connection)?;
        let mut insert = connection.prepare_cached("INSERT INTO quotes_fts(rowid, text) VALUES (?1, ?2)")?;
        for (quote, words) in self.words {
            insert.execute(params![quote, words])?;
        }
        Ok(())
    }
}
