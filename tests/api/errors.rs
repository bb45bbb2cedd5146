//! What an embedding program shows its user when something is wrong: kind and message, word for word.

use viendan::{CitationGraph, Corpus, Error, ErrorKind, Extractor, GrammarTable, Lexicon, PartialDate};

#[test]
fn a_wrong_row_is_named_by_file_line_and_column() {
    use GrammarTable as T;
    let wrong = |table: T, text: &str| {
        let error = Lexicon::builder().add(table, "own.tsv", text).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Table);
        error.to_string()
    };
    assert_eq!(wrong(T::Issuers, ""), "own.tsv:1:1: no header line");
    assert_eq!(wrong(T::Issuers, "code\tname\nA\tB\n"), "own.tsv:1:1: column `names` is missing");
    assert_eq!(wrong(T::Issuers, "# note\ncode\tnames\nA\n"), "own.tsv:3:2: 1 cells where the header has 2");
    assert_eq!(wrong(T::Issuers, "code\tnames\n\tBộ Y tế\n"), "own.tsv:2:1: `code` is empty");
    assert_eq!(wrong(T::Issuers, "code\tnames\nBYT\t\n"), "own.tsv:2:5: `names` is empty");
    assert_eq!(wrong(T::Issuers, "code\tnames\tlocal\nA\tB\tx\n"), "own.tsv:2:5: `x`: write y or leave it empty");
    assert_eq!(
        wrong(T::Issuers, "names\tcode\tfrom\nSở Ý\tSY\tmai\n"),
        "own.tsv:2:9: `mai`: not a date (write 2013, 2013-05 or 2013-05-02)"
    );
    assert_eq!(wrong(T::DocTypes, "slug\tname\nnghi\tNghị\n"), "own.tsv:2:1: unknown document type `nghi`");
    assert_eq!(wrong(T::DocTypes, "slug\tname\tclass\nluat\tLuật\tx\n"), "own.tsv:2:11: unknown class `x`");
    assert_eq!(wrong(T::Units, "path\twords\ncau\tcâu\n"), "own.tsv:2:1: unknown unit `cau`");
    assert_eq!(wrong(T::Words, "role\ttext\nx\ty\n"), "own.tsv:2:1: unknown role `x`");
    assert_eq!(wrong(T::Confusables, "from\tto\nU+ZZ\ta\n"), "own.tsv:2:1: `U+ZZ` is no code point");
    assert_eq!(wrong(T::Confusables, "from\tto\nð\tđđ\n"), "own.tsv:2:3: `đđ` is more than one character");
    assert_eq!(wrong(T::Confusables, "from\tto\na\tb\n"), "own.tsv:2:1: an ASCII character stands for itself");
    assert_eq!(
        wrong(T::Aliases, "alias\tkind\ttype\tname\nX\ty\tluat\tZ\n"),
        "own.tsv:2:3: unknown kind `y`: law or words"
    );
    assert_eq!(
        wrong(T::Laws, "number\ttype\ttitle\n1\tnghi-dinh\tA\n"),
        "own.tsv:2:3: `nghi-dinh` is no type of act cited by name"
    );
    assert_eq!(wrong(T::Laws, "number\ttype\ttitle\n\tluat\tA\n"), "own.tsv:2:1: an act needs a number or a date");
    assert_eq!(wrong(T::Terms, "body\tterm\tfrom\tto\nQH\tx\t2000\t2001\n"), "own.tsv:2:4: `x` is no number");
    assert_eq!(wrong(T::Cues, "id\tpattern\trelation\nX\ta\tloves\n"), "own.tsv:2:5: unknown relation `loves`");
}

