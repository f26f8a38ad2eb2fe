//! An ingest that is killed, or has no room left: what was committed stands, nothing is half there, and the next ingest
//! goes on to the same rows. `ATTACHE_KILLS=200 cargo test --test store killed` kills more often.

use super::desk::{Desk, article, rows, sound};
use std::process::{Command, Stdio};
use std::time::Instant;

/// Articles of invented people, each with words of its own, and some that share a quote.
fn articles(count: usize) -> String {
    const FIRST: [&str; 8] = ["Anna", "Marek", "Ilse", "Tomas", "Petra", "Jonas", "Karin", "Milos"];
    const LAST: [&str; 9] = [
        "Szalai",
        "Dvorsky",
        "Brandauer",
        "Novy",
        "Lindqvar",
        "Ostrava",
        "Keler",
        "Moravi",
        "Tholen",
    ];
    const NOUNS: [&str; 11] = [
        "harbour", "bridge", "treaty", "canal", "tariff", "railway", "census", "dam", "border", "quota", "archive",
    ];
    const VERBS: [&str; 7] = ["close", "rebuild", "sell", "inspect", "flood", "widen", "abandon"];
    let mut lines = String::new();
    for n in 0..count {
        let pick = |list: &[&'static str], salt: usize| list[(n * 7 + salt * 13 + n / 11) % list.len()];
        let who = format!("{} {}", pick(&FIRST, 1), pick(&LAST, 2));
        // Some say it together.
        let with = if n % 3 == 0 { " and Eva Rosner" } else { "" };
        let shared = n / 10 * 10;
        let text = format!(
            "GRAZ - {who} met the press on Monday.\n\n\"We shall {} the {} within {} days and {} the {} after it,\" {who}{with} \
             said.\n\nThe mayor said that the {} of {} would cost \"{} crowns, not a crown more\". \"Nobody asked the \
             {shared} people who live by the river before they began to {} it,\" said {}.",
            pick(&VERBS, 3),
            pick(&NOUNS, 4),
            n + 2,
            pick(&VERBS, 5),
            pick(&NOUNS, 6),
            pick(&NOUNS, 7),
            pick(&LAST, 8),
            n * 31 + 1000,
            VERBS[shared % VERBS.len()],
            pick(&LAST, 9),
        );
        let day = format!("2017-{:02}-{:02}", n % 12 + 1, n % 28 + 1);
        lines += &article(&format!("https://paper{}.example/{n}", n % 5), &day, &text).to_string();
        lines.push('\n');
    }
    lines
}

const INGEST: [&str; 4] = ["ingest", "--db", "quotes.db", "articles.jsonl"];

fn desk(articles: &str) -> Desk {
    let desk = Desk::new();
    std::fs::write(desk.file("articles.jsonl"), articles).unwrap();
    desk
}

#[test]
fn an_ingest_killed_at_any_moment_goes_on_to_the_same_rows() {
    let asked = std::env::var("ATTACHE_KILLS").map(|kills| kills.parse().unwrap()).ok();
    // With more than one batch, some kills leave a part of them; that takes longer.
    let (kills, count): (u32, usize) = asked.map_or((10, 700), |kills| (kills, 4500));
    let articles = articles(count);
    let whole = desk(&articles);
    let start = Instant::now();
    assert_eq!(whole.attache(&INGEST).status.code(), Some(0));
    let takes = start.elapsed();
    let wanted = rows(&whole.db());
    assert!(wanted.len() > 5000, "{}", wanted.len());
    assert!(wanted.iter().any(|row| row.starts_with("co_speakers ")));
    let (mut state, mut killed, mut partly) = (88_172_645_463_325_252_u64, 0, 0);
    while killed < kills {
        let desk = desk(&articles);
        // Two kills in a row for each database.
        for _ in 0..2 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let mut child = desk.command(&INGEST).stdout(Stdio::null()).spawn().unwrap();
            std::thread::sleep(takes.mul_f64((state % 1000) as f64 / 1000.0));
            child.kill().unwrap();
            killed += u32::from(child.wait().unwrap().code().is_none());
            let there = desk.db().metadata().map_or(0, |file| file.len());
            if there > 0 || desk.file("quotes.db-wal").exists() {
                let stored = match attache::store::Reader::open(&desk.db()) {
                    Ok(reader) => reader.stats().unwrap().articles,
                    // Killed before there was a schema.
                    Err(error) => {
                        assert_eq!(error.code(), "not_a_quote_database", "{error}");
                        continue;
                    }
                };
                sound(&desk.db());
                partly += u32::from(stored > 0 && stored < count as u64);
            }
        }
        let output = desk.attache(&INGEST);
        assert_eq!(
            output.status.code(),
            Some(0),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        sound(&desk.db());
        assert!(rows(&desk.db()) == wanted, "rows differ after {killed} kills");
    }
    println!("{killed} kills, {partly} of them with a part of the articles stored");
    assert!(partly > 0 || kills < 20, "no kill left a part");
}

#[test]
fn the_rows_are_the_same_on_any_number_of_threads() {
    let articles = articles(300);
    let [one, four] = ["1", "4"].map(|threads| {
        let desk = desk(&articles);
        let output = desk.attache(&[&INGEST[..], &["--threads", threads]].concat());
        assert_eq!(output.stdout, b"300 added, 0 unchanged, 0 replaced, 0 failed\n");
        rows(&desk.db())
    });
    assert!(one == four);
}

/// Runs an ingest in a shell that is short of room; it must say so and lose nothing of what was there.
#[cfg(unix)]
fn short_of_room(desk: &Desk, shell: &mut Command, why: &str) {
    let before = rows(&desk.db());
    let output = shell.env("ATTACHE", env!("CARGO_BIN_EXE_attache")).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("quotes.db") && told.contains(why), "{told}");
    sound(&desk.db());
    let after = rows(&desk.db());
    let lost = before
        .iter()
        .filter(|row| row.starts_with("articles ") && !after.contains(row));
    assert_eq!(lost.count(), 0);
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_grow_is_told_and_nothing_is_lost() {
    let desk = desk(&articles(20));
    assert_eq!(desk.attache(&INGEST).status.code(), Some(0));
    std::fs::write(desk.file("articles.jsonl"), articles(700)).unwrap();
    let size = desk.db().metadata().unwrap().len() / 512 + 200;
    let mut shell = Command::new("sh");
    // The signal that comes with it would end the process without a word.
    let script = format!("trap '' XFSZ; ulimit -f {size}; exec \"$ATTACHE\" {}", INGEST.join(" "));
    shell.args(["-c", &script]).current_dir(desk.db().parent().unwrap());
    short_of_room(&desk, &mut shell, "I/O error");
    assert_eq!(desk.attache(&INGEST).status.code(), Some(0));
    assert_eq!(desk.reader().stats().unwrap().articles, 700);
    sound(&desk.db());
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_nothing_is_lost() {
    let desk = desk(&articles(700));
    let folder = desk.db().parent().unwrap().to_owned();
    // A file system of one megabyte, in a world of its own; the database is taken out of it for the checks.
    let script = "mkdir small && mount -t tmpfs -o size=1m tmpfs small && cp quotes.db small/ && cd small && \"$ATTACHE\" ingest --db \
         quotes.db ../articles.jsonl; code=$?; cp quotes.db* ..; exit $code";
    std::fs::write(desk.file("few.jsonl"), articles(20)).unwrap();
    let few = desk.attache(&["ingest", "--db", "quotes.db", "few.jsonl"]);
    assert_eq!(few.status.code(), Some(0));
    let world = || {
        let mut shell = Command::new("unshare");
        shell.current_dir(&folder).env("ATTACHE", env!("CARGO_BIN_EXE_attache"));
        shell
    };
    let probe = world()
        .args(["-rm", "sh", "-c", "mkdir probe && mount -t tmpfs tmpfs probe"])
        .output();
    if !probe.is_ok_and(|probe| probe.status.success()) {
        println!("skipped: no small file system can be made here");
        return;
    }
    short_of_room(&desk, world().args(["-rm", "sh", "-c", script]), "full");
    assert_eq!(desk.attache(&INGEST).status.code(), Some(0));
    assert_eq!(desk.reader().stats().unwrap().articles, 700);
    sound(&desk.db());
}
