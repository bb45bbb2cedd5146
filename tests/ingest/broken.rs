//! Archives that are not good: each thing wrong is said, the rest is read.

use super::make::{Room, encrypted, gzip, header, tarred, zipped, zstandard};
use super::{read, sources};
use std::io::Write as _;
use tar::EntryType;
use viendan::Reader;
use zip::write::SimpleFileOptions;

const TEXT: &str = "Luật số 59/2010/QH12\n";

#[test]
fn names_that_lead_elsewhere() {
    let names = ["../x.txt", "/etc/passwd.txt", "a/../../x.txt", "C:\\x.txt", "a\\..\\x.txt", "good.txt"];
    let expected = |archive: &str| {
        let outside = "its name leads out of the archive";
        [
            format!("{archive}!../x.txt: {outside}"),
            format!("{archive}!/etc/passwd.txt: its name is absolute"),
            format!("{archive}!a/../../x.txt: {outside}"),
            format!("{archive}!C:\\x.txt: its name is absolute"),
            format!("{archive}!a\\..\\x.txt: {outside}"),
        ]
    };
    let entries: Vec<(&str, &str)> = names.iter().map(|name| (*name, TEXT)).collect();
    let room = Room::new("outside").with("a.tar", tarred(&entries)).with("a.zip", zipped(&entries));
    for archive in ["a.tar", "a.zip"] {
        let (records, failures) = read(&Reader::new(), &room, &[archive]);
        assert_eq!(failures, expected(archive));
        assert_eq!(sources(&records), [format!("{archive}!good.txt")]);
    }
}

#[test]
fn names_that_steer_a_terminal_are_written_out() {
    let mut tar = tar::Builder::new(Vec::new());
    for name in [&b"\x1b[2J\x07.txt"[..], "a\u{202e}b\u{9b}.txt".as_bytes(), b"C\xe9n.txt", b"\x1b]0;x/../y.txt"] {
        tar.append(&header(name, EntryType::Regular, TEXT.len() as u64), TEXT.as_bytes()).unwrap();
    }
    let room = Room::new("terminal").with("a.tar", tar.into_inner().unwrap());
    let (records, failures) = read(&Reader::new(), &room, &["a.tar"]);
    assert_eq!(sources(&records), ["a.tar!\\u{1b}[2J\\u{7}.txt", "a.tar!a\\u{202e}b\\u{9b}.txt", "a.tar!C\\xe9n.txt"]);
    assert_eq!(failures, ["a.tar!\\u{1b}]0;x/../y.txt: its name leads out of the archive"]);
}

#[test]
fn what_is_no_file() {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, kind) in [
        ("s.txt", EntryType::Symlink),
        ("h.txt", EntryType::Link),
        ("c", EntryType::Char),
        ("b", EntryType::Block),
        ("f.txt", EntryType::Fifo),
    ] {
        tar.append(&header(name.as_bytes(), kind, 0), &b""[..]).unwrap();
    }
    tar.append(&header(b"good.txt", EntryType::Regular, TEXT.len() as u64), TEXT.as_bytes()).unwrap();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.add_symlink("s.txt", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    zip.add_directory("d.txt/", SimpleFileOptions::default()).unwrap();
    zip.start_file("good.txt", SimpleFileOptions::default()).unwrap();
    zip.write_all(TEXT.as_bytes()).unwrap();
    let room =
        Room::new("kinds").with("a.tar", tar.into_inner().unwrap()).with("a.zip", zip.finish().unwrap().into_inner());
    let (records, failures) = read(&Reader::new(), &room, &["a.tar", "a.zip"]);
    let (link, device) = ("a link, not a text", "a device, not a text");
    assert_eq!(
        failures,
        [
            format!("a.tar!s.txt: {link}"),
            format!("a.tar!h.txt: {link}"),
            format!("a.tar!c: {device}"),
            format!("a.tar!b: {device}"),
            format!("a.tar!f.txt: {device}"),
            format!("a.zip!s.txt: {link}"),
        ]
    );
    assert_eq!(sources(&records), ["a.tar!good.txt", "a.zip!good.txt"]);
}

