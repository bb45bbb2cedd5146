//! Walks and queries beside petgraph's own algorithms, over random graphs: the same answers, found in another way.
#![expect(clippy::unwrap_used, reason = "a test stops where it finds something wrong")]

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use viendan::petgraph::Direction::{self, Incoming, Outgoing};
use viendan::petgraph::algo::{dijkstra, kosaraju_scc};
use viendan::petgraph::graph::{DiGraph, NodeIndex};
use viendan::petgraph::visit::{Bfs, EdgeRef as _, IntoEdgeReferences as _, IntoEdgesDirected as _, Reversed};
use viendan::{
    Answer, CitationGraph, Corpus, EdgeKind, EdgeKinds, Extractor, FrozenGraph, Hit, Metadata, Query, Relation, Walk,
};

fn config(cases: u32) -> ProptestConfig {
    let mut config = ProptestConfig::with_cases(cases);
    config.rng_seed = RngSeed::Fixed(2013);
    config.failure_persistence = None;
    config
}

const KINDS: [Relation; 3] = [Relation::BasedOn, Relation::Amends, Relation::Cites];

/// Nodes of a graph.
const NODES: u32 = 12;

/// Edges, some twice, some from a node to itself.
fn edges() -> impl Strategy<Value = Vec<(u32, EdgeKind, u32)>> {
    let kind = prop::sample::select(&KINDS[..]).prop_map(EdgeKind::Relation);
    prop::collection::vec((0..NODES, kind, 0..NODES), 0..40)
}

/// The same graph as petgraph has it, with the edges in the order in which they are numbered.
fn plain(edges: &[(u32, EdgeKind, u32)]) -> DiGraph<(), EdgeKind> {
    let mut graph = DiGraph::new();
    for _ in 0..NODES {
        graph.add_node(());
    }
    let sorted: BTreeSet<_> = edges.iter().map(|(source, kind, target)| (*source, *target, *kind)).collect();
    for (source, target, kind) in sorted {
        graph.add_edge(source.into(), target.into(), kind);
    }
    graph
}

/// How far each node is from a start, over edges of some kinds.
fn distances(
    graph: &DiGraph<(), EdgeKind>,
    start: NodeIndex,
    direction: Direction,
    kinds: EdgeKinds,
) -> BTreeMap<NodeIndex, u32> {
    let some = graph.filter_map(|_, ()| Some(()), |_, kind| kinds.contains(*kind).then_some(*kind));
    let mut found: BTreeMap<NodeIndex, u32> = match direction {
        Outgoing => dijkstra(&some, start, None, |_| 1).into_iter().collect(),
        Incoming => dijkstra(Reversed(&some), start, None, |_| 1).into_iter().collect(),
    };
    found.remove(&start);
    found
}

