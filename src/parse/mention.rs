//! Mentions that start with a type word, and their continuation: what identifies the document, and its date.

use super::date::{DateRead, date};
use super::input::{Grammar, after_space, as_str, digits, first, position, starts_in_word, starts_upper, tail};
use super::law::{LawName, law_name};
use super::symbol::{Symbol, number, symbol, symbol_spaced, year};
use super::work::work_name;
use crate::lexicon::{Role, TypeClass};
use crate::model::DocType;
use crate::span::Span;
use crate::text::word::word_at;
use compact_str::CompactString;

/// What identifies the document of a mention.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Identifier {
    Symbol(Symbol),
    /// A number without code, with the year where `46/2016` or `147 2026` gives it.
    Number { text: CompactString, year: Option<i16> },
    /// The name of an act, possibly with its symbol.
    Law { name: Option<LawName>, symbol: Option<Symbol>, corrupt: bool },
    /// An acronym that stands for an act; index of the alias row.
    Acronym(u32),
    /// The title of a work.
    Work { quoted: bool },
    /// A resolution of a plenum, congress or conference by its number or title.
    Session { plenum: bool },
    /// The present document.
    This,
    /// A document mentioned before.
    Back,
    /// A treaty, standard or judgment by name.
    Foreign,
    /// A blank to be filled in.
    Placeholder,
}

/// A mention as read, in positions of the normalised text.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Mention {
    pub core: Span,
    pub doc_type: Option<DocType>,
    pub type_word: Option<Span>,
    /// The type word is an abbreviation.
    pub short_type: bool,
    pub plural: bool,
    pub identifier: Identifier,
    /// Of symbol or number.
    pub symbol: Option<Span>,
    /// Of name or title.
    pub name: Option<Span>,
    pub date: Option<(DateRead, Span)>,
    /// A bare year after a name.
    pub year: Option<i16>,
}

/// The type word a mention starts with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head {
    /// Start of the type word, and where it ends.
    pub at: usize,
    pub end: usize,
    pub doc_type: DocType,
    pub short: bool,
    pub plural: bool,
    /// The word before announces a work: `ban hành`, `phê duyệt`; or a quotation mark opens.
    pub announced: bool,
    pub quoted: bool,
    /// Nothing but the head of a line or sentence stands before.
    pub heads_sentence: bool,
}

/// mention = type , ( this | back | act | numbered | placeholder | session | work | treaty | standard ) ;
pub(crate) fn head(g: &Grammar<'_>, bytes: &[u8], head: Head) -> Option<Mention> {
    let i = tail(bytes, head.end);
    let mut m = Mention {
        core: Span::at(head.at, head.end),
        doc_type: Some(head.doc_type),
        type_word: Some(Span::at(head.at, head.end)),
        short_type: head.short,
        plural: head.plural,
        identifier: Identifier::This,
        symbol: None,
        name: None,
        date: None,
        year: None,
    };
    let next = after_space(i);
    if let Some(end) = demonstrative(g, bytes, next, &mut m) {
        return (!head.short).then(|| end_at(m, end));
    }
    let class = g.lexicon.type_class(head.doc_type);
    let title_case = starts_upper(tail(bytes, head.at));
    let read = match class {
        TypeClass::Law => act(g, bytes, i, title_case, &mut m),
        TypeClass::Standard => standard(g, bytes, i, &mut m),
        TypeClass::Private => None,
        TypeClass::Treaty => treaty(g, bytes, i, title_case, &mut m),
        _ => numbered(g, bytes, i, &head, title_case, &mut m)
            .or_else(|| placeholder(g, bytes, i, &mut m))
            .or_else(|| session(g, bytes, i, title_case, &mut m))
            .or_else(|| work(g, bytes, i, class, &head, title_case, &mut m)),
    };
    read.map(|end| end_at(m, end))
}

fn end_at(mut m: Mention, end: usize) -> Mention {
    m.core = Span::at(m.core.start as usize, end);
    m
}

