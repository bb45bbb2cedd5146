//! Amending instructions that name only provisions, clause by clause: `Bãi bỏ khoản 1; sửa đổi khoản 2 Điều 103 như
//! sau`, `b) Bổ sung khoản 4a vào sau khoản 4`, `Khoản 3 Điều 3 được sửa đổi như sau`. The act, and the levels that a
//! line leaves out, are those of the line above it.

use super::relations::{Machine, RelationFound};
use super::{Means, RunAt, Work};
use crate::lexicon::{Cue, Role};
use crate::model::{Act, Extent, Mood, Provision, Relation, Unit};
use crate::span::Span;
use crate::text::fold::decode;
use crate::text::word::{skip_space, word_at};
use compact_str::CompactString;

/// No clause is longer before its provisions, in bytes.
const CLAUSE: usize = 600;

/// What a line says of the lines under it.
struct Line {
    /// Where it stands: article, clause, point of the present document.
    levels: Vec<(Unit, CompactString)>,
    /// The one provision it names.
    context: Option<Provision>,
}

impl Machine<'_, '_> {
    /// One relation for each clause.
    pub(super) fn amending_runs(&mut self) {
        let work = self.work;
        let mut above: Vec<Line> = Vec::new();
        let mut read = 0;
        for (index, run) in work.runs.iter().enumerate() {
            let at = run.span.start as usize;
            if work.block_at(at).is_some() {
                continue;
            }
            let verbs = verbs(work, run);
            let Some(first) = verbs.first().map(|verb| verb.start) else { continue };
            let target = match run.amending {
                Some(_) => super::owners::target_of_run(work, run),
                None => super::owners::amended_act(work, at, None),
            };
            let Means::Entry(_) = target else { continue };
            let levels = super::position::levels(work, at.min(first as usize));
            // lines that name their act: `1. Sửa đổi một số khoản của Điều 46 của Luật X như sau`
            while let Some(item) = work.items.get(read).filter(|item| item.from < at) {
                read += 1;
                if let [only] = item.provisions.as_slice()
                    && matches!(item.means, Means::Entry(_))
                    && work.block_at(item.from).is_none()
                {
                    let levels = super::position::levels(work, item.from);
                    above.retain(|line| line.levels.len() < levels.len() && levels.starts_with(&line.levels));
                    above.push(Line { levels, context: Some(only.clone()) });
                }
            }
            above.retain(|line| line.levels.len() < levels.len() && levels.starts_with(&line.levels));
            let context = above.last().and_then(|line| line.context.clone()).or_else(|| later(work, index));
            let mut groups: Vec<(Span, Vec<Provision>)> = Vec::new();
            for (provision, place) in run.run.provisions.iter().zip(&run.run.places) {
                if run.run.anchors.contains(provision) {
                    continue;
                }
                let start = at + place;
                let verb = verbs.iter().rev().find(|verb| verb.start as usize <= start).or(verbs.first());
                let Some(verb) = verb.copied() else { continue };
                let whole = complete(provision, context.as_ref());
                match groups.last_mut().filter(|(known, _)| *known == verb) {
                    Some((_, provisions)) => provisions.push(whole),
                    None => groups.push((verb, vec![whole])),
                }
            }
            if let [(_, provisions)] = groups.as_slice()
                && let [only] = provisions.as_slice()
            {
                above.push(Line { levels, context: Some(only.clone()) });
            }
            for (verb, provisions) in groups {
                self.instruct(run, verb, target, provisions);
            }
        }
    }

    /// The relation of one clause.
    fn instruct(&mut self, run: &RunAt, verb: Span, target: Means, provisions: Vec<Provision>) {
        let work = self.work;
        let Some((cue, end)) = cue(work, verb) else { return };
        let annex = provisions.iter().all(|path| path.levels().next().is_some_and(|(unit, _)| unit <= Unit::Chart));
        let (relation, act) = match cue.relation {
            Some(Relation::Repeals) => (Relation::Repeals, Some(Act::Delete)),
            Some(Relation::Replaces) if annex => (Relation::Replaces, Some(Act::Amend)),
            _ => (Relation::Amends, Some(cue.act.unwrap_or(Act::Amend))),
        };
        let item = work.items.iter().position(|item| item.means == target).unwrap_or(0);
        self.found.push(RelationFound {
            source: Means::Own,
            relation,
            target,
            item,
            cue: Some(Span::at(verb.start as usize, end)),
            evidence: Span::at(verb.start as usize, end).cover(run.span),
            provisions,
            source_provisions: super::position::here(work, (verb.start).min(run.span.start) as usize),
            mood: Mood::Asserted,
            extent: Extent::Part,
            act,
            effective: None,
            rule: cue.id.clone(),
        });
    }
}

