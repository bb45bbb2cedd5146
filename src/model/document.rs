//! Documents: the one that was read and those it mentions.

use super::{DocType, Issuer, Key, PartialDate, closed_set};
use crate::span::Span;
use compact_str::CompactString;

closed_set! {
/// Where a field of a document comes from.
pub enum From {
    /// The words of the mention or header.
    Text = "text",
    /// Another mention of the same document.
    OtherMention = "other_mention",
    /// The law table.
    LawTable = "law_table",
    /// Metadata given with the record.
    Metadata = "metadata",
    /// Concluded from other fields.
    Inferred = "inferred",
}
}

/// A document that the text mentions, with all that is known of it.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct Document {
    /// Identity.
    pub key: Key,
    /// Type.
    pub doc_type: Option<DocType>,
    /// Symbol.
    pub symbol: Option<CompactString>,
    /// Number as written, when there is no symbol.
    pub number: Option<CompactString>,
    /// Name of a law or a work, spaces folded.
    pub name: Option<Box<str>>,
    /// Year of symbol, date or period.
    pub year: Option<i16>,
    /// Date, from whichever mention states it.
    pub date: Option<PartialDate>,
    /// Date of effect that the law table knows. What texts say of it stands in [`crate::Extraction::effects`].
    pub effective: Option<PartialDate>,
    /// Issuing bodies.
    pub issuers: Vec<Issuer>,
    /// Name of the issuer as its first mention writes it.
    pub issuer_names: Vec<Box<str>>,
    /// Where the fields come from.
    pub from: Origins,
}

/// Where the fields of a [`Document`] come from; none for an absent field.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct Origins {
    /// Of the symbol.
    pub symbol: Option<From>,
    /// Of the name.
    pub name: Option<From>,
    /// Of the date.
    pub date: Option<From>,
    /// Of the issuers.
    pub issuer: Option<From>,
}

/// Who signed, in which capacity.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Signer {
    /// Name of the person.
    pub name: String,
    /// Office, in sentence case.
    pub role: Option<String>,
    /// In what capacity: `TM` for a body, `KT` for its head, `TL` by order, `TUQ` by authority, `Q` acting.
    pub capacity: Option<String>,
}

/// The document that was read.
#[derive(Clone, PartialEq, Debug, Default)]
#[non_exhaustive]
pub struct OwnDocument {
    /// Identity; none when neither number nor name is known.
    pub key: Option<Key>,
    /// Type.
    pub doc_type: Option<DocType>,
    /// Symbol.
    pub symbol: Option<CompactString>,
    /// Number.
    pub number: Option<CompactString>,
    /// Date of issue.
    pub date: Option<PartialDate>,
    /// Date of effect.
    pub effective: Option<PartialDate>,
    /// Where the date of effect comes from: the text, counted from the day of signing, or metadata.
    pub effective_from: Option<From>,
    /// Issuer.
    pub issuer: Option<Issuer>,
    /// Issuer as written, spaces folded.
    pub issuer_text: Option<String>,
    /// Issuer with its place.
    pub issuer_name: Option<String>,
    /// Title (trích yếu), spaces folded.
    pub title: Option<String>,
    /// Where the header was found, in bytes of the source text.
    pub header: Option<Span>,
    /// Signer.
    pub signer: Option<Signer>,
    /// The document that this one is an annex of; an index of [`crate::Extraction::documents`].
    pub parent: Option<u32>,
    /// Text or metadata.
    pub from: Option<From>,
}
