//! The tables in `data/` as a person edits them: sorted, unique, ids that resolve, dates that exist, one holder a day.

#![allow(clippy::unwrap_used)]

use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;
use std::path::Path;

struct Table {
    name: &'static str,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
    lines: Vec<String>,
}

impl Table {
    fn read(name: &'static str) -> Table {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("data")
            .join(name)
            .with_extension("tsv");
        let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        assert!(text.ends_with('\n') && !text.contains('\r'), "{name}: lines end in LF");
        let cells = |line: &str| line.split('\t').map(str::to_owned).collect();
        let mut lines = text.lines();
        Table {
            name,
            columns: cells(lines.next().unwrap()),
            rows: lines.clone().map(cells).collect(),
            lines: lines.map(str::to_owned).collect(),
        }
    }

    fn at(&self, column: &str) -> usize {
        self.columns
            .iter()
            .position(|c| c == column)
            .unwrap_or_else(|| panic!("{}: no {column}", self.name))
    }

    fn column(&self, column: &str) -> impl Iterator<Item = &str> {
        let at = self.at(column);
        self.rows.iter().map(move |row| row[at].as_str())
    }

    fn ids(&self, column: &str) -> HashSet<&str> {
        self.column(column).collect()
    }
}

#[test]
fn rows_are_whole_sorted_and_unique() {
    for (name, unique) in [
        ("people", true),
        ("offices", true),
        ("organizations", true),
        ("places", true),
        ("roles", true),
        ("given_names", true),
        ("words", true),
        ("nicknames", true),
        ("tenures", false),
        ("lexicon/words", true),
        ("lexicon/cues", true),
        ("lexicon/heads", true),
        ("lexicon/kin", true),
    ] {
        let table = Table::read(name);
        for (i, row) in table.rows.iter().enumerate() {
            assert_eq!(row.len(), table.columns.len(), "{name}:{}", i + 2);
            assert!(row.iter().all(|cell| cell.trim() == cell), "{name}:{}: spaces", i + 2);
            assert!(!row[0].is_empty(), "{name}:{}: empty", i + 2);
        }
        for (i, pair) in table.rows.windows(2).enumerate() {
            assert!(
                pair[0][0] <= pair[1][0],
                "{name}:{}: not sorted: {:?}",
                i + 3,
                pair[1][0]
            );
            assert!(
                !unique || pair[0][0] != pair[1][0],
                "{name}:{}: twice: {:?}",
                i + 3,
                pair[1][0]
            );
        }
        let rows: HashSet<&String> = table.lines.iter().collect();
        assert_eq!(rows.len(), table.lines.len(), "{name}: a row stands twice");
    }
}

#[test]
fn kin_of_a_seldom_word_is_a_cue_word_by_its_own_counts() {
    let (kin, forms) = (Table::read("lexicon/kin"), Table::read("lexicon/cue_forms"));
    let seldom = kin.ids("form");
    let lemmas: HashMap<&str, &str> = forms.column("form").zip(forms.column("lemma")).collect();
    for (form, like) in kin.column("form").zip(kin.column("like")) {
        assert!(!seldom.contains(like), "{form} is like {like}, which is seldom itself");
        assert!(lemmas.contains_key(like), "{form} is like {like}, which is no cue word");
    }
    // Some have counts of their own in the articles, or too many places that are no cues.
    let as_used = |(form, like): &(&str, &str)| lemmas.get(form) == lemmas.get(like);
    let rows = kin.column("form").zip(kin.column("like"));
    assert!(rows.filter(as_used).count() * 10 > kin.rows.len() * 9);
}

