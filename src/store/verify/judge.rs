//! One passage against one article.
//!
//! In: a passage's items and an article's stream. Out: the best place for it there, with the verdict that this place alone
//! would give; or nothing, if the article does not hold it.

use super::stream::{Report, Stream, Where};
use super::who::{Relation, in_article};
use super::{Passage, Verdict};
use crate::offsets::{Converter, Offsets};
use crate::store::align::{Alignment, Op, align};
use crate::store::compare::{Change, Compared, Kind, Piece};
use crate::store::incoming::Place;
use crate::store::meaning::Class;
use crate::store::wording::Item;
use serde::Serialize;

/// A place in a source.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// What this place alone says of the passage.
    pub verdict: Verdict,
    /// The article.
    pub article: Where,
    /// Its quote's number in the database; none if the words are no quote there.
    pub quote: Option<i64>,
    /// Who said it there.
    pub speaker: Option<String>,
    /// How the article calls the speaker.
    pub mention: Option<String>,
    /// Whether that is the draft's speaker.
    pub speakers: Relation,
    /// Whether the words stand between quotation marks there.
    pub marked: bool,
    /// Whether the article says that it was not said, or only imagines it.
    pub denied: bool,
    /// The source's words with what stands around them.
    pub text: String,
    /// Where the words stand in the article, in code points; none if its text is not stored.
    pub span: Option<Place>,
    /// What the draft changes.
    pub changes: Vec<Change>,
    /// The draft's words beside the source's.
    pub pieces: Vec<Piece>,
    /// How much of the passage is there, from 0 to 1.
    pub likeness: f64,
    #[serde(skip)]
    pub(super) rank: u8,
}

/// Words that say little: fewer of them must have the speaker's own source.
pub(super) const SHORT: usize = 2;
/// From this likeness on, a passage goes back to the place.
const ALIKE: f64 = 0.5;
/// The same for passages of less than five words.
const ALIKE_BRIEF: f64 = 0.55;
/// Three little words, or two of which one is none, with one word more or less among them, go back to the place as well.
const SLIP: usize = 3;
/// From this likeness on, if somebody else said it.
pub(super) const ALIKE_OTHER: f64 = 0.75;

/// Finds a passage in an article.
pub(super) fn judge(passage: &Passage, items: &[Item], stream: &Stream) -> Option<Finding> {
    let found = align(items, &stream.words, &stream.jumps);
    let findings = found
        .iter()
        .filter_map(|alignment| finding(passage, items, stream, alignment));
    // The first of the best.
    findings.min_by_key(|finding| finding.rank)
}

/// The words of a passage, and how many of them carry meaning.
pub(super) fn measure(items: &[Item]) -> (usize, usize) {
    let words = items.iter().filter_map(|item| match item {
        Item::Word(word) => Some(word),
        _ => None,
    });
    let content = words.clone().filter(|word| word.class != Class::Little).count();
    (words.count(), content)
}

fn finding(passage: &Passage, items: &[Item], stream: &Stream, alignment: &Alignment) -> Option<Finding> {
    let matched: Vec<usize> = alignment
        .ops
        .iter()
        .filter_map(|op| match op {
            Op::Same(_, at) | Op::Form(_, at) => Some(*at),
            _ => None,
        })
        .collect();
    let (&first, &last) = (matched.first()?, matched.last()?);
    let compared = Compared {
        to: &passage.text,
        from: &stream.text,
        draft: items,
        source: &stream.words,
        alignment,
    };
    let mut changes = compared.changes();
    let moved = stitched(&compared, stream, &mut changes);
    left(stream, alignment, &compared, &mut changes);
    let not = stream.negation_before(first).filter(|_| !passage.negated);
    let frame = || stream.governed_by(first).filter(|_| !passage.negated);
    let cut = not.or_else(frame).or_else(|| stream.taken_back_by(last));
    if let Some(left_out) = cut {
        changes.push(Change {
            kind: if not.is_some() { Kind::Negation } else { Kind::Cut },
            draft: String::new(),
            source: left_out.to_owned(),
        });
    }
    let likeness = compared.likeness(moved).min(1.0);
    let (report, said) = stream.report(&matched);
    let marked = said || report.is_none() && stream.is_marked(&matched);
    let (speakers, speaker, mention) =
        report.map_or((Relation::Unknown, None, None), |report| named(passage, report, stream));
    let (words, content) = measure(items);
    let slip = slip(alignment, items, stream);
    // Words of somebody else must be more than a coincidence.
    let telling = content >= 3 || words >= 6;
    let (verdict, rank) = match (changes.is_empty(), speakers, report.is_some(), marked) {
        (true, Relation::Same, _, true) => (Verdict::Verbatim, 0),
        (true, Relation::Other, ..) if telling => (Verdict::OtherSpeaker, 1),
        (true, Relation::Other, ..) => return None,
        (true, Relation::Same, _, false) => (Verdict::Unmarked, 3),
        _ if words <= SHORT && !(speakers == Relation::Same && (cut.is_some() || slip == Some(Class::Negation))) => {
            return None;
        }
        (true, Relation::Unknown, _, true) => (Verdict::Verbatim, 2),
        // An article's own words are nobody's, where it has marks for what somebody said.
        (true, Relation::Unknown, ..) if passage.names_somebody() && stream.reports_speech() => (Verdict::Unmarked, 4),
        (true, Relation::Unknown, ..) => (Verdict::Verbatim, 4),
        (false, relation, ..) => {
            let least = match relation {
                _ if words < 5 && relation != Relation::Same => return None,
                Relation::Other if !telling => return None,
                Relation::Other => ALIKE_OTHER,
                _ if words < 5 => ALIKE_BRIEF,
                _ => ALIKE,
            };
            let shared = matched
                .iter()
                .filter(|&&at| stream.words[at].class != Class::Little)
                .count();
            let enough = if relation == Relation::Same {
                content.div_ceil(2)
            } else {
                content
            };
            let slip = relation == Relation::Same && slip.is_some() && matched.len() + shared >= SLIP;
            if !slip && (likeness < least || shared < 2.min(enough)) {
                return None;
            }
            let rank = match relation {
                Relation::Same => 5,
                Relation::Unknown => 6,
                Relation::Other => 7,
            };
            (Verdict::Altered, rank)
        }
    };
    let (from, to) = stream.context(first, last + 1);
    let chars = stream.stored.then(|| Converter::new(&stream.text, Offsets::Char));
    let span = chars.map(|chars| Place {
        start: chars.at(stream.words[first].start as u32),
        end: chars.at(stream.words[last].end as u32),
    });
    Some(Finding {
        verdict,
        article: stream.place.clone(),
        quote: report.map(|report| report.quote),
        speaker,
        mention,
        speakers,
        marked,
        denied: report.is_some_and(|report: &Report| report.denied),
        text: stream.text[from..to].to_owned(),
        span,
        pieces: compared.pieces(),
        changes,
        likeness,
        rank,
    })
}

