//! The heading of a statement, a speech or an interview: whose words stand below it.
//!
//! In: a document and its mentions. Out: an [`Opening`], if one of the first lines says "Statement by …", "Remarks by …",
//! "Interview with …". A headline of a report may say that too ("Remarks by Marsh anger Vela"): whether the text
//! below is the speaker's own is seen by who speaks of whom in it.

use crate::mentions::{Form, Kind, Mention};
use crate::span::Run;
use crate::text::Document;
use crate::text::paragraphs::Role;
use crate::tokens::{Kind as Sign, keys};

/// The heading is one of so many first lines.
const FIRST: usize = 4;
/// Longest heading, in tokens.
const LONGEST: usize = 40;
/// So many words may stand before the noun: "Full text of the opening statement by".
const BEFORE: usize = 6;
/// So many may stand between "by" and the name: "by H.E.", "by the".
const BETWEEN: usize = 2;

/// Who a heading says is speaking below it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Opening {
    /// The mention of the speaker.
    pub(super) speaker: u32,
    /// "Statement by".
    pub(super) cue: Run,
    /// Whether somebody asks questions: below it not everything is the speaker's.
    pub(super) interview: bool,
    /// The heading's paragraph.
    paragraph: usize,
}

const NOUNS: [u64; 8] = keys![
    "address",
    "intervention",
    "message",
    "remarks",
    "speech",
    "statement",
    "testimony",
    "interview",
];

const BY: [u64; 4] = keys!["by", "from", "of", "with"];

/// Who speaks for oneself.
const FIRST_PERSON: [u64; 6] = keys!["i", "me", "my", "our", "us", "we",];

/// Whether a token is the speaker's word for the speaker.
pub(super) fn is_first_person(key: u64) -> bool {
    FIRST_PERSON.contains(&key)
}

/// The opening of a document.
pub(super) fn find(document: &Document, mentions: &[Mention]) -> Option<Opening> {
    let lines = document.paragraphs.iter().enumerate().take(FIRST);
    let mut short = lines.filter(|(_, line)| line.tokens.len() <= LONGEST);
    short.find_map(|(paragraph, line)| {
        heading(document, mentions, line.tokens, paragraph).or_else(|| signed(document, mentions, paragraph))
    })
}

/// "Press Statement" and a name with its office in the line below.
fn signed(document: &Document, mentions: &[Mention], paragraph: usize) -> Option<Opening> {
    let [line, below] = [paragraph, paragraph + 1].map(|at| document.paragraphs.get(at).map(|line| line.tokens));
    let (line, below) = (
        line.filter(|line| line.len() <= 2)?,
        below.filter(|below| below.len() <= LONGEST / 2)?,
    );
    let noun = document.tokens[line.range()]
        .last()
        .is_some_and(|last| NOUNS[..7].contains(&last.key));
    let from = mentions.partition_point(|mention| mention.tokens.start < below.start);
    let speaker = mentions.get(from)?;
    let named = speaker.tokens.start == below.start && speaker.form == Form::Name && speaker.kind == Some(Kind::Person);
    let ends = document.tokens[below.range()]
        .last()
        .is_some_and(|last| last.kind == Sign::Stop);
    (noun && named && !ends).then_some(Opening {
        speaker: from as u32,
        cue: line,
        interview: false,
        paragraph: paragraph + 1,
    })
}

fn heading(document: &Document, mentions: &[Mention], line: Run, paragraph: usize) -> Option<Opening> {
    let tokens = &document.tokens[line.range()];
    let noun = tokens
        .iter()
        .take(BEFORE)
        .position(|token| NOUNS.contains(&token.key))?;
    let by = tokens.get(noun + 1).filter(|token| BY.contains(&token.key))?;
    let interview = tokens[noun].is("interview");
    if interview != by.is("with") || tokens[..noun].iter().any(|token| !token.is_word()) {
        return None;
    }
    let start = line.start as usize + noun;
    let from = mentions.partition_point(|mention| (mention.tokens.start as usize) < start + 2);
    let speaker = mentions.get(from)?;
    let near = speaker.tokens.start as usize <= start + 2 + BETWEEN && speaker.tokens.end <= line.end;
    let somebody = speaker.form != Form::Pronoun && matches!(speaker.kind, None | Some(Kind::Person | Kind::Office));
    let named = document.tokens[speaker.head as usize].is_capital();
    // "Statement by the Minister, Ms. Anna Berg"
    let name = |mention: &Mention| {
        let comma = document.tokens[mention.tokens.start as usize - 1].kind == Sign::Comma;
        comma && mention.tokens.end == line.end && mention.form == Form::Name && mention.kind == Some(Kind::Person)
    };
    let after = mentions[from + 1..]
        .iter()
        .take_while(|mention| mention.tokens.end <= line.end);
    let apposed = after
        .zip(from + 1..)
        .find(|(mention, _)| name(mention))
        .filter(|_| speaker.form != Form::Name);
    (near && somebody && named).then_some(Opening {
        speaker: apposed.map_or(from, |(_, number)| number) as u32,
        cue: Run::new(start, start + 2),
        interview,
        paragraph,
    })
}

