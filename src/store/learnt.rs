//! What the writer knows of the store, and the rows that a text comes to.

use super::added::Added;
use super::effect;
use super::entry::{StoreEntry, paths};
use super::identity::{COLUMNS, COUNT, Names, Statement};
use super::intern::{Interned, key_text, next_id, pack, unpack};
use super::open::once_through;
use super::pending::Pending;
use super::settle::{Joins, Touched};
use crate::corpus::{CorpusDocument, Fact};
use crate::model::{Mood, Relation};
use foldhash::fast::FixedState;
use rusqlite::{Connection, OptionalExtension as _, Result, params};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

type Map<K, V> = HashMap<K, V, FixedState>;

/// A statement that the store has: its hash, and its number among those of its key.
#[derive(Debug, Clone, Copy)]
struct Seen {
    hash: u64,
    n: u32,
}

/// What the writer remembers of the store.
#[derive(Debug, Default)]
pub(super) struct Learnt {
    pub interned: Interned,
    pub names: Names,
    pub joins: Joins,
    /// Statements by key, of the keys that were met.
    seen: Map<i64, Vec<Seen>>,
    pub remembered: usize,
    /// Names of texts, of those that were met.
    pub sources: Map<i64, Arc<str>>,
    pub next_source: i64,
    /// The last text of which the documents know; those after it no reader sees.
    pub settled: i64,
    /// What is to be made anew.
    pub touched: Touched,
    /// Statements of this batch that are no rows yet.
    pub pending: Pending,
    /// What texts say of which the documents do not know yet, while they are made anew.
    pub added: Added,
    /// Statements that a text of this batch makes no more, and how many texts less are counted.
    lost: BTreeMap<(i64, i64), i64>,
    /// Statements of texts that were read again in this batch: these keep their numbers, so that they are not found among
    /// those that came.
    again: BTreeMap<i64, Vec<(i64, i64)>>,
    /// A text that the documents know of changed or went in this batch.
    changed: bool,
    /// The ways back from documents to texts are there.
    indexed: bool,
}

impl Learnt {
    pub(super) fn read(db: &Connection) -> Result<Self> {
        Ok(Self {
            interned: Interned::read(db)?,
            names: Names::read(db)?,
            joins: Joins::read(db)?,
            // the number of a text that went and of which the documents knew is not given again
            next_source: next_id(db, "source", "id")?.max(settled(db)? + 1),
            settled: settled(db)?,
            ..Self::default()
        })
    }
}

/// The last text of which the documents know.
pub(super) fn settled(db: &Connection) -> Result<i64> {
    db.query_row("SELECT source FROM settled", [], |row| row.get(0))
}

/// The last of the ways back is there.
pub(super) fn is_indexed(db: &Connection) -> Result<bool> {
    db.query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'identity_issuers'", [], |row| row.get(0))
}

pub(super) fn indexes(db: &Connection) -> Result<()> {
    key_text(db)?;
    mention_key(db)?;
    once_through(db, include_str!("indexes.sql"))
}

/// Makes the way from statements to texts.
pub(super) fn mention_key(db: &Connection) -> Result<()> {
    once_through(db, include_str!("mention.sql"))
}