#[test]
fn ids_resolve() {
    let (people, offices, roles) = (Table::read("people"), Table::read("offices"), Table::read("roles"));
    let tenures = Table::read("tenures");
    let (persons, posts, kinds) = (people.ids("id"), offices.ids("id"), roles.ids("role"));
    let lost: Vec<_> = tenures.column("person").filter(|id| !persons.contains(id)).collect();
    assert!(lost.is_empty(), "no such people: {lost:?}");
    let lost: Vec<_> = tenures.column("office").filter(|id| !posts.contains(id)).collect();
    assert!(lost.is_empty(), "no such offices: {lost:?}");
    let role = |role: &str| role.split(':').next().unwrap_or_default().to_owned();
    let lost: BTreeSet<_> = offices
        .column("role")
        .map(role)
        .filter(|r| !r.is_empty() && !kinds.contains(r.as_str()))
        .collect();
    assert!(lost.is_empty(), "no such roles: {lost:?}");
    let places = Table::read("places");
    let kind = places.at("kind");
    let country = places.at("country");
    let countries: HashSet<&str> = places
        .rows
        .iter()
        .filter(|row| row[kind] == "country")
        .map(|row| row[country].as_str())
        .collect();
    let lost: BTreeSet<_> = people
        .column("country")
        .filter(|c| !c.is_empty() && !countries.contains(c))
        .collect();
    assert!(lost.len() <= 3, "no such countries: {lost:?}");
}

/// The first and the last day that a date of any precision can mean.
fn days(cell: &str) -> Option<(Date, Date)> {
    let first: Date = match cell.len() {
        4 => format!("{cell}-01-01").parse().ok()?,
        7 => format!("{cell}-01").parse().ok()?,
        _ => cell.parse().ok()?,
    };
    let last = match cell.len() {
        4 => first.last_of_year(),
        7 => first.last_of_month(),
        _ => first,
    };
    Some((first, last))
}

#[test]
fn dates_exist_and_run_forwards() {
    let tenures = Table::read("tenures");
    let (start, end, as_of) = (tenures.at("start"), tenures.at("end"), tenures.at("as_of"));
    for (i, row) in tenures.rows.iter().enumerate() {
        let line = i + 2;
        for at in [start, end, as_of] {
            assert!(
                row[at].is_empty() || days(&row[at]).is_some(),
                "tenures:{line}: {:?} is no date",
                row[at]
            );
        }
        let first = days(&row[start]).map(|days| days.0);
        if let (Some(first), Some((_, last))) = (first, days(&row[end])) {
            assert!(first <= last, "tenures:{line}: ends before it begins: {row:?}");
        }
        assert!(
            row[end].is_empty() || row[as_of].is_empty(),
            "tenures:{line}: both an end and a last day known"
        );
    }
}

/// Tenures of one office that share more than the handover day, both known to the day.
#[test]
fn an_office_has_one_holder_a_day() {
    let tenures = Table::read("tenures");
    let coheld = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/coheld.tsv");
    let coheld: HashSet<String> = match fs::read_to_string(coheld) {
        Ok(text) => text
            .lines()
            .skip(1)
            .map(|line| line.split('\t').next().unwrap().to_owned())
            .collect(),
        Err(_) => HashSet::new(),
    };
    let (office, person) = (tenures.at("office"), tenures.at("person"));
    let (start, end) = (tenures.at("start"), tenures.at("end"));
    let mut held: HashMap<&str, Vec<(Date, Date, &str)>> = HashMap::new();
    for row in &tenures.rows {
        if row[start].len() == 10 && row[end].len() == 10 && !coheld.contains(&row[office]) {
            let (from, to) = (days(&row[start]).unwrap().0, days(&row[end]).unwrap().1);
            held.entry(&row[office]).or_default().push((from, to, &row[person]));
        }
    }
    let mut clashes: BTreeMap<&str, usize> = BTreeMap::new();
    for (office, mut tenures) in held {
        tenures.sort();
        for (i, one) in tenures.iter().enumerate() {
            let clash = tenures[i + 1..].iter().any(|two| two.0 < one.1 && two.2 != one.2);
            *clashes.entry(office).or_default() += usize::from(clash);
        }
    }
    clashes.retain(|_, &mut count| count > 0);
    assert!(
        clashes.is_empty(),
        "{} offices have two holders on a day: {clashes:?}",
        clashes.len()
    );
}
