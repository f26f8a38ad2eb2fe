//! Who is meant: articles with the answer written behind the words, `{words=Name}`.
//!
//! `{words=?}` is somebody of whom no entity may be made. The people who speak are invented; real ones hold the offices
//! that they held on the article's date.

#![allow(clippy::unwrap_used)]

use attache::{Article, Extraction, Extractor};

/// Reads an article with answers and compares.
#[track_caller]
fn check(date: &str, marked: &str) {
    let mut text = String::new();
    let mut asked = Vec::new();
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (inner, behind) = after.split_once('}').unwrap();
        let (words, name) = inner.split_once('=').unwrap();
        asked.push((text.len(), text.len() + words.len(), words, name));
        text.push_str(words);
        rest = behind;
    }
    text.push_str(rest);
    let mut article = Article::new(text.clone());
    if !date.is_empty() {
        article = article.dated(date).unwrap();
    }
    let extractor = Extractor::new();
    let extraction = extractor.extract(&article).unwrap();
    let wrong: Vec<String> = asked
        .into_iter()
        .filter_map(|(start, end, words, name)| {
            let found = entity_at(&extraction, start, end);
            (found != name).then(|| format!("{words:?} is {found:?}, not {name:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{text}\n{}", wrong.join("\n"));
}

/// The name of the entity that the mention at a place belongs to.
fn entity_at(extraction: &Extraction, start: usize, end: usize) -> String {
    let mention = extraction
        .mentions
        .iter()
        .position(|m| (m.span.start as usize) < end && start < m.span.end as usize);
    let entity = mention.and_then(|at| extraction.resolution.entity_of[at]);
    entity.map_or("?".to_owned(), |id| {
        extraction.resolution.entities[id as usize].name.clone()
    })
}

#[test]
fn surnames_mean_whoever_was_named_in_full() {
    check(
        "2014-03-04",
        "Salem Meslet, the spokesman for the coalition, left the talks. “We are done,” {Meslet=Salem Meslet} said. \
         {Mr. Meslet=Salem Meslet} said {he=Salem Meslet} would not return.",
    );
    check(
        "2016-05-01",
        "“It was a long night,” {Trennick=Dora Trennick} said. Dora Trennick, a nurse, has two sons. \
         “I slept well,” {she=Dora Trennick} said.",
    );
}

#[test]
fn two_of_one_surname_are_told_apart() {
    check(
        "2016-05-01",
        "Hanna Odell and her husband, Peter Odell, opened the shop. {Mrs. Odell=Hanna Odell} called it “a dream.” \
         {Mr. Odell=Peter Odell} called it “hard work.”",
    );
}

#[test]
fn surnames_alone_are_looked_up_for_the_date() {
    check(
        "2017-04-12",
        "“We will see,” {Putin=Vladimir Putin} said. {Tillerson=Rex Tillerson} agreed.",
    );
    check("2012-06-01", "“We will see,” {Cameron=David Cameron} said.");
}

#[test]
fn offices_mean_their_holder_on_the_date() {
    check(
        "2017-04-12",
        "“We will see,” {the Russian foreign minister=Sergei Lavrov} said.",
    );
    check(
        "2013-04-12",
        "“We will see,” {the British prime minister=David Cameron} said.",
    );
    check(
        "",
        "“We will see,” {the Russian foreign minister=Russian foreign minister} said.",
    );
}

#[test]
fn pronouns_mean_the_subject_of_their_gender() {
    check(
        "2015-02-03",
        "Anna Vosk met Tom Hale in Riga. “We were cold,” {she=Anna Vosk} said. “I was not,” {he=Tom Hale} said.",
    );
}

#[test]
fn places_that_speak_are_governments() {
    check("2017-04-12", "“This is a mistake,” {Moscow=Russia} warned.");
}
