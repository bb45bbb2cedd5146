//! Texts that were written and of which the documents do not know yet: nobody sees them, nothing of them is lost, and what
//! comes of them in the end is the same.

use super::random::Draw;
use super::same::fuller;
use super::{Text, assert_same, build, dump, entry, fixtures, graph_of, room};
use viendan::{Extractor, Store, StoreWriter};

#[test]
fn what_waits_is_not_seen_and_the_next_run_takes_it_up() {
    let extractor = Extractor::new();
    let folder = room("waiting");
    let texts = fixtures();
    let alone = folder.join("alone.viendan");
    build(&extractor, &alone, &texts[..7]);
    for settled in [0, 3] {
        let path = folder.join(format!("{settled}.viendan"));
        build(&extractor, &path, &texts[..settled]);
        let before = dump(&path);
        let mut writer = StoreWriter::open(&path).unwrap().batch(1);
        for text in &texts[settled..7] {
            writer.put(&entry(&extractor, text)).unwrap();
        }
        // as if it were ended here
        drop(writer);
        assert_eq!(dump(&path), before);
        assert_same(&Store::open(&path).unwrap().graph().unwrap(), &graph_of(&extractor, &texts[..settled]));
        let writer = StoreWriter::open(&path).unwrap();
        assert_eq!(writer.known().unwrap().len(), 7, "they need not be read again");
        writer.finish().unwrap();
        assert_eq!(dump(&path), dump(&alone));
        assert_same(&Store::open(&path).unwrap().graph().unwrap(), &graph_of(&extractor, &texts[..7]));
    }
}

#[test]
fn a_long_run_shows_a_part_before_its_end() {
    let extractor = Extractor::new();
    let path = room("part").join("a.viendan");
    let texts = fuller();
    let mut writer = StoreWriter::open(&path).unwrap().batch(1);
    for text in &texts[..10] {
        writer.put(&entry(&extractor, text)).unwrap();
    }
    assert_same(&Store::open(&path).unwrap().graph().unwrap(), &graph_of(&extractor, &texts[..8]));
    drop(writer);
}

/// Runs that end by force after any text, and take up what others left; texts that wait are changed and taken out, too.
#[test]
fn runs_that_end_anywhere_leave_the_same_in_the_end() {
    let extractor = Extractor::new();
    let folder = room("ended");
    let (mut unseen, mut changed) = (0, 0);
    for seed in 1..=10 {
        let mut draw = Draw(0x2545_f491_4f6c_dd1d ^ (seed << 20));
        let path = folder.join(format!("{seed}.viendan"));
        let mut texts: Vec<Text> = Vec::new();
        for run in 0..9 {
            let mut writer = StoreWriter::open(&path).unwrap().batch(1 + draw.below(2));
            let mut since = texts.clone();
            let mut versions = texts.clone();
            for _ in 0..draw.below(5) {
                let name = format!("t{}", draw.below(40));
                let text = draw.text(name);
                writer.put(&entry(&extractor, &text)).unwrap();
                changed += usize::from(since.iter().any(|known| known.name == text.name));
                since.retain(|known| known.name != text.name);
                since.push(text.clone());
                versions.push(text);
            }
            if run < 8 && draw.below(3) > 0 {
                // what the store holds is what the next run knows; a text of an open batch is lost
                drop(writer);
                let known = StoreWriter::open(&path).unwrap().known().unwrap();
                let stamp = |text: &Text| viendan::StoreStamp::new(&extractor, &text.words, &text.metadata);
                let kept = |text: &Text| known.holds(&text.name, stamp(text));
                let mut left: Vec<Text> = versions.into_iter().filter(kept).collect();
                left.sort_by(|one, other| one.name.cmp(&other.name));
                left.dedup_by(|one, other| one.name == other.name);
                texts = left;
                assert_eq!(known.len(), texts.len());
                unseen += known.len() - Store::open(&path).unwrap().graph().unwrap().texts().len();
                continue;
            }
            texts = since;
            if draw.below(2) == 0 {
                let keep = |name: &str| !name.ends_with('3');
                texts.retain(|text| keep(&text.name));
                writer.prune(keep).unwrap();
            }
            writer.finish().unwrap();
            assert_same(&Store::open(&path).unwrap().graph().unwrap(), &graph_of(&extractor, &texts));
            let alone = folder.join(format!("{seed}-{run}.viendan"));
            build(&extractor, &alone, &texts);
            assert_eq!(dump(&path), dump(&alone), "seed {seed}, run {run}");
        }
    }
    assert!(unseen > 20 && changed > 20, "{unseen} texts waited, {changed} changed");
}
