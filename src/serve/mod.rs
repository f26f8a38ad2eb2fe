//! The extractor as a page and an API over HTTP, in one process with nothing beside it.
//!
//! In: an [`Extractor`](crate::Extractor), a [`Config`] and a function that is told of each [`Event`]. Out: a
//! [`Server`] that answers until it is told to stop. Everything a browser loads is embedded under fixed names: no path of a URL ever reaches the file
//! system. All text of articles is data; what limits a client stands in [`Limits`].

mod api;
mod app;
mod article;
mod assets;
mod batch;
mod body;
mod connection;
mod corrections;
mod database;
mod event;
mod extract;
mod home;
mod limits;
mod metrics;
mod observe;
mod page;
mod pool;
mod problem;
mod search;
mod speaker;
mod statement;
mod try_it;

pub use app::{Config, Server};
pub use event::{Event, Log};
pub use limits::Limits;
