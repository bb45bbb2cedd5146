//! Words of a text with two hashes: exact (tone kept, case and tone placement folded) and bare (base letters).

use super::fold::{decode, letter};

/// A word: a maximal run of letters, digits and `&`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub start: usize,
    pub end: usize,
    /// Hash of letters and tone; case, `i`/`y` and the place of the tone mark do not matter.
    pub exact: u64,
    /// Hash of base letters only.
    pub bare: u64,
    pub upper_first: bool,
    pub upper_all: bool,
    pub digits: bool,
    /// Number of characters.
    pub chars: u8,
}

const SEED: u64 = 0x9E37_79B9_7F4A_7C15;
const PRIME: u64 = 0xD6E8_FEB8_6659_FD93;

#[inline]
fn mix(hash: u64, value: u64) -> u64 {
    (hash ^ value).wrapping_mul(PRIME).rotate_left(23)
}

/// No word of the grammar is longer; a longer run of letters is cut off and matches nothing.
const LONGEST: usize = 96;

/// The word that starts at `at`, if a word character stands there.
#[inline]
pub(crate) fn word_at(bytes: &[u8], at: usize) -> Option<Word> {
    let mut end = at;
    let mut exact = SEED;
    let mut bare = SEED;
    let mut tone = 0_u64;
    let mut chars = 0_u8;
    let mut upper_first = false;
    let mut upper_all = true;
    let mut digits = false;
    let mut plain_capitals = 0_u8;
    let mut marked_small = false;
    let limit = (at + LONGEST).min(bytes.len());
    while end < limit {
        let Some((point, length)) = decode(bytes, end) else { break };
        let folded = letter(point);
        if folded.shape == 0 {
            break;
        }
        exact = mix(exact, u64::from(folded.shape));
        bare = mix(bare, u64::from(folded.base));
        if folded.tone != 0 {
            tone = tone.wrapping_mul(6).wrapping_add(u64::from(folded.tone));
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
    // one syllable carries one tone: which, not where
    Some(Word {
        start: at,
        end,
        exact: mix(exact, tone),
        bare,
        upper_first,
        // conversions from old encodings leave marked letters small: `SắC LệNH`
        upper_all: upper_all && (!marked_small || plain_capitals >= 2),
        digits,
        chars,
    })
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
    use super::word_at;

    #[test]
    fn tone_placement_and_case_do_not_matter() {
        let exact = |text: &str| word_at(text.as_bytes(), 0).map(|w| (w.exact, w.end == text.len()));
        assert_eq!(exact("Uỷ"), exact("ủy"));
        assert_eq!(exact("hoá"), exact("HÓA"));
        assert_eq!(exact("thuỷ"), exact("thủy"));
        assert_eq!(exact("Quy"), exact("qui"));
        assert_ne!(exact("thuế"), exact("thuê"));
        assert_ne!(exact("đề"), exact("dề"));
        let bare = |text: &str| word_at(text.as_bytes(), 0).map(|w| w.bare);
        assert_eq!(bare("LỦẬN"), bare("luận"));
    }
}
