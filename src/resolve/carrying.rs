//! When `thực hiện X` says that one document carries out another. The verb is common: budgets, deadlines, duties and
//! offences are spoken of with it, too.

use super::gaps::{Cued, Gap};
use super::possible::rank;
use super::relations::Machine;
use super::sentence::heads_line;
use super::{Item, Work};
use crate::lexicon::{Anchor, Role, TypeClass};
use crate::model::{DocType, Relation, Unit};
use crate::parse::{Identifier, tail};
use crate::text::fold::{decode, letter};
use crate::text::word::{skip_space, skip_space_back, word_at, word_start};

/// A noun that holds the verb stands at most so many words before it.
const NOUN: usize = 4;

/// No cell of a table is longer, in bytes.
const CELL: usize = 400;

/// The name of a work that says what it carries out has at most so many words before the verb.
const NAME: usize = 6;

/// The verb that carries out an act, with all that belongs to it, stands at most so many words before it.
const CARRIED: usize = 16;

/// So many words, `tốt` or `nghiêm túc`, may stand between.
const ADVERBS: usize = 3;

/// Money is looked for in so many words before the verb.
const CLAUSE: usize = 16;

/// The subject of a normative act stands at most so many words before the verb.
const SUBJECT: usize = 5;

/// `kinh phí thực hiện Chương trình X`, `tiến độ thực hiện Đề án Y`: a noun holds the verb, nobody carries anything
/// out. `xây dựng và thực hiện Kế hoạch Z`: the plan is still to be made.
pub(super) fn governed(work: &Work<'_>, at: usize, relation: Relation) -> Relation {
    if relation != Relation::Implements {
        return relation;
    }
    if cut_cell(work, at) {
        return Relation::Cites;
    }
    let mut end = skip_space_back(work.bytes, at);
    // `xây dựng, quản lý, thực hiện Chương trình X`
    if end > 0 && work.bytes.get(end - 1) == Some(&b',') {
        end = skip_space_back(work.bytes, end - 1);
        if making(work, end) {
            return Relation::Cites;
        }
    }
    let mut word = end;
    for _ in 0..NOUN {
        word = word_start(work.bytes, skip_space_back(work.bytes, word));
        if work.lexicon.word(work.bytes, word, &[Role::Nominal]).is_some_and(|found| found.end == end) {
            return Relation::Cites;
        }
    }
    if made_first(work, end) { Relation::Cites } else { relation }
}

/// `và` ends at `end`, and a verb of making stands right before it.
fn made_first(work: &Work<'_>, end: usize) -> bool {
    let and = word_start(work.bytes, end);
    if work.lexicon.word(work.bytes, and, &[Role::And]).is_none_or(|found| found.end != end) {
        return false;
    }
    making(work, skip_space_back(work.bytes, and))
}

/// A verb of making ends at `end`.
fn making(work: &Work<'_>, end: usize) -> bool {
    let mut word = end;
    (0..2).any(|_| {
        word = word_start(work.bytes, skip_space_back(work.bytes, word));
        work.lexicon.word(work.bytes, word, &[Role::Making]).is_some_and(|found| found.end == end)
    })
}

/// `thực hiện nhiệm vụ thuộc Chương trình X`: the cue governs a task, not the document.
pub(super) fn tasks(work: &Work<'_>, gap: &Gap, cue: &Cued) -> bool {
    let after = gap.word_starts.iter().filter(|start| **start >= cue.end);
    after.take(12).any(|start| work.lexicon.word(work.bytes, *start, &[Role::Task]).is_some())
}

/// `bố trí kinh phí để thực hiện Quy hoạch X`: money is spoken of.
fn funds(work: &Work<'_>, gap: &Gap, cue: &Cued, clause: usize) -> bool {
    let before = gap.word_starts.iter().filter(|start| (clause..cue.start).contains(*start));
    before.rev().take(CLAUSE).any(|start| work.lexicon.word(work.bytes, *start, &[Role::Money]).is_some())
}

