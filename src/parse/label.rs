//! Labels of units: figures with inserted letters, Roman figures, points of the Vietnamese alphabet, ordinals.

use super::input::{Grammar, after_space, as_str, digits, first, starts_in_word, tail};
use crate::lexicon::Role;
use crate::model::Unit;
use crate::text::fold::{decode, letter};
use compact_str::{CompactString, format_compact};

/// A label.
#[derive(Clone, Debug)]
pub(super) enum Label<'i> {
    /// As it stands in the text, or in a table.
    Text(&'i str),
    /// In small letters, or a range.
    Made(CompactString),
}

impl<'i> Label<'i> {
    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Made(text) => text,
        }
    }

    /// The range from this one to `end`.
    pub(super) fn to(&self, end: &Self) -> Self {
        Self::Made(format_compact!("{}..{}", self.as_str(), end.as_str()))
    }

    fn of(text: &'i [u8]) -> Self {
        Self::Text(as_str(text))
    }

    /// In small letters.
    fn lower(label: &'i [u8]) -> Self {
        if label.iter().any(|b| b.is_ascii_uppercase() || *b > 0x7F) {
            Self::Made(as_str(label).to_lowercase().into())
        } else {
            Self::of(label)
        }
    }
}

/// The label of `unit` at the start of `i`, and its length in bytes.
///
/// ```ebnf
/// label = number_label | point | ordinal | roman | capital | code_label ;
/// ```
pub(super) fn label<'i>(g: &Grammar<'i>, unit: Unit, i: &'i [u8]) -> Option<(Label<'i>, usize)> {
    match unit {
        Unit::Article | Unit::Clause => number_label(i),
        Unit::Point | Unit::Item => point(i),
        Unit::Dash | Unit::Paragraph => ordinal(g, i),
        Unit::Appendix | Unit::Section | Unit::Chapter | Unit::Subsection | Unit::Part => {
            roman(i).or_else(|| number_label(i)).or_else(|| capital(i))
        }
        Unit::Template | Unit::Chart => code_label(i),
    }
}

/// `7a`, `310a`.
///
/// ```ebnf
/// number_label = ? one to nine digits ? , [ ? one letter without tone ? ] ;
/// ```
fn number_label(i: &[u8]) -> Option<(Label<'_>, usize)> {
    let count = digits(i);
    if count == 0 || count > 9 {
        return None;
    }
    // nearly always a blank or comma follows
    if matches!(first(tail(i, count)), Some(b' ' | b',' | b';' | b')' | b'\n')) {
        return Some((Label::of(i.get(..count)?), count));
    }
    let mut end = count;
    if let Some((point, length)) = decode(i, count)
        && letter(point).tone == 0
        && letter(point).base.is_ascii_lowercase()
        && !starts_in_word(tail(i, count + length))
    {
        end += length;
    }
    if starts_in_word(tail(i, end)) || decimal(tail(i, end)) {
        return None;
    }
    Some((Label::lower(i.get(..end)?), end))
}

/// A figure that goes on after a mark: `1.5`, `1,5`, `1/2`, `10%`.
fn decimal(rest: &[u8]) -> bool {
    match first(rest) {
        Some(b'%' | b'/') => true,
        Some(b'.' | b',') => tail(rest, 1).first().is_some_and(u8::is_ascii_digit) && first(rest) == Some(b'.'),
        _ => false,
    }
}

/// A point of the Vietnamese alphabet, or of old circulars: `đ`, `1.3`, `a2`, `c.3`.
///
/// ```ebnf
/// point = ? up to two equal letters and up to six digits, with dots before a digit or a single letter ? ;
/// ```
fn point(i: &[u8]) -> Option<(Label<'_>, usize)> {
    // nearly always one letter without a mark, and a blank or comma
    if let [b'a'..=b'z', b' ' | b',' | b';', ..] = i {
        return Some((Label::of(i.get(..1)?), 1));
    }
    let mut end = 0;
    let mut letters = 0;
    let mut figures = 0;
    while end < 12 {
        let Some((code, length)) = decode(i, end) else { break };
        let c = letter(code);
        if c.base.is_ascii_digit() {
            figures += 1;
        } else if c.shape != 0 && c.tone == 0 && code != u32::from(b'&') {
            letters += 1;
        } else if code == u32::from(b'.') && end > 0 && tail(i, end + 1).first().is_some_and(u8::is_ascii_alphanumeric)
        {
            let next = tail(i, end + 1);
            // a sentence may end here: only figures or a single letter go on
            let single = next.first().is_some_and(u8::is_ascii_lowercase) && !starts_in_word(tail(next, 1));
            if !next.first().is_some_and(u8::is_ascii_digit) && !single {
                break;
            }
        } else {
            break;
        }
        end += length;
    }
    if end == 0 || letters > 2 || figures > 6 || starts_in_word(tail(i, end)) || letters + figures == 0 {
        return None;
    }
    let text = as_str(i.get(..end)?);
    // one letter, or two of the alphabet's second round (`aa`); never a word such as `do`
    let mut shapes = text.chars().filter(|c| c.is_alphabetic());
    if letters == 2 && shapes.next() != shapes.next() {
        return None;
    }
    if letters == 0 && decimal(tail(i, end)) {
        return None;
    }
    Some((Label::lower(text.as_bytes()), end))
}

