//! On which side of the cue does the content lie?
//!
//! In: a cue. Out: features of "left", "right" and "both". Fronted content ends in a comma or a mark before the
//! subject; a cue at a sentence's end has nothing to its right.

use super::cue::{Cue, steps};
use super::view::View;
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

/// The features of one side.
pub(crate) fn features(view: &View, cue: &Cue, window: &Window, side: Side, to: &mut Features) {
    let s = Letter(side.letter());
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
    to.add("bias", &[s]);
    to.add("lemma", &[s, cue.lemma]);
    to.add("form", &[s, view.word(cue.sentence, cue.at as isize)]);
    to.add("rate", &[s, Number(cue.bucket.into())]);
    to.add("next", &[s, cue.word(view, 1)]);
    to.add("prev", &[s, cue.word(view, -1)]);
    to.add("l+1", &[s, l(1), l(2)]);
    to.add("l-1", &[s, l(-1), l(-2)]);
    to.add("l-1+1", &[s, l(-1), l(1)]);
    to.add("after", &[s, after, subject]);
    to.add("before", &[s, before, subject]);
    to.add("before after", &[s, before, after]);
    to.add("before subject after", &[s, before, subject, after]);
    to.add("lemma after", &[s, cue.lemma, after]);
    to.add("lemma before", &[s, cue.lemma, before]);
    to.add("sign left", &[s, left, Number(left_distance)]);
    to.add("sign right", &[s, right, Number(right_distance)]);
    to.add("signs", &[s, left, right]);
    to.add("sign right after", &[s, right, Number(right_distance), after]);
    to.add("marks", &[s, inside, Number(cue.marks.0), Number(cue.marks.1)]);
    to.add("marks signs", &[s, marks.0, marks.1, left, right]);
    to.add("marks after", &[s, marks.0, marks.1, before, after]);
    to.add("extends", &[s, extends, marks.0, marks.1]);
    to.add("extends after", &[s, extends, after, before]);
    let (start, end) = (cue.sentence.start as usize, cue.sentence.end as usize);
    let to_start = Number(steps(cue.group - start));
    let to_end = Number(steps(end - cue.at - 1));
    to.add("to start", &[s, to_start]);
    to.add("to end", &[s, to_end, marks.0]);
    to.add("place", &[s, to_start, to_end]);
    to.add(
        "opens quoted",
        &[s, Number(i32::from(view.letters[start] == b'<')), before, after],
    );
    to.add("auxiliary", &[s, Letter(cue.auxiliaries.0), subject, after]);
}
