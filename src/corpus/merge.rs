//! One document for each identity.

use super::conflict::{Conflict, Ranks, conflicts};
use super::date::{Said, agreed};
use super::join::Joins;
use super::{BodyLink, CorpusDocument, CorpusText, EffectFact, Fact, OpenMention, Provenance, Record};
use crate::model::{Extent, From, Key, Mood, PartialDate, Relation};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// All documents and facts, sorted by key.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Resolved {
    /// Documents, each once.
    pub documents: Vec<CorpusDocument>,
    /// Facts, sorted; equal facts of several texts stay apart, each with its evidence.
    pub facts: Vec<Fact>,
    /// What is said of the times of effect, sorted by document.
    pub effects: Vec<EffectFact>,
    /// How the issuing bodies stand to each other.
    pub bodies: Vec<BodyLink>,
    /// What the texts disagree on.
    pub conflicts: Vec<Conflict>,
    /// The texts that were read, in the order of their names, with what each leaves open.
    pub texts: Vec<CorpusText>,
}

/// What a text says of a document, and the text.
type Entry<'r> = (&'r CorpusDocument, &'r Record);

pub(super) fn resolve(records: &[Record]) -> Resolved {
    let joins = Joins::find(records);
    let mut facts: Vec<Fact> =
        records.iter().flat_map(|record| record.facts.iter().map(|fact| renamed(fact, &joins))).collect();
    facts.sort();
    facts.dedup();
    let mut effects: Vec<EffectFact> = records
        .iter()
        .flat_map(|record| &record.effects)
        .map(|effect| EffectFact {
            document: joins.key(&effect.document).clone(),
            with: effect.with.as_ref().map(|with| joins.key(with).clone()),
            ..effect.clone()
        })
        .collect();
    effects.sort();
    effects.dedup();
    let mut bodies: Vec<BodyLink> = records.iter().flat_map(|record| record.bodies.iter().cloned()).collect();
    bodies.sort_unstable();
    bodies.dedup();
    let mut texts: Vec<CorpusText> = records.iter().map(|record| text(&record.text, &joins)).collect();
    texts.sort_unstable();
    let mut out = Resolved { facts, effects, bodies, texts, ..Resolved::default() };
    let ranks = Ranks::new(&out.bodies);
    let parents = parents(&out.facts);
    let mut groups: BTreeMap<&Key, Vec<Entry<'_>>> = BTreeMap::new();
    for record in records {
        for document in &record.documents {
            groups.entry(joins.key(&document.key)).or_default().push((document, record));
        }
    }
    for (key, mut group) in groups {
        // the order of the texts is that of their names, not of their coming
        group.sort_by(|a, b| rank(a, &joins, key).cmp(&rank(b, &joins, key)));
        let first = out.effects.partition_point(|effect| effect.document < *key);
        let stated: Vec<&EffectFact> =
            out.effects.iter().skip(first).take_while(|effect| effect.document == *key).collect();
        conflicts(&mut out.conflicts, key, &group, &stated, &ranks);
        let mut merged = merge(key, &group, &stated, &joins);
        if merged.symbol.is_none() && merged.number.is_none() && merged.name.is_some() {
            parent(&mut merged, parents.get(key), &mut out.conflicts);
        }
        out.documents.push(merged);
    }
    out.conflicts.sort();
    out
}

fn renamed(fact: &Fact, joins: &Joins) -> Fact {
    Fact {
        source: joins.key(&fact.source).clone(),
        target: joins.key(&fact.target).clone(),
        effective_with: fact.effective_with.as_ref().map(|with| joins.key(with).clone()),
        ..fact.clone()
    }
}

/// A text with the keys that are known over all texts.
fn text(text: &CorpusText, joins: &Joins) -> CorpusText {
    let key = |key: &Key| joins.key(key).clone();
    let open = text.open.iter().map(|open| OpenMention {
        target: open.target.as_ref().map(key),
        candidates: open.candidates.iter().map(key).collect(),
        ..open.clone()
    });
    CorpusText { key: key(&text.key), open: open.collect(), ..text.clone() }
}

/// What a text says of itself comes first, then what has a full key, then what is dated most fully; of two texts of one
/// name, the one that says less.
fn rank<'r>(entry: &Entry<'r>, joins: &Joins, key: &Key) -> (bool, bool, bool, &'r Arc<str>, &'r CorpusDocument) {
    let (document, record) = entry;
    let dated = document.date.is_some_and(PartialDate::is_full);
    (!is_own(entry, joins), document.key != *key, !dated, &record.source, document)
}

/// The entry is what the text says of itself.
fn is_own((document, record): &Entry<'_>, joins: &Joins) -> bool {
    joins.key(&document.key) == joins.key(&record.own) && !document.sources.is_empty()
}

