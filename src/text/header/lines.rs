//! Lines of dates: "Published: April 12, 2017 at 9:30 a.m. EDT", "Updated 1:14 PM ET, Wed April 12, 2017".
//!
//! In: a line. Out: the day that it states and what it says of that day, if it holds nothing else than dates and what
//! stands beside them: a word for what they are, a place, times and zones. A weekday or a zone decides how a day in
//! numbers is read.

use super::dateline::places;
use crate::text::byline;
use crate::text::days::{Day, Order, day, has_year, number, spaces, weekday, word};
use jiff::civil::{Date, Weekday};

/// What a line of dates states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dated {
    pub(super) day: Day,
    /// Whether it says that this is the day of publication.
    pub(super) published: bool,
    /// Whether it is the day of a later change.
    pub(super) updated: bool,
    /// Whether a place or another name stands before the day.
    pub(super) placed: bool,
    /// Where "by Ana Orlo" begins, if the line ends so.
    pub(super) by: Option<usize>,
}

/// Reads a line that holds nothing but dates and what stands beside them.
pub(super) fn read(text: &str) -> Option<Dated> {
    let line = text.as_bytes();
    if !has_year(line) {
        return None;
    }
    let open = usize::from(matches!(line.first(), Some(b'(' | b'[')));
    let label = label(line, open);
    let at = label.as_ref().map_or(0, |label| label.end);
    let updated = label.as_ref().is_some_and(|label| label.updated);
    let dated = |found: Found, placed: bool| Dated {
        day: found.day,
        published: label.is_some() && !updated,
        updated,
        placed,
        by: found.by,
    };
    if let Some(found) = whole(text, at) {
        return Some(dated(found, false));
    }
    // A place, or what the paper is called, with a comma or a dash behind it.
    let at = at + spaces(line, at);
    let ends = places(&line[at..]).into_iter();
    let found = ends.filter_map(|length| whole(text, at + length)).next()?;
    Some(dated(found, true))
}

/// A day, and what stands behind it.
struct Found {
    day: Day,
    by: Option<usize>,
}

/// A day from here to the end of the line, but for what may stand beside one.
fn whole(text: &str, mut at: usize) -> Option<Found> {
    let line = text.as_bytes();
    let mut beside = Beside::default();
    let day = loop {
        match day(line, at) {
            Some(day) => break day,
            None => at = beside.pass(line, at)?,
        }
    };
    at = day.range.end;
    let mut by = None;
    while at < line.len() && label(line, at).is_none() {
        at = match beside.pass(line, at) {
            Some(next) => next,
            // The stop of "This article was published on 12 April 2017."
            None if line[at..] == *b"." => at + 1,
            // Whose it is: "/ CBS/AP", "by Ana Orlo".
            None => {
                let rest = text.get(at..)?;
                by = byline::is_by(rest).then_some(at);
                if by.is_none() && !rest.split('/').all(byline::is_owner) {
                    return None;
                }
                line.len()
            }
        };
    }
    let day = beside.decide(day);
    Some(Found { day, by })
}

/// What stands beside a day and may tell how it is written.
#[derive(Debug, Default)]
struct Beside {
    weekday: Option<Weekday>,
    order: Option<Order>,
}

impl Beside {
    /// A day of numbers, decided by what stands beside it.
    fn decide(&self, day: Day) -> Day {
        let fits = |date: Date| self.weekday == Some(date.weekday());
        match day.order_by(fits).or(self.order) {
            Some(order) => day.by(order),
            None => day,
        }
    }

    /// Passes over one thing that may stand beside a day: a time, a zone, a weekday, a sign.
    fn pass(&mut self, line: &[u8], at: usize) -> Option<usize> {
        const SIGNS: [&str; 14] = [
            " ", ",", "|", "(", ")", ":", "•", "·", "–", "—", "-", "\u{a0}", "\u{202f}", "/",
        ];
        const WORDS: [&str; 20] = [
            "at", "on", "local", "time", "standard", "daylight", "summer", "eastern", "central", "mountain", "pacific",
            "european", "noon", "midnight", "am", "a.m.", "a.m", "pm", "p.m.", "p.m",
        ];
        let rest = line.get(at..)?;
        if let Some(end) = offset(line, at) {
            return Some(end);
        }
        if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(sign.as_bytes())) {
            return Some(at + sign.len());
        }
        if let Some((end, weekday)) = weekday(line, at) {
            self.weekday = Some(weekday);
            return Some(end);
        }
        if let Some((end, order)) = zone(line, at) {
            self.order = self.order.or(order);
            return Some(end);
        }
        if let Some(end) = time(line, at) {
            return Some(end);
        }
        // "2017-04-12T10:15:00Z"
        if rest.len() > 1 && rest[0] == b'T' && rest[1].is_ascii_digit() {
            return Some(at + 1);
        }
        WORDS.iter().find_map(|known| word(line, at, known))
    }
}

