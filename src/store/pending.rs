//! Statements that a batch has met first and not yet written. They are written in the order of the rows, not as texts come:
//! neighbours are on one page.

use super::identity::{Settled, Statement};
use rusqlite::{Connection, Result};

/// So many are held at most.
const MOST: usize = 1 << 18;

/// A statement that is no row yet.
#[derive(Debug)]
struct Waiting {
    key: i64,
    /// Its number among those of its key.
    n: i64,
    statement: Statement,
    /// The text that makes it.
    first: i64,
}

/// Statements as they came.
#[derive(Debug, Default)]
pub(super) struct Pending {
    rows: Vec<Waiting>,
}

impl Pending {
    pub(super) fn add(&mut self, key: i64, n: i64, statement: Statement, first: i64) {
        self.rows.push(Waiting { key, n, statement, first });
    }

    pub(super) fn is_full(&self) -> bool {
        self.rows.len() >= MOST
    }

    /// Makes rows of all, which no reader sees before the documents are made anew.
    pub(super) fn write(&mut self, db: &Connection) -> Result<()> {
        self.rows.sort_unstable_by_key(|waiting| (waiting.key, waiting.n));
        for Waiting { key, n, statement, first } in self.rows.drain(..) {
            statement.write(db, (key, n), false, Some(first), 0, Settled::default())?;
        }
        Ok(())
    }
}
