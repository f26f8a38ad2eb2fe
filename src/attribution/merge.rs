//! One list of attributions from three views.
//!
//! In: what the ranker says of each quotation, what the cues propose, the turns of a transcript. Out: attributions in
//! order. The ranker decides whose a quotation is; a cue decides which clause belongs to its source; where both speak of
//! the same words and source they are one attribution.

use super::indirect::{Proposal, Source};
use super::inner;
use super::items::NONE;
use super::opening::is_first_person;
use super::quoted::{Candidate, Choice, Place, Scene, is_programme};
use super::spoken::Turn;
use super::turns;
use super::{Attribution, Stance, Type};
use crate::span::{Run, Span};
use crate::tokens::{Case, Kind, Token};

/// A proposal whose content is quotation to this share is that quotation with its marks.
const DIRECT: f64 = 0.9;
/// Proposals farther away in their list do not tell of each other.
const NEAR: usize = 12;
/// Least probability of a proposal: about half of the F1 that all of them reach, where one more is worth its risk.
const LEAST: f32 = 0.35;

/// Merges the views.
pub(super) fn merge(scene: &Scene, choices: &[Choice], proposals: &[Proposal], turns: &[Turn]) -> Vec<Attribution> {
    let mut attributions: Vec<Attribution> = turns.iter().map(|turn| of_turn(scene, turn)).collect();
    let spoken = Spoken::new(scene, turns);
    let mut taken = vec![false; scene.document.quotations.len()];
    let names = |p: &Proposal| p.rule == "colon" && p.content.iter().all(|run| turns::lists(scene.document, *run));
    let fits = |p: &&Proposal| !p.beaten && p.probability >= LEAST && !names(p);
    let kept: Vec<&Proposal> = proposals.iter().filter(fits).collect();
    for proposal in &kept {
        let source = match proposal.source {
            Some(Source::Mention(source)) => source,
            _ => NONE,
        };
        if !spoken.has_label(proposal.cue) && spoken.lets(scene, scene.document.span(proposal.cue), source) {
            attributions.extend(of_proposal(scene, choices, &kept, proposal, &mut taken));
        }
    }
    let told = inner::of(scene, choices, &attributions);
    attributions.extend(told);
    let alone: Vec<&Choice> = choices
        .iter()
        .filter(|c| {
            let quotation = &scene.document.quotations[c.quotation as usize];
            // `"MARSH: We will see."` is a turn, marks or not.
            let turn = spoken.has_label(quotation.tokens);
            !taken[c.quotation as usize] && !turn && spoken.lets(scene, quotation.span, c.best().0.mention)
        })
        .collect();
    attributions.extend(of_choices(scene, &alone));
    // Where one report lies in another one, the one of whoever the ranker takes for the speaker comes first, then the inner one.
    attributions.sort_by_cached_key(|a| {
        let length: usize = a.content.iter().map(Span::len).sum();
        let first = a.quoted.first().or(a.content.first()).copied();
        let chosen = first.and_then(|first| choice_on(scene, choices, first));
        let other = chosen.is_some_and(|choice| a.source != Some(choice.best().0.mention));
        (first, other, length, a.cue)
    });
    attributions
}

/// What turns hold, in the order of the text: turns do not overlap.
struct Spoken {
    content: Vec<Span>,
    cues: Vec<Run>,
}

impl Spoken {
    fn new(scene: &Scene, turns: &[Turn]) -> Spoken {
        let runs = turns.iter().flat_map(|turn| &turn.content);
        Spoken {
            content: runs.map(|run| scene.document.span(*run)).collect(),
            cues: turns
                .iter()
                .map(|turn| turn.cue)
                .filter(|cue| !cue.is_empty())
                .collect(),
        }
    }

    /// Whether a label stands there.
    fn has_label(&self, run: Run) -> bool {
        let next = self.cues.partition_point(|label| label.end <= run.start);
        self.cues.get(next).is_some_and(|label| label.meets(run))
    }

