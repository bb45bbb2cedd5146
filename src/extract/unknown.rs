//! What a text has and no table knows: codes, type words, bodies. For whoever adds rows, not for reading citations.

use super::Extraction;
use crate::lexicon::{Anchor, Role, TypeClass};
use crate::model::{Unit, Unknown, UnknownKind};
use crate::parse::{Grammar, symbol_here};
use crate::resolve::fold_spaces;
use crate::span::Span;
use crate::text::fold::{before, decode, letter};
use crate::text::word::{skip_space, skip_space_back, word_at, word_start};

/// Bytes of a string that may be a symbol.
const LONGEST: usize = 64;

/// Bytes between the members of a list of forms.
const BETWEEN: usize = 8;

/// Bytes of the text before a symbol that are looked at.
const WINDOW: usize = 160;

/// Words that are looked at before a symbol.
const WORDS: usize = 6;

impl Extraction<'_> {
    /// The codes, type words and bodies that no row of the tables knows, in text order.
    ///
    /// What is plainly no document of a public system – a contract, a licence, a form – is left out.
    ///
    /// ```
    /// let found = viendan::extract("Quyết định số 12/2013/QĐ-XYZ ngày 05/3/2013")?;
    /// let unknown = found.unknown();
    /// assert_eq!((unknown[0].kind, unknown[0].name.as_str()), (viendan::UnknownKind::Code, "XYZ"));
    /// # Ok::<(), viendan::Error>(())
    /// ```
    #[must_use]
    pub fn unknown(&self) -> Vec<Unknown> {
        let mut out = Vec::new();
        self.mentioned(&mut out);
        self.unread(&mut out);
        out.sort_by_key(|unknown| (unknown.span, unknown.kind));
        out
    }

    /// Of the mentions and of the own header.
    fn mentioned(&self, out: &mut Vec<Unknown>) {
        let own = self.document.symbol.as_deref().map(|symbol| (symbol, self.document.header.unwrap_or_default()));
        let cited = self.citations.iter().filter_map(|c| c.symbol.as_deref().map(|symbol| (symbol, c.core)));
        for (symbol, span) in own.into_iter().chain(cited) {
            if let Some(code) = self.unknown_code(symbol) {
                out.push(Unknown::new(UnknownKind::Code, code, span));
            }
        }
        for citation in &self.citations {
            if citation.parts.doc_type.is_none() && citation.symbol.is_some() {
                out.extend(self.unknown_type(citation.core));
            }
            for issuer in citation.issuers.iter().filter(|issuer| issuer.id.is_none()) {
                // a congress or plenum is a session of a body, not one
                let bytes = self.text.as_bytes();
                let session = |at: usize| self.lexicon().word(bytes, at, &[Role::Congress, Role::Plenum]).is_some();
                if let Some(text) = issuer.text.filter(|text| !session(text.start as usize)) {
                    out.push(Unknown::new(UnknownKind::Issuer, self.folded(text), text));
                }
            }
        }
    }

    /// The code of the issuer of a symbol that no row has.
    fn unknown_code(&self, symbol: &str) -> Option<String> {
        let g = Grammar { lexicon: self.lexicon() };
        let (symbol, _) = symbol_here(&g, symbol.as_bytes())?;
        let issuer = symbol.issuers.first().filter(|issuer| issuer.id.is_none())?;
        Some(issuer.code.to_string())
    }

    /// Strings that look like symbols and that no mention covers.
    fn unread(&self, out: &mut Vec<Unknown>) {
        let bytes = self.text.as_bytes();
        let mut covered: Vec<Span> = self.citations.iter().map(|citation| citation.core).collect();
        covered.extend(self.citations.iter().filter_map(|citation| citation.parts.symbol));
        covered.extend(self.provisions.iter().map(|provision| provision.span));
        covered.extend(self.document.header);
        let mut found: Vec<(Span, String)> = Vec::new();
        let mut forms: Vec<String> = Vec::new();
        let mut form_end = None;
        let mut done = 0;
        for slash in memchr::memchr_iter(b'/', bytes) {
            if slash < done {
                continue;
            }
            let span = token(bytes, slash, done);
            done = span.end as usize;
            let text = self.normalized(span.of(self.text));
            let Some(codes) = codes(&text).map(str::to_owned) else { continue };
            // `các Mẫu số: 01-KK/TSXL, 02-PAXL/TSXL`
            let follows = form_end.and_then(|end| self.text.get(end..span.start as usize)).is_some_and(|between| {
                between.len() <= BETWEEN
                    && !between.contains(['.', ':', '\n'])
                    && between.split([',', ' ']).count() <= 4
            });
            if follows || self.no_document(span, &codes) {
                form_end = Some(done);
                forms.push(codes);
            } else if !self.own(span) && !covered.iter().any(|other| other.overlaps(span)) {
                found.push((span, codes));
            }
        }
        // forms named again
        for (span, codes) in found.into_iter().filter(|(_, codes)| !forms.contains(codes)) {
            out.push(Unknown::new(UnknownKind::Code, codes, span));
            out.extend(self.unknown_type(span));
        }
    }

    /// The normalised text before a position of the source, as far as it matters.
    fn left(&self, at: usize) -> String {
        let floor = (at.saturating_sub(WINDOW)..=at).find(|floor| self.text.is_char_boundary(*floor)).unwrap_or(at);
        self.normalized(self.text.get(floor..at).unwrap_or_default())
    }

    fn normalized(&self, text: &str) -> String {
        self.lexicon().confusables().normalize(text).text().to_owned()
    }

    /// The own symbol stands again in the text.
    fn own(&self, span: Span) -> bool {
        self.document.symbol.as_deref() == Some(span.of(self.text))
    }

    /// A contract, a licence, a standard, a form: by its code or by the words before it.
    fn no_document(&self, span: Span, codes: &str) -> bool {
        let lexicon = self.lexicon();
        let private = |class| matches!(class, TypeClass::Private | TypeClass::Standard | TypeClass::Judgment);
        let by_code = codes.split(['/', '-']).next().and_then(|code| lexicon.type_code(code));
        if by_code.is_some_and(|found| found.types.iter().all(|kind| private(lexicon.type_class(*kind)))) {
            return true;
        }
        let before = self.left(span.start as usize);
        let bytes = before.as_bytes();
        let form = |at: usize| {
            matches!(lexicon.anchor(bytes, at), Some((Anchor::Unit(Unit::Template | Unit::Chart | Unit::Appendix), _)))
                || lexicon.word(bytes, at, &[Role::FormCode]).is_some()
        };
        let mut end = bytes.len();
        for at in words_before(bytes, end).take(WORDS) {
            if let Some((Anchor::Type { doc_type, .. }, _)) = lexicon.anchor(bytes, at) {
                return private(lexicon.type_class(doc_type));
            }
            // a lost space glues the word to the one before it: `theomẫu số 01/GTGT`
            if (at..end).any(|at| before.is_char_boundary(at) && form(at)) {
                return true;
            }
            end = at;
        }
        // without a type word, what is annexed to a document is a form: `(Ký hiệu 01/MTK ban hành kèm theo Nghị định …)`
        let bytes = self.text.as_bytes();
        lexicon.word(bytes, skip_space(bytes, span.end as usize), &[Role::Annexed]).is_some()
    }

    /// The capitalised words right before a symbol, where they are neither type nor body nor place.
    fn unknown_type(&self, symbol: Span) -> Option<Unknown> {
        let lexicon = self.lexicon();
        let before = self.left(symbol.start as usize);
        let bytes = before.as_bytes();
        let start = bytes.len();
        let mut end = skip_space_back(bytes, start);
        let mut first = None;
        let mut stopped = false;
        for (index, at) in words_before(bytes, start).enumerate() {
            if index == 0 && lexicon.word(bytes, at, &[Role::Number]).is_some() {
                end = skip_space_back(bytes, at);
                continue;
            }
            let kind = lexicon.type_at(bytes, at).map(|(kind, _)| lexicon.type_class(kind));
            // an act by its name, however long: `Luật Ngân hàng Nhà nước Việt Nam số 10/2003/QH11`
            if kind == Some(TypeClass::Law) {
                return None;
            }
            if stopped || index >= WORDS {
                stopped = true;
                continue;
            }
            let known = kind.is_some()
                || lexicon.issuer_at(bytes, at).is_some()
                || lexicon.place_at(bytes, at).is_some()
                || lexicon.word(bytes, at, &[Role::Body, Role::Officer, Role::FormCode]).is_some();
            let word = word_at(bytes, at)?;
            // the end of another symbol: `53/2010/QĐ-TTg và số 57/2013/QĐ-TTg`
            let joined = matches!(at.checked_sub(1).and_then(|left| bytes.get(left)), Some(b'-' | b'/' | b'.'));
            if known || joined || word.digits {
                return None;
            }
            if word.upper_first {
                first = Some(at);
            } else {
                stopped = first.is_some();
            }
        }
        let name = fold_spaces(before.get(first?..end)?.trim_end_matches([':', ' ']));
        (name.chars().count() > 1).then(|| Unknown::new(UnknownKind::Type, name, symbol))
    }
}

