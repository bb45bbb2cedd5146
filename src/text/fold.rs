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

/// One more than the last letter of two bytes that is looked up.
const LOW: usize = 0x240;
const HIGH: u32 = 0x1E00;

/// Shapes from here on are letters of other alphabets, and those with marks that Vietnamese does not write.
const FOREIGN: u8 = 0xE0;

/// ASCII is nine tenths of all characters: its letters are worked out when the program is built.
#[expect(clippy::indexing_slicing, reason = "worked out by the compiler")]
const ASCII: [Letter; 128] = {
    let mut table = [Letter { shape: 0, base: 0, tone: 0, upper: false }; 128];
    let mut byte = 0_u8;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() || byte == b'&' {
            let base = if byte == b'y' || byte == b'Y' { b'i' } else { byte.to_ascii_lowercase() };
            table[byte as usize] = Letter { shape: shape(base, 0), base, tone: 0, upper: byte.is_ascii_uppercase() };
        }
        byte += 1;
    }
    table
};

/// A letter as words are compared by: its shape, and its tone as a term of a sum. One number, so that it stays in a
/// register.
#[derive(Clone, Copy, Default)]
pub(crate) struct Mark(u32);

impl Mark {
    const fn new(letter: Letter) -> Self {
        // two tones in one run of letters are told apart whatever they are
        let tone = if letter.tone == 0 { 0 } else { 7_u32.pow(letter.tone as u32 - 1) };
        Self(letter.shape as u32 | tone << 8)
    }

    /// It is in no word.
    #[inline]
    pub(crate) const fn is_none(self) -> bool {
        self.0 == 0
    }

    #[inline]
    pub(crate) const fn shape(self) -> u64 {
        (self.0 & 0xFF) as u64
    }

    #[inline]
    pub(crate) const fn tone(self) -> u64 {
        (self.0 >> 8) as u64
    }
}

/// Of ASCII the shape is all.
#[expect(clippy::indexing_slicing, reason = "worked out by the compiler")]
const ASCII_SHAPES: [u8; 128] = {
    let mut shapes = [0; 128];
    let mut byte = 0;
    while byte < 128 {
        shapes[byte] = ASCII[byte].shape;
        byte += 1;
    }
    shapes
};

/// The letters of two and three bytes that are looked up; see [`Letters`].
static LETTERS: LazyLock<Letters> = LazyLock::new(|| {
    let mut letters = Letters {
        low: Box::new([Letter::default(); LOW]),
        high: Box::new([Letter::default(); 0x100]),
        low_marks: Box::new([Mark::default(); LOW]),
        high_marks: Box::new([Mark::default(); 0x100]),
    };
    let low = (0..).zip(letters.low.iter_mut().zip(letters.low_marks.iter_mut()));
    let high = (HIGH..).zip(letters.high.iter_mut().zip(letters.high_marks.iter_mut()));
    for (point, (letter, mark)) in low.chain(high) {
        if let Some(c) = char::from_u32(point) {
            *letter = compute(c);
            *mark = Mark::new(*letter);
        }
    }
    letters
});

/// Folded letters by code point: those of two bytes up to `ȿ`, and the block of `Ạ` to `ỹ`.
pub(crate) struct Letters {
    low: Box<[Letter; LOW]>,
    high: Box<[Letter; 0x100]>,
    low_marks: Box<[Mark; LOW]>,
    high_marks: Box<[Mark; 0x100]>,
}

/// Where a letter stands in the tables.
enum Slot {
    Low(usize),
    High(usize),
}

/// The slot of the character of two or three bytes at `at`, whose first byte is `first`.
#[inline]
fn slot(bytes: &[u8], at: usize, first: u8) -> Option<Slot> {
    let part = |offset: usize| bytes.get(at + offset).map(|b| usize::from(b & 0x3F));
    match first {
        0xC2..=0xC8 => Some(Slot::Low(usize::from(first & 0x1F) << 6 | part(1)?)),
        0xE1 => {
            let second = part(1)?;
            (second & 0x3C == 0x38).then_some(Slot::High((second & 3) << 6 | part(2)?))
        }
        _ => None,
    }
}

impl Letters {
    /// The table, for a caller that folds many letters.
    #[inline]
    pub(crate) fn get() -> &'static Self {
        &LETTERS
    }

    /// The folded letter at `at` and its length in bytes; at the end one that is in no word.
    #[inline]
    pub(crate) fn at(&self, bytes: &[u8], at: usize) -> (Letter, usize) {
        let Some(first) = bytes.get(at) else { return (Letter::default(), 1) };
        if let Some(letter) = ASCII.get(usize::from(*first)) {
            return (*letter, 1);
        }
        match slot(bytes, at, *first) {
            Some(Slot::Low(slot)) => (self.low.get(slot).copied().unwrap_or_default(), 2),
            Some(Slot::High(slot)) => (self.high.get(slot).copied().unwrap_or_default(), 3),
            None => Self::rare(bytes, at),
        }
    }

    /// The same as a mark.
    #[inline]
    pub(crate) fn mark_at(&self, bytes: &[u8], at: usize) -> (Mark, usize) {
        let Some(first) = bytes.get(at) else { return (Mark::default(), 1) };
        if let Some(shape) = ASCII_SHAPES.get(usize::from(*first)) {
            return (Mark(u32::from(*shape)), 1);
        }
        match slot(bytes, at, *first) {
            Some(Slot::Low(slot)) => (self.low_marks.get(slot).copied().unwrap_or_default(), 2),
            Some(Slot::High(slot)) => (self.high_marks.get(slot).copied().unwrap_or_default(), 3),
            None => {
                let (letter, length) = Self::rare(bytes, at);
                (Mark::new(letter), length)
            }
        }
    }

    #[cold]
    fn rare(bytes: &[u8], at: usize) -> (Letter, usize) {
        decode(bytes, at).map_or((Letter::default(), 1), |(point, length)| (letter(point), length))
    }
}

