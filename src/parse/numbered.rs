//! Documents by number: a symbol, a bare number, or a blank to be filled in; and the date that follows.

use super::date::date;
use super::input::{Grammar, after_space, as_str, digits, first, position, starts_in_word, tail};
use super::mention::{Head, Identifier, Mention, Site};
use super::symbol::{number, symbol, year};
use super::symbol_spaced::symbol_spaced;
use crate::lexicon::{Role, TypeClass};
use crate::span::Span;
use crate::text::word::word_at;

/// `số`, also in brackets.
///
/// ```ebnf
/// number_marker = [ "[" ] , number_word , [ "]" ] , [ ":" | "." | "/" ] ;
/// ```
pub(super) fn number_marker<'i>(g: &Grammar<'_>, i: &'i [u8]) -> Option<&'i [u8]> {
    let at = after_space(i);
    let at = if first(at) == Some(b'[') { tail(at, 1) } else { at };
    let mut rest = g.role(at, &[Role::Number]).or_else(|| g.glued_role(at, &[Role::Number]))?;
    if first(rest) == Some(b']') {
        rest = tail(rest, 1);
    }
    let after = after_space(rest);
    if matches!(first(after), Some(b':' | b'.' | b'/'))
        && !matches!(first(after), Some(b'.') if tail(after, 1).first() == Some(&b'.'))
    {
        return Some(after_space(tail(after, 1)));
    }
    Some(after)
}

/// A document by its number, with or without a code.
///
/// ```ebnf
/// numbered = [ number_marker ] , ( symbol | symbol_spaced | number , [ " " , year ] ) , with_date ;
/// ```
pub(super) fn numbered(site: &Site<'_>, m: &mut Mention) -> Option<usize> {
    let Site { g, bytes, i, head, title_case, .. } = site;
    let (i, title_case) = (*i, *title_case);
    let marked = number_marker(g, i);
    let at = marked.unwrap_or_else(|| after_space(i));
    if !first(at).is_some_and(|b| b.is_ascii_digit()) {
        return None;
    }
    let start = position(bytes, at);
    if let Ok((rest, read)) = symbol(g, at).or_else(|_| symbol_spaced(g, at)) {
        // `kế hoạch 5/2013` is a month; `46/2016` a short mention
        let end = position(bytes, rest);
        m.symbol = Some(Span::at(start, end));
        m.identifier = Identifier::Symbol(read);
        return Some(with_date(g, bytes, end, m));
    }
    let (rest, text) = number(at).ok()?;
    let end = position(bytes, rest);
    let mut after = rest;
    let mut the_year = None;
    if first(rest) == Some(b' ')
        && let Ok((after_year, year)) = year(tail(rest, 1))
        && text.len() <= 4
        && !starts_in_word(after_year)
    {
        the_year = as_str(year).parse().ok();
        after = after_year;
    }
    // a heading and the number of the clause under it: `KẾ HOẠCH ¶ 1. …`
    let broken = marked.is_none() && i.get(..position(i, at)).is_some_and(|gap| gap.contains(&b'\n'));
    if the_year.is_none() && broken {
        return None;
    }
    if the_year.is_none() && !bare_number(g, text, rest, head, title_case, marked.is_some()) {
        return None;
    }
    m.symbol = Some(Span::at(start, position(bytes, after)));
    m.identifier = Identifier::Number { text: as_str(text).into(), year: the_year };
    let end = if the_year.is_some() { position(bytes, after) } else { end };
    Some(with_date(g, bytes, end, m))
}

/// A number without a code names a document only where nothing is counted, measured or dated by it.
fn bare_number(g: &Grammar<'_>, text: &[u8], rest: &[u8], head: &Head<'_>, title_case: bool, marked: bool) -> bool {
    let figures = digits(text);
    if figures > 5 || head.short && !marked {
        return figures <= 4 && !(head.before)().quoted && plain_end(g, rest);
    }
    let class = g.lexicon.type_class(head.doc_type);
    if matches!(class, TypeClass::Generic | TypeClass::Copy | TypeClass::Judgment) && !marked {
        return false;
    }
    let of = g.next_role(rest, &[Role::Of]).and_then(|body| g.next_role(body, &[Role::Foreign]));
    if of.is_some() || !plain_end(g, rest) {
        return false;
    }
    // verbs and common nouns in small letters are counted with: `quyết định 3 vấn đề`
    marked || title_case || !counted(g, rest)
}

