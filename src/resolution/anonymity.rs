//! Speakers that the article hides, and why it says that it does.
//!
//! In: the entities, the text. Out: entities marked anonymous, with the span of the reason: "a senior official who spoke
//! on condition of anonymity because he was not authorised to discuss the talks". The words may stand in a later sentence
//! about the same one ("The official asked not to be named, citing …"); one that the article names is never hidden.

use super::scene::Scene;
use super::{Entity, Resolution};
use crate::attribution::Attribution;
use crate::lexicon::Class;
use crate::mentions::{Form, Kind};
use crate::span::{Run, Span};
use crate::tokens::{Kind as Sign, Listed, keys};
use aho_corasick::packed::Searcher;
use std::sync::LazyLock;

/// Marks who is hidden.
pub(super) fn mark(scene: &Scene, attributions: &[Attribution], mut resolution: Resolution) -> Resolution {
    let mut cues: Vec<u32> = attributions.iter().filter_map(|said| Some(said.cue?.start)).collect();
    cues.sort_unstable();
    for number in worth_a_look(scene) {
        let sentence = scene.document.sentences[number];
        let Some(words) = hiding(scene, sentence.tokens) else {
            continue;
        };
        let Some(entity) = hidden(scene, &resolution, number, words) else {
            continue;
        };
        let entity = &mut resolution.entities[entity as usize];
        entity.anonymous = true;
        if entity.reason.is_none() {
            entity.reason = reason(scene, &cues, words, sentence.tokens);
        }
    }
    resolution
}

/// The sentences, by number, that have a word without which nobody is hidden: one pass over the text finds them.
fn worth_a_look(scene: &Scene) -> Vec<usize> {
    /// From the second letter on, since the first one may be a capital.
    const WORDS: [&str; 14] = [
        "nonym",
        "amed",
        "dentified",
        "uoted",
        "uthori",
        "llowed",
        "ermitted",
        "NONYM",
        "AMED",
        "DENTIFIED",
        "UOTED",
        "UTHORI",
        "LLOWED",
        "ERMITTED",
    ];
    static FINDER: LazyLock<Option<Searcher>> = LazyLock::new(|| Searcher::new(WORDS));
    let sentences = &scene.document.sentences;
    let Some(finder) = FINDER.as_ref() else {
        return (0..sentences.len()).collect();
    };
    let mut found = Vec::new();
    for hit in finder.find_iter(scene.document.text) {
        let next = sentences.partition_point(|sentence| sentence.span.start as usize <= hit.start());
        let number = next.saturating_sub(1);
        if found.last() != Some(&number) && number < sentences.len() {
            found.push(number);
        }
    }
    found
}

/// The words that say somebody is hidden: "on condition of anonymity", "asked not to be named".
pub(super) fn hiding(scene: &Scene, sentence: Run) -> Option<Run> {
    const BEGINS: Listed<7> = Listed::new(keys![
        "anonymity",
        "anonymously",
        "to",
        "authorised",
        "authorized",
        "allowed",
        "permitted",
    ]);
    let tokens = scene.document.tokens.get(sentence.range())?;
    let mut places = sentence.range().zip(tokens).filter(|(_, token)| BEGINS.has(token.key));
    places.find_map(|(at, token)| {
        let next = |word: &str| scene.is(at + 1, word);
        let before = |back: usize| at.checked_sub(back);
        if token.is("anonymity") || token.is("anonymously") {
            return Some(Run::new(at, at + 1));
        }
        if token.is("to") {
            // "asked not to be named", "declined to be identified by name"
            let named = next("be") && scene.is_any(at + 2, &keys!["named", "identified", "quoted"]);
            let refuses = |at: usize| scene.is_any(at, &keys!["not", "declined", "refused", "unwilling"]);
            let refused = named && (1..=2).any(|back| before(back).is_some_and(refuses));
            let by_name = scene.is(at + 3, "by") && scene.is(at + 4, "name");
            return refused.then(|| Run::new(at, at + 3 + if by_name { 2 } else { 0 }));
        }
        // "was not authorised to speak publicly" is the reason itself.
        let talk = next("to")
            && scene.is_any(
                at + 2,
                &keys!["speak", "talk", "discuss", "comment", "brief", "disclose"],
            );
        let denied = before(1).filter(|&before| talk && scene.class(before) == Class::Negation)?;
        Some(Run::new(denied, at + 1))
    })
}

