//! Text to normalised text: NFC, look-alike letters, spaces, dashes and slashes, and what has no width.

use super::{Normalized, Run};
use foldhash::fast::FixedState;
use std::borrow::Cow;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;
use wide::u8x16;

/// Look-alikes by code point; the rows of `grammar/confusables.tsv`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Confusables {
    map: HashMap<char, Option<char>, FixedState>,
    suspects: Suspects,
}

/// No more combining marks than this are joined to one letter: more is no writing, and the work stays linear.
const MARKS: usize = 8;

impl Confusables {
    /// `from` is read as `to`, or dropped.
    pub(crate) fn insert(&mut self, from: char, to: Option<char>) {
        self.map.insert(from, to);
        self.suspects.insert(from);
    }

    /// Normalises `source`.
    pub(crate) fn normalize<'t>(&self, source: &'t str) -> Normalized<'t> {
        let bytes = source.as_bytes();
        let mut out = Builder { source, text: String::new(), runs: Vec::new(), copied: 0, cluster: String::new() };
        let mut at = 0;
        while let Some(found) = self.suspects.next(bytes, at) {
            at = self.change(source, found, &mut out);
        }
        out.finish()
    }

    /// Looks at the character at `at`; changes it in `out` where it must. Gives where to go on.
    fn change(&self, source: &str, at: usize, out: &mut Builder<'_>) -> usize {
        let Some(c) = source.get(at..).and_then(|rest| rest.chars().next()) else { return at + 1 };
        let end = at + c.len_utf8();
        if let Some(to) = self.map.get(&c) {
            let mut buffer = [0; 4];
            out.replace(at, end, to.map_or("", |to| to.encode_utf8(&mut buffer)));
            return end;
        }
        if is_mark(c) {
            // the mark joins the letter before it
            let start = super::fold::before(source.as_bytes(), at).unwrap_or(at);
            if start < out.copied || start == at {
                return end;
            }
            let mut stop = end;
            for mark in source.get(end..).unwrap_or("").chars().take_while(|c| is_mark(*c)).take(MARKS) {
                stop += mark.len_utf8();
            }
            let cluster = source.get(start..stop).unwrap_or("");
            let mut composed = std::mem::take(&mut out.cluster);
            composed.clear();
            composed.extend(cluster.nfc());
            if composed != cluster {
                out.replace(start, stop, &composed);
            }
            out.cluster = composed;
            return stop;
        }
        end
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

/// The first two bytes of characters that may have to change: those of the table, and combining marks.
#[derive(Debug, Clone)]
struct Suspects {
    leads: [bool; 256],
    pairs: Vec<u64>,
    /// Pairs whose first byte also begins letters of the language, which a text is full of: as many as the built-in
    /// table has.
    frequent: [[u8x16; 2]; FREQUENT],
    /// The others of these.
    more: Vec<[u8x16; 2]>,
}

/// Looking for a known number of pairs takes half the time.
const FREQUENT: usize = 3;

/// In no text that is UTF-8.
const NEVER: [u8x16; 2] = [u8x16::new([0xFF; 16]); 2];

impl Default for Suspects {
    fn default() -> Self {
        let mut suspects =
            Self { leads: [false; 256], pairs: vec![0; 1 << 10], frequent: [NEVER; FREQUENT], more: Vec::new() };
        for mark in '\u{300}'..='\u{36F}' {
            suspects.insert(mark);
        }
        suspects
    }
}

/// Bytes that are looked at together.
const BLOCK: usize = 64;

/// The first bytes of the letters of the language beyond ASCII: `Ã` to `ư` in two bytes, `Ạ` to `ỹ` in three.
const fn begins_letters(lead: u8) -> bool {
    matches!(lead, 0xC3..=0xC6 | 0xE1)
}

impl Suspects {
    fn insert(&mut self, c: char) {
        let mut buffer = [0; 4];
        let bytes = c.encode_utf8(&mut buffer).as_bytes();
        let (lead, second) = (bytes.first().copied().unwrap_or(0), bytes.get(1).copied().unwrap_or(0));
        if let Some(slot) = self.leads.get_mut(usize::from(lead)) {
            *slot = true;
        }
        let pair = usize::from(lead) << 8 | usize::from(second);
        if let Some(word) = self.pairs.get_mut(pair >> 6) {
            *word |= 1 << (pair & 63);
        }
        let both = [u8x16::splat(lead), u8x16::splat(second)];
        if begins_letters(lead) && !self.frequent.contains(&both) && !self.more.contains(&both) {
            match self.frequent.iter_mut().find(|pair| **pair == NEVER) {
                Some(free) => *free = both,
                None => self.more.push(both),
            }
        }
    }

    fn is_lead(&self, lead: u8) -> bool {
        self.leads.get(usize::from(lead)).copied().unwrap_or(false)
    }

    fn is_pair(&self, lead: u8, second: u8) -> bool {
        let pair = usize::from(lead) << 8 | usize::from(second);
        self.pairs.get(pair >> 6).is_some_and(|word| word & (1 << (pair & 63)) != 0)
    }

    /// The next byte from `from` at which a character may start that is not written as it should be.
    fn next(&self, bytes: &[u8], from: usize) -> Option<usize> {
        let mut at = from;
        while let Some(block) = bytes.get(at..).and_then(<[u8]>::first_chunk::<{ BLOCK + 1 }>) {
            if self.suspicious(block)
                && let Some(found) = self.first(block)
            {
                return Some(at + found);
            }
            at += BLOCK;
        }
        bytes.get(at..).and_then(|rest| self.first(rest)).map(|found| at + found)
    }

    /// False when none of the first 64 bytes begins a character that may have to change.
    #[inline]
    fn suspicious(&self, block: &[u8; BLOCK + 1]) -> bool {
        let (Some(here), Some(next)) = (block.first_chunk::<BLOCK>(), block.last_chunk::<BLOCK>()) else {
            return true;
        };
        let (here, _) = here.as_chunks::<16>();
        let (next, _) = next.as_chunks::<16>();
        let mut found = u8x16::ZERO;
        for (here, next) in here.iter().zip(next) {
            let (v, next) = (u8x16::from(*here), u8x16::from(*next));
            // 0xC2, and all from 0xC7 but 0xE1
            let beyond = v.max(u8x16::splat(0xC7)).simd_eq(v) & !v.simd_eq(u8x16::splat(0xE1));
            found |= beyond | v.simd_eq(u8x16::splat(0xC2));
            for [lead, second] in &self.frequent {
                found |= v.simd_eq(*lead) & next.simd_eq(*second);
            }
            for [lead, second] in &self.more {
                found |= v.simd_eq(*lead) & next.simd_eq(*second);
            }
        }
        found.to_bitmask() != 0
    }

    /// The first place in `bytes`, byte by byte.
    fn first(&self, bytes: &[u8]) -> Option<usize> {
        bytes.iter().enumerate().position(|(offset, lead)| {
            self.is_lead(*lead) && self.is_pair(*lead, bytes.get(offset + 1).copied().unwrap_or(0))
        })
    }
}

struct Builder<'t> {
    source: &'t str,
    text: String,
    runs: Vec<Run>,
    /// Bytes of source already in `text` or dropped.
    copied: usize,
    /// Of the last letter that marks were joined to; kept, for there are many.
    cluster: String,
}

