//! What is to be done when somebody asks the process to end: an interrupt from the keyboard, and on Unix also SIGTERM and
//! SIGHUP.
//!
//! In: an action, in whose place a later one may come. Out: when a signal comes, it is run on a thread of its own, and the
//! process ends with the exit code that shells give to such an end. Before there is an action, signals do what they
//! always do.

use std::sync::{Mutex, Once, PoisonError};

type Action = Box<dyn FnOnce() + Send>;

static ACTION: Mutex<Option<Action>> = Mutex::new(None);

/// From now on this is what is done before the process ends by a signal. The action must not wait for ever.
pub(super) fn before_end(action: impl FnOnce() + Send + 'static) {
    static LISTENING: Once = Once::new();
    // What it held of the action before goes here, not while others wait.
    let _before = replace(Some(Box::new(action)));
    // Where signals cannot be caught they end the process at once.
    LISTENING.call_once(|| {
        let _ = listen();
    });
}

/// There is nothing left to be done.
pub(super) fn nothing_to_do() {
    drop(replace(None));
}

fn replace(action: Option<Action>) -> Option<Action> {
    let mut held = ACTION.lock().unwrap_or_else(PoisonError::into_inner);
    std::mem::replace(&mut *held, action)
}

/// Ends the process as it is done by this signal. The action may take its time: a second signal waits for it, since
/// terminals and service managers send several at once.
fn end(signal: i32) {
    if let Some(action) = replace(None) {
        action();
    }
    std::process::exit(128 + signal);
}

#[cfg(unix)]
fn listen() -> std::io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let mut wanted = vec![SIGINT, SIGTERM, SIGHUP];
    // `nohup` and shells that start something in the background mean it.
    wanted.retain(|&signal| !is_ignored(signal));
    let mut signals = signal_hook::iterator::Signals::new(wanted)?;
    let listening = std::thread::Builder::new().name("signals".to_owned());
    listening.spawn(move || signals.forever().for_each(end)).map(drop)
}

/// Whether whoever started the process wants it not to see this signal. Where the system does not tell, that is taken to
/// be so of a hangup alone, which leaves it what it would do without us.
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    let ignored = std::fs::read_to_string("/proc/self/status").ok().and_then(|status| {
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"))?;
        u64::from_str_radix(mask.trim(), 16).ok()
    });
    match ignored {
        Some(mask) => mask >> (signal - 1) & 1 == 1,
        None => signal == signal_hook::consts::SIGHUP,
    }
}

#[cfg(not(unix))]
fn listen() -> Result<(), ctrlc::Error> {
    const INTERRUPT: i32 = 2;
    ctrlc::set_handler(|| end(INTERRUPT))
}
