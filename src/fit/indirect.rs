//! Fitting the models of reported speech.
//!
//! In: annotated articles. Out: the cue words and the weights of every choice, as the rows of their tables. The model
//! that says how probable a finished proposal is right learns from drafts that the others made on articles they had not
//! seen, in [`FOLDS`] parts; the same drafts measure the whole without looking at other articles.

mod forms;
mod gold;

use crate::attribution::indirect::{
    self, Border, Candidates, Cue, Cues, Draft, Form, Frame, Models, Side, View, Window,
};
use crate::fit::choice::{Data, Rows, Settings};
use crate::fit::lexicon;
use crate::gazetteer::Gazetteer;
use crate::gold::Annotated;
use crate::lexicon::{Lexicon, Tag};
use crate::mentions::Mention;
use crate::model::{Features, Weights};
use crate::span::Span;
use crate::text::Document;
use gold::{Gold, Inked};
use std::collections::HashMap;

/// Into how many parts the articles are cut.
pub const FOLDS: usize = 4;

/// An article made ready for a fit.
pub struct Prepared<'t> {
    id: &'t str,
    document: Document<'t>,
    tags: Vec<Tag>,
    mentions: Vec<Mention>,
    quoted: Vec<bool>,
    gold: Vec<Gold>,
}

impl<'t> Prepared<'t> {
    /// Reads an article's surface and its mentions.
    pub fn new(article: &'t Annotated, lexicon: &Lexicon, gazetteer: &Gazetteer) -> Self {
        let (document, tags, mentions) = super::surface(&article.text, lexicon, gazetteer);
        let mut quoted = vec![false; document.tokens.len()];
        for quotation in &document.quotations {
            quoted[quotation.tokens.range()].fill(true);
        }
        let gold = gold::read(&document, &article.relations);
        Prepared {
            id: &article.id,
            document,
            tags,
            mentions,
            quoted,
            gold,
        }
    }
}

/// Everything a fit makes.
#[derive(Debug, Clone, Default)]
pub struct Tables {
    /// The cue words.
    pub forms: Vec<Form>,
    /// The weights of each model, under the name of its file.
    pub weights: Vec<(&'static str, Rows)>,
}

impl Tables {
    /// The models themselves.
    pub fn models(&self) -> Models {
        let table = |name: &str, wanted: fn(&str) -> bool| -> Vec<(&str, f32)> {
            let found = self.weights.iter().find(|(n, _)| *n == name);
            let rows = found.map(|(_, rows)| rows.as_slice()).unwrap_or_default();
            let rows = rows.iter().map(|(name, weight)| (name.as_str(), *weight));
            rows.filter(|(name, _)| wanted(name)).collect()
        };
        let rows = |name: &str| Weights::from_names(table(name, |_| true));
        Models {
            cues: Cues::new(&self.forms),
            cue: rows("cue"),
            side: Weights::from_options(table("side", |_| true), indirect::SIDES),
            source: rows("source"),
            places: Weights::from_tables(indirect::BORDERS.map(|border| table(border, indirect::is_of_place))),
            borders: indirect::BORDERS
                .map(|border| Weights::from_names(table(border, |name| !indirect::is_of_place(name)))),
            keep: rows("keep"),
        }
    }

    /// Writes `data/lexicon/cue_forms.tsv` and `data/weights/*.tsv`.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn write(&self, data: &std::path::Path) -> std::io::Result<()> {
        let mut text = String::from("form\tlemma\tcount\trate\n");
        for form in &self.forms {
            text += &format!("{}\t{}\t{}\t{}\n", form.form, form.lemma, form.count, form.rate);
        }
        std::fs::write(data.join("lexicon/cue_forms.tsv"), text)?;
        for (name, rows) in &self.weights {
            let mut text = String::from("group\tvalue\tweight\n");
            for (feature, weight) in rows {
                text += &format!("{feature}\t{weight}\n");
            }
            std::fs::write(data.join(format!("weights/{name}.tsv")), text)?;
        }
        Ok(())
    }
}

