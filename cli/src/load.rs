//! From inputs to the graph that is asked: the one place that knows where a graph can come from.

use crate::args::Reading;
use crate::pipeline;
use crate::status::{Done, Stop};
use std::path::PathBuf;
use viendan::petgraph::graph::NodeIndex;
use viendan::{CitationGraph, Corpus, DocType, Extractor, Found, Lexicon, Store};

/// A graph, and whether all inputs could be read.
pub(crate) struct Loaded {
    pub graph: CitationGraph,
    pub done: Done,
}

/// The graph of a store, which its content tells, whatever its name; else of all texts of some inputs.
pub(crate) fn graph(inputs: &[PathBuf], reading: &Reading, extractor: &Extractor) -> Result<Loaded, Stop> {
    if let Some(store) = inputs.iter().find(|input| Store::is_store(input)) {
        if inputs.len() > 1 {
            return Err(Stop::Use(format!("{}: a store is asked alone, not among other inputs", store.display())));
        }
        return Ok(Loaded { graph: Store::open(store)?.graph()?, done: Done::All });
    }
    let mut corpus = Corpus::new();
    let done = pipeline::run(
        inputs,
        reading,
        |record| {
            let mut one = Corpus::new();
            one.add(&extractor.extract_record(&record.text, Some(&record.source), &record.metadata)?);
            Ok(one)
        },
        |one| {
            corpus.append(one);
            Ok(())
        },
    )?;
    Ok(Loaded { graph: CitationGraph::from(&corpus), done })
}

/// The one document that is called so; several are listed, for none the nearest names are.
pub(crate) fn the_one(graph: &CitationGraph, wanted: &str) -> Result<NodeIndex, Stop> {
    let found: Found = graph.find(wanted);
    match found.matches.as_slice() {
        [node] => Ok(*node),
        [] => Err(Stop::Failed(none_called(wanted, found.nearest))),
        several => {
            let names = several
                .iter()
                .filter_map(|node| graph.document(*node))
                .map(|document| format!("{}  ({})", document.label(), document.key));
            Err(Stop::Use(format!(
                "`{wanted}`: {} documents are called so; name one by its key:{}",
                several.len(),
                list(names)
            )))
        }
    }
}

/// That something was asked for, said before anything is read: a name without a letter or figure finds nothing, whatever the texts are.
pub(crate) fn named(wanted: &str) -> Result<(), Stop> {
    if wanted.contains(char::is_alphanumeric) {
        return Ok(());
    }
    Err(Stop::Use(format!("`{wanted}`: no name (neither a letter nor a figure)")))
}

/// That there is no such document, and the names most like it.
pub(crate) fn none_called(wanted: &str, nearest: Vec<String>) -> String {
    if nearest.is_empty() {
        return format!("`{wanted}`: no such document in these texts");
    }
    format!("`{wanted}`: no such document in these texts; the nearest names:{}", list(nearest.into_iter()))
}

fn list(names: impl Iterator<Item = String>) -> String {
    names.flat_map(|name| ["\n  ".to_owned(), name]).collect()
}

/// The types of some names or slugs.
pub(crate) fn doc_types(lexicon: &Lexicon, names: &[String]) -> Result<Vec<DocType>, Stop> {
    let one = |name: &String| {
        lexicon.doc_type(name).ok_or_else(|| Stop::Use(format!("--type `{name}`: no such document type")))
    };
    names.iter().map(one).collect()
}
