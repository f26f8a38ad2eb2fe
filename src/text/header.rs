//! What the lines around an article say of it: who wrote it, on which day, where, for which agency.
//!
//! In: text and paragraphs. Out: a [`Header`] of places in the text. Only the first and the last few paragraphs are
//! looked at, and of those only lines of the right shape, so that the patterns cost next to nothing: they are compiled
//! when the first such line is met, and read bytes, in which a letter beyond ASCII is its sequence.
//!
//! Nothing is concluded that does not stand there: a dateline without a year gives no date.

mod dateline;
mod patterns;

use super::paragraphs::{Paragraph, Role};
use crate::span::Span;
use jiff::civil::Date;
use patterns::{DATE, DATE_LINE, NAME, find};
use regex::bytes::Captures;

/// What a text says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Header {
    /// The authors' names: those of the byline, else those of the credit below the text.
    pub authors: Vec<Span>,
    /// The day of publication.
    pub date: Option<Stated>,
    /// Where and when it was written, as printed: "MOSCOW, April 12 (Reuters)".
    pub dateline: Option<Span>,
    /// The news agency that the dateline names.
    pub agency: Option<Span>,
    /// The lines that are nothing but header, as indices of paragraphs in order: bylines and dates.
    pub lines: Vec<u32>,
}

/// A day, and the words that state it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stated {
    /// The day.
    pub day: Date,
    /// "April 12, 2017".
    pub span: Span,
}

/// So many paragraphs are the first ones, which may hold titles, bylines and dates.
const FIRST: usize = 8;
/// So many are the last ones, with credits.
const LAST: usize = 4;
/// The dateline begins one of so many first paragraphs of prose.
const LEAD: usize = 3;
/// Longest line of a header, in bytes; datelines end within as many.
const LINE: usize = 120;

impl Header {
    /// The authors' names with commas between them.
    pub fn author(&self, text: &str) -> Option<String> {
        let names: Vec<&str> = self.authors.iter().map(|name| name.of(text)).collect();
        (!names.is_empty()).then(|| names.join(", "))
    }
}

/// Reads the header of a text that is laid out.
pub fn read(text: &str, paragraphs: &[Paragraph]) -> Header {
    let mut header = Header::default();
    let mut updated = None;
    let last = paragraphs.len().saturating_sub(LAST).max(FIRST);
    let ends = (0..paragraphs.len().min(FIRST)).chain(last.min(paragraphs.len())..paragraphs.len());
    for index in ends {
        let paragraph = &paragraphs[index];
        if paragraph.span.len() > LINE {
            continue;
        }
        let line = Line {
            text: paragraph.span.of(text),
            start: paragraph.span.start,
        };
        if let Some(dated) = line.date() {
            header.lines.push(index as u32);
            // A line at the end, or a first one that begins with other words, must say that it is about the text.
            let sure = dated.published || index < FIRST && !dated.updated && (index > 0 || !dated.placed);
            if dated.updated {
                updated = updated.or(Some(dated.stated));
            } else if sure && header.date.is_none() {
                header.date = Some(dated.stated);
            }
        } else if paragraph.role == Role::Boilerplate("byline") && index < FIRST {
            header.lines.push(index as u32);
            if header.authors.is_empty() {
                header.authors = line.authors(2);
            }
            header.date = header.date.or_else(|| line.day());
        }
    }
    let prose = paragraphs.iter().take(FIRST).filter(|p| p.role == Role::Body);
    let dateline = prose.take(LEAD).find_map(|paragraph| {
        Line {
            text: start_of(paragraph.span.of(text)),
            start: paragraph.span.start,
        }
        .dateline()
    });
    if let Some(dateline) = dateline {
        header.date = header.date.or(dateline.stated);
        header.dateline = Some(dateline.span);
        header.agency = dateline.agency;
    }
    if header.authors.is_empty() {
        let ends = &paragraphs[paragraphs.len().saturating_sub(LAST)..];
        let mut credits = ends.iter().filter(|paragraph| paragraph.role != Role::Body);
        header.authors = credits
            .find_map(|paragraph| credit(text, paragraph))
            .unwrap_or_default();
    }
    // A text that names no other day was there on the one it was updated on.
    header.date = header.date.or(updated);
    header
}

