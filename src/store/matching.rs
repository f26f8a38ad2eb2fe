//! A full-text query from what a user typed.
//!
//! In: words as people write them. Out: a query of FTS5 whose every word is quoted, so that no sign of its language is left
//! but those that are offered: phrases, `-`, `OR` and `*`.

use crate::error::{Error, Result};
use std::collections::BTreeSet;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// The most words that one query may have.
pub(super) const MOST_WORDS: usize = 48;
/// Endings that the index takes off its words; of endings that it takes off alike, one.
const ENDINGS: [&str; 20] = [
    "able", "al", "ally", "ation", "e", "ed", "er", "ful", "ies", "ing", "ion", "ism", "ist", "ity", "ive", "ly",
    "ment", "ness", "or", "ous",
];
/// Bytes of what has an ending that can be taken off: shorter words keep theirs, longer ones are none.
const STEMMED: Range<usize> = 4..40;

/// A query for what a user typed. None if it holds no word.
pub(super) fn full_text(given: &str) -> Result<Option<String>> {
    let (mut wanted, mut unwanted): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let (mut either, mut count) = (false, 0);
    // A mark that stands for itself would end a word.
    let given: String = given.nfc().collect();
    let mut rest = given.trim_start();
    while !rest.is_empty() {
        let (minus, body) = match rest.strip_prefix('-') {
            Some(body) => (true, body),
            None => (false, rest),
        };
        let quoted = body.strip_prefix(['"', '“', '”']);
        let (phrase, behind) = match quoted {
            Some(inside) => match inside.find(['"', '“', '”']) {
                Some(end) => {
                    let mark = inside[end..].chars().next().map_or(1, char::len_utf8);
                    (&inside[..end], &inside[end + mark..])
                }
                None => (inside, ""),
            },
            None => body.split_at(body.find(char::is_whitespace).unwrap_or(body.len())),
        };
        rest = behind.trim_start();
        if quoted.is_none() && !minus && phrase == "OR" {
            either = !wanted.is_empty();
            continue;
        }
        // Words as the index has them: what is neither letter nor digit separates.
        let words: Vec<&str> = phrase
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        if words.is_empty() {
            continue;
        }
        count += words.len();
        if count > MOST_WORDS {
            return Err(Error::Query(format!("a search may have {MOST_WORDS} words at most")));
        }
        let words = words.join(" ");
        let term = match quoted {
            None if phrase.ends_with('*') => with_any_end(&words),
            _ => format!("\"{words}\""),
        };
        if minus {
            unwanted.push(term);
        } else if std::mem::take(&mut either) {
            if let Some(last) = wanted.last_mut() {
                *last = format!("{last} OR {term}");
            }
        } else {
            wanted.push(term);
        }
    }
    if wanted.is_empty() {
        return if unwanted.is_empty() {
            Ok(None)
        } else {
            Err(Error::Query(
                "a search needs a word that is there, not only words that are not".to_owned(),
            ))
        };
    }
    let wanted: Vec<String> = wanted.into_iter().map(|terms| format!("({terms})")).collect();
    let wanted = wanted.join(" AND ");
    Ok(Some(if unwanted.is_empty() {
        wanted
    } else {
        format!("({wanted}) NOT ({})", unwanted.join(" OR "))
    }))
}

/// Words that begin so. The index has `negoti` for "negotiation": what an ending was taken off is found by a whole word
/// with that ending.
fn with_any_end(begin: &str) -> String {
    let mut terms = vec![format!("\"{begin}\"*")];
    if STEMMED.contains(&begin.len()) {
        let mut whole = BTreeSet::new();
        for ending in ENDINGS {
            // Of the ending some letters may be there: "happin", "negotiatio".
            let there = (0..ending.len()).filter(|&at| begin.ends_with(&ending[..at]));
            whole.extend(there.map(|at| &ending[at..]));
        }
        terms.extend(whole.into_iter().map(|end| format!("\"{begin}{end}\"")));
    }
    terms.join(" OR ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_word_is_quoted() {
        let query = |given: &str| full_text(given).unwrap().unwrap_or_default();
        assert_eq!(query("sanctions now"), r#"("sanctions") AND ("now")"#);
        assert_eq!(query(r#""red lines" -oil"#), r#"(("red lines")) NOT ("oil")"#);
        assert_eq!(query("oil OR gas pr*"), r#"("oil" OR "gas") AND ("pr"*)"#);
        assert_eq!(
            query(r#"NEAR(a b) "un closed"#),
            r#"("NEAR a") AND ("b") AND ("un closed")"#
        );
        assert_eq!(query("don't text:x"), r#"("don t") AND ("text x")"#);
        assert_eq!(query("\0 ' \" * -"), "");
        assert!(full_text("-only").is_err());
        assert!(full_text(&"word ".repeat(200_000)).is_err());
    }
}
