//! Evaluation over the frozen view: breadth first, each document once.

use super::Query;
use super::answer::{Answer, Hit, Step};
use super::filter::Counts;
use super::provision::touches;
use crate::corpus::Fact;
use crate::graph::{CitationGraph, EdgeKind, Seen};
use crate::model::Provision;
use petgraph::Direction;
use petgraph::graph::NodeIndex;

pub(super) fn run<'g>(query: &Query, graph: &'g CitationGraph) -> Answer<'g> {
    let mut answer =
        Answer { graph, query: query.clone(), hits: Vec::new(), steps: Vec::new(), undated: 0, unknown: 0 };
    let levels = reach(query, graph, &mut answer.steps);
    let sieve = query.filter.over(graph);
    let (mut level, mut hops) = (levels.iter(), 0);
    let mut end = 0;
    for (place, step) in answer.steps.iter().enumerate() {
        while place >= end {
            let Some(next) = level.next() else { break };
            (end, hops) = (*next, hops + 1);
        }
        if query.goal.is_some_and(|goal| goal != step.node) {
            continue;
        }
        match sieve.counts(step.node) {
            Counts::Yes => {
                answer.hits.push(Hit { node: step.node, hops, step: u32::try_from(place).unwrap_or(Step::START) });
            }
            Counts::No => {}
            Counts::Undated => answer.undated += 1,
            Counts::Unknown => answer.unknown += 1,
        }
    }
    answer
}

/// Every document within reach, nearest first, then in the order of keys; gives the ends of the levels.
fn reach(query: &Query, graph: &CitationGraph, steps: &mut Vec<Step>) -> Vec<usize> {
    let documents = graph.documents().len();
    let kinds = query.kinds();
    let provisions = !query.target_provisions.is_empty() || !query.source_provisions.is_empty();
    let sides = [(Direction::Incoming, query.incoming), (Direction::Outgoing, query.outgoing)];
    let mut seen = Seen::default();
    seen.fit(documents);
    seen.insert(query.node);
    let mut ends = Vec::new();
    let mut level = 0..0;
    while query.hops.is_none_or(|most| u32::try_from(ends.len()).is_ok_and(|hops| hops < most)) {
        let first = ends.is_empty();
        let from = steps.len();
        // the document asked about on the first round, then what the last one reached
        for place in if first { 0..1 } else { level.clone() } {
            let (node, before) = match steps.get(place).filter(|_| !first) {
                Some(step) => (step.node, u32::try_from(place).unwrap_or(Step::START)),
                None => (query.node, Step::START),
            };
            for direction in sides.iter().filter_map(|(direction, asked)| asked.then_some(*direction)) {
                graph.frozen().each_neighbor(node, direction, kinds, |end, kind| {
                    let outgoing = direction == Direction::Outgoing;
                    let step = Step { node: end, before, kind, outgoing };
                    // documents come before bodies and provisions
                    if end.index() < documents
                        && (!first || !provisions || is_proved(query, graph, step))
                        && seen.insert(end)
                    {
                        steps.push(step);
                    }
                });
            }
        }
        if steps.len() == from {
            break;
        }
        // nodes are numbered in the order of their keys
        if let Some(new) = steps.get_mut(from..) {
            new.sort_unstable_by_key(|step| step.node);
        }
        level = from..steps.len();
        ends.push(steps.len());
        if query.goal.is_some_and(|goal| seen.contains(goal)) {
            break;
        }
    }
    ends
}

/// True when some clause behind a first step is about the provisions asked for.
fn is_proved(query: &Query, graph: &CitationGraph, step: Step) -> bool {
    let (source, target) = ends(query.node, step);
    EdgeKind::from_index(step.kind)
        .and_then(|kind| graph.frozen().edge(source, kind, target))
        .is_some_and(|edge| graph.evidence(edge).any(|fact| proves(query, fact)))
}

fn ends(before: NodeIndex, step: Step) -> (NodeIndex, NodeIndex) {
    if step.outgoing { (before, step.node) } else { (step.node, before) }
}

/// True when a clause is about the provisions asked for.
pub(super) fn proves(query: &Query, fact: &Fact) -> bool {
    let about = |wanted: &[Provision], named: &[Provision]| {
        wanted.is_empty() || wanted.iter().any(|wanted| named.iter().any(|named| touches(wanted, named)))
    };
    about(&query.target_provisions, &fact.provisions) && about(&query.source_provisions, &fact.source_provisions)
}
