//! Noun phrases to figures.
//!
//! In: "the spokesman", "the 71-year-old", "the Russian", "the ministry", "the report", "US officials". Out: the figure
//! they speak of: the last one whom the words fit, the institution that issued a document;
//! for collective speakers a figure of their own.

use super::beside;
use super::cast::{Figure, Post};
use super::holding::{self, Term};
use super::institutions;
use super::later;
use super::likeness::{self, SPOKES};
use super::nouns;
use super::offices;
use super::pronouns::{REACH, Walk};
use super::scene::{NONE, Scene, one_line};
use super::speakers;
use super::terms;
use super::things;
use super::titles;
use crate::gazetteer::Sense;
use crate::lexicon::Class;
use crate::mentions::{Form, Gender, Kind};
use crate::span::Run;
use crate::tokens::{Kind as Sign, keys};
use std::cell::LazyCell;

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
    if scene.is_any(told.head as usize, &keys!["predecessor", "successor"])
        && let Some(figure) = terms::neighbour(walk, mention)
    {
        return Some(figure);
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
    // "A ministry spokesman" is none who was named before.
    if head.is_some_and(|head| SPOKES.contains(&head)) && !scene.is_indefinite(told.tokens) {
        let figure = described(walk, mention).or_else(|| offices::spokesman(walk, mention));
        if figure.is_some() {
            return figure;
        }
    }
    if let Some(country) = institutions::governs(scene, mention)
        && speaks
    {
        return Some(speakers::of_country(scene, &mut walk.cast, country, None));
    }
    if speaks && let Some(figure) = institutions::land(walk, mention) {
        return Some(figure);
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
            if let Some(figure) = institutions::body(walk, mention) {
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
        _ if likeness::is_one_of_people(scene, mention) => {
            if let Some(figure) = described(walk, mention) {
                return Some(figure);
            }
        }
        _ => {}
    }
    if speaks && let Some(figure) = later::introduced(walk, mention) {
        return Some(figure);
    }
    // "A young woman asked …", "A man who worked there shouted": they may be spoken of again.
    let opens = || scene.opens[mention] && scene.is(told.tokens.end as usize, "who");
    let introduced = || {
        !told.plural
            && told.kind == Some(Kind::Person)
            && scene.is_indefinite(told.tokens)
            && (scene.talks[mention] || opens() || enters(scene, mention))
    };
    // "His grandfather laughs."; "her brother" may have been named.
    let own = || {
        let start = told.tokens.start as usize;
        let whose = scene.class(start) == Class::Possessive && told.kind == Some(Kind::Person);
        let like = || {
            told.gender
                .is_none_or(|gender| scene.is(start, "his") == (gender == Gender::Male))
        };
        let stands = whose && scene.opens[mention] && scene.subject[mention];
        stands && (like() || walk.personal(mention, told.gender).is_none())
    };
    (speaks || introduced() || own() || goes_on(scene, mention))
        .then(|| own_figure(walk, mention))
        .flatten()
}

/// Whether somebody whose gender the noun tells enters the article: "a 26-year-old man" whom a judge sentenced, but not
/// "he was a man".
fn enters(scene: &Scene, mention: usize) -> bool {
    let told = &scene.mentions[mention];
    let is = |at: usize| matches!(scene.class(at), Class::Auxiliary | Class::As | Class::Negation);
    let like = |at: usize| scene.is_any(at, &keys!["like", "than", "become", "became", "such"]);
    let before = scene.before(told.tokens.start as usize);
    told.gender.is_some() && told.quotation.is_none() && !before.is_some_and(|at| is(at) || like(at))
}

/// So many mentions behind an institution are looked at.
const BEHIND: usize = 12;

/// "Norland's foreign ministry summoned the envoy over what it called …", "The group met. “…,” it said.": an institution that
/// its sentence or the next one goes on to let speak.
fn goes_on(scene: &Scene, mention: usize) -> bool {
    let told = &scene.mentions[mention];
    let body = told.kind == Some(Kind::Organization) && !told.plural && scene.subject[mention];
    let near = |&other: &usize| scene.sentence_of[other] <= scene.sentence_of[mention] + 1;
    let mut behind = (mention + 1..scene.mentions.len()).take(BEHIND).take_while(near);
    body && behind.any(|other| scene.speaks[other] && scene.is(scene.mentions[other].head as usize, "it"))
}

/// "his Russian counterpart": who holds the same post for another country.
fn counterpart(walk: &mut Walk, mention: usize) -> Option<u32> {
    let gender = walk.scene.mentions[mention].gender;
    let (posts, country) = counterpart_posts(walk, mention)?;
    offices::of_posts(walk, &posts, country, gender)
}

/// Notes of whoever is called somebody's counterpart or predecessor by name that they have, or had, the same post: "his
/// Russian counterpart, X".
pub(super) fn note_post(walk: &mut Walk, mention: usize, named: u32) {
    let scene = walk.scene;
    let head = scene.mentions[mention].head as usize;
    let (posts, country, past) = if scene.is(head, "counterpart") {
        let Some((posts, country)) = counterpart_posts(walk, mention) else {
            return;
        };
        (posts, Some(country), false)
    } else if scene.is(head, "predecessor") {
        (own_posts(walk, |figure| figure.kind == Some(Kind::Person)), None, true)
    } else {
        return;
    };
    let entry = walk.cast.get_mut(named);
    entry.country = entry.country.or(country);
    for post in posts {
        let own = Post {
            country: country.or(post.country),
            past,
            ..post
        };
        if !entry.posts.contains(&own) {
            entry.posts.push(own);
        }
    }
}

/// The posts of whoever was spoken of last, of those who fit and have any.
fn own_posts<'s>(walk: &Walk<'_, 's, '_>, fits: impl Fn(&Figure) -> bool) -> Vec<Post<'s>> {
    let near = walk.recent.iter().rev().take(6);
    let near = near.filter_map(|&other| walk.cast.figure(other as usize));
    let mut near = near.map(|figure| walk.cast.get(figure)).filter(|figure| fits(figure));
    near.find_map(|figure| Some(holding::posts_of(walk, figure)).filter(|posts| !posts.is_empty()))
        .unwrap_or_default()
}

