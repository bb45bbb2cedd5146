//! A compact, unchangeable view of the graph for traversals: compressed rows in both directions.

use super::{EdgeKind, GraphEdge, GraphNode};
use petgraph::Direction;
use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use petgraph::visit::{
    EdgeRef, GraphBase, IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers, NodeCount, NodeIndexable, Visitable,
};
use std::iter::{Copied, Map};
use std::ops::Range;
use std::slice::Iter;

/// Compressed rows of a graph whose edges are numbered by source, target and kind.
///
/// Takes 10 bytes an edge and 8 bytes a node. `&FrozenGraph` implements petgraph's visit traits, so that its
/// walkers run on it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrozenGraph {
    /// First outgoing edge of each node, and one past the last.
    out_rows: Vec<u32>,
    targets: Vec<u32>,
    out_kinds: Vec<u8>,
    /// First incoming edge of each node, and one past the last.
    in_rows: Vec<u32>,
    sources: Vec<u32>,
    in_kinds: Vec<u8>,
}

/// A set of edge kinds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct EdgeKinds(u32);

impl EdgeKinds {
    /// The empty set.
    pub const NONE: Self = Self(0);
    /// Every kind.
    pub const ALL: Self = Self(u32::MAX);

    /// True for a kind of the set.
    #[must_use]
    pub const fn contains(self, kind: EdgeKind) -> bool {
        self.has(kind.index())
    }

    const fn has(self, index: u8) -> bool {
        self.0 >> index & 1 == 1
    }

    /// The set with one kind more.
    #[must_use]
    pub const fn with(self, kind: EdgeKind) -> Self {
        Self(self.0 | 1 << kind.index())
    }

    /// True when nothing is in it.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl<K: Into<EdgeKind>> FromIterator<K> for EdgeKinds {
    fn from_iter<I: IntoIterator<Item = K>>(kinds: I) -> Self {
        kinds.into_iter().fold(Self::NONE, |set, kind| set.with(kind.into()))
    }
}

impl FrozenGraph {
    /// Of a graph whose edges were added in the order of source, target and kind.
    pub(super) fn new(graph: &DiGraph<GraphNode, GraphEdge>) -> Self {
        let nodes = graph.node_count();
        let mut frozen = Self { out_rows: vec![0; nodes + 1], in_rows: vec![0; nodes + 1], ..Self::default() };
        for edge in graph.edge_references() {
            frozen.targets.push(number(edge.target()));
            frozen.out_kinds.push(edge.weight().kind.index());
            count(&mut frozen.out_rows, edge.source());
            count(&mut frozen.in_rows, edge.target());
        }
        sum(&mut frozen.out_rows);
        sum(&mut frozen.in_rows);
        // each incoming edge goes to the next free place of its target's row
        let mut free = frozen.in_rows.clone();
        frozen.sources = vec![0; graph.edge_count()];
        frozen.in_kinds = vec![0; graph.edge_count()];
        for edge in graph.edge_references() {
            let Some(place) = free.get_mut(edge.target().index()) else { continue };
            if let (Some(source), Some(kind)) =
                (frozen.sources.get_mut(*place as usize), frozen.in_kinds.get_mut(*place as usize))
            {
                *source = number(edge.source());
                *kind = edge.weight().kind.index();
            }
            *place += 1;
        }
        frozen
    }

    /// Number of edges.
    #[must_use]
    pub fn edge_count(&self) -> usize {
        self.targets.len()
    }

    /// The edges that leave a node, as a range of edge numbers.
    fn out_range(&self, node: NodeIndex) -> Range<usize> {
        row(&self.out_rows, node)
    }

