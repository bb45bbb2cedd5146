//! Archives that are good.

use super::make::{Room, gzip, header, tarred, zipped, zstandard};
use super::{read, sources};
use viendan::{Reader, WireDocument};

const DECREE: &str = "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;\n";
const LAW: &str = "Luật số 59/2010/QH12 ngày 17 tháng 11 năm 2010, khoản 2 Điều 5 Luật này.\n";
const PAGE: &str = "<html><head><title>x</title></head><body><p>Căn cứ Luật Đất đai&nbsp;năm 2013;</p>\
                    <table><tr><td>Số:</td><td>12/2020/N&#272;-CP</td></tr></table></body></html>";

fn three() -> [(&'static str, &'static str); 3] {
    [("a.txt", DECREE), ("b/c.txt", LAW), ("b/d.html", PAGE)]
}

#[test]
fn the_container_changes_nothing_but_the_source() {
    let entries = three();
    let seen = "Căn cứ Luật Đất đai\u{a0}năm 2013;\nSố:\t12/2020/NĐ-CP";
    let line = |(name, text): &(&str, &str)| {
        let text = if *text == PAGE { seen } else { text };
        format!("{{\"id\": {name:?}, \"text\": {}}}", serde_json::Value::from(text))
    };
    let lines = entries.iter().map(line).collect::<Vec<_>>().join("\n");
    let tar = tarred(&entries);
    let packed: Vec<(&str, Vec<u8>)> = vec![
        ("a.txt.gz", gzip(DECREE.as_bytes())),
        ("b/c.txt.zst", zstandard(LAW.as_bytes())),
        ("b/d.htm", PAGE.into()),
    ];
    let mut room = Room::new("containers")
        .with("a.zip", zipped(&entries))
        .with("a.tar", &tar)
        .with("a.tgz", gzip(&tar))
        .with("a.tar.zst", zstandard(&tar))
        .with("packed.tar.gz", gzip(&tarred(&packed)))
        .with("packed.zip", zipped(&packed))
        .with("lines.zip", zipped(&[("r.jsonl", lines.as_bytes())]))
        .with("r.jsonl.zst", zstandard(lines.as_bytes()));
    for (name, text) in entries {
        room = room.with(&format!("folder/{name}"), text);
    }
    let extract = |input: &str| -> (Vec<String>, Vec<serde_json::Value>) {
        let (records, failures) = read(&Reader::new(), &room, &[input]);
        assert_eq!(failures, [""; 0], "{input}");
        let objects = records.iter().map(|record| {
            let found = viendan::Extractor::new().extract_record(&record.text, None, &record.metadata).unwrap();
            serde_json::to_value(WireDocument::new(&found)).unwrap()
        });
        (records.iter().map(|record| record.source.clone()).collect(), objects.collect())
    };
    let (names, expected) = extract("folder");
    assert_eq!(names, ["folder/a.txt", "folder/b/c.txt", "folder/b/d.html"]);
    assert!(expected.iter().all(|object| !object["citations"].as_array().unwrap().is_empty()), "{expected:?}");
    for input in ["a.zip", "a.tar", "a.tgz", "a.tar.zst", "packed.tar.gz", "packed.zip", "lines.zip", "r.jsonl.zst"] {
        assert_eq!(extract(input).1, expected, "{input}");
    }
    assert_eq!(extract("a.tgz").0, ["a.tgz!a.txt", "a.tgz!b/c.txt", "a.tgz!b/d.html"]);
    assert_eq!(extract("packed.zip").0, ["packed.zip!a.txt.gz", "packed.zip!b/c.txt.zst", "packed.zip!b/d.htm"]);
    assert_eq!(extract("lines.zip").0, ["a.txt", "b/c.txt", "b/d.html"], "records have their own names");
}

