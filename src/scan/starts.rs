//! Where words start, 64 bytes at a time, without a branch for a byte.
//!
//! A byte belongs to a word when it is an ASCII letter or figure or part of a Latin letter of two or three bytes.
//! Nearly all blocks hold nothing else beyond ASCII: a few vector instructions tell. The others are looked at more
//! closely. What is rare is called no word byte, so that words start too often rather than too seldom: `parse` and
//! the trie look again.

use wide::u8x16;

/// Bytes that are looked at together.
const BLOCK: usize = 64;
/// Bytes before and after a block that its flags depend on.
const BEFORE: usize = 3;
const AFTER: usize = 1;
const WINDOW: usize = BEFORE + BLOCK + AFTER;

/// Calls `take` with the start and the length in bytes of every run of word bytes, in order; of
/// lengths over 64, 64.
#[inline]
pub(super) fn each_word(bytes: &[u8], mut take: impl FnMut(usize, u32)) {
    let mut words_at = |at: usize, mask: u64, next: u64, last: u64| {
        let mut starts = mask & !(mask << 1 | last);
        while starts != 0 {
            let offset = starts.trailing_zeros();
            // a run may end in the next block; in two steps: a shift by 64 is none
            let rest = mask >> offset | next << 1 << (63 - offset);
            take(at + offset as usize, rest.trailing_ones());
            starts &= starts - 1;
        }
    };
    let blocks = bytes.chunks_exact(BLOCK);
    let remainder = blocks.remainder();
    // nothing before the text runs into it
    let mut before = Plain::default();
    let (mut mask, mut last) = (0, 0);
    let mut at = 0;
    for block in blocks {
        let plain = Plain::of(block);
        let next = if plain.is_all(&before) { plain.words } else { word_bytes(&window(bytes, at)) };
        // of the first block nothing is known yet
        if at > 0 {
            words_at(at - BLOCK, mask, next, last);
            last = mask >> (BLOCK - 1);
        }
        mask = next;
        before = plain;
        at += BLOCK;
    }
    let rest = if remainder.is_empty() { 0 } else { word_bytes(&window(bytes, at)) };
    if at > 0 {
        words_at(at - BLOCK, mask, rest, last);
        last = mask >> (BLOCK - 1);
    }
    words_at(at, rest, 0, last);
}

/// What vector instructions tell of a block, a bit for each byte.
#[derive(Clone, Copy, Default)]
struct Plain {
    /// ASCII letters and figures, and all bytes beyond ASCII.
    words: u64,
    /// First bytes of characters that are no Latin letters.
    foreign: u64,
    /// `C3`, after which `×` and `÷` stand among the letters; and the second bytes of these.
    signs: [u64; 2],
    /// `E1`, after which other alphabets stand beside the Latin letters; and the second bytes of these.
    blocks: [u64; 2],
}

impl Plain {
    #[inline]
    fn of(block: &[u8]) -> Self {
        let mut plain = Self::default();
        let (chunks, _) = block.as_chunks::<16>();
        for (index, chunk) in chunks.iter().enumerate() {
            let v = u8x16::from(*chunk);
            let put = |mask: u8x16| u64::from(mask.to_bitmask()) << (16 * index);
            let equal = |v: u8x16, byte: u8| v.simd_eq(u8x16::splat(byte));
            let below = |v: u8x16, most: u8| v.min(u8x16::splat(most)).simd_eq(v);
            let letter = below((v | u8x16::splat(0x20)) - u8x16::splat(b'a'), 25);
            let figure = below(v - u8x16::splat(b'0'), 9);
            let block = equal(v, 0xE1);
            let latin = below(v - u8x16::splat(0xC3), 4) | block;
            // the bit mask takes the highest bit of each byte, which all bytes beyond ASCII have
            plain.words |= put(letter | figure | v);
            plain.foreign |= put(v.max(u8x16::splat(0xC2)).simd_eq(v) & !latin);
            plain.signs[0] |= put(equal(v, 0xC3));
            plain.signs[1] |= put(equal(v & u8x16::splat(0xDF), 0x97));
            plain.blocks[0] |= put(block);
            plain.blocks[1] |= put(equal(v & u8x16::splat(0xFC), 0xB8));
        }
        plain
    }

    /// All bytes beyond ASCII belong to Latin letters; `before` is the block before.
    #[inline]
    fn is_all(&self, before: &Self) -> bool {
        let follows = |now: u64, before: u64| now << 1 | before >> (BLOCK - 1);
        let signs = follows(self.signs[0], before.signs[0]) & self.signs[1];
        let others = follows(self.blocks[0], before.blocks[0]) & !self.blocks[1];
        // no character of the block before reaches further than its third byte from behind
        self.foreign | signs | others | before.foreign >> (BLOCK - 3) == 0
    }
}