/// The starts of the words before `at`, the nearest first; a mark other than a colon right before `at` ends them.
fn words_before(bytes: &[u8], at: usize) -> impl Iterator<Item = usize> {
    let mut end = skip_space_back(bytes, at);
    if end.checked_sub(1).and_then(|last| bytes.get(last)) == Some(&b':') {
        end = skip_space_back(bytes, end - 1);
    }
    std::iter::from_fn(move || {
        let start = word_start(bytes, end);
        let found = (start < end).then_some(start)?;
        end = skip_space_back(bytes, start);
        Some(found)
    })
    .take(2 * WORDS)
}

/// The run of letters, figures and the marks of symbols around a slash, not before `floor`.
fn token(bytes: &[u8], slash: usize, floor: usize) -> Span {
    let holds = |at: usize| {
        bytes.get(at).is_some_and(|b| matches!(b, b'/' | b'-' | b'.' | b'&'))
            || decode(bytes, at).is_some_and(|(point, _)| letter(point).shape != 0)
    };
    let mut start = slash;
    while let Some(left) = before(bytes, start)
        && left >= floor
        && slash - left <= LONGEST
        && holds(left)
    {
        start = left;
    }
    let mut end = slash;
    while end - slash <= LONGEST
        && holds(end)
        && let Some((_, length)) = decode(bytes, end)
    {
        end += length;
    }
    while end > slash + 1 && bytes.get(end - 1).is_some_and(|b| matches!(b, b'/' | b'-' | b'.' | b'&')) {
        end -= 1;
    }
    Span::at(start, end)
}