proptest! {
    #![proptest_config(config(500))]

    #[test]
    fn the_frozen_rows_are_the_graph(edges in edges()) {
        let (frozen, plain) = (FrozenGraph::from_edges(NODES, edges.iter().copied()), plain(&edges));
        let all = |edges: Vec<(NodeIndex, NodeIndex, EdgeKind, usize)>| edges.into_iter().collect::<BTreeSet<_>>();
        let ours = frozen.edge_references().map(|e| (e.source(), e.target(), *e.weight(), e.id().index())).collect();
        let theirs = plain.edge_references().map(|e| (e.source(), e.target(), *e.weight(), e.id().index())).collect();
        prop_assert_eq!(all(ours), all(theirs));
        for node in plain.node_indices() {
            for direction in [Outgoing, Incoming] {
                let ours: Vec<_> = (&frozen).edges_directed(node, direction).map(|e| (e.source(), e.target(), *e.weight(), e.id().index())).collect();
                let theirs = plain.edges_directed(node, direction).map(|e| (e.source(), e.target(), *e.weight(), e.id().index())).collect();
                prop_assert_eq!(ours.len(), frozen.degree(node, direction));
                prop_assert_eq!(all(ours), all(theirs));
            }
        }
        let groups = |mut groups: Vec<Vec<NodeIndex>>| {
            for group in &mut groups {
                group.sort_unstable();
            }
            groups.sort_unstable();
            groups
        };
        prop_assert_eq!(groups(kosaraju_scc(&frozen)), groups(kosaraju_scc(&plain)));
    }

    #[test]
    fn walks_reach_what_petgraph_reaches(
        edges in edges(), starts in prop::collection::vec(0..NODES, 1..6), incoming: bool, one_kind: bool, hops in prop::option::of(0..4_u32)
    ) {
        let (frozen, plain) = (FrozenGraph::from_edges(NODES, edges.iter().copied()), plain(&edges));
        let direction = if incoming { Incoming } else { Outgoing };
        let kinds = if one_kind { KINDS[..1].iter().copied().collect() } else { EdgeKinds::ALL };
        // one walk for all starts: what it keeps of the last must not show
        let mut walk = Walk::new();
        for start in starts.into_iter().map(NodeIndex::from) {
            let far = distances(&plain, start, direction, kinds);
            let reached = walk.closure(&frozen, start, direction, kinds, hops).to_vec();
            let wanted: BTreeSet<_> = far.iter().filter(|(_, far)| hops.is_none_or(|most| **far <= most)).map(|(node, _)| *node).collect();
            prop_assert!(reached.iter().map(|node| far[node]).is_sorted(), "nearest first");
            prop_assert_eq!(reached.len(), wanted.len(), "each once");
            prop_assert_eq!(reached.into_iter().collect::<BTreeSet<_>>(), wanted);
            let near = walk.nearest(&frozen, start, direction, kinds, 3).to_vec();
            let whole = walk.closure(&frozen, start, direction, kinds, None);
            prop_assert_eq!(&near[..], &whole[..whole.len().min(3)]);
        }
        // petgraph's own walker over the frozen rows
        let mut bfs = Bfs::new(&frozen, NodeIndex::new(0));
        let mut seen = BTreeSet::new();
        while let Some(node) = bfs.next(&frozen) {
            seen.insert(node);
        }
        let all = walk.closure(&frozen, NodeIndex::new(0), Outgoing, EdgeKinds::ALL, None);
        prop_assert_eq!(seen, all.iter().copied().chain([NodeIndex::new(0)]).collect());
    }
}

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

/// Circulars that amend one another, rest on one another or mention one another, in circles as it comes.
fn graph(edges: &[(u32, EdgeKind, u32)]) -> CitationGraph {
    let mut corpus = Corpus::new();
    for node in 0..NODES {
        let mut text = String::new();
        for (_, kind, target) in edges.iter().filter(|(source, _, target)| *source == node && target != source) {
            text.push_str(match kind {
                EdgeKind::Relation(Relation::BasedOn) => "Căn cứ",
                EdgeKind::Relation(Relation::Amends) => "Sửa đổi",
                _ => "Xem",
            });
            text.push_str(&format!(" Thông tư số {}/2014/TT-BTC.\n", target + 1));
        }
        let own = format!("{}/2014/TT-BTC", node + 1);
        let metadata = Metadata::default().symbol(&own).doc_type("thong-tu");
        corpus.add(&EXTRACTOR.extract_record(&text, Some(&own), &metadata).unwrap());
    }
    CitationGraph::from(&corpus)
}

/// The distances that petgraph finds between the documents of a graph.
fn far(graph: &CitationGraph, start: NodeIndex, kinds: EdgeKinds, way: Way) -> BTreeMap<NodeIndex, u32> {
    let mut plain = DiGraph::<(), ()>::new();
    for _ in graph.documents() {
        plain.add_node(());
    }
    for edge in graph.petgraph().edge_references().filter(|edge| kinds.contains(edge.weight().kind)) {
        if edge.target().index() < graph.documents().len() {
            let (source, target) = (edge.source(), edge.target());
            if way != Way::Incoming {
                plain.add_edge(source, target, ());
            }
            if way != Way::Outgoing {
                plain.add_edge(target, source, ());
            }
        }
    }
    dijkstra(&plain, start, None, |_| 1).into_iter().filter(|(node, _)| *node != start).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Incoming,
    Outgoing,
    Either,
}

