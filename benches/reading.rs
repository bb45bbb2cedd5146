//! Reading of JSON Lines beside the plain way, a tree of values for each line: a ratio within one run.
//! `cargo bench --features ingest --bench reading` runs it; see `benches/README.md`.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark says what it measured, or stops")]

use serde_json::{Map, Value};
use std::hint::black_box;
use std::io::BufRead as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use viendan::Reader;

/// Lines of the file, each a text of `fixtures/docs` with the fields that archives of laws have.
const LINES: usize = 4000;

/// Each side runs so many rounds, turn and turn about; the best counts.
const ROUNDS: usize = 10;

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/docs");
    let mut folders: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let texts: Vec<String> = folders.iter().filter_map(|f| std::fs::read_to_string(f.join("input.txt")).ok()).collect();
    let mut lines = String::new();
    let mut bytes = 0;
    for (number, text) in texts.iter().cycle().take(LINES).enumerate() {
        bytes += text.len();
        let record = serde_json::json!({
            "id": number.to_string(), "symbol": "30/2020/NĐ-CP", "type": "nghi-dinh", "issued": "2020-03-05",
            "relations": [{"relation": "based_on", "target": "59/2010/QH12"}, {"relation": "amends", "target": "1"}],
            "text": text,
        });
        lines.push_str(&format!("{record}\n"));
    }
    let file = std::env::temp_dir().join(format!("viendan-reading-{}.jsonl", std::process::id()));
    std::fs::write(&file, &lines).unwrap();
    let inputs = [file.clone()];
    let reader = Reader::new();
    let ours = || {
        let mut sum = 0;
        let _ = reader.read(&inputs, &mut |read| {
            sum += black_box(read.unwrap()).text.len();
            ControlFlow::Continue(())
        });
        sum
    };
    let plain = || {
        let mut sum = 0;
        let mut stream = std::io::BufReader::with_capacity(1 << 18, std::fs::File::open(&file).unwrap());
        let mut line = Vec::new();
        while stream.read_until(b'\n', &mut line).unwrap() > 0 {
            let record: Map<String, Value> = serde_json::from_slice(&line).unwrap();
            sum += black_box(record).get("text").and_then(Value::as_str).map_or(0, str::len);
            line.clear();
        }
        sum
    };
    let mut best = [Duration::MAX; 2];
    for _ in 0..ROUNDS {
        best = [best[0].min(timed(&ours, bytes)), best[1].min(timed(&plain, bytes))];
    }
    std::fs::remove_file(&file).unwrap();
    #[expect(clippy::cast_precision_loss, reason = "a figure to be read")]
    let speed = |time: Duration| lines.len() as f64 / time.as_secs_f64() / 1e6;
    println!("{} bytes of lines, best of {ROUNDS} rounds", lines.len());
    println!("reader            {:8.1} MB/s", speed(best[0]));
    println!("a tree of values  {:8.1} MB/s", speed(best[1]));
    println!("the reader is {:.2} times as fast", best[1].as_secs_f64() / best[0].as_secs_f64());
}

/// The time of one round, which must count what it should.
fn timed(work: &dyn Fn() -> usize, expected: usize) -> Duration {
    let start = Instant::now();
    let counted = work();
    let time = start.elapsed();
    assert_eq!(counted, expected, "the figures of two different answers cannot be compared");
    time
}
