//! The search for short patterns: vector instructions find what bytes one after another find, in order, and no pattern is
//! missed.

use viendan_fragments::{Fragments, LENGTH, Pattern};

/// The laws, for any bytes: the first tells how many patterns follow, each a length and its bytes; the rest is the text.
pub fn holds(bytes: &[u8]) {
    let Some((count, mut rest)) = bytes.split_first() else { return };
    let mut words: Vec<&[u8]> = Vec::new();
    for _ in 0..usize::from(*count) {
        let Some((length, after)) = rest.split_first() else { break };
        let Some((word, after)) = after.split_at_checked(usize::from(*length) % LENGTH + 1) else { break };
        words.push(word);
        rest = after;
    }
    let needles = Fragments::new(&words.iter().map(|word| Pattern::of(word)).collect::<Vec<_>>());
    let mut places = Vec::new();
    needles.find(rest, &mut places);
    assert!(places.is_sorted_by(|a, b| a < b), "{places:?}");
    // a text of one place is looked at byte by byte
    let mut slowly = Vec::new();
    for at in 0..rest.len() {
        let mut here = Vec::new();
        needles.find(rest.get(at..rest.len().min(at + LENGTH)).unwrap_or_default(), &mut here);
        if here.first() == Some(&0) {
            slowly.push(u32::try_from(at).expect("a short text"));
        }
        let pattern = words.iter().any(|word| rest.get(at..).is_some_and(|text| text.starts_with(word)));
        assert!(!pattern || slowly.last() == u32::try_from(at).ok().as_ref(), "missed at {at}: {words:?} in {rest:?}");
    }
    assert_eq!(places, slowly, "{words:?} in {rest:?}");
}
