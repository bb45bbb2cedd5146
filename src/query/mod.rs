//! Asking the graph: a typed builder, and the documents it finds with the path to each and the words that prove it.

mod answer;
mod card;
mod changes;
mod filter;
mod find;
mod meets;
mod provision;
mod rank;
mod run;
mod search;
mod statistics;
mod times;
mod validity;

pub use answer::{Answer, Hit};
pub use card::{Card, Related};
pub use changes::{Change, Changes, Touch};
pub use find::Found;
pub use rank::{Ranked, Ranking};
pub use search::{HowFound, Match, Search};
pub use statistics::{Count, Statistics};
pub use validity::{Contradiction, ContradictionKind, Ground, GroundKind, InForce, PartInForce, Validity};

use crate::graph::{CitationGraph, EdgeKind, EdgeKinds};
use crate::model::{DocType, PartialDate, Provision, Relation};
use filter::Filter;
use petgraph::Direction;
use petgraph::graph::NodeIndex;
use std::ops::RangeInclusive;

/// A question to a [`CitationGraph`]: which documents stand in some relation to a given one.
///
/// ```
/// use viendan::{CitationGraph, Corpus, Extractor, Query, Relation};
/// let extractor = Extractor::new();
/// let mut corpus = Corpus::new();
/// corpus.add(&extractor.extract("Thông tư số 12/2013/TT-BTC hướng dẫn Nghị định số 60/2012/NĐ-CP")?);
/// let graph = CitationGraph::from(&corpus);
/// let decree = graph.find("60/2012/NĐ-CP").one()?;
/// let answer = Query::to(decree).relation(Relation::Guides).run(&graph);
/// assert_eq!(answer.documents().next().map(|d| d.key.as_str()), Some("vn:thong-tu:12/2013:btc"));
/// # Ok::<(), viendan::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a query does nothing until `run`"]
pub struct Query {
    node: NodeIndex,
    /// In which directions edges are followed.
    incoming: bool,
    outgoing: bool,
    kinds: EdgeKinds,
    /// No more edges than this; none for any number.
    hops: Option<u32>,
    filter: Filter,
    /// The only document that counts.
    goal: Option<NodeIndex>,
    target_provisions: Vec<Provision>,
    source_provisions: Vec<Provision>,
}

impl Query {
    fn new(node: NodeIndex) -> Self {
        Self {
            node,
            incoming: false,
            outgoing: false,
            kinds: EdgeKinds::NONE,
            hops: Some(1),
            filter: Filter::default(),
            goal: None,
            target_provisions: Vec::new(),
            source_provisions: Vec::new(),
        }
    }

    /// The documents whose relations point to `node`: what implements, amends or cites it.
    pub fn to(node: NodeIndex) -> Self {
        Self::new(node).direction(Direction::Incoming)
    }

    /// The documents that the relations of `node` point to: what it rests on.
    pub fn from(node: NodeIndex) -> Self {
        Self::new(node).direction(Direction::Outgoing)
    }

    /// The documents that are related to `node` either way. Over several relations, each may point either way.
    ///
    /// ```
    /// use viendan::{CitationGraph, Corpus, Extractor, Metadata, Query};
    /// let extractor = Extractor::new();
    /// let mut corpus = Corpus::new();
    /// for symbol in ["1/2014/TT-BTC", "2/2015/TT-BTC"] {
    ///     let metadata = Metadata::default().symbol(symbol).doc_type("thong-tu");
    ///     let text = "Thông tư này hướng dẫn Nghị định số 60/2012/NĐ-CP.";
    ///     corpus.add(&extractor.extract_record(text, Some(symbol), &metadata)?);
    /// }
    /// let graph = CitationGraph::from(&corpus);
    /// let (one, other) = (graph.find("1/2014/TT-BTC").one()?, graph.find("2/2015/TT-BTC").one()?);
    /// // the two circulars have to do with each other, because they guide one decree
    /// let answer = Query::around(one).path_to(other).run(&graph);
    /// assert_eq!((answer.hits()[0].node, answer.hits()[0].hops), (other, 2));
    /// # Ok::<(), viendan::Error>(())
    /// ```
    pub fn around(node: NodeIndex) -> Self {
        Self { incoming: true, outgoing: true, ..Self::new(node) }
    }

    /// Turns the question round.
    pub fn direction(mut self, direction: Direction) -> Self {
        self.incoming = direction == Direction::Incoming;
        self.outgoing = direction == Direction::Outgoing;
        self
    }

    /// Only by this relation; several calls allow several. Without any, every relation counts.
    pub fn relation(mut self, relation: Relation) -> Self {
        self.kinds = self.kinds.with(EdgeKind::Relation(relation));
        self
    }

    /// Only by these relations.
    pub fn relations(mut self, relations: impl IntoIterator<Item = Relation>) -> Self {
        self.kinds = relations.into_iter().collect();
        self
    }

    /// Over at most this many relations, one after another; 1 unless set.
    pub fn hops(mut self, hops: u32) -> Self {
        self.hops = Some(hops);
        self
    }

    /// Over any number of relations. Circles are followed once.
    pub fn transitive(mut self) -> Self {
        self.hops = None;
        self
    }

