//! How a document stood on a day, and what had changed it, as JSON objects.

use super::hit::{OutEvidence, evidence, words};
use crate::graph::CitationGraph;
use crate::model::Provision;
use crate::query::{Change, Changes, Ground, PartInForce, Validity};
use petgraph::graph::NodeIndex;
use serde::{Serialize, Serializer};

/// How a document stood on a day, ready to be serialised: every ground, part and contradiction of a [`Validity`].
///
/// ```
/// use viendan::{CitationGraph, Corpus, Extractor, WireValidity};
/// let mut corpus = Corpus::new();
/// corpus.add(&Extractor::new().extract(
///     "BỘ NỘI VỤ\nSố: 12/2013/TT-BNV\nHà Nội, ngày 01 tháng 3 năm 2013\n\nTHÔNG TƯ\nVề thi tuyển\n\n\
///      Thông tư này có hiệu lực từ ngày 15/4/2013 và thay thế Thông tư số 07/2012/TT-BNV ngày 22/11/2012.",
/// )?);
/// let graph = CitationGraph::from(&corpus);
/// let old = graph.find("07/2012/TT-BNV").one()?;
/// let validity = graph.validity(old, "2014-01-01".parse()?).expect("it is a document");
/// let json = serde_json::to_value(WireValidity::new(&graph, &validity)).expect("plain data");
/// assert_eq!(json["state"], "no");
/// let end = json["grounds"].as_array().and_then(|all| all.iter().find(|ground| ground["kind"] == "ended"));
/// let end = end.expect("it was replaced");
/// assert_eq!((&end["on"], &end["act"]), (&"2013-04-15".into(), &"vn:thong-tu:12/2013:bnv".into()));
/// # Ok::<(), viendan::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct WireValidity<'v, 'g> {
    graph: &'g CitationGraph,
    validity: &'v Validity<'g>,
}

impl<'v, 'g> WireValidity<'v, 'g> {
    /// Of what [`CitationGraph::validity`] says.
    #[must_use]
    pub fn new(graph: &'g CitationGraph, validity: &'v Validity<'g>) -> Self {
        Self { graph, validity }
    }
}

impl Serialize for WireValidity<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        out_validity(self.graph, self.validity).serialize(serializer)
    }
}

/// What had changed a provision by a day, ready to be serialised: all of a [`Changes`].
///
/// ```
/// use viendan::{CitationGraph, Corpus, Extractor, Provision, WireChanges};
/// let mut corpus = Corpus::new();
/// corpus.add(&Extractor::new().extract(
///     "CHÍNH PHỦ\nSố: 45/2021/NĐ-CP\nHà Nội, ngày 31 tháng 3 năm 2021\n\nNGHỊ ĐỊNH\nVề thuế\n\n\
///      Điều 1. Bãi bỏ khoản 3 Điều 2 Nghị định số 72/2013/NĐ-CP.\n\
///      Điều 2. Nghị định này có hiệu lực từ ngày 01/6/2021.",
/// )?);
/// let graph = CitationGraph::from(&corpus);
/// let decree = graph.find("72/2013/NĐ-CP").one()?;
/// let changes = graph.changes(decree, Provision::parse("dieu:2").as_ref(), "2022-01-01".parse()?);
/// let json = serde_json::to_value(WireChanges::new(&graph, &changes.expect("a document"))).expect("plain data");
/// assert_eq!(json["done"][0]["act"], "vn:nghi-dinh:45/2021:cp");
/// assert_eq!((&json["done"][0]["on"], &json["done"][0]["touch"]), (&"2021-06-01".into(), &"inside".into()));
/// # Ok::<(), viendan::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct WireChanges<'c, 'g> {
    graph: &'g CitationGraph,
    changes: &'c Changes<'g>,
}

impl<'c, 'g> WireChanges<'c, 'g> {
    /// Of what [`CitationGraph::changes`] says.
    #[must_use]
    pub fn new(graph: &'g CitationGraph, changes: &'c Changes<'g>) -> Self {
        Self { graph, changes }
    }
}

