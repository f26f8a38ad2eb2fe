//! Whose somebody is: owners in a phrase, and the country of an institution that several countries have.
//!
//! As in `resolution.rs` the answer stands behind the words. All who speak are invented.

#![allow(clippy::unwrap_used)]

mod marked;

use marked::check;

#[test]
fn what_an_owner_is_called_is_not_said_of_whom_he_owns() {
    check(
        "2017-10-25",
        "Sen. Rolf Tarvel left. The senator's wife, Stella Forman, stayed. “It was lunch,” Forman said. {The senator=Rolf Tarvel} \
         said it was late.",
    );
    // An unknown man's chief of staff is nobody's whom the tables follow.
    check(
        "2017-10-25",
        "WASHINGTON — Rolf Tarvel left. {Tarvel's chief of staff=Tarvel's chief of staff} said it was late.",
    );
    // "Her shadow" is a noun that nobody is known by.
    check(
        "2019-03-14",
        "Stella Forman, the trade secretary, was late. {Her shadow=Alastair Pomfret}, Sir Alastair Pomfret, said he did not \
         believe it.",
    );
    check(
        "2012-10-04",
        "{Portugal's ambassador=Duarte Vasco e Melo}, Duarte Vasco e Melo, was late. “It is a letter,” {Vasco e Melo=Duarte \
         Vasco e Melo} said.",
    );
}

#[test]
fn an_institution_is_that_of_the_country_spoken_of() {
    check(
        "2015-11-17",
        "Sen. John McCain was late. {Republicans=Republican Party} said that it was early.",
    );
    check(
        "2017-05-17",
        "PARIS — France votes in June. {The Republicans=The Republicans} said that it was early.",
    );
    // Of several it is the one spoken of most.
    check(
        "2009-03-17",
        "The vote in France is on Monday. Nigeria waits, and France votes. {The National Assembly=French National Assembly} said it was late.",
    );
    // Of none that the article speaks of, it is nobody's.
    check(
        "2015-11-17",
        "It was late. {The Republicans=Republicans} said that it was early.",
    );
}

#[test]
fn regulators_and_lenders_are_institutions() {
    check(
        "2018-08-02",
        "Stella Forman, a nurse, spoke. “It is late,” Forman said. The Harbor Commission opened a file. {The regulator=Harbor \
         Commission} said that it would wait.",
    );
}
