//! Where to look: the few places of a text at which a mention can start.
//!
//! Candidates are cheap: a slash before a letter, and the words of the tables that start an anchor. Their first bytes are
//! looked for many at a time; what is found is told by its first four bytes exactly, and then by the openings of its first
//! two words in every spelling. What really stands there is for `parse` to say.

use crate::lexicon::Lexicon;
use crate::text::fold::starts_word;
use crate::text::opening::{Opening, Openings};
use crate::text::word::gap;
use viendan_fragments::{Fragments, Pattern};

/// A place worth parsing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Candidate {
    /// Byte position in the normalised text: of the slash, or of the first letter of the word.
    pub at: u32,
    /// A slash before a capital rather than a word.
    pub slash: bool,
}

/// The prefilter built from the tables.
#[derive(Debug, Clone)]
pub(crate) struct Scanner {
    needles: Fragments,
    /// How the words of the tables open that are an anchor by themselves.
    words: Openings<13>,
    /// How the first two words of the others open.
    pairs: Openings<15>,
    /// The bytes they begin with as they are spelled in the tables, in small letters, capitals and as a title; four, or three.
    fragments: Hashes,
}

const FRAGMENT: usize = 4;

/// First bytes of the letters `Đ` and `Ư`, small and capital.
const LEADS: [u8; 2] = [0xC4, 0xC6];

impl Scanner {
    /// For everything that may begin a mention.
    pub(crate) fn new(lexicon: &Lexicon) -> Self {
        Self::of(lexicon, lexicon.anchor_words())
    }

    /// For symbols and acts alone.
    pub(crate) fn of_acts(lexicon: &Lexicon) -> Self {
        Self::of(lexicon, lexicon.act_words())
    }

    fn of<'l>(lexicon: &'l Lexicon, words: impl Iterator<Item = &'l str>) -> Self {
        let mut singles = Openings::default();
        let mut pairs = Openings::default();
        // what is passed over must not be looked into
        for phrase in lexicon.false_friends() {
            pairs.insert_pair(phrase);
        }
        let mut fragments = Hashes::default();
        let letters = (b'A'..=b'Z').chain(b'a'..=b'z').chain(LEADS).chain(*b" \t\n\x0C\r");
        let mut patterns = vec![Pattern::of(b"/").then(letters)];
        for word in words {
            if !pairs.insert_pair(word) {
                singles.insert(word);
            }
            let lower = word.to_lowercase();
            let upper = word.to_uppercase();
            let mut title = String::new();
            let mut chars = lower.chars();
            title.extend(chars.next().into_iter().flat_map(char::to_uppercase));
            title.extend(chars);
            for form in [word, &lower, &title, &upper] {
                let bytes = form.as_bytes();
                let fragment = bytes.get(..FRAGMENT.min(bytes.len())).unwrap_or(bytes).to_vec();
                // what is shorter than a fragment is followed by a space
                let fragment = if fragment.len() < FRAGMENT { [fragment, b" ".to_vec()].concat() } else { fragment };
                patterns.push(Pattern::of(&fragment));
                fragments.insert(number(&fragment));
            }
        }
        Self { needles: Fragments::new(&patterns), words: singles, pairs, fragments }
    }

    /// All candidates of `bytes`, in order.
    pub(crate) fn candidates(&self, bytes: &[u8], out: &mut Vec<Candidate>) {
        out.clear();
        let mut places = Vec::new();
        self.needles.find(bytes, &mut places);
        for at in places {
            let place = at as usize;
            let slash = bytes.get(place) == Some(&b'/');
            if if slash { slash_before_code(bytes, place) } else { self.begins_anchor(bytes, place) } {
                out.push(Candidate { at, slash });
            }
        }
    }

    /// A word stands at `at` that may begin an anchor.
    #[inline]
    fn begins_anchor(&self, bytes: &[u8], at: usize) -> bool {
        let four = match bytes.get(at..).and_then(<[u8]>::first_chunk::<FRAGMENT>) {
            Some(four) => u32::from_le_bytes(*four),
            None => number(bytes.get(at..).unwrap_or_default()),
        };
        if !self.fragments.may_hold(four) && !self.fragments.may_hold(four & 0x00FF_FFFF) || !starts_word(bytes, at) {
            return false;
        }
        let one = Opening::at(bytes, at);
        self.words.may_hold(one) || {
            let next = gap(bytes, one.word_end(bytes, at)).next;
            self.pairs.may_begin(one, Opening::at(bytes, next))
        }
    }
}

/// A set of numbers by a bit for each hash.
#[derive(Debug, Clone)]
struct Hashes(Box<[u64; 1 << (HASH_BITS - 6)]>);

const HASH_BITS: u32 = 14;

impl Default for Hashes {
    fn default() -> Self {
        Self(Box::new([0; 1 << (HASH_BITS - 6)]))
    }
}

impl Hashes {
    #[inline]
    fn slot(number: u32) -> (usize, u32) {
        let hash = number.wrapping_mul(0x9E37_79B1) >> (32 - HASH_BITS);
        ((hash >> 6) as usize, hash & 63)
    }

    fn insert(&mut self, number: u32) {
        let (word, bit) = Self::slot(number);
        self.0.get_mut(word).into_iter().for_each(|word| *word |= 1 << bit);
    }

    /// False when it is not in the set.
    #[inline]
    fn may_hold(&self, number: u32) -> bool {
        let (word, bit) = Self::slot(number);
        self.0.get(word).is_some_and(|word| word >> bit & 1 != 0)
    }
}

fn number(fragment: &[u8]) -> u32 {
    fragment.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

/// A slash with a letter after it (a space between them allowed) and a figure or letter before it.
fn slash_before_code(bytes: &[u8], at: usize) -> bool {
    let mut next = at + 1;
    while bytes.get(next).is_some_and(u8::is_ascii_whitespace) && next < at + 3 {
        next += 1;
    }
    bytes.get(next).is_some_and(|b| b.is_ascii_alphabetic() || LEADS.contains(b))
}
