//! Vector instructions of x86-64, chosen when the program runs.
//!
//! The halves of each byte are looked up in two tables of sixteen buckets each, for all places of a pattern; what is left
//! after all have been combined is a place to look at.
#![expect(unsafe_code, reason = "vector instructions; every block says why it is sound")]

use super::{AFTER, Fragments, LENGTH};
use std::arch::x86_64::{
    __m256i, __m512i, _MM_HINT_T0, _mm_loadu_si128, _mm_prefetch, _mm256_and_si256, _mm256_andnot_si256,
    _mm256_broadcastsi128_si256, _mm256_cmpeq_epi8, _mm256_loadu_si256, _mm256_min_epu8, _mm256_movemask_epi8,
    _mm256_or_si256, _mm256_set1_epi8, _mm256_setzero_si256, _mm256_shuffle_epi8, _mm256_srli_epi16, _mm256_sub_epi8,
    _mm512_and_si512, _mm512_andnot_si512, _mm512_broadcast_i32x4, _mm512_cmple_epu8_mask, _mm512_loadu_si512,
    _mm512_movm_epi8, _mm512_or_si512, _mm512_set1_epi8, _mm512_shuffle_epi8, _mm512_srli_epi16, _mm512_sub_epi8,
    _mm512_test_epi8_mask,
};
use std::ops::ControlFlow;

/// Calls `each` for blocks as [`each_block`] does; false where the processor has none of the instructions.
#[inline]
pub(crate) fn find(needles: &Fragments, bytes: &[u8], each: impl FnMut(Block<'_>) -> ControlFlow<()>) -> bool {
    // short patterns need less work
    if needles.length < LENGTH {
        find_with::<{ LENGTH - 1 }>(needles, bytes, each)
    } else {
        find_with::<LENGTH>(needles, bytes, each)
    }
}

/// The same for patterns of so many places.
#[inline]
fn find_with<const PLACES: usize>(
    needles: &Fragments,
    bytes: &[u8],
    each: impl FnMut(Block<'_>) -> ControlFlow<()>,
) -> bool {
    let bits = is_x86_feature_detected!("bmi1") && is_x86_feature_detected!("bmi2");
    if bits && is_x86_feature_detected!("avx512bw") {
        // SAFETY: the processor has these instructions.
        unsafe { find_64::<PLACES>(needles, bytes, each) };
    } else if bits && is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has these instructions.
        unsafe { find_32::<PLACES>(needles, bytes, each) };
    } else {
        return false;
    }
    true
}

/// Bytes that are looked at together, those before them that count, and all that are at hand.
pub(crate) const BLOCK: usize = 64;
const BEFORE: usize = 1;
const REACH: usize = BEFORE + BLOCK + AFTER;

/// A block of text and where a pattern begins in it.
pub(crate) struct Block<'b> {
    at: usize,
    bytes: &'b [u8; REACH],
    mask: u64,
}

impl Block<'_> {
    /// No pattern begins in it.
    #[inline]
    pub(crate) const fn is_empty(&self) -> bool {
        self.mask == 0
    }

    /// Writes the places that are `wanted`; gives their number.
    #[expect(clippy::inline_always, reason = "inside its callers it has their instructions")]
    #[inline(always)]
    pub(crate) fn write(self, slots: &mut [u32; BLOCK], wanted: impl Fn(&[u8; AFTER]) -> bool) -> usize {
        let at = u32::try_from(self.at).unwrap_or(u32::MAX);
        let mut mask = self.mask;
        let mut filled = 0;
        while mask != 0 {
            let offset = mask.trailing_zeros();
            mask &= mask - 1;
            // which places are wanted is not to be foreseen: all are written, and the others written over
            if let Some(slot) = slots.get_mut(filled % BLOCK) {
                *slot = at + offset;
            }
            let here = self.bytes.get(BEFORE + offset as usize % BLOCK..).and_then(<[u8]>::first_chunk);
            filled += usize::from(here.is_some_and(&wanted));
        }
        filled
    }
}

