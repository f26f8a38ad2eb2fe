//! Reads an English news article and says who said what.
//!
//! Text flows one way: [`Extractor::extract`] shows it, one `let` a stage.

mod article;
pub mod attribution;
mod extractor;
pub mod fit;
pub mod gazetteer;
pub mod lexicon;
pub mod mentions;
pub mod model;
pub mod resolution;
pub mod span;
pub mod table;
pub mod text;
pub mod tokens;

pub use article::Article;
pub use extractor::{Extraction, Extractor};
