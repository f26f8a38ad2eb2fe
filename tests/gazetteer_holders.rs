//! Dated questions: who held an office, said as news says it, on a day.
//!
//! In: `data/holders.tsv` (a phrase, a date, the name; several names joined by `|` where several are right, `-` where
//! the tables should know nobody). A floor holds what has been reached.

#![allow(clippy::unwrap_used)]

use attache::gazetteer::Gazetteer;
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
