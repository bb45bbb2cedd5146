//! The day on which what a clause does takes effect, and the last day of it: `Bãi bỏ X kể từ ngày …`, `ngưng hiệu lực
//! X đến hết ngày …`, `X hết hiệu lực kể từ ngày Thông tư này có hiệu lực`.

use super::effect::{reach, with_effect_of};
use super::relations::RelationFound;
use super::sentence::{after_numbering, sentence_end, sentence_start};
use super::{Item, Means, Work};
use crate::lexicon::Role;
use crate::model::{PartialDate, Relation};
use crate::parse::{Grammar, after_comma, after_space, day, position, since, tail, until};
use crate::span::Span;
use crate::text::word::{skip_space_back, word_start};
use foldhash::fast::FixedState;
use smallvec::SmallVec;
use std::collections::HashMap;

/// What a clause says of its time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ClauseDate {
    pub effective: Option<PartialDate>,
    pub with: Option<Means>,
    pub until: Option<PartialDate>,
    /// It begins on a day of its own that is no date: `kể từ ngày Sở giao dịch bắt đầu hoạt động`.
    pub open: bool,
    /// `trừ …`, `các quy định về … của …`: not all of it.
    pub excepting: bool,
}

/// What stands in brackets behind a mention is looked for this far, in bytes.
const BRACKET: usize = 400;

/// An event is told in at least so many words.
const WORDS: usize = 6;

/// A clause is looked back through this far for the words at its head, in bytes.
const LONGEST: usize = 600;

/// The dates of all relations, in their order.
pub(crate) fn clause_dates(work: &Work<'_>, relations: &[RelationFound]) -> SmallVec<[ClauseDate; 4]> {
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
    let mut done = None;
    for place in places {
        let before = found;
        // the same place says the same again: a mention without a title reaches as far as it ends
        if done != Some((place, before)) {
            read(work, place, place == cue.end as usize, &mut found);
        }
        done = Some((place, before));
    }
    found.excepting |= described(work, cue, item) || bracketed(work, item);
    let numbered = after_numbering(work.bytes, position(work.bytes, after_space(tail(work.bytes, head))));
    if found.effective.is_none() && found.with.is_none() {
        read(work, numbered, false, &mut found);
    }
    found.open &= found.effective.is_none() && found.with.is_none();
    found
}

/// A day that is no date.
enum Event {
    /// None is spoken of, or the day on which the document itself takes effect.
    None,
    /// The day of signing.
    Signing,
    Other,
}

/// The words at a place lead up to a day that is no date.
fn event(work: &Work<'_>, place: usize, after_cue: bool) -> Event {
    let g = Grammar { lexicon: work.lexicon };
    let here = after_comma(tail(work.bytes, place));
    let opened = g.role(here, &[Role::Since]).map(after_space);
    let day = opened.is_some_and(|at| g.role(at, &[Role::Date, Role::Moment]).is_some());
    // a cue that ends in `kể từ ngày`
    let ends = after_cue.then(|| word_before(work, place, &[Role::Date])).flatten();
    let since = ends.and_then(|date| word_before(work, date, &[Role::Since]));
    if !day && since.is_none() {
        return Event::None;
    }
    // a day that no mention was read for: `kể từ ngày Nghi định này có hiệu lực`, `Kể từ ngày có hiệu lực, Thông tư này …`
    let event = if day { opened.unwrap_or(here) } else { here };
    if speaks_of_itself(&g, event) {
        return Event::None;
    }
    let start = since.unwrap_or_else(|| position(work.bytes, here));
    let signing = g.role(tail(work.bytes, start), &[Role::Signing]).is_some();
    if signing { Event::Signing } else { Event::Other }
}

/// Within a few words something is said to be in effect, and it is `này` or nothing is named.
fn speaks_of_itself(g: &Grammar<'_>, event: &[u8]) -> bool {
    let mut rest = event;
    let mut named = false;
    for _ in 0..WORDS {
        if g.role(rest, &[Role::Effective]).is_some() {
            return !named;
        }
        if g.role(rest, &[Role::This]).is_some() {
            return true;
        }
        // the word for the day itself names nothing
        named |= g.role(rest, &[Role::Date, Role::Moment]).is_none();
        let Some(space) = memchr::memchr(b' ', rest) else { return false };
        rest = after_space(tail(rest, space));
    }
    false
}

/// `các quy định về tần số của Pháp lệnh X hết hiệu lực`, `bãi bỏ các quy định về bồi thường tại Nghị định X`: what ends is
/// a part of it that is described.
fn described(work: &Work<'_>, cue: Span, item: &Item) -> bool {
    let before = word_before(work, item.from, &[Role::Of, Role::At]);
    before.is_some_and(|word| cue.start >= item.m.core.end || word >= cue.end as usize)
}

/// `Thông tư X (trừ khoản 2 Điều 15) hết hiệu lực`.
fn bracketed(work: &Work<'_>, item: &Item) -> bool {
    let g = Grammar { lexicon: work.lexicon };
    let start = item.m.core.end as usize;
    let end = sentence_end(work.bytes, start, BRACKET);
    let next = work.items.partition_point(|other| (other.m.core.start as usize) < start);
    let end = work.items.get(next).map_or(end, |next| end.min(next.from));
    let text = work.bytes.get(..end).unwrap_or_default();
    memchr::memchr_iter(b'(', text.get(start..).unwrap_or_default())
        .any(|at| g.role(after_space(tail(text, start + at + 1)), &[Role::Excepting]).is_some())
}

/// The start of a word of these roles, of at most two syllables, that ends before `at`.
fn word_before(work: &Work<'_>, at: usize, roles: &[Role]) -> Option<usize> {
    let end = skip_space_back(work.bytes, at);
    let mut start = end;
    (0..2).find_map(|_| {
        start = word_start(work.bytes, skip_space_back(work.bytes, start));
        work.lexicon.word(work.bytes, start, roles).filter(|word| word.end == end).map(|_| start)
    })
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
            let opened = opened.map(|at| g.role(at, &[Role::Date, Role::Moment]).map_or(at, after_space));
            if let Some(at) = opened.or(after_cue.then_some(here))
                && let Some((means, after)) = with_effect_of(work, position(work.bytes, at))
            {
                found.with = Some(means);
                rest = tail(work.bytes, after);
            } else {
                match event(work, place, after_cue) {
                    Event::None => {}
                    Event::Signing => found.effective = work.own.date.filter(|date| date.is_full()),
                    Event::Other => found.open = true,
                }
            }
        }
    }
    if found.until.is_none() {
        found.until = until(&g, after_comma(rest)).ok().map(|(_, date)| date);
    }
    found.excepting |= g.role(after_comma(rest), &[Role::Excepting]).is_some();
}
