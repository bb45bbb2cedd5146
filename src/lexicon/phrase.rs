//! A trie over words: the one mechanism by which spellings of the tables are found in a text.
//!
//! The steps of the trie stand in one open table, a power of two and at most a third full, so that a step is one
//! load and rarely two. Most places of a text begin no phrase; the first eight bytes tell that before a word is read.
//! A word that ends within eight bytes is looked up by them, and each of its spellings is a step of its own; others are
//! read letter by letter.

use crate::text::fold::{decode, letter, spellings};
use crate::text::opening::{Opening, Openings, each_opening};
use crate::text::word::{Token, bare_at, exact_at, gap};

/// Phrases with a payload each. Matching folds case, tone placement and `i`/`y`; a hyphen, a dot and one line
/// break between words do not matter; commas do.
#[derive(Debug, Clone)]
pub(crate) struct Phrases {
    steps: Steps,
    values: Vec<Vec<u32>>,
    /// From each node: the bytes that the words which lead on may begin with.
    bytes: Vec<FirstBytes>,
    openings: Openings<14>,
    /// From each node: how the words that lead on open.
    follows: Option<Openings<16>>,
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

/// In place of the hash of a word.
const COMMA: u64 = 1;

impl Phrases {
    /// An empty table. With `bare`, tones and vowel marks do not matter either.
    pub(crate) fn new(bare: bool) -> Self {
        Self {
            steps: Steps::default(),
            values: vec![Vec::new()],
            bytes: vec![FirstBytes::default()],
            openings: Openings::default(),
            follows: None,
            bare,
        }
    }

    /// An empty table for phrases that are looked for at many places: building it takes longer, and words that lead
    /// nowhere are told by their opening.
    pub(crate) fn busy() -> Self {
        Self { follows: Some(Openings::default()), ..Self::new(false) }
    }

    fn token(&self, bytes: &[u8], at: usize) -> Option<Token> {
        if self.bare { bare_at(bytes, at) } else { exact_at(bytes, at) }
    }

    /// The word at `at`, which opens as the caller has seen.
    #[inline]
    fn opened(&self, bytes: &[u8], at: usize, opening: Opening) -> Option<Token> {
        match opening.whole() {
            Some((hash, length)) if !self.bare => Some(Token { end: at + length, hash }),
            _ => self.token(bytes, at),
        }
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
            let Some(token) = self.token(bytes, at) else {
                if bytes.get(at) == Some(&b',') && words > 0 {
                    node = self.step(node, COMMA);
                }
                at += 1;
                while at < bytes.len() && bytes.get(at).is_some_and(|b| b & 0xC0 == 0x80) {
                    at += 1;
                }
                continue;
            };
            let known = self.values.len();
            let next = self.step(node, token.hash);
            // what is new has its spellings as well
            let fresh = self.values.len() > known && !self.bare;
            if self.values.len() > known
                && let Some(bytes) = self.bytes.get_mut(node as usize)
            {
                bytes.insert(phrase, at, self.bare);
            }
            // many phrases begin alike
            if words == 0 && fresh {
                self.openings.insert(phrase);
            }
            if let Some(word) = phrase.get(at..token.end).filter(|_| fresh) {
                if let Some(follows) = &mut self.follows {
                    follows.insert_after(node, word);
                }
                each_opening(word, |opening| {
                    if let Some((hash, _)) = opening.whole() {
                        self.steps.enter(node, hash, next);
                    }
                });
            }
            node = next;
            words += 1;
            at = token.end;
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
        let next = self.steps.enter(node, hash, fresh);
        if next == fresh {
            self.values.push(Vec::new());
            self.bytes.push(FirstBytes::default());
        }
        next
    }

    /// True when some phrase starts with the first word of `bytes`.
    pub(crate) fn begins(&self, bytes: &[u8]) -> bool {
        self.token(bytes, 0).is_some_and(|token| self.steps.next(0, token.hash).is_some())
    }

    /// The longest phrase that starts with the word at `at`.
    #[inline]
    pub(crate) fn longest(&self, bytes: &[u8], at: usize) -> Option<Found<'_>> {
        self.longest_where(bytes, at, |_| true)
    }

