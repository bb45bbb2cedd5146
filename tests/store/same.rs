//! What comes out is what went in.

use super::{Text, assert_same, build, dump, entry, fixtures, graph_of, room, rows, views};
use petgraph_node::start;
use std::collections::BTreeSet;
use viendan::{Extractor, Fact, Metadata, PartialDate, Provenance, Query, Relation, Store, StoreStamp, StoreWriter};

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

/// The fixtures, and short texts that have what those lack.
pub(super) fn fuller() -> Vec<Text> {
    let mut texts = fixtures();
    // two texts that disagree on a date, and a mention that may be of two documents
    for (name, words) in [
        ("x", "Căn cứ Quyết định số 7/2001/QĐ-BYT ngày 01/02/2001;"),
        ("y", "Căn cứ Quyết định số 7/2001/QĐ-BYT ngày 02/03/2001; các Quyết định nêu trên."),
        (
            "z",
            "Nghị định số 1/2001/NĐ-CP và Nghị định số 2/2001/NĐ-CP. Các Nghị định nêu trên.\nThông tư số 5/2001/TT-BTC thay thế Thông tư số 4/2000/TT-BTC.",
        ),
        // of two incomplete keys one is joined, the other may be
        (
            "j",
            "Căn cứ Quyết định số 12/QĐ-UBND ngày 05/3/2020 của Ủy ban nhân dân tỉnh Quảng Ninh về việc phê duyệt quy hoạch tổng thể;",
        ),
        ("k", "Căn cứ Quyết định số 12/QĐ-UBND ngày 05/3/2020 về việc phê duyệt quy hoạch tổng thể;"),
        ("l", "Căn cứ Quyết định số 12/QĐ-UBND ngày 05/3/2020;"),
    ] {
        texts.push(Text { name: name.into(), words: words.into(), metadata: Metadata::default() });
    }
    texts
}

#[test]
fn every_view_has_rows_and_no_number_of_the_inside() {
    let extractor = Extractor::new();
    let path = room("views").join("a.viendan");
    let texts = fuller();
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
fn documents_and_relations_of_the_views_are_those_of_the_graph() {
    let extractor = Extractor::new();
    let path = room("documents").join("a.viendan");
    let texts = fuller();
    build(&extractor, &path, &texts);
    let graph = graph_of(&extractor, &texts);
    let shown = rows(
        &path,
        "SELECT key, ifnull(urn, ''), ifnull(type, ''), ifnull(symbol, ''), ifnull(number, ''), ifnull(name, ''), \
         ifnull(title, ''), ifnull(called, ''), ifnull(year, ''), ifnull(date, ''), ifnull(date_from, ''), \
         ifnull(date_source, ''), ifnull(effective, ''), ifnull(effective_from, ''), ifnull(effective_source, ''), \
         ifnull(issuers, ''), ifnull(issuers_from, ''), ifnull(parent, ''), texts, mentions FROM documents ORDER BY key",
    )
    .unwrap();
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let from = |from: &Option<Provenance>| {
        let from = from.as_ref();
        [text(from.map(|from| from.from.code())), text(from.map(|from| &*from.source))]
    };
    let date = |date: Option<PartialDate>| date.map(|date| date.to_string()).unwrap_or_default();
    let expected: Vec<Vec<String>> = graph
        .documents()
        .iter()
        .map(|document| {
            let issuers: Vec<&str> = document.issuers.iter().map(|body| &*body.name).collect();
            let ([date_from, date_source], [effective_from, effective_source], [issuers_from, _]) =
                (from(&document.date_from), from(&document.effective_from), from(&document.issuers_from));
            vec![
                document.key.to_string(),
                text(document.urn.as_deref()),
                text(document.doc_type.map(viendan::DocType::code)),
                text(document.symbol.as_deref()),
                text(document.number.as_deref()),
                text(document.name.as_deref()),
                text(document.title.as_deref()),
                text(document.called.as_deref()),
                document.year.map(|year| format!("Integer({year})")).unwrap_or_default(),
                date(document.date),
                date_from,
                date_source,
                date(document.effective),
                effective_from,
                effective_source,
                issuers.join("; "),
                issuers_from,
                document.parent.as_ref().map(ToString::to_string).unwrap_or_default(),
                format!("Integer({})", document.sources.len()),
                format!("Integer({})", document.mentions),
            ]
        })
        .collect();
    assert_eq!(shown, expected);
    assert!(graph.documents().iter().any(|document| !document.joined.is_empty()));
    let mut shown = rows(&path, "SELECT key, relation, target, source, words FROM relations").unwrap();
    let fact = |fact: &Fact| {
        let evidence = &fact.evidence;
        vec![
            fact.source.to_string(),
            fact.relation.code().to_owned(),
            fact.target.to_string(),
            evidence.source.to_string(),
            evidence.words.to_string(),
        ]
    };
    let mut expected: Vec<Vec<String>> = graph.facts().iter().map(fact).collect();
    shown.sort();
    expected.sort();
    assert_eq!(shown, expected);
}

#[test]
fn depends_is_the_closure_of_the_query() {
    let extractor = Extractor::new();
    let path = room("depends").join("a.viendan");
    let texts = fuller();
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
