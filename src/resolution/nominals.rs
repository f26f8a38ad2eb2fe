//! Noun phrases to figures.
//!
//! In: "the spokesman", "the 71-year-old", "the Russian", "the ministry", "the report", "US officials". Out: the figure
//! they speak of: the one they stand beside, the last one whom the words fit, the institution that issued a document;
//! for collective speakers a figure of their own.

use super::cast::Figure;
use super::offices;
use super::pronouns::{REACH, Walk};
use super::scene::Scene;
use super::speakers;
use super::things;
use super::titles;
use crate::lexicon::{Class, Cue};
use crate::mentions::{Form, Kind};
use crate::span::Run;
use crate::tokens::{Kind as Sign, word_key};

/// Farthest look for the comma before a name, in tokens.
const BEHIND: usize = 14;

/// Nouns for whoever speaks for somebody: one word for all.
const SPOKES: [u64; 3] = [word_key("spokesman"), word_key("spokeswoman"), word_key("spokesperson")];

/// The name that a speaking mention is the first part of: "Secretary | of State X", "Socialist | X", "President of the
/// Council, | X,".
pub(super) fn fragment(walk: &Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    if !scene.speaks[mention] || told.form == Form::Pronoun || told.plural {
        return None;
    }
    let next = scene.mentions.get(mention + 1)?;
    let (end, start) = (told.tokens.end as usize, next.tokens.start as usize);
    let figure = walk.cast.figure(mention + 1)?;
    let person = walk.cast.get(figure).kind == Some(Kind::Person) && scene.is_name(mention + 1);
    let title = || told.kind != Some(Kind::Person) || told.form != Form::Name;
    let joined = start == end && title()
        || start == end + 1 && scene.is(end, "of") && scene.tags[told.head as usize].is_title()
        || start == end + 1
            && scene.is_sign(end, Sign::Comma)
            && told.kind == Some(Kind::Organization)
            && told.form == Form::Name
            && !titles::posts(scene, told.tokens).is_empty();
    (person && joined).then_some(figure)
}

/// The name that a noun phrase stands in apposition to.
pub(super) fn beside_name(walk: &Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    if told.plural || !matches!(told.kind, Some(Kind::Person | Kind::Office) | None) {
        return None;
    }
    let (start, end) = (told.tokens.start as usize, told.tokens.end as usize);
    let person = |other: usize| {
        let figure = walk.cast.figure(other)?;
        let named = scene.is_name(other) && walk.cast.get(figure).is_person();
        (named && walk.cast.get(figure).may_be(told.gender)).then_some(figure)
    };
    // "X, the spokesman for Y"
    if let Some(before) = mention.checked_sub(1) {
        let comma = scene.mentions[before].tokens.end as usize;
        if comma + 1 == start
            && titles::apposition(scene, comma).is_some()
            && scene.class(end) != Class::Coordinator
            && !walk.scene.speaks[mention]
        {
            return person(before);
        }
    }
    if let Some(figure) = name_behind(walk, mention) {
        return Some(figure);
    }
    // "the spokesman, X, said"; "Secretary of State X"
    let after = scene.mentions.get(mention + 1)?;
    let next = after.tokens.start as usize;
    let human = told.kind.is_some() && scene.sentence_of[mention] == scene.sentence_of[mention + 1];
    let full = || after.name.len() > 1 && scene.is_sign(after.tokens.end as usize, Sign::Comma);
    let joined =
        next == end || next == end + 1 && scene.is_sign(end, Sign::Comma) && (is_definite(scene, start) || full());
    let closed = |at: usize| {
        scene
            .token(at)
            .is_none_or(|token| !token.is_word() && token.kind != Sign::Clitic || scene.tags[at].cue() != Cue::None)
    };
    if human && joined && closed(after.tokens.end as usize) {
        return person(mention + 1);
    }
    None
}

