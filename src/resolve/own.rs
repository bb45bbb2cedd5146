//! The document's own identity: State and Party headers (also two columns interleaved), web headers on one line,
//! the preamble, the signature and the date of effect. Layouts: Nghị định 30/2020/NĐ-CP annex I, Hướng dẫn
//! 36-HD/VPTW; norms i.

use super::own_issuer::{head_issuer, preamble_issuer, small_place, stated_issuer, voted_place};
use super::signature::signer;
use super::{IssuerAt, Work};
use crate::lexicon::{Anchor, BodyFamily, Lexicon, Role, TypeClass};
use crate::model::{DocType, PartialDate, PlaceId, Signer};
use crate::parse::{Family, Grammar, Identifier, Symbol, after_space, date, issuer, position, symbol_here, tail};
use crate::span::Span;
use crate::text::fold::{decode, letter};
use crate::text::word::{skip_space, word_at};
use compact_str::CompactString;
use memchr::memmem::Finder;
use smallvec::SmallVec;
use std::sync::LazyLock;

/// What the document says of itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct Own {
    pub doc_type: Option<DocType>,
    pub symbol: Option<Symbol>,
    /// A number without code.
    pub number: Option<CompactString>,
    pub date: Option<PartialDate>,
    pub effective: Option<PartialDate>,
    pub issuer: Option<IssuerAt>,
    pub key: Option<crate::model::Key>,
    pub issuer_name: Option<String>,
    pub place: Option<PlaceId>,
    pub title: Option<Span>,
    pub title_text: Option<String>,
    /// The name of the act, when the document is one.
    pub header: Option<Span>,
    pub signer: Option<Signer>,
    /// Given with the record rather than read.
    pub from_metadata: bool,
}

/// The header lies within this many bytes.
pub(super) const HEAD: usize = 4000;

/// A piece of a line between table bars, tabs or wide gaps.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Reads header, preamble and signature. Marks the mentions that are the header.
pub(crate) fn read_own(work: &mut Work<'_>) {
    let lexicon = work.lexicon;
    let g = Grammar { lexicon };
    let pieces = pieces(work.bytes, HEAD);
    let mut own = Own::default();
    let number = number_line(&g, work.bytes, &pieces, &mut own);
    let type_line = type_line(&g, work.bytes, &pieces, own.symbol.as_ref());
    if let Some((doc_type, piece)) = type_line {
        own.doc_type = Some(doc_type);
        let line = Span::at(piece.start, piece.end);
        let spelled = if number.is_none() { spelled_header(&g, work.bytes, piece.end, &mut own) } else { None };
        let line = spelled.map_or(line, |end| Span::at(piece.start, end));
        own.title = title_on_line(&g, work.bytes, piece).or_else(|| {
            title_after(&g, work.bytes, &pieces, &Piece { start: line.start as usize, end: line.end as usize })
        });
        own.header = Some(own.header.map_or(line, |number| number.cover(line)));
    }
    let headed = number.is_some() || type_line.is_some();
    own.date = own.date.or_else(|| place_date(&g, work.bytes, &pieces, &mut own.place, headed));
    if headed && own.issuer.is_none() {
        own.issuer = type_line
            .and_then(|(_, piece)| stated_issuer(&g, work.bytes, &pieces, piece))
            .or_else(|| head_issuer(&g, work.bytes, &pieces, number, &own));
    }
    if let Some(symbol) = &mut own.symbol
        && own
            .issuer
            .as_ref()
            .and_then(|issuer| issuer.id)
            .and_then(|id| lexicon.issuer(id))
            .is_some_and(|row| row.local && row.party)
    {
        as_provincial(lexicon, symbol);
    }
    if own.symbol.is_none() && own.number.is_none() {
        web_header(work, &g, &pieces, &mut own);
    }
    if own.symbol.is_none()
        && own.number.is_none()
        && let Some((doc_type, piece)) = type_line
    {
        introduced(work, doc_type, piece, &mut own);
    }
    if own.doc_type.is_none() {
        own.doc_type = own.symbol.as_ref().map(|symbol| symbol.doc_type.unwrap_or(DocType::CongVan));
    }
    if own.doc_type.is_some() && own.issuer.is_none() {
        own.issuer = preamble_issuer(&g, work.bytes);
    }
    own.signer = signer(lexicon, work.bytes, &pieces);
    if own.place.is_none() {
        own.place = own.issuer.as_ref().and_then(|issuer| issuer.place);
    }
    work.own = own;
    if work.own.place.is_none() {
        work.own.place = voted_place(work);
    }
    mark_header(work);
}

