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
use std::ops::ControlFlow;

/// Patterns to look for.
#[derive(Debug, Clone)]
pub struct Fragments {
    /// For each place, and for the lower and the upper half of a byte: the buckets in which it may stand there.
    halves: [[[u8; 16]; 2]; LENGTH],
    /// The buckets that may stand after an ASCII letter.
    inside: u8,
    /// Places that the longest pattern has.
    length: usize,
}

/// Bytes that are shown of a place.
pub const AFTER: usize = 8;

impl Fragments {
    /// Sorts the patterns into buckets.
    #[must_use]
    pub fn new(patterns: &[Pattern]) -> Self {
        let mut halves = [[[0; 16]; 2]; LENGTH];
        let mut inside = u8::MAX;
        for (bit, bucket) in buckets::sorted(patterns).iter().enumerate() {
            inside &= !(u8::from(bucket.is_at_start()) << bit);
            for (place, tables) in halves.iter_mut().enumerate() {
                for (table, bits) in tables.iter_mut().zip(bucket.halves(place)) {
                    for (half, slot) in table.iter_mut().enumerate() {
                        *slot |= u8::from(bits >> half & 1 != 0) << bit;
                    }
                }
            }
        }
        Self { halves, inside, length: patterns.iter().map(|pattern| pattern.length()).max().unwrap_or(0) }
    }

    /// Adds to `places` every place of `bytes` where a pattern begins, in order. Beyond the end stand zeros.
    ///
    /// # Panics
    /// Never; of more than 4 GiB only the first are looked at.
    pub fn find(&self, bytes: &[u8], places: &mut Vec<u32>) {
        self.find_where(bytes, |_| true, places);
    }

    /// The same of those places only whose bytes are `wanted`: it is asked without a branch, so it should be some few
    /// instructions that have none.
    #[inline]
    pub fn find_where(&self, bytes: &[u8], wanted: impl Fn(&[u8; AFTER]) -> bool, places: &mut Vec<u32>) {
        let bytes = bytes.get(..u32::MAX as usize).unwrap_or(bytes);
        #[cfg_attr(not(target_arch = "x86_64"), expect(unused_mut, reason = "vectors fill it"))]
        let mut filled = places.len();
        #[cfg(target_arch = "x86_64")]
        let vectors = x86::find(self, bytes, |block| {
            if block.is_empty() {
                return ControlFlow::Continue(());
            }
            // longer than what is filled, by as many as there may be; for most texts once
            if filled + x86::BLOCK > places.len() {
                places.resize((2 * (filled + x86::BLOCK)).max(bytes.len() / x86::BLOCK), 0);
            }
            let slots = places.get_mut(filled..).and_then(<[u32]>::first_chunk_mut);
            filled += slots.map_or(0, |slots| block.write(slots, &wanted));
            ControlFlow::Continue(())
        });
        #[cfg(not(target_arch = "x86_64"))]
        let vectors = false;
        places.truncate(filled);
        if !vectors {
            self.find_slowly(bytes, |at, here| {
                places.extend(u32::try_from(at).ok().filter(|_| wanted(here)));
                ControlFlow::Continue(())
            });
        }
    }

    /// Whether `wanted` is true of any place of `bytes` where a pattern begins; they come in order.
    #[inline]
    pub fn any(&self, bytes: &[u8], mut wanted: impl FnMut(usize) -> bool) -> bool {
        let mut found = false;
        let mut look = |at: usize| {
            found |= wanted(at);
            if found { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        #[cfg(target_arch = "x86_64")]
        let vectors = x86::find(self, bytes, |mut block| block.try_for_each(|(at, _)| look(at)));
        #[cfg(not(target_arch = "x86_64"))]
        let vectors = false;
        if !vectors {
            self.find_slowly(bytes, |at, _| look(at));
        }
        found
    }

    /// Byte by byte, for machines without vector look-ups.
    fn find_slowly(&self, bytes: &[u8], mut each: impl FnMut(usize, &[u8; AFTER]) -> ControlFlow<()>) {
        for at in 0..bytes.len() {
            let here = match bytes.get(at..).and_then(<[u8]>::first_chunk::<AFTER>) {
                Some(here) => *here,
                None => std::array::from_fn(|place| bytes.get(at + place).copied().unwrap_or(0)),
            };
            let after_letter = at.checked_sub(1).and_then(|last| bytes.get(last)).is_some_and(u8::is_ascii_alphabetic);
            if self.fits(here, after_letter) && each(at, &here).is_break() {
                break;
            }
        }
    }

    /// The halves of the bytes fit those of a bucket.
    fn fits(&self, here: [u8; AFTER], after_letter: bool) -> bool {
        let allowed = if after_letter { self.inside } else { u8::MAX };
        let buckets = self.halves.iter().zip(here).take(self.length).fold(allowed, |buckets, ([low, high], byte)| {
            let half = |table: &[u8; 16], half: u8| table.get(usize::from(half)).copied().unwrap_or(0);
            buckets & half(low, byte & 0xF) & half(high, byte >> 4)
        });
        buckets != 0
    }
}

/// Does `work` with the vector instructions that the processor has, where the compiler has been told of older ones only:
/// for loops that use vectors. What is not inlined gains nothing.
#[inline]
pub fn with_vectors<R>(work: impl FnOnce() -> R) -> R {
    #[cfg(target_arch = "x86_64")]
    let done = x86::with(work);
    #[cfg(not(target_arch = "x86_64"))]
    let done = work();
    done
}

#[cfg(test)]
mod tests {
    use super::{Fragments, LENGTH, Pattern};
    use proptest::prelude::*;
    use std::ops::ControlFlow;

    fn slowly(needles: &Fragments, bytes: &[u8]) -> Vec<u32> {
        let mut places = Vec::new();
        needles.find_slowly(bytes, |at, _| {
            places.push(u32::try_from(at).unwrap());
            ControlFlow::Continue(())
        });
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
    fn what_is_at_a_start_stands_after_no_letter() {
        let needles = Fragments::new(&[Pattern::of(b"ab").at_start(), Pattern::of(b"/")]);
        assert_eq!(found(&needles, b"ab cab Zab 1ab/ab\xC3\xA1ab"), [0, 12, 14, 15, 19]);
        let mut places = Vec::new();
        needles.find_where(b"ab1 ab2 ab3", |here| here[2] != b'2', &mut places);
        assert_eq!(places, [0, 8]);
        assert!(needles.any(b"ab1 ab2", |at| at == 4) && !needles.any(b"ab1 ab2", |at| at == 5));
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
            starts in prop::collection::vec(any::<bool>(), 40),
            text in prop::collection::vec(prop_oneof![97_u8..105, any::<u8>()], 0..400),
        ) {
            let patterns: Vec<Pattern> = patterns.iter().map(|bytes| Pattern::of(bytes)).collect();
            let patterns: Vec<Pattern> =
                patterns.into_iter().zip(starts).map(|(p, start)| if start { p.at_start() } else { p }).collect();
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
