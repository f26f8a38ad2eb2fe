//! Workers for what takes the processor: as many at once as there are cores, and a bounded queue before them.
//!
//! In: a function. Out: what it returns, or the [`Problem`] that there was no room or no time for it. Work that was begun
//! is not broken off; it keeps its worker until it ends, so that there are never more at work than allowed.

use super::limits::Limits;
use super::problem::Problem;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::{self, JoinHandle};
use tokio::time;

#[derive(Debug)]
pub(crate) struct Pool {
    free: Arc<Semaphore>,
    workers: usize,
    waiting: AtomicUsize,
    queue: usize,
    time: Duration,
}

impl Pool {
    pub(crate) fn new(workers: usize, limits: &Limits) -> Self {
        Pool {
            free: Arc::new(Semaphore::new(workers)),
            workers,
            waiting: AtomicUsize::new(0),
            queue: limits.queue,
            time: limits.work_time,
        }
    }

    /// Runs a function as soon as a worker is free.
    pub(crate) async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
        let whole = async {
            let permit = self.turn().await?;
            started(permit, work).await.map_err(|_| Problem::internal())
        };
        time::timeout(self.time, whole).await.map_err(|_| Problem::timeout())?
    }

    /// Starts a function as soon as a worker is free, however many wait: for whoever bounds its own work.
    pub(crate) async fn start<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<JoinHandle<T>, Problem> {
        let _place = Place::take(&self.waiting);
        let permit = self.permit().await?;
        Ok(started(permit, work))
    }

    async fn turn(&self) -> Result<OwnedSemaphorePermit, Problem> {
        if let Ok(permit) = self.free.clone().try_acquire_owned() {
            return Ok(permit);
        }
        let place = Place::take(&self.waiting);
        if place.before >= self.queue {
            return Err(Problem::busy());
        }
        self.permit().await
    }

    async fn permit(&self) -> Result<OwnedSemaphorePermit, Problem> {
        self.free.clone().acquire_owned().await.map_err(|_| Problem::internal())
    }

    /// How many wait for a worker.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.load(Relaxed)
    }

    /// How many workers are at work.
    pub(crate) fn working(&self) -> usize {
        self.workers.saturating_sub(self.free.available_permits())
    }

    /// How many workers there are.
    pub(crate) fn workers(&self) -> usize {
        self.workers
    }
}

fn started<T: Send + 'static>(
    permit: OwnedSemaphorePermit,
    work: impl FnOnce() -> T + Send + 'static,
) -> JoinHandle<T> {
    task::spawn_blocking(move || {
        let _permit = permit;
        work()
    })
}

/// A place in the queue, given up when dropped.
struct Place<'p> {
    waiting: &'p AtomicUsize,
    /// How many waited before.
    before: usize,
}

impl<'p> Place<'p> {
    fn take(waiting: &'p AtomicUsize) -> Self {
        let before = waiting.fetch_add(1, Relaxed);
        Place { waiting, before }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.waiting.fetch_sub(1, Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    fn limits(queue: usize, work_time: Duration) -> Limits {
        Limits {
            queue,
            work_time,
            ..Limits::default()
        }
    }

    #[tokio::test]
    async fn one_too_many_is_turned_away_and_the_others_are_done() {
        let pool = Arc::new(Pool::new(1, &limits(1, Duration::from_secs(60))));
        let (go, wait) = mpsc::channel::<()>();
        let first = tokio::spawn({
            let pool = pool.clone();
            async move { pool.run(move || wait.recv().is_ok()).await }
        });
        while pool.working() == 0 {
            task::yield_now().await;
        }
        let second = tokio::spawn({
            let pool = pool.clone();
            async move { pool.run(|| 2).await }
        });
        while pool.waiting() == 0 {
            task::yield_now().await;
        }
        assert_eq!(pool.run(|| 3).await.unwrap_err().code, "busy");
        go.send(()).unwrap();
        assert!(first.await.unwrap().unwrap());
        assert_eq!(second.await.unwrap().unwrap(), 2);
        assert_eq!((pool.waiting(), pool.working()), (0, 0));
    }

    #[tokio::test]
    async fn work_without_end_is_answered_in_time_and_keeps_its_worker() {
        let pool = Pool::new(1, &limits(1, Duration::from_millis(20)));
        let (go, wait) = mpsc::channel::<()>();
        assert_eq!(pool.run(move || wait.recv().is_ok()).await.unwrap_err().code, "timeout");
        assert_eq!(pool.working(), 1);
        assert_eq!(pool.run(|| ()).await.unwrap_err().code, "timeout");
        go.send(()).unwrap();
        while pool.working() == 1 {
            time::sleep(Duration::from_millis(1)).await;
        }
        pool.run(|| ()).await.unwrap();
    }

    #[tokio::test]
    async fn a_panic_in_the_work_is_a_problem_of_one_request() {
        let pool = Pool::new(1, &limits(1, Duration::from_secs(60)));
        let problem = pool.run(|| panic!("a worker that fails on purpose")).await;
        assert_eq!(problem.unwrap_err().code, "internal");
        pool.run(|| ()).await.unwrap();
    }
}
