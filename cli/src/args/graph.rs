//! Commands that look at the graph of some texts, and those about the command line itself.

use super::{Inputs, Reading};
use clap::{Args as ClapArgs, ValueEnum};
use std::path::PathBuf;

/// How the answer of a query is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnswerFormat {
    /// For people, with the words that prove each step
    Table,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values, with a line of names
    Csv,
    /// A graph for Graphviz
    Dot,
}

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For people
    Table,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values, with a line of names
    Csv,
}

/// How a card is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CardFormat {
    /// For people
    Table,
    /// One JSON object on one line
    Jsonl,
}

/// One place where texts come from, so that the words after it need no quotation marks.
#[derive(Debug, ClapArgs)]
pub(crate) struct OneInput {
    /// A file, a folder, or - for the standard input
    #[arg(value_name = "INPUT")]
    pub input: PathBuf,
    /// Another input, beside the first
    #[arg(long = "with", value_name = "INPUT")]
    pub with: Vec<PathBuf>,
    #[command(flatten)]
    pub reading: Reading,
}

impl OneInput {
    pub(crate) fn all(&self) -> Vec<PathBuf> {
        std::iter::once(&self.input).chain(&self.with).cloned().collect()
    }
}

#[derive(Debug, ClapArgs)]
#[command(
    after_help = "X is a key, a symbol (16-KL/TW) or a title: the beginning of a name, tones optional. When several documents are called so they are listed, with status 2; when none is, the nearest names, with status 1."
)]
pub(crate) struct Show {
    #[command(flatten)]
    pub input: OneInput,
    /// The document; all further words belong to it
    #[arg(value_name = "X", required = true)]
    pub name: Vec<String>,
    /// As of this day (2013-05-02 or 02/05/2013): whether it was in force, what decides it, and what had changed it
    #[arg(long, value_name = "DAY")]
    pub on: Option<String>,
    /// As of that day, only what had changed this provision, as words or path ("khoản 2 Điều 5", dieu:5/khoan:2)
    #[arg(long = "provision", value_name = "PROVISION", requires = "on")]
    pub provisions: Vec<String>,
    /// At most this many documents, wordings and doubts of each sort; what is left out is counted
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
    /// How to write the card; jsonl leaves nothing out
    #[arg(long, value_enum, default_value = "table")]
    pub format: CardFormat,
}

#[derive(Debug, ClapArgs)]
#[command(
    after_help = "The best stand first: by key, symbol, name, beginning of a symbol, words one after another in a name or title, words anywhere (type, symbol, name, title, year, issuer); of equals those with the same tones, then those that most texts mention, then by key. csv: how, exact, mentions, key, type, symbol, name, title, date, issuer. When nothing is found the nearest names are listed on standard error, with status 1."
)]
pub(crate) struct Find {
    #[command(flatten)]
    pub input: OneInput,
    /// What to look for
    #[arg(value_name = "WORDS", required = true)]
    pub words: Vec<String>,
    /// At most this many documents
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
    /// How to write the list
    #[arg(long, value_enum, default_value = "table")]
    pub format: ListFormat,
}

#[derive(Debug, ClapArgs)]
#[command(
    after_help = "jsonl and csv hold one entry for each number, always all of them: list, name, count. The lists: total, type, year, issuer, relation, unresolved, doubt, and cited, the most cited documents, where name is a key. An empty name: not known."
)]
pub(crate) struct Stats {
    #[command(flatten)]
    pub inputs: Inputs,
    /// At most this many entries of each list of the table, and of the most cited documents
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub limit: usize,
    /// Rank the most cited documents by this relation only (`based_on`, `implements`, `amends` …)
    #[arg(long = "relation", value_name = "RELATION")]
    pub relations: Vec<String>,
    /// Rank only documents of this type, as slug or name
    #[arg(long = "type", value_name = "TYPE")]
    pub doc_types: Vec<String>,
    /// How to write the counts
    #[arg(long, value_enum, default_value = "table")]
    pub format: ListFormat,
}

#[derive(Debug, ClapArgs)]
#[command(after_help = "For bash: viendan completions bash > ~/.local/share/bash-completion/completions/viendan")]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

#[derive(Debug, ClapArgs)]
#[command(after_help = "To read it at once: viendan man query | man -l -")]
pub(crate) struct Man {
    /// A command; without one, the page of viendan itself
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}
