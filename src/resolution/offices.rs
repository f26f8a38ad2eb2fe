//! Offices to their holders.
//!
//! In: "the Secretary of State", "the French foreign minister", "its prime minister". Out: whom the article has in that
//! post, else who held it on the article's date, else the office itself.

use super::cast::{Figure, Post};
use super::holding::{self, Term, holds};
use super::pronouns::Walk;
use super::scene::Scene;
use super::terms::{days, one_of, throughout};
use super::titles;
use crate::gazetteer::Sense;
use crate::lexicon::Class;
use crate::mentions::{Gender, Kind};
use crate::span::Run;
use crate::tokens::keys;
use jiff::civil::Date;

/// Posts of which a country has many, or whose holder the tables do not follow.
const LOCAL: [&str; 10] = [
    "governor",
    "mayor",
    "leader",
    "ambassador",
    "charge-daffaires",
    "spokesperson",
    "foreign-ministry-spokesperson",
    "government-spokesperson",
    "subnational",
    "legislator",
];

/// People that are looked at, by their latest mention.
pub(super) const PEOPLE: usize = 64;

/// The holder of an office that a mention names.
pub(super) fn resolve(walk: &mut Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    let run = with_place_behind(scene, whole(scene, told.tokens));
    let posts = titles::posts(scene, run);
    let term = holding::term(scene, told.tokens);
    if posts.is_empty() || scene.is_indefinite(told.tokens) {
        return None;
    }
    let country = posts
        .iter()
        .find_map(|post| post.country)
        .filter(|_| scene.country_in(run).is_some());
    let country = country
        .or_else(|| scene.country_in(run))
        .or_else(|| owner(walk, mention));
    let noun = scene.token(told.head as usize).map(|token| token.key);
    if let Some(figure) = in_article(walk, &posts, country, told.gender, term, noun) {
        return Some(figure);
    }
    if let Some(figure) = named_below(walk, mention, &posts, country, told.gender) {
        return Some(figure);
    }
    if told.plural || term == Term::Past || !is_definite(walk, mention) {
        return None;
    }
    // "Smith's chief of staff" is nobody's whom the tables follow.
    if country.is_none() && is_of_stranger(walk, told.tokens) {
        return None;
    }
    let days = days(walk, mention);
    let known = country.or_else(|| prevailing(walk, mention));
    let national = known.filter(|_| !scene.is_regional(run));
    let person = of_phrase(walk, mention, &days)
        .or_else(|| national.and_then(|country| holder(walk, &posts, country, &days)))
        .or_else(|| asked(walk, run, known, &days));
    let figure = person_figure(walk, person?);
    if walk.cast.get(figure).posts.is_empty() {
        walk.cast.get_mut(figure).posts = posts;
    }
    Some(figure)
}

/// Whoever speaks for a country or an institution by the gazetteer: "the German government spokesman".
pub(super) fn spokesman(walk: &mut Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    let run = with_place_behind(scene, told.tokens);
    if told.plural || !scene.is_settled(told.tokens) || scene.hits(run).is_empty() {
        return None;
    }
    let person = asked(walk, run, None, &days(walk, mention))?;
    let known = scene.gazetteer.gender(person);
    (told.gender.is_none() || known.is_none() || known == told.gender).then(|| person_figure(walk, person))
}

/// Whether it is a post of which a country has many.
pub(super) fn is_local(post: &Post) -> bool {
    LOCAL.contains(&post.role)
}

/// The figure of a person of the gazetteer.
pub(super) fn person_figure(walk: &mut Walk, person: u32) -> u32 {
    let sense = Sense::Person(person);
    if let Some(figure) = walk.cast.by_sense(sense) {
        return figure;
    }
    let figure = walk.cast.add(Some(Kind::Person));
    walk.cast.know(figure, sense);
    walk.cast.get_mut(figure).gender = walk.scene.gazetteer.gender(person);
    figure
}

/// What the gazetteer answers to the phrase as a question: "the mayor of London", "the pope", "the Libyan leader". A
/// phrase that several offices go by must be some country's, and no other's than the one the article speaks of.
fn asked(walk: &Walk, run: Run, country: Option<u32>, days: &[Date]) -> Option<u32> {
    let scene = walk.scene;
    let offices = scene.gazetteer.offices_named(scene.document.words(run));
    let home = |&office: &u32| {
        let code = scene.gazetteer.country_of_office(office)?;
        scene.gazetteer.country_place(code)
    };
    let many = |&office: &u32| {
        matches!(
            scene.gazetteer.role_of(office),
            Some("governor" | "mayor" | "ambassador")
        )
    };
    let first = home(offices.first()?);
    let elsewhere = country.is_some() && first.is_some() && first != country;
    if elsewhere
        || offices.len() > 1 && (first.is_none() || offices.iter().any(|office| many(office) || home(office) != first))
    {
        return None;
    }
    if offices.iter().all(|&office| is_one_of_many(scene, office)) {
        return None;
    }
    throughout(days, |date| one_of(&scene.gazetteer.first_held(&offices, date)))
}

