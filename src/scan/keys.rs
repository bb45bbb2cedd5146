//! The first words of the phrases that start an anchor, found by their openings.

use super::starts::each_word;
use crate::text::opening::{Opening, Openings};

/// A set of first words. What is none of them costs a multiplication and a load, and no branch.
#[derive(Debug, Clone, Default)]
pub(super) struct Keys {
    set: Openings<15>,
}

/// Places that are collected before they are looked at.
const BATCH: usize = 128;

impl Keys {
    /// Adds the first word of `phrase` in every spelling.
    pub(super) fn insert(&mut self, phrase: &str) {
        self.set.insert(phrase);
    }

    /// Calls `take` with every place where a word stands that has a key of the set.
    #[inline]
    pub(super) fn each(&self, bytes: &[u8], mut take: impl FnMut(usize)) {
        let mut batch = [0_usize; BATCH];
        let mut filled = 0;
        each_word(bytes, |at, length| {
            let holds = self.set.holds(Opening::of_word(bytes.get(at..).unwrap_or_default(), length));
            if let Some(place) = batch.get_mut(filled) {
                *place = at;
            }
            filled += usize::from(holds);
            if filled == BATCH {
                batch.into_iter().for_each(&mut take);
                filled = 0;
            }
        });
        batch.into_iter().take(filled).for_each(take);
    }
}

#[cfg(test)]
mod tests {
    use super::Keys;

    #[test]
    fn words_are_found_in_every_spelling() {
        let mut keys = Keys::default();
        for phrase in ["Quyết định", "Thỏa thuận", "Quy chế", "Chương", "Đề án", "HP", "sau đây"] {
            keys.insert(phrase);
        }
        let found = |text: &str| {
            let mut places = Vec::new();
            keys.each(text.as_bytes(), |at| places.push(at));
            places
        };
        assert_eq!(found("theo QUYẾT ĐỊNH, quyết định"), [5, 22]);
        assert_eq!(found("qUYếT"), [0]);
        assert_eq!(found("thoả thuận, thỏa thuận, THOẢ"), [0, 16, 32]);
        assert_eq!(found("qui chế, quy chế”, (Quy"), [0, 11, 26]);
        assert_eq!(found("chương\nCHƯƠNG II Chương"), [0, 9, 21]);
        assert_eq!(found("đề. ĐỀ"), [0, 7]);
        assert_eq!(found("hp"), [0]);
        assert_eq!(found("h p thp hpa thơ sa chươn"), [0_usize; 0]);
    }

    #[test]
    fn many_places_come_in_order() {
        let mut keys = Keys::default();
        keys.insert("Luật");
        let mut places = Vec::new();
        keys.each("luật ".repeat(1000).as_bytes(), |at| places.push(at));
        assert_eq!(places, (0..1000).map(|index| index * 7).collect::<Vec<_>>());
    }
}
