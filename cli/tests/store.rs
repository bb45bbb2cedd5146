//! `build` and `sql` as their users meet them: making, bringing up to date, pruning, being ended at any moment, a disk
//! that has no room, two at once; and a store in the place of its texts.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it finds something wrong")]

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A folder of one test's own.
struct Room(PathBuf);

impl Room {
    fn new(name: &str) -> Self {
        Self(support::folder("stores", name))
    }

    fn write(&self, name: &str, text: &str) {
        support::write(&self.0, name, text);
    }

    fn command(&self, args: &[&str]) -> Command {
        support::viendan(&self.0, args)
    }

    /// Status, standard output, standard error.
    fn run(&self, args: &[&str]) -> (i32, String, String) {
        support::ended(&mut self.command(args))
    }

    /// The output of a command that ends well and says nothing else.
    #[track_caller]
    fn told(&self, args: &[&str]) -> String {
        let (status, out, err) = self.run(args);
        assert_eq!((status, err.as_str()), (0, ""), "{args:?}");
        out
    }

    #[track_caller]
    fn rows(&self, store: &str, statement: &str) -> Vec<String> {
        self.told(&["sql", store, statement]).lines().map(str::to_owned).collect()
    }

    /// All rows of all views, sorted.
    #[track_caller]
    fn dump(&self, store: &str) -> Vec<String> {
        let mut out = Vec::new();
        for view in self.rows(store, "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name") {
            let view = view.trim_start_matches("{\"name\":\"").trim_end_matches("\"}").to_owned();
            let rows = self.rows(store, &format!("SELECT * FROM {view}"));
            out.extend(rows.into_iter().map(|row| format!("{view}: {row}")));
        }
        out.sort();
        out
    }
}

/// Records that cite few documents in many ways, so that many texts speak of one document and do not always agree.
fn records(from: usize, to: usize) -> String {
    let mut out = String::new();
    for n in from..to {
        let mut words = String::new();
        for k in 0..=n % 7 {
            let cue = ["Căn cứ", "Thực hiện", "Thay thế", "Bãi bỏ Điều 3 của", "Hướng dẫn khoản 1 Điều 5"][(n + k) % 5];
            let document =
                ["Nghị định số 30/2020/NĐ-CP", "Quyết định số 12/QĐ-UBND", "Luật Đất đai năm 2013"][(n + 2 * k) % 3];
            let date = ["", " ngày 05/3/2020", " ngày 08/4/2020", " năm 2020"][(n / 3 + k) % 4];
            let issuer = ["", " của Chính phủ", " của Ủy ban nhân dân tỉnh Quảng Ninh"][(n / 5 + k) % 3];
            write!(words, "{cue} {document}{date}{issuer}; Thông tư số {}/2019/TT-BTC. ", n % 90 + k).unwrap();
        }
        let symbol = if n % 3 == 0 { "" } else { "/TT-BYT" };
        writeln!(out, "{{\"id\":\"t{n:04}\",\"symbol\":\"{n}/2021{symbol}\",\"text\":\"{words}\"}}").unwrap();
    }
    out
}

const WHOLE: &[&str] = &["citations", "citation_targets", "relations", "diagnostics"];

