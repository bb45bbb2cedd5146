//! Who issued what is mentioned: after it, after its title, before it, shared by a list; and the dates that
//! stand with the issuer.

use super::leading::preceding;
use super::sentence::sentence_end;
use super::shared::{inherit_types, share, share_from_left};
use super::{IssuerAt, Item, Work};
use crate::lexicon::{BodyFamily, IssuerRow, Lexicon, Role, TypeClass};
use crate::model::PartialDate;
use crate::parse::{
    Family, Grammar, Identifier, IssuerRead, after_space, date, effective_date, issuer, position, tail,
};
use crate::span::Span;
use crate::text::word::{skip_space_back, word_start};
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// No title is looked through further than this, in bytes.
const TITLE: usize = 1600;

/// Finds issuers, the dates and dates of effect that stand with them, and titles.
pub(crate) fn attach_issuers(work: &mut Work<'_>) {
    for index in 0..work.items.len() {
        after(work, index);
    }
    for index in 0..work.items.len() {
        far(work, index);
    }
    for index in 0..work.items.len() {
        session(work, index);
    }
    inherit_types(work);
    share(work);
    for index in 0..work.items.len() {
        if work.items.get(index).is_some_and(|item| item.issuers.is_empty()) {
            preceding(work, index);
        }
    }
    share_from_left(work);
    for index in 0..work.items.len() {
        codes(work, index);
    }
}

pub(super) fn takes_issuer(lexicon: &Lexicon, item: &Item) -> bool {
    match &item.m.identifier {
        Identifier::Symbol(_) | Identifier::Number { .. } | Identifier::Session { .. } => true,
        Identifier::Law { symbol, .. } => symbol.is_some(),
        Identifier::Work { .. } => item.doc_type().is_some_and(|t| lexicon.type_class(t) == TypeClass::Named),
        _ => false,
    }
}

/// Bytes of the limit of an item: the text up to the next mention that is not inside it.
pub(super) fn limit(work: &Work<'_>, index: usize) -> usize {
    let Some(item) = work.items.get(index) else { return 0 };
    work.items
        .get(index + 1..)
        .into_iter()
        .flatten()
        .find(|next| next.m.core.start as usize >= item.end)
        .map_or(work.bytes.len(), |next| next.m.core.start as usize)
}

/// "của" , issuer , { "," | "và" , issuer } , [ "ngày" , date ] right after the mention; [ "có hiệu lực …" ]
fn after(work: &mut Work<'_>, index: usize) {
    let g = Grammar { lexicon: work.lexicon };
    let Some(item) = work.items.get(index) else { return };
    if !takes_issuer(work.lexicon, item) || matches!(item.m.identifier, Identifier::Work { .. }) {
        // the title of a work already holds what is said of it
        let end = item.end;
        let effective = effective_at(&g, work.bytes, end);
        if let Some(item) = work.items.get_mut(index) {
            item.takes_effect(effective);
        }
        return;
    }
    let stop = limit(work, index);
    let bytes = work.bytes.get(..stop).unwrap_or(work.bytes);
    let mut end = item.end;
    let mut found = Vec::new();
    let mut far_date = None;
    let joint =
        item.m.plural || matches!(&item.m.identifier, Identifier::Symbol(symbol) if symbol.family == Family::Joint);
    let at = after_space(tail(bytes, end));
    if let Some(rest) = g.role(at, &[Role::Of]).map(after_space)
        && let Ok((rest, read)) = issuer(&g, rest)
    {
        let start = position(bytes, rest) - read.end;
        found.push(placed(&read, start));
        end = position(bytes, rest);
        if joint {
            end = more_issuers(&g, bytes, end, &mut found);
        }
        // `của Ban Bí thư ngày 21/12/2012`
        if item.m.date.is_none() {
            let at = after_space(tail(bytes, end));
            let at = if at.first() == Some(&b',') { after_space(tail(at, 1)) } else { at };
            if g.role(at, &[Role::Date]).is_some()
                && let Ok((rest, read)) = date(&g, at)
            {
                let start = position(bytes, at);
                far_date = Some((read, Span::at(start + read.start, start + read.end)));
                end = position(bytes, rest);
            }
        }
    }
    let effective = effective_at(&g, work.bytes, end);
    if let Some(item) = work.items.get_mut(index) {
        item.end = end;
        item.issuers = found;
        item.far_date = far_date;
        item.takes_effect(effective);
    }
}

/// The date of effect stated at a place, and where the statement stands if it is a plain one.
fn effective_at(g: &Grammar<'_>, bytes: &[u8], at: usize) -> Option<(PartialDate, Option<Span>)> {
    let (rest, read) = effective_date(g, tail(bytes, at)).ok()?;
    Some((read.date, read.plain.then(|| Span::at(at + read.start, position(bytes, rest)))))
}

