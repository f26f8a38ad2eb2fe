//! Where does the content start and end?
//!
//! In: a cue, its window, its source. Out: for each of four borders (start and end of the content left and right of the
//! cue) the places it may be at, and their features. A place is the border before a token. Features of the place alone
//! are kept apart from those of place and cue: the first are summed once a document.

use super::cue::{Cue, steps};
use super::edges;
use super::source::{Candidate, before_saying};
use super::starts;
use super::view::{Crossed, View};
use super::window::Window;
use crate::attribution::voice;
use crate::model::{Features, Part};
use crate::span::Run;
use Part::{Letter, Number};

/// One border of a content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Border {
    LeftStart,
    LeftEnd,
    RightStart,
    RightEnd,
}

impl Border {
    /// Its bit in a set of borders.
    pub(crate) const fn bit(self) -> u8 {
        1 << self as u8
    }

    fn is_start(self) -> bool {
        matches!(self, Border::LeftStart | Border::RightStart)
    }
}

/// What a border is chosen with.
pub(crate) struct Frame<'v, 'd> {
    pub(crate) view: &'v View<'d>,
    pub(crate) cue: &'v Cue<'d>,
    pub(crate) window: Window,
    pub(crate) source: Option<Candidate>,
    /// The border chosen before: the end for the left start, the start for the right end; the cue for the others.
    pub(crate) anchor: usize,
}

/// The places a border may be at.
pub(crate) fn places(frame: &Frame, border: Border, to: &mut Vec<usize>) {
    to.clear();
    let (view, cue, window) = (frame.view, frame.cue, frame.window.run);
    let source = frame.source.map(|s| s.run).unwrap_or_default();
    // What stands between a source and its cue is no content: "…, Smith, who leads the party, said".
    let left_end = match frame.source {
        // "…, the agency quoted Doe as saying"
        Some(source) if (source.head as usize) < cue.at => before_saying(view, cue)
            .and_then(|verb| verb.checked_sub(1))
            .map_or(source.run.start as usize, |agency| {
                view.phrase_start(cue.sentence, agency)
            }),
        _ => cue.at,
    };
    let (from, until) = match border {
        Border::LeftStart => (window.start as usize, frame.anchor.saturating_sub(1)),
        Border::LeftEnd => (window.start as usize + 1, left_end),
        Border::RightStart => (cue.at + 1, (window.end as usize).saturating_sub(1)),
        Border::RightEnd => {
            let most = most_end(view, cue, frame.anchor, window);
            (least_end(view, cue, frame.anchor, most), most)
        }
    };
    if border == Border::RightStart
        && let Some(start) = behind_saying(view, cue)
    {
        // "“…,” Doe was quoted as saying by the agency": nothing more is said.
        if !matches!(view.letter(cue.sentence, start as isize), b'b' | b'.' | b',' | b'^') {
            to.push(start);
        }
        return;
    }
    if border == Border::RightStart
        && let Some(start) = starts::right_start(view, cue, frame.source)
    {
        to.push(start);
        return;
    }
    if border == Border::RightEnd
        && let Some(end) = end_in_clause(view, cue, frame.anchor).or_else(|| end_of_relative(frame))
    {
        to.push(end);
        return;
    }
    let edges = if border.is_start() { edges::STARTS } else { edges::ENDS };
    for place in from..(until + 1).max(from) {
        if view.edges.get(place).is_some_and(|edge| edge & edges != 0) {
            to.push(place);
            continue;
        }
        let near = match border {
            Border::RightStart => place <= cue.at + 4 && !matches!(view.letters.get(place), Some(b':' | b',')),
            Border::LeftEnd => place == cue.group || place == cue.at,
            _ => false,
        };
        let edge = place == window.start as usize || place == window.end as usize;
        let of_source = place == source.start as usize || place == source.end as usize;
        if near || edge || of_source {
            to.push(place);
        }
    }
}

/// The last place a content that begins at a token may end at: words without marks end with their sentence, "said the trial
/// will begin in May. | She warned against “a show.”"
fn most_end(view: &View, cue: &Cue, start: usize, window: Run) -> usize {
    let end = cue.sentence.end;
    let opens = view.letters.get(start) == Some(&b'<') || view.quoted(start);
    let goes_on = || end > 0 && view.quoted(end as usize - 1) && view.quoted(end as usize);
    let whole = opens || !cue.sentence.has(start) || goes_on();
    if whole { window.end as usize } else { end as usize }
}

