//! Is the finished proposal right?
//!
//! In: a draft with the probabilities of its choices, and the other drafts of the document. Out: features of "keep".
//! The model is fitted on documents that the models of the choices did not see, so it knows how far to trust them.

use super::cue::steps;
use super::draft::Draft;
use super::view::{Crossed, View};
use crate::model::{Features, Part};
use crate::span::Run;
use Part::{Letter, Number};

/// What a draft is among the other drafts.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Rivals {
    /// Step of the surest draft whose content holds this one's cue; 0 for none.
    pub(crate) around: i32,
    /// Step of the surest draft whose cue lies in this one's content.
    pub(crate) within: i32,
    /// Step of the surest draft with much the same content.
    pub(crate) same: i32,
    /// The same, but only where it is surer than this one.
    pub(crate) surer: bool,
}

/// Rivals farther away in the list of drafts are not looked at.
const NEAR: usize = 12;

/// How the drafts of a document, in the order of their cues, stand to each other.
pub(crate) fn rivals(drafts: &[Draft]) -> Vec<Rivals> {
    let mut all = vec![Rivals::default(); drafts.len()];
    let reach: Vec<Run> = drafts.iter().map(Draft::reach).collect();
    for (index, draft) in drafts.iter().enumerate() {
        let first = index.saturating_sub(NEAR);
        let last = (index + NEAR + 1).min(drafts.len());
        for (other_index, other) in drafts.iter().enumerate().take(last).skip(first) {
            if other_index == index {
                continue;
            }
            let (mine, theirs) = (reach[index], reach[other_index]);
            let near = mine.meets(theirs) || theirs.has(draft.cue.at) || mine.has(other.cue.at);
            if !near {
                continue;
            }
            let of = &mut all[index];
            let step = sureness(other.cue_probability);
            if other.content().any(|run| run.has(draft.cue.at)) {
                of.around = of.around.max(step);
            }
            if draft.content().any(|run| run.has(other.cue.at)) {
                of.within = of.within.max(step);
            }
            if alike(draft, other) >= 0.5 {
                of.same = of.same.max(step);
                of.surer |= other.cue_probability > draft.cue_probability;
            }
        }
    }
    all
}

/// Share of the tokens of two contents that both have.
pub(crate) fn alike(a: &Draft, b: &Draft) -> f64 {
    let tokens = |draft: &Draft| draft.content().map(|r| r.len()).sum::<usize>();
    let mut both = 0;
    for x in a.content() {
        for y in b.content() {
            both += x.end.min(y.end).saturating_sub(x.start.max(y.start)) as usize;
        }
    }
    both as f64 / (tokens(a) + tokens(b) - both).max(1) as f64
}

/// Probabilities in steps.
pub(crate) fn sureness(probability: f32) -> i32 {
    const ENDS: [f32; 15] = [
        0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.87, 0.93, 0.97, 0.99,
    ];
    1 + ENDS.iter().filter(|&&end| probability >= end).count() as i32
}

/// The features of "right".
pub(crate) fn features<const NAMED: bool>(view: &View, draft: &Draft, rivals: &Rivals, to: &mut Features<NAMED>) {
    let cue = &draft.cue;
    let side = Letter(draft.side.letter());
    let sure = Number(sureness(draft.cue_probability));
    let border = draft.border_probability;
    let joint = draft.cue_probability * draft.side_probability * border * draft.source_probability;
    let joint = Number(sureness(joint));
    let rate = Number(cue.bucket.into());
    let inside = Number(cue.quoted.into());
    to.add("bias", &[]);
    to.add("cue", &[sure]);
    to.add("side", &[side, Number(sureness(draft.side_probability))]);
    to.add("source", &[Number(sureness(draft.source_probability))]);
    to.add("margin", &[Number(sureness(draft.source_margin))]);
    to.add("border", &[Number(sureness(border))]);
    to.add("joint", &[joint]);
    to.add("joint side", &[side, joint]);
    to.add("lemma", &[cue.lemma()]);
    to.add("form", &[view.word(cue.sentence, cue.at as isize)]);
    to.add("rate", &[rate, sure]);
    to.add("letters", &[Letter(cue.letter(view, -1)), Letter(cue.letter(view, 1))]);
    to.add("after", &[Letter(cue.after), side]);
    to.add(
        "subject",
        &[Letter(cue.subject_letter), Letter(cue.auxiliaries.0), side],
    );
    let length: usize = draft.content().map(|run| run.len()).sum();
    let quoted = draft
        .content()
        .flat_map(|run| run.range())
        .filter(|&at| view.quoted(at))
        .count();
    let share = match quoted * 10 / length.max(1) {
        0 if quoted == 0 => 0,
        0..=4 => 1,
        5..=8 => 2,
        _ => 3,
    };
    to.add("length", &[side, Number(steps(length))]);
    let clauses = draft
        .content()
        .map(|run| view.crossed(Crossed::Verbs, run.start as usize, run.end as usize));
    let clauses = Number(clauses.sum::<i32>().min(2));
    to.add("clauses", &[side, clauses, Number(share)]);
    to.add("clauses rate", &[side, clauses, rate]);
    to.add("clauses after", &[side, clauses, Letter(cue.after)]);
    to.add("quoted", &[Number(share), side, inside]);
    to.add("quoted rate", &[Number(share), rate]);
    to.add("quoted sure", &[Number(share), sure]);
    to.add("quoted joint", &[Number(share), joint]);
    to.add("inside", &[inside, rate]);
    to.add("around", &[Number(rivals.around), inside]);
    to.add("around sure", &[Number(rivals.around), sure]);
    to.add("within", &[Number(rivals.within), side]);
    to.add("same", &[Number(rivals.same), Number(rivals.surer.into())]);
    if let Some(source) = draft.source {
        let head = source.head as usize;
        let letter = Letter(view.letters.get(head).copied().unwrap_or(b'^'));
        let right = Number(i32::from(head > cue.at));
        let gap = head.abs_diff(cue.at);
        to.add("source distance", &[right, Number(steps(gap)), side]);
        to.add("source kind", &[letter, rate]);
        to.add("source word", &[view.word(cue.sentence, head as isize)]);
        to.add("source mention", &[Number(source.mention.is_some().into())]);
        let (from, until) = (head.min(cue.at), head.max(cue.at));
        let verbs = view.crossed(Crossed::Verbs, from + 1, until).min(2);
        let commas = view.crossed(Crossed::Commas, from, until).min(2);
        to.add("source crossed", &[right, Number(verbs), Number(commas)]);
        let role = Number(cue.way.role(head) as i32);
        to.add("source way", &[role, Letter(cue.way.ends().1), side]);
    } else {
        to.add("no source", &[]);
    }
    for (code, run) in [(b'L', draft.left), (b'R', draft.right)] {
        if let Some(run) = run {
            let all = Run::new(0, view.letters.len());
            let l = |at: u32, offset: isize| Letter(view.letter(all, at as isize + offset));
            to.add("start", &[Letter(code), l(run.start, -1), l(run.start, 0)]);
            to.add("end", &[Letter(code), l(run.end, -1), l(run.end, 0)]);
        }
    }
}
