//! `viendan man`

use crate::args::{Args, Man};
use crate::status::{Done, Stop};
use clap::CommandFactory as _;
use std::io::Write as _;

pub(crate) fn run(args: &Man) -> Result<Done, Stop> {
    let mut command = Args::command();
    command.build();
    if let Some(name) = &args.command {
        command =
            command.find_subcommand(name).cloned().ok_or_else(|| Stop::Use(format!("`{name}`: no such command")))?;
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(command)
        .source(concat!("viendan ", env!("CARGO_PKG_VERSION")))
        .manual("viendan")
        .render(&mut page)?;
    std::io::stdout().lock().write_all(&page)?;
    Ok(Done::All)
}
