//! From a store back to what `corpus` and `graph` know. Documents are read as they were settled when the texts were
//! written; nothing is merged again.

use super::effect;
use super::entry::provisions;
use super::identity::{COLUMNS, COUNT, Names, Statement};
use crate::corpus::{
    BodyLink, Conflict, CorpusDocument, CorpusText, Doubt, EffectFact, Evidence, Fact, Joined, OpenMention, Provenance,
    Resolved, Wording, joined_on,
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
    /// Incomplete keys that are joined to full ones.
    joined: Map<i64, i64>,
}

/// What all texts of a store say.
pub(super) fn resolved(db: &Connection) -> Result<Resolved> {
    // one state of the store, whatever a writer does meanwhile
    let db = db.unchecked_transaction()?;
    let mut loader = Loader {
        names: Names::read(&db)?,
        keys: keys(&db)?,
        texts: Vec::new(),
        places: Map::default(),
        joined: joined(&db)?,
    };
    loader.sources(&db)?;
    let mut documents = loader.documents(&db)?;
    loader.citations(&db, &mut documents)?;
    loader.doubts(&db)?;
    let facts = loader.facts(&db)?;
    let effects = loader.effects(&db)?;
    let bodies = links(&db, &loader.names)?;
    let conflicts = loader.conflicts(&db)?;
    let mut texts = loader.texts;
    texts.sort_unstable();
    let mut documents: Vec<CorpusDocument> = documents.into_values().collect();
    documents.sort_unstable_by(|one, other| one.key.cmp(&other.key));
    Ok(Resolved { documents, facts, effects, bodies, conflicts, texts })
}

