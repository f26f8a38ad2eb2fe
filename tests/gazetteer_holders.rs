//! Dated questions: who held an office, said as news says it, on a day.
//!
//! In: `data/holders.tsv` (a phrase, a date, the name; several names joined by `|` where several are right, `-` where
//! the tables should know nobody). A floor holds what has been reached.

#![allow(clippy::unwrap_used)]

use attache::gazetteer::{Certainty, Gazetteer};
use attache::tokens::fold;

#[test]
fn dated_questions_are_answered() {
    let gazetteer = Gazetteer::builtin();
    let (mut right, mut silent, mut wrong) = (0, Vec::new(), Vec::new());
    let table = include_str!("data/holders.tsv");
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [phrase, date, names] = cells[..] else {
            panic!("{row:?}")
        };
        let offices = gazetteer.offices_called(phrase);
        let holders = gazetteer.first_held(&offices, date.parse().unwrap());
        let given: Vec<&str> = holders
            .iter()
            .map(|(_, holder)| gazetteer.person(holder.person).name)
            .collect();
        let is_right = |name: &&str| names.split('|').any(|right| fold(right) == fold(name));
        if given.first().is_some_and(is_right) || given.is_empty() && names == "-" {
            right += 1;
        } else if given.is_empty() {
            let ids: Vec<&str> = offices.iter().map(|&office| gazetteer.office(office).id).collect();
            silent.push(format!("{row}: nobody in {ids:?}"));
        } else {
            let id = gazetteer.office(holders[0].0).id;
            wrong.push(format!("{row}: {given:?} as {id}"));
        }
    }
    let all = table.lines().count() - 1;
    println!(
        "{right} of {all} right, {} wrong, {} without an answer",
        wrong.len(),
        silent.len()
    );
    for line in wrong.iter().chain(&silent) {
        println!("  {line}");
    }
    assert!(right * 100 >= all * 95, "too few right answers");
}

/// What was known last answers for a while after that day, but as an older answer that names the day; then nobody does.
#[test]
fn an_open_term_grows_stale() {
    let gazetteer = Gazetteer::builtin();
    let mut asked = 0;
    for office in 0..gazetteer.offices() {
        let newest = gazetteer
            .tenures_of(office)
            .filter_map(|tenure| tenure.last_known())
            .max();
        let sure = |day| {
            let holders = gazetteer.holders(office, day);
            (holders.len() == 1 && holders[0].certainty == Certainty::Sure).then(|| holders[0].person)
        };
        let Some((last, person)) = newest.and_then(|last| Some((last, sure(last)?))) else {
            continue;
        };
        let day = |days: i64| last.checked_add(jiff::Span::new().days(days)).unwrap();
        let soon = gazetteer.holders(office, day(60));
        let Some(holder) = soon.iter().find(|holder| holder.person == person) else {
            continue;
        };
        if holder.certainty != Certainty::Stale {
            continue;
        }
        asked += 1;
        assert!(
            holder.last_known.is_some_and(|known| known <= last),
            "{}",
            gazetteer.office(office).id
        );
        let late = gazetteer.holders(office, day(3000));
        assert!(
            late.iter().all(|holder| holder.person != person),
            "{}",
            gazetteer.office(office).id
        );
    }
    assert!(asked > 1000, "only {asked} offices with an open term");
}
