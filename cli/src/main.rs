//! The command line of viendan: arguments, progress and output. What is said is the library's.

mod args;
mod commands;
mod grammar;
mod load;
mod output;
mod pipeline;
mod progress;
mod provision;
mod status;
mod texts;
mod times;

use args::{Args, Command};
use clap::Parser as _;
use std::process::ExitCode;

/// See `Cargo.toml`.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let args = Args::parse();
    let done = match &args.command {
        Command::Extract(args) => commands::extract::run(args),
        Command::Query(args) => commands::query::run(args),
        Command::Build(args) => commands::build::run(args),
        Command::Sql(args) => commands::sql::run(args),
        Command::Show(args) => commands::show::run(args),
        Command::Find(args) => commands::find::run(args),
        Command::Stats(args) => commands::stats::run(args),
        Command::Worklist(args) => commands::worklist::run(args),
        Command::Explain(args) => commands::explain::run(args),
        Command::Completions(args) => commands::completions::run(args),
        Command::Man(args) => commands::man::run(args),
    };
    status::report(done)
}
