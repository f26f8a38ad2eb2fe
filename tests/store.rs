//! The quote database: what goes in, what comes out, and that nothing is lost on the way.
#![cfg(feature = "store")]
#![allow(clippy::unwrap_used)]

#[path = "store/batches.rs"]
mod batches;
#[path = "store/commands.rs"]
mod commands;
#[path = "store/corrections.rs"]
mod corrections;
#[path = "store/counts.rs"]
mod counts;
#[path = "store/damage.rs"]
mod damage;
#[path = "store/desk.rs"]
mod desk;
#[path = "store/ingest.rs"]
mod ingest;
#[path = "store/interrupted.rs"]
mod interrupted;
#[path = "store/queries.rs"]
mod queries;
#[path = "store/statements.rs"]
mod statements;
#[path = "store/together.rs"]
mod together;
#[path = "store/typed.rs"]
mod typed;
