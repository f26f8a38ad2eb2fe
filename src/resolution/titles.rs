//! What stands around a name: titles before it, appositions behind it.
//!
//! In: a name and its figure. Out: the figure with posts, countries, descriptive words and gender read from "Russian
//! Foreign Minister X", "X, the spokesman for Y,", "X, a Republican senator".

use super::beside;
use super::cast::{Cast, Post};
use super::holding::{self, Term};
use super::likeness;
use super::scene::Scene;
use crate::gazetteer::{Hit, RoleHit};
use crate::lexicon::{Class, Cue};
use crate::mentions::{Form, Gender, Kind};
use crate::span::Run;
use crate::tokens::{Kind as Sign, Token, keys};

/// Farthest look for the comma that ends an apposition, in tokens.
const APPOSITION: usize = 18;

/// Words of an apposition without an article up to its noun.
const BARE: usize = 6;

/// Longest name of a country, in tokens, with its article.
const COUNTRY: usize = 5;

/// What is said before anybody's name.
const STYLES: [u64; 14] = keys![
    "dame", "dr", "dr.", "h.e.", "hon", "hon.", "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "prof", "prof.",
];

/// Offices of one phrase that are looked at.
const OFFICES: usize = 8;

/// Reads title and apposition of a name into its figure.
pub(super) fn read<'s>(scene: &Scene<'s, '_>, cast: &mut Cast<'s>, mention: usize, figure: u32) {
    if cast.get(figure).kind == Some(Kind::Organization) {
        note_words(scene, cast, figure, scene.title(mention));
        if let Some(noun) = noun_before(scene, mention) {
            note_words(scene, cast, figure, noun);
        }
        if let Some(apposition) = apposition(scene, scene.mentions[mention].tokens.end as usize) {
            note_words(scene, cast, figure, apposition);
        }
        return;
    }
    if !cast.get(figure).is_person() {
        return;
    }
    let title = whole_title(scene, mention);
    if !title.is_empty() {
        // "former | Senator X"
        let before = (title.start as usize).checked_sub(1);
        cast.get_mut(figure).former |= before.is_some_and(|at| scene.is(at, "former"));
        let country = scene
            .country_in(likeness::without_post(scene, title))
            .or_else(|| country_behind(scene, mention));
        describe(scene, cast, figure, title, true, country);
    }
    if let Some(apposition) = apposition(scene, scene.mentions[mention].tokens.end as usize) {
        describe(scene, cast, figure, apposition, false, scene.country_in(apposition));
    }
}

/// "Ambassador X of the Philippines": the country that a title's name goes on to.
fn country_behind(scene: &Scene, mention: usize) -> Option<u32> {
    let end = scene.mentions[mention].tokens.end as usize;
    let part = |at: &usize| {
        let token = scene.token(*at).filter(|token| token.breaks == 0);
        token.is_some_and(|token| token.is_capital() || token.is("the"))
    };
    let place = (end + 1..end + 1 + COUNTRY).take_while(part).count();
    let named = scene.is(end, "of") && place > 0;
    named
        .then(|| scene.country_in(Run::new(end + 1, end + 1 + place)))
        .flatten()
}

/// Reads into the figure of a name what stands before its comma: "The envoy for the region, X,", "its president, X, said".
pub(super) fn introduce<'s>(scene: &Scene<'s, '_>, cast: &mut Cast<'s>, noun: usize, figure: u32) {
    let told = &scene.mentions[noun];
    let human = matches!(told.kind, Some(Kind::Person | Kind::Office)) || scene.is_human_noun(told.head as usize);
    if !human || !cast.get(figure).is_person() {
        return;
    }
    let mut end = told.tokens.end as usize;
    let of = scene.is(end, "of");
    while end < told.tokens.end as usize + APPOSITION && !scene.is_sign(end, Sign::Comma) && goes_on(scene, end) {
        end += 1;
    }
    if !scene.is_sign(end, Sign::Comma) {
        end = told.tokens.end as usize;
    }
    let run = Run::new(told.tokens.start as usize, end);
    // "the envoy for Norland" need not be from there.
    let country = scene.country_in(if of { run } else { told.tokens });
    let office = cast.get(figure).office;
    describe(scene, cast, figure, run, false, country);
    let entry = cast.get_mut(figure);
    entry.gender = entry.gender.or(told.gender);
    // "Her counterpart" has an office, but that is not its name.
    if scene.is(told.head as usize, "counterpart") {
        entry.office = office;
    }
}

/// Whether a noun phrase that stands before a name's comma introduces it.
pub(super) fn is_introduced(scene: &Scene, name: usize) -> bool {
    let near = (name.saturating_sub(3)..name).rev();
    near.into_iter().any(|noun| beside::apposed(scene, noun) == Some(name))
}

