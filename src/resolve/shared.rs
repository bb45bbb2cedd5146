//! Lists: the type, issuer or date that several mentions share.

use super::issuers::compatible;
use super::{Item, Work};
use crate::lexicon::{Lexicon, Role};
use crate::model::DocType;
use crate::parse::{Grammar, Identifier, IssuerRead, after_space, tail};
use crate::text::word::{skip_space_back, word_start};

/// Members of a list without a type word have the type of the one before.
pub(super) fn inherit_types(work: &mut Work<'_>) {
    for index in 1..work.items.len() {
        let Some((before, rest)) = work.items.split_at_mut_checked(index) else { break };
        let (Some(previous), Some(item)) = (before.last(), rest.first_mut()) else { break };
        if item.m.type_word.is_none()
            && matches!(item.m.identifier, Identifier::Symbol(_))
            && coordinated(work.lexicon, work.bytes, previous.end, item.m.core.start as usize).is_some()
        {
            item.inherits = true;
            if item.m.doc_type.is_none()
                || previous.doc_type().is_some_and(|t| Some(t) != item.m.doc_type && same_code(work.lexicon, t, item))
            {
                item.m.doc_type = previous.doc_type();
            }
        }
    }
}

/// The code of the symbol can stand for the type as well (QĐ for Quyết định and Quy định).
pub(super) fn same_code(_: &Lexicon, doc_type: DocType, item: &Item) -> bool {
    matches!(
        (doc_type, item.m.doc_type),
        (DocType::QuyDinh, Some(DocType::QuyetDinh)) | (DocType::ThongTri, Some(DocType::ThongTu))
    )
}

/// Only separators stand between two mentions: where the next one's own words begin.
pub(super) fn coordinated(lexicon: &Lexicon, bytes: &[u8], from: usize, to: usize) -> Option<bool> {
    let g = Grammar { lexicon };
    let text = bytes.get(from..to)?;
    if text.len() > 60 {
        return None;
    }
    let mut at = after_space(text);
    let mut any = false;
    let mut semicolon = false;
    for _ in 0..6 {
        match at.first() {
            None => return any.then_some(semicolon),
            Some(b',') => {
                any = true;
                at = after_space(tail(at, 1));
                continue;
            }
            Some(b';') => {
                any = true;
                semicolon = true;
                at = after_space(tail(at, 1));
                continue;
            }
            _ => {}
        }
        if let Some(rest) = g.role(at, &[Role::And]) {
            any = true;
            at = after_space(rest);
        } else if let Some(rest) = g.role(at, &[Role::Plural]) {
            at = after_space(rest);
        } else {
            // quotation marks that close one title and open another
            let quote = ["”", "“", "\"", "»", "«"].iter().find(|mark| at.starts_with(mark.as_bytes()));
            match quote {
                Some(mark) => at = after_space(tail(at, mark.len())),
                None => return None,
            }
        }
    }
    (at.is_empty() && any).then_some(semicolon)
}

/// An issuer after the last of a list belongs to those before it; so does the date of a list under one type word.
pub(super) fn share(work: &mut Work<'_>) {
    for index in (1..work.items.len()).rev() {
        let Some((before, rest)) = work.items.split_at_mut_checked(index) else { break };
        let (Some(previous), Some(item)) = (before.last_mut(), rest.first()) else { break };
        if previous.end > item.m.core.start as usize
            || coordinated(work.lexicon, work.bytes, previous.end, item.m.core.start as usize) != Some(false)
        {
            continue;
        }
        if !matches!(previous.m.identifier, Identifier::Symbol(_) | Identifier::Number { .. }) {
            continue;
        }
        if previous.issuers.is_empty() && !item.issuers.is_empty() {
            let fits = item.issuers.first().is_some_and(|issuer| {
                let read = IssuerRead { start: 0, end: 0, id: issuer.id, place: issuer.place };
                compatible(work.lexicon, previous, &read)
                    || issuer.id.is_none() && previous.doc_type() == item.doc_type()
            });
            if fits {
                previous.issuers.clone_from(&item.issuers);
            }
        }
        if item.inherits
            && previous.m.date.is_none()
            && previous.far_date.is_none()
            && yearless(previous)
            && yearless(item)
        {
            previous.far_date = item.m.date.or(item.far_date);
        }
    }
}

pub(super) fn yearless(item: &Item) -> bool {
    matches!(&item.m.identifier, Identifier::Symbol(symbol) if symbol.year.is_none())
}

/// `Chính phủ ban hành Chỉ thị A; Nghị định B …; ra Quyết định C`: the actor of the first acts on.
pub(super) fn share_from_left(work: &mut Work<'_>) {
    let g = Grammar { lexicon: work.lexicon };
    for index in 1..work.items.len() {
        let Some((before, rest)) = work.items.split_at_mut_checked(index) else { break };
        let Some(item) = rest.first_mut() else { break };
        if !item.issuers.is_empty() || !matches!(item.m.identifier, Identifier::Symbol(_)) {
            continue;
        }
        // the last mention before it that was issued by somebody named before it
        let Some(actor) = before.iter().rev().take(3).find(|previous| {
            previous
                .issuers
                .first()
                .is_some_and(|issuer| issuer.span.is_some_and(|span| span.end <= previous.m.core.start))
        }) else {
            continue;
        };
        let Some(issuer) = actor.issuers.first().cloned() else { continue };
        let gap_start = actor.end;
        let start = item.m.core.start as usize;
        if super::sentence::strongest_break(work.bytes, gap_start, start).0 != super::sentence::Break::Semicolon {
            continue;
        }
        let end = skip_space_back(work.bytes, start);
        let heads = work.bytes.get(end.wrapping_sub(1)) == Some(&b';')
            || g.lexicon
                .word(work.bytes, word_start(work.bytes, end), &[Role::Issues])
                .is_some_and(|found| found.end == end);
        let read = IssuerRead { start: 0, end: 0, id: issuer.id, place: issuer.place };
        if heads && compatible(work.lexicon, item, &read) {
            item.issuers.push(issuer);
        }
    }
}
