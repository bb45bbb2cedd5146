//! Real texts with damaged bytes, put through the laws of the fuzzer: nothing panics, every place lies in the text.
//!
//! `scripts/harden` does it a hundred thousand times over an archive and the reference sets; here it is done a few times over
//! the fixtures. `MUTATIONS` is how often, `MUTATION_SEED` another beginning, `CORPUS` and `EVAL_DIR` name further texts.
#![expect(clippy::expect_used, reason = "a test stops where it finds something wrong")]

#[expect(unreachable_pub, dead_code, reason = "the same file is a library of its own; only one target of it is needed")]
#[path = "../fuzz/src/lib.rs"]
mod laws;

use std::env;
use std::fs;
use std::ops::{ControlFlow, Range};
use std::path::{Path, PathBuf};
use std::thread;
use viendan::Reader;

/// No piece of a text is longer, so that many are tried.
const PIECE: usize = 6 << 10;

/// Bytes on which readers of text stumble: ends, marks, halves of letters.
const ODD: &[&[u8]] = &[
    b"\0",
    b"\xFF",
    b"\n",
    b"/",
    b"-",
    b" ",
    b"0",
    b"9",
    b"(",
    b"\"",
    b";",
    b"&",
    b"\xC4",
    b"\x90",
    b"\xE1\xBA",
    "\u{300}".as_bytes(),
    "\u{323}\u{302}".as_bytes(),
    "\u{FEFF}".as_bytes(),
    "\u{200B}".as_bytes(),
    "“".as_bytes(),
    "”".as_bytes(),
    "–".as_bytes(),
    "Đ".as_bytes(),
    "\u{A0}".as_bytes(),
    "İ".as_bytes(),
    "ﬁ".as_bytes(),
    "\r\n".as_bytes(),
    "99999999999999999999".as_bytes(),
    "\u{2028}".as_bytes(),
    "\u{10FFFF}".as_bytes(),
];

/// Numbers that look random and are the same in every run (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    /// A number below `end`; 0 when there is none.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.roll() % (end as u64).max(1)).expect("less than a length")
    }

    /// A stretch of something so long, itself no longer than `most`.
    fn stretch(&mut self, length: usize, most: usize) -> Range<usize> {
        let start = self.below(length + 1);
        let size = self.below(most.min(length - start) + 1);
        start..start + size
    }

    fn piece(&mut self, text: &[u8], most: usize) -> Vec<u8> {
        let range = self.stretch(text.len(), most);
        text.get(range).expect("a stretch of it").to_vec()
    }
}

/// Changes a few bytes of `piece`; `other` is a text to take some from.
fn damage(dice: &mut Dice, piece: &mut Vec<u8>, other: &[u8]) {
    for _ in 0..=dice.below(6) {
        let at = dice.stretch(piece.len(), 40);
        let put = match dice.below(8) {
            // a bit
            0 => {
                let bit = 1 << dice.below(8);
                piece.get_mut(at.start).into_iter().for_each(|byte| *byte ^= bit);
                continue;
            }
            // taken out
            1 => Vec::new(),
            // one of the odd ones, in the place of something or between
            2 | 3 => {
                let odd = ODD.get(dice.below(ODD.len())).expect("one of them").to_vec();
                let at = if dice.below(2) == 0 { at.start..at.start } else { at };
                piece.splice(at, odd);
                continue;
            }
            // words of the same text, or of another one
            4 => dice.piece(&piece.clone(), 200),
            5 => dice.piece(other, 200),
            // the same again and again
            6 => piece.get(at.clone()).expect("a stretch of it").repeat(1 + dice.below(40)),
            // cut off
            _ => {
                let at = at.start.max(piece.len() / 2);
                piece.truncate(at);
                continue;
            }
        };
        piece.splice(at, put);
    }
}

/// Keeps an input that breaks a law.
struct Keep<'a>(&'a [u8], usize);

impl Drop for Keep<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("mutation-{}", self.1));
            let _ = fs::write(&path, self.0);
            eprintln!("mutation {}: its bytes are kept in {}", self.1, path.display());
        }
    }
}

/// The inputs: the fixtures, and what `CORPUS` and `EVAL_DIR` name.
fn inputs() -> Vec<PathBuf> {
    let mut paths = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/docs")];
    if let Some(corpus) = env::var_os("CORPUS").map(PathBuf::from) {
        // errors of single records are passed over below; this one would leave the fixtures alone
        assert!(corpus.is_file(), "CORPUS: {}: no such file", corpus.display());
        paths.push(corpus);
    }
    if let Some(folder) = env::var_os("EVAL_DIR") {
        let files = fs::read_dir(folder).expect("EVAL_DIR is a folder").map(|file| file.expect("its files").path());
        let mut sets: Vec<_> = files.filter(|path| path.extension().is_some_and(|e| e == "jsonl")).collect();
        sets.sort();
        paths.extend(sets);
    }
    paths
}

/// All texts of the inputs.
fn texts() -> Vec<String> {
    let mut texts = Vec::new();
    let _ = Reader::new().read(&inputs(), &mut |read| {
        // sets of other things than texts have lines without one
        texts.extend(read.map(|record| record.text).ok().filter(|text| !text.is_empty()));
        ControlFlow::Continue(())
    });
    texts
}

fn number(name: &str) -> Option<u64> {
    env::var(name).ok().map(|value| value.parse().expect("a number"))
}

#[test]
fn damaged_texts_are_read() {
    let texts = texts();
    assert!(texts.len() >= 8, "{} texts", texts.len());
    let most = number("MUTATIONS").map_or(400, |most| usize::try_from(most).expect("not so many"));
    let seed = number("MUTATION_SEED").unwrap_or(2013);
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let bytes: usize = thread::scope(|scope| {
        let work = |worker: usize| {
            let texts = &texts;
            scope.spawn(move || {
                let mut bytes = 0;
                for index in (worker..most).step_by(workers) {
                    let mut dice = Dice(seed.wrapping_mul(1 << 32).wrapping_add(index as u64));
                    let text = |dice: &mut Dice| texts.get(dice.below(texts.len())).expect("a text").as_bytes();
                    let (one, other) = (text(&mut dice), text(&mut dice));
                    let start = dice.below(one.len().saturating_sub(PIECE) + 1);
                    let mut piece = one.get(start..one.len().min(start + PIECE)).expect("a piece of it").to_vec();
                    damage(&mut dice, &mut piece, other);
                    let keep = Keep(&piece, index);
                    laws::extract::holds(&piece);
                    drop(keep);
                    bytes += piece.len();
                }
                bytes
            })
        };
        let workers: Vec<_> = (0..workers).map(work).collect();
        workers.into_iter().map(|worker| worker.join().expect("no law is broken")).sum()
    });
    eprintln!("{most} mutations of {} texts, {bytes} bytes, seed {seed}: none broke a law", texts.len());
}

/// Whole texts as they are; with an archive that is a few hundred megabytes.
#[test]
fn texts_as_they_are_are_read() {
    let texts = texts();
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for worker in 0..workers {
            let texts = &texts;
            scope.spawn(move || {
                for (index, text) in texts.iter().enumerate().skip(worker).step_by(workers) {
                    let keep = Keep(text.as_bytes(), index);
                    laws::extract::holds(text.as_bytes());
                    drop(keep);
                }
            });
        }
    });
    eprintln!("{} texts as they are: none broke a law", texts.len());
}
