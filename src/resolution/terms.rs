//! Offices in time: who is asked for on which day, who comes before and after.
//!
//! In: a mention of an office, of its holder's predecessor, of somebody elected to it. Out: the days that it speaks of,
//! the one holder on all of them, whoever held it before or takes it next.

use super::Resolution;
use super::cast::Figure;
use super::offices::{PEOPLE, person_figure, prevailing};
use super::pronouns::Walk;
use super::scene::{NONE, Scene};
use crate::attribution::Attribution;
use crate::gazetteer::{Certainty, Holder, Sense};
use crate::lexicon::Class;
use crate::tokens::keys;
use jiff::civil::Date;

/// A year counts for an office that stands behind it among so many first tokens of a sentence.
const OPENING: usize = 8;

/// In so many days half of those who hold an office leave it: measured on the terms in `data/tenures.tsv` that began in
/// 1990-2015. Of those in office on some day, 78 of 100 are so a year later, and 60 two years later.
const HALF: f32 = 1000.0;

/// Attributions, less confident where who speaks is somebody whose office is not known to have lasted until the date.
pub fn temper(attributions: Vec<Attribution>, resolution: &Resolution, date: Option<Date>) -> Vec<Attribution> {
    let share = |said: &Attribution| {
        let entity = (*resolution.entity_of.get(said.source? as usize)?)?;
        let last = resolution.entities.get(entity as usize)?.last_known?;
        let days = last.until(date?).ok()?.get_days();
        Some((-(days.max(0) as f32) / HALF).exp2())
    };
    let tempered = attributions.into_iter().map(|said| Attribution {
        confidence: said.confidence * share(&said).unwrap_or(1.0),
        ..said
    });
    tempered.collect()
}

/// The last day on which somebody whom the article never names is known to have had the office that it names, if that is
/// before the date and no end is known.
pub(super) fn last_known(scene: &Scene, figure: &Figure, person: u32) -> Option<Date> {
    let date = scene.date.filter(|_| figure.fullest == NONE)?;
    let meant = |office: &u32| {
        let role = scene.gazetteer.role_of(*office);
        figure.posts.is_empty() || figure.posts.iter().any(|post| role == Some(post.role))
    };
    let offices = scene.gazetteer.offices_on(person, date).into_iter();
    let offices = offices.map(|(office, _)| office).filter(meant);
    let terms = offices.flat_map(|office| scene.gazetteer.holders(office, date));
    let own: Vec<Holder> = terms.filter(|holder| holder.person == person).collect();
    let stale = !own.is_empty() && own.iter().all(|holder| holder.certainty == Certainty::Stale);
    own.iter()
        .filter(|_| stale)
        .filter_map(|holder| holder.last_known)
        .max()
}

/// The days that an office is asked for: the article's, or the first and the last of a year that the sentence begins
/// with ("In 2012, the French president …").
pub(super) fn days(walk: &Walk, mention: usize) -> Vec<Date> {
    let scene = walk.scene;
    let Some(date) = scene.date else { return Vec::new() };
    let sentence = &scene.document.sentences[scene.sentence_of[mention] as usize];
    let start = sentence.tokens.start as usize;
    let before = start..(scene.mentions[mention].tokens.start as usize).min(start + OPENING);
    let year = |at: usize| {
        let year: i16 = scene.word(at).parse().ok()?;
        let past =
            (1900..date.year()).contains(&year) && at > start && !scene.is_any(at - 1, &keys!["since", "until", "by"]);
        past.then_some(year)
    };
    let dated = scene.is_any(start, &keys!["in", "on", "back", "during"]);
    let year = before.filter(|_| dated).find_map(year);
    let ends = year.and_then(|year| Some(vec![Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?]));
    ends.unwrap_or_else(|| vec![date])
}

/// The one answer that holds on all of some days.
pub(super) fn throughout(days: &[Date], mut answer: impl FnMut(Date) -> Option<u32>) -> Option<u32> {
    let (&first, others) = days.split_first()?;
    let person = answer(first)?;
    others.iter().all(|&day| answer(day) == Some(person)).then_some(person)
}

/// The one holder, or the one who is sure.
pub(super) fn one_of(holders: &[(u32, Holder)]) -> Option<u32> {
    let (_, first) = holders.first()?;
    (holders.len() == 1 || first.certainty == Certainty::Sure).then_some(first.person)
}

/// Whom "the French president-elect" means.
pub(super) fn elected(walk: &mut Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    let head = scene.word(told.head as usize);
    let (noun, date) = (head.strip_suffix("-elect")?, scene.date?);
    if let Some(figure) = elect_of_article(walk, noun) {
        return Some(figure);
    }
    let country = scene.country_in(told.tokens).or_else(|| prevailing(walk, mention))?;
    let offices = scene
        .gazetteer
        .office_of(&noun.replace(' ', "-").to_lowercase(), scene.code(country)?);
    let person = offices
        .into_iter()
        .find_map(|office| scene.gazetteer.elect(office, date))?;
    Some(person_figure(walk, person))
}

/// Who has such a title in the article: "President-elect X".
fn elect_of_article(walk: &Walk, noun: &str) -> Option<u32> {
    let scene = walk.scene;
    let mut recent = walk.recent.iter().rev().take(PEOPLE).map(|&other| other as usize);
    let titled = |other: usize| {
        let title = scene.title(other).range();
        let elect = |at: usize| scene.word(at).to_lowercase().strip_suffix("-elect") == Some(noun);
        scene.is_name(other) && title.into_iter().any(elect)
    };
    recent
        .find(|&other| titled(other))
        .and_then(|other| walk.cast.figure(other))
}

/// Whom "his predecessor", "Smith's successor" means: who had the office of its owner before or behind them. The owner of
/// "his" is whoever was last spoken of.
pub(super) fn neighbour(walk: &mut Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let date = scene.date?;
    let told = &scene.mentions[mention];
    let person = |figure: u32| match walk.cast.get(figure).known {
        Some(Sense::Person(person)) => Some(person),
        _ => None,
    };
    let owner = match scene.owner_in(told.tokens) {
        Some(name) => walk
            .cast
            .by_word(name.key)
            .first()
            .and_then(|&(figure, _)| person(figure)),
        None if scene.class(told.tokens.start as usize) == Class::Possessive => {
            let near = walk.recent.iter().rev().take(6);
            let mut near = near.filter_map(|&other| walk.cast.figure(other as usize));
            near.find_map(|figure| {
                let fits = |person: &u32| walk.cast.get(figure).may_be(scene.gazetteer.gender(*person));
                person(figure).filter(fits)
            })
        }
        None => None,
    }?;
    let found = if scene.is(told.head as usize, "successor") {
        let office = scene.gazetteer.last_office_before(owner, date)?;
        scene.gazetteer.successor(office, owner, date)?
    } else {
        let (office, _) = *scene.gazetteer.offices_on(owner, date).first()?;
        scene.gazetteer.predecessor(office, owner, date)?
    };
    Some(person_figure(walk, found))
}
