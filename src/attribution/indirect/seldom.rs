//! Orders of words that articles have too seldom to teach.
//!
//! In: a cue, those who may be its source. Out: who is none because the words only tell whose the speakers are, and where the
//! content begins behind an apposition or goes on behind the speaker.

use super::cue::Cue;
use super::source::Candidate;
use super::view::{Crossed, View};
use crate::span::Run;
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

/// Most words from a cue to what it tells somebody.
const ADDRESSEE: usize = 6;

/// Whether one is only near to those who speak, or spoken to.
pub(super) fn is_beside(view: &View, cue: &Cue, candidate: &Candidate) -> bool {
    is_listed(view, cue, candidate) || is_stood_by(view, cue, candidate) || is_addressed(view, cue, candidate)
}

/// Where the content on the right begins, if the order of words leaves no doubt.
pub(super) fn right_start(view: &View, cue: &Cue, source: Option<Candidate>) -> Option<usize> {
    let behind = |source: Candidate| second_half(view, cue, &source).or_else(|| behind_apposition(view, cue, &source));
    behind_addressee(view, cue).or_else(|| source.and_then(behind))
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

/// Where the content begins behind somebody whom the cue tells it: "assured her | that", "informed the ministers | that".
fn behind_addressee(view: &View, cue: &Cue) -> Option<usize> {
    let tells = keys!["assure", "convince", "inform", "notify", "promise"].contains(&cue.lemma_key());
    let end = (cue.at + ADDRESSEE).min(cue.sentence.end as usize);
    let that = (cue.at + 2..end)
        .find(|&at| view.letters[at] == b't')
        .filter(|_| tells)?;
    let phrase = |at: usize| matches!(view.letters[at], b'O' | b'H' | b'd' | b'W' | b'w' | b'u' | b'y');
    (cue.at + 1..that).all(phrase).then_some(that)
}

/// Where the second half begins of what somebody says on both sides: "The treaty, said the minister, | is dead", where nothing
/// but a noun phrase stands before the first comma.
pub(super) fn second_half(view: &View, cue: &Cue, source: &Candidate) -> Option<usize> {
    let (start, end) = (cue.sentence.start as usize, cue.sentence.end as usize);
    let says = view.letters[cue.at] == b'S' && cue.group == cue.at && cue.at > start + 1;
    let set_off = says
        && source.run.start as usize == cue.at + 1
        && view.letters[cue.at - 1] == b','
        && view.crossed(Crossed::Commas, start, cue.at) == 1
        && view.crossed(Crossed::Verbs, start, cue.at) == 0;
    if !set_off {
        return None;
    }
    let comma = behind_owner(view, source.run.end as usize, end);
    (view.letters.get(comma) == Some(&b',') && view.crossed(Crossed::Verbs, comma, end) > 0).then_some(comma + 1)
}

/// Where a phrase ends that may go on to an owner: "Gold | of the Institute".
fn behind_owner(view: &View, at: usize, end: usize) -> usize {
    let goes_on = |at: &usize| matches!(view.letters[*at], b'o' | b'd' | b'W' | b'w' | b'y');
    at + (at..end).take_while(goes_on).count()
}

/// Where the content begins that "according to" gives its source before: "According to Lim, director of the institute, | the
/// truce will hold", "According to the mayor, Igor Belov, | three died".
fn behind_apposition(view: &View, cue: &Cue, source: &Candidate) -> Option<usize> {
    let tokens = &view.document.tokens;
    let end = cue.sentence.end as usize;
    if !tokens[cue.at].is("according") || (source.run.start as usize) < cue.at {
        return None;
    }
    let mut comma = behind_owner(view, source.run.end as usize, end);
    let mut skipped = false;
    while comma < end && view.letters[comma] == b',' {
        let next = (comma + 1..end).find(|&at| matches!(view.letters[at], b',' | b'<' | b'>' | b'.' | b';' | b':'))?;
        let part = Run::new(comma + 1, next);
        if view.letters[next] != b',' || !is_apposition(view, part) {
            break;
        }
        (comma, skipped) = (next, true);
    }
    (skipped && comma + 1 < end).then_some(comma + 1)
}

/// Whether words between commas tell who somebody is: a name, an age, a noun for people or an institution without a verb; a
/// clause with "who".
fn is_apposition(view: &View, part: Run) -> bool {
    let tokens = &view.document.tokens[part.range()];
    let letters = &view.letters[part.range()];
    if letters.first() == Some(&b'r') {
        return true;
    }
    let verbless = view.crossed(Crossed::Verbs, part.start as usize, part.end as usize) == 0;
    let named = tokens.len() < 5 && tokens.iter().all(Token::is_capital);
    let noun = part
        .range()
        .any(|at| view.tags[at].is_human() || view.tags[at].is_body());
    verbless && (named || noun || letters == b"#")
}
