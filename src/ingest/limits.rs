//! Limits on what is unpacked: nothing small may become endless.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::sync::atomic::{AtomicU64, Ordering};

/// A text may be this long unless another limit is set: 256 MiB.
pub const MAX_BYTES: u64 = 256 << 20;

/// An archive may have so many entries unless another limit is set.
pub const MAX_ENTRIES: u64 = 1_000_000;

/// A packed input may become so many bytes unless another limit is set: 64 GiB.
pub const MAX_EXPANDED: u64 = 64 << 30;

/// A packed input may become so many times longer unless another limit is set. Deflate reaches 1032 on zeros, and
/// on no text.
pub const MAX_RATIO: u64 = 1000;

/// Less than this is harmless, whatever it was packed into.
const HARMLESS: u64 = 1 << 20;

/// What was exceeded; travels through decoders inside an [`io::Error`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exceeded {
    Bytes(u64),
    Ratio(u64),
}

impl std::fmt::Display for Exceeded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Bytes(limit) => write!(f, "expands to more than the limit of {limit} bytes"),
            Self::Ratio(limit) => write!(f, "expands to more than {limit} times its size"),
        }
    }
}

impl std::error::Error for Exceeded {}

impl Exceeded {
    /// What an error of reading carries, if it is one of these.
    pub(super) fn within(error: &io::Error) -> Option<&Self> {
        error.get_ref().and_then(|inner| inner.downcast_ref())
    }
}

/// Counts the bytes of one packed input before and after unpacking.
#[derive(Debug)]
pub(super) struct Meter<'p> {
    packed: Cell<u64>,
    expanded: Cell<u64>,
    max_expanded: u64,
    max_ratio: Cell<u64>,
    /// What has come too far, if it has.
    exceeded: Cell<Option<Exceeded>>,
    /// The archive that this is an entry of.
    parent: Option<&'p Meter<'p>>,
}

impl<'p> Meter<'p> {
    pub(super) fn new(max_expanded: u64, max_ratio: u64) -> Self {
        Self {
            packed: Cell::new(0),
            expanded: Cell::new(0),
            max_expanded,
            max_ratio: Cell::new(max_ratio),
            exceeded: Cell::new(None),
            parent: None,
        }
    }

    /// Of an entry; what it becomes counts for the archive too.
    pub(super) fn within(self, archive: Option<&'p Meter<'p>>) -> Self {
        Self { parent: archive, ..self }
    }

    /// These many bytes were taken in.
    pub(super) fn take_in(&self, bytes: u64) {
        self.packed.set(self.packed.get().saturating_add(bytes));
    }

    /// However many times longer it becomes.
    pub(super) fn lift_ratio(&self) {
        self.max_ratio.set(u64::MAX);
    }

    /// What has come too far.
    pub(super) fn exceeded(&self) -> Option<Exceeded> {
        self.exceeded.get()
    }

    fn give_out(&self, bytes: u64) -> io::Result<()> {
        let expanded = self.expanded.get().saturating_add(bytes);
        self.expanded.set(expanded);
        let exceeded = if expanded > self.max_expanded {
            Exceeded::Bytes(self.max_expanded)
        } else if expanded > HARMLESS && expanded > self.packed.get().saturating_mul(self.max_ratio.get()) {
            Exceeded::Ratio(self.max_ratio.get())
        } else {
            return self.parent.map_or(Ok(()), |parent| parent.give_out(bytes));
        };
        self.exceeded.set(Some(exceeded));
        Err(io::Error::other(exceeded))
    }
}

/// What comes out of a decoder, counted and limited.
pub(super) struct Expanding<'m, R> {
    pub inner: R,
    pub meter: &'m Meter<'m>,
}

impl<R: Read> Read for Expanding<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(into)?;
        self.meter.give_out(length as u64)?;
        Ok(length)
    }
}

/// What goes into a decoder, counted; `watch` is told for progress.
pub(super) struct Counted<'m, R> {
    pub inner: R,
    pub meter: &'m Meter<'m>,
    pub watch: Option<&'m AtomicU64>,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(into)?;
        self.count(length as u64);
        Ok(length)
    }
}

impl<R: BufRead> BufRead for Counted<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, length: usize) {
        self.inner.consume(length);
        self.count(length as u64);
    }
}

impl<R> Counted<'_, R> {
    fn count(&self, bytes: u64) {
        self.meter.take_in(bytes);
        if let Some(watch) = self.watch {
            watch.fetch_add(bytes, Ordering::Relaxed);
        }
    }
}

/// An entry of known length: an end before it is an error.
pub(super) struct Whole<R> {
    pub inner: R,
    pub left: u64,
}

impl<R: Read> Read for Whole<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(into)?;
        if length == 0 && self.left > 0 && !into.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left = self.left.saturating_sub(length as u64);
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::{Exceeded, Expanding, HARMLESS, Meter, Whole};
    use std::io::{Read, repeat, sink};

    fn unpack(meter: &Meter<'_>, bytes: u64) -> Result<u64, String> {
        std::io::copy(&mut Expanding { inner: repeat(0).take(bytes), meter }, &mut sink()).map_err(|e| e.to_string())
    }

    #[test]
    fn limits_hold() {
        let meter = Meter::new(100, 10);
        assert_eq!(unpack(&meter, 100), Ok(100));
        assert_eq!(unpack(&meter, 1).unwrap_err(), "expands to more than the limit of 100 bytes");
        let meter = Meter::new(u64::MAX, 10);
        meter.take_in(HARMLESS / 10);
        assert_eq!(unpack(&meter, HARMLESS), Ok(HARMLESS), "what is small is harmless");
        assert_eq!(unpack(&meter, 10).unwrap_err(), "expands to more than 10 times its size");
        assert_eq!(meter.exceeded(), Some(Exceeded::Ratio(10)));
    }

    #[test]
    fn entries_count_for_their_archive() {
        let archive = Meter::new(150, 10);
        archive.take_in(1 << 20);
        let entry = || Meter::new(120, 10).within(Some(&archive));
        assert_eq!(unpack(&entry(), 100), Ok(100));
        assert!(unpack(&entry(), 100).is_err());
        assert_eq!(archive.exceeded(), Some(Exceeded::Bytes(150)));
        // an entry that goes too far says nothing of the others
        let archive = Meter::new(10 * HARMLESS, 2);
        archive.take_in(10 * HARMLESS);
        let entry = Meter::new(u64::MAX, 2).within(Some(&archive));
        entry.take_in(1);
        assert!(unpack(&entry, 2 * HARMLESS).is_err());
        assert_eq!((entry.exceeded(), archive.exceeded()), (Some(Exceeded::Ratio(2)), None));
    }

    #[test]
    fn an_early_end_is_seen() {
        let mut out = Vec::new();
        assert!(Whole { inner: &b"abc"[..], left: 3 }.read_to_end(&mut out).is_ok());
        assert!(Whole { inner: &b"abc"[..], left: 4 }.read_to_end(&mut out).is_err());
    }
}
