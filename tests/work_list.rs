//! What no table knows, over many texts.
#![expect(clippy::unwrap_used, reason = "a test stops where it finds something wrong")]

use viendan::{Extractor, UnknownKind, WorkList};

fn unknown(text: &str) -> Vec<(UnknownKind, String)> {
    viendan::extract(text).unwrap().unknown().into_iter().map(|unknown| (unknown.kind, unknown.name)).collect()
}

fn codes(text: &str) -> Vec<String> {
    unknown(text).into_iter().filter(|(kind, _)| *kind == UnknownKind::Code).map(|(_, name)| name).collect()
}

#[test]
fn codes_of_mentions_and_of_strings_that_nothing_covers() {
    assert_eq!(codes("Quyết định số 12/2013/QĐ-XYZ ngày 05/3/2013"), ["XYZ"]);
    assert_eq!(codes("theo bảng 34/WWW-ABC đã gửi"), ["WWW-ABC"]);
    // what is known, and what is no symbol
    assert_eq!(codes("Quyết định số 12/2013/QĐ-BNV ngày 05/3/2013, tỷ lệ 5/10, lúc 220/110KV"), [""; 0]);
}

#[test]
fn what_is_no_document_is_left_out() {
    for text in [
        "Hợp đồng số 12/2013/HĐ-XYZ",
        "hợp đồng mua bán số 12/WWW-XYZ",
        "lập theo Mẫu số 01/WWW, 02/WWW ban hành kèm theo",
        "lập theomẫu số 01/WWW của cơ quan thuế",
        "đăng ký (Ký hiệu 01/WWW ban hành kèm theo Nghị định số 11/2020/NĐ-CP)",
    ] {
        assert_eq!(codes(text), [""; 0], "{text}");
    }
}

#[test]
fn words_before_a_symbol_that_are_no_type() {
    let words = |text: &str| -> Vec<String> {
        let all = unknown(text).into_iter();
        all.filter(|(kind, _)| *kind == UnknownKind::Type).map(|(_, name)| name).collect()
    };
    assert_eq!(words("kèm theo Thẻ bài số 5/2013/XYZ-KT"), ["Thẻ bài"]);
    assert_eq!(words("kèm theo Quyết định số 5/2013/QĐ-BNV"), [""; 0]);
    assert_eq!(words("của Bộ Nội vụ số 5/2013/QĐ-BNV"), [""; 0]);
}

#[test]
fn bodies_that_no_row_has() {
    assert_eq!(
        unknown("Quyết định số 12/2013/QĐ-BNV ngày 05/3/2013 của Cục Abc;"),
        [(UnknownKind::Issuer, "Cục Abc".to_owned())]
    );
}

#[test]
fn the_list_does_not_depend_on_order() {
    let extractor = Extractor::new();
    let texts = [
        ("b", "Quyết định số 12/2013/QĐ-XYZ và Quyết định số 13/2013/QĐ-XYZ ngày 05/3/2013"),
        ("a", "Quyết định số 14/2013/QĐ-XYZ, Quyết định số 12/2013/QĐ-WWW ngày 05/3/2013"),
        ("c", "Quyết định số 12/2013/QĐ-AAA ngày 05/3/2013"),
    ];
    let one = |(name, text): (&str, &str)| {
        let mut list = WorkList::new();
        list.add(&extractor.extract_record(text, Some(name), &viendan::Metadata::default()).unwrap());
        list
    };
    let mut forth = WorkList::new();
    for text in texts {
        forth.append(one(text));
    }
    let mut back = WorkList::new();
    for text in texts.into_iter().rev() {
        back.append(one(text));
    }
    let items = forth.items(UnknownKind::Code);
    assert_eq!(items, back.items(UnknownKind::Code));
    let said: Vec<_> = items.iter().map(|item| (item.name.as_str(), item.count, item.documents)).collect();
    assert_eq!(said, [("XYZ", 3, 2), ("AAA", 1, 1), ("WWW", 1, 1)]);
    assert_eq!(&*items[0].example.source, "a");
    assert_eq!((forth.len(), WorkList::new().is_empty()), (3, true));
}
