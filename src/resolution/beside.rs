//! What stands right beside a mention and tells who it is.
//!
//! In: a noun phrase with its neighbours. Out: the figure of the name that it is in apposition to, that it is the first
//! part of, or that its second half describes.

use super::pronouns::Walk;
use super::scene::Scene;
use super::titles;
use crate::lexicon::{Class, Cue};
use crate::mentions::{Form, Gender, Kind};
use crate::tokens::{Case, Kind as Sign, keys};

/// Farthest look for the comma before a name, in tokens.
const BEHIND: usize = 14;

/// Most words between a comma and a name's title.
const SAID_OF: usize = 3;

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
    (person && (joined || is_sent(walk, mention))).then_some(figure)
}

/// "Norland's envoy to NATO, | X, told reporters": what somebody is sent to, with the name behind.
fn is_sent(walk: &Walk, mention: usize) -> bool {
    let scene = walk.scene;
    let (told, next) = (&scene.mentions[mention], &scene.mentions[mention + 1]);
    let (start, end) = (told.tokens.start as usize, told.tokens.end as usize);
    let behind = next.tokens.start as usize == end + 1 && next.name.len() > 1 && scene.is_sign(end, Sign::Comma);
    let close = next.tokens.end as usize;
    let closed = scene.is_sign(close, Sign::Comma) || scene.tags.get(close).is_some_and(|tag| tag.cue() != Cue::None);
    let linked = start.checked_sub(2).is_some_and(|noun| {
        let link = scene.is_any(noun + 1, &keys!["to", "of", "for", "at", "in"]);
        link && scene.tags[noun].is_human() && !scene.tags[noun].is_plural()
    });
    let name = matches!(told.kind, Some(Kind::Organization | Kind::Place)) && told.form == Form::Name;
    name && behind && closed && linked
}

/// The name that a noun phrase stands in apposition to.
pub(super) fn beside_name(walk: &Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    let personal = matches!(told.kind, Some(Kind::Person | Kind::Office) | None);
    if told.plural || !personal && !scene.is_human_noun(told.head as usize) {
        return None;
    }
    let (start, end) = (told.tokens.start as usize, told.tokens.end as usize);
    let person = |other: usize| {
        let figure = walk.cast.figure(other)?;
        let named = scene.is_name(other) && walk.cast.get(figure).is_person();
        // "The chairman, Ann Doe," may be a woman.
        let noun = scene.word(told.head as usize).strip_suffix("man");
        let either = noun.is_some_and(|noun| !noun.is_empty() && !noun.ends_with("wo"));
        (named && (either || walk.cast.get(figure).may_be(told.gender))).then_some(figure)
    };
    // "X, the spokesman for Y"
    if let Some(before) = mention.checked_sub(1) {
        let comma = scene.mentions[before].tokens.end as usize;
        if comma + 1 == start
            && titles::apposition(scene, comma).is_some()
            && scene.class(end) != Class::Coordinator
            && !walk.scene.speaks[mention]
            && let Some(figure) = person(before)
        {
            return Some(figure);
        }
    }
    person(apposed(scene, mention)?)
}

/// The name that stands behind a noun phrase and says whom it means: "the ambassador to the United Nations, X, said", "the
/// spokesman, X,", "Secretary of State X", "a worker named X".
pub(super) fn apposed(scene: &Scene, mention: usize) -> Option<usize> {
    directly_apposed(scene, mention).or_else(|| {
        // "her boss, the minister, X, said", but not "her boss, the minister, X, and …"
        let (told, next) = (&scene.mentions[mention], scene.mentions.get(mention + 1)?);
        let end = told.tokens.end as usize;
        let second = next.tokens.start as usize == end + 1 && scene.is_sign(end, Sign::Comma);
        let owned = scene.is_settled(told.tokens) && (told.kind.is_some() || scene.speaks[mention]);
        let named = directly_apposed(scene, mention + 1).filter(|_| second && owned)?;
        // "his rival, incumbent X,"
        let joined = scene.mentions[named].tokens.start == next.tokens.end;
        let human = joined || scene.is(end + 1, "the") && scene.is_human_noun(next.head as usize);
        (human && named == mention + 2 && is_set_off(scene, named)).then_some(named)
    })
}

/// Whether a full name stands between commas and no list goes on behind it.
fn is_set_off(scene: &Scene, named: usize) -> bool {
    let name = &scene.mentions[named];
    let end = name.tokens.end as usize;
    let full = name.name.len() > 1 && scene.is_name(named);
    full && scene.is_sign(end, Sign::Comma) && scene.class(end + 1) != Class::Coordinator
}

