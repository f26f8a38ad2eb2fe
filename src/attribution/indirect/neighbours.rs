//! What drafts that stand next to each other tell of one another.
//!
//! In: drafts in the order of their cues, each chosen by itself. Out: the same drafts without what belongs to a neighbour,
//! and with what goes on behind their cue.

use super::cue::Cue;
use super::draft::{Draft, SURE};
use super::side::Side;
use super::source::Candidate;
use super::view::{Crossed, View};
use crate::attribution::voice;
use crate::lexicon::Class;
use crate::span::Run;
use crate::tokens::{Case, keys};

/// How probable it must be that the next cue has the same source, for the content of this one to end there.
const SAME_SOURCE: f32 = 0.5;

/// Cues farther on in the list of drafts are not looked at.
const NEAR: usize = 4;

/// The drafts of a document as their neighbours leave them.
pub(super) fn settled<'d>(view: &View, mut drafts: Vec<Draft<'d>>) -> Vec<Draft<'d>> {
    for at in 0..drafts.len() {
        let (before, after) = drafts.split_at_mut(at + 1);
        let draft = &mut before[at];
        if after.iter().take(NEAR).any(|next| draft.yields(view, next)) {
            (draft.right, draft.side) = (None, Side::Left);
        }
        if after.iter().take(NEAR).any(|next| draft.overruns(view, next)) {
            draft.right = draft.right.map(|right| Run {
                end: draft.cue.sentence.end,
                ..right
            });
        }
        if let Some(right) = draft.resumes(view) {
            (draft.right, draft.side) = (Some(right), Side::Both);
        }
        let near = after
            .iter()
            .take(NEAR)
            .take_while(|next| next.cue.sentence == draft.cue.sentence);
        let ends = near.filter_map(|next| draft.hands_over(view, next).or_else(|| draft.closes(view, next)));
        if let Some(end) = ends.min() {
            let rest = draft.right.map(|right| Run { end, ..right });
            draft.right = rest.filter(|rest| rest.start < rest.end);
            if draft.right.is_none() {
                draft.side = Side::Left;
            }
        }
        draft.right = draft.right.map(|right| without_comment(view, right));
    }
    drafts.retain(|draft| {
        draft.content().next().is_some()
            && !draft.names_a_kind(view)
            && !draft.only_talks(view)
            && !draft.says_this(view)
    });
    drafts
}

/// Parts what one source says from what it has said before in the same sentence. Done when all are judged: a fit is to see
/// what the borders are by themselves.
pub(crate) fn part(view: &View, drafts: &mut [Draft]) {
    for at in 0..drafts.len() {
        let (before, after) = drafts.split_at_mut(at + 1);
        let draft = &mut before[at];
        for next in after.iter_mut().take(NEAR) {
            let Some(start) = draft.repeated(view, next) else {
                continue;
            };
            next.left = next.left.map(|left| Run { start, ..left });
            if draft.left.is_some() {
                (draft.right, draft.side) = (None, Side::Left);
            } else {
                let before = |right: Run| Run {
                    end: right.end.min(start).max(right.start),
                    ..right
                };
                draft.right = draft.right.map(before).filter(|right| !right.is_empty());
            }
        }
    }
}

/// Whether "while" stands before a token: what it opens is told beside what somebody says.
fn contrasts(view: &View, at: usize) -> bool {
    at.checked_sub(1)
        .is_some_and(|before| voice::contrasts(&view.document.tokens[before]))
}

/// Longest rest of another clause, in tokens.
const REST: usize = 4;

/// What a writer calls what somebody has said.
const SAYINGS: [u64; 16] = keys![
    "accusation",
    "allegation",
    "argument",
    "assertion",
    "charge",
    "claim",
    "comment",
    "complaint",
    "contention",
    "criticism",
    "prediction",
    "remark",
    "sentiment",
    "statement",
    "suggestion",
    "view",
];

/// Content without what the writer says of it, "a claim that she denies", and without what is left of the next clause
/// behind a semicolon: "said she voted; in fact, she did not".
fn without_comment(view: &View, content: Run) -> Run {
    let (start, end) = (content.start as usize, content.end as usize);
    let article = |at: usize| view.document.tokens[at].is("a") || view.document.tokens[at].is("an");
    let pauses = |at: usize| match view.letters[at] {
        b',' => !view.quoted(at),
        b'>' => view.letters[at - 1] == b',',
        _ => false,
    };
    let comment = |&at: &usize| pauses(at) && article(at + 1) && SAYINGS.contains(&view.document.tokens[at + 2].key);
    let rest = (end.saturating_sub(REST).max(start + 1)..end).rfind(|&at| view.letters[at] == b';');
    let rest = rest.filter(|&at| view.crossed(Crossed::Verbs, at, end) == 0);
    let said = (start + 1..end.saturating_sub(3)).find(comment);
    let closed = |at: usize| at + usize::from(view.letters[at] == b'>');
    said.map(closed).or(rest).map_or(content, |end| Run::new(start, end))
}

