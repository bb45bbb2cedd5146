//! How documents are related, and the words that say so (norms h; grammar/cues.tsv).
//!
//! Mentions are taken in order. What stands between two of them says whether the second belongs to the title of
//! the first, to a bracket, to a list, or to the sentence of the document itself; the last cue before a mention
//! decides its relation.

use super::gaps::{Cued, Gap, may_begin, read_gap};
use super::possible::{outranked, quoted_words, younger};
use super::sentence::{Break, strongest_break};
use super::shared::coordinated;
use super::{Item, Means, Work};
use crate::lexicon::{CueScope, Role, Set, Sets, Voice};
use crate::model::{Act, DocType, Extent, Mood, PartialDate, Provision, Relation};
use crate::parse::Identifier;
use crate::span::Span;
use crate::text::word::skip_space;
use compact_str::CompactString;

/// A relation as one clause states it.
#[derive(Clone, Debug)]
pub(crate) struct RelationFound {
    pub source: Means,
    pub relation: Relation,
    pub target: Means,
    /// The mention that names the target (the source in passive clauses).
    pub item: usize,
    pub cue: Option<Span>,
    pub evidence: Span,
    pub provisions: Vec<Provision>,
    pub source_provisions: Vec<Provision>,
    pub mood: Mood,
    pub extent: Extent,
    pub act: Option<Act>,
    pub effective: Option<PartialDate>,
    pub rule: CompactString,
}

/// How the mention before was linked: what a list goes on with.
#[derive(Clone, Debug)]
pub(super) struct Link {
    /// Who acts; for passive links, who is acted on.
    pub(super) party: Means,
    /// The mention that is the party, for its provisions.
    pub(super) party_item: Option<usize>,
    pub(super) cue: Option<Cued>,
    pub(super) mood: Mood,
    /// Not of the document itself: inside a title, bracket or passive clause.
    pub(super) aside: bool,
}

/// A mention without a cue of its own yet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Waiting {
    pub(super) index: usize,
    /// Only something that stands in it is spoken of.
    pub(super) part: bool,
}

/// A sentence that is over.
#[derive(Clone, Copy, Debug)]
pub(super) struct Closed {
    /// The last mention before its end.
    pub(super) previous: Option<usize>,
    pub(super) end: usize,
    /// The document itself was its subject.
    pub(super) acts: bool,
}

#[derive(Default)]
pub(super) struct State {
    pub(super) previous: Option<usize>,
    /// The list of the document's own sentence.
    pub(super) main: Option<Link>,
    /// The mention whose title is being read, and the list inside it.
    pub(super) title: Option<(usize, Option<Link>)>,
    /// Main-level mentions of the sentence that have no cue yet: what `hết hiệu lực` at its end speaks of.
    pub(super) waiting: Vec<Waiting>,
    /// A cue before a colon: the lines after it go on with it.
    pub(super) listed: Option<Link>,
    /// Sentences after the one with that cue: most are never asked for one of their own.
    pub(super) closed: Vec<Closed>,
    /// What stands before the next mention, when it was read to look for what the one before is said to be.
    pub(super) ahead: Option<Gap>,
    /// The last mention of a passive clause, which a list after it goes on with.
    pub(super) passive: Option<(usize, Link)>,
    /// A second verb beside the cue of the mention being linked.
    pub(super) second: Option<Cued>,
    /// The last `… này` of the sentence acts.
    pub(super) subject: Option<usize>,
}

/// Finds all relations of a document.
pub(crate) fn find_relations(work: &Work<'_>) -> Vec<RelationFound> {
    let mut machine = Machine { work, state: State::default(), found: Vec::new(), direct: Vec::new() };
    let mut index = 0;
    while index < work.items.len() {
        index = machine.step(index);
    }
    machine.close_sentence(work.bytes.len());
    machine.amending_runs();
    machine.finish()
}

pub(super) struct Machine<'w, 'a> {
    pub(super) work: &'w Work<'a>,
    pub(super) state: State,
    pub(super) found: Vec<RelationFound>,
    /// Mentions that the document itself makes, without a stronger relation.
    pub(super) direct: Vec<usize>,
}

