//! Whether a document was in force on a day, and which acts decide it.
//!
//! Only what the texts say counts: a document is in force when it had begun and nothing in these texts had ended it. What
//! is not known is unknown, never guessed.

use super::times::Times;
use crate::corpus::{EffectFact, Fact};
use crate::graph::CitationGraph;
use crate::model::{Extent, From, PartialDate, Provision, Relation, closed_set};
use petgraph::graph::NodeIndex;

closed_set! {
/// Whether something was in force.
pub enum InForce {
    /// It was.
    Yes = "yes",
    /// It was not: not yet, or no longer.
    No = "no",
    /// The texts do not tell.
    Unknown = "unknown",
}
}

closed_set! {
/// What a [`Ground`] is.
pub enum GroundKind {
    /// The day of issue.
    Issued = "issued",
    /// The first day of effect.
    Begins = "begins",
    /// Another act takes its place or repeals it.
    Ended = "ended",
    /// Its last day has been set.
    Expires = "expires",
    /// Another act moves its last day.
    Extended = "extended",
    /// Another act halts its effect.
    Suspended = "suspended",
}
}

/// One thing that decides.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Ground<'g> {
    /// What it is.
    pub kind: GroundKind,
    /// The document it is about: the one asked about, or the one that issues it.
    pub of: NodeIndex,
    /// The day on which it takes effect; for [`GroundKind::Expires`] and [`GroundKind::Extended`] the last day.
    pub on: Option<PartialDate>,
    /// Whether it had come on the day asked about; none when that is not known.
    pub come: Option<bool>,
    /// The acting document.
    pub act: Option<NodeIndex>,
    /// Where the date of [`GroundKind::Issued`] and [`GroundKind::Begins`] comes from.
    pub from: Option<From>,
    /// The relation that states it.
    pub fact: Option<&'g Fact>,
    /// The statement of a time of effect.
    pub effect: Option<&'g EffectFact>,
}

/// A part of the document that stands otherwise than the whole.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct PartInForce<'g> {
    /// The provisions; none for a part that is not named.
    pub provisions: &'g [Provision],
    /// How it stood on the day.
    pub state: InForce,
    /// What decides it.
    pub ground: Ground<'g>,
}

closed_set! {
/// How statements contradict each other.
pub enum ContradictionKind {
    /// Several first days are stated.
    Begins = "begins",
    /// Two acts end each other.
    Circle = "circle",
    /// It is said to be ended by an act that took effect before it was issued.
    EndedBeforeIssue = "ended_before_issue",
}
}

/// Statements that cannot both be true.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Contradiction {
    /// How.
    pub kind: ContradictionKind,
    /// The other document.
    pub act: Option<NodeIndex>,
    /// The date of the statement.
    pub on: Option<PartialDate>,
}

/// How a document stood on a day.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Validity<'g> {
    /// The document.
    pub node: NodeIndex,
    /// The day.
    pub day: PartialDate,
    /// Whether it was in force. A document of which only parts were ended or halted is in force.
    pub state: InForce,
    /// What decides it, by date; what is not dated last.
    pub grounds: Vec<Ground<'g>>,
    /// Parts that stood otherwise.
    pub parts: Vec<PartInForce<'g>>,
    /// What cannot be true together.
    pub contradictions: Vec<Contradiction>,
}

/// Works within works are followed this far.
const DEPTH: usize = 4;

