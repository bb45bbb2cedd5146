//! A hit of a query as one JSON object: the document, the path to it, and the words that prove each step.

use super::validity::{OutValidity, out_validity};
use crate::corpus::{CorpusDocument, Evidence, Fact};
use crate::graph::CitationGraph;
use crate::query::{Answer, Hit};
use petgraph::graph::EdgeIndex;
use serde::{Serialize, Serializer};

/// A hit, ready to be serialised.
#[derive(Clone, Copy, Debug)]
pub struct WireHit<'a, 'g> {
    graph: &'g CitationGraph,
    answer: &'a Answer<'g>,
    hit: Hit,
}

impl<'a, 'g> WireHit<'a, 'g> {
    /// Of a hit of an answer.
    #[must_use]
    pub fn new(graph: &'g CitationGraph, answer: &'a Answer<'g>, hit: Hit) -> Self {
        Self { graph, answer, hit }
    }
}

#[derive(Serialize)]
struct OutHit<'g> {
    document: Option<OutDocument<'g>>,
    hops: u32,
    path: Vec<OutStep<'g>>,
    /// Only where a day was asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    in_force: Option<OutValidity<'g>>,
}

#[derive(Serialize)]
pub(super) struct OutDocument<'g> {
    key: &'g str,
    #[serde(rename = "type")]
    doc_type: Option<&'static str>,
    symbol: Option<&'g str>,
    name: Option<&'g str>,
    title: Option<&'g str>,
    date: Option<String>,
    issuer: Vec<&'g str>,
}

#[derive(Serialize)]
struct OutStep<'g> {
    source: &'g str,
    relation: &'static str,
    target: &'g str,
    evidence: Vec<OutEvidence<'g>>,
}

#[derive(Serialize)]
pub(super) struct OutEvidence<'g> {
    source: &'g str,
    span: [u32; 2],
    cue: Option<[u32; 2]>,
    text: &'g str,
    rule: &'g str,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
}

impl Serialize for WireHit<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let hit = OutHit {
            document: self.graph.document(self.hit.node).map(document),
            hops: self.hit.hops,
            path: self.answer.path(self.hit).into_iter().filter_map(|edge| self.step(edge)).collect(),
            in_force: self.answer.validity(self.hit).map(|validity| out_validity(self.graph, &validity)),
        };
        hit.serialize(serializer)
    }
}

pub(super) fn document(document: &CorpusDocument) -> OutDocument<'_> {
    OutDocument {
        key: document.key.as_str(),
        doc_type: document.doc_type.map(crate::DocType::code),
        symbol: document.symbol.as_deref(),
        name: document.name.as_deref(),
        title: document.title.as_deref(),
        date: document.date.map(|date| date.to_string()),
        issuer: document.issuers.iter().map(|body| &*body.name).collect(),
    }
}

pub(super) fn evidence(fact: &Fact) -> OutEvidence<'_> {
    words(&fact.evidence)
}

pub(super) fn words(evidence: &Evidence) -> OutEvidence<'_> {
    OutEvidence {
        source: &evidence.source,
        span: [evidence.span.start, evidence.span.end],
        cue: evidence.cue.map(|cue| [cue.start, cue.end]),
        text: &evidence.words,
        rule: &evidence.rule,
        field: evidence.in_title.then_some("title"),
    }
}

impl<'g> WireHit<'_, 'g> {
    fn step(&self, edge: EdgeIndex) -> Option<OutStep<'g>> {
        let (source, target) = self.graph.petgraph().edge_endpoints(edge)?;
        let key = |node| self.graph.document(node).map(|document| document.key.as_str());
        Some(OutStep {
            source: key(source)?,
            relation: self.graph.petgraph().edge_weight(edge)?.kind.code(),
            target: key(target)?,
            evidence: self.answer.evidence(edge).map(evidence).collect(),
        })
    }
}
