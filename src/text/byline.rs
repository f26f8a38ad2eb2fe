//! Lines that name who wrote an article: "By Ana Orlo and Ben Sumner", "Ana Orlo, Staff Writer", "Ana Orlo in Vela".
//!
//! In: a line. Out: where its names stand, if it is such a line, and the news agency that a line gives credit to. Read by
//! hand, byte by byte: to make a pattern takes longer than to read an article. A line must be a byline from its first to
//! its last word, because a headline taken for one would be lost.

use super::days;
use crate::lexicon::Lexicon;
use std::ops::Range;

/// Longest line that may be one, in bytes.
pub(super) const LONGEST: usize = 120;

/// What a byline says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Byline {
    /// The names, in order, as ranges of bytes.
    pub(super) names: Vec<Range<usize>>,
    /// Whether only a place stands behind the names: "Ana Orlo in Vela" may as well be a caption.
    pub(super) placed: bool,
}

/// Reads a line that is a byline without "by"; `first` if no line stands before it.
pub(super) fn unled(line: &str, first: bool) -> Option<Byline> {
    // A name has two words.
    if line.len() > LONGEST || !line.contains(' ') {
        return None;
    }
    let from = if line.starts_with("From ") { 5 } else { 0 };
    let list = names(line, from)?;
    let tail = line[list.end..].trim();
    if from > 0 && !(tail.is_empty() && list.placed) {
        return None;
    }
    if tail.is_empty() {
        return (list.placed && !first && list.are_names(line)).then_some(Byline {
            names: list.names,
            placed: true,
        });
    }
    let signed = tail.starts_with([',', '|']);
    let mut parts = tail.split([',', '|']).skip(usize::from(signed)).map(str::trim);
    let head = parts.next()?;
    let more: Vec<&str> = parts.collect();
    // "Ana Orlo, Chief Correspondent, Dies at 80" is a headline; so may be what has no sign before the post.
    let post = is_post(head)
        && if first {
            signed && more.is_empty()
        } else {
            signed || list.are_names(line)
        };
    let owned = is_owner(head) && !first && signed && list.are_names(line);
    ((post || owned) && more.iter().all(|part| is_owner(part) || is_post(part))).then_some(Byline {
        names: list.names,
        placed: false,
    })
}

/// The names behind the words that lead a byline ("By", "Written by"), or none.
pub(super) fn led(line: &str) -> Option<Vec<Range<usize>>> {
    let at = lead(line)?;
    names(line, at).map(|list| list.names)
}

/// Where the words end that lead a byline.
pub(super) fn lead(line: &str) -> Option<usize> {
    const LEADS: [&str; 11] = [
        "by",
        "written by",
        "reported by",
        "story by",
        "words by",
        "text by",
        "posted by",
        "analysis by",
        "opinion by",
        "author",
        "authors",
    ];
    LEADS.iter().find_map(|lead| {
        let start = line.get(..lead.len())?;
        let rest = &line[lead.len()..];
        let colon = rest.starts_with(':');
        let ends = colon || rest.starts_with(char::is_whitespace) && !lead.starts_with("author");
        // "by Ana Orlo | Apr 12, 2017", but not a line of prose that goes on.
        let capital = line.starts_with(|first: char| first.is_uppercase()) || line.contains(" | ");
        (ends && capital && start.eq_ignore_ascii_case(lead)).then_some(lead.len())
    })
}

/// Names of people in a row.
pub(super) struct List {
    /// As ranges of bytes.
    pub(super) names: Vec<Range<usize>>,
    /// Where the row ends.
    end: usize,
    /// Whether a place stands behind the last name.
    placed: bool,
}

impl List {
    /// Whether none of their words is one that is mostly written small: "Talks Resume in Vela" names nobody.
    fn are_names(&self, line: &str) -> bool {
        let lexicon = Lexicon::builtin();
        let mut words = self.names.iter().flat_map(|name| line[name.clone()].split(' '));
        !words.any(|word| lexicon.tag_of_word(word).is_small() && !SMALL.contains(&word))
    }
}

/// The names of people that stand in a row behind byte `at`, at least one.
pub(super) fn names(text: &str, at: usize) -> Option<List> {
    let line = text.as_bytes();
    let mut list = List {
        names: Vec::new(),
        end: at + usize::from(line.get(at) == Some(&b':')),
        placed: false,
    };
    while let Some((start, and)) = next_name(line, list.end, list.names.is_empty())
        && let Some(end) = words(line, start).map(|end| before_day(line, start, end))
        && let Some(length) = person(&text[start..end])
    {
        // "Ana Orlo, Middle East Correspondent", "Ana Orlo, Vela Post"
        let whose = length < end - start || is_outlet(&text[start..end]) || agency(&text[start..end]).is_some();
        if !list.names.is_empty() && !and && whose {
            break;
        }
        list.names.push(start..start + length);
        list.end = start + length;
        list.placed = false;
        if start + length < end {
            break;
        }
        let place = line[end..].strip_prefix(b" in ").and_then(|_| words(line, end + 4));
        if let Some(place) = place {
            list.end = place;
            list.placed = true;
        }
    }
    (!list.names.is_empty()).then_some(list)
}

