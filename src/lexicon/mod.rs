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

/// Titles that are other words where they have no capitals.
const SHORT: [u64; 8] = keys!["cm", "cs", "dp", "dpm", "mk", "pm", "td", "tun"];

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
        for at in 0..tokens.len() {
            // "Dover, Del.": a state, not a delegate.
            let state = tokens[at].is("del.") && at > 0 && tokens[at - 1].kind == Kind::Comma;
            // "at 5 pm"
            let small = tags[at].is_title() && tokens[at].case == Case::Lower && SHORT.contains(&tokens[at].key);
            if state || small || is_given_name(tokens, at) || is_surname(tokens, &tags, at, text) {
                tags[at] = Tag::default();
            } else if is_question_number(tokens, at, text) {
                tags[at] = Tag::default().with_class(Class::Preposition);
            } else if is_finding(tokens, &tags, at) {
                tags[at] = self.tag_of_word("ruled");
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

/// Whether a word that is a modal is somebody's name where it stands: "May said", "Mrs May has told them", "Mr Will would say".
fn is_surname(tokens: &[Token], tags: &[Tag], at: usize, text: &str) -> bool {
    const SURNAMES: [u64; 4] = keys!["can", "may", "might", "will"];
    // "The inquiry in May said so": a month.
    const DATED: [u64; 15] = keys![
        "during", "early", "from", "in", "last", "late", "mid", "next", "of", "on", "since", "this", "through", "till",
        "until",
    ];
    const HELPS: [u64; 6] = keys!["could", "did", "had", "has", "would", "never"];
    let token = &tokens[at];
    if token.case != Case::Capital || !SURNAMES.contains(&token.key) {
        return false;
    }
    let dated = token.is("may") && token.breaks == 0 && at > 0 && DATED.contains(&tokens[at - 1].key);
    let mut verb = at + 1;
    let helps = |at: usize| {
        let lower = tokens.get(at).is_some_and(|token| token.case == Case::Lower);
        lower && (HELPS.contains(&tokens[at].key) || matches!(tags[at].class(), Class::Adverb | Class::Negation))
    };
    while helps(verb) {
        verb += 1;
    }
    let Some(says) = tokens.get(verb).filter(|says| says.case == Case::Lower) else {
        return false;
    };
    let helped = tokens[at + 1..verb].iter().any(|help| HELPS.contains(&help.key));
    let word = says.span.of(text);
    let finite = says.is("told") || says.is("said") || says.is("wrote") || word.ends_with("ed") || word.ends_with('s');
    !dated && (finite || helped) && matches!(tags[verb].cue(), Cue::Strong | Cue::Medium)
}

/// "The court held that the law was void": whether "held" tells what was found, which "held that post" does not.
pub(crate) fn is_finding(tokens: &[Token], tags: &[Tag], at: usize) -> bool {
    let that = tokens[at].is("held") && tokens.get(at + 1).is_some_and(|next| next.is("that"));
    let clause = |at: usize| {
        let known = tags[at].class() != Class::None || tags[at].is_plural();
        known || tokens[at].is_capital()
    };
    that && at + 2 < tokens.len() && clause(at + 2)
}

/// "Q2 Ruth Marsh:": whether a token is the number of a question, which is no part of the name behind it.
pub(crate) fn is_question_number(tokens: &[Token], at: usize, text: &str) -> bool {
    /// Farthest colon behind it.
    const REACH: usize = 7;
    let token = &tokens[at];
    let opens = token.case != Case::Lower && (at == 0 || token.breaks > 0);
    let number = || {
        token
            .span
            .of(text)
            .strip_prefix('Q')
            .filter(|number| !number.is_empty())
    };
    let numbered = opens && number().is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    numbered && tokens[at + 1..].iter().take(REACH).any(|sign| sign.kind == Kind::Colon)
}

/// Whether a word that is a preposition is somebody's name where it stands: "the analyst Per Strand", "“…,” Per Strand said".
fn is_given_name(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    if at == 0 || !token.is("per") || token.case != Case::Capital || token.breaks > 0 {
        return false;
    }
    let inside = tokens[..at].iter().rfind(|before| before.kind != Kind::Mark);
    let inside = inside.is_some_and(|before| matches!(before.kind, Kind::Word | Kind::Clitic | Kind::Comma));
    inside && tokens.get(at + 1).is_some_and(Token::is_capital)
}
