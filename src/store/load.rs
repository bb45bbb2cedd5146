//! From a store back to what `corpus` and `graph` know. Documents are read as they were settled when the texts were
//! written; nothing is merged again.

use super::entry::provisions;
use super::identity::{COLUMNS, Names, Statement};
use crate::corpus::{
    BodyLink, BodyRelation, Conflict, CorpusDocument, CorpusText, Doubt, Evidence, Fact, OpenMention, Resolved, Wording,
};
use crate::model::{Act, DiagnosticCode, Extent, Form, Key, Mood, PartialDate, Relation, Unresolved};
use crate::span::Span;
use foldhash::fast::FixedState;
use rusqlite::{Connection, Result, Row};
use std::collections::HashMap;
use std::sync::Arc;

type Map<K, V> = HashMap<K, V, FixedState>;

/// What is read before the rows that name it.
struct Loader {
    names: Names,
    /// Keys by number; a number without a key has the empty one.
    keys: Vec<Key>,
    texts: Vec<CorpusText>,
    /// Texts by number, as indices of `texts`.
    places: Map<i64, usize>,
}

/// What all texts of a store say.
pub(super) fn resolved(db: &Connection) -> Result<Resolved> {
    // one state of the store, whatever a writer does meanwhile
    let db = db.unchecked_transaction()?;
    let mut loader = Loader { names: Names::read(&db)?, keys: keys(&db)?, texts: Vec::new(), places: Map::default() };
    loader.sources(&db)?;
    let mut documents = loader.documents(&db)?;
    loader.citations(&db, &mut documents)?;
    loader.doubts(&db)?;
    let facts = loader.facts(&db)?;
    let bodies = links(&db, &loader.names)?;
    let conflicts = loader.conflicts(&db)?;
    let mut texts = loader.texts;
    texts.sort_unstable();
    let mut documents: Vec<CorpusDocument> = documents.into_values().collect();
    documents.sort_unstable_by(|one, other| one.key.cmp(&other.key));
    Ok(Resolved { documents, facts, bodies, conflicts, texts })
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

    fn word(&self, id: Option<i64>) -> Option<&str> {
        id.and_then(|id| self.names.words.get(&id)).map(String::as_str)
    }

    fn text(&self, id: i64) -> Option<&CorpusText> {
        self.places.get(&id).and_then(|place| self.texts.get(*place))
    }

    fn text_mut(&mut self, id: i64) -> Option<&mut CorpusText> {
        self.places.get(&id).and_then(|place| self.texts.get_mut(*place))
    }

    fn sources(&mut self, db: &Connection) -> Result<()> {
        let mut rows = db.prepare("SELECT id, name, key FROM source")?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            let key = self.key(row.get(2)?);
            self.places.insert(row.get(0)?, self.texts.len());
            self.texts.push(CorpusText::bare(row.get_ref(1)?.as_str()?.into(), key));
        }
        Ok(())
    }

    /// Documents by the number of their key.
    fn documents(&self, db: &Connection) -> Result<Map<i64, CorpusDocument>> {
        let mut documents = Map::default();
        let mut rows = db.prepare(&format!("SELECT key, first, texts, {COLUMNS} FROM identity WHERE shown"))?;
        let mut rows = rows.query([])?;
        let nobody: Arc<str> = "".into();
        while let Some(row) = rows.next()? {
            let id = row.get(0)?;
            let first = row.get::<_, Option<i64>>(1)?.and_then(|first| self.text(first));
            let first = first.map_or(&nobody, |text| &text.source);
            let statement = Statement::read(row, 3)?;
            let mut document = statement.document(&self.names, &self.key(id), first, row.get(2)?);
            document.sources = Vec::new();
            documents.insert(id, document);
        }
        let mut rows = db.prepare("SELECT id, key FROM source")?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            if let (Some(text), Some(document)) = (self.text(row.get(0)?), documents.get_mut(&row.get(1)?)) {
                document.sources.push(Arc::clone(&text.source));
            }
        }
        for document in documents.values_mut() {
            document.sources.sort();
        }
        Ok(documents)
    }

    /// Counts citations, tells how documents are cited, and which mentions are open.
    fn citations(&mut self, db: &Connection, documents: &mut Map<i64, CorpusDocument>) -> Result<()> {
        let says_nothing: Vec<i64> = [Form::This, Form::Back]
            .iter()
            .filter_map(|form| self.names.words.iter().find(|(_, word)| **word == form.code()).map(|(id, _)| *id))
            .collect();
        let mut wordings: Map<i64, Map<Box<str>, u32>> = Map::default();
        let mut open: Map<(i64, i64), (usize, usize)> = Map::default();
        let mut rows = db.prepare(
            "SELECT source, n, form, words, target, own, unresolved, core_start, core_end FROM citation \
             ORDER BY source, n",
        )?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            let source: i64 = row.get(0)?;
            let words = row.get_ref(3)?.as_str()?;
            let target = if row.get(5)? { None } else { row.get::<_, Option<i64>>(4)? };
            let reason = self.word(row.get(6)?).and_then(Unresolved::from_code);
            if let Some(target) = target.filter(|_| row.get(2).is_ok_and(|form: i64| !says_nothing.contains(&form))) {
                let of_target = wordings.entry(target).or_default();
                if let Some(count) = of_target.get_mut(words) {
                    *count += 1;
                } else {
                    of_target.insert(words.into(), 1);
                }
            }
            let target = target.map(|target| self.key(target));
            let Some(place) = self.places.get(&source).copied() else { continue };
            let Some(text) = self.texts.get_mut(place) else { continue };
            text.citations += 1;
            if let Some(reason) = reason {
                open.insert((source, row.get(1)?), (place, text.open.len()));
                let span = Span::new(row.get(7)?, row.get(8)?);
                text.open.push(OpenMention { span, reason, words: words.into(), target, candidates: Vec::new() });
            }
        }
        for (id, ways) in wordings {
            if let Some(document) = documents.get_mut(&id) {
                document.wordings = ways.into_iter().map(|(text, count)| Wording { text, count }).collect();
                document.order_wordings();
            }
        }
        self.candidates(db, &open)
    }

    /// The documents that open mentions may mean.
    fn candidates(&mut self, db: &Connection, open: &Map<(i64, i64), (usize, usize)>) -> Result<()> {
        let mut rows =
            db.prepare("SELECT source, citation, key FROM citation_target WHERE may_be ORDER BY source, citation, n")?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            let key = self.key(row.get(2)?);
            let Some((text, mention)) = open.get(&(row.get(0)?, row.get(1)?)) else { continue };
            if let Some(mention) = self.texts.get_mut(*text).and_then(|text| text.open.get_mut(*mention)) {
                mention.candidates.push(key);
            }
        }
        Ok(())
    }

    fn doubts(&mut self, db: &Connection) -> Result<()> {
        let mut rows = db.prepare("SELECT source, code, start, end, message FROM diagnostic ORDER BY source, n")?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            let Some(code) = self.word(row.get(1)?).and_then(DiagnosticCode::from_code) else { continue };
            let doubt = Doubt { span: Span::new(row.get(2)?, row.get(3)?), code, message: row.get(4)? };
            if let Some(text) = self.text_mut(row.get(0)?) {
                text.doubts.push(doubt);
            }
        }
        Ok(())
    }

    fn facts(&self, db: &Connection) -> Result<Vec<Fact>> {
        let mut facts = Vec::new();
        let mut rows = db.prepare(
            "SELECT source, key, relation, target, mood, extent, act, effective, provisions, own_provisions, start, \
             end, cue_start, cue_end, rule, in_title, words FROM relation",
        )?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            if let Some(text) = self.text(row.get(0)?) {
                facts.extend(self.fact(row, &text.source)?);
            }
        }
        facts.sort();
        facts.dedup();
        Ok(facts)
    }

    /// A fact; none where a code is not known to this version.
    fn fact(&self, row: &Row<'_>, source: &Arc<str>) -> Result<Option<Fact>> {
        let code = |index: usize| -> Result<Option<&str>> { Ok(self.word(row.get(index)?)) };
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

    fn conflicts(&self, db: &Connection) -> Result<Vec<Conflict>> {
        let mut conflicts: Vec<Conflict> = Vec::new();
        let mut rows = db.prepare(
            "SELECT c.key, c.field, c.value, c.source FROM conflict c JOIN key k ON k.id = c.key \
             ORDER BY k.text, c.field",
        )?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            let key = self.key(row.get(0)?);
            let Some(field) = self.word(row.get(1)?).and_then(Conflict::field_of) else { continue };
            let Some(text) = self.text(row.get(3)?) else { continue };
            let value = (row.get(2)?, Arc::clone(&text.source));
            match conflicts.last_mut().filter(|last| last.key == key && last.field == field) {
                Some(last) => last.values.push(value),
                None => conflicts.push(Conflict { key, field, values: vec![value] }),
            }
        }
        for conflict in &mut conflicts {
            conflict.values.sort();
        }
        Ok(conflicts)
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
    links.sort_unstable();
    links.dedup();
    Ok(links)
}
