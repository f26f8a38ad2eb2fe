//! Names to figures.
//!
//! In: the mentions that are names. Out: a [`Cast`] in which each name stands for one figure: full names first, over the
//! whole article, so that a surname before its full name is found too; then short names in the order of the text;
//! those of headings by what the text has.

use super::beside;
use super::bodies;
use super::cast::Cast;
use super::kinds;
use super::known;
use super::people;
use super::scene::{NONE, Scene};
use super::titles;
use crate::gazetteer::{PlaceKind, Sense, Senses};
use crate::mentions::{Form, Kind, Mention};
use crate::tokens::{Case, KeyHasher, folded_key, keys};
use std::collections::HashSet;
use std::hash::BuildHasherDefault;

/// Gathers all names of an article into figures.
pub(super) fn gather<'s>(scene: &Scene<'s, '_>) -> Cast<'s> {
    let mut cast = Cast::new(scene);
    let mut words = Vec::new();
    let in_text = |&mention: &usize| scene.is_name(mention) && !scene.in_heading(mention);
    let named = (0..scene.mentions.len()).filter(in_text);
    let named: HashSet<u64, BuildHasherDefault<KeyHasher>> = named
        .map(|mention| first_words(scene, &scene.mentions[mention]))
        .collect();
    for mention in 0..scene.mentions.len() {
        if !scene.is_name(mention) {
            continue;
        }
        // The capitals of a heading say little about where a name ends.
        let told = &scene.mentions[mention];
        // "Ann Doe Defends Plan" ends where the text has "Ann Doe".
        let longer = told.name.len() > 2 && told.senses.is_empty() && named.contains(&first_words(scene, told));
        let person = told.kind == Some(Kind::Person) && !longer;
        let heading = scene.in_heading(mention) && !(person && reads_like_person(scene, mention));
        if heading || is_surname_alone(scene, mention) {
            continue;
        }
        name_words(scene, &scene.mentions[mention], &mut words);
        // "Lyle Banner", of whom the text has said that he is a human being.
        let person = scene.tags[scene.mentions[mention].head as usize].is_thing()
            && people::surnamed(&cast, words.last().copied().unwrap_or_default())
                .is_some_and(|figure| cast.get(figure).words == words);
        match kind_of(scene, mention) {
            Some(Kind::Organization) if person && words.len() > 1 => {
                people::full_person(scene, &mut cast, mention, &words)
            }
            Some(Kind::Person) if words.len() > 1 => people::full_person(scene, &mut cast, mention, &words),
            None if words.len() > 1 && reads_like_person(scene, mention) => {
                people::full_person(scene, &mut cast, mention, &words)
            }
            Some(Kind::Organization) if words.len() > 1 => bodies::organization(scene, &mut cast, mention, &words),
            _ => {}
        }
    }
    let nouns = 0..scene.mentions.len();
    let apposed: Vec<(usize, usize)> = nouns
        .filter_map(|noun| Some((noun, beside::apposed(scene, noun)?)))
        .collect();
    introduce(scene, &mut cast, &apposed, |words| words > 1);
    for mention in 0..scene.mentions.len() {
        if !scene.is_name(mention) || is_partisan(scene, mention) {
            continue;
        }
        if cast.figure(mention).is_none() {
            name_words(scene, &scene.mentions[mention], &mut words);
            if scene.in_heading(mention) && words.len() > 1 {
                heading(scene, &mut cast, mention, &words);
            } else {
                short(scene, &mut cast, mention, &words);
            }
        }
        if let Some(figure) = cast.figure(mention) {
            titles::read(scene, &mut cast, mention, figure);
            if let Some(age) = titles::age(scene, mention) {
                cast.age(figure, age);
            }
            cast.touch(mention, figure);
            cast.get_mut(figure).talks |= scene.talks[mention];
        }
    }
    // "his wife, Melanie,"
    introduce(scene, &mut cast, &apposed, |words| words == 1);
    for figure in &mut cast.figures {
        (figure.count, figure.last) = (0, NONE);
    }
    cast
}

/// Has read what stands before the commas of names of so many words: `apposed` has each noun with its name.
fn introduce<'s>(scene: &Scene<'s, '_>, cast: &mut Cast<'s>, apposed: &[(usize, usize)], long: impl Fn(usize) -> bool) {
    for &(noun, named) in apposed {
        if let Some(figure) = cast.figure(named).filter(|_| long(scene.mentions[named].name.len())) {
            titles::introduce(scene, cast, noun, figure);
        }
    }
}

