//! Words that keep their stop: titles, months, company forms and the like.
//!
//! In: the letters before a stop and the text behind it. Out: whether the stop belongs to the word. Whether such a
//! stop ends a sentence as well is the sentence splitter's question.

use super::key::{Listed, ascii_key, word_key};
use super::keys;

/// Always abbreviations before a stop.
const ALWAYS: Listed<110> = Listed::new(keys![
    "acad", "adj", "adm", "ald", "amb", "approx", "apr", "assn", "assoc", "asst", "atty", "aug", "ave", "blvd", "brig",
    "bros", "calif", "capt", "cf", "cllr", "cmdr", "co", "col", "colo", "comdr", "conn", "corp", "cpl", "dec", "del",
    "dept", "det", "dist", "div", "dr", "drs", "ed", "eds", "engr", "esq", "est", "etc", "feb", "fla", "fr", "gen",
    "gov", "govs", "hon", "inc", "insp", "intl", "jan", "jr", "jul", "lt", "ltd", "maj", "md", "messrs", "mfg", "minn",
    "mme", "mr", "mrs", "ms", "msgr", "mt", "mx", "nev", "nov", "oct", "okla", "ont", "op", "ore", "penn", "pfc", "ph",
    "phd", "plc", "prof", "profs", "pvt", "que", "rep", "reps", "ret", "rev", "sen", "sens", "sept", "sgt", "smt",
    "spc", "sr", "st", "ste", "sts", "supt", "tenn", "tex", "treas", "univ", "viz", "vol", "vols", "vs", "wis", "wyo",
]);

/// Abbreviations only before a number ("No. 10", "p. 4", "c. 1818").
const BEFORE_NUMBER: [u64; 14] = keys![
    "art", "c", "ca", "ch", "ext", "fig", "figs", "no", "nos", "p", "para", "pp", "sec", "tel",
];

/// Abbreviations only when capitalised, since they are words otherwise ("Mass.", "Miss.", "Sun.").
const CAPITALISED: [u64; 23] = keys![
    "ala", "ariz", "ark", "cal", "ga", "ill", "ind", "kan", "ky", "la", "mar", "mass", "mich", "miss", "mo", "mont",
    "neb", "pa", "sat", "va", "vt", "wash", "wed",
];

pub(super) fn is_abbreviation(word: &str, after: &str) -> bool {
    if word.len() > 6 || !word.is_ascii() {
        return false;
    }
    let key = ascii_key(word.as_bytes());
    let next = after.bytes().find(|byte| *byte != b' ').unwrap_or(b' ');
    if ALWAYS.has(key) {
        return true;
    }
    if BEFORE_NUMBER.contains(&key) {
        return next.is_ascii_digit();
    }
    if key == word_key("al") {
        return true;
    }
    // A state's name stands before a comma, a closing bracket or a small letter; at a sentence's end it is a word.
    CAPITALISED.contains(&key)
        && word.as_bytes()[0].is_ascii_uppercase()
        && (matches!(next, b',' | b')' | b';') || next.is_ascii_lowercase() || next.is_ascii_digit())
}

/// The end of "U.S.", "J.", "a.m.", "Ph.D." if the letters before the stop at `end` are the first of such a chain.
pub(super) fn initials(bytes: &[u8], start: usize, end: usize) -> Option<usize> {
    let single = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    if end - start != 1 || !single(start) {
        let doctor = &bytes[start..end] == b"Ph" && bytes[end..].starts_with(b".D");
        return doctor.then(|| end + 2 + usize::from(bytes[end..].starts_with(b".D.")));
    }
    let mut stop = end + 1;
    while single(stop) && bytes.get(stop + 1) == Some(&b'.') {
        stop += 2;
    }
    // "U.S" without the last stop, as in "U.S-led"; a lone small letter before a stop is a word.
    let chain = stop - start > 2;
    (chain || bytes[start].is_ascii_uppercase() && bytes[start] != b'I').then_some(stop)
}
