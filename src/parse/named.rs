//! Documents by title: works, resolutions of sessions, treaties; and standards.

use super::date::{DateRead, date};
use super::input::{Grammar, after_space, digits, first, position, tail};
use super::issuer::issuer;
use super::mention::{Identifier, Mention, Site};
use super::numbered::with_date;
use super::symbol::year;
use super::work::{may_name, work_name};
use crate::lexicon::{Anchor, Role, TypeClass};
use crate::model::DocType;
use crate::span::Span;
use crate::text::fold::{before, decode};
use crate::text::word::{gap, skip_space_back, word_at};

/// A resolution of a plenum, `Trung ương 4 khóa XII`, or of a congress or conference by its title.
///
/// ```ebnf
/// session = plenum_word , figures , [ [ "(" ] , term_word , word , [ ")" ] ]
///     | ? a congress word ahead ? , work_name ;
/// ```
pub(super) fn session(site: &Site<'_>, m: &mut Mention) -> Option<usize> {
    let Site { g, bytes, i, title_case, .. } = *site;
    if !matches!(m.doc_type, Some(DocType::NghiQuyet | DocType::KetLuan | DocType::VanKien | DocType::ThongBao)) {
        return None;
    }
    let at = after_space(i);
    let start = position(bytes, at);
    if let Some(rest) = g.role(at, &[Role::Plenum]) {
        // `Trung ương 4 khóa XII`, `Trung ương 4 (khóa XII)`
        let rest = after_space(rest);
        let count = digits(rest);
        if count > 0 && count <= 2 {
            let mut end = position(bytes, tail(rest, count));
            let after = after_space(tail(rest, count));
            let (open, after) = if first(after) == Some(b'(') { (true, tail(after, 1)) } else { (false, after) };
            if let Some(roman) = g
                .role(after, &[Role::Term])
                .map(after_space)
                .and_then(|rest| word_at(rest, 0).map(|word| tail(rest, word.end)))
            {
                let closed = after_space(roman);
                end = if open && first(closed) == Some(b')') {
                    position(bytes, tail(closed, 1))
                } else {
                    position(bytes, roman)
                };
            }
            m.identifier = Identifier::Session { plenum: true };
            m.name = Some(Span::at(start, end));
            return Some(end);
        }
    }
    if !title_case {
        return None;
    }
    g.role(at, &[Role::Congress])?;
    let (_, length) = work_name(g, at, false, true)?;
    m.identifier = Identifier::Session { plenum: false };
    m.name = Some(Span::at(start, start + length));
    Some(start + length)
}

/// Something announces a work, or its type word is capitalised; most type words in small letters are told here.
pub(super) fn may_be_work(site: &Site<'_>) -> bool {
    let Site { g, bytes, i, head, class, title_case, next } = *site;
    if class != TypeClass::Named || head.short {
        return false;
    }
    let stands = (head.before)();
    let verb = matches!(head.doc_type, DocType::QuyDinh | DocType::HuongDan);
    let capitals = || word_at(bytes, head.at).is_some_and(|word| word.upper_all);
    let wanted = stands.quoted || stands.announced || title_case && !verb && !capitals();
    wanted && (may_name(g, i, next) || opens_quote(bytes, head.at))
}

/// A work by its title, where something announces it or it is capitalised inside a sentence.
///
/// ```ebnf
/// work = work_name ;
/// ```
pub(super) fn work(site: &Site<'_>, m: &mut Mention) -> Option<usize> {
    let Site { g, bytes, i, head, .. } = *site;
    let stands = (head.before)();
    let (start, end) = work_name(g, i, stands.quoted, matches!(head.doc_type, DocType::DieuLe | DocType::CuongLinh))?;
    // at the head of a sentence a capital says nothing: only a title with its years counts
    if stands.heads_sentence
        && !stands.announced
        && !stands.quoted
        && !i.get(start..end).is_some_and(ends_in_year)
        && !matches!(head.doc_type, DocType::DieuLe | DocType::CuongLinh)
    {
        return None;
    }
    let offset = head.end;
    m.name = Some(Span::at(offset + start, offset + end));
    m.identifier = Identifier::Work { quoted: stands.quoted };
    Some(position(bytes, tail(i, end)))
}

/// A quotation mark stands before `at`.
fn opens_quote(bytes: &[u8], at: usize) -> bool {
    let mark = before(bytes, skip_space_back(bytes, at)).and_then(|mark| decode(bytes, mark));
    mark.and_then(|(point, _)| char::from_u32(point)).is_some_and(|c| matches!(c, '“' | '"' | '«' | '‘' | '\''))
}

/// The title ends in a year.
fn ends_in_year(text: &[u8]) -> bool {
    text.len() > 4 && text.get(text.len() - 4..).is_some_and(|end| year(end).is_ok())
}

/// A treaty by its title; an ordinal may stand before that. A word that is also said of what nobody signed needs more than
/// some words after it: `Thỏa thuận Paris`, not `Thỏa thuận về việc thi hành án`.
///
/// ```ebnf
/// treaty = ( work_name | parties | proper_word | figures , [ work_name ] ) , with_date ;
/// ```
pub(super) fn treaty(site: &Site<'_>, m: &mut Mention) -> Option<usize> {
    let Site { g, bytes, i, title_case, class, .. } = *site;
    if !title_case {
        return None;
    }
    let (start, mut end) = if let Some(found) = parties(g, i) {
        found
    } else if let Some(found) = work_name(g, i, false, true) {
        found
    } else {
        let at = after_space(i);
        let word = word_at(at, 0).filter(|word| word.upper_first || word.digits)?;
        (position(i, at), position(i, at) + word.end)
    };
    // an ordinal before the title: `Nghị định thư 7 về …`
    if i.get(start).is_some_and(u8::is_ascii_digit)
        && let Some((_, more)) = work_name(g, tail(i, end), false, true)
    {
        end += more;
    }
    let after = with_date(g, bytes, position(bytes, tail(i, end)), m);
    let full = |(read, _): &(DateRead, Span)| read.value.is_some_and(crate::model::PartialDate::is_full);
    if class == TypeClass::Agreement && !m.date.as_ref().is_some_and(full) && !is_told(site, start, end) {
        m.date = None;
        return None;
    }
    m.name = Some(Span::at(m.core.end as usize + start, m.core.end as usize + end));
    m.identifier = Identifier::Foreign;
    Some(after)
}

