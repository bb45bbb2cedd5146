//! Whole documents: every folder of `fixtures/docs` holds `input.txt`, the line that the library writes for it
//! (`expected.jsonl`) and `SOURCE.md`, which says what it is, where it comes from and why it is here.
//! `UPDATE=1 cargo test --test corpus` writes the lines anew; a person reads the diff.

use serde_json::{Map, Value};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use viendan::{Extractor, Metadata, WireDocument};

type Failure = Box<dyn Error>;

fn folders() -> Result<Vec<PathBuf>, Failure> {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/docs");
    let mut folders = Vec::new();
    for entry in fs::read_dir(docs)? {
        folders.push(entry?.path());
    }
    folders.sort();
    Ok(folders)
}

fn slug(folder: &Path) -> &str {
    folder.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

/// Where two values differ, as paths of JSON.
fn differences(expected: &Value, found: &Value, path: &str, out: &mut Vec<String>) {
    let null = Value::Null;
    match (expected, found) {
        (Value::Object(a), Value::Object(b)) => {
            let keys = |map: &Map<String, Value>| map.keys().cloned().collect::<Vec<_>>();
            let mut names = keys(a);
            names.extend(keys(b).into_iter().filter(|name| !a.contains_key(name)));
            for name in names {
                let (a, b) = (a.get(&name).unwrap_or(&null), b.get(&name).unwrap_or(&null));
                differences(a, b, &format!("{path}.{name}"), out);
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            for index in 0..a.len().max(b.len()) {
                let (a, b) = (a.get(index).unwrap_or(&null), b.get(index).unwrap_or(&null));
                differences(a, b, &format!("{path}[{index}]"), out);
            }
        }
        (a, b) if a != b => out.push(format!("  {path}: expected {a}, found {b}")),
        _ => {}
    }
}

#[test]
fn documents_read_as_recorded() -> Result<(), Failure> {
    let extractor = Extractor::new();
    let update = std::env::var_os("UPDATE").is_some();
    let mut report = String::new();
    for folder in folders()? {
        let name = slug(&folder);
        let text = fs::read_to_string(folder.join("input.txt"))?;
        let found = extractor.extract_record(&text, Some(name), &Metadata::default())?;
        let line = serde_json::to_string(&WireDocument::new(&found))?;
        let path = folder.join("expected.jsonl");
        if update {
            fs::write(path, line + "\n")?;
            continue;
        }
        let expected: Value = serde_json::from_str(&fs::read_to_string(path)?)?;
        let mut wrong = Vec::new();
        differences(&expected, &serde_json::from_str(&line)?, "", &mut wrong);
        if !wrong.is_empty() {
            let shown = wrong.iter().take(20).map(String::as_str).collect::<Vec<_>>().join("\n");
            report.push_str(&format!("{name}: {} differences\n{shown}\n", wrong.len()));
        }
    }
    assert!(report.is_empty(), "\n{report}");
    Ok(())
}

#[test]
fn documents_say_where_they_come_from() -> Result<(), Failure> {
    for folder in folders()? {
        let name = slug(&folder);
        let source = fs::read_to_string(folder.join("SOURCE.md")).map_err(|e| format!("{name}/SOURCE.md: {e}"))?;
        for heading in ["# ", "What: ", "Source: ", "Why: "] {
            assert!(source.lines().any(|line| line.starts_with(heading)), "{name}/SOURCE.md: no line `{heading}…`");
        }
    }
    Ok(())
}

#[test]
fn every_span_lies_on_characters_and_every_key_is_listed() -> Result<(), Failure> {
    let extractor = Extractor::new();
    for folder in folders()? {
        let text = fs::read_to_string(folder.join("input.txt"))?;
        let found = extractor.extract(&text)?;
        let name = slug(&folder);
        for citation in &found.citations {
            for span in [citation.span, citation.core] {
                let range = span.start as usize..span.end as usize;
                assert!(text.get(range).is_some_and(|words| !words.is_empty()), "{name}: {span:?}");
            }
            assert!(citation.span.start <= citation.core.start, "{name}: {citation:?}");
            assert!(citation.core.end <= citation.span.end, "{name}: {citation:?}");
        }
        let order = found.citations.iter().map(|citation| (citation.core.start, u32::MAX - citation.core.end));
        assert!(order.is_sorted(), "{name}: citations are not in order");
        let mut keys: Vec<&str> = found.documents.iter().map(|document| document.key.as_str()).collect();
        keys.sort_unstable();
        let all = keys.len();
        keys.dedup();
        assert_eq!(keys.len(), all, "{name}: a document is listed twice");
    }
    Ok(())
}
