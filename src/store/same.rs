//! Whether two texts are the same thing said.
//!
//! In: two quotes' words. Out: how alike they are, from 0 to 1, and whether that is enough. Words are aligned in order,
//! by stem, content words counting four times as much as little ones; what is measured is how much of the shorter text
//! the longer one holds, and how closely together. Newspapers shorten, re-cut and translate, so much may be missing;
//! but a number, a name, a "not" or a word for its opposite in the place of another makes it another statement.
//! The thresholds were chosen on the pairs of `tests/data/pairs.tsv`; `cargo test --test verify pairs` prints the curve.

use super::meaning::{Class, class, opposite, spelled, stem};
use super::wording::is_closed;
use super::words::{each_word, hash64};
use std::cell::Cell;

/// A quote's words, ready to be compared.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sketch {
    tokens: Vec<Token>,
    digest: Digest,
    cut: bool,
}

/// What tells most texts apart without looking at their words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Digest {
    /// What all tokens weigh.
    weight: u32,
    /// Two bits for each stem, one in either half.
    stems: [[u64; 2]; 2],
    /// A hash of the folded words: equal for texts that differ in marks, case and brackets only.
    hash: u64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Token {
    stem: u64,
    class: Class,
    /// Begins with a capital, and not because a sentence begins.
    proper: bool,
    /// Whether an ellipsis stands before it.
    after_gap: bool,
}

/// Longer quotes are compared by their beginning.
const LONGEST: usize = 400;
/// What a quote is found by, at most.
pub(super) const SHINGLES: usize = 12;

/// How much more a word counts that has another one in its place than one that is only missing.
const EXCHANGED: f64 = 3.0;
/// Alike enough, said by the same person.
pub(super) const SAME_SPEAKER: f64 = 0.65;
/// Alike enough, when one of the two names nobody.
const UNKNOWN_SPEAKER: f64 = 0.70;
/// Alike enough to say that two articles disagree on who said it.
const OTHER_SPEAKER: f64 = 0.86;
/// Fewer content words than this are not told from a coincidence when the speakers differ.
const TELLING: usize = 5;

impl Sketch {
    /// The sketch of a text. What stands in square brackets is an editor's and does not count.
    pub(super) fn new(text: &str) -> Sketch {
        let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 4);
        let mut hashed: Vec<u8> = Vec::with_capacity(text.len() + 1);
        let mut behind = 0;
        let (mut bracket, mut starts, mut cut) = (false, true, false);
        each_word(text, |folded, start, end| {
            let between = &text[behind..start];
            // Mostly a blank.
            let gap = between != " " && {
                for (at, c) in between.char_indices() {
                    match c {
                        '[' => bracket = is_closed(&text[behind + at + 1..]),
                        ']' => bracket = false,
                        '.' | '!' | '?' | ':' | '“' | '"' | '…' => starts = true,
                        _ => {}
                    }
                }
                is_ellipsis(between)
            };
            cut |= gap;
            behind = end;
            if bracket {
                return;
            }
            let first = tokens.len();
            let capital = text[start..].starts_with(char::is_uppercase);
            let proper = capital && !starts;
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
                let apostrophe = folded.bytes().position(|byte| byte == b'\'');
                let bare = &folded[..apostrophe.unwrap_or(folded.len())];
                tokens.push(token(bare, proper && bare != "i"));
            }
            if let Some(token) = tokens.get_mut(first) {
                token.after_gap = gap;
            }
        });
        tokens.truncate(LONGEST);
        tokens.shrink_to_fit();
        let mut stems = [[0; 2]; 2];
        for (half, (word, bit)) in tokens.iter().flat_map(Token::bits) {
            stems[half][word] |= bit;
        }
        Sketch {
            digest: Digest {
                weight: tokens.iter().map(|token| token.class.weight()).sum(),
                stems,
                hash: hash64(&[&hashed]),
            },
            tokens,
            cut: cut || is_ellipsis(&text[behind..]),
        }
    }

    /// What is known of it without its words.
    pub(super) fn digest(&self) -> Digest {
        self.digest
    }

    /// A hash of the folded words.
    pub(super) fn hash(&self) -> u64 {
        self.digest.hash
    }

    /// Words that carry meaning.
    pub(super) fn content(&self) -> usize {
        self.tokens.iter().filter(|token| token.class != Class::Little).count()
    }

    /// What a text is found by: hashes of each two content words that follow each other; of a long text those with the
    /// smallest hashes, so that a part of it keeps some of them; and how many there are in all. Four bytes are enough:
    /// a coincidence costs a comparison.
    pub(super) fn shingles(&self) -> (Vec<i32>, usize) {
        let content: Vec<u64> = self
            .tokens
            .iter()
            .filter(|token| token.class != Class::Little)
            .map(|token| token.stem)
            .collect();
        let pairs = content.windows(2);
        let mut hashes: Vec<i32> = pairs
            .map(|pair| hash64(&[&pair[0].to_le_bytes(), &pair[1].to_le_bytes()]) as i32)
            .collect();
        hashes.sort_unstable();
        hashes.dedup();
        let all = hashes.len();
        hashes.truncate(SHINGLES);
        (hashes, all)
    }
}

