//! Documents that speak, and who issued them.
//!
//! In: "a statement from X", "the IMF report", "the memo", "part of the letter". Out: the figure of whoever stands behind
//! the words: an owner in the phrase, one behind it, whoever says something in the document or brings it out, the issuer
//! of the same document earlier in the article.

use super::beside;
use super::bodies;
use super::nominals;
use super::pronouns::Walk;
use super::scene::Scene;
use super::speakers;
use crate::gazetteer::{PlaceKind, Sense};
use crate::lexicon::{Class, Cue};
use crate::mentions::{Form, Gender, Kind};
use crate::span::Run;
use crate::tokens::{Kind as Sign, keys};

/// Documents that are remembered.
const PAPERS: usize = 32;

/// Mentions that are looked at for whoever says something in a document.
const NEAR: usize = 10;

/// Words between a document and "by": "a report published on Tuesday by X".
const BETWEEN: usize = 6;

/// Sentences that a document goes by another noun of its family.
const KIN: u32 = 4;

/// Nouns that news uses for one another.
const FAMILIES: [&[u64]; 4] = [
    &keys![
        "statement",
        "message",
        "release",
        "communique",
        "communiqué",
        "declaration",
        "letter",
        "text"
    ],
    &keys![
        "report", "study", "survey", "poll", "analysis", "review", "document", "paper"
    ],
    &keys!["lawsuit", "suit", "complaint", "filing", "petition", "indictment"],
    &keys!["article", "story", "editorial", "post", "column"],
];

/// Documents by which institutions speak: whoever acts last has issued them.
const VOICES: [u64; 10] = keys![
    "statement",
    "message",
    "release",
    "communique",
    "communiqué",
    "declaration",
    "report",
    "editorial",
    "paper",
    "column",
];

/// What is done to a document by whoever issues it.
const ISSUES: [u64; 36] = keys![
    "adopt",
    "adopted",
    "adopts",
    "approved",
    "drafted",
    "filed",
    "issue",
    "issued",
    "issues",
    "issuing",
    "made",
    "passed",
    "penned",
    "post",
    "posted",
    "posting",
    "posts",
    "produced",
    "publish",
    "published",
    "publishes",
    "publishing",
    "release",
    "released",
    "releases",
    "releasing",
    "sent",
    "sends",
    "signed",
    "submitted",
    "tweeted",
    "wrote",
    "written",
    "commissioned",
    "circulated",
    "distributed",
];

/// What is done to a document by others than its issuer.
const HANDLED: [u64; 16] = keys![
    "obtained",
    "reviewed",
    "seen",
    "viewed",
    "read",
    "received",
    "acquired",
    "cited",
    "quoted",
    "leaked",
    "intercepted",
    "hacked",
    "stolen",
    "heard",
    "watched",
    "monitored",
];

/// Where documents are posted.
const SITES: [u64; 9] = keys![
    "website", "site", "page", "account", "feed", "blog", "channel", "twitter", "facebook"
];

/// Parts and shapes of documents.
const PARTS: [u64; 14] = keys![
    "part",
    "section",
    "passage",
    "paragraph",
    "line",
    "sentence",
    "excerpt",
    "page",
    "chapter",
    "version",
    "copy",
    "draft",
    "text",
    "portion",
];

/// Who issued a document: somebody, or whoever a mention turns out to be, whose turn on the walk may be still to come.
#[derive(Debug, Clone, Copy)]
pub(super) enum Issuer {
    Figure(u32),
    Mention(u32),
}

/// A document that the article speaks of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paper {
    /// The key of the noun.
    noun: u64,
    /// Where it is spoken of.
    mention: u32,
    issuer: Issuer,
}

