//! Whether two texts are the same thing said.
//!
//! In: two quotes' words. Out: how alike they are, from 0 to 1, and whether that is enough. Words are aligned in order,
//! by stem, content words counting four times as much as little ones; what is measured is how much of the shorter text
//! the longer one holds, and how closely together. Newspapers shorten, re-cut and translate, so much may be missing;
//! but a number, a name, a "not" or a word for its opposite in the place of another makes it another statement.
//! The thresholds were set by hand; how often they are right is not measured.

use super::words::{hash64, words};
use std::collections::HashSet;

/// A quote's words, ready to be compared.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sketch {
    tokens: Vec<Token>,
    cut: bool,
    hash: u64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Token {
    stem: u64,
    class: Class,
    /// Begins with a capital, and not because a sentence begins.
    proper: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Little,
    Content,
    Number,
    Negation,
}

impl Class {
    fn weight(self) -> u32 {
        match self {
            Class::Little => 1,
            Class::Content => 4,
            Class::Number | Class::Negation => 5,
        }
    }
}

/// Longer quotes are compared by their beginning.
const LONGEST: usize = 400;
/// What a quote is found by, at most.
const SHINGLES: usize = 40;

/// Alike enough, said by the same person.
const SAME_SPEAKER: f64 = 0.58;
/// Alike enough, when one of the two names nobody.
const UNKNOWN_SPEAKER: f64 = 0.70;
/// Alike enough to say that two articles disagree on who said it.
const OTHER_SPEAKER: f64 = 0.86;
/// Fewer content words than this are not told from a coincidence when the speakers differ.
const TELLING: usize = 5;

impl Sketch {
    /// The sketch of a text. What stands in square brackets is an editor's and does not count.
    pub(super) fn new(text: &str) -> Sketch {
        let mut tokens = Vec::new();
        let mut hashed: Vec<u8> = Vec::new();
        let mut behind = 0;
        let (mut bracket, mut starts) = (false, true);
        for word in words(text) {
            for c in text[behind..word.start].chars() {
                match c {
                    '[' => bracket = true,
                    ']' => bracket = false,
                    '.' | '!' | '?' | ':' | '“' | '"' | '…' => starts = true,
                    _ => {}
                }
            }
            behind = word.end;
            if bracket {
                continue;
            }
            let capital = text[word.start..].starts_with(char::is_uppercase);
            let (folded, proper) = (&*word.folded, capital && !starts);
            starts = false;
            hashed.extend_from_slice(folded.as_bytes());
            hashed.push(b' ');
            if let Some(verb) = folded.strip_suffix("n't") {
                // "can't", "won't", "shan't" lose a letter more.
                let verb = match verb {
                    "ca" => "can",
                    "wo" => "will",
                    "sha" => "shall",
                    verb => verb,
                };
                tokens.push(token(verb, false));
                tokens.push(token("not", false));
            } else if folded == "cannot" {
                tokens.push(token("can", false));
                tokens.push(token("not", false));
            } else {
                let bare = folded.split_once('\'').map_or(folded, |(bare, _)| bare);
                tokens.push(token(bare, proper && bare != "i"));
            }
        }
        tokens.truncate(LONGEST);
        Sketch {
            tokens,
            cut: text.contains('…') || text.contains("..") || text.contains(". . "),
            hash: hash64(&[&hashed]),
        }
    }

    /// A hash of the folded words: equal for texts that differ in marks, case and brackets only.
    pub(super) fn hash(&self) -> u64 {
        self.hash
    }

    /// Words that carry meaning.
    pub(super) fn content(&self) -> usize {
        self.tokens.iter().filter(|token| token.class != Class::Little).count()
    }

    /// What a text is found by: hashes of each two content words that follow each other; of a long text those with the
    /// smallest hashes, so that a part of it keeps some of them.
    pub(super) fn shingles(&self) -> Vec<u64> {
        let content: Vec<u64> = self
            .tokens
            .iter()
            .filter(|token| token.class != Class::Little)
            .map(|token| token.stem)
            .collect();
        let pairs = content.windows(2);
        let mut hashes: Vec<u64> = pairs
            .map(|pair| hash64(&[&pair[0].to_le_bytes(), &pair[1].to_le_bytes()]))
            .collect();
        hashes.sort_unstable();
        hashes.dedup();
        hashes.truncate(SHINGLES);
        hashes
    }

