//! Zip archives, entry by entry in the order of their directory, which is never held as a whole.

use super::archive::{Archive, Entry, Sort};
use super::kind::TABLE;
use super::limits::{Counted, Expanding, Meter};
use super::session::{Input, Session};
use crate::error::Error;
use ::zip::ZipReadOptions;
use ::zip::read::{Config, ZipFileEntry};
use ::zip::result::ZipError;
use ::zip::unstable::read::ZipIterable;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::Ordering;

/// Bytes taken at once: an entry is often smaller than a buffer for whole files.
const BUFFER: usize = 1 << 16;

/// A buffered file that keeps its buffer when it is told to go on near by, as from entry to entry.
struct Near {
    file: BufReader<File>,
    at: u64,
}

impl Near {
    fn open(path: &Path) -> std::io::Result<Self> {
        Ok(Self { file: BufReader::with_capacity(BUFFER, File::open(path)?), at: 0 })
    }
}

impl Read for Near {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let length = self.file.read(into)?;
        self.at += length as u64;
        Ok(length)
    }
}

impl Seek for Near {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.at = match to {
            SeekFrom::Start(to) => {
                let step = i64::try_from(i128::from(to) - i128::from(self.at));
                match step {
                    Ok(step) => self.file.seek_relative(step)?,
                    Err(_) => return Err(std::io::ErrorKind::InvalidInput.into()),
                }
                to
            }
            to => self.file.seek(to)?,
        };
        Ok(self.at)
    }
}

impl Session<'_, '_> {
    pub(super) fn zip(&mut self, name: &str, path: &Path) -> ControlFlow<()> {
        let opened = Near::open(path).and_then(|directory| {
            let length = directory.file.get_ref().metadata()?.len();
            Ok((directory, Near::open(path)?, length))
        });
        let mut archive = Archive::new(name, self.reader);
        let (directory, mut body, length) = match opened {
            Ok(opened) => opened,
            Err(error) => return self.give(Err(archive.failure(&error))),
        };
        if length == 0 {
            return self.give(Err(Error::input(name, "empty")));
        }
        let mut zip = match ZipIterable::try_new(directory, Config::default()) {
            Ok(zip) => zip,
            Err(error) => return self.give(Err(Error::input(name, of_directory(&error)))),
        };
        if zip.len() as u64 > self.reader.max_entries {
            let error = format!("{} entries, more than the limit of {}", zip.len(), self.reader.max_entries);
            return self.give(Err(Error::input(name, error).of_sort("too many entries")));
        }
        let meter = self.reader.meter();
        meter.take_in(length);
        let seen = self.watch.load(Ordering::Relaxed);
        self.tables(&mut archive, &mut zip, &mut body, &meter)?;
        archive.again();
        let mut whole = true;
        match zip.files() {
            Err(error) => self.give(Err(Error::input(name, of_directory(&error))))?,
            Ok(entries) => {
                for entry in entries {
                    let entry = match entry {
                        Ok(entry) => entry,
                        Err(error) => {
                            self.give(Err(Error::input(name, of_directory(&error))))?;
                            whole = false;
                            break;
                        }
                    };
                    self.watch.fetch_add(entry.compressed_size().min(length), Ordering::Relaxed);
                    match archive.entry(&name_of(&entry), sort(&entry)) {
                        Entry::Leave | Entry::Table { .. } => {}
                        Entry::Refuse(error) => self.give(Err(error))?,
                        Entry::Read { source, .. } if entry.encrypted() => {
                            self.give(Err(Error::input(&source, "encrypted")))?;
                        }
                        Entry::Read { source, kind, .. } if kind.is_plain() && entry.size() > self.reader.max_bytes => {
                            self.give(Err(self.reader.too_long(&source)))?;
                        }
                        Entry::Read { source, name, kind } => {
                            let metadata = archive.metadata(self.reader, &name);
                            let input = Input { name: &source, kind, found: true, metadata };
                            self.zip_entry(input, entry, &mut body, length, &meter)?;
                        }
                    }
                    if let Some(exceeded) = meter.exceeded() {
                        self.give(Err(Error::input(name, exceeded.to_string())))?;
                        whole = false;
                        break;
                    }
                }
            }
        }
        // the directory and what was left alone count as taken in, whatever the entries claimed
        self.watch.store(seen.saturating_add(length), Ordering::Relaxed);
        self.give_all(archive.finish(whole))
    }

