//! What a quotation changes in the words it goes back to.
//!
//! In: an alignment of both (`align`). Out: the differences twice: as pieces in order, for people to read, and as a list
//! of changes, each with its kind. What an ellipsis or a bracket does in the open is no change, unless it hides or makes
//! a negation, a number or a condition.

use super::align::{Alignment, Op, align, another_form};
use super::meaning::{Class, opposed};
use super::wording::{Break, Item, Word, items, source_words};
use serde::Serialize;

/// A piece of a comparison. The texts of all but `Dropped`, `Elided` and `Replaced` are the quotation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// What became of it.
    pub edit: Edit,
    /// Its words.
    pub text: String,
}

/// What became of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Edit {
    /// Both have it.
    Same,
    /// The quotation alone has it.
    Added,
    /// The source alone has it.
    Dropped,
    /// An ellipsis stands for it.
    Elided,
    /// An editor put it in, in brackets.
    Bracketed,
    /// A bracket stands in its place.
    Replaced,
}

/// A change that an editor has to answer for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What sort.
    pub kind: Kind,
    /// The quotation's words; empty if it has none there.
    pub draft: String,
    /// The source's words; empty if it has none there.
    pub source: String,
}

/// Sorts of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Kind {
    /// "not", "never", "no" on one side only.
    Negation,
    /// Another number.
    Number,
    /// Another name.
    Name,
    /// A word for its opposite.
    Opposite,
    /// Another form of the same word: tense, number, article.
    Form,
    /// Other words.
    Swapped,
    /// Words that the source does not have.
    Added,
    /// Words left out without a sign.
    Dropped,
    /// An ellipsis that hides a negation or a condition of what is kept, or far too much, or makes one clause of two.
    Ellipsis,
    /// A bracket that makes or hides a negation or a number, puts a word's opposite, or stands for far too much.
    Bracket,
    /// A cut at either end that leaves out a negation, a doubt or a condition of what is kept, or who says it.
    Cut,
    /// Words that stand elsewhere in the source, put together as if they were one.
    Stitched,
}

/// Longest text under an ellipsis, in words: more than that is another passage.
const ELIDED: usize = 100;
/// Longest text in a bracket's place.
const REPLACED: usize = 12;

/// How a text differs from another one, as pieces in order; text cut off at either end is no difference.
pub fn differences(from: &str, to: &str) -> Vec<Piece> {
    let (draft, source) = (items(to), source_words(from));
    match align(&draft, &source, &[]).first() {
        Some(alignment) => Compared {
            to,
            from,
            draft: &draft,
            source: &source,
            alignment,
        }
        .pieces(),
        None => vec![Piece {
            edit: Edit::Same,
            text: to.to_owned(),
        }],
    }
}

/// A quotation beside its source.
pub(super) struct Compared<'a> {
    pub(super) to: &'a str,
    pub(super) from: &'a str,
    pub(super) draft: &'a [Item],
    pub(super) source: &'a [Word],
    pub(super) alignment: &'a Alignment,
}

/// Steps that belong together.
enum Block {
    Same(Vec<usize>),
    Change(Vec<usize>, Vec<usize>),
    Gap(usize, Vec<usize>),
    Bracket(usize, Vec<usize>),
}

