//! A document over all texts that mention it.

use super::bodies::{Body, body};
use crate::extract::Extraction;
use crate::model::{DocType, From, Key, PartialDate, Target};
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

/// An incomplete key that was joined to a full one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Joined {
    /// The incomplete key.
    pub key: Key,
    /// The text that mentions the document so.
    pub source: Arc<str>,
    /// The fields that agree: `type`, `number`, `date`, and `title`, `issuer` or both.
    pub on: Vec<&'static str>,
}

/// A document with all that is known of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
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
    /// Title as a text gives it that mentions the document.
    pub called: Option<Box<str>>,
    /// Year of symbol or date.
    pub year: Option<i16>,
    /// Date of issue.
    pub date: Option<PartialDate>,
    /// Where the date comes from.
    pub date_from: Option<Provenance>,
    /// Date of effect of the whole. None where nothing is known, and where texts disagree and it does not say itself.
    pub effective: Option<PartialDate>,
    /// Where the date of effect comes from.
    pub effective_from: Option<Provenance>,
    /// Issuing bodies.
    pub issuers: Vec<Body>,
    /// Where the issuing bodies come from.
    pub issuers_from: Option<Provenance>,
    /// The document that issues or approves it, for a work without a number of its own.
    pub parent: Option<Key>,
    /// Incomplete keys under which texts mention it, and what they were joined on.
    pub joined: Vec<Joined>,
    /// For an incomplete key: the documents that it may be. Nothing was joined, as nothing decides between them.
    pub candidates: Vec<Key>,
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
    pub(super) fn bare(key: Key) -> Self {
        Self {
            key,
            doc_type: None,
            type_name: None,
            symbol: None,
            number: None,
            name: None,
            title: None,
            called: None,
            year: None,
            date: None,
            date_from: None,
            effective: None,
            effective_from: None,
            issuers: Vec::new(),
            issuers_from: None,
            parent: None,
            joined: Vec::new(),
            candidates: Vec::new(),
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
    let origin = |from: From| Provenance { from, source: Arc::clone(source) };
    let mut me = CorpusDocument::bare(own.clone());
    me.doc_type = d.doc_type;
    me.type_name = d.doc_type.map(name_of);
    me.symbol.clone_from(&d.symbol);
    me.number = d.number.clone().filter(|_| d.symbol.is_none());
    me.title = d.title.clone().map(Into::into);
    me.date = d.date;
    me.date_from = d.date.and(d.from).map(&origin);
    me.year = d.date.map(PartialDate::the_year);
    me.effective = d.effective;
    me.effective_from = d.effective_from.map(&origin);
    me.issuers_from = d.issuer.as_ref().and(d.from).map(&origin);
    me.issuers = d.issuer.iter().filter_map(|issuer| body(extraction, issuer, d.issuer_name.as_deref())).collect();
    me.sources = vec![Arc::clone(source)];
    out.push(me);
    let titles = titles(extraction);
    for (index, document) in extraction.documents.iter().enumerate() {
        let mut other = CorpusDocument::bare(document.key.clone());
        other.doc_type = document.doc_type;
        other.type_name = document.doc_type.map(name_of);
        other.symbol.clone_from(&document.symbol);
        other.number.clone_from(&document.number);
        other.name.clone_from(&document.name);
        other.year = document.year;
        other.date = document.date;
        other.date_from = document.date.and(document.from.date).map(&origin);
        other.effective = document.effective;
        other.effective_from = document.effective.map(|_| origin(From::LawTable));
        other.called = titles.get(index).cloned().flatten();
        other.issuers_from = document.from.issuer.map(&origin);
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

/// The first title that the text gives to each document it mentions.
fn titles(extraction: &Extraction<'_>) -> Vec<Option<Box<str>>> {
    let mut out = vec![None; extraction.documents.len()];
    for citation in &extraction.citations {
        let Target::Document(index) = citation.target else { continue };
        if let (Some(slot @ None), Some(title)) = (out.get_mut(index as usize), citation.parts.title) {
            *slot = Some(extraction.folded(title).into());
        }
    }
    out
}
