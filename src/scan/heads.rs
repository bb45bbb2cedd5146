//! How the phrases begin that are an anchor: by the opening of their first word and the first letter of the second.

use crate::text::opening::{Opening, each_opening};
use crate::text::word::{exact_at, gap};

/// For the opening of a first word a bit for each way in which the second begins: all, where it is an anchor by itself.
/// Some openings share a place by chance.
#[derive(Debug, Clone)]
pub(super) struct Heads(Box<[u32; 1 << BITS]>);

const BITS: u32 = 12;
/// Of the hash of two bytes, so that each has a bit.
const LEAD: u32 = 5;

impl Default for Heads {
    fn default() -> Self {
        Self(Box::new([0; 1 << BITS]))
    }
}

impl Heads {
    /// Adds `phrase` in every spelling.
    pub(super) fn insert(&mut self, phrase: &str) {
        let mut leads = 0;
        if let Some(first) = exact_at(phrase.as_bytes(), 0) {
            let second = phrase.get(gap(phrase.as_bytes(), first.end).next..).unwrap_or_default();
            each_opening(second, |two| two.leads().for_each(|lead| leads |= 1 << lead.slot(LEAD)));
        }
        each_opening(phrase, |one| {
            // what follows a word that goes on beyond its opening is not looked at
            let bits = if one.is_whole() && leads != 0 { leads } else { u32::MAX };
            self.0.get_mut(one.slot(BITS)).into_iter().for_each(|slot| *slot |= bits);
        });
    }

    /// A phrase may begin with the word at `at`, which opens so.
    #[inline]
    pub(super) fn may_begin(&self, bytes: &[u8], at: usize, one: Opening) -> bool {
        let leads = self.0.get(one.slot(BITS)).copied().unwrap_or_default();
        // before marks, more than one blank and line breaks, and in a long word, the phrase itself has to tell
        let next = one.end(at).and_then(|end| Opening::after_blank(bytes, end));
        let seconds = next.map_or(u32::MAX, |next| 1 << next.slot(LEAD));
        (leads & seconds != 0) | one.is_foreign()
    }
}
