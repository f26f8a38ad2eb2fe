//! Reads an English news article and says who said what.
//!
//! Text flows one way: [`Extractor::extract`] shows it, one `let` a stage. An extractor is built once and used for any
//! number of articles, from any thread:
//!
//! ```
//! use attache::{Article, Extractor, Offsets, Record};
//!
//! let extractor = Extractor::new();
//! let article = Article::new("“We are ready,” Elena Marsh said in Berlin.").dated("2017-04-12")?;
//! let extraction = extractor.extract(&article)?;
//! for said in &extraction.attributions {
//!     for span in &said.content {
//!         println!("{}", span.of(&article.text));
//!     }
//! }
//! let json = Record::new(&extraction, Offsets::Char).to_string();
//! assert!(json.starts_with(r#"{"schema":"attache/1""#));
//! # Ok::<(), attache::Error>(())
//! ```

pub mod article;
pub mod attribution;
pub mod batch;
pub mod error;
pub mod eval;
#[cfg(feature = "store")]
pub mod export;
mod extractor;
pub mod fit;
pub mod gazetteer;
pub mod gold;
pub mod input;
pub mod lexicon;
pub mod mentions;
pub mod model;
mod offsets;
pub mod output;
pub mod plot;
pub mod record;
pub mod resolution;
#[cfg(feature = "serve")]
pub mod serve;
pub mod span;
#[cfg(feature = "store")]
pub mod store;
pub mod table;
pub mod text;
pub mod tokens;

pub use article::Article;
pub use error::Error;
pub use extractor::{Extraction, Extractor, VERSION};
pub use offsets::Offsets;
pub use record::Record;

/// The README's Rust is kept true by being run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
