//! Where to look: the few places of a text at which a mention can start.
//!
//! Candidates are cheap: a slash before a letter, and the words of the tables that start an anchor. Their first bytes are
//! looked for many at a time; what is found is told by its first five bytes, then by the opening of its first word, and,
//! where several words are an anchor, by that of the second, in every spelling. Nearly all words end at a blank and are
//! looked at so first. What really stands there is for `parse` to say.

mod beginnings;
mod words;

use crate::lexicon::Lexicon;
use crate::text::fold::starts_word;
use crate::text::opening::{Opening, Pairs};
use beginnings::{Beginnings, FRAGMENT};
use std::collections::HashSet;
use viendan_fragments::{Fragments, Pattern};
use words::{Part, Words};

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
    /// The bytes that the words of the tables begin with.
    beginnings: Beginnings,
    /// How these words open.
    words: Words,
    pairs: Pairs,
}

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

    fn of<'l>(lexicon: &'l Lexicon, spellings: impl Iterator<Item = &'l str>) -> Self {
        let mut words = Words::default();
        let mut pairs = Pairs::default();
        let mut beginnings = Beginnings::default();
        // what is passed over must not be looked into
        for phrase in lexicon.false_friends() {
            if pairs.insert(phrase) {
                words.insert(phrase, Part::First);
            }
        }
        let letters = (b'A'..=b'Z').chain(b'a'..=b'z').chain(LEADS).chain(*b" \t\n\x0C\r");
        let mut patterns = vec![Pattern::of(b"/").then(letters)];
        let mut known: HashSet<Vec<u8>> = HashSet::new();
        for word in spellings {
            let part = if pairs.insert(word) { Part::First } else { Part::All };
            words.insert(word, part);
            let fragments = fragments(word);
            patterns.extend(fragments.iter().map(|fragment| Pattern::of(fragment).at_start()));
            beginnings.insert(word, &fragments);
            known.extend(fragments);
        }
        for phrase in lexicon.false_friends() {
            let fragments: Vec<_> = fragments(phrase).into_iter().filter(|fragment| known.contains(fragment)).collect();
            beginnings.insert(phrase, &fragments);
        }
        Self { needles: Fragments::new(&patterns), beginnings, words, pairs }
    }

    /// All candidates of `bytes`, in order.
    pub(crate) fn candidates(&self, bytes: &[u8], out: &mut Vec<Candidate>) {
        out.clear();
        let mut places = Vec::new();
        self.needles.find_where(bytes, |eight| self.beginnings.may_begin(eight), &mut places);
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
        if !starts_word(bytes, at) {
            return false;
        }
        let Some(one) = Opening::to_blank(bytes, at) else { return self.may_begin_anchor(bytes, at) };
        match self.words.part(one) {
            Some(Part::All) => true,
            // these are its letters, so that the word ends here
            Some(Part::First) => self.pairs.may_begin(bytes, one, one.word_end(bytes, at)),
            // another mark may stand before the blank
            None => self.may_begin_anchor(bytes, at),
        }
    }

    /// The same, whatever stands after the word.
    #[inline(never)]
    fn may_begin_anchor(&self, bytes: &[u8], at: usize) -> bool {
        let one = Opening::at(bytes, at);
        match self.words.part(one) {
            _ if one.is_foreign() => true,
            Some(Part::All) => true,
            Some(Part::First) => self.pairs.may_begin(bytes, one, one.word_end(bytes, at)),
            None => false,
        }
    }
}

/// The bytes that a word begins with as it is spelled in the tables, in small letters, as a title and in capitals.
fn fragments(word: &str) -> [Vec<u8>; 4] {
    let (lower, upper) = (word.to_lowercase(), word.to_uppercase());
    let mut title = String::new();
    let mut chars = lower.chars();
    title.extend(chars.next().into_iter().flat_map(char::to_uppercase));
    title.extend(chars);
    [word, &lower, &title, &upper].map(|form| {
        let bytes = form.as_bytes();
        let mut fragment = bytes.get(..FRAGMENT.min(bytes.len())).unwrap_or(bytes).to_vec();
        if fragment.len() < FRAGMENT {
            // what is shorter than a fragment is followed by a space
            fragment.push(b' ');
        }
        fragment
    })
}

/// A slash with a letter after it (a space between them allowed) and a figure or letter before it.
fn slash_before_code(bytes: &[u8], at: usize) -> bool {
    let mut next = at + 1;
    while bytes.get(next).is_some_and(u8::is_ascii_whitespace) && next < at + 3 {
        next += 1;
    }
    bytes.get(next).is_some_and(|b| b.is_ascii_alphabetic() || LEADS.contains(b))
}