/// A key of the first two words of a name.
fn first_words(scene: &Scene, mention: &Mention) -> u64 {
    let start = mention.name.start as usize;
    let key = |at: usize| scene.token(at).map_or(0, |token| token.key);
    key(start).rotate_left(7) ^ key(start + 1)
}

/// What a name names, looked at again: "the Republican National Convention" is nobody, "the group X" an institution.
fn kind_of(scene: &Scene, mention: usize) -> Option<Kind> {
    let told = &scene.mentions[mention];
    let title = scene.title(mention);
    match told.kind {
        None if kinds::is_event(scene, told.name) => None,
        None | Some(Kind::Person)
            if told.senses.is_empty() && bodies::is_medium(scene, told.head as usize) && !is_titled(scene, mention) =>
        {
            Some(Kind::Organization)
        }
        None if scene.mentions[mention].name.len() > 2 && bodies::is_phrase(scene, mention) => Some(Kind::Organization),
        None if title
            .range()
            .any(|at| scene.tags[at].head() > 0 && !scene.tags[at].is_human()) =>
        {
            Some(Kind::Organization)
        }
        Some(Kind::Person) if told.senses.is_empty() && told.name.len() > 1 => {
            let given = scene
                .token(told.name.start as usize)
                .is_some_and(|t| scene.gazetteer.is_given_name(t.key));
            (given || reads_like_person(scene, mention)).then_some(Kind::Person)
        }
        kind => kind,
    }
}

/// Whether a title for one human being stands before a full name: "Mayor Ana Guardian" is no newspaper.
fn is_titled(scene: &Scene, mention: usize) -> bool {
    let named = scene.mentions[mention].name;
    let given = scene
        .token(named.start as usize)
        .is_some_and(|token| scene.gazetteer.is_given_name(token.key));
    let human = |at: usize| scene.tags[at].is_title() || scene.tags[at].is_human();
    given && named.len() > 1 && scene.title(mention).range().any(human)
}

/// "van der Tarvel": a surname with its particles, and no given name.
fn is_surname_alone(scene: &Scene, mention: usize) -> bool {
    let name = scene.mentions[mention].name;
    let (first, last) = (name.start as usize, name.end as usize - 1);
    let given = |at: usize| {
        scene
            .token(at)
            .is_some_and(|token| scene.gazetteer.is_given_name(token.key))
    };
    first < last && (first..last).all(|at| scene.tags[at].is_particle()) && !given(first)
}

/// Keys of the words of a bare name, without "Jr." and the like.
fn name_words(scene: &Scene, mention: &Mention, words: &mut Vec<u64>) {
    words.clear();
    for at in mention.name.range() {
        let Some(token) = scene.token(at) else { break };
        if token.is_word() && !(at > mention.name.start as usize && is_suffix(scene.word(at))) {
            words.push(token.key);
        }
    }
}

fn is_suffix(word: &str) -> bool {
    matches!(word, "Jr." | "Jr" | "Sr." | "Sr" | "II" | "III" | "IV")
}

/// Whether a chain of capitals that nobody knows may be a person's name: up to four words, no "of" between them.
fn reads_like_person(scene: &Scene, mention: usize) -> bool {
    let name = scene.mentions[mention].name;
    let words = name.range().filter(|&at| !scene.tags[at].is_particle());
    words.count() <= 4
        && name.range().all(|at| {
            let word = scene.word(at);
            let tag = scene.tags[at];
            let other = tag.is_thing() || tag.is_small() || tag.head() > 0;
            !matches!(word, "of" | "for" | "on" | "the") && (tag.is_particle() || !other)
        })
}

/// Assigns a name of several words that stands in a heading: to somebody whom the text names, or whom all know.
fn heading(scene: &Scene, cast: &mut Cast, mention: usize, words: &[u64]) {
    let told = &scene.mentions[mention];
    let known = told.senses.iter().any(|sense| match sense {
        Sense::Person(_) => told.kind == Some(Kind::Person),
        Sense::Organization(_) => told.kind == Some(Kind::Organization),
        Sense::Place(_) => told.kind == Some(Kind::Place),
        _ => false,
    });
    match told.kind {
        Some(Kind::Person) if known => return people::full_person(scene, cast, mention, words),
        Some(_) if known => return short(scene, cast, mention, words),
        _ => {}
    }
    let figure = words.windows(2).find_map(|pair| {
        let named = cast
            .by_word(pair[1])
            .iter()
            .find(|&&(figure, rank)| rank == 0 && cast.get(figure).words.first() == Some(&pair[0]));
        named.map(|&(figure, _)| figure)
    });
    let figure = figure.or_else(|| {
        // "Bill Clinton Calls Plan Crazy"
        let known = scene.hits(told.name).into_iter().find_map(|hit| {
            let full = hit.tokens.len() > 1 && matches!(hit.senses.first(), Some(Sense::Person(_)));
            full.then(|| known::person_of(scene, &hit.senses, None)).flatten()
        })?;
        Some(cast.by_sense(Sense::Person(known)).unwrap_or_else(|| {
            let figure = cast.add(Some(Kind::Person));
            cast.know(figure, Sense::Person(known));
            cast.get_mut(figure).gender = scene.gazetteer.gender(known);
            figure
        }))
    });
    if let Some(figure) = figure {
        cast.assign(mention, figure);
    }
}

