//! What every production gets: the rest of the text as bytes, and the tables.

use crate::lexicon::{Lexicon, Role, Roles};
use crate::text::fold::{decode, letter};
use crate::text::opening::Opening;
use crate::text::word::skip_space;
use nom::IResult;

/// The result of a production: errors carry nothing, so that a failed try costs nothing.
pub(crate) type Parsed<'i, T> = IResult<&'i [u8], T, ()>;

/// The tables, for productions that look words up.
#[derive(Clone, Copy)]
pub(crate) struct Grammar<'l> {
    pub lexicon: &'l Lexicon,
}

/// Where `rest` begins in `bytes`, of which it is a tail.
#[inline]
pub(crate) fn position(bytes: &[u8], rest: &[u8]) -> usize {
    bytes.len() - rest.len()
}

/// The tail of `i` from `at`.
#[inline]
pub(crate) fn tail(i: &[u8], at: usize) -> &[u8] {
    i.get(at..).unwrap_or_default()
}

/// The tail after white space with at most one line break.
#[inline]
pub(crate) fn after_space(i: &[u8]) -> &[u8] {
    tail(i, skip_space(i, 0))
}

/// The first byte.
#[inline]
pub(crate) fn first(i: &[u8]) -> Option<u8> {
    i.first().copied()
}

/// True when `i` starts with a character that can stand in a word.
#[inline]
pub(crate) fn starts_in_word(i: &[u8]) -> bool {
    crate::text::fold::is_word(i, 0)
}

/// True when `i` starts with an upper-case letter.
#[inline]
pub(crate) fn starts_upper(i: &[u8]) -> bool {
    decode(i, 0).is_some_and(|(point, _)| letter(point).upper)
}

/// ASCII digits at the start: how many.
#[inline]
pub(crate) fn digits(i: &[u8]) -> usize {
    i.iter().take(24).take_while(|b| b.is_ascii_digit()).count()
}

/// The text of bytes that were cut at character boundaries.
#[inline]
pub(crate) fn as_str(i: &[u8]) -> &str {
    std::str::from_utf8(i).unwrap_or_default()
}

/// What a look at its first bytes tells of the word after a type word.
#[derive(Clone, Copy)]
pub(super) struct Next {
    /// The roles it may play.
    pub roles: Roles,
    pub first: u8,
    /// A number may begin here, or the word before one.
    pub numbers: bool,
}

impl Next {
    /// The word at the start of `i`.
    #[inline]
    pub(super) fn at(g: &Grammar<'_>, i: &[u8]) -> Self {
        let first = first(i).unwrap_or(0);
        let numbers = first.is_ascii_digit() || first == b'[' || g.lexicon.may_begin(i, 0, &[Role::Number]);
        Self { roles: g.lexicon.roles(Opening::at(i, 0)), first, numbers }
    }

    /// A word may begin here.
    #[inline]
    pub(super) fn is_word(self) -> bool {
        self.first.is_ascii_alphanumeric() || self.first == b'&' || self.first > 0x7F
    }
}

impl Grammar<'_> {
    /// A word of one of `roles` at the start of `i`: the rest after it.
    #[inline]
    pub(crate) fn role<'i>(&self, i: &'i [u8], roles: &[Role]) -> Option<&'i [u8]> {
        self.lexicon.word(i, 0, roles).map(|found| tail(i, found.end))
    }

    /// The same where figures stick to the word: `số30`, `ngày03`.
    pub(crate) fn glued_role<'i>(&self, i: &'i [u8], roles: &[Role]) -> Option<&'i [u8]> {
        if !self.lexicon.may_begin(i, 0, roles) {
            return None;
        }
        let letters = i.iter().take(96).position(|b| b.is_ascii() && !b.is_ascii_alphabetic() && *b != b'&')?;
        if letters == 0 || !i.get(letters).is_some_and(u8::is_ascii_digit) {
            return None;
        }
        let rest = self.role(i.get(..letters)?, roles)?;
        rest.is_empty().then(|| tail(i, letters))
    }

    /// The same, after white space.
    #[inline]
    pub(crate) fn next_role<'i>(&self, i: &'i [u8], roles: &[Role]) -> Option<&'i [u8]> {
        self.role(after_space(i), roles)
    }
}
