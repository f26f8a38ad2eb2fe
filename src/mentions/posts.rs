//! Offices by their whole phrase, and events by theirs.
//!
//! In: a place in the text. Out: the group that begins there if it is an office with the country it is of ("the South
//! Korean foreign minister", "the president of the Philippines", "Iran's then-supreme leader"), or an event with its
//! year ("the 1984 United States presidential election").

use super::groups::Group;
use super::names::Names;
use super::{Form, built};
use crate::gazetteer::{Hit, Sense};
use crate::lexicon::{Class, Tag};
use crate::span::Run;
use crate::text::Document;
use crate::tokens::{Case, Kind, Token, keys};

/// Words that may stand before the country or the role and leave the phrase an office's.
const MODIFIERS: [u64; 10] = keys![
    "former", "then", "new", "current", "outgoing", "incoming", "late", "acting", "interim", "next",
];

/// Whether a word stands before a title and leaves it a title: "former", "acting".
pub(super) fn modifies(token: &Token) -> bool {
    MODIFIERS.contains(&token.key)
}

/// Most words of what a post is for.
const LONGEST_FIELD: usize = 4;

/// Longest name of an event, in words.
const LONGEST_EVENT: usize = 9;

/// The office that begins at a token, with its country before or behind it; `opened` tokens open it.
pub(super) fn at(
    document: &Document,
    tags: &[Tag],
    names: &Names,
    at: usize,
    opened: usize,
    end: usize,
) -> Option<Group> {
    let tokens = &document.tokens;
    let end = end.min(names.sentence_end(at));
    // The sentence may end before the paragraph.
    let opened = opened.min(end.saturating_sub(at));
    let mut first = at + opened;
    let follows = |i: usize| i < end && tokens[i].is_word() && (i == at || tokens[i].breaks < 2);
    let modifies = |i: usize| tokens[i].case == Case::Lower && MODIFIERS.contains(&tokens[i].key);
    if opened > 0 && !matches!(tags[first - 1].class(), Class::Determiner | Class::Possessive) {
        return None;
    }
    if opened == 0 && !names.is_name(at) {
        return None;
    }
    let name_start = first;
    while opened > 0 && follows(first) && modifies(first) {
        first += 1;
    }
    let mut role_start = first;
    let mut country = false;
    if let Some(hit) = names.hit_from(first).filter(|hit| hit.tokens.end as usize <= end) {
        let office = matches!(hit.senses.first(), Some(Sense::Office(_)));
        if office && hit.tokens.len() > 1 {
            // "the high commissioner for refugees": the noun stands before "for".
            let linked = |i: &usize| matches!(tags[*i].class(), Class::Of | Class::Preposition | Class::To);
            let stop = hit.tokens.range().find(linked).unwrap_or(hit.tokens.end as usize);
            let singular = |&i: &usize| tags[i].is_human() && !tags[i].is_plural();
            // "the Bank of Norland governor": the noun stands last.
            let last = Some(hit.tokens.end as usize - 1).filter(singular);
            let head = last.or_else(|| (first..stop).rev().find(|&i| tags[i].is_human()));
            let head = head.unwrap_or(stop.saturating_sub(1).max(first));
            return finish(document, tags, names, at, name_start, head, hit.tokens.end as usize);
        }
        let land = hit.senses.iter().any(|sense| {
            matches!(
                sense,
                Sense::Place(_) | Sense::Demonym(_) | Sense::Metonym(_) | Sense::Organization(_)
            )
        });
        if !land {
            return None;
        }
        country = true;
        role_start = hit.tokens.end as usize;
        if role_start < end && tokens[role_start].kind == Kind::Clitic && tokens[role_start].is("'s") {
            role_start += 1;
        } else if opened == 0 {
            // "Turkey president" is a heading's; "Turkish foreign minister X" a title.
            return None;
        }
        while follows(role_start) && modifies(role_start) {
            role_start += 1;
        }
    }
    let role = names
        .role_at(role_start)
        .filter(|role| follows(role_start) && role.tokens.end as usize <= end)?;
    let spoken = !role.roles.is_empty() && role.roles.iter().all(|role| role.contains("spokes"));
    let role_end = role.tokens.end as usize;
    let last = behind(document, tags, names, role_end, end, &role.roles);
    let whole = country || last > role_end || role.tokens.len() > 1 && opened > 0;
    if spoken || !whole {
        return None;
    }
    // "secretary of state": the noun is the word before "of".
    let of = role
        .tokens
        .range()
        .find(|&i| i > role_start && matches!(tags[i].class(), Class::Of | Class::Preposition | Class::To));
    let head = of.map_or(role_end - 1, |of| of - 1);
    finish(document, tags, names, at, name_start, head, last).map(|mut group| {
        group.name.end = role_end as u32;
        group
    })
}

