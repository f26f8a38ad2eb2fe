//! Files that are not what they should be: told apart, and left as they are.

use super::desk::{Desk, river, rows, run, sound};
use attache::store::{FORMAT, Filter, Reader, Writer};
use std::fs;

fn code(desk: &Desk) -> (&'static str, &'static str) {
    let read = Reader::open(&desk.db()).map(drop).map_err(|error| error.code()).err();
    let write = Writer::open(&desk.db(), &run())
        .map(drop)
        .map_err(|error| error.code())
        .err();
    (read.unwrap_or("fine"), write.unwrap_or("fine"))
}

#[test]
fn what_is_no_quote_database_is_left_alone() {
    let desk = Desk::new();
    let text =
        b"This is a letter to the editor, and no database at all; but it is long enough to have a head.".repeat(20);
    fs::write(desk.db(), &text).unwrap();
    assert_eq!(code(&desk), ("not_a_quote_database", "not_a_quote_database"));
    assert_eq!(fs::read(desk.db()).unwrap(), text);
    fs::remove_file(desk.db()).unwrap();
    let other = rusqlite::Connection::open(desk.db()).unwrap();
    other
        .execute_batch("CREATE TABLE cats(name TEXT); INSERT INTO cats VALUES ('Minka')")
        .unwrap();
    drop(other);
    let before = fs::read(desk.db()).unwrap();
    assert_eq!(code(&desk), ("not_a_quote_database", "not_a_quote_database"));
    assert_eq!(fs::read(desk.db()).unwrap(), before);
}

#[test]
fn a_file_that_is_not_there_is_made_only_to_write() {
    let desk = Desk::new();
    assert_eq!(Reader::open(&desk.db()).unwrap_err().code(), "read");
    assert!(!desk.db().exists());
    fs::write(desk.db(), b"").unwrap();
    assert_eq!(Reader::open(&desk.db()).unwrap_err().code(), "not_a_quote_database");
    assert_eq!(desk.ingest(&river()).added, 3);
}

#[test]
fn a_later_schema_is_left_alone() {
    let desk = Desk::new();
    desk.ingest(&river());
    let connection = rusqlite::Connection::open(desk.db()).unwrap();
    connection.pragma_update(None, "user_version", FORMAT + 1).unwrap();
    connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    drop(connection);
    let before = fs::read(desk.db()).unwrap();
    assert_eq!(code(&desk), ("database_newer", "database_newer"));
    assert_eq!(fs::read(desk.db()).unwrap(), before);
}

#[test]
fn the_first_schema_comes_from_an_empty_file_and_is_not_made_twice() {
    let desk = Desk::new();
    drop(Writer::open(&desk.db(), &run()).unwrap());
    assert_eq!(desk.ask::<i64>("SELECT user_version FROM pragma_user_version"), FORMAT);
    let schema = "SELECT group_concat(sql) FROM sqlite_schema";
    let first: String = desk.ask(schema);
    drop(Writer::open(&desk.db(), &run()).unwrap());
    assert_eq!(desk.ask::<String>(schema), first);
}

#[test]
fn a_truncated_file_is_told_and_left_alone() {
    let desk = Desk::new();
    desk.ingest(&river());
    let whole = fs::read(desk.db()).unwrap();
    for part in [whole.len() / 2, whole.len() - 1, 4096, 2000, 50] {
        fs::write(desk.db(), &whole[..part]).unwrap();
        let (read, write) = code(&desk);
        for code in [read, write] {
            assert!(
                matches!(code, "database_damaged" | "not_a_quote_database"),
                "{part}: {code}"
            );
        }
        assert_eq!(fs::read(desk.db()).unwrap(), &whole[..part]);
    }
}

#[test]
fn flipped_bits_never_panic_and_are_found_by_a_check() {
    let desk = Desk::new();
    desk.ingest(&river());
    let whole = fs::read(desk.db()).unwrap();
    let mut state = 12345_u64;
    let (mut told, rounds) = (0, 60);
    for _ in 0..rounds {
        let mut broken = whole.clone();
        for _ in 0..40 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let at = (state >> 33) as usize % broken.len();
            broken[at] ^= 1 << ((state >> 20) & 7);
        }
        fs::write(desk.db(), &broken).unwrap();
        let read = Reader::open(&desk.db()).and_then(|reader| {
            reader.search(
                &Filter {
                    words: Some("we".to_owned()),
                    ..Filter::default()
                },
                10,
                0,
            )?;
            reader.stats()?;
            for id in 0..5 {
                reader.article(id)?;
                reader.statement(id, 5)?;
            }
            reader.check()
        });
        told += usize::from(!matches!(read, Ok(wrong) if wrong.is_empty()));
        assert_eq!(fs::read(desk.db()).unwrap(), broken, "reading changes nothing");
    }
    // Most of a small file is empty room, where a bit means nothing.
    assert!(told > rounds / 2, "{told}");
}

#[test]
fn a_second_writer_is_told_to_wait_and_the_first_one_loses_nothing() {
    let desk = Desk::new();
    desk.ingest(&river()[..1]);
    let other = rusqlite::Connection::open(desk.db()).unwrap();
    other
        .execute_batch("BEGIN IMMEDIATE; INSERT INTO sources(name) VALUES ('held')")
        .unwrap();
    let output = desk.attache(&["ingest", "--db", "quotes.db", "quotes.db"]);
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains("another program is writing to it"), "{stderr}");
    assert_eq!(output.status.code(), Some(2));
    // Readers go on meanwhile, and see what was there before.
    assert_eq!(desk.reader().stats().unwrap().articles, 1);
    other.execute_batch("COMMIT").unwrap();
    assert_eq!(desk.ask::<i64>("SELECT count(*) FROM sources WHERE name = 'held'"), 1);
    assert_eq!(desk.ingest(&river()).added, 2);
    sound(&desk.db());
}

#[cfg(unix)]
#[test]
fn a_read_only_file_is_read_and_not_written() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    desk.ingest(&river());
    let before = rows(&desk.db());
    let folder = desk.db().parent().unwrap().to_owned();
    let mode = |path: &std::path::Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    mode(&desk.db(), 0o444);
    mode(&folder, 0o555);
    let can_write_all_the_same = fs::OpenOptions::new().append(true).open(desk.db()).is_ok();
    let stats = Reader::open(&desk.db()).and_then(|reader| reader.stats());
    let write = Writer::open(&desk.db(), &run()).map(drop);
    mode(&folder, 0o755);
    mode(&desk.db(), 0o644);
    assert_eq!(stats.unwrap().articles, 3);
    if can_write_all_the_same {
        println!("skipped: this user may write to read-only files");
    } else {
        assert_eq!(write.unwrap_err().code(), "database_read_only");
        assert_eq!(rows(&desk.db()), before);
    }
}
