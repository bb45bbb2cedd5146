//! What texts say that came since documents were last made anew, read back from the rows in the order of statements. Nothing
//! of it is kept beside the rows, so that a run that was ended, or another program, can be taken up.

use super::identity::{COLUMNS, COUNT, Statement};
use super::intern::unpack;
use super::learnt::{Learnt, name_of};
use super::settle::key_of;
use foldhash::fast::FixedState;
use rusqlite::{Connection, Result, params};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// Where so large a part of all texts has come, whole indexes are walked, else only the rows of those texts are sorted.
const PART: i64 = 4;

/// A statement that texts make that came.
#[derive(Debug, Clone, Copy)]
pub(super) struct More {
    key: i64,
    n: i64,
    /// How many they are; 0 when it was counted.
    pub texts: u32,
    /// The one of the least name.
    pub first: i64,
}

/// Statements that came or are made by more texts, in the order of the rows.
#[derive(Debug, Default)]
pub(super) struct Added {
    rows: Vec<More>,
}

impl Added {
    /// What was added to a key.
    pub(super) fn of(&mut self, key: i64) -> &mut [More] {
        let start = self.rows.partition_point(|more| more.key < key);
        let end = self.rows.partition_point(|more| more.key <= key);
        self.rows.get_mut(start..end).unwrap_or_default()
    }

    /// What was added to a statement.
    pub(super) fn take(rows: &mut [More], n: i64) -> Option<More> {
        let at = rows.binary_search_by_key(&n, |more| more.n).ok()?;
        let more = rows.get_mut(at).filter(|more| more.texts > 0)?;
        let before = *more;
        more.texts = 0;
        Some(before)
    }
}

/// The way from statements to texts is there.
fn has_mention_key(db: &Connection) -> Result<bool> {
    db.query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'mention_key'", [], |row| row.get(0))
}

/// The place of each text that came among their names, in their order.
fn ranks(db: &Connection, settled: i64, next: i64, most: bool) -> Result<Vec<u32>> {
    let mut ranks = vec![0; usize::try_from(next - settled).unwrap_or(0)];
    let order = if most { "name" } else { "+name" };
    let mut query = db.prepare_cached(&format!("SELECT id FROM source WHERE id > ? ORDER BY {order}"))?;
    let mut rows = query.query([settled])?;
    let mut rank = 0;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        if let Some(place) = usize::try_from(id - settled).ok().and_then(|at| ranks.get_mut(at)) {
            *place = rank;
        }
        rank += 1;
    }
    Ok(ranks)
}

/// Reads what came after the text `settled`.
fn read(db: &Connection, settled: i64, next: i64) -> Result<Added> {
    let most = (next - settled).saturating_mul(PART) >= next;
    let ranks = ranks(db, settled, next, most)?;
    let rank = |id: i64| usize::try_from(id - settled).ok().and_then(|at| ranks.get(at)).copied().unwrap_or(u32::MAX);
    // a sign before a column keeps the planner from walking the whole index for a few texts
    let mut query = db.prepare_cached(if most && has_mention_key(db)? {
        "SELECT key, n, source FROM mention INDEXED BY mention_key WHERE source > ? ORDER BY key, n"
    } else {
        "SELECT key, n, source FROM mention WHERE source > ? ORDER BY +key, +n"
    })?;
    let mut added = Added::default();
    let mut rows = query.query([settled])?;
    while let Some(row) = rows.next()? {
        let (key, n, source) = (row.get(0)?, row.get(1)?, row.get(2)?);
        match added.rows.last_mut().filter(|last| last.key == key && last.n == n) {
            Some(last) => {
                last.texts += 1;
                if rank(source) < rank(last.first) {
                    last.first = source;
                }
            }
            None => added.rows.push(More { key, n, texts: 1, first: source }),
        }
    }
    Ok(added)
}

/// Keys of which the texts that came say something that is no statement of identity.
fn keys(db: &Connection, settled: i64, touched: &mut BTreeSet<i64>) -> Result<()> {
    for statement in ["SELECT key FROM effect WHERE source > ?", "SELECT target FROM issue WHERE source > ?"] {
        let mut query = db.prepare_cached(statement)?;
        for key in query.query_map([settled], |row| row.get(0))? {
            touched.insert(key?);
        }
    }
    Ok(())
}

/// How often the texts that came need each link between bodies.
fn uses(db: &Connection, settled: i64, uses: &mut HashMap<i64, i64, FixedState>) -> Result<()> {
    let mut query = db.prepare_cached("SELECT links FROM source WHERE id > ?")?;
    let mut rows = query.query([settled])?;
    while let Some(row) = rows.next()? {
        for link in unpack(row.get_ref(0)?.as_blob()?) {
            *uses.entry(link).or_default() += 1;
        }
    }
    Ok(())
}

impl Learnt {
    /// Reads what texts say that came since documents were last made anew, and tells which documents it touches. What
    /// touches none is counted at once.
    pub(super) fn read_added(&mut self, db: &Connection) -> Result<()> {
        let settled = self.settled;
        if self.waiting() == 0 {
            return Ok(());
        }
        keys(db, settled, &mut self.touched.keys)?;
        uses(db, settled, &mut self.interned.uses)?;
        self.added = read(db, settled, self.next_source)?;
        let mut rows = std::mem::take(&mut self.added.rows);
        for of_key in rows.chunk_by_mut(|one, other| one.key == other.key) {
            let Some(key) = of_key.first().map(|more| more.key) else { continue };
            if settled == 0 || self.touched.keys.contains(&key) || decides(db, &mut self.sources, key, of_key)? {
                self.touched.keys.insert(key);
                continue;
            }
            for more in of_key {
                db.prepare_cached("UPDATE identity SET texts = texts + ? WHERE key = ? AND n = ?")?
                    .execute(params![std::mem::take(&mut more.texts), key, more.n])?;
            }
        }
        self.added.rows = rows;
        Ok(())
    }

    /// How many texts came since documents were last made anew.
    pub(super) fn waiting(&self) -> i64 {
        self.next_source - 1 - self.settled
    }
}

/// True where more texts that say what was said before may change the document: one of them has the least name; full dates
/// differ, and most texts decide; the key is incomplete, and compared with what else its text mentions. Or it was not
/// said before.
fn decides(db: &Connection, names: &mut HashMap<i64, Arc<str>, FixedState>, key: i64, added: &[More]) -> Result<bool> {
    let mut dates = BTreeSet::new();
    if !key_of(db, key)?.is_complete() {
        return Ok(true);
    }
    let mut query =
        db.prepare_cached(&format!("SELECT {COLUMNS}, n, texts, first FROM identity WHERE key = ? AND n > 0"))?;
    let mut rows = query.query([key])?;
    while let Some(row) = rows.next()? {
        let [n, texts, first]: [i64; 3] = [row.get(COUNT)?, row.get(COUNT + 1)?, row.get(COUNT + 2)?];
        dates.extend(Statement::read(row, 0)?.date().filter(|date| date.is_full()));
        let Some(more) = added.iter().find(|more| more.n == n) else { continue };
        if texts == 0 || name_of(db, names, more.first)? < name_of(db, names, first)? {
            return Ok(true);
        }
    }
    Ok(dates.len() > 1)
}
