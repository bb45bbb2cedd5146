//! Words that end within eight bytes, each told by them.
//!
//! A set of hashed openings says too often that a word may be one of a table; here a word is one of them or it is not,
//! in every spelling, by one look into one open table. 44 bits of each are compared, so that of some ten thousand million other
//! words one is taken for one of a thousand.

use crate::text::opening::{Opening, each_opening};

/// Words with a number each, in the order in which they were entered.
#[derive(Debug, Clone)]
pub(super) struct Known {
    /// The upper bits are those of the hashed word, the lower bits its number; 0 is free. A power of two, at most half full.
    slots: Vec<u64>,
    used: usize,
    /// The upper bits of a hashed word that are its place begin here.
    shift: u32,
}

/// Bits of a slot that hold the number of a word, counted from 1: a million, more than tables of a gigabyte hold.
const NUMBER: u32 = 20;

impl Default for Known {
    fn default() -> Self {
        Self { slots: vec![0; 64], used: 0, shift: 64 - 6 }
    }
}

impl Known {
    /// Every word has its own, as the factor is odd.
    #[inline]
    const fn mixed(word: u64) -> u64 {
        word.wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }

    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "few bits are left")]
    const fn place(&self, mixed: u64) -> usize {
        (mixed >> self.shift) as usize
    }

    /// The number of the word that is `word` in small letters; see [`Opening::whole`].
    #[inline]
    pub(super) fn get(&self, word: u64) -> Option<usize> {
        let mixed = Self::mixed(word);
        let mut place = self.place(mixed);
        loop {
            let slot = *self.slots.get(place)?;
            if slot == 0 {
                return None;
            }
            if (slot ^ mixed) >> NUMBER == 0 {
                return Some((slot & ((1 << NUMBER) - 1)) as usize - 1);
            }
            place = (place + 1) & (self.slots.len() - 1);
        }
    }

    /// The number of the first word of `text`, or `fresh` when it is new; none for a word that is longer. Calls `long`
    /// with the openings of its spellings of eight bytes and more: after eight, a sign may hide where the word ends.
    pub(super) fn enter(&mut self, text: &str, fresh: usize, mut long: impl FnMut(Opening)) -> Option<usize> {
        let mut number = None;
        each_opening(text, |opening| {
            let whole = opening.whole();
            if whole.is_none_or(|(_, length)| length == 8) {
                long(opening);
            }
            let Some((word, _)) = whole else { return };
            if let Some(known) = self.get(word) {
                number = number.or(Some(known));
            } else {
                self.put_new(word, *number.get_or_insert(fresh));
            }
        });
        number
    }

    fn put_new(&mut self, word: u64, number: usize) {
        if (self.used + 1) * 2 > self.slots.len() {
            let larger = vec![0; self.slots.len() * 2];
            self.shift -= 1;
            for slot in std::mem::replace(&mut self.slots, larger).into_iter().filter(|slot| *slot != 0) {
                self.put(slot);
            }
        }
        self.put(Self::mixed(word) >> NUMBER << NUMBER | (number as u64 + 1));
        self.used += 1;
    }

    fn put(&mut self, slot: u64) {
        let mut place = self.place(slot);
        while self.slots.get(place).is_some_and(|taken| *taken != 0) {
            place = (place + 1) & (self.slots.len() - 1);
        }
        if let Some(free) = self.slots.get_mut(place) {
            *free = slot;
        }
    }
}
