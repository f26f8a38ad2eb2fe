//! What a mention does in its sentence, read off the line of items.
//!
//! In: the items. Out: for a mention the verb behind it, a cue before it ("…, said Smith"), "according to", and whether it
//! stands where subjects stand. Made once a mention and used for every quotation near it.

use super::items::Items;

/// Farthest look for a verb, in items.
const REACH: usize = 30;

/// A mention's place in its sentence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grammar {
    /// Class letter of the verb behind it: a cue class, `V` for one it suffers, `e` or `w` for other verbs, `Q` for a
    /// quotation, `:`, `$` for nothing.
    pub(crate) verb: u8,
    /// Whether a form of be, have, do or a modal stands before the verb.
    pub(crate) auxiliary: bool,
    /// What was skipped on the way: `0` nothing, `a` an apposition, `r` a relative clause, `p` a prepositional phrase,
    /// `x` a joined mention, `L` adverbs.
    pub(crate) skipped: u8,
    /// Item of the verb.
    pub(crate) verb_item: Option<usize>,
    /// Item of a cue right before it, over title words.
    pub(crate) inverted: Option<usize>,
    /// What stands before that cue: `Q`, `,` after a quotation, or another class.
    pub(crate) before_inverted: u8,
    /// "according to" before it.
    pub(crate) according: bool,
    /// The class of what stands before "by" before it: `S` and `C` in "was described by Smith", `0` without "by".
    pub(crate) by: u8,
    /// Whether it stands where a subject does.
    pub(crate) subject: bool,
    /// The nearest opener of its clause to the left: `^`, `t`, `R`, `k`, `&`, `:`, `-`, `Q`, `,`.
    pub(crate) opener: u8,
}

impl Grammar {
    /// Whether its verb says something, or a cue stands right before it.
    pub(crate) fn says(&self) -> bool {
        matches!(self.verb, b'S' | b'C' | b'G') || self.inverted.is_some()
    }

    /// Reads the place of the mention that is item `at`.
    pub(crate) fn of(items: &Items, at: usize) -> Grammar {
        let sentence = items.sentence_of(at);
        let (start, end) = (sentence.start as usize, sentence.end as usize);
        let mut grammar = Grammar {
            verb: b'$',
            auxiliary: false,
            skipped: b'0',
            verb_item: None,
            inverted: None,
            before_inverted: b'0',
            according: false,
            by: b'0',
            subject: false,
            opener: b'^',
        };
        grammar.find_verb(items, at, end);
        grammar.look_left(items, at, start);
        grammar
    }

    fn find_verb(&mut self, items: &Items, at: usize, end: usize) {
        let line = &items.items;
        let end = end.min(at + REACH);
        let mut j = at + 1;
        while j < end {
            match line[j].class {
                b'S' | b'C' | b'c' | b'e' | b'G' => {
                    self.verb = line[j].verb();
                    self.verb_item = Some(j);
                    return;
                }
                b'b' => self.auxiliary = true,
                b'L' | b'N' => self.skip(b'L'),
                b',' => {
                    if line.get(j + 1).is_some_and(|i| i.class == b'G') {
                        self.verb = b'G';
                        self.verb_item = Some(j + 1);
                        return;
                    }
                    let close = (j + 1..end).find(|&k| matches!(line[k].class, b',' | b'Q'));
                    match close {
                        Some(close) if line[close].class == b',' => {
                            self.skip(if line[j + 1].class == b'M' && self.relative(items, j + 1) {
                                b'r'
                            } else {
                                b'a'
                            });
                            j = close;
                        }
                        Some(_) => {
                            self.verb = b'Q';
                            return;
                        }
                        None => return,
                    }
                }
                b'(' => {
                    let Some(close) = (j + 1..end).find(|&k| line[k].class == b')') else {
                        return;
                    };
                    j = close;
                }
                b'-' => {
                    let Some(close) = (j + 1..end).find(|&k| line[k].class == b'-') else {
                        return;
                    };
                    self.skip(b'a');
                    j = close;
                }
                b'O' | b'p' | b'Y' | b'a' | b'T' | b'n' | b'd' | b'D' | b'W' | b's' | b'%' | b'q' => self.skip(b'p'),
                b'&' => {
                    if line.get(j + 1).is_none_or(|i| i.class != b'M') {
                        return;
                    }
                    self.skip(b'x');
                    j += 1;
                }
                b'R' => self.skip(b'r'),
                b'M' if self.relative(items, j) => self.skip(b'r'),
                // The object of what was skipped.
                b'M' if matches!(line[j - 1].class, b'O' | b'p' | b'Y' | b'a' | b'T') => {}
                b'M' if j == at + 1 => self.skip(b'a'),
                b'w' | b'g' => {
                    // An unknown word behind an auxiliary or right behind the mention is taken for a verb.
                    self.verb = line[j].verb();
                    self.verb_item = Some(j);
                    if self.auxiliary || self.skipped == b'0' || self.skipped == b'L' {
                        return;
                    }
                }
                class => {
                    if matches!(class, b'Q' | b':') {
                        self.verb = class;
                    }
                    return;
                }
            }
            j += 1;
        }
    }

    /// Whether a mention is "who" or "which": one lower-case pronoun of a relative clause.
    fn relative(&self, items: &Items, at: usize) -> bool {
        items.relative[items.items[at].mention as usize]
    }

    fn skip(&mut self, what: u8) {
        if self.skipped == b'0' || self.skipped == b'L' {
            self.skipped = what;
        }
    }

    fn look_left(&mut self, items: &Items, at: usize, start: usize) {
        let line = &items.items;
        let class = |k: usize| if k >= start { line[k].class } else { b'^' };
        let before = at.checked_sub(1).map_or(b'^', class);
        let second = at.checked_sub(2).map_or(b'^', class);
        self.according = second == b'A' && matches!(before, b'T' | b'p');
        if before == b'Y' {
            self.by = second;
        }
        self.subject =
            at == start || matches!(before, b'&' | b't' | b'-' | b':' | b'.' | b'Q' | b'k' | b';') || before == b',';
        // "said Smith", "said former minister Smith": title words may stand between.
        let mut k = at;
        while k > start && at - k < 4 {
            k -= 1;
            match line[k].class {
                b'S' | b'C' | b'c' => {
                    self.inverted = Some(k);
                    let one = k.checked_sub(1).map_or(b'^', class);
                    let two = k.checked_sub(2).map_or(b'^', class);
                    self.before_inverted = if one == b',' && two == b'Q' { b',' } else { one };
                    break;
                }
                b'w' | b'W' | b'd' | b'L' | b'n' | b'D' => {}
                _ => break,
            }
        }
        self.opener = (start..at)
            .rev()
            .map(|k| line[k].class)
            .find(|c| matches!(c, b't' | b'R' | b'k' | b'&' | b':' | b'-' | b'Q' | b',' | b';'))
            .unwrap_or(b'^');
    }
}