/// One space parts words, three part pieces.
static WIDE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("   "));

/// Splits the head of a text into pieces.
pub(super) fn pieces(bytes: &[u8], most: usize) -> SmallVec<[Piece; 8]> {
    let head = bytes.get(..most.min(bytes.len())).unwrap_or(bytes);
    let mut out = SmallVec::new();
    let mut start = 0;
    let mut push = |start: usize, end: usize| {
        let text = head.get(start..end).unwrap_or_default();
        let skip = text.iter().take_while(|b| b.is_ascii_whitespace()).count();
        let keep = text.iter().rev().take_while(|b| b.is_ascii_whitespace()).count();
        if skip + keep < text.len() {
            out.push(Piece { start: start + skip, end: end - keep });
        }
    };
    let mut gap = WIDE.find(head);
    for mark in memchr::memchr3_iter(b'\n', b'|', b'\t', head).chain([head.len()]) {
        while let Some(at) = gap.filter(|at| *at < mark) {
            push(start, at);
            let rest = tail(head, at);
            start = at + rest.iter().take_while(|b| **b == b' ').count();
            gap = WIDE.find(tail(head, start)).map(|next| start + next);
        }
        push(start, mark);
        start = mark + 1;
    }
    out
}

/// piece = "Số" , [ ":" ] , symbol
fn number_line(g: &Grammar<'_>, bytes: &[u8], pieces: &[Piece], own: &mut Own) -> Option<usize> {
    for (index, piece) in pieces.iter().enumerate().take(60) {
        let mut here = tail(bytes, piece.start);
        let mut on_line = None;
        // `Luật số: 75/2015/QH13`: the type word on the same line, where a header begins
        if index < 12
            && let Some((Anchor::Type { doc_type, short: false }, end)) = g.lexicon.anchor(bytes, piece.start)
            && (word_at(bytes, piece.start).is_some_and(|word| word.upper_all)
                || g.lexicon.type_class(doc_type) == TypeClass::Law)
        {
            here = after_space(tail(bytes, end));
            on_line = Some(doc_type);
        }
        let Some(rest) = g.role(here, &[Role::Number]) else { continue };
        let at = after_space(rest);
        let at = if at.first() == Some(&b':') { after_space(tail(at, 1)) } else { at };
        if let Some((symbol, rest)) = symbol_here(g, at) {
            // a sentence that begins so is no header
            let end = position(bytes, rest);
            let alone = after_space(rest).first().is_none_or(|b| !b.is_ascii_alphabetic())
                || bytes.get(end) == Some(&b'\n')
                || !position(bytes, here).eq(&piece.start)
                    && word_at(bytes, piece.start).is_some_and(|word| word.upper_all);
            if end <= piece.end + 40 && (alone || end >= piece.end) {
                // a text of one line is a citation, not a header
                let heads = piece.start == position(bytes, here) || pieces.len() > index + 1;
                if !heads {
                    return None;
                }
                own.symbol = Some(symbol);
                own.doc_type = on_line;
                own.header = Some(Span::at(piece.start, end));
                return Some(index);
            }
        }
    }
    None
}

/// piece = type name in capitals, nothing else
fn type_line<'p>(
    g: &Grammar<'_>,
    bytes: &[u8],
    pieces: &'p [Piece],
    symbol: Option<&Symbol>,
) -> Option<(DocType, &'p Piece)> {
    let act = symbol.is_some_and(|symbol| matches!(symbol.family, Family::Congress | Family::President));
    for piece in pieces.iter().take(80) {
        let Some(word) = word_at(bytes, piece.start) else { continue };
        if !word.upper_all {
            continue;
        }
        if let Some((doc_type, end)) = g.lexicon.type_at(bytes, piece.start)
            && !matches!(g.lexicon.type_class(doc_type), TypeClass::Private | TypeClass::Standard | TypeClass::Generic)
        {
            // `LUẬT GIÁ`: type and title on one line
            if act && g.lexicon.type_class(doc_type) == TypeClass::Law && in_capitals(bytes, Span::at(end, piece.end)) {
                return Some((doc_type, piece));
            }
            let rest = bytes.get(end..piece.end.max(end)).unwrap_or_default();
            let plain = rest.iter().all(|b| b.is_ascii_whitespace() || matches!(b, b':' | b'*' | b'-'));
            let bracket = rest.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'(');
            // the line may break inside the type (`QUY\nĐỊNH`)
            if plain || bracket || end > piece.end {
                return Some((doc_type, piece));
            }
        }
    }
    None
}

