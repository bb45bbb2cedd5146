//! The one public error.

use thiserror::Error;

/// Why an operation could not be done. Doubt about what a text says is never an error but a
/// [`crate::Diagnostic`] or an unresolved mention.
///
/// Its message is one line in lower case without a full stop, the place first, the input in backticks. Errors are
/// equal when they are of one kind and say the same.
#[derive(Debug, Error, Clone)]
#[error("{message}")]
pub struct Error {
    kind: ErrorKind,
    message: String,
    /// Bytes of the message that name the place.
    place: usize,
    /// The reason in general words, where the message has figures of the one case.
    general: Option<&'static str>,
}

/// What sort of error it is, for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The bytes are no UTF-8.
    InvalidUtf8,
    /// The text is larger than spans can address (4 GiB).
    TooLarge,
    /// A row of a grammar table is wrong.
    Table,
    /// A document, type, relation or date asked for does not exist or cannot be read.
    Unknown,
    /// A container (archive, page, JSON line) cannot be read.
    Input,
    /// A file in a folder holds extractions, not texts, and was passed over.
    PassedOver,
    /// A store cannot be opened or written.
    Store,
}

// how the message is taken apart for counting is no part of what an error says
impl PartialEq for Error {
    fn eq(&self, other: &Self) -> bool {
        (self.kind, &self.message) == (other.kind, &other.message)
    }
}

impl Eq for Error {}

impl Error {
    /// What sort of error it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// An error of that kind; the message is lower case, without a full stop, the place first.
    #[must_use]
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), place: 0, general: None }
    }

    /// What is wrong, without the place and without the figures of this one case: equal for errors of one sort, so
    /// that they can be counted.
    ///
    /// ```
    /// let reader = viendan::Extractor::new().extract_bytes(b"\xFF").unwrap_err();
    /// assert_eq!(reader.to_string(), "byte 0: not valid UTF-8");
    /// assert_eq!(reader.reason(), "not valid UTF-8");
    /// ```
    #[must_use]
    pub fn reason(&self) -> &str {
        self.general.unwrap_or_else(|| self.message.get(self.place..).unwrap_or(&self.message))
    }

    pub(crate) fn invalid_utf8(offset: usize) -> Self {
        Self::new(ErrorKind::InvalidUtf8, format!("byte {offset}: not valid UTF-8")).of_sort("not valid UTF-8")
    }

    pub(crate) fn too_large(bytes: usize) -> Self {
        Self::new(ErrorKind::TooLarge, format!("text of {bytes} bytes: longer than 4294967295 bytes"))
            .of_sort("longer than 4294967295 bytes")
    }

    pub(crate) fn table(file: &str, line: usize, column: usize, message: impl AsRef<str>) -> Self {
        Self::new(ErrorKind::Table, format!("{file}:{line}:{column}: {}", message.as_ref()))
    }

    /// An input that cannot be read; `place` names it, with the line where there is one.
    #[cfg(feature = "ingest")]
    pub(crate) fn input(place: &str, message: impl AsRef<str>) -> Self {
        Self { place: place.len() + 2, ..Self::new(ErrorKind::Input, format!("{place}: {}", message.as_ref())) }
    }

    /// The same error, counted among those of this reason.
    pub(crate) fn of_sort(self, reason: &'static str) -> Self {
        Self { general: Some(reason), ..self }
    }

    pub(crate) fn unknown(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Unknown, message)
    }
}

#[cfg(test)]
mod tests {
    use super::{Error, ErrorKind};

    #[test]
    fn messages_word_for_word() {
        let of = |error: Error| (error.kind(), error.to_string());
        assert_eq!(of(Error::invalid_utf8(3)), (ErrorKind::InvalidUtf8, "byte 3: not valid UTF-8".into()));
        let large = "text of 4294967296 bytes: longer than 4294967295 bytes";
        assert_eq!(of(Error::too_large(1 << 32)), (ErrorKind::TooLarge, large.into()));
        assert_eq!(of(Error::table("own.tsv", 4, 2, "wrong")), (ErrorKind::Table, "own.tsv:4:2: wrong".into()));
        assert_eq!(of(Error::input("a.jsonl:1", "empty")), (ErrorKind::Input, "a.jsonl:1: empty".into()));
        assert_eq!(Error::input("a: b.jsonl:1", "empty").reason(), "empty");
        assert_eq!(Error::input("a", "column 3: cut").of_sort("cut").reason(), "cut");
        assert_eq!(Error::unknown("`x`: no such document").reason(), "`x`: no such document");
        assert_eq!(Error::invalid_utf8(3), Error::new(ErrorKind::InvalidUtf8, "byte 3: not valid UTF-8"));
        assert_ne!(Error::invalid_utf8(3), Error::invalid_utf8(4));
        assert_ne!(Error::unknown("a: x"), Error::input("a", "x"));
        assert_eq!(Error::too_large(1 << 32).reason(), "longer than 4294967295 bytes");
        assert_eq!(of(Error::unknown("`x`: no such document")), (ErrorKind::Unknown, "`x`: no such document".into()));
    }
}
