//! Normalisation and the way back: the characters of the normalised text come from stretches of the source that follow
//! one another and are whole; between them nothing is lost but what the tables drop; nothing is changed twice.

use std::sync::LazyLock;
use viendan::{Extractor, Span};

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

/// The laws, for any bytes; what is no UTF-8 in them is replaced.
pub fn holds(bytes: &[u8]) {
    text_holds(&EXTRACTOR, &String::from_utf8_lossy(bytes));
}

/// The laws, for a text read with any tables.
pub(crate) fn text_holds(extractor: &Extractor, source: &str) {
    let (text, origins) = extractor.origins(source);
    assert_eq!(text.chars().count(), origins.len(), "each character has its origin");
    let mut last = Span::default();
    for (letter, origin) in text.chars().zip(&origins) {
        let words = source.get(origin.range());
        let words = words.unwrap_or_else(|| panic!("{letter:?} comes from {origin:?}, no stretch of {source:?}"));
        assert!(!words.is_empty(), "{letter:?} comes from nothing in {source:?}");
        // a cluster that became several characters is the origin of each
        let follows = last.end <= origin.start || last == *origin;
        assert!(follows, "{origin:?} after {last:?} in {source:?}");
        if last != *origin {
            dropped(extractor, source, Span::new(last.end, origin.start));
        }
        if words.chars().count() == 1 && words.is_ascii() && letter.is_ascii() && text.len() == source.len() {
            assert_eq!(words, letter.encode_utf8(&mut [0; 4]), "{origin:?} of {source:?}");
        }
        last = *origin;
    }
    dropped(extractor, source, Span::new(last.end, u32::try_from(source.len()).expect("a short text")));
    if source.is_ascii() {
        assert_eq!(text, source, "plain letters are as they should be");
    }
}

/// What no character comes from is, each character alone, read as nothing.
fn dropped(extractor: &Extractor, source: &str, gap: Span) {
    let words = source.get(gap.range());
    let words = words.unwrap_or_else(|| panic!("the gap {gap:?} is no stretch of {source:?}"));
    for letter in words.chars() {
        let (read, _) = extractor.origins(letter.encode_utf8(&mut [0; 4]));
        assert_eq!(read, "", "{letter:?} in {gap:?} of {source:?} is lost");
    }
}
