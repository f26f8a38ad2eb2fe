//! Whether a draft quotes its sources right.
//!
//! In: a draft's record with its text, and databases of articles. Out: for each passage that the draft gives as somebody's
//! words, whether a source has these words, what was changed in them, who said them there, and where. A passage is looked
//! for in the quotes and in the stored texts of all databases (`find`), compared word by word with each article found
//! (`judge`), and has the verdict of the best place.

mod find;
mod frame;
mod judge;
mod passages;
mod stream;
mod who;

use super::base::Reader;
use super::incoming::{Incoming, Place};
use super::wording::{Item, items};
use super::words::text_hash;
use crate::error::{Error, Result};
pub use judge::Finding;
use judge::{ALIKE_OTHER, SHORT, judge, measure};
use passages::{Passage, passages};
use serde::Serialize;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use stream::Stream;
pub use stream::Where;
pub use who::Relation;

/// Articles that stay at hand, at most.
const STREAMS: usize = 256;

/// Places told of a passage, at most.
const TOLD: usize = 5;

/// What becomes of a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// A source has these words, and names no other speaker.
    Verbatim,
    /// A source has them, but changed.
    Altered,
    /// A source has these words, as its own report of what the speaker said.
    Unmarked,
    /// A source has these words, said by somebody else.
    OtherSpeaker,
    /// No source has them.
    NotFound,
}

/// What an editor should know of a passage besides its verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Note {
    /// The draft does not name the speaker, or the source does not: the words alone were checked.
    SpeakerNotKnown,
    /// The source has the words in its text, not between quotation marks.
    NoMarks,
    /// The source says that it was not said, or only imagines it; the draft does not.
    Denied,
    /// Other sources say that somebody else said it.
    SourcesDisagree,
}

/// A passage that was checked.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Check {
    /// Its quote's number in the draft's record; none if nobody was found to say it.
    pub quote: Option<u32>,
    /// Its words; where a cue stands in between, a blank.
    pub text: String,
    /// Where they stand in the draft, in code points.
    pub spans: Vec<Place>,
    /// Whom the draft names.
    pub speaker: Option<String>,
    /// Wikidata's identifier of whom the draft names.
    pub wikidata: Option<String>,
    /// How the draft calls the speaker there.
    pub mention: Option<String>,
    /// What became of it.
    pub verdict: Verdict,
    /// Whether it may be printed as it is.
    pub holds: bool,
    /// What else there is to know.
    pub notes: Vec<Note>,
    /// Where it comes from, the best place first.
    pub sources: Vec<Finding>,
}

/// How many passages there are of each sort.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Word for word, and of the right speaker as far as that is known.
    pub verbatim: usize,
    /// With changes.
    pub altered: usize,
    /// Reported without quotation marks in the source.
    pub unmarked: usize,
    /// Said by somebody else.
    pub other_speaker: usize,
    /// In no source.
    pub not_found: usize,
    /// Indirect speech, which has no words to check.
    pub indirect: usize,
    /// One or two words of nobody in particular, which would be found anywhere.
    pub too_short: usize,
}

/// What was found out about a draft.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verification {
    /// The draft's identifier.
    pub id: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Its day.
    pub date: Option<String>,
    /// Whether all passages hold.
    pub holds: bool,
    /// How many there are of each sort.
    pub counts: Counts,
    /// The passages, in order.
    pub checks: Vec<Check>,
}

/// Checks drafts against databases.
#[derive(Debug)]
pub struct Verifier {
    readers: Vec<Reader>,
}

impl Verifier {
    /// Checks against these databases, all of them.
    pub fn new(readers: Vec<Reader>) -> Verifier {
        Verifier { readers }
    }

