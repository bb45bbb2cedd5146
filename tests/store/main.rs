//! The store gives back what was put in: the same graph as the texts themselves, whatever came, changed or went, and in
//! whatever order; and files that are no store, or no whole one, are named and left as they are.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where it finds something wrong"
)]

mod files;
mod in_force;
mod page;
mod random;
mod same;
mod waiting;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use viendan::{CitationGraph, Corpus, Extractor, Metadata, SqlValue, Store, StoreEntry, StoreStamp, StoreWriter};

/// A text with its name and metadata.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    pub(crate) name: String,
    pub(crate) words: String,
    pub(crate) metadata: Metadata,
}

/// A folder of one test's own, empty.
pub(crate) fn room(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("store").join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

/// The documents of `fixtures/docs`.
pub(crate) fn fixtures() -> Vec<Text> {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/docs");
    let mut texts: Vec<Text> = fs::read_dir(docs)
        .unwrap()
        .map(|entry| {
            let folder = entry.unwrap().path();
            let words = fs::read_to_string(folder.join("input.txt")).unwrap();
            let name = folder.file_name().unwrap().to_string_lossy().into_owned();
            Text { name, words, metadata: Metadata::default() }
        })
        .collect();
    texts.sort_by(|a, b| a.name.cmp(&b.name));
    texts
}

pub(crate) fn entry(extractor: &Extractor, text: &Text) -> StoreEntry {
    let stamp = StoreStamp::new(extractor, &text.words, &text.metadata);
    let found = extractor.extract_record(&text.words, Some(&text.name), &text.metadata).unwrap();
    StoreEntry::new(&found, stamp)
}

pub(crate) fn graph_of(extractor: &Extractor, texts: &[Text]) -> CitationGraph {
    let mut corpus = Corpus::new();
    for text in texts {
        corpus.add(&extractor.extract_record(&text.words, Some(&text.name), &text.metadata).unwrap());
    }
    CitationGraph::from(&corpus)
}

/// Puts texts into a store, in this order.
pub(crate) fn build(extractor: &Extractor, path: &Path, texts: &[Text]) {
    let mut writer = StoreWriter::open(path).unwrap();
    for text in texts {
        writer.put(&entry(extractor, text)).unwrap();
    }
    writer.finish().unwrap();
}

/// All rows of an answer, as text, in the order they come.
pub(crate) fn rows(path: &Path, statement: &str) -> Result<Vec<Vec<String>>, viendan::Error> {
    let mut out = Vec::new();
    Store::open(path)?.sql(statement, Duration::from_secs(60), &mut |_| {}, &mut |values| {
        out.push(
            values
                .iter()
                .map(|value| match value {
                    SqlValue::Text(text) => (*text).to_owned(),
                    other => format!("{other:?}"),
                })
                .collect(),
        );
        std::ops::ControlFlow::Continue(())
    })?;
    Ok(out)
}

/// The views that a store has.
pub(crate) fn views(path: &Path) -> Vec<String> {
    rows(path, "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name").unwrap().concat()
}

/// All rows of all views, sorted.
pub(crate) fn dump(path: &Path) -> Vec<String> {
    let mut out = Vec::new();
    for view in views(path) {
        let rows = rows(path, &format!("SELECT * FROM {view}")).unwrap();
        out.extend(rows.into_iter().map(|row| format!("{view}: {}", row.join(" | "))));
    }
    out.sort();
    out
}

/// Fails where two graphs differ.
pub(crate) fn assert_same(one: &CitationGraph, other: &CitationGraph) {
    assert_eq!(one.documents(), other.documents());
    assert_eq!(one.bodies(), other.bodies());
    assert_eq!(one.provisions(), other.provisions());
    assert_eq!(one.facts(), other.facts());
    assert_eq!(one.conflicts(), other.conflicts());
    assert_eq!(one.texts(), other.texts());
    assert_eq!(one.effects(), other.effects());
    let edges = |graph: &CitationGraph| -> Vec<_> {
        graph
            .petgraph()
            .edge_indices()
            .map(|edge| (graph.petgraph().edge_endpoints(edge), *graph.petgraph().edge_weight(edge).unwrap()))
            .collect()
    };
    assert_eq!(edges(one), edges(other));
    assert_eq!(one.frozen(), other.frozen());
}
