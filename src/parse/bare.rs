//! Mentions found by their slash: bare symbols, members of lists, symbols whose type word stands further off.

use super::input::{Grammar, tail};
use super::mention::{Identifier, Mention};
use super::numbered::with_date;
use super::symbol::{Family, symbol};
use crate::lexicon::{Anchor, Role, TypeClass};
use crate::model::{DocType, Unit};
use crate::span::Span;
use crate::text::fold::{before, decode, letter, starts_word};
use crate::text::word::{skip_space, skip_space_back, word_start};

/// No number stands further before its slash.
const BACK: usize = 12;
/// No type word stands further before its number, in words.
const WORDS: usize = 7;

/// A symbol around the slash at `slash`, with the type word that stands before it; nothing before `floor` is read again.
///
/// ```ebnf
/// bare = [ type_word , { word } ] , [ number_word , [ ":" ] ] , symbol , with_date ;
/// ```
pub(crate) fn bare(g: &Grammar<'_>, bytes: &[u8], slash: usize, floor: usize) -> Option<Mention> {
    let start = number_start(bytes, slash, floor)?;
    let (rest, read) = symbol(g, tail(bytes, start)).ok()?;
    let end = bytes.len() - rest.len();
    if end <= slash || read.family == Family::NumberYear {
        return None;
    }
    let mut m = Mention {
        core: Span::at(start, end),
        doc_type: read.doc_type,
        type_word: None,
        short_type: false,
        plural: false,
        identifier: Identifier::Placeholder,
        symbol: Some(Span::at(start, end)),
        name: None,
        date: None,
        year: None,
    };
    let left = look_back(g, bytes, start, floor);
    if left.refused || !left.marked && left.doc_type.is_none() && !acceptable(&read) {
        return None;
    }
    if left.marked && left.doc_type.is_none() && !read.known && read.year.is_none() {
        return None;
    }
    let mut from = left.marker.unwrap_or(start);
    if let Some((doc_type, word)) = left.doc_type {
        m.doc_type = Some(doc_type);
        m.type_word = Some(word);
        from = word.start as usize;
    }
    m.core = Span::at(from, end);
    m.identifier = Identifier::Symbol(read);
    let end = with_date(g, bytes, end, &mut m);
    m.core = Span::at(from, end);
    Some(m)
}

/// Without any word before it a symbol needs a year and a known type, or a known type and a known issuer.
fn acceptable(read: &super::symbol::Symbol) -> bool {
    let issuer = read.issuers.first().is_some_and(|issuer| issuer.id.is_some());
    match read.family {
        Family::Congress | Family::Consolidated | Family::Precedent => read.year.is_some() || issuer,
        Family::Joint => true,
        Family::Letter | Family::Old | Family::Case | Family::NumberYear => false,
        _ => read.doc_type.is_some() && (read.year.is_some() || issuer),
    }
}

/// Where the number before the slash starts: figures, or figures, a hyphen and a code.
fn number_start(bytes: &[u8], slash: usize, floor: usize) -> Option<usize> {
    let mut at = back_over_space(bytes, slash, floor);
    let mut start = word_start(bytes, at);
    // the code of `16-KL/TW`
    if !bytes.get(start).is_some_and(u8::is_ascii_digit) {
        at = back_over_space(bytes, start, floor);
        if at > floor && bytes.get(at - 1) == Some(&b'-') {
            at = back_over_space(bytes, at - 1, floor);
        } else if at == start {
            // `22HD/TWĐTN`: figures and code in one word do not come here; a letter before the code does not either
            return None;
        }
        start = word_start(bytes, at);
    }
    if start < floor || start == at || slash - start > 4 * BACK || !bytes.get(start).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    // the year of `12/2013/…` is not the number
    let mut first = start;
    for _ in 0..2 {
        let left = back_over_space(bytes, first, floor);
        if left <= floor || bytes.get(left - 1) != Some(&b'/') {
            break;
        }
        let end = back_over_space(bytes, left - 1, floor);
        let number = word_start(bytes, end);
        if number < floor || number == end || !bytes.get(number).is_some_and(u8::is_ascii_digit) {
            break;
        }
        first = number;
    }
    (starts_word(bytes, first) && !joined(bytes, first)).then_some(first)
}

