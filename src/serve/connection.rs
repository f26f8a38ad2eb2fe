//! Connections: accepted up to a number, each with time limits on what its client sends and reads.
//!
//! In: a listener and the router. Out: nothing; it returns once the server was told to stop and the last request under
//! way was answered, or its time was up. A client that sends its head slowly, or reads its answer slowly, is cut off.

use super::app::App;
use super::event::Event;
use super::limits::{Limits, Patience};
use super::problem::Problem;
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::io;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{self, Instant, Sleep};
use tower::ServiceExt;

/// How long to wait when the process is out of file descriptors.
const BREATH: Duration = Duration::from_millis(50);

/// Accepts connections until `stop` is done, then waits for those that are open.
pub(crate) async fn accept(listener: TcpListener, app: &Arc<App>, router: &Router, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(app.limits.connections));
    let (stopping, _) = watch::channel(false);
    let mut open = JoinSet::new();
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            // Finished connections leave the set at once, or it would grow with every one there ever was.
            Some(_) = open.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => match places.clone().try_acquire_owned() {
                    Ok(place) => {
                        let serving = serve(stream, peer, app.clone(), router.clone(), stopping.subscribe(), place);
                        open.spawn(serving);
                    }
                    Err(_) => {
                        app.metrics.refused("connections");
                        (app.log)(&Event::Refused { peer });
                        refuse(&stream);
                    }
                },
                Err(why) => {
                    (app.log)(&Event::Accept(why.to_string()));
                    time::sleep(BREATH).await;
                }
            },
        }
    }
    drop(listener);
    (app.log)(&Event::Stopping { open: open.len() });
    stopping.send_replace(true);
    let rest = async { while open.join_next().await.is_some() {} };
    if time::timeout(app.limits.stop_time, rest).await.is_err() {
        (app.log)(&Event::Abandoned { open: open.len() });
    }
}

/// Serves one connection to its end.
async fn serve(
    stream: TcpStream,
    peer: SocketAddr,
    app: Arc<App>,
    router: Router,
    mut stopping: watch::Receiver<bool>,
    _place: OwnedSemaphorePermit,
) {
    // Answers are written whole; waiting for more to send would only delay them. A socket that refuses is no worse.
    let _ = stream.set_nodelay(true);
    let _open = app.metrics.connection();
    let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(app.limits.head_time)
        .serve_connection(TokioIo::new(Paced::new(stream, &app.limits)), service);
    let mut connection = pin!(connection);
    // How a connection ends badly is the client's affair: it went away, or it was cut off.
    tokio::select! {
        _ = connection.as_mut() => return,
        _ = stopping.wait_for(|stopping| *stopping) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = connection.await;
}

/// Tells a connection too many that it is one, if that can be said without waiting.
fn refuse(stream: &TcpStream) {
    let body = format!("{}\n", Problem::busy().json());
    let answer = format!(
        "HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/json\r\nretry-after: 1\r\nconnection: close\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    );
    let _ = stream.try_write(answer.as_bytes());
}

/// A stream whose reader must keep pace.
struct Paced {
    stream: TcpStream,
    patience: Patience,
    /// Since when the client has not read on, and when the wait for it ends.
    stalled: Option<(Instant, Pin<Box<Sleep>>)>,
}

impl Paced {
    fn new(stream: TcpStream, limits: &Limits) -> Self {
        Paced {
            stream,
            patience: Patience::new(limits),
            stalled: None,
        }
    }

    /// Counts what was written; what could not be is waited for only as long as there is patience.
    fn pace(&mut self, context: &mut Context<'_>, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if let Poll::Ready(result) = written {
            let waited = self.stalled.take().map_or(Duration::ZERO, |(since, _)| since.elapsed());
            self.patience.moved(*result.as_ref().unwrap_or(&0), waited);
            return Poll::Ready(result);
        }
        let left = self.patience.left();
        let (_, end) = self
            .stalled
            .get_or_insert_with(|| (Instant::now(), Box::pin(time::sleep(left))));
        ready!(end.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Paced {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Paced {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.pace(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, bytes);
        self.pace(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
