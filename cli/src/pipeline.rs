//! Many texts through many threads: read by one, worked on by all, taken in input order. Memory is bounded by
//! the window, not by the archive.

use crate::args::Reading;
use crate::progress::Tally;
use crate::status::{Done, Stop};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::AtomicU64;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use viendan::{Error, Reader, Record};

type Read = Result<Record, Error>;

/// What one thread works on at a time: so many texts or bytes.
const TEXTS: usize = 64;
const BYTES: usize = 256 << 10;

/// Texts between reading and taking may have so many bytes, for all threads and for each one more. A longer text
/// goes through alone.
const WINDOW: usize = 8 << 20;
const WINDOW_OF_A_THREAD: usize = 4 << 20;

/// What a text costs beside its bytes, so that a million empty ones have an end too.
const OVERHEAD: usize = 512;

/// How inputs are read, from the arguments.
pub(crate) fn reader(reading: &Reading) -> Result<Reader, Stop> {
    let mut reader = Reader::new()
        .text_field(&reading.text_field)
        .id_field(&reading.id_field)
        .max_bytes(reading.max_bytes)
        .max_entries(reading.max_entries)
        .max_expanded(reading.max_expanded)
        .max_ratio(reading.max_ratio);
    if let Some(label) = &reading.encoding {
        reader = reader.encoding(label).map_err(|error| Stop::Use(format!("--encoding {error}")))?;
    }
    for pair in &reading.meta {
        let (ours, theirs) =
            pair.split_once('=').ok_or_else(|| Stop::Use(format!("--meta `{pair}`: write OURS=THEIRS")))?;
        reader = reader.meta(ours, theirs).map_err(|error| Stop::Use(format!("--meta {error}")))?;
    }
    Ok(reader)
}

/// Reads all inputs, works on each text on some thread, and hands the results over in input order. What fails is
/// said on standard error, counted, and keeps nothing else from being read.
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
    let window = Window::new(WINDOW + WINDOW_OF_A_THREAD * pool.current_num_threads());
    let watch = AtomicU64::new(0);
    let mut tally = Tally::new();
    std::thread::scope(|scope| {
        // nobody is left waiting for the window when this one is gone
        let _closed = Closing(&window);
        let (sender, done) = channel();
        let (reader, work, window, watch) = (&reader, &work, &window, &watch);
        let total = tally.is_shown().then(|| scope.spawn(move || reader.size(inputs)));
        scope.spawn(move || {
            pool.in_place_scope(|threads| {
                let mut batch = Batch::default();
                let send = |batch: &mut Batch| {
                    let whole = std::mem::replace(batch, Batch { number: batch.number + 1, ..Batch::default() });
                    let sender: Sender<Worked<T>> = sender.clone();
                    threads.spawn(move |_| {
                        // a thread that panics must not leave the reader waiting for room
                        let panicked = Closing(window);
                        let worked = whole.work(work);
                        std::mem::forget(panicked);
                        // nobody listens any more: the texts were read for nothing
                        let _ = sender.send(worked);
                    });
                };
                let _ = reader.read_watched(inputs, watch, &mut |read| {
                    let bytes = cost(&read);
                    // what is waited for must be on its way before this one waits
                    if !batch.reads.is_empty() && (batch.bytes + bytes > BYTES || !window.has_room(bytes)) {
                        send(&mut batch);
                    }
                    if !window.enter(bytes) {
                        return ControlFlow::Break(());
                    }
                    batch.bytes += bytes;
                    batch.reads.push(read);
                    if batch.reads.len() >= TEXTS || batch.bytes >= BYTES {
                        send(&mut batch);
                    }
                    ControlFlow::Continue(())
                });
                send(&mut batch);
                drop(sender);
            });
        });
        let mut total = total;
        let mut next = 0;
        let mut early = BTreeMap::new();
        for worked in done {
            early.insert(worked.number, worked);
            while let Some(worked) = early.remove(&next) {
                next += 1;
                let count = worked.results.len();
                for result in worked.results {
                    match result {
                        Ok(result) => take(result)?,
                        Err(error) => tally.fail(&error),
                    }
                }
                window.leave(worked.bytes);
                if let Some(size) = total.take_if(|size| size.is_finished()) {
                    tally.expect(size.join().ok().flatten());
                }
                tally.advance(count, worked.text_bytes, watch);
            }
        }
        Ok(())
    })
    .map(|()| tally.finish())
}

fn cost(read: &Read) -> usize {
    OVERHEAD + read.as_ref().map_or(0, |record| record.text.capacity() + record.source.len())
}

/// Texts that one thread works on, in input order.
#[derive(Default)]
struct Batch {
    number: u64,
    reads: Vec<Read>,
    bytes: usize,
}

/// What became of them.
struct Worked<T> {
    number: u64,
    results: Vec<Result<T, Error>>,
    /// What they hold of the window.
    bytes: usize,
    text_bytes: usize,
}

impl Batch {
    fn work<T>(self, work: impl Fn(Record) -> Result<T, Error>) -> Worked<T> {
        let text_bytes = self.reads.iter().flatten().map(|record| record.text.len()).sum();
        let results = self.reads.into_iter().map(|read| read.and_then(&work)).collect();
        Worked { number: self.number, results, bytes: self.bytes, text_bytes }
    }
}

/// Bounds what is between reading and taking.
struct Window {
    room: usize,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    held: usize,
    closed: bool,
}

impl Window {
    fn new(room: usize) -> Self {
        Self { room, state: Mutex::default(), changed: Condvar::new() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn fits(&self, state: &State, bytes: usize) -> bool {
        state.held == 0 || state.held + bytes <= self.room
    }

    fn has_room(&self, bytes: usize) -> bool {
        self.fits(&self.state(), bytes)
    }

    /// Waits until there is room; what is longer than the window waits until it is alone. False when it is closed.
    fn enter(&self, bytes: usize) -> bool {
        let mut state = self.state();
        while !state.closed && !self.fits(&state, bytes) {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.held += bytes;
        !state.closed
    }

    fn leave(&self, bytes: usize) {
        self.state().held -= bytes;
        self.changed.notify_all();
    }
}

/// Closes the window when the taker ends, however it ends.
struct Closing<'w>(&'w Window);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.state().closed = true;
        self.0.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::Window;

    #[test]
    fn a_window_holds_no_more_than_its_room() {
        let window = Window::new(10);
        assert!(window.enter(6) && window.has_room(4) && !window.has_room(5));
        std::thread::scope(|scope| {
            let entered = scope.spawn(|| window.enter(100));
            assert!(!entered.is_finished());
            window.leave(6);
            assert!(entered.join().is_ok_and(|entered| entered), "what is longer goes through alone");
        });
        assert!(!window.has_room(1));
        std::thread::scope(|scope| {
            let entered = scope.spawn(|| window.enter(1));
            drop(super::Closing(&window));
            assert!(entered.join().is_ok_and(|entered| !entered), "a closed window lets nobody wait");
        });
    }
}
