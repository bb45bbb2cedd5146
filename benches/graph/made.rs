//! A made graph: a later document cites earlier ones, a few of which are cited by very many.

use std::collections::HashSet;
use viendan::petgraph::graph::NodeIndex;

/// Edges of a document, in the mean.
const EDGES: u32 = 8;

pub(crate) struct Made {
    /// Sorted by source and target, each once.
    pub edges: Vec<(u32, u32)>,
    pub newest: NodeIndex,
    pub oldest: NodeIndex,
    /// Nodes in the order in which their texts are read.
    order: Vec<u32>,
}

/// Numbers that are the same in every run (xorshift64*).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// Below `end`.
    pub(crate) fn below(&mut self, end: u32) -> u32 {
        u32::try_from((u128::from(self.next()) * u128::from(end)) >> 64).unwrap()
    }

    /// From 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// An earlier one than `at`. The n-th is drawn as often as 1/√n says: the power law of networks in which what is
    /// cited is cited again.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 ≤ the product < at")]
    pub(crate) fn earlier(&mut self, at: u32) -> u32 {
        ((f64::from(at) * self.unit().powi(2)) as u32).min(at - 1)
    }

    fn shuffle(&mut self, list: &mut [u32]) {
        for end in (1..list.len()).rev() {
            list.swap(end, self.below(u32::try_from(end + 1).unwrap()) as usize);
        }
    }
}

impl Made {
    pub(crate) fn new(nodes: u32) -> Self {
        let mut dice = Dice::new(0x5EED);
        // documents are numbered by their keys, not by their age
        let mut number: Vec<u32> = (0..nodes).collect();
        dice.shuffle(&mut number);
        let mut edges = Vec::with_capacity((nodes * EDGES) as usize);
        for at in 1..nodes {
            let wanted = 1 + dice.below(2 * EDGES - 1);
            edges.extend((0..wanted).map(|_| (number[at as usize], number[dice.earlier(at) as usize])));
        }
        edges.sort_unstable();
        edges.dedup();
        let (oldest, newest) = (number[0].into(), number[nodes as usize - 1].into());
        let mut order: Vec<u32> = (0..nodes).collect();
        dice.shuffle(&mut order);
        Self { edges, newest, oldest, order }
    }

    /// The same edges as mentions come: text after text in no order, and those of one text together.
    pub(crate) fn mentioned(&self) -> Vec<(u32, u32)> {
        let mut rows: Vec<&[(u32, u32)]> = self.edges.chunk_by(|one, other| one.0 == other.0).collect();
        let mut place = vec![0; self.order.len()];
        for (at, node) in self.order.iter().enumerate() {
            place[*node as usize] = at;
        }
        rows.sort_unstable_by_key(|row| place[row[0].0 as usize]);
        let mentioned = rows.concat();
        assert_eq!(mentioned.iter().collect::<HashSet<_>>().len(), self.edges.len());
        mentioned
    }

    /// Some nodes, spread over all.
    pub(crate) fn starts(&self, count: u32) -> Vec<NodeIndex> {
        self.order.iter().take(count as usize).map(|node| (*node).into()).collect()
    }

    pub(crate) fn every_tenth(&self) -> impl Iterator<Item = NodeIndex> {
        self.order.iter().step_by(10).map(|node| (*node).into())
    }
}