fn back_over_space(bytes: &[u8], at: usize, floor: usize) -> usize {
    let mut end = at;
    while end > floor && at - end < 3 && bytes.get(end - 1).is_some_and(|b| matches!(b, b' ' | b'\n' | b'\r' | b'\t')) {
        end -= 1;
    }
    end
}

/// A number glued to something before it is none: `000.00.16`, `A-12/2013`.
fn joined(bytes: &[u8], at: usize) -> bool {
    before(bytes, at).is_some_and(|start| match decode(bytes, start) {
        Some((point, _)) => {
            matches!(char::from_u32(point), Some('.' | '-' | '_' | '&'))
                && before(bytes, start).is_some_and(|b| decode(bytes, b).is_some_and(|(p, _)| letter(p).shape != 0))
        }
        None => false,
    })
}

/// The word from `start` to `end` ends in the word of a form that lost its space.
fn glued_form(g: &Grammar<'_>, bytes: &[u8], start: usize, end: usize) -> bool {
    let mut at = end;
    while let Some(left) = before(bytes, at).filter(|left| *left > start) {
        at = left;
        if matches!(g.lexicon.anchor(bytes, at), Some((Anchor::Unit(Unit::Template), stop)) if stop >= end) {
            return true;
        }
    }
    false
}

struct Left {
    /// Where `số` starts.
    marker: Option<usize>,
    marked: bool,
    doc_type: Option<(DocType, Span)>,
    refused: bool,
}

/// What stands before the number: `số`, and a type word not far off.
fn look_back(g: &Grammar<'_>, bytes: &[u8], start: usize, floor: usize) -> Left {
    let mut left = Left { marker: None, marked: false, doc_type: None, refused: false };
    let mut end = skip_space_back(bytes, start);
    if end > floor && bytes.get(end - 1) == Some(&b':') {
        end = skip_space_back(bytes, end - 1);
    }
    let mut word = word_start(bytes, end);
    if word >= floor && word < end && g.lexicon.word(bytes, word, &[Role::Number]).is_some_and(|found| found.end == end)
    {
        left.marked = true;
        left.marker = Some(word);
        end = skip_space_back(bytes, word);
        word = word_start(bytes, end);
    }
    let mut qualifiers = 0;
    let near = end;
    while word >= floor && word < end && qualifiers < 3 * WORDS {
        if let Some(found) = g.lexicon.word(bytes, word, &[Role::FormCode])
            && found.end <= near
        {
            left.refused = true;
            return left;
        }
        // a form, with the space before it lost: `theomẫu số 01/GTGT`
        if qualifiers == 0 && left.marked && glued_form(g, bytes, word, near) {
            left.refused = true;
            return left;
        }
        match g.lexicon.anchor(bytes, word) {
            Some((Anchor::Type { doc_type, .. }, stop)) if stop <= near => {
                // a contract or licence is no document of a public system
                left.refused = g.lexicon.type_class(doc_type) == TypeClass::Private;
                // right before the number, or before a few qualifying words and `số`
                let body = skip_space(bytes, stop);
                let near_enough = qualifiers <= WORDS || g.lexicon.issuer_at(bytes, body).is_some();
                if stop == near || left.marked && qualifiers > 0 && near_enough {
                    left.doc_type = Some((doc_type, Span::at(word, stop)));
                }
                return left;
            }
            _ => {}
        }
        if qualifiers == 0
            && let Some((doc_type, at)) = g.lexicon.bare_type_before(bytes, end)
            && at >= floor
        {
            left.refused = g.lexicon.type_class(doc_type) == TypeClass::Private;
            left.doc_type = Some((doc_type, Span::at(at, end)));
            return left;
        }
        // only words, no mark, between type word and number
        if !left.marked || g.lexicon.word(bytes, word, &[Role::At, Role::And, Role::This, Role::Back]).is_some() {
            return left;
        }
        qualifiers += 1;
        end = skip_space_back(bytes, word);
        // bodies of a joint document: `Bộ Y tế-Bộ Công Thương số 13/2014/…`
        if end > floor && bytes.get(end - 1) == Some(&b'-') {
            end = skip_space_back(bytes, end - 1);
        }
        word = word_start(bytes, end);
    }
    left
}
