//! The gazetteer from outside: laws of finding, ordinary words, and the tables themselves.

#![allow(clippy::unwrap_used)]

use attache::gazetteer::Gazetteer;
use attache::tokens::tokenize;
use proptest::prelude::*;

/// Names, parts of names and what can stand around them.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("Vladimir Putin"),
        Just("al-Assad"),
        Just("Bashar"),
        Just("New York"),
        Just("Times"),
        Just("U.S."),
        Just("US"),
        Just("WHO"),
        Just("may"),
        Just("May"),
        Just("bin"),
        Just("Salman"),
        Just("of"),
        Just("the"),
        Just("Kremlin"),
        Just("spokesman"),
        Just("secretary"),
        Just("State"),
        Just("\n"),
        Just("\n\n"),
        Just("  "),
        Just("'s"),
        Just("’s"),
        Just(", "),
        Just(". "),
        Just("J."),
        Just("Donald"),
        Just("Trump"),
        Just("“"),
        Just("Peña"),
        Just("Nieto"),
        Just("é"),
        Just("\u{301}"),
        Just("-"),
        Just("—"),
        Just("No. 10"),
    ];
    proptest::collection::vec((piece, prop_oneof![Just(" "), Just(""), Just("\n")]), 0..40)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(piece, gap)| [piece, gap]).collect())
}

fn holds(text: &str) -> Result<(), TestCaseError> {
    let gazetteer = Gazetteer::builtin();
    let tokens = tokenize(text);
    let mut last = 0;
    for hit in gazetteer.find(text, &tokens) {
        prop_assert!(hit.tokens.start >= last, "sorted, none overlapping");
        prop_assert!(hit.tokens.start < hit.tokens.end && hit.tokens.end as usize <= tokens.len());
        prop_assert!(!hit.senses.is_empty());
        last = hit.tokens.end;
    }
    for at in 0..tokens.len() {
        for run in [
            gazetteer.surname_at(text, &tokens, at).map(|(run, _)| run),
            gazetteer.role_at(text, &tokens, at).map(|role| role.tokens),
        ]
        .into_iter()
        .flatten()
        {
            prop_assert!(run.start as usize == at && run.end as usize <= tokens.len() && !run.is_empty());
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_searched_without_harm(text in any::<String>()) {
        holds(&text)?;
    }

    #[test]
    fn any_heap_of_names_is_searched_without_harm(text in pieces()) {
        holds(&text)?;
    }
}

#[test]
fn ordinary_words_are_no_names() {
    let gazetteer = Gazetteer::builtin();
    let sentences: Vec<&str> = include_str!("data/ordinary_words.txt").lines().collect();
    assert!(sentences.len() >= 200);
    let mut wrong = Vec::new();
    for sentence in sentences {
        let tokens = tokenize(sentence);
        for hit in gazetteer.find(sentence, &tokens) {
            if !hit.ambiguous {
                let first = tokens[hit.tokens.start as usize].span.start as usize;
                let last = tokens[hit.tokens.end as usize - 1].span.end as usize;
                wrong.push(format!(
                    "{:?} in {sentence:?}: {:?}",
                    &sentence[first..last],
                    hit.senses
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn names_that_are_words_elsewhere_are_kept() {
    let gazetteer = Gazetteer::builtin();
    for (sentence, name) in [
        ("Talks with Turkey failed.", "Turkey"),
        ("Officials in Jordan said so.", "Jordan"),
        ("Jordan Foreign Minister Ayman Safadi said so.", "Jordan"),
        ("They met in Nice, police said.", "Nice"),
        ("The train to Reading was late.", "Reading"),
        ("The US said so.", "US"),
        ("The U.S. and China agreed.", "U.S."),
        ("Georgia said it would join.", "Georgia"),
        ("In Chad, the army took over.", "Chad"),
        ("The WHO said so.", "WHO"),
    ] {
        let tokens = tokenize(sentence);
        let kept = gazetteer.find(sentence, &tokens).into_iter().any(|hit| {
            let span = tokens[hit.tokens.start as usize].span;
            hit.tokens.len() == 1 && span.of(sentence) == name && !hit.ambiguous
        });
        assert!(kept, "{name} in {sentence:?}");
    }
    for (sentence, name) in [
        ("Paris Hilton arrived.", "Paris"),
        ("Austin Tice is missing.", "Austin"),
        ("Jordan Smith arrived.", "Jordan"),
        ("Turkey was on the menu.", "Turkey"),
    ] {
        let tokens = tokenize(sentence);
        let hits = gazetteer.find(sentence, &tokens);
        assert!(hits.iter().all(|hit| hit.ambiguous), "{name} in {sentence:?}");
    }
}

#[test]
fn of_places_of_one_name_the_larger_comes_first() {
    let gazetteer = Gazetteer::builtin();
    let first = |name: &str| {
        let found = gazetteer.lookup(name, None);
        let place = found.iter().find_map(|candidate| match candidate.sense {
            attache::gazetteer::Sense::Place(place) => Some(gazetteer.place(place)),
            _ => None,
        });
        place.map(|place| (place.id, place.country.unwrap_or_default()))
    };
    for (name, id, country) in [
        ("Florida", "p-us-florida", "US"),
        ("Ontario", "p-ca-ontario", "CA"),
        ("Virginia", "p-us-virginia", "US"),
        ("Georgia", "g614540", "GE"),
        ("New York", "g5128581", "US"),
        ("Washington", "g4140963", "US"),
        ("Birmingham", "g2655603", "GB"),
    ] {
        assert_eq!(first(name), Some((id, country)), "{name}");
    }
}
