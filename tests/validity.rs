//! Whether an act was in force on a day, and what had changed a provision by then: short texts in the words of real ones,
//! and the acts that decide the answer.
#![expect(clippy::unwrap_used, reason = "a test stops where it finds something wrong")]

use viendan::petgraph::graph::NodeIndex;
use viendan::{
    CitationGraph, ContradictionKind, Corpus, Extractor, GroundKind, InForce, Metadata, Provision, Query, Relation,
    Touch, Validity,
};

/// The head of a decree, and its articles.
fn decree(symbol: &str, date: &str, title: &str, articles: &str) -> String {
    format!("CHÍNH PHỦ\nSố: {symbol}\nHà Nội, {date}\n\nNGHỊ ĐỊNH\n{title}\n\n{articles}\n")
}

fn graph(texts: &[&str]) -> CitationGraph {
    let extractor = Extractor::new();
    let mut corpus = Corpus::new();
    for (number, text) in texts.iter().enumerate() {
        let name = format!("text-{number}");
        corpus.add(&extractor.extract_record(text, Some(&name), &Metadata::default()).unwrap());
    }
    CitationGraph::from(&corpus)
}

fn node(graph: &CitationGraph, symbol: &str) -> NodeIndex {
    graph.find(symbol).one().unwrap()
}

fn on<'g>(graph: &'g CitationGraph, symbol: &str, day: &str) -> Validity<'g> {
    graph.validity(node(graph, symbol), day.parse().unwrap()).unwrap()
}

/// The states on some days.
fn states(graph: &CitationGraph, symbol: &str, days: &[&str]) -> String {
    let states: Vec<&str> = days.iter().map(|day| on(graph, symbol, day).state.code()).collect();
    states.join(" ")
}

/// What decides: kind, day, act, and the words.
fn decided(graph: &CitationGraph, symbol: &str, day: &str) -> Vec<String> {
    let validity = on(graph, symbol, day);
    let label = |node| graph.document(node).unwrap().label();
    let said = |ground: &viendan::Ground<'_>| {
        let day = ground.on.map_or_else(|| "?".to_owned(), |on| on.to_string());
        let act = ground.act.map(|act| format!(" {}", label(act))).unwrap_or_default();
        let words = ground.fact.map(|fact| &fact.evidence).or(ground.effect.map(|effect| &effect.evidence));
        let words = words.map(|evidence| format!(" “{}”", evidence.words)).unwrap_or_default();
        format!("{} {day}{act}{words}", ground.kind)
    };
    validity.deciding().map(said).collect()
}

#[test]
fn from_a_fixed_day_and_ended_with_the_effect_of_its_successor() {
    let old = decree(
        "33/2002/NĐ-CP",
        "ngày 28 tháng 3 năm 2002",
        "Quy định chi tiết thi hành Pháp lệnh Bảo vệ bí mật nhà nước",
        "Điều 31. Nghị định này có hiệu lực từ ngày 12 tháng 4 năm 2002.",
    );
    let new = decree(
        "26/2020/NĐ-CP",
        "ngày 28 tháng 02 năm 2020",
        "Quy định chi tiết một số điều của Luật Bảo vệ bí mật nhà nước",
        "Điều 9. Hiệu lực thi hành\n1. Nghị định này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2020.\n\
         2. Nghị định số 33/2002/NĐ-CP ngày 28 tháng 3 năm 2002 của Chính phủ quy định chi tiết thi hành Pháp lệnh \
         Bảo vệ bí mật nhà nước hết hiệu lực kể từ ngày Nghị định này có hiệu lực thi hành.",
    );
    let graph = graph(&[&old, &new]);
    let days = ["2002-04-11", "2002-04-12", "2020-06-30", "2020-07-01"];
    assert_eq!(states(&graph, "33/2002/NĐ-CP", &days), "no yes yes no");
    // issued and not yet in force is not in force
    assert_eq!(states(&graph, "26/2020/NĐ-CP", &["2020-02-28", "2020-06-30", "2020-07-01"]), "no no yes");
    assert_eq!(
        decided(&graph, "33/2002/NĐ-CP", "2020-06-30"),
        ["begins 2002-04-12 “Nghị định này có hiệu lực từ ngày 12 tháng 4 năm 2002”"]
    );
    let end = decided(&graph, "33/2002/NĐ-CP", "2021-01-01");
    assert_eq!(end.len(), 1);
    assert!(end[0].starts_with("ended 2020-07-01 Nghị định 26/2020/NĐ-CP “Nghị định số 33/2002/NĐ-CP"), "{end:?}");
    assert_eq!(
        decided(&graph, "26/2020/NĐ-CP", "2020-03-01"),
        ["begins 2020-07-01 “Nghị định này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2020”"]
    );
}

