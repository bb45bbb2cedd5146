//! Statements that a batch has met first and not yet written. They are written once, in the order of the rows and with all
//! that is known of them at the end, not row by row as texts come and again when they are counted and settled.

use super::identity::{Settled, Statement};
use foldhash::fast::FixedState;
use rusqlite::{Connection, Result};
use std::collections::HashMap;

/// So many are held at most.
const MOST: usize = 1 << 18;

/// A statement that is no row yet.
#[derive(Debug)]
pub(super) struct Waiting {
    /// Its number among those of its key.
    pub n: i64,
    pub statement: Statement,
    /// The text of the least name that says so.
    pub first: i64,
    /// How many texts say so; counted when the batch ends.
    pub texts: u32,
}

/// Statements by key, in the order of their numbers.
#[derive(Debug, Default)]
pub(super) struct Pending {
    // most keys have one statement: a list of statements themselves would hold room for four
    rows: HashMap<i64, Vec<Box<Waiting>>, FixedState>,
    count: usize,
}

impl Pending {
    /// Adds the statement after the last of its key.
    pub(super) fn add(&mut self, key: i64, n: i64, statement: Statement, first: i64) {
        self.rows.entry(key).or_default().push(Box::new(Waiting { n, statement, first, texts: 0 }));
        self.count += 1;
    }

    pub(super) fn get_mut(&mut self, key: i64, n: i64) -> Option<&mut Waiting> {
        self.rows.get_mut(&key)?.iter_mut().find(|waiting| waiting.n == n).map(AsMut::as_mut)
    }

    /// Takes out those of a key.
    pub(super) fn take(&mut self, key: i64) -> Vec<Box<Waiting>> {
        let taken = self.rows.remove(&key).unwrap_or_default();
        self.count -= taken.len();
        taken
    }

    pub(super) fn is_full(&self) -> bool {
        self.count >= MOST
    }

    /// Makes rows of all.
    pub(super) fn write(&mut self, db: &Connection) -> Result<()> {
        let mut rows: Vec<_> = std::mem::take(&mut self.rows).into_iter().collect();
        self.count = 0;
        rows.sort_unstable_by_key(|(key, _)| *key);
        for (key, waiting) in rows.iter().flat_map(|(key, all)| all.iter().map(move |waiting| (*key, waiting))) {
            let Waiting { n, statement, first, texts } = waiting.as_ref();
            statement.write(db, (key, *n), *n == 1, Some(*first), *texts, Settled::default())?;
        }
        Ok(())
    }
}
