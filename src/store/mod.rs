//! An archive as one SQLite file: which texts were read, what each says, and the documents that come of it. Written in
//! batches of whole texts, so that it can be broken off at any moment and taken up again; read as the graph that
//! `query` knows, or by anyone through documented views.

mod added;
mod effect;
mod entry;
mod identity;
mod intern;
mod learnt;
mod load;
mod open;
mod pending;
mod runs;
mod settle;
mod sql;
mod write;

pub use entry::{StoreEntry, StoreStamp};
pub use sql::SqlValue;
pub use write::{StoreKnown, StoreWriter};

use crate::corpus::Resolved;
use crate::error::Error;
use crate::graph::CitationGraph;
use rusqlite::Connection;
use std::path::{Path, PathBuf};

/// A store, open for reading.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    db: Connection,
}

impl Store {
    /// True for a file that holds a store, whatever it is called; also for one that is damaged or too new to be read.
    #[must_use]
    pub fn is_store(path: &Path) -> bool {
        open::is_store(path)
    }

    /// Opens a store. Nothing can be written through it.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Store`] when there is none, for a file that is no store or is damaged, and for a store of a
    /// newer version.
    pub fn open(path: &Path) -> Result<Self, Error> {
        Ok(Self { path: path.to_owned(), db: open::to_read(path)? })
    }

    /// The documents and facts of its texts: the same that [`crate::Corpus::resolve`] makes of the texts themselves.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Store`] when it cannot be read.
    pub fn resolved(&self) -> Result<Resolved, Error> {
        load::resolved(&self.db).map_err(|error| open::failure(&self.path, &error))
    }

    /// The graph of its texts: the same as of the texts themselves.
    ///
    /// # Errors
    /// As [`Self::resolved`].
    pub fn graph(&self) -> Result<CitationGraph, Error> {
        self.resolved().map(CitationGraph::from)
    }
}
