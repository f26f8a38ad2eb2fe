//! Where content begins and goes on, in orders of words that articles have too seldom to teach.
//!
//! In: a cue and its source. Out: where its content begins behind whom it is told, when and by what, or behind an apposition;
//! where it goes on behind a speaker set between its halves.

use super::cue::Cue;
use super::side::Side;
use super::source::Candidate;
use super::view::{Crossed, View};
use crate::span::Run;
use crate::tokens::{Token, keys};

/// Most words from a cue to what it tells somebody.
const ADDRESSEE: usize = 6;

/// Verbs whose object is whom something is told.
const TELLING: [u64; 8] = keys![
    "assure", "convince", "inform", "notify", "promise", "remind", "tell", "warn"
];

/// Where the content on the right begins, if the order of words leaves no doubt.
pub(super) fn right_start(view: &View, cue: &Cue, source: Option<Candidate>) -> Option<usize> {
    let behind = |source: Candidate| behind_apposition(view, cue, &source);
    set_between(view, cue, source)
        .map(|(_, start)| start)
        .or_else(|| behind_addressee(view, cue))
        .or_else(|| source.and_then(behind))
        .or_else(|| behind_circumstances(view, cue))
}

/// On which side of a cue the content lies, and where it begins on the right, if speaker and cue are set between its halves or
/// before all of it: "The treaty, said the minister, | is dead", "As the daily reported, | the sale is off".
pub(super) fn set_between(view: &View, cue: &Cue, source: Option<Candidate>) -> Option<(Side, usize)> {
    let halves = source.and_then(|source| second_half(view, cue, &source));
    halves.map(|start| (Side::Both, start)).or_else(|| behind_as(view, cue))
}

/// Where the content begins behind "As the daily reported," or goes on behind it: "The sale, as the daily reported, | is off".
fn behind_as(view: &View, cue: &Cue) -> Option<(Side, usize)> {
    const TOLD: [u64; 14] = keys![
        "argued",
        "argues",
        "explained",
        "explains",
        "noted",
        "notes",
        "observed",
        "observes",
        "predicted",
        "reported",
        "reports",
        "said",
        "says",
        "warned",
    ];
    let (start, end) = (cue.sentence.start as usize, cue.sentence.end as usize);
    let behind = cue.at + 2;
    if !TOLD.contains(&view.document.tokens[cue.at].key) || cue.letter(view, 1) != b',' || cue.group != cue.at {
        return None;
    }
    let apart = |at: &usize| view.letters[*at] != b',';
    let link = (start..cue.at).rev().take_while(apart).last()?;
    let goes_on = behind < end && view.crossed(Crossed::Verbs, behind, end) > 0 && !view.quoted(link);
    let side = match link.checked_sub(1).filter(|&comma| comma >= start) {
        None => Side::Right,
        Some(comma) if is_bare(view, start, comma) => Side::Both,
        Some(_) => return None,
    };
    (view.document.tokens[link].is("as") && goes_on).then_some((side, behind))
}

/// Whether nothing but a noun phrase stands there, before the first comma of a sentence.
fn is_bare(view: &View, start: usize, comma: usize) -> bool {
    comma > start && view.crossed(Crossed::Commas, start, comma) == 0 && view.crossed(Crossed::Verbs, start, comma) == 0
}

/// Where the content begins behind whom, when and by what it is told: "told the radio's morning show | it was over", "said by
/// text | the deal was off", "had warned a day earlier | that".
fn behind_circumstances(view: &View, cue: &Cue) -> Option<usize> {
    let end = cue.sentence.end as usize;
    if view.letters[cue.at] != b'S' {
        return None;
    }
    let first = cue.at + 1;
    let mut at = match TELLING.contains(&cue.lemma_key()) {
        true => past_addressee(view, first, end).unwrap_or(first),
        false => first,
    };
    while let Some(next) = past_time(view, at, end).or_else(|| past_medium(view, at, end)) {
        at = next;
    }
    let opens = at > first && at < end && opens_clause(view, at);
    (opens && view.crossed(Crossed::Verbs, at, end) > 0).then_some(at)
}

