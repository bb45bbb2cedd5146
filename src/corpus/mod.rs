//! Many extractions become one set of documents: identity, evidence and repair across texts.
//!
//! The result does not depend on the order in which extractions are added.

mod bodies;
mod conflict;
mod date;
mod document;
mod effect;
mod fact;
mod join;
mod merge;
mod text;
mod work_list;

pub use bodies::{Body, BodyLink, BodyRelation};
pub use conflict::Conflict;
pub use document::{CorpusDocument, Joined, Provenance, Wording};
pub use effect::EffectFact;
pub use fact::{Evidence, Fact};
#[cfg(feature = "store")]
pub(crate) use join::{joined_on, place_of};
pub use merge::Resolved;
pub use text::{CorpusText, Doubt, OpenMention};
pub use work_list::{WorkExample, WorkItem, WorkList};

use crate::extract::Extraction;
use crate::model::{Key, Node};
use document::from_extraction;
use effect::effects;
use fact::facts;
use std::sync::Arc;

/// Collects extractions.
///
/// ```
/// use viendan::{Corpus, Extractor};
/// let extractor = Extractor::new();
/// let mut corpus = Corpus::new();
/// corpus.add(&extractor.extract("Thông tư số 12/2013/TT-BTC hướng dẫn Nghị định số 60/2012/NĐ-CP")?);
/// let resolved = corpus.resolve();
/// assert!(resolved.documents.iter().any(|d| d.key.as_str() == "vn:nghi-dinh:60/2012:cp"));
/// # Ok::<(), viendan::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Corpus {
    records: Vec<Record>,
}

/// What one text says.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    pub source: Arc<str>,
    pub own: Key,
    pub documents: Vec<CorpusDocument>,
    pub facts: Vec<Fact>,
    pub effects: Vec<EffectFact>,
    pub bodies: Vec<BodyLink>,
    pub text: CorpusText,
}

impl Corpus {
    /// An empty collection.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds what one text says. A text without a source name is known by a hash of its words.
    pub fn add(&mut self, extraction: &Extraction<'_>) {
        let source = match &extraction.source {
            Some(source) => source.as_str().into(),
            None => format!("#{:016x}", xxhash_rust::xxh64::xxh64(extraction.text.as_bytes(), 0)).into(),
        };
        self.records.push(Record::new(extraction, source));
    }

    /// A collection of what texts say.
    #[cfg(feature = "store")]
    pub(crate) fn from_records(records: Vec<Record>) -> Self {
        Self { records }
    }

    /// Adds all of another collection.
    pub fn append(&mut self, mut other: Self) {
        self.records.append(&mut other.records);
    }

    /// Number of texts.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// True when nothing was added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// One identity for each document over all texts, with everything that is said of it.
    #[must_use]
    pub fn resolve(&self) -> Resolved {
        merge::resolve(&self.records)
    }
}

impl Record {
    /// Of an extraction; the first of the documents is the one that was read, the others follow in the order of
    /// [`Extraction::documents`].
    pub(crate) fn new(extraction: &Extraction<'_>, source: Arc<str>) -> Self {
        let own = own_key(extraction, &source);
        let documents = from_extraction(extraction, &source, &own);
        let facts = facts(extraction, &source, &own);
        let effects = effects(extraction, &source, &own);
        let bodies = bodies::hierarchy(extraction);
        let text = text::text(extraction, &source, &own);
        Self { source, own, documents, facts, effects, bodies, text }
    }
}

/// The key of the document that was read; a text without identity is known by its source.
fn own_key(extraction: &Extraction<'_>, source: &str) -> Key {
    extraction
        .document
        .key
        .clone()
        .unwrap_or_else(|| Key::new(format!("vnx:source#{:016x}", xxhash_rust::xxh64::xxh64(source.as_bytes(), 0))))
}

/// The key of a node of an extraction.
fn node_key(extraction: &Extraction<'_>, node: Node, own: &Key) -> Option<Key> {
    match node {
        Node::Own => Some(own.clone()),
        Node::Document(index) => extraction.documents.get(index as usize).map(|document| document.key.clone()),
    }
}
