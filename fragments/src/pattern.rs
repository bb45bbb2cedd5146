//! What is looked for: for each of a few places the halves of the bytes that may stand there.

/// Places of a pattern. A shorter one allows any byte at the others.
pub const LENGTH: usize = 4;

/// The lower and the upper halves of bytes, a bit for each of sixteen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Halves {
    pub(crate) lower: u16,
    pub(crate) upper: u16,
}

impl Halves {
    const ALL: Self = Self { lower: u16::MAX, upper: u16::MAX };

    fn of(bytes: impl IntoIterator<Item = u8>) -> Self {
        bytes.into_iter().fold(Self { lower: 0, upper: 0 }, |halves, byte| Self {
            lower: halves.lower | 1 << (byte & 0xF),
            upper: halves.upper | 1 << (byte >> 4),
        })
    }

    fn joined(self, other: Self) -> Self {
        Self { lower: self.lower | other.lower, upper: self.upper | other.upper }
    }
}

/// A pattern: for each place the bytes that may stand there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pattern {
    halves: [Halves; LENGTH],
    length: usize,
}

impl Pattern {
    /// These bytes; of more than [`LENGTH`] the first.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        bytes.iter().fold(Self { halves: [Halves::ALL; LENGTH], length: 0 }, |pattern, byte| pattern.then([*byte]))
    }

    /// One more place, at which one of these bytes stands; beyond [`LENGTH`] nothing is added.
    #[must_use]
    pub fn then(mut self, bytes: impl IntoIterator<Item = u8>) -> Self {
        if let Some(halves) = self.halves.get_mut(self.length) {
            *halves = Halves::of(bytes);
            self.length += 1;
        }
        self
    }

    pub(crate) fn halves(&self) -> &[Halves; LENGTH] {
        &self.halves
    }

    /// What either allows.
    pub(crate) fn joined(&self, other: &Self) -> Self {
        let mut joined = *self;
        for (halves, more) in joined.halves.iter_mut().zip(other.halves) {
            *halves = halves.joined(more);
        }
        joined.length = self.length.max(other.length);
        joined
    }

    /// How many texts of [`LENGTH`] bytes it fits.
    pub(crate) fn breadth(&self) -> u64 {
        let bytes = |halves: &Halves| u64::from(halves.lower.count_ones() * halves.upper.count_ones());
        self.halves.iter().map(bytes).product()
    }
}
