//! `attache serve`: pages and an API over HTTP, until the process is told to stop.
//!
//! In: an address. Out: a line a request on standard error; standard output stays empty.

use super::exit::Exit;
use super::gazetteer;
use super::log;
use super::say::say;
use attache::Error;
use attache::serve::{self, Limits, Log, Server};
use jiff::Timestamp;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::runtime::Builder;
use tokio::signal;

/// What was asked for.
pub(crate) struct Config {
    /// The address to listen on.
    pub(crate) listen: SocketAddr,
    /// The quote database, if there is one.
    pub(crate) database: Option<PathBuf>,
    /// Whether corrections are refused.
    pub(crate) read_only: bool,
    /// The user's tables.
    pub(crate) gazetteer: Vec<PathBuf>,
}

pub(crate) fn run(config: &Config) -> Result<Exit, Error> {
    let extractor = gazetteer::extractor(&config.gazetteer)?;
    // Requests must not wait for whoever reads the log.
    let (lines, written) = log::Log::begin();
    let log: Log = Arc::new(move |event| lines.line(format!("{:.3} {event}", Timestamp::now())));
    let runtime = Builder::new_multi_thread().enable_all().build().map_err(start)?;
    let done = runtime.block_on(async {
        // Caught from the beginning: a signal that comes while the server starts must stop it too.
        let stop = stop().map_err(start)?;
        let options = serve::Config {
            listen: config.listen,
            database: config.database.clone(),
            read_only: config.read_only,
            workers: 0,
            limits: Limits::default(),
        };
        let server = Server::bind(extractor, options, log).await?;
        say(format_args!("listening on http://{}", server.address()));
        if !config.listen.ip().is_loopback() {
            say("warning: there is no login: whoever reaches this address can read everything and use the processor");
        }
        server.run(stop).await;
        Ok(Exit::Done)
    });
    // With what still runs there ends the log.
    drop(runtime);
    written.wait();
    done
}

fn start(cause: std::io::Error) -> Error {
    Error::Read {
        name: "the system's events".to_owned(),
        cause,
    }
}

/// Done when the user or the system asks for an end.
#[cfg(unix)]
fn stop() -> std::io::Result<impl Future<Output = ()>> {
    use super::stop::is_ignored;
    use signal::unix::{SignalKind, signal};
    use signal_hook::consts::SIGHUP;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    // A terminal that is closed; whoever says `nohup` means it.
    let mut hang_up = match is_ignored(SIGHUP) {
        true => None,
        false => Some(signal(SignalKind::hangup())?),
    };
    Ok(async move {
        let hung_up = async {
            match &mut hang_up {
                Some(hang_up) => hang_up.recv().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            _ = hung_up => {}
        }
    })
}

/// Done when the user asks for an end.
#[cfg(not(unix))]
fn stop() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Where it cannot be caught, the system ends the process by itself.
        if signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
