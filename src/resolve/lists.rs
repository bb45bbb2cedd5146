//! Lists of provisions: what a verb before or above them says of an act that is named only at their end.

use super::Work;
use super::gaps::{Cued, Gap};
use super::sentence::{after_numbering, sentence_start};
use crate::lexicon::{Anchor, Role, Voice};
use crate::model::{Act, Relation};
use crate::text::word::{skip_space, word_at};

/// No member of a list is longer, in bytes.
const MEMBER: usize = 400;

/// Where the list begins whose last member begins at `clause`: `bãi bỏ khoản 4 Mục 1; Mục 2 …; Mục 3 … tại X`. Every
/// member after the first begins with a unit word.
pub(super) fn list_start(work: &Work<'_>, from: usize, clause: usize) -> usize {
    let mut start = clause;
    while start > from
        && work.bytes.get(start.wrapping_sub(1)) == Some(&b';')
        && unit_at(work, skip_space(work.bytes, start))
    {
        start = sentence_start(work.bytes, start - 1, MEMBER).max(from);
    }
    start
}

/// The line or clause at `start` begins with a unit word: `b) Khoản 5 Điều 1 và cụm từ “A” tại khoản 2 Điều 3 …`.
pub(super) fn heads_with_unit(work: &Work<'_>, start: usize) -> bool {
    let line = skip_space(work.bytes, start);
    unit_at(work, after_numbering(work.bytes, line))
}

fn unit_at(work: &Work<'_>, at: usize) -> bool {
    matches!(work.lexicon.anchor(work.bytes, at), Some((Anchor::Unit(_), _)))
}

/// `bãi bỏ các quy định về A quy định tại X`, `thay thế cụm từ “A” quy định tại X`: the verb takes something out of X
/// that X only holds.
pub(super) fn governing<'g>(work: &Work<'_>, gap: &'g Gap, cue: &Cued) -> Option<&'g Cued> {
    if cue.relation != Some(Relation::Cites) {
        return None;
    }
    let acts = |other: &&Cued| {
        other.end <= cue.start
            && other.voice == Voice::Active
            && matches!(
                other.relation,
                Some(Relation::Amends | Relation::Repeals | Relation::Replaces | Relation::Suspends)
            )
    };
    let verb = gap.cues.iter().rev().find(acts)?;
    let words = matches!(verb.act, Some(Act::ReplaceWords | Act::Delete | Act::Insert));
    (words || holds(work, verb)).then_some(verb)
}

/// `quy định`, `nội dung` inside the words of a cue or right after them.
fn holds(work: &Work<'_>, verb: &Cued) -> bool {
    let mut at = verb.start;
    let end = skip_space(work.bytes, verb.end);
    while at <= end {
        let Some(word) = word_at(work.bytes, at) else { return false };
        if work.lexicon.word(work.bytes, at, &[Role::Ruling]).is_some() {
            return true;
        }
        at = skip_space(work.bytes, word.end);
        if at <= word.end {
            // a comma or bracket
            at = word.end + 1;
        }
    }
    false
}