/// The posts of whom "his Russian counterpart" is a counterpart, and the country.
fn counterpart_posts<'s>(walk: &Walk<'_, 's, '_>, mention: usize) -> Option<(Vec<Post<'s>>, u32)> {
    let scene = walk.scene;
    let country = scene.country_in(scene.mentions[mention].tokens)?;
    let abroad = |figure: &Figure| figure.kind == Some(Kind::Person) && figure.country != Some(country);
    let posts = own_posts(walk, abroad);
    (!posts.is_empty()).then_some((posts, country))
}

/// The person whom the words of a phrase fit: title, role, country, gender; else, for a speaker, whoever spoke last.
fn described(walk: &Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    let hidden = walk.is_hidden(mention);
    let head = scene.token(told.head as usize)?.key;
    let country = scene.country_in(told.tokens);
    let words = likeness::words(scene, told.name, head);
    let posts = titles::posts(scene, told.tokens);
    let post = told.form == Form::Office && !posts.is_empty() && !scene.is(told.head as usize, "leader");
    // Of envoys and mayors there are many: the noun tells which one.
    let only = post && !posts.iter().all(offices::is_local);
    let age = titles::age_in(scene, told.tokens);
    if let Some(figure) = age.and_then(|age| walk.cast.of_age(age)) {
        return Some(figure);
    }
    let of_other_age = |figure: &Figure| age.zip(figure.age).is_some_and(|(age, own)| age != own);
    let official = likeness::is_official(scene, told.head as usize);
    let people = likeness::is_one_of_people(scene, mention);
    let party = likeness::party(scene, told.tokens);
    let opposed = |figure: &Figure| likeness::is_opposed(party, figure);
    // "the Texan" is of a country's part.
    let nation = country.map(|place| scene.gazetteer.country_of_place(place).unwrap_or(place));
    let elsewhere = |figure: &Figure| likeness::home(scene, figure).is_some_and(|home| Some(home) != nation);
    let foreign = |figure: &Figure| people && elsewhere(figure);
    let term = holding::term(scene, told.tokens);
    let owned = told.tokens.range().any(|at| scene.is_sign(at, Sign::Clitic));
    let whole = LazyCell::new(|| whole_name(scene, mention));
    let mut best: Option<(f32, u32)> = None;
    for (count, (id, other)) in (1..).zip(walk.figures(2 * REACH)) {
        // A live report says in each part anew whom it speaks of.
        if scene.part_of[mention] != scene.part_of[other as usize] {
            continue;
        }
        let figure = walk.cast.get(id);
        let human = figure.kind == Some(Kind::Person) || figure.unnamed;
        let of_another = || *whole != told.name && figure.label.as_deref() != Some(scene.document.words(*whole));
        if of_other_age(figure)
            || figure.unnamed && of_another()
            || !human
            || !figure.may_be(told.gender)
            || hidden && !figure.unnamed
            || foreign(figure)
            || opposed(figure)
        {
            continue;
        }
        // "Obama's lawyer" is not whatever attorney spoke last.
        let mut score = if only {
            0.0
        } else {
            likeness::fit(figure, head, &words, owned, official)
        };
        if people && likeness::home(scene, figure).is_some() {
            score += 3.0;
        }
        if !posts.is_empty() && holding::holds(scene, figure, &posts, country, Term::Ever) {
            // "The senator" is whoever is one, before whoever was; the former one is not whoever is.
            let then = holding::holds(scene, figure, &posts, country, term);
            if !then && term == Term::Past {
                continue;
            }
            score += if then { 3.0 } else { 1.5 };
        } else if posts.is_empty() && term == Term::Now && figure.former {
            score -= 2.5;
        }
        if score <= 0.0 {
            continue;
        }
        if walk.speaker == Some(other) && scene.speaks[mention] {
            score += 1.5;
        }
        if figure.country.is_some() && country.is_some() && !people {
            score += if figure.country == country { 1.0 } else { -4.5 };
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
    let bare = !opened && scene.is(told.tokens.start as usize, "the") && !owned;
    let voice = likeness::is_voice(scene, mention);
    // "The former ambassador" need not have been called so before.
    let lapsed = term == Term::Past;
    if fitting.is_some() || !scene.speaks[mention] || !bare || post && !lapsed || voice {
        return fitting;
    }
    let unknown = told.kind.is_none() && !scene.reads_like_thing(told.head as usize);
    // "the kidnappers", "the brothers" are several.
    let several = told.kind.is_none() && scene.reads_like_plural(told.head as usize);
    let human = !several && (unknown || people || post || scene.is_human_noun(told.head as usize));
    // "The top U.S. diplomat" is no Russian.
    let abroad = |figure: &Figure| (people || nation.is_some()) && elsewhere(figure);
    let called = |figure: &Figure| likeness::may_be_called(scene, told.head as usize, figure);
    let last = |fits: &dyn Fn(&Figure) -> bool| {
        walk.likeliest(mention, told.gender, |figure| {
            let other = post && (figure.known.is_some() || figure.office.is_some() || !figure.posts.is_empty());
            !abroad(figure) && !opposed(figure) && called(figure) && !other && !of_other_age(figure) && fits(figure)
        })
    };
    let holds = |figure: &Figure| match figure.kind {
        Some(Kind::Person) => true,
        Some(Kind::Organization | Kind::Place | Kind::Thing) => false,
        _ => !official,
    };
    let likeliest = human.then(|| last(&holds)).flatten()?;
    let figure = walk.cast.get(likeliest);
    // "the state auditor" is no senator who spoke last, but may be somebody whom all know.
    if official && figure.known.is_none() && figure.office.is_some() {
        return last(&|figure| matches!(figure.known, Some(Sense::Person(_))));
    }
    // "The analyst" is no president who spoke last, and no lawmaker.
    let other = figure.known.is_some() || figure.office.is_some() || figure.unnamed || !figure.posts.is_empty();
    let role = likeness::is_role(scene, told.head as usize);
    // "The minister met Ann Doe. The minister said …", "… that a clerk had copied pages. The clerk said …"
    let same = |&other: &usize| {
        let noun = &scene.mentions[other];
        let same = scene.token(noun.head as usize).is_some_and(|token| token.key == head);
        same && matches!(noun.form, Form::Nominal | Form::Office)
    };
    let before = (0..mention).rev().take(BEHIND).filter(same);
    let another = before
        .take_while(|&other| walk.cast.figure(other).is_none())
        .any(|other| {
            scene.is_indefinite(scene.mentions[other].tokens)
                || figure.fullest != NONE && figure.fullest as usize > other
        });
    (!(another || other && role)).then_some(likeliest)
}

/// "One of the drivers said …": one of several, of whom no more is told.
pub(super) fn picked_out(walk: &mut Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    let (start, end) = (told.tokens.start as usize, told.tokens.end as usize);
    let one = scene.speaks[mention] && scene.is_any(start, &keys!["one", "another"]) && scene.is(end, "of");
    let word = |at: &usize| {
        scene
            .token(*at)
            .is_some_and(|token| token.is_word() && token.breaks == 0)
    };
    let people = |&at: &usize| scene.is_human_noun(at) && scene.reads_like_plural(at);
    let noun = (end + 1..end + BEHIND).take_while(word).find(people).filter(|_| one)?;
    let anonymous = asks_to_be_hidden(scene, mention);
    let figure = walk.cast.add(Some(Kind::Group));
    let entry = walk.cast.get_mut(figure);
    entry.label = Some(one_line(scene.document.words(Run::new(start, noun + 1))));
    (entry.anonymous, entry.talks, entry.unnamed) = (anonymous, true, true);
    Some(figure)
}

/// A speaker that is a figure of its own: a group, somebody unnamed, a document.
pub(super) fn own_figure(walk: &mut Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    let human = scene.is_human_noun(told.head as usize);
    let head = scene.token(told.head as usize).map(|token| token.key);
    let kind = match told.kind {
        Some(Kind::Person | Kind::Group) => Kind::Group,
        Some(Kind::Organization) if human => Kind::Group,
        Some(Kind::Organization) => head.and_then(nouns::kind_of).unwrap_or(Kind::Organization),
        Some(Kind::Office) if told.plural => Kind::Group,
        Some(kind) => kind,
        None if human || told.plural || scene.is_settled(told.tokens) => Kind::Group,
        None => Kind::Thing,
    };
    let phrase = scene.document.words(match human && !told.plural {
        true => whole_name(scene, mention),
        false => told.name,
    });
    let key = crate::tokens::folded_key(phrase);
    // "another official" is none of those before.
    let others = &keys!["another", "other", "others", "second", "third", "fourth"];
    let new = told.tokens.range().any(|at| scene.is_any(at, others))
        || scene.is_indefinite(told.tokens) && scene.is(told.tokens.end as usize, "who");
    let known = walk.cast.by_word(key).iter().rev().find(|(figure, _)| {
        let figure = walk.cast.get(*figure);
        figure.kind == Some(kind) && figure.label.is_some() && !new
    });
    // "A man who worked there shouted": the sentence is about him.
    let about = scene.opens[mention] && scene.is(told.tokens.end as usize, "who");
    let talks = scene.speaks[mention] || scene.talks[mention] || about;
    if let Some(&(figure, _)) = known {
        walk.cast.get_mut(figure).talks |= talks;
        return Some(figure);
    }
    let figure = walk.cast.add(Some(kind));
    let several = told.plural || told.kind.is_none() && scene.reads_like_plural(told.head as usize);
    let anonymous = kind == Kind::Group && is_hidden(scene, mention);
    let country = scene.country_in(told.tokens);
    let entry = walk.cast.get_mut(figure);
    entry.label = Some(one_line(phrase));
    entry.anonymous = anonymous;
    entry.country = country;
    entry.talks = talks;
    entry.unnamed = kind == Kind::Group && !several && human;
    entry.gender = told.gender;
    let nouns = told.name.range().filter(|&at| scene.class(at) == Class::None);
    entry.described = nouns.filter_map(|at| scene.token(at)).map(|token| token.key).collect();
    walk.cast.index(key, figure, 4);
    Some(figure)
}

/// A phrase for one human being without its article, with the place that tells whose: "representative of Norland" is not the
/// one of Sudmark.
fn whole_name(scene: &Scene, mention: usize) -> Run {
    let told = &scene.mentions[mention];
    let end = offices::with_place_behind(scene, told.tokens).end;
    Run::new(told.name.start as usize, end as usize)
}

/// Whether the text hides who somebody is.
fn is_hidden(scene: &Scene, mention: usize) -> bool {
    let told = &scene.mentions[mention];
    let one = !told.plural
        && scene.is_indefinite(told.tokens)
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
