//! The command `attache`: see `cli`.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    let done = cli::run();
    // What a signal says counts more than how far the work came.
    cli::unless_ending();
    match done {
        Ok(exit) => exit.into(),
        Err(error) if cli::is_closed_pipe(&error) => cli::Exit::Done.into(),
        Err(error) => {
            cli::say(error);
            cli::Exit::Fatal.into()
        }
    }
}
