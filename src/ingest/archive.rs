//! What tar and zip archives have in common: which entries are read, under which names.

use super::kind::{Kind, TABLE};
use super::metadata::Tables;
use super::names::{self, Refused, Seen};
use super::{Reader, failure};
use crate::error::Error;
use std::path::Path;

/// What an entry is, beside its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    File,
    Folder,
    Link,
    Device,
    Sparse,
}

/// What to do with an entry.
pub(super) enum Entry {
    /// Nothing: a folder, a hidden file, a file with another ending.
    Leave,
    Refuse(Error),
    /// A table of metadata for what lies in this folder of the archive.
    Table {
        source: String,
        folder: String,
    },
    /// A text under this source; `name` is its name within the archive.
    Read {
        source: String,
        name: String,
        kind: Kind,
    },
}

/// One archive while it is read.
pub(super) struct Archive<'a> {
    pub name: &'a str,
    pub tables: Tables,
    seen: Seen,
    entries: u64,
    max_entries: u64,
    /// Whether anything in it was read or refused.
    pub any: bool,
}

impl<'a> Archive<'a> {
    pub(super) fn new(name: &'a str, reader: &Reader) -> Self {
        Self {
            name,
            tables: Tables::default(),
            seen: Seen::default(),
            entries: 0,
            max_entries: reader.max_entries,
            any: false,
        }
    }

    /// Counts an entry.
    pub(super) fn count(&mut self) -> Result<(), Error> {
        self.entries += 1;
        if self.entries > self.max_entries { Err(self.too_many()) } else { Ok(()) }
    }

    pub(super) fn too_many(&self) -> Error {
        Error::input(self.name, format!("more than the limit of {} entries", self.max_entries))
    }

    /// The source of an entry.
    pub(super) fn source(&self, name: &[u8]) -> String {
        format!("{}!{}", self.name, names::shown(name))
    }

    /// The entries are gone through once more, from the first.
    pub(super) fn again(&mut self) {
        self.seen = Seen::default();
        self.any = false;
    }

    /// Decides about an entry.
    pub(super) fn entry(&mut self, name: &[u8], sort: Sort) -> Entry {
        if sort == Sort::Folder {
            return Entry::Leave;
        }
        let name = name.strip_prefix(b"./").unwrap_or(name);
        let source = self.source(name);
        let plain = String::from_utf8_lossy(name);
        let why = match sort {
            Sort::Link => Some("a link, not a text"),
            Sort::Device => Some("a device, not a text"),
            _ => names::refused(&plain).map(Refused::words),
        };
        if let Some(why) = why {
            return self.refuse(&source, why);
        }
        if names::hidden(&plain) {
            return Entry::Leave;
        }
        let name = names::shown(name);
        let (folder, last) = name.rsplit_once('/').unwrap_or(("", &name));
        let kind = Kind::of_found(last);
        if kind.is_none() && last != TABLE {
            return Entry::Leave;
        }
        if kind.is_some_and(Kind::is_archive) {
            return self.refuse(&source, "an archive within an archive is not read");
        }
        if sort == Sort::Sparse {
            return self.refuse(&source, "a sparse file, not a text");
        }
        if !self.seen.first(&name) {
            return self.refuse(&source, Refused::Again.words());
        }
        match kind {
            None => Entry::Table { source, folder: folder.to_owned() },
            Some(kind) => {
                self.any = true;
                Entry::Read { source, name, kind }
            }
        }
    }

    fn refuse(&mut self, source: &str, why: &str) -> Entry {
        self.any = true;
        Entry::Refuse(Error::input(source, why))
    }

    /// What tables say of an entry.
    pub(super) fn metadata(&mut self, reader: &Reader, name: &str) -> crate::model::Metadata {
        self.tables.find(reader, Path::new(name)).unwrap_or_default()
    }

    /// The last words: tables that spoke of nothing, and that nothing was there.
    pub(super) fn finish(mut self, whole: bool) -> Vec<Error> {
        if !whole {
            return Vec::new();
        }
        let mut errors = self.tables.finish();
        if !self.any {
            errors.push(Error::input(self.name, "no texts in this archive"));
        }
        errors
    }

    /// An error of the archive itself.
    pub(super) fn failure(&self, error: &std::io::Error) -> Error {
        failure(self.name, error)
    }
}
