//! Work on several threads, results in the order of the input, memory within bounds.
//!
//! In: an iterator and what is to be done with each item. Out: a sink gets the results one by one, in order, each as soon
//! as it and all before it are there; it is told when none is ready, so that it can show what it holds. No more items
//! are taken than the threads can keep up with: their weights in flight stay within [`IN_FLIGHT`], but for one item that
//! is heavier alone.

use crate::error::{Error, Result};
use std::any::Any;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Weights of items in flight for each thread: 1 MiB.
pub const IN_FLIGHT: u64 = 1 << 20;

/// What a sink is told.
#[derive(Debug)]
pub enum Step<R> {
    /// The next result.
    Done(R),
    /// The next result is not there yet.
    Idle,
}

/// Does the work on each item on so many threads (at least one) and hands the results over in order.
///
/// `weigh` says how much memory an item holds, in bytes. An error of the sink ends the work: no further item is taken up.
/// The items are taken on a thread of their own, which is left behind if it waits for input then. `work` must not panic
/// (see [`guarded`]).
pub fn ordered<T, R, E>(
    threads: usize,
    items: impl Iterator<Item = T> + Send + 'static,
    weigh: impl Fn(&T) -> u64 + Send + 'static,
    work: impl Fn(T) -> R + Sync,
    mut sink: impl FnMut(Step<R>) -> std::result::Result<(), E>,
) -> std::result::Result<(), E>
where
    T: Send + 'static,
    R: Send + 'static,
{
    let threads = threads.max(1);
    let queue = Arc::new(Queue::new(threads));
    let (to_sink, results) = sync_channel(threads * QUEUED);
    let feed = Arc::clone(&queue);
    let _closed_when_done = Closing(&queue);
    thread::spawn(move || {
        let _closed_when_done = Closing(&feed);
        for item in items {
            let weight = weigh(&item);
            let (done, result) = sync_channel(1);
            // In this order: whatever a thread works on, the sink waits for.
            if !feed.make_room(weight) || to_sink.send((result, weight)).is_err() || !feed.push(Job { item, done }) {
                break;
            }
        }
    });
    thread::scope(|scope| {
        // However the sink ends, the threads must end too.
        let _closed_when_done = Closing(&queue);
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(job) = queue.pop() {
                    // Nobody waits for it when the sink has failed.
                    let _ = job.done.send(work(job.item));
                }
            });
        }
        while let Some((result, weight)) = next(&results, &mut sink)? {
            let Some(result) = next(&result, &mut sink)? else { break };
            queue.leave(weight);
            sink(Step::Done(result))?;
        }
        Ok(())
    })
}

/// How many items may wait for each thread.
const QUEUED: usize = 4;

/// The result of work that may panic: an [`Error::Internal`] then, and whatever else there is to do goes on.
pub fn guarded<R>(work: impl FnOnce() -> R) -> Result<R> {
    // What a panic leaves half done belongs to this piece of work alone and is dropped with it.
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| Error::Internal(message(&*panic)))
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("a panic").to_owned()
}

/// What a channel gives next; the sink is told if that must be waited for. `None` when nothing more can come.
fn next<T, R, E>(
    channel: &Receiver<T>,
    sink: &mut impl FnMut(Step<R>) -> std::result::Result<(), E>,
) -> std::result::Result<Option<T>, E> {
    match channel.try_recv() {
        Ok(value) => return Ok(Some(value)),
        Err(TryRecvError::Disconnected) => return Ok(None),
        Err(TryRecvError::Empty) => sink(Step::Idle)?,
    }
    Ok(channel.recv().ok())
}

/// An item and where its result goes.
struct Job<T, R> {
    item: T,
    done: SyncSender<R>,
}

/// Items that wait for a thread, and the weight of all that are not yet handed to the sink.
struct Queue<T> {
    state: Mutex<State<T>>,
    changed: Condvar,
    limit: u64,
}

struct State<T> {
    waiting: VecDeque<T>,
    weight: u64,
    closed: bool,
}