/// this = [ adjective ] , "này" ;   back = "nêu trên" | "nói trên" | "đó" … ;
fn demonstrative(g: &Grammar<'_>, bytes: &[u8], i: &[u8], m: &mut Mention) -> Option<usize> {
    if let Some(rest) = g.role(i, &[Role::This]) {
        m.identifier = Identifier::This;
        return Some(position(bytes, rest));
    }
    if let Some(rest) = g.role(i, &[Role::Adjective]).and_then(|rest| g.next_role(rest, &[Role::This])) {
        m.identifier = Identifier::This;
        return Some(position(bytes, rest));
    }
    if let Some(rest) = g.role(i, &[Role::Back]) {
        m.identifier = Identifier::Back;
        return Some(position(bytes, rest));
    }
    None
}

/// number_marker = "số" , [ ":" | "." ] ;  brackets around it are passed over
fn number_marker<'i>(g: &Grammar<'_>, i: &'i [u8]) -> Option<&'i [u8]> {
    let at = after_space(i);
    let at = if first(at) == Some(b'[') { tail(at, 1) } else { at };
    let mut rest = g.role(at, &[Role::Number])?;
    if first(rest) == Some(b']') {
        rest = tail(rest, 1);
    }
    let after = after_space(rest);
    if matches!(first(after), Some(b':' | b'.' | b'/')) && !matches!(first(after), Some(b'.') if tail(after, 1).first() == Some(&b'.')) {
        return Some(after_space(tail(after, 1)));
    }
    Some(after)
}

/// numbered = [ number_marker ] , ( symbol | symbol_spaced | number , [ "/" , year ] ) , [ date ] ;
fn numbered(g: &Grammar<'_>, bytes: &[u8], i: &[u8], head: &Head, title_case: bool, m: &mut Mention) -> Option<usize> {
    let marked = number_marker(g, i);
    let at = marked.unwrap_or_else(|| after_space(i));
    if !first(at).is_some_and(|b| b.is_ascii_digit()) {
        return None;
    }
    let start = position(bytes, at);
    if let Ok((rest, read)) = symbol(g, at).or_else(|_| symbol_spaced(g, at)) {
        // `kế hoạch 5/2013` is a month; `46/2016` a short mention
        let end = position(bytes, rest);
        m.symbol = Some(Span::at(start, end));
        m.identifier = Identifier::Symbol(read);
        return Some(with_date(g, bytes, end, m));
    }
    let (rest, text) = number(at).ok()?;
    let end = position(bytes, rest);
    let mut after = rest;
    let mut the_year = None;
    if first(rest) == Some(b' ')
        && let Ok((after_year, year)) = year(tail(rest, 1))
        && text.len() <= 4
        && !starts_in_word(after_year)
    {
        the_year = as_str(year).parse().ok();
        after = after_year;
    }
    if the_year.is_none() && !bare_number(g, text, rest, head, title_case, marked.is_some()) {
        return None;
    }
    m.symbol = Some(Span::at(start, position(bytes, after)));
    m.identifier = Identifier::Number { text: as_str(text).into(), year: the_year };
    let end = if the_year.is_some() { position(bytes, after) } else { end };
    Some(with_date(g, bytes, end, m))
}

/// A number without a code names a document only where nothing is counted, measured or dated by it.
fn bare_number(g: &Grammar<'_>, text: &[u8], rest: &[u8], head: &Head, title_case: bool, marked: bool) -> bool {
    let figures = digits(text);
    if figures > 5 || head.short && !marked {
        return figures <= 4 && !head.quoted && plain_end(g, rest);
    }
    let class = g.lexicon.type_class(head.doc_type);
    if matches!(class, TypeClass::Generic | TypeClass::Copy | TypeClass::Judgment) && !marked {
        return false;
    }
    if !plain_end(g, rest) {
        return false;
    }
    // verbs and common nouns in small letters are counted with: `quyết định 3 vấn đề`
    marked || title_case || !counted(g, rest)
}

