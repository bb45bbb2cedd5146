//! What is looked for: a set of bytes for each of a few places.

/// Places of a pattern. A shorter one allows any byte at the others.
pub const LENGTH: usize = 4;

/// A set of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Set([u64; 4]);

impl Set {
    const ALL: Self = Self([u64::MAX; 4]);

    fn of(bytes: impl IntoIterator<Item = u8>) -> Self {
        let mut set = [0; 4];
        for byte in bytes {
            if let Some(word) = set.get_mut(usize::from(byte >> 6)) {
                *word |= 1 << (byte & 63);
            }
        }
        Self(set)
    }

    pub(crate) fn holds(self, byte: u8) -> bool {
        self.0.get(usize::from(byte >> 6)).is_some_and(|word| word >> (byte & 63) & 1 != 0)
    }

    fn count(self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    fn joined(self, other: Self) -> Self {
        let mut joined = self.0;
        for (word, more) in joined.iter_mut().zip(other.0) {
            *word |= more;
        }
        Self(joined)
    }
}

/// A pattern: for each place the bytes that may stand there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    sets: [Set; LENGTH],
    length: usize,
}

impl Pattern {
    /// These bytes; of more than [`LENGTH`] the first.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        bytes.iter().fold(Self { sets: [Set::ALL; LENGTH], length: 0 }, |pattern, byte| pattern.then([*byte]))
    }

    /// One more place, at which one of these bytes stands; beyond [`LENGTH`] nothing is added.
    #[must_use]
    pub fn then(mut self, bytes: impl IntoIterator<Item = u8>) -> Self {
        if let Some(set) = self.sets.get_mut(self.length) {
            *set = Set::of(bytes);
            self.length += 1;
        }
        self
    }

    /// ASCII letters in both cases.
    #[must_use]
    pub fn any_case(mut self) -> Self {
        for set in self.sets.iter_mut().take(self.length) {
            let both = |byte: u8| [byte.to_ascii_lowercase(), byte.to_ascii_uppercase()];
            *set = Set::of((0..=u8::MAX).filter(|byte| set.holds(*byte)).flat_map(both));
        }
        self
    }

    pub(crate) fn sets(&self) -> &[Set; LENGTH] {
        &self.sets
    }

    /// What either allows.
    pub(crate) fn joined(&self, other: &Self) -> Self {
        let sets = std::array::from_fn(|place| match (self.sets.get(place), other.sets.get(place)) {
            (Some(own), Some(other)) => own.joined(*other),
            _ => Set::ALL,
        });
        Self { sets, length: self.length.max(other.length) }
    }

    /// How many texts of [`LENGTH`] bytes it fits.
    pub(crate) fn breadth(&self) -> f64 {
        self.sets.iter().map(|set| f64::from(set.count())).product()
    }
}
