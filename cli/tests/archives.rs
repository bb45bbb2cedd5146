//! Archives and pages through the command line: what is said of them, what is written of them, and how much memory
//! they take.

mod support;

use serde_json::Value;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::PathBuf;
use std::process::{Command, Stdio};

const DECREE: &str = "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;\n";
const PAGE: &str = "<title>x</title><p>Căn cứ Luật số 59/2010/QH12&nbsp;ng&agrave;y <b>17</b>/11/2010</p><td>a<td>b";
const SEEN: &str = "Căn cứ Luật số 59/2010/QH12\u{a0}ngày 17/11/2010\na\tb";

/// Why packing does not fail.
const IN_MEMORY: &str = "written to memory";

/// A folder of one test's own, empty.
struct Room(PathBuf);

impl Room {
    fn new(name: &str) -> Self {
        Self(support::folder("archives", name))
    }

    fn with(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        support::write(&self.0, name, bytes);
        self
    }

    fn command(&self, args: &[&str]) -> Command {
        support::viendan(&self.0, args)
    }

    /// Runs to the end: the status, the objects, the words on standard error.
    fn run(&self, args: &[&str], input: &[u8]) -> (i32, Vec<Value>, String) {
        let mut command = self.command(args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let mut stdin = child.stdin.take().expect("its input is a pipe");
        // a program that ends early closes its end; anything else is an error
        if let Err(error) = stdin.write_all(input) {
            assert_eq!(error.kind(), std::io::ErrorKind::BrokenPipe);
        }
        drop(stdin);
        let (status, out, err) = support::told(child.wait_with_output().expect("the program ends"));
        let objects = out.lines().map(|line| serde_json::from_str(line).expect("one object a line")).collect();
        (status, objects, err)
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).expect("the program has written it, in UTF-8")
    }
}

fn zipped<B: AsRef<[u8]>>(entries: &[(&str, B)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a name that fits into a zip");
        zip.write_all(bytes.as_ref()).expect(IN_MEMORY);
    }
    zip.finish().expect(IN_MEMORY).into_inner()
}

fn tarred<B: AsRef<[u8]>>(entries: &[(&str, B)]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, bytes) in entries {
        let bytes = bytes.as_ref();
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        tar.append_data(&mut header, name, bytes).expect("a name that fits into a tar");
    }
    tar.into_inner().expect(IN_MEMORY)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(bytes).expect(IN_MEMORY);
    packed.finish().expect(IN_MEMORY)
}

fn sources(objects: &[Value]) -> Vec<&str> {
    objects.iter().map(|object| object["source"].as_str().expect("every object names its source")).collect()
}

#[test]
fn what_fails_in_an_archive_is_named_and_counted_by_its_reason() {
    let entries: Vec<(&str, &[u8])> = vec![
        ("a.txt", DECREE.as_bytes()),
        ("\u{1b}[31m.txt", b""),
        ("e.txt", b""),
        ("l1.txt", b"\xff"),
        ("l2.txt", b"a\xff"),
        ("b.html", PAGE.as_bytes()),
        ("in.zip", b"PK"),
    ];
    let room = Room::new("reasons").with("x.zip", zipped(&entries)).with("good.txt", DECREE);
    let (status, objects, err) = room.run(&["extract", "x.zip", "good.txt"], b"");
    assert_eq!(
        err,
        "viendan: x.zip!\\u{1b}[31m.txt: empty\n\
         viendan: x.zip!e.txt: empty\n\
         viendan: x.zip!l1.txt: byte 0: not valid UTF-8, and no other known encoding\n\
         viendan: x.zip!l2.txt: byte 1: not valid UTF-8, and no other known encoding\n\
         viendan: x.zip!in.zip: an archive within an archive is not read\n\
         viendan: 5 of 8 inputs failed: 2 empty; 2 not valid UTF-8, and no other known encoding; \
         1 an archive within an archive is not read\n"
    );
    assert_eq!(status, 1);
    assert_eq!(sources(&objects), ["x.zip!a.txt", "x.zip!b.html", "good.txt"]);
}

