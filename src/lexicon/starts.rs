//! How the phrases begin that are looked for in every gap between mentions: by the openings of their first two words.
//!
//! Most words of a gap begin nothing, and many that could begin a phrase are followed by a word with which none goes
//! on. Both are told here without reading a word letter by letter.

use super::Role;
use crate::text::fold::starts_word;
use crate::text::opening::{Opening, each_opening};
use crate::text::word::exact_at;
use foldhash::fast::FixedState;
use std::collections::HashSet;
use std::sync::OnceLock;
use viendan_fragments::{Fragments, Pattern};

/// A set of phrases.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
#[repr(u8)]
pub(crate) enum Set {
    /// All cues that may stand in a gap.
    Cue,
    /// Words of one of [`SMALL`].
    Small,
    /// Names of document types.
    Type,
    /// Cues that point back.
    PointingBack,
    /// Cues that act on the documents of a list.
    Acting,
    /// Cues that issue a document.
    Issuing,
    /// Single words: all of the cues by which one document is made for another, and those that may stand behind them.
    Deriving,
}

/// The small words that say how a cue is meant, and those that stand between members of a list.
pub(crate) const SMALL: [Role; 8] =
    [Role::Title, Role::Negation, Role::Planned, Role::Matter, Role::Conditional, Role::Draft, Role::And, Role::Plural];

/// The sets of which a word may begin a phrase: those of which it does, and seldom some more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Sets(u8);

impl Sets {
    const ALL: Self = Self(u8::MAX);

    pub(crate) const fn of(sets: &[Set]) -> Self {
        let mut all = 0;
        let mut rest = sets;
        while let [set, more @ ..] = rest {
            all |= 1 << *set as u8;
            rest = more;
        }
        Self(all)
    }

    #[inline]
    pub(crate) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    #[inline]
    pub(crate) const fn has(self, set: Set) -> bool {
        self.0 >> set as u8 & 1 != 0
    }
}

/// Bits of the slots for openings, and for those of two words.
const SLOTS: u32 = 13;
const PAIRS: u32 = 15;

#[derive(Debug, Clone)]
pub(crate) struct Starts {
    /// By the opening of a word: the sets that have a phrase of this one word, and in the upper byte those that have a
    /// longer one.
    words: Vec<u16>,
    /// By the openings of two words: the sets that have a phrase which begins with them.
    pairs: Vec<u8>,
    /// What the words of the sets of [`SOUGHT`] begin with, and, when first asked, where that stands in a text.
    beginnings: [Vec<Pattern>; SOUGHT.len()],
    needles: [OnceLock<Fragments>; SOUGHT.len()],
    /// What has been inserted: the hashes of the first two words, and of first words alone.
    known: HashSet<(u64, Option<u64>, Set), FixedState>,
    begun: HashSet<(u64, Set), FixedState>,
}

/// The sets that are looked for in whole gaps, of which most hold none of their phrases.
const SOUGHT: [Sets; 3] =
    [Sets::of(&[Set::PointingBack]), Sets::of(&[Set::PointingBack, Set::Issuing]), Sets::of(&[Set::Acting])];

impl Default for Starts {
    fn default() -> Self {
        Self {
            words: vec![0; 1 << SLOTS],
            pairs: vec![0; 1 << PAIRS],
            beginnings: Default::default(),
            needles: Default::default(),
            known: HashSet::default(),
            begun: HashSet::default(),
        }
    }
}

#[inline]
fn pair(first: Opening, second: Opening) -> usize {
    (first.slot(PAIRS).wrapping_mul(0x9E37_79B9) ^ second.slot(PAIRS)) & ((1 << PAIRS) - 1)
}

impl Starts {
    /// Adds each word of a phrase by itself.
    pub(crate) fn insert_words(&mut self, phrase: &str, set: Set) {
        phrase.split(|c: char| !c.is_alphanumeric() && c != '&').for_each(|word| self.insert(word, set));
    }

    pub(crate) fn insert(&mut self, phrase: &str, set: Set) {
        let word_from = |from: usize| {
            let rest = phrase.get(from..).unwrap_or_default();
            rest.char_indices().find_map(|(at, _)| exact_at(phrase.as_bytes(), from + at))
        };
        let Some(first) = word_from(0) else { return };
        let second = word_from(first.end);
        // many phrases begin alike, and to spell out two words takes long
        if !self.known.insert((first.hash, second.map(|word| word.hash), set)) {
            return;
        }
        let rest = phrase.get(first.end..).filter(|_| second.is_some());
        let mut seconds = Vec::new();
        each_opening(rest.unwrap_or_default(), |opening| seconds.push(opening));
        let bit = 1_u8 << set as u8;
        let fresh = self.begun.insert((first.hash, set));
        let sought = SOUGHT.iter().zip(&mut self.beginnings).filter(|(sought, _)| fresh && sought.has(set));
        let mut beginnings: Vec<_> = sought.map(|(_, beginnings)| beginnings).collect();
        each_opening(phrase, |opening| {
            for beginnings in &mut beginnings {
                beginnings.push(opening.pattern());
            }
            if let Some(sets) = self.words.get_mut(opening.slot(SLOTS)) {
                *sets |= u16::from_le_bytes(if rest.is_some() { [0, bit] } else { [bit, 0] });
            }
            for second in &seconds {
                if let Some(sets) = self.pairs.get_mut(pair(opening, *second)) {
                    *sets |= bit;
                }
            }
        });
    }

