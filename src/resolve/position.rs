//! The current position in the document: which Điều, khoản and điểm a place lies in.

use super::Work;
use crate::model::{Provision, Unit};
use crate::parse::tail;
use crate::text::fold::{decode, letter};
use compact_str::CompactString;
use std::cell::OnceCell;

/// No khoản is looked for further back, in bytes.
const BACK: usize = 20_000;

/// The levels around `at`, outermost first, as far as headings and numbering tell.
pub(super) fn levels(work: &Work<'_>, at: usize) -> Vec<(Unit, CompactString)> {
    let mut out = Vec::new();
    let end = work.headings.partition_point(|heading| heading.at <= at);
    let Some(article) =
        work.headings.get(..end).and_then(|before| before.iter().rev().find(|heading| heading.unit == Unit::Article))
    else {
        return out;
    };
    out.push((Unit::Article, article.label.clone()));
    // lines back to the heading: `a)` before `1.`
    let floor = article.at.max(at.saturating_sub(BACK));
    let mut line_end = at;
    let mut point: Option<CompactString> = None;
    loop {
        let line = work
            .bytes
            .get(floor..line_end)
            .and_then(|text| memchr::memrchr(b'\n', text))
            .map(|found| floor + found + 1);
        let Some(start) = line else { break };
        match numbering(work.bytes, start) {
            Some((Unit::Clause, label)) => {
                out.push((Unit::Clause, label));
                if let Some(point) = point {
                    out.push((Unit::Point, point));
                }
                return out;
            }
            Some((Unit::Point, label)) if point.is_none() => point = Some(label),
            _ => {}
        }
        line_end = start - 1;
    }
    if let Some(point) = point {
        out.push((Unit::Point, point));
    }
    out
}

/// `1.` begins a khoản, `a)` a điểm.
fn numbering(bytes: &[u8], line: usize) -> Option<(Unit, CompactString)> {
    let mut at = line;
    while bytes.get(at).is_some_and(|b| matches!(b, b' ' | b'\t')) {
        at += 1;
    }
    let text = tail(bytes, at);
    let digits = text.iter().take(4).take_while(|b| b.is_ascii_digit()).count();
    if digits > 0 {
        let mut end = digits;
        if let Some((point, length)) = decode(text, end)
            && letter(point).base.is_ascii_lowercase()
            && letter(point).tone == 0
        {
            end += length;
        }
        let plain = text.get(end) == Some(&b'.') && !text.get(end + 1).is_some_and(u8::is_ascii_digit);
        return plain.then(|| {
            let label = std::str::from_utf8(text.get(..end).unwrap_or_default()).unwrap_or("");
            (Unit::Clause, if end == digits { label.into() } else { label.to_lowercase().into() })
        });
    }
    let (point, length) = decode(text, 0)?;
    let c = letter(point);
    if !(c.base.is_ascii_lowercase() && c.tone == 0 && !c.upper) {
        return None;
    }
    let mut end = length;
    while text.get(end).is_some_and(u8::is_ascii_digit) && end < 4 {
        end += 1;
    }
    (text.get(end) == Some(&b')'))
        .then(|| (Unit::Point, std::str::from_utf8(text.get(..end).unwrap_or_default()).unwrap_or("").into()))
}

/// The provision around `at`, as a path; empty when no heading stands before it.
pub(super) fn here(work: &Work<'_>, at: usize) -> Vec<Provision> {
    let levels = levels(work, at);
    if levels.is_empty() {
        return Vec::new();
    }
    vec![Provision::from_levels(levels.iter().map(|(unit, label)| (*unit, label.as_str())))]
}

/// Fills `this` from the position: `dieu:this/khoan:2` in Điều 5 is `dieu:5/khoan:2`.
pub(crate) fn resolved(work: &Work<'_>, provision: &Provision, at: usize) -> Option<Provision> {
    let around = OnceCell::new();
    filled(provision, || around.get_or_init(|| levels(work, at)))
}

/// The same of all paths of a run; those that cannot be filled are left out.
pub(crate) fn all_resolved(work: &Work<'_>, provisions: &[Provision], at: usize) -> Vec<Provision> {
    let around = OnceCell::new();
    let mut all = Vec::with_capacity(provisions.len());
    all.extend(provisions.iter().filter_map(|provision| filled(provision, || around.get_or_init(|| levels(work, at)))));
    all
}

fn filled<'w>(provision: &Provision, around: impl Fn() -> &'w Vec<(Unit, CompactString)>) -> Option<Provision> {
    if !provision.levels().any(|(_, label)| label == "this") {
        return Some(provision.clone());
    }
    let around = around();
    let top = provision.levels().next().map(|(unit, _)| unit)?;
    let outer = around.iter().filter(|(unit, _)| *unit < top).map(|(unit, label)| (*unit, label.as_str()));
    let mut unknown = false;
    let own = provision.levels().map(|(unit, label)| match label {
        "this" => {
            let known = around.iter().find(|(known, _)| *known == unit);
            unknown |= known.is_none();
            (unit, known.map_or(label, |(_, label)| label.as_str()))
        }
        label => (unit, label),
    });
    let path = Provision::from_levels(outer.chain(own));
    (!unknown).then_some(path)
}
