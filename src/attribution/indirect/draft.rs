//! From a cue to a draft: side, source and borders, one choice after the other.
//!
//! In: a view, candidates, the models. Out: drafts in the order of their cues, each with the probabilities of its choices.

use super::Models;
use super::borders::{self, Border, Frame};
use super::cue::{self, Cue};
use super::side::{self, Side};
use super::source::{self, Candidate, Candidates};
use super::starts;
use super::view::{Crossed, View};
use super::window::Window;
use crate::attribution::voice;
use crate::model::{Features, Weights, logistic, soft_max};
use crate::span::Run;
use crate::tokens::{Token, keys};

/// A cue with everything chosen for it.
pub(crate) struct Draft<'d> {
    pub(crate) cue: Cue<'d>,
    pub(crate) cue_probability: f32,
    pub(crate) side: Side,
    pub(crate) side_probability: f32,
    pub(crate) source: Option<Candidate>,
    pub(crate) source_probability: f32,
    /// By how much the source is more probable than the next one.
    pub(crate) source_margin: f32,
    /// Other mentions that may be the source, with their probabilities; 0 where there are fewer.
    pub(crate) others: [(u32, f32); OTHERS],
    pub(crate) left: Option<Run>,
    pub(crate) right: Option<Run>,
    /// The product of the probabilities of the borders.
    pub(crate) border_probability: f32,
}

impl Draft<'_> {
    /// From the first to the last token of the content.
    pub(crate) fn reach(&self) -> Run {
        match (self.left, self.right) {
            (Some(left), Some(right)) => Run {
                start: left.start.min(right.start),
                end: left.end.max(right.end),
            },
            (one, other) => one.or(other).unwrap_or_default(),
        }
    }

    /// The content, one or two runs.
    pub(crate) fn content(&self) -> impl Iterator<Item = Run> + '_ {
        self.left.into_iter().chain(self.right)
    }
}

/// Cues at least so probable hand their source on to the next cue of the sentence.
pub(super) const SURE: f32 = 0.4;

/// So many places of a border, or candidates, are looked at closely.
const CLOSER: usize = 6;

/// Those that are behind the first one by more than this are not: what is left to look at hardly ever makes up for it.
const BEHIND: f32 = 3.0;

/// So many sources that lost are remembered.
pub(crate) const OTHERS: usize = 3;

/// Cues less probable than this come to nothing.
const LEAST: f32 = 0.2;

/// Words that score less by [`cue::first_features`] are not looked at closely: by cross-validation they do not count.
const HOPELESS: f32 = -2.0;

/// The drafts of a document, each by itself.
pub(super) fn drafts<'d>(view: &View<'d>, candidates: &Candidates, models: &Models) -> Vec<Draft<'d>> {
    let mut drafter = Drafter {
        models,
        features: Features::keys_only(),
        places: Vec::new(),
        ranked: Vec::new(),
        contenders: Vec::new(),
        last: None,
        scores: Vec::new(),
        known: vec![[f32::NAN; 4]; view.letters.len() + 1],
    };
    // One model after the other: the table of each fits into the nearest cache, those of all do not.
    let words = view.known(0, view.hits.len()).filter(|&at| view.own[at]);
    let mut cues: Vec<(Cue, f32)> = Vec::with_capacity(view.hits.len() / 24);
    cues.extend(words.filter_map(|at| drafter.cue(view, at)));
    let sides: Vec<(Window, Side, f32)> = cues.iter().map(|(cue, _)| drafter.side(view, cue)).collect();
    let sided = cues.into_iter().zip(sides);
    sided
        .filter_map(|(cue, side)| drafter.draft(view, candidates, cue, side))
        .collect()
}

struct Drafter<'m> {
    models: &'m Models,
    features: Features,
    places: Vec<usize>,
    ranked: Vec<(f32, usize)>,
    contenders: Vec<(f32, Candidate)>,
    /// The head of the source of the last cue that was probable.
    last: Option<u32>,
    scores: Vec<f32>,
    /// For each place, its score by itself for each border; not a number where nobody asked yet.
    known: Vec<[f32; 4]>,
}

