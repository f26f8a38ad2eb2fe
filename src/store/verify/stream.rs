//! An article of the database as one stream of words, each with who is said to have said it.
//!
//! In: an article's number. Out: its text (its quotes, where no text was stored), the words, and for each word the report
//! it stands in, between marks or not; and the jumps over cues, so that `"We came," she said, "and left"` can be read as
//! "We came and left".

use super::who::Who;
use crate::error::Result;
use crate::offsets::{Converter, Offsets};
use crate::store::base::Reader;
use crate::store::pages::spans;
use crate::store::wording::{Break, Word, source_words};
use crate::store::words::text_hash;
use crate::text::Document;
use serde::Serialize;

/// Longest cue between two pieces of one speech, in words.
const CUE: usize = 30;
/// Longest context shown, in words on either side.
const CONTEXT: usize = 40;

/// Where words come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Where {
    /// The article's number in its database.
    pub article: i64,
    /// The user's identifier; of an article that is a file, its path.
    pub id: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Day of publication.
    pub date: Option<String>,
    /// The outlet.
    pub outlet: Option<String>,
}

/// An article to compare with.
#[derive(Debug)]
pub(super) struct Stream {
    pub(super) place: Where,
    pub(super) text: String,
    /// Whether `text` is the article's own, so that places in it mean something.
    pub(super) stored: bool,
    pub(super) words: Vec<Word>,
    pub(super) jumps: Vec<Option<u32>>,
    pub(super) reports: Vec<Report>,
    /// For each word, the quotation that it stands in, whoever says it; the outermost one.
    marked: Vec<Option<u32>>,
    /// For each word, the report in whose verbatim part it stands.
    pub(super) said: Vec<Option<u32>>,
    /// For each word, the report in whose content it stands.
    pub(super) told: Vec<Option<u32>>,
}

/// A quote of the article.
#[derive(Debug)]
pub(super) struct Report {
    pub(super) quote: i64,
    pub(super) who: Who,
    /// By whom the speaker is told apart within the article.
    speaker: Option<i64>,
    pub(super) mention: Option<String>,
    /// Who says it together with the speaker, and how the article calls them.
    pub(super) others: Vec<(Who, Option<String>)>,
    /// Whether it is said not to have been said, or only imagined.
    pub(super) denied: bool,
    direct: bool,
    /// In bytes of the stream's text.
    spans: Vec<(usize, usize)>,
    quoted: Vec<(usize, usize)>,
}

impl Stream {
    /// Reads an article; none if it has the text or the key of the draft itself.
    pub(super) fn read(reader: &Reader, article: i64, draft: &[String]) -> Result<Option<Stream>> {
        let sql = "SELECT a.record_id, a.url, a.title, a.date, s.name, a.text, a.key FROM articles a
                   LEFT JOIN sources s ON s.id = a.source_id WHERE a.id = ?1";
        let found = reader.rows(sql, [article], |row| {
            let place = Where {
                article,
                id: row.get(0)?,
                url: row.get(1)?,
                title: row.get(2)?,
                date: row.get(3)?,
                outlet: row.get(4)?,
            };
            Ok((place, row.get::<_, Option<String>>(5)?, row.get::<_, String>(6)?))
        })?;
        let Some((place, text, key)) = found.into_iter().next() else {
            return Ok(None);
        };
        let hash = text.as_deref().map(text_hash);
        if draft.contains(&key) || hash.is_some_and(|hash| draft.contains(&hash)) {
            return Ok(None);
        }
        let sql = "SELECT q.id, q.text, q.spans, q.quoted, q.type, q.speaker_id, s.name, s.wikidata, s.kind,
                          coalesce(s.anonymous, 0) OR q.anonymous, q.mention, q.negated OR q.hypothetical,
                          s.country
                   FROM quotes q LEFT JOIN speakers s ON s.id = q.speaker_id
                   WHERE q.article_id = ?1 AND q.retracted = 0 ORDER BY q.number";
        let mut quotes = reader.rows(sql, [article], |row| {
            let report = Report {
                quote: row.get(0)?,
                speaker: row.get(5)?,
                who: Who {
                    name: row.get(6)?,
                    wikidata: row.get(7)?,
                    kind: row.get(8)?,
                    country: row.get(12)?,
                    anonymous: row.get(9)?,
                },
                mention: row.get(10)?,
                others: Vec::new(),
                denied: row.get(11)?,
                direct: row.get::<_, String>(4)? == "direct",
                spans: Vec::new(),
                quoted: Vec::new(),
            };
            Ok((report, row.get::<_, String>(1)?, spans(row, 2)?, spans(row, 3)?))
        })?;
        let sql = "SELECT q.id, s.name, s.wikidata, s.kind, coalesce(s.anonymous, 0), c.mention, s.country
                   FROM quotes q CROSS JOIN co_speakers c ON c.quote_id = q.id LEFT JOIN speakers s ON s.id = c.speaker_id
                   WHERE q.article_id = ?1 AND q.retracted = 0 ORDER BY q.number, c.number";
        let joint = reader.rows(sql, [article], |row| {
            let who = Who {
                name: row.get(1)?,
                wikidata: row.get(2)?,
                kind: row.get(3)?,
                country: row.get(6)?,
                anonymous: row.get(4)?,
            };
            Ok((row.get::<_, i64>(0)?, who, row.get(5)?))
        })?;
        for (quote, who, mention) in joint {
            if let Some((report, ..)) = quotes.iter_mut().find(|(report, ..)| report.quote == quote) {
                report.others.push((who, mention));
            }
        }
        let (text, stored, reports) = match text {
            Some(text) => {
                let reports = in_text(&text, quotes);
                (text, true, reports)
            }
            None => {
                let (text, reports) = quotes_alone(quotes);
                (text, false, reports)
            }
        };
        Ok(Some(Stream::new(place, text, stored, reports)))
    }

