//! Names of acts after `Luật`, `Bộ luật`, `Pháp lệnh`, `Hiến pháp`.
//!
//! Longest match over the law table; names the table lacks by their form; titles of amending acts with the acts
//! they name (norms f).

use super::date::date;
use super::input::{Grammar, Parsed, after_space, digits, first, position, starts_in_word, tail};
use super::numbered::number_marker;
use super::symbol::{Family, symbol};
use crate::lexicon::{Anchor, LawId, Role, TypeClass};
use crate::text::word::{gap, word_at};

/// The name of an act as read.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct LawName {
    /// Bytes from the start of the input.
    pub start: usize,
    pub end: usize,
    /// Rows of the law table that bear the name; empty for a name read by its form.
    pub laws: Vec<LawId>,
    /// Where the acts named inside an amending title begin; the title is read on from there.
    pub inner: Option<usize>,
}

/// No name read by its form has more words.
const WORDS: usize = 14;

/// The longest name of the table; else a name by its form.
///
/// ```ebnf
/// law_name = amending_title , [ rest_of_title ] | ( known_name , [ rest_of_title ] | stated_name
///     | name_by_form ) , [ revised ] ;
/// ```
pub(crate) fn law_name<'i>(g: &Grammar<'_>, i: &'i [u8], title_case: bool) -> Parsed<'i, LawName> {
    let fail = || nom::Err::Error(());
    let start = position(i, after_space(i));
    let at = tail(i, start);
    let known = g.lexicon.laws_at(at, 0).filter(|found| ends_well(tail(at, found.end)));
    // `Pháp lệnh về phí và lệ phí`
    if known.is_none()
        && let Some(rest) = g.role(at, &[Role::Title]).map(after_space)
        && let Some(found) = g.lexicon.laws_at(rest, 0).filter(|found| ends_well(tail(rest, found.end)))
    {
        let end = position(at, rest) + found.end;
        return Ok((tail(at, end), LawName { start, end: start + end, laws: found.values.to_vec(), inner: None }));
    }
    if let Some((end, inner)) = amending_title(g, at) {
        let (end, laws) = match known {
            Some(found) if found.end >= end => (rest_of_title(g, at, found.end, found.values), found.values.to_vec()),
            _ => (end, Vec::new()),
        };
        return Ok((tail(at, end), LawName { start, end: start + end, laws, inner: Some(start + inner) }));
    }
    let (end, laws) = if let Some(found) = known {
        (found.end, found.values.to_vec())
    } else {
        let read = stated_name(g, at, title_case).or_else(|| name_by_form(g, at, title_case));
        (read.ok_or_else(fail)?, Vec::new())
    };
    let end = revised(g, at, rest_of_title(g, at, end, &laws));
    Ok((tail(at, end), LawName { start, end: start + end, laws, inner: None }))
}

/// A known name must not go on in the same breath: `Luật Nhà` is no beginning of `Luật Nhà ở`.
fn ends_well(rest: &[u8]) -> bool {
    !starts_in_word(rest)
}

/// What a title of the table has after a bracket or semicolon: `… mắc phải ở người (HIV/AIDS)`.
///
/// ```ebnf
/// rest_of_title = ? what the title has in the table after its first bracket or semicolon ? ;
/// ```
fn rest_of_title(g: &Grammar<'_>, i: &[u8], end: usize, laws: &[LawId]) -> usize {
    let at = after_space(tail(i, end));
    laws.iter()
        .filter_map(|id| g.lexicon.law_row(*id))
        .filter_map(|law| law.title.find(['(', ';']).and_then(|cut| law.title.get(cut..)))
        .find(|rest| at.starts_with(rest.as_bytes()))
        .map_or(end, |rest| position(i, tail(at, rest.len())))
}

/// `Luật Giáo dục đại học (sửa đổi)`
///
/// ```ebnf
/// revised = "(" , revised_word , ")" ;
/// ```
fn revised(g: &Grammar<'_>, i: &[u8], end: usize) -> usize {
    let at = after_space(tail(i, end));
    if first(at) != Some(b'(') {
        return end;
    }
    match g.role(after_space(tail(at, 1)), &[Role::Revised]) {
        Some(rest) if first(after_space(rest)) == Some(b')') => position(i, tail(after_space(rest), 1)),
        _ => end,
    }
}

