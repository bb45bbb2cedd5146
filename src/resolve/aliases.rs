//! Short forms, aliases defined in the text, `này`, `nêu trên`: which document they mean.

use super::identity::Identity;
use super::{Item, Means, Work};
use crate::lexicon::TypeClass;
use crate::model::{DocType, Unresolved};
use crate::parse::Identifier;
use crate::text::word::word_at;
use compact_str::format_compact;

/// Enters a new document for a mention that nothing before it explains.
type Enter<'e> = &'e mut dyn FnMut(&mut Work<'_>, usize, &Identity) -> u32;

/// Resolves what refers to other mentions, from left to right.
pub(super) fn resolve_references(work: &mut Work<'_>, enter: Enter<'_>) {
    drop_common_nouns(work);
    for index in 0..work.items.len() {
        let Some(item) = work.items.get(index) else { continue };
        match &item.m.identifier {
            Identifier::This => this(work, index),
            Identifier::Back => back(work, index),
            Identifier::Alias(alias) => {
                let alias = *alias as usize;
                defined(work, index, alias);
            }
            Identifier::Number { .. } => short(work, index, enter),
            Identifier::Symbol(symbol) if symbol.family == crate::parse::Family::NumberYear => {
                short(work, index, enter);
            }
            _ => {}
        }
    }
    // a short name that was not a document's
    work.items.retain(|item| !matches!(item.m.identifier, Identifier::Alias(_)) || item.means != Means::Nothing);
}

/// Types whose words are also common nouns: in small letters they are mentions only when something is meant.
fn is_common_noun(work: &Work<'_>, doc_type: DocType) -> bool {
    matches!(
        work.lexicon.type_class(doc_type),
        TypeClass::Named
            | TypeClass::Generic
            | TypeClass::Private
            | TypeClass::Treaty
            | TypeClass::Judgment
            | TypeClass::Copy
    ) || matches!(
        doc_type,
        DocType::QuyetDinh
            | DocType::BaoCao
            | DocType::ThongBao
            | DocType::KetLuan
            | DocType::BienBan
            | DocType::ToTrinh
            | DocType::KetLuanThanhTra
            | DocType::Lenh
            | DocType::TuyenBo
    )
}

/// True where a type word in the own type's name can stand for the own document.
pub(super) fn same_type(own: DocType, named: DocType) -> bool {
    own == named
        || matches!(
            (own, named),
            (DocType::ThongTuLienTich | DocType::ThongTuLienBo | DocType::ThongTuLienNganh, DocType::ThongTu)
                | (DocType::NghiQuyetLienTich, DocType::NghiQuyet)
                | (DocType::BoLuat | DocType::SacLenh, DocType::Luat)
                | (_, DocType::VanBan)
        )
}

fn drop_common_nouns(work: &mut Work<'_>) {
    let own = work.own.doc_type;
    let mut keep = vec![true; work.items.len()];
    for (index, item) in work.items.iter().enumerate() {
        let Some(doc_type) = item.doc_type() else { continue };
        let small = word_at(work.bytes, item.m.core.start as usize).is_some_and(|word| !word.upper_first);
        let Some(slot) = keep.get_mut(index) else { continue };
        match item.m.identifier {
            Identifier::This => {
                let mine = own.is_some_and(|own| same_type(own, doc_type));
                let generic = doc_type == DocType::VanBan && (own.is_some() || !small);
                if small && is_common_noun(work, doc_type) && !mine && !generic {
                    *slot = false;
                }
                if matches!(
                    work.lexicon.type_class(doc_type),
                    TypeClass::Private | TypeClass::Copy | TypeClass::Judgment | TypeClass::Treaty
                ) {
                    *slot = false;
                }
            }
            Identifier::Back => {
                let before = work.items.iter().take(index).any(|other| {
                    other.doc_type().is_some_and(|t| doc_type == DocType::VanBan || same_type(t, doc_type))
                        && matches!(other.means, Means::Entry(_))
                });
                if small && is_common_noun(work, doc_type) && !before && !item.m.plural {
                    *slot = false;
                }
            }
            _ => {}
        }
    }
    let mut index = 0;
    work.items.retain(|_| {
        index += 1;
        keep.get(index - 1).copied().unwrap_or(true)
    });
}

/// `Luật này`: the present document, or inside amending text the act that is amended.
fn this(work: &mut Work<'_>, index: usize) {
    let Some(item) = work.items.get(index) else { return };
    let Some(doc_type) = item.doc_type() else { return };
    let at = item.m.core.start as usize;
    let means = match work.block_at(at) {
        Some(block) => super::owners::act_of_block(work, block),
        None => match work.own.doc_type {
            Some(own) if same_type(own, doc_type) => Means::Own,
            // a regulation issued with the document speaks of itself
            Some(_) if work.lexicon.type_class(doc_type) == TypeClass::Named => Means::Own,
            Some(_) => nearest(work, index, doc_type, false).map_or(Means::Nothing, Means::Entry),
            None => Means::Own,
        },
    };
    if let Some(item) = work.items.get_mut(index) {
        item.means = means;
        if means == Means::Nothing {
            item.unresolved = Some(Unresolved::NoAntecedent);
        }
    }
}

/// The nearest document of the type mentioned before; not one inside a parenthesis that has closed.
fn nearest(work: &Work<'_>, index: usize, doc_type: DocType, any: bool) -> Option<u32> {
    work.items.iter().take(index).rev().find_map(|other| match other.means {
        Means::Entry(entry) if suits(work, other, doc_type, any) && !parenthetic(work, other, index) => Some(entry),
        _ => None,
    })
}

fn suits(work: &Work<'_>, other: &Item, doc_type: DocType, any: bool) -> bool {
    let numbered = !matches!(other.m.identifier, Identifier::This | Identifier::Placeholder | Identifier::Foreign);
    numbered
        && (any && other.doc_type().is_some_and(|t| work.lexicon.type_class(t) != TypeClass::Treaty)
            || other.doc_type().is_some_and(|t| same_type(t, doc_type)))
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

/// `Nghị định nêu trên`, `các Thông tư nói trên`.
fn back(work: &mut Work<'_>, index: usize) {
    let Some(item) = work.items.get(index) else { return };
    let Some(doc_type) = item.doc_type() else { return };
    let any = doc_type == DocType::VanBan;
    let plural = item.m.plural;
    let means = nearest(work, index, doc_type, any);
    let mut all = Vec::new();
    if plural && means.is_some() {
        all = coordinated_set(work, index, doc_type, any);
    }
    let Some(item) = work.items.get_mut(index) else { return };
    match means {
        Some(_) if plural => item.means_all = all,
        Some(entry) => item.means = Means::Entry(entry),
        None => item.unresolved = Some(Unresolved::NoAntecedent),
    }
}

/// The documents of the type in the nearest coordinated group before.
fn coordinated_set(work: &Work<'_>, index: usize, doc_type: DocType, any: bool) -> Vec<u32> {
    let mut all: Vec<u32> = Vec::new();
    let mut last: Option<usize> = None;
    for (at, other) in work.items.iter().enumerate().take(index).rev() {
        let Means::Entry(entry) = other.means else { continue };
        if !suits(work, other, doc_type, any) {
            continue;
        }
        if let Some(next) = last.and_then(|next| work.items.get(next)) {
            // the group ends where a sentence ends
            let broken = super::sentence::strongest_break(work.bytes, other.end, next.m.core.start as usize).0
                == super::sentence::Break::Sentence;
            if broken && !all.is_empty() && all.len() > 1 {
                break;
            }
        }
        if !all.contains(&entry) {
            all.push(entry);
        }
        last = Some(at);
        if all.len() >= 64 {
            break;
        }
    }
    all.reverse();
    all
}

/// `Nghị định 30`, `Nghị định 46/2016`: the one document before it with that type and number.
fn short(work: &mut Work<'_>, index: usize, enter: Enter<'_>) {
    let Some(item) = work.items.get(index) else { return };
    let (number, year) = match &item.m.identifier {
        Identifier::Number { text, year } => (text.clone(), *year),
        Identifier::Symbol(symbol) => (symbol.number.clone(), symbol.year),
        _ => return,
    };
    let plain = number.trim_start_matches('0').to_owned();
    let doc_type = item.doc_type();
    let mut found: Vec<u32> = Vec::new();
    let mut own = false;
    if let Some(symbol) = &work.own.symbol {
        own = symbol.number.trim_start_matches('0') == plain
            && year.is_none_or(|year| symbol.year == Some(year))
            && work.own.doc_type.zip(doc_type).is_none_or(|(own, named)| same_type(own, named));
    }
    for other in work.items.iter().take(index) {
        let Means::Entry(entry) = other.means else { continue };
        let Some(doc) = work.entries.get(entry as usize) else { continue };
        let same_number = doc.number.as_ref().is_some_and(|n| n.trim_start_matches('0') == plain);
        let fits = doc.doc_type.zip(doc_type).is_none_or(|(theirs, named)| {
            same_type(theirs, named) || named == DocType::CongVan && theirs == DocType::CongVan
        });
        let years = year.is_none_or(|year| doc.year.is_none_or(|theirs| theirs == year));
        if same_number && fits && years && !found.contains(&entry) {
            found.push(entry);
        }
    }
    if found.len() == 1 || own && found.is_empty() {
        let means = found.first().map_or(Means::Own, |entry| Means::Entry(*entry));
        if let Some(item) = work.items.get_mut(index) {
            item.means = means;
        }
        return;
    }
    let kind = doc_type.map_or("?", DocType::code);
    let date = item.date();
    let base = match year {
        Some(year) => format_compact!("{kind}:{plain}/{year}:?"),
        None => format_compact!("{kind}:{plain}:?"),
    };
    // nicknames of programmes are names: `chương trình 135`
    let named = doc_type.is_some_and(|t| work.lexicon.type_class(t) == TypeClass::Named);
    let identity = Identity {
        base: if named { format_compact!("{kind}:{plain}") } else { base },
        needs_when: !named && year.is_none(),
        when: date.map(|date| format_compact!("{}", date.the_year())),
        headless: !named,
        ..Identity::default()
    };
    let entry = enter(work, index, &identity);
    if let Some(item) = work.items.get_mut(index) {
        item.means = Means::Entry(entry);
        if found.len() > 1 {
            item.unresolved = Some(Unresolved::Ambiguous);
            item.candidates = found;
        }
    }
}

/// `(sau đây gọi tắt là Quy chế)`: the nearest document before the definition, in its line, of the type the short name
/// begins with; inside an outer mention the outer one.
fn defined(work: &mut Work<'_>, index: usize, alias: usize) {
    let Some((at, doc_type)) =
        work.aliases.get(alias).map(|alias| alias.at).zip(work.items.get(index).map(Item::doc_type))
    else {
        return;
    };
    let line = at.saturating_sub(LINE)
        + work
            .bytes
            .get(at.saturating_sub(LINE)..at)
            .and_then(|text| text.iter().rposition(|b| *b == b'\n'))
            .map_or(0, |found| found + 1);
    let before = work
        .items
        .iter()
        .take(index)
        .filter(|item| (item.m.core.end as usize) <= at && item.m.core.start as usize >= line);
    let fits =
        |item: &&Item| doc_type.is_none_or(|named| item.doc_type().is_some_and(|theirs| same_type(theirs, named)));
    let means = before.filter(|item| !matches!(item.means, Means::Nothing)).filter(fits).fold(
        None,
        |best: Option<&Item>, item| match best {
            Some(outer) if item.m.core.end <= outer.m.core.end => best,
            _ => Some(item),
        },
    );
    let found = means.map(|item| (item.means, item.doc_type()));
    if let Some((item, (means, theirs))) = work.items.get_mut(index).zip(found) {
        item.means = means;
        item.m.doc_type = item.m.doc_type.or(theirs);
    }
}

/// No sentence that defines a short name is longer, in bytes.
const LINE: usize = 2000;
