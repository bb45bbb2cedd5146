//! What the tables have no row for.

use super::closed_set;
use crate::span::Span;

closed_set! {
/// Which table lacks a row.
pub enum UnknownKind {
    /// A code of a symbol: of a mention whose issuer is not known, or of a string that looks like a symbol and that no
    /// mention covers; then all that follows number and year.
    Code = "code",
    /// A capitalised word before a symbol that is no type of document.
    Type = "type",
    /// The name of a body that issues a document.
    Issuer = "issuer",
}
}

/// A code, word or name of a text that no row knows.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Unknown {
    /// Which table lacks it.
    pub kind: UnknownKind,
    /// As written, with runs of white space folded.
    pub name: String,
    /// Where the mention or the string stands, in bytes of the source text.
    pub span: Span,
}

impl Unknown {
    pub(crate) fn new(kind: UnknownKind, name: impl Into<String>, span: Span) -> Self {
        Self { kind, name: name.into(), span }
    }
}