/// The names behind "Reporting by", with or without a bracket before it.
fn credit(text: &str, paragraph: &Paragraph) -> Option<Vec<Span>> {
    const LEADS: [&str; 3] = ["reporting by ", "written by ", "writing by "];
    let whole = paragraph.span.of(text);
    let inner = whole.trim_start_matches(['(', '[']);
    let lead = LEADS.iter().find(|lead| {
        let start = inner.get(..lead.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(lead))
    })?;
    let line = Line {
        text: start_of(inner),
        start: paragraph.span.start + (whole.len() - inner.len()) as u32,
    };
    let authors = line.authors(lead.len() - 1);
    (!authors.is_empty()).then_some(authors)
}

/// Bytes up to the dash, the slash or the bracket of a dateline.
const LONGEST_DATELINE: usize = 120;

/// The first bytes of a paragraph.
fn start_of(text: &str) -> &str {
    let end = (0..=text.len().min(LINE)).rev().find(|&at| text.is_char_boundary(at));
    &text[..end.unwrap_or(0)]
}

/// A line, or the beginning of one, and where it begins.
struct Line<'t> {
    text: &'t str,
    start: u32,
}

/// What a line of dates states.
struct Dated {
    stated: Stated,
    /// Whether it says that this is the day of publication.
    published: bool,
    /// Whether it is the day of a later change.
    updated: bool,
    /// Whether a place stands before the day.
    placed: bool,
}

struct Dateline {
    span: Span,
    agency: Option<Span>,
    stated: Option<Stated>,
}

impl Line<'_> {
    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.start as usize + start, self.start as usize + end)
    }

    fn group(&self, captures: &Captures, names: &[&str]) -> Option<Span> {
        let found = names.iter().find_map(|name| captures.name(name))?;
        Some(self.span(found.start(), found.end()))
    }

    /// The names that stand in a row behind byte `at`.
    fn authors(&self, mut at: usize) -> Vec<Span> {
        let mut authors = Vec::new();
        while let Some(rest) = self.text.get(at..)
            && let Some(found) = find(&NAME, rest)
            && let Some(name) = found.name("name")
            && (authors.is_empty() || found.name("sep").is_some())
        {
            let words = &rest[name.range()];
            let Some(length) = person(words) else { break };
            authors.push(self.span(at + name.start(), at + name.start() + length));
            if length < words.len() {
                break;
            }
            at += found.get(0).map_or(rest.len(), |whole| whole.end());
        }
        authors
    }

    /// Whether it has four digits in a row, and a month beside a number or a hyphen behind digits, as each way of writing
    /// a date does. To make the patterns takes longer than to read an article, so this is asked first.
    fn may_state_day(&self) -> bool {
        let mut digits = 0;
        let year = self.text.bytes().any(|byte| {
            digits = if byte.is_ascii_digit() { digits + 1 } else { 0 };
            digits == 4
        });
        year && dateline::names_day(self.text)
    }

    /// The day that is stated anywhere in it.
    fn day(&self) -> Option<Stated> {
        let found = self.may_state_day().then(|| find(&DATE, self.text)).flatten()?;
        self.stated(&found)
    }

    /// What it states if it is a line of dates and nothing else.
    fn date(&self) -> Option<Dated> {
        let found = self.may_state_day().then(|| find(&DATE_LINE, self.text)).flatten()?;
        let label = found
            .name("label")
            .map(|label| self.text[label.range()].to_ascii_lowercase());
        let label = label.unwrap_or_default();
        let updated = ["updat", "modif", "revis"].iter().any(|word| label.contains(word));
        Some(Dated {
            stated: self.stated(&found)?,
            published: !label.is_empty() && !updated,
            updated,
            placed: found.name("place").is_some(),
        })
    }

    fn stated(&self, found: &Captures) -> Option<Stated> {
        let number = |names: &[&str]| {
            let digits = names.iter().find_map(|name| found.name(name))?;
            std::str::from_utf8(digits.as_bytes()).ok()?.parse::<i16>().ok()
        };
        let month = match number(&["mi"]) {
            Some(month) => month,
            None => month(names(found, &["ma", "mb"])?)?,
        };
        let day = Date::new(
            number(&["ya", "yb", "yi"])?,
            i8::try_from(month).ok()?,
            i8::try_from(number(&["da", "db", "di"])?).ok()?,
        );
        Some(Stated {
            day: day.ok()?,
            span: self.group(found, &["date"])?,
        })
    }

    /// Whether it begins as datelines do: few words, short or with capitals and figures, up to a dash, a slash or a
    /// bracket.
    fn may_be_dated(&self) -> bool {
        let signs = |at: char| matches!(at, '(' | '/' | '–' | '—' | '―');
        let sign = self.text.find(signs);
        let dash = [self.text.find("--"), self.text.find(" -")].into_iter().flatten().min();
        let Some(end) = sign.into_iter().chain(dash).min() else {
            return false;
        };
        let mut words = self.text[..end].split_whitespace();
        // "of", "and", "van"
        let fits = |word: &str| word.len() <= 3 || word.chars().next().is_some_and(|first| !first.is_lowercase());
        end <= LONGEST_DATELINE && words.all(fits)
    }

    /// The dateline that it begins with.
    fn dateline(&self) -> Option<Dateline> {
        let found = self.may_be_dated().then(|| dateline::read(self.text)).flatten()?;
        let words = found.agency.clone().map_or("", |agency| &self.text[agency]);
        let agency = found.agency.map(|agency| self.span(agency.start, agency.end));
        let behind = &self.text[found.end..];
        let dash = behind.trim_start().starts_with(['-', '–', '—', '―']);
        let ends = match agency {
            // "(AP) The talks", but not "(Laughter) The talks" nor "Marsh (Democrat) won".
            Some(_) if !dash => {
                let capitals = words.len() <= 5 && words.bytes().all(|byte| byte.is_ascii_uppercase());
                found.wire || found.places.is_none() && capitals
            }
            _ => dash,
        };
        if !ends {
            return None;
        }
        // Without agency and day, a place must be in capitals: "Vela — the capital — is quiet" is a sentence.
        let place = &self.text.as_bytes()[..found.places.unwrap_or(0)];
        let shouted = place.len() > 2 && !place.iter().any(u8::is_ascii_lowercase);
        if agency.is_none() && !found.dated && (!shouted || KICKERS.iter().any(|word| place == word.as_bytes())) {
            return None;
        }
        let inner = Line {
            text: &self.text[..found.end],
            start: self.start,
        };
        Some(Dateline {
            span: self.span(0, found.end),
            agency,
            stated: inner.day(),
        })
    }
}

