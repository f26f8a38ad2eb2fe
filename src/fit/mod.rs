//! Fitting the models on annotated articles. Nothing here runs when an article is read.
//!
//! In: folders of annotated articles, the folder of tables. Out: the tables of `data/lexicon/` and `data/weights/`,
//! the same bytes each time.

mod calibration;
pub mod choice;
pub mod indirect;
pub mod lexicon;
pub mod quoted;

use crate::attribution::quoted::Claim;
use crate::attribution::{self, Calibration, Models, Type};
use crate::eval::{self, Predicted};
use crate::gazetteer::Gazetteer;
use crate::gold::Annotated;
use crate::lexicon::{Lexicon, Tag};
use crate::mentions::{self, Mention};
use crate::model::Weights;
use crate::span::Span;
use crate::text::Document;
use crate::tokens::folded_key;
use std::collections::HashMap;
use std::path::Path;
use std::{fs, io};

/// The rows of the hand-written word list `lexicon/words.tsv` in a folder of tables.
///
/// # Errors
/// The file cannot be read, or names a class that is none.
pub fn hand_written_words(data: &Path) -> io::Result<Vec<(u64, Tag)>> {
    const NAME: &str = "lexicon/words.tsv";
    let rows: Vec<(String, String)> = pairs(data, NAME)?;
    let tag = |classes: &str| Tag::parse(classes).map_err(|why| in_file(&data.join(NAME), why));
    rows.iter()
        .map(|(word, classes)| Ok((folded_key(word), tag(classes)?)))
        .collect()
}

/// Forms of cue words with their lemmas, from `lexicon/lemmas.tsv` in a folder of tables.
///
/// # Errors
/// The file cannot be read.
pub fn lemmas(data: &Path) -> io::Result<HashMap<String, String>> {
    pairs(data, "lexicon/lemmas.tsv")
}

/// Words that articles have too seldom to be counted as cues, each with a cue word that is used as it is, from
/// `lexicon/kin.tsv` in a folder of tables.
///
/// # Errors
/// The file cannot be read.
pub fn kin(data: &Path) -> io::Result<Vec<(String, String)>> {
    pairs(data, "lexicon/kin.tsv")
}

/// The rows of a table of two columns.
fn pairs<T: FromIterator<(String, String)>>(data: &Path, name: &str) -> io::Result<T> {
    let path = data.join(name);
    let text = fs::read_to_string(&path).map_err(|why| in_file(&path, why))?;
    let rows = text.lines().skip(1).filter_map(|line| line.split_once('\t'));
    Ok(rows.map(|(one, two)| (one.to_owned(), two.to_owned())).collect())
}

fn in_file(path: &Path, why: impl std::fmt::Display) -> io::Error {
    io::Error::other(format!("{}: {why}", path.display()))
}

/// Counts the word lists and writes their tables into a folder; examples do not count.
///
/// # Errors
/// A table cannot be read or written.
pub fn write_lexicon(articles: &[Annotated], data: &Path) -> io::Result<Lexicon> {
    let words = hand_written_words(data)?;
    let lists = lexicon::count(
        &articles.iter().collect::<Vec<_>>(),
        &Lexicon::new(words.iter().copied()),
        &kin(data)?,
    );
    for (name, table) in lists.tables() {
        fs::write(data.join("lexicon").join(name), table)?;
    }
    Ok(lists.lexicon(&words))
}

/// Fits all models and writes their tables into a folder.
///
/// # Errors
/// A table cannot be read or written.
pub fn write_all(articles: &[Annotated], data: &Path) -> io::Result<()> {
    let lexicon = write_lexicon(articles, data)?;
    let articles: Vec<&Annotated> = articles.iter().collect();
    let (fitted, claimed) = indirect_models(&articles, data)?;
    fitted.tables.write(data)?;
    let quoted = quoted::fit(&articles, &lexicon, &Gazetteer::default(), &claimed);
    fs::write(data.join("weights/quoted.tsv"), weight_table(&quoted))?;
    let unseen = unseen(&articles, fitted.folds, &claimed, data)?;
    let calibration = calibration::fit(&outcomes(&articles, &unseen));
    fs::write(data.join("weights/calibration.tsv"), calibration.table())
}

/// The models of reported speech, and what they claim in articles they have not seen.
fn indirect_models(articles: &[&Annotated], data: &Path) -> io::Result<(indirect::Fitted, quoted::Claimed)> {
    let gazetteer = Gazetteer::default();
    let ground = indirect::Ground {
        words: &hand_written_words(data)?,
        lemmas: &lemmas(data)?,
        kin: &kin(data)?,
        gazetteer: &gazetteer,
        plans: indirect::Plans::default(),
    };
    let (with_cues, others): (Vec<_>, Vec<_>) = articles.iter().copied().partition(|a| teaches_cues(a));
    let (fitted, judged) = indirect::fit(&with_cues, &others, &ground);
    let others = ground.prepare(&others, &ground.lexicon(&with_cues));
    let numbered = (with_cues.len()..).zip(&others);
    let others = numbered.map(|(number, article)| indirect::propose(article, &fitted.folds[number % indirect::FOLDS]));
    let others: Vec<indirect::Judged> = others.collect();
    let claimed = judged
        .into_iter()
        .map(|(_, judged)| judged)
        .chain(others)
        .map(|judged| (judged.id.clone(), claims(judged)));
    Ok((fitted, claimed.collect()))
}

