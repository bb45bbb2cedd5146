//! What the writer knows of the store, and the rows that a text comes to.

use super::effect;
use super::entry::{StoreEntry, paths};
use super::identity::{COLUMNS, COUNT, Names, Statement};
use super::intern::{Interned, next_id, pack, unpack};
use super::pending::Pending;
use super::settle::{Joins, Touched};
use crate::corpus::{CorpusDocument, Fact};
use crate::model::{Mood, PartialDate, Relation};
use foldhash::fast::FixedState;
use rusqlite::{Connection, OptionalExtension as _, Result, params};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

type Map<K, V> = HashMap<K, V, FixedState>;

/// A statement that the store has: its hash, its number among those of its key, and the text of the least name that
/// says so.
#[derive(Debug, Clone, Copy)]
struct Seen {
    hash: u64,
    n: i64,
    first: i64,
    /// A full date, as a number.
    date: Option<u64>,
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
    next_source: i64,
    /// What is to be made anew, in this batch.
    pub touched: Touched,
    /// Statements of this batch that are no rows yet.
    pub pending: Pending,
    /// Statements that a text of this batch makes no more.
    lost: BTreeSet<(i64, i64)>,
    /// By how many texts more or less statements are made, in this batch.
    counts: Map<(i64, i64), i64>,
    /// The ways back from documents to texts are there.
    indexed: bool,
}

impl Learnt {
    pub(super) fn read(db: &Connection) -> Result<Self> {
        Ok(Self {
            interned: Interned::read(db)?,
            names: Names::read(db)?,
            joins: Joins::read(db)?,
            next_source: next_id(db, "source", "id")?,
            ..Self::default()
        })
    }
}

/// The last of the ways back is there.
pub(super) fn is_indexed(db: &Connection) -> Result<bool> {
    db.query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'identity_issuers'", [], |row| row.get(0))
}

pub(super) fn indexes(db: &Connection) -> Result<()> {
    db.execute_batch(include_str!("indexes.sql"))
}

impl Learnt {
    /// How many texts the store holds, at most: numbers of texts that went are not given again.
    pub(super) fn texts(&self) -> usize {
        usize::try_from(self.next_source).unwrap_or(0)
    }

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
        db.prepare_cached(
            "INSERT OR REPLACE INTO source (id, name, stamp, key, bytes, links) VALUES (?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
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
            if said > 0 {
                *self.counts.entry((key, n)).or_default() += 1;
            }
        }
        self.citations(db, source, entry)?;
        for (n, fact) in (0_i64..).zip(&record.facts) {
            self.fact(db, source, n, fact)?;
        }
        self.touched.keys.extend(effect::write(db, &mut self.interned, source, &record.effects)?);
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
        // where full dates differ, how many texts say each may decide
        let counted = seen.iter().filter_map(|known| known.date).collect::<BTreeSet<_>>().len() > 1;
        if let Some(known) = seen.iter_mut().find(|known| known.hash == hash) {
            let n = known.n;
            let earlier = known.first != source && less(db, &mut self.sources, source, known.first)?;
            if earlier {
                known.first = source;
                if let Some(waiting) = self.pending.get_mut(key, n) {
                    waiting.first = source;
                } else {
                    db.prepare_cached("UPDATE identity SET first = ? WHERE key = ? AND n = ?")?
                        .execute(params![source, key, n])?;
                }
            }
            // an incomplete key is compared with what else its text mentions
            if earlier || counted || !document.key.is_complete() {
                self.touched.keys.insert(key);
            }
            return Ok(n);
        }
        let n = seen.iter().map(|known| known.n).max().unwrap_or(0) + 1;
        let date = document.date.filter(|date| date.is_full()).map(number_of_date);
        seen.push(Seen { hash, n, first: source, date });
        self.remembered += 1;
        self.touched.keys.insert(key);
        if let Some(place) = statement.place {
            let complete = document.key.is_complete();
            db.prepare_cached("INSERT OR IGNORE INTO place (place, key, complete) VALUES (?, ?, ?)")?
                .execute(params![place, key, complete])?;
            if !complete {
                self.joins.places.insert(place);
            }
            self.touched.places.insert(place);
        }
        self.pending.add(key, n, statement, source);
        if self.pending.is_full() {
            self.pending.write(db)?;
        }
        Ok(n)
    }

    /// Learns what is said of a key.
    fn learn(&mut self, db: &Connection, key: i64) -> Result<()> {
        let mut query =
            db.prepare_cached(&format!("SELECT {COLUMNS}, n, first FROM identity WHERE key = ? AND n > 0"))?;
        let mut all = Vec::new();
        for row in query.query_map([key], |row| {
            let statement = Statement::read(row, 0)?;
            let date = statement.date().filter(|date| date.is_full()).map(number_of_date);
            Ok(Seen { n: row.get(COUNT)?, first: row.get(COUNT + 1)?, hash: statement.hash_of(), date })
        })? {
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
            self.touched.keys.insert(target);
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
        let mut query = db.prepare_cached("DELETE FROM mention WHERE source = ? RETURNING key, n")?;
        for row in query.query_map([source], |row| Ok((row.get(0)?, row.get(1)?)))? {
            let row = row?;
            *self.counts.entry(row).or_default() -= 1;
            self.lost.insert(row);
        }
        for table in ["citation", "citation_target", "relation", "effect", "issue", "diagnostic"] {
            db.prepare_cached(&format!("DELETE FROM {table} WHERE source = ?"))?.execute([source])?;
        }
        let links: Vec<u8> =
            db.prepare_cached("SELECT links FROM source WHERE id = ?")?.query_row([source], |row| row.get(0))?;
        for link in unpack(&links) {
            *self.interned.uses.entry(link).or_default() -= 1;
        }
        self.sources.remove(&source);
        Ok(())
    }

    /// Counts who says what, and makes the documents anew that the batch has touched.
    pub(super) fn settle(&mut self, db: &Connection) -> Result<()> {
        // in the order of the rows, so that neighbours are written together
        let mut counts: Vec<_> = self.counts.drain().filter(|(_, more)| *more != 0).collect();
        counts.sort_unstable();
        for ((key, n), more) in counts {
            if let Some(waiting) = self.pending.get_mut(key, n) {
                // nothing is taken out that is no row yet
                waiting.texts += u32::try_from(more).unwrap_or(0);
                continue;
            }
            db.prepare_cached("UPDATE identity SET texts = texts + ? WHERE key = ? AND n = ?")?
                .execute([more, key, n])?;
        }
        if !self.lost.is_empty() {
            self.pending.write(db)?;
        }
        for (key, n) in std::mem::take(&mut self.lost) {
            self.seen.remove(&key);
            self.touched.keys.insert(key);
            self.lose(db, key, n)?;
        }
        if self.interned.write_uses(db)? {
            // bodies that were strangers may be one above the other now
            let mut query = db.prepare_cached(
                "SELECT key FROM identity WHERE n > 0 AND issuers IS NOT NULL GROUP BY key \
                 HAVING count(DISTINCT issuers) > 1 UNION SELECT key FROM joined",
            )?;
            for key in query.query_map([], |row| row.get(0))? {
                self.touched.keys.insert(key?);
            }
        }
        self.settle_documents(db)
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

fn number_of_date(date: PartialDate) -> u64 {
    xxhash_rust::xxh64::xxh64(date.to_string().as_bytes(), 0)
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

/// Whether the first of two texts has the lesser name.
fn less(db: &Connection, names: &mut Map<i64, Arc<str>>, one: i64, other: i64) -> Result<bool> {
    Ok(name_of(db, names, one)? < name_of(db, names, other)?)
}
