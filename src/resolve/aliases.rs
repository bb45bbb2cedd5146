//! Short forms, aliases defined in the text, `này`, `nêu trên`: which document they mean.

use super::identity::Identity;
use super::{Item, Means, Work};
use crate::lexicon::TypeClass;
use crate::model::{DocType, Unresolved};
use crate::parse::Identifier;
use crate::text::word::{exact_at, word_at};
use compact_str::format_compact;

/// Enters a new document for a mention that nothing before it explains.
type Enter<'e> = &'e mut dyn FnMut(&mut Work<'_>, usize, &Identity) -> u32;

/// Resolves what refers to other mentions, from left to right.
pub(super) fn resolve_references(work: &mut Work<'_>, enter: Enter<'_>) {
    drop_common_nouns(work);
    let own = super::back::own_type(work);
    for index in 0..work.items.len() {
        let Some(item) = work.items.get(index) else { continue };
        match &item.m.identifier {
            Identifier::This => super::back::this(work, index, own),
            Identifier::Back => super::back::back(work, index, own),
            Identifier::Alias(alias) => {
                let alias = *alias as usize;
                if !defined(work, index, alias) && !defined_elsewhere(work, index, alias) {
                    nickname(work, index, enter);
                }
            }
            Identifier::Year => by_year(work, index),
            Identifier::Number { .. } => {
                let core = item.m.core;
                let text = work.bytes.get(core.range());
                let gloss = work
                    .aliases
                    .iter()
                    .rposition(|alias| alias.text.start <= core.start && work.bytes.get(alias.text.range()) == text);
                if !gloss.is_some_and(|alias| defined(work, index, alias)) {
                    short(work, index, enter);
                }
            }
            Identifier::Symbol(symbol) if symbol.family == crate::parse::Family::NumberYear => {
                short(work, index, enter);
            }
            _ => {}
        }
    }
    // a short name that was not a document's; `Hiệp định này` of no agreement in the text
    work.items.retain(|item| {
        let lost = item.means == Means::Nothing && item.means_all.is_empty();
        let treaty = item.m.doc_type.is_some_and(|t| work.lexicon.type_class(t).is_treaty());
        !lost
            || !matches!(item.m.identifier, Identifier::Alias(_))
                && !(treaty && matches!(item.m.identifier, Identifier::This))
    });
}

/// Types whose words are also common nouns: in small letters they are mentions only when something is meant.
fn is_common_noun(work: &Work<'_>, doc_type: DocType) -> bool {
    matches!(
        work.lexicon.type_class(doc_type),
        TypeClass::Named
            | TypeClass::Generic
            | TypeClass::Private
            | TypeClass::Treaty
            | TypeClass::Agreement
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
    // the types of the documents named so far: few, however long the text
    let mut named: Vec<DocType> = Vec::new();
    let mut passed = 0;
    for (index, item) in work.items.iter().enumerate() {
        let Some(doc_type) = item.doc_type() else { continue };
        for other in work.items.get(passed..index).unwrap_or_default() {
            let known = other.doc_type().filter(|_| matches!(other.means, Means::Entry(_)));
            named.extend(known.filter(|known| !named.contains(known)));
        }
        passed = index;
        let small = word_at(work.bytes, item.m.core.start as usize).is_some_and(|word| !word.upper_first);
        let Some(slot) = keep.get_mut(index) else { continue };
        match item.m.identifier {
            Identifier::This => {
                let mine = own.is_some_and(|own| same_type(own, doc_type));
                let generic = doc_type == DocType::VanBan && (own.is_some() || !small || item.m.plural);
                if small && is_common_noun(work, doc_type) && !mine && !generic {
                    *slot = false;
                }
                if matches!(
                    work.lexicon.type_class(doc_type),
                    TypeClass::Private | TypeClass::Copy | TypeClass::Judgment
                ) {
                    *slot = false;
                }
            }
            Identifier::Back => {
                let before = named.iter().any(|t| doc_type == DocType::VanBan || same_type(*t, doc_type));
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
fn defined(work: &mut Work<'_>, index: usize, alias: usize) -> bool {
    let Some((at, doc_type)) =
        work.aliases.get(alias).map(|alias| alias.at).zip(work.items.get(index).map(Item::doc_type))
    else {
        return false;
    };
    let line = at.saturating_sub(LINE)
        + work
            .bytes
            .get(at.saturating_sub(LINE)..at)
            .and_then(|text| text.iter().rposition(|b| *b == b'\n'))
            .map_or(0, |found| found + 1);
    let before =
        work.items.iter().filter(|item| (item.m.core.end as usize) <= at && item.m.core.start as usize >= line);
    if work.aliases.get(alias).is_some_and(|alias| alias.group) {
        let all = super::back::together(work, line, at, doc_type);
        if all.len() > 1 {
            if let Some(item) = work.items.get_mut(index) {
                item.means_all = all;
            }
            return true;
        }
    }
    let fits =
        |item: &&Item| doc_type.is_none_or(|named| item.doc_type().is_some_and(|theirs| same_type(theirs, named)));
    // `Luật sửa đổi … của Luật Phòng, chống … (gọi tắt là Luật Phòng, chống HIV/AIDS)`: the one that begins alike
    let first_word = |item: &Item| {
        let name = item.m.name?;
        exact_at(work.bytes, crate::text::word::skip_space(work.bytes, name.start as usize)).map(|word| word.hash)
    };
    let named = work.items.get(index).and_then(first_word);
    let alike = |item: &Item| named.is_some() && first_word(item) == named;
    let means = before.filter(|item| !matches!(item.means, Means::Nothing)).filter(fits).fold(
        None,
        |best: Option<&Item>, item| match best {
            Some(outer) if item.m.core.end <= outer.m.core.end && (!alike(item) || alike(outer)) => best,
            _ => Some(item),
        },
    );
    // capitals alone name what stands right before them: `… hàng hóa ASEAN (sau đây gọi tắt là ATIGA)`
    let bare = work
        .aliases
        .get(alias)
        .zip(work.items.get(index))
        .is_some_and(|(alias, item)| alias.text.end - alias.text.start != item.m.core.end - item.m.core.start);
    let means = means.filter(|item| !bare || at.saturating_sub(item.m.core.end as usize) <= 2);
    let found = means.map(|item| (item.means, item.doc_type()));
    if let Some((item, (means, theirs))) = work.items.get_mut(index).zip(found) {
        item.means = means;
        item.m.doc_type = item.m.doc_type.or(theirs);
        return true;
    }
    false
}

/// `Pháp lệnh 1993`: the act of the type and year named before.
fn by_year(work: &mut Work<'_>, index: usize) {
    let Some((item, doc_type)) = work.items.get(index).and_then(|item| Some((item, item.doc_type()?))) else { return };
    let year = item.m.year;
    let before = work.items.iter().take(index).rev().find_map(|other| {
        let Means::Entry(entry) = other.means else { return None };
        let doc = work.entries.get(entry as usize)?;
        let fits = other.doc_type().is_some_and(|theirs| same_type(theirs, doc_type));
        let years = doc.year.or(doc.date.map(|(date, _)| date.the_year()));
        (fits && years == year).then_some(entry)
    });
    let Some(item) = work.items.get_mut(index) else { return };
    match before {
        Some(entry) => item.means = Means::Entry(entry),
        None => item.unresolved = Some(Unresolved::NoAntecedent),
    }
}

/// The same short name explained at another place.
fn defined_elsewhere(work: &mut Work<'_>, index: usize, alias: usize) -> bool {
    let text = |alias: &super::AliasText| work.bytes.get(alias.text.range());
    let Some(mine) = work.aliases.get(alias).and_then(text) else { return false };
    let same = |other: &usize| *other != alias && work.aliases.get(*other).and_then(text) == Some(mine);
    let others: Vec<usize> = (0..work.aliases.len()).filter(same).collect();
    others.into_iter().any(|other| defined(work, index, other))
}

/// `Chương trình 135` of whose definition nothing is left but the number: a name of its own.
fn nickname(work: &mut Work<'_>, index: usize, enter: Enter<'_>) {
    let Some(item) = work.items.get(index) else { return };
    let Some((doc_type, name)) = item.doc_type().zip(item.m.name) else { return };
    let folded = work.folded(name);
    if !folded.chars().any(|c| c.is_ascii_digit()) {
        return;
    }
    let base = format_compact!("{doc_type}:{}", crate::text::fold::ascii_name(&folded, '.'));
    let entry = enter(work, index, &Identity::complete(base));
    if let Some(item) = work.items.get_mut(index) {
        item.means = Means::Entry(entry);
    }
}

/// No sentence that defines a short name is longer, in bytes.
const LINE: usize = 2000;
