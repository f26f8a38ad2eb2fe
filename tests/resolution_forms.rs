//! Ways to name somebody: offices in all forms, and names as they are spelt, cut and ordered.
//!
//! In: `data/forms.tsv` and `data/names.tsv`, each row a date and an article of a sentence or two. In braces stand words
//! and whom they mean, `{words=Name}`; `Name|Other` where both are right, `-` where nobody known is meant, and `\n` for
//! a line break.

#![allow(clippy::unwrap_used)]

use attache::gazetteer::Sense;
use attache::{Article, Extraction, Extractor};

/// The words in braces, with their places in the text and the right answers.
fn read(marked: &str) -> (String, Vec<(usize, usize, String)>) {
    let (mut text, mut asked) = (String::new(), Vec::new());
    let marked = marked.replace("\\n", "\n");
    let mut rest = marked.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (inner, behind) = after.split_once('}').unwrap();
        let (words, names) = inner.split_once('=').unwrap();
        asked.push((text.len(), text.len() + words.len(), names.to_owned()));
        text.push_str(words);
        rest = behind;
    }
    text.push_str(rest);
    (text, asked)
}

/// The person known to the gazetteer whom the widest mention at a place means.
fn known_at<'a>(extraction: &'a Extraction, start: usize, end: usize) -> Option<&'a str> {
    let shared = |from: usize, to: usize| to.min(end).saturating_sub(from.max(start));
    let mentions = extraction.mentions.iter().enumerate();
    let widest = mentions
        .map(|(at, mention)| (shared(mention.span.start as usize, mention.span.end as usize), at))
        .filter(|&(shared, at)| shared > 0 && extraction.resolution.entity_of[at].is_some())
        .max_by_key(|&(shared, at)| (shared, std::cmp::Reverse(at)))?;
    let entity = extraction.resolution.entity_of[widest.1]?;
    let entity = &extraction.resolution.entities[entity as usize];
    matches!(entity.known, Some(Sense::Person(_))).then_some(entity.name.as_str())
}

/// Asks a table, which has so many questions at least.
fn ask(table: &str, least: usize) {
    let extractor = Extractor::new();
    let (mut asked, mut wrong) = (0, Vec::new());
    for row in table.lines().skip(1) {
        let (date, marked) = row.split_once('\t').unwrap_or_else(|| panic!("{row:?}"));
        let (text, questions) = read(marked);
        let article = Article::new(text.clone()).dated(date).unwrap();
        let extraction = extractor.extract(&article).unwrap();
        for (start, end, names) in questions {
            asked += 1;
            let found = known_at(&extraction, start, end);
            let right = names.split('|').any(|name| match name {
                "-" => found.is_none(),
                name => found == Some(name),
            });
            if !right {
                wrong.push(format!(
                    "{date} {text:?}: {:?} is {found:?}, not {names}",
                    &text[start..end]
                ));
            }
        }
    }
    assert!(asked >= least, "only {asked} questions");
    assert!(wrong.is_empty(), "{} of {asked}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn offices_in_every_form() {
    ask(include_str!("data/forms.tsv"), 200);
}

#[test]
fn names_in_every_spelling() {
    ask(include_str!("data/names.tsv"), 220);
}

/// Sentences of words that are names elsewhere ("May", "Rice", "Reading") speak of nobody whom the gazetteer knows.
#[test]
fn ordinary_words_are_nobody() {
    let extractor = Extractor::new();
    let (mut asked, mut wrong) = (0, Vec::new());
    for sentence in include_str!("data/ordinary_words.txt").lines() {
        asked += 1;
        let article = Article::new(sentence).dated("2017-05-10").unwrap();
        let extraction = extractor.extract(&article).unwrap();
        let known = extraction
            .resolution
            .entities
            .iter()
            .filter(|entity| entity.known.is_some());
        wrong.extend(known.map(|entity| format!("{sentence:?}: {}", entity.name)));
    }
    // "Turkey is served with gravy" begins as news of the country does.
    assert!(asked >= 280 && wrong.len() <= 1, "{}", wrong.join("\n"));
}