/// Notes who issued a document that the article speaks of, whether it says something here or not.
pub(super) fn note(walk: &mut Walk, mention: usize) {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    if told.form != Form::Nominal || told.kind != Some(Kind::Thing) || told.plural {
        return;
    }
    let Some(noun) = scene.token(told.head as usize).map(|token| token.key) else {
        return;
    };
    let issuer = owner(walk, mention).map(Issuer::Figure).or_else(|| {
        let sayer = sayer(scene, mention).map(Issuer::Mention);
        sayer.or_else(|| brought_out(walk, mention).map(Issuer::Figure))
    });
    let Some(issuer) = issuer else { return };
    walk.papers.retain(|paper| paper.noun != noun);
    if walk.papers.len() == PAPERS {
        walk.papers.remove(0);
    }
    walk.papers.push(Paper {
        noun,
        mention: mention as u32,
        issuer,
    });
}

/// Who issued a document that speaks.
pub(super) fn issuer(walk: &mut Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    let noun = scene.token(told.head as usize)?.key;
    let definite = scene.is_any(told.tokens.start as usize, &keys!["the", "this", "that"]);
    let near = |paper: &Paper| scene.sentence_of[mention] - scene.sentence_of[paper.mention as usize] <= KIN;
    let papers = walk.papers.iter().rev();
    let same = papers.clone().find(|paper| paper.noun == noun);
    let family = FAMILIES.iter().find(|family| family.contains(&noun));
    let family = family.filter(|_| definite && told.tokens.len() == 2);
    let mut kin = papers.filter(|paper| near(paper) && family.is_some_and(|family| family.contains(&paper.noun)));
    let known = same.or_else(|| kin.next()).copied();
    if let Some(paper) = known {
        return match paper.issuer {
            Issuer::Figure(figure) => Some(figure),
            Issuer::Mention(by) => {
                let figure = walk.cast.figure(by as usize)?;
                speaking(walk, figure)
            }
        };
    }
    if !definite || !VOICES.contains(&noun) {
        return None;
    }
    let figure = walk.best(mention, |other, kind| {
        let acts = (scene.subject[other] || scene.speaks[other]) && !scene.in_heading(other);
        (acts && matches!(kind, Kind::Organization | Kind::Place)).then_some(0.0)
    })?;
    speaking(walk, figure)
}

/// Who issued the document that a mention is part of: "another part of the letter".
pub(super) fn part(walk: &mut Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    let whole = &scene.mentions.get(mention + 1)?;
    let end = told.tokens.end;
    let of = scene.is_any(told.head as usize, &PARTS) && scene.is_any(end as usize, &keys!["of", "in", "from"]);
    if !of || whole.tokens.start != end + 1 || whole.kind != Some(Kind::Thing) {
        return None;
    }
    note(walk, mention + 1);
    issuer(walk, mention + 1)
}

/// The owner whom the phrase or what stands behind it names.
fn owner(walk: &mut Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    if let Some(figure) = behind(walk, mention) {
        return Some(figure);
    }
    let start = told.tokens.start as usize;
    if scene.class(start) != Class::Possessive {
        return inside(walk, mention);
    }
    let gender = match () {
        () if scene.is(start, "its") => None,
        () if scene.is(start, "his") => Some(Gender::Male),
        () if scene.is(start, "her") => Some(Gender::Female),
        () => return None,
    };
    // "In its letter, the ministry …": who owns it stands behind.
    let opens = scene.opens[mention] || scene.before(start).is_some_and(|at| scene.is(at, "in"));
    if opens && let Some(by) = sayer(scene, mention) {
        return walk.cast.figure(by as usize).and_then(|figure| speaking(walk, figure));
    }
    if gender.is_some() {
        return walk.personal(mention, gender);
    }
    let figure = walk.best(mention, |_, kind| {
        matches!(kind, Kind::Organization | Kind::Place).then_some(0.0)
    })?;
    speaking(walk, figure)
}

