//! The first eight bytes of words, by which most words are told apart without reading them letter by letter.
//!
//! An opening is worked out on all bytes at once: those up to the end of the word, with the bits left out in which small
//! and capital letters differ.

use super::fold::{Letter, decode, letter, spellings};
use std::sync::LazyLock;
use viendan_fragments::{LENGTH, Pattern};
use wide::u8x16;

/// The opening of a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Opening {
    /// Its first eight bytes, or those up to its end.
    word: u64,
    /// Bytes of the word; 0 when it may go on beyond those that are looked at.
    length: u32,
    /// A byte of it begins no letter of two bytes or three that Vietnamese writes: quotation marks, dashes, Greek.
    foreign: bool,
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * ONES;

/// The bytes of a word of so many: looked up, which is less work than shifting.
const OWN: [u64; 8] = [0, 0xFF, 0xFFFF, 0xFF_FFFF, 0xFFFF_FFFF, 0xFF_FFFF_FFFF, 0xFFFF_FFFF_FFFF, 0xFF_FFFF_FFFF_FFFF];

/// Bytes that are looked at together.
const BLOCK: usize = 16;

/// A bit for each byte: of ASCII letters and figures and all beyond ASCII, and of those that begin no letter of two bytes
/// or three that Vietnamese writes.
#[inline]
fn look(block: &[u8; BLOCK]) -> (u32, u32) {
    let v = u8x16::from(*block);
    let below = |v: u8x16, most: u8| v.min(u8x16::splat(most)).simd_eq(v);
    let letter = below((v | u8x16::splat(0x20)) - u8x16::splat(b'a'), 25);
    let figure = below(v - u8x16::splat(b'0'), 9);
    // the bit mask takes the highest bit of each byte, which all bytes beyond ASCII have
    let words = (letter | figure | v).to_bitmask();
    let own = below(v - u8x16::splat(0xC3), 3) | v.simd_eq(u8x16::splat(0xE1));
    let leads = v.max(u8x16::splat(0xC0)).simd_eq(v);
    // `×` and `÷` stand among the letters
    let signs = v.simd_eq(u8x16::splat(0xC3)).to_bitmask() << 1
        & (v & u8x16::splat(0xDF)).simd_eq(u8x16::splat(0x97)).to_bitmask();
    (words, (leads & !own).to_bitmask() | signs)
}

/// The length of the word that ends with `block`; `None` where that has to be found out letter by letter.
#[inline]
pub(super) fn word_before(block: &[u8; BLOCK]) -> Option<usize> {
    let (words, foreign) = look(block);
    let length = (words << BLOCK).leading_ones() as usize;
    // the byte before it; where all are of the word, it may begin further left
    let before = BLOCK.checked_sub(length + 1)?;
    // `&` goes on with a word
    let ends = block.get(before) != Some(&b'&') && foreign >> (before + 1) == 0;
    ends.then_some(length)
}

impl Opening {
    /// The opening of the word that starts at `at`.
    #[inline]
    pub(crate) fn at(bytes: &[u8], at: usize) -> Self {
        match bytes.get(at..).and_then(<[u8]>::first_chunk::<BLOCK>) {
            Some(block) => Self::of(block),
            None => Self::near_the_end(bytes.get(at..).unwrap_or_default()),
        }
    }

    /// The opening of what stands before the next blank, if that is no more than eight bytes; of a word, nearly always.
    /// Cheap: for those who look it up in a set of words, which holds nothing else.
    #[inline]
    pub(crate) fn to_blank(bytes: &[u8], at: usize) -> Option<Self> {
        let block = bytes.get(at..)?.first_chunk::<BLOCK>()?;
        let length = u8x16::from(*block).simd_eq(u8x16::splat(b' ')).to_bitmask().trailing_zeros();
        if length == 0 || length > 8 {
            return None;
        }
        let eight = block.first_chunk::<8>().map_or(0, |eight| u64::from_le_bytes(*eight));
        let bytes = u64::MAX >> (64 - 8 * length);
        let word = eight & bytes;
        // without case, a control character would be a figure
        let printed = word | word << 1 | word << 2;
        (printed & HIGH == HIGH & bytes).then_some(Self { word, length, foreign: false })
    }

    /// No more than the first two bytes of the word after the one blank at `at`; none where something else stands there.
    #[inline]
    pub(crate) fn after_blank(bytes: &[u8], at: usize) -> Option<Self> {
        let [blank, first, second] = *bytes.get(at..)?.first_chunk::<3>()?;
        let word = u64::from(u16::from_le_bytes([first, second]));
        (blank == b' ' && first >= b'0').then_some(Self { word, length: 0, foreign: false })
    }

