//! Paragraphs to sentences.
//!
//! In: text, tokens, paragraphs. Out: sentences in order, every token in exactly one of them, none over a paragraph's
//! end. A stop ends a sentence together with the marks, brackets and note numbers that close behind it, unless what
//! follows shows that the sentence goes on. An abbreviation's stop ends one only before a word that is likely to begin
//! the next. Rules, not a model: each can be read, and `words` holds the word lists.

use super::paragraphs::Paragraph;
use super::words::{self, Abbreviation};
use crate::span::{Run, Span};
use crate::text::span_of;
use crate::tokens::{Case, Kind, Token, word_key};

/// A sentence, a heading or a list line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: Run,
    /// Its bytes, from the first token to the last one.
    pub span: Span,
}

/// Cuts paragraphs into sentences.
pub fn split(text: &str, tokens: &[Token], paragraphs: &[Paragraph]) -> Vec<Sentence> {
    let mut sentences = Vec::with_capacity(tokens.len() / 20 + 1);
    for paragraph in paragraphs {
        let mut cutter = Cutter {
            text,
            tokens: &tokens[..paragraph.tokens.end as usize],
            start: paragraph.tokens.start as usize,
            quoting: false,
            prose: false,
        };
        while let Some(run) = cutter.next() {
            sentences.push(Sentence {
                tokens: run,
                span: span_of(tokens, run),
            });
        }
    }
    sentences
}

/// The shortest thing that may be a web address.
const LINK: usize = 11;

/// Reads one paragraph.
struct Cutter<'t> {
    text: &'t str,
    /// The text's tokens up to the paragraph's end.
    tokens: &'t [Token],
    /// First token of the sentence under way.
    start: usize,
    /// Whether an odd number of straight double marks stands before the place looked at.
    quoting: bool,
    /// Whether the sentence under way has a small word.
    prose: bool,
}

/// Whether the sentence ends, and where to read on. What was read to know it is not read again.
enum Verdict {
    Ends(usize),
    GoesOn(usize),
}

impl Verdict {
    fn of(ends: bool, next: usize) -> Self {
        if ends {
            Verdict::Ends(next)
        } else {
            Verdict::GoesOn(next)
        }
    }
}

/// What closes behind a stop and belongs to the sentence.
struct Tail {
    /// The token behind it.
    next: usize,
    mark: bool,
    bracket: bool,
}