fn joined(db: &Connection) -> Result<Map<i64, i64>> {
    let mut rows = db.prepare("SELECT part, key FROM joined")?;
    rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
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
    /// The number of the key under which a document is known over all texts.
    fn full(&self, id: i64) -> i64 {
        self.joined.get(&id).copied().unwrap_or(id)
    }

    /// The key under which a document is known over all texts.
    fn key(&self, id: i64) -> Key {
        self.key_as_said(self.full(id))
    }

    fn key_as_said(&self, id: i64) -> Key {
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
        let mut rows = db.prepare("SELECT id, name, key FROM source WHERE id <= (SELECT source FROM settled)")?;
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
        let mut rows = db.prepare(&format!(
            "SELECT {COLUMNS}, key, n, first, date_source, effective_source, issuers_source, parent \
             FROM identity WHERE shown"
        ))?;
        let mut rows = rows.query([])?;
        let nobody: Arc<str> = "".into();
        while let Some(row) = rows.next()? {
            let id = row.get(COUNT)?;
            let source = |index: usize| -> Result<Arc<str>> {
                let text = row.get::<_, Option<i64>>(COUNT + index)?.and_then(|text| self.text(text));
                Ok(Arc::clone(text.map_or(&nobody, |text| &text.source)))
            };
            let mut document = Statement::read(row, 0)?.document(&self.names, &self.key(id), &source(2)?, 0);
            if row.get::<_, i64>(COUNT + 1)? == 0 {
                for (from, index) in
                    [(&mut document.date_from, 3), (&mut document.effective_from, 4), (&mut document.issuers_from, 5)]
                {
                    if let Some(Provenance { source: of, .. }) = from {
                        *of = source(index)?;
                    }
                }
            }
            document.parent = row.get::<_, Option<i64>>(COUNT + 6)?.map(|parent| self.key(parent));
            document.sources = Vec::new();
            documents.insert(id, document);
        }
        self.sources_of(db, &mut documents)?;
        self.mentions(db, &mut documents)?;
        self.joins(db, &mut documents)?;
        Ok(documents)
    }

    /// The texts that are each document.
    fn sources_of(&self, db: &Connection, documents: &mut Map<i64, CorpusDocument>) -> Result<()> {
        let mut rows = db.prepare("SELECT id, key FROM source")?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            if let (Some(text), Some(document)) = (self.text(row.get(0)?), documents.get_mut(&self.full(row.get(1)?))) {
                document.sources.push(Arc::clone(&text.source));
            }
        }
        for document in documents.values_mut() {
            document.sources.sort();
        }
        Ok(())
    }

    /// How many texts mention each document.
    fn mentions(&self, db: &Connection, documents: &mut Map<i64, CorpusDocument>) -> Result<()> {
        let mut rows = db.prepare("SELECT key, sum(texts * mentions) FROM identity WHERE n > 0 GROUP BY key")?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            if let Some(document) = documents.get_mut(&self.full(row.get(0)?)) {
                document.mentions += row.get::<_, u32>(1)?;
            }
        }
        Ok(())
    }

    /// What was joined to each document, and which each incomplete one may be.
    fn joins(&self, db: &Connection, documents: &mut Map<i64, CorpusDocument>) -> Result<()> {
        let mut rows = db.prepare("SELECT part, key, source, evidence FROM joined")?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            let (Some(document), Some(text)) = (documents.get_mut(&row.get(1)?), self.text(row.get(2)?)) else {
                continue;
            };
            let on = joined_on(row.get_ref(3)?.as_str()?);
            let key = self.key_as_said(row.get(0)?);
            document.joined.push(Joined { key, source: Arc::clone(&text.source), on });
        }
        let mut rows = db.prepare("SELECT key, other FROM candidate ORDER BY key, n")?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            if let Some(document) = documents.get_mut(&row.get(0)?) {
                document.candidates.push(self.key_as_said(row.get(1)?));
            }
        }
        for document in documents.values_mut() {
            document.joined.sort();
        }
        Ok(())
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
            let Some(place) = self.places.get(&source).copied() else { continue };
            let words = row.get_ref(3)?.as_str()?;
            let target = if row.get(5)? { None } else { row.get::<_, Option<i64>>(4)? };
            let reason = self.word(row.get(6)?).and_then(Unresolved::from_code);
            if let Some(target) = target.filter(|_| row.get(2).is_ok_and(|form: i64| !says_nothing.contains(&form))) {
                let of_target = wordings.entry(self.full(target)).or_default();
                if let Some(count) = of_target.get_mut(words) {
                    *count += 1;
                } else {
                    of_target.insert(words.into(), 1);
                }
            }
            let target = target.map(|target| self.key(target));
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
             end, cue_start, cue_end, rule, in_title, words, effective_with, effective_open, until FROM relation",
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
            effective_with: row.get::<_, Option<i64>>(17)?.map(|with| self.key(with)),
            effective_open: row.get(18)?,
            until: text(19)?.and_then(|date| date.parse::<PartialDate>().ok()),
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

    fn effects(&self, db: &Connection) -> Result<Vec<EffectFact>> {
        let mut effects = Vec::new();
        let mut rows = db.prepare(&format!("SELECT {}, e.key, e.source FROM effect e", effect::COLUMNS))?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            let Some(text) = self.text(row.get(effect::COUNT + 1)?) else { continue };
            let with = row.get::<_, Option<i64>>(effect::WITH)?.map(|with| self.key(with));
            let document = self.key(row.get(effect::COUNT)?);
            effects.extend(effect::read(row, &self.names, document, with, Arc::clone(&text.source))?);
        }
        effects.sort();
        effects.dedup();
        Ok(effects)
    }

    fn conflicts(&self, db: &Connection) -> Result<Vec<Conflict>> {
        let mut conflicts: Vec<Conflict> = Vec::new();
        let mut rows = db.prepare("SELECT key, field, value, source FROM conflict ORDER BY key, field")?;
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
        conflicts.sort();
        Ok(conflicts)
    }
}

fn links(db: &Connection, names: &Names) -> Result<Vec<BodyLink>> {
    let mut links = Vec::new();
    let mut rows = db.prepare("SELECT source, relation, target FROM link WHERE uses > 0")?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        links.extend(names.link(row.get(0)?, row.get(1)?, row.get(2)?));
    }
    links.sort_unstable();
    links.dedup();
    Ok(links)
}
