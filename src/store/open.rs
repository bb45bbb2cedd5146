//! Opening a file: is it a store, of which schema, and whole? A file that is none is not touched.

use crate::error::{Error, ErrorKind};
use rusqlite::config::DbConfig;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, OpenFlags, ffi};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What SQLite writes into the header of a store: the letters `vndn`.
const APPLICATION: i32 = 0x766e_646e;

/// The schema that this version writes and reads.
const SCHEMA: i32 = 1;

/// No file of SQLite is shorter.
const LEAST: u64 = 512;

/// Bytes of a page. A large store has fewer of them to find, write and read again than of SQLite's own 4096 bytes.
const PAGE: i32 = 16 << 10;

/// So long a second program waits for the first.
const PATIENCE: Duration = Duration::from_secs(60);

/// Pages are read into so many KiB.
const CACHE: i32 = 128 << 10;

/// Pages that are written, too: rows come in no order of the indexes, and what does not fit is written and read again.
const CACHE_OF_A_WRITER: i32 = 512 << 10;

/// What an index is made of is sorted in pieces of so many KiB, which fit into the cache of a core, and these are merged: in
/// pieces as large as the cache of pages it takes twice as long, and the longer the larger the store.
const CACHE_OF_A_SORTER: i32 = 2 << 10;

/// An error of a store; `place` is its path.
pub(super) fn store_error(place: &Path, message: impl AsRef<str>) -> Error {
    Error::new(ErrorKind::Store, format!("{}: {}", place.display(), message.as_ref()))
}

/// An error of SQLite in plain words.
pub(super) fn failure(place: &Path, error: &rusqlite::Error) -> Error {
    let words = match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => "not a store of viendan".to_owned(),
        Some(ErrorCode::DatabaseCorrupt) => "damaged or cut off".to_owned(),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            "another program is writing to it; try again when it is done".to_owned()
        }
        Some(ErrorCode::DiskFull) => "no space left; it is as it was after the last complete batch".to_owned(),
        Some(ErrorCode::SystemIoFailure) => {
            format!("cannot be read or written ({error}); it is as it was after the last complete batch")
        }
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => "not allowed to write it".to_owned(),
        Some(ErrorCode::CannotOpen) => "cannot be opened".to_owned(),
        _ => error.to_string(),
    };
    store_error(place, words)
}

/// What a file is, as far as its header tells.
enum Is {
    /// Nothing yet.
    New,
    Store,
}

/// A number of the header, read without locking or changing the file or any file beside it.
fn header(path: &Path, pragma: &str) -> rusqlite::Result<i32> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(uri(path, "immutable=1"), flags)?;
    connection.query_row(pragma, [], |row| row.get(0))
}

/// True for a file that SQLite wrote for this library, whatever its name and schema, or that may be one and is damaged.
pub(super) fn is_store(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.len() >= LEAST)
        && match header(path, "PRAGMA application_id") {
            Ok(application) => application == APPLICATION,
            Err(error) => error.sqlite_error_code() == Some(ErrorCode::DatabaseCorrupt),
        }
}

/// What a file is; it is not changed, nor is any file beside it.
fn look(path: &Path) -> Result<Is, Error> {
    match std::fs::metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Is::New),
        Err(error) => return Err(store_error(path, error.to_string())),
        Ok(metadata) if metadata.is_dir() => return Err(store_error(path, "a folder, not a store")),
        // what a run leaves that is ended before its first commit
        Ok(metadata) if metadata.len() == 0 => return Ok(Is::New),
        // SQLite takes so short a file for an empty one
        Ok(metadata) if metadata.len() < LEAST => return Err(store_error(path, "not a store of viendan")),
        Ok(_) => {}
    }
    match header(path, "PRAGMA application_id") {
        Ok(APPLICATION) => {}
        Ok(_) => return Err(store_error(path, "an SQLite file of another program, not a store of viendan")),
        // a run that was ended while it moved pages into the file: what is missing stands in the log beside it
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseCorrupt) && has_log(path) => {
            return Ok(Is::Store);
        }
        Err(error) => return Err(failure(path, &error)),
    }
    let schema = header(path, "PRAGMA user_version").map_err(|error| failure(path, &error))?;
    if schema > SCHEMA {
        return Err(store_error(
            path,
            format!("written by a newer viendan: schema {schema}, this one knows up to {SCHEMA}"),
        ));
    }
    Ok(Is::Store)
}

