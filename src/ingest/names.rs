//! The names of what stands in an archive: `archive.zip!folder/name.txt`, safe to be shown, one for each entry.

use std::collections::HashSet;
use std::fmt::Write as _;
use xxhash_rust::xxh3::xxh3_128;

/// Why an entry is not read for its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    Empty,
    Absolute,
    Outside,
    Again,
}

impl Refused {
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Empty => "an entry without a name",
            Self::Absolute => "its name is absolute",
            Self::Outside => "its name leads out of the archive",
            Self::Again => "a second entry of this name",
        }
    }
}

/// A name as it is shown: what is no UTF-8 and what could steer a terminal or turn its letters round is written out.
pub(super) fn shown(name: &[u8]) -> String {
    let mut out = String::with_capacity(name.len());
    for chunk in name.utf8_chunks() {
        for letter in chunk.valid().chars() {
            if letter.is_control() || steers(letter) {
                out.extend(letter.escape_unicode());
            } else {
                out.push(letter);
            }
        }
        for byte in chunk.invalid() {
            let _ = write!(out, "\\x{byte:02x}");
        }
    }
    out
}

/// Marks of direction, and separators of lines: not seen, and change what is seen.
fn steers(letter: char) -> bool {
    matches!(letter, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// What is wrong with a name inside an archive. Nothing is ever written under it; but a name that leads elsewhere
/// was made to, and a text under it is not to be trusted.
pub(super) fn refused(name: &str) -> Option<Refused> {
    let drive = name.as_bytes().get(1) == Some(&b':') && name.starts_with(|first: char| first.is_ascii_alphabetic());
    if name.is_empty() {
        Some(Refused::Empty)
    } else if name.starts_with(['/', '\\']) || drive {
        Some(Refused::Absolute)
    } else if name.split(['/', '\\']).any(|part| part == "..") {
        Some(Refused::Outside)
    } else {
        None
    }
}

/// True for what is hidden, or lies in a hidden folder; a folder's walk leaves it alone too.
pub(super) fn hidden(name: &str) -> bool {
    name.split('/').any(|part| part.starts_with('.'))
}

/// The names met in one archive.
#[derive(Debug, Default)]
pub(super) struct Seen(HashSet<u128, foldhash::fast::FixedState>);

impl Seen {
    /// True the first time.
    pub(super) fn first(&mut self, name: &str) -> bool {
        self.0.insert(xxh3_128(name.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::{Refused, Seen, hidden, refused, shown};

    #[test]
    fn names_are_safe_to_show() {
        assert_eq!(shown("Nghị định 30.txt".as_bytes()), "Nghị định 30.txt");
        assert_eq!(shown(b"a\x1b[31m\n.txt"), "a\\u{1b}[31m\\u{a}.txt");
        assert_eq!(shown("a\u{202e}txt.exe\u{9b}".as_bytes()), "a\\u{202e}txt.exe\\u{9b}");
        assert_eq!(shown(b"C\xe9n.txt"), "C\\xe9n.txt");
    }

    #[test]
    fn names_that_lead_elsewhere_are_refused() {
        assert_eq!(refused("a/b..c/..d.txt"), None);
        assert_eq!(refused(""), Some(Refused::Empty));
        for name in ["/etc/x.txt", "\\x.txt", "C:\\x.txt", "c:x.txt"] {
            assert_eq!(refused(name), Some(Refused::Absolute), "{name}");
        }
        for name in ["../x.txt", "a/../../x.txt", "a\\..\\x.txt", ".."] {
            assert_eq!(refused(name), Some(Refused::Outside), "{name}");
        }
        assert!(hidden("a/.git/x.txt") && hidden("__MACOSX/._x.txt") && !hidden("a/x.txt"));
    }

    #[test]
    fn a_name_is_first_once() {
        let mut seen = Seen::default();
        assert!(seen.first("a") && seen.first("b") && !seen.first("a"));
    }
}
