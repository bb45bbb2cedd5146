//! What an input holds, by the ending of its name; for the standard input by its first bytes.

/// What an input holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    pub packing: Packing,
    pub form: Form,
}

/// How the bytes are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    None,
    Gzip,
    Zstd,
}

/// What is within the packing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Text,
    Page,
    Lines,
    Zip,
    Tar,
}

/// Endings and what they mean, after the ending of the packing.
const FORMS: [(&str, Form); 8] = [
    (".txt", Form::Text),
    (".html", Form::Page),
    (".htm", Form::Page),
    (".xhtml", Form::Page),
    (".jsonl", Form::Lines),
    (".ndjson", Form::Lines),
    (".zip", Form::Zip),
    (".tar", Form::Tar),
];

/// The name of a table of metadata.
pub(super) const TABLE: &str = "metadata.csv";

impl Kind {
    /// Of an input that the caller names: what has no known ending is a text.
    pub(super) fn of_name(name: &str) -> Self {
        let (packing, form) = Self::read(name);
        Self { packing, form: form.unwrap_or(Form::Text) }
    }

    /// Of what is found in a folder or an archive; none for what is left alone.
    pub(super) fn of_found(name: &str) -> Option<Self> {
        let (packing, form) = Self::read(name);
        form.map(|form| Self { packing, form })
    }

    fn read(name: &str) -> (Packing, Option<Form>) {
        let lower = name.to_lowercase();
        for (ending, packing) in [(".tgz", Packing::Gzip), (".tzst", Packing::Zstd)] {
            if lower.ends_with(ending) {
                return (packing, Some(Form::Tar));
            }
        }
        let (packing, inner) = if let Some(inner) = lower.strip_suffix(".gz") {
            (Packing::Gzip, inner)
        } else if let Some(inner) = lower.strip_suffix(".zst") {
            (Packing::Zstd, inner)
        } else {
            (Packing::None, lower.as_str())
        };
        (packing, FORMS.iter().find(|(ending, _)| inner.ends_with(ending)).map(|(_, form)| *form))
    }

    /// True for one text or page that is not packed: its length is that of the file.
    pub(super) fn is_plain(self) -> bool {
        self.packing == Packing::None && matches!(self.form, Form::Text | Form::Page)
    }

    /// True for an archive of files.
    pub(super) fn is_archive(self) -> bool {
        matches!(self.form, Form::Zip | Form::Tar)
    }
}

impl Packing {
    /// Of a stream without a name.
    pub(super) fn of_bytes(head: &[u8]) -> Self {
        if head.starts_with(b"\x1F\x8B") {
            Self::Gzip
        } else if head.starts_with(b"\x28\xB5\x2F\xFD") {
            Self::Zstd
        } else {
            Self::None
        }
    }
}

impl Form {
    /// Of a stream without a name; `head` is its beginning, at least 512 bytes where there are so many. No text of an
    /// office begins as a JSON object, a page or an archive does.
    pub(super) fn of_bytes(head: &[u8]) -> Self {
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            return Self::Zip;
        }
        if head.get(257..262) == Some(b"ustar") {
            return Self::Tar;
        }
        let body = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
        let begins = |word: &str| body.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word.as_bytes()));
        if body.strip_prefix(b"{").is_some_and(|rest| rest.trim_ascii_start().starts_with(b"\"")) {
            Self::Lines
        } else if begins("<!doctype html") || begins("<html") {
            Self::Page
        } else {
            Self::Text
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Form, Kind, Packing};

    #[test]
    fn names_tell_what_an_input_holds() {
        let of = |name: &str| Kind::of_found(name).map(|kind| (kind.packing, kind.form));
        assert_eq!(of("a.txt"), Some((Packing::None, Form::Text)));
        assert_eq!(of("a/B.HTM.GZ"), Some((Packing::Gzip, Form::Page)));
        assert_eq!(of("a.ndjson.zst"), Some((Packing::Zstd, Form::Lines)));
        assert_eq!(of("a.tar.zst"), Some((Packing::Zstd, Form::Tar)));
        assert_eq!(of("a.tgz"), Some((Packing::Gzip, Form::Tar)));
        assert_eq!(of("a.zip"), Some((Packing::None, Form::Zip)));
        assert_eq!(of("a.pdf"), None);
        assert_eq!(of("a.gz"), None);
        assert_eq!(Kind::of_name("notes.md").form, Form::Text);
    }

    #[test]
    fn first_bytes_tell_what_a_stream_holds() {
        assert_eq!(Form::of_bytes("\u{feff} {\n \"text\": 1}".as_bytes()), Form::Lines);
        assert_eq!(Form::of_bytes(b"<!DOCTYPE HTML><p>"), Form::Page);
        assert_eq!(Form::of_bytes(b"PK\x03\x04"), Form::Zip);
        assert_eq!(Form::of_bytes(b"{a}"), Form::Text);
        assert_eq!(Form::of_bytes(b""), Form::Text);
        assert_eq!(Packing::of_bytes(b"\x1F\x8B\x08"), Packing::Gzip);
    }
}
