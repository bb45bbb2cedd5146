//! The first eight bytes of words, by which most words are told apart without reading them letter by letter.
//!
//! An opening is worked out on all eight bytes at once: those up to the end of the word, with the bits left out in
//! which small and capital letters differ.

use super::fold::{Letter, decode, letter, spellings};

/// The opening of a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Opening {
    /// Its first eight bytes, or those up to its end.
    word: u64,
    /// Bytes of the word; 0 when it may go on beyond those that are looked at.
    length: u32,
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * ONES;

/// In each byte of `low`, all below 128: the high bit where it is `from` or more and less than `to`.
#[inline]
const fn between(low: u64, from: u64, to: u64) -> u64 {
    (low + (0x80 - from) * ONES) & !(low + (0x80 - to) * ONES) & HIGH
}

impl Opening {
    /// The opening of the word that starts at `at`.
    #[inline]
    pub(crate) fn at(bytes: &[u8], at: usize) -> Self {
        match bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
            Some(eight) => Self::of(u64::from_le_bytes(*eight)),
            None => Self::of(last(bytes.get(at..).unwrap_or_default())),
        }
    }

    #[inline]
    const fn of(eight: u64) -> Self {
        let low = eight & !HIGH;
        let figure = between(low, 0x30, 0x3A);
        let letter = between(low | (0x20 * ONES), 0x61, 0x7B);
        let end = !(figure | letter | eight) & HIGH;
        // all bits below the first byte that is in no word
        let word = eight & ((end & end.wrapping_neg()) >> 7).wrapping_sub(1);
        let length = end.trailing_zeros() >> 3;
        // `&` goes on with a word, and none ends in the middle of a sign that was taken for a letter
        let goes_on = length == 8 || (eight >> (8 * length)) & 0xFF == b'&' as u64 || foreign(word);
        Self { word, length: if goes_on { 0 } else { length } }
    }

    /// The opening of a word of the language of `length` bytes at the start of `bytes`.
    #[inline]
    pub(crate) fn of_word(bytes: &[u8], length: u32) -> Self {
        let eight = match bytes.first_chunk::<8>() {
            Some(eight) => u64::from_le_bytes(*eight),
            None => last(bytes),
        };
        // a word has at least one byte
        let unused = 64 - 8 * length.clamp(1, 8);
        Self { word: eight << unused >> unused, length: 0 }
    }

    #[inline]
    const fn hash(self) -> u64 {
        without_case(self.word).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }

    /// The upper `bits` of its hash.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "few bits are left")]
    pub(crate) const fn slot(self, bits: u32) -> usize {
        (self.hash() >> (64 - bits)) as usize
    }

    /// The same after `node` of a trie.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "few bits are left")]
    const fn slot_after(self, node: u32, bits: u32) -> usize {
        ((self.hash() ^ node as u64).wrapping_mul(0xD6E8_FEB8_6659_FD93) >> (64 - bits)) as usize
    }

    /// Where the word ends that was looked at in `bytes` at `at`; `at` itself when none stands there.
    #[inline]
    pub(crate) fn word_end(self, bytes: &[u8], at: usize) -> usize {
        if self.length > 0 { at + self.length as usize } else { super::word::word_end(bytes, at) }
    }

    /// Nothing can be said of the word: signs or letters of other alphabets stand among its bytes.
    #[inline]
    pub(crate) const fn is_foreign(self) -> bool {
        foreign(self.word)
    }
}

#[cold]
fn last(bytes: &[u8]) -> u64 {
    bytes.iter().take(8).rev().fold(0, |word, byte| word << 8 | u64::from(*byte))
}

/// Small and capital letters differ in the sixth bit in ASCII and Latin-1, and in the first bit of the last byte
/// beyond; only `ư` has two forms left.
#[inline]
const fn without_case(word: u64) -> u64 {
    let high = word >> 7 & ONES;
    (word | (0x20 * ONES)) & !high
}

/// A byte that begins no letter of two bytes or three that Vietnamese writes: quotation marks, dashes, marks, Greek.
#[inline]
const fn foreign(word: u64) -> bool {
    let low = word & !HIGH;
    let begins = between(low, 0x40, 0x43) | between(low, 0x47, 0x61) | (low + (0x80 - 0x62) * ONES);
    begins & word & HIGH != 0
}

/// Calls `take` with the opening of every spelling of the first word of `phrase`: in any letter case, with the tone
/// mark on any letter.
pub(crate) fn each_opening(phrase: &str, mut take: impl FnMut(Opening)) {
    let bytes = phrase.as_bytes();
    let Some(start) = phrase.char_indices().map(|(at, _)| at).find(|at| folded(bytes, *at).is_some()) else { return };
    let mut letters = Vec::new();
    let mut tones = Vec::new();
    let mut at = start;
    while let Some((c, folded)) = folded(bytes, at) {
        letters.push((c, folded.shape));
        tones.extend(Some(folded.tone).filter(|tone| *tone != 0));
        at += c.len_utf8();
    }
    spell(&letters, &tones, &mut Vec::new(), &mut take);
}

fn folded(bytes: &[u8], at: usize) -> Option<(char, Letter)> {
    let c = decode(bytes, at).and_then(|(point, _)| char::from_u32(point))?;
    Some((c, letter(c as u32))).filter(|(_, folded)| folded.shape != 0)
}

