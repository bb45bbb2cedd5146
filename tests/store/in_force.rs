//! What the view `validity` says of a day is what a query says, or it differs for a reason that `docs/store.md` gives.

use super::same::fuller;
use super::{Text, build, graph_of, room, rows};
use std::collections::BTreeMap;
use viendan::petgraph::graph::NodeIndex;
use viendan::{CitationGraph, Extent, Extractor, GroundKind, InForce, Metadata, PartialDate, Validity};

/// Why the view may differ, in the order of the page.
fn reasons(graph: &CitationGraph, validity: &Validity<'_>) -> Vec<&'static str> {
    let document = graph.document(validity.node).unwrap();
    let mut reasons = Vec::new();
    let kinds = [GroundKind::Expires, GroundKind::Extended, GroundKind::Suspended];
    if validity.grounds.iter().any(|ground| kinds.contains(&ground.kind)) {
        reasons.push("last day");
    }
    if document.parent.is_some() {
        reasons.push("issued by another");
    }
    let begins = |kind| move |ground: &&viendan::Ground<'_>| ground.kind == kind;
    if document.effective.is_none()
        && validity.grounds.iter().filter(begins(GroundKind::Begins)).any(|ground| ground.on.is_some())
    {
        reasons.push("first day of another");
    }
    let of_its_own = |ground: &viendan::Ground<'_>| {
        let act = ground.act.and_then(|act| graph.document(act));
        ground.fact.is_some_and(|fact| {
            fact.extent == Extent::Unknown
                || fact.effective.is_none() && !fact.source_provisions.is_empty()
                || fact.effective.is_none() && act.is_some_and(|act| act.effective.is_none())
        })
    };
    if validity.grounds.iter().filter(begins(GroundKind::Ended)).any(of_its_own) {
        reasons.push("clause");
    }
    if validity.grounds.iter().filter(begins(GroundKind::Ended)).any(|ground| ground.on.is_none()) {
        reasons.push("open end");
    }
    if !validity.contradictions.is_empty() {
        reasons.push("contradiction");
    }
    if validity.grounds.iter().filter(begins(GroundKind::Issued)).any(|ground| ground.come == Some(false)) {
        reasons.push("before its issue");
    }
    reasons
}

/// What the view says of a day.
fn said(row: &[String], day: &str) -> InForce {
    let [_, effective, ended, known] = row else { panic!("four columns") };
    if known != "Integer(1)" {
        return InForce::Unknown;
    }
    let begun = effective.as_str() <= day;
    if begun && (ended.is_empty() || ended.as_str() > day) { InForce::Yes } else { InForce::No }
}

fn texts() -> Vec<Text> {
    let mut texts = fuller();
    let decree = |symbol: &str, date: &str, articles: &str| {
        format!("CHÍNH PHỦ\nSố: {symbol}\nHà Nội, {date}\n\nNGHỊ ĐỊNH\nQuy định về kinh doanh\n\nĐiều 1. {articles}\n")
    };
    for (symbol, date, articles) in [
        (
            "10/2020/NĐ-CP",
            "ngày 17 tháng 01 năm 2020",
            "Bãi bỏ Nghị định số 11/2014/NĐ-CP.\nĐiều 2. Nghị định này có hiệu lực thi hành từ ngày 01 tháng 4 năm 2020.",
        ),
        (
            "11/2014/NĐ-CP",
            "ngày 17 tháng 01 năm 2014",
            "Nghị định này có hiệu lực thi hành từ ngày 01 tháng 4 năm 2014.",
        ),
        (
            "12/2014/NĐ-CP",
            "ngày 18 tháng 01 năm 2014",
            "Nghị định này có hiệu lực thi hành từ ngày 01 tháng 4 năm 2014.",
        ),
        (
            "13/2014/NĐ-CP",
            "ngày 19 tháng 01 năm 2014",
            "Nghị định này có hiệu lực thi hành từ ngày 01 tháng 4 năm 2014.",
        ),
        (
            "41/2021/NĐ-CP",
            "ngày 30 tháng 3 năm 2021",
            "Ngưng hiệu lực thi hành Nghị định số 10/2020/NĐ-CP đến hết ngày 31 tháng 12 năm 2021.\n\
             Điều 2. Bãi bỏ Nghị định số 12/2014/NĐ-CP kể từ ngày 01 tháng 01 năm 2022.\n\
             Điều 3. Nghị định số 13/2014/NĐ-CP hết hiệu lực kể từ ngày Trung tâm dữ liệu bắt đầu hoạt động.\n\
             Điều 4. Nghị định này có hiệu lực thi hành từ ngày 15 tháng 4 năm 2021.",
        ),
    ] {
        texts.push(Text { name: symbol.into(), words: decree(symbol, date, articles), metadata: Metadata::default() });
    }
    texts
}

#[test]
fn the_view_of_validity_differs_from_the_query_for_a_reason() {
    let extractor = Extractor::new();
    let path = room("in_force").join("a.viendan");
    let texts = texts();
    build(&extractor, &path, &texts);
    let graph = graph_of(&extractor, &texts);
    let days = [
        "1990-01-01",
        "2004-05-01",
        "2014-03-31",
        "2014-04-01",
        "2020-04-01",
        "2021-06-01",
        "2022-01-01",
        "2025-07-01",
    ];
    let view = rows(&path, "SELECT key, ifnull(effective, ''), ifnull(ended_on, ''), known FROM validity ORDER BY key")
        .unwrap();
    assert_eq!(view.len(), graph.documents().len());
    let (mut alike, mut differ) = (BTreeMap::<InForce, usize>::new(), BTreeMap::<&str, usize>::new());
    for (index, row) in view.iter().enumerate() {
        let document = graph.document(NodeIndex::new(index)).unwrap();
        assert_eq!(row[0], document.key.as_str());
        for day in days {
            let validity = graph.validity(NodeIndex::new(index), day.parse::<PartialDate>().unwrap()).unwrap();
            let said = said(row, day);
            if said == validity.state {
                *alike.entry(said).or_default() += 1;
                continue;
            }
            let why = reasons(&graph, &validity);
            assert!(!why.is_empty(), "{} on {day}: the view says {said}, the query {}", document.key, validity.state);
            for reason in why {
                *differ.entry(reason).or_default() += 1;
            }
        }
    }
    assert!(InForce::ALL.iter().all(|state| alike.get(state).is_some_and(|count| *count > 3)), "{alike:?}");
    assert!(
        ["last day", "open end", "before its issue"].iter().all(|reason| differ.contains_key(reason)),
        "{differ:?}"
    );
    // a clause with a day of its own, and one whose day no text tells
    let ended = |key: &str| -> Vec<String> {
        rows(&path, &format!("SELECT ifnull(ended_on, '?') || ' ' || known FROM validity WHERE key = '{key}'"))
            .unwrap()
            .concat()
    };
    assert_eq!(ended("vn:nghi-dinh:11/2014:cp"), ["2020-04-01 1"]);
    assert_eq!(ended("vn:nghi-dinh:12/2014:cp"), ["2022-01-01 1"]);
    assert_eq!(ended("vn:nghi-dinh:13/2014:cp"), ["? 0"]);
}