impl Learnt {
    pub(super) fn put(&mut self, db: &Connection, entry: &StoreEntry) -> Result<()> {
        let record = &entry.record;
        let known: Option<i64> = db
            .prepare_cached("SELECT id FROM source WHERE name = ?")?
            .query_row([&*record.source], |row| row.get(0))
            .optional()?;
        let source = if let Some(source) = known {
            self.remove(db, source)?;
            source
        } else {
            self.next_source += 1;
            self.next_source - 1
        };
        self.sources.insert(source, Arc::clone(&record.source));
        let links = self.interned.links(db, &record.bodies)?;
        let (own, _) = self.interned.key(db, record.own.as_str())?;
        // a row that replaces another would be noted page by page, to be given up alone
        let statement = if known.is_some() {
            "UPDATE source SET name = ?2, stamp = ?3, key = ?4, bytes = ?5, links = ?6 WHERE id = ?1"
        } else {
            "INSERT INTO source (id, name, stamp, key, bytes, links) VALUES (?, ?, ?, ?, ?, ?)"
        };
        db.prepare_cached(statement)?.execute(params![
            source,
            &*record.source,
            entry.stamp.0,
            own,
            i64::try_from(entry.bytes).unwrap_or(i64::MAX),
            pack(&links)
        ])?;
        for document in &record.documents {
            let (key, new) = self.interned.key(db, document.key.as_str())?;
            let statement = Statement::new(db, &mut self.interned, document, &record.own)?;
            let n = self.say(db, (key, new), document, statement, source)?;
            let said = db
                .prepare_cached("INSERT OR IGNORE INTO mention (source, key, n) VALUES (?, ?, ?)")?
                .execute(params![source, key, n])?;
            if said > 0 && source <= self.settled {
                self.again.entry(source).or_default().push((key, n));
            }
        }
        self.citations(db, source, entry)?;
        for (n, fact) in (0_i64..).zip(&record.facts) {
            self.fact(db, source, n, fact)?;
        }
        let about = effect::write(db, &mut self.interned, source, &record.effects)?;
        if source <= self.settled {
            self.touched.keys.extend(about);
            for link in links {
                *self.interned.uses.entry(link).or_default() += 1;
            }
        }
        for (n, doubt) in (0_i64..).zip(&record.text.doubts) {
            let code = self.interned.word(db, doubt.code.code())?;
            db.prepare_cached(
                "INSERT INTO diagnostic (source, n, code, start, end, message) VALUES (?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![source, n, code, doubt.span.start, doubt.span.end, &*doubt.message])?;
        }
        Ok(())
    }

    /// Finds or makes a statement of a key; gives its number.
    fn say(
        &mut self,
        db: &Connection,
        (key, new): (i64, bool),
        document: &CorpusDocument,
        statement: Statement,
        source: i64,
    ) -> Result<i64> {
        let hash = statement.hash_of();
        if !new && !self.seen.contains_key(&key) {
            self.learn(db, key)?;
        }
        // most keys have one statement
        let seen = self.seen.entry(key).or_insert_with(|| Vec::with_capacity(1));
        if let Some(known) = seen.iter().find(|known| known.hash == hash) {
            return Ok(known.n.into());
        }
        let n = seen.iter().map(|known| known.n).max().unwrap_or(0) + 1;
        seen.push(Seen { hash, n });
        self.remembered += 1;
        let n = n.into();
        if let Some(place) = statement.place {
            let complete = document.key.is_complete();
            db.prepare_cached("INSERT OR IGNORE INTO place (place, key, complete) VALUES (?, ?, ?)")?
                .execute(params![place, key, complete])?;
            if !complete {
                self.joins.places.insert(place);
            }
        }
        self.pending.add(key, n, statement, source);
        if self.pending.is_full() {
            self.pending.write(db)?;
        }
        Ok(n)
    }

    /// Learns what is said of a key.
    fn learn(&mut self, db: &Connection, key: i64) -> Result<()> {
        let mut query = db.prepare_cached(&format!("SELECT {COLUMNS}, n FROM identity WHERE key = ? AND n > 0"))?;
        let mut all = Vec::new();
        for row in
            query.query_map([key], |row| Ok(Seen { hash: Statement::read(row, 0)?.hash_of(), n: row.get(COUNT)? }))?
        {
            all.push(row?);
        }
        self.remembered += all.len();
        self.seen.insert(key, all);
        Ok(())
    }

    fn citations(&mut self, db: &Connection, source: i64, entry: &StoreEntry) -> Result<()> {
        for (n, citation) in (0_i64..).zip(&entry.citations) {
            let form = self.interned.word(db, citation.form.code())?;
            let doc_type = citation.doc_type.map(|kind| self.interned.word(db, kind.code())).transpose()?;
            let unresolved = citation.unresolved.map(|reason| self.interned.word(db, reason.code())).transpose()?;
            let target = citation.target.as_ref().map(|key| self.interned.key(db, key.as_str())).transpose()?;
            db.prepare_cached(
                "INSERT INTO citation (source, n, form, start, end, core_start, core_end, words, type, year, date, \
                 effective, provisions, target, own, unresolved, confidence) \
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                source,
                n,
                form,
                citation.span.start,
                citation.span.end,
                citation.core.start,
                citation.core.end,
                citation.words,
                doc_type,
                citation.year,
                citation.date.map(|date| date.to_string()),
                citation.effective.map(|date| date.to_string()),
                citation.provisions,
                target.map(|(key, _)| key),
                citation.own,
                unresolved,
                citation.confidence
            ])?;
            for (may_be, keys) in [(false, &citation.targets), (true, &citation.candidates)] {
                for (order, target) in (0_i64..).zip(keys) {
                    let (target, _) = self.interned.key(db, target.as_str())?;
                    db.prepare_cached(
                        "INSERT INTO citation_target (source, citation, may_be, n, key) VALUES (?, ?, ?, ?, ?)",
                    )?
                    .execute(params![source, n, may_be, order, target])?;
                }
            }
        }
        Ok(())
    }