/// What follows a bare number must not make it a part of another figure.
fn plain_end(g: &Grammar<'_>, rest: &[u8]) -> bool {
    let glued = match first(rest) {
        Some(b'/' | b'-' | b'%' | b':') => true,
        Some(b'.' | b',') => tail(rest, 1).first().is_some_and(u8::is_ascii_digit),
        _ => false,
    };
    let dated = g.next_role(rest, &[Role::Date]).is_some_and(|after| digits(after_space(after)) > 0);
    !glued && (dated || g.next_role(rest, &[Role::Counted]).is_none()) && g.next_role(rest, &[Role::Year]).is_none_or(|after| digits(after_space(after)) == 4)
}

/// A small word after the number that is not one a mention goes on with.
fn counted(g: &Grammar<'_>, rest: &[u8]) -> bool {
    let next = after_space(rest);
    word_at(next, 0).is_some_and(|word| !word.upper_first)
        && g.role(next, &[Role::Date, Role::Of, Role::Title, Role::And, Role::At, Role::This, Role::Back, Role::Month, Role::NameEnd, Role::Effective, Role::Issues, Role::NoName]).is_none()
}

/// [ "," ] , [ "ban hành" ] , date ;
pub(super) fn with_date(g: &Grammar<'_>, bytes: &[u8], end: usize, m: &mut Mention) -> usize {
    let i = tail(bytes, end);
    let mut at = after_space(i);
    if first(at) == Some(b'(') {
        // a foot note mark or unit in parentheses: `84-CP (1) ngày`, `QĐ-BCA (A11) ngày`
        let inner = tail(at, 1).iter().take(5).position(|b| *b == b')');
        if let Some(close) = inner.filter(|close| tail(at, 1).get(..*close).is_some_and(|text| text.iter().all(u8::is_ascii_alphanumeric))) {
            let after = after_space(tail(at, close + 2));
            if g.role(after, &[Role::Date]).is_some() {
                at = after;
            }
        }
    }
    if first(at) == Some(b',') {
        let after = after_space(tail(at, 1));
        // a comma is passed only before a date with its day
        if g.role(after, &[Role::Date]).is_none() {
            return end;
        }
        at = after;
    }
    match date(g, at) {
        Ok((rest, read)) => {
            let start = position(bytes, at);
            m.date = Some((read, Span::at(start + read.start, start + read.end)));
            position(bytes, rest)
        }
        Err(_) => end,
    }
}

/// act = [ number_marker , symbol ] | law_name , [ number_marker , symbol ] , [ year | date ] ;
fn act(g: &Grammar<'_>, bytes: &[u8], i: &[u8], title_case: bool, m: &mut Mention) -> Option<usize> {
    let start = m.core.end as usize;
    if let Some(at) = number_marker(g, i)
        && let Ok((rest, read)) = symbol(g, at)
    {
        let end = position(bytes, rest);
        m.symbol = Some(Span::at(position(bytes, at), end));
        m.identifier = Identifier::Law { name: None, symbol: Some(read), corrupt: false };
        return Some(with_date(g, bytes, end, m));
    }
    if first(after_space(i)).is_some_and(|b| b.is_ascii_digit())
        && let Ok((rest, read)) = symbol(g, after_space(i))
    {
        let end = position(bytes, rest);
        m.symbol = Some(Span::at(position(bytes, after_space(i)), end));
        m.identifier = Identifier::Law { name: None, symbol: Some(read), corrupt: false };
        return Some(with_date(g, bytes, end, m));
    }
    let mut end = start;
    let mut name = None;
    if let Ok((rest, read)) = law_name(g, i, title_case) {
        end = position(bytes, rest);
        m.name = Some(Span::at(start + read.start, start + read.end));
        name = Some(read);
    } else if m.doc_type != Some(DocType::HienPhap) {
        return None;
    }
    let mut found = None;
    let mut corrupt = false;
    if let Some(at) = number_marker(g, tail(bytes, end)) {
        if let Ok((rest, read)) = symbol(g, at) {
            m.symbol = Some(Span::at(position(bytes, at), position(bytes, rest)));
            end = position(bytes, rest);
            found = Some(read);
        } else if let Some(rest) = corrupt_symbol(g, at) {
            end = position(bytes, rest);
            corrupt = true;
        }
    }
    let law = m.doc_type;
    m.identifier = Identifier::Law { name, symbol: found, corrupt };
    let dated = with_date(g, bytes, end, m);
    if dated > end {
        return Some(dated);
    }
    // a bare year: `Luật Đất đai 2013`
    let at = after_space(tail(bytes, end));
    if let Ok((rest, text)) = year(at)
        && !starts_in_word(rest)
        && !matches!(first(rest), Some(b'/' | b'-'))
        && !tail(bytes, end).starts_with(b"\n")
        && law.is_some()
    {
        m.year = as_str(text).parse().ok();
        return Some(position(bytes, rest));
    }
    Some(end)
}

