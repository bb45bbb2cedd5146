//! Walks over the frozen view beside petgraph's `Bfs` over the same graph, and queries in process. `cargo bench`
//! runs it; see `benches/README.md`.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a benchmark says what it measured, or stops"
)]

#[path = "graph/archive.rs"]
mod archive;
#[path = "graph/made.rs"]
mod made;
#[path = "support/memory.rs"]
mod memory;

use made::Made;
use std::hint::black_box;
use std::time::{Duration, Instant};
use viendan::petgraph::Direction::{Incoming, Outgoing};
use viendan::petgraph::graph::{DiGraph, NodeIndex};
use viendan::petgraph::visit::{Bfs, Reversed};
use viendan::{CitationGraph, EdgeKind, EdgeKinds, FrozenGraph, GraphEdge, GraphNode, Query, Ranking, Relation, Walk};

/// Nodes of the graphs that are walked; eight edges each.
const SIZES: [u32; 3] = [62_500, 250_000, 1_000_000];

/// A bounded walk ends when it has so many nodes.
const BOUND: usize = 1000;

/// Starts of bounded walks and of hops.
const STARTS: u32 = 64;

/// Rounds of each case; the best counts.
const ROUNDS: usize = 7;

/// Texts of the archive whose graph is asked.
const TEXTS: u32 = 150_000;

/// The public graph of the crate has weights of 8 and 12 bytes.
type Plain = DiGraph<u64, [u32; 3]>;

fn main() {
    for nodes in SIZES {
        walks(nodes);
    }
    queries();
}

/// The time of one round and what it counted; the best of several rounds, which must count the same.
fn best(mut work: impl FnMut() -> usize) -> (Duration, usize) {
    let mut all = Vec::new();
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let counted = black_box(work());
        all.push((start.elapsed(), counted));
    }
    let counted = all[0].1;
    assert!(all.iter().all(|(_, other)| *other == counted), "two rounds give two answers");
    (all.iter().map(|(time, _)| *time).min().unwrap(), counted)
}

/// One line: petgraph's time, ours, their ratio. Both must count the same.
fn line(what: &str, petgraph: (Duration, usize), ours: (Duration, usize)) {
    assert_eq!(petgraph.1, ours.1, "{what}: the figures of two different answers cannot be compared");
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    println!(
        "  {what:<44} {:>9} found  petgraph {:>9.3} ms  frozen {:>8.3} ms  {:>5.1} ×",
        ours.1,
        ms(petgraph.0),
        ms(ours.0),
        petgraph.0.as_secs_f64() / ours.0.as_secs_f64()
    );
}

fn walks(nodes: u32) {
    let made = Made::new(nodes);
    let kind = EdgeKind::Relation(Relation::BasedOn);
    let frozen = FrozenGraph::from_edges(nodes, made.edges.iter().map(|(source, target)| (*source, kind, *target)));
    assert_eq!(frozen.edge_count(), made.edges.len());
    println!("{nodes} nodes, {} edges", made.edges.len());
    for (order, edges) in [("mention order", &made.mentioned()), ("by source", &made.edges)] {
        println!("  petgraph's edges in {order}");
        let given = || edges.iter().map(|(source, target)| (*source, kind, *target));
        line(
            "building",
            best(|| plain(nodes, edges).edge_count()),
            best(|| FrozenGraph::from_edges(nodes, given()).edge_count()),
        );
        compare(&plain(nodes, edges), &frozen, &made);
    }
}

fn plain(nodes: u32, edges: &[(u32, u32)]) -> Plain {
    let mut plain = Plain::with_capacity(nodes as usize, edges.len());
    for node in 0..nodes {
        plain.add_node(u64::from(node));
    }
    for (source, target) in edges {
        plain.add_edge((*source).into(), (*target).into(), [0; 3]);
    }
    plain
}

