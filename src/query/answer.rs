//! What a query finds.

use crate::corpus::{CorpusDocument, Fact};
use crate::graph::CitationGraph;
use petgraph::Direction;
use petgraph::graph::{EdgeIndex, NodeIndex};

/// A document that was found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Hit {
    /// Its node.
    pub node: NodeIndex,
    /// How many relations away it is.
    pub hops: u32,
}

/// The way by which a node was reached: the node before it, and the kind of the edge.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reached {
    pub before: u32,
    pub kind: u8,
}

impl Reached {
    /// Not reached.
    pub(super) const NEVER: Self = Self { before: u32::MAX, kind: 0 };
}

/// The documents that a query finds, nearest first, then in the order of their keys.
#[derive(Clone, Debug)]
pub struct Answer<'g> {
    pub(super) graph: &'g CitationGraph,
    pub(super) start: NodeIndex,
    pub(super) direction: Direction,
    pub(super) hits: Vec<Hit>,
    pub(super) reached: Vec<Reached>,
    pub(super) undated: usize,
}

impl<'g> Answer<'g> {
    /// The documents found.
    #[must_use]
    pub fn hits(&self) -> &[Hit] {
        &self.hits
    }

    /// The same, as documents.
    pub fn documents(&self) -> impl Iterator<Item = &'g CorpusDocument> + '_ {
        self.hits.iter().filter_map(|hit| self.graph.document(hit.node))
    }

    /// Documents left out of a range of dates because their own is not known.
    #[must_use]
    pub fn undated(&self) -> usize {
        self.undated
    }

    /// The relations between the document asked about and a hit: a shortest path, in the direction of the
    /// edges from its first source to its last target.
    #[must_use]
    pub fn path(&self, hit: Hit) -> Vec<EdgeIndex> {
        let mut path = Vec::new();
        let mut node = hit.node;
        for _ in 0..hit.hops {
            let Some(reached) = self.reached.get(node.index()).filter(|reached| reached.before != u32::MAX) else {
                break;
            };
            let before = NodeIndex::from(reached.before);
            let (source, target) = match self.direction {
                Direction::Incoming => (node, before),
                Direction::Outgoing => (before, node),
            };
            let kind = crate::graph::EdgeKind::from_index(reached.kind);
            path.extend(kind.and_then(|kind| self.graph.frozen().edge(source, kind, target)));
            node = before;
        }
        if self.direction == Direction::Outgoing {
            path.reverse();
        }
        path
    }

    /// The facts that prove an edge of a path.
    pub fn evidence(&self, edge: EdgeIndex) -> impl Iterator<Item = &'g Fact> {
        self.graph.evidence(edge)
    }

    /// The node that was asked about.
    #[must_use]
    pub fn start(&self) -> NodeIndex {
        self.start
    }
}
