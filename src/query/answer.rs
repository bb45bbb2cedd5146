//! What a query finds.

use super::run::proves;
use super::{Query, Validity};
use crate::corpus::{CorpusDocument, Fact};
use crate::graph::{CitationGraph, EdgeKind};
use petgraph::graph::{EdgeIndex, NodeIndex};

/// A document that was found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Hit {
    /// Its node.
    pub node: NodeIndex,
    /// How many relations away it is.
    pub hops: u32,
    /// The step by which it was reached.
    pub(super) step: u32,
}

/// A document that was reached, and the way there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub node: NodeIndex,
    /// The step before; [`Step::START`] for those next to the document asked about.
    pub before: u32,
    /// Number of the kind of the edge.
    pub kind: u8,
    /// The edge leads away from the document asked about.
    pub outgoing: bool,
}

impl Step {
    pub(super) const START: u32 = u32::MAX;
}

/// The documents that a query finds, nearest first, then in the order of their keys.
#[derive(Clone, Debug)]
pub struct Answer<'g> {
    pub(super) graph: &'g CitationGraph,
    pub(super) query: Query,
    pub(super) hits: Vec<Hit>,
    pub(super) steps: Vec<Step>,
    pub(super) undated: usize,
    pub(super) unknown: usize,
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

    /// Documents left out because it is not known whether they were in force on the day asked about.
    #[must_use]
    pub fn unknown(&self) -> usize {
        self.unknown
    }

    /// How a hit stood on the day of [`Query::in_force`]; none where no day was asked about.
    #[must_use]
    pub fn validity(&self, hit: Hit) -> Option<Validity<'g>> {
        self.graph.validity(hit.node, self.query.filter.in_force?)
    }

    /// The relations between the document asked about and a hit: a shortest path. Of a question to a document it
    /// begins at the hit, of a question from or around one at the document asked about; in a question either way
    /// an edge may point against the path.
    #[must_use]
    pub fn path(&self, hit: Hit) -> Vec<EdgeIndex> {
        let mut path = Vec::new();
        let mut place = hit.step;
        while let Some(step) = self.steps.get(place as usize) {
            let before = self.steps.get(step.before as usize).map_or(self.query.node, |step| step.node);
            let (source, target) = if step.outgoing { (before, step.node) } else { (step.node, before) };
            let kind = EdgeKind::from_index(step.kind);
            path.extend(kind.and_then(|kind| self.graph.frozen().edge(source, kind, target)));
            place = step.before;
        }
        if self.query.outgoing {
            path.reverse();
        }
        path
    }

    /// The facts that prove an edge of a path; where provisions were asked for, only those about them.
    pub fn evidence(&self, edge: EdgeIndex) -> impl Iterator<Item = &'g Fact> {
        let ends = self.graph.petgraph().edge_endpoints(edge);
        let first = ends.is_some_and(|(source, target)| source == self.query.node || target == self.query.node);
        self.graph.evidence(edge).filter(move |fact| !first || proves(&self.query, fact))
    }

    /// The node that was asked about.
    #[must_use]
    pub fn start(&self) -> NodeIndex {
        self.query.node
    }
}