/// "the ambassador to the United Nations, X, said": a full name behind a comma, with nothing but nouns and prepositions
/// between.
fn name_behind(walk: &Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    let (start, end) = (told.tokens.start as usize, told.tokens.end as usize);
    if told.kind.is_none() && !told.unknown_head || !scene.is_any(end, &["of", "for", "to", "at", "in", "on"]) {
        return None;
    }
    if !is_definite(scene, start) && scene.country_in(told.tokens).is_none() && !scene.is(start, "a") {
        return None;
    }
    let comma = (end..end + BEHIND).find(|&at| {
        let noun = scene
            .token(at)
            .is_some_and(|token| token.is_word() || token.kind == Sign::Clitic)
            && scene.token(at).is_some_and(|token| token.breaks == 0)
            && !matches!(
                scene.class(at),
                Class::Relative | Class::That | Class::Subject | Class::Subordinator
            )
            && (scene.class(at) != Class::Auxiliary || scene.is_sign(at, Sign::Clitic))
            && (scene.tags[at].cue() == Cue::None || scene.tags[at].cue() == Cue::Noun);
        !noun
    })?;
    if !scene.is_sign(comma, Sign::Comma) {
        return None;
    }
    let named = (mention + 1..scene.mentions.len())
        .take(5)
        .find(|&other| scene.mentions[other].tokens.start as usize == comma + 1)?;
    let figure = walk.cast.figure(named)?;
    let full = scene.mentions[named].name.len() > 1 && scene.is_name(named);
    let person = walk.cast.get(figure).is_person() && walk.cast.get(figure).may_be(told.gender);
    let after = scene.mentions[named].tokens.end as usize;
    let closed = scene
        .token(after)
        .is_none_or(|token| !token.is_word() || scene.tags[after].cue() != Cue::None);
    (full && person && closed).then_some(figure)
}

fn is_definite(scene: &Scene, at: usize) -> bool {
    scene.is(at, "the") || scene.class(at) == Class::Possessive
}

/// Whether a phrase begins with "the", "his" or an owner ("Obama's former strategist").
fn is_settled(scene: &Scene, phrase: Run) -> bool {
    is_definite(scene, phrase.start as usize) || phrase.range().any(|at| scene.is_sign(at, Sign::Clitic))
}

/// "the former first lady and senator": the person of the first half.
fn other_half(walk: &Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    let before = mention.checked_sub(1)?;
    let half = &scene.mentions[before];
    let (from, to) = (half.tokens.end as usize, told.tokens.start as usize);
    let near = from < to && to <= from + 3 && scene.sentence_of[before] == scene.sentence_of[mention];
    let joined = near && scene.is(from, "and") && !scene.is_any(to, &["the", "a", "an"]);
    let described = half.form != Form::Pronoun && !scene.is_name(before) && !half.plural;
    if !joined || !described || told.plural {
        return None;
    }
    walk.cast
        .figure(before)
        .or_else(|| walk.personal(mention, half.gender.or(told.gender)))
}

/// The figure that a noun phrase speaks of.
pub(super) fn resolve(walk: &mut Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    let speaks = scene.speaks[mention];
    if speaks && let Some(figure) = other_half(walk, mention) {
        return Some(figure);
    }
    if scene.is(told.head as usize, "counterpart") {
        return counterpart(walk, mention);
    }
    if told.kind == Some(Kind::Person)
        && offices::whole(scene, told.tokens).end > told.tokens.end
        && let Some(figure) = offices::resolve(walk, mention)
    {
        return Some(figure);
    }
    if let Some(country) = governs(walk, mention)
        && speaks
    {
        return Some(speakers::of_country(scene, &mut walk.cast, country, None));
    }
    match told.kind {
        _ if told.plural => {}
        Some(Kind::Thing) if speaks => {
            if let Some(figure) = things::issuer(walk, mention) {
                return Some(figure);
            }
        }
        Some(Kind::Organization) if is_settled(scene, told.tokens) && !scene.is_human_noun(told.head as usize) => {
            if let Some(figure) = body(walk, mention) {
                return Some(figure);
            }
        }
        Some(Kind::Person | Kind::Office | Kind::Organization) | None
            if is_settled(scene, told.tokens) || told.form == Form::Demonym =>
        {
            if let Some(figure) = described(walk, mention) {
                return Some(figure);
            }
        }
        _ => {}
    }
    // "A young woman asked …": she may be spoken of again.
    let introduced = scene.talks[mention]
        && !told.plural
        && told.kind == Some(Kind::Person)
        && scene.is_any(told.tokens.start as usize, &["a", "an", "another", "one"]);
    (speaks || introduced).then(|| own_figure(walk, mention)).flatten()
}

