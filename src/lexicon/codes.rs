//! Codes of symbols, found whatever their letter case.

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
