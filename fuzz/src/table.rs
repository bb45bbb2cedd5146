//! The loader of tables: rows of one's own are taken, or an error names their file, a line and a column that exist; and
//! whatever was taken, texts are read with it as with the built-in rows.

use super::{extract, normalise};
use std::sync::Arc;
use viendan::{ErrorKind, Extractor, GrammarTable, Lexicon, LexiconBuilder};

/// A text with something for every table.
const TEXT: &str = "\u{FEFF}ỦY BAN NHÂN DÂN TỈNH HÀ NAM\nSố: 12/2013/QĐ-UBND\nCăn cứ Luật Đất đai năm 2013; theo BLDS;\n\
    Nghi\u{323} định số 43/2014/N\u{D0}–CP ngày 15/5/2014 của Chính phủ, sau đây gọi tắt là XYZ;\n\
    Điều 1. Sửa đổi điểm a khoản 2 Điều 3 Thông tư liên tịch 05/2013/TTLT-BTC-BXYZ như sau: x y z";

/// The laws, for any bytes: the first one says which table they are rows of, and whether its built-in rows stay.
pub fn holds(bytes: &[u8]) {
    let Some((first, rows)) = bytes.split_first() else { return };
    let Some(table) = GrammarTable::ALL.get(usize::from(first % 16)) else { return };
    let rows = String::from_utf8_lossy(rows);
    let mut builder = Lexicon::builder();
    for other in GrammarTable::ALL.into_iter().filter(|other| other != table) {
        builder = builder.replace(other, other.file_name(), some(other));
    }
    let builder = if first & 0x20 == 0 {
        builder.replace(*table, "own.tsv", rows.clone())
    } else {
        builder.replace(*table, table.file_name(), some(*table)).add(*table, "own.tsv", rows.clone())
    };
    built(builder, &rows);
}

/// The first rows of a table: all of them would take most of the time.
fn some(table: GrammarTable) -> String {
    table.built_in().lines().take(24).flat_map(|line| [line, "\n"]).collect()
}

fn built(builder: LexiconBuilder, rows: &str) {
    match builder.build() {
        Ok(lexicon) => {
            let extractor = Extractor::with_lexicon(Arc::new(lexicon));
            extract::text_holds(&extractor, TEXT);
            normalise::text_holds(&extractor, rows);
        }
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::Table);
            let words = error.to_string();
            // rows that others refer to may be missing; then the error is of the others
            let Some(place) = words.strip_prefix("own.tsv:") else { return };
            let mut parts = place.splitn(3, ':');
            let mut number = || parts.next().and_then(|part| part.parse::<usize>().ok());
            let (line, column) = (number().unwrap_or(0), number().unwrap_or(0));
            let why = parts.next().unwrap_or("");
            assert!(why.len() > 1, "no reason in {words:?}");
            let mut lines = rows.lines().map(|line| line.chars().count());
            let length = lines.nth(line.wrapping_sub(1)).unwrap_or(if line == 1 { 0 } else { usize::MAX });
            assert_ne!(length, usize::MAX, "there is no such line: {words:?}");
            assert!((1..=length + 1).contains(&column), "there is no such column: {words:?}");
        }
    }
}
