//! Figures to entities.
//!
//! In: the figures and who is who. Out: entities in the order of their first mention, with names, ids, countries and
//! offices on the article's date. Names that nobody knows and that never speak are left out.

use super::cast::{Cast, Figure};
use super::scene::{NONE, Scene, one_line};
use super::terms::last_known;
use super::{Entity, Resolution, kinds, passing};
use crate::gazetteer::{Sense, adjective};
use crate::mentions::built;
use crate::mentions::{Form, Kind};
use crate::span::{Run, Span};
use crate::tokens::{Kind as Sign, folded_key};

/// Makes the entities.
pub(super) fn entities(scene: &Scene, mut cast: Cast) -> Resolution {
    kinds::settle(scene, &mut cast);
    let passing = passing::names(scene, &mut cast);
    let mut resolution = Resolution {
        entities: Vec::new(),
        entity_of: vec![None; scene.mentions.len()],
        forms: scene.mentions.iter().map(|mention| mention.form).collect(),
    };
    let mentioned = (0..scene.mentions.len())
        .filter_map(|mention| Some((scene.mentions[mention].span, cast.figure(mention)?, Some(mention))));
    let named = passing.into_iter().map(|(figure, span)| (span, figure, None));
    let mut all: Vec<(Span, u32, Option<usize>)> = mentioned.chain(named).collect();
    all.sort_by_key(|&(span, _, mention)| (span.start, mention.is_none()));
    let mut number = vec![NONE; cast.figures.len()];
    let mut mentioned = vec![0; cast.figures.len()];
    for (_, id, mention) in &all {
        mentioned[*id as usize] += usize::from(mention.is_some());
    }
    for (span, id, mention) in all {
        let figure = cast.get(id);
        let Some(kind) = figure.kind else { continue };
        // "a man", and no more of him.
        let silent = |mention: usize| !scene.speaks[mention] && !scene.talks[mention];
        if figure.unnamed && mentioned[id as usize] == 1 && mention.is_some_and(silent) {
            continue;
        }
        let entity = &mut number[id as usize];
        if *entity == NONE {
            *entity = resolution.entities.len() as u32;
            let mut made = entity_of(scene, figure, kind);
            made.mentions.reserve_exact(mentioned[id as usize]);
            resolution.entities.push(made);
        }
        let listed = &mut resolution.entities[*entity as usize];
        let Some(mention) = mention else {
            listed.passing.push(span);
            continue;
        };
        listed.mentions.push(mention as u32);
        resolution.entity_of[mention] = Some(*entity);
        if stands_for(scene, figure, mention) {
            resolution.forms[mention] = Form::Metonym;
        }
    }
    resolution
}

/// Whether a place stands for its government here.
fn stands_for(scene: &Scene, figure: &Figure, mention: usize) -> bool {
    let told = &scene.mentions[mention];
    told.form == Form::Name && told.kind == Some(Kind::Place) && figure.kind == Some(Kind::Organization)
}

fn entity_of(scene: &Scene, figure: &Figure, kind: Kind) -> Entity {
    let gazetteer = scene.gazetteer;
    let mut entity = Entity {
        kind,
        name: String::new(),
        known: figure.known,
        wikidata: None,
        country: None,
        office: None,
        last_known: None,
        gender: figure.gender,
        anonymous: figure.anonymous,
        reason: None,
        mentions: Vec::new(),
        passing: Vec::new(),
    };
    let own = |text: &str| Some(text.to_owned());
    if let Some(known) = figure.known
        && let Some(called) = gazetteer.called(known)
    {
        entity.name = called.name.to_owned();
        entity.wikidata = called.wikidata.and_then(own);
        entity.country = called.country.and_then(own);
        if let Sense::Person(person) = known {
            entity.name = person_name(figure, called.name).to_owned();
            let held = scene.date.map(|date| gazetteer.offices_on(person, date));
            entity.office = held.and_then(|held| {
                let &(office, _) = held.first()?;
                Some(office_name(scene, office))
            });
            entity.last_known = last_known(scene, figure, person);
        }
    }
    if let Some(label) = &figure.label {
        entity.name.clone_from(label);
    }
    if entity.name.is_empty() {
        entity.name = fullest(scene, figure, kind);
    }
    if entity.country.is_none() {
        entity.country = figure.country.and_then(|country| scene.code(country)).and_then(own);
    }
    if entity.office.is_none() && kind == Kind::Person {
        entity.office = figure.office.map(|office| one_line(scene.document.words(office)));
    }
    entity
}

/// An office with its country: "Secretary of State (United States)" reads badly, "United States Secretary of State" well.
fn office_name(scene: &Scene, office: u32) -> String {
    let gazetteer = scene.gazetteer;
    let label = gazetteer.label_of_office(office);
    let code = gazetteer.country_of_office(office);
    let country = code.and_then(|code| gazetteer.country_place(code));
    let Some((country, called)) = country.and_then(|country| Some((country, gazetteer.called(Sense::Place(country))?)))
    else {
        return label.to_owned();
    };
    let demonyms = gazetteer.demonyms(country);
    let told = label.contains(called.name)
        || demonyms
            .split('|')
            .any(|demonym| !demonym.is_empty() && label.contains(demonym));
    match adjective(demonyms) {
        _ if told => label.to_owned(),
        _ if called.country == Some("US") => format!("{} {label}", called.name),
        Some(adjective) => format!("{adjective} {label}"),
        None => format!("{label} ({})", called.name),
    }
}

/// The gazetteer's name of a person, without the second surname that the article leaves out: "Jose Antonio Meade" for
/// "José Antonio Meade Kuribreña".
fn person_name<'n>(figure: &Figure, name: &'n str) -> &'n str {
    let Some(&last) = figure.words.last() else { return name };
    let mut end = 0;
    let mut words = name.split(' ').peekable();
    while let Some(word) = words.next() {
        end += word.len();
        let initial = word.len() < 3;
        if !initial && words.peek().is_some() && folded_key(word) == last && figure.words.len() > 2 {
            return &name[..end];
        }
        end += 1;
    }
    name
}

/// The fullest name that the article has.
fn fullest(scene: &Scene, figure: &Figure, kind: Kind) -> String {
    let Some(mention) = scene.mentions.get(figure.fullest as usize) else {
        return String::new();
    };
    let words = scene.document.words(mention.name);
    let title = Run::new(
        mention.tokens.start as usize,
        mention.name.start.max(mention.tokens.start) as usize,
    );
    // "Israel's Foreign Ministry", but not "the Israeli group X".
    let called = |at: usize| scene.is_any(at, &built::CALLED);
    let owned = kind == Kind::Organization
        && !title.range().next_back().is_some_and(called)
        && (title.range().any(|at| scene.is_sign(at, Sign::Clitic)) || scene.country_in(title).is_some());
    let words = if owned {
        let all = scene.document.words(mention.tokens);
        all.strip_prefix("the ").or(all.strip_prefix("The ")).unwrap_or(all)
    } else {
        words
    };
    one_line(words)
}
