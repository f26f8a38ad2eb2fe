//! Days as newspapers write them: "April 12, 2017", "12th of April 2017", "12-Apr-2017", "2017-04-12", "12/04/2017".
//!
//! In: a line and a place in it. Out: the day that stands there and where it ends. Read by hand: to make a pattern of
//! this takes longer than to read ten articles.
//!
//! Nothing is concluded that does not stand there: a day needs a year of four digits, and "12/04/2017" is left open,
//! until something beside it tells which of the numbers is the month.

use jiff::civil::{Date, Weekday};
use std::ops::{Range, RangeInclusive};

/// What stands first in a day of numbers only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// 31/12/2017
    Day,
    /// 12/31/2017
    Month,
}

/// A day in a line, and where it stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) range: Range<usize>,
    reading: Reading,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    Written(Date),
    /// Numbers that can be read in one way only.
    Numbers(Date, Order),
    /// Numbers with the day first, with the month first.
    Open(Date, Date),
}

impl Day {
    /// The day, if it does not depend on an order, or by this order.
    pub(super) fn date(&self, order: Option<Order>) -> Option<Date> {
        match (self.reading, order) {
            (Reading::Written(date) | Reading::Numbers(date, _), _) => Some(date),
            (Reading::Open(date, _), Some(Order::Day)) | (Reading::Open(_, date), Some(Order::Month)) => Some(date),
            (Reading::Open(..), None) => None,
        }
    }

    /// The order of its numbers, if they tell it.
    pub(super) fn order(&self) -> Option<Order> {
        match self.reading {
            Reading::Numbers(_, order) => Some(order),
            _ => None,
        }
    }

    /// The same day, its numbers read by this order if they do not tell their own.
    pub(super) fn by(self, order: Order) -> Day {
        let reading = match (self.reading, order) {
            (Reading::Open(date, _), Order::Day) | (Reading::Open(_, date), Order::Month) => {
                Reading::Numbers(date, order)
            }
            (reading, _) => reading,
        };
        Day { reading, ..self }
    }

    /// The order by which it fits, if only one does and its numbers do not tell.
    pub(super) fn order_by(&self, fits: impl Fn(Date) -> bool) -> Option<Order> {
        let Reading::Open(first, second) = self.reading else {
            return None;
        };
        match (fits(first), fits(second)) {
            (true, false) => Some(Order::Day),
            (false, true) => Some(Order::Month),
            _ => None,
        }
    }
}

/// The first day that stands anywhere in a line.
pub(super) fn find(line: &str) -> Option<Day> {
    let line = line.as_bytes();
    if !has_year(line) {
        return None;
    }
    beginnings(line).find_map(|at| day(line, at))
}

/// The ends of a day that begins here, with its weekday and its year or without: "Wed., April 12, 2017", "12 April".
pub(super) fn partial(line: &[u8], at: usize) -> Vec<usize> {
    let mut ends = Vec::new();
    let weekday = weekday(line, at).and_then(|(end, _)| behind_space(line, end));
    for at in weekday.into_iter().chain([at]) {
        for (end, ..) in month_and_day(line, at) {
            let year = behind_space(line, end).filter(|&at| number(line, at, 4..=4).is_some());
            ends.extend(year.map(|at| at + 4));
            ends.push(end);
        }
    }
    ends
}

/// The first month and day that stand in words, with a year or without: "MOSCOW, April 12".
pub(super) fn month_and_day_in(words: &str) -> Option<(i8, i8)> {
    let line = words.as_bytes();
    beginnings(line).find_map(|at| month_and_day(line, at).next().map(|(_, month, day)| (month, day)))
}

/// Where a word or a number may begin.
fn beginnings(line: &[u8]) -> impl Iterator<Item = usize> {
    (0..line.len()).filter(|&at| at == 0 || !line[at - 1].is_ascii_alphanumeric())
}

/// Where something begins that a space stands before, with or without a comma before the space.
pub(super) fn behind_space(line: &[u8], at: usize) -> Option<usize> {
    let comma = at + usize::from(line.get(at) == Some(&b','));
    (line.get(comma) == Some(&b' ')).then_some(comma + 1)
}

/// Whether four digits stand in a row.
pub(super) fn has_year(line: &[u8]) -> bool {
    line.windows(4).any(|four| four.iter().all(u8::is_ascii_digit))
}

/// The day with its year that begins here: "April 12, 2017", "12th of April 2017", "12-Apr-2017", "2017-04-12",
/// "12/04/2017".
pub(super) fn day(line: &[u8], at: usize) -> Option<Day> {
    let (end, reading) = named(line, at).or_else(|| numbered(line, at))?;
    let ends = !line.get(end).is_some_and(u8::is_ascii_digit);
    ends.then_some(Day {
        range: at..end,
        reading,
    })
}

fn named(line: &[u8], at: usize) -> Option<(usize, Reading)> {
    let found = month_and_day(line, at).find_map(|(end, month, day)| {
        let (end, year) = number(line, behind_space(line, end)?, 4..=4)?;
        Some((end, year, month, day))
    });
    let hyphened = || {
        let (end, day) = number(line, at, 1..=2)?;
        let sign = line.get(end).filter(|sign| matches!(sign, b'-' | b'/'))?;
        let (end, month) = months(line, end + 1).find(|(end, _)| line.get(*end) == Some(sign))?;
        let (end, year) = number(line, end + 1, 4..=4)?;
        Some((end, year, month, i8::try_from(day).ok()?))
    };
    let (end, year, month, day) = found.or_else(hyphened)?;
    Some((end, Reading::Written(Date::new(year, month, day).ok()?)))
}