#[test]
fn archives_in_folders_are_read_too() {
    let room = Room::new("in-folders")
        .with("in/x.zip", zipped(&[("1.txt", DECREE)]))
        .with("in/y/z.tar.gz", gzip(&tarred(&[("./2.txt", LAW), ("dir/3.txt", LAW)])))
        .with("in/picture.png", "x");
    let (records, failures) = read(&Reader::new(), &room, &["in"]);
    assert_eq!(failures, [""; 0]);
    assert_eq!(sources(&records), ["in/x.zip!1.txt", "in/y/z.tar.gz!2.txt", "in/y/z.tar.gz!dir/3.txt"]);
}

#[test]
fn hidden_files_folders_and_other_endings_are_left_alone() {
    let mut tar = tar::Builder::new(Vec::new());
    tar.append(&header(b"dir.txt/", tar::EntryType::Directory, 0), &b""[..]).unwrap();
    for name in [".hidden.txt", "__MACOSX/._a.txt", ".git/a.txt", "a.pdf", "a.txt"] {
        tar.append(&header(name.as_bytes(), tar::EntryType::Regular, LAW.len() as u64), LAW.as_bytes()).unwrap();
    }
    let zip = zipped(&[(".hidden.txt", LAW), ("__MACOSX/._a.txt", LAW), ("a.pdf", LAW), ("a.txt", LAW)]);
    let room = Room::new("hidden").with("a.tar", tar.into_inner().unwrap()).with("a.zip", zip);
    let (records, failures) = read(&Reader::new(), &room, &["a.tar", "a.zip"]);
    assert_eq!(failures, [""; 0]);
    assert_eq!(sources(&records), ["a.tar!a.txt", "a.zip!a.txt"]);
}

#[test]
fn long_names_and_names_in_vietnamese() {
    let long = format!("{}/Nghị định số 30.txt", "thư mục/".repeat(40));
    let mut tar = tar::Builder::new(Vec::new());
    let mut header = header(b"", tar::EntryType::Regular, LAW.len() as u64);
    tar.append_data(&mut header, &long, LAW.as_bytes()).unwrap();
    let room = Room::new("names").with("a.tar", tar.into_inner().unwrap()).with("a.zip", zipped(&[(&long, LAW)]));
    let (records, failures) = read(&Reader::new(), &room, &["a.tar", "a.zip"]);
    assert_eq!(failures, [""; 0]);
    // builders may write two slashes as one
    let names: Vec<String> = sources(&records).iter().map(|name| name.replace("//", "/")).collect();
    let long = long.replace("//", "/");
    assert_eq!(names, [format!("a.tar!{long}"), format!("a.zip!{long}")]);
}

#[test]
fn the_reading_ends_when_nobody_listens() {
    let room = Room::new("stop").with("a.zip", zipped(&three())).with("a.tar", tarred(&three()));
    for input in ["a.zip", "a.tar"] {
        let mut count = 0;
        let ended = Reader::new().read(&[room.path(input), room.path(input)], &mut |_| {
            count += 1;
            if count == 2 { std::ops::ControlFlow::Break(()) } else { std::ops::ControlFlow::Continue(()) }
        });
        assert!(ended.is_break());
        assert_eq!(count, 2);
    }
}

#[test]
fn the_size_of_inputs_is_what_is_taken_in() {
    let room = Room::new("size")
        .with("in/a.zip", zipped(&three()))
        .with("in/a.tar.gz", gzip(&tarred(&three())))
        .with("in/a.txt", LAW)
        .with("in/b.jsonl.zst", zstandard(b"{\"text\": \"a\"}\n"))
        .with("in/c.pdf", "left alone");
    let reader = Reader::new();
    let inputs = [room.path("in"), room.path("in/a.txt")];
    let size = reader.size(&inputs).unwrap();
    let watch = std::sync::atomic::AtomicU64::new(0);
    let _ = reader.read_watched(&inputs, &watch, &mut |_| std::ops::ControlFlow::Continue(()));
    assert_eq!(watch.into_inner(), size);
    assert_eq!(reader.size(&[room.path("in"), "-".into()]), None);
}