/// The least place a content that begins at a token may end at: "that the plan, drafted in May, failed" and "said the plan,
/// drafted in May, failed" end behind its verb.
fn least_end(view: &View, cue: &Cue, start: usize, most: usize) -> usize {
    let least = start + 1;
    let letter = |at: usize| view.letters.get(at).copied().unwrap_or(b'^');
    let bare = start == cue.at + 1 && letter(cue.at) == b'S' && matches!(letter(start), b'd' | b'H');
    let whether = || view.document.tokens.get(start).is_some_and(|token| token.is("whether"));
    if !bare && letter(start) != b't' && !whether() {
        return least;
    }
    let sign = |from: usize, pause: u8| {
        (from..most).find(|&at| letter(at) == pause || matches!(letter(at), b'<' | b'>' | b';'))
    };
    let comma = sign(start, b',');
    let dash = sign(start + 2, b'-').filter(|&dash| letter(dash) == b'-' && comma.is_none_or(|comma| dash < comma));
    let Some(open) = dash.or(comma).filter(|&open| matches!(letter(open), b',' | b'-')) else {
        return least;
    };
    // "that unless they left, the deal was over"
    let fronted = letter(start + 1) == b's' && letter(open) == b',';
    let bare = view.crossed(Crossed::Verbs, start, open) == 0;
    let aside = || sign(open + 1, letter(open)).filter(|&close| letter(close) == letter(open) && bare);
    let Some(close) = Some(open).filter(|_| fronted).or_else(aside) else {
        return least;
    };
    let verb = |&at: &usize| view.crossed(Crossed::Verbs, at, at + 1) > 0;
    (close..most).find(verb).map_or(least, |at| at + 1)
}

/// Where the words of one end whom a relative clause tells of: "Marsh, who said that he was ill, | has resigned".
fn end_of_relative(frame: &Frame) -> Option<usize> {
    let (view, start) = (frame.view, frame.anchor);
    let source = frame.source?.run.start as usize;
    let relative = view.letters[source] == b'r' && source > 0 && view.letters[source - 1] == b',';
    let end = frame.cue.sentence.end as usize;
    let comma = (start..end)
        .find(|&at| matches!(view.letters[at], b',' | b'<' | b'>'))
        .filter(|_| relative)?;
    let verb = |at: usize| {
        view.crossed(Crossed::Verbs, at, at + 1) > 0 || voice::is_passive(&view.document.tokens[at], view.tags[at])
    };
    let closes = view.letters[comma] == b',' && view.crossed(Crossed::Verbs, start, comma) > 0;
    (closes && comma + 1 < end && verb(comma + 1)).then_some(comma)
}

/// Where words in marks end that are told in a clause before the rest of the sentence: "When Orlov said, “…,” | Marsh left".
fn end_in_clause(view: &View, cue: &Cue, start: usize) -> Option<usize> {
    let (first, end) = (cue.sentence.start as usize, cue.sentence.end as usize);
    let fronted = view.letters.get(start) == Some(&b'<')
        && voice::opens_clause(&view.document.tokens[first])
        && view.crossed(Crossed::Commas, first, cue.at) == 0;
    let close = || (start..end).find(|&at| view.letters[at] == b'>');
    fronted.then(close).flatten().map(|close| close + 1)
}

/// Where the words begin that somebody "was quoted by the agency as saying".
fn behind_saying(view: &View, cue: &Cue) -> Option<usize> {
    let tokens = &view.document.tokens;
    let end = (cue.sentence.end as usize).min(cue.at + voice::QUOTED);
    let saying = |at: &usize| voice::is_as_saying(tokens, *at);
    let found = cue.quotes().then(|| (cue.at + 1..end).find(saying)).flatten()?;
    Some(found + 2)
}

