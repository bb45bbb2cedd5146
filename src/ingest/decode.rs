//! Bytes to text.

use super::{Kind, Packing, Reader, Record, Sink, failure};
use crate::error::Error;
use crate::model::Metadata;
use std::io::{BufRead, BufReader, Read};
use std::ops::ControlFlow;

impl Reader {
    /// Reads one stream: unpacks it, then takes it as a text or as lines of records.
    pub(super) fn stream(
        &self,
        name: &str,
        kind: Kind,
        input: &mut dyn BufRead,
        sink: &mut Sink<'_>,
    ) -> ControlFlow<()> {
        match kind.packing {
            Packing::None => self.unpacked(name, kind, input, sink),
            Packing::Gzip => self.unpacked(
                name,
                kind,
                &mut BufReader::with_capacity(1 << 18, flate2::bufread::MultiGzDecoder::new(input)),
                sink,
            ),
            Packing::Zstd => match zstd::Decoder::with_buffer(input) {
                Ok(decoder) => self.unpacked(name, kind, &mut BufReader::with_capacity(1 << 18, decoder), sink),
                Err(error) => sink(Err(failure(name, &error))),
            },
        }
    }

    fn unpacked(&self, name: &str, kind: Kind, input: &mut dyn BufRead, sink: &mut Sink<'_>) -> ControlFlow<()> {
        if kind.lines {
            return self.lines(name, kind.found, input, sink);
        }
        let mut bytes = Vec::new();
        let read = input.take(self.max_bytes + 1).read_to_end(&mut bytes);
        sink(match read {
            Err(error) => Err(failure(name, &error)),
            Ok(_) => self.text(name, bytes).map(|text| Record {
                source: name.to_owned(),
                text,
                metadata: Metadata::default(),
            }),
        })
    }

    /// A text from its bytes: UTF-8, or UTF-16 with a byte order mark.
    fn text(&self, name: &str, bytes: Vec<u8>) -> Result<String, Error> {
        if bytes.len() as u64 > self.max_bytes {
            return Err(self.too_long(name));
        }
        if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(&bytes)
            && encoding != encoding_rs::UTF_8
        {
            let body = bytes.get(mark..).unwrap_or_default();
            return match encoding.decode_without_bom_handling_and_without_replacement(body) {
                Some(text) => non_empty(name, text.into_owned()),
                None => Err(Error::input(name, format!("not valid {}", encoding.name()))),
            };
        }
        match String::from_utf8(bytes) {
            Ok(text) => non_empty(name, text),
            Err(error) => Err(Error::input(
                name,
                format!("byte {}: not valid UTF-8, and no other known encoding", error.utf8_error().valid_up_to()),
            )),
        }
    }

    pub(super) fn too_long(&self, name: &str) -> Error {
        Error::input(name, format!("longer than the limit of {} bytes", self.max_bytes))
    }
}

fn non_empty(name: &str, text: String) -> Result<String, Error> {
    if text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}').is_empty() {
        Err(Error::input(name, "empty"))
    } else {
        Ok(text)
    }
}