impl Item {
    /// Takes a date of effect, if it has none.
    fn takes_effect(&mut self, read: Option<(PartialDate, Option<Span>)>) {
        let Some((date, place)) = read else { return };
        self.effective = self.effective.or(Some(date));
        self.effect = place.map(|place| (date, place));
    }
}

pub(super) fn placed(read: &IssuerRead, start: usize) -> IssuerAt {
    IssuerAt { span: Some(Span::at(start + read.start, start + read.end)), id: read.id, place: read.place, code: None }
}

/// Further issuers of a joint document.
pub(super) fn more_issuers(g: &Grammar<'_>, bytes: &[u8], mut end: usize, found: &mut Vec<IssuerAt>) -> usize {
    for _ in 0..12 {
        let at = after_space(tail(bytes, end));
        let at = if at.first() == Some(&b',') { after_space(tail(at, 1)) } else { at };
        let at = g.role(at, &[Role::And]).map_or(at, after_space);
        let Ok((rest, read)) = issuer(g, at) else { break };
        found.push(placed(&read, position(bytes, rest) - read.end));
        end = position(bytes, rest);
    }
    end
}

/// True when a stated body can have issued a document of this symbol.
pub(super) fn compatible(lexicon: &Lexicon, item: &Item, read: &IssuerRead) -> bool {
    let (Identifier::Symbol(symbol) | Identifier::Law { symbol: Some(symbol), .. }) = &item.m.identifier else {
        return false;
    };
    let Some(stated) = read.id.and_then(|id| lexicon.issuer(id)) else { return false };
    if matches!(symbol.family, Family::Congress | Family::President) {
        return matches!(stated.family, Some(BodyFamily::Assembly | BodyFamily::President));
    }
    symbol.issuers.iter().any(|code| match code.id.and_then(|id| lexicon.issuer(id)) {
        Some(row) => {
            row.numbering() == stated.numbering()
                || stated.party
                    && stated.superior.as_deref() == Some(row.numbering())
                    && code.code != row.numbering()
                    && is_central(lexicon, row)
        }
        None => false,
    })
}

/// The Central Committee, or a body that shares its numbering.
fn is_central(lexicon: &Lexicon, row: &IssuerRow) -> bool {
    lexicon.bodies(BodyFamily::Central).any(|(_, central)| central.code == row.numbering())
}

/// How what says whose a document is begins, after a word.
static OF: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(" c"));

/// "ngày" , date , "của" , issuer after the title: `… về việc X ngày 30/03/2018 của Bộ Tài chính, có hiệu lực`.
/// "của" , issuer at the end of the title of a document whose symbol agrees.
fn far(work: &mut Work<'_>, index: usize) {
    let g = Grammar { lexicon: work.lexicon };
    let Some(item) = work.items.get(index) else { return };
    let wants = matches!(&item.m.identifier, Identifier::Symbol(_) | Identifier::Law { symbol: Some(_), .. })
        && item.issuers.is_empty();
    if !wants || !titled(&g, work.bytes, item.end) {
        return;
    }
    let joint = matches!(&item.m.identifier, Identifier::Symbol(symbol) if symbol.family == Family::Joint);
    let end = bracket_end(work.bytes, item.from, item.end).unwrap_or_else(|| sentence_end(work.bytes, item.end, TITLE));
    let inside = inside(work, index, end);
    let mut at = item.end;
    let mut best = None;
    let of = |at: usize| OF.find(work.bytes.get(at..end)?);
    while let Some(found) = of(at) {
        at += found + 1;
        let Some(rest) = g.role(tail(work.bytes, at), &[Role::Of]).map(after_space) else { continue };
        let Ok((rest, read)) = issuer(&g, rest) else { continue };
        // `ngày 24/05/2019 của Tòa án nhân dân tối cao, có hiệu lực …`: what the clause goes on with tells whose it is
        let agrees = compatible(work.lexicon, item, &read);
        if !agrees && effective_date(&g, tail(work.bytes, position(work.bytes, rest))).is_err() {
            continue;
        }
        let start = position(work.bytes, rest) - read.end;
        let mut all = vec![placed(&read, start)];
        let mut stop = position(work.bytes, rest);
        if joint {
            stop = more_issuers(&g, work.bytes, stop, &mut all);
        }
        // what another mention has taken is not this one's, but a date can be wrested from a name in the title
        let taken = inside.iter().any(|other| {
            work.items.get(*other).is_some_and(|it| {
                it.issuers.iter().any(|issuer| issuer.span.is_some_and(|span| span.start as usize == start))
            })
        });
        if taken {
            continue;
        }
        let dated = date_before(work, &g, &inside, item.end, at);
        let closes = agrees && ends_clause(&g, tail(work.bytes, stop));
        let dated = dated.filter(|dated| agrees || same_year(item, dated));
        if dated.is_some() || closes {
            best = Some((all, start, stop, dated));
        }
    }
    let Some((all, issuer_start, stop, dated)) = best else { return };
    let dated = dated.filter(|dated| fits_year(item, dated));
    let effective = effective_at(&g, work.bytes, stop);
    if let Some(owner) = dated.as_ref().and_then(|dated| dated.taken_from) {
        strip_date(work, owner);
    }
    if let Some(item) = work.items.get_mut(index) {
        item.issuers = all;
        if item.m.date.is_none() && item.far_date.is_none() {
            item.far_date = dated.map(|dated| (dated.read, dated.span));
        }
        item.takes_effect(effective);
    }
    cut_works(work, index, issuer_start);
}