/// The cue at a verb. `được sửa đổi` has its own row; here only the verb counts.
fn cue<'a>(work: &'a Work<'_>, verb: Span) -> Option<(&'a Cue, usize)> {
    work.lexicon.cue_at(work.bytes, verb.start as usize)
}

/// The verbs of the clauses of a run: from the head of its line to its end, quoted words passed over; or the passive
/// verb right after it, before `như sau`.
fn verbs(work: &Work<'_>, run: &RunAt) -> Vec<Span> {
    let lexicon = work.lexicon;
    let Some(head) = run.amending else { return passive(work, run).into_iter().collect() };
    let mut found = vec![head];
    let mut at = head.end as usize;
    let end = run.span.end as usize;
    let mut quoted = false;
    while at < end && at < head.end as usize + 20 * CLAUSE {
        let Some((point, length)) = decode(work.bytes, at) else { break };
        match char::from_u32(point) {
            Some('“') => quoted = true,
            Some('”') => quoted = false,
            Some('"') => quoted = !quoted,
            _ => {}
        }
        let Some(word) = word_at(work.bytes, at) else {
            at += length;
            continue;
        };
        match lexicon.word(work.bytes, at, &[Role::Amending]).filter(|_| !quoted) {
            Some(verb) => {
                found.push(Span::at(at, verb.end));
                at = verb.end;
            }
            None => at = word.end,
        }
    }
    found
}

/// `Khoản 3 Điều 3 được sửa đổi, bổ sung như sau:` at the head of its line.
fn passive(work: &Work<'_>, run: &RunAt) -> Option<Span> {
    let start = run.span.start as usize;
    // `Đoạn đầu Điều 6 được sửa đổi`: a few words may stand before it
    let line = super::sentence::sentence_start(work.bytes, start, CLAUSE);
    let head = super::sentence::after_numbering(work.bytes, line);
    let before = work.bytes.get(head..start)?;
    if before.iter().filter(|b| **b == b' ').count() > 3 || before.contains(&b',') {
        return None;
    }
    let mut at = skip_space(work.bytes, run.span.end as usize);
    for _ in 0..3 {
        if let Some(verb) = work.lexicon.word(work.bytes, at, &[Role::Amending]) {
            let after = skip_space(work.bytes, verb.end);
            work.lexicon.word(work.bytes, after, &[Role::Follows])?;
            return Some(Span::at(at, verb.end));
        }
        at = skip_space(work.bytes, word_at(work.bytes, at)?.end);
    }
    None
}

/// `tại điểm a và cụm từ “…” tại điểm b khoản 1 Điều 69`: the outer levels stand with a later run of the clause.
fn later(work: &Work<'_>, index: usize) -> Option<Provision> {
    let run = work.runs.get(index)?;
    let lacks = |path: &Provision| path.levels().next().is_some_and(|(unit, _)| unit > Unit::Article);
    if run.amending.is_none() || !run.run.provisions.iter().all(lacks) {
        return None;
    }
    let same = work.runs.get(index + 1..)?.iter().take_while(|next| next.amending == run.amending);
    same.flat_map(|next| &next.run.provisions).find(|path| !lacks(path)).cloned()
}

/// A path with the outer levels that the line above names.
fn complete(provision: &Provision, context: Option<&Provision>) -> Provision {
    let Some(top) = provision.levels().next().map(|(unit, _)| unit) else { return provision.clone() };
    let Some(context) = context else { return provision.clone() };
    let outer = context.levels().take_while(|(unit, _)| *unit < top);
    Provision::from_levels(outer.chain(provision.levels()))
}
