//! Whose a quotation is where another clause of its sentence, or the line above it, tells who speaks.
//!
//! In: a quotation. Out: whoever "while" sets against the others, stands between the halves, is announced before a question
//! and its answer, answers what was asked, has told an aide's words, speaks in a clause of its own, adds the other half, or
//! tells all of the sentence. Articles have these too seldom to teach them.

use super::{Scene, Shape};
use crate::attribution::items::{Item, NONE};
use crate::attribution::voice;
use crate::mentions::Form;

/// Most items from a colon back to "from".
const NEAR: usize = 6;

/// The mention that such a clause binds a quotation of this shape to.
pub(super) fn by(scene: &Scene, shape: &Shape) -> Option<u32> {
    contrasted(scene, shape)
        .or_else(|| interrupted(scene, shape))
        .or_else(|| asked(scene, shape))
        .or_else(|| handed(scene, shape))
        .or_else(|| replied(scene, shape))
        .or_else(|| told_in_clause(scene, shape))
        .or_else(|| added(scene, shape))
}

/// "Marsh agreed, while Orlov said that “…”": whom "while" sets against whoever else the sentence names.
fn contrasted(scene: &Scene, shape: &Shape) -> Option<u32> {
    let items = &scene.items.items;
    let start = scene.items.sentence_of(shape.item).start as usize;
    let that = usize::from(shape.item > start && items[shape.item - 1].class == b't');
    let link = shape.item.checked_sub(3 + that).filter(|&link| link >= start)?;
    let told = items[link + 1].mention != NONE && matches!(items[link + 2].class, b'S' | b'C' | b'c');
    (told && voice::contrasts(scene.word(&items[link]))).then_some(items[link + 1].mention)
}

/// "The treaty, said Marsh, “is dead”": whoever is set between the halves, not what the first one names.
fn interrupted(scene: &Scene, shape: &Shape) -> Option<u32> {
    let items = &scene.items.items;
    let line = scene.items.sentence_of(shape.item).start as usize..shape.item;
    let comma = line
        .clone()
        .find(|&at| !matches!(items[at].class, b'M' | b'd' | b'w' | b'W' | b'n' | b'O' | b'p'))?;
    let set_off =
        comma > line.start && comma + 2 < shape.item && items[comma].class == b',' && items[comma + 1].class == b'S';
    let more = |item: &Item| item.quotation != NONE || matches!(item.class, b'S' | b'C' | b'G' | b';');
    let speaker = items.get(comma + 2)?.mention;
    (set_off && speaker != NONE && !items[comma + 3..shape.item].iter().any(more)).then_some(speaker)
}

/// "Marsh asked Orlov, “Will you?” Orlov said, “No.”": each as it is announced, though a verb stands behind the question too.
fn asked(scene: &Scene, shape: &Shape) -> Option<u32> {
    let items = &scene.items.items;
    let paragraph = items[shape.item].paragraph;
    let inside = |at: usize| items.get(at).is_some_and(|item| item.paragraph == paragraph);
    let sign = shape
        .item
        .checked_sub(1)
        .filter(|&sign| matches!(items[sign].class, b',' | b':'))?;
    // "asked Orlov"
    let object = usize::from(sign > 1 && (items[sign - 1].mention != NONE || items[sign - 1].class == b'i'));
    let verb = sign
        .checked_sub(1 + object)
        .filter(|&verb| verb > 0 && matches!(items[verb].class, b'S' | b'C'))?;
    let before = verb.checked_sub(2).map(|at| items[at]);
    let question = |item: Item| {
        let inner = scene.document.quotations.get(item.quotation as usize)?.tokens;
        Some(scene.document.tokens[inner.range().next_back()?].is("?"))
    };
    let answers = inside(verb - 1) && before.and_then(question) == Some(true);
    let follows =
        inside(shape.item + 2) && items[shape.item + 1].mention != NONE && items[shape.item + 2].class == b'S';
    let speaker = items[verb - 1].mention;
    (speaker != NONE && (answers || follows && shape.last == b'?')).then_some(speaker)
}

/// "The Post has this from a senior aide: ¶ “…”": whoever it is from.
fn handed(scene: &Scene, shape: &Shape) -> Option<u32> {
    let items = &scene.items.items;
    let colon = shape
        .item
        .checked_sub(1)
        .filter(|&colon| shape.opens_paragraph && items[colon].class == b':')?;
    let named = colon.checked_sub(1).filter(|&named| items[named].mention != NONE)?;
    let modifies = |at: &usize| matches!(items[*at].class, b'd' | b'w' | b'W' | b'M');
    let from = (named.saturating_sub(NEAR)..named).rev().find(|at| !modifies(at))?;
    (scene.word(&items[from]).is("from") && items[from].sentence == items[colon].sentence)
        .then_some(items[named].mention)
}