impl Digest {
    /// A hash of the folded words.
    pub(super) fn hash(&self) -> u64 {
        self.hash
    }
}

impl Token {
    /// Its bits in a digest: in which half, in which word of that, and there.
    fn bits(&self) -> [(usize, (usize, u64)); 2] {
        let place = |seven: u64| ((seven >> 6 & 1) as usize, 1 << (seven & 63));
        [(0, place(self.stem >> 57)), (1, place(self.stem >> 50))]
    }
}

/// Whether two texts have so many stems in common that they can be this much alike.
pub(super) fn may_be_alike(one: &Sketch, other: &Digest, likeness: f64) -> bool {
    let shared = one.tokens.iter().filter(|token| {
        let mut bits = token.bits().into_iter();
        bits.all(|(half, (word, bit))| other.stems[half][word] & bit != 0)
    });
    let most: u32 = shared.map(|token| token.class.weight()).sum();
    f64::from(most) >= likeness * f64::from(one.digest.weight.min(other.weight))
}

/// The shorter one first.
fn in_order<'s>(one: &'s Sketch, other: &'s Sketch) -> (&'s Sketch, &'s Sketch) {
    if one.digest.weight <= other.digest.weight {
        (one, other)
    } else {
        (other, one)
    }
}

/// Whether texts so alike are one statement. `speakers` says whether both were said by the same one; none if that is not
/// known.
pub(super) fn same_at(one: &Sketch, other: &Sketch, speakers: Option<bool>, likeness: f64) -> bool {
    let telling = one.content().min(other.content());
    match speakers {
        Some(true) if one.digest.hash == other.digest.hash => true,
        Some(true) => telling >= 2 && likeness >= SAME_SPEAKER,
        None => telling >= TELLING && likeness >= UNKNOWN_SPEAKER,
        Some(false) => telling >= TELLING && likeness >= OTHER_SPEAKER,
    }
}

/// Whether two texts are one statement. `speakers` says whether both were said by the same one; none if that is not known.
pub fn same_statement(one: &str, other: &str, speakers: Option<bool>) -> bool {
    let (one, other) = (Sketch::new(one), Sketch::new(other));
    same_at(&one, &other, speakers, likeness(&one, &other))
}

/// How alike two texts are, from 0 to 1: how much of the shorter one the longer one holds, and how closely together. 0 if
/// they contradict each other.
pub fn alike(one: &str, other: &str) -> f64 {
    likeness(&Sketch::new(one), &Sketch::new(other))
}

