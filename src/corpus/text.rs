//! What a text leaves open: doubts, and mentions that could not be settled.

use crate::extract::Extraction;
use crate::model::{DiagnosticCode, Key, Target, Unresolved};
use crate::span::Span;
use std::sync::Arc;

/// A text that was read: which document it is, how much it cites, and what is doubtful in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct CorpusText {
    /// The name of the text.
    pub source: Arc<str>,
    /// The document it is.
    pub key: Key,
    /// Number of its citations, back references and `Luật này` too.
    pub citations: u32,
    /// What is doubtful, in the order of the text.
    pub doubts: Vec<Doubt>,
    /// Mentions whose document is not known, or only one of several, in the order of the text.
    pub open: Vec<OpenMention>,
}

/// A doubt about a place of a text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Doubt {
    /// Where, in bytes of the text as given.
    pub span: Span,
    /// What sort of doubt.
    pub code: DiagnosticCode,
    /// What was read and why it is doubted.
    pub message: Box<str>,
}

/// A mention that does not say, or not surely, which document it means.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct OpenMention {
    /// Where, in bytes of the text as given.
    pub span: Span,
    /// Why.
    pub reason: Unresolved,
    /// As written, spaces folded.
    pub words: Box<str>,
    /// The document of its own that it was given, with a provisional key, where it has a type and a number or name.
    pub target: Option<Key>,
    /// The documents it may mean.
    pub candidates: Vec<Key>,
}

impl CorpusText {
    /// A text of which nothing is told yet.
    #[cfg(feature = "store")]
    pub(crate) fn bare(source: Arc<str>, key: Key) -> Self {
        Self { source, key, citations: 0, doubts: Vec::new(), open: Vec::new() }
    }
}

pub(super) fn text(extraction: &Extraction<'_>, source: &Arc<str>, own: &Key) -> CorpusText {
    let key = |index: &u32| extraction.documents.get(*index as usize).map(|document| document.key.clone());
    CorpusText {
        source: Arc::clone(source),
        key: own.clone(),
        citations: u32::try_from(extraction.citations.len()).unwrap_or(u32::MAX),
        doubts: extraction
            .diagnostics
            .iter()
            .map(|doubt| Doubt { span: doubt.span, code: doubt.code, message: doubt.message.as_str().into() })
            .collect(),
        open: extraction
            .citations
            .iter()
            .filter_map(|citation| {
                Some(OpenMention {
                    span: citation.core,
                    reason: citation.unresolved?,
                    words: extraction.folded(citation.core).into(),
                    target: match citation.target {
                        Target::Document(index) => key(&index),
                        _ => None,
                    },
                    candidates: citation.candidates.iter().filter_map(key).collect(),
                })
            })
            .collect(),
    }
}