/// `kế hoạch triển khai Chiến lược X`, in small letters and without a year: any such plan, and no document.
pub(super) fn common(work: &Work<'_>, item: &Item) -> bool {
    matches!(item.m.identifier, Identifier::Work { quoted: false })
        && word_at(work.bytes, item.m.core.start as usize).is_some_and(|word| !word.upper_first)
        && !item.m.name.is_some_and(|name| work.folded(name).chars().any(|c| c.is_ascii_digit()))
}

/// `triển khai thi hành Luật A`, `hướng dẫn thi hành Luật A`, `thực hiện tốt Luật A`: an act is brought into use from
/// the day it was passed.
pub(super) fn brought_in(work: &Work<'_>, item: &Item) -> bool {
    let mut at = item.m.core.start as usize;
    let (mut near, mut found) = (at, None);
    for back in 0..CARRIED {
        let end = skip_space_back(work.bytes, at);
        at = word_start(work.bytes, end);
        if at == end {
            break;
        }
        if back < ADVERBS {
            near = at;
        }
        if let Some((cue, _)) = work.lexicon.cue_at(work.bytes, at).filter(|(_, end)| *end >= near) {
            found = cue.relation;
        }
    }
    matches!(found, Some(Relation::Implements | Relation::Guides))
}

/// `các phương án ứng phó sự cố`, `các Luật thuế sửa đổi, bổ sung`: no definite document.
pub(super) fn several(work: &Work<'_>, item: &Item) -> bool {
    let named = match &item.m.identifier {
        Identifier::Work { quoted } => !quoted,
        Identifier::Law { name, symbol: None, .. } => name.as_ref().is_none_or(|name| name.laws.is_empty()),
        Identifier::Foreign => true,
        _ => false,
    };
    let end = skip_space_back(work.bytes, item.m.core.start as usize);
    let before = word_start(work.bytes, end);
    named && work.lexicon.word(work.bytes, before, &[Role::Plural]).is_some_and(|found| found.end == end)
}

/// `Chương trình X khi được Thủ tướng Chính phủ ban hành`: it is not there yet.
pub(super) fn pending(work: &Work<'_>, item: &Item) -> bool {
    let after = skip_space(work.bytes, item.end);
    work.lexicon.word(work.bytes, after, &[Role::Pending]).is_some()
}

/// The cell of a table in which the verb stands begins in the middle of a phrase: its line goes on in other cells.
fn cut_cell(work: &Work<'_>, at: usize) -> bool {
    let line = work.bytes.get(at.saturating_sub(CELL)..at).unwrap_or_default();
    let line = memchr::memrchr(b'\n', line).map_or(line, |end| tail(line, end + 1));
    let Some(cell) = memchr::memrchr(b'|', line).map(|end| skip_space(line, end + 1)) else { return false };
    decode(line, cell).is_some_and(|(point, _)| {
        let c = letter(point);
        c.base.is_ascii_alphabetic() && !c.upper
    })
}

/// A normative act (Law on the promulgation of legal documents): laws, decrees, circulars,
/// joint resolutions, and decisions and resolutions with the year in their symbol or with a charter or regulations as their annex. Its articles say who has to do what; they carry nothing out.
fn normative(work: &Work<'_>) -> bool {
    match work.own.doc_type {
        ranked if rank(ranked).is_some() => true,
        Some(DocType::NghiQuyetLienTich) => true,
        Some(DocType::QuyetDinh | DocType::NghiQuyet) => {
            work.own.symbol.as_ref().is_some_and(|symbol| symbol.year.is_some()) || statutes(work)
        }
        _ => false,
    }
}

/// Its title says that it issues a charter or regulations.
fn statutes(work: &Work<'_>) -> bool {
    let Some(title) = work.own.title else { return false };
    let mut at = title.start as usize;
    while let Some(word) = word_at(work.bytes, at).filter(|word| word.end <= title.end as usize) {
        if let Some((Anchor::Type { doc_type: DocType::DieuLe | DocType::QuyChe, .. }, _)) =
            work.lexicon.anchor(work.bytes, at)
        {
            return true;
        }
        at = skip_space(work.bytes, word.end);
    }
    false
}

