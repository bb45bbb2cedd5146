//! What a program does that has this library inside: read, slice, add rows of its own, ask the graph, show errors.
#![expect(clippy::unwrap_used, reason = "a test stops where it finds something wrong")]

#[path = "api/errors.rs"]
mod errors;

use std::fs;
use std::path::Path;
use std::sync::Arc;
use viendan::petgraph::algo::{has_path_connecting, toposort};
use viendan::{
    Answer, CitationGraph, Corpus, DiagnosticCode, DocType, EdgeKind, Error, Explanation, Extraction, Extractor, Form,
    FrozenGraph, GrammarTable, Key, Lexicon, LexiconBuilder, Metadata, Node, PartialDate, Provision, Query, Relation,
    Resolved, Span, Target, WireDocument, WireHit,
};

/// The record that the wire format is explained with.
fn seed() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/docs/huong-dan-06-thong-tin-doi-ngoai/input.txt");
    fs::read_to_string(path).unwrap()
}

const fn shared<T: Send + Sync + 'static>() {}

const _: () = {
    shared::<Extractor>();
    shared::<Extraction<'static>>();
    shared::<Lexicon>();
    shared::<LexiconBuilder>();
    shared::<Metadata>();
    shared::<Key>();
    shared::<Provision>();
    shared::<Corpus>();
    shared::<Resolved>();
    shared::<CitationGraph>();
    shared::<FrozenGraph>();
    shared::<Query>();
    shared::<Answer<'static>>();
    shared::<Explanation<'static>>();
    shared::<Error>();
    shared::<WireDocument<'static, 'static>>();
    shared::<WireHit<'static, 'static>>();
};

#[test]
fn the_example_of_the_wire_format_slices_to_its_words() {
    let text = seed();
    let of = |start, end| Span::new(start, end).of(&text);
    assert_eq!(of(1036, 1085), "Quyết định số 1030- QĐ/TU ngày 02/5/2013");
    assert_eq!(of(1036, 1051), "Quyết định");
    assert_eq!(of(1057, 1069), "1030- QĐ/TU");
    assert_eq!(of(1076, 1085), "02/5/2013");
    assert_eq!(of(1092, 1116), "Tỉnh ủy Quảng Ninh");
    assert_eq!(of(1141, 1150), "Quy chế");
    assert_eq!(of(860, 876), "theo tinh thần");
    assert_eq!(of(911, 920), "14-02-212");
}

#[test]
fn the_example_of_the_wire_format_is_what_is_read() {
    let text = seed();
    let found = Extractor::new().extract(&text).unwrap();
    let own = &found.document;
    assert_eq!((own.doc_type, own.symbol.as_deref()), (Some(DocType::HuongDan), None));
    assert_eq!((own.number.as_deref(), own.date.map(|d| d.to_string())), (Some("06"), Some("2013-05-06".into())));
    assert_eq!(own.issuer_text.as_deref(), Some("Ban Tuyên giáo Tỉnh uỷ"));
    assert_eq!(own.issuer_name.as_deref(), Some("Ban Tuyên giáo Tỉnh ủy Quảng Ninh"));
    assert_eq!(own.title.as_deref(), Some("về Công tác thông tin đối ngoại năm 2013"));
    let signer = own.signer.as_ref().unwrap();
    assert_eq!((&*signer.name, signer.capacity.as_deref()), ("Phạm Hồng Cẩm", Some("KT")));

    let c = &found.citations[3];
    assert_eq!((c.form, c.core), (Form::Full, Span::new(1036, 1085)));
    assert_eq!((c.span, c.year), (Span::new(1036, 1237), Some(2013)));
    assert_eq!(c.parts.title, Some(Span::new(1119, 1237)));
    assert_eq!(c.parts.doc_type, Some(Span::new(1036, 1051)));
    assert_eq!(c.parts.symbol, Some(Span::new(1057, 1069)));
    assert_eq!(c.parts.date, Some(Span::new(1076, 1085)));
    assert_eq!(c.parts.issuer, Some(Span::new(1092, 1116)));
    assert_eq!((c.symbol.as_deref(), c.number.as_deref()), (Some("1030-QĐ/TU"), Some("1030")));
    assert_eq!(c.date, PartialDate::day(2013, 5, 2));
    assert_eq!(found.issuer_name(&c.issuers[0]).as_deref(), Some("Tỉnh ủy Quảng Ninh"));
    assert_eq!(found.target(c).unwrap().symbol.as_deref(), Some("1030-QĐ/TU"));

    let work = &found.citations[4];
    assert_eq!((work.form, work.core, work.doc_type), (Form::Named, Span::new(1141, 1237), Some(DocType::QuyChe)));
    let name = "quản lý thống nhất các hoạt động đối ngoại của Tỉnh Quảng Ninh";
    assert_eq!(found.folded(work.parts.name.unwrap()), name);

    let relation = found.relations.iter().find(|r| r.citation == Some(3)).unwrap();
    assert_eq!((relation.source, relation.relation), (Node::Own, Relation::Implements));
    assert_eq!(relation.cue, Some(Span::new(860, 876)));
    assert_eq!(relation.evidence, Span::new(860, 1085));
    let doubt = found.diagnostics.iter().find(|d| d.code == DiagnosticCode::MalformedDate).unwrap();
    assert_eq!((doubt.span, &*doubt.message), (Span::new(911, 920), "`14-02-212` is no readable date"));
}

