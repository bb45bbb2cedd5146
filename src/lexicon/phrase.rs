//! A trie over words: the one mechanism by which spellings of the tables are found in a text.

use crate::text::word::{gap, word_at};
use foldhash::fast::FixedState;
use std::collections::HashMap;

/// Phrases with a payload each. Matching folds case, tone placement and `i`/`y`; a hyphen, a dot and one line
/// break between words do not matter; commas do.
#[derive(Debug, Clone)]
pub(crate) struct Phrases {
    next: HashMap<(u32, u64), u32, FixedState>,
    values: Vec<Vec<u32>>,
    bare: bool,
}

/// The longest phrase found at a place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found<'a> {
    /// One past its last byte.
    pub end: usize,
    /// Payloads of the rows that spell it so, in table order.
    pub values: &'a [u32],
}

const COMMA: u64 = 1;

impl Phrases {
    /// An empty table. With `bare`, tones and vowel marks do not matter either.
    pub(crate) fn new(bare: bool) -> Self {
        Self { next: HashMap::default(), values: vec![Vec::new()], bare }
    }

    fn hash(&self, word: &crate::text::word::Word) -> u64 {
        if self.bare { word.bare } else { word.exact }
    }

    /// Adds a phrase, with its commas and without them.
    pub(crate) fn insert(&mut self, phrase: &str, value: u32) {
        self.insert_form(phrase, value);
        if phrase.contains(',') {
            self.insert_form(&phrase.replace(',', " "), value);
        }
    }

    fn insert_form(&mut self, phrase: &str, value: u32) {
        let bytes = phrase.as_bytes();
        let mut node = 0;
        let mut at = 0;
        let mut words = 0;
        while at < bytes.len() {
            let Some(word) = word_at(bytes, at) else {
                if bytes.get(at) == Some(&b',') && words > 0 {
                    node = self.step(node, COMMA);
                }
                at += 1;
                while at < bytes.len() && bytes.get(at).is_some_and(|b| b & 0xC0 == 0x80) {
                    at += 1;
                }
                continue;
            };
            let hash = self.hash(&word);
            node = self.step(node, hash);
            words += 1;
            at = word.end;
        }
        if words == 0 {
            return;
        }
        if let Some(values) = self.values.get_mut(node as usize)
            && !values.contains(&value)
        {
            values.push(value);
        }
    }

    fn step(&mut self, node: u32, hash: u64) -> u32 {
        let fresh = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        let next = *self.next.entry((node, hash)).or_insert(fresh);
        if next == fresh {
            self.values.push(Vec::new());
        }
        next
    }

    /// True when some phrase starts with the first word of `bytes`.
    pub(crate) fn begins(&self, bytes: &[u8]) -> bool {
        word_at(bytes, 0).is_some_and(|word| self.next.contains_key(&(0, self.hash(&word))))
    }

    /// The longest phrase that starts with the word at `at`.
    #[inline]
    pub(crate) fn longest(&self, bytes: &[u8], at: usize) -> Option<Found<'_>> {
        self.longest_where(bytes, at, |_| true)
    }

    /// The longest phrase at `at` one of whose payloads satisfies `want`.
    pub(crate) fn longest_where(&self, bytes: &[u8], at: usize, want: impl Fn(u32) -> bool) -> Option<Found<'_>> {
        let mut node = 0;
        let mut at = at;
        let mut best = None;
        while let Some(word) = word_at(bytes, at) {
            let Some(next) = self.next.get(&(node, self.hash(&word))) else { break };
            node = *next;
            if let Some(values) = self.values.get(node as usize)
                && values.iter().any(|value| want(*value))
            {
                best = Some(Found { end: word.end, values });
            }
            let gap = gap(bytes, word.end);
            if !gap.any {
                break;
            }
            if gap.comma {
                let Some(next) = self.next.get(&(node, COMMA)) else { break };
                node = *next;
            }
            at = gap.next;
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::Phrases;

    #[test]
    fn longest_match_with_commas_hyphens_and_case() {
        let mut phrases = Phrases::new(false);
        phrases.insert("Giáo dục", 1);
        phrases.insert("Giáo dục đại học", 2);
        phrases.insert("Phòng, chống tham nhũng", 3);
        phrases.insert("Bộ Lao động - Thương binh và Xã hội", 4);
        let find = |text: &str| {
            phrases.longest(text.as_bytes(), 0).map(|f| (text.get(..f.end).unwrap().to_owned(), f.values.to_vec()))
        };
        assert_eq!(find("giáo dục ĐẠI HỌC số"), Some(("giáo dục ĐẠI HỌC".into(), vec![2])));
        assert_eq!(find("Giáo dục, đại học"), Some(("Giáo dục".into(), vec![1])));
        assert_eq!(find("Phòng chống tham nhũng"), Some(("Phòng chống tham nhũng".into(), vec![3])));
        assert_eq!(find("phòng, chống\ntham nhũng."), Some(("phòng, chống\ntham nhũng".into(), vec![3])));
        assert_eq!(
            find("Bộ Lao động-Thương binh và Xã hội"),
            Some(("Bộ Lao động-Thương binh và Xã hội".into(), vec![4]))
        );
        assert_eq!(find("Giáo"), None);
    }
}
