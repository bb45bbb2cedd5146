//! Who issued a document.

use crate::span::Span;
use compact_str::CompactString;

/// A row of the issuer table of the lexicon that made the extraction.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct IssuerId(pub(crate) u16);

/// A row of the place table of the lexicon that made the extraction.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PlaceId(pub(crate) u16);

/// An issuing body as a mention names it or its symbol tells it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct Issuer {
    /// Where the text names it; none when only the symbol does.
    pub text: Option<Span>,
    /// The body, when the table knows it.
    pub id: Option<IssuerId>,
    /// The code as the symbol writes it, when the table does not know it.
    pub code: Option<CompactString>,
    /// The province, for bodies that exist in each.
    pub place: Option<PlaceId>,
}