/// The same without a second noun phrase between.
fn directly_apposed(scene: &Scene, mention: usize) -> Option<usize> {
    let told = &scene.mentions[mention];
    if told.form == Form::Pronoun || told.plural || scene.is_name(mention) {
        return None;
    }
    if let Some(named) = name_behind(scene, mention) {
        return Some(named);
    }
    let end = told.tokens.end as usize;
    let after = scene.mentions.get(mention + 1)?;
    let next = after.tokens.start as usize;
    if scene.sentence_of[mention] != scene.sentence_of[mention + 1] {
        return None;
    }
    if next > end + 1 {
        // "His daughter, former Rep. X,", "her rival, the incumbent X,"
        let said_of = |at: usize| {
            let small = scene.token(at).is_some_and(|token| token.case == Case::Lower);
            let cue = matches!(scene.tags[at].cue(), Cue::None | Cue::Weak);
            small && matches!(scene.class(at), Class::None | Class::Determiner) && cue
        };
        let near = scene.is_sign(end, Sign::Comma) && next <= end + 1 + SAID_OF && (end + 1..next).all(said_of);
        let human = near && scene.is_settled(told.tokens) && scene.is_human_noun(told.head as usize);
        return (human && is_set_off(scene, mention + 1)).then_some(mention + 1);
    }
    // "her shadow, X, said"
    let owned = || scene.speaks[mention] && scene.class(told.tokens.start as usize) == Class::Possessive;
    let human = || told.kind.is_some() || owned() || scene.is_human_noun(told.head as usize);
    let ends = |at: usize| scene.is_sign(at, Sign::Comma) || scene.speaks[mention] && scene.is_sign(at, Sign::Stop);
    let full = || after.name.len() > 1 && ends(after.tokens.end as usize);
    if next == end + 1 && scene.is(end, "named") && human() {
        return Some(mention + 1);
    }
    // "A nurse, Fatima, said"
    let called = || {
        let name = after.form == Form::Name && matches!(after.kind, None | Some(Kind::Person));
        name && scene.is_indefinite(told.tokens) && scene.is_sign(after.tokens.end as usize, Sign::Comma)
    };
    let told_whose = || scene.is_settled(told.tokens) || full() || called();
    let joined = next == end || next == end + 1 && scene.is_sign(end, Sign::Comma) && told_whose();
    let closed = |at: usize| {
        scene
            .token(at)
            .is_none_or(|token| !token.is_word() && token.kind != Sign::Clitic || scene.tags[at].cue() != Cue::None)
    };
    // "the panel's top Democrat, Rep. Ann Doe of Norland,"
    let mut close = after.tokens.end as usize;
    if let Some(home) = scene.mentions.get(mention + 2)
        && scene.is(close, "of")
        && home.tokens.start as usize == close + 1
    {
        close = home.tokens.end as usize;
    }
    (joined && closed(close) && human() && scene.is_name(mention + 1)).then_some(mention + 1)
}

/// The one who is picked out of several: "said one of them, X.", "another of the lawmakers, X, asked".
pub(super) fn one_of(walk: &Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    let end = told.tokens.end as usize;
    if !scene.is_any(told.head as usize, &keys!["one", "another"]) || !scene.is(end, "of") {
        return None;
    }
    let comma = (end + 1..end + BEHIND).find(|&at| scene.token(at).is_none_or(|token| !token.is_word()))?;
    let named = (mention + 1..scene.mentions.len().min(mention + 4))
        .find(|&other| scene.mentions[other].tokens.start as usize == comma + 1)?;
    let close = scene.mentions[named].tokens.end as usize;
    let closed = scene
        .token(close)
        .is_none_or(|token| !token.is_word() && token.kind != Sign::Clitic);
    let figure = walk.cast.figure(named).filter(|_| closed)?;
    let person = scene.is_name(named) && walk.cast.get(figure).is_person();
    (person && scene.is_sign(comma, Sign::Comma)).then_some(figure)
}

/// "the former first lady and senator": the person of the first half.
pub(super) fn other_half(walk: &Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    let before = mention.checked_sub(1)?;
    let half = &scene.mentions[before];
    let (from, to) = (half.tokens.end as usize, told.tokens.start as usize);
    let near = from < to && to <= from + 3 && scene.sentence_of[before] == scene.sentence_of[mention];
    let opens = matches!(scene.class(to), Class::Determiner | Class::Possessive);
    let human = matches!(told.kind, Some(Kind::Person | Kind::Office)) || scene.is_human_noun(told.head as usize);
    let joined = near && scene.is(from, "and") && !opens && human;
    let described = half.form != Form::Pronoun && !scene.is_name(before) && !half.plural;
    if !joined || !described || told.plural {
        return None;
    }
    walk.cast
        .figure(before)
        .or_else(|| walk.personal(mention, half.gender.or(told.gender)))
}

