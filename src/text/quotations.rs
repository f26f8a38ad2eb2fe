//! Marks to quotations.
//!
//! In: text, tokens, paragraphs. Out: spans between quotation marks, outermost ones and nested ones, in the order of
//! their opening. A stack for each paragraph pairs what `marks` has read. Double marks of all kinds close each other;
//! a single or angle mark counts only when its partner stands in the same paragraph. An unclosed double mark ends with
//! its paragraph, or where another one opens. One pass, linear in the tokens.

use super::marks::{self, Family, Look, Sign};
use super::paragraphs::{Paragraph, Role};
use crate::span::{Run, Span};
use crate::text::span_of;
use crate::tokens::{Kind, Token};

/// A span between quotation marks. None crosses a paragraph's end: one that runs over several paragraphs is a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotation {
    /// The tokens inside, without the marks; never empty.
    pub tokens: Run,
    /// The opening mark and the closing one, as far as there are such, with all between.
    pub marked: Run,
    /// The bytes inside, from the first token to the last one.
    pub span: Span,
    /// The quotation that this one lies in.
    pub inside: Option<u32>,
    /// Whether a closing mark was found.
    pub closed: bool,
    /// The quotation of the paragraph before that this one goes on with (that one has no closing mark).
    pub continues: Option<u32>,
}

/// Finds the quotations of a text; boilerplate has none.
pub fn find(text: &str, tokens: &[Token], paragraphs: &[Paragraph]) -> Vec<Quotation> {
    let mut pairer = Pairer {
        tokens,
        found: Vec::new(),
        stack: Vec::new(),
        waiting: Default::default(),
        unclosed: None,
        tentative: None,
        chained: false,
    };
    let mut signs = Vec::new();
    // An advertisement between two paragraphs of a quotation does not end it.
    let own = |paragraph: &&Paragraph| !matches!(paragraph.role, Role::Boilerplate(_));
    let runs: Vec<Run> = paragraphs.iter().filter(own).map(|p| p.tokens).collect();
    for (run, chained) in runs.iter().zip(chains(text, tokens, &runs)) {
        marks::read(text, tokens, *run, &mut signs);
        pairer.chained = chained;
        pairer.paragraph(*run, &signs);
    }
    pairer.finish()
}

/// For each paragraph, whether it begins with `"` and that is closed at last, in it or in one of those behind it that
/// begin with `"` too.
fn chains(text: &str, tokens: &[Token], paragraphs: &[Run]) -> Vec<bool> {
    let mut closed = vec![false; paragraphs.len()];
    let mut behind = false;
    for (run, closed) in paragraphs.iter().zip(&mut closed).rev() {
        let straight = |at: &usize| tokens[*at].kind == Kind::Mark && marks::is_straight(tokens[*at].span.of(text));
        let begins = run.range().next().is_some_and(|first| straight(&first));
        behind = begins && (behind || run.range().filter(straight).count() % 2 == 0);
        *closed = behind;
    }
    closed
}

/// A paragraph up to this long that closes a quotation without opening it is the line that names its source.
const SOURCE_LINE: usize = 14;

/// A quotation under way, or one that came to nothing.
#[derive(Clone, Copy)]
struct Slot {
    inside: Option<usize>,
    continues: Option<usize>,
    /// Inner tokens, marked tokens, whether closed.
    done: Option<(Run, Run, bool)>,
}

/// A mark that waits for its partner.
#[derive(Clone, Copy)]
struct Waiting {
    sign: Sign,
    slot: usize,
}

struct Pairer<'t> {
    tokens: &'t [Token],
    found: Vec<Slot>,
    stack: Vec<Waiting>,
    /// Where those of each family stand in the stack, so that no mark costs a search.
    waiting: [Vec<usize>; 3],
    /// The quotation that the paragraph before left open.
    unclosed: Option<(usize, Family)>,
    /// The same if it counts only when the next paragraph goes on with it.
    tentative: Option<usize>,
    /// Whether the paragraph is one of [`chains`].
    chained: bool,
}