/// How each model is fitted: strength of the penalty, least count, smallest weight kept.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// Penalty.
    pub l2: f64,
    /// Least number of options with a feature.
    pub min_count: u32,
    /// Smaller weights are dropped.
    pub least: f32,
}

/// The plans of all models.
#[derive(Debug, Clone, Copy)]
pub struct Plans {
    /// Cue.
    pub cue: Plan,
    /// Side.
    pub side: Plan,
    /// Source.
    pub source: Plan,
    /// All four borders.
    pub border: Plan,
    /// Keep.
    pub keep: Plan,
}

impl Default for Plans {
    fn default() -> Self {
        let plan = |l2, min_count, least| Plan { l2, min_count, least };
        Plans {
            cue: plan(10.0, 6, 0.05),
            side: plan(6.0, 8, 0.05),
            source: plan(6.0, 8, 0.05),
            border: plan(6.0, 8, 0.05),
            keep: plan(8.0, 8, 0.03),
        }
    }
}

/// The cross-validated drafts of one article: each proposal with its probability.
pub struct Judged {
    /// The article's name.
    pub id: String,
    /// Content, source, probability and cue of each proposal.
    pub proposals: Vec<(Vec<Span>, Option<Span>, f32, Span)>,
}

/// What a fit needs besides articles.
pub struct Ground<'g> {
    /// The hand-written words.
    pub words: &'g [(u64, Tag)],
    /// Forms of cue words and their lemmas.
    pub lemmas: &'g HashMap<String, String>,
    /// Seldom words, each with a cue word that is used as it is.
    pub kin: &'g [(String, String)],
    /// Known names, for the mention finder.
    pub gazetteer: &'g Gazetteer,
    /// How the models are fitted.
    pub plans: Plans,
}

impl Ground<'_> {
    /// The lexicon that these articles give.
    pub fn lexicon(&self, articles: &[&Annotated]) -> Lexicon {
        lexicon::count(articles, &Lexicon::new(self.words.iter().copied()), self.kin).lexicon(self.words)
    }

    /// Articles made ready with a lexicon.
    pub fn prepare<'t>(&self, articles: &[&'t Annotated], lexicon: &Lexicon) -> Vec<Prepared<'t>> {
        let ready = |article: &&'t Annotated| Prepared::new(article, lexicon, self.gazetteer);
        articles.iter().map(ready).collect()
    }
}

/// What a fit gives.
pub struct Fitted {
    /// The tables of the models fitted on all articles.
    pub tables: Tables,
    /// The models of each part, fitted without its articles.
    pub folds: Vec<Models>,
}