    /// The piece of a turn that holds a span.
    fn around(&self, span: Span) -> Option<Span> {
        let next = self.content.partition_point(|piece| piece.start <= span.start);
        let piece = *self.content.get(next.checked_sub(1)?)?;
        piece.contains(span).then_some(piece)
    }

    /// Whether what stands there may be somebody's words: within a turn, those of somebody whom the same piece of it
    /// names, and who is not the speaker again.
    fn lets(&self, scene: &Scene, span: Span, source: u32) -> bool {
        let Some(piece) = self.around(span) else { return true };
        scene.mentions.get(source as usize).is_some_and(|mention| {
            let own = is_first_person(scene.document.tokens[mention.head as usize].key);
            piece.contains(mention.span) && !own
        })
    }
}

fn of_turn(scene: &Scene, turn: &Turn) -> Attribution {
    let content: Vec<Span> = turn.content.iter().map(|run| scene.document.span(*run)).collect();
    Attribution {
        kind: Type::Direct,
        content,
        quoted: Vec::new(),
        cue: Some(turn.cue).filter(|cue| !cue.is_empty()),
        source: turn.label,
        with: Vec::new(),
        stance: Stance::default(),
        within: None,
        confidence: 0.97,
        rule: turn.rule,
        alternatives: Vec::new(),
    }
}

/// Probability above which a quotation is nobody's words, whatever a cue claims.
const NOBODYS: f32 = 0.985;

/// A proposal, with the quotations in it; none when its source is no mention or its content is nothing but signs.
fn of_proposal(
    scene: &Scene,
    choices: &[Choice],
    all: &[&Proposal],
    proposal: &Proposal,
    taken: &mut [bool],
) -> Option<Attribution> {
    let Some(Source::Mention(source)) = proposal.source else {
        return None;
    };
    // Quotations stand in order: only those between the content's first and last word can be covered.
    let (first, last) = (proposal.content.first()?.start, proposal.content.last()?.end);
    let tokens = |c: &Choice| scene.document.quotations[c.quotation as usize].tokens;
    let item_of = |c: &Choice| scene.items.of_quotation[c.quotation as usize] as usize;
    let near = &choices[choices.partition_point(|c| tokens(c).end <= first)..];
    let mut covered: Vec<&Choice> = near
        .iter()
        .take_while(|c| tokens(c).start < last)
        .filter(|c| covers(scene, proposal, c.quotation))
        .collect();
    // "told “Fox & Friends” he would run": where it was said is nothing of it.
    let (shown, said): (Vec<&Choice>, Vec<&Choice>) = covered.iter().partition(|c| is_programme(scene, item_of(c)));
    covered = said;
    let mut spoken = proposal.content.clone();
    for choice in shown {
        taken[choice.quotation as usize] = true;
        spoken = without(
            scene,
            spoken,
            scene.document.quotations[choice.quotation as usize].marked,
        );
    }
    let first = spoken.first()?.start;
    // "called it “long”; the bishop, “a gift.”": there another one's words begin.
    let begins = |c: &&Choice| {
        let start = scene.mentions.get(c.best().0.mention as usize)?.tokens.start;
        let before = scene.document.tokens.get((start as usize).checked_sub(1)?)?;
        let apart = first < start && start < tokens(c).start && before.kind == Kind::Semicolon;
        (apart && c.best().0.mention != source).then_some(start - 1)
    };
    let cut: Vec<Run>;
    let mut content = &spoken;
    if let Some(end) = covered.iter().find_map(begins) {
        covered.retain(|c| tokens(c).end <= end);
        let kept = content.iter().filter(|run| run.start < end);
        cut = kept
            .map(|run| Run {
                end: run.end.min(end),
                ..*run
            })
            .collect();
        content = &cut;
    }
    // "wrote “Bridges to Nowhere” and left": what begins with nobody's words is nothing that is said.
    let (opening, opens) = covered
        .first()
        .map(|c| (c.best(), tokens(c).start <= first + 1))
        .unzip();
    if opens == Some(true) && opening.is_some_and(|(best, probability)| best.mention == NONE && probability > NOBODYS) {
        return None;
    }
    let words: usize = content.iter().map(|run| words(scene, *run)).sum();
    let quoted_words: usize = covered.iter().map(|c| words_of(scene, c.quotation)).sum();
    let direct = quoted_words as f64 >= DIRECT * words as f64;
    let mut source = source;
    let mut confidence = proposal.probability;
    let mut alternatives = Vec::new();
    for choice in &covered {
        let (best, probability) = choice.best();
        if best.mention == NONE || best.mention == source {
            taken[choice.quotation as usize] = true;
            if best.mention == source {
                confidence = confidence.max(probability);
            }
        } else if direct && is_told_by(all, proposal, best.mention) {
            taken[choice.quotation as usize] = true;
        } else if direct {
            // All of it is quotation: whose it is, the ranker knows better.
            taken[choice.quotation as usize] = true;
            source = best.mention;
            confidence = probability;
        }
        if alternatives.is_empty() {
            alternatives = others(choice, source);
        }
    }
    let quoted: Vec<Span> = covered
        .iter()
        .map(|c| scene.document.quotations[c.quotation as usize].span)
        .collect();
    let content = if direct && !quoted.is_empty() {
        quoted.clone()
    } else {
        content
            .iter()
            .map(|run| trimmed(scene, *run))
            .filter(|s| !s.is_empty())
            .collect()
    };
    if covered.is_empty() {
        alternatives.clone_from(&proposal.others);
    }
    // Nothing but signs.
    if content.is_empty() {
        return None;
    }
    let kind = match (quoted.is_empty(), direct) {
        (true, _) => Type::Indirect,
        (false, true) => Type::Direct,
        (false, false) => Type::Mixed,
    };
    Some(Attribution {
        kind,
        content,
        quoted,
        cue: Some(proposal.cue),
        source: Some(source),
        with: Vec::new(),
        stance: Stance::default(),
        within: None,
        confidence,
        rule: proposal.rule,
        alternatives,
    })
}

