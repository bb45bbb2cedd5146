//! Small integers for texts that come again: codes, keys, bodies, lists of bodies, links between them.

use super::entry::short_hash;
use super::open::once_through;
use crate::corpus::{Body, BodyLink};
use foldhash::fast::FixedState;
use rusqlite::{Connection, OptionalExtension as _, Result, params};
use std::collections::HashMap;

type Map<K, V> = HashMap<K, V, FixedState>;

/// What the store has numbers for. Keys are learnt as they come, the small tables are read whole.
#[derive(Debug, Default)]
pub(super) struct Interned {
    words: Map<String, i64>,
    keys: Map<(u64, u64), i64>,
    next_key: i64,
    /// All keys of the store are among those that are remembered.
    has_all_keys: bool,
    bodies: Map<Body, i64>,
    lists: Map<Vec<i64>, i64>,
    links: Map<(i64, i64, i64), i64>,
    /// How many texts need each link.
    used: Map<i64, i64>,
    /// Uses of links that are not yet counted.
    pub uses: Map<i64, i64>,
}

/// The number after the last.
pub(super) fn next_id(db: &Connection, table: &str, column: &str) -> Result<i64> {
    db.query_row(&format!("SELECT coalesce(max({column}), 0) + 1 FROM {table}"), [], |row| row.get(0))
}

fn number(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// Makes the way from keys to their numbers.
pub(super) fn key_text(db: &Connection) -> Result<()> {
    once_through(db, include_str!("key.sql"))
}

impl Interned {
    pub(super) fn read(db: &Connection) -> Result<Self> {
        let next_key = next_id(db, "key", "id")?;
        if next_key > 1 {
            // a first run that was ended left none, and now keys are looked for
            key_text(db)?;
        }
        let mut interned = Self { next_key, has_all_keys: next_key == 1, ..Self::default() };
        let mut rows = db.prepare("SELECT text, id FROM word")?;
        for row in rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))? {
            interned.words.extend([row?]);
        }
        let mut rows = db.prepare("SELECT id, code, place, name FROM body")?;
        for row in rows.query_map([], |row| Ok((body(row, 1)?, row.get(0)?)))? {
            interned.bodies.extend([row?]);
        }
        let mut lists: Map<i64, Vec<i64>> = Map::default();
        let mut rows = db.prepare("SELECT list, body FROM body_list ORDER BY list, n")?;
        for row in rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))? {
            let (list, body): (i64, i64) = row?;
            lists.entry(list).or_default().push(body);
        }
        interned.lists.extend(lists.into_iter().map(|(list, bodies)| (bodies, list)));
        let mut rows = db.prepare("SELECT source, relation, target, id, uses FROM link")?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            interned.links.insert((row.get(0)?, row.get(1)?, row.get(2)?), row.get(3)?);
            interned.used.insert(row.get(3)?, row.get(4)?);
        }
        Ok(interned)
    }

    /// The number of a code, rule or name of a type.
    pub(super) fn word(&mut self, db: &Connection, text: &str) -> Result<i64> {
        if let Some(id) = self.words.get(text) {
            return Ok(*id);
        }
        let id = number(self.words.len()) + 1;
        db.prepare_cached("INSERT INTO word (id, text) VALUES (?, ?)")?.execute(params![id, text])?;
        self.words.insert(text.to_owned(), id);
        Ok(id)
    }

    /// The number of a key, and whether it is new.
    pub(super) fn key(&mut self, db: &Connection, text: &str) -> Result<(i64, bool)> {
        let hash = short_hash(text);
        if let Some(id) = self.keys.get(&hash) {
            return Ok((*id, false));
        }
        let known = if self.has_all_keys {
            None
        } else {
            db.prepare_cached("SELECT id FROM key WHERE text = ?")?.query_row([text], |row| row.get(0)).optional()?
        };
        let id = if let Some(id) = known {
            id
        } else {
            let id = self.next_key;
            db.prepare_cached("INSERT INTO key (id, text) VALUES (?, ?)")?.execute(params![id, text])?;
            self.next_key += 1;
            id
        };
        self.keys.insert(hash, id);
        Ok((id, known.is_none()))
    }

    /// Forgets a key that no text mentions any more.
    pub(super) fn drop_key(&mut self, db: &Connection, id: i64) -> Result<()> {
        let text: Option<String> = db
            .prepare_cached("DELETE FROM key WHERE id = ? RETURNING text")?
            .query_row([id], |row| row.get(0))
            .optional()?;
        if let Some(text) = text {
            self.keys.remove(&short_hash(&text));
        }
        Ok(())
    }

    fn body(&mut self, db: &Connection, body: &Body) -> Result<i64> {
        if let Some(id) = self.bodies.get(body) {
            return Ok(*id);
        }
        let id = number(self.bodies.len()) + 1;
        db.prepare_cached("INSERT INTO body (id, handle, code, place, name) VALUES (?, ?, ?, ?, ?)")?
            .execute(params![id, body.id(), body.code.as_deref(), body.place.as_deref(), &*body.name])?;
        self.bodies.insert(body.clone(), id);
        Ok(id)
    }

    /// The number of a list of bodies; none for the empty one.
    pub(super) fn list(&mut self, db: &Connection, bodies: &[Body]) -> Result<Option<i64>> {
        if bodies.is_empty() {
            return Ok(None);
        }
        let ids = bodies.iter().map(|body| self.body(db, body)).collect::<Result<Vec<i64>>>()?;
        if let Some(list) = self.lists.get(&ids) {
            return Ok(Some(*list));
        }
        let list = number(self.lists.len()) + 1;
        for (n, body) in ids.iter().enumerate() {
            db.prepare_cached("INSERT INTO body_list (list, n, body) VALUES (?, ?, ?)")?.execute(params![
                list,
                number(n),
                body
            ])?;
        }
        self.lists.insert(ids, list);
        Ok(Some(list))
    }

    /// The numbers of links.
    pub(super) fn links(&mut self, db: &Connection, links: &[BodyLink]) -> Result<Vec<i64>> {
        let mut ids = Vec::with_capacity(links.len());
        for link in links {
            let row =
                (self.body(db, &link.source)?, self.word(db, link.relation.code())?, self.body(db, &link.target)?);
            let id = if let Some(id) = self.links.get(&row) {
                *id
            } else {
                let id = number(self.links.len()) + 1;
                db.prepare_cached("INSERT INTO link (id, source, relation, target, uses) VALUES (?, ?, ?, ?, 0)")?
                    .execute(params![id, row.0, row.1, row.2])?;
                self.links.insert(row, id);
                id
            };
            ids.push(id);
        }
        Ok(ids)
    }

    /// Writes how often links are used. True when one came or went.
    pub(super) fn write_uses(&mut self, db: &Connection) -> Result<bool> {
        let mut changed = false;
        for (id, more) in self.uses.drain().filter(|(_, more)| *more != 0) {
            db.prepare_cached("UPDATE link SET uses = uses + ? WHERE id = ?")?.execute(params![more, id])?;
            let used = self.used.entry(id).or_default();
            changed |= (*used == 0) != (*used + more == 0);
            *used += more;
        }
        Ok(changed)
    }

    /// Links that some text needs: a body, a word, another body.
    pub(super) fn used(&self) -> impl Iterator<Item = (i64, i64, i64)> {
        self.links.iter().filter(|(_, id)| self.used.get(id).is_some_and(|uses| *uses > 0)).map(|(link, _)| *link)
    }
}

