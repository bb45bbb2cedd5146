//! Mentions of documents.

use super::{DocType, Issuer, PartialDate, Provision, closed_set};
use crate::span::Span;
use compact_str::CompactString;

closed_set! {
/// How a document is mentioned.
pub enum Form {
    /// By number, or a constitution, code, law or ordinance by name.
    Full = "full",
    /// Later or informal mention: `Nghị định 100`, `BLHS 2015`, an alias defined in the text.
    Short = "short",
    /// A strategy, programme, plan, regulation, charter … by its title.
    Named = "named",
    /// The present document: `Luật này`.
    This = "this",
    /// A document mentioned before: `Nghị định nêu trên`.
    Back = "back",
    /// A treaty.
    Treaty = "treaty",
    /// A technical standard.
    Standard = "standard",
    /// A judgment or precedent.
    Judgment = "judgment",
    /// Anything else.
    Other = "other",
}
}

closed_set! {
/// Why a mention has no one document.
pub enum Unresolved {
    /// Several are possible.
    Ambiguous = "ambiguous",
    /// Nothing before it can be meant.
    NoAntecedent = "no_antecedent",
    /// A blank left to be filled in.
    Placeholder = "placeholder",
    /// Type and name or number do not identify it.
    NoIdentifier = "no_identifier",
}
}

/// The document that a mention means.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Target {
    /// The present document.
    Own,
    /// An entry of [`crate::Extraction::documents`].
    Document(u32),
    /// None, or several (see [`Citation::targets`]).
    #[default]
    None,
}

/// Where the parts of a mention stand, in bytes of the source text; none for a part that is not written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct Parts {
    /// Type word.
    pub doc_type: Option<Span>,
    /// Symbol or number.
    pub symbol: Option<Span>,
    /// Name of a law or a named work, without the type word.
    pub name: Option<Span>,
    /// Date, without `ngày`.
    pub date: Option<Span>,
    /// Issuer.
    pub issuer: Option<Span>,
    /// Title that follows the mention.
    pub title: Option<Span>,
}

/// A mention of a document.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct Citation {
    /// How it is mentioned.
    pub form: Form,
    /// The whole mention with provisions, issuer and title, in bytes of the source text.
    pub span: Span,
    /// From the type word to the end of symbol, name or date: what one would underline. Lies within `span`.
    pub core: Span,
    /// Where its parts stand.
    pub parts: Parts,
    /// Type of the document.
    pub doc_type: Option<DocType>,
    /// Symbol as written, without spaces, in official letter case: `30/2020/NĐ-CP`, `16-KL/TW`.
    pub symbol: Option<CompactString>,
    /// Number of the symbol, as written, or the bare number: `30`, `06`.
    pub number: Option<CompactString>,
    /// Year in the symbol or the bare year.
    pub year: Option<i16>,
    /// Date as far as the text states it for this mention.
    pub date: Option<PartialDate>,
    /// Date of effect, where the mention states it.
    pub effective: Option<PartialDate>,
    /// Issuing bodies, in written order; the first leads.
    pub issuers: Vec<Issuer>,
    /// Provisions that are cited.
    pub provisions: Vec<Provision>,
    /// The document meant.
    pub target: Target,
    /// The documents meant by a plural mention; indices of [`crate::Extraction::documents`].
    pub targets: Vec<u32>,
    /// Why there is no target, or only a provisional one.
    pub unresolved: Option<Unresolved>,
    /// Documents it may be; indices of [`crate::Extraction::documents`].
    pub candidates: Vec<u32>,
    /// From 0 to 1: 1 for a plain reading, less for a repaired or uncertain one.
    pub confidence: f32,
}
