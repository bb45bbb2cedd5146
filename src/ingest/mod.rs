//! Inputs as they come: files, folders, the standard input, pages, JSON Lines, compressed files, archives. Each
//! text goes to the caller as soon as it is read; what cannot be read goes there too, as a failure that names the
//! input, and the rest is still read. Nothing is ever written, so names in archives are names and no more.

mod archive;
mod decode;
mod html;
mod jsonl;
mod kind;
mod limits;
mod metadata;
mod names;
mod session;
mod tar;
mod walk;
mod zip;

use crate::error::Error;
use crate::model::Metadata;
pub use limits::{MAX_BYTES, MAX_ENTRIES, MAX_EXPANDED, MAX_RATIO};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::AtomicU64;

/// A text with its name and what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Record {
    /// The path as given, `archive.zip!folder/name.txt` for an entry of an archive, or the record's id.
    pub source: String,
    /// The text. Of a page it is what a reader sees; spans of an extraction point into it.
    pub text: String,
    /// What the record, or a table beside the file, says of it.
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
    max_entries: u64,
    max_expanded: u64,
    max_ratio: u64,
    /// Of texts that are no UTF-8 and do not say what they are.
    encoding: Option<&'static encoding_rs::Encoding>,
}

impl Default for Reader {
    fn default() -> Self {
        Self::new()
    }
}

impl Reader {
    /// Reads JSON Lines with the fields `text`, `id` and those of [`Metadata::FIELDS`].
    pub fn new() -> Self {
        Self {
            text_field: "text".into(),
            id_field: "id".into(),
            meta: Vec::new(),
            max_bytes: MAX_BYTES,
            max_entries: MAX_ENTRIES,
            max_expanded: MAX_EXPANDED,
            max_ratio: MAX_RATIO,
            encoding: None,
        }
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

    /// The metadata field `ours` (one of [`Metadata::FIELDS`]) is called `theirs` in the records, and in the
    /// tables `metadata.csv` of folders and archives.
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

    /// The encoding of texts and pages that are no UTF-8, have no byte order mark and name none: a label of the
    /// WHATWG list, such as `windows-1258`.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Unknown`] when there is no such encoding.
    pub fn encoding(mut self, label: &str) -> Result<Self, Error> {
        let encoding = encoding_rs::Encoding::for_label_no_replacement(label.as_bytes());
        self.encoding =
            Some(encoding.ok_or_else(|| {
                Error::unknown(format!("`{label}`: no known encoding (write windows-1258, utf-16le …)"))
            })?);
        Ok(self)
    }

    /// No text longer than this many bytes is read.
    pub fn max_bytes(mut self, bytes: u64) -> Self {
        self.max_bytes = bytes;
        self
    }

    /// No archive is read further than this many entries; a zip archive that has more is not read at all.
    pub fn max_entries(mut self, entries: u64) -> Self {
        self.max_entries = entries;
        self
    }

    /// No packed input or archive is read further than these many unpacked bytes.
    pub fn max_expanded(mut self, bytes: u64) -> Self {
        self.max_expanded = bytes;
        self
    }

    /// No packed text, archive or entry of one is read that becomes more than so many times longer (and more than
    /// 1 MiB). It does not hold for JSON Lines, which are read record by record.
    pub fn max_ratio(mut self, ratio: u64) -> Self {
        self.max_ratio = ratio;
        self
    }

    /// Reads all inputs in their order: files, folders (all within them, by name) and `-` for the standard input.
    ///
    /// What a file holds is told by the ending of its name: `.txt`, `.html`, `.htm`, `.jsonl`, each also with `.gz`
    /// or `.zst`; `.zip`, `.tar`, `.tar.gz`, `.tgz`, `.tar.zst`. A file with another ending is a text when it is
    /// named here, and left alone in a folder or archive. The standard input is known by its first bytes.
    ///
    /// A JSON Lines file in a folder that holds extractions of this library is passed over: the sink gets an error
    /// of [`crate::ErrorKind::PassedOver`].
    pub fn read(&self, inputs: &[PathBuf], sink: &mut Sink<'_>) -> ControlFlow<()> {
        self.read_watched(inputs, &AtomicU64::new(0), sink)
    }

    /// The same; `watch` is told how many bytes of the inputs have been taken in, out of [`Reader::size`].
    pub fn read_watched(&self, inputs: &[PathBuf], watch: &AtomicU64, sink: &mut Sink<'_>) -> ControlFlow<()> {
        session::Session { reader: self, watch, sink }.inputs(inputs)
    }

    /// Counts one packed input against the limits.
    fn meter<'p>(&self) -> limits::Meter<'p> {
        limits::Meter::new(self.max_expanded, self.max_ratio)
    }

    /// Bytes of all files that reading these inputs opens, as they lie on the disk; none when the standard input is
    /// among them. What cannot be read counts nothing.
    #[must_use]
    pub fn size(&self, inputs: &[PathBuf]) -> Option<u64> {
        let length = |path: &std::path::Path| std::fs::metadata(path).map_or(0, |metadata| metadata.len());
        inputs.iter().try_fold(0_u64, |sum, input| {
            if input.as_os_str() == "-" {
                None
            } else if input.is_dir() {
                let files = walk::texts(input).filter_map(|found| match found {
                    Ok(walk::Found::Text(file, _)) => Some(length(&file)),
                    _ => None,
                });
                Some(sum + files.sum::<u64>())
            } else {
                Some(sum + length(input))
            }
        })
    }
}

/// An input error in plain words.
fn failure(name: &str, error: &std::io::Error) -> Error {
    use std::io::ErrorKind;
    if let Some(exceeded) = limits::Exceeded::within(error) {
        return Error::input(name, exceeded.to_string());
    }
    let what = match error.kind() {
        ErrorKind::NotFound => "no such file or folder".to_owned(),
        ErrorKind::PermissionDenied => "not allowed to read it".to_owned(),
        ErrorKind::UnexpectedEof => "cut off".to_owned(),
        _ => match error.to_string().as_str() {
            // the words of the Zstandard library for a file that is none
            "Unknown frame descriptor" => "no Zstandard file".to_owned(),
            "invalid gzip header" => "no gzip file".to_owned(),
            "corrupt deflate stream" | "Data corruption detected" | "Invalid checksum" => "damaged".to_owned(),
            "failed to read entire block" | "unexpected EOF during skip" => "cut off".to_owned(),
            words => names::shown(words.as_bytes()),
        },
    };
    Error::input(name, what)
}