/// The path of a hit leads, edge by edge, from one end to the other, and every edge is proved.
fn is_way(
    graph: &CitationGraph,
    answer: &Answer<'_>,
    hit: Hit,
    kinds: EdgeKinds,
    way: Way,
) -> Result<(), TestCaseError> {
    let path = answer.path(hit);
    prop_assert_eq!(path.len(), hit.hops as usize);
    let (mut at, end) = if way == Way::Incoming { (hit.node, answer.start()) } else { (answer.start(), hit.node) };
    for edge in path {
        let (source, target) = graph.petgraph().edge_endpoints(edge).unwrap();
        prop_assert!(kinds.contains(graph.petgraph()[edge].kind));
        prop_assert!(answer.evidence(edge).next().is_some());
        prop_assert!(
            at == source || way == Way::Either && at == target,
            "{at:?} is no end of {source:?} -> {target:?}"
        );
        at = if at == source { target } else { source };
    }
    prop_assert_eq!(at, end);
    Ok(())
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn queries_find_what_petgraph_finds(edges in edges(), start in 0..NODES, hops in 1..4_u32, goal in 0..NODES) {
        let graph = graph(&edges);
        let node = |number: u32| graph.find(&format!("{}/2014/TT-BTC", number + 1)).one().unwrap();
        let (start, goal) = (node(start), node(goal));
        for kinds in [&KINDS[..1], &KINDS[..]] {
            let set: EdgeKinds = kinds.iter().copied().collect();
            for (way, query) in [
                (Way::Incoming, Query::to(start)), (Way::Outgoing, Query::from(start)), (Way::Either, Query::around(start)),
            ] {
                let query = query.relations(kinds.iter().copied());
                let far = far(&graph, start, set, way);
                let all = query.clone().transitive().run(&graph);
                let found: BTreeMap<_, _> = all.hits().iter().map(|hit| (hit.node, hit.hops)).collect();
                prop_assert_eq!(&found, &far);
                prop_assert_eq!(found.len(), all.hits().len());
                let order: Vec<_> = all.hits().iter().map(|hit| (hit.hops, &graph.document(hit.node).unwrap().key)).collect();
                prop_assert!(order.is_sorted());
                for hit in all.hits() {
                    is_way(&graph, &all, *hit, set, way)?;
                }
                let near = query.clone().hops(hops).run(&graph);
                prop_assert_eq!(near.hits(), &all.hits()[..all.hits().iter().take_while(|hit| hit.hops <= hops).count()]);
                let one = query.path_to(goal).run(&graph);
                prop_assert_eq!(one.hits().first().map(|hit| hit.hops), far.get(&goal).copied());
                for hit in one.hits() {
                    is_way(&graph, &one, *hit, set, way)?;
                }
            }
        }
    }
}

#[test]
fn the_texts_of_these_graphs_say_their_edges() {
    let wanted = [(0, Relation::BasedOn, 1), (1, Relation::Amends, 2), (2, Relation::Cites, 0)];
    let edges = wanted.map(|(source, relation, target)| (source, EdgeKind::Relation(relation), target));
    let graph = graph(&edges);
    let node = |number: u32| graph.find(&format!("{}/2014/TT-BTC", number + 1)).one().unwrap();
    for (source, kind, target) in edges {
        assert!(graph.frozen().edge(node(source), kind, node(target)).is_some(), "{kind}");
    }
    let relations = graph.petgraph().edge_weights().filter(|edge| matches!(edge.kind, EdgeKind::Relation(_)));
    assert_eq!(relations.count(), wanted.len());
}
