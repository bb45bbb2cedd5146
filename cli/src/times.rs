//! For people: how a document stood on a day, and what had changed it.

use crate::output::{line, proof};
use crate::status::Stop;
use viendan::petgraph::graph::NodeIndex;
use viendan::{
    Change, Changes, CitationGraph, Contradiction, ContradictionKind, CorpusDocument, Ground, GroundKind, InForce,
    PartialDate, Provision, Touch, Validity,
};

/// The day of an option, or what is wrong with it.
pub(crate) fn day(option: &str, text: &str) -> Result<PartialDate, Stop> {
    PartialDate::parse_day(text).map_err(|error| Stop::Use(format!("{option} {error}")))
}

/// Whether it was in force, and what decides it.
pub(crate) fn in_force(graph: &CitationGraph, validity: &Validity<'_>) -> String {
    let mut text = line(2, &format!("in force on {}: {}", validity.day, validity.state));
    for ground in validity.deciding() {
        text.push_str(&line(4, &told(graph, validity, ground)));
        text.extend(words(ground).map(|words| line(6, &words)));
    }
    text
}

/// The same with everything else that bears on it: what is to come, the parts that stand otherwise, what cannot be true together.
pub(crate) fn all(graph: &CitationGraph, validity: &Validity<'_>) -> String {
    let mut text = line(2, &format!("in force on {}: {}", validity.day, validity.state));
    for ground in &validity.grounds {
        text.push_str(&line(4, &told(graph, validity, ground)));
        text.extend(words(ground).map(|words| line(6, &words)));
    }
    for part in &validity.parts {
        let state = match part.state {
            InForce::Yes => "in force",
            InForce::No => "not in force",
            _ => "not known",
        };
        let what = format!("{}: {state}, {}", paths(part.provisions), told(graph, validity, &part.ground));
        text.push_str(&line(4, &what));
        text.extend(words(&part.ground).map(|words| line(6, &words)));
    }
    for found in &validity.contradictions {
        text.push_str(&line(4, &contradiction(graph, found)));
    }
    text
}

/// Which acts had changed a provision, or the document.
pub(crate) fn changes(graph: &CitationGraph, changes: &Changes<'_>) -> String {
    let what = changes.provision.as_ref().map_or_else(|| "it".to_owned(), |path| format!("`{path}`"));
    let count = |number: usize| if number == 0 { "nothing".to_owned() } else { number.to_string() };
    let mut text = line(2, &format!("what had changed {what} by {}: {}", changes.day, count(changes.done.len())));
    for change in &changes.done {
        text.push_str(&one(graph, change));
    }
    if !changes.undated.is_empty() {
        text.push_str(&line(2, &format!("not known whether by then: {}", changes.undated.len())));
        for change in &changes.undated {
            text.push_str(&one(graph, change));
        }
    }
    if changes.later > 0 {
        text.push_str(&line(2, &format!("later: {}", changes.later)));
    }
    text
}

fn one(graph: &CitationGraph, change: &Change<'_>) -> String {
    let on = change.on.map_or_else(|| "day not known".to_owned(), |on| on.to_string());
    let what = match change.touch {
        Touch::Unnamed => "without naming provisions".to_owned(),
        Touch::Whole => "the whole of it".to_owned(),
        Touch::Perhaps => format!("{}, which may hold it", paths(&change.fact.provisions)),
        _ => paths(&change.fact.provisions),
    };
    let what = format!("{on}: {} {}: {what}", label(graph, change.act), change.fact.relation);
    format!("{}{}", line(4, &what), line(6, &proof(&change.fact.evidence)))
}

fn label(graph: &CitationGraph, node: NodeIndex) -> String {
    graph.document(node).map(CorpusDocument::label).unwrap_or_default()
}

fn paths(provisions: &[Provision]) -> String {
    if provisions.is_empty() {
        return "a part that is not named".to_owned();
    }
    provisions.iter().map(Provision::as_str).collect::<Vec<_>>().join(", ")
}

fn words(ground: &Ground<'_>) -> Option<String> {
    let fact = ground.fact.map(|fact| &fact.evidence);
    fact.or(ground.effect.map(|effect| &effect.evidence)).map(proof)
}

/// A ground in words: `replaced by Thông tư 9/2014/TT-BTC from 2014-05-01 on`.
fn told(graph: &CitationGraph, validity: &Validity<'_>, ground: &Ground<'_>) -> String {
    let on = ground.on.map(|on| on.to_string());
    let from = || on.as_ref().map_or_else(|| "from a day that is not known".to_owned(), |on| format!("from {on} on"));
    let by = ground.act.map(|act| format!("by {}", label(graph, act))).unwrap_or_default();
    let relation = ground.fact.map_or("ends", |fact| fact.relation.code());
    let mut text = match ground.kind {
        GroundKind::Issued => {
            on.map_or_else(|| "issued on a day that is not known".to_owned(), |on| format!("issued on {on}"))
        }
        GroundKind::Begins => {
            let with = ground.act.map(|act| format!(", together with {}", label(graph, act))).unwrap_or_default();
            let from = on.map_or_else(|| "not known".to_owned(), |on| format!("from {on} on"));
            format!("in effect: {from}{with}")
        }
        GroundKind::Ended => format!("ended {by} ({relation}) {}", from()),
        GroundKind::Suspended => {
            let until = ground.fact.and_then(|fact| fact.until).map(|until| format!(" up to {until}"));
            format!("suspended {by} {}{}", from(), until.unwrap_or_default())
        }
        GroundKind::Expires => format!("last day: {}", on.unwrap_or_default()),
        GroundKind::Extended => {
            format!("extended {by} up to {}", on.unwrap_or_else(|| "a day that is not known".to_owned()))
        }
        _ => ground.kind.to_string(),
    };
    if ground.of != validity.node {
        text.push_str(&format!(", as it is of {}", label(graph, ground.of)));
    }
    text
}

fn contradiction(graph: &CitationGraph, found: &Contradiction) -> String {
    let act = found.act.map(|act| label(graph, act)).unwrap_or_default();
    let on = found.on.map(|on| on.to_string()).unwrap_or_default();
    match found.kind {
        ContradictionKind::Begins => format!("cannot all be true: in effect from {on} on"),
        ContradictionKind::Circle => format!("cannot both be true: each ends the other, this and {act}"),
        ContradictionKind::EndedBeforeIssue => {
            format!("cannot be true: ended by {act} from {on} on, before it was issued")
        }
        _ => found.kind.to_string(),
    }
}
