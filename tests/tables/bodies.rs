//! `issuers.tsv` and `places.tsv`.

use crate::rows::{Rows, none, read, some_document};
use serde_json::Value;
use viendan::GrammarTable;

fn issued_by(found: &Value, code: &str) -> bool {
    let by = |issuer: &Value| issuer["code"] == code;
    some_document(found, |document| {
        by(&document["issuer"]) || document["issuers"].as_array().is_some_and(|all| all.iter().any(by))
    })
}

#[test]
fn every_name_of_an_issuer_is_found() {
    let mut complaints = Vec::new();
    for row in Rows::of(GrammarTable::Issuers).iter() {
        let (code, example) = (row.get("code"), row.get("example"));
        let first = row.list("names").next().expect("a name");
        for name in row.list("names") {
            let text = example.replacen(first, name, 1);
            if !text.contains(name) || !issued_by(&read(&text), code) {
                complaints.push(format!("{}: no {code} in `{text}`", row.place()));
            }
        }
    }
    none(&complaints);
}

#[test]
fn every_code_of_an_issuer_is_read() {
    let rows = Rows::of(GrammarTable::Issuers);
    let mut complaints = Vec::new();
    for row in rows.iter() {
        for code in std::iter::once(row.get("code")).chain(row.list("codes")) {
            // in a year in which the body existed
            let year = [row.get("to"), row.get("from")].iter().find_map(|day| day.get(..4)).unwrap_or("2009");
            let text = format!("Quyết định số 12/{year}/QĐ-{code}");
            if !issued_by(&read(&text), row.get("code")) {
                complaints.push(format!("{}: no {} in `{text}`", row.place(), row.get("code")));
            }
        }
    }
    none(&complaints);
}

#[test]
fn every_name_of_a_place_is_found() {
    let mut complaints = Vec::new();
    for row in Rows::of(GrammarTable::Places).iter() {
        let (name, example) = (row.get("name"), row.get("example"));
        for spelling in std::iter::once(name).chain(row.list("aliases")) {
            let text = example.replacen(name, spelling, 1);
            let here = some_document(&read(&text), |document| document["issuer"]["place"] == name);
            if !text.contains(spelling) || !here {
                complaints.push(format!("{}: not {name} in `{text}`", row.place()));
            }
        }
    }
    none(&complaints);
}
