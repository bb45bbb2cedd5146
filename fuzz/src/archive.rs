//! Archives and packed files: nothing goes beyond the limits, whoever takes the texts can stop, and whatever one entry
//! is, those beside it are read.

use super::scratch::Scratch;
use std::io::{Cursor, Write as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use viendan::{Error, ErrorKind, Reader, Record};
use zip::write::SimpleFileOptions;

const MAX_BYTES: u64 = 1 << 16;
const MAX_ENTRIES: u64 = 32;
const MAX_EXPANDED: u64 = 1 << 21;

/// Texts beside the entry that may be anything.
const BESIDE: [&str; 2] = ["Căn cứ Luật Đất đai năm 2013;", "Điều 1. Phạm vi"];

/// The laws, for any bytes.
pub fn holds(bytes: &[u8]) {
    let scratch = Scratch::new();
    let ending = ending(bytes);
    let whole = match ending {
        "zip" => "zip",
        "txt.gz" => "tar.gz",
        "txt.zst" => "tar.zst",
        _ => "tar",
    };
    alone_holds(&scratch.file(&format!("whole.{whole}"), bytes), bytes);
    if ending != "zip" {
        alone_holds(&scratch.file(&format!("alone.{ending}"), bytes), bytes);
    }
    // names that differ: a name is read once
    let entry = if ending == "csv" { "metadata.csv".to_owned() } else { format!("b.{ending}") };
    let [first, last] = BESIDE.map(str::as_bytes);
    let entries = [("a.txt", first), (entry.as_str(), bytes), ("c.txt", last)];
    beside_holds(&scratch.file("beside.zip", &zipped(&entries)));
    beside_holds(&scratch.file("beside.tar", &tarred(&entries)));
}

/// What these bytes may be.
fn ending(bytes: &[u8]) -> &'static str {
    match bytes {
        [b'P', b'K', ..] => "zip",
        [0x1F, 0x8B, ..] => "txt.gz",
        [0x28, 0xB5, ..] => "txt.zst",
        [b'<', ..] => "html",
        [b'{', ..] => "jsonl",
        [b'"' | b'f', ..] => "csv",
        _ => "txt",
    }
}

fn reader() -> Reader {
    Reader::new().max_bytes(MAX_BYTES).max_entries(MAX_ENTRIES).max_expanded(MAX_EXPANDED).max_ratio(100)
}

/// All that is read of a file; the reasons are whole.
fn read(path: &Path) -> (Vec<Record>, Vec<Error>) {
    let (mut records, mut errors) = (Vec::new(), Vec::new());
    let inputs = [PathBuf::from(path)];
    let (reader, watch) = (reader(), AtomicU64::new(0));
    let _ = reader.read_watched(&inputs, &watch, &mut |read| {
        match read {
            Ok(record) => records.push(record),
            Err(error) => {
                assert!(matches!(error.kind(), ErrorKind::Input | ErrorKind::PassedOver), "{error}");
                assert!(error.to_string().starts_with(&*path.to_string_lossy()), "no place: {error}");
                assert!(error.reason().len() > 1, "no reason: {error}");
                assert!(!error.to_string().contains('\n'), "{error}");
                errors.push(error);
            }
        }
        ControlFlow::Continue(())
    });
    let size = reader.size(&inputs).unwrap_or(0);
    assert!(watch.load(Ordering::Relaxed) <= size, "more was taken in than there is");
    (records, errors)
}

fn alone_holds(path: &Path, bytes: &[u8]) {
    let (records, errors) = read(path);
    assert!(!bytes.is_empty() || records.is_empty(), "a text out of nothing");
    assert!(!records.is_empty() || !errors.is_empty(), "neither a text nor a reason");
    let lengths = || records.iter().map(|record| record.text.len() as u64);
    // a byte of another encoding may become three
    assert!(lengths().all(|length| length <= 3 * MAX_BYTES), "a text beyond the limit");
    assert!(lengths().sum::<u64>() <= 3 * MAX_EXPANDED.max(bytes.len() as u64), "texts beyond the limit");
    // whoever takes the texts can stop after each
    let mut given = 0;
    let ended = reader().read(&[PathBuf::from(path)], &mut |_| {
        given += 1;
        ControlFlow::Break(())
    });
    assert_eq!((given, ended), (1, ControlFlow::Break(())));
}

/// The texts beside an entry are there, in their order, unless the entry brought the whole archive to its limit.
fn beside_holds(path: &Path) {
    let (records, errors) = read(path);
    let own = format!("{}: expands to more", path.display());
    if errors.iter().any(|error| error.to_string().starts_with(&own)) {
        return;
    }
    for (name, text) in ["a.txt", "c.txt"].into_iter().zip(BESIDE) {
        let source = format!("{}!{name}", path.display());
        let found = records.iter().filter(|record| record.source == source && record.text == text).count();
        assert_eq!(found, 1, "{source} among {records:?} and {errors:?}");
    }
}

fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a name");
        zip.write_all(bytes).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

fn tarred(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, bytes) in entries {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        tar.append_data(&mut header, name, *bytes).expect("memory");
    }
    tar.into_inner().expect("memory")
}
