//! `viendan query`

use crate::args::{Asked, Format, Query as Args};
use crate::output::line;
use crate::status::{Done, Stop};
use crate::{grammar, graph};
use std::io::{BufWriter, Write as _};
use std::ops::RangeInclusive;
use viendan::petgraph::graph::NodeIndex;
use viendan::{Answer, CitationGraph, DocType, Hit, Lexicon, PartialDate, Query, Relation, WireHit};

pub(crate) fn run(args: &Args) -> Result<Done, Stop> {
    let extractor = grammar::extractor(&args.reading.grammar)?;
    let issued = args.issued.as_deref().map(range).transpose()?;
    let doc_types: Vec<DocType> =
        args.doc_types.iter().map(|name| doc_type(extractor.lexicon(), name)).collect::<Result<_, _>>()?;
    let (graph, done) = graph::load(&args.inputs, &args.reading, &extractor)?;
    let (wanted, outgoing, relations) = question(&args.asked);
    let node = the_one(&graph, wanted)?;
    let mut query = if outgoing { Query::from(node) } else { Query::to(node) }.relations(relations.iter().copied());
    query = if args.transitive { query.transitive() } else { query.hops(args.hops.unwrap_or(1)) };
    for doc_type in doc_types {
        query = query.doc_type(doc_type);
    }
    for name in &args.issuers {
        query = graph.find_issuer(name).into_iter().fold(query, Query::issuer);
        if graph.find_issuer(name).is_empty() {
            return Err(Stop::Failed(format!("--issuer `{name}`: no document is from such a body")));
        }
    }
    if let Some(issued) = issued {
        query = query.issued(issued);
    }
    write(&graph, &query.run(&graph), node, args.format)?;
    Ok(done)
}

/// X, whether the question is about what X points to, and by which relations; none for all.
fn question(asked: &Asked) -> (&str, bool, &'static [Relation]) {
    let ways: [(&Option<String>, bool, &'static [Relation]); 7] = [
        (&asked.implementing, false, &[Relation::Implements]),
        (&asked.based_on, false, &[Relation::BasedOn]),
        (&asked.guiding, false, &[Relation::Guides]),
        (
            &asked.amending,
            false,
            &[
                Relation::Amends,
                Relation::Replaces,
                Relation::Repeals,
                Relation::Suspends,
                Relation::Corrects,
                Relation::Extends,
            ],
        ),
        (&asked.reviewing, false, &[Relation::Reviews]),
        (&asked.citing, false, &[]),
        (&asked.from, true, &[]),
    ];
    ways.into_iter()
        .find_map(|(wanted, outgoing, relations)| wanted.as_deref().map(|wanted| (wanted, outgoing, relations)))
        .unwrap_or(("", false, &[]))
}

/// The one document that is called so; several are listed, for none the nearest names are.
fn the_one(graph: &CitationGraph, wanted: &str) -> Result<NodeIndex, Stop> {
    let found = graph.find(wanted);
    let list = |names: Vec<String>| names.iter().flat_map(|name| ["\n  ", name.as_str()]).collect::<String>();
    match found.matches.as_slice() {
        [node] => Ok(*node),
        [] if found.nearest.is_empty() => Err(Stop::Failed(format!("`{wanted}`: no such document in these texts"))),
        [] => Err(Stop::Failed(format!(
            "`{wanted}`: no such document in these texts; the nearest names:{}",
            list(found.nearest)
        ))),
        several => {
            let names = several
                .iter()
                .filter_map(|node| graph.document(*node))
                .map(|document| format!("{}  ({})", document.label(), document.key));
            Err(Stop::Use(format!(
                "`{wanted}`: {} documents are called so; name one by its key:{}",
                several.len(),
                list(names.collect())
            )))
        }
    }
}

fn doc_type(lexicon: &Lexicon, name: &str) -> Result<DocType, Stop> {
    lexicon.doc_type(name).ok_or_else(|| Stop::Use(format!("--type `{name}`: no such document type")))
}

/// `A..B`; an end left out is open.
fn range(text: &str) -> Result<RangeInclusive<PartialDate>, Stop> {
    let wrong = |error: viendan::Error| Stop::Use(format!("--issued {error}"));
    let (from, to) = text.split_once("..").unwrap_or((text, text));
    let from = if from.is_empty() { PartialDate::year(0) } else { from.parse().map_err(wrong)? };
    let to = if to.is_empty() { PartialDate::year(9999) } else { to.parse().map_err(wrong)? };
    Ok(from..=to)
}

fn write(graph: &CitationGraph, answer: &Answer<'_>, asked: NodeIndex, format: Format) -> Result<(), Stop> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    for hit in answer.hits() {
        match format {
            Format::Jsonl => {
                let object = serde_json::to_string(&WireHit::new(graph, answer, *hit)).unwrap_or_default();
                writeln!(out, "{object}")?;
            }
            Format::Table => out.write_all(told(graph, answer, *hit).as_bytes())?,
        }
    }
    out.flush()?;
    let name = graph.document(asked).map(viendan::CorpusDocument::label).unwrap_or_default();
    if answer.hits().is_empty() {
        anstream::eprintln!("viendan: nothing in these texts stands so to {name}");
    }
    if answer.undated() > 0 {
        anstream::eprintln!("viendan: {} more have no date and were left out", answer.undated());
    }
    Ok(())
}

/// A document with the path to what was asked for, and the words that prove each step.
fn told(graph: &CitationGraph, answer: &Answer<'_>, hit: Hit) -> String {
    let label = |node| graph.document(node).map(viendan::CorpusDocument::label).unwrap_or_default();
    let mut text = String::new();
    if let Some(document) = graph.document(hit.node) {
        let issuers: Vec<&str> = document.issuers.iter().map(|body| &*body.name).collect();
        let parts = [
            Some(document.label()),
            document.date.map(|date| date.to_string()),
            Some(issuers.join(", ")).filter(|names| !names.is_empty()),
        ];
        text.push_str(&line(0, &parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")));
    }
    for edge in answer.path(hit) {
        let Some((source, target)) = graph.petgraph().edge_endpoints(edge) else { continue };
        let Some(weight) = graph.petgraph().edge_weight(edge) else { continue };
        text.push_str(&line(2, &format!("{} {} {}", label(source), weight.kind, label(target))));
        for fact in answer.evidence(edge).take(3) {
            let evidence = &fact.evidence;
            let place = if evidence.in_title { "title".to_owned() } else { format!("{:?}", evidence.span) };
            text.push_str(&line(4, &format!("“{}” ({}, {place})", evidence.words, evidence.source)));
        }
    }
    text
}