/// Whether a phrase may go on at a token.
fn goes_on(scene: &Scene, at: usize) -> bool {
    let word = |token: &Token| token.is_word() || token.kind == Sign::Clitic;
    scene.token(at).is_some_and(|token| token.breaks == 0 && word(token))
}

/// "One advocacy group" before the comma of "the Harbor Network,".
fn noun_before(scene: &Scene, mention: usize) -> Option<Run> {
    let name = scene.mentions[mention].tokens;
    let close = scene.is_sign(name.end as usize, Sign::Comma);
    let noun = |before: &usize| {
        let noun = &scene.mentions[*before];
        let body = noun.form == Form::Nominal && noun.kind == Some(Kind::Organization) && !noun.plural;
        // "the al", a particle of the name, may be a mention between.
        body && (1..=3).contains(&name.start.saturating_sub(noun.tokens.end))
            && scene.is_sign(noun.tokens.end as usize, Sign::Comma)
    };
    let before = (mention.saturating_sub(2)..mention).rev().find(noun)?;
    close.then_some(scene.mentions[before].tokens)
}

/// Whether the noun before an institution's short name has another country: "Cambodia's news agency, AKP," is no party of
/// Turkey.
pub(super) fn is_abroad(scene: &Scene, mention: usize, body: u32) -> bool {
    let told = noun_before(scene, mention).and_then(|noun| scene.country_in(noun));
    let own = scene.gazetteer.code_of_organization(body);
    told.is_some_and(|told| own.is_some() && scene.code(told) != own)
}

/// A title with the rest of the role that ends in it: at a sentence's start "Foreign" of "Foreign Minister X" may be no
/// part of the name.
fn whole_title(scene: &Scene, mention: usize) -> Run {
    let title = scene.title(mention);
    if title.is_empty() {
        return title;
    }
    let first = title.start as usize;
    let begins = |&at: &usize| {
        let hit = scene.gazetteer.role_at(scene.document.text, &scene.document.tokens, at);
        hit.is_some_and(|hit| hit.tokens.end > title.start)
    };
    let start = (first.saturating_sub(2)..first).find(begins).unwrap_or(first);
    Run::new(start, title.end as usize)
}

/// The tokens of an apposition that begins with the comma at a token.
pub(super) fn apposition(scene: &Scene, comma: usize) -> Option<Run> {
    if !scene.is_sign(comma, Sign::Comma) {
        return None;
    }
    let start = comma + 1;
    let first = scene.token(start)?;
    let opens = matches!(
        scene.class(start),
        Class::Determiner | Class::Possessive | Class::Number
    ) || scene.tags[start].is_human()
        || scene
            .gazetteer
            .role_at(scene.document.text, &scene.document.tokens, start)
            .is_some()
        || is_age(scene, start);
    // "X, a senator", "X, 71,", "X, Russia's foreign minister", "X, former head of Y".
    let owner = first.is_capital() && scene.is_any(start + 1, &keys!["'s"]);
    let former = scene.is_any(start, &keys!["former", "chief", "senior", "ex-president"]);
    if !(opens || owner || former || is_bare_office(scene, start)) {
        return None;
    }
    let end = (start..start + APPOSITION).find(|&at| {
        let Some(token) = scene.token(at) else { return true };
        at > start && token.breaks > 0
            || matches!(
                token.kind,
                Sign::Comma | Sign::Stop | Sign::Dash | Sign::Mark | Sign::Semicolon
            )
            || scene.class(at) == Class::Relative
    })?;
    // "According to X, the last king once remarked that": a clause of its own.
    let verb = (start + 1..=end).any(|at| {
        let opens = scene.class(at) == Class::That || scene.is_sign(at, Sign::Mark);
        opens && scene.tags[at - 1].cue() == Cue::Strong
    });
    (end > start && !verb).then(|| Run::new(start, end))
}

/// "U.N. coordinator for the region", "Florida director of the Harbor Group": capitals and a noun for one human being, of
/// whom no name follows.
fn is_bare_office(scene: &Scene, start: usize) -> bool {
    let word = |at: usize| {
        scene
            .token(at)
            .is_some_and(|token| token.is_word() && token.breaks == 0)
    };
    let noun = (start..start + BARE).take_while(|&at| word(at)).find(|&at| {
        let tag = scene.tags[at];
        tag.is_human() && !tag.is_plural() && !scene.token(at).is_some_and(|token| token.is_capital())
    });
    let capital = scene.token(start).is_some_and(|token| token.is_capital());
    let plain = |at: usize| matches!(scene.class(at), Class::None) && scene.tags[at].cue() != Cue::Strong;
    noun.is_some_and(|noun| {
        let named = word(noun + 1) && scene.token(noun + 1).is_some_and(|token| token.is_capital());
        capital && !named && (start..noun).all(plain)
    })
}

