//! The server as a whole: what it holds, which addresses it answers, how it starts.
//!
//! In: an extractor and a [`Config`]. Out: a [`Server`] bound to its address, that runs until it is told to stop.

use super::body::Memory;
use super::database::Database;
use super::event::Log;
use super::limits::Limits;
use super::metrics::Metrics;
use super::pool::Pool;
use super::problem::Problem;
use super::{
    api, article, assets, batch, connection, corrections, extract, home, observe, page, search, speaker, statement,
    try_it,
};
use crate::error::{Error, Result};
use crate::extractor::Extractor;
use axum::Router;
use axum::middleware;
use axum::routing::{get, post};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// How to serve.
#[derive(Debug, Clone)]
pub struct Config {
    /// The address to listen on; port 0 takes any that is free.
    pub listen: SocketAddr,
    /// The quote database; without one there is only the extractor.
    pub database: Option<PathBuf>,
    /// Whether corrections are refused.
    pub read_only: bool,
    /// Extractions at once; 0 for as many as there are cores.
    pub workers: usize,
    /// What a client may ask.
    pub limits: Limits,
}

/// What every request can reach.
pub(crate) struct App {
    pub(crate) extractor: Extractor,
    pub(crate) pool: Pool,
    pub(crate) memory: Memory,
    pub(crate) batches: Arc<Semaphore>,
    pub(crate) metrics: Metrics,
    pub(crate) limits: Limits,
    pub(crate) address: SocketAddr,
    pub(crate) log: Log,
    pub(crate) database: Option<Database>,
}

/// A server that has its address, and answers once it runs.
pub struct Server {
    listener: TcpListener,
    app: Arc<App>,
}

impl Server {
    /// Takes the address. Must be called within a tokio runtime with I/O and time. Fails with
    /// [`Error::Listen`], or with what is wrong with the database.
    pub async fn bind(extractor: Extractor, config: Config, log: Log) -> Result<Server> {
        let failed = |cause| Error::Listen {
            address: config.listen,
            cause,
        };
        let listener = TcpListener::bind(config.listen).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let workers = match config.workers {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            workers => workers,
        };
        let database = config
            .database
            .map(|file| Database::open(file, config.read_only, &config.limits));
        let app = Arc::new(App {
            extractor,
            pool: Pool::new(workers, &config.limits),
            memory: Memory::new(config.limits.memory_bytes),
            batches: Arc::new(Semaphore::new(config.limits.batches)),
            metrics: Metrics::default(),
            limits: config.limits,
            address,
            log,
            database: database.transpose()?,
        });
        Ok(Server { listener, app })
    }

    /// The address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.app.address
    }

    /// Answers until `stop` is done; then takes no more connections, ends what is under way, and returns.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let router = router(self.app.clone());
        connection::accept(self.listener, &self.app, &router, stop).await;
    }
}

/// The addresses there are.
fn router(app: Arc<App>) -> Router {
    let pages = Router::new()
        .route("/", get(home::home))
        .route("/index.json", get(home::home))
        .route("/search", get(search::search))
        .route("/search.json", get(search::search))
        .route("/speakers/{id}", get(speaker::speaker))
        .route("/statements/{id}", get(statement::statement))
        .route("/articles/{id}", get(article::article))
        .route("/corrections", get(corrections::list))
        .route("/corrections.json", get(corrections::list))
        .route("/corrections/{id}/revert", post(corrections::revert))
        .route("/quotes/{id}/correct", post(corrections::correct))
        .route("/try", get(try_it::empty).post(try_it::filled))
        .fallback(|| async { Problem::not_found("page") })
        .layer(middleware::from_fn(page::problems));
    Router::new()
        .merge(pages)
        .route("/extract", post(extract::one))
        .route("/extract/batch", post(batch::many))
        .route("/openapi.json", get(api::openapi))
        .route("/healthz", get(api::healthz))
        .route("/metrics", get(api::metrics))
        .route("/assets/{name}", get(assets::named))
        .method_not_allowed_fallback(|| async { Problem::method_not_allowed() })
        .layer(middleware::from_fn_with_state(app.clone(), observe::watch))
        .with_state(app)
}
