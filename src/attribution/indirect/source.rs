//! Who is the source of this cue?
//!
//! In: a cue and the side of its content. Out: the candidates of its sentence and their features. Candidates are the
//! mentions, and besides them the last words of noun phrases that no mention covers ("the sign read"). 99.8 % of
//! sources stand in the cue's sentence.

use super::cue::{Cue, steps};
use super::seldom;
use super::side::Side;
use super::starts;
use super::view::{Crossed, View};
use crate::attribution::voice;
use crate::lexicon::Tag;
use crate::mentions::{Form, Mention};
use crate::model::{Features, Part};
use crate::span::Run;
use crate::tokens::{Kind, keys};
use Part::{Letter, Number};

/// One that may be a source.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate {
    /// Its tokens: the mention's, or a noun phrase grown from its head.
    pub(crate) run: Run,
    /// Its head token.
    pub(crate) head: u32,
    /// The mention it is, or that names it.
    pub(crate) mention: Option<u32>,
}

/// The candidates of a document, in the order of their heads.
#[derive(Debug, Clone, Default)]
pub(crate) struct Candidates {
    all: Vec<Candidate>,
}

/// The full name between commas behind a noun that no mention covers: "a third, Ana Doe, said".
fn apposed(view: &View, mentions: &[Mention], end: usize) -> Option<u32> {
    let tokens = &view.document.tokens;
    let comma = |at: usize| tokens.get(at).is_some_and(|token| token.kind == Kind::Comma);
    if !comma(end) {
        return None;
    }
    let number = mentions.partition_point(|mention| (mention.tokens.start as usize) <= end);
    let name = mentions.get(number)?;
    let full = name.form == Form::Name && name.name.len() > 1 && name.tokens.start as usize == end + 1;
    (full && comma(name.tokens.end as usize)).then_some(number as u32)
}

/// Farther candidates are never the source.
const REACH: usize = 60;

impl Candidates {
    pub(crate) fn new(view: &View, mentions: &[Mention]) -> Self {
        let mut covered = vec![false; view.letters.len()];
        for mention in mentions {
            if let Some(tokens) = covered.get_mut(mention.tokens.range()) {
                tokens.fill(true);
            }
        }
        let mut all = Vec::with_capacity(view.letters.len() / 2);
        let speaks = |(mention, _): &(&Mention, u32)| !voice::locates(view.document, view.tags, mention);
        let mut named = mentions.iter().zip(0..).filter(speaks).peekable();
        let candidate = |(mention, index): (&Mention, u32)| Candidate {
            run: mention.tokens,
            head: mention.head,
            mention: Some(index),
        };
        for sentence in &view.sentences {
            for at in sentence.range() {
                if covered[at] {
                    while let Some(mention) = named.next_if(|(mention, _)| mention.head as usize <= at) {
                        all.push(candidate(mention));
                    }
                } else if is_head(view, *sentence, at) {
                    let start = (view.phrase_start(*sentence, at)..=at)
                        .find(|&i| !covered[i])
                        .unwrap_or(at);
                    all.push(Candidate {
                        run: Run::new(start, at + 1),
                        head: at as u32,
                        mention: apposed(view, mentions, at + 1),
                    });
                }
            }
        }
        all.extend(named.map(candidate));
        Candidates { all }
    }

    /// The candidates of a cue: those of its sentence on its own side of the quotation marks.
    pub(crate) fn of(&self, view: &View, cue: &Cue) -> impl Iterator<Item = Candidate> {
        let from = cue.sentence.start.max(cue.at.saturating_sub(REACH) as u32);
        let to = cue.sentence.end.min((cue.at + REACH) as u32);
        let first = self.all.partition_point(|c| c.head < from);
        let last = self.all.partition_point(|c| c.head < to);
        let quote = view.quote.get(cue.at).copied();
        let at = cue.at as u32;
        self.all[first..last.max(first)].iter().copied().filter(move |c| {
            view.quote.get(c.head as usize).copied() == quote && c.head != at && !c.run.has(at as usize)
        })
    }
}

/// The source, where the order of words leaves no doubt.
pub(crate) fn certain(view: &View, cue: &Cue, candidates: &Candidates) -> Option<Candidate> {
    let all = || candidates.of(view, cue);
    let quoted = quoted_one(view, cue, all()).or_else(|| owner_of_words(view, cue, all()));
    quoted
        .or_else(|| all().find(|candidate| starts::second_half(view, cue, candidate).is_some()))
        .or_else(|| all().find(|candidate| is_before_bracket(view, cue, candidate)))
}