fn is_age(scene: &Scene, at: usize) -> bool {
    scene.is_sign(at, Sign::Number) && scene.is_sign(at + 1, Sign::Comma)
}

/// Notes what a run of words says of a figure.
fn describe<'s>(scene: &Scene<'s, '_>, cast: &mut Cast<'s>, figure: u32, run: Run, title: bool, country: Option<u32>) {
    let own = likeness::without_principal(scene, run);
    let posts = posts(scene, own);
    let mut human = false;
    let mut gender = None;
    let mut owned = false;
    for at in run.range() {
        let tag = scene.tags[at];
        owned |= scene.class(at) == Class::Possessive || scene.is(at, "'s");
        human |= tag.is_human() || scene.is(at, "head");
        let first = human && gender.is_none();
        if first && tag.is_human() && !owned {
            gender = match (tag.is_female(), tag.is_male()) {
                (true, false) => Some(Gender::Female),
                (false, true) => Some(Gender::Male),
                _ => None,
            };
        }
    }
    let entry = cast.get_mut(figure);
    if human || !posts.is_empty() {
        entry.kind = Some(Kind::Person);
        if entry.office.is_none() || !title && entry.office.is_some_and(|office| office.len() < 2) {
            entry.office = office(scene, run);
        }
    }
    entry.gender = entry.gender.or(gender);
    entry.country = entry.country.or(country);
    // "the senator's wife" is no senator.
    let own = likeness::own(scene, own);
    for post in posts {
        if !entry.posts.contains(&post) {
            entry.posts.push(post);
        }
    }
    note_words(scene, cast, figure, own);
}

/// The age that the article gives somebody beside the name: "Doe, 44, said", "Doe (44)", "the 44-year-old Ann Doe".
pub(super) fn age(scene: &Scene, mention: usize) -> Option<u8> {
    let told = &scene.mentions[mention];
    let end = told.tokens.end as usize;
    let apart = scene.is_sign(end, Sign::Comma) || scene.is_sign(end, Sign::Open);
    let closed = |at: usize| {
        let sign = scene.token(at).map(|token| token.kind);
        matches!(sign, None | Some(Sign::Comma | Sign::Close | Sign::Stop | Sign::Dash))
    };
    let number = || (apart && closed(end + 2)).then(|| years(scene.word(end + 1)))?;
    number().or_else(|| age_in(scene, Run::new(told.tokens.start as usize, told.name.start as usize)))
}

/// The age that a phrase tells: "the 44-year-old".
pub(super) fn age_in(scene: &Scene, phrase: Run) -> Option<u8> {
    let told = |at: usize| years(scene.word(at).strip_suffix("-year-old")?);
    phrase.range().find_map(told)
}

/// An age in two digits.
fn years(word: &str) -> Option<u8> {
    word.parse()
        .ok()
        .filter(|years| (10..=99).contains(years) && word.len() == 2)
}

/// Notes the words that a figure is described by.
fn note_words(scene: &Scene, cast: &mut Cast, figure: u32, run: Run) {
    let entry = cast.get_mut(figure);
    for at in run.range() {
        let Some(token) = scene.token(at) else { break };
        let plain = matches!(scene.class(at), Class::None | Class::Past | Class::Gerund);
        if token.is_word() && plain && entry.described.len() < 48 && !entry.described.contains(&token.key) {
            entry.described.push(token.key);
        }
    }
}

/// The words for an office inside a title or an apposition: without the determiner, and only where a human noun is.
fn office(scene: &Scene, run: Run) -> Option<Run> {
    let mut start = run.start as usize;
    while start < run.end as usize
        && matches!(
            scene.class(start),
            Class::Determiner | Class::Number | Class::Possessive | Class::Indefinite
        )
    {
        start += 1;
    }
    // "Secretary Begum X": what is said of anybody is no office.
    let mut end = run.end as usize;
    let style = |at: usize| scene.is_any(at, &STYLES);
    while end > start && style(end - 1)
        || end > start + 1 && scene.tags[end - 1].is_title() && !scene.tags[end - 1].is_human()
    {
        end -= 1;
    }
    let run = Run::new(start, end);
    let role = |at: usize| {
        scene.tags[at].is_human() && scene.word(at).len() > 3
            || scene.is(at, "head")
            || scene
                .gazetteer
                .role_at(scene.document.text, &scene.document.tokens, at)
                .is_some()
    };
    (run.range().any(role)).then_some(run)
}