/// The places, with the bytes that stand there.
impl<'b> Iterator for Block<'b> {
    type Item = (usize, &'b [u8; AFTER]);

    #[expect(clippy::inline_always, reason = "inside its callers it has their instructions")]
    #[inline(always)]
    fn next(&mut self) -> Option<Self::Item> {
        if self.mask == 0 {
            return None;
        }
        let offset = self.mask.trailing_zeros() as usize % BLOCK;
        self.mask &= self.mask - 1;
        let here = self.bytes.get(BEFORE + offset..).and_then(<[u8]>::first_chunk);
        here.map(|here| (self.at + offset, here))
    }
}

/// Calls `each` for each block of 64 bytes until it breaks; `look` tells where a pattern begins in one, with the byte
/// before it and some behind it. Beyond the text stand zeros, and places there are left out.
#[expect(clippy::inline_always, reason = "inside its callers it has their instructions")]
#[inline(always)]
fn each_block(
    bytes: &[u8],
    mut each: impl FnMut(Block<'_>) -> ControlFlow<()>,
    mut look: impl FnMut(&[u8; REACH]) -> u64,
) {
    let mut at = 0;
    while at < bytes.len() {
        let direct = at.checked_sub(BEFORE).and_then(|from| bytes.get(from..)).and_then(<[u8]>::first_chunk::<REACH>);
        let flow = if let Some(block) = direct {
            each(Block { at, bytes: block, mask: look(block) })
        } else {
            let block = at_the_edge(bytes, at);
            let left = bytes.len() - at;
            let inside = if left < BLOCK { (1 << left) - 1 } else { u64::MAX };
            each(Block { at, bytes: &block, mask: look(&block) & inside })
        };
        if flow.is_break() {
            break;
        }
        at += BLOCK;
    }
}

/// The block at `at`, where the text begins or ends in it.
#[cold]
fn at_the_edge(bytes: &[u8], at: usize) -> [u8; REACH] {
    let mut block = [0; REACH];
    let from = at.saturating_sub(BEFORE);
    let rest = bytes.get(from..bytes.len().min(at + BLOCK + AFTER)).unwrap_or_default();
    let skip = BEFORE + from - at;
    if let Some(known) = block.get_mut(skip..skip + rest.len()) {
        known.copy_from_slice(rest);
    }
    block
}

/// Asks for the bytes that come in a while: the first look at a text waits for memory more than it computes.
#[expect(clippy::inline_always, reason = "inside its callers it has their instructions")]
#[inline(always)]
fn ahead(block: &[u8; REACH]) {
    // SAFETY: asking for memory reads nothing and never fails, wherever it points.
    unsafe { _mm_prefetch::<_MM_HINT_T0>(block.as_ptr().wrapping_add(AHEAD).cast()) };
}

/// How far, in bytes.
const AHEAD: usize = 2048;

/// Does `work` with the instructions of the processor.
#[inline]
pub(crate) fn with<R>(work: impl FnOnce() -> R) -> R {
    if is_x86_feature_detected!("bmi1") && is_x86_feature_detected!("bmi2") && is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has these instructions.
        unsafe { with_32(work) }
    } else {
        work()
    }
}

#[target_feature(enable = "avx2,bmi1,bmi2")]
fn with_32<R>(work: impl FnOnce() -> R) -> R {
    work()
}

#[target_feature(enable = "avx512bw,bmi1,bmi2")]
fn find_64<const PLACES: usize>(needles: &Fragments, bytes: &[u8], each: impl FnMut(Block<'_>) -> ControlFlow<()>) {
    let Some(halves) = needles.halves.first_chunk::<PLACES>() else { return };
    let table = |half: &[u8; 16]| -> __m512i {
        // SAFETY: sixteen bytes are read from an array of sixteen.
        _mm512_broadcast_i32x4(unsafe { _mm_loadu_si128(half.as_ptr().cast()) })
    };
    let load = |block: &[u8; REACH], from: usize| -> __m512i {
        // SAFETY: `from` is `BEFORE + LENGTH` at most, and `from + 64` less than `REACH`.
        unsafe { _mm512_loadu_si512(block.as_ptr().add(from).cast()) }
    };
    let tables = halves.each_ref().map(|[low, high]| [table(low), table(high)]);
    let half = _mm512_set1_epi8(0xF);
    let inside = _mm512_set1_epi8(needles.inside.cast_signed());
    // behind a short text nothing comes that will be looked at
    let long = bytes.len() > AHEAD;
    each_block(bytes, each, |block| {
        if long {
            ahead(block);
        }
        let mut buckets = _mm512_set1_epi8(-1);
        for (place, [low, high]) in tables.iter().enumerate() {
            let v = load(block, BEFORE + place);
            let lower = _mm512_shuffle_epi8(*low, _mm512_and_si512(v, half));
            let upper = _mm512_shuffle_epi8(*high, _mm512_and_si512(_mm512_srli_epi16::<4>(v), half));
            buckets = _mm512_and_si512(buckets, _mm512_and_si512(lower, upper));
        }
        if needles.inside != u8::MAX {
            let small = _mm512_or_si512(load(block, 0), _mm512_set1_epi8(0x20));
            let letters = _mm512_sub_epi8(small, _mm512_set1_epi8(b'a'.cast_signed()));
            let letters = _mm512_movm_epi8(_mm512_cmple_epu8_mask(letters, _mm512_set1_epi8(25)));
            buckets = _mm512_andnot_si512(_mm512_andnot_si512(inside, letters), buckets);
        }
        _mm512_test_epi8_mask(buckets, buckets)
    });
}

#[target_feature(enable = "avx2,bmi1,bmi2")]
fn find_32<const PLACES: usize>(needles: &Fragments, bytes: &[u8], each: impl FnMut(Block<'_>) -> ControlFlow<()>) {
    let Some(halves) = needles.halves.first_chunk::<PLACES>() else { return };
    let table = |half: &[u8; 16]| -> __m256i {
        // SAFETY: sixteen bytes are read from an array of sixteen.
        _mm256_broadcastsi128_si256(unsafe { _mm_loadu_si128(half.as_ptr().cast()) })
    };
    let load = |block: &[u8; REACH], from: usize| -> __m256i {
        // SAFETY: `from` is `32 + BEFORE + LENGTH` at most, and `from + 32` less than `REACH`.
        unsafe { _mm256_loadu_si256(block.as_ptr().add(from).cast()) }
    };
    let tables = halves.each_ref().map(|[low, high]| [table(low), table(high)]);
    let half = _mm256_set1_epi8(0xF);
    let inside = _mm256_set1_epi8(needles.inside.cast_signed());
    let look = |block: &[u8; REACH], from: usize| {
        let mut buckets = _mm256_set1_epi8(-1);
        for (place, [low, high]) in tables.iter().enumerate() {
            let v = load(block, from + BEFORE + place);
            let lower = _mm256_shuffle_epi8(*low, _mm256_and_si256(v, half));
            let upper = _mm256_shuffle_epi8(*high, _mm256_and_si256(_mm256_srli_epi16::<4>(v), half));
            buckets = _mm256_and_si256(buckets, _mm256_and_si256(lower, upper));
        }
        if needles.inside != u8::MAX {
            let small = _mm256_or_si256(load(block, from), _mm256_set1_epi8(0x20));
            let letters = _mm256_sub_epi8(small, _mm256_set1_epi8(b'a'.cast_signed()));
            let letters = _mm256_cmpeq_epi8(_mm256_min_epu8(letters, _mm256_set1_epi8(25)), letters);
            buckets = _mm256_andnot_si256(_mm256_andnot_si256(inside, letters), buckets);
        }
        let none = _mm256_movemask_epi8(_mm256_cmpeq_epi8(buckets, _mm256_setzero_si256()));
        u64::from(!none.cast_unsigned())
    };
    // behind a short text nothing comes that will be looked at
    let long = bytes.len() > AHEAD;
    each_block(bytes, each, |block| {
        if long {
            ahead(block);
        }
        look(block, 0) | look(block, 32) << 32
    });
}

#[cfg(test)]
mod tests {
    use super::{find_32, find_64};
    use crate::{Fragments, LENGTH, Pattern};
    use std::ops::ControlFlow;

    #[test]
    fn each_width_finds_the_same() {
        let needles = Fragments::new(&[
            Pattern::of(b"ab"),
            Pattern::of(b"AB"),
            Pattern::of(b"bca"),
            Pattern::of(b"cccc").at_start(),
        ]);
        let text: Vec<u8> = (0_u32..5000).map(|i| b"abcABC"[(i * i / 7 + i) as usize % 6]).collect();
        let mut slowly = Vec::new();
        needles.find_slowly(&text, |at, _| {
            slowly.push(u32::try_from(at).unwrap());
            ControlFlow::Continue(())
        });
        assert!(slowly.len() > 100);
        for wide in [false, true] {
            let mut places = Vec::new();
            let each = |block: super::Block<'_>| {
                places.extend(block.map(|(at, _)| u32::try_from(at).unwrap()));
                ControlFlow::Continue(())
            };
            if wide && is_x86_feature_detected!("avx512bw") {
                // SAFETY: the processor has these instructions.
                unsafe { find_64::<LENGTH>(&needles, &text, each) };
            } else if !wide && is_x86_feature_detected!("avx2") {
                // SAFETY: the processor has these instructions.
                unsafe { find_32::<LENGTH>(&needles, &text, each) };
            } else {
                continue;
            }
            assert_eq!(places, slowly);
        }
    }
}