/// Fits everything. The second value are proposals by models that had not seen the article, fold by fold, with the
/// articles they are for.
///
/// `others` go on with the numbers of the articles: the part an example is in does not learn from it.
pub fn fit<'t>(
    articles: &[&'t Annotated],
    others: &[&Annotated],
    ground: &Ground,
) -> (Fitted, Vec<(Prepared<'t>, Judged)>) {
    let examples = |part: Option<usize>| {
        let numbered = (articles.len()..).zip(others);
        let wanted = numbered.filter(move |(number, other)| other.example && part != Some(number % FOLDS));
        wanted.map(|(_, example)| *example).collect::<Vec<_>>()
    };
    let mut keep: Vec<Data> = (0..=FOLDS).map(|_| Data::default()).collect();
    let mut folds: Vec<(Models, Vec<Prepared>)> = Vec::new();
    for fold in 0..FOLDS {
        let part = |inside: bool| {
            let wanted = articles
                .iter()
                .enumerate()
                .filter(move |(i, _)| (i % FOLDS == fold) == inside);
            wanted.map(|(_, article)| *article).collect::<Vec<_>>()
        };
        let (seen, unseen) = (part(false), part(true));
        let lexicon = ground.lexicon(&seen);
        let shown = ground.prepare(&examples(Some(fold)), &lexicon);
        let models = choices(&ground.prepare(&seen, &lexicon), &shown, ground).models();
        let unseen = ground.prepare(&unseen, &lexicon);
        for article in &unseen {
            let view = View::new(&article.document, &article.tags, &models.cues);
            let candidates = Candidates::new(&view, &article.mentions);
            let drafts = indirect::drafts(&view, &candidates, &models);
            // Each fold's judge learns from the other folds, the last one from all.
            for (other, data) in keep.iter_mut().enumerate() {
                if other != fold {
                    judge(article, &view, &drafts, data);
                }
            }
        }
        folds.push((models, unseen));
    }
    let mut keep: Vec<Rows> = keep.into_iter().map(|data| rows(data, ground.plans.keep)).collect();
    let last = keep.pop().unwrap_or_default();
    let mut judged = Vec::new();
    let mut fitted = Vec::new();
    for ((mut models, unseen), judge) in folds.into_iter().zip(keep) {
        models.keep = Weights::from_names(judge.iter().map(|(name, weight)| (name.as_str(), *weight)));
        for article in unseen {
            let proposals = propose(&article, &models);
            judged.push((article, proposals));
        }
        fitted.push(models);
    }
    let lexicon = ground.lexicon(articles);
    let all = ground.prepare(articles, &lexicon);
    let mut tables = choices(&all, &ground.prepare(&examples(None), &lexicon), ground);
    tables.weights.push(("keep", last));
    let folds = fitted;
    (Fitted { tables, folds }, judged)
}

/// Proposals of an article.
pub fn propose(article: &Prepared, models: &Models) -> Judged {
    let document = &article.document;
    let proposals = indirect::propose(document, &article.tags, &article.mentions, models);
    let proposals = proposals.into_iter().map(|p| {
        let content = p.content.iter().map(|run| document.span(*run)).collect();
        let source = p.source.is_some().then(|| document.span(p.source_tokens));
        (content, source, p.probability, document.span(p.cue))
    });
    Judged {
        id: article.id.to_owned(),
        proposals: proposals.collect(),
    }
}

fn rows(data: Data, plan: Plan) -> Rows {
    let settings = Settings {
        l2: plan.l2,
        min_count: plan.min_count,
        steps: 300,
    };
    let mut rows = data.fit(settings);
    rows.retain(|(_, weight)| weight.abs() >= plan.least);
    rows
}

/// Fits all models but the last one.
fn choices(articles: &[Prepared], examples: &[Prepared], ground: &Ground) -> Tables {
    let plans = ground.plans;
    let (rates, forms) = forms::fit(articles, ground.lemmas, ground.kin);
    let cues = Cues::new(&forms);
    let mut data = Choices::default();
    for article in articles {
        data.collect(article, &cues, &rates, true);
    }
    for example in examples {
        data.collect(example, &cues, &rates, false);
    }
    let mut weights = vec![
        ("cue", rows(data.cue, plans.cue)),
        ("side", rows(data.side, plans.side)),
        ("source", rows(data.source, plans.source)),
    ];
    for (name, data) in indirect::BORDERS.into_iter().zip(data.borders) {
        weights.push((name, rows(data, plans.border)));
    }
    Tables { forms, weights }
}

#[derive(Default)]
struct Choices {
    cue: Data,
    side: Data,
    source: Data,
    borders: [Data; 4],
    /// The head of the last cue's source.
    last: Option<u32>,
}

impl Choices {
    /// Which words are cues is not learnt from examples: there is more speech in them than in articles.
    fn collect(&mut self, article: &Prepared, cues: &Cues, rates: &forms::Rates, whole: bool) {
        let view = View::new(&article.document, &article.tags, cues);
        let candidates = Candidates::new(&view, &article.mentions);
        self.last = None;
        let nothing = Features::keys_only();
        let mut features = Features::named();
        let mut gold_of: HashMap<usize, &Gold> = HashMap::new();
        for gold in &article.gold {
            if let Some(head) = rates.head(article, gold) {
                gold_of.entry(head).or_insert(gold);
            }
        }
        for at in 0..view.hits.len() {
            if view.hits[at].bucket() == 0 || !view.own[at] {
                continue;
            }
            let cue = Cue::new(&view, at);
            let gold = gold_of.get(&at);
            features.clear();
            indirect::cue_first_features(&view, at, &mut features);
            indirect::cue_features(&view, &cue, &mut features);
            if whole {
                self.cue.option(&features, gold.is_some());
                self.cue.option(&nothing, gold.is_none());
                self.cue.end_instance();
            }
            if let Some(gold) = gold {
                self.arguments(&view, &candidates, &cue, gold, &mut features);
            }
        }
    }

    fn arguments(
        &mut self,
        view: &View,
        candidates: &Candidates,
        cue: &Cue,
        gold: &Gold,
        features: &mut Features<true>,
    ) {
        let (left, right) = gold.sides(cue.at);
        let side = match (left, right) {
            (Some(_), None) => Side::Left,
            (None, Some(_)) => Side::Right,
            (Some(_), Some(_)) => Side::Both,
            (None, None) => return,
        };
        let window = Window::new(view, cue.at);
        features.clear();
        indirect::side_features(view, cue, &window, features);
        self.side.options(features, indirect::SIDES, side as usize);
        self.side.end_instance();
        let previous = self.last.filter(|&head| cue.sentence.has(head as usize));
        let all: Vec<indirect::Candidate> = candidates.of(view, cue).collect();
        let right_ones = gold::right_sources(view, &all, gold);
        for (index, candidate) in all.iter().enumerate() {
            features.clear();
            indirect::source_first_features(view, cue, side, candidate, features);
            indirect::source_features(view, cue, side, candidate, previous, features);
            self.source.option(features, right_ones.contains(&index));
        }
        self.source.end_instance();
        let source = right_ones.first().map(|&index| all[index]);
        self.last = source.map(|s| s.head);
        let mut frame = Frame {
            view,
            cue,
            window,
            source,
            anchor: cue.at,
        };
        if let Some(run) = left {
            self.border(&frame, Border::LeftEnd, run.end as usize, features);
            frame.anchor = run.end as usize;
            self.border(&frame, Border::LeftStart, run.start as usize, features);
            frame.anchor = cue.at;
        }
        if let Some(run) = right {
            self.border(&frame, Border::RightStart, run.start as usize, features);
            frame.anchor = run.start as usize;
            self.border(&frame, Border::RightEnd, run.end as usize, features);
        }
    }

    fn border(&mut self, frame: &Frame, border: Border, right: usize, features: &mut Features<true>) {
        let mut places = Vec::new();
        indirect::places(frame, border, &mut places);
        let data = &mut self.borders[border as usize];
        for place in places {
            features.clear();
            indirect::of_place(frame.view, place, border.bit(), features);
            let distance = indirect::steps_between(frame, place);
            indirect::of_distance(frame, distance, features);
            indirect::of_relation(frame, border, place, features);
            data.option(features, place == right);
        }
        data.end_instance();
    }
}

/// Adds the drafts of an article to the data of the last model.
fn judge(article: &Prepared, view: &View, drafts: &[Draft], data: &mut Data) {
    let inked = Inked::new(article.document.text);
    let nothing = Features::keys_only();
    let mut features = Features::named();
    for (draft, rivals) in drafts.iter().zip(indirect::rivals(drafts)) {
        let content: Vec<Span> = draft.content().map(|run| article.document.span(run)).collect();
        let source = draft.source.map(|s| article.document.span(s.run));
        let alike = article
            .gold
            .iter()
            .filter(|g| inked.alike(&g.spans.content, &content) >= 0.5);
        let (mut right, mut free) = (false, false);
        for gold in alike {
            free |= gold.spans.source.is_empty();
            right |= source.is_some_and(|s| gold::same_source(&article.document, s, &gold.spans.source));
        }
        if free && !right {
            continue;
        }
        features.clear();
        indirect::keep_features(view, draft, &rivals, &mut features);
        data.option(&features, right);
        data.option(&nothing, !right);
        data.end_instance();
    }
}
