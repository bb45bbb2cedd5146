//! Inputs as they come: files, folders, the standard input, JSON Lines, compressed files. Each text goes to the
//! caller as soon as it is read; what cannot be read goes there too, as a failure that names the input, and the
//! rest is still read.

mod decode;
mod jsonl;
mod walk;

use crate::error::Error;
use crate::model::Metadata;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// A text with its name and what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Record {
    /// The path as given, or the record's id.
    pub source: String,
    /// The text.
    pub text: String,
    /// What the record says of it beside the text.
    pub metadata: Metadata,
}

/// Takes what is read; `Break` ends the reading.
pub type Sink<'s> = dyn FnMut(Result<Record, Error>) -> ControlFlow<()> + 's;

/// How inputs are read.
///
/// ```
/// use std::ops::ControlFlow;
/// # let folder = std::env::temp_dir().join(format!("viendan-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// let archive = folder.join("archive.jsonl");
/// std::fs::write(&archive, r#"{"no": "12", "content": "Căn cứ Luật Đất đai năm 2013;"}"#)?;
/// let reader = viendan::Reader::new().text_field("content").id_field("no");
/// let (mut texts, mut failures) = (Vec::new(), Vec::new());
/// let _ = reader.read(&[archive, folder.join("missing.txt")], &mut |read| {
///     match read {
///         Ok(record) => texts.push((record.source, record.text)),
///         Err(error) => failures.push(error.to_string()),
///     }
///     ControlFlow::Continue(())
/// });
/// assert_eq!(texts, [("12".to_owned(), "Căn cứ Luật Đất đai năm 2013;".to_owned())]);
/// assert!(failures[0].ends_with("missing.txt: no such file or folder"));
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct Reader {
    text_field: String,
    id_field: String,
    /// Names of metadata fields in records: ours and theirs.
    meta: Vec<(String, String)>,
    max_bytes: u64,
}

/// A text may be this long unless another limit is set: 256 MiB.
pub const MAX_BYTES: u64 = 256 << 20;

impl Default for Reader {
    fn default() -> Self {
        Self::new()
    }
}

impl Reader {
    /// Reads JSON Lines with the fields `text`, `id` and those of [`Metadata::FIELDS`].
    pub fn new() -> Self {
        Self { text_field: "text".into(), id_field: "id".into(), meta: Vec::new(), max_bytes: MAX_BYTES }
    }

    /// The field of a record that holds its text.
    pub fn text_field(mut self, name: impl Into<String>) -> Self {
        self.text_field = name.into();
        self
    }

    /// The field of a record that holds its name.
    pub fn id_field(mut self, name: impl Into<String>) -> Self {
        self.id_field = name.into();
        self
    }

    /// The metadata field `ours` (one of [`Metadata::FIELDS`]) is called `theirs` in the records.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Unknown`] when `ours` is no metadata field.
    pub fn meta(mut self, ours: &str, theirs: &str) -> Result<Self, Error> {
        if !Metadata::FIELDS.contains(&ours) {
            return Err(Error::unknown(format!(
                "`{ours}`: not a metadata field (there are {})",
                Metadata::FIELDS.join(", ")
            )));
        }
        self.meta.push((ours.into(), theirs.into()));
        Ok(self)
    }

    /// No text longer than this many bytes is read.
    pub fn max_bytes(mut self, bytes: u64) -> Self {
        self.max_bytes = bytes;
        self
    }

    /// Reads all inputs in their order: files, folders (all within them, by name) and `-` for the standard input.
    ///
    /// A JSON Lines file in a folder that holds extractions of this library is passed over: the sink gets an error
    /// of [`crate::ErrorKind::PassedOver`].
    pub fn read(&self, inputs: &[PathBuf], sink: &mut Sink<'_>) -> ControlFlow<()> {
        for input in inputs {
            if input.as_os_str() == "-" {
                self.stream("-", Kind::of_name("-"), &mut std::io::stdin().lock(), sink)?;
            } else {
                self.path(input, sink)?;
            }
        }
        ControlFlow::Continue(())
    }

    fn path(&self, path: &Path, sink: &mut Sink<'_>) -> ControlFlow<()> {
        let name = path.display().to_string();
        match std::fs::metadata(path) {
            Err(error) => sink(Err(failure(&name, &error))),
            Ok(metadata) if metadata.is_dir() => self.folder(path, &name, sink),
            Ok(_) => self.file(path, &name, false, sink),
        }
    }

    fn folder(&self, path: &Path, name: &str, sink: &mut Sink<'_>) -> ControlFlow<()> {
        let mut any = false;
        for found in walk::texts(path) {
            any = true;
            match found {
                Ok(file) => self.file(&file, &file.display().to_string(), true, sink)?,
                Err(error) => sink(Err(error))?,
            }
        }
        if any { ControlFlow::Continue(()) } else { sink(Err(Error::input(name, "no texts in this folder"))) }
    }

    fn file(&self, path: &Path, name: &str, found: bool, sink: &mut Sink<'_>) -> ControlFlow<()> {
        match std::fs::File::open(path) {
            Ok(file) => self.stream(
                name,
                Kind { found, ..Kind::of_name(name) },
                &mut std::io::BufReader::with_capacity(1 << 18, file),
                sink,
            ),
            Err(error) => sink(Err(failure(name, &error))),
        }
    }
}

/// What an input holds, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Kind {
    packing: Packing,
    lines: bool,
    /// Found in a folder, not named by the caller.
    found: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packing {
    None,
    Gzip,
    Zstd,
}

impl Kind {
    fn of_name(name: &str) -> Self {
        let lower = name.to_lowercase();
        let (packing, inner) = if let Some(inner) = lower.strip_suffix(".gz") {
            (Packing::Gzip, inner)
        } else if let Some(inner) = lower.strip_suffix(".zst") {
            (Packing::Zstd, inner)
        } else {
            (Packing::None, lower.as_str())
        };
        Self { packing, lines: [".jsonl", ".ndjson"].iter().any(|end| inner.ends_with(end)), found: false }
    }
}

/// An input error in plain words.
fn failure(name: &str, error: &std::io::Error) -> Error {
    use std::io::ErrorKind;
    let what = match error.kind() {
        ErrorKind::NotFound => "no such file or folder".to_owned(),
        ErrorKind::PermissionDenied => "not allowed to read it".to_owned(),
        ErrorKind::UnexpectedEof => "cut off".to_owned(),
        _ => match error.to_string() {
            // the words of the Zstandard library for a file that is none
            words if words == "Unknown frame descriptor" => "no Zstandard file".to_owned(),
            words if words == "invalid gzip header" => "no gzip file".to_owned(),
            words => words,
        },
    };
    Error::input(name, what)
}
