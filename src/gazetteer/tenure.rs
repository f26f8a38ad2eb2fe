//! What the dates of one tenure say about a day.
//!
//! In: first and last days, known to the day, the month or the year, or only a day on which the office was still held.
//! Out: whether it was held on a date and how sure that is. An open end is trusted for a while, longer for offices
//! that people keep longer, and never once a successor is known.

use jiff::civil::Date;

/// How sure it is that somebody held an office on a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// The last day they are known to have held it lies before the date, and no successor is known.
    Stale,
    /// The dates are known to the month or year only, and the date falls on the edge.
    Likely,
    /// The date lies between the first and the last day.
    Sure,
}

/// A person in an office from a day to a day. Dates are packed (year, month, day), with 0 for what is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tenure {
    /// The office's number.
    pub office: u32,
    /// The person's number.
    pub person: u32,
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) as_of: u32,
}

/// For how many days after the last one known an office is taken to be still held.
pub(crate) fn patience(role: Option<&str>) -> i32 {
    match role {
        Some("monarch" | "supreme-leader" | "crown-prince") => 5 * 365,
        Some("president" | "head-of-state") => 2 * 365,
        _ => 365,
    }
}

impl Tenure {
    /// Whether it was held on a date. `patience` is for open ends, and asked for those alone.
    pub(crate) fn on(&self, date: Date, patience: impl FnOnce() -> i32) -> Option<Certainty> {
        let start = earliest(self.start);
        if let Some(start) = start
            && date < start
        {
            return None;
        }
        if self.end != 0 && date > latest(self.end)? {
            return None;
        }
        let start_latest = latest(self.start);
        if self.end != 0 {
            let (end, end_latest) = (earliest(self.end)?, latest(self.end)?);
            // Of a tenure without a first day only the last year is taken for granted.
            if start.is_none() && days(date, end_latest) > 365 {
                return None;
            }
            let inside = start_latest.is_some_and(|latest| date >= latest) && date <= end;
            // Known to the day, both ends are inside.
            return Some(if inside { Certainty::Sure } else { Certainty::Likely });
        }
        let seen = latest(self.as_of).or(start_latest)?;
        if date <= seen {
            return match start_latest {
                Some(latest) if date >= latest => Some(Certainty::Sure),
                Some(_) => Some(Certainty::Likely),
                None if days(date, seen) <= 365 => Some(Certainty::Likely),
                None => None,
            };
        }
        (days(seen, date) <= patience()).then_some(Certainty::Stale)
    }

    /// Whether it began after another one of the same office, and by a date.
    pub(crate) fn follows(&self, other: &Tenure, date: Date) -> bool {
        let began = earliest(self.start).or(earliest(self.end)).or(earliest(self.as_of));
        let before = latest(other.as_of).or(latest(other.start));
        self.person != other.person
            && match (began, before) {
                (Some(began), Some(before)) => began <= date && latest(self.last()).is_some_and(|l| l > before),
                _ => false,
            }
    }

    fn last(&self) -> u32 {
        self.end.max(self.as_of).max(self.start)
    }

    /// The last day of an open tenure on which it is known to have been held.
    pub fn last_known(&self) -> Option<Date> {
        if self.end == 0 { latest(self.as_of) } else { None }
    }

    /// The first day, if known to the year at least (then the first day of it).
    pub fn first_day(&self) -> Option<Date> {
        earliest(self.start)
    }

    /// The last day, if it is known to have ended (then the last one that the known part of the date allows).
    pub fn last_day(&self) -> Option<Date> {
        latest(self.end)
    }

    /// The end of a tenure that was over by a date.
    pub(crate) fn over_by(&self, date: Date) -> Option<Date> {
        let end = latest(self.end).or(latest(self.as_of))?;
        (end < date).then_some(end)
    }

    /// 100 when held on the date, less the longer ago it was, little for the future.
    pub(crate) fn nearness(&self, date: Date) -> u32 {
        let start = earliest(self.start).or(earliest(self.end)).or(earliest(self.as_of));
        let end = latest(self.end).or(latest(self.as_of)).or(latest(self.start));
        let (Some(start), Some(end)) = (start, end) else {
            return 0;
        };
        if date < start {
            return if days(date, start) <= 365 { 20 } else { 4 };
        }
        match days(end, date) {
            ..=0 => 100,
            past if self.end == 0 && past <= 365 => 90,
            past if past <= 365 => 70,
            past if past <= 4 * 365 => 40,
            past if past <= 12 * 365 => 20,
            _ => 10,
        }
    }

    /// The dates as they are known: "2016", "2016-02", "2016-02-11" or empty.
    pub fn written(&self) -> [String; 3] {
        [self.start, self.end, self.as_of].map(|packed| {
            let (year, month, day) = parts(packed);
            match (year, month, day) {
                (0, ..) => String::new(),
                (year, 0, _) => format!("{year:04}"),
                (year, month, 0) => format!("{year:04}-{month:02}"),
                (year, month, day) => format!("{year:04}-{month:02}-{day:02}"),
            }
        })
    }
}

fn parts(packed: u32) -> (i16, i8, i8) {
    ((packed >> 9) as i16, (packed >> 5 & 15) as i8, (packed & 31) as i8)
}

/// The first day that a packed date can mean.
fn earliest(packed: u32) -> Option<Date> {
    let (year, month, day) = parts(packed);
    (year > 0)
        .then(|| Date::new(year, month.max(1), day.max(1)).ok())
        .flatten()
}

/// The last day that a packed date can mean.
fn latest(packed: u32) -> Option<Date> {
    let (year, month, day) = parts(packed);
    if year == 0 {
        return None;
    }
    let month = if month == 0 { 12 } else { month };
    let first = Date::new(year, month, 1).ok()?;
    match day {
        0 => Some(first.last_of_month()),
        day => Date::new(year, month, day).ok(),
    }
}

fn days(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}
