//! Tables of metadata beside the texts: `metadata.csv` in a folder speaks of the files in it and below.

use super::names::shown;
use super::{Reader, failure};
use crate::error::Error;
use crate::model::Metadata;
use csv::{ByteRecord, ReaderBuilder};
use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io::Read;
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization as _;
use xxhash_rust::xxh3::xxh3_64;

/// Columns that may name the file of a row, in lower case; the first that is there does. The name of the records'
/// id is taken too.
const FILE: [&str; 5] = ["file", "filename", "file_name", "path", "name"];

/// The tables that speak of the place where the walk is.
#[derive(Default)]
pub(super) struct Tables {
    open: Vec<(PathBuf, Table)>,
}

/// One table: its text, and where the row of each file begins. Rows are read when their file is.
struct Table {
    name: String,
    text: String,
    delimiter: u8,
    file: usize,
    /// Fields of ours and their columns.
    columns: Vec<(&'static str, usize)>,
    rows: HashMap<u64, usize, FixedState>,
    used: bool,
}

impl Tables {
    /// Reads the table of a folder. What is wrong with it, or with rows of it, comes back; the other rows hold.
    pub(super) fn read<R: Read>(
        &mut self,
        reader: &Reader,
        folder: &Path,
        name: &str,
        file: std::io::Result<R>,
    ) -> Vec<Error> {
        let mut bytes = Vec::new();
        let read = file.and_then(|file| file.take(reader.max_bytes.saturating_add(1)).read_to_end(&mut bytes));
        let table = match read {
            Err(error) => Err(failure(name, &error)),
            Ok(_) => reader.text(name, bytes).and_then(|text| Table::new(reader, name, text)),
        };
        match table {
            Err(error) => vec![error],
            Ok((table, errors)) => {
                self.open.push((folder.to_owned(), table));
                errors
            }
        }
    }

    /// What the nearest table says of a file.
    pub(super) fn find(&mut self, reader: &Reader, file: &Path) -> Option<Metadata> {
        self.open.iter_mut().rev().find_map(|(folder, table)| {
            let inner = file.strip_prefix(folder).ok()?;
            let name = inner.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
            table.find(reader, &name)
        })
    }

    /// Closes the tables that say nothing of this place; gives those that spoke of no text at all.
    pub(super) fn leave(&mut self, place: &Path) -> Vec<Error> {
        let (stay, left) = std::mem::take(&mut self.open)
            .into_iter()
            .partition(|(folder, _)| !place.as_os_str().is_empty() && place.starts_with(folder));
        self.open = stay;
        left.into_iter().filter_map(|(_, table): (PathBuf, Table)| table.unused()).collect()
    }