/// Title of an amending act up to the acts it names; gives the end and where the first of these begins.
///
/// ```ebnf
/// amending_title = amending_word , { word } , of_word , ( act_at , acts | plural_word
///     , relative_clause ) ;
/// ```
fn amending_title(g: &Grammar<'_>, i: &[u8]) -> Option<(usize, usize)> {
    let mut end = g.lexicon.word(i, 0, &[Role::Amending])?.end;
    for _ in 0..18 {
        let between = gap(i, end);
        // `của các luật liên quan đến …`
        if let Some(rest) = g.role(tail(i, between.next), &[Role::Of]).map(after_space)
            && let Some(rest) = g.role(rest, &[Role::Plural]).map(after_space)
            && word_at(rest, 0).is_some_and(|word| !word.upper_first)
            && matches!(g.lexicon.anchor(rest, 0), Some((Anchor::Type { .. }, _)))
        {
            let start = position(i, rest);
            return relative_clause(g, rest).map(|length| (start + length, start + length));
        }
        let word = word_at(i, between.next)?;
        if g.role(tail(i, between.next), &[Role::Of]).is_some() {
            let act = gap(i, word.end).next;
            if let Some(end) = act_at(g, i, act) {
                return Some((acts(g, i, end), act));
            }
        }
        end = word.end;
    }
    None
}

/// `luật liên quan đến đầu tư xây dựng cơ bản`: small words up to a date, number or mark.
///
/// ```ebnf
/// relative_clause = type_word , { word } ;
/// ```
fn relative_clause(g: &Grammar<'_>, i: &[u8]) -> Option<usize> {
    let mut end = word_at(i, 0)?.end;
    for _ in 0..WORDS {
        let between = gap(i, end);
        let Some(word) = word_at(i, between.next).filter(|word| !between.comma && !word.digits) else { break };
        if g.role(
            tail(i, between.next),
            &[Role::Number, Role::Date, Role::Year, Role::And, Role::This, Role::Effective],
        )
        .is_some()
        {
            break;
        }
        end = word.end;
    }
    Some(end)
}

/// One act with its name, at `at`: where it ends.
///
/// ```ebnf
/// act_at = type_word , ( known_name | name_by_form ) ;
/// ```
fn act_at(g: &Grammar<'_>, i: &[u8], at: usize) -> Option<usize> {
    let (anchor, end) = g.lexicon.anchor(i, at)?;
    let Anchor::Type { doc_type, short: false } = anchor else { return None };
    if g.lexicon.type_class(doc_type) != TypeClass::Law {
        return None;
    }
    let next = gap(i, end).next;
    if let Some(found) = g.lexicon.laws_at(i, next) {
        return Some(found.end);
    }
    name_by_form(g, tail(i, next), true).map(|length| next + length)
}

/// Further acts of the list.
///
/// ```ebnf
/// acts = { ( and_word | "," ) , act_at } ;
/// ```
fn acts(g: &Grammar<'_>, i: &[u8], mut end: usize) -> usize {
    loop {
        let between = gap(i, end);
        let at = match g.role(tail(i, between.next), &[Role::And]) {
            Some(rest) => position(i, after_space(rest)),
            None if between.comma => between.next,
            None => return end,
        };
        // `…, Luật sửa đổi, bổ sung một số điều của Luật B`: another amending act
        let amends = |at: usize| {
            g.lexicon
                .anchor(i, at)
                .is_some_and(|(_, end)| g.lexicon.word(i, gap(i, end).next, &[Role::Amending]).is_some())
        };
        match act_at(g, i, at).filter(|_| !amends(at)) {
            Some(next) => end = next,
            None => return end,
        }
    }
}

/// `Pháp lệnh Bảo vệ và Phát triển nguồn lợi thủy sản ngày 25 tháng 4 năm 1989`: what tells it is an act's name lets it
/// run through words at which other names end.
///
/// ```ebnf
/// stated_name = word , word , { word } ;
/// ```
fn stated_name(g: &Grammar<'_>, i: &[u8], title_case: bool) -> Option<usize> {
    if !title_case || word_at(i, 0)?.digits {
        return None;
    }
    let mut end = 0;
    for words in 0..2 * WORDS {
        let between = gap(i, end);
        let next = tail(i, if words == 0 { 0 } else { between.next });
        let joined = between.any && !i.get(end..between.next)?.iter().any(|b| matches!(b, b'.' | b'\n'));
        let word = word_at(next, 0).filter(|_| words == 0 || joined)?;
        if words >= 2 && g.role(next, &[Role::Date]).is_some() {
            return date(g, next)
                .ok()
                .filter(|(_, read)| read.value.is_some_and(crate::model::PartialDate::is_full))
                .map(|_| end);
        }
        if words >= 2
            && let Some(number) = number_marker(g, next)
        {
            return symbol(g, number).ok().filter(|(_, read)| read.family == Family::Congress).map(|_| end);
        }
        let clause = g.lexicon.word(next, 0, &[Role::NoName]).is_some_and(|found| found.value == "clause");
        let other = matches!(g.lexicon.anchor(next, 0), Some((Anchor::Type { .. } | Anchor::Unit(_), _)));
        if clause
            || word.digits
            || other && (word.upper_first || words == 0)
            || g.role(
                next,
                &[Role::This, Role::Back, Role::Annexed, Role::Except, Role::Effective, Role::Number, Role::Year],
            )
            .is_some()
            || g.role(next, &[Role::Of]).is_some_and(|rest| issuer_then_date(g, after_space(rest)))
        {
            return None;
        }
        end = position(i, tail(next, word.end));
    }
    None
}

