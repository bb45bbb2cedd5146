//! `cues.tsv`.

use crate::rows::{Rows, list, none, read, read_with};
use viendan::GrammarTable;

/// Which way a voice makes the relation point, seen from the present document.
fn points_right(voice: &str, relation: &serde_json::Value) -> bool {
    let own = |end: &str| relation[end] == "self";
    match voice {
        "passive" => !own("source") && !own("target"),
        "issued" => !own("target"),
        _ => !own("target"),
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
            .any(|given| given["relation"] == relation && points_right(row.get("voice"), given));
        if relation != "none" && !given {
            complaints.push(format!("{} {}: no {relation} in `{example}`", row.place(), row.get("id")));
        }
        if found["relations"] == without["relations"] {
            complaints.push(format!("{} {}: `{example}` is read alike without it", row.place(), row.get("id")));
        }
    }
    none(&complaints);
}