#[test]
fn limits_are_options() {
    let texts: Vec<(String, &str)> = (0..5).map(|n| (format!("{n}.txt"), DECREE)).collect();
    let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let room = Room::new("limits")
        .with("x.zip", zipped(&texts))
        .with("x.tgz", gzip(&tarred(&texts)))
        .with("bomb.zip", zipped(&[("b.txt", vec![b' '; 2 << 20])]));
    let said = |args: &[&str]| room.run(&[&["extract"], args].concat(), b"").2;
    assert_eq!(said(&["x.zip", "--max-entries", "4"]), "viendan: x.zip: 5 entries, more than the limit of 4\n");
    assert_eq!(
        said(&["x.tgz", "--max-expanded", "1000"]),
        "viendan: x.tgz: expands to more than the limit of 1000 bytes\n"
    );
    assert_eq!(
        said(&["bomb.zip", "--max-ratio", "50"]),
        "viendan: bomb.zip!b.txt: expands to more than 50 times its size\n"
    );
    let (status, _, err) = room.run(&["extract", "x.zip", "--encoding", "vni"], b"");
    assert_eq!(
        (status, err.as_str()),
        (2, "viendan: --encoding `vni`: no known encoding (write windows-1258, utf-16le …)\n")
    );
}

#[test]
fn the_standard_input_is_known_by_its_first_bytes() {
    let room = Room::new("stdin");
    let line = format!("{{\"id\": \"r\", \"text\": {DECREE:?}}}\n");
    let tar = tarred(&[("a.txt", DECREE), ("b.html", PAGE)]);
    let zstandard = |bytes: &[u8]| zstd::encode_all(bytes, 0).expect(IN_MEMORY);
    for (input, expected) in [
        (DECREE.as_bytes().to_vec(), vec!["-"]),
        (gzip(DECREE.as_bytes()), vec!["-"]),
        (line.clone().into(), vec!["r"]),
        (zstandard(line.as_bytes()), vec!["r"]),
        (tar.clone(), vec!["-!a.txt", "-!b.html"]),
        (gzip(&tar), vec!["-!a.txt", "-!b.html"]),
        (format!("\n<!doctype html>{PAGE}").into(), vec!["-"]),
    ] {
        let (status, objects, err) = room.run(&["extract", "-"], &input);
        assert_eq!((status, err.as_str()), (0, ""));
        assert_eq!(sources(&objects), expected);
        assert_eq!(objects[0]["citations"].as_array().map(Vec::len), Some(1));
    }
    let (status, _, err) = room.run(&["extract"], &zipped(&[("a.txt", DECREE)]));
    assert_eq!((status, err.as_str()), (1, "viendan: -: a zip archive cannot be read from the standard input\n"));
}

#[test]
fn tables_of_metadata_fill_the_document() {
    let table = "so_hieu,file,type\n30/2020/NĐ-CP,a.txt,Nghị định\n";
    let room = Room::new("metadata").with("in/metadata.csv", table).with("in/a.txt", "Nghị định này quy định …\n");
    let (status, objects, err) = room.run(&["extract", "in", "--meta", "symbol=so_hieu"], b"");
    assert_eq!((status, err.as_str()), (0, ""));
    assert_eq!(objects[0]["document"]["key"], "vn:nghi-dinh:30/2020:cp");
    assert_eq!(objects[0]["document"]["from"], "metadata");
}

