//! Titles of works.
//!
//! In: a quotation. Out: whether it is the title of what somebody wrote, read or sang, or of the programme somebody was on,
//! by the words beside it: then nobody says it.

use super::{Scene, Shape};
use crate::mentions::Kind;
use crate::tokens::{Case, Token, keys};

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
    if is_programme(scene, shape.item) {
        return true;
    }
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

/// "told NBC’s “Meet the Press” that", "told “Fox & Friends” he", "said on “Hannity”": whether the quotation that is this
/// item is the name of a programme.
pub(in crate::attribution) fn is_programme(scene: &Scene, item: usize) -> bool {
    /// Most words of such a name.
    const LONGEST: usize = 6;
    let items = &scene.items.items;
    let Some(quotation) = scene.document.quotations.get(items[item].quotation as usize) else {
        return false;
    };
    let Some(before) = item
        .checked_sub(1)
        .filter(|&k| items[k].sentence == items[item].sentence)
    else {
        return false;
    };
    let tokens = &scene.document.tokens;
    let named = tokens[quotation.tokens.range()].iter().filter(|token| token.is_word());
    let capital = |token: &Token| token.case != Case::Lower || token.span.len() <= 3;
    let title = named.clone().all(capital) && named.clone().next().is_some_and(Token::is_capital);
    let station = |k: usize| {
        let mention = scene.mentions.get(items[k].mention as usize);
        mention.is_some_and(|mention| mention.kind == Some(Kind::Organization))
    };
    // "NBC’s", "Fox News’"
    let last = tokens[items[before].tokens.end as usize - 1]
        .span
        .of(scene.document.text);
    let owned = matches!(last, "'s" | "’s" | "'" | "’") && (station(before) || before > 0 && station(before - 1));
    let told = scene.word(&items[before]);
    let runs_on = scene.items.class(item + 1, scene.items.sentence_of(item)) != b'$';
    let shown = told.is("on") || runs_on && keys!["told", "tells", "tell", "telling"].contains(&told.key);
    title && named.count() <= LONGEST && (owned || shown)
}
