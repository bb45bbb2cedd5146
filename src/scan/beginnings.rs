//! The first bytes of words, by which most places are told that begin no word of the tables.

use crate::text::opening::each_opening;

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

/// Where the first four of eight bytes are looked up, and the bit of the one after them.
#[inline]
fn slot(eight: u64) -> (usize, u64) {
    let blank = 0xFF_0000;
    // a word of two bytes and a blank is told by these
    let four = eight & if eight & blank == u64::from(b' ') << 16 { 0xFF_FFFF } else { 0xFFFF_FFFF };
    let slot = four.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - BITS);
    (slot as usize, eight >> 32 & 63)
}

impl Beginnings {
    /// Adds a word where it is spelled with one of `fragments` at its beginning, and goes on in any spelling.
    pub(super) fn insert(&mut self, word: &str, fragments: &[Vec<u8>]) {
        let mut openings = Vec::new();
        each_opening(word, |opening| openings.push(opening));
        for fragment in fragments {
            let start = fragment.iter().rev().fold(0, |start, byte| start << 8 | u64::from(*byte));
            let mut fifths = [fragment.len() < FRAGMENT; 0x100];
            for opening in &openings {
                opening.mark_fifth(start, &mut fifths);
            }
            (0..0x100).zip(fifths).filter(|(_, known)| *known).for_each(|(fifth, _)| self.put(start | fifth << 32));
        }
    }

    fn put(&mut self, eight: u64) {
        let (slot, bit) = slot(eight);
        self.0.get_mut(slot).into_iter().for_each(|bits| *bits |= 1 << bit);
    }

    /// A word may begin with these bytes, or they begin with a slash.
    #[inline]
    pub(super) fn may_begin(&self, eight: &[u8; 8]) -> bool {
        let eight = u64::from_le_bytes(*eight);
        let (slot, bit) = slot(eight);
        self.0.get(slot).is_some_and(|bits| bits >> bit & 1 != 0) | (eight & 0xFF == u64::from(b'/'))
    }
}