#[test]
fn made_brought_up_to_date_and_pruned() {
    let room = Room::new("update");
    room.write("a.txt", "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;");
    room.write("b.txt", "Thực hiện Nghị định số 110/2004/NĐ-CP;");
    assert_eq!(room.told(&["build", "a.txt", "b.txt", "-o", "s"]), "2 texts read, 0 unchanged, 0 taken out\n");
    assert_eq!(room.told(&["build", "a.txt", "b.txt", "-o", "s"]), "0 texts read, 2 unchanged, 0 taken out\n");
    room.write("b.txt", "Thực hiện Nghị định số 111/2004/NĐ-CP;");
    assert_eq!(room.told(&["build", "a.txt", "b.txt", "-o", "s"]), "1 text read, 1 unchanged, 0 taken out\n");
    let keys = "SELECT key FROM documents WHERE key LIKE '%nghi-dinh%' ORDER BY key";
    assert_eq!(room.rows("s", keys), [r#"{"key":"vn:nghi-dinh:111/2004:cp"}"#, r#"{"key":"vn:nghi-dinh:30/2020:cp"}"#]);
    // what is not among the inputs stays, unless it is to be taken out
    assert_eq!(room.told(&["build", "b.txt", "-o", "s"]), "0 texts read, 1 unchanged, 0 taken out\n");
    assert_eq!(room.told(&["build", "b.txt", "-o", "s", "--prune"]), "0 texts read, 1 unchanged, 1 taken out\n");
    assert_eq!(room.rows("s", keys), [r#"{"key":"vn:nghi-dinh:111/2004:cp"}"#]);
    assert_eq!(room.told(&["build", "b.txt", "-o", "s", "--afresh"]), "1 text read, 0 unchanged, 0 taken out\n");
    room.told(&["build", "b.txt", "-o", "alone"]);
    assert_eq!(room.dump("s"), room.dump("alone"));
}

/// Inputs that were read whole and have not changed are not unpacked again; whatever else has changed, they are.
#[test]
fn a_run_over_unchanged_inputs_is_known() {
    let room = Room::new("runs");
    let store = "s";
    let build = |args: &[&str]| room.told(&[&["build"], args, &["-o", store]].concat());
    let noted = || room.rows(store, "SELECT count(*) AS n FROM run").join(" ");
    room.write("a.jsonl", &records(0, 20));
    room.write("b.jsonl", &records(20, 30));
    assert_eq!(build(&["a.jsonl"]), "20 texts read, 0 unchanged, 0 taken out\n");
    assert_eq!(noted(), "{\"n\":1}");
    assert_eq!(build(&["a.jsonl"]), "0 texts read, 20 unchanged, 0 taken out\n");
    assert_eq!(build(&["a.jsonl", "--prune"]), "0 texts read, 20 unchanged, 0 taken out\n");
    // another run writes: what it put may be of the same names
    assert_eq!(build(&["b.jsonl"]), "10 texts read, 0 unchanged, 0 taken out\n");
    assert_eq!(noted(), "{\"n\":1}");
    assert_eq!(build(&["a.jsonl"]), "0 texts read, 20 unchanged, 0 taken out\n");
    assert_eq!(noted(), "{\"n\":2}");
    // both are known, and still what the other put is taken out when that is asked for
    assert_eq!(build(&["a.jsonl", "--prune"]), "0 texts read, 20 unchanged, 10 taken out\n");
    assert_eq!(build(&["b.jsonl"]), "10 texts read, 0 unchanged, 0 taken out\n");
    // other settings, other texts; other bytes, too
    assert_eq!(build(&["a.jsonl", "--meta", "title=symbol"]), "20 texts read, 0 unchanged, 0 taken out\n");
    assert_eq!(build(&["a.jsonl"]), "20 texts read, 0 unchanged, 0 taken out\n");
    room.write("a.jsonl", &records(1, 20).replace("2021", "2022"));
    assert_eq!(build(&["a.jsonl"]), "19 texts read, 0 unchanged, 0 taken out\n");
    assert_eq!(build(&["a.jsonl", "--afresh"]), "19 texts read, 0 unchanged, 0 taken out\n");
    // a run in which something failed is not noted: the next one says it again
    room.write("a.jsonl", &format!("{}broken\n", records(1, 20)));
    for said in ["19 texts read, 0 unchanged", "0 texts read, 19 unchanged"] {
        let (status, out, err) = room.run(&["build", "a.jsonl", "-o", store]);
        assert_eq!((status, out), (1, format!("{said}, 0 taken out\n")));
        assert!(err.contains("a.jsonl:20"), "{err}");
    }
    assert_eq!(noted(), "{\"n\":0}");
}

#[test]
fn a_bad_input_stops_no_other_and_nothing_is_taken_out() {
    let room = Room::new("bad");
    room.write("a.txt", "Căn cứ Nghị định số 30/2020/NĐ-CP;");
    room.write("b.txt", "Căn cứ Nghị định số 31/2020/NĐ-CP;");
    room.told(&["build", "a.txt", "b.txt", "-o", "s"]);
    fs::write(room.0.join("bad.txt"), [0xff, 0xfe, 0xfd]).unwrap();
    let (status, out, err) = room.run(&["build", "a.txt", "bad.txt", "-o", "s", "--prune"]);
    assert_eq!((status, out.as_str()), (1, "0 texts read, 1 unchanged, 0 taken out\n"));
    assert!(
        err.contains("bad.txt") && err.ends_with("viendan: nothing was taken out, for some inputs failed\n"),
        "{err}"
    );
    assert_eq!(room.rows("s", "SELECT count(*) AS n FROM sources"), [r#"{"n":2}"#]);
    // two records of one name: the first is kept, now and in every later run
    room.write("twice.jsonl", "{\"id\":\"x\",\"text\":\"Nghị định số 1/2020/NĐ-CP\"}\n{\"id\":\"x\",\"text\":\"y\"}\n");
    for read in ["1 text read, 0 unchanged", "0 texts read, 1 unchanged"] {
        let (status, out, err) = room.run(&["build", "twice.jsonl", "-o", "t"]);
        assert_eq!((status, out), (1, format!("{read}, 0 taken out\n")));
        assert_eq!(err, "viendan: x: a text of this name was read before\n");
    }
}

#[test]
fn a_store_in_the_place_of_its_texts() {
    let room = Room::new("place");
    room.write("r.jsonl", &records(0, 60));
    room.told(&["build", "r.jsonl", "-o", "s"]);
    let decree = "30/2020/NĐ-CP";
    for asked in [
        &["query", "--citing", decree, "--format", "jsonl"][..],
        &["query", "--citing", decree, "--transitive", "--format", "dot"],
        &["query", "--based-on", "Luật Đất đai 2013"],
        &["query", "--citing", decree, "--in-force", "2021-06-01", "--format", "csv"],
        &["show", decree, "--format", "jsonl"],
        &["show", decree, "--on", "2021-06-01"],
        &["find", "quang ninh", "--format", "csv"],
        &["stats"],
    ] {
        let ask = |input: &'static str| {
            let with: Vec<&str> = [&asked[..1], &[input], &asked[1..]].concat();
            room.run(&with)
        };
        let (status, out, err) = ask("r.jsonl");
        assert!(status == 0 && out.lines().count() > 0, "{asked:?}: {out}{err}");
        assert_eq!(ask("s"), (status, out, err), "{asked:?}");
    }
    let (status, _, err) = room.run(&["query", "r.jsonl", "s", "--citing", decree]);
    assert_eq!((status, err.as_str()), (2, "viendan: s: a store is asked alone, not among other inputs\n"));
}

#[test]
fn rows_in_every_form() {
    let room = Room::new("forms");
    room.write("a.txt", "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;");
    room.told(&["build", "a.txt", "-o", "s"]);
    let statement =
        "SELECT symbol, date, name, mentions, 0.5 AS half, x'ff' AS bytes FROM documents WHERE symbol IS NOT NULL";
    let sql = |format: &str| room.told(&["sql", "s", statement, "--format", format]);
    assert_eq!(
        sql("jsonl"),
        "{\"symbol\":\"30/2020/NĐ-CP\",\"date\":\"2020-03-05\",\"name\":null,\"mentions\":1,\"half\":0.5,\"bytes\":\"ff\"}\n"
    );
    assert_eq!(sql("csv"), "symbol,date,name,mentions,half,bytes\n30/2020/NĐ-CP,2020-03-05,,1,0.5,ff\n");
    assert_eq!(
        sql("table"),
        "symbol         date        name  mentions  half  bytes\n30/2020/NĐ-CP  2020-03-05        1         0.5   ff\n"
    );
    assert_eq!(room.told(&["sql", "s", "SELECT key FROM documents WHERE 0", "--format", "csv"]), "key\n");
    for (statement, said) in [
        ("DELETE FROM key", "`DELETE FROM key`: a statement may only read"),
        ("SELECT 1; SELECT 2", "`SELECT 1; SELECT 2`: more than one statement"),
        ("SELECT x FROM documents", "`SELECT x FROM documents`: no such column: x"),
        ("", "``: no statement"),
    ] {
        let (status, out, err) = room.run(&["sql", "s", statement]);
        assert_eq!((status, out.as_str(), err), (2, "", format!("viendan: {said}\n")));
    }
    let endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";
    let (status, _, err) = room.run(&["sql", "s", endless, "--time-limit", "1"]);
    assert_eq!((status, err.as_str()), (1, "viendan: s: no answer within 1 s\n"));
    let (status, _, err) = room.run(&["sql", "a.txt", "SELECT 1"]);
    assert_eq!((status, err.as_str()), (1, "viendan: a.txt: not a store of viendan\n"));
    let (status, _, err) = room.run(&["build", "s", "-o", "a.txt"]);
    assert_eq!((status, err.as_str()), (1, "viendan: a.txt: not a store of viendan\n"));
}

/// A run that is ended, at moments spread over the time of a whole one, leaves a store that can be asked and holds whole
/// texts only; the next run takes it up. `VIENDAN_KILLS` sets how often.
#[test]
fn ended_at_any_moment() {
    let kills: u32 = std::env::var("VIENDAN_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(4);
    let room = Room::new("ended");
    room.write("old.jsonl", &records(0, 150));
    // texts that change, texts that come, and texts that go
    room.write("new.jsonl", &records(100, 300).replace("t01", "t00"));
    let old = ["build", "old.jsonl", "-o", "s", "--batch", "9"];
    let new = ["build", "new.jsonl", "-o", "s", "--batch", "9", "--prune"];
    room.told(&["build", "old.jsonl", "-o", "before"]);
    room.told(&["build", "new.jsonl", "-o", "after"]);
    let after = room.dump("after");
    let of_text = |rows: &[String], text: &str| -> Vec<String> {
        let mine = |row: &&String| {
            WHOLE.iter().any(|view| row.starts_with(&format!("{view}: ")))
                && row.contains(&format!("\"source\":\"{text}\""))
        };
        rows.iter().filter(mine).cloned().collect()
    };
    let before = room.dump("before");
    let started = Instant::now();
    room.told(&old);
    room.told(&new);
    let whole = started.elapsed();
    assert_eq!(room.dump("s"), after);
    let mut early = 0;
    for kill in 0..kills {
        for file in ["s", "s-wal", "s-shm"] {
            let _ = fs::remove_file(room.0.join(file));
        }
        let mut left = whole * (2 * kill + 1) / (2 * kills);
        for args in [&old[..], &new] {
            let started = Instant::now();
            let mut child = room.command(args).stdout(Stdio::null()).spawn().unwrap();
            while started.elapsed() < left && child.try_wait().unwrap().is_none() {
                std::thread::sleep(Duration::from_millis(1));
            }
            left = left.saturating_sub(started.elapsed());
            if left.is_zero() {
                child.kill().unwrap();
            }
            if !child.wait().unwrap().success() {
                early += 1;
                break;
            }
        }
        if fs::metadata(room.0.join("s")).is_ok_and(|file| file.len() > 0) {
            let found = room.dump("s");
            for row in found.iter().filter(|row| row.starts_with("sources: ")) {
                let text = row.split('"').nth(3).unwrap();
                let rows = of_text(&found, text);
                assert!(
                    rows == of_text(&before, text) || rows == of_text(&after, text),
                    "after end {kill} {text} is not whole"
                );
            }
        }
        room.told(&new);
        assert_eq!(room.dump("s"), after, "after end {kill}");
    }
    assert!(early * 2 >= kills, "only {early} of {kills} runs were ended before they were done");
}

/// The limit on the size of files stands for a disk that has no room: what is written beyond it fails.
#[cfg(unix)]
#[test]
fn no_room_on_the_disk() {
    let room = Room::new("full");
    room.write("old.jsonl", &records(0, 20));
    room.write("new.jsonl", &records(0, 300));
    room.told(&["build", "old.jsonl", "-o", "s"]);
    let before = room.dump("s");
    // half a megabyte; the signal is to be ignored, so that writing fails
    let limited = |args: &str| {
        let mut command = Command::new("sh");
        let line = format!("trap '' XFSZ; ulimit -f 1024; exec '{}' {args}", env!("CARGO_BIN_EXE_viendan"));
        command.current_dir(&room.0).args(["-c", &line]).stdin(Stdio::null());
        let output = command.output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (status, err) = limited("build new.jsonl -o s");
    assert!(
        status == 1
            && err.starts_with("viendan: s: cannot be read or written (")
            && err.ends_with("); it is as it was after the last complete batch\n"),
        "{status}: {err}"
    );
    assert_eq!(room.dump("s"), before);
    // with room again the run is taken up
    room.told(&["build", "new.jsonl", "-o", "s"]);
    room.told(&["build", "new.jsonl", "-o", "t"]);
    assert_eq!(room.dump("s"), room.dump("t"));
}

#[test]
fn two_builds_at_once() {
    let room = Room::new("two");
    room.write("left.jsonl", &records(0, 120));
    room.write("right.jsonl", &records(120, 240));
    room.write("both.jsonl", &records(0, 240));
    let start = |file| room.command(&["build", file, "-o", "s", "--batch", "9"]).stdout(Stdio::null()).spawn().unwrap();
    let (mut left, mut right) = (start("left.jsonl"), start("right.jsonl"));
    assert!(left.wait().unwrap().success() && right.wait().unwrap().success());
    room.told(&["build", "both.jsonl", "-o", "both"]);
    assert_eq!(room.dump("s"), room.dump("both"));
}
