//! Writes out the texts that spans point into.

use crate::status::Stop;
use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use viendan::WireText;

/// Bytes of a part of a file's name; longer ones are cut. File systems allow 255.
const LONGEST: usize = 200;

/// Where texts go.
pub(crate) enum Texts {
    /// One file each, and the names that have been given.
    Folder { path: PathBuf, given: HashSet<String> },
    /// One record a line.
    Records(BufWriter<File>, String),
}

impl Texts {
    /// A name that ends in `.jsonl` is a file of records, any other a folder; it is made if it is not there.
    pub(crate) fn create(path: &Path) -> Result<Self, Stop> {
        let name = path.display().to_string();
        if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("jsonl")) {
            let file = File::create(path).map_err(|error| failed(&name, &error))?;
            return Ok(Self::Records(BufWriter::with_capacity(1 << 16, file), name));
        }
        fs::create_dir_all(path).map_err(|error| failed(&name, &error))?;
        Ok(Self::Folder { path: path.to_owned(), given: HashSet::new() })
    }

    pub(crate) fn write(&mut self, source: &str, text: &str) -> Result<(), Stop> {
        match self {
            Self::Records(file, name) => {
                let line =
                    serde_json::to_string(&WireText::new(source, text)).map_err(|error| failed(name, &error.into()))?;
                writeln!(file, "{line}").map_err(|error| failed(name, &error))
            }
            Self::Folder { path, given } => {
                let file = path.join(free(source, given));
                let folder = file.parent().map_or(Ok(()), fs::create_dir_all);
                folder
                    .and_then(|()| fs::write(&file, text))
                    .map_err(|error| failed(&file.display().to_string(), &error))
            }
        }
    }

    pub(crate) fn finish(self) -> Result<(), Stop> {
        match self {
            Self::Records(mut file, name) => file.flush().map_err(|error| failed(&name, &error)),
            Self::Folder { .. } => Ok(()),
        }
    }
}

fn failed(name: &str, error: &std::io::Error) -> Stop {
    Stop::Failed(format!("--emit-text {name}: {error}"))
}

/// A name that no other text of this run has; a second of one name gets `~2`.
fn free(source: &str, given: &mut HashSet<String>) -> String {
    let stem = inside(source);
    let mut name = format!("{stem}.txt");
    let mut number = 1;
    // file systems may not tell cases apart
    while !given.insert(name.to_lowercase()) {
        number += 1;
        name = format!("{stem}~{number}.txt");
    }
    name
}

/// A path inside a folder for any source: its own parts, with all that leads elsewhere or is no letter of a file's
/// name written as `%` and two digits.
fn inside(source: &str) -> String {
    let source = source.strip_suffix(".txt").unwrap_or(source);
    let parts = source.split('/').filter(|part| !part.is_empty() && *part != ".").map(|part| {
        let mut out = String::with_capacity(part.len());
        for letter in part.chars() {
            if out.len() > LONGEST {
                break;
            }
            let first_or_last_dot = letter == '.' && (out.is_empty() || part == "..");
            if letter.is_control() || first_or_last_dot || "\\:*?\"<>|%".contains(letter) {
                let mut bytes = [0; 4];
                for byte in letter.encode_utf8(&mut bytes).bytes() {
                    let _ = write!(out, "%{byte:02X}");
                }
            } else {
                out.push(letter);
            }
        }
        out
    });
    let path = parts.collect::<Vec<_>>().join("/");
    if path.is_empty() { "text".to_owned() } else { path }
}

#[cfg(test)]
mod tests {
    use super::free;
    use std::collections::HashSet;

    #[test]
    fn names_stay_inside_and_apart() {
        let mut given = HashSet::new();
        let mut name = |source: &str| free(source, &mut given);
        assert_eq!(name("in/a.txt"), "in/a.txt");
        assert_eq!(name("in/a"), "in/a~2.txt");
        assert_eq!(name("IN/A.txt"), "IN/A~3.txt");
        assert_eq!(name("a.zip!văn bản/b.html"), "a.zip!văn bản/b.html.txt");
        assert_eq!(name("../../etc/./x"), "%2E%2E/%2E%2E/etc/x.txt");
        assert_eq!(name("/etc/.x"), "etc/%2Ex.txt");
        assert_eq!(name("30/2020/NĐ-CP"), "30/2020/NĐ-CP.txt");
        assert_eq!(name("C:\\a\u{1b}%"), "C%3A%5Ca%1B%25.txt");
        assert_eq!(name("-"), "-.txt");
        assert_eq!(name("/"), "text.txt");
        assert_eq!(name(&"ữ".repeat(400)).len(), 67 * 3 + 4);
    }
}