/// The class of the only word that one of the two has more, if it stands among words that are the same.
fn slip(alignment: &Alignment, items: &[Item], stream: &Stream) -> Option<Class> {
    let mut slips = Vec::new();
    for op in &alignment.ops {
        match *op {
            Op::Same(..) | Op::Jump(..) => {}
            Op::Draft(at) => match &items[at] {
                Item::Word(word) => slips.push(word.class),
                _ => return None,
            },
            Op::Source(at) => slips.push(stream.words[at].class),
            _ => return None,
        }
    }
    let same = |op: Option<&Op>| matches!(op, Some(Op::Same(..)));
    match slips[..] {
        [class] if same(alignment.ops.first()) && same(alignment.ops.last()) => Some(class),
        _ => None,
    }
}

/// How the draft's speaker and those of a report fit, and whom of them the article names and how: of several who say it
/// together, the one whom the draft names too.
fn named(passage: &Passage, report: &Report, stream: &Stream) -> (Relation, Option<String>, Option<String>) {
    let main = (&report.who, &report.mention);
    let all = std::iter::once(main).chain(report.others.iter().map(|(who, mention)| (who, mention)));
    let told: Vec<_> = all
        .map(|(who, mention)| {
            (
                in_article(&passage.who, who, mention.as_deref(), &stream.words),
                who,
                mention,
            )
        })
        .collect();
    let with = |wanted: Relation| told.iter().find(|(relation, ..)| *relation == wanted);
    let same = with(Relation::Same).or_else(|| with(Relation::Unknown));
    let relation = same.map_or(Relation::Other, |&(relation, ..)| relation);
    let (who, mention) = with(Relation::Same).map_or(main, |&(_, who, mention)| (who, mention));
    (relation, who.name.clone(), mention.clone())
}

/// Words that the draft adds, and that stand elsewhere in the article: they were put together. Their weight.
fn stitched(compared: &Compared, stream: &Stream, changes: &mut [Change]) -> u32 {
    let mut moved = 0;
    for run in compared.added() {
        let words: Vec<_> = run
            .iter()
            .filter_map(|&at| match &compared.draft[at] {
                Item::Word(word) => Some(word),
                _ => None,
            })
            .collect();
        let content = words.iter().filter(|word| word.class != Class::Little).count();
        let there =
            |theirs: &[crate::store::wording::Word]| words.iter().zip(theirs).all(|(word, other)| word.is(other));
        if words.len() < 3 || content == 0 || !stream.words.windows(words.len()).any(there) {
            continue;
        }
        moved += words.iter().map(|word| word.class.weight()).sum::<u32>();
        let (start, end) = (words[0].start, words[words.len() - 1].end);
        let text = &compared.to[start..end];
        for change in changes.iter_mut().filter(|change| change.draft.contains(text)) {
            change.kind = Kind::Stitched;
        }
    }
    moved
}

/// An ellipsis that leads out of the speech, into another speaker's or the article's own words; without the article's
/// text, any step from one quote to the next.
fn left(stream: &Stream, alignment: &Alignment, compared: &Compared, changes: &mut Vec<Change>) {
    let mut before: Option<usize> = None;
    let mut between: Vec<usize> = Vec::new();
    let mut open = false;
    for op in &alignment.ops {
        match *op {
            Op::Same(_, at) | Op::Form(_, at) => {
                if let Some(before) = before
                    && (open && stream.leaves(before, at, &between) || stream.parts(before, at))
                {
                    changes.push(Change {
                        kind: Kind::Stitched,
                        draft: "…".to_owned(),
                        source: compared.theirs(&between),
                    });
                }
                before = Some(at);
                between.clear();
                open = false;
            }
            Op::Gap(_) => open = true,
            Op::Elided(at) => between.push(at),
            _ => {}
        }
    }
}
