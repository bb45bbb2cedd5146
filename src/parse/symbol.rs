//! Symbols: `30/2020/NĐ-CP`, `16- KL/TW`, `2054/UBND-KT`, `07-TT/TC`, `48/2019/HS-ST`.
//!
//! One shape is read – a number and parts after slashes and hyphens, spaces and one line break allowed around
//! them – and then classified by what the parts are. Families: norms b, Nghị định 30/2020/NĐ-CP, Hướng dẫn
//! 36-HD/VPTW.

use super::input::{Grammar, Parsed, as_str, digits, first, position, starts_in_word, tail};
use super::symbol_class::{classify, dot_joins};
use super::symbol_spaced::spaced_term;
use crate::lexicon::Role;
use crate::model::{DocType, IssuerId};
use crate::text::fold::{decode, letter};
use compact_str::CompactString;
use smallvec::SmallVec;

/// Which system of numbering a symbol belongs to: decides what is necessary for identity.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Family {
    /// Acts and resolutions of the National Assembly and its Standing Committee.
    Congress,
    /// Orders and decisions of the President.
    President,
    /// State, with the year in the symbol.
    Normative,
    /// State, type but no year.
    Administrative,
    /// State, neither type nor year: công văn.
    Letter,
    /// Several issuers.
    Joint,
    /// Party bodies: numbered per term.
    Party,
    /// Youth, union, front.
    Mass,
    /// Before 1998: the organ alone, or a run over years.
    Old,
    /// Consolidated texts.
    Consolidated,
    /// Judgments.
    Case,
    /// Precedents.
    Precedent,
    /// Number and year without a code.
    NumberYear,
}

/// A body named by a code of the symbol.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct IssuerCode {
    pub code: CompactString,
    pub id: Option<IssuerId>,
}

/// A symbol as read.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Symbol {
    /// Without spaces, in official letter case.
    pub text: CompactString,
    /// Number with its letters, as written.
    pub number: CompactString,
    pub year: Option<i16>,
    /// The type its code says; none where it has none.
    pub doc_type: Option<DocType>,
    pub issuers: SmallVec<[IssuerCode; 1]>,
    /// Term of the National Assembly.
    pub session: Option<u16>,
    pub family: Family,
    /// Read otherwise than written.
    pub repaired: bool,
    /// A range of numbers: no one document.
    pub range: bool,
    /// Its codes are in the tables: it is a symbol even without a type word.
    pub known: bool,
}

/// A part after a separator.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Part<'i> {
    pub separator: u8,
    pub text: &'i [u8],
}

/// No symbol has more parts.
pub(super) const PARTS: usize = 12;

/// The number of a document with its letters: `15a`, `54bis`.
///
/// ```ebnf
/// number = ? one to six digits ? , [ suffix | spaced_suffix ] ;
/// ```
pub(super) fn number(i: &[u8]) -> Parsed<'_, &[u8]> {
    let count = digits(i);
    if count == 0 || count > 6 {
        return Err(nom::Err::Error(()));
    }
    let rest = tail(i, count);
    let end = count + suffix(rest) + spaced_suffix(rest);
    let after = tail(i, end);
    if starts_in_word(after) && !after.first().is_some_and(u8::is_ascii_uppercase) {
        return Err(nom::Err::Error(()));
    }
    Ok((after, i.get(..end).unwrap_or_default()))
}

/// What sticks to a number; its length in bytes, 0 for nothing.
///
/// ```ebnf
/// suffix = "bis" | "ter" | ? one letter of a to e or đ, without tone ? ;
/// ```
fn suffix(i: &[u8]) -> usize {
    for word in [b"bis".as_slice(), b"ter"] {
        if i.get(..3).is_some_and(|head| head.eq_ignore_ascii_case(word)) && !starts_in_word(tail(i, 3)) {
            return 3;
        }
    }
    let length = match decode(i, 0) {
        Some((point, length)) if matches!(letter(point).base, b'a'..=b'e') && letter(point).tone == 0 => length,
        _ => return 0,
    };
    if starts_in_word(tail(i, length)) { 0 } else { length }
}

