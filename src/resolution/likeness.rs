//! How well a noun phrase fits what the article says of somebody.
//!
//! In: the words of a phrase ("the lawmaker", "the Russian", "the Florida senator"), a figure with the words of its titles
//! and appositions. Out: a score: the same noun, one that news uses for it, further words, the country.

use super::cast::Figure;
use super::scene::Scene;
use super::titles::RANKS;
use crate::gazetteer::{PlaceKind, Sense};
use crate::mentions::{Form, Kind};
use crate::span::Run;
use crate::tokens::{Case, Kind as Sign, keys};

/// What the same noun adds, and one of its family.
const SAME: f32 = 3.0;
const KIN: f32 = 2.0;

/// Nouns for whoever speaks for somebody: one word for all.
pub(super) const SPOKES: [u64; 3] = keys!["spokesman", "spokeswoman", "spokesperson"];

/// Nouns that news uses for one another.
const FAMILIES: [&[u64]; 9] = [
    &keys![
        "senator",
        "sen.",
        "sen",
        "congressman",
        "congresswoman",
        "rep.",
        "rep",
        "representative",
        "legislator",
        "lawmaker",
        "parliamentarian",
        "mp",
        "mep",
    ],
    &keys!["governor", "gov.", "gov"],
    &keys![
        "general",
        "gen.",
        "gen",
        "commander",
        "admiral",
        "adm.",
        "officer",
        "colonel",
        "col."
    ],
    &keys!["ambassador", "envoy", "diplomat", "emissary"],
    &keys!["lawyer", "attorney", "counsel", "solicitor", "barrister", "jurist"],
    &keys!["professor", "prof.", "academic", "scholar", "historian", "researcher"],
    &keys![
        "businessman",
        "businesswoman",
        "entrepreneur",
        "tycoon",
        "mogul",
        "developer",
        "magnate",
        "billionaire",
        "industrialist",
    ],
    &keys!["pope", "pontiff"],
    &keys!["cleric", "priest", "bishop", "archbishop", "cardinal", "imam"],
];

/// Who is heard and not known: the last one who spoke is somebody else.
const VOICES: [u64; 6] = keys![
    "announcer",
    "heckler",
    "interviewer",
    "moderator",
    "narrator",
    "questioner",
];

/// Who is so where nothing more is said of them.
const ASKING: [u64; 3] = keys!["anchor", "journalist", "reporter"];

/// Endings of words for a people that never mean one of it: "the French said".
const PEOPLES: [&str; 4] = ["s", "sh", "ch", "ese"];

/// Who stays without a name as a rule: nobody known is called so.
const UNNAMED: [u64; 6] = keys!["aide", "insider", "official", "officer", "source", "staffer"];

/// Nouns for public offices: whoever has one is not called by another one.
const OFFICIALS: [u64; 26] = keys![
    "aide",
    "ambassador",
    "archbishop",
    "attorney",
    "auditor",
    "bishop",
    "cardinal",
    "commissioner",
    "comptroller",
    "councilman",
    "councilwoman",
    "governor",
    "imam",
    "inspector",
    "judge",
    "justice",
    "magistrate",
    "mayor",
    "minister",
    "ombudsman",
    "pastor",
    "prosecutor",
    "rabbi",
    "senator",
    "sheriff",
    "treasurer",
];

/// Nouns for what one among many does: whoever is known for an office is not called by one of them.
const ROLES: [u64; 23] = keys![
    "analyst",
    "attorney",
    "clerk",
    "commissioner",
    "delegate",
    "diplomat",
    "director-general",
    "economist",
    "expert",
    "historian",
    "inspector",
    "judge",
    "justice",
    "lawyer",
    "magistrate",
    "observer",
    "pollster",
    "professor",
    "prosecutor",
    "secretary-general",
    "spokesman",
    "spokesperson",
    "spokeswoman",
];

/// Who is somebody else with "general" behind it.
const GENERALS: [u64; 5] = keys!["attorney", "consul", "inspector", "secretary", "solicitor"];

/// Whether a noun tells what one among many does.
pub(super) fn is_role(scene: &Scene, head: usize) -> bool {
    scene.is_any(head, &ROLES)
}

/// Whether a noun names a public office.
pub(super) fn is_official(scene: &Scene, head: usize) -> bool {
    scene.is_any(head, &OFFICIALS)
}

/// The part of a phrase behind an owner who has no name: "spokesman" of "the prime minister's spokesman".
pub(super) fn own(scene: &Scene, phrase: Run) -> Run {
    let owner = phrase.range().rev().find(|&at| {
        let clitic = scene.is_sign(at, Sign::Clitic) || scene.is(at, "'");
        clitic && at > phrase.start as usize && scene.token(at - 1).is_some_and(|owner| owner.case == Case::Lower)
    });
    let start = owner.map_or(phrase.start, |at| at as u32 + 1);
    Run::new(start.min(phrase.end) as usize, phrase.end as usize)
}

/// A title or an apposition without whom somebody works for or belongs to: "spokeswoman | for the prime minister", "widow |
/// of the president".
pub(super) fn without_principal(scene: &Scene, run: Run) -> Run {
    let human = |at: usize| scene.is_human_noun(at) || scene.is(at, "staff");
    let links = |&at: &usize| {
        at > run.start as usize
            && human(at - 1)
            && scene.is_any(at, &keys!["for", "of", "to"])
            && (at + 1..run.end as usize).any(|behind| scene.is_human_noun(behind))
    };
    let end = run.range().find(links).unwrap_or(run.end as usize);
    Run::new(run.start as usize, end)
}

