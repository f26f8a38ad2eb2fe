//! What happened, for whoever keeps a log: the library itself never prints.
//!
//! In: a request answered, a connection refused. Out: an [`Event`], handed to the function that the server was given.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

/// Is told of each event, from any thread; it must not block for long.
pub type Log = Arc<dyn Fn(&Event) + Send + Sync>;

/// Something worth a line in a log. Displayed, it is one line without its end, whatever a client sent.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Event {
    /// A request was answered; of an answer that streams, its head.
    Request {
        /// Who asked.
        peer: SocketAddr,
        /// The method.
        method: String,
        /// Path and query, percent-encoded as they came.
        target: String,
        /// The status answered.
        status: u16,
        /// From the head of the request to the head of the answer.
        took: Duration,
    },
    /// A connection too many was turned away.
    Refused {
        /// Who it was.
        peer: SocketAddr,
    },
    /// No connection could be accepted for now, and why.
    Accept(String),
    /// The server stops: no new connections.
    Stopping {
        /// Connections still open.
        open: usize,
    },
    /// Connections that did not end in time when the server stopped.
    Abandoned {
        /// How many.
        open: usize,
    },
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Event::Request {
                peer,
                method,
                target,
                status,
                took,
            } => {
                let millis = took.as_secs_f64() * 1000.0;
                let target = target.escape_debug();
                write!(
                    f,
                    "{} {} {target} {status} {millis:.1}ms",
                    peer.ip(),
                    method.escape_debug()
                )
            }
            Event::Refused { peer } => write!(f, "{} refused: too many connections", peer.ip()),
            Event::Accept(why) => write!(f, "cannot accept a connection: {}", why.escape_debug()),
            Event::Stopping { open } => write!(f, "stopping, {open} connections open"),
            Event::Abandoned { open } => write!(f, "stopped, {open} connections cut off"),
        }
    }
}
