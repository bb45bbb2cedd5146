//! `viendan worklist` as its users meet it.
#![expect(clippy::unwrap_used, reason = "a test stops where it finds something wrong")]

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A folder with these texts.
fn room(name: &str, texts: &[(&str, &str)]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    for (file, text) in texts {
        fs::write(path.join(file), text).unwrap();
    }
    path
}

/// Status 0 and nothing on standard error; gives what was written.
fn written(room: &Path, options: &[&str]) -> String {
    let ended = Command::new(env!("CARGO_BIN_EXE_viendan"))
        .current_dir(room)
        .args(["worklist", "."])
        .args(options)
        .env_remove("COLUMNS")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!((ended.status.code(), String::from_utf8(ended.stderr).unwrap()), (Some(0), String::new()));
    String::from_utf8(ended.stdout).unwrap()
}

const TEXTS: &[(&str, &str)] = &[
    ("a.txt", "Căn cứ Quyết định số 12/2013/QĐ-XYZ ngày 05/3/2013 của Cục Abc; Thẻ bài số 5/2013/XYZ-KT.\n"),
    ("b.txt", "Theo Quyết định số 14/2013/QĐ-XYZ và Quyết định số 15/2013/QĐ-WWW ngày 06/3/2013.\n"),
];

#[test]
fn one_object_for_each_entry_the_most_frequent_first() {
    let out = written(&room("work-jsonl", TEXTS), &[]);
    let objects: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let said: Vec<String> = objects
        .iter()
        .map(|o| {
            format!("{} {} {} {}", o["list"].as_str().unwrap(), o["name"].as_str().unwrap(), o["count"], o["documents"])
        })
        .collect();
    assert_eq!(said, ["code XYZ 3 2", "code WWW 1 1", "type Thẻ bài 1 1", "issuer Cục Abc 1 1"]);
    let example = &objects[0]["example"];
    let source = example["source"].as_str().unwrap();
    assert!(source.ends_with("a.txt"));
    let [from, to] =
        [&example["span"][0], &example["span"][1]].map(|at| usize::try_from(at.as_u64().unwrap()).unwrap());
    assert_eq!(TEXTS[0].1.get(from..to), Some("Quyết định số 12/2013/QĐ-XYZ ngày 05/3/2013"));
    assert!(example["text"].as_str().unwrap().starts_with("Căn cứ Quyết định số 12/2013/QĐ-XYZ"));
}

#[test]
fn a_table_for_each_list() {
    let out = written(&room("work-table", TEXTS), &["--format", "table"]);
    assert!(out.starts_with("codes of symbols that no table knows: 2 of 2\nCOUNT"), "{out}");
    assert!(out.contains("words before symbols that no table knows: 1 of 1\n"), "{out}");
    assert!(out.contains("bodies that no table knows: 1 of 1\n"), "{out}");
    assert!(out.contains("Cục Abc"), "{out}");
}

#[test]
fn a_limit_holds_for_each_list() {
    let room = room("work-limit", TEXTS);
    let out = written(&room, &["--limit", "1"]);
    assert_eq!(out.lines().count(), 3, "{out}");
    assert!(!out.contains("WWW"));
    let out = written(&room, &["--limit", "1", "--format", "table"]);
    assert!(out.contains("codes of symbols that no table knows: 1 of 2\n"), "{out}");
    assert_eq!(written(&room, &["--limit", "0"]), "");
}

#[test]
fn nothing_in_no_texts() {
    let room = room("work-empty", &[("a.txt", "Kính gửi: các đơn vị trực thuộc.\n")]);
    assert_eq!(written(&room, &[]), "");
    let out = written(&room, &["--format", "table"]);
    assert!(out.starts_with("codes of symbols that no table knows: 0 of 0\n\nwords"), "{out}");
}