/// `Chương trình hành động của Chính phủ thực hiện Nghị quyết A`: a work whose name says what it carries out has few
/// words before the verb, or years; with more of them the verb is that of another clause.
pub(super) fn made_for(work: &Work<'_>, party: &Item, cue: &Cued) -> bool {
    let from = party.m.type_word.map_or(party.m.core.start, |word| word.end) as usize;
    let (mut at, mut words, mut years) = (from, 0, false);
    while at < cue.start {
        let Some(word) = word_at(work.bytes, at) else {
            at += 1;
            continue;
        };
        if work.lexicon.word(work.bytes, at, &[Role::Of]).is_some() {
            break;
        }
        words += 1;
        years |= word.digits;
        at = word.end;
    }
    words <= NAME || years
}

impl Machine<'_, '_> {
    /// The document itself carries out what `item` names.
    pub(super) fn carries_out(&self, item: &Item, gap: &Gap, cue: &Cued, clause: usize) -> bool {
        let work = self.work;
        let bare = matches!(item.m.identifier, Identifier::Alias(_)) && item.m.name.is_none();
        let heads = gap.heads_at(work, clause, cue.start);
        let far = gap.words_between(cue.end, gap.end) > 6 && !heads;
        let misread = work.bytes.get(cue.end..gap.end).is_some_and(|between| between.contains(&b'|'));
        let general =
            common(work, item) || tasks(work, gap, cue) || several(work, item) || funds(work, gap, cue, clause);
        if bare || far || misread || general {
            return false;
        }
        // `xây dựng các Nghị định triển khai Luật A`: those decrees carry it out
        let relative = cue.relative.is_some_and(|noun| {
            work.lexicon.type_class(noun) != TypeClass::Named
                && work.own.doc_type.is_none_or(|own| !super::aliases::same_type(own, noun))
        });
        if relative {
            return false;
        }
        !normative(work) || work.in_own_title(cue.start) || self.before_articles(cue) || self.subject_near(gap, cue)
    }

    /// The document itself issues or approves what the cue names. The articles of a normative act say who has to issue or
    /// approve what (`Ủy ban nhân dân: b) Phê duyệt Đề án …`); it speaks of itself in its title, among its grounds, in its
    /// first article (`Ban hành kèm theo Thông tư này Quy chế …`) and as the subject.
    pub(super) fn issues(&self, gap: &Gap, cue: &Cued, clause: usize) -> bool {
        let work = self.work;
        let mut articles = work.headings.iter().filter(|heading| heading.unit == Unit::Article);
        let second = articles.nth(1).map_or(usize::MAX, |second| second.at);
        let first = cue.start < second && gap.heads_at(work, clause, cue.start);
        !normative(work)
            || first
            || work.in_own_title(cue.start)
            || self.before_articles(cue)
            || self.subject_near(gap, cue)
    }

    /// `Thực hiện Kết luận A …` among the grounds of a normative act.
    fn before_articles(&self, cue: &Cued) -> bool {
        let first = self.work.headings.iter().find(|heading| heading.unit == Unit::Article);
        first.is_some_and(|first| cue.start < first.at)
    }

    /// `Thông tư này … để thực hiện Hiệp định A`.
    fn subject_near(&self, gap: &Gap, cue: &Cued) -> bool {
        let subject = self.state.subject.and_then(|subject| self.item(subject));
        subject.is_some_and(|subject| {
            heads_line(self.work.bytes, subject.from)
                && subject.end <= cue.start
                && self.work.bytes.get(subject.end..cue.start).is_some_and(|between| !between.contains(&b';'))
                && gap.start <= cue.start
                && gap.words_between(subject.end, cue.start) <= SUBJECT
        })
    }
}