/// Whoever is named behind the phrase: "a statement from X", "a report published on Tuesday by X", "a letter posted on
/// X's website", "a report on the website of X".
fn behind(walk: &mut Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let end = scene.mentions[mention].tokens.end as usize;
    let goes_on = |at: &usize| {
        let brought = matches!(
            scene.class(*at),
            Class::Past | Class::Calendar | Class::Adverb | Class::Number
        );
        let word = scene
            .token(*at)
            .is_some_and(|token| token.is_word() && token.breaks == 0 && !HANDLED.contains(&token.key));
        word && (brought
            || scene.is_any(*at, &ISSUES)
            || scene.is_any(*at, &keys!["on", "in", "last", "this", "week", "month", "year"]))
    };
    let passive = |at: usize| scene.class(at) == Class::Auxiliary && scene.document.tokens[at].breaks == 0;
    // "A letter was sent by X", but not "was dismissed by X".
    let issued = |at: usize| scene.class(at) != Class::Auxiliary || (at + 1..at + 4).any(|k| scene.is_any(k, &ISSUES));
    let by = end
        + (end..end + BETWEEN)
            .take_while(|at| passive(*at) || goes_on(at))
            .count();
    let told = (end..by).all(issued);
    if told && scene.is_any(by, &keys!["from", "by"]) {
        return issuing(walk, next(scene, mention, by + 1)?);
    }
    let on = (end..end + BETWEEN)
        .take_while(goes_on)
        .find(|&at| scene.is(at, "on"))?;
    let site = next(scene, mention, on + 1)?;
    let placed = &scene.mentions[site];
    let here = |at: usize| scene.is_any(at, &SITES);
    let stop = placed.tokens.end as usize;
    if here(placed.head as usize) && scene.is(stop, "of") {
        return issuing(walk, next(scene, site, stop + 1)?);
    }
    // "posted on X's website", where the site is part of the mention or stands behind it.
    if here(placed.head as usize) {
        return inside(walk, site);
    }
    let owned = scene.is_sign(stop, Sign::Clitic) && (stop + 1..stop + 4).any(here);
    if !owned || placed.form == Form::Pronoun {
        return None;
    }
    let figure = walk.cast.figure(site)?;
    speaking(walk, figure)
}

/// The mention that begins at a token or behind the article there.
fn next(scene: &Scene, mention: usize, at: usize) -> Option<usize> {
    let mut later = (mention + 1..scene.mentions.len()).take(4);
    later.find(|&other| (at..at + 2).contains(&(scene.mentions[other].tokens.start as usize)))
}

/// The figure of a mention as an issuer: "the department's Office of the Inspector General" is the office.
fn issuing(walk: &mut Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let first = &scene.mentions[mention];
    if first.form == Form::Pronoun {
        return None;
    }
    let owned = scene.is_sign(first.tokens.end as usize, Sign::Clitic);
    let below = scene.mentions.get(mention + 1).map(|below| below.tokens.start);
    let further = owned && below == Some(first.tokens.end + 1);
    // "a memo by the agency's watchdog", who is no mention.
    if owned && !further {
        return None;
    }
    let issuer = mention + usize::from(further);
    let issues = &scene.mentions[issuer];
    let body = issues.kind == Some(Kind::Organization) && issues.form == Form::Nominal;
    // "by its director, X"
    let named = || walk.cast.figure(beside::apposed(scene, issuer)?);
    let figure = walk.cast.figure(issuer).or_else(named);
    let figure = figure.or_else(|| body.then(|| nominals::own_figure(walk, issuer)).flatten())?;
    speaking(walk, figure)
}

/// Whoever says something in the document: "X said in a letter", "In the letter, X wrote".
fn sayer(scene: &Scene, mention: usize) -> Option<u32> {
    let told = &scene.mentions[mention];
    let before = scene.before(told.tokens.start as usize)?;
    if !scene.is_any(before, &keys!["in", "through", "via"]) || told.quotation.is_some() {
        return None;
    }
    // "X said he saw nothing in the report": it need not be X's.
    let known = scene.is_any(told.tokens.start as usize, &keys!["the", "this", "that"]);
    let about = scene.before(before).is_some_and(|at| {
        let cue = matches!(scene.tags[at].cue(), Cue::Strong | Cue::Medium | Cue::Gerund);
        let told = cue || matches!(scene.class(at), Class::Calendar | Class::Adverb);
        scene.token(at).is_some_and(|token| token.is_word()) && !told
    });
    if known && about {
        return None;
    }
    let sentence = scene.sentence_of[mention];
    let says = |&other: &usize| {
        let by = &scene.mentions[other];
        scene.speaks[other]
            && by.quotation.is_none()
            && by.kind != Some(Kind::Thing)
            && scene.sentence_of[other] == sentence
    };
    let earlier = (0..mention).rev().take(NEAR).find(says);
    let by = earlier.or_else(|| (mention + 1..scene.mentions.len()).take(NEAR).find(says))?;
    Some(by as u32)
}

