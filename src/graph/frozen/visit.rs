//! petgraph's visit traits, so that its algorithms run on the frozen rows.

use super::{FrozenGraph, node_of, number, row};
use crate::graph::EdgeKind;
use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use petgraph::visit::{
    Data, EdgeCount, EdgeIndexable, EdgeRef, GetAdjacencyMatrix, GraphBase, GraphProp, IntoEdgeReferences, IntoEdges,
    IntoEdgesDirected, IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers, IntoNodeReferences,
    NodeCompactIndexable, NodeCount, NodeIndexable, Visitable,
};
use petgraph::{Directed, Direction};
use std::iter::{Copied, Map};
use std::ops::Range;
use std::slice::Iter;

/// An edge of a [`FrozenGraph`]; its weight is its kind.
#[derive(Clone, Copy, Debug)]
pub struct EdgeReference<'g> {
    graph: &'g FrozenGraph,
    source: NodeIndex,
    target: NodeIndex,
    kind: &'static EdgeKind,
    /// Known for edges met from their source; those met from their target are looked up when they are asked.
    number: Option<EdgeIndex>,
}

impl EdgeRef for EdgeReference<'_> {
    type NodeId = NodeIndex;
    type EdgeId = EdgeIndex;
    type Weight = EdgeKind;

    fn source(&self) -> NodeIndex {
        self.source
    }

    fn target(&self) -> NodeIndex {
        self.target
    }

    fn weight(&self) -> &EdgeKind {
        self.kind
    }

    /// The number of the edge, the same as in the petgraph graph.
    fn id(&self) -> EdgeIndex {
        let lookup = || self.graph.edge(self.source, *self.kind, self.target);
        self.number.or_else(lookup).unwrap_or_else(EdgeIndex::end)
    }
}

/// The edges of a node, or all of a graph.
#[derive(Clone, Debug)]
pub struct Edges<'g> {
    graph: &'g FrozenGraph,
    /// The node at whose row they stand.
    node: usize,
    /// Rows up to this one.
    last: usize,
    direction: Direction,
    /// Positions in the rows that are left of this node.
    range: Range<usize>,
}

impl<'g> Edges<'g> {
    fn of(graph: &'g FrozenGraph, node: NodeIndex, direction: Direction) -> Self {
        let range = row(graph.rows(direction).0, node);
        Self { graph, node: node.index(), last: node.index(), direction, range }
    }
}

impl<'g> Iterator for Edges<'g> {
    type Item = EdgeReference<'g>;

    fn next(&mut self) -> Option<EdgeReference<'g>> {
        let (rows, ends, kinds) = self.graph.rows(self.direction);
        while self.range.is_empty() {
            if self.node >= self.last {
                return None;
            }
            self.node += 1;
            self.range = row(rows, NodeIndex::new(self.node));
        }
        let place = self.range.next()?;
        let other = node_of(*ends.get(place)?);
        let kind = EdgeKind::of_index(*kinds.get(place)?)?;
        let node = NodeIndex::new(self.node);
        let (source, target, number) = match self.direction {
            Direction::Outgoing => (node, other, Some(EdgeIndex::new(place))),
            Direction::Incoming => (other, node, None),
        };
        Some(EdgeReference { graph: self.graph, source, target, kind, number })
    }
}

impl GraphBase for FrozenGraph {
    type NodeId = NodeIndex;
    type EdgeId = EdgeIndex;
}

impl Data for FrozenGraph {
    type NodeWeight = ();
    type EdgeWeight = EdgeKind;
}

impl GraphProp for FrozenGraph {
    type EdgeType = Directed;
}

impl NodeCount for FrozenGraph {
    fn node_count(&self) -> usize {
        self.out_rows.len().saturating_sub(1)
    }
}

impl EdgeCount for FrozenGraph {
    fn edge_count(&self) -> usize {
        self.targets.len()
    }
}

