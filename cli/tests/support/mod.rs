//! What the tests of the command line share: an empty folder for each, files in it, and the program as somebody without
//! a terminal and without wishes about colours and widths would start it. What goes wrong here is no finding of a test; it
//! stops it and says what it was about.

#![expect(clippy::panic, reason = "without its folder and its program a test cannot go on")]
#![allow(dead_code, reason = "each test takes what it needs")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// An empty folder of one test's own.
pub(crate) fn folder(area: &str, name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(area).join(name);
    if path.exists() {
        fs::remove_dir_all(&path).unwrap_or_else(|e| panic!("cannot empty {}: {e}", path.display()));
    }
    fs::create_dir_all(&path).unwrap_or_else(|e| panic!("cannot make {}: {e}", path.display()));
    path
}

/// Writes a file, and the folders on its way.
pub(crate) fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.join(name);
    let above = path.parent().unwrap_or(folder);
    fs::create_dir_all(above).unwrap_or_else(|e| panic!("cannot make {}: {e}", above.display()));
    fs::write(&path, bytes).unwrap_or_else(|e| panic!("cannot write {}: {e}", path.display()));
}

/// The program, about to be started in a folder.
pub(crate) fn viendan(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_viendan"));
    command.current_dir(folder).args(args).stdin(Stdio::null());
    for variable in ["COLUMNS", "CLICOLOR", "CLICOLOR_FORCE", "NO_COLOR"] {
        command.env_remove(variable);
    }
    command
}

/// Runs a command to its end: status, standard output, standard error.
pub(crate) fn ended(command: &mut Command) -> (i32, String, String) {
    told(command.output().unwrap_or_else(|e| panic!("cannot start {command:?}: {e}")))
}

/// What a process that has ended leaves behind. One that a signal ended has no status.
pub(crate) fn told(output: Output) -> (i32, String, String) {
    let status = output.status.code().unwrap_or_else(|| panic!("{}", output.status));
    let text = |bytes| String::from_utf8(bytes).unwrap_or_else(|e| panic!("not UTF-8: {e}"));
    (status, text(output.stdout), text(output.stderr))
}
