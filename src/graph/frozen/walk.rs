//! Closures over the frozen rows.

use super::{EdgeKinds, FrozenGraph, number};
use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::NodeCount as _;
use std::ops::Range;

/// So many rows are asked for together.
const TOGETHER: usize = 32;

/// A walk, nearest first, over the edges of some kinds; its memory is kept for the next one.
///
/// What was seen is one bit a node, and only the bits that were set are cleared again: a walk costs what it
/// reaches, however large the graph is.
///
/// ```
/// use viendan::petgraph::{Direction, graph::NodeIndex};
/// use viendan::{EdgeKind, EdgeKinds, FrozenGraph, Relation, Walk};
/// let amends = EdgeKind::Relation(Relation::Amends);
/// let graph = FrozenGraph::from_edges(4, [(3, amends, 2), (2, amends, 1), (1, amends, 3), (1, amends, 0)]);
/// let mut walk = Walk::new();
/// // a circle is gone round once
/// let reached = walk.closure(&graph, NodeIndex::new(3), Direction::Outgoing, EdgeKinds::ALL, None);
/// assert_eq!(reached, [2, 1, 0].map(NodeIndex::new));
/// let near = walk.closure(&graph, NodeIndex::new(0), Direction::Incoming, EdgeKinds::ALL, Some(2));
/// assert_eq!(near, [1, 2].map(NodeIndex::new));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Walk {
    seen: Seen,
    reached: Vec<NodeIndex>,
}

/// One bit a node.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    bits: Vec<u64>,
}

impl Seen {
    /// Makes room for so many nodes; none of them is seen.
    pub(crate) fn fit(&mut self, nodes: usize) {
        let words = nodes.div_ceil(64);
        if self.bits.len() < words {
            // zeroed pages of the system cost nothing before they are touched
            self.bits = vec![0; words];
        }
    }

    /// True when it was not seen before; it is now. A node that is not there counts as seen.
    #[inline]
    pub(crate) fn insert(&mut self, node: NodeIndex) -> bool {
        let number = number(node);
        let Some(word) = self.bits.get_mut(number as usize / 64) else { return false };
        let bit = 1 << (number % 64);
        let new = *word & bit == 0;
        *word |= bit;
        new
    }

    /// True when it was seen.
    pub(crate) fn contains(&self, node: NodeIndex) -> bool {
        self.bits.get(node.index() / 64).is_some_and(|word| *word & (1 << (node.index() % 64)) != 0)
    }

    fn forget(&mut self, node: NodeIndex) {
        if let Some(word) = self.bits.get_mut(node.index() / 64) {
            *word = 0;
        }
    }
}

impl Walk {
    /// A walk that has been nowhere.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Every node that can be reached from `start`, without it, over edges of these kinds; over at most so many
    /// of them, where a number is given. Nearest first; each once.
    pub fn closure(
        &mut self,
        graph: &FrozenGraph,
        start: NodeIndex,
        direction: Direction,
        kinds: EdgeKinds,
        hops: Option<u32>,
    ) -> &[NodeIndex] {
        self.begin(graph, start);
        let (mut level, mut depth) = (0..self.reached.len(), 0);
        while !level.is_empty() && hops.is_none_or(|most| depth < most) {
            let mut place = level.start;
            while place < level.end {
                place += self.enter_some(graph, place..level.end, direction, kinds);
            }
            level = level.end..self.reached.len();
            depth += 1;
        }
        self.reached.get(1..).unwrap_or_default()
    }

    /// The first `most` of them, in the same order.
    ///
    /// ```
    /// use viendan::petgraph::{Direction, graph::NodeIndex};
    /// use viendan::{EdgeKind, EdgeKinds, FrozenGraph, Relation, Walk};
    /// let cites = EdgeKind::Relation(Relation::Cites);
    /// let graph = FrozenGraph::from_edges(4, [(0, cites, 3), (0, cites, 2), (2, cites, 1)]);
    /// let mut walk = Walk::new();
    /// let near = walk.nearest(&graph, NodeIndex::new(0), Direction::Outgoing, EdgeKinds::ALL, 2);
    /// assert_eq!(near, [2, 3].map(NodeIndex::new));
    /// ```
    pub fn nearest(
        &mut self,
        graph: &FrozenGraph,
        start: NodeIndex,
        direction: Direction,
        kinds: EdgeKinds,
        most: usize,
    ) -> &[NodeIndex] {
        self.begin(graph, start);
        let mut place = 0;
        while place < self.reached.len() && self.reached.len() <= most {
            self.enter_some(graph, place..place + 1, direction, kinds);
            place += 1;
        }
        self.reached.get(1..self.reached.len().min(most + 1)).unwrap_or_default()
    }

    /// Forgets the last walk. The start stands first while this one lasts, so that its bit is cleared with the others.
    fn begin(&mut self, graph: &FrozenGraph, start: NodeIndex) {
        self.seen.fit(graph.node_count());
        for node in self.reached.drain(..) {
            self.seen.forget(node);
        }
        if self.seen.insert(start) {
            self.reached.push(start);
        }
    }

    /// Adds the neighbours of the first few of those that were reached, and gives their number. Their rows lie far apart in
    /// memory: first all of these are asked for, so that the waits for them pass together.
    fn enter_some(
        &mut self,
        graph: &FrozenGraph,
        places: Range<usize>,
        direction: Direction,
        kinds: EdgeKinds,
    ) -> usize {
        let (rows, ends, edge_kinds) = graph.rows(direction);
        let some = self.reached.get(places).unwrap_or_default();
        let mut ranges = [const { 0..0 }; TOGETHER];
        let mut count = 0;
        for (range, node) in ranges.iter_mut().zip(some) {
            *range = super::row(rows, *node);
            count += 1;
        }
        for range in ranges.iter().take(count) {
            std::hint::black_box((ends.get(range.start).copied(), ends.get(range.end.wrapping_sub(1)).copied()));
        }
        for range in ranges.into_iter().take(count) {
            let ends = ends.get(range.clone()).unwrap_or_default();
            if kinds == EdgeKinds::ALL {
                for end in ends {
                    self.reach(*end);
                }
            } else {
                let edge_kinds = edge_kinds.get(range).unwrap_or_default();
                for (end, _) in ends.iter().zip(edge_kinds).filter(|(_, kind)| kinds.has(**kind)) {
                    self.reach(*end);
                }
            }
        }
        count
    }

    #[inline]
    fn reach(&mut self, end: u32) {
        let end = super::node_of(end);
        if self.seen.insert(end) {
            self.reached.push(end);
        }
    }
}