    fn fact(&mut self, db: &Connection, source: i64, n: i64, fact: &Fact) -> Result<()> {
        let evidence = &fact.evidence;
        let (key, _) = self.interned.key(db, fact.source.as_str())?;
        let (target, _) = self.interned.key(db, fact.target.as_str())?;
        let with = fact.effective_with.as_ref().map(|with| self.interned.key(db, with.as_str())).transpose()?;
        if matches!(fact.relation, Relation::Promulgates | Relation::Approves) && fact.mood == Mood::Asserted {
            db.prepare_cached("INSERT OR IGNORE INTO issue (target, key, source) VALUES (?, ?, ?)")?
                .execute([target, key, source])?;
            if source <= self.settled {
                self.touched.keys.insert(target);
            }
        }
        let mut word = |text: &str| self.interned.word(db, text);
        let (relation, mood, extent) =
            (word(fact.relation.code())?, word(fact.mood.code())?, word(fact.extent.code())?);
        let act = fact.act.map(|act| word(act.code())).transpose()?;
        let rule = word(&evidence.rule)?;
        db.prepare_cached(
            "INSERT INTO relation (source, n, key, relation, target, mood, extent, act, effective, effective_with, \
             effective_open, until, provisions, own_provisions, start, end, cue_start, cue_end, rule, in_title, words) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            source,
            n,
            key,
            relation,
            target,
            mood,
            extent,
            act,
            fact.effective.map(|date| date.to_string()),
            with.map(|(with, _)| with),
            fact.effective_open,
            fact.until.map(|date| date.to_string()),
            paths(&fact.provisions),
            paths(&fact.source_provisions),
            evidence.span.start,
            evidence.span.end,
            evidence.cue.map(|cue| cue.start),
            evidence.cue.map(|cue| cue.end),
            rule,
            evidence.in_title,
            &*evidence.words
        ])?;
        Ok(())
    }

    /// Takes out a text; false when there is none of this name.
    pub(super) fn forget(&mut self, db: &Connection, name: &str) -> Result<bool> {
        let known: Option<i64> = db
            .prepare_cached("SELECT id FROM source WHERE name = ?")?
            .query_row([name], |row| row.get(0))
            .optional()?;
        let Some(source) = known else { return Ok(false) };
        self.remove(db, source)?;
        db.prepare_cached("DELETE FROM source WHERE id = ?")?.execute([source])?;
        Ok(true)
    }

    /// Takes out what a text says; its row in `source` stays.
    fn remove(&mut self, db: &Connection, source: i64) -> Result<()> {
        if !self.indexed {
            indexes(db)?;
            self.indexed = true;
        }
        // what is taken out is looked for among the rows
        self.pending.write(db)?;
        // of a text that the documents do not know of nothing was counted, nor of one that comes a second time in this batch
        let known = source <= self.settled;
        let counted = known && self.again.insert(source, Vec::new()).is_none();
        self.changed = true;
        let mut query = db.prepare_cached("DELETE FROM mention WHERE source = ? RETURNING key, n")?;
        for row in query.query_map([source], |row| Ok((row.get(0)?, row.get(1)?)))? {
            *self.lost.entry(row?).or_default() += i64::from(counted);
        }
        for table in ["citation", "citation_target", "relation", "effect", "issue", "diagnostic"] {
            db.prepare_cached(&format!("DELETE FROM {table} WHERE source = ?"))?.execute([source])?;
        }
        let links: Vec<u8> =
            db.prepare_cached("SELECT links FROM source WHERE id = ?")?.query_row([source], |row| row.get(0))?;
        if known {
            for link in unpack(&links) {
                *self.interned.uses.entry(link).or_default() -= 1;
            }
        }
        self.sources.remove(&source);
        Ok(())
    }

    /// Writes the rows of a batch. Of texts that came no reader sees anything before the documents are made anew; where one
    /// changed or went, that is done at once.
    pub(super) fn write(&mut self, db: &Connection) -> Result<()> {
        if self.changed {
            return self.settle(db);
        }
        self.pending.write(db)
    }

    /// Counts who says what, and makes the documents anew that texts have touched.
    pub(super) fn settle(&mut self, db: &Connection) -> Result<()> {
        self.pending.write(db)?;
        let again = std::mem::take(&mut self.again);
        let lost = std::mem::take(&mut self.lost);
        if !lost.is_empty() {
            self.seen.clear();
            self.remembered = 0;
        }
        for ((key, n), less) in &lost {
            db.prepare_cached("UPDATE identity SET texts = texts - ? WHERE key = ? AND n = ?")?
                .execute([less, key, n])?;
        }
        for (key, n) in lost.into_keys() {
            self.touched.keys.insert(key);
            self.lose(db, key, n)?;
        }
        for (source, key, n) in again.iter().flat_map(|(source, all)| all.iter().map(|(key, n)| (*source, *key, *n))) {
            self.touched.keys.insert(key);
            let first = db
                .prepare_cached("UPDATE identity SET texts = texts + 1 WHERE key = ? AND n = ? RETURNING first")?
                .query_row([key, n], |row| row.get(0))?;
            if name_of(db, &mut self.sources, source)? < name_of(db, &mut self.sources, first)? {
                db.prepare_cached("UPDATE identity SET first = ? WHERE key = ? AND n = ?")?
                    .execute([source, key, n])?;
            }
        }
        self.read_added(db)?;
        if self.interned.write_uses(db)? && self.settled > 0 {
            // bodies that were strangers may be one above the other now
            let mut query = db.prepare_cached(
                "SELECT key FROM identity WHERE n > 0 AND issuers IS NOT NULL GROUP BY key \
                 HAVING count(DISTINCT issuers) > 1 UNION SELECT key FROM joined",
            )?;
            for key in query.query_map([], |row| row.get(0))? {
                self.touched.keys.insert(key?);
            }
        }
        self.settle_documents(db)?;
        self.added = Added::default();
        self.changed = false;
        self.settled = self.next_source - 1;
        db.prepare_cached("UPDATE settled SET source = ?")?.execute([self.settled])?;
        Ok(())
    }

    /// A statement that a text makes no more: another text is the first to say so, or nobody does.
    fn lose(&mut self, db: &Connection, key: i64, n: i64) -> Result<()> {
        let first: Option<i64> = db
            .prepare_cached(
                "SELECT m.source FROM mention m JOIN source s ON s.id = m.source WHERE m.key = ? AND m.n = ? \
                 ORDER BY s.name LIMIT 1",
            )?
            .query_row([key, n], |row| row.get(0))
            .optional()?;
        if let Some(first) = first {
            db.prepare_cached("UPDATE identity SET first = ? WHERE key = ? AND n = ?")?.execute([first, key, n])?;
            return Ok(());
        }
        let place: Option<Option<i64>> = db
            .prepare_cached("DELETE FROM identity WHERE key = ? AND n = ? RETURNING place")?
            .query_row([key, n], |row| row.get(0))
            .optional()?;
        if let Some(place) = place.flatten() {
            self.touched.places.insert(place);
            db.prepare_cached(
                "DELETE FROM place WHERE place = ?1 AND key = ?2 \
                 AND NOT EXISTS (SELECT 1 FROM identity WHERE key = ?2 AND n > 0 AND place = ?1)",
            )?
            .execute([place, key])?;
        }
        Ok(())
    }

    /// Forgets a key of which nothing is said any more.
    pub(super) fn forget_key(&mut self, db: &Connection, key: i64) -> Result<()> {
        self.seen.remove(&key);
        self.interned.drop_key(db, key)
    }
}

/// The name of a text.
pub(super) fn name_of(db: &Connection, names: &mut Map<i64, Arc<str>>, id: i64) -> Result<Arc<str>> {
    if let Some(name) = names.get(&id) {
        return Ok(Arc::clone(name));
    }
    let name: Arc<str> = db
        .prepare_cached("SELECT name FROM source WHERE id = ?")?
        .query_row([id], |row| row.get::<_, String>(0))?
        .into();
    names.insert(id, Arc::clone(&name));
    Ok(name)
}
