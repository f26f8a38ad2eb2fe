//! Datelines: the places, the day and the agency that a report begins with.
//!
//! In: the beginning of a line. Out: where its dateline ends and what it is made of, if it begins like one. It is read by
//! hand: to make a pattern of this takes longer than to read ten articles. Readings are tried in a fixed order, the
//! longest row of places first, and of a day the longest way to read it.

use crate::text::byline::{SMALL, begins_word, goes_on};
use crate::text::days::{behind_space, partial};
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// What a line begins with, in places of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dateline {
    /// Where it ends, before a dash.
    pub(super) end: usize,
    /// Where its places end; they begin it.
    pub(super) places: Option<usize>,
    /// The agency in brackets or between slashes.
    pub(super) agency: Option<Range<usize>>,
    /// Whether the agency stands between slashes: "MOSCOW, April 12. /TASS/".
    pub(super) wire: bool,
    /// Whether a day stands before the dash.
    pub(super) dated: bool,
}

/// Reads the dateline that a line begins with.
pub(super) fn read(line: &str) -> Option<Dateline> {
    let line = line.as_bytes();
    let ends = places(line);
    bracketed(line, &ends)
        .or_else(|| ends.iter().find_map(|&end| slashed(line, end)))
        .or_else(|| ends.iter().find_map(|&end| dashed(line, end)))
}

/// "MOSCOW, April 12 (Reuters)", "(AP)"
fn bracketed(line: &[u8], ends: &[usize]) -> Option<Dateline> {
    // Most lines have no bracket: it is not looked for behind every way to read their places.
    if !line.contains(&b'(') {
        return None;
    }
    let behind = |at: usize| {
        let dated = partial(line, at).into_iter().flat_map(|day| gaps(line, day));
        dated.chain([at]).find_map(|at| agency(line, at))
    };
    let found = |agency: Range<usize>, places: Option<usize>| Dateline {
        end: agency.end + 1,
        places,
        agency: Some(agency),
        wire: false,
        dated: false,
    };
    let placed = ends.iter().find_map(|&end| {
        let agency = gaps(line, end).into_iter().find_map(behind)?;
        Some(found(agency, Some(end)))
    });
    placed.or_else(|| Some(found(behind(0)?, None)))
}

/// "MOSCOW, April 12. /TASS/"
fn slashed(line: &[u8], end: usize) -> Option<Dateline> {
    let wire = |at: usize| {
        let start = at + line[at..].starts_with(b". /").then_some(3)?;
        let length = line[start..]
            .iter()
            .take_while(|byte| byte.is_ascii_uppercase())
            .count();
        let closed = line.get(start + length) == Some(&b'/');
        ((2..=8).contains(&length) && closed).then_some(start..start + length)
    };
    let agency = days_behind(line, end).into_iter().chain([end]).find_map(wire)?;
    Some(Dateline {
        end: agency.end + 1,
        places: Some(end),
        agency: Some(agency),
        wire: true,
        dated: false,
    })
}

/// "Berlin, 3 May 2018 –"
fn dashed(line: &[u8], end: usize) -> Option<Dateline> {
    const DASHES: [&str; 4] = ["–", "—", "―", "--"];
    let dash = |at: &usize| {
        let rest = &line[*at..];
        let bare = rest.strip_prefix(b" ").unwrap_or(rest);
        DASHES.iter().any(|dash| bare.starts_with(dash.as_bytes())) || rest.starts_with(b" -")
    };
    let day = days_behind(line, end).into_iter().find(dash);
    Some(Dateline {
        end: day.or_else(|| Some(end).filter(dash))?,
        places: Some(end),
        agency: None,
        wire: false,
        dated: day.is_some(),
    })
}

/// "NEW DELHI: The talks", "Lahore, May 4: The talks": up to the colon, where the first place is a known city.
pub(super) fn before_colon(line: &str) -> Option<Dateline> {
    let bytes = line.as_bytes();
    let colon = line.find(": ")?;
    let place = line[..colon].split([',', '/']).next()?;
    let places = places(bytes);
    let end = *places
        .iter()
        .find(|&&end| end == colon || days_behind(bytes, end).contains(&colon))?;
    is_city(place).then_some(Dateline {
        end: colon,
        places: Some(end),
        agency: None,
        wire: false,
        dated: end < colon,
    })
}

/// Whether a city of some size has this name, in whatever case.
fn is_city(name: &str) -> bool {
    static CITIES: LazyLock<HashSet<&str>> =
        LazyLock::new(|| include_str!(concat!(env!("OUT_DIR"), "/cities.txt")).lines().collect());
    CITIES.contains(name.to_lowercase().as_str())
}

/// The ends of rows of places from the line's start, the longest row first. A row may end within a word:
/// "WASHINGTON-" before its second dash.
pub(super) fn places(line: &[u8]) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut start = 0;
    while let Some(mut at) = begins_word(line, start) {
        ends.push(at);
        while let Some(next) = goes_on(line, at) {
            at = next;
            ends.push(at);
        }
        match joint(line, at) {
            Some(next) => start = next,
            None => break,
        }
    }
    ends.reverse();
    ends
}

/// Where the word behind what joins a place's words, or two places, would begin.
fn joint(line: &[u8], at: usize) -> Option<usize> {
    match *line.get(at)? {
        b' ' => {
            let start = at + 1;
            if begins_word(line, start).is_some() {
                return Some(start);
            }
            let length = line[start..]
                .iter()
                .take_while(|byte| byte.is_ascii_lowercase())
                .count();
            let word = &line[start..start + length];
            let small = word == b"and" || SMALL.iter().any(|small| small.as_bytes() == word);
            (small && line.get(start + length) == Some(&b' ')).then_some(start + length + 1)
        }
        b',' => Some(at + 1 + usize::from(line.get(at + 1) == Some(&b' '))),
        b'/' => Some(at + 1),
        _ => None,
    }
}

/// A comma and a space, each of which may be missing.
fn gaps(line: &[u8], at: usize) -> [usize; 3] {
    let comma = at + usize::from(line.get(at) == Some(&b','));
    [comma + usize::from(line.get(comma) == Some(&b' ')), comma, at]
}

/// Where an agency stands in brackets.
fn agency(line: &[u8], at: usize) -> Option<Range<usize>> {
    let start = at + 1;
    let inner = line.get(at..)?.strip_prefix(b"(")?;
    let length = inner.iter().position(|&byte| byte == b')')?;
    let name = &inner[..length];
    let small = (2..=5).contains(&length) && name.iter().all(u8::is_ascii_lowercase);
    // "Press Trust of India" is none: of four words at most each has a capital, and "&" may stand between.
    let mut words = name.split(|&byte| byte == b' ');
    // "RFE/RL", "Agence France-Presse"
    let part =
        |part: &[u8]| part.first().is_some_and(u8::is_ascii_uppercase) && part.iter().all(u8::is_ascii_alphabetic);
    let letters = |word: &[u8]| word.split(|byte| matches!(byte, b'-' | b'/')).all(part);
    let mut capitals = words.next().is_some_and(|word| word.len() > 1 && letters(word));
    let mut count = 1;
    while let Some(word) = words.next().filter(|_| capitals) {
        let word = if word == b"&" {
            words.next().unwrap_or_default()
        } else {
            word
        };
        capitals = letters(word);
        count += 1;
    }
    (small || capitals && count <= 4).then_some(start..start + length)
}

/// The ends of a day behind a space.
fn days_behind(line: &[u8], at: usize) -> Vec<usize> {
    behind_space(line, at).map_or(Vec::new(), |at| partial(line, at))
}