/// The country whose government a phrase means: "the Algerian government", "Syria's regime".
fn governs(walk: &Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    let head = told.head as usize;
    if !scene.is_any(head, &["government", "regime", "authorities"]) || told.tokens.len() > 4 {
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
    let head = scene.token(told.head as usize)?.key;
    let country = scene.country_in(told.tokens);
    let posts = titles::posts(scene, told.tokens);
    let post = told.form == Form::Office && !posts.is_empty() && !scene.is(told.head as usize, "leader");
    let mut best: Option<(f32, u32)> = None;
    let mut tried: Vec<u32> = Vec::new();
    for &other in walk.recent.iter().rev().take(2 * REACH) {
        let Some(id) = walk.cast.figure(other as usize) else {
            continue;
        };
        if tried.contains(&id) {
            continue;
        }
        tried.push(id);
        let figure = walk.cast.get(id);
        let human = figure.kind == Some(Kind::Person) || figure.unnamed;
        if !human || !figure.may_be(told.gender) {
            continue;
        }
        let mut score = if post { 0.0 } else { fit(walk, figure, told.name, head) };
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
        score -= 0.2 * tried.len() as f32;
        if best.is_none_or(|(least, _)| score > least) {
            best = Some((score, id));
        }
    }
    let fitting = best.filter(|(score, _)| *score >= 1.0).map(|(_, id)| id);
    let end = told.tokens.end as usize;
    let counted = scene.is(end, "of") && scene.class(end + 1) == Class::Number;
    let opened = !counted && scene.is_any(end, &["of", "for", "who", "from", "in", "at", "with", "to"]);
    let owned = told.tokens.range().any(|at| scene.is_sign(at, Sign::Clitic));
    let bare = !opened && (scene.is(told.tokens.start as usize, "the") || owned);
    if fitting.is_some() || !scene.speaks[mention] || !bare || post {
        return fitting;
    }
    let human = told.kind.is_none() || scene.is_human_noun(told.head as usize);
    let salient = human.then(|| walk.personal(mention, told.gender)).flatten()?;
    // "Obama's former strategist" is not Obama.
    let owner = told.tokens.range().any(|at| {
        let key = scene.token(at).map(|token| token.key);
        key.is_some_and(|key| scene.is_sign(at + 1, Sign::Clitic) && walk.cast.get(salient).words.contains(&key))
    });
    (!owner).then_some(salient)
}

/// How well the words of a phrase fit what the article says of a figure.
fn fit(walk: &Walk, figure: &Figure, phrase: Run, head: u64) -> f32 {
    let scene = walk.scene;
    let spokes = SPOKES.contains(&head);
    let headed = figure.described.contains(&head) || spokes && SPOKES.iter().any(|s| figure.described.contains(s));
    let mut score = if headed { 3.0 } else { 0.0 };
    for at in phrase.range() {
        let Some(token) = scene.token(at) else { break };
        let national = token.is_capital() && scene.country_in(Run::new(at, at + 1)).is_some();
        if token.is_word() && !national && token.key != head && figure.described.contains(&token.key) {
            score += 1.0;
        }
    }
    score
}

/// The institution that "the ministry", "the group" means.
fn body(walk: &Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    let head = scene.token(told.head as usize)?.key;
    let generic = scene.is_any(
        told.head as usize,
        &[
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
    let mut best: Option<(f32, u32)> = None;
    for &other in walk.recent.iter().rev().take(2 * REACH) {
        let Some(id) = walk.cast.figure(other as usize) else {
            continue;
        };
        let figure = walk.cast.get(id);
        if figure.kind != Some(Kind::Organization) {
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
            .then(|| walk.best(mention, |kind| (kind == Kind::Organization).then_some(0.0)))
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
        None if human || told.plural || is_settled(scene, told.tokens) => Kind::Group,
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
    entry.label = Some(phrase.split_whitespace().collect::<Vec<_>>().join(" "));
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
    let sentence = &scene.document.sentences[scene.sentence_of[mention] as usize];
    let end = (told.tokens.start as usize + 60).min(sentence.tokens.end as usize);
    let start = (sentence.tokens.start as usize).max((told.tokens.start as usize).saturating_sub(40));
    let said = (start..end).any(|at| {
        scene.is_any(
            at,
            &["anonymity", "anonymous", "anonymously", "unnamed", "unidentified"],
        )
    });
    let head = told.head as usize;
    let source = scene.is_any(head, &["source", "sources", "insider", "insiders"]);
    let one = !told.plural
        && scene.is_any(told.tokens.start as usize, &["a", "an", "one", "another"])
        && scene.is_any(head, &["official", "diplomat", "aide", "adviser", "advisor"]);
    said || source || one
}
