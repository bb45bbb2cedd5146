//! Tables of metadata beside the texts.

use super::make::{Room, tarred, zipped};
use super::{read, sources};
use viendan::{Metadata, Reader, Record};

const TEXT: &str = "Luật số 59/2010/QH12\n";

fn symbols(records: &[Record]) -> Vec<(&str, Option<&str>)> {
    records.iter().map(|record| (record.source.as_str(), record.metadata.symbol.as_deref())).collect()
}

#[test]
fn a_table_speaks_of_the_files_of_its_folder_and_below() {
    let room = Room::new("table")
        .with("in/metadata.csv", "file,symbol,issued,title\na.txt,1/QĐ-A,2020-01-02,\"Về, \"\"x\"\"\"\nsub/b.html,2/QĐ-B,,\nsub/c.txt,3/QĐ-C,,\n")
        .with("in/a.txt", TEXT)
        .with("in/none.txt", TEXT)
        .with("in/sub/b.html", "<p>x</p>")
        .with("in/sub/c.txt.gz", super::make::gzip(TEXT.as_bytes()))
        .with("in/sub/deep/metadata.csv", "filename;so_hieu\nd.txt;4/QĐ-D\n")
        .with("in/sub/deep/d.txt", TEXT);
    let reader = Reader::new();
    let (records, failures) = read(&reader, &room, &["in"]);
    assert_eq!(
        failures,
        ["in/sub/deep/metadata.csv: no column of metadata (symbol, type, issuer, issued, effective, title)"]
    );
    assert_eq!(
        symbols(&records),
        [
            ("in/a.txt", Some("1/QĐ-A")),
            ("in/none.txt", None),
            ("in/sub/b.html", Some("2/QĐ-B")),
            ("in/sub/c.txt.gz", Some("3/QĐ-C")),
            ("in/sub/deep/d.txt", None),
        ]
    );
    let expected = Metadata::default().symbol("1/QĐ-A").issued("2020-01-02").title("Về, \"x\"");
    assert_eq!(records[0].metadata, expected);
    // columns may have other names, like fields of records
    let (records, _) = read(&reader.meta("symbol", "so_hieu").unwrap(), &room, &["in/sub"]);
    assert_eq!(records[2].metadata, Metadata::default().symbol("4/QĐ-D"));
}

#[test]
fn tables_of_spreadsheets() {
    let wide: Vec<u8> = "\u{feff}FILE\tSymbol\r\na.txt\t1/QĐ-A\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let room = Room::new("sheets")
        .with("tabs/metadata.csv", wide)
        .with("tabs/a.txt", TEXT)
        .with("semicolons/metadata.csv", "\u{feff}ID;symbol\r\n\r\n.\\b\\a.txt;1/QĐ-A\r\n")
        .with("semicolons/b/a.txt", TEXT)
        // letters of a name may be composed in one place and not in the other
        .with("composed/metadata.csv", "path,symbol\nNghi\u{323} đi\u{323}nh.txt,1/QĐ-A\n")
        .with("composed/Nghị định.txt", TEXT);
    for input in ["tabs", "semicolons", "composed"] {
        let (records, failures) = read(&Reader::new(), &room, &[input]);
        assert_eq!(failures, [""; 0], "{input}");
        assert_eq!(records[0].metadata, Metadata::default().symbol("1/QĐ-A"), "{input}");
    }
}

#[test]
fn wrong_rows_are_named_and_the_others_hold() {
    let room = Room::new("rows")
        .with(
            "in/metadata.csv",
            "file,symbol\na.txt,1/QĐ-A\n\nb.txt,2,3\na.txt,9/QĐ-Z\n,4\n\"c\n.txt\",5\nd.txt,6/QĐ-D\n",
        )
        .with("in/a.txt", TEXT)
        .with("in/d.txt", TEXT)
        .with("none/metadata.csv", "file,symbol\nx.txt,1\n")
        .with("none/a.txt", TEXT)
        .with("header/metadata.csv", "datei,symbol\na.txt,1\n")
        .with("header/a.txt", TEXT)
        .with("latin/metadata.csv", b"file,symbol\na.txt,1/Q\xd0\n")
        .with("latin/a.txt", TEXT);
    let (records, failures) = read(&Reader::new(), &room, &["in", "none", "header", "latin"]);
    assert_eq!(
        failures,
        [
            "in/metadata.csv:4: 3 cells where the header has 2",
            "in/metadata.csv:5: a second row for `a.txt`",
            "in/metadata.csv:6: names no file",
            "none/metadata.csv: none of its 1 rows names a text here",
            "header/metadata.csv: no column names the file of a row (file, filename, file_name, path, name or id)",
            "latin/metadata.csv: byte 21: not valid UTF-8, and no other known encoding",
        ]
    );
    assert_eq!(
        symbols(&records),
        [
            ("in/a.txt", Some("1/QĐ-A")),
            ("in/d.txt", Some("6/QĐ-D")),
            ("none/a.txt", None),
            ("header/a.txt", None),
            ("latin/a.txt", None)
        ]
    );
}

#[test]
fn tables_within_archives() {
    let table = "file,symbol\na.txt,1/QĐ-A\n";
    let texts = [("docs/a.txt", TEXT), ("b.txt", TEXT)];
    let before = [&[("docs/metadata.csv", table)], &texts[..]].concat();
    let after = [&texts[..], &[("docs/metadata.csv", table)]].concat();
    let room = Room::new("in-archives")
        .with("before.tar", tarred(&before))
        .with("after.tar", tarred(&after))
        .with("before.zip", zipped(&before))
        .with("after.zip", zipped(&after))
        .with("none.zip", zipped(&[("metadata.csv", "file,symbol\nx.txt,1\n"), ("a.txt", TEXT)]));
    for name in ["before.tar", "before.zip", "after.zip"] {
        let (records, failures) = read(&Reader::new(), &room, &[name]);
        assert_eq!(failures, [""; 0], "{name}");
        let expected = [(format!("{name}!docs/a.txt"), Some("1/QĐ-A")), (format!("{name}!b.txt"), None)];
        let found: Vec<(String, Option<&str>)> =
            symbols(&records).into_iter().map(|(source, symbol)| (source.to_owned(), symbol)).collect();
        assert_eq!(found, expected);
    }
    let (records, failures) = read(&Reader::new(), &room, &["after.tar", "none.zip"]);
    assert_eq!(
        failures,
        [
            "after.tar!docs/metadata.csv: comes after texts; a table of metadata has to be first",
            "none.zip!metadata.csv: none of its 1 rows names a text here",
        ]
    );
    assert_eq!(sources(&records), ["after.tar!docs/a.txt", "after.tar!b.txt", "none.zip!a.txt"]);
}