/// Full closures both ways, bounded ones, and single hops.
fn compare(plain: &Plain, frozen: &FrozenGraph, made: &Made) {
    let mut walk = Walk::new();
    let newest = best(|| {
        let mut bfs = Bfs::new(plain, made.newest);
        let mut count = 0;
        while bfs.next(plain).is_some() {
            count += 1;
        }
        count - 1
    });
    line(
        "all that the newest rests on",
        newest,
        best(|| walk.closure(frozen, made.newest, Outgoing, EdgeKinds::ALL, None).len()),
    );
    let oldest = best(|| {
        let mut bfs = Bfs::new(Reversed(plain), made.oldest);
        let mut count = 0;
        while bfs.next(Reversed(plain)).is_some() {
            count += 1;
        }
        count - 1
    });
    line(
        "all that rests on the oldest",
        oldest,
        best(|| walk.closure(frozen, made.oldest, Incoming, EdgeKinds::ALL, None).len()),
    );
    let based_on = EdgeKinds::NONE.with(EdgeKind::Relation(Relation::BasedOn));
    line("the same, by kind", oldest, best(|| walk.closure(frozen, made.oldest, Incoming, based_on, None).len()));
    let starts: Vec<NodeIndex> = made.starts(STARTS);
    let bounded = best(|| {
        let mut count = 0;
        let mut bfs = Bfs::new(plain, made.newest);
        for start in &starts {
            // the map is cleared, not made anew
            bfs.stack.clear();
            bfs.discovered.clear();
            bfs.stack.push_back(*start);
            bfs.discovered.insert(start.index());
            for _ in 0..BOUND {
                count += usize::from(bfs.next(plain).is_some());
            }
        }
        count
    });
    line(
        &format!("{STARTS} closures of up to {BOUND} nodes"),
        bounded,
        best(|| {
            let mut count = 0;
            for start in &starts {
                count += 1 + walk.nearest(frozen, *start, Outgoing, EdgeKinds::ALL, BOUND - 1).len();
            }
            count
        }),
    );
    for (what, direction) in [("out", Outgoing), ("in", Incoming)] {
        let hop = best(|| made.every_tenth().flat_map(|node| plain.neighbors_directed(node, direction)).count());
        let row = |node| viendan::petgraph::visit::IntoNeighborsDirected::neighbors_directed(frozen, node, direction);
        let ours = best(|| made.every_tenth().flat_map(row).count());
        line(&format!("one hop {what} of every tenth node"), hop, ours);
    }
}

/// Bytes of a node and an edge: of the frozen view, of petgraph's graph, and of all that is known of them.
fn memory_of(graph: &CitationGraph, grown: Option<usize>) {
    let (nodes, edges) = (graph.petgraph().node_count(), graph.petgraph().edge_count());
    let word = size_of::<u32>();
    println!(
        "  frozen view: {} bytes a node, {} an edge; petgraph: {} a node, {} an edge",
        2 * word,
        2 * (word + 1),
        size_of::<GraphNode>() + 2 * word,
        size_of::<GraphEdge>() + 4 * word,
    );
    if let Some(bytes) = grown {
        let of_rows = nodes * 2 * word + edges * 2 * (word + 1);
        let of_petgraph = nodes * (size_of::<GraphNode>() + 2 * word) + edges * (size_of::<GraphEdge>() + 4 * word);
        println!(
            "  documents, issuers and facts with their words: {} bytes in memory, {} of them for the frozen view and {} for petgraph: {} a document in all",
            bytes,
            of_rows,
            of_petgraph,
            bytes / graph.documents().len().max(1)
        );
    }
}

/// Questions to the graph of an archive, through the public interface, in process.
fn queries() {
    let start = Instant::now();
    let corpus = archive::read(TEXTS);
    let (graph, grown) = memory::grown(|| CitationGraph::from(&corpus));
    drop(corpus);
    let (documents, edges) = (graph.documents().len(), graph.frozen().edge_count());
    println!(
        "archive of {TEXTS} texts: {documents} documents, {edges} edges, read and built in {:.1} s",
        start.elapsed().as_secs_f64()
    );
    memory_of(&graph, grown);
    let told = |what: &str, target: &str, (time, count): (Duration, usize)| {
        println!("  {what:<44} {count:>9} hits   {:>8.3} ms{target}", time.as_secs_f64() * 1e3);
        count
    };
    let root = graph.find(&archive::symbol(0)).one().unwrap();
    let one_hop =
        told("one hop to the most cited", "  (wanted: < 5)", best(|| Query::to(root).run(&graph).hits().len()));
    let cited = Ranking::most_cited().limit(1).run(&graph)[0];
    assert_eq!((cited.node, cited.documents as usize), (root, one_hop));
    let last = graph.find(&archive::symbol(TEXTS - 1)).one().unwrap();
    let out = told("one hop from the newest", "  (wanted: < 5)", best(|| Query::from(last).run(&graph).hits().len()));
    assert!(out > 0);
    let all = best(|| Query::to(root).transitive().run(&graph).hits().len());
    let all = told("closure", "  (wanted: < 50 for 100,000)", all);
    assert!(all >= 100_000, "a closure of {all}");
    let path = best(|| Query::from(last).path_to(root).run(&graph).hits().len());
    assert_eq!(told("shortest path from the newest to it", "", path), 1);
    told(
        "ranking of all by relation",
        "",
        best(|| Ranking::most_cited().relation(Relation::BasedOn).run(&graph).len()),
    );
}