/// A body of the columns `code`, `place`, `name` from `first` on.
pub(super) fn body(row: &rusqlite::Row<'_>, first: usize) -> Result<Body> {
    let short = |index: usize| -> Result<Option<compact_str::CompactString>> {
        Ok(row.get_ref(index)?.as_str_or_null()?.map(Into::into))
    };
    Ok(Body { code: short(first)?, place: short(first + 1)?, name: row.get::<_, Box<str>>(first + 2)? })
}

/// Numbers as a blob: seven bits a byte, the low ones first, the eighth bit where more follow.
pub(super) fn pack(ids: &[i64]) -> Vec<u8> {
    let mut out = Vec::with_capacity(ids.len() * 2);
    for id in ids {
        let mut rest = id.unsigned_abs();
        while rest > 127 {
            out.push(low(rest) | 128);
            rest >>= 7;
        }
        out.push(low(rest));
    }
    out
}

/// The lowest seven bits.
fn low(number: u64) -> u8 {
    u8::try_from(number & 127).unwrap_or(0)
}

/// The numbers of a blob.
pub(super) fn unpack(blob: &[u8]) -> Vec<i64> {
    let mut out = Vec::new();
    let (mut value, mut shift) = (0_i64, 0_u32);
    for byte in blob {
        value |= i64::from(byte & 127).checked_shl(shift).unwrap_or(0);
        if byte & 128 == 0 {
            out.push(value);
            (value, shift) = (0, 0);
        } else {
            shift += 7;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{pack, unpack};

    #[test]
    fn numbers_come_back() {
        let ids = [1, 127, 128, 300, 1 << 40];
        assert_eq!(unpack(&pack(&ids)), ids);
        assert_eq!(pack(&[1, 127]).len(), 2);
    }
}