/// Family of a mention that can have a title of its own.
pub(super) fn titled(item: &Item) -> bool {
    !matches!(item.m.identifier, Identifier::This | Identifier::Back | Identifier::Placeholder | Identifier::Foreign)
}

/// `Thông tư này`: the document itself.
pub(super) fn is_this(item: &Item) -> bool {
    matches!(item.m.identifier, Identifier::This) && item.means == Means::Own
}

/// What matters before `Thông tư này`.
const BEFORE_THIS: Sets = Sets::of(&[Set::PointingBack, Set::Issuing]);

pub(super) fn numbered(item: &Item) -> bool {
    matches!(
        item.m.identifier,
        Identifier::Symbol(_) | Identifier::Number { .. } | Identifier::Law { symbol: Some(_), .. }
    )
}

/// A circular after `Nghị định A hướng dẫn Luật B,` stands beside the decree.
fn below(item: &Item, owner: &Item, inside: Option<&Link>) -> bool {
    let guides = inside.and_then(|link| link.cue.as_ref()).is_some_and(|cue| cue.relation == Some(Relation::Guides));
    guides && outranked(item.doc_type(), owner.doc_type())
}

/// A letter or proposal issues and approves nothing.
pub(super) fn acts_so(doc_type: Option<DocType>, cue: &Cued) -> bool {
    let letter = matches!(
        doc_type,
        Some(DocType::ToTrinh | DocType::CongVan | DocType::BaoCao | DocType::ThongBao | DocType::BienBan)
    );
    !(letter && matches!(cue.relation, Some(Relation::Promulgates | Relation::Approves)))
}

/// A verb by which one document changes or ends another.
fn acts_on(cue: &Cued) -> bool {
    cue.voice == Voice::Active
        && matches!(cue.relation, Some(Relation::Amends | Relation::Repeals | Relation::Replaces))
}

