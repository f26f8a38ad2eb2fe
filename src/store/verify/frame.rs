//! What a cut leaves out of the sentence that it cuts.
//!
//! In: an article's words and which of them a passage has. Out: the words right before or behind them that turn their sense,
//! if there are any: a negation, a doubt, a condition, somebody else whose words they are.

use super::stream::Stream;
use crate::store::meaning::Class;
use crate::store::wording::{Break, Word};

/// Words that take back what follows them in their clause.
pub(super) const DOUBTS: [&str; 31] = [
    "denied",
    "denies",
    "deny",
    "denying",
    "doubt",
    "doubted",
    "doubting",
    "doubts",
    "fail",
    "failed",
    "fails",
    "false",
    "hardly",
    "if",
    "impossible",
    "lie",
    "myth",
    "nonsense",
    "pretend",
    "refuse",
    "refused",
    "refuses",
    "refusing",
    "supposedly",
    "suppose",
    "unless",
    "untrue",
    "whether",
    "wish",
    "wrong",
    "allegedly",
];

/// Words behind which a clause stands on its own.
const JOINTS: [&str; 8] = ["and", "because", "but", "since", "so", "though", "while", "yet"];

/// Words that make what stands before or behind depend on something.
const CONDITIONS: [&str; 4] = ["except", "if", "provided", "unless"];

/// Verbs by which others say it, in the words of the one who is quoted.
const SAYING: [&str; 14] = [
    "accuse", "accused", "believe", "call", "called", "calls", "claim", "claimed", "claims", "said", "say", "says",
    "think", "thinks",
];

/// Farthest look, in words.
const REACH: usize = 12;

impl Stream {
    /// The negation right before a word in the same speech, if there is one: whoever begins with the word says the opposite.
    pub(super) fn negation_before(&self, at: usize) -> Option<&str> {
        let before = at.checked_sub(1)?;
        let (not, word) = (&self.words[before], &self.words[at]);
        // Where there is a comma between them, "No, we shall", it is another clause's.
        let mut between = self.text.get(not.end..word.start)?.chars();
        let close = between.all(|c| c.is_whitespace() || matches!(c, '"' | '“' | '”' | '\'' | '‘' | '’'));
        let negates = not.class == Class::Negation && close && self.in_one_speech(before, at);
        negates.then(|| &self.text[not.start..not.end])
    }

    /// The words that a passage leaves out before its first word though they govern it.
    pub(super) fn governed_by(&self, first: usize) -> Option<&str> {
        let (mut apart, mut at) = (false, first);
        while at > 0 && first - at < REACH && self.in_one_speech(at - 1, at) && self.words[at].before < Break::Sentence
        {
            apart |= self.words[at].before >= Break::Clause || JOINTS.contains(&&*self.words[at].key);
            at -= 1;
            let word = &self.words[at];
            let opens = at == 0 || word.before >= Break::Sentence || !self.in_one_speech(at - 1, at);
            let condition = CONDITIONS.contains(&&*word.key) && opens;
            let doubt = !apart && (word.class == Class::Negation || DOUBTS.contains(&&*word.key));
            if condition || doubt && !self.is_named_by(at, first) || !apart && self.others_say(at) {
                return Some(self.between(at, first - 1));
            }
            apart |= JOINTS.contains(&&*word.key);
        }
        None
    }

    /// The words that a passage leaves out behind its last word though they take it back.
    pub(super) fn taken_back_by(&self, last: usize) -> Option<&str> {
        let next = |at: usize| (at < self.words.len() && self.in_one_speech(last, at)).then(|| &self.words[at]);
        let behind = next(last + 1)?;
        let ends = |at: usize| next(at).is_none_or(|word| word.before >= Break::Clause);
        let is = |word: &Word, keys: &[&str]| keys.contains(&&*word.key);
        let negation = behind.class == Class::Negation && !is(behind, &["nor", "without"]);
        // "We will not.", "We should surrender? Never."
        if negation && (behind.before == Break::Nothing || behind.before == Break::Sentence && ends(last + 2)) {
            return Some(self.between(last + 1, last + 1));
        }
        let only = is(behind, &["only"]) && next(last + 2).is_some_and(|word| is(word, &["if"]));
        let condition = behind.before < Break::Sentence && (is(behind, &CONDITIONS) || only);
        condition.then(|| self.between(last + 1, (last + 4).min(self.end_of(last + 1))))
    }

    /// "They say that …", "he called it": a verb of saying whose subject is not the one who is quoted.
    fn others_say(&self, at: usize) -> bool {
        let says = SAYING.contains(&&*self.words[at].key);
        let subject = at.checked_sub(1).map(|at| &self.words[at]);
        says && subject.is_some_and(|subject| {
            matches!(
                &*subject.key,
                "critics" | "he" | "opponents" | "people" | "she" | "some" | "they"
            )
        })
    }

    /// "What they did not have was the time": the clause names what follows, and says nothing against it.
    fn is_named_by(&self, negation: usize, first: usize) -> bool {
        let is = matches!(&*self.words[first - 1].key, "is" | "was");
        is && self.words[..negation]
            .iter()
            .rev()
            .take(4)
            .any(|word| word.key == "what")
    }

    fn in_one_speech(&self, one: usize, other: usize) -> bool {
        let together = |reports: &[Option<u32>]| reports[one].is_some() && reports[one] == reports[other];
        together(&self.said) || together(&self.told)
    }

    /// The last word of the sentence that a word stands in, within one speech.
    fn end_of(&self, at: usize) -> usize {
        let goes_on = |&next: &usize| self.words[next].before < Break::Sentence && self.in_one_speech(at, next);
        (at + 1..self.words.len()).take_while(goes_on).last().unwrap_or(at)
    }

    fn between(&self, first: usize, last: usize) -> &str {
        &self.text[self.words[first].start..self.words[last].end]
    }
}