impl<T> Queue<T> {
    fn new(threads: usize) -> Self {
        Queue {
            state: Mutex::new(State {
                waiting: VecDeque::new(),
                weight: 0,
                closed: false,
            }),
            changed: Condvar::new(),
            limit: IN_FLIGHT * threads as u64,
        }
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        // No thread can leave the state half changed.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'s>(&self, state: MutexGuard<'s, State<T>>) -> MutexGuard<'s, State<T>> {
        self.changed.wait(state).unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until an item of this weight may come in; false if none may any more.
    fn make_room(&self, weight: u64) -> bool {
        let mut state = self.state();
        while !state.closed && state.weight > 0 && state.weight + weight > self.limit {
            state = self.wait(state);
        }
        state.weight += weight;
        !state.closed
    }

    fn leave(&self, weight: u64) {
        self.state().weight -= weight;
        self.changed.notify_all();
    }

    fn push(&self, item: T) -> bool {
        let mut state = self.state();
        if state.closed {
            return false;
        }
        state.waiting.push_back(item);
        self.changed.notify_all();
        true
    }

    fn pop(&self) -> Option<T> {
        let mut state = self.state();
        loop {
            if let Some(item) = state.waiting.pop_front() {
                return Some(item);
            }
            if state.closed {
                return None;
            }
            state = self.wait(state);
        }
    }

    fn close(&self) {
        self.state().closed = true;
        self.changed.notify_all();
    }
}

/// Closes a queue when it goes out of scope, by an error or a panic too.
struct Closing<'q, T>(&'q Queue<T>);

impl<T> Drop for Closing<'_, T> {
    fn drop(&mut self) {
        self.0.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::time::Duration;

    #[test]
    fn results_come_in_order() {
        for threads in [0, 1, 2, 7] {
            let mut seen = Vec::new();
            let slow = |n: u64| {
                thread::sleep(Duration::from_micros(n * 7919 % 300));
                n * 2
            };
            let end: std::result::Result<(), ()> = ordered(
                threads,
                0..500,
                |_| 100_000,
                slow,
                |step| {
                    if let Step::Done(n) = step {
                        seen.push(n);
                    }
                    Ok(())
                },
            );
            assert_eq!(end, Ok(()));
            assert!(seen.iter().copied().eq((0..500).map(|n| n * 2)), "{threads} threads");
        }
    }

    #[test]
    fn a_failing_sink_ends_the_work_even_while_input_is_awaited() {
        let (feed, items) = sync_channel::<u64>(10);
        feed.send(1).unwrap();
        // `feed` stays open: the thread that takes the items waits for ever.
        let end = ordered(
            2,
            items.into_iter(),
            |_| 1,
            |n| n,
            |step| match step {
                Step::Done(n) => Err(n),
                Step::Idle => Ok(()),
            },
        );
        assert_eq!(end, Err(1));
        drop(feed);
    }

    #[test]
    fn no_more_is_taken_than_the_threads_keep_up_with() {
        let taken = Arc::new(AtomicU64::new(0));
        let count = Arc::clone(&taken);
        let items = (0..100_u64).inspect(move |_| {
            count.fetch_add(1, Ordering::SeqCst);
        });
        let mut done = 0;
        let end: std::result::Result<(), ()> = ordered(
            2,
            items,
            |_| IN_FLIGHT,
            |n| n,
            |step| {
                if let Step::Done(_) = step {
                    done += 1;
                    // Two fit, and one waits to come in.
                    assert!(taken.load(Ordering::SeqCst) <= done + 3);
                }
                Ok(())
            },
        );
        assert_eq!((end, done), (Ok(()), 100));
    }

    #[test]
    fn a_panic_is_an_error_of_one_piece() {
        assert_eq!(guarded(|| 7).unwrap(), 7);
        let failed = guarded(|| assert!(std::hint::black_box(false), "no luck")).unwrap_err();
        assert_eq!(
            (failed.code(), failed.to_string().contains("no luck")),
            ("internal", true)
        );
    }
}
