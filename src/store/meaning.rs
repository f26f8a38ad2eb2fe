//! What words do in a sentence: enough of it to tell a quotation that was changed from one that was cut.
//!
//! In: a folded word. Out: whether it carries meaning, negates or counts; what is left of it without its ending; whether
//! it is the opposite of another one.

use super::words::hash64;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// What a word does in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Little,
    Content,
    Number,
    Negation,
}

impl Class {
    /// How much it counts.
    pub(super) fn weight(self) -> u32 {
        match self {
            Class::Little => 1,
            Class::Content => 4,
            Class::Number | Class::Negation => 5,
        }
    }
}

/// What a folded word does in a sentence.
pub(super) fn class(folded: &str) -> Class {
    static LISTED: LazyLock<FxHashMap<&str, Class>> = LazyLock::new(|| {
        let all = |words: &'static [&str], class| words.iter().map(move |&word| (word, class));
        all(&LITTLE, Class::Little)
            .chain(all(&NUMBERS, Class::Number))
            .chain(all(&MULTIPLES, Class::Number))
            .chain(all(&NEGATIONS, Class::Negation))
            .collect()
    });
    if folded.ends_with("n't") || folded == "cannot" {
        Class::Negation
    } else if folded.starts_with(|c: char| c.is_ascii_digit()) {
        Class::Number
    } else if folded.len() > LONGEST_LISTED {
        Class::Content
    } else {
        LISTED.get(folded).copied().unwrap_or(Class::Content)
    }
}

/// The length of the longest word of any list, in bytes.
const LONGEST_LISTED: usize = 9;

/// Whether one folded word says the opposite of another.
pub(super) fn opposed(one: &str, other: &str) -> bool {
    opposite(hash64(&[stem(one).as_bytes()]), hash64(&[stem(other).as_bytes()]))
}

/// Without the commonest endings: enough to match "sanction", "sanctions" and "sanctioned".
pub(super) fn stem(word: &str) -> &str {
    // By their last letters, the longest first. Most words have none of them, or are too short to lose one.
    let endings: &[&str] = match word.as_bytes().last() {
        _ if word.len() < 5 => &[],
        Some(b's') => &["ments", "ations", "ings", "ies", "es", "s"],
        Some(b't') => &["ment"],
        Some(b'n') => &["ation"],
        Some(b'g') => &["ing"],
        Some(b'y') => &["edly", "ly", "y"],
        Some(b'd') => &["ied", "ed"],
        Some(b'e') => &["e"],
        _ => &[],
    };
    for ending in endings {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.len() >= 4
            && stem.is_ascii()
        {
            return stem;
        }
    }
    word
}

/// Whether the words of two stems, given by their hashes, are opposites.
pub(super) fn opposite(one: u64, other: u64) -> bool {
    static PAIRS: LazyLock<FxHashSet<(u64, u64)>> = LazyLock::new(|| {
        let hash = |word: &str| hash64(&[stem(word).as_bytes()]);
        let pairs = OPPOSITES.iter().map(|&(a, b)| (hash(a), hash(b)));
        pairs.flat_map(|(a, b)| [(a, b), (b, a)]).collect()
    });
    PAIRS.contains(&(one, other))
}

/// The number that a word spells.
pub(super) fn spelled(folded: &str) -> Option<usize> {
    NUMBERS.iter().position(|&number| number == folded)
}

/// The number from thirty to ninety that a word spells.
pub(super) fn tens(folded: &str) -> Option<usize> {
    let tens = MULTIPLES.iter().take(7).position(|&number| number == folded);
    tens.map(|place| 30 + 10 * place)
}

const NEGATIONS: [&str; 12] = [
    "hardly", "neither", "never", "no", "nobody", "none", "nor", "not", "nothing", "nowhere", "unable", "without",
];

const NUMBERS: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

const MULTIPLES: [&str; 14] = [
    "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "million", "billion",
    "first", "second", "third",
];

