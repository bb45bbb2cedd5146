//! JSON Lines: one record a line.

use super::session::{Input, Session};
use super::{Reader, Record, failure};
use crate::error::{Error, ErrorKind};
use crate::model::Metadata;
use serde::Deserializer;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;
use std::io::{BufRead, Read};
use std::ops::ControlFlow;

/// A buffer for lines that has become larger than this is given back.
const KEPT: usize = 4 << 20;

impl Session<'_, '_> {
    /// Reads records line by line; a broken line is a failure of its own, named by its number.
    pub(super) fn lines(&mut self, input: &Input<'_>, stream: &mut dyn BufRead) -> ControlFlow<()> {
        let name = input.name;
        // escapes make a line longer than its text
        let limit = self.reader.max_bytes.saturating_mul(2).saturating_add(1 << 16);
        let mut line = Vec::new();
        let mut number = 0_u64;
        let mut records = 0_u64;
        loop {
            line.clear();
            line.shrink_to(KEPT);
            number += 1;
            match (&mut *stream).take(limit).read_until(b'\n', &mut line) {
                Err(error) => return self.give(Err(failure(&format!("{name}:{number}"), &error))),
                Ok(0) => break,
                Ok(_) if line.len() as u64 >= limit && line.last() != Some(&b'\n') => {
                    records += 1;
                    line = Vec::new();
                    self.give(Err(self.reader.too_long(&format!("{name}:{number}"))))?;
                    if let Err(error) = skip_line(stream) {
                        return self.give(Err(failure(name, &error)));
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
            let record = self.reader.record(&format!("{name}:{number}"), text);
            match record {
                // only what was found in a folder is passed over; a file that is named was meant
                Err(error) if error.kind() == ErrorKind::PassedOver => {
                    if input.found {
                        return self.give(Err(Error::new(
                            ErrorKind::PassedOver,
                            format!("{name}: holds extractions, not texts"),
                        )));
                    }
                    self.give(Err(Error::input(&format!("{name}:{number}"), "an extraction, not a text")))?;
                }
                record => self.give(record)?,
            }
        }
        if records == 0 { self.give(Err(Error::input(name, "empty"))) } else { ControlFlow::Continue(()) }
    }
}

impl Reader {
    fn record(&self, place: &str, line: &[u8]) -> Result<Record, Error> {
        // checked once as a whole: the parser then takes the strings as they are
        let line = simdutf8::basic::from_utf8(line).or_else(|_| {
            std::str::from_utf8(line).map_err(|error| {
                Error::input(place, format!("byte {}: not valid UTF-8", error.valid_up_to())).of_sort("not valid UTF-8")
            })
        })?;
        let mut parser = serde_json::Deserializer::from_str(line);
        let fields = (&mut parser)
            .deserialize_map(Fields { reader: self })
            .and_then(|fields| parser.end().map(|()| fields))
            .map_err(|error| broken(place, line, &error))?;
        let text = match fields.text {
            Some(Plain::Text(text)) => text,
            Some(_) => {
                return Err(Error::input(place, format!("field `{}` is not a string", self.text_field)));
            }
            None if fields.extraction => {
                return Err(Error::new(ErrorKind::PassedOver, format!("{place}: an extraction, not a text")));
            }
            None => return Err(Error::input(place, format!("no field `{}`", self.text_field))),
        };
        if text.len() as u64 > self.max_bytes {
            return Err(self.too_long(place));
        }
        let source = match fields.id {
            Some(Plain::Text(id) | Plain::Number(id)) => id,
            _ => place.to_owned(),
        };
        Ok(Record { source, text, metadata: fields.metadata })
    }

    /// The field that a metadata field of ours has in records.
    pub(super) fn theirs<'n>(&'n self, ours: &'n str) -> &'n str {
        self.meta.iter().find(|(name, _)| name == ours).map_or(ours, |(_, theirs)| theirs)
    }
}

/// What is kept of a record; all else is read over and nowhere built.
#[derive(Default)]
struct Kept {
    text: Option<Plain>,
    id: Option<Plain>,
    metadata: Metadata,
    /// It says itself that it is one of our extractions.
    extraction: bool,
}

/// A plain value, or a list by its first.
#[derive(Clone)]
enum Plain {
    Text(String),
    Number(String),
    List(Option<Box<Plain>>),
    Other,
}

impl Plain {
    /// Its words, if it has any; those of a list are the words of its first.
    fn words(self) -> Option<String> {
        match self {
            Self::Text(text) if !text.trim().is_empty() => Some(text),
            Self::Number(number) => Some(number),
            Self::List(Some(first)) => first.words(),
            _ => None,
        }
    }
}

/// Reads an object.
struct Fields<'r> {
    reader: &'r Reader,
}

impl<'de> Visitor<'de> for Fields<'_> {
    type Value = Kept;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Kept, A::Error> {
        let mut kept = Kept::default();
        while let Some(name) = map.next_key_seed(Name)? {
            let name = &*name;
            // one field may serve as several
            let ours = || Metadata::FIELDS.into_iter().filter(|ours| self.reader.theirs(ours) == name);
            let (is_text, is_id) = (name == self.reader.text_field, name == self.reader.id_field);
            if !is_text && !is_id && name != "schema" && ours().next().is_none() {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            let value = map.next_value_seed(Anything)?;
            if name == "schema" {
                kept.extraction = matches!(&value, Plain::Text(schema) if schema.starts_with("viendan/"));
            }
            for ours in ours() {
                if let Some(words) = value.clone().words() {
                    kept.metadata.set(ours, words);
                }
            }
            if is_id {
                kept.id = Some(value.clone());
            }
            if is_text {
                kept.text = Some(value);
            }
        }
        Ok(kept)
    }
}

/// Reads the name of a field, in place where it has no escapes.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Cow<'de, str>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E>(self, name: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(name.to_owned()))
    }
}

