//! From when and up to when documents are in effect, in the words of the text.
//!
//! What stands right after a mention is said of it: `Thông tư này có hiệu lực từ ngày …`, `Điều 5 Luật này có hiệu
//! lực …`, `Nghị định X tiếp tục có hiệu lực đến hết ngày …`. Of a sentence that first says what the document replaces,
//! `và có hiệu lực từ ngày …` goes on with the document.

use super::aliases::same_type;
use super::relations::RelationFound;
use super::sentence::sentence_end;
use super::shared::coordinated;
use super::{Item, Means, Work, resolved, target_of_run};
use crate::lexicon::{Role, Voice};
use crate::model::{Extent, From, PartialDate, Provision, Relation};
use crate::parse::{
    Begins, Grammar, Identifier, after_comma, after_footnote, after_space, effect, position, tail, until,
};
use crate::span::Span;
use smallvec::SmallVec;
use std::cell::OnceCell;

/// A statement of a time of effect, in positions of the normalised text.
#[derive(Clone, Debug)]
pub(crate) struct EffectFound {
    pub document: Means,
    pub extent: Extent,
    pub provisions: Vec<Provision>,
    pub except: Vec<Provision>,
    pub begins: Option<PartialDate>,
    pub with: Option<Means>,
    pub until: Option<PartialDate>,
    pub from: From,
    pub evidence: Span,
}

/// A sentence is looked through this far, in bytes.
const LONGEST: usize = 1500;

/// All statements of a text, in its order.
pub(crate) fn effects(work: &Work<'_>, relations: &[RelationFound]) -> Vec<EffectFound> {
    let reader = Reader { work, g: Grammar { lexicon: work.lexicon }, relations, said: OnceCell::new() };
    let mut found = Vec::new();
    for (index, item) in work.items.iter().enumerate() {
        if item.is_header || item.m.identifier == Identifier::Placeholder || work.block_at(item.from).is_some() {
            continue;
        }
        reader.mention(index, item, &mut found);
    }
    for run in &work.runs {
        let at = run.span.start as usize;
        if run.amending.is_some() || work.block_at(at).is_some() {
            continue;
        }
        if let Some(read) = reader.read(run.span.end as usize, None) {
            let paths: Vec<Provision> = run.run.provisions.iter().filter_map(|path| resolved(work, path, at)).collect();
            if !paths.is_empty() {
                found.push(reader.said(target_of_run(work, run), Extent::Part, paths, at, &read));
            }
        }
    }
    found.retain(|effect| effect.document != Means::Nothing);
    found.sort_by_key(|effect| (effect.evidence.start, effect.evidence.end));
    found
}

/// The document's own date of effect: the first that is said of all of it.
pub(crate) fn own_effect(effects: &[EffectFound]) -> Option<(PartialDate, From)> {
    effects
        .iter()
        .filter(|effect| effect.document == Means::Own && effect.extent == Extent::Whole)
        .find_map(|effect| Some((effect.begins?, effect.from)))
}

/// Where what belongs to a mention ends, its title included.
pub(super) fn reach(item: &Item) -> usize {
    item.title.map_or(item.end, |title| item.end.max(title.end as usize))
}

/// What was read at one place.
struct Read {
    begins: Option<PartialDate>,
    with: Option<Means>,
    until: Option<PartialDate>,
    from: From,
    except: Vec<Provision>,
    end: usize,
}

struct Reader<'w, 'a> {
    work: &'w Work<'a>,
    g: Grammar<'w>,
    relations: &'w [RelationFound],
    /// What relations say of each mention; few texts have to be asked.
    said: OnceCell<SmallVec<[Said; 32]>>,
}

/// What relations say of a mention.
#[derive(Clone, Copy, Default)]
struct Said {
    /// A clause changes it: `thay thế X, có hiệu lực từ ngày …` does not say of which of the two it speaks.
    acted_on: bool,
    /// More than that it is mentioned: `X đã được sửa đổi theo Y có hiệu lực đến …` speaks of X.
    related: bool,
}

impl Reader<'_, '_> {
    fn mention(&self, index: usize, item: &Item, out: &mut Vec<EffectFound>) {
        let own = matches!(item.m.identifier, Identifier::This) && item.means == Means::Own;
        // `Quyết định này` in the form of a decision that a circular has as its annex
        let form =
            own && self.work.own.doc_type.zip(item.doc_type()).is_some_and(|(own, named)| !same_type(own, named));
        if form {
            return;
        }
        let end = reach(item);
        let known = item.effect;
        let read = self.read(end, known).or_else(|| (item.end < end).then(|| self.read(item.end, known)).flatten());
        match read {
            Some(read) if (own || self.says(index, item, &read)) && !self.is_a_day(item) => {
                self.of_mention(index, item, &read, out);
            }
            None if own => {
                if let Some(read) = self.later(item).filter(|_| !self.is_a_day(item)) {
                    out.push(self.said(Means::Own, Extent::Whole, Vec::new(), item.from, &read));
                }
            }
            _ => {}
        }
    }

