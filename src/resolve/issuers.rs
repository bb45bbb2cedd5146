//! Who issued what is mentioned: after it, after its title, before it, shared by a list; and the dates that
//! stand with the issuer.

use super::sentence::{sentence_end, sentence_start};
use super::{IssuerAt, Item, Work};
use crate::lexicon::{Lexicon, Role, TypeClass};
use crate::model::DocType;
use crate::parse::{Family, Grammar, Identifier, IssuerRead, after_space, date, effective_date, issuer, position, tail};
use crate::span::Span;
use crate::text::word::{skip_space_back, word_start};

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

fn takes_issuer(lexicon: &Lexicon, item: &Item) -> bool {
    match &item.m.identifier {
        Identifier::Symbol(_) | Identifier::Number { .. } | Identifier::Session { .. } => true,
        Identifier::Law { symbol, .. } => symbol.is_some(),
        Identifier::Work { .. } => item.doc_type().is_some_and(|t| lexicon.type_class(t) == TypeClass::Named),
        _ => false,
    }
}

/// Bytes of the limit of an item: the text up to the next mention that is not inside it.
fn limit(work: &Work<'_>, index: usize) -> usize {
    let Some(item) = work.items.get(index) else { return 0 };
    work.items.get(index + 1..).into_iter().flatten().find(|next| next.m.core.start as usize >= item.end).map_or(work.bytes.len(), |next| next.m.core.start as usize)
}

/// "của" , issuer , { "," | "và" , issuer } , [ "ngày" , date ] right after the mention; [ "có hiệu lực …" ]
fn after(work: &mut Work<'_>, index: usize) {
    let g = Grammar { lexicon: work.lexicon };
    let Some(item) = work.items.get(index) else { return };
    if !takes_issuer(work.lexicon, item) || matches!(item.m.identifier, Identifier::Work { .. }) {
        // the title of a work already holds what is said of it
        let end = item.end;
        let effective = effective_date(&g, tail(work.bytes, end)).ok().map(|(_, date)| date);
        if let Some(item) = work.items.get_mut(index) {
            item.effective = effective;
        }
        return;
    }
    let stop = limit(work, index);
    let bytes = work.bytes.get(..stop).unwrap_or(work.bytes);
    let mut end = item.end;
    let mut found = Vec::new();
    let mut far_date = None;
    let joint = item.m.plural || matches!(&item.m.identifier, Identifier::Symbol(symbol) if symbol.family == Family::Joint);
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
    let effective = effective_date(&g, tail(work.bytes, end)).ok();
    if let Some(item) = work.items.get_mut(index) {
        item.end = end;
        item.issuers = found;
        item.far_date = far_date;
        item.effective = effective.map(|(_, date)| date);
    }
}

fn placed(read: &IssuerRead, start: usize) -> IssuerAt {
    IssuerAt { span: Some(Span::at(start + read.start, start + read.end)), id: read.id, place: read.place, code: None }
}