#[test]
fn spans_point_into_the_texts_that_are_written_out() {
    let old = encoding_of("Căn cứ Luật số 59/2010/QH12 ngày 17/11/2010");
    let room = Room::new("emit")
        .with("x.zip", zipped(&[("../a.txt", b"x".to_vec()), ("b/p.html", PAGE.into()), ("b/p.txt", DECREE.into())]));
    let room = room.with("old.html", [b"<meta charset=windows-1258><p>", &old[..]].concat()).with(
        "r.jsonl",
        format!(
            "{{\"id\": \"../../30/2020\", \"text\": {DECREE:?}}}\n{{\"id\": \"old.html\", \"text\": {DECREE:?}}}\n"
        ),
    );
    let inputs = ["x.zip", "old.html", "r.jsonl"];
    let (status, objects, _) = room.run(&[&["extract", "--emit-text", "texts"], &inputs[..]].concat(), b"");
    assert_eq!(status, 1);
    assert_eq!(sources(&objects), ["x.zip!b/p.html", "x.zip!b/p.txt", "old.html", "../../30/2020", "old.html"]);
    let files = ["x.zip!b/p.html.txt", "x.zip!b/p.txt", "old.html.txt", "%2E%2E/%2E%2E/30/2020.txt", "old.html~2.txt"];
    for (object, file) in objects.iter().zip(files) {
        let text = room.text(&format!("texts/{file}"));
        let citation = &object["citations"][0];
        let at = |end: usize| usize::try_from(citation["core"][end].as_u64().expect("a place")).expect("in memory");
        assert_eq!(text.get(at(0)..at(1)).expect("a place of the text"), citation["text"], "{file}");
    }
    assert_eq!(room.text("texts/x.zip!b/p.html.txt"), SEEN);
    // the file of records is an input that gives the same again
    let (_, again, _) = room.run(&[&["extract", "--emit-text", "texts.jsonl"], &inputs[..]].concat(), b"");
    assert_eq!(again, objects, "what is written out changes nothing");
    let (status, read, err) = room.run(&["extract", "texts.jsonl"], b"");
    assert_eq!((status, err.as_str()), (0, ""));
    assert_eq!(read, objects);
    let room = room.with("file", "x");
    let (status, _, err) = room.run(&["extract", "--emit-text", "file/x", "r.jsonl"], b"");
    assert_eq!(status, 1);
    assert!(err.starts_with("viendan: --emit-text file/x: "), "{err}");
}

/// Letters that the encoding of old Vietnamese Windows has as one byte, or as a letter and a mark.
fn encoding_of(text: &str) -> Vec<u8> {
    text.chars()
        .flat_map(|letter| match letter {
            'ă' => vec![0xE3],
            'ứ' => vec![0xFD, 0xEC],
            'ậ' => vec![0xE2, 0xF2],
            'ố' => vec![0xF4, 0xEC],
            'à' => vec![0xE0],
            letter => vec![u8::try_from(letter).expect("a letter of the table above, or ASCII")],
        })
        .collect()
}

/// The most memory that a run took, in bytes, as the system tells it while it runs.
#[cfg(target_os = "linux")]
fn peak(mut child: std::process::Child) -> usize {
    let mut most = 0;
    while child.try_wait().expect("a child of ours").is_none() {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let kilobytes = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.split_whitespace().next());
        most =
            most.max(kilobytes.map_or(0, |number| number.parse::<usize>().expect("the system writes a number") << 10));
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert!(child.wait().expect("a child of ours").success());
    most
}

#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_archive() {
    // texts in which there is nothing to find, so that the time goes into reading them
    let filler = "abc def ghi jkl mno. ".repeat(200);
    let lines = |count: usize| {
        let lines = format!("{{\"text\": {filler:?}}}\n").repeat(count);
        zstd::encode_all(lines.as_bytes(), 1).expect(IN_MEMORY)
    };
    let entries = |count: usize| {
        let names: Vec<String> = (0..count).map(|n| format!("{n}.txt")).collect();
        zipped(&names.iter().map(|name| (name.as_str(), "abc")).collect::<Vec<_>>())
    };
    let room = Room::new("memory")
        .with("few.jsonl.zst", lines(1_000))
        .with("many.jsonl.zst", lines(12_000))
        .with("few.zip", entries(1_000))
        .with("many.zip", entries(60_000));
    // the window is 16 MB; 4 and 50 MB of texts go through it, and a directory of 3.6 MB (kept as a tree of names, one of a third
    // of it took 10 MB);
    // the allocator takes memory in pieces of 4 MB, and two runs over one archive can differ by one of them
    for (kind, more) in [("jsonl.zst", 30 << 20), ("zip", 14 << 20)] {
        let [few, many] = ["few", "many"].map(|size| {
            let input = format!("{size}.{kind}");
            peak(
                room.command(&["extract", "--jobs", "2", &input])
                    .stdout(Stdio::null())
                    .spawn()
                    .expect("the program starts"),
            )
        });
        assert!(few > 0 && many < few + more, "{kind}: {few} bytes for few texts, {many} for many");
    }
}
