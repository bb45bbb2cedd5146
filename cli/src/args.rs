//! What can be asked for.

mod graph;
mod store;

pub(crate) use graph::{AnswerFormat, CardFormat, Completions, Find, ListFormat, Man, Show, Stats};
pub(crate) use store::{Build, Sql};

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Finds, reads, relates and identifies citations in Vietnamese legal, administrative and Party text.
#[derive(Debug, Parser)]
#[command(
    name = "viendan",
    version,
    arg_required_else_help = true,
    after_help = "Exit status: 0 done; 1 finished, but some inputs failed or nothing is called so; 2 wrong use."
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read texts: every citation, what it means, how documents are related, and the doubts
    Extract(Extract),
    /// Read texts, build their graph and ask it; or ask a store
    Query(Box<Query>),
    /// Read texts into a store: one file that is asked at once and brought up to date quickly
    Build(Build),
    /// Ask a store in SQL
    Sql(Sql),
    /// Show the card of one document: who it is, how it is cited, what it rests on, what rests on it, and the doubts
    Show(Show),
    /// Look for documents by symbol, name or words of their titles; tones optional
    Find(Find),
    /// Count what the graph of some texts holds
    Stats(Stats),
    /// List what the grammar does not know: the rows to be written next
    Worklist(Worklist),
    /// Say why a place of a text was read as it was
    Explain(Explain),
    /// Write what a shell needs to complete this command line
    Completions(Completions),
    /// Write the page of the manual for viendan or one of its commands
    Man(Man),
}

/// What inputs may be, below the options.
const INPUTS: &str = "\
Inputs: .txt and .html (.htm, .xhtml) hold one text, .jsonl (.ndjson) one a line, each also as .gz or .zst; .zip, .tar,
.tar.gz (.tgz) and .tar.zst hold such files. Folders are read whole, archives in them too; hidden files and other
endings are left alone there. A file that is named is read as text whatever its ending. The standard input is known by
its first bytes. An entry of an archive is called archive.zip!folder/name.txt. A metadata.csv in a folder or archive
(column file, and symbol, type, issuer, issued, effective, title) speaks of the files in its folder and below.
Nothing is unpacked to the disk.";

/// Headings of the help.
const READING: &str = "How texts are read";
const QUESTION: &str = "The question, one of these";

/// Where texts come from, for every command that reads them.
#[derive(Debug, ClapArgs)]
pub(crate) struct Inputs {
    /// Files, folders, archives, or - for the standard input
    #[arg(value_name = "INPUT", default_value = "-")]
    pub inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub reading: Reading,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Reading {
    /// Field of a JSON line that holds the text
    #[arg(long, help_heading = READING, value_name = "FIELD", default_value = "text")]
    pub text_field: String,
    /// Field of a JSON line that holds the document's name
    #[arg(long, help_heading = READING, value_name = "FIELD", default_value = "id")]
    pub id_field: String,
    /// Field of a JSON line, or column of a metadata.csv, that holds a metadata field of ours (symbol, type, issuer,
    /// issued, effective, title)
    #[arg(long, help_heading = READING, value_name = "OURS=THEIRS")]
    pub meta: Vec<String>,
    /// Encoding of texts that are no UTF-8 and do not name theirs (windows-1258)
    #[arg(long, help_heading = READING, value_name = "LABEL")]
    pub encoding: Option<String>,
    /// Refuse texts longer than this
    #[arg(long, help_heading = READING, value_name = "BYTES", default_value_t = viendan::MAX_BYTES)]
    pub max_bytes: u64,
    /// Read no archive further than this many entries
    #[arg(long, help_heading = READING, value_name = "N", default_value_t = viendan::MAX_ENTRIES)]
    pub max_entries: u64,
    /// Read no packed input further than this many unpacked bytes
    #[arg(long, help_heading = READING, value_name = "BYTES", default_value_t = viendan::MAX_EXPANDED)]
    pub max_expanded: u64,
    /// Refuse packed texts and archives that become more than this many times longer
    #[arg(long, help_heading = READING, value_name = "TIMES", default_value_t = viendan::MAX_RATIO)]
    pub max_ratio: u64,
    /// Add rows of your own to a table of the grammar; the file is called like the table (issuers.tsv)
    #[arg(long, help_heading = READING, value_name = "FILE")]
    pub grammar: Vec<PathBuf>,
    /// Number of threads; all cores unless set
    #[arg(long, short, help_heading = READING, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub jobs: Option<u16>,
}

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people; the default on a terminal
    Table,
    /// One JSON object a line; the default elsewhere
    Jsonl,
}

#[derive(Debug, ClapArgs)]
#[command(after_help = INPUTS)]
pub(crate) struct Extract {
    #[command(flatten)]
    pub inputs: Inputs,
    /// Also write out the texts that the byte spans point into: to FILE.jsonl as records that can be read again, else
    /// to a folder, one .txt file for each input
    #[arg(long, value_name = "FOLDER|FILE.jsonl")]
    pub emit_text: Option<PathBuf>,
    /// How to write what is found; a table on a terminal, else jsonl
    #[arg(long, value_enum)]
    pub format: Option<Format>,
}

