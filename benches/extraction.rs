//! Extraction beside one regular expression over the same texts: a ratio within one run, which machines and their
//! load change little. `cargo bench` runs it; see `benches/README.md`.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark says what it measured, or stops")]

use regex::Regex;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};
use viendan::Extractor;

/// The texts: folders of `fixtures/docs`, named so that a new fixture does not change the figures.
const TEXTS: [&str; 8] = [
    "cong-van-3955-tchq",
    "huong-dan-06-thong-tin-doi-ngoai",
    "luat-02-2021-qh15-to-tung-hinh-su",
    "luat-56-2014-qh13-quoc-tich",
    "quyet-dinh-05-2016-ubnd-tphcm",
    "quyet-dinh-08-2014-ttg-vang",
    "quyet-dinh-2043-btp",
    "thong-tu-01-2010-bnnptnt",
];

/// What one would write to find numbered documents: a type word, `số`, a number, a code.
const PATTERN: &str = concat!(
    r"(?i:luật|pháp lệnh|nghị định|nghị quyết|quyết định|thông tư|chỉ thị|kết luận|công văn)\s+",
    r"(?i:số\s*:?\s*)?\d+(?:/\d{4})?\s*[/-]\s*[A-ZĐƯ][A-ZĐƯ\d]*(?:\s?[/-]\s?[A-ZĐƯ]+)*",
);

/// What must be found in each round: citations by the extractor, matches of the pattern.
const CITATIONS: usize = 86;
const MATCHES: usize = 29;

/// Each side runs so many rounds, turn and turn about; the best counts.
const ROUNDS: usize = 40;

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/docs");
    let texts: Vec<String> =
        TEXTS.iter().map(|name| std::fs::read_to_string(folder.join(name).join("input.txt")).unwrap()).collect();
    let bytes = u32::try_from(texts.iter().map(String::len).sum::<usize>()).unwrap();
    let extractor = Extractor::new();
    let pattern = Regex::new(PATTERN).unwrap();
    let extract = || texts.iter().map(|text| extractor.extract(black_box(text)).unwrap().citations.len()).sum();
    let scan = || texts.iter().map(|text| pattern.find_iter(black_box(text)).count()).sum();
    let mut best = [Duration::MAX; 2];
    for _ in 0..ROUNDS {
        best = [best[0].min(timed(&extract, CITATIONS)), best[1].min(timed(&scan, MATCHES))];
    }
    let speed = |time: Duration| f64::from(bytes) / time.as_secs_f64() / 1e6;
    println!("{bytes} bytes, best of {ROUNDS} rounds");
    println!("extraction  {:8.1} MB/s  {CITATIONS} citations with their relations", speed(best[0]));
    println!("regex       {:8.1} MB/s  {MATCHES} matches", speed(best[1]));
    println!("extraction takes {:.2} times as long as the regex", best[0].as_secs_f64() / best[1].as_secs_f64());
}

/// The time of one round, which must count what it should.
fn timed(work: &dyn Fn() -> usize, expected: usize) -> Duration {
    let start = Instant::now();
    let counted = work();
    let time = start.elapsed();
    assert_eq!(counted, expected, "the figures of two different answers cannot be compared");
    time
}