/// `LUẬT GIÁ`: what stands after the type word on its line.
fn title_on_line(g: &Grammar<'_>, bytes: &[u8], line: &Piece) -> Option<Span> {
    let (_, end) = g.lexicon.type_at(bytes, line.start)?;
    let start = position(bytes, after_space(tail(bytes, end)));
    word_at(bytes, start).filter(|_| start < line.end).map(|_| Span::at(start, line.end))
}

/// `spelled_header` = [ "của" , issuer ] , "số" , ( symbol | number ) , [ date ]
///
/// `THÔNG TƯ / CỦA BỘ Y TẾ SỐ 01/2010/TT-BYT / NGÀY 07 THÁNG 01 NĂM 2010`: the header as the gazette sets it.
fn spelled_header(g: &Grammar<'_>, bytes: &[u8], line_end: usize, own: &mut Own) -> Option<usize> {
    let mut at = after_space(tail(bytes, line_end));
    if let Some(rest) = g.role(at, &[Role::Of]) {
        let start = after_space(rest);
        let mut rest = start;
        // joint issuers stand one after the other
        for _ in 0..8 {
            match issuer(g, rest) {
                Ok((after, read)) => {
                    let from = position(bytes, rest);
                    own.issuer.get_or_insert(IssuerAt {
                        span: Some(Span::at(from, from + read.end)),
                        id: read.id,
                        place: read.place,
                        code: None,
                    });
                    rest = after_space(after);
                    rest = rest.strip_prefix(b"-").or_else(|| rest.strip_prefix(b",")).map_or(rest, after_space);
                }
                Err(_) => break,
            }
        }
        at = rest;
    }
    let number = after_space(g.role(at, &[Role::Number])?);
    let number = number.strip_prefix(b":").map_or(number, after_space);
    let rest = if let Some((symbol, rest)) = symbol_here(g, number) {
        own.symbol = Some(symbol);
        rest
    } else {
        let figures = number.iter().take_while(|b| b.is_ascii_digit()).count();
        own.number = Some(std::str::from_utf8(number.get(..figures).filter(|n| !n.is_empty())?).ok()?.into());
        tail(number, figures)
    };
    let next = after_space(rest);
    let end = match date(g, next).ok().filter(|_| g.role(next, &[Role::Date]).is_some()) {
        Some((rest, read)) => {
            own.date = read.value;
            position(bytes, rest)
        }
        None => position(bytes, rest),
    };
    Some(end)
}

/// The lines after the type line up to a rule, a blank, an issuer line or the preamble.
fn title_after(g: &Grammar<'_>, bytes: &[u8], pieces: &[Piece], line: &Piece) -> Option<Span> {
    let mut span: Option<Span> = None;
    for piece in pieces.iter().filter(|piece| piece.start >= line.end.max(line.start + 1)).take(8) {
        let text = bytes.get(piece.start..piece.end)?;
        let rule = text.iter().all(|b| matches!(b, b'-' | b'*' | b'_' | b'=' | b' '));
        let here = tail(bytes, piece.start);
        // the text begins: `Điều 1. …`
        let heading = matches!(g.lexicon.anchor(bytes, piece.start), Some((Anchor::Unit(_), end))
            if bytes.get(skip_space(bytes, end)).is_some_and(u8::is_ascii_digit));
        let stops = rule
            || heading
            || g.lexicon
                .cue_at(bytes, piece.start)
                .is_some_and(|(cue, _)| cue.relation == Some(crate::model::Relation::BasedOn))
            || issuer(g, here).is_ok_and(|(rest, _)| position(bytes, rest) >= piece.end);
        if stops {
            if span.is_none() && rule {
                continue;
            }
            break;
        }
        let gap = span.map_or(0, |span| piece.start.saturating_sub(span.end as usize));
        if span.is_some()
            && bytes
                .get(span?.end as usize..piece.start)
                .is_some_and(|gap| gap.iter().filter(|b| **b == b'\n').count() > 1)
            || gap > 200
        {
            break;
        }
        span = Some(span.map_or(Span::at(piece.start, piece.end), |span| span.cover(Span::at(piece.start, piece.end))));
    }
    span
}