impl Draft<'_> {
    /// Whether another one's source and cue stand in its content: what somebody says that somebody says. A sentence of its
    /// own that says whose words they are is nobody else's report.
    pub(crate) fn reports(&self, view: &View, other: &Draft) -> bool {
        let own = |run: &Run| view.sentence_of[run.start as usize] == view.sentence_of[self.cue.at];
        let holds = |token: usize| self.content().filter(own).any(|run| run.has(token));
        holds(other.cue.at) && other.source.is_some_and(|source| holds(source.head as usize))
    }

    /// "Engineers call such a valve a “butterfly”": what is always called so is nobody's statement.
    fn names_a_kind(&self, view: &View) -> bool {
        let (tokens, at) = (&view.document.tokens, self.cue.at);
        let all = |source: Candidate| {
            let first = view.letters[source.run.start as usize];
            source.run.end as usize == at && view.tag(source.head as usize).is_plural() && !matches!(first, b'd' | b'H')
        };
        let kind = tokens
            .get(at + 1)
            .is_some_and(|next| next.is("a") || next.is("an") || next.is("such"));
        tokens[at].is("call") && kind && self.source.is_some_and(all)
    }

    /// "Marsh spoke to us in Vela", "talked for an hour": to whom, where and how long somebody speaks is no content.
    fn only_talks(&self, view: &View) -> bool {
        let (tokens, next) = (&view.document.tokens, self.cue.at + 1);
        let topic = keys!["about", "against", "of", "on"];
        let apart = tokens.get(next).is_some_and(|word| {
            matches!(view.tags[next].class(), Class::Preposition | Class::To) && !topic.contains(&word.key)
        });
        let opens = self
            .right
            .is_some_and(|right| (next..next + 2).contains(&(right.start as usize)));
        apart && opens && self.left.is_none() && keys!["speak", "talk"].contains(&self.cue.lemma_key())
    }

    /// "Marsh said this on the radio": what it was stands elsewhere.
    fn says_this(&self, view: &View) -> bool {
        let this = self.cue.at + 1;
        let only = self.left.is_none() && self.right.is_some_and(|right| right.start as usize == this);
        let points = only && view.document.tokens[this].is("this") && view.letters[self.cue.at] == b'S';
        points && matches!(view.letter(self.cue.sentence, this as isize + 1), b'p' | b'T' | b'M')
    }

    /// Where its content ends because another cue goes on: "said A and warned B" is no report of a warning, since whoever
    /// warns stands outside of what is said; nor is "said A, and the mayor warned B", unless A begins with "that".
    fn hands_over(&self, view: &View, next: &Draft) -> Option<u32> {
        let right = self.right.filter(|right| right.has(next.cue.at))?;
        let source = self.source.filter(|source| !right.has(source.head as usize))?;
        let quotes = |next: &Draft| {
            next.right
                .is_some_and(|right| view.letters[right.start as usize] == b'<')
        };
        let other = next
            .source
            .filter(|other| next.cue_probability >= SURE || other.head != source.head && quotes(next))
            .filter(|_| next.source_probability >= SAME_SOURCE)?;
        let before = |at: usize| view.letter(right, at as isize - 1);
        let mut end = if other.head == source.head {
            next.cue.group
        } else {
            let stands_alone = other.run.end as usize == next.cue.group && next.side == Side::Right;
            let gerund = |cue: &Cue| view.letters[cue.at] == b'G';
            let alike = next.cue.auxiliaries.1 == b'^' && gerund(&self.cue) == gerund(&next.cue);
            let link = other.run.start as usize;
            let open = view.letters[right.start as usize] != b't' && before(link) == b'&' || contrasts(view, link);
            (stands_alone && alike && open).then_some(link)?
        };
        if !matches!(before(end), b'&' | b',') && !contrasts(view, end) {
            return None;
        }
        while matches!(before(end), b'&' | b',') || contrasts(view, end) {
            end -= 1;
        }
        Some(end as u32)
    }

    /// Where its content ends because a quotation closes there and another one's cue or answer follows: "has vowed to “fight on,” said
    /// its president".
    fn closes(&self, view: &View, next: &Draft) -> Option<u32> {
        let right = self.right.filter(|right| right.has(next.cue.at))?;
        let source = next.source?;
        let end = next.cue.group.min(source.run.start as usize);
        let beside = source.run.end as usize == next.cue.group || source.run.start as usize == next.cue.at + 1;
        let close = end.checked_sub(1).filter(|&close| close > right.start as usize)?;
        let paused = view.letters[close] == b'>' && view.letters[close - 1] == b',';
        let fronted = paused && next.left.is_some();
        // "asked him, “Why?” Marsh said, “No.”"
        let asked = view.letters[close] == b'>' && view.document.tokens[close - 1].is("?");
        let answers = asked && next.cue.after == b',' && next.right.is_some();
        (beside && next.cue_probability >= SURE && (fronted || answers)).then_some(end as u32)
    }

    /// Whether what stands after its cue is another one's: "“A,” said X. “B,” added Y", "“A,” X said. He had told them B".
    /// Only words without a cue of their own go on where a sentence has ended.
    fn yields(&self, view: &View, next: &Draft) -> bool {
        let Some(right) = self.right else { return false };
        let sentence = |at: usize| view.sentence_of[at];
        let apart = sentence(self.cue.at) != sentence(right.start as usize) && next.cue.at >= right.start as usize;
        let beyond =
            self.left.is_some() && next.cue.at >= right.end as usize && !next.content().any(|run| run.has(self.cue.at));
        // "“A,” he said, before adding: “B.”"
        let between = self.left.is_some() && self.cue.at < next.cue.at && next.cue.at < right.start as usize;
        let claimed = next.content().any(|run| run.meets(right));
        next.cue_probability >= SURE && !next.cue.quoted && claimed && (apart || beyond || between)
    }

    /// Whether its content goes on over the sentence in which somebody else says something: "I asked him, “Why?” He said, | “No.”"
    fn overruns(&self, view: &View, next: &Draft) -> bool {
        let Some(right) = self.right.filter(|right| right.has(next.cue.at)) else {
            return false;
        };
        let own = |at: usize| view.sentence_of[at] == view.sentence_of[self.cue.at];
        let said = next
            .source
            .is_some_and(|source| right.has(source.head as usize) && !view.quoted(source.head as usize));
        let sure = next.cue_probability >= SURE && !next.cue.quoted;
        sure && said && own(right.start as usize) && !own(next.cue.at)
    }

    /// Where the content of the next one begins if it holds this one's cue and both have one source: nobody tells so of
    /// oneself, "“A,” Marsh said, “B,” Marsh said" are two.
    fn repeated(&self, view: &View, next: &Draft) -> Option<u32> {
        let left = next.left.filter(|left| left.has(self.cue.at))?;
        let word = |draft: &Draft| {
            draft
                .source
                .map(|source| view.document.tokens[source.head as usize].key)
        };
        let apart = self.source.map(|source| source.head) != next.source.map(|source| source.head);
        let mut behind = self.cue.at..left.end as usize;
        let opening = behind.find(|&at| view.letters[at] == b'<')?;
        (apart && word(self) == word(next)).then_some(opening as u32)
    }

    /// The words in marks that go on behind cue and source: "“A,” said X, who leads the party, “b.”"
    fn resumes(&self, view: &View) -> Option<Run> {
        let (left, source) = (self.left.filter(|_| self.right.is_none())?, self.source?);
        let letter = |at: usize| view.letter(self.cue.sentence, at as isize);
        let end = left.end as usize;
        let close = (end.saturating_sub(1)..=end).find(|&at| letter(at) == b'>')?;
        let paused = letter(close - 1) == b',' || letter(close + 1) == b',';
        let behind = (self.cue.at + 1).max(source.run.end as usize);
        let open = (behind..self.cue.sentence.end as usize).find(|&at| letter(at) == b'<')?;
        let first = view.document.tokens.get(open + 1)?;
        let goes_on = letter(open - 1) == b',' && (first.case == Case::Lower || first.is("I"));
        let another = (behind..open).any(|at| matches!(letter(at), b'S' | b'C' | b'G' | b'>'));
        let quotation = &view.document.quotations[view.quote[open + 1].checked_sub(1)? as usize];
        (paused && goes_on && !another && quotation.closed).then_some(quotation.marked)
    }
}
