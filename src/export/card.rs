//! The card of a document as one JSON object.

use super::hit::{OutDocument, OutEvidence, document, evidence};
use super::validity::{OutChanges, OutValidity, out_changes, out_validity};
use crate::corpus::{CorpusText, OpenMention, Provenance};
use crate::graph::CitationGraph;
use crate::query::{Card, Changes, Related, Validity};
use serde::{Serialize, Serializer};

/// A card, ready to be serialised.
///
/// ```
/// use viendan::{CitationGraph, Corpus, Extractor, WireCard};
/// let mut corpus = Corpus::new();
/// corpus.add(&Extractor::new().extract("Thông tư số 12/2013/TT-BTC hướng dẫn Nghị định số 60/2012/NĐ-CP")?);
/// let graph = CitationGraph::from(&corpus);
/// let card = graph.card(graph.find("60/2012/NĐ-CP").one()?).expect("it is a document");
/// let json = serde_json::to_value(WireCard::new(&graph, &card)).expect("plain data");
/// assert_eq!(json["document"]["key"], "vn:nghi-dinh:60/2012:cp");
/// assert_eq!(json["wordings"][0]["text"], "Nghị định số 60/2012/NĐ-CP");
/// assert_eq!(json["rest_on_it"][0]["relation"], "guides");
/// # Ok::<(), viendan::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct WireCard<'c, 'g> {
    graph: &'g CitationGraph,
    card: &'c Card<'g>,
    validity: Option<&'c Validity<'g>>,
    changes: &'c [Changes<'g>],
}

impl<'c, 'g> WireCard<'c, 'g> {
    /// Of a card.
    #[must_use]
    pub fn new(graph: &'g CitationGraph, card: &'c Card<'g>) -> Self {
        Self { graph, card, validity: None, changes: &[] }
    }

    /// With how the document stood on a day (`in_force`).
    #[must_use]
    pub fn in_force(self, validity: &'c Validity<'g>) -> Self {
        Self { validity: Some(validity), ..self }
    }

    /// With what had changed it, or provisions of it, by a day (`changes`).
    #[must_use]
    pub fn changes(self, changes: &'c [Changes<'g>]) -> Self {
        Self { changes, ..self }
    }
}

#[derive(Serialize)]
struct OutCard<'g> {
    document: OutDocument<'g>,
    urn: Option<&'g str>,
    number: Option<&'g str>,
    year: Option<i16>,
    date_from: Option<OutProvenance<'g>>,
    effective: Option<String>,
    effective_from: Option<OutProvenance<'g>>,
    issuers_from: Option<OutProvenance<'g>>,
    parent: Option<&'g str>,
    joined: Vec<OutJoined<'g>>,
    candidates: Vec<&'g str>,
    sources: Vec<&'g str>,
    mentions: u32,
    wordings: Vec<OutWording<'g>>,
    rests_on: Vec<OutRelated<'g>>,
    rest_on_it: Vec<OutRelated<'g>>,
    changed_by: Vec<OutChange<'g>>,
    conflicts: Vec<OutConflict<'g>>,
    doubts: Vec<OutDoubt<'g>>,
    open: Vec<OutOpen<'g>>,
    stands_for: Vec<OutOpen<'g>>,
    may_mean: Vec<OutOpen<'g>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_force: Option<OutValidity<'g>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes: Vec<OutChanges<'g>>,
}

#[derive(Serialize)]
struct OutProvenance<'g> {
    from: &'static str,
    source: &'g str,
}

/// An incomplete key that was joined to this one, and the fields that agree.
#[derive(Serialize)]
struct OutJoined<'g> {
    key: &'g str,
    source: &'g str,
    on: &'g [&'static str],
}

#[derive(Serialize)]
struct OutWording<'g> {
    text: &'g str,
    count: u32,
}

#[derive(Serialize)]
struct OutRelated<'g> {
    relation: &'static str,
    document: Option<OutDocument<'g>>,
    evidence: Vec<OutEvidence<'g>>,
}

#[derive(Serialize)]
struct OutChange<'g> {
    relation: &'static str,
    key: &'g str,
    date: Option<String>,
}

