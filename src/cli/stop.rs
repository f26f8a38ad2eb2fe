//! What is to be done when somebody asks the process to end: an interrupt from the keyboard, and on Unix also SIGTERM and
//! SIGHUP.
//!
//! In: an action, in whose place a later one may come. Out: when a signal comes, it is run on a thread of its own, and the
//! process ends with the exit code that shells give to such an end. Before anything was made that must not stay, signals
//! do what they always do.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

/// What is done before the end. It must not wait for ever.
pub(super) type Action = Box<dyn FnOnce() + Send>;

static ACTION: Mutex<Option<Action>> = Mutex::new(None);
static ENDING: AtomicBool = AtomicBool::new(false);

/// Makes something, and says what undoes it. A signal that comes meanwhile waits for that.
pub(super) fn making<T>(make: impl FnOnce() -> (T, Option<Action>)) -> T {
    static LISTENING: Once = Once::new();
    // Where signals cannot be caught they end the process at once.
    LISTENING.call_once(|| {
        let _ = listen();
    });
    let mut held = lock();
    let (made, action) = make();
    *held = action.or(held.take());
    made
}

/// From now on this is what is done before the process ends by a signal.
pub(super) fn before_end(action: impl FnOnce() + Send + 'static) {
    making(|| ((), Some(Box::new(action) as Action)));
}

/// There is nothing left to be done.
pub(super) fn nothing_to_do() {
    drop(lock().take());
}

/// Whether somebody asked the process to end.
pub(super) fn is_ending() -> bool {
    ENDING.load(Ordering::SeqCst)
}

/// Returns if nobody asked the process to end; otherwise it ends while this waits.
pub(crate) fn unless_ending() {
    while is_ending() {
        std::thread::park();
    }
}

fn lock() -> MutexGuard<'static, Option<Action>> {
    ACTION.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends the process as it is done by this signal. The action may take its time: a second signal waits for it, since
/// terminals and service managers send several at once.
fn end(signal: i32) {
    ENDING.store(true, Ordering::SeqCst);
    let action = lock().take();
    if let Some(action) = action {
        action();
    }
    std::process::exit(128 + signal);
}

#[cfg(unix)]
fn listen() -> std::io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let mut wanted = vec![SIGINT, SIGTERM];
    // Whoever says `nohup` means it; the others are sent to be heard.
    if !is_ignored(SIGHUP) {
        wanted.push(SIGHUP);
    }
    let mut signals = signal_hook::iterator::Signals::new(wanted)?;
    let listening = std::thread::Builder::new().name("signals".to_owned());
    listening.spawn(move || signals.forever().for_each(end)).map(drop)
}

/// Whether whoever started the process wants it not to see this signal. Where the system does not tell, that is taken to
/// be so: then the signal does what it would do without us.
#[cfg(unix)]
pub(super) fn is_ignored(signal: i32) -> bool {
    let ignored = std::fs::read_to_string("/proc/self/status").ok().and_then(|status| {
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"))?;
        u64::from_str_radix(mask.trim(), 16).ok()
    });
    ignored.is_none_or(|mask| mask >> (signal - 1) & 1 == 1)
}

#[cfg(not(unix))]
fn listen() -> Result<(), ctrlc::Error> {
    const INTERRUPT: i32 = 2;
    ctrlc::set_handler(|| end(INTERRUPT))
}