/// The end of a time or of what is counted in minutes: "10:15", "10.15.30", "9:30am", "1014 GMT", "4 min read".
fn time(line: &[u8], at: usize) -> Option<usize> {
    let (mut end, _) = number(line, at, 1..=2).or_else(|| number(line, at, 4..=4))?;
    let four = end == at + 4;
    let mut parts = 0;
    while let Some(b':' | b'.' | b'h') = line.get(end)
        && let Some((further, _)) = number(line, end + 1, 2..=6)
        && !four
    {
        end = further;
        parts += 1;
    }
    let space = end + spaces(line, end);
    let half = ["a.m.", "p.m.", "a.m", "p.m", "am", "pm"]
        .iter()
        .find_map(|half| word(line, space, half));
    if let Some(half) = half.filter(|_| !four) {
        return Some(half);
    }
    let read = ["min read", "mins read", "minute read", "minutes read", "minutes", "min"];
    let behind = read.iter().find_map(|read| word(line, space, read));
    match (parts, four) {
        (1.., _) => Some(end),
        // "0930 GMT": four digits alone are a year.
        (0, true) => zone(line, space).map(|_| end),
        _ => behind,
    }
}

/// The end of a distance from Greenwich: "+01:00", "-0500", "+3". A hyphen before other numbers is a dash.
fn offset(line: &[u8], at: usize) -> Option<usize> {
    let sign = match line.get(at..)? {
        [b'+', ..] => true,
        [b'-', hours, ..] => matches!(hours, b'0' | b'1'),
        _ => false,
    };
    let (end, _) = number(line, at + 1, 4..=4)
        .or_else(|| number(line, at + 1, 1..=2))
        .filter(|_| sign)?;
    let minutes = line.get(end) == Some(&b':');
    Some(
        number(line, end + 1, 2..=2)
            .filter(|_| minutes)
            .map_or(end, |(end, _)| end),
    )
}

/// The end of a time zone, and how dates are written where it is used, if that is the same everywhere there.
fn zone(line: &[u8], at: usize) -> Option<(usize, Option<Order>)> {
    const AMERICAN: [&str; 12] = [
        "et", "est", "edt", "ct", "cst", "cdt", "mt", "mst", "mdt", "pt", "pst", "pdt",
    ];
    const OTHERS: [&str; 14] = [
        "bst", "cet", "cest", "eet", "eest", "msk", "ist", "pkt", "sgt", "hkt", "aest", "aedt", "nzst", "nzdt",
    ];
    const ANY: [&str; 5] = ["gmt", "utc", "z", "jst", "kst"];
    let one_of = |names: &[&str]| names.iter().find_map(|name| word(line, at, name));
    if let Some(end) = one_of(&AMERICAN) {
        return Some((end, Some(Order::Month)));
    }
    if let Some(end) = one_of(&OTHERS) {
        return Some((end, Some(Order::Day)));
    }
    let end = one_of(&ANY)?;
    Some((offset(line, end).unwrap_or(end), None))
}

/// What a line of dates begins with, and where it ends.
struct Label {
    end: usize,
    updated: bool,
}

/// "Published", "Last updated:", "This article was first published on"
fn label(line: &[u8], at: usize) -> Option<Label> {
    const BEFORE: [&str; 12] = [
        "this article was ",
        "this story was ",
        "this report was ",
        "this post was ",
        "this page was ",
        "article ",
        "story ",
        "date ",
        "web ",
        "first ",
        "originally ",
        "last ",
    ];
    const PUBLISHED: [&str; 11] = [
        "published",
        "posted",
        "issued",
        "released",
        "created",
        "filed",
        "uploaded",
        "printed",
        "publication date",
        "issue date",
        "date",
    ];
    const UPDATED: [&str; 6] = ["updated", "update", "modified", "revised", "edited", "corrected"];
    let begins = |at: usize, words: &str| {
        line.get(at..at + words.len())
            .is_some_and(|w| w.eq_ignore_ascii_case(words.as_bytes()))
    };
    let mut start = at;
    // "This article was" and "first".
    for _ in 0..2 {
        start += BEFORE
            .iter()
            .find(|words| begins(start, words))
            .map_or(0, |words| words.len());
    }
    // "Date" is both.
    let found = [start, at].into_iter().find_map(|start| {
        let first_of = |names: &[&str]| names.iter().find_map(|name| word(line, start, name));
        let updated = first_of(&UPDATED).map(|end| (end, true));
        updated.or_else(|| first_of(&PUBLISHED).map(|end| (end, false)))
    });
    let (end, updated) = found?;
    let online = [" online", " date"].iter().find_map(|more| word(line, end, more));
    Some(Label {
        end: online.unwrap_or(end),
        updated,
    })
}