/// `08 a/2010/TT-BTP`: a letter one space away that a slash and a year hold to the number.
///
/// ```ebnf
/// spaced_suffix = " " , ? one small letter of a to e ? ;
/// ```
fn spaced_suffix(i: &[u8]) -> usize {
    match i {
        [b' ', b'a'..=b'e', b'/', rest @ ..] if year(rest).is_ok() => 2,
        _ => 0,
    }
}

/// Spaces around a separator: at most four bytes, one line break.
///
/// ```ebnf
/// spaces = ? up to four blanks with at most one line break ? ;
/// ```
fn spaces(i: &[u8]) -> usize {
    let mut end = 0;
    let mut breaks = 0;
    while end < 4 {
        match i.get(end) {
            Some(b' ' | b'\t' | b'\r') => {}
            Some(b'\n') if breaks == 0 => breaks += 1,
            _ => break,
        }
        end += 1;
    }
    end
}

/// A number with its codes: `30/2020/NĐ-CP`, `16-KL/TW`, `88/2025QH15` with a lost slash, `84 QĐ/TWĐTN`.
///
/// ```ebnf
/// symbol = number , ( part , { part | code } | without_hyphen ) ;
/// ```
pub(crate) fn symbol<'i>(g: &Grammar<'_>, i: &'i [u8]) -> Parsed<'i, Symbol> {
    let (mut rest, number) = number(i)?;
    let mut parts = [Part::default(); PARTS];
    let mut count = 0;
    let mut lost_slash = false;
    let mut range = false;
    while count < PARTS {
        let Ok((after, part)) = part(g, rest, parts.get(..count).unwrap_or_default()) else { break };
        if count == 0 && part.separator == b'-' && part.text.len() <= 3 && part.text.iter().all(u8::is_ascii_digit) {
            range = true;
        }
        if let Some(slot) = parts.get_mut(count) {
            *slot = part;
            count += 1;
        }
        rest = after;
        // a slash lost after the year: `88/2025QH15`
        if part.text.len() == 4 && part.text.iter().all(u8::is_ascii_digit) && starts_in_word(rest) {
            let Ok((after, code)) = code(g, rest) else { return Err(nom::Err::Error(())) };
            if let Some(slot) = parts.get_mut(count) {
                *slot = Part { separator: b'/', text: code };
                count += 1;
            }
            lost_slash = true;
            rest = after;
        }
    }
    if count == 0 {
        (rest, count) = without_hyphen(g, rest, &mut parts)?;
    }
    let written = i.get(..position(i, rest)).unwrap_or_default();
    let mut symbol = classify(g, number, parts.get(..count).unwrap_or_default(), written).ok_or(nom::Err::Error(()))?;
    symbol.repaired |= lost_slash;
    symbol.range = range;
    if number.contains(&b' ') {
        symbol.number = symbol.number.split(' ').collect();
        symbol.text = symbol.text.split(' ').collect();
    }
    let last = parts.get(..count).and_then(<[Part<'_>]>::last).map_or(&b""[..], |part| part.text);
    if let Some((after, term)) = spaced_term(g, last, symbol.year, rest) {
        let issued = |code: &IssuerCode| code.code.as_bytes() == last;
        symbol.doc_type = symbol.doc_type.filter(|_| symbol.issuers.iter().any(issued));
        symbol.family = Family::Congress;
        symbol.session = Some(term);
        symbol.known = true;
        symbol.text.push_str(&term.to_string());
        rest = after;
    }
    Ok((rest, symbol))
}

/// the youth union wrote its type so: `84 QĐ/TWĐTN`, `22HD/TWĐTN`; ministries theirs: `43 TC/QLCS`, `1357TC/QĐ-TCT`
///
/// ```ebnf
/// without_hyphen = spaces , code , { part } ;
/// ```
fn without_hyphen<'i>(g: &Grammar<'_>, i: &'i [u8], parts: &mut [Part<'i>; PARTS]) -> Parsed<'i, usize> {
    let space = spaces(i);
    let (mut rest, code) = code(g, tail(i, space))?;
    let known = g.lexicon.type_code(as_str(code)).is_some() || g.lexicon.issuer_code(as_str(code)).is_some();
    // a code that no table has, where another stands after the slash: `143 TCTK/PPCĐ`
    let capitals =
        space == 1 && code.len() >= 2 && tail(rest, 1).first().is_some_and(|b| b.is_ascii_uppercase() || *b >= 0xC3);
    // `Quyết định số 150 CP ngày 10/6/1977`: the Government's old numbers, before a date
    if space == 1 && g.lexicon.issuer_code(as_str(code)).is_some() && g.next_role(rest, &[Role::Date]).is_some() {
        let [only, ..] = parts;
        *only = Part { separator: b'-', text: code };
        return Ok((rest, 1));
    }
    if !known && !capitals || first(rest) != Some(b'/') {
        return Err(nom::Err::Error(()));
    }
    let mut count = 0;
    let mut next = Part { separator: b'-', text: code };
    while let Some(slot) = parts.get_mut(count) {
        *slot = next;
        count += 1;
        match part(g, rest, parts.get(..count).unwrap_or_default()) {
            Ok((after, found)) => (rest, next) = (after, found),
            Err(_) => break,
        }
    }
    if count < 2 { Err(nom::Err::Error(())) } else { Ok((rest, count)) }
}

