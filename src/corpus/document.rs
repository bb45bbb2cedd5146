//! A document over all texts that mention it.

use crate::extract::Extraction;
use crate::model::{DocType, From, Issuer, Key, PartialDate};
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

/// An issuing body by code and name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Body {
    /// Code of the issuer table, or as the symbol writes it.
    pub code: Option<CompactString>,
    /// Name with its place.
    pub name: String,
    /// Slug of the province, for bodies that exist in each.
    pub place: Option<CompactString>,
}

/// A document with all that is known of it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct CorpusDocument {
    /// Identity.
    pub key: Key,
    /// Type.
    pub doc_type: Option<DocType>,
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
    /// A document of which only the key is known.
    pub(super) fn bare(key: Key) -> Self {
        Self {
            key,
            doc_type: None,
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

fn body(extraction: &Extraction<'_>, issuer: &Issuer, written: Option<&str>) -> Option<Body> {
    let lexicon = extraction.lexicon();
    let name = lexicon.issuer_name(issuer).or_else(|| written.map(str::to_owned)).or_else(|| issuer.code.as_ref().map(ToString::to_string))?;
    Some(Body {
        code: lexicon.issuer_code_of(issuer).map(Into::into),
        name,
        place: issuer.place.and_then(|id| lexicon.place_slug(id)).map(Into::into),
    })
}

/// The documents of an extraction: those it mentions, and itself.
pub(super) fn from_extraction(extraction: &Extraction<'_>, source: &Arc<str>, own: &Key) -> Vec<CorpusDocument> {
    let mut out = Vec::with_capacity(extraction.documents.len() + 1);
    let d = &extraction.document;
    let mut me = CorpusDocument::bare(own.clone());
    me.doc_type = d.doc_type;
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
        other.symbol.clone_from(&document.symbol);
        other.number.clone_from(&document.number);
        other.name.clone_from(&document.name);
        other.year = document.year;
        other.date = document.date;
        other.date_from = document.date.and(document.from.date).map(|from| Provenance { from, source: Arc::clone(source) });
        other.issuers = document.issuers.iter().zip(document.issuer_names.iter().map(Some).chain(std::iter::repeat(None))).filter_map(|(issuer, name)| body(extraction, issuer, name.map(AsRef::as_ref))).collect();
        other.mentions = 1;
        out.push(other);
    }
    out
}
