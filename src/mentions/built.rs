//! What the words of a name tell of what it names.
//!
//! In: tokens, their tags, a name of several words. Out: whether it is built like the name of an event, a place, an
//! institution. The head decides, which is the last word before "of", "for" or "in": "the Battle of Norland" is no place,
//! "the Norland Election Commission" no election. A first word may decide for places ("Lake Norland", "East Norland").

use crate::lexicon::{Class, Tag};
use crate::span::Run;
use crate::tokens::{Case, Kind, Token, keys};

/// What a name is built like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Built {
    /// "the Norland War", "the Treaty of Norland": neither person nor place nor institution.
    Event,
    /// "Norland County", "the Kingdom of Norland", "East Norland"
    Land,
    /// "the Ministry of Trade", "the Norland Liberal Alliance"
    Body,
}

/// Words before the names of places.
const BEFORE_LANDS: [u64; 8] = keys!["camp", "cape", "fort", "isle", "lake", "mount", "port", "puerto",];

/// Words for places where "of" stands behind them: "the Norland Republic" may be a newspaper.
const OF_LANDS: [u64; 3] = keys!["commonwealth", "republic", "state"];

/// Words that tell one part of a place from another.
const SIDES: [u64; 26] = keys![
    "central",
    "east",
    "eastern",
    "greater",
    "inner",
    "lower",
    "mid",
    "north",
    "north-east",
    "north-eastern",
    "north-west",
    "north-western",
    "northeast",
    "northeastern",
    "northern",
    "northwest",
    "northwestern",
    "outer",
    "peninsular",
    "south",
    "south-east",
    "south-west",
    "southeastern",
    "southern",
    "upper",
    "west",
];

/// Words for places that people are called as often: "Hill" behind a name tells nothing by itself.
const SURNAMES: [u64; 11] = keys![
    "bay", "beach", "castle", "falls", "heights", "hill", "hills", "lake", "park", "port", "parish",
];

/// Those who join: "the Knights of Norland", "Friends of the Harbor".
const FELLOWS: [u64; 14] = keys![
    "brothers",
    "brotherhood",
    "children",
    "dames",
    "daughters",
    "friends",
    "guardians",
    "knights",
    "mothers",
    "scouts",
    "sisters",
    "soldiers",
    "sons",
    "veterans",
];

/// Those whom institutions are of: "the People's Party", "the Norland Farmers' Union".
const MANY: [u64; 15] = keys![
    "children",
    "citizens",
    "consumers",
    "farmers",
    "men",
    "mothers",
    "peasants",
    "pensioners",
    "people",
    "peoples",
    "students",
    "teachers",
    "veterans",
    "women",
    "workers",
];

/// Last words of the names of newspapers that are called after a place or a time of the day.
pub(crate) const PAPERS: [u64; 20] = keys![
    "chronicle",
    "courier",
    "daily",
    "dispatch",
    "examiner",
    "express",
    "gazette",
    "globe",
    "guardian",
    "herald",
    "inquirer",
    "mail",
    "mercury",
    "mirror",
    "observer",
    "sentinel",
    "star",
    "sun",
    "telegraph",
    "tribune",
];

/// Nouns before the names of institutions: "the newspaper X".
pub(crate) const CALLED: [u64; 12] = keys![
    "band",
    "broadcaster",
    "charity",
    "company",
    "daily",
    "group",
    "magazine",
    "movement",
    "newspaper",
    "party",
    "tabloid",
    "weekly",
];

/// Words between a chain of capitals and the acronym of the whole name.
const LONGEST_TAIL: usize = 8;