    /// The tables come first, wherever they stand.
    fn tables(
        &mut self,
        archive: &mut Archive<'_>,
        zip: &mut ZipIterable<Near>,
        body: &mut Near,
        meter: &Meter<'_>,
    ) -> ControlFlow<()> {
        // what is wrong with the directory is said when the texts are read
        let Ok(entries) = zip.files() else { return ControlFlow::Continue(()) };
        for entry in entries.map_while(Result::ok) {
            let name = name_of(&entry);
            if !name.ends_with(TABLE.as_bytes()) || entry.encrypted() {
                continue;
            }
            let Entry::Table { source, folder } = archive.entry(&name, sort(&entry)) else { continue };
            let own = self.reader.meter().within(Some(meter));
            own.take_in(entry.compressed_size());
            let file = entry
                .with_reader(&mut *body, ZipReadOptions::new())
                .map(|inner| Expanding { inner, meter: &own })
                .map_err(std::io::Error::other);
            let errors = archive.tables.read(self.reader, Path::new(&folder), &source, file);
            self.give_all(errors)?;
        }
        ControlFlow::Continue(())
    }

    fn zip_entry(
        &mut self,
        input: Input<'_>,
        entry: ZipFileEntry<'_>,
        body: &mut Near,
        length: u64,
        archive: &Meter<'_>,
    ) -> ControlFlow<()> {
        let unpacking = self.reader.meter().within(Some(archive));
        unpacking.take_in(entry.compressed_size().min(length));
        let inner = match entry.with_reader(body, ZipReadOptions::new()) {
            Ok(inner) => inner,
            Err(error) => return self.give(Err(Error::input(input.name, of_entry(&error)))),
        };
        let inner = BufReader::with_capacity(BUFFER, Expanding { inner, meter: &unpacking });
        // an entry may itself be packed; that counts for the archive too
        let own = self.reader.meter().within(Some(archive));
        self.stream(input, Counted { inner, meter: &own, watch: None })
    }
}

/// The name as UTF-8 where it is that, whatever the archive says of it; else as its code page has it.
fn name_of(entry: &ZipFileEntry<'_>) -> Vec<u8> {
    let raw = entry.name_raw();
    match entry.name() {
        Ok(name) if std::str::from_utf8(raw).is_err() => name.as_bytes().to_vec(),
        _ => raw.to_vec(),
    }
}

fn sort(entry: &ZipFileEntry<'_>) -> Sort {
    // the type of file in what Unix keeps of it
    match entry.unix_mode().map(|mode| mode & 0o170_000) {
        _ if entry.is_dir() => Sort::Folder,
        Some(0o120_000) => Sort::Link,
        Some(0o020_000 | 0o060_000 | 0o010_000 | 0o140_000) => Sort::Device,
        _ => Sort::File,
    }
}

/// What is wrong with the directory of an archive.
fn of_directory(error: &ZipError) -> &'static str {
    match error {
        ZipError::Io(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => "cut off",
        ZipError::UnsupportedArchive(_) => "a zip archive in several parts is not read",
        // the directory stands at the end: without an end there is none
        _ => "no zip archive, or cut off",
    }
}

fn of_entry(error: &ZipError) -> String {
    match error {
        ZipError::UnsupportedArchive(words) if *words == ZipError::PASSWORD_REQUIRED => "encrypted".to_owned(),
        ZipError::CompressionMethodNotSupported(method) => format!("compression method not supported: {method}"),
        ZipError::Io(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => "cut off".to_owned(),
        _ => "damaged".to_owned(),
    }
}