impl CitationGraph {
    /// Whether a document was in force on a day, with the acts that decide it; none for a node that is no document.
    ///
    /// ```
    /// use viendan::{CitationGraph, Corpus, Extractor, InForce, PartialDate};
    /// let extractor = Extractor::new();
    /// let mut corpus = Corpus::new();
    /// corpus.add(&extractor.extract(
    ///     "BỘ NỘI VỤ\nSố: 12/2013/TT-BNV\nHà Nội, ngày 01 tháng 3 năm 2013\n\nTHÔNG TƯ\nVề thi tuyển\n\n\
    ///      Thông tư này có hiệu lực từ ngày 15/4/2013 và thay thế Thông tư số 07/2012/TT-BNV ngày 22/11/2012.",
    /// )?);
    /// let graph = CitationGraph::from(&corpus);
    /// let old = graph.find("07/2012/TT-BNV").one()?;
    /// let state = |day: &str| graph.validity(old, day.parse().unwrap()).unwrap().state;
    /// assert_eq!(state("2012-11-21"), InForce::No);
    /// assert_eq!(state("2013-04-14"), InForce::Unknown);
    /// assert_eq!(state("2013-04-15"), InForce::No);
    /// # Ok::<(), viendan::Error>(())
    /// ```
    #[must_use]
    pub fn validity(&self, node: NodeIndex, day: PartialDate) -> Option<Validity<'_>> {
        let document = self.document(node)?;
        let mut asking = Asking { graph: self, times: Times::new(self), day, validity: Validity::new(node, day) };
        let begun = asking.begun(node);
        let mut of = Some((node, document));
        let mut states = vec![begun.map(|begun| !begun)];
        for _ in 0..DEPTH {
            let Some((node, document)) = of else { break };
            asking.ended(node, &mut states);
            asking.suspended(node, &mut states);
            asking.expired(node, &mut states);
            of = document
                .parent
                .as_ref()
                .and_then(|key| self.node(key.as_str()))
                .and_then(|node| Some((node, self.document(node)?)));
        }
        asking.parts(node, begun);
        let mut validity = asking.validity;
        // each entry says whether something keeps it out of force
        validity.state = if states.contains(&Some(true)) {
            InForce::No
        } else if states.contains(&None) {
            InForce::Unknown
        } else {
            InForce::Yes
        };
        validity.grounds.sort_by_key(|ground| (ground.on.is_none(), ground.on, ground.kind, ground.act));
        validity.parts.sort_by_key(|part| (part.provisions, part.ground.on.is_none(), part.ground.on, part.ground.act));
        Some(validity)
    }
}

impl<'g> Validity<'g> {
    /// The grounds that make the state what it is: of what was in force what had begun or prolonged it, of what was not
    /// what had ended, halted or not yet begun it, of the rest its beginning and what is not known.
    pub fn deciding(&self) -> impl Iterator<Item = &Ground<'g>> {
        self.grounds.iter().filter(|ground| match (self.state, ground.kind) {
            (InForce::Unknown, GroundKind::Begins) => true,
            (InForce::Unknown, _) => ground.come.is_none(),
            (InForce::Yes, GroundKind::Begins) => ground.come == Some(true),
            (InForce::Yes, GroundKind::Extended) => ground.come == Some(false),
            (InForce::Yes, _) => false,
            (InForce::No, GroundKind::Begins | GroundKind::Issued) => ground.come == Some(false),
            (InForce::No, _) => ground.come == Some(true),
        })
    }

    fn new(node: NodeIndex, day: PartialDate) -> Self {
        Self { node, day, state: InForce::Unknown, grounds: Vec::new(), parts: Vec::new(), contradictions: Vec::new() }
    }
}

impl Ground<'_> {
    fn new(kind: GroundKind, of: NodeIndex, on: Option<PartialDate>, come: Option<bool>) -> Self {
        Self { kind, of, on, come, act: None, from: None, fact: None, effect: None }
    }
}

struct Asking<'g> {
    graph: &'g CitationGraph,
    times: Times<'g>,
    day: PartialDate,
    validity: Validity<'g>,
}

impl<'g> Asking<'g> {
    /// The last day had passed.
    fn passed(&self, last: PartialDate) -> bool {
        // up to a month or year means up to its end
        self.day.first_day() > last.last_day()
    }

