//! A compact, unchangeable view of the graph for traversals: compressed rows in both directions.

mod kinds;
mod visit;
mod walk;

pub use kinds::EdgeKinds;
pub use visit::{EdgeReference, Edges};
pub(crate) use walk::Seen;
pub use walk::Walk;

use super::{EdgeKind, GraphEdge, GraphNode};
use petgraph::Direction;
use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use petgraph::visit::EdgeFiltered;
use std::ops::Range;

/// Compressed rows of a graph whose edges are numbered by source, target and kind.
///
/// Takes 10 bytes an edge and 8 bytes a node. `&FrozenGraph` implements petgraph's visit traits, so that its
/// algorithms run on it; [`Self::only`] shows them the edges of some kinds.
///
/// ```
/// use petgraph::algo::{dijkstra, is_cyclic_directed};
/// use petgraph::graph::NodeIndex;
/// use viendan::{EdgeKind, EdgeKinds, FrozenGraph, Relation, petgraph};
/// let (based_on, cites) = (EdgeKind::Relation(Relation::BasedOn), EdgeKind::Relation(Relation::Cites));
/// let graph = FrozenGraph::from_edges(3, [(2, based_on, 1), (1, based_on, 0), (0, cites, 2)]);
/// let node = NodeIndex::new;
/// assert_eq!(graph.outgoing(node(1)).map(|(_, kind, to)| (kind, to)).collect::<Vec<_>>(), [(based_on, node(0))]);
/// assert!(is_cyclic_directed(&graph));
/// let acyclic = graph.only(EdgeKinds::NONE.with(based_on));
/// assert!(!is_cyclic_directed(&acyclic));
/// assert_eq!(dijkstra(&acyclic, node(2), None, |_| 1)[&node(0)], 2);
/// ```
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

impl FrozenGraph {
    /// Of nodes `0..nodes` and edges in any order. An edge given twice is there once; one to a node that is not
    /// there is left out.
    #[must_use]
    pub fn from_edges(nodes: u32, edges: impl IntoIterator<Item = (u32, EdgeKind, u32)>) -> Self {
        let mut all: Vec<(u32, u32, u8)> = edges
            .into_iter()
            .filter(|(source, _, target)| *source < nodes && *target < nodes)
            .map(|(source, kind, target)| (source, target, kind.index()))
            .collect();
        all.sort_unstable();
        all.dedup();
        Self::of(nodes as usize, all.len(), || all.iter().copied())
    }

    /// Of a graph whose edges were added in the order of source, target and kind.
    pub(super) fn new(graph: &DiGraph<GraphNode, GraphEdge>) -> Self {
        Self::of(graph.node_count(), graph.edge_count(), || {
            graph
                .raw_edges()
                .iter()
                .map(|edge| (number(edge.source()), number(edge.target()), edge.weight.kind.index()))
        })
    }

    /// Of sorted edges, which are gone through twice.
    fn of<I: Iterator<Item = (u32, u32, u8)>>(nodes: usize, edges: usize, all: impl Fn() -> I) -> Self {
        let mut frozen = Self {
            out_rows: vec![0; nodes + 1],
            targets: Vec::with_capacity(edges),
            out_kinds: Vec::with_capacity(edges),
            in_rows: vec![0; nodes + 1],
            sources: vec![0; edges],
            in_kinds: vec![0; edges],
        };
        for (source, target, kind) in all() {
            frozen.targets.push(target);
            frozen.out_kinds.push(kind);
            count(&mut frozen.out_rows, source);
            count(&mut frozen.in_rows, target);
        }
        sum(&mut frozen.out_rows);
        sum(&mut frozen.in_rows);
        // each incoming edge goes to the next free place of its target's row
        let mut free = frozen.in_rows.clone();
        for (source, target, kind) in all() {
            let Some(place) = free.get_mut(target as usize) else { continue };
            if let (Some(source_slot), Some(kind_slot)) =
                (frozen.sources.get_mut(*place as usize), frozen.in_kinds.get_mut(*place as usize))
            {
                *source_slot = source;
                *kind_slot = kind;
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

    /// The same graph with the edges of these kinds only, for petgraph's algorithms.
    #[must_use]
    pub fn only(&self, kinds: EdgeKinds) -> EdgeFiltered<&Self, EdgeKinds> {
        EdgeFiltered(self, kinds)
    }

    /// Number of edges that leave or come into a node.
    #[must_use]
    pub fn degree(&self, node: NodeIndex, direction: Direction) -> usize {
        row(self.rows(direction).0, node).len()
    }

    /// The rows of a direction: first edges, other ends, kinds.
    fn rows(&self, direction: Direction) -> (&[u32], &[u32], &[u8]) {
        match direction {
            Direction::Outgoing => (&self.out_rows, &self.targets, &self.out_kinds),
            Direction::Incoming => (&self.in_rows, &self.sources, &self.in_kinds),
        }
    }

    /// The other ends of a node's edges, and the numbers of their kinds.
    fn row(&self, node: NodeIndex, direction: Direction) -> (&[u32], &[u8]) {
        let (rows, ends, kinds) = self.rows(direction);
        let range = row(rows, node);
        (ends.get(range.clone()).unwrap_or_default(), kinds.get(range).unwrap_or_default())
    }

    /// Edges that leave a node: number, kind and target, sorted by target and kind.
    pub fn outgoing(&self, node: NodeIndex) -> impl Iterator<Item = (EdgeIndex, EdgeKind, NodeIndex)> + '_ {
        let (targets, kinds) = self.row(node, Direction::Outgoing);
        let edges = row(&self.out_rows, node).map(EdgeIndex::new);
        edges
            .zip(kinds)
            .zip(targets)
            .filter_map(|((edge, kind), target)| Some((edge, EdgeKind::from_index(*kind)?, node_of(*target))))
    }

    /// Edges that come into a node: kind and source, sorted by source and kind.
    pub fn incoming(&self, node: NodeIndex) -> impl Iterator<Item = (EdgeKind, NodeIndex)> + '_ {
        let (sources, kinds) = self.row(node, Direction::Incoming);
        kinds.iter().zip(sources).filter_map(|(kind, source)| Some((EdgeKind::from_index(*kind)?, node_of(*source))))
    }

    /// The edge of that kind from `source` to `target`.
    #[must_use]
    pub fn edge(&self, source: NodeIndex, kind: EdgeKind, target: NodeIndex) -> Option<EdgeIndex> {
        let range = row(&self.out_rows, source);
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
        let (ends, edge_kinds) = self.row(node, direction);
        for (end, kind) in ends.iter().zip(edge_kinds) {
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

fn count(rows: &mut [u32], node: u32) {
    if let Some(slot) = rows.get_mut(node as usize + 1) {
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
