//! Relations that follow from two others: who amends an annex amends the act that put it in force, and who amends an
//! amending act amends the act behind it.

use super::Extraction;
use crate::lexicon::{Lexicon, Role, Voice};
use crate::model::{Extent, Mood, Node, Relation, RelationMention};
use crate::parse::{Grammar, after_space, position, tail};

/// Name of the rule in the evidence.
const RULE: &str = "through";

/// No words prove a pair that lies further apart, in bytes.
const NEAR: u32 = 2000;

/// Adds what follows from pairs of relations.
pub(super) fn add_derived(extraction: &mut Extraction<'_>) {
    let amending = amends_by_title(extraction);
    let mut found: Vec<RelationMention> = Vec::new();
    for first in extraction.relations.iter().filter(|first| changes(first)) {
        for second in extraction.relations.iter().filter(|second| second.mood == Mood::Asserted) {
            let target = match (first.relation, second.relation) {
                // `Sửa đổi Quy chế A ban hành kèm theo Quyết định B`
                (Relation::Amends, Relation::Promulgates) if second.target == first.target => second.source,
                // `Bãi bỏ Thông tư A sửa đổi Thông tư B`, by an act that calls itself an amending one
                (_, Relation::Amends) if amending && second.source == first.target => second.target,
                _ => continue,
            };
            let known = |known: &RelationMention| known.target == target && changes(known);
            if target == Node::Own || extraction.relations.iter().chain(&found).any(known) {
                continue;
            }
            found.push(through(first, second, target));
        }
    }
    extraction.relations.retain(|bare| {
        bare.relation != Relation::Cites
            || bare.source != Node::Own
            || !found.iter().any(|new| new.target == bare.target)
    });
    extraction.relations.extend(found);
    extraction.relations.sort_by_key(|relation| (relation.in_title, relation.evidence.start, relation.evidence.end));
}

/// The document itself changes another.
fn changes(relation: &RelationMention) -> bool {
    relation.source == Node::Own
        && relation.mood == Mood::Asserted
        && matches!(relation.relation, Relation::Amends | Relation::Repeals | Relation::Replaces)
}

fn through(first: &RelationMention, second: &RelationMention, target: Node) -> RelationMention {
    let near = first.in_title == second.in_title && second.evidence.start.abs_diff(first.evidence.start) < NEAR;
    RelationMention {
        relation: Relation::Amends,
        target,
        citation: second.citation.or(first.citation),
        evidence: if near { first.evidence.cover(second.evidence) } else { first.evidence },
        provisions: Vec::new(),
        extent: Extent::Part,
        act: Some(crate::Act::Amend),
        rule: RULE.into(),
        ..first.clone()
    }
}

/// The title of the document says that it amends: `Sửa đổi, bổ sung một số điều của các Thông tư …`, also after
/// another matter (`Quy định …; sửa đổi …`).
fn amends_by_title(extraction: &Extraction<'_>) -> bool {
    let by_record =
        extraction.relations.iter().any(|relation| relation.in_title && relation.relation == Relation::Amends);
    let Some(title) = extraction.document.title.as_deref() else { return by_record };
    let normalized = extraction.lexicon.confusables().normalize(title);
    let bytes = normalized.bytes();
    let heads = std::iter::once(0).chain(memchr::memchr2_iter(b';', b',', bytes).map(|at| at + 1));
    by_record || heads.into_iter().any(|at| amends_at(&extraction.lexicon, bytes, at))
}

fn amends_at(lexicon: &Lexicon, bytes: &[u8], at: usize) -> bool {
    let start = after_space(tail(bytes, at));
    let verb = Grammar { lexicon }.role(start, &[Role::Title]).map_or(start, after_space);
    lexicon
        .cue_at(bytes, position(bytes, verb))
        .is_some_and(|(cue, _)| cue.voice == Voice::Active && cue.relation == Some(Relation::Amends))
}
