#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
mod corpus;
mod error;
mod export;
mod extract;
mod graph;
#[cfg(feature = "ingest")]
mod ingest;
mod lexicon;
mod model;
mod parse;
mod query;
mod resolve;
mod scan;
mod span;
#[cfg(feature = "store")]
mod store;
mod table;
mod text;
pub use corpus::{
    Body, BodyLink, BodyRelation, Conflict, Corpus, CorpusDocument, CorpusText, Doubt, EffectFact, Evidence, Fact,
    Joined, OpenMention, Provenance, Resolved, Wording, WorkExample, WorkItem, WorkList,
};
pub use error::{Error, ErrorKind};
pub use export::{
    Dot, SCHEMA, WireCard, WireChanges, WireCount, WireDocument, WireHit, WireMatch, WireText, WireValidity, WireWork,
};
pub use extract::{AnchorKind, AnchorTrace, Explanation, Extraction, Extractor, ProvisionRef, Skimmed, Tried, extract};
pub use graph::{
    CitationGraph, EdgeKind, EdgeKinds, EdgeReference, Edges, FrozenGraph, GraphEdge, GraphNode, GraphProvision, Walk,
};
#[cfg(feature = "ingest")]
pub use ingest::{MAX_BYTES, MAX_ENTRIES, MAX_EXPANDED, MAX_RATIO, Reader, Record, Sink};
pub use lexicon::{GrammarTable, Law, Lexicon, LexiconBuilder};
pub use model::*;
pub use petgraph;
pub use query::{
    Answer, Card, Change, Changes, Contradiction, ContradictionKind, Count, Found, Ground, GroundKind, Hit, HowFound,
    InForce, Match, PartInForce, Query, Ranked, Ranking, Related, Search, Statistics, Touch, Validity,
};
pub use span::Span;
#[cfg(feature = "store")]
pub use store::{SqlValue, Store, StoreEntry, StoreKnown, StoreStamp, StoreWriter};