fn numbered(line: &[u8], at: usize) -> Option<(usize, Reading)> {
    let (end, first) = number(line, at, 4..=4).or_else(|| number(line, at, 1..=2))?;
    let sign = line.get(end).filter(|sign| matches!(sign, b'-' | b'/' | b'.'))?;
    let (middle, second) = number(line, end + 1, 1..=2).filter(|(end, _)| line.get(*end) == Some(sign))?;
    let date =
        |year: i16, month: i16, day: i16| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    if end == at + 4 {
        let (end, third) = number(line, middle + 1, 1..=2)?;
        return Some((end, Reading::Written(date(first, second, third)?)));
    }
    let (end, year) = number(line, middle + 1, 4..=4)?;
    let reading = match (date(year, second, first), date(year, first, second)) {
        (Some(one), Some(other)) if one == other => Reading::Written(one),
        (Some(one), Some(other)) => Reading::Open(one, other),
        (Some(date), None) => Reading::Numbers(date, Order::Day),
        (None, date) => Reading::Numbers(date?, Order::Month),
    };
    Some((end, reading))
}

/// A month and the number of a day that begin here, in either order: where they end, the month, the day.
pub(super) fn month_and_day(line: &[u8], at: usize) -> impl Iterator<Item = (usize, i8, i8)> {
    let space = |end: usize| (line.get(end) == Some(&b' ')).then_some(end + 1);
    let first = months(line, at).filter_map(move |(end, month)| {
        let (end, day) = ordinal(line, space(end)?)?;
        Some((end, month, day))
    });
    let last = ordinal(line, at).into_iter().flat_map(move |(end, day)| {
        let of = word(line, end, " of").unwrap_or(end);
        let months = space(of).into_iter().flat_map(|at| months(line, at));
        months.map(move |(end, month)| (end, month, day))
    });
    first.chain(last)
}

/// "12", "12th"
fn ordinal(line: &[u8], at: usize) -> Option<(usize, i8)> {
    let (end, day) = number(line, at, 1..=2)?;
    let ending = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|ending| word(line, end, ending));
    Some((ending.unwrap_or(end), i8::try_from(day).ok()?))
}

/// The end of a weekday, in full or in short, with its stop or without, and which it is.
pub(super) fn weekday(line: &[u8], at: usize) -> Option<(usize, Weekday)> {
    const WEEKDAYS: [(&str, Weekday); 12] = [
        ("mon", Weekday::Monday),
        ("tue", Weekday::Tuesday),
        ("tues", Weekday::Tuesday),
        ("wed", Weekday::Wednesday),
        ("wednes", Weekday::Wednesday),
        ("thu", Weekday::Thursday),
        ("thur", Weekday::Thursday),
        ("thurs", Weekday::Thursday),
        ("fri", Weekday::Friday),
        ("sat", Weekday::Saturday),
        ("satur", Weekday::Saturday),
        ("sun", Weekday::Sunday),
    ];
    let mut named = WEEKDAYS.iter().filter(|(name, _)| begins_alike(line, at, name));
    named.find_map(|&(name, weekday)| {
        let end = begun(line, at, name)?;
        let whole = word(line, end, "day").or_else(|| word(line, end, "."));
        Some((whole.or_else(|| word(line, at, name))?, weekday))
    })
}

/// The ends of a month's name, in full or in short, with its stop or without, and its number.
fn months(line: &[u8], at: usize) -> impl Iterator<Item = (usize, i8)> {
    const MONTHS: [(&str, i8); 24] = [
        ("january", 1),
        ("jan", 1),
        ("february", 2),
        ("feb", 2),
        ("march", 3),
        ("mar", 3),
        ("april", 4),
        ("apr", 4),
        ("may", 5),
        ("june", 6),
        ("jun", 6),
        ("july", 7),
        ("jul", 7),
        ("august", 8),
        ("aug", 8),
        ("september", 9),
        ("sept", 9),
        ("sep", 9),
        ("october", 10),
        ("oct", 10),
        ("november", 11),
        ("nov", 11),
        ("december", 12),
        ("dec", 12),
    ];
    let named = MONTHS.iter().filter(move |(name, _)| begins_alike(line, at, name));
    let ends = named.filter_map(move |&(name, number)| Some((begun(line, at, name)?, number)));
    ends.flat_map(|(end, number)| {
        let stop = (line.get(end) == Some(&b'.')).then_some((end + 1, number));
        stop.into_iter().chain([(end, number)])
    })
}

/// A number of so many figures, of which none follows, and where it ends.
pub(super) fn number(line: &[u8], at: usize, figures: RangeInclusive<usize>) -> Option<(usize, i16)> {
    let rest = line.get(at..)?;
    let length = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let digits = std::str::from_utf8(&rest[..length]).ok()?;
    let value = digits.get(digits.len().saturating_sub(4)..)?.parse().ok()?;
    figures.contains(&length).then_some((at + length, value))
}

/// The length of a space, if one stands there.
pub(super) fn spaces(line: &[u8], at: usize) -> usize {
    usize::from(line.get(at) == Some(&b' '))
}

/// The end of a word, in capitals or not, that no letter follows.
pub(super) fn word(line: &[u8], at: usize, word: &str) -> Option<usize> {
    let end = begun(line, at, word)?;
    (!line.get(end).is_some_and(u8::is_ascii_alphanumeric)).then_some(end)
}

/// Whether the letters that words begin with are the same: of the names of days and months hardly any is left.
fn begins_alike(line: &[u8], at: usize, word: &str) -> bool {
    let letter = line.get(at).map(u8::to_ascii_lowercase);
    letter.is_some() && letter == word.bytes().next()
}

/// Where a word's beginning ends, in capitals or not.
fn begun(line: &[u8], at: usize, word: &str) -> Option<usize> {
    let end = at + word.len();
    line.get(at..end)?.eq_ignore_ascii_case(word.as_bytes()).then_some(end)
}