    /// Closes all.
    pub(super) fn finish(&mut self) -> Vec<Error> {
        std::mem::take(&mut self.open).into_iter().filter_map(|(_, table)| table.unused()).collect()
    }
}

impl Table {
    fn new(reader: &Reader, name: &str, text: String) -> Result<(Self, Vec<Error>), Error> {
        let text = text.strip_prefix('\u{feff}').map(ToOwned::to_owned).unwrap_or(text);
        let delimiter = delimiter(text.lines().next().unwrap_or_default());
        let mut rows =
            ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut row = ByteRecord::new();
        let unreadable = |error: &csv::Error| Error::input(name, error.to_string());
        rows.read_byte_record(&mut row).map_err(|error| unreadable(&error))?;
        let header: Vec<String> = row.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_lowercase()).collect();
        let column = |wanted: &str| header.iter().position(|cell| *cell == wanted.to_lowercase());
        let file = FILE.iter().copied().chain([reader.id_field.as_str()]).find_map(column).ok_or_else(|| {
            Error::input(
                name,
                format!("no column names the file of a row ({} or {})", FILE.join(", "), reader.id_field),
            )
        })?;
        let columns: Vec<(&str, usize)> =
            Metadata::FIELDS.into_iter().filter_map(|ours| column(reader.theirs(ours)).map(|at| (ours, at))).collect();
        if columns.is_empty() {
            let wanted: Vec<&str> = Metadata::FIELDS.into_iter().map(|ours| reader.theirs(ours)).collect();
            return Err(Error::input(name, format!("no column of metadata ({})", wanted.join(", "))));
        }
        let mut errors = Vec::new();
        let mut index = HashMap::with_hasher(FixedState::default());
        loop {
            let (at, line) = (rows.position().byte(), rows.position().line());
            match rows.read_byte_record(&mut row) {
                Ok(false) => break,
                Ok(true) => {}
                Err(error) => {
                    errors.push(unreadable(&error));
                    break;
                }
            }
            // the reader stands before the empty lines that it passes over
            let start = usize::try_from(at).ok().and_then(|at| text.get(at..)).unwrap_or_default();
            let empty = start.bytes().take_while(u8::is_ascii_whitespace).filter(|byte| *byte == b'\n').count();
            let place = format!("{name}:{}", line + empty as u64);
            if row.len() != header.len() {
                errors.push(
                    Error::input(&place, format!("{} cells where the header has {}", row.len(), header.len()))
                        .of_sort("a row of another length than its header"),
                );
                continue;
            }
            let key = key(&String::from_utf8_lossy(row.get(file).unwrap_or_default()));
            if key.is_empty() {
                errors.push(Error::input(&place, "names no file"));
                continue;
            }
            match index.entry(xxh3_64(key.as_bytes())) {
                Entry::Vacant(free) => {
                    free.insert(usize::try_from(at).unwrap_or(usize::MAX));
                }
                Entry::Occupied(_) => errors.push(
                    Error::input(&place, format!("a second row for `{}`", shown(key.as_bytes())))
                        .of_sort("a second row for one file"),
                ),
            }
        }
        let name = name.to_owned();
        Ok((Self { name, text, delimiter, file, columns, rows: index, used: false }, errors))
    }

    fn find(&mut self, reader: &Reader, name: &str) -> Option<Metadata> {
        let wanted = key(name);
        let bare = wanted.strip_suffix(".gz").or_else(|| wanted.strip_suffix(".zst"));
        let metadata =
            [Some(wanted.as_str()), bare].into_iter().flatten().find_map(|wanted| self.row(reader, wanted))?;
        self.used = true;
        Some(metadata)
    }

    fn row(&self, _: &Reader, wanted: &str) -> Option<Metadata> {
        let at = *self.rows.get(&xxh3_64(wanted.as_bytes()))?;
        let text = self.text.get(at..)?;
        let mut rows = ReaderBuilder::new()
            .delimiter(self.delimiter)
            .has_headers(false)
            .buffer_capacity(1 << 10)
            .from_reader(text.as_bytes());
        let mut row = csv::StringRecord::new();
        rows.read_record(&mut row).ok()?;
        if key(row.get(self.file)?) != wanted {
            return None;
        }
        let mut metadata = Metadata::default();
        for (ours, column) in &self.columns {
            if let Some(cell) = row.get(*column).map(str::trim).filter(|cell| !cell.is_empty()) {
                metadata.set(ours, cell);
            }
        }
        Some(metadata)
    }

    fn unused(self) -> Option<Error> {
        (!self.used).then(|| {
            Error::input(&self.name, format!("none of its {} rows names a text here", self.rows.len()))
                .of_sort("a table that names no text here")
        })
    }
}

/// A name of a file as it is compared: its letters composed, `/` between folders.
fn key(name: &str) -> String {
    let name: String = name.trim().nfc().map(|letter| if letter == '\\' { '/' } else { letter }).collect();
    name.strip_prefix("./").map(ToOwned::to_owned).unwrap_or(name)
}

/// What stands between the cells: programs write a comma, a semicolon or a tab, by country.
fn delimiter(header: &str) -> u8 {
    let count = |mark: u8| header.bytes().filter(|byte| *byte == mark).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|mark| count(*mark)).unwrap_or(b',')
}
