//! Who is meant: articles with the answer written behind the words, `{words=Name}`.
//!
//! `{words=?}` is somebody of whom no entity may be made. The people who speak are invented; real ones hold the offices
//! that they held on the article's date.

#![allow(clippy::unwrap_used)]

mod marked;

use attache::mentions::{Form, Kind};
use attache::{Article, Extractor};
use marked::check;

#[test]
fn surnames_mean_whoever_was_named_in_full() {
    check(
        "2014-03-04",
        "Salem Meslet, the spokesman for the coalition, left the talks. “We are done,” {Meslet=Salem Meslet} said. \
         {Mr. Meslet=Salem Meslet} said {he=Salem Meslet} would not return.",
    );
    // The full name may come later.
    check(
        "2016-05-01",
        "“It was a long night,” {Trennick=Dora Trennick} said. Dora Trennick, a nurse, has two sons. \
         “I slept well,” {she=Dora Trennick} said.",
    );
    // One letter off.
    check(
        "2016-05-01",
        "Dora Trennick, a nurse, has two sons. “I slept well,” {Trenick=Dora Trennick} said.",
    );
}

#[test]
fn two_of_one_surname_are_told_apart() {
    check(
        "2016-05-01",
        "Hanna Odell and her husband, Peter Odell, opened the shop. {Mrs. Odell=Hanna Odell} called it “a dream.” \
         {Mr. Odell=Peter Odell} called it “hard work.”",
    );
    // The article's own namesake wins over whoever is in office.
    check(
        "2017-04-12",
        "Greta Tillerson, a baker, opened a shop. “We sell bread,” {Tillerson=Greta Tillerson} said.",
    );
}

#[test]
fn surnames_alone_are_looked_up_for_the_date() {
    check(
        "2017-04-12",
        "“We will see,” {Putin=Vladimir Putin} said. {Tillerson=Rex Tillerson} called it “a start.”",
    );
    check("2012-06-01", "“We will see,” {Cameron=David Cameron} said.");
    check("2012-06-01", "“We will see,” {Quorfeld=Quorfeld} said.");
}

#[test]
fn institutions_are_one_under_their_names() {
    check(
        "2014-03-04",
        "The Harbor Institute for Human Rights (HIHR) counted them. “There were nine,” \
         {the HIHR=Harbor Institute for Human Rights} said.",
    );
    check(
        "2014-03-04",
        "{The U.N. Security Council=U.N. Security Council} met. “Stop,” {the council=U.N. Security Council} said.",
    );
}

#[test]
fn offices_mean_their_holder() {
    // By the gazetteer, on the article's date.
    check(
        "2017-04-12",
        "“We will see,” {the Russian foreign minister=Sergei Lavrov} said.",
    );
    check(
        "2013-04-12",
        "“We will see,” {the British prime minister=David Cameron} said.",
    );
    // By the article, which needs no date and wins over the gazetteer.
    check(
        "",
        "Foreign Minister Ana Belisk arrived. “We will see,” {the foreign minister=Ana Belisk} said.",
    );
    // Without either, nobody is made up.
    check(
        "",
        "“We will see,” {the Russian foreign minister=Russian foreign minister} said.",
    );
}

#[test]
fn counterparts_hold_the_same_post_elsewhere() {
    check(
        "2017-04-12",
        "Secretary of State Rex Tillerson called {his Russian counterpart=Sergei Lavrov} on Monday.",
    );
}

#[test]
fn pronouns_mean_the_subject_of_their_gender() {
    check(
        "2015-02-03",
        "Anna Vosk met Tom Hale in Riga. “We were cold,” {she=Anna Vosk} said. “I was not,” {he=Tom Hale} said.",
    );
    // Whoever spoke last goes on.
    check(
        "2015-02-03",
        "Tom Hale met Peter Brandt in Riga.\n\n“We were cold,” Brandt said. “Very cold,” {he=Peter Brandt} added.",
    );
    // Not the one who is only spoken of in the quotation.
    check(
        "2015-02-03",
        "Tom Hale spoke in Riga.\n\n“I never liked Peter Brandt,” {he=Tom Hale} said.",
    );
    // Whoever has just been introduced.
    check(
        "2015-02-03",
        "“We were cold,” Tom Hale said.\n\nBut Peter Brandt, a sailor, disagreed.\n\n“It was warm,” {he=Peter Brandt} \
         said.",
    );
    check(
        "2015-02-03",
        "Tom Hale, {who=Tom Hale} sails, said {he=Tom Hale} was “cold.”",
    );
}

#[test]
fn the_first_person_is_whoever_speaks() {
    check("2015-02-03", "“{I=Anna Vosk} was cold,” Anna Vosk said.");
}