/// Which borders a feature tells something about: held-out articles showed that the others are better off without it.
const LEFT_START: u8 = Border::LeftStart.bit();
const LEFT_END: u8 = Border::LeftEnd.bit();
const RIGHT_START: u8 = Border::RightStart.bit();
const RIGHT_END: u8 = Border::RightEnd.bit();
/// All of them.
pub(crate) const ALL: u8 = LEFT_START | LEFT_END | RIGHT_START | RIGHT_END;

/// The features of a place by itself for some borders; the names of their groups begin with "place".
pub(crate) fn of_place<const NAMED: bool>(view: &View, place: usize, borders: u8, to: &mut Features<NAMED>) {
    let all = Run::new(0, view.letters.len());
    let at = place as isize;
    let [l_2, l_1, l0, l1, l2] = view.letters_from(at - 2).map(Letter);
    let (w_1, w0, w1) = (view.word(all, at - 1), view.word(all, at), view.word(all, at + 1));
    let of = |some: u8| borders & some != 0;
    to.add("place left", &[w_1]);
    to.add("place right", &[w0]);
    to.add("place right right2", &[w0, w1]);
    if of(LEFT_START) {
        to.add("place left2", &[view.word(all, at - 2)]);
    }
    if of(LEFT_START | LEFT_END | RIGHT_END) {
        to.add("place right2", &[w1]);
        to.add("place l+0+1+2", &[l0, l1, l2]);
        let end = (place + 5).min(view.letters.len());
        let any = view.crossed(Crossed::Cues, place, end) > 0;
        let is_cue = |o: &usize| view.bucket(place + o) >= 5 && l_is_word(view, place + o);
        let cue_next = any.then(|| (0..5).find(is_cue)).flatten();
        to.add("place cue next", &[Number(cue_next.map_or(9, |o| o as i32)), l_1]);
    }
    if of(RIGHT_START) {
        to.add("place left right", &[w_1, w0]);
    }
    if of(LEFT_END | RIGHT_START) {
        to.add("place l-2-1+0", &[l_2, l_1, l0]);
    }
    if of(RIGHT_END) {
        to.add("place l-1+0+1", &[l_1, l0, l1]);
    }
    let edge = view.sentence_of.get(place) != place.checked_sub(1).and_then(|p| view.sentence_of.get(p));
    let quoted = i32::from(place > 0 && view.quoted(place - 1)) + 2 * i32::from(view.quoted(place));
    to.add("place quoted edge", &[Number(quoted), Number(edge.into())]);
}

fn l_is_word(view: &View, at: usize) -> bool {
    view.letters.get(at).is_some_and(u8::is_ascii_alphabetic)
}

/// The features of cue and distance: the same for all places as far away, in [`steps`]. With the place's own they say
/// which places deserve a closer look.
pub(crate) fn of_distance<const NAMED: bool>(frame: &Frame, distance: i32, to: &mut Features<NAMED>) {
    to.add("distance", &[Number(distance)]);
    to.add("lemma distance", &[frame.cue.lemma(), Number(distance)]);
}

/// The distance of a place from where its border is looked for, in [`steps`].
pub(crate) fn steps_between(frame: &Frame, place: usize) -> i32 {
    steps(frame.anchor.abs_diff(place))
}