/// All spellings of the letters that are left: the tones may stand on any of them, in their order.
fn spell(letters: &[(char, u8)], tones: &[u8], word: &mut Vec<u8>, take: &mut impl FnMut(Opening)) {
    if word.len() >= 8 || letters.is_empty() {
        if word.len() >= 8 || tones.is_empty() {
            take(Opening::at(word, 0));
        }
        return;
    }
    let (Some((own, shape)), Some(rest)) = (letters.first(), letters.get(1..)) else { return };
    let length = word.len();
    let mut seen = Vec::new();
    for c in spellings(*shape).chain([*own]) {
        let tone = letter(c as u32).tone;
        let left = match tones.first() {
            _ if tone == 0 => tones,
            Some(first) if *first == tone => tones.get(1..).unwrap_or_default(),
            _ => continue,
        };
        word.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        // a small letter and its capital open alike
        let letter = without_case(last(word.get(length..).unwrap_or_default()));
        if !seen.contains(&letter) {
            seen.push(letter);
            spell(rest, left, word, take);
        }
        word.truncate(length);
    }
}

/// A set of openings, by `1 << BITS` bits: some words share one by chance.
#[derive(Debug, Clone)]
pub(crate) struct Openings<const BITS: u32> {
    bits: Vec<u64>,
}

impl<const BITS: u32> Default for Openings<BITS> {
    fn default() -> Self {
        Self { bits: vec![0; 1 << (BITS - 6)] }
    }
}

impl<const BITS: u32> Openings<BITS> {
    /// Adds the first word of `phrase` in every spelling.
    pub(crate) fn insert(&mut self, phrase: &str) {
        each_opening(phrase, |opening| self.set(opening.slot(BITS)));
    }

    /// Adds a word that comes after `node` of a trie.
    pub(crate) fn insert_after(&mut self, node: u32, word: &str) {
        each_opening(word, |opening| self.set(opening.slot_after(node, BITS)));
    }

    fn set(&mut self, slot: usize) {
        if let Some(word) = self.bits.get_mut(slot >> 6) {
            *word |= 1 << (slot & 63);
        }
    }

    #[inline]
    fn is_set(&self, slot: usize) -> bool {
        self.bits.get(slot >> 6).is_some_and(|word| word >> (slot & 63) & 1 != 0)
    }

    /// False when no word of the set opens so.
    #[inline]
    pub(crate) fn may_hold(&self, opening: Opening) -> bool {
        self.holds(opening) || opening.is_foreign()
    }

    /// The same for what is known to be a word of the language.
    #[inline]
    pub(crate) fn holds(&self, opening: Opening) -> bool {
        self.is_set(opening.slot(BITS))
    }

    /// False when no word of the set that comes after `node` opens so.
    #[inline]
    pub(crate) fn may_follow(&self, node: u32, opening: Opening) -> bool {
        self.is_set(opening.slot_after(node, BITS)) || opening.is_foreign()
    }
}

#[cfg(test)]
mod tests {
    use super::{Opening, Openings};

    #[test]
    fn words_are_known_in_every_spelling() {
        let mut set: Openings<15> = Openings::default();
        for phrase in ["Quyết định", "Thỏa thuận", "Quy chế", "Chương", "(Đề án)", "HP", "KH&CN", "năm", "trở lên"]
        {
            set.insert(phrase);
        }
        for known in [
            "QUYẾT ĐỊNH",
            "quyết",
            "qUYếT”",
            "thoả thuận",
            "thỏa",
            "THOẢ/",
            "qui chế",
            "quy;",
            "Quy",
            "chương\n",
            "CHƯƠNG II",
            "đề. ",
            "ĐỀ",
            "hp",
            "hp:",
            "KH&CN",
            "kh&cn",
            "Năm@",
            "trở",
            "TRỞ}",
        ] {
            assert!(set.may_hold(Opening::at(known.as_bytes(), 0)), "{known}");
        }
        for other in ["h", "p", "thp", "hpa", "thơ", "sa", "chươn", "", "“", "nam", "tro", "quyề", "HP2", "1HP"]
        {
            let opening = Opening::at(other.as_bytes(), 0);
            assert_eq!(set.may_hold(opening), opening.is_foreign(), "{other}");
        }
    }

    #[test]
    fn words_end_where_they_end() {
        for (text, length) in
            [("a", 1), ("định, ", 7), ("nghiêngngả ", 13), ("K&H.", 3), ("hp”", 2), ("người ", 8), (" a", 0)]
        {
            assert_eq!(Opening::at(text.as_bytes(), 0).word_end(text.as_bytes(), 0), length, "{text}");
        }
    }

    #[test]
    fn signs_inside_eight_bytes_tell_nothing() {
        for foreign in ["hp”", "hp…", "hp«", "a\u{300}", "hpк", "hp\u{AD}"] {
            assert!(Opening::at(foreign.as_bytes(), 0).is_foreign(), "{foreign}");
        }
        for ours in ["ưỡng", "ĐẶNG", "ẹ", "ỹ", "Ã", "ĩ", "ũ", "ơ", "Luật ”", "12/2013"] {
            assert!(!Opening::at(ours.as_bytes(), 0).is_foreign(), "{ours}");
        }
    }
}
