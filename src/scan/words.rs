//! How the words open that begin an anchor: exactly, so that what is one of them is no other.

use crate::text::opening::{Opening, each_opening};

/// What a word is of those that begin an anchor.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Part {
    /// The first of several.
    First,
    /// An anchor by itself; it may be the first of several, too.
    All,
}

/// A table of words by their first eight bytes, no more than half full.
#[derive(Debug, Clone)]
pub(super) struct Words {
    slots: Vec<(u64, Part)>,
    used: usize,
}

/// No word is folded to this.
const FREE: u64 = 0;

impl Default for Words {
    fn default() -> Self {
        Self { slots: vec![(FREE, Part::First); 64], used: 0 }
    }
}

impl Words {
    /// Adds the first word of `phrase` in every spelling.
    pub(super) fn insert(&mut self, phrase: &str, part: Part) {
        each_opening(phrase, |opening| self.put(opening.folded(), part));
    }

    fn put(&mut self, word: u64, part: Part) {
        if self.used * 2 >= self.slots.len() {
            let larger = vec![(FREE, Part::First); self.slots.len() * 2];
            self.used = 0;
            for (word, part) in std::mem::replace(&mut self.slots, larger).into_iter().filter(|(word, _)| *word != FREE)
            {
                self.put(word, part);
            }
        }
        let mut place = self.place(word);
        while let Some((known, most)) = self.slots.get_mut(place) {
            if *known == FREE {
                self.used += 1;
                (*known, *most) = (word, part);
            }
            if *known == word {
                *most = part.max(*most);
                break;
            }
            place = (place + 1) & (self.slots.len() - 1);
        }
    }

    /// Where the search for a word begins.
    #[inline]
    fn place(&self, word: u64) -> usize {
        (word.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize & self.slots.len().wrapping_sub(1)
    }

    /// What a word is that opens so.
    #[inline]
    pub(super) fn part(&self, opening: Opening) -> Option<Part> {
        let word = opening.folded();
        let mut place = self.place(word);
        loop {
            match self.slots.get(place)? {
                (known, part) if *known == word => return Some(*part),
                (FREE, _) => return None,
                _ => place = (place + 1) & (self.slots.len() - 1),
            }
        }
    }
}
