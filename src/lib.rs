//! viendan
#![forbid(unsafe_code)]
mod corpus;
mod error;
mod export;
mod extract;
mod lexicon;
mod model;
mod parse;
mod resolve;
mod scan;
mod span;
mod table;
mod text;
pub use corpus::{Body, Conflict, Corpus, CorpusDocument, Evidence, Fact, Provenance, Resolved};
pub use error::{Error, ErrorKind};
pub use export::{SCHEMA, WireDocument};
pub use extract::{Extraction, Extractor, Metadata, ProvisionRef, extract};
pub use lexicon::{GrammarTable, Lexicon, LexiconBuilder};
pub use model::*;
pub use span::Span;
