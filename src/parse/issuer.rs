//! Issuers after a mention: `của Bộ Chính trị (khóa X)`, `của Bộ trưởng Bộ Tài chính`, `của UBND tỉnh Quảng Ninh`.

use super::input::{Grammar, Parsed, after_space, first, position, starts_upper, tail};
use crate::lexicon::Role;
use crate::model::{IssuerId, PlaceId};
use crate::text::word::{gap, word_at};

/// A body as the text names it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct IssuerRead {
    /// Bytes from the start of the input.
    pub start: usize,
    pub end: usize,
    pub id: Option<IssuerId>,
    pub place: Option<PlaceId>,
}

/// No name of a body is longer.
const WORDS: usize = 24;

/// A body with its office, place and term.
///
/// ```ebnf
/// issuer = [ officer_word ] , ( known_body | by_form ) , [ locality ] , [ term ] ;
/// ```
pub(crate) fn issuer<'i>(g: &Grammar<'_>, i: &'i [u8]) -> Parsed<'i, IssuerRead> {
    let fail = || nom::Err::Error(());
    let mut at = 0;
    let mut officer = false;
    let mut known = g.lexicon.issuer_at(i, 0);
    if known.is_none()
        && let Some(found) = g.lexicon.word(i, 0, &[Role::Officer])
    {
        at = crate::text::word::skip_space(i, found.end);
        officer = true;
        known = g.lexicon.issuer_at(tail(i, at), 0);
    }
    let body = tail(i, at);
    let (mut end, id) = match known {
        Some(found) => {
            (at + found.end, found.values.first().and_then(|value| u16::try_from(*value).ok()).map(IssuerId))
        }
        None if g.lexicon.word(body, 0, &[Role::Body]).is_some() => (at + by_form(g, body).ok_or_else(fail)?, None),
        None if officer => {
            // the office alone: `của Thủ trưởng cơ quan` names no body
            return Err(fail());
        }
        None => return Err(fail()),
    };
    // a known head with a longer proper name: `Công an` … , `Ban Tuyên giáo Tỉnh ủy Quảng Ninh`
    let row = id.and_then(|id| g.lexicon.issuer(id));
    let mut place = None;
    if row.is_none_or(|row| row.local)
        && let Some((rest, found)) = locality(g, tail(i, end))
    {
        place = found;
        end = position(i, rest);
    }
    if let Some(rest) = term(g, tail(i, end)) {
        end = position(i, rest);
    }
    Ok((tail(i, end), IssuerRead { start: 0, end, id, place }))
}

/// The length in bytes of a body that the table lacks.
///
/// ```ebnf
/// by_form = body_word , { [ "," ] , proper_word , [ word ] | inner_word } ;
/// ```
fn by_form(g: &Grammar<'_>, i: &[u8]) -> Option<usize> {
    let head = g.lexicon.word(i, 0, &[Role::Body])?;
    let mut end = head.end;
    let mut proper = 0;
    let mut capital = false;
    let mut long = true;
    for _ in 0..WORDS {
        let between = gap(i, end);
        let next = tail(i, between.next);
        if !between.any && first(next) != Some(b'-') {
            break;
        }
        let Some(word) = word_at(next, 0) else { break };
        // a full stop ends the name; that of `TP.` does not
        if long && i.get(end..between.next).is_some_and(|gap| gap.contains(&b'.')) {
            break;
        }
        long = word.chars > 2;
        if between.comma && !(word.upper_first && continues_list(g, next)) {
            break;
        }
        if word.upper_first || word.digits {
            // a new sentence or another document ends the name
            if matches!(g.lexicon.anchor(next, 0), Some((crate::lexicon::Anchor::Type { .. }, _))) && !between.comma {
                break;
            }
            end = between.next + word.end;
            proper += 1;
            capital = word.upper_first && !word.upper_all;
            continue;
        }
        if std::mem::take(&mut capital) && !between.comma && is_syllable(g, next, word.end) {
            end = between.next + word.end;
            continue;
        }
        let Some(inner) = g.lexicon.word(next, 0, &[Role::Inner]) else { break };
        // an inner word counts only before a further proper or inner word
        let after = after_space(tail(next, inner.end));
        let goes_on =
            starts_upper(after) || g.lexicon.word(after, 0, &[Role::Inner]).is_some() || inner_ends(g, next, inner.end);
        if !goes_on {
            break;
        }
        end = between.next + inner.end;
    }
    (proper > 0).then_some(end)
}

