//! The citation graph: documents, named works, issuers and provisions as nodes, typed edges with their evidence.

mod build;
mod edge;
mod frozen;
mod node;

pub use edge::{EdgeKind, GraphEdge};
pub(crate) use frozen::Seen;
pub use frozen::{EdgeKinds, EdgeReference, Edges, FrozenGraph, Walk};
pub use node::{GraphNode, GraphProvision};

use crate::corpus::{Body, Conflict, Corpus, CorpusDocument, CorpusText, EffectFact, Fact, Resolved};
use crate::model::Key;
use foldhash::fast::FixedState;
use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use std::collections::HashMap;

/// Documents and how they depend on each other, each edge with the words that prove it.
///
/// ```
/// use viendan::{CitationGraph, Corpus, Extractor, Key};
/// let extractor = Extractor::new();
/// let mut corpus = Corpus::new();
/// corpus.add(&extractor.extract("Thực hiện Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ")?);
/// let graph = CitationGraph::from(&corpus);
/// let decree = graph.node("vn:nghi-dinh:30/2020:cp").expect("it is cited");
/// let (kind, source) = graph.frozen().incoming(decree).next().expect("by one text");
/// assert_eq!(kind.code(), "implements");
/// let edge = graph.frozen().edge(source, kind, decree).expect("it is there");
/// let fact = graph.evidence(edge).next().expect("with its words");
/// assert_eq!(&*fact.evidence.words, "Thực hiện Nghị định số 30/2020/NĐ-CP ngày 05/3/2020");
/// # Ok::<(), viendan::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct CitationGraph {
    graph: DiGraph<GraphNode, GraphEdge>,
    frozen: FrozenGraph,
    documents: Vec<CorpusDocument>,
    bodies: Vec<Body>,
    provisions: Vec<GraphProvision>,
    facts: Vec<Fact>,
    /// Sorted by document.
    effects: Vec<EffectFact>,
    /// Fact numbers, by edge.
    evidence: Vec<u32>,
    conflicts: Vec<Conflict>,
    texts: Vec<CorpusText>,
    by_key: HashMap<u64, u32, FixedState>,
}

impl From<Resolved> for CitationGraph {
    fn from(resolved: Resolved) -> Self {
        build::build(resolved)
    }
}

impl From<&Corpus> for CitationGraph {
    fn from(corpus: &Corpus) -> Self {
        Self::from(corpus.resolve())
    }
}

impl CitationGraph {
    /// The graph itself, for petgraph's algorithms. Edges are sorted by source, target and kind.
    #[must_use]
    pub fn petgraph(&self) -> &DiGraph<GraphNode, GraphEdge> {
        &self.graph
    }

    /// The same graph as compressed rows in both directions, for traversals.
    #[must_use]
    pub fn frozen(&self) -> &FrozenGraph {
        &self.frozen
    }

    /// The node of the document with this key.
    #[must_use]
    pub fn node(&self, key: &str) -> Option<NodeIndex> {
        let index = *self.by_key.get(&Key::id_of(key))?;
        (self.documents.get(index as usize)?.key.as_str() == key).then(|| NodeIndex::new(index as usize))
    }

    /// The facts that prove an edge, in the order of their texts' names; none for what a table states.
    pub fn evidence(&self, edge: EdgeIndex) -> impl Iterator<Item = &Fact> {
        let range = self.graph.edge_weight(edge).map_or(0..0, |edge| edge.range());
        self.evidence.get(range).unwrap_or_default().iter().filter_map(|fact| self.facts.get(*fact as usize))
    }

    /// All facts.
    #[must_use]
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// What the texts say of the times of effect, sorted by document.
    #[must_use]
    pub fn effects(&self) -> &[EffectFact] {
        &self.effects
    }

    /// What the texts say of the time of effect of one document.
    #[must_use]
    pub fn effects_of(&self, key: &Key) -> &[EffectFact] {
        let first = self.effects.partition_point(|effect| effect.document < *key);
        let last = self.effects.partition_point(|effect| effect.document <= *key);
        self.effects.get(first..last).unwrap_or_default()
    }

    /// What the texts disagree on.
    #[must_use]
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    /// The texts that were read, in the order of their names, with the doubts of each and the mentions that mean no
    /// one document.
    #[must_use]
    pub fn texts(&self) -> &[CorpusText] {
        &self.texts
    }
}
