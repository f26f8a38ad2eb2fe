//! What one client may ask of the server, so that no client can hold it.
//!
//! In: nothing. Out: [`Limits`], with defaults for a machine that also does other work.

use std::time::Duration;

/// Sizes in bytes, times from the first byte.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Limits {
    /// Longest body of a request, and longest line of a batch.
    pub body_bytes: usize,
    /// Bodies held at once, of all requests together.
    pub memory_bytes: usize,
    /// Connections at once; one more is answered 503 and closed.
    pub connections: usize,
    /// Requests that wait for a worker; one more is answered 503.
    pub queue: usize,
    /// Batches at once; one more is answered 503.
    pub batches: usize,
    /// For the head of a request, the wait for the next one on an open connection included.
    pub head_time: Duration,
    /// For the body of a request; then 408.
    pub body_time: Duration,
    /// For the work on a request, the queue included; then 503.
    pub work_time: Duration,
    /// How long a client may keep the server waiting in all, reading an answer or writing a batch; see `pace`.
    pub grace: Duration,
    /// Bytes that earn a client another second of `grace`.
    pub pace: u64,
    /// For requests under way when the server stops.
    pub stop_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            body_bytes: 2 << 20,
            memory_bytes: 128 << 20,
            connections: 1024,
            queue: 256,
            batches: 8,
            head_time: Duration::from_secs(10),
            body_time: Duration::from_secs(30),
            work_time: Duration::from_secs(30),
            grace: Duration::from_secs(30),
            pace: 64 << 10,
            stop_time: Duration::from_secs(10),
        }
    }
}

/// How long one client has kept the server waiting, against what it has moved.
#[derive(Debug)]
pub(crate) struct Patience {
    grace: Duration,
    pace: u64,
    waited: Duration,
    bytes: u64,
}

impl Patience {
    pub(crate) fn new(limits: &Limits) -> Self {
        Patience {
            grace: limits.grace,
            pace: limits.pace.max(1),
            waited: Duration::ZERO,
            bytes: 0,
        }
    }

    /// How much longer the server waits.
    pub(crate) fn left(&self) -> Duration {
        let earned = Duration::from_millis(self.bytes.saturating_mul(1000) / self.pace);
        self.grace.saturating_add(earned).saturating_sub(self.waited)
    }

    /// The client moved so many bytes, after the server waited for so long.
    pub(crate) fn moved(&mut self, bytes: usize, waited: Duration) {
        self.bytes = self.bytes.saturating_add(bytes as u64);
        self.waited = self.waited.saturating_add(waited);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_that_moves_bytes_earns_time_and_one_that_drips_runs_out() {
        let limits = Limits {
            grace: Duration::from_secs(3),
            pace: 100,
            ..Limits::default()
        };
        let mut quick = Patience::new(&limits);
        let mut drip = Patience::new(&limits);
        for _ in 0..4 {
            quick.moved(100, Duration::from_secs(1));
            drip.moved(1, Duration::from_secs(1));
        }
        assert_eq!(quick.left(), Duration::from_secs(3));
        assert_eq!(drip.left(), Duration::ZERO);
    }
}
