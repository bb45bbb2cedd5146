//! Dates: `ngày 02/5/2013`, `ngày 6 tháng 5 năm 2013`, `tháng 5/2013`, `năm 2013`, and malformed ones.
//!
//! Forms and frequencies: norms d; Nghị định 30/2020/NĐ-CP (zero-padding), Hướng dẫn 36-HD/VPTW (comma before
//! `ngày`).

use super::input::{Grammar, Parsed, after_space, digits, first, position, tail};
use crate::lexicon::Role;
use crate::model::PartialDate;

/// A date as read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct DateRead {
    /// What it says; none for a malformed one and for one without a year.
    pub value: Option<PartialDate>,
    /// Where it stands, without `ngày`: bytes from the start of the input.
    pub start: usize,
    pub end: usize,
    pub fault: Option<Fault>,
    /// A two-digit year was read as a century.
    pub short_year: bool,
}

/// What is wrong with a date.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Fault {
    /// It cannot be read.
    Malformed,
    /// It is in no calendar.
    Impossible,
    /// It has no year.
    NoYear,
}

/// Years that a document of these systems can bear.
const YEARS: std::ops::RangeInclusive<i16> = 1930..=2100;

/// A date of any precision; malformed and impossible ones too.
///
/// ```ebnf
/// date = date_word , ( date_words | date_figures ) | month_year | year_only ;
/// ```
pub(crate) fn date<'i>(g: &Grammar<'_>, i: &'i [u8]) -> Parsed<'i, DateRead> {
    if let Some(rest) = g.role(i, &[Role::Date]).or_else(|| g.glued_role(i, &[Role::Date])) {
        let at = after_space(rest);
        let start = position(i, at);
        let (rest, read) = unworded(g, at).ok_or(nom::Err::Error(()))?;
        return Ok((rest, read.shifted(start)));
    }
    month_year(g, i).or_else(|_| year_only(g, i))
}

/// What stands after the word of a date.
fn unworded<'i>(g: &Grammar<'_>, i: &'i [u8]) -> Option<(&'i [u8], DateRead)> {
    date_words(g, i).or_else(|_| date_figures(i)).ok()
}

impl DateRead {
    fn shifted(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by, ..self }
    }
}

/// Figures of a date: how many, four at most, and what they say.
#[derive(Clone, Copy)]
struct Figures {
    count: usize,
    value: i16,
}

impl Figures {
    /// Up to `most` figures, and the rest after them.
    fn up_to(most: usize, i: &[u8]) -> (&[u8], Self) {
        let mut read = Self { count: 0, value: 0 };
        while let Some(figure) = i.get(read.count).filter(|b| read.count < most && b.is_ascii_digit()) {
            read.value = read.value * 10 + i16::from(figure - b'0');
            read.count += 1;
        }
        (tail(i, read.count), read)
    }

    /// The same, one at least.
    fn one_to(most: usize, i: &[u8]) -> Option<(&[u8], Self)> {
        Some(Self::up_to(most, i)).filter(|(_, read)| read.count > 0)
    }

    /// What they say, if there are any.
    fn said(self) -> Option<i16> {
        (self.count > 0).then_some(self.value)
    }
}

/// The date of day, month and year as written; the year decides what is malformed.
fn judge(day: Option<i16>, month: Option<i16>, year: Figures) -> (Option<PartialDate>, Option<Fault>, bool) {
    let (value, short) = match (year.count, year.said()) {
        (4, Some(y)) if YEARS.contains(&y) => (y, false),
        // `6/5/13`: this century up to next year, else the last; low confidence
        (2, Some(y)) => (if y <= 30 { 2000 + y } else { 1900 + y }, true),
        _ => return (None, Some(Fault::Malformed), false),
    };
    let tiny = |n: i16| i8::try_from(n).ok();
    let date = match (day, month) {
        (Some(d), Some(m)) => tiny(d).zip(tiny(m)).and_then(|(d, m)| PartialDate::day(value, m, d)),
        (None, Some(m)) => tiny(m).and_then(|m| PartialDate::month(value, m)),
        _ => Some(PartialDate::year(value)),
    };
    (date, date.is_none().then_some(Fault::Impossible), short)
}

