//! What a text says of the time in which a document is in effect.

use super::{Extent, From, Node, PartialDate, Provision};
use crate::span::Span;

/// A statement of the days from which or up to which a document, or a part of it, is in effect.
///
/// `Thông tư này có hiệu lực từ ngày 01/01/2019 đến hết ngày 31/12/2023` is one. What another act does to a document
/// (it replaces, repeals, suspends it) is a relation.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct EffectMention {
    /// The document.
    pub document: Node,
    /// All of it, or a part: the `provisions`, or one that is described and not named.
    pub extent: Extent,
    /// The provisions of which it is said; none for the whole.
    pub provisions: Vec<Provision>,
    /// Provisions of which it is not said: `trừ khoản 6 Điều 101`.
    pub except: Vec<Provision>,
    /// The first day. None where it is not said or cannot be counted: `sau 15 ngày, kể từ ngày đăng Công báo`.
    pub begins: Option<PartialDate>,
    /// It begins with the effect of this document.
    pub with: Option<Node>,
    /// The last day.
    pub until: Option<PartialDate>,
    /// [`From::Text`] where the days are written; [`From::Inferred`] where they are counted from the day of signing.
    pub from: From,
    /// The words that say so.
    pub evidence: Span,
}
