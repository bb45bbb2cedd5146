//! Why a place of a text was read as it was: what was looked at there, what was tried, and what won.

use super::{Extraction, Extractor, read};
use crate::error::Error;
use crate::lexicon::Anchor;
use crate::model::DocType;
use crate::parse::Trace;
use crate::span::Span;
use crate::text::fold::starts_word;
use crate::text::word::word_end;

/// What was looked at around a place.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Explanation<'t> {
    /// The extraction of the whole text.
    pub extraction: Extraction<'t>,
    /// The place, in bytes of the text.
    pub at: u32,
    /// Anchors whose reading covers the place; when there is none, those next to it.
    pub anchors: Vec<AnchorTrace>,
    /// True when some anchor's reading covers the place.
    pub covered: bool,
}

/// A place worth parsing, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AnchorTrace {
    /// The word or slash.
    pub span: Span,
    /// What it is.
    pub kind: AnchorKind,
    /// The productions tried, in order.
    pub tried: Vec<Tried>,
    /// It was not looked at: the reading before it had taken it.
    pub passed: bool,
}

/// What an anchor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum AnchorKind {
    /// A slash before a code.
    Slash,
    /// A type word.
    Type(DocType),
    /// A unit word.
    Unit(crate::Unit),
    /// An acronym of a law.
    Acronym,
    /// Words that define an alias.
    Alias,
    /// A phrase that only looks like a type or unit word.
    Nothing,
    /// It was not looked at.
    Unread,
}

/// A production and what it matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tried {
    /// Its name in `grammar/citation.ebnf`.
    pub production: &'static str,
    /// What it matched; none when it failed.
    pub matched: Option<Span>,
}

impl AnchorTrace {
    /// The production that won, if any.
    #[must_use]
    pub fn winner(&self) -> Option<Tried> {
        self.tried.iter().find(|tried| tried.matched.is_some()).copied()
    }

    /// A bare symbol begins before its slash.
    fn start(&self) -> u32 {
        self.tried
            .iter()
            .filter_map(|tried| tried.matched)
            .map(|span| span.start)
            .min()
            .unwrap_or(self.span.start)
            .min(self.span.start)
    }

    fn end(&self) -> u32 {
        self.tried
            .iter()
            .filter_map(|tried| tried.matched)
            .map(|span| span.end)
            .max()
            .unwrap_or(self.span.end)
            .max(self.span.end)
    }
}

impl Extractor {
    /// Reads a text and says what was looked at around byte `at`.
    ///
    /// # Errors
    /// As [`Self::extract`]; [`crate::ErrorKind::Unknown`] when `at` lies outside the text.
    pub fn explain<'t>(&self, text: &'t str, at: usize) -> Result<Explanation<'t>, Error> {
        if at >= text.len() {
            return Err(Error::unknown(format!("byte {at}: the text ends at byte {}", text.len())));
        }
        let extraction = self.extract(text)?;
        let normalized = self.lexicon().confusables().normalize(text);
        let mut candidates = Vec::new();
        self.scanners.all.candidates(normalized.bytes(), &mut candidates);
        let mut collector = Collector::default();
        read::read(self.lexicon(), normalized.bytes(), &candidates, &mut collector);
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        // what was passed over may be no anchor: nobody looked
        let bytes = normalized.bytes();
        let stands = |at: usize| {
            bytes.get(at) == Some(&b'/') || starts_word(bytes, at) && self.lexicon().anchor(bytes, at).is_some()
        };
        let all: Vec<AnchorTrace> = collector
            .anchors
            .into_iter()
            .filter(|anchor| !anchor.passed || stands(anchor.span.start as usize))
            .map(|mut anchor| {
                anchor
                    .tried
                    .iter_mut()
                    .for_each(|tried| tried.matched = tried.matched.map(|matched| normalized.to_source(matched)));
                if anchor.passed {
                    anchor.span = word_or_sign(normalized.text(), anchor.span.start);
                }
                anchor.span = normalized.to_source(anchor.span);
                anchor
            })
            .collect();
        let covering: Vec<AnchorTrace> =
            all.iter().filter(|anchor| anchor.start() <= at && at < anchor.end()).cloned().collect();
        let covered = !covering.is_empty();
        let anchors = if covered { covering } else { neighbours(&all, at) };
        Ok(Explanation { extraction, at, anchors, covered })
    }

    /// The normalised text, and for each of its characters the stretch of `text` that it was made of. The fuzzer checks
    /// the way back with it; it is no part of the interface.
    #[doc(hidden)]
    #[must_use]
    pub fn origins(&self, text: &str) -> (String, Vec<Span>) {
        let normalized = self.lexicon().confusables().normalize(text);
        let letters = normalized.text().char_indices();
        let origins = letters.map(|(at, letter)| normalized.to_source(Span::at(at, at + letter.len_utf8()))).collect();
        (normalized.text().to_owned(), origins)
    }
}

/// What stands at `at` and was not looked at: a whole word, or a whole sign.
fn word_or_sign(text: &str, at: u32) -> Span {
    let start = at as usize;
    let sign = text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    Span::at(start, word_end(text.as_bytes(), start).max(start + sign))
}

/// The last anchor before a place and the first after it.
fn neighbours(all: &[AnchorTrace], at: u32) -> Vec<AnchorTrace> {
    let after = all.partition_point(|anchor| anchor.span.start <= at);
    let from = after.saturating_sub(1);
    all.get(from..all.len().min(after + 1)).unwrap_or_default().to_vec()
}

#[derive(Default)]
struct Collector {
    anchors: Vec<AnchorTrace>,
}

impl Trace for Collector {
    fn anchor(&mut self, at: usize, end: usize, anchor: Option<Anchor>) {
        let kind = match anchor {
            None => AnchorKind::Slash,
            Some(Anchor::Type { doc_type, .. }) => AnchorKind::Type(doc_type),
            Some(Anchor::Unit(unit)) => AnchorKind::Unit(unit),
            Some(Anchor::Acronym(_)) => AnchorKind::Acronym,
            Some(Anchor::Alias) => AnchorKind::Alias,
            Some(Anchor::Nothing { .. }) => AnchorKind::Nothing,
        };
        self.anchors.push(AnchorTrace { span: Span::at(at, end), kind, tried: Vec::new(), passed: false });
    }

    fn tried(&mut self, production: &'static str, matched: Option<Span>) {
        if let Some(anchor) = self.anchors.last_mut() {
            anchor.tried.push(Tried { production, matched });
        }
    }

    fn passed(&mut self, at: usize) {
        self.anchors.push(AnchorTrace {
            // where it ends is told when the text is at hand
            span: Span::at(at, at),
            kind: AnchorKind::Unread,
            tried: Vec::new(),
            passed: true,
        });
    }
}
