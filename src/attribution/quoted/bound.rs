//! Whose a quotation is by the words right beside it.
//!
//! In: a quotation. Out: the mention that such words bind it to: "described by A as “…” and by B as “…”", "called “…” by
//! A", "in A's words, “…”", "“…,” as A put it", "“…” was how A put it", "A's answer? “…”", "A has “firmly rejected” it",
//! "which A has called a “…”"; nobody, where it is the title of what somebody wrote or read. Articles have most of these too
//! seldom to teach them, and they leave no doubt.

use super::{Scene, Shape, told, work};
use crate::attribution::items::{Item, NONE};
use crate::attribution::voice;
use crate::lexicon::{Class, Cue};
use crate::mentions::{Form, Kind, Mention, WORDS};
use crate::tokens::{Token, keys};

/// What this is worth: more than anything that speaks for another mention.
pub(super) const WORTH: f32 = 6.0;

/// Farthest place of such a word before a sentence, in items.
const FIRST: usize = 6;

/// Words before a name that may stand between a quotation and it, with the name: "a visibly angry Marsh".
const MODIFIERS: usize = 4;

/// The mention that a quotation of this shape is bound to.
pub(super) fn to(scene: &Scene, shape: &Shape, quotation: u32) -> Option<u32> {
    // "Marsh praised what she called a “…”": whoever tells it is meant as often; not where the council praised what "they"
    // call so.
    let named = |mention: &u32| {
        let mention = &scene.mentions[*mention as usize];
        let called = &scene.document.tokens[mention.head as usize];
        mention.form != Form::Pronoun || keys!["it", "they"].contains(&called.key)
    };
    let caller = || {
        let caller = shape.caller?;
        Some(scene.items.items[caller].mention).filter(named)
    };
    if work::is_title(scene, shape) {
        return Some(NONE);
    }
    beside(scene, quotation)
        .or_else(|| gapped(scene, shape))
        .or_else(|| attributed(scene, shape))
        .or_else(|| cried(scene, shape))
        .or_else(|| retorted(scene, shape))
        .or_else(|| came(scene, shape))
        .or_else(|| put(scene, shape))
        .or_else(|| behind(scene, shape))
        .or_else(|| answer(scene, shape))
        .or_else(|| subject(scene, quotation))
        .or_else(|| told::by(scene, shape))
        .or_else(|| termed(scene, shape))
        .or_else(|| told::told_behind(scene, shape))
        .or_else(caller)
}

/// "Roth called it “long”; the bishop, “an answer to prayer.”": a verb that is left out.
fn gapped(scene: &Scene, shape: &Shape) -> Option<u32> {
    let items = &scene.items.items;
    let sentence = scene.items.sentence_of(shape.item);
    let open = shape
        .item
        .checked_sub(3)
        .filter(|&open| open > sentence.start as usize)?;
    let parts = [items[open].class, items[open + 2].class];
    let mention = items[open + 1].mention;
    let says = |item: &Item| item.quotation != NONE || matches!(item.class, b'S' | b'C' | b'c');
    let before = items[sentence.start as usize..open].iter().any(says);
    let ends = matches!(shape.after[0], b';' | b'$' | b'.') || matches!(shape.last, b'.' | b';');
    let apart = parts == [b';', b','] && before && ends && mention != NONE;
    (apart && !scene.items.relative[mention as usize]).then_some(mention)
}

/// "a line attributed to Marsh: “…”", "“…,” a line attributed to Marsh".
fn attributed(scene: &Scene, shape: &Shape) -> Option<u32> {
    let items = &scene.items.items;
    let sentence = scene.items.sentence_of(shape.item).range();
    let to = |&named: &usize| {
        items[named].mention != NONE
            && named >= sentence.start + 2
            && scene.word(&items[named - 1]).is("to")
            && keys!["ascribed", "attributed", "credited"].contains(&scene.word(&items[named - 2]).key)
    };
    let before = shape
        .item
        .checked_sub(2)
        .filter(|named| items[shape.item - 1].class == b':' && sentence.contains(named));
    let behind = || (shape.item + 1..sentence.end.min(shape.item + FIRST)).find(to);
    let named = before
        .filter(to)
        .or_else(|| behind().filter(|_| matches!(shape.last, b',' | b'!' | b'?')))?;
    Some(items[named].mention)
}