impl NodeIndexable for FrozenGraph {
    fn node_bound(&self) -> usize {
        self.node_count()
    }

    fn to_index(&self, node: NodeIndex) -> usize {
        node.index()
    }

    fn from_index(&self, index: usize) -> NodeIndex {
        NodeIndex::new(index)
    }
}

impl NodeCompactIndexable for FrozenGraph {}

impl EdgeIndexable for FrozenGraph {
    fn edge_bound(&self) -> usize {
        self.targets.len()
    }

    fn to_index(&self, edge: EdgeIndex) -> usize {
        edge.index()
    }

    fn from_index(&self, index: usize) -> EdgeIndex {
        EdgeIndex::new(index)
    }
}

impl Visitable for FrozenGraph {
    type Map = <DiGraph<(), ()> as Visitable>::Map;

    fn visit_map(&self) -> Self::Map {
        Self::Map::with_capacity(self.node_count())
    }

    fn reset_map(&self, map: &mut Self::Map) {
        map.clear();
        map.grow(self.node_count());
    }
}

/// The rows are sorted: no matrix is needed.
impl GetAdjacencyMatrix for FrozenGraph {
    type AdjMatrix = ();

    fn adjacency_matrix(&self) {}

    fn is_adjacent(&self, (): &(), source: NodeIndex, target: NodeIndex) -> bool {
        self.row(source, Direction::Outgoing).0.binary_search(&number(target)).is_ok()
    }
}

/// Neighbours, in the order of their numbers; one for each edge.
type Ends<'g> = Map<Copied<Iter<'g, u32>>, fn(u32) -> NodeIndex>;

impl<'g> IntoNeighbors for &'g FrozenGraph {
    type Neighbors = Ends<'g>;

    fn neighbors(self, node: NodeIndex) -> Ends<'g> {
        self.neighbors_directed(node, Direction::Outgoing)
    }
}

impl<'g> IntoNeighborsDirected for &'g FrozenGraph {
    type NeighborsDirected = Ends<'g>;

    fn neighbors_directed(self, node: NodeIndex, direction: Direction) -> Ends<'g> {
        self.row(node, direction).0.iter().copied().map(node_of as fn(u32) -> NodeIndex)
    }
}

impl<'g> IntoEdgeReferences for &'g FrozenGraph {
    type EdgeRef = EdgeReference<'g>;
    type EdgeReferences = Edges<'g>;

    fn edge_references(self) -> Edges<'g> {
        let last = self.node_count().saturating_sub(1);
        Edges { last, ..Edges::of(self, NodeIndex::new(0), Direction::Outgoing) }
    }
}

impl<'g> IntoEdges for &'g FrozenGraph {
    type Edges = Edges<'g>;

    fn edges(self, node: NodeIndex) -> Edges<'g> {
        Edges::of(self, node, Direction::Outgoing)
    }
}

impl<'g> IntoEdgesDirected for &'g FrozenGraph {
    type EdgesDirected = Edges<'g>;

    fn edges_directed(self, node: NodeIndex, direction: Direction) -> Edges<'g> {
        Edges::of(self, node, direction)
    }
}

impl IntoNodeIdentifiers for &FrozenGraph {
    type NodeIdentifiers = Map<Range<usize>, fn(usize) -> NodeIndex>;

    fn node_identifiers(self) -> Self::NodeIdentifiers {
        (0..self.node_count()).map(NodeIndex::new as fn(usize) -> NodeIndex)
    }
}

/// Nodes of the frozen view have no weight.
static NO_WEIGHT: () = ();

impl<'g> IntoNodeReferences for &'g FrozenGraph {
    type NodeRef = (NodeIndex, &'g ());
    type NodeReferences = Map<Range<usize>, fn(usize) -> (NodeIndex, &'g ())>;

    fn node_references(self) -> Self::NodeReferences {
        (0..self.node_count()).map((|index| (NodeIndex::new(index), &NO_WEIGHT)) as fn(usize) -> _)
    }
}
