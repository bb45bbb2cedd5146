//! The command line as its users meet it: exit statuses, words on standard error, forms of input and output.
#![expect(clippy::unwrap_used, reason = "a test stops where it finds something wrong")]

mod support;

use serde_json::Value;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use unicode_width::UnicodeWidthStr as _;

const DECREE: &str = "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;\n";

/// A folder of one test's own, empty.
struct Room(PathBuf);

impl Room {
    fn new(name: &str) -> Self {
        Self(support::folder("cli", name))
    }

    fn with(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        support::write(&self.0, name, bytes);
        self
    }

    fn command(&self, args: &[&str]) -> Command {
        support::viendan(&self.0, args)
    }

    /// Runs to the end.
    fn run(&self, args: &[&str]) -> Ended {
        Ended::of(&mut self.command(args))
    }

    /// Runs with these bytes on the standard input.
    fn fed(&self, args: &[&str], input: &[u8]) -> Ended {
        let mut child =
            self.command(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        Ended::from(child.wait_with_output().unwrap())
    }
}

/// How a command ended, and what it said.
#[derive(Debug)]
struct Ended {
    status: i32,
    out: String,
    err: String,
}

impl From<std::process::Output> for Ended {
    fn from(output: std::process::Output) -> Self {
        Self {
            status: output.status.code().expect("not ended by a signal"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Ended {
    fn of(command: &mut Command) -> Self {
        Self::from(command.output().unwrap())
    }

    fn objects(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn sources(&self) -> Vec<String> {
        self.objects().iter().map(|object| object["source"].as_str().unwrap().to_owned()).collect()
    }

    /// Ended with this status, and said this and nothing else on standard error.
    #[track_caller]
    fn says(&self, status: i32, err: &str) {
        assert_eq!((self.err.as_str(), self.status), (err, status), "{self:?}");
    }
}

fn fixtures() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/docs").to_string_lossy().into_owned()
}

fn gzip(text: &str) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(text.as_bytes()).unwrap();
    packed.finish().unwrap()
}

fn zstandard(text: &str) -> Vec<u8> {
    zstd::encode_all(text.as_bytes(), 0).unwrap()
}

#[test]
fn what_was_read_ends_with_0() {
    let room = Room::new("good").with("good.txt", DECREE);
    let ended = room.run(&["extract", "good.txt"]);
    ended.says(0, "");
    let [object] = ended.objects().try_into().unwrap();
    assert_eq!(object["schema"], "viendan/1");
    assert_eq!(object["source"], "good.txt");
    assert_eq!(object["citations"][0]["symbol"], "30/2020/NĐ-CP");
}

#[test]
fn inputs_that_fail_are_named_and_the_others_written() {
    let room = Room::new("bad")
        .with("bad.txt", b"C\xe9n c\xf8 Ngh\xde \xaf\xb5nh")
        .with("empty.txt", "")
        .with("blank.txt", "\u{feff} \n\n")
        .with("folder/picture.png", "not a text")
        .with("long.txt", "Nghị định ".repeat(50))
        .with("not.txt.gz", "this is not a compressed file")
        .with("not.jsonl.zst", "this is not a compressed file")
        .with("good.txt", DECREE);
    let cut = gzip(&DECREE.repeat(20));
    fs::write(room.0.join("cut.txt.gz"), &cut[..cut.len() / 2]).unwrap();
    let cut = zstandard(&DECREE.repeat(20));
    fs::write(room.0.join("cut.txt.zst"), &cut[..cut.len() / 2]).unwrap();
    let inputs = [
        "bad.txt",
        "empty.txt",
        "blank.txt",
        "missing.txt",
        "folder",
        "long.txt",
        "not.txt.gz",
        "not.jsonl.zst",
        "cut.txt.gz",
        "cut.txt.zst",
        "good.txt",
    ];
    let ended = room.run(&[&["extract", "--max-bytes", "200"], &inputs[..]].concat());
    ended.says(
        1,
        "viendan: bad.txt: byte 1: not valid UTF-8, and no other known encoding\n\
         viendan: empty.txt: empty\n\
         viendan: blank.txt: empty\n\
         viendan: missing.txt: no such file or folder\n\
         viendan: folder: no texts in this folder\n\
         viendan: long.txt: longer than the limit of 200 bytes\n\
         viendan: not.txt.gz: no gzip file\n\
         viendan: not.jsonl.zst:1: no Zstandard file\n\
         viendan: cut.txt.gz: cut off\n\
         viendan: cut.txt.zst: cut off\n\
         viendan: 10 of 11 inputs failed: 2 cut off; 2 empty; 1 longer than the limit of 200 bytes; 1 no Zstandard file; \
         1 no gzip file; 1 no such file or folder; 1 no texts in this folder; \
         1 not valid UTF-8, and no other known encoding\n",
    );
    assert_eq!(ended.sources(), ["good.txt"]);
}

#[test]
fn broken_lines_are_named_by_line_and_column() {
    let lines = [
        r#"{"id": "a", "text": "Luật số 59/2010/QH12 ngày 17 tháng 11 năm 2010"}"#,
        r#"{"id": "điều", "text": oops}"#,
        "",
        r#"{"id": "c"}"#,
        r#"{"id": "d", "text": 5}"#,
        "[1, 2]",
        r#"{"id": "e", "text": "cut"#,
        r#"{"id": 7, "text": "Luật số 59/2010/QH12"}"#,
    ];
    let room = Room::new("lines").with("r.jsonl", lines.join("\n"));
    let ended = room.run(&["extract", "r.jsonl"]);
    ended.says(
        1,
        "viendan: r.jsonl:2: column 24: not JSON: expected value\n\
         viendan: r.jsonl:4: no field `text`\n\
         viendan: r.jsonl:5: field `text` is not a string\n\
         viendan: r.jsonl:6: not a JSON object\n\
         viendan: r.jsonl:7: column 24: not JSON: EOF while parsing a string\n\
         viendan: 5 of 7 inputs failed: 2 not JSON; 1 field `text` is not a string; 1 no field `text`; \
         1 not a JSON object\n",
    );
    assert_eq!(ended.sources(), ["a", "7"]);
    let room = Room::new("bytes").with("r.jsonl", b"{\"id\": \"a\", \"text\": \"\xff\"}\n").with("none.jsonl", "\n");
    room.run(&["extract", "r.jsonl", "none.jsonl"]).says(
        1,
        "viendan: r.jsonl:1: byte 21: not valid UTF-8\nviendan: none.jsonl: empty\nviendan: 2 of 2 inputs failed: 1 empty; 1 not valid UTF-8\n",
    );
}

#[test]
fn wrong_use_ends_with_2() {
    let room = Room::new("use").with("good.txt", DECREE).with("mine.tsv", "code\tnames\n");
    let asked = ["query", "good.txt", "--citing", "30/2020/NĐ-CP"];
    let wrong = |args: &[&str], err: &str| room.run(args).says(2, err);
    wrong(&["extract", "good.txt", "--meta", "issued"], "viendan: --meta `issued`: write OURS=THEIRS\n");
    wrong(
        &["extract", "good.txt", "--meta", "year=y"],
        "viendan: --meta `year`: not a metadata field (there are symbol, type, issuer, issued, effective, title)\n",
    );
    wrong(
        &[&asked[..], &["--issued", "20x"]].concat(),
        "viendan: --issued `20x`: not a date (write 2013, 2013-05 or 2013-05-02)\n",
    );
    wrong(&[&asked[..], &["--type", "foo"]].concat(), "viendan: --type `foo`: no such document type\n");
    wrong(&["explain", "good.txt", "--at", "500"], "viendan: good.txt: byte 500: the text ends at byte 81\n");
    wrong(
        &["extract", "--grammar", "mine.tsv", "good.txt"],
        "viendan: mine.tsv: not called like a table of the grammar (doc_types.tsv, issuers.tsv, units.tsv, cues.tsv, \
         aliases.tsv, laws.tsv, places.tsv, confusables.tsv, words.tsv, terms.tsv)\n",
    );
    wrong(&["extract", "--grammar", "no/issuers.tsv", "good.txt"], "viendan: no/issuers.tsv: no such file\n");
    // these words are clap's
    for (args, part) in [
        (&["query", "good.txt", "--obeying", "X"][..], "unexpected argument '--obeying'"),
        (&["query", "good.txt"], "required arguments were not provided"),
        (&["query", "--citing", "X"], "<INPUT>..."),
        (&["query", "good.txt", "--citing", "X", "--from", "X"], "cannot be used with"),
        (&["query", "good.txt", "--citing", "X", "--hops", "2", "--transitive"], "cannot be used with"),
        (&["extract", "good.txt", "--format", "xml"], "invalid value 'xml'"),
        (&["extract", "good.txt", "--jobs", "0"], "0 is not in 1.."),
        (&["extract", "good.txt", "--max-bytes", "many"], "invalid value 'many'"),
        (&["read", "good.txt"], "unrecognized subcommand 'read'"),
        (&[], "Usage: viendan"),
    ] {
        let ended = room.run(args);
        assert_eq!(ended.status, 2, "{ended:?}");
        assert!(ended.err.contains(part) && ended.out.is_empty(), "{ended:?}");
    }
}

#[test]
fn names_that_mean_nothing_or_several() {
    let room = Room::new("names").with(
        "several.txt",
        "Thực hiện Chiến lược phát triển thông tin đối ngoại giai đoạn 2011-2020 và Chiến lược phát triển thông tin \
         đối ngoại giai đoạn 2021-2030.\n",
    );
    let ended = room.run(&["query", "several.txt", "--citing", "Chiến lược phát triển thông tin đối ngoại"]);
    ended.says(
        2,
        "viendan: `Chiến lược phát triển thông tin đối ngoại`: 2 documents are called so; name one by its key:\n  \
         Chiến lược phát triển thông tin đối ngoại giai đoạn 2011-2020  \
         (vn:chien-luoc:phat.trien.thong.tin.doi.ngoai.giai.doan.2011.2020)\n  \
         Chiến lược phát triển thông tin đối ngoại giai đoạn 2021-2030  \
         (vn:chien-luoc:phat.trien.thong.tin.doi.ngoai.giai.doan.2021.2030)\n",
    );
    assert_eq!(ended.out, "");
    let by_key = "vn:chien-luoc:phat.trien.thong.tin.doi.ngoai.giai.doan.2011.2020";
    assert_eq!(room.run(&["query", "several.txt", "--citing", by_key]).status, 0);
    room.run(&["query", "several.txt", "--citing", "chien luoc phat trien thong tin doi noi"]).says(
        1,
        "viendan: `chien luoc phat trien thong tin doi noi`: no such document in these texts; the nearest names:\n  \
         Chiến lược phát triển thông tin đối ngoại giai đoạn 2011-2020\n  \
         Chiến lược phát triển thông tin đối ngoại giai đoạn 2021-2030\n",
    );
    room.run(&["query", "several.txt", "--citing", "xyz"]).says(1, "viendan: `xyz`: no such document in these texts\n");
    room.run(&["query", "several.txt", "--citing", by_key, "--issuer", "Bộ Xyz"])
        .says(1, "viendan: --issuer `Bộ Xyz`: no document is from such a body\n");
    room.run(&["query", "several.txt", "--amending", by_key]).says(
        0,
        "viendan: nothing in these texts stands so to Chiến lược phát triển thông tin đối ngoại giai đoạn 2011-2020\n",
    );
}

#[test]
fn a_query_answers_with_the_words_that_prove_it() {
    let room = Room::new("query");
    let name = "Chiến lược phát triển thông tin đối ngoại";
    let asked = ["query", &fixtures(), "--implementing", name, "--format", "jsonl"];
    let symbols = |ended: &Ended| -> Vec<String> {
        ended.objects().iter().map(|hit| hit["document"]["symbol"].to_string()).collect()
    };
    let direct = room.run(&asked);
    // the expectations beside the texts are read by no one as texts, and that is said
    direct.says(0, "viendan: passed over 8 files in folders that hold extractions, not texts\n");
    assert_eq!(symbols(&direct), ["\"21/CT-TTg\""]);
    let all = room.run(&[&asked[..], &["--transitive"]].concat());
    assert_eq!(symbols(&all), ["\"21/CT-TTg\"", "null"]);
    let path = all.objects()[1]["path"].clone();
    assert_eq!(path.as_array().map(Vec::len), Some(2), "{path}");
    assert_eq!(symbols(&room.run(&[&asked[..], &["--hops", "2"]].concat())), symbols(&all));
    // a broken input does not keep the others from being asked
    let room = Room::new("query-bad").with("empty.txt", "");
    let ended = room.run(&["query", "empty.txt", &fixtures(), "--implementing", name]);
    ended.says(1, "viendan: empty.txt: empty\nviendan: passed over 8 files in folders that hold extractions, not texts\nviendan: 1 of 9 inputs failed: 1 empty\n");
    assert!(ended.out.starts_with("Chỉ thị 21/CT-TTg"), "{ended:?}");
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let room = Room::new("pipe").with("many.jsonl", format!("{{\"text\": {DECREE:?}}}\n").repeat(5000));
    for format in ["jsonl", "table"] {
        let mut child = room
            .command(&["extract", "--format", format, "many.jsonl"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = String::new();
        // the reader, and with it the pipe, is gone after one line
        BufReader::with_capacity(64, child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        assert!(!first.is_empty());
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!((err.as_str(), child.wait().unwrap().code()), ("", Some(0)));
    }
}

#[test]
fn tables_fit_the_width() {
    let room = Room::new("width");
    let name = "Chiến lược phát triển thông tin đối ngoại";
    for columns in ["40", "60", "100"] {
        let width: usize = columns.parse().unwrap();
        for args in [
            &["extract", "--format", "table", &fixtures()][..],
            &["query", &fixtures(), "--implementing", name, "--transitive"],
            &["show", &fixtures(), name],
            &["find", &fixtures(), "thong tin doi ngoai"],
            &["stats", &fixtures()],
        ] {
            let ended = Ended::of(room.command(args).env("COLUMNS", columns));
            assert_eq!(ended.status, 0);
            assert!(ended.out.lines().count() > 5);
            for line in ended.out.lines() {
                assert!(line.width() <= width, "{} columns where there are {width}: {line}", line.width());
                assert_eq!(line.trim_end(), line);
            }
        }
    }
}

#[test]
fn no_colours_but_on_a_terminal() {
    let room = Room::new("colours").with("empty.txt", "");
    for args in [
        &["--help"][..],
        &["extract", "--help"],
        &["extract", "--no-such"],
        &["extract", "--format", "table", "empty.txt", &fixtures()],
        &["query", &fixtures(), "--citing", "16-KL/TW"],
        &["show", &fixtures(), "16-KL/TW"],
        &["find", &fixtures(), "16-KL/TW"],
        &["stats", &fixtures()],
        &["explain", "empty.txt", "--at", "0"],
    ] {
        let ended = room.run(args);
        assert!(!ended.out.contains('\u{1b}') && !ended.err.contains('\u{1b}'), "{ended:?}");
    }
}

#[test]
fn standard_input_is_one_text() {
    let room = Room::new("stdin").with("good.txt", DECREE);
    for args in [&["extract", "-"][..], &["extract"]] {
        let ended = room.fed(args, DECREE.as_bytes());
        ended.says(0, "");
        assert_eq!(ended.sources(), ["-"]);
        assert_eq!(ended.objects()[0]["citations"][0]["symbol"], "30/2020/NĐ-CP");
    }
    let ended = room.fed(&["extract", "good.txt", "-"], DECREE.as_bytes());
    assert_eq!(ended.sources(), ["good.txt", "-"]);
    room.fed(&["extract", "-"], b"").says(1, "viendan: -: empty\n");
    let ended = room.fed(&["explain", "-", "--at", "20"], DECREE.as_bytes());
    assert!(ended.out.contains("means vn:nghi-dinh:30/2020:cp"), "{ended:?}");
}

#[test]
fn lines_of_records_are_read_packed_or_not() {
    let lines: Vec<String> = (0..600).map(|n| format!("{{\"id\": \"r{n}\", \"text\": {DECREE:?}}}\n")).collect();
    let lines = lines.concat();
    let room = Room::new("packed")
        .with("r.jsonl", &lines)
        .with("r.jsonl.gz", gzip(&lines))
        .with("r.jsonl.zst", zstandard(&lines))
        .with("t.txt.gz", gzip(DECREE))
        .with("t.txt.zst", zstandard(DECREE));
    let plain = room.run(&["extract", "r.jsonl"]);
    assert_eq!(plain.sources(), (0..600).map(|n| format!("r{n}")).collect::<Vec<_>>(), "in the order of the lines");
    for name in ["r.jsonl.gz", "r.jsonl.zst"] {
        assert_eq!(room.run(&["extract", name]).out, plain.out);
    }
    assert_eq!(room.run(&["extract", "--jobs", "1", "r.jsonl"]).out, plain.out);
    let texts = room.run(&["extract", "t.txt.gz", "t.txt.zst"]);
    assert_eq!(texts.sources(), ["t.txt.gz", "t.txt.zst"]);
    assert_eq!(texts.objects()[0]["citations"], texts.objects()[1]["citations"]);
}

#[test]
fn folders_are_read_whole_and_by_name() {
    let room = Room::new("folders")
        .with("in/b.txt", DECREE)
        .with("in/a/z.txt", DECREE)
        .with("in/.hidden.txt", DECREE)
        .with("in/notes.md", DECREE)
        .with("in/c.jsonl", "{\"id\": \"c1\", \"text\": \"Luật số 59/2010/QH12\"}\n");
    let ended = room.run(&["extract", "in"]);
    ended.says(0, "");
    assert_eq!(ended.sources(), ["in/a/z.txt", "in/b.txt", "c1"]);
    // what was written before is no text, and is said to be passed over
    let again = Room::new("again").with("in/b.txt", DECREE).with("in/out.jsonl", &ended.out);
    let ended = again.run(&["extract", "in"]);
    ended.says(0, "viendan: passed over 1 file in folders that holds extractions, not texts\n");
    assert_eq!(ended.sources(), ["in/b.txt"]);
    // a file that is named was meant
    again.run(&["extract", "in/out.jsonl"]).says(
        1,
        "viendan: in/out.jsonl:1: an extraction, not a text\n\
         viendan: in/out.jsonl:2: an extraction, not a text\n\
         viendan: in/out.jsonl:3: an extraction, not a text\n\
         viendan: 3 of 3 inputs failed: 3 an extraction, not a text\n",
    );
}

#[test]
fn fields_of_records_may_have_other_names() {
    let line = r#"{"no": 12, "content": "Nghị định này có hiệu lực từ ngày ký.", "so_hieu": "30/2020/NĐ-CP", "ngay": "2020-03-05"}"#;
    let room = Room::new("fields").with("r.jsonl", line);
    let ended = room.run(&[
        "extract",
        "--text-field",
        "content",
        "--id-field",
        "no",
        "--meta",
        "symbol=so_hieu",
        "--meta",
        "issued=ngay",
        "r.jsonl",
    ]);
    ended.says(0, "");
    let [object] = ended.objects().try_into().unwrap();
    assert_eq!(object["source"], "12");
    let own = &object["document"];
    assert_eq!((&own["symbol"], &own["date"]), (&"30/2020/NĐ-CP".into(), &"2020-03-05".into()));
    assert_eq!(own["from"], "metadata");
    room.run(&["extract", "--text-field", "body", "r.jsonl"]).says(1, "viendan: r.jsonl:1: no field `body`\n");
}

#[test]
fn own_rows_of_the_grammar() {
    let text = "Căn cứ Quyết định số 12/2020/QĐ-XYZ của Cơ quan Xyz;\n";
    let room = Room::new("grammar")
        .with("t.txt", text)
        .with("own/issuers.tsv", "code\tnames\tlevel\nXYZ\tCơ quan Xyz\ttw\n")
        .with("short/issuers.tsv", "code\tnames\tlevel\nXYZ\tCơ quan Xyz\n")
        .with("header/cues.tsv", "id\tpattern\nX1\ttheo\n")
        .with("empty/issuers.tsv", "code\tnames\n\tCơ quan Xyz\n")
        .with("cue/cues.tsv", "id\tpattern\trelation\n# mine\nX1\tchiểu theo\tobeys\n");
    let issuer = |ended: &Ended| ended.objects()[0]["citations"][0]["issuer"]["code"].clone();
    let before = room.run(&["extract", "t.txt"]);
    let after = room.run(&["extract", "--grammar", "own/issuers.tsv", "t.txt"]);
    after.says(0, "");
    assert_ne!(before.out, after.out);
    assert_eq!(issuer(&after), "XYZ");
    let key = |ended: &Ended| ended.objects()[0]["citations"][0]["target"].clone();
    assert_eq!(key(&after), "vn:quyet-dinh:12/2020:xyz");
    for (file, err) in [
        ("short/issuers.tsv", "short/issuers.tsv:2:16: 2 cells where the header has 3"),
        ("header/cues.tsv", "header/cues.tsv:1:1: column `relation` is missing"),
        ("empty/issuers.tsv", "empty/issuers.tsv:2:1: `code` is empty"),
        ("cue/cues.tsv", "cue/cues.tsv:3:15: unknown relation `obeys`"),
    ] {
        for args in [
            &["extract", "--grammar", file, "t.txt"][..],
            &["query", "--grammar", file, "t.txt", "--citing", "X"],
            &["explain", "--grammar", file, "t.txt", "--at", "0"],
        ] {
            room.run(args).says(2, &format!("viendan: {err}\n"));
        }
    }
}

#[test]
fn a_place_is_explained() {
    let room = Room::new("explain").with("good.txt", DECREE);
    let ended = room.run(&["explain", "good.txt", "--at", "20"]);
    ended.says(0, "");
    assert_eq!(
        ended.out,
        "anchor 10..24 “Nghị định” (type word, nghi-dinh)\n  \
           this           no\n  \
           back           no\n  \
           numbered       won 10..60 “Nghị định số 30/2020/NĐ-CP ngày 05/3/2020”\n\
         citation 0 (full) 10..60 “Nghị định số 30/2020/NĐ-CP ngày 05/3/2020”\n  \
           means vn:nghi-dinh:30/2020:cp\n\
         relation based_on (C01) 0..60 “Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020”\n"
    );
    let ended = room.run(&["explain", "good.txt", "--at", "2"]);
    assert!(ended.out.starts_with("byte 2: nothing was read here; the places next to it that were looked at:\n"));
    room.run(&["explain", "missing.txt", "--at", "2"]).says(1, "viendan: missing.txt: no such file or folder\n");
}

#[test]
fn help_names_every_option() {
    let room = Room::new("help");
    let reading = [
        "--text-field",
        "--id-field",
        "--meta",
        "--encoding",
        "--max-bytes",
        "--max-entries",
        "--max-expanded",
        "--max-ratio",
        "--grammar",
        "--jobs",
        "INPUT",
    ];
    let query = [
        "--implementing",
        "--based-on",
        "--guiding",
        "--amending",
        "--replacing",
        "--repealing",
        "--reviewing",
        "--citing",
        "--depends-on",
        "--from",
        "--around",
        "--transitive",
        "--hops",
        "--type",
        "--issuer",
        "--issued",
        "--in-force",
        "--unknown",
        "--provision",
        "--in-provision",
        "--path-to",
        "--format",
    ];
    for (command, options) in [
        ("extract", [&reading[..], &["--format", "--emit-text"]].concat()),
        ("query", [&reading[..], &query].concat()),
        ("show", [&reading[..], &["--with", "--on", "--provision", "--limit", "--format", "X"]].concat()),
        ("find", [&reading[..], &["--with", "--limit", "--format", "WORDS"]].concat()),
        ("stats", [&reading[..], &["--limit", "--relation", "--type", "--format"]].concat()),
        ("completions", vec!["SHELL"]),
        ("man", vec!["COMMAND"]),
        ("worklist", [&reading[..], &["--limit", "--format"]].concat()),
        ("explain", vec!["FILE", "--at", "--grammar"]),
    ] {
        let ended = room.run(&[command, "--help"]);
        ended.says(0, "");
        // an option stands at the head of its lines, with a sentence below or beside it
        for option in &options {
            assert!(ended.out.contains(option), "{command} --help does not name {option}");
        }
        let named = ended
            .out
            .split_whitespace()
            .filter(|word| word.starts_with("--"))
            .filter(|word| !options.contains(word) && !["--help", "--version"].contains(word))
            .collect::<Vec<_>>();
        assert_eq!(named, [""; 0], "options of {command} that this test does not know");
        assert!(!ended.out.contains("[possible values: ]"));
    }
    let ended = room.run(&["--help"]);
    ended.says(0, "");
    for part in [
        "extract",
        "query",
        "show",
        "find",
        "stats",
        "worklist",
        "explain",
        "completions",
        "man",
        "Exit status: 0 done",
    ] {
        assert!(ended.out.contains(part));
    }
    assert_eq!(room.run(&["--version"]).out, format!("viendan {}\n", env!("CARGO_PKG_VERSION")));
}