impl Cutter<'_> {
    fn next(&mut self) -> Option<Run> {
        let mut at = self.start;
        self.prose = false;
        while let Some(token) = self.tokens.get(at) {
            self.prose |= token.case == Case::Lower;
            let verdict = match token.kind {
                Kind::Word if token.abbreviated => self.after_abbreviation(at),
                Kind::Word if token.span.len() < LINK => {
                    at += 1;
                    continue;
                }
                Kind::Word => self.after_link(at),
                Kind::Stop | Kind::Ellipsis => self.after_stop(at),
                Kind::Symbol if token.span.len() > 1 => self.after_sign(at),
                Kind::Dash => self.after_dash(at),
                _ => Verdict::GoesOn(at + 1),
            };
            let (Verdict::Ends(past) | Verdict::GoesOn(past)) = verdict;
            for token in &self.tokens[at..past] {
                self.quoting ^= token.kind == Kind::Mark && token.span.of(self.text) == "\"";
            }
            at = past;
            if matches!(verdict, Verdict::Ends(_)) {
                break;
            }
        }
        let run = Run::new(self.start, at);
        self.start = at;
        (!run.is_empty()).then_some(run)
    }

    /// Whether the stop at `at` ends the sentence.
    fn after_stop(&self, at: usize) -> Verdict {
        let stop = &self.tokens[at];
        let before = at.checked_sub(1).filter(|&before| before >= self.start);
        let before = before.map(|before| &self.tokens[before]);
        // "1. First", "...and so on": the stop opens the sentence.
        let listed = at == self.start + 1 && before.is_some_and(is_list_number);
        if before.is_none() || listed && !stop.spaced {
            return Verdict::GoesOn(at + 1);
        }
        // ". . ." is an ellipsis.
        let more = self.tokens[at + 1..].iter().take_while(|next| next.kind == Kind::Stop);
        let last = at + more.count();
        let dots = stop.kind == Kind::Ellipsis || last > at;
        let tail = self.tail(last + 1);
        let ends = match self.tokens.get(tail.next) {
            None => true,
            Some(next) if next.spaced => self.ends_before(stop, before, dots, &tail),
            Some(next) => self.glued(before, next, tail.next),
        };
        Verdict::of(ends, tail.next)
    }

    /// Whether a stop ends the sentence if white space comes behind it.
    fn ends_before(&self, stop: &Token, before: Option<&Token>, dots: bool, tail: &Tail) -> bool {
        let next = &self.tokens[tail.next];
        let (first, opened) = self.first_word(tail.next);
        match next.kind {
            Kind::Comma | Kind::Semicolon | Kind::Colon | Kind::Clitic | Kind::Close => return false,
            // `"We go." – Orlo` names the source; "We go. – They stay" goes on.
            Kind::Dash if tail.mark => return false,
            _ => {}
        }
        let Some(first) = first else { return true };
        if first.case == Case::Lower && first.kind == Kind::Word {
            let shout = stop.span.of(self.text) != ".";
            // "Black Girls Rock! was", "he works for Yahoo! and".
            let name = before.is_some_and(|before| before.is_capital() && shout);
            return !(tail.mark || tail.bracket || dots || name || opened);
        }
        // `"Why?" Orlo asked`
        let asks = tail.mark && stop.span.of(self.text) != ".";
        !(asks && self.is_source(tail.next))
    }

    /// Whether a stop ends the sentence if the next token touches it: "the end.Next one", `he left.“We`.
    fn glued(&self, before: Option<&Token>, next: &Token, at: usize) -> bool {
        let word = before.is_some_and(|before| before.kind != Kind::Word || before.case == Case::Lower);
        match next.kind {
            Kind::Word => word && next.case == Case::Capital,
            Kind::Mark | Kind::Open => self.first_word(at).0.is_some_and(|first| word && first.is_capital()),
            _ => false,
        }
    }

    /// Whether the abbreviation at `at` ends the sentence.
    fn after_abbreviation(&self, at: usize) -> Verdict {
        let tail = self.tail(at + 1);
        let Some(next) = self.tokens.get(tail.next) else {
            return Verdict::Ends(tail.next);
        };
        let first = self.first_word(tail.next).0.filter(|first| first.is_capital());
        // "A. The first way": a list's letter. "VELA, T.N. - The envoy": a dateline.
        let inside = !next.spaced || tail.bracket || at == self.start || next.kind == Kind::Dash;
        let Some(first) = first.filter(|_| !inside) else {
            return Verdict::GoesOn(at + 1);
        };
        let ends = match words::abbreviation(self.tokens[at].key, self.tokens[at].span.of(self.text)) {
            Abbreviation::Title => false,
            Abbreviation::List => true,
            Abbreviation::Clock => first.case == Case::Capital && !words::follows_clock(first.key),
            Abbreviation::Other => tail.mark || words::starts_sentence(first.key) || self.is_adverb(tail.next),
        };
        Verdict::of(ends, if ends { tail.next } else { at + 1 })
    }

    /// "Initially, the talks": an adverb and a comma begin a sentence.
    fn is_adverb(&self, at: usize) -> bool {
        match self.tokens.get(at..at + 2) {
            Some([word, comma]) => comma.kind == Kind::Comma && word.span.of(self.text).ends_with("ly"),
            _ => false,
        }
    }

    /// Whether a sign of several characters ends the sentence: ":-)" and "*****" before a capital.
    fn after_sign(&self, at: usize) -> Verdict {
        let ends = self.tokens.get(at + 1).is_some_and(|next| {
            let capital = || self.first_word(at + 1).0.is_some_and(Token::is_capital);
            at > self.start && next.spaced && (next.kind == Kind::Number || capital())
        });
        Verdict::of(ends, at + 1)
    }

    /// Whether a dash breaks the sentence off: "But we need a — Do you see it?". A dateline is none:
    /// "VELA, Tarn — The envoy".
    fn after_dash(&self, at: usize) -> Verdict {
        const I: u64 = word_key("i");
        let ends = self.tokens.get(at + 1).is_some_and(|next| {
            let begins = next.is_capital() && words::starts_sentence(next.key) && next.key != I;
            self.prose && begins && self.tokens[at].spaced && next.spaced
        });
        Verdict::of(ends, at + 1)
    }

    /// Two web addresses in a row are two lines.
    fn after_link(&self, at: usize) -> Verdict {
        let link = |at: usize| {
            let written = self.tokens.get(at).map(|token| token.span.of(self.text));
            written.is_some_and(|written| written.starts_with("http") && written.contains("://"))
        };
        Verdict::of(link(at) && link(at + 1), at + 1)
    }

    /// Marks, brackets, notes and faces that close behind a stop, from token `at` on.
    fn tail(&self, mut at: usize) -> Tail {
        let (mut mark, mut bracket) = (false, false);
        let mut quoting = self.quoting;
        while let Some(token) = self.tokens.get(at) {
            let free = self.tokens.get(at + 1).is_none_or(|next| next.spaced || !opens(next));
            let closes = match token.kind {
                Kind::Close => true,
                Kind::Stop | Kind::Ellipsis => !token.spaced,
                Kind::Symbol => token.span.len() > 1 && token.spaced,
                Kind::Mark => match token.span.of(self.text) {
                    "\"" => (!token.spaced || free) && (quoting || !token.spaced && free),
                    "”" | "’" | "»" | "''" => !token.spaced || free,
                    "'" => free,
                    "“" | "‘" => !token.spaced && free,
                    _ => false,
                },
                // A note's number: "so.4 Then".
                Kind::Number => !token.spaced && self.tokens.get(at + 1).is_none_or(|next| next.spaced),
                Kind::Open => {
                    if self.is_note(at) {
                        at += 3;
                        continue;
                    }
                    false
                }
                _ => false,
            };
            if !closes {
                break;
            }
            quoting ^= token.kind == Kind::Mark && token.span.of(self.text) == "\"";
            mark |= token.kind == Kind::Mark;
            bracket |= token.kind == Kind::Close;
            at += 1;
        }
        Tail {
            next: at,
            mark,
            bracket,
        }
    }

    /// "[17]", "[...]" behind a stop.
    fn is_note(&self, at: usize) -> bool {
        match self.tokens.get(at..at + 3) {
            Some([open, inner, close]) => {
                open.span.of(self.text) == "["
                    && matches!(inner.kind, Kind::Number | Kind::Ellipsis)
                    && close.kind == Kind::Close
            }
            _ => false,
        }
    }

    /// The first word from `at` on, opening marks and brackets passed over, and whether there were such.
    fn first_word(&self, at: usize) -> (Option<&Token>, bool) {
        let rest = self.tokens.get(at..).unwrap_or_default();
        let skipped = rest
            .iter()
            .take(4)
            .take_while(|token| matches!(token.kind, Kind::Mark | Kind::Open | Kind::Dash))
            .count();
        (rest.get(skipped), skipped > 0)
    }

    /// Whether a name and a verb of saying stand at `at`: "Ana Orlo asked", "I said".
    fn is_source(&self, at: usize) -> bool {
        let rest = self.tokens.get(at..).unwrap_or_default();
        let names = rest.iter().take(6).take_while(|token| token.is_capital()).count();
        names > 0 && rest.get(names).is_some_and(|verb| words::says(verb.key))
    }
}

/// Whether a token that touches a mark shows the mark to be an opening one.
fn opens(token: &Token) -> bool {
    matches!(
        token.kind,
        Kind::Word | Kind::Number | Kind::Open | Kind::Mark | Kind::Ellipsis
    )
}

/// "1", "12", "iv", "b" before a stop at a sentence's start.
fn is_list_number(token: &Token) -> bool {
    let short = token.span.len() <= 3;
    token.kind == Kind::Number && short || token.kind == Kind::Word && token.span.len() == 1
}