fn names<'c>(captures: &Captures<'c>, names: &[&str]) -> Option<&'c [u8]> {
    names
        .iter()
        .find_map(|name| captures.name(name))
        .map(|found| found.as_bytes())
}

/// The number of a month by its first three letters.
fn month(name: &[u8]) -> Option<i16> {
    const MONTHS: &[u8] = b"janfebmaraprmayjunjulaugsepoctnovdec";
    let start = name.get(..3)?.to_ascii_lowercase();
    let at = MONTHS.chunks(3).position(|month| month == start)?;
    Some(at as i16 + 1)
}

/// Words that stand before a headline's dash and are no places.
const KICKERS: [&str; 13] = [
    "ANALYSIS",
    "BREAKING",
    "EXCLUSIVE",
    "EXPLAINER",
    "FACTBOX",
    "INTERVIEW",
    "LIVE",
    "OPINION",
    "TIMELINE",
    "U.S.",
    "UPDATE",
    "VIDEO",
    "WATCH",
];

/// How many bytes of a chain of capitals are a person's name: up to a word for what somebody is. None if it is the name
/// of no person: "The Vela Star", "New York".
fn person(words: &str) -> Option<usize> {
    const POSTS: [&str; 22] = [
        "agency",
        "analyst",
        "associated",
        "bureau",
        "chief",
        "columnist",
        "contributor",
        "correspondent",
        "desk",
        "diplomatic",
        "editor",
        "foreign",
        "national",
        "news",
        "political",
        "press",
        "reporter",
        "senior",
        "special",
        "staff",
        "white",
        "writer",
    ];
    const NO_NAMES: [&str; 7] = ["los", "new", "our", "saint", "san", "the", "united"];
    let mut end = 0;
    let mut count = 0;
    for word in words.split(' ') {
        let lower = word.to_ascii_lowercase();
        let bare = lower.trim_end_matches(['.', '\'']);
        if POSTS.contains(&bare) || count == 0 && NO_NAMES.contains(&bare) {
            break;
        }
        end = word.as_ptr() as usize + word.len() - words.as_ptr() as usize;
        count += usize::from(!word.is_empty());
    }
    (count >= 2).then_some(end)
}

#[cfg(test)]
mod tests;