/// Whom the words are about: who is quoted in the sentence, else who is its subject.
fn hidden(scene: &Scene, resolution: &Resolution, number: usize, words: Run) -> Option<u32> {
    let sentence = scene.document.sentences[number].tokens;
    let first = scene
        .mentions
        .partition_point(|mention| mention.tokens.start < sentence.start);
    let mentions = (first..scene.mentions.len()).take_while(|&at| scene.mentions[at].tokens.start < sentence.end);
    let quoted = |at: usize| scene.mentions[at].quotation.is_some();
    let of = |at: &usize| {
        let entity = resolution.entity_of.get(*at).copied().flatten()?;
        let is = may_be_hidden(scene, &resolution.entities[entity as usize]) && !quoted(*at);
        is.then_some(entity)
    };
    let people: Vec<usize> = mentions.filter(|at| of(at).is_some()).collect();
    let before = |at: &&usize| scene.mentions[**at].tokens.end <= words.start;
    let sources = people.iter().filter(|&&at| scene.speaks[at]);
    let nearest = sources.clone().rev().find(before);
    let at = nearest
        .or_else(|| people.iter().find(before))
        .or_else(|| people.first())?;
    of(at)
}

/// Whether an entity is one that the article does not name.
fn may_be_hidden(scene: &Scene, entity: &Entity) -> bool {
    let nobody = matches!(entity.kind, Kind::Group | Kind::Person | Kind::Office);
    let named = |&at: &u32| matches!(scene.mentions[at as usize].form, Form::Name | Form::Demonym);
    nobody && entity.known.is_none() && !entity.mentions.iter().any(named)
}

/// The reason behind the words that hide somebody, up to the next sign or the cue of what is said.
fn reason(scene: &Scene, cues: &[u32], words: Run, sentence: Run) -> Option<Span> {
    let ends = |at: &usize| {
        scene
            .token(*at)
            .is_none_or(|token| !matches!(token.kind, Sign::Word | Sign::Clitic | Sign::Number | Sign::Symbol))
    };
    let start = if scene.class(words.start as usize) == Class::Negation {
        words.start as usize
    } else {
        // "anonymity, citing …": one comma may stand before the reason, and a word or two ("publicly").
        let from = words.end as usize;
        (from..(from + 5).min(sentence.end as usize)).find_map(|at| {
            let after = match () {
                () if scene.is_any(at, &keys!["because", "due"]) && scene.is_any(at + 1, &keys!["of", "to"]) => at + 2,
                () if scene.is_any(at, &keys!["because", "since", "citing", "given"]) => at + 1,
                () if scene.is(at, "as") && matches!(scene.class(at + 1), Class::Subject | Class::Determiner) => at + 1,
                () if scene.is(at, "for") && scene.is(at + 1, "fear") => at + 1,
                () if at <= from + 1 && scene.is(at, "to") => at,
                () => return None,
            };
            Some(after)
        })?
    };
    let end = (start..sentence.end as usize)
        .find(ends)
        .unwrap_or(sentence.end as usize);
    let cue = cues.get(cues.partition_point(|&cue| cue as usize <= start));
    let mut end = cue.map_or(end, |&cue| end.min(cue as usize));
    if end > start && scene.class(end - 1) == Class::Coordinator {
        end -= 1;
    }
    (start < end).then(|| scene.document.span(Run::new(start, end)))
}
