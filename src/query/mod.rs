//! Asking the graph: a typed builder, and the documents it finds with the path to each and the words that prove it.

mod answer;
mod changes;
mod find;
mod meets;
mod run;
mod times;
mod validity;

pub use answer::{Answer, Hit};
pub use changes::{Change, Changes, Touch};
pub use find::Found;
pub use validity::{Contradiction, ContradictionKind, Ground, GroundKind, InForce, PartInForce, Validity};

use crate::graph::{CitationGraph, EdgeKind, EdgeKinds};
use crate::model::{DocType, PartialDate, Relation};
use petgraph::Direction;
use petgraph::graph::NodeIndex;
use std::ops::RangeInclusive;

/// A question to a [`CitationGraph`]: which documents stand in some relation to a given one.
///
/// ```
/// use viendan::{CitationGraph, Corpus, Extractor, Query, Relation};
/// let extractor = Extractor::new();
/// let mut corpus = Corpus::new();
/// corpus.add(&extractor.extract("Thông tư số 12/2013/TT-BTC hướng dẫn Nghị định số 60/2012/NĐ-CP")?);
/// let graph = CitationGraph::from(&corpus);
/// let decree = graph.find("60/2012/NĐ-CP").one()?;
/// let answer = Query::to(decree).relation(Relation::Guides).run(&graph);
/// assert_eq!(answer.documents().next().map(|d| d.key.as_str()), Some("vn:thong-tu:12/2013:btc"));
/// # Ok::<(), viendan::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a query does nothing until `run`"]
pub struct Query {
    node: NodeIndex,
    direction: Direction,
    kinds: EdgeKinds,
    /// No more edges than this; none for any number.
    hops: Option<u32>,
    doc_types: Vec<DocType>,
    issuers: Vec<NodeIndex>,
    issued: Option<RangeInclusive<PartialDate>>,
}

impl Query {
    fn new(node: NodeIndex, direction: Direction) -> Self {
        Self {
            node,
            direction,
            kinds: EdgeKinds::NONE,
            hops: Some(1),
            doc_types: Vec::new(),
            issuers: Vec::new(),
            issued: None,
        }
    }

    /// The documents whose relations point to `node`: what implements, amends or cites it.
    pub fn to(node: NodeIndex) -> Self {
        Self::new(node, Direction::Incoming)
    }

    /// The documents that the relations of `node` point to: what it rests on.
    pub fn from(node: NodeIndex) -> Self {
        Self::new(node, Direction::Outgoing)
    }

    /// Turns the question round.
    pub fn direction(mut self, direction: Direction) -> Self {
        self.direction = direction;
        self
    }

    /// Only by this relation; several calls allow several. Without any, every relation counts.
    pub fn relation(mut self, relation: Relation) -> Self {
        self.kinds = self.kinds.with(EdgeKind::Relation(relation));
        self
    }

    /// Only by these relations.
    pub fn relations(mut self, relations: impl IntoIterator<Item = Relation>) -> Self {
        self.kinds = relations.into_iter().collect();
        self
    }

    /// Over at most this many relations, one after another; 1 unless set.
    pub fn hops(mut self, hops: u32) -> Self {
        self.hops = Some(hops);
        self
    }

    /// Over any number of relations. Circles are followed once.
    pub fn transitive(mut self) -> Self {
        self.hops = None;
        self
    }

    /// Only documents of this type; several calls allow several.
    pub fn doc_type(mut self, doc_type: DocType) -> Self {
        self.doc_types.push(doc_type);
        self
    }

    /// Only documents of this body or of one below it; several calls allow several.
    pub fn issuer(mut self, body: NodeIndex) -> Self {
        self.issuers.push(body);
        self
    }

    /// Only documents issued in this range; the ends count. A month or year stands for all its days: its first
    /// at the start of the range, its last at the end. What has no date is left out and counted.
    pub fn issued(mut self, range: RangeInclusive<PartialDate>) -> Self {
        self.issued = Some(range);
        self
    }

    /// The kinds of edges that are followed.
    fn kinds(&self) -> EdgeKinds {
        if self.kinds.is_empty() { Relation::ALL.iter().copied().collect() } else { self.kinds }
    }

    /// The answer.
    #[must_use]
    pub fn run<'g>(&self, graph: &'g CitationGraph) -> Answer<'g> {
        run::run(self, graph)
    }
}
