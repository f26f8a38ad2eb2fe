//! Where a quotation stands in a source, word by word.
//!
//! In: the items of a quotation (`wording`) and the words of a source. Out: the cheapest ways to read the one as a piece
//! of the other, as operations in order: the same word, a word of one of them only, words under an ellipsis, words that a
//! bracket replaces. The quotation is read whole, the source from any place to any place. Where speech is interrupted by
//! its cue, the source may offer jumps. Cells are the product of both lengths, so long sources are read in pieces.

use super::meaning::stem;
use super::wording::{Break, Item, Word};

/// A step, with the items' places in the quotation and the words' places in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Op {
    /// The same word.
    Same(usize, usize),
    /// Another form of the same word ("talk", "talks"; "is", "was").
    Form(usize, usize),
    /// A word of the quotation that the source does not have here.
    Draft(usize),
    /// A word of the source that the quotation does not have.
    Source(usize),
    /// The ellipsis begins.
    Gap(usize),
    /// A word of the source under an ellipsis.
    Elided(usize),
    /// The bracket begins.
    Bracket(usize),
    /// A word of the source in whose place a bracket stands.
    Replaced(usize),
    /// The source goes on behind its cue.
    Jump(usize, usize),
}

/// One way to read a quotation as a piece of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Alignment {
    /// The lower, the closer.
    pub(super) cost: u32,
    pub(super) ops: Vec<Op>,
    /// The first word of the source and the one behind the last.
    pub(super) from: usize,
    pub(super) to: usize,
}

/// The cells of one piece of work.
const CELLS: usize = 1 << 23;
/// As many places of one cost are told.
const MOST: usize = 8;

/// What a little word costs.
const UNIT: u32 = 1 << 10;
/// A word under an ellipsis: next to nothing, so that the nearest place is taken.
const ELIDED: u32 = 1;
/// A word under a bracket.
const REPLACED: u32 = 1 << 6;
/// Another form costs less than two words.
const FORM: u32 = UNIT + UNIT / 2;

/// The cheapest readings: all of the lowest cost that end in different places, at most some, the first ones first.
/// `jumps` holds for each place of the source the place from which one may come there at no cost.
pub(super) fn align(draft: &[Item], source: &[Word], jumps: &[Option<u32>]) -> Vec<Alignment> {
    if draft.is_empty() || source.is_empty() {
        return Vec::new();
    }
    let wide = (CELLS / (draft.len() + 1)).max(1 << 10).max(8 * draft.len());
    let shared = (4 * draft.len() + 200).min(wide / 2);
    let mut best: Vec<Alignment> = Vec::new();
    let mut from = 0;
    loop {
        let to = (from + wide).min(source.len());
        for found in align_piece(draft, source, jumps, from, to) {
            match best.first() {
                Some(first) if first.cost < found.cost => continue,
                Some(first) if first.cost > found.cost => best.clear(),
                _ => {}
            }
            if best.len() < MOST && best.iter().all(|other| other.to != found.to) {
                best.push(found);
            }
        }
        if to == source.len() {
            best.iter_mut().for_each(|found| found.anchor(draft, source));
            return best;
        }
        from = to - shared;
    }
}

impl Alignment {
    /// One word exchanged or left out near an end costs more than all that the quotation has up to there. Where the source
    /// has the others in the same places, it is read as what it is.
    fn anchor(&mut self, draft: &[Item], source: &[Word]) {
        let is_draft = |op: &&Op| matches!(op, Op::Draft(_));
        let head = self.ops.iter().take_while(is_draft).count();
        if let Some(from) = self.from.checked_sub(head + 1)
            && let Some(mut ops) = same(draft, source, &self.ops[..head], from)
        {
            ops.push(Op::Source(self.from - 1));
            self.ops.splice(..head, ops);
            self.from = from;
        } else if let Some(from) = self.from.checked_sub(head)
            && let Some(ops) = exchanged(draft, source, &self.ops[..head], from, self.from)
        {
            self.ops.splice(..head, ops);
            self.from = from;
        }
        let tail = self.ops.iter().rev().take_while(is_draft).count();
        let tail = self.ops.len() - tail;
        if let Some(ops) = same(draft, source, &self.ops[tail..], self.to + 1) {
            self.ops.insert(tail, Op::Source(self.to));
            self.ops.splice(tail + 1.., ops);
            self.to += self.ops.len() - tail;
        } else if let Some(ops) = exchanged(draft, source, &self.ops[tail..], self.to, self.to) {
            self.to += self.ops.len() - tail;
            self.ops.splice(tail.., ops);
        }
    }
}

/// Words of the quotation beside the same ones of the source, from this one on; if there are any.
fn same(draft: &[Item], source: &[Word], alone: &[Op], from: usize) -> Option<Vec<Op>> {
    let pairs = alone.iter().zip(from..).map(|(op, at)| match *op {
        Op::Draft(ours) => match (&draft[ours], source.get(at)?) {
            (Item::Word(word), theirs) if word.is(theirs) => Some(Op::Same(ours, at)),
            _ => None,
        },
        _ => None,
    });
    let ops: Option<Vec<Op>> = pairs.collect();
    ops.filter(|ops| !ops.is_empty())
}