#[derive(Serialize)]
struct OutConflict<'g> {
    field: &'static str,
    values: Vec<OutValue<'g>>,
}

#[derive(Serialize)]
struct OutValue<'g> {
    value: &'g str,
    source: &'g str,
}

#[derive(Serialize)]
struct OutDoubt<'g> {
    source: &'g str,
    code: &'static str,
    span: [u32; 2],
    message: &'g str,
}

#[derive(Serialize)]
struct OutOpen<'g> {
    source: &'g str,
    reason: &'static str,
    span: [u32; 2],
    text: &'g str,
    candidates: Vec<&'g str>,
}

fn provenance(from: &Provenance) -> OutProvenance<'_> {
    OutProvenance { from: from.from.code(), source: &from.source }
}

fn open<'g>(text: &'g CorpusText, open: &'g OpenMention) -> OutOpen<'g> {
    OutOpen {
        source: &text.source,
        reason: open.reason.code(),
        span: [open.span.start, open.span.end],
        text: &open.words,
        candidates: open.candidates.iter().map(crate::model::Key::as_str).collect(),
    }
}

impl<'g> WireCard<'_, 'g> {
    fn related(&self, other: &Related) -> OutRelated<'g> {
        OutRelated {
            relation: other.relation.code(),
            document: self.graph.document(other.node).map(document),
            evidence: self.graph.evidence(other.edge).map(evidence).collect(),
        }
    }
}

impl Serialize for WireCard<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let card = self.card;
        let d = card.document;
        let out = OutCard {
            document: document(d),
            urn: d.urn.as_deref(),
            number: d.number.as_deref(),
            year: d.year,
            date_from: d.date_from.as_ref().map(provenance),
            effective: d.effective.map(|date| date.to_string()),
            effective_from: d.effective_from.as_ref().map(provenance),
            issuers_from: d.issuers_from.as_ref().map(provenance),
            parent: d.parent.as_ref().map(crate::model::Key::as_str),
            joined: d
                .joined
                .iter()
                .map(|joined| OutJoined { key: joined.key.as_str(), source: &joined.source, on: &joined.on })
                .collect(),
            candidates: d.candidates.iter().map(crate::model::Key::as_str).collect(),
            sources: d.sources.iter().map(AsRef::as_ref).collect(),
            mentions: d.mentions,
            wordings: d
                .wordings
                .iter()
                .map(|wording| OutWording { text: &wording.text, count: wording.count })
                .collect(),
            rests_on: card.rests_on.iter().map(|other| self.related(other)).collect(),
            rest_on_it: card.rest_on_it.iter().map(|other| self.related(other)).collect(),
            changed_by: card
                .changed_by()
                .filter_map(|other| {
                    let document = self.graph.document(other.node)?;
                    let date = document.date.map(|date| date.to_string());
                    Some(OutChange { relation: other.relation.code(), key: document.key.as_str(), date })
                })
                .collect(),
            conflicts: card
                .conflicts
                .iter()
                .map(|conflict| OutConflict {
                    field: conflict.field,
                    values: conflict.values.iter().map(|(value, source)| OutValue { value, source }).collect(),
                })
                .collect(),
            doubts: card
                .texts
                .iter()
                .flat_map(|text| {
                    text.doubts.iter().map(|doubt| OutDoubt {
                        source: &text.source,
                        code: doubt.code.code(),
                        span: [doubt.span.start, doubt.span.end],
                        message: &doubt.message,
                    })
                })
                .collect(),
            open: card.texts.iter().flat_map(|text| text.open.iter().map(|mention| open(text, mention))).collect(),
            stands_for: card.stands_for.iter().map(|(text, mention)| open(text, mention)).collect(),
            may_mean: card.may_mean.iter().map(|(text, mention)| open(text, mention)).collect(),
            in_force: self.validity.map(|validity| out_validity(self.graph, validity)),
            changes: self.changes.iter().map(|changes| out_changes(self.graph, changes)).collect(),
        };
        out.serialize(serializer)
    }
}
