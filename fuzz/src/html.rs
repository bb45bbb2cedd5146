//! Pages: every page is a text or a reason. White space in it is that of HTML, a page without markup is its own words,
//! and what an extraction finds in it lies in it.

use super::extract;
use super::scratch::Scratch;
use std::ops::ControlFlow;
use std::sync::LazyLock;
use viendan::{ErrorKind, Extractor, Reader};

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

/// White space of HTML.
const SPACES: [char; 5] = [' ', '\t', '\n', '\r', '\x0C'];

/// The laws, for any bytes.
pub fn holds(bytes: &[u8]) {
    let scratch = Scratch::new();
    let page = scratch.file("page.html", bytes);
    let mut text = None;
    let _ = Reader::new().read(std::slice::from_ref(&page), &mut |read| {
        assert!(text.is_none(), "a page is read twice");
        text = Some(match read {
            Ok(record) => {
                assert_eq!(record.source, page.display().to_string());
                record.text
            }
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Input);
                assert!(error.to_string().starts_with(&format!("{}: ", page.display())), "no place: {error}");
                assert!(error.reason().len() > 1 && !error.reason().contains('\n'), "no reason: {error}");
                String::new()
            }
        });
        ControlFlow::Continue(())
    });
    let text = text.expect("a text or a reason");
    // three bytes for one of another encoding, twice as many for some references
    assert!(text.len() <= 6 * bytes.len(), "{} bytes became {}", bytes.len(), text.len());
    if let Ok(page) = std::str::from_utf8(bytes)
        && !text.is_empty()
    {
        words_hold(page, &text);
    }
    extract::text_holds(&EXTRACTOR, &text);
}

fn words_hold(page: &str, text: &str) {
    let folded = page.to_ascii_lowercase();
    if !["<pre", "<listing", "<plaintext"].iter().any(|tag| folded.contains(tag)) {
        let lines = || text.split(['\n', '\t']);
        assert!(lines().all(|line| line.trim_matches(SPACES) == line), "white space at an edge in {text:?}");
        assert!(!text.contains("  ") && !text.contains(['\r', '\x0C']), "white space is kept in {text:?}");
        assert!(!text.contains("\n\n") && !text.contains("\t\t"), "an empty line or cell in {text:?}");
    }
    let marked = page.contains(['<', '&', '\0', '\u{FEFF}']);
    if !marked {
        let words: Vec<&str> = page.split(SPACES).filter(|word| !word.is_empty()).collect();
        assert_eq!(text, words.join(" "), "a page without markup is its words");
    }
}