#[test]
fn archives_within_archives_and_names_met_twice() {
    let inner = zipped(&[("x.txt", TEXT)]);
    let entries: Vec<(&str, &[u8])> = vec![
        ("i.zip", &inner),
        ("i.tar.gz", b"x"),
        ("a.txt", TEXT.as_bytes()),
        ("./a.txt", TEXT.as_bytes()),
        ("b.txt", TEXT.as_bytes()),
    ];
    let room = Room::new("nested").with("a.tar", tarred(&entries)).with("a.zip", zipped(&entries));
    for archive in ["a.tar", "a.zip"] {
        let (records, failures) = read(&Reader::new(), &room, &[archive]);
        assert_eq!(
            failures,
            [
                format!("{archive}!i.zip: an archive within an archive is not read"),
                format!("{archive}!i.tar.gz: an archive within an archive is not read"),
                format!("{archive}!a.txt: a second entry of this name"),
            ]
        );
        assert_eq!(sources(&records), [format!("{archive}!a.txt"), format!("{archive}!b.txt")]);
    }
}

#[test]
fn encrypted_entries_and_unknown_methods() {
    let mut foreign = zipped(&[("a.txt", TEXT), ("b.txt", TEXT)]);
    // the first entry says that it is packed with bzip2
    for at in 0..foreign.len() - 12 {
        match &foreign[at..at + 4] {
            b"PK\x03\x04" if foreign[at + 30..].starts_with(b"a.txt") => foreign[at + 8] = 12,
            b"PK\x01\x02" if foreign[at + 46..].starts_with(b"a.txt") => foreign[at + 10] = 12,
            _ => {}
        }
    }
    let room = Room::new("encrypted")
        .with("e.zip", encrypted(zipped(&[("a.txt", TEXT), ("b.pdf", TEXT)])))
        .with("m.zip", foreign);
    let (records, failures) = read(&Reader::new(), &room, &["e.zip", "m.zip"]);
    assert_eq!(failures, ["e.zip!a.txt: encrypted", "m.zip!a.txt: compression method not supported: 12"]);
    assert_eq!(sources(&records), ["m.zip!b.txt"]);
}

#[test]
fn too_many_entries() {
    let names: Vec<String> = (0..12).map(|n| format!("{n}.txt")).collect();
    let entries: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), TEXT)).collect();
    let room = Room::new("many").with("a.tar.gz", gzip(&tarred(&entries))).with("a.zip", zipped(&entries));
    let reader = Reader::new().max_entries(10);
    let (records, failures) = read(&reader, &room, &["a.tar.gz", "a.zip"]);
    assert_eq!(
        failures,
        ["a.tar.gz: more than the limit of 10 entries", "a.zip: 12 entries, more than the limit of 10"]
    );
    assert_eq!(records.len(), 10, "a tar archive is read as far as the limit");
    let (records, failures) = read(&Reader::new().max_entries(12), &room, &["a.tar.gz", "a.zip"]);
    assert_eq!((records.len(), failures), (24, vec![]));
}

#[test]
fn bombs_do_not_go_off() {
    let zeros = vec![0; 3 << 20];
    let entries: Vec<(&str, &[u8])> =
        vec![("a.txt", TEXT.as_bytes()), ("bomb.txt", &zeros), ("b.txt", TEXT.as_bytes())];
    let (zip, tar) = (zipped(&entries), tarred(&entries));
    let mut inner = vec![("p.txt.zst", zstandard(&zeros))];
    inner.push(("c.txt", TEXT.into()));
    let room = Room::new("bombs")
        .with("a.zip", zip)
        .with("a.tar.gz", gzip(&tar))
        .with("i.tar", tarred(&inner))
        .with("i.zip", zipped(&inner))
        .with("t.txt.zst", zstandard(&zeros))
        .with("h.html.gz", gzip(&zeros))
        .with("z.tar.gz", gzip(&zeros));
    let ratio = "expands to more than 100 times its size";
    let reader = Reader::new().max_ratio(100);
    let inputs = ["a.zip", "a.tar.gz", "i.tar", "i.zip", "t.txt.zst", "h.html.gz", "z.tar.gz"];
    let (records, failures) = read(&reader, &room, &inputs);
    assert_eq!(
        failures,
        [
            format!("a.zip!bomb.txt: {ratio}"),
            // the archive is three megabytes of one kilobyte as a whole
            format!("a.zip: {ratio}"),
            format!("a.tar.gz!bomb.txt: {ratio}"),
            format!("i.tar!p.txt.zst: {ratio}"),
            format!("i.zip!p.txt.zst: {ratio}"),
            format!("i.zip: {ratio}"),
            format!("t.txt.zst: {ratio}"),
            format!("h.html.gz: {ratio}"),
            // blocks of zeros end an archive; what is behind them is not read for ever
            format!("z.tar.gz: {ratio}"),
        ]
    );
    assert_eq!(sources(&records), ["a.zip!a.txt", "a.tar.gz!a.txt", "i.tar!c.txt"]);
    // the length that an entry names is believed when it is too long
    let reader = Reader::new().max_bytes(1 << 20);
    let (records, failures) = read(&reader, &room, &["a.zip", "a.tar.gz"]);
    let long = "longer than the limit of 1048576 bytes";
    assert_eq!(failures, [format!("a.zip!bomb.txt: {long}"), format!("a.tar.gz!bomb.txt: {long}")]);
    assert_eq!(records.len(), 4);
    let reader = Reader::new().max_expanded(2 << 20).max_ratio(u64::MAX);
    let (records, failures) = read(&reader, &room, &["a.zip", "a.tar.gz", "t.txt.zst"]);
    let bytes = "expands to more than the limit of 2097152 bytes";
    assert_eq!(
        failures,
        [
            format!("a.zip!bomb.txt: {bytes}"),
            format!("a.zip: {bytes}"),
            format!("a.tar.gz!bomb.txt: {bytes}"),
            format!("t.txt.zst: {bytes}")
        ]
    );
    assert_eq!(records.len(), 2);
}

