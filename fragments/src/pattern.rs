//! What is looked for: for each of a few places the halves of the bytes that may stand there.

/// Places of a pattern. A shorter one allows any byte at the others.
pub const LENGTH: usize = 4;

/// A pattern: for each place the bytes that may stand there, as bits for their lower and their upper halves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pattern {
    /// Of each place two times sixteen bits.
    halves: u128,
    length: usize,
    /// No ASCII letter stands before it.
    at_start: bool,
}

/// Bits of a place, and of one half.
const PLACE: usize = 32;
const HALF: usize = 16;

impl Pattern {
    /// These bytes; of more than [`LENGTH`] the first.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        bytes.iter().fold(Self { halves: u128::MAX, length: 0, at_start: false }, |pattern, byte| pattern.then([*byte]))
    }

    /// One more place, at which one of these bytes stands; beyond [`LENGTH`] nothing is added.
    #[must_use]
    pub fn then(mut self, bytes: impl IntoIterator<Item = u8>) -> Self {
        if self.length < LENGTH {
            let all = (1 << PLACE) - 1;
            let halves = |byte: u8| 1_u128 << (byte & 0xF) | 1 << (usize::from(byte >> 4) + HALF);
            let place = bytes.into_iter().map(halves).fold(0, |place, byte| place | byte);
            self.halves = self.halves & !(all << (PLACE * self.length)) | place << (PLACE * self.length);
            self.length += 1;
        }
        self
    }

    /// Only where no ASCII letter stands before it.
    #[must_use]
    pub const fn at_start(mut self) -> Self {
        self.at_start = true;
        self
    }

    pub(crate) const fn length(self) -> usize {
        self.length
    }

    pub(crate) const fn is_at_start(self) -> bool {
        self.at_start
    }

    /// The lower and the upper halves of the bytes that may stand at `place`, a bit for each of sixteen.
    #[expect(clippy::cast_possible_truncation, reason = "the lower bits are meant")]
    pub(crate) const fn halves(self, place: usize) -> [u16; 2] {
        let both = self.halves >> (PLACE * place);
        [both as u16, (both >> HALF) as u16]
    }

    /// What either allows.
    pub(crate) fn joined(self, other: Self) -> Self {
        Self {
            halves: self.halves | other.halves,
            length: self.length.max(other.length),
            at_start: self.at_start && other.at_start,
        }
    }

    /// How many texts it fits, of [`LENGTH`] bytes and one before them, which is a letter one time in two.
    pub(crate) fn breadth(self) -> u64 {
        let mut breadth = if self.at_start { 1 } else { 2 };
        let mut place = 0;
        while place < LENGTH {
            let [lower, upper] = self.halves(place);
            breadth *= u64::from(lower.count_ones()) * u64::from(upper.count_ones());
            place += 1;
        }
        breadth
    }
}
