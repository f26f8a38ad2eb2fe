//! Messages on standard error.
//!
//! In: what there is to say. Out: a line that begins with the program's name. Where it cannot be written there is nobody
//! to tell: then it is lost, and the work goes on (`eprintln` would end it with a panic).

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

/// Says something, in one piece, so that lines of other processes do not get between.
pub(crate) fn say(message: impl Display) {
    aside(format_args!("attache: {message}\n"));
}

/// Says what is waited for, if standard input is a terminal.
pub(super) fn tell_of_terminal() {
    if io::stdin().is_terminal() {
        say("reading from the terminal; Ctrl-D on a line of its own ends the text");
    }
}

/// Says that the work was interrupted, and what came of it.
pub(super) fn say_interrupted(what: impl Display) {
    // The terminal shows ^C in the line.
    aside("\n");
    say(format_args!("interrupted; {what} written"));
}

/// Writes to standard error what has lines of its own.
pub(super) fn aside(text: impl Display) {
    let _ = io::stderr().write_all(text.to_string().as_bytes());
}