/// Further issuers of a joint document.
fn more_issuers(g: &Grammar<'_>, bytes: &[u8], mut end: usize, found: &mut Vec<IssuerAt>) -> usize {
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
fn compatible(lexicon: &Lexicon, item: &Item, read: &IssuerRead) -> bool {
    let symbol = match &item.m.identifier {
        Identifier::Symbol(symbol) | Identifier::Law { symbol: Some(symbol), .. } => symbol,
        _ => return false,
    };
    let Some(stated) = read.id.and_then(|id| lexicon.issuer(id)) else { return false };
    if matches!(symbol.family, Family::Congress | Family::President) {
        return matches!(stated.numbering(), "QH" | "UBTVQH" | "CTN" | "HĐNN");
    }
    symbol.issuers.iter().any(|code| match code.id.and_then(|id| lexicon.issuer(id)) {
        Some(row) => row.numbering() == stated.numbering() || row.numbering() == "TW" && stated.party && stated.superior.as_deref() == Some("TW") && code.code != "TW",
        None => false,
    })
}

/// "ngày" , date , "của" , issuer after the title: `… về việc X ngày 30/03/2018 của Bộ Tài chính, có hiệu lực`.
/// "của" , issuer at the end of the title of a document whose symbol agrees.
fn far(work: &mut Work<'_>, index: usize) {
    let g = Grammar { lexicon: work.lexicon };
    let Some(item) = work.items.get(index) else { return };
    let wants = matches!(&item.m.identifier, Identifier::Symbol(_) | Identifier::Law { symbol: Some(_), .. }) && item.issuers.is_empty();
    if !wants || !titled(&g, work.bytes, item.end) {
        return;
    }
    let end = sentence_end(work.bytes, item.end, TITLE);
    let mut at = item.end;
    let mut best = None;
    let of = |at: usize| work.bytes.get(at..end).and_then(|text| memchr::memmem::find(text, " c".as_bytes()));
    while let Some(found) = of(at) {
        at += found + 1;
        let here = tail(work.bytes, at);
        let Some(rest) = g.role(here, &[Role::Of]).map(after_space) else { continue };
        let Ok((rest, read)) = issuer(&g, rest) else { continue };
        let stop = position(work.bytes, rest);
        // what another mention has taken is not this one's
        let taken = work.items.iter().enumerate().any(|(other, it)| other != index && it.m.core.start as usize >= item.end && it.issuers.iter().any(|issuer| issuer.span.is_some_and(|span| span.end as usize == stop)));
        if taken || !compatible(work.lexicon, item, &read) {
            continue;
        }
        let dated = date_before(work, &g, item.end, at);
        let closes = matches!(super::sentence::char_before(work.bytes, stop + 1), Some(_)) && ends_clause(&g, rest);
        if dated.is_some() || closes {
            best = Some((read, stop, dated));
        }
    }
    let Some((read, stop, dated)) = best else {
        // a date alone closes the title: `… ngày 29/12/2017, có hiệu lực`
        return;
    };
    let effective = effective_date(&g, tail(work.bytes, stop)).ok().map(|(_, date)| date);
    if let Some(item) = work.items.get_mut(index) {
        item.issuers.push(placed(&read, stop - read.end));
        if item.m.date.is_none() && item.far_date.is_none() {
            item.far_date = dated;
        }
        item.effective = item.effective.or(effective);
    }
    // a work named in the title does not run into the issuer
    let issuer_start = stop - read.end;
    for other in work.items.get_mut(index + 1..).into_iter().flatten() {
        let core = other.m.core;
        if core.start as usize > stop {
            break;
        }
        if matches!(other.m.identifier, Identifier::Work { quoted: false }) && (core.start as usize) < issuer_start && core.end as usize > issuer_start {
            let cut = skip_space_back(work.bytes, word_start(work.bytes, skip_space_back(work.bytes, issuer_start)));
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
    g.role(at, &[Role::Title]).is_some() || at.first().is_some_and(|b| b.is_ascii_alphabetic() || *b >= 0x80 || matches!(b, b'"' | b':' | b'(' | b'.'))
}

/// The date that stands right before `at`, unless a mention has it.
fn date_before(work: &Work<'_>, g: &Grammar<'_>, floor: usize, at: usize) -> Option<(crate::parse::DateRead, Span)> {
    let from = at.saturating_sub(48).max(floor);
    let mut search = at;
    while let Some(found) = work.bytes.get(from..search).and_then(|text| memchr::memmem::rfind(text, b"ng").or_else(|| memchr::memmem::rfind(text, b"NG"))) {
        let start = from + found;
        let here = tail(work.bytes, start);
        if g.role(here, &[Role::Date]).is_some()
            && let Ok((rest, read)) = date(g, here)
            && skip_space_back(work.bytes, at) == position(work.bytes, rest)
        {
            let span = Span::at(start + read.start, start + read.end);
            let taken = work.items.iter().any(|item| item.m.date.as_ref().is_some_and(|(_, other)| *other == span));
            return (!taken).then_some((read, span));
        }
        search = start;
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

/// Members of a list without a type word have the type of the one before.
fn inherit_types(work: &mut Work<'_>) {
    for index in 1..work.items.len() {
        let Some((before, rest)) = work.items.split_at_mut_checked(index) else { break };
        let (Some(previous), Some(item)) = (before.last(), rest.first_mut()) else { break };
        if item.m.type_word.is_none()
            && matches!(item.m.identifier, Identifier::Symbol(_))
            && coordinated(work.lexicon, work.bytes, previous.end, item.m.core.start as usize).is_some()
        {
            item.inherits = true;
            if item.m.doc_type.is_none() || previous.doc_type().is_some_and(|t| Some(t) != item.m.doc_type && same_code(work.lexicon, t, item)) {
                item.m.doc_type = previous.doc_type();
            }
        }
    }
}

/// The code of the symbol can stand for the type as well (QĐ for Quyết định and Quy định).
fn same_code(_: &Lexicon, doc_type: DocType, item: &Item) -> bool {
    matches!((doc_type, item.m.doc_type), (DocType::QuyDinh, Some(DocType::QuyetDinh)) | (DocType::ThongTri, Some(DocType::ThongTu)))
}

/// Only separators stand between two mentions: where the next one's own words begin.
pub(super) fn coordinated(lexicon: &Lexicon, bytes: &[u8], from: usize, to: usize) -> Option<bool> {
    let g = Grammar { lexicon };
    let text = bytes.get(from..to)?;
    if text.len() > 60 {
        return None;
    }
    let mut at = after_space(text);
    let mut any = false;
    let mut semicolon = false;
    for _ in 0..6 {
        match at.first() {
            None => return any.then_some(semicolon),
            Some(b',') => {
                any = true;
                at = after_space(tail(at, 1));
                continue;
            }
            Some(b';') => {
                any = true;
                semicolon = true;
                at = after_space(tail(at, 1));
                continue;
            }
            _ => {}
        }
        if let Some(rest) = g.role(at, &[Role::And]) {
            any = true;
            at = after_space(rest);
        } else if let Some(rest) = g.role(at, &[Role::Plural]) {
            at = after_space(rest);
        } else {
            // quotation marks that close one title and open another
            let quote = ["”", "“", "\"", "»", "«"].iter().find(|mark| at.starts_with(mark.as_bytes()));
            match quote {
                Some(mark) => at = after_space(tail(at, mark.len())),
                None => return None,
            }
        }
    }
    (at.is_empty() && any).then_some(semicolon)
}

/// An issuer after the last of a list belongs to those before it; so does the date of a list under one type word.
fn share(work: &mut Work<'_>) {
    for index in (1..work.items.len()).rev() {
        let Some((before, rest)) = work.items.split_at_mut_checked(index) else { break };
        let (Some(previous), Some(item)) = (before.last_mut(), rest.first()) else { break };
        if previous.end > item.m.core.start as usize || coordinated(work.lexicon, work.bytes, previous.end, item.m.core.start as usize) != Some(false) {
            continue;
        }
        if !matches!(previous.m.identifier, Identifier::Symbol(_) | Identifier::Number { .. }) {
            continue;
        }
        if previous.issuers.is_empty() && !item.issuers.is_empty() {
            let fits = item.issuers.first().is_some_and(|issuer| {
                let read = IssuerRead { start: 0, end: 0, id: issuer.id, place: issuer.place };
                compatible(work.lexicon, previous, &read) || issuer.id.is_none() && previous.doc_type() == item.doc_type()
            });
            if fits {
                previous.issuers.clone_from(&item.issuers);
            }
        }
        if item.inherits && previous.m.date.is_none() && previous.far_date.is_none() && yearless(previous) && yearless(item) {
            previous.far_date = item.m.date.or(item.far_date);
        }
    }
}

fn yearless(item: &Item) -> bool {
    matches!(&item.m.identifier, Identifier::Symbol(symbol) if symbol.year.is_none())
}

/// `Chính phủ ban hành Chỉ thị A; Nghị định B …; ra Quyết định C`: the actor of the first acts on.
fn share_from_left(work: &mut Work<'_>) {
    let g = Grammar { lexicon: work.lexicon };
    for index in 1..work.items.len() {
        let Some((before, rest)) = work.items.split_at_mut_checked(index) else { break };
        let Some(item) = rest.first_mut() else { break };
        if !item.issuers.is_empty() || !matches!(item.m.identifier, Identifier::Symbol(_)) {
            continue;
        }
        // the last mention before it that was issued by somebody named before it
        let Some(actor) = before.iter().rev().take(3).find(|previous| previous.issuers.first().is_some_and(|issuer| issuer.span.is_some_and(|span| span.end <= previous.m.core.start))) else { continue };
        let Some(issuer) = actor.issuers.first().cloned() else { continue };
        let gap_start = actor.end;
        let start = item.m.core.start as usize;
        if super::sentence::strongest_break(work.bytes, gap_start, start).0 != super::sentence::Break::Semicolon {
            continue;
        }
        let end = skip_space_back(work.bytes, start);
        let heads = work.bytes.get(end.wrapping_sub(1)) == Some(&b';') || g.lexicon.word(work.bytes, word_start(work.bytes, end), &[Role::Issues]).is_some_and(|found| found.end == end);
        let read = IssuerRead { start: 0, end: 0, id: issuer.id, place: issuer.place };
        if heads && compatible(work.lexicon, item, &read) {
            item.issuers.push(issuer);
        }
    }
}

/// issuer , [ "đã" ] , "ban hành" | "chỉ đạo của" , issuer , "tại" before the mention.
fn preceding(work: &mut Work<'_>, index: usize) {
    let g = Grammar { lexicon: work.lexicon };
    let Some(item) = work.items.get(index) else { return };
    if !takes_issuer(work.lexicon, item) && !matches!(item.m.identifier, Identifier::Law { .. }) {
        return;
    }
    let floor = work.items.get(..index).and_then(|before| before.iter().rev().find(|other| other.m.core.end <= item.m.core.start)).map_or(0, |other| other.m.core.end as usize);
    let end = skip_space_back(work.bytes, item.m.core.start as usize);
    // the last few words before the mention must be a verb of issue or a preposition
    let mut start = word_start(work.bytes, end);
    let mut hit = None;
    for _ in 0..3 {
        if start < floor {
            break;
        }
        if let Some(found) = g.lexicon.word(work.bytes, start, &[Role::Issues, Role::At])
            && found.end == end
        {
            hit = Some((found.role, start));
        }
        let left = skip_space_back(work.bytes, start);
        let next = word_start(work.bytes, left);
        if next == left {
            break;
        }
        start = next;
    }
    let Some((role, verb)) = hit else { return };
    let body_end = skip_space_back(work.bytes, verb);
    let sentence = sentence_start(work.bytes, body_end, 240).max(floor);
    let Some((read, from)) = issuer_ending(&g, work.bytes, sentence, body_end) else { return };
    if role == Role::At {
        // only where the body is said to speak there: `đề nghị của X tại`
        let before = skip_space_back(work.bytes, from);
        let mut word = word_start(work.bytes, before);
        let mut speaks = false;
        for _ in 0..4 {
            speaks |= g.lexicon.word(work.bytes, word, &[Role::Voice]).is_some_and(|found| found.end == before);
            let left = skip_space_back(work.bytes, word);
            let next = word_start(work.bytes, left);
            if next == left {
                break;
            }
            word = next;
        }
        let known = matches!(&item.m.identifier, Identifier::Symbol(symbol) if symbol.issuers.first().is_some_and(|code| code.id.is_some()));
        if !speaks || known && read.id.is_some() && !compatible(work.lexicon, item, &read) {
            return;
        }
    } else if matches!(item.m.identifier, Identifier::Work { .. } | Identifier::Law { .. }) && read.id.is_none() {
        return;
    }
    let mut found = vec![placed(&read, from)];
    // `của Sở Tư pháp và Sở Tài chính tại`
    if read.end < body_end - from {
        more_issuers(&g, work.bytes.get(..body_end).unwrap_or_default(), from + read.end, &mut found);
    }
    if let Some(item) = work.items.get_mut(index) {
        item.issuers = found;
    }
}

/// A body whose name (with further ones joined to it) ends at `end`; where it starts.
fn issuer_ending(g: &Grammar<'_>, bytes: &[u8], floor: usize, end: usize) -> Option<(IssuerRead, usize)> {
    let within = bytes.get(..end)?;
    let mut end_word = end;
    // `đã`, `vừa`, `có` between body and verb
    for _ in 0..2 {
        let word = word_start(bytes, end_word);
        if word > floor && g.lexicon.word(bytes, word, &[Role::Aspect]).is_some_and(|found| found.end == end_word) {
            end_word = skip_space_back(bytes, word);
        }
    }
    let within = within.get(..end_word)?;
    let mut start = word_start(bytes, end_word);
    let mut best = None;
    for _ in 0..16 {
        if start < floor {
            break;
        }
        if let Ok((rest, read)) = issuer(g, tail(within, start)) {
            let reached = if rest.is_empty() {
                true
            } else {
                let mut more = Vec::new();
                more_issuers(g, within, position(within, rest), &mut more) == within.len()
            };
            if reached {
                best = Some((read, start));
            }
        }
        let left = skip_space_back(bytes, start);
        let mark = left.checked_sub(1).and_then(|at| bytes.get(at)).is_some_and(|b| matches!(b, b',' | b'-'));
        let left = if mark { skip_space_back(bytes, left - 1) } else { left };
        let next = word_start(bytes, left);
        if next == left {
            break;
        }
        start = next;
    }
    best
}

/// Where no body is named the symbol tells it.
fn codes(work: &mut Work<'_>, index: usize) {
    let Some(item) = work.items.get_mut(index) else { return };
    if !item.issuers.is_empty() {
        // a provincial body abbreviated like the central one: `13-NQ/TƯ của Tỉnh ủy`
        return;
    }
    let symbol = match &item.m.identifier {
        Identifier::Symbol(symbol) | Identifier::Law { symbol: Some(symbol), .. } => symbol,
        _ => return,
    };
    item.issuers = symbol.issuers.iter().map(|code| IssuerAt { span: None, id: code.id, place: None, code: Some(code.code.clone()) }).collect();
}
