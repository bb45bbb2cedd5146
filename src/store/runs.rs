//! Whole runs: inputs that were read to their end and have not changed need not be unpacked again.

use super::entry::StoreStamp;
use super::open::failure;
use super::write::{StoreWriter, version};
use crate::error::Error;
use crate::extract::Extractor;
use rusqlite::{OptionalExtension as _, Transaction, TransactionBehavior, params};
use std::io::{self, Read};
use xxhash_rust::xxh3::Xxh3;

/// Bytes that are hashed at a time.
const BUFFER: usize = 256 << 10;

impl StoreStamp {
    /// Of whole inputs as they lie on the disk, packed or not: names, in their order, with what is in them. `settings` is all else
    /// that decides which texts are read from them, and how.
    ///
    /// # Errors
    /// Those of reading.
    pub fn of_inputs<R: Read>(
        extractor: &Extractor,
        settings: &str,
        inputs: impl IntoIterator<Item = io::Result<(String, R)>>,
    ) -> io::Result<Self> {
        let mut hash = Xxh3::new();
        hash.update(&extractor.fingerprint().to_le_bytes());
        let mut put = |words: &str| {
            // a length tells where one ends
            hash.update(&(words.len() as u64).to_le_bytes());
            hash.update(words.as_bytes());
        };
        put(settings);
        let mut buffer = vec![0; BUFFER];
        for input in inputs {
            let (name, mut input) = input?;
            put(&name);
            let mut bytes = Xxh3::new();
            loop {
                match input.read(&mut buffer) {
                    Ok(0) => break,
                    Ok(read) => bytes.update(buffer.get(..read).unwrap_or_default()),
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(error) => return Err(error),
                }
            }
            put(&format!("{:032x}", bytes.digest128()));
        }
        Ok(Self(hash.digest128().to_le_bytes()))
    }
}

impl StoreWriter {
    /// The number of texts of a run that was noted by [`Self::finish_run`], where nothing was written since: the store holds all
    /// that its inputs hold.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Store`] when it cannot be read.
    pub fn holds_run(&self, run: StoreStamp) -> Result<Option<usize>, Error> {
        let texts: Option<i64> = self
            .db
            .query_row("SELECT texts FROM run WHERE stamp = ?", [run.0], |row| row.get(0))
            .optional()
            .map_err(|error| failure(&self.path, &error))?;
        Ok(texts.and_then(|texts| usize::try_from(texts).ok()))
    }

    /// As [`Self::finish`], and notes that all of the inputs with this stamp has been put, `texts` texts, so that the next run
    /// can pass over them. Nothing is noted when another program has written meanwhile.
    ///
    /// ```
    /// use viendan::{Extractor, StoreStamp, StoreWriter};
    /// # let folder = std::env::temp_dir().join(format!("viendan-run-{}", std::process::id()));
    /// # std::fs::create_dir_all(&folder).expect("a folder");
    /// let path = folder.join("archive.viendan");
    /// let extractor = Extractor::new();
    /// let inputs = || [Ok(("notes.jsonl".to_owned(), &b"..."[..]))];
    /// let run = StoreStamp::of_inputs(&extractor, "", inputs()).expect("bytes in memory are read");
    /// let writer = StoreWriter::open(&path)?;
    /// assert_eq!(writer.holds_run(run)?, None);
    /// // … put what is in them …
    /// writer.finish_run(run, 0)?;
    /// assert_eq!(StoreWriter::open(&path)?.holds_run(run)?, Some(0));
    /// # std::fs::remove_dir_all(&folder).expect("its folder");
    /// # Ok::<(), viendan::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Self::put`].
    pub fn finish_run(mut self, run: StoreStamp, texts: usize) -> Result<(), Error> {
        self.attempt(|writer| {
            writer.end(true)?;
            let transaction = Transaction::new_unchecked(&writer.db, TransactionBehavior::Immediate)?;
            // what another program has put or taken out may be a text of this run
            if !writer.disturbed && version(&transaction)? == writer.opened {
                transaction
                    .prepare_cached("INSERT OR REPLACE INTO run (stamp, texts) VALUES (?, ?)")?
                    .execute(params![run.0, i64::try_from(texts).unwrap_or(i64::MAX)])?;
            }
            transaction.commit()
        })?;
        self.finish()
    }
}
