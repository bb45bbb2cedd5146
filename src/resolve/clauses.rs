//! Clauses that act on documents from behind them, and amending instructions.

use super::Means;
use super::gaps::{Cued, cue_before_colon, list_goes_on, may_begin, read_gap};
use super::relations::{Closed, Link, Machine, Waiting, is_this, numbered};
use super::sentence::sentence_end;
use crate::lexicon::{Set, Sets, Voice};
use crate::model::{Extent, Mood, Relation};
use crate::parse::Identifier;

/// What says of a mention before it that it ends.
const BACK: Sets = Sets::of(&[Set::PointingBack]);

impl Machine<'_, '_> {
    /// `Thông tư X hết hiệu lực kể từ ngày …` right after a mention or its title.
    pub(super) fn after(&mut self, index: usize) {
        let Some(item) = self.item(index) else { return };
        let end = sentence_end(self.work.bytes, item.end, 240);
        let rest = self.work.items.get(index + 1..).unwrap_or_default();
        let next = rest.iter().find(|next| next.from >= item.end);
        let stop = next.map_or(end, |next| next.from.min(end));
        let from = item.end.min(stop);
        // the next mention stands in the same clause: all of this is read for it, too
        let ahead = next.is_some_and(|next| next.from == stop && !is_this(next))
            && self.work.bytes.get(from..stop).is_some_and(|between| memchr::memchr(b';', between).is_none());
        if !ahead && !may_begin(self.work, from, stop, BACK) {
            return;
        }
        let gap = read_gap(self.work, from, stop, true);
        if let Some(cue) = gap.cues.iter().find(|cue| cue.voice == Voice::Inverted)
            && gap.cues.iter().all(|other| {
                other.start >= cue.start
                    || other.relation.is_none()
                    || other.relation == Some(Relation::Cites)
                    || self.state.title.is_none()
            })
        {
            self.ends(cue);
        }
        self.state.ahead = ahead.then_some(gap);
    }

    /// The mentions of the sentence that wait for a cue are ended by the document itself.
    pub(super) fn ends(&mut self, cue: &Cued) {
        let normative = self.work.own.doc_type.is_some()
            || self.work.own.symbol.is_some()
            || self.work.items.iter().any(|item| item.means == Means::Own);
        let waiting = std::mem::take(&mut self.state.waiting);
        for Waiting { index, part } in waiting {
            let Some(item) = self.item(index) else { continue };
            if !normative || !numbered(item) && !matches!(item.m.identifier, Identifier::Law { .. } | Identifier::Back)
            {
                self.state.waiting.push(Waiting { index, part });
                continue;
            }
            let means = item.means;
            self.direct.retain(|direct| *direct != index);
            let cue = Cued { extent: cue.extent.or(part.then_some(Extent::Part)), ..cue.clone() };
            self.push(
                index,
                Means::Own,
                cue.relation.unwrap_or(Relation::Repeals),
                means,
                Some(&cue),
                Mood::Asserted,
                None,
            );
        }
        if self.state.previous.is_none() || self.state.waiting.is_empty() {
            self.state.closed.clear();
            self.state.listed = Some(Link {
                party: Means::Own,
                party_item: None,
                cue: Some(Cued { voice: Voice::Active, ..cue.clone() }),
                mood: Mood::Asserted,
                aside: false,
            });
        }
    }

    /// What a list goes on with whose lines stand after the last sentence: a cue before its colon, or before that of a
    /// sentence before it in the same list.
    pub(super) fn listed(&mut self) -> Option<&Link> {
        let before_colon = |closed: &Closed| {
            // `Bãi bỏ … kể từ ngày Thông tư này có hiệu lực:` the verb stands before `Thông tư này`
            let named = |index: &usize| self.item(*index).is_some_and(|item| item.m.identifier != Identifier::This);
            let last = closed.previous.and_then(|previous| (0..=previous).rev().find(named));
            let from = last.and_then(|previous| self.item(previous)).map_or(0, |previous| previous.end);
            cue_before_colon(self.work, from, closed.end, closed.acts)
        };
        let cue = self.state.closed.iter().rev().find_map(before_colon);
        self.state.closed.clear();
        if cue.is_some() {
            self.state.listed =
                Some(Link { party: Means::Own, party_item: None, cue, mood: Mood::Asserted, aside: false });
        }
        self.state.listed.as_ref()
    }

    /// A sentence is over: forget its list; a cue that stands before a colon is kept for the lines that follow.
    pub(super) fn close_sentence(&mut self, next: usize) {
        let end = next.min(self.work.bytes.len());
        if !list_goes_on(self.work, end) {
            self.state.closed.clear();
            self.state.listed = None;
        }
        let acts = self.state.subject.is_some();
        self.state.closed.push(Closed { previous: self.state.previous, end, acts });
        self.state.main = None;
        self.state.title = None;
        self.state.subject = None;
        self.state.waiting.clear();
    }
}
