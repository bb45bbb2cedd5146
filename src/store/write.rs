//! The one writer: whole texts in batches, each batch one transaction, with the identities it touches.

use super::entry::{StoreEntry, StoreStamp, short_hash};
use super::learnt::{Learnt, indexes, is_indexed, mention_key, settled};
use super::open::{failure, once_through, to_write};
use crate::error::Error;
use foldhash::fast::FixedState;
use rusqlite::{Connection, Result};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

type Map<K, V> = HashMap<K, V, FixedState>;

/// A batch is written when it holds so many texts, or so many bytes of text for each of them. Keys come in no order, so that a
/// batch touches most pages of their index: smaller ones write these more often, and the larger the store the more of them.
const TEXTS: usize = 65536;
const BYTES: usize = 4 << 10;

/// Documents that many texts mention are made anew of all that is said of them, so that doing it after each batch would take
/// more and more. It is done when a run ends. Where the size of batches is set it is also done within a run, when so many
/// batches and so many times the texts wait that the documents know of.
const BATCHES: usize = 8;
const TIMES: i64 = 7;

/// So many statements are remembered; then the memory is given back and learnt anew.
const REMEMBERED: usize = 8 << 20;

/// The texts that a store holds, with what each was read from. For many threads at once, to pass over what is unchanged.
#[derive(Debug, Clone, Default)]
pub struct StoreKnown {
    stamps: Map<(u64, u64), StoreStamp>,
}

impl StoreKnown {
    /// True when the store holds this text, read from the same by the same rules.
    #[must_use]
    pub fn holds(&self, source: &str, stamp: StoreStamp) -> bool {
        self.stamps.get(&short_hash(source)) == Some(&stamp)
    }

    /// Number of texts.
    #[must_use]
    pub fn len(&self) -> usize {
        self.stamps.len()
    }

    /// True when there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.stamps.is_empty()
    }
}

/// Writes a store. What is not committed when it goes is not in the store.
///
/// ```
/// use viendan::{Extractor, Metadata, Store, StoreEntry, StoreStamp, StoreWriter};
/// # let folder = std::env::temp_dir().join(format!("viendan-store-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder).expect("a folder");
/// let path = folder.join("archive.viendan");
/// let extractor = Extractor::new();
/// let text = "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;";
/// let stamp = StoreStamp::new(&extractor, text, &Metadata::default());
/// let mut writer = StoreWriter::open(&path)?;
/// if !writer.known()?.holds("a.txt", stamp) {
///     writer.put(&StoreEntry::new(&extractor.extract_record(text, Some("a.txt"), &Metadata::default())?, stamp))?;
/// }
/// writer.finish()?;
/// let graph = Store::open(&path)?.graph()?;
/// assert!(graph.node("vn:nghi-dinh:30/2020:cp").is_some());
/// # std::fs::remove_dir_all(&folder).expect("its folder");
/// # Ok::<(), viendan::Error>(())
/// ```
#[derive(Debug)]
pub struct StoreWriter {
    pub(super) path: PathBuf,
    pub(super) db: Connection,
    learnt: Learnt,
    /// What SQLite counts up when another program writes.
    version: i64,
    /// The same when the store was opened, and whether it was another one later: somebody else has written.
    pub(super) opened: i64,
    pub(super) disturbed: bool,
    /// Texts and bytes of the open transaction; none when there is no transaction.
    open: Option<(usize, usize)>,
    /// Something was written.
    changed: bool,
    /// Texts of a batch, where that is set.
    most: Option<usize>,
}

