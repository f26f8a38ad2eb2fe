//! What a quotation looks like.
//!
//! In: a quotation. Out: its length, its last sign, its place in sentence and paragraph, what stands around it. Made once
//! for all its candidates.

use super::claims::On;
use super::{Scene, clause};
use crate::lexicon::Class;
use crate::span::Run;
use crate::tokens::{Case, Kind};

/// What a quotation looks like; made once for all its candidates.
#[derive(Debug, Clone)]
pub(crate) struct Shape<'c> {
    /// What cues claim of it.
    pub(super) claims: On<'c>,
    /// Its item.
    pub(super) item: usize,
    /// Words: 1, 2, 3, 4, 5 (5-9), 6 (10-19), 7 (20 or more).
    pub(super) length: i32,
    /// The last sign inside: `,` `.` `?` `!` or `w`.
    pub(super) last: u8,
    pub(super) capital: bool,
    /// Every long word begins with a capital.
    pub(super) title_case: bool,
    /// "I", "we" inside.
    pub(super) first_person: bool,
    /// "you" inside.
    pub(super) second_person: bool,
    pub(super) auxiliary: bool,
    /// It is the whole sentence.
    pub(super) alone: bool,
    pub(super) opens_sentence: bool,
    pub(super) closes_sentence: bool,
    pub(super) opens_paragraph: bool,
    pub(super) closes_paragraph: bool,
    pub(super) before: [u8; 2],
    pub(super) after: [u8; 2],
    /// The strongest cue of its sentence outside quotations.
    pub(super) cue: u8,
    /// The nearest cues to its left and right in the sentence.
    pub(super) cue_left: Option<usize>,
    pub(super) cue_right: Option<usize>,
    /// The item of the one who calls it that, by a clause of its own.
    pub(super) caller: Option<usize>,
}

impl<'c> Shape<'c> {
    pub(crate) fn of(scene: &'c Scene, quotation: u32) -> Self {
        let items = scene.items;
        let item = items.of_quotation[quotation as usize] as usize;
        let sentence = items.sentence_of(item);
        let paragraph = items.paragraphs[items.items[item].paragraph as usize];
        let inner = scene.document.quotations[quotation as usize].tokens;
        let tokens = &scene.document.tokens[inner.range()];
        let tags = &scene.tags[inner.range()];
        let words = tokens.iter().filter(|t| t.is_word()).count();
        let long = || tokens.iter().filter(|t| t.kind == Kind::Word && t.span.len() > 3);
        let is_cue = |k: &usize| matches!(items.items[*k].class, b'S' | b'C' | b'c' | b'G' | b'A');
        let strength = |class: u8| b"ScACqG".iter().position(|&c| c == class).unwrap_or(9);
        let cue = sentence
            .range()
            .map(|k| items.items[k].class)
            .filter(|c| b"SCcGqA".contains(c));
        let opens = sentence.start as usize == item;
        // A closing stop may stand behind the mark.
        let closes = items.class(item + 1, sentence) == b'$'
            || items.class(item + 1, sentence) == b'.' && items.class(item + 2, sentence) == b'$';
        Shape {
            claims: scene.claims.on(quotation),
            item,
            length: match words {
                0..=4 => words as i32,
                5..=9 => 5,
                10..=19 => 6,
                _ => 7,
            },
            last: match tokens.last().map(|t| (t.kind, t.span.of(scene.document.text))) {
                Some((Kind::Comma, _)) => b',',
                Some((Kind::Stop, "?")) => b'?',
                Some((Kind::Stop, "!")) => b'!',
                Some((Kind::Stop | Kind::Ellipsis, _)) => b'.',
                _ => b'w',
            },
            capital: tokens
                .first()
                .is_some_and(|t| matches!(t.case, Case::Capital | Case::Upper)),
            title_case: words >= 2 && long().all(|t| t.case != Case::Lower) && long().next().is_some(),
            first_person: tokens
                .iter()
                .any(|t| t.is("i") || t.is("we") || t.is("my") || t.is("our") || t.is("me")),
            second_person: tokens.iter().any(|t| t.is("you") || t.is("your")),
            auxiliary: tags
                .iter()
                .any(|t| matches!(t.class(), Class::Auxiliary | Class::Negation)),
            alone: opens && closes,
            opens_sentence: opens,
            closes_sentence: closes,
            opens_paragraph: paragraph.start as usize == item,
            closes_paragraph: closes && sentence.end == paragraph.end,
            before: [left(scene, item, 1, sentence), left(scene, item, 2, sentence)],
            after: [items.class(item + 1, sentence), items.class(item + 2, sentence)],
            cue: cue.min_by_key(|&c| strength(c)).unwrap_or(b'0'),
            cue_left: (sentence.start as usize..item).rev().find(is_cue),
            caller: clause::caller(scene, item),
            cue_right: (item + 1..sentence.end as usize).find(is_cue),
        }
    }

    /// Words enough and a stop: a sentence of its own.
    pub(super) fn bare(&self) -> bool {
        self.alone && self.length >= 4
    }
}

/// The class letter of the item so many places before another one.
pub(super) fn left(scene: &Scene, item: usize, back: usize, within: Run) -> u8 {
    item.checked_sub(back).map_or(b'^', |k| scene.items.class(k, within))
}
