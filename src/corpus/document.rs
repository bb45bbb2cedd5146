//! A document over all texts that mention it.

use super::bodies::{Body, body};
use crate::extract::Extraction;
use crate::model::{DocType, From, Key, PartialDate};
use compact_str::CompactString;
use std::sync::Arc;

/// Where a field of a document comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Provenance {
    /// How it was learnt.
    pub from: From,
    /// The text that says so.
    pub source: Arc<str>,
}

/// A document with all that is known of it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct CorpusDocument {
    /// Identity.
    pub key: Key,
    /// Type.
    pub doc_type: Option<DocType>,
    /// Name of the type: `Quyết định`.
    pub type_name: Option<CompactString>,
    /// Symbol.
    pub symbol: Option<CompactString>,
    /// Number, where there is no symbol.
    pub number: Option<CompactString>,
    /// Name of an act or work.
    pub name: Option<Box<str>>,
    /// Title, where the document itself was read.
    pub title: Option<Box<str>>,
    /// Year of symbol or date.
    pub year: Option<i16>,
    /// Date of issue.
    pub date: Option<PartialDate>,
    /// Where the date comes from.
    pub date_from: Option<Provenance>,
    /// Date of effect.
    pub effective: Option<PartialDate>,
    /// Issuing bodies.
    pub issuers: Vec<Body>,
    /// The texts that are this document.
    pub sources: Vec<Arc<str>>,
    /// Number of texts that mention it.
    pub mentions: u32,
}

impl CorpusDocument {
    /// How a reader would call it: type and symbol, else type and number, name or title, else the key.
    #[must_use]
    pub fn label(&self) -> String {
        let kind = self.type_name.as_deref().unwrap_or_default();
        let identifier = match (&self.symbol, &self.name, &self.number, &self.title) {
            (Some(symbol), ..) => symbol.as_str(),
            (None, Some(name), ..) => name,
            (None, None, Some(number), _) => number.as_str(),
            (None, None, None, Some(title)) => title,
            _ => return self.key.to_string(),
        };
        if kind.is_empty() { identifier.to_owned() } else { format!("{kind} {identifier}") }
    }

    /// A document of which only the key is known.
    pub(crate) fn bare(key: Key) -> Self {
        Self {
            key,
            doc_type: None,
            type_name: None,
            symbol: None,
            number: None,
            name: None,
            title: None,
            year: None,
            date: None,
            date_from: None,
            effective: None,
            issuers: Vec::new(),
            sources: Vec::new(),
            mentions: 0,
        }
    }
}

/// The documents of an extraction: those it mentions, and itself.
pub(super) fn from_extraction(extraction: &Extraction<'_>, source: &Arc<str>, own: &Key) -> Vec<CorpusDocument> {
    let mut out = Vec::with_capacity(extraction.documents.len() + 1);
    let d = &extraction.document;
    let name_of = |doc_type: DocType| CompactString::from(extraction.lexicon().type_name(doc_type));
    let mut me = CorpusDocument::bare(own.clone());
    me.doc_type = d.doc_type;
    me.type_name = d.doc_type.map(name_of);
    me.symbol.clone_from(&d.symbol);
    me.number = d.number.clone().filter(|_| d.symbol.is_none());
    me.title = d.title.clone().map(Into::into);
    me.date = d.date;
    me.date_from = d.date.and(d.from).map(|from| Provenance { from, source: Arc::clone(source) });
    me.year = d.date.map(PartialDate::the_year);
    me.effective = d.effective;
    me.issuers = d.issuer.iter().filter_map(|issuer| body(extraction, issuer, d.issuer_name.as_deref())).collect();
    me.sources = vec![Arc::clone(source)];
    out.push(me);
    for document in &extraction.documents {
        let mut other = CorpusDocument::bare(document.key.clone());
        other.doc_type = document.doc_type;
        other.type_name = document.doc_type.map(name_of);
        other.symbol.clone_from(&document.symbol);
        other.number.clone_from(&document.number);
        other.name.clone_from(&document.name);
        other.year = document.year;
        other.date = document.date;
        other.date_from =
            document.date.and(document.from.date).map(|from| Provenance { from, source: Arc::clone(source) });
        other.issuers = document
            .issuers
            .iter()
            .zip(document.issuer_names.iter().map(Some).chain(std::iter::repeat(None)))
            .filter_map(|(issuer, name)| body(extraction, issuer, name.map(AsRef::as_ref)))
            .collect();
        other.mentions = 1;
        out.push(other);
    }
    out
}
