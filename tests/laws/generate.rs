//! Random text that looks like Vietnamese administrative text: real fragments from the tables and from offices'
//! usage, put together at random and damaged at random.

use proptest::prelude::*;
use proptest::sample::select;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use viendan::GrammarTable;

/// The cells of a column of a built-in table; with `;` a cell holds several.
pub(crate) fn column(table: GrammarTable, name: &str) -> Vec<String> {
    let mut lines = table.built_in().lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let header: Vec<&str> = lines.next().unwrap_or("").split('\t').collect();
    let index = header.iter().position(|cell| cell.trim() == name).unwrap_or(usize::MAX);
    let cells = lines.filter_map(|line| line.split('\t').nth(index)).map(str::trim).filter(|cell| !cell.is_empty());
    cells.map(str::to_owned).collect()
}

/// The rows' own examples: each holds what its row is for.
static EXAMPLES: LazyLock<Vec<String>> = LazyLock::new(|| {
    GrammarTable::ALL.into_iter().flat_map(|table| column(table, "example")).filter(|text| text.len() < 400).collect()
});

static TYPES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut all = column(GrammarTable::DocTypes, "name");
    all.extend(column(GrammarTable::DocTypes, "abbreviations"));
    all
});

static ISSUERS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let names = column(GrammarTable::Issuers, "names");
    names.iter().filter_map(|cell| cell.split(';').next()).map(str::to_owned).collect()
});

static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| column(GrammarTable::Words, "text"));
static LAWS: LazyLock<Vec<String>> = LazyLock::new(|| column(GrammarTable::Laws, "title"));

const CUES: &[&str] = &[
    "Căn cứ",
    "Thực hiện",
    "thực hiện",
    "triển khai",
    "quán triệt",
    "hướng dẫn",
    "quy định chi tiết",
    "sửa đổi, bổ sung",
    "Sửa đổi",
    "bổ sung",
    "thay thế",
    "thay thế cụm từ",
    "bãi bỏ",
    "hết hiệu lực",
    "đình chỉ",
    "đính chính",
    "gia hạn",
    "ban hành",
    "ban hành kèm theo",
    "phê duyệt",
    "công bố",
    "tổng kết",
    "Theo đề nghị của",
    "Xét",
    "trả lời",
    "gửi kèm",
    "theo",
    "quy định tại",
    "được sửa đổi, bổ sung bởi",
    "được thay thế bằng",
    "không áp dụng",
    "dự thảo",
    "sẽ ban hành",
    "trừ trường hợp quy định tại",
    "như sau:",
    "sau đây gọi tắt là",
    "có hiệu lực kể từ ngày",
    "trường hợp",
    "nếu",
];

const MARKS: &[&str] = &[
    " ",
    " ",
    " ",
    " ",
    " ",
    ", ",
    "; ",
    ". ",
    ": ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "",
    " và ",
    " của ",
    " (",
    ") ",
    " “",
    "” ",
    "\"",
    "'",
    "«",
    "»",
    "- ",
    "/",
    "–",
    "|",
    "…",
    " số ",
    " về việc ",
    " này",
    " nêu trên",
    " đó",
];

const ODD: &[&str] = &[
    "\u{A0}",
    "\u{200B}",
    "\u{FEFF}",
    "\u{AD}",
    "\u{301}",
    "\u{323}\u{302}",
    "Ð",
    "ð",
    "🙂",
    "👩‍⚖️",
    "ﬁ",
    "０",
    "\u{2028}",
    "\u{0}",
    "ß",
    "İ",
    "Å",
    "\u{1E9E}",
    "한",
    "́",
    "số ... /QĐ-UBND",
    "……/2013",
    "31/02/2013",
    "ngày 14-02-212",
    "99999999999999999999",
    "II.IV",
    "Điều 0",
    "khoản 1-9-9",
    "Điều Điều",
    "số số",
    "năm năm 2013",
    "1/1/1/1/1/1/QĐ-TTg",
    "(((",
    "”“”“",
    "Nơi nhận:",
    "Kính gửi:",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "KT. BỘ TRƯỞNG",
    "(Đã ký)",
    "QUYẾT ĐỊNH:",
    "Điều 1.",
];

