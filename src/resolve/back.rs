//! `này`, `nêu trên`, `đó`: which document, or which documents, a reference to the text itself means.

use super::aliases::same_type;
use super::sentence::{Break, sentence_start, strongest_break};
use super::{Item, Means, Work};
use crate::lexicon::{Anchor, DERIVING, Role, Set, Sets, TypeClass};
use crate::model::{DocType, Unresolved};
use crate::parse::Identifier;
use crate::span::Span;
use crate::text::opening::Opening;
use crate::text::word::{gap, skip_space, skip_space_back, word_at, word_start};

/// No sentence is read further back than this, in bytes.
const SENTENCE: usize = 1600;
/// No mention is longer that matters to one close behind it, in bytes.
const LONGEST: usize = 4000;
/// A reference has no more antecedents.
const SET: usize = 64;
/// Words between two members of a set, `đã được sửa đổi, bổ sung một số điều theo` among them.
const BETWEEN: usize = 12;

/// The type of the document: its header's, else that of the `X này` which nothing before it in its sentence can
/// explain. A part of a document has no header, but speaks of itself.
pub(super) fn own_type(work: &Work<'_>) -> Option<DocType> {
    if work.own.doc_type.is_some() {
        return work.own.doc_type;
    }
    let mut counts: Vec<(DocType, usize)> = Vec::new();
    for (index, item) in work.items.iter().enumerate() {
        let Some(doc_type) = item.doc_type().filter(|_| matches!(item.m.identifier, Identifier::This)) else {
            continue;
        };
        let at = item.m.core.start as usize;
        let class = work.lexicon.type_class(doc_type);
        let quoted = work.block_at(at).is_some();
        if item.m.plural || quoted || class.is_treaty() || matches!(class, TypeClass::Named | TypeClass::Generic) {
            continue;
        }
        if !comes_into_force(work, item) && !in_sentence(work, index, doc_type, false).is_empty() {
            continue;
        }
        match counts.iter_mut().find(|(known, _)| *known == doc_type) {
            Some((_, count)) => *count += 1,
            None => counts.push((doc_type, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(doc_type, _)| doc_type)
}

/// `kể từ ngày Nghị định này có hiệu lực`: only the document itself comes into force so.
fn comes_into_force(work: &Work<'_>, item: &Item) -> bool {
    let after = skip_space(work.bytes, item.m.core.end as usize);
    let end = skip_space_back(work.bytes, item.m.core.start as usize);
    let before = work.lexicon.word(work.bytes, word_start(work.bytes, end), &[Role::Date]);
    before.is_some_and(|found| found.end == end) && work.lexicon.word(work.bytes, after, &[Role::Effective]).is_some()
}

/// `Quyết định này có hiệu lực`
fn subject_of_effect(work: &Work<'_>, item: &Item) -> bool {
    let after = skip_space(work.bytes, item.m.core.end as usize);
    work.lexicon.word(work.bytes, after, &[Role::Effective]).is_some()
}

/// `Luật này`: the present document, or inside amending text the act that is amended, or the act just named.
pub(super) fn this(work: &mut Work<'_>, index: usize, own: Option<DocType>) {
    let Some(item) = work.items.get(index) else { return };
    let Some(doc_type) = item.doc_type() else { return };
    if item.m.plural {
        let all = set(work, index, doc_type, true);
        let only = all.first().copied().filter(|_| all.len() == 1);
        let Some(item) = work.items.get_mut(index) else { return };
        match only {
            Some(entry) => item.means = Means::Entry(entry),
            None if all.is_empty() => item.means = Means::Own,
            None => item.means_all = all,
        }
        return;
    }
    if let Some(means) = in_instruction(work, item, doc_type) {
        if let Some(item) = work.items.get_mut(index) {
            item.means = means;
        }
        return;
    }
    let class = work.lexicon.type_class(doc_type);
    let mut candidates = Vec::new();
    let means = match work.block_at(item.m.core.start as usize) {
        Some(block) => super::owners::act_of_block(work, block, Some(doc_type)),
        None if class.is_treaty() => nearest(work, index, doc_type, false).map_or(Means::Nothing, Means::Entry),
        None => match own {
            Some(own) if same_type(own, doc_type) => {
                if derived(work, item) {
                    antecedent(work, index, doc_type, &mut candidates)
                } else {
                    Means::Own
                }
            }
            // a regulation issued with the document speaks of itself
            _ if matches!(class, TypeClass::Named | TypeClass::Generic) => Means::Own,
            Some(_) => match nearest(work, index, doc_type, false) {
                Some(entry) => Means::Entry(entry),
                // `Quyết định này có hiệu lực …` closing a circular: a slip, but only the document itself can say it
                None if subject_of_effect(work, item) => Means::Own,
                None => Means::Nothing,
            },
            None => antecedent(work, index, doc_type, &mut candidates),
        },
    };
    if let Some(item) = work.items.get_mut(index) {
        item.means = means;
        if candidates.len() > 1 {
            item.unresolved = Some(Unresolved::Ambiguous);
            item.candidates = candidates;
        } else if means == Means::Nothing {
            item.unresolved = Some(Unresolved::NoAntecedent);
        }
    }
}

/// `38. Bãi bỏ điểm đ khoản 3 Điều 77 của Luật này` under the heading of the act that is amended: that act.
fn in_instruction(work: &Work<'_>, item: &Item, doc_type: DocType) -> Option<Means> {
    let at = item.from.min(item.m.core.start as usize);
    if item.provisions.is_empty() || work.block_at(at).is_some() {
        return None;
    }
    let head = super::sentence::after_numbering(work.bytes, sentence_start(work.bytes, at, SENTENCE));
    let verb = work.lexicon.word(work.bytes, head, &[Role::Amending]).filter(|verb| verb.end <= at)?;
    let act = super::owners::amended_act(work, verb.end.min(head), Some(doc_type));
    matches!(act, Means::Entry(_)).then_some(act)
}

/// The act of the type named before in the sentence; the document itself where there is none, or where the act and
/// `X này` stand side by side; none and the candidates where two acts do.
fn antecedent(work: &Work<'_>, index: usize, doc_type: DocType, candidates: &mut Vec<u32>) -> Means {
    let before = in_sentence(work, index, doc_type, false);
    let Some(last) = before.last().copied() else { return Means::Own };
    let (Some(item), Some(other)) = (work.items.get(index), work.items.get(last)) else { return Means::Own };
    if super::shared::coordinated(work.lexicon, work.bytes, other.end, item.from.min(item.m.core.start as usize))
        .is_some()
    {
        return Means::Own;
    }
    let entry = |index: &usize| match work.items.get(*index).map(|item| item.means) {
        Some(Means::Entry(entry)) => Some(entry),
        _ => None,
    };
    let side_by_side = before.iter().rev().nth(1).filter(|previous| {
        let start = work.items.get(**previous).map_or(0, |item| item.m.core.end as usize);
        joined(work, start, other.m.core.start as usize)
    });
    if let Some(previous) = side_by_side
        && let (Some(a), Some(b)) = (entry(previous), entry(&last))
        && a != b
    {
        candidates.extend([a, b]);
        return Means::Nothing;
    }
    entry(&last).map_or(Means::Own, Means::Entry)
}

/// The last thing said between two mentions is `và`, `hoặc` or a comma.
fn joined(work: &Work<'_>, from: usize, to: usize) -> bool {
    let end = skip_space_back(work.bytes, to);
    let word = word_start(work.bytes, end);
    from < end
        && (work.lexicon.word(work.bytes, word, &[Role::And]).is_some_and(|found| found.end == end)
            || work.bytes.get(end - 1) == Some(&b','))
}

/// `các văn bản hướng dẫn thi hành Luật này`, `văn bản sửa đổi Nghị định này`: derived from what the sentence named.
fn derived(work: &Work<'_>, item: &Item) -> bool {
    let at = item.m.core.start as usize;
    // mentions that end here begin here, or they are longer than any title
    let near = work.items.partition_point(|other| (other.m.core.start as usize) < at);
    let floor = work
        .items
        .get(..near)
        .unwrap_or_default()
        .iter()
        .rev()
        .take_while(|other| other.m.core.start as usize + LONGEST >= at)
        .filter(|other| (other.m.core.end as usize) <= at)
        .map(|other| other.m.core.end as usize)
        .max()
        .unwrap_or(0)
        .max(at.saturating_sub(120));
    let mut here = floor;
    while here < at && work.bytes.get(here).is_some_and(|b| b & 0xC0 == 0x80) {
        here += 1;
    }
    // mostly no such verb stands there: only where one does is it asked what it is said of
    let Some(first) = first_verb(work, here, at) else { return false };
    let mut document = false;
    while here < at {
        let opening = Opening::at(work.bytes, here);
        let word_end = opening.word_end(work.bytes, here);
        if word_end == here {
            here += crate::text::fold::decode(work.bytes, here).map_or(1, |(_, length)| length);
            continue;
        }
        if let Some((Anchor::Type { .. }, end)) = work.lexicon.anchor_opening(work.bytes, here, opening) {
            document = true;
            here = end;
            continue;
        }
        if document && here >= first && derives(work, here, at, opening) {
            return true;
        }
        here = word_end;
    }
    false
}

/// The first such verb in `floor..at` whose words reach to `at`: nothing but its words stands between, and most texts have
/// another one right there.
fn first_verb(work: &Work<'_>, floor: usize, at: usize) -> Option<usize> {
    let mut first = None;
    let mut here = at;
    while here > floor {
        let blank = |b: &u8| matches!(b, b' ' | b'\t' | b'\r' | b'\n' | b'-' | b'.' | b'/' | b',');
        let end = work.bytes.get(floor..here)?.iter().rposition(|b| !blank(b)).map_or(floor, |last| floor + last + 1);
        let start = word_start(work.bytes, end).max(floor);
        let opening = Opening::at(work.bytes, start);
        let of_verb = work.lexicon.starts().at(work.bytes, opening, end, Sets::of(&[Set::Deriving]));
        if start == end || !of_verb.has(Set::Deriving) {
            break;
        }
        if derives(work, start, at, opening) {
            first = Some(start);
        }
        here = start;
    }
    first
}

/// The first word in `from..to` that `wanted` is true of.
#[inline]
fn next_word(work: &Work<'_>, from: usize, to: usize, wanted: impl Fn(usize, Opening) -> bool) -> Option<usize> {
    let mut here = from;
    while here < to {
        if work.bytes.get(here).is_some_and(|b| b.is_ascii() && !b.is_ascii_alphanumeric() && *b != b'&') {
            here += 1;
            continue;
        }
        let opening = Opening::at(work.bytes, here);
        let end = opening.word_end(work.bytes, here);
        if end == here {
            here += crate::text::fold::decode(work.bytes, here).map_or(1, |(_, length)| length);
            continue;
        }
        if wanted(here, opening) {
            return Some(here);
        }
        here = end;
    }
    None
}

/// The verb by which one document is made for another stands at `here`, and nothing but `các` between it and `at`.
#[inline]
fn derives(work: &Work<'_>, here: usize, at: usize, opening: Opening) -> bool {
    if !work.lexicon.may_derive(opening) {
        return false;
    }
    let Some((cue, end)) = work.lexicon.cue_opening(work.bytes, here, opening) else { return false };
    if !cue.relation.is_some_and(|relation| DERIVING.contains(&relation)) {
        return false;
    }
    let rest = gap(work.bytes, end.min(at)).next;
    rest >= at
        || work
            .lexicon
            .word(work.bytes, rest, &[Role::Plural])
            .is_some_and(|found| gap(work.bytes, found.end).next >= at)
}

/// Mentions of the type before `index` in its sentence, in text order.
fn in_sentence(work: &Work<'_>, index: usize, doc_type: DocType, any: bool) -> Vec<usize> {
    let Some(at) = work.items.get(index).map(|item| item.m.core.start as usize) else { return Vec::new() };
    let before = |start: usize| {
        let near = work.items.iter().enumerate().take(index).rev();
        near.take_while(move |(_, other)| other.m.core.start as usize >= start)
            .filter(|(_, other)| suits(work, other, doc_type, any) && !matches!(other.m.identifier, Identifier::Back))
            .map(|(other, _)| other)
    };
    // the text is read only where there is something to be parted from
    if before(at.saturating_sub(SENTENCE)).next().is_none() {
        return Vec::new();
    }
    let start = sentence_start(work.bytes, at, SENTENCE);
    if before(start).next().is_none() {
        return Vec::new();
    }
    let mut found: Vec<usize> = before(clause_start(work, start, at)).collect();
    found.reverse();
    found
}

/// The nearest document of the type mentioned before; not one inside a parenthesis that has closed.
fn nearest(work: &Work<'_>, index: usize, doc_type: DocType, any: bool) -> Option<u32> {
    if work.entries.is_empty() {
        return None;
    }
    work.items.iter().take(index).rev().find_map(|other| match other.means {
        Means::Entry(entry) if suits(work, other, doc_type, any) && !parenthetic(work, other, index) => Some(entry),
        _ => None,
    })
}

/// Not by its title.
fn by_number(work: &Work<'_>, doc_type: DocType) -> bool {
    let class = work.lexicon.type_class(doc_type);
    !class.is_treaty() && class != TypeClass::Named
}

fn suits(work: &Work<'_>, other: &Item, doc_type: DocType, any: bool) -> bool {
    let treaty = work.lexicon.type_class(doc_type).is_treaty();
    let named = match other.m.identifier {
        Identifier::This | Identifier::Placeholder => false,
        Identifier::Foreign => treaty,
        _ => true,
    };
    let fits =
        |theirs: DocType| same_type(theirs, doc_type) && theirs != DocType::VanBan || any && by_number(work, theirs);
    named
        && other.doc_type().is_some_and(|theirs| {
            if any && doc_type == DocType::VanBan { fits(theirs) && by_number(work, theirs) } else { fits(theirs) }
        })
}

/// A mention in brackets that closed before the reference.
fn parenthetic(work: &Work<'_>, other: &Item, index: usize) -> bool {
    let Some(at) = work.items.get(index).map(|item| item.m.core.start as usize) else { return false };
    let start = other.m.core.start as usize;
    let from = start.saturating_sub(200);
    let before = work.bytes.get(from..start).unwrap_or_default();
    let open = before.iter().rposition(|b| *b == b'(');
    let closed = before.iter().rposition(|b| *b == b')');
    let inside = open.is_some_and(|open| closed.is_none_or(|closed| closed < open))
        && !before.get(open.unwrap_or(0)..).unwrap_or_default().contains(&b'\n');
    inside && work.bytes.get(other.m.core.end as usize..at).is_some_and(|text| text.contains(&b')'))
}

/// `Nghị định nêu trên`, `các Thông tư nói trên`, `Luật đó`.
pub(super) fn back(work: &mut Work<'_>, index: usize, own: Option<DocType>) {
    let Some(item) = work.items.get(index) else { return };
    let Some(doc_type) = item.doc_type() else { return };
    let any = doc_type == DocType::VanBan;
    let near = points_near(work, item);
    let plural = item.m.plural;
    let all = if plural { set(work, index, doc_type, near) } else { Vec::new() };
    let means = if near {
        let here = in_sentence(work, index, doc_type, any).last().and_then(|last| match work.items.get(*last)?.means {
            Means::Entry(entry) => Some(entry),
            _ => None,
        });
        here.or_else(|| sentence_before(work, index, doc_type, any))
    } else {
        nearest(work, index, doc_type, any)
    };
    let mine = !near && own.is_some_and(|own| same_type(own, doc_type) && doc_type != DocType::VanBan);
    let Some(item) = work.items.get_mut(index) else { return };
    match means {
        _ if all.len() > 1 => item.means_all = all,
        Some(entry) => item.means = Means::Entry(entry),
        None if mine && !plural => item.means = Means::Own,
        None => item.unresolved = Some(Unresolved::NoAntecedent),
    }
}

/// `… Luật Đất đai năm 2013 có hiệu lực. Theo quy định của Luật đó`: in the sentence before, in the same line. What
/// has no capital speaks of any act: `luật khác có quy định thì theo luật đó`.
fn sentence_before(work: &Work<'_>, index: usize, doc_type: DocType, any: bool) -> Option<u32> {
    let item = work.items.get(index).filter(|item| !item.m.plural && !any)?;
    let at = item.m.core.start as usize;
    word_at(work.bytes, at).filter(|word| word.upper_first)?;
    let line = work.bytes.get(..at)?.iter().rposition(|b| *b == b'\n').map_or(0, |end| end + 1);
    let here = sentence_start(work.bytes, at, SENTENCE);
    let before = sentence_start(work.bytes, here.saturating_sub(2), SENTENCE).max(line);
    work.items.iter().take(index).rev().take_while(|other| other.m.core.start as usize >= before).find_map(|other| {
        match other.means {
            Means::Entry(entry) if suits(work, other, doc_type, any) => Some(entry),
            _ => None,
        }
    })
}

/// `đó` points into its sentence, `nêu trên` as far back as need be.
fn points_near(work: &Work<'_>, item: &Item) -> bool {
    let core = item.m.core;
    let Some(word) = item.m.type_word else { return false };
    let at = skip_space(work.bytes, word.end as usize);
    let mut start = at;
    // adjectives stand between: `văn bản pháp luật đó`
    while let Some(found) = work.lexicon.word(work.bytes, start, &[Role::Adjective]) {
        start = skip_space(work.bytes, found.end);
    }
    let found = work.lexicon.word(work.bytes, start, &[Role::Back]);
    found.is_some_and(|found| found.end <= core.end as usize && found.value == "near")
}

/// The documents of the type in the nearest group before: what is joined by commas, `và`, lines of a list, or the
/// passive clause that names what amended them.
fn set(work: &Work<'_>, index: usize, doc_type: DocType, near: bool) -> Vec<u32> {
    let found = group(work, index, doc_type, near, false);
    // `các văn bản này` after nothing but agreements
    if found.is_empty() { group(work, index, doc_type, near, true) } else { found }
}

fn group(work: &Work<'_>, index: usize, doc_type: DocType, near: bool, treaties: bool) -> Vec<u32> {
    let any = doc_type == DocType::VanBan;
    let Some(item) = work.items.get(index) else { return Vec::new() };
    let at = item.m.core.start as usize;
    let this = matches!(item.m.identifier, Identifier::This);
    let scope = scope_start(work, item);
    let start = scope.unwrap_or_else(|| {
        let start = sentence_start(work.bytes, at, SENTENCE);
        if this { start } else { clause_start(work, start, at) }
    });
    let near = near || scope.is_some();
    let mut all: Vec<u32> = Vec::new();
    let mut last: Option<&Item> = None;
    for other in work.items.iter().take(index).rev() {
        let Means::Entry(entry) = other.means else { continue };
        if near && (other.m.core.start as usize) < start {
            break;
        }
        let treaty = treaties && other.doc_type().is_some_and(|theirs| work.lexicon.type_class(theirs).is_treaty());
        if !treaty && !suits(work, other, doc_type, any) {
            continue;
        }
        if let Some(next) = last
            && all.len() > 1
            && scope.is_none()
            && parts(work, other, next, any, near && this)
        {
            break;
        }
        if !all.contains(&entry) {
            all.push(entry);
        }
        last = Some(other);
        if all.len() >= SET {
            break;
        }
    }
    all.reverse();
    all
}

/// Two mentions are of different groups: a sentence ends between them, or more is said than a list says.
fn parts(work: &Work<'_>, other: &Item, next: &Item, any: bool, near: bool) -> bool {
    let (from, to) = (other.end, next.from.min(next.m.core.start as usize));
    if from >= to {
        return false;
    }
    match strongest_break(work.bytes, from, to).0 {
        Break::Sentence => any || !lists(work.bytes.get(from..to).unwrap_or_default()),
        Break::None => !near && words(work, Span::at(from, to)) > if any { BETWEEN } else { 3 * BETWEEN },
        Break::Semicolon => false,
    }
}

/// `nhưng được quy định tại Luật X …`: what stands before `nhưng` is not meant by what points near.
fn clause_start(work: &Work<'_>, start: usize, at: usize) -> usize {
    // after the word a mention follows: behind the last one nothing is looked for
    let near = work.items.partition_point(|item| (item.m.core.start as usize) < at);
    let before = work.items.get(..near).unwrap_or_default().iter().rev();
    let mut inside = before.take_while(|item| item.m.core.start as usize > start);
    let Some(last) = inside.find(|item| (item.m.core.end as usize) < at) else { return start };
    let last = last.m.core.start as usize;
    let mut clause = start;
    let mut here = start;
    let parts = |here: usize, opening: Opening| {
        work.lexicon.word_opening(work.bytes, here, opening, &[Role::Adversative]).is_some()
    };
    while let Some(found) = next_word(work, here, last, parts) {
        clause = found;
        here = crate::text::word::word_end(work.bytes, found).max(found + 1);
    }
    clause
}

/// `các văn bản đã nêu tại Điều này`: where the article begins.
fn scope_start(work: &Work<'_>, item: &Item) -> Option<usize> {
    let g = crate::parse::Grammar { lexicon: work.lexicon };
    let end = item.m.core.end as usize;
    let rest = g.next_role(work.bytes.get(end..)?, &[Role::At])?;
    let unit = crate::parse::after_space(rest);
    let Some((Anchor::Unit(unit), stop)) =
        work.lexicon.anchor(unit, 0).map(|(anchor, stop)| (anchor, crate::parse::tail(unit, stop)))
    else {
        return None;
    };
    g.next_role(stop, &[Role::This])?;
    let before = work.headings.iter().rev().find(|heading| heading.unit == unit && heading.at < end);
    Some(before.map_or(0, |heading| heading.at))
}

/// The documents that stand together right before `at`, of the type: what one short name can be given to.
pub(super) fn together(work: &Work<'_>, line: usize, at: usize, doc_type: Option<DocType>) -> Vec<u32> {
    let mut all = Vec::new();
    let mut next: Option<&Item> = None;
    for other in work.items.iter().rev().filter(|item| (item.m.core.end as usize) <= at) {
        if (other.m.core.start as usize) < line {
            break;
        }
        let Means::Entry(entry) = other.means else { continue };
        let fits = doc_type.is_none_or(|named| other.doc_type().is_some_and(|theirs| same_type(theirs, named)));
        // an act named inside an amending title is not one of the group
        let inner = work.items.iter().any(|outer| outer.m.core != other.m.core && outer.m.core.contains(other.m.core));
        if !fits || inner {
            continue;
        }
        if next.is_some_and(|next| parts(work, other, next, false, false)) {
            break;
        }
        if !all.contains(&entry) {
            all.push(entry);
        }
        next = Some(other);
    }
    all.reverse();
    all
}

/// The line before the last one ends with a semicolon: the next member of a list follows.
fn lists(text: &[u8]) -> bool {
    let line = text.iter().rposition(|b| *b == b'\n').and_then(|end| text.get(..end)).unwrap_or_default();
    line.iter().rev().find(|b| !b.is_ascii_whitespace()) == Some(&b';')
}

fn words(work: &Work<'_>, span: Span) -> usize {
    work.bytes
        .get(span.range())
        .map_or(0, |text| text.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).count())
}