/// A name of an agreement that tells which: it begins with a proper name or a year, ends with a year, or names a body among the
/// parties.
fn is_told(site: &Site<'_>, start: usize, end: usize) -> bool {
    let Site { g, bytes, i, head, .. } = *site;
    // in a heading all of capitals these say nothing
    let capitals = word_at(bytes, head.at).is_some_and(|word| word.upper_all);
    let proper = word_at(i, start).is_some_and(|word| word.upper_first && !capitals);
    if proper || year(tail(i, start)).is_ok() || i.get(start..end).is_some_and(ends_in_year) {
        return true;
    }
    let mut at = start;
    while let Some(word) = word_at(i, at).filter(|_| at < end) {
        if let Some(rest) = g.role(tail(i, at), &[Role::Parties])
            && issuer(g, after_space(rest)).is_ok()
        {
            return true;
        }
        at = gap(i, word.end).next;
    }
    false
}

/// an agreement told by who made it and when: `Nghị định thư của Chính phủ … ngày 18 tháng 7 năm 2001`
///
/// ```ebnf
/// parties = ( parties_word | of_word ) , word , { word } ;
/// ```
fn parties(g: &Grammar<'_>, i: &[u8]) -> Option<(usize, usize)> {
    let start = position(i, after_space(i));
    g.role(tail(i, start), &[Role::Parties, Role::Of])?;
    let mut end = start;
    for words in 0..60 {
        let between = gap(i, end);
        let at = if words == 0 { start } else { between.next };
        let word = word_at(i, at)?;
        if words > 2 && g.role(tail(i, at), &[Role::Date]).is_some() {
            let full = date(g, tail(i, at)).ok()?.1.value.is_some_and(crate::model::PartialDate::is_full);
            return full.then_some((start, end));
        }
        let broken =
            words > 0 && i.get(end..at).is_some_and(|gap| gap.iter().any(|b| matches!(b, b';' | b'.' | b'(' | b')')));
        if broken || matches!(g.lexicon.anchor(i, at), Some((Anchor::Type { .. }, _))) {
            return None;
        }
        end = word.end;
    }
    None
}

/// A colon or hyphen of a standard's number with a space beside it, up to the figures after it: `QCVN 01 - 14: 2010/BNNPTNT`.
/// A year follows, or a part before a colon: `TCVN 4054 - 5 mẫu` ends before its hyphen.
fn spaced_mark(i: &[u8]) -> Option<usize> {
    let before = usize::from(first(i) == Some(b' '));
    let mark = first(tail(i, before)).filter(|b| matches!(b, b':' | b'-'))?;
    let after = usize::from(first(tail(i, before + 1)) == Some(b' '));
    let length = before + 1 + after;
    let rest = tail(i, length);
    let figures = digits(rest);
    let part = tail(rest, figures);
    let colon = first(tail(part, usize::from(first(part) == Some(b' ')))) == Some(b':');
    let holds = year(rest).is_ok() || mark == b'-' && (1..=3).contains(&figures) && colon;
    (before + after > 0 && holds).then_some(length)
}

/// The numbering of standards: `TCVN 7568-14:2015`.
///
/// ```ebnf
/// standard = ? figures, capitals, slashes, hyphens, colons and dots, with at least one figure; a space may stand
///     beside a colon or hyphen before a year or part ? ;
/// ```
pub(super) fn standard(site: &Site<'_>, m: &mut Mention) -> Option<usize> {
    let Site { bytes, i, .. } = *site;
    let at = after_space(i);
    // a heading and the number of the clause under it: `Hủy bỏ quy chuẩn ¶ 1. …`
    if i.get(..position(i, at)).is_some_and(|gap| gap.contains(&b'\n')) {
        return None;
    }
    let mut end = 0;
    let mut figures = 0;
    while let Some(b) = at.get(end) {
        match b {
            b'0'..=b'9' => figures += 1,
            b':' | b'-' | b' '
                if figures > 0
                    && let Some(length) = spaced_mark(tail(at, end)) =>
            {
                end += length;
                continue;
            }
            b'A'..=b'Z' | b'/' | b'-' | b':' | b'.' => {}
            b' ' if end > 0 && tail(at, end + 1).first().is_some_and(u8::is_ascii_digit) && figures == 0 => {}
            // `Đ`, the whole letter or nothing of it: `đ` begins with the same byte
            0xC4 if at.get(end + 1) == Some(&0x90) => end += 1,
            _ => break,
        }
        end += 1;
    }
    while end > 0 && at.get(end - 1).is_some_and(|b| matches!(b, b'/' | b'-' | b':' | b'.')) {
        end -= 1;
    }
    if figures == 0 {
        return None;
    }
    let start = position(bytes, at);
    m.symbol = Some(Span::at(start, start + end));
    m.identifier = Identifier::Foreign;
    Some(start + end)
}