/// "the Ministry of Foreign Affairs (MFA) said".
fn is_before_bracket(view: &View, cue: &Cue, candidate: &Candidate) -> bool {
    let open = candidate.run.end as isize;
    let short = [open, open + 2].map(|at| view.letter(cue.sentence, at)) == *b"()";
    // "a gaffe by Doe (R-Ohio) suggested"
    let governed = matches!(
        view.letter(cue.sentence, candidate.run.start as isize - 1),
        b'b' | b'o' | b'p'
    );
    short && !governed && open as usize + 3 == cue.group && view.document.tokens[open as usize + 1].is_capital()
}

/// "They met, with the minister, Ana Lim, saying that", "as the minister, Ana Lim, insisted that": the one who begins the
/// clause, and whose name stands between commas; nobody if one of the two has been `taken` for the source.
pub(crate) fn apposed_source(
    view: &View,
    cue: &Cue,
    candidates: &Candidates,
    taken: Option<Candidate>,
) -> Option<Candidate> {
    let close = cue.group.checked_sub(1).filter(|&close| view.letters[close] == b',')?;
    let gerund = matches!(view.letters[cue.at], b'G' | b'g');
    let begins = |candidate: &Candidate| {
        let (start, open) = (candidate.run.start as usize, candidate.run.end as usize);
        let named = open + 1 < close
            && view.letters[open] == b','
            && view.letters[open + 1..close].iter().all(|letter| *letter == b'W');
        let link = start.checked_sub(1).filter(|&link| named && cue.sentence.has(link));
        let link = link.map(|link| &view.document.tokens[link]);
        link.is_some_and(|link| {
            if gerund {
                link.is("with")
            } else {
                voice::opens_clause(link)
            }
        })
    };
    let apart = |one: &Candidate| taken.is_none_or(|taken| taken.head < one.head || taken.head as usize > cue.at);
    candidates.of(view, cue).find(begins).filter(apart)
}

/// The one whom somebody else quotes, if the cue tells: "the agency quoted Doe as saying", "Doe was quoted by the agency as
/// saying". Articles have this too seldom to teach it.
fn quoted_one(view: &View, cue: &Cue, candidates: impl Iterator<Item = Candidate>) -> Option<Candidate> {
    if let Some(verb) = before_saying(view, cue) {
        let active = view.letter(cue.sentence, verb as isize - 1) != b'B';
        let own = |c: &Candidate| c.run.start as usize == verb + 1 && (c.run.end as usize) < cue.at;
        return candidates.filter(own).find(|_| active);
    }
    if !cue.quotes() {
        return None;
    }
    let is_as = |at: u32| view.letter(cue.sentence, at as isize) == b'A';
    let passive = cue.auxiliaries.0 == b'B';
    let mut near = candidates.filter(|c| {
        if passive {
            c.run.end as usize == cue.group
        } else {
            c.run.start as usize == cue.at + 1 && is_as(c.run.end)
        }
    });
    near.next()
}

/// The "quoted" that "as saying" belongs to, if the cue is this "saying".
pub(super) fn before_saying(view: &View, cue: &Cue) -> Option<usize> {
    let (tokens, start) = (&view.document.tokens, cue.sentence.start as usize);
    let end = cue
        .at
        .checked_sub(1)
        .filter(|&at| at >= start && voice::is_as_saying(tokens, at))?;
    let mut near = start.max(end.saturating_sub(voice::QUOTED))..end;
    near.rfind(|&at| keys!["cited", "cites", "quoted", "quotes"].contains(&tokens[at].key))
}

/// Whose words stand behind a colon, if what stands before it only calls them so: "Orlov's verdict on the plan: “…”".
fn owner_of_words(view: &View, cue: &Cue, candidates: impl Iterator<Item = Candidate>) -> Option<Candidate> {
    let start = cue.sentence.start as usize;
    if view.letters[cue.at] != b':' || view.crossed(Crossed::Verbs, start, cue.at) > 0 {
        return None;
    }
    let owns = |c: &Candidate| {
        let end = c.run.end as usize;
        c.run.start as usize == start && end + 1 < cue.at && view.letters[end] == b'x'
    };
    let mut first = candidates.take(1);
    first.find(owns)
}

/// Whether one may be the source at all: the subject of "she was asked", "the plan was called", "asked whether …" is spoken
/// to or of, and the agent may speak; of "Doe, who …, was quoted by the agency" it is the other way round.
pub(crate) fn may_speak(view: &View, cue: &Cue) -> impl Fn(&Candidate) -> bool {
    let passed_on = cue.quotes() && cue.auxiliaries.0 == b'B';
    let spoken_of = !passed_on && is_spoken_of(view, cue);
    move |candidate| {
        let fits = !(spoken_of || passed_on) || is_agent(view, cue, candidate) == spoken_of;
        fits && !seldom::is_beside(view, cue, candidate)
    }
}

