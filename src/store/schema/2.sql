-- Schema 2: who says a quote together with its speaker.

-- In the order of the record. Without a speaker it is somebody whom the article does not name.
CREATE TABLE co_speakers (
  quote_id INTEGER NOT NULL REFERENCES quotes(id),
  number INTEGER NOT NULL,
  speaker_id INTEGER REFERENCES speakers(id),
  office_id INTEGER REFERENCES offices(id),
  mention TEXT,
  mention_start INTEGER,
  mention_end INTEGER,
  PRIMARY KEY (quote_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX co_speakers_speaker ON co_speakers(speaker_id) WHERE speaker_id IS NOT NULL;

-- For people: each quote that stands, with the names of all it points to.
DROP VIEW said;
CREATE VIEW said AS
  SELECT q.id, a.date, s.name AS speaker,
         (SELECT group_concat(name, '; ') FROM
           (SELECT coalesce(t.name, c.mention) AS name FROM co_speakers c LEFT JOIN speakers t ON t.id = c.speaker_id
            WHERE c.quote_id = q.id AND (c.speaker_id IS NULL OR c.speaker_id IS NOT q.speaker_id) ORDER BY c.number)
         ) AS co_speakers,
         s.wikidata, s.country, o.name AS office, q.mention, q.cue, q.type, q.text, q.attitude, q.negated,
         q.hypothetical, q.anonymous, q.reason, q.confidence, src.name AS outlet, a.title, a.url, q.statement_id,
         q.article_id, q.speaker_id
  FROM quotes q JOIN articles a ON a.id = q.article_id LEFT JOIN speakers s ON s.id = q.speaker_id
  LEFT JOIN offices o ON o.id = q.office_id LEFT JOIN sources src ON src.id = a.source_id
  WHERE q.retracted = 0;
