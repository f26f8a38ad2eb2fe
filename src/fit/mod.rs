//! Fitting the models on annotated articles. Nothing here runs when an article is read.
//!
//! In: folders of annotated articles, the folder of tables. Out: the tables of `data/lexicon/` and `data/weights/`,
//! the same bytes each time.

pub mod choice;
pub mod indirect;
pub mod lexicon;
pub mod quoted;

use crate::attribution::quoted::Claim;
use crate::gazetteer::Gazetteer;
use crate::gold::Annotated;
use crate::lexicon::{Lexicon, Tag};
use crate::model::Weights;
use crate::tokens::folded_key;
use std::collections::HashMap;
use std::path::Path;
use std::{fs, io};

/// The rows of the hand-written word list `lexicon/words.tsv` in a folder of tables.
///
/// # Errors
/// The file cannot be read, or names a class that is none.
pub fn hand_written_words(data: &Path) -> io::Result<Vec<(u64, Tag)>> {
    let path = data.join("lexicon/words.tsv");
    let in_file = |why: String| io::Error::other(format!("{}: {why}", path.display()));
    let text = fs::read_to_string(&path).map_err(|e| in_file(e.to_string()))?;
    let rows = text.lines().skip(1).filter_map(|line| line.split_once('\t'));
    rows.map(|(word, classes)| Ok((folded_key(word), Tag::parse(classes).map_err(in_file)?)))
        .collect()
}

/// Forms of cue words with their lemmas, from `lexicon/lemmas.tsv` in a folder of tables.
///
/// # Errors
/// The file cannot be read.
pub fn lemmas(data: &Path) -> io::Result<HashMap<String, String>> {
    let path = data.join("lexicon/lemmas.tsv");
    let text = fs::read_to_string(&path).map_err(|e| io::Error::other(format!("{}: {e}", path.display())))?;
    let rows = text.lines().skip(1).filter_map(|line| line.split_once('\t'));
    Ok(rows.map(|(form, lemma)| (form.to_owned(), lemma.to_owned())).collect())
}

/// Counts the word lists and writes their tables into a folder.
///
/// # Errors
/// A table cannot be read or written.
pub fn write_lexicon(articles: &[Annotated], data: &Path) -> io::Result<Lexicon> {
    let words = hand_written_words(data)?;
    let lists = lexicon::count(
        &articles.iter().collect::<Vec<_>>(),
        &Lexicon::new(words.iter().copied()),
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
    let (tables, claimed) = indirect_models(&articles, data)?;
    tables.write(data)?;
    let quoted = quoted::fit(&articles, &lexicon, &Gazetteer::default(), &claimed);
    fs::write(data.join("weights/quoted.tsv"), weight_table(&quoted))
}

/// The models of reported speech, and what they claim in articles they have not seen.
fn indirect_models(articles: &[&Annotated], data: &Path) -> io::Result<(indirect::Tables, quoted::Claimed)> {
    let gazetteer = Gazetteer::default();
    let ground = indirect::Ground {
        words: &hand_written_words(data)?,
        lemmas: &lemmas(data)?,
        gazetteer: &gazetteer,
        plans: indirect::Plans::default(),
    };
    // Cue, side, source, borders: only articles where these are annotated teach them.
    let (with_cues, others): (Vec<_>, Vec<_>) = articles.iter().copied().partition(|a| a.has_cues());
    let (tables, judged) = indirect::fit(&with_cues, &ground);
    let models = tables.models();
    let others = ground.prepare(&others, &ground.lexicon(&with_cues));
    let others = others.iter().map(|article| indirect::propose(article, &models));
    let claimed = judged
        .into_iter()
        .map(|(_, judged)| judged)
        .chain(others)
        .map(|judged| (judged.id.clone(), claims(judged)));
    Ok((tables, claimed.collect()))
}

fn claims(judged: indirect::Judged) -> Vec<Claim> {
    let proposals = judged.proposals.into_iter();
    let claim = |(content, source, probability, _)| {
        Some(Claim {
            content,
            source: source?,
            probability,
        })
    };
    proposals.filter_map(claim).collect()
}

/// Judges the ranker of quotations on articles left out of the fit: word lists and weights are made anew for each
/// of `folds` parts. Prints nothing; returns one line a fold and a last one for all.
///
/// # Errors
/// The hand-written word list cannot be read.
pub fn cross_validate(articles: &[Annotated], data: &Path, folds: usize) -> io::Result<Vec<String>> {
    let words = hand_written_words(data)?;
    let gazetteer = Gazetteer::default();
    let (_, claimed) = indirect_models(&articles.iter().collect::<Vec<_>>(), data)?;
    let mut lines = Vec::new();
    let mut sums = (quoted::Judgement::default(), quoted::Judgement::default());
    for fold in 0..folds {
        let (mut seen, mut unseen) = (Vec::new(), Vec::new());
        for (i, article) in articles.iter().enumerate() {
            if i % folds == fold {
                unseen.push(article)
            } else {
                seen.push(article)
            }
        }
        let lists = lexicon::count(&seen, &Lexicon::new(words.iter().copied()));
        let lexicon = lists.lexicon(&words);
        let rows = quoted::fit(&seen, &lexicon, &gazetteer, &claimed);
        let weights = Weights::from_names(rows.iter().map(|(name, weight)| (name.as_str(), *weight)));
        let judged = quoted::judge(&unseen, &lexicon, &gazetteer, &claimed, &weights);
        sums.0 += judged.0;
        sums.1 += judged.1;
        lines.push(line(&format!("fold {fold}"), rows.len(), judged));
    }
    lines.push(line("all", 0, sums));
    Ok(lines)
}

fn line(name: &str, weights: usize, (all, long): (quoted::Judgement, quoted::Judgement)) -> String {
    format!(
        "{name}\t{weights} weights\tquoted {:.2}\tdetection {:.2}\tquoted5 {:.2}\treachable {:.2}",
        all.f1(),
        all.detection(),
        long.f1(),
        100.0 * f64::from(all.reachable) / f64::from(all.gold.max(1))
    )
}

/// A weight table as text.
fn weight_table(rows: &choice::Rows) -> String {
    let mut table = String::from("group\tvalue\tweight\n");
    for (name, weight) in rows {
        table += &format!("{name}\t{weight}\n");
    }
    table
}
