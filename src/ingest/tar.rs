//! Tar archives, entry by entry as they stream by.

use super::archive::{Archive, Entry, Sort};
use super::failure;
use super::limits::{Counted, Exceeded, Meter, Whole};
use super::session::{Input, Session};
use crate::error::Error;
use ::tar::EntryType;
use std::cell::Cell;
use std::io::{BufRead, BufReader, Read};
use std::ops::ControlFlow;
use std::path::Path;

/// Bytes of a block; an archive is made of blocks, and ends in two of zeros.
const BLOCK: u64 = 512;

/// Counts what the archive takes, for the place of its end.
struct Taken<'t> {
    stream: &'t mut dyn BufRead,
    bytes: &'t Cell<u64>,
}

impl Read for Taken<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let length = self.stream.read(into)?;
        self.bytes.set(self.bytes.get() + length as u64);
        Ok(length)
    }
}

impl Session<'_, '_> {
    /// `meter` is there when the stream comes from a decoder.
    pub(super) fn tar(&mut self, name: &str, stream: &mut dyn BufRead, meter: Option<&Meter<'_>>) -> ControlFlow<()> {
        let mut archive = Archive::new(name, self.reader);
        let bytes = Cell::new(0);
        let mut whole = {
            let mut tar = ::tar::Archive::new(Taken { stream: &mut *stream, bytes: &bytes });
            match tar.entries() {
                Ok(entries) => self.entries(&mut archive, entries, &bytes, meter)?,
                Err(error) => {
                    self.give(Err(archive.failure(&error)))?;
                    false
                }
            }
        };
        if whole {
            // what packs the archive may be cut off behind its end
            if let Err(error) = std::io::copy(stream, &mut std::io::sink()) {
                whole = false;
                self.give(Err(archive.failure(&error)))?;
            }
        }
        self.give_all(archive.finish(whole))
    }

    /// True when the archive was read to its end.
    fn entries<'e, R: Read + 'e>(
        &mut self,
        archive: &mut Archive<'_>,
        entries: ::tar::Entries<'e, R>,
        bytes: &Cell<u64>,
        meter: Option<&Meter<'_>>,
    ) -> ControlFlow<(), bool> {
        // where the last entry ends, and what it was called
        let mut last: Option<(u64, String)> = None;
        for entry in entries {
            let mut entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.give(Err(broken(archive, last.as_ref(), &error)))?;
                    return ControlFlow::Continue(false);
                }
            };
            if let Err(error) = archive.count() {
                self.give(Err(error))?;
                return ControlFlow::Continue(false);
            }
            let name = entry.path_bytes().into_owned();
            let size = entry.size();
            let sort = sort(entry.header().entry_type());
            let blocks = if sort == Some(Sort::Sparse) { 0 } else { size.div_ceil(BLOCK).saturating_mul(BLOCK) };
            last = Some((entry.raw_file_position().saturating_add(blocks), archive.source(&name)));
            let Some(sort) = sort else { continue };
            let cut = Cell::new(false);
            let whole = Noted { inner: Whole { inner: &mut entry, left: size }, cut: &cut };
            match archive.entry(&name, sort) {
                Entry::Leave => {}
                Entry::Refuse(error) => self.give(Err(error))?,
                Entry::Table { source, folder } => {
                    if archive.any {
                        self.give(Err(Error::input(
                            &source,
                            "comes after texts; a table of metadata has to be first",
                        )))?;
                        continue;
                    }
                    let errors = archive.tables.read(self.reader, Path::new(&folder), &source, Ok(whole));
                    self.give_all(errors)?;
                }
                Entry::Read { source, kind, .. } if kind.is_plain() && size > self.reader.max_bytes => {
                    self.give(Err(self.reader.too_long(&source)))?;
                }
                Entry::Read { source, name, kind } => {
                    let metadata = archive.metadata(self.reader, &name);
                    // what an entry is packed into counts for itself and for the archive
                    let own = self.reader.meter().within(meter);
                    let inner = BufReader::with_capacity(1 << 16, whole);
                    let raw = Counted { inner, meter: &own, watch: None };
                    self.stream(Input { name: &source, kind, found: true, metadata }, raw)?;
                }
            }
            if cut.get() || meter.is_some_and(|meter| meter.exceeded().is_some()) {
                // it was said of the entry; nothing comes after it
                return ControlFlow::Continue(false);
            }
        }
        match last {
            // the last entry is whole, but the blocks of zeros at the end are missing
            Some((end, _)) if bytes.get() <= end => {
                self.give(Err(Error::input(archive.name, "cut off")))?;
                ControlFlow::Continue(false)
            }
            None if bytes.get() == 0 => {
                self.give(Err(Error::input(archive.name, "empty")))?;
                ControlFlow::Continue(false)
            }
            _ => ControlFlow::Continue(true),
        }
    }
}

/// Remembers that reading failed.
struct Noted<'c, R> {
    inner: R,
    cut: &'c Cell<bool>,
}

impl<R: Read> Read for Noted<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        self.inner.read(into).inspect_err(|_| self.cut.set(true))
    }
}

/// None for what describes the archive and is no entry.
fn sort(kind: EntryType) -> Option<Sort> {
    match kind {
        EntryType::Regular | EntryType::Continuous => Some(Sort::File),
        EntryType::Directory => Some(Sort::Folder),
        EntryType::Link | EntryType::Symlink => Some(Sort::Link),
        EntryType::Char | EntryType::Block | EntryType::Fifo => Some(Sort::Device),
        EntryType::GNUSparse => Some(Sort::Sparse),
        _ => None,
    }
}

/// An error between two entries, with the last one that was read.
fn broken(archive: &Archive<'_>, last: Option<&(u64, String)>, error: &std::io::Error) -> Error {
    let place = last.map_or_else(|| archive.name.to_owned(), |(_, entry)| format!("{}: after `{entry}`", archive.name));
    let known = failure(&place, error);
    let said = ["cut off", "damaged", "no gzip file", "no Zstandard file"].contains(&known.reason());
    if said || error.raw_os_error().is_some() || Exceeded::within(error).is_some() {
        return known;
    }
    // the words of the library are about fields of headers
    Error::input(&place, if last.is_some() { "damaged" } else { "no tar archive" })
}