/// "Norland ambassador to Sudmark | Ann Doe", "head of the Sudmark delegation | Ann Doe": somebody's name behind a title that
/// goes on to what it is for.
pub(super) fn sent(
    document: &Document,
    tags: &[Tag],
    names: &Names,
    at: usize,
    head: usize,
    end: usize,
) -> Option<Group> {
    let (tokens, link) = (&document.tokens, head + 1);
    let human = tags[head].is_human() && !tags[head].is_plural() || tokens[head].is("head");
    if !human || link + 2 >= end || !keys!["for", "in", "of", "to"].contains(&tokens[link].key) {
        return None;
    }
    if let Some(group) = assisting(document, tags, names, at, link, end) {
        return Some(group);
    }
    let mut first = link + 1 + usize::from(tags[link + 1].class() == Class::Determiner);
    let stop = end.min(first + LONGEST_FIELD);
    let known = names.hit_from(first).filter(|hit| {
        let land = matches!(
            hit.senses.first(),
            Some(Sense::Place(_) | Sense::Demonym(_) | Sense::Organization(_))
        );
        land && !(hit.ambiguous && names.given(first))
    });
    let whole = known.is_some_and(|hit| !matches!(hit.senses.first(), Some(Sense::Demonym(_))));
    first = known.map_or(first, |hit| hit.tokens.end as usize);
    let plain = |at: &usize| {
        let noun = tokens[*at].breaks == 0 && tokens[*at].case == Case::Lower && names.part(*at).is_plain();
        noun && !tags[*at].is_human()
    };
    let name = first + (first..stop).take_while(plain).count();
    if name + 1 >= end || !names.is_name(name) || tokens[name].breaks > 0 || !(whole || name > first) {
        return None;
    }
    let chain = names.chain(name, end);
    let full = (2..=4).contains(&chain.len()) && names.is_full(chain);
    full.then(|| named(at, chain, names.bare(chain)))
}

/// A group that names somebody at the end of a chain.
fn named(at: usize, chain: Run, name: Run) -> Group {
    Group {
        tokens: Run::new(at, chain.end as usize),
        name,
        head: name.end - 1,
        form: Form::Name,
        unknown_head: false,
    }
}

/// "Adviser to the Prime Minister on Trade | Ann Doe": without an article the first title is hers, and no one else's.
fn assisting(document: &Document, tags: &[Tag], names: &Names, at: usize, link: usize, end: usize) -> Option<Group> {
    let tokens = &document.tokens;
    let first = link + 2;
    let opens = tokens[at].is_capital() && tokens[link].is("to") && tokens[link + 1].is("the");
    if !opens || first >= end || !names.is_name(first) {
        return None;
    }
    let chain = names.chain(first, end);
    let name = names.bare(chain);
    let titled = chain.start < name.start && (first..name.start as usize).any(|at| tags[at].is_title());
    (titled && name.len() > 1 && names.is_full(name)).then(|| named(at, chain, name))
}