    /// Only this document, over any number of relations: a shortest path to it, if there is one. [`Self::hops`],
    /// called later, bounds its length. The other filters do not matter to what lies between.
    ///
    /// ```
    /// # use viendan::{CitationGraph, Corpus, Extractor, Query};
    /// # let mut corpus = Corpus::new();
    /// let text = "Thông tư số 9/2014/TT-BTC sửa đổi Thông tư số 12/2013/TT-BTC.
    ///     Thông tư số 12/2013/TT-BTC hướng dẫn Nghị định số 60/2012/NĐ-CP.";
    /// corpus.add(&Extractor::new().extract(text)?);
    /// let graph = CitationGraph::from(&corpus);
    /// let (from, to) = (graph.find("9/2014/TT-BTC").one()?, graph.find("60/2012/NĐ-CP").one()?);
    /// let answer = Query::from(from).path_to(to).run(&graph);
    /// let path = answer.path(answer.hits()[0]);
    /// let kinds: Vec<&str> = path.iter().map(|step| graph.petgraph()[*step].kind.code()).collect();
    /// assert_eq!(kinds, ["amends", "guides"]);
    /// let proof = answer.evidence(path[1]).next().expect("each step has its words");
    /// assert_eq!(&*proof.evidence.words, "Thông tư số 12/2013/TT-BTC hướng dẫn Nghị định số 60/2012/NĐ-CP");
    /// # Ok::<(), viendan::Error>(())
    /// ```
    pub fn path_to(mut self, node: NodeIndex) -> Self {
        self.goal = Some(node);
        self.transitive()
    }

    /// Only documents of this type; several calls allow several.
    pub fn doc_type(mut self, doc_type: DocType) -> Self {
        self.filter.doc_types.push(doc_type);
        self
    }

    /// Only documents of this body or of one below it; several calls allow several.
    pub fn issuer(mut self, body: NodeIndex) -> Self {
        self.filter.issuers.push(body);
        self
    }

    /// Only documents issued in this range; the ends count. A month or year stands for all its days: its first
    /// at the start of the range, its last at the end. What has no date is left out and counted.
    pub fn issued(mut self, range: RangeInclusive<PartialDate>) -> Self {
        self.filter.issued = Some(range);
        self
    }

    /// Only documents in force on this day, as [`CitationGraph::validity`] has it. What is not known to be in force
    /// is left out and counted.
    ///
    /// ```
    /// use viendan::{CitationGraph, Corpus, Extractor, Query};
    /// let mut corpus = Corpus::new();
    /// corpus.add(&Extractor::new().extract(
    ///     "BỘ TÀI CHÍNH\nSố: 12/2013/TT-BTC\nHà Nội, ngày 25 tháng 01 năm 2013\n\nTHÔNG TƯ\nVề phí\n\n\
    ///      Căn cứ Nghị định số 60/2012/NĐ-CP;\nĐiều 1. Thông tư này có hiệu lực từ ngày 15/3/2013.",
    /// )?);
    /// let graph = CitationGraph::from(&corpus);
    /// let decree = graph.find("60/2012/NĐ-CP").one()?;
    /// let on = |day: &str| Query::to(decree).in_force(day.parse().unwrap()).run(&graph).hits().len();
    /// assert_eq!((on("2013-03-14"), on("2013-03-15")), (0, 1));
    /// // nothing tells when the decree takes effect
    /// let day = "2013-03-15".parse()?;
    /// let circular = graph.find("12/2013/TT-BTC").one()?;
    /// let known = Query::from(circular).in_force(day).run(&graph);
    /// assert_eq!((known.hits().len(), known.unknown()), (0, 1));
    /// assert_eq!(Query::from(circular).in_force(day).or_unknown().run(&graph).hits().len(), 1);
    /// # Ok::<(), viendan::Error>(())
    /// ```
    pub fn in_force(mut self, day: PartialDate) -> Self {
        self.filter.in_force = Some(day);
        self
    }

    /// Beside those of [`Self::in_force`], documents of which it is not known whether they were.
    pub fn or_unknown(mut self) -> Self {
        self.filter.or_unknown = true;
        self
    }

    /// Only by clauses about this provision of the target, one within it or one that holds it; several calls allow
    /// several. It concerns the relations of the document asked about, not those further away: with [`Self::to`],
    /// the provisions are its own. Clauses that name no provision do not count.
    ///
    /// ```
    /// use viendan::{CitationGraph, Corpus, Extractor, Provision, Query};
    /// let mut corpus = Corpus::new();
    /// corpus.add(&Extractor::new().extract("Căn cứ khoản 2 Điều 5 Nghị định số 60/2012/NĐ-CP;")?);
    /// let graph = CitationGraph::from(&corpus);
    /// let decree = graph.find("60/2012/NĐ-CP").one()?;
    /// let about = |path| Query::to(decree).target_provision(Provision::parse(path).unwrap()).run(&graph).hits().len();
    /// assert_eq!([about("dieu:5"), about("dieu:5/khoan:2"), about("dieu:5/khoan:3"), about("dieu:6")], [1, 1, 0, 0]);
    /// # Ok::<(), viendan::Error>(())
    /// ```
    pub fn target_provision(mut self, provision: Provision) -> Self {
        self.target_provisions.push(provision);
        self
    }

    /// Only by clauses that stand in this provision of the source, within it or around it; as
    /// [`Self::target_provision`]. With [`Self::from`], the provisions are those of the document asked about.
    pub fn source_provision(mut self, provision: Provision) -> Self {
        self.source_provisions.push(provision);
        self
    }

    /// The kinds of edges that are followed.
    fn kinds(&self) -> EdgeKinds {
        if self.kinds.is_empty() { Relation::ALL.iter().copied().collect() } else { self.kinds }
    }

    /// The answer.
    #[must_use]
    pub fn run<'g>(&self, graph: &'g CitationGraph) -> Answer<'g> {
        run::run(self, graph)
    }
}
