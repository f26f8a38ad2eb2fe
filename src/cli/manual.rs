//! What a system is told about the program: completions for shells, pages for `man`.
//!
//! Both are made from the definition of the command line, so they say what this very program takes.

use super::Cli;
use super::exit::Exit;
use super::say::say;
use attache::Error;
use clap::CommandFactory;
use clap_complete::Shell;
use std::io::{self, Write};

/// Prints the script by which a shell completes arguments.
pub(crate) fn completions(shell: Shell) -> Result<Exit, Error> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), env!("CARGO_BIN_NAME"), &mut script);
    print(&script)
}

/// Prints the page of the program, or of one of its commands.
pub(crate) fn page(command: Option<&str>) -> Result<Exit, Error> {
    let mut all = Cli::command();
    all.build();
    let asked = match command {
        None => Some(&all),
        Some(name) => all.find_subcommand(name),
    };
    let Some(asked) = asked else {
        say(format_args!("there is no command {:?}", command.unwrap_or_default()));
        return Ok(Exit::Fatal);
    };
    let mut page = Vec::new();
    let made = clap_mangen::Man::new(asked.clone())
        .source(concat!("attache ", env!("CARGO_PKG_VERSION")))
        .render(&mut page);
    made.map_err(Error::Write)?;
    print(&page)
}

fn print(bytes: &[u8]) -> Result<Exit, Error> {
    let mut to = io::stdout();
    to.write_all(bytes).and_then(|()| to.flush()).map_err(Error::Write)?;
    Ok(Exit::Done)
}
