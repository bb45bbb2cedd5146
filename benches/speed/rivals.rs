//! What extraction is measured against.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use regex::Regex;
use std::hint::black_box;

/// SIMD validation: about what it costs to look at each byte once.
pub(crate) fn is_valid(text: &str) -> bool {
    simdutf8::basic::from_utf8(black_box(text.as_bytes())).is_ok()
}

/// The type words that are cited most.
const TYPES: [&str; 14] = [
    "Luật",
    "Bộ luật",
    "Pháp lệnh",
    "Hiến pháp",
    "Nghị định",
    "Nghị quyết",
    "Quyết định",
    "Thông tư",
    "Chỉ thị",
    "Kết luận",
    "Công văn",
    "Kế hoạch",
    "Chương trình",
    "Thông báo",
];

/// Compiled patterns.
pub(crate) struct Rivals {
    pattern: Regex,
    types: AhoCorasick,
}

impl Rivals {
    pub(crate) fn new() -> Self {
        let upper: Vec<String> = TYPES.iter().map(|word| word.to_uppercase()).collect();
        let lower: Vec<String> = TYPES.iter().map(|word| word.to_lowercase()).collect();
        let titles: Vec<String> = TYPES.iter().map(|word| (*word).to_owned()).collect();
        let types = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .match_kind(MatchKind::LeftmostLongest)
            .build(titles.iter().chain(&upper).chain(&lower))
            .unwrap();
        // a type word with or without a symbol, or a symbol alone; then date and issuer. ASCII boundaries: those of
        // Unicode are thirty times slower
        let words = [titles, upper].concat().join("|");
        let symbol = r"[0-9]{1,5}(?:/[0-9]{4})?\s?[/-]\s?[A-ZĐƯ][A-Za-zĐƯ0-9]*(?:[/-][A-ZĐƯ][A-Za-zĐƯ0-9]*)*";
        let date = r"\s+ngày\s+[0-9]{1,2}(?:/|\s+tháng\s+)[0-9]{1,2}(?:/|\s+năm\s+)[0-9]{4}";
        let issuer = r"\s+của\s+(?:[A-ZĐƯỦ][^\s,;.()]*)(?:\s+[A-ZĐƯỦ][^\s,;.()]*)*";
        let pattern =
            format!(r"(?-u:\b)(?:(?:{words})(?:\s+(?:số\s*:?\s*)?{symbol})?|{symbol})(?:{date})?(?:{issuer})?");
        Self { pattern: Regex::new(&pattern).unwrap(), types }
    }

    /// Matches of one pattern for types, symbol, date and issuer.
    pub(crate) fn regex(&self, text: &str) -> usize {
        self.pattern.find_iter(black_box(text)).count()
    }

    /// Type words.
    pub(crate) fn type_words(&self, text: &str) -> usize {
        self.types.find_iter(black_box(text)).count()
    }
}
