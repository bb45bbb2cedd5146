//! Doubts about a text: data, never errors.

use super::closed_set;
use crate::span::Span;

closed_set! {
/// What is doubtful.
pub enum DiagnosticCode {
    /// A date that cannot be read.
    MalformedDate = "malformed_date",
    /// A date that is in no calendar.
    ImpossibleDate = "impossible_date",
    /// The year of the symbol and of the date differ, or two mentions of one document do.
    DateConflict = "date_conflict",
    /// A symbol read otherwise than written, because only so it is grammatical.
    SymbolRepaired = "symbol_repaired",
    /// A symbol whose issuer the table does not know.
    UnknownIssuer = "unknown_issuer",
    /// A blank left to be filled in.
    Placeholder = "placeholder",
    /// Several documents are possible.
    Ambiguous = "ambiguous",
    /// A list that breaks off.
    BrokenList = "broken_list",
    /// A range with an exception.
    RangeExcept = "range_except",
    /// Metadata and text disagree.
    MetadataConflict = "metadata_conflict",
    /// Two mentions of one document name different issuers.
    IssuerConflict = "issuer_conflict",
    /// The text was read through a legacy encoding.
    LegacyEncoding = "legacy_encoding",
    /// A loose citation: the act meant carries another name or year.
    LooseCitation = "loose_citation",
}
}

/// A doubt, with the place that raises it.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Diagnostic {
    /// What is doubtful.
    pub code: DiagnosticCode,
    /// Where.
    pub span: Span,
    /// What was read and why it is doubted.
    pub message: String,
}

impl Diagnostic {
    pub(crate) fn new(code: DiagnosticCode, span: Span, message: impl Into<String>) -> Self {
        Self { code, span, message: message.into() }
    }
}