/// What follows number and year in a string that looks like a symbol: `12/2013/QĐ-XYZ`, `34a/XYZ`, `16-KL/XYZ`.
fn codes(text: &str) -> Option<&str> {
    let figures = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let count = Some(figures(text)).filter(|count| (1..=6).contains(count))?;
    let rest = text.get(count..)?;
    let rest = rest.strip_prefix(|c: char| c.is_ascii_lowercase()).unwrap_or(rest);
    let hyphen = rest.starts_with('-');
    let mut rest = rest.strip_prefix(['/', '-'])?;
    if figures(rest) == 4
        && let Some(after) = rest.get(4..).and_then(|after| after.strip_prefix('/'))
    {
        rest = after;
    }
    let capitals = |part: &str| part.chars().filter(|c| c.is_uppercase()).count();
    let is_code = |part: &str| {
        let small = part.chars().filter(|c| c.is_lowercase()).count();
        part.starts_with(char::is_uppercase) && capitals(part) >= small
            || !part.is_empty() && part.len() <= 3 && figures(part) == part.len()
    };
    let mut parts = rest.split(['/', '-']);
    let shaped = parts.clone().all(is_code) && parts.next().is_some_and(|head| head.starts_with(char::is_uppercase));
    // `12-QĐ/XYZ`: a hyphen alone joins figures to any capitals
    let joined = !hyphen || rest.contains('/');
    (shaped && joined && rest.split(['/', '-']).any(|part| capitals(part) >= 2)).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::codes;

    #[test]
    fn strings_that_look_like_symbols() {
        for (text, rest) in [
            ("12/2013/QD-XYZ", Some("QD-XYZ")),
            ("34a/XYZ-ABC", Some("XYZ-ABC")),
            ("16-KL/XYZ", Some("KL/XYZ")),
            ("16/CV-AC/01", Some("CV-AC/01")),
            ("05/3/2020", None),
            ("220/110KV", None),
            ("12/Kg", None),
            ("12-XYZ", None),
            ("km/h", None),
            ("1234567/XYZ", None),
        ] {
            assert_eq!(codes(text), rest, "{text}");
        }
    }
}
