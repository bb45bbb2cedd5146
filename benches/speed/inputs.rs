//! The texts: real ones, each once. A repeated text is learnt by the branch predictor and flatters two to five times.

use std::collections::HashMap;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use viendan::Reader;
use xxhash_rust::xxh3::Xxh3;

/// A set of texts.
pub(crate) struct Input {
    pub name: &'static str,
    pub texts: Vec<String>,
    pub bytes: usize,
    /// Tells one set from another in `benches/counts.tsv`.
    hash: u64,
}

/// Law text from `CORPUS`, dense text from `DENSE`; without both the documents of `fixtures/docs`.
pub(crate) fn all() -> Vec<Input> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut inputs = Vec::new();
    for (name, variable) in [("law", "CORPUS"), ("dense", "DENSE")] {
        if let Some(path) = std::env::var_os(variable).filter(|path| !path.is_empty()) {
            inputs.push(Input::read(name, &PathBuf::from(path)));
        }
    }
    if inputs.is_empty() {
        inputs.push(Input::read("fixtures", &root.join("fixtures/docs")));
    }
    inputs
}

impl Input {
    fn read(name: &'static str, path: &Path) -> Self {
        // a folder holds what is expected beside what is read
        let inputs: Vec<PathBuf> = if path.is_dir() {
            let mut folders: Vec<PathBuf> =
                std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path().join("input.txt")).collect();
            folders.sort();
            folders
        } else {
            vec![path.to_owned()]
        };
        let mut texts = Vec::new();
        let most: usize = std::env::var("MOST").ok().and_then(|most| most.parse().ok()).unwrap_or(usize::MAX);
        let mut bytes = 0;
        let _ = Reader::new().read(&inputs, &mut |record| {
            let text = record.expect("an input that can be read").text;
            bytes += text.len();
            texts.push(text);
            if bytes < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        assert!(bytes > 0, "{}: no text", path.display());
        let mut hasher = Xxh3::new();
        for text in &texts {
            hasher.update(text.as_bytes());
        }
        let input = Self { name, texts, bytes, hash: hasher.digest() };
        input.hand_over();
        input
    }

    /// Writes the texts, parted by NUL, for readers in other languages; `HANDOVER` names the folder.
    fn hand_over(&self) {
        let Some(folder) = std::env::var_os("HANDOVER") else { return };
        let path = PathBuf::from(folder).join(self.name);
        let mut file = std::io::BufWriter::new(std::fs::File::create(path).unwrap());
        for text in &self.texts {
            file.write_all(text.as_bytes()).unwrap();
            file.write_all(b"\0").unwrap();
        }
        file.flush().unwrap();
    }

    /// A count that is known for this input must come out.
    pub(crate) fn check(&self, case: &str, count: usize) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/counts.tsv");
        let table = std::fs::read_to_string(path).unwrap();
        let rows: HashMap<(&str, &str), &str> = table
            .lines()
            .filter_map(|line| {
                let mut cells = line.split('\t');
                Some(((cells.next()?, cells.next()?), cells.next()?))
            })
            .collect();
        let input = format!("{:016x}", self.hash);
        match rows.get(&(input.as_str(), case)) {
            Some(known) => assert_eq!(known.parse(), Ok(count), "{} of {} in benches/counts.tsv", case, self.name),
            None => println!("not in benches/counts.tsv: {input}\t{case}\t{count}\t{}", self.name),
        }
    }
}