fn figures() -> impl Strategy<Value = String> {
    prop_oneof![(1_u32..3000).prop_map(|n| n.to_string()), (1_u32..99).prop_map(|n| format!("{n:02}"))]
}

/// Symbols of State, joint and Party documents, spaces at random.
fn symbol() -> impl Strategy<Value = String> {
    let year = (1995_u32..2026).prop_map(|year| year.to_string());
    let code = select(vec![
        "NĐ-CP",
        "QĐ-TTg",
        "QĐ-UBND",
        "TT-BTC",
        "TTLT-BYT-BTC",
        "NQ-HĐND",
        "CT-TTg",
        "QH13",
        "UBTVQH14",
        "nđ-cp",
        "NÐ-CP",
        "QĐ/BTC",
        "QĐ-XYZ",
        "L-CTN",
        "TT",
        "HĐBT",
    ]);
    let own = select(vec![
        "-KL/TW",
        "-QĐ/TU",
        "/QĐ-TTg",
        "/UBND-KT",
        "-HD/BTGTW",
        "- NQ/TW",
        "/CT-TTg",
        "-TT/TC",
        "-CP",
        " QĐ/TWĐTN",
        "/2013",
    ]);
    prop_oneof![
        4 => (figures(), year, code).prop_map(|(n, y, code)| format!("{n}/{y}/{code}")),
        3 => (figures(), own).prop_map(|(n, code)| format!("{n}{code}")),
        1 => (figures(), select(vec![" /", "/ ", "\n/", " - "]), Just("QĐ-TTg")).prop_map(|(n, mark, code)| format!("{n}{mark}{code}")),
    ]
}

fn date() -> impl Strategy<Value = String> {
    (1_u32..33, 1_u32..14, 1980_u32..2030, 0_usize..7).prop_map(|(d, m, y, how)| match how {
        0 | 1 => format!("ngày {d:02}/{m}/{y}"),
        2 => format!("ngày {d} tháng {m} năm {y}"),
        3 => format!("tháng {m}/{y}"),
        4 => format!("năm {y}"),
        5 => format!("ngày {d}/{m}"),
        _ => format!("ngày {d} - {m} - {}", y % 100),
    })
}

fn provision() -> impl Strategy<Value = String> {
    let figure = 1_u32..60;
    let letter = select(vec!["a", "b", "c", "d", "đ", "e", "1.3", "a.2"]);
    prop_oneof![
        figure.clone().prop_map(|n| format!("Điều {n}")),
        (figure.clone(), figure.clone()).prop_map(|(k, d)| format!("khoản {k} Điều {d}")),
        (letter.clone(), figure.clone(), figure.clone()).prop_map(|(p, k, d)| format!("điểm {p} khoản {k} Điều {d}")),
        (figure.clone(), figure.clone()).prop_map(|(a, b)| format!("từ Điều {a} đến Điều {b}")),
        (letter.clone(), letter, figure.clone())
            .prop_map(|(a, b, k)| format!("các điểm {a}, {b} và d khoản {k} Điều này")),
        (figure.clone(), figure).prop_map(|(a, b)| format!("Điều {a}, khoản {b}; Điều {b}")),
        select(vec!["Mục II Chương III", "Phụ lục I", "Mẫu số 01a-DS", "khoản này", "Điều này", "Phần thứ hai"])
            .prop_map(str::to_owned),
    ]
}

fn table_row(rows: &'static LazyLock<Vec<String>>) -> impl Strategy<Value = String> {
    any::<prop::sample::Index>().prop_map(move |index| index.get(rows.as_slice()).clone())
}

