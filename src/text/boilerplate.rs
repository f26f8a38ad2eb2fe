//! What a page prints around an article and what is none of it: disclaimers, paywalls, buttons, price lists, credits.
//!
//! In: a paragraph's tokens. Out: the reason why it is none of the article, if it is none. The phrases are data
//! (`data/boilerplate.tsv`, whose columns are explained at `Place`); a few shapes need no phrase. A hit must be
//! precise: a paragraph of the article called boilerplate loses its quotes, one of the page left in costs little.

use crate::tokens::{Kind, Token, keys, tokenize, word_key};
use std::sync::LazyLock;

/// The phrases, sorted.
const PHRASES: &str = include_str!("../../data/boilerplate.tsv");

/// Longest paragraphs, in tokens, that the places below reach.
const LINE: usize = 16;
const SHORT: usize = 36;
const ANYWHERE: usize = 75;
/// How many tokens a `*` in a phrase stands for at most.
const GAP: usize = 8;

/// What a paragraph turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) reason: &'static str,
    /// Whether the lists and lines behind it belong to it: plans and prices, links to other stories.
    pub(super) block: bool,
}

/// Where a phrase must stand; a `+` behind the place in the table means that it opens a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// `alone`: nothing but numbers and signs beside it.
    Alone,
    /// `start`: the paragraph begins with it.
    Start,
    /// `short`: the same in a paragraph of one or two sentences.
    Short,
    /// `line`: the same in a line without a full stop.
    Line,
    /// `brief`: anywhere in a line.
    Brief,
    /// `in`: anywhere in a paragraph that is not long.
    In,
}

/// One thing of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Word(u64),
    /// `#`
    Number,
    /// `*`
    Gap,
    /// `:` or `(`, which must stand there; other signs are passed over.
    Sign(Kind),
}

struct Phrase {
    parts: Vec<Part>,
    place: Place,
    verdict: Verdict,
}

/// The phrases by the first word of each.
struct Phrases {
    at_start: Vec<(u64, Phrase)>,
    anywhere: Vec<(u64, Phrase)>,
    /// One bit for each class of first words: most words are turned away by it.
    start_bits: Bits,
    anywhere_bits: Bits,
}

/// As many classes of words as there are bits.
type Bits = [u64; 64];

/// Read once; about 50 microseconds.
static TABLE: LazyLock<Phrases> = LazyLock::new(|| Phrases::read(PHRASES));

/// The class of phrases that begin with a number.
const NUMBER: u64 = word_key("#");

impl Phrases {
    fn read(table: &'static str) -> Phrases {
        let (mut at_start, mut anywhere) = (Vec::new(), Vec::new());
        for line in table.lines().skip(1) {
            let mut columns = line.split('\t');
            let (Some(words), Some(place), Some(reason)) = (columns.next(), columns.next(), columns.next()) else {
                continue;
            };
            let block = place.ends_with('+');
            let place = match place.trim_end_matches('+') {
                "alone" => Place::Alone,
                "start" => Place::Start,
                "short" => Place::Short,
                "line" => Place::Line,
                "brief" => Place::Brief,
                _ => Place::In,
            };
            let parts = parts(words);
            let first = parts.iter().find_map(|part| match part {
                Part::Word(key) => Some(*key),
                Part::Number => Some(NUMBER),
                _ => None,
            });
            let phrase = Phrase {
                parts,
                place,
                verdict: Verdict { reason, block },
            };
            let list = match place {
                Place::Brief | Place::In => &mut anywhere,
                _ => &mut at_start,
            };
            list.extend(first.map(|key| (key, phrase)));
        }
        at_start.sort_by_key(|(key, _)| *key);
        anywhere.sort_by_key(|(key, _)| *key);
        Phrases {
            start_bits: bits(&at_start),
            anywhere_bits: bits(&anywhere),
            at_start,
            anywhere,
        }
    }
}

