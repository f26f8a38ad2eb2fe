"""Reads what was exported to a folder, and compares it with the database there: tables.py FOLDER"""

import json
import math
import sqlite3
import sys

import duckdb
import pandas

folder = sys.argv[1]
connection = sqlite3.connect(f"{folder}/quotes.db")
stored = connection.execute(
    "SELECT id, date, speaker, co_speakers, wikidata, country, office, mention, cue, type, text, negated, anonymous, confidence, outlet,"
    " url FROM said ORDER BY id"
).fetchall()
assert len(stored) > 10 and any(row[3] for row in stored)

# Parquet, by DuckDB: the same rows, with dates and flags of their own types.
parquet = f"'{folder}/quotes.parquet'"
same = "id, strftime(date, '%Y-%m-%d'), speaker, co_speakers, wikidata, country, office, mention, cue, type, text, negated, anonymous"
read = duckdb.sql(f"SELECT {same}, confidence, site, url FROM {parquet} ORDER BY id").fetchall()
assert [tuple(row) for row in read] == [tuple(row) for row in stored]
types = dict(duckdb.sql(f"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM {parquet})").fetchall())
wanted = {"date": "DATE", "text": "VARCHAR", "negated": "BOOLEAN", "confidence": "DOUBLE", "id": "BIGINT"}
assert {name: types[name] for name in wanted} == wanted, types

# Parquet, CSV and JSONL, by pandas: the same table.
tables = [
    pandas.read_parquet(f"{folder}/quotes.parquet"),
    pandas.read_csv(f"{folder}/quotes.csv"),
    pandas.read_json(f"{folder}/quotes.jsonl", lines=True),
]
first = tables[0]
for table in tables[1:]:
    assert list(table.columns) == list(first.columns)
    for column in first.columns:
        for one, other in zip(first[column], table[column], strict=True):
            # A cell of CSV cannot tell an empty text from none.
            empty = all(cell == "" or pandas.isna(cell) for cell in (one, other))
            close = isinstance(one, float) and math.isclose(one, float(other), rel_tol=1e-12)
            # Whoever reads makes a date of a day, a string, or a time stamp.
            day = column == "date" and str(one)[:10] == str(other)[:10]
            assert empty or close or one == other or day, (column, one, other)
assert duckdb.sql(f"SELECT count(*) FROM '{folder}/quotes.csv'").fetchall() == [(len(stored),)]

# Lines of Quotebank: each statement that is direct somewhere, once.
lines = [json.loads(line) for line in open(f"{folder}/quotes.quotebank")]
fields = "quoteID quotation speaker qids date numOccurrences probas urls phase domains".split()
assert lines and all(list(line) == fields for line in lines)
direct = "SELECT count(DISTINCT statement_id), count(*) FROM quotes WHERE type = 'direct'"
assert (len(lines), sum(line["numOccurrences"] for line in lines)) == connection.execute(direct).fetchone()
for line in lines:
    assert abs(sum(float(share) for _, share in line["probas"]) - 1) < 0.01, line
    assert line["speaker"] == line["probas"][0][0]

# Linked data: each quote in an article that is there.
graph = json.load(open(f"{folder}/quotes.jsonld"))["@graph"]
articles = {node["@id"] for node in graph if node["@type"] == "NewsArticle"}
said = [node for node in graph if node["@type"] in ("Quotation", "Claim")]
assert len(said) == len(stored) and all(node["isPartOf"]["@id"] in articles for node in said)
together = sum(isinstance(node.get("creator"), list) for node in said)
assert together == sum(bool(row[2] and row[3]) for row in stored)
print(f"exports: {len(stored)} quotes the same in Parquet (DuckDB, pandas), CSV and JSONL; {len(lines)} lines of Quotebank")
