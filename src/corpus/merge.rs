//! One document for each identity.

use super::{BodyLink, CorpusDocument, CorpusText, Fact, Record};
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

impl Conflict {
    /// The field of a name; none for a name that no field has.
    #[cfg(feature = "store")]
    pub(crate) fn field_of(name: &str) -> Option<&'static str> {
        ["date"].into_iter().find(|field| *field == name)
    }
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
    /// The texts that were read, in the order of their names, with what each leaves open.
    pub texts: Vec<CorpusText>,
}

pub(super) fn resolve(records: &[Record]) -> Resolved {
    let mut groups: BTreeMap<&Key, Vec<(&CorpusDocument, &Record)>> = BTreeMap::new();
    for record in records {
        for document in &record.documents {
            groups.entry(&document.key).or_default().push((document, record));
        }
    }
    let mut out = Resolved::default();
    for (key, mut group) in groups {
        // the order of the texts is that of their names, not of their coming
        group.sort_by(|a, b| rank(a).cmp(&rank(b)));
        let mut merged = CorpusDocument::bare(key.clone());
        for (document, record) in &group {
            add(&mut merged, document, *key == record.own);
        }
        merged.sources.sort();
        merged.sources.dedup();
        merged.order_wordings();
        conflicts(&mut out.conflicts, key, &group);
        out.documents.push(merged);
    }
    out.facts = records.iter().flat_map(|record| record.facts.iter().cloned()).collect();
    out.facts.sort();
    out.facts.dedup();
    out.bodies = records.iter().flat_map(|record| record.bodies.iter().cloned()).collect();
    out.bodies.sort_unstable();
    out.bodies.dedup();
    out.texts = records.iter().map(|record| record.text.clone()).collect();
    out.texts.sort_unstable();
    out
}

/// What a text says of itself comes first, then what is dated most fully.
fn rank<'r>(entry: &(&CorpusDocument, &'r Record)) -> (bool, bool, &'r Arc<str>) {
    let (document, record) = entry;
    (document.key != record.own, !document.date.is_some_and(PartialDate::is_full), &record.source)
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
    merged.urn = merged.urn.take().or_else(|| document.urn.clone());
    merged.add_wordings(&document.wordings);
}

fn conflicts(out: &mut Vec<Conflict>, key: &Key, group: &[(&CorpusDocument, &Record)]) {
    let mut dates: Vec<(PartialDate, &Arc<str>)> = Vec::new();
    for (document, record) in group {
        let Some(date) = document.date else { continue };
        if !dates.iter().any(|(known, _)| known.agrees(date)) {
            dates.push((date, &record.source));
        }
    }
    if dates.len() > 1 {
        let mut values: Vec<(String, Arc<str>)> =
            dates.into_iter().map(|(date, source)| (date.to_string(), Arc::clone(source))).collect();
        values.sort();
        out.push(Conflict { key: key.clone(), field: "date", values });
    }
}