/// The other features of a place with regard to its cue.
pub(crate) fn of_relation<const NAMED: bool>(frame: &Frame, border: Border, place: usize, to: &mut Features<NAMED>) {
    let (view, cue) = (frame.view, frame.cue);
    let all = Run::new(0, view.letters.len());
    let at = place as isize;
    let [l_1, l0, l1] = view.letters_from(at - 1).map(Letter);
    let (w_1, w0) = (view.word(all, at - 1), view.word(all, at));
    let of = |some: u8| border.bit() & some != 0;
    let anchor = frame.anchor;
    let (from, until) = (anchor.min(place), anchor.max(place));
    let source = frame.source.map(|s| s.run).unwrap_or_default();
    let by_source = Number(if frame.source.is_none() {
        0
    } else if place == source.start as usize {
        1
    } else if place == source.end as usize {
        2
    } else if place < source.start as usize {
        3
    } else if place > source.end as usize {
        4
    } else {
        5
    });
    let group = Number(i32::from(place == cue.group) + 2 * i32::from(place == cue.at + 1));
    let crossed = |what, most: i32| Number(view.crossed(what, from, until).min(most));
    let commas = crossed(Crossed::Commas, 3);
    let conjunctions = crossed(Crossed::Conjunctions, 3);
    let verbs = crossed(Crossed::Verbs, 3);
    let own_sentence = Number(i32::from(
        cue.sentence.start as usize <= place && place <= cue.sentence.end as usize,
    ));
    let sentence_edge = Number(
        i32::from(place == cue.sentence.start as usize)
            + 2 * i32::from(place == cue.sentence.end as usize)
            + 4 * i32::from(place == frame.window.run.start as usize)
            + 8 * i32::from(place == frame.window.run.end as usize),
    );
    // Whether the quotation the content begins with goes on here.
    let quote_at = |at: usize| view.quote.get(at).copied();
    let before = |at: usize| at.checked_sub(1).and_then(quote_at);
    let (quote_here, quote_there) = if border.is_start() {
        (quote_at(place), before(anchor))
    } else {
        (before(place), quote_at(anchor))
    };
    let same_quote = Number(i32::from(
        quote_here.is_some_and(|q| q > 0) && quote_here == quote_there,
    ));
    let marks = crossed(Crossed::Marks, 4);
    let distance = Number(steps(until - from));
    to.add("source", &[by_source, group]);
    to.add("lemma left", &[cue.lemma(), w_1]);
    to.add("crossed", &[commas, conjunctions, verbs]);
    to.add("edge", &[sentence_edge, l_1]);
    to.add("own sentence", &[own_sentence, marks, same_quote]);
    if of(LEFT_START) {
        let opening = Letter(view.letter(all, anchor as isize));
        to.add("opening", &[opening, l_1, l0]);
        to.add("opening word", &[view.word(all, anchor as isize), l_1, l0]);
    }
    if of(LEFT_START | LEFT_END) {
        let quoted_anchor = if border.is_start() {
            i32::from(anchor > 0 && view.quoted(anchor - 1))
        } else {
            i32::from(view.quoted(anchor))
        };
        to.add(
            "quoted",
            &[Number(cue.quoted.into()), Number(quoted_anchor), same_quote, l_1, l0],
        );
        if of(LEFT_START) {
            to.add("edge marks", &[sentence_edge, marks, Number(quoted_anchor)]);
        }
    }
    if of(LEFT_START | RIGHT_START) {
        to.add("crossed letters", &[commas, conjunctions, l_1, l0]);
    }
    if of(LEFT_START | RIGHT_START | RIGHT_END) {
        to.add("after letters", &[Letter(cue.after), l_1, l0]);
    }
    if of(LEFT_START | LEFT_END | RIGHT_START) {
        to.add("after", &[Letter(cue.after), by_source, distance]);
    }
    if of(LEFT_END) {
        to.add("lemma letters", &[cue.lemma(), l_1, l0]);
        to.add("verbs right", &[verbs, w0, l1]);
    }
    if of(LEFT_END | RIGHT_END) {
        to.add("source letters", &[by_source, group, l_1, l0]);
        to.add("verbs letters", &[verbs, l_1, l0]);
    }
    if of(LEFT_END | RIGHT_START | RIGHT_END) {
        to.add("lemma right", &[cue.lemma(), w0]);
        to.add("near marks", &[Number(cue.marks.0), Number(cue.marks.1), distance]);
    }
    if of(RIGHT_START | RIGHT_END) {
        to.add("commas right", &[commas, l_1, w0]);
    }
    if of(RIGHT_END) {
        to.add("cues", &[crossed(Crossed::Cues, 2), l_1, l0]);
    }
    // "said of X. “…”": the quotation of the next sentence is the content, not X.
    if of(RIGHT_START) {
        let sentence_end = cue.sentence.end as usize;
        let own_marks = view.crossed(Crossed::Marks, cue.at, sentence_end).min(1);
        let beyond = i32::from(frame.window.run.end > cue.sentence.end);
        let next_opens = i32::from(view.letters.get(sentence_end) == Some(&b'<'));
        let elsewhere = Number(own_marks + 2 * beyond + 4 * next_opens);
        to.add("elsewhere lemma", &[elsewhere, own_sentence, cue.lemma()]);
    }
}
