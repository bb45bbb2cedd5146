//! Words of a text, and two hashes of them: exact (tone kept, case and tone placement folded) and bare (base letters).

use super::fold::Letters;

/// A word: a maximal run of letters, digits and `&`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub start: usize,
    pub end: usize,
    pub upper_first: bool,
    pub upper_all: bool,
    pub digits: bool,
    /// Number of characters.
    pub chars: u8,
}

/// A word as the tables know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub end: usize,
    /// Hash of its letters; case and `i`/`y` do not matter.
    pub hash: u64,
}

const SEED: u64 = 0x9E37_79B9_7F4A_7C15;
const PRIME: u64 = 0xD6E8_FEB8_6659_FD93;

#[inline]
fn mix(hash: u64, value: u64) -> u64 {
    (hash ^ value).wrapping_mul(PRIME).rotate_left(23)
}

/// No word of the grammar is longer; a longer run of letters is cut off and matches nothing.
const LONGEST: usize = 96;

/// The word that starts at `at`, hashed by letters and tone; the place of the tone mark does not matter.
#[inline]
pub(crate) fn exact_at(bytes: &[u8], at: usize) -> Option<Token> {
    let rest = bytes.get(at..)?;
    let letters = Letters::get();
    let mut end = 0;
    let mut hash = SEED;
    // one syllable carries one tone: which, not where
    let mut tones = 0_u64;
    while end < LONGEST {
        let (mark, length) = letters.mark_at(rest, end);
        if mark.is_none() {
            break;
        }
        hash = hash.wrapping_mul(PRIME).wrapping_add(mark.shape());
        tones += mark.tone();
        end += length;
    }
    (end > 0).then(|| Token { end: at + end, hash: mix(hash.wrapping_mul(PRIME), tones) })
}

/// The word that starts at `at`, hashed by its base letters only.
pub(crate) fn bare_at(bytes: &[u8], at: usize) -> Option<Token> {
    let rest = bytes.get(at..)?;
    let letters = Letters::get();
    let mut end = 0;
    let mut hash = SEED;
    while end < LONGEST {
        let (folded, length) = letters.at(rest, end);
        if folded.shape == 0 {
            break;
        }
        hash = hash.wrapping_mul(PRIME).wrapping_add(u64::from(folded.base));
        end += length;
    }
    (end > 0).then(|| Token { end: at + end, hash: mix(hash, 0) })
}

/// The word that starts at `at`, if a word character stands there.
#[inline]
pub(crate) fn word_at(bytes: &[u8], at: usize) -> Option<Word> {
    let mut end = 0;
    let mut chars = 0_u8;
    let mut upper_first = false;
    let mut upper_all = true;
    let mut digits = false;
    let mut plain_capitals = 0_u8;
    let mut marked_small = false;
    let rest = bytes.get(at..)?;
    let letters = Letters::get();
    while end < LONGEST {
        let (folded, length) = letters.at(rest, end);
        if folded.shape == 0 {
            break;
        }
        if folded.base.is_ascii_digit() {
            digits = true;
        } else {
            plain_capitals += u8::from(folded.upper && length == 1 && plain_capitals < 2);
            upper_all &= folded.upper || length > 1;
            marked_small |= !folded.upper && length > 1;
        }
        if chars == 0 {
            upper_first = folded.upper;
        }
        chars = chars.saturating_add(1);
        end += length;
    }
    if chars == 0 {
        return None;
    }
    Some(Word {
        start: at,
        end: at + end,
        upper_first,
        // conversions from old encodings leave marked letters small: `SắC LệNH`
        upper_all: upper_all && (!marked_small || plain_capitals >= 2),
        digits,
        chars,
    })
}

/// Where the word that starts at `at` ends; `at` itself when none does.
pub(crate) fn word_end(bytes: &[u8], at: usize) -> usize {
    exact_at(bytes, at).map_or(at, |token| token.end)
}

/// What stands between two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Gap {
    /// Where the next word or mark begins.
    pub next: usize,
    /// A comma was passed.
    pub comma: bool,
    /// There was at least one space, line break, hyphen or dot.
    pub any: bool,
}

/// Skips white space (at most one line break), one hyphen, one dot and one comma from `at`.
#[inline]
pub(crate) fn gap(bytes: &[u8], at: usize) -> Gap {
    // one space and a word, nearly always
    if bytes.get(at) == Some(&b' ') && bytes.get(at + 1).is_some_and(|b| *b >= b'0') {
        return Gap { next: at + 1, comma: false, any: true };
    }
    wide_gap(bytes, at)
}

