//! What the lines around an article say of it: who wrote it, on which day, where, for which agency.
//!
//! In: text and paragraphs. Out: a [`Header`] of places in the text. Only the first and the last few paragraphs are
//! looked at, and of those only short lines.
//!
//! Nothing is concluded that does not stand there: a dateline without a year gives no date, and "12/04/2017" is a day
//! only where the article tells which of the numbers is the month.

mod dateline;
mod lines;

use super::byline;
use super::days::{self, Day, Order};
use super::paragraphs::{Paragraph, Role};
use crate::span::Span;
use jiff::civil::Date;
use lines::Dated;
use std::ops::Range;

/// What a text says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Header {
    /// The authors' names: those of the byline, else those of the credit below the text.
    pub authors: Vec<Span>,
    /// The day of publication.
    pub date: Option<Stated>,
    /// Where and when it was written, as printed: "MOSCOW, April 12 (Reuters)".
    pub dateline: Option<Span>,
    /// The news agency: the one that the dateline names, else the one that a line gives credit to.
    pub agency: Option<Span>,
    /// The lines that are nothing but header, as indices of paragraphs in order: bylines, dates and credits to agencies.
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
const LINE: usize = byline::LONGEST;
/// What prose ends with.
const ENDS: [char; 8] = ['.', '!', '?', '"', '”', '’', '\'', ')'];

impl Header {
    /// The authors' names with commas between them.
    pub fn author(&self, text: &str) -> Option<String> {
        let names: Vec<&str> = self.authors.iter().map(|name| name.of(text)).collect();
        (!names.is_empty()).then(|| names.join(", "))
    }
}

/// Reads the header of a text that is laid out.
pub fn read(text: &str, paragraphs: &[Paragraph]) -> Header {
    let last = paragraphs.len().saturating_sub(LAST).max(FIRST).min(paragraphs.len());
    let ends = (0..paragraphs.len().min(FIRST)).chain(last..paragraphs.len());
    let short = ends.filter(|&index| paragraphs[index].span.len() <= LINE);
    let lines: Vec<(usize, Line, Option<Dated>)> = short
        .map(|index| {
            let line = Line::new(text, paragraphs[index].span);
            let dated = lines::read(line.text);
            (index, line, dated)
        })
        .collect();
    let body = paragraphs.iter().take(FIRST).filter(|p| p.role == Role::Body);
    let dateline = body.take(LEAD).find_map(|paragraph| {
        let start = start_of(paragraph.span.of(text));
        let line = Line::at(start, paragraph.span.start as usize);
        let prose = || paragraph.span.of(text).ends_with(ENDS) && !has_labels(text, paragraphs);
        line.dateline().or_else(|| line.before_colon().filter(|_| prose()))
    });
    // On a line of its own: "VELA, April 12, 2017 (AFP) -"
    let dateline = dateline.or_else(|| {
        lines
            .iter()
            .find_map(|(index, line, _)| line.whole_dateline().filter(|_| *index < FIRST))
    });
    let dates: Vec<&Dated> = lines.iter().filter_map(|(.., dated)| dated.as_ref()).collect();
    let order = order(&dates, dateline.as_ref().map(|dateline| dateline.span.of(text)));
    let placed = dates.iter().any(|dated| dated.published || !dated.placed);
    // A credit within the text is a picture's.
    let below = paragraphs.iter().rposition(|paragraph| paragraph.role == Role::Body);
    let below = below.unwrap_or(0);

    let mut header = Header::default();
    let (mut updated, mut agency) = (None, None);
    for (index, line, dated) in &lines {
        let (index, first) = (*index, *index < FIRST);
        if let Some(dated) = dated {
            header.lines.push(index as u32);
            // A line at the end, or a first one that begins with other words, must say that it is about the text.
            let sure = dated.published || first && !dated.updated && (index > 0 || !dated.placed);
            let stated = line.stated(&dated.day, order);
            if let Some(list) = dated
                .by
                .and_then(|by| byline::names(line.text, by + 2))
                .filter(|_| first)
            {
                header.authors = line.spans(list.names);
            }
            // "Xinhua, April 12, 2017"
            if dated.placed && first {
                agency = agency.or_else(|| byline::agency(line.text).map(|found| line.span(found)));
            }
            if dated.updated {
                updated = updated.or(stated);
            } else if sure {
                header.date = header.date.or(stated);
            }
        } else if first && paragraphs[index].role == Role::Boilerplate("byline") {
            header.lines.push(index as u32);
            if header.authors.is_empty() {
                header.authors = line.authors();
            }
            header.date = header.date.or_else(|| line.day(order));
        } else if let Some(names) = line.placed_names().filter(|_| first && index > 0 && placed) {
            header.lines.push(index as u32);
            if header.authors.is_empty() {
                header.authors = names;
            }
        } else if (index > 0 && index >= below || header.lines.last() == Some(&(index as u32).wrapping_sub(1)))
            && let Some(credit) = byline::credit(line.text)
        {
            header.lines.push(index as u32);
            agency = agency.or(Some(line.span(credit)));
        }
    }
    if let Some(dateline) = dateline {
        header.date = header.date.or(dateline.stated);
        header.dateline = Some(dateline.span);
        header.agency = dateline.agency;
    }
    header.agency = header.agency.or(agency);
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

/// Whether paragraphs begin with the names of those who say them, as a transcript's do: "MARSH: We will see."
fn has_labels(text: &str, paragraphs: &[Paragraph]) -> bool {
    /// Longest label, in bytes.
    const LABEL: usize = 32;
    let labelled = |paragraph: &&Paragraph| {
        let label = paragraph.span.of(text).split_once(':').map_or("", |parts| parts.0);
        let mut letters = label.chars().filter(|letter| letter.is_alphabetic());
        (1..=LABEL).contains(&label.len()) && letters.all(char::is_uppercase)
    };
    paragraphs.iter().filter(labelled).nth(1).is_some()
}

/// The order of the numbers of days in this article: that of another day that can be read in one way only, else the one
/// by which a day is the one in the dateline.
fn order(dates: &[&Dated], dateline: Option<&str>) -> Option<Order> {
    let told = dates.iter().find_map(|dated| dated.day.order());
    told.or_else(|| {
        let (month, day) = days::month_and_day_in(dateline?)?;
        let same = |date: Date| (date.month(), date.day()) == (month, day);
        dates.iter().find_map(|dated| dated.day.order_by(same))
    })
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
    let line = Line::at(
        start_of(inner),
        paragraph.span.start as usize + whole.len() - inner.len(),
    );
    let names = byline::names(line.text, lead.len() - 1)?.names;
    Some(line.spans(names))
}

/// The first bytes of a paragraph.
fn start_of(text: &str) -> &str {
    let end = (0..=text.len().min(LINE)).rev().find(|&at| text.is_char_boundary(at));
    &text[..end.unwrap_or(0)]
}

/// A line, or the beginning of one, and where it begins.
struct Line<'t> {
    text: &'t str,
    start: usize,
}

