//! The commands that ask the graph, as their users meet them: `query` with all its sides and forms, `show`, `find`,
//! `stats`, and what is generated from the command line itself.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it finds something wrong")]

mod support;

use serde_json::Value;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A circular that guides a decree, one that changes it, one that replaces that, and a decision of a body below the
/// ministry that rests on both.
const RECORDS: &str = r#"{"id":"tt12","symbol":"12/2013/TT-BTC","type":"thong-tu","issuer":"Bộ Tài chính","issued":"2013-01-25","title":"Thông tư về quản lý \"tài sản\", phí và lệ phí","text":"Thông tư này hướng dẫn khoản 2 Điều 5 Nghị định số 60/2012/NĐ-CP ngày 30/7/2012 của Chính phủ. Căn cứ Luật Phí và lệ phí năm 2015."}
{"id":"tt15","symbol":"15/2014/TT-BTC","type":"thong-tu","issuer":"Bộ Tài chính","issued":"2014-02-10","text":"Điều 1. Sửa đổi, bổ sung Điều 3 Thông tư số 12/2013/TT-BTC.\nĐiều 2. Bãi bỏ khoản 1 Điều 7 Thông tư số 12/2013/TT-BTC."}
{"id":"tt20","symbol":"20/2016/TT-BTC","type":"thong-tu","issuer":"Bộ Tài chính","issued":"2016-03-15","text":"Thông tư này thay thế Thông tư số 15/2014/TT-BTC."}
{"id":"qd7","symbol":"7/QĐ-TCT","type":"quyet-dinh","issuer":"Tổng cục Thuế","issued":"2015-05","text":"Căn cứ Thông tư số 12/2013/TT-BTC; Căn cứ Thông tư số 15/2014/TT-BTC của Bộ Tài chính; theo Công văn số .../BTC-CST"}
"#;

/// A folder of one test's own with the records in it.
struct Room(PathBuf);