#[test]
fn days_counted_from_the_signing() {
    let text = |effect: &str| {
        format!(
            "BỘ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN\nSố: 01/2010/TT-BNNPTNT\nHà Nội, ngày 07 tháng 01 năm 2010\n\n\
             THÔNG TƯ\nBan hành danh mục bổ sung giống vật nuôi\n\nĐiều 2. Thông tư này có hiệu lực {effect}.\n"
        )
    };
    let of = |effect: &str, days: &[&str]| states(&graph(&[&text(effect)]), "01/2010/TT-BNNPTNT", days);
    let days = ["2010-01-06", "2010-01-07", "2010-02-20", "2010-02-21"];
    assert_eq!(of("thi hành sau 45 ngày, kể từ ngày ký ban hành", &days), "no no no yes");
    assert_eq!(of("kể từ ngày ký", &days), "no yes yes yes");
    // the gazette's day is not told: unknown once it was issued, and not in force before
    assert_eq!(of("sau 15 ngày, kể từ ngày đăng Công báo", &days), "no unknown unknown unknown");
    let graph = graph(&[&text("sau 15 ngày, kể từ ngày đăng Công báo")]);
    let open = on(&graph, "01/2010/TT-BNNPTNT", "2012-01-01");
    let open: Vec<(GroundKind, Option<bool>)> = open.deciding().map(|ground| (ground.kind, ground.come)).collect();
    assert_eq!(open, [(GroundKind::Begins, None)]);
}

#[test]
fn a_provision_repealed_leaves_the_act_in_force() {
    let old = decree(
        "72/2013/NĐ-CP",
        "ngày 15 tháng 7 năm 2013",
        "Quản lý, cung cấp, sử dụng dịch vụ Internet và thông tin trên mạng",
        "Điều 46. Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 9 năm 2013.",
    );
    let new = decree(
        "27/2018/NĐ-CP",
        "ngày 01 tháng 3 năm 2018",
        "Sửa đổi, bổ sung một số điều của Nghị định số 72/2013/NĐ-CP",
        "Điều 2. Bãi bỏ khoản 3 Điều 8 Nghị định số 72/2013/NĐ-CP.\n\
         Điều 3. Nghị định này có hiệu lực thi hành từ ngày 15 tháng 4 năm 2018.",
    );
    let graph = graph(&[&old, &new]);
    let whole = on(&graph, "72/2013/NĐ-CP", "2018-04-15");
    assert_eq!(whole.state, InForce::Yes);
    let parts: Vec<(String, InForce)> =
        whole.parts.iter().map(|part| (part.provisions[0].to_string(), part.state)).collect();
    assert_eq!(parts, [("dieu:8/khoan:3".to_owned(), InForce::No)]);
    assert_eq!(whole.parts[0].ground.act, Some(node(&graph, "27/2018/NĐ-CP")));
    assert_eq!(on(&graph, "72/2013/NĐ-CP", "2018-04-14").parts.len(), 0);

    let decree = node(&graph, "72/2013/NĐ-CP");
    let changes = |path: &str, day: &str| {
        let changes = graph.changes(decree, Provision::parse(path).as_ref(), day.parse().unwrap()).unwrap();
        let done =
            changes.done.iter().map(|change| (change.touch, change.fact.relation, change.on.unwrap().to_string()));
        (done.collect::<Vec<_>>(), changes.later)
    };
    let repealed = |touch| (vec![(touch, Relation::Repeals, "2018-04-15".to_owned())], 0);
    assert_eq!(changes("dieu:8", "2018-04-15"), repealed(Touch::Inside));
    assert_eq!(changes("dieu:8/khoan:3", "2018-04-15"), repealed(Touch::Same));
    assert_eq!(changes("dieu:8/khoan:3/diem:a", "2018-04-15"), repealed(Touch::Holds));
    assert_eq!(changes("dieu:8/khoan:2", "2018-04-15"), (Vec::new(), 0));
    assert_eq!(changes("dieu:8", "2018-04-14"), (Vec::new(), 1));
}

