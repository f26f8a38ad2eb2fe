//! What turns consist of: a label's person, and the words of a paragraph without what others have put around them.
//!
//! In: a document's paragraphs and mentions. Out: the words somebody says in one, whether it still is the same one's, and
//! who answers to a label that names nobody.

use super::items::{Item, Items, NONE};
use super::opening;
use crate::mentions::{Form, Kind as Named, Mention};
use crate::span::Run;
use crate::text::Document;
use crate::text::quotations::Quotation;
use crate::tokens::{Case, Kind, keys};
use std::cmp::Reverse;

/// So many names before an interview are counted.
const INTRODUCED: usize = 64;
/// An interview is introduced by so many mentions.
const FOREWORD: usize = 512;
/// Longest note of whoever took it down, in tokens.
const NOTE: usize = 10;

/// What one speaker says in one go.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Turn {
    /// The mention that is the label; none for "Q.", which names nobody.
    pub(crate) label: Option<u32>,
    /// The colon, the letter, "Statement by", or the dash before a signature.
    pub(crate) cue: Run,
    /// The words, a run for each paragraph.
    pub(crate) content: Vec<Run>,
    /// What ties them: `turn`, `statement`, `block` or `post`.
    pub(crate) rule: &'static str,
}

/// What a paragraph begins with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Label {
    pub(super) who: Who,
    pub(super) cue: Run,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Who {
    /// "MARSH:"
    Mention(u32),
    /// "Q."
    Question,
    /// "A."
    Answer,
    /// "STAFF:", "Interviewer:"
    Somebody,
}

/// A paragraph of a turn without the notes of whoever took it down, at its ends: "(Laughter.)", "(In Spanish.)"; none if
/// there is nothing else.
pub(super) fn said(document: &Document, whole: Run) -> Option<Run> {
    let tokens = &document.tokens;
    let whole = plain(document, whole);
    let (mut start, mut end) = (whole.start as usize, whole.end as usize);
    let noted = |range: std::ops::Range<usize>| tokens[range].iter().any(|token| token.is_capital());
    while start < end && tokens[start].kind == Kind::Open {
        let Some(close) = (start..end.min(start + NOTE)).find(|&at| tokens[at].kind == Kind::Close) else {
            break;
        };
        // "(Inaudible) will there be a treaty?": there it stands for words.
        let whole = tokens.get(close + 1).is_none_or(|next| next.case != Case::Lower);
        if !noted(start + 1..start + 2) || !whole {
            break;
        }
        start = close + 1;
    }
    while end > start && tokens[end - 1].kind == Kind::Close {
        let from = end.saturating_sub(NOTE).max(start);
        let Some(open) = (from..end).rfind(|&at| tokens[at].kind == Kind::Open) else {
            break;
        };
        if !noted(open + 1..open + 2) {
            break;
        }
        end = open;
    }
    let says = tokens[start..end]
        .iter()
        .any(|token| token.is_word() || token.kind == Kind::Number);
    says.then(|| {
        let words = Run::new(start, end);
        marked(document, words).map_or(words, |quotation| quotation.tokens)
    })
}

/// A paragraph without the asterisks or lines that make it bold, at its ends.
pub(super) fn plain(document: &Document, whole: Run) -> Run {
    let emphasis = |at: &usize| matches!(document.tokens[*at].span.of(document.text), "*" | "**" | "_" | "__");
    let start = whole.range().find(|at| !emphasis(at)).unwrap_or(whole.end as usize);
    let end = whole.range().rfind(|at| !emphasis(at)).map_or(start, |last| last + 1);
    Run::new(start, end)
}

/// The quotation that words are, with its marks.
pub(super) fn marked<'d>(document: &'d Document, words: Run) -> Option<&'d Quotation> {
    let quotations = &document.quotations;
    let first = quotations.partition_point(|quotation| quotation.marked.start < words.start);
    let whole = quotations.get(first).filter(|quotation| quotation.marked == words)?;
    Some(whole).filter(|quotation| !quotation.tokens.is_empty())
}

/// Whether words are all that a pair of marks holds.
pub(super) fn in_marks(document: &Document, words: Option<&Run>) -> bool {
    let Some(words) = words else { return false };
    let next = document
        .quotations
        .partition_point(|quotation| quotation.tokens.start < words.start);
    let quotation = document.quotations.get(next);
    quotation.is_some_and(|quotation| quotation.closed && quotation.tokens == *words)
}

/// Whether a paragraph behind the last label is whoever's who took down what stands above: it tells how that was done, or
/// begins with a name where nobody with a name has answered.
pub(super) fn is_note(
    document: &Document,
    mentions: &[Mention],
    items: &Items,
    paragraph: Run,
    label: Option<u32>,
) -> bool {
    let first = items
        .items
        .get(paragraph.start as usize)
        .map_or(NONE, |item| item.mention);
    let first = mentions.get(first as usize).filter(|_| label.is_none());
    let named = first.is_some_and(|first| first.form == Form::Name && first.kind == Some(Named::Person));
    named
        || items
            .tokens_of(paragraph)
            .is_some_and(|whole| opening::is_note(document, whole))
}

