//! Symbols with spaces inside: before the term of the National Assembly, or for every slash.

use super::input::{Grammar, Parsed, as_str, digits, first, starts_in_word, tail};
use super::symbol::{Part, Symbol, code, number, year};
use super::symbol_class::classify;

/// `18/2008/NQ-QH 12`, `16/2004/PL-UBTVQH 11`: the term of the National Assembly, one space away.
pub(super) fn spaced_term<'i>(
    g: &Grammar<'_>,
    code: &[u8],
    year: Option<i16>,
    rest: &'i [u8],
) -> Option<(&'i [u8], u16)> {
    if first(rest) != Some(b' ') || !tail(rest, 1).first().is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let figures = digits(tail(rest, 1));
    let after = tail(rest, 1 + figures);
    let ends = !starts_in_word(after) && !matches!(first(after), Some(b'/' | b'-'));
    let term = as_str(rest.get(1..=figures).filter(|_| figures <= 2 && ends)?).parse().ok()?;
    let found = g.lexicon.issuer_code(&format!("{}{term}", as_str(code)))?;
    (found.session == Some(term) && g.lexicon.is_session(term, year?)).then_some((after, term))
}

/// Key words of pages write slashes as spaces: `147 2026 NĐ-CP`.
///
/// ```ebnf
/// symbol_spaced = number , [ " " ] , year , " " , code , [ " " | "-" ] , code ;
/// ```
pub(super) fn symbol_spaced<'i>(g: &Grammar<'_>, i: &'i [u8]) -> Parsed<'i, Symbol> {
    let fail = || nom::Err::Error(());
    let (rest, number) = number(i)?;
    let (rest, year) = year(tail(rest, usize::from(first(rest) == Some(b' '))))?;
    let space = usize::from(first(rest) == Some(b' '));
    let (rest, type_code) = code(g, tail(rest, space))?;
    g.lexicon.type_code(as_str(type_code)).filter(|_| space == 1).ok_or_else(fail)?;
    let mark = usize::from(matches!(first(rest), Some(b' ' | b'-')));
    let (rest, issuer) = code(g, tail(rest, mark))?;
    g.lexicon.issuer_code(as_str(issuer)).ok_or_else(fail)?;
    let parts = [
        Part { separator: b'/', text: year },
        Part { separator: b'/', text: type_code },
        Part { separator: b'-', text: issuer },
    ];
    classify(g, number, &parts, &[]).map(|symbol| (rest, symbol)).ok_or_else(fail)
}
