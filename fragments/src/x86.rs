//! Vector instructions of x86-64, chosen when the program runs.
//!
//! The halves of each byte are looked up in two tables of sixteen buckets each, for all places of a pattern; what is left
//! after all have been combined is a place to look at. The stretch that is left at the end is for the caller.
#![expect(unsafe_code, reason = "vector instructions; every block says why it is sound")]

use super::{Fragments, LENGTH};
use std::arch::x86_64::{
    __m256i, __m512i, _mm_loadu_si128, _mm256_and_si256, _mm256_broadcastsi128_si256, _mm256_cmpeq_epi8,
    _mm256_loadu_si256, _mm256_movemask_epi8, _mm256_set1_epi8, _mm256_setzero_si256, _mm256_shuffle_epi8,
    _mm256_srli_epi16, _mm512_and_si512, _mm512_broadcast_i32x4, _mm512_loadu_si512, _mm512_set1_epi8,
    _mm512_shuffle_epi8, _mm512_srli_epi16, _mm512_test_epi8_mask,
};

/// Places found up to the place that is returned, from which on the caller looks.
pub(crate) fn find(needles: &Fragments, bytes: &[u8], places: &mut Vec<u32>) -> usize {
    if is_x86_feature_detected!("avx512bw") && is_x86_feature_detected!("bmi1") {
        // SAFETY: the processor has these instructions.
        unsafe { find_64(needles, bytes, places) }
    } else if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("bmi1") {
        // SAFETY: the processor has these instructions.
        unsafe { find_32(needles, bytes, places) }
    } else {
        0
    }
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

#[target_feature(enable = "avx512bw,bmi1")]
fn find_64(needles: &Fragments, bytes: &[u8], places: &mut Vec<u32>) -> usize {
    const BLOCK: usize = 64;
    let table = |half: &[u8; 16]| -> __m512i {
        // SAFETY: sixteen bytes are read from an array of sixteen.
        _mm512_broadcast_i32x4(unsafe { _mm_loadu_si128(half.as_ptr().cast()) })
    };
    let tables = needles.halves.each_ref().map(|[low, high]| [table(low), table(high)]);
    let half = _mm512_set1_epi8(0xF);
    let mut at = 0;
    while at + BLOCK + LENGTH <= bytes.len() {
        let mut buckets = _mm512_set1_epi8(-1);
        for (place, [low, high]) in tables.iter().enumerate() {
            // SAFETY: `at + place + BLOCK` is no more than the length, for `place` is less than `LENGTH`.
            let v = unsafe { _mm512_loadu_si512(bytes.as_ptr().add(at + place).cast()) };
            let lower = _mm512_shuffle_epi8(*low, _mm512_and_si512(v, half));
            let upper = _mm512_shuffle_epi8(*high, _mm512_and_si512(_mm512_srli_epi16::<4>(v), half));
            buckets = _mm512_and_si512(buckets, _mm512_and_si512(lower, upper));
        }
        note(at, _mm512_test_epi8_mask(buckets, buckets), places);
        at += BLOCK;
    }
    at
}

#[target_feature(enable = "avx2,bmi1")]
fn find_32(needles: &Fragments, bytes: &[u8], places: &mut Vec<u32>) -> usize {
    const BLOCK: usize = 32;
    let table = |half: &[u8; 16]| -> __m256i {
        // SAFETY: sixteen bytes are read from an array of sixteen.
        _mm256_broadcastsi128_si256(unsafe { _mm_loadu_si128(half.as_ptr().cast()) })
    };
    let tables = needles.halves.each_ref().map(|[low, high]| [table(low), table(high)]);
    let half = _mm256_set1_epi8(0xF);
    let mut at = 0;
    while at + BLOCK + LENGTH <= bytes.len() {
        let mut buckets = _mm256_set1_epi8(-1);
        for (place, [low, high]) in tables.iter().enumerate() {
            // SAFETY: `at + place + BLOCK` is no more than the length, for `place` is less than `LENGTH`.
            let v = unsafe { _mm256_loadu_si256(bytes.as_ptr().add(at + place).cast()) };
            let lower = _mm256_shuffle_epi8(*low, _mm256_and_si256(v, half));
            let upper = _mm256_shuffle_epi8(*high, _mm256_and_si256(_mm256_srli_epi16::<4>(v), half));
            buckets = _mm256_and_si256(buckets, _mm256_and_si256(lower, upper));
        }
        let none = _mm256_movemask_epi8(_mm256_cmpeq_epi8(buckets, _mm256_setzero_si256()));
        note(at, u64::from(!none.cast_unsigned()), places);
        at += BLOCK;
    }
    at
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
        needles.find_slowly(&text, 0, &mut slowly);
        assert!(slowly.len() > 100);
        for wide in [false, true] {
            let mut places = Vec::new();
            let from = if wide && is_x86_feature_detected!("avx512bw") {
                // SAFETY: the processor has these instructions.
                unsafe { find_64(&needles, &text, &mut places) }
            } else if !wide && is_x86_feature_detected!("avx2") {
                // SAFETY: the processor has these instructions.
                unsafe { find_32(&needles, &text, &mut places) }
            } else {
                continue;
            };
            needles.find_slowly(&text, from, &mut places);
            assert_eq!(places, slowly);
        }
    }
}