fn bits(list: &[(u64, Phrase)]) -> Bits {
    let mut bits = [0; 64];
    for (key, _) in list {
        bits[(key >> 58) as usize] |= 1 << (key >> 52 & 63);
    }
    bits
}

/// Whether a phrase may begin with a word.
fn may_begin(bits: &Bits, key: u64) -> bool {
    bits[(key >> 58) as usize] >> (key >> 52 & 63) & 1 == 1
}

fn parts(words: &str) -> Vec<Part> {
    tokenize(words)
        .iter()
        .filter_map(|token| match (token.kind, token.span.of(words)) {
            (Kind::Symbol, "*") => Some(Part::Gap),
            (Kind::Symbol, "#") => Some(Part::Number),
            (Kind::Colon | Kind::Open, _) => Some(Part::Sign(token.kind)),
            _ => heard(token).then_some(Part::Word(token.key)),
        })
        .collect()
}

/// Judges a paragraph by its phrases and its shape.
pub(super) fn judge(text: &str, paragraph: &[Token]) -> Option<Verdict> {
    let table = &*TABLE;
    // Bullets, arrows and brackets before the first word say nothing; a quotation mark says that this is speech.
    let first = paragraph
        .iter()
        .position(|token| token.is_word() || token.kind == Kind::Mark || is_copyright(text, token))?;
    let key = match paragraph[first].kind {
        Kind::Number => NUMBER,
        _ => paragraph[first].key,
    };
    if may_begin(&table.start_bits, key) {
        let from = table.at_start.partition_point(|(other, _)| *other < key);
        for (_, phrase) in table.at_start[from..].iter().take_while(|(other, _)| *other == key) {
            if let Some(end) = matches(&phrase.parts, paragraph, first)
                && fits(phrase.place, paragraph, end)
            {
                return Some(phrase.verdict);
            }
        }
    }
    if paragraph.len() <= ANYWHERE
        && let Some(verdict) = anywhere(table, paragraph)
    {
        return Some(verdict);
    }
    shape(text, paragraph).map(|reason| Verdict { reason, block: false })
}

fn anywhere(table: &Phrases, paragraph: &[Token]) -> Option<Verdict> {
    for (at, token) in paragraph.iter().enumerate() {
        if !may_begin(&table.anywhere_bits, token.key) {
            continue;
        }
        let from = table.anywhere.partition_point(|(other, _)| *other < token.key);
        for (_, phrase) in table.anywhere[from..]
            .iter()
            .take_while(|(other, _)| *other == token.key)
        {
            let fits = phrase.place == Place::In || paragraph.len() <= LINE;
            if fits && matches(&phrase.parts, paragraph, at).is_some() {
                return Some(phrase.verdict);
            }
        }
    }
    None
}

fn fits(place: Place, paragraph: &[Token], end: usize) -> bool {
    match place {
        Place::Start => true,
        Place::Alone => !paragraph[end..].iter().any(|token| token.kind == Kind::Word),
        Place::Short => paragraph.len() <= SHORT,
        _ => paragraph.len() <= LINE && !ends_with_stop(paragraph),
    }
}

/// Where the phrase ends if it stands at `at` (a leading bracket before `at` included).
fn matches(parts: &[Part], paragraph: &[Token], at: usize) -> Option<usize> {
    let mut at = at;
    let mut parts = parts;
    if let [Part::Sign(Kind::Open), rest @ ..] = parts {
        if at == 0 || paragraph[at - 1].kind != Kind::Open {
            return None;
        }
        parts = rest;
    }
    for (index, part) in parts.iter().enumerate() {
        match part {
            Part::Gap => {
                let rest = &parts[index + 1..];
                let last = paragraph.len().min(at + GAP + 1);
                return (at + 1..last).find_map(|next| matches(rest, paragraph, next));
            }
            Part::Sign(kind) => {
                if paragraph.get(at)?.kind != *kind {
                    return None;
                }
            }
            Part::Word(_) | Part::Number => {
                at += paragraph[at..].iter().position(heard)?;
                let token = &paragraph[at];
                let same = match part {
                    Part::Word(key) => token.key == *key,
                    _ => token.kind == Kind::Number,
                };
                if !same {
                    return None;
                }
            }
        }
        at += 1;
    }
    Some(at)
}