    /// Checks a draft, which needs its text. Articles that are the draft itself, by their text, address or identifier, are
    /// no source.
    pub fn verify(&self, draft: &Incoming) -> Result<Verification> {
        let text = draft.text.as_deref().ok_or(Error::MissingText)?;
        let own = [draft.key(), text_hash(text)];
        let (passages, indirect) = passages(draft, text);
        let mut desk = Desk {
            readers: &self.readers,
            own: &own,
            streams: HashMap::new(),
        };
        let mut counts = Counts {
            indirect,
            ..Counts::default()
        };
        let mut checks = Vec::new();
        for passage in passages {
            match desk.check(passage)? {
                Some(check) => checks.push(check),
                None => counts.too_short += 1,
            }
        }
        for check in &checks {
            *match check.verdict {
                Verdict::Verbatim => &mut counts.verbatim,
                Verdict::Altered => &mut counts.altered,
                Verdict::Unmarked => &mut counts.unmarked,
                Verdict::OtherSpeaker => &mut counts.other_speaker,
                Verdict::NotFound => &mut counts.not_found,
            } += 1;
        }
        Ok(Verification {
            id: draft.id(),
            title: draft.title.clone(),
            date: draft.date.clone(),
            holds: checks.iter().all(|check| check.holds),
            counts,
            checks,
        })
    }
}

/// The work on one draft: articles that were read already stay at hand.
struct Desk<'a> {
    readers: &'a [Reader],
    own: &'a [String],
    streams: HashMap<(usize, i64), Option<Stream>>,
}

impl Desk<'_> {
    /// Checks a passage; none if it is too short to be looked for.
    fn check(&mut self, passage: Passage) -> Result<Option<Check>> {
        let items = items(&passage.text);
        let (words, _) = measure(&items);
        let short = words <= SHORT;
        if words == 0 || short && passage.who.name.is_none() {
            return Ok(None);
        }
        let mut findings = Vec::new();
        for at in 0..self.readers.len() {
            let reader = &self.readers[at];
            let speakers = find::speakers(reader, &passage.who)?;
            for article in find::articles(reader, &passage.text, &items, &speakers, short)? {
                findings.extend(self.judge(&passage, &items, (at, article))?);
            }
        }
        findings.sort_by(|one, other| {
            let key = |finding: &Finding| (finding.rank, finding.article.date.clone(), finding.article.article);
            let likeness = |finding: &Finding| if finding.rank < 5 { 0.0 } else { finding.likeness };
            one.rank
                .cmp(&other.rank)
                .then(likeness(other).total_cmp(&likeness(one)))
                .then_with(|| key(one).cmp(&key(other)))
        });
        Ok(Some(sum_up(passage, findings)))
    }

    fn judge(&mut self, passage: &Passage, items: &[Item], key: (usize, i64)) -> Result<Option<Finding>> {
        if self.streams.len() >= STREAMS {
            self.streams.clear();
        }
        let stream = match self.streams.entry(key) {
            Entry::Occupied(read) => read.into_mut(),
            Entry::Vacant(empty) => empty.insert(Stream::read(&self.readers[key.0], key.1, self.own)?),
        };
        Ok(stream.as_ref().and_then(|stream| judge(passage, items, stream)))
    }
}

fn sum_up(passage: Passage, mut findings: Vec<Finding>) -> Check {
    // Beside the very words, others of the same topic would only distract.
    if findings.first().is_some_and(|best| best.changes.is_empty()) {
        findings.retain(|finding| finding.changes.is_empty() || finding.likeness >= ALIKE_OTHER);
    }
    let best = findings.first();
    let verdict = best.map_or(Verdict::NotFound, |best| best.verdict);
    let mut notes = Vec::new();
    if let Some(best) = best {
        let exact = best.changes.is_empty();
        if best.speakers == Relation::Unknown {
            notes.push(Note::SpeakerNotKnown);
        }
        if exact && !best.marked && verdict == Verdict::Verbatim {
            notes.push(Note::NoMarks);
        }
        if best.denied && !passage.denied {
            notes.push(Note::Denied);
        }
        let others = findings.iter().any(|finding| finding.verdict == Verdict::OtherSpeaker);
        if others && best.speakers == Relation::Same {
            notes.push(Note::SourcesDisagree);
        }
    }
    Check {
        quote: passage.quote,
        text: passage.text,
        spans: passage.spans,
        speaker: passage.who.name,
        wikidata: passage.who.wikidata,
        mention: passage.mention,
        verdict,
        holds: verdict == Verdict::Verbatim && !notes.contains(&Note::Denied),
        notes,
        sources: findings.into_iter().take(TOLD).collect(),
    }
}
