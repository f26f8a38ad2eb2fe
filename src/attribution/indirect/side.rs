//! On which side of the cue does the content lie?
//!
//! In: a cue. Out: the features that "left", "right" and "both" share, each with weights of its own. Fronted content ends
//! in a comma or a mark before the subject; a cue at a sentence's end has nothing to its right.

use super::cue::{Cue, steps};
use super::view::{Crossed, View};
use super::window::Window;
use crate::model::{Features, Part};
use Part::{Letter, Number};

/// Where the content lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Left,
    Right,
    Both,
}

impl Side {
    pub(crate) const ALL: [Side; 3] = [Side::Left, Side::Right, Side::Both];

    pub(crate) fn letter(self) -> u8 {
        match self {
            Side::Left => b'L',
            Side::Right => b'R',
            Side::Both => b'B',
        }
    }
}

/// How many verbs stand on each side of the cue, up to the nearest sign to the right: "said the minister." is no clause.
fn verbs(view: &View, cue: &Cue) -> (i32, i32) {
    let (start, end) = (cue.sentence.start as usize, cue.sentence.end as usize);
    let sign = (cue.at + 1..end).find(|&at| matches!(view.letters[at], b'.' | b',' | b':' | b';' | b'-' | b'<' | b'>'));
    let count = |from: usize, until: usize| view.crossed(Crossed::Verbs, from, until).min(2);
    (count(start, cue.group), count(cue.at + 1, sign.unwrap_or(end)))
}

/// The nearest sign on one side of the cue: its letter and how far it is.
fn sign(view: &View, cue: &Cue, step: isize) -> (u8, i32) {
    for offset in 1..=12 {
        let letter = cue.letter(view, step * offset);
        if matches!(
            letter,
            b'^' | b'.' | b',' | b':' | b';' | b'-' | b'<' | b'>' | b'~' | b'('
        ) {
            return (letter, steps(offset as usize));
        }
    }
    (b'0', 12)
}

/// Longer noun phrases are not looked through, in tokens.
const LONGEST_PHRASE: usize = 12;

/// The letter behind the noun phrase that begins right after the cue: "said the minister of finance."
fn behind_phrase(view: &View, cue: &Cue) -> u8 {
    let noun = |at: usize| {
        matches!(
            cue.letter(view, at as isize),
            b'd' | b'H' | b'w' | b'W' | b'u' | b'y' | b'#' | b'x' | b'o'
        )
    };
    let behind = (1..=LONGEST_PHRASE).find(|&at| !noun(at)).unwrap_or(LONGEST_PHRASE);
    cue.letter(view, behind as isize)
}

/// What the next sentence of the paragraph is: `Q` nothing but quotation, `q` quotation and more without a sure cue, `c` with
/// one, `.` none that opens with a mark.
fn next_sentence(view: &View, cue: &Cue) -> u8 {
    let end = cue.sentence.end as usize;
    if view.letters.get(end) != Some(&b'<') || view.paragraph_of[end] != view.paragraph_of[cue.at] {
        return b'.';
    }
    let next = view.sentence(end);
    let outside = |at: &usize| !view.quoted(*at) && !matches!(view.letters[*at], b'<' | b'>' | b'.');
    let mut all = b'Q';
    for at in next.range().filter(outside) {
        if view.bucket(at) >= 5 {
            return b'c';
        }
        all = b'q';
    }
    all
}

/// The features of all sides.
pub(crate) fn features<const NAMED: bool>(view: &View, cue: &Cue, window: &Window, to: &mut Features<NAMED>) {
    let l = |offset| Letter(cue.letter(view, offset));
    let inside = Number(i32::from(cue.quoted));
    let subject = Letter(cue.subject_letter);
    let before = Letter(cue.before_subject);
    let after = Letter(cue.after);
    let (left, left_distance) = sign(view, cue, -1);
    let (right, right_distance) = sign(view, cue, 1);
    let (left, right) = (Letter(left), Letter(right));
    let extends = Letter(
        match (window.run.start < cue.sentence.start, window.run.end > cue.sentence.end) {
            (false, false) => b'0',
            (true, false) => b'L',
            (false, true) => b'R',
            (true, true) => b'B',
        },
    );
    let marks = (Number(i32::from(cue.marks.0 < 9)), Number(i32::from(cue.marks.1 < 9)));
    to.add("bias", &[]);
    to.add("lemma", &[cue.lemma()]);
    to.add("form", &[view.word(cue.sentence, cue.at as isize)]);
    to.add("rate", &[Number(cue.bucket.into())]);
    to.add("next", &[cue.word(view, 1)]);
    to.add("prev", &[cue.word(view, -1)]);
    to.add("l+1", &[l(1), l(2)]);
    to.add("l-1", &[l(-1), l(-2)]);
    to.add("l-1+1", &[l(-1), l(1)]);
    to.add("after", &[after, subject]);
    to.add("before", &[before, subject]);
    to.add("before after", &[before, after]);
    to.add("before subject after", &[before, subject, after]);
    to.add("lemma after", &[cue.lemma(), after]);
    to.add("lemma before", &[cue.lemma(), before]);
    to.add("sign left", &[left, Number(left_distance)]);
    to.add("sign right", &[right, Number(right_distance)]);
    to.add("signs", &[left, right]);
    to.add("sign right after", &[right, Number(right_distance), after]);
    to.add("marks", &[inside, Number(cue.marks.0), Number(cue.marks.1)]);
    to.add("marks after", &[marks.0, marks.1, before, after]);
    to.add("marks signs", &[marks.0, marks.1, left, right]);
    to.add("extends", &[extends, marks.0, marks.1]);
    to.add("extends after", &[extends, after, before]);
    let (start, end) = (cue.sentence.start as usize, cue.sentence.end as usize);
    let to_start = Number(steps(cue.group - start));
    let to_end = Number(steps(end - cue.at - 1));
    to.add("to start", &[to_start]);
    to.add("to end", &[to_end, marks.0]);
    to.add("place", &[to_start, to_end]);
    let (verbs_left, verbs_right) = verbs(view, cue);
    let verbs = (Number(verbs_left), Number(verbs_right));
    to.add("verbs", &[verbs.0, verbs.1, before, after]);
    to.add("verbs signs", &[verbs.0, verbs.1, l(-1), right]);
    // "…, Smith, who leads the party, said on Friday.": what stands before the whole subject, and whether it is a clause.
    let root = cue.way.root().map_or(cue.group, |root| root.start as usize);
    let before_root = Letter(view.letter(cue.sentence, root as isize - 1));
    let front = Number(view.crossed(Crossed::Verbs, start, root).min(2));
    let rest = Number(view.crossed(Crossed::Verbs, cue.at + 1, end).min(2));
    let opens = Letter(view.letters[start]);
    to.add("front", &[before_root, front, verbs.1, right]);
    to.add("front rest", &[before_root, front, rest, after]);
    to.add("front opens", &[before_root, opens, verbs.1]);
    to.add("front lemma", &[cue.lemma(), before_root, front]);
    let next = Letter(next_sentence(view, cue));
    to.add("next sentence", &[next, marks.0, marks.1, rest]);
    to.add("next sentence before", &[next, before, opens]);
    to.add("inverted", &[l(-1), l(1), Letter(behind_phrase(view, cue)), verbs.0]);
    to.add("auxiliary", &[Letter(cue.auxiliaries.0), subject, after]);
    to.add(
        "opens quoted",
        &[Number(i32::from(view.letters[start] == b'<')), before, after],
    );
}