const OPPOSITES: [(&str, &str); 67] = [
    ("all", "some"),
    ("few", "many"),
    ("few", "most"),
    ("everybody", "nobody"),
    ("everybody", "somebody"),
    ("accept", "reject"),
    ("accept", "refuse"),
    ("agree", "disagree"),
    ("allow", "forbid"),
    ("always", "rarely"),
    ("ask", "answer"),
    ("attack", "defend"),
    ("before", "after"),
    ("begin", "end"),
    ("start", "stop"),
    ("start", "end"),
    ("better", "worse"),
    ("best", "worst"),
    ("buy", "sell"),
    ("close", "open"),
    ("confirm", "deny"),
    ("continue", "stop"),
    ("enter", "leave"),
    ("increase", "reduce"),
    ("increase", "decrease"),
    ("raise", "lower"),
    ("rise", "fall"),
    ("rising", "falling"),
    ("join", "leave"),
    ("keep", "abandon"),
    ("lift", "impose"),
    ("more", "less"),
    ("more", "fewer"),
    ("north", "south"),
    ("east", "west"),
    ("possible", "impossible"),
    ("strong", "weak"),
    ("stronger", "weaker"),
    ("success", "failure"),
    ("support", "oppose"),
    ("trust", "distrust"),
    ("war", "peace"),
    ("win", "lose"),
    ("yesterday", "tomorrow"),
    ("easy", "difficult"),
    ("admire", "despise"),
    ("alive", "dead"),
    ("ally", "enemy"),
    ("correct", "incorrect"),
    ("early", "late"),
    ("first", "last"),
    ("friend", "enemy"),
    ("good", "bad"),
    ("guilty", "innocent"),
    ("happy", "unhappy"),
    ("hate", "love"),
    ("high", "low"),
    ("higher", "lower"),
    ("honest", "dishonest"),
    ("legal", "illegal"),
    ("likely", "unlikely"),
    ("rich", "poor"),
    ("right", "wrong"),
    ("safe", "dangerous"),
    ("safe", "unsafe"),
    ("true", "false"),
    ("victory", "defeat"),
];

/// In order.
const LITTLE: [&str; 104] = [
    "a", "about", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been", "being", "but", "by",
    "can", "could", "did", "do", "does", "done", "for", "from", "had", "has", "have", "having", "he", "her", "here",
    "hers", "him", "his", "how", "i", "if", "in", "into", "is", "it", "its", "just", "may", "me", "might", "mine",
    "must", "my", "now", "of", "on", "or", "our", "ours", "out", "over", "said", "say", "says", "shall", "she",
    "should", "so", "some", "such", "than", "that", "the", "their", "theirs", "them", "then", "there", "these", "they",
    "this", "those", "to", "too", "up", "upon", "us", "very", "was", "we", "well", "were", "what", "when", "where",
    "which", "while", "who", "whom", "whose", "why", "will", "with", "would", "yes", "you", "your", "yours",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commonest_endings_are_left_out() {
        let stems = [
            ("sanctions", "sanction"),
            ("sanctioned", "sanction"),
            ("statements", "state"),
            ("agreement", "agree"),
            ("negotiations", "negoti"),
            ("repeatedly", "repeat"),
            ("countries", "countr"),
            ("country", "countr"),
            ("meeting", "meet"),
            ("dates", "date"),
            ("bring", "bring"),
            ("need", "need"),
            ("crèmes", "crèmes"),
        ];
        for (word, left) in stems {
            assert_eq!(stem(word), left);
        }
    }

    #[test]
    fn tables_are_in_order() {
        assert!(NEGATIONS.is_sorted());
        assert!(LITTLE.is_sorted());
        let lists = [&LITTLE[..], &NUMBERS, &MULTIPLES, &NEGATIONS];
        assert!(lists.concat().iter().all(|word| word.len() <= LONGEST_LISTED));
    }
}
