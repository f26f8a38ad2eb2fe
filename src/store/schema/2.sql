-- Schema 2: who says a quote together with its speaker.

-- In the order of the record. Without a speaker it is somebody whom the article does not name.
CREATE TABLE co_speakers (
  quote_id INTEGER NOT NULL REFERENCES quotes(id),
  number INTEGER NOT NULL,
  speaker_id INTEGER REFERENCES speakers(id),
  mention TEXT,
  mention_start INTEGER,
  mention_end INTEGER,
  PRIMARY KEY (quote_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX co_speakers_speaker ON co_speakers(speaker_id) WHERE speaker_id IS NOT NULL;
