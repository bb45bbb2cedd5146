//! The documents that come of what texts say, made anew where a batch has touched them.
//!
//! `corpus` alone knows how statements are joined. It is asked about the keys that were touched, together with all that may
//! decide about them: incomplete keys beside full ones of the same type, number and day, what they were joined to, who issues
//! them, and what is said of their effect.

use super::added::Added;
use super::effect;
use super::identity::{COLUMNS, COUNT, Names, Own, Settled, Statement};
use super::intern::Interned;
use super::learnt::{Learnt, name_of};
use crate::corpus::{Corpus, CorpusDocument, CorpusText, EffectFact, Evidence, Fact, Provenance, Record, Resolved};
use crate::model::{Extent, Key, Mood, Relation};
use crate::span::Span;
use foldhash::fast::FixedState;
use rusqlite::{Connection, OptionalExtension as _, Result, params};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

type Map<K, V> = HashMap<K, V, FixedState>;

/// Texts by their names.
type Numbers = Map<Arc<str>, i64>;

/// So many keys are made anew at once.
const FEW: usize = 512;

/// What a batch has touched.
#[derive(Debug, Default)]
pub(super) struct Touched {
    /// Documents to be made anew.
    pub keys: BTreeSet<i64>,
    /// Places at which a statement came or went.
    pub places: BTreeSet<i64>,
}

/// Incomplete keys and full ones.
#[derive(Debug, Default)]
pub(super) struct Joins {
    /// Incomplete key to the full one.
    full: Map<i64, i64>,
    /// The same from the other side.
    parts: Map<i64, BTreeSet<i64>>,
    /// Places at which an incomplete key was ever seen.
    pub places: HashSet<i64, FixedState>,
}

impl Joins {
    pub(super) fn read(db: &Connection) -> Result<Self> {
        let mut joined = db.prepare("SELECT part, key FROM joined")?;
        let mut joins = Self::default();
        for row in joined.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))? {
            let (part, full) = row?;
            joins.join(part, Some(full));
        }
        let mut places = db.prepare("SELECT DISTINCT place FROM place WHERE NOT complete")?;
        joins.places = places.query_map([], |row| row.get(0))?.collect::<Result<_>>()?;
        Ok(joins)
    }

    fn parts(&self, key: i64) -> impl Iterator<Item = i64> {
        self.parts.get(&key).into_iter().flatten().copied()
    }

    /// Joins an incomplete key to a full one, or to none.
    fn join(&mut self, part: i64, full: Option<i64>) {
        let before = match full {
            Some(full) => self.full.insert(part, full),
            None => self.full.remove(&part),
        };
        if let Some(before) = before
            && let Some(parts) = self.parts.get_mut(&before)
        {
            parts.remove(&part);
        }
        if let Some(full) = full {
            self.parts.entry(full).or_default().insert(part);
        }
    }
}

/// A statement with the number of texts that say so and the first of them.
struct Stated {
    n: i64,
    /// The row is the one that is shown.
    shown: bool,
    /// More is known of it than its row tells.
    counted: bool,
    statement: Statement,
    texts: u32,
    first: i64,
    source: Arc<str>,
}

/// A key with all that is said of it, and what was made of it before.
struct Group {
    key: Key,
    said: Vec<Stated>,
    settled: Option<(Statement, Settled)>,
}

impl Learnt {
    /// Makes the documents anew that were touched.
    pub(super) fn settle_documents(&mut self, db: &Connection) -> Result<()> {
        let mut touched = std::mem::take(&mut self.touched);
        while !touched.keys.is_empty() || !touched.places.is_empty() {
            self.names.more(db)?;
            // what may decide about a few keys is rarely much more than these
            let few = Touched { keys: some_of(&mut touched.keys), places: some_of(&mut touched.places) };
            let groups = self.component(db, few)?;
            for key in groups.keys() {
                touched.keys.remove(key);
            }
            let (records, numbers) = self.records(db, &groups)?;
            let resolved = Corpus::from_records(records).resolve();
            self.write_settled(db, &groups, &numbers, &resolved, &mut touched)?;
        }
        Ok(())
    }

