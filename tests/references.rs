//! References inside a text and amending instructions, annotated from real texts before the resolver had seen them.
//! What each set holds and its conventions: the README beside it. The floor is the share read as annotated.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops where it finds something wrong"
)]
#![expect(clippy::cast_precision_loss, reason = "a few hundred cases")]

use serde_json::Value;

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use viendan::{Extractor, Metadata, WireDocument};

/// Shares below these fail; they only rise.
const REFERENCES: f64 = 0.93;
const INSTRUCTIONS: f64 = 0.93;

fn cases(set: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(set).join("cases.jsonl");
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn read(case: &Value) -> Value {
    let text = case["text"].as_str().unwrap();
    let found = Extractor::new().extract_record(text, case["id"].as_str(), &Metadata::default()).unwrap();
    serde_json::to_value(WireDocument::new(&found)).unwrap()
}

/// Bytes of the nth occurrence of the quoted words.
fn place(case: &Value, quoted: &Value) -> (u64, u64) {
    let (text, quote) = (case["text"].as_str().unwrap(), quoted["quote"].as_str().unwrap());
    let nth = usize::try_from(quoted["occurrence"].as_u64().unwrap()).unwrap();
    let mut start = 0;
    let mut found = 0;
    for _ in 0..nth {
        found = start + text[start..].find(quote).unwrap_or_else(|| panic!("{}: `{quote}` is not there", case["id"]));
        start = found + text[found..].chars().next().map_or(1, char::len_utf8);
    }
    (found as u64, (found + quote.len()) as u64)
}

fn plain(text: &Value) -> String {
    text.as_str().unwrap_or_default().split_whitespace().collect::<String>().to_lowercase()
}

/// Letters and figures only: `23-L/CTN` and `23-L-CTN` are one symbol.
fn letters(text: &Value) -> String {
    plain(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The document of a key is the one that the annotation names.
fn is_meant(documents: &HashMap<String, Value>, key: &Value, meant: &Value) -> bool {
    if meant == "self" {
        return key == "self";
    }
    let Some(document) = key.as_str().and_then(|key| documents.get(key)) else { return false };
    if meant.get("symbol").is_some() {
        return letters(&document["symbol"]) == letters(&meant["symbol"]);
    }
    // the name as annotated, or a part of it that the text writes elsewhere
    let (name, wanted) = (plain(&document["name"]), plain(&meant["name"]));
    !name.is_empty() && (wanted.contains(&name) || name.contains(&wanted))
}

fn documents(read: &Value) -> HashMap<String, Value> {
    let all = read["documents"].as_array().unwrap();
    all.iter().map(|d| (d["key"].as_str().unwrap().to_owned(), d.clone())).collect()
}

fn array(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

fn reference_is_right(case: &Value, read: &Value, mention: &Value) -> bool {
    let (start, end) = place(case, mention);
    let citations = array(&read["citations"]);
    let Some(hit) = citations.iter().find(|c| c["core"][0] == start && c["core"][1] == end) else { return false };
    let means = array(&mention["means"]);
    let mut targets = array(&hit["targets"]);
    if targets.is_empty() && !hit["target"].is_null() {
        targets.push(hit["target"].clone());
    }
    if means.is_empty() {
        // nothing in the text explains it: said so, or a document of its own
        let alone = |c: &&Value| c["target"] == hit["target"] && c["text"] != hit["text"];
        return targets.is_empty()
            || hit["unresolved"] == "no_antecedent"
            || hit["unresolved"] == "ambiguous"
            || hit["form"] == "short" && citations.iter().find(alone).is_none();
    }
    let documents = documents(read);
    targets.len() == means.len() && means.iter().all(|meant| targets.iter().any(|key| is_meant(&documents, key, meant)))
}

fn instruction_is_right(case: &Value, read: &Value, instruction: &Value) -> bool {
    let (start, end) = place(case, instruction);
    let inside = |span: &Value| span[0].as_u64().is_some_and(|at| at + 2 >= start && at < end);
    let citations = array(&read["citations"]);
    let cited = |relation: &Value| {
        let index = relation["citation"].as_u64().and_then(|index| usize::try_from(index).ok());
        index.and_then(|index| citations.get(index)).is_some_and(|c| inside(&c["core"]))
    };
    let relations: Vec<Value> = array(&read["relations"])
        .into_iter()
        .filter(|r| r["cue"].is_array() && inside(&r["cue"]) || r["relation"] != "cites" && cited(r))
        .collect();
    let documents = documents(read);
    let wanted = &instruction["relation"];
    let fits = |r: &Value| {
        let deleted = wanted == "repeals" && instruction["act"] == "delete";
        let relation = r["relation"] == *wanted || deleted && r["relation"] == "amends" && r["act"] == "delete";
        let act = instruction["act"].is_null() || r["relation"] != "amends" || r["act"] == instruction["act"];
        relation && act && is_meant(&documents, &r["target"], &instruction["means"])
    };
    let set = |paths: Vec<Value>| {
        let mut paths: Vec<String> = paths.iter().map(|path| path.as_str().unwrap().to_owned()).collect();
        paths.sort();
        paths.dedup();
        paths
    };
    let provisions = set(array(&instruction["provisions"]));
    let whole = relations.iter().any(|r| fits(r) && set(array(&r["provisions"])) == provisions);
    // one instruction can be read as several clauses
    let together = relations.iter().flat_map(|r| array(&r["provisions"])).collect();
    whole || !relations.is_empty() && relations.iter().all(fits) && set(together) == provisions
}

fn share(set: &str, list: &str, right: impl Fn(&Value, &Value, &Value) -> bool) -> (usize, usize) {
    let (mut good, mut all) = (0, 0);
    // `SHOW=1 cargo test --test references -- --nocapture` names those read otherwise
    let show = std::env::var_os("SHOW").is_some();
    for case in cases(set) {
        let read = read(&case);
        for member in array(&case[list]) {
            all += 1;
            let fine = right(&case, &read, &member);
            good += usize::from(fine);
            if show && !fine {
                eprintln!("{} {member}", case["id"]);
            }
        }
    }
    (good, all)
}

#[test]
fn references_are_resolved_as_a_reader_would() {
    let (good, all) = share("anaphora", "mentions", reference_is_right);
    assert!(all >= 60 && good as f64 >= REFERENCES * all as f64, "{good} of {all} references");
}

#[test]
fn amending_instructions_are_read_as_a_reader_would() {
    let (good, all) = share("amending", "instructions", instruction_is_right);
    assert!(all >= 40 && good as f64 >= INSTRUCTIONS * all as f64, "{good} of {all} instructions");
}