/// Whether a token counts when a phrase is compared: words and the like do, stops, commas and marks do not.
fn heard(token: &Token) -> bool {
    matches!(token.kind, Kind::Word | Kind::Number | Kind::Clitic | Kind::Symbol)
}

fn is_copyright(text: &str, token: &Token) -> bool {
    token.span.of(text) == "©"
}

/// Whether the last thing, closing marks and brackets aside, is a stop.
pub(crate) fn ends_with_stop(paragraph: &[Token]) -> bool {
    paragraph
        .iter()
        .rev()
        .find(|token| !matches!(token.kind, Kind::Mark | Kind::Close))
        .is_some_and(|token| matches!(token.kind, Kind::Stop | Kind::Ellipsis) || token.abbreviated)
}

/// Lines of a style sheet, an address alone.
fn shape(text: &str, paragraph: &[Token]) -> Option<&'static str> {
    let (first, last) = (paragraph.first()?, paragraph.last()?);
    if paragraph.len() > LINE {
        return None;
    }
    let colon = paragraph.iter().position(|token| token.kind == Kind::Colon);
    let declaration =
        last.kind == Kind::Semicolon && colon.is_some_and(|colon| colon <= 3 && lower(&paragraph[..colon]));
    let brace = matches!(last.span.of(text), "{" | "}")
        && (paragraph.len() == 1 || paragraph.len() > 1 && last.kind == Kind::Open);
    if declaration || brace {
        return Some("code");
    }
    let written = first.span.of(text);
    let address = written.starts_with("http") && written.contains("://") || written.starts_with("www.");
    (address && paragraph.len() == 1).then_some("address")
}

fn lower(tokens: &[Token]) -> bool {
    tokens
        .iter()
        .all(|token| token.case == crate::tokens::Case::Lower || !token.is_word())
}

/// Words by which a page speaks to its subscriber. A sentence with one of them does not end a block.
const SALES: [u64; 14] = keys![
    "access",
    "anytime",
    "cancel",
    "inbox",
    "newsletter",
    "newsletters",
    "paywall",
    "plan",
    "subscriber",
    "subscribers",
    "subscription",
    "subscriptions",
    "unlimited",
    "unsubscribe",
];

/// Whether a paragraph behind the start of a block still belongs to it: a line without a stop, or one that sells.
pub(super) fn goes_on(paragraph: &[Token]) -> bool {
    let words = paragraph.iter().filter(|token| token.is_word()).count();
    if paragraph.len() > SHORT {
        return false;
    }
    let speech = paragraph.first().is_some_and(|token| token.kind == Kind::Mark);
    let sells = paragraph.iter().any(|token| SALES.contains(&token.key));
    !speech && (words <= 4 || sells || !ends_with_stop(paragraph))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_valid() {
        let rows: Vec<Vec<&str>> = PHRASES.lines().skip(1).map(|line| line.split('\t').collect()).collect();
        for row in &rows {
            assert_eq!(row.len(), 3, "{row:?}");
            let place = row[1].trim_end_matches('+');
            assert!(
                ["alone", "start", "short", "line", "brief", "in"].contains(&place),
                "{row:?}"
            );
            assert_eq!(row[0], row[0].to_lowercase(), "{row:?}");
            assert!(!row[0].starts_with('*') && !row[0].ends_with('*'), "{row:?}");
        }
        for pair in rows.windows(2) {
            assert!((pair[0][0], pair[0][1]) < (pair[1][0], pair[1][1]), "{pair:?}");
        }
    }
}
