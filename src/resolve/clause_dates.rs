//! The day on which what a clause does takes effect, and the last day of it: `Bãi bỏ X kể từ ngày …`, `ngưng hiệu lực
//! X đến hết ngày …`, `X hết hiệu lực kể từ ngày Thông tư này có hiệu lực`.

use super::effect::{reach, with_effect_of};
use super::relations::RelationFound;
use super::sentence::{after_numbering, sentence_start};
use super::{Means, Work};
use crate::lexicon::Role;
use crate::model::{PartialDate, Relation};
use crate::parse::{Grammar, after_comma, after_space, day, position, since, tail, until};
use crate::span::Span;
use foldhash::fast::FixedState;
use std::collections::HashMap;

/// What a clause says of its time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ClauseDate {
    pub effective: Option<PartialDate>,
    pub with: Option<Means>,
    pub until: Option<PartialDate>,
    /// `trừ …`: not all of it.
    pub excepting: bool,
}

/// A clause is looked back through this far for the words at its head, in bytes.
const LONGEST: usize = 600;

/// The dates of all relations, in their order.
pub(crate) fn clause_dates(work: &Work<'_>, relations: &[RelationFound]) -> Vec<ClauseDate> {
    let mut ends: HashMap<Span, usize, FixedState> = HashMap::default();
    for relation in relations {
        if let (Some(cue), Some(item)) = (relation.cue, work.items.get(relation.item)) {
            let end = ends.entry(cue).or_default();
            *end = (*end).max(reach(item));
        }
    }
    relations.iter().map(|relation| clause_date(work, relation, &ends)).collect()
}

/// The date of one relation; `ends` tells where the list ends that goes on with its cue.
fn clause_date(work: &Work<'_>, relation: &RelationFound, ends: &HashMap<Span, usize, FixedState>) -> ClauseDate {
    let changes = matches!(
        relation.relation,
        Relation::Amends | Relation::Replaces | Relation::Repeals | Relation::Suspends | Relation::Extends
    );
    let (true, Some(cue), Some(item)) = (changes, relation.cue, work.items.get(relation.item)) else {
        return ClauseDate { effective: relation.effective, ..ClauseDate::default() };
    };
    // `được thay thế bởi Thông tư X, có hiệu lực từ ngày …`: the mention acts, and its date is that of the clause.
    // After what is acted on the words are about that: `thay thế Thông tư X, có hiệu lực từ ngày …`.
    let acting = item.means == relation.source;
    let said = relation.effective.filter(|_| acting);
    let mut found = ClauseDate { effective: said, ..ClauseDate::default() };
    if relation.source != Means::Own {
        return found;
    }
    let head = sentence_start(work.bytes, (cue.start as usize).min(item.from), LONGEST);
    let mut places = vec![reach(item), item.end];
    places.extend(ends.get(&cue));
    if cue.start >= item.m.core.end {
        places.insert(0, cue.end as usize);
    } else {
        // `Các văn bản sau đây hết hiệu lực từ ngày …: a) Thông tư X`
        places.push(cue.end as usize);
    }
    for place in places {
        read(work, place, place == cue.end as usize, &mut found);
    }
    let numbered = after_numbering(work.bytes, position(work.bytes, after_space(tail(work.bytes, head))));
    if found.effective.is_none() && found.with.is_none() {
        read(work, numbered, false, &mut found);
    }
    found
}

/// Reads what stands at a place into what is not yet known. After a cue that ends in `kể từ ngày` the day follows.
fn read(work: &Work<'_>, place: usize, after_cue: bool, found: &mut ClauseDate) {
    let g = Grammar { lexicon: work.lexicon };
    let here = after_comma(tail(work.bytes, place));
    let mut rest = here;
    if found.effective.is_none() && found.with.is_none() {
        let dated = since(&g, here).ok().or_else(|| if after_cue { day(&g, here).ok() } else { None });
        if let Some((after, date)) = dated {
            found.effective = Some(date).filter(|date| date.is_full());
            rest = after;
        } else {
            // `kể từ ngày Thông tư này có hiệu lực`
            let opened = g.role(here, &[Role::Since]).map(after_space);
            let opened = opened.map(|at| g.role(at, &[Role::Date]).map_or(at, after_space));
            if let Some(at) = opened.or(after_cue.then_some(here))
                && let Some((means, after)) = with_effect_of(work, position(work.bytes, at))
            {
                found.with = Some(means);
                rest = tail(work.bytes, after);
            }
        }
    }
    if found.until.is_none() {
        found.until = until(&g, after_comma(rest)).ok().map(|(_, date)| date);
    }
    found.excepting |= g.role(after_comma(rest), &[Role::Excepting]).is_some();
}