/// A group with the rest of the post that its head begins: "Brown's chief | of staff", "his deputy secretary | of state".
pub(super) fn completed(document: &Document, tags: &[Tag], names: &Names, group: Group, end: usize) -> Group {
    // "was governor of Texas" tells what somebody is.
    let owned = group.tokens.start < group.head;
    let role = (group.form == Form::Nominal && owned)
        .then(|| names.role_at(group.head as usize))
        .flatten();
    let role = role.filter(|role| role.tokens.end > group.tokens.end && role.tokens.end as usize <= end);
    let whole = role.and_then(|role| {
        let (first, last) = (group.name.start as usize, role.tokens.end as usize);
        finish(
            document,
            tags,
            names,
            group.tokens.start as usize,
            first,
            group.head as usize,
            last,
        )
    });
    whole.unwrap_or(group)
}

/// Where the phrase ends if the country stands behind the role.
fn behind(document: &Document, tags: &[Tag], names: &Names, role_end: usize, end: usize, roles: &[&str]) -> usize {
    let tokens = &document.tokens;
    let Some(link) = tokens.get(role_end).filter(|link| role_end < end && link.breaks < 2) else {
        return role_end;
    };
    let abroad = link.is("to")
        && roles
            .iter()
            .any(|role| role.contains("ambassador") || role.contains("charge"));
    if !(link.is("of") || link.is("for") || abroad) {
        return role_end;
    }
    let mut at = role_end + 1;
    at += usize::from(tags.get(at).is_some_and(|tag| tag.class() == Class::Determiner));
    let land = names
        .hit_from(at)
        .filter(|hit| hit.tokens.end as usize <= end && !hit.ambiguous);
    let land = land.filter(|hit| {
        matches!(
            hit.senses.first(),
            Some(Sense::Place(_) | Sense::Metonym(_) | Sense::Organization(_))
        )
    });
    land.map_or(role_end, |hit| hit.tokens.end as usize)
}

/// The group, unless what stands behind makes it another one's title or owner.
fn finish(
    document: &Document,
    tags: &[Tag],
    names: &Names,
    at: usize,
    first: usize,
    head: usize,
    end: usize,
) -> Option<Group> {
    if let Some(next) = document.tokens.get(end).filter(|next| next.breaks < 2) {
        let named = names.is_name(end) && next.spaced;
        let owns = next.kind == Kind::Clitic && next.is("'s") || next.is("'");
        let noun = next.is_word() && tags[end].class() == Class::None && (tags[end].head() > 0 || tags[end].is_body());
        if named || owns || noun {
            return None;
        }
    }
    Some(Group {
        tokens: Run::new(at, end),
        name: Run::new(first, end),
        head: head as u32,
        form: Form::Nominal,
        unknown_head: false,
    })
}

/// What is called after the place where it happens, in small letters as well: "the Norland uprising".
const PLACED: [u64; 4] = keys!["massacre", "putsch", "trials", "uprising"];

/// The event called after a place that begins at a token.
fn placed(document: &Document, tags: &[Tag], names: &Names, at: usize, end: usize) -> Option<Group> {
    let tokens = &document.tokens;
    let first = at + usize::from(tags[at].class() == Class::Determiner);
    if first >= end || !names.is_name(first) {
        return None;
    }
    let hit = names.hit_from(first).filter(|hit| !hit.ambiguous)?;
    let noun = hit.tokens.end as usize;
    let called = noun < end && tokens[noun].breaks < 2 && PLACED.contains(&tokens[noun].key);
    let event = called && matches!(hit.senses.first(), Some(Sense::Place(_)));
    event.then(|| Group {
        tokens: Run::new(at, noun + 1),
        name: Run::new(first, noun + 1),
        head: noun as u32,
        form: Form::Nominal,
        unknown_head: true,
    })
}

