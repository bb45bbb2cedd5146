//! The body that stands before a mention: `Chính phủ ban hành Nghị định số …`.

use super::Work;
use super::issuers::{compatible, more_issuers, placed, takes_issuer};
use super::sentence::sentence_start;
use crate::lexicon::Role;
use crate::parse::{Grammar, Identifier, IssuerRead, after_space, date, issuer, position, tail};
use crate::span::Span;
use crate::text::opening::Opening;
use crate::text::word::{skip_space_back, word_start};

/// issuer , [ "đã" ] , "ban hành" | "chỉ đạo của" , issuer , "tại" before the mention.
pub(super) fn preceding(work: &mut Work<'_>, index: usize) {
    let g = Grammar { lexicon: work.lexicon };
    let Some(item) = work.items.get(index) else { return };
    if !takes_issuer(work.lexicon, item) && !matches!(item.m.identifier, Identifier::Law { .. }) {
        return;
    }
    let end = skip_space_back(work.bytes, item.m.core.start as usize);
    // the last few words before the mention must be a verb of issue or a preposition
    let mut start = word_start(work.bytes, end);
    if !g.lexicon.may_end(Opening::at(work.bytes, start), &[Role::Issues, Role::At]) {
        return;
    }
    let floor = work
        .items
        .get(..index)
        .and_then(|before| before.iter().rev().find(|other| other.m.core.end <= item.m.core.start))
        .map_or(0, |other| other.end);
    let mut hit = None;
    for _ in 0..3 {
        if start < floor {
            break;
        }
        if let Some(found) = g.lexicon.word(work.bytes, start, &[Role::Issues, Role::At])
            && found.end == end
        {
            hit = Some((found.role, start));
        }
        let left = skip_space_back(work.bytes, start);
        let next = word_start(work.bytes, left);
        if next == left {
            break;
        }
        start = next;
    }
    let Some((role, verb)) = hit else { return };
    let body_end = skip_space_back(work.bytes, verb);
    let sentence = sentence_start(work.bytes, body_end, 240).max(floor);
    let Some((read, from)) = issuer_ending(&g, work.bytes, sentence, body_end) else { return };
    if role == Role::At {
        // only where the body is said to speak there: `đề nghị của X tại`
        let before = skip_space_back(work.bytes, from);
        let mut word = word_start(work.bytes, before);
        let mut speaks = false;
        for _ in 0..4 {
            speaks |= g.lexicon.word(work.bytes, word, &[Role::Voice]).is_some_and(|found| found.end == before);
            let left = skip_space_back(work.bytes, word);
            let next = word_start(work.bytes, left);
            if next == left {
                break;
            }
            word = next;
        }
        let known = matches!(&item.m.identifier, Identifier::Symbol(symbol) if symbol.issuers.first().is_some_and(|code| code.id.is_some()));
        if !speaks || known && read.id.is_some() && !compatible(work.lexicon, item, &read) {
            return;
        }
    } else if matches!(item.m.identifier, Identifier::Work { .. } | Identifier::Law { .. }) && read.id.is_none() {
        return;
    }
    let mut found = vec![placed(&read, from)];
    // `của Sở Tư pháp và Sở Tài chính tại`
    if read.end < body_end - from {
        more_issuers(&g, work.bytes.get(..body_end).unwrap_or_default(), from + read.end, &mut found);
    }
    let dated = if role == Role::Issues { date_leading(work, &g, sentence, from) } else { None };
    if let Some(item) = work.items.get_mut(index) {
        item.issuers = found;
        if item.m.date.is_none() && item.far_date.is_none() {
            item.far_date = dated;
        }
    }
}

/// `Ngày 27/8, Đảng ủy … ban hành Công văn số 468`: the date at the head of the sentence.
pub(super) fn date_leading(
    work: &Work<'_>,
    g: &Grammar<'_>,
    sentence: usize,
    body: usize,
) -> Option<(crate::parse::DateRead, Span)> {
    let at = position(work.bytes, after_space(tail(work.bytes, sentence)));
    g.role(tail(work.bytes, at), &[Role::Date])?;
    let (rest, read) = date(g, tail(work.bytes, at)).ok()?;
    let after = after_space(rest);
    let after = if after.first() == Some(&b',') { after_space(tail(after, 1)) } else { after };
    (position(work.bytes, after) == body).then(|| (read, Span::at(at + read.start, at + read.end)))
}

/// A body whose name (with further ones joined to it) ends at `end`; where it starts.
pub(super) fn issuer_ending(g: &Grammar<'_>, bytes: &[u8], floor: usize, end: usize) -> Option<(IssuerRead, usize)> {
    let within = bytes.get(..end)?;
    let mut end_word = end;
    // `đã`, `vừa`, `có` between body and verb
    for _ in 0..2 {
        let word = word_start(bytes, end_word);
        if word > floor && g.lexicon.word(bytes, word, &[Role::Aspect]).is_some_and(|found| found.end == end_word) {
            end_word = skip_space_back(bytes, word);
        }
    }
    let within = within.get(..end_word)?;
    let mut start = word_start(bytes, end_word);
    let mut best = None;
    for _ in 0..16 {
        if start < floor {
            break;
        }
        if let Ok((rest, read)) = issuer(g, tail(within, start)) {
            let reached = if rest.is_empty() {
                true
            } else {
                let mut more = Vec::new();
                more_issuers(g, within, position(within, rest), &mut more) == within.len()
            };
            if reached {
                best = Some((read, start));
            }
        }
        let left = skip_space_back(bytes, start);
        let mark = left.checked_sub(1).and_then(|at| bytes.get(at)).is_some_and(|b| matches!(b, b',' | b'-'));
        let left = if mark { skip_space_back(bytes, left - 1) } else { left };
        let next = word_start(bytes, left);
        if next == left {
            break;
        }
        start = next;
    }
    best
}
