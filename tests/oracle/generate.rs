//! Random text of the forms that both readers cover.

use proptest::prelude::*;
use proptest::sample::select;
use unicode_normalization::UnicodeNormalization;
use viendan::GrammarTable;

pub(crate) fn column(table: GrammarTable, name: &str) -> Vec<String> {
    let mut lines = table.built_in().lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let header: Vec<&str> = lines.next().unwrap_or("").split('\t').collect();
    let index = header.iter().position(|cell| cell.trim() == name).unwrap_or(usize::MAX);
    let cells = lines.filter_map(|line| line.split('\t').nth(index)).map(str::trim).filter(|cell| !cell.is_empty());
    cells.map(str::to_owned).collect()
}

fn symbol() -> impl Strategy<Value = String> {
    let state = select(vec![
        "/NĐ-CP",
        "/QĐ-TTg",
        "/TT-BTC",
        "/QĐ-UBND",
        "/NQ-HĐND",
        "/TTLT-BYT-BTC",
        "/QH13",
        "/NQ-UBTVQH14",
        "/QĐ-BNN",
        "/QĐ-ABC",
        "/nđ-cp",
        "/NÐ–CP",
        " /NĐ-CP",
        "/ NĐ-CP",
        "/NĐ -CP",
        "/QĐ/BTC",
        "/TT-BNN&PTNT",
    ]);
    let own = select(vec![
        "/QĐ-TTg",
        "/CT-TTg",
        "/UBND-KT",
        "/TTr-BTC",
        "/TB-VPCP",
        "-KL/TW",
        "-NQ/TW",
        "- KL/TW",
        "-QĐ/TU",
        "-HD/BTGTW",
        " -CT/TW",
        "/QĐ-TU",
        "-TT/TC",
        "/BTC-TCT",
        "/VBHN-VPQH",
    ]);
    let number = prop_oneof![
        (1_u32..4000).prop_map(|n| n.to_string()),
        (1_u32..99).prop_map(|n| format!("{n:02}")),
        Just("12a".to_owned())
    ];
    prop_oneof![
        (number.clone(), 1995_u32..2026, state).prop_map(|(n, y, code)| format!("{n}/{y}{code}")),
        (number, own).prop_map(|(n, code)| format!("{n}{code}")),
    ]
}

fn date() -> impl Strategy<Value = String> {
    (1_u32..32, 1_u32..13, 1985_u32..2026, 0_usize..9).prop_map(|(d, m, y, how)| match how {
        0..=2 => format!(" ngày {d:02}/{m}/{y}"),
        3 => format!(", ngày {d} tháng {m} năm {y}"),
        4 => format!(" ngày {d} - {m} - {y}"),
        5 => format!(" năm {y}"),
        6 => format!(" ngày {d}.{m}.{y}"),
        _ => String::new(),
    })
}

/// A type word, `số` and a symbol.
fn numbered() -> impl Strategy<Value = String> {
    let kind = select(vec![
        "Nghị định",
        "nghị định",
        "QUYẾT ĐỊNH",
        "Quyết định",
        "Thông tư",
        "Thông tư liên tịch",
        "Chỉ thị",
        "Kết luận",
        "Nghị quyết",
        "Công văn",
        "Tờ trình",
        "Thông báo",
        "Hướng dẫn",
        "Kế hoạch",
        "NĐ",
        "QĐ",
        "văn bản",
        "Văn bản hợp nhất",
    ]);
    let marker = select(vec![" số ", " số ", " số ", " ", " số: ", " số\n", " SỐ "]);
    (kind, marker, symbol(), date()).prop_map(|(kind, marker, symbol, date)| format!("{kind}{marker}{symbol}{date}"))
}

fn law() -> impl Strategy<Value = String> {
    let titles = column(GrammarTable::Laws, "title");
    let types = column(GrammarTable::Laws, "type");
    let names: Vec<String> = types
        .iter()
        .zip(titles)
        .filter(|(_, title)| !title.starts_with("Sửa đổi") && !title.starts_with("sửa đổi"))
        .map(|(kind, title)| match kind.as_str() {
            "bo-luat" => format!("Bộ luật {title}"),
            "phap-lenh" => format!("Pháp lệnh {title}"),
            "hien-phap" => format!("Hiến pháp {title}"),
            _ => format!("Luật {title}"),
        })
        .collect();
    let after = (1992_u32..2026, 1_u32..160, 0_usize..5).prop_map(|(year, number, how)| match how {
        0 => format!(" năm {year}"),
        1 => format!(" {year}"),
        2 => format!(" số {number}/{year}/QH13"),
        3 => " (sửa đổi)".to_owned(),
        _ => String::new(),
    });
    (select(names), after).prop_map(|(name, after)| name + &after)
}