#[test]
fn the_wire_object_has_the_names_of_the_format() {
    let text = seed();
    let found = Extractor::new().extract_record(&text, Some("seed"), &Metadata::default()).unwrap();
    let json = serde_json::to_value(WireDocument::new(&found)).unwrap();
    assert_eq!(json["schema"], "viendan/1");
    assert_eq!(json["source"], "seed");
    let c = &json["citations"][3];
    assert_eq!(c["core"], serde_json::json!([1036, 1085]));
    assert_eq!(c["text"], "Quyết định số 1030- QĐ/TU ngày 02/5/2013");
    assert_eq!((&c["form"], &c["type"], &c["date"]), (&"full".into(), &"quyet-dinh".into(), &"2013-05-02".into()));
    assert_eq!(c["issuer"]["place"], "Quảng Ninh");
    for key in [
        "id",
        "form",
        "span",
        "core",
        "parts",
        "text",
        "type",
        "symbol",
        "number",
        "year",
        "name",
        "title",
        "date",
        "date_raw",
        "effective",
        "issuer",
        "issuers",
        "provisions",
        "target",
        "targets",
        "unresolved",
        "candidates",
        "confidence",
    ] {
        assert!(c.get(key).is_some(), "`{key}` is missing");
    }
}

#[test]
fn the_words_of_a_span_are_those_of_the_text_as_given() {
    // a mark of its own, an eth, a dash, a no-break space and a space of no width: spans count the bytes as given
    let text = "Thực hiện Nghi\u{323} đi\u{323}nh số\u{A0}30/20\u{200B}20/NÐ–CP ngày 05/3/2020";
    let found = Extractor::new().extract(text).unwrap();
    let c = &found.citations[0];
    assert_eq!(c.symbol.as_deref(), Some("30/2020/NĐ-CP"));
    assert_eq!(found.words(c.core), text.strip_prefix("Thực hiện ").unwrap());
    assert_eq!(found.words(c.parts.symbol.unwrap()), "30/20\u{200B}20/NÐ–CP");
    assert_eq!(found.folded(c.parts.symbol.unwrap()), "30/2020/NĐ-CP");
    assert_eq!(found.words(Span::new(11, 4000)), "");
}

#[test]
fn rows_of_ones_own_are_read_like_the_built_in_ones() {
    let text = "theo Quyết định số 12/QĐ-VNX của Viện Nghiên cứu Xyz";
    let plain = Extractor::new().extract(text).unwrap();
    assert!(
        plain.citations[0]
            .issuers
            .iter()
            .all(|issuer| plain.lexicon().issuer_code_of(issuer) != Some("VNX") || issuer.id.is_none())
    );
    let lexicon = Lexicon::builder()
        .add(GrammarTable::Issuers, "own.tsv", "code\tnames\nVNX\tViện Nghiên cứu Xyz;Viện Xyz\n")
        .add(GrammarTable::DocTypes, "types.tsv", "slug\tname\tclass\ncong-dien\tHỏa tốc lệnh\tnumbered\n")
        .build()
        .unwrap();
    let extractor = Extractor::with_lexicon(Arc::new(lexicon));
    let found = extractor.extract(text).unwrap();
    let issuer = &found.citations[0].issuers[0];
    assert!(issuer.id.is_some());
    assert_eq!(found.issuer_name(issuer).as_deref(), Some("Viện Nghiên cứu Xyz"));
    let other = extractor.extract("theo Hỏa tốc lệnh số 35/CĐ-TTg").unwrap();
    assert_eq!(other.citations[0].doc_type, Some(DocType::CongDien));
    // the built-in rows are still there, and the built-in extractor knows nothing of the new ones
    assert_eq!(extractor.extract("Nghị định số 30/2020/NĐ-CP").unwrap().documents.len(), 1);
    let before = plain.lexicon().doc_type("Hỏa tốc lệnh");
    assert_eq!((before, extractor.lexicon().doc_type("Hỏa tốc lệnh")), (None, Some(DocType::CongDien)));
}

