//! What is known of a record beforehand.

use super::{Extraction, Extractor};
use crate::model::{Diagnostic, DiagnosticCode, DocType, Node, PartialDate};
use crate::parse::{Grammar, issuer, symbol_here};
use crate::resolve::{IssuerAt, Work};

/// Fields of a record. They fill the document's own identity; a conflict with the text is a diagnostic.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Metadata {
    /// Symbol, such as `30/2020/NĐ-CP`.
    pub symbol: Option<String>,
    /// Type as slug (`nghi-dinh`) or name (`Nghị định`).
    pub doc_type: Option<String>,
    /// Issuer as a name.
    pub issuer: Option<String>,
    /// Date of issue, at any precision.
    pub issued: Option<PartialDate>,
    /// Date of effect.
    pub effective: Option<PartialDate>,
    /// Title; also read for relations.
    pub title: Option<String>,
}

impl Metadata {
    /// True when nothing is given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Fills the own identity of `work`; gives the conflicts with what the text says.
    pub(super) fn apply(&self, work: &mut Work<'_>) -> Vec<Diagnostic> {
        let mut conflicts = Vec::new();
        let g = Grammar { lexicon: work.lexicon };
        let at = work.own.header.unwrap_or_default();
        let mut conflict = |field: &str, text: &str, given: &str| {
            conflicts.push(Diagnostic::new(DiagnosticCode::MetadataConflict, at, format!("{field}: the text has `{text}`, the metadata `{given}`")));
        };
        if let Some(given) = &self.doc_type {
            let found = DocType::from_code(given).or_else(|| work.lexicon.type_by_name(given));
            if let Some(found) = found {
                if let Some(read) = work.own.doc_type.filter(|read| *read != found) {
                    conflict("type", read.code(), found.code());
                }
                work.own.doc_type = Some(found);
            }
        }
        if let Some(given) = &self.symbol {
            if let Some((symbol, rest)) = symbol_here(&g, given.as_bytes())
                && rest.iter().all(u8::is_ascii_whitespace)
            {
                if let Some(read) = work.own.symbol.as_ref().filter(|read| read.text != symbol.text) {
                    conflict("symbol", &read.text, &symbol.text);
                }
                if work.own.doc_type.is_none() {
                    work.own.doc_type = symbol.doc_type;
                }
                work.own.symbol = Some(symbol);
            } else if work.own.number.is_none() {
                work.own.number = Some(given.as_str().into());
            }
        }
        if let Some(given) = self.issued {
            if let Some(read) = work.own.date.filter(|read| !read.agrees(given)) {
                conflict("date", &read.to_string(), &given.to_string());
            }
            work.own.date = Some(work.own.date.filter(|read| read.agrees(given) && read.is_full()).unwrap_or(given));
        }
        if let Some(given) = self.effective {
            work.own.effective = Some(given);
        }
        if let Some(given) = &self.issuer {
            let normalized = work.lexicon.confusables().normalize(given);
            if let Ok((_, read)) = issuer(&g, normalized.bytes()) {
                let known = work.own.issuer.as_ref();
                if known.is_none_or(|known| known.id.is_none() || known.id != read.id) {
                    work.own.issuer = Some(IssuerAt { span: None, id: read.id, place: read.place.or(known.and_then(|known| known.place)), code: None });
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
        work.own.from_metadata = !self.is_empty();
        conflicts
    }
}

/// Reads the title of a record: what it relates the document to counts as said by the document.
pub(super) fn add_title(extractor: &Extractor, extraction: &mut Extraction<'_>, title: &str, metadata: &Metadata, source: u64) {
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
        if relation.relation == crate::Relation::Cites && extraction.relations.iter().any(|known| known.source == source && known.target == target) {
            continue;
        }
        let mut relation = relation.clone();
        relation.source = source;
        relation.target = target;
        relation.citation = None;
        relation.in_title = true;
        // a stronger word of the title takes the place of a bare mention
        extraction.relations.retain(|known| known.relation != crate::Relation::Cites || known.source != source || known.target != target || relation.relation == crate::Relation::Cites);
        extraction.relations.push(relation);
    }
}
