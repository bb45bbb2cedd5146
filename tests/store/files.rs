//! Files that are no store, or no whole one; programs that want it at once; statements that do more than read.

use super::{build, dump, entry, fixtures, room, rows};
use std::fs;
use std::path::Path;
use std::time::Duration;
use viendan::{ErrorKind, Extractor, Store, StoreWriter};

/// What opening says, for reading and for writing; the file stays as it is, and nothing stands beside it.
fn refused(path: &Path) -> [String; 2] {
    let before = fs::read(path).ok();
    let mut said = Vec::new();
    for error in [Store::open(path).err(), StoreWriter::open(path).err()] {
        let error = error.unwrap_or_else(|| panic!("{} was opened", path.display()));
        assert_eq!(error.kind(), ErrorKind::Store);
        said.push(error.to_string().replace(&path.display().to_string(), "PATH"));
    }
    assert_eq!(fs::read(path).ok(), before, "{} was changed", path.display());
    let beside = fs::read_dir(path.parent().unwrap()).unwrap().count();
    assert_eq!(beside, 1, "something was left beside {}", path.display());
    [said.remove(0), said.remove(0)]
}

fn twice(words: &str) -> [String; 2] {
    [words.to_owned(), words.to_owned()]
}

#[test]
fn foreign_files_are_named_and_left_alone() {
    let text = room("foreign").join("a.viendan");
    fs::write(&text, "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;".repeat(100)).unwrap();
    assert!(!Store::is_store(&text));
    assert_eq!(refused(&text), twice("PATH: not a store of viendan"));
    let short = room("short").join("a.viendan");
    fs::write(&short, "x").unwrap();
    assert_eq!(refused(&short), twice("PATH: not a store of viendan"));
    let other = room("other").join("a.db");
    let header = {
        // the least SQLite file: the header of a store with another number of its program
        let path = room("model").join("a.viendan");
        drop(StoreWriter::open(&path).unwrap());
        let mut bytes = fs::read(&path).unwrap();
        bytes[68..72].copy_from_slice(&[0, 0, 0, 7]);
        bytes
    };
    fs::write(&other, header).unwrap();
    assert!(!Store::is_store(&other));
    assert_eq!(refused(&other), twice("PATH: an SQLite file of another program, not a store of viendan"));
}

#[test]
fn a_folder_and_a_missing_file() {
    let folder = room("folder");
    let inner = folder.join("inner");
    fs::create_dir(&inner).unwrap();
    assert_eq!(Store::open(&inner).unwrap_err().to_string(), format!("{}: a folder, not a store", inner.display()));
    assert_eq!(
        StoreWriter::open(&inner).unwrap_err().to_string(),
        format!("{}: a folder, not a store", inner.display())
    );
    let missing = folder.join("missing.viendan");
    assert_eq!(Store::open(&missing).unwrap_err().to_string(), format!("{}: no such store", missing.display()));
    let empty = folder.join("empty.viendan");
    fs::write(&empty, "").unwrap();
    assert_eq!(Store::open(&empty).unwrap_err().to_string(), format!("{}: empty, no store", empty.display()));
    // a run that was ended before its first word left this; the next one takes it up
    StoreWriter::open(&empty).unwrap().finish().unwrap();
    assert!(Store::is_store(&empty));
}

#[test]
fn a_store_of_a_newer_version_is_left_alone() {
    let extractor = Extractor::new();
    let path = room("newer").join("a.viendan");
    build(&extractor, &path, &fixtures()[..1]);
    let mut bytes = fs::read(&path).unwrap();
    bytes[60..64].copy_from_slice(&2_u32.to_be_bytes());
    fs::write(&path, bytes).unwrap();
    assert!(Store::is_store(&path));
    assert_eq!(refused(&path), twice("PATH: written by a newer viendan: schema 2, this one knows up to 1"));
}

#[test]
fn a_schema_that_is_no_utf8_is_damage() {
    let extractor = Extractor::new();
    let path = room("schema").join("a.viendan");
    build(&extractor, &path, &fixtures());
    let mut bytes = fs::read(&path).unwrap();
    let view = b"CREATE VIEW documents AS";
    let at = bytes.windows(view.len()).position(|words| words == view).unwrap();
    bytes[at + view.len()] = 0xBF;
    fs::write(&path, &bytes).unwrap();
    let error = Store::open(&path).unwrap_err();
    assert_eq!(error.to_string(), format!("{}: damaged or cut off", path.display()));
}

