//! Opening of stores: any file is refused with a reason or can be read, and is afterwards as it was.

use super::scratch::Scratch;
use std::fs;
use std::ops::ControlFlow;
use std::sync::LazyLock;
use std::time::Duration;
use viendan::{ErrorKind, Extractor, Metadata, Store, StoreEntry, StoreStamp, StoreWriter};

const TEXTS: [&str; 2] = [
    "CHÍNH PHỦ\nSố: 43/2014/NĐ-CP\nHà Nội, ngày 15 tháng 5 năm 2014\nNGHỊ ĐỊNH\nCăn cứ Luật Đất đai ngày 29 tháng 11 năm 2013;\n\
     Điều 1. Nghị định này có hiệu lực kể từ ngày 01 tháng 7 năm 2014, thay thế Nghị định số 181/2004/NĐ-CP.",
    "Sửa đổi khoản 2 Điều 3 Nghị định số 43/2014/NĐ-CP như sau: trả lời Công văn số .../BTC-CST; BXYZ.",
];

/// A good store, as bytes.
static GOOD: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let scratch = Scratch::new();
    let path = scratch.path().join("good.viendan");
    let extractor = Extractor::new();
    let mut writer = StoreWriter::open(&path).expect("a new store");
    for (number, text) in TEXTS.into_iter().enumerate() {
        let metadata = Metadata::default();
        let found = extractor.extract_record(text, Some(&number.to_string()), &metadata).expect("a short text");
        let stamp = StoreStamp::new(&extractor, text, &metadata);
        writer.put(&StoreEntry::new(&found, stamp)).expect("room");
    }
    writer.finish().expect("room");
    fs::read(path).expect("what was written")
});

/// The laws, for any bytes. Those that begin with `S` are a file; all others are changes of a good store, four bytes
/// each: where, in three of them, and the new byte. After `-` the store is also cut there.
pub fn holds(bytes: &[u8]) {
    let Some((first, changes)) = bytes.split_first() else { return file_holds(&[]) };
    if *first == b'S' {
        return file_holds(bytes);
    }
    let mut file = GOOD.clone();
    let place = |change: &[u8; 4]| {
        let [high, middle, low, _] = *change;
        u32::from_be_bytes([0, high, middle, low]) as usize % GOOD.len()
    };
    let (changes, _) = changes.as_chunks::<4>();
    for change in changes {
        if let Some(byte) = file.get_mut(place(change)) {
            *byte = change[3];
        }
    }
    if *first == b'-' {
        file.truncate(changes.first().map_or(0, place));
    }
    file_holds(&file);
}

fn file_holds(bytes: &[u8]) {
    let scratch = Scratch::new();
    let path = scratch.file("some.viendan", bytes);
    match Store::open(&path) {
        Ok(mut store) => {
            assert!(Store::is_store(&path), "opened, and no store");
            for wrong in [store.resolved().err(), store.graph().err()].into_iter().flatten() {
                assert_eq!(wrong.kind(), ErrorKind::Store, "{wrong}");
                one_line(&wrong);
            }
            if let Some(wrong) = asked(&mut store) {
                // a damaged view is one that cannot be asked
                assert!(matches!(wrong.kind(), ErrorKind::Store | ErrorKind::Unknown), "{wrong}");
                one_line(&wrong);
            }
        }
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::Store, "{error}");
            assert!(error.to_string().starts_with(&format!("{}: ", path.display())), "no place: {error}");
            one_line(&error);
        }
    }
    assert_eq!(fs::read(&path).expect("the file is still there"), bytes, "reading changed the file");
}

fn asked(store: &mut Store) -> Option<viendan::Error> {
    let statement = "SELECT * FROM documents LIMIT 20";
    store.sql(statement, Duration::from_secs(5), &mut |_| (), &mut |_| ControlFlow::Continue(())).err()
}

fn one_line(error: &viendan::Error) {
    assert!(!error.to_string().contains('\n'), "{error}");
}