/// The role that a rank and a noun name with a country between them: "the top U.S. diplomat", not the one in some place.
fn around_country<'s>(scene: &Scene<'s, '_>, run: Run, at: usize) -> Option<RoleHit<'s>> {
    let last = (run.end as usize).checked_sub(1).filter(|&last| last > at + 1)?;
    let ranked = scene.is_any(at, &keys!["chief", "top"]) && scene.country_in(Run::new(at + 1, last)).is_some();
    let bare = ranked && !scene.is_any(last + 1, &keys!["at", "for", "from", "in", "on", "to"]);
    if !bare {
        return None;
    }
    let phrase = [*scene.token(at)?, *scene.token(last)?];
    let hit = scene.gazetteer.role_at(scene.document.text, &phrase, 0)?;
    (hit.tokens.end == 2).then_some(RoleHit {
        tokens: Run::new(at, last + 1),
        ..hit
    })
}

/// The posts that a run of words names.
pub(super) fn posts<'s>(scene: &Scene<'s, '_>, run: Run) -> Vec<Post<'s>> {
    let mut found: Vec<Post<'s>> = Vec::new();
    let mut country = None;
    let mut at = run.start as usize;
    while at < run.end as usize {
        let hit = scene.gazetteer.role_at(scene.document.text, &scene.document.tokens, at);
        let hit = hit.or_else(|| around_country(scene, run, at));
        let Some(hit) = hit.filter(|hit| hit.tokens.end <= run.end) else {
            at += 1;
            continue;
        };
        at = hit.tokens.end as usize;
        // "the prime minister's spokesman"
        let owner = hit.tokens.end < run.end && (scene.is_sign(at, Sign::Clitic) || scene.is(at, "'"));
        let start = hit.tokens.start as usize;
        if owner || is_other(scene, run, start) || is_led(scene, run, start) {
            continue;
        }
        let country = *country.get_or_insert_with(|| scene.country_in(run));
        let before = Run::new(run.start as usize, hit.tokens.start as usize);
        let past = holding::term(scene, before) == Term::Past;
        for role in &hit.roles {
            push(&mut found, Post { role, country, past });
        }
        for &office in hit.offices.iter().take(OFFICES) {
            let own = scene.gazetteer.country_of_office(office);
            let own = own.and_then(|code| scene.gazetteer.country_place(code));
            if country.is_none() || own.is_none() || own == country {
                push(
                    &mut found,
                    Post {
                        role: (scene.gazetteer.role_of(office)).unwrap_or_else(|| scene.gazetteer.office(office).id),
                        country: country.or(own),
                        past,
                    },
                );
            }
        }
    }
    found
}

fn push<'s>(found: &mut Vec<Post<'s>>, post: Post<'s>) {
    if !found.contains(&post) {
        found.push(post);
    }
}

/// Whether a leader or a president is that of something smaller than a country: "opposition leader", "the Senate
/// Democratic leader", "the council president".
fn is_led(scene: &Scene, run: Run, role: usize) -> bool {
    let groups = &keys![
        "business",
        "church",
        "community",
        "faction",
        "labor",
        "labour",
        "majority",
        "militant",
        "militia",
        "minority",
        "movement",
        "opposition",
        "protest",
        "rebel",
        "religious",
        "separatist",
        "spiritual",
        "student",
        "tribal",
        "union",
    ];
    if role <= run.start as usize || !scene.is_any(role, &keys!["leader", "president"]) {
        return false;
    }
    let tag = scene.tags[role - 1];
    if scene.is(role, "president") {
        // "the council president", but not "Republic President X"
        return tag.is_body() && !scene.is(role - 1, "state");
    }
    let hits = scene.hits_of(Run::new(run.start as usize, role));
    let country = |hit: &Hit| hit.tokens.end as usize == role && scene.country_of(&hit.senses).is_some();
    let name = scene.token(role - 1).is_some_and(|token| token.is_capital()) && scene.class(role - 1) == Class::None;
    let named = name && !tag.is_title() && !hits.iter().any(country);
    named || tag.is_body() || tag.is_civic() || scene.is_any(role - 1, groups)
}

/// Words that make another post of one.
pub(super) const RANKS: [u64; 7] = keys![
    "deputy",
    "vice",
    "assistant",
    "undersecretary",
    "shadow",
    "under",
    "associate",
];

/// Whether the word before makes it another post: "deputy foreign minister", "assistant secretary of state".
fn is_other(scene: &Scene, run: Run, role: usize) -> bool {
    role > run.start as usize && scene.is_any(role - 1, &RANKS)
}
