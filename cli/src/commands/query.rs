//! `viendan query`

use crate::args::{AnswerFormat, Asked, Query as Args};
use crate::load::{doc_types, named, the_one};
use crate::output::{DOCUMENT_COLUMNS, document_fields, line, summary, title_line};
use crate::status::{Done, Stop};
use crate::{grammar, load, provision, times};
use std::io::{BufWriter, Write as _};
use std::ops::RangeInclusive;
use viendan::petgraph::graph::NodeIndex;
use viendan::{Answer, CitationGraph, Dot, Hit, PartialDate, Query, Relation, WireHit};

/// No more clauses are shown for a step.
const CLAUSES: usize = 3;

/// What a row of csv has beside the document.
const STEP_COLUMNS: [&str; 7] =
    ["step_source", "step_relation", "step_target", "evidence_source", "evidence_start", "evidence_end", "evidence"];

pub(crate) fn run(args: &Args) -> Result<Done, Stop> {
    let extractor = grammar::extractor(&args.reading.grammar)?;
    // what is wrong with the question is said before anything is read
    let (wanted, side, relations) = question(&args.asked);
    for name in std::iter::once(wanted).chain(args.path_to.as_deref()) {
        named(name)?;
    }
    let issued = args.issued.as_deref().map(range).transpose()?;
    let in_force = args.in_force.as_deref().map(|text| times::day("--in-force", text)).transpose()?;
    let doc_types = doc_types(extractor.lexicon(), &args.doc_types)?;
    let provisions = provision::read(&extractor, "--provision", &args.provisions)?;
    let in_provisions = provision::read(&extractor, "--in-provision", &args.in_provisions)?;
    let loaded = load::graph(&args.inputs, &args.reading, &extractor)?;
    let graph = &loaded.graph;
    let node = the_one(graph, wanted)?;
    let mut query = match side {
        Side::To => Query::to(node),
        Side::From => Query::from(node),
        Side::Around => Query::around(node),
    }
    .relations(relations.iter().copied());
    if let Some(goal) = &args.path_to {
        let end = the_one(graph, goal)?;
        if end == node {
            return Err(Stop::Use(format!("--path-to `{goal}`: the document that the path begins at")));
        }
        query = query.path_to(end);
    } else if args.transitive {
        query = query.transitive();
    } else {
        query = query.hops(1);
    }
    query = args.hops.into_iter().fold(query, Query::hops);
    query = doc_types.into_iter().fold(query, Query::doc_type);
    for name in &args.issuers {
        let bodies = graph.find_issuer(name);
        if bodies.is_empty() {
            return Err(Stop::Failed(format!("--issuer `{name}`: no document is from such a body")));
        }
        query = bodies.into_iter().fold(query, Query::issuer);
    }
    query = issued.into_iter().fold(query, Query::issued);
    query = in_force.into_iter().fold(query, Query::in_force);
    if args.unknown {
        query = query.or_unknown();
    }
    // X is the source of its own relations, and the target of the others'
    let (own, others): (fn(_, _) -> _, fn(_, _) -> _) = match side {
        Side::From => (Query::source_provision, Query::target_provision),
        Side::To | Side::Around => (Query::target_provision, Query::source_provision),
    };
    query = provisions.into_iter().fold(query, own);
    query = in_provisions.into_iter().fold(query, others);
    write(graph, &query.run(graph), args)?;
    Ok(loaded.done)
}

/// On which side of the relations X stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// The others point to it.
    To,
    /// It points to the others.
    From,
    /// Either.
    Around,
}

