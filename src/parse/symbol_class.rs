//! What the parts of a symbol are.

use super::input::{Grammar, as_str};
use super::symbol::{Family, IssuerCode, PARTS, Part, Symbol};
use crate::lexicon::{BodyFamily, CodeIs, Role, TypeClass};
use crate::model::DocType;
use crate::text::fold::{decode, letter};
use compact_str::CompactString;
use smallvec::SmallVec;
use std::borrow::Cow;

/// A code and what the tables know of it: each is looked up once.
#[derive(Clone, Copy)]
struct Code<'a> {
    separator: u8,
    text: &'a str,
    is: CodeIs<'a>,
}

type Codes<'a> = SmallVec<[Code<'a>; 4]>;

/// A part with its meaning.
#[derive(Clone, Copy)]
enum Meaning {
    Type(DocType),
    Issuer(crate::model::IssuerId),
    Other,
}

/// Classifies; none where the parts make no symbol. `source` is what they were read from, as far as that is known.
pub(super) fn classify<'a>(g: &Grammar<'a>, number: &'a [u8], parts: &[Part<'a>], source: &'a [u8]) -> Option<Symbol> {
    let first = parts.first()?;
    // what stands there as it is need not be turned into text piece by piece
    let source = as_str(source);
    let piece = |at: usize, text: &'a [u8]| {
        source.get(at..at + text.len()).filter(|piece| piece.as_bytes() == text).unwrap_or_else(|| as_str(text))
    };
    let year = super::symbol::year(first.text)
        .ok()
        .filter(|(rest, _)| rest.is_empty())
        .map(|(_, y)| y.iter().fold(0, |year, figure| year * 10 + i16::from(figure - b'0')));
    let codes = parts.get(usize::from(year.is_some() || first.text.iter().all(u8::is_ascii_digit))..)?;
    let mut symbol = Symbol {
        text: CompactString::default(),
        number: piece(0, number).into(),
        year,
        doc_type: None,
        issuers: SmallVec::new(),
        session: None,
        family: Family::NumberYear,
        repaired: false,
        range: false,
        known: false,
    };
    if codes.is_empty() {
        year?;
        symbol.text = written(number, parts, |index| {
            parts.get(index).map_or(Cow::Borrowed(""), |part| Cow::Borrowed(as_str(part.text)))
        });
        return Some(symbol);
    }
    let mut looked: Codes<'_> = SmallVec::new();
    let before = parts.get(..parts.len() - codes.len()).unwrap_or_default();
    let mut at = before.iter().fold(number.len(), |at, part| at + 1 + part.text.len());
    for part in codes {
        let text = piece(at + 1, part.text);
        looked.push(Code { separator: part.separator, text, is: g.lexicon.code(text) });
        at += 1 + part.text.len();
    }
    read_codes(g, &looked, &mut symbol)?;
    finish(g, number, parts, &looked, source, &mut symbol);
    Some(symbol)
}

/// Reads the codes from left to right: session organ, type, issuers.
fn read_codes(g: &Grammar<'_>, codes: &[Code<'_>], symbol: &mut Symbol) -> Option<()> {
    let mut at = 0;
    let mut kind: Option<DocType> = None;
    let mut joint = false;
    while let Some(part) = codes.get(at) {
        let code = part.text;
        let next = codes.get(at + 1);
        // `BNN-PTNT` is one body, and so is `BTC/TU`
        let pair = next.filter(|_| (kind.is_some() || at == 0) && part.is.begins).and_then(|next| {
            let joined = |mark: char| {
                let mut both = CompactString::from(code);
                both.push(mark);
                both.push_str(next.text);
                g.lexicon.issuer_code(&both).map(|found| (found, both))
            };
            joined('-').or_else(|| (next.separator == b'/').then(|| joined('/')).flatten())
        });
        if let Some((found, both)) = pair {
            symbol.issuers.push(IssuerCode { code: both, id: Some(found.id) });
            at += 2;
            continue;
        }
        if kind.is_none() && at == 0 && next.is_some_and(|next| department(g, part, next)) {
            let id = part.is.body.map(|found| found.id);
            symbol.issuers.push(IssuerCode { code: code.into(), id });
            at += 1;
            continue;
        }
        match meaning(g, part, kind, at, symbol.year, symbol) {
            Meaning::Type(doc_type) => {
                joint |= part.is.kind.is_some_and(|found| found.joint);
                kind = Some(doc_type);
            }
            Meaning::Issuer(id) if symbol.issuers.is_empty() || joint => {
                symbol.issuers.push(IssuerCode { code: code.into(), id: Some(id) });
            }
            Meaning::Other if symbol.issuers.is_empty() || joint && part.separator == b'-' => {
                symbol.issuers.push(IssuerCode { code: code.into(), id: None });
            }
            _ => {}
        }
        at += 1;
    }
    symbol.doc_type = kind;
    symbol.known = symbol.issuers.first().is_some_and(|issuer| issuer.id.is_some())
        || kind.is_some_and(|kind| g.lexicon.type_class(kind) != TypeClass::Private) && symbol.year.is_some();
    symbol.family = family(g, codes, symbol, joint);
    // a private code makes no document of a public system
    (symbol.doc_type.is_none_or(|kind| g.lexicon.type_class(kind) != TypeClass::Private)).then_some(())
}