    /// Whether what stands after the mention of another document is said of that document.
    fn says(&self, index: usize, item: &Item, read: &Read) -> bool {
        let dated = read.begins.is_some() && read.from == From::Text;
        // the name of a work may run on to the end of the sentence
        (dated || read.until.is_some() || read.with.is_some())
            && !matches!(item.m.identifier, Identifier::Work { .. })
            && !self.said_of(index, dated)
    }

    /// A clause changes the mention, or, where the statement has no date, says anything of it.
    fn said_of(&self, index: usize, dated: bool) -> bool {
        let said = self.said.get_or_init(|| {
            let mut said: SmallVec<[Said; 32]> = SmallVec::from_elem(Said::default(), self.work.items.len());
            for relation in self.relations {
                let (Some(item), Some(said)) = (self.work.items.get(relation.item), said.get_mut(relation.item)) else {
                    continue;
                };
                let changes = matches!(relation.relation, Relation::Replaces | Relation::Repeals | Relation::Amends);
                said.acted_on |= changes && item.means == relation.target;
                said.related |= relation.relation != Relation::Cites;
            }
            said
        });
        said.get(index).is_some_and(|said| if dated { said.acted_on } else { said.related })
    }

    /// `từ ngày Luật này có hiệu lực đến …`: the day on which it takes effect is meant, and nothing said of it.
    fn is_a_day(&self, item: &Item) -> bool {
        self.word_before(item, &[Role::Date, Role::Moment])
    }

    fn word_before(&self, item: &Item, roles: &[Role]) -> bool {
        let bytes = self.work.bytes;
        let end = crate::text::word::skip_space_back(bytes, item.from);
        let mut start = end;
        // words of one or two syllables
        for _ in 0..2 {
            start = crate::text::word::word_start(bytes, crate::text::word::skip_space_back(bytes, start));
            if start < end && self.work.lexicon.word(bytes, start, roles).is_some_and(|word| word.end == end) {
                return true;
            }
        }
        false
    }

    /// The statement after a mention, and of those that stand with it in a list.
    fn of_mention(&self, index: usize, item: &Item, read: &Read, out: &mut Vec<EffectFound>) {
        let parts = |item: &Item| -> Option<Vec<Provision>> {
            item.provisions.iter().map(|path| resolved(self.work, path, item.from)).collect()
        };
        let extent = |item: &Item| {
            if item.provisions.is_empty() && !self.belongs(item) { Extent::Whole } else { Extent::Part }
        };
        // `A, B và C tiếp tục có hiệu lực đến …`
        let mut first = index;
        while let Some(before) = first.checked_sub(1)
            && let (Some(one), Some(next)) = (self.work.items.get(before), self.work.items.get(first))
            && reach(one) <= next.from
            && coordinated(self.work.lexicon, self.work.bytes, reach(one), next.from).is_some()
            && !matches!(one.m.identifier, Identifier::This)
            && !matches!(item.m.identifier, Identifier::This)
        {
            first = before;
        }
        let start = self.work.items.get(first).map_or(item.from, |item| item.from);
        // a date after a comma is that of the one mention before it: `A và B, có hiệu lực từ ngày …`
        let members = if read.until.is_some() { first..=index } else { index..=index };
        for member in self.work.items.get(members).into_iter().flatten() {
            let Some(paths) = parts(member) else { continue };
            let said = |document: Means, paths: Vec<Provision>| {
                let mut said = self.said(document, extent(member), paths, start.min(member.from), read);
                if document != Means::Own && read.from == From::Inferred {
                    // counted from a day that this text need not know
                    said.begins = None;
                }
                said
            };
            match member.means_all.as_slice() {
                [] => out.push(said(member.means, paths)),
                several => out.extend(several.iter().map(|entry| said(Means::Entry(*entry), paths.clone()))),
            }
        }
    }

    fn said(
        &self,
        document: Means,
        extent: Extent,
        provisions: Vec<Provision>,
        start: usize,
        read: &Read,
    ) -> EffectFound {
        EffectFound {
            document,
            extent,
            provisions,
            except: read.except.clone(),
            begins: read.begins,
            with: read.with.filter(|with| *with != document),
            until: read.until,
            from: read.from,
            evidence: Span::at(start, read.end),
        }
    }

    /// `quy định về hóa đơn của Luật này`: a part that is described.
    fn belongs(&self, item: &Item) -> bool {
        self.word_before(item, &[Role::Of, Role::At, Role::By])
    }