fn provision() -> impl Strategy<Value = String> {
    let figure = || (1_u32..120).prop_map(|n| n.to_string());
    let point = || select(vec!["a", "b", "c", "d", "đ", "e", "g"]);
    let and = || select(vec![", ", " và ", " hoặc "]);
    prop_oneof![
        figure().prop_map(|d| format!("Điều {d}")),
        (figure(), figure()).prop_map(|(k, d)| format!("khoản {k} Điều {d}")),
        (point(), figure(), figure()).prop_map(|(p, k, d)| format!("điểm {p} khoản {k} Điều {d}")),
        (point(), and(), point(), figure(), figure())
            .prop_map(|(a, and, b, k, d)| format!("các điểm {a}{and}{b} khoản {k} Điều {d}")),
        (figure(), and(), figure(), figure()).prop_map(|(a, and, b, d)| format!("khoản {a}{and}{b} Điều {d}")),
        (figure(), figure(), figure(), figure())
            .prop_map(|(a, b, c, d)| format!("khoản {a} Điều {b} và khoản {c} Điều {d}")),
        (figure(), figure(), figure()).prop_map(|(a, b, c)| format!("khoản {a} Điều {b}, Điều {c}")),
        (figure(), figure()).prop_map(|(a, b)| format!("từ Điều {a} đến Điều {b}")),
        (figure(), figure(), figure()).prop_map(|(a, b, d)| format!("khoản {a} đến khoản {b} Điều {d}")),
        (figure(), figure(), point()).prop_map(|(d, k, p)| format!("Điều {d}, khoản {k}, điểm {p}")),
        figure().prop_map(|k| format!("khoản {k} Điều này")),
        (figure(), point(), figure(), figure())
            .prop_map(|(a, p, b, d)| format!("khoản {a}, điểm {p} khoản {b} Điều {d}")),
        (point(), figure(), figure(), figure())
            .prop_map(|(p, a, b, d)| format!("điểm {p} khoản {a}, điểm {p} khoản {b} Điều {d}")),
        (figure(), figure()).prop_map(|(a, b)| format!("Điều {a}a và Điều {b}")),
    ]
}

fn filler() -> impl Strategy<Value = &'static str> {
    select(vec![
        "các cơ quan",
        "theo quy định tại",
        "và",
        ", ",
        "; ",
        ".\n",
        "\n\n",
        "của",
        "thực hiện",
        "người dân nộp đơn",
        "“",
        "”",
        "(",
        ")",
        "căn cứ",
        "pháp luật",
        "kỷ luật",
        "điều kiện",
        "nhiều ý kiến",
        "\u{A0}",
        "\u{200B}",
    ])
}

/// A few mentions with words between them.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let mention = prop_oneof![4 => numbered(), 2 => law(), 3 => provision(), 2 => (provision(), numbered()).prop_map(|(p, n)| format!("{p} {n}"))];
    (prop::collection::vec((filler(), mention), 0..6), numbered()).prop_map(|(parts, last)| {
        let words: Vec<String> = parts.into_iter().map(|(filler, mention)| format!("{filler} {mention}")).collect();
        format!("Phần mở đầu {} theo {last}", words.join(" "))
    })
}

/// The same after a converter, a typist or a scanner had it.
/// Paragraphs of the fixtures, a few in a row.
pub(crate) fn real() -> impl Strategy<Value = String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/docs");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path().join("input.txt")).collect();
    paths.sort();
    let texts = paths.iter().filter_map(|path| std::fs::read_to_string(path).ok());
    let lines: Vec<String> = texts.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect();
    (0..lines.len(), 1_usize..6)
        .prop_map(move |(first, count)| lines.get(first..lines.len().min(first + count)).unwrap_or_default().join("\n"))
}

pub(crate) fn damaged(text: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    (text, 0_usize..9, prop::collection::vec(any::<prop::sample::Index>(), 1..4)).prop_map(|(text, how, places)| {
        let mut chars: Vec<char> = match how {
            0 => text.nfd().collect(),
            1 => text.to_uppercase().chars().collect(),
            2 => text.replace("Đ", "Ð").replace('-', "–").chars().collect(),
            _ => text.chars().collect(),
        };
        for place in places {
            if chars.is_empty() {
                break;
            }
            let at = place.index(chars.len());
            match how {
                3 => chars.insert(at, '\u{200B}'),
                4 => chars.insert(at, '\n'),
                5 => chars.insert(at, ' '),
                6 => drop(chars.remove(at)),
                7 => chars.swap(at, at.saturating_sub(1)),
                8 => chars.insert(at, '/'),
                _ => {}
            }
        }
        chars.into_iter().collect()
    })
}