impl Opening {
    /// The paragraphs below it, by index: the lines of the header are none of them, nor what follows the end.
    pub(super) fn body<'d>(&self, document: &'d Document) -> impl Iterator<Item = usize> + use<'d> {
        let below = self.paragraph + 1;
        let all = document.paragraphs.iter().enumerate().skip(below);
        all.take_while(|(_, paragraph)| !is_end(document, paragraph.tokens))
            .filter(|(_, paragraph)| paragraph.role == Role::Body)
            .map(|(at, _)| at)
            .filter(|&at| document.header.lines.binary_search(&(at as u32)).is_err())
    }

    /// Whether the text below is the speaker's: somebody says "we" there, outside of quotation marks, and nobody
    /// calls the speaker by name.
    pub(super) fn holds(&self, document: &Document, mentions: &[Mention]) -> bool {
        if self.interview || document.header.dateline.is_some() || !document.header.authors.is_empty() {
            return false;
        }
        let quoted = |run: Run| {
            let next = document.quotations.partition_point(|q| q.marked.start <= run.start);
            let before = document.quotations[..next].iter().rev().take(2);
            before.into_iter().any(|q| q.marked.contains(run))
        };
        let mut own = false;
        for at in self.body(document) {
            let run = document.paragraphs[at].tokens;
            own |= run.range().any(|at| {
                let first = is_first_person(document.tokens[at].key);
                first && document.tokens[at].kind == Sign::Word && !quoted(Run::new(at, at + 1))
            });
        }
        let last_name = |mention: &Mention| {
            let last = (mention.name.end as usize).checked_sub(1)?;
            (mention.form == Form::Name).then(|| document.tokens[last].key)
        };
        let Some(speaker) = mentions.get(self.speaker as usize) else {
            return false;
        };
        let below = document.paragraphs[self.paragraph].tokens.end;
        let from = mentions.partition_point(|mention| mention.tokens.start < below);
        let name = last_name(speaker);
        let named = name.is_some()
            && mentions[from..]
                .iter()
                .any(|m| last_name(m) == name && !quoted(m.tokens));
        own && !named
    }
}

/// "This interview has been edited for length.", "The conversation was translated by …": a note below an interview.
pub(super) fn is_note(document: &Document, line: Run) -> bool {
    /// So many first words tell.
    const NEAR: usize = 12;
    const TALKS: [u64; 8] = keys![
        "conversation",
        "discussion",
        "exchange",
        "interview",
        "q&a",
        "questions",
        "transcript",
        "translation",
    ];
    const MADE: [u64; 14] = keys![
        "abbreviated",
        "abridged",
        "carried",
        "condensed",
        "conducted",
        "corrected",
        "edited",
        "excerpted",
        "held",
        "recorded",
        "shortened",
        "transcribed",
        "translated",
        "prepared",
    ];
    let tokens = &document.tokens[line.range()];
    let first = tokens.iter().take(NEAR);
    let made = first.clone().position(|token| MADE.contains(&token.key));
    let opens = tokens
        .first()
        .is_some_and(|token| token.is("this") || token.is("the") || token.is("our"));
    let talks = |made: usize| first.clone().take(made).any(|token| TALKS.contains(&token.key));
    let own = first.clone().any(|token| is_first_person(token.key));
    opens && !own && made.is_some_and(talks)
}

/// "###", "END", "Contact: …": what ends a statement.
pub(super) fn is_end(document: &Document, line: Run) -> bool {
    const ENDS: [u64; 5] = keys!["contact", "contacts", "end", "ends", "notes",];
    let tokens = &document.tokens[line.range()];
    let words = tokens.iter().filter(|token| token.is_word());
    let short = words.clone().count() <= 4;
    let ends = words.take(1).any(|word| ENDS.contains(&word.key));
    let signs = !tokens.iter().any(|token| token.is_word());
    signs || short && ends && !crate::text::boilerplate::ends_with_stop(tokens)
}
