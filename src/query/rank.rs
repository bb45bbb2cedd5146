//! Which documents are cited most, or cite most.

use super::filter::{Counts, Filter};
use crate::graph::{CitationGraph, EdgeKind, EdgeKinds};
use crate::model::{DocType, PartialDate, Relation};
use petgraph::Direction;
use petgraph::graph::NodeIndex;
use std::cmp::Reverse;
use std::ops::RangeInclusive;

/// A ranking of documents by the number of documents that are related to them.
///
/// ```
/// use viendan::{CitationGraph, Corpus, Extractor, Metadata, Ranking, Relation};
/// let extractor = Extractor::new();
/// let mut corpus = Corpus::new();
/// for (symbol, text) in [
///     ("1/2014/TT-BTC", "Căn cứ Nghị định số 60/2012/NĐ-CP; Căn cứ Nghị định số 8/2015/NĐ-CP;"),
///     ("2/2015/TT-BTC", "Căn cứ Nghị định số 60/2012/NĐ-CP;"),
/// ] {
///     corpus.add(&extractor.extract_record(text, Some(symbol), &Metadata::default().symbol(symbol))?);
/// }
/// let graph = CitationGraph::from(&corpus);
/// let most = Ranking::most_cited().relation(Relation::BasedOn).limit(1).run(&graph);
/// assert_eq!(graph.document(most[0].node).map(|d| d.label()).as_deref(), Some("Nghị định 60/2012/NĐ-CP"));
/// assert_eq!((most[0].documents, most[0].clauses), (2, 2));
/// # Ok::<(), viendan::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a ranking does nothing until `run`"]
pub struct Ranking {
    direction: Direction,
    kinds: EdgeKinds,
    filter: Filter,
    limit: usize,
}

/// A place in a ranking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ranked {
    /// The document.
    pub node: NodeIndex,
    /// How many documents are related to it; each counts once, however many relations it has.
    pub documents: u32,
    /// How many clauses say so.
    pub clauses: u32,
}

impl Ranking {
    fn new(direction: Direction) -> Self {
        Self { direction, kinds: EdgeKinds::NONE, filter: Filter::default(), limit: usize::MAX }
    }

    /// The documents to which most others point.
    pub fn most_cited() -> Self {
        Self::new(Direction::Incoming)
    }

    /// The documents that point to most others.
    pub fn most_citing() -> Self {
        Self::new(Direction::Outgoing)
    }

    /// Only by this relation; several calls allow several. Without any, every relation counts.
    pub fn relation(mut self, relation: Relation) -> Self {
        self.kinds = self.kinds.with(EdgeKind::Relation(relation));
        self
    }

    /// Only by these relations.
    pub fn relations(mut self, relations: impl IntoIterator<Item = Relation>) -> Self {
        self.kinds = relations.into_iter().collect();
        self
    }

    /// Ranks only documents of this type; several calls allow several.
    pub fn doc_type(mut self, doc_type: DocType) -> Self {
        self.filter.doc_types.push(doc_type);
        self
    }

    /// Ranks only documents of this body or of one below it; several calls allow several.
    pub fn issuer(mut self, body: NodeIndex) -> Self {
        self.filter.issuers.push(body);
        self
    }

    /// Ranks only documents issued in this range, as [`crate::Query::issued`]; what has no date is left out.
    pub fn issued(mut self, range: RangeInclusive<PartialDate>) -> Self {
        self.filter.issued = Some(range);
        self
    }

    /// No more places than this.
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    /// The documents with at least one relation, the most first, then in the order of their keys.
    #[must_use]
    pub fn run(&self, graph: &CitationGraph) -> Vec<Ranked> {
        let kinds = if self.kinds.is_empty() { Relation::ALL.iter().copied().collect() } else { self.kinds };
        let sieve = self.filter.over(graph);
        let documents = graph.documents().len();
        let mut ranked: Vec<(Reverse<u32>, NodeIndex)> = (0..documents)
            .map(NodeIndex::new)
            .filter_map(|node| {
                let (mut count, mut last) = (0, None);
                // sorted by the other end: the edges of one document stand together
                graph.frozen().each_neighbor(node, self.direction, kinds, |end, _| {
                    if end.index() < documents && last != Some(end) {
                        count += 1;
                        last = Some(end);
                    }
                });
                (count > 0 && sieve.counts(node) == Counts::Yes).then_some((Reverse(count), node))
            })
            .collect();
        ranked.sort_unstable();
        ranked.truncate(self.limit);
        ranked
            .into_iter()
            .map(|(Reverse(count), node)| Ranked { node, documents: count, clauses: self.clauses(graph, node, kinds) })
            .collect()
    }

    fn clauses(&self, graph: &CitationGraph, node: NodeIndex, kinds: EdgeKinds) -> u32 {
        let documents = graph.documents().len();
        let mut clauses = 0;
        graph.frozen().each_neighbor(node, self.direction, kinds, |end, kind| {
            let (source, target) = if self.direction == Direction::Outgoing { (node, end) } else { (end, node) };
            let edge = EdgeKind::from_index(kind).and_then(|kind| graph.frozen().edge(source, kind, target));
            let weight = edge.and_then(|edge| graph.petgraph().edge_weight(edge));
            clauses += weight.filter(|_| end.index() < documents).map_or(0, |weight| weight.weight());
        });
        clauses
    }
}
