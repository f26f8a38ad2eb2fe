//! The word lists by which sentences are told apart.
//!
//! In: word keys. Out: what kind of abbreviation a word is, whether a word is likely to begin a sentence.

use crate::tokens::word_key;

/// What an abbreviation's stop means for the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// "Sen.", "vs.", "No.": something always follows.
    Title,
    /// "etc.", "et al.": a capital behind it begins the next sentence.
    List,
    /// "a.m.", "p.m.": the same, except for days and zones.
    Clock,
    /// "U.S.", "Inc.", "J.": ends a sentence only before a word that is likely to begin one.
    Other,
}

const fn keys<const N: usize>(words: [&str; N]) -> [u64; N] {
    let mut keys = [0; N];
    let mut at = 0;
    while at < N {
        keys[at] = word_key(words[at]);
        at += 1;
    }
    keys
}

const TITLES: [u64; 52] = keys([
    "adm.", "ald.", "amb.", "approx.", "art.", "asst.", "atty.", "brig.", "c.", "ca.", "capt.", "cf.", "cmdr.", "col.",
    "cpl.", "det.", "dr.", "e.g.", "fig.", "fr.", "gen.", "gov.", "hon.", "i.e.", "insp.", "lt.", "maj.", "messrs.",
    "mme.", "mr.", "mrs.", "ms.", "msgr.", "mt.", "mx.", "no.", "nos.", "pfc.", "pp.", "prof.", "pvt.", "rep.",
    "reps.", "rev.", "sec.", "sen.", "sens.", "sgt.", "spc.", "supt.", "viz.", "vs.",
]);

const LISTS: [u64; 2] = keys(["etc.", "al."]);

const CLOCKS: [u64; 2] = keys(["a.m.", "p.m."]);

const AFTER_CLOCK: [u64; 15] = keys([
    "central",
    "daily",
    "eastern",
    "friday",
    "greenwich",
    "local",
    "monday",
    "mountain",
    "pacific",
    "saturday",
    "standard",
    "sunday",
    "thursday",
    "tuesday",
    "wednesday",
]);

/// Function words and adverbs that begin sentences and are no part of names.
const STARTS: [u64; 122] = keys([
    "a",
    "according",
    "after",
    "again",
    "all",
    "also",
    "although",
    "among",
    "an",
    "and",
    "another",
    "any",
    "are",
    "as",
    "asked",
    "at",
    "because",
    "before",
    "besides",
    "both",
    "but",
    "by",
    "can",
    "critics",
    "despite",
    "did",
    "do",
    "does",
    "during",
    "each",
    "earlier",
    "even",
    "ever",
    "every",
    "few",
    "finally",
    "for",
    "from",
    "further",
    "he",
    "her",
    "here",
    "his",
    "how",
    "however",
    "i",
    "if",
    "in",
    "indeed",
    "instead",
    "is",
    "it",
    "its",
    "just",
    "last",
    "later",
    "like",
    "many",
    "maybe",
    "meanwhile",
    "more",
    "moreover",
    "most",
    "my",
    "neither",
    "never",
    "nevertheless",
    "no",
    "none",
    "nor",
    "not",
    "nothing",
    "now",
    "officials",
    "on",
    "once",
    "one",
    "only",
    "or",
    "other",
    "others",
    "our",
    "over",
    "perhaps",
    "she",
    "since",
    "so",
    "some",
    "soon",
    "still",
    "such",
    "that",
    "the",
    "their",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "though",
    "through",
    "thus",
    "to",
    "today",
    "under",
    "unlike",
    "until",
    "was",
    "we",
    "what",
    "when",
    "where",
    "whether",
    "which",
    "while",
    "who",
    "why",
    "with",
    "without",
    "yet",
    "you",
]);

const SAYS: [u64; 30] = keys([
    "added",
    "adds",
    "admitted",
    "announced",
    "answered",
    "argued",
    "asked",
    "asks",
    "began",
    "called",
    "continued",
    "cried",
    "declared",
    "demanded",
    "exclaimed",
    "insisted",
    "joked",
    "muttered",
    "quipped",
    "remarked",
    "replied",
    "replies",
    "responded",
    "said",
    "says",
    "shouted",
    "tweeted",
    "wondered",
    "wrote",
    "yelled",
]);

/// The kind of an abbreviation, written with its stop.
pub(super) fn abbreviation(key: u64, written: &str) -> Abbreviation {
    if TITLES.contains(&key) {
        Abbreviation::Title
    } else if LISTS.contains(&key) {
        Abbreviation::List
    } else if CLOCKS.contains(&key) && written.starts_with(['a', 'p']) {
        Abbreviation::Clock
    } else {
        Abbreviation::Other
    }
}

/// Whether a capitalised word behind "p.m." still belongs to the time.
pub(super) fn follows_clock(key: u64) -> bool {
    AFTER_CLOCK.contains(&key)
}

/// Whether a capitalised word is likely to begin a sentence.
pub(super) fn starts_sentence(key: u64) -> bool {
    STARTS.contains(&key)
}

/// Whether a word is a verb that names a speaker behind a question.
pub(super) fn says(key: u64) -> bool {
    SAYS.contains(&key)
}