#[test]
fn suspended_up_to_a_day() {
    let part = decree(
        "08/2023/NĐ-CP",
        "ngày 05 tháng 3 năm 2023",
        "Về chào bán, giao dịch trái phiếu doanh nghiệp riêng lẻ",
        "Điều 3. Ngưng hiệu lực thi hành khoản 6 Điều 1 Nghị định số 65/2022/NĐ-CP đến hết ngày 31 tháng 12 năm 2023.\n\
         Điều 4. Nghị định này có hiệu lực thi hành kể từ ngày ký ban hành.",
    );
    let graph = graph(&[&part]);
    let parts = |day: &str| -> Vec<(String, &str)> {
        let validity = on(&graph, "65/2022/NĐ-CP", day);
        validity.parts.iter().map(|part| (part.provisions[0].to_string(), part.state.code())).collect()
    };
    assert_eq!(parts("2023-03-04"), []);
    assert_eq!(parts("2023-03-05"), [("dieu:1/khoan:6".to_owned(), "no")]);
    assert_eq!(parts("2023-12-31"), [("dieu:1/khoan:6".to_owned(), "no")]);
    assert_eq!(parts("2024-01-01"), []);
}

#[test]
fn suspended_as_a_whole() {
    let old = decree(
        "10/2020/NĐ-CP",
        "ngày 17 tháng 01 năm 2020",
        "Quy định về kinh doanh vận tải",
        "Điều 36. Nghị định này có hiệu lực thi hành từ ngày 01 tháng 4 năm 2020.",
    );
    let halt = decree(
        "41/2021/NĐ-CP",
        "ngày 30 tháng 3 năm 2021",
        "Về ngưng hiệu lực thi hành",
        "Điều 1. Ngưng hiệu lực thi hành Nghị định số 10/2020/NĐ-CP đến hết ngày 31 tháng 12 năm 2021.\n\
         Điều 2. Nghị định này có hiệu lực thi hành từ ngày 15 tháng 4 năm 2021.",
    );
    let graph = graph(&[&old, &halt]);
    let days = ["2021-04-14", "2021-04-15", "2021-12-31", "2022-01-01"];
    assert_eq!(states(&graph, "10/2020/NĐ-CP", &days), "yes no no yes");
    let why = decided(&graph, "10/2020/NĐ-CP", "2021-06-01");
    assert_eq!(why.len(), 1);
    assert!(why[0].starts_with("suspended 2021-04-15 Nghị định 41/2021/NĐ-CP “Ngưng hiệu lực"), "{why:?}");
}

#[test]
fn a_clause_with_a_day_of_its_own() {
    let text = "BỘ TÀI CHÍNH\nSố: 38/2015/TT-BTC\nHà Nội, ngày 25 tháng 3 năm 2015\n\nTHÔNG TƯ\nVề thủ tục hải quan\n\n\
        Điều 1. Bãi bỏ Thông tư số 13/2014/TT-BTC kể từ ngày 01 tháng 01 năm 2016.\n\
        Điều 2. Bãi bỏ Thông tư số 22/2014/TT-BTC.\n\
        Điều 3. Thông tư số 94/2014/TT-BTC hết hiệu lực kể từ ngày Trung tâm dữ liệu hải quan bắt đầu hoạt động.\n\
        Điều 4. Thông tư này có hiệu lực thi hành từ ngày 01 tháng 4 năm 2015, trừ Điều 5 Thông tư này có hiệu lực từ \
        ngày 01 tháng 7 năm 2015.\n";
    let graph = graph(&[text]);
    let days = ["2015-03-31", "2015-04-01", "2015-12-31", "2016-01-01"];
    assert_eq!(states(&graph, "13/2014/TT-BTC", &days), "unknown unknown unknown no");
    assert_eq!(states(&graph, "22/2014/TT-BTC", &days), "unknown no no no");
    // nobody says when that was
    assert_eq!(states(&graph, "94/2014/TT-BTC", &days), "unknown unknown unknown unknown");
    let open: Vec<_> = decided(&graph, "94/2014/TT-BTC", "2020-01-01");
    assert!(open.iter().any(|ground| ground.starts_with("ended ? Thông tư 38/2015/TT-BTC")), "{open:?}");
    // the fifth article begins three months after the others
    let article = |day: &str| -> Vec<String> {
        let validity = on(&graph, "38/2015/TT-BTC", day);
        assert_eq!(validity.state, InForce::Yes);
        validity.parts.iter().map(|part| format!("{} {}", part.provisions[0], part.state)).collect()
    };
    assert_eq!(article("2015-06-30"), ["dieu:5 no"]);
    assert_eq!(article("2015-07-01"), [""; 0]);
}

