//! Noun phrases to figures.
//!
//! In: "the spokesman", "the 71-year-old", "the Russian", "the ministry", "the report", "US officials". Out: the figure
//! they speak of: the last one whom the words fit, the institution that issued a document;
//! for collective speakers a figure of their own.

use super::beside;
use super::cast::Figure;
use super::later;
use super::offices;
use super::pronouns::{REACH, Walk};
use super::scene::{Scene, one_line};
use super::speakers;
use super::terms;
use super::things;
use super::titles;
use crate::lexicon::Class;
use crate::mentions::{Form, Kind};
use crate::span::Run;
use crate::tokens::{Kind as Sign, keys};
/// Nouns for whoever speaks for somebody: one word for all.
pub(super) const SPOKES: [u64; 3] = keys!["spokesman", "spokeswoman", "spokesperson"];

/// The figure that a noun phrase speaks of.
pub(super) fn resolve(walk: &mut Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    let speaks = scene.speaks[mention];
    if speaks && let Some(figure) = beside::other_half(walk, mention) {
        return Some(figure);
    }
    if scene.is(told.head as usize, "counterpart") {
        return counterpart(walk, mention);
    }
    if scene.is(told.head as usize, "predecessor") && scene.class(told.tokens.start as usize) == Class::Possessive {
        return terms::predecessor(walk);
    }
    if let Some(figure) = terms::elected(walk, mention) {
        return Some(figure);
    }
    if told.kind == Some(Kind::Person)
        && offices::whole(scene, told.tokens).end > told.tokens.end
        && let Some(figure) = offices::resolve(walk, mention)
    {
        return Some(figure);
    }
    let head = scene.token(told.head as usize).map(|token| token.key);
    if head.is_some_and(|head| SPOKES.contains(&head)) {
        let figure = described(walk, mention).or_else(|| offices::spokesman(walk, mention));
        if figure.is_some() {
            return figure;
        }
    }
    if let Some(country) = governs(walk, mention)
        && speaks
    {
        return Some(speakers::of_country(scene, &mut walk.cast, country, None));
    }
    if speaks && let Some(figure) = things::part(walk, mention) {
        return Some(figure);
    }
    match told.kind {
        _ if told.plural => {}
        Some(Kind::Thing) if speaks => {
            if let Some(figure) = things::issuer(walk, mention) {
                return Some(figure);
            }
        }
        Some(Kind::Organization) if speaks && beside::named_body(walk, mention).is_some() => {
            return beside::named_body(walk, mention);
        }
        Some(Kind::Organization) if scene.is_settled(told.tokens) && !scene.is_human_noun(told.head as usize) => {
            if let Some(figure) = body(walk, mention) {
                return Some(figure);
            }
        }
        Some(Kind::Person | Kind::Office | Kind::Organization) | None
            if scene.is_settled(told.tokens) || told.form == Form::Demonym =>
        {
            if let Some(figure) = described(walk, mention) {
                return Some(figure);
            }
        }
        _ => {}
    }
    if speaks && let Some(figure) = later::introduced(walk, mention) {
        return Some(figure);
    }
    // "A young woman asked …": she may be spoken of again.
    let introduced = scene.talks[mention]
        && !told.plural
        && told.kind == Some(Kind::Person)
        && scene.is_any(told.tokens.start as usize, &keys!["a", "an", "another", "one"]);
    (speaks || introduced || goes_on(scene, mention))
        .then(|| own_figure(walk, mention))
        .flatten()
}

/// So many mentions behind an institution are looked at.
const BEHIND: usize = 12;

/// "Norland's foreign ministry summoned the envoy over what it called …": an institution that its sentence goes on to let
/// speak.
fn goes_on(scene: &Scene, mention: usize) -> bool {
    let told = &scene.mentions[mention];
    let body = told.kind == Some(Kind::Organization) && !told.plural && scene.subject[mention];
    let same = |&other: &usize| scene.sentence_of[other] == scene.sentence_of[mention];
    let mut behind = (mention + 1..scene.mentions.len()).take(BEHIND).take_while(same);
    body && behind.any(|other| scene.speaks[other] && scene.is(scene.mentions[other].head as usize, "it"))
}

/// The country whose government a phrase means: "the Algerian government", "Syria's regime".
fn governs(walk: &Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    let head = told.head as usize;
    if !scene.is_any(head, &keys!["government", "regime", "authorities"]) || told.tokens.len() > 4 {
        return None;
    }
    scene.country_in(told.tokens)
}