/// Where the next name of a list begins, and whether "and" stands before it: names but the first one are parted.
fn next_name(line: &[u8], at: usize, first: bool) -> Option<(usize, bool)> {
    const BETWEEN: [(&[u8], bool); 7] = [
        (b", and ", true),
        (b" and ", true),
        (b", & ", true),
        (b",& ", true),
        (b" & ", true),
        (b"& ", true),
        (b", ", false),
    ];
    let rest = line.get(at..)?;
    let (length, and) = if first {
        (rest.iter().take_while(|&&byte| byte == b' ').count(), false)
    } else {
        let (between, and) = BETWEEN.iter().find(|(between, _)| rest.starts_with(between))?;
        (between.len(), *and)
    };
    begins_word(line, at + length).map(|_| (at + length, and))
}

/// The end of a row of words without the month of a day that stands behind it: "Ben Sumner April 12".
fn before_day(line: &[u8], start: usize, end: usize) -> usize {
    let before_last = line[start..end].iter().rposition(|&byte| byte == b' ');
    match before_last.map(|at| start + at) {
        Some(last) if days::month_and_day(line, last + 1).next().is_some() => last,
        _ => end,
    }
}

/// Most words of a name.
const WORDS: usize = 6;

/// The end of a row of words that begin with capitals, small ones between them.
fn words(line: &[u8], at: usize) -> Option<usize> {
    let mut end = word(line, at)?;
    for _ in 1..WORDS {
        let Some(further) = further_word(line, end) else { break };
        end = further;
    }
    Some(end)
}

/// The end of a word with a capital behind a space and two small words at most.
fn further_word(line: &[u8], mut at: usize) -> Option<usize> {
    for _ in 0..3 {
        at += line.get(at..)?.strip_prefix(b" ").map(|_| 1)?;
        if let Some(end) = word(line, at) {
            return Some(end);
        }
        let rest = &line[at..];
        let length = rest.iter().take_while(|byte| byte.is_ascii_lowercase()).count();
        SMALL.iter().find(|small| small.as_bytes() == &rest[..length])?;
        at += length;
    }
    None
}

fn word(line: &[u8], at: usize) -> Option<usize> {
    let mut end = begins_word(line, at)?;
    while let Some(next) = goes_on(line, end) {
        end = next;
    }
    Some(end)
}

/// Small words within names of people and places.
pub(super) const SMALL: [&str; 20] = [
    "de", "da", "di", "du", "of", "van", "von", "der", "den", "al", "el", "bin", "ibn", "ben", "la", "le", "dos",
    "del", "ter", "the",
];

/// How many bytes of a chain of capitals are a person's name: up to a word for what somebody is. None if it is the name
/// of no person: "The Vela Star", "New York".
fn person(words: &str) -> Option<usize> {
    // What posts and outlets begin with: "Senior Editor", "Associated Press".
    const BEFORE: [&str; 14] = [
        "agency",
        "analyst",
        "associated",
        "bureau",
        "desk",
        "diplomatic",
        "foreign",
        "national",
        "news",
        "political",
        "press",
        "senior",
        "special",
        "white",
    ];
    const NO_NAMES: [&str; 7] = ["los", "new", "our", "saint", "san", "the", "united"];
    let mut end = 0;
    let mut count = 0;
    for word in words.split(' ') {
        let lower = word.to_ascii_lowercase();
        let bare = lower.trim_end_matches(['.', '\'']);
        if POSTS.contains(&bare) || BEFORE.contains(&bare) || count == 0 && NO_NAMES.contains(&bare) {
            break;
        }
        end = word.as_ptr() as usize + word.len() - words.as_ptr() as usize;
        count += usize::from(!word.is_empty());
    }
    (count >= 2).then_some(end)
}

/// What a journalist is.
const POSTS: [&str; 8] = [
    "chief",
    "columnist",
    "contributor",
    "correspondent",
    "editor",
    "reporter",
    "staff",
    "writer",
];

/// Whether words are what a journalist is: "Staff Writers", "Chief Diplomatic Correspondent", "Vela bureau chief".
fn is_post(words: &str) -> bool {
    let lower = words.to_lowercase();
    let last = lower.rsplit(' ').next().unwrap_or_default();
    let post = POSTS.contains(&last.strip_suffix('s').unwrap_or(last));
    let other = last == "chief" && !lower.ends_with("bureau chief") || lower.ends_with("of staff");
    post && !other && lower.split(' ').count() <= WORDS
}

/// Whether words are the name of whom an article belongs to: a paper, a station, an agency.
pub(super) fn is_owner(words: &str) -> bool {
    is_outlet(words) || agency(words).is_some_and(|found| found.end == words.len())
}

