//! One extraction as one JSON object, in the order and with the names that other programs rely on.

use crate::extract::{Extraction, ProvisionRef};
use crate::model::{Citation, Document, EffectMention, Issuer, Node, Provision, RelationMention, Target};
use crate::span::Span;
use serde::{Serialize, Serializer};

/// The name of the format.
pub const SCHEMA: &str = "viendan/1";

/// An extraction, ready to be serialised.
///
/// ```
/// let found = viendan::extract("Căn cứ Luật Đất đai năm 2013;")?;
/// let json = serde_json::to_value(viendan::WireDocument::new(&found)).expect("plain data");
/// assert_eq!(json["citations"][0]["name"], "Đất đai");
/// # Ok::<(), viendan::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct WireDocument<'e, 't> {
    extraction: &'e Extraction<'t>,
}

impl<'e, 't> WireDocument<'e, 't> {
    /// Of an extraction.
    #[must_use]
    pub fn new(extraction: &'e Extraction<'t>) -> Self {
        Self { extraction }
    }
}

type WireSpan = [u32; 2];

fn span(span: Span) -> WireSpan {
    [span.start, span.end]
}

#[derive(Serialize)]
struct Out<'a> {
    schema: &'static str,
    source: Option<&'a str>,
    document: OutOwn<'a>,
    citations: Vec<OutCitation<'a>>,
    provisions: Vec<OutProvisions<'a>>,
    relations: Vec<OutRelation<'a>>,
    effects: Vec<OutEffect<'a>>,
    documents: Vec<OutDocument<'a>>,
    diagnostics: Vec<OutDiagnostic<'a>>,
}

#[derive(Serialize)]
struct OutIssuer<'a> {
    text: Option<String>,
    name: Option<String>,
    code: Option<&'a str>,
    place: Option<&'a str>,
}

#[derive(Serialize)]
struct OutSigner<'a> {
    name: &'a str,
    role: Option<&'a str>,
    capacity: Option<&'a str>,
}

#[derive(Serialize)]
struct OutOwn<'a> {
    key: Option<&'a str>,
    #[serde(rename = "type")]
    doc_type: Option<&'static str>,
    symbol: Option<&'a str>,
    number: Option<&'a str>,
    date: Option<String>,
    effective: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effective_from: Option<&'static str>,
    issuer: Option<OutIssuer<'a>>,
    title: Option<&'a str>,
    signer: Option<OutSigner<'a>>,
    parent: Option<&'a str>,
    from: Option<&'static str>,
}

#[derive(Serialize)]
struct OutParts {
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    doc_type: Option<WireSpan>,
    #[serde(skip_serializing_if = "Option::is_none")]
    symbol: Option<WireSpan>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<WireSpan>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<WireSpan>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issuer: Option<WireSpan>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<WireSpan>,
}

#[derive(Serialize)]
struct OutCitation<'a> {
    id: usize,
    form: &'static str,
    span: WireSpan,
    core: WireSpan,
    parts: OutParts,
    text: &'a str,
    #[serde(rename = "type")]
    doc_type: Option<&'static str>,
    symbol: Option<&'a str>,
    number: Option<&'a str>,
    year: Option<i16>,
    name: Option<String>,
    title: Option<String>,
    date: Option<String>,
    date_raw: Option<String>,
    effective: Option<String>,
    issuer: Option<OutIssuer<'a>>,
    issuers: Vec<OutIssuer<'a>>,
    provisions: Vec<&'a str>,
    target: Option<&'a str>,
    targets: Vec<&'a str>,
    unresolved: Option<&'static str>,
    candidates: Vec<&'a str>,
    confidence: f32,
}

#[derive(Serialize)]
struct OutProvisions<'a> {
    span: WireSpan,
    provisions: Vec<&'a str>,
    resolved: Vec<&'a str>,
    target: Option<&'a str>,
}

#[derive(Serialize)]
struct OutRelation<'a> {
    source: &'a str,
    relation: &'static str,
    target: &'a str,
    citation: Option<u32>,
    cue: Option<WireSpan>,
    evidence: WireSpan,
    provisions: Vec<&'a str>,
    source_provisions: Vec<&'a str>,
    mood: &'static str,
    extent: &'static str,
    act: Option<&'static str>,
    effective: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effective_with: Option<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    effective_open: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    rule: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
}

