//! What comes out is what went in.

use super::{assert_same, build, dump, entry, fixtures, graph_of, room, rows, views};
use petgraph_node::start;
use std::collections::BTreeSet;
use viendan::{Extractor, Metadata, Query, Relation, Store, StoreStamp, StoreWriter};

mod petgraph_node {
    use viendan::petgraph::graph::NodeIndex;

    pub(super) fn start(index: usize) -> NodeIndex {
        NodeIndex::new(index)
    }
}

#[test]
fn the_graph_of_a_store_is_that_of_its_texts() {
    let extractor = Extractor::new();
    let path = room("same").join("a.viendan");
    let mut texts = fixtures();
    let graph = graph_of(&extractor, &texts);
    assert!(graph.documents().len() > 40 && graph.facts().len() > 40, "the fixtures say too little");
    texts.reverse();
    build(&extractor, &path, &texts);
    assert_same(&Store::open(&path).unwrap().graph().unwrap(), &graph);
}

#[test]
fn every_view_has_rows_and_no_number_of_the_inside() {
    let extractor = Extractor::new();
    let path = room("views").join("a.viendan");
    let mut texts = fixtures();
    // two texts that disagree on a date, and a mention that may be of two documents
    for (name, words) in [
        ("x", "Căn cứ Quyết định số 7/2001/QĐ-BYT ngày 01/02/2001;"),
        ("y", "Căn cứ Quyết định số 7/2001/QĐ-BYT ngày 02/03/2001; các Quyết định nêu trên."),
        (
            "z",
            "Nghị định số 1/2001/NĐ-CP và Nghị định số 2/2001/NĐ-CP. Các Nghị định nêu trên.\nThông tư số 5/2001/TT-BTC thay thế Thông tư số 4/2000/TT-BTC.",
        ),
    ] {
        texts.push(super::Text { name: name.into(), words: words.into(), metadata: Metadata::default() });
    }
    build(&extractor, &path, &texts);
    for view in views(&path) {
        let count = rows(&path, &format!("SELECT count(*) FROM {view}")).unwrap().concat();
        assert_ne!(count, ["Integer(0)"], "{view} is empty");
    }
    let graph = graph_of(&extractor, &texts);
    let count = |view: &str| rows(&path, &format!("SELECT * FROM {view}")).unwrap().len();
    assert_eq!(count("documents"), graph.documents().len());
    assert_eq!(count("issuers"), graph.bodies().len());
    assert_eq!(count("sources"), texts.len());
    let citations: usize = texts.iter().map(|text| extractor.extract(&text.words).unwrap().citations.len()).sum();
    assert_eq!(count("citations"), citations);
}

#[test]
fn documents_of_the_view_are_those_of_the_graph() {
    let extractor = Extractor::new();
    let path = room("documents").join("a.viendan");
    let texts = fixtures();
    build(&extractor, &path, &texts);
    let graph = graph_of(&extractor, &texts);
    let shown = rows(
        &path,
        "SELECT key, ifnull(type, ''), ifnull(symbol, ''), ifnull(name, ''), ifnull(date, ''), ifnull(effective, ''), \
         ifnull(issuers, ''), ifnull(date_source, ''), texts, mentions FROM documents ORDER BY key",
    )
    .unwrap();
    let expected: Vec<Vec<String>> = graph
        .documents()
        .iter()
        .map(|document| {
            let issuers: Vec<&str> = document.issuers.iter().map(|body| &*body.name).collect();
            vec![
                document.key.to_string(),
                document.doc_type.map(|kind| kind.to_string()).unwrap_or_default(),
                document.symbol.as_deref().unwrap_or("").to_owned(),
                document.name.as_deref().unwrap_or("").to_owned(),
                document.date.map(|date| date.to_string()).unwrap_or_default(),
                document.effective.map(|date| date.to_string()).unwrap_or_default(),
                issuers.join("; "),
                document.date_from.as_ref().map(|from| from.source.to_string()).unwrap_or_default(),
                format!("Integer({})", document.sources.len()),
                format!("Integer({})", document.mentions),
            ]
        })
        .collect();
    assert_eq!(shown, expected);
}

#[test]
fn depends_is_the_closure_of_the_query() {
    let extractor = Extractor::new();
    let path = room("depends").join("a.viendan");
    let texts = fixtures();
    build(&extractor, &path, &texts);
    let graph = graph_of(&extractor, &texts);
    let mut pairs = 0;
    for (index, document) in graph.documents().iter().enumerate() {
        let by = |query: Query| query.relations(Relation::DEPENDS.iter().copied()).transitive();
        for (query, statement) in [
            (by(Query::from(start(index))), "SELECT on_key FROM depends WHERE key ="),
            (by(Query::to(start(index))), "SELECT by_key FROM dependents WHERE key ="),
        ] {
            let answer = query.run(&graph);
            let expected: BTreeSet<String> = answer.documents().map(|document| document.key.to_string()).collect();
            let found = rows(&path, &format!("{statement} '{}'", document.key)).unwrap().concat();
            assert_eq!(found.len(), expected.len(), "each once");
            assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected, "{}", document.key);
            pairs += expected.len();
        }
    }
    assert!(pairs > 50, "{pairs} pairs");
}

#[test]
fn unchanged_texts_are_known_and_changed_ones_are_not() {
    let extractor = Extractor::new();
    let path = room("known").join("a.viendan");
    let texts = fixtures();
    build(&extractor, &path, &texts);
    let known = StoreWriter::open(&path).unwrap().known().unwrap();
    assert_eq!(known.len(), texts.len());
    let stamp = |words: &str, metadata: &Metadata| StoreStamp::new(&extractor, words, metadata);
    for text in &texts {
        assert!(known.holds(&text.name, stamp(&text.words, &text.metadata)), "{}", text.name);
        assert!(!known.holds(&text.name, stamp(&format!("{} ", text.words), &text.metadata)));
        assert!(!known.holds(&text.name, stamp(&text.words, &Metadata::default().title(""))));
        assert!(!known.holds("another", stamp(&text.words, &text.metadata)));
    }
    // a row more in a table: everything may be read otherwise
    let lexicon = viendan::Lexicon::builder()
        .add(viendan::GrammarTable::Issuers, "own.tsv", "code\tnames\nXYZW\tSở Thử Nghiệm\n")
        .build()
        .unwrap();
    let other = Extractor::with_lexicon(std::sync::Arc::new(lexicon));
    let text = &texts[0];
    assert!(!known.holds(&text.name, StoreStamp::new(&other, &text.words, &text.metadata)));
}

#[test]
fn what_is_not_committed_is_not_there() {
    let extractor = Extractor::new();
    let path = room("uncommitted").join("a.viendan");
    let texts = fixtures();
    build(&extractor, &path, &texts[..3]);
    let before = dump(&path);
    let mut writer = StoreWriter::open(&path).unwrap();
    for text in &texts[3..] {
        writer.put(&entry(&extractor, text)).unwrap();
    }
    drop(writer);
    assert_eq!(dump(&path), before);
}
