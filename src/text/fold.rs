//! Folding of Vietnamese letters for comparison: case, tone and tone placement, `i`/`y`.
//!
//! A letter folds to its shape without tone (`ấ` → `â`), and further to its base (`â` → `a`, `đ` → `d`).
//! The decomposition comes from Unicode; only the twelve marks that Vietnamese writes are looked at.

use std::sync::LazyLock;
use unicode_normalization::char::decompose_canonical;

/// One folded letter.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct Letter {
    /// Shape without case and tone; 0 for a character that is no part of a word.
    pub shape: u8,
    /// Base letter, ASCII lower case.
    pub base: u8,
    /// 0 level, 1–5 the five tones.
    pub tone: u8,
    /// Upper case.
    pub upper: bool,
}

const LOW: usize = 0x250;
const HIGH: usize = 0x1E00;
const SIZE: usize = LOW + 0x100;

static LETTERS: LazyLock<Box<[Letter; SIZE]>> = LazyLock::new(|| {
    let mut table = Box::new([Letter::default(); SIZE]);
    for (slot, letter) in table.iter_mut().enumerate() {
        let point = if slot < LOW { slot } else { HIGH + slot - LOW };
        if let Some(c) = u32::try_from(point).ok().and_then(char::from_u32) {
            *letter = compute(c);
        }
    }
    table
});

fn compute(c: char) -> Letter {
    if !c.is_alphanumeric() && c != '&' {
        return Letter::default();
    }
    let mut base = 0_u8;
    let mut quality = 0_u8;
    let mut tone = 0_u8;
    let mut take = |part: char| match part {
        '\u{300}' => tone = 1,
        '\u{301}' => tone = 2,
        '\u{309}' => tone = 3,
        '\u{303}' => tone = 4,
        '\u{323}' => tone = 5,
        '\u{302}' => quality = 1,
        '\u{306}' => quality = 2,
        '\u{31B}' => quality = 3,
        'đ' | 'Đ' => {
            base = b'd';
            quality = 4;
        }
        part if part.is_ascii() => base = u8::try_from(part.to_ascii_lowercase()).unwrap_or(b'?'),
        _ => {}
    };
    decompose_canonical(c, &mut take);
    if base == b'y' {
        base = b'i';
    }
    if base == 0 {
        // a letter of another alphabet: itself, folded by its low byte
        return Letter {
            shape: 0xE0 | (u32::from(c).to_le_bytes()[0] & 0x1F),
            base: b'?',
            tone: 0,
            upper: c.is_uppercase(),
        };
    }
    let shape = if base.is_ascii_lowercase() { (base - b'a' + 1) | (quality << 5) } else { 0xC0 | (base & 0x1F) };
    Letter { shape, base, tone, upper: c.is_uppercase() }
}

/// The folded form of a code point.
pub(crate) fn letter(point: u32) -> Letter {
    let point = point as usize;
    let slot = match point {
        0..LOW => point,
        HIGH..0x1F00 => LOW + point - HIGH,
        _ => {
            return u32::try_from(point)
                .ok()
                .and_then(char::from_u32)
                .filter(|c| c.is_alphanumeric())
                .map_or_else(Letter::default, compute);
        }
    };
    LETTERS.get(slot).copied().unwrap_or_default()
}

/// Decodes the character at `at` of valid UTF-8. Gives its code point and its length in bytes.
#[inline]
pub(crate) fn decode(bytes: &[u8], at: usize) -> Option<(u32, usize)> {
    let first = u32::from(*bytes.get(at)?);
    if first < 0x80 {
        return Some((first, 1));
    }
    let next = |offset: usize| bytes.get(at + offset).map(|b| u32::from(b & 0x3F));
    if first < 0xE0 {
        Some(((first & 0x1F) << 6 | next(1)?, 2))
    } else if first < 0xF0 {
        Some(((first & 0x0F) << 12 | next(1)? << 6 | next(2)?, 3))
    } else {
        Some(((first & 0x07) << 18 | next(1)? << 12 | next(2)? << 6 | next(3)?, 4))
    }
}

/// The start of the character that ends before `at`.
#[inline]
pub(crate) fn before(bytes: &[u8], at: usize) -> Option<usize> {
    let mut start = at.checked_sub(1)?;
    while start > 0 && bytes.get(start).is_some_and(|b| b & 0xC0 == 0x80) {
        start -= 1;
    }
    Some(start)
}

/// True when the character that starts at `at` can stand in a word.
#[inline]
pub(crate) fn is_word(bytes: &[u8], at: usize) -> bool {
    match bytes.get(at) {
        Some(b) if b.is_ascii() => b.is_ascii_alphanumeric(),
        Some(_) => decode(bytes, at).is_some_and(|(point, _)| letter(point).shape != 0),
        None => false,
    }
}

/// True when `at` is the start of the text or the character before it cannot stand in a word.
#[inline]
pub(crate) fn starts_word(bytes: &[u8], at: usize) -> bool {
    before(bytes, at).is_none_or(|start| !is_word(bytes, start))
}

/// ASCII, lower case, words joined by `joiner`: the form of names in keys and URNs. `Đ` becomes `d`.
pub(crate) fn ascii_name(text: &str, joiner: char) -> String {
    let mut out = String::with_capacity(text.len());
    let mut pending = false;
    for c in text.chars() {
        // `y` keeps its letter here: the form is for reading, not for matching
        let plain = if matches!(c, 'y' | 'Y') { b'y' } else { letter(c as u32).base };
        let plain = if plain == b'i' && is_y(c) { b'y' } else { plain };
        if plain.is_ascii_alphanumeric() {
            if pending && !out.is_empty() {
                out.push(joiner);
            }
            pending = false;
            out.push(char::from(plain));
        } else {
            pending = true;
        }
    }
    out
}

fn is_y(c: char) -> bool {
    let mut found = false;
    decompose_canonical(c, |part| found |= matches!(part, 'y' | 'Y'));
    found
}

#[cfg(test)]
mod tests {
    use super::{ascii_name, letter};

    #[test]
    fn letters_fold_by_shape_tone_and_base() {
        let of = |c: char| letter(c as u32);
        assert_eq!(of('ấ').shape, of('Â').shape);
        assert_ne!(of('ấ').shape, of('a').shape);
        assert_eq!(of('ấ').base, b'a');
        assert_ne!(of('ấ').tone, of('ầ').tone);
        assert_ne!(of('đ').shape, of('d').shape);
        assert_eq!(of('ý').shape, of('í').shape);
        assert_eq!(of('“').shape, 0);
    }

    #[test]
    fn names_in_keys() {
        assert_eq!(
            ascii_name("Chiến lược phát triển (giai đoạn 2011- 2020)", '.'),
            "chien.luoc.phat.trien.giai.doan.2011.2020"
        );
        assert_eq!(ascii_name("Tỉnh uỷ", '.'), "tinh.uy");
    }
}