impl Drafter<'_> {
    /// A word that is probable enough to be a cue, and how probable it is.
    fn cue<'d>(&mut self, view: &View<'d>, at: usize) -> Option<(Cue<'d>, f32)> {
        self.features.clear();
        cue::first_features(view, at, &mut self.features);
        let first = self.models.cue.score(&self.features);
        if first < HOPELESS || introduces(view, at) {
            return None;
        }
        let cue = Cue::new(view, at);
        self.features.clear();
        cue::features(view, &cue, &mut self.features);
        let probability = logistic(first + self.models.cue.score(&self.features));
        (probability >= LEAST).then_some((cue, probability))
    }

    /// On which side of a cue its content lies within its window, and how probable that is.
    fn side(&mut self, view: &View, cue: &Cue) -> (Window, Side, f32) {
        let window = Window::new(view, cue.at);
        self.features.clear();
        side::features(view, cue, &window, &mut self.features);
        let mut scores = self.models.side.scores(&self.features);
        let (best, probability, _) = best(&mut scores).unwrap_or_default();
        let side = match Side::ALL[best] {
            _ if says_no_more(view, cue) => Side::Left,
            Side::Right if says_when(view, cue) => Side::Left,
            side => side,
        };
        (window, side, probability)
    }

    fn draft<'d>(
        &mut self,
        view: &View<'d>,
        candidates: &Candidates,
        (cue, cue_probability): (Cue<'d>, f32),
        (window, side, side_probability): (Window, Side, f32),
    ) -> Option<Draft<'d>> {
        let at = cue.at;
        let certain = source::certain(view, &cue, candidates);
        let side = starts::set_between(view, &cue, certain).map_or(side, |(side, _)| side);
        let (source, source_probability, source_margin) = match certain {
            Some(source) => self.alone(source),
            None => self.source(view, candidates, &cue, side, self.previous(cue.sentence)),
        };
        let source = source::apposed_source(view, &cue, candidates, source).or(source);
        let others = self.others(source);
        let mut frame = Frame {
            view,
            cue: &cue,
            window,
            source,
            anchor: at,
        };
        let mut border_probability = 1.0;
        let mut run = |drafter: &mut Self, start: Border, end: Border| {
            frame.anchor = at;
            let (first, second) = if start == Border::LeftStart {
                (end, start)
            } else {
                (start, end)
            };
            let (near, near_probability) = drafter.border(&frame, first)?;
            frame.anchor = near;
            let (far, far_probability) = drafter.border(&frame, second)?;
            border_probability *= near_probability * far_probability;
            Some(Run::new(near.min(far), near.max(far)))
        };
        // "The fund's director said …": what is said is not the one who says it, but stands on the other side.
        let holds_source = |run: &Run| source.is_some_and(|source| run.has(source.head as usize));
        let left = if side == Side::Right {
            None
        } else {
            run(self, Border::LeftStart, Border::LeftEnd).filter(|left| !holds_source(left) && !asks(view, &cue, *left))
        };
        let right = if side == Side::Left && left.is_some() {
            None
        } else {
            run(self, Border::RightStart, Border::RightEnd).filter(|right| left.is_none() || !holds_source(right))
        };
        if left.is_none() && right.is_none() {
            return None;
        }
        if cue_probability >= SURE {
            self.last = source.map(|s| s.head);
        }
        Some(Draft {
            cue,
            cue_probability,
            side,
            side_probability,
            source,
            source_probability,
            source_margin,
            others,
            left,
            right,
            border_probability,
        })
    }

    /// The head of the source of the last cue, if it stands in this sentence.
    fn previous(&self, sentence: Run) -> Option<u32> {
        self.last.filter(|&head| sentence.has(head as usize))
    }

    /// The source of which there is no doubt, as [`Drafter::source`] gives one.
    fn alone(&mut self, source: Candidate) -> (Option<Candidate>, f32, f32) {
        self.contenders.clear();
        (Some(source), 1.0, 1.0)
    }

    fn source(
        &mut self,
        view: &View,
        candidates: &Candidates,
        cue: &Cue,
        side: Side,
        previous: Option<u32>,
    ) -> (Option<Candidate>, f32, f32) {
        self.contenders.clear();
        for candidate in candidates.of(view, cue).filter(source::may_speak(view, cue)) {
            self.features.clear();
            source::first_features(view, cue, side, &candidate, &mut self.features);
            self.contenders
                .push((self.models.source.score(&self.features), candidate));
        }
        leaders(&mut self.contenders, |c| c.head);
        self.scores.clear();
        for (score, candidate) in &self.contenders {
            self.features.clear();
            source::features(view, cue, side, candidate, previous, &mut self.features);
            self.scores.push(score + self.models.source.score(&self.features));
        }
        match best(&mut self.scores) {
            Some((index, probability, margin)) => (Some(self.contenders[index].1), probability, margin),
            None => (None, 0.0, 0.0),
        }
    }

    /// The mentions that lost, most probable first; asked right after the source was chosen.
    fn others(&self, source: Option<Candidate>) -> [(u32, f32); OTHERS] {
        let mut others = [(0, 0.0); OTHERS];
        let chosen = source.and_then(|source| source.mention);
        for ((_, candidate), &probability) in self.contenders.iter().zip(&self.scores) {
            let Some(mention) = candidate.mention.filter(|_| candidate.mention != chosen) else {
                continue;
            };
            if let Some(at) = others.iter().position(|other| probability > other.1) {
                others[at..].rotate_right(1);
                others[at] = (mention, probability);
            }
        }
        others
    }

    /// The best place for a border. All places are scored by themselves and by their distance, the [`CLOSER`] best
    /// of them by everything.
    fn border(&mut self, frame: &Frame, border: Border) -> Option<(usize, f32)> {
        let weights = self.models.border(border);
        borders::places(frame, border, &mut self.places);
        self.ranked.clear();
        let (mut last, mut of_last) = (-1, 0.0);
        for &place in &self.places {
            let own = &mut self.known[place];
            if own[0].is_nan() {
                self.features.clear();
                borders::of_place(frame.view, place, borders::ALL, &mut self.features);
                *own = self.models.places.scores(&self.features);
            }
            let distance = borders::steps_between(frame, place);
            if distance != last {
                self.features.clear();
                borders::of_distance(frame, distance, &mut self.features);
                (last, of_last) = (distance, weights.score(&self.features));
            }
            self.ranked.push((own[border as usize] + of_last, place));
        }
        leaders(&mut self.ranked, |place| *place);
        self.scores.clear();
        for (score, place) in &self.ranked {
            self.features.clear();
            borders::of_relation(frame, border, *place, &mut self.features);
            self.scores.push(score + weights.score(&self.features));
        }
        best(&mut self.scores).map(|(index, probability, _)| (self.ranked[index].1, probability))
    }
}

