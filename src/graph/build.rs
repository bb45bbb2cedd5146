//! From resolved documents and facts to nodes and edges.

use super::{CitationGraph, EdgeKind, FrozenGraph, GraphEdge, GraphNode, GraphProvision};
use crate::corpus::{Body, BodyRelation, CorpusDocument, CorpusText, EffectFact, Fact, Resolved};
use crate::model::{Key, Provision};
use foldhash::fast::FixedState;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::HashMap;

/// An edge before it is entered: ends, kind, and the fact that states it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Draft {
    source: u32,
    target: u32,
    kind: EdgeKind,
    fact: u32,
}

/// No fact: a table or key states the edge.
const TABLE: u32 = u32::MAX;

struct Builder {
    documents: Vec<CorpusDocument>,
    bodies: Vec<Body>,
    provisions: Vec<GraphProvision>,
    drafts: Vec<Draft>,
}

pub(super) fn build(resolved: Resolved) -> CitationGraph {
    let Resolved { documents, facts, bodies: links, conflicts, effects, texts } = resolved;
    let by_key: HashMap<u64, u32, FixedState> =
        documents.iter().enumerate().map(|(index, document)| (document.key.id(), number(index))).collect();
    let mut names: Vec<Body> = documents
        .iter()
        .flat_map(|document| &document.issuers)
        .chain(links.iter().flat_map(|link| [&link.source, &link.target]))
        .cloned()
        .collect();
    names.sort_by_cached_key(|body| (body.id(), body.name.clone()));
    names.dedup_by_key(|body| body.id());
    let mut builder = Builder { bodies: names, provisions: provisions(&facts, &by_key), documents, drafts: Vec::new() };
    builder.issued(&links);
    builder.held();
    builder.stated(&facts, &by_key);
    builder.finish(facts, effects, conflicts, texts, by_key)
}

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

fn find(by_key: &HashMap<u64, u32, FixedState>, key: &Key) -> Option<u32> {
    by_key.get(&key.id()).copied()
}

/// The provisions that facts name, with all that hold them, each once, outer before inner.
fn provisions(facts: &[Fact], by_key: &HashMap<u64, u32, FixedState>) -> Vec<GraphProvision> {
    let mut out: Vec<GraphProvision> = Vec::new();
    for fact in facts {
        let ends = [(&fact.target, &fact.provisions), (&fact.source, &fact.source_provisions)];
        for (key, paths) in ends {
            let Some(document) = find(by_key, key) else { continue };
            for path in paths {
                out.extend(path.outer().map(|path| GraphProvision { document, path }));
                out.push(GraphProvision { document, path: path.clone() });
            }
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

impl Builder {
    fn first_body(&self) -> usize {
        self.documents.len()
    }

    fn first_provision(&self) -> usize {
        self.first_body() + self.bodies.len()
    }

    fn provision(&self, document: u32, path: &Provision) -> Option<u32> {
        let wanted = (document, path);
        let index = self.provisions.binary_search_by(|known| (known.document, &known.path).cmp(&wanted)).ok()?;
        Some(number(self.first_provision() + index))
    }

    fn draft(&mut self, source: u32, kind: EdgeKind, target: u32, fact: u32) {
        self.drafts.push(Draft { source, target, kind, fact });
    }

    /// Documents to their issuers, bodies to bodies.
    fn issued(&mut self, links: &[crate::corpus::BodyLink]) {
        let first = self.first_body();
        let nodes: HashMap<String, u32, FixedState> =
            self.bodies.iter().enumerate().map(|(index, body)| (body.id(), number(first + index))).collect();
        let mut drafts = Vec::new();
        for (index, document) in self.documents.iter().enumerate() {
            for body in &document.issuers {
                drafts.extend(nodes.get(&body.id()).map(|body| (number(index), EdgeKind::IssuedBy, *body)));
            }
        }
        for link in links {
            let kind = match link.relation {
                BodyRelation::SubordinateTo => EdgeKind::SubordinateTo,
                BodyRelation::Succeeds => EdgeKind::Succeeds,
            };
            drafts.extend(
                nodes
                    .get(&link.source.id())
                    .zip(nodes.get(&link.target.id()))
                    .map(|(source, target)| (*source, kind, *target)),
            );
        }
        for (source, kind, target) in drafts {
            self.draft(source, kind, target, TABLE);
        }
    }

    /// Provisions to what holds them.
    fn held(&mut self) {
        let first = self.first_provision();
        let links: Vec<(u32, u32)> = self
            .provisions
            .iter()
            .enumerate()
            .filter_map(|(index, provision)| {
                let holder = match provision.path.outer().last() {
                    Some(outer) => self.provision(provision.document, &outer)?,
                    None => provision.document,
                };
                Some((number(first + index), holder))
            })
            .collect();
        for (source, target) in links {
            self.draft(source, EdgeKind::PartOf, target, TABLE);
        }
    }

    /// What the texts state: document to document, and to each provision that is named.
    fn stated(&mut self, facts: &[Fact], by_key: &HashMap<u64, u32, FixedState>) {
        for (index, fact) in facts.iter().enumerate() {
            let Some((source, target)) = find(by_key, &fact.source).zip(find(by_key, &fact.target)) else { continue };
            let kind = EdgeKind::Relation(fact.relation);
            self.draft(source, kind, target, number(index));
            for path in &fact.provisions {
                if let Some(provision) = self.provision(target, path) {
                    self.draft(source, kind, provision, number(index));
                }
            }
        }
    }

    fn finish(
        mut self,
        facts: Vec<Fact>,
        effects: Vec<EffectFact>,
        conflicts: Vec<crate::corpus::Conflict>,
        texts: Vec<CorpusText>,
        by_key: HashMap<u64, u32, FixedState>,
    ) -> CitationGraph {
        self.drafts.sort_unstable();
        self.drafts.dedup();
        let mut graph = DiGraph::with_capacity(self.first_provision() + self.provisions.len(), self.drafts.len());
        for index in 0..self.documents.len() {
            graph.add_node(GraphNode::Document(number(index)));
        }
        for index in 0..self.bodies.len() {
            graph.add_node(GraphNode::Issuer(number(index)));
        }
        for index in 0..self.provisions.len() {
            graph.add_node(GraphNode::Provision(number(index)));
        }
        let mut evidence = Vec::with_capacity(facts.len());
        // one edge for each pair and kind; drafts are sorted, so its facts stand together
        for group in self.drafts.chunk_by(|a, b| (a.source, a.target, a.kind) == (b.source, b.target, b.kind)) {
            let Some(draft) = group.first() else { continue };
            let first = number(evidence.len());
            evidence.extend(group.iter().map(|draft| draft.fact).filter(|fact| *fact != TABLE));
            let edge = GraphEdge { kind: draft.kind, first, count: number(evidence.len()) - first };
            graph.add_edge(NodeIndex::new(draft.source as usize), NodeIndex::new(draft.target as usize), edge);
        }
        let frozen = FrozenGraph::new(&graph);
        CitationGraph {
            graph,
            frozen,
            documents: self.documents,
            bodies: self.bodies,
            provisions: self.provisions,
            facts,
            effects,
            evidence,
            conflicts,
            texts,
            by_key,
        }
    }
}