impl Room {
    fn new(name: &str) -> Self {
        let path = support::folder("graph", name);
        support::write(&path, "r.jsonl", RECORDS);
        Self(path)
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

    /// The symbols that a query over the records finds.
    #[track_caller]
    fn symbols(&self, asked: &[&str]) -> Vec<String> {
        let (status, out, _) = self.run(&[&["query", "r.jsonl", "--format", "jsonl"], asked].concat());
        assert_eq!(status, 0, "{asked:?}");
        let symbol =
            |line: &str| -> Value { serde_json::from_str::<Value>(line).unwrap()["document"]["symbol"].take() };
        out.lines().map(|line| symbol(line).as_str().unwrap().to_owned()).collect()
    }
}

#[test]
fn every_way_to_stand_to_a_document() {
    let room = Room::new("ways");
    let (tt12, tt15, tt20, qd7) = ("12/2013/TT-BTC", "15/2014/TT-BTC", "20/2016/TT-BTC", "7/QĐ-TCT");
    let decree = "60/2012/NĐ-CP";
    assert_eq!(room.symbols(&["--guiding", decree]), [tt12]);
    assert_eq!(room.symbols(&["--based-on", tt12]), [qd7]);
    assert_eq!(room.symbols(&["--amending", tt12]), [tt15]);
    assert_eq!(room.symbols(&["--repealing", tt12]), [tt15]);
    assert_eq!(room.symbols(&["--replacing", tt15]), [tt20]);
    assert_eq!(room.symbols(&["--replacing", tt12]), [""; 0]);
    assert_eq!(room.symbols(&["--citing", tt12]), [qd7, tt15]);
    assert_eq!(room.symbols(&["--from", tt12]), ["97/2015/QH13", decree]);
    assert_eq!(room.symbols(&["--around", tt12]), ["97/2015/QH13", decree, qd7, tt15]);
    // what replaces an act does not depend on it
    assert_eq!(room.symbols(&["--depends-on", decree, "--transitive"]), [tt12, qd7, tt15]);
    assert_eq!(room.symbols(&["--citing", decree, "--transitive"]), [tt12, qd7, tt15, tt20]);
    assert_eq!(room.symbols(&["--citing", decree, "--hops", "2"]), [tt12, qd7, tt15]);
    // the tax office is below the ministry
    let below = ["--citing", decree, "--transitive", "--issuer", "Bộ Tài chính"];
    assert_eq!(room.symbols(&below), [tt12, qd7, tt15, tt20]);
    assert_eq!(room.symbols(&["--citing", decree, "--transitive", "--issuer", "Tổng cục Thuế"]), [qd7]);
    assert_eq!(room.symbols(&["--citing", decree, "--transitive", "--type", "Quyết định"]), [qd7]);
    assert_eq!(room.symbols(&["--citing", decree, "--transitive", "--issued", "2014..2015"]), [qd7, tt15]);
}

#[test]
fn provisions_as_words_and_as_paths() {
    let room = Room::new("provisions");
    let asked = |provision: &str| room.symbols(&["--amending", "12/2013/TT-BTC", "--provision", provision]).len();
    for (provision, count) in [
        ("Điều 3", 1),
        ("khoản 4 Điều 3", 1),
        ("Điều 7", 1),
        ("khoản 1 Điều 7", 1),
        ("khoản 2 Điều 7", 0),
        ("dieu:7/khoan:1", 1),
        ("Điều 2 và Điều 3", 1),
        ("Điều 4", 0),
    ] {
        assert_eq!(asked(provision), count, "{provision}");
    }
    // only the clauses about it are shown
    let shown = room.told(&["query", "r.jsonl", "--citing", "12/2013/TT-BTC", "--provision", "Điều 7"]);
    assert_eq!(
        shown,
        "Thông tư 15/2014/TT-BTC · 2014-02-10 · Bộ Tài chính\n  \
           Thông tư 15/2014/TT-BTC repeals Thông tư 12/2013/TT-BTC\n    \
             “Bãi bỏ khoản 1 Điều 7 Thông tư số 12/2013/TT-BTC” (tt15, 88..148)\n"
    );
    // with X as the source, the provisions asked for are those of X, and these of the others
    assert_eq!(room.symbols(&["--from", "15/2014/TT-BTC", "--in-provision", "Điều 3"]), ["12/2013/TT-BTC"]);
    let law =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/docs/luat-02-2021-qh15-to-tung-hinh-su/input.txt");
    let amending = ["query", law.to_str().unwrap(), "--amending", "101/2015/QH13", "--in-provision"];
    let inside = |provision: &str| room.run(&[&amending[..], &[provision]].concat()).1.lines().count();
    assert_eq!([inside("khoản 2 Điều 1"), inside("Điều 9")], [3, 0]);
    for wrong in ["Điều", "Điều 5 Luật Đất đai", "mai", ""] {
        let (status, _, err) = room.run(&["query", "r.jsonl", "--citing", "X", "--provision", wrong]);
        let said =
            format!("viendan: --provision `{wrong}`: not a provision (write \"khoản 2 Điều 5\" or dieu:5/khoan:2)\n");
        assert_eq!((status, err), (2, said));
    }
}

#[test]
fn a_shortest_path_with_its_words() {
    let room = Room::new("path");
    let path = ["query", "r.jsonl", "--from", "20/2016/TT-BTC", "--path-to", "60/2012/NĐ-CP"];
    assert_eq!(
        room.told(&path),
        "Nghị định 60/2012/NĐ-CP · 2012-07-30 · Chính phủ\n  \
           Thông tư 20/2016/TT-BTC replaces Thông tư 15/2014/TT-BTC\n    \
             “thay thế Thông tư số 15/2014/TT-BTC” (tt20, 16..57)\n  \
           Thông tư 15/2014/TT-BTC amends Thông tư 12/2013/TT-BTC\n    \
             “Sửa đổi, bổ sung Điều 3 Thông tư số 12/2013/TT-BTC” (tt15, 11..75)\n  \
           Thông tư 12/2013/TT-BTC guides Nghị định 60/2012/NĐ-CP\n    \
             “hướng dẫn khoản 2 Điều 5 Nghị định số 60/2012/NĐ-CP ngày 30/7/2012” (tt12, 16..101)\n"
    );
    let short = [&path[..], &["--hops", "2"]].concat();
    let none = "viendan: no such path between Thông tư 20/2016/TT-BTC and `60/2012/NĐ-CP` in these texts\n";
    assert_eq!(room.run(&short), (0, String::new(), none.to_owned()));
    // by relations that may point either way
    let around = ["--around", "20/2016/TT-BTC", "--path-to", "7/QĐ-TCT"];
    assert_eq!(room.symbols(&around), ["7/QĐ-TCT"]);
    assert_eq!(room.symbols(&["--from", "20/2016/TT-BTC", "--path-to", "7/QĐ-TCT"]), [""; 0]);
    let (status, _, err) = room.run(&["query", "r.jsonl", "--from", "20/2016/TT-BTC", "--path-to", "xyz"]);
    assert_eq!((status, err.as_str()), (1, "viendan: `xyz`: no such document in these texts\n"));
}

#[test]
fn rows_for_spreadsheets_and_scripts() {
    let room = Room::new("csv");
    let asked = ["query", "r.jsonl", "--depends-on", "60/2012/NĐ-CP", "--transitive", "--format", "csv"];
    assert_eq!(
        room.told(&asked),
        "hops,key,type,symbol,name,title,date,issuer,step_source,step_relation,step_target,evidence_source,\
         evidence_start,evidence_end,evidence,in_force\n\
         1,vn:thong-tu:12/2013:btc,thong-tu,12/2013/TT-BTC,,\"Thông tư về quản lý \"\"tài sản\"\", phí và lệ phí\",\
         2013-01-25,Bộ Tài chính,vn:thong-tu:12/2013:btc,guides,vn:nghi-dinh:60/2012:cp,tt12,16,101,\
         hướng dẫn khoản 2 Điều 5 Nghị định số 60/2012/NĐ-CP ngày 30/7/2012,\n\
         2,vn:quyet-dinh:7:tct:2015,quyet-dinh,7/QĐ-TCT,,,2015-05,Tổng cục Thuế,vn:quyet-dinh:7:tct:2015,based_on,\
         vn:thong-tu:12/2013:btc,qd7,0,40,Căn cứ Thông tư số 12/2013/TT-BTC,\n\
         2,vn:thong-tu:15/2014:btc,thong-tu,15/2014/TT-BTC,,,2014-02-10,Bộ Tài chính,vn:thong-tu:15/2014:btc,amends,\
         vn:thong-tu:12/2013:btc,tt15,11,75,\"Sửa đổi, bổ sung Điều 3 Thông tư số 12/2013/TT-BTC\",\n"
    );
    let none = room.run(&["query", "r.jsonl", "--replacing", "12/2013/TT-BTC", "--format", "csv"]);
    assert_eq!((none.0, none.1.lines().count()), (0, 1), "the names stand there also without rows");
}

#[test]
fn a_graph_for_graphviz() {
    let room = Room::new("dot");
    let dot = room.told(&["query", "r.jsonl", "--citing", "12/2013/TT-BTC", "--format", "dot"]);
    assert_eq!(
        dot,
        "digraph viendan {\n  rankdir=BT;\n  node [shape=box];\n  \
         \"vn:quyet-dinh:7:tct:2015\" [label=\"Quyết định 7/QĐ-TCT\\n2015-05\"];\n  \
         \"vn:thong-tu:12/2013:btc\" [label=\"Thông tư 12/2013/TT-BTC\\n2013-01-25\", peripheries=2];\n  \
         \"vn:thong-tu:15/2014:btc\" [label=\"Thông tư 15/2014/TT-BTC\\n2014-02-10\"];\n  \
         \"vn:quyet-dinh:7:tct:2015\" -> \"vn:thong-tu:12/2013:btc\" [label=\"based_on\", \
         tooltip=\"Căn cứ Thông tư số 12/2013/TT-BTC\"];\n  \
         \"vn:thong-tu:15/2014:btc\" -> \"vn:thong-tu:12/2013:btc\" [label=\"amends\", \
         tooltip=\"Sửa đổi, bổ sung Điều 3 Thông tư số 12/2013/TT-BTC\"];\n}\n"
    );
}

#[test]
fn a_card() {
    let room = Room::new("card");
    // the words of the name need no quotation marks
    let card = room.told(&["show", "r.jsonl", "Thông", "tư", "12/2013/TT-BTC"]);
    assert_eq!(
        card,
        "Thông tư 12/2013/TT-BTC · 2013-01-25 · Bộ Tài chính\n  \
           key: vn:thong-tu:12/2013:btc\n  \
           urn: urn:lex:vn:bo.tai.chinh:thong.tu:2013-01-25;12-2013-tt-btc\n  \
           title: Thông tư về quản lý \"tài sản\", phí và lệ phí\n  \
           issued: 2013-01-25 (from metadata: tt12)\n  \
           issuer: Bộ Tài chính\n  \
           text: tt12\n  \
           mentioned in: 2 texts\n  \
           in effect from: not known\n\
         \nchanged by (2)\n  \
           amends Thông tư 15/2014/TT-BTC · 2014-02-10 · Bộ Tài chính\n    \
             “Sửa đổi, bổ sung Điều 3 Thông tư số 12/2013/TT-BTC” (tt15, 11..75)\n  \
           repeals Thông tư 15/2014/TT-BTC · 2014-02-10 · Bộ Tài chính\n    \
             “Bãi bỏ khoản 1 Điều 7 Thông tư số 12/2013/TT-BTC” (tt15, 88..148)\n\
         \ncited as (1)\n  \
           3 × Thông tư số 12/2013/TT-BTC\n\
         \nwhat it rests on (2)\n  \
           based_on Luật 97/2015/QH13 · 2015\n    \
             “Căn cứ Luật Phí và lệ phí năm 2015” (tt12, 122..167)\n  \
           guides Nghị định 60/2012/NĐ-CP · 2012-07-30 · Chính phủ\n    \
             “hướng dẫn khoản 2 Điều 5 Nghị định số 60/2012/NĐ-CP ngày 30/7/2012” (tt12, 16..101)\n\
         \nwhat rests on it (3)\n  \
           based_on Quyết định 7/QĐ-TCT · 2015-05 · Tổng cục Thuế\n    \
             “Căn cứ Thông tư số 12/2013/TT-BTC” (qd7, 0..40)\n  \
           amends Thông tư 15/2014/TT-BTC · 2014-02-10 · Bộ Tài chính\n    \
             “Sửa đổi, bổ sung Điều 3 Thông tư số 12/2013/TT-BTC” (tt15, 11..75)\n  \
           repeals Thông tư 15/2014/TT-BTC · 2014-02-10 · Bộ Tài chính\n    \
             “Bãi bỏ khoản 1 Điều 7 Thông tư số 12/2013/TT-BTC” (tt15, 88..148)\n"
    );
    let short = room.told(&["show", "r.jsonl", "12/2013/TT-BTC", "--limit", "1"]);
    assert!(short.contains("what rests on it (3)\n") && short.contains("  and 2 more (--limit)\n"), "{short}");
    let doubtful = room.told(&["show", "r.jsonl", "7/QĐ-TCT"]);
    assert!(
        doubtful.ends_with(
            "\ndoubts about its text (1)\n  \
               `Công văn số .../BTC-CST` is a blank to be filled in (qd7, 112..139)\n\
             \nmentions in its text that mean no one document (1)\n  \
               “Công văn số .../BTC-CST” placeholder (qd7, 112..139)\n"
        ),
        "{doubtful}"
    );
    let json: Value = serde_json::from_str(&room.told(&["show", "r.jsonl", "7/QĐ-TCT", "--format", "jsonl"])).unwrap();
    assert_eq!((&json["document"]["symbol"], &json["open"][0]["reason"]), (&"7/QĐ-TCT".into(), &"placeholder".into()));
    let (status, _, err) = room.run(&["show", "r.jsonl", "Luật", "Biển"]);
    assert_eq!((status, err.as_str()), (1, "viendan: `Luật Biển`: no such document in these texts\n"));
}

#[test]
fn texts_that_disagree_and_mentions_that_may_mean_it() {
    let room = Room::new("doubt");
    fs::write(room.0.join("a.txt"), "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;\n").unwrap();
    fs::write(room.0.join("b.txt"), "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 06/3/2020 của Chính phủ;\n").unwrap();
    let card = room.told(&["show", "a.txt", "--with", "b.txt", "30/2020/NĐ-CP"]);
    let section = "\nwhat the texts disagree on (1)\n  date\n    2020-03-05 (a.txt)\n    2020-03-06 (b.txt)\n";
    assert!(card.contains(section), "{card}");
    fs::write(
        room.0.join("c.txt"),
        "Căn cứ Nghị định số 34/2016/NĐ-CP; Căn cứ Nghị định số 34/2020/NĐ-CP;\nthực hiện Nghị định 34.\n",
    )
    .unwrap();
    let card = room.told(&["show", "c.txt", "34/2016/NĐ-CP"]);
    let both = "“Nghị định 34” ambiguous (c.txt, 106..123)\n    \
                Nghị định 34/2016/NĐ-CP\n    Nghị định 34/2020/NĐ-CP\n";
    assert!(card.ends_with(&format!("\nmentions in any text that may mean it (1)\n  {both}")), "{card}");
    // a text without an identity of its own is called by its name
    assert!(card.contains("  based_on c.txt\n"), "{card}");
    let own = room.told(&["show", "c.txt", "Nghị định 34"]);
    assert!(own.ends_with(&format!("\nmentions it stands for, and what they may mean (1)\n  {both}")), "{own}");
    let json: Value =
        serde_json::from_str(&room.told(&["show", "c.txt", "34/2016/NĐ-CP", "--format", "jsonl"])).unwrap();
    assert_eq!(json["may_mean"][0]["candidates"][0], "vn:nghi-dinh:34/2016:cp");
}

#[test]
fn what_is_wrong_with_a_question_is_said() {
    let room = Room::new("wrong");
    let tt12 = "12/2013/TT-BTC";
    for (args, said) in [
        (&["query", "r.jsonl", "--citing", ""][..], "``: no name (neither a letter nor a figure)"),
        (&["show", "r.jsonl", "…"], "`…`: no name (neither a letter nor a figure)"),
        (&["find", "r.jsonl", "-", "?"], "`- ?`: no name (neither a letter nor a figure)"),
        (
            &["query", "r.jsonl", "--citing", tt12, "--issued", "2015..2013-05"],
            "--issued `2015..2013-05`: ends before it begins",
        ),
        (
            &["query", "r.jsonl", "--citing", tt12, "--issued", "2013-13.."],
            "--issued `2013-13`: not a date (write 2013, 2013-05 or 2013-05-02)",
        ),
        (
            &["query", "r.jsonl", "--from", tt12, "--path-to", "12/2013/tt-btc"],
            "--path-to `12/2013/tt-btc`: the document that the path begins at",
        ),
        (&["query", "r.jsonl", "--citing", tt12, "--type", "vè"], "--type `vè`: no such document type"),
    ] {
        assert_eq!(room.run(args), (2, String::new(), format!("viendan: {said}\n")), "{args:?}");
    }
    // a month is as long as its days
    assert_eq!(room.symbols(&["--from", tt12, "--issued", "2012-07-31..2012-07"]), [""; 0]);
    let (status, _, err) = room.run(&["query", "r.jsonl", "--citing", tt12, "--hops", "0"]);
    assert!(status == 2 && err.contains("'0' for '--hops <N>': 0 is not in 1.."), "{err}");
    for (args, said) in [
        (
            &["query", "r.jsonl", "--citing", "99/2013/TT-BTC"][..],
            "`99/2013/TT-BTC`: no such document in these texts; the nearest names:",
        ),
        (
            &["query", "r.jsonl", "--citing", tt12, "--issuer", "Bộ Mưa"],
            "--issuer `Bộ Mưa`: no document is from such a body",
        ),
    ] {
        let (status, out, err) = room.run(args);
        assert_eq!((status, out.as_str(), err.lines().next()), (1, "", Some(format!("viendan: {said}").as_str())));
    }
    // nothing read is an input that failed, and then there is no such document either
    fs::write(room.0.join("empty.txt"), "").unwrap();
    let (status, out, err) = room.run(&["find", "empty.txt", "a"]);
    let said = "viendan: empty.txt: empty\nviendan: `a`: no such document in these texts\n";
    assert_eq!((status, out.as_str(), err.as_str()), (1, "", said));
}

#[test]
fn a_narrow_terminal_has_paragraphs_and_no_columns() {
    let room = Room::new("narrow");
    let narrow = |columns: &str| -> String {
        let found = room.command(&["find", "r.jsonl", "phí"]).env("COLUMNS", columns).output().unwrap();
        String::from_utf8(found.stdout).unwrap()
    };
    assert_eq!(
        narrow("50"),
        "Thông tư 12/2013/TT-BTC · 2013-01-25 · Bộ Tài\n  chính\n  \
           Thông tư về quản lý \"tài sản\", phí và lệ phí\n  mentioned in 2 texts\n\
         Luật 97/2015/QH13 · 2015\n  Phí và lệ phí\n  mentioned in 1 text\n"
    );
    assert!(narrow("80").starts_with("TEXTS  DOCUMENT"));
    for columns in [20, 37, 60, 80] {
        let width = |line: &str| unicode_width::UnicodeWidthStr::width(line);
        let text = narrow(&columns.to_string());
        assert!(text.lines().all(|line| width(line) <= columns), "{columns}:\n{text}");
    }
}

#[test]
fn words_are_found_with_and_without_tones() {
    let room = Room::new("find");
    let table = room.told(&["find", "r.jsonl", "phi", "le", "phi"]);
    assert_eq!(
        table,
        "TEXTS  DOCUMENT                 DATE        ISSUER        NAME OR TITLE\n\
         2      Thông tư 12/2013/TT-BTC  2013-01-25  Bộ Tài chính  Thông tư về quản lý \"tài sản\", phí và lệ phí\n\
         1      Luật 97/2015/QH13        2015                      Phí và lệ phí\n"
    );
    let how = |words: &str| -> Vec<(String, bool, String)> {
        let out = room.told(&["find", "r.jsonl", "--format", "jsonl", words]);
        let found = out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        found.map(|f| (text(&f["how"]), f["exact"].as_bool().unwrap(), text(&f["document"]["symbol"]))).collect()
    };
    let one = |how: &str, exact, symbol: &str| (how.to_owned(), exact, symbol.to_owned());
    assert_eq!(how("12/2013/tt-btc"), [one("symbol", true, "12/2013/TT-BTC")]);
    assert_eq!(how("12/2013"), [one("symbol_begins", true, "12/2013/TT-BTC")]);
    assert_eq!(how("thong tu 12/2013/TT-BTC"), [one("symbol", false, "12/2013/TT-BTC")]);
    assert_eq!(how("vn:nghi-dinh:60/2012:cp"), [one("key", false, "60/2012/NĐ-CP")]);
    let law = how("phí và lệ phí");
    assert_eq!(law, [one("name", true, "97/2015/QH13"), one("phrase", true, "12/2013/TT-BTC")]);
    assert_eq!(how("quyết định thuế"), [one("words", true, "7/QĐ-TCT")]);
    let (status, out, err) = room.run(&["find", "r.jsonl", "luật phí và lệ phi đường bộ"]);
    assert_eq!((status, out.as_str()), (1, ""));
    assert_eq!(
        err,
        "viendan: `luật phí và lệ phi đường bộ`: no such document in these texts; the nearest names:\n  \
         Luật Phí và lệ phí\n"
    );
    let (status, out, err) = room.run(&["find", "r.jsonl", "thông tư", "--limit", "1", "--format", "csv"]);
    assert_eq!((status, err.as_str()), (0, "viendan: the first 1 of 3 documents\n"));
    assert_eq!(
        out,
        "how,exact,mentions,key,type,symbol,name,title,date,issuer\n\
         words,true,2,vn:thong-tu:12/2013:btc,thong-tu,12/2013/TT-BTC,,\"Thông tư về quản lý \"\"tài sản\"\", phí và lệ \
         phí\",2013-01-25,Bộ Tài chính\n"
    );
}

#[test]
fn counts() {
    let room = Room::new("stats");
    let csv = room.told(&["stats", "r.jsonl", "--format", "csv"]);
    assert_eq!(
        csv,
        "list,name,count\n\
         total,texts,4\ntotal,documents,6\ntotal,read,4\ntotal,incomplete,0\ntotal,citations,10\ntotal,unresolved,1\n\
         total,relations,7\ntotal,clauses,7\ntotal,bodies,5\ntotal,provisions,5\ntotal,conflicts,0\n\
         type,thong-tu,3\ntype,luat,1\ntype,nghi-dinh,1\ntype,quyet-dinh,1\n\
         year,2012,1\nyear,2013,1\nyear,2014,1\nyear,2015,2\nyear,2016,1\n\
         issuer,Bộ Tài chính,3\nissuer,Chính phủ,1\nissuer,Tổng cục Thuế,1\nissuer,,1\n\
         relation,based_on,3\nrelation,amends,1\nrelation,guides,1\nrelation,repeals,1\nrelation,replaces,1\n\
         unresolved,placeholder,1\ndoubt,placeholder,1\n\
         cited,vn:thong-tu:12/2013:btc,2\ncited,vn:thong-tu:15/2014:btc,2\ncited,vn:luat:97-2015-qh13,1\n\
         cited,vn:nghi-dinh:60/2012:cp,1\n"
    );
    let json = room.told(&["stats", "r.jsonl", "--format", "jsonl"]);
    assert_eq!(json.lines().next(), Some(r#"{"list":"total","name":"texts","count":4}"#));
    assert_eq!(json.lines().count() + 1, csv.lines().count());
    assert!(json.contains(r#"{"list":"issuer","name":null,"count":1}"#));
    let cited = |more: &[&str]| -> Vec<String> {
        let out = room.told(&[&["stats", "r.jsonl", "--format", "csv"], more].concat());
        out.lines().filter_map(|line| line.strip_prefix("cited,")).map(str::to_owned).collect()
    };
    assert_eq!(cited(&["--relation", "amends", "--relation", "replaces"]).len(), 2);
    assert_eq!(cited(&["--type", "Luật"]), ["vn:luat:97-2015-qh13,1"]);
    assert_eq!(cited(&["--limit", "1"]), ["vn:thong-tu:12/2013:btc,2"]);
    let (status, _, err) = room.run(&["stats", "r.jsonl", "--relation", "loves"]);
    assert!(status == 2 && err.starts_with("viendan: --relation `loves`: no such relation (there are based_on, "));
    let table = room.told(&["stats", "r.jsonl", "--limit", "2"]);
    assert!(table.starts_with(" 4 texts read\n 6 documents\n"), "{table}");
    assert!(
        table.contains("\ndocuments by year (the last 2 of 5)\nCOUNT  NAME\n2      2015\n1      2016\n"),
        "{table}"
    );
    assert!(table.ends_with(
        "\nmost cited\nDOCUMENTS  CLAUSES  NAME\n\
         2          3        Thông tư 12/2013/TT-BTC · 2013-01-25 · Bộ Tài chính\n\
         2          2        Thông tư 15/2014/TT-BTC · 2014-02-10 · Bộ Tài chính\n"
    ));
}

#[test]
fn completions_and_pages_know_every_command() {
    let room = Room::new("generated");
    let commands = ["extract", "query", "show", "find", "stats", "worklist", "explain", "completions", "man"];
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = room.told(&["completions", shell]);
        for word in commands.iter().chain(&["path-to", "in-provision"]) {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    let page = room.told(&["man"]);
    for command in commands {
        assert!(page.contains(&format!("viendan\\-{command}")), "{command}");
        let own = room.told(&["man", command]);
        assert!(own.contains(".SH NAME") && own.contains(&format!("\\fBviendan {command}\\fR")), "{own}");
    }
    assert!(page.contains("Exit status: 0 done"));
    let head = format!(".TH viendan-query 1  \"viendan {}\" viendan\n", env!("CARGO_PKG_VERSION"));
    assert!(room.told(&["man", "query"]).contains(&head), "{head}");
    assert_eq!(room.run(&["man", "read"]).2, "viendan: `read`: no such command\n");
    assert_eq!(room.run(&["completions", "tcsh"]).0, 2);
}

#[test]
fn the_completions_of_bash_are_bash() {
    let room = Room::new("bash");
    fs::write(room.0.join("viendan.bash"), room.told(&["completions", "bash"])).unwrap();
    let script = "source ./viendan.bash; COMP_WORDS=(viendan query --path); COMP_CWORD=2; _viendan viendan --path query; \
                  echo \"${COMPREPLY[@]}\"";
    match Command::new("bash").arg("-c").arg(script).current_dir(&room.0).output() {
        Ok(output) => assert_eq!(String::from_utf8_lossy(&output.stdout), "--path-to\n", "{output:?}"),
        Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::NotFound, "only where there is no bash"),
    }
}

#[test]
fn bold_only_where_it_is_shown() {
    let room = Room::new("bold");
    for args in [&["query", "r.jsonl", "--citing", "12/2013/TT-BTC"][..], &["show", "r.jsonl", "7/QĐ-TCT"]] {
        assert!(!room.told(args).contains('\u{1b}'));
        let forced = room.command(args).env("CLICOLOR_FORCE", "1").output().unwrap();
        assert!(String::from_utf8(forced.stdout).unwrap().starts_with("\u{1b}[1m"), "{args:?}");
    }
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let room = Room::new("pipe");
    let lines: Vec<String> = (1..3000)
        .map(|n| {
            let text = "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;";
            format!("{{\"id\":\"r{n}\",\"symbol\":\"{n}/2021/TT-BTC\",\"text\":\"{text}\"}}\n")
        })
        .collect();
    fs::write(room.0.join("many.jsonl"), lines.concat()).unwrap();
    for args in [
        &["query", "many.jsonl", "--citing", "30/2020/NĐ-CP", "--format", "csv"][..],
        &["query", "many.jsonl", "--citing", "30/2020/NĐ-CP", "--format", "dot"],
        &["show", "many.jsonl", "30/2020/NĐ-CP", "--limit", "5000"],
        &["find", "many.jsonl", "TT-BTC", "--limit", "5000", "--format", "csv"],
    ] {
        let mut child = room.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = String::new();
        BufReader::with_capacity(64, child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        assert!(!first.is_empty());
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!((err.as_str(), child.wait().unwrap().code()), ("", Some(0)), "{args:?}");
    }
}
