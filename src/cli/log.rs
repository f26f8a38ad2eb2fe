//! Lines on standard error that nobody has to wait for.
//!
//! In: lines, from any thread. Out: the same on standard error, written by a thread of its own. Whoever reads that may be
//! slow or have stopped reading: then lines are left out, and the next one that can be written says how many.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

/// Lines that may wait to be written.
const WAITING: usize = 1024;
/// How long the end of the work waits for the last lines.
const PATIENCE: Duration = Duration::from_secs(1);

/// A log on standard error. Clones write to the same one.
#[derive(Clone)]
pub(super) struct Log {
    lines: SyncSender<String>,
    left_out: Arc<AtomicU64>,
}

/// Tells when all lines are written.
pub(super) struct Written(Receiver<()>);

impl Log {
    /// Begins a log on standard error.
    pub(super) fn begin() -> (Log, Written) {
        Log::to(io::stderr())
    }

    fn to(mut target: impl Write + Send + 'static) -> (Log, Written) {
        let (lines, waiting) = sync_channel::<String>(WAITING);
        let (open, written) = sync_channel(0);
        let log = Log {
            lines,
            left_out: Arc::default(),
        };
        let left_out = Arc::clone(&log.left_out);
        thread::spawn(move || {
            // Closed with the thread.
            let _open: SyncSender<()> = open;
            for line in waiting {
                tell_missing(&mut target, &left_out);
                write(&mut target, line);
            }
            tell_missing(&mut target, &left_out);
        });
        (log, Written(written))
    }

    /// Writes a line when it can be written. Never waits.
    pub(super) fn line(&self, line: String) {
        if self.lines.try_send(line).is_err() {
            self.left_out.fetch_add(1, Ordering::Relaxed);
        }
    }
}

fn tell_missing(target: &mut impl Write, left_out: &AtomicU64) {
    let missing = left_out.swap(0, Ordering::Relaxed);
    if missing > 0 {
        write(target, format!("{missing} lines left out: the log is read too slowly"));
    }
}

/// In one piece, so that lines of other processes do not get between.
fn write(target: &mut impl Write, mut line: String) {
    line.push('\n');
    // Where nothing can be written, there is nobody to tell.
    let _ = target.write_all(line.as_bytes());
}

impl Written {
    /// Waits for the last lines of a log that nobody holds any more, but not for long.
    pub(super) fn wait(&self) {
        // Nothing is ever sent: it ends with the thread, or never if nobody reads.
        let _ended: Result<(), RecvTimeoutError> = self.0.recv_timeout(PATIENCE);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::sync::Mutex;

    /// Keeps what is written, once it may.
    #[derive(Clone, Default)]
    struct Slow(Arc<Mutex<Vec<u8>>>);

    impl Write for Slow {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn whoever_logs_never_waits_and_nothing_is_left_out_in_silence() {
        let target = Slow::default();
        let (log, written) = Log::to(target.clone());
        let held = target.0.lock().unwrap();
        let all = WAITING as u64 * 3;
        (0..all).for_each(|n| log.line(format!("line {n}")));
        drop(held);
        // The last line of all has room when some were written.
        while log.lines.try_send("end".to_owned()).is_err() {
            thread::yield_now();
        }
        drop(log);
        written.wait();
        let text = String::from_utf8(target.0.lock().unwrap().clone()).unwrap();
        let number = |line: &str| {
            line.strip_suffix(" lines left out: the log is read too slowly")?
                .parse::<u64>()
                .ok()
        };
        let missing: u64 = text.lines().filter_map(number).sum();
        let there = text.lines().filter(|line| line.starts_with("line ")).count() as u64;
        assert!(missing >= all - WAITING as u64 - 1, "{missing} of {all}");
        assert_eq!(missing + there, all);
        assert!(text.ends_with("end\n"));
    }
}