/// The characters of each shape: all that one letter can be written as.
static ALIKE: LazyLock<Vec<Vec<char>>> = LazyLock::new(|| {
    let mut alike = vec![Vec::new(); 256];
    // beside the letters of the table, signs that decompose to one: the kelvin, the angstrom
    for point in (0..0x250).chain(0x1E00..0x1F00).chain(0x2100..0x2150) {
        let shape = letter(point).shape;
        if let (Some(c), Some(list)) = (char::from_u32(point), alike.get_mut(usize::from(shape)))
            && shape != 0
            && shape < FOREIGN
        {
            list.push(c);
        }
    }
    alike
});

/// All characters that fold to `shape`. Letters of other alphabets are not listed.
pub(crate) fn spellings(shape: u8) -> impl Iterator<Item = char> {
    ALIKE.get(usize::from(shape)).map_or(&[][..], Vec::as_slice).iter().copied()
}

/// The shape of a base letter with the quality of its vowel mark.
const fn shape(base: u8, quality: u8) -> u8 {
    if base.is_ascii_lowercase() { (base - b'a' + 1) | (quality << 5) } else { 0xC0 | (base & 0x1F) }
}

fn compute(c: char) -> Letter {
    if !c.is_alphanumeric() && c != '&' {
        return Letter::default();
    }
    let mut base = 0_u8;
    let mut quality = 0_u8;
    let mut tone = 0_u8;
    let mut foreign = false;
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
        _ => foreign = true,
    };
    decompose_canonical(c, &mut take);
    if base == b'y' {
        base = b'i';
    }
    if base == 0 {
        // a letter of another alphabet: itself, folded by its low byte
        return Letter {
            shape: FOREIGN | (u32::from(c).to_le_bytes()[0] & 0x1F),
            base: b'?',
            tone: 0,
            upper: c.is_uppercase(),
        };
    }
    // marks that Vietnamese does not write make another letter
    let shape = if foreign { FOREIGN | (u32::from(c).to_le_bytes()[0] & 0x1F) } else { shape(base, quality) };
    Letter { shape, base, tone, upper: c.is_uppercase() }
}

/// The folded form of a code point.
#[inline]
pub(crate) fn letter(point: u32) -> Letter {
    match ASCII.get(point as usize) {
        Some(letter) => *letter,
        None => beyond_ascii(point),
    }
}

#[inline]
fn beyond_ascii(point: u32) -> Letter {
    let found = match point {
        0..0x240 => LETTERS.low.get(point as usize),
        HIGH..0x1F00 => LETTERS.high.get((point - HIGH) as usize),
        _ => return rare(point),
    };
    found.copied().unwrap_or_default()
}

#[cold]
fn rare(point: u32) -> Letter {
    char::from_u32(point).filter(|c| c.is_alphanumeric()).map_or_else(Letter::default, compute)
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
    match at.checked_sub(1).and_then(|last| bytes.get(last)) {
        Some(last) if last.is_ascii() => !last.is_ascii_alphanumeric(),
        Some(_) => before(bytes, at).is_none_or(|start| !is_word(bytes, start)),
        None => true,
    }
}

/// ASCII, lower case, words joined by `joiner`: the form of names in keys and URNs. `Đ` becomes `d`.
pub(crate) fn ascii_name(text: &str, joiner: char) -> String {
    let mut out = String::with_capacity(text.len());
    let mut pending = false;
    for c in text.chars() {
        // `y` keeps its letter here: the form is for reading, not for matching
        let plain = match u8::try_from(c) {
            Ok(byte) if byte.is_ascii() => byte.to_ascii_lowercase(),
            _ => match letter(c as u32).base {
                b'i' if is_y(c) => b'y',
                base => base,
            },
        };
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
    use super::{ascii_name, letter, spellings};

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
    fn all_spellings_of_a_letter_are_listed() {
        for c in '\0'..=char::MAX {
            let folded = letter(c as u32);
            // `?` is a letter of another alphabet
            if folded.shape != 0 && folded.shape < super::FOREIGN {
                assert!(spellings(folded.shape).any(|spelled| spelled == c), "{c}");
            }
        }
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