/// Whether words are "by" and names of people, and nothing else.
pub(super) fn is_by(words: &str) -> bool {
    let by = words.get(..3).is_some_and(|by| by.eq_ignore_ascii_case("by "));
    by && names(words, 2).is_some_and(|list| list.end == words.len())
}

/// Whether words are what a paper or a station is called: "The Vela Star", "Times of Vela", "BBC".
fn is_outlet(words: &str) -> bool {
    const STATIONS: [&str; 7] = ["ABC", "BBC", "CBS", "CNN", "NBC", "NPR", "PBS"];
    const KINDS: [&str; 16] = [
        "chronicle",
        "daily",
        "gazette",
        "guardian",
        "herald",
        "journal",
        "magazine",
        "network",
        "news",
        "post",
        "press",
        "radio",
        "star",
        "telegraph",
        "times",
        "tribune",
    ];
    let capital = |word: &str| word.starts_with(char::is_uppercase) || matches!(word, "of" | "the" | "and" | "&");
    // "Quits the Vela Star" is no name.
    let lower = words.to_lowercase();
    let inner = lower.find(" the ").is_some_and(|at| !lower[..at].ends_with(" of"));
    let name = words.split(" of ").next().unwrap_or(words);
    let kind = name.rsplit(' ').next().unwrap_or(name);
    let parts = words.split(' ');
    let several = (2..=WORDS).contains(&parts.clone().count()) && parts.clone().all(capital);
    STATIONS.contains(&words) || several && !inner && KINDS.contains(&kind.to_lowercase().as_str())
}

/// The news agency that words begin with, with or without "the" before it.
pub(super) fn agency(words: &str) -> Option<Range<usize>> {
    // Longer names before those that they begin with.
    const AGENCIES: [&str; 28] = [
        "AFP",
        "ANI",
        "ANSA",
        "AP",
        "Agence France-Presse",
        "Anadolu Agency",
        "Associated Press",
        "Bloomberg News",
        "Bloomberg",
        "Canadian Press",
        "DPA",
        "EFE",
        "IANS",
        "ITAR-TASS",
        "Interfax",
        "Kyodo News",
        "Kyodo",
        "PA",
        "PTI",
        "Press Association",
        "Press Trust of India",
        "RIA Novosti",
        "Reuters",
        "TASS",
        "UPI",
        "United Press International",
        "Xinhua",
        "Yonhap",
    ];
    let start = ["The ", "the ", "THE "]
        .iter()
        .find(|the| words.starts_with(**the))
        .map_or(0, |the| the.len());
    let rest = &words[start..];
    let initial = rest.as_bytes().first();
    let found = AGENCIES.iter().filter(|name| name.as_bytes().first() == initial);
    let mut found = found.filter(|name| {
        let same = rest.get(..name.len()).is_some_and(|start| {
            // "AP", but not "ap"; "REUTERS" too.
            let capitals = !start.bytes().any(|byte| byte.is_ascii_lowercase());
            start == **name || name.len() > 4 && capitals && start.eq_ignore_ascii_case(name)
        });
        same && !rest[name.len()..].starts_with(char::is_alphanumeric)
    });
    Some(start..start + found.next()?.len())
}

/// The agency that a line gives credit to and says nothing else: "Source: Reuters", "(AP)", "© 2017 AFP".
pub(super) fn credit(line: &str) -> Option<Range<usize>> {
    const LEADS: [&str; 5] = ["source", "sources", "copyright", "credit", "via"];
    let mut rest = line;
    let mut named = false;
    loop {
        rest = rest.trim_start_matches(|sign: char| !sign.is_alphabetic());
        let length = rest.find(|sign: char| !sign.is_alphabetic()).unwrap_or(rest.len());
        let lead = LEADS.iter().any(|lead| rest[..length].eq_ignore_ascii_case(lead)) || &rest[..length] == "c";
        if !lead {
            break;
        }
        named = true;
        rest = &rest[length..];
    }
    let start = line.len() - rest.len();
    let found = agency(rest)?;
    let behind = &rest[found.end..];
    let ends = !behind.contains(char::is_alphanumeric) || named && behind.starts_with(['.', ',', ';', ')']);
    ends.then_some(start + found.start..start + found.end)
}

/// The end of the character that begins a word of a name: a capital, or a letter of Latin, Greek or Cyrillic.
pub(super) fn begins_word(line: &[u8], at: usize) -> Option<usize> {
    match line.get(at..)? {
        [b'A'..=b'Z', ..] => Some(at + 1),
        [0xc3..=0xdf, 0x80..=0xbf, ..] => Some(at + 2),
        [0xe1, 0x80..=0xbf, 0x80..=0xbf, ..] => Some(at + 3),
        _ => None,
    }
}

/// The end of the next character of a word.
pub(super) fn goes_on(line: &[u8], at: usize) -> Option<usize> {
    match line.get(at..)? {
        [b'a'..=b'z' | b'.' | b'\'' | b'-', ..] => Some(at + 1),
        [0xe2, 0x80, 0x98 | 0x99, ..] => Some(at + 3),
        _ => begins_word(line, at),
    }
}
