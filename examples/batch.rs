//! A batch job: it reads an archive with all cores and writes one line of tab-separated values for each relation, with
//! the words that prove it; then it says on standard error which documents are cited most.
//!
//! ```sh
//! cargo run --release --features ingest --example batch -- archive.jsonl.zst > relations.tsv
//! ```
//!
//! Texts go to the threads as they are read, a thousand at a time, and each thread has a [`Corpus`] of its own; what is
//! written does not depend on which thread had which text. In memory there are the texts of one round and what was
//! learnt from all of them, not the archive.

use std::io::{BufWriter, Write};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;
use viendan::{CitationGraph, Corpus, Error, Extractor, Ranking, Reader, Record};

/// Texts of one round.
const ROUND: usize = 1000;

fn main() -> ExitCode {
    let inputs: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    if inputs.is_empty() {
        eprintln!("batch: name the files or folders to read");
        return ExitCode::from(2);
    }
    let mut job = Job::default();
    let _ = Reader::new().read(&inputs, &mut |read| {
        job.take(read);
        ControlFlow::Continue(())
    });
    job.round();
    let graph = CitationGraph::from(&job.corpus);
    let mut out = BufWriter::new(std::io::stdout().lock());
    if let Err(error) = relations(&graph, &mut out).and_then(|()| out.flush()) {
        eprintln!("batch: {error}");
        return ExitCode::FAILURE;
    }
    for place in Ranking::most_cited().limit(10).run(&graph) {
        let label = graph.document(place.node).map(viendan::CorpusDocument::label).unwrap_or_default();
        eprintln!("{:>6} documents cite {label}", place.documents);
    }
    eprintln!("{} texts read, {} failed", job.corpus.len(), job.failed);
    if job.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[derive(Default)]
struct Job {
    extractor: Extractor,
    waiting: Vec<Record>,
    corpus: Corpus,
    failed: usize,
}

impl Job {
    /// Takes what was read, or says why it could not be.
    fn take(&mut self, read: Result<Record, Error>) {
        match read {
            Ok(record) => self.waiting.push(record),
            Err(error) => self.fail(&error),
        }
        if self.waiting.len() == ROUND {
            self.round();
        }
    }

    fn fail(&mut self, error: &Error) {
        eprintln!("batch: {error}");
        self.failed += 1;
    }

    /// Works on the texts that wait, with a thread for each core.
    fn round(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let share = waiting.len().div_ceil(threads).max(1);
        let extractor = &self.extractor;
        let done: Vec<(Corpus, Vec<Error>)> = thread::scope(|scope| {
            let running: Vec<_> =
                waiting.chunks(share).map(|records| scope.spawn(move || read(extractor, records))).collect();
            running.into_iter().filter_map(|thread| thread.join().ok()).collect()
        });
        for (corpus, errors) in done {
            self.corpus.append(corpus);
            for error in &errors {
                self.fail(error);
            }
        }
    }
}

/// What some texts say, and those that could not be read.
fn read(extractor: &Extractor, records: &[Record]) -> (Corpus, Vec<Error>) {
    let (mut corpus, mut errors) = (Corpus::new(), Vec::new());
    for record in records {
        match extractor.extract_record(&record.text, Some(&record.source), &record.metadata) {
            Ok(found) => corpus.add(&found),
            Err(error) => errors.push(error),
        }
    }
    (corpus, errors)
}

/// A line for each relation: source, relation, target, and the first words that prove it with their place.
fn relations(graph: &CitationGraph, out: &mut impl Write) -> std::io::Result<()> {
    for edge in graph.petgraph().edge_indices() {
        let Some((source, target)) = graph.petgraph().edge_endpoints(edge) else { continue };
        let (Some(source), Some(target)) = (graph.document(source), graph.document(target)) else { continue };
        let Some(fact) = graph.evidence(edge).next() else { continue };
        let words = fact.evidence.words.replace(['\t', '\n', '\r'], " ");
        let (text, span) = (&fact.evidence.source, fact.evidence.span);
        let kind = graph.petgraph()[edge].kind;
        writeln!(out, "{}\t{kind}\t{}\t{text}\t{}\t{}\t{words}", source.key, target.key, span.start, span.end)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{CitationGraph, Job, relations};
    use std::ops::ControlFlow;
    use std::path::Path;
    use viendan::Reader;

    #[test]
    fn every_relation_of_the_fixtures_has_a_line() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/docs");
        let texts: Vec<_> =
            std::fs::read_dir(folder).unwrap().map(|folder| folder.unwrap().path().join("input.txt")).collect();
        let run = |texts: &[std::path::PathBuf], rounds: bool| {
            let mut job = Job::default();
            let _ = Reader::new().read(texts, &mut |read| {
                job.take(read);
                if rounds {
                    job.round();
                }
                ControlFlow::Continue(())
            });
            job.round();
            let mut lines = Vec::new();
            relations(&CitationGraph::from(&job.corpus), &mut lines).unwrap();
            (String::from_utf8(lines).unwrap(), job.corpus.len(), job.failed)
        };
        let (lines, read, failed) = run(&texts, false);
        assert_eq!((read, failed), (texts.len(), 0));
        let strategy = "vn:chien-luoc:phat.trien.thong.tin.doi.ngoai.giai.doan.2011.2020";
        let implements = |line: &&str| line.split('\t').take(3).skip(1).eq(["implements", strategy]);
        assert_eq!(lines.lines().filter(implements).count(), 1, "{lines}");
        assert!(lines.lines().all(|line| line.split('\t').count() == 7));
        // neither the rounds nor the order of the texts matters
        let back: Vec<_> = texts.iter().rev().cloned().collect();
        assert_eq!(run(&back, true), (lines, read, failed));
        let (_, read, failed) = run(&["no/such/file.txt".into()], false);
        assert_eq!((read, failed), (0, 1));
    }
}
