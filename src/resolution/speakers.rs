//! What speaking tells of a mention.
//!
//! In: the walk and who says which quotation. Out: governments for places that speak, the speaker of a quotation for "I"
//! inside it, who asks and who is asked.

use super::cast::Cast;
use super::pronouns::Walk;
use super::scene::{NONE, Scene};
use crate::gazetteer::{PlaceKind, Sense};
use crate::lexicon::Class;
use crate::mentions::Kind;
use crate::tokens::{Case, Kind as Sign, keys};

/// The government that a place stands for when it speaks.
pub(super) fn government(walk: &mut Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    if !scene.speaks[mention] || !scene.is_name(mention) {
        return None;
    }
    let told = &scene.mentions[mention];
    let figure = walk.cast.figure(mention);
    if figure.is_some_and(|figure| walk.cast.get(figure).kind != Some(Kind::Place)) {
        return None;
    }
    let known = figure.and_then(|figure| walk.cast.get(figure).known);
    let country = told.senses.iter().chain(&known).find_map(|sense| match sense {
        Sense::Metonym(country) => Some(*country),
        Sense::Place(place) if scene.gazetteer.place_kind(*place) == PlaceKind::Country => Some(*place),
        _ => None,
    })?;
    let seat = match told.senses.first() {
        Some(Sense::Place(place)) => {
            let place = scene.gazetteer.place(*place);
            (place.kind == PlaceKind::Seat).then_some(place.name)
        }
        Some(Sense::Metonym(_)) => Some(scene.document.words(told.name)),
        _ => None,
    };
    Some(of_country(scene, &mut walk.cast, country, seat))
}

/// The figure of a country's government; a seat of power is a figure of its own.
pub(super) fn of_country<'s>(scene: &Scene<'s, '_>, cast: &mut Cast<'s>, country: u32, seat: Option<&str>) -> u32 {
    let sense = Sense::Metonym(country);
    if let Some(seat) = seat {
        let key = crate::tokens::folded_key(seat);
        let known = cast
            .by_word(key)
            .iter()
            .find(|(figure, _)| cast.get(*figure).label.as_deref() == Some(seat));
        if let Some(&(figure, _)) = known {
            return figure;
        }
        let figure = cast.add(Some(Kind::Organization));
        let entry = cast.get_mut(figure);
        entry.label = Some(seat.to_owned());
        entry.country = Some(country);
        cast.index(key, figure, 0);
        return figure;
    }
    if let Some(figure) = cast.by_sense(sense) {
        return figure;
    }
    let figure = cast.add(Some(Kind::Organization));
    cast.know(figure, sense);
    let entry = cast.get_mut(figure);
    entry.label = Some(scene.gazetteer.place(country).name.to_owned());
    entry.country = Some(country);
    figure
}

/// "I", "me", "my" inside a quotation or a turn are whoever says it.
pub(super) fn first_person(walk: &mut Walk) {
    let scene = walk.scene;
    for (mention, told) in scene.mentions.iter().enumerate() {
        let at = told.head as usize;
        let personal = matches!(scene.class(at), Class::Subject | Class::Object);
        if !personal || !scene.is_any(at, &keys!["i", "me", "myself"]) || walk.cast.figure(mention).is_some() {
            continue;
        }
        let source = scene.spoken_by(mention);
        if source == NONE {
            continue;
        }
        if let Some(figure) = walk.cast.figure(source as usize)
            && walk.cast.get(figure).is_person()
        {
            walk.cast.assign(mention, figure);
        }
    }
}

/// Who says the quotation or the turn that a mention stands in: "he" there is somebody else.
pub(super) fn addressed(walk: &Walk, mention: usize) -> Option<u32> {
    let scene = walk.scene;
    let source = scene.spoken_by(mention);
    // A turn without a label in capitals may be a paragraph under somebody's name.
    let label = |at: u32| scene.token(at as usize).is_some_and(|token| token.case == Case::Upper);
    let quoted = scene.mentions[mention].quotation.is_some();
    let source =
        Some(source).filter(|&by| by != NONE && (quoted || label(scene.mentions[by as usize].tokens.start)))?;
    walk.cast.figure(source as usize)
}

/// The two sides of a question.
pub(super) enum Side {
    Asking,
    Asked,
}

/// The side on which a mention stands of a question that one asks another before a pronoun: "Smith asked Brown about what
/// he had said" is about Brown's words, and behind "“Is it so?” Smith asked Brown" it is Brown who answers.
pub(super) fn question(scene: &Scene, other: usize, pronoun: usize) -> Option<Side> {
    let of = &scene.mentions[other];
    let (start, end) = (of.tokens.start as usize, of.tokens.end as usize);
    let asks = |at: usize| scene.is_any(at, &keys!["asked", "asks"]);
    if let Some(verb) = start.checked_sub(1).filter(|&at| asks(at)) {
        let asking = scene.mentions.get(other.checked_sub(1)?)?;
        let follows = asking.tokens.end as usize == verb;
        return (follows && is_question(scene, asking.tokens.start as usize, end)).then_some(Side::Asked);
    }
    let asked = scene.mentions.get(other + 1).filter(|_| other + 1 < pronoun)?;
    let follows = asks(end) && asked.tokens.start as usize == end + 1;
    (follows && is_question(scene, start, asked.tokens.end as usize)).then_some(Side::Asking)
}

/// Whether there is a question beside "Smith asked Brown", from its first token to its end: a clause, or words in marks.
fn is_question(scene: &Scene, start: usize, end: usize) -> bool {
    let about = keys!["about", "how", "if", "what", "when", "where", "whether", "who", "why"];
    let mark = |at: usize| scene.is_sign(at, Sign::Mark);
    let leads = scene.is_sign(end, Sign::Comma) || scene.is_sign(end, Sign::Colon);
    scene.is_any(end, &about) || leads && mark(end + 1) || start > 0 && mark(start - 1)
}
