//! Who is meant: articles with the answer written behind the words, `{words=Name}`.
//!
//! `{words=?}` is somebody of whom no entity may be made. The people who speak are invented; real ones hold the offices
//! that they held on the article's date.

#![allow(clippy::unwrap_used)]

use attache::mentions::{Form, Kind};
use attache::{Article, Extraction, Extractor};

/// Reads an article with answers and compares.
#[track_caller]
fn check(date: &str, marked: &str) {
    let mut text = String::new();
    let mut asked = Vec::new();
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (inner, behind) = after.split_once('}').unwrap();
        let (words, name) = inner.split_once('=').unwrap();
        asked.push((text.len(), text.len() + words.len(), words, name));
        text.push_str(words);
        rest = behind;
    }
    text.push_str(rest);
    let mut article = Article::new(text.clone());
    if !date.is_empty() {
        article = article.dated(date).unwrap();
    }
    let extractor = Extractor::new();
    let extraction = extractor.extract(&article).unwrap();
    let wrong: Vec<String> = asked
        .into_iter()
        .filter_map(|(start, end, words, name)| {
            let found = entity_at(&extraction, start, end);
            (found != name).then(|| format!("{words:?} is {found:?}, not {name:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{text}\n{}", wrong.join("\n"));
}

/// The name of the entity that the mention at a place belongs to.
fn entity_at(extraction: &Extraction, start: usize, end: usize) -> String {
    let mention = extraction
        .mentions
        .iter()
        .position(|m| (m.span.start as usize) < end && start < m.span.end as usize);
    let entity = mention.and_then(|at| extraction.resolution.entity_of[at]);
    entity.map_or("?".to_owned(), |id| {
        extraction.resolution.entities[id as usize].name.clone()
    })
}

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
