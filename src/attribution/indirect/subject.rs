//! The subject of a cue, however long: "the head of the observers in Norland who left on Monday said".
//!
//! In: a view and the first token of a verb group. Out: the noun phrases on the way to the left, from the one that ends right
//! before the verb to the one that governs them all. Prepositional phrases, appositions and relative clauses are steps
//! on this way; classes alone tell them, so a model weighs how far each kind of step is to be trusted.

use super::view::View;
use crate::span::Run;

/// Farthest look for the verb that a participle hangs on, in tokens.
const FAR: isize = 60;
/// Most steps.
const STEPS: usize = 4;
/// Longest relative clause or apposition, in tokens.
const REACH: usize = 25;

/// The way from a verb to its subject.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Subject {
    /// The noun phrases, the nearest one first.
    phrases: [Run; STEPS + 1],
    /// How each was left: `o` of, `p` another preposition, `a` apposition, `r` relative clause, `g` participle, `T` to,
    /// `&` and.
    steps: [u8; STEPS],
    /// How many phrases there are.
    len: usize,
    /// Whether it is the subject of the verb that a participle hangs on.
    participle: bool,
}

/// What a token is on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Not on it.
    None,
    /// The only phrase.
    Only,
    /// The one that governs the others.
    Root,
    /// The nearest one, which others govern.
    Near,
    /// Between these.
    Middle,
}

impl Subject {
    /// The subject of the verb group that begins at `group`.
    pub(crate) fn of(view: &View, sentence: Run, group: usize) -> Subject {
        let mut subject = Subject::default();
        let mut at = group as isize - 1;
        let mut step = None;
        // "…, calling it": the subject of the verb before.
        if matches!(view.letters.get(group), Some(b'G' | b'g')) && view.letter(sentence, at) == b',' {
            match verb_before(view, sentence, at) {
                Some(verb) => at = verb - 1,
                None => return subject,
            }
            subject.participle = true;
        }
        while subject.len <= STEPS {
            while matches!(view.letter(sentence, at), b'l' | b'N') {
                at -= 1;
            }
            // A clause or a name between signs.
            if let Some(open) = opening(view, sentence, at) {
                step.get_or_insert(b'a');
                at = open - 1;
            }
            if !is_noun(view, sentence, at) {
                break;
            }
            let start = view.phrase_start(sentence, at as usize);
            if let Some(step) = step.filter(|_| subject.len > 0) {
                subject.steps[subject.len - 1] = step;
            }
            subject.phrases[subject.len] = Run::new(start, at as usize + 1);
            subject.len += 1;
            let Some((next, by)) = governor(view, sentence, start as isize) else {
                break;
            };
            at = next;
            step = Some(by);
        }
        subject
    }

    /// What a token is on the way.
    pub(crate) fn role(&self, token: usize) -> Role {
        let phrases = &self.phrases[..self.len];
        match phrases.iter().position(|phrase| phrase.has(token)) {
            None => Role::None,
            Some(0) if self.len == 1 => Role::Only,
            Some(0) => Role::Near,
            Some(at) if at + 1 == self.len => Role::Root,
            Some(_) => Role::Middle,
        }
    }

    /// The phrase that governs the others.
    pub(crate) fn root(&self) -> Option<Run> {
        self.phrases[..self.len].last().copied()
    }

    /// How the nearest phrase and the one before the root were left; `0` where there is one phrase alone, and `v` first
    /// below a participle.
    pub(crate) fn ends(&self) -> (u8, u8) {
        match self.len.checked_sub(2) {
            Some(last) if self.participle => (b'v', self.steps[last]),
            Some(last) => (self.steps[0], self.steps[last]),
            None if self.participle => (b'v', b'v'),
            None => (b'0', b'0'),
        }
    }
}

/// The first verb of a sentence before a token that has a subject of its own, with its auxiliaries.
fn verb_before(view: &View, sentence: Run, at: isize) -> Option<isize> {
    let from = (at - FAR).max(sentence.start as isize);
    let mut relative = false;
    (from..at).find(|&verb| {
        let letter = view.letter(sentence, verb);
        relative = match letter {
            b'r' => true,
            b',' => false,
            _ => relative,
        };
        !relative
            && matches!(letter, b'S' | b'C' | b'e' | b'B' | b'h' | b'D' | b'm')
            && is_noun(view, sentence, verb - 1)
    })
}

fn is_noun(view: &View, sentence: Run, at: isize) -> bool {
    match view.letter(sentence, at) {
        b'W' | b'w' | b'u' | b'y' | b'#' | b'x' | b'M' | b'P' | b'I' | b'O' | b'r' => true,
        b'S' | b'C' | b'c' | b'e' | b'g' | b'G' => matches!(view.letter(sentence, at - 1), b'd' | b'H' | b'x'),
        _ => false,
    }
}

/// Where the part between signs begins that ends at `at`.
fn opening(view: &View, sentence: Run, at: isize) -> Option<isize> {
    let sign = match view.letter(sentence, at) {
        b')' => b'(',
        sign @ (b',' | b'-') => sign,
        _ => return None,
    };
    let from = (at - REACH as isize).max(sentence.start as isize + 1);
    (from..at - 1)
        .rev()
        .find(|&open| view.letter(sentence, open) == sign && is_noun(view, sentence, open - 1))
}

/// What a phrase that starts at `start` hangs on: the last token of that, and by what.
fn governor(view: &View, sentence: Run, start: isize) -> Option<(isize, u8)> {
    let before = start - 1;
    let letter = view.letter(sentence, before);
    match letter {
        b'o' => Some((before - 1, b'o')),
        b'p' | b'b' | b'A' if is_noun(view, sentence, before - 1) => Some((before - 1, b'p')),
        b'&' => Some((before - 1, b'&')),
        b'T' if is_noun(view, sentence, before - 1) => Some((before - 1, b'T')),
        b'p' | b'b' | b'A' | b'T' | b'e' | b'g' | b'G' | b'S' | b'C' | b'c' | b'B' | b'h' | b'D' | b'm' | b'l' => {
            let from = (before - REACH as isize).max(sentence.start as isize);
            let clause = (from..=before)
                .rev()
                .take_while(|&at| !matches!(view.letter(sentence, at), b',' | b';' | b'<' | b'>' | b'-'));
            let mut participle = None;
            for at in clause {
                match view.letter(sentence, at) {
                    b'r' => return Some((at - 1, b'r')),
                    b'g' | b'G' | b'e' if is_noun(view, sentence, at - 1) => participle = Some(at),
                    _ => {}
                }
            }
            participle.map(|at| (at - 1, b'g'))
        }
        _ => None,
    }
}