/// `thứ hai`, `đoạn 2`.
///
/// ```ebnf
/// ordinal = ordinal_word | one_or_two_digits ;
/// ```
fn ordinal<'i>(g: &Grammar<'i>, i: &'i [u8]) -> Option<(Label<'i>, usize)> {
    if let Some(found) = g.lexicon.word(i, 0, &[Role::Ordinal]) {
        return Some((Label::Text(found.value), found.end));
    }
    let count = digits(i);
    (count > 0 && count <= 2 && !starts_in_word(tail(i, count)) && !decimal(tail(i, count)))
        .then(|| (Label::of(i.get(..count).unwrap_or_default()), count))
}

/// A whole word of Roman figures, with an inserted letter or a dotted number.
///
/// ```ebnf
/// roman = ? Roman figures in capitals, up to 399 ? , [ ? one small letter ? ] , [ ( "." | "-" )
///     , figures ] ;
/// ```
fn roman(i: &[u8]) -> Option<(Label<'_>, usize)> {
    let count = i.iter().take(8).take_while(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C')).count();
    if count == 0 || !is_roman(i.get(..count)?) {
        return None;
    }
    let mut end = count;
    if let Some(b) = i.get(end)
        && b.is_ascii_lowercase()
        && !starts_in_word(tail(i, end + 1))
    {
        end += 1;
    }
    if matches!(first(tail(i, end)), Some(b'.' | b'-')) && digits(tail(i, end + 1)) > 0 {
        end += 1 + digits(tail(i, end + 1));
    }
    (!starts_in_word(tail(i, end))).then(|| (Label::of(i.get(..end).unwrap_or_default()), end))
}

/// A proper Roman figure up to 399.
fn is_roman(text: &[u8]) -> bool {
    let value = |b: u8| match b {
        b'I' => 1,
        b'V' => 5,
        b'X' => 10,
        b'L' => 50,
        b'C' => 100,
        _ => 0,
    };
    let mut total = 0_i32;
    for (index, b) in text.iter().enumerate() {
        let next = text.get(index + 1).map_or(0, |b| value(*b));
        total += if value(*b) < next { -value(*b) } else { value(*b) };
    }
    total > 0 && as_roman(total).as_bytes() == text
}

fn as_roman(mut n: i32) -> String {
    let mut out = String::new();
    for (value, figure) in
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    {
        while n >= value {
            out.push_str(figure);
            n -= value;
        }
    }
    out
}

/// `Phần B`, `Phụ lục A`.
///
/// ```ebnf
/// capital = ? one capital letter, a whole word ? ;
/// ```
fn capital(i: &[u8]) -> Option<(Label<'_>, usize)> {
    let (point, length) = decode(i, 0)?;
    let c = letter(point);
    (c.upper && c.tone == 0 && !starts_in_word(tail(i, length)))
        .then(|| (Label::lower(i.get(..length).unwrap_or_default()), length))
}

/// `01`, `16.TACN`, `02a-DS/GDĐT`.
///
/// ```ebnf
/// code_label = ? letters and figures with inner dots, hyphens and slashes, at least one figure ? ;
/// ```
fn code_label(i: &[u8]) -> Option<(Label<'_>, usize)> {
    let mut end = 0;
    let mut figures = 0;
    while end < 32 {
        let Some((point, length)) = decode(i, end) else { break };
        let c = letter(point);
        match char::from_u32(point) {
            Some('.' | '-' | '/')
                if end > 0 && starts_in_word(tail(i, end + 1)) && !after_space(tail(i, end)).is_empty() => {}
            _ if c.base.is_ascii_digit() => figures += 1,
            _ if c.shape != 0 => {}
            _ => break,
        }
        end += length;
    }
    (figures > 0).then(|| (Label::of(i.get(..end).unwrap_or_default()), end))
}