/// "his Russian counterpart": who holds the same post for another country.
fn counterpart(walk: &mut Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    let country = scene.country_in(told.tokens)?;
    let near: Vec<u32> = walk.recent.iter().rev().take(6).copied().collect();
    for other in near {
        let Some(id) = walk.cast.figure(other as usize) else {
            continue;
        };
        let figure = walk.cast.get(id);
        if figure.kind != Some(Kind::Person) || figure.country == Some(country) {
            continue;
        }
        let posts = offices::posts_of(walk, figure);
        if posts.is_empty() {
            continue;
        }
        return offices::of_posts(walk, &posts, country, told.gender);
    }
    None
}

/// The person whom the words of a phrase fit: title, role, country, gender; else, for a speaker, whoever spoke last.
fn described(walk: &Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    let hidden = walk.is_hidden(mention);
    let head = scene.token(told.head as usize)?.key;
    let country = scene.country_in(told.tokens);
    let words = words(scene, told.name, head);
    let posts = titles::posts(scene, told.tokens);
    let post = told.form == Form::Office && !posts.is_empty() && !scene.is(told.head as usize, "leader");
    let mut best: Option<(f32, u32)> = None;
    for (count, (id, other)) in (1..).zip(walk.figures(2 * REACH)) {
        let figure = walk.cast.get(id);
        let human = figure.kind == Some(Kind::Person) || figure.unnamed;
        if !human || !figure.may_be(told.gender) || hidden && !figure.unnamed {
            continue;
        }
        let mut score = if post { 0.0 } else { fit(figure, head, &words) };
        if !posts.is_empty() && offices::holds(walk, figure, &posts, country, true) {
            score += 3.0;
        }
        if score <= 0.0 {
            continue;
        }
        if walk.speaker == Some(other) && scene.speaks[mention] {
            score += 1.5;
        }
        if figure.country.is_some() && country.is_some() {
            score += if figure.country == country { 1.0 } else { -3.0 };
        }
        score -= 0.2 * count as f32;
        if best.is_none_or(|(least, _)| score > least) {
            best = Some((score, id));
        }
    }
    let fitting = best.filter(|(score, _)| *score >= 1.0).map(|(_, id)| id);
    let end = told.tokens.end as usize;
    let counted = scene.is(end, "of") && scene.class(end + 1) == Class::Number;
    let opened = !counted && scene.is_any(end, &keys!["of", "for", "who", "from", "in", "at", "with", "to"]);
    // "Obama's former strategist" is somebody else than whoever spoke last.
    let owned = told.tokens.range().any(|at| scene.is_sign(at, Sign::Clitic));
    let bare = !opened && scene.is(told.tokens.start as usize, "the") && !owned;
    if fitting.is_some() || !scene.speaks[mention] || !bare || post {
        return fitting;
    }
    let unknown = told.kind.is_none() && !scene.reads_like_thing(told.head as usize);
    let human = unknown || scene.is_human_noun(told.head as usize);
    human.then(|| walk.personal(mention, told.gender)).flatten()
}

/// How well a noun and the words before it fit what the article says of a figure.
fn fit(figure: &Figure, head: u64, words: &[u64]) -> f32 {
    let spokes = SPOKES.contains(&head);
    let headed = figure.described.contains(&head) || spokes && SPOKES.iter().any(|s| figure.described.contains(s));
    let others = words.iter().filter(|word| figure.described.contains(word)).count();
    others as f32 + if headed { 3.0 } else { 0.0 }
}

/// The words of a phrase that describe, without its head and without those that name a country.
fn words(scene: &Scene, phrase: Run, head: u64) -> Vec<u64> {
    let describes = phrase.range().filter(|&at| {
        let token = scene.token(at);
        token.is_some_and(|token| token.is_word() && token.key != head)
            && !(token.is_some_and(|token| token.is_capital()) && scene.country_in(Run::new(at, at + 1)).is_some())
    });
    describes
        .filter_map(|at| scene.token(at))
        .map(|token| token.key)
        .collect()
}

/// The owners that a phrase names, each with the country it stands for.
fn owners(scene: &Scene, phrase: Run) -> Vec<(u64, Option<u32>)> {
    let capitals = phrase
        .range()
        .filter(|&at| scene.token(at).is_some_and(|token| token.is_capital()) && scene.class(at) == Class::None);
    let owner = |at: usize| Some((scene.token(at)?.key, scene.country_in(Run::new(at, at + 1))));
    capitals.filter_map(owner).collect()
}

