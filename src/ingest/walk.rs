//! The texts of a folder.

use super::kind::Kind;
use crate::error::Error;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// What a walk comes by: each folder before what is in it.
pub(super) enum Found {
    Folder(PathBuf),
    Text(PathBuf, Kind),
}

/// The folders and the files with texts within a folder, sorted by name. Hidden ones, and files whose ending names
/// nothing that can be read, are left alone. A file that is named by the caller is read whatever its ending.
pub(super) fn texts(folder: &Path) -> impl Iterator<Item = Result<Found, Error>> {
    WalkDir::new(folder)
        .follow_links(false)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.'))
        .filter_map(|entry| match entry {
            Ok(entry) if entry.file_type().is_dir() => Some(Ok(Found::Folder(entry.into_path()))),
            Ok(entry) if entry.file_type().is_file() => {
                let kind = Kind::of_found(&entry.file_name().to_string_lossy())?;
                Some(Ok(Found::Text(entry.into_path(), kind)))
            }
            Ok(_) => None,
            Err(error) => {
                let name = error.path().map(|path| path.display().to_string()).unwrap_or_default();
                Some(Err(error
                    .io_error()
                    .map_or_else(|| Error::input(&name, "links in a circle"), |io| super::failure(&name, io))))
            }
        })
}
