//! Nodes.

use super::CitationGraph;
use crate::corpus::{Body, CorpusDocument};
use crate::model::Provision;
use petgraph::graph::NodeIndex;

/// The weight of a node: an entry of one of the graph's lists.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum GraphNode {
    /// A document or named work; an index of [`CitationGraph::documents`].
    Document(u32),
    /// An issuing body; an index of [`CitationGraph::bodies`].
    Issuer(u32),
    /// A provision; an index of [`CitationGraph::provisions`].
    Provision(u32),
}

/// A provision of a document.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub struct GraphProvision {
    /// Index of the document in [`CitationGraph::documents`].
    pub document: u32,
    /// The path.
    pub path: Provision,
}

impl CitationGraph {
    /// The documents and named works, sorted by key. Their nodes come first: the node of the document at `i`
    /// has index `i`.
    #[must_use]
    pub fn documents(&self) -> &[CorpusDocument] {
        &self.documents
    }

    /// The issuing bodies.
    #[must_use]
    pub fn bodies(&self) -> &[Body] {
        &self.bodies
    }

    /// The provisions that some relation names, and those that hold them.
    #[must_use]
    pub fn provisions(&self) -> &[GraphProvision] {
        &self.provisions
    }

    /// The document of a node.
    #[must_use]
    pub fn document(&self, node: NodeIndex) -> Option<&CorpusDocument> {
        match self.graph.node_weight(node)? {
            GraphNode::Document(index) => self.documents.get(*index as usize),
            _ => None,
        }
    }

    /// The document of a node, or the one a provision belongs to.
    #[must_use]
    pub fn owner(&self, node: NodeIndex) -> Option<NodeIndex> {
        match self.graph.node_weight(node)? {
            GraphNode::Document(_) => Some(node),
            GraphNode::Provision(index) => {
                self.provisions.get(*index as usize).map(|provision| NodeIndex::new(provision.document as usize))
            }
            GraphNode::Issuer(_) => None,
        }
    }

    /// The body of a node.
    #[must_use]
    pub fn body(&self, node: NodeIndex) -> Option<&Body> {
        match self.graph.node_weight(node)? {
            GraphNode::Issuer(index) => self.bodies.get(*index as usize),
            _ => None,
        }
    }

    /// The provision of a node.
    #[must_use]
    pub fn provision(&self, node: NodeIndex) -> Option<&GraphProvision> {
        match self.graph.node_weight(node)? {
            GraphNode::Provision(index) => self.provisions.get(*index as usize),
            _ => None,
        }
    }
}