    /// A statement at one place; that of `known` has been read before.
    fn read(&self, at: usize, known: Option<(PartialDate, Span)>) -> Option<Read> {
        let bytes = self.work.bytes;
        let here = after_space(after_footnote(after_space(tail(bytes, at))));
        let here = match here {
            [b'.', rest @ ..] if after_space(rest).first() == Some(&b',') => after_space(rest),
            _ => here,
        };
        let here = after_comma(here);
        let start = position(bytes, here);
        let known = known.filter(|(_, place)| place.start as usize == start);
        let known = known.map(|(date, place)| (date, place.end as usize - start));
        if known.is_none() && !self.work.lexicon.may_play(here, 0, &[Role::Continues, Role::Effective]) {
            return None;
        }
        if let Some(rest) = self.g.role(here, &[Role::Continues]) {
            let (rest, last) = until(&self.g, after_space(rest)).ok()?;
            let end = position(bytes, rest);
            let except = Vec::new();
            return Some(Read { begins: None, with: None, until: Some(last), from: From::Text, except, end });
        }
        let (rest, read) = effect(&self.g, here, known).ok()?;
        let end = position(bytes, rest);
        let issued = self.work.own.date.filter(|date| date.is_full());
        let (begins, from) = match read.begins {
            Begins::On(date) => (Some(date), From::Text),
            Begins::Signing => (issued, From::Inferred),
            Begins::After(days) => (issued.and_then(|date| date.plus_days(days)), From::Inferred),
            Begins::Elsewhere | Begins::Open => (None, From::Text),
        };
        let with = if read.begins == Begins::Open { with_effect_of(self.work, end) } else { None };
        if read.begins == Begins::Open && read.until.is_none() && with.is_none() {
            return None;
        }
        let (except, end) = self.except(with.map_or(end, |(_, end)| end));
        Some(Read { begins, with: with.map(|(means, _)| means), until: read.until, from, except, end })
    }

    /// `, trừ khoản 6 Điều 101 của Luật này`.
    fn except(&self, at: usize) -> (Vec<Provision>, usize) {
        let bytes = self.work.bytes;
        let here = after_comma(tail(bytes, at));
        let Some(rest) = self.g.role(here, &[Role::Excepting]) else { return (Vec::new(), at) };
        let start = position(bytes, after_space(rest));
        let next = self.work.items.partition_point(|item| (item.m.core.start as usize) < start);
        let item = self.work.items.get(next).filter(|item| item.from == start && item.means == Means::Own);
        let next = self.work.runs.partition_point(|run| (run.span.start as usize) < start);
        let run = self.work.runs.get(next).filter(|run| run.span.start as usize == start);
        let (paths, end) = match (item, run) {
            (Some(item), _) => (&item.provisions, item.end),
            (None, Some(run)) => (&run.run.provisions, run.span.end as usize),
            (None, None) => return (Vec::new(), at),
        };
        // `trừ trường hợp quy định tại khoản 2 Điều này`: that clause says which provisions, it is none of them
        if paths.is_empty() || paths.iter().any(|path| path.levels().any(|(_, label)| label == "this")) {
            return (Vec::new(), at);
        }
        (paths.clone(), end)
    }

    /// `Thông tư này thay thế X … và có hiệu lực kể từ ngày D`.
    fn later(&self, item: &Item) -> Option<Read> {
        let bytes = self.work.bytes;
        let verb = position(bytes, after_space(tail(bytes, item.end)));
        let (cue, _) = self.work.lexicon.cue_at(bytes, verb)?;
        let acts = matches!(
            cue.relation,
            Some(Relation::Replaces | Relation::Repeals | Relation::Amends | Relation::Promulgates)
        );
        if cue.voice != Voice::Active || !acts {
            return None;
        }
        let end = sentence_end(bytes, item.end, LONGEST);
        let text = bytes.get(..end)?;
        let mut at = verb;
        while let Some(space) = memchr::memchr(b' ', text.get(at..)?) {
            at += space + 1;
            let Some(rest) = self.g.role(tail(text, at), &[Role::And]) else { continue };
            let Ok((rest, read)) = effect(&self.g, after_space(rest), None) else { continue };
            if let Begins::On(date) = read.begins {
                let end = position(text, rest);
                let except = Vec::new();
                return Some(Read { begins: Some(date), with: None, until: read.until, from: From::Text, except, end });
            }
        }
        None
    }
}

/// The document named at a place whose taking effect is the day: `Thông tư này có hiệu lực`; and where that ends.
pub(super) fn with_effect_of(work: &Work<'_>, at: usize) -> Option<(Means, usize)> {
    let g = Grammar { lexicon: work.lexicon };
    let start = position(work.bytes, after_space(tail(work.bytes, at)));
    let next = work.items.partition_point(|item| (item.m.core.start as usize) < start);
    let item = work.items.get(next).filter(|item| item.from == start && item.provisions.is_empty())?;
    let after = [reach(item), item.end].into_iter().find_map(|end| {
        let rest = g.role(after_space(tail(work.bytes, end)), &[Role::Effective])?;
        Some(position(work.bytes, rest))
    })?;
    (item.means != Means::Nothing).then_some((item.means, after))
}
