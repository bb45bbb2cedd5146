//! Many texts through many threads: read by one, worked on by all, taken in input order. Memory is bounded by
//! the window, not by the archive.

use crate::args::Reading;
use crate::status::{Done, Stop};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use std::io::IsTerminal as _;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::mpsc::sync_channel;
use std::time::Duration;
use viendan::{Error, ErrorKind, Reader, Record};

type Read = Result<Record, Error>;

/// A batch goes to the threads when it holds so many texts or bytes.
const TEXTS: usize = 256;
const BYTES: usize = 4 << 20;

/// How inputs are read, from the arguments.
fn reader(reading: &Reading) -> Result<Reader, Stop> {
    let mut reader =
        Reader::new().text_field(&reading.text_field).id_field(&reading.id_field).max_bytes(reading.max_bytes);
    for pair in &reading.meta {
        let (ours, theirs) =
            pair.split_once('=').ok_or_else(|| Stop::Use(format!("--meta `{pair}`: write OURS=THEIRS")))?;
        reader = reader.meta(ours, theirs).map_err(|error| Stop::Use(format!("--meta {error}")))?;
    }
    Ok(reader)
}

/// Reads all inputs, works on each text on some thread, and hands the results over in input order.
pub(crate) fn run<T: Send>(
    inputs: &[PathBuf],
    reading: &Reading,
    work: impl Fn(Record) -> Result<T, Error> + Sync,
    mut take: impl FnMut(T) -> Result<(), Stop>,
) -> Result<Done, Stop> {
    let reader = reader(reading)?;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(reading.jobs.map_or(0, usize::from))
        .build()
        .map_err(|error| Stop::Failed(error.to_string()))?;
    let mut tally = Tally::new();
    std::thread::scope(|scope| {
        let (sender, batches) = sync_channel::<Vec<Read>>(2);
        scope.spawn(move || {
            let mut batch = Vec::new();
            let mut bytes = 0;
            let _ = reader.read(inputs, &mut |read| {
                bytes += read.as_ref().map_or(0, |record| record.text.len());
                batch.push(read);
                if batch.len() < TEXTS && bytes < BYTES {
                    return ControlFlow::Continue(());
                }
                bytes = 0;
                // nobody listens any more: stop reading
                sender.send(std::mem::take(&mut batch)).map_or(ControlFlow::Break(()), |()| ControlFlow::Continue(()))
            });
            let _ = sender.send(batch);
        });
        for batch in batches {
            let bytes: usize = batch.iter().flatten().map(|record| record.text.len()).sum();
            let count = batch.len();
            let results: Vec<Result<T, Error>> =
                pool.install(|| batch.into_par_iter().map(|read| read.and_then(&work)).collect());
            for result in results {
                match result {
                    Ok(result) => take(result)?,
                    Err(error) => tally.fail(&error),
                }
            }
            tally.advance(count, bytes);
        }
        Ok(())
    })
    .map(|()| tally.finish())
}

/// What was read and what failed; progress on a terminal.
struct Tally {
    bar: ProgressBar,
    texts: usize,
    bytes: usize,
    failed: usize,
    passed_over: usize,
}

impl Tally {
    fn new() -> Self {
        let bar = if std::io::stderr().is_terminal() { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        Self { bar, texts: 0, bytes: 0, failed: 0, passed_over: 0 }
    }

    fn fail(&mut self, error: &Error) {
        if error.kind() == ErrorKind::PassedOver {
            self.passed_over += 1;
            return;
        }
        self.failed += 1;
        self.bar.suspend(|| anstream::eprintln!("viendan: {error}"));
    }

    fn advance(&mut self, texts: usize, bytes: usize) {
        self.texts += texts;
        self.bytes += bytes;
        self.bar.set_message(format!("{} texts, {} MB", self.texts, self.bytes / 1_000_000));
    }

    fn finish(self) -> Done {
        self.bar.finish_and_clear();
        if self.passed_over > 0 {
            let (files, hold) = if self.passed_over == 1 { ("file", "holds") } else { ("files", "hold") };
            anstream::eprintln!(
                "viendan: passed over {} {files} in folders that {hold} extractions, not texts",
                self.passed_over
            );
        }
        if self.failed == 0 {
            return Done::All;
        }
        if self.texts > 1 {
            anstream::eprintln!("viendan: {} of {} inputs failed", self.failed, self.texts - self.passed_over);
        }
        Done::Some
    }
}