    /// Edges that leave a node: number, kind and target, sorted by target and kind.
    pub fn outgoing(&self, node: NodeIndex) -> impl Iterator<Item = (EdgeIndex, EdgeKind, NodeIndex)> + '_ {
        let range = self.out_range(node);
        let edges = range.clone().map(EdgeIndex::new);
        let kinds = self.out_kinds.get(range.clone()).unwrap_or_default();
        let targets = self.targets.get(range).unwrap_or_default();
        edges
            .zip(kinds)
            .zip(targets)
            .filter_map(|((edge, kind), target)| Some((edge, EdgeKind::from_index(*kind)?, node_of(*target))))
    }

    /// Edges that come into a node: kind and source, sorted by source and kind.
    pub fn incoming(&self, node: NodeIndex) -> impl Iterator<Item = (EdgeKind, NodeIndex)> + '_ {
        let range = row(&self.in_rows, node);
        let kinds = self.in_kinds.get(range.clone()).unwrap_or_default();
        let sources = self.sources.get(range).unwrap_or_default();
        kinds.iter().zip(sources).filter_map(|(kind, source)| Some((EdgeKind::from_index(*kind)?, node_of(*source))))
    }

    /// The edge of that kind from `source` to `target`.
    #[must_use]
    pub fn edge(&self, source: NodeIndex, kind: EdgeKind, target: NodeIndex) -> Option<EdgeIndex> {
        let range = self.out_range(source);
        let targets = self.targets.get(range.clone())?;
        let target = number(target);
        let first = range.start + targets.partition_point(|other| *other < target);
        (first..range.end)
            .take_while(|edge| self.targets.get(*edge) == Some(&target))
            .find(|edge| self.out_kinds.get(*edge) == Some(&kind.index()))
            .map(EdgeIndex::new)
    }

    /// Calls `visit` with each neighbour over an edge of one of `kinds`, in the order of their numbers, and the
    /// number of the kind. The fast path of traversals.
    pub(crate) fn each_neighbor(
        &self,
        node: NodeIndex,
        direction: Direction,
        kinds: EdgeKinds,
        mut visit: impl FnMut(NodeIndex, u8),
    ) {
        let (rows, ends, edge_kinds) = match direction {
            Direction::Outgoing => (&self.out_rows, &self.targets, &self.out_kinds),
            Direction::Incoming => (&self.in_rows, &self.sources, &self.in_kinds),
        };
        let range = row(rows, node);
        let ends = ends.get(range.clone()).unwrap_or_default();
        for (end, kind) in ends.iter().zip(edge_kinds.get(range).unwrap_or_default()) {
            if kinds.has(*kind) {
                visit(node_of(*end), *kind);
            }
        }
    }
}

fn number(node: NodeIndex) -> u32 {
    u32::try_from(node.index()).unwrap_or(u32::MAX)
}

fn node_of(number: u32) -> NodeIndex {
    NodeIndex::from(number)
}

fn row(rows: &[u32], node: NodeIndex) -> Range<usize> {
    match (rows.get(node.index()), rows.get(node.index() + 1)) {
        (Some(from), Some(to)) => *from as usize..*to as usize,
        _ => 0..0,
    }
}

fn count(rows: &mut [u32], node: NodeIndex) {
    if let Some(slot) = rows.get_mut(node.index() + 1) {
        *slot += 1;
    }
}

fn sum(rows: &mut [u32]) {
    let mut total = 0;
    for slot in rows {
        total += *slot;
        *slot = total;
    }
}

impl GraphBase for FrozenGraph {
    type NodeId = NodeIndex;
    type EdgeId = EdgeIndex;
}

impl NodeCount for FrozenGraph {
    fn node_count(&self) -> usize {
        self.out_rows.len().saturating_sub(1)
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

type Ends<'a> = Map<Copied<Iter<'a, u32>>, fn(u32) -> NodeIndex>;

impl<'a> IntoNeighbors for &'a FrozenGraph {
    type Neighbors = Ends<'a>;

    fn neighbors(self, node: NodeIndex) -> Ends<'a> {
        self.neighbors_directed(node, Direction::Outgoing)
    }
}

impl<'a> IntoNeighborsDirected for &'a FrozenGraph {
    type NeighborsDirected = Ends<'a>;

    fn neighbors_directed(self, node: NodeIndex, direction: Direction) -> Ends<'a> {
        let ends = match direction {
            Direction::Outgoing => self.targets.get(self.out_range(node)),
            Direction::Incoming => self.sources.get(row(&self.in_rows, node)),
        };
        ends.unwrap_or_default().iter().copied().map(node_of as fn(u32) -> NodeIndex)
    }
}

impl IntoNodeIdentifiers for &FrozenGraph {
    type NodeIdentifiers = Map<Range<usize>, fn(usize) -> NodeIndex>;

    fn node_identifiers(self) -> Self::NodeIdentifiers {
        (0..self.node_count()).map(NodeIndex::new as fn(usize) -> NodeIndex)
    }
}
