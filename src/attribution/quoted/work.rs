//! Titles of works.
//!
//! In: a quotation. Out: whether it is the title of what somebody wrote, read or sang, by the words beside it: then nobody
//! says it.

use super::{Scene, Shape};
use crate::mentions::Kind;
use crate::tokens::keys;

/// What stands behind a title: "“Two Left Feet” star Dana Orvik".
const STARS: [u64; 16] = keys![
    "actor",
    "actress",
    "album",
    "author",
    "co-creator",
    "co-host",
    "co-star",
    "creator",
    "director",
    "fame",
    "franchise",
    "host",
    "movie",
    "producer",
    "star",
    "stars",
];

/// What a work is called that has a title; books and songs are quoted as well.
const WORKS: [u64; 14] = keys![
    "album",
    "blockbuster",
    "comedy",
    "documentary",
    "drama",
    "film",
    "miniseries",
    "movie",
    "musical",
    "novel",
    "podcast",
    "program",
    "show",
    "sitcom",
];

/// "Holt, who wrote “Bridges to Nowhere,”", "her drivers read “War and Peace”": what is written, read or sung with the
/// capitals of a title is one, without a sign before it.
pub(super) fn is_title(scene: &Scene, shape: &Shape) -> bool {
    const MADE: [u64; 16] = keys![
        "authored",
        "directed",
        "hummed",
        "penned",
        "performed",
        "played",
        "produced",
        "published",
        "read",
        "reading",
        "sang",
        "sing",
        "sings",
        "sung",
        "wrote",
        "written",
    ];
    let items = &scene.items.items;
    if !shape.title_case || shape.last == b'!' {
        return false;
    }
    let next = scene.document.tokens.get(items[shape.item].tokens.end as usize);
    if next.is_some_and(|next| shape.last == b'w' && next.breaks == 0 && STARS.contains(&next.key)) {
        return true;
    }
    let Some(verb) = shape.item.checked_sub(1) else {
        return false;
    };
    // "the sitcom “Two Left Feet”"
    let last = &scene.document.tokens[items[verb].tokens.end as usize - 1];
    if items[verb].sentence == items[shape.item].sentence && WORKS.contains(&last.key) {
        return true;
    }
    let made = MADE.contains(&scene.word(&items[verb]).key);
    let subject = verb
        .checked_sub(1)
        .and_then(|at| scene.mentions.get(items[at].mention as usize));
    // "A banner read “Free the Press”"
    let reads = keys!["read", "reading"].contains(&scene.word(&items[verb]).key);
    let sign = reads && subject.is_none_or(|subject| !matches!(subject.kind, Some(Kind::Person | Kind::Group)));
    let relative = subject.is_some_and(|_| scene.items.relative[items[verb - 1].mention as usize]);
    made && (relative || !sign) && items[verb].sentence == items[shape.item].sentence
}