    fn new(place: Where, text: String, stored: bool, reports: Vec<Report>) -> Stream {
        let words = source_words(&text);
        let mut said = vec![None; words.len()];
        let mut told = vec![None; words.len()];
        // The longest first, so that a report inside another one has its own words.
        let mut order: Vec<usize> = (0..reports.len()).collect();
        let length = |places: &[(usize, usize)]| places.iter().map(|(start, end)| end - start).sum::<usize>();
        order.sort_by_key(|&at| (usize::MAX - length(&reports[at].spans), at));
        for &at in &order {
            paint(&words, reports[at].verbatim(), &mut said, at as u32);
            paint(&words, &reports[at].spans, &mut told, at as u32);
        }
        let mut marked = vec![None; words.len()];
        if stored {
            let document = Document::read(&text);
            let outermost = document
                .quotations
                .iter()
                .filter(|quotation| quotation.inside.is_none());
            for (number, quotation) in outermost.enumerate() {
                let place = (quotation.span.start as usize, quotation.span.end as usize);
                paint(&words, &[place], &mut marked, number as u32);
            }
        }
        let jumps = jumps(&text, &words, &marked, &said, &reports);
        Stream {
            place,
            text,
            stored,
            words,
            jumps,
            reports,
            marked,
            said,
            told,
        }
    }

    /// Whether all of these words stand between quotation marks.
    pub(super) fn is_marked(&self, words: &[usize]) -> bool {
        words
            .iter()
            .all(|&at| self.marked[at].is_some() || self.said[at].is_some())
    }

    /// Whether somebody's words stand between quotation marks anywhere in the article.
    pub(super) fn reports_speech(&self) -> bool {
        self.said.iter().any(Option::is_some)
    }

    /// The report that most of these words belong to, between its marks or not.
    pub(super) fn report(&self, words: &[usize]) -> (Option<&Report>, bool) {
        let most = |of: &[Option<u32>]| {
            let mut counts: Vec<(u32, usize)> = Vec::new();
            for report in words.iter().filter_map(|&at| of[at]) {
                match counts.iter_mut().find(|(other, _)| *other == report) {
                    Some((_, count)) => *count += 1,
                    None => counts.push((report, 1)),
                }
            }
            let (report, _) = counts.iter().max_by_key(|(_, count)| *count).copied()?;
            // Pieces of one speaker's speech count together.
            let who = self.reports[report as usize].speaker;
            let all = |other: u32| other == report || who.is_some() && self.reports[other as usize].speaker == who;
            let count: usize = counts
                .iter()
                .filter(|(other, _)| all(*other))
                .map(|(_, count)| count)
                .sum();
            (count * 10 >= words.len() * 8).then_some(report)
        };
        if let Some(report) = most(&self.said) {
            return (Some(&self.reports[report as usize]), true);
        }
        (most(&self.told).map(|report| &self.reports[report as usize]), false)
    }

    /// Whether between two words the speech is left: for another speaker's or the article's own words.
    pub(super) fn leaves(&self, from: usize, to: usize, between: &[usize]) -> bool {
        let speaker = |at: usize| self.said[at].map(|report| &self.reports[report as usize]);
        let (Some(first), Some(last)) = (speaker(from), speaker(to)) else {
            // A document is one speech.
            return !self.stored;
        };
        if first.quote == last.quote {
            return false;
        }
        let same = first.speaker.is_some() && first.speaker == last.speaker;
        !same
            || between
                .iter()
                .any(|&at| speaker(at).is_none_or(|report| report.speaker != first.speaker))
    }

    /// Whether two words are of two quotes of an article without its text: nobody knows what stood between them.
    pub(super) fn parts(&self, from: usize, to: usize) -> bool {
        !self.stored && self.told[from] != self.told[to]
    }