/// How alike two texts are, from 0 to 1.
pub(super) fn likeness(one: &Sketch, other: &Sketch) -> f64 {
    if one.tokens.is_empty() || other.tokens.is_empty() {
        return 0.0;
    }
    if one.digest.hash == other.digest.hash {
        return 1.0;
    }
    let (short, long) = in_order(one, other);
    let pairs = align(&short.tokens, &long.tokens);
    let (Some(&first), Some(&last)) = (pairs.first(), pairs.last()) else {
        return 0.0;
    };
    let Some(exchanged) = exchanged(&short.tokens, &long.tokens, &pairs) else {
        return 0.0;
    };
    let weigh = |tokens: &[Token]| tokens.iter().map(|token| token.class.weight()).sum::<u32>();
    let matched: u32 = pairs.iter().map(|&(at, _)| short.tokens[at].class.weight()).sum();
    let cover = f64::from(matched) / (f64::from(short.digest.weight) + EXCHANGED * f64::from(exchanged));
    let region = weigh(&long.tokens[first.1..=last.1]);
    let close = f64::from(matched) / f64::from(region);
    // An ellipsis says that something was left out: then it need not stand closely together.
    let close = if short.cut || long.cut { close.max(0.8) } else { close };
    cover * (0.4 + 0.6 * close)
}

/// The heaviest common subsequence, as pairs of places.
fn align(short: &[Token], long: &[Token]) -> Vec<(usize, usize)> {
    thread_local! {
        static BEST: Cell<Vec<u32>> = const { Cell::new(Vec::new()) };
    }
    let wide = long.len() + 1;
    // The same memory each time: one quote is compared with many.
    let mut best = BEST.take();
    best.clear();
    best.resize((short.len() + 1) * wide, 0);
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
    BEST.set(best);
    pairs
}

/// What stands between the words they share: the weight of the words that have others in their place; none if something
/// there says another thing: a negation in one only; or numbers, names or opposites in each other's place.
fn exchanged(short: &[Token], long: &[Token], pairs: &[(usize, usize)]) -> Option<u32> {
    let (mut i, mut j) = (0, pairs.first().map_or(0, |pair| pair.1));
    // In front of the first word they share, as many words of the long one count as the short one has there.
    j = j.saturating_sub(pairs.first().map_or(0, |pair| pair.0));
    let tail = pairs.last().map_or(0, |&(i, j)| (j + short.len() - i).min(long.len()));
    let ends = pairs.iter().copied().chain([(short.len(), tail)]);
    let mut inside = false;
    let mut all = 0;
    for (to_i, to_j) in ends {
        let (a, b) = (&short[i..to_i], &long[j.min(to_j)..to_j]);
        let edge = !inside || to_i == short.len();
        let left_out = |tokens: &[Token], at: usize| tokens.get(at).is_some_and(|token| token.after_gap);
        // An ellipsis says that its text left out what the other one has here.
        let elided = inside && (a.is_empty() && left_out(short, to_i) || b.is_empty() && left_out(long, to_j));
        if !elided {
            if gap_contradicts(a, b, edge) {
                return None;
            }
            let content = |tokens: &[Token]| -> u32 {
                let content = tokens.iter().filter(|token| token.class != Class::Little);
                content.map(|token| token.class.weight()).sum()
            };
            all += content(a).min(content(b));
        }
        inside = true;
        (i, j) = ((to_i + 1).min(short.len()), (to_j + 1).min(long.len()));
    }
    Some(all)
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
    a.iter().any(|one| b.iter().any(|other| opposite(one.stem, other.stem)))
}

/// Whether words were left out somewhere.
pub(super) fn is_ellipsis(text: &str) -> bool {
    text.len() > 1 && (text.contains('…') || text.contains("..") || text.contains(". ."))
}

fn token(folded: &str, proper: bool) -> Token {
    let class = class(folded);
    let stem = match class {
        Class::Negation => hash64(&[b"not"]),
        Class::Content => hash64(&[stem(folded).as_bytes()]),
        Class::Little => hash64(&[folded.as_bytes()]),
        Class::Number => spelled(folded).map_or_else(
            || hash64(&[folded.as_bytes()]),
            |number| hash64(&[number.to_string().as_bytes()]),
        ),
    };
    Token {
        stem,
        class,
        proper: proper && class == Class::Content,
        after_gap: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
