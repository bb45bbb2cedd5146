//! Commands that make a store and ask it in SQL.

use super::Reading;
use super::graph::ListFormat;
use clap::Args as ClapArgs;
use std::path::PathBuf;

#[derive(Debug, ClapArgs)]
#[command(
    after_help = "A text is known by its path as given, or by the id of its record. It is read again when its words, what is known beside them, the tables or the version have changed. A build that was broken off is taken up by running it again."
)]
pub(crate) struct Build {
    /// Files, folders, or - for the standard input
    #[arg(value_name = "INPUT", required = true)]
    pub inputs: Vec<PathBuf>,
    /// The store: a file that is made, or brought up to date
    #[arg(long, short, value_name = "STORE")]
    pub output: PathBuf,
    /// Take out texts that are not among the inputs; not done when an input failed
    #[arg(long)]
    pub prune: bool,
    /// Read every text again, also the unchanged
    #[arg(long)]
    pub afresh: bool,
    /// Write after so many texts (65536 unless set), and let others see a part before the end: fewer lose less when the program is ended by force, and take longer
    #[arg(long, value_name = "TEXTS", value_parser = clap::value_parser!(u32).range(1..))]
    pub batch: Option<u32>,
    #[command(flatten)]
    pub reading: Reading,
}

#[derive(Debug, ClapArgs)]
#[command(
    after_help = "The views to ask are documents, citations, relations, issuers, depends, validity and others: see docs/store.md. A statement can only read."
)]
pub(crate) struct Sql {
    /// A store
    #[arg(value_name = "STORE")]
    pub store: PathBuf,
    /// One statement that reads
    #[arg(value_name = "SELECT …")]
    pub statement: String,
    /// Give up after so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub time_limit: u64,
    /// How to write the rows; a table on a terminal, else jsonl
    #[arg(long, value_enum)]
    pub format: Option<ListFormat>,
}