/// What follows a bare number must not make it a part of another figure.
fn plain_end(g: &Grammar<'_>, rest: &[u8]) -> bool {
    let glued = match first(rest) {
        Some(b'/' | b'-' | b'%' | b':') => true,
        Some(b'.' | b',') => tail(rest, 1).first().is_some_and(u8::is_ascii_digit),
        _ => false,
    };
    let dated = g.next_role(rest, &[Role::Date]).is_some_and(|after| digits(after_space(after)) > 0);
    !glued
        && (dated || g.next_role(rest, &[Role::Counted]).is_none())
        && g.next_role(rest, &[Role::Year]).is_none_or(|after| digits(after_space(after)) == 4)
}

/// A small word after the number that is not one a mention goes on with.
fn counted(g: &Grammar<'_>, rest: &[u8]) -> bool {
    let next = after_space(rest);
    word_at(next, 0).is_some_and(|word| !word.upper_first)
        && g.role(
            next,
            &[
                Role::Date,
                Role::Of,
                Role::Title,
                Role::And,
                Role::At,
                Role::This,
                Role::Back,
                Role::Month,
                Role::NameEnd,
                Role::Effective,
                Role::Issues,
                Role::NoName,
            ],
        )
        .is_none()
}

/// The date right after a number or name; where the core of the mention ends. A comma is passed only before `ngày`.
///
/// ```ebnf
/// with_date = [ "(" , ? up to four letters and figures ? , ")" ] , [ "," ] , [ date ] ;
/// ```
pub(super) fn with_date(g: &Grammar<'_>, bytes: &[u8], end: usize, m: &mut Mention) -> usize {
    let i = tail(bytes, end);
    let mut at = after_space(i);
    if first(at) == Some(b'(') {
        // a foot note mark or unit in parentheses: `84-CP (1) ngày`, `QĐ-BCA (A11) ngày`
        let inner = tail(at, 1).iter().take(5).position(|b| *b == b')');
        if let Some(close) = inner
            .filter(|close| tail(at, 1).get(..*close).is_some_and(|text| text.iter().all(u8::is_ascii_alphanumeric)))
        {
            let after = after_space(tail(at, close + 2));
            if g.role(after, &[Role::Date]).is_some() {
                at = after;
            }
        }
    }
    if first(at) == Some(b',') {
        let after = after_space(tail(at, 1));
        // a comma is passed only before a date with its day
        if g.role(after, &[Role::Date]).is_none() {
            return end;
        }
        at = after;
    }
    match date(g, at) {
        Ok((rest, read)) => {
            let start = position(bytes, at);
            m.date = Some((read, Span::at(start + read.start, start + read.end)));
            position(bytes, rest)
        }
        Err(_) => end,
    }
}

/// A number still to be filled in: `số …/QĐ-UBND`, `số ..... ngày`.
///
/// ```ebnf
/// placeholder = number_word , ? dots, underscores, ellipses and blanks ? , [ "/"
///     , { ? letter, figure, slash, hyphen or dot ? } ] ;
/// ```
pub(super) fn placeholder(site: &Site<'_>, m: &mut Mention) -> Option<usize> {
    let Site { g, bytes, i, .. } = *site;
    let marker = after_space(i);
    let rest = g.role(marker, &[Role::Number])?;
    let mut at = 0;
    let mut blanks = 0;
    while at < 60 {
        match rest.get(at) {
            Some(b'.' | b'_' | b' ' | b':') => blanks += usize::from(rest.get(at) != Some(&b' ')),
            Some(0xE2) if rest.get(at..at + 3) == Some("…".as_bytes()) => {
                blanks += 1;
                at += 2;
            }
            _ => break,
        }
        at += 1;
    }
    let after = tail(rest, at);
    if blanks == 0 && at < 4 {
        return None;
    }
    // `/QĐ-UBND` or `/2013/QĐ-UBND`
    let mut end = after;
    if first(after) == Some(b'/') {
        end = tail(after, 1);
        while first(end).is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'.') || !b.is_ascii())
        {
            end = tail(end, 1);
        }
    } else if blanks < 2 {
        return None;
    }
    m.identifier = Identifier::Placeholder;
    m.symbol = Some(Span::at(position(bytes, rest), position(bytes, end)));
    Some(position(bytes, end))
}
