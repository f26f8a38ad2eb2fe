//! Who says a quote together with its speaker: "Marsh and Orlov agreed".
//!
//! In: a quote's number. Out: the others, in the order of the text; in tables their names. A correction may have made one
//! of them the speaker, who is then left out here.

use super::base::Reader;
use crate::error::Result;
use serde::Serializer;

/// Somebody who says a quote together with its speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoSpeaker {
    /// Who, by number.
    pub speaker_id: Option<i64>,
    /// Who.
    pub speaker: Option<String>,
    /// `person`, `organization` …
    pub kind: Option<String>,
    /// Wikidata's identifier.
    pub wikidata: Option<String>,
    /// The office held then.
    pub office: Option<String>,
    /// How the article calls them at this place.
    pub mention: Option<String>,
}

/// The country of one who says a quote too, unless somebody before has the same.
pub(super) const OTHER_COUNTRY: &str = "(SELECT s.country FROM speakers s WHERE s.id = c.speaker_id
    AND s.country IS NOT (SELECT country FROM speakers WHERE id = q.speaker_id) AND NOT EXISTS
      (SELECT 1 FROM co_speakers d CROSS JOIN speakers t ON t.id = d.speaker_id
       WHERE d.quote_id = c.quote_id AND d.number < c.number AND +t.country = s.country))";

impl CoSpeaker {
    /// The name, or the article's own words for one without a name.
    pub fn called(&self) -> &str {
        let called = self.speaker.as_deref().or(self.mention.as_deref());
        called.unwrap_or_default()
    }
}

impl Reader {
    /// Those who say a quote together with its speaker.
    pub(super) fn co_speakers(&self, quote: i64) -> Result<Vec<CoSpeaker>> {
        let sql = "SELECT c.speaker_id, s.name, s.kind, s.wikidata, o.name, c.mention FROM co_speakers c
                   LEFT JOIN speakers s ON s.id = c.speaker_id LEFT JOIN offices o ON o.id = c.office_id
                   WHERE c.quote_id = ?1 AND (c.speaker_id IS NULL OR
                         c.speaker_id IS NOT (SELECT speaker_id FROM quotes WHERE id = ?1))
                   ORDER BY c.number";
        self.rows(sql, [quote], |row| {
            Ok(CoSpeaker {
                speaker_id: row.get(0)?,
                speaker: row.get(1)?,
                kind: row.get(2)?,
                wikidata: row.get(3)?,
                office: row.get(4)?,
                mention: row.get(5)?,
            })
        })
    }
}

/// Their names on one line, between `; `; none if there is nobody.
pub(crate) fn names(co_speakers: &[CoSpeaker]) -> Option<String> {
    let names: Vec<&str> = co_speakers.iter().map(CoSpeaker::called).collect();
    (!names.is_empty()).then(|| names.join("; "))
}

/// Writes their names.
pub(super) fn as_names<S: Serializer>(co_speakers: &[CoSpeaker], to: S) -> std::result::Result<S::Ok, S::Error> {
    match names(co_speakers) {
        Some(names) => to.serialize_some(&names),
        None => to.serialize_none(),
    }
}