/// Words of the quotation beside as many of the source, from this one on; if all but one are the same. At `joint` they meet
/// those that are in both.
fn exchanged(draft: &[Item], source: &[Word], alone: &[Op], from: usize, joint: usize) -> Option<Vec<Op>> {
    let (mut ops, mut others) = (Vec::new(), 0);
    for (op, at) in alone.iter().zip(from..) {
        let (Op::Draft(ours), Some(theirs)) = (*op, source.get(at)) else {
            return None;
        };
        match &draft[ours] {
            Item::Word(word) if word.is(theirs) => ops.push(Op::Same(ours, at)),
            _ => {
                others += 1;
                ops.extend([Op::Draft(ours), Op::Source(at)]);
            }
        }
    }
    // A single word stands for the source's only where that goes on with one.
    let goes_on = || source.get(joint).is_some_and(|word| word.before < Break::Clause);
    (others == 1 && (alone.len() > 1 || goes_on())).then_some(ops)
}

/// How a cell was reached.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Start,
    Same,
    Form,
    Draft,
    Source,
    Open,
    Cover,
    Jump,
}

fn align_piece(draft: &[Item], source: &[Word], jumps: &[Option<u32>], from: usize, to: usize) -> Vec<Alignment> {
    let words = &source[from..to];
    let wide = words.len() + 1;
    let mut steps = vec![Step::Start; (draft.len() + 1) * wide];
    let mut above = vec![0_u32; wide];
    let mut row = vec![0_u32; wide];
    let jump = |j: usize| {
        let at = jumps.get(from + j).copied().flatten()? as usize;
        (at >= from && at < from + j).then(|| at - from)
    };
    for (i, item) in draft.iter().enumerate() {
        let steps = &mut steps[(i + 1) * wide..(i + 2) * wide];
        for j in 0..wide {
            let (mut cost, mut step) = match item {
                Item::Word(word) => (above[j] + draft_only(word), Step::Draft),
                _ => (above[j], Step::Open),
            };
            let mut offer = |other: u32, by: Step| {
                if other < cost {
                    (cost, step) = (other, by);
                }
            };
            if let Some(theirs) = j.checked_sub(1).map(|j| &words[j]) {
                let left = row[j - 1];
                match item {
                    Item::Word(word) => {
                        if word.is(theirs) {
                            offer(above[j - 1], Step::Same);
                        } else if another_form(&word.key, &theirs.key) {
                            offer(above[j - 1] + FORM, Step::Form);
                        }
                        offer(left + source_only(theirs), Step::Source);
                    }
                    Item::Gap(..) => offer(left + ELIDED, Step::Cover),
                    Item::Bracket(..) => offer(left + REPLACED, Step::Cover),
                }
            }
            if let Some(at) = jump(j) {
                offer(row[at], Step::Jump);
            }
            row[j] = cost;
            steps[j] = step;
        }
        std::mem::swap(&mut above, &mut row);
    }
    let lowest = above.iter().copied().min().unwrap_or_default();
    let ends = (0..wide).filter(|&j| above[j] == lowest && steps[draft.len() * wide + j] != Step::Source);
    ends.take(MOST)
        .map(|end| trace(draft, &steps, wide, end, from, lowest, &jump))
        .collect()
}

fn trace(
    draft: &[Item],
    steps: &[Step],
    wide: usize,
    end: usize,
    from: usize,
    cost: u32,
    jump: &impl Fn(usize) -> Option<usize>,
) -> Alignment {
    let (mut i, mut j) = (draft.len(), end);
    let mut ops = Vec::new();
    while i > 0 {
        let at = i - 1;
        match steps[i * wide + j] {
            Step::Start => break,
            Step::Same => {
                (i, j) = (i - 1, j - 1);
                ops.push(Op::Same(at, from + j));
            }
            Step::Form => {
                (i, j) = (i - 1, j - 1);
                ops.push(Op::Form(at, from + j));
            }
            Step::Draft => {
                i -= 1;
                ops.push(Op::Draft(at));
            }
            Step::Source => {
                j -= 1;
                ops.push(Op::Source(from + j));
            }
            Step::Open => {
                i -= 1;
                ops.push(match draft[at] {
                    Item::Gap(..) => Op::Gap(at),
                    _ => Op::Bracket(at),
                });
            }
            Step::Cover => {
                j -= 1;
                ops.push(match draft[at] {
                    Item::Gap(..) => Op::Elided(from + j),
                    _ => Op::Replaced(from + j),
                });
            }
            Step::Jump => {
                let before = jump(j).unwrap_or(j);
                ops.push(Op::Jump(from + before, from + j));
                j = before;
            }
        }
    }
    ops.reverse();
    Alignment {
        cost,
        ops,
        from: from + j,
        to: from + end,
    }
}

fn draft_only(word: &Word) -> u32 {
    if word.is_filler() {
        1
    } else {
        2 * UNIT * word.class.weight()
    }
}

fn source_only(word: &Word) -> u32 {
    // What an editor put into the source, or takes out of any speech, may go.
    if word.bracketed || word.is_filler() {
        1
    } else {
        UNIT * word.class.weight()
    }
}

/// Whether two words are forms of one.
pub(super) fn another_form(one: &str, other: &str) -> bool {
    const FORMS: [&[&str]; 12] = [
        &["am", "are", "be", "been", "is", "was", "were"],
        &["can", "could"],
        &["did", "do", "does", "done"],
        &["had", "has", "have"],
        &["may", "might"],
        &["shall", "should"],
        &["will", "would"],
        &["came", "come", "comes"],
        &["go", "goes", "gone", "went"],
        &["said", "say", "says"],
        &["this", "that", "these", "those"],
        &["a", "an", "the"],
    ];
    let stems = || stem(one) == stem(other) && stem(one).len() >= 4;
    stems() || FORMS.iter().any(|forms| forms.contains(&one) && forms.contains(&other))
}