/// Assigns a name of one word, or one that is no person's.
fn short(scene: &Scene, cast: &mut Cast, mention: usize, words: &[u64]) {
    let told = &scene.mentions[mention];
    let Some(&last) = words.last() else { return };
    let bare = people::without_article(scene.word(told.head as usize)).map(folded_key);
    let single = words.len() == 1 || words.len() == 2 && bare.is_some() || is_surname_alone(scene, mention);
    // "ORDELL: We will sign.": a label of somebody who is named above.
    let kind = told
        .kind
        .filter(|_| !scene.is_label(mention) || !told.senses.is_empty());
    let namesake = match kind {
        _ if !single => None,
        Some(Kind::Place) if !is_rather_person(scene, mention) => None,
        // "Cuban said", where somebody of that surname is named.
        Some(Kind::Group) if told.form == Form::Demonym && told.tokens == told.name && scene.speaks[mention] => {
            people::namesake(scene, cast, mention, last, &[])
        }
        Some(Kind::Group) => None,
        // "Guardian said", "Hill said", where somebody of that surname is named and the newspaper would have its article.
        Some(Kind::Organization)
            if told.tokens == told.name
                && scene
                    .token(told.head as usize)
                    .is_some_and(|word| word.case == Case::Capital) =>
        {
            people::surnamed(cast, last).or_else(|| bodies::namesake_body(cast, last))
        }
        Some(Kind::Organization) => bodies::namesake_body(cast, last),
        _ => {
            let title = titles::posts(scene, scene.title(mention));
            let found = people::namesake(scene, cast, mention, last, &title)
                .or_else(|| people::namesake(scene, cast, mention, bare?, &title));
            // "President Obama" is not Michelle Obama.
            let stranger =
                found.is_some_and(|figure| !title.is_empty() && !people::held(scene, cast.get(figure), &title));
            let other = stranger
                .then(|| known::by_surname(scene, mention, told.gender, &title, true))
                .flatten();
            if other.is_some() { None } else { found }
        }
    };
    if let Some(figure) = namesake {
        cast.assign(mention, figure);
        let gender = told.gender;
        let entry = cast.get_mut(figure);
        entry.gender = entry.gender.or(gender);
        // Whoever speaks further down is a human being from the first mention on.
        if entry.kind.is_none() && scene.speaks[mention] {
            entry.kind = Some(Kind::Person);
        }
        return;
    }
    match kind {
        // "Kerry said": of a county and a minister of the day only one speaks.
        Some(Kind::Place) if speaks_like_minister(scene, mention) => people::lone_person(scene, cast, mention, words),
        Some(Kind::Place) => known_thing(scene, cast, mention, words),
        Some(Kind::Organization) if words.len() > 1 => bodies::organization(scene, cast, mention, words),
        Some(Kind::Organization) => known_thing(scene, cast, mention, words),
        // "the Leadership Conference said"; else an event is nobody.
        None if words.len() > 1 && kinds::is_event(scene, told.name) && !scene.speaks[mention] => {}
        None if words.len() > 1 && kinds::is_event(scene, told.name) => {
            bodies::organization(scene, cast, mention, words);
        }
        Some(Kind::Person) | None => people::lone_person(scene, cast, mention, words),
        _ => {}
    }
}

/// Whether the name of a place may be a person's here: no country's, and somebody speaks or has a title.
fn is_rather_person(scene: &Scene, mention: usize) -> bool {
    let told = &scene.mentions[mention];
    let town = told.form == Form::Name && !is_seat_of_power(scene, mention);
    town || scene.speaks[mention] && !matches!(told.senses.first(), Some(Sense::Metonym(_)))
}

