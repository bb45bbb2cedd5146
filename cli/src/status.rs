//! How a command ends.

use std::io;
use std::process::ExitCode;

/// Why a command stopped before its end.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The reader of our output has gone: nothing is wrong.
    ClosedPipe,
    /// Wrong use: status 2.
    Use(String),
    /// It could not be done: status 1.
    Failed(String),
}

/// Whether all inputs were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Done {
    /// Status 0.
    All,
    /// Status 1: some inputs failed, each was named.
    Some,
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::ClosedPipe
        } else {
            Self::Failed(format!("output: {error}"))
        }
    }
}

impl From<csv::Error> for Stop {
    fn from(error: csv::Error) -> Self {
        let message = error.to_string();
        match error.into_kind() {
            csv::ErrorKind::Io(error) => error.into(),
            _ => Self::Failed(format!("output: {message}")),
        }
    }
}

impl From<serde_json::Error> for Stop {
    fn from(error: serde_json::Error) -> Self {
        Self::Failed(format!("output: {error}"))
    }
}

impl From<viendan::Error> for Stop {
    fn from(error: viendan::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

/// Says what went wrong, in one line, and gives the exit status.
pub(crate) fn report(done: Result<Done, Stop>) -> ExitCode {
    match done {
        Ok(Done::All) | Err(Stop::ClosedPipe) => ExitCode::SUCCESS,
        Ok(Done::Some) => ExitCode::from(1),
        Err(Stop::Use(message)) => say(&message, 2),
        Err(Stop::Failed(message)) => say(&message, 1),
    }
}

fn say(message: &str, status: u8) -> ExitCode {
    anstream::eprintln!("viendan: {message}");
    ExitCode::from(status)
}