impl Pairer<'_> {
    fn paragraph(&mut self, run: Run, signs: &[Sign]) {
        let before = self.unclosed.take();
        let tentative = self.tentative.take();
        let first = run.start as usize;
        let mut continued = false;
        for (index, sign) in signs.iter().enumerate() {
            let starts = sign.token == first && sign.look != Look::Closes;
            let goes_on = before.filter(|&(_, family)| starts && family == sign.family);
            continued |= goes_on.is_some();
            if sign.family == Family::Single {
                self.single(sign, first, goes_on);
                continue;
            }
            // A paragraph that only closes goes on with what the one before left open.
            let resumes = index == 0 && sign.look == Look::Closes && sign.token > first;
            if let Some((slot, Family::Double)) = before
                && resumes
            {
                self.resume(run, sign.token, slot);
            } else {
                self.outer(sign, goes_on);
            }
        }
        if let Some(slot) = tentative
            && !continued
        {
            self.found[slot].done = None;
        }
        self.end(run);
    }

    fn single(&mut self, sign: &Sign, first: usize, goes_on: Option<(usize, Family)>) {
        let inmost = self.stack.last().map(|top| top.sign.family);
        if sign.look == Look::Opens && (sign.paired || self.may_chain(sign.token, first)) {
            self.open(sign, goes_on);
        } else if sign.look == Look::Closes && sign.paired && inmost == Some(Family::Single) {
            self.close(sign);
        }
    }

    /// Whether a single mark stands where a quotation of several paragraphs begins: first, or behind "said:".
    fn may_chain(&self, at: usize, first: usize) -> bool {
        at == first || matches!(self.tokens[at - 1].kind, Kind::Colon | Kind::Comma)
    }

    fn outer(&mut self, sign: &Sign, goes_on: Option<(usize, Family)>) {
        match (self.top(sign.family), sign.look) {
            (Some(_), Look::Closes | Look::Either) => self.close(sign),
            (Some(top), Look::Opens) if top.paired => self.open(sign, None),
            // `"The “Harbour Law” is dead.`: the outer one is closed in a paragraph below.
            (Some(top), Look::Opens) if self.chained && top.straight && !sign.straight && sign.paired => {
                self.open(sign, None);
            }
            // `"We go. "he said`: with no partner for either, they are each other's.
            (Some(top), Look::Opens) if top.straight && sign.straight && !sign.paired => self.close(sign),
            // The closing mark is missing: what was open ends here at the latest.
            (Some(_), Look::Opens) => {
                self.cut(sign.family, sign.token);
                self.open(sign, None);
            }
            (None, Look::Closes) => {}
            (None, _) if sign.family == Family::Angle && !sign.paired => {}
            (None, _) => self.open(sign, goes_on),
        }
    }

    fn resume(&mut self, run: Run, close: usize, earlier: usize) {
        let first = run.start as usize;
        // Pull quotes put their source before the closing mark: a name alone is none of the words.
        let source = close + 1 == run.end as usize && run.len() <= SOURCE_LINE && self.tokens[first].is_capital();
        if !source {
            self.found.push(Slot {
                inside: None,
                continues: Some(earlier),
                done: Some((Run::new(first, close), Run::new(first, close + 1), true)),
            });
        }
    }

    fn top(&self, family: Family) -> Option<Sign> {
        let &at = self.waiting[family as usize].last()?;
        Some(self.stack[at].sign)
    }

    fn open(&mut self, sign: &Sign, continues: Option<(usize, Family)>) {
        self.waiting[sign.family as usize].push(self.stack.len());
        self.stack.push(Waiting {
            sign: *sign,
            slot: self.found.len(),
        });
        self.found.push(Slot {
            inside: self.stack.iter().rev().nth(1).map(|outer| outer.slot),
            continues: continues.map(|(slot, _)| slot),
            done: None,
        });
    }

    /// Takes the innermost waiting mark off.
    fn pop(&mut self) -> Option<Waiting> {
        let top = self.stack.pop()?;
        self.waiting[top.sign.family as usize].pop();
        Some(top)
    }

    fn settle(&mut self, opened: Waiting, end: usize, closed: bool) {
        let start = opened.sign.token + 1;
        if start < end {
            let marked = Run::new(opened.sign.token, end + usize::from(closed));
            self.found[opened.slot].done = Some((Run::new(start, end), marked, closed));
        }
    }

    /// Closes the innermost waiting mark of the sign's family; what waits inside of it has no partner.
    fn close(&mut self, sign: &Sign) {
        while let Some(top) = self.pop() {
            if top.sign.family == sign.family {
                self.settle(top, sign.token, true);
                return;
            }
            if top.sign.family == Family::Double {
                self.settle(top, sign.token, false);
            }
        }
    }

    /// Ends the innermost waiting quotation of a family without a closing mark.
    fn cut(&mut self, family: Family, end: usize) {
        while let Some(top) = self.pop() {
            if top.sign.family == Family::Double {
                self.settle(top, end, false);
            }
            if top.sign.family == family {
                return;
            }
        }
    }

    fn end(&mut self, run: Run) {
        while let Some(top) = self.pop() {
            let outermost = self.stack.is_empty();
            let starts = self.may_chain(top.sign.token, run.start as usize);
            if top.sign.family == Family::Double || top.sign.family == Family::Single && outermost && starts {
                self.settle(top, run.end as usize, false);
                if outermost {
                    self.unclosed = Some((top.slot, top.sign.family));
                }
                if top.sign.family == Family::Single {
                    // Only a chain over paragraphs makes an unclosed single mark more than an apostrophe.
                    let chained = self.found[top.slot].continues.is_some();
                    self.tentative = (!chained).then_some(top.slot);
                }
            }
        }
    }

    /// Leaves out what came to nothing and numbers the rest.
    fn finish(mut self) -> Vec<Quotation> {
        if let Some(slot) = self.tentative {
            self.found[slot].done = None;
        }
        let mut numbers: Vec<Option<u32>> = Vec::with_capacity(self.found.len());
        // Most came to nothing in a text of nothing but marks.
        let count = self.found.iter().filter(|slot| slot.done.is_some()).count();
        let mut quotations: Vec<Quotation> = Vec::with_capacity(count);
        for slot in &self.found {
            let outer = slot.inside.and_then(|outer| numbers[outer]);
            let Some((inner, marked, closed)) = slot.done else {
                numbers.push(outer);
                continue;
            };
            numbers.push(Some(quotations.len() as u32));
            quotations.push(Quotation {
                tokens: inner,
                marked,
                span: span_of(self.tokens, inner),
                inside: outer,
                closed,
                continues: slot.continues.and_then(|slot| numbers[slot]),
            });
        }
        quotations
    }
}
