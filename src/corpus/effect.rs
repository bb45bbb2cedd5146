//! What texts say of the time in which documents are in effect, with the words that prove it.

use super::fact::Evidence;
use super::node_key;
use crate::extract::Extraction;
use crate::model::{Extent, From, Key, PartialDate, Provision};
use std::sync::Arc;

/// A statement of a time of effect; see [`crate::EffectMention`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct EffectFact {
    /// The document.
    pub document: Key,
    /// All of it, or a part.
    pub extent: Extent,
    /// The provisions of which it is said; none for the whole, and for a part that is described and not named.
    pub provisions: Vec<Provision>,
    /// Provisions of which it is not said.
    pub except: Vec<Provision>,
    /// The first day.
    pub begins: Option<PartialDate>,
    /// It begins with the effect of this document.
    pub with: Option<Key>,
    /// The last day.
    pub until: Option<PartialDate>,
    /// Written, or counted from the day of signing.
    pub from: From,
    /// The document says it of itself.
    pub own: bool,
    /// The words that prove it.
    pub evidence: Evidence,
}

pub(super) fn effects(extraction: &Extraction<'_>, source: &Arc<str>, own: &Key) -> Vec<EffectFact> {
    extraction
        .effects
        .iter()
        .filter_map(|effect| {
            let document = node_key(extraction, effect.document, own)?;
            Some(EffectFact {
                extent: effect.extent,
                provisions: effect.provisions.clone(),
                except: effect.except.clone(),
                begins: effect.begins,
                with: effect.with.and_then(|node| node_key(extraction, node, own)).filter(|with| *with != document),
                until: effect.until,
                from: effect.from,
                own: document == *own,
                evidence: Evidence::in_text(extraction, source, effect.evidence),
                document,
            })
        })
        .collect()
}