#[test]
fn noun_phrases_mean_whom_they_fit() {
    check(
        "2015-02-03",
        "Anna Vosk, a senator from Riga, met Tom Hale, the spokesman for the port. “We were cold,” \
         {the senator=Anna Vosk} said. “No,” {the spokesman=Tom Hale} said.",
    );
    check(
        "2015-02-03",
        "{The spokesman for the port=Tom Hale}, Tom Hale, called it “cold.”",
    );
    check(
        "2015-02-03",
        "{The ambassador to the port, Tom Hale,=Tom Hale} called it “cold.”",
    );
}

#[test]
fn documents_speak_for_whoever_issued_them() {
    check(
        "2015-02-03",
        "{A statement=Harbor Workers Union} from the Harbor Workers Union called it “cold.” {The statement=Harbor Workers \
         Union} also called it “wet.”",
    );
    check(
        "2015-02-03",
        "{An IMF report=International Monetary Fund} called it “cold.”",
    );
}

#[test]
fn places_that_speak_are_governments() {
    check("2017-04-12", "“This is a mistake,” {Moscow=Russia} warned.");
    check("2017-04-12", "{The Algerian government=Algeria} called it “a mistake.”");
    let text = "“This is a mistake,” Moscow warned. It was cold in Moscow.";
    let article = Article::new(text).dated("2017-04-12").unwrap();
    let extractor = Extractor::new();
    let extraction = extractor.extract(&article).unwrap();
    let kinds: Vec<_> = extraction
        .resolution
        .entities
        .iter()
        .map(|e| (&*e.name, e.kind))
        .collect();
    assert_eq!(kinds, [("Russia", Kind::Organization), ("Moscow", Kind::Place)]);
    let forms = extraction.resolution.forms.iter().zip(&extraction.resolution.entity_of);
    let forms: Vec<_> = forms
        .filter(|(_, entity)| entity.is_some())
        .map(|(form, _)| *form)
        .collect();
    assert_eq!(forms, [Form::Metonym, Form::Name]);
}

#[test]
fn groups_and_the_unnamed_are_told_apart_from_people() {
    let text =
        "US officials called it “cold.” A senior official, who spoke on condition of anonymity, called it “wet.”";
    let article = Article::new(text).dated("2017-04-12").unwrap();
    let extractor = Extractor::new();
    let extraction = extractor.extract(&article).unwrap();
    let entities = extraction.resolution.entities.iter().filter(|e| e.kind == Kind::Group);
    let entities: Vec<_> = entities.map(|e| (&*e.name, e.anonymous)).collect();
    assert_eq!(entities, [("US officials", false), ("senior official", true)]);
}

#[test]
fn offices_are_told_for_the_date() {
    let extractor = Extractor::new();
    let office = |date: &str, text: &str| {
        let article = Article::new(text).dated(date).unwrap();
        let extraction = extractor.extract(&article).unwrap();
        extraction.resolution.entities[0].office.clone()
    };
    let told = office("2017-04-12", "“We will see,” Rex Tillerson said.");
    assert_eq!(told.as_deref(), Some("United States Secretary of State"));
    let told = office("2017-04-12", "Tom Hale, the spokesman for the port, called it “cold.”");
    assert_eq!(told.as_deref(), Some("spokesman for the port"));
}

#[test]
fn names_and_nouns_are_told_apart() {
    // A surname that is a title.
    check(
        "2014-03-04",
        "Charlie King, a baker, opened a shop. “We sell bread,” {Mr. King=Charlie King} said.",
    );
    check(
        "2014-03-04",
        "“We sell bread,” said {Representative Dora T. King=Dora T. King} of Norland.",
    );
    // A party's noun is somebody who was named.
    check(
        "2014-03-04",
        "Dora Trennick, a Republican, left the talks. “It is late,” {the Republican=Dora Trennick} said.",
    );
    // What happens is no woman.
    check(
        "2014-03-04",
        "Dora Trennick went to the Harbor National Convention. “It is late,” {she=Dora Trennick} said.",
    );
    // A capital with "a" is nobody's name, not even a president's.
    check(
        "2016-09-29",
        "Barack Obama spoke of faith. Somebody said that a Christian may doubt. “It is late,” {the president=Barack Obama} \
         said.",
    );
    // One letter more, whatever its case.
    check(
        "2014-03-04",
        "Dora McTrennick has two sons. “I slept well,” {McRennick=Dora McTrennick} said. “I slept,” {McWannick=McWannick} \
         said.",
    );
    check(
        "2014-03-04",
        "Jennifer Green, a baker, opened a shop in Harborview. “It is late,” \
         {she=Jennifer Green} said.",
    );
    check(
        "2014-03-04",
        "Another critic, {Dora Trennick=Dora Trennick}, called it “lost.”",
    );
}

#[test]
fn words_of_many_parties_mean_one_of_the_countries_spoken_of() {
    check(
        "2016-05-01",
        "The United States waits. “It is late,” {Democrats=Democratic Party} said in a letter. {They=Democratic Party} said so.",
    );
    check("2016-05-01", "“It is late,” {Democrats=Democrats} said in a letter.");
}