/// Pieces of a content without the title of a programme that one begins with; a piece that is there for the title alone
/// goes with it.
fn without(scene: &Scene, content: Vec<Run>, title: Run) -> Vec<Run> {
    let only = content.len() == 1;
    let rest = |piece: Run| {
        let before = piece.start as usize..title.start.max(piece.start) as usize;
        let station = |token: &Token| token.case != Case::Lower || token.is("on") || token.kind == Kind::Clitic;
        let opens = piece.meets(title) && scene.document.tokens[before].iter().all(station);
        match opens {
            true if only && title.end < piece.end => Some(Run {
                start: title.end,
                ..piece
            }),
            _ => Some(piece).filter(|_| !opens),
        }
    };
    content.into_iter().filter_map(rest).collect()
}

/// Whether somebody tells that this was said: "“…,” Batista said, according to a court transcript".
fn is_told_by(all: &[&Proposal], proposal: &Proposal, source: u32) -> bool {
    let first = all.partition_point(|p| p.cue < proposal.cue);
    let near = &all[first.saturating_sub(NEAR)..(first + NEAR).min(all.len())];
    near.iter().any(|outer| {
        outer.source == Some(Source::Mention(source)) && outer.content.iter().any(|run| run.contains(proposal.cue))
    })
}

/// Quotations that no cue claimed: neighbours of one source are one quote in several pieces.
fn of_choices(scene: &Scene, choices: &[&Choice]) -> Vec<Attribution> {
    let mut attributions: Vec<Attribution> = Vec::new();
    let mut last: Option<(u32, u32)> = None;
    for choice in choices {
        let (best, confidence) = choice.best();
        if best.mention == NONE {
            continue;
        }
        let quotation = &scene.document.quotations[choice.quotation as usize];
        let paragraph = scene.items.items[scene.items.of_quotation[choice.quotation as usize] as usize].paragraph;
        let goes_on = quotation.continues.is_some() || last == Some((best.mention, paragraph));
        let same = attributions
            .last_mut()
            .filter(|a| goes_on && a.source == Some(best.mention));
        last = Some((best.mention, paragraph));
        match same {
            Some(attribution) => {
                attribution.content.push(quotation.span);
                attribution.quoted.push(quotation.span);
                attribution.confidence = attribution.confidence.min(confidence);
            }
            None => attributions.push(of_choice(scene, choice, best, confidence)),
        }
    }
    attributions
}

