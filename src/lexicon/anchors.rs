//! What starts at a word: type words, unit words, acronyms of acts, definitions of short names, and what only looks so.

use super::phrase::Found;
use super::{Anchor, Lexicon, Role, TypeClass};
use crate::model::DocType;
use crate::text::opening::Opening;

impl Lexicon {
    /// What starts at the word at `at`, and where it ends: the longest spelling of the tables.
    #[inline]
    pub(crate) fn anchor(&self, bytes: &[u8], at: usize) -> Option<(Anchor, usize)> {
        self.anchor_of(bytes, at, self.anchors.longest(bytes, at)?)
    }

    /// The same where a word opens as the caller has seen.
    #[inline]
    pub(crate) fn anchor_opening(&self, bytes: &[u8], at: usize, opening: Opening) -> Option<(Anchor, usize)> {
        self.anchor_of(bytes, at, self.anchors.longest_opening(bytes, at, opening)?)
    }

    #[inline]
    fn anchor_of(&self, bytes: &[u8], at: usize, found: Found<'_>) -> Option<(Anchor, usize)> {
        let tag = *found.values.first().and_then(|value| self.anchor_tags.get(*value as usize))?;
        if tag == (Anchor::Nothing { typed: true })
            && let Some(act) = self.act_that_looks_like_nothing(bytes, at, found.end)
        {
            return Some(act);
        }
        Some((tag, found.end))
    }

    /// `Luật Hóa chất` is an act although `luật hóa` is a verb: its name goes on beyond the phrase.
    fn act_that_looks_like_nothing(&self, bytes: &[u8], at: usize, end: usize) -> Option<(Anchor, usize)> {
        let tag = |value: u32| self.anchor_tags.get(value as usize).copied();
        let is_type = |value: u32| matches!(tag(value), Some(Anchor::Type { short: false, .. }));
        let shorter = self.anchors.longest_where(bytes, at, is_type)?;
        let name = self.laws_at(bytes, crate::text::word::skip_space(bytes, shorter.end))?;
        let act = shorter.values.iter().copied().find(|value| is_type(*value)).and_then(tag)?;
        (name.end > end).then_some((act, shorter.end))
    }

    /// A type word or an abbreviation of one begins `phrase`, with its commas or without them.
    pub(super) fn type_begins(&self, phrase: &str) -> bool {
        let is_type = |value: u32| matches!(self.anchor_tags.get(value as usize), Some(Anchor::Type { .. }));
        [phrase, &phrase.replace(',', " ")]
            .iter()
            .any(|form| self.anchors.longest_where(form.as_bytes(), 0, is_type).is_some())
    }

    /// The type word at `at`, also where it begins a false friend.
    pub(crate) fn type_at(&self, bytes: &[u8], at: usize) -> Option<(DocType, usize)> {
        let tag = |value: u32| self.anchor_tags.get(value as usize);
        let found =
            self.anchors.longest_where(bytes, at, |v| matches!(tag(v), Some(Anchor::Type { short: false, .. })))?;
        found.values.iter().find_map(|value| match tag(*value) {
            Some(Anchor::Type { doc_type, short: false }) => Some((*doc_type, found.end)),
            _ => None,
        })
    }

    /// `Luật Hóa chất` where `luật hóa` is a false friend up to `end`: a law word, and a longer name of the table.
    pub(crate) fn act_despite(&self, bytes: &[u8], at: usize, end: usize) -> Option<(DocType, usize)> {
        let tag = |value: u32| self.anchor_tags.get(value as usize);
        let law = |value: u32| matches!(tag(value), Some(Anchor::Type { doc_type, .. }) if self.type_class(*doc_type) == TypeClass::Law);
        let found = self.anchors.longest_where(bytes, at, law)?;
        let Some(Anchor::Type { doc_type, .. }) = found.values.iter().find_map(|value| tag(*value)) else {
            return None;
        };
        let name = crate::text::word::skip_space(bytes, found.end);
        (self.laws_at(bytes, name)?.end > end).then_some((*doc_type, found.end))
    }

    /// Spellings that start an anchor, for the prefilter.
    pub(crate) fn anchor_words(&self) -> impl Iterator<Item = &str> {
        let types = self.types.rows().flat_map(|row| row.words.iter().chain(&row.abbreviations));
        let units = self.units.iter().flat_map(|row| &row.words);
        types
            .chain(units)
            .map(String::as_str)
            .chain(self.laws.acronyms().map(|(_, alias)| alias))
            .chain(self.words.of(Role::Alias))
    }

    /// Phrases that only look like what starts an anchor.
    pub(crate) fn false_friends(&self) -> impl Iterator<Item = &str> {
        self.words.of(Role::Nothing)
    }

    /// Spellings that start the mention of an act, and acronyms of acts.
    pub(crate) fn act_words(&self) -> impl Iterator<Item = &str> {
        let acts = self.types.rows().filter(|row| row.class == TypeClass::Law);
        let words = acts.flat_map(|row| row.words.iter().chain(&row.abbreviations)).map(String::as_str);
        words.chain(self.laws.acronyms().map(|(_, alias)| alias))
    }
}