/// Which words are cues, and which proposals to keep: only articles where these are annotated teach them. Examples do not:
/// there is more speech in them than in articles, and what their words mean elsewhere is not to be learnt from them.
fn teaches_cues(article: &Annotated) -> bool {
    article.cues && !article.example
}

fn claims(judged: indirect::Judged) -> Vec<Claim> {
    let proposals = judged.proposals.into_iter();
    let claim = |(content, source, probability, _): (Vec<Span>, Option<Span>, f32, Span)| {
        Some(Claim {
            content: content.into(),
            source: source?,
            probability,
        })
    };
    proposals.filter_map(claim).collect()
}

/// What each article is said to say by models that were fitted without it: word lists and all weights are made anew
/// for each of [`indirect::FOLDS`] parts.
///
/// # Errors
/// A hand-written table cannot be read.
pub fn cross_validate(articles: &[Annotated], data: &Path) -> io::Result<Vec<Vec<Predicted>>> {
    let all: Vec<&Annotated> = articles.iter().collect();
    let (fitted, claimed) = indirect_models(&all, data)?;
    let unseen = unseen(&all, fitted.folds, &claimed, data)?;
    let calibration = calibration::fit(&outcomes(&all, &unseen));
    let calibrated = |(kind, predicted): (Type, Predicted)| Predicted {
        confidence: predicted.confidence.map(|p| calibration.confidence(kind, p)),
        ..predicted
    };
    Ok(unseen
        .into_iter()
        .map(|said| said.into_iter().map(calibrated).collect())
        .collect())
}

/// What models say of the articles that they were fitted without; the confidence is their probability as it is.
fn unseen(
    all: &[&Annotated],
    folds: Vec<attribution::indirect::Models>,
    claimed: &quoted::Claimed,
    data: &Path,
) -> io::Result<Vec<Vec<(Type, Predicted)>>> {
    let (words, kin) = (hand_written_words(data)?, kin(data)?);
    let gazetteer = Gazetteer::default();
    // The parts are those that the models of reported speech were fitted in.
    let (with_cues, others): (Vec<usize>, Vec<usize>) = (0..all.len()).partition(|&i| teaches_cues(all[i]));
    let order: Vec<usize> = with_cues.into_iter().chain(others).collect();
    let mut predicted = vec![Vec::new(); all.len()];
    for (fold, indirect) in folds.into_iter().enumerate() {
        let (unseen, seen): (Vec<_>, Vec<_>) = order
            .iter()
            .enumerate()
            .partition(|(at, _)| at % indirect::FOLDS == fold);
        let seen: Vec<&Annotated> = seen.into_iter().map(|(_, &number)| all[number]).collect();
        let lexicon = lexicon::count(&seen, &Lexicon::new(words.iter().copied()), &kin).lexicon(&words);
        let quoted = quoted::fit(&seen, &lexicon, &gazetteer, claimed);
        let models = Models {
            quoted: Weights::from_names(quoted.iter().map(|(name, weight)| (name.as_str(), *weight))),
            indirect,
            calibration: Calibration::NONE,
        };
        for (_, &number) in unseen {
            let (document, tags, mentions) = surface(&all[number].text, &lexicon, &gazetteer);
            let said = attribution::attribute(&document, &tags, &mentions, &models);
            let read = said.into_iter().map(|said| {
                let predicted = Predicted {
                    content: said.content,
                    mention: said.source.map(|source| mentions[source as usize].span),
                    name: None,
                    direct: said.kind == Type::Direct,
                    confidence: Some(said.confidence),
                };
                (said.kind, predicted)
            });
            predicted[number].extend(read);
        }
    }
    Ok(predicted)
}

/// What the models read of a text.
fn surface<'t>(text: &'t str, lexicon: &Lexicon, gazetteer: &Gazetteer) -> (Document<'t>, Vec<Tag>, Vec<Mention>) {
    let document = Document::read(text);
    let tags = lexicon.tag(&document.tokens, document.text);
    let hits = gazetteer.find(document.text, &document.tokens);
    let mentions = mentions::find(&document, &tags, gazetteer, &hits);
    (document, tags, mentions)
}

/// How probable each prediction was said to be, and whether it is right.
fn outcomes(all: &[&Annotated], unseen: &[Vec<(Type, Predicted)>]) -> Vec<(Type, f32, bool)> {
    let mut outcomes = Vec::new();
    for (article, said) in all.iter().zip(unseen) {
        let predicted: Vec<Predicted> = said.iter().map(|(_, predicted)| predicted.clone()).collect();
        let verdicts = eval::judge(article, &predicted);
        let judged = said.iter().zip(verdicts);
        outcomes.extend(judged.filter_map(|((kind, predicted), right)| Some((*kind, predicted.confidence?, right?))));
    }
    outcomes
}

/// A weight table as text.
fn weight_table(rows: &choice::Rows) -> String {
    let mut table = String::from("group\tvalue\tweight\n");
    for (name, weight) in rows {
        table += &format!("{name}\t{weight}\n");
    }
    table
}
