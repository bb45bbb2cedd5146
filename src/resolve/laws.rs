//! Which act of several with one name: by year, else by the citing document's date, else candidates.

use crate::lexicon::{LawId, Lexicon};
use crate::model::{DocType, PartialDate};

/// What a name of an act comes to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum LawFound {
    /// One act.
    One(LawId),
    /// One act, though the year is that of its amendment or another slip.
    Loose(LawId),
    /// Several bear the name.
    Several(Vec<LawId>),
    /// None of the table.
    None,
}

/// Picks among `named` by the stated date, else by what was in force on `citing`; `revised` where the text says so.
pub(super) fn pick(
    lexicon: &Lexicon,
    doc_type: Option<DocType>,
    named: &[LawId],
    stated: Option<PartialDate>,
    citing: Option<PartialDate>,
    revised: impl Fn() -> bool,
) -> LawFound {
    let row = |id: &LawId| lexicon.law_row(*id);
    // of acts with one name those of the stated type come first (`Bộ luật Lao động`, `Luật Lao động`)
    let same = |id: &LawId| row(id).is_some_and(|law| Some(law.doc_type) == doc_type);
    let of_type;
    let named = match named.iter().filter(|id| same(id)).count() {
        0 if !named.iter().any(|id| row(id).is_some_and(|law| kin(law.doc_type, doc_type))) => return LawFound::None,
        count if count == 0 || count == named.len() => named,
        _ => {
            of_type = such(named, same);
            of_type.as_slice()
        }
    };
    if let Some(stated) = stated {
        let dated = |wanted: &dyn Fn(PartialDate) -> bool| {
            such(named, |id| row(id).is_some_and(|law| law.date.is_some_and(wanted)))
        };
        if let [one] = dated(&|date| date.agrees(stated)).as_slice() {
            return LawFound::One(*one);
        }
        let year = dated(&|date| date.the_year() == stated.the_year());
        if let [one] = year.as_slice() {
            // the day differs: a slip in the day, not another act of the same year
            return if stated.is_full() { LawFound::Loose(*one) } else { LawFound::One(*one) };
        }
        if year.len() > 1 && !stated.is_full() {
            // `Luật Tổ chức chính quyền địa phương năm 2025`: one of February, one of June
            return LawFound::Several(year);
        }
        // the year of an amendment: `BLHS 2017`
        let amended = such(named, |id| {
            row(id).is_some_and(|law| {
                law.amended_by
                    .iter()
                    .any(|symbol| symbol.split('/').nth(1).is_some_and(|year| year == stated.the_year().to_string()))
            })
        });
        return match amended.as_slice() {
            [one] => LawFound::Loose(*one),
            [.., last] if !stated.is_full() => LawFound::Loose(*last),
            _ => LawFound::None,
        };
    }
    if let Some(citing) = citing {
        let day = citing.first_day();
        if let Some(latest) = latest(lexicon, named, day).filter(|_| revised()) {
            return LawFound::One(latest);
        }
        if let [one] = such(named, |id| in_force(lexicon, *id, named, day)).as_slice() {
            return LawFound::One(*one);
        }
        // issued but not yet in force, or between: only those issued by then
        let issued = such(named, |id| row(id).is_some_and(|law| law.date.is_none_or(|date| date <= day)));
        return match issued.as_slice() {
            [] => LawFound::None,
            [one] => LawFound::One(*one),
            _ => LawFound::Several(issued),
        };
    }
    match named {
        [] => LawFound::None,
        [one] => LawFound::One(*one),
        _ => LawFound::Several(named.to_vec()),
    }
}

fn such(named: &[LawId], wanted: impl Fn(&LawId) -> bool) -> Vec<LawId> {
    named.iter().copied().filter(|id| wanted(id)).collect()
}

/// `Luật Đất đai, có hiệu lực từ ngày 01 tháng 7 năm 2014`: the one of these acts that takes effect on that day.
pub(super) fn in_effect_from(lexicon: &Lexicon, named: &[LawId], day: Option<PartialDate>) -> Option<LawId> {
    let day = day.filter(|day| day.is_full())?;
    let mut found =
        named.iter().copied().filter(|id| lexicon.law_row(*id).is_some_and(|law| law.effective == Some(day)));
    found.next().filter(|_| found.next().is_none())
}

/// `Luật Đất đai (sửa đổi)`: the last act of the name that was passed by then, in force or not; only where it took
/// the place of another.
fn latest(lexicon: &Lexicon, named: &[LawId], day: PartialDate) -> Option<LawId> {
    let passed =
        named.iter().filter_map(|id| Some((lexicon.law_row(*id)?.date?, *id))).filter(|(date, _)| *date <= day);
    if passed.clone().count() < 2 {
        return None;
    }
    passed.max_by_key(|(date, _)| *date).map(|(_, id)| id)
}

fn kin(law: DocType, stated: Option<DocType>) -> bool {
    stated.is_none_or(|stated| {
        law == stated || matches!((law, stated), (DocType::BoLuat, DocType::Luat) | (DocType::Luat, DocType::BoLuat))
    })
}

/// effective ≤ day < the effect of the next act of the name.
fn in_force(lexicon: &Lexicon, id: LawId, named: &[LawId], day: PartialDate) -> bool {
    let Some(law) = lexicon.law_row(id) else { return false };
    let start = law.effective.or(law.date);
    if start.is_some_and(|start| start.first_day() > day) {
        return false;
    }
    !named.iter().filter(|other| **other != id).filter_map(|other| lexicon.law_row(*other)).any(|other| {
        let later = other.effective.or(other.date);
        later.zip(start).is_some_and(|(later, start)| later > start && later.last_day() <= day)
    })
}
