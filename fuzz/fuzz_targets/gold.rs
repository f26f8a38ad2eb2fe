//! Annotations of people, and predictions to compare with them: the text, the annotation and the predictions are parted
//! by a form feed.
#![no_main]

use attache::eval::{self, Predictions};
use attache::gold::Annotated;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut parts = bytes.splitn(3, |&byte| byte == b'\x0c');
    let mut text = || String::from_utf8_lossy(parts.next().unwrap_or_default()).into_owned();
    let (article, annotation, predictions) = (text(), text(), text());
    let Ok(annotated) = Annotated::new("a", article, &annotation, "a.ann") else {
        return;
    };
    for relation in &annotated.relations {
        for span in relation.content.iter().chain(&relation.source).chain(&relation.cue) {
            let _ = span.of(&annotated.text);
        }
    }
    let articles = [annotated];
    let mut read = Predictions::new(&articles);
    for (at, line) in predictions.lines().enumerate() {
        let _ = read.add(line.as_bytes(), "said.jsonl", at + 1);
    }
    let (scores, _) = eval::score(&articles, &read, None, 1);
    for count in [scores.quoted, scores.relations, scores.content] {
        assert!((0.0..=1.0).contains(&count.f1()), "{}", count.f1());
    }
});
