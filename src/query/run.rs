//! Evaluation over the frozen view: breadth first, each node once.

use super::Query;
use super::answer::{Answer, Hit, Reached};
use crate::corpus::CorpusDocument;
use crate::graph::{CitationGraph, EdgeKind, EdgeKinds};
use crate::model::PartialDate;
use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::NodeCount;

pub(super) fn run<'g>(query: &Query, graph: &'g CitationGraph) -> Answer<'g> {
    let mut answer = Answer {
        graph,
        start: query.node,
        direction: query.direction,
        hits: Vec::new(),
        reached: vec![Reached::NEVER; graph.frozen().node_count()],
        undated: 0,
    };
    let reached = reach(query, graph, &mut answer.reached);
    let bodies = query.issuers.iter().flat_map(|body| with_subordinates(graph, *body)).collect::<Vec<_>>();
    for hit in reached {
        let Some(document) = graph.document(hit.node) else { continue };
        if !query.doc_types.is_empty() && !document.doc_type.is_some_and(|doc_type| query.doc_types.contains(&doc_type))
        {
            continue;
        }
        if !query.issuers.is_empty()
            && !graph
                .frozen()
                .outgoing(hit.node)
                .any(|(_, kind, body)| kind == EdgeKind::IssuedBy && bodies.contains(&body))
        {
            continue;
        }
        if let Some(range) = &query.issued {
            match issued_in(document, *range.start(), *range.end()) {
                Some(true) => {}
                Some(false) => continue,
                None => {
                    answer.undated += 1;
                    continue;
                }
            }
        }
        answer.hits.push(hit);
    }
    answer
}

/// Every node within reach, nearest first.
fn reach(query: &Query, graph: &CitationGraph, reached: &mut [Reached]) -> Vec<Hit> {
    let kinds = query.kinds();
    let mut found: Vec<Hit> = Vec::new();
    let mut level = vec![query.node];
    let mut hops = 0;
    while !level.is_empty() && query.hops.is_none_or(|most| hops < most) {
        hops += 1;
        let mut next = Vec::new();
        for node in level {
            graph.frozen().each_neighbor(node, query.direction, kinds, |neighbor, kind| {
                if neighbor == query.node {
                    return;
                }
                if let Some(slot) = reached.get_mut(neighbor.index())
                    && slot.before == u32::MAX
                {
                    *slot = Reached { before: u32::try_from(node.index()).unwrap_or(u32::MAX), kind };
                    next.push(neighbor);
                }
            });
        }
        // nodes are numbered in the order of their keys
        next.sort_unstable();
        found.extend(next.iter().map(|node| Hit { node: *node, hops }));
        level = next;
    }
    found
}

/// A body and all below it.
fn with_subordinates(graph: &CitationGraph, body: NodeIndex) -> Vec<NodeIndex> {
    let kinds = EdgeKinds::NONE.with(EdgeKind::SubordinateTo);
    let mut all = vec![body];
    let mut next = 0;
    while let Some(node) = all.get(next).copied() {
        next += 1;
        graph.frozen().each_neighbor(node, Direction::Incoming, kinds, |lower, _| {
            if !all.contains(&lower) {
                all.push(lower);
            }
        });
    }
    all
}

/// Whether a document was issued in a range; none when its date does not say.
fn issued_in(document: &CorpusDocument, from: PartialDate, to: PartialDate) -> Option<bool> {
    let date = document.date.or(document.year.map(PartialDate::year))?;
    if date.last_day() < from.first_day() || date.first_day() > to.last_day() {
        Some(false)
    } else if date.first_day() >= from.first_day() && date.last_day() <= to.last_day() {
        Some(true)
    } else {
        None
    }
}
