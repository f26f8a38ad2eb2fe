//! Words that keep their stop: titles, months, company forms and the like.
//!
//! In: the letters before a stop and the text behind it. Out: whether the stop belongs to the word. Whether such a
//! stop ends a sentence as well is the sentence splitter's question.

/// Always abbreviations before a stop. Sorted; lower case.
const ALWAYS: [&str; 89] = [
    "adm", "amb", "apr", "assn", "asst", "atty", "aug", "ave", "blvd", "brig", "bros", "calif", "capt", "cf", "cmdr",
    "co", "col", "colo", "conn", "corp", "cpl", "dec", "dept", "det", "dr", "esq", "est", "etc", "feb", "fla", "fr",
    "gen", "gov", "hon", "inc", "insp", "jan", "jr", "jul", "lt", "ltd", "maj", "md", "messrs", "mfg", "minn", "mme",
    "mr", "mrs", "ms", "msgr", "mt", "nev", "nov", "oct", "okla", "ont", "op", "ore", "penn", "pfc", "ph", "phd",
    "plc", "prof", "pvt", "que", "rep", "reps", "ret", "rev", "sen", "sens", "sept", "sgt", "sr", "st", "supt", "tenn",
    "tex", "treas", "univ", "viz", "vol", "vs", "wash", "wis", "wyo", "yr",
];

/// Abbreviations only before a number ("No. 10", "p. 4") or, for states, in capitals before a comma.
const BEFORE_NUMBER: [&str; 7] = ["art", "fig", "no", "nos", "p", "pp", "sec"];

/// Abbreviations only when capitalised, since they are words otherwise ("Mass.", "Miss.", "Sun.").
const CAPITALISED: [&str; 22] = [
    "ala", "ariz", "ark", "del", "ga", "ill", "ind", "kan", "ky", "la", "mar", "mass", "mich", "miss", "mo", "mont",
    "neb", "pa", "sat", "va", "vt", "wed",
];

pub(super) fn is_abbreviation(word: &str, after: &str) -> bool {
    if word.len() > 6 || !word.is_ascii() {
        return false;
    }
    let lower = word.to_ascii_lowercase();
    let lower = lower.as_str();
    if ALWAYS.contains(&lower) {
        return true;
    }
    let next = after.trim_start().bytes().next().unwrap_or(b' ');
    if BEFORE_NUMBER.contains(&lower) {
        return next.is_ascii_digit();
    }
    // A state's name stands before a comma, a closing bracket or a small letter; at a sentence's end it is a word.
    CAPITALISED.contains(&lower)
        && word.as_bytes()[0].is_ascii_uppercase()
        && (matches!(next, b',' | b')' | b';') || next.is_ascii_lowercase() || next.is_ascii_digit())
}
