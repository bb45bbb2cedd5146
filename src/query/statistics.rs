//! How much of what a graph holds.

use crate::graph::{CitationGraph, EdgeKind};
use crate::model::PartialDate;
use petgraph::visit::EdgeRef as _;
use std::collections::BTreeMap;

/// How many of one sort; `name` is none for those of which it is not known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Count {
    /// A code, year or name.
    pub name: Option<String>,
    /// How many.
    pub count: u64,
}

/// What a graph holds, counted. Lists are sorted: the most frequent first, then by name; years by themselves.
///
/// ```
/// use viendan::{CitationGraph, Corpus, Extractor, Statistics};
/// let mut corpus = Corpus::new();
/// corpus.add(&Extractor::new().extract("Căn cứ Nghị định số 60/2012/NĐ-CP; theo Nghị định nêu trên.")?);
/// let counts = Statistics::of(&CitationGraph::from(&corpus));
/// assert_eq!((counts.texts, counts.documents, counts.citations, counts.unresolved), (1, 2, 2, 0));
/// assert_eq!(counts.by_relation[0].name.as_deref(), Some("based_on"));
/// # Ok::<(), viendan::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Statistics {
    /// Texts that were read.
    pub texts: u64,
    /// Documents: those that were read, and those that are only mentioned.
    pub documents: u64,
    /// Documents of which a text was read.
    pub read: u64,
    /// Documents whose key lacks a necessary part.
    pub incomplete: u64,
    /// Mentions of documents.
    pub citations: u64,
    /// Mentions that mean no one document.
    pub unresolved: u64,
    /// Relations of two documents; one for each pair and kind.
    pub relations: u64,
    /// Clauses that state them.
    pub clauses: u64,
    /// Issuing bodies.
    pub bodies: u64,
    /// Provisions that some relation names.
    pub provisions: u64,
    /// Documents of which texts say different things.
    pub conflicts: u64,
    /// Documents by the code of their type.
    pub by_type: Vec<Count>,
    /// Documents by the year of their date or symbol, the earliest first.
    pub by_year: Vec<Count>,
    /// Documents by their issuer; one of several bodies counts for each.
    pub by_issuer: Vec<Count>,
    /// Relations by their code.
    pub by_relation: Vec<Count>,
    /// Mentions that mean no one document, by the reason.
    pub by_reason: Vec<Count>,
    /// Doubts by their code.
    pub by_doubt: Vec<Count>,
}

/// Counts by name, none for what has none.
#[derive(Default)]
struct Tally<'n>(BTreeMap<Option<&'n str>, u64>);

impl<'n> Tally<'n> {
    fn add(&mut self, name: Option<&'n str>) {
        *self.0.entry(name).or_default() += 1;
    }

    fn by_count(self) -> Vec<Count> {
        let mut counts: Vec<Count> =
            self.0.into_iter().map(|(name, count)| Count { name: name.map(str::to_owned), count }).collect();
        // they are in the order of names, what has none first; the sort is stable
        counts.sort_by_key(|count| (count.name.is_none(), std::cmp::Reverse(count.count)));
        counts
    }
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

impl Statistics {
    /// Counts what a graph holds.
    #[must_use]
    pub fn of(graph: &CitationGraph) -> Self {
        let mut all = Self {
            texts: number(graph.texts().len()),
            documents: number(graph.documents().len()),
            bodies: number(graph.bodies().len()),
            provisions: number(graph.provisions().len()),
            conflicts: number(graph.conflicts().len()),
            ..Self::default()
        };
        let (mut types, mut issuers) = (Tally::default(), Tally::default());
        let mut years: BTreeMap<Option<i16>, u64> = BTreeMap::new();
        for document in graph.documents() {
            all.read += u64::from(!document.sources.is_empty());
            all.incomplete += u64::from(!document.key.is_complete());
            types.add(document.doc_type.map(crate::model::DocType::code));
            *years.entry(document.date.map(PartialDate::the_year).or(document.year)).or_default() += 1;
            for body in &document.issuers {
                issuers.add(Some(&body.name));
            }
            if document.issuers.is_empty() {
                issuers.add(None);
            }
        }
        let (mut reasons, mut doubts, mut relations) = (Tally::default(), Tally::default(), Tally::default());
        for text in graph.texts() {
            all.citations += u64::from(text.citations);
            all.unresolved += number(text.open.len());
            text.open.iter().for_each(|open| reasons.add(Some(open.reason.code())));
            text.doubts.iter().for_each(|doubt| doubts.add(Some(doubt.code.code())));
        }
        for edge in graph.petgraph().edge_references() {
            let to_document = edge.target().index() < graph.documents().len();
            if let (EdgeKind::Relation(relation), true) = (edge.weight().kind, to_document) {
                all.relations += 1;
                all.clauses += u64::from(edge.weight().weight());
                relations.add(Some(relation.code()));
            }
        }
        all.by_type = types.by_count();
        all.by_issuer = issuers.by_count();
        all.by_relation = relations.by_count();
        all.by_reason = reasons.by_count();
        all.by_doubt = doubts.by_count();
        let (known, unknown): (Vec<_>, Vec<_>) = years.into_iter().partition(|(year, _)| year.is_some());
        all.by_year = known
            .into_iter()
            .chain(unknown)
            .map(|(year, count)| Count { name: year.map(|year| year.to_string()), count })
            .collect();
        all
    }
}
