//! Bytes to text.

use super::kind::{Form, Packing};
use super::limits::{Counted, Expanding, Meter};
use super::session::{Input, Session};
use super::{Reader, Record, failure, html};
use crate::error::Error;
use encoding_rs::Encoding;
use std::io::{BufRead, BufReader, Read};
use std::ops::ControlFlow;

/// Bytes taken from a file or a decoder at once.
pub(super) const BUFFER: usize = 1 << 18;

/// A page names its encoding within so many bytes.
const HEAD: usize = 4096;

/// Takes an unpacked stream, and its meter when it comes out of a decoder.
type Then<'t> = dyn FnMut(&mut Session<'_, '_>, &mut dyn BufRead, Option<&Meter<'_>>) -> ControlFlow<()> + 't;

impl Session<'_, '_> {
    /// Reads one stream: unpacks it, then takes it as a text, a page, lines of records or an archive.
    pub(super) fn stream<R: BufRead>(&mut self, input: Input<'_>, raw: Counted<'_, R>) -> ControlFlow<()> {
        let mut input = Some(input);
        let (name, packing) = input.as_ref().map_or(("", Packing::None), |input| (input.name, input.kind.packing));
        self.unpack(name, packing, raw, &mut |session, stream, meter| match input.take() {
            Some(input) => session.unpacked(input, stream, meter),
            None => ControlFlow::Continue(()),
        })
    }

    pub(super) fn unpack<R: BufRead>(
        &mut self,
        name: &str,
        packing: Packing,
        mut raw: Counted<'_, R>,
        then: &mut Then<'_>,
    ) -> ControlFlow<()> {
        let meter = raw.meter;
        if packing != Packing::None {
            match raw.fill_buf() {
                Err(error) => return self.give(Err(failure(name, &error))),
                // a decoder would call it cut off
                Ok([]) => return self.give(Err(Error::input(name, "empty"))),
                Ok(_) => {}
            }
        }
        match packing {
            Packing::None => then(self, &mut raw, None),
            Packing::Gzip => {
                let inner = flate2::bufread::MultiGzDecoder::new(raw);
                then(self, &mut BufReader::with_capacity(BUFFER, Expanding { inner, meter }), Some(meter))
            }
            Packing::Zstd => match zstd::Decoder::with_buffer(raw) {
                Ok(inner) => then(self, &mut BufReader::with_capacity(BUFFER, Expanding { inner, meter }), Some(meter)),
                Err(error) => self.give(Err(failure(name, &error))),
            },
        }
    }

    /// `meter` is there when the stream comes from a decoder.
    pub(super) fn unpacked(
        &mut self,
        input: Input<'_>,
        stream: &mut dyn BufRead,
        meter: Option<&Meter<'_>>,
    ) -> ControlFlow<()> {
        let name = input.name;
        match input.kind.form {
            Form::Lines => {
                // read record by record: however long it becomes, nothing grows
                if let Some(meter) = meter {
                    meter.lift_ratio();
                }
                self.lines(&input, stream)
            }
            Form::Tar => self.tar(name, stream, meter),
            Form::Zip => {
                let why = if name == "-" {
                    "a zip archive cannot be read from the standard input"
                } else {
                    "a zip archive within a packed file is not read"
                };
                self.give(Err(Error::input(name, why)))
            }
            Form::Text | Form::Page => {
                let mut bytes = Vec::new();
                let read = stream.take(self.reader.max_bytes.saturating_add(1)).read_to_end(&mut bytes);
                let text = match read {
                    Err(error) => Err(failure(name, &error)),
                    Ok(_) if input.kind.form == Form::Page => self.reader.page(name, bytes),
                    Ok(_) => self.reader.text(name, bytes),
                };
                let metadata = input.metadata;
                self.give(text.map(|text| Record { source: name.to_owned(), text, metadata }))
            }
        }
    }
}

impl Reader {
    /// A text from its bytes: UTF-8, UTF-16 with a byte order mark, or the encoding that the caller named.
    pub(super) fn text(&self, name: &str, bytes: Vec<u8>) -> Result<String, Error> {
        if bytes.len() as u64 > self.max_bytes {
            return Err(self.too_long(name));
        }
        non_empty(name, self.decode(name, bytes, |_| None)?, "empty")
    }

    /// The text of a page, in the encoding that a byte order mark or the page itself names.
    fn page(&self, name: &str, bytes: Vec<u8>) -> Result<String, Error> {
        if bytes.len() as u64 > self.max_bytes {
            return Err(self.too_long(name));
        }
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(Error::input(name, "empty"));
        }
        let page = self.decode(name, bytes, declared)?;
        let text = html::text(page.trim_start_matches('\u{feff}')).map_err(|why| Error::input(name, why))?;
        non_empty(name, text, "no text in this page")
    }

    fn decode(
        &self,
        name: &str,
        bytes: Vec<u8>,
        declared: impl Fn(&[u8]) -> Option<&'static Encoding>,
    ) -> Result<String, Error> {
        if let Some((encoding, mark)) = Encoding::for_bom(&bytes)
            && encoding != encoding_rs::UTF_8
        {
            return decoded(name, bytes.get(mark..).unwrap_or_default(), encoding);
        }
        // what is valid UTF-8 is UTF-8: pages name what their makers' programs were set to
        match String::from_utf8(bytes) {
            Ok(text) => Ok(text),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let bytes = error.into_bytes();
                match declared(&bytes).filter(|encoding| *encoding != encoding_rs::UTF_8).or(self.encoding) {
                    Some(encoding) => decoded(name, &bytes, encoding),
                    None => Err(Error::input(name, format!("byte {at}: not valid UTF-8, and no other known encoding"))
                        .of_sort("not valid UTF-8, and no other known encoding")),
                }
            }
        }
    }

    pub(super) fn too_long(&self, name: &str) -> Error {
        Error::input(name, format!("longer than the limit of {} bytes", self.max_bytes))
    }
}