    /// Whether its effect had begun.
    fn begun(&mut self, node: NodeIndex) -> Option<bool> {
        let document = self.graph.document(node)?;
        let known = self.times.begins(node);
        if known.is_empty() {
            let issued = document.date.and_then(|date| date.has_come(self.day));
            let mut ground = Ground::new(GroundKind::Issued, node, document.date, issued);
            ground.from = document.date_from.as_ref().map(|from| from.from);
            self.validity.grounds.push(ground);
            let mut open = Ground::new(GroundKind::Begins, node, None, issued.filter(|issued| !issued));
            open.effect = self.graph.effects_of(&document.key).iter().find(|effect| effect.extent == Extent::Whole);
            self.validity.grounds.push(open);
            return issued.filter(|issued| !issued);
        }
        let mut verdicts = Vec::new();
        for begin in &known {
            let come = begin.date.has_come(self.day);
            let mut ground = Ground::new(GroundKind::Begins, begin.of, Some(begin.date), come);
            ground.from = begin.from;
            ground.effect = begin.effect;
            ground.act = begin.act;
            self.validity.grounds.push(ground);
            verdicts.push(come);
        }
        if known.iter().any(|one| known.iter().any(|other| !one.date.agrees(other.date))) {
            let others = known.iter().map(|begin| Contradiction {
                kind: ContradictionKind::Begins,
                act: begin.act,
                on: Some(begin.date),
            });
            self.validity.contradictions.extend(others);
        }
        let first = verdicts.first().copied().flatten();
        if verdicts.iter().all(|verdict| *verdict == first) { first } else { None }
    }

    /// The asserted facts of these kinds that act on a document.
    fn facts(&self, node: NodeIndex, relation: Relation) -> Vec<(NodeIndex, &'g Fact)> {
        self.times.acting(node, &[relation])
    }

    fn come(&self, act: NodeIndex, fact: &Fact) -> (Option<PartialDate>, Option<bool>) {
        self.times.come(act, fact, self.day)
    }

    /// Whole ends by other acts.
    fn ended(&mut self, node: NodeIndex, states: &mut Vec<Option<bool>>) {
        let Some(document) = self.graph.document(node) else { return };
        for (act, fact) in self.times.acting(node, &[Relation::Replaces, Relation::Repeals]) {
            if is_part(fact) {
                continue;
            }
            let (on, mut come) = self.come(act, fact);
            let issued = document.date;
            if let (Some(on), Some(issued)) = (on, issued)
                && on.last_day() < issued.first_day()
            {
                self.contradict(ContradictionKind::EndedBeforeIssue, act, Some(on));
                continue;
            }
            let back = |(other, fact): &(NodeIndex, &Fact)| *other == node && !is_part(fact);
            if self.times.acting(act, &[Relation::Replaces, Relation::Repeals]).iter().any(back) {
                self.contradict(ContradictionKind::Circle, act, on);
                come = come.filter(|come| !come);
            }
            // a text that ends it and lets it go on up to a day
            let goes_on = |effect: &&EffectFact| {
                effect.extent == Extent::Whole
                    && effect.evidence.source == fact.evidence.source
                    && effect.until.is_some_and(|until| !self.passed(until))
            };
            if self.graph.effects_of(&document.key).iter().any(|effect| goes_on(&effect)) {
                come = Some(false);
            }
            if fact.extent == Extent::Unknown {
                come = come.filter(|come| !come);
            }
            let mut ground = Ground::new(GroundKind::Ended, node, on, come);
            (ground.act, ground.fact) = (Some(act), Some(fact));
            self.validity.grounds.push(ground);
            states.push(come);
        }
    }

    fn contradict(&mut self, kind: ContradictionKind, act: NodeIndex, on: Option<PartialDate>) {
        let found = Contradiction { kind, act: Some(act), on };
        if !self.validity.contradictions.contains(&found) {
            self.validity.contradictions.push(found);
        }
    }

    /// Whole suspensions.
    fn suspended(&mut self, node: NodeIndex, states: &mut Vec<Option<bool>>) {
        for (act, fact) in self.facts(node, Relation::Suspends) {
            if is_part(fact) {
                continue;
            }
            let (on, come) = self.halted(act, fact);
            let mut ground = Ground::new(GroundKind::Suspended, node, on, come);
            (ground.act, ground.fact) = (Some(act), Some(fact));
            self.validity.grounds.push(ground);
            states.push(come);
        }
    }

    /// Whether a suspension holds on the day.
    fn halted(&self, act: NodeIndex, fact: &Fact) -> (Option<PartialDate>, Option<bool>) {
        let (on, come) = self.come(act, fact);
        let over = fact.until.is_some_and(|until| self.passed(until));
        (on, if over { Some(false) } else { come })
    }