/// Reads a value.
struct Anything;

impl<'de> DeserializeSeed<'de> for Anything {
    type Value = Plain;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Plain, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Anything {
    type Value = Plain;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Plain, E> {
        Ok(Plain::Text(text.to_owned()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Plain, E> {
        Ok(Plain::Number(number.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Plain, E> {
        Ok(Plain::Number(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Plain, E> {
        Ok(serde_json::Number::from_f64(number).map_or(Plain::Other, |number| Plain::Number(number.to_string())))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Plain, E> {
        Ok(Plain::Other)
    }

    fn visit_unit<E>(self) -> Result<Plain, E> {
        Ok(Plain::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Plain, A::Error> {
        let first = list.next_element_seed(Self)?;
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Plain::List(first.map(Box::new)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Plain, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Plain::Other)
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
    Error::input(place, format!("column {column}: not JSON: {reason}")).of_sort("not JSON")
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

#[cfg(test)]
mod tests {
    use super::{Error, Reader, Record};
    use crate::model::Metadata;

    fn read(reader: &Reader, line: &str) -> Result<Record, String> {
        reader.record("r:1", line.as_bytes()).map_err(|error: Error| error.to_string())
    }

    #[test]
    fn fields_are_found_wherever_they_stand() {
        let reader = Reader::new();
        let line = r#"{"relations": [{"text": "no", "id": [1, {"a": null}]}], "te\u0078t": "Lu\u1eadt\n\ud83d\ude00", "x": 1e999, "id": 12.50}"#;
        let record = read(&reader, line).unwrap();
        assert_eq!((record.source.as_str(), record.text.as_str()), ("12.5", "Luật\n😀"));
        assert!(record.metadata.is_empty());
        let record = read(&reader, r#"{"text": "a", "text": "b", "id": null}"#).unwrap();
        assert_eq!((record.source.as_str(), record.text.as_str()), ("r:1", "b"));
    }

    #[test]
    fn one_field_may_serve_as_several() {
        let reader = Reader::new().id_field("symbol").meta("title", "symbol").unwrap();
        let record = read(
            &reader,
            r#"{"symbol": "30/2020/NĐ-CP", "text": "a", "type": ["nghi-dinh", "x"], "issuer": [], "issued": 2020}"#,
        )
        .unwrap();
        assert_eq!(record.source, "30/2020/NĐ-CP");
        let expected =
            Metadata::default().symbol("30/2020/NĐ-CP").title("30/2020/NĐ-CP").doc_type("nghi-dinh").issued("2020");
        assert_eq!(record.metadata, expected);
    }

    #[test]
    fn what_is_no_record_is_refused() {
        let reader = Reader::new();
        for (line, error) in [
            ("[]", "r:1: not a JSON object"),
            ("\"text\"", "r:1: not a JSON object"),
            (r#"{"text": ["a"]}"#, "r:1: field `text` is not a string"),
            (r#"{"text": null}"#, "r:1: field `text` is not a string"),
            (r#"{"id": 1}"#, "r:1: no field `text`"),
            (r#"{"text": "a"} x"#, "r:1: column 15: not JSON: trailing characters"),
            (r#"{"schema": "viendan/1"}"#, "r:1: an extraction, not a text"),
        ] {
            assert_eq!(read(&reader, line).unwrap_err(), error);
        }
        let long = Reader::new().max_bytes(3);
        assert_eq!(read(&long, r#"{"text": "abcd"}"#).unwrap_err(), "r:1: longer than the limit of 3 bytes");
    }
}