#[test]
fn a_table_can_be_put_in_place_of_the_built_in_one() {
    let none =
        Lexicon::builder().replace(GrammarTable::Aliases, "none.tsv", "alias\tkind\ttype\tname\n").build().unwrap();
    let text = "theo BLHS 2015";
    assert_eq!(Extractor::new().extract(text).unwrap().citations.len(), 1);
    assert_eq!(Extractor::with_lexicon(Arc::new(none)).extract(text).unwrap().citations.len(), 0);
}

#[test]
fn metadata_fills_the_own_identity_and_its_title_is_read() {
    let metadata = Metadata::default()
        .symbol("38/2015/TT-BTC")
        .doc_type("Thông tư")
        .issuer("Bộ Tài chính")
        .issued("2015-03-25")
        .effective("2015-05-09")
        .title("Thông tư hướng dẫn Nghị định số 08/2015/NĐ-CP");
    let found = Extractor::new().extract_record("Các cơ quan thi hành.", Some("tt38"), &metadata).unwrap();
    let own = &found.document;
    assert_eq!(own.key.as_ref().map(Key::as_str), Some("vn:thong-tu:38/2015:btc"));
    assert_eq!((own.from, own.issuer_name.as_deref()), (Some(viendan::From::Metadata), Some("Bộ Tài chính")));
    assert_eq!((own.date, own.effective), (PartialDate::day(2015, 3, 25), PartialDate::day(2015, 5, 9)));
    let relation = &found.relations[0];
    assert_eq!((relation.relation, relation.in_title), (Relation::Guides, true));
    assert_eq!(relation.evidence.of(own.title.as_deref().unwrap()), "hướng dẫn Nghị định số 08/2015/NĐ-CP");
    let json = serde_json::to_value(WireDocument::new(&found)).unwrap();
    assert_eq!((&json["document"]["from"], &json["relations"][0]["field"]), (&"metadata".into(), &"title".into()));
    // what cannot be read is a doubt, not an error
    let odd = Extractor::new().extract_record("", None, &Metadata::default().doc_type("Thơ").issued("mai")).unwrap();
    assert!(odd.diagnostics.iter().filter(|d| d.code == DiagnosticCode::MetadataConflict).count() == 2);
    let mut metadata = Metadata::default();
    assert!(metadata.is_empty() && metadata.set("symbol", "1/2013/TT-BTC") && !metadata.set("colour", "đỏ"));
}

/// A decree, a circular that guides it, one that amends the circular, and one that replaces that again.
fn graph() -> CitationGraph {
    let extractor = Extractor::new();
    let texts = [
        (
            "a",
            "12/2013/TT-BTC",
            "2013-01-25",
            "Thông tư này hướng dẫn Nghị định số 60/2012/NĐ-CP ngày 30/7/2012 của Chính phủ.",
        ),
        (
            "b",
            "15/2014/TT-BTC",
            "2014-02-10",
            "Thông tư này sửa đổi, bổ sung một số điều của Thông tư số 12/2013/TT-BTC.",
        ),
        ("c", "20/2016/TT-BTC", "2016-03-15", "Thông tư này thay thế Thông tư số 15/2014/TT-BTC."),
    ];
    let mut corpus = Corpus::new();
    for (name, symbol, issued, text) in texts {
        let metadata = Metadata::default().symbol(symbol).doc_type("thong-tu").issued(issued);
        corpus.add(&extractor.extract_record(text, Some(name), &metadata).unwrap());
    }
    assert_eq!((corpus.len(), corpus.is_empty()), (3, false));
    CitationGraph::from(&corpus)
}