/// `TƯ` written for a provincial committee is `TU`.
pub(super) fn as_provincial(lexicon: &Lexicon, symbol: &mut Symbol) {
    let Some(code) = symbol.issuers.first_mut() else { return };
    let Some(central) = code.id.and_then(|id| lexicon.issuer(id)).filter(|row| row.family == Some(BodyFamily::Central))
    else {
        return;
    };
    if !lexicon.issuer_code(&code.code).is_some_and(|found| found.respelled) {
        return;
    }
    let Some((id, provincial)) = lexicon.bodies(BodyFamily::Provincial).next() else { return };
    code.code.clone_from(&provincial.code);
    code.id = Some(id);
    if let Some(base) = symbol.text.strip_suffix(central.code.as_str()) {
        symbol.text = compact_str::format_compact!("{base}{}", provincial.code);
    }
}

/// piece = place , "," , "ngày" , date ; without a header only after a known place
pub(super) fn place_date(
    g: &Grammar<'_>,
    bytes: &[u8],
    pieces: &[Piece],
    place: &mut Option<PlaceId>,
    headed: bool,
) -> Option<PartialDate> {
    for piece in pieces.iter().take(60) {
        // the line may break after the first word (`Hà\nNội, ngày`)
        let end = (piece.end + 60).min(bytes.len());
        let text = bytes.get(piece.start..end)?;
        let Some(comma) = memchr::memchr(b',', text.get(..60).unwrap_or(text)) else { continue };
        let named = bytes.get(piece.start..piece.start + comma)?;
        if !word_at(named, 0).is_some_and(|word| word.upper_first) || named.iter().any(u8::is_ascii_digit) {
            continue;
        }
        let at = after_space(tail(text, comma + 1));
        if g.role(at, &[Role::Date]).is_none() {
            continue;
        }
        if let Ok((_, read)) = date(g, at)
            && named.len() < 48
        {
            let known = g.lexicon.place_at(bytes, piece.start);
            if known.is_none() && !headed {
                continue;
            }
            if let Some(found) = known {
                *place = found.values.first().and_then(|v| u16::try_from(*v).ok()).map(PlaceId);
            }
            return read.value;
        }
    }
    None
}

/// A header on one line: `HƯỚNG DẪN số 06 về … ngày 6 tháng 5 năm 2013`, or type and title before the issuer.
fn web_header(work: &mut Work<'_>, g: &Grammar<'_>, pieces: &[Piece], own: &mut Own) {
    let bytes = work.bytes;
    let Some(first) = pieces.first() else { return };
    let Some((Anchor::Type { doc_type, short: false }, type_end)) = g.lexicon.anchor(bytes, first.start) else {
        return;
    };
    let line_end = memchr::memchr(b'\n', tail(bytes, first.start)).map_or(bytes.len(), |n| first.start + n);
    if matches!(g.lexicon.type_class(doc_type), TypeClass::Private | TypeClass::Standard | TypeClass::Generic) {
        return;
    }
    let numbered = work
        .items
        .iter()
        .take_while(|item| (item.m.core.start as usize) < line_end)
        .find(|item| item.m.core.start as usize == first.start && item.m.symbol.is_some());
    if let Some(item) = numbered {
        // a cited document at the start of a sentence is no header: the header is a line of its own
        let sentence = bytes
            .get(item.end..line_end)
            .is_some_and(|rest| rest.ends_with(b".") || rest.ends_with(b";") || rest.ends_with(b","));
        let more = bytes.len() > line_end + 1;
        let capital = word_at(bytes, first.start).is_some_and(|word| word.upper_all);
        if sentence || !(more && capital || capital && line_end - first.start > item.end - first.start) {
            return;
        }
        own.doc_type = Some(doc_type);
        match &item.m.identifier {
            Identifier::Symbol(symbol) | Identifier::Law { symbol: Some(symbol), .. } => {
                own.symbol = Some(symbol.clone());
            }
            Identifier::Number { text, .. } => own.number = Some(text.clone()),
            _ => {}
        }
        own.issuer = item.issuers.iter().find(|issuer| issuer.span.is_some()).cloned();
        own.date = item.date();
        let mut title = Span::at(item.end, line_end);
        if own.date.is_none()
            && let Some((start, read)) = last_date(g, bytes, item.end, line_end)
        {
            own.date = read;
            title = Span::at(item.end, start);
        }
        own.title = Some(title).filter(|span| !span.is_empty());
        own.header = Some(Span::at(first.start, line_end));
        return;
    }
    // type and title, then the body on the next line, then the preamble
    let second = pieces.iter().find(|piece| piece.start > line_end);
    let Some(second) = second else { return };
    let Ok((rest, mut read)) = issuer(g, tail(bytes, second.start)) else { return };
    let mut stop = position(bytes, rest);
    if read.place.is_none()
        && let Some((place, end)) = small_place(g, bytes, second.start + read.end)
    {
        (read.place, stop) = (Some(place), end);
    }
    if stop + 4 < second.end {
        return;
    }
    own.doc_type = Some(doc_type);
    own.title = Some(Span::at(type_end, first.end.max(type_end)));
    own.issuer =
        Some(IssuerAt { span: Some(Span::at(second.start, stop)), id: read.id, place: read.place, code: None });
    own.header = Some(Span::at(first.start, type_end));
}