/// `của Quốc hội ngày …`: what follows is no name any more.
fn issuer_then_date(g: &Grammar<'_>, i: &[u8]) -> bool {
    g.lexicon.issuer_at(i, 0).is_some_and(|found| g.role(after_space(tail(i, found.end)), &[Role::Date]).is_some())
}

/// The length in bytes of a name that the table lacks: words up to a small word, a mark or a new mention.
///
/// ```ebnf
/// name_by_form = word , { [ "," ] , word } ;
/// ```
fn name_by_form(g: &Grammar<'_>, i: &[u8], title_case: bool) -> Option<usize> {
    let first_word = word_at(i, 0)?;
    if g.role(i, STOPS).is_some()
        || g.lexicon.word(i, 0, &[Role::Number, Role::Date, Role::Year, Role::And]).is_some()
        || !first_word.upper_first && g.role(i, &[Role::Plural]).is_some()
    {
        return None;
    }
    // what is cited itself is no name: `luật Nghị định số …`, `luật Luật Lâm nghiệp`
    let cited = |end: usize| digits(number_marker(g, tail(i, end)).unwrap_or_else(|| after_space(tail(i, end)))) > 0;
    if first_word.digits
        || match g.lexicon.anchor(i, 0) {
            Some((Anchor::Unit(_), _)) => true,
            Some((Anchor::Type { doc_type, .. }, end)) => {
                cited(end) || first_word.upper_first && g.lexicon.type_class(doc_type) == TypeClass::Law
            }
            _ => false,
        }
    {
        return None;
    }
    // in small letters only what begins like a name of the table
    if !first_word.upper_first && !(title_case && g.lexicon.begins_law(i)) {
        return None;
    }
    let mut end = first_word.end;
    // `Luật GDQPAN lập dự toán`: an acronym is the whole name
    let next = word_at(i, gap(i, end).next);
    if first_word.upper_all && first_word.chars >= 3 && next.is_some_and(|word| !word.upper_first) {
        return Some(end);
    }
    for words in 1..WORDS {
        let between = gap(i, end);
        // a comma inside the first words of a name: `Quản lý, sử dụng tài sản`
        let inner_comma = between.comma
            && words <= 3
            && word_at(i, between.next).is_some_and(|word| !word.upper_first && !word.digits)
            && g.role(tail(i, between.next), STOPS).is_none()
            && g.lexicon.anchor(i, between.next).is_none();
        if !between.any
            || between.comma && !inner_comma
            || i.get(end..between.next)
                .is_some_and(|gap| gap.contains(&b'.') || gap.contains(&b'-') || gap.contains(&b'\n'))
        {
            break;
        }
        let next = tail(i, between.next);
        let Some(word) = word_at(next, 0) else { break };
        // the second syllable of a name can be any: `Luật Hàng không`
        let stops = if words == 1 && !word.upper_first { STOPS.get(1..).unwrap_or_default() } else { STOPS };
        if word.digits
            || g.role(next, stops).is_some()
            || g.role(next, &[Role::Number, Role::Date, Role::Year]).is_some()
        {
            break;
        }
        if g.role(next, &[Role::And]).is_some() {
            // `Hôn nhân và gia đình`: a small word goes on, a capital or a new mention does not
            let after = tail(next, gap(next, word.end).next);
            let goes_on = word_at(after, 0).is_some_and(|word| !word.upper_first)
                && g.role(after, STOPS).is_none()
                && g.lexicon.anchor(after, 0).is_none()
                && g.role(after, &[Role::Plural]).is_none();
            if !goes_on {
                break;
            }
        }
        if matches!(g.lexicon.anchor(next, 0), Some((Anchor::Type { .. }, _))) && word.upper_first {
            break;
        }
        end = between.next + word.end;
    }
    Some(end)
}

/// Words that no name of an act begins with or runs through.
const STOPS: &[Role] = &[Role::NoName, Role::This, Role::Back, Role::Of, Role::At, Role::Annexed, Role::Except];
