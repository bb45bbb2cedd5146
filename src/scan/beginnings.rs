//! The first bytes of words, by which most places are told that begin no word of the tables.

use crate::text::opening::each_opening;
use std::collections::HashSet;

/// Bytes of a word that are looked for; what is shorter is followed by a blank.
pub(super) const FRAGMENT: usize = 4;

/// The beginnings of words: for the hash of the first four bytes a bit for the byte after them.
#[derive(Debug, Clone)]
pub(super) struct Beginnings(Box<[u64; 1 << BITS]>);

const BITS: u32 = 11;

impl Default for Beginnings {
    fn default() -> Self {
        Self(Box::new([0; 1 << BITS]))
    }
}

/// Where the first four of eight bytes are looked up.
#[inline]
const fn slot(eight: u64) -> usize {
    let four = eight & 0xFFFF_FFFF;
    // a word of two bytes and a blank is told by these
    let four = if four & 0xFF_0000 == (b' ' as u64) << 16 { four & 0xFF_FFFF } else { four };
    (four.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - BITS)) as usize
}

impl Beginnings {
    /// Adds a word where it is spelled with one of `fragments` at its beginning, and goes on in any spelling.
    pub(super) fn insert(&mut self, word: &str, fragments: &HashSet<Vec<u8>>) {
        let mut openings = Vec::new();
        each_opening(word, |opening| openings.push(opening));
        for fragment in fragments {
            let start = fragment.iter().rev().fold(0, |start, byte| start << 8 | u64::from(*byte));
            let mut fifths = [fragment.len() < FRAGMENT; 0x100];
            for opening in &openings {
                opening.mark_fifth(start, &mut fifths);
            }
            let known = (0..0x100_u32).zip(fifths).filter(|(_, known)| *known);
            let bits = known.fold(0, |bits, (fifth, _)| bits | 1 << (fifth & 63));
            self.0.get_mut(slot(start)).into_iter().for_each(|slot| *slot |= bits);
        }
    }

    /// A word may begin with these bytes, or they begin with a slash.
    #[inline]
    pub(super) fn may_begin(&self, eight: &[u8; 8]) -> bool {
        let eight = u64::from_le_bytes(*eight);
        let bits = self.0.get(slot(eight)).copied().unwrap_or_default();
        (bits >> (eight >> 32 & 63) & 1 != 0) | (eight & 0xFF == u64::from(b'/'))
    }
}