#[test]
fn every_kind_of_error_says_what_it_is() {
    let extractor = Extractor::new();
    let of = |error: Error| (error.kind(), error.to_string());
    let utf8 = extractor.extract_bytes(b"\xC4\x90i\xE1\xBB\xFF").unwrap_err();
    assert_eq!(of(utf8), (ErrorKind::InvalidUtf8, "byte 3: not valid UTF-8".into()));
    let far = extractor.explain("Luật", 99).unwrap_err();
    assert_eq!(of(far), (ErrorKind::Unknown, "byte 99: the text ends at byte 6".into()));
    let date = "2013-02-31".parse::<PartialDate>().unwrap_err();
    let message = "`2013-02-31`: not a date (write 2013, 2013-05 or 2013-05-02)";
    assert_eq!(of(date), (ErrorKind::Unknown, message.into()));
    let graph = CitationGraph::from(&Corpus::new());
    let none = graph.find("Luật Biển").one().unwrap_err();
    assert_eq!(of(none), (ErrorKind::Unknown, "`Luật Biển`: no such document".into()));
    let mut corpus = Corpus::new();
    corpus.add(&extractor.extract("theo Quyết định số 12/QĐ-BYT ngày 01/02/2013 và Chỉ thị số 12/QĐ-BYT").unwrap());
    let graph = CitationGraph::from(&corpus);
    let several = graph.find("12/QĐ-BYT");
    let count = several.matches.len();
    assert!(count > 1);
    assert_eq!(
        of(several.one().unwrap_err()),
        (ErrorKind::Unknown, format!("`12/QĐ-BYT`: {count} documents are called so"))
    );
    // faces of the library make errors of the other kinds with words of their own
    for kind in [ErrorKind::Store, ErrorKind::TooLarge, ErrorKind::Table] {
        assert_eq!(of(Error::new(kind, "the place: what is wrong")), (kind, "the place: what is wrong".into()));
    }
}

#[cfg(feature = "ingest")]
#[test]
fn inputs_that_cannot_be_read_are_named() {
    use std::ops::ControlFlow;
    use viendan::Reader;
    let folder = std::env::temp_dir().join(format!("viendan-api-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("records.jsonl");
    let read = |content: &str| -> Vec<(ErrorKind, String)> {
        std::fs::write(&file, content).unwrap();
        let mut errors = Vec::new();
        let _ = Reader::new().read(std::slice::from_ref(&file), &mut |record| {
            errors.extend(record.err().map(|e| (e.kind(), e.to_string().replace(&*folder.to_string_lossy(), "…"))));
            ControlFlow::Continue(())
        });
        errors
    };
    let (input, none) = (ErrorKind::Input, Vec::new());
    assert_eq!(read("{\"id\": \"a\", \"text\": \"Luật\"}\n"), none);
    assert_eq!(read(""), [(input, "…/records.jsonl: empty".into())]);
    assert_eq!(read("{\"id\": \"a\"}\n"), [(input, "…/records.jsonl:1: no field `text`".into())]);
    assert_eq!(
        read("{\"id\": \"a\", \"text\": 7}\n"),
        [(input, "…/records.jsonl:1: field `text` is not a string".into())]
    );
    // a folder may hold what an earlier run wrote
    std::fs::write(&file, "{\"schema\": \"viendan/1\", \"source\": \"a\", \"citations\": []}\n").unwrap();
    let mut errors = Vec::new();
    let _ = Reader::new().read(std::slice::from_ref(&folder), &mut |record| {
        errors.extend(record.err().map(|e| (e.kind(), e.to_string().replace(&*folder.to_string_lossy(), "…"))));
        ControlFlow::Continue(())
    });
    assert_eq!(errors, [(ErrorKind::PassedOver, "…/records.jsonl: holds extractions, not texts".into())]);
    let wrong = Reader::new().meta("colour", "c").unwrap_err();
    let message = "`colour`: not a metadata field (there are symbol, type, issuer, issued, effective, title)";
    assert_eq!((wrong.kind(), wrong.to_string()), (ErrorKind::Unknown, message.to_owned()));
    std::fs::remove_dir_all(&folder).unwrap();
}