fn fragment() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => table_row(&EXAMPLES),
        4 => table_row(&TYPES),
        5 => symbol(),
        3 => date(),
        2 => table_row(&ISSUERS),
        4 => provision(),
        3 => table_row(&LAWS).prop_map(|title| format!("Luật {title}")),
        3 => select(CUES).prop_map(str::to_owned),
        3 => table_row(&WORDS),
        6 => select(MARKS).prop_map(str::to_owned),
        2 => select(ODD).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
    ]
}

/// What happens to a fragment on its way through word processors, scanners and converters.
fn damaged() -> impl Strategy<Value = String> {
    (fragment(), 0_usize..24, any::<prop::sample::Index>()).prop_map(|(text, how, place)| {
        let chars: Vec<char> = text.chars().collect();
        let at = if chars.is_empty() { 0 } else { place.index(chars.len()) };
        let split = |mark: &str| -> String {
            chars.iter().take(at).copied().chain(mark.chars()).chain(chars.iter().skip(at).copied()).collect()
        };
        match how {
            0 => text.nfd().collect(),
            1 => text.replace(' ', "\u{A0}"),
            2 => text.replace('Đ', "Ð").replace('đ', "ð"),
            3 => split("\u{200B}"),
            4 => split("\u{301}"),
            5 => text.to_uppercase(),
            6 => text.to_lowercase(),
            7 => chars.iter().take(at).collect(),
            8 => chars.iter().skip(at).collect(),
            9 => split("\n"),
            10 => text.replace('-', "–").replace(' ', "  "),
            11 => split("🙂"),
            _ => text,
        }
    })
}

/// Text of a few fragments with marks between them.
pub(crate) fn text() -> impl Strategy<Value = String> {
    prop::collection::vec((damaged(), select(MARKS)), 0..24)
        .prop_map(|parts| parts.into_iter().fold(String::new(), |text, (part, mark)| text + &part + mark))
}

/// Bytes that are a text but for a few.
pub(crate) fn bytes() -> impl Strategy<Value = Vec<u8>> {
    (text(), prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4)).prop_map(|(text, broken)| {
        let mut bytes = text.into_bytes();
        for (place, value) in broken {
            if !bytes.is_empty() {
                let at = place.index(bytes.len());
                bytes[at] = value;
            }
        }
        bytes
    })
}

/// A sentence about one State document whose number has the given remainder by two: complete in itself.
fn complete(parity: u32) -> impl Strategy<Value = String> {
    let family = select(vec![
        ("Nghị định", "NĐ-CP", "Chính phủ"),
        ("Thông tư", "TT-BTC", "Bộ trưởng Bộ Tài chính"),
        ("Quyết định", "QĐ-TTg", "Thủ tướng Chính phủ"),
        ("Thông tư", "TT-BTP", "Bộ Tư pháp"),
    ]);
    let lead = select(vec![
        "Các cơ quan thực hiện đúng",
        "Việc này theo",
        "Người nộp đơn làm theo khoản 2 Điều 5",
        "Đơn vị tiếp tục áp dụng",
        "Nhiều ý kiến nhắc tới",
    ]);
    (1_u32..400, 2001_u32..2024, 1_u32..13, 1_u32..29, family, lead, 0_u8..3).prop_map(
        move |(n, y, m, d, (kind, code, issuer), lead, how)| {
            let n = n * 2 + parity;
            match how {
                0 => format!("{lead} {kind} số {n}/{y}/{code} ngày {d:02}/{m}/{y} của {issuer}."),
                1 => format!("{lead} {kind} số {n}/{y}/{code} ngày {d} tháng {m} năm {y} của {issuer}."),
                _ => format!("{lead} {kind} số {n}/{y}/{code}."),
            }
        },
    )
}

/// A text in which nothing points out of it: full State citations, no header, no own identity.
pub(crate) fn closed_text(parity: u32) -> impl Strategy<Value = String> {
    prop::collection::vec(complete(parity), 1..5).prop_map(|sentences| {
        let mut seen: Vec<String> = Vec::new();
        for sentence in sentences {
            if !seen.contains(&sentence) {
                seen.push(sentence);
            }
        }
        seen.join(" ")
    })
}
