//! What a text says of two documents, with the words that prove it.

use super::node_key;
use crate::extract::Extraction;
use crate::model::{Act, Extent, Key, Mood, PartialDate, Provision, Relation};
use crate::span::Span;
use compact_str::CompactString;
use std::sync::Arc;

/// The words that prove a relation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Evidence {
    /// The text.
    pub source: Arc<str>,
    /// Where in it, in bytes of the text as given; into the title where `in_title`.
    pub span: Span,
    /// The words that say the relation.
    pub cue: Option<Span>,
    /// Row of the cue table.
    pub rule: CompactString,
    /// The words themselves, spaces folded, at most 300 characters.
    pub words: Box<str>,
    /// It stands in the title given as metadata.
    pub in_title: bool,
}

/// A relation that a text states.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Fact {
    /// Who acts.
    pub source: Key,
    /// How.
    pub relation: Relation,
    /// On what.
    pub target: Key,
    /// Provisions of the target.
    pub provisions: Vec<Provision>,
    /// Provisions of the source.
    pub source_provisions: Vec<Provision>,
    /// Whether it is stated as a fact.
    pub mood: Mood,
    /// Whole or part.
    pub extent: Extent,
    /// What an amendment does.
    pub act: Option<Act>,
    /// The clause's own date of effect.
    pub effective: Option<PartialDate>,
    /// The clause takes effect together with this document.
    pub effective_with: Option<Key>,
    /// The clause takes effect on a day of its own that the text does not tell.
    pub effective_open: bool,
    /// The last day of what the clause does.
    pub until: Option<PartialDate>,
    /// The words that prove it.
    pub evidence: Evidence,
}

/// No more words are kept as evidence.
const LONGEST: usize = 300;

impl Evidence {
    /// Words of the text that are no relation of two documents.
    pub(super) fn in_text(extraction: &Extraction<'_>, source: &Arc<str>, span: Span) -> Self {
        let words: String = extraction.folded(span).chars().take(LONGEST).collect();
        Self {
            source: Arc::clone(source),
            span,
            cue: None,
            rule: CompactString::default(),
            words: words.into(),
            in_title: false,
        }
    }
}

pub(super) fn facts(extraction: &Extraction<'_>, source: &Arc<str>, own: &Key) -> Vec<Fact> {
    extraction
        .relations
        .iter()
        .filter_map(|relation| {
            let from = node_key(extraction, relation.source, own)?;
            let to = node_key(extraction, relation.target, own)?;
            if from == to {
                return None;
            }
            let words = if relation.in_title {
                let title = extraction.document.title.as_deref().unwrap_or("");
                relation.evidence.of(title).split_whitespace().collect::<Vec<_>>().join(" ")
            } else {
                extraction.folded(relation.evidence)
            };
            let words: String = words.chars().take(LONGEST).collect();
            Some(Fact {
                source: from,
                relation: relation.relation,
                target: to,
                provisions: relation.provisions.clone(),
                source_provisions: relation.source_provisions.clone(),
                mood: relation.mood,
                extent: relation.extent,
                act: relation.act,
                effective: relation.effective,
                effective_with: relation.effective_with.and_then(|node| node_key(extraction, node, own)),
                effective_open: relation.effective_open,
                until: relation.until,
                evidence: Evidence {
                    source: Arc::clone(source),
                    span: relation.evidence,
                    cue: relation.cue,
                    rule: relation.rule.clone(),
                    words: words.into(),
                    in_title: relation.in_title,
                },
            })
        })
        .collect()
}