/// `6 tháng 5 năm 2013`, after `ngày`.
///
/// ```ebnf
/// date_words = [ one_or_two_digits ] , ( month_word | date_word ) , [ one_or_two_digits ] , ( year_word
///     , ? one to four digits ? | ( "/" | "-" | "." ) , ? two to four digits ? ) ;
/// ```
pub(super) fn date_words<'i>(g: &Grammar<'_>, i: &'i [u8]) -> Parsed<'i, DateRead> {
    let fail = || nom::Err::Error(());
    let (rest, day) = Figures::up_to(2, i);
    // figures and their mark begin no word
    if matches!(first(rest), Some(b'/' | b'-' | b'.')) {
        return Err(fail());
    }
    // `ngày 24 ngày 9 năm 2004`: a slip for `tháng`
    let slip = if day.count == 0 { &[Role::Month][..] } else { &[Role::Month, Role::Date, Role::Year][..] };
    let rest = g.next_role(rest, slip).ok_or_else(fail)?;
    let (rest, month) = Figures::up_to(2, after_space(rest));
    let gap = after_space(rest);
    let (rest, year) = if let Some(rest) = g.role(gap, &[Role::Year, Role::Month]) {
        Figures::one_to(4, after_space(rest)).ok_or_else(fail)?
    } else {
        // `ngày 6 tháng 5/2013`
        let [b'/' | b'-' | b'.', rest @ ..] = gap else { return Err(fail()) };
        Figures::one_to(4, rest).filter(|(_, year)| year.count > 1).ok_or_else(fail)?
    };
    if first(rest).is_some_and(|b| b.is_ascii_digit()) {
        return Err(fail());
    }
    let start = if day.count == 0 { position(i, after_space(i)) } else { 0 };
    let (value, fault, short_year) = judge(day.said(), month.said(), year);
    Ok((rest, DateRead { value, start, end: position(i, rest), fault, short_year }))
}

/// `02/5/2013`, `24 - 9 - 2001`, after `ngày`.
///
/// ```ebnf
/// date_figures = one_or_two_digits , mark , one_or_two_digits , [ mark , ? one to four digits ? ] ;
/// ```
pub(super) fn date_figures(i: &[u8]) -> Parsed<'_, DateRead> {
    let fail = || nom::Err::Error(());
    let (rest, day) = Figures::one_to(2, i).ok_or_else(fail)?;
    let (rest, month) = mark(rest).and_then(|rest| Figures::one_to(2, rest)).ok_or_else(fail)?;
    let Some((after, year)) = mark(rest).and_then(|rest| Figures::one_to(4, rest)) else {
        if first(rest).is_some_and(|b| b.is_ascii_digit()) || (first(rest) == Some(b'/')) {
            return Err(fail());
        }
        return Ok((
            rest,
            DateRead { value: None, start: 0, end: position(i, rest), fault: Some(Fault::NoYear), short_year: false },
        ));
    };
    if first(after).is_some_and(|b| b.is_ascii_digit()) {
        return Err(fail());
    }
    let (value, fault, short_year) = judge(day.said(), month.said(), year);
    Ok((after, DateRead { value, start: 0, end: position(i, after), fault, short_year }))
}

/// What separates figures of a date.
///
/// ```ebnf
/// mark = { " " } , ( "/" | "-" | "." ) , { " " } ;
/// ```
fn mark(i: &[u8]) -> Option<&[u8]> {
    match skip_blank(i) {
        [b'/' | b'-' | b'.', rest @ ..] => Some(skip_blank(rest)),
        _ => None,
    }
}

/// Spaces on the same line, at most two.
fn skip_blank(i: &[u8]) -> &[u8] {
    match i {
        [b' ', b' ', rest @ ..] | [b' ', rest @ ..] => rest,
        _ => i,
    }
}

/// `tháng 5/2013`, `tháng 5 năm 2013`.
///
/// ```ebnf
/// month_year = month_word , one_or_two_digits , ( year_word | mark ) , year ;
/// ```
fn month_year<'i>(g: &Grammar<'_>, i: &'i [u8]) -> Parsed<'i, DateRead> {
    let fail = || nom::Err::Error(());
    let at = after_space(g.role(i, &[Role::Month]).ok_or_else(fail)?);
    let (rest, month) = Figures::one_to(2, at).ok_or_else(fail)?;
    let rest = match g.next_role(rest, &[Role::Year]) {
        Some(rest) => after_space(rest),
        None => mark(rest).ok_or_else(fail)?,
    };
    let (rest, year) = super::symbol::year(rest)?;
    let (value, fault, short_year) = judge(None, month.said(), Figures::up_to(4, year).1);
    Ok((rest, DateRead { value, start: position(i, at), end: position(i, rest), fault, short_year }))
}

/// `năm 2013`; a period such as `năm 2010 - 2015` is no date.
///
/// ```ebnf
/// year_only = year_word , year ;
/// ```
fn year_only<'i>(g: &Grammar<'_>, i: &'i [u8]) -> Parsed<'i, DateRead> {
    let at = after_space(g.role(i, &[Role::Year]).ok_or(nom::Err::Error(()))?);
    let (rest, year) = super::symbol::year(at)?;
    // a period is no date: `năm 2010 - 2015`
    let after = skip_blank(rest);
    if first(after) == Some(b'-') && digits(skip_blank(tail(after, 1))) == 4 {
        return Err(nom::Err::Error(()));
    }
    let (value, fault, short_year) = judge(None, None, Figures::up_to(4, year).1);
    Ok((rest, DateRead { value, start: position(i, at), end: position(i, rest), fault, short_year }))
}