fn decoded(name: &str, bytes: &[u8], encoding: &'static Encoding) -> Result<String, Error> {
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .map(std::borrow::Cow::into_owned)
        .ok_or_else(|| Error::input(name, format!("not valid {}", encoding.name())))
}

fn non_empty(name: &str, text: String, why: &str) -> Result<String, Error> {
    if text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}').is_empty() {
        Err(Error::input(name, why))
    } else {
        Ok(text)
    }
}

/// The encoding that a page names: `<meta charset=…>`, `<meta … content="text/html; charset=…">` or that of an XML
/// declaration.
fn declared(page: &[u8]) -> Option<&'static Encoding> {
    let head = page.get(..HEAD).unwrap_or(page).to_ascii_lowercase();
    let after = |word: &[u8], rest: &[u8]| memchr::memmem::find(rest, word).map(|at| at + word.len());
    let mut rest = head.as_slice();
    while let Some(open) = memchr::memchr(b'<', rest) {
        rest = rest.get(open + 1..).unwrap_or_default();
        let word: &[u8] = if rest.starts_with(b"meta") {
            b"charset"
        } else if rest.starts_with(b"?xml") {
            b"encoding"
        } else {
            continue;
        };
        let tag = rest.get(..memchr::memchr(b'>', rest).unwrap_or(rest.len())).unwrap_or_default();
        let Some(value) = after(word, tag).and_then(|at| tag.get(at..)) else { continue };
        let Some(value) = value.trim_ascii_start().strip_prefix(b"=") else { continue };
        let value = value.trim_ascii_start();
        let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
        let end = value.iter().position(|b| b"\"'; \t\r\n/?".contains(b)).unwrap_or(value.len());
        if let Some(encoding) = value.get(..end).and_then(Encoding::for_label_no_replacement) {
            // a page whose letters of its own tags were readable is no UTF-16
            let wide = encoding == encoding_rs::UTF_16LE || encoding == encoding_rs::UTF_16BE;
            return Some(if wide { encoding_rs::UTF_8 } else { encoding });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Reader, declared};

    #[test]
    fn pages_name_their_encoding() {
        let of = |page: &str| declared(page.as_bytes()).map(encoding_rs::Encoding::name);
        assert_eq!(of("<html><META charset=\"Windows-1258\">"), Some("windows-1258"));
        assert_eq!(
            of("<meta http-equiv=Content-Type content='text/html; charset=windows-1252'>"),
            Some("windows-1252")
        );
        assert_eq!(of("<?xml version=\"1.0\" encoding='utf-8'?>"), Some("UTF-8"));
        assert_eq!(of("<meta charset=utf-16>"), Some("UTF-8"));
        assert_eq!(of("<meta name=author><meta charset = latin1 />"), Some("windows-1252"));
        assert_eq!(of("<meta charset=unheard-of><p>charset=windows-1258"), None);
        assert_eq!(of("<meta charset"), None);
    }

    #[test]
    fn pages_are_decoded() {
        let page = |bytes: &[u8]| Reader::new().page("p", bytes.to_vec()).map_err(|error| error.to_string());
        let body = "<p>Ngh\u{ea}\u{323} \u{111}i\u{323}nh</p>";
        let old = encoding_rs::WINDOWS_1258.encode(body).0.into_owned();
        let named = [b"<meta charset=windows-1258>".as_slice(), &old].concat();
        assert_eq!(page(&named).unwrap(), "Ngh\u{ea}\u{323} \u{111}i\u{323}nh");
        assert_eq!(page(&old).unwrap_err(), "p: byte 6: not valid UTF-8, and no other known encoding");
        // valid UTF-8 is believed more than a wrong name
        assert_eq!(page("<meta charset=windows-1252><p>Nghị".as_bytes()).unwrap(), "Nghị");
        let wide: Vec<u8> = "\u{feff}<p>Nghị".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(page(&wide).unwrap(), "Nghị");
        assert_eq!(page(b"<p> </p>").unwrap_err(), "p: no text in this page");
        assert_eq!(page(b"\n").unwrap_err(), "p: empty");
        assert_eq!(page(b"<meta charset=shift_jis>\x80\xff\xa0").unwrap_err(), "p: not valid Shift_JIS");
    }

    #[test]
    fn texts_may_have_a_named_encoding() {
        let (bytes, _, _) = encoding_rs::WINDOWS_1258.encode("\u{111}i\u{ea}\u{300}u");
        let reader = Reader::new();
        assert!(reader.text("t", bytes.to_vec()).is_err());
        let reader = reader.encoding("Windows-1258").unwrap();
        assert_eq!(reader.text("t", bytes.to_vec()).unwrap(), "\u{111}i\u{ea}\u{300}u");
        assert_eq!(reader.text("t", "điều".into()).unwrap(), "điều");
        let wrong = Reader::new().encoding("tcvn3").unwrap_err();
        assert_eq!(wrong.to_string(), "`tcvn3`: no known encoding (write windows-1258, utf-16le …)");
    }
}