/// A title without the place that somebody is sent to: "Norland ambassador | to Sudmark", "representative | in Norland".
pub(super) fn without_post(scene: &Scene, title: Run) -> Run {
    let links = |&at: &usize| {
        let sent = scene.is_any(at, &keys!["for", "in", "to"]) && at > title.start as usize;
        sent && scene.is_human_noun(at - 1) && !scene.tags[at - 1].is_civic()
    };
    let end = title.range().find(links).unwrap_or(title.end as usize);
    Run::new(title.start as usize, end)
}

/// Words for the two parties of the United States: nobody is of both.
const PARTIES: [&[u64]; 2] = [&keys!["republican", "gop"], &keys!["democratic", "democrat"]];

/// The one of them that a phrase names: "the GOP front-runner".
pub(super) fn party(scene: &Scene, phrase: Run) -> Option<usize> {
    let called = |party: &&[u64]| phrase.range().any(|at| scene.is_any(at, party));
    let mut named = (0..PARTIES.len()).filter(|&party| called(&PARTIES[party]));
    let party = named.next()?;
    named.next().is_none().then_some(party)
}

/// Whether the article has a figure in another party than this one.
pub(super) fn is_opposed(party: Option<usize>, figure: &Figure) -> bool {
    let has = |party: usize| PARTIES[party].iter().any(|word| figure.described.contains(word));
    party.is_some_and(|party| !has(party) && (0..PARTIES.len()).any(has))
}

/// How well a noun and the words before it fit what the article says of a figure; with `same`, by that noun alone. The words
/// before the noun for an `official` count only with it: "the state auditor" is no state senator.
pub(super) fn fit(figure: &Figure, head: u64, words: &[u64], same: bool, official: bool) -> f32 {
    // Of most figures nothing is said.
    if figure.described.is_empty() {
        return 0.0;
    }
    // The deputy ambassador is not the ambassador.
    let other = |word: &u64| RANKS.contains(word) && !figure.described.contains(word);
    if words.iter().any(other) {
        return 0.0;
    }
    // Nor is the attorney general an attorney.
    let [general] = keys!["general"];
    if GENERALS.contains(&head) && figure.described.contains(&general) && !words.contains(&general) {
        return 0.0;
    }
    // Nor is the solicitor general the consul general.
    let unlike = |word: &u64| GENERALS.contains(word) && !figure.described.contains(word);
    if head == general && words.iter().any(unlike) {
        return 0.0;
    }
    let has = |family: &[u64]| family.iter().any(|word| figure.described.contains(word));
    let headed = if figure.described.contains(&head) || SPOKES.contains(&head) && has(&SPOKES) {
        SAME
    } else if !same && FAMILIES.iter().any(|family| family.contains(&head) && has(family)) {
        KIN
    } else {
        0.0
    };
    if official && headed == 0.0 {
        return 0.0;
    }
    let others = words.iter().filter(|word| figure.described.contains(word)).count();
    others as f32 + headed
}

/// The words of a phrase that describe, without its head and without those that name a country.
pub(super) fn words(scene: &Scene, phrase: Run, head: u64) -> Vec<u64> {
    let country = |at: usize| {
        let hits = scene.hits(Run::new(at, at + 1));
        hits.iter().any(|hit| match hit.senses.first() {
            Some(Sense::Place(place)) => scene.gazetteer.place_kind(*place) == PlaceKind::Country,
            Some(Sense::Demonym(_) | Sense::Metonym(_)) => true,
            _ => false,
        })
    };
    let describes = own(scene, phrase).range().filter(|&at| {
        let token = scene.token(at);
        token.is_some_and(|token| token.is_word() && token.key != head)
            && !(token.is_some_and(|token| token.is_capital()) && country(at))
    });
    describes
        .filter_map(|at| scene.token(at))
        .map(|token| token.key)
        .collect()
}

/// The country whose a figure is, among the places: as the article tells, else the gazetteer.
pub(super) fn home(scene: &Scene, figure: &Figure) -> Option<u32> {
    let known = || match figure.known {
        Some(Sense::Person(person)) => scene.gazetteer.country_place(scene.gazetteer.home(person)?),
        _ => None,
    };
    figure.country.or_else(known)
}

/// Whether "the Russian", "the Dutchman" is one of a people; "the British" are many, and what reports is a newspaper.
pub(super) fn is_one_of_people(scene: &Scene, mention: usize) -> bool {
    let told = &scene.mentions[mention];
    let word = scene.word(told.head as usize);
    told.form == Form::Demonym
        && matches!(told.kind, Some(Kind::Group | Kind::Person))
        && told.tokens.len() == 2
        && scene.is(told.tokens.start as usize, "the")
        && !scene.is_any(told.tokens.end as usize, &keys!["reported", "reports"])
        && !PEOPLES.iter().any(|ending| word.ends_with(ending))
}

/// Whether a phrase means somebody who is heard only: "the narrator", "the reporter", but not "the star reporter".
pub(super) fn is_voice(scene: &Scene, mention: usize) -> bool {
    let told = &scene.mentions[mention];
    let head = told.head as usize;
    scene.is_any(head, &VOICES) || told.tokens.len() == 2 && scene.is_any(head, &ASKING)
}

/// Whether a noun may mean a figure of whom the article says nothing like it: "the official" is nobody whom all know.
pub(super) fn may_be_called(scene: &Scene, head: usize, figure: &Figure) -> bool {
    !scene.is_any(head, &UNNAMED) || figure.unnamed || figure.known.is_none() && !figure.described.is_empty()
}
