//! Normalisation that remembers where each byte came from; folding and words for comparison.
//!
//! A text that needs nothing is borrowed. Otherwise unchanged stretches are copied whole and the map holds
//! one run for each stretch and each changed cluster.

pub(crate) mod fold;
#[cfg(test)]
mod laws;
mod normalize;
pub(crate) mod opening;
pub(crate) mod word;

use crate::span::Span;
use std::borrow::Cow;

pub(crate) use normalize::Confusables;

/// A text ready for scanning, with the way back to the source.
#[derive(Debug, Clone)]
pub(crate) struct Normalized<'t> {
    text: Cow<'t, str>,
    runs: Vec<Run>,
}

/// A stretch of equal bytes, or (with `source_len`) a cluster that was changed as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    /// Where it starts in the normalised text.
    norm: u32,
    /// Where it starts in the source.
    source: u32,
    /// Bytes of source of a changed cluster; 0 for a stretch.
    source_len: u32,
}

impl Normalized<'_> {
    /// The normalised text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The same as bytes.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// True when the source was used as it is.
    #[cfg(test)]
    pub(crate) fn is_borrowed(&self) -> bool {
        matches!(self.text, Cow::Borrowed(_))
    }

    /// Turns a span of the normalised text into a span of the source: the only function that does.
    pub(crate) fn to_source(&self, span: Span) -> Span {
        if self.runs.is_empty() {
            return span;
        }
        if span.is_empty() {
            let at = self.source_start(span.start);
            return Span::new(at, at);
        }
        Span::new(self.source_start(span.start), self.source_end(span.end))
    }

    fn source_start(&self, at: u32) -> u32 {
        let index = self.runs.partition_point(|run| run.norm <= at);
        self.runs
            .get(index.wrapping_sub(1))
            .map_or(at, |run| if run.source_len > 0 { run.source } else { run.source + (at - run.norm) })
    }

    fn source_end(&self, at: u32) -> u32 {
        let index = self.runs.partition_point(|run| run.norm < at);
        self.runs.get(index.wrapping_sub(1)).map_or(at, |run| {
            if run.source_len > 0 { run.source + run.source_len } else { run.source + (at - run.norm) }
        })
    }
}
