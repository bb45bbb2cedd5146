//! One document for each identity.

use super::{BodyLink, CorpusDocument, Fact, Record};
use crate::model::{Key, PartialDate};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Two texts that say different things of one document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Conflict {
    /// The document.
    pub key: Key,
    /// The field: `date`, `issuer` or `title`.
    pub field: &'static str,
    /// What is said, each with a text that says so, sorted.
    pub values: Vec<(String, Arc<str>)>,
}

/// All documents and facts, sorted by key.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Resolved {
    /// Documents, each once.
    pub documents: Vec<CorpusDocument>,
    /// Facts, sorted; equal facts of several texts stay apart, each with its evidence.
    pub facts: Vec<Fact>,
    /// How the issuing bodies stand to each other.
    pub bodies: Vec<BodyLink>,
    /// What the texts disagree on.
    pub conflicts: Vec<Conflict>,
}

/// What one text says of a document.
#[derive(Debug, Clone, Copy)]
struct Said<'r> {
    document: &'r CorpusDocument,
    /// The text says it of itself.
    own: bool,
    source: &'r Arc<str>,
}

pub(super) fn resolve(mut records: Vec<Record>) -> Resolved {
    let mut out = Resolved::default();
    for record in &mut records {
        out.facts.append(&mut record.facts);
        out.bodies.append(&mut record.bodies);
    }
    out.facts.sort();
    out.facts.dedup();
    out.bodies.sort_unstable();
    out.bodies.dedup();
    let mut groups: BTreeMap<&Key, Vec<Said<'_>>> = BTreeMap::new();
    for record in &records {
        for document in &record.documents {
            let own = document.key == record.own;
            groups.entry(&document.key).or_default().push(Said { document, own, source: &record.source });
        }
    }
    for (key, mut group) in groups {
        let (document, conflicts) = merge(key, &mut group);
        out.documents.push(document);
        out.conflicts.extend(conflicts);
    }
    out
}

/// One document of all that is said of it, and what the texts disagree on. Saying the same thing twice changes nothing
/// but the number of mentions.
fn merge(key: &Key, group: &mut [Said<'_>]) -> (CorpusDocument, Vec<Conflict>) {
    // the order of the texts is that of their names, not of their coming
    group.sort_by(|a, b| rank(a).cmp(&rank(b)));
    let mut merged = CorpusDocument::bare(key.clone());
    for said in &*group {
        add(&mut merged, said.document, said.own);
    }
    merged.sources.sort();
    merged.sources.dedup();
    (merged, conflicts(key, group))
}

/// What a text says of itself comes first, then what is dated most fully.
fn rank<'r>(said: &Said<'r>) -> (bool, bool, &'r Arc<str>) {
    (!said.own, !said.document.date.is_some_and(PartialDate::is_full), said.source)
}

fn add(merged: &mut CorpusDocument, document: &CorpusDocument, own: bool) {
    merged.doc_type = merged.doc_type.or(document.doc_type);
    merged.type_name = merged.type_name.take().or_else(|| document.type_name.clone());
    merged.symbol = merged.symbol.take().or_else(|| document.symbol.clone());
    merged.number = merged.number.take().or_else(|| document.number.clone());
    merged.name = merged.name.take().or_else(|| document.name.clone());
    merged.title = merged.title.take().or_else(|| document.title.clone());
    merged.year = merged.year.or(document.year);
    merged.effective = merged.effective.or(document.effective);
    if merged.date.is_none() {
        merged.date = document.date;
        merged.date_from.clone_from(&document.date_from);
    }
    if merged.issuers.is_empty()
        || merged.issuers.iter().all(|body| body.place.is_none())
            && document.issuers.iter().any(|body| body.place.is_some())
    {
        merged.issuers.clone_from(&document.issuers);
    }
    if own {
        merged.sources.extend(document.sources.iter().cloned());
    }
    merged.mentions += document.mentions;
}

fn conflicts(key: &Key, group: &[Said<'_>]) -> Vec<Conflict> {
    let mut dates: Vec<(PartialDate, &Arc<str>)> = Vec::new();
    for said in group {
        let Some(date) = said.document.date else { continue };
        if !dates.iter().any(|(known, _)| known.agrees(date)) {
            dates.push((date, said.source));
        }
    }
    let mut out = Vec::new();
    if dates.len() > 1 {
        let mut values: Vec<(String, Arc<str>)> =
            dates.into_iter().map(|(date, source)| (date.to_string(), Arc::clone(source))).collect();
        values.sort();
        out.push(Conflict { key: key.clone(), field: "date", values });
    }
    out
}