/// What a name is built like, if its words tell.
pub(crate) fn of(tokens: &[Token], tags: &[Tag], name: Run) -> Option<Built> {
    let (start, end) = (name.start as usize, name.end as usize);
    if name.len() < 2 {
        let body = tags.get(start)?.is_body() && tokens[start].is_capital();
        return body.then_some(Built::Body);
    }
    let links = |at: usize| {
        tokens[at].case == Case::Lower && matches!(tags[at].class(), Class::Of | Class::Preposition | Class::To)
    };
    let link = (start + 1..end).find(|&at| links(at));
    let stop = link.unwrap_or(end);
    let counts = |at: usize| {
        let token = &tokens[at];
        token.is_capital() && token.kind == Kind::Word && !is_numeral(token)
    };
    let head = (start..stop).rev().find(|&at| counts(at))?;
    let tag = tags[head];
    // "the Campaign for Clean Rivers"
    let campaigns = link.is_some_and(|at| tokens[at].is("for") || tokens[at].is("against"));
    // "Labour Day" is no party, Rosie Day no day.
    let day = tokens[head].is("day") && (tags[start].is_small() || tags[start].is_civic());
    if tag.is_event() || day {
        return Some(Built::Event);
    }
    let fellows = link.is_some_and(|at| joins(&tokens[head], tag, &tokens[at]));
    // "People's Way First"
    let many = (start..end - 1).any(|at| is_many(&tokens[at]) && tokens[at + 1].kind == Kind::Clitic);
    if tag.is_body() || many || fellows || campaigns && tokens[head].is("campaign") {
        return Some(Built::Body);
    }
    let of = link.is_some_and(|at| tags[at].class() == Class::Of);
    if of && OF_LANDS.contains(&tokens[head].key)
        || tag.is_land() && (of || head > start && !SURNAMES.contains(&tokens[head].key))
    {
        return Some(Built::Land);
    }
    if (start..end).any(|at| tags[at].is_body() && tokens[at].is_capital()) {
        return Some(Built::Body);
    }
    let first = tokens[start].key;
    let short = link.is_none() && (2..=3).contains(&name.len());
    if short && BEFORE_LANDS.contains(&first) {
        return Some(Built::Land);
    }
    let plain = |at: usize| tokens[at].case == Case::Capital && !tags[at].is_small() && !tags[at].is_civic();
    if short && SIDES.contains(&first) && (start + 1..end).all(plain) {
        return Some(Built::Land);
    }
    None
}

/// Whether a word names a place only together with "of" and what stands behind: "the Republic of Norland".
pub(crate) fn needs_of(token: &Token) -> bool {
    OF_LANDS.contains(&token.key)
}

/// Whether a word tells one part of a place from another: "North", "Central".
pub(crate) fn is_side(token: &Token) -> bool {
    SIDES.contains(&token.key) || token.is("centre")
}

/// Whether a name of many goes on behind "of" or "for": "Knights of Norland", "Lawyers for the Harbor".
pub(super) fn joins(many: &Token, tag: Tag, link: &Token) -> bool {
    let of = link.is("of") && FELLOWS.contains(&many.key);
    many.is_capital() && (of || link.is("for") && tag.is_human() && tag.is_plural())
}

/// Whether a word in a name tells of whom an institution is, before "'s": "People's".
pub(super) fn is_many(token: &Token) -> bool {
    token.is_capital() && MANY.contains(&token.key)
}

/// Whether a word ends the name of a newspaper: "the Norland Herald".
pub(super) fn is_paper(token: &Token) -> bool {
    PAPERS.contains(&token.key)
}

/// Whether a newspaper comes at such a time: "the Evening Star".
pub(super) fn is_daytime(token: &Token) -> bool {
    keys!["daily", "evening", "morning", "sunday", "weekly"].contains(&token.key)
}

/// Where a name ends that begins with a chain and goes on, before `end`, to its own acronym: "Alliance | to Reclaim Our
/// Schools (AROS)".
pub(crate) fn before_acronym(text: &str, tokens: &[Token], chain: Run, end: usize) -> Option<usize> {
    let at = chain.end as usize;
    let goes_on = |at: &usize| tokens[*at].is_word() && tokens[*at].breaks < 2;
    let open = at + (at..end.min(at + LONGEST_TAIL)).take_while(goes_on).count();
    let acronym = tokens.get(open + 1).filter(|_| open > at && open + 1 < end)?;
    let letters = acronym.span.of(text);
    if tokens[open].kind != Kind::Open || acronym.case != Case::Upper || letters.len() < 2 {
        return None;
    }
    let capitals = (chain.start as usize..open).filter(|&at| tokens[at].is_capital());
    let initials = || {
        capitals
            .clone()
            .filter_map(|at| tokens[at].span.of(text).chars().next())
    };
    // "United Nations Force | on the Norland (UNFON)": further letters may stand between the initials.
    let mut rest = letters.chars();
    let inside = initials().count() > 2 && letters.starts_with(initials().next()?);
    let inside = inside && initials().all(|initial| rest.any(|letter| letter == initial));
    (inside || initials().eq(letters.chars())).then_some(open)
}

/// "World War II": a number behind the head.
fn is_numeral(token: &Token) -> bool {
    keys!["i", "ii", "iii", "iv", "v", "vi"].contains(&token.key)
}
