//! Where to look: the few places of a text at which a mention can start.
//!
//! Candidates are cheap: a slash before a letter, and the words of the tables that start an anchor. Their first bytes are
//! looked for many at a time; what is found is told by its first five bytes, then by the opening of its first word, in
//! every spelling, and, where several words are an anchor, by the first letter of the second. Nothing of this is a branch:
//! what stands at a place of a text is not to be foreseen. What really stands there is for `lexicon` and `parse` to say.

mod beginnings;
mod heads;

use crate::lexicon::Lexicon;
use crate::text::opening::{Opening, each_spelling};
use beginnings::{Beginnings, FRAGMENT};
use heads::Heads;
use std::collections::HashSet;
use viendan_fragments::{Fragments, Pattern, with_vectors};

/// A place worth parsing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Candidate {
    /// Byte position in the normalised text: of the slash, or of a letter with which a word may begin.
    pub at: u32,
    /// A slash before a capital rather than a word.
    pub slash: bool,
    /// How the word opens.
    pub opening: Opening,
}

/// The prefilter built from the tables.
#[derive(Debug, Clone)]
pub(crate) struct Scanner {
    needles: Fragments,
    /// The bytes that the words of the tables begin with.
    beginnings: Beginnings,
    /// How their phrases begin.
    heads: Heads,
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
        let mut heads = Heads::default();
        let mut beginnings = Beginnings::default();
        let letters = (b'A'..=b'Z').chain(b'a'..=b'z').chain(LEADS).chain(*b" \t\n\x0C\r");
        let mut patterns = vec![Pattern::of(b"/").then(letters)];
        let mut known: HashSet<Vec<u8>> = HashSet::new();
        for word in spellings {
            heads.insert(word);
            let fragments = fragments(word);
            patterns.extend(fragments.iter().map(|fragment| Pattern::of(fragment).at_start()));
            beginnings.insert(word, &fragments);
            known.extend(fragments);
        }
        // what is passed over must not be looked into
        for phrase in lexicon.false_friends() {
            heads.insert(phrase);
            let fragments: HashSet<_> =
                fragments(phrase).into_iter().filter(|fragment| known.contains(fragment)).collect();
            beginnings.insert(phrase, &fragments);
        }
        Self { needles: Fragments::new(&patterns), beginnings, heads }
    }

    /// All candidates of `bytes`, in order.
    pub(crate) fn candidates(&self, bytes: &[u8], out: &mut Vec<Candidate>) {
        let mut places = Vec::new();
        self.needles.find_where(bytes, |eight| self.beginnings.may_begin(eight), &mut places);
        out.clear();
        out.resize(places.len(), Candidate { at: 0, slash: false, opening: Opening::at(&[], 0) });
        let slots = out.as_mut_slice();
        let filled = with_vectors(|| {
            let mut filled = 0;
            for at in places {
                let place = at as usize;
                let slash = bytes.get(place) == Some(&b'/');
                let opening = Opening::at(bytes, place);
                let wanted =
                    if slash { slash_before_code(bytes, place) } else { self.heads.may_begin(bytes, place, opening) };
                // all are written, and those that are not wanted written over
                if let Some(slot) = slots.get_mut(filled) {
                    *slot = Candidate { at, slash, opening };
                }
                filled += usize::from(wanted);
            }
            filled
        });
        out.truncate(filled);
    }
}

/// The bytes that a word begins with as it is spelled in the tables or with its tone on another letter, in small letters, as a
/// title and in capitals.
fn fragments(word: &str) -> HashSet<Vec<u8>> {
    let mut spellings = vec![word.to_owned()];
    each_spelling(word, |word, _| spellings.push(String::from_utf8_lossy(word).into_owned()));
    let mut all = HashSet::new();
    for word in spellings {
        let (lower, upper) = (word.to_lowercase(), word.to_uppercase());
        let mut title = String::new();
        let mut chars = lower.chars();
        title.extend(chars.next().into_iter().flat_map(char::to_uppercase));
        title.extend(chars);
        for form in [word, lower, title, upper] {
            let bytes = form.as_bytes();
            let mut fragment = bytes.get(..FRAGMENT.min(bytes.len())).unwrap_or(bytes).to_vec();
            if fragment.len() < FRAGMENT {
                // what is shorter than a fragment is followed by a space
                fragment.push(b' ');
            }
            all.insert(fragment);
        }
    }
    all
}

/// A slash with a letter after it (a space between them allowed) and a figure or letter before it.
fn slash_before_code(bytes: &[u8], at: usize) -> bool {
    let mut next = at + 1;
    while bytes.get(next).is_some_and(u8::is_ascii_whitespace) && next < at + 3 {
        next += 1;
    }
    bytes.get(next).is_some_and(|b| b.is_ascii_alphabetic() || LEADS.contains(b))
}