#[expect(clippy::cast_possible_truncation, reason = "extraction refuses texts over u32::MAX bytes")]
impl<'t> Builder<'t> {
    fn copy_to(&mut self, end: usize) {
        if end > self.copied {
            self.runs.push(Run { norm: self.text.len() as u32, source: self.copied as u32, source_len: 0 });
            self.text.push_str(self.source.get(self.copied..end).unwrap_or(""));
            self.copied = end;
        }
    }

    fn replace(&mut self, start: usize, end: usize, with: &str) {
        if self.runs.is_empty() {
            self.text.reserve(self.source.len());
        }
        self.copy_to(start);
        if !with.is_empty() {
            self.runs.push(Run {
                norm: self.text.len() as u32,
                source: start as u32,
                source_len: (end - start) as u32,
            });
            self.text.push_str(with);
        } else if self.runs.is_empty() {
            // something dropped at the very start: the map must not stay empty
            self.runs.push(Run { norm: 0, source: end as u32, source_len: 0 });
        }
        self.copied = end;
    }

    fn finish(mut self) -> Normalized<'t> {
        if self.runs.is_empty() {
            return Normalized { text: Cow::Borrowed(self.source), runs: Vec::new() };
        }
        self.copy_to(self.source.len());
        Normalized { text: Cow::Owned(self.text), runs: self.runs }
    }
}

#[cfg(test)]
mod tests {
    use super::Confusables;
    use crate::span::Span;

    fn table() -> Confusables {
        let mut table = Confusables::default();
        table.insert('Ð', Some('Đ'));
        table.insert('\u{A0}', Some(' '));
        table.insert('–', Some('-'));
        table.insert('\u{200B}', None);
        table.insert('\u{FEFF}', None);
        table
    }

    #[test]
    fn clean_text_is_borrowed() {
        let text = "Nghị định số 30/2020/NĐ-CP “Về”";
        assert!(table().normalize(text).is_borrowed());
    }

    #[test]
    fn spans_come_back_to_the_source() {
        let source = "\u{FEFF}Nghi\u{323} di\u{323}nh\u{A0}30/2020/NÐ–CP\u{200B}.";
        let normalized = table().normalize(source);
        assert_eq!(normalized.text(), "Nghị dịnh 30/2020/NĐ-CP.");
        let start = normalized.text().find("30").unwrap();
        let end = normalized.text().find('.').unwrap();
        assert_eq!(normalized.to_source(Span::at(start, end)).of(source), "30/2020/NÐ–CP");
        let word = normalized.to_source(Span::at(0, "Nghị".len()));
        assert_eq!(word.of(source), "Nghi\u{323}");
    }
}