#[derive(Serialize)]
struct OutEffect<'a> {
    document: &'a str,
    extent: &'static str,
    provisions: Vec<&'a str>,
    except: Vec<&'a str>,
    begins: Option<String>,
    with: Option<&'a str>,
    until: Option<String>,
    from: &'static str,
    evidence: WireSpan,
}

#[derive(Serialize)]
struct OutOrigins {
    #[serde(skip_serializing_if = "Option::is_none")]
    symbol: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issuer: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effective: Option<&'static str>,
}

#[derive(Serialize)]
struct OutDocument<'a> {
    key: &'a str,
    urn: Option<String>,
    #[serde(rename = "type")]
    doc_type: Option<&'static str>,
    symbol: Option<&'a str>,
    number: Option<&'a str>,
    name: Option<&'a str>,
    year: Option<i16>,
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effective: Option<String>,
    issuer: Vec<&'a str>,
    from: OutOrigins,
}

#[derive(Serialize)]
struct OutDiagnostic<'a> {
    code: &'static str,
    span: WireSpan,
    message: &'a str,
}

impl Serialize for WireDocument<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let e = self.extraction;
        let out = Out {
            schema: SCHEMA,
            source: e.source.as_deref(),
            document: self.own(),
            citations: e.citations.iter().enumerate().map(|(id, citation)| self.citation(id, citation)).collect(),
            provisions: e.provisions.iter().map(|provisions| self.provisions(provisions)).collect(),
            relations: e.relations.iter().map(|relation| self.relation(relation)).collect(),
            effects: e.effects.iter().map(|effect| self.effect(effect)).collect(),
            documents: e.documents.iter().map(|document| self.document(document)).collect(),
            diagnostics: e
                .diagnostics
                .iter()
                .map(|d| OutDiagnostic { code: d.code.code(), span: span(d.span), message: &d.message })
                .collect(),
        };
        out.serialize(serializer)
    }
}

fn paths(provisions: &[Provision]) -> Vec<&str> {
    provisions.iter().map(Provision::as_str).collect()
}

