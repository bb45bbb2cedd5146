//! Reads archives and checks, in every text, that each span lies on character boundaries inside it.
//!
//! ```sh
//! cargo run --release --features ingest --example spans -- archive.jsonl.zst
//! ```

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;
use viendan::{Extraction, Extractor, Reader, Span};

fn main() -> ExitCode {
    let inputs: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let extractor = Extractor::new();
    let (mut texts, mut spans, mut wrong) = (0_usize, 0_usize, 0_usize);
    let _ = Reader::new().read(&inputs, &mut |read| {
        let found = read.and_then(|record| {
            let extraction = extractor.extract_record(&record.text, Some(&record.source), &record.metadata)?;
            Ok(all(&extraction).into_iter().map(|span| holds(&record.text, span)).collect::<Vec<bool>>())
        });
        match found {
            Ok(found) => {
                texts += 1;
                spans += found.len();
                wrong += found.iter().filter(|good| !**good).count();
            }
            Err(error) => {
                eprintln!("{error}");
                wrong += 1;
            }
        }
        ControlFlow::Continue(())
    });
    eprintln!("{texts} texts, {spans} spans, {wrong} wrong");
    if texts > 0 && wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn holds(text: &str, span: Span) -> bool {
    text.get(span.start as usize..span.end as usize).is_some()
}

/// Every span of the text itself. What was read in a record's title has spans in the title.
fn all(extraction: &Extraction<'_>) -> Vec<Span> {
    let mut spans = Vec::new();
    for c in &extraction.citations {
        let parts = [c.parts.doc_type, c.parts.symbol, c.parts.name, c.parts.date, c.parts.issuer, c.parts.title];
        spans.extend([c.span, c.core]);
        spans.extend(parts.into_iter().flatten());
    }
    spans.extend(extraction.provisions.iter().map(|p| p.span));
    for r in extraction.relations.iter().filter(|r| !r.in_title) {
        spans.push(r.evidence);
        spans.extend(r.cue);
    }
    spans.extend(extraction.diagnostics.iter().map(|d| d.span));
    spans
}
