//! What single words are to attribution: function words, cues, heads of noun phrases, titles.
//!
//! In: tokens. Out: a [`Tag`] a token. The lists are `data/lexicon/*.tsv`: `words.tsv` is written by hand, the others are
//! counted on annotated articles by a fit. The build script joins them into one table, so that each token costs one look-up.

mod tag;

use crate::table::{Slot, Table};
use crate::tokens::{Case, Kind, Token, folded_key, keys};
pub use tag::{Class, Cue, Tag, cue_name};

/// Words that are looked up together: the table is greater than the nearest cache, and one wait for it is enough for all.
const ROW: usize = 16;

/// The lists, joined.
#[derive(Debug, Clone)]
pub struct Lexicon {
    table: Table,
}

impl Lexicon {
    /// The lists the binary was built with.
    pub const fn builtin() -> Self {
        Lexicon {
            table: Table::open(include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"))),
        }
    }

    /// A lexicon from word keys and tags; of one word's tags, all count.
    pub fn new(rows: impl IntoIterator<Item = (u64, Tag)>) -> Self {
        Lexicon { table: tag::join(rows) }
    }

    /// The tag of each token.
    pub fn tag(&self, tokens: &[Token], text: &str) -> Vec<Tag> {
        let mut tags = Vec::with_capacity(tokens.len());
        for row in tokens.chunks(ROW) {
            let mut slots = [Slot::default(); ROW];
            for (slot, token) in slots.iter_mut().zip(row) {
                *slot = self.table.first(token.key);
            }
            tags.extend(
                row.iter()
                    .zip(slots)
                    .map(|(token, slot)| self.tag_of(token, slot, text)),
            );
        }
        for at in 1..tokens.len() {
            // "Dover, Del.": a state, not a delegate.
            let state = tokens[at].is("del.") && tokens[at - 1].kind == Kind::Comma;
            if state || is_given_name(tokens, at) {
                tags[at] = Tag::default();
            }
        }
        tags
    }

    /// What the lists hold of a word, by itself.
    pub fn tag_of_word(&self, word: &str) -> Tag {
        self.table.get(folded_key(word)).map_or(Tag::default(), Tag::from_bits)
    }

    /// "ex-President", "Governor-elect": what the word is that somebody is no longer, or not yet.
    fn tag_of_former(&self, token: &Token, text: &str) -> Tag {
        let word = token.span.of(text);
        let Some((first, behind)) = word.split_once('-') else {
            return Tag::default();
        };
        let title = if keys!["ex", "now", "then"].contains(&folded_key(first)) {
            Some(behind)
        } else {
            let before = word.rsplit_once('-');
            let chosen = before.filter(|parts| keys!["designate", "elect"].contains(&folded_key(parts.1)));
            chosen.map(|parts| parts.0)
        };
        let tag = title.map_or(Tag::default(), |title| self.tag_of_word(title));
        if tag.is_title() { tag } else { Tag::default() }
    }

    fn tag_of(&self, token: &Token, first: Slot, text: &str) -> Tag {
        match token.kind {
            Kind::Word | Kind::Clitic => {
                let known = self.table.get_from(first, token.key);
                let known = known.map_or_else(|| self.tag_of_former(token, text), Tag::from_bits);
                let known = match (known.class(), token.case) {
                    // "US" and "WHO" are no pronouns, "march" is no month.
                    (Class::Object | Class::Relative | Class::Subject, Case::Upper) if token.span.len() > 1 => {
                        Tag::default()
                    }
                    (Class::Calendar, Case::Lower) => Tag::default(),
                    _ => known,
                };
                if known.class() == Class::None && token.case == Case::Lower {
                    known.with_ending(text.as_bytes().get(token.span.range()).unwrap_or_default())
                } else {
                    known
                }
            }
            Kind::Number => Tag::default().with_class(Class::Number),
            _ => Tag::default(),
        }
    }
}

/// Whether a word that is a preposition is somebody's name where it stands: "the analyst Per Strand", "“…,” Per Strand said".
fn is_given_name(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    if !token.is("per") || token.case != Case::Capital || token.breaks > 0 {
        return false;
    }
    let inside = tokens[..at].iter().rfind(|before| before.kind != Kind::Mark);
    let inside = inside.is_some_and(|before| matches!(before.kind, Kind::Word | Kind::Clitic | Kind::Comma));
    inside && tokens.get(at + 1).is_some_and(Token::is_capital)
}