impl StoreWriter {
    /// Opens a store, or makes one where there is no file.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Store`] for a file that is no store, is damaged, was written by a newer version, or cannot be
    /// written; the file is as it was.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let db = to_write(path)?;
        let opened = version(&db).map_err(|error| failure(path, &error))?;
        // the first batch learns: what is read before it has begun another program may change
        let learnt = Learnt::default();
        Ok(Self {
            path: path.to_owned(),
            db,
            learnt,
            version: -1,
            opened,
            disturbed: false,
            open: None,
            changed: false,
            most: None,
        })
    }

    /// A batch has no more than so many texts; 65536 unless set. A smaller one loses less when the program is ended, and
    /// takes longer. Where it is set, others see a part of what was put before the end of a long run.
    #[must_use]
    pub fn batch(mut self, texts: usize) -> Self {
        self.most = Some(texts.max(1));
        self
    }

    /// So long it waits at most for another program that is writing. It is a minute unless set.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Store`] when the store is no longer there.
    pub fn patience(self, longest: Duration) -> Result<Self, Error> {
        self.db.busy_timeout(longest).map_err(|error| failure(&self.path, &error))?;
        Ok(self)
    }

    /// The texts that the store holds, also those that no reader sees yet.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Store`] when it cannot be read.
    pub fn known(&self) -> Result<StoreKnown, Error> {
        let read = || -> Result<StoreKnown> {
            let mut known = StoreKnown::default();
            let mut rows = self.db.prepare("SELECT name, stamp FROM source")?;
            for row in rows.query_map([], |row| {
                let name = row.get_ref(0)?.as_str().map(short_hash)?;
                Ok((name, row.get(1).map(StoreStamp)?))
            })? {
                known.stamps.extend([row?]);
            }
            Ok(known)
        };
        read().map_err(|error| failure(&self.path, &error))
    }

    /// Puts a text into the store, in the place of the one of its name. After the batch it need not be read again; others see
    /// it after [`Self::commit`] or [`Self::finish`].
    ///
    /// # Errors
    /// [`crate::ErrorKind::Store`] when it cannot be written; the batch is then given up and the store as before it.
    pub fn put(&mut self, entry: &StoreEntry) -> Result<(), Error> {
        self.attempt(|writer| {
            writer.begin()?;
            writer.learnt.put(&writer.db, entry)?;
            let (texts, bytes) = writer.open.unwrap_or_default();
            writer.open = Some((texts + 1, bytes + entry.bytes));
            // a batch of few long texts is as long as one of many short ones
            let most = writer.most.unwrap_or(TEXTS);
            let full = texts + 1 >= most || bytes + entry.bytes >= most.max(TEXTS).saturating_mul(BYTES);
            if full { writer.end(false) } else { Ok(()) }
        })
    }

    /// Writes what was put so far, for all to see.
    ///
    /// # Errors
    /// As [`Self::put`].
    pub fn commit(&mut self) -> Result<(), Error> {
        self.attempt(|writer| writer.end(true))
    }

    /// Takes out all texts for which `keep` says no; gives their number.
    ///
    /// # Errors
    /// As [`Self::put`].
    pub fn prune(&mut self, mut keep: impl FnMut(&str) -> bool) -> Result<usize, Error> {
        self.attempt(|writer| {
            writer.end(true)?;
            let mut gone: Vec<Box<str>> = Vec::new();
            {
                let mut rows = writer.db.prepare("SELECT name FROM source")?;
                let mut rows = rows.query([])?;
                while let Some(row) = rows.next()? {
                    let name = row.get_ref(0)?.as_str()?;
                    if !keep(name) {
                        gone.push(name.into());
                    }
                }
            }
            let mut removed = 0;
            for chunk in gone.chunks(writer.most.unwrap_or(TEXTS)) {
                writer.begin()?;
                for name in chunk {
                    removed += usize::from(writer.learnt.forget(&writer.db, name)?);
                }
                writer.end(true)?;
            }
            Ok(removed)
        })
    }

    /// Writes what was put, makes the ways back from documents to texts if they are missing, and moves all into the file.
    ///
    /// # Errors
    /// As [`Self::put`].
    pub fn finish(mut self) -> Result<(), Error> {
        self.attempt(|writer| {
            writer.end(true)?;
            if !writer.changed && is_indexed(&writer.db)? {
                return Ok(());
            }
            indexes(&writer.db)?;
            // the planner knows the sizes of the tables; a few rows of each are looked at
            once_through(&writer.db, "PRAGMA analysis_limit = 400; PRAGMA optimize = 0x10002")?;
            // a reader that is there keeps the log; that is no failure
            writer.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        })
    }

    /// Does a part of the work; if it fails the open batch is given up.
    pub(super) fn attempt<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T, Error> {
        work(self).map_err(|error| {
            let wrong = failure(&self.path, &error);
            if !self.db.is_autocommit() {
                // SQLite gives it up by itself for most errors; the connection is not used further than this
                let _ = self.db.execute_batch("ROLLBACK");
            }
            self.open = None;
            // what was learnt in the batch is not in the store; the next batch learns anew
            self.version = -1;
            wrong
        })
    }

    fn begin(&mut self) -> Result<()> {
        if self.open.is_some() {
            return Ok(());
        }
        self.db.execute_batch("BEGIN IMMEDIATE")?;
        self.db.execute_batch("DELETE FROM run")?;
        let version = version(&self.db)?;
        self.disturbed |= version != self.opened;
        if version != self.version || self.learnt.remembered > REMEMBERED {
            self.learnt = Learnt::read(&self.db)?;
            self.version = version;
        }
        self.open = Some((0, 0));
        Ok(())
    }

    /// Writes the open batch; where `seen`, all that waits is there for others afterwards.
    pub(super) fn end(&mut self, seen: bool) -> Result<()> {
        if self.open.is_none() {
            if !seen || !waits(&self.db)? {
                return Ok(());
            }
            self.begin()?;
        }
        let waiting = self.learnt.waiting();
        if seen && waiting > 0 {
            mention_key(&self.db)?;
        }
        let part = |most: usize| i64::try_from(most.saturating_mul(BATCHES)).unwrap_or(i64::MAX);
        let many = self.most.is_some_and(|most| waiting >= part(most).max(self.learnt.settled.saturating_mul(TIMES)));
        if seen || many {
            self.learnt.settle(&self.db)?;
        } else {
            self.learnt.write(&self.db)?;
        }
        self.db.execute_batch("COMMIT")?;
        self.open = None;
        self.changed = true;
        Ok(())
    }
}

/// Texts came of which the documents do not know.
fn waits(db: &Connection) -> Result<bool> {
    let settled = settled(db)?;
    db.query_row("SELECT coalesce(max(id), 0) > ? FROM source", [settled], |row| row.get(0))
}

pub(super) fn version(db: &Connection) -> Result<i64> {
    db.query_row("PRAGMA data_version", [], |row| row.get(0))
}