    /// The longest phrase at `at` one of whose payloads satisfies `want`.
    #[inline]
    pub(crate) fn longest_where(&self, bytes: &[u8], at: usize, want: impl Fn(u32) -> bool) -> Option<Found<'_>> {
        if self.leads_on(0, bytes, at) { self.walk(bytes, self.follow(0, bytes, at)?, want) } else { None }
    }

    /// The longest phrase at `at`, where a word opens as the caller has seen.
    #[inline]
    pub(super) fn longest_opening(&self, bytes: &[u8], at: usize, opening: Opening) -> Option<Found<'_>> {
        if self.bare || self.openings.may_hold(opening) {
            self.longest_known(bytes, at, opening, |_| true)
        } else {
            None
        }
    }

    /// The same as [`Self::longest_where`], where the caller knows that the word at `at` may begin a phrase.
    #[inline]
    pub(super) fn longest_known(
        &self,
        bytes: &[u8],
        at: usize,
        opening: Opening,
        want: impl Fn(u32) -> bool,
    ) -> Option<Found<'_>> {
        let token = self.opened(bytes, at, opening)?;
        self.walk(bytes, (self.steps.next(0, token.hash)?, token.end), want)
    }

    /// False when no word that begins with the byte at `at` leads on from `node`.
    #[inline]
    fn leads_on(&self, node: u32, bytes: &[u8], at: usize) -> bool {
        bytes.get(at).is_some_and(|first| self.bytes.get(node as usize).is_some_and(|bytes| bytes.hold(*first)))
    }

    /// The longest phrase that goes on from the node to which a first word leads, which ends there.
    fn walk(&self, bytes: &[u8], first: (u32, usize), want: impl Fn(u32) -> bool) -> Option<Found<'_>> {
        let (mut node, mut end) = first;
        let mut best = None;
        loop {
            if let Some(values) = self.values.get(node as usize)
                && values.iter().any(|value| want(*value))
            {
                best = Some(Found { end, values });
            }
            // one space and a letter, nearly always
            let mut at = end + 1;
            let plain = bytes.get(end) == Some(&b' ') && bytes.get(at).is_some_and(|b| *b >= b'0');
            if !plain {
                let gap = gap(bytes, end);
                if !gap.any {
                    break;
                }
                if gap.comma {
                    let Some(next) = self.steps.next(node, COMMA) else { break };
                    node = next;
                }
                at = gap.next;
            }
            // most words that lead nowhere are told by their first byte
            if !self.leads_on(node, bytes, at) {
                break;
            }
            let Some((next, stop)) = self.follow(node, bytes, at) else { break };
            (node, end) = (next, stop);
        }
        best
    }

    /// The step from `node` by the word at `at`, and where that ends.
    #[inline]
    fn follow(&self, node: u32, bytes: &[u8], at: usize) -> Option<(u32, usize)> {
        if !self.bare
            && let Some((hash, length)) = Opening::to_blank(bytes, at).and_then(Opening::whole)
            && let Some(next) = self.steps.next(node, hash)
        {
            return Some((next, at + length));
        }
        let opening = Opening::at(bytes, at);
        // what is looked up by its eight bytes is found as fast as the sets tell that it is not there
        if opening.whole().is_none() && !self.bare {
            let begins = node > 0 || self.openings.may_hold(opening);
            if !begins || self.follows.as_ref().is_some_and(|follows| !follows.may_follow(node, opening)) {
                return None;
            }
        }
        let token = self.opened(bytes, at, opening)?;
        Some((self.steps.next(node, token.hash)?, token.end))
    }
}

/// The bytes that some words begin with, in every spelling: a bit for each, bytes beyond ASCII beside capitals and signs
/// among which few words begin.
#[derive(Debug, Clone, Copy, Default)]
struct FirstBytes(u128);

impl FirstBytes {
    /// Adds those of the word at `at`; all, where marks do not matter.
    fn insert(&mut self, phrase: &str, at: usize, bare: bool) {
        if bare {
            self.0 = u128::MAX;
        } else {
            first_bytes(phrase, at, |byte| self.0 |= 1 << (byte & 0x7F));
        }
    }

    #[inline]
    const fn hold(self, byte: u8) -> bool {
        self.0 >> (byte & 0x7F) & 1 != 0
    }
}

/// Calls `take` with every byte that the word at `at` may begin with in some spelling.
pub(super) fn first_bytes(phrase: &str, at: usize, mut take: impl FnMut(u8)) {
    let shape = decode(phrase.as_bytes(), at).map_or(0, |(point, _)| letter(point).shape);
    let mut listed = false;
    for spelled in spellings(shape) {
        let mut buffer = [0; 4];
        spelled.encode_utf8(&mut buffer);
        take(buffer[0]);
        listed = true;
    }
    // a letter of another alphabet
    if !listed {
        (0x80..=u8::MAX).for_each(take);
    }
}

/// The steps of a trie: from a node, by the hash of a word, to a node. Eight bytes a step, so that the busy tables stay
/// in the first cache: the upper bits are those of the mixed hash, the lower are the node; 0 is free, as no step leads
/// to the root.
#[derive(Debug, Clone, Default)]
struct Steps {
    slots: Vec<u64>,
    used: usize,
}

/// Bits of a slot that hold the node: sixteen million, more than tables of a gigabyte could spell.
const NODE: u32 = 24;

impl Steps {
    #[inline]
    fn mixed(node: u32, hash: u64) -> u64 {
        (hash ^ u64::from(node).wrapping_mul(0x9E37_79B9_7F4A_7C15)).wrapping_mul(0xD6E8_FEB8_6659_FD93)
    }

    /// Where the search for a step begins.
    #[inline]
    fn place(&self, mixed: u64) -> usize {
        // fewer than 2^24 slots are ever needed, and all of these bits stand in the slot
        (mixed >> (64 - NODE)) as usize & self.slots.len().wrapping_sub(1)
    }

    #[inline]
    fn next(&self, node: u32, hash: u64) -> Option<u32> {
        let mixed = Self::mixed(node, hash);
        let mut place = self.place(mixed);
        loop {
            let slot = *self.slots.get(place)?;
            if slot == 0 {
                return None;
            }
            if (slot ^ mixed) >> NODE == 0 {
                return Some((slot & ((1 << NODE) - 1)) as u32);
            }
            place = (place + 1) & (self.slots.len() - 1);
        }
    }

    /// The step that is there, else a new one to `fresh`.
    fn enter(&mut self, node: u32, hash: u64, fresh: u32) -> u32 {
        if let Some(next) = self.next(node, hash) {
            return next;
        }
        if (self.used + 1) * 3 > self.slots.len() {
            let larger = vec![0; (self.slots.len() * 2).max(64)];
            for slot in std::mem::replace(&mut self.slots, larger).into_iter().filter(|slot| *slot != 0) {
                self.put(slot);
            }
        }
        self.put(Self::mixed(node, hash) >> NODE << NODE | u64::from(fresh));
        self.used += 1;
        fresh
    }

    fn put(&mut self, slot: u64) {
        let mut place = self.place(slot);
        while self.slots.get(place).is_some_and(|taken| *taken != 0) {
            place = (place + 1) & (self.slots.len() - 1);
        }
        if let Some(free) = self.slots.get_mut(place) {
            *free = slot;
        }
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