    fn weight(&self) -> u32 {
        self.tokens.iter().map(|token| token.class.weight()).sum()
    }
}

/// Whether texts so alike are one statement. `speakers` says whether both were said by the same one; none if that is not
/// known.
pub(super) fn same_at(one: &Sketch, other: &Sketch, speakers: Option<bool>, likeness: f64) -> bool {
    let telling = one.content().min(other.content());
    match speakers {
        Some(true) if one.hash == other.hash => true,
        Some(true) => telling >= 2 && likeness >= SAME_SPEAKER,
        None => telling >= TELLING && likeness >= UNKNOWN_SPEAKER,
        Some(false) => telling >= TELLING && likeness >= OTHER_SPEAKER,
    }
}

/// How alike two texts are, from 0 to 1.
pub(super) fn likeness(one: &Sketch, other: &Sketch) -> f64 {
    if one.tokens.is_empty() || other.tokens.is_empty() {
        return 0.0;
    }
    if one.hash == other.hash {
        return 1.0;
    }
    let (short, long) = if one.weight() <= other.weight() {
        (one, other)
    } else {
        (other, one)
    };
    let pairs = align(&short.tokens, &long.tokens);
    let (Some(&first), Some(&last)) = (pairs.first(), pairs.last()) else {
        return 0.0;
    };
    if contradict(&short.tokens, &long.tokens, &pairs) {
        return 0.0;
    }
    let weigh = |tokens: &[Token]| tokens.iter().map(|token| token.class.weight()).sum::<u32>();
    let matched: u32 = pairs.iter().map(|&(at, _)| short.tokens[at].class.weight()).sum();
    let cover = f64::from(matched) / f64::from(short.weight());
    let region = weigh(&long.tokens[first.1..=last.1]);
    let close = f64::from(matched) / f64::from(region);
    // An ellipsis says that something was left out: then it need not stand closely together.
    let close = if short.cut || long.cut { close.max(0.8) } else { close };
    cover * (0.4 + 0.6 * close)
}