/// X, on which side it stands, and by which relations; none for all.
fn question(asked: &Asked) -> (&str, Side, &'static [Relation]) {
    let ways: [(&Option<String>, Side, &'static [Relation]); 11] = [
        (&asked.implementing, Side::To, &[Relation::Implements]),
        (&asked.based_on, Side::To, &[Relation::BasedOn]),
        (&asked.guiding, Side::To, &[Relation::Guides]),
        (&asked.amending, Side::To, Relation::CHANGES),
        (&asked.replacing, Side::To, &[Relation::Replaces]),
        (&asked.repealing, Side::To, &[Relation::Repeals]),
        (&asked.reviewing, Side::To, &[Relation::Reviews]),
        (&asked.citing, Side::To, &[]),
        (&asked.depends_on, Side::To, Relation::DEPENDS),
        (&asked.from, Side::From, &[]),
        (&asked.around, Side::Around, &[]),
    ];
    ways.into_iter()
        .find_map(|(wanted, side, relations)| wanted.as_deref().map(|wanted| (wanted, side, relations)))
        .unwrap_or(("", Side::To, &[]))
}

/// `A..B`; an end left out is open.
fn range(text: &str) -> Result<RangeInclusive<PartialDate>, Stop> {
    let wrong = |error: viendan::Error| Stop::Use(format!("--issued {error}"));
    let (from, to) = text.split_once("..").unwrap_or((text, text));
    let from = if from.is_empty() { PartialDate::year(0) } else { from.parse().map_err(wrong)? };
    let to = if to.is_empty() { PartialDate::year(9999) } else { to.parse().map_err(wrong)? };
    if to.last_day() < from.first_day() {
        return Err(Stop::Use(format!("--issued `{text}`: ends before it begins")));
    }
    Ok(from..=to)
}

fn write(graph: &CitationGraph, answer: &Answer<'_>, args: &Args) -> Result<(), Stop> {
    let mut out = BufWriter::new(anstream::stdout().lock());
    match args.format {
        AnswerFormat::Table => {
            for hit in answer.hits() {
                out.write_all(told(graph, answer, *hit).as_bytes())?;
            }
        }
        AnswerFormat::Jsonl => {
            for hit in answer.hits() {
                let object = serde_json::to_string(&WireHit::new(graph, answer, *hit))?;
                writeln!(out, "{object}")?;
            }
        }
        AnswerFormat::Csv => {
            let mut rows = csv::Writer::from_writer(&mut out);
            rows.write_record(std::iter::once("hops").chain(DOCUMENT_COLUMNS).chain(STEP_COLUMNS).chain(["in_force"]))?;
            for hit in answer.hits() {
                rows.write_record(row(graph, answer, *hit))?;
            }
            rows.flush()?;
        }
        AnswerFormat::Dot => write!(out, "{}", Dot::new(graph, answer))?,
    }
    out.flush()?;
    let label = |node| graph.document(node).map(viendan::CorpusDocument::label).unwrap_or_default();
    if answer.hits().is_empty() {
        let name = label(answer.start());
        match &args.path_to {
            Some(goal) => anstream::eprintln!("viendan: no such path between {name} and `{goal}` in these texts"),
            None => anstream::eprintln!("viendan: nothing in these texts stands so to {name}"),
        }
    }
    if answer.unknown() > 0 {
        anstream::eprintln!(
            "viendan: of {} more it is not known whether they were in force (--unknown)",
            answer.unknown()
        );
    }
    if answer.undated() > 0 {
        anstream::eprintln!("viendan: {} more have no date and were left out", answer.undated());
    }
    Ok(())
}

/// The fields of a row of csv: the document, and the step next to it.
fn row(graph: &CitationGraph, answer: &Answer<'_>, hit: Hit) -> Vec<String> {
    let mut row = vec![hit.hops.to_string()];
    row.extend(graph.document(hit.node).map(document_fields).unwrap_or_default());
    let path = answer.path(hit);
    let key = |node: NodeIndex| graph.document(node).map(|document| document.key.to_string()).unwrap_or_default();
    let touches = |edge: &&viendan::petgraph::graph::EdgeIndex| {
        graph.petgraph().edge_endpoints(**edge).is_some_and(|(source, target)| source == hit.node || target == hit.node)
    };
    if let Some(edge) = path.iter().find(touches)
        && let Some((source, target)) = graph.petgraph().edge_endpoints(*edge)
        && let Some(weight) = graph.petgraph().edge_weight(*edge)
    {
        row.extend([key(source), weight.kind.to_string(), key(target)]);
        if let Some(fact) = answer.evidence(*edge).next() {
            let evidence = &fact.evidence;
            let span = [evidence.span.start.to_string(), evidence.span.end.to_string()];
            row.push(evidence.source.to_string());
            row.extend(span);
            row.push(evidence.words.to_string());
        }
    }
    row.resize(1 + DOCUMENT_COLUMNS.len() + STEP_COLUMNS.len(), String::new());
    row.push(answer.validity(hit).map(|validity| validity.state.to_string()).unwrap_or_default());
    row
}

/// A document with the path to what was asked for, and the words that prove each step.
fn told(graph: &CitationGraph, answer: &Answer<'_>, hit: Hit) -> String {
    let label = |node| graph.document(node).map(viendan::CorpusDocument::label).unwrap_or_default();
    let mut text = String::new();
    if let Some(document) = graph.document(hit.node) {
        text.push_str(&title_line(&summary(document)));
    }
    for edge in answer.path(hit) {
        let Some((source, target)) = graph.petgraph().edge_endpoints(edge) else { continue };
        let Some(weight) = graph.petgraph().edge_weight(edge) else { continue };
        text.push_str(&line(2, &format!("{} {} {}", label(source), weight.kind, label(target))));
        for fact in answer.evidence(edge).take(CLAUSES) {
            text.push_str(&line(4, &crate::output::proof(&fact.evidence)));
        }
    }
    text.extend(answer.validity(hit).map(|validity| times::in_force(graph, &validity)));
    text
}