/// The event that begins at a token: a year, capitals, a noun for what happens in years; with the place behind.
pub(super) fn event(document: &Document, tags: &[Tag], names: &Names, at: usize, end: usize) -> Option<Group> {
    let tokens = &document.tokens;
    let end = end.min(names.sentence_end(at));
    let opened = usize::from(matches!(tags[at].class(), Class::Determiner | Class::Possessive));
    let year = at + opened;
    if year + 1 >= end || !is_year(&tokens[year], document.text) {
        return placed(document, tags, names, at, end);
    }
    let joined = |i: &usize| tokens[*i].breaks < 2 && (tokens[*i].is_word() || tokens[*i].is("-"));
    let span = year + 1..end.min(year + 1 + LONGEST_EVENT);
    let noun = span.take_while(joined).find(|&i| tags[i].is_event())?;
    let capitals = (year + 1..=noun).any(|i| tokens[i].is_capital());
    let words = (year + 1..noun).all(|i| tokens[i].is_capital() || matches!(tags[i].class(), Class::None | Class::Of));
    if !words {
        return None;
    }
    let mut last = noun + 1;
    let of = last < end && tokens[last].is("of");
    if last < end && (tokens[last].is("in") || tokens[last].is("of")) {
        let mut place = last + 1;
        place += usize::from(place < end && tokens[place].is("the"));
        let hit = names.hit_from(place).filter(|hit| hit.tokens.end as usize <= end);
        // "the 1981 Norland election in Harbor West": a town has its own name there.
        let whole = |hit: &&Hit| {
            let stop = hit.tokens.end as usize;
            stop >= end || !(tokens[stop].is_capital() && built::is_side(&tokens[stop]))
        };
        if let Some(hit) = hit.filter(|hit| names.is_wide(hit)).filter(whole) {
            last = hit.tokens.end as usize;
        }
    }
    // "the 2003 invasion of Norland", but not "the 2003 election in Norland".
    let named = capitals || of && last > noun + 1;
    if !named {
        return None;
    }
    Some(Group {
        tokens: Run::new(at, last),
        name: Run::new(year, last),
        head: noun as u32,
        form: Form::Nominal,
        unknown_head: true,
    })
}

/// Whether a name is a post's or that of many, spelt with capitals: "the Convenor", "Comptroller of Norland", "Norland
/// Senators". Without a determiner a single word may be a surname ("King said").
pub(super) fn is_post(document: &Document, tags: &[Tag], names: &Names, group: &Group) -> bool {
    let (start, end) = (group.name.start as usize, group.name.end as usize);
    let tokens = &document.tokens;
    let links = |at: &usize| tokens[*at].case == Case::Lower && tags[*at].class() != Class::None;
    let link = (start + 1..end).find(links).unwrap_or(end);
    let head = link - 1;
    let tag = tags[head];
    // "Lawyers for Norland" are an institution.
    if link < end && tokens[link].is("for") && tag.is_plural() {
        return false;
    }
    if head + 1 == end && names.is_surname(head) {
        return false;
    }
    let alone = end == start + 1;
    let determined = group.tokens.start < group.name.start;
    // "The Humanitarian Coordinator, Ann Doe,"
    let named = |at: usize| {
        let comma = |at: usize| tokens.get(at).is_some_and(|sign| sign.kind == Kind::Comma);
        let full = comma(at) && at + 2 < tokens.len() && names.is_name(at + 1) && names.given(at + 1);
        full && comma(names.chain(at + 1, tokens.len()).end as usize)
    };
    let known = tag.is_title() || tag.is_civic() || tag.is_plural() || determined && named(end);
    // "The Maulana said"
    let styled = tag.head() > 0 || alone && determined && tag.is_title();
    if !known || !tag.is_human() || !styled {
        return false;
    }
    // "the Tarvel MP"
    if determined && names.is_seated(head) {
        return true;
    }
    let word = |at: usize| {
        let tag = tags[at];
        let known = tag.is_small() || tag.is_title() || tag.is_human() || tag.is_civic() || tag.class() != Class::None;
        known || tag.head() > 0 || names.is_land(at) || names.is_known_body(at)
    };
    (!alone || determined || tag.is_plural()) && (start..head).all(word)
}

fn is_year(token: &Token, text: &str) -> bool {
    if token.kind != Kind::Number {
        return false;
    }
    let year = token.span.of(text);
    year.len() == 4 && year.parse().is_ok_and(|year: u32| (1700..2100).contains(&year))
}
