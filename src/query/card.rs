//! All that a graph knows of one document.

use crate::corpus::{Conflict, CorpusDocument, CorpusText, OpenMention};
use crate::graph::{CitationGraph, EdgeKind};
use crate::model::{PartialDate, Relation};
use petgraph::graph::{EdgeIndex, NodeIndex};

/// A document that another is related to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Related {
    /// How.
    pub relation: Relation,
    /// The other document.
    pub node: NodeIndex,
    /// The edge, for its evidence.
    pub edge: EdgeIndex,
}

/// A document as a reader would file it: who it is, what it rests on, what rests on it, and what is doubtful.
///
/// ```
/// use viendan::{CitationGraph, Corpus, Extractor, Relation};
/// let mut corpus = Corpus::new();
/// corpus.add(&Extractor::new().extract(
///     "Thông tư số 9/2014/TT-BTC sửa đổi Thông tư số 12/2013/TT-BTC ngày 25/01/2013 của Bộ Tài chính. \
///      Thông tư số 12/2013/TT-BTC hướng dẫn Nghị định số 60/2012/NĐ-CP.",
/// )?);
/// let graph = CitationGraph::from(&corpus);
/// let card = graph.card(graph.find("12/2013/TT-BTC").one()?).expect("it is a document");
/// assert_eq!(card.document.urn.as_deref(), Some("urn:lex:vn:bo.tai.chinh:thong.tu:2013-01-25;12-2013-tt-btc"));
/// assert_eq!(card.rests_on.len() + card.rest_on_it.len(), 3);
/// assert_eq!(card.changed_by().next().map(|other| other.relation), Some(Relation::Amends));
/// let wordings: Vec<&str> = card.document.wordings.iter().map(|wording| &*wording.text).collect();
/// assert_eq!(wordings, ["Thông tư số 12/2013/TT-BTC", "Thông tư số 12/2013/TT-BTC ngày 25/01/2013"]);
/// # Ok::<(), viendan::Error>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Card<'g> {
    /// Its node.
    pub node: NodeIndex,
    /// Identity, date, issuers, the ways in which it is cited.
    pub document: &'g CorpusDocument,
    /// What it points to, by relation, then by key.
    pub rests_on: Vec<Related>,
    /// What points to it, by relation, then by key.
    pub rest_on_it: Vec<Related>,
    /// What the texts disagree on.
    pub conflicts: Vec<&'g Conflict>,
    /// The texts that are this document, with their doubts.
    pub texts: Vec<&'g CorpusText>,
    /// Of a document with a provisional key: the mentions it stands for, and what they may mean.
    pub stands_for: Vec<(&'g CorpusText, &'g OpenMention)>,
    /// Mentions in any text that may mean it.
    pub may_mean: Vec<(&'g CorpusText, &'g OpenMention)>,
    graph: &'g CitationGraph,
}

impl CitationGraph {
    /// The card of a document; none for another node.
    #[must_use]
    pub fn card(&self, node: NodeIndex) -> Option<Card<'_>> {
        let document = self.document(node)?;
        let is_document = |other: NodeIndex| other.index() < self.documents().len();
        let relation = |kind| match kind {
            EdgeKind::Relation(relation) => Some(relation),
            _ => None,
        };
        let mut rests_on: Vec<Related> = self
            .frozen()
            .outgoing(node)
            .filter(|(_, _, other)| is_document(*other))
            .filter_map(|(edge, kind, other)| Some(Related { relation: relation(kind)?, node: other, edge }))
            .collect();
        let mut rest_on_it: Vec<Related> = self
            .frozen()
            .incoming(node)
            .filter_map(|(kind, other)| {
                Some(Related { relation: relation(kind)?, node: other, edge: self.frozen().edge(other, kind, node)? })
            })
            .collect();
        rests_on.sort_unstable();
        rest_on_it.sort_unstable();
        let key = &document.key;
        let open = || self.texts().iter().flat_map(|text| text.open.iter().map(move |open| (text, open)));
        Some(Card {
            node,
            document,
            graph: self,
            rests_on,
            rest_on_it,
            conflicts: self.conflicts().iter().filter(|conflict| conflict.key == *key).collect(),
            texts: self.texts().iter().filter(|text| text.key == *key).collect(),
            stands_for: open().filter(|(_, open)| open.target.as_ref() == Some(key)).collect(),
            may_mean: open().filter(|(_, open)| open.candidates.contains(key)).collect(),
        })
    }
}

impl Card<'_> {
    /// What changes or ends it ([`Relation::CHANGES`]), the earliest first; what has no date comes last.
    pub fn changed_by(&self) -> impl Iterator<Item = Related> {
        let mut changes: Vec<(Option<PartialDate>, Related)> = self
            .rest_on_it
            .iter()
            .filter(|other| Relation::CHANGES.contains(&other.relation))
            .map(|other| (self.graph.document(other.node).and_then(|document| document.date), *other))
            .collect();
        changes.sort_unstable_by_key(|(date, other)| (date.is_none(), *date, *other));
        changes.into_iter().map(|(_, other)| other)
    }
}
