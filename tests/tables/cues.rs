//! `cues.tsv`.

use crate::rows::{Rows, list, none, read, read_with};
use serde_json::Value;
use viendan::GrammarTable;

/// True when the relation points as its voice says, in an example that holds nothing but the two ends.
fn points_right(voice: &str, found: &Value, relation: &Value) -> bool {
    // where an end is first named; the present document is named nowhere
    let place = |end: &str| {
        let mention = list(found, "citations").iter().find(|citation| citation["target"] == relation[end]);
        mention.and_then(|mention| mention["core"].get(0)?.as_u64()).filter(|_| relation[end] != "self")
    };
    match (voice, place("source"), place("target")) {
        // the target is named before the source
        ("passive", source, Some(target)) => source.is_some_and(|source| target < source),
        ("issued", source, Some(target)) => source.is_none_or(|source| target < source),
        ("inverted", source, Some(_)) => source.is_none(),
        (_, source, Some(target)) => source.is_none_or(|source| source < target),
        (_, _, None) => false,
    }
}

#[test]
fn every_cue_gives_its_relation() {
    let mut complaints = Vec::new();
    for row in Rows::of(GrammarTable::Cues).iter() {
        let (relation, example) = (row.get("relation"), row.get("example"));
        let found = read(example);
        let without = read_with(&row.removed(), example);
        let given = list(&found, "relations")
            .iter()
            .any(|given| given["relation"] == relation && points_right(row.get("voice"), &found, given));
        if relation != "none" && !given {
            complaints.push(format!("{} {}: no {relation} in `{example}`", row.place(), row.get("id")));
        }
        if found["relations"] == without["relations"] {
            complaints.push(format!("{} {}: `{example}` is read alike without it", row.place(), row.get("id")));
        }
    }
    none(&complaints);
}