/// "Asked if he would run, “No,” said Marsh.": whoever answers.
fn replied(scene: &Scene, shape: &Shape) -> Option<u32> {
    let items = &scene.items.items;
    let sentence = scene.items.sentence_of(shape.item).range();
    let asked = shape.item > sentence.start && voice::is_addressed(scene.word(&items[sentence.start]));
    let verb = shape.item + 1;
    let said = asked && shape.last == b',' && sentence.contains(&(verb + 1)) && items[verb].class == b'S';
    Some(items.get(verb + 1)?.mention).filter(|&mention| said && mention != NONE)
}

/// "When Orlov said, “…,” Marsh left", "after Orlov called it “…,” Marsh said": whoever speaks in a clause that goes before
/// the rest of the sentence, or behind it: "Marsh left when Orlov said “…”".
fn told_in_clause(scene: &Scene, shape: &Shape) -> Option<u32> {
    let items = &scene.items.items;
    let start = scene.items.sentence_of(shape.item).start as usize;
    let sign = shape.item > start && matches!(items[shape.item - 1].class, b',' | b':');
    let end = shape.item - usize::from(sign);
    let apart = |item: &Item| matches!(item.class, b',' | b'-' | b';' | b'(');
    let opens = voice::opens_clause(scene.word(&items[start])) && !items[start..end].iter().any(apart);
    let says = |&at: &usize| {
        let verb = verb_of(scene, items[at].mention).filter(|&verb| verb < end && !items[verb].passive);
        let beside =
            verb.is_some_and(|verb| items[verb].class == b'S' && verb + 1 == end && items[at - 1].class == b'k');
        let fronted = opens && verb.is_some_and(|verb| matches!(items[verb].class, b'S' | b'C'));
        let mention = &scene.mentions[items[at].mention as usize];
        // "when a man in the hall shouted": not the hall.
        let inside = matches!(items[at - 1].class, b'p' | b'O' | b'T' | b'Y');
        (beside || fronted) && !inside && mention.form != Form::Pronoun
    };
    let subject = (start + 1..end).filter(|&at| items[at].mention != NONE).rfind(says)?;
    Some(items[subject].mention)
}

/// "“…,” said Marsh, adding that it was “…”": who said the first half adds the other one.
fn added(scene: &Scene, shape: &Shape) -> Option<u32> {
    let items = &scene.items.items;
    let start = scene.items.sentence_of(shape.item).start as usize;
    let says = |item: &Item| matches!(item.class, b'S' | b'C' | b'G' | b'A');
    let verb = (start..shape.item).rfind(|&at| says(&items[at]))?;
    let gerund = verb > start && items[verb].class == b'G' && items[verb - 1].class == b',';
    let said = (start..verb).rfind(|&at| says(&items[at])).filter(|_| gerund)?;
    let quotes = |at: usize| at >= start && items[at].quotation != NONE;
    let comma = usize::from(said > start && items[said - 1].class == b',');
    let fronted = said.checked_sub(1 + comma).is_some_and(quotes);
    Some(items[said + 1].mention).filter(|&mention| fronted && mention != NONE)
}

/// "Inspectors found “…” at the site, Marsh said on Monday": what nobody with a name found is told by whoever tells all of
/// the sentence.
pub(super) fn told_behind(scene: &Scene, shape: &Shape) -> Option<u32> {
    /// Items from the verb to the sentence's end, at most.
    const TAIL: usize = 5;
    let items = &scene.items.items;
    let sentence = scene.items.sentence_of(shape.item).range();
    let verb = (shape.item + 3..sentence.end).rfind(|&at| items[at].class == b'S')?;
    let teller = items[verb - 1].mention;
    let closes = items[verb - 2].class == b',' && sentence.end - verb <= TAIL;
    let finder = items[sentence.start].mention;
    let finds =
        verb_of(scene, finder).is_some_and(|verb| verb < shape.item && matches!(items[verb].class, b'S' | b'C'));
    let nameless = finds && scene.mentions[finder as usize].form == Form::Nominal;
    (closes && nameless && teller != NONE).then_some(teller)
}

/// The item that is the verb of a mention.
pub(super) fn verb_of(scene: &Scene, mention: u32) -> Option<usize> {
    scene.grammar.get(mention as usize)?.as_ref()?.verb_item
}
