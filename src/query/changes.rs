//! Which acts had changed a provision by a day.

use super::meets::{Meets, meets};
use super::times::Times;
use crate::corpus::Fact;
use crate::graph::CitationGraph;
use crate::model::{PartialDate, Provision, Relation, closed_set};
use petgraph::graph::NodeIndex;

closed_set! {
/// How a change stands to the provision that was asked about.
pub enum Touch {
    /// It names that provision.
    Same = "same",
    /// It names a place inside it: a clause of the article.
    Inside = "inside",
    /// It names what holds it: the article of the clause, a range of articles.
    Holds = "holds",
    /// It names a chapter, or skips a level, and does not say whether the provision is in it.
    Perhaps = "perhaps",
    /// It changes the act and names no provision: `sửa đổi, bổ sung một số điều`.
    Unnamed = "unnamed",
    /// It ends, halts or replaces the whole act.
    Whole = "whole",
}
}

/// One act that changed a provision, as one clause states it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Change<'g> {
    /// The acting document.
    pub act: NodeIndex,
    /// How it touches the provision.
    pub touch: Touch,
    /// From when on.
    pub on: Option<PartialDate>,
    /// What it does, and the words that prove it.
    pub fact: &'g Fact,
}

/// What changed a provision by a day.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Changes<'g> {
    /// The document.
    pub node: NodeIndex,
    /// The provision; none for any.
    pub provision: Option<Provision>,
    /// The day.
    pub day: PartialDate,
    /// The changes that had taken effect, by date.
    pub done: Vec<Change<'g>>,
    /// Changes of which it is not known whether they had.
    pub undated: Vec<Change<'g>>,
    /// The number of changes that came later.
    pub later: usize,
}

impl CitationGraph {
    /// Which acts had changed a provision of a document by a day; without a provision, any of them. None for a node that is
    /// no document.
    ///
    /// An article covers its clauses: a change of a clause touches the article, a change of the article every clause of it.
    /// Part, chapter and section are passed over where an article is named, as articles are numbered through the act. An
    /// act that names provisions is taken at its word: its title (`sửa đổi một số điều`) adds nothing.
    ///
    /// ```
    /// use viendan::{CitationGraph, Corpus, Extractor, Provision};
    /// let extractor = Extractor::new();
    /// let mut corpus = Corpus::new();
    /// corpus.add(&extractor.extract(
    ///     "CHÍNH PHỦ\nSố: 45/2021/NĐ-CP\nHà Nội, ngày 31 tháng 3 năm 2021\n\nNGHỊ ĐỊNH\nVề thuế\n\n\
    ///      Điều 1. Bãi bỏ khoản 3 Điều 2 Nghị định số 72/2013/NĐ-CP.\n\
    ///      Điều 2. Nghị định này có hiệu lực từ ngày 01/6/2021.",
    /// )?);
    /// let graph = CitationGraph::from(&corpus);
    /// let decree = graph.find("72/2013/NĐ-CP").one()?;
    /// let path = Provision::parse("dieu:2").unwrap();
    /// let by = |day: &str| graph.changes(decree, Some(&path), day.parse().unwrap()).unwrap().done.len();
    /// assert_eq!((by("2021-05-31"), by("2021-06-01")), (0, 1));
    /// # Ok::<(), viendan::Error>(())
    /// ```
    #[must_use]
    pub fn changes(&self, node: NodeIndex, provision: Option<&Provision>, day: PartialDate) -> Option<Changes<'_>> {
        self.document(node)?;
        let times = Times::new(self);
        let facts = times.acting(node, Relation::CHANGES);
        let mut changes =
            Changes { node, provision: provision.cloned(), day, done: Vec::new(), undated: Vec::new(), later: 0 };
        for (act, fact) in &facts {
            let names = || facts.iter().any(|(other, fact)| other == act && !fact.provisions.is_empty());
            let touch = match touch(fact, provision) {
                Some(Touch::Unnamed) if provision.is_some() && names() => continue,
                Some(touch) => touch,
                None => continue,
            };
            let (on, come) = times.come(*act, fact, day);
            let change = Change { act: *act, touch, on, fact };
            match come {
                Some(true) => changes.done.push(change),
                Some(false) => changes.later += 1,
                None => changes.undated.push(change),
            }
        }
        for list in [&mut changes.done, &mut changes.undated] {
            list.sort_by(|a, b| (a.on, a.act, a.touch, a.fact).cmp(&(b.on, b.act, b.touch, b.fact)));
        }
        Some(changes)
    }
}

/// How a change touches the provision; none when it names others.
fn touch(fact: &Fact, asked: Option<&Provision>) -> Option<Touch> {
    if fact.provisions.is_empty() {
        let whole = matches!(fact.relation, Relation::Replaces | Relation::Repeals | Relation::Suspends);
        return Some(if whole && !super::validity::is_part(fact) { Touch::Whole } else { Touch::Unnamed });
    }
    let Some(asked) = asked else { return Some(Touch::Same) };
    fact.provisions
        .iter()
        .filter_map(|path| match meets(path, asked) {
            Meets::Same => Some(Touch::Same),
            Meets::Inside => Some(Touch::Inside),
            Meets::Holds => Some(Touch::Holds),
            Meets::Perhaps => Some(Touch::Perhaps),
            Meets::Apart => None,
        })
        .min()
}
