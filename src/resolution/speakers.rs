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
use crate::tokens::keys;

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

/// The two sides of a question.
pub(super) enum Side {
    Asking,
    Asked,
}

/// The side on which a mention stands of a question that another one asks before a pronoun: "Smith asked Brown about what
/// he had said" is about Brown's words.
pub(super) fn question(scene: &Scene, other: usize, pronoun: usize) -> Option<Side> {
    let of = &scene.mentions[other];
    let (start, end) = (of.tokens.start as usize, of.tokens.end as usize);
    let asks = |at: usize| scene.is_any(at, &keys!["asked", "asks"]);
    let about = |at: usize| {
        let word = keys!["about", "how", "if", "what", "when", "where", "whether", "who", "why"];
        scene.is_any(at, &word)
    };
    let next = scene.mentions.get(other + 1).filter(|_| other + 1 < pronoun);
    let before = start.checked_sub(1).filter(|&at| asks(at));
    let asked = before.and_then(|at| Some(scene.mentions.get(other.checked_sub(1)?)?.tokens.end as usize == at));
    if asked == Some(true) && about(end) {
        return Some(Side::Asked);
    }
    let next = next.filter(|next| asks(end) && next.tokens.start as usize == end + 1)?;
    about(next.tokens.end as usize).then_some(Side::Asking)
}
