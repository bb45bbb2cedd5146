//! All that was read from one text.

use crate::lexicon::Lexicon;
use crate::model::{
    Citation, Diagnostic, Document, EffectMention, Issuer, OwnDocument, Provision, RelationMention, Target,
};
use crate::span::Span;
use std::sync::Arc;

/// A provision mentioned without a document word.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct ProvisionRef {
    /// Where it stands.
    pub span: Span,
    /// Paths as written.
    pub provisions: Vec<Provision>,
    /// The same with `this` filled in, where the position is known.
    pub resolved: Vec<Provision>,
    /// Whose they are: the present document, or the act being amended.
    pub target: Target,
}

/// What one text says: its own identity, what it cites, how they are related, and the doubts.
///
/// Borrows the text, so that every span can show its words. Lists are in text order.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Extraction<'t> {
    /// The text as given.
    pub text: &'t str,
    /// Path, record id or whatever names the input.
    pub source: Option<String>,
    /// The document itself.
    pub document: OwnDocument,
    /// Mentions, ordered by the start of `core`, the longer first.
    pub citations: Vec<Citation>,
    /// Provisions without a document word.
    pub provisions: Vec<ProvisionRef>,
    /// Relations, one for each clause that states one.
    pub relations: Vec<RelationMention>,
    /// From when and up to when documents are in effect, one for each statement.
    pub effects: Vec<EffectMention>,
    /// The documents mentioned, each once, in order of first mention.
    pub documents: Vec<Document>,
    /// Doubts.
    pub diagnostics: Vec<Diagnostic>,
    pub(crate) lexicon: Arc<Lexicon>,
}

impl<'t> Extraction<'t> {
    /// The words of a span.
    #[must_use]
    pub fn words(&self, span: Span) -> &'t str {
        span.of(self.text)
    }

    /// The words of a span with runs of white space folded to one space.
    #[must_use]
    pub fn folded(&self, span: Span) -> String {
        crate::resolve::fold_spaces(
            &self.lexicon.confusables().normalize(self.words(span)).text().replace('\u{ad}', ""),
        )
    }

    /// The tables this was read with.
    #[must_use]
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Name of an issuer with its place: the table's where it knows the body, else the words of the text.
    #[must_use]
    pub fn issuer_name(&self, issuer: &Issuer) -> Option<String> {
        self.lexicon.issuer_name(issuer).or_else(|| issuer.text.map(|span| self.folded(span)))
    }

    /// The document a citation means, when it is one of those mentioned.
    #[must_use]
    pub fn target(&self, citation: &Citation) -> Option<&Document> {
        match citation.target {
            Target::Document(index) => self.documents.get(index as usize),
            _ => None,
        }
    }
}
