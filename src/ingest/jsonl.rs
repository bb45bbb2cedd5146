//! JSON Lines: one record a line.

use super::{Reader, Record, Sink, failure};
use crate::error::{Error, ErrorKind};
use crate::model::Metadata;
use serde_json::{Map, Value};
use std::io::{BufRead, Read};
use std::ops::ControlFlow;

impl Reader {
    /// Reads records line by line; a broken line is a failure of its own, named by its number.
    pub(super) fn lines(
        &self,
        name: &str,
        found: bool,
        input: &mut dyn BufRead,
        sink: &mut Sink<'_>,
    ) -> ControlFlow<()> {
        let mut line = Vec::new();
        let mut number = 0_u64;
        let mut records = 0_u64;
        loop {
            line.clear();
            number += 1;
            // escapes make a line longer than its text
            let limit = self.max_bytes.saturating_mul(2).saturating_add(1 << 16);
            match input.take(limit).read_until(b'\n', &mut line) {
                Err(error) => return sink(Err(failure(&format!("{name}:{number}"), &error))),
                Ok(0) => break,
                Ok(_) if line.len() as u64 >= limit && line.last() != Some(&b'\n') => {
                    records += 1;
                    sink(Err(self.too_long(&format!("{name}:{number}"))))?;
                    if let Err(error) = skip_line(input) {
                        return sink(Err(failure(name, &error)));
                    }
                    continue;
                }
                Ok(_) => {}
            }
            let text = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line).trim_ascii_end();
            if text.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            records += 1;
            let record = self.record(&format!("{name}:{number}"), text);
            match record {
                // only what was found in a folder is passed over; a file that is named was meant
                Err(error) if error.kind() == ErrorKind::PassedOver => {
                    if found {
                        return sink(Err(Error::new(
                            ErrorKind::PassedOver,
                            format!("{name}: holds extractions, not texts"),
                        )));
                    }
                    sink(Err(Error::input(&format!("{name}:{number}"), "an extraction, not a text")))?;
                }
                record => sink(record)?,
            }
        }
        if records == 0 { sink(Err(Error::input(name, "empty"))) } else { ControlFlow::Continue(()) }
    }

    fn record(&self, place: &str, line: &[u8]) -> Result<Record, Error> {
        // checked once as a whole: the parser then takes the strings as they are
        let line = std::str::from_utf8(line)
            .map_err(|error| Error::input(place, format!("byte {}: not valid UTF-8", error.valid_up_to())))?;
        let mut fields: Map<String, Value> = serde_json::from_str(line).map_err(|error| broken(place, line, &error))?;
        let source = match fields.remove(&self.id_field) {
            Some(Value::String(id)) => id,
            Some(Value::Number(id)) => id.to_string(),
            _ => place.to_owned(),
        };
        let metadata = self.metadata(&fields);
        let text = match fields.remove(&self.text_field) {
            Some(Value::String(text)) => text,
            Some(_) => return Err(Error::input(place, format!("field `{}` is not a string", self.text_field))),
            None if fields
                .get("schema")
                .and_then(Value::as_str)
                .is_some_and(|schema| schema.starts_with("viendan/")) =>
            {
                return Err(Error::new(ErrorKind::PassedOver, format!("{place}: an extraction, not a text")));
            }
            None => return Err(Error::input(place, format!("no field `{}`", self.text_field))),
        };
        if text.len() as u64 > self.max_bytes {
            return Err(self.too_long(place));
        }
        Ok(Record { source, text, metadata })
    }

    fn metadata(&self, fields: &Map<String, Value>) -> Metadata {
        let mut metadata = Metadata::default();
        for ours in Metadata::FIELDS {
            let theirs = self.meta.iter().find(|(name, _)| name == ours).map_or(ours, |(_, theirs)| theirs);
            if let Some(value) = fields.get(theirs).and_then(plain) {
                metadata.set(ours, value);
            }
        }
        metadata
    }
}

/// The text of a plain value; of a list its first.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(list) => list.first().and_then(plain),
        _ => None,
    }
}

/// What is wrong with a line and in which column, counted in characters from 1.
fn broken(place: &str, line: &str, error: &serde_json::Error) -> Error {
    if error.is_data() {
        return Error::input(place, "not a JSON object");
    }
    // serde counts bytes; what it says ends in the line and column, of which it sees but one line
    let column = line.get(..error.column()).map_or(error.column(), |before| before.chars().count());
    let text = error.to_string();
    let reason = text.rsplit_once(" at line ").map_or(text.as_str(), |(reason, _)| reason);
    Error::input(place, format!("column {column}: not JSON: {reason}"))
}

fn skip_line(input: &mut dyn BufRead) -> std::io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        let (length, done) = match memchr::memchr(b'\n', buffer) {
            Some(end) => (end + 1, true),
            None => (buffer.len(), false),
        };
        input.consume(length);
        if done {
            return Ok(());
        }
    }
}
