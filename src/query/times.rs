//! When documents and clauses take effect, as far as the texts tell.

use crate::corpus::{EffectFact, Fact};
use crate::graph::{CitationGraph, EdgeKind};
use crate::model::{Extent, From, Mood, PartialDate, Provision, Relation};
use petgraph::graph::NodeIndex;

/// A first day of effect.
#[derive(Clone, Copy, Debug)]
pub(super) struct Begin<'g> {
    pub date: PartialDate,
    /// The document whose day it is: the one asked about, or the one that issues it.
    pub of: NodeIndex,
    /// The document together with which it takes effect.
    pub act: Option<NodeIndex>,
    pub from: Option<From>,
    pub effect: Option<&'g EffectFact>,
}

/// Documents that take effect with others are followed this far; a circle ends here.
const DEPTH: usize = 4;

#[derive(Clone, Copy)]
pub(super) struct Times<'g> {
    graph: &'g CitationGraph,
}

impl<'g> Times<'g> {
    pub(super) fn new(graph: &'g CitationGraph) -> Self {
        Self { graph }
    }

    /// The first days of effect that are stated for the whole of a document; several where texts disagree.
    pub(super) fn begins(&self, node: NodeIndex) -> Vec<Begin<'g>> {
        self.begins_at(node, 0)
    }

    fn begins_at(&self, node: NodeIndex, depth: usize) -> Vec<Begin<'g>> {
        let Some(document) = self.graph.document(node).filter(|_| depth < DEPTH) else { return Vec::new() };
        let stated = || self.graph.effects_of(&document.key).iter().filter(|effect| effect.extent == Extent::Whole);
        if let Some(date) = document.effective {
            let effect = stated().find(|effect| effect.begins == Some(date));
            let from = document.effective_from.as_ref().map(|from| from.from);
            return vec![Begin { date, of: node, act: None, from, effect }];
        }
        let dates: Vec<Begin<'g>> = stated()
            .filter_map(|effect| {
                let date = effect.begins?;
                Some(Begin { date, of: node, act: None, from: Some(effect.from), effect: Some(effect) })
            })
            .collect();
        if !dates.is_empty() {
            return dates;
        }
        let with: Vec<Begin<'g>> = stated()
            .filter_map(|effect| Some((effect, self.graph.node(effect.with.as_ref()?.as_str())?)))
            .flat_map(|(effect, other)| {
                let begins = self.begins_at(other, depth + 1).into_iter();
                begins.map(move |begin| Begin { of: node, act: Some(other), effect: Some(effect), ..begin })
            })
            .collect();
        if !with.is_empty() {
            return with;
        }
        let parent = document.parent.as_ref().and_then(|key| self.graph.node(key.as_str()));
        parent.map(|parent| self.begins_at(parent, depth + 1)).unwrap_or_default()
    }

    /// The one first day, where only one is stated.
    pub(super) fn begin(&self, node: NodeIndex) -> Option<PartialDate> {
        let known = self.begins(node);
        let first = known.first()?.date;
        known.iter().all(|begin| begin.date == first).then_some(first)
    }

    /// The asserted facts of these relations that act on a document, by act.
    pub(super) fn acting(&self, node: NodeIndex, relations: &[Relation]) -> Vec<(NodeIndex, &'g Fact)> {
        let mut out = Vec::new();
        for (kind, act) in self.graph.frozen().incoming(node) {
            let EdgeKind::Relation(relation) = kind else { continue };
            if !relations.contains(&relation) {
                continue;
            }
            let Some(edge) = self.graph.frozen().edge(act, kind, node) else { continue };
            let facts = self.graph.evidence(edge).filter(|fact| fact.mood == Mood::Asserted);
            out.extend(facts.map(|fact| (act, fact)));
        }
        out
    }

    /// When what a clause does takes effect: on the clause's own day, with the act it names, on the day of the provision it
    /// stands in, else with the acting document.
    pub(super) fn when(&self, act: NodeIndex, fact: &Fact) -> Option<PartialDate> {
        if fact.effective.is_some() {
            return fact.effective;
        }
        if fact.effective_open {
            return None;
        }
        if let Some(with) = &fact.effective_with {
            return self.begin(self.graph.node(with.as_str())?);
        }
        self.of_provisions(act, &fact.source_provisions).or_else(|| self.begin(act))
    }

    /// The day of effect that is stated for some provisions of a document.
    fn of_provisions(&self, node: NodeIndex, paths: &[Provision]) -> Option<PartialDate> {
        let key = &self.graph.document(node)?.key;
        let said = self.graph.effects_of(key).iter().filter(|effect| effect.extent == Extent::Part);
        let covers = |effect: &EffectFact| {
            !paths.is_empty() && paths.iter().all(|path| effect.provisions.iter().any(|known| known.covers(path)))
        };
        said.filter(|effect| covers(effect)).find_map(|effect| effect.begins)
    }

    /// The day on which a clause takes effect, and whether it had come. Without one, it had not come before the acting
    /// document was issued; after that it is not known.
    pub(super) fn come(&self, act: NodeIndex, fact: &Fact, day: PartialDate) -> (Option<PartialDate>, Option<bool>) {
        if let Some(on) = self.when(act, fact) {
            return (Some(on), on.has_come(day));
        }
        let issued = self.graph.document(act).and_then(|document| document.date);
        (None, issued.and_then(|issued| issued.has_come(day)).filter(|issued| !issued))
    }
}