/// The same of whatever stands there.
#[inline(never)]
fn wide_gap(bytes: &[u8], at: usize) -> Gap {
    let mut next = at;
    let mut breaks = 0;
    let mut marks = 0;
    let mut comma = false;
    while let Some(b) = bytes.get(next) {
        match b {
            b' ' | b'\t' | b'\r' => {}
            b'\n' if breaks == 0 => breaks += 1,
            b'-' | b'.' | b'/' if marks == 0 && !comma => marks += 1,
            b',' if !comma && marks == 0 => comma = true,
            _ => break,
        }
        next += 1;
    }
    Gap { next, comma, any: next > at }
}

/// Skips white space with at most one line break.
#[inline]
pub(crate) fn skip_space(bytes: &[u8], at: usize) -> usize {
    let mut next = at;
    let mut breaks = 0;
    while let Some(b) = bytes.get(next) {
        match b {
            b' ' | b'\t' | b'\r' => {}
            b'\n' if breaks == 0 => breaks += 1,
            _ => break,
        }
        next += 1;
    }
    next
}

/// Skips white space leftwards with at most one line break; gives where the text before it ends.
#[inline]
pub(crate) fn skip_space_back(bytes: &[u8], at: usize) -> usize {
    let mut end = at;
    let mut breaks = 0;
    while let Some(b) = end.checked_sub(1).and_then(|index| bytes.get(index)) {
        match b {
            b' ' | b'\t' | b'\r' => {}
            b'\n' if breaks == 0 => breaks += 1,
            _ => break,
        }
        end -= 1;
    }
    end
}

/// The start of the word that ends at `end`; `end` itself when none does. Looks back over at most 96 bytes.
#[inline]
pub(crate) fn word_start(bytes: &[u8], end: usize) -> usize {
    if let Some(length) = bytes.get(..end).and_then(<[u8]>::last_chunk).and_then(super::opening::word_before) {
        return end - length;
    }
    let mut start = end;
    while let Some(previous) = super::fold::before(bytes, start) {
        if end - previous > LONGEST || !super::fold::is_word(bytes, previous) && bytes.get(previous) != Some(&b'&') {
            break;
        }
        start = previous;
    }
    start
}

#[cfg(test)]
mod tests {
    use super::{bare_at, exact_at, word_at};

    #[test]
    fn tone_placement_and_case_do_not_matter() {
        let exact = |text: &str| exact_at(text.as_bytes(), 0).map(|w| (w.hash, w.end == text.len()));
        assert_eq!(exact("Uỷ"), exact("ủy"));
        assert_eq!(exact("hoá"), exact("HÓA"));
        assert_eq!(exact("thuỷ"), exact("thủy"));
        assert_eq!(exact("Quy"), exact("qui"));
        assert_ne!(exact("thuế"), exact("thuê"));
        assert_ne!(exact("đề"), exact("dề"));
        // no letter and tone weigh the same as another letter and tone
        let mut all: Vec<u64> =
            ('a'..='ỹ').filter_map(|c| exact_at(format!("m{c}").as_bytes(), 0).map(|token| token.hash)).collect();
        all.sort_unstable();
        all.dedup();
        assert!(all.len() > 90, "{}", all.len());
        let bare = |text: &str| bare_at(text.as_bytes(), 0).map(|w| w.hash);
        assert_eq!(bare("LỦẬN"), bare("luận"));
    }

    #[test]
    fn all_measures_of_a_word_agree_where_it_ends() {
        for text in ["Nghị", "12a", "&", "Ủy ban", "nghiêngngả", "người-", "“", ""] {
            let end = word_at(text.as_bytes(), 0).map(|word| word.end);
            assert_eq!(exact_at(text.as_bytes(), 0).map(|token| token.end), end, "{text}");
            assert_eq!(bare_at(text.as_bytes(), 0).map(|token| token.end), end, "{text}");
        }
    }

    #[test]
    fn long_words_differ_by_every_letter() {
        let hash = |text: &str| exact_at(text.as_bytes(), 0).unwrap().hash;
        assert_ne!(hash("abcdefgh"), hash("abcdefghi"));
        assert_ne!(hash("abcdefghi"), hash("abcdefghj"));
        assert_ne!(hash("abcdefghi"), hash("xbcdefghi"));
    }
}