/// Whether an office is one of several deputies', of whom the tables may know one alone.
fn is_one_of_many(scene: &Scene, office: u32) -> bool {
    let office = scene.gazetteer.office(office);
    office.shared && office.role.is_some_and(|role| role.starts_with("deputy"))
}

/// Who held the one office that the gazetteer knows under a whole phrase: "the German chancellor", "the U.N. secretary
/// general". A phrase without a capital ("the foreign secretary") may be another country's office and is left alone.
fn of_phrase(walk: &Walk, mention: usize, days: &[Date]) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    let capital = scene
        .token(told.name.start as usize)
        .is_some_and(|token| token.is_capital());
    told.senses.iter().filter(|_| capital).find_map(|sense| {
        let Sense::Office(office) = *sense else { return None };
        throughout(days, |date| one_of(&scene.gazetteer.first_held(&[office], date)))
    })
}

/// A phrase with the rest of the office that begins in it: "the secretary | of state".
pub(super) fn whole(scene: &Scene, tokens: Run) -> Run {
    let ends = tokens.range().filter_map(|at| {
        let hit = scene
            .gazetteer
            .role_at(scene.document.text, &scene.document.tokens, at)?;
        Some(hit.tokens.end)
    });
    let end = ends.max().unwrap_or(tokens.end).max(tokens.end);
    Run::new(tokens.start as usize, end as usize)
}

/// "the foreign minister of France", "the president in Paris": with the place behind.
pub(super) fn with_place_behind(scene: &Scene, tokens: Run) -> Run {
    let end = tokens.end as usize;
    if scene.is(end, "in") {
        let place = scene.hits(Run::new(end + 1, (end + 5).min(scene.document.tokens.len())));
        let seat = place
            .first()
            .filter(|hit| hit.tokens.start == 0 && hit.senses.iter().any(|sense| matches!(sense, Sense::Metonym(_))));
        return seat.map_or(tokens, |hit| {
            Run::new(tokens.start as usize, end + 1 + hit.tokens.len())
        });
    }
    if !scene.is_any(end, &keys!["of", "for"]) {
        return tokens;
    }
    let first = end + 1 + usize::from(scene.class(end + 1) == Class::Determiner);
    let mut last = first;
    while last < end + 6
        && scene
            .token(last)
            .is_some_and(|token| token.is_capital() && token.breaks == 0)
    {
        last += 1;
    }
    if last == first {
        return tokens;
    }
    Run::new(tokens.start as usize, last)
}

/// The country of "his", "its", "their" before an office: of whoever spoke last or of the last country.
fn owner(walk: &Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let start = scene.mentions[mention].tokens.start as usize;
    if scene.class(start) != Class::Possessive {
        return None;
    }
    if scene.is(start, "its") {
        let owner = walk.best(mention, |_, kind| {
            matches!(kind, Kind::Place | Kind::Organization).then_some(0.0)
        })?;
        return walk.cast.get(owner).country;
    }
    let near = walk.recent.iter().rev().take(8);
    near.filter_map(|&other| walk.cast.figure(other as usize))
        .map(|figure| walk.cast.get(figure))
        .find(|figure| figure.country.is_some())
        .and_then(|figure| figure.country)
}

/// Whether "the", a country or an owner stands before it.
fn is_definite(walk: &Walk, mention: usize) -> bool {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    let start = told.tokens.start as usize;
    match scene.class(start) {
        Class::Determiner => scene.is(start, "the"),
        Class::Possessive => true,
        _ => scene.is_settled(told.tokens) || scene.country_in(told.tokens).is_some(),
    }
}

/// Whether a phrase names an owner whom only the article knows.
fn is_of_stranger(walk: &Walk, phrase: Run) -> bool {
    let scene = walk.scene;
    let owner = scene.owner_in(phrase).filter(|token| token.is_capital());
    let named = owner.and_then(|token| walk.cast.by_word(token.key).first());
    named.is_some_and(|&(figure, _)| {
        let figure = walk.cast.get(figure);
        figure.kind == Some(Kind::Person) && figure.known.is_none()
    })
}