/// The last `ngày …` of a line: years inside the title are none of it.
fn last_date(g: &Grammar<'_>, bytes: &[u8], from: usize, to: usize) -> Option<(usize, Option<PartialDate>)> {
    let line = bytes.get(from..to)?;
    let mut found = None;
    for offset in 0..line.len() {
        let at = from + offset;
        if bytes.get(at).is_some_and(|b| b & 0xC0 != 0x80)
            && crate::text::fold::starts_word(bytes, at)
            && g.role(tail(bytes, at), &[Role::Date]).is_some()
            && let Ok((_, read)) = date(g, tail(bytes, at))
            && found.as_ref().is_none_or(|(best, _)| at > *best)
        {
            found = Some((at, read.value));
        }
    }
    found
}

/// `… đã ban hành Chương trình số 27-CTr/TU …: CHƯƠNG TRÌNH`: the text that follows is the document just named.
fn introduced(work: &mut Work<'_>, doc_type: DocType, line: &Piece, own: &mut Own) {
    let found = work
        .items
        .iter()
        .take_while(|item| (item.m.core.start as usize) < line.start)
        .find(|item| item.doc_type() == Some(doc_type) && matches!(item.m.identifier, Identifier::Symbol(_)));
    let Some(item) = found else { return };
    if let Identifier::Symbol(symbol) = &item.m.identifier {
        own.symbol = Some(symbol.clone());
    }
    own.issuer = item.issuers.first().cloned().or(own.issuer.take());
    own.date = item.date().or(own.date);
    if own.date.is_none() {
        // `Ngày 23/8/2017, Tỉnh ủy đã ban hành …`
        let g = Grammar { lexicon: work.lexicon };
        let start = super::sentence::sentence_start(work.bytes, item.m.core.start as usize, 300);
        let at = after_space(tail(work.bytes, start));
        if g.role(at, &[Role::Date]).is_some() {
            own.date = date(&g, at).ok().and_then(|(_, read)| read.value);
        }
    }
}

/// Mentions that lie in the header and carry the own number are the header, not citations.
fn mark_header(work: &mut Work<'_>) {
    let Some(header) = work.own.header else { return };
    let symbol = work.own.symbol.as_ref().map(|symbol| symbol.text.clone());
    let number = work.own.number.clone();
    let bytes = work.bytes;
    for item in work
        .items
        .iter_mut()
        .skip_while(|item| item.m.core.end <= header.start)
        .take_while(|item| item.m.core.start < header.end)
    {
        let same = match &item.m.identifier {
            Identifier::Symbol(read) | Identifier::Law { symbol: Some(read), .. } => {
                Some(&read.text) == symbol.as_ref()
            }
            Identifier::Number { text, .. } => Some(text) == number.as_ref(),
            // `LUẬT / MẶT TRẬN TỔ QUỐC VIỆT NAM`: type line and title read as a name
            Identifier::Law { symbol: None, .. } => {
                item.m.type_word.is_some_and(|word| header.contains(word)) && in_capitals(bytes, item.m.core)
            }
            _ => false,
        };
        if same {
            item.is_header = true;
        }
    }
}

/// True for a piece of text in capitals.
pub(super) fn in_capitals(bytes: &[u8], span: Span) -> bool {
    let mut at = span.start as usize;
    let mut upper = 0;
    let mut lower = 0;
    while at < span.end as usize {
        let Some((point, length)) = decode(bytes, at) else { break };
        let c = letter(point);
        if c.base.is_ascii_lowercase() {
            if c.upper { upper += 1 } else { lower += 1 }
        }
        at += length;
    }
    upper > 0 && lower * 8 <= upper
}