fn is_spoken_of(view: &View, cue: &Cue) -> bool {
    let tokens = &view.document.tokens;
    let participle = cue.auxiliaries.0 == b'B' && voice::is_passive(&tokens[cue.at], view.tags[cue.at]);
    let start = cue.sentence.start as usize;
    let before = (cue.at > start).then(|| &tokens[cue.at - 1]);
    // "her deputy, asked whether …, shrugged": behind a verb it would be one more of its subject.
    let apposed = before.is_some_and(|before| before.kind == Kind::Comma)
        && view.crossed(Crossed::Verbs, start, cue.at) == 0
        && matches!(
            view.letter(cue.sentence, cue.at as isize + 1),
            b's' | b'q' | b'p' | b'b'
        )
        && has_verb_behind_comma(view, cue);
    participle || voice::is_addressed(&tokens[cue.at]) && (apposed || voice::opens_participle(before))
}

/// Whether the sentence's own verb is still to come: in "Doe, in turn, asked whether it was true" it has been.
fn has_verb_behind_comma(view: &View, cue: &Cue) -> bool {
    let end = cue.sentence.end as usize;
    let verb = |at: usize| at < end && view.crossed(Crossed::Verbs, at, at + 1) > 0;
    let past_adverbs = |at: usize| {
        (at..end)
            .find(|&at| !matches!(view.letters[at], b'l' | b'N'))
            .unwrap_or(end)
    };
    (cue.at + 1..end).any(|at| view.letters[at] == b',' && verb(past_adverbs(at + 1)))
}

/// Whether a candidate is the agent of a passive: "was called “…” by Smith".
fn is_agent(view: &View, cue: &Cue, candidate: &Candidate) -> bool {
    let head = candidate.head as usize;
    let start = view.phrase_start(cue.sentence, head).min(candidate.run.start as usize);
    head > cue.at && view.letter(cue.sentence, start as isize - 1) == b'b'
}

/// Whether a token that no mention covers may end a noun phrase that speaks.
fn is_head(view: &View, sentence: Run, at: usize) -> bool {
    let next = view.letter(sentence, at as isize + 1);
    let noun_next = matches!(next, b'w' | b'u' | b'y' | b'W');
    match view.letters[at] {
        b'P' | b'O' | b'H' | b'I' | b'r' | b'u' | b'y' => true,
        b'W' => next != b'W',
        b'#' => !noun_next && next != b'$',
        b'w' => !noun_next,
        b'c' | b'C' | b'S' => matches!(view.letter(sentence, at as isize - 1), b'd' | b'H' | b'x'),
        _ => false,
    }
}

/// What a candidate is, as a letter: its head's class, told apart by what the lists know of it.
fn kind(view: &View, candidate: &Candidate) -> u8 {
    let head = candidate.head as usize;
    match view.letters[head] {
        b'w' | b'c' | b'C' | b'S' | b'G' | b'g' | b'e' => {
            if view.letters[candidate.run.start as usize] == b'd' {
                b'd'
            } else {
                b'w'
            }
        }
        letter => letter,
    }
}

fn flags(tag: Tag) -> i32 {
    i32::from(tag.is_human())
        + 2 * i32::from(tag.is_thing())
        + 4 * i32::from(tag.is_plural())
        + 8 * i32::from(tag.head())
}

/// What the features of a candidate are made of.
struct Look<'v, 'd> {
    view: &'v View<'d>,
    cue: &'v Cue<'d>,
    head: usize,
    start: usize,
    end: usize,
    /// Tokens between it and the cue.
    between: (usize, usize),
    place: Part<'d>,
    kind: Part<'d>,
}

impl<'v, 'd> Look<'v, 'd> {
    fn new(view: &'v View<'d>, cue: &'v Cue<'d>, side: Side, candidate: &Candidate) -> Self {
        let head = candidate.head as usize;
        let (start, end) = (candidate.run.start as usize, candidate.run.end as usize);
        let right = head > cue.at;
        Look {
            view,
            cue,
            head,
            start,
            end,
            between: if right { (cue.at + 1, start) } else { (end, cue.at) },
            place: Letter(match (right, side) {
                (false, Side::Left) => b'l',
                (false, Side::Right) => b'L',
                (false, Side::Both) => b'b',
                (true, Side::Left) => b'r',
                (true, Side::Right) => b'R',
                (true, Side::Both) => b'B',
            }),
            kind: Letter(kind(view, candidate)),
        }
    }