/// "“Nonsense!” thundered Marsh": any verb that stands between what closes with a comma or louder and a person.
fn cried(scene: &Scene, shape: &Shape) -> Option<u32> {
    let items = &scene.items.items;
    let sentence = scene.items.sentence_of(shape.item).range();
    let closes = matches!(shape.last, b'!' | b'?') || shape.last == b',' && !shape.title_case;
    let [verb, subject] = [shape.item + 1, shape.item + 2];
    if !closes || !sentence.contains(&subject) || items[verb].class != b'e' {
        return None;
    }
    let mention = scene.mentions.get(items[subject].mention as usize)?;
    is_person(mention).then_some(items[subject].mention)
}

fn is_person(mention: &Mention) -> bool {
    mention.kind == Some(Kind::Person) || mention.kind.is_none() && mention.form == Form::Name
}

/// "“We go on,” an angry Marsh fumed": any verb of a person right behind what opens a sentence and ends with a comma.
fn retorted(scene: &Scene, shape: &Shape) -> Option<u32> {
    let items = &scene.items.items;
    let line = shape.item + 1..scene.items.sentence_of(shape.item).end as usize;
    // "“I regret it”, Marsh snapped.": other lands set the comma behind the mark.
    let outside = line.len() > 1 && items[line.start].class == b',';
    let line = line.start + usize::from(outside)..line.end;
    if !shape.opens_sentence || shape.last != b',' && !outside || shape.title_case {
        return None;
    }
    let person = |&at: &usize| scene.mentions.get(items[at].mention as usize).is_some_and(is_person);
    let subject = line.clone().take(MODIFIERS).find(person)?;
    let modifies = |at: usize| {
        let mention = scene.mentions.get(items[at].mention as usize);
        matches!(items[at].class, b'd' | b'w' | b'e' | b'L') || mention.is_some_and(|mention| mention.unknown_head)
    };
    let verb = (subject + 1..line.end).find(|&at| items[at].class != b'L')?;
    let fits = (line.start..subject).all(modifies) && items[verb].class == b'e';
    fits.then_some(items[subject].mention)
}

/// "“No!” came the answer from Marsh".
fn came(scene: &Scene, shape: &Shape) -> Option<u32> {
    let items = &scene.items.items;
    let line = shape.item + 1..scene.items.sentence_of(shape.item).end as usize;
    let comma = usize::from(line.clone().next().is_some_and(|at| items[at].class == b','));
    let verb = line.start + comma;
    if !line.contains(&verb) || !keys!["came", "comes"].contains(&scene.word(&items[verb]).key) {
        return None;
    }
    let near = verb..line.end.min(verb + FIRST);
    let from = near.into_iter().find(|&at| scene.word(&items[at]).is("from"))? + 1;
    line.contains(&from)
        .then(|| items[from].mention)
        .filter(|&mention| mention != NONE)
}

/// "“…” was how Marsh put it", "“…” is how she sums it up".
fn put(scene: &Scene, shape: &Shape) -> Option<u32> {
    let items = &scene.items.items;
    let line = shape.item..scene.items.sentence_of(shape.item).end as usize;
    let subject = line.start + 3;
    let how = shape.opens_sentence && line.contains(&(subject + 1)) && items[line.start + 1].class == b'b';
    let told = how && scene.word(&items[line.start + 2]).is("how");
    told.then(|| items[subject].mention).filter(|&mention| mention != NONE)
}