/// Whether a name may be that of a country or of where one is governed from.
fn is_seat_of_power(scene: &Scene, mention: usize) -> bool {
    scene.mentions[mention].senses.iter().any(|sense| match sense {
        Sense::Place(place) => {
            matches!(
                scene.gazetteer.place_kind(*place),
                PlaceKind::Country | PlaceKind::Capital
            )
        }
        Sense::Metonym(_) => true,
        _ => false,
    })
}

/// Whether somebody speaks who has the name of a town or a region and is known by the surname alone.
fn speaks_like_minister(scene: &Scene, mention: usize) -> bool {
    let told = &scene.mentions[mention];
    scene.speaks[mention]
        && told.form == Form::Name
        && told.tokens == told.name
        && !is_seat_of_power(scene, mention)
        && known::by_surname(scene, mention, told.gender, &[], false).is_some()
}

/// A place, or an institution of one word: by the gazetteer's entry, else by its word.
fn known_thing(scene: &Scene, cast: &mut Cast, mention: usize, words: &[u64]) {
    let told = &scene.mentions[mention];
    let sense = if told.kind == Some(Kind::Place) {
        told.senses
            .iter()
            .copied()
            .find(|sense| matches!(sense, Sense::Place(_)))
    } else {
        let home = |sense: &Sense| match *sense {
            Sense::Organization(body) => {
                let party = words.len() == 1 && is_foreign_party(scene, mention, body);
                !party && !titles::is_abroad(scene, mention, body)
            }
            _ => false,
        };
        let senses: Senses = told.senses.iter().copied().filter(home).collect();
        scene.body_of(&senses, scene.country_in(told.tokens))
    };
    // "the Kremlin" is known as what it stands for alone.
    let key = words
        .iter()
        .fold(told.kind.map_or(0, |k| k as u64), |key, word| key.rotate_left(7) ^ word);
    let figure = match sense {
        Some(sense) => cast.by_sense(sense),
        None => cast.by_word(key).first().map(|&(figure, _)| figure),
    };
    let figure = figure.unwrap_or_else(|| {
        let figure = cast.add(told.kind);
        match sense {
            Some(sense) => cast.know(figure, sense),
            None => cast.index(key, figure, 3),
        }
        let country = scene.country_of(&told.senses);
        let entry = cast.get_mut(figure);
        entry.fullest = mention as u32;
        entry.words = words.to_vec();
        entry.country = country;
        figure
    });
    if told.kind == Some(Kind::Organization)
        && let Some(&word) = words.last()
    {
        cast.index(word, figure, 0);
    }
    cast.assign(mention, figure);
}

/// Whether a word for the people of any party ("Democrats") would be the name of one in a country that the article does
/// not speak of.
fn is_foreign_party(scene: &Scene, mention: usize, body: u32) -> bool {
    let tag = scene.tags[scene.mentions[mention].head as usize];
    let home = scene.gazetteer.code_of_organization(body);
    (tag.is_civic() || tag.is_human()) && home.is_some_and(|home| !scene.countries_by_weight().contains(&home))
}

/// "the Republican", "the Democrat": somebody of a party, and no name.
pub(super) fn is_partisan(scene: &Scene, mention: usize) -> bool {
    let told = &scene.mentions[mention];
    let party = &keys![
        "republican",
        "democrat",
        "conservative",
        "socialist",
        "libertarian",
        "liberal",
        "independent"
    ];
    told.tokens.len() == 2 && scene.is(told.tokens.start as usize, "the") && scene.is_any(told.head as usize, party)
}

/// "King said", "Pope said", where the article names somebody of that surname.
pub(super) fn surname(scene: &Scene, cast: &Cast, mention: usize) -> Option<u32> {
    let told = &scene.mentions[mention];
    let word = scene.token(told.head as usize)?;
    let bare = told.tokens.len() == 1 && word.case == Case::Capital;
    bare.then(|| people::surnamed(cast, word.key)).flatten()
}

/// "the North" where the article speaks of North Korea.
pub(super) fn half_country(scene: &Scene, cast: &mut Cast, mention: usize) -> Option<u32> {
    let told = &scene.mentions[mention];
    if !scene.is_any(told.head as usize, &keys!["north", "south"]) || told.tokens.len() != 2 {
        return None;
    }
    let half = scene.word(told.head as usize);
    let country = scene.countries.iter().copied().filter(|&country| {
        let rest = scene.gazetteer.place(country).name.strip_prefix(half);
        rest.is_some_and(|rest| rest.starts_with(' '))
    });
    let sense = Sense::Place(country.min()?);
    Some(cast.by_sense(sense).unwrap_or_else(|| {
        let figure = cast.add(Some(Kind::Place));
        cast.know(figure, sense);
        figure
    }))
}
