//! Fitting the models on annotated articles. Nothing here runs when an article is read.

pub mod choice;
pub mod corpus;
