//! The graph that is asked: of a store, or of texts that are read for it.

use crate::args::Reading;
use crate::pipeline;
use crate::status::{Done, Stop};
use std::path::PathBuf;
use viendan::{CitationGraph, Corpus, Extractor, Store};

/// Loads a store, which its content tells whatever its name; else reads all inputs.
pub(crate) fn load(
    inputs: &[PathBuf],
    reading: &Reading,
    extractor: &Extractor,
) -> Result<(CitationGraph, Done), Stop> {
    if let Some(store) = inputs.iter().find(|input| Store::is_store(input)) {
        if inputs.len() > 1 {
            return Err(Stop::Use(format!("{}: a store is asked alone, not among other inputs", store.display())));
        }
        return Ok((Store::open(store)?.graph()?, Done::All));
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
    Ok((CitationGraph::from(corpus), done))
}
