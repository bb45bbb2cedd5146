//! Opens a store and measures questions in process; `scripts/bench-store` reads what it prints.
//!
//! ```sh
//! cargo run --release --features store --example ask -- archive.viendan
//! ```
#![expect(clippy::print_stdout, reason = "it says what it measured")]

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use viendan::petgraph::Direction::Incoming;
use viendan::petgraph::graph::NodeIndex;
use viendan::petgraph::visit::{Bfs, Reversed};
use viendan::{CitationGraph, EdgeKinds, Query, Ranking, Store, Walk};

/// The best of so many rounds counts.
const ROUNDS: usize = 7;

fn main() -> ExitCode {
    match std::env::args_os().nth(1).map(|path| ask(path.as_ref())) {
        Some(Ok(())) => ExitCode::SUCCESS,
        Some(Err(error)) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
        None => {
            eprintln!("ask STORE");
            ExitCode::from(2)
        }
    }
}

fn ask(path: &std::path::Path) -> Result<(), viendan::Error> {
    let start = Instant::now();
    let graph = Store::open(path)?.graph()?;
    println!("load_s {:.3}", start.elapsed().as_secs_f64());
    println!("memory_mb {:.0}", memory());
    println!("documents {}", graph.documents().len());
    println!("edges {}", graph.frozen().edge_count());
    // a document cited like many, one cited by most, and the one on which most rest over any number of steps
    let cited = Ranking::most_cited().run(&graph);
    let middle = cited.get(cited.len() / 100).map_or(NodeIndex::new(0), |ranked| ranked.node);
    let most = cited.first().map_or(NodeIndex::new(0), |ranked| ranked.node);
    let (hop, hits) = best(|| Query::to(middle).run(&graph).hits().len());
    println!("hop_nodes {hits}");
    println!("hop_ms {:.4}", ms(hop));
    let (hop, hits) = best(|| Query::to(most).run(&graph).hits().len());
    println!("widest_hop_nodes {hits}");
    println!("widest_hop_ms {:.4}", ms(hop));
    let (closure, hits) = best(|| Query::to(most).transitive().run(&graph).hits().len());
    println!("closure_nodes {hits}");
    println!("closure_ms {:.3}", ms(closure));
    beside(&graph, most);
    Ok(())
}

/// The bare walk beside petgraph's over the same graph, turn and turn about: other programs on the machine disturb both alike.
fn beside(graph: &CitationGraph, most: NodeIndex) {
    let public = graph.petgraph();
    let mut walk = Walk::new();
    let (mut frozen, mut plain) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        let (time, ours) = timed(|| walk.closure(graph.frozen(), most, Incoming, EdgeKinds::ALL, None).len());
        frozen = frozen.min(time);
        let (time, theirs) = timed(|| {
            let mut bfs = Bfs::new(Reversed(public), most);
            let mut count = 0;
            while bfs.next(Reversed(public)).is_some() {
                count += 1;
            }
            count - 1
        });
        plain = plain.min(time);
        assert_eq!(ours, theirs, "the figures of two different answers cannot be compared");
    }
    println!("frozen_ms {:.3}", ms(frozen));
    println!("petgraph_ms {:.3}", ms(plain));
    println!("frozen_times {:.1}", ms(plain) / ms(frozen));
}

/// How long a piece of work takes, and what it counted.
fn timed(mut work: impl FnMut() -> usize) -> (Duration, usize) {
    let start = Instant::now();
    let counted = black_box(work());
    (start.elapsed(), counted)
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The time of the best round and what it counted; all rounds must count the same.
fn best(mut work: impl FnMut() -> usize) -> (Duration, usize) {
    let mut best: Option<(Duration, usize)> = None;
    for _ in 0..ROUNDS {
        let (time, counted) = timed(&mut work);
        assert!(best.is_none_or(|(_, before)| before == counted), "two rounds give two answers");
        best = Some((best.map_or(time, |(least, _)| least.min(time)), counted));
    }
    best.unwrap_or_default()
}

/// The most memory that this process had, in MB; 0 where the system does not tell.
fn memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<f64>().map_or(0.0, |kilobytes| kilobytes / 1e3)
}
