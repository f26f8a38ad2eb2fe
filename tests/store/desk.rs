//! What the tests work with: a folder that goes away, articles of invented people, the database filled with them.

use attache::Extractor;
use attache::article::Article;
use attache::store::{Correction, Incoming, Prepared, Preparer, Reader, Ready, Remedy, Run, Writer};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

pub(crate) static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

/// A folder of its own for each test.
pub(crate) struct Desk {
    folder: PathBuf,
}

impl Desk {
    pub(crate) fn new() -> Desk {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("attache-store-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Desk { folder }
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    pub(crate) fn db(&self) -> PathBuf {
        self.file("quotes.db")
    }

    pub(crate) fn reader(&self) -> Reader {
        Reader::open(&self.db()).unwrap()
    }

    /// Stores articles, each given as JSON.
    pub(crate) fn ingest(&self, articles: &[serde_json::Value]) -> attache::store::Closing {
        self.ingest_as(&run(), articles)
    }

    /// The same, in a run of one's own.
    pub(crate) fn ingest_as(&self, run: &Run, articles: &[serde_json::Value]) -> attache::store::Closing {
        let mut writer = Writer::open(&self.db(), run).unwrap();
        let preparer = Preparer::new(&EXTRACTOR, run, None, Some(self.reader()));
        for article in articles {
            let article = Article::from_json(article.to_string().as_bytes()).unwrap();
            let ready = match preparer.prepare_article(&article).unwrap() {
                Prepared::Known(known) if writer.unchanged(&known).unwrap() => continue,
                Prepared::Known(known) => preparer.prepare_anew(*known).unwrap(),
                Prepared::Ready(ready) => ready,
                Prepared::Failed(failure) => panic!("{failure}"),
            };
            writer.add(&ready).unwrap();
        }
        writer.finish().unwrap()
    }

    /// Stores a record as it is.
    pub(crate) fn record(&self, record: &serde_json::Value) {
        let incoming = Incoming::from_json(record.to_string().as_bytes()).unwrap();
        let mut writer = Writer::open(&self.db(), &run()).unwrap();
        writer
            .add(&Ready::new(incoming, format!("{:x}", record.to_string().len())))
            .unwrap();
        writer.finish().unwrap();
    }

    /// Corrects a quote: the number of the correction.
    pub(crate) fn correct(&self, quote: i64, remedy: &Remedy, note: Option<&str>) -> Result<i64, attache::Error> {
        Correction::make(&self.db(), quote, remedy, note, EXTRACTOR.gazetteer()).map(|made| made.id)
    }

    /// Runs the program in the folder.
    pub(crate) fn attache(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// The program, to be run in the folder.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_attache"));
        command.args(args).current_dir(&self.folder);
        command
    }

    /// One value of the database.
    pub(crate) fn ask<T: rusqlite::types::FromSql>(&self, sql: &str) -> T {
        let connection = Connection::open(self.db()).unwrap();
        connection.query_row(sql, [], |row| row.get(0)).unwrap()
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

pub(crate) fn run() -> Run {
    Run {
        version: "test".to_owned(),
        gazetteer: "built in".to_owned(),
        options: String::new(),
    }
}

pub(crate) fn article(url: &str, date: &str, text: &str) -> serde_json::Value {
    serde_json::json!({ "url": url, "date": date, "text": text })
}

/// Three articles about a river.
pub(crate) fn river() -> Vec<serde_json::Value> {
    vec![
        article(
            "https://www.danubewire.example/1",
            "2017-03-14",
            "VIENNA - Negotiators ended three days of talks on the water treaty on Tuesday.\n\n\
             \"We came here with nine positions and we leave with two,\" said Ilse Brandauer, the diplomat who chaired \
             the meeting.\n\nMarek Dvorsky told reporters that his government had expected \"a signature, not a \
             photograph\". \"Poland will not pay for dams that it did not order,\" Dvorsky said.",
        ),
        article(
            "https://herald.example/2",
            "2017-03-15",
            "The water talks ended without a treaty. \"We came here with nine positions ... and we leave with two,\" \
             Ilse Brandauer told the Herald. Anna Szalai said: \"The dams are ours, and so is the bill for the cement.\"",
        ),
        article(
            "https://herald.example/3",
            "2017-05-02",
            "A month later the mood has changed. \"Sanctions were never on the table, and sanctions are not the answer \
             to a drought,\" Anna Szalai said on Tuesday in Warsaw. A senior official who spoke on condition of \
             anonymity said \"the cement is already paid for\".",
        ),
    ]
}

/// All rows that an ingest writes, without what tells of when, in which run and in which input.
pub(crate) fn rows(db: &Path) -> Vec<String> {
    let connection = Connection::open(db).unwrap();
    let tables = [
        "articles",
        "quotes",
        "mentions",
        "about",
        "co_speakers",
        "alternatives",
        "speakers",
        "sources",
        "offices",
        "statements",
        "variants",
        "history",
        "corrections",
    ];
    let mut all = Vec::new();
    for table in tables {
        let mut columns = connection
            .prepare(&format!("SELECT name FROM pragma_table_info('{table}')"))
            .unwrap();
        let columns = columns
            .query_map([], |row| row.get::<_, String>(0))
            .unwrap()
            .map(Result::unwrap);
        let columns: Vec<String> = columns
            .filter(|column| !["run_id", "superseded", "replaced", "made", "reverted"].contains(&&**column))
            .collect();
        let cell = |column: &String| format!("CASE typeof({column}) WHEN 'blob' THEN hex({column}) ELSE {column} END");
        let cells: Vec<String> = columns.iter().map(cell).collect();
        let sql = format!("SELECT json_array({}) FROM {table} ORDER BY 1", cells.join(", "));
        let mut statement = connection.prepare(&sql).unwrap();
        let rows = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
        all.extend(rows.map(|row| format!("{table} {}", row.unwrap())));
    }
    all.extend(shingles(&connection));
    let mut words = connection
        .prepare("SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH 'the OR we OR is' ORDER BY 1")
        .unwrap();
    let words = words.query_map([], |row| row.get::<_, i64>(0)).unwrap();
    all.extend(words.map(|row| format!("quotes_fts {}", row.unwrap())));
    all
}

/// The hashes of the table of shingles, each with what is found by it. Which of them share a row, and which stand in the
/// rows below zero, of which the lowest one is the last, depends on the batches.
fn shingles(connection: &Connection) -> Vec<String> {
    let mut read = connection
        .prepare("SELECT first, postings FROM shingles ORDER BY first < 0, abs(first)")
        .unwrap();
    let mut rows = read.query([]).unwrap();
    let mut all = BTreeMap::new();
    while let Some(row) = rows.next().unwrap() {
        let (first, row): (i64, Vec<u8>) = (row.get(0).unwrap(), row.get(1).unwrap());
        let (mut at, mut hash, mut last) = (0, 0, None);
        while at < row.len() {
            hash += number(&row, &mut at);
            assert!(hash as i64 >= first && last < Some(hash), "{first} {hash}");
            last = Some(hash);
            let length = number(&row, &mut at) as usize;
            let postings = row[at..at + length].to_vec();
            let before = all.insert(hash, postings);
            assert!(first < 0 || before.is_none(), "{hash}");
            at += length;
        }
    }
    all.retain(|_, postings| !postings.is_empty());
    let all = all.into_iter();
    all.map(|(hash, postings)| format!("shingles {hash} {postings:?}"))
        .collect()
}

/// A number of so many bytes as it takes, seven bits in each.
fn number(bytes: &[u8], at: &mut usize) -> u64 {
    let (mut number, mut shift) = (0, 0);
    loop {
        let byte = bytes[*at];
        number |= u64::from(byte & 0x7f) << shift;
        (*at, shift) = (*at + 1, shift + 7);
        if byte < 0x80 {
            return number;
        }
    }
}

/// Fails if the file is not sound.
pub(crate) fn sound(db: &Path) {
    assert_eq!(Reader::open(db).unwrap().check().unwrap(), Vec::<String>::new());
    let connection = Connection::open(db).unwrap();
    let check = "INSERT INTO quotes_fts(quotes_fts, rank) VALUES ('integrity-check', 1)";
    connection.execute_batch(check).unwrap();
}