/// Between the bracket and the mention stand its provisions at most.
const BEFORE: usize = 80;

/// `(Điều 5 Thông tư số … Sửa đổi, bổ sung …; kê đơn. Ngày … của …, có hiệu lực …)`: the note ends with its bracket,
/// whatever marks its title holds.
fn bracket_end(bytes: &[u8], from: usize, end: usize) -> Option<usize> {
    let before = bytes.get(from.saturating_sub(BEFORE)..from)?;
    let open = memchr::memrchr3(b'(', b')', b'\n', before)?;
    let inside = tail(before, open);
    if inside.first() != Some(&b'(') || memchr::memchr2(b'.', b';', inside).is_some() {
        return None;
    }
    let mut depth = 1;
    let title = tail(bytes, end);
    let title = title.get(..TITLE).unwrap_or(title);
    for at in memchr::memchr2_iter(b'(', b')', title) {
        depth += if title.get(at) == Some(&b'(') { 1 } else { -1 };
        if depth == 0 {
            return Some(end + at);
        }
    }
    None
}

/// Mentions that start in the title of `index`.
fn inside(work: &Work<'_>, index: usize, end: usize) -> Vec<usize> {
    (index + 1..work.items.len())
        .take_while(|other| work.items.get(*other).is_some_and(|item| (item.m.core.start as usize) < end))
        .collect()
}

/// A date found before an issuer.
struct DateBefore {
    read: crate::parse::DateRead,
    span: Span,
    /// The name in the title that had taken it.
    taken_from: Option<usize>,
}

/// The year of the symbol is that of the date.
fn same_year(item: &Item, dated: &DateBefore) -> bool {
    match (&item.m.identifier, dated.read.value) {
        (Identifier::Symbol(symbol) | Identifier::Law { symbol: Some(symbol), .. }, Some(date)) => {
            symbol.year == Some(date.the_year())
        }
        _ => false,
    }
}

/// A date that would contradict the year of the symbol belongs to another document.
fn fits_year(item: &Item, dated: &DateBefore) -> bool {
    match (&item.m.identifier, dated.read.value) {
        (Identifier::Symbol(symbol) | Identifier::Law { symbol: Some(symbol), .. }, Some(date)) => {
            dated.taken_from.is_none() || symbol.year.is_none_or(|year| year == date.the_year())
        }
        _ => true,
    }
}

/// Takes the date from a name that stood before it.
fn strip_date(work: &mut Work<'_>, index: usize) {
    let Some(item) = work.items.get_mut(index) else { return };
    item.m.date = None;
    let end = item.m.symbol.or(item.m.name).map_or(item.m.core.end, |span| span.end) as usize;
    item.m.core = Span::at(item.m.core.start as usize, end);
    item.end = end;
    item.effective = None;
}

/// A work named in the title does not run into the issuer.
fn cut_works(work: &mut Work<'_>, index: usize, issuer_start: usize) {
    let bytes = work.bytes;
    for other in work.items.get_mut(index + 1..).into_iter().flatten() {
        let core = other.m.core;
        if core.start as usize > issuer_start {
            break;
        }
        if matches!(other.m.identifier, Identifier::Work { quoted: false }) && core.end as usize > issuer_start {
            let cut = skip_space_back(bytes, word_start(bytes, skip_space_back(bytes, issuer_start)));
            other.m.core = Span::at(core.start as usize, cut);
            other.end = cut;
            if let Some(name) = &mut other.m.name {
                *name = Span::at(name.start as usize, cut);
            }
        }
    }
}

