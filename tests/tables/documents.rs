//! `doc_types.tsv`, `units.tsv`, `confusables.tsv`, `terms.tsv`, and the closed sets that mirror tables.

use crate::rows::{Rows, list, none, read, read_with, some_document};
use std::collections::BTreeSet;
use viendan::{DocType, GrammarTable, Unit};

#[test]
fn every_document_type_is_found() {
    let rows = Rows::of(GrammarTable::DocTypes);
    let mut complaints = Vec::new();
    for row in rows.iter() {
        let (slug, name, example) = (row.get("slug"), row.get("name"), row.get("example"));
        if matches!(row.get("class"), "private" | "generic") {
            // papers of private dealings are no documents, `văn bản` is no type: their rows tell so
            let (with, without) = (read(example), read_with(&row.removed(), example));
            let kept_out = row.get("class") == "generic" || list(&with, "citations").is_empty();
            if with == without || !kept_out {
                complaints.push(format!("{}: `{example}` is read alike without it", row.place()));
            }
            continue;
        }
        // a standard is cited by the first of its words: `TCVN 7568-14:2015`
        let standard = row.get("class") == "standard";
        let written = row.list("words").find(|_| standard).unwrap_or(name);
        let names = std::iter::once(name).filter(|_| !standard);
        for spelling in names.chain(row.list("words")).chain(row.list("abbreviations")) {
            let text = example.replacen(written, spelling, 1);
            if !text.contains(spelling) || !some_document(&read(&text), |found| found["type"] == slug) {
                complaints.push(format!("{}: no {slug} in `{text}`", row.place()));
            }
        }
        for code in row.list("codes") {
            let first = rows.iter().find(|other| other.list("codes").any(|known| known == code)).map(|r| r.get("slug"));
            for text in [format!("văn bản số 12/2009/{code}-STC"), format!("văn bản số 12-{code}/TW")] {
                if !some_document(&read(&text), |found| found["type"].as_str() == first) {
                    complaints.push(format!("{}: no {slug} in `{text}`", row.place()));
                }
            }
        }
    }
    none(&complaints);
}

#[test]
fn every_unit_is_found() {
    let mut complaints = Vec::new();
    for row in Rows::of(GrammarTable::Units).iter() {
        let (path, example) = (row.get("path"), row.get("example"));
        let first = row.list("words").find(|word| example.to_lowercase().contains(&word.to_lowercase()));
        let Some(first) = first else {
            complaints.push(format!("{}: `{example}` has none of the words", row.place()));
            continue;
        };
        for word in row.list("words") {
            let start = example.to_lowercase().find(&first.to_lowercase()).expect("found above");
            let text = format!(
                "{}{word}{}",
                example.get(..start).unwrap_or(""),
                example.get(start + first.len()..).unwrap_or("")
            );
            let found = read(&text);
            let level = format!("{path}:");
            let given = list(&found, "citations").iter().flat_map(|c| list(c, "provisions")).any(|provision| {
                provision.as_str().is_some_and(|p| p.starts_with(&level) || p.contains(&format!("/{level}")))
            });
            if !given {
                complaints.push(format!("{}: no {path} in `{text}`", row.place()));
            }
        }
    }
    none(&complaints);
}

#[test]
fn a_confusable_changes_nothing() {
    let mut complaints = Vec::new();
    for row in Rows::of(GrammarTable::Confusables).iter() {
        let letter = |cell: &str| match cell.strip_prefix("U+") {
            Some(hex) => char::from_u32(u32::from_str_radix(hex, 16).expect("hexadecimal")).expect("a letter").into(),
            None => cell.to_owned(),
        };
        let (from, to, example) = (letter(row.get("from")), letter(row.get("to")), row.get("example"));
        let seen = |text: &str| {
            let found = read(text);
            let fields = ["form", "type", "symbol", "number", "year", "date", "name", "issuer", "target"];
            let each = |citation: &serde_json::Value| fields.map(|field| citation[field].clone());
            list(&found, "citations").iter().map(each).collect::<Vec<_>>()
        };
        let right = seen(&example.replace(&from, &to));
        if !example.contains(&from) || right.is_empty() || seen(example) != right {
            complaints.push(format!("{}: `{example}` is read otherwise", row.place()));
        }
    }
    none(&complaints);
}

#[test]
fn every_term_is_found() {
    let mut complaints = Vec::new();
    for row in Rows::of(GrammarTable::Terms).iter() {
        let (term, example) = (row.get("term"), row.get("example"));
        // the term mends a damaged figure of the National Assembly, and stands in the keys of the Party's documents
        let known = |found: &serde_json::Value| match row.get("body") {
            "QH" => list(found, "citations").iter().any(|citation| {
                citation["symbol"].as_str().is_some_and(|symbol| symbol.ends_with(&format!("/QH{term}")))
            }),
            _ => list(found, "citations")
                .iter()
                .any(|citation| citation["target"].as_str().is_some_and(|key| key.ends_with(&format!(":k{term}")))),
        };
        if !known(&read(example)) || known(&read_with(&row.removed(), example)) {
            complaints.push(format!("{}: no term {term} in `{example}`", row.place()));
        }
    }
    none(&complaints);
}

/// Codes of a closed set against a column of its table, both ways.
fn same(kind: &str, codes: impl Iterator<Item = String>, cells: impl Iterator<Item = String>) {
    let (codes, cells): (BTreeSet<_>, BTreeSet<_>) = (codes.collect(), cells.collect());
    assert_eq!(codes, cells, "{kind}");
}

#[test]
fn closed_sets_are_their_tables() {
    let column = |table, name: &'static str| {
        Rows::of(table).iter().map(|row| row.get(name).to_owned()).collect::<Vec<_>>().into_iter()
    };
    same("types", DocType::ALL.iter().map(|t| t.code().to_owned()), column(GrammarTable::DocTypes, "slug"));
    same("units", Unit::ALL.iter().map(|t| t.code().to_owned()), column(GrammarTable::Units, "path"));
    let relations = viendan::Relation::ALL.iter().map(|r| r.code().to_owned()).chain(["none".to_owned()]);
    same("relations", relations, column(GrammarTable::Cues, "relation"));
}
