//! Keys of documents.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;
use xxhash_rust::xxh64::xxh64;

/// The identity of a document: built only from what is necessary for its family, never from what else is known.
///
/// A word for the jurisdiction, then type, number and year, issuer, separated by colons: `vn:nghi-dinh:30/2020:cp`,
/// `vn:luat:59-2010-qh12`; for a named work its type and its folded name:
/// `vn:chien-luoc:phat.trien.thong.tin.doi.ngoai.giai.doan.2011.2020`. Compare keys as a whole; do not take them apart.
///
/// A key that lacks a necessary component starts with `vnx:`, writes `?` for it and ends in a hash of the
/// source: equal within one input for equal type and number or name, never across.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(Arc<str>);

impl Key {
    pub(crate) fn new(text: impl Into<Arc<str>>) -> Self {
        Self(text.into())
    }

    /// The key as it stands on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True when no necessary component is missing, so that the key means the same in every text.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        !self.0.starts_with("vnx:")
    }

    /// A stable 64-bit number for the key (XXH64, seed 0), the same in every run and on every machine.
    #[must_use]
    pub fn id(&self) -> u64 {
        Self::id_of(&self.0)
    }

    /// The same number for a key given as text.
    #[must_use]
    pub fn id_of(key: &str) -> u64 {
        xxh64(key.as_bytes(), 0)
    }
}

/// Keys are looked up by their text.
impl Borrow<str> for Key {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