#[test]
fn the_graph_answers_with_paths_and_the_words_that_prove_them() {
    let graph = graph();
    let decree = graph.find("Nghị định 60/2012/NĐ-CP").one().unwrap();
    assert_eq!(graph.document(decree).unwrap().key.as_str(), "vn:nghi-dinh:60/2012:cp");
    let keys = |answer: &Answer<'_>| -> Vec<String> { answer.documents().map(|d| d.key.to_string()).collect() };
    let direct = Query::to(decree).run(&graph);
    assert_eq!(keys(&direct), ["vn:thong-tu:12/2013:btc"]);
    let all = Query::to(decree).transitive().run(&graph);
    assert_eq!(keys(&all), ["vn:thong-tu:12/2013:btc", "vn:thong-tu:15/2014:btc", "vn:thong-tu:20/2016:btc"]);
    assert_eq!(keys(&Query::to(decree).hops(2).run(&graph)).len(), 2);
    assert_eq!(keys(&Query::to(decree).transitive().relation(Relation::Guides).run(&graph)).len(), 1);
    assert!(Query::to(decree).relation(Relation::Repeals).run(&graph).hits().is_empty());
    assert_eq!(keys(&Query::to(decree).transitive().doc_type(DocType::NghiDinh).run(&graph)), Vec::<String>::new());
    let dates = "2014".parse().unwrap()..="2015-12".parse().unwrap();
    assert_eq!(keys(&Query::to(decree).transitive().issued(dates).run(&graph)), ["vn:thong-tu:15/2014:btc"]);

    let last = *all.hits().last().unwrap();
    assert_eq!(last.hops, 3);
    let steps: Vec<(String, String)> = all
        .path(last)
        .into_iter()
        .map(|edge| {
            (graph.petgraph()[edge].kind.to_string(), all.evidence(edge).next().unwrap().evidence.words.to_string())
        })
        .collect();
    let step = |kind: &str, words: &str| (kind.to_owned(), words.to_owned());
    assert_eq!(
        steps,
        [
            step("replaces", "thay thế Thông tư số 15/2014/TT-BTC"),
            step("amends", "sửa đổi, bổ sung một số điều của Thông tư số 12/2013/TT-BTC"),
            step("guides", "hướng dẫn Nghị định số 60/2012/NĐ-CP ngày 30/7/2012"),
        ]
    );
    // and the same way down
    let rests_on = Query::from(last.node).transitive().run(&graph);
    assert_eq!(keys(&rests_on).last().map(String::as_str), Some("vn:nghi-dinh:60/2012:cp"));
    let down = rests_on.path(*rests_on.hits().last().unwrap());
    assert_eq!(down, all.path(last));
    let json = serde_json::to_value(WireHit::new(&graph, &all, last)).unwrap();
    assert_eq!((&json["hops"], &json["path"][0]["evidence"][0]["source"]), (&3.into(), &"c".into()));
}

#[test]
fn petgraph_runs_on_the_graph_and_on_its_frozen_view() {
    let graph = graph();
    let node = |key: &str| graph.node(key).unwrap();
    let (late, decree) = (node("vn:thong-tu:20/2016:btc"), node("vn:nghi-dinh:60/2012:cp"));
    assert!(has_path_connecting(graph.petgraph(), late, decree, None));
    assert!(!has_path_connecting(graph.petgraph(), decree, late, None));
    assert!(has_path_connecting(graph.frozen(), late, decree, None));
    assert!(toposort(graph.petgraph(), None).is_ok());
    assert_eq!(graph.frozen().edge_count(), graph.petgraph().edge_count());
    for edge in graph.petgraph().edge_indices() {
        let kind = graph.petgraph()[edge].kind;
        let (source, target) = graph.petgraph().edge_endpoints(edge).unwrap();
        assert_eq!(graph.frozen().edge(source, kind, target), Some(edge));
        let stated = matches!(kind, EdgeKind::Relation(_));
        assert_eq!(stated, graph.evidence(edge).next().is_some(), "{kind}");
    }
    assert_eq!(graph.facts().len(), 3);
    assert!(graph.conflicts().is_empty());
}

#[test]
fn what_only_the_own_header_names_is_no_other_document() {
    let text = include_str!("../fixtures/docs/huong-dan-06-thong-tin-doi-ngoai/input.txt");
    let mut corpus = Corpus::new();
    corpus.add(&Extractor::new().extract(text).unwrap());
    let graph = CitationGraph::from(&corpus);
    let own = graph.node("vn:huong-dan:6:btgtu@quang.ninh:2013").unwrap();
    assert_eq!(graph.find("Hướng dẫn 06").matches, [own]);
}

#[test]
fn an_extractor_is_shared_between_threads() {
    let extractor = Extractor::new();
    let texts: Vec<String> = (1..9).map(|n| format!("theo Nghị định số {n}/2020/NĐ-CP")).collect();
    let found: Vec<Option<String>> = std::thread::scope(|scope| {
        let threads: Vec<_> =
            texts.iter().map(|text| (scope.spawn(|| extractor.extract(text).unwrap()), text)).collect();
        threads
            .into_iter()
            .map(|(t, _)| t.join().unwrap().citations[0].symbol.as_ref().map(ToString::to_string))
            .collect()
    });
    let wanted: Vec<Option<String>> = (1..9).map(|n| Some(format!("{n}/2020/NĐ-CP"))).collect();
    assert_eq!(found, wanted);
    let empty = extractor.extract("").unwrap();
    assert!(empty.citations.is_empty() && empty.document.key.is_none());
    assert!(!matches!(extractor.extract(&texts[0]).unwrap().citations[0].target, Target::None));
}