    /// The same of an opening. A byte may follow a word of one byte that is not known.
    pub(crate) fn leads(self) -> impl Iterator<Item = Self> {
        let lead = |two: u64| Self { word: two, length: 0, foreign: false };
        let bytes = if self.word < 0x100 { 0x100 } else { 1 };
        (0..bytes).map(move |next| lead(self.word & 0xFFFF | next << 8))
    }

    /// What the word begins with in any letter case.
    pub(crate) fn pattern(self) -> Pattern {
        let bytes = self.word.to_le_bytes();
        let length = bytes.iter().take(LENGTH).take_while(|byte| **byte != 0).count();
        let before = [0].into_iter().chain(bytes);
        let any_case = |(byte, before): (u8, u8)| [byte, byte ^ case(before, byte)];
        bytes.into_iter().zip(before).take(length).map(any_case).fold(Pattern::of(&[]), Pattern::then).at_start()
    }

    /// Marks the bytes that may stand after these four in a text where the word is spelled with them and in any letter case
    /// from there on: all, where it has no more bytes.
    pub(crate) fn mark_fifth(self, four: u64, next: &mut [bool; 0x100]) {
        let own = (self.word & u64::from(u32::MAX)).to_le_bytes().iter().take_while(|byte| **byte != 0).count();
        let same = |word: u64| without_case(word & u64::MAX >> (64 - 8 * own.max(1)));
        if same(self.word) != same(four) {
            return;
        }
        let [_, _, _, lead, fifth, ..] = self.word.to_le_bytes();
        if fifth == 0 {
            *next = [true; 0x100];
        }
        for byte in [fifth, fifth ^ case(lead, fifth)] {
            next.get_mut(usize::from(byte)).into_iter().for_each(|mark| *mark = true);
        }
    }

    #[cold]
    fn near_the_end(rest: &[u8]) -> Self {
        let mut block = [0; BLOCK];
        for (slot, byte) in block.iter_mut().zip(rest) {
            *slot = *byte;
        }
        Self::of(&block)
    }

    #[inline]
    fn of(block: &[u8; BLOCK]) -> Self {
        let (words, foreign) = look(block);
        let length = (!words).trailing_zeros();
        let foreign = foreign & ((1 << length) - 1);
        let eight = block.first_chunk::<8>().map_or(0, |eight| u64::from_le_bytes(*eight));
        let word = eight & OWN.get(length as usize).copied().unwrap_or(u64::MAX);
        // `&` goes on with a word, and none ends in the middle of a sign that was taken for a letter
        let goes_on = foreign != 0 || block.get(length as usize).is_none_or(|next| *next == b'&');
        Self { word, length: if goes_on { 0 } else { length }, foreign: foreign & 0xFF != 0 }
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

    /// A number for the whole word in any letter case, and its length in bytes: for words that end within eight bytes.
    /// No two words of the language share one, but small and capital `ư` have two.
    #[inline]
    pub(crate) const fn whole(self) -> Option<(u64, usize)> {
        if self.is_whole() { Some((small(self.word), self.length as usize)) } else { None }
    }

    /// Where the word ends that starts at `at`, if all of it is known.
    #[inline]
    pub(crate) const fn end(self, at: usize) -> Option<usize> {
        if self.is_whole() { Some(at + self.length as usize) } else { None }
    }

    /// It is the whole word.
    #[inline]
    pub(crate) const fn is_whole(self) -> bool {
        self.length != 0 && self.length <= 8
    }

    /// Where the word ends that was looked at in `bytes` at `at`; `at` itself when none stands there.
    #[inline]
    pub(crate) fn word_end(self, bytes: &[u8], at: usize) -> usize {
        if self.length > 0 { at + self.length as usize } else { super::word::word_end(bytes, at) }
    }

    /// Nothing can be said of the word: signs or letters of other alphabets stand among its bytes.
    #[inline]
    pub(crate) const fn is_foreign(self) -> bool {
        self.foreign
    }
}

/// Small and capital letters differ in the sixth bit in ASCII and Latin-1, and in the first bit of the last byte
/// beyond; only `ư` has two forms left.
#[inline]
const fn without_case(word: u64) -> u64 {
    let high = word >> 7 & ONES;
    (word | (0x20 * ONES)) & !high
}

/// The word in small letters, exactly: a capital differs from its letter in the sixth bit in ASCII and after `C3`, in the
/// first bit of the last byte in the other letters that Vietnamese writes. Of `Ư` and `ư` nothing is changed but that bit.
#[inline]
const fn small(word: u64) -> u64 {
    let ascii = !word & HIGH;
    let leads = word & word << 1 & HIGH;
    let three = leads & word << 2;
    let extended = (leads ^ three) & word << 5;
    let latin = leads ^ three ^ extended;
    word | (ascii | latin << 8) >> 2 | (extended << 8 | three << 16) >> 7
}

/// The bit of a byte in which small and capital letters differ, as [`small`] knows them; `before` is the byte before it.
const fn case(before: u8, byte: u8) -> u8 {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' => 0x20,
        0x80..0xC0 if before == 0xC3 => 0x20,
        0x80..0xC0 if before < 0xE0 => 1,
        _ => 0,
    }
}

