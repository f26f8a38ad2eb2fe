//! Voice: whether the subject of a verb speaks, or is spoken to or of, is passed on, or stands beside another one.
//!
//! In: words. Out: whether a participle behind a form of "be" makes its subject the one who is told, asked or called
//! something ("she was told that", "the plan was called"), or still the one who thinks it ("she was worried that").

use crate::lexicon::{Class, Tag};
use crate::mentions::Kind::Place;
use crate::mentions::Mention;
use crate::text::Document;
use crate::tokens::{Kind, Token, keys};

/// Forms of "be".
const BE: [u64; 10] = keys!["be", "is", "are", "was", "were", "been", "being", "am", "'re", "'m"];

/// Participles without "-ed" of verbs that people and plans suffer.
const IRREGULAR: [u64; 30] = keys![
    "told",
    "said",
    "seen",
    "known",
    "shown",
    "found",
    "heard",
    "thought",
    "held",
    "understood",
    "given",
    "taken",
    "written",
    "sent",
    "led",
    "taught",
    "felt",
    "meant",
    "sworn",
    "forbidden",
    "forgiven",
    "sought",
    "drawn",
    "chosen",
    "hit",
    "misled",
    "forgotten",
    "made",
    "left",
    "put",
];

/// Participles that tell what their subject feels or means to do: "she was worried that", "they are determined to".
const FELT: [u64; 55] = keys![
    "alarmed",
    "aligned",
    "amazed",
    "amused",
    "appalled",
    "astonished",
    "committed",
    "concerned",
    "confused",
    "convinced",
    "dedicated",
    "delighted",
    "determined",
    "disappointed",
    "disgusted",
    "dismayed",
    "disturbed",
    "divided",
    "embarrassed",
    "embittered",
    "encouraged",
    "excited",
    "frightened",
    "frustrated",
    "heartened",
    "horrified",
    "impressed",
    "inclined",
    "infuriated",
    "intrigued",
    "mystified",
    "opposed",
    "outraged",
    "persuaded",
    "pleased",
    "poised",
    "prepared",
    "puzzled",
    "relieved",
    "resigned",
    "resolved",
    "satisfied",
    "saddened",
    "scared",
    "shocked",
    "split",
    "startled",
    "stunned",
    "surprised",
    "terrified",
    "thrilled",
    "tired",
    "touched",
    "troubled",
    "worried",
];

/// Participles that need no form of "be" to be told of their subject: "asked whether …, she said", "when told of it, he left".
const ADDRESSED: [u64; 16] = keys![
    "accused",
    "asked",
    "called",
    "challenged",
    "confronted",
    "criticised",
    "criticized",
    "described",
    "informed",
    "pressed",
    "prodded",
    "questioned",
    "quizzed",
    "reminded",
    "shown",
    "told",
];

/// Words before such a participle.
const WHEN: [u64; 6] = keys!["if", "once", "though", "unless", "when", "while"];

/// Whether a word is a form of "be".
pub(super) fn is_be(token: &Token) -> bool {
    BE.contains(&token.key)
}

/// Whether a word behind a form of "be" makes its subject the one spoken to or of.
pub(super) fn is_passive(token: &Token, tag: Tag) -> bool {
    let participle = tag.class() == Class::Past || IRREGULAR.contains(&token.key);
    participle && !FELT.contains(&token.key)
}

/// How far back the form of "be" may stand that two participles share, in tokens.
const SHARED: usize = 8;

/// "She was called in and told that …": whether a participle shares the form of "be" of one before it, and lacks the object
/// it would have as a verb of its own.
pub(super) fn is_joined_passive(tokens: &[Token], tags: &[Tag], at: usize) -> bool {
    const NEEDY: [u64; 8] = keys![
        "accused",
        "asked",
        "assured",
        "called",
        "described",
        "informed",
        "reminded",
        "told",
    ];
    let joins = |at: usize| tags[at].class() == Class::Coordinator;
    let Some(and) = at
        .checked_sub(1)
        .filter(|&and| NEEDY.contains(&tokens[at].key) && joins(and))
    else {
        return false;
    };
    let lacks = tokens.get(at + 1).is_some_and(|next| {
        let opens = keys![
            "about", "as", "by", "how", "if", "of", "that", "to", "what", "whether", "why"
        ];
        opens.contains(&next.key) || next.kind == Kind::Mark
    });
    let words = (and.saturating_sub(SHARED)..and).rev();
    let mut words = words.take_while(|&at| tokens[at].kind == Kind::Word && tokens[at + 1].breaks == 0);
    let be = words.find(|&at| is_be(&tokens[at])).filter(|_| lacks);
    be.is_some_and(|be| {
        let suffered = (be + 1..and).find(|&at| tags[at].class() != Class::Adverb);
        suffered.is_some_and(|at| is_passive(&tokens[at], tags[at]))
    })
}

/// Whether a participle needs no form of "be" to be told of its subject.
pub(super) fn is_addressed(token: &Token) -> bool {
    ADDRESSED.contains(&token.key)
}

/// How far "as saying" may stand from "quoted", in tokens.
pub(super) const QUOTED: usize = 16;

/// Whether "as saying" begins with a token: "the agency quoted Doe as saying".
pub(super) fn is_as_saying(tokens: &[Token], at: usize) -> bool {
    tokens[at].is("as") && tokens.get(at + 1).is_some_and(|next| next.is("saying"))
}

/// Whether a word sets what follows against what somebody has said: "while Orlov said".
pub(super) fn contrasts(token: &Token) -> bool {
    token.is("while") || token.is("whereas")
}

/// Whether a word opens a clause that goes before what a sentence tells: "when Orlov said no, Marsh left".
pub(super) fn opens_clause(token: &Token) -> bool {
    const OPENERS: [u64; 11] = keys![
        "after", "although", "as", "because", "before", "once", "since", "though", "until", "when", "while",
    ];
    OPENERS.contains(&token.key)
}

/// Whether a place only tells where another one lies: "in Salem, New Hampshire, Marsh said".
pub(super) fn locates(document: &Document, tags: &[Tag], mention: &Mention) -> bool {
    let tokens = &document.tokens;
    let comma = |at: usize| tokens.get(at).is_some_and(|token| token.kind == Kind::Comma);
    let (start, end) = (mention.tokens.start as usize, mention.tokens.end as usize);
    if mention.kind != Some(Place) || start < 3 || !comma(start - 1) || !comma(end) {
        return false;
    }
    let name = (0..start - 1).rev().take_while(|&at| tokens[at].is_capital()).last();
    let before = name.and_then(|first| first.checked_sub(1));
    before.is_some_and(|at| tags[at].class() == Class::Preposition)
}

/// Whether such a participle may stand behind this word; behind nothing in its sentence it may.
pub(super) fn opens_participle(before: Option<&Token>) -> bool {
    before.is_none_or(|before| WHEN.contains(&before.key))
}