    /// All that may decide about the touched keys.
    fn component(&mut self, db: &Connection, touched: Touched) -> Result<BTreeMap<i64, Group>> {
        let mut groups = BTreeMap::new();
        let mut todo: Vec<i64> = touched.keys.into_iter().collect();
        let mut places = BTreeSet::new();
        let joins = &self.joins;
        let mut beside = |place: i64, todo: &mut Vec<i64>| -> Result<()> {
            if joins.places.contains(&place) && places.insert(place) {
                let mut query = db.prepare_cached("SELECT key FROM place WHERE place = ?")?;
                for key in query.query_map([place], |row| row.get(0))? {
                    todo.push(key?);
                }
            }
            Ok(())
        };
        for place in touched.places {
            beside(place, &mut todo)?;
        }
        while let Some(id) = todo.pop() {
            if groups.contains_key(&id) {
                continue;
            }
            let group = group(db, id, &mut self.sources, &mut self.added)?;
            for place in group.said.iter().filter_map(|stated| stated.statement.place) {
                beside(place, &mut todo)?;
            }
            todo.extend(joins.full.get(&id));
            todo.extend(joins.parts(id));
            groups.insert(id, group);
        }
        Ok(groups)
    }

    /// The groups as `corpus` reads them: one record for each statement. Gives the numbers of the texts by their names, too.
    fn records(&self, db: &Connection, groups: &BTreeMap<i64, Group>) -> Result<(Vec<Record>, Numbers)> {
        let mut records = Vec::new();
        let mut numbers = Numbers::default();
        for (id, group) in groups {
            for stated in &group.said {
                numbers.insert(Arc::clone(&stated.source), stated.first);
                let own = if stated.statement.own == Own::No { Key::new("") } else { group.key.clone() };
                let mut record = record(Arc::clone(&stated.source), own);
                let said = stated.statement.document(&self.names, &group.key, &stated.source, stated.texts);
                record.documents.push(said);
                if !group.key.is_complete() {
                    self.beside(db, *id, stated, groups, &mut record)?;
                }
                records.push(record);
            }
            let mut more = record("".into(), Key::new(""));
            more.effects = effects(db, &self.names, *id, &group.key, |key| self.joined_key(db, groups, key))?;
            if group.said.iter().all(|stated| stated.statement.is_named_only()) {
                more.facts = self.issues(db, *id, groups, &mut numbers)?;
            }
            for effect in &more.effects {
                let source = &effect.evidence.source;
                if !numbers.contains_key(source) {
                    numbers.insert(Arc::clone(source), number_of(db, source)?);
                }
            }
            if !more.effects.is_empty() || !more.facts.is_empty() {
                records.push(more);
            }
        }
        let mut bodies = record("".into(), Key::new(""));
        bodies.bodies = self.interned.links_in_use(&self.names);
        records.push(bodies);
        Ok((records, numbers))
    }

    /// Names the full keys beside an incomplete one that its text mentions too, so that they are not joined.
    fn beside(
        &self,
        db: &Connection,
        id: i64,
        stated: &Stated,
        groups: &BTreeMap<i64, Group>,
        record: &mut Record,
    ) -> Result<()> {
        let Some(place) = stated.statement.place else { return Ok(()) };
        let mut query = db.prepare_cached("SELECT key FROM place WHERE place = ? AND complete")?;
        for full in query.query_map([place], |row| row.get::<_, i64>(0))? {
            let full = full?;
            // the key ends in a hash of its text, so that one text alone has it
            let mentions: Option<i64> = db
                .prepare_cached(
                    "SELECT 1 FROM mention a JOIN mention b ON b.source = a.source \
                     WHERE a.source = ? AND a.key = ? AND b.key = ? LIMIT 1",
                )?
                .query_row([stated.first, id, full], |row| row.get(0))
                .optional()?;
            if let Some(group) = mentions.and_then(|_| groups.get(&full)) {
                record.documents.push(CorpusDocument::bare(group.key.clone()));
            }
        }
        Ok(())
    }

    /// Who issues or approves a work, with the texts that say so.
    fn issues(
        &self,
        db: &Connection,
        id: i64,
        groups: &BTreeMap<i64, Group>,
        numbers: &mut Numbers,
    ) -> Result<Vec<Fact>> {
        let mut facts = Vec::new();
        let Some(target) = groups.get(&id) else { return Ok(facts) };
        let mut query = db.prepare_cached(
            "SELECT i.key, i.source, s.name FROM issue i JOIN source s ON s.id = i.source WHERE i.target = ?",
        )?;
        let mut rows = query.query([id])?;
        while let Some(row) = rows.next()? {
            let name: Arc<str> = row.get::<_, String>(2)?.into();
            numbers.insert(Arc::clone(&name), row.get(1)?);
            facts.push(Fact {
                source: self.joined_key(db, groups, row.get(0)?)?,
                relation: Relation::Approves,
                target: target.key.clone(),
                provisions: Vec::new(),
                source_provisions: Vec::new(),
                mood: Mood::Asserted,
                extent: Extent::Unknown,
                act: None,
                effective: None,
                effective_with: None,
                effective_open: false,
                until: None,
                evidence: Evidence {
                    source: name,
                    span: Span::new(0, 0),
                    cue: None,
                    rule: "".into(),
                    words: "".into(),
                    in_title: false,
                },
            });
        }
        Ok(facts)
    }

