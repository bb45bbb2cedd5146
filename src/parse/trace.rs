//! Who wants to know what was looked at and which productions were tried.

use crate::lexicon::Anchor;
use crate::span::Span;

/// Told of each place that is looked at, and of each production that is tried there.
pub(crate) trait Trace {
    /// An anchor was found at `at..end`; none for a slash.
    fn anchor(&mut self, at: usize, end: usize, anchor: Option<Anchor>);
    /// `production` was tried there; with what it matched.
    fn tried(&mut self, production: &'static str, matched: Option<Span>);
    /// The place was passed over: what stands before it has taken it.
    fn passed(&mut self, at: usize);
}

/// Nobody: costs nothing.
pub(crate) struct Silent;

impl Trace for Silent {
    #[inline]
    fn anchor(&mut self, _: usize, _: usize, _: Option<Anchor>) {}
    #[inline]
    fn tried(&mut self, _: &'static str, _: Option<Span>) {}
    #[inline]
    fn passed(&mut self, _: usize) {}
}
