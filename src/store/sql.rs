//! Questions of others in SQL: they read, for a limited time, and cannot do anything else.

use super::Store;
use super::open::{failure, store_error};
use crate::error::Error;
use rusqlite::ErrorCode;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

/// A value of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SqlValue<'r> {
    /// Nothing is known.
    Null,
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// Words; bytes that are no UTF-8 are not shown.
    Text(&'r str),
    /// Bytes.
    Blob(&'r [u8]),
}

/// Steps of SQLite's machine between two looks at the clock.
const STEPS: i32 = 10_000;

impl Store {
    /// Runs one statement that reads; `names` gets the names of the columns, `row` the values of each row until it
    /// breaks off.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Unknown`] for a statement that is wrong, writes or reaches outside the store, and for more than
    /// one; [`crate::ErrorKind::Store`] when it takes longer than `limit` or the store cannot be read.
    pub fn sql(
        &mut self,
        statement: &str,
        limit: Duration,
        names: &mut dyn FnMut(&[&str]),
        row: &mut dyn FnMut(&[SqlValue<'_>]) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        let started = Instant::now();
        let path = self.path.clone();
        let wrong = |error: rusqlite::Error| match error.sqlite_error_code() {
            Some(ErrorCode::OperationInterrupted) => {
                store_error(&path, format!("no answer within {} s", limit.as_secs_f64()))
            }
            Some(ErrorCode::AuthorizationForStatementDenied) => {
                Error::unknown(format!("`{statement}`: a statement may only read"))
            }
            _ => match error {
                rusqlite::Error::SqlInputError { msg, .. } if msg.starts_with("not authorized") => {
                    Error::unknown(format!("`{statement}`: a statement may only read"))
                }
                rusqlite::Error::SqlInputError { msg, .. } => Error::unknown(format!("`{statement}`: {msg}")),
                rusqlite::Error::Empty => Error::unknown(format!("`{statement}`: no statement")),
                rusqlite::Error::MultipleStatement => Error::unknown(format!("`{statement}`: more than one statement")),
                error => failure(&path, &error),
            },
        };
        self.db.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0).map_err(wrong)?;
        self.db
            .authorizer(Some(|context: AuthContext<'_>| match context.action {
                AuthAction::Select | AuthAction::Read { .. } | AuthAction::Recursive => Authorization::Allow,
                AuthAction::Function { function_name } if !function_name.eq_ignore_ascii_case("load_extension") => {
                    Authorization::Allow
                }
                _ => Authorization::Deny,
            }))
            .map_err(wrong)?;
        self.db.progress_handler(STEPS, Some(move || started.elapsed() > limit)).map_err(wrong)?;
        let answer = self.rows(statement, names, row);
        self.db.progress_handler(0, None::<fn() -> bool>).map_err(wrong)?;
        self.db.authorizer(None::<fn(AuthContext<'_>) -> Authorization>).map_err(wrong)?;
        answer.map_err(wrong)
    }

    fn rows(
        &self,
        statement: &str,
        names: &mut dyn FnMut(&[&str]),
        take: &mut dyn FnMut(&[SqlValue<'_>]) -> ControlFlow<()>,
    ) -> rusqlite::Result<()> {
        let mut statement = self.db.prepare(statement)?;
        let columns = statement.column_count();
        names(&(0..columns).map(|index| statement.column_name(index)).collect::<rusqlite::Result<Vec<&str>>>()?);
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let mut values = Vec::with_capacity(columns);
            for index in 0..columns {
                values.push(match row.get_ref(index)? {
                    ValueRef::Null => SqlValue::Null,
                    ValueRef::Integer(value) => SqlValue::Integer(value),
                    ValueRef::Real(value) => SqlValue::Real(value),
                    ValueRef::Text(bytes) => SqlValue::Text(std::str::from_utf8(bytes).unwrap_or_default()),
                    ValueRef::Blob(bytes) => SqlValue::Blob(bytes),
                });
            }
            if take(&values).is_break() {
                break;
            }
        }
        Ok(())
    }
}