    /// The words with what stands around them: the whole quotation, or the whole sentence.
    pub(super) fn context(&self, from: usize, to: usize) -> (usize, usize) {
        let (mut first, mut last) = (from, to - 1);
        let same = |one: usize, other: usize| self.said[one] == self.said[other];
        while first > 0
            && from - first < CONTEXT
            && same(first - 1, from)
            && (self.said[from].is_some() || self.words[first].before < Break::Sentence)
        {
            first -= 1;
        }
        while last + 1 < self.words.len()
            && last - to.saturating_sub(1) < CONTEXT
            && same(last + 1, to - 1)
            && (self.said[to - 1].is_some() || self.words[last + 1].before < Break::Sentence)
        {
            last += 1;
        }
        (self.words[first].start, self.words[last].end)
    }
}

impl Report {
    /// The parts that are verbatim.
    fn verbatim(&self) -> &[(usize, usize)] {
        if self.quoted.is_empty() && self.direct {
            &self.spans
        } else {
            &self.quoted
        }
    }
}

type Quoted = (Report, String, Vec<(u32, u32)>, Vec<(u32, u32)>);

fn in_text(text: &str, quotes: Vec<Quoted>) -> Vec<Report> {
    let converter = Converter::new(text, Offsets::Char);
    let bytes = |places: Vec<(u32, u32)>| -> Vec<(usize, usize)> {
        let places = places.into_iter().map(|(start, end)| converter.span(start, end));
        places
            .flatten()
            .map(|span| (span.start as usize, span.end as usize))
            .collect()
    };
    let placed = quotes.into_iter().map(|(report, _, spans, quoted)| Report {
        spans: bytes(spans),
        quoted: bytes(quoted),
        ..report
    });
    placed.collect()
}

/// Without the article's text its quotes have to do, each a paragraph. A quote's text is its spans, a blank apart.
fn quotes_alone(quotes: Vec<Quoted>) -> (String, Vec<Report>) {
    let mut all = String::new();
    let mut reports = Vec::new();
    for (report, text, spans, quoted) in quotes {
        let base = all.len();
        all.push_str(&text);
        let mut before = 0;
        let converter = Converter::new(&text, Offsets::Char);
        let mut inner = Vec::new();
        for (start, end) in &spans {
            let within = quoted.iter().filter(|(from, to)| start <= from && to <= end);
            let place = within.map(|(from, to)| converter.span(before + from - start, before + to - start));
            inner.extend(
                place
                    .flatten()
                    .map(|span| (base + span.start as usize, base + span.end as usize)),
            );
            before += end - start + 1;
        }
        reports.push(Report {
            spans: vec![(base, all.len())],
            quoted: inner,
            ..report
        });
        all.push_str("\n\n");
    }
    (all, reports)
}

fn paint(words: &[Word], places: &[(usize, usize)], on: &mut [Option<u32>], report: u32) {
    for &(start, end) in places {
        let first = words.partition_point(|word| word.start < start);
        for (at, _) in words
            .iter()
            .enumerate()
            .skip(first)
            .take_while(|(_, word)| word.start < end)
        {
            on[at] = Some(report);
        }
    }
}

/// From where each word may be reached at no cost: from the end of the quotation before, over the cue between both.
fn jumps(
    text: &str,
    words: &[Word],
    marked: &[Option<u32>],
    said: &[Option<u32>],
    reports: &[Report],
) -> Vec<Option<u32>> {
    let mut jumps = vec![None; words.len() + 1];
    let mut last: Option<usize> = None;
    for at in 0..words.len() {
        if marked[at].is_none() && said[at].is_none() {
            continue;
        }
        if let Some(before) = last
            && before + 1 < at
            && at - before - 1 <= CUE
        {
            let report = |at: usize| said[at].map(|report| &reports[report as usize]);
            let speakers = report(before).zip(report(at));
            let own = speakers.is_some_and(|(one, other)| one.quote == other.quote);
            let differ = speakers.is_some_and(|(one, other)| one.speaker != other.speaker);
            // `"…," said somebody, "but …"` is one speech, whomever its two halves were given to.
            let onward = &text[words[at - 1].end..words[at].start];
            let goes_on = onward.contains(',') && text[words[at].start..].starts_with(char::is_lowercase);
            if own || (!differ || goes_on) && is_cue(text, words, before, at) {
                jumps[at] = Some(before as u32 + 1);
            }
        }
        last = Some(at);
    }
    jumps
}

/// Whether what stands between two quotations can be a cue: it does not begin a paragraph and has one sentence at most.
fn is_cue(text: &str, words: &[Word], before: usize, at: usize) -> bool {
    const TITLES: [&str; 14] = [
        "col", "dr", "gen", "gov", "jr", "lt", "mr", "mrs", "ms", "prof", "rep", "sen", "sgt", "st",
    ];
    let paragraph = text[words[before].end..words[before + 1].start].contains('\n');
    let ends = (before + 2..at).any(|at| {
        let stop = &words[at - 1];
        words[at].before >= Break::Sentence && !TITLES.contains(&&*stop.key) && stop.end - stop.start > 1
    });
    !paragraph && !ends
}