/// Calls `take` with the opening of every spelling of the first word of `phrase`: in any letter case, with the tone
/// mark on any letter.
pub(crate) fn each_opening(phrase: &str, mut take: impl FnMut(Opening)) {
    each_spelling(phrase, |word, whole| {
        let opening = Opening::at(word, 0);
        // of a word that goes on, or bears a tone further on, this is no more than the opening
        take(if whole { opening } else { Opening { length: 0, ..opening } });
    });
}

/// Calls `take` with every spelling of the first word of `phrase` in one letter case: the whole word, or its first letters up to eight
/// bytes or more, and whether it is the whole.
pub(crate) fn each_spelling(phrase: &str, mut take: impl FnMut(&[u8], bool)) {
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
fn spell(letters: &[(char, u8)], tones: &[u8], word: &mut Vec<u8>, take: &mut impl FnMut(&[u8], bool)) {
    if word.len() >= 8 || letters.is_empty() {
        let whole = letters.is_empty() && tones.is_empty();
        if word.len() >= 8 || whole {
            take(word, whole);
        }
        return;
    }
    let (Some((own, shape)), Some(rest)) = (letters.first(), letters.get(1..)) else { return };
    let length = word.len();
    let mut put = |form: &Form| {
        let left = match tones.first() {
            _ if form.tone == 0 => tones,
            Some(first) if *first == form.tone => tones.get(1..).unwrap_or_default(),
            _ => return,
        };
        word.extend_from_slice(form.bytes.get(..form.length).unwrap_or_default());
        spell(rest, left, word, take);
        word.truncate(length);
    };
    match FORMS.get(usize::from(*shape)).filter(|forms| !forms.is_empty()) {
        Some(forms) => forms.iter().for_each(put),
        // a letter of another alphabet stands for itself
        None => put(&Form::of(*own)),
    }
}

/// A letter as it may be written; a small letter and its capital open alike and are one.
struct Form {
    bytes: [u8; 4],
    length: usize,
    tone: u8,
}

impl Form {
    fn of(c: char) -> Self {
        let mut bytes = [0; 4];
        let length = c.encode_utf8(&mut bytes).len();
        Self { bytes, length, tone: letter(c as u32).tone }
    }
}

/// The forms of each shape.
static FORMS: LazyLock<Vec<Vec<Form>>> = LazyLock::new(|| {
    let forms = |shape: u8| {
        let mut forms: Vec<Form> = Vec::new();
        for form in spellings(shape).map(Form::of) {
            let folded = |form: &Form| small(u64::from(u32::from_le_bytes(form.bytes)));
            if forms.iter().all(|known| folded(known) != folded(&form)) {
                forms.push(form);
            }
        }
        forms
    };
    (0..=u8::MAX).map(forms).collect()
});

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
    fn only_whole_words_are_whole() {
        let whole = |word: &str| {
            let mut found = Vec::new();
            super::each_opening(word, |opening| found.extend(opening.whole()));
            found
        };
        let key = |word: &str| Opening::at(word.as_bytes(), 0).whole().unwrap();
        assert!(whole("phương").contains(&key("Phương")));
        // nine bytes: neither it nor the same word without its tone
        assert_eq!(whole("phường"), []);
        assert!(whole("hóa").contains(&key("HOÁ")) && !whole("hóa").contains(&key("hoa")));
    }

    #[test]
    fn words_end_where_they_end() {
        for (text, length) in [
            ("a", 1),
            ("định, ", 7),
            ("nghiêngngả ", 13),
            ("K&H.", 3),
            ("hp”", 2),
            ("người ", 8),
            (" a", 0),
            ("hp×", 2),
            ("÷", 0),
        ] {
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