#[test]
fn what_nobody_tells_is_unknown_and_counted() {
    let text = "BỘ TÀI CHÍNH\nSố: 12/2013/TT-BTC\nHà Nội, ngày 25 tháng 01 năm 2013\n\nTHÔNG TƯ\nVề phí\n\n\
        Căn cứ Nghị định số 60/2012/NĐ-CP ngày 30/7/2012;\ntheo Thông tư số 11/2010/TT-BTC;\n\
        Điều 1. Thông tư này có hiệu lực từ ngày 15/3/2013.\n\
        Điều 2. Bãi bỏ Thông tư số 11/2010/TT-BTC.\n";
    let graph = graph(&[text]);
    assert_eq!(states(&graph, "60/2012/NĐ-CP", &["2012-07-29", "2012-07-30", "2020-01-01"]), "no unknown unknown");
    let circular = node(&graph, "12/2013/TT-BTC");
    let asked = Query::from(circular).in_force("2014-01-01".parse().unwrap());
    let answer = asked.clone().run(&graph);
    assert_eq!((answer.hits().len(), answer.unknown()), (0, 1));
    let answer = asked.or_unknown().run(&graph);
    let found: Vec<(String, InForce)> = answer
        .hits()
        .iter()
        .map(|hit| (graph.document(hit.node).unwrap().label(), answer.validity(*hit).unwrap().state))
        .collect();
    assert_eq!((found, answer.unknown()), (vec![("Nghị định 60/2012/NĐ-CP".to_owned(), InForce::Unknown)], 0));
}

#[test]
fn statements_that_cannot_both_be_true_are_told() {
    let one = decree(
        "1/2019/NĐ-CP",
        "ngày 02 tháng 01 năm 2019",
        "Về thuế",
        "Điều 1. Nghị định này có hiệu lực từ ngày 01/3/2019 và thay thế Nghị định số 2/2019/NĐ-CP.",
    );
    let two = decree(
        "2/2019/NĐ-CP",
        "ngày 03 tháng 01 năm 2019",
        "Về phí",
        "Điều 1. Nghị định này có hiệu lực từ ngày 01/4/2019 và thay thế Nghị định số 1/2019/NĐ-CP.",
    );
    let graph = graph(&[&one, &two]);
    let validity = on(&graph, "1/2019/NĐ-CP", "2020-01-01");
    assert_eq!(validity.state, InForce::Unknown);
    let kinds: Vec<ContradictionKind> = validity.contradictions.iter().map(|found| found.kind).collect();
    assert_eq!(kinds, [ContradictionKind::Circle]);
    assert_eq!(validity.contradictions[0].act, Some(node(&graph, "2/2019/NĐ-CP")));
    assert_eq!(states(&graph, "1/2019/NĐ-CP", &["2019-02-01", "2019-03-15"]), "no yes");
}

#[test]
fn a_regulation_is_in_force_as_the_decision_that_issues_it() {
    let decision = "THỦ TƯỚNG CHÍNH PHỦ\nSố: 20/2014/QĐ-TTg\nHà Nội, ngày 05 tháng 3 năm 2014\n\nQUYẾT ĐỊNH\n\
        Về đấu thầu\n\nĐiều 1. Ban hành kèm theo Quyết định này “Quy chế quản lý đấu thầu qua mạng quốc gia”.\n\
        Điều 2. Quyết định này có hiệu lực từ ngày 20 tháng 4 năm 2014.\n";
    let end = "THỦ TƯỚNG CHÍNH PHỦ\nSố: 30/2018/QĐ-TTg\nHà Nội, ngày 01 tháng 6 năm 2018\n\nQUYẾT ĐỊNH\nVề bãi bỏ\n\n\
        Điều 1. Bãi bỏ Quyết định số 20/2014/QĐ-TTg.\n\
        Điều 2. Quyết định này có hiệu lực từ ngày 15 tháng 7 năm 2018.\n";
    let graph = graph(&[decision, end]);
    let work = graph.documents().iter().find(|document| document.parent.is_some()).unwrap();
    assert_eq!(work.parent.as_ref().unwrap().as_str(), "vn:quyet-dinh:20/2014:ttg");
    let key = work.key.as_str();
    let days = ["2014-04-19", "2014-04-20", "2018-07-14", "2018-07-15"];
    assert_eq!(states(&graph, key, &days), "no yes yes no");
    let validity = on(&graph, key, "2019-01-01");
    let end = validity.deciding().next().unwrap();
    assert_eq!((end.of, end.act.unwrap()), (node(&graph, "20/2014/QĐ-TTg"), node(&graph, "30/2018/QĐ-TTg")));
}
