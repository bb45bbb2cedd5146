//! The inputs under `fuzz/corpus` put through the laws that the fuzzer checks: what was once found stays repaired.

#![expect(clippy::expect_used, reason = "a test stops where it finds something wrong")]

// what is public there is for the targets of the fuzzer
#[expect(unreachable_pub, reason = "the same file is a library of its own")]
#[path = "../fuzz/src/lib.rs"]
mod laws;

use std::fs;
use std::path::{Path, PathBuf};

/// The kept inputs of a target, by name.
fn inputs(target: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let entries = fs::read_dir(&folder).expect("every target has inputs");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a file").path()).collect();
    paths.sort();
    paths
}

fn replay(target: &str, holds: fn(&[u8])) {
    let inputs = inputs(target);
    assert!(!inputs.is_empty(), "no inputs for {target}");
    for path in inputs {
        // the last one named is the one that fails
        eprintln!("{}", path.display());
        holds(&fs::read(&path).expect("a file"));
    }
}

#[test]
fn archives() {
    replay("archive", laws::archive::holds);
}

#[test]
fn extraction() {
    replay("extract", laws::extract::holds);
}

#[test]
fn fragments() {
    replay("fragments", laws::fragments::holds);
}

#[test]
fn pages() {
    replay("html", laws::html::holds);
}

#[test]
fn normalisation() {
    replay("normalise", laws::normalise::holds);
}

#[test]
fn stores() {
    replay("store", laws::store::holds);
}

#[test]
fn tables() {
    replay("table", laws::table::holds);
}

#[test]
fn the_inputs_stay_few_and_small() {
    let mut bytes = 0;
    for target in ["archive", "extract", "fragments", "html", "normalise", "store", "table"] {
        let inputs = inputs(target);
        assert!(inputs.len() <= 40, "{} inputs for {target}", inputs.len());
        bytes += inputs.iter().map(|path| fs::metadata(path).expect("a file").len()).sum::<u64>();
    }
    assert!(bytes <= 300_000, "{bytes} bytes of inputs");
}