/// A year of four figures. No further figure follows.
///
/// ```ebnf
/// year = ( "18" | "19" | "20" ) , digit , digit ;
/// ```
pub(super) fn year(i: &[u8]) -> Parsed<'_, &[u8]> {
    match i.get(..4) {
        Some(year @ ([b'1', b'8' | b'9', b'0'..=b'9', b'0'..=b'9'] | [b'2', b'0', b'0'..=b'9', b'0'..=b'9']))
            if !tail(i, 4).first().is_some_and(u8::is_ascii_digit) =>
        {
            Ok((tail(i, 4), year))
        }
        _ => Err(nom::Err::Error(())),
    }
}

/// A separator and what it separates. The year stands first and only once; figures stand before a slash or at the end.
///
/// ```ebnf
/// part = spaces , ( "/" | "-" | "_" | "." ) , spaces , ( year | figures | code ) | "("
///     , ? up to five letters and figures, the first a capital ? , ")" ;
/// ```
fn part<'i>(g: &Grammar<'_>, i: &'i [u8], before: &[Part<'i>]) -> Parsed<'i, Part<'i>> {
    let fail = || nom::Err::Error(());
    let left = spaces(i);
    let separator = match i.get(left) {
        Some(b @ (b'/' | b'-')) => *b,
        Some(b'_') => b'-',
        Some(b'.') if left == 0 && before.last().is_some_and(|part| dot_joins(g, part.text, tail(i, 1))) => b'.',
        // a unit in parentheses sticks to its issuer: `BCA(X13)`
        Some(b'(') if left == 0 && !before.is_empty() => {
            let inner = tail(i, 1);
            let end = inner.iter().take(6).position(|b| *b == b')').ok_or_else(fail)?;
            let text = inner
                .get(..end)
                .filter(|text| {
                    text.iter().all(u8::is_ascii_alphanumeric) && text.first().is_some_and(u8::is_ascii_uppercase)
                })
                .ok_or_else(fail)?;
            return Ok((tail(inner, end + 1), Part { separator: b'(', text }));
        }
        _ => return Err(fail()),
    };
    let rest = tail(i, left + 1);
    let right = spaces(rest);
    let rest = tail(rest, right);
    let spaced = left + right > 0;
    if let Ok((after, text)) = year(rest) {
        // the year stands first, and only once
        return if before.is_empty() && (separator == b'/' || first(after) == Some(b'/')) {
            Ok((after, Part { separator, text }))
        } else {
            Err(fail())
        };
    }
    let figures = digits(rest);
    if figures > 0 {
        let after = tail(rest, figures);
        // `07/06/CV-AC/01` and ranges `97-100/TT-BTC`; a figure at the end only after a code
        let inner = before.is_empty()
            && figures <= 4
            && first(after) == Some(b'/')
            && tail(after, 1).first().is_some_and(u8::is_ascii_uppercase);
        let last = before.len() >= 2
            && figures <= 3
            && !starts_in_word(after)
            && !spaced
            && (separator == b'/' && figures <= 2 || separator == b'-' && first(rest) == Some(b'0'));
        return if inner || last {
            Ok((after, Part { separator, text: rest.get(..figures).unwrap_or_default() }))
        } else {
            Err(fail())
        };
    }
    let (after, text) = code(g, rest)?;
    if spaced && !holds_despite_spaces(g, text, before, separator, after) {
        return Err(fail());
    }
    Ok((after, Part { separator, text }))
}

