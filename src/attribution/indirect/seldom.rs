//! Whoever stands near a cue and says nothing, in orders of words that articles have too seldom to teach.
//!
//! In: a cue, those who may be its source. Out: who is none because the words only tell whose the speakers are, whom they are
//! near, speak to or met.

use super::cue::Cue;
use super::source::Candidate;
use super::view::View;
use crate::tokens::{Token, keys};

/// Verbs of saying that "to" and the addressee may follow.
const SPOKEN: [u64; 20] = keys![
    "admitted",
    "announced",
    "bragged",
    "complained",
    "confessed",
    "confided",
    "declared",
    "explained",
    "joked",
    "lamented",
    "muttered",
    "remarked",
    "said",
    "says",
    "shouted",
    "shouts",
    "suggested",
    "whispered",
    "wrote",
    "yelled",
];

/// Whether one is only near to those who speak, or spoken to.
pub(super) fn is_beside(view: &View, cue: &Cue, candidate: &Candidate) -> bool {
    is_listed(view, cue, candidate)
        || is_stood_by(view, cue, candidate)
        || is_addressed(view, cue, candidate)
        || meets(view, cue, candidate)
        || counts(view, cue, candidate)
}

/// Whether one is the last name of a list that tells whose or where the speakers are: "the leaders of France, Germany and |
/// Britain said", "researchers at Oxford and | Yale found".
fn is_listed(view: &View, cue: &Cue, candidate: &Candidate) -> bool {
    let tokens = &view.document.tokens;
    let (start, first) = (candidate.run.start as usize, cue.sentence.start as usize);
    let joined = tokens[start].is_capital() && view.letter(cue.sentence, start as isize - 1) == b'&';
    if !joined || start > cue.at {
        return false;
    }
    let listed = |token: &Token, letter: u8| token.is_capital() || token.is("the") || matches!(letter, b',' | b'&');
    let link = (first..start).rev().find(|&at| !listed(&tokens[at], view.letters[at]));
    link.is_some_and(|at| {
        let governs = keys!["across", "at", "for", "from", "in", "of"].contains(&tokens[at].key) && at > first;
        governs && are_several(view, at - 1)
    })
}

/// Whether a noun means several who may speak: "leaders", "the foreign ministries".
fn are_several(view: &View, at: usize) -> bool {
    let noun = matches!(view.letters[at], b'u' | b'y' | b'w' | b'W');
    noun && (view.tags[at].is_plural() || view.document.tokens[at].span.of(view.document.text).ends_with("ies"))
}

/// Whether one only stands near to those who speak: "Sources close to | Marsh said".
fn is_stood_by(view: &View, cue: &Cue, candidate: &Candidate) -> bool {
    let start = candidate.run.start as usize;
    let close = || {
        let tokens = &view.document.tokens;
        tokens[start - 1].is("to") && tokens[start - 2].is("close") && are_several(view, start - 3)
    };
    start < cue.at && start >= cue.sentence.start as usize + 3 && close()
}

/// Whether one is spoken to, or asked for something: "shouted to | the crowd", "calls on | all parties to show restraint".
fn is_addressed(view: &View, cue: &Cue, candidate: &Candidate) -> bool {
    let tokens = &view.document.tokens;
    let link = candidate.run.start as usize == cue.at + 2;
    let (verb, link) = (tokens[cue.at].key, link.then(|| &tokens[cue.at + 1]));
    let asks = keys!["call", "called", "calling", "calls"].contains(&verb);
    link.is_some_and(|link| match link.is("to") {
        true => SPOKEN.contains(&verb),
        false => asks && (link.is("on") || link.is("upon")),
    })
}

/// Whether one is the subject of a clause that only tells which the speakers are: "the experts | we spoke to believe".
fn meets(view: &View, cue: &Cue, candidate: &Candidate) -> bool {
    let (head, start) = (candidate.head as usize, cue.sentence.start as usize);
    // "we spoke to believe" is none, "we want to say" is one.
    let stranded = |to: usize| keys!["spoke", "talked", "turned", "wrote"].contains(&view.document.tokens[to - 1].key);
    let infinitive = cue.group > start + 1 && view.letters[cue.group - 1] == b'T' && !stranded(cue.group - 1);
    let finite = matches!(view.letters[cue.at], b'S' | b'C' | b'c') && !infinitive;
    if !finite || head <= start || head + 1 >= cue.group || view.letters[head] != b'P' {
        return false;
    }
    let clause = &view.letters[head + 1..cue.group];
    let apart = |letter: &u8| matches!(letter, b',' | b'&' | b't' | b's' | b'<' | b'>' | b';' | b'-');
    let verb = |letter: &u8| matches!(letter, b'S' | b'C' | b'c' | b'e');
    let noun = matches!(view.letters[head - 1], b'u' | b'y' | b'w');
    noun && clause.first().is_some_and(verb) && !clause.iter().any(apart)
}

/// Whether one only counts those before it: "Marsh and Orlov | both said".
fn counts(view: &View, cue: &Cue, candidate: &Candidate) -> bool {
    let start = candidate.run.start as usize;
    let both = candidate.run.len() == 1 && keys!["all", "both", "each"].contains(&view.document.tokens[start].key);
    both && start + 1 == cue.group && view.letter(cue.sentence, start as isize - 1) == b'W'
}