/// A dateline in places of the text.
struct Dateline {
    span: Span,
    agency: Option<Span>,
    stated: Option<Stated>,
}

impl<'t> Line<'t> {
    fn new(text: &'t str, span: Span) -> Self {
        Line::at(span.of(text), span.start as usize)
    }

    fn at(text: &'t str, start: usize) -> Self {
        Line { text, start }
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.start + range.start, self.start + range.end)
    }

    fn spans(&self, ranges: Vec<Range<usize>>) -> Vec<Span> {
        ranges.into_iter().map(|range| self.span(range)).collect()
    }

    /// The names of a line that is a byline.
    fn authors(&self) -> Vec<Span> {
        let names = byline::led(self.text).or_else(|| byline::unled(self.text, false).map(|line| line.names));
        self.spans(names.unwrap_or_default())
    }

    /// The names of a line that is a byline if there are other lines of a header: "Ana Orlo in Vela".
    fn placed_names(&self) -> Option<Vec<Span>> {
        let found = byline::unled(self.text, false).filter(|line| line.placed)?;
        Some(self.spans(found.names))
    }

    fn stated(&self, day: &Day, order: Option<Order>) -> Option<Stated> {
        Some(Stated {
            day: day.date(order)?,
            span: self.span(day.range.clone()),
        })
    }

    /// The day that is stated anywhere in it.
    fn day(&self, order: Option<Order>) -> Option<Stated> {
        self.stated(&days::find(self.text)?, order)
    }

    /// Whether it begins as datelines do: with words that are short or have capitals or figures, up to a dash, a slash or
    /// a bracket. Told fast, since most paragraphs begin otherwise.
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
        words.all(fits)
    }

    /// The dateline that it is from the first word to the last, with an agency: "Elena Marsh (Reform)" is none.
    fn whole_dateline(&self) -> Option<Dateline> {
        let bare = self.text.trim_end_matches(['-', '–', '—', ' ']);
        let found = dateline::read(bare).filter(|found| found.places.is_some() && found.end == bare.len())?;
        let agency = found.agency?;
        let known = byline::is_owner(&bare[agency.clone()]) || days::month_and_day_in(bare).is_some();
        known.then(|| Dateline {
            span: self.span(0..found.end),
            agency: Some(self.span(agency)),
            stated: Line::at(bare, self.start).day(None),
        })
    }

    /// The dateline that it begins with, up to a colon.
    fn before_colon(&self) -> Option<Dateline> {
        let end = dateline::before_colon(self.text)?.end;
        Some(Dateline {
            span: self.span(0..end),
            agency: None,
            stated: Line::at(&self.text[..end], self.start).day(None),
        })
    }

    /// The dateline that it begins with.
    fn dateline(&self) -> Option<Dateline> {
        let found = self.may_be_dated().then(|| dateline::read(self.text)).flatten()?;
        let words = found.agency.clone().map_or("", |agency| &self.text[agency]);
        let agency = found.agency.map(|agency| self.span(agency));
        let behind = &self.text[found.end..];
        let dash = behind.trim_start().starts_with(['-', '–', '—', '―']);
        let ends = match agency {
            // "(AP) The talks", but not "(Laughter) The talks" nor "Marsh (Democrat) won".
            Some(_) if !dash => {
                let capitals = words.len() <= 5 && words.bytes().all(|byte| byte.is_ascii_uppercase());
                // "Vela, April 12 (PTI): The talks"
                let colon = behind.starts_with(": ") && found.places.is_some();
                let dated = || days::month_and_day_in(&self.text[..found.end]).is_some();
                found.wire || found.places.is_none() && capitals || colon && dated()
            }
            _ => dash,
        };
        if !ends {
            return None;
        }
        // Without agency and day, the first place must be in capitals ("VELA, Norland —"): "Vela — the capital — is quiet"
        // is a sentence.
        let places = &self.text.as_bytes()[..found.places.unwrap_or(0)];
        let place = places.split(|&byte| byte == b',').next().unwrap_or_default();
        let shouted = place.len() > 2 && !place.iter().any(u8::is_ascii_lowercase);
        if agency.is_none() && !found.dated && (!shouted || KICKERS.iter().any(|word| place == word.as_bytes())) {
            return None;
        }
        Some(Dateline {
            span: self.span(0..found.end),
            agency,
            stated: Line::at(&self.text[..found.end], self.start).day(None),
        })
    }
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

#[cfg(test)]
mod tests;