#[test]
fn a_store_that_was_cut_off_is_named() {
    let extractor = Extractor::new();
    for keep in [150, 4096, 3 * 4096 + 10, 20 * 4096] {
        let path = room(&format!("cut-{keep}")).join("a.viendan");
        build(&extractor, &path, &fixtures());
        let bytes = fs::read(&path).unwrap();
        assert!(bytes.len() > 30 * 4096);
        fs::write(&path, &bytes[..keep]).unwrap();
        let said = refused(&path);
        let words = if keep < 512 { "PATH: not a store of viendan" } else { "PATH: damaged or cut off" };
        assert_eq!(said, twice(words), "{keep} bytes");
    }
}

#[test]
fn two_writers_at_once_end_in_the_union() {
    let extractor = Extractor::new();
    let folder = room("two");
    let path = folder.join("a.viendan");
    let texts = fixtures();
    let (left, right) = texts.split_at(4);
    std::thread::scope(|scope| {
        for half in [left, right] {
            let (path, extractor) = (&path, &extractor);
            scope.spawn(move || {
                let mut writer = StoreWriter::open(path).unwrap();
                for text in half {
                    // a batch of one text: each waits for the other and learns what it wrote
                    writer.put(&entry(extractor, text)).unwrap();
                    writer.commit().unwrap();
                }
                writer.finish().unwrap();
            });
        }
    });
    let alone = folder.join("alone.viendan");
    build(&extractor, &alone, &texts);
    assert_eq!(dump(&path), dump(&alone));
}

#[test]
fn a_writer_that_has_waited_long_enough_says_so() {
    let extractor = Extractor::new();
    let path = room("patience").join("a.viendan");
    let texts = fixtures();
    build(&extractor, &path, &texts[..1]);
    let before = dump(&path);
    let mut first = StoreWriter::open(&path).unwrap();
    first.put(&entry(&extractor, &texts[1])).unwrap();
    let mut second = StoreWriter::open(&path).unwrap().patience(Duration::from_millis(50)).unwrap();
    let error = second.put(&entry(&extractor, &texts[2])).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Store);
    let said = format!("{}: another program is writing to it; try again when it is done", path.display());
    assert_eq!(error.to_string(), said);
    assert_eq!(dump(&path), before);
    // when the first is done the second can go on
    first.finish().unwrap();
    second.put(&entry(&extractor, &texts[2])).unwrap();
    second.finish().unwrap();
    let alone = path.with_file_name("alone.viendan");
    build(&extractor, &alone, &texts[..3]);
    assert_eq!(dump(&path), dump(&alone));
}

#[test]
fn a_reader_sees_whole_batches_while_a_writer_writes() {
    let extractor = Extractor::new();
    let path = room("reader").join("a.viendan");
    let texts = fixtures();
    build(&extractor, &path, &texts[..2]);
    let mut writer = StoreWriter::open(&path).unwrap();
    writer.put(&entry(&extractor, &texts[2])).unwrap();
    assert_eq!(rows(&path, "SELECT count(*) FROM sources").unwrap().concat(), ["Integer(2)"]);
    writer.commit().unwrap();
    assert_eq!(rows(&path, "SELECT count(*) FROM sources").unwrap().concat(), ["Integer(3)"]);
}

#[test]
fn statements_may_only_read_and_not_for_long() {
    let extractor = Extractor::new();
    let path = room("sql").join("a.viendan");
    build(&extractor, &path, &fixtures()[..2]);
    let before = fs::read(&path).unwrap();
    let wrong = |statement: &str| {
        let error = rows(&path, statement).unwrap_err();
        (error.kind(), error.to_string())
    };
    let beside = path.with_file_name("other.db");
    for statement in [
        "DELETE FROM key",
        "CREATE TABLE t (x)",
        "DROP VIEW documents",
        "PRAGMA user_version = 9",
        "VACUUM",
        &format!("VACUUM INTO '{}'", beside.display()),
        &format!("ATTACH '{}' AS o", beside.display()),
        "BEGIN",
        "SELECT load_extension('x')",
    ] {
        let said = wrong(statement);
        assert_eq!(said, (ErrorKind::Unknown, format!("`{statement}`: a statement may only read")));
    }
    assert!(!beside.exists());
    let said = wrong("SELECT missing FROM documents");
    assert_eq!(said, (ErrorKind::Unknown, "`SELECT missing FROM documents`: no such column: missing".into()));
    assert_eq!(wrong("SELECT 1; SELECT 2").1, "`SELECT 1; SELECT 2`: more than one statement");
    let endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    let error = Store::open(&path)
        .unwrap()
        .sql(endless, Duration::from_millis(50), &mut |_| {}, &mut |_| std::ops::ControlFlow::Continue(()))
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Store);
    assert_eq!(error.to_string(), format!("{}: no answer within 0.05 s", path.display()));
    assert_eq!(fs::read(&path).unwrap(), before);
}
