//! Is this word the head of an attribution's cue?
//!
//! In: a word that the cue table knows, with its surroundings. Out: the [`Cue`] that later choices share, and the
//! features of the yes. Most cue words mean something else in most places ("the show", "called for" in a quotation):
//! quotation state, the subject to the left and the word to the right tell them apart.

use super::subject::Subject;
use super::view::{Crossed, View};
use crate::attribution::voice;
use crate::model::{Features, Part};
use crate::span::Run;
use crate::tokens::keys;
use Part::{Letter, Number, Word};

/// A word that may be a cue, with what every choice about it asks again and again.
#[derive(Clone, Copy)]
pub(crate) struct Cue<'d> {
    /// Its token.
    pub(crate) at: usize,
    /// Its outer sentence.
    pub(crate) sentence: Run,
    /// The key of its lemma, and the lemma.
    lemma: (u64, &'d str),
    /// Rate bucket.
    pub(crate) bucket: u8,
    /// First token of its verb group: auxiliaries and adverbs before it.
    pub(crate) group: usize,
    /// Letters of the auxiliary next to it and of the first one; `^` for none.
    pub(crate) auxiliaries: (u8, u8),
    /// The token before the group: what should be its subject.
    pub(crate) subject: isize,
    /// The way to it.
    pub(crate) way: Subject,
    /// Its letter; the letter before its noun phrase.
    pub(crate) subject_letter: u8,
    pub(crate) before_subject: u8,
    /// The letter after the cue and adverbs.
    pub(crate) after: u8,
    /// Whether it lies inside a quotation.
    pub(crate) quoted: bool,
    /// Tokens to the nearest quotation before and after it in its sentence, in steps up to 8; 9 for none.
    pub(crate) marks: (i32, i32),
}

impl<'d> Cue<'d> {
    pub(crate) fn new(view: &View<'d>, at: usize) -> Self {
        let sentence = view.sentence(at);
        let mut group = at;
        let mut auxiliaries = (b'^', b'^');
        while group > sentence.start as usize {
            match view.letters[group - 1] {
                b'l' | b'N' => {}
                letter @ (b'B' | b'h' | b'D' | b'm') => {
                    if auxiliaries.0 == b'^' {
                        auxiliaries.0 = letter;
                    }
                    auxiliaries.1 = letter;
                }
                _ => break,
            }
            group -= 1;
        }
        let joined = auxiliaries.0 == b'^' && view.letter(sentence, group as isize - 1) == b'&';
        if joined && voice::is_joined_passive(&view.document.tokens, view.tags, at) {
            auxiliaries = (b'B', b'B');
        }
        // "the Ministry of Foreign Affairs (MFA) said"
        let bracketed = |end: isize| view.letter(sentence, end) == b')' && view.letter(sentence, end - 2) == b'(';
        let end = group as isize - 1;
        let subject = if bracketed(end) { end - 3 } else { end };
        let subject_letter = view.letter(sentence, subject);
        let before_subject = match subject_letter {
            b'^' => b'^',
            b'W' | b'w' | b'u' | b'y' | b'#' => {
                let mut start = view.phrase_start(sentence, subject as usize);
                // "the minister of Norland said": what stands before "the minister" counts, if that may speak.
                while view.letter(sentence, start as isize - 1) == b'o' {
                    let owner = start as isize - 2;
                    let letter = view.letter(sentence, owner);
                    if !matches!(letter, b'u' | b'y' | b'w') {
                        break;
                    }
                    let first = view.phrase_start(sentence, owner as usize);
                    // "of finance of Norland": the minister is still to come.
                    if letter == b'w' && view.letter(sentence, first as isize - 1) != b'o' {
                        break;
                    }
                    start = first;
                }
                view.letter(sentence, start as isize - 1)
            }
            _ => view.letter(sentence, subject - 1),
        };
        let mark = |offsets: std::ops::RangeInclusive<isize>, step: isize| {
            let mut offsets = offsets.map(|o| (o, view.letter(sentence, at as isize + step * o)));
            offsets
                .find(|(_, letter)| matches!(letter, b'<' | b'>'))
                .map_or(9, |(o, _)| o as i32)
        };
        Cue {
            at,
            sentence,
            lemma: view.cues.lemma(view.hits[at]),
            bucket: view.bucket(at),
            group,
            auxiliaries,
            subject,
            way: Subject::of(view, sentence, group),
            subject_letter,
            before_subject,
            after: after(view, sentence, at),
            quoted: view.quoted(at),
            marks: (mark(1..=8, -1), mark(1..=8, 1)),
        }
    }

