//! Turns of a transcript, and what a statement consists of: speech without quotation marks.
//!
//! In: the items. Out: for each turn whose it is and its paragraphs. "TILLERSON: We had a frank exchange." is direct speech
//! in an article that has several such paragraphs; one alone is a headline, and names that stand once each are headings of
//! what is told of them ("Marsh: Now or never."). "Q." and "A." are labels of an interview. An article may have an excerpt
//! of a transcript: where it goes on by itself, the last turn ends. Below the heading "Statement by Ana Orlo" all is hers.

use super::interview;
use super::items::Items;
use super::opening::{self, Opening};
use super::spoken::{
    Label, Turn, Who, goes_on, in_marks, initialled, introduced, is_bare, is_note, last_word, letter, plain, said,
};
use crate::lexicon::{self, Class, Tag};
use crate::mentions::{Form, Kind as Named, Mention};
use crate::span::Run;
use crate::text::Document;
use crate::tokens::{Case, Kind, Token};

/// Fewest labelled paragraphs of a transcript.
const FEWEST: usize = 3;
/// In a transcript one of so many paragraphs, at least, has a label.
const DENSE: usize = 3;
/// Longest label, in tokens.
const LONGEST: usize = 6;
/// Fewest words of a list of names.
const LIST: usize = 4;
/// Farthest colon behind a label, in tokens.
const REACH: usize = 9;

/// The turns of a document in order; none if it is neither transcript nor statement.
pub(crate) fn find(document: &Document, tags: &[Tag], mentions: &[Mention], items: &Items) -> Vec<Turn> {
    let opening = opening::find(document, mentions);
    let of = |paragraph: &Run| label(document, tags, mentions, items, *paragraph);
    let labels = items.paragraphs.iter().map(of).collect();
    let labels = transcribed(document, mentions, labels, opening.is_some());
    let labelled = |label: &Option<Label>| label.is_some();
    let ends = labels.iter().position(labelled).zip(labels.iter().rposition(labelled));
    let Some((first, last)) = ends else {
        let asked = interview::find(document, mentions, items, opening);
        let whole = || {
            opening
                .filter(|opening| opening.holds(document, mentions))
                .and_then(|opening| statement(document, items, &opening, items.paragraphs.len()))
        };
        return if asked.is_empty() {
            whole().into_iter().collect()
        } else {
            asked
        };
    };
    // What stands between "Remarks by Ana Orlo" and the first label is hers too.
    let remarks = opening.filter(|opening| !opening.interview);
    let mut turns: Vec<Turn> = remarks
        .and_then(|opening| statement(document, items, &opening, first))
        .into_iter()
        .collect();
    let answers = match opening {
        Some(opening) => Some(opening.speaker),
        None => introduced(document, mentions, items, items.paragraphs[first]),
    };
    let filled = items.paragraphs[first..=last].iter().filter(|run| !run.is_empty());
    let dense = labels.iter().flatten().count() * DENSE >= filled.count();
    let mut open = true;
    for (at, (paragraph, label)) in items.paragraphs.iter().zip(labels).enumerate().skip(first) {
        let Some(whole) = items.tokens_of(*paragraph) else {
            continue;
        };
        if let Some(Label { who, cue }) = label {
            open = true;
            turns.push(Turn {
                label: match who {
                    Who::Mention(mention) => Some(mention),
                    Who::Question | Who::Somebody => None,
                    Who::Answer => answers,
                },
                cue,
                content: said(document, Run::new(cue.end as usize, whole.end as usize))
                    .into_iter()
                    .collect(),
                rule: "turn",
            });
        } else if let Some(turn) = turns.last_mut().filter(|_| open) {
            // A paragraph without a label goes on with the turn before.
            let inside = at < last;
            let certain = opening.is_some_and(|opening| inside || !opening.interview) || dense && inside;
            open = !opening::is_end(document, whole)
                && (inside || !is_note(document, mentions, items, *paragraph, turn.label))
                && (!in_marks(document, turn.content.last()) || in_marks(document, said(document, whole).as_ref()))
                && (certain || goes_on(document, mentions, items, *paragraph, turn.label));
            if open {
                turn.content.extend(said(document, whole));
            }
        }
    }
    turns.retain(|turn| !turn.content.is_empty());
    turns
}

