-- Schema 1 of the quote database: a promise to whoever reads the file.
-- Dates are ISO 8601 text. Offsets count Unicode code points unless articles.offsets says otherwise, so that
-- substr(text, start + 1, stop - start) is the place itself.

CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  started TEXT NOT NULL,
  finished TEXT,
  version TEXT NOT NULL,
  gazetteer TEXT NOT NULL,
  options TEXT NOT NULL,
  added INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0,
  replaced INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE sources (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE offices (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE speakers (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  kind TEXT,
  wikidata TEXT,
  country TEXT,
  anonymous INTEGER NOT NULL DEFAULT 0,
  folded TEXT NOT NULL,
  last_word TEXT NOT NULL
) STRICT;
CREATE INDEX speakers_folded ON speakers(folded);
-- Of a name of one word, the last word is all of it.
CREATE INDEX speakers_last_word ON speakers(last_word) WHERE last_word <> folded;
CREATE INDEX speakers_country ON speakers(country) WHERE country IS NOT NULL;

CREATE TABLE articles (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  record_id TEXT,
  url TEXT,
  title TEXT,
  date TEXT,
  author TEXT,
  dateline TEXT,
  form TEXT,
  source_id INTEGER REFERENCES sources(id),
  offsets TEXT NOT NULL,
  text TEXT,
  text_hash TEXT,
  sentences TEXT NOT NULL,
  -- JSON: the numbers of its entities among the speakers; and where each is mentioned, by its place there.
  entities TEXT NOT NULL,
  mentions TEXT NOT NULL,
  -- How many of its quotes stand, by type, and how many of all of them hide their source.
  direct INTEGER NOT NULL DEFAULT 0,
  mixed INTEGER NOT NULL DEFAULT 0,
  indirect INTEGER NOT NULL DEFAULT 0,
  anonymous INTEGER NOT NULL DEFAULT 0,
  input_hash TEXT NOT NULL,
  -- The input hashes of the versions that the same input had before this one.
  superseded TEXT,
  copy_of INTEGER REFERENCES articles(id),
  run_id INTEGER NOT NULL REFERENCES runs(id)
) STRICT;
-- Quotes of a time or of an outlet are found by their articles, and counted there.
CREATE INDEX articles_date ON articles(date, direct, mixed, indirect, anonymous);
CREATE INDEX articles_source ON articles(source_id, date, direct, mixed, indirect, anonymous);
CREATE INDEX articles_text_hash ON articles(text_hash);
CREATE INDEX articles_copy_of ON articles(copy_of) WHERE copy_of IS NOT NULL;

CREATE TABLE history (
  id INTEGER PRIMARY KEY,
  article_id INTEGER NOT NULL REFERENCES articles(id),
  replaced TEXT NOT NULL,
  run_id INTEGER NOT NULL REFERENCES runs(id),
  url TEXT,
  title TEXT,
  date TEXT,
  text TEXT,
  quotes TEXT NOT NULL
) STRICT;
CREATE INDEX history_article ON history(article_id);

-- The words of a statement are those of its quotes: see said.
CREATE TABLE statements (
  id INTEGER PRIMARY KEY,
  speaker_id INTEGER REFERENCES speakers(id),
  first_seen TEXT,
  last_seen TEXT,
  appearances INTEGER NOT NULL DEFAULT 0,
  independent INTEGER NOT NULL DEFAULT 0,
  outlets INTEGER NOT NULL DEFAULT 0,
  conflict INTEGER NOT NULL DEFAULT 0
) STRICT;
-- Most statements are made once.
CREATE INDEX statements_independent ON statements(independent) WHERE independent > 1;
CREATE INDEX statements_conflict ON statements(conflict) WHERE conflict = 1;

-- An index of ours: which wordings have certain words. Of those that share a hash only the first ones are in it. A row
-- has the hashes from its first one up to the next row's.
CREATE TABLE shingles (
  first INTEGER PRIMARY KEY,
  postings BLOB NOT NULL
) STRICT;

CREATE TABLE quotes (
  id INTEGER PRIMARY KEY,
  key INTEGER NOT NULL,
  article_id INTEGER NOT NULL REFERENCES articles(id),
  number INTEGER NOT NULL,
  statement_id INTEGER REFERENCES statements(id),
  -- Which wording of the statement: quotes with the same words have the same.
  variant INTEGER,
  type TEXT NOT NULL,
  text TEXT NOT NULL,
  speaker_id INTEGER REFERENCES speakers(id),
  extracted_speaker_id INTEGER REFERENCES speakers(id),
  office_id INTEGER REFERENCES offices(id),
  date TEXT,
  source_id INTEGER REFERENCES sources(id),
  retracted INTEGER NOT NULL DEFAULT 0,
  anonymous INTEGER NOT NULL DEFAULT 0,
  reason TEXT,
  attitude TEXT,
  negated INTEGER NOT NULL DEFAULT 0,
  hypothetical INTEGER NOT NULL DEFAULT 0,
  within INTEGER,
  mention TEXT,
  mention_form TEXT,
  mention_start INTEGER,
  mention_end INTEGER,
  cue TEXT,
  cue_start INTEGER,
  cue_end INTEGER,
  spans TEXT NOT NULL,
  quoted TEXT NOT NULL,
  sentence INTEGER,
  confidence REAL NOT NULL,
  rule TEXT NOT NULL,
  -- JSON: who else may have said it, by the place among the article's entities.
  alternatives TEXT,
  UNIQUE (article_id, number)
) STRICT;
CREATE INDEX quotes_statement ON quotes(statement_id, variant);
-- This one has what quotes are filtered and counted by.
CREATE INDEX quotes_speaker ON quotes(speaker_id, date, source_id, type, confidence, anonymous)
  WHERE retracted = 0;
CREATE INDEX quotes_office ON quotes(office_id, date) WHERE retracted = 0 AND office_id IS NOT NULL;
CREATE INDEX quotes_retracted ON quotes(article_id) WHERE retracted = 1;

-- The wordings of statements.
CREATE VIEW variants AS
  SELECT statement_id, variant, min(text) AS text, count(*) AS quotes FROM quotes WHERE retracted = 0
  GROUP BY statement_id, variant;

-- As rows of a table they would take as long to write as the quotes, and they are asked for with their article.
CREATE VIEW mentions AS
  SELECT a.id AS article_id, a.entities ->> (m.value ->> 0) AS speaker_id, m.value ->> 1 AS start,
         m.value ->> 2 AS stop, m.value ->> 3 AS form,
         coalesce(m.value ->> 4, substr(a.text, (m.value ->> 1) + 1, (m.value ->> 2) - (m.value ->> 1))) AS text
  FROM articles a JOIN json_each(a.mentions) m;

CREATE TABLE about (
  speaker_id INTEGER NOT NULL REFERENCES speakers(id),
  quote_id INTEGER NOT NULL REFERENCES quotes(id),
  PRIMARY KEY (speaker_id, quote_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX about_quote ON about(quote_id);

-- Who else may have said a quote: 0 is the likeliest. Without a speaker it is somebody whom the article does not name.
CREATE VIEW alternatives AS
  SELECT q.id AS quote_id, o.key AS number, a.entities ->> (o.value ->> 0) AS speaker_id, o.value ->> 2 AS mention,
         o.value ->> 3 AS mention_start, o.value ->> 4 AS mention_end, o.value ->> 1 AS probability
  FROM quotes q JOIN articles a ON a.id = q.article_id JOIN json_each(q.alternatives) o;

CREATE TABLE corrections (
  id INTEGER PRIMARY KEY,
  article_key TEXT NOT NULL,
  quote_key INTEGER NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('speaker', 'not-a-quote')),
  speaker_id INTEGER REFERENCES speakers(id),
  note TEXT,
  made TEXT NOT NULL,
  reverted TEXT,
  CHECK ((action = 'speaker') = (speaker_id IS NOT NULL))
) STRICT;
CREATE INDEX corrections_quote ON corrections(quote_key);

-- Whoever inserts a quote inserts its row here (a trigger for it would take as long as all the rest); deletions and
-- changes find their own way.
CREATE VIRTUAL TABLE quotes_fts USING fts5(
  text, content="quotes", content_rowid="id", tokenize="porter unicode61 remove_diacritics 2"
);
-- A batch of an ingest is gathered in memory, and written once.
INSERT INTO quotes_fts(quotes_fts, rank) VALUES ('hashsize', 4194304);
CREATE TRIGGER quotes_deleted AFTER DELETE ON quotes BEGIN
  INSERT INTO quotes_fts(quotes_fts, rowid, text) VALUES ('delete', old.id, old.text);
END;
CREATE TRIGGER quotes_updated AFTER UPDATE OF text ON quotes BEGIN
  INSERT INTO quotes_fts(quotes_fts, rowid, text) VALUES ('delete', old.id, old.text);
  INSERT INTO quotes_fts(rowid, text) VALUES (new.id, new.text);
END;

-- An index of ours: which articles hold which words, for `attache verify`.
CREATE TABLE articles_words (
  part INTEGER NOT NULL,
  batch INTEGER NOT NULL,
  postings BLOB NOT NULL,
  PRIMARY KEY (part, batch)
) STRICT, WITHOUT ROWID;

-- For people: each quote that stands, with the names of all it points to.
CREATE VIEW said AS
  SELECT q.id, a.date, s.name AS speaker, s.wikidata, s.country, o.name AS office, q.mention, q.cue, q.type, q.text,
         q.attitude, q.negated, q.hypothetical, q.anonymous, q.reason, q.confidence, src.name AS outlet, a.title, a.url,
         q.statement_id, q.article_id, q.speaker_id
  FROM quotes q JOIN articles a ON a.id = q.article_id LEFT JOIN speakers s ON s.id = q.speaker_id
  LEFT JOIN offices o ON o.id = q.office_id LEFT JOIN sources src ON src.id = a.source_id
  WHERE q.retracted = 0;