    /// Its lemma as part of a feature.
    #[inline]
    pub(crate) fn lemma(&self) -> Part<'d> {
        Word(self.lemma.0, self.lemma.1)
    }

    /// Whether it tells that somebody is quoted: "the agency quoted Doe as saying".
    pub(crate) fn quotes(&self) -> bool {
        keys!["quote", "cite"].contains(&self.lemma_key())
    }

    /// The key of its lemma.
    #[inline]
    pub(crate) fn lemma_key(&self) -> u64 {
        self.lemma.0
    }

    /// The letter of the token `offset` places from the cue.
    #[inline]
    pub(crate) fn letter(&self, view: &View, offset: isize) -> u8 {
        view.letter(self.sentence, self.at as isize + offset)
    }

    /// The word of the token `offset` places from the cue.
    #[inline]
    pub(crate) fn word(&self, view: &View<'d>, offset: isize) -> Part<'d> {
        view.word(self.sentence, self.at as isize + offset)
    }
}

/// Distances in steps: 0-4 as they are, then 5-6, 7-9, 10-14, 15-24, 25-49, more.
#[inline]
pub(crate) fn steps(distance: usize) -> i32 {
    match distance {
        0..=4 => distance as i32,
        5..=6 => 5,
        7..=9 => 7,
        10..=14 => 10,
        15..=24 => 15,
        25..=49 => 25,
        _ => 50,
    }
}

/// The letter after a token and adverbs.
fn after(view: &View, sentence: Run, at: usize) -> u8 {
    let mut behind = (at as isize + 1..).map(|next| view.letter(sentence, next));
    behind.find(|letter| *letter != b'l').unwrap_or(b'^')
}

/// The features of "yes, a cue" that tell most: most words are no cue by them alone, and are looked at no further.
pub(crate) fn first_features<const NAMED: bool>(view: &View, at: usize, to: &mut Features<NAMED>) {
    let sentence = view.sentence(at);
    let word = |offset: isize| view.word(sentence, at as isize + offset);
    let (key, lemma) = view.cues.lemma(view.hits[at]);
    let lemma = Word(key, lemma);
    to.add("bias", &[]);
    to.add("next", &[word(1)]);
    to.add("lemma next", &[lemma, word(1)]);
    to.add("lemma prev", &[lemma, word(-1)]);
    to.add("lemma after", &[lemma, Letter(after(view, sentence, at))]);
    let inside = Number(view.quoted(at).into());
    to.add("inside", &[inside, Number(view.bucket(at).into())]);
}

/// The other features of "yes, a cue".
pub(crate) fn features<const NAMED: bool>(view: &View, cue: &Cue, to: &mut Features<NAMED>) {
    let at = cue.at;
    let (inside, rate) = (Number(cue.quoted.into()), Number(cue.bucket.into()));
    to.add("next3", &[cue.word(view, 3)]);
    to.add("prev2", &[cue.word(view, -2)]);
    to.add("prev3", &[cue.word(view, -3)]);
    to.add("next next2", &[cue.word(view, 1), cue.word(view, 2)]);
    // The clause.
    let subject = Letter(cue.subject_letter);
    let form = view.word(cue.sentence, at as isize);
    to.add("form subject", &[form, subject, Letter(cue.auxiliaries.0)]);
    to.add("subject word", &[view.word(cue.sentence, cue.subject)]);
    to.add("before subject", &[Letter(cue.before_subject), subject]);
    let root = cue.way.root().map_or((b'^', b'^'), |root| {
        let before = view.letter(cue.sentence, root.start as isize - 1);
        (before, view.letters[root.end as usize - 1])
    });
    let (_, far) = cue.way.ends();
    to.add("root", &[Letter(root.0), Letter(root.1), Letter(far)]);
    to.add("root rate", &[Letter(root.1), Letter(far), rate, Letter(cue.after)]);
    // Quotations.
    to.add("mark right", &[inside, Number(cue.marks.1)]);
    to.add(
        "marks lemma",
        &[
            cue.lemma(),
            Number(i32::from(cue.marks.0 < 9)),
            Number(i32::from(cue.marks.1 < 9)),
        ],
    );
    // The sentence.
    let (start, end) = (cue.sentence.start as usize, cue.sentence.end as usize);
    to.add("to start", &[Number(steps(at - start))]);
    to.add("to end", &[Number(steps(end - at - 1)), rate]);
    let that = (1..=6).find(|&offset| cue.letter(view, offset) == b't').unwrap_or(0);
    to.add("that", &[Number(that as i32)]);
    let best = |from: usize, to: usize| {
        let others = view.known(from.max(start), to.min(end));
        let buckets = others.filter(|&i| i != at && view.letters[i] != b':');
        Number(buckets.map(|i| i32::from(view.bucket(i))).max().unwrap_or(0))
    };
    let best_left = best(at.saturating_sub(8), at);
    to.add("best left", &[best_left, rate]);
    to.add("best all", &[best(at.saturating_sub(50), at + 50), rate]);
    let commas = |from: usize, to: usize| view.crossed(Crossed::Commas, from.max(start), to.min(end)).min(2);
    to.add(
        "commas",
        &[Number(commas(at.saturating_sub(8), at)), Number(commas(at, at + 9))],
    );
    let verbs = view
        .crossed(Crossed::Verbs, start.max(at.saturating_sub(50)), cue.group)
        .min(2);
    to.add("verbs before", &[Number(verbs), subject]);
}
