//! Speech in somebody else's report: "“…,” Batista said, according to a court transcript".
//!
//! In: reports that hold quotations and more. Out: for each quotation that only the report's source was given, who says it
//! by a cue beside it inside of the report. Articles teach the ranker to name the outer source; that of the words is told too.

use super::items::NONE;
use super::merge::{choice_on, of_choice};
use super::quoted::{Candidate, Choice, Scene};
use super::{Attribution, Type};
use crate::mentions::Form;
use crate::span::Span;
use std::collections::HashMap;

/// The quotations in reports that no other attribution has, given to those whose cues stand beside them there.
pub(super) fn of(scene: &Scene, choices: &[Choice], reports: &[Attribution]) -> Vec<Attribution> {
    let mut times: HashMap<Span, u32> = HashMap::new();
    for &span in reports.iter().flat_map(|report| &report.quoted) {
        *times.entry(span).or_default() += 1;
    }
    let mut told = Vec::new();
    for report in reports.iter().filter(|report| report.kind == Type::Mixed) {
        for &quoted in report.quoted.iter().filter(|span| times[*span] == 1) {
            let Some(choice) = choice_on(scene, choices, quoted) else {
                continue;
            };
            let best = choice.best().0.mention;
            if best != NONE && Some(best) != report.source {
                continue;
            }
            let speaker = speaker(scene, choice, report);
            told.extend(speaker.map(|(candidate, confidence)| of_choice(scene, choice, candidate, confidence)));
        }
    }
    told
}

/// Who says a quotation inside of a report, and how probable that is among those whom the report names.
fn speaker(scene: &Scene, choice: &Choice, report: &Attribution) -> Option<(Candidate, f32)> {
    let inside = |mention: u32| {
        let span = |mention: u32| scene.mentions[mention as usize].span;
        mention == NONE || report.content.iter().any(|piece| piece.contains(span(mention)))
    };
    let named = choice.candidates.iter().filter(|(c, _)| inside(c.mention));
    let all: f32 = named.clone().map(|(_, probability)| probability).sum();
    let said = named.filter(|(c, _)| c.mention != NONE && says(scene, c.mention, choice.quotation));
    let best = said.max_by(|a, b| a.1.total_cmp(&b.1))?;
    Some((best.0, best.1 / all))
}

/// Whether a mention has a verb of saying beside a quotation: "“…,” Batista said", "Batista told them that “…”".
fn says(scene: &Scene, mention: u32, quotation: u32) -> bool {
    let Some(grammar) = &scene.grammar[mention as usize] else {
        return false;
    };
    let items = &scene.items.items;
    let at = scene.items.of_quotation[quotation as usize] as usize;
    let of_mention = scene.items.of_mention[mention as usize] as usize;
    let verb = grammar.verb_item.filter(|_| matches!(grammar.verb, b'S' | b'C'));
    // "which Whitlock called “…”", "a statement she denies": whom a clause tells of is not who says it.
    let next = items[(of_mention + 1).min(items.len() - 1)];
    let told_of = next.class == b'M'
        && (scene.items.relative[mention as usize] || scene.mentions[next.mention as usize].form == Form::Pronoun);
    let beside = |verb: usize| {
        let mut between = verb.min(at) + 1..verb.max(at);
        between.len() <= 3 && between.all(|k| k == of_mention || matches!(items[k].class, b',' | b't' | b':' | b'M'))
    };
    // "“…,” said Batista", but not "“never” discussed the contract"
    let pauses = || {
        let last = scene.document.quotations[quotation as usize].tokens.range().next_back();
        last.is_some_and(|last| !scene.document.tokens[last].is_word())
    };
    let inverted = grammar
        .inverted
        .filter(|&cue| at < cue && (grammar.before_inverted == b',' || grammar.before_inverted == b'Q' && pauses()));
    inverted.or(verb).is_some_and(|verb| !told_of && beside(verb))
}
