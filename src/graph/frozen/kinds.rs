//! Sets of edge kinds.

use super::EdgeReference;
use crate::graph::EdgeKind;
use petgraph::visit::FilterEdge;

/// A set of edge kinds.
///
/// ```
/// use viendan::{EdgeKind, EdgeKinds, Relation};
/// let changes: EdgeKinds = [Relation::Amends, Relation::Replaces].into_iter().collect();
/// assert!(changes.contains(EdgeKind::Relation(Relation::Amends)));
/// assert!(!changes.with(EdgeKind::PartOf).contains(EdgeKind::IssuedBy));
/// ```
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

    /// The same for the number of a kind.
    pub(super) const fn has(self, index: u8) -> bool {
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

/// A set of kinds says which edges of a frozen graph petgraph's `EdgeFiltered` shows.
impl FilterEdge<EdgeReference<'_>> for EdgeKinds {
    fn include_edge(&self, edge: EdgeReference<'_>) -> bool {
        self.contains(*petgraph::visit::EdgeRef::weight(&edge))
    }
}