/// The institution whose name stands right before its noun or behind it: "Der Spiegel | news magazine", "One advocacy
/// group, | the Harbor Network,".
pub(super) fn named_body(walk: &Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    let body = |other: usize| {
        let figure = walk.cast.figure(other)?;
        let kind = walk.cast.get(figure).kind;
        (scene.is_name(other) && kind != Some(Kind::Person) && kind != Some(Kind::Place)).then_some(figure)
    };
    let before = mention.checked_sub(1);
    if let Some(before) = before.filter(|&before| scene.mentions[before].tokens.end == told.tokens.start) {
        return body(before);
    }
    let behind = scene.mentions.get(mention + 1)?;
    let (comma, mut close) = (told.tokens.end as usize, behind.tokens.end as usize);
    // "the Network | of those Abused by Priests,"
    if scene.is_any(close, &keys!["of", "for", "against"]) {
        let word = |at: usize| scene.token(at).is_some_and(|token| token.is_word());
        let says = |at: usize| matches!(scene.tags[at].cue(), Cue::Strong | Cue::Medium);
        close = (close..close + BEHIND).find(|&at| !word(at) || says(at))?;
    }
    let framed = scene.is_sign(comma, Sign::Comma)
        && behind.tokens.start as usize == comma + 1
        && scene.is_sign(close, Sign::Comma)
        && scene.sentence_of[mention] == scene.sentence_of[mention + 1];
    let institution = |&figure: &u32| walk.cast.get(figure).kind == Some(Kind::Organization);
    framed.then(|| body(mention + 1)).flatten().filter(institution)
}

/// Whom a noun phrase for a thing names as its owner: "Obama" of "President Obama's speech".
pub(super) fn owner(walk: &Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    if told.form != Form::Nominal || told.kind == Some(Kind::Person) || scene.is_human_noun(told.head as usize) {
        return None;
    }
    let owns = |at: &usize| scene.is_sign(at + 1, Sign::Clitic) && scene.token(*at).is_some_and(|t| t.is_capital());
    let at = told.tokens.range().find(owns)?;
    let before = (told.tokens.start as usize..at).rev();
    let title = before
        .map(|at| scene.tags[at])
        .find(|tag| tag.is_female() || tag.is_male());
    let named = walk
        .cast
        .by_word(scene.token(at)?.key)
        .iter()
        .filter(|&&(figure, rank)| {
            let figure = walk.cast.get(figure);
            let fits = title.is_none_or(|title| match figure.gender {
                Some(Gender::Female) => title.is_female(),
                Some(Gender::Male) => title.is_male(),
                _ => true,
            });
            rank == 0 && figure.kind == Some(Kind::Person) && fits
        });
    // Of two as often named, the one whom the article named first bears the surname alone.
    named
        .max_by_key(|&&(figure, _)| (walk.cast.get(figure).count, std::cmp::Reverse(figure)))
        .map(|&(figure, _)| figure)
}

/// A full name behind a comma, with nothing but nouns and prepositions between it and the phrase, or what tells more of
/// whoever speaks: "said one resident who left in June, Marta Ilic".
fn name_behind(scene: &Scene, mention: usize) -> Option<usize> {
    let told = &scene.mentions[mention];
    let end = told.tokens.end as usize;
    let clause = scene.speaks[mention] && scene.is(end, "who");
    let tail = clause || scene.is_any(end, &keys!["of", "for", "to", "at", "in", "on", "representing"]);
    if told.kind.is_none() && !told.unknown_head || !tail {
        return None;
    }
    // "Counsel for the petitioners, X, argued"
    let bare = scene.opens[mention] && told.tokens == told.name && scene.is_human_noun(told.head as usize);
    let new = scene.is_indefinite(told.tokens) || bare;
    if !scene.is_settled(told.tokens) && scene.country_in(told.tokens).is_none() && !new {
        return None;
    }
    let comma = (end..end + BEHIND).find(|&at| {
        let noun = scene
            .token(at)
            .is_some_and(|token| token.is_word() || token.kind == Sign::Clitic || token.is("'"))
            && scene.token(at).is_some_and(|token| token.breaks == 0)
            && !matches!(
                scene.class(at),
                Class::Relative | Class::That | Class::Subject | Class::Subordinator
            )
            && (scene.class(at) != Class::Auxiliary || scene.is_sign(at, Sign::Clitic))
            && (scene.tags[at].cue() == Cue::None || scene.tags[at].cue() == Cue::Noun);
        let told = clause && scene.token(at).is_some_and(|token| token.is_word()) && scene.tags[at].cue() < Cue::Strong;
        !noun && !told
    })?;
    if !scene.is_sign(comma, Sign::Comma) {
        return None;
    }
    let named = (mention + 1..scene.mentions.len())
        .take(5)
        .find(|&other| scene.mentions[other].tokens.start as usize == comma + 1)?;
    let full = scene.mentions[named].name.len() > 1 && scene.is_name(named);
    let after = scene.mentions[named].tokens.end as usize;
    let closed = scene
        .token(after)
        .is_none_or(|token| !token.is_word() || scene.tags[after].cue() != Cue::None);
    (full && closed).then_some(named)
}