/// Whether an institution has these owners: "Clinton's campaign" is not Trump's.
fn is_owned_by(figure: &Figure, owners: &[(u64, Option<u32>)]) -> bool {
    owners.iter().all(|&(owner, country)| {
        figure.words.contains(&owner)
            || figure.described.contains(&owner)
            || country.is_some() && country == figure.country
    })
}

/// The institution that "the ministry", "the group" means.
fn body(walk: &Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    let head = scene.token(told.head as usize)?.key;
    let generic = scene.is_any(
        told.head as usize,
        &keys![
            "group",
            "agency",
            "organization",
            "organisation",
            "company",
            "firm",
            "body",
            "newspaper",
            "union",
            "network",
        ],
    );
    let owners = owners(scene, told.tokens);
    let mut best: Option<(f32, u32)> = None;
    for (id, _) in walk.figures(2 * REACH) {
        let figure = walk.cast.get(id);
        if figure.kind != Some(Kind::Organization) || !is_owned_by(figure, &owners) {
            continue;
        }
        let mut score = 0.0;
        for at in told.name.range() {
            let Some(token) = scene.token(at) else { break };
            if figure.words.contains(&token.key) || figure.described.contains(&token.key) {
                score += if token.key == head { 2.0 } else { 1.0 };
            }
        }
        if score > 0.0 && best.is_none_or(|(least, _)| score > least) {
            best = Some((score, id));
        }
    }
    let fitting = best.filter(|(score, _)| *score >= 2.0).map(|(_, id)| id);
    let generic = generic && told.tokens.len() <= 2 && scene.speaks[mention];
    fitting.or_else(|| {
        generic
            .then(|| walk.best(mention, |_, kind| (kind == Kind::Organization).then_some(0.0)))
            .flatten()
    })
}

/// A speaker that is a figure of its own: a group, somebody unnamed, a document.
pub(super) fn own_figure(walk: &mut Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    let human = scene.is_human_noun(told.head as usize);
    let kind = match told.kind {
        Some(Kind::Person | Kind::Group) => Kind::Group,
        Some(Kind::Organization) if human => Kind::Group,
        Some(Kind::Office) if told.plural => Kind::Group,
        Some(kind) => kind,
        None if human || told.plural || scene.is_settled(told.tokens) => Kind::Group,
        None => Kind::Thing,
    };
    let phrase = scene.document.words(told.name);
    let key = crate::tokens::folded_key(phrase);
    let known = walk.cast.by_word(key).iter().find(|(figure, _)| {
        let figure = walk.cast.get(*figure);
        figure.kind == Some(kind) && figure.label.is_some()
    });
    if let Some(&(figure, _)) = known {
        return Some(figure);
    }
    let figure = walk.cast.add(Some(kind));
    let anonymous = kind == Kind::Group && is_hidden(scene, mention);
    let country = scene.country_in(told.tokens);
    let entry = walk.cast.get_mut(figure);
    entry.label = Some(one_line(phrase));
    entry.anonymous = anonymous;
    entry.country = country;
    entry.unnamed = kind == Kind::Group && !told.plural && human;
    entry.gender = told.gender;
    let nouns = told.name.range().filter(|&at| scene.class(at) == Class::None);
    entry.described = nouns.filter_map(|at| scene.token(at)).map(|token| token.key).collect();
    walk.cast.index(key, figure, 4);
    Some(figure)
}

/// Whether the text hides who somebody is.
fn is_hidden(scene: &Scene, mention: usize) -> bool {
    let told = &scene.mentions[mention];
    let one = !told.plural
        && scene.is_any(told.tokens.start as usize, &keys!["a", "an", "one", "another"])
        && scene.is_any(
            told.head as usize,
            &keys!["official", "diplomat", "aide", "adviser", "advisor"],
        );
    one || asks_to_be_hidden(scene, mention)
}

/// Whether the text says that somebody is hidden.
pub(super) fn asks_to_be_hidden(scene: &Scene, mention: usize) -> bool {
    let told = &scene.mentions[mention];
    let sentence = &scene.document.sentences[scene.sentence_of[mention] as usize];
    let end = (told.tokens.start as usize + 60).min(sentence.tokens.end as usize);
    let start = (sentence.tokens.start as usize).max((told.tokens.start as usize).saturating_sub(40));
    let said = (start..end).any(|at| {
        scene.is_any(
            at,
            &keys!["anonymity", "anonymous", "anonymously", "unnamed", "unidentified"],
        )
    });
    said || scene.is_any(told.head as usize, &keys!["source", "sources", "insider", "insiders"])
}
