//! One reading of inputs: what is open while they are read.

use super::decode::BUFFER;
use super::kind::{Form, Kind, Packing};
use super::limits::Counted;
use super::metadata::Tables;
use super::walk::{self, Found};
use super::{Reader, Record, Sink, failure};
use crate::error::Error;
use crate::model::Metadata;
use std::io::{BufReader, Cursor, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;

/// Bytes at the beginning of a stream that tell what it is.
const HEAD: u64 = 512;

/// Reads inputs one after another and hands on what they hold.
pub(super) struct Session<'r, 's> {
    pub reader: &'r Reader,
    /// Bytes of the inputs that have been taken in.
    pub watch: &'r AtomicU64,
    pub sink: &'r mut Sink<'s>,
}

/// One stream with a text, a page, records or an archive.
pub(super) struct Input<'n> {
    /// As it is shown; the source of a text.
    pub name: &'n str,
    pub kind: Kind,
    /// Found in a folder or an archive, not named by the caller.
    pub found: bool,
    /// What a table beside it says.
    pub metadata: Metadata,
}

impl Session<'_, '_> {
    pub(super) fn give(&mut self, read: Result<Record, Error>) -> ControlFlow<()> {
        (self.sink)(read)
    }

    pub(super) fn inputs(&mut self, inputs: &[PathBuf]) -> ControlFlow<()> {
        for input in inputs {
            if input.as_os_str() == "-" {
                self.standard_input()?;
            } else {
                self.path(input)?;
            }
        }
        ControlFlow::Continue(())
    }

    /// A stream without a name: its first bytes tell what it is.
    fn standard_input(&mut self) -> ControlFlow<()> {
        let mut stream = std::io::stdin().lock();
        let mut head = Vec::new();
        if let Err(error) = (&mut stream).take(HEAD).read_to_end(&mut head) {
            return self.give(Err(failure("-", &error)));
        }
        let packing = Packing::of_bytes(&head);
        let meter = self.reader.meter();
        let raw = Counted { inner: Cursor::new(head).chain(stream), meter: &meter, watch: Some(self.watch) };
        self.unpack("-", packing, raw, &mut |session, stream, meter| {
            let mut head = Vec::new();
            if let Err(error) = (&mut *stream).take(HEAD).read_to_end(&mut head) {
                return session.give(Err(failure("-", &error)));
            }
            let kind = Kind { packing, form: Form::of_bytes(&head) };
            let input = Input { name: "-", kind, found: false, metadata: Metadata::default() };
            session.unpacked(input, &mut Cursor::new(head).chain(stream), meter)
        })
    }

    fn path(&mut self, path: &Path) -> ControlFlow<()> {
        let name = path.display().to_string();
        match std::fs::metadata(path) {
            Err(error) => self.give(Err(failure(&name, &error))),
            Ok(metadata) if metadata.is_dir() => self.folder(path, &name),
            Ok(_) => {
                let kind = Kind::of_name(&name);
                self.file(path, Input { name: &name, kind, found: false, metadata: Metadata::default() })
            }
        }
    }

    fn folder(&mut self, path: &Path, name: &str) -> ControlFlow<()> {
        let mut any = false;
        let mut tables = Tables::default();
        for found in walk::texts(path) {
            match found {
                Ok(Found::Folder(folder)) => {
                    self.give_all(tables.leave(&folder))?;
                    let table = folder.join(super::kind::TABLE);
                    if table.is_file() {
                        let file = std::fs::File::open(&table);
                        let errors = tables.read(self.reader, &folder, &table.display().to_string(), file);
                        self.give_all(errors)?;
                    }
                }
                Ok(Found::Text(file, kind)) => {
                    any = true;
                    let name = file.display().to_string();
                    let metadata = tables.find(self.reader, &file).unwrap_or_default();
                    self.file(&file, Input { name: &name, kind, found: true, metadata })?;
                }
                Err(error) => {
                    any = true;
                    self.give(Err(error))?;
                }
            }
        }
        self.give_all(tables.leave(Path::new("")))?;
        if any { ControlFlow::Continue(()) } else { self.give(Err(Error::input(name, "no texts in this folder"))) }
    }

    fn file(&mut self, path: &Path, input: Input<'_>) -> ControlFlow<()> {
        if input.kind == (Kind { packing: Packing::None, form: Form::Zip }) {
            return self.zip(input.name, path);
        }
        match std::fs::File::open(path) {
            Ok(file) => {
                let meter = self.reader.meter();
                let inner = BufReader::with_capacity(BUFFER, file);
                self.stream(input, Counted { inner, meter: &meter, watch: Some(self.watch) })
            }
            Err(error) => self.give(Err(failure(input.name, &error))),
        }
    }

    pub(super) fn give_all(&mut self, errors: Vec<Error>) -> ControlFlow<()> {
        errors.into_iter().try_for_each(|error| self.give(Err(error)))
    }
}