impl Models {
    pub(crate) fn border(&self, border: Border) -> &Weights {
        &self.borders[border as usize]
    }
}

/// Whether what stands on the left is but the beginning of a question, "What did | the minister know?", or what was asked,
/// "Asked if he would go, | he said no", or somebody else's words, "When a man cried, “No,” | he said, “Yes.”"
fn asks(view: &View, cue: &Cue, left: Run) -> bool {
    // "I asked him, “Why?” | He said, “No.”"
    if left.end <= cue.sentence.start {
        let (start, end) = (left.start as usize, left.end as usize);
        let announced = start > 0 && matches!(view.letters[start - 1], b',' | b':') && end > start + 1;
        return announced && cue.after == b',' && view.document.tokens[end - 2].is("?");
    }
    if left.start != cue.sentence.start {
        return false;
    }
    if is_told(view, left) {
        return true;
    }
    let last = left.range().next_back().map(|last| view.letters[last]);
    let first = &view.document.tokens[left.start as usize];
    voice::is_addressed(first) || is_circumstance(view, cue, left)
        // But "the port should, | Marsh said, stay open".
        || left.len() <= 4
            && matches!(last, Some(b'B' | b'h' | b'D' | b'm'))
            && view.letters.get(left.end as usize) != Some(&b',')
}

/// "Speaking in the hall in which they met, | he said, “No.”": what somebody does who speaks.
fn is_circumstance(view: &View, cue: &Cue, left: Run) -> bool {
    const SPEAKING: [u64; 11] = keys![
        "addressing",
        "answering",
        "appearing",
        "commenting",
        "reacting",
        "referring",
        "replying",
        "responding",
        "speaking",
        "talking",
        "testifying",
    ];
    let (start, end) = (left.start as usize, left.end as usize);
    let speaks = SPEAKING.contains(&view.document.tokens[start].key);
    speaks && matches!(cue.after, b',' | b':' | b'<') && view.crossed(Crossed::Marks, start, end) == 0
}

