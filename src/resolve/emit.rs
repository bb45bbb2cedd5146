//! From links to relations: one for each clause, none twice, `cites` only where nothing else is.

use super::Means;
use super::gaps::Cued;
use super::relations::{Link, Machine, RelationFound};
use crate::lexicon::Voice;
use crate::model::{Act, Extent, Mood, Relation};
use crate::span::Span;
use foldhash::fast::FixedState;
use std::collections::HashSet;

impl Machine<'_, '_> {
    /// Emits the relation of a link.
    pub(super) fn emit(&mut self, index: usize, link: &Link) {
        let Some(item) = self.work.items.get(index) else { return };
        let targets: Vec<Means> = if item.means_all.is_empty() {
            vec![item.means]
        } else {
            item.means_all.iter().map(|entry| Means::Entry(*entry)).collect()
        };
        for target in targets {
            if target == Means::Nothing {
                continue;
            }
            self.emit_one(index, link, target);
        }
    }

    pub(super) fn emit_one(&mut self, index: usize, link: &Link, target: Means) {
        let Some(cue) = &link.cue else {
            if link.aside {
                self.push(index, link.party, Relation::Cites, target, None, Mood::Asserted, link.party_item);
            } else {
                self.direct.push(index);
            }
            return;
        };
        let relation = cue.relation.unwrap_or(Relation::Cites);
        if link.mood != Mood::Asserted || relation == Relation::Cites {
            if link.aside || link.mood != Mood::Asserted {
                self.push(index, link.party, Relation::Cites, target, Some(cue), link.mood, link.party_item);
            } else {
                self.direct.push(index);
            }
            return;
        }
        match cue.voice {
            Voice::Passive => self.push(index, target, relation, link.party, Some(cue), link.mood, link.party_item),
            Voice::Issued => {
                self.push(index, target, relation, link.party, Some(cue), link.mood, link.party_item);
                self.direct.push(index);
            }
            _ => {
                self.push(index, link.party, relation, target, Some(cue), link.mood, link.party_item);
                // `sửa đổi, bổ sung, bãi bỏ một số điều của X`
                if let Some(more) = self.state.second.take()
                    && let Some(relation) = more.relation
                {
                    self.push(index, link.party, relation, target, Some(&more), link.mood, link.party_item);
                }
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one relation")]
    pub(super) fn push(
        &mut self,
        index: usize,
        source: Means,
        relation: Relation,
        target: Means,
        cue: Option<&Cued>,
        mood: Mood,
        party: Option<usize>,
    ) {
        let Some(item) = self.work.items.get(index) else { return };
        if source == target || source == Means::Nothing || target == Means::Nothing {
            return;
        }
        let passive = cue.is_some_and(|cue| matches!(cue.voice, Voice::Passive | Voice::Issued));
        let party_item = party.and_then(|party| self.item(party));
        let possible = cue.is_none_or(|cue| self.possible(party_item, item, relation, cue));
        let (relation, cue) = if possible { (relation, cue) } else { (Relation::Cites, None) };
        let (provisions, source_provisions) = if passive {
            (party_item.map(|party| party.provisions.clone()).unwrap_or_default(), item.provisions.clone())
        } else {
            let own = if source == Means::Own {
                Vec::new()
            } else {
                party_item.map(|party| party.provisions.clone()).unwrap_or_default()
            };
            let acted = item.provisions.iter().filter(|path| !item.anchors.contains(path)).cloned().collect();
            (acted, own)
        };
        let mut evidence = Span::at(item.from, item.m.core.end as usize);
        if let Some(cue) = cue {
            evidence = evidence.cover(Span::at(cue.start, cue.end));
        }
        if let Some(party) = party_item {
            evidence = evidence.cover(party.m.core);
        }
        let extent = match cue.and_then(|cue| cue.extent) {
            Some(extent) => extent,
            None if !provisions.is_empty() => Extent::Part,
            None if matches!(relation, Relation::Replaces | Relation::Repeals) => Extent::Whole,
            None => Extent::Unknown,
        };
        let act = match relation {
            Relation::Amends => cue.and_then(|cue| cue.act).or(Some(Act::Amend)),
            _ => None,
        };
        self.found.push(RelationFound {
            source,
            relation,
            target,
            item: index,
            cue: cue.map(|cue| Span::at(cue.start, cue.end)),
            evidence,
            provisions,
            source_provisions,
            mood,
            extent,
            act,
            effective: item.effective.filter(|_| matches!(relation, Relation::Replaces | Relation::Repeals)),
            rule: cue.map(|cue| cue.id.clone()).unwrap_or_default(),
        });
    }

    /// A bare mention is `cites`, once for each document, where the document has nothing stronger to say of it.
    pub(super) fn finish(mut self) -> Vec<RelationFound> {
        let mut done: HashSet<Means, FixedState> = self
            .found
            .iter()
            .filter(|r| r.source == Means::Own && r.relation != Relation::Cites)
            .map(|r| r.target)
            .collect();
        let mut cites = Vec::new();
        for index in std::mem::take(&mut self.direct) {
            let Some(item) = self.item(index) else { continue };
            let targets: Vec<Means> = if item.means_all.is_empty() {
                vec![item.means]
            } else {
                item.means_all.iter().map(|entry| Means::Entry(*entry)).collect()
            };
            for target in targets {
                if target != Means::Own && target != Means::Nothing && done.insert(target) {
                    cites.push((index, target));
                }
            }
        }
        for (index, target) in cites {
            self.push(index, Means::Own, Relation::Cites, target, None, Mood::Asserted, None);
        }
        // what a document itself issues or approves it does not carry out
        let issued: Vec<Means> = self
            .found
            .iter()
            .filter(|r| r.source == Means::Own && matches!(r.relation, Relation::Promulgates | Relation::Approves))
            .map(|r| r.target)
            .collect();
        self.found
            .retain(|r| r.source != Means::Own || r.relation != Relation::Implements || !issued.contains(&r.target));
        // `cites` between two cited documents gives way to anything stronger
        let strong: HashSet<(Means, Means), FixedState> =
            self.found.iter().filter(|r| r.relation != Relation::Cites).map(|r| (r.source, r.target)).collect();
        let mut seen: HashSet<(Means, Means), FixedState> = HashSet::default();
        self.found.retain(|r| {
            if r.relation != Relation::Cites {
                return true;
            }
            let pair = (r.source, r.target);
            !strong.contains(&pair) && seen.insert(pair)
        });
        self.found.sort_by_key(|r| (r.evidence.start, r.evidence.end));
        self.found
    }
}
