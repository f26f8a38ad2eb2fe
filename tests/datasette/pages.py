"""Asks Datasette for pages of a quote database and checks what is on them: pages.py quotes.db metadata.json"""

import json
import sqlite3
import subprocess
import sys

database, metadata = sys.argv[1:]


def get(path):
    command = ["datasette", database, "--metadata", metadata, "--get", path]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, f"{path}: {done.stdout[:500]} {done.stderr[-2000:]}"
    return done.stdout


def rows(path):
    answer = json.loads(get(path))
    assert answer.get("ok", True) and not answer.get("error"), f"{path}: {answer.get('error')}"
    return answer


connection = sqlite3.connect(database)
text, speaker, name = connection.execute(
    "SELECT text, speaker_id, speaker FROM said WHERE speaker IS NOT NULL ORDER BY length(text) DESC"
).fetchone()
total = connection.execute("SELECT count(*) FROM quotes").fetchone()[0]
word = max(text.replace("“", " ").replace("”", " ").replace(",", " ").split(), key=len).strip(".?!\"")

# The full-text index is found without being told of, and the search form stands on the page.
found = rows(f"/quotes/quotes.json?_search={word}&_shape=objects")
assert 0 < len(found["rows"]) < total and any(row["text"] == text for row in found["rows"]), word
page = get(f"/quotes/quotes?_search={word}")
assert 'name="_search"' in page and f"/quotes/speakers/{speaker}" in page, "keys are links"

# Keys come with the names of what they point to.
labelled = rows("/quotes/quotes.json?_labels=on&_shape=objects")["rows"]
names = {row["speaker_id"]["label"] for row in labelled if row["speaker_id"]}
assert name in names, names
keys = get("/quotes/quotes")
for other in ["articles", "speakers", "sources"]:
    assert f'href="/quotes/{other}/' in keys, other

# Facets count all quotes once.
facets = rows("/quotes/quotes.json?_facet=type&_facet=speaker_id&_facet=source_id")["facet_results"]
facets = facets.get("results", facets)
assert sum(value["count"] for value in facets["type"]["results"]) == total
assert any(value["label"] == name for value in facets["speaker_id"]["results"])

# The view for people, and all queries that come ready.
assert rows("/quotes/said.json?_shape=objects")["rows"][0]["text"]
ready = json.load(open(metadata))["databases"]["quotes"]["queries"]
given = {"search": f"words={word}", "speaker": f"name={name.replace(' ', '+')}"}
for query in ready:
    answer = rows(f"/quotes/{query}.json?_shape=objects&{given.get(query, '')}")["rows"]
    assert answer or query == "conflicts", query
quotes = rows("/quotes/search.json?_shape=objects&words=%22NEAR(+OR+*+AND")
print(f"Datasette: search, links, facets and {len(ready)} ready queries over {total} quotes")
