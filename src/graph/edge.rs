//! Edges.

use crate::model::Relation;
use std::fmt;
use std::ops::Range;

/// What an edge says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum EdgeKind {
    /// A relation of two documents, or of a document and a provision of another.
    Relation(Relation),
    /// A document to the body that issued it.
    IssuedBy,
    /// A provision to the provision or document that holds it.
    PartOf,
    /// A body to the body above it.
    SubordinateTo,
    /// A body to the one whose place it took.
    Succeeds,
}

impl EdgeKind {
    /// The kinds that only the graph has.
    const OTHERS: [Self; 4] = [Self::IssuedBy, Self::PartOf, Self::SubordinateTo, Self::Succeeds];

    /// Every kind by its number.
    const ALL: &'static [Self] = &Self::numbered();

    /// Every kind: the relations in their order, then those that only the graph has.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied()
    }

    #[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, which checks it")]
    const fn numbered() -> [Self; Relation::COUNT as usize + Self::OTHERS.len()] {
        let mut all = [Self::Succeeds; Relation::COUNT as usize + Self::OTHERS.len()];
        let mut index = 0;
        while index < all.len() {
            all[index] = if index < Relation::ALL.len() {
                Self::Relation(Relation::ALL[index])
            } else {
                Self::OTHERS[index - Relation::ALL.len()]
            };
            index += 1;
        }
        all
    }

    /// The code used on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Relation(relation) => relation.code(),
            Self::IssuedBy => "issued_by",
            Self::PartOf => "part_of",
            Self::SubordinateTo => "subordinate_to",
            Self::Succeeds => "succeeds",
        }
    }

    /// The kind of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::all().find(|kind| kind.code() == code)
    }

    /// A number for compact storage; the position in [`Self::all`].
    #[must_use]
    pub const fn index(self) -> u8 {
        let after = Relation::COUNT;
        match self {
            Self::Relation(relation) => relation as u8,
            Self::IssuedBy => after,
            Self::PartOf => after + 1,
            Self::SubordinateTo => after + 2,
            Self::Succeeds => after + 3,
        }
    }

    /// The kind of a number.
    #[must_use]
    pub fn from_index(index: u8) -> Option<Self> {
        Self::of_index(index).copied()
    }

    /// The same, as a weight that can be borrowed.
    pub(super) fn of_index(index: u8) -> Option<&'static Self> {
        Self::ALL.get(usize::from(index))
    }
}

impl From<Relation> for EdgeKind {
    fn from(relation: Relation) -> Self {
        Self::Relation(relation)
    }
}

impl fmt::Display for EdgeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

/// The weight of an edge: what it says, and where its evidence is listed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct GraphEdge {
    /// What it says.
    pub kind: EdgeKind,
    /// First entry and number of entries of the evidence list.
    pub(super) first: u32,
    pub(super) count: u32,
}

impl GraphEdge {
    /// Number of clauses that state it; 0 for what a table or key states.
    #[must_use]
    pub const fn weight(self) -> u32 {
        self.count
    }

    pub(super) const fn range(self) -> Range<usize> {
        self.first as usize..(self.first + self.count) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::EdgeKind;

    #[test]
    fn kinds_have_one_code_and_one_number() {
        for (index, kind) in EdgeKind::all().enumerate() {
            assert_eq!(usize::from(kind.index()), index);
            assert_eq!(EdgeKind::from_index(kind.index()), Some(kind));
            assert_eq!(EdgeKind::from_code(kind.code()), Some(kind));
        }
    }
}