/// The heaviest common subsequence, as pairs of places.
fn align(short: &[Token], long: &[Token]) -> Vec<(usize, usize)> {
    let wide = long.len() + 1;
    let mut best = vec![0_u32; (short.len() + 1) * wide];
    for (i, a) in short.iter().enumerate().rev() {
        for (j, b) in long.iter().enumerate().rev() {
            let skip = best[(i + 1) * wide + j].max(best[i * wide + j + 1]);
            best[i * wide + j] = if a.stem == b.stem {
                skip.max(best[(i + 1) * wide + j + 1] + a.class.weight())
            } else {
                skip
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < short.len() && j < long.len() {
        let here = best[i * wide + j];
        // A word that is skipped at no cost is skipped, so that little words do not pull the region apart.
        if here == best[i * wide + j + 1] {
            j += 1;
        } else if here == best[(i + 1) * wide + j] {
            i += 1;
        } else {
            pairs.push((i, j));
            i += 1;
            j += 1;
        }
    }
    pairs
}

/// Whether something between the words they share says another thing: a negation in one only; or numbers, names or
/// opposites in each other's place.
fn contradict(short: &[Token], long: &[Token], pairs: &[(usize, usize)]) -> bool {
    let (mut i, mut j) = (0, pairs.first().map_or(0, |pair| pair.1));
    // In front of the first word they share, as many words of the long one count as the short one has there.
    j = j.saturating_sub(pairs.first().map_or(0, |pair| pair.0));
    let tail = pairs.last().map_or(0, |&(i, j)| (j + short.len() - i).min(long.len()));
    let ends = pairs.iter().copied().chain([(short.len(), tail)]);
    let mut inside = false;
    for (to_i, to_j) in ends {
        let (a, b) = (&short[i..to_i], &long[j.min(to_j)..to_j]);
        let edge = !inside || to_i == short.len();
        if gap_contradicts(a, b, edge) {
            return true;
        }
        inside = true;
        (i, j) = ((to_i + 1).min(short.len()), (to_j + 1).min(long.len()));
    }
    false
}

fn gap_contradicts(a: &[Token], b: &[Token], edge: bool) -> bool {
    let some = |tokens: &[Token], class: Class| tokens.iter().any(|token| token.class == class);
    if some(a, Class::Negation) != some(b, Class::Negation) {
        // At the edges the longer text has words of another sentence: only what the short one has itself counts there.
        return !edge || some(a, Class::Negation) || b.len() <= a.len() + 2;
    }
    if a.is_empty() || b.is_empty() {
        return false;
    }
    if some(a, Class::Number) && some(b, Class::Number) {
        return true;
    }
    if a.iter().any(|token| token.proper) && b.iter().any(|token| token.proper) {
        return true;
    }
    let stems: HashSet<u64> = b.iter().map(|token| token.stem).collect();
    a.iter()
        .any(|token| opposite(token.stem).is_some_and(|other| stems.contains(&other)))
}

fn token(folded: &str, proper: bool) -> Token {
    if NEGATIONS.binary_search(&folded).is_ok() {
        return Token {
            stem: hash64(&[b"not"]),
            class: Class::Negation,
            proper: false,
        };
    }
    if let Some(at) = NUMBERS.iter().position(|&number| number == folded) {
        return Token {
            stem: hash64(&[at.to_string().as_bytes()]),
            class: Class::Number,
            proper: false,
        };
    }
    let class = if folded.starts_with(|c: char| c.is_ascii_digit()) || MULTIPLES.contains(&folded) {
        Class::Number
    } else if LITTLE.binary_search(&folded).is_ok() {
        Class::Little
    } else {
        Class::Content
    };
    let stem = if class == Class::Content { stem(folded) } else { folded };
    Token {
        stem: hash64(&[stem.as_bytes()]),
        class,
        proper: proper && class == Class::Content,
    }
}

/// Without the commonest endings: enough to match "sanction", "sanctions" and "sanctioned".
fn stem(word: &str) -> &str {
    let enough = |stem: &str| stem.len() >= 4;
    let endings = [
        "ments", "ment", "ations", "ation", "ings", "ing", "edly", "ies", "ied", "ed", "es", "s", "ly", "e", "y",
    ];
    for ending in endings {
        if let Some(stem) = word.strip_suffix(ending)
            && enough(stem)
            && stem.is_ascii()
        {
            return stem;
        }
    }
    word
}

fn opposite(stem_hash: u64) -> Option<u64> {
    use std::collections::HashMap;
    use std::sync::LazyLock;
    static PAIRS: LazyLock<HashMap<u64, u64>> = LazyLock::new(|| {
        let hash = |word: &str| hash64(&[stem(word).as_bytes()]);
        let pairs = OPPOSITES.iter().map(|&(a, b)| (hash(a), hash(b)));
        pairs.flat_map(|(a, b)| [(a, b), (b, a)]).collect()
    });
    PAIRS.get(&stem_hash).copied()
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

const OPPOSITES: [(&str, &str); 40] = [
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
    fn tables_are_in_order() {
        assert!(NEGATIONS.is_sorted());
        assert!(LITTLE.is_sorted());
    }

    #[test]
    fn likeness_is_symmetric_and_bounded() {
        let texts = [
            "We will sign in May.",
            "we will [all] sign in May",
            "We will not sign",
            "",
            "…",
            "May",
        ];
        for one in texts.map(Sketch::new) {
            for other in texts.map(Sketch::new) {
                let (there, back) = (likeness(&one, &other), likeness(&other, &one));
                assert!((0.0..=1.0).contains(&there), "{there}");
                assert!((there - back).abs() < 0.25, "{there} {back}");
            }
        }
    }
}
