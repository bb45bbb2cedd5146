//! `viendan completions`

use crate::args::{Args, Completions};
use crate::status::{Done, Stop};
use clap::CommandFactory as _;
use std::io::Write as _;

pub(crate) fn run(args: &Completions) -> Result<Done, Stop> {
    // clap writes into memory, where it cannot fail; a closed pipe is met here
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "viendan", &mut script);
    std::io::stdout().lock().write_all(&script)?;
    Ok(Done::All)
}