#[derive(Debug, ClapArgs)]
#[command(
    override_usage = "viendan query [OPTIONS] <INPUT>... --implementing <X>\n       viendan query [OPTIONS] <INPUT>... --from <X> --path-to <Y>",
    after_help = "X and Y are a key, a symbol (16-KL/TW) or a title: the beginning of a name, tones optional. When several documents are called so they are listed, with status 2; when none is, the nearest names, with status 1.\n\nAnswers stand nearest first, then in the order of their keys, in every format. csv: hops, key, type, symbol, name, title, date, issuer; the step by which it was reached (step_source, step_relation, step_target) and the first words that prove it (evidence_source, evidence_start, evidence_end, evidence); yes or unknown where a day was asked about (in_force). dot: a graph for Graphviz, of the answers and the paths to them."
)]
pub(crate) struct Query {
    /// A store; or files, folders, or - for the standard input
    #[arg(value_name = "STORE|INPUT", required = true)]
    pub inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub asked: Asked,
    #[command(flatten)]
    pub reading: Reading,
    /// Also over several relations, one after another
    #[arg(long)]
    pub transitive: bool,
    /// Over at most this many relations
    #[arg(long, value_name = "N", conflicts_with = "transitive", value_parser = clap::value_parser!(u32).range(1..))]
    pub hops: Option<u32>,
    /// Only documents of this type, as slug or name (chi-thi, "Chỉ thị")
    #[arg(long = "type", value_name = "TYPE")]
    pub doc_types: Vec<String>,
    /// Only documents of this body or one below it, as code or name (`TTg`, "Bộ Tài chính")
    #[arg(long = "issuer", value_name = "BODY")]
    pub issuers: Vec<String>,
    /// Only documents issued in this time; either end may be left out (2012-01..2013)
    #[arg(long, value_name = "A..B")]
    pub issued: Option<String>,
    /// Only documents in force on this day (2013-05-02 or 02/05/2013), each with what decides it; what is not known to
    /// be is left out and counted
    #[arg(long, value_name = "DAY")]
    pub in_force: Option<String>,
    /// Also what is not known to be in force on that day
    #[arg(long, requires = "in_force")]
    pub unknown: bool,
    /// Only relations about this provision of X, as words or path ("khoản 2 Điều 5", dieu:5/khoan:2)
    #[arg(long = "provision", value_name = "PROVISION")]
    pub provisions: Vec<String>,
    /// Only relations that stand in this provision of the other document
    #[arg(long = "in-provision", value_name = "PROVISION")]
    pub in_provisions: Vec<String>,
    /// Only the document Y, with a shortest path to it, over any number of relations
    #[arg(long, value_name = "Y", conflicts_with = "transitive")]
    pub path_to: Option<String>,
    /// How to write the answer
    #[arg(long, value_enum, default_value = "table")]
    pub format: AnswerFormat,
}

/// The document asked about, and how the others stand to it.
#[derive(Debug, ClapArgs)]
#[group(required = true, multiple = false)]
pub(crate) struct Asked {
    /// What carries X out
    #[arg(long, help_heading = QUESTION, value_name = "X")]
    pub implementing: Option<String>,
    /// What rests on X
    #[arg(long, help_heading = QUESTION, value_name = "X")]
    pub based_on: Option<String>,
    /// What guides or details X
    #[arg(long, help_heading = QUESTION, value_name = "X")]
    pub guiding: Option<String>,
    /// What changes X: amends, replaces, repeals, suspends, corrects or extends it
    #[arg(long, help_heading = QUESTION, value_name = "X")]
    pub amending: Option<String>,
    /// What takes the place of X
    #[arg(long, help_heading = QUESTION, value_name = "X")]
    pub replacing: Option<String>,
    /// What ends X, wholly or in part
    #[arg(long, help_heading = QUESTION, value_name = "X")]
    pub repealing: Option<String>,
    /// What reviews how X was carried out
    #[arg(long, help_heading = QUESTION, value_name = "X")]
    pub reviewing: Option<String>,
    /// Whatever mentions X in any way
    #[arg(long, help_heading = QUESTION, value_name = "X")]
    pub citing: Option<String>,
    /// What depends on X: rests on it, carries it out, guides, amends, suspends, corrects, extends, consolidates or reviews it
    #[arg(long, help_heading = QUESTION, value_name = "X")]
    pub depends_on: Option<String>,
    /// What X itself rests on, carries out, changes or mentions
    #[arg(long, help_heading = QUESTION, value_name = "X")]
    pub from: Option<String>,
    /// Whatever is related to X, either way
    #[arg(long, help_heading = QUESTION, value_name = "X")]
    pub around: Option<String>,
}

#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Three lists, the most frequent first: codes of symbols that no table has, capitalised words before a symbol that are no type of document, and names of bodies that no row knows. Contracts, licences, standards and forms are left out."
)]
pub(crate) struct Worklist {
    #[command(flatten)]
    pub inputs: Inputs,
    /// At most this many of each list
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub limit: usize,
    /// How to write the lists; a table on a terminal, else jsonl
    #[arg(long, value_enum)]
    pub format: Option<Format>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Explain {
    /// A file, or - for the standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The place, in bytes of the text
    #[arg(long, value_name = "BYTE")]
    pub at: usize,
    /// Add rows of your own to a table of the grammar
    #[arg(long, value_name = "FILE")]
    pub grammar: Vec<PathBuf>,
}
