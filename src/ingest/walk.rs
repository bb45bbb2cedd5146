//! The texts of a folder.

use crate::error::Error;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Endings of files that are read when they lie in a folder. A file that is named is read whatever its ending.
const ENDINGS: [&str; 3] = [".txt", ".jsonl", ".ndjson"];

/// The files with texts within a folder, sorted by name; hidden ones are left alone.
pub(super) fn texts(folder: &Path) -> impl Iterator<Item = Result<PathBuf, Error>> {
    WalkDir::new(folder)
        .follow_links(false)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.'))
        .filter_map(|entry| match entry {
            Ok(entry) => (entry.file_type().is_file() && is_text(entry.path())).then(|| Ok(entry.into_path())),
            Err(error) => {
                let name = error.path().map(|path| path.display().to_string()).unwrap_or_default();
                Some(Err(error
                    .io_error()
                    .map_or_else(|| Error::input(&name, "links in a circle"), |io| super::failure(&name, io))))
            }
        })
}

fn is_text(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let inner = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(&name);
    ENDINGS.iter().any(|ending| inner.ends_with(ending))
}