/// The name before a label that only has its first letters: "MB:" is Miroslav Bily.
pub(super) fn initialled(document: &Document, mentions: &[Mention], label: usize) -> Option<u32> {
    let letters = document.tokens[label].span.of(document.text);
    let initials = (2..=4).contains(&letters.len()) && letters.bytes().all(|letter| letter.is_ascii_uppercase());
    if !initials {
        return None;
    }
    let begins = |at: usize| document.tokens[at].span.of(document.text).chars().next();
    let before = mentions
        .iter()
        .zip(0u32..)
        .take(FOREWORD)
        .take_while(|(mention, _)| (mention.tokens.start as usize) < label);
    let mut named = before
        .filter(|(mention, _)| mention.form == Form::Name)
        .take(INTRODUCED);
    let same = |name: Run| name.len() == letters.len() && name.range().map(begins).eq(letters.chars().map(Some));
    named.find(|(mention, _)| same(mention.name)).map(|(_, number)| number)
}

/// The person of whom an article speaks most before the paragraph an interview begins with.
pub(super) fn introduced(document: &Document, mentions: &[Mention], items: &Items, first: Run) -> Option<u32> {
    let start = items.items.get(first.start as usize)?.tokens.start;
    let persons: Vec<(Option<u64>, u32)> = mentions
        .iter()
        .zip(0u32..)
        .take_while(|(mention, _)| mention.tokens.start < start)
        .filter(|(mention, _)| mention.form == Form::Name && mention.kind == Some(Named::Person))
        .map(|(mention, number)| (last_word(document, mention.name), number))
        .take(INTRODUCED)
        .collect();
    let times = |name| persons.iter().filter(|person| person.0 == name).count();
    let most = persons
        .iter()
        .max_by_key(|person| (times(person.0), Reverse(person.1)))?;
    Some(most.1)
}

/// The key of the last word of a name; none where there is no name.
pub(super) fn last_word(document: &Document, name: Run) -> Option<u64> {
    let last = name.range().next_back()?;
    Some(document.tokens[last].key)
}

/// Whether a paragraph without a label may be its speaker's in an article that has but an excerpt of a transcript: it
/// says "I" or "you", or neither tells of the speaker nor quotes.
pub(super) fn goes_on(
    document: &Document,
    mentions: &[Mention],
    items: &Items,
    paragraph: Run,
    label: Option<u32>,
) -> bool {
    const YOU: [u64; 2] = keys!["you", "your"];
    let items = &items.items[paragraph.range()];
    let own = |item: &Item| {
        let key = document.tokens[item.tokens.start as usize].key;
        item.quotation == NONE && (opening::is_first_person(key) || YOU.contains(&key))
    };
    let name = |mention: u32| last_word(document, mentions[mention as usize].name);
    let speaker = label.and_then(name);
    let tells = |item: &Item| {
        let mention = Some(item.mention).filter(|&mention| mention != NONE);
        let of_speaker = mention.and_then(name).is_some_and(|told| speaker == Some(told));
        of_speaker || item.quotation != NONE
    };
    items.iter().any(own) || !items.iter().any(tells)
}

/// "Q." or "Q:", "A." or "A:" at the start of a paragraph.
pub(super) fn letter(document: &Document, start: usize, end: usize) -> Option<Label> {
    const Q: [u64; 2] = keys!["q", "q."];
    const A: [u64; 2] = keys!["a", "a."];
    let token = document.tokens.get(start)?;
    let followed = token.is("follow-up")
        && document
            .tokens
            .get(start + 1)
            .is_some_and(|next| next.kind == Kind::Colon);
    let who = match token.key {
        _ if followed => Who::Question,
        key if Q.contains(&key) => Who::Question,
        key if A.contains(&key) => Who::Answer,
        _ => return None,
    };
    let next = document.tokens.get(start + 1)?;
    let length = match next.kind {
        _ if token.abbreviated => 1,
        Kind::Colon | Kind::Stop if !next.spaced => 2,
        // "Q Will you sign it?"
        _ if who == Who::Question && next.spaced && next.case != Case::Lower => 1,
        _ => return None,
    };
    let whole = token.case != Case::Lower && start + length < end;
    whole.then_some(Label {
        who,
        cue: Run::new(start, start + length),
    })
}

/// Whether a label is a letter without a sign.
pub(super) fn is_bare(document: &Document, cue: Run) -> bool {
    cue.len() == 1 && !document.tokens[cue.start as usize].abbreviated
}