/// Whether a clause may begin there behind a noun phrase: "that", a pronoun, a determiner.
fn opens_clause(view: &View, at: usize) -> bool {
    matches!(view.letters[at], b't' | b'P' | b'd' | b'H') || view.document.tokens[at].is("it")
}

/// Where the name or the noun ends that something is told: "told Canberra reporters | the bill".
fn past_addressee(view: &View, at: usize, end: usize) -> Option<usize> {
    let object = view.letters.get(at) == Some(&b'O') && !view.document.tokens[at].is("it");
    if object {
        return Some(at + 1);
    }
    let first = at + usize::from(matches!(view.letters.get(at), Some(b'd' | b'H')));
    let phrase = |at: &usize| matches!(view.letters[*at], b'W' | b'w' | b'u' | b'y' | b'x' | b'#' | b'$');
    let last = (first..end).take_while(phrase).last()?;
    let somebody = view.letters[first] == b'W' || view.tags[last].is_human() || view.tags[last].is_body();
    somebody.then_some(last + 1)
}

/// Where a phrase ends that tells when: "Monday", "late on Sunday", "a day earlier".
fn past_time(view: &View, at: usize, end: usize) -> Option<usize> {
    const UNITS: [u64; 15] = keys![
        "day", "days", "decade", "decades", "hour", "hours", "minutes", "moments", "month", "months", "week", "weeks",
        "year", "years", "night",
    ];
    const SINCE: [u64; 3] = keys!["ago", "earlier", "later"];
    const PARTS: [u64; 4] = keys!["afternoon", "evening", "morning", "night"];
    const BEFORE: [u64; 6] = keys!["early", "earlier", "in", "late", "later", "on"];
    let is = |at: usize, words: &[u64]| at < end && words.contains(&view.document.tokens[at].key);
    let near = (at..end.min(at + 4)).find(|&at| is(at, &UNITS));
    if let Some(unit) = near.filter(|&unit| is(unit + 1, &SINCE)) {
        let counts = |at: usize| matches!(view.letters[at], b'd' | b'I' | b'#' | b'w' | b'l' | b'W');
        return (at..unit).all(counts).then_some(unit + 2);
    }
    let day = (at..end.min(at + 3)).find(|&at| !is(at, &BEFORE))?;
    let dated = |at: usize| view.letters.get(at) == Some(&b'M');
    if is(day, &keys!["last", "next", "this"]) {
        let known = is(day + 1, &UNITS) || is(day + 1, &PARTS) || dated(day + 1);
        return known.then_some(day + 2);
    }
    let part = is(day + 1, &PARTS) || view.letters.get(day + 1) == Some(&b'#');
    dated(day).then_some(day + 1 + usize::from(part))
}

/// Where a phrase ends that tells by what: "in a text message", "on Twitter", "in an interview with the Post".
fn past_medium(view: &View, at: usize, end: usize) -> Option<usize> {
    const MEDIA: [u64; 25] = keys![
        "address",
        "broadcast",
        "briefing",
        "column",
        "conference",
        "e-mail",
        "email",
        "essay",
        "facebook",
        "instagram",
        "interview",
        "letter",
        "memo",
        "message",
        "note",
        "phone",
        "post",
        "radio",
        "speech",
        "statement",
        "telephone",
        "television",
        "text",
        "tweet",
        "twitter",
    ];
    let tokens = &view.document.tokens;
    let by = keys!["by", "in", "over", "through", "via"].contains(&tokens.get(at)?.key);
    // "elaborated on the message"
    let fits = |medium: &usize| by || tokens[at].is("on") && (tokens[*medium].is_capital() || *medium == at + 1);
    let phrase = |at: &usize| {
        matches!(
            view.letters[*at],
            b'd' | b'H' | b'W' | b'w' | b'u' | b'y' | b'x' | b'c' | b'C'
        )
    };
    let near = (at + 1..end.min(at + ADDRESSEE)).take_while(phrase);
    let medium = near.filter(|&at| MEDIA.contains(&tokens[at].key)).last().filter(fits)?;
    let with = medium + 1;
    let names = |&at: &usize| at < end && matches!(view.letters[at], b'W' | b'x');
    let linked = with < end && keys!["for", "on", "to", "with"].contains(&tokens[with].key);
    let named = (with + 1..end).take_while(names).last().filter(|_| linked);
    Some(named.map_or(with, |last| last + 1))
}

