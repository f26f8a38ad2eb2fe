//! Bodies of requests, read whole within limits of size, time and memory.
//!
//! In: a body as it arrives. Out: a [`Held`] body, which gives its share of the server's memory back when dropped; or the
//! [`Problem`] that it was too large or too slow, or that there was no room.

use super::app::App;
use super::problem::Problem;
use axum::body::{Body, Bytes, HttpBody};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time;

/// Memory is counted in pages, so that a few gigabytes fit a semaphore.
const PAGE: usize = 1024;

/// What is thrown away of a body that is too large, so that the client is there to read the answer, and for how long.
const DRAINED: usize = 32 << 20;
const DRAIN_TIME: Duration = Duration::from_secs(2);

/// The memory for the bodies of all requests.
#[derive(Debug, Clone)]
pub(crate) struct Memory(Arc<Semaphore>);

impl Memory {
    pub(crate) fn new(bytes: usize) -> Self {
        let pages = (bytes / PAGE).clamp(1, Semaphore::MAX_PERMITS);
        Memory(Arc::new(Semaphore::new(pages)))
    }

    fn take(&self, pages: usize) -> Result<OwnedSemaphorePermit, Problem> {
        let pages = u32::try_from(pages).map_err(|_| Problem::busy())?;
        let taken = self.0.clone().try_acquire_many_owned(pages);
        taken.map_err(|_| Problem::busy().unread())
    }
}

/// A body and its share of the memory.
pub(crate) struct Held {
    pub(crate) bytes: Vec<u8>,
    _share: Option<OwnedSemaphorePermit>,
}

/// What the headers say a body is, in small letters and without parameters; empty if that cannot be read.
pub(crate) fn media_type(headers: &HeaderMap) -> Option<String> {
    let given = headers.get(CONTENT_TYPE)?.to_str().unwrap_or_default();
    let name = given.split(';').next().unwrap_or_default();
    Some(name.trim().to_ascii_lowercase())
}

/// Reads the body of a form that was sent; `page` is where it stands.
pub(crate) async fn form(app: &App, headers: &HeaderMap, body: Body, page: &str) -> Result<Held, Problem> {
    if media_type(headers).as_deref() != Some("application/x-www-form-urlencoded") {
        drain(body).await;
        return Err(Problem::unsupported(format!("send the form of {page}")));
    }
    whole(app, body).await
}

/// Reads a body whole.
pub(crate) async fn whole(app: &App, body: Body) -> Result<Held, Problem> {
    let mut body = body;
    let read = time::timeout(app.limits.body_time, collect(app, &mut body));
    let result = read.await.unwrap_or_else(|_| Err(Problem::too_slow()));
    if result.as_ref().is_err_and(|problem| problem.code == "too_large") {
        drain(body).await;
    }
    result
}

async fn collect(app: &App, body: &mut Body) -> Result<Held, Problem> {
    let limit = app.limits.body_bytes;
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if announced > limit {
        return Err(Problem::too_large(limit));
    }
    let mut share = None;
    let mut pages = 0;
    let mut bytes = Vec::new();
    while let Some(data) = next(body).await? {
        if bytes.len() + data.len() > limit {
            return Err(Problem::too_large(limit));
        }
        // What is announced is only taken once the first byte is there: a head alone holds nothing.
        let wanted = announced.max(bytes.len() + data.len()).div_ceil(PAGE);
        if wanted > pages {
            join(&mut share, app.memory.take(wanted - pages)?);
            pages = wanted;
        }
        if bytes.capacity() == 0 {
            bytes.reserve_exact(announced);
        }
        bytes.extend_from_slice(&data);
    }
    Ok(Held { bytes, _share: share })
}

fn join(share: &mut Option<OwnedSemaphorePermit>, more: OwnedSemaphorePermit) {
    match share {
        Some(share) => share.merge(more),
        None => *share = Some(more),
    }
}

/// The next bytes of a body; none at its end.
pub(crate) async fn next(body: &mut Body) -> Result<Option<Bytes>, Problem> {
    loop {
        match poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await {
            None => return Ok(None),
            // Trailers say nothing here.
            Some(Ok(frame)) => {
                if let Ok(data) = frame.into_data() {
                    return Ok(Some(data));
                }
            }
            Some(Err(_)) => return Err(Problem::broken()),
        }
    }
}

/// Reads on for a while and throws it away: closed in the middle of what the client sends, a connection would be reset,
/// and the answer lost with it.
pub(crate) async fn drain(mut body: Body) {
    let rest = async {
        let mut bytes = 0;
        while let Ok(Some(data)) = next(&mut body).await {
            bytes += data.len();
            if bytes > DRAINED {
                break;
            }
        }
    };
    // Out of time is as good as out of bytes: the answer goes out in any case.
    let _ = time::timeout(DRAIN_TIME, rest).await;
}
