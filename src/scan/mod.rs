//! Where to look: the few places of a text at which a mention can start.
//!
//! Candidates are cheap: a slash before a capital, and the words of the tables that start an anchor, told by their
//! first eight bytes and then by their first four in lower, title and upper case. What really stands there is for
//! `parse` to say.

mod keys;
mod starts;

use crate::lexicon::Lexicon;
use crate::text::fold::starts_word;
use foldhash::fast::FixedState;
use keys::Keys;
use std::collections::HashSet;

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
    keys: Keys,
    /// Four bytes each; of three, the last is 0.
    fragments: HashSet<u32, FixedState>,
}

const FRAGMENT: usize = 4;

impl Scanner {
    pub(crate) fn new(lexicon: &Lexicon) -> Self {
        let mut keys = Keys::default();
        let mut fragments = HashSet::default();
        for word in lexicon.anchor_words() {
            keys.insert(word);
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
                fragments.insert(number(&fragment));
            }
        }
        Self { keys, fragments }
    }

    /// All candidates of `bytes`, in order.
    pub(crate) fn candidates(&self, bytes: &[u8], out: &mut Vec<Candidate>) {
        out.clear();
        let mut slashes = memchr::memchr_iter(b'/', bytes).filter(|at| slash_before_code(bytes, *at)).peekable();
        let place = |at: usize, slash| Candidate { at: u32::try_from(at).unwrap_or(u32::MAX), slash };
        self.keys.each(bytes, |at| {
            while let Some(slash) = slashes.next_if(|slash| *slash < at) {
                out.push(place(slash, true));
            }
            if self.begins(bytes, at) && starts_word(bytes, at) {
                out.push(place(at, false));
            }
        });
        out.extend(slashes.map(|slash| place(slash, true)));
    }

    /// The bytes at `at` are those of a fragment.
    fn begins(&self, bytes: &[u8], at: usize) -> bool {
        let four = bytes.get(at..).and_then(<[u8]>::first_chunk::<FRAGMENT>);
        four.is_some_and(|four| self.fragments.contains(&u32::from_le_bytes(*four)))
            || bytes.get(at..at + FRAGMENT - 1).is_some_and(|three| self.fragments.contains(&number(three)))
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
    bytes.get(next).is_some_and(|b| b.is_ascii_alphabetic() || *b == 0xC4 || *b == 0xC6)
}
