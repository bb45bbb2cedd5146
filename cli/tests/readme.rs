//! Every command of the README and of the tour is run, and its output is what the page shows.
//!
//! `UPDATE=1` writes the output into the page; a person reads the difference.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where it finds something wrong")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// Columns for which the output is written.
const COLUMNS: &str = "100";

/// Runs a line of a shell at the root of the project, with `viendan` and `cargo run --release --` as the binary that
/// was built for this test. Gives the standard output.
fn run(root: &Path, command: &str) -> String {
    let binary = Path::new(env!("CARGO_BIN_EXE_viendan"));
    let path = std::env::join_paths(
        std::iter::once(binary.parent().unwrap().to_owned())
            .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())),
    );
    let output = Command::new("sh")
        .arg("-c")
        .arg(command.replace("cargo run --release --", "viendan"))
        .current_dir(root)
        .env("PATH", path.unwrap())
        .env("COLUMNS", COLUMNS)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(output.status.success(), "`{command}` {}: {}", output.status, String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("the output is UTF-8")
}

/// The text with the real output below each `$` line of its `console` blocks; `sh` blocks are only run.
fn with_output(root: &Path, text: &str) -> (String, usize) {
    let mut out = String::new();
    let mut language = None;
    let mut commands = 0;
    for line in text.lines() {
        if let Some(fence) = line.strip_prefix("```") {
            language = if language.is_none() { Some(fence) } else { None };
        }
        let command = match language {
            Some("console") => line.strip_prefix("$ "),
            Some("sh") => Some(line).filter(|line| !line.starts_with("```") && !line.starts_with('#')),
            _ => None,
        };
        // what stands in a console block without `$` is the old output
        if language == Some("console") && command.is_none() && !line.starts_with("```") {
            continue;
        }
        out.push_str(line);
        out.push('\n');
        if let Some(command) = command.filter(|command| !command.trim().is_empty()) {
            commands += 1;
            let output = run(root, command);
            if language == Some("console") {
                out.push_str(&output);
            }
        }
    }
    (out, commands)
}

/// At least so many commands stand on the page.
#[track_caller]
fn says_what_it_shows(page: &str, least: usize) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let file = root.join(page);
    let shown = fs::read_to_string(&file).unwrap();
    let (real, commands) = with_output(&root, &shown);
    assert!(commands >= least, "{page} has its commands");
    if real != shown && std::env::var_os("UPDATE").is_some() {
        fs::write(&file, &real).unwrap();
        return;
    }
    let first = shown.lines().zip(real.lines()).find(|(shown, real)| shown != real);
    assert!(
        real == shown,
        "{page} shows other output than the program gives (UPDATE=1 rewrites it); first difference: {first:?}"
    );
}

#[test]
fn the_readme_says_what_it_shows() {
    says_what_it_shows("README.md", 3);
}

#[test]
fn the_tour_says_what_it_shows() {
    says_what_it_shows("docs/tour.md", 12);
}