/// "“…,” in the words of Marsh", "“…,” in Marsh's view", "“…,” as Marsh put it", "“…” was Marsh's verdict", "“…” was her answer".
fn behind(scene: &Scene, shape: &Shape) -> Option<u32> {
    const PUT: [u64; 6] = keys!["described", "describes", "phrased", "put", "puts", "sees"];
    let items = &scene.items.items;
    let line = shape.item + 1..scene.items.sentence_of(shape.item).end as usize;
    let tokens = &scene.document.tokens;
    let is = |at: usize, words: &[u64]| tokens.get(at).is_some_and(|token| words.contains(&token.key));
    let called = |at: usize| tokens.get(at).is_some_and(calls);
    let comma = items[line.clone()].first().is_some_and(|item| item.class == b',');
    let first = items[shape.item].tokens.end as usize + usize::from(comma);
    let (inside, as_) = (is(first, &keys!["in"]), is(first, &keys!["as"]));
    let be = tokens.get(first).is_some_and(voice::is_be);
    let of = (inside || be) && is(first + 1, &keys!["the"]) && called(first + 2) && is(first + 3, &keys!["from", "of"]);
    if !(inside || as_ || be) {
        return None;
    }
    let start = first + if of { 4 } else { 1 };
    let named = line.clone().find(|&at| items[at].tokens.start as usize == start)?;
    let end = items[named].tokens.end as usize;
    let pronoun = |mention: &Mention| mention.form == Form::Pronoun;
    let owns = || {
        let word = end + usize::from(line.contains(&(named + 1)) && items[named + 1].class == b's');
        let own = scene.mentions.get(items[named].mention as usize).is_some_and(pronoun);
        (word > end || own) && called(word)
    };
    let puts = || {
        let verb = end + usize::from(is(end, &keys!["once", "later"]));
        is(verb, &PUT) && is(verb + 1, &keys!["it"])
    };
    let told = of || as_ && puts() || !as_ && owns();
    Some(items[named].mention).filter(|&mention| mention != NONE && told)
}

/// Whether a word is what somebody's words or views are called.
fn calls(token: &Token) -> bool {
    const VIEWS: [u64; 7] = keys![
        "assessment",
        "conclusion",
        "judgement",
        "judgment",
        "message",
        "opinion",
        "view"
    ];
    WORDS.contains(&token.key) || VIEWS.contains(&token.key)
}

/// "Does she regret it? “Every day.”", "Marsh's response? “No.”": who is asked about in the sentence before answers in
/// one that is nothing but a quotation.
fn answer(scene: &Scene, shape: &Shape) -> Option<u32> {
    let items = &scene.items.items;
    let before = shape.item.checked_sub(1).filter(|_| shape.alone)?;
    let question = scene.items.sentence_of(before);
    let line = &items[question.range()];
    let asks = items[before].paragraph == items[shape.item].paragraph
        && scene.word(&items[before]).span.of(scene.document.text) == "?"
        && line.iter().all(|item| item.quotation == NONE);
    if !asks {
        return None;
    }
    let first = line.iter().position(|item| item.mention != NONE)?;
    let mention = &scene.mentions[line[first].mention as usize];
    let behind = &line[first + 1..];
    let words = |item: &Item| WORDS.contains(&scene.word(item).key);
    let owns = match behind {
        [item, _] => words(item) && first == 0,
        [owner, item, _] => owner.class == b's' && words(item) && first == 0,
        _ => false,
    };
    let person = mention.kind == Some(Kind::Person) && !scene.items.relative[line[first].mention as usize];
    let asked = first > 0
        && line[first - 1].class == b'b'
        && line[..first]
            .iter()
            .all(|item| matches!(item.class, b'b' | b'h' | b'L' | b'&' | b'N'));
    (owns || person && asked).then_some(line[first].mention)
}

/// The subject of a verb that says something and stands in the marks itself: "A has “firmly rejected” it".
fn subject(scene: &Scene, quotation: u32) -> Option<u32> {
    let run = scene.document.quotations[quotation as usize].tokens;
    let tags = &scene.tags[run.range()];
    let verb = tags.iter().find(|tag| tag.class() != Class::Adverb)?;
    let says = verb.class() == Class::Past && matches!(verb.cue(), Cue::Strong | Cue::Medium);
    let at = scene.items.of_quotation[quotation as usize] as usize;
    let line = &scene.items.items[scene.items.sentence_of(at).start as usize..at];
    let subject = line.iter().rposition(|item| !matches!(item.class, b'b' | b'L'))?;
    let told = line[..subject]
        .iter()
        .any(|item| matches!(item.class, b'S' | b'C' | b'G' | b'A' | b't'));
    let mention = line[subject].mention;
    (says && !told && mention != NONE && !scene.items.relative[mention as usize]).then_some(mention)
}

