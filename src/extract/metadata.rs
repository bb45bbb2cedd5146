//! What is known of a record beforehand, beside what its text says.

use super::{Extraction, Extractor};
use crate::model::{Diagnostic, DiagnosticCode, Metadata, Node, PartialDate};
use crate::parse::{Grammar, issuer, symbol_here};
use crate::resolve::{IssuerAt, Work};
use crate::span::Span;

impl Metadata {
    /// Fills the own identity of `work`; gives the conflicts with what the text says.
    pub(super) fn apply(&self, work: &mut Work<'_>) -> Vec<Diagnostic> {
        let mut conflicts = Vec::new();
        if self.is_empty() {
            return conflicts;
        }
        let (issued, effective) = (
            self.date("issued", self.issued.as_ref(), &mut conflicts),
            self.date("effective", self.effective.as_ref(), &mut conflicts),
        );
        let g = Grammar { lexicon: work.lexicon };
        let at = work.own.header.unwrap_or_default();
        let mut doubt =
            |message: String| conflicts.push(Diagnostic::new(DiagnosticCode::MetadataConflict, at, message));
        let differs =
            |field: &str, text: &str, given: &str| format!("{field}: the text has `{text}`, the metadata `{given}`");
        if let Some(given) = &self.doc_type {
            let found = work.lexicon.doc_type(given);
            if let Some(found) = found {
                if let Some(read) = work.own.doc_type.filter(|read| *read != found) {
                    doubt(differs("type", read.code(), found.code()));
                }
                work.own.doc_type = Some(found);
            } else {
                doubt(format!("type: `{given}` is no document type"));
            }
        }
        if let Some(given) = &self.symbol {
            let normalized = work.lexicon.confusables().normalize(given);
            let given = normalized.text();
            if let Some((symbol, rest)) = symbol_here(&g, normalized.bytes())
                && rest.iter().all(u8::is_ascii_whitespace)
            {
                if let Some(read) = work.own.symbol.as_ref().filter(|read| read.text != symbol.text) {
                    doubt(differs("symbol", &read.text, &symbol.text));
                }
                if work.own.doc_type.is_none() {
                    work.own.doc_type = symbol.doc_type;
                }
                work.own.symbol = Some(symbol);
            } else if work.own.number.is_none() {
                work.own.number = Some(given.into());
            }
        }
        if let Some(given) = issued {
            if let Some(read) = work.own.date.filter(|read| !read.agrees(given)) {
                doubt(differs("date", &read.to_string(), &given.to_string()));
            }
            work.own.date = Some(work.own.date.filter(|read| read.agrees(given) && read.is_full()).unwrap_or(given));
        }
        if let Some(given) = effective {
            work.own.effective = Some(given);
        }
        if let Some(given) = &self.issuer {
            let normalized = work.lexicon.confusables().normalize(given);
            if let Ok((_, read)) = issuer(&g, normalized.bytes()) {
                let known = work.own.issuer.as_ref();
                if known.is_none_or(|known| known.id.is_none() || known.id != read.id) {
                    work.own.issuer = Some(IssuerAt {
                        span: None,
                        id: read.id,
                        place: read.place.or(known.and_then(|known| known.place)),
                        code: None,
                    });
                }
            }
            work.own.issuer_name = Some(given.clone());
            if work.own.place.is_none() {
                work.own.place = work.own.issuer.as_ref().and_then(|issuer| issuer.place);
            }
        }
        if let Some(given) = &self.title {
            work.own.title_text = Some(given.clone());
        }
        work.own.from_metadata = true;
        conflicts
    }

    fn date(&self, field: &str, given: Option<&String>, conflicts: &mut Vec<Diagnostic>) -> Option<PartialDate> {
        match given.map(|given| given.parse()) {
            None => None,
            Some(Ok(date)) => Some(date),
            Some(Err(error)) => {
                conflicts.push(Diagnostic::new(
                    DiagnosticCode::MetadataConflict,
                    Span::default(),
                    format!("{field}: {error}"),
                ));
                None
            }
        }
    }
}

/// Reads the title of a record: what it relates the document to counts as said by the document.
pub(super) fn add_title(
    extractor: &Extractor,
    extraction: &mut Extraction<'_>,
    title: &str,
    metadata: &Metadata,
    source: u64,
) {
    let without = Metadata { title: None, ..metadata.clone() };
    let read = extractor.extract_title(title, &without, source);
    let mut map = Vec::with_capacity(read.documents.len());
    for document in &read.documents {
        let index = extraction.documents.iter().position(|known| known.key == document.key).unwrap_or_else(|| {
            extraction.documents.push(document.clone());
            extraction.documents.len() - 1
        });
        map.push(u32::try_from(index).unwrap_or(u32::MAX));
    }
    let node = |node: Node| match node {
        Node::Own => Some(Node::Own),
        Node::Document(index) => map.get(index as usize).copied().map(Node::Document),
    };
    for relation in &read.relations {
        let (Some(source), Some(target)) = (node(relation.source), node(relation.target)) else { continue };
        if relation.relation == crate::Relation::Cites
            && extraction.relations.iter().any(|known| known.source == source && known.target == target)
        {
            continue;
        }
        let mut relation = relation.clone();
        relation.source = source;
        relation.target = target;
        relation.effective_with = relation.effective_with.and_then(node);
        relation.citation = None;
        relation.in_title = true;
        // a stronger word of the title takes the place of a bare mention
        extraction.relations.retain(|known| {
            known.relation != crate::Relation::Cites
                || known.source != source
                || known.target != target
                || relation.relation == crate::Relation::Cites
        });
        extraction.relations.push(relation);
    }
}
