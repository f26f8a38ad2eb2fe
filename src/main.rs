//! The command `attache`: see `cli`.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run() {
        Ok(exit) => exit.into(),
        Err(error) if cli::is_closed_pipe(&error) => cli::Exit::Done.into(),
        Err(error) => {
            cli::say(error);
            cli::Exit::Fatal.into()
        }
    }
}
