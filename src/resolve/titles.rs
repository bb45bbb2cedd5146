//! Titles of cited documents: what stands after number, date and issuer and tells what the document is about.

use super::possible::younger;
use super::sentence::sentence_end;
use super::{Item, Work};
use crate::lexicon::{Anchor, Role, Voice};
use crate::model::{PartialDate, Relation};
use crate::parse::{Grammar, Identifier, after_space, position, starts_upper, tail};
use crate::span::Span;
use crate::text::fold::decode;
use crate::text::word::{skip_space, skip_space_back, word_at, word_start};

/// No title is longer, in bytes.
const LONGEST: usize = 1600;

/// No title names more documents.
const NEAR: usize = 12;

/// Gives every numbered mention its title.
pub(crate) fn find_titles(work: &mut Work<'_>) {
    for index in 0..work.items.len() {
        let title = work.items.get(index).and_then(|item| title(work, item));
        if let Some(item) = work.items.get_mut(index) {
            item.title = title;
        }
    }
}

/// The day of the document in whose title the mention at `index` stands.
pub(super) fn owner_day(work: &Work<'_>, index: usize) -> Option<PartialDate> {
    let start = work.items.get(index)?.m.core.start;
    let before = work.items.get(index.saturating_sub(NEAR)..index)?;
    let titled = |item: &&Item| item.title.is_some_and(|title| title.start <= start && start < title.end);
    before.iter().rev().find(titled).and_then(Item::date).filter(|date| date.is_full())
}

fn title(work: &Work<'_>, item: &Item) -> Option<Span> {
    if !matches!(
        item.m.identifier,
        Identifier::Symbol(_) | Identifier::Number { .. } | Identifier::Law { symbol: Some(_), .. }
    ) {
        return None;
    }
    let bytes = work.bytes;
    let at = skip_space(bytes, item.end);
    if let Some((point, length)) = decode(bytes, at)
        && matches!(char::from_u32(point), Some('“' | '"' | '«'))
    {
        let start = at + length;
        return quoted(bytes, start).map(|end| Span::at(start, end));
    }
    let g = Grammar { lexicon: work.lexicon };
    let here = tail(bytes, at);
    // `quy định chi tiết …`, `ban hành Quy chế …`: many titles begin with their verb
    let verb = || {
        let cue = work.lexicon.cue_at(bytes, at).map(|(cue, _)| cue).filter(|cue| cue.voice == Voice::Active);
        cue.and_then(|cue| cue.relation).is_some_and(|relation| {
            matches!(
                relation,
                Relation::Guides | Relation::Amends | Relation::Promulgates | Relation::Approves | Relation::Repeals
            )
        })
    };
    // `quy định như sau:`, `quy định tại Điều 5` are no titles
    let titled = g.role(here, &[Role::Title]).is_some_and(|rest| {
        let next = after_space(rest);
        next.first() != Some(&b':') && g.role(next, &[Role::Follows, Role::At]).is_none()
    });
    if !titled && !verb() {
        return None;
    }
    let end = skip_space_back(bytes, before_younger(work, item, at, unquoted(work, &g, item, at)));
    (end > at).then(|| Span::at(at, end))
}

/// A title names nothing younger: `… về công tác văn thư và Nghị định số 97/2014/NĐ-CP` leaves off before the second.
fn before_younger(work: &Work<'_>, item: &Item, start: usize, end: usize) -> usize {
    let first = work.items.partition_point(|other| (other.m.core.start as usize) < start);
    let rest = work.items.get(first..).unwrap_or_default().iter();
    let younger = rest.take_while(|other| (other.m.core.start as usize) < end).find(|other| younger(other, item));
    let Some(other) = younger else { return end };
    let mut stop = skip_space_back(work.bytes, other.from.min(other.m.core.start as usize));
    let and = word_start(work.bytes, stop);
    if work.lexicon.word(work.bytes, and, &[Role::And]).is_some_and(|found| found.end == stop) {
        stop = skip_space_back(work.bytes, and);
    }
    while stop > start && work.bytes.get(stop - 1) == Some(&b',') {
        stop = skip_space_back(work.bytes, stop - 1);
    }
    stop.max(start)
}

/// The closing quotation mark.
fn quoted(bytes: &[u8], start: usize) -> Option<usize> {
    word_at(bytes, skip_space(bytes, start))?;
    let mut depth = 0;
    let mut at = start;
    while at < start + LONGEST {
        let (point, length) = decode(bytes, at)?;
        match char::from_u32(point)? {
            '“' => depth += 1,
            '”' | '"' | '»' if depth == 0 => return Some(at),
            '”' => depth -= 1,
            '\n' if bytes.get(at + 1) == Some(&b'\n') => return None,
            _ => {}
        }
        at += length;
    }
    None
}

/// Without marks a title ends with its sentence, at a semicolon or bracket, or at a comma before what is said of the
/// document or before the next one.
fn unquoted(work: &Work<'_>, g: &Grammar<'_>, item: &Item, start: usize) -> usize {
    let bytes = work.bytes;
    let end = sentence_end(bytes, start, LONGEST);
    for offset in memchr::memchr3_iter(b';', b'(', b',', bytes.get(start..end).unwrap_or_default()) {
        let at = start + offset;
        let stops = match bytes.get(at) {
            Some(b',') => {
                let next = after_space(tail(bytes, at + 1));
                let place = position(bytes, next);
                let document = || matches!(work.lexicon.anchor(bytes, place), Some((Anchor::Type { .. }, _)));
                let effect = || item.effect.is_some_and(|(_, effect)| effect.start as usize == place);
                starts_upper(next) && document() || effect() || g.role(next, &[Role::Effective]).is_some()
            }
            _ => true,
        };
        if stops {
            return at;
        }
    }
    end
}