impl Serialize for WireChanges<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        out_changes(self.graph, self.changes).serialize(serializer)
    }
}

#[derive(Serialize)]
pub(super) struct OutValidity<'g> {
    day: String,
    state: &'static str,
    grounds: Vec<OutGround<'g>>,
    parts: Vec<OutPart<'g>>,
    contradictions: Vec<OutContradiction<'g>>,
}

#[derive(Serialize)]
struct OutGround<'g> {
    kind: &'static str,
    document: Option<&'g str>,
    on: Option<String>,
    until: Option<String>,
    come: Option<bool>,
    act: Option<&'g str>,
    relation: Option<&'static str>,
    from: Option<&'static str>,
    evidence: Option<OutEvidence<'g>>,
}

#[derive(Serialize)]
struct OutPart<'g> {
    provisions: Vec<&'g str>,
    state: &'static str,
    ground: OutGround<'g>,
}

#[derive(Serialize)]
struct OutContradiction<'g> {
    kind: &'static str,
    act: Option<&'g str>,
    on: Option<String>,
}

#[derive(Serialize)]
pub(super) struct OutChanges<'g> {
    day: String,
    provision: Option<String>,
    done: Vec<OutChange<'g>>,
    undated: Vec<OutChange<'g>>,
    later: usize,
}

#[derive(Serialize)]
struct OutChange<'g> {
    act: Option<&'g str>,
    relation: &'static str,
    touch: &'static str,
    on: Option<String>,
    provisions: Vec<&'g str>,
    evidence: OutEvidence<'g>,
}

fn key(graph: &CitationGraph, node: Option<NodeIndex>) -> Option<&str> {
    graph.document(node?).map(|document| document.key.as_str())
}

fn ground<'g>(graph: &'g CitationGraph, ground: &Ground<'g>) -> OutGround<'g> {
    OutGround {
        kind: ground.kind.code(),
        document: key(graph, Some(ground.of)),
        on: ground.on.map(|date| date.to_string()),
        until: ground.fact.and_then(|fact| fact.until).map(|date| date.to_string()),
        come: ground.come,
        act: key(graph, ground.act),
        relation: ground.fact.map(|fact| fact.relation.code()),
        from: ground.from.map(crate::model::From::code),
        evidence: ground.fact.map(evidence).or_else(|| ground.effect.map(|effect| words(&effect.evidence))),
    }
}

pub(super) fn out_validity<'g>(graph: &'g CitationGraph, validity: &Validity<'g>) -> OutValidity<'g> {
    let part = |part: &PartInForce<'g>| OutPart {
        provisions: part.provisions.iter().map(Provision::as_str).collect(),
        state: part.state.code(),
        ground: ground(graph, &part.ground),
    };
    OutValidity {
        day: validity.day.to_string(),
        state: validity.state.code(),
        grounds: validity.grounds.iter().map(|one| ground(graph, one)).collect(),
        parts: validity.parts.iter().map(part).collect(),
        contradictions: validity
            .contradictions
            .iter()
            .map(|found| OutContradiction {
                kind: found.kind.code(),
                act: key(graph, found.act),
                on: found.on.map(|date| date.to_string()),
            })
            .collect(),
    }
}

pub(super) fn out_changes<'g>(graph: &'g CitationGraph, changes: &Changes<'g>) -> OutChanges<'g> {
    let change = |change: &Change<'g>| OutChange {
        act: key(graph, Some(change.act)),
        relation: change.fact.relation.code(),
        touch: change.touch.code(),
        on: change.on.map(|date| date.to_string()),
        provisions: change.fact.provisions.iter().map(Provision::as_str).collect(),
        evidence: evidence(change.fact),
    };
    OutChanges {
        day: changes.day.to_string(),
        provision: changes.provision.as_ref().map(ToString::to_string),
        done: changes.done.iter().map(change).collect(),
        undated: changes.undated.iter().map(change).collect(),
        later: changes.later,
    }
}