/// "Marsh, the mayor, termed it “…”": the subject of a verb of calling that articles have too seldom for a cue.
fn termed(scene: &Scene, shape: &Shape) -> Option<u32> {
    const VERBS: [u64; 12] = keys![
        "branded",
        "christened",
        "decried",
        "deemed",
        "derided",
        "dubbed",
        "labeled",
        "labelled",
        "lampooned",
        "pronounced",
        "ridiculed",
        "termed",
    ];
    let items = &scene.items.items;
    let start = scene.items.sentence_of(shape.item).start as usize;
    let near = shape.item.saturating_sub(FIRST).max(start)..shape.item;
    let verb = near
        .rev()
        .find(|&at| !matches!(items[at].class, b'M' | b'd' | b'w' | b'a' | b'L' | b'n'))?;
    let called = VERBS.contains(&scene.word(&items[verb]).key) && !items[verb].behind_be;
    let mut before = (start..verb).rev().map(|at| items[at].mention);
    before.find(|&mention| called && told::verb_of(scene, mention) == Some(verb))
}

/// The one named right beside it.
fn beside(scene: &Scene, quotation: u32) -> Option<u32> {
    let items = &scene.items.items;
    let at = scene.items.of_quotation[quotation as usize] as usize;
    let sentence = scene.items.sentence_of(at);
    let line = &items[sentence.range()];
    let place = at - sentence.start as usize;
    let suffered = line[..place].iter().any(|item| item.passive);
    let mention = |place: usize| line.get(place).map(|item| item.mention).filter(|&m| m != NONE);
    let by = |place: usize| line.get(place).is_some_and(|item| item.class == b'Y');
    // "by A as “…”", "by her deputy, A, as “…”"
    let as_ = place.checked_sub(1).filter(|&k| line[k].class == b'a');
    let named = as_.and_then(|k| back_over_comma(line, k)).filter(|_| suffered);
    if let Some(k) = named.filter(|&k| mention(k).is_some()) {
        let beside = k
            .checked_sub(2)
            .filter(|&first| line[k - 1].class == b',' && mention(first).is_some());
        let opens = beside.unwrap_or(k);
        if opens.checked_sub(1).is_some_and(by) {
            return mention(opens);
        }
    }
    // "“…” by A"
    if suffered && by(place + 1) && mention(place + 2).is_some() {
        return mention(place + 2);
    }
    // "In the words of A, “…”"
    let of = (2..FIRST.min(place)).find(|&k| line[k].class == b'O');
    if let Some(of) = of.filter(|&of| scene.word(&line[0]).is("in") && of + 2 < place)
        && calls(&scene.document.tokens[line[of].tokens.start as usize - 1])
        && line[of + 1].mention != NONE
    {
        return Some(line[of + 1].mention);
    }
    // "in A's words, “…”", and the same before all the sentence
    let called = |k: &usize| WORDS.contains(&scene.word(&line[*k]).key);
    let beside = back_over_comma(line, place).filter(called);
    let opening = || (2..place.min(FIRST)).find(|k| line[k + 1].class == b',' && called(k));
    let words = beside.or_else(opening)?;
    let owner = (words.saturating_sub(2)..words).rev().find(|&k| mention(k).is_some())?;
    let owned = owner + 1 == words || line[owner + 1].class == b's';
    let inside = owner
        .checked_sub(1)
        .is_some_and(|k| scene.word(&line[k]).is("in") && (beside.is_some() || k == 0));
    (owned && inside).then(|| line[owner].mention)
}

/// The item before another one, a comma between them left aside.
fn back_over_comma(line: &[Item], at: usize) -> Option<usize> {
    let before = at.checked_sub(1)?;
    if line[before].class == b',' {
        before.checked_sub(1)
    } else {
        Some(before)
    }
}