impl Compared<'_> {
    /// The differences, in order.
    pub(super) fn pieces(&self) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut behind = 0;
        let mut push = |edit: Edit, text: &str| match pieces.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.edit == edit => last.text.push_str(text),
            _ => pieces.push(Piece {
                edit,
                text: text.to_owned(),
            }),
        };
        for block in self.blocks() {
            let (edit, ours, other, theirs) = match &block {
                Block::Same(ours) => (Edit::Same, &ours[..], Edit::Same, &[][..]),
                Block::Change(ours, theirs) => (Edit::Added, &ours[..], Edit::Dropped, &theirs[..]),
                Block::Gap(ours, theirs) => (Edit::Same, std::slice::from_ref(ours), Edit::Elided, &theirs[..]),
                Block::Bracket(ours, theirs) => {
                    (Edit::Bracketed, std::slice::from_ref(ours), Edit::Replaced, &theirs[..])
                }
            };
            if let Some((start, end)) = self.place(ours) {
                push(Edit::Same, &self.to[behind..start]);
                if other != Edit::Elided {
                    push(other, &self.theirs(theirs));
                }
                push(edit, &self.to[start..end]);
                behind = end;
            } else if other != Edit::Elided {
                // What is only in the source stands where the next word begins.
                let blanks = self.to[behind..].len() - self.to[behind..].trim_start().len();
                push(Edit::Same, &self.to[behind..behind + blanks]);
                behind += blanks;
                push(other, &self.theirs(theirs));
            }
            if other == Edit::Elided {
                push(other, &self.theirs(theirs));
            }
        }
        push(Edit::Same, &self.to[behind..]);
        pieces
    }

    /// The changes, in order.
    pub(super) fn changes(&self) -> Vec<Change> {
        let mut changes = Vec::new();
        for block in self.blocks() {
            let kind = match &block {
                Block::Same(_) => None,
                Block::Change(ours, theirs) => self.kind(ours, theirs),
                Block::Gap(_, theirs) => {
                    let bad = theirs.len() > ELIDED || self.hides(theirs) || self.joins(theirs);
                    bad.then_some(Kind::Ellipsis)
                }
                Block::Bracket(ours, theirs) => self.misused(*ours, theirs).then_some(Kind::Bracket),
            };
            let (ours, theirs) = match &block {
                Block::Same(ours) => (&ours[..], &[][..]),
                Block::Change(ours, theirs) => (&ours[..], &theirs[..]),
                Block::Gap(ours, theirs) | Block::Bracket(ours, theirs) => (std::slice::from_ref(ours), &theirs[..]),
            };
            if let Some(kind) = kind {
                let draft = self.place(ours).map_or("", |(start, end)| &self.to[start..end]);
                changes.push(Change {
                    kind,
                    draft: draft.to_owned(),
                    source: self.theirs(theirs),
                });
            }
        }
        for pair in self.alignment.ops.windows(2) {
            // The source leaves something out where the quotation goes on as if nothing were missing.
            if let [
                Op::Same(..) | Op::Form(..),
                Op::Same(ours, theirs) | Op::Form(ours, theirs),
            ] = *pair
                && self.source[theirs].before == Break::Gap
            {
                changes.push(Change {
                    kind: Kind::Dropped,
                    draft: self
                        .place(&[ours])
                        .map_or("", |(start, end)| &self.to[start..end])
                        .to_owned(),
                    source: format!("… {}", self.theirs(&[theirs])),
                });
            }
        }
        changes
    }

    /// Runs of words that only the quotation has, as places among its items.
    pub(super) fn added(&self) -> Vec<Vec<usize>> {
        let blocks = self.blocks().into_iter();
        let added = blocks.filter_map(|block| match block {
            Block::Change(ours, _) if !ours.is_empty() => Some(ours),
            _ => None,
        });
        added.collect()
    }

    /// How much of the quotation the source holds, and how closely together, from 0 to 1; `moved` of it stands elsewhere
    /// in the source, by weight.
    pub(super) fn likeness(&self, moved: u32) -> f64 {
        let ours = |at: usize| self.word(at).map_or(0, |word| word.class.weight());
        let (mut matched, mut dropped) = (f64::from(moved), 0.0);
        for op in &self.alignment.ops {
            match *op {
                Op::Same(at, _) => matched += f64::from(ours(at)),
                Op::Form(at, _) => matched += 0.7 * f64::from(ours(at)),
                Op::Source(at) => dropped += f64::from(self.source[at].class.weight()),
                _ => {}
            }
        }
        let all: u32 = (0..self.draft.len()).map(ours).sum();
        matched / (f64::from(all) + dropped / 2.0).max(1.0)
    }

    fn word(&self, at: usize) -> Option<&Word> {
        match &self.draft[at] {
            Item::Word(word) => Some(word),
            _ => None,
        }
    }

    fn blocks(&self) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        for op in &self.alignment.ops {
            let last = blocks.last_mut();
            match (*op, last) {
                (Op::Same(at, _), Some(Block::Same(ours))) => ours.push(at),
                (Op::Same(at, _), _) => blocks.push(Block::Same(vec![at])),
                (Op::Form(at, theirs), Some(Block::Change(ours, others))) => {
                    ours.push(at);
                    others.push(theirs);
                }
                (Op::Form(at, theirs), _) => blocks.push(Block::Change(vec![at], vec![theirs])),
                (Op::Draft(at), Some(Block::Change(ours, _))) => ours.push(at),
                (Op::Draft(at), _) => blocks.push(Block::Change(vec![at], Vec::new())),
                (Op::Source(at), Some(Block::Change(_, theirs))) => theirs.push(at),
                (Op::Source(at), _) => blocks.push(Block::Change(Vec::new(), vec![at])),
                (Op::Gap(at), _) => blocks.push(Block::Gap(at, Vec::new())),
                (Op::Bracket(at), _) => blocks.push(Block::Bracket(at, Vec::new())),
                (Op::Elided(at), Some(Block::Gap(_, theirs))) | (Op::Replaced(at), Some(Block::Bracket(_, theirs))) => {
                    theirs.push(at)
                }
                (Op::Elided(_) | Op::Replaced(_) | Op::Jump(..), _) => {}
            }
        }
        blocks
    }

    /// From the first item to the last one.
    fn place(&self, ours: &[usize]) -> Option<(usize, usize)> {
        let at = |item: &Item| match item {
            Item::Word(word) => (word.start, word.end),
            Item::Gap(start, end) | Item::Bracket(_, start, end) => (*start, *end),
        };
        let (first, last) = (ours.first()?, ours.last()?);
        Some((at(&self.draft[*first]).0, at(&self.draft[*last]).1))
    }

    /// Words of the source, as it has them; a cue between them is left out.
    pub(super) fn theirs(&self, theirs: &[usize]) -> String {
        let mut text = String::new();
        for run in theirs.chunk_by(|one, other| one + 1 == *other) {
            let (Some(first), Some(last)) = (run.first(), run.last()) else {
                continue;
            };
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&self.from[self.source[*first].start..self.source[*last].end]);
        }
        text
    }

    fn kind(&self, ours: &[usize], theirs: &[usize]) -> Option<Kind> {
        let ours: Vec<&Word> = ours.iter().filter_map(|&at| self.word(at)).collect();
        let ours: Vec<&Word> = ours.into_iter().filter(|word| !word.is_filler()).collect();
        let theirs: Vec<&Word> = theirs.iter().map(|&at| &self.source[at]).collect();
        let theirs: Vec<&Word> = theirs
            .into_iter()
            .filter(|word| !word.is_filler() && !word.bracketed)
            .collect();
        let some = |words: &[&Word], class: Class| words.iter().any(|word| word.class == class);
        let proper = |words: &[&Word]| words.iter().any(|word| word.proper);
        let opposite = || {
            ours.iter()
                .any(|one| theirs.iter().any(|other| opposed(&one.key, &other.key)))
        };
        let form = || {
            ours.iter()
                .zip(&theirs)
                .all(|(one, other)| another_form(&one.key, &other.key))
        };
        Some(match (ours.len(), theirs.len()) {
            (0, 0) => return None,
            _ if some(&ours, Class::Negation) != some(&theirs, Class::Negation) => Kind::Negation,
            _ if some(&ours, Class::Number) || some(&theirs, Class::Number) => Kind::Number,
            (0, _) => Kind::Dropped,
            (_, 0) => Kind::Added,
            (one, other) if one == other && form() => Kind::Form,
            _ if opposite() => Kind::Opposite,
            _ if proper(&ours) && proper(&theirs) => Kind::Name,
            _ => Kind::Swapped,
        })
    }

    /// Whether a clause ends before a word of the source.
    fn is_border(&self, at: usize) -> bool {
        self.source.get(at).is_none_or(|word| word.before >= Break::Clause)
    }

    /// Whether a negation or a condition under an ellipsis belongs to what is kept: its clause is not left out whole.
    fn hides(&self, elided: &[usize]) -> bool {
        let (Some(&first), Some(&last)) = (elided.first(), elided.last()) else {
            return false;
        };
        let border = |at: usize| self.is_border(at);
        elided.iter().any(|&at| {
            let word = &self.source[at];
            let telling = word.class == Class::Negation
                || matches!(&*word.key, "if" | "unless" | "until" | "except" | "only" | "provided");
            let left = (first..=at).any(border);
            let right = (at + 1..=last + 1).any(border);
            telling && !(left && right)
        })
    }

    /// Of a bracket at either end, the words of the source that stand there: where it puts an opposite, or another noun
    /// behind an article.
    fn beside(&self, bracket: usize, ours: &[Word]) -> Vec<&Word> {
        let (alignment, many) = (self.alignment, ours.len());
        let (place, article) = match alignment.ops.as_slice() {
            [.., Op::Same(_, before), Op::Bracket(at)] if *at == bracket => {
                let little = self.source[*before].class == Class::Little && many == 1;
                (alignment.to..alignment.to + many, little)
            }
            [Op::Bracket(at), ..] if *at == bracket => (alignment.from.saturating_sub(many)..alignment.from, false),
            _ => return Vec::new(),
        };
        let there = self.source.get(place).unwrap_or_default().iter();
        let opposite = |word: &&Word| ours.iter().any(|one| opposed(&one.key, &word.key));
        let next = |word: &&Word| article && word.before == Break::Nothing && word.class == Class::Content;
        there.filter(|word| opposite(word) || next(word)).collect()
    }

    /// Whether an ellipsis leads from within one clause into the midst of another: "The army … stayed" of "The army lied, and
    /// the rebels stayed".
    fn joins(&self, elided: &[usize]) -> bool {
        let (Some(&first), Some(&last)) = (elided.first(), elided.last()) else {
            return false;
        };
        let border = |at: usize| self.is_border(at);
        let sentence = (first + 1..=last).any(|at| self.source[at].before >= Break::Sentence);
        // "We will … sign": what stands between two commas goes with both.
        let clauses = (first + 1..=last).filter(|&at| border(at)).count() == 1;
        (sentence || clauses) && !border(first) && !border(last + 1)
    }

    fn misused(&self, bracket: usize, theirs: &[usize]) -> bool {
        let Item::Bracket(ours, ..) = &self.draft[bracket] else {
            return false;
        };
        let mut theirs: Vec<&Word> = theirs.iter().map(|&at| &self.source[at]).collect();
        // At either end of a quotation it costs nothing to leave out what the bracket stands for.
        if theirs.is_empty() {
            theirs = self.beside(bracket, ours);
        }
        let negated =
            |words: &mut dyn Iterator<Item = &Word>| words.filter(|word| word.class == Class::Negation).count() > 0;
        let number = |words: &[&Word]| -> Vec<String> {
            let numbers = words.iter().filter(|word| word.class == Class::Number);
            numbers.map(|word| word.key.clone()).collect()
        };
        let (put, gone) = (number(&ours.iter().collect::<Vec<_>>()), number(&theirs));
        negated(&mut ours.iter()) != negated(&mut theirs.iter().copied())
            || (!gone.is_empty() && put != gone)
            || theirs.len() > REPLACED
            || swaps(ours, &theirs)
            || theirs.is_empty() && ours.iter().any(tells_how)
            || ours
                .iter()
                .any(|one| theirs.iter().any(|other| opposed(&one.key, &other.key)))
    }
}

/// Whether a bracket puts other words for some that carry meaning, and no name.
fn swaps(ours: &[Word], theirs: &[&Word]) -> bool {
    let content = |word: &&Word| word.class == Class::Content;
    let put: Vec<&Word> = ours.iter().filter(content).collect();
    let gone: Vec<&&Word> = theirs.iter().filter(|word| content(word)).collect();
    let kept = |word: &&Word| gone.iter().any(|other| another_form(&word.key, &other.key));
    !put.is_empty() && !gone.is_empty() && !put.iter().any(|word| word.proper || kept(word))
}

/// Whether a word that is added changes how, how often or how much: "[often]", "[barely]", "[some of]".
fn tells_how(word: &Word) -> bool {
    const WORDS: [&str; 15] = [
        "all",
        "almost",
        "always",
        "could",
        "few",
        "may",
        "might",
        "most",
        "often",
        "only",
        "rarely",
        "should",
        "some",
        "sometimes",
        "would",
    ];
    WORDS.contains(&&*word.key) || word.key.len() > 4 && word.key.ends_with("ly")
}
