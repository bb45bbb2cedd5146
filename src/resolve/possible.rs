//! What cannot be: a document that acts on a younger one or on one above it, a law that carries out, words quoted as
//! words.

use super::carrying::{made_for, pending, several};
use super::gaps::Cued;
use super::relations::Machine;
use super::{Item, Means, Work};
use crate::lexicon::{Role, Voice};
use crate::model::{DocType, PartialDate, Relation};
use crate::parse::Identifier;
use crate::text::fold::{before, decode};
use crate::text::word::{skip_space_back, word_start};

/// Quoted words are looked back over so many bytes for the mark that opens them.
const QUOTED: usize = 400;

/// `item` was issued in a later year than `than`.
pub(super) fn younger(item: &Item, than: &Item) -> bool {
    year(item).zip(year(than)).is_some_and(|(item, than)| item > than)
}

fn year(item: &Item) -> Option<i16> {
    let symbol = match &item.m.identifier {
        Identifier::Symbol(symbol) | Identifier::Law { symbol: Some(symbol), .. } => symbol.year,
        _ => None,
    };
    symbol.or(item.date().map(PartialDate::the_year))
}

/// The rank of laws, codes, ordinances and the constitution.
const LAW: u8 = 3;

/// Ranks of the Law on the promulgation of legal documents: acts of the National Assembly and its Committee, decrees,
/// circulars. None for what has no rank of its own.
pub(super) fn rank(doc_type: Option<DocType>) -> Option<u8> {
    Some(match doc_type? {
        DocType::HienPhap | DocType::BoLuat | DocType::Luat | DocType::PhapLenh => LAW,
        DocType::NghiDinh => 2,
        DocType::ThongTu | DocType::ThongTuLienTich | DocType::ThongTuLienBo | DocType::ThongTuLienNganh => 1,
        _ => return None,
    })
}

/// `source` is of a lower rank than `target`.
pub(super) fn outranked(source: Option<DocType>, target: Option<DocType>) -> bool {
    rank(source).zip(rank(target)).is_some_and(|(source, target)| source < target)
}

/// `thay thế cụm từ “quy hoạch …, kế hoạch …”`: the words, not the documents.
pub(super) fn quoted_words(work: &Work<'_>, start: usize) -> bool {
    let from = start.saturating_sub(QUOTED);
    let text = work.bytes.get(from..start).unwrap_or_default();
    let text = memchr::memrchr(b'\n', text).map_or(text, |end| text.get(end..).unwrap_or_default());
    // the last mark opens or closes; both begin with a byte that few other signs have
    let mark = |at: &usize| matches!(text.get(*at..), Some([_, 0x80, 0x9C | 0x9D, ..]));
    let last = memchr::memrchr_iter(0xE2, text).find(mark);
    let curly = last.filter(|at| text.get(at + 2) == Some(&0x9C)).map(|at| start - text.len() + at);
    let straight = || {
        let mark = before(work.bytes, skip_space_back(work.bytes, start))?;
        decode(work.bytes, mark).filter(|(point, _)| *point == u32::from(b'"')).map(|_| mark)
    };
    let Some(mark) = curly.or_else(straight) else { return false };
    let end = skip_space_back(work.bytes, mark);
    let word = word_start(work.bytes, end);
    work.lexicon.word(work.bytes, word, &[Role::Wording]).is_some_and(|found| found.end == end)
}

impl Machine<'_, '_> {
    /// Whether `cue` can say `relation` of the mention, and of `party`, in whose title or clause it stands. Nothing
    /// acts on what is younger, nothing but an act of its rank changes or ends another, and no decree details a circular. A law carries nothing out,
    /// and a work only what its name says, which is not the document in which it is planned.
    pub(super) fn possible(&self, party: Option<&Item>, item: &Item, relation: Relation, cue: &Cued) -> bool {
        // a text without a header calls itself `Thông tư này`
        let subject = || self.state.subject.and_then(|subject| self.item(subject)).and_then(Item::doc_type);
        let own = self.work.own.doc_type.or_else(subject);
        let theirs = party.filter(|party| party.means != Means::Own);
        let by = theirs.map_or(own, Item::doc_type);
        let (source, target) = match cue.voice {
            Voice::Passive | Voice::Issued => (item.doc_type(), by),
            _ => (by, item.doc_type()),
        };
        let acts = matches!(relation, Relation::Amends | Relation::Replaces | Relation::Repeals);
        if acts && outranked(source, target) || relation == Relation::Guides && outranked(target, source) {
            return false;
        }
        if relation == Relation::Implements && (several(self.work, item) || pending(self.work, item)) {
            return false;
        }
        let Some(party) = theirs.filter(|_| cue.voice == Voice::Active) else { return true };
        if younger(item, party) {
            return false;
        }
        if relation != Relation::Implements {
            return true;
        }
        let law = rank(party.doc_type()) == Some(LAW);
        let work = matches!(party.m.identifier, Identifier::Work { .. });
        !law && !(work && (item.means == Means::Own || !made_for(self.work, party, cue)))
    }
}
