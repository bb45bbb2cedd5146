//! From a store back to what `corpus` and `graph` know.

use super::entry::provisions;
use super::identity::{COLUMNS, Names, Own, Statement};
use crate::corpus::{BodyLink, BodyRelation, Corpus, CorpusDocument, Evidence, Fact, Record};
use crate::model::{Act, Extent, Key, Mood, PartialDate, Relation};
use crate::span::Span;
use foldhash::fast::FixedState;
use rusqlite::{Connection, Result, Row};
use std::collections::HashMap;
use std::sync::Arc;

type Map<K, V> = HashMap<K, V, FixedState>;

/// What is read before the statements and facts that name it.
struct Loader {
    names: Names,
    /// Keys by number; a number without a key has the empty one.
    keys: Vec<Key>,
    records: Vec<Record>,
    /// Texts by number, as indices of `records`.
    places: Map<i64, usize>,
    /// The texts that are a document.
    texts: Map<i64, Vec<Arc<str>>>,
}

/// What all texts of a store say. Equal statements of several texts stand once, with the text of the least name, and
/// are counted; for `corpus` that is the same.
pub(super) fn corpus(db: &Connection) -> Result<Corpus> {
    let mut loader = Loader {
        names: Names::read(db)?,
        keys: keys(db)?,
        records: Vec::new(),
        places: Map::default(),
        texts: Map::default(),
    };
    loader.sources(db)?;
    loader.statements(db)?;
    loader.facts(db)?;
    let links = links(db, &loader.names)?;
    if let Some(record) = loader.records.first_mut() {
        record.bodies = links;
    }
    Ok(Corpus::from_records(loader.records))
}

fn keys(db: &Connection) -> Result<Vec<Key>> {
    let mut keys = Vec::new();
    let mut rows = db.prepare("SELECT id, text FROM key ORDER BY id")?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        let id = usize::try_from(row.get::<_, i64>(0)?).unwrap_or(0);
        if keys.len() < id {
            keys.resize(id, Key::new(""));
        }
        keys.push(Key::new(row.get_ref(1)?.as_str()?));
    }
    Ok(keys)
}

impl Loader {
    fn key(&self, id: i64) -> Key {
        usize::try_from(id).ok().and_then(|id| self.keys.get(id)).cloned().unwrap_or_else(|| Key::new(""))
    }

    fn sources(&mut self, db: &Connection) -> Result<()> {
        let mut rows = db.prepare("SELECT id, name, key FROM source")?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            let source: Arc<str> = row.get_ref(1)?.as_str()?.into();
            let key = row.get(2)?;
            self.texts.entry(key).or_default().push(Arc::clone(&source));
            self.places.insert(row.get(0)?, self.records.len());
            let own = self.key(key);
            self.records.push(Record { source, own, documents: Vec::new(), facts: Vec::new(), bodies: Vec::new() });
        }
        Ok(())
    }

    fn statements(&mut self, db: &Connection) -> Result<()> {
        let mut rows =
            db.prepare(&format!("SELECT key, first, texts, {COLUMNS} FROM identity WHERE n > 0 ORDER BY key"))?;
        let mut rows = rows.query([])?;
        let mut group: Vec<(usize, u32, CorpusDocument)> = Vec::new();
        let mut group_key = 0;
        while let Some(row) = rows.next()? {
            let (key, first, texts): (i64, i64, u32) = (row.get(0)?, row.get(1)?, row.get(2)?);
            if key != group_key {
                self.hand_out(&mut group);
                group_key = key;
            }
            let statement = Statement::read(row, 3)?;
            let Some(place) = self.places.get(&first).copied() else { continue };
            let Some(record) = self.records.get(place) else { continue };
            let mut document = statement.document(&self.names, &self.key(key), &record.source, texts);
            if statement.own == Own::Text {
                document.sources = self.texts.get(&key).cloned().unwrap_or_default();
            }
            group.push((place, statement.mentions, document));
        }
        self.hand_out(&mut group);
        Ok(())
    }

    /// Gives the statements of one key to their texts.
    fn hand_out(&mut self, group: &mut Vec<(usize, u32, CorpusDocument)>) {
        // of one text what it is comes first, as when it was read
        group.sort_by_key(|(_, mentions, _)| *mentions);
        for (place, _, document) in group.drain(..) {
            if let Some(record) = self.records.get_mut(place) {
                record.documents.push(document);
            }
        }
    }

    fn facts(&mut self, db: &Connection) -> Result<()> {
        let mut rows = db.prepare(
            "SELECT source, key, relation, target, mood, extent, act, effective, provisions, own_provisions, start, \
             end, cue_start, cue_end, rule, in_title, words FROM relation",
        )?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            let place = self.places.get(&row.get(0)?).copied();
            let fact = place.and_then(|place| self.records.get(place)).map(|record| self.fact(row, &record.source));
            if let Some(record) = place.and_then(|place| self.records.get_mut(place)) {
                record.facts.extend(fact.transpose()?.flatten());
            }
        }
        Ok(())
    }

    /// A fact; none where a code is not known to this version.
    fn fact(&self, row: &Row<'_>, source: &Arc<str>) -> Result<Option<Fact>> {
        let code = |index: usize| -> Result<Option<&str>> {
            Ok(row.get::<_, Option<i64>>(index)?.and_then(|id| self.names.words.get(&id)).map(String::as_str))
        };
        let text = |index: usize| -> Result<Option<&str>> { Ok(row.get_ref(index)?.as_str_or_null()?) };
        let (Some(relation), Some(mood), Some(extent)) = (
            code(2)?.and_then(Relation::from_code),
            code(4)?.and_then(Mood::from_code),
            code(5)?.and_then(Extent::from_code),
        ) else {
            return Ok(None);
        };
        let cue = row.get::<_, Option<u32>>(12)?.zip(row.get::<_, Option<u32>>(13)?);
        Ok(Some(Fact {
            source: self.key(row.get(1)?),
            relation,
            target: self.key(row.get(3)?),
            provisions: provisions(text(8)?),
            source_provisions: provisions(text(9)?),
            mood,
            extent,
            act: code(6)?.and_then(Act::from_code),
            effective: text(7)?.and_then(|date| date.parse::<PartialDate>().ok()),
            evidence: Evidence {
                source: Arc::clone(source),
                span: Span::new(row.get(10)?, row.get(11)?),
                cue: cue.map(|(start, end)| Span::new(start, end)),
                rule: code(14)?.unwrap_or("").into(),
                words: row.get(16)?,
                in_title: row.get(15)?,
            },
        }))
    }
}

fn links(db: &Connection, names: &Names) -> Result<Vec<BodyLink>> {
    let mut links = Vec::new();
    let mut rows = db.prepare("SELECT source, relation, target FROM link WHERE uses > 0")?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        let relation = names.words.get(&row.get(1)?).and_then(|code| BodyRelation::from_code(code));
        let ends = names.bodies.get(&row.get(0)?).zip(names.bodies.get(&row.get(2)?));
        if let (Some(relation), Some((source, target))) = (relation, ends) {
            links.push(BodyLink { source: source.clone(), relation, target: target.clone() });
        }
    }
    Ok(links)
}