    /// A key by its number. One that is not asked about has the name that it was joined to.
    fn joined_key(&self, db: &Connection, groups: &BTreeMap<i64, Group>, id: i64) -> Result<Key> {
        if let Some(group) = groups.get(&id) {
            return Ok(group.key.clone());
        }
        key_of(db, self.joins.full.get(&id).copied().unwrap_or(id))
    }

    fn write_settled(
        &mut self,
        db: &Connection,
        groups: &BTreeMap<i64, Group>,
        numbers: &Numbers,
        resolved: &Resolved,
        again: &mut Touched,
    ) -> Result<()> {
        let documents: HashMap<&Key, &CorpusDocument> =
            resolved.documents.iter().map(|document| (&document.key, document)).collect();
        let ids: HashMap<&Key, i64> = groups.iter().map(|(id, group)| (&group.key, *id)).collect();
        let number = |from: &Option<Provenance>| from.as_ref().and_then(|from| numbers.get(&from.source)).copied();
        let mut joined: Map<i64, (i64, Option<i64>, String)> = Map::default();
        for (id, group) in groups {
            // before the first time there is none
            if self.settled > 0 {
                db.prepare_cached("DELETE FROM conflict WHERE key = ?")?.execute([id])?;
            }
            if !group.key.is_complete() {
                db.prepare_cached("DELETE FROM candidate WHERE key = ?")?.execute([id])?;
            }
            let merged = documents.get(&group.key).filter(|_| !group.said.is_empty());
            let settled = if let Some(merged) = merged {
                for (part, source, on) in merged.joined.iter().map(|joined| (&joined.key, &joined.source, &joined.on)) {
                    if let Some(part) = ids.get(part) {
                        joined.insert(*part, (*id, numbers.get(source).copied(), on.join(" ")));
                    }
                }
                for (n, other) in (0_i64..).zip(&merged.candidates) {
                    let (other, _) = self.interned.key(db, other.as_str())?;
                    db.prepare_cached("INSERT INTO candidate (key, n, other) VALUES (?, ?, ?)")?
                        .execute([*id, n, other])?;
                }
                let parent = merged.parent.as_ref().map(|parent| self.interned.key(db, parent.as_str())).transpose()?;
                let settled = Settled {
                    date: number(&merged.date_from),
                    effective: number(&merged.effective_from),
                    issuers: number(&merged.issuers_from),
                    parent: parent.map(|(parent, _)| parent),
                };
                Some((Statement::new(db, &mut self.interned, merged, &group.key)?, settled))
            } else {
                None
            };
            write_group(db, *id, group, settled)?;
        }
        for conflict in &resolved.conflicts {
            let Some(id) = ids.get(&conflict.key) else { continue };
            let field = self.interned.word(db, conflict.field)?;
            for (value, source) in &conflict.values {
                db.prepare_cached("INSERT OR IGNORE INTO conflict (key, field, value, source) VALUES (?, ?, ?, ?)")?
                    .execute(params![id, field, value, numbers.get(source)])?;
            }
        }
        for (id, group) in groups.iter().filter(|(_, group)| !group.key.is_complete()) {
            let before = self.joins.full.get(id).copied();
            let now = joined.remove(id);
            if before.is_some() {
                db.prepare_cached("DELETE FROM joined WHERE part = ?")?.execute([id])?;
            }
            if let Some((full, source, evidence)) = &now {
                db.prepare_cached("INSERT INTO joined (part, key, source, evidence) VALUES (?, ?, ?, ?)")?
                    .execute(params![id, full, source, evidence])?;
            }
            if before != now.as_ref().map(|(full, ..)| *full) {
                self.joins.join(*id, now.map(|(full, ..)| full));
                // a work that this one issues has another parent now
                let mut query = db.prepare_cached("SELECT target FROM issue WHERE key = ?")?;
                for target in query.query_map([id], |row| row.get(0))? {
                    again.keys.insert(target?);
                }
            }
            if group.said.is_empty() {
                self.joins.join(*id, None);
            }
        }
        for (id, _) in groups.iter().filter(|(_, group)| group.said.is_empty()) {
            self.forget_key(db, *id)?;
        }
        Ok(())
    }
}

/// Takes some of many.
fn some_of(all: &mut BTreeSet<i64>) -> BTreeSet<i64> {
    std::iter::from_fn(|| all.pop_first()).take(FEW).collect()
}

