//! `query --in-force` and `show --on`, as their users meet them.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it finds something wrong")]

mod support;

use serde_json::Value;
use std::path::PathBuf;

/// A circular under a decree, the one that ends it and repeals a clause of another, and one of which no day is told.
const RECORDS: &str = r#"{"id":"tt12","symbol":"12/2013/TT-BTC","type":"thong-tu","issuer":"Bộ Tài chính","issued":"2013-01-25","text":"Căn cứ Nghị định số 60/2012/NĐ-CP;\nĐiều 9. Thông tư này có hiệu lực từ ngày 15/3/2013."}
{"id":"tt15","symbol":"15/2014/TT-BTC","type":"thong-tu","issuer":"Bộ Tài chính","issued":"2014-02-10","text":"Căn cứ Nghị định số 60/2012/NĐ-CP;\nĐiều 7. Thông tư này có hiệu lực sau 45 ngày, kể từ ngày ký."}
{"id":"tt16","symbol":"16/2014/TT-BTC","type":"thong-tu","issuer":"Bộ Tài chính","issued":"2014-02-11","text":"Căn cứ Nghị định số 60/2012/NĐ-CP;"}
{"id":"tt20","symbol":"20/2016/TT-BTC","type":"thong-tu","issuer":"Bộ Tài chính","issued":"2016-03-15","text":"Điều 1. Bãi bỏ khoản 1 Điều 7 Thông tư số 15/2014/TT-BTC.\nĐiều 2. Thông tư này có hiệu lực từ ngày 01/5/2016 và thay thế Thông tư số 12/2013/TT-BTC."}
"#;

struct Room(PathBuf);

impl Room {
    fn new(name: &str) -> Self {
        let path = support::folder("validity", name);
        support::write(&path, "r.jsonl", RECORDS);
        Self(path)
    }

    /// Status, standard output, standard error.
    fn run(&self, args: &[&str]) -> (i32, String, String) {
        support::ended(&mut support::viendan(&self.0, args))
    }

    /// The symbols found by a query to the decree, each with its state, and what is said beside.
    fn in_force(&self, more: &[&str]) -> (Vec<String>, String) {
        let asked = ["query", "r.jsonl", "--based-on", "60/2012/NĐ-CP", "--format", "jsonl", "--in-force"];
        let (status, out, err) = self.run(&[&asked[..], more].concat());
        assert_eq!(status, 0, "{err}");
        let found = out.lines().map(|line| {
            let hit: Value = serde_json::from_str(line).unwrap();
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            format!("{} {}", text(&hit["document"]["symbol"]), text(&hit["in_force"]["state"]))
        });
        (found.collect(), err)
    }
}

#[test]
fn what_is_in_force_and_what_is_not_known() {
    let room = Room::new("query");
    let one = "viendan: of 1 more it is not known whether they were in force (--unknown)\n";
    assert_eq!(room.in_force(&["2014-03-26"]), (vec!["12/2013/TT-BTC yes".to_owned()], one.to_owned()));
    let both = vec!["12/2013/TT-BTC yes".to_owned(), "15/2014/TT-BTC yes".to_owned()];
    assert_eq!(room.in_force(&["27/3/2014"]), (both, one.to_owned()));
    assert_eq!(room.in_force(&["2016-05-01"]), (vec!["15/2014/TT-BTC yes".to_owned()], one.to_owned()));
    let all = vec!["15/2014/TT-BTC yes".to_owned(), "16/2014/TT-BTC unknown".to_owned()];
    assert_eq!(room.in_force(&["2016-05-01", "--unknown"]), (all, String::new()));
    // before it was issued nothing is unknown
    assert_eq!(room.in_force(&["2014-02-10"]), (vec!["12/2013/TT-BTC yes".to_owned()], String::new()));
}

#[test]
fn an_answer_says_what_decides_it() {
    let room = Room::new("table");
    let asked = ["query", "r.jsonl", "--based-on", "60/2012/NĐ-CP", "--in-force", "2014-03-27"];
    let (status, out, _) = room.run(&asked);
    assert_eq!(status, 0);
    assert_eq!(
        out,
        "Thông tư 12/2013/TT-BTC · 2013-01-25 · Bộ Tài chính\n  \
           Thông tư 12/2013/TT-BTC based_on Nghị định 60/2012/NĐ-CP\n    \
             “Căn cứ Nghị định số 60/2012/NĐ-CP” (tt12, 0..44)\n  \
           in force on 2014-03-27: yes\n    \
             in effect: from 2013-03-15 on\n      \
               “Thông tư này có hiệu lực từ ngày 15/3/2013” (tt12, 57..110)\n\
         Thông tư 15/2014/TT-BTC · 2014-02-10 · Bộ Tài chính\n  \
           Thông tư 15/2014/TT-BTC based_on Nghị định 60/2012/NĐ-CP\n    \
             “Căn cứ Nghị định số 60/2012/NĐ-CP” (tt15, 0..44)\n  \
           in force on 2014-03-27: yes\n    \
             in effect: from 2014-03-27 on\n      \
               “Thông tư này có hiệu lực sau 45 ngày, kể từ ngày ký” (tt15, 57..123)\n"
    );
    let (_, out, _) = room.run(&[&asked[..], &["--format", "csv"]].concat());
    let rows: Vec<&str> = out.lines().collect();
    assert!(rows[0].ends_with(",in_force") && rows[1].ends_with(",yes"), "{out}");
}

