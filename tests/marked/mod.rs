//! Articles with the answer written behind the words, `{words=Name}`; `{words=?}` is somebody of whom no entity may be
//! made.

use attache::{Article, Extraction, Extractor};

/// Reads an article with answers and compares.
#[track_caller]
pub(crate) fn check(date: &str, marked: &str) {
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