/// Writes what was settled where it differs from what there is.
fn write_group(db: &Connection, id: i64, group: &Group, settled: Option<(Statement, Settled)>) -> Result<()> {
    // where the only statement tells it all, it is shown itself
    let alone = match (group.said.as_slice(), &settled) {
        ([stated], Some((statement, sources))) => {
            let own = |source: Option<i64>| source.is_none_or(|source| source == stated.first);
            statement.tells_the_same(&stated.statement)
                && sources.parent.is_none()
                && own(sources.date)
                && own(sources.effective)
                && own(sources.issuers)
        }
        _ => false,
    };
    for stated in &group.said {
        if stated.shown != alone || stated.counted {
            db.prepare_cached("UPDATE identity SET shown = ?, texts = ?, first = ? WHERE key = ? AND n = ?")?
                .execute(params![alone, stated.texts, stated.first, id, stated.n])?;
        }
    }
    let settled = settled.filter(|_| !alone);
    if group.settled == settled {
        return Ok(());
    }
    if group.settled.is_some() {
        db.prepare_cached("DELETE FROM identity WHERE key = ? AND n = 0")?.execute([id])?;
    }
    match settled {
        Some((statement, sources)) => statement.write(db, (id, 0), true, None, 0, sources),
        None => Ok(()),
    }
}

fn record(source: Arc<str>, own: Key) -> Record {
    Record {
        text: CorpusText::bare(Arc::clone(&source), own.clone()),
        source,
        own,
        documents: Vec::new(),
        facts: Vec::new(),
        effects: Vec::new(),
        bodies: Vec::new(),
    }
}

/// The key of a number.
pub(super) fn key_of(db: &Connection, id: i64) -> Result<Key> {
    let text: Option<String> =
        db.prepare_cached("SELECT text FROM key WHERE id = ?")?.query_row([id], |row| row.get(0)).optional()?;
    Ok(Key::new(text.unwrap_or_default()))
}

fn number_of(db: &Connection, source: &str) -> Result<i64> {
    db.prepare_cached("SELECT id FROM source WHERE name = ?")?.query_row([source], |row| row.get(0))
}

/// All that is said of a key.
fn group(db: &Connection, id: i64, sources: &mut Map<i64, Arc<str>>, added: &mut Added) -> Result<Group> {
    let mut group = Group { key: key_of(db, id)?, said: Vec::new(), settled: None };
    let added = added.of(id);
    let mut query = db.prepare_cached(&format!(
        "SELECT {COLUMNS}, n, shown, texts, first, date_source, effective_source, issuers_source, parent FROM identity WHERE key = ?"
    ))?;
    let mut rows = query.query([id])?;
    while let Some(row) = rows.next()? {
        let statement = Statement::read(row, 0)?;
        let n: i64 = row.get(COUNT)?;
        if n == 0 {
            let settled = Settled {
                date: row.get(COUNT + 4)?,
                effective: row.get(COUNT + 5)?,
                issuers: row.get(COUNT + 6)?,
                parent: row.get(COUNT + 7)?,
            };
            group.settled = Some((statement, settled));
            continue;
        }
        let (mut texts, mut first) = (row.get(COUNT + 2)?, row.get(COUNT + 3)?);
        let more = Added::take(added, n);
        if let Some(more) = more {
            if name_of(db, sources, more.first)? < name_of(db, sources, first)? {
                first = more.first;
            }
            texts += more.texts;
        }
        let source = name_of(db, sources, first)?;
        group.said.push(Stated {
            n,
            shown: row.get(COUNT + 1)?,
            counted: more.is_some(),
            statement,
            texts,
            first,
            source,
        });
    }
    Ok(group)
}

/// What is said of the effect of a key. `joined` names other keys.
fn effects(
    db: &Connection,
    names: &Names,
    id: i64,
    key: &Key,
    joined: impl Fn(i64) -> Result<Key>,
) -> Result<Vec<EffectFact>> {
    let mut out = Vec::new();
    let mut query = db.prepare_cached(&format!(
        "SELECT {}, s.name FROM effect e JOIN source s ON s.id = e.source WHERE e.key = ?",
        effect::COLUMNS
    ))?;
    let mut rows = query.query([id])?;
    while let Some(row) = rows.next()? {
        let source: Arc<str> = row.get::<_, String>(effect::COUNT)?.into();
        let with = row.get::<_, Option<i64>>(effect::WITH)?.map(&joined).transpose()?;
        out.extend(effect::read(row, names, key.clone(), with, source)?);
    }
    Ok(out)
}

impl Interned {
    /// The links that texts need.
    fn links_in_use(&self, names: &Names) -> Vec<crate::corpus::BodyLink> {
        self.used().filter_map(|(source, relation, target)| names.link(source, relation, target)).collect()
    }
}
