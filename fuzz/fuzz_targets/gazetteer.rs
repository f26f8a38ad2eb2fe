//! A user's own table of names.
#![no_main]

use attache::gazetteer::Gazetteer;
use attache::{Article, Extractor};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let builtin = Gazetteer::builtin();
    let complaints = builtin.lint("own.tsv", text);
    let file = ("own.tsv".to_owned(), text.to_owned());
    match builtin.with_tables(&[file]) {
        // The table's own words are an article that names whom it adds.
        Ok(gazetteer) => {
            let article = Article::new(text);
            let extractor = Extractor::new().with_gazetteer(gazetteer);
            attache_fuzz::check_with(&extractor, &article);
        }
        Err(_) => assert!(!complaints.is_empty(), "lint says nothing of a table that is refused"),
    }
});