/// `số Ì 3/2012/QH13`: a stray sign before the figures; the number cannot be trusted.
fn corrupt_symbol<'i>(g: &Grammar<'_>, i: &'i [u8]) -> Option<&'i [u8]> {
    let word = word_at(i, 0).filter(|word| word.chars <= 2 && !word.digits)?;
    symbol(g, after_space(tail(i, word.end))).ok().map(|(rest, _)| rest)
}

/// placeholder = number_marker , blank , ( "/" , code | "ngày" , blank ) ;
fn placeholder(g: &Grammar<'_>, bytes: &[u8], i: &[u8], m: &mut Mention) -> Option<usize> {
    let marker = after_space(i);
    let rest = g.role(marker, &[Role::Number])?;
    let mut at = 0;
    let mut blanks = 0;
    while at < 60 {
        match rest.get(at) {
            Some(b'.' | b'_' | b' ' | b':') => blanks += usize::from(rest.get(at) != Some(&b' ')),
            Some(0xE2) if rest.get(at..at + 3) == Some("…".as_bytes()) => {
                blanks += 1;
                at += 2;
            }
            _ => break,
        }
        at += 1;
    }
    let after = tail(rest, at);
    if blanks == 0 && at < 4 {
        return None;
    }
    // `/QĐ-UBND` or `/2013/QĐ-UBND`
    let mut end = after;
    if first(after) == Some(b'/') {
        end = tail(after, 1);
        while first(end).is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'.') || !b.is_ascii()) {
            end = tail(end, 1);
        }
    } else if blanks < 2 {
        return None;
    }
    m.identifier = Identifier::Placeholder;
    m.symbol = Some(Span::at(position(bytes, rest), position(bytes, end)));
    Some(position(bytes, end))
}

/// session = plenum , number , "khóa" , roman | congress , name ;
fn session(g: &Grammar<'_>, bytes: &[u8], i: &[u8], title_case: bool, m: &mut Mention) -> Option<usize> {
    if !matches!(m.doc_type, Some(DocType::NghiQuyet | DocType::KetLuan | DocType::VanKien | DocType::ThongBao)) {
        return None;
    }
    let at = after_space(i);
    let start = position(bytes, at);
    if let Some(rest) = g.role(at, &[Role::Plenum]) {
        // `Trung ương 4 khóa XII`, `Trung ương 4 (khóa XII)`
        let rest = after_space(rest);
        let count = digits(rest);
        if count > 0 && count <= 2 {
            let mut end = position(bytes, tail(rest, count));
            let after = after_space(tail(rest, count));
            let (open, after) = if first(after) == Some(b'(') { (true, tail(after, 1)) } else { (false, after) };
            if let Some(roman) = g.role(after, &[Role::Term]).map(after_space).and_then(|rest| word_at(rest, 0).map(|word| tail(rest, word.end))) {
                let closed = after_space(roman);
                end = if open && first(closed) == Some(b')') { position(bytes, tail(closed, 1)) } else { position(bytes, roman) };
            }
            m.identifier = Identifier::Session { plenum: true };
            m.name = Some(Span::at(start, end));
            return Some(end);
        }
    }
    if !title_case {
        return None;
    }
    g.role(at, &[Role::Congress])?;
    let (_, length) = work_name(g, at, false, true)?;
    m.identifier = Identifier::Session { plenum: false };
    m.name = Some(Span::at(start, start + length));
    Some(start + length)
}

