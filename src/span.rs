//! Byte ranges.

use std::fmt;
use std::ops::Range;

/// A half-open range of UTF-8 byte offsets, always on character boundaries.
///
/// Public spans point into the text as it was given to the extractor, from its first byte; [`Span::of`] gives the
/// words. Four gigabytes can be addressed, and no text is longer.
///
/// ```
/// let found = viendan::extract("Căn cứ Luật Đất đai năm 2013;")?;
/// let core = found.citations[0].core;
/// assert_eq!((core.start, core.end), (10, 38));
/// assert_eq!(core.of(found.text), "Luật Đất đai năm 2013");
/// # Ok::<(), viendan::Error>(())
/// ```
// Inside `scan`, `parse` and `resolve` the same type holds positions of the normalised text;
// `Normalized::to_source` is the one place that turns one into the other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span of bytes `start..end`; an end before the start is taken as empty at `start`.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end: if end < start { start } else { end } }
    }

    /// The same from `usize` positions. Texts are limited to 4 GiB, so nothing is cut.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "extraction refuses texts over u32::MAX bytes")]
    pub const fn at(start: usize, end: usize) -> Self {
        Self::new(start as u32, end as u32)
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// True for an empty span.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// True when `other` lies within this span.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True when the two share at least one byte.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The words of `text` in this span; empty when it lies outside or off a character boundary.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// As a `Range<usize>`.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}