/// True when SQLite's log of what is not yet in the file stands beside it.
fn has_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    std::fs::metadata(PathBuf::from(log)).is_ok_and(|metadata| metadata.len() > 0)
}

/// The path as SQLite's URI.
fn uri(path: &Path, parameters: &str) -> String {
    let mut out = String::from("file:");
    for byte in path.to_string_lossy().bytes() {
        match byte {
            b'%' | b'?' | b'#' => out.push_str(&format!("%{byte:02x}")),
            #[cfg(windows)]
            b'\\' => out.push('/'),
            // bytes of letters beyond ASCII, too: a URI takes them written so
            128.. => out.push_str(&format!("%{byte:02x}")),
            _ => out.push(char::from(byte)),
        }
    }
    out.push('?');
    out.push_str(parameters);
    out
}

/// For reading: nothing can be written through it.
pub(super) fn to_read(path: &Path) -> Result<Connection, Error> {
    match look(path)? {
        Is::Store => {}
        Is::New if path.exists() => return Err(store_error(path, "empty, no store")),
        Is::New => return Err(store_error(path, "no such store")),
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let open = |parameters: &str| -> rusqlite::Result<Connection> {
        let connection = Connection::open_with_flags(uri(path, parameters), flags)?;
        connection.busy_timeout(PATIENCE)?;
        connection.pragma_update(None, "query_only", true)?;
        connection.pragma_update(None, "cache_size", -CACHE)?;
        schema(&connection)?;
        Ok(connection)
    };
    open("mode=ro")
        .or_else(|error| match error.sqlite_error_code() {
            // a folder where nothing may be written: nobody writes the store there either
            Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly) if !has_log(path) => open("immutable=1"),
            _ => Err(error),
        })
        .map_err(|error| failure(path, &error))
}

/// Reads the whole schema. Words in it that are no UTF-8 are damage: the guard of `sql` could not be asked about them.
fn schema(connection: &Connection) -> rusqlite::Result<()> {
    let mut statement = connection.prepare("SELECT name, tbl_name, sql FROM sqlite_schema")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        for column in 0..3 {
            if let ValueRef::Text(words) = row.get_ref(column)?
                && simdutf8::basic::from_utf8(words).is_err()
            {
                return Err(rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_CORRUPT), None));
            }
        }
    }
    Ok(())
}

/// Statements that read tables from end to end: indexes are made, rows counted. Pages need not be kept for them.
pub(super) fn once_through(db: &Connection, statements: &str) -> rusqlite::Result<()> {
    db.pragma_update(None, "cache_size", -CACHE_OF_A_SORTER)?;
    let made = db.execute_batch(statements);
    db.pragma_update(None, "cache_size", -CACHE_OF_A_WRITER)?;
    made
}

/// For writing; a file that is not there is made.
pub(super) fn to_write(path: &Path) -> Result<Connection, Error> {
    let is = look(path)?;
    let open = || -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(PATIENCE)?;
        if matches!(is, Is::New) {
            connection.pragma_update(None, "page_size", PAGE)?;
            // all at once and in the file itself: it is a store or it is nothing
            let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            // another program may have made it while we waited
            let made: i32 = transaction.query_row("PRAGMA application_id", [], |row| row.get(0))?;
            if made != APPLICATION {
                transaction.execute_batch(include_str!("schema.sql"))?;
                transaction.execute_batch(include_str!("views.sql"))?;
                transaction.pragma_update(None, "application_id", APPLICATION)?;
                transaction.pragma_update(None, "user_version", SCHEMA)?;
            }
            transaction.commit()?;
        }
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "cache_size", -CACHE_OF_A_WRITER)?;
        // pages of the log; each commit moves what is over into the file
        connection.pragma_update(None, "wal_autocheckpoint", 8192)?;
        connection.set_prepared_statement_cache_capacity(64);
        // else some statements are planned again for each value that is bound
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        Ok(connection)
    };
    open().map_err(|error| failure(path, &error))
}
