//! Laws of the text stages, for any string at all: nothing lost, nothing twice, everything in bounds, no panic.

use attache::span::{Run, Span};
use attache::text::Document;
use attache::tokens::Token;
use proptest::prelude::*;

/// Characters that decide something: marks, stops, brackets, breaks, apostrophes, combining marks, other scripts.
const SIGNS: &str =
    "[aAbZ Iuss.'\"“”‘’«»„`,:;!?…()\\[\\]0-9\n\r\t\u{a0}\u{200b}\u{ad}\u{301}é中กد\u{1f1fa}@#/=*_&—–‑-]{0,60}";

/// Pieces of news text, put together in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "He said ",
        "“We go",
        "\" ",
        "” ",
        "'",
        "’s ",
        ". ",
        "U.S. ",
        "Sen. ",
        "\n",
        "\n\n",
        "...",
        "?! ",
        "(",
        ") ",
        "‘",
        "Orlo ",
        "Subscribe now ",
        "Read more: ",
        "Mr. ",
        "5'2\" ",
        "http://a.b/c ",
        ":-) ",
        "[4] ",
        "— ",
        "1. ",
        "''",
        "``",
        "«",
        "» ",
        "x@y.z ",
        "a.m. ",
        "&",
        "voters’ ",
        "'90s ",
        "“",
        "\u{301}",
        "ﬁ",
        "İ",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![SIGNS.prop_map(String::from), any::<String>(), pieces()]
}

/// Whether a character may stand between tokens: white space, controls, invisible signs.
fn ignorable(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
}

fn check_span(text: &str, span: Span) {
    assert!(span.start < span.end, "{span:?} is empty");
    assert!(text.get(span.range()).is_some(), "{span:?} is off a border");
}

fn check_partition(runs: impl Iterator<Item = Run>, tokens: usize) {
    let mut at = 0;
    for run in runs {
        assert_eq!(run.start, at, "a token is lost or taken twice");
        assert!(!run.is_empty());
        at = run.end;
    }
    assert_eq!(at as usize, tokens);
}

fn check_tokens(text: &str, tokens: &[Token]) {
    let mut at = 0;
    for token in tokens {
        check_span(text, token.span);
        let gap = &text[at..token.span.start as usize];
        assert!(gap.chars().all(ignorable), "{gap:?} is in no token");
        let breaks = gap.contains(['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}']);
        assert_eq!(token.breaks > 0, breaks, "{gap:?}");
        assert_eq!(token.spaced, !gap.is_empty() || at == 0, "{gap:?}");
        at = token.span.end as usize;
    }
    assert!(text[at..].chars().all(ignorable));
}

fn check_quotations(document: &Document) {
    let quotations = &document.quotations;
    for (index, quotation) in quotations.iter().enumerate() {
        check_span(document.text, quotation.span);
        assert_eq!(quotation.span, document.span(quotation.tokens));
        assert!(quotation.marked.contains(quotation.tokens));
        let paragraph = document
            .paragraphs
            .iter()
            .find(|paragraph| paragraph.tokens.has(quotation.marked.start as usize));
        assert!(paragraph.is_some_and(|paragraph| paragraph.tokens.contains(quotation.marked)));
        for earlier in [quotation.inside, quotation.continues].into_iter().flatten() {
            assert!((earlier as usize) < index);
        }
        if let Some(outer) = quotation.inside {
            assert!(quotations[outer as usize].tokens.contains(quotation.marked));
        }
        if let Some(earlier) = quotation.continues {
            assert!(!quotations[earlier as usize].closed);
        }
        // Two that meet lie one in the other.
        for other in &quotations[index + 1..] {
            let nested = quotation.tokens.contains(other.marked);
            assert!(
                nested || !quotation.marked.meets(other.marked),
                "{quotation:?} {other:?}"
            );
        }
    }
    assert!(quotations.is_sorted_by_key(|quotation| quotation.marked.start));
}

fn check(text: &str) {
    let document = Document::read(text);
    let tokens = document.tokens.len();
    check_tokens(text, &document.tokens);
    check_partition(document.paragraphs.iter().map(|paragraph| paragraph.tokens), tokens);
    check_partition(document.sentences.iter().map(|sentence| sentence.tokens), tokens);
    for paragraph in &document.paragraphs {
        assert_eq!(paragraph.span, document.span(paragraph.tokens));
    }
    for sentence in &document.sentences {
        assert_eq!(sentence.span, document.span(sentence.tokens));
        let within = |paragraph: &Run| paragraph.contains(sentence.tokens);
        assert!(
            document
                .paragraphs
                .iter()
                .map(|paragraph| paragraph.tokens)
                .any(|run| within(&run))
        );
    }
    check_quotations(&document);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn holds_for_any_text(text in any_text()) {
        check(&text);
    }

    #[test]
    fn is_the_same_again(text in pieces()) {
        let (once, again) = (Document::read(&text), Document::read(&text));
        prop_assert_eq!(once.tokens, again.tokens);
        prop_assert_eq!(once.paragraphs, again.paragraphs);
        prop_assert_eq!(once.sentences, again.sentences);
        prop_assert_eq!(once.quotations, again.quotations);
    }
}

#[test]
fn holds_for_the_extremes() {
    for text in [
        "", " ", "\n", "\u{feff}", "\"", "'", "''", "\0", "\u{301}", "(", "“", "a", "…", "@", "#a", "_", "ʼs",
    ] {
        check(text);
    }
}

/// Every text of up to five of the marks, stops and letters that the pairing turns on.
#[test]
fn holds_for_all_short_texts() {
    let signs = ["\"", "'", "“", "”", "‘", "’", "a", ". ", " ", "\n", "A", "(", ")"];
    let mut texts = vec![String::new()];
    for _ in 0..4 {
        let longer: Vec<String> = texts
            .iter()
            .flat_map(|text| signs.iter().map(move |sign| format!("{text}{sign}")))
            .collect();
        longer.iter().for_each(|text| check(text));
        texts = longer;
    }
}