/// Whoever is named inside the phrase: "the IMF report", "a U.N. statement", "Clinton's letter".
fn inside(walk: &mut Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let told = &scene.mentions[mention];
    for hit in scene.hits(told.tokens) {
        // "a Norland Post-Harbor News poll": the place is part of a longer name.
        let behind = (told.tokens.start + hit.tokens.end) as usize;
        let goes_on = behind < told.head as usize && scene.token(behind).is_some_and(|next| next.is_capital());
        let part = goes_on && scene.hits(Run::new(behind, behind + 1)).is_empty();
        for &sense in &hit.senses {
            match sense {
                Sense::Organization(_) => {
                    return Some(known(walk, scene.body_of(&hit.senses, None)?, Kind::Organization));
                }
                _ if part => {}
                Sense::Place(place) if scene.gazetteer.place_kind(place) == PlaceKind::Country => {
                    return Some(speakers::of_country(scene, &mut walk.cast, place, None));
                }
                Sense::Metonym(country) => return Some(speakers::of_country(scene, &mut walk.cast, country, None)),
                _ => {}
            }
        }
    }
    told.tokens.range().rev().find_map(|at| {
        let token = scene.token(at).filter(|token| token.is_capital())?;
        let named = walk.cast.by_word(token.key).iter().find(|(_, rank)| *rank < 2);
        let named = named.map(|&(figure, _)| figure);
        named.or_else(|| bodies::ending_in(&walk.cast, token.key))
    })
}

fn known(walk: &mut Walk, sense: Sense, kind: Kind) -> u32 {
    walk.cast.by_sense(sense).unwrap_or_else(|| {
        let figure = walk.cast.add(Some(kind));
        walk.cast.know(figure, sense);
        figure
    })
}

/// "The ministry issued a statement": whoever is the subject before a document that does not speak itself.
fn brought_out(walk: &mut Walk, mention: usize) -> Option<u32> {
    let scene: &Scene = walk.scene;
    let told = &scene.mentions[mention];
    let start = told.tokens.start as usize;
    let issues =
        |at: usize| scene.is_any(at, &ISSUES) || scene.tags.get(at).is_some_and(|tag| tag.cue() == Cue::Strong);
    let new = scene.is_any(start, &keys!["a", "an"]);
    let before = scene.before(start);
    // "The ministry was blamed in a report", by whomever.
    let linked = |at: usize| matches!(scene.class(at), Class::Preposition | Class::By | Class::Of | Class::As);
    let apart = before.is_none_or(|at| linked(at) && !scene.is_any(at, &keys!["up", "out"]));
    if scene.speaks[mention] || apart || !new && !before.is_some_and(issues) {
        return None;
    }
    let sentence = scene.sentence_of[mention];
    let near = (0..mention).rev().take(6);
    let mut near = near.take_while(|&other| scene.sentence_of[other] == sentence);
    let figure = near.find_map(|other| walk.cast.figure(other).filter(|_| scene.subject[other]))?;
    speaking(walk, figure)
}

/// A figure as one that speaks: a country's government for the country.
pub(super) fn speaking(walk: &mut Walk, figure: u32) -> Option<u32> {
    let scene = walk.scene;
    match (walk.cast.get(figure).kind, walk.cast.get(figure).known) {
        (Some(Kind::Place), Some(Sense::Place(place))) => {
            let country = scene.gazetteer.country_of_place(place)?;
            let whole = scene.gazetteer.place_kind(place) == PlaceKind::Country;
            whole.then(|| speakers::of_country(scene, &mut walk.cast, country, None))
        }
        (Some(Kind::Organization | Kind::Person | Kind::Group | Kind::Office), _) => Some(figure),
        _ => None,
    }
}