#[cold]
fn window(bytes: &[u8], at: usize) -> [u8; WINDOW] {
    let mut window = [0; WINDOW];
    let from = at.saturating_sub(BEFORE);
    let skip = BEFORE - (at - from);
    for (slot, byte) in window.iter_mut().skip(skip).zip(bytes.get(from..).unwrap_or_default()) {
        *slot = *byte;
    }
    window
}

/// One bit for each of the 64 bytes: set for bytes of words.
#[cold]
#[expect(clippy::indexing_slicing, reason = "constant bounds of fixed arrays")]
#[expect(clippy::needless_bitwise_bool, reason = "without branches the loops become vectors")]
fn word_bytes(window: &[u8; WINDOW]) -> u64 {
    // leads of characters that are no Latin letters
    let mut foreign = [0_u8; WINDOW];
    for i in 0..WINDOW - 1 {
        let (byte, next) = (window[i], window[i + 1]);
        // `×` and `÷` stand among the letters
        let sign = (byte == 0xC3) & (next & 0xDF == 0x97);
        let latin = (byte.wrapping_sub(0xC3) < 5) & !sign | ((byte == 0xE1) & (next & 0xFC == 0xB8));
        foreign[i] = u8::from((byte >= 0xC2) & !latin);
    }
    let mut flags = [0_u8; BLOCK];
    for i in 0..BLOCK {
        let byte = window[i + 3];
        let letter = (byte | 0x20).wrapping_sub(b'a') < 26;
        let figure = byte.wrapping_sub(b'0') < 10;
        let inside = foreign[i + 2]
            | foreign[i + 1] & u8::from(window[i + 1] >= 0xE0)
            | foreign[i] & u8::from(window[i] >= 0xF0);
        let high = (byte >= 0x80) & (foreign[i + 3] == 0) & !((byte < 0xC0) & (inside != 0));
        flags[i] = u8::from(letter | figure | high);
    }
    gather(&flags)
}

/// The flags, 0 or 1, as bits.
#[inline]
fn gather(flags: &[u8; BLOCK]) -> u64 {
    let (eights, _) = flags.as_chunks::<8>();
    eights.iter().enumerate().fold(0, |mask, (index, eight)| {
        let bits = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        mask | bits << (8 * index)
    })
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Plain, each_word, window, word_bytes};
    use crate::text::fold::{is_word, starts_word};
    use proptest::prelude::*;

    fn starts(text: &str) -> Vec<usize> {
        let mut out = Vec::new();
        each_word(text.as_bytes(), |at, length| {
            assert!(length > 0);
            out.push(at);
        });
        out
    }

    #[test]
    fn words_between_marks_of_all_kinds() {
        let text = "Điều 5×Luật÷ “Bộ luật”… (khoản 2)\u{301}điểm «đ»/QĐ-TTg\u{1F642}Mục 中Phần";
        let all = ["Điều", "5×", "Luật", "Bộ", "luật”", "khoản", "2)", "điểm", "đ»", "QĐ", "TTg", "Mục", "Phần"];
        for shift in 0..2 * BLOCK {
            let shifted = " ".repeat(shift) + text;
            let found = starts(&shifted);
            assert_eq!(found.len(), all.len(), "{shift}");
            assert!(found.iter().zip(all).all(|(at, word)| shifted.get(*at..).unwrap().starts_with(word)), "{shift}");
        }
        assert_eq!(starts(""), [0_usize; 0]);
        assert_eq!(starts("a"), [0]);
        assert_eq!(starts(&"ế".repeat(200)), [0]);
    }

    proptest! {
        #[test]
        fn no_start_of_a_word_is_missed(text in "([a-c0-2đếự×÷ªʰ \\n“…«,./-]|\\PC){0,150}") {
            let found = starts(&text);
            prop_assert!(found.iter().all(|at| text.is_char_boundary(*at)));
            for (at, c) in text.char_indices() {
                // letters that the tables can hold
                let known = c.is_ascii_alphanumeric() || ('À'..'Ȁ').contains(&c) || ('Ḁ'..'ἀ').contains(&c);
                if known && is_word(text.as_bytes(), at) && starts_word(text.as_bytes(), at) {
                    prop_assert!(found.contains(&at), "{} in {:?}", at, text);
                }
            }
        }

        #[test]
        fn vectors_tell_what_bytes_tell(text in "([a-zđếự0-9×÷ªʰ \\n“…«,./-]|[ἀ-ῼა-ჰ]|\\PC){64,150}") {
            let bytes = text.as_bytes();
            let mut before = Plain::default();
            for (index, block) in bytes.chunks_exact(BLOCK).enumerate() {
                let plain = Plain::of(block);
                if plain.is_all(&before) {
                    prop_assert_eq!(plain.words, word_bytes(&window(bytes, index * BLOCK)));
                }
                before = plain;
            }
        }
    }
}