#[test]
fn an_entry_that_expands_too_far_says_nothing_of_the_others() {
    // letters that do not pack well keep the ratio of the archive low
    let mut state = 1_u64;
    let noise: String = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        char::from(b'a' + u8::try_from(state >> 60).unwrap())
    })
    .take(200_000)
    .collect();
    let zeros = vec![0; 2 << 20];
    let entries: Vec<(&str, &[u8])> = vec![("bomb.txt", &zeros), ("b.txt", noise.as_bytes())];
    let room = Room::new("one-bomb").with("a.zip", zipped(&entries));
    let (records, failures) = read(&Reader::new().max_ratio(100), &room, &["a.zip"]);
    assert_eq!(failures, ["a.zip!bomb.txt: expands to more than 100 times its size"]);
    assert_eq!(sources(&records), ["a.zip!b.txt"]);
}

#[test]
fn a_lie_about_the_length_is_no_way_round_the_limits() {
    let mut zip = zipped(&[("a.txt", vec![b'a'; 2 << 20])]);
    // the directory and the entry say: ten bytes
    for at in 0..zip.len() - 30 {
        let field = match &zip[at..at + 4] {
            b"PK\x03\x04" => at + 22,
            b"PK\x01\x02" => at + 24,
            _ => continue,
        };
        zip[field..field + 4].copy_from_slice(&10_u32.to_le_bytes());
    }
    let room = Room::new("lie").with("a.zip", zip);
    let (records, failures) = read(&Reader::new().max_bytes(1 << 20).max_ratio(u64::MAX), &room, &["a.zip"]);
    assert_eq!((records.len(), failures.len()), (0, 1), "{failures:?}");
    assert!(failures[0].starts_with("a.zip!a.txt: "), "{failures:?}");
}

