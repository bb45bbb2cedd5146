//! A quick look finds what a whole reading finds of symbols and named acts.
#![expect(clippy::unwrap_used, reason = "a test says what it found, or stops")]

use std::path::Path;
use viendan::{Extractor, Form};

/// The texts of the fixtures.
fn texts() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/docs");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path().join("input.txt")).collect();
    paths.sort();
    assert!(!paths.is_empty());
    paths.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

#[test]
fn spans_lie_in_the_text_in_order() {
    let extractor = Extractor::new();
    for text in texts() {
        let found = extractor.skim(&text).unwrap();
        assert!(found.iter().all(|found| text.get(found.span.range()).is_some_and(|words| !words.is_empty())));
        assert!(found.is_sorted_by_key(|found| found.span.start));
    }
}

#[test]
fn symbols_are_those_of_a_whole_reading() {
    let extractor = Extractor::new();
    let (mut both, mut skimmed_only, mut read_only) = (0, Vec::new(), Vec::new());
    for text in texts() {
        let whole = extractor.extract(&text).unwrap();
        let header = whole.document.header;
        let skimmed = extractor.skim(&text).unwrap();
        for found in skimmed.iter().filter(|found| found.symbol.is_some()) {
            let known = whole.citations.iter().any(|c| c.symbol == found.symbol && c.core.overlaps(found.span));
            if known {
                both += 1;
            } else if !header.is_some_and(|header| header.overlaps(found.span)) {
                skimmed_only.push(found.span.of(&text).to_owned());
            }
        }
        for citation in &whole.citations {
            let slash = citation.symbol.as_deref().is_some_and(|symbol| symbol.contains('/'));
            if slash && citation.form == Form::Full && !skimmed.iter().any(|s| s.symbol == citation.symbol) {
                read_only.push(whole.words(citation.core).to_owned());
            }
        }
    }
    assert!(both > 30, "{both}");
    assert!(skimmed_only.len() * 50 < both, "{skimmed_only:?}");
    assert!(read_only.len() * 50 < both, "{read_only:?}");
}

#[test]
fn acts_are_told_by_their_names() {
    let extractor = Extractor::new();
    let found = |text: &str| -> Vec<(String, Option<i16>)> {
        let found = extractor.skim(text).unwrap();
        found.iter().map(|found| (found.span.of(text).to_owned(), found.year)).collect()
    };
    assert_eq!(
        found("Điều 5 Luật Đất đai năm 2013, Luật này, pháp luật, Bộ luật Hình sự và khoản 1"),
        [("Luật Đất đai năm 2013".to_owned(), Some(2013)), ("Bộ luật Hình sự".to_owned(), None)]
    );
    assert_eq!(found("Nghị định này, khoản 2 Điều 3, ngày 12/5/2020, và/hoặc"), []);
}
