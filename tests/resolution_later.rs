//! Who is meant where no name says it: documents, speakers named later, owners, those who want no name, labels of turns.
//!
//! As in `resolution.rs` the answer stands behind the words. All who speak are invented.

#![allow(clippy::unwrap_used)]

mod marked;

use attache::{Article, Extractor};
use marked::check;

#[test]
fn documents_mean_whoever_issued_them() {
    // Whoever says something in it, before it or behind.
    check(
        "2014-03-04",
        "“We are ready,” the Harbor Institute for Peace said in a statement to the BBC. {The statement=Harbor Institute \
         for Peace} called the plan “a start.” “We will see,” {it=Harbor Institute for Peace} added.",
    );
    check(
        "2014-03-04",
        "In a letter to the Harbor Institute for Peace, Dora Trennick called for talks. “It is late,” \
         {the letter=Dora Trennick} said.",
    );
    // Whoever brings it out, is named behind it, or has the place where it stands.
    for issued in [
        "Reporters met the Zenith Union. The Harbor Institute for Peace released the report on Monday.",
        "The Zenith Union met on a report released on Monday by the Harbor Institute for Peace.",
        "The Zenith Union met on a report on the website of the Harbor Institute for Peace.",
        "The Harbor Institute for Peace met. The Zenith Union had a report posted on the Harbor Institute for Peace's \
         website.",
    ] {
        check(
            "2014-03-04",
            &format!("{issued} “It is late,” {{the report=Harbor Institute for Peace}} said."),
        );
    }
    // Its parts, and other nouns for it.
    check(
        "2014-03-04",
        "The Harbor Institute for Peace issued a statement on Monday. “It is late,” {the message=Harbor Institute for \
         Peace} said. {Another part=Harbor Institute for Peace} of the statement said the plan was “a start.”",
    );
    // Whoever only has it in hand has not issued it.
    check(
        "2014-03-04",
        "A memo obtained by the Harbor Institute for Peace is two pages long. “It is late,” {the memo=memo} said.",
    );
}

#[test]
fn speakers_are_named_later() {
    check(
        "2014-03-04",
        "“It is late,” {a Marsh spokesman=Jon Ordell} said. “We will see,” he added. Elena Marsh was not there.\n\n\
         The spokesman, Jon Ordell, said more talks were planned.",
    );
    check(
        "2014-03-04",
        "The harbor is “in danger,” {a United Nations official=Jon Ordell} said on Monday.\n\nThe storms of the winter \
         broke its walls, said Jon Ordell, the U.N. coordinator for the region.",
    );
    check(
        "2014-03-04",
        "From the harbor, {the executive chairman=Jon Ordell} of the transitional council said his country was “ready.”\
         \n\nJon Ordell also called for help.",
    );
    // Somebody else of the same trade, or one who is hidden, stays nobody.
    check(
        "2014-03-04",
        "The harbor was “in danger” for years. It has been so since the war. The walls are old. The town is poor. In May, \
         {a harbor court judge=harbor court judge} called it “lost.” Judge Jon Ordell said it was “found.”",
    );
    check(
        "2014-03-04",
        "“It is late,” said {a diplomat=diplomat}, who spoke on condition of anonymity. Jon Ordell, a diplomat, said it \
         was early.",
    );
}

#[test]
fn institutions_stand_behind_their_noun() {
    check(
        "2014-03-04",
        "One advocacy group, the Harbor Network for Survivors, met the Zenith Union. “It is late,” {the group=Harbor \
         Network for Survivors} said.",
    );
    check(
        "2014-03-04",
        "{The U.S. Embassy in Kabul=U.S. Embassy in Kabul} called it “a start.”",
    );
}

#[test]
fn owners_may_be_meant_by_pronouns() {
    check(
        "2014-03-04",
        "Dora Trennick opened a shop in Harborview. The town met Jon Ordell in May. Jon Ordell's letter came on \
         Monday. “It is late,” {he=Jon Ordell} wrote.",
    );
}

#[test]
fn parts_of_a_live_report_are_apart() {
    check(
        "2014-03-04",
        "Jon Ordell opened a shop. “It is late,” {he=Jon Ordell} said.\n\n___\n\nA farmer said his shop was \
         closed. “It is early,” {he=farmer} said.",
    );
}

#[test]
fn who_wants_no_name_has_none() {
    check(
        "2014-03-04",
        "Jon Ordell runs the ministry. “It is late,” {a senior official=senior official} said. \
         {He=senior official} asked not to be named. “It is early,” {Ordell=Jon Ordell} said.",
    );
    check(
        "2014-03-04",
        "Jon Ordell runs the ministry. {The diplomat=diplomat}, who asked not to be identified, said it was “late.”",
    );
    check(
        "2014-03-04",
        "Jon Ordell runs the ministry. “We have no plan,” {one aide=aide} said. “I worry,” {he=aide} added.",
    );
}

#[test]
fn labels_of_turns_are_people() {
    check(
        "2014-03-04",
        "Interview with Foreign Minister Jon Ordell\n\nQUESTION: Will you sign?\n\n{ORDELL=Jon Ordell}: {We=?} will. \
         {I=Jon Ordell} said so in May.\n\nQUESTION: Why?\n\n{ORDELL=Jon Ordell}: It is late.",
    );
}

#[test]
fn a_title_with_hyphens_is_no_part_of_a_name() {
    check(
        "2014-03-04",
        "“It is late,” {Under-Secretary-General Mirela Pop=Mirela Pop} said. “It is early,” said {Vice-Minister Jon \
         Ordell=Jon Ordell}. {Pop=Mirela Pop} said so again.",
    );
}

#[test]
fn nouns_for_people_are_known_by_their_endings() {
    check(
        "2014-03-04",
        "Jon Ordell, who is retired, left the talks. “It is late,” {the retired neurosurgeon=Jon Ordell} said. “I am \
         old,” {the 46-year-old=Jon Ordell} added.",
    );
    check(
        "2014-03-04",
        "“He deserved it,” {the assailant=Jon Ordell}, Jon Ordell, told the police.",
    );
    check(
        "2014-03-04",
        "Jon Ordell left the talks. “It is late,” he said. {The trip=trip} showed how “tired” he was.",
    );
}

#[test]
fn whoever_quotes_another_is_no_source() {
    let text = "“It is late, and the talks go on,” the Harbor News Agency quoted farmer Jon Ordell as saying.";
    let article = Article::new(text);
    let extractor = Extractor::new();
    let extraction = extractor.extract(&article).unwrap();
    let source = extraction.attributions[0].source.unwrap() as usize;
    assert!(extraction.mentions[source].span.of(text).contains("Jon Ordell"));
}

#[test]
fn whoever_speaks_is_human_from_the_first_mention_on() {
    check(
        "2014-03-04",
        "Jon Ordell met Quorfeld in May. Quorfeld was late. “I am old,” {he=Quorfeld} said. “It is late,” \
         {Quorfeld=Quorfeld} said.",
    );
}

#[test]
fn verbs_of_headlines_are_no_names() {
    check(
        "2014-03-04",
        "{Dora Trennick=Dora Trennick} Defends Plan\n\nDora Trennick, a baker, met the town on Monday. “It is late,” \
         {she=Dora Trennick} said.",
    );
}
