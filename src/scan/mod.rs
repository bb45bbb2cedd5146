//! Where to look: the few places of a text at which a mention can start.
//!
//! Candidates are cheap: a slash before a capital, and the first four bytes of every word of the tables that
//! starts an anchor, in lower, title and upper case. What really stands there is for `parse` to say.

use crate::lexicon::Lexicon;
use crate::text::fold::starts_word;
use aho_corasick::{AhoCorasick, MatchKind};

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
    fragments: Option<AhoCorasick>,
}

const FRAGMENT: usize = 4;

impl Scanner {
    pub(crate) fn new(lexicon: &Lexicon) -> Self {
        let mut fragments: Vec<Vec<u8>> = vec![b"/".to_vec()];
        for word in lexicon.anchor_words() {
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
                if !fragments.contains(&fragment) {
                    fragments.push(fragment);
                }
            }
        }
        let fragments = AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(&fragments).ok();
        Self { fragments }
    }

    /// All candidates of `bytes`, in order.
    pub(crate) fn candidates(&self, bytes: &[u8], out: &mut Vec<Candidate>) {
        out.clear();
        let Some(fragments) = &self.fragments else { return };
        for found in fragments.find_iter(bytes) {
            let start = found.start();
            let slash = bytes.get(start) == Some(&b'/');
            let wanted = if slash { slash_before_code(bytes, start) } else { starts_word(bytes, start) };
            if wanted {
                out.push(Candidate { at: u32::try_from(start).unwrap_or(u32::MAX), slash });
            }
        }
    }
}

/// A slash with a letter after it (a space between them allowed) and a figure or letter before it.
fn slash_before_code(bytes: &[u8], at: usize) -> bool {
    let mut next = at + 1;
    while bytes.get(next).is_some_and(u8::is_ascii_whitespace) && next < at + 3 {
        next += 1;
    }
    bytes.get(next).is_some_and(|b| b.is_ascii_alphabetic() || *b == 0xC4 || *b == 0xC6)
}