/// `163/1999/NĐ.CP`: a dot joins type and issuer like a hyphen, unless the two are one code: `TT.HĐND`.
pub(super) fn dot_joins(g: &Grammar<'_>, code: &[u8], after: &[u8]) -> bool {
    let mut end = 0;
    while let Some((_, length)) = decode(after, end).filter(|(point, _)| letter(*point).shape != 0) {
        end += length;
    }
    let (code, issuer) = (as_str(code), as_str(after.get(..end).unwrap_or_default()));
    g.lexicon.type_code(code).is_some()
        && g.lexicon.issuer_code(issuer).is_some()
        && g.lexicon.issuer_code(&format!("{code}.{issuer}")).is_none()
}

/// `43/TC-QLCS`, `27/1997/TC-VT`: a central body whose code is also that of a type, before one of its departments.
fn department(g: &Grammar<'_>, code: &Code<'_>, next: &Code<'_>) -> bool {
    let central = |id| g.lexicon.issuer(id).is_some_and(|row| !row.local && row.family.is_none());
    code.is.kind.is_some_and(|found| !found.joint)
        && code.is.body.is_some_and(|found| central(found.id))
        && next.is.body.is_none()
        && next.is.kind.is_none()
        && next.text.starts_with(|c: char| !c.is_ascii_digit())
}

fn meaning(
    g: &Grammar<'_>,
    code: &Code<'_>,
    kind: Option<DocType>,
    at: usize,
    year: Option<i16>,
    symbol: &mut Symbol,
) -> Meaning {
    if let Some(found) = code.is.kind.filter(|_| kind.is_none()) {
        // the same letters can be an organ: `QH13`, `TC/TCT`, `CP`; a type comes first
        if let Some(doc_type) = found.types.first().filter(|_| at == 0) {
            return Meaning::Type(*doc_type);
        }
    }
    if let Some(found) = code.is.body {
        if symbol.session.is_none() {
            symbol.session = found.session;
        }
        return Meaning::Issuer(found.id);
    }
    if let Some((found, session)) = repaired(g, code.text, year) {
        symbol.session = Some(session);
        symbol.repaired = true;
        return Meaning::Issuer(found);
    }
    Meaning::Other
}

/// `QHI5`, `QHl5`, `QHI15`, `UBNVQH14`: figures mistaken for letters after the National Assembly's code, where
/// the term agrees with the year. None otherwise: nothing is guessed.
fn repaired(g: &Grammar<'_>, code: &str, year: Option<i16>) -> Option<(crate::model::IssuerId, u16)> {
    let year = year?;
    let (id, tail) = g.lexicon.bodies(BodyFamily::Assembly).find_map(|(id, row)| {
        let (organ, tail) = code.split_at_checked(row.code.len())?;
        // one letter of a longer code may be damaged too
        let wrong = organ.chars().zip(row.code.chars()).filter(|(read, right)| read != right).count();
        (wrong == 0 || wrong == 1 && row.code.len() > 4).then_some((id, tail))
    })?;
    let figures: String = tail
        .chars()
        .map(|c| match c {
            'I' | 'l' | 'i' | '|' => '1',
            'O' | 'o' => '0',
            'S' | 's' => '5',
            'B' => '8',
            other => other,
        })
        .collect();
    let shorter = figures.strip_prefix('1').unwrap_or_default();
    [figures.as_str(), shorter]
        .into_iter()
        .filter_map(|figures| figures.parse::<u16>().ok())
        .find(|term| g.lexicon.is_session(*term, year))
        .map(|term| (id, term))
}

fn family(g: &Grammar<'_>, codes: &[Code<'_>], symbol: &Symbol, joint: bool) -> Family {
    let lead = symbol.issuers.first().and_then(|issuer| issuer.id).and_then(|id| g.lexicon.issuer(id));
    let body = lead.and_then(|row| row.family);
    let head = codes.first().map_or("", |code| code.text);
    match symbol.doc_type {
        Some(DocType::VanBanHopNhat) => return Family::Consolidated,
        Some(DocType::AnLe) => return Family::Precedent,
        Some(DocType::SacLenh | DocType::SacLuat) => return Family::Old,
        _ => {}
    }
    if joint {
        return Family::Joint;
    }
    match body {
        Some(BodyFamily::Assembly) => return Family::Congress,
        Some(BodyFamily::President) => return Family::President,
        _ => {}
    }
    // the code of the procedure comes before that of the instance, unless it names both: `HSST`
    let case = g.lexicon.word(head.as_bytes(), 0, &[Role::Case]).filter(|found| found.end == head.len());
    if case.is_some_and(|found| codes.len() >= 2 || !found.value.is_empty()) {
        return Family::Case;
    }
    if lead.is_some_and(|row| row.party)
        || lead.is_none()
            && symbol.doc_type.is_some()
            && symbol.year.is_none()
            && codes.first().is_some_and(|part| part.separator == b'-')
            && codes.get(1).is_some_and(|part| part.separator == b'/')
    {
        return Family::Party;
    }
    if lead.is_some_and(|row| row.mass) {
        return Family::Mass;
    }
    let old = body == Some(BodyFamily::Council);
    match (symbol.doc_type, symbol.year) {
        (Some(_), _) if old => Family::Old,
        (Some(_), Some(_)) => Family::Normative,
        (Some(_), None) => Family::Administrative,
        (None, None) if codes.len() == 1 && (old || body == Some(BodyFamily::Government)) => Family::Old,
        (None, _) => Family::Letter,
    }
}

