//! Vector instructions of x86-64, chosen when the program runs.
//!
//! The halves of each byte are looked up in two tables of sixteen buckets each, for all places of a pattern; what is left
//! after all have been combined is a place to look at.
#![expect(unsafe_code, reason = "vector instructions; every block says why it is sound")]

use super::{Fragments, LENGTH};
use std::arch::x86_64::{
    __m256i, __m512i, _mm_loadu_si128, _mm256_and_si256, _mm256_broadcastsi128_si256, _mm256_cmpeq_epi8,
    _mm256_loadu_si256, _mm256_movemask_epi8, _mm256_set1_epi8, _mm256_setzero_si256, _mm256_shuffle_epi8,
    _mm256_srli_epi16, _mm512_and_si512, _mm512_broadcast_i32x4, _mm512_loadu_si512, _mm512_set1_epi8,
    _mm512_shuffle_epi8, _mm512_srli_epi16, _mm512_test_epi8_mask,
};

/// Adds all places; false where the processor has none of the instructions.
pub(crate) fn find(needles: &Fragments, bytes: &[u8], places: &mut Vec<u32>) -> bool {
    if is_x86_feature_detected!("avx512bw") && is_x86_feature_detected!("bmi1") {
        // SAFETY: the processor has these instructions.
        unsafe { find_64(needles, bytes, places) };
    } else if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("bmi1") {
        // SAFETY: the processor has these instructions.
        unsafe { find_32(needles, bytes, places) };
    } else {
        return false;
    }
    true
}

/// Notes the places of `mask`, counted from `at`.
#[inline]
fn note(at: usize, mut mask: u64, places: &mut Vec<u32>) {
    while mask != 0 {
        let place = at + mask.trailing_zeros() as usize;
        places.push(u32::try_from(place).unwrap_or(u32::MAX));
        mask &= mask - 1;
    }
}

/// Calls `look` for each block of `BLOCK` bytes and those that a pattern at its end reaches to; gives it a slice of `REACH`
/// bytes. The last is filled up with zeros, and places beyond the text are left out.
#[expect(clippy::inline_always, reason = "inside its callers it has their instructions")]
#[inline(always)]
fn each_block<const BLOCK: usize, const REACH: usize>(
    bytes: &[u8],
    places: &mut Vec<u32>,
    mut look: impl FnMut(&[u8; REACH]) -> u64,
) {
    let mut at = 0;
    while let Some(block) = bytes.get(at..).and_then(<[u8]>::first_chunk::<REACH>) {
        note(at, look(block), places);
        at += BLOCK;
    }
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let mut block = [0; REACH];
        for (slot, byte) in block.iter_mut().zip(rest) {
            *slot = *byte;
        }
        let inside = if rest.len() < 64 { (1 << rest.len()) - 1 } else { u64::MAX };
        note(at, look(&block) & inside, places);
        at += BLOCK;
    }
}

#[target_feature(enable = "avx512bw,bmi1")]
fn find_64(needles: &Fragments, bytes: &[u8], places: &mut Vec<u32>) {
    const BLOCK: usize = 64;
    const REACH: usize = BLOCK + LENGTH - 1;
    let table = |half: &[u8; 16]| -> __m512i {
        // SAFETY: sixteen bytes are read from an array of sixteen.
        _mm512_broadcast_i32x4(unsafe { _mm_loadu_si128(half.as_ptr().cast()) })
    };
    let tables = needles.halves.each_ref().map(|[low, high]| [table(low), table(high)]);
    let half = _mm512_set1_epi8(0xF);
    each_block::<BLOCK, REACH>(bytes, places, |block| {
        let mut buckets = _mm512_set1_epi8(-1);
        for (place, [low, high]) in tables.iter().enumerate() {
            // SAFETY: `place + BLOCK` is no more than `REACH`, for `place` is less than `LENGTH`.
            let v = unsafe { _mm512_loadu_si512(block.as_ptr().add(place).cast()) };
            let lower = _mm512_shuffle_epi8(*low, _mm512_and_si512(v, half));
            let upper = _mm512_shuffle_epi8(*high, _mm512_and_si512(_mm512_srli_epi16::<4>(v), half));
            buckets = _mm512_and_si512(buckets, _mm512_and_si512(lower, upper));
        }
        _mm512_test_epi8_mask(buckets, buckets)
    });
}

#[target_feature(enable = "avx2,bmi1")]
fn find_32(needles: &Fragments, bytes: &[u8], places: &mut Vec<u32>) {
    const BLOCK: usize = 32;
    const REACH: usize = BLOCK + LENGTH - 1;
    let table = |half: &[u8; 16]| -> __m256i {
        // SAFETY: sixteen bytes are read from an array of sixteen.
        _mm256_broadcastsi128_si256(unsafe { _mm_loadu_si128(half.as_ptr().cast()) })
    };
    let tables = needles.halves.each_ref().map(|[low, high]| [table(low), table(high)]);
    let half = _mm256_set1_epi8(0xF);
    each_block::<BLOCK, REACH>(bytes, places, |block| {
        let mut buckets = _mm256_set1_epi8(-1);
        for (place, [low, high]) in tables.iter().enumerate() {
            // SAFETY: `place + BLOCK` is no more than `REACH`, for `place` is less than `LENGTH`.
            let v = unsafe { _mm256_loadu_si256(block.as_ptr().add(place).cast()) };
            let lower = _mm256_shuffle_epi8(*low, _mm256_and_si256(v, half));
            let upper = _mm256_shuffle_epi8(*high, _mm256_and_si256(_mm256_srli_epi16::<4>(v), half));
            buckets = _mm256_and_si256(buckets, _mm256_and_si256(lower, upper));
        }
        let none = _mm256_movemask_epi8(_mm256_cmpeq_epi8(buckets, _mm256_setzero_si256()));
        u64::from(!none.cast_unsigned())
    });
}

#[cfg(test)]
mod tests {
    use super::{find_32, find_64};
    use crate::{Fragments, Pattern};

    #[test]
    fn each_width_finds_the_same() {
        let needles =
            Fragments::new(&[Pattern::of(b"ab"), Pattern::of(b"AB"), Pattern::of(b"bca"), Pattern::of(b"cccc")]);
        let text: Vec<u8> = (0_u32..5000).map(|i| b"abcABC"[(i * i / 7 + i) as usize % 6]).collect();
        let mut slowly = Vec::new();
        needles.find_slowly(&text, &mut slowly);
        assert!(slowly.len() > 100);
        for wide in [false, true] {
            let mut places = Vec::new();
            if wide && is_x86_feature_detected!("avx512bw") {
                // SAFETY: the processor has these instructions.
                unsafe { find_64(&needles, &text, &mut places) };
            } else if !wide && is_x86_feature_detected!("avx2") {
                // SAFETY: the processor has these instructions.
                unsafe { find_32(&needles, &text, &mut places) };
            } else {
                continue;
            }
            assert_eq!(places, slowly);
        }
    }
}
