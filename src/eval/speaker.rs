//! Whether the speaker is right: the mention in the text, or the person's name.
//!
//! In: a predicted mention and the annotated sources, or two names; and a table `names.tsv` with the columns article,
//! start, end and name (several joined by |), offsets in code points. Out: yes or no.

use crate::error::{Error, Result};
use crate::gold::Annotated;
use crate::offsets::{Converter, Offsets};
use crate::span::Span;
use std::collections::HashMap;

/// So many more characters than the source may a mention have: with its office and apposition, but not the sentence.
const LONGER: usize = 60;

/// Whether a mention is that of a source: the same span, or one that holds the end of a word of it and is not too long.
pub(super) fn meets_a_source(text: &str, mention: Span, sources: &[Span]) -> bool {
    let len = |span: Span| span.of(text).chars().count();
    let long = len(mention);
    sources.iter().any(|&source| {
        let shared = Span {
            start: mention.start.max(source.start),
            end: mention.end.min(source.end),
        };
        mention == source || (shared.start < shared.end && ends_a_word(text, shared) && long <= len(source) + LONGER)
    })
}

/// Whether a word ends inside: a half word at the end is none.
fn ends_a_word(text: &str, span: Span) -> bool {
    let words = span.of(text);
    let cut = text[span.end as usize..].starts_with(char::is_alphanumeric);
    let whole = if cut { words.trim_end_matches(is_word) } else { words };
    whole.contains(is_word)
}

pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether two names are one person's: equal, or the same last word, where first letters do not differ.
pub(super) fn same_person(given: &str, wanted: &str) -> bool {
    let fold = |name: &str| name.trim().to_lowercase().replace('ß', "ss");
    let (given, wanted) = (fold(given), fold(wanted));
    let words = |name: &'_ str| name.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let (one, other) = (words(&given), words(&wanted));
    let first = |words: &[String]| words.first().and_then(|word| word.chars().next());
    given == wanted
        || (one.last() == other.last() && (one.len() == 1 || other.len() == 1 || first(&one) == first(&other)))
}

/// Whom the annotated sources are.
#[derive(Debug, Default)]
pub struct Names {
    of: HashMap<(usize, Span), Vec<String>>,
}

impl Names {
    /// The names of a table; `file` is how messages call it. Rows of other articles are passed over, and so are rows
    /// without a number in the second column, such as a header.
    ///
    /// # Errors
    /// A row with fewer than four columns, or of a place outside its article.
    pub fn new(articles: &[Annotated], table: &str, file: &str) -> Result<Self> {
        let numbers: HashMap<&str, usize> = articles.iter().enumerate().map(|(i, a)| (a.id.as_str(), i)).collect();
        let mut converters: HashMap<usize, Converter<'_>> = HashMap::new();
        let mut of = HashMap::new();
        for (at, line) in table.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let wrong = |what: String| Error::Line {
                file: file.to_owned(),
                line: at + 1,
                what,
            };
            let cells: Vec<&str> = line.split('\t').collect();
            let &[article, start, end, names, ..] = cells.as_slice() else {
                return Err(wrong("a row has four columns: article, start, end, name".to_owned()));
            };
            let (Ok(start), Some(&number)) = (start.parse::<u32>(), numbers.get(article)) else {
                continue;
            };
            let end = end.parse::<u32>().map_err(|_| wrong(format!("{end:?} is no offset")))?;
            let converter = converters
                .entry(number)
                .or_insert_with(|| Converter::new(&articles[number].text, Offsets::Char));
            let span = converter.span(start, end).map_err(wrong)?;
            of.insert((number, span), names.split('|').map(str::to_owned).collect());
        }
        Ok(Names { of })
    }

    /// The names of a source of an article, by the article's number.
    pub(super) fn of(&self, article: usize, source: Span) -> Option<&[String]> {
        self.of.get(&(article, source)).map(Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mention_meets_a_source_by_the_end_of_a_word() {
        let text = "Foreign Minister Édith Karlsen of Nordland said";
        let span = |words: &str| {
            let start = text.find(words).unwrap();
            Span::new(start, start + words.len())
        };
        let source = [span("Édith Karlsen")];
        for (mention, wanted) in [
            ("Édith Karlsen", true),
            ("Karlsen", true),
            ("Foreign Minister Édith", true),
            ("rlsen of", true),
            ("Foreign Minister É", false),
            ("of Nordland", false),
            ("Minister ", false),
        ] {
            assert_eq!(meets_a_source(text, span(mention), &source), wanted, "{mention}");
        }
        assert!(!meets_a_source(text, source[0], &[]));
    }

    #[test]
    fn a_mention_is_at_most_so_much_longer() {
        let text = format!("Anna {}", "é".repeat(80));
        let mention = |len: usize| Span::new(0, text.char_indices().nth(len).unwrap().0);
        let source = [Span::new(0, 4)];
        assert!(meets_a_source(&text, mention(64), &source));
        assert!(!meets_a_source(&text, mention(65), &source));
    }

    #[test]
    fn names_are_compared_by_last_word_and_first_letter() {
        for (given, wanted, same) in [
            ("Edith Karlsen", "edith karlsen", true),
            ("Karlsen", "Edith Karlsen", true),
            ("E. Karlsen", "Edith Karlsen", true),
            ("Knut Karlsen", "Edith Karlsen", false),
            ("Edith", "Edith Karlsen", false),
            ("", "Edith Karlsen", false),
            (" ", "", true),
        ] {
            assert_eq!(same_person(given, wanted), same, "{given} {wanted}");
        }
    }
}