/// Writes the symbol in its official form.
fn finish<'a>(
    g: &Grammar<'a>,
    number: &[u8],
    parts: &[Part<'a>],
    codes: &[Code<'a>],
    source: &str,
    symbol: &mut Symbol,
) {
    let first_code = parts.len() - codes.len();
    let official = |index: usize| -> Cow<'a, str> {
        let Some(code) = index.checked_sub(first_code).and_then(|index| codes.get(index)) else {
            return parts.get(index).map_or(Cow::Borrowed(""), |part| Cow::Borrowed(as_str(part.text)));
        };
        if let Some(found) = code.is.kind {
            return Cow::Borrowed(&found.canonical);
        }
        match code.is.body.and_then(|found| g.lexicon.issuer(found.id)) {
            Some(row) if code.text == row.code || crate_upper(code.text) == crate_upper(&row.code) => {
                Cow::Borrowed(&row.code)
            }
            Some(row) if code.is.body.is_some_and(|found| found.respelled) => Cow::Borrowed(&row.code),
            _ => crate_upper_if_lower(code.text),
        }
    };
    let inverted = symbol.family == Family::Party
        && codes.len() >= 2
        && codes.first().is_some_and(|part| part.separator == b'/')
        && codes.get(1).is_some_and(|part| part.separator == b'-');
    let slashed = matches!(symbol.family, Family::Normative) && codes.get(1).is_some_and(|part| part.separator == b'/');
    let session = symbol.session;
    let repaired = symbol.repaired;
    if !(inverted || slashed || repaired) && stands(number, parts, source.as_bytes(), official) {
        symbol.text = source.into();
        return;
    }
    let organ = symbol.issuers.first().and_then(|issuer| issuer.id).and_then(|id| g.lexicon.issuer(id));
    symbol.text = written(number, parts, |index| {
        let mut code = official(index);
        if repaired
            && index == first_code
            && let Some((term, organ)) = session.zip(organ)
        {
            code = Cow::Owned(format!("{}{term}", organ.code));
        }
        code
    });
    if inverted || slashed {
        // official punctuation: `1030/QĐ-TU` → `1030-QĐ/TU`; `137/1999/QĐ/BTC` → `137/1999/QĐ-BTC`
        let mut text = CompactString::from(as_str(number));
        for (index, part) in parts.iter().enumerate() {
            let separator = match (index.checked_sub(first_code), inverted) {
                (Some(0), true) => '-',
                (Some(1), true) => '/',
                (Some(1), false) => '-',
                _ => char::from(part.separator),
            };
            text.push(separator);
            text.push_str(&official(index));
        }
        symbol.text = text;
    }
}

/// The source is the symbol in its official form: nothing stands between the parts, and each code has the letters of
/// the table. So most symbols are written.
fn stands<'a>(number: &[u8], parts: &[Part<'_>], source: &[u8], official: impl Fn(usize) -> Cow<'a, str>) -> bool {
    let mut at = number.len();
    for (index, part) in parts.iter().enumerate() {
        let end = at + 1 + part.text.len();
        let figures = || part.text.iter().all(u8::is_ascii_digit);
        if part.separator == b'('
            || source.get(at) != Some(&part.separator)
            || source.get(at + 1..end) != Some(part.text)
            || !figures() && official(index).as_bytes() != part.text
        {
            return false;
        }
        at = end;
    }
    at == source.len()
}

fn written<'a>(number: &[u8], parts: &[Part<'_>], code: impl Fn(usize) -> Cow<'a, str>) -> CompactString {
    let mut text = CompactString::from(as_str(number));
    for (index, part) in parts.iter().enumerate().take(PARTS) {
        text.push(char::from(part.separator));
        if part.text.iter().all(u8::is_ascii_digit) {
            text.push_str(as_str(part.text));
        } else {
            text.push_str(&code(index));
        }
        if part.separator == b'(' {
            text.push(')');
        }
    }
    text
}

fn crate_upper(code: &str) -> CompactString {
    code.chars().flat_map(char::to_uppercase).collect()
}

/// A code typed in small letters is meant in capitals.
fn crate_upper_if_lower(code: &str) -> Cow<'_, str> {
    if code.chars().any(char::is_uppercase) { Cow::Borrowed(code) } else { Cow::Owned(crate_upper(code).into_string()) }
}
