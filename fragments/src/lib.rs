//! Where any of a few short byte patterns stands in a text, looked for in 32 or 64 bytes at a time.
//!
//! A pattern is [`LENGTH`] sets of bytes, one for each place. All patterns are sorted into eight buckets, and a place of the
//! text is given when the halves of its bytes fit those of one bucket. Up to eight patterns of plain bytes are found
//! exactly; with more, or with sets, some places are a mixture of two, so the caller looks at what stands there. What is
//! given is the same on every machine.
//!
//! ```
//! use viendan_fragments::{Fragments, Pattern};
//!
//! let needles = Fragments::new(&[Pattern::of(b"cat"), Pattern::of(b"/").then(b'A'..=b'Z')]);
//! let mut places = Vec::new();
//! needles.find(b"a cat 12/QD a/b", &mut places);
//! assert_eq!(places, [2, 8]);
//! ```

mod buckets;
mod pattern;
#[cfg(target_arch = "x86_64")]
mod x86;

pub use pattern::{LENGTH, Pattern};

/// Patterns to look for.
#[derive(Debug, Clone)]
pub struct Fragments {
    /// For each place, and for the lower and the upper half of a byte: the buckets in which it may stand there.
    halves: [[[u8; 16]; 2]; LENGTH],
}

impl Fragments {
    /// Sorts the patterns into buckets.
    #[must_use]
    pub fn new(patterns: &[Pattern]) -> Self {
        let mut halves = [[[0; 16]; 2]; LENGTH];
        for (bit, bucket) in buckets::sorted(patterns).iter().enumerate() {
            for (place, tables) in halves.iter_mut().enumerate() {
                for (table, bits) in tables.iter_mut().zip(bucket.halves(place)) {
                    for (half, slot) in table.iter_mut().enumerate() {
                        *slot |= u8::from(bits >> half & 1 != 0) << bit;
                    }
                }
            }
        }
        Self { halves }
    }

    /// Adds to `places` every place of `bytes` where a pattern begins, in order. Beyond the end stand zeros.
    ///
    /// # Panics
    /// Never; of more than 4 GiB only the first are looked at.
    pub fn find(&self, bytes: &[u8], places: &mut Vec<u32>) {
        let bytes = bytes.get(..u32::MAX as usize).unwrap_or(bytes);
        #[cfg(target_arch = "x86_64")]
        if x86::find(self, bytes, places) {
            return;
        }
        self.find_slowly(bytes, places);
    }

    /// Byte by byte, for machines without vector look-ups.
    fn find_slowly(&self, bytes: &[u8], places: &mut Vec<u32>) {
        for at in 0..bytes.len() {
            if self.fits(bytes, at) {
                places.push(u32::try_from(at).unwrap_or(u32::MAX));
            }
        }
    }

    /// The halves of the bytes at `at` fit those of a bucket.
    fn fits(&self, bytes: &[u8], at: usize) -> bool {
        let four = match bytes.get(at..).and_then(<[u8]>::first_chunk::<LENGTH>) {
            Some(four) => *four,
            None => std::array::from_fn(|place| bytes.get(at + place).copied().unwrap_or(0)),
        };
        let buckets = self.halves.iter().zip(four).fold(u8::MAX, |buckets, ([low, high], byte)| {
            let half = |table: &[u8; 16], half: u8| table.get(usize::from(half)).copied().unwrap_or(0);
            buckets & half(low, byte & 0xF) & half(high, byte >> 4)
        });
        buckets != 0
    }
}

#[cfg(test)]
mod tests {
    use super::{Fragments, LENGTH, Pattern};
    use proptest::prelude::*;

    fn slowly(needles: &Fragments, bytes: &[u8]) -> Vec<u32> {
        let mut places = Vec::new();
        needles.find_slowly(bytes, &mut places);
        places
    }

    fn found(needles: &Fragments, bytes: &[u8]) -> Vec<u32> {
        let mut places = Vec::new();
        needles.find(bytes, &mut places);
        places
    }

    #[test]
    fn short_patterns_are_found_at_the_end() {
        let needles = Fragments::new(&[Pattern::of(b"ab"), Pattern::of(b"/").then(b'A'..=b'Z')]);
        assert_eq!(found(&needles, b"ab/Zxab"), [0, 2, 5]);
        assert_eq!(found(&needles, b"a"), [0_u32; 0]);
        assert_eq!(found(&needles, b""), [0_u32; 0]);
        let long = [b"-".repeat(200), b"ab".to_vec()].concat();
        assert_eq!(found(&needles, &long), [200]);
    }

    #[test]
    fn none_of_few_patterns_is_mixed_with_another() {
        let needles = Fragments::new(&[Pattern::of(b"abcd"), Pattern::of(b"efgh")]);
        assert_eq!(found(&needles, b"abgh efcd abcd efgh"), [10, 15]);
    }

    proptest! {
        #[test]
        fn vectors_find_what_bytes_find(
            patterns in prop::collection::vec(prop::collection::vec(97_u8..105, 1..=LENGTH), 1..40),
            text in prop::collection::vec(prop_oneof![97_u8..105, any::<u8>()], 0..400),
        ) {
            let patterns: Vec<Pattern> = patterns.iter().map(|bytes| Pattern::of(bytes)).collect();
            let needles = Fragments::new(&patterns);
            prop_assert_eq!(found(&needles, &text), slowly(&needles, &text));
        }

        #[test]
        fn no_pattern_is_missed(
            patterns in prop::collection::vec(prop::collection::vec(97_u8..105, 1..=LENGTH), 1..40),
            text in prop::collection::vec(97_u8..105, 0..400),
        ) {
            let needles = Fragments::new(&patterns.iter().map(|bytes| Pattern::of(bytes)).collect::<Vec<_>>());
            let places = found(&needles, &text);
            prop_assert!(places.is_sorted());
            for at in 0..text.len() {
                if patterns.iter().any(|pattern| text[at..].starts_with(pattern)) {
                    prop_assert!(places.contains(&u32::try_from(at).unwrap()));
                }
            }
        }
    }
}
