//! Laws of the text stages, for any string at all: nothing lost, nothing twice, everything in bounds, no panic.

use super::sound;
use attache::text::Document;
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

fn check(text: &str) {
    sound::document(&Document::read(text));
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
