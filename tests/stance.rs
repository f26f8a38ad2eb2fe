//! What a source does with its words, sentence by sentence. Nobody in the sentences exists.

#![allow(clippy::unwrap_used)]

use attache::{Article, Extractor};
use std::fmt::Write as _;

/// A sentence, and the stance of the quote whose cue ends with the word behind `|`.
const SENTENCES: &[(&str, &str)] = &[
    // Statements and claims.
    ("Elena Marsh said the talks had ended.|said", "statement"),
    ("“The talks have ended,” Elena Marsh said.|said", "statement"),
    ("Elena Marsh told reporters that the talks had ended.|told", "statement"),
    (
        "Elena Marsh reiterated that the border would stay open.|reiterated",
        "statement",
    ),
    ("Elena Marsh insisted that the border was open.|insisted", "claim"),
    ("Elena Marsh argued that the border was open.|argued", "claim"),
    ("According to Elena Marsh, the talks have ended.|According", "statement"),
    // Beliefs and wishes.
    ("Elena Marsh believes that the talks will fail.|believes", "belief"),
    ("Elena Marsh thinks the talks will fail.|thinks", "belief"),
    ("Elena Marsh hopes that the talks will go on.|hopes", "desire"),
    // Promises, demands, questions.
    ("Elena Marsh promised that the aid would come.|promised", "promise"),
    ("Elena Marsh pledged to send more aid.|pledged", "promise"),
    ("Elena Marsh vowed to defend the border.|vowed", "promise"),
    ("Elena Marsh agreed to meet the rebels.|agreed", "promise"),
    ("Elena Marsh urged Nordland to release the crew.|urged", "demand"),
    ("Elena Marsh called on Nordland to release the crew.|called", "demand"),
    ("Elena Marsh called for an immediate ceasefire.|called", "demand"),
    ("Elena Marsh told Nordland to release the crew.|told", "demand"),
    ("Elena Marsh asked Nordland to release the crew.|asked", "demand"),
    (
        "Elena Marsh demanded that Nordland release the crew.|demanded",
        "demand",
    ),
    ("Elena Marsh asked whether the crew was safe.|asked", "question"),
    ("Elena Marsh asked that the crew be freed.|asked", "demand"),
    ("“Is the crew safe?” Elena Marsh asked.|asked", "question"),
    ("Elena Marsh wondered whether the crew was safe.|wondered", "question"),
    // Denials, criticism, praise.
    ("Elena Marsh denied that the crew had been held.|denied", "denial"),
    (
        "Elena Marsh rejected the claim that the crew had been held.|rejected",
        "denial",
    ),
    (
        "Elena Marsh dismissed the report as “pure fantasy”.|dismissed",
        "denial",
    ),
    ("Elena Marsh accused Nordland of piracy.|accused", "criticism"),
    ("Elena Marsh condemned the attack as “barbaric”.|condemned", "criticism"),
    ("Elena Marsh criticized the deal as “a gift”.|criticized", "criticism"),
    ("Elena Marsh welcomed the decision as “a good step”.|welcomed", "praise"),
    ("Elena Marsh praised the deal as “historic”.|praised", "praise"),
    // Threats, warnings, admissions, support.
    ("Elena Marsh threatened to close the border.|threatened", "threat"),
    ("Elena Marsh warned that the talks could fail.|warned", "warning"),
    ("Elena Marsh cautioned that the talks could fail.|cautioned", "warning"),
    ("Elena Marsh admitted that the talks had failed.|admitted", "admission"),
    ("Elena Marsh confirmed that the talks had ended.|confirmed", "admission"),
    (
        "Elena Marsh acknowledged that the talks had failed.|acknowledged",
        "admission",
    ),
    ("Elena Marsh defended the decision as “necessary”.|defended", "support"),
    // Denied.
    (
        "Elena Marsh did not say that the talks had ended.|say",
        "statement negated",
    ),
    (
        "Elena Marsh never said that the talks had ended.|said",
        "statement negated",
    ),
    (
        "Elena Marsh has not said whether the talks will go on.|said",
        "statement negated",
    ),
    (
        "Elena Marsh didn’t say that the talks had ended.|say",
        "statement negated",
    ),
    (
        "Elena Marsh refused to say whether the talks had ended.|refused",
        "denial",
    ),
    (
        "Elena Marsh declined to say whether the talks had ended.|declined",
        "denial",
    ),
    (
        "Elena Marsh would not say whether the talks had ended.|say",
        "statement negated",
    ),
    ("Nobody said that the talks had ended.|said", "statement negated"),
    ("No official said that the talks had ended.|said", "statement negated"),
    // Said, and no more.
    ("Elena Marsh would only say that the talks had ended.|say", "statement"),
    ("“No comment,” was all Elena Marsh would say.|say", "statement"),
    // A surname is no modal.
    ("Ilse May said the talks had ended.|said", "statement"),
    ("Mr Can has argued that the talks had failed.|argued", "claim"),
    // Thought of, or to come.
    (
        "Elena Marsh would say that the talks had ended.|say",
        "statement hypothetical",
    ),
    (
        "Elena Marsh might argue that the talks had failed.|argue",
        "claim hypothetical",
    ),
    (
        "Elena Marsh will announce on Monday that the talks have ended.|announce",
        "statement hypothetical",
    ),
    (
        "If Elena Marsh says that the talks have failed, Nordland will leave.|says",
        "statement hypothetical",
    ),
    (
        "Elena Marsh is expected to say that the talks have failed.|say",
        "statement hypothetical",
    ),
    // Neither denied nor thought of.
    ("Elena Marsh said that Nordland would not wait.|said", "statement"),
    (
        "Elena Marsh, who never smiles, said that Nordland might wait.|said",
        "statement",
    ),
    (
        "If there is no deal, Elena Marsh said, Nordland will leave.|said",
        "statement",
    ),
];

#[test]
fn every_attitude_by_its_cue() {
    let extractor = Extractor::new();
    let mut wrong = String::new();
    for (line, wanted) in SENTENCES {
        let (sentence, cue) = line.split_once('|').unwrap();
        let article = Article::new(format!("{sentence}\n\nThe ships left the harbour at noon."));
        let extraction = extractor.extract(&article).unwrap();
        let found = extraction.attributions.iter().find(|said| {
            let words = said.cue.map_or("", |run| extraction.document.words(run));
            words.ends_with(cue)
        });
        let told = found.map_or("nothing".to_owned(), |said| {
            let stance = said.stance;
            let mut told = stance.attitude.map_or("none", |attitude| attitude.name()).to_owned();
            for (is, name) in [(stance.negated, " negated"), (stance.hypothetical, " hypothetical")] {
                told += if is { name } else { "" };
            }
            told
        });
        if told != *wanted {
            writeln!(wrong, "{sentence} {told}, not {wanted}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_cue_in_another_script_says_nothing_of_the_stance() {
    // The last two bytes of the last character are alike.
    for word in ["退退", "退"] {
        let text = format!("“Yes, we will go,” Ana Orlo {word}");
        let (extractor, article) = (Extractor::new(), Article::new(&text));
        let extraction = extractor.extract(&article).unwrap();
        assert!(extraction.attributions.iter().any(|said| said.cue.is_some()), "{text}");
    }
}