    /// The last day that is set, by the document itself or by others; others may move it.
    fn expired(&mut self, node: NodeIndex, states: &mut Vec<Option<bool>>) {
        let Some(document) = self.graph.document(node) else { return };
        let mut last: Option<PartialDate> = None;
        let mut open = false;
        for effect in self.graph.effects_of(&document.key) {
            let Some(until) = effect.until.filter(|_| effect.extent == Extent::Whole) else { continue };
            let mut ground = Ground::new(GroundKind::Expires, node, Some(until), Some(self.passed(until)));
            ground.effect = Some(effect);
            self.validity.grounds.push(ground);
            last = last.max_by_last(until);
        }
        for (act, fact) in self.facts(node, Relation::Extends) {
            if is_part(fact) {
                continue;
            }
            let mut ground = Ground::new(GroundKind::Extended, node, fact.until, None);
            ground.come = fact.until.map(|until| self.passed(until));
            (ground.act, ground.fact) = (Some(act), Some(fact));
            self.validity.grounds.push(ground);
            match fact.until {
                Some(until) => last = last.max_by_last(until),
                None => open = true,
            }
        }
        if let Some(last) = last {
            let passed = self.passed(last);
            // prolonged to a day that is not said
            states.push(Some(passed).filter(|passed| !(open && *passed)));
        }
    }

    /// Parts that are ended, halted, or have days of their own.
    fn parts(&mut self, node: NodeIndex, begun: Option<bool>) {
        let Some(document) = self.graph.document(node) else { return };
        // what is amended goes on, words that are left out end no provision
        let acts = [Relation::Replaces, Relation::Repeals, Relation::Suspends];
        for (act, fact) in self.times.acting(node, &acts) {
            if !is_part(fact) {
                continue;
            }
            let suspends = fact.relation == Relation::Suspends;
            let (on, come) = if suspends { self.halted(act, fact) } else { self.come(act, fact) };
            let kind = if suspends { GroundKind::Suspended } else { GroundKind::Ended };
            let mut ground = Ground::new(kind, node, on, come);
            (ground.act, ground.fact) = (Some(act), Some(fact));
            let state = match come {
                Some(true) => InForce::No,
                Some(false) => continue,
                None => InForce::Unknown,
            };
            self.validity.parts.push(PartInForce { provisions: &fact.provisions, state, ground });
        }
        let stated = self.graph.effects_of(&document.key);
        let day = self.day;
        for effect in stated {
            let mut part = |provisions: &'g [Provision], state, kind, on, come| {
                let mut ground = Ground::new(kind, node, on, come);
                ground.effect = Some(effect);
                self.validity.parts.push(PartInForce { provisions, state, ground });
            };
            if effect.extent == Extent::Whole {
                let dated = |path: &Provision| {
                    let named = |other: &&EffectFact| {
                        other.begins.is_some() && other.provisions.iter().any(|known| known.covers(path))
                    };
                    stated.iter().any(|other| named(&other))
                };
                if begun == Some(true) && effect.except.iter().any(|path| !dated(path)) {
                    part(&effect.except, InForce::Unknown, GroundKind::Begins, None, None);
                }
                continue;
            }
            if let Some(begins) = effect.begins {
                let come = begins.has_come(day);
                let state = match come {
                    Some(true) => InForce::Yes,
                    Some(false) => InForce::No,
                    None => InForce::Unknown,
                };
                if come != Some(true) || begun != Some(true) {
                    part(&effect.provisions, state, GroundKind::Begins, Some(begins), come);
                }
            }
            if let Some(until) = effect.until {
                // before its last day it may be what goes on although the whole has ended
                let over = day.first_day() > until.last_day();
                let state = if over { InForce::No } else { InForce::Yes };
                part(&effect.provisions, state, GroundKind::Expires, Some(until), Some(over));
            }
        }
    }
}

/// It touches only a part of its target.
pub(super) fn is_part(fact: &Fact) -> bool {
    fact.extent == Extent::Part || !fact.provisions.is_empty()
}

/// The later of two last days.
trait Later {
    fn max_by_last(self, other: PartialDate) -> Option<PartialDate>;
}

impl Later for Option<PartialDate> {
    fn max_by_last(self, other: PartialDate) -> Option<PartialDate> {
        match self {
            Some(known) if known.last_day() >= other.last_day() => Some(known),
            _ => Some(other),
        }
    }
}