    /// Some word in `from..to` may begin a phrase of the `wanted` sets.
    pub(crate) fn any(&self, bytes: &[u8], from: usize, to: usize, wanted: Sets) -> bool {
        let begins = |at: usize| {
            let opening = Opening::at(bytes, at);
            self.at(bytes, opening, opening.word_end(bytes, at), wanted).meets(wanted)
        };
        let sought = SOUGHT.iter().zip(&self.needles).zip(&self.beginnings).find(|((sought, _), _)| **sought == wanted);
        let Some(((_, needles), beginnings)) = sought else { return true };
        let needles = needles.get_or_init(|| Fragments::new(beginnings));
        needles.any(bytes.get(from..to).unwrap_or_default(), |at| starts_word(bytes, from + at) && begins(from + at))
    }

    /// Those of the `wanted` sets of which the word that opens so and ends at `end` may begin a phrase.
    #[inline]
    pub(crate) fn at(&self, bytes: &[u8], opening: Opening, end: usize, wanted: Sets) -> Sets {
        if opening.is_foreign() {
            return Sets::ALL;
        }
        let [alone, longer] = self.words.get(opening.slot(SLOTS)).copied().unwrap_or(u16::MAX).to_le_bytes();
        // a phrase of one word is there whatever follows
        let open = longer & !alone & wanted.0;
        if open == 0 { Sets(alone) } else { Sets(alone | self.going_on(bytes, opening, end, open)) }
    }

    /// Those of the sets that have a phrase which goes on with the word after `end`.
    #[inline(never)]
    fn going_on(&self, bytes: &[u8], first: Opening, end: usize, sets: u8) -> u8 {
        // marks, more than one blank, line breaks: the phrase itself has to tell
        let plain =
            matches!(bytes.get(end..), Some([b' ', next, ..]) if next.is_ascii_alphanumeric() || !next.is_ascii());
        let second = Opening::at(bytes, end + 1);
        if !plain || second.is_foreign() {
            return sets;
        }
        sets & self.pairs.get(pair(first, second)).copied().unwrap_or(u8::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::{Set, Sets, Starts};
    use crate::text::opening::Opening;

    #[test]
    fn phrases_are_found_in_gaps() {
        let mut starts = Starts::default();
        starts.insert("hết hiệu lực", Set::PointingBack);
        starts.insert("được bãi bỏ", Set::PointingBack);
        let back = Sets::of(&[Set::PointingBack]);
        for known in ["hết hiệu lực", ", và ĐÃ HẾT HIỆU LỰC", "(đƯợc bãi bỏ)", "“Hết\nhiệu lực", "không được bãi"]
        {
            assert!(starts.any(known.as_bytes(), 0, known.len(), back), "{known}");
        }
        for other in ["", "hết hạn", "được áp dụng", "khết hiệu lực", "điều được quy định và hết thời hạn"]
        {
            assert!(!starts.any(other.as_bytes(), 0, other.len(), back), "{other}");
        }
    }

    #[test]
    fn two_words_tell_what_may_begin() {
        let mut starts = Starts::default();
        starts.insert("và", Set::Small);
        starts.insert("Quyết định", Set::Type);
        starts.insert("quyết định về", Set::Cue);
        starts.insert("(phòng, chống) tham nhũng", Set::Cue);
        let at = |text: &str| {
            let opening = Opening::at(text.as_bytes(), 0);
            let sets = starts.at(text.as_bytes(), opening, opening.word_end(text.as_bytes(), 0), Sets::ALL);
            [Set::Cue, Set::Small, Set::Type].map(|set| sets.has(set))
        };
        assert_eq!(at("VÀ các"), [false, true, false]);
        assert_eq!(at("QUYẾT định"), [true, false, true]);
        assert_eq!(at("quyết tâm"), [false; 3]);
        assert_eq!(at("quyết\nđịnh"), [true, false, true]);
        assert_eq!(at("quyết  định"), [true, false, true]);
        assert_eq!(at("phòng, chống"), [true, false, false]);
        assert_eq!(at("Phòng CHỐNG"), [true, false, false]);
        assert_eq!(at("phòng họp"), [false; 3]);
        assert_eq!(at("“A”"), [true; 3]);
    }
}
