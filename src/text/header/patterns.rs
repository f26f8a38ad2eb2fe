//! The patterns of what stands above a text.
//!
//! In: a line. Out: its parts by name, if it is a list of names or a line of dates. Patterns read
//! bytes and ASCII classes, and are made when the first line asks for one: that costs more than to read a short article.

use regex::bytes::{Captures, Regex};
use std::sync::LazyLock;

/// A pattern; a test sees to it that every one compiles.
pub(super) type Pattern = LazyLock<Option<Regex>>;

pub(super) fn find<'t>(pattern: &Pattern, text: &'t str) -> Option<Captures<'t>> {
    pattern.as_ref()?.captures(text.as_bytes())
}

/// Puts the named parts into a pattern, which read ASCII classes.
fn pattern(pattern: &str) -> Option<Regex> {
    let mut whole = format!("(?-u){pattern}");
    for (name, part) in PARTS {
        whole = whole.replace(name, part);
    }
    Regex::new(&whole).ok()
}

/// What patterns are made of; each may name those behind it.
const PARTS: [(&str, &str); 11] = [
    // A day with its year, in three ways of writing it.
    (
        "<DATE>",
        r"(?<date><MONTHA> (?<da>\d{1,2})(?:st|nd|rd|th)?,? (?<ya>\d{4})|(?<db>\d{1,2})(?:st|nd|rd|th)?(?: of)? <MONTHB>,? (?<yb>\d{4})|(?<yi>\d{4})-(?<mi>\d\d)-(?<di>\d\d))",
    ),
    ("<MONTHA>", "(?<ma><MONTH>)"),
    ("<MONTHB>", "(?<mb><MONTH>)"),
    (
        "<MONTH>",
        r"(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?",
    ),
    (
        "<LABEL>",
        "(?i:(?:first |originally |last )?(?:published|posted|updated|modified|revised|issued|released|publication date|date)(?: online)?)",
    ),
    // What stands beside a day: times, zones, weekdays, signs.
    (
        "<FILL>",
        r"(?: |(?i:\d{1,2}[:.]\d\d(?:[:.]\d+)*|\d{1,2} ?[ap]\.?m\b\.?|[ap]\.?m\b\.?|<WEEKDAY>|at\b|on\b|(?:gmt|utc|bst|c?est|cet|[ecmp][ds]?t|ist|jst|msk|z)\b|[+-]\d\d:?\d\d|\d+ min(?:ute)?s? read)|[,|()T:]|•|·|–|—|-)",
    ),
    (
        "<WEEKDAY>",
        r"(?i:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day\b|\b\.?))",
    ),
    ("<PLACE>", "<WORD>(?: (?:<SMALL> )?<WORD>)*"),
    (
        "<SMALL>",
        "(?:de|da|di|du|of|van|von|der|den|al|el|bin|ibn|ben|la|le|dos|del|ter|the)",
    ),
    // A word that begins with a capital, in Latin, Greek or Cyrillic.
    ("<WORD>", r"(?:[A-Z]|<FAR>)(?:[A-Za-z.'-]|<FAR>|\xe2\x80[\x98\x99])*"),
    ("<FAR>", r"(?:[\xc3-\xdf][\x80-\xbf]|\xe1[\x80-\xbf]{2})"),
];

/// The next name of a list, and what parts it from the one before.
pub(super) static NAME: Pattern = LazyLock::new(|| {
    pattern("^:? *(?<sep>, and |,? ?& |, |and )?(?<name><WORD>(?: (?:<SMALL> ){0,2}<WORD>){1,5})(?: in <PLACE>)? ?")
});

pub(super) static DATE: Pattern = LazyLock::new(|| pattern("<DATE>"));

/// A line of dates: a word for what they are, a place, a day, its time, another day with its word.
pub(super) static DATE_LINE: Pattern = LazyLock::new(|| {
    pattern(
        "^(?:(?<label><LABEL>)<FILL>*)?(?:(?<place><PLACE>(?:, <PLACE>)?)(?:,| -| –| —)? ?)??<FILL>*<DATE><FILL>*(?:<LABEL>.*)?$",
    )
});