/// A quotation as somebody's own words.
pub(super) fn of_choice(scene: &Scene, choice: &Choice, speaker: Candidate, confidence: f32) -> Attribution {
    let span = scene.document.quotations[choice.quotation as usize].span;
    Attribution {
        kind: Type::Direct,
        content: vec![span],
        quoted: vec![span],
        cue: cue(scene, speaker),
        source: Some(speaker.mention),
        with: Vec::new(),
        stance: Stance::default(),
        within: None,
        confidence,
        rule: rule(scene, speaker),
        alternatives: others(choice, speaker.mention),
    }
}

/// What the ranker says of the quotation that has these words.
pub(super) fn choice_on<'c>(scene: &Scene, choices: &'c [Choice], words: Span) -> Option<&'c Choice> {
    let span = |choice: &Choice| scene.document.quotations[choice.quotation as usize].span;
    let at = choices.partition_point(|choice| span(choice) < words);
    choices.get(at).filter(|choice| span(choice) == words)
}

/// Whether a proposal's content holds at least half of a quotation.
fn covers(scene: &Scene, proposal: &Proposal, quotation: u32) -> bool {
    let tokens = scene.document.quotations[quotation as usize].tokens;
    let shared: usize = proposal
        .content
        .iter()
        .map(|run| (run.end.min(tokens.end)).saturating_sub(run.start.max(tokens.start)) as usize)
        .sum();
    shared * 2 >= tokens.len()
}

fn words(scene: &Scene, run: Run) -> usize {
    scene.document.tokens[run.range()]
        .iter()
        .filter(|t| t.is_word())
        .count()
}

fn words_of(scene: &Scene, quotation: u32) -> usize {
    words(scene, scene.document.quotations[quotation as usize].tokens)
}

/// A clause without the commas and stops at its ends.
fn trimmed(scene: &Scene, run: Run) -> Span {
    let tokens = &scene.document.tokens;
    let outer = |at: usize| {
        matches!(
            tokens[at].kind,
            Kind::Comma | Kind::Semicolon | Kind::Colon | Kind::Dash
        )
    };
    let (mut start, mut end) = (run.start as usize, run.end as usize);
    while start < end && outer(start) {
        start += 1;
    }
    while start < end && (outer(end - 1) || tokens[end - 1].kind == Kind::Stop) {
        end -= 1;
    }
    scene.document.span(Run::new(start, end))
}

fn cue(scene: &Scene, candidate: Candidate) -> Option<Run> {
    let grammar = scene.grammar[candidate.mention as usize].as_ref()?;
    let item = grammar.inverted.or(grammar.verb_item)?;
    Some(scene.items.items[item].tokens)
}

fn rule(scene: &Scene, candidate: Candidate) -> &'static str {
    let Some(grammar) = &scene.grammar[candidate.mention as usize] else {
        return "near";
    };
    match candidate.place {
        _ if grammar.according => "according to",
        _ if matches!(grammar.by, b'S' | b'C' | b'c') => "passive",
        Place::Above | Place::Below => "paragraph",
        Place::Reply => "dialogue",
        Place::Earlier | Place::Later => "sentence",
        Place::After if grammar.inverted.is_some() => "verb name",
        _ if grammar.verb_item.is_some() => "name verb",
        _ => "near",
    }
}

/// The candidates that lost, most probable first.
fn others(choice: &Choice, source: u32) -> Vec<(u32, f32)> {
    let mut others: Vec<(u32, f32)> = choice
        .candidates
        .iter()
        .filter(|(c, p)| c.mention != NONE && c.mention != source && *p >= 0.01)
        .map(|(c, p)| (c.mention, *p))
        .collect();
    others.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    others
}
