//! Codes of symbols, found whatever their letter case.

use super::issuers::CodeFound;
use crate::model::DocType;
use compact_str::CompactString;
use foldhash::fast::FixedState;
use std::collections::HashMap;

/// A type code: its official letter case and the types it can stand for.
#[derive(Debug, Clone)]
pub(crate) struct TypeCode {
    pub canonical: CompactString,
    pub types: Vec<DocType>,
    /// Several bodies follow it.
    pub joint: bool,
}

/// What the tables know of a code.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CodeIs<'l> {
    /// It is that of a type.
    pub kind: Option<&'l TypeCode>,
    /// It is that of a body.
    pub body: Option<CodeFound>,
    /// The code of some body goes on after this one with a hyphen or slash: `BNN-PTNT`.
    pub begins: bool,
}

/// The codes of all tables as they are nearly always written: in capitals, and no longer than sixteen bytes. One look
/// tells all that is known of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Capitals(HashMap<u128, (Option<TypeCode>, Option<CodeFound>, bool), FixedState>);

impl Capitals {
    pub(super) fn enter(&mut self, code: &str, known: &CodeIs<'_>) {
        // other codes are looked up in capitals
        if let Some(packed) = Self::packed(code).filter(|_| is_upper(code)) {
            self.0.insert(packed, (known.kind.cloned(), known.body, known.begins));
        }
    }

    #[inline]
    pub(super) fn get(&self, code: &str) -> Option<CodeIs<'_>> {
        let (kind, body, begins) = self.0.get(&Self::packed(code)?)?;
        Some(CodeIs { kind: kind.as_ref(), body: *body, begins: *begins })
    }

    /// No code holds a zero byte, so those of one length and another are apart.
    #[inline]
    fn packed(code: &str) -> Option<u128> {
        let mut bytes = [0; 16];
        bytes.get_mut(..code.len())?.copy_from_slice(code.as_bytes());
        Some(u128::from_le_bytes(bytes))
    }
}

/// A map from codes in upper case.
pub(crate) type CodeMap<T> = HashMap<CompactString, T, FixedState>;

/// Upper case with `Đ` for the plain and eth forms kept apart: `nđ` → `NĐ`. Spaces are dropped.
pub(crate) fn upper(code: &str) -> CompactString {
    if is_upper(code) {
        return code.into();
    }
    let mut out = CompactString::default();
    for c in code.chars().filter(|c| !c.is_whitespace()) {
        out.extend(c.to_uppercase());
    }
    out
}

/// Nothing would change: ASCII without small letters and spaces, `Đ` and `Ư`. So most codes are written.
fn is_upper(code: &str) -> bool {
    let mut bytes = code.as_bytes();
    loop {
        bytes = match bytes {
            [] => return true,
            [0xC4, 0x90, rest @ ..] | [0xC6, 0xAF, rest @ ..] => rest,
            [b'!'..=b'`' | b'{'..=b'~', rest @ ..] => rest,
            _ => return false,
        }
    }
}

/// The same with `D` for `Đ`, for codes typed without the stroke.
pub(crate) fn plain(code: &str) -> CompactString {
    upper(code).chars().map(|c| if c == 'Đ' { 'D' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::{plain, upper};

    #[test]
    fn codes_in_capitals() {
        for (code, capitals) in
            [("nđ", "NĐ"), ("QĐ", "QĐ"), ("ubnd ", "UBND"), ("TTg", "TTG"), ("HĐND.K9", "HĐND.K9"), ("ủy", "ỦY")]
        {
            assert_eq!(upper(code), capitals);
        }
        assert_eq!(plain("nđ"), "ND");
    }
}