/// The country of an office without one: of the sentence, else the one the article speaks of most.
pub(super) fn prevailing(walk: &Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let near = walk.recent.iter().rev().take(12);
    let mut same_sentence = near
        .take_while(|&&other| scene.sentence_of[other as usize] == scene.sentence_of[mention])
        .filter_map(|&other| walk.cast.figure(other as usize));
    let of = |figure: &Figure| match figure.kind {
        Some(Kind::Place | Kind::Organization) => figure.country,
        _ => None,
    };
    same_sentence.find_map(|figure| of(walk.cast.get(figure))).or_else(|| {
        let mut counts: Vec<(u32, u32)> = Vec::new();
        for &other in walk.recent.iter().take(PEOPLE) {
            let Some(country) = walk.cast.figure(other as usize).and_then(|f| of(walk.cast.get(f))) else {
                continue;
            };
            match counts.iter_mut().find(|(known, _)| *known == country) {
                Some((_, count)) => *count += 1,
                None => counts.push((country, 1)),
            }
        }
        counts
            .into_iter()
            .max_by_key(|&(country, count)| (count, std::cmp::Reverse(country)))
            .map(|(c, _)| c)
    })
}

/// The person of the article who has one of these posts, the one mentioned last; first of all one whom the article calls
/// by the same noun: "the envoy" is no ambassador.
fn in_article(
    walk: &Walk,
    posts: &[Post],
    country: Option<u32>,
    gender: Option<Gender>,
    term: Term,
    noun: Option<u64>,
) -> Option<u32> {
    let scene = walk.scene;
    let figures = walk.figures(4 * PEOPLE).take(PEOPLE).map(|(id, _)| id);
    let mut held = figures.filter(|&id| {
        let figure = walk.cast.get(id);
        figure.kind == Some(Kind::Person) && figure.may_be(gender) && holds(scene, figure, posts, country, term)
    });
    let first = held.next()?;
    let called = |&id: &u32| noun.is_some_and(|noun| walk.cast.get(id).described.contains(&noun));
    if called(&first) {
        return Some(first);
    }
    // "The secretary of state" is the American before any other foreign minister.
    let own = |id: u32| {
        let mut countries = posts.iter().filter_map(|post| post.country);
        countries.any(|own| holds(scene, walk.cast.get(id), posts, Some(own), term))
    };
    let others: Vec<u32> = held.collect();
    let mut all = others.iter().copied();
    if let Some(other) = all.find(called) {
        return Some(other);
    }
    let other = if own(first) {
        None
    } else {
        others.into_iter().find(|&id| own(id))
    };
    other.or(Some(first))
}

/// "…, its foreign minister said. Foreign Minister X …": whom the next names give the post.
fn named_below(
    walk: &Walk,
    mention: usize,
    posts: &[Post],
    country: Option<u32>,
    gender: Option<Gender>,
) -> Option<u32> {
    let scene = walk.scene;
    let below = (mention + 1..scene.mentions.len()).take(12);
    let mut below = below.take_while(|&other| scene.paragraph_of[other] <= scene.paragraph_of[mention] + 1);
    below.find_map(|other| {
        let id = walk.cast.figure(other)?;
        let figure = walk.cast.get(id);
        let introduced = !scene.title(other).is_empty() || titles::is_introduced(scene, other);
        let titled = scene.is_name(other) && introduced && figure.kind == Some(Kind::Person);
        (titled && figure.may_be(gender) && holds(scene, figure, posts, country, Term::Now)).then_some(id)
    })
}

/// Who held one of some posts of a country on some days, if the tables are sure enough. Of several deputies "the deputy
/// minister" is none; "the chancellor" of Britain is not what the one of Germany is.
fn holder(walk: &Walk, posts: &[Post], country: u32, days: &[Date]) -> Option<u32> {
    let scene = walk.scene;
    let code = scene.code(country)?;
    let national = posts
        .iter()
        .filter(|post| !is_local(post) && post.country.is_none_or(|own| own == country));
    national.into_iter().find_map(|post| {
        throughout(days, |date| {
            let holders = scene.gazetteer.role_holders(post.role, code, date);
            let many = is_one_of_many(scene, holders.first()?.0);
            one_of(&holders).filter(|_| !many)
        })
    })
}

/// Who has one of some posts for a country: somebody of the article, else the holder on its date.
pub(super) fn of_posts<'s>(
    walk: &mut Walk<'_, 's, '_>,
    posts: &[Post<'s>],
    country: u32,
    gender: Option<Gender>,
) -> Option<u32> {
    if let Some(figure) = in_article(walk, posts, Some(country), gender, Term::Now, None) {
        return Some(figure);
    }
    let person = holder(walk, posts, country, walk.scene.date.as_slice())?;
    let sense = Sense::Person(person);
    if let Some(figure) = walk.cast.by_sense(sense) {
        return Some(figure);
    }
    let figure = person_figure(walk, person);
    let entry = walk.cast.get_mut(figure);
    entry.country = Some(country);
    entry.posts = posts.to_vec();
    Some(figure)
}