    fn letter(&self, at: usize, offset: isize) -> Part<'d> {
        Letter(self.view.letter(self.cue.sentence, at as isize + offset))
    }

    fn crossed(&self, what: Crossed, most: i32) -> Part<'d> {
        Number(self.view.crossed(what, self.between.0, self.between.1).min(most))
    }

    fn gap(&self) -> usize {
        self.between.1.saturating_sub(self.between.0)
    }
}

/// The features that tell most: by them alone the candidates are found that deserve a closer look.
pub(crate) fn first_features<const NAMED: bool>(
    view: &View,
    cue: &Cue,
    side: Side,
    candidate: &Candidate,
    to: &mut Features<NAMED>,
) {
    let look = Look::new(view, cue, side, candidate);
    let (place, kind) = (look.place, look.kind);
    let (before, after) = (look.letter(look.start, -1), look.letter(look.end, 0));
    let subject = i32::from(cue.subject == look.end as isize - 1) + 2 * i32::from(cue.subject == look.head as isize);
    to.add("kind distance", &[place, kind, Number(steps(look.gap()))]);
    to.add("subject", &[Number(subject), kind]);
    to.add("lemma place", &[cue.lemma(), place]);
    let (near, far) = cue.way.ends();
    let role = Number(cue.way.role(look.head) as i32);
    to.add("way", &[place, role, Letter(near), Letter(far)]);
    to.add("way kind", &[place, role, Letter(far), kind]);
    to.add("before kind", &[before, kind, after]);
    let opens = Number(i32::from(look.start == cue.sentence.start as usize));
    to.add("opens", &[place, opens, kind, look.crossed(Crossed::Verbs, 3)]);
}

/// The other features of a candidate. `previous` is the head of the source of the cue before in the sentence.
pub(crate) fn features<const NAMED: bool>(
    view: &View,
    cue: &Cue,
    side: Side,
    candidate: &Candidate,
    previous: Option<u32>,
    to: &mut Features<NAMED>,
) {
    let look = Look::new(view, cue, side, candidate);
    let Look {
        head,
        start,
        end,
        place,
        kind,
        between: (from, _),
        ..
    } = look;
    let [before2, before] = view.letters_within(cue.sentence, start as isize - 2).map(Letter);
    let [after, after2] = view.letters_within(cue.sentence, end as isize).map(Letter);
    let gap = look.gap();
    let distance = Number(steps(gap));
    let subject = Number(i32::from(cue.subject == end as isize - 1) + 2 * i32::from(cue.subject == head as isize));
    let passive = Letter(cue.auxiliaries.0);
    let crossed = |what, most: i32| look.crossed(what, most);
    to.add("flags", &[Number(flags(view.tag(head)))]);
    to.add("head", &[view.word(cue.sentence, head as isize)]);
    to.add("lemma kind", &[cue.lemma(), kind, place]);
    to.add("before", &[place, before]);
    to.add("before2", &[place, before2, before]);
    to.add("after", &[place, after]);
    to.add("after2", &[place, after, after2]);
    to.add("before after", &[place, before, after]);
    to.add("before word", &[place, view.word(cue.sentence, start as isize - 1)]);
    to.add("after word", &[place, view.word(cue.sentence, end as isize)]);
    to.add("distance", &[place, distance]);
    to.add("subject passive", &[subject, passive, place]);
    if gap <= 4 {
        let path = |offset: usize| {
            if offset < gap {
                Letter(view.letters[from + offset])
            } else {
                Letter(b'0')
            }
        };
        to.add("path", &[place, path(0), path(1), path(2), path(3)]);
        to.add("lemma path", &[cue.lemma(), place, path(0), path(1)]);
    }
    let commas = crossed(Crossed::Commas, 3);
    let verbs = crossed(Crossed::Verbs, 3);
    let cues = crossed(Crossed::Cues, 2);
    let conjunctions = crossed(Crossed::Conjunctions, 2);
    to.add("commas", &[place, commas, verbs]);
    to.add("crossed", &[place, commas, conjunctions, verbs, cues]);
    to.add("crossed before", &[place, before, commas, verbs]);
    to.add("gerund", &[place, Letter(view.letters[cue.at]), before, commas]);
    let opens = Number(i32::from(start == cue.sentence.start as usize));
    to.add("first", &[place, opens, commas]);
    // "said A and warned B", "said A, adding B": one source.
    let again = match previous {
        None => 0,
        Some(previous) if previous as usize == head => 1,
        Some(previous) if (previous as usize) < head => 2,
        Some(_) => 3,
    };
    let link = Letter(view.letter(cue.sentence, cue.subject));
    to.add("previous", &[Number(again), link, Letter(view.letters[cue.at])]);
    to.add("previous place", &[Number(again), place, link]);
}
