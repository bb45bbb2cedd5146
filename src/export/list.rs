//! What a search finds and what statistics count, one JSON object for each.

use super::hit::{OutDocument, document};
use crate::graph::CitationGraph;
use crate::query::Match;
use serde::{Serialize, Serializer};

/// A document that a search has found, ready to be serialised.
#[derive(Clone, Copy, Debug)]
pub struct WireMatch<'g> {
    graph: &'g CitationGraph,
    found: Match,
}

impl<'g> WireMatch<'g> {
    /// Of a match of [`CitationGraph::search`].
    #[must_use]
    pub fn new(graph: &'g CitationGraph, found: Match) -> Self {
        Self { graph, found }
    }
}

#[derive(Serialize)]
struct OutMatch<'g> {
    how: &'static str,
    exact: bool,
    mentions: u32,
    document: Option<OutDocument<'g>>,
}

impl Serialize for WireMatch<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let found = self.graph.document(self.found.node);
        OutMatch {
            how: self.found.how.code(),
            exact: self.found.exact,
            mentions: found.map_or(0, |document| document.mentions),
            document: found.map(document),
        }
        .serialize(serializer)
    }
}

/// One number of [`crate::Statistics`] or of a ranking: the list it stands in, what is counted, how many.
///
/// ```
/// let json = serde_json::to_string(&viendan::WireCount::new("type", Some("nghi-dinh"), 3)).expect("plain data");
/// assert_eq!(json, r#"{"list":"type","name":"nghi-dinh","count":3}"#);
/// ```
#[derive(Clone, Copy, Debug, Serialize)]
pub struct WireCount<'n> {
    list: &'static str,
    name: Option<&'n str>,
    count: u64,
}

impl<'n> WireCount<'n> {
    /// Of a list, a name in it (none for what is not known) and a number.
    #[must_use]
    pub const fn new(list: &'static str, name: Option<&'n str>, count: u64) -> Self {
        Self { list, name, count }
    }

    /// The list it stands in.
    #[must_use]
    pub const fn list(&self) -> &'static str {
        self.list
    }

    /// What is counted.
    #[must_use]
    pub const fn name(&self) -> Option<&'n str> {
        self.name
    }

    /// How many.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.count
    }
}
