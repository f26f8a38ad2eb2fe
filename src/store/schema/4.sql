-- Schema 4: the office and the hidden source that an article was read to tell of, where a correction names somebody else.

-- Both are NULL where none does.
ALTER TABLE quotes ADD COLUMN extracted_office_id INTEGER REFERENCES offices(id);
ALTER TABLE quotes ADD COLUMN extracted_anonymous INTEGER;
UPDATE quotes SET extracted_office_id = office_id, office_id = NULL, extracted_anonymous = anonymous,
  anonymous = (SELECT anonymous FROM speakers WHERE id = quotes.speaker_id)
WHERE speaker_id IS NOT extracted_speaker_id AND id IN
  (SELECT q.id FROM corrections c JOIN articles a ON a.key = c.article_key
   JOIN quotes q ON q.article_id = a.id AND q.key = c.quote_key
   WHERE c.reverted IS NULL AND c.speaker_id IS NOT NULL);
UPDATE articles SET anonymous =
  (SELECT coalesce(sum(anonymous), 0) FROM quotes WHERE article_id = articles.id AND retracted = 0)
WHERE key IN (SELECT article_key FROM corrections);