/// A title follows: `về`, a quotation mark, a capital or a verb – not a comma or the end.
fn titled(g: &Grammar<'_>, bytes: &[u8], end: usize) -> bool {
    let at = after_space(tail(bytes, end));
    g.role(at, &[Role::Title]).is_some()
        || at.first().is_some_and(|b| b.is_ascii_alphabetic() || *b >= 0x80 || matches!(b, b'"' | b':' | b'(' | b'.'))
}

/// The date that stands right before `at`. A numbered mention keeps its date; a name gives it up.
fn date_before(work: &Work<'_>, g: &Grammar<'_>, inside: &[usize], floor: usize, at: usize) -> Option<DateBefore> {
    let mut from = at.saturating_sub(48).max(floor);
    while from < at && work.bytes.get(from).is_some_and(|b| b & 0xC0 == 0x80) {
        from += 1;
    }
    let stop = skip_space_back(work.bytes, at);
    let mut search = stop;
    while let Some(found) = work.bytes.get(from..search).and_then(|text| memchr::memrchr2(b'n', b'N', text)) {
        let start = from + found;
        search = start;
        let here = tail(work.bytes, start);
        if !crate::text::fold::starts_word(work.bytes, start) || g.role(here, &[Role::Date]).is_none() {
            continue;
        }
        let Ok((rest, read)) = date(g, here) else { continue };
        if stop != position(work.bytes, rest) {
            continue;
        }
        let span = Span::at(start + read.start, start + read.end);
        let owner = inside.iter().copied().find(|other| {
            work.items.get(*other).is_some_and(|item| item.m.date.as_ref().is_some_and(|(_, other)| *other == span))
        });
        let numbered = owner.and_then(|owner| work.items.get(owner)).is_some_and(|item| item.m.symbol.is_some());
        return (!numbered).then_some(DateBefore { read, span, taken_from: owner });
    }
    None
}

/// The clause ends after an issuer: a mark, a bracket, or a word that begins another one.
fn ends_clause(g: &Grammar<'_>, rest: &[u8]) -> bool {
    let at = after_space(rest);
    match at.first() {
        None => true,
        Some(b'.' | b';' | b',' | b')' | b'"' | b'\n') => true,
        Some(0xE2) => true,
        _ => g.role(at, &[Role::NameEnd, Role::At]).is_some(),
    }
}

/// `Nghị quyết Đại hội X của Đảng về …`: the body stands inside the name, up to the subject.
fn session(work: &mut Work<'_>, index: usize) {
    let g = Grammar { lexicon: work.lexicon };
    let Some(item) = work.items.get_mut(index) else { return };
    if item.m.identifier != (Identifier::Session { plenum: false }) {
        return;
    }
    let Some(name) = item.m.name else { return };
    let mut end = name.end as usize;
    let mut at = name.start as usize;
    while at < name.end as usize {
        if crate::text::fold::starts_word(work.bytes, at) && g.role(tail(work.bytes, at), &[Role::Title]).is_some() {
            end = skip_space_back(work.bytes, at);
            break;
        }
        at += 1;
    }
    item.issuers = vec![IssuerAt { span: Some(Span::at(name.start as usize, end)), ..IssuerAt::default() }];
}

/// Where no body is named the symbol tells it.
fn codes(work: &mut Work<'_>, index: usize) {
    let Some(item) = work.items.get_mut(index) else { return };
    if !item.issuers.is_empty() {
        // a provincial body abbreviated like the central one: `13-NQ/TƯ của Tỉnh ủy`
        let local = item
            .issuers
            .first()
            .and_then(|issuer| issuer.id)
            .and_then(|id| work.lexicon.issuer(id))
            .is_some_and(|row| row.local && row.party);
        if local && let Identifier::Symbol(symbol) = &mut item.m.identifier {
            super::own::as_provincial(work.lexicon, symbol);
        }
        return;
    }
    let (Identifier::Symbol(symbol) | Identifier::Law { symbol: Some(symbol), .. }) = &item.m.identifier else {
        return;
    };
    // a code whose body had ceased: `01/BC-HĐBT` of 2026 is of no Council of Ministers
    let year = symbol.year.or(item.m.date.and_then(|(read, _)| read.value).map(crate::model::PartialDate::the_year));
    let ceased = |id: &crate::model::IssuerId| {
        year.is_some_and(|year| {
            work.lexicon.issuer(*id).and_then(|row| row.to).is_some_and(|to| to.the_year() + 2 < year)
        })
    };
    item.issuers = symbol
        .issuers
        .iter()
        .map(|code| IssuerAt {
            span: None,
            id: code.id.filter(|id| !ceased(id)),
            place: None,
            code: Some(code.code.clone()),
        })
        .collect();
}