/// The label of each paragraph; none at all where they are not those of a transcript.
fn transcribed(
    document: &Document,
    mentions: &[Mention],
    mut labels: Vec<Option<Label>>,
    opened: bool,
) -> Vec<Option<Label>> {
    // "Q Will you sign it?" beside other labels; neither "Q fever" nor "Q Branch".
    let bare = |label: &Label| label.who == Who::Question && is_bare(document, label.cue);
    let named = |label: &Label| matches!(label.who, Who::Mention(_));
    let beside = labels.iter().flatten().filter(|label| bare(label)).count() > 1;
    if !beside || !labels.iter().flatten().any(named) {
        forget(&mut labels, bare);
    }
    // Without a question, "A." is the first thing of a list.
    let asks = labels.iter().flatten().any(|label| label.who == Who::Question);
    if !asks {
        forget(&mut labels, |label| label.who == Who::Answer);
    }
    let name = |label: &Label| match label.who {
        Who::Mention(mention) => Some(mentions[mention as usize].tokens),
        Who::Question | Who::Answer | Who::Somebody => None,
    };
    let upper = |name: Run| {
        let mut words = document.tokens[name.range()].iter().filter(|token| token.is_word());
        words.all(|word| word.case == Case::Upper)
    };
    // A headline may look like a turn: "Marsh: We will not sign".
    let first = labels.first_mut().and_then(Option::take);
    let mut names: Vec<Run> = labels.iter().flatten().filter_map(name).collect();
    let words = |name: Run| document.tokens[name.range()].iter().map(|token| token.key);
    if let Some(first) = first {
        let followed = labels.get(1).is_some_and(Option::is_some);
        let repeated = |name: Run| names.iter().any(|other| words(*other).eq(words(name)));
        let speaks = |name: Run| upper(name) || followed && repeated(name);
        if name(&first).is_none_or(speaks) {
            names.extend(name(&first));
            labels[0] = Some(first);
        }
    }
    let shouted = names.iter().filter(|name| upper(**name)).count() > 1;
    let mut last_words: Vec<Option<u64>> = names.iter().map(|name| last_word(document, *name)).collect();
    last_words.sort_unstable();
    let again = last_words.windows(2).any(|pair| pair[0] == pair[1]);
    if labels.iter().flatten().count() < FEWEST || !(asks || opened || shouted || again) {
        labels.fill(None);
    }
    labels
}

/// Takes some labels for none.
fn forget(labels: &mut [Option<Label>], none: impl Fn(&Label) -> bool) {
    for label in labels {
        *label = label.filter(|label| !none(label));
    }
}

/// What the one whom a heading names says below it, up to paragraph `end`.
fn statement(document: &Document, items: &Items, opening: &Opening, end: usize) -> Option<Turn> {
    let body = opening.body(document).take_while(|&at| at < end);
    let content: Vec<Run> = body.filter_map(|at| items.tokens_of(items.paragraphs[at])).collect();
    (!content.is_empty()).then_some(Turn {
        label: Some(opening.speaker),
        cue: opening.cue,
        content,
        rule: "statement",
    })
}