/// work = type word announced or capitalised , work_name ;
fn work(g: &Grammar<'_>, bytes: &[u8], i: &[u8], class: TypeClass, head: &Head, title_case: bool, m: &mut Mention) -> Option<usize> {
    if class != TypeClass::Named {
        return None;
    }
    let verb = matches!(head.doc_type, DocType::QuyDinh | DocType::HuongDan);
    let capitals = word_at(bytes, head.at).is_some_and(|word| word.upper_all);
    let wanted = head.quoted || head.announced || title_case && !verb && !capitals;
    if !wanted || head.short {
        return None;
    }
    let (start, end) = work_name(g, i, head.quoted, matches!(head.doc_type, DocType::DieuLe | DocType::CuongLinh))?;
    // at the head of a sentence a capital says nothing: only a title with its years counts
    if head.heads_sentence && !head.announced && !head.quoted && !i.get(start..end).is_some_and(ends_in_year) && !matches!(head.doc_type, DocType::DieuLe | DocType::CuongLinh) {
        return None;
    }
    let offset = head.end;
    m.name = Some(Span::at(offset + start, offset + end));
    m.identifier = Identifier::Work { quoted: head.quoted };
    Some(position(bytes, tail(i, end)))
}

/// The title ends in a year.
fn ends_in_year(text: &[u8]) -> bool {
    text.len() > 4 && text.get(text.len() - 4..).is_some_and(|end| year(end).is_ok())
}

/// treaty = type , words up to a mark or year ;
fn treaty(g: &Grammar<'_>, bytes: &[u8], i: &[u8], title_case: bool, m: &mut Mention) -> Option<usize> {
    if !title_case {
        return None;
    }
    let (start, mut end) = match work_name(g, i, false, true) {
        Some(found) => found,
        None => {
            let at = after_space(i);
            let word = word_at(at, 0).filter(|word| word.upper_first || word.digits)?;
            (position(i, at), position(i, at) + word.end)
        }
    };
    // an ordinal before the title: `Nghị định thư 7 về …`
    if i.get(start).is_some_and(u8::is_ascii_digit)
        && let Some((_, more)) = work_name(g, tail(i, end), false, true)
    {
        end += more;
    }
    m.name = Some(Span::at(m.core.end as usize + start, m.core.end as usize + end));
    m.identifier = Identifier::Foreign;
    let end = position(bytes, tail(i, end));
    Some(with_date(g, bytes, end, m))
}

/// standard = "TCVN" | "QCVN" , number , { mark , number | code } ;
fn standard(_: &Grammar<'_>, bytes: &[u8], i: &[u8], m: &mut Mention) -> Option<usize> {
    let at = after_space(i);
    let mut end = 0;
    let mut figures = 0;
    while let Some(b) = at.get(end) {
        match b {
            b'0'..=b'9' => figures += 1,
            b'A'..=b'Z' | b'/' | b'-' | b':' | b'.' => {}
            b' ' if end > 0 && tail(at, end + 1).first().is_some_and(u8::is_ascii_digit) && figures == 0 => {}
            0xC4 => {}
            0x90 => {}
            _ => break,
        }
        end += 1;
    }
    while end > 0 && at.get(end - 1).is_some_and(|b| matches!(b, b'/' | b'-' | b':' | b'.')) {
        end -= 1;
    }
    if figures == 0 {
        return None;
    }
    let start = position(bytes, at);
    m.symbol = Some(Span::at(start, start + end));
    m.identifier = Identifier::Foreign;
    Some(start + end)
}

/// A year after a name: `BLHS 2015`, `BLHS năm 2015`; and where it ends.
pub(crate) fn year_after(g: &Grammar<'_>, bytes: &[u8], end: usize) -> Option<(i16, usize)> {
    let at = after_space(tail(bytes, end));
    let at = g.role(at, &[Role::Year]).map_or(at, after_space);
    let (rest, text) = year(at).ok()?;
    let plain = !starts_in_word(rest) && !matches!(first(rest), Some(b'/' | b'-'));
    plain.then(|| as_str(text).parse().ok().map(|year| (year, position(bytes, rest)))).flatten()
}
