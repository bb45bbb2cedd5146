//! `viendan stats`

use crate::args::{ListFormat, Stats};
use crate::load::doc_types;
use crate::output::{line, short, table, title_line};
use crate::status::{Done, Stop};
use crate::{grammar, load};
use std::io::{BufWriter, Write as _};
use viendan::{CitationGraph, Count, Ranked, Ranking, Relation, Statistics, WireCount};

/// Characters of a name in a table.
const NAME: usize = 100;

pub(crate) fn run(args: &Stats) -> Result<Done, Stop> {
    let extractor = grammar::extractor(&args.inputs.reading.grammar)?;
    let relations: Vec<Relation> = args.relations.iter().map(|code| relation(code)).collect::<Result<_, _>>()?;
    let doc_types = doc_types(extractor.lexicon(), &args.doc_types)?;
    let loaded = load::graph(&args.inputs.inputs, &args.inputs.reading, &extractor)?;
    let ranking = Ranking::most_cited().relations(relations).limit(args.limit);
    let cited = doc_types.into_iter().fold(ranking, Ranking::doc_type).run(&loaded.graph);
    let counts = Statistics::of(&loaded.graph);
    let mut out = BufWriter::new(anstream::stdout().lock());
    match args.format {
        ListFormat::Table => out.write_all(told(&loaded.graph, &counts, &cited, args.limit).as_bytes())?,
        ListFormat::Jsonl => {
            for count in all(&loaded.graph, &counts, &cited) {
                writeln!(out, "{}", serde_json::to_string(&count)?)?;
            }
        }
        ListFormat::Csv => {
            let mut rows = csv::Writer::from_writer(&mut out);
            rows.write_record(["list", "name", "count"])?;
            for count in all(&loaded.graph, &counts, &cited) {
                rows.write_record([count.list(), count.name().unwrap_or_default(), &count.count().to_string()])?;
            }
            rows.flush()?;
        }
    }
    out.flush()?;
    Ok(loaded.done)
}

fn relation(code: &str) -> Result<Relation, Stop> {
    let codes = || Relation::ALL.iter().map(|relation| relation.code()).collect::<Vec<_>>().join(", ");
    Relation::from_code(code)
        .ok_or_else(|| Stop::Use(format!("--relation `{code}`: no such relation (there are {})", codes())))
}

/// The totals, with the words for them.
fn totals(counts: &Statistics) -> [(&'static str, &'static str, u64); 11] {
    [
        ("texts", "texts read", counts.texts),
        ("documents", "documents", counts.documents),
        ("read", "of them with a text of their own", counts.read),
        ("incomplete", "of them without a necessary part of their identity", counts.incomplete),
        ("citations", "mentions of documents", counts.citations),
        ("unresolved", "of them meaning no one document", counts.unresolved),
        ("relations", "relations of two documents", counts.relations),
        ("clauses", "clauses that state them", counts.clauses),
        ("bodies", "issuing bodies", counts.bodies),
        ("provisions", "provisions that are named", counts.provisions),
        ("conflicts", "documents on which texts disagree", counts.conflicts),
    ]
}

/// The lists, with the words for them.
fn lists(counts: &Statistics) -> [(&'static str, &'static str, &[Count]); 6] {
    [
        ("type", "documents by type", &counts.by_type),
        ("year", "documents by year", &counts.by_year),
        ("issuer", "documents by issuer", &counts.by_issuer),
        ("relation", "relations", &counts.by_relation),
        ("unresolved", "mentions that mean no one document", &counts.by_reason),
        ("doubt", "doubts", &counts.by_doubt),
    ]
}

/// Every number, for programs.
fn all<'a>(
    graph: &'a CitationGraph,
    counts: &'a Statistics,
    cited: &'a [Ranked],
) -> impl Iterator<Item = WireCount<'a>> {
    let totals = totals(counts).into_iter().map(|(name, _, count)| WireCount::new("total", Some(name), count));
    let lists = lists(counts)
        .into_iter()
        .flat_map(|(list, _, counts)| counts.iter().map(move |c| WireCount::new(list, c.name.as_deref(), c.count)));
    let cited = cited.iter().map(|cited| {
        let key = graph.document(cited.node).map(|document| document.key.as_str());
        WireCount::new("cited", key, cited.documents.into())
    });
    totals.chain(lists).chain(cited)
}

fn told(graph: &CitationGraph, counts: &Statistics, cited: &[Ranked], limit: usize) -> String {
    let mut text = String::new();
    let totals = totals(counts);
    let digits = totals.iter().map(|(_, _, count)| count.to_string().len()).max().unwrap_or(0);
    for (_, words, count) in totals {
        text.push_str(&line(0, &format!("{count:>digits$} {words}")));
    }
    for (list, words, counts) in lists(counts).into_iter().filter(|(_, _, counts)| !counts.is_empty()) {
        // of the years the last, of all others the most frequent
        let left_out = counts.len().saturating_sub(limit);
        let (from, end) = if list == "year" { (left_out, "last") } else { (0, "first") };
        let more = if left_out > 0 { format!(" (the {end} {limit} of {})", counts.len()) } else { String::new() };
        text.push('\n');
        text.push_str(&title_line(&format!("{words}{more}")));
        let mut rows = table(&["COUNT", "NAME"]);
        for count in counts.iter().skip(from).take(limit) {
            rows.add_row([count.count.to_string(), short(count.name.as_deref().unwrap_or("not known"), NAME)]);
        }
        text.push_str(&format!("{}\n", rows.trim_fmt()));
    }
    if !cited.is_empty() {
        text.push('\n');
        text.push_str(&title_line("most cited"));
        let mut rows = table(&["DOCUMENTS", "CLAUSES", "NAME"]);
        for cited in cited {
            let name = graph.document(cited.node).map(crate::output::summary).unwrap_or_default();
            rows.add_row([cited.documents.to_string(), cited.clauses.to_string(), short(&name, NAME)]);
        }
        text.push_str(&format!("{}\n", rows.trim_fmt()));
    }
    text
}
