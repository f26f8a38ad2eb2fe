//! Quotations: which are speech, and who says them.
//!
//! In: an article laid out with annotations and predictions. Out: the counts `quoted`, `quoted5` and `names`, and the
//! faults. Quotations are cut here by the plainest of rules, not by those of `text`: a measure that changed with what it
//! measures would be none.

use super::faults::{Faults, Kind, clipped, context};
use super::speaker::{Names, is_word, meets_a_source, same_person};
use super::{Count, Predicted, Scores, Sheet, ink};
use crate::gold::Relation;
use crate::span::Span;

/// What opens a quotation, and what closes it.
const MARKS: [(&str, &str); 6] = [
    ("“", "”"),
    ("\"", "\""),
    ("«", "»"),
    ("„", "“"),
    ("''", "''"),
    ("``", "''"),
];
/// A quotation of so many words is neither a title nor a word held at arm's length.
const LONG: usize = 5;

/// The words between quotation marks. One that is not closed ends with its line.
pub(super) fn quotations(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(more) = text[at..].find(['“', '"', '«', '„', '\'', '`']) {
        let here = at + more;
        let mark = MARKS.iter().find(|(open, _)| text[here..].starts_with(open));
        let Some((open, close)) = mark else {
            // An apostrophe.
            at = here + 1;
            continue;
        };
        let start = here + open.len();
        let line = text[start..].find('\n').map_or(text.len(), |end| start + end);
        let closed = text[start..line].find(close);
        let end = closed.map_or(line, |end| start + end);
        if end > start {
            found.push(Span::new(start, end));
        }
        at = if closed.is_some() { end + close.len() } else { end };
    }
    found
}

/// Counts the quotations of an article. For each prediction: whether all quotations that it takes for speech are right.
pub(super) fn score(
    sheet: &Sheet<'_>,
    names: Option<&Names>,
    scores: &mut Scores,
    faults: &mut Faults,
) -> Vec<Option<bool>> {
    let mut verdicts: Vec<Option<bool>> = vec![None; sheet.predicted.len()];
    let areas: Vec<Vec<Span>> = sheet.quotations.iter().map(|&span| vec![span]).collect();
    let in_gold = ink::overlaps(&areas, &sheet.gold_areas, &sheet.ink);
    let in_predicted = ink::overlaps(&areas, &sheet.predicted_areas, &sheet.ink);
    for (at, &span) in sheet.quotations.iter().enumerate() {
        let size = sheet.ink.of(span);
        if size == 0 {
            continue;
        }
        let all = (at, 0)..=(at, usize::MAX);
        let covering = in_gold.range(all.clone()).filter(|&(_, &shared)| shared * 2 >= size);
        let covering: Vec<&Relation> = covering.map(|(&(_, i), _)| &sheet.article.relations[i]).collect();
        let sources: Vec<Span> = covering.iter().flat_map(|r| r.source.iter().copied()).collect();
        if sources.is_empty() && !covering.is_empty() {
            continue;
        }
        // Of those that cover the same, the first.
        let best = in_predicted
            .range(all)
            .max_by_key(|&(&(_, i), &shared)| (shared, std::cmp::Reverse(i)));
        let found = best.filter(|&(_, &shared)| shared * 2 >= size).map(|(&(_, i), _)| i);
        let unit = Unit {
            span,
            sources,
            found: found.map(|i| &sheet.predicted[i]),
        };
        if let Some(i) = found {
            let right = unit.is_right(sheet.text());
            verdicts[i] = Some(verdicts[i].unwrap_or(true) && right);
        }
        unit.count(sheet.text(), scores);
        unit.blame(sheet, faults);
        if let Some(names) = names {
            unit.count_name(sheet, names, &mut scores.names, faults);
        }
    }
    verdicts
}

/// A quotation with what the annotator and the prediction say of it.
struct Unit<'a> {
    span: Span,
    /// Empty if it is no speech.
    sources: Vec<Span>,
    /// The prediction that takes it for speech.
    found: Option<&'a Predicted>,
}

impl Unit<'_> {
    fn is_right(&self, text: &str) -> bool {
        let mention = self.found.and_then(|found| found.mention);
        mention.is_some_and(|mention| meets_a_source(text, mention, &self.sources))
    }

    fn count(&self, text: &str, scores: &mut Scores) {
        let speech = u64::from(!self.sources.is_empty());
        let attributed = Count {
            gold: speech,
            predicted: u64::from(self.found.is_some_and(|found| found.mention.is_some())),
            right: u64::from(self.is_right(text)),
        };
        let found = u64::from(self.found.is_some());
        let detected = Count {
            gold: speech,
            predicted: found,
            right: speech & found,
        };
        scores.quoted += attributed;
        scores.detected += detected;
        let words = self
            .span
            .of(text)
            .split(|c| !is_word(c))
            .filter(|word| !word.is_empty());
        if words.take(LONG).count() == LONG {
            scores.quoted5 += attributed;
            scores.detected5 += detected;
        }
    }

    fn blame(&self, sheet: &Sheet<'_>, faults: &mut Faults) {
        let text = sheet.text();
        let kind = match (self.sources.is_empty(), self.found) {
            (true, None) => return,
            (true, Some(_)) => Kind::Spurious,
            (false, None) => Kind::Missed,
            (false, Some(_)) if self.is_right(text) => return,
            (false, Some(_)) => Kind::Speaker,
        };
        let mention = self.found.and_then(|found| found.mention);
        faults.add(kind, sheet.article, self.span, || {
            let predicted = mention.map_or(String::new(), |mention| clipped(mention.of(text)));
            (context(text, self.span), joined(text, &self.sources), predicted)
        });
    }

    fn count_name(&self, sheet: &Sheet<'_>, names: &Names, count: &mut Count, faults: &mut Faults) {
        let wanted = self.sources.iter().filter_map(|&source| names.of(sheet.number, source));
        let wanted: Vec<&str> = wanted.flatten().map(String::as_str).collect();
        if wanted.is_empty() {
            return;
        }
        let given = self.found.and_then(|found| found.name.as_deref());
        let given = given.filter(|name| !name.is_empty());
        let right = given.is_some_and(|given| wanted.iter().any(|wanted| same_person(given, wanted)));
        *count += Count {
            gold: 1,
            predicted: u64::from(given.is_some()),
            right: u64::from(right),
        };
        if !right {
            faults.add(Kind::Name, sheet.article, self.span, || {
                let given = given.unwrap_or_default().to_owned();
                (context(sheet.text(), self.span), wanted.join(" / "), given)
            });
        }
    }
}

/// The words of several spans.
fn joined(text: &str, spans: &[Span]) -> String {
    let words: Vec<String> = spans.iter().map(|span| clipped(span.of(text))).collect();
    words.join(" / ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_quotations_by_their_marks() {
        for (text, wanted) in [
            ("“One,” he said. \"Two.\"", &["One,", "Two."][..]),
            ("«Trois» „vier“ ``five'' ''six''", &["Trois", "vier", "five", "six"]),
            ("It’s the ministers' and 'hers'", &[]),
            ("“Not closed\nnext “line”", &["Not closed", "line"]),
            ("\"\" “” “", &[]),
            ("“nested \"inner\" one”", &["nested \"inner\" one"]),
            ("“open to the end", &["open to the end"]),
            ("", &[]),
        ] {
            let found = quotations(text);
            assert_eq!(found.iter().map(|span| span.of(text)).collect::<Vec<_>>(), wanted);
        }
    }
}
