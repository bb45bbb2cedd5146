//! Which documents an extraction lists: those that something in it means, or may mean.
//!
//! While a text is read more are known: what the own header says, or a number without its body that turned out to be
//! the one with it.

use super::Extraction;
use crate::model::{Node, Target};
use smallvec::SmallVec;

/// Leaves out what nothing means, and numbers the rest anew.
pub(super) fn keep_meant(extraction: &mut Extraction<'_>) {
    let mut meant: SmallVec<[bool; 64]> = SmallVec::from_elem(false, extraction.documents.len());
    indices(extraction, &mut |index| {
        if let Some(meant) = meant.get_mut(*index as usize) {
            *meant = true;
        }
    });
    if meant.iter().all(|meant| *meant) {
        return;
    }
    let mut next = 0;
    let numbers: Vec<u32> = meant
        .iter()
        .map(|meant| {
            let number = next;
            next += u32::from(*meant);
            number
        })
        .collect();
    indices(extraction, &mut |index| *index = numbers.get(*index as usize).copied().unwrap_or(*index));
    let mut kept = meant.into_iter();
    extraction.documents.retain(|_| kept.next().unwrap_or(true));
}

/// All places that hold the number of a document.
fn indices(extraction: &mut Extraction<'_>, see: &mut impl FnMut(&mut u32)) {
    let mut node = |node: &mut Node| {
        if let Node::Document(index) = node {
            see(index);
        }
    };
    for relation in &mut extraction.relations {
        node(&mut relation.source);
        node(&mut relation.target);
        relation.effective_with.iter_mut().for_each(&mut node);
    }
    for effect in &mut extraction.effects {
        node(&mut effect.document);
        effect.with.iter_mut().for_each(&mut node);
    }
    let target = |target: &mut Target, see: &mut dyn FnMut(&mut u32)| {
        if let Target::Document(index) = target {
            see(index);
        }
    };
    for citation in &mut extraction.citations {
        citation.targets.iter_mut().chain(&mut citation.candidates).for_each(&mut *see);
        target(&mut citation.target, see);
    }
    for provision in &mut extraction.provisions {
        target(&mut provision.target, see);
    }
    extraction.document.parent.iter_mut().for_each(see);
}
