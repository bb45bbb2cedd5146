//! Clauses that act on documents from behind them, and amending instructions.

use super::Means;
use super::gaps::{Cued, may_begin, read_gap};
use super::relations::{Link, Machine, Waiting, numbered};
use super::sentence::sentence_end;
use crate::lexicon::{Set, Voice};
use crate::model::{Extent, Mood, Relation};
use crate::parse::Identifier;

impl Machine<'_, '_> {
    /// `Thông tư X hết hiệu lực kể từ ngày …` right after a mention or its title.
    pub(super) fn after(&mut self, index: usize) {
        let Some(item) = self.item(index) else { return };
        let end = sentence_end(self.work.bytes, item.end, 240);
        let stop = self
            .work
            .items
            .get(index + 1..)
            .into_iter()
            .flatten()
            .map(|next| next.from)
            .find(|from| *from >= item.end)
            .map_or(end, |from| from.min(end));
        let from = item.end.min(stop);
        if !may_begin(self.work, from, stop, Set::PointingBack) {
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
            let cue = cue.clone();
            self.ends(&cue);
        }
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
            self.state.listed = Some(Link {
                party: Means::Own,
                party_item: None,
                cue: Some(Cued { voice: Voice::Active, ..cue.clone() }),
                mood: Mood::Asserted,
                aside: false,
            });
        }
    }

    /// A sentence is over: forget its list; keep a cue that stands before a colon for the lines that follow.
    pub(super) fn close_sentence(&mut self, next: usize) {
        // `Bãi bỏ … kể từ ngày Thông tư này có hiệu lực:` the verb stands before `Thông tư này`
        let named = |index: &usize| self.item(*index).is_some_and(|item| item.m.identifier != Identifier::This);
        let last = self.state.previous.and_then(|previous| (0..=previous).rev().find(named));
        let from = last.and_then(|previous| self.item(previous)).map_or(0, |previous| previous.end);
        let head = next.min(self.work.bytes.len());
        if let Some(listed) = super::gaps::cue_before_colon(self.work, from, head, self.state.subject.is_some()) {
            self.state.listed = Some(Link {
                party: Means::Own,
                party_item: None,
                cue: Some(listed),
                mood: Mood::Asserted,
                aside: false,
            });
        } else if self.state.listed.is_some() && !super::gaps::list_goes_on(self.work, next) {
            self.state.listed = None;
        }
        self.state.main = None;
        self.state.title = None;
        self.state.subject = None;
        self.state.waiting.clear();
    }
}