impl<'e> WireDocument<'e, '_> {
    fn issuer(&self, issuer: &'e Issuer) -> OutIssuer<'e> {
        let e = self.extraction;
        OutIssuer {
            text: issuer.text.map(|span| e.folded(span)),
            name: e.issuer_name(issuer),
            code: e.lexicon().issuer_code_of(issuer),
            place: issuer.place.and_then(|id| e.lexicon().place_name(id)),
        }
    }

    fn own(&self) -> OutOwn<'e> {
        let e = self.extraction;
        let d = &e.document;
        OutOwn {
            key: d.key.as_ref().map(crate::Key::as_str),
            doc_type: d.doc_type.map(crate::DocType::code),
            symbol: d.symbol.as_deref(),
            number: d.number.as_deref(),
            date: d.date.map(|date| date.to_string()),
            effective: d.effective.map(|date| date.to_string()),
            effective_from: d.effective_from.map(crate::From::code),
            issuer: d
                .issuer
                .as_ref()
                .map(|issuer| OutIssuer {
                    text: d.issuer_text.clone(),
                    name: d.issuer_name.clone(),
                    ..self.issuer(issuer)
                })
                .or_else(|| {
                    d.issuer_name.as_ref().map(|name| OutIssuer {
                        text: d.issuer_text.clone(),
                        name: Some(name.clone()),
                        code: None,
                        place: None,
                    })
                }),
            title: d.title.as_deref(),
            signer: d.signer.as_ref().map(|signer| OutSigner {
                name: &signer.name,
                role: signer.role.as_deref(),
                capacity: signer.capacity.as_deref(),
            }),
            parent: d.parent.and_then(|index| e.documents.get(index as usize)).map(|document| document.key.as_str()),
            from: d.from.map(crate::From::code),
        }
    }

    fn key(&self, index: u32) -> Option<&'e str> {
        self.extraction.documents.get(index as usize).map(|document| document.key.as_str())
    }

    fn target(&self, target: Target) -> Option<&'e str> {
        match target {
            Target::Own => Some("self"),
            Target::Document(index) => self.key(index),
            Target::None => None,
        }
    }

    fn node(&self, node: Node) -> &'e str {
        match node {
            Node::Own => "self",
            Node::Document(index) => self.key(index).unwrap_or(""),
        }
    }

    fn citation(&self, id: usize, c: &'e Citation) -> OutCitation<'e> {
        let e = self.extraction;
        let issuers: Vec<OutIssuer<'e>> = c.issuers.iter().map(|issuer| self.issuer(issuer)).collect();
        OutCitation {
            id,
            form: c.form.code(),
            span: span(c.span),
            core: span(c.core),
            parts: OutParts {
                doc_type: c.parts.doc_type.map(span),
                symbol: c.parts.symbol.map(span),
                name: c.parts.name.map(span),
                date: c.parts.date.map(span),
                issuer: c.parts.issuer.map(span),
                title: c.parts.title.map(span),
            },
            text: e.words(c.core),
            doc_type: c.doc_type.map(crate::DocType::code),
            symbol: c.symbol.as_deref(),
            number: c.number.as_deref(),
            year: c.year,
            name: c.parts.name.map(|span| e.folded(span)),
            title: c.parts.title.map(|span| e.folded(span)),
            date: c.date.map(|date| date.to_string()),
            date_raw: c.parts.date.filter(|_| c.date.is_none()).map(|span| e.folded(span)),
            effective: c.effective.map(|date| date.to_string()),
            issuer: c.issuers.first().map(|issuer| self.issuer(issuer)),
            issuers,
            provisions: paths(&c.provisions),
            target: self.target(c.target),
            targets: c.targets.iter().filter_map(|index| self.key(*index)).collect(),
            unresolved: c.unresolved.map(crate::Unresolved::code),
            candidates: c.candidates.iter().filter_map(|index| self.key(*index)).collect(),
            confidence: c.confidence,
        }
    }

    fn provisions(&self, p: &'e ProvisionRef) -> OutProvisions<'e> {
        OutProvisions {
            span: span(p.span),
            provisions: paths(&p.provisions),
            resolved: paths(&p.resolved),
            target: self.target(p.target),
        }
    }

    fn relation(&self, r: &'e RelationMention) -> OutRelation<'e> {
        OutRelation {
            source: self.node(r.source),
            relation: r.relation.code(),
            target: self.node(r.target),
            citation: r.citation,
            cue: r.cue.map(span),
            evidence: span(r.evidence),
            provisions: paths(&r.provisions),
            source_provisions: paths(&r.source_provisions),
            mood: r.mood.code(),
            extent: r.extent.code(),
            act: r.act.map(crate::Act::code),
            effective: r.effective.map(|date| date.to_string()),
            effective_with: r.effective_with.map(|node| self.node(node)),
            effective_open: r.effective_open,
            until: r.until.map(|date| date.to_string()),
            rule: &r.rule,
            field: r.in_title.then_some("title"),
        }
    }

    fn effect(&self, effect: &'e EffectMention) -> OutEffect<'e> {
        OutEffect {
            document: self.node(effect.document),
            extent: effect.extent.code(),
            provisions: paths(&effect.provisions),
            except: paths(&effect.except),
            begins: effect.begins.map(|date| date.to_string()),
            with: effect.with.map(|node| self.node(node)),
            until: effect.until.map(|date| date.to_string()),
            from: effect.from.code(),
            evidence: span(effect.evidence),
        }
    }

    fn document(&self, d: &'e Document) -> OutDocument<'e> {
        OutDocument {
            key: d.key.as_str(),
            urn: self.extraction.urn(d),
            doc_type: d.doc_type.map(crate::DocType::code),
            symbol: d.symbol.as_deref(),
            number: d.number.as_deref(),
            name: d.name.as_deref(),
            year: d.year,
            date: d.date.map(|date| date.to_string()),
            effective: d.effective.map(|date| date.to_string()),
            issuer: d.issuer_names.iter().map(AsRef::as_ref).collect(),
            from: OutOrigins {
                symbol: d.from.symbol.map(crate::From::code),
                name: d.from.name.map(crate::From::code),
                date: d.from.date.map(crate::From::code),
                issuer: d.from.issuer.map(crate::From::code),
                effective: d.effective.map(|_| crate::From::LawTable.code()),
            },
        }
    }
}
