//! Acts: laws, codes, ordinances and constitutions, by name, number, year or date.

use super::input::{Grammar, after_space, as_str, first, position, starts_in_word, tail};
use super::law::law_name;
use super::mention::{Identifier, Mention, Site};
use super::numbered::{number_marker, with_date};
use super::symbol::{symbol, year};
use crate::lexicon::Role;
use crate::model::DocType;
use crate::span::Span;
use crate::text::word::word_at;

/// An act by number, by name, or by both. Only a constitution needs no name.
///
/// ```ebnf
/// act = [ number_marker ] , symbol , with_date | [ law_name ] , [ number_marker , ( symbol
///     | corrupt_symbol ) ] , ( with_date | year ) ;
/// ```
pub(super) fn act(site: &Site<'_>, m: &mut Mention) -> Option<usize> {
    let Site { g, bytes, i, title_case, .. } = *site;
    let start = m.core.end as usize;
    if let Some(at) = number_marker(g, i)
        && let Ok((rest, read)) = symbol(g, at)
    {
        let end = position(bytes, rest);
        m.symbol = Some(Span::at(position(bytes, at), end));
        m.identifier = Identifier::Law { name: None, symbol: Some(read), corrupt: false };
        return Some(with_date(g, bytes, end, m));
    }
    if first(after_space(i)).is_some_and(|b| b.is_ascii_digit())
        && let Ok((rest, read)) = symbol(g, after_space(i))
    {
        let end = position(bytes, rest);
        m.symbol = Some(Span::at(position(bytes, after_space(i)), end));
        m.identifier = Identifier::Law { name: None, symbol: Some(read), corrupt: false };
        return Some(with_date(g, bytes, end, m));
    }
    let mut end = start;
    let mut name = None;
    if let Ok((rest, read)) = law_name(g, i, title_case) {
        end = position(bytes, rest);
        m.name = Some(Span::at(start + read.start, start + read.end));
        name = Some(read);
    } else if m.doc_type != Some(DocType::HienPhap) {
        // `Pháp lệnh 1993`: the act of that year named before
        let at = after_space(i);
        let (rest, text) = year(at).ok().filter(|_| title_case)?;
        if starts_in_word(rest) || matches!(first(rest), Some(b'/' | b'-' | b'.')) {
            return None;
        }
        m.year = as_str(text).parse().ok();
        m.identifier = Identifier::Year;
        return Some(position(bytes, rest));
    }
    let mut found = None;
    let mut corrupt = false;
    if let Some(at) = number_marker(g, tail(bytes, end)) {
        if let Ok((rest, read)) = symbol(g, at) {
            // `Luật sửa đổi … của Bộ luật Hình sự số 100/2015/QH13`: the number of the act inside the title
            if let Some(title) = name.as_mut().filter(|title| title.inner.is_some() && inner_number(g, &read.text)) {
                end = position(bytes, rest);
                title.end = end - start;
                m.identifier = Identifier::Law { name, symbol: None, corrupt: false };
                return Some(end);
            }
            m.symbol = Some(Span::at(position(bytes, at), position(bytes, rest)));
            end = position(bytes, rest);
            found = Some(read);
        } else if let Some(rest) = corrupt_symbol(g, at) {
            end = position(bytes, rest);
            corrupt = true;
        }
    }
    let law = m.doc_type;
    m.identifier = Identifier::Law { name, symbol: found, corrupt };
    let dated = with_date(g, bytes, end, m);
    if dated > end {
        return Some(dated);
    }
    // a bare year: `Luật Đất đai 2013`
    let at = after_space(tail(bytes, end));
    if let Ok((rest, text)) = year(at)
        && !starts_in_word(rest)
        && !matches!(first(rest), Some(b'/' | b'-'))
        && !tail(bytes, end).starts_with(b"\n")
        && law.is_some()
    {
        m.year = as_str(text).parse().ok();
        return Some(position(bytes, rest));
    }
    Some(end)
}

/// A number of an act of the table that is not itself an amending one.
fn inner_number(g: &Grammar<'_>, symbol: &str) -> bool {
    let types = [DocType::Luat, DocType::BoLuat, DocType::PhapLenh];
    let law = types.into_iter().find_map(|kind| g.lexicon.law_row(g.lexicon.law_by_symbol(kind, symbol)?));
    law.is_some_and(|law| g.role(law.title.as_bytes(), &[Role::Amending]).is_none())
}

/// `số Ì 3/2012/QH13`: a stray sign before the figures; the number cannot be trusted.
///
/// ```ebnf
/// corrupt_symbol = ? a word of one or two letters ? , symbol ;
/// ```
fn corrupt_symbol<'i>(g: &Grammar<'_>, i: &'i [u8]) -> Option<&'i [u8]> {
    let word = word_at(i, 0).filter(|word| word.chars <= 2 && !word.digits)?;
    symbol(g, after_space(tail(i, word.end))).ok().map(|(rest, _)| rest)
}

/// A year after a name: `BLHS 2015`, `BLHS năm 2015`; and where it ends.
///
/// ```ebnf
/// year_after = [ year_word ] , year ;
/// ```
pub(crate) fn year_after(g: &Grammar<'_>, bytes: &[u8], end: usize) -> Option<(i16, usize)> {
    let at = after_space(tail(bytes, end));
    let at = g.role(at, &[Role::Year]).map_or(at, after_space);
    let (rest, text) = year(at).ok()?;
    let plain = !starts_in_word(rest) && !matches!(first(rest), Some(b'/' | b'-'));
    plain.then(|| as_str(text).parse().ok().map(|year| (year, position(bytes, rest)))).flatten()
}
