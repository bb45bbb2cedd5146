//! Which documents count: by type, by issuer, by date of issue, by being in force.

use super::InForce;
use crate::corpus::CorpusDocument;
use crate::graph::{CitationGraph, EdgeKind, EdgeKinds, Seen};
use crate::model::{DocType, PartialDate};
use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::NodeCount as _;
use std::ops::RangeInclusive;

/// What is asked of a document; everything counts unless something is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Filter {
    pub doc_types: Vec<DocType>,
    pub issuers: Vec<NodeIndex>,
    pub issued: Option<RangeInclusive<PartialDate>>,
    /// In force on this day.
    pub in_force: Option<PartialDate>,
    /// Also those of which it is not known whether they were.
    pub or_unknown: bool,
}

/// Whether a document counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counts {
    Yes,
    No,
    /// Its date is not known, or not well enough.
    Undated,
    /// It is not known whether it was in force.
    Unknown,
}

/// A filter over one graph.
pub(super) struct Sieve<'f, 'g> {
    filter: &'f Filter,
    graph: &'g CitationGraph,
    /// The bodies asked for and all below them.
    bodies: Seen,
}

impl Filter {
    pub(super) fn over<'g>(&self, graph: &'g CitationGraph) -> Sieve<'_, 'g> {
        let mut bodies = Seen::default();
        if !self.issuers.is_empty() {
            bodies.fit(graph.frozen().node_count());
        }
        let below = EdgeKinds::NONE.with(EdgeKind::SubordinateTo);
        let mut todo = self.issuers.clone();
        while let Some(body) = todo.pop() {
            if bodies.insert(body) {
                graph.frozen().each_neighbor(body, Direction::Incoming, below, |lower, _| todo.push(lower));
            }
        }
        Sieve { filter: self, graph, bodies }
    }
}

impl Sieve<'_, '_> {
    pub(super) fn counts(&self, node: NodeIndex) -> Counts {
        let Some(document) = self.graph.document(node) else { return Counts::No };
        let types = &self.filter.doc_types;
        if !types.is_empty() && !document.doc_type.is_some_and(|doc_type| types.contains(&doc_type)) {
            return Counts::No;
        }
        if !self.filter.issuers.is_empty() && !self.is_from_one(node) {
            return Counts::No;
        }
        let issued = match &self.filter.issued {
            None => Counts::Yes,
            Some(range) => issued_in(document, *range.start(), *range.end()),
        };
        match self.filter.in_force {
            Some(day) if issued == Counts::Yes => self.in_force(node, day),
            _ => issued,
        }
    }

    fn in_force(&self, node: NodeIndex, day: PartialDate) -> Counts {
        match self.graph.validity(node, day).map(|validity| validity.state) {
            Some(InForce::Yes) => Counts::Yes,
            Some(InForce::Unknown) if self.filter.or_unknown => Counts::Yes,
            Some(InForce::Unknown) => Counts::Unknown,
            Some(InForce::No) | None => Counts::No,
        }
    }

    fn is_from_one(&self, node: NodeIndex) -> bool {
        let issued_by = EdgeKinds::NONE.with(EdgeKind::IssuedBy);
        let mut found = false;
        self.graph.frozen().each_neighbor(node, Direction::Outgoing, issued_by, |body, _| {
            found |= self.bodies.contains(body);
        });
        found
    }
}

fn issued_in(document: &CorpusDocument, from: PartialDate, to: PartialDate) -> Counts {
    let Some(date) = document.date.or(document.year.map(PartialDate::year)) else { return Counts::Undated };
    if date.last_day() < from.first_day() || date.first_day() > to.last_day() {
        Counts::No
    } else if date.first_day() >= from.first_day() && date.last_day() <= to.last_day() {
        Counts::Yes
    } else {
        Counts::Undated
    }
}