/// The date of effect that a mention states: `, có hiệu lực từ ngày 01/01/2026`.
///
/// ```ebnf
/// effective_date = [ after_footnote ] , [ "." ] , [ "," ] , effective_word , ( date | date_words
///     | date_figures ) ;
/// ```
pub(crate) fn effective_date<'i>(g: &Grammar<'_>, i: &'i [u8]) -> Parsed<'i, EffectiveRead> {
    let fail = || nom::Err::Error(());
    let at = after_footnote(after_space(i));
    let at = if first(at) == Some(b'.') && first(after_space(tail(at, 1))) == Some(b',') { tail(at, 1) } else { at };
    let at = after_space(at);
    let at = if first(at) == Some(b',') { after_space(tail(at, 1)) } else { at };
    let start = position(i, at);
    let found = g.lexicon.word(at, 0, &[Role::Effective, Role::Signing]).ok_or_else(fail)?;
    let alone = found.role == Role::Effective;
    let rest = if alone { tail(at, found.end) } else { g.role(at, &[Role::Effective]).ok_or_else(fail)? };
    // `từ ngày` is a part of most phrases: figures follow
    let here = after_space(rest);
    let word = g.role(here, &[Role::Date]);
    let (rest, read) = unworded(g, word.map_or(here, after_space)).ok_or_else(fail)?;
    let plain = alone && (word.is_some() || digits(here) > 0);
    read.value.map(|date| (rest, EffectiveRead { date, start, plain })).ok_or_else(fail)
}

/// A date of effect as read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct EffectiveRead {
    pub date: PartialDate,
    /// Where the words before it begin, in bytes from the start of the input.
    pub start: usize,
    /// They are no words of signing, and a day follows them.
    pub plain: bool,
}

/// `84-CP (1), có hiệu lực …`
///
/// ```ebnf
/// after_footnote = "(" , one_or_two_digits , ")" ;
/// ```
pub(crate) fn after_footnote(i: &[u8]) -> &[u8] {
    match i {
        [b'(', b'0'..=b'9', b')', rest @ ..] | [b'(', b'0'..=b'9', b'0'..=b'9', b')', rest @ ..] => rest,
        _ => i,
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, date};
    use crate::lexicon::Lexicon;
    use crate::parse::Grammar;

    #[test]
    fn every_form_of_a_date() {
        let lexicon = Lexicon::built_in();
        let g = Grammar { lexicon: &lexicon };
        let read = |text: &str| {
            date(&g, text.as_bytes())
                .map(|(rest, d)| {
                    (d.value.map(|v| v.to_string()), d.fault, text.get(d.start..d.end).unwrap().to_owned(), rest.len())
                })
                .ok()
        };
        let good = |text: &str, iso: &str, raw: &str| {
            assert_eq!(read(text), Some((Some(iso.into()), None, raw.into(), 0)), "{text}");
        };
        good("ngày 02/5/2013", "2013-05-02", "02/5/2013");
        good("ngày 24 - 9 - 2001", "2001-09-24", "24 - 9 - 2001");
        good("ngày 14.2.2012", "2012-02-14", "14.2.2012");
        good("ngày 6 tháng 5 năm 2013", "2013-05-06", "6 tháng 5 năm 2013");
        good("ngày 6 tháng 5năm 2013", "2013-05-06", "6 tháng 5năm 2013");
        good("NGÀY 23 THÁNG 4 NĂM 2013", "2013-04-23", "23 THÁNG 4 NĂM 2013");
        good("ngày 24 ngày 9 năm 2004", "2004-09-24", "24 ngày 9 năm 2004");
        good("tháng 5/2013", "2013-05", "5/2013");
        good("năm 2013", "2013", "2013");
        good("ngày 6/5/13", "2013-05-06", "6/5/13");
        let bad = |text: &str, fault: Fault, raw: &str| {
            assert_eq!(read(text), Some((None, Some(fault), raw.into(), 0)), "{text}");
        };
        bad("ngày 14-02-212", Fault::Malformed, "14-02-212");
        bad("ngày 31/02/2013", Fault::Impossible, "31/02/2013");
        bad("ngày 5/13/2013", Fault::Impossible, "5/13/2013");
        bad("ngày 01 tháng 01 năm 016", Fault::Malformed, "01 tháng 01 năm 016");
        bad("ngày 7/5", Fault::NoYear, "7/5");
        assert_eq!(read("năm 2010 - 2015"), None);
        assert_eq!(read("ngày mai"), None);
    }
}