/// A space around a separator is only an accident where the code is known, or a slash still follows.
fn holds_despite_spaces(g: &Grammar<'_>, text: &[u8], before: &[Part<'_>], separator: u8, after: &[u8]) -> bool {
    let code = as_str(text);
    let capitals =
        text.len() >= 2 && text.iter().all(|b| b.is_ascii_uppercase() || !b.is_ascii() || b.is_ascii_digit());
    if g.lexicon.type_code(code).is_some() {
        // `1072 - CV/TU`: the issuer must follow; `số 12/2013 - CT` is none
        return separator == b'/' || matches!(first(tail(after, spaces(after))), Some(b'/' | b'-'));
    }
    if g.lexicon.issuer_code(code).is_some() {
        return before.iter().any(|part| g.lexicon.type_code(as_str(part.text)).is_some()) || separator == b'/';
    }
    // `BNV -BLĐTBXH`, `4291/VPCP - NN`
    capitals
        && !before.is_empty()
        && before.last().is_some_and(|part| !part.text.first().is_some_and(u8::is_ascii_digit))
}

/// A type or issuer code. Known codes count in any letter case, and without the letters of the next word that stick to
/// them: `NĐ-CPngày`.
///
/// ```ebnf
/// code = ? capitals, figures, & and dots between them ? | type_code | issuer_code ;
/// ```
pub(super) fn code<'i>(g: &Grammar<'_>, i: &'i [u8]) -> Parsed<'i, &'i [u8]> {
    let fail = || nom::Err::Error(());
    let mut end = 0;
    let mut upper_end = 0;
    let mut lower = false;
    while end < 32 {
        // most codes are plain capitals
        if i.get(end).is_some_and(u8::is_ascii_uppercase) {
            end += 1;
            if !lower {
                upper_end = end;
            }
            continue;
        }
        let Some((point, length)) = decode(i, end) else { break };
        let c = letter(point);
        if c.shape == 0 {
            // a dot only between letters: `HĐND.K9`, `T.Ư`
            if point == u32::from(b'.')
                && end > 0
                && !dot_joins(g, i.get(..end).unwrap_or_default(), tail(i, end + 1))
                && !lower
                && starts_in_word(tail(i, end + 1))
                && !tail(i, end + 1).first().is_some_and(u8::is_ascii_lowercase)
            {
                end += 1;
                continue;
            }
            break;
        }
        let figure = c.base.is_ascii_digit();
        if c.upper || figure || point == u32::from(b'&') {
            if !lower {
                upper_end = end + length;
            }
        } else {
            lower = true;
        }
        end += length;
    }
    let whole = i.get(..end).unwrap_or_default();
    let known = |text: &[u8]| {
        let text = as_str(text);
        g.lexicon.type_code(text).is_some() || g.lexicon.issuer_code(text).is_some()
    };
    if end == 0 || first(i).is_some_and(|b| b.is_ascii_digit()) {
        return Err(fail());
    }
    if !lower {
        return Ok((tail(i, end), whole));
    }
    if known(whole) {
        return Ok((tail(i, end), whole));
    }
    // letters of the next word stick to the code: `NĐ-CPngày`; mixed-case codes first (`TTgngày`)
    let mut cut = end;
    while let Some(start) = crate::text::fold::before(i, cut).filter(|start| *start > 0) {
        cut = start;
        let glued = g.role(tail(i, cut), &[Role::Date, Role::Of, Role::Title, Role::And, Role::Year]).is_some();
        if glued && (cut == upper_end || known(i.get(..cut).unwrap_or_default())) {
            return Ok((tail(i, cut), i.get(..cut).unwrap_or_default()));
        }
        if cut <= upper_end {
            break;
        }
    }
    Err(fail())
}

/// A symbol at the start of `i` and the rest after it.
pub(crate) fn symbol_here<'i>(g: &Grammar<'_>, i: &'i [u8]) -> Option<(Symbol, &'i [u8])> {
    symbol(g, i).ok().map(|(rest, symbol)| (symbol, rest))
}
