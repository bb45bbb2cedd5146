//! A document over all texts that mention it.

use super::bodies::{Body, body};
use crate::extract::Extraction;
use crate::model::{Citation, DocType, Document, Form, From, Key, Origins, PartialDate, Target};
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

/// A way in which a document is cited.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Wording {
    /// From the type word to the end of symbol, name or date, as written, spaces folded.
    pub text: Box<str>,
    /// How many mentions are written so.
    pub count: u32,
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
    /// Name after RFC 9676; none where type, symbol, issuer or the full date is not known.
    pub urn: Option<Box<str>>,
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
    /// The ways in which it is cited, the most frequent first, then by their words. Back references (`Nghị định
    /// nêu trên`) are not among them.
    pub wordings: Vec<Wording>,
}

impl CorpusDocument {
    /// How a reader would call it: type and symbol, else type and number, name or title, else the name of its text,
    /// else the key.
    #[must_use]
    pub fn label(&self) -> String {
        let kind = self.type_name.as_deref().unwrap_or_default();
        let identifier = match (&self.symbol, &self.name, &self.number, &self.title) {
            (Some(symbol), ..) => symbol.as_str(),
            (None, Some(name), ..) => name,
            (None, None, Some(number), _) => number.as_str(),
            (None, None, None, Some(title)) => title,
            _ => return self.sources.first().map_or_else(|| self.key.to_string(), ToString::to_string),
        };
        if kind.is_empty() { identifier.to_owned() } else { format!("{kind} {identifier}") }
    }

    /// A document of which only the key is known.
    pub(crate) fn bare(key: Key) -> Self {
        Self {
            key,
            urn: None,
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
            wordings: Vec::new(),
        }
    }

    /// Adds ways of citing to those that are known; they are in order only after [`Self::order_wordings`].
    pub(super) fn add_wordings(&mut self, wordings: &[Wording]) {
        self.wordings.extend_from_slice(wordings);
    }

    /// Each wording once, the most frequent first.
    pub(crate) fn order_wordings(&mut self) {
        self.wordings.sort_unstable();
        let mut once: Vec<Wording> = Vec::new();
        for wording in self.wordings.drain(..) {
            match once.last_mut().filter(|last| last.text == wording.text) {
                Some(last) => last.count += wording.count,
                None => once.push(wording),
            }
        }
        // they are in the order of their words, and the sort is stable
        once.sort_by_key(|wording| std::cmp::Reverse(wording.count));
        self.wordings = once;
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
    me.urn = own_urn(extraction, own);
    out.push(me);
    let titles = titles(extraction);
    for (index, (document, wordings)) in extraction.documents.iter().zip(wordings(extraction)).enumerate() {
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
        other.urn = extraction.urn(document).map(Into::into);
        other.add_wordings(&wordings);
        other.order_wordings();
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

/// How each document of an extraction is cited there.
fn wordings(extraction: &Extraction<'_>) -> Vec<Vec<Wording>> {
    let mut all = vec![Vec::new(); extraction.documents.len()];
    let says_itself = |citation: &&Citation| !matches!(citation.form, Form::This | Form::Back);
    for citation in extraction.citations.iter().filter(says_itself) {
        let Target::Document(index) = citation.target else { continue };
        if let Some(wordings) = all.get_mut(index as usize) {
            wordings.push(Wording { text: extraction.folded(citation.core).into(), count: 1 });
        }
    }
    all
}

/// The name of the document itself.
fn own_urn(extraction: &Extraction<'_>, own: &Key) -> Option<Box<str>> {
    let d = &extraction.document;
    let document = Document {
        key: own.clone(),
        doc_type: d.doc_type,
        symbol: d.symbol.clone(),
        number: d.number.clone(),
        name: None,
        year: None,
        date: d.date,
        effective: None,
        issuers: d.issuer.iter().cloned().collect(),
        issuer_names: Vec::new(),
        from: Origins::default(),
    };
    extraction.urn(&document).map(Into::into)
}