/// The second syllable of a capitalised word: `Quy hoạch`, `Phát triển`. What comes after it is a further part of
/// the name, a word that goes on after a name, or the end.
fn is_syllable(g: &Grammar<'_>, i: &[u8], end: usize) -> bool {
    if g.lexicon.word(i, 0, AFTER_NAME).is_some()
        || g.lexicon.word(i, 0, &[Role::Inner]).is_some()
        || g.lexicon.cue_at(i, 0).is_some()
        || g.lexicon.anchor(i, 0).is_some()
    {
        return false;
    }
    let between = gap(i, end);
    let next = tail(i, between.next);
    match word_at(next, 0) {
        None => true,
        Some(word) => {
            between.comma
                || word.upper_first
                || word.digits
                || tail(i, end).starts_with(b"\n")
                || g.lexicon.word(next, 0, AFTER_NAME).is_some()
                || g.lexicon.word(next, 0, &[Role::Inner, Role::Locality, Role::Below, Role::Term]).is_some()
        }
    }
}

/// What can follow the name of a body.
const AFTER_NAME: &[Role] = &[
    Role::And,
    Role::Of,
    Role::At,
    Role::Title,
    Role::Date,
    Role::Issues,
    Role::Aspect,
    Role::Enacts,
    Role::NameEnd,
    Role::NoName,
    Role::Effective,
    Role::Annexed,
];

/// `Ngân hàng Chính sách xã hội` ends in a small word; `và` does not end a name.
fn inner_ends(g: &Grammar<'_>, i: &[u8], end: usize) -> bool {
    g.lexicon.word(i, 0, &[Role::And, Role::At, Role::Plural]).is_none_or(|found| found.end != end)
}

/// After a comma the name goes on only with words of a ministry's name, not with another body or officer.
fn continues_list(g: &Grammar<'_>, i: &[u8]) -> bool {
    g.lexicon.word(i, 0, &[Role::Body, Role::Officer]).is_none() && g.lexicon.issuer_at(i, 0).is_none()
}

/// The place of a local body. A place below the province counts by the province after it.
///
/// ```ebnf
/// locality = locality_word , [ known_place ] | below_word , proper_name , [ [ "," ] , locality_word
///     , known_place ] | known_place ;
/// ```
fn locality<'i>(g: &Grammar<'_>, i: &'i [u8]) -> Option<(&'i [u8], Option<PlaceId>)> {
    let at = after_space(i);
    let place_at = |i: &'i [u8]| {
        let found = g.lexicon.place_at(i, 0).filter(|_| starts_upper(i))?;
        let id = found.values.first().and_then(|value| u16::try_from(*value).ok()).map(PlaceId);
        Some((tail(i, found.end), id))
    };
    if let Some(rest) = g.role(at, &[Role::Locality]) {
        let next = tail(rest, gap(rest, 0).next);
        if let Some(found) = place_at(next) {
            return Some(found);
        }
        // `UBND tỉnh` of the document's own province; `đặc khu Vân Đồn` is none
        if g.lexicon.word(at, 0, &[Role::Below]).is_none() {
            return Some((rest, None));
        }
    }
    if let Some(found) = g.lexicon.word(at, 0, &[Role::Below]) {
        let rest = tail(at, found.end);
        let name = proper_name(after_space(rest))?;
        let end = position(i, tail(after_space(rest), name));
        let after = tail(i, end);
        // `huyện Hoành Bồ, tỉnh Quảng Ninh`
        let comma = after_space(after);
        let comma = if first(comma) == Some(b',') { after_space(tail(comma, 1)) } else { comma };
        if let Some(rest) = g.role(comma, &[Role::Locality])
            && let Some(found) = place_at(tail(rest, gap(rest, 0).next))
        {
            return Some(found);
        }
        return Some((after, None));
    }
    place_at(at)
}

/// Capitalised words of a place name.
///
/// ```ebnf
/// proper_name = proper_word , { proper_word } ;
/// ```
fn proper_name(i: &[u8]) -> Option<usize> {
    let mut end = 0;
    for _ in 0..4 {
        let start = if end == 0 { 0 } else { gap(i, end).next };
        if end > 0 && (start == end || gap(i, end).comma) {
            break;
        }
        let Some(word) = word_at(i, start).filter(|word| word.upper_first || word.digits) else { break };
        end = word.end;
    }
    (end > 0).then_some(end)
}

/// `(khóa X)`, `khóa XII`.
///
/// ```ebnf
/// term = [ "(" ] , term_word , ? a word in capitals or with figures ? , [ ")" ] ;
/// ```
fn term<'i>(g: &Grammar<'_>, i: &'i [u8]) -> Option<&'i [u8]> {
    let at = after_space(i);
    let (open, at) = if first(at) == Some(b'(') { (true, after_space(tail(at, 1))) } else { (false, at) };
    let rest = after_space(g.role(at, &[Role::Term])?);
    let word = word_at(rest, 0).filter(|word| word.upper_all || word.digits)?;
    let rest = tail(rest, word.end);
    if !open {
        return Some(rest);
    }
    let rest = after_space(rest);
    (first(rest) == Some(b')')).then(|| tail(rest, 1))
}
