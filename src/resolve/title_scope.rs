//! What belongs to the title of a mention, to a bracket after it, or to the title of the document itself.

use super::carrying;
use super::gaps::{Cued, Gap, read_gap};
use super::relations::{Link, Machine, acts_so, numbered, titled};
use super::shared::coordinated;
use super::{Item, Means};
use crate::lexicon::{CueScope, Voice};
use crate::model::{Mood, Relation};
use crate::parse::Identifier;

impl Machine<'_, '_> {
    /// The mention stands in the title of the one before, or in a bracket after it.
    pub(super) fn title_link(&mut self, before_index: usize, before: &Item, item: &Item, gap: &Gap) -> Option<Link> {
        let inside = self.state.title.as_ref().map(|(owner, _)| *owner);
        let owner = inside.filter(|owner| *owner != before_index);
        let opens = titled(before)
            && (gap.opens_title || gap.opens_bracket || gap.cue_first)
            && !matches!(before.means, Means::Nothing);
        let last = gap.cues.iter().rev().find(|cue| cue.voice == Voice::Active);
        // a title in quotation marks ends with them; what follows is the sentence again
        if opens
            && gap.opens_title
            && !gap.open_quote
            && gap.quote_end.is_some_and(|end| last.is_some_and(|cue| cue.start > end))
        {
            return None;
        }
        if opens && self.closes_title(before, item, gap) {
            self.state.title = None;
            return self.state.main.clone();
        }
        if opens {
            // a full mention after a separator closes the title: `… về việc X và Quyết định Y`
            if gap.ends_separated
                && gap.cues.iter().all(|cue| cue.relation == Some(Relation::Cites))
                && !gap.open_bracket
                && numbered(item)
                && !gap.open_quote
            {
                self.state.title = None;
                return Some(self.state.main.clone().unwrap_or(Link {
                    party: Means::Own,
                    party_item: None,
                    cue: None,
                    mood: Mood::Asserted,
                    aside: false,
                }));
            }
            let cue = last.filter(|cue| cue.scope != CueScope::Line).map(|cue| self.combined(gap, cue));
            // `về thực hiện cơ chế một cửa … và Nghị định B`: what is carried out is named in between
            let held = |cue: &Cued| {
                cue.relation == Some(Relation::Implements)
                    && (gap.words_between(cue.end, gap.end) > 6
                        || carrying::tasks(self.work, gap, cue)
                        || carrying::common(self.work, before))
            };
            let fits =
                cue.as_ref().is_none_or(|cue| self.fits(cue, item) && acts_so(before.doc_type(), cue) && !held(cue));
            self.state.title = Some((before_index, None));
            // `các Nghị định hướng dẫn thi hành Luật A`: those decrees guide it, not the document of the title
            let relative = cue.as_ref().is_some_and(|cue| {
                cue.relative
                    .is_some_and(|noun| before.doc_type().is_none_or(|own| !super::aliases::same_type(own, noun)))
            });
            if relative {
                self.state.title = Some((before_index, self.earlier(gap, before, before_index)));
                return Some(Link {
                    party: before.means,
                    party_item: Some(before_index),
                    cue: None,
                    mood: Mood::Asserted,
                    aside: true,
                });
            }
            let mood = cue.as_ref().map_or(Mood::Asserted, |cue| gap.mood(cue));
            // the work of its own title: `Quy chế …` after `ban hành`
            return Some(Link {
                party: before.means,
                party_item: Some(before_index),
                cue: cue.filter(|_| fits),
                mood,
                aside: true,
            });
        }
        // further on in a title that has not ended: `… hướng dẫn Luật A và Nghị định B`
        let owner = owner?;
        if self.item(owner).is_some_and(|owner| self.closes_title(owner, item, gap)) {
            self.state.title = None;
            return self.state.main.clone();
        }
        if gap.cues.is_empty() && !gap.ends_separated
            || gap.cue_first && matches!(before.m.identifier, Identifier::Work { .. })
        {
            let party = self.item(owner)?.means;
            let cue = last.cloned().filter(|cue| self.fits(cue, item));
            let party = if gap.cue_first { before.means } else { party };
            let mood = cue.as_ref().map_or(Mood::Asserted, |cue| gap.mood(cue));
            return Some(Link { party, party_item: Some(owner), cue, mood, aside: true });
        }
        None
    }

    /// `Sửa đổi Thông tư A ngày … quy định về X và Thông tư B ngày …`: a second document of the same type, with its
    /// date, far from the verb of the title, goes on with the list that acts on both.
    fn closes_title(&self, owner: &Item, item: &Item, gap: &Gap) -> bool {
        let acts = self.state.main.as_ref().is_some_and(|main| {
            !main.aside
                && main.cue.as_ref().is_some_and(|cue| {
                    matches!(cue.relation, Some(Relation::Amends | Relation::Repeals | Relation::Replaces))
                })
        });
        let full = |item: &Item| numbered(item) && item.m.date.is_some();
        let far = gap.cues.last().is_none_or(|cue| gap.words_between(cue.end, gap.end) >= 5);
        acts && gap.ends_separated
            && !gap.open_quote
            && !gap.open_bracket
            && far
            && full(item)
            && full(owner)
            && item.doc_type() == owner.doc_type()
    }

    /// The cue before a relative clause: what a list after it goes on with.
    pub(super) fn earlier(&self, gap: &Gap, before: &Item, before_index: usize) -> Option<Link> {
        let cue = gap.cues.iter().rev().filter(|cue| cue.voice == Voice::Active).nth(1)?.clone();
        Some(Link {
            party: before.means,
            party_item: Some(before_index),
            cue: Some(cue),
            mood: Mood::Asserted,
            aside: true,
        })
    }

    /// The mention stands in the title of the document itself, whose verbs are the document's own.
    pub(super) fn in_own_title(&self, gap: &Gap) -> bool {
        self.work.in_own_title(gap.end)
    }

    /// Mentions inside a title of a work or of an amending act.
    pub(super) fn inner(&mut self, outer: usize, next: usize) {
        let Some(item) = self.item(outer) else { return };
        let (means, mut from) = (item.means, item.m.type_word.map_or(item.m.core.start, |word| word.end) as usize);
        let mut link: Option<Link> = None;
        for index in outer + 1..next {
            let Some(inner) = self.item(index) else { continue };
            let start = inner.from.max(from);
            let gap = read_gap(self.work, from.min(start), start, true);
            let goes_on =
                link.is_some() && coordinated(self.work.lexicon, self.work.bytes, from.min(start), start).is_some();
            let new = if goes_on {
                link.clone()
            } else {
                let cue = gap
                    .cues
                    .iter()
                    .rev()
                    .find(|cue| cue.voice == Voice::Active && cue.scope != CueScope::Line)
                    .cloned()
                    .filter(|cue| self.fits(cue, inner))
                    .filter(|cue| {
                        cue.relation != Some(Relation::Implements)
                            || !carrying::tasks(self.work, &gap, cue) && !carrying::common(self.work, item)
                    });
                Some(Link { party: means, party_item: Some(outer), cue, mood: Mood::Asserted, aside: true })
            };
            from = inner.end.max(inner.m.core.end as usize);
            if let Some(new) = new {
                if !matches!(
                    self.work.items.get(outer).map(|item| &item.m.identifier),
                    Some(Identifier::Session { .. })
                ) {
                    self.emit(index, &new);
                }
                link = Some(new);
            }
        }
    }
}
