//! Who issued the document: its header, its preamble, its body's own words.

use super::own::{HEAD, Piece};
use super::{IssuerAt, Own, Work};
use crate::lexicon::Role;
use crate::model::PlaceId;
use crate::parse::{Grammar, after_space, issuer, position, tail};
use crate::span::Span;

/// `CHỈ THỊ / CỦA ĐOÀN CHỦ TỊCH …`: the body on the line after the type.
pub(super) fn stated_issuer(g: &Grammar<'_>, bytes: &[u8], pieces: &[Piece], line: &Piece) -> Option<IssuerAt> {
    let next = pieces.iter().find(|piece| piece.start > line.start)?;
    let rest = after_space(g.role(tail(bytes, next.start), &[Role::Of])?);
    let start = position(bytes, rest);
    let (_, read) = issuer(g, rest).ok()?;
    Some(IssuerAt { span: Some(Span::at(start, start + read.end)), id: read.id, place: read.place, code: None })
}

/// The body named in the head: the one that the symbol agrees with, else the last above the number.
pub(super) fn head_issuer(
    g: &Grammar<'_>,
    bytes: &[u8],
    pieces: &[Piece],
    number: Option<usize>,
    own: &Own,
) -> Option<IssuerAt> {
    let code = own
        .symbol
        .as_ref()
        .and_then(|symbol| symbol.issuers.first())
        .and_then(|code| code.id)
        .and_then(|id| g.lexicon.issuer(id));
    let mut last = None;
    let most = number.map_or(24, |index| index + 24);
    for (index, piece) in pieces.iter().enumerate().take(most) {
        let here = tail(bytes, piece.start);
        if g.lexicon.word(bytes, piece.start, &[Role::Motto]).is_some() {
            continue;
        }
        let Ok((rest, mut read)) = issuer(g, here) else { continue };
        if read.place.is_none()
            && let Some((place, end)) = small_place(g, bytes, piece.start + read.end)
        {
            read.place = Some(place);
            read.end = end - piece.start;
        }
        // a body inside a sentence is not in the head
        let stop = position(bytes, rest);
        if stop + 12 < piece.end && read.place.is_none() {
            continue;
        }
        let found = IssuerAt {
            span: Some(Span::at(piece.start, piece.start + read.end)),
            id: read.id,
            place: read.place,
            code: None,
        };
        let row = read.id.and_then(|id| g.lexicon.issuer(id));
        let agrees = match (code, row) {
            (Some(code), Some(row)) => code.numbering() == row.numbering(),
            _ => false,
        };
        if agrees {
            return Some(found);
        }
        if number.is_none_or(|number| index < number) || last.is_none() {
            last = Some(found);
        }
    }
    last
}

/// A province in small letters after a body: `Ủy ban nhân dân tỉnh nghệ an`.
pub(super) fn small_place(g: &Grammar<'_>, bytes: &[u8], at: usize) -> Option<(PlaceId, usize)> {
    let here = after_space(tail(bytes, at));
    let here = g.role(here, &[Role::Locality]).map_or(here, after_space);
    let found = g.lexicon.place_at(here, 0)?;
    let id = found.values.first().and_then(|v| u16::try_from(*v).ok()).map(PlaceId)?;
    Some((id, position(bytes, tail(here, found.end))))
}

/// "Ban Tuyên giáo Tỉnh uỷ hướng dẫn …": the body that acts in the preamble.
pub(super) fn preamble_issuer(g: &Grammar<'_>, bytes: &[u8]) -> Option<IssuerAt> {
    let end = bytes.len().min(HEAD);
    let head = bytes.get(..end)?;
    let mut at = 0;
    while at < head.len() {
        let start = super::sentence::after_numbering(bytes, at);
        let mut here = start;
        // a clause starts at the line or after a comma
        for _ in 0..12 {
            if let Ok((rest, read)) = issuer(g, tail(bytes, here)) {
                let next = after_space(rest);
                if g.role(next, &[Role::Enacts]).is_some() && position(bytes, rest) <= end {
                    return Some(IssuerAt {
                        span: Some(Span::at(here, here + read.end)),
                        id: read.id,
                        place: read.place,
                        code: None,
                    });
                }
            }
            let Some(comma) = tail(bytes, here)
                .iter()
                .take(400)
                .position(|b| matches!(b, b',' | b'\n'))
                .filter(|n| bytes.get(here + n) == Some(&b','))
            else {
                break;
            };
            here = position(bytes, after_space(tail(bytes, here + comma + 1)));
        }
        at = memchr::memchr(b'\n', tail(bytes, at)).map_or(head.len(), |n| at + n + 1);
    }
    None
}

/// The province most issuers in the text belong to.
pub(super) fn voted_place(work: &Work<'_>) -> Option<PlaceId> {
    let local = work
        .own
        .issuer
        .as_ref()
        .and_then(|issuer| issuer.id)
        .and_then(|id| work.lexicon.issuer(id))
        .is_some_and(|row| row.local);
    if !local {
        return None;
    }
    let mut votes: Vec<(PlaceId, usize)> = Vec::new();
    for place in work.items.iter().flat_map(|item| &item.issuers).filter_map(|issuer| issuer.place) {
        match votes.iter_mut().find(|(known, _)| *known == place) {
            Some((_, count)) => *count += 1,
            None => votes.push((place, 1)),
        }
    }
    let best = votes.iter().max_by_key(|(_, count)| *count)?;
    // two provinces named equally often decide nothing
    (votes.iter().filter(|(_, count)| count == &best.1).count() == 1).then_some(best.0)
}
