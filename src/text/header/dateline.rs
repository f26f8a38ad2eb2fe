//! Datelines: the places, the day and the agency that a report begins with.
//!
//! In: the beginning of a line. Out: where its dateline ends and what it is made of, if it begins like one. It is read by
//! hand: to make a pattern of this takes longer than to read ten articles. Readings are tried in a fixed order, the
//! longest row of places first, and of a day the longest way to read it.

use std::ops::Range;

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

/// Whether a month stands beside the number of a day somewhere in a line, or a hyphen between digits.
pub(super) fn names_day(line: &str) -> bool {
    let line = line.as_bytes();
    let digit = |at: usize| line.get(at).is_some_and(u8::is_ascii_digit);
    let numbered = |before: &[u8]| {
        let Some(before) = before.strip_suffix(b" ") else {
            return false;
        };
        let before = before.strip_suffix(b" of").unwrap_or(before);
        let ordinal: [&[u8]; 4] = [b"st", b"nd", b"rd", b"th"];
        let bare = ordinal.iter().find_map(|ending| before.strip_suffix(*ending));
        bare.unwrap_or(before).last().is_some_and(u8::is_ascii_digit)
    };
    (0..line.len()).any(|at| match line[at] {
        b'-' => at > 0 && digit(at - 1) && digit(at + 1),
        letter if letter.is_ascii_alphabetic() => {
            months(line, at).any(|end| numbered(&line[..at]) || line.get(end) == Some(&b' ') && digit(end + 1))
        }
        _ => false,
    })
}

/// "MOSCOW, April 12 (Reuters)", "(AP)"
fn bracketed(line: &[u8], ends: &[usize]) -> Option<Dateline> {
    let behind = |at: usize| {
        let dated = days(line, at).into_iter().flat_map(|day| gaps(line, day));
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

/// The ends of rows of places from the line's start, the longest row first. A row may end within a word:
/// "WASHINGTON-" before its second dash.
fn places(line: &[u8]) -> Vec<usize> {
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
    const SMALL: [&str; 21] = [
        "de", "da", "di", "du", "of", "van", "von", "der", "den", "al", "el", "bin", "ibn", "ben", "la", "le", "dos",
        "del", "ter", "the", "and",
    ];
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
            let small = SMALL.iter().any(|small| small.as_bytes() == word);
            (small && line.get(start + length) == Some(&b' ')).then_some(start + length + 1)
        }
        b',' => Some(at + 1 + usize::from(line.get(at + 1) == Some(&b' '))),
        b'/' => Some(at + 1),
        _ => None,
    }
}

/// The end of the character that begins a word of a place: a capital, or a letter of Latin, Greek or Cyrillic.
fn begins_word(line: &[u8], at: usize) -> Option<usize> {
    match line.get(at..)? {
        [b'A'..=b'Z', ..] => Some(at + 1),
        [0xc3..=0xdf, 0x80..=0xbf, ..] => Some(at + 2),
        [0xe1, 0x80..=0xbf, 0x80..=0xbf, ..] => Some(at + 3),
        _ => None,
    }
}

/// The end of the next character of a word.
fn goes_on(line: &[u8], at: usize) -> Option<usize> {
    match line.get(at..)? {
        [b'a'..=b'z' | b'.' | b'\'' | b'-', ..] => Some(at + 1),
        [0xe2, 0x80, 0x98 | 0x99, ..] => Some(at + 3),
        _ => begins_word(line, at),
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
    let letters = |word: &[u8]| {
        let first = word.first().is_some_and(u8::is_ascii_uppercase);
        first && word.iter().all(u8::is_ascii_alphabetic)
    };
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

/// Where something begins that a space stands before, with or without a comma before the space.
fn behind_space(line: &[u8], at: usize) -> Option<usize> {
    let comma = at + usize::from(line.get(at) == Some(&b','));
    (line.get(comma) == Some(&b' ')).then_some(comma + 1)
}

/// The ends of a day behind a space.
fn days_behind(line: &[u8], at: usize) -> Vec<usize> {
    behind_space(line, at).map_or(Vec::new(), |at| days(line, at))
}

/// The ends of a day that begins here, with its weekday and its year or without: "Wed., April 12, 2017".
fn days(line: &[u8], at: usize) -> Vec<usize> {
    let mut ends = Vec::new();
    for at in weekday(line, at).into_iter().chain([at]) {
        let space = |end: usize| (line.get(end) == Some(&b' ')).then_some(end + 1);
        let first = months(line, at).filter_map(space).flat_map(|at| numbers(line, at));
        let last = numbers(line, at).filter_map(space).flat_map(|at| months(line, at));
        for end in first.chain(last) {
            let year = behind_space(line, end).filter(|&at| {
                let digits = line.get(at..at + 4);
                digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_digit))
            });
            ends.extend(year.map(|at| at + 4));
            ends.push(end);
        }
    }
    ends
}

/// What stands behind a weekday and its comma.
fn weekday(line: &[u8], at: usize) -> Option<usize> {
    const WEEKDAYS: [&str; 12] = [
        "mon", "tue", "tues", "wed", "wednes", "thu", "thur", "thurs", "fri", "sat", "satur", "sun",
    ];
    WEEKDAYS.iter().find_map(|name| {
        let end = word(line, at, name)?;
        let whole = word(line, end, "day").or_else(|| word(line, end, "."));
        behind_space(line, whole.unwrap_or(end))
    })
}

/// The ends of a month's name, in full or in short, with its stop or without.
fn months(line: &[u8], at: usize) -> impl Iterator<Item = usize> {
    const MONTHS: [&str; 24] = [
        "january",
        "jan",
        "february",
        "feb",
        "march",
        "mar",
        "april",
        "apr",
        "may",
        "june",
        "jun",
        "july",
        "jul",
        "august",
        "aug",
        "september",
        "sept",
        "sep",
        "october",
        "oct",
        "november",
        "nov",
        "december",
        "dec",
    ];
    let ends = MONTHS.iter().filter_map(move |name| word(line, at, name));
    ends.flat_map(|end| word(line, end, ".").into_iter().chain([end]))
}

/// The ends of a number of two figures or one.
fn numbers(line: &[u8], at: usize) -> impl Iterator<Item = usize> {
    let figures = line.get(at..).unwrap_or_default().iter().take(2);
    let count = figures.take_while(|byte| byte.is_ascii_digit()).count();
    (1..=count).rev().map(move |count| at + count)
}

/// The end of a word, in capitals or not.
fn word(line: &[u8], at: usize, word: &str) -> Option<usize> {
    let end = at + word.len();
    line.get(at..end)?.eq_ignore_ascii_case(word.as_bytes()).then_some(end)
}