/// "a doctor named Dana Orvik": whom the word tells the name of, and nothing that anybody says.
fn introduces(view: &View, at: usize) -> bool {
    let (tokens, tags) = (&view.document.tokens, view.tags);
    let called = keys!["called", "identified", "named", "nicknamed"].contains(&tokens[at].key);
    let one =
        called && at > 1 && tags[at - 1].is_human() && keys!["a", "an", "another", "one"].contains(&tokens[at - 2].key);
    one && tokens
        .get(at + 1)
        .is_some_and(|next| next.is_capital() && next.breaks == 0)
}

/// How far "on condition of anonymity" may stand from its cue, in tokens: "told The Harbor Times on condition of anonymity".
const CONDITION: usize = 8;

/// "…, officials said on condition of anonymity because they were not allowed to speak": why, and not what.
fn says_no_more(view: &View, cue: &Cue) -> bool {
    let tokens = &view.document.tokens;
    let sentence = &tokens[cue.at + 1..cue.sentence.end as usize];
    let condition = sentence.iter().take(CONDITION).position(|token| token.is("condition"));
    let Some([of, anonymity, behind @ ..]) = condition.map(|at| &sentence[at + 1..]) else {
        return false;
    };
    let why = |token: &Token| keys!["as", "because", "given", "since", "to"].contains(&token.key);
    of.is("of") && anonymity.is("anonymity") && behind.first().is_some_and(why)
}

/// "The aide has resigned, the White House announced late Sunday.": nothing is said behind the cue but when.
fn says_when(view: &View, cue: &Cue) -> bool {
    let (start, end) = (cue.sentence.start as usize, cue.sentence.end as usize);
    let behind = cue.at + 1..end - usize::from(view.letters[end - 1] == b'.').min(end - cue.at - 1);
    let when = |at: usize| {
        let word = &view.document.tokens[at];
        matches!(view.letters[at], b'M' | b'#' | b'l')
            || keys!["early", "late", "morning", "night", "on"].contains(&word.key)
    };
    let dated = behind.clone().any(|at| view.letters[at] == b'M');
    dated && behind.clone().all(when) && view.crossed(Crossed::Commas, start, cue.group) > 0
}

/// Whether a clause tells of itself who says the quotation in it: "When a man cried, “No,”", "The man asked her, “Why?”"
fn is_told(view: &View, clause: Run) -> bool {
    let (start, end) = (clause.start as usize, clause.end as usize);
    let letters = &view.letters[start..end];
    let asks = end > start + 2 && letters.ends_with(b">") && view.document.tokens[end - 2].is("?");
    if !asks && !voice::opens_clause(&view.document.tokens[start]) {
        return false;
    }
    let object = |letter: &u8| asks && matches!(letter, b'W' | b'O' | b'd' | b'u');
    let skipped = |letter: &u8| matches!(letter, b',' | b':') || object(letter);
    let open = letters.iter().position(|letter| *letter == b'<');
    open.is_some_and(|open| letters[..open].iter().rfind(|letter| !skipped(letter)) == Some(&b'S'))
}

/// Keeps the options that deserve a closer look; of equal ones, those with the lower key.
fn leaders<T, K: Ord>(options: &mut Vec<(f32, T)>, key: impl Fn(&T) -> K) {
    let top = options.iter().map(|o| o.0).fold(f32::NEG_INFINITY, f32::max);
    options.retain(|o| o.0 >= top - BEHIND);
    if options.len() > CLOSER {
        options.select_nth_unstable_by(CLOSER - 1, |a, b| b.0.total_cmp(&a.0).then(key(&a.1).cmp(&key(&b.1))));
        options.truncate(CLOSER);
    }
}

/// The option with the highest score, its probability, and by how much that is more than the next one's.
fn best(scores: &mut [f32]) -> Option<(usize, f32, f32)> {
    if scores.is_empty() {
        return None;
    }
    soft_max(scores);
    let mut top = 0;
    for (index, score) in scores.iter().enumerate() {
        if *score > scores[top] {
            top = index;
        }
    }
    let others = scores.iter().enumerate().filter(|(i, _)| *i != top).map(|(_, p)| *p);
    let next = others.fold(0.0, f32::max);
    Some((top, scores[top], scores[top] - next))
}
