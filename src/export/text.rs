//! A text as a record of JSON Lines.

use serde::Serialize;

/// A text with its name, as a line that is read as a record again: spans of its extraction point into `text`.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct WireText<'t> {
    id: &'t str,
    text: &'t str,
}

impl<'t> WireText<'t> {
    /// A record of this name and text.
    #[must_use]
    pub fn new(id: &'t str, text: &'t str) -> Self {
        Self { id, text }
    }
}