/// The label of a paragraph: "MARSH:", "Ann Doe:", "QUESTION:", also behind a quotation mark; "Q." and "A.".
fn label(document: &Document, tags: &[Tag], mentions: &[Mention], items: &Items, paragraph: Run) -> Option<Label> {
    let tokens = &document.tokens;
    let first = items
        .items
        .get(paragraph.start as usize)
        .filter(|_| !paragraph.is_empty())?;
    let end = items.items[paragraph.end as usize - 1].tokens.end as usize;
    let start = match document.quotations.get(first.quotation as usize) {
        Some(quotation) => quotation.tokens.start as usize,
        None => plain(document, Run::new(first.tokens.start as usize, end)).start as usize,
    };
    if let Some(label) = letter(document, start, end) {
        return Some(label);
    }
    // "Q2 Ruth Marsh:"
    let start = start + usize::from(lexicon::is_question_number(tokens, start, document.text));
    let colon = (start..end.min(start + LONGEST + REACH)).find(|&at| tokens[at].kind == Kind::Colon)?;
    // Between label and colon only a bracket may stand: "SEN. DOE (R-Ohio):", "DOE (laughing):".
    let closes = colon > start && tokens[colon - 1].kind == Kind::Close;
    let open = || (start..colon).rfind(|&at| tokens[at].kind == Kind::Open);
    let name = Run::new(start, if closes { open()? } else { colon });
    let says = tokens[colon + 1..end].iter().any(|token| token.kind == Kind::Word);
    if name.is_empty() || name.len() > LONGEST || !says || lists(document, Run::new(colon + 1, end)) {
        return None;
    }
    Some(Label {
        who: called(document, tags, mentions, name)?,
        cue: Run::new(colon, colon + 1),
    })
}

/// Whom the words of a label name: a mention that goes over all of them or stands behind a title ("FOREIGN MINISTER
/// ORDELL"), or somebody whom they only call by a role ("STAFF", "Interviewer").
fn called(document: &Document, tags: &[Tag], mentions: &[Mention], name: Run) -> Option<Who> {
    let words = &document.tokens[name.range()];
    let capitals = words.iter().zip(&tags[name.range()]);
    let written = |(word, tag): (&Token, &Tag)| word.case != Case::Lower || tag.is_particle();
    if !capitals.clone().all(|(word, tag)| written((word, tag))) {
        return None;
    }
    if let Some(name) = initialled(document, mentions, name.start as usize).filter(|_| name.len() == 1) {
        return Some(Who::Mention(name));
    }
    // "OFFICIAL ONE"
    let last = name.end as usize - 1;
    let numbered = name.len() > 1 && (tags[last].class() == Class::Number || document.tokens[last].is("one"));
    let end = name.end - u32::from(numbered);
    let from = mentions.partition_point(|mention| mention.tokens.start < name.start);
    let inside = mentions[from..].iter().take_while(|mention| mention.tokens.start < end);
    let found = inside.zip(from..).find(|(mention, _)| mention.tokens.end == end);
    // What a title may consist of: in capitals all of it is the label.
    let shouted = words
        .iter()
        .filter(|word| word.is_word())
        .all(|word| word.case == Case::Upper);
    let titles = |before: Run| {
        let mut words = document.tokens[before.range()].iter().zip(&tags[before.range()]);
        words.all(|(word, tag)| word.is_word() && (shouted || tag.is_small() || tag.is_title()))
    };
    let role = tags[end as usize - 1];
    if let Some((mention, at)) = found {
        let before = Run::new(name.start as usize, mention.tokens.start as usize);
        // "QUOTE OF THE DAY:" is a heading.
        let somebody = before.is_empty() || role.is_human() || mention.kind == Some(Named::Person);
        let named = mention.form != Form::Pronoun && somebody && titles(before);
        return named.then_some(Who::Mention(at as u32));
    }
    let human = role.is_human() || shouted && role.head() > 0;
    (human && titles(Run::new(name.start as usize, end as usize - 1))).then_some(Who::Somebody)
}

/// Whether what stands there is a list of names: "Norland: Ann Doe, Tom Roe and Eve Poe".
pub(super) fn lists(document: &Document, run: Run) -> bool {
    let mut words = document.tokens[run.range()].iter().filter(|token| token.is_word());
    words.clone().count() >= LIST && words.all(|word| word.case == Case::Capital || word.is("and"))
}