#[test]
fn archives_that_are_cut_off() {
    let long = "Luật số 59/2010/QH12\n".repeat(200);
    let tar = tarred(&[("a.txt", TEXT), ("b.txt", &long)]);
    let zip = zipped(&[("a.txt", TEXT), ("b.txt", &long)]);
    let packed = gzip(&tar);
    let room = Room::new("cut")
        .with("entry.tar", &tar[..2000])
        .with("header.tar", &tar[..1200])
        .with("end.tar", &tar[..tar.len() - 1024])
        .with("a.tar.gz", &packed[..packed.len() / 2])
        .with("crc.tar.gz", &packed[..packed.len() - 4])
        .with("a.zip", &zip[..zip.len() - 30])
        .with("empty.tar", "")
        .with("empty.zip", "")
        .with("empty.tar.gz", "")
        .with("empty.txt.zst", "")
        .with("zeros.tar", [0; 1024])
        .with("nothing.zip", zipped::<&str>(&[]))
        .with("text.tar", TEXT.repeat(100))
        .with("text.tgz", TEXT)
        .with("text.zip", TEXT);
    let one = |name: &str| {
        let (records, failures) = read(&Reader::new(), &room, &[name]);
        (records.len(), failures)
    };
    let said = |count: usize, words: &str| (count, vec![words.to_owned()]);
    assert_eq!(one("entry.tar"), said(1, "entry.tar!b.txt: cut off"));
    assert_eq!(one("header.tar"), said(1, "header.tar: after `header.tar!a.txt`: cut off"));
    assert_eq!(one("a.tar.gz").1.len(), 1);
    assert_eq!(one("crc.tar.gz"), said(2, "crc.tar.gz: cut off"));
    assert_eq!(one("a.zip"), said(0, "a.zip: no zip archive, or cut off"));
    assert_eq!(one("empty.tar"), said(0, "empty.tar: empty"));
    assert_eq!(one("empty.zip"), said(0, "empty.zip: empty"));
    assert_eq!(one("empty.tar.gz"), said(0, "empty.tar.gz: empty"));
    assert_eq!(one("empty.txt.zst"), said(0, "empty.txt.zst: empty"));
    assert_eq!(one("zeros.tar"), said(0, "zeros.tar: no texts in this archive"));
    assert_eq!(one("nothing.zip"), said(0, "nothing.zip: no texts in this archive"));
    assert_eq!(one("text.tar"), said(0, "text.tar: no tar archive"));
    assert_eq!(one("text.tgz"), said(0, "text.tgz: no gzip file"));
    assert_eq!(one("text.zip"), said(0, "text.zip: no zip archive, or cut off"));
    let whole = tarred(&[("a.txt", TEXT)]);
    let room = Room::new("cut-end").with("end.tar", &whole[..1024]);
    let (records, failures) = read(&Reader::new(), &room, &["end.tar"]);
    assert_eq!((records.len(), failures), (1, vec!["end.tar: cut off".to_owned()]));
}

#[test]
fn a_damaged_entry_does_not_keep_the_others() {
    let mut zip = zipped(&[("a.txt", TEXT), ("b.txt", TEXT)]);
    let at = zip.windows(5).position(|bytes| bytes == b"a.txt").unwrap();
    zip[at + 10] ^= 0xFF;
    let room = Room::new("damaged").with("a.zip", zip);
    let (records, failures) = read(&Reader::new(), &room, &["a.zip"]);
    assert_eq!(sources(&records), ["a.zip!b.txt"]);
    assert_eq!(failures, ["a.zip!a.txt: damaged"]);
}

#[test]
fn texts_in_archives_fail_one_by_one() {
    let entries: Vec<(&str, &[u8])> = vec![
        ("latin.txt", b"C\xe9n"),
        ("empty.txt", b""),
        ("no.html", b"<p></p>"),
        ("not.txt.gz", b"this is not a compressed file"),
        ("r.jsonl", b"{\"text\": 1}\n{\"text\": \"a\"}\n"),
        ("out.jsonl", b"{\"schema\": \"viendan/1\"}\n"),
        ("good.txt", b"x"),
    ];
    let room = Room::new("texts").with("a.tar", tarred(&entries)).with("a.zip", zipped(&entries));
    for archive in ["a.tar", "a.zip"] {
        let (records, failures) = read(&Reader::new(), &room, &[archive]);
        let expected = [
            "latin.txt: byte 1: not valid UTF-8, and no other known encoding",
            "empty.txt: empty",
            "no.html: no text in this page",
            "not.txt.gz: no gzip file",
            "r.jsonl:1: field `text` is not a string",
            "out.jsonl: holds extractions, not texts",
        ];
        assert_eq!(failures, expected.map(|words| format!("{archive}!{words}")));
        assert_eq!(sources(&records), [format!("{archive}!r.jsonl:2"), format!("{archive}!good.txt")]);
    }
}

#[test]
fn no_bytes_make_it_panic() {
    let good = zipped(&[("a.txt", TEXT), ("b.html", "<p>x</p>")]);
    let tar = tarred(&[("a.txt", TEXT), ("b.html", "<p>x</p>")]);
    let room = Room::new("flipped");
    let mut state = 7_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    for round in 0..300 {
        for (name, bytes) in [("f.zip", &good), ("f.tar", &tar)] {
            let mut bytes = bytes.clone();
            for _ in 0..=round % 5 {
                let at = next(bytes.len());
                bytes[at] = u8::try_from(next(256)).unwrap();
            }
            std::fs::write(room.path(name), bytes).unwrap();
            let (records, failures) = read(&Reader::new(), &room, &[name]);
            assert!(records.len() + failures.len() > 0);
        }
    }
}
