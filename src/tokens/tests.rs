use super::*;

fn cut(text: &str) -> Vec<&str> {
    tokenize(text).iter().map(|t| t.span.of(text)).collect()
}

#[test]
fn cuts_words_clitics_and_abbreviations() {
    let cases: [(&str, &[&str]); 13] = [
        ("He said.", &["He", "said", "."]),
        (
            "Mr. Smith's in the U.S. now.",
            &["Mr.", "Smith", "'s", "in", "the", "U.S.", "now", "."],
        ),
        ("It didn’t, they’ll", &["It", "did", "n’t", ",", "they", "’ll"]),
        ("O'Malley and al-Assad", &["O'Malley", "and", "al-Assad"]),
        (
            "“No,” he said—twice.",
            &["“", "No", ",", "”", "he", "said", "—", "twice", "."],
        ),
        ("``So'' -- yes...", &["``", "So", "''", "--", "yes", "..."]),
        ("$1,200.50 (3%)", &["$", "1,200.50", "(", "3", "%", ")"]),
        ("a 46-year-old", &["a", "46-year-old"]),
        (
            "J. K. Doe, Ph.D., at 5 a.m.",
            &["J.", "K.", "Doe", ",", "Ph.D.", ",", "at", "5", "a.m."],
        ),
        (
            "Erdoğan’s voters’ 'yes'",
            &["Erdoğan", "’s", "voters", "’", "'", "yes", "'"],
        ),
        (
            "see https://x.org/a?b. @some_one #Tag",
            &["see", "https://x.org/a?b", ".", "@some_one", "#Tag"],
        ),
        (
            "No. 10 said no. He left.",
            &["No.", "10", "said", "no", ".", "He", "left", "."],
        ),
        ("What?! So I. Then", &["What", "?!", "So", "I", ".", "Then"]),
    ];
    for (text, want) in cases {
        assert_eq!(cut(text), want, "{text}");
    }
}

#[test]
fn keeps_addresses_and_faces_whole() {
    let cases: [(&str, &[&str]); 9] = [
        ("Mail ana.orlo@vela.example.", &["Mail", "ana.orlo@vela.example", "."]),
        ("at vela.org, or", &["at", "vela.org", ",", "or"]),
        ("see pic.vela.com/a1?b now", &["see", "pic.vela.com/a1?b", "now"]),
        ("open plan.pdf)", &["open", "plan.pdf", ")"]),
        ("in alt.news.vela today", &["in", "alt.news.vela", "today"]),
        ("the end.Next one", &["the", "end", ".", "Next", "one"]),
        ("so good :-) bye", &["so", "good", ":-)", "bye"]),
        ("as follows: (a)", &["as", "follows", ":", "(", "a", ")"]),
        ("***** ____ ==", &["*****", "____", "=="]),
    ];
    for (text, want) in cases {
        assert_eq!(cut(text), want, "{text}");
    }
}

#[test]
fn cuts_clitics_behind_marks_and_numbers() {
    let cases: [(&str, &[&str]); 3] = [
        ("1990's “Vela Post”'s", &["1990", "'s", "“", "Vela", "Post", "”", "'s"]),
        ("é’é’s", &["é’é", "’s"]),
        ("in the '90s", &["in", "the", "'", "90s"]),
    ];
    for (text, want) in cases {
        assert_eq!(cut(text), want, "{text}");
    }
}

#[test]
fn cuts_scripts_without_spaces_by_unicode() {
    assert_eq!(cut("外交部 said"), ["外", "交", "部", "said"]);
    assert_eq!(cut("Лавров сказал"), ["Лавров", "сказал"]);
}

#[test]
fn folds_case_diacritics_and_apostrophes_into_one_key() {
    for (left, right) in [
        ("Erdoğan", "ERDOGAN"),
        ("don’t", "don't"),
        ("Łódź", "lodz"),
        ("co\u{ad}operate", "cooperate"),
    ] {
        assert_eq!(folded_key(left), folded_key(right), "{left} {right}");
    }
    assert_ne!(folded_key("Kim"), folded_key("Kin"));
    for sign in ["“", "”", "–", "—", "’", "‘", "’s"] {
        assert_eq!(folded_key(sign), raw_key(fold(sign).as_bytes()), "{sign}");
    }
}

#[test]
fn a_token_has_the_key_of_its_word() {
    let text = "a Ab SEVENTY seventyone The-Fourteenth-Of-May x";
    for token in tokenize(text) {
        let word = token.span.of(text);
        assert_eq!(token.key, word_key(word), "{word}");
        assert_eq!(token.key, raw_key(fold(word).as_bytes()), "{word}");
    }
}

#[test]
fn a_sign_has_the_key_of_its_byte() {
    for sign in ",;:()[]{}.?!'\"-%&*/$".chars() {
        let text = format!("word {sign} word");
        let token = tokenize(&text)[1];
        assert_eq!(token.span.of(&text), sign.to_string());
        assert_eq!(token.key, raw_key(token.span.of(&text).as_bytes()), "{sign}");
    }
}

#[test]
fn listed_keys_are_those_that_were_given() {
    let words = ["to", "anonymity", "allowed"].map(word_key);
    let listed = Listed::new(words);
    assert!(words.iter().all(|&key| listed.has(key)));
    // Keys of the same bit, and of others.
    let others = (0..6400).map(|key| words[0].wrapping_add(key)).skip(1);
    assert!(others.filter(|key| !words.contains(key)).all(|key| !listed.has(key)));
}

#[test]
fn tells_how_a_word_is_written() {
    for (word, case) in [
        ("word", Case::Lower),
        ("Word", Case::Capital),
        ("McCain", Case::Capital),
        ("al-Assad", Case::Capital),
        ("NATO", Case::Upper),
        ("U.S.", Case::Upper),
        ("iPhone", Case::Mixed),
    ] {
        assert_eq!(tokenize(word)[0].case, case, "{word}");
    }
}

#[test]
fn counts_line_breaks() {
    let breaks: Vec<u8> = tokenize("a\nb\r\n\r\nc d\n\n\ne").iter().map(|t| t.breaks).collect();
    assert_eq!(breaks, [0, 1, 2, 0, 2]);
}