/// Where the content begins behind somebody whom the cue tells it: "assured her | that", "informed the ministers | that".
fn behind_addressee(view: &View, cue: &Cue) -> Option<usize> {
    let tells = TELLING[..5].contains(&cue.lemma_key());
    let end = (cue.at + ADDRESSEE).min(cue.sentence.end as usize);
    let that = (cue.at + 2..end)
        .find(|&at| view.letters[at] == b't')
        .filter(|_| tells)?;
    let phrase = |at: usize| matches!(view.letters[at], b'O' | b'H' | b'd' | b'W' | b'w' | b'u' | b'y');
    (cue.at + 1..that).all(phrase).then_some(that)
}

/// Where the second half begins of what somebody says on both sides: "The treaty, said the minister, | is dead", where nothing
/// but a noun phrase stands before the first comma; "He asked, according to Lim, | for calm", where a verb waits for the rest.
pub(super) fn second_half(view: &View, cue: &Cue, source: &Candidate) -> Option<usize> {
    let (start, end) = (cue.sentence.start as usize, cue.sentence.end as usize);
    let comma = cue.at.checked_sub(1).filter(|&comma| comma > start)?;
    let behind = source.run.start as usize == cue.at + 1;
    if view.letters[comma] != b',' || view.crossed(Crossed::Commas, start, comma) > 0 {
        return None;
    }
    if view.document.tokens[cue.at].is("according") {
        let close = source.run.end as usize;
        let waits = matches!(view.letters[comma - 1], b'S' | b'C' | b'e') && close + 1 < end;
        let goes_on = source.run.start as usize == cue.at + 2 && view.letter(cue.sentence, close as isize) == b',';
        return (waits && goes_on && matches!(view.letters[close + 1], b'p' | b'T')).then_some(close + 1);
    }
    if !behind || view.letters[cue.at] != b'S' || !is_bare(view, start, comma) {
        return None;
    }
    let (close, _) = past_appositions(view, behind_owner(view, source.run.end as usize, end), end);
    let opens = || view.letter(cue.sentence, close as isize + 1) == b'<';
    let goes_on = view.letter(cue.sentence, close as isize) == b',';
    (goes_on && (opens() || view.crossed(Crossed::Verbs, close, end) > 0)).then_some(close + 1)
}

/// Where a phrase ends that may go on to an owner or a place: "Gold | of the Institute", "Gold | in her book".
fn behind_owner(view: &View, at: usize, end: usize) -> usize {
    let goes_on = |at: &usize| matches!(view.letters[*at], b'o' | b'p' | b'd' | b'H' | b'W' | b'w' | b'y');
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
    let (comma, skipped) = past_appositions(view, behind_owner(view, source.run.end as usize, end), end);
    (skipped && comma + 1 < end).then_some(comma + 1)
}

/// The comma behind the appositions that begin with this one, and whether there is any.
fn past_appositions(view: &View, mut comma: usize, end: usize) -> (usize, bool) {
    let mut skipped = false;
    while comma < end && view.letters[comma] == b',' {
        let sign = |at: &usize| matches!(view.letters[*at], b',' | b'<' | b'>' | b'.' | b';' | b':');
        let next = (comma + 1..end).find(sign).filter(|&next| view.letters[next] == b',');
        let Some(next) = next.filter(|&next| is_apposition(view, Run::new(comma + 1, next))) else {
            break;
        };
        (comma, skipped) = (next, true);
    }
    (comma, skipped)
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