#[test]
fn a_card_as_of_a_day() {
    let room = Room::new("show");
    let lines = |args: &[&str]| -> Vec<String> {
        let (status, out, err) = room.run(&[&["show", "r.jsonl"], args].concat());
        assert_eq!((status, err.as_str()), (0, ""));
        let from = out.lines().skip_while(|line| !line.starts_with("  in effect from"));
        from.take_while(|line| !line.is_empty()).map(str::to_owned).collect()
    };
    assert_eq!(
        lines(&["12/2013/TT-BTC", "--on", "2016-05-01"]),
        [
            "  in effect from: 2013-03-15 (from text: tt12)",
            "  in force on 2016-05-01: no",
            "    in effect: from 2013-03-15 on",
            "      “Thông tư này có hiệu lực từ ngày 15/3/2013” (tt12, 57..110)",
            "    ended by Thông tư 20/2016/TT-BTC (replaces) from 2016-05-01 on",
            "      “thay thế Thông tư số 12/2013/TT-BTC” (tt20, 142..183)",
            "  what had changed it by 2016-05-01: 1",
            "    2016-05-01: Thông tư 20/2016/TT-BTC replaces: the whole of it",
            "      “thay thế Thông tư số 12/2013/TT-BTC” (tt20, 142..183)",
        ]
    );
    assert_eq!(
        lines(&["15/2014/TT-BTC", "--on", "2016-05-01", "--provision", "Điều 7"]),
        [
            "  in effect from: 2014-03-27 (from inferred: tt15)",
            "  in force on 2016-05-01: yes",
            "    in effect: from 2014-03-27 on",
            "      “Thông tư này có hiệu lực sau 45 ngày, kể từ ngày ký” (tt15, 57..123)",
            "    dieu:7/khoan:1: not in force, ended by Thông tư 20/2016/TT-BTC (repeals) from 2016-05-01 on",
            "      “Bãi bỏ khoản 1 Điều 7 Thông tư số 15/2014/TT-BTC” (tt20, 11..71)",
            "  what had changed `dieu:7` by 2016-05-01: 1",
            "    2016-05-01: Thông tư 20/2016/TT-BTC repeals: dieu:7/khoan:1",
            "      “Bãi bỏ khoản 1 Điều 7 Thông tư số 15/2014/TT-BTC” (tt20, 11..71)",
        ]
    );
    let earlier = lines(&["15/2014/TT-BTC", "--on", "2016-04-30", "--provision", "dieu:7"]);
    assert_eq!(&earlier[4..], ["  what had changed `dieu:7` by 2016-04-30: nothing", "  later: 1"]);
    let (_, out, _) = room.run(&["show", "r.jsonl", "15/2014/TT-BTC", "--on", "2016-05-01", "--format", "jsonl"]);
    let card: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(card["in_force"]["parts"][0]["provisions"][0], "dieu:7/khoan:1");
    assert_eq!(card["changes"][0]["done"][0]["act"], "vn:thong-tu:20/2016:btc");
    let (_, out, _) = room.run(&["show", "r.jsonl", "15/2014/TT-BTC", "--format", "jsonl"]);
    let card: Value = serde_json::from_str(&out).unwrap();
    assert!(card.get("in_force").is_none() && card.get("changes").is_none());
}

#[test]
fn what_is_no_day_is_wrong_use() {
    let room = Room::new("wrong");
    let cases: [(&[&str], &str); 3] = [
        (
            &["query", "r.jsonl", "--citing", "60/2012/NĐ-CP", "--in-force", "2014"],
            "viendan: --in-force `2014`: not a day (write 2013-05-02 or 02/05/2013)\n",
        ),
        (
            &["show", "r.jsonl", "--on", "31/02/2014", "60/2012/NĐ-CP"],
            "viendan: --on `31/02/2014`: not a day (write 2013-05-02 or 02/05/2013)\n",
        ),
        (
            &["show", "r.jsonl", "--on", "2014-01-01", "--provision", "mọi điều", "60/2012/NĐ-CP"],
            "viendan: --provision `mọi điều`: not a provision (write \"khoản 2 Điều 5\" or dieu:5/khoan:2)\n",
        ),
    ];
    for (args, message) in cases {
        let (status, out, err) = room.run(args);
        assert_eq!((status, out.as_str(), err.as_str()), (2, "", message));
    }
    // `--unknown` and `--provision` need the day
    assert_eq!(room.run(&["query", "r.jsonl", "--citing", "60/2012/NĐ-CP", "--unknown"]).0, 2);
    assert_eq!(room.run(&["show", "r.jsonl", "--provision", "Điều 5", "60/2012/NĐ-CP"]).0, 2);
}