impl<'w> Machine<'w, '_> {
    pub(super) fn item(&self, index: usize) -> Option<&'w Item> {
        self.work.items.get(index)
    }

    /// Handles the mention at `index` and those inside it; gives the next index.
    pub(super) fn step(&mut self, index: usize) -> usize {
        let Some(item) = self.item(index) else { return index + 1 };
        let end = item.m.core.end;
        let mut next = index + 1;
        while self.item(next).is_some_and(|inner| inner.m.core.start < end) {
            next += 1;
        }
        if item.is_header || item.m.identifier == Identifier::Placeholder {
            return index + 1;
        }
        self.top(index);
        self.inner(index, next);
        // `Kế hoạch thực hiện Kết luận A của Bộ Chính trị`: a name that ends with a mention leaves off with it
        let ends_inside = self.item(next - 1).is_some_and(|inner| inner.end > item.end);
        self.state.previous = Some(if ends_inside { next - 1 } else { index });
        next
    }

    /// A mention that is not inside another.
    pub(super) fn top(&mut self, index: usize) {
        let work = self.work;
        let Some(item) = work.items.get(index) else { return };
        let start = item.from;
        let from = self
            .state
            .previous
            .and_then(|previous| self.item(previous))
            .map_or(0, |previous| self.reach(previous).min(start));
        let (broken, clause) = strongest_break(work.bytes, from, start);
        if broken == Break::Sentence {
            self.close_sentence(clause);
        }
        let clause = match broken {
            Break::None => from,
            _ => clause,
        };
        if broken == Break::Semicolon {
            self.state.title = None;
        }
        let this = is_this(item);
        // quoted text of another act is mentioned, no more; `thay thế cụm từ “quy hoạch …”`: the words, not the document
        if !this && (work.block_at(start).is_some() || quoted_words(work, start)) {
            self.direct.push(index);
            return;
        }
        let follows = self.state.previous.is_some() && broken == Break::None;
        let same = |gap: &Gap| follows && (gap.start, gap.end) == (clause, start);
        let ahead = self.state.ahead.take().filter(same);
        let list = super::lists::list_start(work, from, clause);
        if this && ahead.is_none() && !may_begin(work, list, start, BEFORE_THIS) {
            self.this(index, &Gap::default());
            return;
        }
        let mut gap = ahead.unwrap_or_else(|| read_gap(work, clause, start, follows));
        let clause = if gap.cues.is_empty() && broken != Break::None && list < clause {
            gap = read_gap(work, list, start, false);
            gap.list = true;
            list
        } else {
            clause
        };
        if this {
            self.this(index, &gap);
            return;
        }
        let link = self.link(index, broken, clause, &gap);
        self.emit(index, &link);
        let passive = link.cue.as_ref().is_some_and(|cue| cue.voice == Voice::Passive);
        self.state.passive = passive.then(|| (index, link.clone()));
        if link.aside {
            if let Some((_, inside)) = &mut self.state.title
                && (inside.is_none() || link.cue.is_some())
            {
                *inside = Some(link);
            }
        } else {
            match &link.cue {
                None => self.state.waiting.push(Waiting { index, part: false }),
                // `các quy định về A quy định tại X hết hiệu lực`: what X says of A
                Some(cue) if cue.relation == Some(Relation::Cites) => {
                    self.state.waiting.push(Waiting { index, part: true });
                }
                Some(_) => {}
            }
            self.state.main = Some(link);
            self.state.title = None;
        }
        // what follows right after it can say that it ends
        self.after(index);
    }

    /// Where what belongs to a mention ends.
    pub(super) fn reach(&self, item: &Item) -> usize {
        item.end
    }

    /// `Thông tư này …`: it acts in what follows; before it `kể từ ngày` may have ended something.
    pub(super) fn this(&mut self, index: usize, gap: &Gap) {
        if let Some(cue) = gap.cues.iter().find(|cue| cue.voice == Voice::Inverted) {
            self.ends(cue);
        }
        // an active cue before `này` has no target of its own: `trái với Quyết định này đều bãi bỏ`
        self.state.subject = Some(index);
        self.state.title = None;
        if gap.cues.iter().all(|cue| cue.relation == Some(Relation::Promulgates)) && !gap.cues.is_empty() {
            // `Ban hành kèm theo Quyết định này Quy chế …`
            let cue = gap.cues.last().cloned();
            self.state.main =
                Some(Link { party: Means::Own, party_item: None, cue, mood: Mood::Asserted, aside: false });
        } else {
            self.state.main = None;
        }
    }

    /// Decides how a mention is linked.
    pub(super) fn link(&mut self, index: usize, broken: Break, clause: usize, gap: &Gap) -> Link {
        let work = self.work;
        let plain = Link { party: Means::Own, party_item: None, cue: None, mood: Mood::Asserted, aside: false };
        self.state.second = None;
        let Some(item) = work.items.get(index) else { return plain };
        let previous = self.state.previous.and_then(|previous| self.item(previous).map(|item| (previous, item)));
        // only separators: the list goes on
        if let Some((_, before)) = previous
            && broken != Break::Sentence
            && coordinated(work.lexicon, work.bytes, before.end.min(item.from), item.from).is_some()
        {
            return self.go_on(index, broken, gap, plain);
        }
        if broken == Break::Sentence
            && gap.cues.is_empty()
            && (gap.heads || gap.only_plural || gap.words <= 30 && super::lists::heads_with_unit(work, clause))
            && let Some(listed) = self.listed()
        {
            return listed.clone();
        }
        // a semicolon inside the name of an annex does not part it from its decision
        let name_goes_on = broken == Break::Semicolon && self.in_own_title(gap);
        if (broken == Break::None || name_goes_on)
            && let Some((before_index, before)) = previous
        {
            // passive: the mention before is acted on
            if let Some(cue) = gap.cues.iter().rev().find(|cue| cue.voice == Voice::Passive) {
                let followed =
                    gap.cues.iter().all(|other| other.start <= cue.start || other.relation == Some(Relation::Cites));
                if followed {
                    // `Nghị định A quy định chi tiết Luật B, được sửa đổi bởi Nghị định C`: a decree amends the decree
                    let owner = self.state.title.as_ref().map(|(owner, _)| *owner);
                    let owner = owner.filter(|_| outranked(item.doc_type(), before.doc_type()));
                    let acted = owner.or_else(|| self.amended_by_name(before_index, index)).unwrap_or(before_index);
                    return Link {
                        party: self.item(acted).map_or(before.means, |acted| acted.means),
                        party_item: Some(acted),
                        cue: Some(cue.clone()),
                        mood: gap.mood(cue),
                        aside: true,
                    };
                }
            }
            // a work and the document that issues or approves it
            if let Some(cue) = gap.cues.iter().rev().find(|cue| cue.voice == Voice::Issued)
                && matches!(before.m.identifier, Identifier::Work { .. } | Identifier::Session { .. })
            {
                return Link {
                    party: before.means,
                    party_item: Some(before_index),
                    cue: Some(cue.clone()),
                    mood: gap.mood(cue),
                    aside: false,
                };
            }
            if let Some(link) = self.place_of_work(before_index, before, item, gap) {
                return link;
            }
            if let Some(link) = self.title_link(before_index, before, item, gap) {
                return link;
            }
        }
        self.own_link(index, broken, clause, gap, plain)
    }

    /// `Luật sửa đổi, bổ sung một số điều của Luật A đã được sửa đổi theo Luật B`: what had been amended is Luật A.
    fn amended_by_name(&self, outer: usize, end: usize) -> Option<usize> {
        let item = self.item(outer).filter(|item| matches!(item.m.identifier, Identifier::Law { .. }))?;
        (outer + 1..end).rev().find(|inner| self.item(*inner).is_some_and(|inner| item.m.core.contains(inner.m.core)))
    }

    /// `Quy hoạch A tại Quyết định B`: a decision holds the plan it approves.
    pub(super) fn place_of_work(&self, before_index: usize, before: &Item, item: &Item, gap: &Gap) -> Option<Link> {
        let decision = matches!(item.doc_type(), Some(DocType::QuyetDinh | DocType::NghiQuyet)) && numbered(item);
        let plan = matches!(before.m.identifier, Identifier::Work { .. })
            && !matches!(
                before.doc_type(),
                Some(DocType::QuyDinh | DocType::QuyChe | DocType::DieuLe | DocType::HuongDan)
            );
        if !decision || !plan || gap.words != 1 || gap.open_bracket {
            return None;
        }
        let cue = super::gaps::adjacent_cue(self.work, gap)?;
        Some(Link {
            party: before.means,
            party_item: Some(before_index),
            cue: Some(cue),
            mood: Mood::Asserted,
            aside: false,
        })
    }

    /// A member of a list.
    pub(super) fn go_on(&mut self, index: usize, broken: Break, gap: &Gap, plain: Link) -> Link {
        let work = self.work;
        let Some(item) = work.items.get(index) else { return plain };
        // `đã được sửa đổi theo Luật số 1 và Luật số 2`; a semicolon, or the first member with provisions of its own
        // (`…, Chương V của Luật D`) or with a name, goes on with the sentence instead
        if let Some((last, link)) = self.state.passive.as_ref().filter(|(last, _)| Some(*last) == self.state.previous) {
            let named = |item: &Item| matches!(item.m.identifier, Identifier::Law { .. }) && item.m.name.is_some();
            let amends = |item: &Item| {
                let name = item.m.name.map(|name| skip_space(work.bytes, name.start as usize));
                name.is_some_and(|at| work.lexicon.word(work.bytes, at, &[Role::Amending]).is_some())
            };
            let same = |first: &Item| {
                (item.provisions.is_empty() || !first.provisions.is_empty())
                    && (named(first) || !named(item))
                    && (amends(item) || !amends(first))
            };
            if broken == Break::None && self.item(*last).is_some_and(same) {
                return link.clone();
            }
        }
        // `“A”, “B”`: titles of works side by side stay in the title they stand in
        let titles = gap.reopens_quote && matches!(item.m.identifier, Identifier::Work { .. });
        if gap.closes_quote && !titles {
            self.state.title = None;
        }
        if let Some((owner, inside)) = &self.state.title {
            let work_before = self
                .state
                .previous
                .and_then(|previous| self.item(previous))
                .is_some_and(|before| matches!(before.m.identifier, Identifier::Work { .. }));
            // after a work named in a title the next number belongs to the outer list
            if *owner != self.state.previous.unwrap_or(usize::MAX)
                && !(work_before && numbered(item))
                && !self.item(*owner).is_some_and(|owner| younger(item, owner) || below(item, owner, inside.as_ref()))
                && let Some(link) = inside
            {
                return link.clone();
            }
        }
        self.state.title = None;
        self.state.main.clone().unwrap_or(plain)
    }

    /// The document itself speaks.
    pub(super) fn own_link(&mut self, index: usize, broken: Break, clause: usize, gap: &Gap, plain: Link) -> Link {
        let work = self.work;
        let Some(item) = work.items.get(index) else { return plain };
        let Some(cue) = gap.cues.iter().rev().find(|cue| cue.voice == Voice::Active && !self.passed_over(cue, gap))
        else {
            // a list item after a semicolon goes on with the cue of the first
            let heads_item = gap.words == 0 || gap.only_plural;
            let line_list = self
                .state
                .main
                .as_ref()
                .and_then(|main| main.cue.as_ref())
                .is_some_and(|cue| cue.scope == CueScope::Line)
                && gap.words <= 12;
            // `… quy định về mẫu hộ chiếu và Thông tư số 68/2022/TT-BCA`: after a title the list goes on
            let list = gap.ends_separated && numbered(item) && !gap.open_quote && !gap.open_bracket;
            // `Ban hành kèm theo Quyết định này Quy chế …`: nothing stands between
            let issued = self.state.subject.is_some() && self.state.subject == self.state.previous && gap.words == 0;
            let issues = |main: &Link| {
                main.cue.as_ref().is_some_and(|cue| cue.relation == Some(Relation::Promulgates))
                    && matches!(item.m.identifier, Identifier::Work { .. })
            };
            return match (&self.state.main, broken) {
                (Some(main), Break::None) if issued && gap.cues.is_empty() && issues(main) => {
                    let cue = main.cue.clone().map(|cue| Cued { voice: Voice::Active, ..cue });
                    Link { cue, ..main.clone() }
                }
                (Some(main), Break::None) if list && gap.cues.is_empty() && !main.aside => main.clone(),
                (Some(main), Break::Semicolon) if (heads_item || line_list) && !main.aside => main.clone(),
                _ => plain,
            };
        };
        let cue = match super::lists::governing(work, gap, cue) {
            Some(verb) => Cued { extent: verb.extent.or(Some(Extent::Part)), ..verb.clone() },
            None if gap.list => Cued { extent: cue.extent.or(Some(Extent::Part)), ..cue.clone() },
            None => self.combined(gap, cue),
        };
        // `Công bố Danh mục … ban hành kèm theo Quyết định X`: what is announced is the annex
        let annex = gap.cues.iter().any(|other| other.voice == Voice::Issued && other.start > cue.start);
        if cue.relation == Some(Relation::Publishes) && annex {
            return plain;
        }
        if cue.relation == Some(Relation::Implements) && !self.carries_out(item, gap, &cue, clause) {
            return plain;
        }
        let issuing = matches!(cue.relation, Some(Relation::Promulgates | Relation::Approves));
        if issuing && !self.issues(gap, &cue, clause) {
            return plain;
        }
        let mood = gap.mood(&cue);
        if !self.fits(&cue, item) || !self.stands(&cue, gap, clause) {
            // `Dự kiến bãi bỏ X`: what is not asserted says how it is meant, wherever its verb stands
            let meant = mood != Mood::Asserted && gap.words_between(cue.end, gap.end) <= 8;
            let cue = Some(cue).filter(|_| meant);
            return if meant { Link { party: Means::Own, party_item: None, cue, mood, aside: false } } else { plain };
        }
        self.state.second = self.beside(gap, &cue);
        Link { party: Means::Own, party_item: None, cue: Some(cue), mood, aside: false }
    }

    /// The verb that stands side by side with a cue that acts on a document: `sửa đổi, bổ sung, bãi bỏ`.
    fn beside(&self, gap: &Gap, cue: &Cued) -> Option<Cued> {
        let other = gap.cues.iter().rev().find(|other| other.end <= cue.start && acts_on(other))?;
        let joined = coordinated(self.work.lexicon, self.work.bytes, other.end, cue.start).is_some();
        (acts_on(cue) && joined && other.relation != cue.relation).then(|| other.clone())
    }

    /// A review or a common verb inside a long phrase that belongs to an earlier cue of the subject:
    /// `Nghị định này quy định chi tiết … đánh giá môi trường … của Luật A`.
    pub(super) fn passed_over(&self, cue: &Cued, gap: &Gap) -> bool {
        let far = gap.words_between(cue.end, gap.end) > 4;
        let guides = gap.cues.iter().any(|other| {
            other.start < cue.start
                && other.relation == Some(Relation::Guides)
                && (other.start == gap.start || self.state.subject.is_some())
        });
        // `thay thế các Thông tư sửa đổi, bổ sung: số A, số B`: which circulars
        let described = cue.relative.is_some()
            && acts_on(cue)
            && self.work.bytes.get(skip_space(self.work.bytes, cue.end)) == Some(&b':');
        described || far && guides && cue.relation != Some(Relation::Guides) && gap.ends_with_of(self.work)
    }

    /// `sơ kết 3 năm thực hiện X`: reviewing how it is carried out is a review.
    pub(super) fn combined(&self, gap: &Gap, cue: &Cued) -> Cued {
        if cue.relation == Some(Relation::Implements)
            && let Some(review) =
                gap.cues.iter().rev().find(|other| other.relation == Some(Relation::Reviews) && other.start < cue.start)
            && gap.words_between(review.end, cue.start) <= 10
        {
            return Cued { end: cue.end, ..review.clone() };
        }
        cue.clone()
    }

    /// The cue can have this sort of target.
    pub(super) fn fits(&self, cue: &Cued, item: &Item) -> bool {
        let work_named = matches!(item.m.identifier, Identifier::Work { .. });
        match cue.relation {
            Some(Relation::Promulgates | Relation::Approves) => {
                work_named
                    || matches!(item.m.identifier, Identifier::Law { .. }) && cue.relation == Some(Relation::Approves)
            }
            Some(Relation::RepliesTo) => item.doc_type().is_some_and(|t| {
                matches!(t, DocType::CongVan | DocType::VanBan | DocType::ToTrinh | DocType::BaoCao | DocType::CongDien)
            }),
            Some(Relation::OnProposalOf) => !matches!(item.m.identifier, Identifier::Law { .. }),
            None => false,
            _ => true,
        }
    }

    /// The cue stands where its row lets it count.
    pub(super) fn stands(&self, cue: &Cued, gap: &Gap, clause: usize) -> bool {
        let near = if gap.list { 0 } else { gap.words_between(cue.end, gap.end) };
        let acts = matches!(cue.relation, Some(Relation::Amends | Relation::Repeals | Relation::Replaces));
        if acts
            && near <= 14
            && (self.in_own_title(gap) || self.beside(gap, cue).is_some_and(|other| self.stands(&other, gap, clause)))
        {
            return true;
        }
        match cue.scope {
            CueScope::Any => near <= 14,
            CueScope::Adjacent => false,
            CueScope::Line => gap.heads_at(self.work, clause, cue.start),
            CueScope::Clause => {
                near <= 30 && (gap.heads_at(self.work, clause, cue.start) || self.acts(gap, clause, cue))
            }
            // `quy định chi tiết … các quy định về A, B của Luật C`
            CueScope::Subject => {
                (near <= 12 || near <= 60 && gap.ends_with_of(self.work))
                    && (gap.heads_at(self.work, clause, cue.start) || self.acts(gap, clause, cue))
            }
        }
    }

    /// The document itself is the subject: `Nghị định này … thay thế`, `ban hành Thông tư hướng dẫn`.
    pub(super) fn acts(&self, gap: &Gap, clause: usize, cue: &Cued) -> bool {
        if let Some(subject) = self.state.subject.and_then(|subject| self.item(subject))
            && subject.end >= clause.saturating_sub(1)
        {
            return true;
        }
        gap.enacts_own(self.work, cue.start)
    }
}
