//! Incomplete keys across texts: joined to a full one on evidence, else left apart with the documents they may be.
//!
//! A number alone never joins: it recurs in every province and every year. Type, number and full date must agree, exactly
//! one document over all texts must be left, and its title or its issuer with its place must be the same. A text that
//! mentions both keeps them apart.

use super::conflict::same_title;
use super::{CorpusDocument, Joined, Record};
use crate::model::{DocType, Key, PartialDate};
use crate::text::fold::ascii_name;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What was found for the incomplete keys of all texts.
#[derive(Debug, Default)]
pub(super) struct Joins {
    /// Incomplete key to the full one, with the evidence.
    pub joined: BTreeMap<Key, (Key, Joined)>,
    /// Incomplete key to those it may be.
    pub candidates: BTreeMap<Key, Vec<Key>>,
}

/// Titles of fewer words are no evidence.
const WORDS: usize = 4;

/// What must be equal.
type Index<'r> = BTreeMap<(DocType, String, PartialDate), BTreeMap<&'r Key, Vec<&'r CorpusDocument>>>;

impl Joins {
    pub(super) fn find(records: &[Record]) -> Self {
        let mut index: Index<'_> = BTreeMap::new();
        for document in records.iter().flat_map(|record| &record.documents) {
            if let Some(at) = place(document).filter(|_| document.key.is_complete()) {
                index.entry(at).or_default().entry(&document.key).or_default().push(document);
            }
        }
        let mut out = Self::default();
        if index.is_empty() {
            return out;
        }
        // a text read twice under one name may say more the second time
        let mut partial: BTreeMap<&Key, Vec<(&CorpusDocument, &Record)>> = BTreeMap::new();
        for record in records {
            for document in record.documents.iter().filter(|document| !document.key.is_complete()) {
                partial.entry(&document.key).or_default().push((document, record));
            }
        }
        for (key, documents) in partial {
            out.enter(key, &documents, &index);
        }
        out
    }

    fn enter(&mut self, key: &Key, documents: &[(&CorpusDocument, &Record)], index: &Index<'_>) {
        let places: BTreeSet<_> = documents.iter().filter_map(|(document, _)| place(document)).collect();
        let (Some(at), 1) = (places.first(), places.len()) else { return };
        let known: BTreeSet<&Key> = documents
            .iter()
            .flat_map(|(_, record)| record.documents.iter().map(|other| &other.key).chain([&record.own]))
            .collect();
        let Some(found) = index.get(at) else { return };
        let mut left: Vec<(&Key, BTreeSet<&'static str>)> = Vec::new();
        for (full, entries) in found {
            if known.contains(full) {
                continue;
            }
            let mut evidence = BTreeSet::new();
            let agrees = documents.iter().all(|(document, _)| {
                entries.iter().all(|entry| match compare(document, entry) {
                    Some(same) => {
                        evidence.extend(same);
                        true
                    }
                    None => false,
                })
            });
            if agrees {
                left.push((full, evidence));
            }
        }
        match left.as_slice() {
            [(full, evidence)] if !evidence.is_empty() => {
                let source = documents.iter().map(|(_, record)| &record.source).min();
                let Some(source) = source.map(Arc::clone) else { return };
                let on = ["type", "number", "date"].into_iter().chain(evidence.iter().copied()).collect();
                self.joined.insert(key.clone(), ((*full).clone(), Joined { key: key.clone(), source, on }));
            }
            [] => {}
            several => {
                self.candidates.insert(key.clone(), several.iter().map(|(full, _)| (*full).clone()).collect());
            }
        }
    }

    /// The key under which a document is known over all texts.
    pub(super) fn key<'k>(&'k self, key: &'k Key) -> &'k Key {
        self.joined.get(key).map_or(key, |(full, _)| full)
    }
}

/// Type, number and day, where all are known.
fn place(document: &CorpusDocument) -> Option<(DocType, String, PartialDate)> {
    let date = document.date.filter(|date| date.is_full())?;
    Some((document.doc_type?, serial(document)?, date))
}

/// A number for type, number and day, where all are known: only documents of equal ones are ever joined.
#[cfg(feature = "store")]
pub(crate) fn place_of(document: &CorpusDocument) -> Option<u64> {
    let (doc_type, number, date) = place(document)?;
    Some(xxhash_rust::xxh64::xxh64(format!("{}/{number}/{date}", doc_type.code()).as_bytes(), 0))
}

/// The fields of [`Joined::on`] by their names.
#[cfg(feature = "store")]
pub(crate) fn joined_on(names: &str) -> Vec<&'static str> {
    let fields = ["type", "number", "date", "title", "issuer"];
    names.split(' ').filter_map(|name| fields.into_iter().find(|field| *field == name)).collect()
}

/// The number without leading zeros: of the symbol up to its first stroke, or the bare number.
fn serial(document: &CorpusDocument) -> Option<String> {
    let written = document.symbol.as_deref().or(document.number.as_deref())?;
    let number = written.split(['/', '-']).next()?.trim_start_matches('0').to_lowercase();
    number.starts_with(|c: char| c.is_ascii_digit()).then_some(number)
}

/// The fields that are evidence of one document; none when some field tells them apart.
fn compare(partial: &CorpusDocument, full: &CorpusDocument) -> Option<Vec<&'static str>> {
    let mut same = Vec::new();
    if let (Some(one), Some(other)) = (&partial.symbol, &full.symbol) {
        let (one, other) = (ascii_name(one, '-'), ascii_name(other, '-'));
        let (one, other) = (one.trim_start_matches('0'), other.trim_start_matches('0'));
        // `46/2016` is the beginning of `46/2016/NĐ-CP`
        if one != other && !other.strip_prefix(one).is_some_and(|rest| rest.starts_with('-')) {
            return None;
        }
    }
    let title = |document: &CorpusDocument| -> Option<String> {
        document.title.as_deref().or(document.called.as_deref()).map(|title| ascii_name(title, ' '))
    };
    if let (Some(one), Some(other)) = (title(partial), title(full)) {
        if !same_title(&one, &other) {
            return None;
        }
        if one.split(' ').count().min(other.split(' ').count()) >= WORDS {
            same.push("title");
        }
    }
    if let (Some(one), Some(other)) = (partial.issuers.first(), full.issuers.first())
        && let (Some(code), Some(second)) = (&one.code, &other.code)
    {
        if code != second || one.place.is_some() && other.place.is_some() && one.place != other.place {
            return None;
        }
        // a provincial body is one only with its province; the code of a symbol says nothing of it
        if one.place == other.place && one.place.is_some() {
            same.push("issuer");
        }
    }
    Some(same)
}