fn merge(key: &Key, group: &[Entry<'_>], stated: &[&EffectFact], joins: &Joins) -> CorpusDocument {
    let mut merged = CorpusDocument::bare(key.clone());
    for entry in group {
        add(&mut merged, entry.0);
    }
    merged.sources.sort();
    merged.sources.dedup();
    merged.order_wordings();
    let read = group.iter().any(|entry| is_own(entry, joins));
    // a date that cannot be that of the number is a slip
    let year = merged.symbol.as_deref().and_then(year_of_symbol);
    let fits = |date: PartialDate| year.is_none_or(|year| year == date.the_year());
    // of its own date only where others say one that can be
    let better = group
        .iter()
        .any(|entry| !is_own(entry, joins) && entry.0.date.is_some_and(|date| date.is_full() && fits(date)));
    let dates: Vec<Said> = group
        .iter()
        .filter_map(|entry| {
            let own = is_own(entry, joins);
            let date = entry.0.date.filter(|date| fits(*date) || own && !better)?;
            let text = || Provenance { from: From::Text, source: Arc::clone(&entry.1.source) };
            let from = entry.0.date_from.clone().unwrap_or_else(text);
            Some(Said { date, from, own, texts: entry.0.mentions })
        })
        .collect();
    let date = agreed(&dates, read);
    merged.date = date.as_ref().map(|(date, _)| *date);
    merged.date_from = date.map(|(_, from)| from);
    effective(&mut merged, group, stated, joins);
    merged.joined = group
        .iter()
        .filter_map(|(document, _)| joins.joined.get(&document.key))
        .map(|(_, joined)| joined.clone())
        .collect();
    merged.joined.sort();
    merged.joined.dedup();
    merged.candidates = joins.candidates.get(key).cloned().unwrap_or_default();
    merged
}

/// The date of effect: what the document says itself, else what others agree on.
fn effective(merged: &mut CorpusDocument, group: &[Entry<'_>], stated: &[&EffectFact], joins: &Joins) {
    let own = group
        .iter()
        .filter(|entry| is_own(entry, joins))
        .find_map(|(document, _)| Some((document.effective?, document.effective_from.clone()?)));
    let told = stated.iter().filter(|effect| effect.extent == Extent::Whole && !effect.own).filter_map(|effect| {
        let source = Arc::clone(&effect.evidence.source);
        Some((effect.begins?, Provenance { from: From::OtherMention, source }))
    });
    let table = group.iter().filter(|entry| !is_own(entry, joins));
    let table = table.filter_map(|(document, _)| Some((document.effective?, document.effective_from.clone()?)));
    let others: Vec<(PartialDate, Provenance)> = told.chain(table).collect();
    let agree = others.first().is_some_and(|(first, _)| others.iter().all(|(other, _)| first.agrees(*other)));
    // of equals the first
    let other = others.into_iter().filter(|_| agree).min_by_key(|(date, _)| !date.is_full());
    let found = own.or(other);
    merged.effective = found.as_ref().map(|(date, _)| *date);
    merged.effective_from = found.map(|(_, from)| from);
}

fn add(merged: &mut CorpusDocument, document: &CorpusDocument) {
    merged.doc_type = merged.doc_type.or(document.doc_type);
    merged.type_name = merged.type_name.take().or_else(|| document.type_name.clone());
    merged.symbol = merged.symbol.take().or_else(|| document.symbol.clone());
    merged.number = merged.number.take().or_else(|| document.number.clone());
    merged.name = merged.name.take().or_else(|| document.name.clone());
    merged.title = merged.title.take().or_else(|| document.title.clone());
    merged.called = merged.called.take().or_else(|| document.called.clone());
    merged.year = merged.year.or(document.year);
    let placed = |bodies: &[super::Body]| bodies.iter().any(|body| body.place.is_some());
    let stated = |document: &CorpusDocument| {
        document.issuers_from.as_ref().is_some_and(|from| matches!(from.from, From::Text | From::Metadata))
    };
    let better = !stated(merged) && stated(document) || placed(&document.issuers) && !placed(&merged.issuers);
    if !document.issuers.is_empty()
        && (merged.issuers.is_empty() || better && !(placed(&merged.issuers) && !placed(&document.issuers)))
    {
        merged.issuers.clone_from(&document.issuers);
        merged.issuers_from.clone_from(&document.issuers_from);
    }
    merged.sources.extend(document.sources.iter().cloned());
    merged.mentions += document.mentions;
    merged.urn = merged.urn.take().or_else(|| document.urn.clone());
    merged.add_wordings(&document.wordings);
}

/// The year between the strokes of a symbol: `30/2020/NĐ-CP`.
fn year_of_symbol(symbol: &str) -> Option<i16> {
    let year = symbol.split('/').nth(1).filter(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit()))?;
    year.parse().ok()
}

/// Who issues or approves what, with a text that says so.
fn parents(facts: &[Fact]) -> BTreeMap<Key, BTreeMap<Key, Arc<str>>> {
    let mut out: BTreeMap<Key, BTreeMap<Key, Arc<str>>> = BTreeMap::new();
    for fact in facts {
        let issues = matches!(fact.relation, Relation::Promulgates | Relation::Approves);
        if issues && fact.mood == Mood::Asserted {
            let known = out.entry(fact.target.clone()).or_default();
            let source = known.entry(fact.source.clone()).or_insert_with(|| Arc::clone(&fact.evidence.source));
            if fact.evidence.source < *source {
                *source = Arc::clone(&fact.evidence.source);
            }
        }
    }
    out
}

/// Ties a named work to the one document that issues or approves it; several are reported.
fn parent(merged: &mut CorpusDocument, known: Option<&BTreeMap<Key, Arc<str>>>, conflicts: &mut Vec<Conflict>) {
    let Some(known) = known else { return };
    if known.len() == 1 {
        merged.parent = known.keys().next().cloned();
        return;
    }
    let values: BTreeSet<(String, Arc<str>)> =
        known.iter().map(|(key, source)| (key.to_string(), Arc::clone(source))).collect();
    conflicts.push(Conflict { key: merged.key.clone(), field: "parent", values: values.into_iter().collect() });
}
