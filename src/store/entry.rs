//! What is kept of one text, made by any thread, before the one writer takes it.

use crate::corpus::Record;
use crate::extract::{Extraction, Extractor};
use crate::model::{Citation, DocType, Form, Key, Metadata, PartialDate, Provision, Target, Unresolved};
use crate::span::Span;
use std::sync::Arc;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// A number for what a text is read from and by: its words, what is known beside them, and the rules and tables. Equal
/// stamps, equal readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StoreStamp(pub(super) [u8; 16]);

impl StoreStamp {
    /// Of a text that `extractor` would read.
    #[must_use]
    pub fn new(extractor: &Extractor, text: &str, metadata: &Metadata) -> Self {
        let mut hash = Xxh3::new();
        hash.update(&extractor.fingerprint().to_le_bytes());
        let fields = [
            &metadata.symbol,
            &metadata.doc_type,
            &metadata.issuer,
            &metadata.issued,
            &metadata.effective,
            &metadata.title,
        ];
        for field in fields {
            // a length tells an empty field from none, and where one ends
            let length = field.as_ref().map_or(u64::MAX, |field| field.len() as u64);
            hash.update(&length.to_le_bytes());
            hash.update(field.as_deref().unwrap_or("").as_bytes());
        }
        hash.update(text.as_bytes());
        Self(hash.digest128().to_le_bytes())
    }
}

/// What is kept of one text. Made beside the store, by many threads at once.
#[derive(Debug, Clone)]
pub struct StoreEntry {
    pub(super) stamp: StoreStamp,
    pub(super) bytes: usize,
    pub(super) record: Record,
    pub(super) citations: Vec<Mention>,
}

/// A citation as it is kept.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    pub form: Form,
    pub span: Span,
    pub core: Span,
    pub words: String,
    pub doc_type: Option<DocType>,
    pub year: Option<i16>,
    pub date: Option<PartialDate>,
    pub effective: Option<PartialDate>,
    pub provisions: Option<String>,
    pub target: Option<Key>,
    /// It means the text itself.
    pub own: bool,
    pub targets: Vec<Key>,
    pub candidates: Vec<Key>,
    pub unresolved: Option<Unresolved>,
    pub confidence: f32,
}

impl StoreEntry {
    /// What is kept of an extraction. Without a name it is known by the empty one.
    #[must_use]
    pub fn new(extraction: &Extraction<'_>, stamp: StoreStamp) -> Self {
        let source: Arc<str> = extraction.source.as_deref().unwrap_or("").into();
        let record = Record::new(extraction, source);
        Self {
            stamp,
            bytes: extraction.text.len(),
            citations: extraction.citations.iter().map(|citation| mention(extraction, citation, &record.own)).collect(),
            record,
        }
    }

    /// The name of the text.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.record.source
    }

    /// Bytes of its text.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes
    }
}

fn mention(extraction: &Extraction<'_>, citation: &Citation, own: &Key) -> Mention {
    let key = |index: &u32| extraction.documents.get(*index as usize).map(|document| document.key.clone());
    Mention {
        form: citation.form,
        span: citation.span,
        core: citation.core,
        words: extraction.folded(citation.core),
        doc_type: citation.doc_type,
        year: citation.year,
        date: citation.date,
        effective: citation.effective,
        provisions: paths(&citation.provisions),
        target: match citation.target {
            Target::Own => Some(own.clone()),
            Target::Document(index) => key(&index),
            Target::None => None,
        },
        own: matches!(citation.target, Target::Own),
        targets: citation.targets.iter().filter_map(key).collect(),
        candidates: citation.candidates.iter().filter_map(key).collect(),
        unresolved: citation.unresolved,
        confidence: citation.confidence,
    }
}

/// Paths in one cell, spaces between them: no label has one.
pub(super) fn paths(provisions: &[Provision]) -> Option<String> {
    let paths: Vec<&str> = provisions.iter().map(Provision::as_str).collect();
    Some(paths.join(" ")).filter(|cell| !cell.is_empty())
}

/// The paths of a cell.
pub(super) fn provisions(cell: Option<&str>) -> Vec<Provision> {
    cell.map_or_else(Vec::new, |cell| cell.split(' ').map(Provision::from_path).collect())
}

/// A short stand-in for a long text in memory; two texts of one archive never share it by chance.
pub(super) fn short_hash(text: &str) -> (u64, u64) {
    let hash = xxh3_128(text.as_bytes());
    #[expect(clippy::cast_possible_truncation, reason = "the two halves")]
    let halves = ((hash >> 64) as u64, hash as u64);
    halves
}
