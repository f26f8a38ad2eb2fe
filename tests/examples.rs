//! The marked examples in `data/examples`, one construction after another: how many are read as they are marked.

use attache::eval::{self, Predictions};
use attache::{Extractor, gold};
use std::path::Path;

/// F1 of quotations and of attributions, in percent; they only rise. The ranker of quotations is fitted on these examples as
/// on the articles: what is held here is that it reads what it was shown. Left out of the fit, 81 and 67 of 100 come right.
const QUOTED: f64 = 89.5;
const RELATIONS: f64 = 78.3;

#[test]
fn examples_are_read_as_they_are_marked() {
    let examples = gold::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/examples")).unwrap();
    let predictions = Predictions::made(&examples, &Extractor::new()).unwrap();
    let (scores, faults) = eval::score(&examples, &predictions, None, 1000);
    println!("{scores}{faults}");
    assert!(examples.len() >= 340, "{}", examples.len());
    let [quoted, relations] = [scores.quoted.f1(), scores.relations.f1()];
    assert!(
        quoted >= QUOTED && relations >= RELATIONS,
        "quoted {quoted:.1}, relations {relations:.1}"
    );
}
