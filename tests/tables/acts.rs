//! `laws.tsv` and `aliases.tsv`.

use crate::rows::{Row, Rows, list, none, read};
use viendan::GrammarTable;

/// Some mention of `text` means the act, or counts it among the acts it can mean.
fn is_meant(text: &str, row: &Row<'_>) -> bool {
    let found = read(text);
    let (number, year) = (row.get("number"), row.get("date").get(..4).unwrap_or("?"));
    list(&found, "citations").iter().any(|citation| {
        let key = |key: &serde_json::Value| {
            let key = key.as_str().unwrap_or("");
            match number {
                // an act without number is known by its name and year
                "" => key.starts_with(&format!("vn:{}", row.get("type"))) && key.ends_with(&format!(":{year}")),
                _ => viendan_key(row) == key,
            }
        };
        // a short name without a year can be several acts, of which none is preferred
        let unsure = citation["unresolved"] == "ambiguous" && !number.is_empty();
        unsure || key(&citation["target"]) || list(citation, "candidates").iter().any(key)
    })
}

/// The key of an act with a number: `vn:luat:45-2013-qh13`.
fn viendan_key(row: &Row<'_>) -> String {
    let number = row.get("number").trim_start_matches('0').to_lowercase().replace('đ', "d");
    format!("vn:{}:{}", row.get("type"), number.replace('/', "-"))
}

#[test]
fn every_act_is_found() {
    let mut complaints = Vec::new();
    for row in Rows::of(GrammarTable::Laws).iter() {
        for text in std::iter::once(row.get("example")).chain(row.list("aliases")) {
            if !is_meant(text, &row) {
                complaints.push(format!("{}: not {} in `{text}`", row.place(), row.get("number")));
            }
        }
        for symbol in row.list("variants") {
            let text = format!("theo Luật số {symbol}");
            if !is_meant(&text, &row) {
                complaints.push(format!("{}: not {} in `{text}`", row.place(), row.get("number")));
            }
        }
    }
    none(&complaints);
}

#[test]
fn every_short_name_is_found() {
    let laws = Rows::of(GrammarTable::Laws);
    let mut complaints = Vec::new();
    for row in Rows::of(GrammarTable::Aliases).iter() {
        let (alias, name, example) = (row.get("alias"), row.get("name").to_lowercase(), row.get("example"));
        let named = |law: &Row<'_>| match row.get("kind") {
            // the end of a name that is left out
            "tail" => law.get("title").ends_with(alias) && !example.contains(law.get("title")),
            "law" => law.get("type") == row.get("type") && law.get("title").to_lowercase() == name,
            _ => law.get("title").to_lowercase().contains(&name),
        };
        let written = row.get("kind") == "tail" || example.to_lowercase().contains(&alias.to_lowercase());
        if !written || !laws.iter().filter(named).any(|law| is_meant(example, &law)) {
            complaints.push(format!("{}: no act in `{example}`", row.place()));
        }
    }
    none(&complaints);
}
